"""Axe's abilities against their entries in the tables."""

import math

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team
from tests.content.measures import assert_costs, image_of, still

AXE = "npc_dota_hero_axe"
ENEMY = "npc_dota_hero_lich"
CREEP = "npc_dota_creep_badguys_melee"
ARMY, CALL, HUNGER, HELIX, BLADE = (
    "axe_one_man_army", "axe_berserkers_call", "axe_battle_hunger", "axe_counter_helix",
    "axe_culling_blade")
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def axe(arena):
    return arena.spawn(AXE, at=(0, 0), mana=1000.0)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(150, 0), team=Team.BADGUYS)


def call(arena, axe, level=1, **talents):
    axe.learn(axe_berserkers_call=level, **talents)
    assert axe.cast(CALL) == OrderResult.ACCEPTED
    arena.run_until(lambda: axe.has("modifier_axe_berserkers_call_armor"), within=1.0)


def hunger(arena, axe, target, level=1, **talents):
    axe.learn(axe_battle_hunger=level, **talents)
    axe.ability(HUNGER).cooldown_ready_tick = 0
    casts = len(arena.told(EventKind.ABILITY_CAST))
    assert axe.cast(HUNGER, target=target) == OrderResult.ACCEPTED
    arena.run_until(lambda: len(arena.told(EventKind.ABILITY_CAST)) > casts, within=2.0)
    arena.run(0.1)


def cull(arena, axe, target, level=1, **talents):
    axe.learn(axe_culling_blade=level, **talents)
    assert axe.cast(BLADE, target=target) == OrderResult.ACCEPTED
    arena.run_until(lambda: arena.wounds(target), within=2.0)


@pytest.mark.parametrize("level", LEVELS)
def test_berserkers_call_taunts_for_its_duration(arena, axe, enemy, value, level):
    call(arena, axe, level)
    assert enemy.has("MODIFIER_STATE_TAUNTED")
    assert enemy.move((1000, 0)) == OrderResult.COMMAND_RESTRICTED
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_TAUNTED")) == pytest.approx(
        value(CALL, "duration", level), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_berserkers_call_gives_armor(arena, axe, value, level):
    armor = axe.bonus("PHYSICAL_ARMOR_BONUS")
    call(arena, axe, level)
    assert axe.bonus("PHYSICAL_ARMOR_BONUS") == armor + value(CALL, "bonus_armor", level)


@pytest.mark.parametrize("level", LEVELS)
def test_berserkers_call_costs_its_mana_and_cooldown(arena, axe, value, level):
    axe.learn(axe_berserkers_call=level)
    assert_costs(arena, axe, value, CALL, level)


def test_berserkers_call_makes_enemies_attack_axe(arena, axe, enemy):
    call(arena, axe)
    arena.run_until(lambda: enemy.attack_target == axe.handle, within=1.0)


def test_berserkers_call_reaches_its_radius(arena, axe, value):
    radius = value(CALL, "radius")
    near, far = still(arena, (radius - 5, 0)), still(arena, (-radius - 5, 0))
    call(arena, axe)
    assert near.has("MODIFIER_STATE_TAUNTED")
    assert not far.has("MODIFIER_STATE_TAUNTED")


def test_berserkers_call_reaches_farther_with_its_talent(arena, axe, value, changed):
    talent = "special_bonus_unique_axe_2"
    creep = still(arena, (value(CALL, "radius") + changed(CALL, "radius", talent) - 5, 0))
    call(arena, axe, **{talent: 1})
    assert creep.has("MODIFIER_STATE_TAUNTED")


def test_berserkers_call_gives_more_armor_with_its_talent(arena, axe, value, changed):
    armor = axe.bonus("PHYSICAL_ARMOR_BONUS")
    call(arena, axe, special_bonus_unique_axe_7=1)
    assert axe.bonus("PHYSICAL_ARMOR_BONUS") == armor + value(CALL, "bonus_armor") + changed(
        CALL, "bonus_armor", "special_bonus_unique_axe_7")


