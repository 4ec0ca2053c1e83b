"""Tidehunter's abilities against their entries in the tables."""

import math

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitType
from tests.content.measures import assert_costs, still

TIDE = "npc_dota_hero_tidehunter"
ENEMY = "npc_dota_hero_lich"
CREEP = "npc_dota_creep_badguys_melee"
CATCH, GUSH, SHELL, SMASH, RAVAGE, DEAD = (
    "tidehunter_leviathans_catch", "tidehunter_gush", "tidehunter_kraken_shell",
    "tidehunter_anchor_smash", "tidehunter_ravage", "tidehunter_dead_in_the_water")
EATEN = "modifier_tidehunter_leviathans_catch_bonus"
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def tide(arena):
    return arena.spawn(TIDE, at=(0, 0), mana=1000.0)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(300, 0), team=Team.BADGUYS)


def gush(arena, tide, target, level=1, **talents):
    tide.learn(tidehunter_gush=level, **talents)
    assert tide.cast(GUSH, target=target) == OrderResult.ACCEPTED
    arena.run_until(lambda: target.has("modifier_tidehunter_gush"), within=3.0)
    arena.run(0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_gush_deals_its_damage(arena, tide, enemy, value, level):
    gush(arena, tide, enemy, level)
    assert arena.wounds(enemy) == [pytest.approx(
        value(GUSH, "gush_damage", level) * (1 - enemy.magic_resistance))]


@pytest.mark.parametrize("level", LEVELS)
def test_gush_slows_and_takes_armor_for_its_duration(arena, tide, enemy, value, level):
    speed, armor = enemy.move_speed, enemy.armor
    gush(arena, tide, enemy, level)
    assert enemy.move_speed == pytest.approx(
        speed * (1 + value(GUSH, "movement_speed", level) / 100))
    assert enemy.armor == pytest.approx(armor - value(GUSH, "negative_armor", level))
    assert arena.lasts(lambda: enemy.has("modifier_tidehunter_gush")) == pytest.approx(
        value(GUSH, "duration"), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_gush_costs_its_mana_and_cooldown(arena, tide, value, level):
    tide.learn(tidehunter_gush=level)
    assert_costs(arena, tide, value, GUSH, level)
    assert tide.ability(GUSH).cast_range == value(GUSH, "cast_range", level)


def test_gush_hits_a_line_with_the_scepter(arena, tide, enemy, changed):
    tide.upgrade(scepter=True)
    width = changed(GUSH, "aoe_scepter", "scepter")
    far = changed(GUSH, "cast_range_scepter", "scepter")
    behind = still(arena, (far - 50, width - 50))
    gush(arena, tide, enemy)
    arena.run(2.0)
    assert len(arena.wounds(behind)) == 1


def test_gush_is_cast_at_a_point_with_the_scepter(arena, tide, changed):
    tide.learn(tidehunter_gush=1)
    assert tide.cast(GUSH, point=(500, 0)) == OrderResult.WRONG_ORDER
    tide.upgrade(scepter=True)
    creep = still(arena, (1500, 0))
    assert tide.cast(GUSH, point=(500, 0)) == OrderResult.ACCEPTED
    arena.run(2.0)
    assert creep.has("modifier_tidehunter_gush")


def test_gush_reaches_farther_and_is_ready_sooner_with_the_scepter(arena, tide, changed):
    tide.learn(tidehunter_gush=1)
    tide.upgrade(scepter=True)
    arena.run(0.1)
    assert tide.ability(GUSH).cooldown == changed(GUSH, "cooldown_scepter", "scepter")
    assert tide.ability(GUSH).cast_range == changed(GUSH, "cast_range_scepter", "scepter")


def test_gush_hits_its_target_alone_without_the_scepter(arena, tide, enemy):
    behind = still(arena, (500, 0))
    gush(arena, tide, enemy)
    arena.run(2.0)
    assert not arena.wounds(behind)


def test_gush_deals_more_with_its_talent(arena, tide, enemy, value, changed):
    gush(arena, tide, enemy, special_bonus_unique_tidehunter_2=1)
    assert arena.wounds(enemy) == [pytest.approx((value(GUSH, "gush_damage") + changed(
        GUSH, "gush_damage", "special_bonus_unique_tidehunter_2")) * (1 - enemy.magic_resistance))]


def test_gush_slows_more_with_its_talent(arena, tide, enemy, value, changed):
    speed = enemy.move_speed
    gush(arena, tide, enemy, special_bonus_unique_tidehunter_5=1)
    part = value(GUSH, "movement_speed") + changed(
        GUSH, "movement_speed", "special_bonus_unique_tidehunter_5")
    assert enemy.move_speed == pytest.approx(speed * (1 + part / 100))


def test_gush_takes_more_armor_with_its_talent(arena, tide, enemy, value, changed):
    armor = enemy.armor
    gush(arena, tide, enemy, special_bonus_unique_tidehunter=1)
    assert enemy.armor == pytest.approx(armor - value(GUSH, "negative_armor") - changed(
        GUSH, "negative_armor", "special_bonus_unique_tidehunter"))


def blow(arena, tide, damage) -> float:
    """Returns what one blow of `damage` takes from Tidehunter, counted before armor."""
    attacker = arena.spawn(ENEMY, at=(150, 0), team=Team.BADGUYS, damage=damage, facing=math.pi)
    tide.set(health=tide.max_health)
    seen = len(arena.wounds(tide))
    arena.run(0.1)
    attacker.attack(tide)
    arena.run_until(lambda: len(arena.wounds(tide)) > seen, within=5.0)
    return arena.wounds(tide)[seen] / (1 - 0.06 * tide.armor / (1 + 0.06 * abs(tide.armor)))


@pytest.mark.parametrize("level", LEVELS)
def test_kraken_shell_blocks_attacks_of_heroes(arena, tide, value, level):
    tide.learn(tidehunter_kraken_shell=level)
    block = value(SHELL, "damage_reduction", level)
    taken = blow(arena, tide, 200.0)
    assert taken in (pytest.approx(200.0 - block),
                     pytest.approx(200.0 - max(block, arena.rules.hero_melee_block)))


@pytest.mark.parametrize("level", (2, 4))
def test_kraken_shell_blocks_more_while_active(arena, tide, value, level):
    tide.learn(tidehunter_kraken_shell=level)
    assert tide.cast(SHELL) == OrderResult.ACCEPTED
    block = value(SHELL, "damage_reduction", level)
    part = value(SHELL, "active_pct_effectiveness") / 100
    assert blow(arena, tide, 300.0) == pytest.approx(300.0 - block * part)


def test_kraken_shell_slows_while_active(arena, tide, value):
    speed = tide.move_speed
    tide.learn(tidehunter_kraken_shell=1)
    tide.cast(SHELL)
    assert tide.move_speed == pytest.approx(
        speed * (1 - value(SHELL, "active_move_speed_penalty_pct") / 100))
    shell = "modifier_tidehunter_kraken_shell_active"
    assert arena.lasts(lambda: tide.has(shell)) == pytest.approx(
        value(SHELL, "active_duration"), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_kraken_shell_costs_its_mana_and_cooldown(arena, tide, value, level):
    tide.learn(tidehunter_kraken_shell=level)
    assert_costs(arena, tide, value, SHELL, level)


def hungry_blow(arena, tide, damage):
    """Lets Axe make Tidehunter hungry, then strike him once."""
    tide.set(max_health=5000.0, health=5000.0)
    axe = arena.spawn("npc_dota_hero_axe", at=(150, 0), team=Team.BADGUYS, facing=math.pi)
    axe.learn(axe_battle_hunger=1)
    axe.cast("axe_battle_hunger", target=tide)
    arena.run_until(lambda: tide.has("modifier_axe_battle_hunger"), within=2.0)
    axe.set(damage=damage)
    seen = len(arena.wounds(tide))
    axe.attack(tide)
    arena.run_until(lambda: max(arena.wounds(tide)[seen:], default=0) > 100, within=5.0)
    axe.stop()
    arena.run(0.1)
    return axe


@pytest.mark.parametrize("level", LEVELS)
def test_kraken_shell_cleanses_after_enough_damage(arena, tide, value, level):
    tide.learn(tidehunter_kraken_shell=level)
    hungry_blow(arena, tide, 2.0 * value(SHELL, "damage_cleanse", level))
    assert not tide.has("modifier_axe_battle_hunger")


@pytest.mark.parametrize("level", LEVELS)
def test_kraken_shell_does_not_cleanse_after_less_damage(arena, tide, value, level):
    tide.learn(tidehunter_kraken_shell=level)
    hungry_blow(arena, tide, 0.8 * value(SHELL, "damage_cleanse", level))
    assert tide.has("modifier_axe_battle_hunger")


def test_kraken_shell_forgets_damage_after_its_interval(arena, tide, value):
    tide.learn(tidehunter_kraken_shell=1)
    part = 0.8 * value(SHELL, "damage_cleanse")
    axe = hungry_blow(arena, tide, part)
    arena.lasts(lambda: tide.has("modifier_axe_battle_hunger"))
    arena.run(value(SHELL, "damage_reset_interval") + 0.5)
    axe.prepare("axe_battle_hunger", 1)
    axe.cast("axe_battle_hunger", target=tide)
    arena.run_until(lambda: tide.has("modifier_axe_battle_hunger"), within=2.0)
    assert blow(arena, tide, part) > 100
    assert tide.has("modifier_axe_battle_hunger")


def test_kraken_shell_smashes_as_it_cleanses_with_its_talent(arena, tide, value):
    tide.learn(tidehunter_kraken_shell=1, tidehunter_anchor_smash=1,
               special_bonus_unique_tidehunter_smash_on_blubber=1)
    axe = hungry_blow(arena, tide, 2.0 * value(SHELL, "damage_cleanse"))
    assert axe.has("modifier_tidehunter_anchor_smash")


def test_kraken_shells_smash_deals_its_part(arena, tide, changed):
    """Of the damage of an Anchor Smash without one."""
    talent = "special_bonus_unique_tidehunter_smash_on_blubber"
    tide.learn(tidehunter_kraken_shell=1, tidehunter_anchor_smash=1, **{talent: 1})
    tide.body.base_damage_min = tide.body.base_damage_max = 100.0
    axe = hungry_blow(arena, tide, 2000.0)
    arena.run(0.1)
    part = changed(SHELL, "smash_on_purge", talent) / 100
    low, high = (part * damage for damage in (tide.damage_min, tide.damage_max))
    bonus = part * arena.patch.abilities["abilities"][SMASH]["values"]["attack_damage"]["levels"][0]
    through = 1 - 0.06 * axe.armor / (1 + 0.06 * axe.armor)
    most = (high + bonus) * through
    assert any((low + bonus - 16) * through - 0.5 <= lost <= most + 0.5
               for lost in arena.wounds(axe))


def test_kraken_shells_smash_is_reflected_damage(arena, tide):
    """It gives no lifesteal, which an ordinary one does. Source: the note of Anchor Smash, 7.41."""
    tide.give_item("item_lifesteal")
    tide.learn(tidehunter_kraken_shell=1, tidehunter_anchor_smash=1,
               special_bonus_unique_tidehunter_smash_on_blubber=1)
    arena.spawn("npc_dota_hero_axe", at=(-150, 0), team=Team.BADGUYS)
    tide.hurt(200.0)
    smash(arena, tide)
    heals = len(arena.told(EventKind.HEAL, subject=tide))
    assert heals == 1
    axe = hungry_blow(arena, tide, 2000.0)
    assert axe.has("modifier_tidehunter_anchor_smash")
    assert len(arena.told(EventKind.HEAL, subject=tide)) == heals


def smash(arena, tide, level=1, **talents):
    tide.learn(tidehunter_anchor_smash=level, **talents)
    assert tide.cast(SMASH) == OrderResult.ACCEPTED
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=1.0)
    arena.run(0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_anchor_smash_attacks_with_bonus_damage(arena, tide, value, level):
    creep = still(arena, (200, 0), armor=0.0)
    low, high = tide.damage_min, tide.damage_max
    smash(arena, tide, level)
    (lost,) = arena.wounds(creep)
    bonus = value(SMASH, "attack_damage", level)
    assert low + bonus <= lost <= high + bonus


@pytest.mark.parametrize("level", LEVELS)
def test_anchor_smash_weakens_attacks_for_its_duration(arena, tide, enemy, value, level):
    before = enemy.damage_min
    smash(arena, tide, level)
    assert enemy.damage_min == pytest.approx(
        before * (1 + value(SMASH, "damage_reduction", level) / 100))
    assert arena.lasts(lambda: enemy.has("modifier_tidehunter_anchor_smash")) == pytest.approx(
        value(SMASH, "reduction_duration", level), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_anchor_smash_costs_its_mana_and_cooldown(arena, tide, value, level):
    tide.learn(tidehunter_anchor_smash=level)
    assert_costs(arena, tide, value, SMASH, level)


def test_anchor_smash_reaches_farther_than_attacks(arena, tide, value):
    reach = tide.attack_range + value(SMASH, "additional_range")
    near, far = still(arena, (reach - 5, 0)), still(arena, (-reach - 5, 0))
    smash(arena, tide)
    assert arena.wounds(near)
    assert not arena.wounds(far)


def test_anchor_smash_weakens_more_with_its_talent(arena, tide, enemy, value, changed):
    talent = "special_bonus_unique_tidehunter_3"
    before = enemy.damage_min
    smash(arena, tide, **{talent: 1})
    percent = value(SMASH, "damage_reduction") + changed(SMASH, "damage_reduction", talent)
    assert enemy.damage_min == pytest.approx(before * (1 + percent / 100))


def tower_smashed(arena, tide, **talents):
    tower = next(
        unit for unit in arena.buildings() if unit.team == Team.BADGUYS
        and not unit.has("MODIFIER_STATE_INVULNERABLE"))
    arena.around(tower)
    tide.place((-250, 0))
    smash(arena, tide, **talents)
    return arena.wounds(tower)


def test_anchor_smash_hits_buildings_with_its_talent(arena, tide, value, changed):
    """Through the armor and the class of a tower, by the talent's part."""
    talent = "special_bonus_unique_tidehunter_10"
    (lost,) = tower_smashed(arena, tide, **{talent: 1})
    tower = arena.building("npc_dota_badguys_tower1_mid")
    part = changed(SMASH, "building_pct_damage", talent) / 100
    factor = part * arena.rules.class_hero_on_reinforced * (
        1 - 0.06 * tower.armor / (1 + 0.06 * tower.armor))
    bonus = value(SMASH, "attack_damage")
    assert (tide.damage_min + bonus) * factor - 0.5 <= lost <= (
        tide.damage_max + bonus) * factor + 0.5


def test_anchor_smash_hits_no_buildings_without_its_talent(arena, tide):
    assert not tower_smashed(arena, tide)


def ravage(arena, tide, level=1, **talents):
    tide.learn(tidehunter_ravage=level, **talents)
    assert tide.cast(RAVAGE) == OrderResult.ACCEPTED
    return arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=1.0)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_ravage_stuns_and_hurts(arena, tide, enemy, value, level):
    ravage(arena, tide, level)
    arena.run_until(lambda: enemy.has("MODIFIER_STATE_STUNNED"), within=2.0)
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(RAVAGE, "duration", level), abs=0.1)
    assert arena.wounds(enemy) == [pytest.approx(
        value(RAVAGE, "damage", level) * (1 - enemy.magic_resistance))]


@pytest.mark.parametrize("level", (1, 2, 3))
def test_ravage_costs_its_mana_and_cooldown(arena, tide, value, level):
    tide.learn(tidehunter_ravage=level)
    assert_costs(arena, tide, value, RAVAGE, level)


def test_ravage_runs_at_its_speed(arena, tide, value):
    creep = still(arena, (800, 0))
    start = ravage(arena, tide)
    met = arena.run_until(lambda: creep.has("MODIFIER_STATE_STUNNED"), within=2.0)
    assert met - start == pytest.approx(800 / value(RAVAGE, "speed"), abs=0.1)


def test_ravage_ends_at_its_radius(arena, tide, value):
    radius = value(RAVAGE, "radius")
    near, far = still(arena, (radius - 10, 0)), still(arena, (-radius - 10, 0))
    ravage(arena, tide)
    arena.run(3.0)
    assert arena.wounds(near)
    assert not arena.wounds(far)


def test_ravage_stuns_longer_with_its_talent(arena, tide, enemy, value, changed):
    ravage(arena, tide, special_bonus_unique_tidehunter_7=1)
    arena.run_until(lambda: enemy.has("MODIFIER_STATE_STUNNED"), within=2.0)
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(RAVAGE, "duration") + changed(
            RAVAGE, "duration", "special_bonus_unique_tidehunter_7"), abs=0.1)


def test_ravage_is_ready_sooner_with_its_talent(arena, tide, value, changed):
    talent = "special_bonus_unique_tidehunter_ravage_cooldown"
    tide.learn(tidehunter_ravage=1, **{talent: 1})
    arena.run(0.1)
    assert tide.ability(RAVAGE).cooldown == value(RAVAGE, "cooldown") + changed(
        RAVAGE, "AbilityCooldown", talent)


def chain(arena, tide):
    """Chains an enemy 300 away; returns it and its anchor."""
    tide.upgrade(shard=True)
    enemy = arena.spawn(ENEMY, at=(300, 0), team=Team.BADGUYS)
    assert tide.cast(DEAD, target=enemy) == OrderResult.ACCEPTED
    arena.run_until(lambda: enemy.has("modifier_tidehunter_dead_in_the_water"), within=2.0)
    arena.run(0.05)
    (anchor,) = arena.units(UnitType.WARD)
    return enemy, anchor


def test_dead_in_the_water_comes_with_the_shard(arena, tide, enemy):
    assert tide.cast(DEAD, target=enemy) != OrderResult.ACCEPTED
    tide.upgrade(shard=True)
    arena.run(0.1)
    assert tide.ability(DEAD).castable


def test_dead_in_the_water_leashes_for_its_duration(arena, tide, value):
    enemy, anchor = chain(arena, tide)
    assert enemy.has("MODIFIER_STATE_TETHERED")
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_TETHERED")) == pytest.approx(
        value(DEAD, "duration"), abs=0.1)
    assert not anchor.alive


