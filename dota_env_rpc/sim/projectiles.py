"""Projectiles in flight: those that follow a target, and those that go straight.

Source: Liquipedia disjoint@2360423; that a straight one hits whom its front passes within its
radius, and each unit once, is how npc_abilities.txt describes it by width and distance.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import INVULNERABLE, OUT_OF_GAME, EventKind, Table, Team
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_PROJECTILES, MAX_UNITS
from dota_env_rpc.match.words import FOLLOWS_HIDDEN, STOPS_AT_FIRST
from dota_env_rpc.sim.combat import land_attack, reveal_place
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.expressions import row_of_flight
from dota_env_rpc.sim.modifiers import fits, queue_actions
from dota_env_rpc.sim.movement import angle_between
from dota_env_rpc.sim.runes import meets_rune
from dota_env_rpc.sim.space import gather
from dota_env_rpc.sim.units import row_of_living

BOTH_TEAMS = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
# What a projectile shows is shown for this long, which is until it is looked at again.
SIGHT_SECONDS = 0.05
# No bound radius of what is not a building is larger.
MAX_BOUND = 100.0
# How far one has come that was ended on its way.
ENDED = -1.0


@rule
def _add(state, action, context, team, x, y, speed, vision):
    """Adds a spell's projectile; returns its row, or -1 if the table is full, which is told."""
    tables = state.tables
    if tables.num_projectiles >= MAX_PROJECTILES:
        tables.table_full[Table.PROJECTILES] += 1
        tell(tables, EventKind.TABLE_FULL, context.caster, 0, -1, Table.PROJECTILES, 0.0)
        return -1
    row = tables.num_projectiles
    tables.num_projectiles += 1
    state.num_launched += 1
    projectile = tables.projectiles[row]
    projectile.handle = state.num_launched
    projectile.source = context.caster
    projectile.target = 0
    projectile.team = team
    projectile.is_attack = 0
    projectile.dodgeable = 0
    projectile.visible_to = BOTH_TEAMS
    projectile.x = x
    projectile.y = y
    projectile.speed = speed
    projectile.damage = 0.0
    projectile.factor = 1.0
    projectile.radius = 0.0
    flight = state.flights[row]
    flight.context = context
    flight.context.flight = projectile.handle
    flight.hit_block = action.block
    flight.end_block = action.end_block
    flight.think_block = action.think_block
    flight.rune_block = action.rune_block
    flight.team = action.team
    flight.kind = action.kind
    flight.exclusions = action.exclusions
    flight.stops_at_first = action.options & STOPS_AT_FIRST
    flight.travelled = 0.0
    flight.vision = vision
    for i in range(len(flight.hits)):
        flight.hits[i] = 0
    return row


@rule
def launch_linear(
        state, action, context, team, x, y, angle, speed, distance, start_radius, end_radius,
        vision):
    """Sends a projectile straight from (x, y) at `angle`, in radians."""
    row = _add(state, action, context, team, x, y, speed, vision)
    if row < 0:
        return
    projectile = state.tables.projectiles[row]
    flight = state.flights[row]
    projectile.is_linear = 1
    projectile.radius = start_radius
    projectile.x_target = x + distance * math.cos(angle)
    projectile.y_target = y + distance * math.sin(angle)
    flight.distance = distance
    flight.start_radius = start_radius
    flight.end_radius = end_radius
    flight.x_velocity = speed * math.cos(angle) / TICKS_PER_SECOND
    flight.y_velocity = speed * math.sin(angle) / TICKS_PER_SECOND


@rule
def launch_tracking(state, action, context, team, x, y, target_row, speed, dodgeable, vision):
    """Sends a projectile from (x, y) after a unit."""
    row = _add(state, action, context, team, x, y, speed, vision)
    if row < 0:
        return
    projectile = state.tables.projectiles[row]
    projectile.is_linear = 0
    target = state.tables.units[target_row]
    projectile.target = target.handle
    projectile.dodgeable = 1 if dodgeable else 0
    state.flights[row].follows_hidden = action.options & FOLLOWS_HIDDEN
    projectile.x_target = target.x
    projectile.y_target = target.y


@rule
def move_projectiles(state, patch):
    """Flies every projectile for a tick; those that arrive hit, if their target still lives."""
    tables = state.tables
    i = 0
    while i < tables.num_projectiles:
        if not tables.projectiles[i].is_attack and state.flights[i].vision > 0.0:
            reveal_place(
                state, tables.projectiles[i].team, tables.projectiles[i].x,
                tables.projectiles[i].y, state.flights[i].vision, SIGHT_SECONDS)
        if tables.projectiles[i].is_linear:
            ends = _fly_straight(state, patch, i)
        else:
            ends = _follow(state, patch, i)
        if not ends:
            i += 1
            continue
        tables.num_projectiles -= 1
        if i < tables.num_projectiles:
            tables.projectiles[i] = tables.projectiles[tables.num_projectiles]
            state.flights[i] = state.flights[tables.num_projectiles]


