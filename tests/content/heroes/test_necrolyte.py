"""Necrophos."""

import pytest

from dota_env_rpc.match.enums import MAGIC_IMMUNE, OrderResult, Team
from tests.content.measures import heals

PULSE = "necrolyte_death_pulse"
SHROUD = "necrolyte_ghost_shroud"
HEART = "necrolyte_heartstopper_aura"
SADIST = "necrolyte_sadist"
SCYTHE = "necrolyte_reapers_scythe"
SEEKER = "necrolyte_death_seeker"
CREEP = "npc_dota_creep_badguys_melee"
LEVELS = [1, 2, 3, 4]


@pytest.fixture
def necro(arena):
    return arena.spawn("npc_dota_hero_necrolyte", level=30)


@pytest.fixture
def axe(arena):
    return arena.spawn("npc_dota_hero_axe", at=(300, 0), team=Team.BADGUYS, level=25)


@pytest.mark.parametrize(("ability", "levels"), [
    (PULSE, 4), (SHROUD, 4), (SCYTHE, 3)])
def test_a_cast_costs_its_level(arena, necro, value, ability, levels):
    for level in range(1, levels + 1):
        necro.learn(**{ability: level})
        arena.run(0.1)
        assert necro.ability(ability).mana_cost == value(ability, "mana_cost", level)
        assert necro.ability(ability).cooldown == value(ability, "cooldown", level)


@pytest.mark.parametrize("level", LEVELS)
def test_death_pulse_damages_enemies_through_magic_resistance(arena, necro, axe, value, level):
    necro.learn(**{PULSE: level})
    assert necro.cast(PULSE) == OrderResult.ACCEPTED
    arena.run(1.0)
    expected = value(PULSE, "damage", level) * (1.0 - axe.magic_resistance)
    assert sum(arena.wounds(axe)) == pytest.approx(expected)


@pytest.mark.parametrize("level", LEVELS)
def test_death_pulse_heals_allies_and_necrophos(arena, necro, value, level):
    ally = arena.spawn("npc_dota_hero_axe", at=(300, 0), level=25)
    ally.hurt(500.0)
    necro.hurt(500.0)
    necro.learn(**{PULSE: level})
    necro.cast(PULSE)
    arena.run(1.0)
    assert sum(heals(arena, ally)) == pytest.approx(value(PULSE, "heal", level))
    assert sum(heals(arena, necro)) == pytest.approx(value(PULSE, "heal", level))


def test_death_pulse_flies_at_its_speed(arena, necro, axe, value):
    necro.learn(**{PULSE: 1})
    start = arena.seconds
    necro.cast(PULSE)
    hit = arena.run_until(lambda: sum(arena.wounds(axe)) > 0.0, within=2.0)
    assert hit - start == pytest.approx(300.0 / value(PULSE, "projectile_speed"), abs=0.1)


def test_death_pulse_reaches_no_farther_than_its_area(arena, necro, value):
    far = arena.spawn(
        CREEP, at=(value(PULSE, "area_of_effect") + 60.0, 0), max_health=5000.0, health=5000.0)
    near = arena.spawn(
        CREEP, at=(-value(PULSE, "area_of_effect") + 60.0, 0), max_health=5000.0, health=5000.0)
    necro.learn(**{PULSE: 1})
    necro.cast(PULSE)
    arena.run(1.7)
    assert sum(arena.wounds(near)) > 0.0
    assert sum(arena.wounds(far)) == 0.0


def test_talent_lets_death_pulse_heal_more(arena, necro, value, changed):
    talent = "special_bonus_unique_necrophos_4"
    necro.hurt(500.0)
    necro.learn(**{PULSE: 4, talent: 1})
    necro.cast(PULSE)
    arena.run(0.2)
    assert sum(heals(arena, necro)) == pytest.approx(
        value(PULSE, "heal", 4) + changed(PULSE, "heal", talent))


def test_talent_shortens_death_pulses_cooldown(arena, necro, value, changed):
    talent = "special_bonus_unique_necrophos"
    necro.learn(**{PULSE: 4, talent: 1})
    arena.run(0.1)
    assert necro.ability(PULSE).cooldown == value(PULSE, "cooldown", 4) + changed(
        PULSE, "AbilityCooldown", talent)


@pytest.mark.parametrize("level", LEVELS)
def test_ghost_shroud_lasts_its_duration(arena, necro, value, level):
    necro.learn(**{SHROUD: level})
    necro.cast(SHROUD)
    start = arena.seconds
    end = arena.run_until(
        lambda: not necro.has("modifier_necrolyte_ghost_shroud_active"), within=6.0)
    assert end - start == pytest.approx(value(SHROUD, "duration", level), abs=0.07)