def test_dead_in_the_water_costs_its_mana_and_cooldown(arena, tide, value):
    tide.upgrade(shard=True)
    assert_costs(arena, tide, value, DEAD, 1)
    assert tide.ability(DEAD).cast_range == value(DEAD, "cast_range")


def test_dead_in_the_water_slows_at_the_end_of_its_chain(arena, tide, value):
    enemy, anchor = chain(arena, tide)
    speed = enemy.move_speed
    assert speed > value(DEAD, "max_movement_speed")
    enemy.move((2000, 0))
    arena.run_until(
        lambda: enemy.move_speed == value(DEAD, "max_movement_speed"), within=4.0)
    assert enemy.distance(anchor) == pytest.approx(value(DEAD, "chain_length"), abs=30.0)


def test_dead_in_the_water_leaves_no_anchor_when_its_victim_dies(arena, tide):
    enemy, anchor = chain(arena, tide)
    enemy.kill()
    arena.run(0.1)
    assert not anchor.alive


def test_dead_in_the_water_drags_its_anchor_along(arena, tide, value):
    enemy, anchor = chain(arena, tide)
    enemy.move((2000, 0))
    arena.run(5.0)
    assert enemy.distance(anchor) == pytest.approx(value(DEAD, "chain_length"), abs=10.0)


