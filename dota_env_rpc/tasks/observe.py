"""The compiled entries that fill a seat's tensors and write its orders, all rows in one call."""

import numpy as np

from dota_env_rpc.data.records import PATCH
from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.rule import (
    INTERPRETED,
    Arguments,
    element_at,
    entry,
    part,
    record,
    record_at,
    rule,
)
from dota_env_rpc.match.tables import NUM_ABILITY_SLOTS, NUM_ITEM_PLACES, ORDER, TABLES
from dota_env_rpc.sim.state import STATE as MATCH
from dota_env_rpc.tasks.actions import CHOSEN, write_order
from dota_env_rpc.tasks.discrete import CHOSEN_ACTION, write_discrete
from dota_env_rpc.tasks.encode import (
    clip,
    encode_ability,
    encode_effects,
    encode_ground,
    encode_item,
    encode_state,
    encode_unit,
    observe_tables,
)
from dota_env_rpc.tasks.events import encode_events
from dota_env_rpc.tasks.masks import (
    MASK_ACTION_SHAPE,
    MASK_BUY_SHAPE,
    MASK_CAST_SHAPE,
    MASK_ORDER_SHAPE,
    mask_actions,
    mask_orders,
)
from dota_env_rpc.tasks.memory import MEMORY, forget
from dota_env_rpc.tasks.observations import (
    ABILITIES,
    ALWAYS,
    EFFECTS,
    EVENTS,
    GROUND,
    ITEMS,
    NUM_SHOWN_EFFECTS,
    NUM_SHOWN_EVENTS,
    NUM_SHOWN_GROUND_ITEMS,
    NUM_SHOWN_UNITS,
    STATE,
    UNIT_IDS,
    UNITS,
)
from dota_env_rpc.tasks.rewards import (
    NUM_TERMS,
    REWARD_TERMS,
    WEIGHTS,
    reward_of,
    settle_buildings,
)
from dota_env_rpc.tasks.unit_masks import MASK_UNIT_SHAPE, mask_units

# dm_env.StepType.FIRST
FIRST = 0

NUMBER = record([("value", "i8")], "NUMBER")
BYTE = record([("value", "u1")], "BYTE")
FLOAT = record([("value", "f4")], "FLOAT")


def _array_of(dtype, shape):
    """Returns a rule `(first, row)` for element `row` of an array of arrays of `shape`."""
    if INTERPRETED:
        return lambda given, row: given.view(dtype).reshape((-1,) + shape)[row]
    element = element_at(record([("values", dtype, shape)]))

    @rule
    def values(first, row):
        return element(first, row).values

    return values


def _values_of(tensor):
    """Returns a rule `(first, row)` for all numbers of one observation of a tensor."""
    return _array_of(tensor.dtype, (max(tensor.rows, 1) * len(tensor.columns),))


# Record of one row of each tensor, or of all its rows where one rule writes them.
RECORDS = {tensor.name: tensor.row_dtype() for tensor in (*ALWAYS, REWARD_TERMS)}
RECORDS["effects"] = record([("rows", EFFECTS.row_dtype(), NUM_SHOWN_EFFECTS)])
RECORDS["ground"] = record([("rows", GROUND.row_dtype(), NUM_SHOWN_GROUND_ITEMS)])
RECORDS["events"] = record([("rows", EVENTS.row_dtype(), NUM_SHOWN_EVENTS)])

_tables_at = record_at(TABLES)
_patch_of = element_at(PATCH)
_memory_of = element_at(MEMORY)
_number_of = element_at(NUMBER)
_byte_of = element_at(BYTE)
_float_of = element_at(FLOAT)
_weights_of = element_at(WEIGHTS)
_state_of = element_at(RECORDS["state"])
_state_values_of = _values_of(STATE)
_unit_of = element_at(RECORDS["units"])
_units_values_of = _values_of(UNITS)
_ids_of = element_at(RECORDS["unit_ids"])
_ids_values_of = _values_of(UNIT_IDS)
_ability_of = element_at(RECORDS["abilities"])
_abilities_values_of = _values_of(ABILITIES)
_item_of = element_at(RECORDS["items"])
_items_values_of = _values_of(ITEMS)
_effects_of = element_at(RECORDS["effects"])
_effects_values_of = _values_of(EFFECTS)
_ground_of = element_at(RECORDS["ground"])
_ground_values_of = _values_of(GROUND)
_terms_values_of = _values_of(REWARD_TERMS)

