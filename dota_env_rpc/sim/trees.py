"""Trees that fall, and grow again."""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import CELL, GRID_ORIGIN, GRID_SIZE
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.ground import bit, set_blocked
from dota_env_rpc.sim.motion import put_at
from dota_env_rpc.sim.state import MAX_FELLED, MAX_PLANTED

NO_TREE = -1
# Planted trees have the numbers from here on.
FIRST_PLANTED = 1 << 12


@rule
def is_standing(state, tree):
    """Returns whether a tree stands: one of the patch, or behind those one that was planted."""
    if tree >= FIRST_PLANTED:
        return state.planted_until_tick[tree - FIRST_PLANTED] > 0
    return not (state.trees_felled[tree >> 3] >> (tree & 7)) & 1


@rule
def fell_trees(state, patch, x, y, radius):
    """Fells the standing trees within `radius` of a place; returns how many."""
    felled = 0
    for tree in range(len(patch.tree_x)):
        dx = patch.tree_x[tree] - x
        dy = patch.tree_y[tree] - y
        if abs(dx) <= radius and dx * dx + dy * dy <= radius * radius:
            felled += fell_tree(state, patch, tree)
    if state.num_planted:
        for i in range(MAX_PLANTED):
            dx = state.planted_x[i] - x
            dy = state.planted_y[i] - y
            if state.planted_until_tick[i] > 0 and dx * dx + dy * dy <= radius * radius:
                _wither(state, i)
                felled += 1
    return felled


@rule
def place_of_tree(state, patch, tree):
    """Returns where a tree stands, as (x, y)."""
    if tree >= FIRST_PLANTED:
        return state.planted_x[tree - FIRST_PLANTED], state.planted_y[tree - FIRST_PLANTED]
    return patch.tree_x[tree], patch.tree_y[tree]


@rule
def plant_tree(state, patch, x, y, seconds):
    """Plants a tree for a while, on the free ones of the four cells around the nearest corner.

    Who stands there is put beside it. Where too many stand, none is planted.
    """
    for i in range(MAX_PLANTED):
        if state.planted_until_tick[i] > 0:
            continue
        column = int((x - GRID_ORIGIN) / CELL + 0.5)
        line = int((y - GRID_ORIGIN) / CELL + 0.5)
        state.planted_x[i] = column * CELL + GRID_ORIGIN
        state.planted_y[i] = line * CELL + GRID_ORIGIN
        state.planted_until_tick[i] = state.tables.tick + int(seconds * TICKS_PER_SECOND)
        state.planted_cells[i] = 0
        state.num_planted += 1
        for quarter in range(4):
            cell = (line - 1 + quarter // 2) * GRID_SIZE + column - 1 + quarter % 2
            if not bit(state.blocked, cell):
                set_blocked(state, cell, 1)
                state.planted_cells[i] |= 1 << quarter
        for row in range(state.tables.num_rows):
            unit = state.tables.units[row]
            if (unit.handle != 0 and unit.alive and unit.move_speed > 0.0
                    and abs(unit.x - state.planted_x[i]) <= CELL
                    and abs(unit.y - state.planted_y[i]) <= CELL):
                put_at(state, patch, row, unit.x, unit.y)
        return


@rule
def _wither(state, i):
    """Takes a planted tree away."""
    column = int((state.planted_x[i] - GRID_ORIGIN) / CELL + 0.5)
    line = int((state.planted_y[i] - GRID_ORIGIN) / CELL + 0.5)
    for quarter in range(4):
        if (state.planted_cells[i] >> quarter) & 1:
            set_blocked(
                state, (line - 1 + quarter // 2) * GRID_SIZE + column - 1 + quarter % 2, 0)
    state.planted_until_tick[i] = 0
    state.num_planted -= 1


@rule
def wither_trees(state):
    """Takes away the planted trees whose time is over."""
    for i in range(MAX_PLANTED):
        if 0 < state.planted_until_tick[i] <= state.tables.tick:
            _wither(state, i)


@rule
def fell_tree(state, patch, tree):
    """Fells a tree; returns 1, or 0 if it does not stand or too many lie."""
    if not is_standing(state, tree) or state.num_felled >= MAX_FELLED:
        return 0
    state.trees_felled[tree >> 3] |= 1 << (tree & 7)
    state.felled_tree[state.num_felled] = tree
    state.felled_tick[state.num_felled] = state.tables.tick
    state.num_felled += 1
    _set_cells(state, patch, tree, 0)
    return 1


@rule
def nearest_tree(state, patch, x, y, radius):
    """Returns the standing tree nearest to a place within `radius`, or NO_TREE."""
    best = NO_TREE
    best_gap = radius * radius
    for tree in range(len(patch.tree_x)):
        dx = patch.tree_x[tree] - x
        dy = patch.tree_y[tree] - y
        gap = dx * dx + dy * dy
        if gap <= best_gap and is_standing(state, tree):
            best = tree
            best_gap = gap
    if state.num_planted:
        for i in range(MAX_PLANTED):
            dx = state.planted_x[i] - x
            dy = state.planted_y[i] - y
            gap = dx * dx + dy * dy
            if gap <= best_gap and state.planted_until_tick[i] > 0:
                best = FIRST_PLANTED + i
                best_gap = gap
    return best


@rule
def grow_trees(state, patch):
    """Lets the felled trees grow whose time has come, oldest first."""
    due = state.tables.tick - int(patch.rules.tree_regrow_seconds * TICKS_PER_SECOND)
    while state.num_felled > 0 and state.felled_tick[0] <= due:
        tree = state.felled_tree[0]
        state.num_felled -= 1
        for i in range(state.num_felled):
            state.felled_tree[i] = state.felled_tree[i + 1]
            state.felled_tick[i] = state.felled_tick[i + 1]
        state.trees_felled[tree >> 3] &= 255 - (1 << (tree & 7))
        _set_cells(state, patch, tree, 1)


@rule
def _set_cells(state, patch, tree, blocked):
    """Blocks or frees the four cells that a tree stands on, if nothing else blocks them."""
    column = int((patch.tree_x[tree] - GRID_ORIGIN) / CELL)
    line = int((patch.tree_y[tree] - GRID_ORIGIN) / CELL)
    for dy in range(-1, 1):
        for dx in range(-1, 1):
            cell = (line + dy) * GRID_SIZE + column + dx
            if blocked or not (patch.blocked[cell >> 3] >> (cell & 7)) & 1:
                set_blocked(state, cell, blocked)
