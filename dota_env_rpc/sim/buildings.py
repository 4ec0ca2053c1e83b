"""Towers, barracks, Ancients and fountains: who guards whom, auras, backdoor, glyph.

Source: Liquipedia buildings@2376134, npc_abilities.txt 7.41e, patch notes 7.23 to 7.41.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    FLAGBEARER,
    HAS_BACKDOOR_PROTECTION,
    INVULNERABLE,
    NUM_SEATS,
    STRUCTURE,
    EventKind,
    GoldReason,
    Lane,
    Team,
    UnitType,
    WinReason,
)
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_UNITS, NEVER
from dota_env_rpc.sim.chance import uniform_between
from dota_env_rpc.sim.combat import MAX_BOUNDS
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.ground import set_blocked
from dota_env_rpc.sim.heroes import give_gold
from dota_env_rpc.sim.space import gather, may_meet, post_building
from dota_env_rpc.sim.state import NUM_BUILDINGS
from dota_env_rpc.sim.stats import set_defenses
from dota_env_rpc.sim.units import enemy_of, is_hero, mark_dirty, side_of, spawn_unit
from dota_env_rpc.sim.victory import end_match

# Auras are looked at this often, and reach on for `aura.linger` after.
AURA_TICKS = 3
BACKDOOR_TICKS = 6


@rule
def spawn_buildings(state, patch):
    """Puts up all buildings of both sides and carves them out of the walkable ground."""
    tables = state.tables
    for i in range(NUM_BUILDINGS):
        building = patch.buildings[i]
        row = spawn_unit(
            state, patch, building.definition, building.team, building.x, building.y,
            0.7853981633974483 if building.team == Team.GOODGUYS else -2.356194490192345)
        unit = tables.units[row]
        unit.lane = building.lane
        unit.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
        state.building_units[i] = unit.handle
        state.buildings_fallen[i] = 0
        state.body[row].building = i
        # Protected from the start where its kind is.
        state.body[row].protected_from_tick = (
            tables.tick if unit.traits & HAS_BACKDOOR_PROTECTION else -NEVER)
        post_building(
            state, row, unit.attack_range + MAX_BOUNDS if unit.attack_range > 0.0 else 0.0)
        _stamp(state, patch, i, 1)
    _set_invulnerable(state, patch)


@rule
def _stamp(state, patch, building, blocked):
    for i in range(len(patch.footprint[building])):
        cell = patch.footprint[building][i]
        if cell < 0:
            return
        set_blocked(state, cell, blocked)


@rule
def is_fountain(patch, building):
    """Returns whether a building of the patch is a fountain, which can never be attacked."""
    definition = patch.definitions[patch.buildings[building].definition]
    return definition.unit_type == UnitType.BUILDING and definition.attack_range > 0.0


@rule
def _set_invulnerable(state, patch):
    """Opens to attack what has lost its guards, and armors tier 4 towers by their barracks."""
    tables = state.tables
    for i in range(NUM_BUILDINGS):
        if state.buildings_fallen[i]:
            continue
        building = patch.buildings[i]
        unit = tables.units[state.building_units[i] % MAX_UNITS]
        body = state.body[state.building_units[i] % MAX_UNITS]
        fallen = 0
        for j in range(building.num_guards):
            fallen += state.buildings_fallen[building.guards[j]]
        needed = building.num_guards if building.needs_all else min(building.num_guards, 1)
        if fallen >= needed and not is_fountain(patch, i):
            body.base_states &= ~INVULNERABLE
        else:
            body.base_states |= INVULNERABLE
        unit.states = body.base_states
        mark_dirty(state, state.building_units[i] % MAX_UNITS)
        if building.tier == 4:
            standing = 0
            for j in range(NUM_BUILDINGS):
                other = tables.units[state.building_units[j] % MAX_UNITS]
                if (not state.buildings_fallen[j] and patch.buildings[j].team == building.team
                        and other.unit_type == UnitType.BARRACKS):
                    standing += 1
            body.aura_armor = patch.rules.tower_tier4_armor_per_barracks * standing
            unit.armor = body.base_armor + body.aura_armor


@rule
def lose_building(state, patch, row, killer, seat):
    """A building falls: gold, the ground it stood on, what it guarded, glyph, and victory.

    killer: handle of who struck, 0 for nobody. seat: the player credited, -1 for none. Its row
    is freed with those of all who died.
    """
    tables = state.tables
    unit = tables.units[row]
    index = state.body[row].building
    building = patch.buildings[index]
    state.buildings_fallen[index] = 1
    denied = False
    if killer != 0:
        denied = tables.units[killer % MAX_UNITS].team == unit.team
    tell(tables, EventKind.BUILDING_LOST, unit.handle, killer, seat, 0, 0.0)
    _pay_building(state, patch, row, seat, denied)
    _refresh_glyph(state, patch, row)
    _stamp(state, patch, index, 0)
    enemy = enemy_of(unit.team)
    if unit.unit_type == UnitType.FORT:
        end_match(state, enemy, WinReason.ANCIENT)
    elif state.kills_to_win > 0 and unit.unit_type == UnitType.TOWER and building.tier == 1 and (
            building.lane == Lane.MID):
        end_match(state, enemy, WinReason.TOWER)
    _set_invulnerable(state, patch)


@rule
def _pay_building(state, patch, row, seat, denied):
    """Pays the other team for a building, and its last hitter; a deny pays both teams half."""
    tables = state.tables
    rules = patch.rules
    unit = tables.units[row]
    building = patch.buildings[state.body[row].building]
    each = 0.0
    low = 0.0
    high = 0.0
    if unit.unit_type == UnitType.TOWER:
        each = rules.gold_tower_each[building.tier - 1]
        low = rules.gold_tower_last_hit_min[building.tier - 1]
        high = rules.gold_tower_last_hit_max[building.tier - 1]
    elif unit.unit_type == UnitType.BARRACKS:
        melee = patch.definitions[unit.definition].health_regen > 0.0
        each = rules.gold_melee_barracks_each if melee else rules.gold_ranged_barracks_each
        low = rules.gold_barracks_last_hit_min
        high = rules.gold_barracks_last_hit_max
    elif unit.unit_type == UnitType.BUILDING:
        low = rules.gold_filler_last_hit
        high = low
    for other in range(NUM_SEATS):
        player = tables.players[other]
        if player.hero == 0:
            continue
        if denied:
            give_gold(tables, other, each * rules.gold_denied_tower_share, False,
                      GoldReason.BUILDING)
        elif player.team != unit.team:
            give_gold(tables, other, each, False, GoldReason.BUILDING)
    if seat >= 0 and not denied:
        give_gold(tables, seat, uniform_between(state, low, high), False, GoldReason.BUILDING)


@rule
def _refresh_glyph(state, patch, row):
    """The first fallen tier 1 and tier 2 tower and melee barracks give the glyph back soon."""
    tables = state.tables
    unit = tables.units[row]
    building = patch.buildings[state.body[row].building]
    which = -1
    if unit.unit_type == UnitType.TOWER and building.tier <= 2:
        which = building.tier - 1
    elif unit.unit_type == UnitType.BARRACKS and unit.health_regen > 0.0:
        which = 2
    if which < 0:
        return
    side = side_of(unit.team)
    if state.glyph_refreshed[side, which]:
        return
    state.glyph_refreshed[side, which] = 1
    ready = tables.tick + int(patch.rules.glyph_refresh_delay * TICKS_PER_SECOND)
    tables.glyph_ready_tick[side] = min(tables.glyph_ready_tick[side], ready)


@rule
def use_glyph(state, patch, team):
    """Protects a team's buildings and lane creeps; the caller has checked the cooldown."""
    tables = state.tables
    rules = patch.rules
    tables.glyph_ready_tick[side_of(team)] = tables.tick + int(
        rules.glyph_cooldown * TICKS_PER_SECOND)
    for row in range(tables.num_rows):
        unit = tables.units[row]
        if unit.handle == 0 or not unit.alive or unit.team != team:
            continue
        if unit.traits & STRUCTURE:
            seconds = rules.glyph_building_seconds
        elif unit.unit_type == UnitType.LANE_CREEP:
            seconds = rules.glyph_creep_seconds
        else:
            continue
        state.body[row].glyph_until_tick = tables.tick + int(seconds * TICKS_PER_SECOND)
    tell(tables, EventKind.GLYPH, 0, 0, -1, team, 0.0)


