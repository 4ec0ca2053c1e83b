"""connect(): the same environment as make(), on the far end of a stream."""

import functools
import json
import socket
import threading
import time
import types

from absl.testing import absltest
import dm_env
from dm_env import test_utils
from dm_env_rpc.v1 import dm_env_adaptor
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from google.rpc import code_pb2
import grpc
import numpy as np
import pytest
from raw_client import Client, packed
import tree

from dota_env_rpc import client, environment
from dota_env_rpc import replay as replays
from dota_env_rpc.match.enums import UnitOrder
from dota_env_rpc.server import calls, far_end
from dota_env_rpc.server.server import Limits, Security, serve
from dota_env_rpc.testing.fake_match import FakeBackend, FakeTask, Faults

STOP = int(UnitOrder.STOP)
# A match of 20 steps.
SHORT = {"seed": 3, "start_seconds": -20.0, "max_seconds": 0.0, "ticks_per_step": 30}


@pytest.fixture(scope="module")
def real():
    """A server of real matches."""
    with serve(port=0) as server:
        yield server


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def fake(faults):
    """A server of fake matches."""
    with serve(port=0, tasks={"fake": FakeTask()},
               make_backend=functools.partial(FakeBackend, faults=faults)) as server:
        yield server


@pytest.fixture
def connect(fake):
    """A function that connects to the fake server."""
    environments = []

    def connect(join=None, **create):
        environments.append(client.connect(
            fake.address, create={"task": "fake", **create}, join=join))
        return environments[-1]
    yield connect
    for one in environments:
        one.close()


