"""What a seat is told of what happened."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, UnitType
from dota_env_rpc.tasks.observations import EVENTS, STATE
from dota_env_rpc.testing.board import DIRE


@pytest.fixture
def seat(board):
    board.hero(0)
    board.hero(5)
    return board.seat(0, observations=("events",))


def told(seat):
    """Returns the told events as dictionaries without their zeros."""
    names = [column.name for column in EVENTS.columns]
    rows = seat.buffers["events"].tolist()
    return [
        {name: value for name, value in zip(names, row, strict=True) if value}
        for row in rows if row[0]]


def test_a_refused_order_is_told_with_its_reason(board, seat):
    hero = board.match.players[0].hero
    board.match.tick = 60
    board.event(EventKind.ORDER_REFUSED, subject=hero, player=0,
                reason=int(OrderResult.HERO_DEAD), value=4.0)
    seat.observe()
    assert told(seat) == [
        {"kind": 1, "clock": 2.0, "subject": hero, "player": 1, "reason": 5, "value": 4.0}]


@pytest.mark.parametrize("kind", [
    EventKind.ORDER_REFUSED, EventKind.GOLD, EventKind.EXPERIENCE, EventKind.LEVEL_UP])
def test_what_befalls_the_enemy_player_is_not_told(board, seat, kind):
    board.event(kind, subject=board.match.players[5].hero, player=5, value=90.0)
    seat.observe()
    assert told(seat) == []


@pytest.mark.parametrize("kind", [
    EventKind.HERO_KILL, EventKind.BUILDING_LOST, EventKind.MATCH_END, EventKind.RESPAWN])
def test_what_the_game_announces_is_told(board, seat, kind):
    board.event(kind)
    seat.observe()
    assert [event["kind"] for event in told(seat)] == [int(kind)]


def test_damage_among_units_out_of_sight_is_not_told(board, seat):
    creep = board.unit(UnitType.LANE_CREEP, team=DIRE, visible_to=1 << DIRE)
    board.event(EventKind.DAMAGE, subject=creep.handle, value=20.0)
    seat.observe()
    assert told(seat) == []


def test_damage_to_a_unit_in_sight_hides_an_unseen_attacker(board, seat):
    attacker = board.unit(UnitType.LANE_CREEP, team=DIRE, visible_to=1 << DIRE)
    hero = board.match.players[0].hero
    board.event(EventKind.DAMAGE, subject=hero, object=attacker.handle, value=20.0)
    seat.observe()
    assert told(seat) == [{"kind": 16, "subject": hero, "value": 20.0}]


def test_the_death_of_a_unit_that_was_shown_is_told(board, seat):
    creep = board.unit(UnitType.LANE_CREEP, team=DIRE)
    seat.observe()
    handle = int(creep.handle)
    creep.handle, creep.alive = 0, 0
    board.event(EventKind.DEATH, subject=handle)
    seat.observe()
    assert told(seat) == [{"kind": 2, "subject": handle}]


def test_an_event_is_told_once(board, seat):
    board.event(EventKind.MATCH_END)
    seat.observe()
    seat.observe()
    assert told(seat) == []


def test_events_before_the_sequence_are_not_told(board):
    board.hero(0)
    board.event(EventKind.MATCH_END)
    seat = board.seat(0, observations=("events",))
    seat.observe()
    assert told(seat) == []


def test_of_more_events_than_rows_the_newest_are_told(board, seat):
    for number in range(70):
        board.event(EventKind.WAVE, value=float(number))
    seat.observe()
    assert [event["value"] for event in told(seat)] == [float(n) for n in range(6, 70)]


def test_a_refused_order_shows_in_the_state(board, seat):
    board.match.players[0].orders_refused = 1
    seat.observe()
    assert seat.buffers["state"][STATE.index("order_refused")] == 1.0
