"""The same seed and the same orders give the same match, bit for bit, wherever it is played."""

import subprocess
import sys

import numpy as np
import pytest

import dota_env_rpc
from dota_env_rpc.match.settings import episode_seed

MINUTES = 10
# Nobody wins before the end: the match goes on after two deaths.
SETTINGS = {"seed": 7, "start_seconds": 0.0, "max_seconds": 60.0 * MINUTES, "kills_to_win": 0}
NUM_UNITS = 48


class RandomLegalOrders:
    """Gives random orders that the mask allows; the same for the same seed and observations."""

    def __init__(self, seed: int = 11):
        self._random = np.random.default_rng(seed)

    def __call__(self, observation) -> dict[str, np.ndarray]:
        mask = observation["mask"]["order"]
        order = self._random.choice(np.flatnonzero(mask[:, 0]))
        row = mask[order]
        targets = np.flatnonzero(row[1:1 + NUM_UNITS])
        abilities = np.flatnonzero(row[1 + NUM_UNITS:1 + NUM_UNITS + 24])
        position = self._random.uniform(-2000.0, 2000.0, 2).astype(np.float32)
        return {
            "order": np.int32(order),
            "target": np.int32(self._random.choice(targets) if len(targets) else 0),
            "ability": np.int32(self._random.choice(abilities) if len(abilities) else 0),
            "position": position,
        }


def play(env, steps=None, policy=None):
    """Plays to the end, or so many steps; returns the last time step."""
    policy = policy or RandomLegalOrders()
    timestep = env.reset()
    while not timestep.last() and steps != 0:
        timestep = env.step(policy(timestep.observation))
        steps = None if steps is None else steps - 1
    return timestep


def digest_of(settings) -> str:
    env = dota_env_rpc.make("mid_1v1", **settings)
    play(env)
    return env.digest()


@pytest.fixture(scope="module")
def expected():
    return digest_of(SETTINGS)


def test_a_match_is_played_again_alike(expected):
    assert digest_of(SETTINGS) == expected


def test_another_seed_gives_another_match(expected):
    assert digest_of({**SETTINGS, "seed": 8}) != expected


def test_another_process_plays_the_same_match(expected):
    done = subprocess.run(
        [sys.executable, __file__], stdout=subprocess.PIPE, text=True, check=True, timeout=600)
    assert done.stdout.strip() == expected


def test_the_wire_changes_nothing(expected):
    with dota_env_rpc.serve(port=0) as server:
        env = dota_env_rpc.connect(server.address, create={"task": "mid_1v1", **SETTINGS})
        play(env)
        assert str(env.read_property("match.digest")) == expected
        env.close()


def test_a_row_of_a_batch_is_the_match_of_its_seed():
    row = 2
    batch = dota_env_rpc.make_batch("mid_1v1", num_matches=3, **SETTINGS)
    policies = [RandomLegalOrders(seed) for seed in (1, 2, 11)]
    timestep = batch.reset()
    while timestep.step_type[row] != 2:
        actions = [
            policy({"mask": {"order": timestep.observation["mask"]["order"][i]}})
            for i, policy in enumerate(policies)]
        timestep = batch.step({
            name: np.stack([action[name] for action in actions]) for name in actions[0]})
    alone = digest_of({**SETTINGS, "seed": episode_seed(SETTINGS["seed"], row, 0)})
    assert batch.digest(row) == alone


def test_a_restored_match_goes_on_alike(expected):
    env = dota_env_rpc.make("mid_1v1", **SETTINGS)
    policy = RandomLegalOrders()
    timestep = play(env, steps=1500, policy=policy)
    saved = env.save()
    for _ in range(200):
        env.step({})
    assert env.digest() != expected
    env.restore(saved)
    while not timestep.last():
        timestep = env.step(policy(timestep.observation))
    assert env.digest() == expected


def test_a_branch_goes_on_alike_and_by_itself(expected):
    env = dota_env_rpc.make("mid_1v1", **SETTINGS)
    policy = RandomLegalOrders()
    timestep = play(env, steps=1500, policy=policy)
    branch = env.branch()
    env.step({})
    while not timestep.last():
        timestep = branch.step(policy(timestep.observation))
    assert branch.digest() == expected


def test_a_replay_plays_the_same_match(expected, tmp_path):
    env = dota_env_rpc.make("mid_1v1", record=True, **SETTINGS)
    play(env)
    env.replay.save(tmp_path / "match.replay")
    again = dota_env_rpc.Replay.load(tmp_path / "match.replay").play()
    assert again.digest() == expected


if __name__ == "__main__":  # as test_another_process_plays_the_same_match runs it
    print(digest_of(SETTINGS))