_events_of = element_at(RECORDS["events"])
_events_values_of = _values_of(EVENTS)
_order_mask_of = _array_of(np.uint8, MASK_ORDER_SHAPE)
_cast_mask_of = _array_of(np.uint8, MASK_CAST_SHAPE)
_buy_mask_of = _array_of(np.uint8, MASK_BUY_SHAPE)
_unit_mask_of = _array_of(np.uint8, MASK_UNIT_SHAPE)
_action_mask_of = _array_of(np.uint8, (1,) + MASK_ACTION_SHAPE)
_state_table_of = element_at(MATCH)
_order_of = element_at(ORDER)
_chosen_of = element_at(CHOSEN)
_chosen_action_of = element_at(CHOSEN_ACTION)

_NUM_UNIT_COLUMNS = len(UNITS.columns)
_NUM_GROUND_COLUMNS = len(GROUND.columns)
_STATE_LIMITS = STATE.limits()
_UNITS_LIMITS = UNITS.limits()
_ABILITIES_LIMITS = ABILITIES.limits()
_ITEMS_LIMITS = ITEMS.limits()
_EFFECTS_LIMITS = EFFECTS.limits()
_GROUND_LIMITS = GROUND.limits()
_EVENTS_LIMITS = EVENTS.limits()
_TERMS_LIMITS = REWARD_TERMS.limits()

if INTERPRETED:
    def tables_of(first, stride, match):
        """Returns the TABLES record of a match; `stride` is in bytes, as arrays have it."""
        del stride
        return first[match]
else:
    @rule
    def tables_of(first, stride, match):
        """Returns the TABLES record of a match; `stride` is in bytes, as arrays have it."""
        return _tables_at(first + stride * match)


# What all entries are called with. num_rows: rows, match * num_seats + place in `seats`. stride:
# bytes from one match's tables to the next. is_discrete, tells_events: whether the seat is shown
# `mask.action` instead of the masks of orders, and `events`. The others are what
# `match.rule.address` gives for the arrays that they are named for, 0 for those that the entry does
# not touch.
ARGUMENTS = Arguments((
    "num_rows", "num_seats", "stride", "is_discrete", "tells_events", "tables", "states", "patch",
    "seats", "step_types", "discounts", "memories", "weights", "row_types", "row_discounts",
    "chosen", "orders", "reward", *RECORDS, "mask_order", "mask_cast", "mask_buy", "mask_unit",
    "mask_action"))
_arguments_at = ARGUMENTS.at


@rule
def _seat_of(given, row):
    """Returns the player slot of a row."""
    return _number_of(given.seats, row % given.num_seats).value


@rule
def _encode_row(row, fresh, tables, patch, memory, seat, given):
    """Fills row `row` of every tensor; returns the reward."""
    if fresh:
        forget(memory, tables, patch, seat)
    observe_tables(tables, patch, memory, seat)
    if fresh:
        settle_buildings(memory)
    values = _state_values_of(given.state, row)
    values[:] = 0.0
    encode_state(_state_of(given.state, row), tables, patch, memory, seat)
    clip(values, _STATE_LIMITS, _STATE_LIMITS.shape[1])

    values = _units_values_of(given.units, row)
    values[:] = 0.0
    _ids_values_of(given.unit_ids, row)[:] = 0
    for place in range(memory.num_shown):
        if memory.handles[place] != 0:
            at = row * NUM_SHOWN_UNITS + place
            encode_unit(
                _unit_of(given.units, at), _ids_of(given.unit_ids, at), tables, patch, memory, seat,
                memory.handles[place])
    clip(values, _UNITS_LIMITS, memory.num_shown * _NUM_UNIT_COLUMNS)

    values = _abilities_values_of(given.abilities, row)
    values[:] = 0.0
    for slot in range(NUM_ABILITY_SLOTS):
        encode_ability(
            _ability_of(given.abilities, row * NUM_ABILITY_SLOTS + slot), tables, patch, seat, slot)
    clip(values, _ABILITIES_LIMITS, _ABILITIES_LIMITS.shape[1])

    values = _items_values_of(given.items, row)
    values[:] = 0.0
    for slot in range(NUM_ITEM_PLACES):
        encode_item(_item_of(given.items, row * NUM_ITEM_PLACES + slot), tables, seat, slot)
    clip(values, _ITEMS_LIMITS, _ITEMS_LIMITS.shape[1])

    values = _effects_values_of(given.effects, row)
    values[:] = 0.0
    encode_effects(_effects_of(given.effects, row).rows, tables, memory, seat)
    clip(values, _EFFECTS_LIMITS, _EFFECTS_LIMITS.shape[1])

    values = _ground_values_of(given.ground, row)
    values[:] = 0.0
    count = encode_ground(_ground_of(given.ground, row).rows, tables, patch, memory, seat)
    clip(values, _GROUND_LIMITS, count * _NUM_GROUND_COLUMNS)

    reward = reward_of(tables, memory, _weights_of(given.weights, 0), seat)
    values = _terms_values_of(given.reward_terms, row)
    for term in range(NUM_TERMS):
        values[term] = memory.terms[term]
    clip(values, _TERMS_LIMITS, NUM_TERMS)
    return reward


