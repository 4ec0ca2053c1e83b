"""Viper's abilities do what their numbers say."""

import pytest

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import MAGIC_IMMUNE, EventKind, OrderResult, Team
from dota_env_rpc.testing.arena import ArenaUnit
from tests.content.measures import cast_seconds, magical, physical

LEVELS = [1, 2, 3, 4]
ULTIMATE_LEVELS = [1, 2, 3]
POISON = "modifier_viper_poison_attack_slow"
SKIN = "modifier_viper_corrosive_skin_slow"


@pytest.fixture
def viper(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_viper", mana=1000.0)


@pytest.fixture
def enemy(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_chen", at=(400, 0), team=Team.BADGUYS, level=25)


def make_immune(unit: ArenaUnit) -> None:
    """Makes a unit immune to debuffs for good."""
    unit.body.base_states |= MAGIC_IMMUNE
    unit.body.is_dirty = 1


# Poison Attack.


def poison(arena, viper, enemy, hits: int = 1) -> None:
    """Attacks with Poison Attack until it has landed so many times, and stops."""
    viper.cast("viper_poison_attack", target=enemy)
    if hits > 1:
        viper.toggle_autocast("viper_poison_attack")
    arena.run_until(lambda: enemy.stacks(POISON) == hits, 2.0 * hits)
    viper.stop()


@pytest.mark.parametrize("level", LEVELS)
def test_poison_attack_slows_and_weakens_with_each_stack(arena, viper, enemy, value, level):
    viper.learn(viper_poison_attack=level)
    arena.play_tick()
    poison(arena, viper, enemy, 3)
    name = "viper_poison_attack"
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == -3 * value(name, "movement_speed", level)
    assert enemy.bonus("MAGICAL_RESISTANCE_BONUS") == pytest.approx(
        -3 * value(name, "magic_resistance", level))


@pytest.mark.parametrize("level", LEVELS)
def test_poison_attack_hurts_every_second(arena, viper, enemy, value, level):
    viper.learn(viper_poison_attack=level)
    poison(arena, viper, enemy)
    attacks = len(arena.wounds(enemy))
    damage = magical(enemy, value("viper_poison_attack", "damage", level))
    begun = arena.seconds
    ended = arena.run_until(lambda: not enemy.has(POISON), 5.0)
    duration = value("viper_poison_attack", "duration")
    assert ended - begun == pytest.approx(duration, abs=0.1)
    assert arena.wounds(enemy)[attacks:] == pytest.approx([damage] * int(duration))


def test_poison_attack_has_a_limit_of_stacks(arena, viper, enemy, value, changed):
    viper.learn(viper_poison_attack=1)
    viper.body.base_attack_time = 0.4
    enemy.set(max_health=1e6, health=1e6)
    viper.cast("viper_poison_attack", target=enemy)
    viper.toggle_autocast("viper_poison_attack")
    arena.run(9.0)
    most = value("viper_poison_attack", "max_stacks")
    assert enemy.stacks(POISON) == most
    viper.upgrade(shard=True)
    arena.run(3.0)
    assert enemy.stacks(POISON) == most + changed("viper_poison_attack", "max_stacks", "shard")


def test_poison_attack_costs_mana_with_each_attack(arena, viper, enemy, value):
    viper.learn(viper_poison_attack=1)
    viper.set(mana=150.0)
    poison(arena, viper, enemy)
    assert viper.mana == pytest.approx(150.0 - value("viper_poison_attack", "mana_cost"), abs=3.0)


def test_poison_attack_lengthens_attack_range(arena, viper, value):
    arena.play_tick()
    before = float(viper.attack_range)
    viper.learn(viper_poison_attack=1)
    arena.play_tick()
    assert viper.attack_range - before == value("viper_poison_attack", "bonus_range")
    assert viper.attack_range == value("viper_poison_attack", "cast_range")


def test_poison_attack_does_not_poison_who_is_immune(arena, viper, enemy):
    viper.learn(viper_poison_attack=1)
    make_immune(enemy)
    viper.attack(enemy)
    viper.toggle_autocast("viper_poison_attack")
    arena.run_until(lambda: arena.wounds(enemy), 3.0)
    arena.play_tick()
    assert not enemy.has(POISON)


def test_shard_lets_poison_attack_lower_armor(arena, viper, enemy, changed):
    viper.learn(viper_poison_attack=1)
    viper.upgrade(shard=True)
    poison(arena, viper, enemy, 2)
    assert enemy.bonus("PHYSICAL_ARMOR_BONUS") == -2 * changed(
        "viper_poison_attack", "shard_armor_reduction", "shard")


@pytest.mark.parametrize("shard", [False, True])
def test_shard_lets_poison_attack_work_on_buildings(arena, viper, value, changed, shard):
    tower = arena.building("npc_dota_badguys_tower1_mid")
    arena.around(tower)
    viper.place((-500, 0))
    viper.learn(viper_poison_attack=4)
    viper.upgrade(shard=shard)
    viper.toggle_autocast("viper_poison_attack")
    viper.attack(tower)
    hits = len(arena.wounds(tower))
    arena.run_until(lambda: len(arena.wounds(tower)) > hits, 3.0)
    arena.play_tick()
    assert tower.has(POISON) == shard
    if shard:
        viper.stop()
        arena.run(1.1)
        damage = value("viper_poison_attack", "damage", 4) * 0.01 * changed(
            "viper_poison_attack", "shard_building_dmg_pct", "shard")
        assert arena.wounds(tower)[-1] == pytest.approx(magical(tower, damage))


def test_a_talent_makes_poison_attack_stronger(arena, viper, enemy, value, changed):
    viper.learn(viper_poison_attack=4, special_bonus_unique_viper_7=1)
    poison(arena, viper, enemy)
    attacks = len(arena.wounds(enemy))
    arena.run(1.1)
    name, talent = "viper_poison_attack", "special_bonus_unique_viper_7"
    part = 1 + 0.01 * changed(name, "movement_speed", talent)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == pytest.approx(
        -part * value(name, "movement_speed", 4))
    part = 1 + 0.01 * changed(name, "damage", talent)
    assert arena.wounds(enemy)[attacks] == pytest.approx(
        magical(enemy, part * value(name, "damage", 4)))


# Nethertoxin.


@pytest.mark.parametrize("level", LEVELS)
def test_nethertoxin_hurts_more_the_longer_one_stays(arena, viper, enemy, value, level):
    name = "viper_nethertoxin"
    viper.learn(viper_nethertoxin=level)
    viper.perform(name, point=(400, 0))
    viper.stop()
    arena.run_until(lambda: enemy.has("modifier_viper_nethertoxin"), 1.0)
    landed = arena.seconds
    arena.run(5.1)
    low, high = value(name, "min_damage", level), value(name, "max_damage", level)
    full = value(name, "max_duration")
    expected = [low + (high - low) * min(1.0, second / full) for second in (1, 2, 3, 4, 5)]
    assert arena.wounds(enemy) == pytest.approx([magical(enemy, each) for each in expected])
    ended = arena.run_until(lambda: not enemy.has("modifier_viper_nethertoxin"), 6.0)
    # Who stands in it has it half a second longer.
    assert ended - landed == pytest.approx(value(name, "duration", level) + 0.5, abs=0.2)


@pytest.mark.parametrize("level", LEVELS)
def test_nethertoxin_slows_attacks_in_its_radius(arena, viper, enemy, value, level):
    radius = value("viper_nethertoxin", "radius")
    enemy.place((500, radius - 10))
    outside = arena.spawn("npc_dota_hero_chen", at=(500, -radius - 100), team=Team.BADGUYS)
    viper.learn(viper_nethertoxin=level)
    viper.perform("viper_nethertoxin", point=(500, 0))
    arena.run(1.0)
    assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == -value(
        "viper_nethertoxin", "attack_slow", level)
    assert not outside.has("modifier_viper_nethertoxin")


def test_nethertoxin_flies_to_its_place(arena, viper, enemy, value):
    enemy.place((900, 0))
    viper.learn(viper_nethertoxin=1)
    viper.perform("viper_nethertoxin", point=(900, 0))
    assert viper.x == arena.origin[0]
    hit = arena.run_until(lambda: enemy.has("modifier_viper_nethertoxin"), 1.0)
    assert hit - cast_seconds(arena, viper) == pytest.approx(
        900 / value("viper_nethertoxin", "projectile_speed"), abs=0.15)


def test_two_nethertoxins_hurt_as_one(arena, viper, enemy, value):
    viper.learn(viper_nethertoxin=1)
    for _ in range(2):
        viper.ability("viper_nethertoxin").cooldown_ready_tick = 0
        viper.perform("viper_nethertoxin", point=(400, 0))
    arena.run_until(lambda: arena.wounds(enemy), 2.0)
    seen = len(arena.wounds(enemy))
    arena.run(2.0)
    assert len(arena.wounds(enemy)) == seen + 2


@pytest.mark.parametrize("level", LEVELS)
def test_nethertoxin_has_its_price(arena, viper, value, level):
    viper.learn(viper_nethertoxin=level)
    viper.set(mana=200.0)
    viper.perform("viper_nethertoxin", point=(400, 0))
    ability = viper.ability("viper_nethertoxin")
    assert viper.mana == pytest.approx(200.0 - value("viper_nethertoxin", "mana_cost"), abs=2.0)
    assert ability.cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, viper) == pytest.approx(value("viper_nethertoxin", "cooldown"))


def test_a_talent_lets_nethertoxin_hurt_more(arena, viper, enemy, value, changed):
    viper.learn(viper_nethertoxin=1, special_bonus_unique_viper_3=1)
    viper.perform("viper_nethertoxin", point=(400, 0))
    viper.stop()
    arena.run(5.5)
    name, talent = "viper_nethertoxin", "special_bonus_unique_viper_3"
    full = value(name, "max_damage") + changed(name, "max_damage", talent)
    assert arena.wounds(enemy)[-1] == pytest.approx(magical(enemy, full))
    least = value(name, "min_damage") + changed(name, "min_damage", talent)
    first = least + (full - least) / value(name, "max_duration")
    assert arena.wounds(enemy)[0] == pytest.approx(magical(enemy, first))


def test_a_talent_lets_nethertoxin_grow(arena, viper, enemy, value, changed):
    name, talent = "viper_nethertoxin", "special_bonus_unique_viper_nethertoxin_radius"
    gap = value(name, "radius") + 2.5 * changed(name, "radius_increase", talent)
    enemy.place((400 + gap, 0))
    viper.learn(viper_nethertoxin=1, special_bonus_unique_viper_nethertoxin_radius=1)
    viper.perform(name, point=(400, 0))
    reached = arena.run_until(lambda: enemy.has("modifier_viper_nethertoxin"), 4.0)
    assert reached - cast_seconds(arena, viper) == pytest.approx(
        3 * changed(name, "expand_interval", talent)
        + 400 / value(name, "projectile_speed"), abs=0.2)


# Corrosive Skin.


@pytest.mark.parametrize("level", LEVELS)
def test_corrosive_skin_bites_who_hurts_viper(arena, viper, enemy, value, level):
    name = "viper_corrosive_skin"
    viper.learn(viper_corrosive_skin=level)
    enemy.attack(viper)
    arena.run_until(lambda: arena.wounds(viper), 3.0)
    enemy.stop()
    begun = arena.told(EventKind.DAMAGE, subject=viper)[0].tick / TICKS_PER_SECOND
    assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == -value(
        name, "bonus_attack_speed", level)
    ended = arena.run_until(lambda: not enemy.has(SKIN), 5.0)
    duration = value(name, "duration")
    assert ended - begun == pytest.approx(duration, abs=0.1)
    assert arena.wounds(enemy) == pytest.approx(
        [magical(enemy, value(name, "damage", level))] * int(duration))


@pytest.mark.parametrize("beyond, bitten", [(-20, True), (20, False)])
def test_corrosive_skin_reaches_only_so_far(arena, viper, enemy, value, beyond, bitten):
    viper.learn(viper_corrosive_skin=1)
    enemy.place((value("viper_corrosive_skin", "max_range") + beyond, 0))
    enemy.set(attack_range=2000.0)
    enemy.attack(viper)
    arena.run_until(lambda: arena.wounds(viper), 4.0)
    arena.play_tick()
    assert enemy.has(SKIN) == bitten


@pytest.mark.parametrize("level", LEVELS)
def test_corrosive_skin_resists_magic(arena, viper, value, level):
    arena.play_tick()
    before = 1.0 - viper.magic_resistance
    viper.learn(viper_corrosive_skin=level)
    arena.play_tick()
    given = 0.01 * value("viper_corrosive_skin", "bonus_magic_resistance", level)
    assert 1.0 - viper.magic_resistance == pytest.approx(before * (1.0 - given))


def test_a_talent_lets_corrosive_skin_hurt_more(arena, viper, enemy, value, changed):
    viper.learn(viper_corrosive_skin=1, special_bonus_unique_viper_1=1)
    enemy.attack(viper)
    arena.run_until(lambda: arena.wounds(enemy), 4.0)
    damage = value("viper_corrosive_skin", "damage") + changed(
        "viper_corrosive_skin", "damage", "special_bonus_unique_viper_1")
    assert arena.wounds(enemy)[0] == pytest.approx(magical(enemy, damage))


def test_scepter_multiplies_the_slow_of_corrosive_skin_nearby(
        arena, viper, enemy, value, changed):
    name = "viper_corrosive_skin"
    viper.learn(viper_corrosive_skin=1)
    viper.upgrade(scepter=True)
    enemy.attack(viper)
    arena.run_until(lambda: enemy.has(SKIN), 4.0)
    enemy.stop()
    slow = value(name, "bonus_attack_speed")
    assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == -slow * changed(
        name, "effect_multiplier", "scepter")
    enemy.place((changed(name, "effect_multiplier_distance", "scepter") + 20, 0))
    arena.play_tick()
    assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == -slow


def test_scepter_lets_nethertoxin_strengthen_corrosive_skin(
        arena, viper, enemy, value, changed):
    name = "viper_corrosive_skin"
    viper.learn(viper_corrosive_skin=4, viper_nethertoxin=1)
    viper.upgrade(scepter=True)
    enemy.place((-500, 0))  # out of the Nethertoxin
    viper.perform("viper_nethertoxin", point=(10, 0))
    full = changed(name, "nethertoxin_bonus_pct", "scepter")
    seconds = changed(name, "nethertoxin_bonus_pct_max_duration_tooltip", "scepter")
    given = value(name, "bonus_magic_resistance", 4)
    arena.run(0.5 * seconds + 0.2)
    assert viper.bonus("MAGICAL_RESISTANCE_BONUS") == pytest.approx(
        given * (1 + 0.005 * full), abs=0.8)
    enemy.attack(viper)
    arena.run(0.5 * seconds)
    assert viper.bonus("MAGICAL_RESISTANCE_BONUS") == pytest.approx(given * (1 + 0.01 * full))
    assert arena.wounds(enemy)
    arena.run_until(lambda: len(arena.wounds(enemy)) > 2, 2.0)
    assert arena.wounds(enemy)[-1] == pytest.approx(
        magical(enemy, value(name, "damage", 4) * (1 + 0.01 * full)))


# Nosedive.


def test_without_scepter_there_is_no_nosedive(arena, viper):
    assert viper.cast("viper_nose_dive", point=(300, 0)) == OrderResult.NOT_AVAILABLE


def dive(arena, viper, to: float) -> None:
    viper.upgrade(scepter=True)
    viper.perform("viper_nose_dive", point=(to, 0))


def test_nosedive_leaps_at_its_speed(arena, viper, value):
    dive(arena, viper, 700)
    start = float(viper.x)
    assert start == pytest.approx(arena.origin[0], abs=50)
    arena.run_until(lambda: viper.x >= arena.origin[0] + 699, 2.0)
    assert arena.seconds - cast_seconds(arena, viper) == pytest.approx(
        700 / value("viper_nose_dive", "dive_speed"), abs=0.1)


def test_nosedive_lands_in_nethertoxin_and_splatters_corrosive_skin(
        arena, viper, enemy, value):
    name = "viper_nose_dive"
    radius = value(name, "corrosive_radius")
    enemy.place((600, radius - 50))
    outside = arena.spawn("npc_dota_hero_chen", at=(600, -radius - 100), team=Team.BADGUYS)
    beside = arena.spawn("npc_dota_hero_chen", at=(600, 150), team=Team.BADGUYS)
    viper.learn(viper_corrosive_skin=4, viper_nethertoxin=1)
    dive(arena, viper, 600)
    begun = arena.run_until(lambda: enemy.has(SKIN), 2.0)
    arena.run(0.3)
    assert beside.has("modifier_viper_nethertoxin")
    assert not outside.has(SKIN)
    arena.run_until(lambda: arena.wounds(enemy), 2.0)
    assert arena.wounds(enemy)[0] == pytest.approx(
        magical(enemy, value("viper_corrosive_skin", "damage", 4)), rel=0.2)
    ended = arena.run_until(lambda: not enemy.has(SKIN), 5.0)
    assert ended - begun == pytest.approx(value(name, "effect_duration"), abs=0.1)


def test_nosedive_has_its_price(arena, viper, value):
    viper.upgrade(scepter=True)
    viper.set(mana=200.0)
    dive(arena, viper, 300)
    assert viper.mana == pytest.approx(200.0 - value("viper_nose_dive", "mana_cost"), abs=2.0)
    assert viper.ability("viper_nose_dive").cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, viper) == pytest.approx(value("viper_nose_dive", "cooldown"))


