"""Which column of the tables each field of a CMsgBotWorldState tells, and how.

One list for both directions: `world_state_writer` goes through it to write a message of the
tables, `world_state_reader` to read a message into the tables.
"""

import dataclasses
import enum

from google.protobuf.descriptor import FieldDescriptor
import numpy as np

from dota_env_rpc.match import enums
from dota_env_rpc.match.rule import record
from dota_env_rpc.match.tables import ABILITY, ITEM, MODIFIER, PLAYER, PROJECTILE, UNIT
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState


class Told(enum.IntEnum):
    """How a field tells its column."""

    WHOLE = 0  # the integer itself
    ROUND = 1  # the nearest whole number
    UP = 2
    DOWN = 3
    POSITIVE = 4  # the nearest whole number, 0 for negative ones
    NUMBER = 5  # divided by `argument`
    TRUTH = 6  # whether it is not 0
    BIT = 7  # whether bit number `argument` is set
    EQUAL = 8  # whether it is `argument`
    WAIT = 9  # the seconds until this tick, 0 when it has come
    CLOCK = 10  # the tick in seconds since the match was started; left out for NEVER
    DEGREES = 11  # whole degrees of radians, 0 to 359
    MEAN = 12  # of the columns for the least and the most damage, rounded down
    SPREAD = 13  # half their difference, likewise
    TOTAL = 14  # their mean and the bonus behind them
    RATE = 15  # whole times a second of an interval in seconds; left out for no interval
    KNOWN = 16  # a handle; left out while that unit is not told


# Those of which several share a column, and from which a reader learns nothing more.
ONLY_TOLD = (Told.TOTAL, Told.RATE)


@dataclasses.dataclass(frozen=True)
class Field:
    """A field of a message and the column that it tells."""

    name: str
    column: str
    told: Told = Told.WHOLE
    argument: float = 0.0


def _bits(column: str, **fields: int) -> list[Field]:
    return [Field(name, column, Told.BIT, bit.bit_length() - 1) for name, bit in fields.items()]


UNIT_FIELDS = [
    Field("handle", "handle"),
    Field("unit_type", "unit_type"),
    Field("team_id", "team"),
    Field("level", "level"),
    Field("is_alive", "alive", Told.TRUTH),
    Field("player_id", "player"),
    Field("bounding_radius", "bound_radius", Told.ROUND),
    Field("facing", "facing", Told.DEGREES),
    Field("ground_height", "z", Told.POSITIVE),
    Field("vision_range_daytime", "vision_day", Told.ROUND),
    Field("vision_range_nighttime", "vision_night", Told.ROUND),
    Field("health", "health", Told.UP),
    Field("health_max", "max_health", Told.ROUND),
    Field("health_regen", "health_regen", Told.NUMBER, 1.0),
    Field("mana", "mana", Told.DOWN),
    Field("mana_max", "max_mana", Told.ROUND),
    Field("mana_regen", "mana_regen", Told.NUMBER, 1.0),
    Field("current_movement_speed", "move_speed", Told.ROUND),
    Field("anim_activity", "activity"),
    Field("base_damage", "damage_min", Told.MEAN),
    Field("base_damage_variance", "damage_min", Told.SPREAD),
    Field("bonus_damage", "bonus_damage", Told.DOWN),
    Field("attack_damage", "damage_min", Told.TOTAL),
    Field("attack_range", "attack_range", Told.ROUND),
    Field("attack_speed", "attack_speed", Told.NUMBER, 100.0),
    Field("attack_anim_point", "attack_point", Told.NUMBER, 1.0),
    Field("attack_acquisition_range", "acquisition_range", Told.ROUND),
    Field("attack_projectile_speed", "projectile_speed", Told.ROUND),
    Field("attack_target_handle", "attack_target", Told.KNOWN),
    Field("attacks_per_second", "attack_interval", Told.RATE),
    Field("last_attack_time", "last_attack_tick", Told.CLOCK),
    Field("bounty_xp", "bounty_xp", Told.ROUND),
    Field("bounty_gold_min", "bounty_gold_min", Told.ROUND),
    Field("bounty_gold_max", "bounty_gold_max", Told.ROUND),
    *_bits(
        "states", is_attack_immune=enums.ATTACK_IMMUNE, is_blind=enums.BLIND,
        is_block_disabled=enums.BLOCK_DISABLED, is_disarmed=enums.DISARMED,
        is_dominated=enums.DOMINATED, is_evade_disabled=enums.EVADE_DISABLED,
        is_hexed=enums.HEXED, is_invisible=enums.INVISIBLE,
        is_invulnerable=enums.INVULNERABLE, is_magic_immune=enums.MAGIC_IMMUNE,
        is_muted=enums.MUTED, is_nightmared=enums.NIGHTMARED, is_rooted=enums.ROOTED,
        is_silenced=enums.SILENCED, is_specially_deniable=enums.SPECIALLY_DENIABLE,
        is_stunned=enums.STUNNED, is_unable_to_miss=enums.CANNOT_MISS),
    *_bits("traits", is_illusion=enums.ILLUSION),
    Field("armor", "armor", Told.NUMBER, 1.0),
    Field("magic_resist", "magic_resistance", Told.NUMBER, 1.0),
]
# Of a hero's unit, from its PLAYER record; those of OWN_HERO for its own team only.
HERO_FIELDS = [
    Field("strength", "strength", Told.DOWN),
    Field("agility", "agility", Told.DOWN),
    Field("intelligence", "intelligence", Told.DOWN),
]
OWN_HERO_FIELDS = [
    Field("buyback_cost", "buyback_cost"),
    Field("buyback_cooldown", "buyback_ready_tick", Told.WAIT),
    Field("ability_points", "ability_points"),
    Field("reliable_gold", "reliable_gold"),
    Field("unreliable_gold", "unreliable_gold"),
    Field("last_hits", "last_hits"),
    Field("denies", "denies"),
    Field("net_worth", "net_worth"),
]
PLAYER_FIELDS = [
    Field("player_id", "player"),
    Field("kills", "kills"),
    Field("deaths", "deaths"),
    Field("assists", "assists"),
    Field("team_id", "team"),
]
ABILITY_FIELDS = [
    Field("level", "level"),
    Field("cast_range", "cast_range", Told.ROUND),
    Field("is_toggled", "toggled", Told.TRUTH),
    Field("is_in_ability_phase", "casting", Told.EQUAL, 1.0),
    Field("is_channeling", "casting", Told.EQUAL, 2.0),
]
OWN_ABILITY_FIELDS = [
    Field("cooldown_remaining", "cooldown_ready_tick", Told.WAIT),
    Field("is_fully_castable", "castable", Told.TRUTH),
    Field("charges", "charges"),
]
ITEM_FIELDS = [
    Field("level", "level"),
    Field("cast_range", "cast_range", Told.ROUND),
]
OWN_ITEM_FIELDS = [
    *OWN_ABILITY_FIELDS,
    Field("is_combined_locked", "locked", Told.TRUTH),
]
MODIFIER_FIELDS = [
    Field("stack_count", "stacks"),
    Field("remaining_duration", "expire_tick", Told.WAIT),
]
TRACKING_FIELDS = [
    Field("velocity", "speed", Told.ROUND),
    Field("is_dodgeable", "dodgeable", Told.TRUTH),
    Field("is_attack", "is_attack", Told.TRUTH),
    Field("handle", "handle"),
]
LINEAR_FIELDS = [
    Field("handle", "handle"),
    Field("radius", "radius", Told.ROUND),
]

