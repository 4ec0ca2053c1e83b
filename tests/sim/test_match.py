"""The course of a match: its states, day and night, how it ends, and what is measured of it."""

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import (
    EventKind,
    GameState,
    Lane,
    Team,
    UnitOrder,
    UnitType,
    WinReason,
)
from dota_env_rpc.match.order import Order
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import events_since
from dota_env_rpc.testing.arena import Arena

SNIPER = "npc_dota_hero_sniper"


def test_the_match_starts_with_the_pre_game_and_the_horn_at_0():
    """Source: DOTA_GameState; pre-game of 90 s, console variable 7.41d."""
    arena = Arena(start_seconds=-90.0)
    arena.run(89.9)
    assert arena.tables.game_state == GameState.PRE_GAME
    arena.run(0.1)
    assert arena.tables.tick == 0
    assert arena.tables.game_state == GameState.GAME_IN_PROGRESS


@pytest.mark.parametrize("seconds, day", [
    (-90, 1), (0, 1), (299, 1), (300, 0), (599, 0), (600, 1), (899, 1), (900, 0)])
def test_day_and_night_take_turns_every_5_minutes(seconds, day):
    """Source: game glossary 7.41e."""
    arena = Arena(start_seconds=float(seconds) - 0.1)
    arena.run(0.1)
    assert arena.tables.is_day == day


def test_heroes_see_less_at_night():
    """Source: 1800 by day and 800 by night, npc_heroes.txt 7.41f."""
    for seconds, seen in ((100.0, True), (400.0, False)):
        arena = Arena(start_seconds=seconds)
        arena.spawn("npc_dota_hero_lina")
        other = arena.spawn("npc_dota_hero_lina", at=(1200, 0), team=Team.BADGUYS)
        arena.run(0.2)
        assert bool(other.visible_to >> Team.GOODGUYS & 1) == seen


def test_starting_gold_is_600():
    """Source: console variable dota_starting_gold 7.41d."""
    match = SimulatedBackend(MatchSettings())
    assert match.tables[0].players[0].unreliable_gold == 600
    assert match.tables[0].players[0].net_worth == 600


def duel(**settings):
    arena = Arena(kills_to_win=2, **settings)
    return arena, arena.spawn(SNIPER), arena.spawn(SNIPER, at=(300, 0), team=Team.BADGUYS)


def test_two_deaths_lose_the_match():
    """Source: 1v1 Solo Mid in the game glossary 7.41e."""
    arena, own, enemy = duel()
    own.kill(by=enemy)
    enemy.kill(by=own)
    assert arena.tables.game_state != GameState.POST_GAME
    arena.run_until(lambda: enemy.alive, within=15.0)
    enemy.stop()
    enemy.kill()
    assert arena.tables.game_state == GameState.POST_GAME
    assert arena.tables.winner == Team.GOODGUYS
    assert arena.tables.win_reason == WinReason.KILLS
    assert arena.told(EventKind.MATCH_END, value=float(Team.GOODGUYS))


def test_the_loss_of_the_middle_tier_1_tower_loses_the_match():
    """Source: 1v1 Solo Mid in the game glossary 7.41e."""
    arena, _, _ = duel()
    arena.building("npc_dota_goodguys_tower1_top").kill()
    assert arena.tables.game_state != GameState.POST_GAME
    arena.building("npc_dota_goodguys_tower1_mid").kill()
    assert arena.tables.winner == Team.BADGUYS
    assert arena.tables.win_reason == WinReason.TOWER


def test_a_match_that_is_over_stands_still():
    """Nothing moves after the end."""
    arena, _, _ = duel()
    arena.building("npc_dota_goodguys_tower1_mid").kill()
    arena.play_tick()
    before = arena.digest()
    arena.play_tick()
    assert arena.digest() == before


@pytest.mark.parametrize("kills, own_score, enemy_score, winner, reason", [
    (1, (0, 0), (9, 9), Team.GOODGUYS, WinReason.TIME_KILLS),
    (0, (5, 3), (9, 0), Team.BADGUYS, WinReason.TIME_LAST_HITS),
    (0, (5, 4), (2, 6), Team.GOODGUYS, WinReason.TIME_LAST_HITS),
    (0, (5, 4), (9, 0), Team.NONE, WinReason.DRAW)])
def test_a_tie_is_decided_by_kills_then_last_hits_and_denies(
        kills, own_score, enemy_score, winner, reason):
    """Source: rules of the 2017 tournament: at 10:00 kills, then last hits and denies."""
    arena, own, enemy = duel(start_seconds=599.0, tie_seconds=600.0)
    arena.tables.team_kills[0] = kills
    own.player_record.last_hits, own.player_record.denies = own_score
    enemy.player_record.last_hits, enemy.player_record.denies = enemy_score
    arena.run(0.9)
    assert arena.tables.game_state == GameState.GAME_IN_PROGRESS
    arena.run(0.2)
    assert (arena.tables.winner, arena.tables.win_reason) == (winner, reason)


def lane_creeps(tables, team):
    units = tables.units
    keep = (units["handle"] != 0) & (units["alive"] == 1) & (units["team"] == team) & (
        units["unit_type"] == UnitType.LANE_CREEP)
    return units[keep]


