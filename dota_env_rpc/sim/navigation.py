"""Ways around obstacles: straight where possible, else along the map's graph of free blocks.

A unit never holds a whole path. It walks straight legs: the goal itself where the way to it is
free, else the farthest crossing that it can reach straight on the shortest way through the
graph, else, in thick woods, what a short search over cells finds.
"""

from dota_env_rpc.match.coordinates import GRID_SIZE, cell_along, cell_at, cell_center
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.ground import bit, is_straight, nearest_free
from dota_env_rpc.sim.state import SEARCH_SIZE

NO_LINK = 255
# Crossings looked at ahead: with blocks of 512 units, about as far as a straight leg can be.
LOOKAHEAD = 24
# How far a goal on blocked ground may be moved, in cells.
GOAL_REACH = 40


@rule
def node_near(state, patch, x, y):
    """Returns the node of the graph at or nearest to (x, y), -1 if none is within ten cells."""
    cell = cell_at(x, y)
    node = patch.nav.node_of_cell[cell]
    if node >= 0:
        return node
    column = cell_along(x)
    row = cell_along(y)
    for ring in range(1, 11):
        for i in range(-ring, ring + 1):
            for side in range(4):
                if side == 0:
                    c, r = column + i, row - ring
                elif side == 1:
                    c, r = column + i, row + ring
                elif side == 2:
                    c, r = column - ring, row + i
                else:
                    c, r = column + ring, row + i
                if 0 <= c < GRID_SIZE and 0 <= r < GRID_SIZE:
                    node = patch.nav.node_of_cell[r * GRID_SIZE + c]
                    if node >= 0:
                        return node
    return -1


@rule
def plan_leg(state, patch, x, y, goal_x, goal_y):
    """Returns the end (x, y) of the next straight leg from (x, y) toward the goal.

    A goal that cannot be stood on is replaced by the free place nearest to it. Where there is no
    way at all the leg ends where it starts.
    """
    goal_x, goal_y, found = nearest_free(state, goal_x, goal_y, GOAL_REACH)
    if not found:
        return x, y
    if is_straight(state, x, y, goal_x, goal_y):
        return goal_x, goal_y
    nav = patch.nav
    node = node_near(state, patch, x, y)
    last = node_near(state, patch, goal_x, goal_y)
    if node < 0 or last < 0:
        return search(state, patch, x, y, goal_x, goal_y)
    first_x = goal_x
    first_y = goal_y
    best_x = x
    best_y = y
    has_best = False
    for i in range(LOOKAHEAD):
        if node == last:
            break
        link = nav.next_link[node, last]
        if link == NO_LINK:
            break
        cross_x = float(nav.cross_x[node, link])
        cross_y = float(nav.cross_y[node, link])
        if i == 0:
            first_x = cross_x
            first_y = cross_y
        if is_straight(state, x, y, cross_x, cross_y):
            dx = cross_x - x
            dy = cross_y - y
            if dx * dx + dy * dy > 32.0 * 32.0:
                best_x = cross_x
                best_y = cross_y
                has_best = True
        node = nav.links[node, link]
    if has_best:
        return best_x, best_y
    return search(state, patch, x, y, first_x, first_y)


@rule
def search(state, patch, x, y, goal_x, goal_y):
    """Finds a way over cells around (x, y) and returns the end of its first straight leg.

    Breadth first, every step costing 1 whatever its direction, no cutting of corners, over at
    most `path.search_limit` cells of a square around the start; ends at the cell found that is
    nearest to the goal.
    """
    came_from = state.search_from
    queue = state.search_queue
    for i in range(SEARCH_SIZE * SEARCH_SIZE):
        came_from[i] = 0
    half = SEARCH_SIZE // 2
    left = cell_along(x) - half
    bottom = cell_along(y) - half
    goal_column = cell_along(goal_x) - left
    goal_row = cell_along(goal_y) - bottom
    start = half * SEARCH_SIZE + half
    came_from[start] = 9
    queue[0] = start
    head = 0
    tail = 1
    best = start
    best_gap = 1 << 40
    limit = int(patch.rules.path_search_limit)
    while head < tail and head < limit:
        here = int(queue[head])
        head += 1
        column = here % SEARCH_SIZE
        row = here // SEARCH_SIZE
        gap = (column - goal_column) ** 2 + (row - goal_row) ** 2
        if gap < best_gap:
            best_gap = gap
            best = here
            if gap == 0:
                break
        for direction in range(8):
            # Straight steps first: 0-3 east, north, west, south, then the diagonals.
            if direction < 4:
                step_x = 1 if direction == 0 else (-1 if direction == 2 else 0)
                step_y = 1 if direction == 1 else (-1 if direction == 3 else 0)
            else:
                step_x = 1 if direction == 4 or direction == 7 else -1
                step_y = 1 if direction == 4 or direction == 5 else -1
            c = column + step_x
            r = row + step_y
            if c < 0 or r < 0 or c >= SEARCH_SIZE or r >= SEARCH_SIZE:
                continue
            there = r * SEARCH_SIZE + c
            if came_from[there] or not _is_free(state, left + c, bottom + r):
                continue
            if step_x != 0 and step_y != 0 and not (
                    _is_free(state, left + c, bottom + row)
                    and _is_free(state, left + column, bottom + r)):
                continue
            came_from[there] = direction + 1
            queue[tail] = there
            tail += 1
    # Walk back from the end to the farthest cell that can be reached straight.
    here = best
    for _ in range(SEARCH_SIZE * SEARCH_SIZE):
        if here == start:
            break
        end_x = cell_center(left + here % SEARCH_SIZE)
        end_y = cell_center(bottom + here // SEARCH_SIZE)
        if is_straight(state, x, y, end_x, end_y):
            return end_x, end_y
        direction = int(came_from[here]) - 1
        if direction < 4:
            step_x = 1 if direction == 0 else (-1 if direction == 2 else 0)
            step_y = 1 if direction == 1 else (-1 if direction == 3 else 0)
        else:
            step_x = 1 if direction == 4 or direction == 7 else -1
            step_y = 1 if direction == 4 or direction == 5 else -1
        here -= step_y * SEARCH_SIZE + step_x
    return x, y


@rule
def _is_free(state, column, row):
    if column < 0 or row < 0 or column >= GRID_SIZE or row >= GRID_SIZE:
        return False
    return not bit(state.blocked, row * GRID_SIZE + column)
