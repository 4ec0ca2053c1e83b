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
# Cells around one, as bits row by row from behind on the right: which must be free for a step,
# itself and both sides of a diagonal.
NEEDED = tuple(
    1 << (4 + 3 * y + x) | 1 << (4 + 3 * y) | 1 << (4 + x) if x and y else 1 << (4 + 3 * y + x)
    for x, y in zip(STEP_X, STEP_Y))
# Three bits turned round.
TURNED = (0, 4, 2, 6, 1, 5, 3, 7)
# A goal that was not found among so many cells may be enclosed, which is worth a look.
PATIENCE = 128
# What stands for the way to a cell on the goal's side of what encloses it.
ENCLOSED = 10


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
    least_gap = 0
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
        if looked_at == PATIENCE:
            least_gap = _least_gap(state, left, bottom, goal_column, goal_row, num_entries)
        if best_gap <= least_gap:
            break
        around = _free_around(state, left + column, bottom + row, ahead)
        for direction in range(8):
            if around & NEEDED[direction] != NEEDED[direction]:
                continue
            c = column + ahead * STEP_X[direction]
            r = row + ahead * STEP_Y[direction]
            if c < 0 or r < 0 or c >= SEARCH_SIZE or r >= SEARCH_SIZE:
                continue
            there = r * SEARCH_SIZE + c
            total = cost[here] + (STRAIGHT_COST if direction < 4 else DIAGONAL_COST)
            if came_from[there] and cost[there] <= total:
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
def _least_gap(state, left, bottom, goal_column, goal_row, num_entries):
    """Returns a gap that no way can end nearer to the goal than: 0 where the goal may be reached.

    All cells are looked at that can be reached from the goal, until one of those that the search
    has found. Where there is none, they are marked, and the nearest of all others tells.
    """
    if goal_column < 0 or goal_row < 0 or goal_column >= SEARCH_SIZE or goal_row >= SEARCH_SIZE:
        return 0
    came_from = state.search_from
    found = state.search_cell  # behind the entries of the search
    goal = goal_row * SEARCH_SIZE + goal_column
    if came_from[goal]:
        return 0
    came_from[goal] = ENCLOSED
    found[num_entries] = goal
    end = num_entries + 1
    at = num_entries
    touched = False
    while at < end and not touched:
        column = int(found[at]) % SEARCH_SIZE
        row = int(found[at]) // SEARCH_SIZE
        at += 1
        around = _free_around(state, left + column, bottom + row, 1)
        for direction in range(4):
            c = column + STEP_X[direction]
            r = row + STEP_Y[direction]
            if c < 0 or r < 0 or c >= SEARCH_SIZE or r >= SEARCH_SIZE:
                continue
            there = r * SEARCH_SIZE + c
            if came_from[there] == ENCLOSED:
                continue
            if came_from[there]:
                touched = True
            elif around & NEEDED[direction]:
                came_from[there] = ENCLOSED
                found[end] = there
                end += 1
    if touched:
        for i in range(num_entries, end):
            came_from[found[i]] = 0
        return 0
    best = DIAGONAL_COST * 2 * SEARCH_SIZE
    ring = 1
    while STRAIGHT_COST * ring < best:
        for i in range(8 * ring):
            c, r = ring_cell(goal_column, goal_row, ring, i)
            if (0 <= c < SEARCH_SIZE and 0 <= r < SEARCH_SIZE
                    and came_from[r * SEARCH_SIZE + c] != ENCLOSED
                    and _is_free(state, left + c, bottom + r)):
                best = min(best, _estimate(c, r, goal_column, goal_row))
        ring += 1
    return best


@rule
def _free_around(state, column, row, ahead):
    """Returns which of the nine cells around one can be walked, as bits as NEEDED has them.

    ahead: 1 to see them from the south-west, -1 from the north-east.
    """
    around = 0
    for r in range(3):
        line = row + ahead * (r - 1)
        if line < 0 or line >= GRID_SIZE:
            continue
        cell = line * GRID_SIZE + column - 1
        if 0 < column < GRID_SIZE - 1:
            byte = cell >> 3
            bits = int(state.blocked[byte]) | int(state.blocked[byte + 1]) << 8
            free = ~(bits >> (cell & 7)) & 7
        else:
            free = 0
            for c in range(3):
                free |= int(_is_free(state, column + c - 1, line)) << c
        around |= (free if ahead > 0 else TURNED[free]) << (3 * r)
    return around


@rule
def _is_free(state, column, row):
    """Returns 1 where one can walk, else 0."""
    if column < 0 or row < 0 or column >= GRID_SIZE or row >= GRID_SIZE:
        return 0
    return 1 - bit(state.blocked, row * GRID_SIZE + column)
