"""Shadow Fiend."""

import math

import pytest

from dota_env_rpc.match.enums import EventKind, Team
from tests.content.measures import heals

FIEND = "npc_dota_hero_nevermore"
VICTIM = "npc_dota_hero_bane"
CREEP = "npc_dota_creep_badguys_melee"
RAZES = ["nevermore_shadowraze1", "nevermore_shadowraze2", "nevermore_shadowraze3"]
FRENZY, DARK_LORD, REQUIEM = "nevermore_frenzy", "nevermore_dark_lord", "nevermore_requiem"
NECROMASTERY = "nevermore_necromastery"
SOULS = "modifier_nevermore_necromastery"
MARK = "modifier_nevermore_shadowraze"


def spawn(arena, level=1, **levels):
    """Returns a Shadow Fiend who looks along the x-axis, with mana for everything."""
    fiend = arena.spawn(FIEND, level=level)
    fiend.learn(**levels)
    fiend.record.mana = 10000.0
    return fiend


def enemy(arena, at, name=VICTIM, **fields):
    return arena.spawn(name, at=at, team=Team.BADGUYS, **fields)


def give_souls(arena, fiend, count):
    """Lets him kill so many creeps."""
    while fiend.stacks(SOULS) < count:
        enemy(arena, (3000, 0), CREEP).kill(by=fiend)
        arena.play_tick()


def cast(arena, fiend, name, seconds=0.7):
    fiend.cast(name)
    arena.run(seconds)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("raze", RAZES)
def test_each_raze_strikes_at_its_distance(arena, value, raze, level):
    fiend = spawn(arena, **{raze: level})
    there = value(raze, "shadowraze_range")
    edge = there + value(raze, "shadowraze_radius")
    target = enemy(arena, (there, 0))
    near_edge = enemy(arena, (edge - 5, 0), CREEP, move_speed=0.0, damage=0.0)
    beyond = enemy(arena, (edge + 5, 0), CREEP, move_speed=0.0, damage=0.0)
    cast(arena, fiend, raze)
    damage = value(raze, "shadowraze_damage", level)
    assert arena.wounds(target) == pytest.approx([damage * (1.0 - target.magic_resistance)])
    assert arena.wounds(near_edge) == pytest.approx([damage])
    assert not arena.wounds(beyond)


def test_the_three_razes_share_their_level(arena):
    fiend = spawn(arena, nevermore_shadowraze2=3)
    assert [int(fiend.ability(raze).level) for raze in RAZES] == [3, 3, 3]


@pytest.mark.parametrize("raze", RAZES)
def test_a_raze_takes_its_cast_point_mana_and_cooldown(arena, value, raze):
    fiend = spawn(arena, **{raze: 1})
    target = enemy(arena, (value(raze, "shadowraze_range"), 0))
    mana, began = float(fiend.mana), arena.seconds
    fiend.cast(raze)
    arena.run_until(lambda: arena.wounds(target), within=2.0)
    assert arena.seconds - began == pytest.approx(value(raze, "cast_point"), abs=0.07)
    assert mana - fiend.mana == pytest.approx(value(raze, "mana_cost"), abs=1.0)
    left = (fiend.ability(raze).cooldown_ready_tick - arena.tables.tick) / 30
    assert left == pytest.approx(value(raze, "AbilityCooldown"), abs=0.07)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_second_raze_hurts_more(arena, value, level):
    fiend = spawn(arena, nevermore_shadowraze2=level)
    target = enemy(arena, (400, 0), health=3000.0, max_health=3000.0)
    for raze in RAZES[:2]:
        cast(arena, fiend, raze)
    first, second = arena.wounds(target)
    more = value(RAZES[0], "stack_bonus_damage", level) * (1.0 - target.magic_resistance)
    assert second - first == pytest.approx(more)
    assert target.stacks(MARK) == 2


def test_the_mark_of_a_raze_lasts_its_duration(arena, value):
    fiend = spawn(arena, nevermore_shadowraze2=1)
    target = enemy(arena, (450, 0))
    fiend.cast(RAZES[1])
    arena.run_until(lambda: target.has(MARK), within=2.0)
    began = arena.seconds
    arena.run_until(lambda: not target.has(MARK), within=10.0)
    assert arena.seconds - began == pytest.approx(value(RAZES[1], "duration"), abs=0.07)


