"""Sniper's abilities do what their numbers say."""

import math

import pytest

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import UNMOVABLE, EventKind, OrderResult, Team, UnitType
from dota_env_rpc.testing.arena import Arena, ArenaUnit
from tests.content.measures import cast_seconds, magical, physical

LEVELS = [1, 2, 3, 4]
ULTIMATE_LEVELS = [1, 2, 3]


@pytest.fixture
def sniper(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_sniper", mana=1000.0)


@pytest.fixture
def enemy(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_chen", at=(500, 0), team=Team.BADGUYS, level=25)


def cast(arena: Arena, unit: ArenaUnit, ability: str, **at) -> float:
    """Casts an ability, plays until it takes effect, and returns when it was ordered."""
    before = len(arena.told(EventKind.ABILITY_CAST, subject=unit))
    ordered = arena.seconds
    assert unit.cast(ability, **at) == OrderResult.ACCEPTED
    arena.run_until(
        lambda: len(arena.told(EventKind.ABILITY_CAST, subject=unit)) > before, 3.0)
    return ordered


# Shrapnel.


@pytest.mark.parametrize("level", LEVELS)
def test_shrapnel_hurts_when_it_lands_and_every_second_after(arena, sniper, enemy, value, level):
    sniper.learn(sniper_shrapnel=level)
    cast(arena, sniper, "sniper_shrapnel", point=(500, 0))
    arena.run(value("sniper_shrapnel", "damage_delay")
              + value("sniper_shrapnel", "duration") + 1.5)
    damage = magical(enemy, value("sniper_shrapnel", "shrapnel_damage", level))
    assert arena.wounds(enemy) == pytest.approx([damage] * 11)
    ticks = [event.tick for event in arena.told(EventKind.DAMAGE, subject=enemy)]
    first = ticks[0] / TICKS_PER_SECOND - cast_seconds(arena, sniper)
    assert first == pytest.approx(value("sniper_shrapnel", "damage_delay"), abs=0.05)
    assert ticks[-1] - ticks[0] == value("sniper_shrapnel", "duration") * TICKS_PER_SECOND


@pytest.mark.parametrize("level", LEVELS)
def test_shrapnel_slows_who_stands_in_its_radius(arena, sniper, enemy, value, level):
    radius = value("sniper_shrapnel", "radius", level)
    enemy.place((700 + radius - 10, 0))
    outside = arena.spawn(
        "npc_dota_hero_chen", at=(700, radius + 100), team=Team.BADGUYS)
    sniper.learn(sniper_shrapnel=level)
    sniper.cast("sniper_shrapnel", point=(700, 0))
    arena.run(3.0)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
        "sniper_shrapnel", "slow_movement_speed", level)
    assert not outside.has("modifier_sniper_shrapnel_slow")
    assert not arena.wounds(outside)


def test_shrapnel_costs_mana_and_one_of_its_charges(arena, sniper, value):
    sniper.learn(sniper_shrapnel=1)
    assert sniper.ability("sniper_shrapnel").charges == value("sniper_shrapnel", "charges")
    sniper.set(mana=200.0)
    cast(arena, sniper, "sniper_shrapnel", point=(500, 0))
    assert sniper.mana == pytest.approx(200.0 - value("sniper_shrapnel", "mana_cost"), abs=2.0)
    assert sniper.ability("sniper_shrapnel").charges == value("sniper_shrapnel", "charges") - 1


@pytest.mark.parametrize("talented", [False, True])
def test_a_charge_of_shrapnel_comes_back(arena, sniper, value, changed, talented):
    sniper.learn(sniper_shrapnel=1)
    seconds = value("sniper_shrapnel", "charge_restore")
    if talented:
        sniper.learn(special_bonus_unique_sniper_2=1)
        seconds += changed(
            "sniper_shrapnel", "AbilityChargeRestoreTime", "special_bonus_unique_sniper_2")
    cast(arena, sniper, "sniper_shrapnel", point=(500, 0))
    begun = arena.seconds
    back = arena.run_until(lambda: sniper.ability("sniper_shrapnel").charges == 3, 36.0)
    assert back - begun == pytest.approx(seconds, abs=0.1)


def test_a_talent_lets_shrapnel_hurt_more(arena, sniper, enemy, value, changed):
    sniper.learn(sniper_shrapnel=1, special_bonus_unique_sniper_shrapnel_damage=1)
    sniper.cast("sniper_shrapnel", point=(500, 0))
    arena.run(2.0)
    percent = changed("sniper_shrapnel", "shrapnel_damage",
                      "special_bonus_unique_sniper_shrapnel_damage")
    damage = value("sniper_shrapnel", "shrapnel_damage") * (1.0 + 0.01 * percent)
    assert arena.wounds(enemy)[0] == pytest.approx(magical(enemy, damage))


def test_shrapnel_shows_the_place(arena, sniper):
    enemy = arena.spawn("npc_dota_hero_chen", at=(-1250, 0), team=Team.BADGUYS)
    sniper.place((1250, 0))
    sniper.learn(sniper_shrapnel=1)
    arena.run(0.5)
    assert not enemy.visible_to & 1 << Team.GOODGUYS
    sniper.cast("sniper_shrapnel", point=(-550, 0))
    arena.run(2.0)
    assert not enemy.visible_to & 1 << Team.GOODGUYS
    enemy.place((-600, 0))
    arena.run(0.5)
    assert enemy.visible_to & 1 << Team.GOODGUYS


# Headshot and Take Aim.


def take_aim(arena, sniper) -> None:
    """Casts Take Aim, in which every attack is a Headshot, and makes all attacks alike."""
    cast(arena, sniper, "sniper_take_aim")
    arena.play_tick()
    sniper.set(damage=50.0)


def first_headshot(arena, sniper, enemy) -> None:
    """Plays until an attack on `enemy` and its Headshot have landed."""
    sniper.attack(enemy)
    arena.run_until(lambda: len(arena.wounds(enemy)) >= 2, 3.0)


@pytest.mark.parametrize("level", LEVELS)
def test_headshot_adds_damage(arena, sniper, enemy, value, level):
    sniper.learn(sniper_headshot=level, sniper_take_aim=1)
    take_aim(arena, sniper)
    first_headshot(arena, sniper, enemy)
    assert arena.wounds(enemy)[1] == pytest.approx(
        physical(enemy, value("sniper_headshot", "damage", level)))


@pytest.mark.parametrize("level", LEVELS)
def test_headshot_slows_for_a_moment(arena, sniper, enemy, value, level):
    sniper.learn(sniper_headshot=level, sniper_take_aim=1)
    take_aim(arena, sniper)
    first_headshot(arena, sniper, enemy)
    arena.play_tick()
    sniper.stop()
    slow = value("sniper_headshot", "slow")
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == slow
    assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == slow
    begun = arena.told(EventKind.DAMAGE, subject=enemy)[1].tick / TICKS_PER_SECOND
    ended = arena.run_until(lambda: not enemy.has("modifier_sniper_headshot_slow"), 1.0)
    assert ended - begun == pytest.approx(
        value("sniper_headshot", "slow_duration", level), abs=0.05)


@pytest.mark.parametrize("talented", [False, True])
def test_headshot_pushes_the_nearer_the_farther(
        arena, sniper, enemy, value, changed, talented):
    sniper.learn(sniper_headshot=1, sniper_take_aim=1)
    full = value("sniper_headshot", "knockback_distance")
    if talented:
        sniper.learn(special_bonus_unique_sniper_3=1)
        full += changed("sniper_headshot", "knockback_distance", "special_bonus_unique_sniper_3")
    enemy.place((200, 0))
    take_aim(arena, sniper)
    reach = float(sniper.attack_range)
    first_headshot(arena, sniper, enemy)
    sniper.stop()
    arena.run(0.3)
    assert enemy.distance(sniper) - 200 == pytest.approx(full * (1 - 200 / reach), abs=0.5)


def test_headshot_comes_at_its_chance(arena, sniper, enemy, value):
    sniper.learn(sniper_headshot=1)
    sniper.body.base_attack_time = 0.3
    sniper.body.is_dirty = 1
    enemy.body.base_states |= UNMOVABLE
    enemy.body.is_dirty = 1
    arena.play_tick()
    found = arena.blows(sniper, enemy, 60.0)
    extra = physical(enemy, value("sniper_headshot", "damage"))
    headshots = sum(each == pytest.approx(extra) for each in found)
    attacks = len(found) - headshots
    assert attacks > 150
    assert 100 * headshots / attacks == pytest.approx(
        value("sniper_headshot", "proc_chance"), abs=8)


def test_headshot_does_nothing_to_buildings(arena, sniper):
    tower = arena.building("npc_dota_badguys_tower1_mid")
    arena.around(tower)
    sniper.learn(sniper_headshot=1, sniper_take_aim=1)
    sniper.place((-600, 0))
    take_aim(arena, sniper)
    sniper.attack(tower)
    arena.run(2.0)
    hits = [event.tick for event in arena.told(EventKind.DAMAGE, subject=tower)]
    assert len(hits) == len(set(hits)) == 2


def test_a_talent_lets_headshot_hurt_more(arena, sniper, enemy, value, changed):
    sniper.learn(sniper_headshot=1, sniper_take_aim=1,
                 special_bonus_unique_sniper_headshot_damage=1)
    take_aim(arena, sniper)
    first_headshot(arena, sniper, enemy)
    damage = value("sniper_headshot", "damage") + changed(
        "sniper_headshot", "damage", "special_bonus_unique_sniper_headshot_damage")
    assert arena.wounds(enemy)[1] == pytest.approx(physical(enemy, damage))


@pytest.mark.parametrize("beyond, seen", [(-5, True), (5, False)])
def test_take_aim_sees_in_a_cone_ahead_alone(arena, sniper, enemy, value, beyond, seen):
    sniper.learn(sniper_take_aim=1)
    cast(arena, sniper, "sniper_take_aim")
    angle = math.radians(0.5 * value("sniper_take_aim", "view_restrict") + beyond)
    enemy.place((700 * math.cos(angle), 700 * math.sin(angle)))
    arena.run(0.5)
    assert bool(int(enemy.visible_to) >> Team.GOODGUYS & 1) == seen


@pytest.mark.parametrize("level", LEVELS)
def test_take_aim_lengthens_attack_range(arena, sniper, value, level):
    arena.play_tick()
    before = float(sniper.attack_range)
    sniper.learn(sniper_take_aim=level)
    arena.play_tick()
    assert sniper.attack_range - before == value(
        "sniper_take_aim", "passive_attack_range_bonus", level)


def test_illusions_have_the_attack_range_of_take_aim(arena, sniper):
    sniper.learn(sniper_take_aim=4)
    sniper.give_item("item_manta")
    sniper.use("item_manta")
    arena.run(0.5)
    images = [unit for unit in arena.units(UnitType.HERO) if unit.handle != sniper.handle]
    assert len(images) == 2
    assert [image.attack_range for image in images] == [sniper.attack_range] * 2


def test_a_talent_lengthens_attack_range_more(arena, sniper, value, changed):
    arena.play_tick()
    before = float(sniper.attack_range)
    sniper.learn(sniper_take_aim=1, special_bonus_unique_sniper_5=1)
    arena.play_tick()
    assert sniper.attack_range - before == value(
        "sniper_take_aim", "passive_attack_range_bonus") + changed(
            "sniper_take_aim", "passive_attack_range_bonus", "special_bonus_unique_sniper_5")


@pytest.mark.parametrize("level", LEVELS)
def test_take_aim_trades_speed_for_range_and_sight(arena, sniper, value, level):
    sniper.learn(sniper_take_aim=level)
    arena.play_tick()
    reach, sight = float(sniper.attack_range), float(sniper.vision_day)
    take_aim(arena, sniper)
    assert sniper.attack_range - reach == value(
        "sniper_take_aim", "active_attack_range_bonus", level)
    assert sniper.vision_day - sight == value("sniper_take_aim", "bonus_vision", level)
    assert sniper.bonus("MOVESPEED_BONUS_PERCENTAGE") == -value("sniper_take_aim", "slow")


@pytest.mark.parametrize("level", LEVELS)
def test_take_aim_has_its_price(arena, sniper, value, level):
    sniper.learn(sniper_take_aim=level)
    sniper.set(mana=200.0)
    cast(arena, sniper, "sniper_take_aim")
    ability = sniper.ability("sniper_take_aim")
    assert sniper.mana == pytest.approx(200.0 - value("sniper_take_aim", "mana_cost"), abs=2.0)
    assert ability.cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, sniper) == pytest.approx(value("sniper_take_aim", "cooldown", level))