@pytest.mark.parametrize("level", LEVELS)
def test_ghost_shroud_slows_enemies_around(arena, necro, axe, value, level):
    before = axe.move_speed
    necro.learn(**{SHROUD: level})
    necro.cast(SHROUD)
    arena.run(0.2)
    assert axe.move_speed == pytest.approx(
        before * (1.0 - value(SHROUD, "movement_speed", level) / 100.0))


def test_ghost_shroud_slows_nobody_outside_its_area(arena, necro, axe, value):
    axe.place((value(SHROUD, "slow_aoe") + 60.0, 0))
    before = axe.move_speed
    necro.learn(**{SHROUD: 1})
    necro.cast(SHROUD)
    arena.run(0.2)
    assert axe.move_speed == before


@pytest.mark.parametrize("level", LEVELS)
def test_ghost_shroud_amplifies_heals_and_regeneration(arena, necro, value, level):
    necro.hurt(900.0)
    regeneration = necro.health_regen
    necro.learn(**{SHROUD: level, PULSE: 1})
    necro.cast(SHROUD)
    necro.cast(PULSE)
    arena.run(0.2)
    factor = 1.0 + value(SHROUD, "heal_bonus", level) / 100.0
    assert necro.health_regen == pytest.approx(regeneration * factor)
    assert sum(heals(arena, necro)) == pytest.approx(value(PULSE, "heal", 1) * factor)


def test_ghost_shroud_makes_ethereal(arena, necro, axe, value):
    resistance = necro.magic_resistance
    necro.learn(**{SHROUD: 1})
    necro.cast(SHROUD)
    assert necro.has("MODIFIER_STATE_DISARMED") and necro.has("MODIFIER_STATE_ETHEREAL")
    assert axe.attack(necro) == OrderResult.TARGET_INVULNERABLE
    assert 1.0 - necro.magic_resistance == pytest.approx(
        (1.0 - resistance) * (1.0 - value(SHROUD, "bonus_damage") / 100.0))


def test_talent_lets_ghost_shroud_slow_more(arena, necro, axe, value, changed):
    talent = "special_bonus_unique_necrophos_3"
    before = axe.move_speed
    necro.learn(**{SHROUD: 4, talent: 1})
    necro.cast(SHROUD)
    arena.run(0.2)
    slow = value(SHROUD, "movement_speed", 4) + changed(SHROUD, "movement_speed", talent)
    assert axe.move_speed == pytest.approx(before * (1.0 - slow / 100.0))


def test_talent_shortens_ghost_shrouds_cooldown(arena, necro, value, changed):
    talent = "special_bonus_unique_necrophos_6"
    necro.learn(**{SHROUD: 4, talent: 1})
    arena.run(0.1)
    assert necro.ability(SHROUD).cooldown == value(SHROUD, "cooldown", 4) + changed(
        SHROUD, "AbilityCooldown", talent)


def lost_per_second(arena, unit):
    arena.run(0.5)
    before = sum(arena.wounds(unit))
    arena.run(1.0)
    return sum(arena.wounds(unit)) - before


@pytest.mark.parametrize("level", LEVELS)
def test_heartstopper_takes_a_part_of_the_maximum_health(arena, necro, axe, value, level):
    necro.learn(**{HEART: level})
    assert lost_per_second(arena, axe) == pytest.approx(
        value(HEART, "aura_damage", level) / 100.0 * axe.max_health)


def test_heartstopper_reaches_its_radius(arena, necro, axe, value):
    axe.place((value(HEART, "aura_radius") + 60.0, 0))
    necro.learn(**{HEART: 1})
    assert lost_per_second(arena, axe) == 0.0


def test_heartstopper_spares_ancient_creeps(arena, necro):
    creep = arena.spawn("npc_dota_neutral_black_dragon", at=(300, 0))
    necro.learn(**{HEART: 1})
    assert lost_per_second(arena, creep) == 0.0


def test_scepter_adds_necrophoss_regeneration_to_heartstopper(arena, necro, axe, value, changed):
    necro.learn(**{HEART: 1})
    necro.upgrade(scepter=True)
    part = changed(HEART, "heal_regen_to_damage", "scepter") / 100.0
    assert lost_per_second(arena, axe) == pytest.approx(
        value(HEART, "aura_damage") / 100.0 * axe.max_health + part * necro.health_regen)