# Predator.


@pytest.mark.parametrize("level, talented", [(1, False), (20, False), (1, True)])
def test_predator_hurts_by_missing_health(arena, enemy, value, changed, level, talented):
    viper = arena.spawn("npc_dota_hero_viper", level=level)
    entry = arena.patch.abilities["abilities"]["viper_predator"]["values"]["damage"]
    damage = value("viper_predator", "damage") + level * entry["per_hero_level"][1][0]
    if talented:
        viper.learn(special_bonus_unique_viper_predator_damage=1)
        damage += changed("viper_predator", "damage", "special_bonus_unique_viper_predator_damage")
    enemy.set(health=float(enemy.max_health) * 0.4)
    viper.attack(enemy)
    arena.run_until(lambda: len(arena.wounds(enemy)) == 2, 3.0)
    after = enemy.health + arena.wounds(enemy)[1]
    missing = 100 * (1 - after / enemy.max_health)
    assert arena.wounds(enemy)[1] == pytest.approx(
        physical(enemy, damage * missing), rel=0.01)


def test_predator_does_nothing_to_creeps(arena, viper):
    creep = arena.spawn("npc_dota_creep_badguys_melee", at=(300, 0), move_speed=0.0,
                        health=200.0)
    viper.attack(creep)
    arena.run_until(lambda: arena.wounds(creep), 3.0)
    arena.play_tick()
    assert len(arena.wounds(creep)) == 1


