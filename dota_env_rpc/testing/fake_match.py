"""A match without a game, for testing whatever carries matches to clients.

It has the interface of a task, its seats and a backend, and a rule that fits in a line: each
step counts a tick up, and each STOP order of a seat is a kill for its team.
"""

from collections.abc import Mapping
import dataclasses
import hashlib
import time

import dm_env
from dm_env import specs
import numpy as np

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.match.clock import seconds, ticks
from dota_env_rpc.match.enums import NUM_SEATS, Team, UnitOrder, WinReason
from dota_env_rpc.match.settings import MatchSettings, episode_seed
from dota_env_rpc.match.tables import ORDER, TABLES
from dota_env_rpc.tasks.actions import ActionError
from dota_env_rpc.tasks.settings import Setting, SettingError

SEATS = (0, 5)
HEROES = ("npc_dota_hero_nevermore", "npc_dota_hero_lina")


@dataclasses.dataclass
class Faults:
    """What goes wrong in the matches of a FakeBackend; may be changed while they run.

    Attributes:
        advance_seconds: How long a step takes.
        advance_error: Raised by the next step, once.
    """

    advance_seconds: float = 0.0
    advance_error: Exception | None = None


class FakeBackend(Backend):
    """Matches in which STOP is a kill; see the module."""

    def __init__(self, settings: MatchSettings, num_matches: int = 1,
                 faults: Faults | None = None):
        """Makes the matches; `start` starts them."""
        self.settings = settings
        self.num_matches = num_matches
        self.tables = np.zeros(num_matches, TABLES).view(np.recarray)
        self.orders = np.zeros((num_matches, NUM_SEATS), ORDER).view(np.recarray)
        self.controlled = np.zeros((num_matches, NUM_SEATS), np.uint8)
        self.step_type = np.zeros(num_matches, np.uint8)
        self.discount = np.ones(num_matches, np.float32)
        self.closed = False
        self._faults = faults or Faults()

    def start(self) -> None:
        """Starts episode 0 of every match."""
        for row in range(self.num_matches):
            self._start(row, 0)

    def restart(self) -> None:
        """Starts the next episode of every match."""
        for row in range(self.num_matches):
            self._start(row, int(self.tables[row].episode) + 1)

    def _start(self, row: int, episode: int) -> None:
        table = self.tables[row]
        for field in ("winner", "win_reason", "num_events"):
            table[field] = 0
        table.team_kills[:] = 0
        table.episode = episode
        table.tick = table.start_tick = ticks(self.settings.start_seconds)
        # Something that differs between seeds and can be seen.
        table.players["reliable_gold"] = episode_seed(self.settings.seed, row, episode) % 1000
        self.step_type[row] = dm_env.StepType.FIRST
        self.discount[row] = 1.0

    def advance(self) -> None:
        """Counts the ticks and the STOP orders of every match."""
        time.sleep(self._faults.advance_seconds)
        error, self._faults.advance_error = self._faults.advance_error, None
        if error is not None:
            raise error
        for row in range(self.num_matches):
            if self.step_type[row] == dm_env.StepType.LAST:
                self._start(row, int(self.tables[row].episode) + 1)
            else:
                self._play(row)
        self.orders[...] = np.zeros((), ORDER)

    def _play(self, row: int) -> None:
        table = self.tables[row]
        for seat in range(NUM_SEATS):
            spoken = self.controlled[row, seat]
            # What a bot does shows as level 7.
            table.players[seat].level = 1 if spoken else 7
            if spoken and self.orders[row, seat].order == UnitOrder.STOP:
                table.team_kills[seat // 5] += 1
        table.tick += self.settings.ticks_per_step
        self.step_type[row] = dm_env.StepType.MID
        if table.team_kills.max() >= self.settings.kills_to_win:
            table.winner = (Team.GOODGUYS, Team.BADGUYS)[int(table.team_kills.argmax())]
            table.win_reason = WinReason.KILLS
            self.step_type[row] = dm_env.StepType.LAST
            self.discount[row] = 0.0
        elif seconds(int(table.tick)) >= self.settings.max_seconds:
            self.step_type[row] = dm_env.StepType.LAST

    def save(self) -> bytes:
        """Returns the tables' bytes."""
        return self.tables.tobytes() + self.step_type.tobytes()

    def restore(self, saved: bytes) -> None:
        """Goes back to what `save` returned."""
        size = self.tables.nbytes
        if len(saved) != size + self.num_matches:
            raise ValueError("saved by another backend")
        self.tables[...] = np.frombuffer(saved[:size], TABLES)
        self.step_type[:] = np.frombuffer(saved[size:], np.uint8)

    def digest(self, match: int = 0) -> str:
        """Returns a digest of one match's tables."""
        return hashlib.sha256(self.tables[match].tobytes()).hexdigest()[:16]

    def close(self) -> None:
        """Says that it is closed."""
        self.closed = True


class FakeSeat:
    """A seat of a FakeBackend."""

    def __init__(self, backend, *, seats=(0,), action_space="orders", observations=(),
                 reward: Mapping[str, float], batched=False):
        """Makes the buffers."""
        self.seats = tuple(seats)
        self._backend = backend
        self._weight = reward["kills"]
        rows = backend.num_matches * len(self.seats)
        leading = (rows,) if batched or rows > 1 else ()
        self.action_specs = {
            "order": specs.BoundedArray(leading, np.int32, 0, len(UnitOrder) - 1, name="order"),
            "position": specs.BoundedArray(
                leading + (2,), np.float32, -100.0, 100.0, name="position"),
        }
        if action_space == "discrete":
            self.action_specs = {
                "action": specs.BoundedArray(leading, np.int32, 0, 4, name="action")}
        self.observation_specs = {
            "reward": specs.Array(leading, np.float32, name="reward"),
            # Tick, episode, kills of the own team, gold, 1 if a bot played last.
            "state": specs.BoundedArray(leading + (5,), np.float32, -1e6, 1e6, name="state"),
            "unit_ids": specs.BoundedArray(leading + (3, 2), np.uint8, 0, 255, name="unit_ids"),
            "mask.order": specs.BoundedArray(leading + (41,), np.uint8, 0, 1, name="mask.order"),
        }
        if "events" in observations:
            self.observation_specs["events"] = specs.BoundedArray(
                leading + (4,), np.int32, -(1 << 31), (1 << 31) - 1, name="events")
        if "picture" in observations:
            self.observation_specs["picture"] = specs.BoundedArray(
                leading + (64, 64, 3), np.uint8, 0, 255, name="picture")
        if leading:
            self.observation_specs["discount"] = specs.BoundedArray(
                leading, np.float32, 0.0, 1.0, name="discount")
            self.observation_specs["step_type"] = specs.BoundedArray(
                leading, np.uint8, 0, 2, name="step_type")
        self.buffers = {
            name: np.zeros(spec.shape, spec.dtype)
            for name, spec in self.observation_specs.items()}
        self.buffers["mask.order"][...] = 1
        self.step_type = np.zeros(rows, np.uint8)
        self.discount = np.ones(rows, np.float32)
        self.columns = {"digest": "0" * 16, "tensors": ["tick", "episode", "kills", "gold", "bot"]}
        self._kills = np.zeros(rows)

    def _rows(self):
        return ((match, seat) for match in range(self._backend.num_matches) for seat in self.seats)

    def begin(self) -> None:
        """Starts a sequence."""
        self._kills[:] = [self._kills_of(match, seat) for match, seat in self._rows()]
        self._fill()

    def observe(self) -> None:
        """Reads the match after a step."""
        self._fill()

    def _kills_of(self, match: int, seat: int) -> int:
        return int(self._backend.tables[match].team_kills[seat // 5])

    def _fill(self) -> None:
        state = self.buffers["state"].reshape(-1, 5)
        reward = self.buffers["reward"].reshape(-1)
        for row, (match, seat) in enumerate(self._rows()):
            table = self._backend.tables[match]
            kills = self._kills_of(match, seat)
            self.step_type[row] = self._backend.step_type[match]
            self.discount[row] = self._backend.discount[match]
            first = self.step_type[row] == dm_env.StepType.FIRST
            reward[row] = 0.0 if first else self._weight * (kills - self._kills[row])
            self._kills[row] = kills
            player = table.players[seat]
            state[row] = (table.tick, table.episode, kills, player.reliable_gold,
                          player.level == 7)
        self.buffers["unit_ids"][...] = np.arange(6, dtype=np.uint8).reshape(3, 2)
        if "events" in self.buffers:
            self.buffers["events"][...] = (-1, 0, 300, int(state[0, 0]))
        if "discount" in self.buffers:
            self.buffers["discount"][:] = self.discount
            self.buffers["step_type"][:] = self.step_type

    def act(self, actions: Mapping[str, np.ndarray]) -> None:
        """Checks the actions and makes orders of them."""
        for name, value in actions.items():
            spec = self.action_specs.get(name)
            if spec is None:
                raise ActionError(f"unknown action {name!r}; there are {list(self.action_specs)}")
            value = np.asarray(value)
            if value.shape != spec.shape or value.dtype.kind != spec.dtype.kind:
                raise ActionError(f"action {name!r} is {value.dtype} {value.shape}")
            if not np.all((value >= spec.minimum) & (value <= spec.maximum)):
                raise ActionError(
                    f"action {name!r} must lie from {spec.minimum} to {spec.maximum}")
        if "action" in self.action_specs:
            stops = np.asarray(actions.get("action", 0)) == 1
            orders = np.where(stops, UnitOrder.STOP, UnitOrder.NONE)
        else:
            orders = np.asarray(actions.get("order", 0))
        orders = np.broadcast_to(orders.reshape(-1), self.step_type.shape)
        for row, (match, seat) in enumerate(self._rows()):
            self._backend.orders[match, seat].order = orders[row]


class FakeTask:
    """A task of FakeSeats: seats 0 and 5 of a match that ends at two kills or 30 seconds."""

    name = "fake"
    played_seats = SEATS

    def __init__(self):
        """Makes the settings."""
        whole = {"kind": "int64", "minimum": 0}
        settings = [
            Setting("task", "string", "fake", "Name of the task.", choices=("fake",)),
            Setting("seed", default=0, meaning="Seed.", maximum=2**63 - 1, **whole),
            Setting("agents", "int64", 1, "Clients to wait for.", 1, 10),
            Setting("num_matches", "int64", 1, "Matches.", 1, 1024),
            Setting("ticks_per_step", "int64", 30, "Ticks a step.", 1, 900),
            Setting("max_seconds", "float64", 30.0, "End.", 1.0, 7200.0),
            Setting("kills_to_win", "int64", 2, "Kills.", 1, 100),
            Setting("step_timeout", "float64", 60.0, "Deadline.", 0.01, 3600.0),
            Setting("record", "bool", False, "Whether orders are kept."),
            Setting("reward.kills", "float64", 1.0, "Weight of kills."),
        ]
        self.world_settings = {setting.name: setting for setting in settings}
        settings = [
            Setting("seat", "int64", -1, "Seat; -1 for any.", -1, 9),
            Setting("seats", "int64s", (), "Seats.", 0, 9),
            Setting("hero", "string", "", "Hero.", choices=("", *HEROES)),
            Setting("action_space", "string", "orders", "Actions.",
                    choices=("orders", "discrete")),
            Setting("observations", "strings", (), "Extras.", choices=("events", "picture")),
        ]
        self.join_settings = {setting.name: setting for setting in settings}

    def match_settings(self, settings: Mapping) -> MatchSettings:
        """Returns the match's part of parsed world settings."""
        if settings["max_seconds"] > 7000 and settings["kills_to_win"] > 90:
            raise SettingError("max_seconds", "such a match would never end")
        return MatchSettings(
            start_seconds=0.0, seed=settings["seed"], max_seconds=settings["max_seconds"],
            ticks_per_step=settings["ticks_per_step"], kills_to_win=settings["kills_to_win"])

    def seats(self, join: Mapping) -> tuple[int, ...]:
        """Returns the seats that parsed join settings name; () for any."""
        seats = join["seats"] or (() if join["seat"] < 0 else (join["seat"],))
        if not set(seats) <= set(SEATS) or len(set(seats)) < len(seats):
            raise SettingError("seats", f"seats are {SEATS}, not {seats}")
        return tuple(seats)

    def brought(self, settings: MatchSettings, joined: Mapping) -> MatchSettings:
        """Returns the settings of a match with the heroes that its seats bring."""
        heroes = list(settings.heroes)
        for seat, join in joined.items():
            heroes[seat] = join["hero"] or heroes[seat]
        return dataclasses.replace(settings, heroes=tuple(heroes))

    def seat_arguments(self, world: Mapping, join: Mapping) -> dict:
        """Returns what to call `seat` with, beside the backend and `seats`."""
        return {
            "action_space": join["action_space"], "observations": join["observations"],
            "reward": {"kills": world["reward.kills"]},
        }

    def seat(self, backend, **arguments) -> FakeSeat:
        """Returns a seat of `backend`."""
        return FakeSeat(backend, **arguments)
