"""Buying and selling: what shops take, give and refuse."""

import pytest

from dota_env_rpc.match.enums import EventKind, GoldReason, OrderResult, Team, UnitOrder
from dota_env_rpc.match.tables import BACKPACK_SLOT, SCROLL_SLOT, STASH_SLOT
from dota_env_rpc.testing.arena import Arena

SNIPER = "npc_dota_hero_sniper"
AXE = "npc_dota_hero_axe"


@pytest.fixture
def hero(arena):
    """A hero with 10,000 gold at its fountain."""
    hero = arena.spawn(SNIPER)
    hero.earn(10_000)
    hero.go_home()
    return hero


def sell(hero, name):
    return hero.order(UnitOrder.SELL_ITEM, item=hero.item_slot(name))


def test_what_is_bought_at_the_fountain_lies_in_the_first_free_slot(hero):
    """Source: cost, data/7.41/items.json."""
    assert hero.buy("item_gauntlets", "item_circlet") == OrderResult.ACCEPTED
    assert hero.items == {0: "item_gauntlets", 1: "item_circlet"}
    assert 10_000 - hero.gold == 140 + 155


def test_what_is_bought_elsewhere_lies_in_the_stash(arena, hero):
    """Source: Liquipedia shop, 7.41d."""
    hero.place((0, 0))
    assert hero.buy("item_gauntlets") == OrderResult.ACCEPTED
    assert hero.items == {STASH_SLOT: "item_gauntlets"}


def test_the_enemys_fountain_is_a_shop_too(arena, hero):
    """Source: Liquipedia shop, 7.41d."""
    patch = arena.patch.record
    hero.set(health=1e6, max_health=1e6)
    hero.place((patch.fountain_x[1] - arena.origin[0], patch.fountain_y[1] - arena.origin[1]))
    assert hero.buy("item_gauntlets") == OrderResult.ACCEPTED
    assert hero.items == {0: "item_gauntlets"}


def test_the_dead_buy_into_their_stash_and_sell_nothing(hero):
    """Source: Liquipedia shop, 7.41d."""
    hero.buy("item_gauntlets")
    hero.kill()
    assert hero.buy("item_circlet") == OrderResult.ACCEPTED
    assert hero.items == {
        0: "item_gauntlets", STASH_SLOT: "item_circlet", SCROLL_SLOT: "item_tpscroll"}
    assert sell(hero, "item_gauntlets") == OrderResult.HERO_DEAD


def test_secret_shops_sell_what_no_other_shop_does(hero):
    """Source: shop, data/7.41/items.json."""
    assert hero.buy("item_void_stone") == OrderResult.NOT_AT_SECRET_SHOP
    hero.go_to_secret_shop()
    assert hero.buy("item_void_stone") == OrderResult.ACCEPTED
    assert hero.buy("item_gauntlets") == OrderResult.ACCEPTED
    assert hero.items == {0: "item_void_stone", STASH_SLOT: "item_gauntlets"}


def test_unreliable_gold_is_spent_first(hero):
    """Source: Liquipedia gold@2376164."""
    hero.player_record.unreliable_gold = 100
    hero.player_record.reliable_gold = 100
    hero.buy("item_gauntlets")
    assert hero.player_record.unreliable_gold == 0
    assert hero.player_record.reliable_gold == 60


def test_net_worth_counts_items_and_buyback_follows_it(arena, hero):
    """Source: patch notes 7.29: 200 + net worth / 13."""
    hero.buy("item_gauntlets", "item_void_stone")
    arena.run(0.1)
    player = hero.player_record
    assert player.net_worth == hero.gold + 140 == 10_000
    assert player.buyback_cost == 200 + 10_000 // 13


def test_a_death_takes_a_fortieth_of_the_net_worth_from_unreliable_gold(arena, hero):
    """Source: Liquipedia gold@2376164."""
    hero.buy("item_relic")
    hero.go_to_secret_shop()
    hero.buy("item_relic")
    before = hero.gold
    hero.place((0, 0))
    hero.kill(by=arena.spawn(AXE, at=(100, 0), team=Team.BADGUYS))
    assert before - hero.gold == 10_000 // 40


def test_parts_in_one_place_become_the_item(arena, hero):
    """Source: components, data/7.41/items.json."""
    hero.buy("item_circlet", "item_gauntlets")
    assert hero.items == {0: "item_circlet", 1: "item_gauntlets"}
    hero.buy("item_recipe_bracer")
    assert hero.items == {0: "item_bracer"}
    assert hero.item(0).worth == 505
    [told] = arena.told(EventKind.ITEM_COMBINED)
    assert told.reason == arena.patch.item("item_bracer")


