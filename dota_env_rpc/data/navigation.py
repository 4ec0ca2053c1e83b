"""Builds the graph on which units find their way; used when tables are extracted.

Needs SciPy, which the package itself does not.
"""

import numpy as np

from dota_env_rpc.data.grid import center_of
from dota_env_rpc.data.records import MAX_NAV_LINKS, MAX_NAV_NODES, NO_LINK
from dota_env_rpc.match.coordinates import CELL, GRID_SIZE, NUM_CELLS

BLOCK = 8  # cells a side


def build(free: np.ndarray) -> dict[str, np.ndarray]:
    """Returns the arrays of the navigation graph of a map, as NAV in data/records.py has them.

    Args:
        free: bool array (GRID_SIZE, GRID_SIZE), [gy][gx]: where a unit's center may be.

    Returns:
        `node_of_cell` int16 (NUM_CELLS,), `x`, `y` float32 (num_nodes,), `links` int16,
        `cross_x` and `cross_y` float32 (num_nodes, MAX_NAV_LINKS), `next_link` uint8
        (num_nodes, num_nodes). Only the part of the map from which most cells can be reached.

    Raises:
        ValueError: there are more nodes, or more links of one node, than NAV holds.
    """
    parts = _parts(free)
    parts = _keep(parts, _largest_component(parts))
    num_nodes = int(parts.max()) + 1
    if num_nodes > MAX_NAV_NODES:
        raise ValueError(f"{num_nodes} nodes, but MAX_NAV_NODES is {MAX_NAV_NODES}")
    x, y = _positions(parts, num_nodes)
    links = _links(parts)
    return {
        "node_of_cell": parts.ravel().astype(np.int16), "x": x, "y": y,
        **_routes(x, y, links, num_nodes),
    }


def _parts(free: np.ndarray) -> np.ndarray:
    """Numbers the connected free parts of each block, block by block; -1 elsewhere."""
    from scipy import ndimage  # late: only the extractor needs it

    parts = np.full(free.shape, -1, np.int32)
    count = 0
    for south in range(0, GRID_SIZE, BLOCK):
        for west in range(0, GRID_SIZE, BLOCK):
            block = np.s_[south:south + BLOCK, west:west + BLOCK]
            # A diagonal step that cuts no corner needs both cells beside it, so that connection
            # over edges is connection with diagonals.
            labels, num_labels = ndimage.label(free[block])
            parts[block] = np.where(labels > 0, labels - 1 + count, -1)
            count += num_labels
    return parts


