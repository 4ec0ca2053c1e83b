"""Orders: which ones the rules accept, what becomes of them, and how heroes carry them out.

The same acceptance holds for agents, bots and bridges, and masks are made from it. Source:
dotaunitorder_t; behavior of orders from the game's glossary 7.41e.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import WORLD_MAX, WORLD_MIN
from dota_env_rpc.match.enums import (
    ATTACK_IMMUNE,
    COMMAND_RESTRICTED,
    FEARED,
    ILLUSION,
    INVULNERABLE,
    SPECIALLY_DENIABLE,
    STRUCTURE,
    SUMMONED,
    TAUNTED,
    EventKind,
    GameState,
    OrderResult,
    UnitOrder,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, part, rule
from dota_env_rpc.match.tables import BACKPACK_SLOT, MAX_UNITS, SCROLL_SLOT, STASH_SLOT
from dota_env_rpc.match.targeting import BEHAVIOR
from dota_env_rpc.match.words import ModifierEvent
from dota_env_rpc.sim.aggro import (
    ANYWHERE,
    acquire,
    draw_aggro,
    drop_aggro,
    is_target,
    protect_hero,
)
from dota_env_rpc.sim.buildings import use_glyph
from dota_env_rpc.sim.casting import (
    begin_cast,
    cast_at_once,
    cast_slot_of,
    cast_thinks,
    channel,
    check_cast,
    end_channel,
    is_cast,
    is_immediate,
    is_under_way,
    keeps_channel,
    leave_cast,
)
from dota_env_rpc.sim.combat import attack, cancel_swing
from dota_env_rpc.sim.couriers import check_errand, order_courier
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.heroes import buy_back, buyback_cost
from dota_env_rpc.sim.inventory import (
    COURIER_PLACE,
    HERO_PLACE,
    disassemble,
    drop_item,
    free_ground_row,
    give_item,
    ground_row,
    is_own,
    may_pick_up,
    move_item,
    nearest_ground_row,
    num_free,
    pick_up,
    place_of,
    settle_items,
)
from dota_env_rpc.sim.learning import check_training, learn
from dota_env_rpc.sim.modifiers import raise_event
from dota_env_rpc.sim.movement import FOLLOW_RANGE, walk
from dota_env_rpc.sim.runes import find_rune, take_rune
from dota_env_rpc.sim.shop import (
    HOME_SHOP,
    check_purchase,
    check_sale,
    purchase,
    sell,
    shops_near,
)
from dota_env_rpc.sim.state import ITEM_SLOT, MAX_QUEUE
from dota_env_rpc.sim.stats import update_unit
from dota_env_rpc.sim.units import (
    can_attack,
    can_be_attacked,
    is_hero,
    row_of_living,
    sees,
    side_of,
)

NUM_ORDERS = 41
_UNSWAPPABLE = BEHAVIOR["unswappable"]


@part
def check_order(state, patch, seat, order) -> int:
    """Returns OrderResult.ACCEPTED or the reason why the rules refuse an order of `seat` now.

    order: an ORDER record. Nothing is changed.
    """
    tables = state.tables
    kind = order.order
    if kind < 0 or kind >= NUM_ORDERS:
        return OrderResult.UNKNOWN_ORDER
    player = tables.players[seat]
    if player.hero == 0:
        return OrderResult.NOT_YOUR_UNIT
    if order.unit != 0 and order.unit != player.hero:
        return _check_unit_order(state, patch, seat, order)
    if kind == UnitOrder.NONE:
        return OrderResult.ACCEPTED
    if tables.game_state == GameState.POST_GAME:
        return OrderResult.MATCH_OVER
    if is_item_order(kind):
        return check_item_order(state, patch, seat, order)
    if kind == UnitOrder.TRAIN_ABILITY:
        return check_training(tables, patch, seat, order.ability_slot)
    if kind == UnitOrder.GLYPH:
        if tables.tick < tables.glyph_ready_tick[side_of(player.team)]:
            return OrderResult.GLYPH_ON_COOLDOWN
        return OrderResult.ACCEPTED
    hero = tables.units[player.hero % MAX_UNITS]
    if kind == UnitOrder.BUYBACK:
        if hero.alive or state.body[player.hero % MAX_UNITS].reincarnates:
            return OrderResult.HERO_ALIVE
        if tables.tick < player.buyback_ready_tick:
            return OrderResult.BUYBACK_ON_COOLDOWN
        if player.reliable_gold + player.unreliable_gold < buyback_cost(patch, player):
            return OrderResult.NOT_ENOUGH_GOLD
        return OrderResult.ACCEPTED
    if not is_supported(kind):
        return OrderResult.UNSUPPORTED_ORDER
    if not hero.alive:
        return OrderResult.HERO_DEAD
    if hero.states & (FEARED | TAUNTED | COMMAND_RESTRICTED):
        return OrderResult.COMMAND_RESTRICTED
    if order.queue and state.num_queued[seat] >= MAX_QUEUE:
        return OrderResult.QUEUE_FULL
    if is_cast(kind):
        return check_cast(state, patch, seat, order)
    return _check_aim(state, hero, order)


@rule
def _check_aim(state, unit, order):
    """Returns whether a unit may go where, or to whom, an order says, as an OrderResult."""
    if takes_target(order.order):
        return check_target(state, unit, order.order, order.target)
    if order.order == UnitOrder.PICKUP_RUNE:
        found = find_rune(state.tables, unit.team, order.target, order.x, order.y) >= 0
        return OrderResult.ACCEPTED if found else OrderResult.NO_TARGET
    if takes_position(order.order) and not (
            WORLD_MIN <= order.x <= WORLD_MAX and WORLD_MIN <= order.y <= WORLD_MAX):
        return OrderResult.OUT_OF_MAP
    return OrderResult.ACCEPTED


@rule
def _check_unit_order(state, patch, seat, order):
    """Returns whether a unit of a seat's beside its hero takes an order now, as an OrderResult.

    Such a unit has no queue: it takes a queued order only while it does nothing else. Couriers use
    their abilities; summons have none that is simulated.
    """
    tables = state.tables
    kind = order.order
    row = row_of_living(state, order.unit)
    if row < 0 or tables.units[row].player != seat:
        return OrderResult.NOT_YOUR_UNIT
    unit = tables.units[row]
    is_courier = unit.unit_type == UnitType.COURIER
    if not is_courier and not unit.traits & (SUMMONED | ILLUSION):
        return OrderResult.NOT_YOUR_UNIT
    if kind == UnitOrder.NONE:
        return OrderResult.ACCEPTED
    if tables.game_state == GameState.POST_GAME:
        return OrderResult.MATCH_OVER
    moves = takes_position(kind) or kind == UnitOrder.MOVE_TO_TARGET
    if not (moves or is_cast(kind) or kind == UnitOrder.ATTACK_TARGET
            or kind == UnitOrder.HOLD_POSITION or kind == UnitOrder.STOP):
        return OrderResult.UNSUPPORTED_ORDER
    if unit.states & (FEARED | TAUNTED | COMMAND_RESTRICTED):
        return OrderResult.COMMAND_RESTRICTED
    if order.queue and state.body[row].order != UnitOrder.NONE:
        return OrderResult.QUEUE_FULL
    if is_cast(kind):
        if not is_courier:
            return OrderResult.NO_ABILITY
        if kind != UnitOrder.CAST_NO_TARGET:
            return OrderResult.WRONG_ORDER
        return check_errand(state, patch, seat, order.ability_slot)
    if moves and unit.move_speed <= 0.0:
        return OrderResult.CANNOT_MOVE
    if not can_attack(patch, unit) and (
            kind == UnitOrder.ATTACK_TARGET or kind == UnitOrder.ATTACK_MOVE
            or kind == UnitOrder.PATROL):
        return OrderResult.CANNOT_ATTACK
    return _check_aim(state, unit, order)


@rule
def is_supported(kind):
    """Returns whether the simulator carries out orders of this kind at all."""
    return (takes_target(kind) or takes_position(kind) or kind == UnitOrder.NONE
            or kind == UnitOrder.HOLD_POSITION or kind == UnitOrder.STOP
            or kind == UnitOrder.TRAIN_ABILITY or kind == UnitOrder.GLYPH
            or kind == UnitOrder.BUYBACK or kind == UnitOrder.CONTINUE
            or kind == UnitOrder.PICKUP_RUNE or is_cast(kind) or is_item_order(kind))


@inlined
def is_item_order(kind):
    """Returns whether an order of this kind is about buying, selling, moving or holding items."""
    return (UnitOrder.DROP_ITEM <= kind <= UnitOrder.MOVE_ITEM and kind != UnitOrder.PICKUP_RUNE
            or kind == UnitOrder.EJECT_ITEM_FROM_STASH or kind == UnitOrder.SET_ITEM_COMBINE_LOCK)


@inlined
def reads_item(kind):
    """Returns whether an order of this kind names a slot of the hero's."""
    return (is_item_order(kind) and kind != UnitOrder.PURCHASE_ITEM
            and kind != UnitOrder.PICKUP_ITEM)


