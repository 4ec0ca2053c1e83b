"""Matches in this process: a dm_env.Environment for one, and its sister for many at once."""

from collections.abc import Callable, Mapping, Sequence
import dataclasses
import functools
import hashlib
import struct
import sys
from typing import Any

import dm_env
from dm_env import specs
import numpy as np

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.backends.hosting import make_backend
from dota_env_rpc.compile import ensure_compiled
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.enums import Team, WinReason
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.replay import Recorder, Replay
from dota_env_rpc.tasks.drawing import WHOLE_MAP, Camera
from dota_env_rpc.tasks.settings import parse_settings
from dota_env_rpc.tasks.task import load_task

# A number compared with the enum itself would cost a quarter of a step.
_LAST = int(dm_env.StepType.LAST)
_STEP_TYPES = tuple(dm_env.StepType)
# Makes a TimeStep of its fields in a third of the time that `TimeStep` itself takes.
_new_time_step = functools.partial(tuple.__new__, dm_env.TimeStep)
# What a TimeStep has fields for.
_TOLD_APART = ("reward", "discount")
# An agent may hold so many observations less one before it gets copies.
MAX_FRAMES = 4
_SIDES = {int(Team.GOODGUYS): "radiant", int(Team.BADGUYS): "dire"}
_SAVED = b"dota_env_rpc environment 1\n"


def make(
        task: str = "mid_1v1", *, seat: int = 0, hero: str | None = None,
        action_space: str = "orders", observations: Sequence[str] = (), record: bool = False,
        **settings) -> "Environment":
    """Returns one match as a dm_env.Environment, in this process; bots play the other seats.

    Args:
        task: Name of the task.
        seat: Player slot: 0-4 Radiant, 5-9 Dire.
        hero: The seat's hero, such as "npc_dota_hero_lina"; None for the world's.
        action_space: "orders", or "discrete" for a few ready-made ones.
        observations: Extra observations, such as "rgb" and "events".
        record: Whether orders are kept, so that `Environment.replay` can tell them.
        **settings: World settings and further join settings by name; see docs/settings.md. Names
            with a dot go in as `**{"reward.win": 1.0}`.

    Raises:
        ValueError: a setting is unknown or its value is not allowed.
    """
    for name, several in (("num_matches", settings.get("num_matches", 1) != 1),
                          ("seats", np.size(settings.get("seats", ())) > 1)):
        if several:
            raise ValueError(
                f"make plays one seat of one match; make_batch takes {name!r}")
    match, arguments = _read(
        task, {"seat": seat, "hero": hero or "", "action_space": action_space,
               "observations": observations}, {**settings, "record": record})
    return Environment(match, task, arguments, record=record)


def make_batch(
        task: str = "mid_1v1", num_matches: int = 1, *, seats: Sequence[int] = (0,),
        hero: str | None = None, action_space: str = "orders",
        observations: Sequence[str] = (), **settings) -> "BatchEnvironment":
    """Returns many matches side by side, in this process; every tensor has a leading axis.

    Args:
        task: Name of the task.
        num_matches: How many matches.
        seats: Player slots to play in each of them; row = match * len(seats) + place in `seats`.
        hero: The seats' hero; None for the world's.
        action_space: "orders", or "discrete" for a few ready-made ones.
        observations: Extra observations, such as "rgb" and "events".
        **settings: World settings and further join settings by name; see docs/settings.md.

    Raises:
        ValueError: a setting is unknown or its value is not allowed.
    """
    if settings.get("record"):
        raise ValueError("the orders of a batch are not kept; make one match to record it")
    if "seat" in settings:
        raise ValueError(f"a batch takes seats: give seats=({settings['seat']},)")
    match, arguments = _read(
        task, {"seats": seats, "hero": hero or "", "action_space": action_space,
               "observations": observations}, {**settings, "num_matches": num_matches})
    return BatchEnvironment(match, task, arguments, num_matches)


