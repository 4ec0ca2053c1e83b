"""Orders to the units that a player has beside its hero: summons, illusions, dominated creeps."""

import pytest

from dota_env_rpc.match.enums import OrderResult, Team, UnitOrder

CRYSTAL_MAIDEN = "npc_dota_hero_crystal_maiden"
AXE = "npc_dota_hero_axe"
MELEE = "npc_dota_creep_badguys_melee"
KOBOLD = "npc_dota_neutral_centaur_khan"


@pytest.fixture
def hero(arena):
    """A hero with a Helm of the Dominator, ready to be used."""
    hero = arena.spawn(CRYSTAL_MAIDEN, level=10)
    hero.give_item("item_helm_of_the_dominator")
    arena.run(0.1)
    return hero


@pytest.fixture
def creep(arena, hero):
    """A creep that the hero dominates."""
    creep = arena.spawn(KOBOLD, at=(200, 0), team=Team.NEUTRALS)
    hero.use("item_helm_of_the_dominator", target=creep)
    arena.run_until(lambda: creep.player == hero.player, within=3.0)
    return creep


def order(hero, unit, kind, **fields):
    return hero.order(kind, unit=unit.handle, **fields)


def test_it_goes_where_it_is_told_and_then_back_to_its_hero(arena, hero, creep):
    """Source: dotaunitorder_t; that it comes back by itself is a guess."""
    assert order(hero, creep, UnitOrder.MOVE_TO_POSITION, position=(900, 0)) == OrderResult.ACCEPTED
    arena.run_until(lambda: creep.distance(hero) > 890, within=5.0)
    arena.run_until(lambda: creep.distance(hero) < 350, within=5.0)
    assert (hero.x, hero.y) == arena.origin


def test_it_holds_its_position(arena, hero, creep):
    """Source: game glossary 7.41e."""
    order(hero, creep, UnitOrder.HOLD_POSITION)
    place = float(creep.x), float(creep.y)
    foe = arena.spawn(MELEE, at=(300, 300))
    hero.move((-1500, 0))
    arena.run(2.0)
    assert (creep.x, creep.y) == place
    assert foe.health == foe.max_health
    order(hero, creep, UnitOrder.STOP)
    arena.run_until(lambda: foe.health < foe.max_health, within=5.0)


def test_it_attacks_whom_it_is_told_to_and_nobody_on_its_way(arena, hero, creep):
    """Source: dotaunitorder_t."""
    near = arena.spawn(MELEE, at=(300, 0))
    far = arena.spawn(MELEE, at=(900, 0))
    assert order(hero, creep, UnitOrder.ATTACK_TARGET, target=far) == OrderResult.ACCEPTED
    arena.run_until(lambda: far.health < far.max_health, within=10.0)
    assert near.health == near.max_health


def test_it_attacks_whom_it_meets_as_it_moves(arena, hero, creep):
    """Source: dotaunitorder_t."""
    near = arena.spawn(MELEE, at=(600, 0))
    order(hero, creep, UnitOrder.ATTACK_MOVE, position=(1500, 0))
    arena.run_until(lambda: near.health < near.max_health, within=5.0)


def test_it_follows_whom_it_is_told_to(arena, hero, creep):
    """Source: dotaunitorder_t."""
    friend = arena.spawn(AXE, at=(-900, 0))
    order(hero, creep, UnitOrder.MOVE_TO_TARGET, target=friend)
    arena.run(5.0)
    assert creep.distance(friend) < 250


def test_an_illusion_takes_orders(arena, hero):
    """Source: dotaunitorder_t."""
    axe = arena.spawn(AXE, at=(0, 500))
    axe.give_item("item_manta")
    axe.use("item_manta")
    arena.run(1.0)
    illusion = next(row for row in arena.tables.units
                    if row.handle and row.player == axe.player and row.handle != axe.handle
                    and row.definition == axe.definition)
    assert axe.order(UnitOrder.MOVE_TO_POSITION, unit=int(illusion.handle),
                     position=(1000, 500)) == OrderResult.ACCEPTED
    arena.run_until(lambda: illusion.x > arena.origin[0] + 990, within=5.0)


def test_refused_orders_tell_why(arena, hero, creep):
    """Source: a refused order is a told no-op."""
    foe = arena.spawn(AXE, at=(0, 900), team=Team.BADGUYS)
    assert foe.order(UnitOrder.STOP, unit=creep.handle) == OrderResult.NOT_YOUR_UNIT
    assert order(hero, foe, UnitOrder.STOP) == OrderResult.NOT_YOUR_UNIT
    assert hero.order(UnitOrder.STOP, unit=12345) == OrderResult.NOT_YOUR_UNIT
    assert order(hero, creep, UnitOrder.CAST_NO_TARGET, ability=0) == OrderResult.NO_ABILITY
    assert order(hero, creep, UnitOrder.TRAIN_ABILITY) == OrderResult.UNSUPPORTED_ORDER
    assert order(hero, creep, UnitOrder.ATTACK_TARGET) == OrderResult.NO_TARGET
    assert order(hero, creep, UnitOrder.ATTACK_TARGET, target=creep) == OrderResult.TARGET_IS_SELF
    assert order(hero, creep, UnitOrder.MOVE_TO_POSITION,
                 position=(1e6, 0)) == OrderResult.OUT_OF_MAP
    order(hero, creep, UnitOrder.MOVE_TO_POSITION, position=(1000, 0))
    assert order(hero, creep, UnitOrder.STOP, queue=True) == OrderResult.QUEUE_FULL


def test_a_healing_ward_walks_but_does_not_attack(arena):
    """Source: AttackCapabilities, npc_units.txt 7.41e."""
    juggernaut = arena.spawn("npc_dota_hero_juggernaut", level=10)
    juggernaut.learn(juggernaut_healing_ward=1)
    foe = arena.spawn(MELEE, at=(600, 0))
    juggernaut.perform("juggernaut_healing_ward", point=(300, 0))
    arena.run(0.1)
    ward = next(row for row in arena.tables.units
                if row.handle and row.player == juggernaut.player and row.max_health < 100
                and row.move_speed > 300 and row.handle != juggernaut.player_record.courier)
    assert juggernaut.order(UnitOrder.ATTACK_MOVE, unit=int(ward.handle)) == (
        OrderResult.CANNOT_ATTACK)
    arena.run(3.0)
    assert foe.health == foe.max_health
    assert juggernaut.order(UnitOrder.MOVE_TO_POSITION, unit=int(ward.handle),
                            position=(-500, 0)) == OrderResult.ACCEPTED
    arena.run_until(lambda: ward.x < arena.origin[0] - 300, within=5.0)


def test_an_observer_ward_stays_where_it_is(arena):
    """Source: MovementCapabilities, npc_units.txt 7.41e."""
    hero = arena.spawn(AXE)
    hero.give_item("item_ward_observer", charges=1)
    hero.use("item_ward_observer", point=(300, 0))
    arena.run(2.0)
    ward = next(row for row in arena.tables.units
                if row.handle and row.player == hero.player and row.handle != hero.handle
                and row.handle != hero.player_record.courier)
    place = float(ward.x), float(ward.y)
    hero.move((-1500, 0))
    arena.run(3.0)
    assert (ward.x, ward.y) == place
    assert hero.order(UnitOrder.MOVE_TO_POSITION, unit=int(ward.handle)) == OrderResult.CANNOT_MOVE
