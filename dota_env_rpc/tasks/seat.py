"""A seat of one or more matches: its specs, its buffers, and what it does and sees."""

from collections.abc import Callable, Mapping, Sequence
import functools
from typing import Any, NamedTuple

from dm_env import specs
import numpy as np

from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.crew import shares, together
from dota_env_rpc.match.enums import NUM_SEATS, Team
from dota_env_rpc.match.rule import address, direct
from dota_env_rpc.protocols.world_state import world_state
from dota_env_rpc.tasks import observe
from dota_env_rpc.tasks.actions import ORDERS, Staging
from dota_env_rpc.tasks.columns import describe
from dota_env_rpc.tasks.discrete import DISCRETE
from dota_env_rpc.tasks.drawing import Camera
from dota_env_rpc.tasks.masks import (
    MASK_ACTION_SHAPE,
    MASK_BUY_SHAPE,
    MASK_CAST_SHAPE,
    MASK_ORDER_SHAPE,
)
from dota_env_rpc.tasks.memory import new_memories
from dota_env_rpc.tasks.observations import ALWAYS, EVENTS
from dota_env_rpc.tasks.rewards import REWARD_TERMS, weights_record
from dota_env_rpc.tasks.unit_masks import MASK_UNIT_SHAPE

ACTION_SPACES = {"orders": ORDERS, "discrete": DISCRETE}
EXTRAS = ("rgb", "minimap", "events", "world_state")
MINIMAP_SIZE = 128
RGB_SIZE = 256
RGB_SPAN = 4800.0


class Frame(NamedTuple):
    """Buffers of a seat, and what fills them.

    Attributes:
        buffers: One array for each observation.
        arguments: Arguments of `fill_rows` of tasks/observe.py for each share of the matches.
        fill: Fills the buffers with what is seen now.
    """

    buffers: dict[str, np.ndarray]
    arguments: Sequence[Any]
    fill: Callable[[], Any]


