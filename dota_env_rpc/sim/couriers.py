"""Couriers: each player has one, which carries what it buys to its hero.

Source: npc_units.txt and npc_abilities.txt 7.41e; patch notes 7.23 to 7.40; Liquipedia courier,
7.41d.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    FLYING,
    INVULNERABLE,
    MAGIC_IMMUNE,
    NO_UNIT_COLLISION,
    NUM_SEATS,
    CourierAbility,
    CourierState,
    EventKind,
    GoldReason,
    OrderResult,
    UnitOrder,
)
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import COURIER_SLOT, MAX_UNITS, NUM_ITEM_PLACES, STASH_SLOT
from dota_env_rpc.match.words import Standard
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.heroes import give_gold
from dota_env_rpc.sim.inventory import (
    COURIER_PLACE,
    HERO_PLACE,
    PLACE_END,
    PLACE_START,
    STASH_PLACE,
    give_item,
    items_changed,
    num_free,
)
from dota_env_rpc.sim.movement import FOLLOW_RANGE, walk
from dota_env_rpc.sim.stats import update_unit
from dota_env_rpc.sim.units import row_of_living, sees, side_of, spawn_unit
from dota_env_rpc.sim.values import ITEM_SOURCE, value_of

# How often the fountain fills what a courier carries: each half second, as with heroes.
FILL_TICKS = TICKS_PER_SECOND // 2
NUM_CARRIED = NUM_ITEM_PLACES - COURIER_SLOT
NUM_STASHED = PLACE_END[STASH_PLACE] - STASH_SLOT


@rule
def spawn_couriers(state, patch):
    """Puts the couriers whose time has come into their fountains."""
    tables = state.tables
    for seat in range(NUM_SEATS):
        player = tables.players[seat]
        if player.hero == 0 or player.courier != 0 or tables.tick < player.courier_respawn_tick:
            continue
        side = side_of(player.team)
        row = spawn_unit(
            state, patch, patch.courier, player.team, patch.hero_spawn_x[side, seat % 5],
            patch.hero_spawn_y[side, seat % 5], 0.0)
        if row < 0:
            player.courier_respawn_tick = tables.tick + TICKS_PER_SECOND
            continue
        tables.units[row].player = seat
        player.courier = tables.units[row].handle
        player.courier_state = CourierState.AT_BASE
        _grow(state, patch, row, player)


@rule
def _grow(state, patch, row, player):
    """Brings a courier up to date with its hero's level, its burst and shield, and its fountain."""
    rules = patch.rules
    tick = state.tables.tick
    unit = state.tables.units[row]
    body = state.body[row]
    speed = patch.definitions[unit.definition].move_speed + (
        rules.courier_move_speed_per_level * player.level)
    if player.courier_burst_ready_tick - tick > int(
            (rules.courier_burst_cooldown - rules.courier_burst_seconds) * TICKS_PER_SECOND):
        speed += rules.courier_burst_speed
    states = MAGIC_IMMUNE | NO_UNIT_COLLISION
    if player.level >= rules.courier_flying_level:
        states |= FLYING
    if _is_home(patch, unit) or player.courier_shield_ready_tick - tick > int(
            (rules.courier_shield_cooldown - rules.courier_shield_seconds) * TICKS_PER_SECOND):
        states |= INVULNERABLE
    if speed != body.base_move_speed or states != body.base_states:
        body.base_move_speed = speed
        body.base_states = states
        update_unit(state, patch, row)
    unit.level = player.level


@rule
def _is_home(patch, unit):
    """Returns whether a courier is within its fountain's range."""
    side = side_of(unit.team)
    dx = unit.x - patch.fountain_x[side]
    dy = unit.y - patch.fountain_y[side]
    return dx * dx + dy * dy <= patch.rules.fountain_range * patch.rules.fountain_range


@rule
def _fill_bottles(state, patch, seat):
    """Fills what a courier carries that keeps runes, as the fountain does.

    Source: Dota 2 wiki, Bottle: whoever has the fountain's aura carries it there.
    """
    for slot in range(COURIER_SLOT, NUM_ITEM_PLACES):
        item = state.tables.items[seat, slot]
        if item.definition >= 0 and patch.item_behaviors[item.definition].stores_runes:
            most = int(value_of(state, patch, ITEM_SOURCE + item.definition, Standard.CHARGES))
            if item.charges < most:
                item.charges = most
                items_changed(state, patch, seat)


