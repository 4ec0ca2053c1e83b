"""Lina."""

import pytest

from dota_env_rpc.match.enums import INVULNERABLE, MAGIC_IMMUNE, EventKind, OrderResult, Team
from tests.content.measures import cooldown_left, tough, until_hit

LINA = "npc_dota_hero_lina"
VICTIM = "npc_dota_hero_bane"
CREEP = "npc_dota_creep_badguys_melee"
SLAVE, ARRAY, SOUL = "lina_dragon_slave", "lina_light_strike_array", "lina_fiery_soul"
CLOAK, BURN, LAGUNA = "lina_flame_cloak", "lina_slow_burn", "lina_laguna_blade"


def spawn(arena, level=1, **levels):
    """Returns a Lina who looks along the x-axis, with mana for everything."""
    lina = arena.spawn(LINA, level=level)
    lina.learn(**levels)
    lina.record.mana = 10000.0
    return lina


def enemy(arena, at, name=VICTIM, **fields):
    return arena.spawn(name, at=at, team=Team.BADGUYS, **fields)


# Dragon Slave


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_dragon_slave_hurts_everybody_on_its_way(arena, value, level):
    lina = spawn(arena, lina_dragon_slave=level)
    target = enemy(arena, (300, 0))
    creep = tough(arena, (700, 0))
    aside = tough(arena, (700, 400))
    lina.cast(SLAVE, point=(900, 0))
    until_hit(arena, creep)
    damage = value(SLAVE, "dragon_slave_damage", level)
    assert arena.wounds(target)[0] == pytest.approx(damage * (1.0 - target.magic_resistance))
    assert arena.wounds(creep) == pytest.approx([damage])
    assert not arena.wounds(aside)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_dragon_slave_takes_its_cast_point_mana_and_cooldown(arena, value, level):
    lina = spawn(arena, lina_dragon_slave=level)
    mana, began = float(lina.mana), arena.seconds
    lina.cast(SLAVE, point=(900, 0))
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=2.0)
    assert arena.seconds - began == pytest.approx(value(SLAVE, "cast_point"), abs=0.07)
    assert mana - lina.mana == pytest.approx(value(SLAVE, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, lina, SLAVE) == pytest.approx(
        value(SLAVE, "AbilityCooldown", level), abs=0.07)


def test_dragon_slave_flies_its_distance_at_its_speed(arena, value):
    lina = spawn(arena, lina_dragon_slave=1)
    reach = value(SLAVE, "dragon_slave_distance") + value(SLAVE, "dragon_slave_width_end")
    inside, outside = tough(arena, (reach - 10, 0)), tough(arena, (reach + 60, 0))
    lina.cast(SLAVE, point=(900, 0))
    arena.run_until(lambda: arena.tables.num_projectiles, within=2.0)
    began = arena.seconds
    until_hit(arena, inside)
    assert arena.seconds - began == pytest.approx(
        value(SLAVE, "dragon_slave_distance") / value(SLAVE, "dragon_slave_speed"), abs=0.1)
    arena.run(0.5)
    assert not arena.wounds(outside)


def test_dragon_slave_may_be_cast_on_a_unit(arena, value):
    lina = spawn(arena, lina_dragon_slave=1)
    target = enemy(arena, (0, 600))
    assert lina.cast(SLAVE, target=target) == OrderResult.ACCEPTED
    until_hit(arena, target)


@pytest.mark.parametrize("by", ["special_bonus_unique_lina_1"])
def test_a_talent_shortens_dragon_slaves_cooldown(arena, value, changed, by):
    lina = spawn(arena, lina_dragon_slave=1, **{by: 1})
    arena.play_tick()
    assert lina.ability(SLAVE).cooldown == pytest.approx(
        value(SLAVE, "AbilityCooldown") + changed(SLAVE, "AbilityCooldown", by))


# Slow Burn


@pytest.mark.parametrize("talent", [0, 1])
def test_spells_burn_for_a_part_of_their_damage(arena, value, changed, talent):
    name = "special_bonus_unique_lina_7"
    lina = spawn(arena, lina_dragon_slave=1, **{name: talent})
    creep = tough(arena, (300, 0))
    lina.cast(SLAVE, point=(900, 0))
    until_hit(arena, creep)
    began = arena.seconds
    arena.run(6.0)
    share = value(BURN, "burn_damage_pct") + talent * changed(BURN, "burn_damage_pct", name)
    seconds = value(BURN, "burn_duration") + talent * changed(BURN, "burn_duration", name)
    first, *burns = arena.wounds(creep)
    assert first == pytest.approx(value(SLAVE, "dragon_slave_damage"))
    assert sum(burns) == pytest.approx(first * share / 100.0)
    last = arena.told(EventKind.DAMAGE, subject=creep)[-1].tick / 30
    assert last - began == pytest.approx(seconds, abs=0.07)


@pytest.mark.parametrize("talent", [0, 1])
def test_a_talent_lets_her_attacks_be_critical_on_whom_she_burns(arena, changed, talent):
    name = "special_bonus_unique_lina_crit_debuff"
    lina = spawn(arena, lina_dragon_slave=1, **{name: talent})
    lina.set(damage=50.0)
    creep = tough(arena, (300, 0))
    creep.set(armor=0.0)
    lina.cast(SLAVE, point=(900, 0))
    until_hit(arena, creep)
    hit = lina.attack(creep)
    assert hit == OrderResult.ACCEPTED
    factor = changed(BURN, "target_crit_multiplier", name) / 100.0 if talent else 1.0
    arena.run_until(lambda: 50.0 * factor in arena.wounds(creep), within=2.0)


# Light Strike Array


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_light_strike_array_hurts_and_stuns(arena, value, level):
    lina = spawn(arena, lina_light_strike_array=level)
    target = enemy(arena, (600, 0))
    lina.cast(ARRAY, point=(600, 0))
    until_hit(arena, target)
    began = arena.seconds
    assert target.has("MODIFIER_STATE_STUNNED")
    damage = value(ARRAY, "light_strike_array_damage", level)
    assert arena.wounds(target) == pytest.approx([damage * (1.0 - target.magic_resistance)])
    arena.run_until(lambda: not target.has("MODIFIER_STATE_STUNNED"), within=4.0)
    assert arena.seconds - began == pytest.approx(
        value(ARRAY, "light_strike_array_stun_duration", level), abs=0.07)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_light_strike_array_takes_its_time_mana_and_cooldown(arena, value, level):
    lina = spawn(arena, lina_light_strike_array=level)
    target = enemy(arena, (600, 0))
    mana, began = float(lina.mana), arena.seconds
    lina.cast(ARRAY, point=(600, 0))
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=2.0)
    assert arena.seconds - began == pytest.approx(value(ARRAY, "cast_point"), abs=0.07)
    assert mana - lina.mana == pytest.approx(value(ARRAY, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, lina, ARRAY) == pytest.approx(
        value(ARRAY, "cooldown", level), abs=0.07)
    began = arena.seconds
    until_hit(arena, target)
    assert arena.seconds - began == pytest.approx(
        value(ARRAY, "light_strike_array_delay_time"), abs=0.07)


def test_light_strike_array_has_its_radius_and_range(arena, value):
    lina = spawn(arena, lina_light_strike_array=1)
    there, radius = value(ARRAY, "cast_range"), value(ARRAY, "light_strike_array_aoe")
    inside, outside = tough(arena, (there + radius - 5, 0)), tough(arena, (there + radius + 5, 0))
    lina.cast(ARRAY, point=(there, 0))
    until_hit(arena, inside)
    assert lina.x == arena.origin[0]
    assert not arena.wounds(outside)


def test_a_talent_adds_to_light_strike_arrays_damage(arena, value, changed):
    talent = "special_bonus_unique_lina_3"
    lina = spawn(arena, lina_light_strike_array=1, **{talent: 1})
    creep = tough(arena, (600, 0))
    lina.cast(ARRAY, point=(600, 0))
    until_hit(arena, creep)
    assert arena.wounds(creep) == pytest.approx([
        value(ARRAY, "light_strike_array_damage")
        + changed(ARRAY, "light_strike_array_damage", talent)])


# Fiery Soul


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_each_enemy_hit_feeds_fiery_soul(arena, value, level):
    lina = spawn(arena, lina_dragon_slave=1, lina_fiery_soul=level)
    attack, move = lina.attack_speed, lina.move_speed
    creeps = [tough(arena, (300 + 60 * i, 0)) for i in range(2)]
    lina.cast(SLAVE, point=(900, 0))
    until_hit(arena, creeps[1])
    arena.play_tick()
    assert lina.stacks("modifier_lina_fiery_soul") == 2
    assert lina.attack_speed - attack == pytest.approx(
        2 * value(SOUL, "fiery_soul_attack_speed_bonus", level))
    assert lina.move_speed == pytest.approx(
        move * (1.0 + 0.02 * value(SOUL, "fiery_soul_move_speed_bonus", level)))


def test_a_spell_that_hits_nobody_feeds_no_fiery_soul(arena):
    lina = spawn(arena, lina_dragon_slave=1, lina_fiery_soul=1)
    lina.cast(SLAVE, point=(900, 0))
    arena.run(1.5)
    assert not lina.has("modifier_lina_fiery_soul")


def test_fiery_soul_has_a_most_and_a_duration(arena, value):
    lina = spawn(arena, lina_dragon_slave=1, lina_fiery_soul=1)
    for i in range(10):
        tough(arena, (300, 30 * (i - 5)))
    lina.cast(SLAVE, point=(900, 0))
    most = value(SOUL, "fiery_soul_max_stacks")
    arena.run_until(lambda: lina.stacks("modifier_lina_fiery_soul") == most, within=2.0)
    began = arena.seconds
    arena.run_until(lambda: not lina.has("modifier_lina_fiery_soul"), within=20.0)
    assert arena.seconds - began == pytest.approx(
        value(SOUL, "fiery_soul_stack_duration"), abs=0.1)


def test_a_talent_makes_fiery_soul_faster(arena, value, changed):
    talent = "special_bonus_unique_lina_2"
    lina = spawn(arena, lina_dragon_slave=1, lina_fiery_soul=1, **{talent: 1})
    attack = lina.attack_speed
    creep = tough(arena, (300, 0))
    lina.cast(SLAVE, point=(900, 0))
    until_hit(arena, creep)
    arena.play_tick()
    assert lina.attack_speed - attack == pytest.approx(
        value(SOUL, "fiery_soul_attack_speed_bonus")
        + changed(SOUL, "fiery_soul_attack_speed_bonus", talent))


def test_a_talent_lets_fiery_soul_resist_magic(arena, changed):
    talent = "special_bonus_unique_lina_4"
    lina = spawn(arena, lina_dragon_slave=1, lina_fiery_soul=1, **{talent: 1})
    resistance = lina.magic_resistance
    creep = tough(arena, (300, 0))
    lina.cast(SLAVE, point=(900, 0))
    until_hit(arena, creep)
    arena.play_tick()
    part = changed(SOUL, "fiery_soul_magic_resist", talent) / 100.0
    assert 1.0 - lina.magic_resistance == pytest.approx((1.0 - resistance) * (1.0 - part))


def test_a_talent_gives_attack_damage(arena):
    lina = spawn(arena, special_bonus_attack_damage_25=1)
    arena.play_tick()
    assert lina.bonus_damage == 25.0


# Laguna Blade


@pytest.mark.parametrize("level", [1, 2, 3])
def test_laguna_blade_hurts_after_a_moment(arena, value, level):
    lina = spawn(arena, lina_laguna_blade=level)
    target = enemy(arena, (600, 0), health=3000.0, max_health=3000.0)
    mana, began = float(lina.mana), arena.seconds
    lina.cast(LAGUNA, target=target)
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=2.0)
    assert arena.seconds - began == pytest.approx(value(LAGUNA, "cast_point"), abs=0.07)
    assert mana - lina.mana == pytest.approx(value(LAGUNA, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, lina, LAGUNA) == pytest.approx(
        value(LAGUNA, "AbilityCooldown", level), abs=0.07)
    began = arena.seconds
    until_hit(arena, target)
    assert arena.seconds - began == pytest.approx(value(LAGUNA, "damage_delay"), abs=0.07)
    assert arena.wounds(target) == pytest.approx(
        [value(LAGUNA, "damage", level) * (1.0 - target.magic_resistance)])


def test_laguna_blade_does_nothing_to_who_became_immune(arena):
    lina = spawn(arena, lina_laguna_blade=1)
    target = enemy(arena, (600, 0))
    lina.cast(LAGUNA, target=target)
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=2.0)
    target.body.base_states |= MAGIC_IMMUNE
    target.body.is_dirty = 1
    arena.run(0.5)
    assert not arena.wounds(target)