@inlined
def is_at_once(kind):
    """Returns whether an item order is done at once, whatever the hero does."""
    return not (kind == UnitOrder.DROP_ITEM or kind == UnitOrder.GIVE_ITEM
                or kind == UnitOrder.PICKUP_ITEM)


@rule
def takes_target(kind):
    """Returns whether an order of this kind is done to a unit."""
    return kind == UnitOrder.MOVE_TO_TARGET or kind == UnitOrder.ATTACK_TARGET


@rule
def takes_position(kind):
    """Returns whether an order of this kind is done at a place."""
    return (kind == UnitOrder.MOVE_TO_POSITION or kind == UnitOrder.ATTACK_MOVE
            or kind == UnitOrder.PATROL or kind == UnitOrder.MOVE_TO_DIRECTION)


@rule
def check_target(state, unit, kind, target):
    """Returns whether `unit` may follow (MOVE_TO_TARGET) or attack another, as an OrderResult.

    An attack on an ally that may not be denied is accepted: it makes creeps and towers look
    elsewhere, and the unit walks up to the ally. Source: Liquipedia denying@2379552.
    """
    if target == unit.handle:
        return OrderResult.TARGET_IS_SELF
    return check_aim_of_side(state, unit.team, kind, target)


@rule
def check_aim_of_side(state, team, kind, target):
    """Returns whether anybody of a side but the target itself may do so, as an OrderResult."""
    if target == 0:
        return OrderResult.NO_TARGET
    unit = state.tables.units[target % MAX_UNITS]
    if unit.handle != target:
        return OrderResult.TARGET_DEAD
    if not sees(unit, team):
        return OrderResult.TARGET_NOT_VISIBLE
    if not unit.alive:
        return OrderResult.TARGET_DEAD
    if kind == UnitOrder.ATTACK_TARGET and unit.states & (INVULNERABLE | ATTACK_IMMUNE):
        return OrderResult.TARGET_INVULNERABLE
    return OrderResult.ACCEPTED