def test_talent_lets_heartstopper_reduce_restoration(arena, necro, changed):
    talent = "special_bonus_unique_necrophos_5"
    creep = arena.spawn(CREEP, at=(300, 0), health_regen=10.0)
    necro.learn(**{HEART: 1, talent: 1})
    arena.run(0.5)
    assert creep.health_regen == pytest.approx(
        10.0 * (1.0 - changed(HEART, "heal_reduction_pct", talent) / 100.0))


def regeneration_per_kill(arena, necro):
    entry = arena.patch.abilities["abilities"][SADIST]["values"]["regen"]
    return entry["levels"][0] + entry["per_hero_level"][1][0] * necro.level


def test_sadist_regenerates_for_a_kill(arena, necro):
    health, mana = necro.health_regen, necro.mana_regen
    arena.spawn(CREEP, at=(300, 0)).kill(by=necro)
    arena.run(0.1)
    assert necro.health_regen - health == pytest.approx(regeneration_per_kill(arena, necro))
    assert necro.mana_regen - mana == pytest.approx(regeneration_per_kill(arena, necro))


def test_sadist_counts_heroes_more_often(arena, necro, axe, value):
    before = necro.health_regen
    axe.kill(by=necro)
    arena.run(0.1)
    assert necro.health_regen - before == pytest.approx(
        value(SADIST, "hero_multiplier") * regeneration_per_kill(arena, necro))


@pytest.mark.parametrize("talented", [False, True])
def test_sadist_lasts_its_duration(arena, necro, value, changed, talented):
    talent = "special_bonus_unique_necrophos_heartstopper_regen_duration"
    duration = value(SADIST, "regen_duration")
    if talented:
        necro.learn(**{talent: 1})
        duration += changed(SADIST, "regen_duration", talent)
    arena.spawn(CREEP, at=(300, 0)).kill(by=necro)
    start = arena.run_until(
        lambda: necro.has("modifier_necrolyte_sadist_counter"), within=0.1)
    end = arena.run_until(
        lambda: not necro.has("modifier_necrolyte_sadist_counter"), within=11.0)
    assert end - start == pytest.approx(duration, abs=0.07)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scythe_damages_by_missing_health_as_its_stun_ends(arena, necro, axe, value, level):
    axe.hurt(1000.0)
    necro.learn(**{SCYTHE: level})
    necro.cast(SCYTHE, target=axe)
    start = arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=1.0)
    arena.events.clear()
    end = arena.run_until(lambda: not axe.has("MODIFIER_STATE_STUNNED"), within=2.0)
    dealt = sum(arena.wounds(axe))
    missing = axe.max_health - axe.health - dealt
    assert end - start == pytest.approx(value(SCYTHE, "stun_duration", level), abs=0.07)
    assert dealt == pytest.approx(
        value(SCYTHE, "damage_per_health", level) * missing * (1.0 - axe.magic_resistance),
        rel=0.01)


def test_talent_strengthens_scythe(arena, necro, axe, value, changed):
    talent = "special_bonus_unique_necrophos_reaper_scythe_damage_per_health"
    axe.hurt(1000.0)
    necro.learn(**{SCYTHE: 1, talent: 1})
    necro.cast(SCYTHE, target=axe)
    arena.run(0.6)
    arena.events.clear()
    arena.run_until(lambda: not axe.has("MODIFIER_STATE_STUNNED"), within=2.0)
    dealt = sum(arena.wounds(axe))
    part = value(SCYTHE, "damage_per_health") + changed(SCYTHE, "damage_per_health", talent)
    assert dealt == pytest.approx(
        part * (axe.max_health - axe.health - dealt) * (1.0 - axe.magic_resistance), rel=0.01)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_kill_with_scythe_regenerates_for_good(arena, necro, axe, value, level):
    necro.learn(**{SCYTHE: level})
    arena.run(0.1)
    health, mana = necro.health_regen, necro.mana_regen
    axe.hurt(axe.health - 50.0)
    necro.cast(SCYTHE, target=axe)
    arena.run_until(lambda: not axe.alive, within=3.0)
    arena.run(8.5)
    assert necro.health_regen - health == pytest.approx(value(SCYTHE, "hp_per_kill", level))
    assert necro.mana_regen - mana == pytest.approx(value(SCYTHE, "mana_per_kill", level))


def test_an_allys_kill_under_scythe_regenerates_too(arena, necro, axe):
    ally = arena.spawn("npc_dota_hero_lina", at=(0, 300))
    necro.learn(**{SCYTHE: 1})
    necro.cast(SCYTHE, target=axe)
    arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=1.0)
    axe.kill(by=ally)
    arena.run(0.1)
    assert necro.stacks("modifier_necrolyte_reapers_scythe_respawn_time") == 1


