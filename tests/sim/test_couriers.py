"""Couriers: what they carry, and what becomes of them."""

import pytest

from dota_env_rpc.match.enums import (
    FLYING,
    INVULNERABLE,
    CourierAbility,
    CourierState,
    EventKind,
    GoldReason,
    OrderResult,
    Team,
    UnitOrder,
    UnitType,
)
from dota_env_rpc.match.tables import COURIER_SLOT, STASH_SLOT

SNIPER = "npc_dota_hero_sniper"
AXE = "npc_dota_hero_axe"
FAR = (2000, 2000)


@pytest.fixture
def hero(arena):
    """A hero with 10,000 gold, and its courier, 2,800 map units from its fountain."""
    hero = arena.spawn(SNIPER)
    hero.earn(10_000)
    hero.go_home()
    arena.around(hero)
    hero.place(FAR)
    arena.run(0.1)
    return hero


@pytest.fixture
def courier(arena, hero):
    [courier] = arena.units(UnitType.COURIER)
    return courier


def send(hero, courier, ability):
    return hero.order(UnitOrder.CAST_NO_TARGET, unit=courier.handle, ability=ability)


def reach_level(arena, hero, level):
    hero.give_experience(
        float(arena.rules.xp_total_at_level[level - 1]) - float(hero.player_record.xp))
    arena.run(0.1)


def test_every_player_has_a_courier_at_its_fountain(arena, hero, courier):
    """Source: npc_units.txt 7.41e; 290 + 10 a level, Liquipedia courier, 7.41d."""
    assert hero.player_record.courier == courier.handle
    assert hero.player_record.courier_state == CourierState.AT_BASE
    assert courier.move_speed == 300
    assert courier.max_health == 6
    assert not courier.states & FLYING


def test_it_brings_the_stash_to_its_hero_and_goes_home(arena, hero, courier):
    """Source: courier_take_stash_and_transfer_items, npc_abilities.txt 7.41e."""
    hero.buy("item_gauntlets", "item_circlet")
    home = float(courier.x), float(courier.y)
    assert send(hero, courier, CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS) == OrderResult.ACCEPTED
    arena.run(0.1)
    assert set(hero.items) == {COURIER_SLOT, COURIER_SLOT + 1}
    assert hero.player_record.courier_state == CourierState.DELIVERING_ITEMS
    arena.run_until(lambda: set(hero.items) == {0, 1}, within=20.0)
    assert courier.distance(hero) <= arena.rules.item_reach
    at_base = CourierState.AT_BASE
    arena.run_until(lambda: hero.player_record.courier_state == at_base, within=20.0)
    assert abs(courier.x - home[0]) + abs(courier.y - home[1]) < 300


def test_what_finds_no_room_comes_back(arena, hero, courier):
    """Source: Liquipedia courier, 7.41d."""
    hero.place((0, 0))
    hero.buy(*["item_gauntlets"] * 9)
    hero.place(FAR)
    hero.buy("item_circlet")
    send(hero, courier, CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS)
    arena.run(0.1)
    assert hero.items[COURIER_SLOT] == "item_circlet"
    arena.run_until(lambda: hero.items.get(STASH_SLOT) == "item_circlet", within=40.0)


def test_it_turns_back_when_its_hero_dies(arena, hero, courier):
    """Source: guess; Liquipedia courier, 7.41d."""
    foe = arena.spawn(AXE, at=(3000, 3000), team=Team.BADGUYS)
    hero.buy("item_circlet")
    send(hero, courier, CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS)
    arena.run(2.0)
    hero.kill(by=foe)
    arena.run(0.1)
    assert hero.player_record.courier_state == CourierState.RETURNING_TO_BASE
    arena.run_until(lambda: hero.items.get(STASH_SLOT) == "item_circlet", within=10.0)
    assert send(hero, courier, CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS) == (
        OrderResult.HERO_DEAD)


def test_it_buys_at_the_secret_shop(arena, hero, courier):
    """Source: courier_go_to_secretshop, npc_abilities.txt 7.41e."""
    assert send(hero, courier, CourierAbility.GO_TO_SECRETSHOP) == OrderResult.ACCEPTED
    assert hero.buy("item_void_stone") == OrderResult.NOT_AT_SECRET_SHOP
    there = CourierState.AT_SECRET_SHOP
    arena.run_until(lambda: hero.player_record.courier_state == there, within=60.0)
    assert hero.buy("item_void_stone") == OrderResult.ACCEPTED
    assert hero.items[COURIER_SLOT] == "item_void_stone"
    assert send(hero, courier, CourierAbility.TRANSFER_ITEMS) == OrderResult.ACCEPTED
    arena.run_until(lambda: hero.items.get(0) == "item_void_stone", within=60.0)


