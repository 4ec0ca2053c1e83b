"""Crystal Maiden."""

import math

import pytest

from dota_env_rpc.match.enums import STUNNED, EventKind, OrderResult, Team, UnitType
from dota_env_rpc.testing.arena import Arena
from tests.content.measures import cooldown_left, tough

MAIDEN = "npc_dota_hero_crystal_maiden"
VICTIM = "npc_dota_hero_bane"
CREEP = "npc_dota_creep_badguys_melee"
NOVA, BITE = "crystal_maiden_crystal_nova", "crystal_maiden_frostbite"
AURA, GUARD = "crystal_maiden_brilliance_aura", "crystal_maiden_glacial_guard"
FIELD, STOP = "crystal_maiden_freezing_field", "crystal_maiden_freezing_field_stop"
CLONE = "crystal_maiden_crystal_clone"
FROZEN, IN_FIELD = "modifier_crystal_maiden_frostbite", "modifier_crystal_maiden_freezing_field"
BARRIER = "modifier_crystal_maiden_glacial_guard_barrier"


def spawn(arena, level=1, **levels):
    """Returns a Crystal Maiden who looks along the x-axis, with mana for everything."""
    maiden = arena.spawn(MAIDEN, level=level)
    maiden.learn(**levels)
    maiden.record.mana = 10000.0
    return maiden


def enemy(arena, at, name=VICTIM, **fields):
    return arena.spawn(name, at=at, team=Team.BADGUYS, **fields)


def until_cast(arena, count=1):
    return arena.run_until(
        lambda: len(arena.told(EventKind.ABILITY_CAST)) == count, within=3.0)


