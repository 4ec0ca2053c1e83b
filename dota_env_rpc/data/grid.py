"""Sets of cells of the map, as arrays; a cell's number is `gy * GRID_SIZE + gx`."""

import numpy as np

from dota_env_rpc.match.coordinates import CELL, GRID_ORIGIN, GRID_SIZE, NUM_CELLS


def cell_of(x: float, y: float) -> int:
    """Returns the cell in which (x, y) lies, in map units.

    Raises:
        ValueError: (x, y) lies outside the grid.
    """
    gx, gy = int((x - GRID_ORIGIN) // CELL), int((y - GRID_ORIGIN) // CELL)
    if not (0 <= gx < GRID_SIZE and 0 <= gy < GRID_SIZE):
        raise ValueError(f"({x}, {y}) lies outside the map")
    return gy * GRID_SIZE + gx


def center_of(cell) -> tuple:
    """Returns (x, y), the center of `cell` in map units; arrays of cells give arrays."""
    gy, gx = np.divmod(cell, GRID_SIZE)
    return GRID_ORIGIN + CELL * (gx + 0.5), GRID_ORIGIN + CELL * (gy + 0.5)


def footprint_cells(x: float, y: float, radius: float) -> np.ndarray:
    """Returns the cells whose centers lie within `radius` of (x, y), in map units.

    They are what a building of that collision radius takes from the walkable map.

    Returns:
        int32 array of cell numbers, ascending; cells outside the grid are left out.
    """
    reach = int(radius // CELL) + 1
    near_x, near_y = int((x - GRID_ORIGIN) // CELL), int((y - GRID_ORIGIN) // CELL)
    gx = np.arange(max(near_x - reach, 0), min(near_x + reach + 1, GRID_SIZE))
    gy = np.arange(max(near_y - reach, 0), min(near_y + reach + 1, GRID_SIZE))
    cells = (gy[:, None] * GRID_SIZE + gx[None, :]).ravel()
    center_x, center_y = center_of(cells)
    inside = (center_x - x) ** 2 + (center_y - y) ** 2 <= radius * radius
    return cells[inside].astype(np.int32)


def tree_cells(x, y) -> np.ndarray:
    """Returns the four cells around each tree's corner (x, y): an int32 array (num_trees, 4)."""
    gx = np.asarray((np.asarray(x) - GRID_ORIGIN) // CELL, np.int32)
    gy = np.asarray((np.asarray(y) - GRID_ORIGIN) // CELL, np.int32)
    corner = gy * GRID_SIZE + gx
    return corner[:, None] + np.array([-GRID_SIZE - 1, -GRID_SIZE, -1, 0], np.int32)


def pack_cells(cells: np.ndarray) -> np.ndarray:
    """Returns one bit for each of NUM_CELLS truth values: bit `cell & 7` of byte `cell >> 3`."""
    return np.packbits(np.asarray(cells, bool).reshape(NUM_CELLS), bitorder="little")


def unpack_cells(packed: np.ndarray) -> np.ndarray:
    """Returns the bool array (NUM_CELLS,) that `pack_cells` packed."""
    return np.unpackbits(packed, count=NUM_CELLS, bitorder="little").astype(bool)
