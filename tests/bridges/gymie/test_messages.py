"""Gymie's messages: what clients send, and what they get."""

import json
import re
import sys

import gymnasium
from gymnasium import spaces
import numpy as np
import pytest

import dota_env_rpc
from dota_env_rpc.bridges import gymie

CARTPOLE, MOUNTAIN = "CartPole-v1", "MountainCarContinuous-v0"
OURS = "dota_env_rpc/Mid1v1-v0"


def test_make_answers_the_bare_id(peer):
    assert re.fullmatch("[0-9a-f]{32}", peer.make(CARTPOLE))


def test_reset_answers_the_observation(peer):
    state = peer.call("reset", instance_id=peer.make(CARTPOLE))
    assert len(state) == 4 and all(type(number) is float for number in state)


def test_step_answers_observation_reward_done_and_info(peer):
    instance = peer.make(CARTPOLE)
    peer.call("reset", instance_id=instance)
    observation, reward, done, info = peer.call("step", instance_id=instance, action=1)
    assert len(observation) == 4
    assert (type(reward), done, info) == (float, False, {})


def test_an_episode_is_done_when_it_is_terminated(peer):
    instance = peer.make(CARTPOLE)
    peer.call("reset", instance_id=instance)
    done = False
    while not done:
        _, _, done, info = peer.call("step", instance_id=instance, action=1)
    assert info == {"TimeLimit.truncated": False}


def test_an_episode_is_done_when_it_is_truncated(peer):
    instance = peer.make(OURS, start_seconds=-0.2, max_seconds=0.0)
    peer.call("reset", instance_id=instance)
    assert peer.call("step", instance_id=instance, action=0)[2] is False
    _, _, done, info = peer.call("step", instance_id=instance, action=0)
    assert done is True and info["TimeLimit.truncated"] is True


def test_close_answers_true_and_the_instance_is_gone(peer):
    instance = peer.make(CARTPOLE)
    assert peer.call("close", instance_id=instance) is True
    assert peer.refused_call("reset", instance_id=instance) == (
        1007, f"Instance `{instance}` not found")


def test_spaces_of_an_environment(peer):
    instance = peer.make(CARTPOLE)
    env = gymnasium.make(CARTPOLE)
    box = peer.call("observation_space", instance_id=instance)
    assert (box["name"], box["shape"]) == ("Box", [4])
    # Infinite bounds arrive as such, though JSON has no word for them.
    assert box["low"] == list(env.observation_space.low)
    assert box["high"] == list(env.observation_space.high)
    assert peer.call("action_space", instance_id=instance) == {"name": "Discrete", "n": 2}


@pytest.mark.parametrize("space, info", [
    (spaces.Discrete(3), {"name": "Discrete", "n": 3}),
    (spaces.Discrete(3, start=-1), {"name": "Discrete", "n": 3, "start": -1}),
    (spaces.Box(-1, np.array([1, 2], np.float32)),
     {"name": "Box", "shape": [2], "low": [-1.0, -1.0], "high": [1.0, 2.0]}),
    (spaces.MultiBinary(5), {"name": "MultiBinary", "n": 5, "shape": [5]}),
    (spaces.MultiBinary([2, 3]), {"name": "MultiBinary", "n": [2, 3], "shape": [2, 3]}),
    (spaces.MultiDiscrete([2, 3]), {"name": "MultiDiscrete", "nvec": [2, 3]}),
    (spaces.Dict(a=spaces.Discrete(2), b=spaces.Dict(c=spaces.Discrete(3))),
     {"name": "Dict", "spaces": {
         "a": {"name": "Discrete", "n": 2},
         "b": {"name": "Dict", "spaces": {"c": {"name": "Discrete", "n": 3}}}}}),
    (spaces.Tuple([spaces.Discrete(2), spaces.Discrete(3)]),
     {"name": "Tuple", "spaces": [
         {"name": "Discrete", "n": 2}, {"name": "Discrete", "n": 3}]}),
    (spaces.Text(4), {"name": "Text"})], ids=str)
def test_spaces_by_name(peer, toy, space, info):
    toy(action_space=space, observation_space=space)
    instance = peer.make("Toy-v0")
    assert peer.call("action_space", instance_id=instance) == info
    assert peer.call("observation_space", instance_id=instance) == info


@pytest.mark.parametrize("space", [
    spaces.Discrete(3), spaces.Box(-1, 1, (2, 2)), spaces.Box(0, 255, (2,), np.uint8),
    spaces.MultiBinary(5), spaces.MultiDiscrete([2, 3]),
    spaces.Dict(a=spaces.Discrete(2), b=spaces.Tuple([spaces.Box(0, 1, (2,))]))], ids=str)