@rule
def update_backdoor(state, patch):
    """Lifts backdoor protection near enemy lane creeps, and mends what fell to backdooring.

    Towers outside the base look around themselves; the base is one, around its Ancient.
    """
    tables = state.tables
    rules = patch.rules
    back = int(rules.backdoor_seconds * TICKS_PER_SECOND)
    for i in range(NUM_BUILDINGS):
        if state.buildings_fallen[i]:
            continue
        row = state.building_units[i] % MAX_UNITS
        unit = tables.units[row]
        if not unit.traits & HAS_BACKDOOR_PROTECTION:
            continue
        building = patch.buildings[i]
        in_base = building.tier != 2
        if in_base and unit.unit_type != UnitType.FORT:
            continue  # follows its Ancient below
        radius = rules.backdoor_base_radius if in_base else rules.backdoor_radius
        if not _enemy_creep_near(state, unit, radius):
            continue
        if not in_base:
            state.body[row].protected_from_tick = tables.tick + back
            continue
        for j in range(NUM_BUILDINGS):
            other = tables.units[state.building_units[j] % MAX_UNITS]
            if (not state.buildings_fallen[j] and other.team == unit.team
                    and other.traits & HAS_BACKDOOR_PROTECTION
                    and patch.buildings[j].tier != 2):
                state.body[state.building_units[j] % MAX_UNITS].protected_from_tick = (
                    tables.tick + back)
    for i in range(NUM_BUILDINGS):
        if state.buildings_fallen[i]:
            continue
        row = state.building_units[i] % MAX_UNITS
        body = state.body[row]
        if body.backdoor_loss > 0.0 and tables.tick >= body.protected_from_tick:
            mended = min(
                body.backdoor_loss, rules.backdoor_regen * BACKDOOR_TICKS / TICKS_PER_SECOND)
            body.backdoor_loss -= mended
            unit = tables.units[row]
            unit.health = min(unit.health + mended, unit.max_health)