def test_laguna_blade_has_its_range(arena, value):
    lina = spawn(arena, lina_laguna_blade=1)
    reach = value(LAGUNA, "cast_range") + lina.bound_radius
    target = tough(arena, (reach + 100, 0))
    lina.cast(LAGUNA, target=target)
    until_hit(arena, target)
    assert lina.distance(target) == pytest.approx(reach + target.bound_radius, abs=15.0)


def test_a_talent_shortens_laguna_blades_cooldown(arena, value, changed):
    talent = "special_bonus_unique_lina_6"
    lina = spawn(arena, lina_laguna_blade=1, **{talent: 1})
    arena.play_tick()
    assert lina.ability(LAGUNA).cooldown == pytest.approx(
        value(LAGUNA, "AbilityCooldown") + changed(LAGUNA, "AbilityCooldown", talent))


def test_the_shard_lets_laguna_blade_supercharge_fiery_soul(arena, value, changed):
    lina = spawn(arena, lina_laguna_blade=1, lina_fiery_soul=1)
    lina.upgrade(shard=True)
    attack = lina.attack_speed
    target = tough(arena, (600, 0))
    lina.cast(LAGUNA, target=target)
    until_hit(arena, target)
    began = arena.seconds
    arena.run(0.1)
    most = changed(LAGUNA, "supercharge_stacks", "shard")
    assert lina.attack_speed - attack == pytest.approx(
        most * value(SOUL, "fiery_soul_attack_speed_bonus"))
    arena.run_until(
        lambda: lina.attack_speed - attack < 2 * value(SOUL, "fiery_soul_attack_speed_bonus"),
        within=6.0)
    assert arena.seconds - began == pytest.approx(
        changed(LAGUNA, "supercharge_duration", "shard") - value(LAGUNA, "damage_delay"),
        abs=0.1)


