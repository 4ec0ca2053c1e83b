"""The random stream of a match."""

import types

import numpy as np
import pytest

from dota_env_rpc.match.rule import INTERPRETED
from dota_env_rpc.match.settings import episode_seed
from dota_env_rpc.sim import chance

NUM_SEEDS = 1000


def plain(function):
    return function if INTERPRETED else function.py_func


@pytest.fixture(autouse=True)
def interpreted(monkeypatch):
    for name in ("_scramble", "uniform"):
        monkeypatch.setattr(chance, name, plain(getattr(chance, name)))


def draws(seed: int, count: int) -> list[float]:
    """Returns the first numbers of the stream that starts at `seed`."""
    stream = types.SimpleNamespace(random_a=0, random_b=0)
    plain(chance.seed_stream)(stream, seed)
    return [chance.uniform(stream) for _ in range(count)]


@pytest.mark.parametrize("seeds", [
    range(NUM_SEEDS), [episode_seed(1, row, 0) for row in range(NUM_SEEDS)],
    [episode_seed(1, 0, episode) for episode in range(NUM_SEEDS)],
    [(1 << 63) - 1 - row for row in range(NUM_SEEDS)]],
    ids=["neighbors", "rows of a batch", "episodes of a row", "the largest"])
def test_near_seeds_give_unrelated_streams(seeds):
    drawn = np.array([draws(seed, 8) for seed in seeds])
    steps = np.exp(2j * np.pi * (drawn[1:] - drawn[:-1]))
    # Of unrelated seeds 1 / sqrt(1000) is to be expected.
    assert np.abs(steps.mean(0)).max() < 0.12
    assert np.abs(np.corrcoef(drawn.T) - np.eye(8)).max() < 0.15


def test_a_stream_is_uniform():
    drawn = np.array(draws(7, 20_000))
    counts, _ = np.histogram(drawn, 20, (0.0, 1.0))
    # Chi-square of 19 degrees of freedom exceeds 43.8 once in a thousand.
    assert ((counts - 1000.0) ** 2 / 1000.0).sum() < 43.8
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 0.025
