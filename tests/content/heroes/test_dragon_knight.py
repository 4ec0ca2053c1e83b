"""Dragon Knight's abilities against their entries in the tables."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team
from tests.content.measures import flight_seconds, image_of, still

KNIGHT = "npc_dota_hero_dragon_knight"
ENEMY = "npc_dota_hero_lich"
CREEP = "npc_dota_creep_badguys_melee"
FIRE, TAIL, WRATH, BALL, BLOOD, FORM = (
    "dragon_knight_breathe_fire", "dragon_knight_dragon_tail", "dragon_knight_wyrms_wrath",
    "dragon_knight_fireball", "dragon_knight_dragon_blood", "dragon_knight_elder_dragon_form")
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def knight(arena):
    return arena.spawn(KNIGHT, at=(0, 0), mana=1000.0)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(150, 0), team=Team.BADGUYS)


def damage_of(arena, unit) -> float:
    return sum(arena.wounds(unit))


def lasts(arena, unit, modifier) -> float:
    """Returns for how many seconds a unit still has a modifier."""
    start = arena.seconds
    return arena.run_until(lambda: not unit.has(modifier), within=90.0) - start


def breathe(arena, knight, target, level=1, **talents):
    knight.learn(dragon_knight_breathe_fire=level, **talents)
    assert knight.cast(FIRE, target=target) == OrderResult.ACCEPTED
    arena.run_until(lambda: damage_of(arena, target) > 0, within=3.0)


def smite(arena, knight, target, level=1, **talents):
    knight.learn(dragon_knight_dragon_tail=level, **talents)
    assert knight.cast(TAIL, target=target) == OrderResult.ACCEPTED
    arena.run_until(lambda: damage_of(arena, target) > 0, within=3.0)


def become_dragon(arena, knight, level=1, **talents):
    knight.learn(dragon_knight_elder_dragon_form=level, **talents)
    assert knight.cast(FORM) == OrderResult.ACCEPTED
    arena.run_until(lambda: knight.has("modifier_dragon_knight_dragon_form"), within=1.0)


def strike(arena, knight, target):
    seen = len(arena.wounds(target))
    knight.attack(target)
    arena.run_until(lambda: len(arena.wounds(target)) > seen, within=5.0)
    knight.stop()


@pytest.mark.parametrize("level", LEVELS)
def test_breathe_fire_burns_through_magic_resistance(arena, knight, enemy, value, level):
    breathe(arena, knight, enemy, level)
    assert damage_of(arena, enemy) == pytest.approx(
        value(FIRE, "damage", level) * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("level", LEVELS)
def test_breathe_fire_takes_its_part_of_attack_damage(arena, knight, enemy, value, level):
    breathe(arena, knight, enemy, level)
    arena.run(0.1)
    mean = (enemy.damage_min + enemy.damage_max) / 2
    assert enemy.bonus_damage == pytest.approx(-mean * value(FIRE, "reduction", level) / 100)


@pytest.mark.parametrize("level", LEVELS)
def test_breathe_fire_costs_its_mana_and_cooldown(arena, knight, value, level):
    knight.learn(dragon_knight_breathe_fire=level)
    arena.run(0.1)
    assert knight.ability(FIRE).mana_cost == value(FIRE, "mana_cost", level)
    assert knight.ability(FIRE).cooldown == value(FIRE, "cooldown", level)


def test_breathe_fire_weakens_for_its_duration(arena, knight, enemy, value):
    breathe(arena, knight, enemy)
    assert lasts(arena, enemy, "modifier_dragonknight_breathefire_reduction") == pytest.approx(
        value(FIRE, "duration"), abs=0.05)


def test_breathe_fire_ends_at_its_range(arena, knight, value):
    reach = value(FIRE, "range") + value(FIRE, "end_radius")
    near, far = still(arena, (reach - 20, 0)), still(arena, (reach + 60, 0))
    knight.learn(dragon_knight_breathe_fire=1)
    knight.cast(FIRE, point=(500, 0))
    arena.run(2.0)
    assert damage_of(arena, near) > 0
    assert damage_of(arena, far) == 0


def test_breathe_fire_deals_more_with_its_talent(arena, knight, enemy, value, changed):
    talent = "special_bonus_unique_dragon_knight_9"
    breathe(arena, knight, enemy, **{talent: 1})
    assert damage_of(arena, enemy) == pytest.approx(
        (value(FIRE, "damage") + changed(FIRE, "damage", talent)) * (1 - enemy.magic_resistance))


def test_breathe_fire_is_ready_sooner_with_its_talent(arena, knight, value, changed):
    talent = "special_bonus_unique_dragon_knight_3"
    knight.learn(dragon_knight_breathe_fire=1, **{talent: 1})
    arena.run(0.1)
    assert knight.ability(FIRE).cooldown == value(FIRE, "cooldown") + changed(
        FIRE, "AbilityCooldown", talent)


@pytest.mark.parametrize("level", LEVELS)
def test_dragon_tail_deals_its_damage(arena, knight, enemy, value, level):
    smite(arena, knight, enemy, level)
    assert damage_of(arena, enemy) == pytest.approx(
        value(TAIL, "damage", level) * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("level", LEVELS)
def test_dragon_tail_stuns_for_its_duration(arena, knight, enemy, value, level):
    smite(arena, knight, enemy, level)
    assert lasts(arena, enemy, "MODIFIER_STATE_STUNNED") == pytest.approx(
        value(TAIL, "stun_duration", level), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_dragon_tail_costs_its_mana_and_cooldown(arena, knight, value, level):
    knight.learn(dragon_knight_dragon_tail=level)
    arena.run(0.1)
    ability = knight.ability(TAIL)
    assert ability.mana_cost == value(TAIL, "mana_cost", level)
    assert ability.cooldown == value(TAIL, "cooldown", level)
    assert ability.cast_range == value(TAIL, "cast_range", level)


def test_dragon_tail_also_hits_units_close_to_its_target(arena, knight, enemy, value):
    near = still(arena, (150, value(TAIL, "aoe") - 5))
    far = still(arena, (150, -value(TAIL, "aoe") - 5))
    smite(arena, knight, enemy)
    assert near.has("MODIFIER_STATE_STUNNED")
    assert not far.has("MODIFIER_STATE_STUNNED")


def test_dragon_tail_flies_when_cast_by_a_dragon(arena, knight, value):
    become_dragon(arena, knight)
    enemy = arena.spawn(ENEMY, at=(480, 0), team=Team.BADGUYS)
    knight.learn(dragon_knight_dragon_tail=1)
    seen = len(arena.told(EventKind.ABILITY_CAST))
    knight.cast(TAIL, target=enemy)
    cast = arena.run_until(
        lambda: len(arena.told(EventKind.ABILITY_CAST)) > seen, within=1.0)
    hit = arena.run_until(lambda: damage_of(arena, enemy) > 0, within=2.0)
    assert hit - cast == pytest.approx(480 / value(TAIL, "projectile_speed"), abs=0.1)


def test_dragon_tail_stuns_longer_with_its_talent(arena, knight, enemy, value, changed):
    talent = "special_bonus_unique_dragon_knight_2"
    smite(arena, knight, enemy, **{talent: 1})
    assert lasts(arena, enemy, "MODIFIER_STATE_STUNNED") == pytest.approx(
        value(TAIL, "stun_duration") + changed(TAIL, "stun_duration", talent), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_wyrms_wrath_adds_magic_damage_to_attacks(arena, knight, enemy, value, level):
    knight.learn(dragon_knight_wyrms_wrath=level)
    strike(arena, knight, enemy)
    assert arena.wounds(enemy)[1] == pytest.approx(
        value(WRATH, "magic_damage", level) * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("level", LEVELS)
def test_wyrms_wrath_widens_areas(arena, knight, enemy, value, level):
    knight.learn(dragon_knight_wyrms_wrath=level)
    radius = value(TAIL, "aoe") + value(WRATH, "bonus_aoe", level)
    near, far = still(arena, (150, radius - 5)), still(arena, (150, -radius - 5))
    smite(arena, knight, enemy)
    assert near.has("MODIFIER_STATE_STUNNED")
    assert not far.has("MODIFIER_STATE_STUNNED")


def test_wyrms_wrath_is_stronger_with_its_talent(arena, knight, enemy, value, changed):
    talent = "special_bonus_unique_dragon_knight_wyrms_wrath_damage"
    knight.learn(dragon_knight_wyrms_wrath=1, **{talent: 1})
    strike(arena, knight, enemy)
    part = 1 + changed(WRATH, "magic_damage", talent) / 100
    assert arena.wounds(enemy)[1] == pytest.approx(
        value(WRATH, "magic_damage") * part * (1 - enemy.magic_resistance))
    assert knight.bonus("AOE_BONUS_CONSTANT") == pytest.approx(
        value(WRATH, "bonus_aoe") * (1 + changed(WRATH, "bonus_aoe", talent) / 100))


@pytest.mark.parametrize("level", (1, 12))
def test_dragon_blood_gives_armor_and_regeneration_by_hero_level(arena, value, level):
    knight = arena.spawn(KNIGHT, level=level)
    arena.run(0.1)
    for key, name in (("armor", "PHYSICAL_ARMOR_BONUS"), ("health_regen", "HEALTH_REGEN_CONSTANT")):
        _, per_level = arena.patch.abilities["abilities"][BLOOD]["values"][key]["per_hero_level"]
        assert knight.bonus(name) == pytest.approx(value(BLOOD, key) + per_level[0] * level)


def test_dragon_blood_is_stronger_as_a_dragon(arena, knight, value):
    armor = knight.bonus("PHYSICAL_ARMOR_BONUS")
    become_dragon(arena, knight)
    part = value(BLOOD, "regen_and_armor_multiplier_during_dragon_form") / 100
    assert knight.bonus("PHYSICAL_ARMOR_BONUS") == pytest.approx(armor * (1 + part))


def test_dragon_blood_gives_more_with_its_talent(arena, knight, changed):
    talent = "special_bonus_unique_dragon_knight"
    armor, regen = (knight.bonus(name) for name in (
        "PHYSICAL_ARMOR_BONUS", "HEALTH_REGEN_CONSTANT"))
    knight.learn(**{talent: 1})
    arena.run(0.1)
    assert knight.bonus("PHYSICAL_ARMOR_BONUS") == armor + changed(BLOOD, "armor", talent)
    assert knight.bonus("HEALTH_REGEN_CONSTANT") == regen + changed(
        BLOOD, "health_regen", talent)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_elder_dragon_form_gives_range_and_speed(arena, knight, value, level):
    speed, reach = knight.move_speed, knight.attack_range
    become_dragon(arena, knight, level)
    assert knight.move_speed == pytest.approx(speed + value(FORM, "bonus_movement_speed", level))
    assert knight.attack_range == reach + value(FORM, "bonus_attack_range", level)
    assert knight.projectile_speed > 0


@pytest.mark.parametrize("level", (1, 2, 3))
def test_elder_dragon_form_costs_its_mana_and_cooldown(arena, knight, value, level):
    knight.learn(dragon_knight_elder_dragon_form=level)
    arena.run(0.1)
    assert knight.ability(FORM).mana_cost == value(FORM, "mana_cost", level)
    assert knight.ability(FORM).cooldown == value(FORM, "cooldown", level)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_scepter_makes_elder_dragon_form_count_a_level_more(arena, knight, value, level):
    knight.upgrade(scepter=True)
    become_dragon(arena, knight, level)
    more = level + int(value(FORM, "scepter_bonus_levels"))
    assert knight.bonus("MOVESPEED_BONUS_CONSTANT") == pytest.approx(
        value(FORM, "bonus_movement_speed", more))
    assert knight.bonus("MAGICAL_RESISTANCE_BONUS") == pytest.approx(
        value(FORM, "magic_resistance", more))


def test_elder_dragon_form_lets_abilities_reach_farther(arena, knight, value):
    knight.learn(dragon_knight_dragon_tail=1)
    become_dragon(arena, knight)
    arena.run(0.1)
    assert knight.ability(TAIL).cast_range == value(TAIL, "cast_range") + value(
        FORM, "bonus_ability_cast_range")


def test_elder_dragon_form_lasts_its_duration(arena, knight, value):
    become_dragon(arena, knight)
    assert lasts(arena, knight, "modifier_dragon_knight_dragon_form") == pytest.approx(
        value(FORM, "duration"), abs=0.05)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_the_dragons_attacks_corrode(arena, knight, value, level):
    become_dragon(arena, knight, level)
    creep = still(arena, (300, 0))
    strike(arena, knight, creep)
    arena.run(value(FORM, "corrosive_duration", level) + 1.0)
    per_second = value(FORM, "corrosive_damage_per_second", level) * (1 - creep.magic_resistance)
    assert arena.wounds(creep)[1:] == pytest.approx(
        [per_second] * int(value(FORM, "corrosive_duration", level)))


def test_the_dragons_attacks_corrode_buildings(arena, knight, value):
    become_dragon(arena, knight)
    tower = next(
        unit for unit in arena.buildings() if unit.team == Team.BADGUYS
        and not unit.has("MODIFIER_STATE_INVULNERABLE"))
    arena.around(tower)
    knight.place((-400, 0))
    strike(arena, knight, tower)
    arena.run(1.1)
    assert arena.wounds(tower)[1:] == [pytest.approx(
        value(FORM, "corrosive_damage_per_second") * (1 - tower.magic_resistance))]


@pytest.mark.parametrize("level", (2, 3))
def test_the_dragons_attacks_splash_from_level_two_on(arena, knight, value, level):
    become_dragon(arena, knight, level)
    creep = still(arena, (300, 0))
    near = still(arena, (300, value(FORM, "ranged_splash_radius", level) - 5), armor=0.0)
    far = still(arena, (300, -value(FORM, "ranged_splash_radius", level) - 5))
    strike(arena, knight, creep)
    mean = (knight.damage_min + knight.damage_max) / 2 + knight.bonus_damage
    assert arena.wounds(near)[0] == pytest.approx(
        mean * value(FORM, "ranged_splash_damage_pct", level) / 100, rel=0.1)
    assert not arena.wounds(far)
    assert near.has("modifier_dragon_knight_corrosive_breath_dot")


def test_the_first_dragon_does_not_splash(arena, knight):
    become_dragon(arena, knight, 1)
    creep, near = still(arena, (300, 0)), still(arena, (300, 100))
    strike(arena, knight, creep)
    assert not arena.wounds(near)


def test_the_third_dragon_slows_movement_and_attacks(arena, knight, value):
    become_dragon(arena, knight, 3)
    enemy = arena.spawn(ENEMY, at=(300, 0), team=Team.BADGUYS)
    speed, attacks = enemy.move_speed, enemy.attack_speed
    strike(arena, knight, enemy)
    assert enemy.move_speed == pytest.approx(
        speed * (1 - value(FORM, "frost_bonus_movement_speed", 3) / 100))
    assert enemy.attack_speed == pytest.approx(
        attacks - value(FORM, "frost_bonus_attack_speed", 3))
    assert lasts(arena, enemy, "modifier_dragon_knight_frost_breath_slow") == pytest.approx(
        value(FORM, "frost_duration", 3), abs=0.1)


def test_the_second_dragon_does_not_slow(arena, knight, enemy):
    become_dragon(arena, knight, 2)
    strike(arena, knight, enemy)
    assert not enemy.has("modifier_dragon_knight_frost_breath_slow")


@pytest.mark.parametrize("level", (1, 2, 3))
def test_elder_dragon_form_counts_one_level_more_with_the_scepter(arena, knight, value, level):
    knight.upgrade(scepter=True)
    speed = knight.move_speed
    become_dragon(arena, knight, level)
    higher = level + int(value(FORM, "scepter_bonus_levels"))
    assert knight.move_speed == pytest.approx(speed + value(FORM, "bonus_movement_speed", higher))
    assert knight.bonus("MAGICAL_RESISTANCE_BONUS") == pytest.approx(
        value(FORM, "magic_resistance", higher))


def test_the_black_dragon_flies_over_everything(arena, knight):
    knight.upgrade(scepter=True)
    become_dragon(arena, knight, 3)
    assert knight.has("MODIFIER_STATE_FLYING_FOR_PATHING_PURPOSES_ONLY")


def test_the_blue_dragon_walks(arena, knight):
    become_dragon(arena, knight, 3)
    assert not knight.has("MODIFIER_STATE_FLYING_FOR_PATHING_PURPOSES_ONLY")


def test_elder_dragon_form_reaches_farther_with_its_talent(arena, knight, value, changed):
    talent = "special_bonus_unique_dragon_knight_7"
    reach = knight.attack_range
    become_dragon(arena, knight, **{talent: 1})
    assert knight.attack_range == reach + value(FORM, "bonus_attack_range") + changed(
        FORM, "bonus_attack_range", talent)


def test_fireball_comes_with_the_shard(arena, knight):
    assert knight.cast(BALL, point=(300, 0)) != OrderResult.ACCEPTED
    knight.upgrade(shard=True)
    assert knight.cast(BALL, point=(300, 0)) == OrderResult.ACCEPTED


def test_fireball_burns_who_is_in_it_and_lingers(arena, knight, value):
    knight.upgrade(shard=True)
    near = still(arena, (300, value(BALL, "radius") - 5))
    far = still(arena, (300, -value(BALL, "radius") - 5))
    knight.cast(BALL, point=(300, 0))
    arena.run(value(BALL, "duration") + value(BALL, "linger_duration") + 1.0)
    times = (value(BALL, "duration") + value(BALL, "linger_duration")) / value(
        BALL, "burn_interval")
    each = value(BALL, "damage") * value(BALL, "burn_interval") * (1 - near.magic_resistance)
    assert arena.wounds(near) == pytest.approx([each] * len(arena.wounds(near)))
    assert len(arena.wounds(near)) == pytest.approx(times, abs=1)
    assert not arena.wounds(far)


def test_fireball_costs_its_mana_and_cooldown(arena, knight, value):
    knight.upgrade(shard=True)
    arena.run(0.1)
    ability = knight.ability(BALL)
    assert ability.mana_cost == value(BALL, "mana_cost")
    assert ability.cooldown == value(BALL, "cooldown")
    assert ability.cast_range == value(BALL, "cast_range")


def test_fireball_reaches_farther_as_a_dragon(arena, knight, value):
    knight.upgrade(shard=True)
    become_dragon(arena, knight)
    arena.run(0.1)
    assert knight.ability(BALL).cast_range == value(BALL, "cast_range") + value(
        FORM, "bonus_ability_cast_range")


def test_talents_give_attack_damage_and_health(arena, knight):
    damage, health = knight.bonus_damage, knight.max_health
    knight.learn(special_bonus_attack_damage_15=1, special_bonus_hp_300=1)
    assert knight.bonus_damage == damage + 15
    assert knight.max_health == health + 300


def test_breathe_fire_has_its_range(arena, knight, value):
    knight.learn(dragon_knight_breathe_fire=1)
    arena.run(0.1)
    assert knight.ability(FIRE).cast_range == value(FIRE, "AbilityCastRange")


def test_breathe_fire_flies_at_its_speed(arena, knight, value):
    knight.learn(dragon_knight_breathe_fire=1)
    far = still(arena, (700, 0))
    knight.perform(FIRE, point=(700, 0))
    gap = 700 - value(FIRE, "start_radius") - far.bound_radius
    assert flight_seconds(arena, far) <= 700 / value(FIRE, "speed") + 0.07
    assert arena.seconds
    assert gap > 0


def test_breathe_fire_is_as_wide_as_its_start_where_it_starts(arena, knight, value):
    width = value(FIRE, "start_radius")
    near, beyond = still(arena, (0, width - 10)), still(arena, (0, -width - 60))
    knight.learn(dragon_knight_breathe_fire=1)
    knight.perform(FIRE, point=(500, 0))
    arena.run(1.5)
    assert arena.wounds(near) and not arena.wounds(beyond)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_the_dragons_attacks_chill_by_their_level(arena, knight, enemy, value, level):
    become_dragon(arena, knight, level)
    speed, attack = enemy.move_speed, enemy.attack_speed
    enemy.set(health=5000.0, max_health=5000.0)
    strike(arena, knight, enemy)
    arena.play_tick()
    slow = value(FORM, "frost_bonus_movement_speed", level)
    assert enemy.move_speed == pytest.approx(speed * (1 - 0.01 * slow))
    assert attack - enemy.attack_speed == pytest.approx(
        value(FORM, "frost_bonus_attack_speed", level))
    seconds = value(FORM, "frost_duration", level)
    name = "modifier_dragon_knight_frost_breath_slow"
    assert enemy.has(name) == bool(seconds)
    if seconds:
        assert lasts(arena, enemy, name) == pytest.approx(seconds, abs=0.15)


def test_illusions_of_a_dragon_are_dragons(arena, knight, enemy):
    become_dragon(arena, knight, 3)
    image = image_of(arena, knight)
    assert image.attack_range == knight.attack_range
    assert image.projectile_speed == knight.projectile_speed
    knight.place((-3000, 0))
    arena.run_until(
        lambda: arena.told(EventKind.DAMAGE, subject=enemy, object=image), within=5.0)
    assert not enemy.has("modifier_dragon_knight_corrosive_breath_dot")


def test_illusions_of_the_knight_are_knights(arena, knight):
    reach = knight.attack_range
    assert image_of(arena, knight).attack_range == reach
