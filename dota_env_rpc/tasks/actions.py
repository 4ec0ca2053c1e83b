"""What a seat may do: the fields of an action, how they are checked and how they become orders."""

from collections.abc import Mapping, Sequence
import dataclasses
from typing import Any, NamedTuple

from dm_env import specs
import numpy as np

from dota_env_rpc.match.coordinates import WORLD_MAX, WORLD_MIN
from dota_env_rpc.match.enums import UnitOrder
from dota_env_rpc.match.rule import record, rule
from dota_env_rpc.match.tables import MAX_ITEM_DEFINITIONS, NUM_ABILITY_SLOTS, NUM_ITEM_SLOTS
from dota_env_rpc.sim.orders import is_item_order
from dota_env_rpc.tasks.observations import NUM_SHOWN_UNITS

NUM_ORDERS = len(UnitOrder)
_MOVE_ITEM = int(UnitOrder.MOVE_ITEM)
_LOCK = int(UnitOrder.SET_ITEM_COMBINE_LOCK)
_PICKUP_ITEM = int(UnitOrder.PICKUP_ITEM)
_PICKUP_RUNE = int(UnitOrder.PICKUP_RUNE)


class ActionError(ValueError):
    """An action is unknown or its value is not allowed; nothing has been done."""


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of an action; all are optional.

    Attributes:
        name: Name of the action.
        shape: () for a number, (2,) for a place.
        dtype: int32 or float32.
        minimum: Least value.
        maximum: Greatest value.
        default: What holds when it is not given.
        meaning: One or two sentences for the documentation.
    """

    name: str
    shape: tuple[int, ...]
    dtype: type
    minimum: float
    maximum: float
    default: float
    meaning: str

    @property
    def key(self) -> str:
        """Name in records, where "item" would hide an attribute."""
        return f"{self.name}_value"

    def spec(self, leading: tuple[int, ...] = ()) -> specs.BoundedArray:
        """Returns the spec, with `leading` axes in front."""
        return specs.BoundedArray(
            leading + self.shape, self.dtype, self.dtype(self.minimum), self.dtype(self.maximum),
            name=self.name)


def _choice(name: str, count: int, meaning: str) -> Field:
    return Field(name, (), np.int32, 0, count - 1, 0, meaning)


def _place(name: str, meaning: str) -> Field:
    return Field(name, (2,), np.float32, WORLD_MIN, WORLD_MAX, 0.0, meaning)


ORDERS = (
    _choice("order", NUM_ORDERS,
            "What is asked: a UnitOrder (DOTA_UNIT_ORDER_*). 0 lets the unit go on with what it "
            "does."),
    _choice("unit", NUM_SHOWN_UNITS,
            "Row of `units` of the unit that is to do it: 0 is the own hero, others are the own "
            "courier, summons, illusions and dominated creeps."),
    _choice("target", NUM_SHOWN_UNITS,
            "Row of `units`, as last shown, of the unit it is done to. For MOVE_ITEM the slot that "
            "`item` goes to; for SET_ITEM_COMBINE_LOCK 0 to unlock it, else to lock it; "
            "PICKUP_ITEM and PICKUP_RUNE read none, but take what lies nearest to `position`."),
    _choice("ability", NUM_ABILITY_SLOTS + NUM_ITEM_SLOTS,
            f"What is cast or learned: a row of `abilities`, or {NUM_ABILITY_SLOTS} plus a row of "
            "`items`. Of the courier: a CourierAbility."),
    _choice("item", NUM_ITEM_SLOTS, "Row of `items`, for orders about an item."),
    _choice("item_to_buy", MAX_ITEM_DEFINITIONS,
            "Row of the patch's items, for buying. What is made of parts is bought as those that "
            "the player does not have yet."),
    _choice("queue", 2, "1 to do it after the orders before it, as with the shift key."),
    _place("position", "(x, y) in map units, for orders that take a place."),
    _place("position_end", "(x, y) in map units, where a vector-targeted ability ends."),
)


def fields_record(fields: Sequence[Field]) -> np.dtype:
    """Returns a record with a field `<name>_value` for each field of an action."""
    return record(
        [(field.key, field.dtype, field.shape) if field.shape else (field.key, field.dtype)
         for field in fields], "CHOSEN")


# Python's and NumPy's integers; True and False are none.
_INTEGERS = frozenset((int, np.int8, np.int16, np.int32, np.int64,
                       np.uint8, np.uint16, np.uint32, np.uint64))


class _Slot(NamedTuple):
    """What a field may hold, and where its numbers go if there is a single row.

    Attributes:
        kinds: Types that are taken as they are: of integers, if the field holds one.
    """

    minimum: float
    maximum: float
    kinds: frozenset[type]
    shape: tuple[int, ...]
    dtype: np.dtype
    numbers: memoryview


class Staging:
    """Holds the checked action of every row until it becomes orders.

    Attributes:
        specs: Spec of each field, by name.
        records: Record with a field for each field of the action, one a row.
    """

    def __init__(self, fields: Sequence[Field], leading: tuple[int, ...]):
        """Makes room for actions of `fields` with `leading` axes in front."""
        self._fields = {field.name: field for field in fields}
        self.specs = {field.name: field.spec(leading) for field in fields}
        self.records = np.zeros(leading or (1,), fields_record(fields))
        for field in fields:
            self.records[field.key] = field.default
        self._bytes = memoryview(self.records.view(np.uint8).reshape(-1))
        self._default_bytes = bytes(self._bytes)
        # Of many rows each field is written by itself.
        self._columns = {name: self.records[self._fields[name].key] for name in self._fields}
        # One row takes Python a fraction of the time that it takes NumPy.
        self._is_single = not leading
        self._slots = {
            field.name: _Slot(
                field.minimum, field.maximum,
                frozenset() if leading or field.shape else _INTEGERS,
                leading + field.shape, np.dtype(field.dtype),
                memoryview(self.records[:1][field.key].reshape(-1)))
            for field in fields}

    def take(self, actions: Mapping[str, Any]) -> None:
        """Checks and takes `actions`; fields that are missing get their defaults.

        Raises:
            ActionError: `actions` is no dictionary, a name is unknown, or a value has another type
                or shape than its spec, is not finite or lies outside its bounds. What is held is
                then no action.
        """
        self._bytes[:] = self._default_bytes
        try:
            given = actions.items()
        except AttributeError:
            raise ActionError(
                f"an action is a dictionary of {', '.join(self._fields)}, but this is of type "
                f"{type(actions).__name__}") from None
        arrays = []
        slots = self._slots
        for name, value in given:
            slot = slots.get(name)
            if slot is None:
                raise ActionError(
                    f"unknown action {name!r}; known are {', '.join(self._fields)}")
            minimum, maximum, kinds, shape, dtype, numbers = slot
            # What agents send most is looked at without NumPy, which takes four times as long.
            kind = type(value)
            if kind in kinds:
                number = int(value)
                if minimum <= number <= maximum:
                    numbers[0] = number
                    continue
            if not (kind is np.ndarray and value.dtype is dtype and value.shape == shape):
                value = self._read(name, value)
            if self._is_single:
                place = 0
                for number in value.tolist() if shape else (value.item(),):
                    if not minimum <= number <= maximum:  # NaN never is
                        raise self._out_of_bounds(name, value)
                    numbers[place] = number
                    place += 1
            elif np.all((value >= minimum) & (value <= maximum)):
                arrays.append((self._columns[name], value))
            else:
                raise self._out_of_bounds(name, value)
        for column, value in arrays:
            column[...] = value

    def _read(self, name: str, value: Any) -> np.ndarray:
        """Returns an action of another type than its spec's, if it holds such numbers."""
        field, spec = self._fields[name], self.specs[name]
        try:
            array = np.asarray(value)
        except ValueError:
            raise ActionError(f"action {name!r} is not an array") from None
        kinds = "iu" if field.dtype is np.int32 else "iuf"
        if array.dtype.kind not in kinds:
            raise ActionError(
                f"action {name!r} has type {array.dtype}, but must be {np.dtype(field.dtype)}")
        if array.shape != spec.shape:
            raise ActionError(
                f"action {name!r} has shape {array.shape}, but must have {spec.shape}")
        return array

    def _out_of_bounds(self, name: str, array: np.ndarray) -> ActionError:
        field = self._fields[name]
        return ActionError(
            f"action {name!r} is {np.array2string(array, threshold=4)}, but must be from "
            f"{field.minimum:g} to {field.maximum:g}")


