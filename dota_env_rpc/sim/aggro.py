"""Whom creeps, towers and fountains attack.

Source: the game's glossary 7.41e, Liquipedia creep control and tower pages of 7.41d, console
variables dota_unit_anger_duration and others; guesses are listed in docs/fidelity.md.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import SIEGE, STRUCTURE, UnitType
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_UNITS, NEVER
from dota_env_rpc.sim.chance import uniform
from dota_env_rpc.sim.combat import MAX_BOUNDS, attack, attack_reach, cancel_swing
from dota_env_rpc.sim.movement import walk
from dota_env_rpc.sim.space import distance, gather
from dota_env_rpc.sim.state import NUM_BUILDINGS, SWINGING
from dota_env_rpc.sim.units import (
    can_be_attacked,
    is_hero,
    is_playing,
    row_of_living,
    sees,
    side_of,
)

# Waypoints count as reached from here.
WAYPOINT_REACHED = 100.0
# Distances that differ by less are as good as equal: two waves meet in like formations, and who
# looks first in one direction of the map would lead the fight there.
SAME_GAP = 1.0
# No two units of the map are this far apart.
ANYWHERE = 1e9


@rule
def priority(unit):
    """Returns the class in which creeps and towers look for targets: lower goes first."""
    if unit.traits & SIEGE:
        return 1
    if unit.traits & STRUCTURE:
        return 2
    if unit.unit_type == UnitType.WARD:
        return 3
    if unit.unit_type == UnitType.COURIER:
        return 4
    return 0


@rule
def acquire(state, patch, row, radius):
    """Returns the handle of the enemy in `radius` that comes first by class, then distance.

    0 where there is none. radius: map units between centers, less both bound radii. A lane creep
    takes first who attacks a hero of its side near it; an enemy seems to it
    `aggro.crowd_distance` farther off for each fellow that goes for it, so that waves pair off.
    Of those that are as good as equally far one is drawn.
    """
    tables = state.tables
    units = tables.units
    unit = units[row]
    best = 0
    best_class = 99
    best_gap = 1e18
    count = gather(state, unit.x, unit.y, radius + MAX_BOUNDS)
    for i in range(count):
        other = units[state.near[i]]
        if other.team == unit.team or not can_be_attacked(other) or not sees(other, unit.team):
            continue
        gap = distance(unit, other) - other.bound_radius - unit.bound_radius
        if gap > radius:
            continue
        gap += SAME_GAP * uniform(state)
        rank = 2 * priority(other)
        if unit.unit_type == UnitType.LANE_CREEP:
            if rank == 0:
                gap += patch.rules.aggro_crowd_distance * _num_fellows(state, row, other.handle)
            if not _threatens_hero(state, patch, unit, other):
                rank += 1
        if rank < best_class or (rank == best_class and gap < best_gap):
            best = other.handle
            best_class = rank
            best_gap = gap
    return best


@rule
def _threatens_hero(state, patch, creep, enemy):
    """Returns whether an enemy attacks a hero of the creep's side near enough to alert it."""
    row = row_of_living(state, enemy.attack_target)
    if row < 0:
        return False
    hero = state.tables.units[row]
    return (is_hero(hero) and hero.team == creep.team
            and distance(creep, hero) <= patch.rules.aggro_alert_radius)


@rule
def is_target(unit, target, reach):
    """Returns whether `unit` may go on with `target`: seen, open to attack, within `reach`."""
    return (can_be_attacked(target) and sees(target, unit.team)
            and distance(unit, target) <= reach)


@rule
def _num_fellows(state, row, target):
    """Returns how many other lane creeps of the team of `row` go for `target` now."""
    units = state.tables.units
    count = 0
    for other in range(state.tables.num_rows):
        if (state.body[other].target == target and other != row and units[other].alive
                and units[other].unit_type == UnitType.LANE_CREEP
                and units[other].team == units[row].team):
            count += 1
    return count


