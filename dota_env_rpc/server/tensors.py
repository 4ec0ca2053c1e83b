"""Tensors that clients send, looked at before anything is unpacked or allocated."""

from collections.abc import Mapping
import math

from dm_env import specs as dm_env_specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import tensor_utils
import numpy as np

from dota_env_rpc.server.errors import INVALID_ARGUMENT, RequestError

# Most elements that a setting or a property may have.
MAX_SETTING_ELEMENTS = 4096

_PAYLOADS = {
    np.dtype(np.float32): "floats", np.dtype(np.float64): "doubles",
    np.dtype(np.int8): "int8s", np.dtype(np.int32): "int32s", np.dtype(np.int64): "int64s",
    np.dtype(np.uint8): "uint8s", np.dtype(np.uint32): "uint32s",
    np.dtype(np.uint64): "uint64s", np.dtype(np.bool_): "bools",
}


def invalid(message: str) -> RequestError:
    """Returns an INVALID_ARGUMENT error."""
    return RequestError(INVALID_ARGUMENT, message)


class ActionReader:
    """Turns the actions of a StepRequest into arrays of a seat's action specs."""

    def __init__(self, specs: Mapping[str, dm_env_specs.Array]):
        self._readers = {
            uid: (name, _PAYLOADS[spec.dtype], spec.dtype, list(spec.shape),
                  math.prod(spec.shape))
            for uid, (name, spec) in enumerate(specs.items(), start=1)
        }

    def read(self, actions: Mapping[int, rpc.Tensor]) -> dict[str, int | float | np.ndarray]:
        """Returns the actions by name: numbers, or arrays with the dtype and shape of their specs.

        A shape may leave one dimension open with -1, and one value may stand for all of a tensor.

        Raises:
            RequestError: INVALID_ARGUMENT for an unknown uid, a wrong dtype, shape or length.
        """
        values = {}
        for uid in actions:
            tensor = actions[uid]
            reader = self._readers.get(uid)
            if reader is None:
                known = ", ".join(
                    f"{uid} ({reader[0]})" for uid, reader in self._readers.items())
                raise invalid(f"unknown action uid {uid}; known are {known}")
            name, payload, dtype, shape, size = reader
            array = getattr(tensor, payload).array  # empty if another payload was sent
            length = len(array)
            if length != size or tensor.shape != shape:
                self._check(uid, tensor, length)
            if not shape:
                values[name] = array[0]
                continue
            if isinstance(array, bytes):
                flat = np.frombuffer(array, dtype)
            else:
                flat = np.array(array[:], dtype)
            if length != size:
                flat = np.full(shape, flat[0])
            values[name] = flat if len(shape) == 1 else flat.reshape(shape)
        return values

    def _check(self, uid: int, tensor: rpc.Tensor, length: int) -> None:
        """Raises INVALID_ARGUMENT unless `length` values fill the shape of the spec."""
        name, payload, dtype, shape, size = self._readers[uid]
        sent = tensor.WhichOneof("payload")
        if sent != payload:
            raise invalid(f"action {name!r} (uid {uid}) has payload {sent or 'none'}, but must"
                          f" have {payload} ({dtype})")
        if _resolve(tensor.shape, length, shape) != shape or length not in (1, size):
            raise invalid(
                f"action {name!r} (uid {uid}) has shape {list(tensor.shape)} with {length}"
                f" values, but must have shape {shape} with {size} values, or one value for all")


def _resolve(sent, length: int, shape: list[int]) -> list[int] | None:
    """Returns the shape that was sent with its one open dimension filled in; None if it has none.

    Works on the numbers alone: nothing of the size of the tensor is made.
    """
    if len(sent) != len(shape):
        return None
    open_dimensions = sum(dimension < 0 for dimension in sent)
    if not open_dimensions:
        return list(sent)
    if open_dimensions > 1:
        return None
    rest = math.prod(dimension for dimension in sent if dimension >= 0)
    if rest == 0 or length % rest:
        return None
    return [length // rest if dimension < 0 else dimension for dimension in sent]


def read_settings(settings: Mapping[str, rpc.Tensor]) -> dict:
    """Returns settings as Python values and small arrays.

    Raises:
        RequestError: INVALID_ARGUMENT for a tensor without payload or of too many elements.
    """
    return {name: read_tensor(f"setting {name!r}", tensor) for name, tensor in settings.items()}


def read_tensor(what: str, tensor: rpc.Tensor):
    """Returns a small tensor as a scalar or an array.

    Raises:
        RequestError: INVALID_ARGUMENT if it has no payload, a shape that does not fit its
            payload, or more than MAX_SETTING_ELEMENTS elements.
    """
    payload = tensor.WhichOneof("payload")
    if payload is None or payload == "protos":
        raise invalid(f"{what} has payload {payload or 'none'}; send a number, a string, or a list")
    length = len(getattr(tensor, payload).array)
    shape = list(tensor.shape)
    elements = math.prod(abs(dimension) for dimension in shape)
    if max(length, elements) > MAX_SETTING_ELEMENTS:
        raise invalid(f"{what} has {max(length, elements)} elements; at most"
                      f" {MAX_SETTING_ELEMENTS} are allowed")
    if sum(dimension < 0 for dimension in shape) > 1:
        raise invalid(f"{what} has shape {shape}; at most one dimension may be open")
    try:
        return tensor_utils.unpack_tensor(tensor)
    except ValueError:
        raise invalid(f"{what} has shape {shape}, which {length} values do not fill") from None
