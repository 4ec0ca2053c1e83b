"""Turning and walking, and who stands in whose way.

Source: Liquipedia turn_rate@2394976 and movement_speed@2383420; how units avoid one another is
not published, so what `walk` does about it is a guess (docs/fidelity.md).
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import LEVEL_HEIGHT
from dota_env_rpc.match.enums import (
    FLYING,
    FLYING_FOR_PATHING_PURPOSES_ONLY,
    FROZEN,
    NO_UNIT_COLLISION,
    ROOTED,
    STRUCTURE,
    STUNNED,
    Activity,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, part, rule
from dota_env_rpc.sim.chance import uniform
from dota_env_rpc.sim.ground import is_blocked, is_straight, level_at
from dota_env_rpc.sim.navigation import plan_leg
from dota_env_rpc.sim.space import SLACK, bucket_along
from dota_env_rpc.sim.state import BUCKETS_A_SIDE

# A follower keeps this far from whom it follows. Source: npc_heroes.txt FollowRange.
FOLLOW_RANGE = 100.0
FULL_TURN = 2.0 * math.pi
# A leg is planned anew when its goal has moved this far; after this many ticks it is looked at
# whether the goal can be reached straight by now.
GOAL_MOVED = 48.0
REPLAN_TICKS = 15
# Who faces a place up to so many radians need not turn: no more than rounding is left.
SAME_WAY = 1e-9
# Directions tried around somebody who stands in the way, as turns from the wanted one;
# those beyond a right angle lead out of a pocket.
SIDESTEPS = (0.5, 1.0, 1.5, 2.1, 2.7)


@inlined
def angle_between(a, b):
    """Returns the turn from angle `a` to angle `b`, from -pi to pi."""
    turn = b - a
    while turn > math.pi:
        turn -= FULL_TURN
    while turn < -math.pi:
        turn += FULL_TURN
    return turn


@rule
def turn_to(state, patch, row, x, y):
    """Turns a unit toward (x, y) for one tick; returns whether it now faces it well enough."""
    unit = state.tables.units[row]
    dx = x - unit.x
    dy = y - unit.y
    if dx == 0.0 and dy == 0.0:
        return True
    look = state.looks[row]
    if unit.facing != look.facing or (look.cosine == 0.0 and look.sine == 0.0):
        look.facing = unit.facing
        look.cosine = math.cos(unit.facing)
        look.sine = math.sin(unit.facing)
    aside = dx * look.sine - dy * look.cosine
    if abs(aside) < SAME_WAY * (dx * look.cosine + dy * look.sine):
        return True
    wanted = math.atan2(dy, dx)
    turn = angle_between(unit.facing, wanted)
    if abs(turn) <= unit.turn_rate:
        unit.facing = wanted
        return True
    unit.facing = angle_between(
        0.0, unit.facing + (unit.turn_rate if turn > 0 else -unit.turn_rate))
    tolerance = patch.rules.attack_facing_tolerance * math.pi / 180.0
    return abs(angle_between(unit.facing, wanted)) <= tolerance


@inlined
def can_move(unit):
    """Returns whether nothing holds `unit` in place."""
    return unit.move_speed > 0.0 and not unit.states & (ROOTED | STUNNED | FROZEN)


@part
def walk(state, patch, row, goal_x: float, goal_y: float, stop_within: float) -> bool:
    """Walks one tick toward a goal, turning first; returns whether it is within `stop_within`."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    dx = goal_x - unit.x
    dy = goal_y - unit.y
    remaining = math.sqrt(dx * dx + dy * dy)
    if remaining <= stop_within:
        return True
    if not can_move(unit):
        return False
    tick = tables.tick
    if tick < body.blocked_until_tick:
        return False
    dx = body.route_x - unit.x
    dy = body.route_y - unit.y
    if (not body.has_route or dx * dx + dy * dy <= 1.0
            or abs(goal_x - body.goal_x) + abs(goal_y - body.goal_y) > GOAL_MOVED):
        body.route_x = goal_x
        body.route_y = goal_y
        if not unit.states & (FLYING | FLYING_FOR_PATHING_PURPOSES_ONLY):
            body.route_x, body.route_y = plan_leg(state, patch, unit.x, unit.y, goal_x, goal_y)
        body.goal_x = goal_x
        body.goal_y = goal_y
        body.has_route = 1
        body.avoid_side = 0
        body.replan_tick = tick + REPLAN_TICKS
    elif tick >= body.replan_tick:
        # A leg is kept until it ends, so that two ways of like length do not take turns.
        body.replan_tick = tick + REPLAN_TICKS
        if is_straight(state, unit.x, unit.y, goal_x, goal_y):
            body.route_x = goal_x
            body.route_y = goal_y
    dx = body.route_x - unit.x
    dy = body.route_y - unit.y
    leg = math.sqrt(dx * dx + dy * dy)
    if leg <= 1.0:
        # This is as near as one can get: rest a little before looking for a way again.
        body.blocked_until_tick = tick + REPLAN_TICKS
        return True
    if not turn_to(state, patch, row, body.route_x, body.route_y):
        return False
    step = unit.move_speed / TICKS_PER_SECOND
    unit.activity = Activity.RUN
    if step > leg:
        step = leg
    if remaining - stop_within < step:
        step = max(remaining - stop_within, 0.01)
    heading_x = dx / leg
    heading_y = dy / leg
    blocker = try_step(state, row, heading_x * step, heading_y * step)
    if blocker == -1:
        body.num_blocked = 0
    elif blocker == -2:
        body.has_route = 0
    elif (body.num_blocked < 3 and unit.player < 0 and tables.units[blocker].player >= 0
            and state.body[blocker].moved_tick >= tick - 1):
        # A hero who is moving may get out of a creep's way: it waits, longer each time.
        wait = patch.rules.move_blocked_waits[body.num_blocked]
        body.blocked_until_tick = tick + int(wait * TICKS_PER_SECOND + 0.5)
        body.num_blocked += 1
    else:
        _sidestep(state, row, blocker, heading_x * step, heading_y * step)
    unit.z = level_at(patch, unit.x, unit.y) * LEVEL_HEIGHT
    dx = goal_x - unit.x
    dy = goal_y - unit.y
    return math.sqrt(dx * dx + dy * dy) <= stop_within