@rule
def creep_thinks(state, patch, row):
    """Plays a tick of a lane creep: fight what it is angry at or has acquired, else walk on."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    rules = patch.rules
    tick = tables.tick
    target_row = row_of_living(state, body.target)
    angry = tick < body.anger_until_tick
    if target_row >= 0:
        target = tables.units[target_row]
        reach = unit.acquisition_range + rules.attack_range_buffer + target.bound_radius
        dx = target.x - body.leash_x
        dy = target.y - body.leash_y
        if (not is_target(unit, target, ANYWHERE if angry else reach)
                or dx * dx + dy * dy > rules.aggro_chase_leash * rules.aggro_chase_leash):
            target_row = -1
    if body.anger_until_tick == tick:
        # The anger is over: look around anew.
        target_row = -1
    if target_row < 0:
        if body.target != 0:
            body.target = 0
            body.anger_until_tick = NEVER
            body.acquire_tick = tick
            cancel_swing(state, row)
        if tick >= body.acquire_tick:
            body.acquire_tick = tick + int(rules.aggro_reacquire_interval * TICKS_PER_SECOND)
            body.target = acquire(state, patch, row, unit.acquisition_range)
            target_row = row_of_living(state, body.target)
            body.leash_x = unit.x
            body.leash_y = unit.y
    elif tick >= body.acquire_tick and not angry and body.attack_phase != SWINGING:
        # A creep that cannot reach its target yet takes whoever comes first by now.
        body.acquire_tick = tick + int(rules.aggro_reacquire_interval * TICKS_PER_SECOND)
        target = tables.units[target_row]
        if distance(unit, target) > attack_reach(unit, target):
            nearer = acquire(state, patch, row, unit.acquisition_range)
            if nearer != 0:
                body.target = nearer
                target_row = row_of_living(state, nearer)
    if target_row >= 0:
        attack(state, patch, row, target_row)
        return
    follow_lane(state, patch, row)


@rule
def follow_lane(state, patch, row):
    """Walks a lane creep to its next waypoint: in a column, and past its tower in a line."""
    unit = state.tables.units[row]
    body = state.body[row]
    path = patch.lanes[side_of(unit.team), unit.lane - 1]
    if body.waypoint >= path.num_points:
        return
    x = path.x[body.waypoint]
    y = path.y[body.waypoint]
    if body.waypoint >= body.line_from:
        x -= path.along_y[body.waypoint] * body.aside
        y += path.along_x[body.waypoint] * body.aside
    if walk(state, patch, row, x, y, WAYPOINT_REACHED):
        dx = unit.x - x
        dy = unit.y - y
        # A waypoint may lie where nobody can stand; near it is enough.
        if dx * dx + dy * dy <= 300.0 * 300.0:
            body.waypoint += 1


@rule
def draw_aggro(state, patch, hero_row):
    """An attack order of a hero on an enemy hero: enemy lane creeps nearby turn on him."""
    tables = state.tables
    rules = patch.rules
    hero = tables.units[hero_row]
    tick = tables.tick
    count = gather(state, hero.x, hero.y, rules.aggro_radius)
    for i in range(count):
        row = state.near[i]
        creep = tables.units[row]
        if (creep.unit_type != UnitType.LANE_CREEP or creep.team == hero.team
                or not sees(hero, creep.team)):
            continue
        body = state.body[row]
        if tick < body.anger_ready_tick:
            continue
        if (tick < rules.aggro_laning_until * TICKS_PER_SECOND
                and not _minds_in_laning(state, patch, creep)):
            continue
        body.anger_ready_tick = tick + int(rules.aggro_cooldown * TICKS_PER_SECOND)
        body.anger_until_tick = tick + int(rules.aggro_seconds * TICKS_PER_SECOND)
        if body.target != hero.handle:
            cancel_swing(state, row)
            body.target = hero.handle
            body.leash_x = creep.x
            body.leash_y = creep.y


@rule
def _minds_in_laning(state, patch, creep):
    """Whether a lane creep minds heroes before the first siege wave.

    Source: patch notes 7.27: only near enemy creeps, or near its own tier 1 tower.
    """
    tables = state.tables
    for i in range(NUM_BUILDINGS):
        building = patch.buildings[i]
        if (building.tier == 1 and building.team == creep.team and building.lane == creep.lane
                and not state.buildings_fallen[i]):
            dx = building.x - creep.x
            dy = building.y - creep.y
            radius = patch.rules.aggro_laning_tower_radius
            if dx * dx + dy * dy <= radius * radius:
                return True
    for row in range(tables.num_rows):
        other = tables.units[row]
        if (other.handle != 0 and other.alive and other.team != creep.team
                and other.unit_type == UnitType.LANE_CREEP
                and distance(other, creep) <= creep.acquisition_range):
            return True
    return False


@rule
def drop_aggro(state, patch, hero_row):
    """An attack order of a hero on its own side: creeps and towers on him look elsewhere."""
    tables = state.tables
    rules = patch.rules
    hero = tables.units[hero_row]
    tick = tables.tick
    for row in range(tables.num_rows):
        unit = tables.units[row]
        if unit.handle == 0 or not unit.alive or unit.team == hero.team:
            continue
        body = state.body[row]
        if body.target != hero.handle or tick < body.drop_ready_tick:
            continue
        if unit.unit_type == UnitType.LANE_CREEP:
            reach = unit.acquisition_range
            wait = rules.aggro_drop_cooldown
        elif unit.unit_type == UnitType.TOWER:
            reach = unit.attack_range
            wait = rules.tower_deaggro_cooldown
        else:
            continue
        other = _nearer_ally(state, row, hero_row, reach)
        if other == 0:
            continue
        body.drop_ready_tick = tick + int(wait * TICKS_PER_SECOND)
        body.anger_until_tick = tick
        cancel_swing(state, row)
        body.target = other


@rule
def _nearer_ally(state, row, hero_row, reach):
    """Returns the unit of the hero's team nearest to `row`, if nearer than the hero is."""
    units = state.tables.units
    unit = units[row]
    hero = units[hero_row]
    best = 0
    best_gap = distance(unit, hero)
    count = gather(state, unit.x, unit.y, reach + 200.0)
    for i in range(count):
        other = units[state.near[i]]
        if (state.near[i] == hero_row or other.team != hero.team or not can_be_attacked(other)
                or not sees(other, unit.team) or priority(other) != 0):
            continue
        gap = distance(unit, other)
        if gap < best_gap and gap <= reach + unit.bound_radius + other.bound_radius:
            best = other.handle
            best_gap = gap
    return best


