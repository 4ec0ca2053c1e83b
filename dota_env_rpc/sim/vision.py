"""The fog of war: which units each team sees.

Source: Liquipedia vision@2383431; console variable dota_unit_attack_visibility for reveals.
That enemy buildings are always told is a guess (docs/fidelity.md).
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import STRUCTURE
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.ground import can_see_ground
from dota_env_rpc.sim.units import enemy_of, is_playing


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
    for row in range(tables.num_rows):
        unit = units[row]
        if unit.handle == 0 or unit.traits & STRUCTURE:
            continue
        unit.visible_to = 1 << unit.team
        if not unit.alive or not is_playing(unit.team):
            continue
        team = enemy_of(unit.team)
        body = state.body[row]
        seen_by = body.seen_by_radiant if team == 2 else body.seen_by_dire
        if not _sees(state, patch, seen_by, row, team):
            seen_by = _find_viewer(state, patch, row, team)
            if seen_by >= 0:
                if team == 2:
                    body.seen_by_radiant = seen_by
                else:
                    body.seen_by_dire = seen_by
        if seen_by >= 0 or _is_revealed(state, patch, unit, team):
            unit.visible_to |= 1 << team


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
    return can_see_ground(state, patch, viewer.x, viewer.y, unit.x, unit.y)


@rule
def _find_viewer(state, patch, row, team):
    """Returns the row of a unit of `team` that sees the unit in `row`, -1 for none."""
    for viewer_row in range(state.tables.num_rows):
        if _sees(state, patch, viewer_row, row, team):
            return viewer_row
    return -1


@rule
def _is_revealed(state, patch, unit, team):
    radius = patch.rules.attack_reveal_radius
    for i in range(state.num_reveals):
        reveal = state.reveals[i]
        dx = reveal.x - unit.x
        dy = reveal.y - unit.y
        if reveal.team == team and dx * dx + dy * dy <= radius * radius:
            return True
    return False
