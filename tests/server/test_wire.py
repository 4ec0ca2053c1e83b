"""Ready-made bytes say exactly what ordinary packing says."""

import dm_env
from dm_env import specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import tensor_utils
import numpy as np
import pytest

from dota_env_rpc.server import wire

SHAPES = [(), (1,), (127,), (128,), (2, 3), (48, 28), (200, 300), (1, 1, 1, 1)]
FIXED = [np.float32, np.float64, np.int8, np.uint8, np.bool_]
VARYING = [np.int32, np.int64, np.uint64]


class Buffers:
    """A seat that shows the given arrays."""

    def __init__(self, arrays):
        self.buffers = {name: array.copy() for name, array in arrays.items()}
        self.observation_specs = {
            name: specs.Array(array.shape, array.dtype, name) for name, array in arrays.items()}


def ordinary(seat, names, state):
    """Returns the message as the stock helpers make it."""
    uids = {name: uid for uid, name in enumerate(seat.observation_specs, start=1)}
    return rpc.EnvironmentResponse(step=rpc.StepResponse(state=state, observations={
        uids[name]: tensor_utils.pack_tensor(seat.buffers[name]) for name in names}))


def some(dtype, shape, seed=0):
    values = np.random.default_rng(seed).normal(0, 50, shape)
    return np.asarray(values).astype(dtype)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", FIXED + VARYING)
def test_a_tensor_parses_to_what_ordinary_packing_gives(dtype, shape):
    seat = Buffers({"one": some(dtype, shape)})
    sent = wire.StepReply(seat, ["one"]).serialize(rpc.RUNNING)
    assert rpc.EnvironmentResponse.FromString(sent) == ordinary(seat, ["one"], rpc.RUNNING)


@pytest.mark.parametrize("state", [rpc.RUNNING, rpc.TERMINATED, rpc.INTERRUPTED])
@pytest.mark.parametrize("names", [[], ["b"], ["c", "a"], ["a", "b", "c", "d"]])
def test_a_reply_holds_the_state_and_the_observations_asked_for(names, state):
    seat = Buffers({"a": some(np.float32, (40, 5)), "b": some(np.uint8, (3,)),
                    "c": some(np.int32, (70,)), "d": some(np.float32, ())})
    sent = wire.StepReply(seat, names).serialize(state)
    assert rpc.EnvironmentResponse.FromString(sent) == ordinary(seat, names, state)


def test_a_reply_follows_the_buffers():
    seat = Buffers({"a": some(np.float32, (40, 5)), "v": some(np.int64, (7,))})
    reply = wire.StepReply(seat, ["a", "v"])
    for seed in range(3):
        seat.buffers["a"][...] = some(np.float32, (40, 5), seed)
        seat.buffers["v"][...] = some(np.int64, (7,), seed) ** 3
        sent = reply.serialize(rpc.RUNNING)
        assert rpc.EnvironmentResponse.FromString(sent) == ordinary(seat, ["a", "v"], rpc.RUNNING)


def test_protos_and_uids_beyond_one_byte_are_sent():
    arrays = {f"o{number}": some(np.float32, (2,), number) for number in range(200)}
    seat = Buffers(arrays)
    seat.buffers["proto"] = np.array(rpc.TensorSpec(name="anything"), dtype=object)
    seat.observation_specs["proto"] = specs.Array((), object, "proto")
    names = ["proto", "o199", "o126", "o127", "o128"]
    sent = wire.StepReply(seat, names).serialize(rpc.RUNNING)
    assert rpc.EnvironmentResponse.FromString(sent) == ordinary(seat, names, rpc.RUNNING)


def test_the_layout_says_where_the_numbers_are():
    arrays = {"a": some(np.float32, (40, 5)), "b": some(np.uint8, (300,)),
              "c": some(np.float32, ())}
    seat = Buffers(arrays)
    sent = wire.StepReply(seat, list(arrays)).serialize(rpc.RUNNING)
    layout = wire.StepLayout(dict(enumerate(seat.observation_specs.values(), start=1)))
    assert layout.size == len(sent)
    for offset, array in zip(layout.offsets, arrays.values(), strict=True):
        cut = np.frombuffer(sent, array.dtype, array.size, offset).reshape(array.shape)
        np.testing.assert_array_equal(cut, array)


@pytest.mark.parametrize("step_type, discount, state", [
    (dm_env.StepType.FIRST, 1.0, rpc.RUNNING), (dm_env.StepType.MID, 1.0, rpc.RUNNING),
    (dm_env.StepType.LAST, 0.0, rpc.TERMINATED), (dm_env.StepType.LAST, 1.0, rpc.INTERRUPTED)])
def test_a_natural_end_is_terminated_and_a_time_limit_interrupted(step_type, discount, state):
    assert wire.step_state(step_type, discount) == state
