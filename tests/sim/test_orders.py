"""Orders: what heroes do, and what the rules refuse."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder
from dota_env_rpc.match.tables import MAX_UNITS

MUERTA = "npc_dota_hero_muerta"
LINA = "npc_dota_hero_lina"
CREEP = "npc_dota_creep_badguys_melee"
OWN = "npc_dota_creep_goodguys_melee"


def at(arena, unit):
    return unit.x - arena.origin[0], unit.y - arena.origin[1]


def test_a_hero_walks_where_it_is_told_at_its_speed(arena):
    """Source: npc_heroes.txt 7.41f."""
    hero = arena.spawn(LINA, move_speed=300.0)
    hero.move((900, 0))
    arena.run_until(lambda: at(arena, hero) == pytest.approx((900, 0), abs=2.0), within=3.1)
    arena.run(0.5)
    assert hero.body.order == UnitOrder.NONE


def test_a_hero_follows_a_unit(arena):
    """Source: FollowRange 100, npc_heroes.txt 7.41f."""
    hero = arena.spawn(LINA)
    friend = arena.spawn(MUERTA, at=(600, 0))
    assert hero.order(UnitOrder.MOVE_TO_TARGET, target=friend) == OrderResult.ACCEPTED
    arena.run(4.0)
    assert hero.distance(friend) <= 130
    friend.place((600, 900))
    arena.run(5.0)
    assert hero.distance(friend) <= 130


def test_an_ordered_attack_goes_on_until_the_target_is_dead(arena):
    """Source: game glossary 7.41e."""
    hero = arena.spawn(MUERTA)
    creep = arena.spawn(CREEP, at=(1200, 0), damage=0.0)
    other = arena.spawn(CREEP, at=(500, 300), damage=0.0)
    hero.attack(creep)
    arena.run_until(lambda: not creep.alive, within=40.0)
    arena.run(1.0)
    assert other.alive
    assert other.health == other.max_health
    assert hero.body.order == UnitOrder.NONE


def test_a_lost_target_is_looked_for_where_it_was_last_seen(arena):
    """Source: game glossary 7.41e."""
    hero = arena.spawn(MUERTA)
    lina = arena.spawn(LINA, at=(900, 0), team=Team.BADGUYS)
    hero.attack(lina)
    hero.set(vision_day=500.0)
    arena.run(0.2)
    assert hero.body.order == UnitOrder.ATTACK_MOVE
    lina.place((900, 1500))
    arena.run_until(lambda: at(arena, hero) == pytest.approx((900, 0), abs=3.0), within=5.0)


@pytest.mark.parametrize("order", [UnitOrder.STOP, UnitOrder.HOLD_POSITION])
def test_stop_and_hold_end_what_a_hero_does_and_its_queue(arena, order):
    """Source: game glossary 7.41e."""
    hero = arena.spawn(LINA)
    hero.move((900, 0))
    hero.move((900, 900), queue=True)
    arena.run(1.0)
    assert hero.order(order) == OrderResult.ACCEPTED
    stood = at(arena, hero)
    arena.run(2.0)
    assert at(arena, hero) == stood


def test_patrol_goes_back_and_forth_and_attacks(arena):
    """Source: game glossary 7.41e: attack-move back and forth."""
    hero = arena.spawn(MUERTA)
    hero.order(UnitOrder.PATROL, position=(600, 0))
    arena.run_until(lambda: at(arena, hero)[0] > 595, within=4.0)
    arena.run_until(lambda: at(arena, hero)[0] < 5, within=4.0)
    arena.run_until(lambda: at(arena, hero)[0] > 595, within=4.0)
    creep = arena.spawn(CREEP, at=(600, 500), damage=0.0)
    arena.run_until(lambda: creep.health < creep.max_health, within=4.0)


def test_queued_orders_are_done_one_after_the_other(arena):
    """Source: shift queue, game glossary 7.41e."""
    hero = arena.spawn(MUERTA)
    creep = arena.spawn(CREEP, at=(0, 700), damage=0.0, health=60.0)
    hero.move((300, 0))
    hero.order(UnitOrder.HOLD_POSITION, queue=True)
    hero.attack(creep, queue=True)
    hero.move((0, -300), queue=True)
    arena.run_until(lambda: at(arena, hero) == pytest.approx((300, 0), abs=2), within=2.0)
    assert creep.alive
    arena.run_until(lambda: not creep.alive, within=8.0)
    arena.run_until(lambda: at(arena, hero) == pytest.approx((0, -300), abs=2), within=8.0)


def test_a_queued_order_that_has_become_impossible_is_left_out(arena):
    """Source: guess."""
    hero = arena.spawn(MUERTA)
    creep = arena.spawn(CREEP, at=(0, 700))
    hero.move((300, 0))
    hero.attack(creep, queue=True)
    hero.move((600, 0), queue=True)
    creep.kill()
    arena.run_until(lambda: at(arena, hero) == pytest.approx((600, 0), abs=2), within=4.0)


def test_no_more_than_16_orders_wait(arena):
    """Source: guess."""
    hero = arena.spawn(LINA)
    results = [hero.move((1000, i), queue=True) for i in range(20)]
    assert results == [OrderResult.ACCEPTED] * 17 + [OrderResult.QUEUE_FULL] * 3


@pytest.mark.parametrize("part, denied", [(0.51, False), (0.49, True)])
def test_own_creeps_can_be_denied_below_half_of_their_health(arena, part, denied):
    """Source: Liquipedia denying@2379552."""
    hero = arena.spawn(MUERTA)
    creep = arena.spawn(OWN, at=(300, 0), health_regen=0.0)
    creep.set(health=creep.max_health * part)
    assert hero.attack(creep) == OrderResult.ACCEPTED
    arena.run(4.0)
    assert (creep.health < creep.max_health * part) == denied


def test_own_heroes_cannot_be_denied(arena):
    """Source: Liquipedia denying@2379552."""
    hero = arena.spawn(MUERTA)
    friend = arena.spawn(LINA, at=(300, 0), health_regen=0.0)
    friend.set(health=50.0)
    hero.attack(friend)
    arena.run(3.0)
    assert friend.health == 50.0


def refusals(arena):
    hero = arena.spawn(MUERTA)
    creep = arena.spawn(CREEP, at=(300, 0))
    gone = arena.spawn(CREEP, at=(300, 0))
    gone.kill()
    hidden = arena.spawn(CREEP, at=(2400, 0))
    hidden.record.visible_to = 1 << Team.BADGUYS
    target, position = UnitOrder.ATTACK_TARGET, UnitOrder.MOVE_TO_POSITION
    return hero, [
        (OrderResult.UNKNOWN_ORDER, 41, {}),
        (OrderResult.UNSUPPORTED_ORDER, UnitOrder.RADAR, {}),
        (OrderResult.NOT_YOUR_UNIT, position, {"unit": creep.handle}),
        (OrderResult.NO_TARGET, target, {}),
        (OrderResult.TARGET_DEAD, target, {"target": gone.handle}),
        (OrderResult.TARGET_NOT_VISIBLE, target, {"target": hidden.handle}),
        (OrderResult.TARGET_IS_SELF, target, {"target": hero.handle}),
        (OrderResult.TARGET_INVULNERABLE, target,
         {"target": arena.building("npc_dota_badguys_fort").handle}),
        (OrderResult.OUT_OF_MAP, position, {"position": (1e6, 0.0)}),
        (OrderResult.OUT_OF_MAP, position, {"position": (float("nan"), 0.0)}),
        (OrderResult.NO_ABILITY, UnitOrder.TRAIN_ABILITY, {"ability": -1}),
        (OrderResult.NO_ABILITY, UnitOrder.TRAIN_ABILITY, {"ability": 24}),
        (OrderResult.NOT_LEARNABLE, UnitOrder.TRAIN_ABILITY, {"ability": 0}),
        (OrderResult.GLYPH_ON_COOLDOWN, UnitOrder.GLYPH, {}),
        (OrderResult.HERO_ALIVE, UnitOrder.BUYBACK, {}),
    ]


def test_a_refused_order_tells_its_reason_and_changes_nothing(arena):
    """Source: dotaunitorder_t; an order the rules refuse is a told no-op."""
    hero, cases = refusals(arena)
    hero.move((0, 500))
    for reason, kind, fields in cases:
        seen = len(arena.events)
        hero.record.visible_to = 12
        arena.tables.units[hero.handle % MAX_UNITS].visible_to = 12
        assert hero.order(kind, **fields) == reason
        told = [event for event in arena.events[seen:] if event.kind == EventKind.ORDER_REFUSED]
        assert [(event.reason, event.value) for event in told] == [(reason, float(kind))]
        assert hero.body.order == UnitOrder.MOVE_TO_POSITION
    assert hero.player_record.orders_refused == len(cases)


def test_the_dead_take_no_orders(arena):
    """Source: dotaunitorder_t."""
    hero = arena.spawn(MUERTA)
    hero.kill()
    assert hero.move((0, 0)) == OrderResult.HERO_DEAD
    assert hero.order(UnitOrder.NONE) == OrderResult.HERO_DEAD


def test_no_order_is_taken_once_the_match_is_over(arena):
    """Source: dotaunitorder_t."""
    hero = arena.spawn(MUERTA)
    fort = arena.building("npc_dota_badguys_fort")
    fort.set(states=0)
    fort.kill()
    tick = int(arena.tables.tick)
    assert hero.move((0, 0)) == OrderResult.MATCH_OVER
    assert arena.tables.tick == tick


def test_a_handle_never_names_another_unit(arena):
    """Rows are used again, handles are not."""
    first = arena.spawn(CREEP)
    first.kill()
    second = arena.spawn(CREEP)
    assert second.handle % MAX_UNITS == first.handle % MAX_UNITS
    assert second.handle != first.handle
    assert not first.alive
    hero = arena.spawn(MUERTA)
    assert hero.attack(first) == OrderResult.TARGET_DEAD


def test_units_that_find_no_room_are_counted_and_told(arena):
    """A full table is an event, never a crash."""
    free = MAX_UNITS - len(arena.buildings())
    for _ in range(free):
        arena.spawn(CREEP, acquisition_range=0.0)
    for _ in range(300 - free):
        with pytest.raises(RuntimeError):
            arena.spawn(CREEP)
    assert arena.tables.table_full[0] == 300 - free
    assert len(arena.told(EventKind.TABLE_FULL)) == 300 - free


@pytest.mark.parametrize("kind", [UnitOrder.CAST_TOGGLE_AUTO, UnitOrder.CAST_TOGGLE_ALT])
def test_an_item_has_no_autocast_and_no_other_way_to_be_cast(arena, kind):
    hero = arena.spawn("npc_dota_hero_muerta")
    hero.give_item("item_tpscroll", place=15)
    assert hero.order(kind, item=15) == OrderResult.WRONG_ORDER