@rule
def check_item_order(state, patch, seat, order):
    """Returns whether a seat may do with items what an order says, as an OrderResult.

    The dead may buy, into their stash, and sort what they have. What lies in the stash can be
    reached from a home shop, and locked, taken apart, sold and ejected from anywhere.
    """
    tables = state.tables
    kind = order.order
    hero = tables.units[tables.players[seat].hero % MAX_UNITS]
    if kind == UnitOrder.PURCHASE_ITEM:
        return check_purchase(state, patch, seat, order.item_to_buy)
    if not hero.alive and (kind == UnitOrder.SELL_ITEM or not is_at_once(kind)):
        return OrderResult.HERO_DEAD
    if not is_at_once(kind) and order.queue and state.num_queued[seat] >= MAX_QUEUE:
        return OrderResult.QUEUE_FULL
    if kind == UnitOrder.SELL_ITEM:
        return check_sale(state, patch, seat, order.item_slot)
    if kind == UnitOrder.PICKUP_ITEM:
        row = _ground_target(tables, patch, hero.team, order)
        if row < 0:
            return OrderResult.NO_TARGET
        if not may_pick_up(patch, tables.ground_items[row].held[0], hero.team):
            return OrderResult.NOT_YOUR_ITEM
        return OrderResult.ACCEPTED
    slot = order.item_slot
    if slot < 0 or slot >= SCROLL_SLOT or tables.items[seat, slot].definition < 0:
        return OrderResult.NO_ITEM
    item = tables.items[seat, slot]
    numbers = patch.items[item.definition]
    if kind == UnitOrder.MOVE_ITEM:
        if order.target < 0 or order.target >= SCROLL_SLOT or (
                max(slot, order.target) >= BACKPACK_SLOT
                and (is_fixed(tables, patch, seat, slot)
                     or is_fixed(tables, patch, seat, order.target))):
            return OrderResult.BAD_SLOT
        if (max(slot, order.target) >= STASH_SLOT
                and not shops_near(patch, hero) & HOME_SHOP):
            return OrderResult.NOT_AT_SHOP
    elif kind == UnitOrder.EJECT_ITEM_FROM_STASH:
        if slot < STASH_SLOT:
            return OrderResult.NOT_IN_STASH
        if free_ground_row(tables) < 0:
            return OrderResult.GROUND_FULL
    elif kind == UnitOrder.DISASSEMBLE_ITEM:
        if not numbers.disassembles:
            return OrderResult.CANNOT_DISASSEMBLE
        if not is_own(patch, item, seat):
            return OrderResult.NOT_YOUR_ITEM
        if num_free(tables, seat, place_of(slot)) < numbers.num_parts - 1:
            return OrderResult.INVENTORY_FULL
    elif kind != UnitOrder.SET_ITEM_COMBINE_LOCK:
        if slot >= STASH_SLOT or not numbers.droppable:
            return OrderResult.NOT_DROPPABLE
        if kind == UnitOrder.GIVE_ITEM:
            return _check_receiver(state, seat, hero, order.target)
        if not (WORLD_MIN <= order.x <= WORLD_MAX and WORLD_MIN <= order.y <= WORLD_MAX):
            return OrderResult.OUT_OF_MAP
        if free_ground_row(tables) < 0:
            return OrderResult.GROUND_FULL
    return OrderResult.ACCEPTED


