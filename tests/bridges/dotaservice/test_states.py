"""What a team of a game has not read yet."""

import pytest

from dota_env_rpc.bridges.states import NUM_PLAIN, States
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState


def state(number):
    """Returns the bytes of a state with a wound of as many hit points."""
    message = CMsgBotWorldState(dota_time=number)
    message.damage_events.add(damage=number)
    message.units.add(handle=number)
    return message.SerializeToString()


def taken(states):
    return CMsgBotWorldState.FromString(states.take())


def test_states_are_read_in_order_however_many_wait():
    states = States()
    count = 3 * NUM_PLAIN
    for number in range(count):
        states.put(state(number))
    assert [states.take() for _ in range(count)] == [state(number) for number in range(count)]
    assert not states


def test_what_happened_in_states_that_were_not_kept_is_told_with_the_next():
    states = States(max_waiting=3)
    for number in range(10):
        states.put(state(number))
    assert (len(states), states.num_dropped) == (3, 7)
    first = taken(states)
    assert first.dota_time == 7
    assert [event.damage for event in first.damage_events] == list(range(8))
    assert [unit.handle for unit in first.units] == [7]
    assert [event.damage for event in taken(states).damage_events] == [8]


def test_states_that_wait_long_take_little_room():
    states = States()
    message = CMsgBotWorldState(units=[
        CMsgBotWorldState.Unit(handle=number, name="npc_dota_creep") for number in range(200)])
    for _ in range(50):
        states.put(message.SerializeToString())
    kept = sum(len(data) for _, data in states._waiting)
    assert kept < 0.3 * 50 * message.ByteSize()


def test_nothing_can_be_read_of_no_states():
    with pytest.raises(IndexError):
        States().take()