def test_it_goes_to_the_other_side_s_secret_shop(arena, hero, courier):
    """Source: courier_go_to_enemy_secretshop, npc_abilities.txt 7.41e."""
    courier.set(move_speed=5000.0)
    courier.body.base_move_speed = 5000.0
    places = []
    for ability in (CourierAbility.GO_TO_SECRETSHOP, CourierAbility.GO_TO_ENEMY_SECRETSHOP):
        send(hero, courier, ability)
        arena.run_until(lambda: hero.player_record.courier_state == CourierState.AT_SECRET_SHOP,
                        within=120.0)
        places.append((float(courier.x), float(courier.y)))
    shops = zip(arena.patch.record.secret_shop_x, arena.patch.record.secret_shop_y)
    radius = arena.rules.shop_secret_radius
    assert {min(range(2), key=lambda i: abs(place[0] - places[i][0]) + abs(place[1] - places[i][1]))
            for place in shops} == {0, 1}
    assert all(any((x - a) ** 2 + (y - b) ** 2 < radius ** 2 for a, b in zip(
        arena.patch.record.secret_shop_x, arena.patch.record.secret_shop_y)) for x, y in places)


def test_it_takes_what_its_hero_hands_it(arena, hero, courier):
    """Source: DOTA_UNIT_ORDER_GIVE_ITEM."""
    hero.place((0, 0))
    hero.buy("item_circlet")
    assert hero.order(UnitOrder.GIVE_ITEM, item=0, target=courier.handle) == OrderResult.ACCEPTED
    arena.run_until(lambda: hero.items.get(COURIER_SLOT) == "item_circlet", within=5.0)


@pytest.mark.parametrize(("there", "charges"), [(True, 3), (False, 0)])
def test_a_bottle_that_it_carries_is_filled_at_its_fountain(arena, hero, courier, there, charges):
    if not there:
        courier.place(FAR)
    hero.give_item("item_bottle", place=COURIER_SLOT, charges=0)
    arena.run(0.6)
    assert hero.item(COURIER_SLOT).charges == charges


def test_it_takes_a_bottle_home_and_back_full(arena, hero, courier):
    hero.give_item("item_bottle", charges=0)
    courier.place((FAR[0] - 100, FAR[1]))
    hero.order(UnitOrder.GIVE_ITEM, item=0, target=courier)
    arena.run(0.1)
    send(hero, courier, CourierAbility.RETURN_STASH_ITEMS)
    arena.run_until(lambda: STASH_SLOT in hero.items, 20.0)
    send(hero, courier, CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS)
    arena.run_until(lambda: 0 in hero.items, 20.0)
    assert hero.item(0).charges == 3


def test_it_flies_from_level_4_on(arena, hero, courier):
    """Source: Liquipedia courier, 7.41d."""
    reach_level(arena, hero, 3)
    assert not courier.states & FLYING
    reach_level(arena, hero, 4)
    assert courier.states & FLYING
    assert courier.move_speed == 330


def test_it_bursts_from_level_10_on(arena, hero, courier):
    """Source: courier_burst, npc_abilities.txt 7.41e: 50 faster for 6 s, every 120 s."""
    assert send(hero, courier, CourierAbility.BURST) == OrderResult.LEVEL_TOO_LOW
    reach_level(arena, hero, 10)
    assert send(hero, courier, CourierAbility.BURST) == OrderResult.ACCEPTED
    arena.run(0.1)
    assert courier.move_speed == 290 + 100 + 50
    assert arena.lasts(lambda: courier.move_speed == 440) == pytest.approx(5.9, abs=0.05)
    assert send(hero, courier, CourierAbility.BURST) == OrderResult.ABILITY_ON_COOLDOWN
    arena.run(114.1)
    assert send(hero, courier, CourierAbility.BURST) == OrderResult.ACCEPTED


def test_its_shield_from_level_20_on_keeps_it_from_harm(arena, hero, courier):
    """Source: courier_shield, npc_abilities.txt 7.41e: 2 s, every 200 s."""
    assert send(hero, courier, CourierAbility.SHIELD) == OrderResult.LEVEL_TOO_LOW
    reach_level(arena, hero, 20)
    courier.place(FAR)
    arena.run(0.1)
    assert not courier.states & INVULNERABLE
    assert send(hero, courier, CourierAbility.SHIELD) == OrderResult.ACCEPTED
    arena.run(0.1)
    assert arena.lasts(lambda: courier.states & INVULNERABLE) == pytest.approx(1.9, abs=0.05)
    arena.run(197.9)
    assert send(hero, courier, CourierAbility.SHIELD) == OrderResult.ABILITY_ON_COOLDOWN
    arena.run(0.2)
    assert send(hero, courier, CourierAbility.SHIELD) == OrderResult.ACCEPTED


def test_at_its_fountain_it_cannot_be_hurt(arena, hero, courier):
    """Source: Liquipedia courier, 7.41d."""
    assert courier.states & INVULNERABLE
    courier.place(FAR)
    arena.run(0.1)
    assert not courier.states & INVULNERABLE