# Viper Strike.


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
def test_viper_strike_hurts_every_second(arena, viper, enemy, value, level):
    viper.learn(viper_viper_strike=level)
    viper.perform("viper_viper_strike", target=enemy)
    begun = arena.run_until(lambda: enemy.has("modifier_viper_viper_strike_slow"), 2.0)
    assert enemy.has("MODIFIER_STATE_PASSIVES_DISABLED")
    ended = arena.run_until(lambda: not enemy.has("modifier_viper_viper_strike_slow"), 8.0)
    duration = value("viper_viper_strike", "duration")
    assert ended - begun == pytest.approx(duration, abs=0.1)
    assert arena.wounds(enemy) == pytest.approx(
        [magical(enemy, value("viper_viper_strike", "damage", level))] * int(duration))


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
def test_the_slow_of_viper_strike_shrinks(arena, viper, enemy, value, level):
    name = "viper_viper_strike"
    viper.learn(viper_viper_strike=level)
    viper.perform(name, target=enemy)
    arena.run_until(lambda: enemy.has("modifier_viper_viper_strike_slow"), 2.0)
    arena.play_tick()
    for part in (1.0, 0.5):
        assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == pytest.approx(
            -part * value(name, "bonus_movement_speed", level), rel=0.03)
        assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == pytest.approx(
            -part * value(name, "bonus_attack_speed", level), rel=0.03)
        arena.run(0.5 * value(name, "duration"))


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_viper_strike_has_its_price(arena, viper, enemy, value, changed, level, talented):
    name, talent = "viper_viper_strike", "special_bonus_unique_viper_8"
    viper.learn(viper_viper_strike=level)
    cost, cooldown = value(name, "mana_cost", level), value(name, "cooldown", level)
    if talented:
        viper.learn(special_bonus_unique_viper_8=1)
        cost *= 1 + 0.01 * changed(name, "AbilityManaCost", talent)
        cooldown *= 1 + 0.01 * changed(name, "AbilityCooldown", talent)
    viper.set(mana=250.0)
    viper.perform(name, target=enemy)
    assert viper.mana == pytest.approx(250.0 - cost, abs=2.0)
    assert viper.ability(name).cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, viper) == pytest.approx(cooldown)


