"""Settings that clients give by name, as typed records with a meaning, and how they are read."""

from collections.abc import Iterable, Mapping
import dataclasses
import difflib
import math
from types import MappingProxyType
from typing import Any

import numpy as np

MOST_LISTED = 12  # longer lists of choices are not written out in errors


@dataclasses.dataclass(frozen=True)
class Setting:
    """One setting that may be given.

    Attributes:
        name: How it is given.
        kind: "int64", "float64", "string" or "bool"; "int64s" and "strings" are lists.
        default: What holds when it is not given; a tuple for lists.
        meaning: One or two sentences for the documentation.
        minimum: Least number, or None for any.
        maximum: Greatest number, or None for any.
        choices: Strings that are allowed, or () for any.
        prefix: Beside the choices, strings that begin so are allowed too; "" for none.
    """

    name: str
    kind: str
    default: Any
    meaning: str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    prefix: str = ""

    def allowed(self) -> str:
        """Returns what may be given, in words."""
        kinds = {
            "int64": "a whole number", "float64": "a number", "string": "a string",
            "bool": "true or false", "int64s": "a list of whole numbers",
            "strings": "a list of strings, or one string with commas between them",
        }
        text = kinds[self.kind]
        if len(self.choices) > MOST_LISTED:
            text += f", one of {sum(map(bool, self.choices))} that are known"
        elif self.choices:
            text += " among " + ", ".join(repr(choice) for choice in self.choices)
        if self.prefix:
            text += f", or beginning with {self.prefix!r}"
        if self.minimum is not None and self.maximum is not None:
            text += f" from {self.minimum:g} to {self.maximum:g}"
        elif self.minimum is not None:
            text += f", at least {self.minimum:g}"
        elif self.maximum is not None:
            text += f", at most {self.maximum:g}"
        return text


class SettingError(ValueError):
    """A setting is unknown or its value is not allowed; `name` says which."""

    def __init__(self, name: str, message: str):
        super().__init__(message)
        self.name = name


def parse_settings(
        schema: Mapping[str, Setting], given: Mapping[str, Any],
        elsewhere: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Checks and converts settings.

    Args:
        schema: What may be given, by name.
        given: Values by name: Python values or arrays, as a tensor is unpacked. Numbers are taken
            from any type that holds the same value: 3.0 for 3, [3] for 3, 1 for true.
        elsewhere: Where other settings are given, by their names.

    Returns:
        A value for every name of `schema`: int, float, str, bool, or a tuple of int or str.

    Raises:
        SettingError: a name is unknown or a value is not allowed.
    """
    for name in given:
        if name in elsewhere and name not in schema:
            raise SettingError(name, f"setting {name!r} is {elsewhere[name]}")
        if name not in schema:
            raise SettingError(name, unknown_text("setting", name, schema))
    return {
        name: _parse(setting, given[name]) if name in given else setting.default
        for name, setting in schema.items()
    }


def unknown_text(noun: str, name: str, known) -> str:
    """Returns a sentence that says that `name` is unknown and what is known."""
    close = _alike(str(name), known)
    if close:
        return f"unknown {noun} {name!r}; did you mean {' or '.join(map(repr, close))}?"
    return f"unknown {noun} {name!r}; known are {', '.join(sorted(known))}"


def _alike(name: str, known: Iterable[str]) -> list[str]:
    """Returns up to three of the known names that `name` is a part or a misspelling of."""
    known = list(known)
    part = "_" + name.lower().replace(" ", "_")
    ends = sorted(one for one in known if name and one.endswith(part))
    return ends[:3] or difflib.get_close_matches(name, known, n=3, cutoff=0.5)


def _parse(setting: Setting, value: Any) -> Any:
    elements = _elements(setting, value)
    if setting.kind in ("int64s", "strings"):
        if setting.kind == "strings":
            elements = [
                part.strip() for element in elements for part in _text(setting, element).split(",")]
            if elements == [""]:
                elements = []
        return tuple(_parse_one(setting, element) for element in elements)
    if len(elements) != 1:
        raise _error(setting, f"{len(elements)} values")
    return _parse_one(setting, elements[0])


def _elements(setting: Setting, value: Any) -> list:
    if isinstance(value, (str, bytes)):
        return [value]
    try:
        array = np.asarray(value)
    except ValueError:
        raise _error(setting, f"{value!r}") from None
    if array.ndim > 1 or array.dtype.kind not in "biufUSO":
        raise _error(setting, f"an array of shape {array.shape} and type {array.dtype}")
    return array.reshape(-1).tolist()


def _parse_one(setting: Setting, value: Any) -> Any:
    kind = setting.kind.removesuffix("s")
    if kind == "string":
        value = _text(setting, value)
        if setting.prefix and value.startswith(setting.prefix):
            return value
        if setting.choices and value not in setting.choices:
            close = _alike(value, setting.choices)
            hint = f" (did you mean {' or '.join(map(repr, close))}?)" if close else ""
            raise _error(setting, repr(value) + hint)
        return value
    if not isinstance(value, (bool, int, float)):
        raise _error(setting, repr(value))
    if kind == "bool":
        if value not in (0, 1):
            raise _error(setting, repr(value))
        return bool(value)
    if math.isnan(value):
        raise _error(setting, "nan")
    if kind == "int64":
        if value != value // 1 or math.isinf(value):
            raise _error(setting, repr(value))
        number: int | float = int(value)
    else:
        number = float(value)
    if setting.minimum is not None and number < setting.minimum:
        raise _error(setting, repr(number))
    if setting.maximum is not None and number > setting.maximum:
        raise _error(setting, repr(number))
    return number


def _text(setting: Setting, value: Any) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise _error(setting, repr(value)) from None
    if not isinstance(value, str):
        raise _error(setting, repr(value))
    return value


def _error(setting: Setting, got: str) -> SettingError:
    return SettingError(
        setting.name, f"setting {setting.name!r} is {got}, but must be {setting.allowed()}")