def empty_match(seed=0, **settings):
    return SimulatedBackend(MatchSettings(**{
        "seed": seed, "heroes": ("",) * 10, "bots": ("",) * 10, "start_seconds": 0.0,
        "max_seconds": float("inf"), "ticks_per_step": 1, **settings}))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mid_waves_meet_in_the_river_between_18_and_19_seconds(seed):
    """Measured on the map of 7.41: within 500 of each other at 18.3 s near (-556, -406)."""
    match = empty_match(seed)
    tables = match.tables[0]
    while True:
        match.advance()
        own, enemy = lane_creeps(tables, Team.GOODGUYS), lane_creeps(tables, Team.BADGUYS)
        gaps = np.hypot(own["x"][:, None] - enemy["x"], own["y"][:, None] - enemy["y"])
        if gaps.min() <= 500.0:
            break
        assert tables.tick < 60 * 30
    a, b = np.unravel_index(gaps.argmin(), gaps.shape)
    middle = (own["x"][a] + enemy["x"][b]) / 2, (own["y"][a] + enemy["y"][b]) / 2
    assert 18.0 <= tables.tick / 30 <= 19.0
    assert np.hypot(middle[0] + 556, middle[1] + 406) < 250


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_first_creeps_die_between_27_and_38_seconds(seed):
    """Measured: 35 s on the map of 2018, where waves met later."""
    match = empty_match(seed)
    tables = match.tables[0]
    while not (events_since(tables, 0)["kind"] == EventKind.DEATH).any():
        match.advance()
        assert tables.tick < 60 * 30
    assert 27.0 <= tables.tick / 30 <= 38.0


def progress(creeps, side):
    """Returns how far creeps have come from their tier 1 tower of the middle toward the other."""
    towers = {"goodguys": (-1544.0, -1408.0), "badguys": (524.0, 652.0)}
    (x, y), (to_x, to_y) = (towers[side], towers["badguys" if side == "goodguys" else "goodguys"])
    length = np.hypot(to_x - x, to_y - y)
    return ((creeps["x"] - x) * (to_x - x) + (creeps["y"] - y) * (to_y - y)) / length


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("side, team", [("goodguys", Team.GOODGUYS), ("badguys", Team.BADGUYS)])
def test_a_wave_comes_past_its_own_buildings_together(seed, side, team):
    """Both sides' paths lead around buildings of their own; source: map of 7.41."""
    match = empty_match(seed)
    tables = match.tables[0]
    while tables.tick < 18 * 30:
        match.advance()
    creeps = lane_creeps(tables, team)
    melee = progress(creeps[creeps["attack_range"] < 200], side)
    ranged = progress(creeps[creeps["attack_range"] > 200], side)
    assert len(melee) == 3
    assert np.ptp(melee) < 100.0
    assert 50.0 < melee.mean() - ranged[0] < 200.0


def test_either_side_may_lose_its_first_creep_first():
    """Nothing but luck decides between two like waves: neither direction of the map goes first."""
    first = []
    for seed in range(12):
        match = empty_match(seed)
        tables = match.tables[0]
        deaths = []
        while not len(deaths):
            match.advance()
            events = events_since(tables, 0)
            deaths = events[events["kind"] == EventKind.DEATH]
        first.append(int(tables.units[int(deaths[0]["subject"]) % len(tables.units)].team))
    assert 3 <= first.count(Team.GOODGUYS) <= 9


def test_from_the_fountain_to_the_middle_takes_31_to_36_seconds_at_300():
    """Measured: about 33 s by the paths of the 7.41 map."""
    for seat, order_seat in ((0, 0), (5, 5)):
        heroes = tuple(SNIPER if seat == i else "" for i in range(10))
        match = empty_match(heroes=heroes, lanes=(), start_seconds=60.0)
        tables = match.tables[0]
        match.controlled[:] = 1
        row = int(tables.players[seat].hero) % len(tables.units)
        tables.units[row].move_speed = 300.0
        Order(UnitOrder.MOVE_TO_POSITION).write(match.orders[0, order_seat])
        started = int(tables.tick)
        while np.hypot(tables.units[row].x, tables.units[row].y) > 50.0:
            match.advance()
            assert tables.tick - started < 60 * 30
        assert 31.0 <= (tables.tick - started) / 30 <= 36.0


def test_creeps_alone_take_a_mid_tower_in_10_to_20_minutes():
    """Measured: after about 15 min on the server of 2018; luck makes single matches differ."""
    minutes = []
    for seed in range(9):
        match = empty_match(seed, kills_to_win=2, ticks_per_step=30)
        while match.tables[0].game_state != GameState.POST_GAME:
            match.advance()
            assert match.tables[0].tick < 60 * 60 * 30
        assert match.tables[0].win_reason == WinReason.TOWER
        minutes.append(match.tables[0].tick / 1800)
    assert 10.0 <= np.median(minutes) <= 20.0


def test_mid_creeps_walk_the_middle_lane():
    """Source: map of 7.41."""
    match = empty_match()
    assert set(lane_creeps(match.tables[0], Team.GOODGUYS)["lane"]) == {Lane.MID}


def test_a_spell_is_ready_before_the_horn():
    """A match may start up to 90 s before it."""
    arena = Arena(start_seconds=-60.0, heroes=(SNIPER,) + ("",) * 9)
    arena.run(1.0)
    assert arena.tables.abilities[0, 0].cooldown_ready_tick <= arena.tables.tick