class ReachesTheEnd:
    """Steps through the end of a short match."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = serve(port=0)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        super().tearDownClass()

    def make_action_sequence(self):
        for _ in range(45):
            yield self.make_action()


class ConnectTest(ReachesTheEnd, test_utils.EnvironmentTestMixin, absltest.TestCase):

    def make_object_under_test(self):
        return client.connect(self.server.address, create=SHORT)


class DiscreteConnectTest(ReachesTheEnd, test_utils.EnvironmentTestMixin, absltest.TestCase):

    def make_object_under_test(self):
        return client.connect(
            self.server.address, create=SHORT, join={"action_space": "discrete"})


class StockAdaptorTest(ReachesTheEnd, test_utils.EnvironmentTestMixin, absltest.TestCase):

    def make_object_under_test(self):
        self.raw = Client(self.server.address)
        self.addCleanup(self.raw.close)
        return dm_env_adaptor.create_and_join_world(self.raw.connection, SHORT, {}).env


def random_actions(environment, count):
    random = np.random.default_rng(5)
    for _ in range(count):
        action = {}
        for name, spec in environment.action_spec().items():
            if np.issubdtype(spec.dtype, np.integer):
                action[name] = random.integers(
                    spec.minimum, spec.maximum, spec.shape, endpoint=True).astype(spec.dtype)
            else:
                action[name] = random.uniform(-2000, 2000, spec.shape).astype(spec.dtype)
        yield action


def same(one, other):
    tree.assert_same_structure(one, other)
    tree.map_structure(np.testing.assert_array_equal, one, other)


@pytest.mark.parametrize("join", [
    {}, {"seat": 5, "hero": "npc_dota_hero_lina"}, {"action_space": "discrete"},
    {"observations": ["events", "rgb", "minimap"]}], ids=str)
def test_specs_and_time_steps_are_those_of_make(real, join):
    near = environment.make(**SHORT, **join)
    far = client.connect(real.address, create=SHORT, join=join)
    for spec in ("observation_spec", "action_spec", "reward_spec", "discount_spec"):
        ours, theirs = getattr(far, spec)(), getattr(near, spec)()
        assert repr(ours) == repr(theirs)
    same(far.reset(), near.reset())
    for action in random_actions(near, 45):
        ours, theirs = far.step(action), near.step(action)
        same(ours, theirs)
        assert tree.map_structure(lambda a: np.asarray(a).dtype, ours) == tree.map_structure(
            lambda a: np.asarray(a).dtype, theirs)
    assert far.read_property("match.digest") == near.digest()
    same(far.reset(), near.reset())
    assert far.names == near.names
    assert far.columns == json.loads(json.dumps(near.columns))
    far.close()
    near.close()


def test_specs_and_time_steps_of_batches_are_those_of_make_batch(real):
    near = environment.make_batch(num_matches=3, seats=(0, 5), **SHORT)
    far = client.connect(
        real.address, create={**SHORT, "num_matches": 3}, join={"seats": [0, 5]})
    for spec in ("observation_spec", "action_spec", "reward_spec", "discount_spec"):
        assert repr(getattr(far, spec)()) == repr(getattr(near, spec)())
    same(far.reset(), near.reset())
    for action in random_actions(near, 25):
        same(far.step(action), near.step(action))
    assert far.read_property("match.digest").tolist() == [near.digest(row) for row in range(3)]
    far.close()
    near.close()


@pytest.mark.parametrize("create, join", [
    ({}, {}), ({"num_matches": 2}, {}), ({"num_matches": 3}, {"seats": [0, 5]})], ids=str)
@pytest.mark.parametrize("seed", [9, None])
def test_a_restart_is_that_of_make(real, create, join, seed):
    make = environment.make_batch if create else environment.make
    near = make(**SHORT, **create, **join)
    far = client.connect(real.address, create={**SHORT, **create}, join=join)
    same(far.reset(), near.reset())
    for action in random_actions(near, 5):
        same(far.step(action), near.step(action))
    same(far.restart(seed), near.restart(seed))
    for action in random_actions(near, 5):
        same(far.step(action), near.step(action))
    same(far.restart(), near.restart())
    far.close()
    near.close()


def test_a_restart_without_answers_to_what_was_sent_is_refused(connect):
    env = connect()
    env.reset()
    env.send_step({})
    with pytest.raises(ValueError, match="receive the steps"):
        env.restart()


def test_the_server_tells_the_replay_of_a_match_whose_clients_come_and_go(real):
    """Bots play for who is not there, and no replay of orders alone would say from when on."""
    create = {**SHORT, "record": True, "max_seconds": 60.0, "heroes": [
        "npc_dota_hero_lina", "npc_dota_hero_sniper"]}
    walk = {"order": int(UnitOrder.ATTACK_MOVE), "position": np.zeros(2, np.float32)}
    first = client.connect(real.address, create=create)
    first.reset()
    for _ in range(5):
        first.step(walk)
    second = client.connect(real.address, world=first.world)
    second.reset()
    for _ in range(5):
        first.send_step(walk)
        second.step({"order": STOP})
        first.receive_step()
    second.close()
    for _ in range(20):
        first.step({})
    replay = replays.Replay.from_bytes(first.read_property("match.replay").tobytes())
    digest = first.read_property("match.digest")
    first.close()
    assert len(replay.control_steps) >= 3
    assert replay.play().digest() == replay.digest == digest


def test_observations_are_arrays_of_ones_own(connect):
    env = connect()
    first = env.reset().observation["state"]
    kept = first.copy()
    env.step({})
    np.testing.assert_array_equal(first, kept)
    first[:] = 1.0  # may be written to
    assert first.flags.aligned


def test_observations_of_varying_length_arrive_too(connect):
    env = connect(join={"observations": "events"})
    assert env.reset().observation["events"].tolist() == [-1, 0, 300, 0]
    assert env.step({}).observation["events"].tolist() == [-1, 0, 300, 30]


@pytest.mark.parametrize("action", [
    {"ordre": 1}, {"order": 1.5}, {"order": [1]}, {"order": 41}, {"order": -1}, {"order": 2**40},
    {"position": [0.0, float("nan")]}, {"position": [0.0]}, {"position": "here"},
    {"position": [0.0, 1e30]}])
def test_a_wrong_action_is_a_value_error_and_nothing_moves(connect, action):
    env = connect()
    env.reset()
    with pytest.raises(ValueError, match=next(iter(action))):
        env.step(action)
    assert env.step({}).observation["state"][0] == 30


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 2**31 - 1, -1, -(2**31)])
def test_whole_numbers_are_written_as_protobuf_does(number):
    specs = {7: rpc.TensorSpec(name="n", dtype=rpc.INT32),
             200: rpc.TensorSpec(name="a", dtype=rpc.INT32, shape=[2, 2])}
    written = far_end.ActionWriter(specs).write(
        {"n": np.int64(number), "a": np.full((2, 2), number)})
    request = rpc.StepRequest.FromString(written)
    assert list(request.actions[7].int32s.array) == [number]
    assert list(request.actions[200].int32s.array) == [number] * 4
    assert list(request.actions[200].shape) == [2, 2] and not request.actions[7].shape


def test_a_world_is_joined_by_name_and_played_by_two_in_one_thread(connect, fake):
    first = connect(join={"seat": 0}, agents=2)
    second = client.connect(fake.address, world=first.world, join={"seat": 5})
    assert first.reset().first() and second.reset().first()
    for step in range(1, 5):
        first.send_step({"order": STOP if step == 3 else 0})
        second.send_step({})
        assert first.receive_step().observation["state"][0] == 30 * step
        assert second.receive_step().observation["state"][0] == 30 * step
    second.close()


def test_steps_that_were_sent_and_not_received_are_dropped_by_reset(connect):
    env = connect()
    env.reset()
    for _ in range(3):
        env.send_step({})
    with pytest.raises(ValueError, match="receive"):
        env.read_property("match.tick")
    assert env.reset().first()
    assert env.step({}).observation["state"][0] == 30
    with pytest.raises(ValueError, match="no step"):
        env.receive_step()


def test_close_destroys_the_world_that_was_made_and_no_other(connect, fake):
    owner = connect()
    guest = client.connect(fake.address, world=owner.world)
    guest.close()
    assert fake.num_worlds == 1
    owner.close()
    assert fake.num_worlds == 0
    owner.close()  # again
    with pytest.raises(ValueError, match="closed"):
        owner.step({})


def test_a_world_reset_by_another_is_a_last_step(connect, fake):
    env = connect()
    env.reset()
    batch = connect(num_matches=2)
    batch.reset()
    resets = [threading.Thread(target=raw_reset, args=(fake.address, one.world))
              for one in (env, batch)]
    for reset in resets:
        reset.start()
    time.sleep(0.1)
    last = env.step({})
    assert last.last() and last.discount == 1.0
    assert batch.step({}).step_type.tolist() == [2, 2]
    for reset in resets:
        reset.join()
    assert env.step({}).first()
    assert batch.step({}).step_type.tolist() == [0, 0]


def raw_reset(address, world):
    raw = Client(address)
    raw.reset_world(world)
    raw.close()


def test_what_the_server_refuses_is_an_exception_that_says_so(fake, connect):
    with pytest.raises(ValueError, match="did you mean 'seed'"):
        connect(sead=1)
    with pytest.raises(ValueError, match="'action_space' is a join setting"):
        connect(action_space="discrete")
    with pytest.raises(ValueError, match="'seed' is a world setting"):
        connect({"seed": 1})
    with pytest.raises(ValueError, match="cannot be sent"):
        connect(seed=object())
    with pytest.raises(client.ServerError, match="chess") as caught:
        connect(task="chess")
    assert caught.value.code == code_pb2.NOT_FOUND
    with pytest.raises(client.ServerError, match="nowhere"):
        client.connect(fake.address, world="nowhere")
    with pytest.raises(ValueError, match="give one"):
        client.connect(fake.address, world="nowhere", create={})
    env = connect()
    with pytest.raises(client.ServerError, match="taken"):
        client.connect(fake.address, world=env.world, join={"seat": 0})
    with pytest.raises(KeyError, match="match.tick"):
        env.read_property("match.tik")


def test_a_failing_match_is_an_error_then_a_last_step(connect, faults):
    env = connect()
    env.reset()
    faults.advance_error = RuntimeError("on fire")
    with pytest.raises(client.ServerError) as caught:
        env.step({})
    assert caught.value.code == code_pb2.INTERNAL
    assert env.step({}).last()
    assert env.step({}).first()


def test_no_server_is_a_connection_error():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ConnectionError, match=address):
        client.connect(address, connect_timeout=0.3)


def test_a_server_that_goes_away_is_a_connection_error(faults):
    server = serve(port=0, tasks={"fake": FakeTask()}, make_backend=FakeBackend)
    env = client.connect(server.address, create={"task": "fake"})
    env.reset()
    server.close()
    with pytest.raises(ConnectionError):
        env.step({})
    env.close()


def test_a_server_that_does_not_answer_is_a_timeout_error(fake, faults):
    env = client.connect(fake.address, create={"task": "fake"}, timeout=0.5)
    env.reset()
    faults.advance_seconds = 3.0
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        env.step({})
    assert 0.5 <= time.monotonic() - started < 2.0
    env.close()


@pytest.mark.parametrize("call", [calls.DirectCall, calls.PublicCall])
def test_both_kinds_of_call_stream(fake, call):
    request = rpc.EnvironmentRequest(leave_world=rpc.LeaveWorldRequest()).SerializeToString()
    with grpc.insecure_channel(fake.address) as channel:
        stream = call(channel, "/dm_env_rpc.v1.Environment/Process", ())
        answer = stream.exchange(request)
        for _ in range(100):
            stream.send(request)
        assert [stream.receive() for _ in range(100)] == [answer] * 100
        stream.cancel()
        with pytest.raises(calls.CallEnded) as caught:
            stream.receive()
        assert caught.value.code == grpc.StatusCode.CANCELLED
        stream.close()


def test_a_grpc_that_has_changed_is_used_in_its_public_way(fake, monkeypatch):
    monkeypatch.setattr(calls, "cygrpc", types.SimpleNamespace())
    env = client.connect(fake.address, create={"task": "fake"})
    assert isinstance(env._stream._call, calls.PublicCall)
    assert env.reset().first() and env.step({}).mid()
    env.close()


def test_a_token_is_sent():
    with serve(port=0, tasks={"fake": FakeTask()}, make_backend=FakeBackend,
               security=Security(token="secret"), limits=Limits()) as server:
        client.connect(server.address, create={"task": "fake"}, token="secret").close()
        with pytest.raises(ConnectionError, match="UNAUTHENTICATED"):
            client.connect(server.address, create={"task": "fake"}, token="wrong")


def test_the_bytes_of_another_server_are_read_too():
    """Where the layout is not ours, protobuf reads it: here with the map in another order."""
    spec = {1: dm_env.specs.Array((2,), np.float32, "a"),
            2: dm_env.specs.Array((), np.uint8, "b")}
    reader = far_end.ObservationReader(spec)
    response = rpc.EnvironmentResponse(step=rpc.StepResponse(
        state=rpc.TERMINATED, observations=packed(
            {2: np.uint8(7), 1: np.array([1.5, 2.5], np.float32)})))
    assert reader.cut(response.SerializeToString()) is None
    state, values = reader.unpack(response.step)
    assert state == rpc.TERMINATED
    assert values["a"].tolist() == [1.5, 2.5] and values["b"] == 7
    assert list(values) == ["a", "b"]
