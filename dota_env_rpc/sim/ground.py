"""What the ground allows: where one can stand, walk straight, and see.

Source: navigation cells of 64 units, trees and blockers as in data/<patch>/map.npz; sight as
devilesk's vision simulation and Liquipedia vision@2383431 describe it.
"""

import math

from dota_env_rpc.match.coordinates import CELL, GRID_SIZE, cell_along, cell_at, cell_center
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.sim.state import MAX_PLANTED


@inlined
def bit(bits, index):
    """Returns whether bit `index` of a byte array is set, as 0 or 1."""
    return (bits[index >> 3] >> (index & 7)) & 1


@inlined
def is_blocked(state, x, y):
    """Returns 1 where nobody can walk: off the ground, on a standing tree or a building."""
    return bit(state.blocked, cell_at(x, y))


@inlined
def level_at(patch, x, y):
    """Returns the elevation of the ground in levels of 128 units."""
    return patch.elevation[cell_at(x, y)]


@rule
def set_blocked(state, cell, blocked):
    """Marks one cell as blocked (1) or free (0)."""
    if blocked:
        state.blocked[cell >> 3] |= 1 << (cell & 7)
    else:
        state.blocked[cell >> 3] &= 255 - (1 << (cell & 7))


@rule
def is_straight(state, x0, y0, x1, y1):
    """Returns whether every cell that the line from (x0, y0) to (x1, y1) enters is free.

    The first cell is not looked at, so that a unit on a blocked cell can walk off it.
    """
    column = cell_along(x0)
    row = cell_along(y0)
    last_column = cell_along(x1)
    last_row = cell_along(y1)
    dx = x1 - x0
    dy = y1 - y0
    step_column = 1 if dx > 0 else -1
    step_row = 1 if dy > 0 else -1
    # How far along the line, from 0 to 1, the next border between columns and rows lies.
    per_column = CELL / abs(dx) if dx != 0.0 else 1e18
    per_row = CELL / abs(dy) if dy != 0.0 else 1e18
    if dx != 0.0:
        next_column = (cell_center(column) + step_column * CELL * 0.5 - x0) / dx
    else:
        next_column = 1e18
    if dy != 0.0:
        next_row = (cell_center(row) + step_row * CELL * 0.5 - y0) / dy
    else:
        next_row = 1e18
    for _ in range(2 * GRID_SIZE):
        if column == last_column and row == last_row:
            return True
        # Who has come to the goal's row, or column, stays in it: a goal may lie on a border.
        if row == last_row or (column != last_column and next_column < next_row):
            column += step_column
            next_column += per_column
        else:
            row += step_row
            next_row += per_row
        if column < 0 or row < 0 or column >= GRID_SIZE or row >= GRID_SIZE:
            return False
        if bit(state.blocked, row * GRID_SIZE + column):
            return False
    return False


@rule
def can_see_ground(state, patch, x0, y0, x1, y1):
    """Returns whether a ground viewer at (x0, y0) sees the cell at (x1, y1) within its radius.

    A cell on a higher level is hidden, and so is one behind a blocker, behind a wall that hides,
    or behind a standing tree that grows at the viewer's level or above. Cells within two of the
    viewer are always seen.
    """
    level = level_at(patch, x0, y0)
    if level_at(patch, x1, y1) > level:
        return False
    dx = x1 - x0
    dy = y1 - y0
    steps = int(math.sqrt(dx * dx + dy * dy) / CELL)
    if steps <= patch.rules.vision_min_cells:
        return True
    for i in range(1, steps):
        part = i / steps
        cell = cell_at(x0 + dx * part, y0 + dy * part)
        if bit(patch.sight_blocker, cell) or (
                state.num_hiding_cells and _is_hidden_by_wall(state, cell)):
            return False
        tree = patch.tree_of_cell[cell]
        if (tree >= 0 and patch.tree_elevation[tree] >= level
                and not bit(state.trees_felled, tree)):
            return False
    return not state.num_planted or not _behind_planted(state, patch, x0, y0, dx, dy, level)


@rule
def _behind_planted(state, patch, x0, y0, dx, dy, level):
    """Returns whether a planted tree stands in the way of a look from (x0, y0) by (dx, dy)."""
    size = math.sqrt(dx * dx + dy * dy)
    for i in range(MAX_PLANTED):
        away_x = state.planted_x[i] - x0
        away_y = state.planted_y[i] - y0
        along = (away_x * dx + away_y * dy) / size
        if (state.planted_until_tick[i] > 0 and 0.0 < along < size
                and abs(away_x * dy - away_y * dx) / size <= CELL
                and level_at(patch, state.planted_x[i], state.planted_y[i]) >= level):
            return True
    return False


@rule
def _is_hidden_by_wall(state, cell):
    for i in range(state.num_wall_cells):
        if state.wall_cell[i] == cell and state.wall_hides[i]:
            return True
    return False


@inlined
def ring_cell(column, row, ring, i):
    """Returns the i-th of the 8 * ring cells (column, row) of a square ring around a cell.

    Cells opposite each other come close together, so that no direction goes first.
    """
    along = (i >> 2) - ring
    side = i & 3
    if side == 0:
        return column + along, row - ring
    if side == 1:
        return column - along, row + ring
    if side == 2:
        return column - ring, row - along
    return column + ring, row + along


@rule
def nearest_free(state, x, y, reach):
    """Returns the middle of the free cell nearest to (x, y) within `reach` cells, and whether any.

    A free point is returned as it is.
    """
    if not is_blocked(state, x, y):
        return x, y, True
    column = cell_along(x)
    row = cell_along(y)
    best = 1e18
    best_x = x
    best_y = y
    for ring in range(1, reach + 1):
        for i in range(8 * ring):
            c, r = ring_cell(column, row, ring, i)
            if c < 0 or r < 0 or c >= GRID_SIZE or r >= GRID_SIZE:
                continue
            if bit(state.blocked, r * GRID_SIZE + c):
                continue
            dx = cell_center(c) - x
            dy = cell_center(r) - y
            if dx * dx + dy * dy < best:
                best = dx * dx + dy * dy
                best_x = cell_center(c)
                best_y = cell_center(r)
        # A cell of the next ring is at least this far; nothing nearer can follow.
        if best < (ring * CELL) * (ring * CELL):
            break
    return best_x, best_y, best < 1e18