def test_an_item_is_bought_as_the_parts_that_are_missing(hero):
    """A whole item costs what its parts do, less those that are there."""
    hero.buy("item_gauntlets")
    assert hero.buy("item_bracer") == OrderResult.ACCEPTED
    assert hero.items == {0: "item_bracer"}
    assert 10_000 - hero.gold == 505


def test_a_part_of_a_part_counts(hero):
    """Source: components, data/7.41/items.json: Dagon 2 is Dagon and its recipe."""
    hero.go_to_secret_shop()
    hero.buy("item_point_booster")
    hero.go_home()
    assert hero.buy("item_dagon_2") == OrderResult.ACCEPTED
    assert list(hero.items.values()) == ["item_dagon_2"]
    assert hero.item(hero.item_slot("item_dagon_2")).level == 2
    assert 10_000 - hero.gold == 4100


def test_a_whole_item_is_bought_whole_or_not_at_all(hero):
    """Its parts are of two shops."""
    assert hero.buy("item_dagon") == OrderResult.NOT_AT_SECRET_SHOP
    assert hero.items == {}
    assert hero.gold == 10_000


def test_a_second_of_a_kind_can_be_bought(hero):
    hero.buy("item_bracer", "item_bracer")
    assert hero.items == {0: "item_bracer", 1: "item_bracer"}
    assert 10_000 - hero.gold == 2 * 505


def test_parts_that_lie_apart_are_not_bought_again(hero):
    hero.buy("item_circlet", "item_recipe_bracer")
    hero.place((0, 0))
    hero.buy("item_gauntlets")
    assert hero.buy("item_bracer") == OrderResult.PARTS_OWNED


@pytest.mark.parametrize("name", ["item_tango", "item_enchanted_mango"])
def test_charges_stack(arena, hero, name):
    """Source: initial_charges and stack_max, data/7.41/items.json."""
    numbers = arena.patch.record.items[arena.patch.item(name)]
    hero.buy(name, name)
    assert hero.items == {0: name}
    assert hero.item(0).charges == 2 * numbers.initial_charges
    assert hero.item(0).worth == 2 * numbers.cost


def test_a_full_stack_takes_no_more(hero):
    """Source: stack_max, data/7.41/items.json: 3 mangoes."""
    hero.buy(*["item_enchanted_mango"] * 4)
    assert hero.items == {0: "item_enchanted_mango", 1: "item_enchanted_mango"}
    assert [hero.item(slot).charges for slot in (0, 1)] == [3, 1]


def test_scrolls_have_a_slot_of_their_own(hero):
    """Source: Liquipedia town_portal_scroll, 7.41d."""
    hero.buy("item_tpscroll", "item_tpscroll")
    assert hero.items == {SCROLL_SLOT: "item_tpscroll"}
    assert hero.item(SCROLL_SLOT).charges == 2


def test_full_slots_refuse_what_completes_nothing(hero):
    """Source: Liquipedia inventory, 7.41d."""
    hero.buy(*["item_gauntlets"] * 8, "item_circlet")
    hero.buy(*["item_gauntlets"] * 6)
    assert len(hero.items) == SCROLL_SLOT
    gold = hero.gold
    assert hero.buy("item_slippers") == OrderResult.INVENTORY_FULL
    assert hero.gold == gold
    assert hero.buy("item_recipe_bracer") == OrderResult.ACCEPTED
    assert hero.items[0] == "item_bracer"
    assert hero.gold == gold - 210


def test_at_home_what_finds_no_room_goes_to_the_stash(hero):
    """Source: Liquipedia shop, 7.41d."""
    hero.buy(*["item_gauntlets"] * 10)
    assert set(hero.items) == set(range(BACKPACK_SLOT + 3)) | {STASH_SLOT}


