"""Zeus."""

import pytest

from dota_env_rpc.match.enums import INVISIBLE, EventKind, OrderResult, Team, UnitType
from tests.content.measures import charge_seconds, cooldown_left, sees, tough, until_hit

ZEUS = "npc_dota_hero_zuus"
VICTIM = "npc_dota_hero_bane"
CREEP = "npc_dota_creep_badguys_melee"
ARC, BOLT, JUMP = "zuus_arc_lightning", "zuus_lightning_bolt", "zuus_heavenly_jump"
WRATH, FIELD = "zuus_thundergods_wrath", "zuus_static_field"
HANDS, CLOUD = "zuus_lightning_hands", "zuus_cloud"


def spawn(arena, level=1, **levels):
    """Returns a Zeus who looks along the x-axis, with mana for everything."""
    zeus = arena.spawn(ZEUS, level=level)
    zeus.learn(**levels)
    zeus.record.mana = 10000.0
    return zeus


def enemy(arena, at, name=VICTIM, **fields):
    return arena.spawn(name, at=at, team=Team.BADGUYS, **fields)


def spells(arena, target):
    """Returns the wounds of a target without those of Static Field, which come first."""
    return arena.wounds(target)[1::2]


def until_cast(arena):
    return arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=3.0)


# Arc Lightning


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_arc_lightning_strikes_as_many_as_it_jumps(arena, value, level):
    zeus = spawn(arena, zuus_arc_lightning=level)
    count = int(value(ARC, "jump_count", level))
    creeps = [tough(arena, (300 + 100 * (i // 4), 100 * (i % 4))) for i in range(count + 2)]
    zeus.cast(ARC, target=creeps[0])
    arena.run(0.5 + value(ARC, "jump_delay") * (count + 3))
    struck = [spells(arena, creep) for creep in creeps]
    assert sorted(map(len, struck)) == [0, 0] + [1] * count
    assert struck[0] == pytest.approx([value(ARC, "arc_damage", level)])


def test_arc_lightning_leaps_after_its_delay_within_its_radius(arena, value):
    zeus = spawn(arena, zuus_arc_lightning=1)
    first = tough(arena, (300, 0))
    second = tough(arena, (300 + value(ARC, "radius") - 20, 0))
    third = tough(arena, (300, -value(ARC, "radius") - 20))
    zeus.cast(ARC, target=first)
    began = until_hit(arena, first)
    assert until_hit(arena, second) - began == pytest.approx(value(ARC, "jump_delay"), abs=0.07)
    arena.run(1.0)
    assert not arena.wounds(third)
    assert len(spells(arena, first)) == 1


def test_arc_lightnings_that_overlap_do_not_mind_each_other(arena, value):
    zeus = spawn(arena, zuus_arc_lightning=4)
    creeps = [tough(arena, (300 + 60 * i, 0)) for i in range(9)]
    for _ in range(2):
        zeus.cast(ARC, target=creeps[0])
        arena.run(value(ARC, "AbilityCooldown") + 0.4)
    arena.run(3.0)
    assert [len(spells(arena, creep)) for creep in creeps] == [2] * 9


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_arc_lightning_takes_its_cast_point_mana_and_cooldown(arena, value, level):
    zeus = spawn(arena, zuus_arc_lightning=level)
    target = tough(arena, (500, 0))
    mana, began = float(zeus.mana), arena.seconds
    zeus.cast(ARC, target=target)
    until_cast(arena)
    assert arena.seconds - began == pytest.approx(value(ARC, "cast_point"), abs=0.07)
    assert mana - zeus.mana == pytest.approx(value(ARC, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, zeus, ARC) == pytest.approx(
        value(ARC, "AbilityCooldown"), abs=0.07)


def test_a_talent_makes_arc_lightning_cheaper_and_faster(arena, value, changed):
    talent = "special_bonus_unique_zeus_6"
    zeus = spawn(arena, zuus_arc_lightning=1, **{talent: 1})
    arena.play_tick()
    part = 1.0 + 0.01 * changed(ARC, "AbilityCooldown", talent)
    assert zeus.ability(ARC).cooldown == pytest.approx(value(ARC, "AbilityCooldown") * part)
    assert zeus.ability(ARC).mana_cost == pytest.approx(value(ARC, "AbilityManaCost") * part)


def test_a_talent_adds_to_arc_lightnings_damage(arena, value, changed):
    talent = "special_bonus_unique_zeus_2"
    zeus = spawn(arena, zuus_arc_lightning=1, **{talent: 1})
    creep = tough(arena, (300, 0))
    zeus.cast(ARC, target=creep)
    until_hit(arena, creep)
    assert spells(arena, creep) == pytest.approx(
        [value(ARC, "arc_damage") + changed(ARC, "arc_damage", talent)])


# Static Field


@pytest.mark.parametrize("level", [1, 11])
def test_static_field_takes_a_part_of_the_health_of_whom_a_spell_hits(arena, level):
    zeus = spawn(arena, level=level, zuus_arc_lightning=1)
    creep = tough(arena, (300, 0))
    zeus.cast(ARC, target=creep)
    until_hit(arena, creep)
    entry = arena.patch.abilities["abilities"][FIELD]["values"]["damage_health_pct"]
    percent = entry["levels"][0] + level * entry["per_hero_level"][1][0]
    assert arena.wounds(creep)[0] == pytest.approx(9000.0 * 0.01 * percent)


def test_static_field_shocks_whom_he_attacks(arena, value):
    zeus = spawn(arena)
    zeus.set(damage=50.0)
    creep = tough(arena, (300, 0))
    creep.set(armor=0.0)
    zeus.attack(creep)
    until_hit(arena, creep)
    entry = arena.patch.abilities["abilities"][FIELD]["values"]["damage_health_pct"]
    percent = entry["levels"][0] + entry["per_hero_level"][1][0]
    attack, shock = arena.wounds(creep)[:2]
    assert shock == pytest.approx((9000.0 - attack) * 0.01 * percent, rel=1e-3)


# Lightning Bolt


@pytest.mark.parametrize("talent", [0, 1])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_lightning_bolt_hurts_and_stuns(arena, value, changed, level, talent):
    name = "special_bonus_unique_zeus_3"
    zeus = spawn(arena, zuus_lightning_bolt=level, **{name: talent})
    target = enemy(arena, (600, 0), health=3000.0, max_health=3000.0)
    zeus.cast(BOLT, target=target)
    began = until_hit(arena, target)
    assert spells(arena, target) == pytest.approx(
        [value(BOLT, "damage", level) * (1.0 - target.magic_resistance)])
    assert target.has("MODIFIER_STATE_STUNNED")
    arena.run_until(lambda: not target.has("MODIFIER_STATE_STUNNED"), within=2.0)
    stun = value(BOLT, "ministun_duration") + talent * changed(BOLT, "ministun_duration", name)
    assert arena.seconds - began == pytest.approx(stun, abs=0.07)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_lightning_bolt_takes_its_cast_point_mana_and_cooldown(arena, value, level):
    zeus = spawn(arena, zuus_lightning_bolt=level)
    target = tough(arena, (value(BOLT, "cast_range", level), 0))
    mana, began = float(zeus.mana), arena.seconds
    zeus.cast(BOLT, target=target)
    until_cast(arena)
    assert arena.seconds - began == pytest.approx(value(BOLT, "cast_point"), abs=0.07)
    assert mana - zeus.mana == pytest.approx(value(BOLT, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, zeus, BOLT) == pytest.approx(
        value(BOLT, "cooldown", level), abs=0.07)


def test_lightning_bolt_on_the_ground_strikes_the_nearest_hero(arena, value):
    zeus = spawn(arena, zuus_lightning_bolt=1)
    radius = value(BOLT, "spread_aoe")
    far = enemy(arena, (500, radius - 10))
    near = enemy(arena, (500, -radius + 50))
    creep = tough(arena, (500, 0))
    zeus.cast(BOLT, point=(500, 0))
    until_hit(arena, near)
    assert not arena.wounds(far)
    assert not arena.wounds(creep)


def test_lightning_bolt_shows_the_invisible_for_a_while(arena, value):
    zeus = spawn(arena, zuus_lightning_bolt=1)
    hidden = enemy(arena, (500, value(BOLT, "true_sight_radius") - 50))
    hidden.body.base_states |= INVISIBLE
    hidden.body.is_dirty = 1
    arena.run(0.5)
    assert not hidden.visible_to & 1 << Team.GOODGUYS
    zeus.cast(BOLT, point=(500, 0))
    until_cast(arena)
    began = arena.seconds
    arena.run_until(lambda: hidden.visible_to & 1 << Team.GOODGUYS, within=1.0)
    arena.run_until(lambda: not hidden.visible_to & 1 << Team.GOODGUYS, within=6.0)
    assert arena.seconds - began == pytest.approx(value(BOLT, "sight_duration"), abs=0.3)


def test_a_talent_lets_lightning_bolt_strike_all_around(arena, changed):
    talent = "special_bonus_unique_zeus_5"
    zeus = spawn(arena, zuus_lightning_bolt=1, **{talent: 1})
    radius = changed(BOLT, "aoe_radius", talent)
    target = tough(arena, (500, 0))
    near, far = tough(arena, (500, radius - 10)), tough(arena, (500, radius + 10))
    zeus.cast(BOLT, target=target)
    until_hit(arena, near)
    assert len(spells(arena, target)) == 1
    assert not arena.wounds(far)


# Heavenly Jump


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_heavenly_jump_carries_him_forward(arena, value, level):
    zeus = spawn(arena, zuus_heavenly_jump=level)
    mana = float(zeus.mana)
    zeus.cast(JUMP)
    assert mana - zeus.mana == pytest.approx(value(JUMP, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, zeus, JUMP) == pytest.approx(
        value(JUMP, "AbilityCooldown", level), abs=0.07)
    arena.run(value(JUMP, "hop_duration"))
    assert zeus.x - arena.origin[0] == pytest.approx(
        value(JUMP, "hop_distance", level), abs=1.0)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_heavenly_jump_shocks_and_slows_a_hero_before_creeps(arena, value, level):
    zeus = spawn(arena, zuus_heavenly_jump=level)
    hero = enemy(arena, (0, value(JUMP, "range", level) - 20))
    creep = tough(arena, (0, 200))
    attack, move = hero.attack_speed, hero.move_speed
    zeus.cast(JUMP)
    arena.play_tick()
    began = arena.seconds
    assert spells(arena, hero) == pytest.approx(
        [value(JUMP, "damage", level) * (1.0 - hero.magic_resistance)])
    assert not arena.wounds(creep)
    assert hero.move_speed == pytest.approx(max(
        move * (1.0 - 0.01 * value(JUMP, "move_slow")), arena.rules.hero_min_move_speed))
    assert attack - hero.attack_speed == pytest.approx(value(JUMP, "aspd_slow"))
    arena.run_until(lambda: hero.move_speed == move, within=3.0)
    assert arena.seconds - began == pytest.approx(value(JUMP, "duration"), abs=0.1)


def test_heavenly_jump_does_nothing_to_who_is_too_far(arena, value):
    zeus = spawn(arena, zuus_heavenly_jump=1)
    hero = enemy(arena, (0, value(JUMP, "range") + 20))
    zeus.cast(JUMP)
    arena.run(0.5)
    assert not arena.wounds(hero)


@pytest.mark.parametrize("talent", [0, 1])
def test_a_talent_lets_heavenly_jump_shock_one_more(arena, value, changed, talent):
    name = "special_bonus_unique_zeus"
    zeus = spawn(arena, zuus_heavenly_jump=1, **{name: talent})
    targets = [enemy(arena, (0, 300)), tough(arena, (0, 200)), tough(arena, (0, 250))]
    zeus.cast(JUMP)
    arena.play_tick()
    count = value(JUMP, "targets") + talent * changed(JUMP, "targets", name)
    assert [len(spells(arena, target)) for target in targets] == [1, int(count) - 1, 0]


def test_heavenly_jump_shows_the_surroundings(arena, value):
    zeus = spawn(arena, zuus_heavenly_jump=1)
    hidden = tough(arena, (0, value(JUMP, "vision_radius") - 20))
    zeus.set(vision_day=100.0)
    zeus.cast(JUMP)
    began = arena.seconds
    arena.run(0.5)
    assert hidden.visible_to & 1 << Team.GOODGUYS
    arena.run_until(lambda: not hidden.visible_to & 1 << Team.GOODGUYS, within=4.0)
    assert arena.seconds - began == pytest.approx(value(JUMP, "vision_duration"), abs=0.3)


def test_a_talent_gives_heavenly_jump_charges(arena, changed):
    talent = "special_bonus_unique_zeus_jump_charges"
    zeus = spawn(arena, zuus_heavenly_jump=1, **{talent: 1})
    most = int(changed(JUMP, "AbilityCharges", talent))
    arena.run_until(lambda: zeus.ability(JUMP).charges == most, within=60.0)
    zeus.cast(JUMP)
    arena.run(0.6)
    assert zeus.cast(JUMP) == OrderResult.ACCEPTED
    assert zeus.ability(JUMP).charges == most - 2


# Thundergod's Wrath


@pytest.mark.parametrize("talent", [0, 1])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_thundergods_wrath_strikes_all_enemy_heroes(arena, value, changed, level, talent):
    name = "special_bonus_unique_zeus_4"
    zeus = spawn(arena, zuus_thundergods_wrath=level, **{name: talent})
    heroes = [enemy(arena, at, health=3000.0, max_health=3000.0) for at in ((500, 0), (9000, 0))]
    heroes[0].body.base_states |= INVISIBLE
    heroes[0].body.is_dirty = 1
    creep = tough(arena, (300, 0))
    mana, began = float(zeus.mana), arena.seconds
    zeus.cast(WRATH)
    until_cast(arena)
    assert arena.seconds - began == pytest.approx(value(WRATH, "cast_point"), abs=0.07)
    assert mana - zeus.mana == pytest.approx(value(WRATH, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, zeus, WRATH) == pytest.approx(value(WRATH, "cooldown"), abs=0.07)
    damage = value(WRATH, "damage", level) + talent * changed(WRATH, "damage", name)
    for hero in heroes:
        assert spells(arena, hero) == pytest.approx([damage * (1.0 - hero.magic_resistance)])
    assert not arena.wounds(creep)
    arena.run(0.3)
    assert heroes[0].visible_to & 1 << Team.GOODGUYS


# Lightning Hands


def test_lightning_hands_come_with_the_shard(arena, value):
    zeus = spawn(arena, zuus_arc_lightning=1)
    assert zeus.toggle(HANDS) == OrderResult.NOT_AVAILABLE
    zeus.upgrade(shard=True)
    attack = zeus.attack_speed
    assert zeus.toggle(HANDS) == OrderResult.ACCEPTED
    arena.play_tick()
    assert zeus.attack_speed - attack == pytest.approx(value(HANDS, "attack_speed_bonus"))
    zeus.toggle(HANDS)
    arena.play_tick()
    assert zeus.attack_speed == attack


def test_lightning_hands_let_attacks_send_arcs(arena, value):
    zeus = spawn(arena, zuus_arc_lightning=1)
    zeus.upgrade(shard=True)
    creep, other = tough(arena, (300, 0)), tough(arena, (300, 200))
    zeus.toggle(HANDS)
    zeus.attack(creep)
    arena.run_until(lambda: spells(arena, other), within=4.0)
    part = 0.01 * value(HANDS, "arc_lightning_damage_pct")
    assert spells(arena, other) == pytest.approx([value(ARC, "arc_damage") * part])


def test_illusions_send_arcs_of_their_part(arena, value):
    zeus = spawn(arena, zuus_arc_lightning=1)
    zeus.upgrade(shard=True)
    zeus.toggle(HANDS)
    creep, other = tough(arena, (300, 0)), tough(arena, (300, 200))
    arena.run(0.1)
    zeus.give_item("item_manta")
    zeus.use("item_manta")
    arena.run(0.5)
    zeus.place((-3000, 0))
    image = next(unit for unit in arena.units(UnitType.HERO)
                 if unit.player == zeus.player and unit.handle != zeus.handle)
    image.body.target = creep.handle
    assert image.has("modifier_zuus_lightning_hands")
    arena.run_until(lambda: spells(arena, other), within=6.0)
    part = 0.01 * value(HANDS, "arc_lightning_damage_illusion_pct")
    assert spells(arena, other)[0] == pytest.approx(value(ARC, "arc_damage") * part)


# Nimbus


def cloud_of(arena, zeus):
    cloud, = [unit for unit in arena.units(UnitType.WARD) if unit.player == zeus.player]
    return cloud


def begin_cloud(arena, at=(600, 0)):
    """Returns a Zeus and his Nimbus."""
    zeus = spawn(arena, zuus_lightning_bolt=2)
    zeus.upgrade(scepter=True)
    zeus.record.mana = 10000.0
    zeus.cast(CLOUD, point=at)
    until_cast(arena)
    cloud = cloud_of(arena, zeus)
    arena.play_tick()
    return zeus, cloud


def test_nimbus_comes_with_the_scepter(arena, value):
    zeus = spawn(arena)
    assert zeus.cast(CLOUD, point=(3000, 0)) == OrderResult.NOT_AVAILABLE
    zeus.upgrade(scepter=True)
    zeus.record.mana = 500.0
    zeus.cast(CLOUD, point=(3000, 0))
    until_cast(arena)
    assert zeus.x == arena.origin[0]
    assert cooldown_left(arena, zeus, CLOUD) == pytest.approx(value(CLOUD, "cooldown"), abs=0.07)


def test_nimbus_strikes_the_nearest_enemy_again_and_again(arena, value):
    near = tough(arena, (600, value(CLOUD, "cloud_radius") - 50))
    far = tough(arena, (600, -value(CLOUD, "cloud_radius") - 50))
    zeus, cloud = begin_cloud(arena)
    began = until_hit(arena, near)
    assert spells(arena, near) == pytest.approx([value(BOLT, "damage", 2)])
    arena.run_until(lambda: len(spells(arena, near)) == 2, within=4.0)
    assert arena.seconds - began == pytest.approx(value(CLOUD, "cloud_bolt_interval"), abs=0.07)
    assert not arena.wounds(far)


def test_nimbus_lasts_its_duration(arena, value):
    zeus, cloud = begin_cloud(arena)
    began = arena.seconds
    arena.run_until(lambda: not cloud.alive, within=35.0)
    assert arena.seconds - began == pytest.approx(value(CLOUD, "cloud_duration"), abs=0.1)


@pytest.mark.parametrize("name, key", [
    (VICTIM, "hits_to_kill_tooltip"), (CREEP, "creep_hits_to_kill_tooltip")])
def test_attacks_take_their_part_of_nimbus(arena, value, name, key):
    attacker = enemy(arena, (600, 150), name, health=9000.0, max_health=9000.0)
    zeus, cloud = begin_cloud(arena)
    arena.run(0.3)
    if name == VICTIM:
        attacker.attack(cloud)
    else:
        attacker.body.target = cloud.handle
    until_hit(arena, cloud, within=6.0)
    assert arena.wounds(cloud)[0] == pytest.approx(cloud.max_health / value(CLOUD, key))


def test_who_destroys_nimbus_gets_its_bounty(arena, value):
    attacker = enemy(arena, (600, 150), health=9000.0, max_health=9000.0)
    zeus, cloud = begin_cloud(arena)
    arena.run(0.3)
    cloud.record.health = 0.5
    gold = attacker.gold
    attacker.attack(cloud)
    arena.run_until(lambda: not cloud.alive, within=4.0)
    assert attacker.gold - gold >= value(CLOUD, "cloud_bounty_tooltip")


def test_a_talent_gives_health(arena):
    zeus = spawn(arena)
    before = float(zeus.max_health)
    zeus.learn(special_bonus_hp_200=1)
    arena.play_tick()
    assert zeus.max_health - before == 200.0


@pytest.mark.parametrize("is_day, key", [(1, "sight_radius_day"), (0, "sight_radius_night")])
@pytest.mark.parametrize("beyond, seen", [(-20, True), (20, False)])
def test_lightning_bolt_shows_what_is_around_its_place(arena, value, is_day, key, beyond, seen):
    if not is_day:
        arena.set_clock(400.0)
    zeus = spawn(arena, zuus_lightning_bolt=1)
    zeus.perform(BOLT, point=(600, 0))
    zeus.place((-5000, 0))
    assert sees(arena, (600, value(BOLT, key) + beyond)) == seen


@pytest.mark.parametrize("is_day, key", [(1, "sight_radius_day"), (0, "sight_radius_night")])
@pytest.mark.parametrize("beyond, seen", [(-20, True), (20, False)])
def test_thundergods_wrath_shows_what_is_around_whom_it_strikes(
        arena, value, is_day, key, beyond, seen):
    if not is_day:
        arena.set_clock(400.0)
    zeus = spawn(arena, zuus_thundergods_wrath=1)
    enemy(arena, (3000, 0))
    zeus.perform(WRATH)
    assert sees(arena, (3000, value(WRATH, key) + beyond)) == seen


def test_thundergods_wrath_shows_for_its_time(arena, value):
    zeus = spawn(arena, zuus_thundergods_wrath=1)
    target = enemy(arena, (3000, 0))
    zeus.perform(WRATH)
    arena.run(0.2)
    assert 0.2 + arena.lasts(lambda: int(target.visible_to) >> Team.GOODGUYS & 1) == (
        pytest.approx(value(WRATH, "sight_duration"), abs=0.25))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_charge_of_heavenly_jump_with_its_talent_comes_back_after_its_time(arena, value, level):
    zeus = spawn(arena, zuus_heavenly_jump=level, special_bonus_unique_zeus_jump_charges=1)
    arena.run(100.0)
    assert charge_seconds(arena, zeus, JUMP) == pytest.approx(
        value(JUMP, "AbilityChargeRestoreTime", level), abs=0.1)
