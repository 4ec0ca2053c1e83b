"""Peers of DotaService that send nonsense, stall, flood and vanish, while others play on."""

import contextlib
import os
import socket
import threading
import time

from dotaservice_client import (
    CONTROLLED,
    DEFAULT,
    DIRE,
    RADIANT,
    Action,
    Client,
    attack_move,
    config,
    picks,
)
from google.protobuf.descriptor import FieldDescriptor
import grpc
import numpy as np
import pytest

from dota_env_rpc.bridges.dotaservice import Games
from dota_env_rpc.protocols import DotaService_pb2 as pb
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.serving import serve

INT_MAX = (1 << 31) - 1
NUMBERS = {
    FieldDescriptor.CPPTYPE_INT32: (0, 1, -1, 2, 5, 31, 32, 48, 255, 256, 300, INT_MAX, -INT_MAX),
    FieldDescriptor.CPPTYPE_UINT32: (0, 1, 255, 2 * INT_MAX),
    FieldDescriptor.CPPTYPE_FLOAT: (
        0.0, -1.5, 7000.0, 1e38, float("inf"), float("-inf"), float("nan")),
    FieldDescriptor.CPPTYPE_BOOL: (False, True),
    FieldDescriptor.CPPTYPE_STRING: ("", "item_tango", "x" * 5000, "\0\n", "\N{SNOWMAN}"),
}
# Nothing; HTTP/2's greeting and half a frame; and no HTTP/2 at all.
SILENCES = (b"", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x12\4", b"GET /")
# What a call may be refused with; anything else would be a fault of the server's.
REFUSALS = {
    grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.FAILED_PRECONDITION}


def fill(random, message):
    """Gives every field of a message some value, of lists a few."""
    for field in message.DESCRIPTOR.fields:
        if field.cpp_type == FieldDescriptor.CPPTYPE_MESSAGE:
            fill(random, getattr(message, field.name))
        elif field.is_repeated if hasattr(field, "is_repeated") else field.label == 3:
            getattr(message, field.name).extend(
                random.choice(NUMBERS[field.cpp_type], size=random.integers(4)).tolist())
        else:
            values = NUMBERS[field.cpp_type]
            setattr(message, field.name, values[random.integers(len(values))])


def nonsense(random):
    """Returns an action of any type, with any part, of which every field has some value."""
    result = Action(actionType=random.choice(Action.Type.values()),
                    player=random.choice((0, 0, 0, 5, -1, INT_MAX)),
                    actionDelay=random.choice((0, 0, 0, 3, -7, INT_MAX)))
    parts = [part.name for part in Action.DESCRIPTOR.oneofs_by_name["ActionData"].fields]
    part = getattr(result, parts[random.integers(len(parts))])
    part.SetInParent()
    fill(random, part)
    return result


@pytest.fixture
def serving():
    """A server whose games are freed soon."""
    games = Games(grace_seconds=0.6, deadline=1.0)
    with serve(port=0, games=games) as server:
        yield server


@pytest.fixture
def player(serving):
    """A client that plays a game of its own; in the end its game must have gone on."""
    client = Client(serving.address)
    client.reset(game_id="player", hero_picks=picks(CONTROLLED, DEFAULT))
    yield lambda: step(client)
    before = time.monotonic()
    tick = step(client)
    assert step(client) == tick + 0.5
    assert time.monotonic() - before < 5.0
    client.close()


def step(client):
    state = client.state()
    client.act(attack_move(0.0, 0.0))
    return state.dota_time


def outcome(call, *arguments, **options):
    """Returns with what a call is refused, None for an answer."""
    try:
        call(*arguments, **options)
    except grpc.RpcError as error:
        return error.code()
    return None


@pytest.mark.parametrize("seed", range(4))
def test_any_action_lets_the_match_go_on(serving, player, caplog, seed):
    random = np.random.default_rng(seed)
    client = Client(serving.address)
    client.reset(game_id="fuzzed")
    for number in range(60):
        player()
        states = client.step(*[nonsense(random) for _ in range(20)])
        assert [state.dota_time for state in states] == [-29.5 + 0.5 * number] * 2
    assert "call failed" not in caplog.text
    client.close()


@pytest.mark.parametrize("seed", range(3))
def test_any_bytes_are_answered_or_refused(serving, player, caplog, seed):
    """Requests with some bytes changed, left out or put in."""
    random = np.random.default_rng(seed)
    client = Client(serving.address)
    client.reset(game_id="fuzzed", hero_picks=picks(CONTROLLED, DEFAULT))
    whole = {
        "reset": config(game_id="fuzzed"), "observe": pb.ObserveConfig(team_id=RADIANT),
        "act": pb.Actions(team_id=RADIANT, actions=CMsgBotWorldState.Actions(
            actions=[attack_move(0.0, 0.0)]))}
    refused = set()
    for _ in range(150):
        player()
        for method, message in whole.items():
            data = bytearray(message.SerializeToString())
            for _ in range(random.integers(1, 6)):
                place = random.integers(len(data) + 1)
                kind = random.integers(3)
                if kind == 0:
                    data[place:place + 1] = random.bytes(1)
                elif kind == 1:
                    del data[place:place + random.integers(1, 9)]
                else:
                    data[place:place] = random.bytes(random.integers(1, 9))
            call = client.channel.unary_unary(f"/DotaService/{method}")
            refused.add(outcome(call, bytes(data), timeout=10.0))
    assert refused <= REFUSALS | {None} and len(refused) > 1
    assert "call failed" not in caplog.text
    client.close()


def test_connections_that_say_nothing_or_half_of_it_hold_up_nobody(serving, player):
    host, _, port = serving.address.rpartition(":")
    with contextlib.ExitStack() as stack:
        for number in range(60):
            silent = stack.enter_context(socket.create_connection((host, int(port)), timeout=10))
            silent.sendall(SILENCES[number % len(SILENCES)])
        before = time.monotonic()
        for _ in range(20):
            player()
        assert time.monotonic() - before < 10.0


def test_calls_without_end_hold_up_nobody(serving, player):
    """A peer that observes three hundred times at once, of a game that does not move."""
    client = Client(serving.address)
    client.reset(game_id="still")
    client.state()
    observe = client.channel.unary_unary("/DotaService/observe")
    asked = pb.ObserveConfig(team_id=RADIANT).SerializeToString()
    calls = [observe.future(asked, timeout=30.0) for _ in range(300)]
    before = time.monotonic()
    for _ in range(10):
        player()
    assert time.monotonic() - before < 10.0
    assert {pb.Observation.FromString(call.result()).status for call in calls} == {
        pb.RESOURCE_EXHAUSTED}
    client.close()


def test_a_peer_that_resets_without_end_takes_no_game_of_others(serving, player):
    client = Client(serving.address)
    for number in range(60):
        client.reset(hero_picks=picks(CONTROLLED, DEFAULT))
        if number % 10 == 0:
            player()
    client.close()


def test_nothing_is_left_of_clients_that_are_gone(serving):
    """In the midst of a match, with calls that wait, and before their first answer."""
    def visit():
        for number in range(15):
            client = Client(serving.address)
            reset = client.channel.unary_unary("/DotaService/reset").future(
                config(game_id=f"lost-{number}").SerializeToString())
            if number % 3:
                reset.result(30.0)
                client.named(f"lost-{number}").state(DIRE)
                client.channel.unary_unary("/DotaService/observe").future(
                    pb.ObserveConfig(team_id=RADIANT).SerializeToString(),
                    metadata=(("game_id", f"lost-{number}"),))
            client.close()
        wait_until(lambda: serving.num_worlds == 0)

    def used():
        return len(os.listdir("/proc/self/fd")), threading.active_count()

    visit()  # what is made once and kept
    before = used()
    for _ in range(3):
        visit()
    wait_until(lambda: used() <= tuple(number + 4 for number in before))


def wait_until(condition, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)