def test_dead_in_the_water_ends_after_so_many_attacks(arena, tide, value):
    enemy, anchor = chain(arena, tide)
    enemy.set(attack_interval=0.5)
    enemy.attack(anchor)
    for _ in range(8):
        arena.run(1.0)
        if not anchor.alive:
            break
    arena.run(0.1)
    assert not anchor.alive
    assert not enemy.has("modifier_tidehunter_dead_in_the_water")


def test_leviathans_catch_brings_a_fish_every_second_level(arena, value):
    tide = arena.spawn(TIDE, level=7)
    arena.run(2.5)
    assert tide.stacks(EATEN) == 3
    assert tide.bonus("ATTACK_RANGE_BONUS") == 3 * value(CATCH, "fish_attack_range")
    assert tide.bonus("HEALTH_BONUS") == 3 * value(CATCH, "fish_health_bonus")


def test_leviathans_catch_leaves_a_fish_where_tidehunter_killed_a_hero(arena, tide, value):
    victim = arena.spawn(ENEMY, at=(1000, 0), team=Team.BADGUYS)
    victim.kill(by=tide)
    arena.run(1.0)
    assert tide.stacks(EATEN) == 0
    for x in range(850, 1200, 150):
        for y in (-150, 0, 150):
            tide.place((x, y))
            arena.run(0.2)
    assert tide.stacks(EATEN) == 1