@rule
def is_fixed(tables, patch, seat, slot):
    """Returns whether what lies in a slot may not leave the main ones."""
    definition = tables.items[seat, slot].definition
    return definition >= 0 and patch.item_behaviors[definition].bits & _UNSWAPPABLE != 0


@rule
def _ground_target(tables, patch, team, order):
    """Returns the row of `ground_items` that an order names, or -1.

    Without a target it is the nearest to the order's place that the side sees and may take.
    """
    if order.target != 0:
        return ground_row(tables, team, order.target)
    return nearest_ground_row(tables, patch, team, order.x, order.y)


@rule
def _check_receiver(state, seat, hero, target):
    """Returns whether a hero may hand items to a unit: an allied hero or its own courier."""
    result = check_target(state, hero, UnitOrder.MOVE_TO_TARGET, target)
    if result != OrderResult.ACCEPTED:
        return result
    unit = state.tables.units[target % MAX_UNITS]
    if unit.team != hero.team or unit.player < 0 or (
            state.tables.players[unit.player].hero != target
            and state.tables.players[unit.player].courier != target):
        return OrderResult.TARGET_CANNOT_HOLD_ITEMS
    if unit.unit_type == UnitType.COURIER and unit.player != seat:
        return OrderResult.NOT_YOUR_UNIT
    return OrderResult.ACCEPTED


@rule
def _do_item_order(state, patch, seat, order):
    """Carries out an accepted immediate order about items."""
    tables = state.tables
    kind = order.order
    slot = order.item_slot
    if kind == UnitOrder.PURCHASE_ITEM:
        purchase(state, patch, seat, order.item_to_buy)
    elif kind == UnitOrder.SELL_ITEM:
        sell(state, patch, seat, slot)
    elif kind == UnitOrder.DISASSEMBLE_ITEM:
        disassemble(state, patch, seat, slot)
    elif kind == UnitOrder.MOVE_ITEM:
        move_item(state, patch, seat, slot, order.target)
    elif kind == UnitOrder.SET_ITEM_COMBINE_LOCK:
        tables.items[seat, slot].locked = 1 if order.target != 0 else 0
        settle_items(state, patch, seat)
    else:
        side = side_of(tables.players[seat].team)
        drop_item(state, patch, seat, slot, patch.hero_spawn_x[side, seat % 5],
                  patch.hero_spawn_y[side, seat % 5])