def test_souls_add_to_a_raze(arena, value):
    fiend = spawn(arena, nevermore_shadowraze2=1)
    give_souls(arena, fiend, 5)
    target = enemy(arena, (450, 0))
    cast(arena, fiend, RAZES[1])
    damage = value(RAZES[1], "shadowraze_damage") + 5 * value(RAZES[1], "damage_per_soul")
    assert arena.wounds(target) == pytest.approx([damage * (1.0 - target.magic_resistance)])


@pytest.mark.parametrize("raze", RAZES)
def test_the_shard_lets_razes_slow(arena, value, changed, raze):
    fiend = spawn(arena, nevermore_shadowraze2=1)
    fiend.upgrade(shard=True)
    there = value(raze, "shadowraze_range")
    target = enemy(arena, (there, 0))
    speed = target.move_speed
    cast(arena, fiend, raze)
    slow = changed(raze, "movement_speed_debuff", "shard")
    assert target.move_speed == pytest.approx(speed * (1.0 - 0.01 * slow))


def test_the_shard_shortens_the_cooldown_for_each_hero_hit(arena, value, changed):
    fiend = spawn(arena, nevermore_shadowraze2=1)
    fiend.upgrade(shard=True)
    for x in (400, 500):
        enemy(arena, (x, 0))
    enemy(arena, (450, 100), CREEP)
    fiend.cast(RAZES[1])
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST), within=2.0)
    arena.play_tick()
    left = (fiend.ability(RAZES[1]).cooldown_ready_tick - arena.tables.tick) / 30
    less = 2 * changed(RAZES[1], "cooldown_reduction_on_hero_hit", "shard")
    assert left == pytest.approx(value(RAZES[1], "AbilityCooldown") - less, abs=0.1)


def test_a_talent_makes_repeated_razes_hurt_more(arena, value, changed):
    talent = "special_bonus_unique_nevermore_7"
    fiend = spawn(arena, nevermore_shadowraze2=1, **{talent: 1})
    target = enemy(arena, (400, 0))
    for raze in RAZES[:2]:
        cast(arena, fiend, raze)
    first, second = arena.wounds(target)
    more = value(RAZES[0], "stack_bonus_damage") + changed(
        RAZES[0], "stack_bonus_damage", talent)
    assert second - first == pytest.approx(more * (1.0 - target.magic_resistance))


def test_a_talent_lets_razes_attack(arena):
    fiend = spawn(
        arena, nevermore_shadowraze2=1, special_bonus_unique_nevermore_raze_procsattacks=1)
    target = enemy(arena, (450, 0), armor=0.0)
    fiend.set(damage=50.0)
    cast(arena, fiend, RAZES[1])
    assert arena.wounds(target)[1] == pytest.approx(50.0)


# Necromastery


@pytest.mark.parametrize("level", [1, 6, 12])
def test_each_soul_gives_damage_that_grows_with_the_hero(arena, level):
    fiend = spawn(arena, level=level)
    per_soul = arena.patch.abilities["abilities"][NECROMASTERY]["values"][
        "necromastery_damage_per_soul"]
    give_souls(arena, fiend, 3)
    steps = fiend.level // per_soul["per_hero_level_every"]
    expected = per_soul["levels"][0] + steps * per_soul["per_hero_level"][1][0]
    assert fiend.bonus_damage == pytest.approx(3 * expected)


def test_a_creep_gives_one_soul_and_a_hero_more(arena, value):
    fiend = spawn(arena)
    enemy(arena, (500, 0), CREEP).kill(by=fiend)
    arena.play_tick()
    assert fiend.stacks(SOULS) == value(NECROMASTERY, "souls_per_kill")
    enemy(arena, (500, 0)).kill(by=fiend)
    arena.play_tick()
    assert fiend.stacks(SOULS) == (
        value(NECROMASTERY, "souls_per_kill") + value(NECROMASTERY, "souls_per_hero_kill"))


def test_a_denied_creep_gives_a_soul(arena):
    fiend = spawn(arena)
    arena.spawn("npc_dota_creep_goodguys_melee", at=(500, 0)).kill(by=fiend)
    arena.play_tick()
    assert fiend.stacks(SOULS) == 1


def test_souls_have_a_most(arena, value):
    fiend = spawn(arena)
    for _ in range(8):
        enemy(arena, (500, 0), CREEP).kill(by=fiend)
        arena.play_tick()
    most = value(NECROMASTERY, "necromastery_max_souls")
    give_souls(arena, fiend, most)
    enemy(arena, (500, 0)).kill(by=fiend)
    arena.play_tick()
    assert fiend.stacks(SOULS) == most


