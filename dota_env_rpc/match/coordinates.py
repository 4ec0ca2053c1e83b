"""The map's measures: map units, navigation cells and levels of height."""

from dota_env_rpc.match.rule import inlined

GRID_SIZE = 327  # cells a side
CELL = 64.0  # map units a side
GRID_ORIGIN = -10496.0  # west and south edge of cell (0, 0)
WORLD_MIN = -10496.0
WORLD_MAX = 10432.0
NUM_CELLS = GRID_SIZE * GRID_SIZE
NUM_CELL_BYTES = (NUM_CELLS + 7) // 8
LEVEL_HEIGHT = 128.0  # map units between two levels of elevation


@inlined
def cell_along(coordinate):
    """Returns the column (of x) or row (of y) of the grid, kept inside it."""
    index = int((coordinate - GRID_ORIGIN) / CELL)
    if index < 0:
        return 0
    if index >= GRID_SIZE:
        return GRID_SIZE - 1
    return index


@inlined
def cell_at(x, y):
    """Returns the number of the cell that holds a point: row * GRID_SIZE + column."""
    return cell_along(y) * GRID_SIZE + cell_along(x)


@inlined
def cell_center(index):
    """Returns the coordinate of the middle of a column or row."""
    return GRID_ORIGIN + (index + 0.5) * CELL
