"""Matches in this process or on a server, with what Gymnasium asks of an environment."""

from collections.abc import Mapping
import json
from typing import Any

import dm_env
from gymnasium import error
import numpy as np

from dota_env_rpc.bots.http_bot import is_url
from dota_env_rpc.client import connect
from dota_env_rpc.gym import spaces
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.tasks.observations import STATE
from dota_env_rpc.tasks.seat import RGB_SIZE, RGB_SPAN
from dota_env_rpc.tasks.settings import parse_settings
from dota_env_rpc.tasks.task import load_task

METADATA = {"render_modes": ["rgb_array"]}
_LARGEST_SEED = 2**63 - 1
_RESULT = STATE.index("result")
# Names that learners cannot use: torch.nn.ModuleDict has an attribute of its own for them.
_RENAMED = {"items": "inventory"}
# Observations that have no space: info tells them.
_TOLD = ("reward_terms", "world_state")


class Matches:
    """Opens matches, seeds them, and splits what they tell into observation and info.

    A copy, pickled or deep, of matches in this process goes on from where they are. One of
    matches on a server has a world of its own, and has to be reset first. There is none of a
    match with an HTTP bot, which is only one.

    Attributes:
        observation_space: Space of one row's observations.
        action_space: Space of one row's actions.
        num_rows: Seats of all matches.
        frames_per_second: Observations in a second of the game.
    """

    def __init__(
            self, task: str, join: Mapping[str, Any], settings: Mapping[str, Any], *,
            num_matches: int | None = None, address: str | None = None,
            world: str | None = None, connection: Mapping[str, Any] | None = None,
            render_mode: str | None = None):
        """Opens the matches; nothing is played before `reset`.

        Args:
            task: Name of the task.
            join: Join settings by name.
            settings: World settings, and further join settings, by name.
            num_matches: How many matches; None for a single one without a leading axis.
            address: "HOST:PORT" of a server, or None for this process.
            world: Name of a world on the server to join, or None to make one.
            connection: Further arguments of dota_env_rpc.connect.
            render_mode: "rgb_array" if `frames` will be asked for, else None.

        Raises:
            ValueError: a setting is unknown or its value is not allowed.
            ConnectionError: there is no server at `address`.
        """
        if render_mode not in (None, *METADATA["render_modes"]):
            raise ValueError(f"render_mode is {render_mode!r}, but must be 'rgb_array' or None")
        if address is None and (world is not None or connection):
            raise ValueError("`world` and `connection` are of a server: give its `address` too")
        names = load_task(task).join_settings
        self._task = task
        self._join = {**join, **{name: settings[name] for name in settings if name in names}}
        self._settings = {name: settings[name] for name in settings if name not in names}
        self._seed = self._settings.pop("seed", None)
        if world is not None and (self._settings or self._seed is not None):
            raise ValueError("who made the world has set it: world settings cannot be given")
        self._num_matches = num_matches
        self._address, self._world, self._connection = address, world, dict(connection or {})
        self._pictures = render_mode is not None
        self._frames: np.ndarray | None = None
        self._begun = False  # whether an episode was
        self._env = self._open(self._seed)

        leading = 0 if num_matches is None else 1
        described = self._env.observation_spec()
        for name in (*_TOLD, "step_type", *self._hidden):
            described.pop(name, None)
        for name, other in _RENAMED.items():
            described[other] = described.pop(name)
        self.observation_space = spaces.observation_space(described, leading)
        self.action_space = spaces.action_space(self._env.action_spec(), leading)
        self._discrete = not isinstance(self.action_space, spaces.Orders)
        self.num_rows = 1 if num_matches is None else self._env.reward_spec().shape[0]
        self.frames_per_second = TICKS_PER_SECOND / self._ticks_per_step()

    def _ticks_per_step(self) -> int:
        if self._address is not None:
            return json.loads(str(self._env.read_property("world.settings")))["ticks_per_step"]
        default = load_task(self._task).world_settings["ticks_per_step"].default
        return self._settings.get("ticks_per_step", default)

    @property
    def _hidden(self) -> tuple[str, ...]:
        """Observations that are there for `frames` alone."""
        wanted = "rgb" in self._join["observations"]
        return () if wanted or not self._pictures else ("rgb",)

    def _open(self, seed: int | None):
        settings = self._settings if seed is None else {**self._settings, "seed": seed}
        if self._address is None:
            # Loaded late: who plays on a server needs no simulator.
            from dota_env_rpc.environment import make, make_batch
            if self._num_matches is None:
                return make(self._task, **self._join, **settings)
            return make_batch(self._task, self._num_matches, **self._join, **settings)
        join = {name: value for name, value in self._join.items() if value is not None}
        join["observations"] = (*join["observations"], *self._hidden)
        create = None
        if self._world is None:
            create = {"task": self._task, "num_matches": self._num_matches or 1, **settings}
        return connect(
            self._address, world=self._world, create=create, join=join, **self._connection)

    def reset(
            self, seed: int | None,
            random: np.random.Generator) -> tuple[dict[str, Any], dict[str, Any]]:
        """Starts the next episode of every match.

        Args:
            seed: Starts the seeds anew: the first match plays this one. None goes on with them.
            random: Draws a seed when none was ever given.

        Returns:
            The observation and the info of all rows.
        """
        if self._world is not None:
            if seed is not None:
                raise ValueError("who made the world has set its seed: reset without one")
            time_step = self._env.reset()
            self._begun = True
            return self._take(time_step)
        if not self._begun and seed is None:
            seed = int(random.integers(_LARGEST_SEED)) if self._seed is None else self._seed
        if seed is not None:
            self._seed = seed
        time_step = self._env.restart(seed)
        self._begun = True
        return self._take(time_step)

    def step(self, actions: Any) -> tuple[dm_env.TimeStep, dict[str, Any], dict[str, Any]]:
        """Plays a step; returns its TimeStep, and its observation and info apart.

        Raises:
            ValueError: `actions` are outside their space. No match has then moved.
            gymnasium.error.ResetNeeded: nothing was begun.
        """
        if not self._begun:
            raise error.ResetNeeded("nothing was begun: reset the environment first")
        time_step = self._env.step({"action": actions} if self._discrete else actions)
        return time_step, *self._take(time_step)

    def _take(self, time_step: dm_env.TimeStep) -> tuple[dict[str, Any], dict[str, Any]]:
        seen = time_step.observation
        seen.pop("step_type", None)
        info = {name: seen.pop(name) for name in _TOLD if name in seen}
        info = {name: told if told.ndim else told.item() for name, told in info.items()}
        if self._pictures and self._address is not None:
            self._frames = seen["rgb"]
            for name in self._hidden:
                del seen[name]
        for name, other in _RENAMED.items():
            seen[other] = seen.pop(name)
        masks = {name: mask.view(np.int8) for name, mask in seen.pop("mask").items()}
        seen["action_mask"] = masks["action"] if self._discrete else masks
        return seen, info

    def frames(self) -> list[np.ndarray]:
        """Returns what each row's seat sees now, uint8 (size, size, 3) each."""
        if self._address is not None:
            return [] if self._frames is None else list(
                self._frames if self._num_matches else self._frames[np.newaxis])
        size = self._join.get("rgb_size", RGB_SIZE)
        span = self._join.get("rgb_span", RGB_SPAN)
        return [self._env.render(size, span, row=row, fog=True) for row in range(self.num_rows)]

    def close(self) -> None:
        """Frees the matches, or leaves the server."""
        self._env.close()

    def __getstate__(self) -> dict[str, Any]:
        state = {**self.__dict__, "_frames": None}
        if self._address is not None:
            given = {"bots": self._settings["bots"]} if "bots" in self._settings else {}
            bots = parse_settings(load_task(self._task).world_settings, given)["bots"]
            if any(map(is_url, bots)):
                raise ValueError(
                    "a match with an HTTP bot cannot be copied: there is only one bot")
            state.update(_env=None, _begun=False)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        if self._address is not None:
            self._env = self._open(self._seed)


def won(observation: Mapping[str, Any]) -> Any:
    """Returns, for each row, whether its side has won."""
    return observation["state"][..., _RESULT] > 0
