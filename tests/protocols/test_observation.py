"""The extra observation `world_state`, in this process and over the wire."""

import contextlib

from dm_env import specs
from dm_env_rpc.v1 import connection as dm_env_rpc_connection
from dm_env_rpc.v1 import dm_env_adaptor
from google.protobuf import any_pb2
import grpc
import numpy as np
import pytest

import dota_env_rpc
from dota_env_rpc.match.enums import EventKind
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.testing.board import Board

SHORT = {"seed": 3, "start_seconds": 0.0, "max_seconds": 2.0}
STEPS = 15
EXTRA = {"observations": ("world_state",)}


@pytest.fixture(scope="module")
def server():
    with dota_env_rpc.serve(port=0) as started:
        yield started


def messages_of_a_match(environment):
    """Plays a match to its end; returns the observation of each step."""
    found = [environment.reset().observation["world_state"]]
    for _ in range(STEPS):
        found.append(environment.step({}).observation["world_state"])
    return found


@pytest.fixture(scope="module", name="expected")
def _expected():
    """The messages of a match in this process."""
    environment = dota_env_rpc.make("mid_1v1", **SHORT, **EXTRA)
    return [array.item() for array in messages_of_a_match(environment)]


def test_it_is_there_only_when_it_is_asked_for():
    environment = dota_env_rpc.make("mid_1v1", **SHORT)
    assert "world_state" not in environment.observation_spec()
    assert "world_state" not in environment.reset().observation


def test_make_shows_an_array_with_the_message():
    environment = dota_env_rpc.make("mid_1v1", **SHORT, **EXTRA)
    spec = environment.observation_spec()["world_state"]
    assert spec == specs.Array((), object, "world_state")
    value = environment.reset().observation["world_state"]
    spec.validate(value)
    message = value.item()
    assert isinstance(message, CMsgBotWorldState)
    table = environment.tables[0]
    hero = next(unit for unit in message.units if unit.handle == table.players[0].hero)
    assert hero.reliable_gold + hero.unreliable_gold == table.players[0].net_worth


def test_each_step_has_a_message_of_its_own(expected):
    times = [message.dota_time for message in expected]
    assert times == pytest.approx([4 * step / 30 for step in range(STEPS + 1)])


def test_each_row_of_a_batch_has_its_seats_message():
    batch = dota_env_rpc.make_batch("mid_1v1", 2, seats=(0, 5), **SHORT, **EXTRA)
    value = batch.reset().observation["world_state"]
    batch.observation_spec()["world_state"].validate(value)
    assert [message.team_id for message in value] == [2, 3, 2, 3]


def test_connect_shows_what_make_shows(server, expected):
    environment = dota_env_rpc.connect(server.address, create=SHORT, join=EXTRA)
    with contextlib.closing(environment):
        spec = environment.observation_spec()["world_state"]
        assert spec == specs.Array((), object, "world_state")
        arrays = messages_of_a_match(environment)
    for array in arrays:
        spec.validate(array)
    assert [array.item() for array in arrays] == expected


def test_connect_shows_the_rows_of_a_batch(server):
    with contextlib.closing(dota_env_rpc.connect(
            server.address, create={**SHORT, "num_matches": 2}, join=EXTRA)) as environment:
        value = environment.reset().observation["world_state"]
    assert value.shape == (2,)
    assert all(isinstance(message, CMsgBotWorldState) for message in value)


def test_a_stock_client_gets_the_message_packed(server, expected):
    with grpc.insecure_channel(server.address) as channel:
        environment, _ = dm_env_adaptor.create_and_join_world(
            dm_env_rpc_connection.Connection(channel), SHORT, {"observations": "world_state"})
        with contextlib.closing(environment):
            spec = environment.observation_spec()["world_state"]
            assert (spec.shape, spec.dtype) == ((), np.dtype(object))
            packed = messages_of_a_match(environment)
    for one, message in zip(packed, expected, strict=True):
        spec.validate(one)
        assert isinstance(one, any_pb2.Any)
        unpacked = CMsgBotWorldState()
        assert one.Unpack(unpacked)
        assert unpacked == message


@pytest.mark.parametrize("tick, wounds", [(8, [5, 8]), (6, [5, 6])])
def test_the_wounds_of_the_last_step_are_told(tick, wounds):
    """Steps of four ticks, of which a match's end may cut the last short."""
    board = Board()
    hero = board.hero(0)
    seat = board.seat(0, **EXTRA)
    for when in (4, *wounds):
        board.event(EventKind.DAMAGE, subject=hero.handle, value=float(when), tick=when)
    board.match.tick = tick
    seat.observe()
    message = seat.buffers["world_state"].item()
    assert [event.damage for event in message.damage_events] == wounds
