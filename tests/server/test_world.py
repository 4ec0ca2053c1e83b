"""Worlds: who waits for whom, for how long, and what each is told."""

import concurrent.futures
import time

from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import error
from google.rpc import code_pb2
import numpy as np
import pytest

from dota_env_rpc.match.enums import UnitOrder

STATE = 2  # uid of the fake task's `state`: tick, episode, kills, gold, bot
STOP = int(UnitOrder.STOP)


def shown(response):
    """Returns tick, episode and kills as the answer shows them."""
    return tuple(int(value) for value in response.observations[STATE].floats.array[:3])


@pytest.fixture
def threads():
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def pair(connect):
    """Makes two clients joined to seats 0 and 5 of one world."""
    def make(**settings):
        first, second = connect(), connect()
        world = first.create(task="fake", **settings)
        first.join(world, seat=0)
        second.join(world, seat=5)
        return first, second, world
    return make


def test_the_first_step_of_a_sequence_ignores_its_actions(client):
    client.join(client.create(task="fake"))
    assert shown(client.step([STATE], order=STOP)) == (0, 0, 0)
    assert shown(client.step([STATE], order=STOP)) == (30, 0, 1)


def test_a_won_match_is_terminated_and_the_next_step_starts_another(client):
    client.join(client.create(task="fake", kills_to_win=1))
    client.step()
    last = client.step([STATE], order=STOP)
    assert (last.state, shown(last)) == (rpc.TERMINATED, (30, 0, 1))
    first = client.step([STATE], order=STOP)
    assert (first.state, shown(first)) == (rpc.RUNNING, (0, 1, 0))


def test_a_match_out_of_time_is_interrupted(client):
    client.join(client.create(task="fake", max_seconds=2))
    states = [client.step().state for _ in range(4)]
    assert states == [rpc.RUNNING, rpc.RUNNING, rpc.INTERRUPTED, rpc.RUNNING]


def test_a_match_that_nobody_has_played_is_begun_again_by_those_who_share_it(pair):
    first, second, _ = pair()
    for _ in range(2):
        for client in (first, second):
            client.reset()
            assert shown(client.step([STATE])) == (0, 0, 0)


def test_reset_starts_the_next_episode(client):
    client.join(client.create(task="fake"))
    episodes = []
    for _ in range(3):
        client.reset()
        episodes.append(shown(client.step([STATE])))
        client.step()
    assert episodes == [(0, 0, 0), (0, 1, 0), (0, 2, 0)]


def test_two_seats_move_together(pair, threads):
    first, second, _ = pair()
    first.step(), second.step()
    waiting = threads.submit(first.step, [STATE], order=STOP)
    with pytest.raises(concurrent.futures.TimeoutError):
        waiting.result(0.1)
    assert shown(second.step([STATE])) == (30, 0, 0)
    assert shown(waiting.result(5)) == (30, 0, 1)


def test_one_thread_begins_two_connections_in_turn(pair):
    first, second, _ = pair(agents=2)
    for _ in range(3):
        for client in (first, second):
            client.reset()
            assert client.step().state == rpc.RUNNING


def test_both_clients_are_told_the_end_and_share_the_next_match(pair, threads):
    first, second, _ = pair(kills_to_win=1)
    first.step(), second.step()
    other = threads.submit(second.step, [STATE])
    assert first.step([STATE], order=STOP).state == rpc.TERMINATED
    assert other.result(5).state == rpc.TERMINATED
    assert shown(first.step([STATE])) == shown(second.step([STATE])) == (0, 1, 0)


def test_a_step_waits_for_a_client_that_has_joined_but_not_begun(pair, threads):
    first, second, _ = pair()
    first.step()
    waiting = threads.submit(first.step, [STATE])
    assert shown(second.step([STATE])) == (0, 0, 0)
    with pytest.raises(concurrent.futures.TimeoutError):
        waiting.result(0.1)
    second.step()
    assert shown(waiting.result(5)) == (30, 0, 0)


def test_the_first_step_waits_for_the_agents(connect, threads):
    first, second = connect(), connect()
    world = first.create(task="fake", agents=2)
    first.join(world)
    waiting = threads.submit(first.step)
    with pytest.raises(concurrent.futures.TimeoutError):
        waiting.result(0.1)
    second.join(world, seat=5)
    assert waiting.result(5).state == rpc.RUNNING