def test_viper_strike_pierces_immunity(arena, viper, enemy):
    viper.learn(viper_viper_strike=1)
    make_immune(enemy)
    viper.perform("viper_viper_strike", target=enemy)
    arena.run_until(lambda: arena.wounds(enemy), 3.0)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") < 0


def test_viper_strike_ignores_the_magic_resistance_of_immunity(arena, viper, enemy, value):
    viper.learn(viper_viper_strike=1)
    enemy.give_item("item_black_king_bar")
    arena.play_tick()
    damage = magical(enemy, value("viper_viper_strike", "damage"))
    enemy.use("item_black_king_bar")
    viper.perform("viper_viper_strike", target=enemy)
    arena.run(2.0)
    assert enemy.has("modifier_black_king_bar_immune")
    assert arena.wounds(enemy) == [pytest.approx(damage)]


def test_viper_strike_flies_at_its_speed(arena, viper, enemy, value):
    reach = value("viper_viper_strike", "cast_range")
    enemy.place((reach, 0))
    viper.learn(viper_viper_strike=1)
    viper.perform("viper_viper_strike", target=enemy)
    assert viper.x == arena.origin[0]
    hit = arena.run_until(lambda: enemy.has("modifier_viper_viper_strike_slow"), 2.0)
    assert hit - cast_seconds(arena, viper) == pytest.approx(
        reach / value("viper_viper_strike", "projectile_speed"), abs=0.1)


def test_a_talent_lets_viper_strike_last_longer(arena, viper, enemy, value, changed):
    viper.learn(viper_viper_strike=1, special_bonus_unique_viper_4=1)
    viper.perform("viper_viper_strike", target=enemy)
    begun = arena.run_until(lambda: enemy.has("modifier_viper_viper_strike_slow"), 2.0)
    ended = arena.run_until(lambda: not enemy.has("modifier_viper_viper_strike_slow"), 9.0)
    assert ended - begun == pytest.approx(
        value("viper_viper_strike", "duration")
        + changed("viper_viper_strike", "duration", "special_bonus_unique_viper_4"), abs=0.1)


def test_a_talent_lets_viper_strike_hurt_more(arena, viper, enemy, value, changed):
    viper.learn(viper_viper_strike=1, special_bonus_unique_viper_2=1)
    viper.perform("viper_viper_strike", target=enemy)
    arena.run_until(lambda: arena.wounds(enemy), 3.0)
    damage = value("viper_viper_strike", "damage") + changed(
        "viper_viper_strike", "damage", "special_bonus_unique_viper_2")
    assert arena.wounds(enemy)[0] == pytest.approx(magical(enemy, damage))