@rule
def submit_order(state, patch, seat, order):
    """Carries out an immediate order, or makes it what the hero does; tells a refused one.

    Returns the OrderResult. A refused order changes nothing but the count and event of it.
    """
    tables = state.tables
    result = check_order(state, patch, seat, order)
    player = tables.players[seat]
    player.last_order_result = result
    kind = order.order
    if result != OrderResult.ACCEPTED:
        refuse(tables, seat, order.target, result, kind)
        return result
    if kind == UnitOrder.NONE:
        return result
    if order.unit != 0 and order.unit != player.hero:
        if order.unit == player.courier:
            order_courier(state, patch, seat, order)
        else:
            begin_order(state, patch, order.unit % MAX_UNITS, order)
        return result
    if kind == UnitOrder.TRAIN_ABILITY:
        learn(state, patch, seat, order.ability_slot)
        return result
    if kind == UnitOrder.GLYPH:
        use_glyph(state, patch, player.team)
        return result
    if kind == UnitOrder.BUYBACK:
        buy_back(state, patch, seat)
        return result
    if is_item_order(kind) and is_at_once(kind):
        _do_item_order(state, patch, seat, order)
        return result
    row = player.hero % MAX_UNITS
    body = state.body[row]
    if body.safe_until_order:
        body.safe_until_order = 0
        body.base_states &= ~INVULNERABLE
        update_unit(state, patch, row)
    if kind == UnitOrder.CONTINUE:
        return result
    if kind == UnitOrder.CAST_TOGGLE_AUTO or kind == UnitOrder.CAST_TOGGLE_ALT or (
            _needs_no_aim(order, player.hero)
            and is_immediate(state, patch, seat, cast_slot_of(order))):
        cast_at_once(state, patch, seat, order)
        return result
    if order.queue and body.order != UnitOrder.NONE:
        state.queue[seat, state.num_queued[seat]] = order
        state.num_queued[seat] += 1
        return result
    state.num_queued[seat] = 0
    begin_order(state, patch, row, order)
    return result


@rule
def _needs_no_aim(order, hero):
    """Returns whether a cast is at nobody or at the caster, so that it needs no approach."""
    kind = order.order
    return (kind == UnitOrder.CAST_NO_TARGET or kind == UnitOrder.CAST_TOGGLE
            or (kind == UnitOrder.CAST_TARGET and order.target == hero))


