"""What the rules would accept now: masks made by asking the rules themselves."""

from dota_env_rpc.match.enums import GameState, OrderResult, UnitOrder
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import (
    MAX_ITEM_DEFINITIONS,
    NUM_ABILITY_SLOTS,
    NUM_ITEM_PLACES,
    NUM_ITEM_SLOTS,
)
from dota_env_rpc.sim.casting import (
    CASTS,
    check_cast_of,
    check_cast_target,
    check_slot,
    is_cast,
)
from dota_env_rpc.sim.learning import has_points
from dota_env_rpc.sim.orders import (
    NUM_ORDERS,
    check_order,
    is_supported,
    reads_item,
    takes_target,
)
from dota_env_rpc.sim.shop import quote, shops_of
from dota_env_rpc.sim.state import ITEM_SLOT
from dota_env_rpc.sim.units import side_of
from dota_env_rpc.tasks.discrete import NUM_ACTIONS, write_discrete
from dota_env_rpc.tasks.memory import NOT_SOLD
from dota_env_rpc.tasks.observations import NUM_SHOWN_UNITS
from dota_env_rpc.tasks.unit_masks import ATTACKED, FOLLOWED

TARGETS = 1
ABILITIES = TARGETS + NUM_SHOWN_UNITS
ITEMS = ABILITIES + NUM_ABILITY_SLOTS
MASK_ORDER_SHAPE = (NUM_ORDERS, ITEMS + NUM_ITEM_SLOTS)
MASK_CAST_SHAPE = (NUM_ABILITY_SLOTS + NUM_ITEM_SLOTS, NUM_SHOWN_UNITS)
MASK_BUY_SHAPE = (MAX_ITEM_DEFINITIONS,)
MASK_ACTION_SHAPE = (NUM_ACTIONS,)

_ACCEPTED = int(OrderResult.ACCEPTED)
_NO_TARGET = int(OrderResult.NO_TARGET)
_NO_ABILITY = int(OrderResult.NO_ABILITY)
_NOT_LEARNED = int(OrderResult.ABILITY_NOT_LEARNED)
_NOT_SIMULATED = int(OrderResult.NOT_SIMULATED)
_ATTACK = int(UnitOrder.ATTACK_TARGET)
_TRAIN = int(UnitOrder.TRAIN_ABILITY)
_CAST_TARGET = int(UnitOrder.CAST_TARGET)
_CAST_NO_TARGET = int(UnitOrder.CAST_NO_TARGET)
_PURCHASE = int(UnitOrder.PURCHASE_ITEM)
_GIVE = int(UnitOrder.GIVE_ITEM)
_MOVE = int(UnitOrder.MOVE_ITEM)
_POST_GAME = int(GameState.POST_GAME)


@inlined
def _accepts(state, patch, seat, order):
    return check_order(state, patch, seat, order) == _ACCEPTED


@inlined
def _clear(order):
    order.unit = 0
    order.target = 0
    order.ability_slot = 0
    order.item_slot = 0
    order.item_to_buy = 0
    order.queue = 0
    order.x = 0.0
    order.y = 0.0
    order.x_end = 0.0
    order.y_end = 0.0


@rule
def _allow_unread(allowed, kind):
    """Allows all that an allowed order, whose mask is 0 so far, does not read."""
    if takes_target(kind):
        allowed[ABILITIES:] = 1
    elif kind == _TRAIN:
        allowed[TARGETS:ABILITIES] = 1
    elif kind == _GIVE or kind == _MOVE:
        allowed[ABILITIES:ITEMS] = 1
    elif reads_item(kind):
        allowed[TARGETS:ITEMS] = 1
    elif not is_cast(kind):
        allowed[TARGETS:] = 1
    elif kind != _CAST_TARGET:
        allowed[TARGETS:ABILITIES] = 1


