"""What items give while they lie in a main slot: their modifiers, Scepter and Shard.

Source: patch notes 7.41: the scroll's and the neutral slot count as main ones; what a backpack or
the stash holds gives nothing.
"""

from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_UNITS, NUM_ITEM_SLOTS
from dota_env_rpc.match.words import MAX_INTRINSICS
from dota_env_rpc.sim.casting import is_working_slot
from dota_env_rpc.sim.learning import set_upgrades
from dota_env_rpc.sim.modifiers import add_modifier, begin_context, remove_modifier
from dota_env_rpc.sim.units import mark_dirty
from dota_env_rpc.sim.values import ITEM_SOURCE


@rule
def wear_changed(state, patch):
    """Looks through the items of every hero whose items changed."""
    for seat in range(len(state.tables.players)):
        player = state.tables.players[seat]
        if player.items_changed and player.hero != 0:
            player.items_changed = 0
            wear_items(state, patch, seat)


@rule
def is_worn(tables, seat, place):
    """Returns whether an item in this slot works: out of the backpack it waits a little."""
    return tables.items[seat, place].active_tick <= tables.tick and is_working_slot(place)


@rule
def wear_items(state, patch, seat):
    """Gives a hero the modifiers of the items that it wears, one an item, and takes the others.

    Those of the same item do not count twice where the modifier is not `Multiple`.
    """
    tables = state.tables
    row = tables.players[seat].hero % MAX_UNITS
    at = state.body[row].first_modifier
    while at > 0:
        following = state.effects[at - 1].next
        source = state.effects[at - 1].source
        definition = tables.modifiers[at - 1].definition
        if source >= ITEM_SOURCE and patch.modifier_definitions[definition].worn_only:
            if _count_worn(tables, seat, source - ITEM_SOURCE) == 0:
                remove_modifier(state, patch, at - 1)
        elif source >= ITEM_SOURCE and _is_passive(patch, source - ITEM_SOURCE, definition):
            wanted = _count_worn(tables, seat, source - ITEM_SOURCE)
            if _count_modifiers(state, row, definition, source) > wanted:
                remove_modifier(state, patch, at - 1)
        at = following
    scepter = 0
    for place in range(NUM_ITEM_SLOTS):
        item = tables.items[seat, place].definition
        if item < 0 or not is_worn(tables, seat, place):
            continue
        if patch.item_behaviors[item].gives_scepter:
            scepter = 1
        for i in range(MAX_INTRINSICS):
            passive = patch.item_behaviors[item].intrinsics[i]
            if passive < 0:
                continue
            source = ITEM_SOURCE + item
            wanted = _count_worn(tables, seat, item)
            if not patch.modifier_definitions[passive].multiple:
                wanted = min(wanted, 1)
            if _count_modifiers(state, row, passive, source) < wanted:
                context = state.context
                begin_context(context, source, tables.units[row].handle, tables.units[row].handle)
                add_modifier(state, patch, passive, row, context, 0.0, 0)
    player = tables.players[seat]
    set_upgrades(
        state, patch, seat, 1 if scepter or player.scepter_eaten else 0,
        player.shard_eaten)
    mark_dirty(state, row)


@rule
def _is_passive(patch, item, definition):
    """Returns whether a modifier is one that an item gives by being worn."""
    for i in range(MAX_INTRINSICS):
        if patch.item_behaviors[item].intrinsics[i] == definition:
            return True
    return False


@rule
def _count_worn(tables, seat, item):
    count = 0
    for place in range(NUM_ITEM_SLOTS):
        if tables.items[seat, place].definition == item and is_worn(tables, seat, place):
            count += 1
    return count


@rule
def _count_modifiers(state, row, definition, source):
    count = 0
    at = state.body[row].first_modifier
    while at > 0:
        if (state.tables.modifiers[at - 1].definition == definition
                and state.effects[at - 1].source == source):
            count += 1
        at = state.effects[at - 1].next
    return count
