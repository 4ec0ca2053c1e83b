"""Buying and selling: shops, stock, and what a purchase takes.

Source: Liquipedia shop and gold@2376164 of 7.41d; items.json of the patch.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import EventKind, GoldReason, OrderResult
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_UNITS, NEVER, NUM_ITEM_PLACES, SCROLL_SLOT
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.heroes import spend_gold, update_net_worth
from dota_env_rpc.sim.inventory import (
    COURIER_PLACE,
    HERO_PLACE,
    NO_PLACE,
    STASH_PLACE,
    has_consumed,
    has_room,
    is_own,
    items_changed,
    make_item,
    num_free,
    place_of,
    put_item,
)
from dota_env_rpc.sim.state import MAX_SHOPPING
from dota_env_rpc.sim.units import side_of

# Bits of what shops are near.
HOME_SHOP = 1
SECRET_SHOP = 2
# Stocks are counted from the start of the pre-game on.
PRE_GAME_TICK = -90 * TICKS_PER_SECOND


@rule
def shops_near(patch, unit):
    """Returns bits of the shops that a living unit stands at, 0 for none.

    Either side's fountain is a home shop.
    """
    if not unit.alive:
        return 0
    near = 0
    for i in range(2):
        dx = unit.x - patch.fountain_x[i]
        dy = unit.y - patch.fountain_y[i]
        if dx * dx + dy * dy <= patch.rules.shop_home_radius * patch.rules.shop_home_radius:
            near |= HOME_SHOP
    for i in range(len(patch.secret_shop_x)):
        dx = unit.x - patch.secret_shop_x[i]
        dy = unit.y - patch.secret_shop_y[i]
        if dx * dx + dy * dy <= patch.rules.shop_secret_radius * patch.rules.shop_secret_radius:
            near |= SECRET_SHOP
    return near


@rule
def stock_shops(tables, patch):
    """Fills both sides' stock as it is at the start of the match."""
    for side in range(2):
        for place in range(patch.num_stocked):
            numbers = patch.items[patch.stocked_items[place]]
            tables.stock[side, place] = numbers.stock_initial
            tables.restock_tick[side, place] = -NEVER
            if numbers.stock_initial < numbers.stock_max:
                tables.restock_tick[side, place] = PRE_GAME_TICK + int(
                    numbers.initial_stock_time * TICKS_PER_SECOND)
    restock(tables, patch)


@rule
def restock(tables, patch):
    """Adds the items whose time has come to both sides' stock."""
    for side in range(2):
        for place in range(patch.num_stocked):
            while tables.tick >= tables.restock_tick[side, place]:
                numbers = patch.items[patch.stocked_items[place]]
                tables.stock[side, place] += 1
                tables.restock_tick[side, place] += int(numbers.stock_time * TICKS_PER_SECOND)
                if tables.stock[side, place] >= numbers.stock_max:
                    tables.restock_tick[side, place] = -NEVER


@rule
def list_missing(state, patch, seat, definition):
    """Lists what has to be bought for an item in `state.shopping`; returns how many things.

    An item of parts is bought as those of its parts, and their parts, that the player does not
    have yet, wherever they lie; combine-locked ones count as not there.
    """
    items = state.tables.items
    shopping = state.shopping
    shopping[0] = definition
    count = 0
    end = 1
    used = 0
    is_whole = True
    # What lies from `count` to `end` is still to be looked at, the first of it being bought or
    # replaced by its parts.
    while count < end:
        numbers = patch.items[shopping[count]]
        owned = NUM_ITEM_PLACES
        if not is_whole:
            for slot in range(NUM_ITEM_PLACES):
                item = items[seat, slot]
                if (item.definition == shopping[count] and not (used >> slot) & 1
                        and not item.locked and is_own(patch, item, seat)
                        and owned == NUM_ITEM_PLACES):
                    owned = slot
        is_whole = False
        if owned < NUM_ITEM_PLACES:
            used |= 1 << owned
            end -= 1
            shopping[count] = shopping[end]
        elif numbers.num_parts > 0 and end + numbers.num_parts - 1 <= MAX_SHOPPING:
            shopping[count] = numbers.parts[0]
            for i in range(1, numbers.num_parts):
                shopping[end] = numbers.parts[i]
                end += 1
        else:
            count += 1
    return count


