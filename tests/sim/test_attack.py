"""Attacks: armor, classes, timing, reach, projectiles and misses."""

import math

import pytest

from dota_env_rpc.content.vocabulary import (
    ApplyModifier,
    Area,
    Damage,
    Delay,
    Modifier,
    TrackingProjectile,
)
from dota_env_rpc.match.enums import INVULNERABLE, SUMMONED, EventKind, Team, UnitOrder
from dota_env_rpc.match.words import Standard
from tests.sim.conftest import BLAST, stand

DAGGER = "npc_dota_hero_phantom_assassin"  # melee
MUERTA = "npc_dota_hero_muerta"
MELEE = "npc_dota_creep_{}_melee"
RANGED = "npc_dota_creep_{}_ranged"


def first_damage(arena, target, within=5.0):
    """Returns the hit points that the first wound of `target` takes."""
    arena.run_until(lambda: arena.told(EventKind.DAMAGE, subject=target), within)
    return arena.told(EventKind.DAMAGE, subject=target)[0].value


@pytest.mark.parametrize("armor, part", [(0, 1.0), (10, 0.625), (25, 0.4), (-10, 1.375)])
def test_armor_lets_a_part_of_physical_damage_through(arena, armor, part):
    """Source: 1 - 0.06 A / (1 + 0.06 |A|), Liquipedia armor@2374627."""
    muerta = arena.spawn(MUERTA, damage=100.0)
    creep = arena.spawn(
        MELEE.format("badguys"), at=(400, 0), armor=float(armor), move_speed=0.0)
    muerta.attack(creep)
    assert first_damage(arena, creep) == pytest.approx(100.0 * part)


HERO, MELEE_CREEP, RANGED_CREEP, SIEGE, TOWER = range(5)
UNITS = {
    HERO: MUERTA, MELEE_CREEP: MELEE.format("goodguys"), RANGED_CREEP: RANGED.format("goodguys"),
    SIEGE: "npc_dota_goodguys_siege",
}
TARGETS = {
    HERO: MUERTA, MELEE_CREEP: MELEE.format("badguys"), RANGED_CREEP: RANGED.format("badguys"),
    SIEGE: "npc_dota_badguys_siege",
}
FACTORS = {
    (HERO, HERO): 1.0, (HERO, MELEE_CREEP): 1.0, (HERO, SIEGE): 0.5, (HERO, TOWER): 0.5,
    (MELEE_CREEP, HERO): 0.75, (MELEE_CREEP, MELEE_CREEP): 1.0, (MELEE_CREEP, SIEGE): 0.7,
    (MELEE_CREEP, TOWER): 0.7,
    (RANGED_CREEP, HERO): 0.5, (RANGED_CREEP, RANGED_CREEP): 1.5, (RANGED_CREEP, SIEGE): 0.35,
    (RANGED_CREEP, TOWER): 0.35,
    (SIEGE, HERO): 1.0, (SIEGE, MELEE_CREEP): 1.0, (SIEGE, SIEGE): 2.5, (SIEGE, TOWER): 2.5,
    (TOWER, HERO): 1.0, (TOWER, MELEE_CREEP): 1.0, (TOWER, SIEGE): 2.5,
}


@pytest.mark.parametrize("attacker, target", FACTORS)
def test_kinds_of_attacker_and_target_make_a_factor(arena, attacker, target):
    """Source: creep_irresolute, creep_piercing and creep_siege, npc_abilities.txt 7.41e."""
    if TOWER in (attacker, target):
        tower = arena.building(f"npc_dota_{'good' if attacker == TOWER else 'bad'}guys_tower1_mid")
        arena.around(tower)
    if attacker == TOWER:
        striker = tower
        striker.set(damage=40.0)
    else:
        striker = arena.spawn(UNITS[attacker], at=(300, 0), damage=40.0)
    if target == TOWER:
        victim = tower
        victim.set(armor=0.0, damage=1.0)
    else:
        victim = arena.spawn(
            TARGETS[target], at=(380, 0), team=Team.BADGUYS, armor=0.0, damage=1.0,
            health=500.0, max_health=500.0, move_speed=0.0)
    if attacker == HERO:
        striker.attack(victim)
    arena.run_until(
        lambda: arena.told(EventKind.DAMAGE, subject=victim, object=striker), within=8.0)
    hit = arena.told(EventKind.DAMAGE, subject=victim, object=striker)[0].value
    assert hit == pytest.approx(40.0 * FACTORS[attacker, target])