@pytest.mark.parametrize("talented", [False, True])
def test_take_aim_ends_in_its_time(arena, sniper, value, changed, talented):
    seconds = value("sniper_take_aim", "duration")
    sniper.learn(sniper_take_aim=1)
    if talented:
        sniper.learn(special_bonus_unique_sniper_4=1)
        seconds += changed("sniper_take_aim", "duration", "special_bonus_unique_sniper_4")
    take_aim(arena, sniper)
    ended = arena.run_until(lambda: not sniper.has("modifier_sniper_take_aim_bonus"), 6.0)
    assert ended - cast_seconds(arena, sniper) == pytest.approx(seconds, abs=0.05)


def test_a_talent_lets_take_aim_speed_up_attacks(arena, sniper, changed):
    sniper.learn(sniper_take_aim=1, special_bonus_unique_sniper_6=1)
    arena.play_tick()
    assert sniper.bonus("ATTACKSPEED_BONUS_CONSTANT") == 0
    take_aim(arena, sniper)
    assert sniper.bonus("ATTACKSPEED_BONUS_CONSTANT") == changed(
        "sniper_take_aim", "attack_speed", "special_bonus_unique_sniper_6")


# Assassinate.


def assassinate(arena, sniper, enemy) -> None:
    """Casts Assassinate and plays until its shot has landed."""
    cast(arena, sniper, "sniper_assassinate", target=enemy)
    sniper.set(damage=50.0)
    seen = len(arena.wounds(enemy))
    arena.run_until(lambda: len(arena.wounds(enemy)) >= seen + 2, 2.0)
    sniper.stop()


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
def test_assassinate_deals_an_attack_and_its_own_damage(arena, sniper, enemy, value, level):
    enemy.place((90, 0))
    sniper.learn(sniper_assassinate=level)
    assassinate(arena, sniper, enemy)
    assert arena.wounds(enemy) == pytest.approx([
        physical(enemy, 50.0 * value("sniper_assassinate", "attack_factor_tooltip", level) / 100),
        magical(enemy, value("sniper_assassinate", "damage", level))])


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
def test_assassinate_has_its_price(arena, sniper, enemy, value, level):
    sniper.learn(sniper_assassinate=level)
    sniper.set(mana=500.0, max_mana=500.0)
    ordered = cast(arena, sniper, "sniper_assassinate", target=enemy)
    ability = sniper.ability("sniper_assassinate")
    assert cast_seconds(arena, sniper) - ordered == pytest.approx(
        value("sniper_assassinate", "cast_point"), abs=0.1)
    assert sniper.mana == pytest.approx(500.0 - value("sniper_assassinate", "mana_cost"), abs=5.0)
    assert ability.cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, sniper) == pytest.approx(value("sniper_assassinate", "cooldown", level))