@rule
def mask_orders(mask, cast, buy, unit_mask, state, patch, memory, seat):
    """Writes which orders of the own hero the rules accept now, if they are not queued.

    mask: uint8 (41, 90): for each UnitOrder whether it is allowed at all, then which targets
    (rows of `units`), abilities and items it may name. What an allowed order does not read may be
    anything. The columns of items are those of `ability` from 24 on where an order casts or
    learns, else those of `item`. cast: uint8 (41, 48): at which targets each ability or item may
    be cast; an order that names both is allowed if all three say so. buy: uint8 (512,): which
    items may be bought. unit_mask: what `mask_units` wrote. state: STATE record. memory: MEMORY
    record, whose `order` is written over.
    """
    order = memory.order
    _clear(order)
    mask[:] = 0
    cast[:] = 0
    _mask_casts(mask, cast, state, patch, memory, seat)
    for kind in range(NUM_ORDERS):
        allowed = mask[kind]
        order.order = kind
        if takes_target(kind):
            _mask_targets(allowed, unit_mask, state, patch, memory, seat)
        elif kind == _TRAIN:
            if not has_points(state.tables, patch, seat):
                continue
            for slot in range(NUM_ABILITY_SLOTS):
                if state.tables.abilities[seat, slot].definition < 0:
                    continue
                order.ability_slot = slot
                if _accepts(state, patch, seat, order):
                    allowed[ABILITIES + slot] = 1
                    allowed[0] = 1
            order.ability_slot = 0
        elif kind == _PURCHASE:
            allowed[0] = _mask_purchases(buy, state, patch, memory, seat)
        elif reads_item(kind):
            _mask_items(allowed, state, patch, memory, seat, kind)
        elif is_supported(kind) and not is_cast(kind) and _accepts(state, patch, seat, order):
            allowed[0] = 1
        if allowed[0]:
            _allow_unread(allowed, kind)


@rule
def _mask_targets(allowed, unit_mask, state, patch, memory, seat):
    """Writes to which targets the order that is being asked about may be done."""
    order = memory.order
    # Without a target nothing else may be wrong.
    if check_order(state, patch, seat, order) != _NO_TARGET:
        return
    hero = state.tables.players[seat].hero
    column = ATTACKED if order.order == _ATTACK else FOLLOWED
    for row in range(memory.num_shown):
        if unit_mask[row, column] and memory.handles[row] != hero:
            allowed[TARGETS + row] = 1
            allowed[0] = 1


@rule
def _mask_purchases(buy, state, patch, memory, seat):
    """Writes which items a seat may buy now; returns 1 if there are any, else 0.

    Prices are asked for again when something has changed that they follow from.
    """
    tables = state.tables
    player = tables.players[seat]
    buy[:] = 0
    if tables.game_state == _POST_GAME or player.hero == 0:
        return 0
    if _shop_has_changed(state, patch, memory, seat):
        for row in range(patch.num_items):
            memory.prices[row] = NOT_SOLD
            if patch.items[row].in_shop:
                result, cost = quote(state, patch, seat, row)
                if result == _ACCEPTED:
                    # Never less than where `check_purchase` does not look further.
                    memory.prices[row] = max(cost, patch.items[row].cost - player.item_worth)
    gold = player.reliable_gold + player.unreliable_gold
    num_allowed = 0
    for row in range(patch.num_items):
        allowed = 1 if memory.prices[row] <= gold else 0
        buy[row] = allowed
        num_allowed += allowed
    return 1 if num_allowed > 0 else 0


@rule
def _shop_has_changed(state, patch, memory, seat):
    """Returns whether prices can be others than before, and remembers what they follow from.

    That is what the seat has, which shops it is at, and what they have in stock.
    """
    tables = state.tables
    player = tables.players[seat]
    hero_near, courier_near = shops_of(state, patch, seat)
    near = hero_near | courier_near << 2 | player.scepter_eaten << 4 | player.shard_eaten << 5
    changed = memory.shops != near or memory.worth != player.item_worth
    memory.shops = near
    memory.worth = player.item_worth
    for slot in range(NUM_ITEM_PLACES):
        item = tables.items[seat, slot]
        seen = memory.bag[slot]
        if (seen.definition != item.definition or seen.charges != item.charges
                or seen.owner != item.owner or seen.locked != item.locked):
            seen.definition = item.definition
            seen.charges = item.charges
            seen.owner = item.owner
            seen.locked = item.locked
            changed = True
    side = side_of(player.team)
    for place in range(patch.num_stocked):
        if memory.stock[place] != tables.stock[side, place]:
            memory.stock[place] = tables.stock[side, place]
            changed = True
    return changed