def test_a_talent_raises_the_most_of_souls(arena, value, changed):
    talent = "special_bonus_unique_nevermore_1"
    fiend = spawn(arena, **{talent: 1})
    most = value(NECROMASTERY, "necromastery_max_souls") + changed(
        NECROMASTERY, "necromastery_max_souls", talent)
    give_souls(arena, fiend, most)
    enemy(arena, (500, 0), CREEP).kill(by=fiend)
    arena.play_tick()
    assert fiend.stacks(SOULS) == most


def test_he_keeps_a_part_of_his_souls_at_death(arena, value):
    fiend = spawn(arena)
    give_souls(arena, fiend, 10)
    fiend.kill()
    arena.run(0.1)
    kept = math.floor(10 * value(NECROMASTERY, "necromastery_soul_release"))
    assert fiend.stacks(SOULS) == kept


def test_his_only_soul_is_lost_at_death(arena):
    fiend = spawn(arena)
    give_souls(arena, fiend, 1)
    fiend.kill()
    arena.run(0.1)
    assert not fiend.has(SOULS)


# Feast of Souls


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_feast_speeds_him_up(arena, value, level):
    fiend = spawn(arena, nevermore_frenzy=level)
    attack, move = fiend.attack_speed, fiend.move_speed
    fiend.cast(FRENZY)
    arena.play_tick()
    assert fiend.attack_speed - attack == pytest.approx(
        value(FRENZY, "bonus_attack_speed", level))
    assert fiend.move_speed == pytest.approx(
        move * (1.0 + 0.01 * value(FRENZY, "bonus_move_speed", level)))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_feast_costs_its_mana_and_cooldown(arena, value, level):
    fiend = spawn(arena, nevermore_frenzy=level)
    mana = float(fiend.mana)
    fiend.cast(FRENZY)
    assert mana - fiend.mana == pytest.approx(value(FRENZY, "mana_cost", level), abs=1.0)
    left = (fiend.ability(FRENZY).cooldown_ready_tick - arena.tables.tick) / 30
    assert left == pytest.approx(value(FRENZY, "cooldown"), abs=0.07)


def test_the_feast_lasts_its_duration(arena, value):
    fiend = spawn(arena, nevermore_frenzy=1)
    fiend.cast(FRENZY)
    began = arena.seconds
    arena.run_until(lambda: not fiend.has("modifier_nevermore_frenzy"), within=10.0)
    assert arena.seconds - began == pytest.approx(value(FRENZY, "duration"), abs=0.07)


def test_the_feast_collects_from_two_enemies_at_a_time(arena, value):
    fiend = spawn(arena, nevermore_frenzy=4)
    for y in range(5):
        enemy(arena, (500, 40 * y), CREEP, move_speed=0.0, damage=0.0)
    enemy(arena, (value(FRENZY, "soul_collection_radius") + 100, 0), CREEP, move_speed=0.0)
    fiend.cast(FRENZY)
    at_once = value(FRENZY, "soul_collection_per_interval")
    for souls in (at_once, 2 * at_once, 5, 5):
        arena.run(value(FRENZY, "soul_collection_interval"))
        arena.play_tick()
        assert fiend.stacks(SOULS) == souls


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_feast_collects_no_more_than_its_most(arena, value, level):
    fiend = spawn(arena, nevermore_frenzy=level)
    for i in range(12):
        enemy(arena, (350, 40 * (i - 6)), CREEP, move_speed=0.0, damage=0.0)
    fiend.cast(FRENZY)
    arena.run(5.0)
    assert fiend.stacks(SOULS) == value(FRENZY, "max_collection_count", level)


def test_the_feast_takes_more_from_a_hero(arena, value):
    fiend = spawn(arena, nevermore_frenzy=2)
    enemy(arena, (300, 0))
    fiend.cast(FRENZY)
    arena.run(1.5)
    assert fiend.stacks(SOULS) == value(FRENZY, "soul_collection_per_hero")


def test_a_talent_lets_the_feast_take_more_from_heroes(arena, value, changed):
    talent = "special_bonus_unique_nevermore_frenzy_max_collection_count"
    fiend = spawn(arena, nevermore_frenzy=2, **{talent: 1})
    enemy(arena, (300, 0))
    fiend.cast(FRENZY)
    arena.run(1.0)
    assert fiend.stacks(SOULS) == value(FRENZY, "soul_collection_per_hero") + changed(
        FRENZY, "soul_collection_per_hero", talent)