def _read(
        name: str, join: dict, given: Mapping[str, Any]) -> tuple[MatchSettings, dict[str, Any]]:
    """Returns the settings of the match, and what to make its seat with."""
    task = load_task(name)
    join = {**join, **{key: given[key] for key in given if key in task.join_settings}}
    given = {key: value for key, value in given.items() if key not in task.join_settings}
    world = parse_settings(task.world_settings, {"task": name, **given})
    join = parse_settings(task.join_settings, join)
    seats = task.seats(join) or task.played_seats[:1]
    match = task.match_settings(world)
    match = task.brought(match, dict.fromkeys(seats, join))
    return match, {**task.seat_arguments(world, join), "seats": seats}


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns values by dotted names as dictionaries in each other: {"mask": {"order": ...}}."""
    result: dict[str, Any] = {}
    for name, value in values.items():
        *folders, leaf = name.split(".")
        place = result
        for folder in folders:
            place = place.setdefault(folder, {})
        place[leaf] = value
    return result


class _Matches(dm_env.Environment):
    """What the environments of one match and of many have in common.

    A copy, pickled or deep, goes on from here by itself.
    """

    def __init__(
            self, settings: MatchSettings, task: str, arguments: Mapping[str, Any],
            num_matches: int, batched: bool):
        """Makes the matches; nothing is played before `reset`.

        On the first start of a version this compiles the rules, which takes less than a minute.
        """
        ensure_compiled()
        self._settings = settings
        self._task = task
        self._arguments = arguments
        self._backend: Backend = make_backend(settings, num_matches)
        self._seat = load_task(task).seat(self._backend, batched=batched, **arguments)
        self._backend.controlled[:, list(self._seat.seats)] = 1
        self._begun = False
        self._cameras: dict[tuple[int, float], Camera] = {}
        self._frames: list[_Frame] = []
        self._tells_step_types = "step_type" in self._seat.buffers

    @property
    def tables(self) -> np.recarray:
        """TABLES records (num_matches,), the whole truth; they change with every step."""
        return self._backend.tables

    @property
    def columns(self) -> Mapping[str, Any]:
        """Names, units and ranges of all columns as plain data, with a digest."""
        return self._seat.columns

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Names of the rows of the patch's "items", "abilities", "modifiers" and "definitions"."""
        game = load_game(self._settings.patch)
        return {"items": game.item_names, "abilities": game.ability_names,
                "modifiers": game.modifier_names, "definitions": game.definition_names}

    def observation_spec(self) -> dict[str, Any]:
        """Returns the specs of the observation, dictionaries in each other at dots."""
        return nested({
            name: spec for name, spec in self._seat.observation_specs.items()
            if name not in _TOLD_APART})

    def action_spec(self) -> dict[str, specs.BoundedArray]:
        """Returns the specs of the actions by name; all of them may be left out."""
        return dict(self._seat.action_specs)

    def reward_spec(self) -> specs.Array:
        """Returns the spec of the reward."""
        return self._seat.observation_specs["reward"]

    def restart(self, seed: int | None = None) -> dm_env.TimeStep:
        """Abandons what is played and starts the next episode, or the episodes anew.

        Args:
            seed: From 0 to 2**63 - 1: starts anew with episode 0, as if the environment had been
                made with this seed. None starts the next episode, as `reset` does.

        Raises:
            ValueError: `seed` is out of its range.
        """
        if seed is not None:
            world = parse_settings(load_task(self._task).world_settings, {"seed": seed})
            self._settings = dataclasses.replace(self._settings, seed=world["seed"])
            self._backend.settings = self._settings
            self._backend.start()
            self._begun = False
        return self.reset()

    def render(
            self, size: int = 512, span: float = WHOLE_MAP, *, row: int = 0,
            fog: bool = False) -> np.ndarray:
        """Draws a match from above.

        Args:
            size: Pixels a side.
            span: Map units from side to side; less than the whole map shows the seat's hero in
                the middle.
            row: Which match and seat: match * number of seats + place of the seat.
            fog: Whether to leave out what the seat's team does not see.

        Returns:
            uint8 (size, size, 3), red, green and blue; north is up.

        Raises:
            ValueError: there is no such row, or `size` or `span` is not positive.
        """
        rows = len(self.tables) * len(self._seat.seats)
        if not 0 <= row < rows:
            raise ValueError(f"row is {row}, but must be from 0 to {rows - 1}")
        if size < 1 or not span > 0.0:
            raise ValueError(f"size is {size} and span {span:g}, but both must be positive")
        key = size, span
        if key not in self._cameras:
            self._cameras[key] = Camera(self._backend.patch, size, span)
        match, place = divmod(row, len(self._seat.seats))
        return self._cameras[key].draw(
            self.tables[match:match + 1], self._seat.seats[place], fog=fog)

    def digest(self, match: int = 0) -> str:
        """Returns 16 hex digits that are equal for equal matches, bit for bit."""
        return self._backend.digest(match)

    def save(self) -> bytes:
        """Returns all that decides how the matches and the seat go on."""
        parts = [self._signature(), self._backend.save(), self._seat.save(), *self._save_more()]
        sizes = struct.pack(f"<?I{len(parts)}Q", self._begun, len(parts), *map(len, parts))
        return b"".join([_SAVED, sizes, *parts])

    def restore(self, saved: bytes) -> None:
        """Goes back to what `save` returned; the next `step` goes on from there.

        Raises:
            ValueError: `saved` is not of an environment with these settings and this version.
        """
        if not saved.startswith(_SAVED):
            raise ValueError("what is to be restored was not saved by this version")
        place = len(_SAVED)
        try:
            begun, count = struct.unpack_from("<?I", saved, place)
            sizes = struct.unpack_from(f"<?I{count}Q", saved, place)[2:]
        except struct.error:
            raise ValueError("what is to be restored was cut short") from None
        place += struct.calcsize(f"<?I{count}Q")
        parts = []
        for size in sizes:
            parts.append(saved[place:place + size])
            place += size
        if place != len(saved):
            raise ValueError("what is to be restored was cut short")
        if parts[0] != self._signature() or count != 3 + len(self._save_more()):
            raise ValueError("what is to be restored was saved with other settings")
        self._seat.restore(parts[2])
        self._backend.restore(parts[1])
        self._restore_more(parts[3:])
        self._begun = begun

    def _signature(self) -> bytes:
        """Returns bytes that differ for environments that cannot restore each other."""
        made_of = self._task, self._settings, sorted(self._arguments.items()), self.columns
        return hashlib.sha256(repr(made_of).encode()).digest()

    def _save_more(self) -> list[bytes]:
        return []

    def _restore_more(self, parts: list[bytes]) -> None:
        del parts

    def close(self) -> None:
        """Frees the matches."""
        self._backend.close()

    def __reduce__(self):
        """Says how a copy is made.

        Raises:
            ValueError: an HTTP bot plays, of which there is only one.
        """
        return _going_on, self._parts("copied")

    def _parts(self, how: str) -> tuple[Callable[[], "_Matches"], bytes]:
        """Returns what makes another environment with these settings, and what it goes on from."""
        if self._backend.guests:
            raise ValueError(f"a match with an HTTP bot cannot be {how}: there is only one bot")
        return self._maker(), self.save()

    def _maker(self) -> functools.partial:
        return functools.partial(type(self), self._settings, self._task, self._arguments)

    def _begin(self) -> None:
        """Starts the next episode of every match, or the first."""
        if self._begun:
            self._backend.restart()
        self._begun = True
        self._seat.begin()

    def _observe(self) -> dict[str, Any]:
        """Returns what the seat sees now, as `observation_spec` describes it, for good.

        It is written to arrays of an earlier observation that nobody holds any more, if there
        are any; who keeps all of them gets copies.
        """
        frames = self._frames
        for frame in frames:
            if frame.is_free():
                break
        else:
            if len(frames) == MAX_FRAMES:
                self._seat.observe()
                return self._observation()
            frame = _Frame(self._seat)
            frames.append(frame)
        if frame is frames[0]:
            # An agent that keeps one observation while it asks for the next finds another first.
            frames[:2] = frames[1::-1]
        self._seat.observe(frame.frame)
        return self._with_step_type(frame.observation())

    def _observation(self) -> dict[str, Any]:
        """Returns copies of the seat's own buffers, as `observation_spec` describes them."""
        return self._with_step_type(nested({
            name: buffer.copy() for name, buffer in self._seat.buffers.items()
            if name not in (*_TOLD_APART, "step_type")}))

    def _with_step_type(self, observation: dict[str, Any]) -> dict[str, Any]:
        if self._tells_step_types:
            observation["step_type"] = self._seat.step_type.copy()
        return observation