@rule
def _destination(patch, definition, hero_near, courier_near):
    """Returns the place that a bought thing goes to, NO_PLACE if it is sold nowhere near.

    Things of the home shop can be bought from anywhere; they then go to the stash.
    """
    wanted = SECRET_SHOP if patch.items[definition].secret_shop else HOME_SHOP
    if hero_near & wanted:
        return HERO_PLACE
    if wanted == HOME_SHOP:
        return STASH_PLACE
    return COURIER_PLACE if courier_near & wanted else NO_PLACE


@rule
def shops_of(state, patch, seat):
    """Returns the bits of the shops that a seat's hero and its courier stand at."""
    tables = state.tables
    player = tables.players[seat]
    courier_near = 0
    if player.courier != 0:
        courier_near = shops_near(patch, tables.units[player.courier % MAX_UNITS])
    return shops_near(patch, tables.units[player.hero % MAX_UNITS]), courier_near


@rule
def check_purchase(state, patch, seat, definition):
    """Returns whether a seat may buy an item now, as an OrderResult; changes nothing.

    What has to be bought for it must be in stock, sold where the hero or courier stands, paid
    for, and find room.
    """
    if definition < 0 or definition >= patch.num_items:
        return OrderResult.UNKNOWN_ITEM
    if not patch.items[definition].in_shop:
        return OrderResult.NOT_FOR_SALE
    player = state.tables.players[seat]
    gold = player.reliable_gold + player.unreliable_gold
    # A first look that spares the longer one: parts that are there save no more than this.
    if patch.items[definition].cost > gold + player.item_worth:
        return OrderResult.NOT_ENOUGH_GOLD
    result, cost = quote(state, patch, seat, definition)
    if cost > gold and (
            result == OrderResult.ACCEPTED or result == OrderResult.INVENTORY_FULL):
        return OrderResult.NOT_ENOUGH_GOLD
    return result


@rule
def quote(state, patch, seat, definition):
    """Returns whether a seat may buy a sold item if it has the gold, and how much that takes.

    The first is an OrderResult; the second is 0 where something else than room is in the way.
    """
    tables = state.tables
    player = tables.players[seat]
    if state.banned[definition]:
        return OrderResult.NOT_FOR_SALE, 0
    if has_consumed(player, patch.items[definition].consumed_as):
        return OrderResult.ALREADY_CONSUMED, 0
    count = list_missing(state, patch, seat, definition)
    if count == 0:
        return OrderResult.PARTS_OWNED, 0
    hero_near, courier_near = shops_of(state, patch, seat)
    side = side_of(player.team)
    cost = 0
    num_hero = 0
    num_stash = 0
    num_courier = 0
    for i in range(count):
        part = state.shopping[i]
        numbers = patch.items[part]
        cost += numbers.cost
        if state.banned[part]:
            return OrderResult.NOT_FOR_SALE, 0
        if numbers.stocked >= 0 and tables.stock[side, numbers.stocked] <= 0:
            return OrderResult.OUT_OF_STOCK, 0
        place = _destination(patch, part, hero_near, courier_near)
        if place == HERO_PLACE:
            num_hero += 1
        elif place == STASH_PLACE:
            num_stash += 1
        elif place == COURIER_PLACE:
            num_courier += 1
        else:
            return OrderResult.NOT_AT_SECRET_SHOP, 0
    if count == 1:
        part = state.shopping[0]
        place = _destination(patch, part, hero_near, courier_near)
        if not _takes(tables, patch, seat, part, place):
            if not hero_near & HOME_SHOP or not _takes(tables, patch, seat, part, STASH_PLACE):
                return OrderResult.INVENTORY_FULL, cost
        return OrderResult.ACCEPTED, cost
    # What finds no room with the hero goes to the stash, if the hero is at home.
    surplus = num_hero - num_free(tables, seat, HERO_PLACE)
    if surplus > 0:
        if not hero_near & HOME_SHOP:
            return OrderResult.INVENTORY_FULL, cost
        num_stash += surplus
    if (num_stash > num_free(tables, seat, STASH_PLACE)
            or num_courier > num_free(tables, seat, COURIER_PLACE)):
        return OrderResult.INVENTORY_FULL, cost
    return OrderResult.ACCEPTED, cost


