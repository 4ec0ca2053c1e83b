"""Where one can stand and walk straight: the cells around a cell, and those that a line enters."""

import itertools

import numpy as np
import pytest

from dota_env_rpc.match.coordinates import CELL, GRID_SIZE, cell_center
from dota_env_rpc.match.rule import address, element_at, entry, record, record_at
from dota_env_rpc.sim.ground import is_straight, ring_cell, set_blocked
from dota_env_rpc.sim.state import STATE

LINE = record([("x0", "f8"), ("y0", "f8"), ("x1", "f8"), ("y1", "f8"), ("straight", "i8")], "LINE")
# Column and row of a cell in the middle of the map.
MIDDLE = 130

_state_at = record_at(STATE)
_line_at = element_at(LINE)


@entry
def _look(state, lines, count):
    """Finds out which of many lines are straight."""
    for i in range(count):
        line = _line_at(lines, i)
        line.straight = is_straight(_state_at(state), line.x0, line.y0, line.x1, line.y1)


@entry
def _block(state, cell):
    set_blocked(_state_at(state), cell, 1)


@pytest.fixture
def straight():
    """A function that tells which lines are straight on a map whose only blocked cells are given.

    Lines go from (x0, y0) to (x1, y1) in cells from the lower left corner of the cell (130, 130).
    """
    def straight(lines, blocked=()):
        state = np.zeros(1, STATE).view(np.recarray)
        for column, row in blocked:
            _block(address(state), (MIDDLE + row) * GRID_SIZE + MIDDLE + column)
        corner = float(getattr(cell_center, "py_func", cell_center)(MIDDLE)) - 0.5 * CELL
        given = np.zeros(len(lines), LINE).view(np.recarray)
        for place, line in enumerate(lines):
            given[place] = (*(corner + CELL * at for at in line), 0)
        _look(address(state), address(given), len(given))
        return given.straight.astype(bool).tolist()
    return straight


@pytest.mark.parametrize("ring", [1, 2, 5])
def test_a_ring_holds_each_of_its_cells_once(ring):
    rule = getattr(ring_cell, "py_func", ring_cell)
    cells = [rule(10, 20, ring, i) for i in range(8 * ring)]
    assert len(set(cells)) == 8 * ring
    assert {max(abs(column - 10), abs(row - 20)) for column, row in cells} == {ring}


def test_open_ground_is_straight_to_a_corner_of_cells_from_all_around(straight):
    """A corner belongs to the cell above and to the right of it."""
    starts = [(4.5 * np.cos(angle), 4.5 * np.sin(angle))
              for angle in np.linspace(0.0, 2.0 * np.pi, 64, endpoint=False)]
    lines = [(*start, x, y) for start in starts for x, y in itertools.product((0.0, 1.0), repeat=2)]
    assert all(straight(lines))


@pytest.mark.parametrize("start", [(-2.5, 2.5), (2.5, -2.5), (2.5, 2.5), (-2.5, -2.5)])
def test_a_blocked_cell_on_the_way_to_a_corner_is_in_the_way(straight, start):
    """On the diagonal, where columns and rows end together."""
    on_the_way = int(np.floor(start[0] / 2)), int(np.floor(start[1] / 2))
    assert straight([(*start, 0.0, 0.0)], [on_the_way]) == [False]