@pytest.mark.parametrize("name, hits", [
    (AXE, 1), (SNIPER, 2), ("npc_dota_creep_badguys_melee", 6)])
def test_so_many_attacks_kill_it(arena, hero, courier, name, hits):
    """Source: patch notes 7.35: 1 of a melee hero, 2 of a ranged one, 6 of others."""
    courier.place((2000, 0))
    arena.run(arena.rules.fountain_linger + 0.2)
    foe = arena.spawn(name, at=(2100, 0), team=Team.BADGUYS)
    arena.run(0.1)
    foe.attack(courier)
    arena.run_until(lambda: not courier.alive, within=20.0)
    assert len(arena.wounds(courier)) == hits


def test_its_death_pays_the_enemies_and_it_comes_back_with_its_load(arena, hero, courier):
    """Source: 25 + 5 gold a level, Liquipedia gold; 45 + 5 s a level, patch notes 7.40."""
    foe = arena.spawn(AXE, at=(3000, 3000), team=Team.BADGUYS)
    hero.buy("item_gauntlets")
    send(hero, courier, CourierAbility.TAKE_STASH_ITEMS)
    arena.run(0.1)
    courier.place(FAR)
    arena.run(0.1)
    courier.kill(by=foe)
    died = arena.seconds
    [told] = arena.told(EventKind.GOLD, reason=GoldReason.COURIER)
    assert (told.player, told.value) == (5, 30)
    assert len(arena.told(EventKind.COURIER_KILLED)) == 1
    assert hero.player_record.courier_state == CourierState.DEAD
    assert hero.order(UnitOrder.STOP, unit=courier.handle) == OrderResult.NOT_YOUR_UNIT
    assert hero.items[COURIER_SLOT] == "item_gauntlets"
    back = arena.run_until(lambda: hero.player_record.courier != 0, within=60.0)
    assert back - died == pytest.approx(50, abs=0.1)
    assert hero.items[COURIER_SLOT] == "item_gauntlets"
    assert foe.player_record.last_hits == 0


@pytest.mark.parametrize("kind", [UnitOrder.MOVE_TO_POSITION, UnitOrder.MOVE_TO_DIRECTION])
def test_it_goes_where_it_is_told_and_follows(arena, hero, courier, kind):
    """Source: dotaunitorder_t."""
    hero.order(kind, unit=courier.handle, position=(1500, 2000))
    assert hero.player_record.courier_state == CourierState.MOVING
    idle = CourierState.IDLE
    arena.run_until(lambda: hero.player_record.courier_state == idle, within=30.0)
    assert courier.distance(hero) == pytest.approx(500, abs=2)
    hero.order(UnitOrder.MOVE_TO_TARGET, unit=courier.handle, target=hero.handle)
    arena.run(3.0)
    assert courier.distance(hero) < 150
    hero.order(UnitOrder.STOP, unit=courier.handle)
    assert hero.player_record.courier_state == idle


def test_refused_orders_to_it_tell_why(arena, hero, courier):
    """Source: a refused order is a told no-op."""
    foe = arena.spawn(AXE, at=(3000, 3000), team=Team.BADGUYS)
    for ability in (CourierAbility.TAKE_STASH_ITEMS, CourierAbility.TRANSFER_ITEMS,
                    CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS):
        assert send(hero, courier, ability) == OrderResult.NOTHING_TO_DELIVER
    for ability in (-1, 6, 13):
        assert send(hero, courier, ability) == OrderResult.NO_ABILITY
    expected = {
        UnitOrder.ATTACK_MOVE: OrderResult.CANNOT_ATTACK,
        UnitOrder.SELL_ITEM: OrderResult.UNSUPPORTED_ORDER,
        UnitOrder.GLYPH: OrderResult.UNSUPPORTED_ORDER,
        UnitOrder.CAST_POSITION: OrderResult.WRONG_ORDER,
    }
    for kind, result in expected.items():
        assert hero.order(kind, unit=courier.handle) == result
    assert hero.order(UnitOrder.MOVE_TO_POSITION, unit=courier.handle,
                      position=(1e6, 0)) == OrderResult.OUT_OF_MAP
    assert hero.order(UnitOrder.MOVE_TO_TARGET, unit=courier.handle,
                      target=courier.handle) == OrderResult.TARGET_IS_SELF
    assert foe.order(UnitOrder.STOP, unit=courier.handle) == OrderResult.NOT_YOUR_UNIT
    assert hero.player_record.courier_state == CourierState.AT_BASE
    send(hero, courier, CourierAbility.GO_TO_SECRETSHOP)
    assert hero.order(UnitOrder.STOP, unit=courier.handle, queue=True) == OrderResult.QUEUE_FULL
