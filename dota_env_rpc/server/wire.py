"""Observations as bytes: a StepResponse whose layout is known before its numbers are.

Tensors of fixed width (FLOAT, DOUBLE, INT8, UINT8, BOOL) take the same bytes whatever they hold,
so for a fixed list of observations the serialized response is constant but for its numbers. A
`StepLayout` holds the constant parts and where the numbers go; the server joins them with the
buffers of a seat, the client cuts the numbers out. Nothing is copied element by element.
"""

from collections.abc import Mapping, Sequence

import dm_env
from dm_env import specs as dm_env_specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import dm_env_utils, tensor_utils
import numpy as np

# Field numbers of dm_env_rpc.proto; a key of a message is `field << 3 | wire type`.
_STEP_KEY = bytes([3 << 3 | 2])
_STATE_KEY = bytes([1 << 3])
_OBSERVATIONS_KEY = bytes([2 << 3 | 2])
_UID_KEY = bytes([1 << 3])
_TENSOR_KEY = bytes([2 << 3 | 2])
_ARRAY_KEY = bytes([1 << 3 | 2])
_SHAPE_KEY = bytes([15 << 3 | 2])
_PAYLOAD_KEYS = {
    np.dtype(np.float32): bytes([1 << 3 | 2]),
    np.dtype(np.float64): bytes([2 << 3 | 2]),
    np.dtype(np.int8): bytes([3 << 3 | 2]),
    np.dtype(np.uint8): bytes([6 << 3 | 2]),
    np.dtype(np.bool_): bytes([9 << 3 | 2]),
}
STATES = {
    state: _STATE_KEY + bytes([state])
    for state in (rpc.RUNNING, rpc.TERMINATED, rpc.INTERRUPTED)
}
STATE_SIZE = 2


def varint(value: int) -> bytes:
    """Returns `value`, 0 or more, as protobuf's variable-length integer."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def field(key: bytes, content: bytes) -> bytes:
    """Returns a length-delimited field."""
    return key + varint(len(content)) + content


def is_fixed(spec: dm_env_specs.Array) -> bool:
    """Returns whether a tensor of `spec` takes the same bytes whatever it holds."""
    return spec.dtype in _PAYLOAD_KEYS and np.prod(spec.shape, dtype=int) > 0


def tensor_specs(specs: Mapping[str, dm_env_specs.Array]) -> dict[int, rpc.TensorSpec]:
    """Returns dm_env specs by uid: the place in `specs`, from 1."""
    return {
        uid: dm_env_utils.dm_env_spec_to_tensor_spec(spec.replace(name=name))
        for uid, (name, spec) in enumerate(specs.items(), start=1)
    }


class StepLayout:
    """The bytes of an EnvironmentResponse with a StepResponse of fixed-width observations.

    Attributes:
        uids: Observations in the order in which their bytes come.
        size: Length of the whole message.
        prefixes: Constant bytes: before the state, then before each observation's numbers.
        offsets: Where the numbers of each observation start.
        sizes: Bytes of the numbers of each observation.
    """

    def __init__(self, specs: Mapping[int, dm_env_specs.Array], extra: int = 0):
        """Lays out the observations `specs`, by uid, all of fixed width.

        Args:
            specs: dm_env spec of each observation.
            extra: Bytes that follow them in the same StepResponse.
        """
        self.uids = tuple(specs)
        self.sizes = [
            int(np.prod(spec.shape, dtype=int)) * spec.dtype.itemsize for spec in specs.values()]
        entries = [
            _entry(uid, spec, size)
            for (uid, spec), size in zip(specs.items(), self.sizes, strict=True)
        ]
        # What comes after an observation's numbers (its shape) precedes the next one's.
        befores = [before for before, _ in entries] + [b""]
        afters = [b""] + [after for _, after in entries]
        between = [after + before for after, before in zip(afters, befores, strict=True)]
        body = STATE_SIZE + sum(map(len, between)) + sum(self.sizes) + extra
        self.prefixes = [_STEP_KEY + varint(body), *between]
        self.size = len(self.prefixes[0]) + body
        self.offsets = []
        offset = len(self.prefixes[0]) + STATE_SIZE
        for prefix, size in zip(between[:-1], self.sizes, strict=True):
            self.offsets.append(offset + len(prefix))
            offset += len(prefix) + size


def _entry(uid: int, spec: dm_env_specs.Array, size: int) -> tuple[bytes, bytes]:
    """Returns what stands before and after the numbers of one entry of the observations map."""
    array_key = _ARRAY_KEY + varint(size)
    payload = _PAYLOAD_KEYS[spec.dtype] + varint(len(array_key) + size) + array_key
    shape = b""
    if spec.shape:
        shape = field(_SHAPE_KEY, b"".join(varint(length) for length in spec.shape))
    tensor_size = len(payload) + size + len(shape)
    tensor = _TENSOR_KEY + varint(tensor_size) + payload
    uid_field = _UID_KEY + varint(uid)
    entry_size = len(uid_field) + len(tensor) + size + len(shape)
    return _OBSERVATIONS_KEY + varint(entry_size) + uid_field + tensor, shape


class StepReply:
    """Serializes the StepResponses of one seat for one list of requested observations."""

    def __init__(self, seat, names: Sequence[str]):
        """Prepares replies.

        Args:
            seat: Whose `observation_specs` and `buffers` are sent.
            names: Observations that are sent, each once.
        """
        self.seat = seat
        specs = seat.observation_specs
        uids = {name: uid for uid, name in enumerate(specs, start=1)}
        self._fixed = [name for name in names if is_fixed(specs[name])]
        self._varying = [(uids[name], name) for name in names if not is_fixed(specs[name])]
        self._specs = {uids[name]: specs[name] for name in self._fixed}
        self._parts = self._make_parts(0)

    def _make_parts(self, extra: int) -> list:
        layout = StepLayout(self._specs, extra)
        parts = [layout.prefixes[0], STATES[rpc.RUNNING]]
        for prefix, name in zip(layout.prefixes[1:-1], self._fixed, strict=True):
            parts += [prefix, memoryview(self.seat.buffers[name].reshape(-1).view(np.uint8))]
        parts.append(layout.prefixes[-1])
        return parts

    def serialize(self, state: int) -> bytes:
        """Returns the EnvironmentResponse with `state` and what the seat's buffers hold now."""
        if not self._varying:
            self._parts[1] = STATES[state]
            return b"".join(self._parts)
        extra = rpc.StepResponse(observations={
            uid: tensor_utils.pack_tensor(
                self.seat.buffers[name], self.seat.observation_specs[name].dtype)
            for uid, name in self._varying
        }).SerializeToString()
        parts = self._make_parts(len(extra))
        parts[1] = STATES[state]
        return b"".join(parts) + extra


def step_state(step_type: int, discount: float) -> int:
    """Returns the dm_env_rpc state of a match at `step_type`."""
    if step_type != dm_env.StepType.LAST:
        return rpc.RUNNING
    return rpc.TERMINATED if discount == 0.0 else rpc.INTERRUPTED
