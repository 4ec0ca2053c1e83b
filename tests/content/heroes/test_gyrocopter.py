"""Gyrocopter."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitType
from tests.content.measures import magical, physical

BARRAGE = "gyrocopter_rocket_barrage"
MISSILE = "gyrocopter_homing_missile"
FLAK = "gyrocopter_flak_cannon"
CALL = "gyrocopter_call_down"
AFTERBURNER = "gyrocopter_afterburner"
GUNNER = "gyrocopter_side_gunner_spawn_ability"
CREEP = "npc_dota_creep_badguys_melee"
LEVELS = [1, 2, 3, 4]


@pytest.fixture
def gyro(arena):
    return arena.spawn("npc_dota_hero_gyrocopter", level=30)


@pytest.fixture
def axe(arena):
    axe = arena.spawn("npc_dota_hero_axe", at=(300, 0), team=Team.BADGUYS, level=30)
    axe.set(health=9000.0, max_health=9000.0)
    return axe


def big_creep(arena, at):
    return arena.spawn(CREEP, at=at, health=5000.0, max_health=5000.0, health_regen=0.0)


@pytest.mark.parametrize(("ability", "levels"), [
    (BARRAGE, 4), (MISSILE, 4), (FLAK, 4), (CALL, 3)])
def test_a_cast_costs_its_level(arena, gyro, value, ability, levels):
    for level in range(1, levels + 1):
        gyro.learn(**{ability: level})
        arena.run(0.1)
        assert gyro.ability(ability).mana_cost == value(ability, "mana_cost", level)
        assert gyro.ability(ability).cooldown == value(ability, "cooldown", level)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_barrage_fires_its_rockets(arena, gyro, axe, value, changed, level, talented):
    talent = "special_bonus_unique_gyrocopter_3"
    damage = value(BARRAGE, "rocket_damage", level)
    gyro.learn(**{BARRAGE: level})
    if talented:
        gyro.learn(**{talent: 1})
        damage += changed(BARRAGE, "rocket_damage", talent)
    assert gyro.cast(BARRAGE) == OrderResult.ACCEPTED
    arena.run(value(BARRAGE, "barrage_duration") + 0.5)
    rockets = round(value(BARRAGE, "barrage_duration") / value(BARRAGE, "rocket_interval"))
    assert arena.wounds(axe) == [pytest.approx(magical(axe, damage))] * rockets


def test_barrage_reaches_its_radius(arena, gyro, axe, value):
    axe.place((value(BARRAGE, "radius") + 60.0, 0))
    gyro.learn(**{BARRAGE: 1})
    gyro.cast(BARRAGE)
    arena.run(0.5)
    assert arena.wounds(axe) == []


def test_barrage_shares_its_rockets_out(arena, gyro, axe, value):
    creep = big_creep(arena, (-300, 0))
    gyro.learn(**{BARRAGE: 1})
    gyro.cast(BARRAGE)
    arena.run(2.05)
    assert arena.wounds(axe) and arena.wounds(creep)
    assert len(arena.wounds(axe)) + len(arena.wounds(creep)) == round(
        2.0 / value(BARRAGE, "rocket_interval"))


def missile_of(arena):
    missiles = arena.units(UnitType.WARD)
    return missiles[0] if missiles else None


def hit_by_missile(arena, gyro, axe):
    """Fires a missile and returns when it was fired and when it hit."""
    gyro.cast(MISSILE, target=axe)
    start = arena.run_until(lambda: missile_of(arena), within=0.5)
    return start, arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=8.0)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_missile_damages_and_stuns(arena, gyro, axe, value, changed, level, talented):
    more_damage = "special_bonus_unique_gyrocopter_homing_missile_damage"
    longer_stun = "special_bonus_unique_gyrocopter_6"
    damage = value(MISSILE, "hit_damage", level)
    stun = value(MISSILE, "stun_duration", level)
    gyro.learn(**{MISSILE: level})
    if talented:
        gyro.learn(**{more_damage: 1, longer_stun: 1})
        damage *= 1.0 + changed(MISSILE, "hit_damage", more_damage) / 100.0
        stun += changed(MISSILE, "stun_duration", longer_stun)
    _, hit = hit_by_missile(arena, gyro, axe)
    end = arena.run_until(lambda: not axe.has("MODIFIER_STATE_STUNNED"), within=4.0)
    assert arena.wounds(axe) == [pytest.approx(magical(axe, damage))]
    assert end - hit == pytest.approx(stun, abs=0.07)


def test_missile_waits_and_then_gathers_speed(arena, gyro, axe, value):
    axe.place((1000, 0))
    gyro.learn(**{MISSILE: 1})
    start, hit = hit_by_missile(arena, gyro, axe)
    seconds = hit - start - value(MISSILE, "pre_flight_time")
    way = seconds * value(MISSILE, "speed") + value(MISSILE, "acceleration") * seconds ** 2 / 2.0
    assert way == pytest.approx(1000.0 - axe.bound_radius - 24.0, abs=60.0)


def test_the_enemy_sees_a_missile_for_a_while(arena, gyro, axe, value):
    gyro.learn(**{MISSILE: 1})
    axe.place((900, 0))
    axe.body.base_vision_day = 50.0
    axe.body.is_dirty = 1
    arena.run(0.5)
    gyro.cast(MISSILE, target=axe)
    start = arena.run_until(lambda: missile_of(arena), within=0.5)
    missile = missile_of(arena)
    missile.record.health = missile.record.max_health
    arena.run(0.5)
    seen = arena.run_until(
        lambda: not missile.has("modifier_gyrocopter_homing_missile_shown"), within=9.0)
    assert seen - start == pytest.approx(value(MISSILE, "enemy_vision_time"), abs=0.1)


@pytest.mark.parametrize("seconds, sees", [(1.0, True), (4.6, False)])
def test_afterwards_it_sees_one_that_is_near_alone(arena, gyro, axe, seconds, sees):
    gyro.learn(**{MISSILE: 1})
    axe.place((1000, 0))
    gyro.cast(MISSILE, target=axe)
    arena.run_until(lambda: missile_of(arena), within=0.5)
    missile = missile_of(arena)
    axe.place((9000, 0))
    arena.run(seconds)
    assert bool(int(missile.visible_to) >> Team.BADGUYS & 1) == sees


def test_missile_follows_its_target(arena, gyro, axe):
    gyro.learn(**{MISSILE: 1})
    gyro.cast(MISSILE, target=axe)
    arena.run(2.5)
    axe.place((0, 900))
    arena.run_until(lambda: arena.wounds(axe), within=4.0)


def test_missile_is_gone_after_its_hit_and_no_death(arena, gyro, axe):
    gyro.learn(**{MISSILE: 1})
    hit_by_missile(arena, gyro, axe)
    assert missile_of(arena) is None
    assert gyro.player_record.denies == 0


def test_missile_is_gone_when_its_target_dies(arena, gyro, axe):
    gyro.learn(**{MISSILE: 1})
    gyro.cast(MISSILE, target=axe)
    arena.run(0.5)
    axe.kill()
    arena.run(2.5)
    assert missile_of(arena) is None


def test_others_than_heroes_take_longer_to_destroy_a_missile(arena, gyro, axe, value):
    axe.place((1000, 0))
    gyro.learn(**{MISSILE: 1})
    gyro.cast(MISSILE, target=axe)
    arena.run_until(lambda: missile_of(arena), within=0.5)
    missile = missile_of(arena)
    gyro.place((-2000, 0))
    arena.spawn(CREEP, at=(100, 0))
    arena.run_until(lambda: arena.wounds(missile), within=2.4)
    assert arena.wounds(missile)[0] == pytest.approx(
        missile.max_health / value(MISSILE, "tower_hits_to_kill_tooltip"))


def test_missile_dies_of_a_heros_attacks(arena, gyro, axe, value):
    lina = arena.spawn("npc_dota_hero_lina", at=(300, 200), team=Team.BADGUYS, level=30)
    axe.place((1000, 0))
    gyro.learn(**{MISSILE: 1})
    gyro.cast(MISSILE, target=axe)
    arena.run_until(lambda: missile_of(arena), within=0.5)
    missile = missile_of(arena)
    arena.run(0.1)
    lina.attack(missile)
    arena.run_until(lambda: not missile.alive, within=4.0)
    arena.run(3.0)
    assert len(arena.wounds(missile)) == value(MISSILE, "hits_to_kill_tooltip")
    assert arena.wounds(axe) == []
    assert arena.told(EventKind.LAST_HIT, object=lina)


def test_shard_lets_a_missile_fire_rockets_at_its_target(arena, gyro, axe, value, changed):
    axe.place((650, 0))
    creep = big_creep(arena, (-300, 0))
    gyro.learn(**{MISSILE: 1, BARRAGE: 2})
    gyro.upgrade(shard=True)
    gyro.cast(MISSILE, target=axe)
    start = arena.run_until(lambda: missile_of(arena), within=0.5)
    first = arena.run_until(lambda: arena.wounds(axe), within=2.0)
    arena.run(1.05)
    assert first - start == pytest.approx(changed(MISSILE, "shard_delay", "shard"), abs=0.1)
    rocket = magical(axe, value(BARRAGE, "rocket_damage", 2))
    assert arena.wounds(axe) == [pytest.approx(rocket)] * 11
    assert arena.wounds(creep) == []


def test_a_missiles_rockets_hit_others_within_their_radius(arena, gyro, axe, changed):
    axe.place((1000, 0))
    near = big_creep(arena, (-changed(MISSILE, "shard_radius", "shard") + 60.0, 0))
    far = big_creep(arena, (-changed(MISSILE, "shard_radius", "shard") - 60.0, 0))
    gyro.learn(**{MISSILE: 1, BARRAGE: 1})
    gyro.upgrade(shard=True)
    gyro.cast(MISSILE, target=axe)
    arena.run(1.5)
    assert len(arena.wounds(near)) > 3
    assert arena.wounds(far) == []


def test_a_missiles_rockets_set_no_afterburner_off(arena, gyro, axe):
    gyro.learn(**{MISSILE: 1, BARRAGE: 1})
    gyro.upgrade(shard=True)
    gyro.cast(MISSILE, target=axe)
    arena.run(2.0)
    assert arena.wounds(axe)
    assert not gyro.has("modifier_gyrocopter_afterburner_speed")
    hit = arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=3.0)
    assert hit and gyro.has("modifier_gyrocopter_afterburner_speed")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_flak_lasts_its_attacks(arena, gyro, axe, value, changed, level, talented):
    talent = "special_bonus_unique_gyrocopter_2"
    attacks = value(FLAK, "max_attacks", level)
    gyro.set(attack_speed=500.0)
    other = big_creep(arena, (-300, 0))
    gyro.learn(**{FLAK: level})
    if talented:
        gyro.learn(**{talent: 1})
        attacks += changed(FLAK, "max_attacks", talent)
    gyro.cast(FLAK)
    gyro.attack(axe)
    arena.run(9.0)
    assert len(arena.wounds(other)) == attacks
    assert not gyro.has("modifier_gyrocopter_flak_cannon")


@pytest.mark.parametrize("talented", [False, True])
def test_flak_hits_others_with_the_attack_damage(
        arena, gyro, axe, value, changed, talented):
    talent = "special_bonus_unique_gyrocopter_flak_cannon_bonus_damage"
    damage = 0.5 * (gyro.damage_min + gyro.damage_max)
    inside = big_creep(arena, (-value(FLAK, "radius") + 20.0, 0))
    outside = big_creep(arena, (-value(FLAK, "radius") - 60.0, 0))
    gyro.learn(**{FLAK: 1})
    if talented:
        gyro.learn(**{talent: 1})
        damage += changed(FLAK, "bonus_damage", talent)
    gyro.cast(FLAK)
    gyro.attack(axe)
    arena.run_until(lambda: arena.wounds(inside), within=3.0)
    assert arena.wounds(inside)[0] == pytest.approx(damage * physical(inside))
    assert arena.wounds(outside) == []


def test_flak_flies_at_its_speed(arena, gyro, axe, value):
    other = big_creep(arena, (-800, 0))
    gyro.learn(**{FLAK: 1})
    gyro.cast(FLAK)
    gyro.attack(axe)
    shot = arena.run_until(lambda: arena.tables.num_projectiles, within=1.0)
    hit = arena.run_until(lambda: arena.wounds(other), within=2.0)
    assert hit - shot == pytest.approx(800.0 / value(FLAK, "projectile_speed"), abs=0.1)


def test_flak_lasts_its_duration(arena, gyro, value):
    gyro.learn(**{FLAK: 1})
    gyro.cast(FLAK)
    start = arena.seconds
    end = arena.run_until(lambda: not gyro.has("modifier_gyrocopter_flak_cannon"), within=13.0)
    assert end - start == pytest.approx(value(FLAK, "duration"), abs=0.07)


@pytest.mark.parametrize(("ability", "talent"), [
    (FLAK, "special_bonus_unique_gyrocopter_1"), (CALL, "special_bonus_unique_gyrocopter_5")])
def test_talents_shorten_cooldowns(arena, gyro, value, changed, ability, talent):
    gyro.learn(**{ability: 1, talent: 1})
    arena.run(0.1)
    assert gyro.ability(ability).cooldown == value(ability, "cooldown") + changed(
        ability, "AbilityCooldown", talent)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_call_down_strikes_farther_and_farther_away(arena, gyro, value, level):
    apart = value(CALL, "strike_separation", level)
    places = [500.0 + apart * i for i in range(int(value(CALL, "total_strikes", level)))]
    targets = [arena.spawn("npc_dota_hero_axe", at=(place, 0), team=Team.BADGUYS, level=30)
               for place in places]
    between = big_creep(arena, (places[-1] + apart, 0))
    gyro.learn(**{CALL: level})
    gyro.cast(CALL, point=(500, 0))
    start = arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=1.0)
    hits = []
    for target in targets:
        arena.run_until(lambda target=target: arena.wounds(target), within=4.0)
        hits.append(arena.seconds - start)
        assert arena.wounds(target)[0] == pytest.approx(
            magical(target, value(CALL, "damage", level)))
    assert hits == [pytest.approx(
        value(CALL, "missile_delay_tooltip") + i * value(CALL, "strike_delay"), abs=0.1)
        for i in range(len(targets))]
    assert arena.wounds(between) == []


def test_call_down_slows(arena, gyro, axe, value):
    before = axe.move_speed
    gyro.learn(**{CALL: 1})
    gyro.cast(CALL, point=(300, 0))
    start = arena.run_until(lambda: arena.wounds(axe), within=3.0)
    arena.run(0.1)
    assert axe.move_speed == pytest.approx(before * (1.0 - value(CALL, "slow") / 100.0))
    end = arena.run_until(lambda: axe.move_speed == before, within=6.0)
    assert end - start == pytest.approx(value(CALL, "slow_duration"), abs=0.1)


def test_call_down_hits_its_radius(arena, gyro, value):
    inside = big_creep(arena, (500, value(CALL, "radius") - 10.0))
    outside = big_creep(arena, (500, -value(CALL, "radius") - 60.0))
    gyro.learn(**{CALL: 1})
    gyro.cast(CALL, point=(500, 0))
    arena.run(3.0)
    assert len(arena.wounds(inside)) == 1
    assert arena.wounds(outside) == []


def test_call_down_is_cast_from_its_range(arena, gyro, value):
    gyro.learn(**{CALL: 1})
    start = arena.seconds
    gyro.cast(CALL, point=(value(CALL, "AbilityCastRange"), 0))
    end = arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=1.0)
    assert end - start == pytest.approx(value(CALL, "cast_point"), abs=0.07)


@pytest.mark.parametrize(("name", "key"), [
    ("npc_dota_hero_axe", "bonus_movement_speed_per_hit"),
    (CREEP, "bonus_movement_speed_per_hit_creep")])
def test_afterburner_quickens_with_every_hit(arena, gyro, value, name, key):
    arena.spawn(name, at=(300, 0), team=Team.BADGUYS, health=900.0, max_health=900.0)
    before = gyro.move_speed
    gyro.learn(**{BARRAGE: 1})
    gyro.cast(BARRAGE)
    arena.run(1.05)
    rockets = round(1.0 / value(BARRAGE, "rocket_interval"))
    assert gyro.move_speed - before == pytest.approx(rockets * value(AFTERBURNER, key))


@pytest.mark.parametrize("level", [1, 11, 30])
def test_afterburner_lasts_longer_with_his_level(arena, value, changed, level):
    gyro = arena.spawn("npc_dota_hero_gyrocopter", level=level)
    axe = arena.spawn("npc_dota_hero_axe", at=(300, 0), team=Team.BADGUYS)
    gyro.attack(axe)
    start = arena.run_until(
        lambda: gyro.has("modifier_gyrocopter_afterburner_speed"), within=3.0)
    gyro.stop()
    end = arena.run_until(
        lambda: not gyro.has("modifier_gyrocopter_afterburner_speed"), within=9.0)
    assert end - start == pytest.approx(
        value(AFTERBURNER, "bonus_movespeed_duration") + level * changed(
            AFTERBURNER, "bonus_movespeed_duration", "per_hero_level"), abs=0.1)


def test_scepter_brings_a_side_gunner_who_attacks_the_farthest(arena, gyro, axe, value):
    axe.place((300, 0))
    far = big_creep(arena, (-value(GUNNER, "cast_range") + 20.0, 0))
    beyond = big_creep(arena, (0, value(GUNNER, "cast_range") + 60.0))
    gyro.upgrade(scepter=True)
    arena.run(4.0 * value(GUNNER, "sidegunner_fire_rate") + 0.5)
    assert len(arena.wounds(far)) == 4
    assert gyro.damage_min <= arena.wounds(far)[0] / physical(far) <= gyro.damage_max
    assert arena.wounds(axe) == arena.wounds(beyond) == []


def test_nobody_shoots_from_the_side_without_scepter(arena, gyro, axe):
    arena.run(3.0)
    assert arena.wounds(axe) == []


def test_talent_gives_health(arena, gyro):
    given = {talent["name"]: talent["values"].get("value", [0])[0]
             for talent in arena.patch.abilities["talents"]["npc_dota_hero_gyrocopter"]}
    before = gyro.max_health
    gyro.learn(special_bonus_hp_150=1)
    assert gyro.max_health - before == given["special_bonus_hp_150"]


def test_a_heros_attack_on_a_missile_counts_as_several(arena, gyro, axe, value):
    """Of its six hit points it takes so many."""
    gyro.learn(**{MISSILE: 1})
    axe.place((900, 0))
    gyro.cast(MISSILE, target=axe)
    arena.run_until(lambda: missile_of(arena), within=0.5)
    missile = missile_of(arena)
    gyro.place((-2000, 0))
    lina = arena.spawn("npc_dota_hero_lina", at=(100, 0), team=Team.BADGUYS)
    arena.run(0.3)
    assert lina.attack(missile) == OrderResult.ACCEPTED
    arena.run_until(lambda: arena.wounds(missile), within=2.0)
    assert arena.wounds(missile)[0] == pytest.approx(value(MISSILE, "hero_damage"))
