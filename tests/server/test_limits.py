"""A server that is asked for too much, or by clients that misbehave, stays well."""

import concurrent.futures
import itertools
import pathlib
import subprocess
import sys
import threading
import time

from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import error, tensor_utils
from google.rpc import code_pb2
import grpc
import pytest
from raw_client import packed, step_request

from dota_env_rpc.server.server import Limits, serve
from dota_env_rpc.server.tensors import MAX_SETTING_ELEMENTS
from dota_env_rpc.testing.fake_match import FakeBackend, FakeTask

UNLIMITED = [("grpc.max_receive_message_length", -1)]
PROCESS = "/dm_env_rpc.v1.Environment/Process"


@pytest.fixture
def limits():
    return Limits(max_worlds=3, max_streams=4, max_message_bytes=100_000,
                  world_grace_seconds=0.4, match_timeout=0.5)


def refusal(call, *arguments, **settings):
    """Returns the code and message of a refused request."""
    with pytest.raises(error.DmEnvRpcError) as caught:
        call(*arguments, **settings)
    return caught.value.code, caught.value.message


def wait_until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.02)


# What is refused, and how.


@pytest.mark.parametrize("settings, code, offender", [
    ({"task": "chess"}, code_pb2.NOT_FOUND, "chess"),
    ({"task": "fake", "sead": 1}, code_pb2.INVALID_ARGUMENT, "did you mean 'seed'"),
    ({"task": "fake", "seed": float("nan")}, code_pb2.INVALID_ARGUMENT, "seed"),
    ({"task": "fake", "seed": float("inf")}, code_pb2.INVALID_ARGUMENT, "seed"),
    ({"task": "fake", "seed": [[1, 2], [3, 4]]}, code_pb2.INVALID_ARGUMENT, "seed"),
    ({"task": "fake", "seed": "1"}, code_pb2.INVALID_ARGUMENT, "seed"),
    ({"task": "fake", "agents": 0}, code_pb2.INVALID_ARGUMENT, "from 1 to 10"),
    ({"task": "fake", "max_seconds": 7100, "kills_to_win": 95}, code_pb2.INVALID_ARGUMENT, "end"),
    ({"task": 3}, code_pb2.INVALID_ARGUMENT, "task"),
    ({"task": ["fake", "fake"]}, code_pb2.INVALID_ARGUMENT, "task"),
])
def test_a_wrong_world_setting_is_named(client, settings, code, offender):
    refused, message = refusal(client.create, **settings)
    assert refused == code and offender in message


@pytest.mark.parametrize("settings, code, offender", [
    ({"seat": 3}, code_pb2.INVALID_ARGUMENT, "3"),
    ({"seats": [0, 1]}, code_pb2.INVALID_ARGUMENT, "1"),
    ({"hero": "npc_dota_hero_ling"}, code_pb2.INVALID_ARGUMENT, "npc_dota_hero_lina"),
    ({"observations": "rbg"}, code_pb2.INVALID_ARGUMENT, "rbg"),
    ({"seat": float("nan")}, code_pb2.INVALID_ARGUMENT, "seat"),
])
def test_a_wrong_join_setting_is_named(client, settings, code, offender):
    refused, message = refusal(client.join, client.create(task="fake"), **settings)
    assert refused == code and offender in message


def test_what_the_protocol_does_not_allow_is_refused(client, connect):
    assert refusal(client.step)[0] == code_pb2.FAILED_PRECONDITION
    assert refusal(client.reset)[0] == code_pb2.FAILED_PRECONDITION
    assert refusal(client.join, "nowhere")[0] == code_pb2.NOT_FOUND
    assert refusal(client.destroy, "nowhere")[0] == code_pb2.NOT_FOUND
    assert refusal(client.reset_world, "nowhere")[0] == code_pb2.NOT_FOUND
    world = client.create(task="fake")
    client.join(world, seat=0)
    assert refusal(client.join, world)[0] == code_pb2.FAILED_PRECONDITION
    assert refusal(client.destroy, world)[0] == code_pb2.FAILED_PRECONDITION
    other = connect()
    assert refusal(other.join, world, seat=0)[0] == code_pb2.ALREADY_EXISTS
    assert refusal(other.destroy, world)[0] == code_pb2.FAILED_PRECONDITION
    client.leave()
    assert refusal(client.step)[0] == code_pb2.FAILED_PRECONDITION
    other.destroy(world)
    assert refusal(client.join, world)[0] == code_pb2.NOT_FOUND