@rule
def check_errand(state, patch, seat, ability):
    """Returns whether the living courier of a seat may use one of its abilities now.

    ability: its slot, a CourierAbility. Returns an OrderResult.
    """
    tables = state.tables
    player = tables.players[seat]
    rules = patch.rules
    if ability == CourierAbility.BURST or ability == CourierAbility.SHIELD:
        level = rules.courier_burst_level
        ready_tick = player.courier_burst_ready_tick
        if ability == CourierAbility.SHIELD:
            level = rules.courier_shield_level
            ready_tick = player.courier_shield_ready_tick
        if player.level < level:
            return OrderResult.LEVEL_TOO_LOW
        return OrderResult.ABILITY_ON_COOLDOWN if tables.tick < ready_tick else OrderResult.ACCEPTED
    if (ability == CourierAbility.GO_TO_SECRETSHOP
            or ability == CourierAbility.GO_TO_ENEMY_SECRETSHOP
            or ability == CourierAbility.RETURN_STASH_ITEMS):
        return OrderResult.ACCEPTED
    load = NUM_CARRIED - num_free(tables, seat, COURIER_PLACE)
    stashed = NUM_STASHED - num_free(tables, seat, STASH_PLACE)
    if ability == CourierAbility.TAKE_STASH_ITEMS:
        load = stashed
    elif ability == CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS:
        load += stashed
    elif ability != CourierAbility.TRANSFER_ITEMS:
        return OrderResult.NO_ABILITY
    if load == 0:
        return OrderResult.NOTHING_TO_DELIVER
    if ability != CourierAbility.TAKE_STASH_ITEMS and not tables.units[
            player.hero % MAX_UNITS].alive:
        return OrderResult.HERO_DEAD
    return OrderResult.ACCEPTED


@rule
def order_courier(state, patch, seat, order):
    """Makes an accepted order what a seat's courier does from now on."""
    tables = state.tables
    player = tables.players[seat]
    body = state.body[player.courier % MAX_UNITS]
    if order.order == UnitOrder.CAST_NO_TARGET:
        if order.ability_slot == CourierAbility.BURST:
            player.courier_burst_ready_tick = tables.tick + int(
                patch.rules.courier_burst_cooldown * TICKS_PER_SECOND)
            return
        if order.ability_slot == CourierAbility.SHIELD:
            player.courier_shield_ready_tick = tables.tick + int(
                patch.rules.courier_shield_cooldown * TICKS_PER_SECOND)
            return
    body.order = order.order
    body.order_item = order.ability_slot
    body.order_target = order.target
    body.order_x = order.x
    body.order_y = order.y
    body.has_route = 0
    player.courier_state = CourierState.MOVING
    if order.order == UnitOrder.STOP or order.order == UnitOrder.HOLD_POSITION:
        _rest(player, body, CourierState.IDLE)


@rule
def _rest(player, body, courier_state):
    body.order = UnitOrder.NONE
    player.courier_state = courier_state