def test_assassinate_reaches_far(arena, sniper, enemy, value):
    sniper.learn(sniper_assassinate=1)
    sniper.place((-1250, 0))
    enemy.place((1250, 0))
    arena.spawn("npc_dota_hero_chen", at=(1000, 300))  # shows the enemy
    arena.run(0.3)
    before = float(sniper.x)
    cast(arena, sniper, "sniper_assassinate", target=enemy)
    assert sniper.x == before
    flown = arena.run_until(lambda: arena.wounds(enemy), 2.0) - cast_seconds(arena, sniper)
    assert flown == pytest.approx(
        2500 / value("sniper_assassinate", "projectile_speed"), abs=0.1)


def test_assassinate_follows_who_becomes_invisible(arena, sniper, enemy):
    """Source: its note, 7.41."""
    enemy.give_item("item_invis_sword")
    sniper.place((-900, 0))
    enemy.place((900, 0))
    sniper.learn(sniper_assassinate=1)
    cast(arena, sniper, "sniper_assassinate", target=enemy)
    arena.run_until(lambda: arena.tables.num_projectiles, 3.0)
    enemy.use("item_invis_sword")
    arena.run_until(lambda: enemy.has("MODIFIER_STATE_INVISIBLE"), 0.5)
    assert arena.tables.num_projectiles
    arena.run(1.0)
    assert len(arena.wounds(enemy)) == 2