@rule
def _mask_items(allowed, state, patch, memory, seat, kind):
    """Writes which items, and to which targets, an order about items may name.

    Any item that is allowed goes with any target that is.
    """
    order = memory.order
    first = -1
    for slot in range(NUM_ITEM_SLOTS):
        if state.tables.items[seat, slot].definition < 0:
            continue
        order.item_slot = slot
        result = check_order(state, patch, seat, order)
        if result == _ACCEPTED or (kind == _GIVE and result == _NO_TARGET):
            allowed[ITEMS + slot] = 1
            if first < 0:
                first = slot
    if first >= 0:
        order.item_slot = first
        if kind == _GIVE:
            for row in range(memory.num_shown):
                order.target = memory.handles[row]
                if order.target != 0 and _accepts(state, patch, seat, order):
                    allowed[TARGETS + row] = 1
                    allowed[0] = 1
        elif kind == _MOVE:
            for target in range(NUM_ITEM_SLOTS):
                order.target = target
                if _accepts(state, patch, seat, order):
                    allowed[TARGETS + target] = 1
                    allowed[0] = 1
        else:
            allowed[0] = 1
        if not allowed[0]:
            allowed[ITEMS:] = 0
    order.target = 0
    order.item_slot = 0


@rule
def _mask_casts(mask, cast, state, patch, memory, seat):
    """Writes what may be cast with each kind of order, and at whom."""
    order = memory.order
    order.order = _CAST_NO_TARGET
    order.ability_slot = -1
    order.item_slot = -1
    # Without a slot nothing else may be wrong, for any kind of cast.
    if check_order(state, patch, seat, order) == _NO_ABILITY:
        for place in range(NUM_ABILITY_SLOTS + NUM_ITEM_SLOTS):
            if place < NUM_ABILITY_SLOTS:
                if state.tables.abilities[seat, place].definition < 0:
                    continue
                slot = place
            else:
                if state.tables.items[seat, place - NUM_ABILITY_SLOTS].definition < 0:
                    continue
                slot = place - NUM_ABILITY_SLOTS + ITEM_SLOT
            _mask_slot(mask, cast, state, patch, memory, seat, place, slot)
    order.ability_slot = 0
    order.item_slot = 0


@rule
def _mask_slot(mask, cast, state, patch, memory, seat, place, slot):
    """Writes how what lies in a slot may be cast. place: its row of `cast`. slot: of casting."""
    order = memory.order
    result = check_slot(state, patch, seat, slot)
    if result == _NOT_LEARNED or result == _NOT_SIMULATED or result == _NO_ABILITY:
        return  # for whatever is asked of it
    for kind in CASTS:
        order.order = kind
        found = check_cast_of(state, patch, seat, order, slot, result)
        if found == _ACCEPTED:
            mask[kind, 0] = 1
            mask[kind, ABILITIES + place] = 1
        elif kind == _CAST_TARGET and found == _NO_TARGET:
            for row in range(memory.num_shown):
                handle = memory.handles[row]
                if handle != 0 and check_cast_target(
                        state, patch, seat, slot, handle) == _ACCEPTED:
                    cast[place, row] = 1
                    mask[kind, 0] = 1
                    mask[kind, TARGETS + row] = 1
                    mask[kind, ABILITIES + place] = 1


@rule
def mask_actions(mask, state, patch, memory, seat):
    """Writes which actions of the discrete space the rules accept now.

    mask: uint8 (actions,). state: STATE record. memory: MEMORY record, whose `order` is written
    over.
    """
    for action in range(NUM_ACTIONS):
        write_discrete(memory.order, action, state, patch, memory, seat)
        mask[action] = 1 if _accepts(state, patch, seat, memory.order) else 0