# Fields of `orders` as one record a row: what the rule that writes orders reads.
CHOSEN = fields_record(ORDERS)


@rule
def write_order(out, chosen, memory):
    """Writes what a seat chose as an order of the match.

    out: ORDER record. chosen: CHOSEN record. memory: MEMORY record of the seat, whose handles
    tell which units the rows name; a row that shows none names no unit.
    """
    out.order = chosen.order_value
    out.unit = 0  # the own hero
    if chosen.unit_value != 0:
        handle = memory.handles[chosen.unit_value]
        out.unit = handle if handle != 0 else -1
    if out.order == _MOVE_ITEM or out.order == _LOCK:
        out.target = chosen.target_value
    elif out.order == _PICKUP_ITEM or out.order == _PICKUP_RUNE:
        out.target = 0  # what is nearest
    else:
        out.target = memory.handles[chosen.target_value]
    out.ability_slot = chosen.ability_value
    out.item_slot = chosen.item_value
    if chosen.ability_value >= NUM_ABILITY_SLOTS and not is_item_order(out.order):
        out.item_slot = chosen.ability_value - NUM_ABILITY_SLOTS
        out.ability_slot = -1
    out.item_to_buy = chosen.item_to_buy_value
    out.queue = chosen.queue_value
    out.x = chosen.position_value[0]
    out.y = chosen.position_value[1]
    out.x_end = chosen.position_end_value[0]
    out.y_end = chosen.position_end_value[1]