@pytest.mark.parametrize("scepter", [False, True])
def test_who_became_immune_meanwhile_takes_the_attack_of_assassinate_alone(
        arena, sniper, enemy, scepter):
    sniper.upgrade(scepter=scepter)
    sniper.learn(sniper_assassinate=1)
    enemy.give_item("item_black_king_bar")
    enemy.place((1000, 0))
    sniper.perform("sniper_assassinate", target=enemy)
    assert enemy.use("item_black_king_bar") == OrderResult.ACCEPTED
    arena.run(1.0)
    assert len(arena.wounds(enemy)) == 1
    assert not enemy.has("modifier_sniper_assassinate_stun")


def test_assassinate_interrupts(arena, sniper, enemy):
    sniper.learn(sniper_assassinate=1)
    caster = arena.spawn("npc_dota_hero_sniper", at=(500, 200), team=Team.BADGUYS, level=25)
    caster.learn(sniper_assassinate=1)
    assert sniper.cast("sniper_assassinate", target=caster) == OrderResult.ACCEPTED
    arena.run(1.0)
    caster.set(mana=500.0)
    assert caster.cast("sniper_assassinate", target=sniper) == OrderResult.ACCEPTED
    arena.run(3.0)
    assert arena.wounds(caster)
    assert not arena.told(EventKind.ABILITY_CAST, subject=caster)


