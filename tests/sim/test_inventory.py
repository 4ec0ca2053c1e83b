"""What lies where: slots, stacks, backpack, ground, and items that are taken apart."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder
from dota_env_rpc.match.tables import BACKPACK_SLOT, SCROLL_SLOT, STASH_SLOT

SNIPER = "npc_dota_hero_sniper"
AXE = "npc_dota_hero_axe"


@pytest.fixture
def hero(arena):
    """A hero with 10,000 gold at its fountain."""
    hero = arena.spawn(SNIPER)
    hero.earn(10_000)
    hero.go_home()
    return hero


def move(hero, slot, target):
    return hero.order(UnitOrder.MOVE_ITEM, item=slot, target=target)


def lock(hero, slot, locked=1):
    return hero.order(UnitOrder.SET_ITEM_COMBINE_LOCK, item=slot, target=locked)


def drop(hero, slot, at):
    return hero.order(UnitOrder.DROP_ITEM, item=slot, position=at)


def on_ground(arena):
    return [ground for ground in arena.tables.ground_items if ground.handle]


def name_of(arena, ground):
    return arena.patch.item_names[ground.held[0].definition]


def test_items_change_places(hero):
    """Source: Liquipedia inventory, 7.41d."""
    hero.buy("item_gauntlets", "item_circlet")
    assert move(hero, 0, 1) == OrderResult.ACCEPTED
    assert hero.items == {0: "item_circlet", 1: "item_gauntlets"}
    assert move(hero, 1, BACKPACK_SLOT) == OrderResult.ACCEPTED
    assert hero.items == {0: "item_circlet", BACKPACK_SLOT: "item_gauntlets"}


def test_stacks_join_when_moved_together(arena, hero):
    """Source: Liquipedia inventory, 7.41d."""
    hero.place((0, 0))
    hero.buy("item_tango")
    hero.go_home()
    hero.buy("item_tango")
    assert hero.items == {0: "item_tango", STASH_SLOT: "item_tango"}
    move(hero, STASH_SLOT, 0)
    assert hero.items == {0: "item_tango"}
    assert hero.item(0).charges == 6


def test_items_that_do_not_stack_stay_apart(hero):
    """Source: stackable, data/7.41/items.json."""
    hero.buy("item_gauntlets", "item_gauntlets")
    move(hero, 0, 1)
    assert hero.items == {0: "item_gauntlets", 1: "item_gauntlets"}


def test_the_stash_is_reached_from_home_alone(hero):
    """Source: Liquipedia shop, 7.41d."""
    hero.place((0, 0))
    hero.buy("item_gauntlets")
    assert move(hero, STASH_SLOT, 0) == OrderResult.NOT_AT_SHOP
    hero.go_home()
    assert move(hero, STASH_SLOT, 0) == OrderResult.ACCEPTED
    assert hero.items == {0: "item_gauntlets"}


def test_a_scroll_from_the_stash_goes_to_its_own_slot(hero):
    """Source: Liquipedia town_portal_scroll, 7.41d."""
    hero.place((0, 0))
    hero.buy("item_tpscroll")
    hero.go_home()
    move(hero, STASH_SLOT, 0)
    assert hero.items == {SCROLL_SLOT: "item_tpscroll"}


def test_parts_combine_when_they_come_together(hero):
    """Source: Liquipedia inventory, 7.41d: the stash is a place of its own."""
    hero.buy("item_circlet", "item_recipe_bracer")
    hero.place((0, 0))
    hero.buy("item_gauntlets")
    assert len(hero.items) == 3
    hero.go_home()
    move(hero, STASH_SLOT, 4)
    assert hero.items == {0: "item_bracer"}


def test_parts_in_the_backpack_count(hero):
    """Source: Liquipedia inventory, 7.41d."""
    hero.buy("item_circlet", "item_gauntlets")
    move(hero, 0, BACKPACK_SLOT)
    hero.buy("item_recipe_bracer")
    assert hero.items == {0: "item_bracer"}


def test_locked_parts_do_not_combine(hero):
    """Source: Liquipedia inventory, 7.41d."""
    hero.buy("item_circlet", "item_gauntlets")
    assert lock(hero, 1) == OrderResult.ACCEPTED
    hero.buy("item_recipe_bracer")
    assert len(hero.items) == 3
    assert lock(hero, 1, 0) == OrderResult.ACCEPTED
    assert hero.items == {0: "item_bracer"}


@pytest.mark.parametrize("in_backpack, wait", [(4.0, 0.0), (5.5, 6.0)])
def test_what_leaves_the_backpack_works_after_six_seconds(arena, hero, in_backpack, wait):
    """Source: Liquipedia inventory, 7.41d; what has just come to the hero works at once."""
    hero.buy("item_gauntlets")
    move(hero, 0, BACKPACK_SLOT)
    arena.run(in_backpack)
    move(hero, BACKPACK_SLOT, 0)
    moved = int(arena.tables.tick) - 1
    assert hero.item(0).active_tick - moved == pytest.approx(30 * wait, abs=200 if not wait else 0)
    assert (hero.item(0).active_tick > arena.tables.tick) == (wait > 0)


def test_what_lies_in_the_backpack_neither_gives_nor_works(arena, hero):
    """Source: Liquipedia inventory, 7.41d."""
    hero.give_item("item_power_treads", place=BACKPACK_SLOT)
    arena.run(0.1)
    assert hero.bonus("ATTACKSPEED_BONUS_CONSTANT") == 0
    assert hero.use("item_power_treads") == OrderResult.ITEM_IN_BACKPACK


@pytest.mark.parametrize(("part", "whole", "rests"), [
    ("item_dagon", "item_dagon_2", True), ("item_blink", "item_swift_blink", True),
    ("item_urn_of_shadows", "item_spirit_vessel", True),
    ("item_ghost", "item_ethereal_blade", True), ("item_magic_stick", "item_magic_wand", True),
    ("item_force_staff", "item_hurricane_pike", True),
    ("item_basher", "item_abyssal_blade", False), ("item_mekansm", "item_guardian_greaves", False),
    ("item_quelling_blade", "item_bfury", False)])
def test_a_cooldown_goes_on_in_what_shares_it(arena, hero, part, whole, rests):
    """Source: shared_cooldown, data/7.41/items.json."""
    items = arena.patch.items["items"]
    group = items[part].get("shared_cooldown")
    assert (group is not None and group == items[whole].get("shared_cooldown")) == rests
    names = items[whole]["components"][0]
    for place, name in enumerate(names):
        item = hero.give_item(name, place=place)
        item.owner, item.locked = int(hero.player), 1
        if name == part:
            item.cooldown_ready_tick = arena.tables.tick + 300
    for place in range(len(names)):
        lock(hero, place, 0)
    assert list(hero.items.values()) == [whole]
    made = hero.item(next(iter(hero.items)))
    assert (made.cooldown_ready_tick > arena.tables.tick) == rests


def test_charges_go_over_into_what_is_made_of_them(arena, hero):
    """Source: requires_charges of both, data/7.41/items.json."""
    names = arena.patch.items["items"]["item_spirit_vessel"]["components"][0]
    for place, name in enumerate(names):
        hero.give_item(name, place=place, charges=4 if name == "item_urn_of_shadows" else None)
        hero.item(place).owner, hero.item(place).locked = int(hero.player), 1
    for place in range(len(names)):
        lock(hero, place, 0)
    assert hero.items == {0: "item_spirit_vessel"}
    assert hero.item(0).charges == 4


def test_some_items_can_be_taken_apart(arena, hero):
    """Source: disassemble, data/7.41/items.json."""
    hero.go_to_secret_shop()
    hero.buy("item_vitality_booster", "item_ring_of_health")
    hero.go_home()
    hero.buy("item_vanguard")
    assert hero.items == {0: "item_vanguard"}
    assert hero.order(UnitOrder.DISASSEMBLE_ITEM, item=0) == OrderResult.ACCEPTED
    parts = arena.patch.items["items"]["item_vanguard"]["components"][0]
    assert sorted(hero.items.values()) == sorted(parts)
    assert all(hero.item(slot).locked for slot in hero.items)
    assert sum(hero.item(slot).worth for slot in hero.items) == 1700
    for slot in list(hero.items):
        lock(hero, slot, 0)
    assert hero.items == {0: "item_vanguard"}


@pytest.mark.parametrize("name", [
    "item_bracer", "item_hand_of_midas", "item_rapier", "item_consecrated_wraps", "item_gauntlets",
    "item_recipe_bracer"])
def test_other_items_cannot_be_taken_apart(arena, hero, name):
    """Source: disassemble, data/7.41/items.json."""
    assert arena.patch.items["items"][name].get("disassemble") in (None, "never")
    hero.give_item(name)
    assert hero.order(
        UnitOrder.DISASSEMBLE_ITEM, item=0) == OrderResult.CANNOT_DISASSEMBLE


def test_what_was_got_for_nothing_is_worth_nothing_in_parts(arena, hero):
    """Source: guess."""
    hero.give_item("item_radiance")
    hero.item(0).owner = int(hero.player)
    assert hero.order(UnitOrder.DISASSEMBLE_ITEM, item=0) == OrderResult.ACCEPTED
    assert [hero.item(slot).worth for slot in hero.items] == [0, 0]


def test_taking_apart_needs_room(hero):
    """Source: guess."""
    hero.go_to_secret_shop()
    hero.buy("item_vitality_booster", "item_ring_of_health")
    hero.go_home()
    hero.buy("item_vanguard", *["item_gauntlets"] * 8)
    assert hero.order(UnitOrder.DISASSEMBLE_ITEM, item=0) == OrderResult.INVENTORY_FULL


def test_items_are_dropped_and_picked_up(arena, hero):
    """Source: Liquipedia inventory, 7.41d; the reach is a guess."""
    hero.buy("item_gauntlets")
    hero.place((0, 0))
    assert drop(hero, 0, (500, 0)) == OrderResult.ACCEPTED
    arena.run_until(lambda: not hero.items, within=3.0)
    [ground] = on_ground(arena)
    assert (ground.x - arena.origin[0], ground.y - arena.origin[1]) == (500, 0)
    assert name_of(arena, ground) == "item_gauntlets"
    assert hero.player_record.net_worth == hero.gold
    handle = int(ground.handle)
    hero.place((-300, 0))
    assert hero.order(UnitOrder.PICKUP_ITEM, target=handle) == OrderResult.ACCEPTED
    arena.run_until(lambda: hero.items == {0: "item_gauntlets"}, within=5.0)
    assert on_ground(arena) == []
    assert hero.order(UnitOrder.PICKUP_ITEM, target=handle) == OrderResult.NO_TARGET


def test_items_are_handed_to_allies(arena, hero):
    """Source: Liquipedia item_sharing, 7.41d."""
    friend = arena.spawn(AXE)
    hero.buy("item_gauntlets")
    hero.place((0, 0))
    friend.place((600, 0))
    assert hero.order(UnitOrder.GIVE_ITEM, item=0, target=friend) == OrderResult.ACCEPTED
    arena.run_until(lambda: friend.items == {0: "item_gauntlets"}, within=4.0)
    assert hero.items == {}
    assert len(arena.told(EventKind.ITEM_GIVEN, player=0)) == 1
    friend.go_home()
    assert friend.order(UnitOrder.SELL_ITEM, item=0) == OrderResult.NOT_YOUR_ITEM
    friend.earn(1000)
    friend.buy("item_circlet", "item_recipe_bracer")
    assert len(friend.items) == 3


def test_who_has_no_room_takes_nothing(arena, hero):
    """Source: Liquipedia item_sharing, 7.41d."""
    friend = arena.spawn(AXE)
    friend.earn(5000)
    friend.go_home()
    friend.buy(*["item_gauntlets"] * 9)
    hero.buy("item_circlet")
    hero.order(UnitOrder.GIVE_ITEM, item=0, target=friend)
    arena.run(1.0)
    assert hero.items == {0: "item_circlet"}
    [told] = arena.told(EventKind.ORDER_REFUSED)
    assert told.reason == OrderResult.INVENTORY_FULL


def test_enemies_leave_items_alone_but_for_what_the_dead_lose(arena, hero):
    """Source: Liquipedia item_sharing, gem_of_true_sight, 7.41d."""
    foe = arena.spawn(AXE, at=(0, 200), team=Team.BADGUYS, damage=0.0)
    hero.buy("item_gauntlets", "item_gem")
    hero.place((0, 0))
    drop(hero, 0, (0, 0))
    arena.run(0.5)
    hero.kill(by=foe)
    arena.run(0.2)
    grounds = {name_of(arena, ground): ground for ground in on_ground(arena)}
    assert set(grounds) == {"item_gauntlets", "item_gem"}
    assert hero.items == {SCROLL_SLOT: "item_tpscroll"}
    pick = UnitOrder.PICKUP_ITEM
    assert foe.order(
        pick, target=int(grounds["item_gauntlets"].handle)) == OrderResult.NOT_YOUR_ITEM
    assert foe.order(pick, target=int(grounds["item_gem"].handle)) == OrderResult.ACCEPTED
    arena.run_until(lambda: foe.items == {0: "item_gem"}, within=2.0)


def test_what_lies_in_the_stash_can_be_ejected(arena, hero):
    """Source: dotaunitorder_t."""
    hero.buy("item_gauntlets")
    hero.place((0, 0))
    hero.buy("item_circlet")
    eject = UnitOrder.EJECT_ITEM_FROM_STASH
    assert hero.order(eject, item=0) == OrderResult.NOT_IN_STASH
    assert hero.order(eject, item=STASH_SLOT) == OrderResult.ACCEPTED
    assert hero.items == {0: "item_gauntlets"}
    assert [name_of(arena, ground) for ground in on_ground(arena)] == ["item_circlet"]


def test_refused_orders_about_items_tell_why(arena, hero):
    """Source: a refused order is a told no-op."""
    creep = arena.spawn("npc_dota_creep_goodguys_melee")
    hero.buy("item_gauntlets")
    before = hero.items
    order = UnitOrder
    cases = [
        (OrderResult.NO_ITEM, order.MOVE_ITEM, {"item": 1, "target": 0}),
        (OrderResult.NO_ITEM, order.MOVE_ITEM, {"item": -1, "target": 0}),
        (OrderResult.NO_ITEM, order.MOVE_ITEM, {"item": 99, "target": 0}),
        (OrderResult.BAD_SLOT, order.MOVE_ITEM, {"item": 0, "target": SCROLL_SLOT}),
        (OrderResult.BAD_SLOT, order.MOVE_ITEM, {"item": 0, "target": -1}),
        (OrderResult.NO_ITEM, order.DROP_ITEM, {"item": 3}),
        (OrderResult.OUT_OF_MAP, order.DROP_ITEM, {"item": 0, "position": (1e6, 0)}),
        (OrderResult.NO_TARGET, order.GIVE_ITEM, {"item": 0}),
        (OrderResult.TARGET_IS_SELF, order.GIVE_ITEM, {"item": 0, "target": hero}),
        (OrderResult.TARGET_CANNOT_HOLD_ITEMS, order.GIVE_ITEM, {"item": 0, "target": creep}),
        (OrderResult.NO_TARGET, order.PICKUP_ITEM, {"target": 12345}),
        (OrderResult.NO_TARGET, order.PICKUP_ITEM, {"target": hero}),
        (OrderResult.NO_ITEM, order.DISASSEMBLE_ITEM, {"item": SCROLL_SLOT}),
        (OrderResult.NO_ITEM, order.SET_ITEM_COMBINE_LOCK, {"item": 2}),
        (OrderResult.NO_ITEM, order.EJECT_ITEM_FROM_STASH, {"item": STASH_SLOT}),
    ]
    for reason, kind, fields in cases:
        assert hero.order(kind, **fields) == reason, (kind, fields)
        assert hero.items == before
    assert len(arena.told(EventKind.ORDER_REFUSED)) == len(cases)


def test_a_full_ground_takes_no_more(arena, hero):
    """A full table is told, never a silent loss."""
    hero.buy("item_gauntlets")
    for ground in arena.tables.ground_items:
        ground.handle = 1
    assert drop(hero, 0, (0, 0)) == OrderResult.GROUND_FULL
    assert hero.items == {0: "item_gauntlets"}