def test_refused_purchases_tell_why_and_cost_nothing(arena, hero):
    """Source: a refused order is a told no-op."""
    items = arena.patch.item_names
    cases = [
        (OrderResult.UNKNOWN_ITEM, -1), (OrderResult.UNKNOWN_ITEM, len(items)),
        (OrderResult.NOT_FOR_SALE, items.index("item_aegis")),
        (OrderResult.NOT_AT_SECRET_SHOP, items.index("item_relic")),
        (OrderResult.OUT_OF_STOCK, items.index("item_aghanims_shard")),
    ]
    for reason, item in cases:
        assert hero.order(UnitOrder.PURCHASE_ITEM, item_to_buy=item) == reason
    hero.player_record.unreliable_gold = 139
    assert hero.buy("item_gauntlets") == OrderResult.NOT_ENOUGH_GOLD
    assert hero.gold == 139
    assert hero.items == {}
    assert len(arena.told(EventKind.ORDER_REFUSED)) == len(cases) + 1


def test_stock_runs_out_and_comes_back(arena, hero):
    """Source: stock_max and stock_time, data/7.41/items.json: a gem every 600 s."""
    assert hero.buy("item_gem") == OrderResult.ACCEPTED
    bought = arena.seconds
    assert hero.buy("item_gem") == OrderResult.OUT_OF_STOCK
    arena.set_clock(bought + 599.5)
    assert hero.buy("item_gem") == OrderResult.OUT_OF_STOCK
    arena.set_clock(bought + 600)
    arena.run(0.1)
    assert hero.buy("item_gem") == OrderResult.ACCEPTED


def test_stock_is_shared_by_a_side_and_not_by_the_other(arena, hero):
    """Source: Liquipedia shop, 7.41d."""
    friend, foe = arena.spawn(AXE), arena.spawn(AXE, team=Team.BADGUYS)
    for other in (friend, foe):
        other.earn(1000)
    hero.buy("item_gem")
    assert friend.buy("item_gem") == OrderResult.OUT_OF_STOCK
    assert foe.buy("item_gem") == OrderResult.ACCEPTED


@pytest.mark.parametrize("name, minute", [
    ("item_aghanims_shard", 15), ("item_infused_raindrop", 3)])
def test_some_things_come_later(arena, hero, name, minute):
    """Source: initial_stock_time from the start of the pre-game, data/7.41/items.json."""
    arena.set_clock(minute * 60 - 1)
    assert hero.buy(name) == OrderResult.OUT_OF_STOCK
    arena.set_clock(minute * 60)
    arena.run(0.1)
    assert hero.buy(name) == OrderResult.ACCEPTED


def test_a_shard_is_taken_up_at_once_and_only_once(arena, hero):
    """Source: Liquipedia aghanims_shard, 7.41d."""
    arena.set_clock(1000)
    arena.run(0.1)
    worth = hero.player_record.net_worth
    assert hero.buy("item_aghanims_shard") == OrderResult.ACCEPTED
    assert hero.items == {}
    assert hero.player_record.shard_eaten == 1
    assert hero.player_record.net_worth - worth < 5  # passive gold
    arena.run(2.0)
    assert hero.buy("item_aghanims_shard") == OrderResult.ALREADY_CONSUMED


@pytest.mark.parametrize("wait, price, reason", [
    (9.8, 505, GoldReason.REFUND), (10.2, 252, GoldReason.SALE)])
def test_items_sell_for_half_or_soon_after_for_all(arena, hero, wait, price, reason):
    """Source: Liquipedia gold@2376164; full refund within 10 s."""
    hero.buy("item_bracer")
    arena.run(wait)
    assert sell(hero, "item_bracer") == OrderResult.ACCEPTED
    assert hero.items == {}
    [told] = arena.told(EventKind.GOLD, reason=reason)
    assert told.value == price


def test_what_has_been_used_is_not_taken_back_for_all(arena, hero):
    """Source: shop rules of the game: all of it within 10 s where it is unused."""
    hero.buy("item_flask", "item_flask")
    hero.set(health=100.0)
    hero.use("item_flask", target=hero)
    assert sell(hero, "item_flask") == OrderResult.ACCEPTED
    assert not arena.told(EventKind.GOLD, reason=GoldReason.REFUND)
    cost = arena.patch.items["items"]["item_flask"]["cost"]
    assert arena.told(EventKind.GOLD, reason=GoldReason.SALE)[0].value == cost // 2


@pytest.mark.parametrize("used", [0, 1, 2])
def test_a_stack_sells_for_what_is_left_of_it(arena, hero, used):
    """Source: cost and initial_charges, data/7.41/items.json."""
    hero.buy("item_clarity", "item_clarity", "item_clarity")
    cost = arena.patch.items["items"]["item_clarity"]["cost"]
    for _ in range(used):
        hero.item(0).cooldown_ready_tick = arena.tables.tick
        hero.use("item_clarity", target=hero)
    arena.run(10.5)
    sell(hero, "item_clarity")
    left = (3 - used) * cost
    assert arena.told(EventKind.GOLD, reason=GoldReason.SALE)[0].value == left // 2


