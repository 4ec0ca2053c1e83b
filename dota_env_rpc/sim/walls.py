"""Ground that spells block for a while."""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import CELL, GRID_SIZE, cell_along, cell_center
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.ground import bit, set_blocked
from dota_env_rpc.sim.motion import put_at
from dota_env_rpc.sim.state import MAX_WALL_CELLS


@rule
def block_ground(state, patch, x, y, toward_x, toward_y, length, width, seconds, start, hides):
    """Blocks the free cells within width / 2 of a line from (x, y) toward another place.

    start: how far along the line the wall begins. hides: whether nobody sees through it either.
    Who stands there is put beside it. More cells than there is room for are left free.
    """
    dx = toward_x - x
    dy = toward_y - y
    size = math.sqrt(dx * dx + dy * dy)
    if size == 0.0:
        return
    dx /= size
    dy /= size
    until = state.tables.tick + int(seconds * TICKS_PER_SECOND)
    reach = length + width
    for row in range(cell_along(y - reach), cell_along(y + reach) + 1):
        for column in range(cell_along(x - reach), cell_along(x + reach) + 1):
            away_x = cell_center(column) - x
            away_y = cell_center(row) - y
            along = away_x * dx + away_y * dy
            cell = row * GRID_SIZE + column
            if (along < start or along > length
                    or abs(away_x * dy - away_y * dx) > max(0.5 * width, 0.5 * CELL)
                    or bit(state.blocked, cell) or state.num_wall_cells >= MAX_WALL_CELLS):
                continue
            set_blocked(state, cell, 1)
            state.wall_cell[state.num_wall_cells] = cell
            state.wall_until_tick[state.num_wall_cells] = until
            state.wall_hides[state.num_wall_cells] = hides
            state.num_wall_cells += 1
            state.num_hiding_cells += hides
    for i in range(state.tables.num_rows):
        unit = state.tables.units[i]
        along = (unit.x - x) * dx + (unit.y - y) * dy
        if (unit.handle != 0 and unit.alive and unit.move_speed > 0.0 and start <= along <= length
                and abs((unit.x - x) * dy - (unit.y - y) * dx) <= width):
            put_at(state, patch, i, unit.x, unit.y)


@rule
def lower_walls(state):
    """Frees the cells whose time is over."""
    kept = 0
    for i in range(state.num_wall_cells):
        if state.wall_until_tick[i] <= state.tables.tick:
            set_blocked(state, state.wall_cell[i], 0)
            state.num_hiding_cells -= state.wall_hides[i]
        else:
            state.wall_cell[kept] = state.wall_cell[i]
            state.wall_until_tick[kept] = state.wall_until_tick[i]
            state.wall_hides[kept] = state.wall_hides[i]
            kept += 1
    state.num_wall_cells = kept