@rule
def _follow(state, patch, row):
    """Flies one that follows a target; returns whether it has arrived."""
    tables = state.tables
    projectile = tables.projectiles[row]
    flight = state.flights[row]
    target_row = row_of_living(state, projectile.target)
    if target_row >= 0:
        projectile.x_target = tables.units[target_row].x
        projectile.y_target = tables.units[target_row].y
    else:
        projectile.target = 0
    dx = projectile.x_target - projectile.x
    dy = projectile.y_target - projectile.y
    gap = math.sqrt(dx * dx + dy * dy)
    step = projectile.speed / TICKS_PER_SECOND
    if gap > step:
        projectile.x += dx * step / gap
        projectile.y += dy * step / gap
        return False
    if projectile.is_attack:
        if target_row >= 0:
            source_row = projectile.source % MAX_UNITS
            if tables.units[source_row].handle != projectile.source:
                source_row = -1
            if land_attack(
                    state, patch, source_row, target_row, projectile.damage, projectile.factor,
                    flight.orb, flight.swing_flags) and flight.hit_block >= 0:
                flight.context.target = projectile.target
                queue_actions(state, flight.hit_block, flight.context)
        return True
    flight.context.x = projectile.x_target
    flight.context.y = projectile.y_target
    if target_row >= 0 and not tables.units[target_row].states & (INVULNERABLE | OUT_OF_GAME):
        flight.context.target = projectile.target
        queue_actions(state, flight.hit_block, flight.context)
    else:
        flight.context.target = 0
        queue_actions(state, flight.end_block, flight.context)
    return True


@rule
def _fly_straight(state, patch, row):
    """Flies one that goes straight; returns whether it has come to its end."""
    tables = state.tables
    projectile = tables.projectiles[row]
    flight = state.flights[row]
    step = projectile.speed / TICKS_PER_SECOND
    if flight.travelled == ENDED:
        _finish(state, projectile, flight)
        return True
    part = min(flight.travelled / flight.distance, 1.0) if flight.distance > 0.0 else 1.0
    if flight.think_block >= 0:
        flight.context.x = projectile.x
        flight.context.y = projectile.y
        flight.context.target = 0
        queue_actions(state, flight.think_block, flight.context)
    projectile.radius = flight.start_radius + (flight.end_radius - flight.start_radius) * part
    # Who stands where it started is met in its first tick.
    if _hit_those_met(state, row, 0.0 if flight.travelled == 0.0 else step):
        return True
    if flight.rune_block >= 0 and tables.has_runes and meets_rune(state, projectile, flight):
        return True
    if flight.travelled >= flight.distance:
        _finish(state, projectile, flight)
        return True
    step = min(step, flight.distance - flight.travelled)
    projectile.x += flight.x_velocity * step * TICKS_PER_SECOND / projectile.speed
    projectile.y += flight.y_velocity * step * TICKS_PER_SECOND / projectile.speed
    flight.travelled += step
    return False


@rule
def _finish(state, projectile, flight):
    """Queues what a projectile does where its way ends."""
    flight.context.x = projectile.x
    flight.context.y = projectile.y
    flight.context.target = 0
    queue_actions(state, flight.end_block, flight.context)


@rule
def end_flight(state, handle):
    """Ends a straight projectile where it is: it meets nobody any more."""
    row = row_of_flight(state, handle)
    if row >= 0:
        state.flights[row].travelled = ENDED


@rule
def steer(state, handle, x, y, most):
    """Turns a straight projectile toward a place, by so many radians at most."""
    row = row_of_flight(state, handle)
    if row < 0:
        return
    projectile = state.tables.projectiles[row]
    flight = state.flights[row]
    angle = math.atan2(flight.y_velocity, flight.x_velocity)
    turn = angle_between(angle, math.atan2(y - projectile.y, x - projectile.x))
    angle += min(max(turn, -most), most)
    flight.x_velocity = projectile.speed * math.cos(angle) / TICKS_PER_SECOND
    flight.y_velocity = projectile.speed * math.sin(angle) / TICKS_PER_SECOND
    left = flight.distance - flight.travelled
    projectile.x_target = projectile.x + left * math.cos(angle)
    projectile.y_target = projectile.y + left * math.sin(angle)


@rule
def _hit_those_met(state, row, step):
    """Queues the hits of a straight projectile here; returns whether the first one stops it."""
    tables = state.tables
    projectile = tables.projectiles[row]
    flight = state.flights[row]
    count = gather(
        state, projectile.x, projectile.y, projectile.radius + MAX_BOUND + step)
    for i in range(count):
        other = state.near[i]
        unit = tables.units[other]
        if (flight.hits[other >> 3] >> (other & 7)) & 1 or not fits(
                unit, projectile.team, flight.team, flight.kind, flight.exclusions):
            continue
        dx = unit.x - projectile.x
        dy = unit.y - projectile.y
        reach = projectile.radius + unit.bound_radius
        if dx * dx + dy * dy > reach * reach or unit.handle == projectile.source:
            continue
        flight.hits[other >> 3] |= 1 << (other & 7)
        flight.context.target = unit.handle
        flight.context.x = projectile.x
        flight.context.y = projectile.y
        flight.context.amount = flight.travelled
        queue_actions(state, flight.hit_block, flight.context)
        if flight.stops_at_first:
            return True
    return False