def test_after_its_deadline_the_first_step_goes_on_without_agents(client):
    client.join(client.create(task="fake", agents=2, step_timeout=0.2))
    started = time.monotonic()
    client.step()
    assert 0.2 <= time.monotonic() - started < 2.0


def test_a_stalled_client_is_waited_for_once_and_told_of_its_bot(pair, properties):
    first, second, _ = pair(step_timeout=1.0)
    first.step(), second.step()
    started = time.monotonic()
    for _ in range(5):
        first.step()
    assert 1.0 <= time.monotonic() - started < 4.0
    # Back again: it plays on in the same match, which waits for it now.
    returning = concurrent.futures.ThreadPoolExecutor(1).submit(second.step, [STATE])
    assert shown(first.step([STATE])) in ((180, 0, 0), (210, 0, 0))
    assert returning.result(5).state == rpc.RUNNING
    assert properties(second)["seat.bot_steps"] in (5, 6)


def test_a_match_that_ended_under_a_stalled_client_is_told_at_its_next_step(pair):
    first, second, _ = pair(step_timeout=0.2, kills_to_win=1)
    first.step(), second.step()
    assert first.step(order=STOP).state == rpc.TERMINATED
    assert second.step([STATE]).state == rpc.TERMINATED
    assert shown(second.step([STATE])) == (0, 1, 0)


def test_reset_of_one_lets_its_bot_finish_the_match(pair, threads):
    first, second, _ = pair(max_seconds=4)
    first.step(), second.step()
    other = threads.submit(second.step)
    first.step(), other.result(5)
    first.reset()
    waiting = threads.submit(first.step, [STATE])
    states = [second.step([STATE]).state for _ in range(3)]
    assert states == [rpc.RUNNING, rpc.RUNNING, rpc.INTERRUPTED]
    assert shown(waiting.result(5)) == (0, 1, 0)


def test_when_all_have_reset_the_match_is_abandoned(pair, threads):
    first, second, _ = pair()
    first.step(), second.step()
    other = threads.submit(second.step)
    first.step(), other.result(5)
    first.reset()
    waiting = threads.submit(first.step, [STATE])
    second.reset()
    assert shown(waiting.result(5)) == (0, 1, 0)
    assert shown(second.step([STATE])) == (0, 1, 0)


def test_a_client_that_stalls_while_another_waits_for_a_new_match_loses_its_own(pair, threads):
    first, second, _ = pair(step_timeout=0.3)
    first.step(), second.step()
    other = threads.submit(second.step)
    first.step(), other.result(5)
    first.reset()
    started = time.monotonic()
    assert shown(first.step([STATE])) == (0, 1, 0)
    assert 0.3 <= time.monotonic() - started < 2.0
    abandoned = second.step([STATE])
    assert (abandoned.state, shown(abandoned)) == (rpc.INTERRUPTED, (30, 0, 0))
    assert shown(second.step([STATE])) == (0, 1, 0)


def test_reset_world_interrupts_the_others_and_not_the_caller(pair, threads):
    first, second, world = pair()
    first.step(), second.step()
    other = threads.submit(second.step)
    first.step(), other.result(5)
    resetting = threads.submit(first.reset_world, world)
    with pytest.raises(concurrent.futures.TimeoutError):
        resetting.result(0.1)
    told = second.step([STATE])
    assert (told.state, shown(told)) == (rpc.INTERRUPTED, (30, 0, 0))
    resetting.result(5)
    assert shown(first.step([STATE])) == shown(second.step([STATE])) == (0, 1, 0)


def test_reset_world_answers_a_step_that_is_waiting(pair, threads, connect):
    first, second, world = pair()
    first.step(), second.step()
    waiting = threads.submit(first.step, [STATE])
    time.sleep(0.1)
    second.reset_world(world)
    assert waiting.result(5).state == rpc.INTERRUPTED


def test_simultaneous_world_resets_are_one(pair, threads):
    first, second, world = pair()
    first.step(), second.step()
    other = threads.submit(second.step)
    first.step(), other.result(5)
    resets = [threads.submit(client.reset_world, world) for client in (first, second)]
    for reset in resets:
        reset.result(5)
    assert shown(first.step([STATE])) == shown(second.step([STATE])) == (0, 1, 0)