def _going_on(make: Callable[[], _Matches], saved: bytes) -> _Matches:
    """Returns another environment that goes on from what one saved."""
    result = make()
    result.restore(saved)
    return result


class _Frame:
    """Arrays of observations that are handed out again once nobody holds them.

    Attributes:
        frame: What the seat fills.
    """

    def __init__(self, seat):
        """Makes the arrays."""
        self.frame = seat.new_frame()
        self._arrays = list(self.frame.buffers.values())
        self._leaves, self._folders = self._split()
        # Views of an array hold it too.
        self._own_references = sum(map(sys.getrefcount, self._arrays))

    def _split(self) -> tuple[dict[str, np.ndarray], list[tuple[str, dict]]]:
        """Returns the arrays at the top of an observation, and the dictionaries of the others."""
        tree = nested(self.frame.buffers)
        folders = [(name, value) for name, value in tree.items() if type(value) is dict]
        for name, _ in folders:
            del tree[name]
        return tree, folders

    def is_free(self) -> bool:
        """Returns whether nobody but this object holds any of the arrays."""
        return sum(map(sys.getrefcount, self._arrays)) == self._own_references

    def observation(self) -> dict[str, Any]:
        """Returns the arrays in dictionaries of their own."""
        result: dict[str, Any] = self._leaves.copy()
        for name, leaves in self._folders:
            result[name] = leaves.copy()
        return result