@rule
def begin_order(state, patch, row, order):
    """Makes an accepted order what a unit does from now on; heroes draw or drop aggro with it."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    seat = unit.player
    kind = order.order
    if is_under_way(state, row, order):
        return
    leave_cast(state, row)
    if body.channel_slot and not keeps_channel(state, patch, row, order):
        end_channel(state, patch, row, False)
    repeated = (kind == UnitOrder.ATTACK_TARGET and body.order == kind
                and body.order_target == order.target)
    if not repeated:
        cancel_swing(state, row)
    body.order = kind
    body.order_target = order.target
    body.order_item = order.item_slot
    if kind == UnitOrder.PICKUP_ITEM:
        ground = _ground_target(tables, patch, unit.team, order)
        body.order_target = tables.ground_items[ground].handle
    elif kind == UnitOrder.PICKUP_RUNE:
        rune = find_rune(tables, unit.team, order.target, order.x, order.y)
        body.order_target = tables.runes[rune].handle
    body.order_x = order.x
    body.order_y = order.y
    body.patrol_x = unit.x
    body.patrol_y = unit.y
    body.target = 0
    body.has_route = 0
    body.blocked_until_tick = tables.tick
    body.orb_by_hand = 0
    if is_cast(kind):
        slot = cast_slot_of(order)
        if kind == UnitOrder.CAST_TARGET and slot < ITEM_SLOT and patch.ability_behaviors[
                tables.abilities[seat, slot].definition].is_orb:
            body.order = UnitOrder.ATTACK_TARGET
            body.orb_by_hand = slot + 1
        else:
            begin_cast(state, patch, row, order)
    elif body.heard & 1 << ModifierEvent.OnOrder:
        raise_event(state, patch, row, ModifierEvent.OnOrder, order.target, 0, float(kind))
    if kind == UnitOrder.MOVE_TO_DIRECTION:
        body.order = UnitOrder.MOVE_TO_POSITION
    if kind == UnitOrder.STOP or kind == UnitOrder.HOLD_POSITION:
        unit.attack_target = 0
        # Summons that are to hold their position do so; without an order they would walk off.
        if kind == UnitOrder.STOP or unit.handle == tables.players[seat].hero:
            body.order = UnitOrder.NONE
    if body.order == UnitOrder.ATTACK_TARGET:
        target = tables.units[order.target % MAX_UNITS]
        body.seen_x = target.x
        body.seen_y = target.y
        if target.team == unit.team:
            drop_aggro(state, patch, row)
        elif is_hero(target) and is_hero(unit) and not body.orb_by_hand:
            draw_aggro(state, patch, row)


@rule
def _next_order(state, patch, row):
    """Ends the order being done; a hero begins the next in its queue that the rules still accept.

    What is channelled comes to its end first.
    """
    unit = state.tables.units[row]
    body = state.body[row]
    seat = unit.player
    unit.attack_target = 0
    if body.channel_slot:
        body.order = UnitOrder.CONTINUE
        return
    body.order = UnitOrder.NONE
    if unit.handle != state.tables.players[seat].hero:
        return
    while state.num_queued[seat] > 0:
        order = state.queue[seat, 0]
        result = check_order(state, patch, seat, order)
        if result == OrderResult.ACCEPTED:
            begin_order(state, patch, row, order)
        state.num_queued[seat] -= 1
        for i in range(state.num_queued[seat]):
            state.queue[seat, i] = state.queue[seat, i + 1]
        if state.body[row].order != UnitOrder.NONE:
            return


@rule
def carry_out(state, patch, row):
    """Plays a tick of the present order of a hero, a summon or an illusion."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    if body.channel_slot:
        channel(state, patch, row)
    kind = body.order
    if is_cast(kind):
        if cast_thinks(state, patch, row):
            _next_order(state, patch, row)
    elif kind == UnitOrder.CONTINUE:
        if not body.channel_slot:
            _next_order(state, patch, row)
    elif kind == UnitOrder.MOVE_TO_POSITION:
        if walk(state, patch, row, body.order_x, body.order_y, 1.0):
            _next_order(state, patch, row)
    elif kind == UnitOrder.MOVE_TO_TARGET:
        target_row = row_of_living(state, body.order_target)
        if target_row < 0 or not sees(tables.units[target_row], unit.team):
            _next_order(state, patch, row)
            return
        target = tables.units[target_row]
        walk(state, patch, row, target.x, target.y, FOLLOW_RANGE + target.bound_radius)
    elif kind == UnitOrder.ATTACK_TARGET:
        _attack_ordered(state, patch, row)
    elif kind == UnitOrder.ATTACK_MOVE or kind == UnitOrder.PATROL:
        _attack_on_the_way(state, patch, row)
    elif kind == UnitOrder.DROP_ITEM or kind == UnitOrder.GIVE_ITEM or (
            kind == UnitOrder.PICKUP_ITEM):
        _handle_item(state, patch, row)
    elif kind == UnitOrder.PICKUP_RUNE:
        _go_for_rune(state, patch, row)


@rule
def _handle_item(state, patch, row):
    """Walks to where an item is to be dropped, given or picked up, and does it.

    What has become impossible on the way is told as a refused order.
    """
    tables = state.tables
    seat = tables.units[row].player
    body = state.body[row]
    order = state.order[0]
    order.order = body.order
    order.target = body.order_target
    order.item_slot = body.order_item
    order.x = body.order_x
    order.y = body.order_y
    order.queue = 0
    result = check_item_order(state, patch, seat, order)
    if result == OrderResult.ACCEPTED:
        reach = patch.rules.item_reach
        if body.order == UnitOrder.GIVE_ITEM:
            target = tables.units[body.order_target % MAX_UNITS]
            body.order_x = target.x
            body.order_y = target.y
            reach += target.bound_radius
        elif body.order == UnitOrder.PICKUP_ITEM:
            ground = tables.ground_items[body.order_target % MAX_UNITS]
            body.order_x = ground.x
            body.order_y = ground.y
        if not walk(state, patch, row, body.order_x, body.order_y, reach):
            return
        done = True
        if body.order == UnitOrder.DROP_ITEM:
            drop_item(state, patch, seat, body.order_item, body.order_x, body.order_y)
        elif body.order == UnitOrder.PICKUP_ITEM:
            done = pick_up(state, patch, seat, body.order_target % MAX_UNITS)
        else:
            unit = tables.units[body.order_target % MAX_UNITS]
            place = COURIER_PLACE if unit.unit_type == UnitType.COURIER else HERO_PLACE
            done = give_item(state, patch, seat, body.order_item, unit.player, place)
        if not done:
            result = OrderResult.INVENTORY_FULL
    if result != OrderResult.ACCEPTED:
        refuse(tables, seat, body.order_target, result, body.order)
    _next_order(state, patch, row)