def test_an_unknown_extension_is_refused(client):
    request = rpc.EnvironmentRequest()
    request.extension.Pack(rpc.TensorSpec())
    assert refusal(client.send, request.extension)[0] == code_pb2.UNIMPLEMENTED


def test_a_request_that_is_no_request_is_refused_and_the_stream_lives_on(server):
    def requests():
        yield b"\xff\xff\xff"
        yield b""
        yield rpc.EnvironmentRequest(leave_world=rpc.LeaveWorldRequest()).SerializeToString()

    with grpc.insecure_channel(server.address) as channel:
        answers = list(map(rpc.EnvironmentResponse.FromString,
                           channel.stream_stream(PROCESS)(requests())))
    assert [answer.WhichOneof("payload") for answer in answers] == [
        "error", "error", "leave_world"]
    assert all(answer.error.code == code_pb2.INVALID_ARGUMENT for answer in answers[:2])


def test_a_setting_that_would_expand_is_refused(client):
    bomb = tensor_utils.pack_tensor(1.0)
    bomb.shape[:] = [1_000_000, 1_000_000]
    request = rpc.CreateWorldRequest(settings={**packed({"task": "fake"}), "seed": bomb})
    code, message = refusal(client.send, request)
    assert code == code_pb2.INVALID_ARGUMENT and str(MAX_SETTING_ELEMENTS) in message


def test_an_action_that_would_expand_is_refused_and_nothing_moves(client):
    client.join(client.create(task="fake"))
    client.step()
    request = step_request(position=[1.0, 1.0])
    request.actions[2].floats.array[:] = [1.0]
    request.actions[2].shape[:] = [1_000_000, 1_000_000]
    assert refusal(client.send, request)[0] == code_pb2.INVALID_ARGUMENT
    assert client.step([2]).observations[2].floats.array[0] == 30


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 101.0, -1e30])
def test_a_number_out_of_bounds_is_refused_and_nothing_moves(client, value):
    client.join(client.create(task="fake"))
    client.step()
    code, message = refusal(client.step, position=[0.0, value])
    assert code == code_pb2.INVALID_ARGUMENT and "position" in message and "100" in message
    assert client.step([2]).observations[2].floats.array[0] == 30


# Too much of everything.


def test_too_many_worlds_are_refused_until_one_is_destroyed(client):
    worlds = [client.create(task="fake") for _ in range(3)]
    assert refusal(client.create, task="fake")[0] == code_pb2.RESOURCE_EXHAUSTED
    client.destroy(worlds[0])
    client.create(task="fake")


def test_a_world_that_cannot_be_made_takes_no_place(client):
    for _ in range(5):
        refusal(client.create, task="fake", max_seconds=7100, kills_to_win=95)
    client.create(task="fake")


def test_too_many_streams_are_refused_until_one_ends(connect):
    clients = [connect() for _ in range(4)]
    for client in clients:
        client.leave()
    with pytest.raises(grpc.RpcError) as caught:
        connect().leave()
    assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    clients[0].close()

    def can_connect():
        try:
            connect().leave()
        except grpc.RpcError:
            return False
        return True
    wait_until(can_connect)


def test_a_message_that_is_too_large_is_refused(client):
    with pytest.raises(grpc.RpcError) as caught:
        client.create(task="f" * 200_000)
    assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


