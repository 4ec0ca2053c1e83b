"""The fog of war: which units each team sees.

Source: Liquipedia vision@2383431; console variable dota_unit_attack_visibility for reveals.
That enemy buildings are always told is a guess (docs/fidelity.md).
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    FLYING,
    FORCED_FLYING_VISION,
    INVISIBLE,
    PROVIDES_VISION,
    REVEALED,
    STRUCTURE,
    TRUESIGHT_IMMUNE,
)
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_GROUND_ITEMS, MAX_RUNES, NO_RUNE, NUM_RUNE_SPOTS
from dota_env_rpc.match.words import Property
from dota_env_rpc.sim.ground import can_see_ground
from dota_env_rpc.sim.movement import angle_between
from dota_env_rpc.sim.units import enemy_of, is_playing, side_of


@rule
def update_vision(state, patch):
    """Works out anew who sees whom, at intervals of `vision.interval`."""
    tables = state.tables
    units = tables.units
    if tables.tick % int(patch.rules.vision_interval * TICKS_PER_SECOND):
        return
    kept = 0
    for i in range(state.num_reveals):
        if state.reveals[i].until_tick > tables.tick:
            state.reveals[kept] = state.reveals[i]
            kept += 1
    state.num_reveals = kept
    _gather_viewers(state)
    for row in range(tables.num_rows):
        if state.posts[row].bucket:
            continue
        unit = units[row]
        if unit.handle == 0 or unit.traits & STRUCTURE:
            continue
        unit.visible_to = 1 << unit.team
        if not unit.alive:
            continue
        # Those who do not play are seen by either side.
        for side in range(2):
            team = side + 2
            if team != unit.team and _is_seen(state, patch, row, team):
                unit.visible_to |= 1 << team
    for row in range(MAX_GROUND_ITEMS):
        ground = tables.ground_items[row]
        if ground.handle != 0:
            ground.visible_to = 1 << ground.team
            if _find_viewer(state, patch, ground.x, ground.y, enemy_of(ground.team)) >= 0:
                ground.visible_to |= 1 << enemy_of(ground.team)
    if tables.has_runes:
        _look_for_runes(state, patch)


@rule
def _look_for_runes(state, patch):
    """Works out who sees each rune, and what each side sees where they come."""
    tables = state.tables
    for i in range(NUM_RUNE_SPOTS):
        spot = tables.rune_spots[i]
        spot.visible_to = _who_sees(state, patch, spot.x, spot.y)
        for side in range(2):
            if (spot.visible_to >> (side + 2)) & 1:
                spot.seen_kind[side] = NO_RUNE
                spot.seen_tick[side] = tables.tick
    for row in range(MAX_RUNES):
        rune = tables.runes[row]
        if rune.handle == 0:
            continue
        rune.visible_to = _who_sees(state, patch, rune.x, rune.y)
        for side in range(2):
            if (rune.visible_to >> (side + 2)) & 1:
                tables.rune_spots[rune.spot].seen_kind[side] = rune.kind
                tables.rune_spots[rune.spot].seen_tick[side] = tables.tick


@rule
def _who_sees(state, patch, x, y):
    """Returns a bit for each team that sees a place."""
    found = 0
    for team in range(2, 4):
        if _find_viewer(state, patch, x, y, team) >= 0 or _is_revealed(state, x, y, team):
            found |= 1 << team
    return found


@rule
def _is_seen(state, patch, row, team):
    """Returns whether a team that a living unit does not belong to sees it."""
    unit = state.tables.units[row]
    if unit.states & PROVIDES_VISION:
        return True
    if unit.states & INVISIBLE and not is_detected(state, unit, team):
        return False
    body = state.body[row]
    seen_by = body.seen_by_radiant if team == 2 else body.seen_by_dire
    if not _sees(state, patch, seen_by, row, team):
        seen_by = _find_viewer(state, patch, unit.x, unit.y, team)
        if seen_by >= 0:
            if team == 2:
                body.seen_by_radiant = seen_by
            else:
                body.seen_by_dire = seen_by
    return seen_by >= 0 or _is_revealed(state, unit.x, unit.y, team)


@rule
def _looks_at(state, patch, viewer_row, x, y):
    """Returns whether a unit sees a place that is not too far away from it."""
    viewer = state.tables.units[viewer_row]
    degrees = state.bonuses[viewer_row, Property.VISION_DEGREES]
    if degrees > 0.0:
        way = math.atan2(y - viewer.y, x - viewer.x)
        if abs(angle_between(viewer.facing, way)) > degrees * math.pi / 360.0:
            return False
    if viewer.states & (FLYING | FORCED_FLYING_VISION):
        return True
    return can_see_ground(state, patch, viewer.x, viewer.y, x, y)


@rule
def _sees(state, patch, viewer_row, row, team):
    units = state.tables.units
    viewer = units[viewer_row]
    if viewer.handle == 0 or not viewer.alive or viewer.team != team:
        return False
    unit = units[row]
    radius = viewer.vision_day if state.tables.is_day else viewer.vision_night
    dx = viewer.x - unit.x
    dy = viewer.y - unit.y
    if dx * dx + dy * dy > radius * radius:
        return False
    return _looks_at(state, patch, viewer_row, unit.x, unit.y)


@rule
def is_detected(state, unit, team):
    """Returns whether what shows the invisible shows one to `team`: true sight near, or a state."""
    if unit.states & TRUESIGHT_IMMUNE:
        return False
    if unit.states & REVEALED:
        return True
    for row in range(state.tables.num_rows):
        viewer = state.tables.units[row]
        if viewer.handle == 0 or not viewer.alive or viewer.team != team:
            continue
        radius = max(state.bonuses[row, Property.TRUE_SIGHT_RADIUS], state.body[row].true_sight)
        dx = viewer.x - unit.x
        dy = viewer.y - unit.y
        if radius > 0.0 and dx * dx + dy * dy <= radius * radius:
            return True
    for i in range(state.num_reveals):
        reveal = state.reveals[i]
        dx = reveal.x - unit.x
        dy = reveal.y - unit.y
        if (reveal.true_sight and reveal.team == team
                and dx * dx + dy * dy <= reveal.radius * reveal.radius):
            return True
    return False


@rule
def _gather_viewers(state):
    """Writes side by side what each search for a viewer reads: most units are seen by nobody."""
    tables = state.tables
    state.num_viewers[0] = 0
    state.num_viewers[1] = 0
    for row in range(tables.num_rows):
        unit = tables.units[row]
        if unit.handle == 0 or not unit.alive or not is_playing(unit.team):
            continue
        side = side_of(unit.team)
        place = state.num_viewers[side]
        state.num_viewers[side] += 1
        radius = unit.vision_day if tables.is_day else unit.vision_night
        state.viewer_row[side, place] = row
        state.viewer_x[side, place] = unit.x
        state.viewer_y[side, place] = unit.y
        state.viewer_reach_squared[side, place] = radius * radius


@rule
def _find_viewer(state, patch, x, y, team):
    """Returns the row of the first unit of `team` that sees a place, -1 for none."""
    side = side_of(team)
    count = state.num_viewers[side]
    # Most units have nobody about: a loop without a way out looks at several viewers at once.
    near = 0
    for i in range(count):
        dx = state.viewer_x[side, i] - x
        dy = state.viewer_y[side, i] - y
        near |= 1 if dx * dx + dy * dy <= state.viewer_reach_squared[side, i] else 0
    if near == 0:
        return -1
    for i in range(count):
        dx = state.viewer_x[side, i] - x
        dy = state.viewer_y[side, i] - y
        if dx * dx + dy * dy <= state.viewer_reach_squared[side, i] and _looks_at(
                state, patch, state.viewer_row[side, i], x, y):
            return state.viewer_row[side, i]
    return -1


@rule
def _is_revealed(state, x, y, team):
    for i in range(state.num_reveals):
        reveal = state.reveals[i]
        dx = reveal.x - x
        dy = reveal.y - y
        if reveal.team == team and dx * dx + dy * dy <= reveal.radius * reveal.radius:
            return True
    return False
