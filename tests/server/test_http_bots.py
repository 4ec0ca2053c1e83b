"""HTTP bots in the worlds of a server: whom it may be made to call, and what a bad one can do."""

import contextlib
import copy
import pickle
import threading
import time

from dm_env_rpc.v1 import error as dm_env_rpc_error
from dm_env_rpc.v1.extensions.properties import PropertiesExtension
from google.rpc import code_pb2
import grpc
import pytest
from raw_client import Client

import dota_env_rpc
from dota_env_rpc.replay import Replay
from dota_env_rpc.server.server import Security, serve
from dota_env_rpc.testing.framework_peer import Bot, FrameworkPeer

SHORT = {"seed": 3, "start_seconds": 0.0, "max_seconds": 4.0}
FAR = "http://bots.example.org:8080/api"


@pytest.fixture(scope="module")
def server():
    with serve(port=0) as started:
        yield started


@pytest.fixture
def client(server):
    with contextlib.closing(Client(server.address)) as client:
        yield client


@pytest.fixture
def peer():
    with FrameworkPeer(Bot(
            update=lambda world: {"command": "MOVE", "x": 0, "y": 0},
            level_up=lambda: {"abilityIndex": 0})) as peer:
        yield peer
        assert peer.refused == []


def is_soon(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def refusal(send):
    with pytest.raises(dm_env_rpc_error.DmEnvRpcError) as refused:
        send()
    return refused.value.code, refused.value.message


def play(environment):
    timestep = environment.reset()
    steps = 0
    while not timestep.last():
        timestep = environment.step({})
        steps += 1
    return steps


def test_an_http_bot_plays_against_a_client(server, peer):
    """As it does in the process: the same questions, the same answers, the same match."""
    create = {**SHORT, "bots": ("laner", peer.url)}
    with contextlib.closing(dota_env_rpc.connect(server.address, create=create)) as environment:
        assert play(environment) == 30
        digest = environment.read_property("match.digest")
        heroes = environment.read_property("world.heroes")
        failures = environment.read_property("world.bot_failures")
    assert heroes[5] == "npc_dota_hero_lina" and not failures.any()
    asked = list(peer.asked)
    peer.asked.clear()
    alone = dota_env_rpc.make("mid_1v1", **create)
    play(alone)
    assert alone.digest() == digest
    assert peer.asked == asked
    alone.close()


@pytest.mark.parametrize("url", [
    FAR, "http://10.0.0.1/", "http://0.0.0.0:80/", "http://2130706433/", "http://[::ffff:8.8.8.8]/",
    "http://127.0.0.1.example.org/"])
def test_other_machines_are_not_called(client, url):
    code, message = refusal(lambda: client.create(bots=["laner", url]))
    assert code == code_pb2.PERMISSION_DENIED
    assert "this server calls no bots at" in message


def test_a_world_cannot_be_changed_to_call_other_machines(client):
    world = client.create(**SHORT)
    client.join(world)
    code, _ = refusal(lambda: client.reset_world(world, bots=["laner", FAR]))
    assert code == code_pb2.PERMISSION_DENIED
    client.step()


@pytest.mark.parametrize("hosts, allowed", [
    (("bots.example.org",), True), (("*",), True), (("example.org",), False)])
def test_hosts_that_are_named_are_called(hosts, allowed):
    security = Security(bot_hosts=hosts)
    with serve(port=0, security=security) as server, contextlib.closing(
            Client(server.address)) as client:
        create = {**SHORT, "bots": ["laner", FAR], "bot_timeout": 0.01}
        if allowed:
            assert client.create(**create)
        else:
            assert refusal(lambda: client.create(**create))[0] == code_pb2.PERMISSION_DENIED


@pytest.mark.parametrize("bots, why", [
    (["laner", "http://user@127.0.0.1/"], "is no URL of a bot"),
    (["laner", "http://127.0.0.1:99999/"], "is no URL of a bot"),
    (["laner", "https://127.0.0.1/"], "or beginning with 'http://'"),
    (["laner", "lane"], "did you mean")])
def test_what_is_no_bot_is_refused(client, bots, why):
    code, message = refusal(lambda: client.create(bots=bots))
    assert code == code_pb2.INVALID_ARGUMENT and why in message


def test_batches_have_no_http_bots(client, peer):
    code, message = refusal(lambda: client.create(bots=["laner", peer.url], num_matches=2))
    assert code == code_pb2.INVALID_ARGUMENT
    assert "one match at a time, but 'num_matches' is 2" in message
    with pytest.raises(ValueError, match="one match at a time"):
        dota_env_rpc.make_batch("mid_1v1", 2, bots=("laner", peer.url))
    assert peer.asked == []


@pytest.mark.parametrize("copied, said", [
    (lambda environment: environment.branch(), "cannot be branched"),
    (copy.copy, "cannot be copied"), (copy.deepcopy, "cannot be copied"),
    (pickle.dumps, "cannot be copied")])
def test_a_match_with_an_http_bot_is_not_copied(peer, copied, said):
    environment = dota_env_rpc.make("mid_1v1", bots=("laner", peer.url), **SHORT)
    environment.reset()
    asked = len(peer.asked)
    with pytest.raises(ValueError, match=f"{said}: there is only one bot"):
        copied(environment)
    assert len(peer.asked) == asked
    environment.step({})  # and goes on
    environment.close()


def test_a_client_takes_an_http_bots_seat_and_leaves_it(server, client, peer):
    world = client.create(**SHORT, bots=["laner", peer.url])
    client.join(world, seat=5)
    for _ in range(3):
        client.step()
    # The world was made before anybody said who would sit there.
    assert set(peer.paths()) == {"reset", "select"}
    heroes = PropertiesExtension(client.connection)["world.heroes"]
    assert heroes[5] == "npc_dota_hero_nevermore"
    client.leave()
    client.join(world, seat=0)
    client.step()
    client.step()
    assert "update" in peer.paths() or "levelup" in peer.paths()


def test_a_servers_replay_plays_without_the_bot(server):
    with FrameworkPeer(Bot(
            update=lambda world: {"command": "MOVE", "x": 0, "y": 0},
            level_up=lambda: {"abilityIndex": 0})) as peer:
        create = {**SHORT, "bots": ("laner", peer.url), "record": True}
        with contextlib.closing(
                dota_env_rpc.connect(server.address, create=create)) as environment:
            play(environment)
            digest = environment.read_property("match.digest")
            replay = environment.read_property("match.replay").tobytes()
        asked = len(peer.asked)
    assert Replay.from_bytes(replay).play().digest() == digest
    assert len(peer.asked) == asked


def test_a_stalled_bot_is_told_and_its_match_goes_on(server):
    with FrameworkPeer() as stalled:
        create = {**SHORT, "bots": ("laner", stalled.url), "bot_timeout": 0.05}
        with contextlib.closing(
                dota_env_rpc.connect(server.address, create=create)) as environment:
            stalled.bot.answer = stall
            assert play(environment) == 30
            failures = environment.read_property("world.bot_failures")
    assert failures[5] >= 3 and failures.sum() == failures[5]


def stall(status, body):
    time.sleep(1.0)
    return status, body


def step_until_closed(client):
    with contextlib.suppress(grpc.RpcError):
        client.step()


def test_a_stalled_bot_does_not_hurt_another_match(server):
    """Neither its steps nor how soon it notices that a client has gone."""
    released = threading.Event()

    def wait(status, body):
        released.wait(60.0)
        return status, body

    with FrameworkPeer() as stalled, contextlib.ExitStack() as stack:
        stack.callback(released.set)
        suffering = Client(server.address)
        suffering.join(suffering.create(**SHORT, bots=["laner", stalled.url], bot_timeout=60.0))
        suffering.step()
        stalled.bot.answer = wait
        threading.Thread(target=step_until_closed, args=(suffering,)).start()
        assert is_soon(lambda: "levelup" in stalled.paths())
        suffering.close()  # and now its seat waits until the world can take it back
        two = [stack.enter_context(contextlib.closing(Client(server.address))) for _ in range(2)]
        world = two[0].create(**SHORT, agents=2, step_timeout=60.0)
        for client in two:
            client.join(world)
        begun = time.monotonic()
        threads = [threading.Thread(target=client.step) for client in two]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        two[1].close()
        for _ in range(5):
            two[0].step()
        assert time.monotonic() - begun < 5.0


def test_worlds_that_are_gone_leave_no_connection_open(client, peer):
    world = client.create(**SHORT, bots=["laner", peer.url])
    client.join(world)
    for _ in range(3):
        client.step()
    assert peer.num_connections == 1
    client.leave()
    client.destroy(world)
    assert is_soon(lambda: peer.num_connections == 0)


def test_a_server_that_closes_leaves_no_connection_open(peer):
    with serve(port=0) as server, contextlib.closing(Client(server.address)) as client:
        client.join(client.create(**SHORT, bots=["laner", peer.url]))
        client.step()
        client.step()
        assert peer.num_connections == 1
    assert is_soon(lambda: peer.num_connections == 0)