@pytest.mark.parametrize("by_hero", [True, False])
def test_attacks_of_heroes_destroy_the_fish(arena, tide, enemy, by_hero):
    victim = arena.spawn(ENEMY, at=(1000, 0), team=Team.BADGUYS)
    victim.kill(by=tide)
    fish = arena.run_until(lambda: arena.units(UnitType.WARD), within=1.0) and arena.units(
        UnitType.WARD)[0]
    gold = enemy.gold
    if by_hero:
        enemy.place((float(fish.x) - arena.origin[0] + 200, float(fish.y) - arena.origin[1]))
        arena.run(0.3)
        assert enemy.attack(fish) == OrderResult.ACCEPTED
    else:
        creep = still(arena, (float(fish.x) - arena.origin[0] + 100,
                              float(fish.y) - arena.origin[1]), acquisition_range=0.0)
        creep.body.target = fish.handle
    arena.run(4.0)
    assert bool(arena.units(UnitType.WARD)) == (not by_hero)
    assert enemy.gold - gold <= 6  # what comes with time


def test_the_fish_is_gone_after_its_time(arena, tide, value):
    arena.spawn(ENEMY, at=(1000, 0), team=Team.BADGUYS).kill(by=tide)
    arena.run_until(lambda: bool(arena.units(UnitType.WARD)), within=1.0)
    assert arena.lasts(lambda: bool(arena.units(UnitType.WARD))) == pytest.approx(
        value(CATCH, "fish_duration"), abs=0.1)


