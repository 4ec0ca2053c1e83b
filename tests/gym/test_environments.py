"""Matches as Gymnasium environments."""

import copy
import pickle
import subprocess
import sys
import warnings

import gymnasium
from gymnasium.utils.env_checker import check_env
from gymnasium.vector import AutoresetMode
from gymnasium.wrappers.vector import RecordEpisodeStatistics
import numpy as np
import pytest
import tree

import dota_env_rpc
import dota_env_rpc.gym
from dota_env_rpc.match.enums import EventKind, UnitOrder
from dota_env_rpc.match.settings import episode_seed
from dota_env_rpc.tasks.discrete import ACTIONS, NUM_ACTIONS
from dota_env_rpc.tasks.task import task_names
from dota_env_rpc.testing.framework_peer import FrameworkPeer

ID = "dota_env_rpc/Mid1v1-v0"
STEPS = 15  # of a short match
FORWARD = [name for name, _ in ACTIONS].index("attack_forward")
# Steps of a second each; in 40 of them the first creeps have met, and chance has spoken.
SECONDS = {"start_seconds": 0.0, "ticks_per_step": 30}
BOX_ADVICE = ".*we recommend using a symmetric and normalized space"


@pytest.fixture
def make():
    """A function that makes an environment of one match."""
    made = []

    def make(**settings):
        made.append(gymnasium.make(ID, **settings))
        return made[-1]
    yield make
    for env in made:
        env.close()


@pytest.fixture
def make_vec():
    """A function that makes a vector environment."""
    made = []

    def make_vec(num_envs, **settings):
        made.append(gymnasium.make_vec(ID, num_envs, **settings))
        return made[-1]
    yield make_vec
    for env in made:
        env.close()


def same(one, other):
    tree.assert_same_structure(one, other)
    tree.map_structure(np.testing.assert_array_equal, one, other)


def play(env, action=FORWARD, steps=5):
    """Plays steps of the same action; returns what the last one gave."""
    for _ in range(steps):
        result = env.step(action)
    return result


def test_every_task_has_an_id():
    assert set(dota_env_rpc.gym.IDS) == set(task_names())


@pytest.mark.parametrize("task, id", dota_env_rpc.gym.IDS.items())
def test_the_id_plays_the_task(task, id):
    env = gymnasium.make(id, seed=4)
    plain = dota_env_rpc.make(task, seed=4, action_space="discrete")
    observation, _ = env.reset()
    same(observation["state"], plain.reset().observation["state"])
    assert env.unwrapped.metadata["render_fps"] == 7.5


@pytest.mark.parametrize("settings", [
    {}, {"render_mode": "rgb_array"}, {"observations": ("events", "minimap", "world_state")}])