@rule
def try_step(state, row, dx, dy):
    """Moves a unit by (dx, dy) if it can; returns -1, or the row in its way, or -2 for ground."""
    units = state.tables.units
    unit = units[row]
    x = unit.x + dx
    y = unit.y + dy
    if not unit.states & FLYING:
        if (not unit.states & FLYING_FOR_PATHING_PURPOSES_ONLY and is_blocked(state, x, y)
                and not is_blocked(state, unit.x, unit.y)):
            return -2
        if not unit.states & NO_UNIT_COLLISION:
            blocker = _blocker(state, row, x, y)
            if blocker >= 0:
                return blocker
    unit.x = x
    unit.y = y
    state.body[row].moved_tick = state.tables.tick
    return -1


@rule
def _blocker(state, row, x, y):
    """Returns the row of a unit that would be run into at (x, y), or -1."""
    units = state.tables.units
    near = units[row].collision_radius + state.widest
    reach = near + SLACK
    for line in range(bucket_along(y - reach), bucket_along(y + reach) + 1):
        for column in range(bucket_along(x - reach), bucket_along(x + reach) + 1):
            other = state.bucket_first[line * BUCKETS_A_SIDE + column]
            while other >= 0:
                dx = units[other].x - x
                dy = units[other].y - y
                gap = dx * dx + dy * dy
                if gap < near * near and other != row and _runs_into(state, row, other, gap):
                    return other
                other = state.bucket_next[other]
    return -1


@inlined
def _runs_into(state, row, other_row, new):
    """Returns whether a unit would run into another. new: the square of their new distance."""
    units = state.tables.units
    unit = units[row]
    other = units[other_row]
    apart = unit.collision_radius + other.collision_radius
    if (new >= apart * apart or not other.alive or other.traits & STRUCTURE
            or other.states & (FLYING | NO_UNIT_COLLISION)
            or _march_together(state, row, other_row)):
        return False
    old_x = other.x - unit.x
    old_y = other.y - unit.y
    # Those who already overlap may move apart.
    return new < old_x * old_x + old_y * old_y


@rule
def _march_together(state, row, other):
    """Whether two units are lane creeps of one side that fight nobody: they do not jostle.

    Else a wave that has to pass between its own buildings arrives late and one by one.
    """
    units = state.tables.units
    return (units[row].unit_type == UnitType.LANE_CREEP
            and units[other].unit_type == UnitType.LANE_CREEP
            and units[row].team == units[other].team
            and state.body[row].target == 0 and state.body[other].target == 0)


@rule
def _sidestep(state, row, blocker, dx, dy):
    """Goes around the unit in row `blocker`: by the shorter way, or as before on this leg."""
    body = state.body[row]
    if body.avoid_side == 0:
        unit = state.tables.units[row]
        other = state.tables.units[blocker]
        to_left = dx * (other.y - unit.y) - dy * (other.x - unit.x)
        if abs(to_left) < 1e-6:
            to_left = uniform(state) - 0.5
        body.avoid_side = -1 if to_left > 0.0 else 1
    for side in range(2):
        sign = body.avoid_side if side == 0 else -body.avoid_side
        for turn in SIDESTEPS:
            cosine = math.cos(turn * sign)
            sine = math.sin(turn * sign)
            if try_step(state, row, dx * cosine - dy * sine, dx * sine + dy * cosine) == -1:
                body.avoid_side = sign
                return
    body.num_blocked = 0
