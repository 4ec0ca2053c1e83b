"""Lich's abilities against their entries in the tables."""

import pytest

from dota_env_rpc.match.enums import MAGIC_IMMUNE, OrderResult, Team, UnitType
from tests.content.measures import charge_seconds

LICH = "npc_dota_hero_lich"
ENEMY = "npc_dota_hero_lion"
CREEP = "npc_dota_creep_badguys_melee"
OWN_CREEP = "npc_dota_creep_goodguys_melee"
BLAST, SHIELD, GAZE, FROST, SPIRE, SACRIFICE = (
    "lich_frost_nova", "lich_frost_shield", "lich_sinister_gaze", "lich_chain_frost",
    "lich_ice_spire", "lich_death_charge")
SLOW = "modifier_lich_frostnova_slow"
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def lich(arena):
    return arena.spawn(LICH, at=(0, 0), level=25)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(400, 0), team=Team.BADGUYS, level=25)


# Frost Blast.


@pytest.mark.parametrize("level", LEVELS)
def test_frost_blast_deals_both_damages_to_its_target(arena, lich, enemy, value, level):
    lich.learn(lich_frost_nova=level)
    lich.perform(BLAST, target=enemy)
    assert sum(arena.wounds(enemy)) == pytest.approx(
        (value(BLAST, "damage", level) + value(BLAST, "aoe_damage", level))
        * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("level", LEVELS)
def test_frost_blast_deals_area_damage_within_its_radius(arena, lich, enemy, value, level):
    lich.learn(lich_frost_nova=level)
    radius = value(BLAST, "radius", level)
    near = arena.spawn(CREEP, at=(400, radius - 5), move_speed=0.0)
    far = arena.spawn(CREEP, at=(400, -radius - 5), move_speed=0.0)
    lich.perform(BLAST, target=enemy)
    assert sum(arena.wounds(near)) == pytest.approx(value(BLAST, "aoe_damage", level))
    assert sum(arena.wounds(far)) == 0


@pytest.mark.parametrize("level", LEVELS)
def test_frost_blast_slows_steps_and_attacks(arena, lich, enemy, value, level):
    lich.learn(lich_frost_nova=level)
    speed, attacks = enemy.move_speed, enemy.attack_speed
    lich.perform(BLAST, target=enemy)
    assert enemy.move_speed == pytest.approx(
        speed * (1 + value(BLAST, "slow_movement_speed", level) / 100))
    assert enemy.attack_speed - attacks == pytest.approx(
        value(BLAST, "slow_attack_speed_primary", level))
    assert arena.lasts(lambda: enemy.has(SLOW)) == pytest.approx(
        value(BLAST, "duration", level), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_frost_blast_has_its_range_mana_and_cooldown(arena, lich, value, level):
    lich.learn(lich_frost_nova=level)
    assert lich.cost(BLAST) == (
        value(BLAST, "mana_cost", level), value(BLAST, "cooldown", level))
    assert lich.ability(BLAST).cast_range == value(BLAST, "cast_range", level)


def test_frost_blast_grows_with_its_talent(arena, lich, enemy, value, changed):
    talent = "special_bonus_unique_lich_6"
    lich.learn(lich_frost_nova=1, **{talent: 1})
    radius = value(BLAST, "radius") + changed(BLAST, "radius", talent)
    near = arena.spawn(CREEP, at=(400, radius - 5), move_speed=0.0)
    lich.perform(BLAST, target=enemy)
    assert sum(arena.wounds(near)) == pytest.approx(
        value(BLAST, "aoe_damage") + changed(BLAST, "aoe_damage", talent))


def test_frost_blast_rests_less_with_its_talent(arena, lich, value, changed):
    lich.learn(lich_frost_nova=1, special_bonus_unique_lich_3=1)
    assert lich.cost(BLAST)[1] == value(BLAST, "cooldown") + changed(
        BLAST, "AbilityCooldown", "special_bonus_unique_lich_3")


# Frost Shield.


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_frost_shield_keeps_off_its_part_of_an_attack(
        arena, lich, enemy, value, changed, level, talent):
    lich.learn(lich_frost_shield=level)
    if talent:
        lich.learn(special_bonus_unique_lich_8=1)
    enemy.place((300, 0))
    enemy.body.base_damage_min = enemy.body.base_damage_max
    lich.perform(SHIELD, target=lich)
    enemy.set(damage=100.0)
    enemy.attack(lich)
    arena.run_until(lambda: sum(arena.wounds(lich)) > 0, within=3.0)
    factor = arena.rules.armor_factor
    through = 1 - factor * lich.armor / (1 + factor * lich.armor)
    percent = value(SHIELD, "damage_reduction", level) + (
        changed(SHIELD, "damage_reduction", "special_bonus_unique_lich_8") if talent else 0.0)
    assert arena.wounds(lich)[0] == pytest.approx(
        100.0 * through * (1 - percent / 100), rel=0.01)


@pytest.mark.parametrize("level", LEVELS)
def test_frost_shield_deals_its_damage_each_interval(arena, lich, enemy, value, level):
    lich.learn(lich_frost_shield=level)
    lich.perform(SHIELD, target=lich)
    arena.run(value(SHIELD, "duration", level) + 1.0)
    waves = arena.wounds(enemy)
    assert len(waves) == value(SHIELD, "duration", level) / value(SHIELD, "interval", level)
    assert waves == pytest.approx(
        [value(SHIELD, "damage", level) * (1 - enemy.magic_resistance)] * len(waves))


@pytest.mark.parametrize("level", LEVELS)
def test_frost_shield_slows_after_each_wave(arena, lich, enemy, value, level):
    lich.learn(lich_frost_shield=level)
    speed = enemy.move_speed
    lich.perform(SHIELD, target=lich)
    arena.run_until(lambda: enemy.move_speed < speed, within=2.0)
    assert enemy.move_speed == pytest.approx(
        speed * (1 - value(SHIELD, "movement_slow", level) / 100))
    assert arena.lasts(lambda: enemy.move_speed < speed) == pytest.approx(
        value(SHIELD, "slow_duration", level), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_frost_shield_stays_for_its_duration(arena, lich, value, level):
    lich.learn(lich_frost_shield=level)
    lich.perform(SHIELD, target=lich)
    assert arena.lasts(lambda: lich.has("modifier_lich_frost_shield")) == pytest.approx(
        value(SHIELD, "duration", level), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_frost_shield_has_its_range_mana_and_cooldown(arena, lich, value, level):
    lich.learn(lich_frost_shield=level)
    assert lich.cost(SHIELD) == (
        value(SHIELD, "mana_cost", level), value(SHIELD, "cooldown", level))
    assert lich.ability(SHIELD).cast_range == value(SHIELD, "cast_range")


def test_frost_shield_reaches_within_its_radius(arena, lich, value):
    lich.learn(lich_frost_shield=1)
    radius = value(SHIELD, "radius")
    near = arena.spawn(CREEP, at=(0, radius - 5), move_speed=0.0)
    far = arena.spawn(CREEP, at=(0, -radius - 5), move_speed=0.0)
    lich.perform(SHIELD, target=lich)
    arena.run(1.1)
    assert sum(arena.wounds(near)) > 0
    assert sum(arena.wounds(far)) == 0


def test_frost_shield_can_be_cast_on_a_tower(arena, lich):
    tower = arena.building("npc_dota_goodguys_tower1_mid")
    arena.around(tower)
    lich.place((500, 0))
    lich.learn(lich_frost_shield=1)
    lich.perform(SHIELD, target=tower)
    assert tower.has("modifier_lich_frost_shield")


def test_frost_shield_heals_with_its_talent(arena, lich, changed):
    lich.learn(lich_frost_shield=1, special_bonus_unique_lich_1=1)
    regen = lich.health_regen
    lich.perform(SHIELD, target=lich)
    assert lich.health_regen - regen == pytest.approx(
        changed(SHIELD, "health_regen", "special_bonus_unique_lich_1"))


def test_frost_shield_has_charges_with_its_talent(arena, lich, value, changed):
    lich.learn(lich_frost_shield=4, special_bonus_unique_lich_4=1)
    arena.run(value(SHIELD, "AbilityChargeRestoreTime", 4) + 0.2)
    assert lich.ability(SHIELD).charges == changed(
        SHIELD, "AbilityCharges", "special_bonus_unique_lich_4")
    lich.perform(SHIELD, target=lich)
    arena.run(0.2)
    assert lich.cast(SHIELD, target=lich) == OrderResult.ACCEPTED


# Sinister Gaze.


@pytest.mark.parametrize("level", LEVELS)
def test_sinister_gaze_carries_its_target_part_of_the_way(arena, lich, enemy, value, level):
    lich.learn(lich_sinister_gaze=level)
    lich.perform(GAZE, target=enemy)
    arena.run_until(lambda: not enemy.has("modifier_lich_sinister_gaze"), within=4.0)
    assert lich.distance(enemy) == pytest.approx(
        400 * (1 - value(GAZE, "destination", level) / 100), abs=3.0)


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_sinister_gaze_lasts_for_its_channel(arena, lich, enemy, value, changed, level, talent):
    lich.learn(lich_sinister_gaze=level)
    if talent:
        lich.learn(special_bonus_unique_lich_2=1)
    lich.perform(GAZE, target=enemy)
    assert arena.lasts(lambda: enemy.has("modifier_lich_sinister_gaze")) == pytest.approx(
        value(GAZE, "channel_duration", level) + (
            changed(GAZE, "channel_duration", "special_bonus_unique_lich_2")
            if talent else 0.0), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_sinister_gaze_drains_its_part_of_the_mana(arena, lich, enemy, value, level):
    lich.learn(lich_sinister_gaze=level)
    lich.set(mana=100.0)
    lich.perform(GAZE, target=enemy)
    before, own, start = float(enemy.mana), float(lich.mana), arena.seconds
    arena.run_until(lambda: not enemy.has("modifier_lich_sinister_gaze"), within=4.0)
    seconds = arena.seconds - start
    drained = before * value(GAZE, "mana_drain", level) / 100
    assert before + enemy.mana_regen * seconds - enemy.mana == pytest.approx(drained, rel=0.02)
    assert lich.mana - own - lich.mana_regen * seconds == pytest.approx(drained, rel=0.02)


@pytest.mark.parametrize("level", LEVELS)
def test_sinister_gaze_has_its_range_mana_and_cooldown(arena, lich, value, level):
    lich.learn(lich_sinister_gaze=level)
    assert lich.cost(GAZE) == (
        value(GAZE, "mana_cost"), value(GAZE, "cooldown", level))
    assert lich.ability(GAZE).cast_range == value(GAZE, "cast_range")


def test_who_meets_the_gaze_can_do_nothing(arena, lich, enemy):
    lich.learn(lich_sinister_gaze=4)
    lich.perform(GAZE, target=enemy)
    assert enemy.move((400, 400)) == OrderResult.COMMAND_RESTRICTED
    assert enemy.has("MODIFIER_STATE_SILENCED")


def test_the_gaze_ends_when_lich_looks_away(arena, lich, enemy):
    lich.learn(lich_sinister_gaze=4)
    lich.perform(GAZE, target=enemy)
    arena.run(0.5)
    lich.stop()
    arena.run(0.1)
    assert not enemy.has("modifier_lich_sinister_gaze")
    place = float(enemy.x)
    arena.run(0.3)
    assert enemy.x == pytest.approx(place, abs=1.0)


def test_sinister_gaze_falls_on_all_around_with_the_scepter(arena, lich, enemy, changed):
    lich.learn(lich_sinister_gaze=1)
    lich.upgrade(scepter=True)
    radius = changed(GAZE, "aoe_scepter", "scepter")
    near = arena.spawn(CREEP, at=(400, radius - 5), move_speed=0.0)
    far = arena.spawn(CREEP, at=(400, -radius - 5), move_speed=0.0)
    lich.perform(GAZE, target=enemy)
    arena.play_tick()
    assert enemy.has("modifier_lich_sinister_gaze")
    assert near.has("modifier_lich_sinister_gaze")
    assert not far.has("modifier_lich_sinister_gaze")


def test_sinister_gaze_falls_on_one_without_the_scepter(arena, lich, enemy):
    lich.learn(lich_sinister_gaze=1)
    other = arena.spawn(CREEP, at=(420, 60))
    lich.perform(GAZE, target=enemy)
    arena.play_tick()
    assert not other.has("modifier_lich_sinister_gaze")


@pytest.mark.parametrize("scepter", (False, True))
def test_lich_casts_while_he_gazes_with_the_scepter(arena, lich, enemy, scepter):
    lich.learn(lich_sinister_gaze=4, lich_frost_nova=1)
    lich.upgrade(scepter=scepter)
    lich.perform(GAZE, target=enemy)
    lich.perform(BLAST, target=enemy)
    arena.play_tick()
    assert arena.wounds(enemy)
    assert enemy.has("modifier_lich_sinister_gaze") == scepter


# Chain Frost.


@pytest.mark.parametrize("level", (1, 2, 3))
def test_chain_frost_deals_its_damage_and_more_with_each_jump(arena, lich, enemy, value, level):
    lich.learn(lich_chain_frost=level)
    other = arena.spawn(ENEMY, at=(400, 300), team=Team.BADGUYS, level=25)
    lich.perform(FROST, target=enemy)
    arena.run_until(lambda: len(arena.wounds(enemy)) == 2, within=4.0)
    through = 1 - enemy.magic_resistance
    base, more = value(FROST, "damage", level), value(FROST, "bonus_jump_damage", level)
    assert arena.wounds(enemy) == pytest.approx(
        [base * through, (base + 2 * more) * through])
    assert arena.wounds(other)[0] == pytest.approx((base + more) * through)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_chain_frost_slows(arena, lich, enemy, value, level):
    lich.learn(lich_chain_frost=level)
    speed, attacks = enemy.move_speed, enemy.attack_speed
    lich.perform(FROST, target=enemy)
    arena.run_until(lambda: enemy.move_speed < speed, within=2.0)
    assert enemy.move_speed == pytest.approx(max(
        speed * (1 + value(FROST, "slow_movement_speed", level) / 100),
        arena.rules.hero_min_move_speed))
    assert enemy.attack_speed - attacks == pytest.approx(
        value(FROST, "slow_attack_speed", level))
    assert arena.lasts(lambda: enemy.move_speed < speed) == pytest.approx(
        value(FROST, "slow_duration", level), abs=0.05)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_chain_frost_has_its_range_mana_and_cooldown(arena, lich, value, level):
    lich.learn(lich_chain_frost=level)
    assert lich.cost(FROST) == (
        value(FROST, "mana_cost", level), value(FROST, "cooldown", level))
    assert lich.ability(FROST).cast_range == value(FROST, "cast_range")


def immortals(arena):
    """Two enemies who outlast any frost, near one another."""
    return [arena.spawn(CREEP, at=(400, y), move_speed=0.0, max_health=1e6, health=1e6,
                        damage=0.0) for y in (0, 100)]


def test_chain_frost_jumps_so_many_times(arena, lich, value):
    lich.learn(lich_chain_frost=1)
    one, other = immortals(arena)
    lich.perform(FROST, target=one)
    arena.run(6.0)
    hits = len(arena.wounds(one)) + len(arena.wounds(other))
    assert hits == 1 + value(FROST, "jumps")


def test_chain_frost_jumps_for_ever_with_its_talent(arena, lich, value):
    lich.learn(lich_chain_frost=1, special_bonus_unique_lich_5=1)
    one, other = immortals(arena)
    lich.perform(FROST, target=one)
    arena.run(6.0)
    hits = len(arena.wounds(one)) + len(arena.wounds(other))
    assert hits > 2 + value(FROST, "jumps")


@pytest.mark.parametrize("beyond, jumps", [(-5, True), (5, False)])
def test_chain_frost_jumps_within_its_range(arena, lich, enemy, value, beyond, jumps):
    lich.learn(lich_chain_frost=1)
    other = arena.spawn(
        CREEP, at=(400, value(FROST, "jump_range") + beyond), move_speed=0.0)
    lich.perform(FROST, target=enemy)
    arena.run(2.0)
    assert (sum(arena.wounds(other)) > 0) == jumps


def test_chain_frost_goes_on_from_who_died(arena, lich):
    lich.learn(lich_chain_frost=1)
    victim = arena.spawn(CREEP, at=(400, 0), health=1.0)
    other = arena.spawn(CREEP, at=(400, 300), move_speed=0.0)
    lich.perform(FROST, target=victim)
    arena.run_until(lambda: sum(arena.wounds(other)) > 0, within=3.0)
    assert not victim.alive


@pytest.mark.parametrize("late, jumps", [(-0.3, True), (0.3, False)])
def test_chain_frost_lingers_for_somebody_to_come(arena, lich, enemy, value, late, jumps):
    lich.learn(lich_chain_frost=1)
    other = arena.spawn(CREEP, at=(2000, 0), move_speed=0.0)
    lich.perform(FROST, target=enemy)
    arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=2.0)
    arena.run(value(FROST, "frostbound_duration") + late)
    other.place((500, 0))
    arena.run(1.0)
    assert (sum(arena.wounds(other)) > 0) == jumps


@pytest.mark.parametrize("talent", (False, True))
def test_lich_throws_chain_frost_as_he_dies_with_the_talent(arena, lich, enemy, talent):
    lich.learn(lich_chain_frost=1)
    if talent:
        lich.learn(special_bonus_unique_lich_7=1)
    lich.kill(by=enemy)
    arena.run(1.0)
    assert (sum(arena.wounds(enemy)) > 0) == talent


# Ice Spire.


@pytest.fixture
def spire(arena, lich):
    """An Ice Spire 400 units ahead."""
    lich.upgrade(shard=True)
    arena.run(0.1)
    lich.perform(SPIRE, point=(400, 0))
    arena.run(0.2)
    (unit,) = arena.units(UnitType.WARD)
    return unit


def test_ice_spire_comes_with_the_shard(arena, lich):
    assert lich.cast(SPIRE, point=(400, 0)) == OrderResult.NOT_AVAILABLE
    lich.upgrade(shard=True)
    assert lich.cast(SPIRE, point=(400, 0)) == OrderResult.ACCEPTED


def test_ice_spire_has_its_range_mana_and_cooldown(arena, lich, value):
    lich.upgrade(shard=True)
    assert lich.cost(SPIRE) == (value(SPIRE, "mana_cost"), value(SPIRE, "cooldown"))
    assert lich.ability(SPIRE).cast_range == value(SPIRE, "cast_range")


def test_ice_spire_stands_for_its_duration(arena, spire, value):
    assert arena.lasts(lambda: spire.alive) == pytest.approx(
        value(SPIRE, "duration"), abs=0.3)


def test_ice_spire_slows_around_it(arena, lich, spire, value):
    near = arena.spawn(ENEMY, at=(400, value(SPIRE, "aura_radius") - 5), team=Team.BADGUYS)
    far = arena.spawn(ENEMY, at=(400, -value(SPIRE, "aura_radius") - 5), team=Team.BADGUYS)
    near_speed, far_speed = near.move_speed, far.move_speed
    arena.run(0.3)
    assert near.move_speed == pytest.approx(
        near_speed * (1 + value(SPIRE, "bonus_movespeed") / 100))
    assert far.move_speed == far_speed
    near.place((400, 2000))
    assert arena.lasts(lambda: near.move_speed < near_speed) == pytest.approx(
        value(SPIRE, "slow_duration"), abs=0.15)


@pytest.mark.parametrize(
    "attacker, key", [(ENEMY, "max_hero_attacks"), (CREEP, "max_creep_attacks")])
def test_ice_spire_takes_so_many_hits(arena, lich, spire, value, attacker, key):
    lich.place((-1500, 0))
    unit = arena.spawn(attacker, at=(480, 0), team=Team.BADGUYS)
    arena.run(0.2)
    if attacker == ENEMY:
        unit.attack(spire)
    arena.run_until(lambda: not spire.alive, within=14.0)
    assert len(arena.wounds(spire)) == value(SPIRE, key)


def test_ice_spire_bursts_into_a_frost_blast(arena, lich, enemy, spire, value):
    lich.learn(lich_frost_nova=2)
    enemy.place((450, 0))
    spire.kill(by=enemy)
    arena.run(0.2)
    assert sum(arena.wounds(enemy)) == pytest.approx(
        value(BLAST, "aoe_damage", 2) * (1 - enemy.magic_resistance))
    assert enemy.has(SLOW)


def test_chain_frost_jumps_to_the_spire_and_hurts_it(arena, lich, enemy, spire, value):
    lich.learn(lich_chain_frost=1)
    enemy.place((400, 200))
    lich.perform(FROST, target=enemy)
    arena.run_until(lambda: sum(arena.wounds(spire)) > 0, within=3.0)
    assert arena.wounds(spire)[0] == pytest.approx(
        spire.max_health / value(SPIRE, "max_hero_attacks"))
    arena.run_until(lambda: len(arena.wounds(enemy)) == 2, within=3.0)


def test_chain_frost_can_be_cast_on_the_spire(arena, lich, enemy, spire):
    lich.learn(lich_chain_frost=1)
    enemy.place((400, 300))
    lich.perform(FROST, target=spire)
    arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=3.0)


def test_chain_frost_cannot_be_cast_on_an_ally(arena, lich):
    lich.learn(lich_chain_frost=1)
    ally = arena.spawn(ENEMY, at=(300, 0))
    assert lich.cast(FROST, target=ally) == OrderResult.WRONG_TARGET


def test_frost_shield_heals_the_spire(arena, lich, spire, value):
    lich.learn(lich_frost_shield=1)
    spire.set(health=1.0)
    lich.perform(SHIELD, target=spire)
    arena.run(1.1)
    assert spire.health == pytest.approx(
        1.0 + spire.max_health / value(SPIRE, "max_hero_attacks"))


# Sacrifice.


def fed(arena, level):
    """Returns a hungry Lich with a charge, and a creep for him."""
    lich = arena.spawn(LICH, at=(0, 0), level=level)
    lich.ability(SACRIFICE).charges = 1
    lich.set(mana=0.0)
    return lich, arena.spawn(OWN_CREEP, at=(300, 0), health=400.0)


@pytest.mark.parametrize("level", (1, 10))
def test_sacrifice_makes_health_mana(arena, value, level):
    lich, creep = fed(arena, level)
    lich.body.base_mana_regen = 0.0
    before = float(lich.mana)
    health = float(creep.health)
    lich.perform(SACRIFICE, target=creep)
    given = arena.patch.abilities["abilities"][SACRIFICE]["values"][
        "active_mana_restore_pct_of_health"]
    percent = given["levels"][0] + level * given["per_hero_level"][1][0]
    assert lich.mana - before == pytest.approx(
        min(health * percent / 100, lich.max_mana), abs=2.0)
    arena.play_tick()
    assert not creep.alive


@pytest.mark.parametrize("level", (1, 10))
def test_sacrifice_gives_its_part_of_the_experience(arena, level):
    lich, creep = fed(arena, level)
    before = int(lich.player_record.xp)
    bounty = float(creep.bounty_xp)
    lich.perform(SACRIFICE, target=creep)
    given = arena.patch.abilities["abilities"][SACRIFICE]["values"]["xp_pct"]
    percent = given["levels"][0] + level * given["per_hero_level"][1][0]
    assert lich.player_record.xp - before == int(bounty * percent / 100)


def test_sacrifice_counts_as_a_deny(arena):
    lich, creep = fed(arena, 1)
    lich.perform(SACRIFICE, target=creep)
    arena.play_tick()
    assert lich.player_record.denies == 1


def test_sacrifice_begins_without_charges_and_restores_them(arena, value):
    lich = arena.spawn(LICH, at=(0, 0))
    arena.run(value(SACRIFICE, "AbilityChargeRestoreTime") - 0.5)
    assert lich.ability(SACRIFICE).charges == 0
    arena.run(1.0)
    assert lich.ability(SACRIFICE).charges == 1


def test_sacrifice_takes_no_ancients(arena):
    lich, _ = fed(arena, 1)
    dragon = arena.spawn("npc_dota_neutral_black_dragon", at=(200, 0), team=Team.GOODGUYS)
    assert lich.cast(SACRIFICE, target=dragon) == OrderResult.WRONG_TARGET


@pytest.mark.parametrize("level", LEVELS)
def test_a_charge_of_frost_shield_comes_back_after_its_time(arena, lich, value, level):
    lich.learn(lich_frost_shield=level)
    arena.run(0.1)
    assert charge_seconds(arena, lich, "lich_frost_shield") == pytest.approx(
        value("lich_frost_shield", "AbilityChargeRestoreTime", level), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_sinister_gaze_is_channelled_for_its_time(arena, lich, enemy, value, level):
    lich.learn(lich_sinister_gaze=level)
    lich.perform(GAZE, target=enemy)
    assert arena.lasts(lambda: lich.body.channel_slot) == pytest.approx(
        value(GAZE, "AbilityChannelTime", level), abs=0.05)


def test_chain_frost_flies_at_its_speeds(arena, lich, enemy, value):
    lich.learn(lich_chain_frost=1)
    arena.spawn(ENEMY, at=(400, 500), team=Team.BADGUYS, level=25)
    lich.perform(FROST, target=enemy)
    assert arena.tables.projectiles[0].speed == value(FROST, "initial_projectile_speed")
    arena.run_until(lambda: arena.wounds(enemy), within=2.0)
    arena.run(0.2)
    assert arena.tables.projectiles[0].speed == value(FROST, "projectile_speed")


def test_chain_frost_shows_what_is_around_it(arena, lich, enemy, value):
    lich.learn(lich_chain_frost=1)
    lich.perform(FROST, target=enemy)
    assert arena._state.flights[0].vision == value(FROST, "vision_radius")


def test_sacrifice_gathers_its_charges(arena, lich, value):
    arena.run(3.0 * arena.patch.abilities["abilities"]["lich_death_charge"]["values"].get(
        "AbilityChargeRestoreTime", {"levels": [60]})["levels"][0])
    assert lich.ability("lich_death_charge").charges == value("lich_death_charge", "AbilityCharges")


def test_chain_frost_does_nothing_to_who_became_immune_and_goes_on(arena, lich, enemy):
    lich.learn(lich_chain_frost=1)
    other = arena.spawn(ENEMY, at=(400, 300), team=Team.BADGUYS, level=25)
    lich.perform(FROST, target=enemy)
    enemy.body.base_states |= MAGIC_IMMUNE
    enemy.body.is_dirty = 1
    arena.run_until(lambda: arena.wounds(other), within=3.0)
    arena.run(1.0)
    assert not arena.wounds(enemy)
    assert not enemy.has("modifier_lich_chainfrost_slow")