def test_souls_of_the_living_go_back_after_the_feast(arena, value):
    fiend = spawn(arena, nevermore_frenzy=4)
    give_souls(arena, fiend, 2)
    enemy(arena, (300, 0))
    fiend.cast(FRENZY)
    arena.run(value(FRENZY, "duration") - 0.2)
    assert fiend.stacks(SOULS) == 2 + value(FRENZY, "soul_collection_per_hero")
    arena.run(0.4)
    assert fiend.stacks(SOULS) == 2


def test_souls_of_the_feast_give_as_much_damage_as_others(arena, value):
    fiend = spawn(arena, nevermore_frenzy=4)
    enemy(arena, (300, 0))
    fiend.cast(FRENZY)
    arena.run(1.0)
    assert fiend.bonus_damage == pytest.approx(
        fiend.stacks(SOULS) * value(NECROMASTERY, "necromastery_damage_per_soul"))


def test_all_souls_may_go_back_after_the_feast(arena, value):
    fiend = spawn(arena, nevermore_frenzy=4)
    enemy(arena, (300, 0))
    fiend.cast(FRENZY)
    arena.run(value(FRENZY, "duration") + 0.2)
    assert not fiend.has(SOULS)


def test_souls_of_the_dead_stay_beyond_the_most_for_a_while(arena, value):
    fiend = spawn(arena, nevermore_frenzy=4)
    most = value(NECROMASTERY, "necromastery_max_souls")
    give_souls(arena, fiend, most)
    creep = enemy(arena, (300, 0), CREEP, move_speed=0.0, damage=0.0)
    fiend.cast(FRENZY)
    arena.run(1.0)
    creep.kill()
    arena.run(value(FRENZY, "duration"))
    assert fiend.stacks(SOULS) == most + 1
    arena.run(value(FRENZY, "linger_duration") - 0.8)
    assert fiend.stacks(SOULS) == most


def test_a_talent_makes_the_feast_faster(arena, value, changed):
    talent = "special_bonus_unique_nevermore_4"
    fiend = spawn(arena, nevermore_frenzy=1, **{talent: 1})
    attack = fiend.attack_speed
    fiend.cast(FRENZY)
    arena.play_tick()
    assert fiend.attack_speed - attack == pytest.approx(
        value(FRENZY, "bonus_attack_speed") + changed(FRENZY, "bonus_attack_speed", talent))


@pytest.mark.parametrize("talent", [0, 1])
def test_a_talent_lets_him_cast_faster_in_the_feast(arena, value, changed, talent):
    name = "special_bonus_unique_nevermore_frenzy_castspeed"
    fiend = spawn(arena, nevermore_shadowraze2=1, nevermore_frenzy=1, **{name: talent})
    target = enemy(arena, (450, 0))
    fiend.cast(FRENZY)
    began = arena.seconds
    fiend.cast(RAZES[1])
    arena.run_until(lambda: arena.wounds(target), within=2.0)
    rate = (value(FRENZY, "cast_speed_pct")
            + talent * changed(FRENZY, "cast_speed_pct", name)) / 100.0
    assert arena.seconds - began == pytest.approx(
        value(RAZES[1], "cast_point") / rate, abs=0.07)


# Presence of the Dark Lord


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_enemies_around_him_lose_armor(arena, value, level):
    fiend = spawn(arena)
    near = enemy(arena, (value(DARK_LORD, "presence_radius") - 20, 0))
    far = enemy(arena, (0, value(DARK_LORD, "presence_radius") + 20))
    friend = arena.spawn("npc_dota_creep_goodguys_melee", at=(300, 0))
    armor = [unit.armor for unit in (near, far, friend)]
    fiend.learn(nevermore_dark_lord=level)
    arena.run(0.3)
    less = value(DARK_LORD, "presence_armor_reduction", level)
    assert [near.armor, far.armor, friend.armor] == pytest.approx(
        [armor[0] + less, armor[1], armor[2]])