@entry
def fill_rows(arguments, fresh: bool):
    """Fills all that a seat is shown, but for pictures and messages.

    arguments: of ARGUMENTS. fresh: whether all memories start anew; those of matches at FIRST
    always do.
    """
    given = _arguments_at(arguments)
    if given.tells_events:
        _fill_events(arguments, fresh)
    _fill_tensors(arguments, fresh)
    if given.is_discrete:
        _mask_actions(arguments)
    else:
        _mask_orders(arguments)


@part
def _fill_tensors(arguments, fresh: bool):
    """Fills all tensors, and tells each row its match's step type and discount."""
    given = _arguments_at(arguments)
    for row in range(given.num_rows):
        match = row // given.num_seats
        step_type = _byte_of(given.step_types, match).value
        _float_of(given.reward, row).value = _encode_row(
            row, fresh or step_type == FIRST, tables_of(given.tables, given.stride, match),
            _patch_of(given.patch, 0), _memory_of(given.memories, row), _seat_of(given, row),
            given)
        _byte_of(given.row_types, row).value = step_type
        _float_of(given.row_discounts, row).value = _float_of(given.discounts, match).value


@part
def _fill_events(arguments, fresh: bool):
    """Fills `events` of all rows; memories then know of the last events yet."""
    given = _arguments_at(arguments)
    for row in range(given.num_rows):
        match = row // given.num_seats
        values = _events_values_of(given.events, row)
        values[:] = 0.0
        if fresh or _byte_of(given.step_types, match).value == FIRST:
            continue
        encode_events(
            _events_of(given.events, row).rows, tables_of(given.tables, given.stride, match),
            _memory_of(given.memories, row), _seat_of(given, row))
        clip(values, _EVENTS_LIMITS, _EVENTS_LIMITS.shape[1])


@part
def _mask_orders(arguments):
    """Fills the masks of orders of all rows, whose units memories know by now."""
    given = _arguments_at(arguments)
    for row in range(given.num_rows):
        state = _state_table_of(given.states, row // given.num_seats)
        patch = _patch_of(given.patch, 0)
        memory = _memory_of(given.memories, row)
        seat = _seat_of(given, row)
        unit_mask = _unit_mask_of(given.mask_unit, row)
        mask_units(unit_mask, state, patch, memory, seat)
        mask_orders(
            _order_mask_of(given.mask_order, row), _cast_mask_of(given.mask_cast, row),
            _buy_mask_of(given.mask_buy, row), unit_mask, state, patch, memory, seat)


@part
def _mask_actions(arguments):
    """Fills `mask.action` of all rows, whose units memories know by now."""
    given = _arguments_at(arguments)
    for row in range(given.num_rows):
        mask_actions(
            _action_mask_of(given.mask_action, row)[0],
            _state_table_of(given.states, row // given.num_seats),
            _patch_of(given.patch, 0), _memory_of(given.memories, row), _seat_of(given, row))


@entry
def write_order_rows(arguments):
    """Writes the chosen actions of all rows into the backend's orders."""
    given = _arguments_at(arguments)
    for row in range(given.num_rows):
        write_order(
            _order_of(given.orders, row // given.num_seats * NUM_SEATS + _seat_of(given, row)),
            _chosen_of(given.chosen, row), _memory_of(given.memories, row))


@entry
def write_discrete_rows(arguments):
    """Writes the chosen actions of all rows, of the discrete space, into the backend's orders."""
    given = _arguments_at(arguments)
    for row in range(given.num_rows):
        match = row // given.num_seats
        seat = _seat_of(given, row)
        write_discrete(
            _order_of(given.orders, match * NUM_SEATS + seat),
            _chosen_action_of(given.chosen, row).action_value,
            _state_table_of(given.states, match), _patch_of(given.patch, 0),
            _memory_of(given.memories, row), seat)
