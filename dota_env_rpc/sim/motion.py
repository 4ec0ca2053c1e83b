"""Being moved by others: knocked back, pulled, thrown, or put elsewhere at once.

Source: docs/fidelity.md#motion.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import LEVEL_HEIGHT
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.ground import is_blocked, level_at, nearest_free
from dota_env_rpc.sim.modifiers import queue_actions

# Cells around a place that are looked through for ground to stand on.
FREE_RINGS = 12


@rule
def put_at(state, patch, row, x, y):
    """Puts a unit at (x, y), or on the free ground nearest to it."""
    unit = state.tables.units[row]
    body = state.body[row]
    if is_blocked(state, x, y):
        x, y, _ = nearest_free(state, x, y, FREE_RINGS)
    unit.x = x
    unit.y = y
    unit.z = level_at(patch, x, y) * LEVEL_HEIGHT
    body.has_route = 0


@rule
def push(state, row, x, y, seconds, block, context, is_soft):
    """Moves a unit toward (x, y) so that it arrives after `seconds`; then `block` is done.

    is_soft: whether it can act meanwhile.
    """
    unit = state.tables.units[row]
    body = state.body[row]
    state.num_pushed += 1
    body.motion_steps = max(int(seconds * TICKS_PER_SECOND + 0.5), 1)
    body.motion_x = (x - unit.x) / body.motion_steps
    body.motion_y = (y - unit.y) / body.motion_steps
    body.motion_block = block
    body.motion_is_soft = is_soft
    state.motions[row] = context
    body.has_route = 0


@rule
def move_pushed(state, patch):
    """Plays a tick of every motion; who ends on blocked ground is put beside it."""
    tables = state.tables
    state.num_pushed = 0
    for row in range(tables.num_rows):
        body = state.body[row]
        if body.motion_steps == 0:
            continue
        unit = tables.units[row]
        if unit.handle == 0 or not unit.alive:
            body.motion_steps = 0
            continue
        unit.x += body.motion_x
        unit.y += body.motion_y
        unit.z = level_at(patch, unit.x, unit.y) * LEVEL_HEIGHT
        body.motion_steps -= 1
        if body.motion_steps > 0:
            state.num_pushed += 1
        else:
            put_at(state, patch, row, unit.x, unit.y)
            if body.motion_block >= 0:
                context = state.motions[row]
                context.x = unit.x
                context.y = unit.y
                queue_actions(state, body.motion_block, context)