def test_a_kill_of_a_hero_makes_assassinate_ready(arena, sniper, enemy, value):
    sniper.learn(sniper_assassinate=1)
    enemy.set(health=100.0)
    cast(arena, sniper, "sniper_assassinate", target=enemy)
    assert sniper.ability("sniper_assassinate").cooldown_ready_tick > arena.tables.tick
    arena.run_until(lambda: not enemy.alive, 2.0)
    arena.play_tick()
    assert sniper.ability("sniper_assassinate").cooldown_ready_tick <= arena.tables.tick


def test_a_talent_lets_assassinate_hurt_more(arena, sniper, enemy, value, changed):
    sniper.learn(sniper_assassinate=1, special_bonus_unique_sniper_1=1)
    assassinate(arena, sniper, enemy)
    damage = value("sniper_assassinate", "damage") + changed(
        "sniper_assassinate", "damage", "special_bonus_unique_sniper_1")
    assert arena.wounds(enemy)[1] == pytest.approx(magical(enemy, damage))


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
def test_scepter_lets_assassinate_stun(arena, sniper, enemy, changed, level):
    sniper.learn(sniper_assassinate=level)
    sniper.upgrade(scepter=True)
    assassinate(arena, sniper, enemy)
    hit = arena.told(EventKind.DAMAGE, subject=enemy)[-1].tick / TICKS_PER_SECOND
    assert enemy.has("MODIFIER_STATE_STUNNED")
    ended = arena.run_until(lambda: not enemy.has("MODIFIER_STATE_STUNNED"), 2.0)
    assert ended - hit == pytest.approx(
        changed("sniper_assassinate", "scepter_stun_duration", "scepter", level), abs=0.05)


def test_scepter_lets_assassinate_fire_quicker(arena, sniper, enemy, changed):
    sniper.learn(sniper_assassinate=1)
    sniper.upgrade(scepter=True)
    ordered = cast(arena, sniper, "sniper_assassinate", target=enemy)
    assert cast_seconds(arena, sniper) - ordered == pytest.approx(
        changed("sniper_assassinate", "scepter_cast_point", "scepter"), abs=0.1)


# Concussive Grenade and Keen Scope.


def throw_grenade(arena, sniper) -> None:
    """Throws the grenade 300 units ahead."""
    sniper.upgrade(shard=True)
    cast(arena, sniper, "sniper_concussive_grenade", point=(300, 0))


def test_without_shard_there_is_no_grenade(arena, sniper):
    assert sniper.cast(
        "sniper_concussive_grenade", point=(300, 0)) == OrderResult.NOT_AVAILABLE


