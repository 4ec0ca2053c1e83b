"""Where one can stand: the cells around a cell."""

import pytest

from dota_env_rpc.sim.ground import ring_cell


@pytest.mark.parametrize("ring", [1, 2, 5])
def test_a_ring_holds_each_of_its_cells_once(ring):
    rule = getattr(ring_cell, "py_func", ring_cell)
    cells = [rule(10, 20, ring, i) for i in range(8 * ring)]
    assert len(set(cells)) == 8 * ring
    assert {max(abs(column - 10), abs(row - 20)) for column, row in cells} == {ring}