def test_gymnasium_has_nothing_to_say(make, place, settings):
    env = make(**place, **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(env.unwrapped)


def test_gymnasium_advises_on_nothing_but_places_in_map_units(make, place):
    env = make(action_space="orders", **place)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", BOX_ADVICE)
        check_env(env.unwrapped)


def test_a_match_on_a_server_is_the_match_in_this_process(make, server, short):
    here = make(observations=("events",), render_mode="rgb_array", **short)
    there = make(observations=("events",), render_mode="rgb_array", address=server.address, **short)
    assert here.observation_space == there.observation_space
    assert here.action_space == there.action_space
    for seed in (3, None):
        same(here.reset(seed=seed), there.reset(seed=seed))
        for _ in range(STEPS):
            same(here.step(FORWARD), there.step(FORWARD))
            same(here.render(), there.render())


def test_the_match_is_the_one_that_make_plays(make, short):
    env = make(**short)
    observation, _ = env.reset(seed=4)
    plain = dota_env_rpc.make("mid_1v1", seed=4, action_space="discrete", **short)
    same(observation["units"], plain.reset().observation["units"])
    observation, reward, _, _, info = play(env)
    for _ in range(5):
        time_step = plain.step({"action": FORWARD})
    same(observation["units"], time_step.observation["units"])
    same(observation["action_mask"], time_step.observation["mask"]["action"])
    same(info["reward_terms"], time_step.observation["reward_terms"])
    assert reward == time_step.reward


def test_names_of_observations_can_name_modules_of_a_network(make):
    """torch.nn.ModuleDict refuses names of its own methods, which are those of a dictionary."""
    env = make(observations=("events", "rgb", "minimap"))
    assert env.observation_space.spaces.keys().isdisjoint(dir(dict))


def test_the_inventory_is_that_of_make(make):
    env = make()
    plain = dota_env_rpc.make("mid_1v1", seed=4)
    same(env.reset(seed=4)[0]["inventory"], plain.reset().observation["items"])


def test_a_reset_without_a_seed_plays_another_match(make, place):
    env = make(**place, **SECONDS)
    env.reset(seed=1)
    first, *_ = play(env, steps=40)
    env.reset()
    second, *_ = play(env, steps=40)
    assert not np.array_equal(first["units"], second["units"])


def test_without_any_seed_matches_differ(make, place):
    fields = []
    for _ in range(2):
        env = make(**place, **SECONDS)
        env.reset()
        fields.append(play(env, steps=40)[0]["units"])
    assert not np.array_equal(*fields)


def test_the_seed_of_the_settings_is_that_of_the_first_reset(make, place):
    env, other = make(seed=6, **place, **SECONDS), make(**place, **SECONDS)
    env.reset()
    other.reset(seed=6)
    same(play(env, steps=40), play(other, steps=40))


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_out_of_range_is_refused(make, place, seed):
    env = make(**place)
    with pytest.raises((ValueError, gymnasium.error.Error)):
        env.reset(seed=seed)


def test_the_time_limit_truncates(make, place, short):
    env = make(**place, **short)
    env.reset(seed=1)
    assert play(env, steps=STEPS - 1)[2:4] == (False, False)
    *_, terminated, truncated, info = env.step(FORWARD)
    assert (terminated, truncated, info["is_success"]) == (False, True, False)


def test_a_result_terminates(make, place):
    env = make(start_seconds=-1.0, tie_seconds=0.5, **place)
    env.reset(seed=1)
    *_, terminated, truncated, info = play(env, steps=12)
    assert (terminated, truncated, info["is_success"]) == (True, False, False)


def test_a_step_needs_a_match_that_is_on(make, short):
    env = make(**short).unwrapped
    with pytest.raises(gymnasium.error.ResetNeeded):
        env.step(FORWARD)
    env.reset(seed=1)
    play(env, steps=STEPS)
    with pytest.raises(gymnasium.error.ResetNeeded):
        env.step(FORWARD)


@pytest.mark.parametrize("action", [NUM_ACTIONS, -1, 0.5, "stop", [1, 2]])
def test_a_wrong_action_is_refused_and_nothing_moves(make, place, action):
    env, other = make(**place).unwrapped, make(**place).unwrapped
    for one in (env, other):
        one.reset(seed=1)
        play(one)
    with pytest.raises(ValueError):
        env.step(action)
    same(env.step(FORWARD), other.step(FORWARD))


def test_sampled_numbers_that_the_mask_allows_are_not_refused(make):
    env = make(start_seconds=0.0, observations=("events",))
    observation, _ = env.reset(seed=1)
    env.action_space.seed(2)
    for _ in range(200):
        observation, *_ = env.step(env.action_space.sample(mask=observation["action_mask"]))
        assert EventKind.ORDER_REFUSED not in observation["events"][:, 0]


def test_sampled_orders_that_the_mask_allows_are_not_refused(make):
    env = make(action_space="orders", start_seconds=0.0, hero="npc_dota_hero_lina",
               skill_build="auto", item_build="auto", observations=("events",))
    observation, _ = env.reset(seed=1)
    env.action_space.seed(3)
    done = set()
    for _ in range(400):
        action = env.action_space.sample(mask=observation["action_mask"])
        done.add(int(action["order"]))
        observation, *_ = env.step(action)
        # Earlier orders may be refused now, as one to drop an item that is gone.
        refused = {int(event[6]) for event in observation["events"]
                   if event[0] == EventKind.ORDER_REFUSED}
        assert int(action["order"]) not in refused
    assert {UnitOrder.CAST_TARGET, UnitOrder.MOVE_ITEM, UnitOrder.PURCHASE_ITEM} < done


def test_action_masks_are_the_mask_as_learners_ask_for_it(make):
    env = make().unwrapped
    with pytest.raises(ValueError, match="is reset"):
        env.action_masks()
    observation, _ = env.reset(seed=1)
    assert env.action_masks().dtype == bool
    same(env.action_masks(), observation["action_mask"] == 1)


def test_render_shows_what_the_seat_sees(make, place):
    env = make(render_mode="rgb_array", observations=("rgb",), rgb_size=64, **place)
    env.reset(seed=1)
    observation, *_ = play(env)
    assert env.render().shape == (64, 64, 3)
    same(env.render(), observation["rgb"])


def test_frames_come_as_often_as_decisions(make, place):
    assert make(ticks_per_step=6, **place).metadata["render_fps"] == 5.0


def test_without_a_render_mode_nothing_is_drawn(make):
    env = make().unwrapped
    env.reset(seed=1)
    assert env.render() is None


def test_another_render_mode_is_refused():
    with pytest.raises(ValueError, match="render_mode is 'ansi'"):
        dota_env_rpc.gym.environments.MatchEnv(render_mode="ansi")


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda env: pickle.loads(pickle.dumps(env))])
def test_a_copy_goes_on_from_where_the_match_is(make, short, copied):
    env = make(**short)
    env.reset(seed=1)
    play(env)
    other = copied(env)
    for _ in range(STEPS - 5):
        same(env.step(FORWARD), other.step(FORWARD))
    same(env.reset(), other.reset())