@inlined
def is_idle(state, row):
    """Returns whether a building has nothing to do: nobody to attack, and no enemy about."""
    post = state.posts[row]
    return post.bucket > 0 and post.is_quiet and (
        post.enemies == 0 or state.body[row].target == 0)


@rule
def tower_thinks(state, patch, row):
    """Plays a tick of a tower or fountain: keeps a target while it is in range, else picks one."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    target_row = row_of_living(state, body.target)
    if target_row >= 0:
        target = tables.units[target_row]
        if not is_target(unit, target, attack_reach(unit, target)):
            target_row = -1
    if target_row < 0 or (priority(tables.units[target_row]) > 0
                          and tables.tick >= body.acquire_tick):
        body.acquire_tick = tables.tick + 3
        chosen = _tower_picks(state, row)
        if chosen != body.target:
            cancel_swing(state, row)
            body.target = chosen
        target_row = row_of_living(state, chosen)
    if target_row < 0:
        body.target = 0
        return
    attack(state, patch, row, target_row)


@rule
def _tower_picks(state, row):
    """Returns the handle of a tower's new target: by class, then threat, then distance."""
    units = state.tables.units
    unit = units[row]
    best = 0
    best_rank = 99
    best_gap = 1e18
    count = gather(state, unit.x, unit.y, unit.attack_range + MAX_BOUNDS)
    for i in range(count):
        other = units[state.near[i]]
        if (other.team == unit.team or not is_playing(other.team) or not can_be_attacked(other)
                or not sees(other, unit.team)):
            continue
        gap = distance(unit, other)
        if gap > attack_reach(unit, other):
            continue
        rank = 3 * priority(other)
        victim_row = row_of_living(state, other.attack_target)
        if victim_row < 0 or units[victim_row].team != unit.team:
            rank += 2
        elif victim_row != row:
            rank += 1
        if rank < best_rank or (rank == best_rank and gap < best_gap):
            best = other.handle
            best_rank = rank
            best_gap = gap
    return best


@rule
def protect_hero(state, patch, attacker_row, victim_row):
    """A hero swings at a hero: the towers of the victim that reach the attacker turn on him."""
    tables = state.tables
    attacker = tables.units[attacker_row]
    team = tables.units[victim_row].team
    if attacker.team == team:
        return
    for i in range(NUM_BUILDINGS):
        if state.buildings_fallen[i] or patch.buildings[i].team != team:
            continue
        row = state.building_units[i] % MAX_UNITS
        tower = tables.units[row]
        if tower.unit_type != UnitType.TOWER:
            continue
        gap = distance(tower, attacker)
        if (gap <= patch.rules.tower_protect_radius + tower.bound_radius + attacker.bound_radius
                and sees(attacker, tower.team)):
            if state.body[row].target != attacker.handle:
                cancel_swing(state, row)
                state.body[row].target = attacker.handle
