"""Rows of the unit table: making, freeing and finding units, and who is whose enemy."""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import LEVEL_HEIGHT
from dota_env_rpc.match.enums import (
    ATTACK_IMMUNE,
    INVULNERABLE,
    Activity,
    AttackCapability,
    EventKind,
    Table,
    Team,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, part, rule
from dota_env_rpc.match.tables import MAX_UNITS, NEVER
from dota_env_rpc.match.words import NUM_PROPERTIES
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
def can_attack(patch, unit):
    """Returns whether units of this kind attack at all."""
    return patch.definitions[unit.definition].attack_capability != AttackCapability.NO_ATTACK


@inlined
def can_be_attacked(unit):
    """Returns whether an attack could hurt `unit` at all."""
    return unit.alive and not unit.states & (INVULNERABLE | ATTACK_IMMUNE)


@part
def spawn_unit(
        state, patch, definition_row, team, x: float, y: float, facing: float) -> int:
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
    set_attack_times(patch, unit, definition.attack_rate)
    state.body[row] = state.blank_body
    for i in range(NUM_PROPERTIES):
        state.bonuses[row, i] = 0.0
    keep_base(patch, unit, body)
    body.true_sight = definition.true_sight
    body.attack_ready = float(tables.tick)
    body.leash_x = x
    body.leash_y = y
    # Creeps spawned together do not all look around in the same tick.
    interval = int(patch.rules.aggro_reacquire_interval * TICKS_PER_SECOND)
    body.acquire_tick = tables.tick + int(interval * uniform(state))
    return row


@rule
def set_attack_times(patch, unit, base_time):
    """Keeps the attack speed between its ends; works out the seconds of attacks from it.

    base_time: seconds between attacks at an attack speed of 100.

    Source: Liquipedia attack_speed@2383425: interval = base time * 100 / speed.
    """
    definition = patch.definitions[unit.definition]
    unit.attack_speed = min(
        max(unit.attack_speed, patch.rules.attack_speed_min), patch.rules.attack_speed_max)
    unit.attack_interval = base_time * 100.0 / unit.attack_speed
    unit.attack_point = definition.attack_point * 100.0 / unit.attack_speed


@rule
def init_bodies(state):
    """Prepares what the body of a new unit is copied from, at the start of a match."""
    body = state.blank_body
    body.anger_until_tick = NEVER
    body.anger_ready_tick = NEVER
    body.drop_ready_tick = NEVER
    body.blocked_until_tick = NEVER
    body.moved_tick = NEVER
    body.building = -1
    body.protected_from_tick = NEVER
    body.glyph_until_tick = NEVER
    body.fountain_until_tick = NEVER
    body.tower_aura_until_tick = NEVER
    body.flag_until_tick = NEVER
    body.fountain_stack_until_tick = NEVER
    body.motion_block = -1
    body.dies_tick = -NEVER
    for player in range(len(body.hurt_by_player_tick)):
        body.hurt_by_player_tick[player] = NEVER


@rule
def keep_base(patch, unit, body):
    """Remembers a unit's own numbers, from which modifiers are counted."""
    body.base_max_health = unit.max_health
    body.base_max_mana = unit.max_mana
    body.base_armor = unit.armor
    body.base_health_regen = unit.health_regen
    body.base_mana_regen = unit.mana_regen
    body.base_magic_resistance = unit.magic_resistance
    body.base_attack_speed = unit.attack_speed
    body.base_attack_time = patch.definitions[unit.definition].attack_rate
    body.base_attack_range = unit.attack_range
    body.base_projectile_speed = unit.projectile_speed
    body.base_move_speed = unit.move_speed
    body.base_turn_rate = unit.turn_rate
    body.base_vision_day = unit.vision_day
    body.base_vision_night = unit.vision_night
    body.base_damage_min = unit.damage_min
    body.base_damage_max = unit.damage_max


@inlined
def mark_dirty(state, row):
    """Has a unit's numbers worked out anew before anybody acts again."""
    state.body[row].is_dirty = 1
    state.any_dirty = 1


@inlined
def free_row(state, row):
    """Takes a unit off the table; its handle never names another unit."""
    state.tables.units[row].handle = 0
    state.tables.units[row].alive = 0
    state.posts[row].bucket = 0


@inlined
def is_hero(unit):
    """Returns whether `unit` counts as a hero."""
    return unit.unit_type == UnitType.HERO


@inlined
def is_playing(team):
    """Returns whether `team` is one of the two that play."""
    return team == Team.GOODGUYS or team == Team.BADGUYS
