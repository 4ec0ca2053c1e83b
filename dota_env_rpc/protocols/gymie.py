"""Gymie's messages: calls in JSON, spaces and observations in JSON, and why a socket is closed."""

from collections.abc import Mapping
import json
import re
from typing import Any

import numpy as np

# Codes with which a socket is closed: RFC 6455, 7.4.1.
UNSUPPORTED_DATA = 1003
INVALID_DATA = 1007
MAX_REASON_BYTES = 123  # RFC 6455, 5.5
# What json writes for numbers that JSON does not know, outside of strings.
_NO_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN')
# An infinite number is written as one that no double can hold: it is read as infinite.
_WRITTEN = {"Infinity": "1e999", "-Infinity": "-1e999", "NaN": "null"}


class Refusal(Exception):
    """A message cannot be answered: the socket is to be closed.

    Attributes:
        code: Code of the close frame.
        reason: Its text, before it is cut.
    """

    def __init__(self, code: int, reason: str):
        super().__init__(reason)
        self.code = code
        self.reason = reason

    def reason_bytes(self) -> bytes:
        """Returns as much of the reason as fits into a close frame, in UTF-8."""
        cut = self.reason.encode(errors="replace")[:MAX_REASON_BYTES]
        return cut.decode(errors="ignore").encode()


def read_call(message: str | bytes) -> tuple[Any, Any]:
    """Returns the method and the parameters that a message names, whatever they are.

    Raises:
        Refusal: the message is no JSON object, or lacks one of the two.
    """
    try:
        call = json.loads(message, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        call = None
    if not isinstance(call, dict):
        raise Refusal(UNSUPPORTED_DATA, f"Message `{message}` is invalid")
    if "method" not in call or "params" not in call:
        raise Refusal(UNSUPPORTED_DATA, f"Message keys {list(call)} are missing or invalid")
    return call["method"], call["params"]


def _refuse_constant(name: str):
    raise ValueError(f"{name} is no JSON")


def write_json(value: Any) -> str:
    """Returns JSON of observations, infos, spaces and actions.

    NumPy's arrays become lists. JSON has no number that is none: it becomes null. What JSON does
    not know becomes its text.
    """
    text = json.dumps(_plain(value), separators=(",", ":"))
    if "Infinity" in text or "NaN" in text:
        text = _NO_JSON.sub(lambda found: _WRITTEN.get(found[0], found[0]), text)
    return text


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, np.generic):
        value = value.item()
        return value if isinstance(value, (bool, int, float, str)) else str(value)
    if isinstance(value, np.ndarray):
        return value.tolist() if value.dtype.kind in "biufU" else _plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return str(value)


def space_info(space: Any) -> dict[str, Any]:
    """Returns what a client is told of a space; of kinds that are not known just the name.

    A space is known by the name of its class or of one that it inherits, so that Gym's spaces are
    told as Gymnasium's are.
    """
    kind = _kind(space)
    info: dict[str, Any] = {"name": kind}
    if kind == "Discrete":
        info["n"] = space.n
        if getattr(space, "start", 0) != 0:
            info["start"] = space.start
    elif kind == "Box":
        info.update(shape=space.shape, low=space.low, high=space.high)
    elif kind == "MultiBinary":
        info.update(n=space.n, shape=space.shape)
    elif kind == "MultiDiscrete":
        info["nvec"] = space.nvec
    elif kind == "Dict":
        info["spaces"] = {name: space_info(one) for name, one in space.spaces.items()}
    elif kind == "Tuple":
        info["spaces"] = [space_info(one) for one in space.spaces]
    return info


_KINDS = ("Discrete", "Box", "MultiBinary", "MultiDiscrete", "Dict", "Tuple")


def _kind(space: Any) -> str:
    names = [kind.__name__ for kind in type(space).__mro__]
    return next((name for name in names if name in _KINDS), names[0])


def read_action(space: Any, value: Any) -> Any:
    """Returns an action as the environment takes it, of one as JSON tells it.

    Raises:
        ValueError: it is not in the space.
    """
    action = _shaped(space, value)
    if not space.contains(action):
        raise ValueError(f"{value} is not in {space}")
    return action


def _shaped(space: Any, value: Any) -> Any:
    kind = _kind(space)
    if kind in ("Box", "MultiBinary", "MultiDiscrete"):
        array = np.asarray(value)
        if array.dtype.kind not in ("iuf" if kind == "Box" else "iu"):
            raise ValueError(f"{value} is no array of numbers")
        with np.errstate(all="ignore"):
            action = array.astype(space.dtype)
        if action.dtype.kind in "iu" and not np.array_equal(action, array):
            raise ValueError(f"{value} does not fit {space.dtype}")
        return action
    if kind == "Dict":
        if not isinstance(value, dict) or set(value) != set(space.spaces):
            raise ValueError(f"{value} has not the keys of {space}")
        return {name: _shaped(one, value[name]) for name, one in space.spaces.items()}
    if kind == "Tuple":
        if not isinstance(value, list) or len(value) != len(space.spaces):
            raise ValueError(f"{value} has not the length of {space}")
        return tuple(_shaped(one, part) for one, part in zip(space.spaces, value))
    if kind == "Discrete" and isinstance(value, bool):
        raise ValueError(f"{value} is no number")
    return value