def test_whoever_kills_under_scythe_necrophos_is_the_killer(arena, necro, axe):
    ally = arena.spawn("npc_dota_hero_lina", at=(0, 300))
    necro.learn(**{SCYTHE: 1})
    necro.cast(SCYTHE, target=axe)
    arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=1.0)
    axe.kill(by=ally)
    assert necro.player_record.kills == 1
    assert ally.player_record.kills == 0


def test_scythe_is_cast_from_its_range_after_its_cast_point(arena, necro, axe, value):
    axe.place((value(SCYTHE, "AbilityCastRange"), 0))
    necro.learn(**{SCYTHE: 1})
    start = arena.seconds
    necro.cast(SCYTHE, target=axe)
    end = arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=1.0)
    assert end - start == pytest.approx(value(SCYTHE, "cast_point"), abs=0.07)


def test_scythe_takes_heroes_alone(arena, necro):
    creep = arena.spawn(CREEP, at=(300, 0))
    necro.learn(**{SCYTHE: 1})
    assert necro.cast(SCYTHE, target=creep) == OrderResult.WRONG_TARGET


def test_death_seeker_comes_with_the_shard(arena, necro, axe):
    necro.learn(**{PULSE: 1})
    assert necro.cast(SEEKER, target=axe) == OrderResult.NOT_AVAILABLE
    necro.upgrade(shard=True)
    assert necro.cast(SEEKER, target=axe) == OrderResult.ACCEPTED


def test_death_seeker_carries_necrophos_to_its_target(arena, necro, axe, value):
    axe.place((600, 0))
    necro.learn(**{PULSE: 1})
    necro.upgrade(shard=True)
    necro.cast(SEEKER, target=axe)
    start = arena.run_until(lambda: necro.has("MODIFIER_STATE_INVULNERABLE"), within=1.0)
    end = arena.run_until(lambda: necro.x - arena.origin[0] > 590.0, within=2.0)
    speed = value(PULSE, "projectile_speed") * value(SEEKER, "projectile_multiplier") / 100.0
    assert end - start == pytest.approx(600.0 / speed, abs=0.1)


def test_death_seeker_releases_death_pulse_where_it_arrives(arena, necro, axe, value):
    axe.place((600, 0))
    necro.learn(**{PULSE: 2})
    necro.upgrade(shard=True)
    necro.cast(SEEKER, target=axe)
    arena.run_until(
        lambda: axe.has("modifier_necrolyte_death_seeker_enemy_decrepify"), within=2.0)
    resistance = axe.magic_resistance
    arena.run(0.5)
    assert sum(arena.wounds(axe)) == pytest.approx(value(PULSE, "damage", 2) * (1.0 - resistance))


def test_death_seeker_makes_an_enemy_ethereal(arena, necro, axe, value):
    before = axe.magic_resistance
    necro.learn(**{PULSE: 1})
    necro.upgrade(shard=True)
    necro.cast(SEEKER, target=axe)
    start = arena.run_until(lambda: axe.has("MODIFIER_STATE_ATTACK_IMMUNE"), within=2.0)
    assert axe.has("MODIFIER_STATE_ETHEREAL")
    assert 1.0 - axe.magic_resistance == pytest.approx(
        (1.0 - before) * (1.0 + value(SEEKER, "magic_resistance_reduction") / 100.0))
    end = arena.run_until(lambda: not axe.has("MODIFIER_STATE_ATTACK_IMMUNE"), within=4.0)
    assert end - start == pytest.approx(value(SEEKER, "ethereal_duration"), abs=0.07)


def test_death_seeker_leaves_an_allys_magic_resistance(arena, necro):
    ally = arena.spawn("npc_dota_hero_axe", at=(300, 0))
    before = ally.magic_resistance
    necro.learn(**{PULSE: 1})
    necro.upgrade(shard=True)
    necro.cast(SEEKER, target=ally)
    arena.run_until(lambda: ally.has("MODIFIER_STATE_ATTACK_IMMUNE"), within=2.0)
    assert ally.magic_resistance == before


def test_talent_widens_areas(arena, necro, axe, value):
    talent = "special_bonus_spell_aoe_75"
    axe.place((value(HEART, "aura_radius") + 60.0, 0))
    necro.learn(**{HEART: 1, talent: 1})
    assert lost_per_second(arena, axe) > 0.0


def test_death_pulse_does_nothing_to_who_became_immune_on_its_way(arena, necro, axe):
    necro.learn(**{PULSE: 4})
    necro.perform(PULSE)
    axe.body.base_states |= MAGIC_IMMUNE
    axe.body.is_dirty = 1
    arena.run(2.0)
    assert not arena.wounds(axe)