def test_a_talent_takes_more_armor(arena, value, changed):
    talent = "special_bonus_unique_nevermore_3"
    fiend = spawn(arena)
    near = enemy(arena, (500, 0))
    armor = near.armor
    fiend.learn(nevermore_dark_lord=1, **{talent: 1})
    arena.run(0.3)
    assert near.armor == pytest.approx(
        armor + value(DARK_LORD, "presence_armor_reduction")
        + changed(DARK_LORD, "presence_armor_reduction", talent))


# Requiem of Souls


@pytest.mark.parametrize("level", [1, 2, 3])
def test_requiem_sends_a_line_for_each_soul(arena, value, level):
    fiend = spawn(arena, nevermore_requiem=level)
    give_souls(arena, fiend, 4)
    target = enemy(arena, (0, 0), CREEP, health=9999.0, max_health=9999.0)
    cast(arena, fiend, REQUIEM, 1.9)
    assert arena.wounds(target) == pytest.approx([value(REQUIEM, "damage", level)] * 4, rel=0.2)
    assert arena.wounds(target)[0] == pytest.approx(value(REQUIEM, "damage", level))


def test_requiem_sends_no_more_lines_than_its_most(arena, value):
    fiend = spawn(arena, nevermore_requiem=1, special_bonus_unique_nevermore_1=1)
    give_souls(arena, fiend, value(REQUIEM, "max_soul_release") + 5)
    fiend.cast(REQUIEM)
    arena.run_until(lambda: arena.tables.num_projectiles > 0, within=3.0)
    assert arena.tables.num_projectiles == value(REQUIEM, "max_soul_release")


def test_requiem_takes_its_cast_point_mana_and_cooldown(arena, value):
    fiend = spawn(arena, nevermore_requiem=1)
    give_souls(arena, fiend, 1)
    fiend.record.mana = 10000.0
    mana, began = float(fiend.mana), arena.seconds
    fiend.cast(REQUIEM)
    arena.run_until(lambda: arena.tables.num_projectiles > 0, within=3.0)
    assert arena.seconds - began == pytest.approx(value(REQUIEM, "cast_point"), abs=0.07)
    assert mana - fiend.mana == pytest.approx(value(REQUIEM, "mana_cost"), rel=0.1)
    left = (fiend.ability(REQUIEM).cooldown_ready_tick - arena.tables.tick) / 30
    assert left == pytest.approx(value(REQUIEM, "AbilityCooldown"), abs=0.07)


def test_requiem_reaches_its_radius_in_time(arena, value):
    fiend = spawn(arena, nevermore_requiem=1)
    give_souls(arena, fiend, 1)
    reach = value(REQUIEM, "requiem_radius") + value(REQUIEM, "requiem_line_width_end")
    inside = enemy(arena, (reach - 10, 0), CREEP, move_speed=0.0)
    outside = enemy(arena, (reach + 60, 0), CREEP, move_speed=0.0)
    fiend.cast(REQUIEM)
    arena.run_until(lambda: arena.tables.num_projectiles > 0, within=3.0)
    began = arena.seconds
    arena.run_until(lambda: arena.wounds(inside), within=3.0)
    arena.run(0.2)
    assert arena.seconds - began == pytest.approx(
        0.2 + value(REQUIEM, "requiem_radius") / value(REQUIEM, "requiem_line_speed"), abs=0.1)
    assert not arena.wounds(outside)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_line_frightens_slows_and_takes_magic_resistance(arena, value, level):
    fiend = spawn(arena, nevermore_requiem=level)
    give_souls(arena, fiend, 1)
    target = enemy(arena, (400, 0), health=3000.0, max_health=3000.0)
    speed, resistance = target.move_speed, target.magic_resistance
    fiend.cast(REQUIEM)
    arena.run_until(lambda: target.has("MODIFIER_STATE_FEARED"), within=4.0)
    began = arena.seconds
    arena.play_tick()
    assert target.move_speed == pytest.approx(
        speed * (1.0 + 0.01 * value(REQUIEM, "requiem_reduction_ms", level)))
    assert 1.0 - target.magic_resistance == pytest.approx(
        (1.0 - resistance) * (1.0 - 0.01 * value(REQUIEM, "requiem_reduction_mres", level)))
    arena.run_until(lambda: not target.has("MODIFIER_STATE_FEARED"), within=4.0)
    assert arena.seconds - began == pytest.approx(
        value(REQUIEM, "requiem_slow_duration"), abs=0.07)


