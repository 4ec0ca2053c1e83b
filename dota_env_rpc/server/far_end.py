"""A client's side of the wire: actions into bytes, bytes into observations.

Messages are written and read without protobuf where their layout is known; see wire.py.
"""

from collections.abc import Mapping
from typing import Any

from dm_env import specs as dm_env_specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import tensor_utils
import numpy as np

from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.server import wire

# Fields of EnvironmentRequest, StepRequest, Tensor and its arrays: `number << 3 | 2`.
_STEP_KEY = b"\x1a"
_ACTIONS_KEY = b"\x0a"
_REQUESTED_KEY = b"\x12"
_UID_KEY = b"\x08"
_TENSOR_KEY = b"\x12"
_FLOATS_KEY = b"\x0a"
_INT32S_KEY = b"\x22"
_ARRAY_KEY = b"\x0a"
_SHAPE_KEY = b"\x7a"
MAX_NUMBERS = 4096  # whole numbers whose bytes are kept


def requested(uids) -> bytes:
    """Returns StepRequest.requested_observations."""
    return wire.field(_REQUESTED_KEY, b"".join(map(wire.varint, uids)))


def step_request(actions: bytes, observations: bytes) -> bytes:
    """Returns an EnvironmentRequest of what ActionWriter and `requested` give."""
    return wire.field(_STEP_KEY, actions + observations)


class ObservationReader:
    """Cuts the numbers out of StepResponses."""

    def __init__(self, specs: Mapping[int, dm_env_specs.Array]):
        self._names = {uid: spec.name for uid, spec in specs.items()}
        self._layout = None
        if all(wire.is_fixed(spec) for spec in specs.values()):
            self._layout = layout = wire.StepLayout(specs)
            starts = [0, *(offset - len(prefix) for offset, prefix in zip(
                [*layout.offsets, layout.size], layout.prefixes[1:], strict=True))]
            self._constant = [
                (slice(start, start + len(prefix)), prefix)
                for start, prefix in zip(starts, layout.prefixes, strict=True) if prefix]
            self._state_at = len(layout.prefixes[0]) + 1
            self._cuts = [
                (spec.name, spec.dtype, size // spec.dtype.itemsize, offset, spec.shape)
                for spec, size, offset in zip(
                    specs.values(), layout.sizes, layout.offsets, strict=True)]

    def cut(self, data: bytes) -> tuple[int, dict[str, np.ndarray]] | None:
        """Returns the state and the observations by name, in arrays of their own.

        data: A serialized EnvironmentResponse. None is returned if it has another layout than the
        server gives to these observations: an error, or the answer of another server.
        """
        layout = self._layout
        if layout is None or len(data) != layout.size:
            return None
        for where, prefix in self._constant:
            if data[where] != prefix:
                return None
        values = {}
        for name, dtype, count, offset, shape in self._cuts:
            cut = np.frombuffer(data, dtype, count, offset)
            values[name] = cut.reshape(shape).copy() if shape else cut[0]
        return data[self._state_at], values

    def unpack(self, response: rpc.StepResponse) -> tuple[int, dict[str, np.ndarray]]:
        """Returns the same of a message that was parsed."""
        unpacked = {
            self._names[uid]: _unpacked(tensor)
            for uid, tensor in response.observations.items()}
        return response.state, {name: unpacked[name] for name in self._names.values()}


class ActionWriter:
    """Serializes the actions of StepRequests."""

    def __init__(self, specs: Mapping[int, rpc.TensorSpec]):
        self._fields = {
            spec.name: (uid, tensor_utils.data_type_to_np_type(spec.dtype), tuple(spec.shape))
            for uid, spec in specs.items()}
        self._numbers: dict[tuple[str, int], bytes] = {}

    def write(self, action: Mapping[str, Any]) -> bytes:
        """Returns the entries of StepRequest.actions.

        Raises:
            ValueError: `action` is no dictionary, an action is unknown, or has another type or
                shape than its spec.
        """
        parts = []
        try:
            given = action.items()
        except AttributeError:
            raise ValueError(
                f"an action is a dictionary of {', '.join(self._fields)}, but this is of type "
                f"{type(action).__name__}") from None
        for name, value in given:
            if name not in self._fields:
                raise ValueError(f"unknown action {name!r}; known are {', '.join(self._fields)}")
            uid, dtype, shape = self._fields[name]
            array = np.asarray(value)
            if array.shape != shape:
                raise ValueError(
                    f"action {name!r} has shape {array.shape}, but must have {shape}")
            if array.dtype.kind not in ("iu" if dtype.kind == "i" else "iuf"):
                raise ValueError(f"action {name!r} has type {array.dtype}, but must be {dtype}")
            if shape or dtype.kind != "i":
                parts.append(_action(uid, array, dtype, name))
                continue
            number = int(array)
            part = self._numbers.get((name, number))
            if part is None:
                part = _action(uid, array, dtype, name)
                if len(self._numbers) < MAX_NUMBERS:
                    self._numbers[name, number] = part
            parts.append(part)
        return b"".join(parts)


def _unpacked(tensor: rpc.Tensor):
    """Returns what a tensor holds: an array, a scalar, or messages in an array of objects."""
    if tensor.WhichOneof("payload") != "protos":
        return tensor_utils.unpack_tensor(tensor)
    messages = np.empty(tuple(tensor.shape), object)
    flat = messages.reshape(-1)
    for place, packed in enumerate(tensor.protos.array):
        flat[place] = CMsgBotWorldState()
        packed.Unpack(flat[place])
    return messages


def _action(uid: int, array: np.ndarray, dtype: np.dtype, name: str) -> bytes:
    """Returns one entry of StepRequest.actions."""
    if dtype.kind != "i":
        content, key = array.astype(dtype).tobytes(), _FLOATS_KEY
    else:
        key = _INT32S_KEY
        least, most = (int(array.min()), int(array.max())) if array.size else (0, 0)
        limits = np.iinfo(dtype)
        if least < limits.min or most > limits.max:
            raise ValueError(f"action {name!r} does not fit into {dtype}: {least} to {most}")
        if 0 <= least and most < 128:
            content = array.astype(np.uint8).tobytes()
        else:
            content = b"".join(
                wire.varint(number % (1 << 64)) for number in array.ravel().tolist())
    tensor = wire.field(key, wire.field(_ARRAY_KEY, content))
    if array.shape:
        tensor += wire.field(_SHAPE_KEY, b"".join(map(wire.varint, array.shape)))
    return wire.field(
        _ACTIONS_KEY, _UID_KEY + wire.varint(uid) + wire.field(_TENSOR_KEY, tensor))
