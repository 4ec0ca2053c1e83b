"""The numbers of owned abilities: worked out when a level, talent or upgrade changes, then read.

A `source` names what an effect comes from, and stays true when items move: `seat * SLOTS + slot`
of an ability, or ITEM_SOURCE plus the row of an item's definition; NO_SOURCE for neither.
"""

from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_UNITS, NUM_ABILITY_SLOTS
from dota_env_rpc.match.words import (
    CHANGE_BY_HERO_LEVEL,
    CHANGE_BY_SCEPTER,
    CHANGE_BY_SHARD,
    CHANGE_BY_TALENT,
    Property,
    Standard,
)

SLOTS = 32
ITEM_SOURCE = 1000
NO_SOURCE = -1
_ADD, _SET, _TIMES, _PERCENT = (ord(sign) for sign in "+=x%")


@inlined
def value_of(state, patch, source, place):
    """Returns the number at `place` among the values of a source."""
    if source >= ITEM_SOURCE:
        return patch.item_values[patch.item_behaviors[source - ITEM_SOURCE].first_value + place]
    if source < 0:
        return 0.0
    return state.values[source // SLOTS, source % SLOTS, place]


@rule
def slot_of(tables, seat, definition):
    """Returns the slot in which a seat's hero has the ability `definition`, -1 for none."""
    for slot in range(NUM_ABILITY_SLOTS):
        if tables.abilities[seat, slot].definition == definition:
            return slot
    return -1


@rule
def level_of(tables, seat, definition):
    """Returns the level of the ability `definition` with a seat's hero, 0 for none."""
    slot = slot_of(tables, seat, definition)
    return tables.abilities[seat, slot].level if slot >= 0 else 0


@rule
def resolve_values(state, patch, seat):
    """Works out every number of a seat's abilities anew.

    Source: the operations of npc_abilities.txt 7.41; that a number "per hero level" counts from
    level 1 on, in whole steps, is a guess.
    """
    tables = state.tables
    row = tables.players[seat].hero % MAX_UNITS
    state.has_charges[seat] = 0
    for slot in range(NUM_ABILITY_SLOTS):
        ability = tables.abilities[seat, slot]
        if ability.definition < 0:
            continue
        behavior = patch.ability_behaviors[ability.definition]
        if not behavior.is_simulated:
            continue
        for place in range(behavior.num_values):
            number = _resolve(state, patch, seat, patch.values[behavior.first_value + place])
            if patch.values[behavior.first_value + place].is_area and number > 0.0:
                number += state.bonuses[row, Property.AOE_BONUS_CONSTANT]
            state.values[seat, slot, place] = number
        if state.values[seat, slot, Standard.CHARGES] > 0.0:
            state.has_charges[seat] = 1


@rule
def _resolve(state, patch, seat, value):
    tables = state.tables
    level = level_of(tables, seat, value.ability)
    rank = level - 1 if level > 0 else 0
    if state.has_scepter[seat]:
        rank = min(rank + patch.ability_behaviors[value.ability].scepter_levels,
                   len(value.levels) - 1)
    number = value.levels[rank]
    for i in range(value.num_changes):
        kind = value.change_kind[i]
        steps = 1.0
        if kind == CHANGE_BY_TALENT:
            applies = level_of(tables, seat, value.change_of[i]) > 0
        elif kind == CHANGE_BY_SCEPTER:
            applies = state.has_scepter[seat] > 0
        elif kind == CHANGE_BY_SHARD:
            applies = state.has_shard[seat] > 0
        else:
            applies = kind == CHANGE_BY_HERO_LEVEL
            steps = float(tables.players[seat].level // value.change_of[i])
        if not applies:
            continue
        by = value.change_by[i, rank]
        operation = value.change_operation[i]
        if operation == _ADD:
            number += by * steps
        elif operation == _SET:
            number = by
        elif operation == _TIMES:
            number *= by
        elif operation == _PERCENT:
            number *= 1.0 + 0.01 * by * steps
    return number
