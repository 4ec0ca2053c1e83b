"""What is wrong with an action is found before anything is unpacked."""

import tracemalloc

from dm_env import specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
import numpy as np
import pytest

from dota_env_rpc.server import errors
from dota_env_rpc.server.requests import StepReader
from dota_env_rpc.server.tensors import ActionReader, read_tensor

READER = ActionReader({
    "order": specs.BoundedArray((), np.int32, 0, 40, "order"),
    "position": specs.BoundedArray((2,), np.float32, -1, 1, "position"),
    "grid": specs.BoundedArray((3, 2), np.uint8, 0, 9, "grid"),
})


def floats(values, shape):
    return rpc.Tensor(floats=rpc.Tensor.FloatArray(array=values), shape=shape)


def int32s(values, shape=()):
    return rpc.Tensor(int32s=rpc.Tensor.Int32Array(array=values), shape=shape)


def uint8s(values, shape):
    return rpc.Tensor(uint8s=rpc.Tensor.Uint8Array(array=bytes(values)), shape=shape)


@pytest.mark.parametrize("uid, tensor, name, value", [
    (1, int32s([7]), "order", 7),
    (2, floats([1, 2], [2]), "position", [1, 2]),
    (2, floats([1, 2], [-1]), "position", [1, 2]),
    (2, floats([3], [2]), "position", [3, 3]),
    (3, uint8s(range(6), [3, 2]), "grid", [[0, 1], [2, 3], [4, 5]]),
    (3, uint8s(range(6), [-1, 2]), "grid", [[0, 1], [2, 3], [4, 5]]),
    (3, uint8s([5], [3, 2]), "grid", np.full((3, 2), 5)),
])
def test_an_action_is_read(uid, tensor, name, value):
    read = READER.read({uid: tensor})
    assert list(read) == [name]
    np.testing.assert_array_equal(read[name], value)


@pytest.mark.parametrize("uid, tensor, offender", [
    (0, int32s([1]), "uid 0"),
    (4, int32s([1]), "uid 4"),
    (1, floats([1], []), "'order'"),
    (1, rpc.Tensor(), "'order'"),
    (1, int32s([]), "'order'"),
    (1, int32s([1, 2]), "'order'"),
    (1, int32s([1], [1]), "'order'"),
    (2, floats([1, 2], []), "'position'"),
    (2, floats([1, 2], [1, 2]), "'position'"),
    (2, floats([1, 2, 3], [2]), "'position'"),
    (2, floats([1, 2, 3], [-1]), "'position'"),
    (2, floats([1], [-1]), "'position'"),
    (2, floats([], [2]), "'position'"),
    (2, floats([1, 2], [0]), "'position'"),
    (3, uint8s(range(6), [-1, -1]), "'grid'"),
    (3, uint8s(range(6), [2, 3]), "'grid'"),
    (3, uint8s(range(6), [-1, 0]), "'grid'"),
])
def test_a_wrong_action_is_refused_by_name(uid, tensor, offender):
    with pytest.raises(errors.RequestError, match=offender) as caught:
        READER.read({uid: tensor})
    assert caught.value.code == errors.INVALID_ARGUMENT


@pytest.mark.parametrize("shape", [[10**6, 10**6], [2**31 - 1] * 8, [-1] * 20, [2**31 - 1, -1]])
def test_a_shape_that_would_expand_allocates_nothing(shape):
    tensor = floats([1.0], shape)
    tracemalloc.start()
    for read in (lambda: READER.read({2: tensor}), lambda: read_tensor("setting", tensor)):
        with pytest.raises(errors.RequestError):
            read()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


STEPS = {
    "numbers and places": {1: int32s([7]), 2: floats([0.5, -1], [2])},
    "a negative number": {1: int32s([-7])},
    "nothing": {},
}


def request_of(actions, observations=(3, 1, 200)):
    return rpc.EnvironmentRequest(step=rpc.StepRequest(
        actions=actions, requested_observations=observations))


@pytest.fixture
def reader():
    return StepReader({
        "order": specs.BoundedArray((), np.int32, -40, 40, "order"),
        "position": specs.BoundedArray((2,), np.float32, -1, 1, "position"),
        "grid": specs.BoundedArray((3, 2), np.uint8, 0, 9, "grid"),
    })


def assert_same_actions(ours, theirs):
    assert ours.keys() == theirs.keys()
    for name in ours:
        np.testing.assert_array_equal(ours[name], theirs[name])
        assert type(ours[name]) is type(theirs[name])


@pytest.mark.parametrize("actions", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("observations", [(3, 1, 200), (), tuple(range(1, 190))])
def test_a_request_is_recalled_as_it_was_read(reader, actions, observations):
    request = request_of(actions, observations)
    data = request.SerializeToString()
    read = reader.read(request.step)
    recalled = reader.recall(data)
    if len(observations) > 100:
        assert recalled is None  # a part of more than 127 bytes
    else:
        requested, values = recalled
        assert requested == observations
        assert_same_actions(values, read)


def test_another_place_is_recalled_and_another_number_is_not(reader):
    reader.read(request_of({1: int32s([7])}).step)
    _, values = reader.recall(
        request_of({1: int32s([7]), 2: floats([0.25, 1], [2])}).SerializeToString())
    assert values["order"] == 7
    np.testing.assert_array_equal(values["position"], np.array([0.25, 1], np.float32))
    assert reader.recall(request_of({1: int32s([8])}).SerializeToString()) is None


@pytest.mark.parametrize("other", [
    {2: floats([1], [2])}, {2: floats([1, 2], [-1])}, {2: floats([1, 2, 3], [3])},
    {3: uint8s([5], [3, 2])}, {4: int32s([7])}])
def test_actions_of_another_form_are_not_recalled(reader, other):
    reader.read(request_of({1: int32s([7])}).step)
    assert reader.recall(request_of(other).SerializeToString()) is None


def test_what_is_recalled_is_what_protobuf_reads_whatever_the_bytes(reader):
    """Bytes of a known request that are changed, cut and put together anew."""
    request = request_of(STEPS["numbers and places"])
    reader.read(request.step)
    data = request.SerializeToString()
    random = np.random.default_rng(0)
    num_recalled = 0
    for _ in range(20_000):
        changed = bytearray(data)
        for _ in range(random.integers(1, 4)):
            place = int(random.integers(len(changed)))
            kind = random.integers(4)
            if kind == 0:
                changed[place] = int(random.integers(256))
            elif kind == 1:
                del changed[place:place + int(random.integers(1, 30))]
            elif kind == 2:
                changed[place:place] = data[place:place + int(random.integers(1, 30))]
            else:
                changed[1:2] = bytes([max(min(len(changed) - 2, 127), 0)])
            if not changed:
                break
        recalled = reader.recall(bytes(changed))
        if recalled is None:
            continue
        num_recalled += 1
        step = rpc.EnvironmentRequest.FromString(bytes(changed)).step
        requested, values = recalled
        assert requested == tuple(step.requested_observations)
        np.testing.assert_equal(values, reader.read(step))
    assert num_recalled > 100
