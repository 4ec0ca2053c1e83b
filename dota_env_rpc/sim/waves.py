"""Lane creeps: when they come, how many of which, and how they grow.

Source: npc_units.txt 7.41e, patch notes 7.32 to 7.41, Liquipedia lane_creeps of 7.41d.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import EventKind, UnitType
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.chance import uniform
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.ground import nearest_free
from dota_env_rpc.sim.state import NUM_BUILDINGS
from dota_env_rpc.sim.units import enemy_of, keep_base, spawn_unit

# Columns of patch.lane_creeps: kinds of lane creep.
MELEE = 0
RANGED = 1
SIEGE = 2
FLAGBEARER = 3
# And their stages.
NORMAL = 0
SUPER = 1
MEGA = 2


@rule
def spawn_waves(state, patch):
    """Spawns the next wave of every lane in play when its time has come."""
    tables = state.tables
    interval = int(patch.rules.creep_wave_interval * TICKS_PER_SECOND)
    if tables.tick < 0 or tables.tick % interval:
        return
    wave = tables.tick // interval
    tell(tables, EventKind.WAVE, 0, 0, -1, 0, float(wave))
    # Drawn, since siege creeps and flagbearers come with even waves alone.
    first = 1 if uniform(state) < 0.5 else 0
    for turn in range(2):
        team = 2 + (first ^ turn)
        for lane in range(3):
            if (state.lane_bits >> lane) & 1:
                _spawn_wave(state, patch, team, lane + 1, tables.tick / TICKS_PER_SECOND, wave)


@rule
def _spawn_wave(state, patch, team, lane, seconds, wave):
    rules = patch.rules
    num_melee = 3
    for i in range(len(rules.creep_extra_melee_seconds)):
        if seconds >= rules.creep_extra_melee_seconds[i]:
            num_melee += 1
    num_ranged = 2 if seconds >= rules.creep_extra_ranged_seconds else 1
    num_siege = 0
    if seconds >= rules.creep_siege_first_seconds and wave % int(rules.creep_siege_every) == 0:
        num_siege = 1
        for i in range(len(rules.creep_extra_siege_seconds)):
            if seconds >= rules.creep_extra_siege_seconds[i]:
                num_siege += 1
    since_flag = seconds - rules.creep_flagbearer_first_seconds
    has_flag = since_flag >= 0.0 and since_flag % rules.creep_flagbearer_every_seconds == 0.0
    melee_stage = _stage(state, patch, team, lane, True)
    ranged_stage = _stage(state, patch, team, lane, False)
    # Spawn points stand for the middle of the front row; the others stand around and behind it.
    place = 0
    for i in range(num_melee):
        kind = FLAGBEARER if has_flag and i == 0 else MELEE
        _spawn_creep(state, patch, team, lane, kind, melee_stage, place, 0)
        place += 1
    for i in range(num_ranged):
        _spawn_creep(state, patch, team, lane, RANGED, ranged_stage, i, 1)
    for i in range(num_siege):
        _spawn_creep(state, patch, team, lane, SIEGE, ranged_stage, i, 2)


@rule
def _stage(state, patch, team, lane, melee):
    """Returns NORMAL, SUPER or MEGA: what the fallen barracks of the enemy make of creeps."""
    enemy = enemy_of(team)
    standing = 0
    lost_here = False
    for i in range(NUM_BUILDINGS):
        building = patch.buildings[i]
        definition = patch.definitions[building.definition]
        if building.team != enemy or definition.unit_type != UnitType.BARRACKS:
            continue
        if not state.buildings_fallen[i]:
            standing += 1
        elif building.lane == lane and (definition.health_regen > 0.0) == melee:
            lost_here = True
    if standing == 0:
        return MEGA
    return SUPER if lost_here else NORMAL


@rule
def _line_from(patch, team, lane):
    """Returns the first waypoint beyond the side's own tier 1 tower: there a wave forms its line.

    Up to there it goes in a column, so that a tower in its way does not part it.
    """
    path = patch.lanes[team - 2, lane - 1]
    for i in range(NUM_BUILDINGS):
        building = patch.buildings[i]
        if building.team == team and building.lane == lane and building.tier == 1:
            dx = building.x - path.spawn_x
            dy = building.y - path.spawn_y
            for j in range(path.num_points):
                x = path.x[j] - path.spawn_x
                y = path.y[j] - path.spawn_y
                if x * x + y * y > dx * dx + dy * dy:
                    return j
    return 0


@rule
def _spawn_creep(state, patch, team, lane, kind, stage, place, depth):
    """Adds one creep of a wave. place: from the middle outward; depth: rows behind the front."""
    tables = state.tables
    rules = patch.rules
    path = patch.lanes[team - 2, lane - 1]
    dx = path.x[0] - path.spawn_x
    dy = path.y[0] - path.spawn_y
    length = math.sqrt(dx * dx + dy * dy)
    dx /= length
    dy /= length
    aside = rules.creep_spawn_spacing * ((place + 1) // 2) * (1.0 if place & 1 else -1.0)
    back = rules.creep_spawn_depth * depth
    x, y, _ = nearest_free(
        state, path.spawn_x - dx * back - dy * aside, path.spawn_y - dy * back + dx * aside, 8)
    row = spawn_unit(
        state, patch, patch.lane_creeps[team - 2, kind, stage], team, x, y, math.atan2(dy, dx))
    if row < 0:
        return
    unit = tables.units[row]
    unit.lane = lane
    state.body[row].aside = aside
    state.body[row].line_from = _line_from(patch, team, lane)
    definition = patch.definitions[unit.definition]
    upgrades = min(float(tables.tick // int(rules.creep_upgrade_interval * TICKS_PER_SECOND)),
                   rules.creep_upgrades_max)
    state.body[row].upgrades = int(upgrades)
    unit.max_health += upgrades * definition.health_growth
    unit.health = unit.max_health
    unit.damage_min += upgrades * definition.damage_growth
    unit.damage_max += upgrades * definition.damage_growth
    unit.bounty_gold_min += upgrades * definition.gold_growth
    unit.bounty_gold_max += upgrades * definition.gold_growth
    unit.bounty_xp += upgrades * definition.xp_growth
    keep_base(patch, unit, state.body[row])
