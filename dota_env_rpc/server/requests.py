"""Step requests as bytes, read without protobuf where every part of them is known.

A client asks for the same observations each time, and most of its actions are small numbers, so
that most requests consist of parts that were read before: entries of StepRequest's fields, each
with its key and length. Places are known by what stands before and after their numbers.
"""

from collections.abc import Mapping
from typing import Any

from dm_env import specs as dm_env_specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
import numpy as np

from dota_env_rpc.server.tensors import ActionReader

# EnvironmentRequest.step, as its key says it.
_STEP_KEY = 3 << 3 | 2
# Bytes of the keys and lengths before the numbers of an action: of the entry, the uid, the
# tensor, its floats and their array.
_BEFORE = 10
# Parts that are kept; a task has some 700 numbers and one list of observations.
MAX_PARTS = 1024


class StepReader:
    """Reads the StepRequests of a client that has a seat."""

    def __init__(self, specs: Mapping[str, dm_env_specs.Array]):
        """Stores the seat's action specs."""
        self._reader = ActionReader(specs)
        self._uids = {name: uid for uid, name in enumerate(specs, start=1)}
        # Actions, as (name, number), and lists of uids, as (None, list).
        self._parts: dict[bytes, tuple[str | None, Any]] = {}
        self._places: dict[bytes, tuple[str, int, bytes]] = {}
        for name, spec in specs.items():
            if spec.dtype == np.float32 and len(spec.shape) == 1 and spec.shape[0] < 16:
                array = np.zeros(spec.shape, np.float32)
                part = _action(self._uids[name], rpc.Tensor(
                    floats=rpc.Tensor.FloatArray(array=array.tolist()), shape=spec.shape))
                after = part[_BEFORE + array.nbytes:]
                self._places[part[:_BEFORE]] = name, array.size, after
        self._numbers = {name for name, spec in specs.items() if not spec.shape}

    def recall(self, data: bytes) -> tuple[tuple[int, ...], dict[str, Any]] | None:
        """Returns the observations and actions that a request names, if all parts are known.

        data: A serialized EnvironmentRequest. None says nothing about it.
        """
        size = len(data)
        if size < 2 or data[0] != _STEP_KEY:
            return None
        length, at = data[1], 2
        if length > 127:
            if size < 3 or data[2] > 127:
                return None
            length, at = length & 127 | data[2] << 7, 3
        if at + length != size:
            return None
        requested = None
        values = {}
        parts, places = self._parts, self._places
        while at < size:
            if at + 1 == size or data[at + 1] > 127:
                return None
            end = at + 2 + data[at + 1]
            part = data[at:end]
            at = end
            known = parts.get(part)
            if known is None:
                place = places.get(part[:_BEFORE])
                if place is None:
                    return None
                name, count, after = place
                if len(part) != _BEFORE + 4 * count + len(after) or not part.endswith(after):
                    return None
                values[name] = np.frombuffer(part, np.float32, count, _BEFORE)
                continue
            name, value = known
            if name is not None:
                values[name] = value
            elif requested is None:
                requested = value
            else:
                return None  # the list goes on
        return (requested or (), values) if at == size else None

    def read(self, request: rpc.StepRequest) -> dict[str, Any]:
        """Returns the actions of a request by name, and remembers its parts; see ActionReader."""
        values = self._reader.read(request.actions)
        for name in self._numbers.intersection(values):
            uid = self._uids[name]
            self._keep(_action(uid, request.actions[uid]), (name, values[name]))
        requested = tuple(request.requested_observations)
        self._keep(rpc.StepRequest(requested_observations=requested).SerializeToString(),
                   (None, requested))
        return values

    def _keep(self, part: bytes, meaning: tuple[str | None, Any]) -> None:
        # An empty list of observations is no part at all.
        if part and len(self._parts) < MAX_PARTS:
            self._parts[part] = meaning


def _action(uid: int, tensor: rpc.Tensor) -> bytes:
    """Returns the bytes of an action in a StepRequest."""
    return rpc.StepRequest(actions={uid: tensor}).SerializeToString()