@pytest.mark.parametrize("speed", [100.0, 137.0, 211.0])
def test_attacks_come_at_exact_intervals_on_average(arena, speed):
    """Source: base time * 100 / speed, Liquipedia attack_speed@2383425; fractions carry on."""
    pa = arena.spawn(DAGGER)
    pa.set(damage=1.0, attack_interval=1.7 * 100 / speed, attack_point=0.3 * 100 / speed)
    post = arena.spawn(MELEE.format("badguys"), at=(100, 0), health=1e6, max_health=1e6,
                       health_regen=0.0, damage=0.0, armor=0.0)
    ordered = arena.tables.tick
    pa.attack(post)
    arena.run(60.0)
    hits = [hit.tick for hit in arena.told(EventKind.DAMAGE, subject=post, object=pa)]
    mean = (hits[-1] - hits[0]) / (len(hits) - 1) / 30.0
    assert mean == pytest.approx(1.7 * 100 / speed, abs=1 / 30 / (len(hits) - 1))
    assert hits[0] - ordered - 1 == math.ceil(0.3 * 100 / speed * 30)


def test_an_attack_may_start_at_its_range_plus_both_bound_radii(arena):
    """Source: Liquipedia attack_range@2376555."""
    muerta = arena.spawn(MUERTA, attack_range=550.0, move_speed=0.0)
    reach = 550.0 + muerta.bound_radius
    creep = arena.spawn(MELEE.format("badguys"), at=(0, 0), move_speed=0.0)
    reach += creep.bound_radius
    creep.place((reach + 1.0, 0))
    muerta.attack(creep)
    arena.run(3.0)
    assert not arena.told(EventKind.DAMAGE, subject=creep)
    creep.place((reach - 1.0, 0))
    first_damage(arena, creep)


@pytest.mark.parametrize("beyond, hits", [(200.0, True), (300.0, False)])
def test_a_target_may_leave_by_the_buffer_during_the_swing(arena, beyond, hits):
    """Source: AttackRangeBuffer 250, npc_units.txt 7.41e."""
    muerta = arena.spawn(MUERTA, attack_range=550.0, move_speed=0.0)
    creep = arena.spawn(MELEE.format("badguys"), at=(550, 0), move_speed=0.0)
    muerta.attack(creep)
    assert muerta.attack_target == creep.handle
    creep.place((550.0 + muerta.bound_radius + creep.bound_radius + beyond, 0))
    arena.run(1.5)
    assert bool(arena.told(EventKind.DAMAGE, subject=creep)) == hits


def test_a_swing_that_is_broken_off_hits_nothing_and_leaves_the_next_free(arena):
    """Source: Liquipedia attack_animation@2383432."""
    muerta = arena.spawn(MUERTA)
    creep = arena.spawn(MELEE.format("badguys"), at=(400, 0), move_speed=0.0)
    muerta.attack(creep)
    muerta.stop()
    arena.run(0.5)
    assert not len(arena.tables.projectiles[:int(arena.tables.num_projectiles)])
    ordered = int(arena.tables.tick)
    muerta.attack(creep)
    arena.run_until(lambda: arena.tables.num_projectiles == 1, within=2.0)
    assert arena.tables.tick - ordered - 1 == math.ceil(muerta.attack_point * 30)


def test_a_blow_misses_a_target_that_is_far_beyond_its_reach_when_it_lands(arena):
    """Source: range + radii + 350, Liquipedia attack_animation@2383432."""
    pa = arena.spawn(DAGGER, move_speed=0.0)
    creep = arena.spawn(MELEE.format("badguys"), at=(120, 0), move_speed=0.0)
    pa.attack(creep)
    arena.run_until(lambda: arena.tables.tick == pa.body.swing_due_tick - 1, within=1.0)
    creep.place((pa.attack_range + pa.bound_radius + creep.bound_radius + 360.0, 0))
    arena.play_tick()
    assert arena.told(EventKind.MISS, subject=pa, object=creep)