def test_the_grenade_hurts_those_in_its_radius(arena, sniper, enemy, value):
    radius = value("sniper_concussive_grenade", "radius")
    enemy.place((300 + radius - 10, 0))
    outside = arena.spawn("npc_dota_hero_chen", at=(300, radius + 100), team=Team.BADGUYS)
    throw_grenade(arena, sniper)
    arena.play_tick()
    assert arena.wounds(enemy) == pytest.approx(
        [magical(enemy, value("sniper_concussive_grenade", "damage"))])
    assert not arena.wounds(outside)


def test_the_grenade_throws_back_both_sides(arena, sniper, enemy, value):
    throw_grenade(arena, sniper)
    arena.run(value("sniper_concussive_grenade", "knockback_duration") + 0.1)
    distance = value("sniper_concussive_grenade", "knockback_distance")
    assert enemy.x - arena.origin[0] == pytest.approx(500 + distance, abs=1.0)
    assert sniper.x - arena.origin[0] == pytest.approx(-distance, abs=1.0)


def test_the_grenade_disarms_and_slows_after_the_push(arena, sniper, enemy, value):
    throw_grenade(arena, sniper)
    begun = arena.run_until(
        lambda: enemy.has("modifier_sniper_concussive_grenade_slow"), 1.0)
    assert begun - cast_seconds(arena, sniper) == pytest.approx(
        value("sniper_concussive_grenade", "knockback_duration"), abs=0.05)
    assert enemy.has("MODIFIER_STATE_DISARMED")
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == -value(
        "sniper_concussive_grenade", "slow")
    ended = arena.run_until(
        lambda: not enemy.has("modifier_sniper_concussive_grenade_slow"), 4.0)
    assert ended - begun == pytest.approx(
        value("sniper_concussive_grenade", "debuff_duration"), abs=0.05)


def test_the_grenade_has_its_price(arena, sniper, value):
    sniper.upgrade(shard=True)
    sniper.set(mana=200.0)
    throw_grenade(arena, sniper)
    assert sniper.mana == pytest.approx(
        200.0 - value("sniper_concussive_grenade", "mana_cost"), abs=2.0)
    assert sniper.ability(
        "sniper_concussive_grenade").cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
            arena, sniper) == pytest.approx(value("sniper_concussive_grenade", "cooldown"))


@pytest.mark.parametrize("level", [1, 10, 30])
@pytest.mark.parametrize("gap", [90, 450])
def test_keen_scope_adds_damage_with_distance(arena, value, level, gap):
    sniper = arena.spawn("npc_dota_hero_sniper", level=level)
    creep = arena.spawn("npc_dota_creep_badguys_melee", at=(gap, 0), move_speed=0.0, armor=0.0,
                        max_health=2000.0, health=2000.0)
    sniper.set(damage=50.0)
    sniper.attack(creep)
    arena.run_until(lambda: arena.wounds(creep), 3.0)
    entry = arena.patch.abilities["abilities"]["sniper_keen_scope"]["values"]
    per_step = value("sniper_keen_scope", "bonus_damage_for_range") + (
        level * entry["bonus_damage_for_range"]["per_hero_level"][1][0])
    steps = math.floor(gap / value("sniper_keen_scope", "bonus_damage_distance"))
    assert arena.wounds(creep)[0] == pytest.approx(50.0 + per_step * steps)


def test_take_aim_makes_headshots_of_its_chance(arena, sniper, enemy, value):
    """All attacks, as the chance is certainty."""
    assert value("sniper_take_aim", "headshot_chance") == 100
    sniper.learn(sniper_headshot=1, sniper_take_aim=4)
    take_aim(arena, sniper)
    sniper.attack(enemy)
    arena.run(2.5)
    ticks = [event.tick for event in arena.told(EventKind.DAMAGE, subject=enemy)]
    assert len(ticks) == 2 * len(set(ticks)) > 0


def test_concussive_grenade_has_its_range(arena, sniper, value):
    sniper.upgrade(shard=True)
    arena.run(0.1)
    assert sniper.ability("sniper_concussive_grenade").cast_range == value(
        "sniper_concussive_grenade", "AbilityCastRange")