@pytest.mark.parametrize("talent", [0, 1])
def test_many_lines_frighten_for_no_longer_than_told(arena, value, changed, talent):
    name = "special_bonus_unique_nevermore_6"
    fiend = spawn(arena, nevermore_requiem=1, **{name: talent})
    give_souls(arena, fiend, 12)
    target = enemy(arena, (10, 0), health=9999.0, max_health=9999.0)
    fiend.cast(REQUIEM)
    arena.run_until(lambda: target.has("MODIFIER_STATE_FEARED"), within=4.0)
    arena.play_tick()
    fear = target.modifiers("modifier_nevermore_requiem_fear")[0]
    assert fear.duration == pytest.approx(
        value(REQUIEM, "requiem_slow_duration_max")
        + talent * changed(REQUIEM, "requiem_slow_duration_max", name))


def test_the_scepter_shortens_the_cooldown_of_requiem(arena, value, changed):
    fiend = spawn(arena, nevermore_requiem=1)
    fiend.upgrade(scepter=True)
    arena.play_tick()
    assert fiend.ability(REQUIEM).cooldown == pytest.approx(
        value(REQUIEM, "AbilityCooldown") + changed(REQUIEM, "AbilityCooldown", "scepter"))


def test_the_scepter_brings_the_lines_back_and_heals_him_by_their_damage(arena, value):
    fiend = spawn(arena, nevermore_requiem=1)
    fiend.upgrade(scepter=True)
    give_souls(arena, fiend, 3)
    target = enemy(arena, (900, 0), CREEP, move_speed=0.0, health=900.0, max_health=900.0)
    fiend.cast(REQUIEM)
    fiend.record.health = 100.0
    arena.run_until(lambda: len(arena.wounds(target)) == 2, within=6.0)
    back = arena.wounds(target)[1]
    assert back >= value(REQUIEM, "damage")
    healed = arena.told(EventKind.HEAL, subject=fiend)
    assert [event.value for event in healed] == pytest.approx([back])


def test_death_releases_lines_that_only_hurt(arena, value):
    fiend = spawn(arena, nevermore_requiem=1)
    give_souls(arena, fiend, 6)
    target = enemy(arena, (10, 0), health=3000.0, max_health=3000.0)
    fiend.kill()
    arena.run(0.3)
    lines = math.floor(6 * value(REQUIEM, "soul_death_release"))
    damage = value(REQUIEM, "damage") * (1.0 - target.magic_resistance)
    assert arena.wounds(target) == pytest.approx([damage] * lines)
    assert not target.has("MODIFIER_STATE_FEARED")


@pytest.mark.parametrize("level", [1, 2, 3])
def test_requiem_rests_by_its_level(arena, value, level):
    fiend = spawn(arena, nevermore_requiem=level)
    _, seconds = fiend.cost(REQUIEM)
    assert seconds == pytest.approx(value(REQUIEM, "AbilityCooldown", level))


def test_requiems_lines_are_as_wide_as_told_where_they_start(arena, value):
    """A single line goes where he looks."""
    fiend = spawn(arena, nevermore_requiem=1, nevermore_necromastery=1)
    give_souls(arena, fiend, 1)
    width = value(REQUIEM, "requiem_line_width_start")
    near = enemy(arena, (5, width - 10), CREEP, move_speed=0.0, bound_radius=0.0)
    beyond = enemy(arena, (5, -width - 40), CREEP, move_speed=0.0, bound_radius=0.0)
    fiend.perform(REQUIEM)
    arena.run(0.2)
    assert arena.wounds(near) and not arena.wounds(beyond)


def test_requiems_lines_hurt_and_heal_by_their_part_as_they_return(arena, changed):
    fiend = spawn(arena, nevermore_requiem=1, nevermore_necromastery=1)
    fiend.upgrade(scepter=True)
    give_souls(arena, fiend, 1)
    target = enemy(arena, (500, 0), CREEP, move_speed=0.0, health=9000.0, max_health=9000.0,
                   health_regen=0.0)
    fiend.hurt(200.0)
    fiend.perform(REQUIEM)
    arena.run_until(lambda: len(arena.wounds(target)) == 2, within=4.0)
    arena.play_tick()
    first, second = arena.wounds(target)
    assert second == pytest.approx(
        first * changed(REQUIEM, "requiem_damage_pct_scepter", "scepter") / 100)
    assert sum(heals(arena, fiend)) == pytest.approx(
        second * changed(REQUIEM, "requiem_heal_pct_scepter", "scepter") / 100, abs=1.0)