def test_an_item_is_as_old_as_its_oldest_part(arena, hero):
    """Source: guess: no refund of parts that were bought long ago."""
    hero.buy("item_circlet")
    arena.run(11.0)
    hero.buy("item_gauntlets", "item_recipe_bracer")
    assert sell(hero, "item_bracer") == OrderResult.ACCEPTED
    assert arena.told(EventKind.GOLD, reason=GoldReason.SALE)


def test_a_blessing_is_taken_up_with_the_scepter_for_good(arena, hero):
    """Source: Liquipedia aghanims_scepter, 7.41d; its worth keeps counting."""
    hero.give_item("item_ultimate_scepter")
    hero.item(0).owner = int(hero.player)
    hero.item(0).worth = 4200
    worth = 4200 + arena.patch.items["items"]["item_recipe_ultimate_scepter_2"]["cost"]
    assert hero.buy("item_recipe_ultimate_scepter_2") == OrderResult.ACCEPTED
    assert hero.items == {}
    arena.run(0.1)
    assert hero.player_record.scepter_eaten == 1 and arena._state.has_scepter[int(hero.player)]
    assert hero.player_record.item_worth == worth
    assert hero.buy("item_ultimate_scepter_2") == OrderResult.ALREADY_CONSUMED


def test_free_scrolls_sell_for_nothing():
    """Source: guess."""
    arena = Arena(heroes=(SNIPER,) + ("",) * 9)
    hero = arena.player(0)
    assert hero.items == {SCROLL_SLOT: "item_tpscroll"}
    gold = hero.gold
    assert sell(hero, "item_tpscroll") == OrderResult.ACCEPTED
    assert hero.items == {}
    assert hero.gold - gold <= 1


def test_selling_needs_a_shop_but_for_the_stash(hero):
    """Source: Liquipedia shop, 7.41d; that the stash needs none is a guess."""
    hero.buy("item_bracer")
    hero.place((0, 0))
    hero.buy("item_circlet")
    assert sell(hero, "item_bracer") == OrderResult.NOT_AT_SHOP
    assert sell(hero, "item_circlet") == OrderResult.ACCEPTED
    hero.go_to_secret_shop()
    assert sell(hero, "item_bracer") == OrderResult.ACCEPTED


def test_refused_sales_tell_why(hero):
    """Source: sellable, data/7.41/items.json."""
    hero.buy("item_gem")
    assert sell(hero, "item_gem") == OrderResult.NOT_SELLABLE
    for slot in (-1, 3, 17, 99):
        assert hero.order(UnitOrder.SELL_ITEM, item=slot) == OrderResult.NO_ITEM


def secret_parts(patch, row):
    """Returns the names of what an item takes from the secret shop."""
    numbers = patch.record.items[row]
    if not numbers.num_parts:
        return [patch.item_names[row]] if numbers.secret_shop else []
    return [name for part in numbers.parts[:numbers.num_parts]
            for name in secret_parts(patch, part)]


def test_every_sold_item_is_made_of_its_parts_at_its_price(arena, hero):
    """Source: components and cost, data/7.41/items.json."""
    patch = arena.patch
    arena.set_clock(1000)
    arena.run(0.1)
    for row, name in enumerate(patch.item_names):
        numbers = patch.record.items[row]
        if not numbers.in_shop:
            continue
        hero.player_record.unreliable_gold = 20_000
        arena.tables.stock[:] = 1
        secret = secret_parts(patch, row)
        if secret:
            hero.go_to_secret_shop()
            assert hero.buy(*secret) == OrderResult.ACCEPTED, name
        if name not in hero.items.values():
            hero.go_home()
            assert hero.buy(name) == OrderResult.ACCEPTED, name
        told = arena.told(EventKind.GOLD, player=0, reason=GoldReason.PURCHASE)
        assert sum(event.value for event in told) == -numbers.cost, name
        if numbers.consumed_as:
            assert hero.items == {}, name
        else:
            assert list(hero.items.values()) == [name]
            assert hero.item(hero.item_slot(name)).worth == numbers.cost
        arena.tables.items["definition"][0] = -1
        hero.player_record.shard_eaten = hero.player_record.scepter_eaten = 0
        arena.events.clear()