@pytest.mark.parametrize("level", (2, 4))
def test_kraken_shell_blocks_less_of_creeps_attacks(arena, tide, value, level):
    tide.learn(tidehunter_kraken_shell=level)
    arena.spawn(CREEP, at=(100, 0), facing=math.pi, damage=300.0)
    arena.run_until(lambda: arena.wounds(tide), within=5.0)
    block = value(SHELL, "damage_reduction", level) * (
        1 - value(SHELL, "creep_reduction_penalty_pct") / 100)
    through = arena.rules.class_runty_on_hero * (1 - 0.06 * tide.armor / (1 + 0.06 * tide.armor))
    assert arena.wounds(tide)[0] / through == pytest.approx(300.0 - block)


def test_leviathans_catch_adds_to_the_block_of_kraken_shell(arena, value):
    tide = arena.spawn(TIDE, at=(0, 0), level=4)
    tide.learn(tidehunter_kraken_shell=2)
    arena.run(1.5)
    block = value(SHELL, "damage_reduction", 2) + 2 * value(CATCH, "fish_damage_block")
    assert blow(arena, tide, 200.0) == pytest.approx(200.0 - block)


def test_leviathans_catch_alone_blocks_nothing(arena, value):
    """Without Kraken Shell there is the block of melee heroes, at its chance, or none."""
    tide = arena.spawn(TIDE, at=(0, 0), level=4)
    arena.run(1.5)
    melee = arena.rules.hero_melee_block + 2 * value(CATCH, "fish_damage_block")
    blows = {round(blow(arena, tide, 200.0), 1) for _ in range(4)}
    assert blows <= {200.0, 200.0 - melee}


