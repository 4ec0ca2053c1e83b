"""Waves of lane creeps: when they come, what they are made of, and how they grow."""

import collections

import pytest

from dota_env_rpc.match.enums import FLAGBEARER, SIEGE, Team
from dota_env_rpc.testing.arena import Arena


def wave(seconds, lose=(), lanes=("mid",)):
    """Returns the creeps of Radiant's wave at a time, after Dire has lost some buildings."""
    arena = Arena(start_seconds=seconds - 0.1, lanes=lanes)
    for name in lose:
        building = arena.building(name)
        building.set(states=0)
        building.kill()
    arena.run(0.1)
    return [unit for unit in arena.units() if unit.team == Team.GOODGUYS]


def composition(creeps):
    kinds = collections.Counter()
    for creep in creeps:
        if creep.traits & SIEGE:
            kinds["siege"] += 1
        elif creep.traits & FLAGBEARER:
            kinds["flagbearer"] += 1
        else:
            kinds["ranged" if creep.attack_range > 200 else "melee"] += 1
    return tuple(kinds[kind] for kind in ("melee", "flagbearer", "ranged", "siege"))


@pytest.mark.parametrize("seconds, expected", [
    (0, (3, 0, 1, 0)), (30, (3, 0, 1, 0)), (90, (3, 0, 1, 0)),
    (120, (2, 1, 1, 0)), (150, (3, 0, 1, 0)), (180, (2, 1, 1, 0)),
    (270, (3, 0, 1, 0)), (300, (2, 1, 1, 1)), (330, (3, 0, 1, 0)), (570, (3, 0, 1, 0)),
    (600, (2, 1, 1, 1)), (870, (3, 0, 1, 0)), (900, (3, 1, 1, 1)), (930, (4, 0, 1, 0)),
    (1770, (4, 0, 1, 0)), (1800, (4, 1, 1, 2)), (1830, (5, 0, 1, 0)),
    (2370, (5, 0, 1, 0)), (2400, (4, 1, 2, 2)), (2670, (5, 0, 2, 0)), (2700, (5, 1, 2, 2)),
    (3300, (5, 1, 2, 2)), (3600, (5, 1, 2, 3))])
def test_waves_are_made_of(seconds, expected):
    """Source: Liquipedia lane_creeps 7.41d, patch notes 7.32 and 7.41."""
    assert composition(wave(seconds)) == expected


@pytest.mark.parametrize("seconds", [-0.2, 10.0, 29.8, 31.0])
def test_no_wave_between_the_half_minutes(seconds):
    """Source: game glossary 7.41e."""
    assert not wave(seconds)


def test_waves_come_in_the_lanes_in_play():
    """Source: game glossary 7.41e."""
    creeps = wave(30, lanes=("top", "mid", "bot"))
    assert sorted(creep.lane for creep in creeps) == [1] * 4 + [2] * 4 + [3] * 4


def test_both_sides_get_the_same_wave():
    """Source: game glossary 7.41e."""
    arena = Arena(start_seconds=-0.1, lanes=("mid",))
    arena.run(0.1)
    assert [unit.team for unit in arena.units()].count(Team.BADGUYS) == 4


def kinds(creeps):
    named = {}
    for creep in creeps:
        if creep.traits & SIEGE:
            named["siege"] = creep
        elif creep.attack_range > 200:
            named["ranged"] = creep
        elif not creep.traits & FLAGBEARER:
            named["melee"] = creep
    return named


@pytest.mark.parametrize("seconds, steps", [
    (420, 0), (450, 1), (900, 2), (1800, 4), (13500, 30), (18000, 30)])
def test_creeps_grow_every_7_30_up_to_30_times(seconds, steps):
    """Source: +12 health, +1 or +2 damage, +1 or +3 gold; patch notes 7.40, Liquipedia."""
    creeps = kinds(wave(seconds))
    melee, ranged = creeps["melee"], creeps["ranged"]
    assert melee.max_health == 550 + 12 * steps
    assert (melee.damage_min, melee.damage_max) == (19 + steps, 23 + steps)
    assert (melee.bounty_gold_min, melee.bounty_gold_max) == (34 + steps, 39 + steps)
    assert melee.bounty_xp == 57
    assert ranged.max_health == 300 + 12 * steps
    assert (ranged.damage_min, ranged.damage_max) == (21 + 2 * steps, 26 + 2 * steps)
    assert (ranged.bounty_gold_min, ranged.bounty_gold_max) == (43 + 3 * steps, 52 + 3 * steps)
    assert ranged.bounty_xp == 69 + 8 * steps


def test_siege_creeps_do_not_grow():
    """Source: Liquipedia lane_creeps, 7.41d."""
    siege = kinds(wave(1800))["siege"]
    assert (siege.max_health, siege.damage_min, siege.damage_max) == (935, 35, 46)


BAD = "npc_dota_badguys_"
RAX = [f"{BAD}{kind}_rax_{lane}" for kind in ("melee", "range") for lane in ("top", "mid", "bot")]


def test_a_fallen_melee_barracks_makes_super_melee_creeps_of_its_lane():
    """Source: Liquipedia lane_creeps, 7.41d."""
    creeps = kinds(wave(600, [BAD + "melee_rax_mid"]))
    assert creeps["melee"].max_health == 700 + 19
    assert creeps["ranged"].max_health == 300 + 12
    assert creeps["siege"].damage_min == 35
    assert kinds(wave(600, [BAD + "melee_rax_top"]))["melee"].max_health == 550 + 12


def test_a_fallen_ranged_barracks_makes_super_ranged_and_siege_creeps():
    """Source: Liquipedia lane_creeps, 7.41d."""
    creeps = kinds(wave(600, [BAD + "range_rax_mid"]))
    assert creeps["melee"].max_health == 550 + 12
    assert creeps["ranged"].max_health == 475 + 18
    assert creeps["siege"].damage_min == 51


def test_without_barracks_mega_creeps_come_in_all_lanes():
    """Source: super creeps with all 30 upgrades, Liquipedia lane_creeps 7.41d."""
    creeps = wave(600, RAX, ("top", "mid", "bot"))
    for lane in (1, 2, 3):
        named = kinds(creep for creep in creeps if creep.lane == lane)
        assert named["melee"].max_health == 700 + 30 * 19
        assert named["melee"].damage_min == 41 + 30 * 2
        assert named["ranged"].max_health == 475 + 30 * 18


def test_a_flagbearer_heals_and_shields_creeps_near(arena):
    """Source: +3 a second, +4 % an upgrade, within 700; Liquipedia lane_creeps 7.41d."""
    flag = arena.spawn("npc_dota_creep_goodguys_flagbearer")
    flag.body.upgrades = 2
    near = arena.spawn("npc_dota_creep_goodguys_melee", at=(690, 0))
    far = arena.spawn("npc_dota_creep_goodguys_melee", at=(710, 0))
    hero = arena.spawn("npc_dota_hero_axe", at=(100, 0))
    arena.run(0.2)
    assert near.health_regen == pytest.approx(3.5)
    assert near.magic_resistance == pytest.approx(0.08)
    assert far.health_regen == 0.5
    assert hero.health_regen == hero.body.base_health_regen
    flag.kill()
    arena.run(0.7)
    assert near.health_regen == 0.5