@rule
def _takes(tables, patch, seat, definition, place):
    return has_room(
        tables, patch, seat, place, definition, patch.items[definition].initial_charges, seat)


@rule
def purchase(state, patch, seat, definition):
    """Buys an item, or what is missing of it. The caller has checked that it may."""
    count = list_missing(state, patch, seat, definition)
    hero_near, courier_near = shops_of(state, patch, seat)
    for i in range(count):
        part = state.shopping[i]
        place = _destination(patch, part, hero_near, courier_near)
        if not _takes(state.tables, patch, seat, part, place):
            place = STASH_PLACE
        _buy(state, patch, seat, part, place)


@rule
def _buy(state, patch, seat, definition, place):
    """Pays for one thing and puts it into a place."""
    tables = state.tables
    player = tables.players[seat]
    numbers = patch.items[definition]
    if numbers.stocked >= 0:
        side = side_of(player.team)
        if tables.stock[side, numbers.stocked] == numbers.stock_max:
            tables.restock_tick[side, numbers.stocked] = tables.tick + int(
                numbers.stock_time * TICKS_PER_SECOND)
        tables.stock[side, numbers.stocked] -= 1
    spend_gold(tables, seat, numbers.cost, GoldReason.PURCHASE)
    item = state.hand[0]
    make_item(item, patch, definition, seat, tables.tick)
    item.worth = numbers.cost
    item.bought_tick = tables.tick
    tell(tables, EventKind.ITEM_BOUGHT, player.hero, 0, seat, definition, float(item.charges))
    put_item(state, patch, seat, place)


@rule
def check_sale(state, patch, seat, slot):
    """Returns whether a living hero may sell what lies in a slot now, as an OrderResult.

    What lies in the stash can be sold from anywhere, the rest at any shop.
    """
    tables = state.tables
    if slot < 0 or slot > SCROLL_SLOT or tables.items[seat, slot].definition < 0:
        return OrderResult.NO_ITEM
    item = tables.items[seat, slot]
    if not is_own(patch, item, seat):
        return OrderResult.NOT_YOUR_ITEM
    if not patch.items[item.definition].sellable:
        return OrderResult.NOT_SELLABLE
    hero = tables.units[tables.players[seat].hero % MAX_UNITS]
    if place_of(slot) == HERO_PLACE and not shops_near(patch, hero):
        return OrderResult.NOT_AT_SHOP
    return OrderResult.ACCEPTED


@rule
def sell(state, patch, seat, slot):
    """Sells an item: for half of what it cost, or for all of it soon after it was bought."""
    tables = state.tables
    rules = patch.rules
    player = tables.players[seat]
    item = tables.items[seat, slot]
    refunded = tables.tick - item.bought_tick <= rules.shop_refund_seconds * TICKS_PER_SECOND
    price = item.worth if refunded else int(item.worth * rules.shop_sell_share)
    tell(tables, EventKind.ITEM_SOLD, player.hero, 0, seat, item.definition, float(item.charges))
    item.definition = -1
    if price > 0:
        player.unreliable_gold += price
        tell(tables, EventKind.GOLD, player.hero, 0, seat,
             GoldReason.REFUND if refunded else GoldReason.SALE, float(price))
    update_net_worth(player)
    items_changed(state, patch, seat)