def test_a_copy_of_what_was_never_reset_draws_the_same_seed(make):
    env = make(**SECONDS)
    other = pickle.loads(pickle.dumps(env))
    env.reset()
    other.reset()
    same(play(env, steps=40), play(other, steps=40))


def test_a_copy_of_a_match_on_a_server_has_its_own(make, server):
    env = make(address=server.address)
    env.reset(seed=1)
    other = pickle.loads(pickle.dumps(env))
    with pytest.raises(gymnasium.error.ResetNeeded):
        other.unwrapped.step(FORWARD)
    same(env.reset(seed=1), other.reset(seed=1))
    other.close()


@pytest.mark.parametrize("at", ["here", "on a server"])
@pytest.mark.parametrize("copied", [copy.deepcopy, pickle.dumps])
def test_a_match_with_an_http_bot_is_not_copied(make, server, at, copied):
    """There is only one bot, wherever its match is played."""
    with FrameworkPeer() as peer:
        env = make(bots=("laner", peer.url), **(
            {"address": server.address} if at == "on a server" else {}))
        env.reset(seed=1)
        asked = len(peer.asked)
        with pytest.raises(ValueError, match="cannot be copied: there is only one bot"):
            copied(env)
        assert len(peer.asked) == asked
        env.step(FORWARD)
        env.close()


def test_a_world_of_others_can_be_joined(make, server):
    with dota_env_rpc.connect(server.address, create={"seed": 7}) as host:
        host.reset()
        env = make(address=server.address, world=host.world, seat=-1)
        env.reset()
        host.send_step({})
        observation, *_ = env.step(FORWARD)
        host.receive_step()
        assert observation["state"][5] == 0.0  # plays for Dire
        with pytest.raises(ValueError, match="who made the world"):
            env.reset(seed=1)
        env.close()


@pytest.mark.parametrize("settings, message", [
    ({"sed": 1}, "did you mean 'seed'"), ({"world": "a"}, "give its `address`"),
    ({"address": "localhost:1", "world": "a", "max_seconds": 5.0}, "who made the world"),
    ({"hero": "npc_dota_hero_linna"}, "did you mean 'npc_dota_hero_lina'")])
def test_a_wrong_setting_is_refused(make, settings, message):
    with pytest.raises(ValueError, match=message):
        make(**settings)


def test_a_wrong_setting_is_refused_by_a_server(make, server):
    with pytest.raises(ValueError, match="did you mean 'seed'"):
        make(address=server.address, sed=1)


def test_no_server_is_told(make):
    with pytest.raises(ConnectionError, match="no server answers at localhost:1 "):
        make(address="localhost:1", connection={"connect_timeout": 0.2})


