"""Sven's abilities against their entries in the tables."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder

SVEN = "npc_dota_hero_sven"
ENEMY = "npc_dota_hero_lich"
CREEP = "npc_dota_creep_badguys_melee"
BOLT, CLEAVE, WARCRY, STRENGTH = (
    "sven_storm_bolt", "sven_great_cleave", "sven_warcry", "sven_gods_strength")
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def sven(arena):
    return arena.spawn(SVEN, at=(0, 0), mana=1000.0)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(400, 0), team=Team.BADGUYS)


def throw(arena, sven, target):
    assert sven.cast(BOLT, target=target) == OrderResult.ACCEPTED
    arena.run_until(lambda: sum(arena.wounds(target)) > 0, within=4.0)


@pytest.mark.parametrize("level", LEVELS)
def test_storm_hammer_deals_its_damage_through_magic_resistance(arena, sven, enemy, value, level):
    sven.learn(sven_storm_bolt=level)
    throw(arena, sven, enemy)
    assert sum(arena.wounds(enemy)) == pytest.approx(
        value(BOLT, "damage", level) * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("level", LEVELS)
def test_storm_hammer_stuns_for_its_duration(arena, sven, enemy, value, level):
    sven.learn(sven_storm_bolt=level)
    throw(arena, sven, enemy)
    assert enemy.has("MODIFIER_STATE_STUNNED")
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(BOLT, "bolt_stun_duration", level), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_storm_hammer_strikes_all_enemies_in_its_area(arena, sven, enemy, value, level):
    sven.learn(sven_storm_bolt=level)
    radius = value(BOLT, "bolt_aoe", level)
    near = arena.spawn(CREEP, at=(400, radius - 5), move_speed=0.0)
    far = arena.spawn(CREEP, at=(400, -radius - 5), move_speed=0.0)
    throw(arena, sven, enemy)
    assert near.has("MODIFIER_STATE_STUNNED")
    assert not far.has("MODIFIER_STATE_STUNNED")


@pytest.mark.parametrize("level", LEVELS)
def test_storm_hammer_costs_its_mana_and_cooldown(arena, sven, enemy, value, level):
    sven.learn(sven_storm_bolt=level)
    arena.run(0.1)
    ability = sven.ability(BOLT)
    assert ability.mana_cost == value(BOLT, "mana_cost", level)
    assert ability.cooldown == value(BOLT, "cooldown", level)
    throw(arena, sven, enemy)
    assert sven.mana < 1000.0 - value(BOLT, "mana_cost", level) + 10.0


def test_storm_hammer_flies_at_its_speed(arena, sven, value):
    sven.learn(sven_storm_bolt=1)
    enemy = arena.spawn(ENEMY, at=(600, 0), team=Team.BADGUYS)
    sven.cast(BOLT, target=enemy)
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=1.0)
    cast = arena.seconds
    hit = arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=2.0)
    assert hit - cast == pytest.approx(600 / value(BOLT, "bolt_speed"), abs=0.1)


def test_storm_hammer_reaches_farther_with_the_scepter(arena, sven, value, changed):
    sven.learn(sven_storm_bolt=1)
    arena.run(0.1)
    assert sven.ability(BOLT).cast_range == value(BOLT, "cast_range")
    sven.upgrade(scepter=True)
    arena.run(0.1)
    part = changed(BOLT, "AbilityCastRange", "scepter")
    assert sven.ability(BOLT).cast_range == value(BOLT, "cast_range") * (1 + part / 100)


def test_storm_hammer_dispels_with_the_scepter(arena, sven, enemy):
    friend = arena.spawn(SVEN, at=(500, 100), team=Team.BADGUYS, mana=500.0)
    friend.learn(sven_warcry=1)
    friend.cast(WARCRY)
    sven.learn(sven_storm_bolt=1)
    sven.upgrade(scepter=True)
    assert enemy.has("modifier_sven_warcry")
    throw(arena, sven, enemy)
    assert not enemy.has("modifier_sven_warcry")


def throw_alternatively(arena, sven, target):
    sven.learn(sven_storm_bolt=1)
    sven.upgrade(scepter=True)
    assert sven.order(
        UnitOrder.CAST_TOGGLE_ALT, ability=sven.slot(BOLT)) == OrderResult.ACCEPTED
    throw(arena, sven, target)


def test_storm_hammer_deals_more_in_its_alternative_with_the_scepter(
        arena, sven, enemy, value):
    throw_alternatively(arena, sven, enemy)
    assert sum(arena.wounds(enemy)) == pytest.approx(
        (value(BOLT, "damage") + value(BOLT, "scepter_bonus_damage"))
        * (1 - enemy.magic_resistance))


def test_sven_flies_with_the_alternative_storm_hammer(arena, sven, enemy):
    throw_alternatively(arena, sven, enemy)
    arena.run(0.2)
    assert sven.distance(enemy) < 100


def test_storm_hammer_has_no_alternative_without_the_scepter(arena, sven):
    sven.learn(sven_storm_bolt=1)
    assert sven.order(
        UnitOrder.CAST_TOGGLE_ALT, ability=sven.slot(BOLT)) == OrderResult.WRONG_ORDER


def test_storm_hammer_without_the_scepter_dispels_nothing(arena, sven, enemy):
    friend = arena.spawn(SVEN, at=(500, 100), team=Team.BADGUYS, mana=500.0)
    friend.learn(sven_warcry=1)
    friend.cast(WARCRY)
    sven.learn(sven_storm_bolt=1)
    throw(arena, sven, enemy)
    assert enemy.has("modifier_sven_warcry")


def test_storm_hammer_stuns_longer_with_its_talent(arena, sven, enemy, value, changed):
    sven.learn(sven_storm_bolt=4, special_bonus_unique_sven_4=1)
    throw(arena, sven, enemy)
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(BOLT, "bolt_stun_duration", 4)
        + changed(BOLT, "bolt_stun_duration", "special_bonus_unique_sven_4"), abs=0.05)


def test_storm_hammer_costs_less_with_its_talent(arena, sven, value, changed):
    talent = "special_bonus_unique_sven_stormhammer_cooldown"
    sven.learn(sven_storm_bolt=1, **{talent: 1})
    arena.run(0.1)
    assert sven.ability(BOLT).cooldown == pytest.approx(
        value(BOLT, "cooldown") * (1 + changed(BOLT, "AbilityCooldown", talent) / 100))
    assert sven.ability(BOLT).mana_cost == pytest.approx(
        value(BOLT, "mana_cost") * (1 + changed(BOLT, "AbilityManaCost", talent) / 100))


def strike(arena, sven, target):
    sven.attack(target)
    arena.run_until(lambda: sum(arena.wounds(target)) > 0, within=3.0)
    sven.stop()


def cleft(arena, sven, level, at, talents=()) -> float:
    """Returns what one attack on a unit in front does to a creep without armor at `at`."""
    sven.learn(sven_great_cleave=level, **dict.fromkeys(talents, 1))
    still = {"max_health": 5000.0, "health": 5000.0, "move_speed": 0.0}
    front = arena.spawn(CREEP, at=(100, 0), **still)
    other = arena.spawn(CREEP, at=at, armor=0.0, **still)
    strike(arena, sven, front)
    return sum(arena.wounds(other))


@pytest.mark.parametrize("level", LEVELS)
def test_great_cleave_hits_behind_with_its_part_of_the_damage(arena, sven, value, level):
    part = value(CLEAVE, "great_cleave_damage", level) / 100
    expected = part * (sven.damage_min + sven.damage_max) / 2 + part * sven.bonus_damage
    at = (value(CLEAVE, "cleave_distance", level) - 10, 0)
    assert cleft(arena, sven, level, at) == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_great_cleave_ends_at_its_distance(arena, sven, value, level):
    at = (value(CLEAVE, "cleave_distance", level) + 10, 0)
    assert cleft(arena, sven, level, at) == 0


@pytest.mark.parametrize("level", LEVELS)
def test_great_cleave_is_as_wide_as_told_at_its_end(arena, sven, value, level):
    distance = value(CLEAVE, "cleave_distance", level)
    width = value(CLEAVE, "cleave_ending_width", level)
    assert cleft(arena, sven, level, (distance - 5, width - 20)) > 0


@pytest.mark.parametrize("level", LEVELS)
def test_great_cleave_misses_beside_its_end(arena, sven, value, level):
    distance = value(CLEAVE, "cleave_distance", level)
    width = value(CLEAVE, "cleave_ending_width", level)
    assert cleft(arena, sven, level, (distance - 5, width + 5)) == 0


def test_great_cleave_begins_with_its_width(arena, sven, value):
    width = value(CLEAVE, "cleave_starting_width")
    assert cleft(arena, sven, 1, (1, width - 5)) > 0


def test_great_cleave_does_not_hit_behind_the_back(arena, sven):
    assert cleft(arena, sven, 4, (-30, 0)) == 0


def test_great_cleave_hits_harder_with_its_talent(arena, sven, value, changed):
    talent = "special_bonus_unique_sven_8"
    part = (value(CLEAVE, "great_cleave_damage") + changed(
        CLEAVE, "great_cleave_damage", talent)) / 100
    expected = part * ((sven.damage_min + sven.damage_max) / 2 + sven.bonus_damage)
    assert cleft(arena, sven, 1, (200, 0), [talent]) == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_warcry_gives_armor_and_speed_to_allied_heroes(arena, sven, value, level):
    ally = arena.spawn(ENEMY, at=(value(WARCRY, "radius") - 10, 0))
    far = arena.spawn(ENEMY, at=(0, value(WARCRY, "radius") + 10))
    armor, speed = ally.armor, ally.move_speed
    sven.learn(sven_warcry=level)
    assert sven.cast(WARCRY) == OrderResult.ACCEPTED
    assert ally.armor == pytest.approx(armor + value(WARCRY, "bonus_armor", level))
    assert ally.move_speed == pytest.approx(
        speed * (1 + value(WARCRY, "movespeed", level) / 100))
    assert not far.has("modifier_sven_warcry")
    assert sven.has("modifier_sven_warcry")


@pytest.mark.parametrize("level", LEVELS)
def test_warcry_costs_its_mana_and_cooldown(arena, sven, value, level):
    sven.learn(sven_warcry=level)
    arena.run(0.1)
    assert sven.ability(WARCRY).mana_cost == value(WARCRY, "mana_cost", level)
    assert sven.ability(WARCRY).cooldown == value(WARCRY, "cooldown", level)


def test_warcry_lasts_its_duration(arena, sven, value):
    sven.learn(sven_warcry=1)
    sven.cast(WARCRY)
    assert arena.lasts(lambda: sven.has("modifier_sven_warcry")) == pytest.approx(
        value(WARCRY, "duration"), abs=0.05)


def test_warcry_lasts_longer_with_its_talent(arena, sven, value, changed):
    sven.learn(sven_warcry=1, special_bonus_unique_sven_5=1)
    sven.cast(WARCRY)
    assert arena.lasts(lambda: sven.has("modifier_sven_warcry")) == pytest.approx(
        value(WARCRY, "duration") + changed(WARCRY, "duration", "special_bonus_unique_sven_5"),
        abs=0.05)


def test_warcry_gives_more_armor_with_its_talent(arena, sven, value, changed):
    armor = sven.armor
    sven.learn(sven_warcry=1, special_bonus_unique_sven_7=1)
    sven.cast(WARCRY)
    assert sven.armor == pytest.approx(
        armor + value(WARCRY, "bonus_armor")
        + changed(WARCRY, "bonus_armor", "special_bonus_unique_sven_7"))


def test_warcry_reaches_farther_and_hastens_more_with_the_shard(arena, sven, value, changed):
    sven.learn(sven_warcry=1)
    sven.upgrade(shard=True)
    ally = arena.spawn(ENEMY, at=(value(WARCRY, "radius") + 100, 0))
    speed = ally.move_speed
    sven.cast(WARCRY)
    assert ally.move_speed == pytest.approx(
        speed * (1 + (value(WARCRY, "movespeed") + changed(WARCRY, "movespeed", "shard")) / 100))


def test_warcry_cannot_be_dispelled_with_the_shard(arena, sven, enemy):
    rival = arena.spawn(SVEN, at=(500, 0), team=Team.BADGUYS, mana=500.0)
    rival.learn(sven_storm_bolt=1)
    rival.upgrade(scepter=True)
    sven.learn(sven_warcry=1)
    sven.upgrade(shard=True)
    sven.cast(WARCRY)
    throw(arena, rival, sven)
    assert sven.bonus("MOVESPEED_BONUS_PERCENTAGE") > 0


def test_warcry_holds_off_physical_damage_with_the_shard(arena, sven, changed):
    barrier = changed(WARCRY, "base_barrier_amount", "shard")
    sven.learn(sven_warcry=1)
    sven.upgrade(shard=True)
    sven.cast(WARCRY)
    creep = arena.spawn(CREEP, at=(100, 0), damage=3 * barrier, facing=3.14)
    arena.run_until(lambda: sum(arena.wounds(sven)) > 0, within=5.0)
    through = 1 - 0.06 * sven.armor / (1 + 0.06 * sven.armor)
    whole = 3 * barrier * arena.rules.class_runty_on_hero
    block = arena.rules.hero_melee_block * arena.rules.class_runty_on_hero
    assert sum(arena.wounds(sven)) in (
        pytest.approx(whole * through - barrier),
        pytest.approx((whole - block) * through - barrier))
    assert creep.alive


@pytest.mark.parametrize("level", (1, 2, 3))
def test_gods_strength_multiplies_the_base_damage(arena, sven, value, level):
    before = sven.damage_min
    sven.learn(sven_gods_strength=level)
    assert sven.cast(STRENGTH) == OrderResult.ACCEPTED
    arena.run(0.5)
    assert sven.damage_min == pytest.approx(
        before * (1 + value(STRENGTH, "gods_strength_damage", level) / 100))


@pytest.mark.parametrize("level", (1, 2, 3))
def test_gods_strength_costs_its_mana_and_cooldown(arena, sven, value, level):
    sven.learn(sven_gods_strength=level)
    arena.run(0.1)
    assert sven.ability(STRENGTH).mana_cost == value(STRENGTH, "mana_cost", level)
    assert sven.ability(STRENGTH).cooldown == value(STRENGTH, "cooldown", level)


def test_gods_strength_lasts_its_duration_and_resists_slows(arena, sven, value):
    sven.learn(sven_gods_strength=1)
    sven.cast(STRENGTH)
    arena.run_until(lambda: sven.has("modifier_sven_gods_strength"), within=1.0)
    assert sven.bonus("SLOW_RESISTANCE_STACKING") == value(STRENGTH, "bonus_slow_resistance")
    assert arena.lasts(lambda: sven.has("modifier_sven_gods_strength")) == pytest.approx(
        value(STRENGTH, "duration"), abs=0.05)


def test_gods_strength_resists_slows_more_with_its_talent(arena, sven, value, changed):
    talent = "special_bonus_unique_sven_gods_strength_slow_resist"
    sven.learn(sven_gods_strength=1, **{talent: 1})
    sven.cast(STRENGTH)
    arena.run(0.5)
    assert sven.bonus("SLOW_RESISTANCE_STACKING") == pytest.approx(
        value(STRENGTH, "bonus_slow_resistance")
        + changed(STRENGTH, "bonus_slow_resistance", talent))


def test_gods_strength_gives_more_damage_with_its_talent(arena, sven, value, changed):
    before = sven.damage_min
    sven.learn(sven_gods_strength=1, special_bonus_unique_sven_2=1)
    sven.cast(STRENGTH)
    arena.run(0.5)
    percent = value(STRENGTH, "gods_strength_damage") + changed(
        STRENGTH, "gods_strength_damage", "special_bonus_unique_sven_2")
    assert sven.damage_min == pytest.approx(before * (1 + percent / 100))


def test_gods_strength_is_ready_sooner_with_its_talent(arena, sven, value, changed):
    sven.learn(sven_gods_strength=1, special_bonus_unique_sven_3=1)
    arena.run(0.1)
    assert sven.ability(STRENGTH).cooldown == value(STRENGTH, "cooldown") + changed(
        STRENGTH, "AbilityCooldown", "special_bonus_unique_sven_3")


@pytest.mark.parametrize("level", (1, 15))
def test_wrath_of_god_gives_damage_by_strength_and_hero_level(arena, value, level):
    sven = arena.spawn(SVEN, level=level)
    arena.run(0.1)
    _, per_level = arena.patch.abilities["abilities"]["sven_wrath_of_god"]["values"][
        "bonus_damage_per_str"]["per_hero_level"]
    per_strength = value("sven_wrath_of_god", "bonus_damage_per_str") + per_level[0] * level
    assert sven.bonus_damage == pytest.approx(per_strength * sven.player_record.strength)


def test_storm_hammer_shows_what_is_around_it(arena, sven, enemy, value):
    sven.learn(sven_storm_bolt=1)
    sven.perform(BOLT, target=enemy)
    assert arena._state.flights[0].vision == value(BOLT, "vision_radius")