def test_berserkers_call_makes_hungry_with_the_shard(arena, axe, enemy):
    axe.learn(axe_battle_hunger=1)
    axe.upgrade(shard=True)
    call(arena, axe)
    assert enemy.has("modifier_axe_battle_hunger_stacking")


def test_berserkers_call_makes_nobody_hungry_without_the_shard(arena, axe, enemy):
    axe.learn(axe_battle_hunger=1)
    call(arena, axe)
    assert not enemy.has("modifier_axe_battle_hunger")


@pytest.mark.parametrize("level", LEVELS)
def test_battle_hunger_hurts_every_second_of_its_duration(arena, axe, enemy, value, level):
    enemy.set(max_health=5000.0, health=5000.0)
    hunger(arena, axe, enemy, level)
    arena.run(value(HUNGER, "duration", level) + 0.5)
    assert arena.wounds(enemy) == pytest.approx(
        [value(HUNGER, "damage_per_second", level)] * int(value(HUNGER, "duration", level)))


@pytest.mark.parametrize("level", LEVELS)
def test_battle_hunger_slows_who_looks_away(arena, axe, value, level):
    enemy = arena.spawn(ENEMY, at=(300, 0), team=Team.BADGUYS, facing=0.0)
    speed = enemy.move_speed
    hunger(arena, axe, enemy, level)
    assert enemy.move_speed == pytest.approx(
        speed * (1 - value(HUNGER, "slow", level) / 100))


def test_battle_hunger_does_not_slow_who_looks_at_axe(arena, axe):
    enemy = arena.spawn(ENEMY, at=(300, 0), team=Team.BADGUYS, facing=math.pi)
    speed = enemy.move_speed
    hunger(arena, axe, enemy)
    assert enemy.move_speed == pytest.approx(speed)


@pytest.mark.parametrize("level", LEVELS)
def test_battle_hunger_costs_its_mana_and_cooldown(arena, axe, value, level):
    axe.learn(axe_battle_hunger=level)
    assert_costs(arena, axe, value, HUNGER, level)
    assert axe.ability(HUNGER).cast_range == value(HUNGER, "cast_range", level)


def test_battle_hunger_ends_with_a_kill(arena, axe, enemy):
    hunger(arena, axe, enemy)
    assert enemy.has("modifier_axe_battle_hunger")
    prey = arena.spawn("npc_dota_creep_goodguys_melee", at=(200, 200))
    prey.kill(by=enemy)
    arena.run(0.1)
    assert not enemy.has("modifier_axe_battle_hunger")


def test_battle_hunger_is_renewed_without_the_shard(arena, axe, enemy):
    hunger(arena, axe, enemy)
    hunger(arena, axe, enemy)
    assert len(enemy.modifiers("modifier_axe_battle_hunger")) == 1


def test_battle_hunger_stacks_with_the_shard(arena, axe, enemy):
    axe.upgrade(shard=True)
    hunger(arena, axe, enemy)
    hunger(arena, axe, enemy)
    assert len(enemy.modifiers("modifier_axe_battle_hunger_stacking")) == 2


def test_battle_hunger_hurts_more_with_its_talent(arena, axe, enemy, value, changed):
    hunger(arena, axe, enemy, special_bonus_unique_axe=1)
    arena.run(1.1)
    assert arena.wounds(enemy)[0] == pytest.approx(
        value(HUNGER, "damage_per_second")
        + changed(HUNGER, "damage_per_second", "special_bonus_unique_axe"))


def test_battle_hunger_hastens_axe_with_its_talent_while_it_lasts(arena, axe, enemy, changed):
    speed = axe.move_speed
    hunger(arena, axe, enemy, special_bonus_unique_axe_8=1)
    part = changed(HUNGER, "speed_bonus", "special_bonus_unique_axe_8") / 100
    assert axe.move_speed == pytest.approx(speed * (1 + part))
    arena.lasts(lambda: enemy.has("modifier_axe_battle_hunger"))
    arena.run(0.1)
    assert axe.move_speed == pytest.approx(speed)


