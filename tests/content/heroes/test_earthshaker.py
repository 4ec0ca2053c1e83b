"""Earthshaker's abilities against their entries in the tables."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team
from tests.content.measures import assert_costs, still

SHAKER = "npc_dota_hero_earthshaker"
ENEMY = "npc_dota_hero_lich"
CREEP = "npc_dota_creep_badguys_melee"
SLUGGER, FISSURE, TOTEM, AFTERSHOCK, ECHO = (
    "earthshaker_slugger", "earthshaker_fissure", "earthshaker_enchant_totem",
    "earthshaker_aftershock", "earthshaker_echo_slam")
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def shaker(arena):
    return arena.spawn(SHAKER, at=(0, 0), mana=1000.0)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(300, 0), team=Team.BADGUYS)


def cast(arena, shaker, ability, level=1, point=None, **talents):
    shaker.learn(**{ability: level}, **talents)
    seen = len(arena.told(EventKind.ABILITY_CAST))
    assert shaker.cast(ability, point=point) == OrderResult.ACCEPTED
    arena.run_until(lambda: len(arena.told(EventKind.ABILITY_CAST)) > seen, within=2.0)
    return arena.seconds


def split(arena, shaker, level=1, **talents):
    cast(arena, shaker, FISSURE, level, (500, 0), **talents)


@pytest.mark.parametrize("level", LEVELS)
def test_fissure_hurts_and_stuns_along_its_line(arena, shaker, enemy, value, level):
    split(arena, shaker, level)
    assert arena.wounds(enemy) == [pytest.approx(
        value(FISSURE, "fissure_damage", level) * (1 - enemy.magic_resistance))]
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(FISSURE, "stun_duration", level), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_fissure_costs_its_mana_and_cooldown(arena, shaker, value, level):
    shaker.learn(earthshaker_fissure=level)
    assert_costs(arena, shaker, value, FISSURE, level)


def test_fissure_is_as_long_as_its_range_and_as_wide_as_its_radius(arena, shaker, value):
    length, radius = value(FISSURE, "cast_range"), value(FISSURE, "fissure_radius")
    inside = still(arena, (length - 10, radius - 5))
    beyond = still(arena, (length + radius + 50, 0))
    beside = still(arena, (length / 2, radius + 50))
    split(arena, shaker)
    assert arena.wounds(inside)
    assert not arena.wounds(beyond)
    assert not arena.wounds(beside)


def test_fissure_is_in_the_way_for_its_duration(arena, shaker, value):
    walker = arena.spawn(ENEMY, at=(600, 400), team=Team.BADGUYS)
    split(arena, shaker)
    arena.run(value(FISSURE, "fissure_duration") - 2.5)
    walker.move((600, -400))
    arena.run(2.0)
    assert walker.y > arena.origin[1]


def test_fissure_leaves_earthshaker_where_he_is(arena, shaker):
    x, y = float(shaker.x), float(shaker.y)
    split(arena, shaker)
    arena.run(0.1)
    assert (shaker.x, shaker.y) == (x, y)


def test_fissure_goes_away_after_its_duration(arena, shaker, value):
    walker = arena.spawn(ENEMY, at=(600, 400), team=Team.BADGUYS)
    split(arena, shaker)
    arena.run(value(FISSURE, "fissure_duration") + 0.1)
    walker.move((600, -400))
    arena.run(2.0)
    assert walker.y < arena.origin[1]


def test_fissure_deals_more_with_its_talent(arena, shaker, enemy, value, changed):
    talent = "special_bonus_unique_earthshaker_4"
    split(arena, shaker, **{talent: 1})
    assert arena.wounds(enemy) == [pytest.approx((
        value(FISSURE, "fissure_damage") + changed(FISSURE, "fissure_damage", talent))
        * (1 - enemy.magic_resistance))]


def test_fissure_is_longer_with_its_talent(arena, shaker, value, changed):
    talent = "special_bonus_unique_earthshaker_3"
    length = value(FISSURE, "cast_range") + changed(FISSURE, "AbilityCastRange", talent)
    creep = still(arena, (length - 5, 0))
    split(arena, shaker, **{talent: 1})
    assert arena.wounds(creep)
    arena.run(0.1)
    assert shaker.ability(FISSURE).cast_range == length


def test_fissure_is_ready_sooner_with_the_shard(arena, shaker, value, changed):
    shaker.learn(earthshaker_fissure=1)
    shaker.upgrade(shard=True)
    arena.run(0.1)
    assert shaker.ability(FISSURE).cooldown == value(FISSURE, "cooldown") + changed(
        FISSURE, "AbilityCooldown", "shard")


def test_fissure_shakes_again_with_the_shard(arena, shaker, value, changed):
    shaker.upgrade(shard=True)
    shaker.learn(earthshaker_aftershock=1)
    on, off = still(arena, (1200, 100)), still(arena, (1200, 400))
    split(arena, shaker)
    arena.run(2.0)
    before = arena.wounds(on)
    cast(arena, shaker, TOTEM)
    assert on.has("MODIFIER_STATE_STUNNED")
    part = changed(FISSURE, "shard_aftershock_stun_duration_pct", "shard") / 100
    assert arena.wounds(on)[len(before):] == [pytest.approx(
        value(AFTERSHOCK, "aftershock_damage") * (1 - on.magic_resistance))]
    assert arena.lasts(lambda: on.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(AFTERSHOCK, "duration") * part, abs=0.1)
    assert not arena.wounds(off)


def test_fissure_shakes_once_without_the_shard(arena, shaker):
    shaker.learn(earthshaker_aftershock=1)
    creep = still(arena, (1200, 100))
    split(arena, shaker)
    arena.run(2.0)
    before = arena.wounds(creep)
    cast(arena, shaker, TOTEM)
    assert arena.wounds(creep) == before


@pytest.mark.parametrize("level", LEVELS)
def test_enchant_totem_multiplies_base_damage_and_lengthens_attacks(arena, shaker, value, level):
    damage, reach = shaker.damage_min, shaker.attack_range
    cast(arena, shaker, TOTEM, level)
    arena.run(0.05)
    assert shaker.damage_min == pytest.approx(
        damage * (1 + value(TOTEM, "totem_damage_percentage", level) / 100))
    assert shaker.attack_range == reach + value(TOTEM, "bonus_attack_range")


@pytest.mark.parametrize("level", LEVELS)
def test_enchant_totem_costs_its_mana_and_cooldown(arena, shaker, value, level):
    shaker.learn(earthshaker_enchant_totem=level)
    assert_costs(arena, shaker, value, TOTEM, level)


def test_enchant_totem_lasts_its_duration(arena, shaker, value):
    cast(arena, shaker, TOTEM)
    assert arena.lasts(lambda: shaker.has("modifier_earthshaker_enchant_totem")) == pytest.approx(
        value(TOTEM, "duration"), abs=0.05)


def test_enchant_totem_is_spent_by_one_attack(arena, shaker, value):
    creep = still(arena, (120, 0), armor=0.0)
    cast(arena, shaker, TOTEM, 4)
    arena.run(0.05)
    low = shaker.damage_min
    shaker.attack(creep)
    arena.run_until(lambda: len(arena.wounds(creep)) == 2, within=5.0)
    assert arena.wounds(creep)[0] >= low
    assert arena.wounds(creep)[1] < low


def test_enchant_totem_gives_more_with_its_talent(arena, shaker, value, changed):
    talent = "special_bonus_unique_earthshaker_totem_damage"
    damage = shaker.damage_min
    cast(arena, shaker, TOTEM, **{talent: 1})
    arena.run(0.05)
    percent = value(TOTEM, "totem_damage_percentage") + changed(
        TOTEM, "totem_damage_percentage", talent)
    assert shaker.damage_min == pytest.approx(damage * (1 + percent / 100))


def test_enchant_totem_is_ready_sooner_with_its_talent(arena, shaker, value, changed):
    talent = "special_bonus_unique_earthshaker"
    shaker.learn(earthshaker_enchant_totem=1, **{talent: 1})
    arena.run(0.1)
    assert shaker.ability(TOTEM).cooldown == value(TOTEM, "cooldown") + changed(
        TOTEM, "AbilityCooldown", talent)


def test_enchant_totem_leaps_with_the_scepter(arena, shaker, value):
    shaker.upgrade(scepter=True)
    shaker.learn(earthshaker_aftershock=1)
    creep = still(arena, (700, 100))
    start = cast(arena, shaker, TOTEM, point=(600, 0))
    landed = arena.run_until(
        lambda: shaker.has("modifier_earthshaker_enchant_totem"), within=2.0)
    assert landed - start == pytest.approx(value(TOTEM, "scepter_leap_duration"), abs=0.1)
    assert shaker.x == pytest.approx(arena.origin[0] + 600, abs=40)
    assert creep.has("MODIFIER_STATE_STUNNED")


def test_enchant_totem_reaches_its_distance_with_the_scepter(arena, shaker, changed):
    shaker.learn(earthshaker_enchant_totem=1)
    shaker.upgrade(scepter=True)
    arena.run(0.1)
    assert shaker.ability(TOTEM).cast_range == changed(TOTEM, "distance_scepter", "scepter")


def test_enchant_totem_stays_in_place_when_cast_without_a_point(arena, shaker):
    shaker.upgrade(scepter=True)
    cast(arena, shaker, TOTEM)
    arena.run(0.1)
    assert shaker.has("modifier_earthshaker_enchant_totem")


def test_enchant_totem_does_not_leap_without_the_scepter(shaker):
    shaker.learn(earthshaker_enchant_totem=1)
    assert shaker.cast(TOTEM, point=(600, 0)) == OrderResult.WRONG_ORDER


def test_enchant_totem_cleaves_with_the_scepter(arena, shaker, changed):
    shaker.upgrade(scepter=True)
    front = still(arena, (120, 0), armor=0.0)
    behind = still(arena, (changed(TOTEM, "scepter_cleave_distance", "scepter") - 10, 0),
                   armor=0.0)
    cast(arena, shaker, TOTEM)
    shaker.attack(front)
    arena.run_until(lambda: arena.wounds(front), within=3.0)
    arena.run(0.05)
    assert arena.wounds(behind) == [pytest.approx(
        arena.wounds(front)[0] * changed(TOTEM, "scepter_cleave_pct", "scepter") / 100)]


@pytest.mark.parametrize("level", LEVELS)
def test_aftershock_hurts_and_stuns_around_with_each_cast(arena, shaker, enemy, value, level):
    shaker.learn(earthshaker_aftershock=level)
    cast(arena, shaker, TOTEM)
    assert arena.wounds(enemy) == [pytest.approx(
        value(AFTERSHOCK, "aftershock_damage", level) * (1 - enemy.magic_resistance))]
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(AFTERSHOCK, "duration", level), abs=0.1)


def test_aftershock_ends_at_its_range(arena, shaker, value):
    reach = value(AFTERSHOCK, "aftershock_range")
    near, far = still(arena, (reach - 5, 0)), still(arena, (-reach - 5, 0))
    shaker.learn(earthshaker_aftershock=1)
    cast(arena, shaker, TOTEM)
    assert arena.wounds(near)
    assert not arena.wounds(far)


def test_aftershock_deals_more_with_its_talent(arena, shaker, enemy, value, changed):
    talent = "special_bonus_unique_earthshaker_6"
    shaker.learn(earthshaker_aftershock=1, **{talent: 1})
    cast(arena, shaker, TOTEM)
    assert arena.wounds(enemy) == [pytest.approx((
        value(AFTERSHOCK, "aftershock_damage") + changed(AFTERSHOCK, "aftershock_damage", talent))
        * (1 - enemy.magic_resistance))]


@pytest.mark.parametrize("level", (1, 2, 3))
def test_echo_slam_deals_its_initial_damage(arena, shaker, enemy, value, level):
    cast(arena, shaker, ECHO, level)
    arena.run(1.5)
    assert arena.wounds(enemy) == [pytest.approx(
        value(ECHO, "echo_slam_initial_damage", level) * (1 - enemy.magic_resistance))]


@pytest.mark.parametrize("level", (1, 2, 3))
def test_echo_slam_echoes_from_creeps_once(arena, shaker, enemy, value, level):
    still(arena, (0, 300))
    cast(arena, shaker, ECHO, level)
    arena.run(1.5)
    assert arena.wounds(enemy)[1:] == [pytest.approx(
        value(ECHO, "echo_slam_echo_damage", level) * (1 - enemy.magic_resistance))]


@pytest.mark.parametrize("level", (1, 2, 3))
def test_echo_slam_echoes_from_heroes_twice(arena, shaker, enemy, value, level):
    creep = still(arena, (0, 300))
    cast(arena, shaker, ECHO, level)
    arena.run(1.5)
    assert sum(arena.wounds(creep)[1:]) == pytest.approx(
        2 * value(ECHO, "echo_slam_echo_damage", level) * (1 - creep.magic_resistance))


@pytest.mark.parametrize("level", (1, 2, 3))
def test_echo_slam_costs_its_mana_and_cooldown(arena, shaker, value, level):
    shaker.learn(earthshaker_echo_slam=level)
    assert_costs(arena, shaker, value, ECHO, level)


def test_echo_slam_ends_at_its_ranges(arena, shaker, value):
    reach = value(ECHO, "echo_slam_damage_range")
    inside = still(arena, (reach - 5, 0))
    echoed = still(arena, (reach + value(ECHO, "echo_slam_echo_range") - 20, 0))
    outside = still(arena, (reach + value(ECHO, "echo_slam_echo_range") + 20, 0))
    cast(arena, shaker, ECHO)
    arena.run(1.5)
    assert len(arena.wounds(inside)) == 1
    assert arena.wounds(echoed) == [pytest.approx(
        value(ECHO, "echo_slam_echo_damage") * (1 - echoed.magic_resistance))]
    assert not arena.wounds(outside)


def test_echo_slam_echoes_harder_with_its_talent(arena, shaker, enemy, value, changed):
    talent = "special_bonus_unique_earthshaker_2"
    still(arena, (0, 300))
    cast(arena, shaker, ECHO, **{talent: 1})
    arena.run(1.5)
    assert arena.wounds(enemy)[1:] == [pytest.approx((
        value(ECHO, "echo_slam_echo_damage") + changed(ECHO, "echo_slam_echo_damage", talent))
        * (1 - enemy.magic_resistance))]


def test_echo_slam_is_ready_sooner_with_its_talent(arena, shaker, value, changed):
    talent = "special_bonus_unique_earthshaker_echo_cd"
    shaker.learn(earthshaker_echo_slam=1, **{talent: 1})
    arena.run(0.1)
    assert shaker.ability(ECHO).cooldown == pytest.approx(
        value(ECHO, "cooldown") * (1 + changed(ECHO, "AbilityCooldown", talent) / 100))


def per_level(arena, key) -> float:
    return arena.patch.abilities["abilities"][SLUGGER]["values"][key]["per_hero_level"][1][0]


@pytest.mark.parametrize("victim, kind", ((CREEP, "creep"), (ENEMY, "hero")))
def test_slugger_sends_whom_an_ability_kills_flying(arena, shaker, value, victim, kind):
    killed = arena.spawn(victim, at=(300, 0), team=Team.BADGUYS, health=10.0)
    behind = still(arena, (1000, 0))
    most = killed.max_health
    cast(arena, shaker, ECHO)
    before = len(arena.wounds(behind))
    arena.run_until(lambda: not killed.alive, within=1.0)
    arena.run(0.5)
    key = {"creep": "projectile_body_damage_creep", "hero": "projectile_body_damage_hero"}[kind]
    whole = value(SLUGGER, key) + per_level(arena, key) + 0.01 * most * value(
        SLUGGER, "projectile_body_damage_additional_percent_health")
    assert pytest.approx(whole * (1 - behind.magic_resistance)) in arena.wounds(behind)[before:]


def kill_by_attack(arena, shaker):
    victim = still(arena, (120, 0), health=1.0)
    behind = still(arena, (500, 0))
    shaker.attack(victim)
    arena.run_until(lambda: not victim.alive, within=3.0)
    arena.run(1.0)
    return arena.wounds(behind)


def test_slugger_sends_whom_the_totem_kills_flying(arena, shaker):
    cast(arena, shaker, TOTEM)
    assert kill_by_attack(arena, shaker)


def test_slugger_leaves_whom_a_plain_attack_kills(arena, shaker):
    assert not kill_by_attack(arena, shaker)


def test_slugger_throws_bodies_so_far(arena, shaker, value):
    reach = 120 + value(SLUGGER, "projectile_body_distance")
    near = still(arena, (reach + value(SLUGGER, "projectile_body_width_creep") - 20, 0))
    far = still(arena, (reach + value(SLUGGER, "projectile_body_width_creep") + 60, 0))
    cast(arena, shaker, TOTEM)
    kill_by_attack(arena, shaker)
    assert arena.wounds(near)
    assert not arena.wounds(far)


def test_the_talent_gives_base_damage(arena, shaker):
    damage = shaker.damage_min
    shaker.learn(special_bonus_attack_base_damage_25=1)
    assert shaker.damage_min == damage + 25


@pytest.mark.parametrize("level", LEVELS)
def test_fissure_blocks_the_way_for_its_time(arena, shaker, value, level):
    split(arena, shaker, level)
    assert int(arena._state.num_wall_cells)
    assert arena.lasts(lambda: int(arena._state.num_wall_cells)) == pytest.approx(
        value(FISSURE, "fissure_duration", level), abs=0.1)


@pytest.mark.parametrize("beyond, counts", [(-10, True), (60, False)])
def test_echo_slam_looks_for_echoes_in_its_range(arena, shaker, value, beyond, counts):
    """One at the edge of the range sends an echo to who stands beyond it."""
    edge = value(ECHO, "echo_slam_echo_search_range")
    still(arena, (edge + beyond, 0), bound_radius=0.0)
    heard = still(arena, (edge + beyond + 100, 0), bound_radius=0.0)
    still(arena, (-9000, 0))
    cast(arena, shaker, ECHO)
    arena.run(2.0)
    assert bool(arena.wounds(heard)) == (counts or beyond + 100 <= 0)


@pytest.mark.parametrize("key, along", [
    ("scepter_cleave_starting_width", 0.0), ("scepter_cleave_ending_width", 1.0)])
@pytest.mark.parametrize("beyond, struck", [(-20, True), (40, False)])
def test_the_totems_cleave_is_as_wide_as_told(
        arena, shaker, changed, key, along, beyond, struck):
    shaker.upgrade(scepter=True)
    length = changed(TOTEM, "scepter_cleave_distance", "scepter")
    ahead = still(arena, (150, 0), bound_radius=0.0)
    x = 5.0 if along == 0.0 else length - 5.0
    aside = still(arena, (x, changed(TOTEM, key, "scepter") + beyond), bound_radius=0.0)
    cast(arena, shaker, TOTEM)
    shaker.attack(ahead)
    arena.run_until(lambda: arena.wounds(ahead), within=4.0)
    arena.run(0.1)
    assert bool(arena.wounds(aside)) == struck


@pytest.mark.parametrize("key, along", [
    ("projectile_body_initial_impact_radius", 0.0), ("projectile_body_width_hero", 1.0)])
@pytest.mark.parametrize("beyond, hit", [(-15, True), (60, False)])
def test_sluggers_bodies_are_as_wide_as_told(
        arena, shaker, value, key, along, beyond, hit):
    victim = arena.spawn(ENEMY, at=(120, 0), team=Team.BADGUYS)
    x = 120 + along * value(SLUGGER, "projectile_body_distance")
    aside = still(arena, (x, value(SLUGGER, key) + beyond), bound_radius=0.0)
    victim.kill(by=shaker)
    arena.run(2.0)
    assert bool(arena.wounds(aside)) == hit


def test_sluggers_bodies_fly_at_their_speed_and_show_their_way(arena, shaker, value):
    arena.spawn(ENEMY, at=(120, 0), team=Team.BADGUYS).kill(by=shaker)
    arena.play_tick()
    body = arena.tables.projectiles[0]
    assert body.speed == value(SLUGGER, "projectile_body_speed")
    assert arena._state.flights[0].vision == value(SLUGGER, "projectile_body_vision")