def test_projectiles_fly_at_their_speed(arena):
    """Source: Liquipedia attack_animation@2383432; speed of npc_heroes.txt 7.41f."""
    muerta = arena.spawn(MUERTA)
    creep = arena.spawn(MELEE.format("badguys"), at=(600, 0), move_speed=0.0)
    muerta.attack(creep)
    launched = arena.run_until(lambda: arena.tables.num_projectiles == 1, within=2.0)
    landed = arena.run_until(lambda: arena.tables.num_projectiles == 0, within=2.0)
    assert landed - launched == pytest.approx(
        600.0 / muerta.projectile_speed, abs=2 * arena.tick_seconds)
    assert arena.told(EventKind.DAMAGE, subject=creep, object=muerta)


def test_a_projectile_follows_its_target(arena):
    """Source: Liquipedia attack_animation@2383432."""
    muerta = arena.spawn(MUERTA, projectile_speed=400.0)
    creep = arena.spawn(MELEE.format("badguys"), at=(600, 0), move_speed=0.0)
    muerta.attack(creep)
    arena.run_until(lambda: arena.tables.num_projectiles == 1, within=2.0)
    muerta.stop()
    creep.place((600, 500))
    arena.run_until(lambda: arena.told(EventKind.DAMAGE, subject=creep), within=3.0)


def test_the_projectile_of_a_dead_attacker_still_hits(arena):
    """Source: Liquipedia attack_animation@2383432."""
    shooter = arena.spawn(RANGED.format("goodguys"), projectile_speed=100.0)
    creep = arena.spawn(MELEE.format("badguys"), at=(400, 0), move_speed=0.0)
    arena.run_until(lambda: arena.tables.num_projectiles == 1, within=3.0)
    shooter.kill()
    arena.run_until(lambda: arena.told(EventKind.DAMAGE, subject=creep, object=0), within=6.0)


def test_a_projectile_whose_target_dies_flies_on_and_does_nothing(arena):
    """Source: Liquipedia disjoint@2360423."""
    muerta = arena.spawn(MUERTA, projectile_speed=300.0)
    lina = arena.spawn("npc_dota_hero_lina", at=(500, 0), team=Team.BADGUYS)
    muerta.attack(lina)
    arena.run_until(lambda: arena.tables.num_projectiles == 1, within=2.0)
    muerta.stop()
    lina.kill(by=muerta)
    arena.play_tick()
    lina.player_record.respawn_tick = arena.tables.tick
    wounds = len(arena.told(EventKind.DAMAGE))
    arena.run_until(lambda: lina.alive, within=1.0)
    arena.run_until(lambda: arena.tables.num_projectiles == 0, within=3.0)
    assert len(arena.told(EventKind.DAMAGE)) == wounds


def test_damage_is_rolled_evenly_between_its_ends(arena):
    """Source: Liquipedia attack_damage@2401047."""
    muerta = arena.spawn(MUERTA, damage_min=10.0, damage_max=14.0, attack_interval=0.1,
                         attack_point=0.0, projectile_speed=9000.0)
    post = arena.spawn(MELEE.format("badguys"), at=(300, 0), health=1e6, max_health=1e6,
                       armor=0.0, move_speed=0.0)
    muerta.attack(post)
    arena.run(60.0)
    hits = [hit.value for hit in arena.told(EventKind.DAMAGE, subject=post)]
    assert set(hits) == {10.0, 11.0, 12.0, 13.0, 14.0}
    assert sum(hits) / len(hits) == pytest.approx(12.0, abs=0.3)