@pytest.mark.parametrize("level", LEVELS)
def test_counter_helix_follows_so_many_attacks(arena, axe, value, level):
    axe.learn(axe_counter_helix=level)
    axe.set(health_regen=0.0, armor=-20.0)
    attacks = int(value(HELIX, "trigger_attacks", level))
    creep = still(arena, (100, 0), facing=math.pi, damage=40.0)
    arena.run_until(lambda: len(arena.wounds(axe)) == attacks - 1, within=15.0)
    assert arena.wounds(creep) == []
    arena.run_until(lambda: len(arena.wounds(axe)) == attacks, within=3.0)
    assert arena.wounds(creep) == [value(HELIX, "damage", level)]


def spin(arena, axe, at, **talents):
    """Lets Axe be hit until he spins; returns what a creep at `at` lost, and the hitter."""
    axe.learn(axe_counter_helix=4, **talents)
    other = still(arena, at, damage=0.0)
    hitter = still(arena, (0, 100), facing=-math.pi / 2, damage=40.0)
    arena.run_until(lambda: arena.wounds(hitter), within=12.0)
    return arena.wounds(other), hitter


def test_counter_helix_reaches_its_radius(arena, axe, value):
    assert spin(arena, axe, (value(HELIX, "radius") - 5, 0))[0]


def test_counter_helix_ends_at_its_radius(arena, axe, value):
    assert not spin(arena, axe, (value(HELIX, "radius") + 5, 0))[0]


def test_counter_helix_deals_more_with_its_talent(arena, axe, value, changed):
    lost, _ = spin(arena, axe, (100, 0), special_bonus_unique_axe_4=1)
    assert lost == [value(HELIX, "damage", 4) + changed(
        HELIX, "damage", "special_bonus_unique_axe_4")]


def test_counter_helix_weakens_attacks_on_axe_with_the_scepter(arena, axe, changed):
    axe.upgrade(scepter=True)
    _, hitter = spin(arena, axe, (100, 0))
    (modifier,) = hitter.modifiers("modifier_axe_counter_helix_damage_reduction")
    assert modifier.stacks == 1
    assert modifier.duration == changed(HELIX, "debuff_duration", "scepter")


def test_counter_helix_weakens_by_its_part_for_each_stack(arena, axe, changed):
    axe.upgrade(scepter=True)
    axe.set(health=axe.max_health)
    _, hitter = spin(arena, axe, (100, 0))
    hitter.set(damage=200.0)
    seen = len(arena.wounds(axe))
    arena.run_until(lambda: len(arena.wounds(axe)) > seen, within=3.0)
    left = 200.0 * (1 - changed(HELIX, "damage_reduction", "scepter") / 100)
    armor = 1 - 0.06 * axe.armor / (1 + 0.06 * axe.armor)
    factor = arena.rules.class_runty_on_hero * armor
    assert arena.wounds(axe)[-1] in (
        pytest.approx(left * factor, rel=0.02),
        pytest.approx((left - arena.rules.hero_melee_block) * factor, rel=0.02))


def test_counter_helix_counts_axes_own_attacks_with_the_scepter(arena, axe, value):
    axe.upgrade(scepter=True)
    axe.learn(axe_counter_helix=4)
    front, other = still(arena, (100, 0), damage=0.0), still(arena, (-100, 0), damage=0.0)
    axe.attack(front)
    arena.run_until(lambda: arena.wounds(other), within=12.0)
    assert arena.wounds(other) == [value(HELIX, "damage", 4)]


@pytest.mark.parametrize("level", (1, 2, 3))
def test_culling_blade_kills_whom_its_damage_reaches(arena, axe, enemy, value, level):
    enemy.set(max_health=5000.0, health=value(BLADE, "damage", level) - 10.0)
    cull(arena, axe, enemy, level)
    assert not enemy.alive


