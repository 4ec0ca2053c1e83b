"""What is wrong with an action is found before anything is unpacked."""

import tracemalloc

from dm_env import specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
import numpy as np
import pytest

from dota_env_rpc.server import errors
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