# Flame Cloak


def test_flame_cloak_comes_with_the_scepter(arena, value):
    lina = spawn(arena, lina_fiery_soul=1)
    assert lina.cast(CLOAK) == OrderResult.NOT_AVAILABLE
    lina.upgrade(scepter=True)
    assert lina.cast(CLOAK) == OrderResult.ACCEPTED
    assert lina.stacks("modifier_lina_fiery_soul") == value(SOUL, "fiery_soul_max_stacks")


def test_flame_cloak_lets_her_walk_over_everything(arena):
    lina = spawn(arena)
    lina.upgrade(scepter=True)
    lina.record.mana = 500.0
    lina.cast(CLOAK)
    arena.play_tick()
    assert lina.has("MODIFIER_STATE_FLYING_FOR_PATHING_PURPOSES_ONLY")


def test_flame_cloak_resists_magic_and_amplifies_spells(arena, value):
    lina = spawn(arena, lina_dragon_slave=1)
    lina.upgrade(scepter=True)
    resistance, mana = lina.magic_resistance, float(lina.mana)
    lina.cast(CLOAK)
    began = arena.seconds
    assert mana - lina.mana == pytest.approx(value(CLOAK, "mana_cost"), abs=1.0)
    assert cooldown_left(arena, lina, CLOAK) == pytest.approx(value(CLOAK, "cooldown"), abs=0.07)
    assert 1.0 - lina.magic_resistance == pytest.approx(
        (1.0 - resistance) * (1.0 - 0.01 * value(CLOAK, "magic_resistance")))
    creep = tough(arena, (300, 0))
    lina.cast(SLAVE, point=(900, 0))
    until_hit(arena, creep)
    assert arena.wounds(creep) == pytest.approx(
        [value(SLAVE, "dragon_slave_damage") * (1.0 + 0.01 * value(CLOAK, "spell_amp"))])
    arena.run_until(lambda: not lina.has("modifier_lina_flame_cloak"), within=10.0)
    assert arena.seconds - began == pytest.approx(
        value(CLOAK, "flame_cloak_duration"), abs=0.07)


