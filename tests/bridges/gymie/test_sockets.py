"""Gymie's sockets: paths, limits, and peers that misbehave."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

from gymie_peer import TEXT, Closed, Peer, Toy, eventually
import numpy as np
import pytest

from dota_env_rpc.bridges import gymie

CARTPOLE = "CartPole-v1"


def test_other_paths_say_that_it_runs(connect):
    for path in ("/", "/gym/", "/gymnasium", "/gym/x", "/GYM"):
        peer = connect(path=path, upgrade=False)
        assert (peer.status, peer.body) == (200, "Gymie is running...")
    assert connect(path="/other").body == "Gymie is running..."  # asks for a websocket


def test_other_methods_and_bodies_are_answered_too(server):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    connection.request("POST", "/anything", body=b"x" * 1000)
    assert connection.getresponse().read() == b"Gymie is running..."
    connection.close()


def test_the_path_without_a_websocket_is_a_bad_request(connect):
    assert connect(upgrade=False).status == 400


def test_a_query_does_not_change_the_path(connect):
    assert len(connect(path="/gym?client=1").make(CARTPOLE)) == 32


def test_instances_belong_to_their_socket(connect):
    first, second = connect(), connect()
    instance = first.make(CARTPOLE)
    assert second.refused_call("reset", instance_id=instance) == (
        1007, f"Instance `{instance}` not found")
    first.call("reset", instance_id=instance)


@pytest.mark.parametrize("end", ["closes", "vanishes", "errs"])
def test_instances_are_closed_with_their_socket(connect, toy, end):
    toy()
    peer = connect()
    for _ in range(3):
        peer.make("Toy-v0")
    if end == "closes":
        peer.send(b"\x03\xe8", kind=8)
    elif end == "vanishes":
        peer.close()
    else:
        peer.refused("nonsense")
    eventually(lambda: Toy.closed == 3)


def test_a_server_that_ends_closes_instances_and_says_so(limits, toy):
    toy()
    with gymie.serve(port=0, limits=limits) as server:
        peer = Peer(server)
        peer.make("Toy-v0")
    with pytest.raises(Closed) as closed:
        peer.receive()
    assert closed.value.code == 1001
    eventually(lambda: Toy.closed == 1)


def test_an_environment_that_cannot_be_closed_hurts_no_other(connect, toy):
    def fail():
        raise RuntimeError("jammed")
    toy(close=fail)
    peer = connect()
    peer.make("Toy-v0")
    toy()
    peer.make("Toy-v0")
    peer.close()
    eventually(lambda: Toy.closed == 1)


@pytest.mark.parametrize("limits", [gymie.Limits(instances=2)])
def test_instances_are_limited(peer):
    for _ in range(2):
        peer.make(CARTPOLE)
    assert peer.refused_call("make", env_id=CARTPOLE) == (
        1007, "Unknown error: no more than 2 instances at once; close one")


@pytest.mark.parametrize("limits", [gymie.Limits(instances=2)])
def test_closed_instances_do_not_count(peer):
    for _ in range(4):
        peer.call("close", instance_id=peer.make(CARTPOLE))


@pytest.mark.parametrize("limits", [gymie.Limits(message_bytes=1000)])
def test_messages_are_limited(peer):
    assert peer.refused("x" * 1001)[0] == 1009


@pytest.mark.parametrize("limits", [gymie.Limits(message_bytes=1000)])
def test_fragments_are_limited_together(peer):
    for kind in (TEXT, 0, 0):
        peer.send("x" * 400, kind, final=False)
    with pytest.raises(Closed) as closed:
        peer.receive()
    assert closed.value.code == 1009


@pytest.mark.parametrize("limits", [gymie.Limits(sockets=3)])
def test_sockets_are_limited(connect):
    peers = [connect() for _ in range(3)]
    assert connect().status == 503
    peers[0].close()
    eventually(lambda: connect().status == 101)


@pytest.mark.parametrize("limits", [gymie.Limits(call_seconds=2.0)])
def test_a_call_that_takes_too_long_is_given_up(connect, toy):
    release = threading.Event()
    toy(act=lambda _: release.wait(10.0))
    peer = connect()
    instance = peer.make("Toy-v0")
    started = time.monotonic()
    assert peer.refused_call("step", instance_id=instance, action=0) == (
        1007, "Unknown error: not done within 2 s")
    assert time.monotonic() - started < 8.0
    assert Toy.closed == 0
    release.set()
    eventually(lambda: Toy.closed == 1)


@pytest.mark.parametrize("limits", [gymie.Limits(idle_seconds=0.5)])
def test_a_silent_socket_is_closed(connect):
    peer = connect()
    with pytest.raises(Closed) as closed:
        peer.receive()
    assert (closed.value.code, closed.value.reason) == (1008, "no message for 0.5 s")


PING = 9


@pytest.mark.parametrize("limits", [gymie.Limits(idle_seconds=1.0)])
@pytest.mark.parametrize("sent", [
    b"\x81", b"\x81\xff\0\0\0\0\0\0\xff\xff\0\0\0\0{", b"\x01\x81\0\0\0\0{"])
def test_a_message_that_never_ends_closes_its_socket(connect, sent):
    """Half a frame, a frame that is announced, and a first fragment."""
    peer = connect()
    peer.socket.sendall(sent)
    started = time.monotonic()
    with pytest.raises(Closed) as closed:
        peer.receive()
    assert closed.value.code == 1008
    assert 0.9 < time.monotonic() - started < 8.0


@pytest.mark.parametrize("limits", [gymie.Limits(idle_seconds=1.0)])
@pytest.mark.parametrize("reads", [True, False])
def test_pings_are_no_messages(connect, toy, reads):
    """Also those of a peer that never reads what comes back."""
    toy()
    peer = connect()
    peer.make("Toy-v0")
    started = time.monotonic()
    peer.socket.settimeout(0.1)
    with contextlib.suppress(ConnectionError):
        while not Toy.closed and time.monotonic() - started < 20.0:
            with contextlib.suppress(TimeoutError):
                peer.send(b"x" * (0 if reads else 125), PING)
                if reads:
                    peer.socket.recv(4096)
                    time.sleep(0.1)
    eventually(lambda: Toy.closed == 1, seconds=10.0)
    assert time.monotonic() - started < 15.0


@pytest.mark.parametrize("limits", [gymie.Limits(handshake_seconds=0.5)])
@pytest.mark.parametrize("sent", [b"", b"GET /gym HT", b"GET / HTTP/1.1\r\nA: b\r\n"])
def test_a_connection_that_asks_for_nothing_is_closed(server, sent):
    with socket.create_connection((server.host, server.port), timeout=10) as silent:
        silent.sendall(sent)
        started = time.monotonic()
        with contextlib.suppress(ConnectionResetError):
            assert silent.recv(1000) == b""
        assert time.monotonic() - started < 8.0


@pytest.mark.parametrize("limits", [gymie.Limits(reply_seconds=0.5)])
def test_who_does_not_read_is_held_back_then_cut_off(connect, toy):
    steps = []
    toy(told=np.zeros(100_000), act=steps.append)
    peer = connect()
    instance = peer.make("Toy-v0")
    message = json.dumps({"method": "step", "params": {"instance_id": instance, "action": 0}})
    with contextlib.suppress(ConnectionError, TimeoutError):
        for _ in range(200):  # 80 MB of replies
            peer.send(message)
    eventually(lambda: Toy.closed == 1)
    # What the two ends' buffers hold was played, and not all that was asked.
    assert 0 < len(steps) < 100


def test_a_busy_socket_does_not_hold_others_up(connect, toy):
    release = threading.Event()
    toy(act=lambda _: release.wait(10.0))
    busy = connect()
    instance = busy.make("Toy-v0")
    busy.send(json.dumps({"method": "step", "params": {"instance_id": instance, "action": 0}}))
    started = time.monotonic()
    other = connect()
    other_instance = other.make("Toy-v0")
    other.call("reset", instance_id=other_instance)
    assert time.monotonic() - started < 8.0
    release.set()
    assert json.loads(busy.receive())[2] is False


def test_nothing_is_left_of_peers_that_are_gone(server, connect, toy):
    toy()

    def used():
        return len(os.listdir("/proc/self/fd")), threading.active_count()
    before = used()
    for _ in range(20):
        peer = connect()
        peer.call("reset", instance_id=peer.make("Toy-v0"))
        peer.close()
    eventually(lambda: used() <= before)
    assert Toy.closed == 20


def test_nonsense_hurts_nobody(server, connect):
    """Random bytes, frames and messages, from many peers, while another one plays."""
    random = np.random.default_rng(1)
    player = connect()
    instance = player.make(CARTPOLE, seed=1)
    call = {"method": "step", "params": {"instance_id": instance, "action": 1}}
    for number in range(150):
        kind = number % 3
        with contextlib.suppress(OSError):
            if kind == 0:
                with socket.create_connection((server.host, server.port), timeout=5) as raw:
                    raw.sendall(random.bytes(int(random.integers(1, 2000))))
                continue
            peer = connect()
            if kind == 1:
                peer.socket.sendall(random.bytes(int(random.integers(1, 2000))))
            else:
                text = list(json.dumps(call))
                for _ in range(int(random.integers(1, 10))):
                    text[random.integers(len(text))] = chr(random.integers(32, 300))
                peer.send("".join(text))
            if number % 2:
                peer.close()
        if number % 10 == 0:
            player.call("reset", instance_id=instance)
            assert player.call("step", instance_id=instance, action=1)[2] is False


def test_the_command_serves_until_it_is_told_to_end():
    process = subprocess.Popen(
        [sys.executable, "-m", "dota_env_rpc.bridges.gymie", "-l", "127.0.0.1", "-p", "0"],
        stdout=subprocess.PIPE, text=True)
    address = re.fullmatch(r"Serving on ws://127\.0\.0\.1:(\d+)/gym\n", process.stdout.readline())
    connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().read() == b"Gymie is running..."
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_an_address_that_is_taken_is_told(server):
    result = subprocess.run(
        [sys.executable, "-m", "dota_env_rpc.bridges.gymie", "--host", server.host,
         "--port", str(server.port)], capture_output=True, text=True)
    assert result.returncode == 1
    assert f"gymie: cannot listen on {server.host}:{server.port}" in result.stderr


def test_start_serves_where_it_is_told(server):
    """In a thread, as programs do that go on with something else."""
    free = server.port
    server.close()
    threading.Thread(target=gymie.start, args=("127.0.0.1", free), daemon=True).start()

    def answers():
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", free, timeout=10)
            connection.request("GET", "/")
            return connection.getresponse().read() == b"Gymie is running..."
    eventually(answers)


@pytest.mark.parametrize("missing, package", [
    ("aiohttp", "aiohttp"), ("gymnasium", "Gymnasium")])
def test_a_missing_package_is_told_with_the_extra_that_brings_it(missing, package):
    code = f"import sys; sys.modules['{missing}'] = None; import dota_env_rpc.bridges.gymie"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert f"needs {package}: pip install 'dota_env_rpc[bridges]'" in result.stderr
