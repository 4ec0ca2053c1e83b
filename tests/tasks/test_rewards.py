"""What each reward term is worth."""

import pytest

from dota_env_rpc.match.enums import Team, UnitType, WinReason
from dota_env_rpc.tasks.rewards import REWARD_TERMS, TERMS, default_weights, weights_record
from dota_env_rpc.testing.board import DIRE, RADIANT


def terms(seat):
    values = seat.buffers["reward_terms"].tolist()
    return {
        column.name: value for column, value in zip(REWARD_TERMS.columns, values, strict=True)
        if value}


def test_a_sequence_begins_with_reward_0(board):
    board.hero(0)
    board.match.players[0].gold_earned = 600
    seat = board.seat(0)
    assert seat.buffers["reward"] == 0.0
    assert terms(seat) == {}


@pytest.mark.parametrize("field, term", [
    ("kills", "kill"), ("deaths", "death"), ("assists", "assist"), ("xp_earned", "xp"),
    ("gold_earned", "gold"), ("last_hits", "last_hit"), ("denies", "deny")])
def test_counts_are_paid_by_what_they_grew(board, field, term):
    board.hero(0)
    player = board.match.players[0]
    player[field] = 3
    seat = board.seat(0)
    player[field] = 5
    seat.observe()
    assert terms(seat) == {term: 2.0}


def test_growth_is_paid_once(board):
    board.hero(0)
    seat = board.seat(0)
    board.match.players[0].kills = 1
    seat.observe()
    seat.observe()
    assert terms(seat) == {}


def test_the_reward_is_the_weighted_sum(board):
    board.hero(0)
    seat = board.seat(0, reward={"xp": 0.5, "deny": 10.0})
    board.match.players[0].xp_earned = 4
    board.match.players[0].denies = 1
    board.match.players[0].kills = 1
    seat.observe()
    assert seat.buffers["reward"] == pytest.approx(0.5 * 4 + 10.0)


def test_half_of_the_health_is_worth_more_than_half(board):
    """Source: OpenAI Five, appendix G: (x + 1 - (1 - x)^4) / 2 at x = 1/2 is 0.71875."""
    hero = board.hero(0)
    seat = board.seat(0)
    hero.health = 50.0
    seat.observe()
    assert terms(seat) == pytest.approx({"health": 0.71875 - 1.0})


def test_mana_is_paid_by_its_share(board):
    hero = board.hero(0, mana=100.0, max_mana=200.0)
    seat = board.seat(0)
    hero.mana = 150.0
    seat.observe()
    assert terms(seat) == pytest.approx({"mana": 0.25})


def test_death_costs_all_health_and_mana(board):
    hero = board.hero(0, mana=100.0, max_mana=100.0)
    seat = board.seat(0)
    hero.alive = 0
    board.match.players[0].deaths = 1
    seat.observe()
    assert terms(seat) == pytest.approx({"death": 1.0, "health": -1.0, "mana": -1.0})


@pytest.mark.parametrize("winner, worth", [(RADIANT, 1.0), (DIRE, -1.0), (Team.NONE, 0.0)])
def test_a_result_is_paid_once(board, winner, worth):
    board.hero(0)
    seat = board.seat(0)
    board.match.win_reason, board.match.winner = int(WinReason.KILLS), int(winner)
    seat.observe()
    assert terms(seat).get("win", 0.0) == worth
    seat.observe()
    assert terms(seat) == {}


def tower(board, team):
    return board.unit(
        UnitType.TOWER, team=team, lane=2,
        definition=board.patch.definition("npc_dota_goodguys_tower1_mid"))


@pytest.mark.parametrize("team, sign", [(DIRE, 1.0), (RADIANT, -1.0)])
def test_two_thirds_of_a_tower_are_paid_as_its_health_falls(board, team, sign):
    """Source: OpenAI Five, appendix G."""
    board.hero(0)
    building = tower(board, team)
    seat = board.seat(0)
    building.health = 50.0
    seat.observe()
    assert terms(seat) == pytest.approx({"tower1": sign / 3})
    building.health, building.alive = 0.0, 0
    seat.observe()
    assert terms(seat) == pytest.approx({"tower1": sign * 2 / 3})


def test_an_unseen_tower_is_paid_when_it_is_seen(board):
    board.hero(0)
    building = tower(board, DIRE)
    seat = board.seat(0)
    building.health, building.visible_to = 50.0, 1 << DIRE
    seat.observe()
    assert terms(seat) == {}
    building.visible_to |= 1 << RADIANT
    seat.observe()
    assert terms(seat) == pytest.approx({"tower1": 1 / 3})


def test_zero_sum_takes_off_what_the_enemy_earns(board):
    board.hero(0)
    board.hero(5)
    seat = board.seat(0, reward={"gold": 1.0, "zero_sum": True})
    board.match.players[0].gold_earned = 10
    board.match.players[5].gold_earned = 4
    seat.observe()
    assert seat.buffers["reward"] == pytest.approx(6.0)


def test_zero_sum_counts_a_victory_once(board):
    board.hero(0)
    board.hero(5)
    seat = board.seat(0, reward={"win": 5.0, "zero_sum": True})
    board.match.win_reason, board.match.winner = int(WinReason.KILLS), RADIANT
    seat.observe()
    assert seat.buffers["reward"] == pytest.approx(5.0)


def test_a_new_episode_begins_with_reward_0(board):
    board.hero(0)
    seat = board.seat(0)
    board.match.players[0].gold_earned = 600
    board.step_type[:] = 0
    seat.observe()
    assert seat.buffers["reward"] == 0.0


def test_default_weights_are_those_of_openai_five():
    """Source: OpenAI, Dota 2 with Large Scale Deep Reinforcement Learning (2019), appendix G."""
    assert default_weights() == {
        "win": 5, "death": -1, "kill": -0.6, "assist": 0, "xp": 0.002, "gold": 0.006, "health": 2,
        "mana": 0.75, "last_hit": -0.16, "deny": 0.15, "tower1": 2.25, "tower2": 3,
        "tower3": 4.5, "tower4": 2.25, "barracks": 6, "ancient": 5}


def test_there_are_as_many_terms_as_columns():
    assert len(TERMS) == 16


def test_an_unknown_term_is_refused():
    with pytest.raises(ValueError, match="'gould'"):
        weights_record({"gould": 1.0})
