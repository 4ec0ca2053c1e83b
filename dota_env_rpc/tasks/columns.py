"""Tensors described column by column: spec, encoder layout and documentation from one table."""

from collections.abc import Mapping, Sequence
import dataclasses
import hashlib
import json

from dm_env import specs
import numpy as np

from dota_env_rpc.match.rule import record


@dataclasses.dataclass(frozen=True)
class Column:
    """One number of a tensor's last axis.

    Attributes:
        name: Unique within its tensor.
        unit: What 1.0 stands for: "1000 gold", "s", "0 or 1".
        minimum: Least value; what lies below is shown as this.
        maximum: Greatest value; what lies above is shown as this.
        meaning: One line for the documentation.
    """

    name: str
    unit: str
    minimum: float
    maximum: float
    meaning: str


@dataclasses.dataclass(frozen=True)
class Tensor:
    """One observation of fixed shape whose last axis has named columns.

    Attributes:
        name: Name of the observation.
        meaning: One or two sentences for the documentation.
        dtype: NumPy type of its elements.
        rows: Length of the axis before the columns; 0 where there is none.
        row_meaning: What the rows are; "" where there is one.
        columns: What the last axis holds, in order.
    """

    name: str
    meaning: str
    dtype: type
    rows: int
    row_meaning: str
    columns: tuple[Column, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape without the leading axis of a batch."""
        return (self.rows, len(self.columns)) if self.rows else (len(self.columns),)

    @property
    def minimum(self) -> float:
        return min(column.minimum for column in self.columns)

    @property
    def maximum(self) -> float:
        return max(column.maximum for column in self.columns)

    def index(self, name: str) -> int:
        """Returns the place of the column `name`.

        Raises:
            ValueError: there is none of that name.
        """
        for place, column in enumerate(self.columns):
            if column.name == name:
                return place
        raise ValueError(
            f"{self.name} has no column {name!r}; it has "
            + ", ".join(column.name for column in self.columns))

    def spec(self, leading: tuple[int, ...] = ()) -> specs.BoundedArray:
        """Returns the spec, with `leading` axes in front."""
        return specs.BoundedArray(
            leading + self.shape, self.dtype, self.dtype(self.minimum), self.dtype(self.maximum),
            name=self.name)

    def row_dtype(self) -> np.dtype:
        """Returns a record with a field for each column: how encoders write one row by name."""
        return record([(column.name, self.dtype) for column in self.columns], self.name)

    def limits(self) -> np.ndarray:
        """Returns float32 (2, numbers): the least and the greatest value of each number."""
        return np.tile(np.array(
            [[column.minimum for column in self.columns],
             [column.maximum for column in self.columns]], np.float32), max(self.rows, 1))

    def describe(self) -> dict:
        """Returns the table as plain data, fit for JSON."""
        return {
            "name": self.name, "dtype": np.dtype(self.dtype).name, "shape": list(self.shape),
            "columns": [dataclasses.asdict(column) for column in self.columns],
        }


def describe(tensors: Sequence[Tensor]) -> Mapping:
    """Returns all `tensors` as plain data, with a digest that changes when any of them does.

    A stored policy keeps the digest, to tell whether it still fits.
    """
    described = [tensor.describe() for tensor in tensors]
    digest = hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()[:16]
    return {"digest": digest, "tensors": described}


def columns(text: str) -> tuple[Column, ...]:
    """Reads columns from lines of `name | unit | least .. greatest | meaning`."""
    result = []
    for line in text.strip().splitlines():
        name, unit, limits, meaning = (part.strip() for part in line.split("|"))
        minimum, maximum = (float(limit) for limit in limits.split(".."))
        result.append(Column(name, unit, minimum, maximum, meaning))
    return tuple(result)