def test_reset_world_owes_nothing_to_seats_that_are_not_running(pair, connect):
    first, second, world = pair(kills_to_win=1)
    connect().reset_world(world)
    assert first.step().state == second.step().state == rpc.RUNNING


def test_reset_world_does_not_wait_for_ever(pair):
    first, second, world = pair(step_timeout=0.3)
    first.step(), second.step()
    started = time.monotonic()
    first.reset_world(world)
    assert 0.3 <= time.monotonic() - started < 2.0
    assert second.step().state == rpc.INTERRUPTED


def test_reset_world_with_a_seed_starts_that_seed(client):
    world = client.create(task="fake", seed=3)
    client.join(world)
    gold = [client.step([STATE]).observations[STATE].floats.array[3]]
    client.reset_world(world, seed=4)
    gold.append(client.step([STATE]).observations[STATE].floats.array[3])
    assert gold == [3, 4]


def test_a_setting_that_shapes_a_world_cannot_be_changed(client):
    world = client.create(task="fake")
    with pytest.raises(error.DmEnvRpcError, match="num_matches"):
        client.reset_world(world, num_matches=4)


def test_a_client_that_vanishes_frees_the_other_at_once(pair, threads):
    first, second, _ = pair()
    first.step(), second.step()
    waiting = threads.submit(first.step, [STATE])
    time.sleep(0.1)
    second.close()
    assert shown(waiting.result(2)) == (30, 0, 0)


def test_a_client_that_vanishes_while_it_waits_frees_its_seat(pair, threads, connect):
    first, second, world = pair()
    first.step(), second.step()
    waiting = threads.submit(first.step)
    time.sleep(0.1)
    first.close()
    assert waiting.exception(5) is not None
    newcomer = connect()
    for _ in range(50):
        try:
            newcomer.join(world, seat=0)
            break
        except error.DmEnvRpcError as refused:
            assert refused.code == code_pb2.ALREADY_EXISTS
            time.sleep(0.05)
    assert newcomer.step().state == rpc.RUNNING


def test_a_hero_asked_for_at_join_plays_from_the_first_match_on(client, properties):
    client.join(client.create(task="fake"), hero="npc_dota_hero_lina")
    client.step()
    assert properties(client)["world.heroes"][0] == "npc_dota_hero_lina"


def test_a_failing_match_tells_its_players_once_and_starts_anew(pair, threads, faults):
    first, second, _ = pair()
    first.step(), second.step()
    faults.advance_error = RuntimeError("the tables are on fire")
    other = threads.submit(second.step)
    with pytest.raises(error.DmEnvRpcError) as caught:
        first.step()
    assert caught.value.code == code_pb2.INTERNAL
    assert "fire" not in caught.value.message and "Traceback" not in caught.value.message
    assert isinstance(other.exception(5), error.DmEnvRpcError)
    assert first.step().state == second.step().state == rpc.INTERRUPTED
    assert shown(first.step([STATE])) == shown(second.step([STATE])) == (0, 1, 0)


def test_a_refused_action_moves_nothing(client):
    client.join(client.create(task="fake"))
    client.step()
    for wrong in (-1, 41):
        with pytest.raises(error.DmEnvRpcError, match="order"):
            client.step(order=wrong)
    assert shown(client.step([STATE])) == (30, 0, 0)


def test_rows_of_a_batch_end_by_themselves(client):
    client.join(client.create(task="fake", num_matches=3, kills_to_win=1))
    client.step()
    step_types = []
    for orders in ([STOP, 0, 0], [0, 0, 0], [0, STOP, STOP]):
        response = client.step([6], order=np.array(orders))
        assert response.state == rpc.RUNNING
        step_types.append(list(response.observations[6].uint8s.array))
    assert step_types == [[2, 1, 1], [0, 1, 1], [1, 2, 2]]


def test_one_client_plays_both_sides(client):
    client.join(client.create(task="fake", kills_to_win=1), seats=[0, 5])
    client.step()
    last = client.step([STATE, 6], order=np.array([0, STOP]))
    assert list(last.observations[6].uint8s.array) == [2, 2]
    assert last.state == rpc.RUNNING
    first = client.step([STATE, 6], order=np.array([STOP, STOP]))
    assert list(first.observations[6].uint8s.array) == [0, 0]