class Seat:
    """Plays one player slot, or several, of all matches of a backend.

    A sequence goes `begin`, then `act`, `backend.advance()`, `observe` in turn; the caller
    advances the backend and says in `backend.controlled` whom the seat speaks for. Without
    `batched` and with one seat, arrays have no leading axis; otherwise they have one of
    num_matches x seats rows: row = match * len(seats) + place in `seats`.

    Attributes:
        observation_specs: Spec of each observation by name, in the order of the buffers.
        action_specs: Spec of each action by name; all are optional.
        buffers: One array for each observation, made once and filled in place.
        step_type: uint8 (rows,), a dm_env.StepType each, as of the last `begin` or `observe`.
        discount: float32 (rows,), likewise.
        columns: Names, units and ranges of all columns as plain data, with a digest.
        seats: Player slots that it plays.
    """

    def __init__(
            self, backend, *, seats: Sequence[int] = (0,), action_space: str = "orders",
            observations: Sequence[str] = (), reward: Mapping[str, float],
            batched: bool = False, rgb_size: int = RGB_SIZE, rgb_span: float = RGB_SPAN):
        """Makes the buffers; `begin` fills them.

        Args:
            backend: Backend of the matches, with STATE records in `states`.
            seats: Player slots, 0-9, each once.
            action_space: "orders" or "discrete".
            observations: Extra observations: of "rgb", "minimap", "events" and "world_state".
            reward: Weight of each reward term by name; those that are missing weigh 0. With
                "zero_sum" true the reward is less the mean of the enemies'.
            batched: Whether there is a leading axis even for one match and one seat.
            rgb_size: Pixels a side of `rgb`.
            rgb_span: Map units that `rgb` shows from side to side, around the hero.

        Raises:
            ValueError: an argument is not one of those allowed.
        """
        if not seats or len(set(seats)) < len(seats) or not set(seats) <= set(range(NUM_SEATS)):
            raise ValueError(f"seats is {tuple(seats)}, but must be different slots from 0 to 9")
        if action_space not in ACTION_SPACES:
            raise ValueError(f"no action space {action_space!r}; there are {tuple(ACTION_SPACES)}")
        unknown = sorted(set(observations) - set(EXTRAS))
        if unknown:
            raise ValueError(f"no extra observations {unknown}; there are {EXTRAS}")
        self.seats = tuple(seats)
        self._backend = backend
        self._num_rows = backend.num_matches * len(seats)
        self._discrete = action_space == "discrete"
        batched = batched or self._num_rows > 1
        leading = (self._num_rows,) if batched else ()

        self.step_type = np.zeros(self._num_rows, np.uint8)
        self.discount = np.ones(self._num_rows, np.float32)
        self._memories = new_memories(self._num_rows)
        self._staging = Staging(ACTION_SPACES[action_space], leading)
        self.action_specs = self._staging.specs

        extras = [name for name in EXTRAS if name in observations]
        tensors = [REWARD_TERMS, *ALWAYS]
        if "events" in extras:
            tensors.append(EVENTS)
        self.columns = describe(tensors)
        self.observation_specs = {"reward": specs.Array(leading, np.float32, name="reward")}
        for tensor in tensors:
            self.observation_specs[tensor.name] = tensor.spec(leading)
        masks = (
            {"mask.action": MASK_ACTION_SHAPE} if self._discrete
            else {"mask.order": MASK_ORDER_SHAPE, "mask.cast": MASK_CAST_SHAPE,
                  "mask.buy": MASK_BUY_SHAPE, "mask.unit": MASK_UNIT_SHAPE})
        for name, shape in masks.items():
            self.observation_specs[name] = _bytes_spec(name, leading + shape, 1)
        self._patch = patch = load_game(backend.settings.patch)
        self._cameras = {}
        if "rgb" in extras:
            self._cameras["rgb"] = Camera(patch, rgb_size, rgb_span)
        if "minimap" in extras:
            self._cameras["minimap"] = Camera(patch, MINIMAP_SIZE, bars=False)
        for name, camera in self._cameras.items():
            self.observation_specs[name] = _bytes_spec(
                name, leading + (camera.size, camera.size, 3), 255)
        self._tells_more = bool(self._cameras) or "world_state" in extras
        if "world_state" in extras:
            self.observation_specs["world_state"] = specs.Array(
                leading, object, name="world_state")
        if batched:
            self.observation_specs["discount"] = specs.BoundedArray(
                leading, np.float32, np.float32(0), np.float32(1), name="discount")
            self.observation_specs["step_type"] = _bytes_spec("step_type", leading, 2)
        self._weights = weights_record(reward)
        self._slots = np.array(self.seats, np.int64)
        # What no frame has of its own.
        self._lasting = {"reward": np.zeros(leading, np.float32)}
        if batched:
            self._lasting |= {"discount": self.discount, "step_type": self.step_type}
        self._fill_rows = direct(observe.fill_rows)
        self._frame = self.new_frame()
        self.buffers = {
            name: self._lasting[name] if name in self._lasting else self._frame.buffers[name]
            for name in self.observation_specs}
        # Orders are written by one thread, for all matches.
        self._all_rows = self._pack(self._frame.buffers, slice(0, backend.num_matches))
        self._write_rows = functools.partial(
            direct(observe.write_discrete_rows if self._discrete else observe.write_order_rows),
            address(self._all_rows))

    def new_frame(self) -> "Frame":
        """Returns other buffers, which `observe` can fill instead of the seat's own.

        They have no reward, discount and step type: these always go to the seat's own.
        """
        buffers = {
            name: np.zeros(spec.shape, spec.dtype)
            for name, spec in self.observation_specs.items()
            if name not in self._lasting}
        arguments = [self._pack(buffers, share) for share in shares(self._backend.num_matches)]
        return Frame(buffers, arguments, self._filler(arguments, fresh=False))

    def _filler(self, arguments: Sequence[Any], fresh: bool) -> Callable[[], Any]:
        """Returns what fills buffers. fresh: whether it remembers nothing from before."""
        return together([
            functools.partial(self._fill_rows, address(packed), fresh) for packed in arguments])

    def _pack(self, buffers: dict[str, np.ndarray], share: slice):
        """Returns what the entries take for a share of the matches."""
        backend = self._backend
        rows = slice(share.start * len(self.seats), share.stop * len(self.seats))

        def of_rows(array: np.ndarray) -> np.ndarray:
            return array.reshape(self._num_rows, -1)[rows].reshape(-1)

        return observe.ARGUMENTS.pack(
            num_rows=rows.stop - rows.start, num_seats=len(self.seats),
            is_discrete=self._discrete, tells_events="events" in buffers,
            stride=backend.tables.strides[0], tables=address(backend.tables[share]),
            states=address(backend.states[share]), patch=address(self._patch.array),
            seats=address(self._slots.view(observe.NUMBER)),
            step_types=address(backend.step_type[share].view(observe.BYTE)),
            discounts=address(backend.discount[share].view(observe.FLOAT)),
            memories=address(self._memories[rows]), weights=address(self._weights),
            row_types=address(self.step_type[rows].view(observe.BYTE)),
            row_discounts=address(self.discount[rows].view(observe.FLOAT)),
            chosen=address(self._staging.records[rows]),
            orders=address(backend.orders[share].reshape(-1)),
            reward=address(of_rows(self._lasting["reward"]).view(observe.FLOAT)),
            **{name: address(of_rows(buffers[name]).view(dtype))
               for name, dtype in observe.RECORDS.items() if name in buffers},
            **{name.replace(".", "_"): address(of_rows(buffers[name]))
               for name in buffers if name.startswith("mask.")})

    def begin(self) -> None:
        """Starts a sequence now: remembers nothing from before, so that the reward is 0."""
        self._filler(self._frame.arguments, fresh=True)()
        if self._tells_more:
            self._tell_more(self._frame)

    def save(self) -> bytes:
        """Returns what the seat remembers; the backend saves the matches."""
        return self._memories.tobytes()

    def restore(self, saved: bytes) -> None:
        """Goes back to what `save` returned; the buffers stay as they are until `observe`.

        Raises:
            ValueError: `saved` is not of a seat with as many rows, of this version.
        """
        if len(saved) != self._memories.nbytes:
            raise ValueError(
                f"the saved seat takes {len(saved)} bytes, but this one takes "
                f"{self._memories.nbytes}: restore it with the settings it was saved with")
        self._memories.view(np.ndarray).view(np.uint8)[:] = np.frombuffer(saved, np.uint8)

    def act(self, actions: Mapping[str, Any]) -> None:
        """Writes the seat's next orders into the backend.

        Args:
            actions: Value of each action by name; what is missing means its default.

        Raises:
            ActionError: an action is unknown, or its value has another type or shape than its
                spec, is not finite or lies outside its bounds. No order has then been written.
        """
        self._staging.take(actions)
        self._write_rows()

    def observe(self, frame: "Frame | None" = None) -> None:
        """Fills the buffers, or those of `frame`, with what is seen after `backend.advance()`."""
        frame = frame or self._frame
        frame.fill()
        if self._tells_more:
            self._tell_more(frame)

    def _tell_more(self, frame: "Frame") -> None:
        """Fills what rules do not write: pictures and messages."""
        for name, camera in self._cameras.items():
            pictures = frame.buffers[name].reshape(-1, camera.size, camera.size, 3)
            for row, picture in enumerate(pictures):
                match, place = divmod(row, len(self.seats))
                camera.draw(
                    self._backend.tables[match:match + 1], self.seats[place], out=picture)
        if "world_state" in frame.buffers:
            self._tell_world_state(frame.buffers["world_state"].reshape(-1))

    def _tell_world_state(self, messages: np.ndarray) -> None:
        """Puts a new message into each row: whoever took the last one keeps it."""
        backend = self._backend
        for row in range(self._num_rows):
            match, place = divmod(row, len(self.seats))
            tables = backend.tables[match]
            team = Team.GOODGUYS if self.seats[place] < NUM_SEATS // 2 else Team.BADGUYS
            played, step = int(tables.tick - tables.start_tick), backend.settings.ticks_per_step
            messages[row] = world_state(
                tables, self._patch, team,
                since_tick=int(tables.start_tick) + (played - 1) // step * step)


def _bytes_spec(name: str, shape: tuple[int, ...], maximum: int) -> specs.BoundedArray:
    return specs.BoundedArray(shape, np.uint8, np.uint8(0), np.uint8(maximum), name=name)