def shares_of_misses(arena, attacker, level_of_target):
    """Returns which part of an attacker's hits on a target on the next level misses."""
    elevation = arena.patch.record.elevation.reshape(327, 327)
    # A place where the ground rises by one level from west to east.
    for row in range(100, 227):
        for column in range(100, 226):
            if elevation[row, column + 1] == elevation[row, column] + 1:
                break
        else:
            continue
        break
    low = (-10496.0 + (column + 0.5) * 64.0, -10496.0 + (row + 0.5) * 64.0)
    arena.origin = low
    here, there = ((0, 0), (64, 0)) if level_of_target else ((64, 0), (0, 0))
    striker = arena.spawn(attacker, at=here, facing=0.0 if level_of_target else math.pi)
    striker.set(attack_interval=0.2, attack_point=0.0, damage=1.0, projectile_speed=9000.0,
                move_speed=0.0)
    post = arena.spawn("npc_dota_badguys_siege", at=there, health=1e6, max_health=1e6,
                       damage=0.0, move_speed=0.0)
    # Who stands low does not see who stands high: a friend beside the target does.
    arena.spawn(MUERTA, at=there)
    striker.attack(post)
    arena.run(120.0)
    misses = len(arena.told(EventKind.MISS, subject=striker))
    hits = len(arena.told(EventKind.DAMAGE, subject=post, object=striker))
    assert misses + hits > 400
    return misses / (misses + hits)


def test_ranged_attacks_uphill_miss_a_quarter(arena):
    """Source: Liquipedia evasion@2383969, 25 % by the pseudo-random distribution."""
    assert shares_of_misses(arena, MUERTA, 1) == pytest.approx(0.25, abs=0.03)


def test_ranged_attacks_downhill_never_miss(arena):
    """Source: Liquipedia evasion@2383969."""
    assert shares_of_misses(arena, MUERTA, 0) == 0.0


def test_melee_attacks_uphill_never_miss(arena):
    """Source: Liquipedia evasion@2383969."""
    assert shares_of_misses(arena, DAGGER, 1) == 0.0


@pytest.mark.parametrize("victim, blocks", [(DAGGER, True), (MUERTA, False)])
def test_melee_heroes_block_16_damage_half_of_the_time(arena, victim, blocks):
    """Source: Liquipedia damage_block, 7.41d; before the factor of the attacker's class."""
    hero = arena.spawn(victim, team=Team.BADGUYS, health=1e6, max_health=1e6, armor=0.0)
    arena.spawn(MELEE.format("goodguys"), at=(80, 0), damage=40.0, attack_interval=0.1,
                attack_point=0.0)
    arena.run(60.0)
    hits = [hit.value for hit in arena.told(EventKind.DAMAGE, subject=hero)]
    assert len(hits) > 300
    if blocks:
        assert set(hits) == {40.0 * 0.75, 24.0 * 0.75}
        assert hits.count(18.0) / len(hits) == pytest.approx(0.5, abs=0.08)
    else:
        assert set(hits) == {30.0}


def test_an_unseen_attacker_is_shown_to_its_victim_for_two_seconds(arena):
    """Source: console variable dota_unit_attack_visibility 7.41d."""
    muerta = arena.spawn(MUERTA, attack_range=2000.0)
    lina = arena.spawn("npc_dota_hero_lina", at=(1200, 0), team=Team.BADGUYS)
    muerta.set(projectile_speed=1500.0)
    lina.set(vision_day=300.0)
    arena.run(0.2)
    assert not muerta.visible_to >> Team.BADGUYS & 1
    muerta.order(UnitOrder.ATTACK_TARGET, target=lina)
    hit = arena.run_until(lambda: arena.told(EventKind.DAMAGE, subject=lina), within=4.0)
    muerta.stop()
    arena.run_until(lambda: muerta.visible_to >> Team.BADGUYS & 1, within=0.2)
    hidden = arena.run_until(lambda: not muerta.visible_to >> Team.BADGUYS & 1, within=3.0)
    assert hidden - hit == pytest.approx(2.0, abs=0.11)


