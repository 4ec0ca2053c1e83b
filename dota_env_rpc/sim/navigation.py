"""Ways around obstacles: straight where possible, else by a search over cells.

A unit never holds a whole path. It walks straight legs. A goal that is near is searched for
directly; toward one that is far the search goes to a crossing, as far as it can see, of the
shortest way through the map's graph of free blocks.
"""

from dota_env_rpc.match.coordinates import GRID_SIZE, cell_along, cell_at, cell_center
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.sim.ground import bit, is_straight, nearest_free, ring_cell
from dota_env_rpc.sim.state import MAX_SEARCH_ENTRIES, NUM_SEARCH_COSTS, SEARCH_SIZE

NO_LINK = 255
HALF = SEARCH_SIZE // 2
# Goals and crossings up to this many cells away are searched for directly.
IN_REACH = HALF - 3
# How far a goal on blocked ground may be moved, in cells.
GOAL_REACH = 40
# Costs of a step along an axis and along a diagonal.
STRAIGHT_COST = 5
DIAGONAL_COST = 7
# Steps: 0-3 east, north, west, south, then the diagonals.
STEP_X = (1, 0, -1, 0, 1, -1, -1, 1)
STEP_Y = (0, 1, 0, -1, 1, 1, -1, -1)
# Bits of the first four that must be free for a step: itself, or both sides of a diagonal.
NEEDED = (1, 2, 4, 8, 3, 6, 12, 9)


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
        for i in range(8 * ring):
            c, r = ring_cell(column, row, ring, i)
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
    if _in_reach(x, y, goal_x, goal_y):
        return search(state, patch, x, y, goal_x, goal_y)
    nav = patch.nav
    node = node_near(state, patch, x, y)
    last = node_near(state, patch, goal_x, goal_y)
    if node < 0 or last < 0:
        return x, y
    to_x = goal_x
    to_y = goal_y
    for i in range(SEARCH_SIZE):
        link = nav.next_link[node, last]
        if link == NO_LINK:
            break
        cross_x = float(nav.cross_x[node, link])
        cross_y = float(nav.cross_y[node, link])
        if i > 0 and not _in_reach(x, y, cross_x, cross_y):
            break
        to_x = cross_x
        to_y = cross_y
        node = nav.links[node, link]
    return search(state, patch, x, y, to_x, to_y)


@inlined
def _in_reach(x, y, goal_x, goal_y):
    return (abs(cell_along(x) - cell_along(goal_x)) <= IN_REACH
            and abs(cell_along(y) - cell_along(goal_y)) <= IN_REACH)


@inlined
def _estimate(column, row, goal_column, goal_row):
    """Returns the cost of the shortest way over open ground."""
    across = abs(column - goal_column)
    along = abs(row - goal_row)
    shorter = min(across, along)
    return STRAIGHT_COST * (max(across, along) - shorter) + DIAGONAL_COST * shorter


@rule
def search(state, patch, x, y, goal_x, goal_y):
    """Finds a way over cells around (x, y) and returns the end of its first straight leg.

    An A* search without cutting of corners, over at most `path.search_limit` cells of a square
    around the start. Where the goal is not found it leads to the cell found nearest to it. Of ways
    of like length the same is taken, as seen by the walker, there and back: directions are tried
    in an order that turns with the goal.
    """
    came_from = state.search_from
    cost = state.search_cost
    first = state.search_first
    entry_cell = state.search_cell
    entry_next = state.search_next
    for i in range(SEARCH_SIZE * SEARCH_SIZE):
        came_from[i] = 0
    for i in range(NUM_SEARCH_COSTS):
        first[i] = -1
    left = cell_along(x) - HALF
    bottom = cell_along(y) - HALF
    goal_column = cell_along(goal_x) - left
    goal_row = cell_along(goal_y) - bottom
    start = HALF * SEARCH_SIZE + HALF
    ahead = 1 if (goal_row - HALF) + (goal_column - HALF) >= 0 else -1
    base = _estimate(HALF, HALF, goal_column, goal_row)
    # Entries are kept in lists by their whole cost above the least possible one.
    came_from[start] = 9
    cost[start] = 0
    first[0] = 0
    entry_cell[0] = start
    entry_next[0] = -1
    num_entries = 1
    level = 0
    best = start
    best_gap = base
    looked_at = 0
    limit = int(patch.rules.path_search_limit)
    while level < NUM_SEARCH_COSTS and looked_at < limit:
        if first[level] < 0:
            level += 1
            continue
        here = int(entry_cell[first[level]])
        first[level] = entry_next[first[level]]
        column = here % SEARCH_SIZE
        row = here // SEARCH_SIZE
        gap = _estimate(column, row, goal_column, goal_row)
        if cost[here] + gap - base < level:
            continue  # a cheaper way here was looked at before
        looked_at += 1
        if gap < best_gap:
            best_gap = gap
            best = here
        if gap == 0:
            break
        free = 0  # bits of the first four directions
        for direction in range(8):
            c = column + ahead * STEP_X[direction]
            r = row + ahead * STEP_Y[direction]
            if direction < 4:
                free |= _is_free(state, left + c, bottom + r) << direction
            if c < 0 or r < 0 or c >= SEARCH_SIZE or r >= SEARCH_SIZE:
                continue
            there = r * SEARCH_SIZE + c
            total = cost[here] + (STRAIGHT_COST if direction < 4 else DIAGONAL_COST)
            if came_from[there] and cost[there] <= total:
                continue
            if free & NEEDED[direction] != NEEDED[direction] or (
                    direction >= 4 and not _is_free(state, left + c, bottom + r)):
                continue
            above = total + _estimate(c, r, goal_column, goal_row) - base
            if above >= NUM_SEARCH_COSTS or num_entries >= MAX_SEARCH_ENTRIES:
                continue
            came_from[there] = direction + 1
            cost[there] = total
            entry_cell[num_entries] = there
            entry_next[num_entries] = first[above]
            first[above] = num_entries
            num_entries += 1
    # Walk back from the end to the farthest cell that can be reached straight.
    here = best
    while here != start:
        end_x = cell_center(left + here % SEARCH_SIZE)
        end_y = cell_center(bottom + here // SEARCH_SIZE)
        if best_gap == 0 and here == best:
            end_x = goal_x
            end_y = goal_y
        if is_straight(state, x, y, end_x, end_y):
            return end_x, end_y
        direction = int(came_from[here]) - 1
        here -= ahead * (STEP_Y[direction] * SEARCH_SIZE + STEP_X[direction])
    return x, y


@rule
def _is_free(state, column, row):
    """Returns 1 where one can walk, else 0."""
    if column < 0 or row < 0 or column >= GRID_SIZE or row >= GRID_SIZE:
        return 0
    return 1 - bit(state.blocked, row * GRID_SIZE + column)