def test_sampled_actions_can_be_played(peer, toy, space):
    played = []
    toy(action_space=space, act=played.append)
    instance = peer.make("Toy-v0")
    action = peer.call("action_sample", instance_id=instance)
    peer.call("step", instance_id=instance, action=action)
    assert played[0] in space


@pytest.mark.parametrize("space, action", [
    (spaces.Discrete(3), 3), (spaces.Discrete(3), "left"), (spaces.Discrete(3), 1.0),
    (spaces.Discrete(3), True), (spaces.Discrete(3), None), (spaces.Discrete(3), [1]),
    (spaces.Box(-1, 1, (2,)), [0.0, 2.0]), (spaces.Box(-1, 1, (2,)), [0.0]),
    (spaces.Box(-1, 1, (2,)), [0.0, [1.0]]), (spaces.Box(-1, 1, (2,)), ["a", "b"]),
    (spaces.Box(0, 255, (2,), np.uint8), [0, 256]),
    (spaces.Box(0, 255, (2,), np.uint8), [0, 0.5]),
    (spaces.MultiDiscrete([2, 3]), [1, 3]), (spaces.MultiBinary(2), [0, 2]),
    (spaces.Dict(a=spaces.Discrete(2)), {"b": 1}), (spaces.Dict(a=spaces.Discrete(2)), 1),
    (spaces.Tuple([spaces.Discrete(2)]), [1, 1])], ids=str)
def test_a_wrong_action_is_told_and_not_played(peer, toy, space, action):
    played = []
    toy(action_space=space, act=played.append)
    instance = peer.make("Toy-v0")
    assert peer.refused_call("step", instance_id=instance, action=action) == (
        1007, f"Action `{action}` is wrong")
    assert not played


def test_an_action_that_the_environment_refuses_is_wrong(peer):
    instance = peer.make(CARTPOLE)  # which was not reset
    assert peer.refused_call("step", instance_id=instance, action=1) == (
        1007, "Action `1` is wrong")


@pytest.mark.parametrize("message, code, reason", [
    ("Wrong JSON", 1003, "Message `Wrong JSON` is invalid"),
    ("", 1003, "Message `` is invalid"),
    ("[1]", 1003, "Message `[1]` is invalid"),
    ("null", 1003, "Message `null` is invalid"),
    ("7", 1003, "Message `7` is invalid"),
    ('"make"', 1003, 'Message `"make"` is invalid'),
    ('{"method": NaN, "params": {}}', 1003,
     'Message `{"method": NaN, "params": {}}` is invalid'),
    ('{"prop": "value"}', 1003, "Message keys ['prop'] are missing or invalid"),
    ('{"method": "make"}', 1003, "Message keys ['method'] are missing or invalid"),
    ('{"params": {}, "x": 1}', 1003, "Message keys ['params', 'x'] are missing or invalid"),
    ("{}", 1003, "Message keys [] are missing or invalid"),
    ('{"method": "invalid_method", "params": {}}', 1007, "Method `invalid_method` not found"),
    ('{"method": "close_all", "params": {}}', 1007, "Method `close_all` not found"),
    ('{"method": ["make"], "params": {}}', 1007, "Method `['make']` not found"),
    ('{"method": "make", "params": {}}', 1007, "Parameters `{}` are wrong"),
    ('{"method": "make", "params": [1]}', 1007, "Parameters `[1]` are wrong"),
    ('{"method": "make", "params": null}', 1007, "Parameters `None` are wrong"),
    ('{"method": "make", "params": {"self": 1, "env_id": "CartPole-v1"}}', 1007,
     "Parameters `{'self': 1, 'env_id': 'CartPole-v1'}` are wrong"),
    ('{"method": "reset", "params": {"instance_id": "a", "seed": 1}}', 1007,
     "Parameters `{'instance_id': 'a', 'seed': 1}` are wrong"),
    ('{"method": "make", "params": {"env_id": "CartPole-v1", "seed": "one"}}', 1007,
     "Parameters `{'env_id': 'CartPole-v1', 'seed': 'one'}` are wrong"),
    ('{"method": "make", "params": {"env_id": "CartPole-v1", "seed": -1}}', 1007,
     "Parameters `{'env_id': 'CartPole-v1', 'seed': -1}` are wrong"),
    ('{"method": "make", "params": {"env_id": "CartPole-v1", "gravity": 1}}', 1007,
     "Parameters `{'env_id': 'CartPole-v1', 'gravity': 1}` are wrong"),
    ('{"method": "make", "params": {"env_id": "malformed"}}', 1007,
     "Environment `malformed` is malformed"),
    ('{"method": "make", "params": {"env_id": "a b-v1"}}', 1007,
     "Environment `a b-v1` is malformed"),
    ('{"method": "make", "params": {"env_id": 5}}', 1007, "Environment `5` is malformed"),
    ('{"method": "make", "params": {"env_id": "antigravity:Fly-v0"}}', 1007,
     "Environment `antigravity:Fly-v0` is malformed"),
    ('{"method": "make", "params": {"env_id": "NotFound-v1"}}', 1007,
     "Environment `NotFound-v1` not found"),
    ('{"method": "make", "params": {"env_id": "nowhere/NotFound-v1"}}', 1007,
     "Environment `nowhere/NotFound-v1` not found"),
    ('{"method": "reset", "params": {"instance_id": "abc"}}', 1007, "Instance `abc` not found"),
    ('{"method": "reset", "params": {"instance_id": [1]}}', 1007, "Instance `[1]` not found"),
])
def test_what_is_wrong_closes_the_socket(peer, message, code, reason):
    assert peer.refused(message) == (code, reason)


