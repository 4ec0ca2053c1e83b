"""Rows of the unit table: making, freeing and finding units, and who is whose enemy."""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import LEVEL_HEIGHT
from dota_env_rpc.match.enums import (
    ATTACK_IMMUNE,
    INVULNERABLE,
    Activity,
    EventKind,
    Table,
    Team,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_UNITS, NEVER
from dota_env_rpc.sim.chance import uniform
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.ground import level_at

NO_ROW = -1


@inlined
def side_of(team):
    """Returns 0 for Radiant and 1 for Dire."""
    return team - 2


@inlined
def enemy_of(team):
    """Returns the other of the two playing teams."""
    return 5 - team


@inlined
def row_of_living(state, handle):
    """Returns the row of the living unit that `handle` names, or -1."""
    if handle == 0:
        return -1
    row = handle % MAX_UNITS
    unit = state.tables.units[row]
    if unit.handle != handle or not unit.alive:
        return -1
    return row


@inlined
def sees(unit, team):
    """Returns whether `team` sees `unit` now."""
    return (unit.visible_to >> team) & 1


@inlined
def can_be_attacked(unit):
    """Returns whether an attack could hurt `unit` at all."""
    return unit.alive and not unit.states & (INVULNERABLE | ATTACK_IMMUNE)


@rule
def spawn_unit(state, patch, definition_row, team, x, y, facing):
    """Adds a unit with the numbers of its definition; returns its row, or -1 if none is free.

    A full table is counted in `table_full` and told as an event; nothing else changes.
    """
    tables = state.tables
    row = NO_ROW
    for i in range(MAX_UNITS):
        if tables.units[i].handle == 0:
            row = i
            break
    if row == NO_ROW:
        tables.table_full[Table.UNITS] += 1
        tell(tables, EventKind.TABLE_FULL, 0, 0, -1, 0, 0.0)
        return NO_ROW
    if row >= tables.num_rows:
        tables.num_rows = row + 1
    definition = patch.definitions[definition_row]
    unit = tables.units[row]
    body = state.body[row]
    state.generation += 1
    unit.handle = state.generation * MAX_UNITS + row
    unit.definition = definition_row
    unit.unit_type = definition.unit_type
    unit.team = team
    unit.player = -1
    unit.lane = 0
    unit.level = definition.level
    unit.alive = 1
    unit.states = 0
    unit.traits = definition.traits
    unit.activity = Activity.IDLE
    unit.visible_to = 1 << team
    unit.attack_target = 0
    unit.last_attack_tick = NEVER
    unit.spawn_tick = tables.tick
    unit.x = x
    unit.y = y
    unit.z = level_at(patch, x, y) * LEVEL_HEIGHT
    unit.facing = facing
    unit.max_health = definition.max_health
    unit.health = definition.max_health
    unit.health_regen = definition.health_regen
    unit.max_mana = definition.max_mana
    unit.mana = definition.max_mana
    unit.mana_regen = definition.mana_regen
    unit.armor = definition.armor
    unit.magic_resistance = definition.magic_resistance
    unit.damage_min = definition.damage_min
    unit.damage_max = definition.damage_max
    unit.bonus_damage = 0.0
    unit.attack_range = definition.attack_range
    unit.attack_speed = definition.base_attack_speed
    unit.projectile_speed = definition.projectile_speed
    unit.acquisition_range = definition.acquisition_range
    unit.move_speed = definition.move_speed
    unit.turn_rate = definition.turn_rate
    unit.bound_radius = definition.bound_radius
    unit.collision_radius = definition.collision_radius
    unit.vision_day = definition.vision_day
    unit.vision_night = definition.vision_night
    unit.bounty_xp = definition.bounty_xp
    unit.bounty_gold_min = definition.bounty_gold_min
    unit.bounty_gold_max = definition.bounty_gold_max
    set_attack_times(patch, unit)
    _clear_body(body)
    body.base_armor = unit.armor
    body.base_health_regen = unit.health_regen
    body.base_magic_resistance = unit.magic_resistance
    body.attack_ready = float(tables.tick)
    body.leash_x = x
    body.leash_y = y
    # Creeps spawned together do not all look around in the same tick.
    interval = int(patch.rules.aggro_reacquire_interval * TICKS_PER_SECOND)
    body.acquire_tick = tables.tick + int(interval * uniform(state))
    return row


@rule
def set_attack_times(patch, unit):
    """Works out the seconds between attacks and before a hit from the attack speed.

    Source: Liquipedia attack_speed@2383425: interval = base time * 100 / speed.
    """
    definition = patch.definitions[unit.definition]
    speed = unit.attack_speed
    if speed < patch.rules.attack_speed_min:
        speed = patch.rules.attack_speed_min
    elif speed > patch.rules.attack_speed_max:
        speed = patch.rules.attack_speed_max
    unit.attack_interval = definition.attack_rate * 100.0 / speed
    unit.attack_point = definition.attack_point * 100.0 / speed


@rule
def _clear_body(body):
    body.order = 0
    body.order_target = 0
    body.target = 0
    body.acquire_tick = 0
    body.anger_until_tick = NEVER
    body.anger_ready_tick = NEVER
    body.drop_ready_tick = NEVER
    body.attack_phase = 0
    body.swing_due_tick = 0
    body.swing_target = 0
    body.waypoint = 0
    body.line_from = 0
    body.has_route = 0
    body.replan_tick = 0
    body.blocked_until_tick = NEVER
    body.num_blocked = 0
    body.avoid_side = 0
    body.moved_tick = NEVER
    body.uphill_tries = 0
    body.seen_by_radiant = 0
    body.seen_by_dire = 0
    body.building = -1
    body.protected_from_tick = NEVER
    body.glyph_until_tick = NEVER
    body.fountain_until_tick = NEVER
    body.safe_until_order = 0
    body.tower_aura_tier = 0
    body.tower_aura_until_tick = NEVER
    body.flag_until_tick = NEVER
    body.flag_upgrades = 0
    body.fountain_stacks = 0
    body.fountain_stack_until_tick = NEVER
    body.upgrades = 0
    body.backdoor_loss = 0.0
    body.aside = 0.0
    body.rolled_damage = 0.0
    for player in range(len(body.hurt_by_player_tick)):
        body.hurt_by_player_tick[player] = NEVER


@inlined
def free_row(state, row):
    """Takes a unit off the table; its handle never names another unit."""
    state.tables.units[row].handle = 0
    state.tables.units[row].alive = 0


@inlined
def is_hero(unit):
    """Returns whether `unit` counts as a hero."""
    return unit.unit_type == UnitType.HERO


@inlined
def is_playing(team):
    """Returns whether `team` is one of the two that play."""
    return team == Team.GOODGUYS or team == Team.BADGUYS