# The lists in the order in which PROGRAM holds them, with the message and the record of each.
LISTS = (
    (UNIT_FIELDS, CMsgBotWorldState.Unit, UNIT),
    (HERO_FIELDS, CMsgBotWorldState.Unit, PLAYER),
    (OWN_HERO_FIELDS, CMsgBotWorldState.Unit, PLAYER),
    (PLAYER_FIELDS, CMsgBotWorldState.Player, PLAYER),
    (ABILITY_FIELDS, CMsgBotWorldState.Ability, ABILITY),
    (OWN_ABILITY_FIELDS, CMsgBotWorldState.Ability, ABILITY),
    (ITEM_FIELDS, CMsgBotWorldState.Ability, ITEM),
    (OWN_ITEM_FIELDS, CMsgBotWorldState.Ability, ITEM),
    (MODIFIER_FIELDS, CMsgBotWorldState.Modifier, MODIFIER),
    (TRACKING_FIELDS, CMsgBotWorldState.TrackingProjectile, PROJECTILE),
    (LINEAR_FIELDS, CMsgBotWorldState.LinearProjectile, PROJECTILE),
)
(UNIT_LIST, HERO_LIST, OWN_HERO_LIST, PLAYER_LIST, ABILITY_LIST, OWN_ABILITY_LIST, ITEM_LIST,
 OWN_ITEM_LIST, MODIFIER_LIST, TRACKING_LIST, LINEAR_LIST) = range(len(LISTS))

# Wire types of the message format.
VARINT, TEXT, FLOAT = 0, 2, 5
_KINDS = {FieldDescriptor.TYPE_FLOAT: FLOAT, FieldDescriptor.TYPE_STRING: TEXT,
          FieldDescriptor.TYPE_MESSAGE: TEXT}


def tag(message: type, name: str) -> int:
    """Returns what stands in front of a field's value on the wire: its number and kind."""
    field = message.DESCRIPTOR.fields_by_name[name]
    return field.number << 3 | _KINDS.get(field.type, VARINT)


# A row of the program: one field.
STEP = record([("tag", "i8"), ("word", "i8"), ("told", "i8"), ("argument", "f8")], "STEP")
MAX_STEPS = 128


def word(dtype: np.dtype, column: str) -> int:
    """Returns at which 8-byte word of a record a column lies."""
    return dtype.fields[column][1] // 8


def program() -> tuple[np.ndarray, tuple[int, ...]]:
    """Returns all lists as STEP records (MAX_STEPS,), and where each begins and the last ends."""
    steps = np.zeros(MAX_STEPS, STEP)
    begins = [0]
    for fields, message, dtype in LISTS:
        rows = [(tag(message, field.name), word(dtype, field.column), field.told, field.argument)
                for field in fields]
        steps[begins[-1]:begins[-1] + len(rows)] = rows
        begins.append(begins[-1] + len(rows))
    return steps, tuple(begins)
