"""How a script that buys items gets them to its hero: by courier, and into the slots that work."""

from dota_env_rpc.match.enums import STRUCTURE, CourierAbility, CourierState, UnitOrder
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import (
    BACKPACK_SLOT,
    COURIER_SLOT,
    MAX_UNITS,
    NUM_ITEM_PLACES,
    SCROLL_SLOT,
    STASH_SLOT,
)
from dota_env_rpc.sim.inventory import HERO_PLACE, num_free
from dota_env_rpc.sim.orders import is_fixed, submit_order
from dota_env_rpc.sim.shop import HOME_SHOP, shops_near
from dota_env_rpc.sim.space import distance
from dota_env_rpc.sim.units import can_attack, is_hero, sees

# A courier keeps this much farther off than foes reach, and waits this far from its hero until
# it is safe there. Source: guess.
SAFE_MARGIN = 150.0
WAIT_DISTANCE = 800.0


@rule
def receive_items(state, patch, seat, order, careful):
    """Gives an order for what a seat has bought: to fetch it from the stash, or to wear it.

    careful: whether the courier keeps away from foes that its side sees. order: an ORDER record
    for use as scratch.
    """
    tables = state.tables
    items = tables.items
    player = tables.players[seat]
    hero = tables.units[player.hero % MAX_UNITS]
    stashed = _first_item(items, seat, STASH_SLOT, SCROLL_SLOT)
    if stashed >= 0 and hero.alive and shops_near(patch, hero) & HOME_SHOP:
        _move_out_of_stash(state, patch, seat, order, stashed)
    elif player.courier != 0:
        loaded = _first_item(items, seat, COURIER_SLOT, NUM_ITEM_PLACES) >= 0
        if loaded or stashed >= 0:
            _direct_courier(state, patch, seat, order, loaded, careful)
    _wear(state, patch, seat, order)


@rule
def _first_item(items, seat, start, end):
    """Returns the first slot of a range that holds an item, -1 for none."""
    for slot in range(start, end):
        if items[seat, slot].definition >= 0:
            return slot
    return -1


@rule
def carry_out(state, patch, seat, order, kind, unit):
    """Has an order carried out that is filled in but for its kind and unit; returns its result.

    order: an ORDER record, which asks for nothing then.
    """
    order.order = kind
    order.unit = unit
    order.queue = 0
    result = submit_order(state, patch, seat, order)
    order.order = UnitOrder.NONE
    order.unit = 0
    return result


@rule
def _move(state, patch, seat, order, source, target):
    order.item_slot = source
    order.target = target
    carry_out(state, patch, seat, order, UnitOrder.MOVE_ITEM, 0)


@rule
def _move_out_of_stash(state, patch, seat, order, stashed):
    for slot in range(STASH_SLOT):
        if state.tables.items[seat, slot].definition < 0:
            _move(state, patch, seat, order, stashed, slot)
            return


@rule
def _wear(state, patch, seat, order):
    """Moves the costliest item of the backpack to where the cheapest worn one lies, or to a gap."""
    items = state.tables.items
    best = -1
    most = 0
    for slot in range(BACKPACK_SLOT, STASH_SLOT):
        if items[seat, slot].definition >= 0 and items[seat, slot].worth > most:
            best = slot
            most = items[seat, slot].worth
    if best < 0:
        return
    place = -1
    for slot in range(BACKPACK_SLOT):
        worth = items[seat, slot].worth if items[seat, slot].definition >= 0 else -1
        if worth < most and not is_fixed(state.tables, patch, seat, slot):
            place = slot
            most = worth
    if place >= 0:
        _move(state, patch, seat, order, best, place)


@rule
def _direct_courier(state, patch, seat, order, loaded, careful):
    """Sends a courier for the stash, on to its hero, or away from danger."""
    tables = state.tables
    player = tables.players[seat]
    courier = tables.units[player.courier % MAX_UNITS]
    hero = tables.units[player.hero % MAX_UNITS]
    doing = player.courier_state
    rests = doing == CourierState.AT_BASE or doing == CourierState.IDLE
    if not rests and doing != CourierState.DELIVERING_ITEMS:
        return
    ability = -1
    if not hero.alive or num_free(tables, seat, HERO_PLACE) == 0:
        if doing == CourierState.IDLE:
            ability = CourierAbility.RETURN_STASH_ITEMS
    elif not loaded:
        if rests:
            ability = CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS
    elif careful and doing != CourierState.AT_BASE and _is_exposed(
            tables, patch, courier):
        ability = CourierAbility.RETURN_STASH_ITEMS
    elif not careful or distance(courier, hero) > WAIT_DISTANCE or not _is_exposed(
            tables, patch, hero):
        if rests:
            ability = CourierAbility.TRANSFER_ITEMS
    elif not rests:
        carry_out(state, patch, seat, order, UnitOrder.STOP, player.courier)
    if ability >= 0:
        order.ability_slot = ability
        carry_out(state, patch, seat, order, UnitOrder.CAST_NO_TARGET, player.courier)


@rule
def _is_exposed(tables, patch, unit):
    """Returns whether a hero or tower that the unit's side sees could soon hit at the unit."""
    for row in range(tables.num_rows):
        foe = tables.units[row]
        if (foe.handle == 0 or not foe.alive or foe.team == unit.team or not sees(foe, unit.team)
                or not (is_hero(foe) or (foe.traits & STRUCTURE and can_attack(patch, foe)))):
            continue
        if distance(foe, unit) < foe.attack_range + foe.bound_radius + SAFE_MARGIN:
            return True
    return False
