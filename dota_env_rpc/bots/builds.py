"""Where a seat's ability points and gold go when a script spends them."""

from dota_env_rpc.bots.deliveries import carry_out, receive_items
from dota_env_rpc.bots.memory import LANER_EASY
from dota_env_rpc.match.enums import OrderResult, UnitOrder
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import (
    ATTRIBUTE_SLOT,
    MAX_UNITS,
    NUM_ABILITY_SLOTS,
    NUM_ITEM_PLACES,
    SCROLL_SLOT,
)
from dota_env_rpc.sim.learning import check_training, has_points
from dota_env_rpc.sim.orders import check_order, submit_order
from dota_env_rpc.sim.shop import HOME_SHOP, shops_near

# A hero with less of its health has a salve brought. Source: guess.
SALVE_SHARE = 0.55


@rule
def spend(state, patch, seat, memory, order, skills, items):
    """Gives a script's orders for a seat: to learn, if `skills`, and to buy, if `items`.

    memory: BOT_MEMORY of the seat. order: an ORDER record that has been carried out, for use as
    scratch.
    """
    tables = state.tables
    if items:
        _buy(state, patch, seat, memory, order)
        receive_items(state, patch, seat, order, memory.bot != LANER_EASY)
    if skills and has_points(tables, patch, seat):
        slot = _next_slot(tables, patch, seat)
        if slot >= 0:
            order.target = 0
            order.ability_slot = slot
            carry_out(state, patch, seat, order, UnitOrder.TRAIN_ABILITY, 0)


@rule
def _buy(state, patch, seat, memory, order):
    """Buys a scroll at home if the hero has none, a salve if it is hurt, or what the build says.

    A scroll or salve that is not sold now is not waited for.
    """
    tables = state.tables
    player = tables.players[seat]
    build = patch.item_builds[player.definition]
    hero = tables.units[player.hero % MAX_UNITS]
    if (tables.items[seat, SCROLL_SLOT].definition < 0 and shops_near(patch, hero) & HOME_SHOP
            and _take(state, patch, seat, order, patch.scroll) == OrderResult.ACCEPTED):
        return
    if (memory.bot != LANER_EASY and hero.alive and hero.health < SALVE_SHARE * hero.max_health
            and not _owns(tables, seat, patch.salve)
            and _take(state, patch, seat, order, patch.salve) == OrderResult.ACCEPTED):
        return
    if memory.num_bought < len(build) and build[memory.num_bought] >= 0:
        result = _take(state, patch, seat, order, build[memory.num_bought])
        if result == OrderResult.ACCEPTED or result == OrderResult.NOT_FOR_SALE:
            memory.num_bought += 1


@rule
def _take(state, patch, seat, order, item):
    """Buys an item if there is the gold for it; returns what came of it."""
    player = state.tables.players[seat]
    if patch.items[item].cost > player.reliable_gold + player.unreliable_gold:
        return OrderResult.NOT_ENOUGH_GOLD
    order.order = UnitOrder.PURCHASE_ITEM
    order.unit = 0
    order.item_to_buy = item
    order.queue = 0
    result = check_order(state, patch, seat, order)
    if result == OrderResult.ACCEPTED:
        submit_order(state, patch, seat, order)
    order.order = UnitOrder.NONE
    return result


@rule
def _owns(tables, seat, item):
    for slot in range(NUM_ITEM_PLACES):
        if tables.items[seat, slot].definition == item:
            return True
    return False


@rule
def _next_slot(tables, patch, seat):
    """Returns the slot of the first point of the build that can be spent, -1 for none."""
    build = patch.skill_builds[tables.players[seat].definition]
    for i in range(len(build)):
        slot = build[i]
        if slot < 0:
            break
        before = 0
        for j in range(i):
            before += 1 if build[j] == slot else 0
        if (tables.abilities[seat, slot].level <= before
                and check_training(tables, patch, seat, slot) == OrderResult.ACCEPTED):
            return slot
    # A hero that is past its build takes whatever there is, attributes first.
    for i in range(NUM_ABILITY_SLOTS):
        slot = ATTRIBUTE_SLOT - i
        if check_training(tables, patch, seat, slot) == OrderResult.ACCEPTED:
            return slot
    return -1