def resident_megabytes():
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def test_thousands_of_unread_requests_are_answered_in_order_in_flat_memory():
    """gRPC's flow control holds the server back while the client does not read."""
    count = 3_000
    settings = packed({"task": "fake", "max_seconds": 7000.0, "ticks_per_step": 1})
    request = rpc.EnvironmentRequest(step=step_request([2, 5])).SerializeToString()
    named = threading.Event()
    backends = []

    def make_backend(*arguments):
        backends.append(FakeBackend(*arguments))
        return backends[-1]

    def requests():
        yield rpc.EnvironmentRequest(
            create_world=rpc.CreateWorldRequest(settings=settings)).SerializeToString()
        named.wait()
        yield rpc.EnvironmentRequest(
            join_world=rpc.JoinWorldRequest(
                world_name=world, settings=packed({"observations": "picture"}))
        ).SerializeToString()
        yield from itertools.repeat(request, count)

    with (serve(port=0, tasks={"fake": FakeTask()}, make_backend=make_backend) as server,
          grpc.insecure_channel(server.address, UNLIMITED) as channel):
        answers = channel.stream_stream(PROCESS)(requests())
        world = rpc.EnvironmentResponse.FromString(next(answers)).create_world.world_name
        named.set()
        next(answers)
        before, played = resident_megabytes(), -1
        while played != (played := int(backends[0].tables[0].tick)):
            time.sleep(0.5)
        assert played < count  # held back
        assert resident_megabytes() - before < 25
        ticks = []
        for answer in answers:
            step = rpc.EnvironmentResponse.FromString(answer).step
            ticks.append(step.observations[2].floats.array[0])
        assert resident_megabytes() - before < 25
    assert ticks == list(range(count))


# Clients that come and go.


def test_a_world_that_nobody_is_joined_to_is_freed_after_its_grace_time(connect):
    client, other = connect(), connect()
    kept, lost = client.create(task="fake"), other.create(task="fake")
    client.join(kept)
    other.close()
    time.sleep(0.1)
    assert client.step().state == rpc.RUNNING
    wait_until(lambda: _is_gone(client, lost))
    assert client.step().state == rpc.RUNNING


def _is_gone(client, world):
    try:
        client.reset_world(world)
    except error.DmEnvRpcError as refused:
        return refused.code == code_pb2.NOT_FOUND
    return False


def test_waiting_for_a_match_that_others_play_on_has_a_deadline(connect):
    first, second = connect(), connect()
    world = first.create(task="fake", max_seconds=7000)
    first.join(world, seat=0)
    second.join(world, seat=5)
    playing = threading.Event()

    def play():
        while not playing.is_set():
            second.step()

    first.step()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        done = pool.submit(play)
        first.step()
        first.reset()
        started = time.monotonic()
        code, message = refusal(first.step)
        assert code == code_pb2.DEADLINE_EXCEEDED and world in message
        assert 0.5 <= time.monotonic() - started < 2.0
        playing.set()
        done.result(5)


def test_many_clients_that_vanish_at_any_moment_leave_nothing_behind(server, connect):
    """Half of them while they wait for a partner that never comes."""
    for number in range(12):
        client = connect()
        world = client.create(task="fake", agents=1 + number % 2)
        client.join(world)
        if number % 3:
            with concurrent.futures.ThreadPoolExecutor() as pool:
                pool.submit(client.step)
                time.sleep(0.02)
                client.close()
        client.close()
        wait_until(lambda: server.num_worlds < 3 and server.num_streams < 4)
    wait_until(lambda: server.num_worlds == 0 and server.num_streams == 0)


_LEAVES_OPEN = """
import sys
import grpc
sys.path.insert(0, {tests!r})
from raw_client import Client
from dota_env_rpc.server.server import serve
from dota_env_rpc.testing.fake_match import FakeBackend, FakeTask
server = serve(port=0, tasks={{"fake": FakeTask()}}, make_backend=FakeBackend)
client = Client(server.address)
client.join(client.create(task="fake", agents=2, step_timeout=600.0))
waiting = client.connection._stream
waiting.write(__import__("dm_env_rpc.v1.dm_env_rpc_pb2", fromlist=["x"]).EnvironmentRequest(
    step=dict(requested_observations=[1])))
print("left open")
"""


def test_the_interpreter_exits_clean_with_connections_left_open():
    tests = str(pathlib.Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", _LEAVES_OPEN.format(tests=tests)],
                          capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "left open\n")
    assert "Traceback" not in done.stderr