@pytest.mark.parametrize("level", (1, 2, 3))
def test_culling_blade_only_hurts_who_has_more(arena, axe, enemy, value, level):
    enemy.set(max_health=5000.0, health=value(BLADE, "damage", level) + 50.0)
    cull(arena, axe, enemy, level)
    assert enemy.alive
    assert arena.wounds(enemy) == [value(BLADE, "damage", level)]


@pytest.mark.parametrize("level", (1, 2, 3))
def test_culling_blade_costs_its_mana_and_cooldown(arena, axe, value, level):
    axe.learn(axe_culling_blade=level)
    assert_costs(arena, axe, value, BLADE, level)
    assert axe.ability(BLADE).cast_range == value(BLADE, "cast_range", level)


def test_culling_blade_is_ready_again_after_a_hero(arena, axe, enemy):
    enemy.set(health=100.0)
    cull(arena, axe, enemy)
    arena.run(0.1)
    assert axe.ability(BLADE).castable


def test_culling_blade_is_not_ready_after_a_creep(arena, axe):
    creep = still(arena, (100, 0), health=100.0)
    cull(arena, axe, creep)
    arena.run(0.1)
    assert not axe.ability(BLADE).castable


@pytest.mark.parametrize("level", (1, 2, 3))
def test_culling_blade_gives_speed_and_armor_to_allies_around(arena, axe, enemy, value, level):
    ally = arena.spawn(ENEMY, at=(-value(BLADE, "speed_aoe") + 5, 0))
    speed, armor = ally.move_speed, ally.armor
    enemy.set(health=100.0)
    cull(arena, axe, enemy, level)
    assert ally.move_speed == pytest.approx(
        speed * (1 + value(BLADE, "speed_bonus", level) / 100))
    assert ally.armor == pytest.approx(armor + value(BLADE, "armor_bonus", level))
    assert arena.lasts(lambda: ally.has("modifier_axe_culling_blade_boost")) == pytest.approx(
        value(BLADE, "speed_duration", level), abs=0.05)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_culling_blade_leaves_armor_for_every_hero(arena, axe, enemy, value, level):
    armor = axe.bonus("PHYSICAL_ARMOR_BONUS")
    enemy.set(health=100.0)
    cull(arena, axe, enemy, level)
    arena.lasts(lambda: axe.has("modifier_axe_culling_blade_boost"))
    assert axe.bonus("PHYSICAL_ARMOR_BONUS") == armor + value(BLADE, "armor_per_stack", level)


def test_culling_blade_hurts_more_with_its_talent(arena, axe, enemy, value, changed):
    damage = value(BLADE, "damage") + changed(BLADE, "damage", "special_bonus_unique_axe_5")
    enemy.set(max_health=5000.0, health=damage - 10.0)
    cull(arena, axe, enemy, special_bonus_unique_axe_5=1)
    assert not enemy.alive


def test_culling_blade_hastens_longer_with_its_talent(arena, axe, enemy, value, changed):
    talent = "special_bonus_unique_axe_culling_blade_speed_duration"
    enemy.set(health=100.0)
    cull(arena, axe, enemy, **{talent: 1})
    assert arena.lasts(lambda: axe.has("modifier_axe_culling_blade_boost")) == pytest.approx(
        value(BLADE, "speed_duration") + changed(BLADE, "speed_duration", talent), abs=0.05)


def test_one_man_army_gives_strength_by_armor(arena, axe, value):
    arena.run(0.5)
    assert axe.bonus("STATS_STRENGTH_BONUS") == pytest.approx(
        axe.armor * value(ARMY, "armor_pct_as_strength") / 100)