@rule
def _go_for_rune(state, patch, row):
    """Walks to a rune and takes it; one that is lost from sight is told as a refused order."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    found = find_rune(tables, unit.team, body.order_target, 0.0, 0.0)
    if found < 0:
        refuse(tables, unit.player, body.order_target, OrderResult.NO_TARGET, body.order)
    else:
        rune = tables.runes[found]
        if not walk(state, patch, row, rune.x, rune.y, patch.rules.rune_pickup_range):
            return
        take_rune(state, patch, unit.player, found)
    _next_order(state, patch, row)


@rule
def refuse(tables, seat, target, result, kind):
    """Counts and tells an order that the rules refuse."""
    player = tables.players[seat]
    player.orders_refused += 1
    tell(tables, EventKind.ORDER_REFUSED, player.hero, target, seat, result, float(kind))


@rule
def _attack_ordered(state, patch, row):
    """Attacks the ordered target until it dies; one that is lost from sight is looked for."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    target_row = row_of_living(state, body.order_target)
    if target_row < 0:
        cancel_swing(state, row)
        _next_order(state, patch, row)
        return
    target = tables.units[target_row]
    if not sees(target, unit.team):
        # Go where it was last seen, and attack whoever is met there.
        cancel_swing(state, row)
        body.order = UnitOrder.ATTACK_MOVE
        body.order_x = body.seen_x
        body.order_y = body.seen_y
        body.target = 0
        return
    body.seen_x = target.x
    body.seen_y = target.y
    if not can_be_attacked(target):
        cancel_swing(state, row)
        return
    if target.team == unit.team and not can_deny(patch, target):
        cancel_swing(state, row)
        walk(state, patch, row, target.x, target.y, FOLLOW_RANGE + target.bound_radius)
        return
    # Attack modifiers that are cast by hand draw nobody. Source: Liquipedia aggro, 7.41d.
    if (attack(state, patch, row, target_row) and is_hero(target) and is_hero(unit)
            and not body.orb_by_hand):
        protect_hero(state, patch, row, target_row)


@rule
def can_deny(patch, unit):
    """Returns whether a unit is weak enough that its own side may attack it.

    Source: Liquipedia denying@2379552. Heroes need a debuff that allows it, which does not exist
    without abilities.
    """
    if is_hero(unit) and unit.states & SPECIALLY_DENIABLE:
        return unit.health < patch.rules.deny_hero_health * unit.max_health
    if is_hero(unit) or unit.unit_type == UnitType.COURIER or unit.unit_type == UnitType.FORT:
        return False
    if unit.unit_type == UnitType.TOWER:
        return unit.health <= patch.rules.deny_tower_health * unit.max_health
    if unit.traits & STRUCTURE:
        return False
    return unit.health < patch.rules.deny_creep_health * unit.max_health


@rule
def _attack_on_the_way(state, patch, row):
    """Attack-move and patrol: walk, and attack who comes into acquisition range."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    target_row = row_of_living(state, body.target)
    if target_row >= 0:
        if not is_target(unit, tables.units[target_row], ANYWHERE):
            target_row = -1
    if target_row < 0:
        if body.target != 0:
            cancel_swing(state, row)
            body.has_route = 0
        body.target = 0
        if tables.tick >= body.acquire_tick:
            body.acquire_tick = tables.tick + int(
                patch.rules.aggro_reacquire_interval * TICKS_PER_SECOND)
            body.target = acquire(state, patch, row, unit.acquisition_range)
            target_row = row_of_living(state, body.target)
    if target_row >= 0:
        if (attack(state, patch, row, target_row) and is_hero(tables.units[target_row])
                and is_hero(unit)):
            protect_hero(state, patch, row, target_row)
        return
    unit.attack_target = 0
    if walk(state, patch, row, body.order_x, body.order_y, 1.0):
        if body.order == UnitOrder.PATROL:
            body.order_x, body.patrol_x = body.patrol_x, body.order_x
            body.order_y, body.patrol_y = body.patrol_y, body.order_y
        else:
            _next_order(state, patch, row)