def test_deep_nesting_is_an_invalid_message(peer):
    code, reason = peer.refused("[" * 100_000)
    assert code == 1003 and reason.startswith("Message `[[[")


@pytest.mark.parametrize("text, shown", [
    ("x" * 500, "Message `" + "x" * 114), ("ä" * 500, "Message `" + "ä" * 57)])
def test_reasons_are_cut_to_what_a_close_frame_holds(peer, text, shown):
    assert peer.refused(text) == (1003, shown)


def test_other_errors_are_told(peer):
    """A setting that there is not: the environment's own sentence."""
    code, reason = peer.refused_call("make", env_id=OURS, sed=1)
    assert (code, reason) == (1007, "Unknown error: unknown setting 'sed'; did you mean 'seed'?")


def test_an_environment_that_exits_does_not_end_the_server(connect, toy):
    toy(act=lambda _: sys.exit("done here"))
    peer = connect()
    assert peer.refused_call("step", instance_id=peer.make("Toy-v0"), action=0) == (
        1007, "Unknown error: done here")
    assert len(connect().make("Toy-v0")) == 32


@pytest.mark.parametrize("setting", [
    {"address": "localhost:1"}, {"world": "a"}, {"connection": {}},
    {"bots": ["laner", "http://localhost:1/bot"]}, {"bots": "laner, http://localhost:1/bot"}])
def test_peers_do_not_choose_where_the_server_connects_to(peer, setting):
    code, reason = peer.refused_call("make", env_id=OURS, **setting)
    assert code == 1007 and reason.startswith("Parameters `")


def test_binary_messages_are_read_too(peer):
    message = json.dumps({"method": "make", "params": {"env_id": CARTPOLE}}).encode()
    assert len(peer.ask(message, kind=2)) == 32
    assert peer.refused(b"\xff\xfe\xff", kind=2)[0] == 1003


def test_frames_are_answered_in_order(peer):
    first, second = peer.make(CARTPOLE), peer.make(MOUNTAIN)
    for _ in range(20):
        for instance in (first, second):
            peer.send(json.dumps({"method": "reset", "params": {"instance_id": instance}}))
    for _ in range(20):
        assert [len(json.loads(peer.receive())) for _ in range(2)] == [4, 2]


def test_a_message_may_come_in_fragments(peer):
    message = json.dumps({"method": "make", "params": {"env_id": CARTPOLE}})
    peer.send(message[:10], final=False)
    peer.send(message[10:], kind=0)
    assert len(peer.receive()) == 32


@pytest.mark.parametrize("seed", [0, 3])
def test_the_seed_is_that_of_the_first_reset(peer, seed):
    observation, _ = gymnasium.make(CARTPOLE).reset(seed=seed)
    instance = peer.make(CARTPOLE, seed=seed)
    first = peer.call("reset", instance_id=instance)
    assert first == observation.tolist()
    assert peer.call("reset", instance_id=instance) != first


def test_the_seed_is_that_of_sampled_actions_too(peer):
    samples = []
    for _ in range(2):
        instance = peer.make(MOUNTAIN, seed=0)
        samples.append([peer.call("action_sample", instance_id=instance) for _ in range(5)])
    assert samples[0] == samples[1]