def test_gush_does_nothing_to_who_became_immune_meanwhile(arena, tide, enemy):
    tide.learn(**{GUSH: 1})
    enemy.give_item("item_black_king_bar")
    tide.perform(GUSH, target=enemy)
    assert enemy.use("item_black_king_bar") == OrderResult.ACCEPTED
    arena.run(1.0)
    assert not arena.wounds(enemy) and not enemy.has("modifier_tidehunter_gush")


@pytest.mark.parametrize("scepter", [False, True])
def test_gush_flies_at_its_speed(arena, tide, enemy, value, changed, scepter):
    tide.upgrade(scepter=scepter)
    tide.learn(tidehunter_gush=1)
    enemy.place((600, 0))
    tide.perform(GUSH, target=enemy)
    assert arena.tables.projectiles[0].speed == (
        changed(GUSH, "speed_scepter", "scepter") if scepter
        else value(GUSH, "projectile_speed"))


def test_a_fish_lies_near_where_the_hero_fell(arena, tide, value):
    arena.spawn(ENEMY, at=(1000, 0), team=Team.BADGUYS).kill(by=tide)
    arena.run_until(lambda: arena.units(UnitType.WARD), within=1.0)
    (fish,) = arena.units(UnitType.WARD)
    away = math.hypot(fish.x - arena.origin[0] - 1000, fish.y - arena.origin[1])
    assert away <= value(CATCH, "max_fish_spawn_distance") + 64


@pytest.mark.parametrize("blows", (3, 4))
def test_so_many_attacks_of_heroes_destroy_the_anchor(arena, tide, enemy, value, blows):
    tide.upgrade(shard=True)
    tide.learn(**{DEAD: 1})
    tide.perform(DEAD, target=enemy)
    arena.run_until(lambda: arena.units(UnitType.WARD), within=3.0)
    (anchor,) = arena.units(UnitType.WARD)
    fighter = arena.spawn("npc_dota_hero_lina", at=(300, 200), team=Team.BADGUYS)
    fighter.attack(anchor)
    arena.run_until(lambda: not anchor.alive or anchor.stacks(
        "modifier_tidehunter_dead_in_the_water_anchor") >= blows, within=20.0)
    assert anchor.alive == (blows < value(DEAD, "attacks_to_destroy"))


def test_the_anchor_is_thrown_at_its_speed(arena, tide, enemy, value):
    tide.upgrade(shard=True)
    tide.learn(**{DEAD: 1})
    tide.perform(DEAD, target=enemy)
    assert arena.tables.projectiles[0].speed == value(DEAD, "projectile_speed")