def test_one_man_army_ends_after_lingering_beside_an_ally(arena, axe, value):
    arena.run(0.5)
    arena.spawn(ENEMY, at=(value(ARMY, "radius") - 10, 0))
    start = arena.seconds
    end = arena.run_until(lambda: axe.bonus("STATS_STRENGTH_BONUS") == 0, within=6.0)
    assert end - start == pytest.approx(value(ARMY, "bonus_linger_duration"), abs=0.3)


def test_one_man_army_minds_no_ally_outside_its_radius(arena, axe, value):
    arena.spawn(ENEMY, at=(value(ARMY, "radius") + 10, 0))
    arena.run(value(ARMY, "bonus_linger_duration") + 1.0)
    assert axe.bonus("STATS_STRENGTH_BONUS") > 0


def test_the_talent_gives_strength(arena, axe):
    strength = axe.player_record.strength
    axe.learn(special_bonus_strength_15=1)
    assert axe.player_record.strength == pytest.approx(strength + 15)


@pytest.mark.parametrize("scepter", [False, True])
def test_counter_helix_rests_between_two_spins(arena, axe, value, changed, scepter):
    """Attacks within its cooldown are not counted; with the Scepter it has none."""
    axe.upgrade(scepter=scepter)
    axe.learn(axe_counter_helix=4)
    axe.set(health=9000.0, max_health=9000.0)
    for i in range(4):
        still(arena, (100 - 40 * i, 110 - 30 * i), facing=math.pi, damage=5.0)
    rest = value(HELIX, "AbilityCooldown") + scepter * changed(
        HELIX, "AbilityCooldown", "scepter")
    arena.run_until(lambda: axe.ability(HELIX).cooldown_ready_tick > arena.tables.tick or (
        scepter and any(arena.wounds(creep) for creep in arena.units())), within=12.0)
    left = (axe.ability(HELIX).cooldown_ready_tick - arena.tables.tick) / 30
    assert max(left, 0.0) == pytest.approx(rest, abs=0.07)


def test_counter_helix_weakens_by_no_more_than_its_most_stacks(arena, axe, changed):
    axe.upgrade(scepter=True)
    axe.set(health=90000.0, max_health=90000.0, health_regen=0.0)
    _, hitter = spin(arena, axe, (100, 0))
    hitter.set(max_health=90000.0, health=90000.0)
    axe.attack(hitter)
    most = changed(HELIX, "max_stacks", "scepter")
    name = "modifier_axe_counter_helix_damage_reduction"
    arena.run_until(lambda: hitter.stacks(name) == most, within=60.0)
    arena.run(12.0)
    assert hitter.stacks(name) == most


def test_berserkers_call_lets_go_when_axe_dies(arena, axe, enemy):
    call(arena, axe, 4)
    assert enemy.has("MODIFIER_STATE_TAUNTED")
    axe.kill(by=enemy)
    arena.run(0.1)
    assert not enemy.has("MODIFIER_STATE_TAUNTED")
    assert enemy.move((1000, 0)) == OrderResult.ACCEPTED


def test_an_illusion_of_axe_spins_where_it_stands(arena, axe, value):
    axe.learn(axe_counter_helix=4)
    image_of(arena, axe)
    axe.place((-2000, 0))
    hitter = still(arena, (100, 0), facing=math.pi, damage=40.0)
    arena.run_until(lambda: value(HELIX, "damage", 4) in arena.wounds(hitter), within=15.0)
    assert not arena.wounds(axe)


def test_an_illusion_of_axe_counts_no_attacks_of_its_own(arena, axe, value):
    axe.learn(axe_counter_helix=4)
    axe.upgrade(scepter=True)
    image_of(arena, axe)
    axe.place((-2000, 0))
    prey = still(arena, (100, 0), damage=0.0, acquisition_range=0.0)
    arena.run_until(
        lambda: len(arena.wounds(prey)) > 3 * value(HELIX, "trigger_attacks", 4), within=20.0)
    assert value(HELIX, "damage", 4) not in arena.wounds(prey)