def test_the_match_is_the_one_that_gymnasium_plays(peer):
    instance = peer.make(OURS, seed=4, hero="npc_dota_hero_lina")
    env = gymnasium.make(OURS, hero="npc_dota_hero_lina")
    observation, _ = env.reset(seed=4)
    assert_told(peer.call("reset", instance_id=instance), observation)
    for _ in range(3):
        observation, reward, *_, info = env.step(3)
        told = peer.call("step", instance_id=instance, action=3)
        assert_told(told[0], observation)
        assert told[1:] == [reward, False, {"reward_terms": info["reward_terms"].tolist()}]


def assert_told(told, observation):
    assert told.keys() == observation.keys()
    for name, value in observation.items():
        assert told[name] == value.tolist()


def test_orders_can_be_played(peer):
    instance = peer.make(OURS, action_space="orders")
    peer.call("reset", instance_id=instance)
    for _ in range(5):
        action = peer.call("action_sample", instance_id=instance)
        assert action.keys() == dota_env_rpc.make().action_spec().keys()
        peer.call("step", instance_id=instance, action=action)


def test_json_is_valid_whatever_an_environment_tells(peer, toy):
    toy(told={
        "array": np.array([np.nan, np.inf, -np.inf, 1.5]), "number": np.float32("nan"),
        "text": 'NaN "Infinity"', 7: np.int64(1), "set": {1}, "none": None, "other": object,
        "deep": (np.bool_(True), [np.zeros((1, 2), np.uint8)])})
    told = peer.call("reset", instance_id=peer.make("Toy-v0"))
    inf = float("inf")
    assert told == {
        "array": [None, inf, -inf, 1.5], "number": None, "text": 'NaN "Infinity"', "7": 1,
        "set": [1], "none": None, "other": "<class 'object'>", "deep": [True, [[[0, 0]]]]}


def test_an_override_of_process_step_gets_and_gives_four_things(peer, overrides):
    @gymie.override("process_step")
    def process_step(step):
        observation, reward, done, info = step
        return observation.tolist(), reward * 2, done, {"before": info}
    instance = peer.make(CARTPOLE)
    peer.call("reset", instance_id=instance)
    assert peer.call("step", instance_id=instance, action=0)[1:] == [2.0, False, {"before": {}}]


class OldInterface:
    """An environment as Gym had them: four things a step, and no spaces of Gymnasium."""

    class Discrete:
        n = 2

        def contains(self, action):
            return action in (0, 1)

        def sample(self):
            return 1
    action_space = Discrete()

    def reset(self):
        return np.zeros(2)

    def step(self, action):
        return np.ones(2), 0.5, action == 1, {}

    def close(self):
        pass


def test_an_override_of_get_env_can_give_environments_with_gyms_older_interface(peer, overrides):
    made = []

    @gymie.override("get_env")
    def get_env(name, seed=None, level=1):
        made.append((name, seed, level))
        return OldInterface()
    instance = peer.make("Airstriker-Genesis", seed=0, level=2)
    assert made == [("Airstriker-Genesis", 0, 2)]
    assert peer.call("action_space", instance_id=instance) == {"name": "Discrete", "n": 2}
    assert peer.call("reset", instance_id=instance) == [0.0, 0.0]
    action = peer.call("action_sample", instance_id=instance)
    assert peer.call("step", instance_id=instance, action=action) == [[1.0, 1.0], 0.5, True, {}]


def test_an_override_can_say_that_there_is_no_such_environment(peer, overrides):
    @gymie.override("get_env")
    def get_env(name):
        raise gymie.EnvironmentNotFound(name)
    assert peer.refused_call("make", env_id="Sonic") == (1007, "Environment `Sonic` not found")


def test_only_two_functions_can_be_overridden():
    with pytest.raises(ValueError, match="'step' is none of 'get_env', 'process_step'"):
        gymie.override("step")


def test_a_gymie_client_sits_down_with_a_dm_env_rpc_agent(peer, overrides):
    """Its server seats it at a world of another server: one match, in lockstep."""
    with dota_env_rpc.serve(port=0) as server:
        host = dota_env_rpc.connect(server.address, create={"agents": 2}, join={"seat": 0})

        @gymie.override("get_env")
        def get_env(env_id, seed=None):
            return gymnasium.make(env_id, address=server.address, world=host.world, seat=5)
        instance = peer.make(OURS)
        host.send_step({})  # waits for the other agent
        peer.call("reset", instance_id=instance)
        host.receive_step()
        for _ in range(3):
            host.send_step({})
            peer.call("step", instance_id=instance, action=0)
            host.receive_step()
        assert host.read_property("match.tick") == -900 + 3 * 4
        assert peer.call("close", instance_id=instance) is True
        host.close()