def test_rows_of_a_vector_are_single_matches(make, make_vec, place, short):
    envs = make_vec(3, **place, **short)
    observations, _ = envs.reset(seed=5)
    for row in range(3):
        env = make(**short)
        observation, _ = env.reset(seed=episode_seed(5, row, 0))
        same(tree.map_structure(lambda values, row=row: values[row], observations), observation)


def test_ended_matches_start_anew_in_the_next_step(make_vec, place, short):
    """The mode that `metadata` declares: NEXT_STEP."""
    envs = make_vec(2, **place, **short)
    assert envs.metadata["autoreset_mode"] is AutoresetMode.NEXT_STEP
    envs.reset(seed=5)
    actions = np.array([FORWARD, FORWARD])
    for _ in range(STEPS - 1):
        *_, terminations, truncations, infos = envs.step(actions)
        assert not terminations.any() and not truncations.any() and "is_success" not in infos
    last, _, terminations, truncations, infos = envs.step(actions)
    assert truncations.all() and not terminations.any()
    assert infos["_is_success"].tolist() == [True, True]
    first, rewards, terminations, truncations, _ = envs.step(actions)
    assert not terminations.any() and not truncations.any()
    same(rewards, np.zeros(2, np.float32))
    assert (first["state"][:, 0] < last["state"][:, 0]).all()


def test_a_reset_starts_all_matches_of_a_vector(make_vec, place):
    envs = make_vec(2, **place)
    first, _ = envs.reset(seed=5)
    play(envs, np.array([FORWARD, FORWARD]))
    second, _ = envs.reset()
    same(first["state"][:, 0], second["state"][:, 0])
    again, _ = envs.reset(seed=5)
    same(first, again)


@pytest.mark.parametrize("action_space", ["discrete", "orders"])
@pytest.mark.parametrize("num_envs", [1, 3])
def test_a_vector_takes_and_gives_what_its_spaces_say(
        make_vec, place, short, num_envs, action_space):
    envs = make_vec(num_envs, action_space=action_space, **place, **short)
    observations, _ = envs.reset(seed=1)
    assert observations in envs.observation_space
    for _ in range(STEPS):
        observations, rewards, terminations, truncations, infos = envs.step(
            envs.action_space.sample())
        assert observations in envs.observation_space
        for values in (rewards, terminations, truncations, infos["reward_terms"]):
            assert values.shape[0] == num_envs


def test_wrappers_of_vectors_go_around_it(make_vec, short):
    envs = RecordEpisodeStatistics(make_vec(2, **short))
    envs.reset(seed=1)
    *_, infos = play(envs, np.array([FORWARD, 0]), STEPS)
    assert infos["episode"]["l"].tolist() == [STEPS, STEPS]


def test_a_vector_renders_each_match(make_vec, place):
    envs = make_vec(2, render_mode="rgb_array", observations=("rgb",), **place)
    envs.reset(seed=1)
    observations, *_ = play(envs, np.array([FORWARD, 0]))
    same(np.stack(envs.render()), observations["rgb"])


def test_a_pickled_vector_goes_on_from_where_it_is(make_vec, short):
    envs = make_vec(2, **short)
    envs.reset(seed=1)
    actions = np.array([FORWARD, 0])
    play(envs, actions)
    other = pickle.loads(pickle.dumps(envs))
    for _ in range(STEPS):
        same(envs.step(actions), other.step(actions))


def test_gymnasiums_own_vectors_take_it(short):
    envs = gymnasium.make_vec(ID, 2, vectorization_mode="sync", **short)
    envs.reset(seed=1)
    *_, truncations, infos = play(envs, np.array([FORWARD, 0]), STEPS)
    assert truncations.all() and infos["reward_terms"].shape == (2, 16)
    envs.close()


@pytest.mark.parametrize("missing, code, package", [
    ("gymnasium", "import dota_env_rpc.gym", "Gymnasium"),
    ("pettingzoo", "import dota_env_rpc; dota_env_rpc.parallel_env", "PettingZoo")])
def test_a_missing_package_is_told_with_the_extra_that_brings_it(missing, code, package):
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules['{missing}'] = None; {code}"],
        capture_output=True, text=True)
    assert f"needs {package}: pip install 'dota_env_rpc[gym]'" in result.stderr