@rule
def courier_thinks(state, patch, row):
    """Plays a tick of a courier's order."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    seat = unit.player
    player = tables.players[seat]
    _grow(state, patch, row, player)
    if tables.tick % FILL_TICKS == 0 and _is_home(patch, unit):
        _fill_bottles(state, patch, seat)
    errand = -1
    near = 1.0
    if body.order == UnitOrder.NONE:
        return
    if body.order == UnitOrder.MOVE_TO_TARGET:
        target_row = row_of_living(state, body.order_target)
        if target_row < 0 or not sees(tables.units[target_row], unit.team):
            _rest(player, body, CourierState.IDLE)
            return
        body.order_x = tables.units[target_row].x
        body.order_y = tables.units[target_row].y
        near = FOLLOW_RANGE + tables.units[target_row].bound_radius
    elif body.order == UnitOrder.CAST_NO_TARGET:
        if (body.order_item == CourierAbility.TRANSFER_ITEMS
                and row_of_living(state, player.hero) < 0):
            body.order_item = CourierAbility.RETURN_STASH_ITEMS
        errand = body.order_item
        near = _set_out(state, patch, row, player, errand)
    if not walk(state, patch, row, body.order_x, body.order_y, near):
        return
    if errand >= 0:
        _do_errand(state, patch, seat, body, errand)
    elif body.order != UnitOrder.MOVE_TO_TARGET:
        _rest(player, body, CourierState.IDLE)


@rule
def _set_out(state, patch, row, player, errand):
    """Finds out where an errand leads, and returns how near to that place it is done."""
    body = state.body[row]
    side = side_of(player.team)
    seat = player.player
    if errand == CourierAbility.TRANSFER_ITEMS:
        player.courier_state = CourierState.DELIVERING_ITEMS
        hero = state.tables.units[player.hero % MAX_UNITS]
        body.order_x = hero.x
        body.order_y = hero.y
        return patch.rules.item_reach
    if (errand == CourierAbility.GO_TO_SECRETSHOP
            or errand == CourierAbility.GO_TO_ENEMY_SECRETSHOP):
        player.courier_state = CourierState.GOING_TO_SECRET_SHOP
        shop = _nearest_secret_shop(patch, side)
        if errand == CourierAbility.GO_TO_ENEMY_SECRETSHOP:
            shop = _nearest_secret_shop(patch, 1 - side)
        body.order_x = patch.secret_shop_x[shop]
        body.order_y = patch.secret_shop_y[shop]
        return patch.rules.shop_secret_radius - patch.rules.item_reach
    player.courier_state = CourierState.RETURNING_TO_BASE
    body.order_x = patch.hero_spawn_x[side, seat % 5]
    body.order_y = patch.hero_spawn_y[side, seat % 5]
    return patch.rules.item_reach


@rule
def _nearest_secret_shop(patch, side):
    """Returns the secret shop nearest to a side's fountain."""
    best = 0
    best_gap = 0.0
    for i in range(len(patch.secret_shop_x)):
        dx = patch.secret_shop_x[i] - patch.fountain_x[side]
        dy = patch.secret_shop_y[i] - patch.fountain_y[side]
        if i == 0 or dx * dx + dy * dy < best_gap:
            best = i
            best_gap = dx * dx + dy * dy
    return best


@rule
def _do_errand(state, patch, seat, body, errand):
    """Does what an errand is for, at its place: what finds no room there stays with the courier."""
    player = state.tables.players[seat]
    if (errand == CourierAbility.GO_TO_SECRETSHOP
            or errand == CourierAbility.GO_TO_ENEMY_SECRETSHOP):
        _rest(player, body, CourierState.AT_SECRET_SHOP)
        return
    source = COURIER_PLACE
    target = STASH_PLACE
    if errand == CourierAbility.TRANSFER_ITEMS:
        target = HERO_PLACE
        # What the hero has no room for goes back.
        body.order_item = CourierAbility.RETURN_STASH_ITEMS
    else:
        if errand != CourierAbility.RETURN_STASH_ITEMS:
            source = STASH_PLACE
            target = COURIER_PLACE
        if errand == CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS:
            body.order_item = CourierAbility.TRANSFER_ITEMS
        else:
            _rest(player, body, CourierState.AT_BASE)
    for slot in range(PLACE_START[source], PLACE_END[source]):
        if state.tables.items[seat, slot].definition >= 0:
            give_item(state, patch, seat, slot, seat, target)


@rule
def lose_courier(state, patch, row, killer):
    """A courier dies: every enemy is paid, and it comes back later with what it carries."""
    tables = state.tables
    rules = patch.rules
    unit = tables.units[row]
    player = tables.players[unit.player]
    tell(tables, EventKind.COURIER_KILLED, unit.handle, killer, unit.player, 0, 0.0)
    player.courier = 0
    player.courier_state = CourierState.DEAD
    player.courier_respawn_tick = tables.tick + int(
        (rules.courier_respawn_base + rules.courier_respawn_per_level * player.level)
        * TICKS_PER_SECOND)
    for seat in range(NUM_SEATS):
        if tables.players[seat].hero != 0 and tables.players[seat].team != unit.team:
            give_gold(tables, seat, rules.courier_gold_base
                      + rules.courier_gold_per_level * player.level, False, GoldReason.COURIER)
