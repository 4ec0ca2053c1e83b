"""Finding units by place: buckets of living units, built once a tick."""

import math

from dota_env_rpc.match.coordinates import GRID_ORIGIN
from dota_env_rpc.match.enums import STRUCTURE
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.sim.state import (
    BUCKET,
    BUCKETS_A_SIDE,
    NUM_BUCKETS,
    NUM_REGIONS,
    REGIONS_A_SIDE,
)
from dota_env_rpc.sim.units import enemy_of

# Units move less than this within a tick, the farthest a bucket can be out of date.
SLACK = 40.0


@inlined
def bucket_along(coordinate):
    """Returns the column or row of buckets, kept inside the map."""
    index = int((coordinate - GRID_ORIGIN) / BUCKET)
    if index < 0:
        return 0
    if index >= BUCKETS_A_SIDE:
        return BUCKETS_A_SIDE - 1
    return index


@inlined
def distance(a, b):
    """Returns the distance between the centers of two units."""
    dx = a.x - b.x
    dy = a.y - b.y
    return math.sqrt(dx * dx + dy * dy)


@rule
def post_building(state, row, radius):
    """Notes where a new building stands, and around whom it looks for enemies within `radius`."""
    unit = state.tables.units[row]
    post = state.posts[row]
    post.bucket = 1 + bucket_along(unit.y) * BUCKETS_A_SIDE + bucket_along(unit.x)
    post.enemies = 0
    if radius > 0.0:
        reach = radius + SLACK
        post.enemies = 1 << enemy_of(unit.team)
        post.first_line = bucket_along(unit.y - reach) >> 2
        post.end_line = (bucket_along(unit.y + reach) >> 2) + 1
        post.first_column = bucket_along(unit.x - reach) >> 2
        post.end_column = (bucket_along(unit.x + reach) >> 2) + 1


@rule
def fill_buckets(state):
    """Sorts the living units into buckets, in the order in which this tick resolves them."""
    tables = state.tables
    units = tables.units
    first = state.bucket_first
    for i in range(NUM_BUCKETS):
        first[i] = -1
    for i in range(NUM_REGIONS):
        state.teams_before[i] = state.teams_about[i]
        state.teams_about[i] = 0
    widest = 0.0
    num_rows = tables.num_rows
    for i in range(num_rows):
        row = i if state.ascending else num_rows - 1 - i
        bucket = state.posts[row].bucket - 1
        if bucket < 0:
            unit = units[row]
            if unit.handle == 0 or not unit.alive:
                continue
            column = bucket_along(unit.x)
            line = bucket_along(unit.y)
            bucket = line * BUCKETS_A_SIDE + column
            if not unit.traits & STRUCTURE:
                widest = max(widest, unit.collision_radius)
                state.teams_about[(line >> 2) * REGIONS_A_SIDE + (column >> 2)] |= 1 << unit.team
        state.bucket_next[row] = first[bucket]
        first[bucket] = row
    state.widest = widest
    changed = 0
    for i in range(NUM_REGIONS):
        changed |= state.teams_before[i] ^ state.teams_about[i]
    if changed:
        _look_around(state)


@rule
def _look_around(state):
    """Notes which buildings have no enemy about."""
    for row in range(state.tables.num_rows):
        post = state.posts[row]
        post.is_quiet = 0 if _is_about(
            state, post.enemies, post.first_line, post.end_line, post.first_column,
            post.end_column) else 1


@rule
def may_meet(state, x, y, radius, team):
    """Returns whether a unit other than a structure of `team` may be within `radius` of a point.

    False is sure; True only says that it is worth a closer look.
    """
    reach = radius + SLACK
    return _is_about(
        state, 1 << team,
        bucket_along(y - reach) >> 2, (bucket_along(y + reach) >> 2) + 1,
        bucket_along(x - reach) >> 2, (bucket_along(x + reach) >> 2) + 1)


@inlined
def _is_about(state, teams, first_line, end_line, first_column, end_column):
    """Returns whether a unit other than a structure, of `teams` (bits), is in these regions."""
    for line in range(first_line, end_line):
        for column in range(first_column, end_column):
            if state.teams_about[line * REGIONS_A_SIDE + column] & teams:
                return True
    return False


@rule
def gather(state, x, y, radius):
    """Writes the rows of living units whose centers are within `radius` of (x, y) to `near`.

    Returns how many there are. Rows that died since the tick began are left out.
    """
    units = state.tables.units
    near = state.near
    count = 0
    reach = radius + SLACK
    for bucket_y in range(bucket_along(y - reach), bucket_along(y + reach) + 1):
        for bucket_x in range(bucket_along(x - reach), bucket_along(x + reach) + 1):
            row = state.bucket_first[bucket_y * BUCKETS_A_SIDE + bucket_x]
            while row >= 0:
                unit = units[row]
                dx = unit.x - x
                dy = unit.y - y
                if unit.alive and dx * dx + dy * dy <= radius * radius:
                    near[count] = row
                    count += 1
                row = state.bucket_next[row]
    return count