class Environment(_Matches):
    """One match as a dm_env.Environment. `make` makes it.

    An action is a dictionary; names that are left out mean their defaults, so `{}` goes on with
    what the hero does. What the rules refuse is a no-op that `state` and `events` tell; what lies
    outside the specs raises ValueError, and the match has then not moved.
    """

    def __init__(
            self, settings: MatchSettings, task: str, arguments: Mapping[str, Any], *,
            record: bool = False):
        """Makes the match; nothing is played before `reset`. For `arguments` see Seat."""
        super().__init__(settings, task, arguments, num_matches=1, batched=False)
        self._recorder = Recorder(self._backend) if record else None
        # Python reads single numbers faster than NumPy does.
        self._step_type = memoryview(self._backend.step_type)
        self._discount = memoryview(self._backend.discount)
        self._reward = self._seat.buffers["reward"]

    def reset(self) -> dm_env.TimeStep:
        """Starts the next episode and returns its first observation."""
        self._begin()
        if self._recorder:
            self._recorder.begin()
        return dm_env.restart(self._observation())

    def step(self, action: Mapping[str, Any]) -> dm_env.TimeStep:
        """Plays one decision; at the start and after the last step it starts an episode instead.

        Raises:
            ValueError: `action` is outside its spec. The match has then not moved.
        """
        if not self._begun or self._step_type[0] == _LAST:
            return self.reset()
        self._seat.act(action)
        if self._recorder:
            self._recorder.note()
        self._backend.advance()
        observation = self._observe()
        return _new_time_step((
            _STEP_TYPES[self._step_type[0]], self._reward[()], self._discount[0], observation))

    @property
    def winner(self) -> str | None:
        """Who has won: "radiant" or "dire"; None while the match goes on and for a draw."""
        return _SIDES.get(int(self.tables[0].winner))

    @property
    def reason(self) -> str | None:
        """Why the match is over: a WinReason in lower case, or "max_seconds"; else None."""
        if self.tables[0].win_reason != WinReason.NONE:
            return WinReason(int(self.tables[0].win_reason)).name.lower()
        if self._backend.step_type[0] == _LAST:
            return "max_seconds"
        return None

    @property
    def replay(self) -> Replay:
        """The replay of the episode so far.

        Raises:
            ValueError: the environment was made without `record=True`.
        """
        if not self._recorder:
            raise ValueError("orders are not kept; make the environment with record=True")
        return self._recorder.replay()

    def branch(self) -> "Environment":
        """Returns another environment that goes on from here by itself.

        Raises:
            ValueError: an HTTP bot plays, of which there is only one.
        """
        return _going_on(*self._parts("branched"))

    def _maker(self) -> functools.partial:
        return functools.partial(super()._maker(), record=self._recorder is not None)

    def _save_more(self) -> list[bytes]:
        return [self._recorder.save()] if self._recorder else []

    def _restore_more(self, parts: list[bytes]) -> None:
        if self._recorder:
            self._recorder.restore(parts[0])


class BatchEnvironment(_Matches):
    """Many matches as one environment. `make_batch` makes it.

    A TimeStep holds arrays: step_type uint8 (rows,), reward and discount float32 (rows,), and
    an observation with a leading axis of rows. Matches end and start by themselves, row by row: a
    row is at FIRST, with reward 0, in the step after its LAST.
    """

    def __init__(
            self, settings: MatchSettings, task: str, arguments: Mapping[str, Any],
            num_matches: int):
        """Makes the matches; nothing is played before `reset`. For `arguments` see Seat."""
        super().__init__(settings, task, arguments, num_matches, batched=True)
        self.num_matches = num_matches

    def _maker(self) -> functools.partial:
        return functools.partial(super()._maker(), num_matches=self.num_matches)

    def discount_spec(self) -> specs.BoundedArray:
        """Returns the spec of the discounts."""
        return self._seat.observation_specs["discount"]

    def reset(self) -> dm_env.TimeStep:
        """Starts the next episode of every match and returns the first observations."""
        self._begin()
        return self._time_step(self._observation())

    def step(self, action: Mapping[str, Any]) -> dm_env.TimeStep:
        """Plays one decision of every match; starts those that ended before.

        Raises:
            ValueError: `action` is outside its spec. No match has then moved.
        """
        if not self._begun:
            return self.reset()
        self._seat.act(action)
        self._backend.advance()
        return self._time_step(self._observe())

    def _time_step(self, observation: dict[str, Any]) -> dm_env.TimeStep:
        return dm_env.TimeStep(
            step_type=self._seat.step_type.copy(),
            reward=self._seat.buffers["reward"].copy(),
            discount=self._seat.discount.copy(),
            observation=observation)