def test_dragon_slave_is_as_wide_as_told_where_it_starts(arena, value):
    lina = spawn(arena, lina_dragon_slave=1)
    width = value(SLAVE, "dragon_slave_width_initial")
    near, beyond = tough(arena, (0, width - 10)), tough(arena, (0, -width - 60))
    lina.perform(SLAVE, point=(900, 0))
    arena.run(1.5)
    assert arena.wounds(near) and not arena.wounds(beyond)


def test_what_burns_also_hurts_at_once_by_its_part(arena, value):
    lina = spawn(arena, lina_laguna_blade=1)
    creep = tough(arena, (300, 0))
    lina.perform(LAGUNA, target=creep)
    until_hit(arena, creep)
    assert arena.wounds(creep)[0] == pytest.approx(
        value(LAGUNA, "damage") * value(BURN, "impact_damage_pct") / 100)


def test_laguna_blade_feeds_no_fiery_soul_with_who_became_invulnerable(arena):
    lina = spawn(arena, lina_laguna_blade=1, lina_fiery_soul=1)
    target = enemy(arena, (600, 0))
    lina.perform(LAGUNA, target=target)
    target.body.base_states |= INVULNERABLE
    target.body.is_dirty = 1
    arena.run(0.5)
    assert not arena.wounds(target)
    assert not lina.has("modifier_lina_fiery_soul")
