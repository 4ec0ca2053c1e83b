"""All seats of a match as a PettingZoo environment."""

import pickle
import warnings

import numpy as np
from pettingzoo.test import parallel_api_test, parallel_seed_test
from pettingzoo.utils.conversions import parallel_to_aec
import pytest
import tree

import dota_env_rpc
from dota_env_rpc.match.enums import UnitOrder
from dota_env_rpc.tasks.discrete import ACTIONS

STEPS = 15  # of a short match
FORWARD = [name for name, _ in ACTIONS].index("attack_forward")
BOTH = {"seat_0": FORWARD, "seat_5": 0}


@pytest.fixture
def make():
    """A function that makes an environment."""
    made = []

    def make(**settings):
        made.append(dota_env_rpc.parallel_env("mid_1v1", **settings))
        return made[-1]
    yield make
    for env in made:
        env.close()


def same(one, other):
    tree.assert_same_structure(one, other)
    tree.map_structure(np.testing.assert_array_equal, one, other)


@pytest.mark.parametrize("action_space", ["discrete", "orders"])
def test_pettingzoo_has_nothing_to_say(make, place, action_space, short):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parallel_api_test(make(action_space=action_space, **place, **short), num_cycles=40)


@pytest.mark.parametrize("action_space", ["discrete", "orders"])
def test_seeds_decide_matches(make, place, action_space):
    parallel_seed_test(lambda: make(action_space=action_space, **place), num_cycles=20)


def test_it_becomes_a_turn_based_environment(make, short):
    env = parallel_to_aec(make(**short))
    env.reset(seed=1)
    turns = 0
    for agent in env.agent_iter():
        observation, _, terminated, truncated, _ = env.last()
        over = terminated or truncated
        env.step(None if over else env.action_space(agent).sample(observation["action_mask"]))
        turns += not over
    assert turns == 2 * STEPS


def test_the_agents_are_the_seats_of_one_match(make, place):
    env = make(**place)
    observations, _ = env.reset(seed=1)
    assert env.agents == ["seat_0", "seat_5"]
    plain = dota_env_rpc.make_batch("mid_1v1", seats=(0, 5), seed=1, action_space="discrete")
    same(observations["seat_5"]["units"], plain.reset().observation["units"][1])
    time_step = plain.step({"action": np.array([FORWARD, 0])})
    observations, rewards, _, _, infos = env.step(BOTH)
    same(observations["seat_0"]["state"], time_step.observation["state"][0])
    same(infos["seat_5"]["reward_terms"], time_step.observation["reward_terms"][1])
    assert list(rewards.values()) == time_step.reward.tolist()


def test_a_match_on_a_server_is_the_match_in_this_process(make, server, short):
    here, there = make(**short), make(address=server.address, **short)
    for seed in (3, None):
        same(here.reset(seed=seed), there.reset(seed=seed))
        for _ in range(STEPS):
            same(here.step(BOTH), there.step(BOTH))


def test_all_end_at_the_time_limit(make, place, short):
    env = make(**place, **short)
    env.reset(seed=1)
    for _ in range(STEPS):
        assert env.agents
        _, _, terminated, truncated, infos = env.step(BOTH)
    assert env.agents == []
    assert truncated == {"seat_0": True, "seat_5": True} and not any(terminated.values())
    assert infos["seat_0"]["is_success"] is infos["seat_5"]["is_success"] is False
    assert env.step({}) == ({}, {}, {}, {}, {})
    env.reset()
    assert env.agents == ["seat_0", "seat_5"]


def test_who_wins_is_told(make):
    """A hero that stands in the enemy's fountain dies until its side has lost."""
    env = make(action_space="orders", start_seconds=0.0, kills_to_win=1)
    env.reset(seed=1)
    walk = {"order": int(UnitOrder.MOVE_TO_POSITION),
            "position": np.array([-6700.0, -6200.0], np.float32)}
    stay = {"order": 0, "position": np.zeros(2, np.float32)}
    while env.agents:
        _, _, terminated, _, infos = env.step({"seat_0": stay, "seat_5": walk})
    assert terminated == {"seat_0": True, "seat_5": True}
    assert infos["seat_0"]["is_success"] is True
    assert infos["seat_5"]["is_success"] is False


@pytest.mark.parametrize("actions", [
    {"seat_0": 0}, {"seat_0": 0, "seat_5": 0, "seat_9": 0}, {"seat_0": 0, "seat_5": 99},
    {"seat_0": 0, "seat_5": [1, 2]}])
def test_wrong_actions_are_refused_and_nothing_moves(make, actions):
    env, other = make(), make()
    for one in (env, other):
        one.reset(seed=1)
        one.step(BOTH)
    with pytest.raises(ValueError):
        env.step(actions)
    same(env.step(BOTH), other.step(BOTH))


def test_each_agent_samples_by_itself(make):
    env = make()
    assert env.action_space("seat_0") is not env.action_space("seat_5")
    assert env.action_space("seat_0") == env.action_space("seat_5")


def test_render_shows_what_each_agent_sees_side_by_side(make, place):
    env = make(render_mode="rgb_array", observations=("rgb",), **place)
    observations, _ = env.reset(seed=1)
    same(env.render(), np.concatenate([seen["rgb"] for seen in observations.values()], axis=1))
    assert env.render().shape == (256, 512, 3)


def test_a_pickled_environment_goes_on_from_where_it_is(make, short):
    env = make(**short)
    env.reset(seed=1)
    env.step(BOTH)
    other = pickle.loads(pickle.dumps(env))
    for _ in range(STEPS - 1):
        same(env.step(BOTH), other.step(BOTH))
    same(env.reset(), other.reset())
