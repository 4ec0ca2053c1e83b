"""Tests of sharing many matches out among threads."""

import functools
import threading

import numpy as np
import pytest

from dota_env_rpc.environment import make_batch
from dota_env_rpc.match import crew
from dota_env_rpc.match.crew import MIN_SHARE, shares, together


@pytest.fixture
def processors(monkeypatch):
    """Returns what sets how many processors there are."""
    return lambda count: monkeypatch.setattr(crew, "_num_processors", lambda: count)


@pytest.mark.parametrize("num_matches, count", [
    (1, 1), (2 * MIN_SHARE - 1, 1), (2 * MIN_SHARE, 2), (3 * MIN_SHARE + 2, 3), (1000, 4)])
def test_matches_are_shared_out_among_processors_as_far_as_they_are_worth_it(
        processors, num_matches, count):
    processors(4)
    shared = shares(num_matches)
    assert [match for share in shared for match in range(num_matches)[share]] == list(
        range(num_matches))
    sizes = [share.stop - share.start for share in shared]
    assert len(sizes) == count
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("answers", [(0, 0), (0, 3), (3, 0)])
def test_calls_are_made_at_the_same_time_and_tell_whether_any_returned_true(answers):
    all_here = threading.Barrier(2, timeout=30.0)

    def call(answer):
        all_here.wait()
        return answer

    calls = [functools.partial(call, answer) for answer in answers]
    assert together(calls)() is any(answers)


def test_a_single_call_is_made_as_it_is():
    def call():
        return 3

    assert together([call]) is call


@pytest.mark.parametrize("failing", [0, 1])
def test_what_a_call_raises_is_raised_when_all_are_done(failing):
    done = []

    def call(place):
        if place == failing:
            raise KeyError(place)
        done.append(place)

    with pytest.raises(KeyError):
        together([functools.partial(call, place) for place in range(2)])()
    assert done == [1 - failing]


def test_shared_matches_are_the_same_matches(processors):
    """Observations, rewards and all that decides how the matches go on, also as some end."""
    num_matches, seats = 3 * MIN_SHARE, (0, 5)

    def play(count):
        processors(count)
        batch = make_batch(
            num_matches=num_matches, seats=seats, seed=7, start_seconds=0.0, max_seconds=1.0,
            observations=("events",))
        rng = np.random.default_rng(0)
        step = batch.reset()
        told = []
        for _ in range(10):
            rows = num_matches * len(seats)
            step = batch.step({
                "order": np.ones(rows, np.int32),
                "position": rng.uniform(-2000.0, 2000.0, (rows, 2)).astype(np.float32)})
            told.append((step.step_type, step.reward, step.discount, step.observation["units"],
                         step.observation["mask"]["order"], step.observation["events"]))
        return told, [batch.digest(match) for match in range(num_matches)]

    alone, alone_digests = play(1)
    shared, shared_digests = play(3)
    assert shared_digests == alone_digests
    for one, other in zip(shared, alone, strict=True):
        for ours, theirs in zip(one, other, strict=True):
            np.testing.assert_array_equal(ours, theirs)
    assert any((step_type == 2).any() for step_type, *_ in alone)
