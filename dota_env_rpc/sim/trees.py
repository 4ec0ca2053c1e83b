"""Trees that fall, and grow again."""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import CELL, GRID_ORIGIN, GRID_SIZE
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.ground import set_blocked
from dota_env_rpc.sim.state import MAX_FELLED

NO_TREE = -1


@rule
def is_standing(state, tree):
    """Returns whether a tree of the patch stands."""
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
    return felled


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