# Crystal Nova


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_crystal_nova_hurts_and_slows(arena, value, level):
    maiden = spawn(arena, crystal_maiden_crystal_nova=level)
    target = enemy(arena, (600, 0))
    attack, move = target.attack_speed, target.move_speed
    maiden.cast(NOVA, point=(600, 0))
    until_cast(arena)
    began = arena.seconds
    damage = value(NOVA, "nova_damage", level)
    assert arena.wounds(target) == pytest.approx([damage * (1.0 - target.magic_resistance)])
    assert target.attack_speed - attack == pytest.approx(value(NOVA, "attackspeed_slow", level))
    assert target.move_speed == pytest.approx(
        move * (1.0 + 0.01 * value(NOVA, "movespeed_slow", level)))
    arena.run_until(lambda: target.move_speed == move, within=5.0)
    assert arena.seconds - began == pytest.approx(value(NOVA, "duration"), abs=0.07)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_crystal_nova_takes_its_cast_point_mana_and_cooldown(arena, value, level):
    maiden = spawn(arena, crystal_maiden_crystal_nova=level)
    mana, began = float(maiden.mana), arena.seconds
    maiden.cast(NOVA, point=(600, 0))
    until_cast(arena)
    assert arena.seconds - began == pytest.approx(value(NOVA, "AbilityCastPoint"), abs=0.07)
    assert mana - maiden.mana == pytest.approx(value(NOVA, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, maiden, NOVA) == pytest.approx(
        value(NOVA, "AbilityCooldown", level), abs=0.07)


def test_crystal_nova_has_its_radius_and_range(arena, value):
    maiden = spawn(arena, crystal_maiden_crystal_nova=1)
    there, radius = value(NOVA, "AbilityCastRange"), value(NOVA, "radius")
    inside, outside = tough(arena, (there + radius - 5, 0)), tough(arena, (there + radius + 5, 0))
    maiden.cast(NOVA, point=(there, 0))
    until_cast(arena)
    assert maiden.x == arena.origin[0]
    assert arena.wounds(inside)
    assert not arena.wounds(outside)


def test_crystal_nova_shows_the_place_for_a_while(arena, value):
    maiden = spawn(arena, crystal_maiden_crystal_nova=1)
    hidden = tough(arena, (1000, 0))
    maiden.set(vision_day=100.0)
    maiden.cast(NOVA, point=(690, 0))
    until_cast(arena)
    began = arena.seconds
    arena.run(0.5)
    assert hidden.visible_to & 1 << Team.GOODGUYS
    arena.run_until(lambda: not hidden.visible_to & 1 << Team.GOODGUYS, within=7.0)
    assert arena.seconds - began == pytest.approx(value(NOVA, "vision_duration"), abs=0.3)


def test_a_talent_shortens_crystal_novas_cooldown(arena, value, changed):
    talent = "special_bonus_unique_crystal_maiden_5"
    maiden = spawn(arena, crystal_maiden_crystal_nova=1, **{talent: 1})
    arena.play_tick()
    assert maiden.ability(NOVA).cooldown == pytest.approx(
        value(NOVA, "AbilityCooldown") + changed(NOVA, "AbilityCooldown", talent))


def test_a_talent_adds_to_crystal_novas_damage(arena, value, changed):
    talent = "special_bonus_unique_crystal_maiden_2"
    maiden = spawn(arena, crystal_maiden_crystal_nova=1, **{talent: 1})
    creep = tough(arena, (600, 0))
    maiden.cast(NOVA, point=(600, 0))
    until_cast(arena)
    assert arena.wounds(creep) == pytest.approx(
        [value(NOVA, "nova_damage") + changed(NOVA, "nova_damage", talent)])


# Frostbite


@pytest.mark.parametrize("talent", [0, 1])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_frostbite_holds_and_hurts_for_its_duration(arena, value, changed, level, talent):
    name = "special_bonus_unique_crystal_maiden_1"
    maiden = spawn(arena, crystal_maiden_frostbite=level, **{name: talent})
    target = enemy(arena, (500, 0))
    maiden.cast(BITE, target=target)
    arena.run_until(lambda: target.has(FROZEN), within=2.0)
    began = arena.seconds
    arena.play_tick()
    assert target.has("MODIFIER_STATE_ROOTED")
    assert target.has("MODIFIER_STATE_DISARMED")
    arena.run_until(lambda: not target.has(FROZEN), within=6.0)
    arena.run(0.1)
    seconds = value(BITE, "duration", level) + talent * changed(BITE, "duration", name)
    assert arena.seconds - began == pytest.approx(seconds + 0.1, abs=0.07)
    a_second = value(BITE, "damage_per_second") * (1.0 - target.magic_resistance)
    interval = value(BITE, "tick_interval")
    assert arena.wounds(target)[0] == pytest.approx(a_second * interval)
    assert sum(arena.wounds(target)) == pytest.approx(
        a_second * seconds, abs=a_second * interval + 0.01)


def test_frostbite_bites_creeps_harder(arena, value):
    maiden = spawn(arena, crystal_maiden_frostbite=1)
    creep = tough(arena, (500, 0))
    maiden.cast(BITE, target=creep)
    arena.run_until(lambda: arena.wounds(creep), within=2.0)
    assert arena.wounds(creep) == pytest.approx([
        value(BITE, "damage_per_second") * value(BITE, "tick_interval")
        * value(BITE, "creep_multiplier")])


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_frostbite_takes_its_cast_point_mana_and_cooldown(arena, value, level):
    maiden = spawn(arena, crystal_maiden_frostbite=level)
    target = enemy(arena, (500, 0))
    mana, began = float(maiden.mana), arena.seconds
    maiden.cast(BITE, target=target)
    until_cast(arena)
    assert arena.seconds - began == pytest.approx(value(BITE, "AbilityCastPoint"), abs=0.07)
    assert mana - maiden.mana == pytest.approx(value(BITE, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, maiden, BITE) == pytest.approx(
        value(BITE, "AbilityCooldown", level), abs=0.07)


@pytest.mark.parametrize("talent", [0, 1])
def test_a_talent_lets_frostbite_reach_farther(arena, value, changed, talent):
    name = "special_bonus_unique_crystal_maiden_frostbite_castrange"
    maiden = spawn(arena, crystal_maiden_frostbite=1, **{name: talent})
    reach = value(BITE, "AbilityCastRange") + talent * changed(BITE, "AbilityCastRange", name)
    target = tough(arena, (reach + 200, 0))
    maiden.cast(BITE, target=target)
    until_cast(arena)
    assert maiden.distance(target) == pytest.approx(
        reach + maiden.bound_radius + target.bound_radius, abs=15.0)


# Arcane Aura


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_arcane_aura_gives_mana_regeneration_near_and_far(arena, value, level):
    near = arena.spawn(VICTIM, at=(value(AURA, "proximity_bonus_radius") - 10, 0))
    far = arena.spawn(VICTIM, at=(value(AURA, "proximity_bonus_radius") + 10, 0))
    other = enemy(arena, (300, 0))
    before = [unit.mana_regen for unit in (near, far, other)]
    spawn(arena, crystal_maiden_brilliance_aura=level)
    arena.run(0.3)
    base = value(AURA, "base_mana_regen", level)
    gained = [unit.mana_regen - old for unit, old in zip((near, far, other), before, strict=True)]
    assert gained == pytest.approx([base * value(AURA, "proximity_bonus_factor"), base, 0.0])


def test_arcane_aura_gives_more_to_who_comes_near(arena, value):
    spawn(arena, crystal_maiden_brilliance_aura=4)
    ally = arena.spawn(VICTIM, at=(value(AURA, "proximity_bonus_radius") + 300, 0))
    before = float(ally.mana_regen)
    arena.run(0.6)
    far = ally.mana_regen - before
    ally.place((value(AURA, "proximity_bonus_radius") - 300, 0))
    arena.run(0.1)
    assert ally.mana_regen - before == pytest.approx(
        far * value(AURA, "proximity_bonus_factor"))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_arcane_aura_amplifies_her_own_mana_regeneration(arena, value, level):
    maiden = spawn(arena)
    before = maiden.mana_regen
    maiden.learn(crystal_maiden_brilliance_aura=level)
    arena.run(0.3)
    own = before + value(AURA, "base_mana_regen", level) * value(AURA, "proximity_bonus_factor")
    assert maiden.mana_regen == pytest.approx(
        own * (1.0 + 0.01 * value(AURA, "mana_regen_amp", level)))


# Glacial Guard


@pytest.mark.parametrize("talent", [0, 1])
def test_glacial_guard_makes_a_barrier_of_spent_mana(arena, value, changed, talent):
    name = "special_bonus_unique_crystal_maiden_glacial_guard_mana_multiplier"
    maiden = spawn(arena, crystal_maiden_crystal_nova=1, **{name: talent})
    attacker = enemy(arena, (0, 300))
    maiden.cast(NOVA, point=(690, 0))
    until_cast(arena)
    entry = arena.patch.abilities["abilities"][GUARD]["values"]["mana_multiplier"]
    percent = (value(GUARD, "mana_multiplier") + entry["per_hero_level"][1][0]
               + talent * changed(GUARD, "mana_multiplier", name))
    held = 0.01 * percent * value(NOVA, "mana_cost")
    attacker.set(damage=200.0)
    attacker.attack(maiden)
    arena.run_until(lambda: arena.wounds(maiden), within=3.0)
    through = 1.0 - 0.06 * maiden.armor / (1.0 + 0.06 * maiden.armor)
    assert arena.wounds(maiden) == pytest.approx([200.0 * through - held])


def test_glacial_guards_barrier_lasts_its_duration(arena, value):
    maiden = spawn(arena, crystal_maiden_crystal_nova=1)
    maiden.cast(NOVA, point=(600, 0))
    until_cast(arena)
    began = arena.seconds
    assert maiden.has(BARRIER)
    arena.run_until(lambda: not maiden.has(BARRIER), within=9.0)
    assert arena.seconds - began == pytest.approx(value(GUARD, "barrier_duration"), abs=0.07)


# Freezing Field


def begin_field(arena, level=1, scepter=False, **levels):
    """Returns a Crystal Maiden at the beginning of a Freezing Field."""
    maiden = spawn(arena, crystal_maiden_freezing_field=level, **levels)
    maiden.upgrade(scepter=scepter)
    maiden.record.mana = 10000.0
    maiden.cast(FIELD)
    arena.run_until(lambda: maiden.has(IN_FIELD), within=1.0)
    return maiden


@pytest.mark.parametrize("level", [1, 2, 3])
def test_freezing_field_hurts_and_slows_those_around(arena, value, level):
    inside = enemy(arena, (value(FIELD, "radius") - 20, 0), move_speed=0.0)
    creep = tough(arena, (0, 450))
    outside = tough(arena, (0, value(FIELD, "explosion_max_dist")
                            + value(FIELD, "explosion_radius") + 10))
    begin_field(arena, level)
    arena.run_until(lambda: len(arena.wounds(creep)) == 3, within=9.0)
    assert arena.wounds(creep) == pytest.approx([value(FIELD, "damage", level)] * 3)
    assert inside.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(FIELD, "attack_slow", level)
    assert not arena.wounds(outside)


def test_freezing_field_slows_movement_for_a_moment_longer(arena, value):
    maiden = spawn(arena, crystal_maiden_freezing_field=1)
    inside = enemy(arena, (500, 0))
    move = inside.move_speed
    maiden.cast(FIELD)
    arena.run(0.3)
    assert inside.move_speed == pytest.approx(move * (1.0 + 0.01 * value(FIELD, "movespeed_slow")))
    inside.place((3000, 0))
    began = arena.seconds
    arena.run_until(lambda: inside.move_speed == move, within=3.0)
    assert arena.seconds - began == pytest.approx(value(FIELD, "slow_duration"), abs=0.15)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_freezing_field_takes_its_mana_and_cooldown(arena, value, level):
    maiden = spawn(arena, crystal_maiden_freezing_field=level)
    mana = float(maiden.mana)
    maiden.cast(FIELD)
    until_cast(arena)
    assert mana - maiden.mana == pytest.approx(value(FIELD, "mana_cost", level), abs=1.0)
    assert cooldown_left(arena, maiden, FIELD) == pytest.approx(
        value(FIELD, "cooldown", level), abs=0.07)


def test_freezing_field_lasts_as_long_as_she_channels(arena, value):
    maiden = begin_field(arena)
    began = arena.seconds
    arena.run_until(lambda: not maiden.has(IN_FIELD), within=11.0)
    assert arena.seconds - began == pytest.approx(value(FIELD, "channel_time"), abs=0.1)


def test_freezing_field_ends_with_another_order(arena):
    maiden = begin_field(arena)
    maiden.move((300, 0))
    arena.play_tick()
    assert not maiden.has(IN_FIELD)


def test_a_talent_adds_to_freezing_fields_damage(arena, value, changed):
    talent = "special_bonus_unique_crystal_maiden_3"
    creep = tough(arena, (0, 450))
    begin_field(arena, **{talent: 1})
    arena.run_until(lambda: arena.wounds(creep), within=9.0)
    assert arena.wounds(creep) == pytest.approx(
        [value(FIELD, "damage") + changed(FIELD, "damage", talent)])


def test_the_scepter_lets_her_walk_slowly_in_freezing_field(arena, changed):
    maiden = begin_field(arena, scepter=True)
    base = maiden.body.base_move_speed
    maiden.move((300, 0))
    arena.run(1.0)
    slow = changed(FIELD, "shard_self_movement_speed_slow_pct", "scepter")
    assert maiden.move_speed == pytest.approx(
        max(base * (1.0 + 0.01 * slow), arena.rules.hero_min_move_speed))
    assert maiden.x > arena.origin[0] + 20.0
    assert maiden.has(IN_FIELD)


def test_with_the_scepter_freezing_field_still_ends_when_she_is_stunned(arena):
    maiden = begin_field(arena, scepter=True)
    maiden.body.base_states |= STUNNED
    maiden.body.is_dirty = 1
    arena.run(0.3)
    assert not maiden.has(IN_FIELD)


def test_with_the_scepter_freezing_field_bites_who_stays_in_it(arena, value, changed):
    target = enemy(arena, (500, 0), health=5000.0, max_health=5000.0)
    begin_field(arena, scepter=True, crystal_maiden_frostbite=1)
    began = arena.seconds
    arena.run_until(lambda: target.has(FROZEN), within=4.0)
    delay = value(FIELD, "frostbite_delay") + changed(FIELD, "frostbite_delay", "scepter")
    assert arena.seconds - began == pytest.approx(delay, abs=0.2)


def test_the_scepter_adds_explosions(changed):
    hits = []
    for scepter in (False, True):
        arena = Arena()
        creeps = [tough(arena, (480 * math.cos(i), 480 * math.sin(i))) for i in range(24)]
        begin_field(arena, scepter=scepter)
        arena.run(10.2)
        hits.append(sum(len(arena.wounds(creep)) for creep in creeps))
    more = 0.01 * changed(FIELD, "shard_bonus_explosion", "scepter")
    assert hits[1] / hits[0] == pytest.approx(1.0 + more, abs=0.5 * more)


def test_with_the_scepter_she_may_stop_freezing_field(arena):
    maiden = spawn(arena, crystal_maiden_freezing_field=1)
    arena.play_tick()
    assert maiden.cast(STOP) == OrderResult.NOT_AVAILABLE
    maiden.upgrade(scepter=True)
    maiden.cast(FIELD)
    arena.run_until(lambda: maiden.has(IN_FIELD), within=1.0)
    assert maiden.cast(STOP) == OrderResult.ACCEPTED
    arena.play_tick()
    assert not maiden.has(IN_FIELD)
    assert maiden.cast(STOP) == OrderResult.NOT_AVAILABLE


# Crystal Clone


def slide(arena, **levels):
    """Returns a Crystal Maiden who has just slid along the x-axis, and her clone."""
    maiden = spawn(arena, **levels)
    maiden.upgrade(shard=True)
    maiden.record.mana = 10000.0
    maiden.cast(CLONE, point=(900, 0))
    arena.play_tick()
    clone, = [unit for unit in arena.units(UnitType.HERO)
              if unit.team == maiden.team and unit.handle != maiden.handle]
    return maiden, clone


def test_crystal_clone_comes_with_the_shard(arena):
    maiden = spawn(arena)
    assert maiden.cast(CLONE, point=(900, 0)) == OrderResult.NOT_AVAILABLE
    maiden.upgrade(shard=True)
    maiden.record.mana = 500.0
    assert maiden.cast(CLONE, point=(900, 0)) == OrderResult.ACCEPTED


def test_crystal_clone_lets_her_slide_and_stays_behind(arena, value):
    maiden, clone = slide(arena)
    arena.run(value(CLONE, "hop_duration") + 0.1)
    assert maiden.x - arena.origin[0] == pytest.approx(value(CLONE, "hop_distance"), abs=1.0)
    assert clone.x - arena.origin[0] == pytest.approx(0.0, abs=70.0)
    assert clone.health == clone.max_health == value(CLONE, "clone_health")
    assert cooldown_left(arena, maiden, CLONE) == pytest.approx(
        value(CLONE, "cooldown"), abs=0.6)


def test_sliding_does_not_end_freezing_field(arena, value):
    maiden = spawn(arena, crystal_maiden_freezing_field=1)
    maiden.upgrade(shard=True)
    maiden.record.mana = 10000.0
    maiden.cast(FIELD)
    arena.run(0.5)
    maiden.cast(CLONE, point=(900, 0))
    arena.run(0.5)
    assert maiden.x - arena.origin[0] == pytest.approx(value(CLONE, "hop_distance"), abs=1.0)
    assert maiden.has(IN_FIELD)


def test_crystal_clone_lets_projectiles_miss_her(arena):
    maiden = spawn(arena)
    maiden.upgrade(shard=True)
    maiden.record.mana = 500.0
    attacker = enemy(arena, (400, 0), damage=50.0)
    attacker.attack(maiden)
    arena.run_until(lambda: arena.tables.num_projectiles, within=3.0)
    attacker.stop()
    maiden.cast(CLONE, point=(0, 900))
    arena.run(1.0)
    assert not arena.wounds(maiden)


def test_crystal_clone_bites_around_it_when_its_time_is_over(arena, value):
    maiden, clone = slide(arena, crystal_maiden_frostbite=1)
    began = arena.seconds
    near = tough(arena, (-value(CLONE, "frostbite_radius") + 80, 0))
    far = tough(arena, (-value(CLONE, "frostbite_radius") - 80, 0))
    arena.run_until(lambda: near.has(FROZEN), within=6.0)
    assert arena.seconds - began == pytest.approx(value(CLONE, "clone_duration"), abs=0.1)
    assert not far.has(FROZEN)
    assert not clone.alive


def test_crystal_clone_bites_when_it_is_destroyed(arena):
    near = enemy(arena, (-200, 0))
    maiden, clone = slide(arena, crystal_maiden_frostbite=1)
    arena.run(0.3)
    clone.record.health = 1.0
    near.attack(clone)
    arena.run_until(lambda: near.has(FROZEN), within=3.0)
    assert not clone.alive


def test_crystal_nova_destroys_her_clone(arena):
    maiden, clone = slide(arena, crystal_maiden_crystal_nova=1)
    arena.run(0.5)
    maiden.cast(NOVA, point=(0, 0))
    until_cast(arena, count=2)
    arena.run(0.1)
    assert not clone.alive


def test_a_talent_gives_intelligence(arena):
    maiden = spawn(arena)
    before = float(maiden.player_record.intelligence)
    maiden.learn(special_bonus_intelligence_12=1)
    arena.play_tick()
    assert maiden.player_record.intelligence - before == pytest.approx(12.0)


def test_a_talent_gives_health(arena):
    maiden = spawn(arena)
    before = float(maiden.max_health)
    maiden.learn(special_bonus_hp_200=1)
    arena.play_tick()
    assert maiden.max_health - before == 200.0


def test_freezing_field_bursts_at_its_interval_for_its_duration_and_not_too_near(arena, value):
    """An enemy who is hit by all is hit so often; one beside her, by none."""
    maiden = spawn(arena, crystal_maiden_freezing_field=1)
    least = value(FIELD, "explosion_min_dist") - value(FIELD, "explosion_radius")
    near = tough(arena, (0, 60)) if least > 60 else None
    maiden.cast(FIELD)
    until_cast(arena)
    thinker = arena.lasts(lambda: maiden.has(IN_FIELD))
    assert thinker == pytest.approx(value(FIELD, "AbilityDuration"), abs=0.1)
    assert near is None or not arena.wounds(near)


def test_freezing_field_bursts_so_often(arena, value):
    """Around a ring of enemies so close together that each burst hits some."""
    maiden = spawn(arena, crystal_maiden_freezing_field=1)
    far = value(FIELD, "explosion_max_dist")
    for i in range(24):
        angle = 2 * math.pi * i / 24
        for part in (0.4, 0.65, 0.9):
            tough(arena, (part * far * math.cos(angle), part * far * math.sin(angle)))
    maiden.cast(FIELD)
    until_cast(arena)
    arena.run(3.0)
    ticks = {event.tick for event in arena.told(EventKind.DAMAGE)}
    assert len(ticks) == pytest.approx(3.0 / value(FIELD, "explosion_interval"), abs=2)
