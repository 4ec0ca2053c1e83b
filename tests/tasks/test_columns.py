"""Tables of columns."""

import dataclasses

import numpy as np
import pytest

from dota_env_rpc.tasks.columns import Tensor, columns, describe
from dota_env_rpc.tasks.observations import ALWAYS, EVENTS

TENSOR = Tensor(
    "camp", "A camp.", np.float32, 3, "creeps",
    columns("""
        health | hp | 0 .. 500 | Health.
        x | units | -8000 .. 8000 | Where it is.
    """))


def test_the_spec_comes_from_the_table():
    spec = TENSOR.spec((4,))
    assert (spec.name, spec.shape, spec.dtype) == ("camp", (4, 3, 2), np.float32)
    assert (spec.minimum, spec.maximum) == (-8000.0, 8000.0)


def test_rows_are_written_by_name():
    camp = np.zeros((3, 2), np.float32)
    camp.reshape(-1).view(TENSOR.row_dtype())[1].x = 7.0
    assert camp.tolist() == [[0, 0], [0, 7], [0, 0]]


def test_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="camp has no column 'y'; it has health, x"):
        TENSOR.index("y")


def test_the_digest_tells_any_change_of_a_column():
    changed = dataclasses.replace(TENSOR, columns=(
        dataclasses.replace(TENSOR.columns[0], unit="10 hp"), TENSOR.columns[1]))
    assert describe([TENSOR])["digest"] != describe([changed])["digest"]


@pytest.mark.parametrize("tensor", [*ALWAYS, EVENTS], ids=lambda tensor: tensor.name)
def test_names_of_columns_are_unique_and_ranges_are_not_empty(tensor):
    names = [column.name for column in tensor.columns]
    assert len(set(names)) == len(names)
    assert all(column.minimum < column.maximum for column in tensor.columns)


@pytest.mark.parametrize("name, shape", [
    ("state", (77,)), ("units", (48, 28)), ("unit_ids", (48, 8)), ("abilities", (24, 16)),
    ("items", (26, 10)), ("ground", (8, 9)), ("effects", (24, 11))])
def test_shapes_are_those_that_are_published(name, shape):
    assert {tensor.name: tensor.shape for tensor in ALWAYS}[name] == shape
