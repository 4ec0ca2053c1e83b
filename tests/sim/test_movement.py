"""Turning, walking, and going around who stands in the way."""

import math

import pytest

from dota_env_rpc.match.enums import Team

SNIPER = "npc_dota_hero_sniper"


def from_origin(arena, unit):
    return unit.x - arena.origin[0], unit.y - arena.origin[1]


@pytest.mark.parametrize("rate, ticks", [(0.5, 6), (0.6, 5), (1.0, 3)])
def test_a_unit_turns_by_its_turn_rate_a_tick_and_walks_within_11_degrees_and_a_half(
        arena, rate, ticks):
    """Half a turn is 3.14: 6 x 0.5, 5 x 0.6 and 3 x 1.0 come near enough.

    Source: Liquipedia turn_rate@2394976; the facing that suffices is the game's 11.5 degrees.
    """
    walker = arena.spawn(SNIPER)
    walker.set(turn_rate=rate, facing=0.0)
    walker.move((-1000, 0))
    taken = 1  # as the order is given
    while from_origin(arena, walker) == (0.0, 0.0):
        arena.play_tick()
        taken += 1
        assert taken < 30
    assert taken == ticks


def test_a_unit_walks_its_speed_a_second(arena):
    """Source: Liquipedia movement_speed@2383420."""
    walker = arena.spawn(SNIPER)
    walker.set(move_speed=300.0, facing=0.0)
    walker.move((1000, 0))
    x, y = walker.x, walker.y
    arena.run(1.0)
    assert (walker.x - x, walker.y - y) == pytest.approx((300.0, 0.0))


def test_who_walks_straight_faces_the_same_way_all_along(arena):
    walker = arena.spawn(SNIPER)
    walker.move((700, 250))
    facings = set()
    for _ in range(60):
        arena.play_tick()
        facings.add(walker.facing)
    assert len(facings) == 1
    assert walker.facing == pytest.approx(math.atan2(250, 700), abs=1e-9)


def test_the_least_turn_that_is_more_than_rounding_is_made(arena):
    walker = arena.spawn(SNIPER)
    walker.set(facing=0.0)
    walker.move((1000, 1e-3))
    arena.play_tick()
    assert walker.facing == pytest.approx(1e-6, rel=1e-3)


def test_a_unit_goes_around_another_that_stands_in_its_way(arena):
    walker = arena.spawn(SNIPER)
    other = arena.spawn(SNIPER, at=(300, 0), team=Team.BADGUYS)
    other.stop()
    walker.move((600, 0))
    nearest = walker.distance(other)
    for _ in range(150):
        arena.play_tick()
        nearest = min(nearest, walker.distance(other))
    assert from_origin(arena, walker) == pytest.approx((600.0, 0.0), abs=1.0)
    touch = walker.collision_radius + other.collision_radius
    assert touch <= nearest <= touch + 30.0