@pytest.mark.parametrize("bonus, speed", [(1000, 700.0), (-1000, 20.0)])
def test_attack_speed_stays_between_its_ends(aura_of, bonus, speed):
    """Source: 20 to 700, Liquipedia attack_speed@2383425."""
    arena, king, _ = aura_of(own={"Properties": {"ATTACKSPEED_BONUS_CONSTANT": bonus}})
    assert king.attack_speed == speed
    rate = arena.patch.record.definitions[king.definition].attack_rate
    assert king.attack_interval == pytest.approx(rate * 100 / speed)


@pytest.mark.parametrize("kind, part", [("melee", 0.6), ("ranged", 0.3)])
def test_owned_units_hurt_buildings_by_a_part_of_their_own(arena, kind, part):
    """Source: incoming_controlled_unit_penalty of creep_siege, npc_abilities.txt 7.41e."""
    tower = arena.building("npc_dota_badguys_tower1_mid")
    arena.around(tower)
    tower.set(armor=0.0, damage=0.0)
    creep = arena.spawn(f"npc_dota_creep_goodguys_{kind}", at=(200, 0), damage=50.0)
    creep.record.traits |= SUMMONED
    creep.body.target = tower.handle
    assert first_damage(arena, tower) == pytest.approx(50.0 * part)


@pytest.mark.parametrize("gap, shown", [(1200, True), (2000, False)])
def test_a_spell_on_a_unit_shows_its_caster_from_within_1800(spell, gap, shown):
    """Source: console variable dota_unit_alert_range 7.41d."""
    arena, king = spell(Damage(10), Behavior=("unit_target",))
    king.body.base_vision_day = king.record.vision_day = 3000.0
    enemy = stand(arena, at=(gap, 0), vision_day=300.0)
    arena._state.values[int(king.player), king.slot(BLAST), Standard.CAST_RANGE] = 3000.0
    arena.run(0.2)
    king.perform(BLAST, target=enemy)
    arena.run(0.2)
    assert arena.wounds(enemy)
    assert bool(king.visible_to >> Team.BADGUYS & 1) == shown


def test_what_else_hurts_shows_nobody(spell):
    """Neither areas nor what hurts over time. Source: Liquipedia vision@2383431."""
    arena, king = spell(Damage(10, Target=Area(2000, Center="CASTER")), Behavior=("no_target",))
    enemy = stand(arena, at=(1200, 0), vision_day=300.0)
    arena.run(0.2)
    king.perform(BLAST)
    arena.run(0.2)
    assert arena.wounds(enemy)
    assert not king.visible_to >> Team.BADGUYS & 1


def test_nothing_comes_of_a_projectile_that_reaches_the_invulnerable(arena):
    """Neither damage nor what attacks set off. Source: Liquipedia disjoint@2360423."""
    muerta = arena.spawn(MUERTA)
    muerta.give_item("item_desolator")
    lina = arena.spawn("npc_dota_hero_lina", at=(500, 0), team=Team.BADGUYS)
    muerta.attack(lina)
    arena.run_until(lambda: arena.tables.num_projectiles, within=3.0)
    muerta.stop()
    lina.body.base_states |= INVULNERABLE
    lina.body.is_dirty = 1
    arena.run_until(lambda: not arena.tables.num_projectiles, within=3.0)
    arena.run(0.1)
    assert not arena.wounds(lina)
    assert not lina.has("modifier_item_desolator_debuff")


@pytest.mark.parametrize("sight, hits", [(None, False), (900, True)])
def test_who_becomes_invisible_loses_projectiles_unless_it_is_detected(spell, sight, hits):
    """Source: Liquipedia disjoint@2360423."""
    arena, king = spell(
        TrackingProjectile(400, OnHit=[Damage(50)]), Delay(0.3, [ApplyModifier("modifier_veil")]),
        Modifiers=[Modifier("modifier_veil", States=["INVISIBLE"])])
    enemy = stand(arena, at=(400, 0))
    if sight:
        king.body.true_sight = sight
    king.perform(BLAST, target=enemy)
    arena.run(2.0)
    assert enemy.has("MODIFIER_STATE_INVISIBLE")
    assert bool(arena.wounds(enemy)) == hits
