"""Where a seat's ability points and gold go when a script spends them."""

from dota_env_rpc.bots.deliveries import carry_out, receive_items
from dota_env_rpc.bots.memory import LANER_EASY
from dota_env_rpc.match.enums import OrderResult, UnitOrder
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import (
    ATTRIBUTE_SLOT,
    MAX_UNITS,
    NUM_ABILITY_SLOTS,
    SCROLL_SLOT,
)
from dota_env_rpc.sim.learning import check_training
from dota_env_rpc.sim.orders import check_order
from dota_env_rpc.sim.shop import HOME_SHOP, quote, shops_near


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
    if skills and tables.players[seat].ability_points > 0:
        slot = _next_slot(tables, patch, seat)
        if slot >= 0:
            order.target = 0
            order.ability_slot = slot
            carry_out(state, patch, seat, order, UnitOrder.TRAIN_ABILITY, 0)


@rule
def _buy(state, patch, seat, memory, order):
    """Buys what comes next in the build, and before it, at home, a scroll if the hero has none.

    A scroll that is not sold now is not waited for.
    """
    tables = state.tables
    player = tables.players[seat]
    hero = tables.units[player.hero % MAX_UNITS]
    takes_scroll = (tables.items[seat, SCROLL_SLOT].definition < 0
                    and shops_near(patch, hero) & HOME_SHOP != 0
                    and quote(state, patch, seat, patch.scroll)[0] == OrderResult.ACCEPTED)
    bought = patch.scroll if takes_scroll else -1
    if not takes_scroll and memory.num_bought < len(patch.item_builds[player.definition]):
        bought = patch.item_builds[player.definition, memory.num_bought]
    if bought < 0 or patch.items[bought].cost > player.reliable_gold + player.unreliable_gold:
        return
    order.order = UnitOrder.PURCHASE_ITEM
    order.unit = 0
    order.item_to_buy = bought
    order.queue = 0
    result = check_order(state, patch, seat, order)
    order.order = UnitOrder.NONE
    if result == OrderResult.ACCEPTED:
        carry_out(state, patch, seat, order, UnitOrder.PURCHASE_ITEM, 0)
    if not takes_scroll and (
            result == OrderResult.ACCEPTED or result == OrderResult.NOT_FOR_SALE):
        memory.num_bought += 1


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
