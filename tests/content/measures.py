"""What tests of content put up and measure."""

import pytest

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import EventKind, Team, UnitType
from dota_env_rpc.testing.arena import Arena, ArenaUnit

CREEP = "npc_dota_creep_badguys_melee"


def still(arena: Arena, at, **fields) -> ArenaUnit:
    """Puts up an enemy creep that stays where it is and bears much."""
    return arena.spawn(CREEP, at=at, move_speed=0.0, **{
        "max_health": 5000.0, "health": 5000.0, "health_regen": 0.0, **fields})


def tough(arena: Arena, at) -> ArenaUnit:
    """Puts up an enemy creep that stays where it is, hurts nobody and outlives all."""
    return still(arena, at, team=Team.BADGUYS, damage=0.0, health=9000.0, max_health=9000.0)


def magical(unit: ArenaUnit, damage: float) -> float:
    """Returns what goes through a unit's magic resistance."""
    return damage * (1.0 - unit.magic_resistance)


def through_armor(armor: float) -> float:
    """Returns the part of physical damage that armor lets through. Source: game glossary 7.41e."""
    return 1.0 - 0.06 * armor / (1.0 + 0.06 * abs(armor))


def physical(unit: ArenaUnit, damage: float = 1.0) -> float:
    """Returns what goes through a unit's armor."""
    return damage * through_armor(unit.armor)


def heals(arena: Arena, unit: ArenaUnit) -> list[float]:
    """Returns the hit points that each heal of a unit gave so far."""
    return [event.value for event in arena.told(EventKind.HEAL, subject=unit)]


def until_hit(arena: Arena, target: ArenaUnit, within: float = 3.0) -> float:
    """Plays until a unit is hurt; returns when."""
    return arena.run_until(lambda: arena.wounds(target), within)


def cast_seconds(arena: Arena, unit: ArenaUnit) -> float:
    """Returns when the last cast of a unit took effect."""
    return arena.told(EventKind.ABILITY_CAST, subject=unit)[-1].tick / TICKS_PER_SECOND


def cooldown_left(arena: Arena, unit: ArenaUnit, name: str) -> float:
    """Returns how many seconds of an ability's cooldown are left."""
    return (unit.ability(name).cooldown_ready_tick - arena.tables.tick) / TICKS_PER_SECOND


def assert_costs(arena: Arena, hero: ArenaUnit, value, ability: str, level: int) -> None:
    """Claims that a cast takes the mana and the time that the tables say."""
    mana, seconds = hero.cost(ability)
    assert mana == pytest.approx(value(ability, "mana_cost", level))
    assert seconds == pytest.approx(value(ability, "cooldown", level))


def flight_seconds(arena: Arena, target: ArenaUnit, within: float = 5.0) -> float:
    """Plays until a unit is hurt by what has just been launched; returns for how long it flew."""
    start = arena.seconds
    return until_hit(arena, target, within) - start


def sees(arena: Arena, place, team: Team = Team.GOODGUYS) -> bool:
    """Returns whether a side sees who stands at a place now; a creep is put there to see."""
    watched = arena.spawn(CREEP, at=place, move_speed=0.0, acquisition_range=0.0,
                          team=Team.BADGUYS if team == Team.GOODGUYS else Team.GOODGUYS)
    arena.run(0.3)
    seen = bool(int(watched.visible_to) >> team & 1)
    watched.kill()
    return seen


def charge_seconds(arena: Arena, unit: ArenaUnit, ability: str, within: float = 60.0) -> float:
    """Takes a charge of an ability; returns after how many seconds it is back."""
    record = unit.ability(ability)
    full = int(record.charges)
    record.charges = full - 1
    record.charge_ready_tick = arena.tables.tick
    arena.play_tick()
    record.charges -= 1
    return arena.lasts(lambda: int(unit.ability(ability).charges) < full, within)


def image_of(arena: Arena, hero: ArenaUnit) -> ArenaUnit:
    """Lets a hero use Manta Style and returns the first of its illusions."""
    hero.give_item("item_manta")
    hero.record.mana = hero.max_mana
    hero.use("item_manta")
    arena.run(0.5)
    return next(
        unit for unit in arena.units(UnitType.HERO)
        if unit.definition == hero.definition and unit.handle != hero.handle)