def _keep(parts: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Renumbers the parts in `kept` from 0 on and drops all others."""
    number = np.full(max(int(parts.max()) + 2, 1), -1, np.int32)  # the last entry is for -1
    number[kept] = np.arange(len(kept))
    return number[parts]


def _largest_component(parts: np.ndarray) -> np.ndarray:
    """Returns the parts of the connected region that has most cells, ascending."""
    from scipy import sparse
    from scipy.sparse import csgraph

    num_parts = int(parts.max()) + 1
    pairs = np.array(list(_contacts(parts)), np.int64).reshape(-1, 2)
    graph = sparse.coo_matrix((np.ones(len(pairs)), pairs.T), (num_parts, num_parts))
    _, component = csgraph.connected_components(graph, directed=False)
    cells = np.bincount(component[parts[parts >= 0]])
    return np.flatnonzero(component == cells.argmax())


def _contacts(parts: np.ndarray) -> dict[tuple[int, int], list[int]]:
    """Returns, for each pair (a, b) of parts that touch over an edge, the cells of b that do.

    The cells of a pair are in ascending order.
    """
    cells = np.arange(NUM_CELLS).reshape(parts.shape)
    contacts = {}
    for near, far in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1, :], np.s_[1:, :])):
        for one, other in ((near, far), (far, near)):
            touching = (parts[one] >= 0) & (parts[other] >= 0) & (parts[one] != parts[other])
            for a, b, cell in zip(
                    parts[one][touching].tolist(), parts[other][touching].tolist(),
                    cells[other][touching].tolist()):
                contacts.setdefault((a, b), []).append(cell)
    return contacts


def _corner_contacts(parts: np.ndarray) -> dict[tuple[int, int], int]:
    """Returns, for each pair (a, b) of parts that touch over a free corner only, b's cell."""
    contacts = {}
    for gy in range(BLOCK - 1, GRID_SIZE - 1, BLOCK):
        for gx in range(BLOCK - 1, GRID_SIZE - 1, BLOCK):
            square = parts[gy:gy + 2, gx:gx + 2]
            if (square < 0).any():
                continue
            for row, column in np.ndindex(2, 2):
                pair = int(square[row, column]), int(square[1 - row, 1 - column])
                contacts[pair] = (gy + 1 - row) * GRID_SIZE + gx + 1 - column
    return contacts


def _middle_of_longest_run(cells: list[int]) -> int:
    """Returns the middle of the longest stretch of neighboring cells on a straight border."""
    cells = np.array(cells)
    stride = GRID_SIZE if (cells % GRID_SIZE == cells[0] % GRID_SIZE).all() else 1
    runs = np.split(cells, np.flatnonzero(np.diff(cells) != stride) + 1)
    longest = max(runs, key=len)
    return int(longest[len(longest) // 2])


def _links(parts: np.ndarray) -> dict[int, dict[int, int]]:
    """Returns, for each node, its neighbors and the cell in which one comes to each."""
    links = {}
    for (a, b), cells in _contacts(parts).items():
        links.setdefault(a, {})[b] = _middle_of_longest_run(cells)
    for node, neighbors in links.items():
        if len(neighbors) > MAX_NAV_LINKS:
            raise ValueError(f"node {node} has {len(neighbors)} neighbors")
    for (a, b), cell in sorted(_corner_contacts(parts).items()):
        if b not in links[a] and len(links[a]) < MAX_NAV_LINKS:
            links[a][b] = cell
    return {node: dict(sorted(neighbors.items())) for node, neighbors in links.items()}


def _positions(parts: np.ndarray, num_nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns x and y of the cell of each part that lies nearest to the part's middle."""
    cells = np.flatnonzero(parts.ravel() >= 0)
    node = parts.ravel()[cells]
    x, y = center_of(cells)
    size = np.bincount(node, minlength=num_nodes)
    middle_x = np.bincount(node, x, num_nodes) / size
    middle_y = np.bincount(node, y, num_nodes) / size
    distance = np.hypot(x - middle_x[node], y - middle_y[node])
    order = np.lexsort((cells, np.round(distance, 6), node))
    first = order[np.searchsorted(node[order], np.arange(num_nodes))]
    return x[first].astype(np.float32), y[first].astype(np.float32)


def _routes(x, y, links, num_nodes) -> dict[str, np.ndarray]:
    """Returns the links as arrays, and the first link of the shortest route of every pair."""
    from scipy import sparse
    from scipy.sparse import csgraph

    table = np.full((num_nodes, MAX_NAV_LINKS), -1, np.int16)
    cross_x = np.zeros((num_nodes, MAX_NAV_LINKS), np.float32)
    cross_y = np.zeros((num_nodes, MAX_NAV_LINKS), np.float32)
    place = np.full((num_nodes, num_nodes), NO_LINK, np.uint8)
    cost = sparse.lil_matrix((num_nodes, num_nodes))
    for a, neighbors in sorted(links.items()):
        for index, (b, cell) in enumerate(neighbors.items()):
            over_x, over_y = center_of(cell)
            table[a, index], cross_x[a, index], cross_y[a, index] = b, over_x, over_y
            place[a, b] = index
            cost[a, b] = (
                np.hypot(over_x - x[a], over_y - y[a]) + np.hypot(over_x - x[b], over_y - y[b]))
    # From each goal over reversed links: what comes before a node is the next one on its way.
    _, following = csgraph.dijkstra(cost.T.tocsr(), return_predecessors=True)
    start, goal = np.indices((num_nodes, num_nodes))
    neighbor = following[goal, start]  # negative where the start is the goal
    next_link = np.where(neighbor >= 0, place[start, np.maximum(neighbor, 0)], NO_LINK)
    return {
        "links": table, "cross_x": cross_x, "cross_y": cross_y,
        "next_link": next_link.astype(np.uint8),
    }


def path_lengths(free: np.ndarray, cell: int) -> np.ndarray:
    """Returns the length of the shortest way from `cell` to every cell, in map units.

    A step goes to one of eight neighbors and cuts no corner.

    Args:
        free: bool array (GRID_SIZE, GRID_SIZE), [gy][gx].
        cell: Number of the cell from which to measure.

    Returns:
        float64 array (NUM_CELLS,), inf where there is no way.
    """
    from scipy import sparse
    from scipy.sparse import csgraph

    cells = np.arange(NUM_CELLS).reshape(free.shape)
    starts, ends, costs = [], [], []

    def add(one, other, allowed, cost):
        starts.append(cells[one][allowed])
        ends.append(cells[other][allowed])
        costs.append(np.full(int(allowed.sum()), cost))

    west, east, south, north = np.s_[:, :-1], np.s_[:, 1:], np.s_[:-1, :], np.s_[1:, :]
    add(west, east, free[west] & free[east], CELL)
    add(south, north, free[south] & free[north], CELL)
    square = free[:-1, :-1] & free[:-1, 1:] & free[1:, :-1] & free[1:, 1:]
    add(np.s_[:-1, :-1], np.s_[1:, 1:], square, CELL * np.sqrt(2.0))
    add(np.s_[:-1, 1:], np.s_[1:, :-1], square, CELL * np.sqrt(2.0))
    graph = sparse.coo_matrix(
        (np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends))),
        (NUM_CELLS, NUM_CELLS)).tocsr()
    return csgraph.dijkstra(graph, directed=False, indices=cell)