@rule
def _enemy_creep_near(state, unit, radius):
    if not may_meet(state, unit.x, unit.y, radius, enemy_of(unit.team)):
        return False
    tables = state.tables
    for row in range(tables.num_rows):
        other = tables.units[row]
        if (other.handle != 0 and other.alive and other.unit_type == UnitType.LANE_CREEP
                and other.team != unit.team and other.player < 0):
            dx = other.x - unit.x
            dy = other.y - unit.y
            if dx * dx + dy * dy <= radius * radius:
                return True
    return False


@rule
def update_auras(state, patch):
    """Spreads the auras of towers, fountains and flagbearers, and works out what they change."""
    tables = state.tables
    rules = patch.rules
    tick = tables.tick
    linger = tick + int(rules.aura_linger * TICKS_PER_SECOND)
    for row in range(tables.num_rows):
        if state.posts[row].bucket:
            continue
        unit = tables.units[row]
        if unit.handle == 0 or not unit.alive or unit.traits & STRUCTURE:
            continue
        if unit.player >= 0:
            _enter_building_auras(state, patch, row)
        elif unit.traits & FLAGBEARER:
            count = gather(state, unit.x, unit.y, rules.creep_flagbearer_radius)
            for i in range(count):
                other = tables.units[state.near[i]]
                if other.team == unit.team and other.unit_type == UnitType.LANE_CREEP:
                    body = state.body[state.near[i]]
                    upgrades = state.body[row].upgrades
                    if tick >= body.flag_until_tick or upgrades >= body.flag_upgrades:
                        body.flag_upgrades = upgrades
                        body.flag_until_tick = linger
    for row in range(tables.num_rows):
        if state.posts[row].bucket:
            continue
        unit = tables.units[row]
        if unit.handle == 0 or not unit.alive or unit.traits & STRUCTURE:
            continue
        body = state.body[row]
        body.aura_armor = 0.0
        body.aura_health_regen = 0.0
        body.aura_magic_resistance = 0.0
        if tick < body.tower_aura_until_tick:
            body.aura_armor = rules.tower_aura_armor[body.tower_aura_tier]
            body.aura_health_regen = rules.tower_aura_regen[body.tower_aura_tier]
        if tick < body.flag_until_tick:
            body.aura_health_regen += rules.creep_flagbearer_regen
            body.aura_magic_resistance = (
                rules.creep_flagbearer_magic_resistance_per_upgrade * min(
                    float(body.flag_upgrades), rules.creep_flagbearer_upgrades_max))
        set_defenses(state, row)


@rule
def _enter_building_auras(state, patch, row):
    """Gives a player's unit the auras of its team's buildings around it."""
    tables = state.tables
    rules = patch.rules
    tick = tables.tick
    unit = tables.units[row]
    body = state.body[row]
    side = side_of(unit.team)
    dx = patch.fountain_x[side] - unit.x
    dy = patch.fountain_y[side] - unit.y
    if dx * dx + dy * dy <= rules.fountain_range * rules.fountain_range:
        body.fountain_until_tick = tick + int(rules.fountain_linger * TICKS_PER_SECOND)
    if not is_hero(unit):
        return
    for i in range(NUM_BUILDINGS):
        building = patch.buildings[i]
        if building.tier == 0 or building.team != unit.team or state.buildings_fallen[i]:
            continue
        tower = tables.units[state.building_units[i] % MAX_UNITS]
        dx = tower.x - unit.x
        dy = tower.y - unit.y
        if dx * dx + dy * dy <= rules.tower_aura_radius * rules.tower_aura_radius:
            tier = 0 if building.tier == 1 else 1
            if tick >= body.tower_aura_until_tick or tier >= body.tower_aura_tier:
                body.tower_aura_tier = tier
                body.tower_aura_until_tick = tick + int(rules.aura_linger * TICKS_PER_SECOND)


@rule
def regenerate(state, patch):
    """Gives every living unit a tick of its regeneration, and of its fountain's."""
    tables = state.tables
    rules = patch.rules
    for row in range(tables.num_rows):
        unit = tables.units[row]
        if unit.handle == 0 or not unit.alive or (
                unit.health >= unit.max_health and unit.mana >= unit.max_mana):
            continue
        rate = unit.health_regen
        mana_rate = unit.mana_regen
        if tables.tick < state.body[row].fountain_until_tick:
            rate += rules.fountain_health_regen * unit.max_health
            mana_rate += rules.fountain_mana_regen * unit.max_mana
        if unit.health < unit.max_health:
            unit.health = min(unit.health + rate / TICKS_PER_SECOND, unit.max_health)
        if unit.mana < unit.max_mana:
            unit.mana = min(unit.mana + mana_rate / TICKS_PER_SECOND, unit.max_mana)
