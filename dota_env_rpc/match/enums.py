"""Valve's enumerations, under Valve's names and numbers, and the few of our own.

Members are plain ints, so rules compare and store them. Flags are module constants.
"""

import enum


class Team(enum.IntEnum):
    """DOTA_TEAM values; seats 0-4 play for GOODGUYS (Radiant), 5-9 for BADGUYS (Dire)."""

    NONE = 0
    GOODGUYS = 2
    BADGUYS = 3
    NEUTRALS = 4


class UnitOrder(enum.IntEnum):
    """What a player asks of a unit: dotaunitorder_t, without its DOTA_UNIT_ORDER_ prefix."""

    NONE = 0
    MOVE_TO_POSITION = 1
    MOVE_TO_TARGET = 2
    ATTACK_MOVE = 3
    ATTACK_TARGET = 4
    CAST_POSITION = 5
    CAST_TARGET = 6
    CAST_TARGET_TREE = 7
    CAST_NO_TARGET = 8
    CAST_TOGGLE = 9
    HOLD_POSITION = 10
    TRAIN_ABILITY = 11
    DROP_ITEM = 12
    GIVE_ITEM = 13
    PICKUP_ITEM = 14
    PICKUP_RUNE = 15
    PURCHASE_ITEM = 16
    SELL_ITEM = 17
    DISASSEMBLE_ITEM = 18
    MOVE_ITEM = 19
    CAST_TOGGLE_AUTO = 20
    STOP = 21
    TAUNT = 22
    BUYBACK = 23
    GLYPH = 24
    EJECT_ITEM_FROM_STASH = 25
    CAST_RUNE = 26
    PING_ABILITY = 27
    MOVE_TO_DIRECTION = 28
    PATROL = 29
    VECTOR_TARGET_POSITION = 30
    RADAR = 31
    SET_ITEM_COMBINE_LOCK = 32
    CONTINUE = 33
    VECTOR_TARGET_CANCELED = 34
    CAST_RIVER_PAINT = 35
    PREGAME_ADJUST_ITEM_ASSIGNMENT = 36
    DROP_ITEM_AT_FOUNTAIN = 37
    TAKE_ITEM_FROM_NEUTRAL_ITEM_STASH = 38
    MOVE_RELATIVE = 39
    CAST_TOGGLE_ALT = 40


class GameState(enum.IntEnum):
    """DOTA_GameState, without its DOTA_GAMERULES_STATE_ prefix."""

    INIT = 0
    WAIT_FOR_PLAYERS_TO_LOAD = 1
    HERO_SELECTION = 2
    STRATEGY_TIME = 3
    PRE_GAME = 4
    GAME_IN_PROGRESS = 5
    POST_GAME = 6
    DISCONNECT = 7
    TEAM_SHOWCASE = 8
    CUSTOM_GAME_SETUP = 9
    WAIT_FOR_MAP_TO_LOAD = 10


class UnitType(enum.IntEnum):
    """CMsgBotWorldState.UnitType."""

    INVALID = 0
    HERO = 1
    CREEP_HERO = 2
    LANE_CREEP = 3
    JUNGLE_CREEP = 4
    ROSHAN = 5
    TOWER = 6
    BARRACKS = 7
    SHRINE = 8
    FORT = 9
    BUILDING = 10
    COURIER = 11
    WARD = 12


class Activity(enum.IntEnum):
    """What a unit's body is doing: the ACT_DOTA_* numbers that the bot interface reports.

    Source: 1500 for idle from TimZaman/dotaservice; the rest count on from it in the order in
    which Valve's activity list names them.
    """

    IDLE = 1500
    IDLE_RARE = 1501
    RUN = 1502
    ATTACK = 1503
    DIE = 1506
    CAST = 1510
    CHANNEL = 1520


class Lane(enum.IntEnum):
    """LANE values of the bot interface."""

    NONE = 0
    TOP = 1
    MID = 2
    BOT = 3


class WinReason(enum.IntEnum):
    """Why a match ended."""

    NONE = 0
    KILLS = 1
    TOWER = 2
    ANCIENT = 3
    TIME_KILLS = 4
    TIME_LAST_HITS = 5
    DRAW = 6


class OrderResult(enum.IntEnum):
    """What became of an order: ACCEPTED, or the reason why the rules refused it."""

    ACCEPTED = 0
    UNKNOWN_ORDER = 1
    UNSUPPORTED_ORDER = 2
    MATCH_OVER = 3
    NOT_YOUR_UNIT = 4
    HERO_DEAD = 5
    HERO_ALIVE = 6
    NO_TARGET = 7
    TARGET_NOT_VISIBLE = 8
    TARGET_DEAD = 9
    TARGET_IS_SELF = 10
    TARGET_INVULNERABLE = 11
    CANNOT_ATTACK = 12
    OUT_OF_MAP = 13
    QUEUE_FULL = 14
    NO_ABILITY = 15
    ABILITY_MAX_LEVEL = 16
    NO_ABILITY_POINTS = 17
    LEVEL_TOO_LOW = 18
    NOT_LEARNABLE = 19
    GLYPH_ON_COOLDOWN = 20
    BUYBACK_ON_COOLDOWN = 21
    NOT_ENOUGH_GOLD = 22
    CANNOT_MOVE = 23
    NOT_SIMULATED = 24
    ABILITY_NOT_LEARNED = 25
    ABILITY_ON_COOLDOWN = 26
    NOT_ENOUGH_MANA = 27
    NO_CHARGES = 28
    SILENCED = 29
    MUTED = 30
    ABILITY_PASSIVE = 31
    WRONG_ORDER = 32
    WRONG_TARGET = 33
    TARGET_IMMUNE = 34
    STUNNED = 35
    NOT_AVAILABLE = 36
    NO_ITEM = 37
    TALENT_TAKEN = 38
    ITEM_IN_BACKPACK = 39
    NOT_ENOUGH_HEALTH = 40
    CASTER_ROOTED = 41
    COMMAND_RESTRICTED = 42
    UNKNOWN_ITEM = 43
    NOT_FOR_SALE = 44
    OUT_OF_STOCK = 45
    NOT_AT_SHOP = 46
    NOT_AT_SECRET_SHOP = 47
    INVENTORY_FULL = 48
    ALREADY_CONSUMED = 49
    NOT_SELLABLE = 50
    NOT_DROPPABLE = 51
    CANNOT_DISASSEMBLE = 52
    NOT_IN_STASH = 53
    BAD_SLOT = 54
    NOT_YOUR_ITEM = 55
    TARGET_CANNOT_HOLD_ITEMS = 56
    GROUND_FULL = 57
    PARTS_OWNED = 58
    NOTHING_TO_DELIVER = 59


class EventKind(enum.IntEnum):
    """What an EVENT record tells."""

    NONE = 0
    ORDER_REFUSED = 1  # subject: the hero; reason: an OrderResult; value: the UnitOrder
    DEATH = 2  # subject: who died; object: who struck; player: the credited player or -1
    LAST_HIT = 3  # subject: who died; player: who takes it; value: gold
    DENY = 4  # subject: who died; player: who denied
    HERO_KILL = 5  # subject: the victim; player: the killer; value: gold
    GOLD = 6  # player: who got or lost it; value: signed amount; reason: a GoldReason
    EXPERIENCE = 7  # player: who got it; value: amount
    LEVEL_UP = 8  # player; value: the new level
    RESPAWN = 9  # subject: the hero; reason: 1 by buyback
    GLYPH = 10  # reason: the team
    WAVE = 11  # value: the wave's number from 0
    BUILDING_LOST = 12  # subject: the building; object: who struck; player: credited or -1
    MISS = 13  # subject: the attacker; object: the target
    MATCH_END = 14  # reason: a WinReason; value: the winning team
    TABLE_FULL = 15  # reason: a Table
    DAMAGE = 16  # subject: who is hurt; object: who hurts; value: hit points lost
    ABILITY_CAST = 17  # subject: the caster; object: the target or 0; reason: row of the ability
    # reason: row of the item; value: charges left, without any a consumable is gone
    ITEM_USED = 18  # subject: the caster; object: the target or 0; value: charges left, -1: all
    MODIFIER_ADDED = 19  # subject: who has it; object: its caster; reason: row of the modifier
    MODIFIER_REMOVED = 20  # as above
    HEAL = 21  # subject: who is healed; object: by whom; value: hit points
    ABILITY_LEARNED = 22  # subject: the hero; reason: row of the ability; value: its level
    # Of items. subject: the hero; player: whose they are; reason: row of the patch's items;
    # value: charges.
    ITEM_BOUGHT = 23
    ITEM_SOLD = 24
    ITEM_COMBINED = 25  # made of its parts, which are gone
    ITEM_DISASSEMBLED = 26  # taken apart into its parts
    ITEM_STACKED = 27  # joined another of its kind, which has its charges now
    ITEM_DROPPED = 28  # object: the handle of what lies on the ground
    ITEM_PICKED_UP = 29  # object: the handle of what lay on the ground
    ITEM_GIVEN = 30  # object: the hero who has it now
    ITEM_RECEIVED = 31  # for nothing
    ITEM_CONSUMED = 32  # gone for good; what it gives for that keeps its worth
    COURIER_KILLED = 33  # subject: the courier; object: who struck; player: its owner
    # Of runes. subject: the hero; player: whose it is; reason: a Rune.
    RUNE_TAKEN = 34  # object: the handle of the rune; value: 1 where a Bottle keeps it
    RUNE_USED = 35  # what it gives begins


class GoldReason(enum.IntEnum):
    """Why a player's gold changed."""

    PASSIVE = 0
    CREEP = 1
    HERO = 2
    ASSIST = 3
    BUILDING = 4
    DEATH = 5
    BUYBACK = 6
    STARTING = 7
    FLAGBEARER = 8
    ABILITY = 9
    PURCHASE = 10
    SALE = 11
    REFUND = 12
    COURIER = 13
    RUNE = 14


class Table(enum.IntEnum):
    """Tables whose capacity can run out."""

    UNITS = 0
    PROJECTILES = 1
    EVENTS = 2
    ORDER_QUEUE = 3
    MODIFIERS = 4
    ACTIONS = 5
    GROUND_ITEMS = 6
    RUNES = 7


class Rune(enum.IntEnum):
    """DOTA_RUNE_*: what a rune is. There are no runes of wisdom, XP, in this patch."""

    DOUBLEDAMAGE = 0
    HASTE = 1
    ILLUSION = 2
    INVISIBILITY = 3
    REGENERATION = 4
    BOUNTY = 5
    ARCANE = 6
    WATER = 7
    XP = 8
    SHIELD = 9


class RuneStatus(enum.IntEnum):
    """RUNE_STATUS_*: what a team knows of a place to which runes come."""

    UNKNOWN = 0
    AVAILABLE = 1
    MISSING = 2


class CourierState(enum.IntEnum):
    """CMsgBotWorldState.CourierState."""

    IDLE = 0
    AT_BASE = 1
    MOVING = 2
    DELIVERING_ITEMS = 3
    RETURNING_TO_BASE = 4
    DEAD = 5
    GOING_TO_SECRET_SHOP = 6
    AT_SECRET_SHOP = 7


class CourierAbility(enum.IntEnum):
    """Slots of the abilities of npc_dota_courier that do something, without courier_ in front."""

    TAKE_STASH_ITEMS = 0
    GO_TO_SECRETSHOP = 1
    RETURN_STASH_ITEMS = 2
    BURST = 3
    TRANSFER_ITEMS = 4
    SHIELD = 5
    TAKE_STASH_AND_TRANSFER_ITEMS = 7
    GO_TO_ENEMY_SECRETSHOP = 9


class AttackCapability(enum.IntEnum):
    """DOTA_UNIT_CAP_*_ATTACK."""

    NO_ATTACK = 0
    MELEE = 1
    RANGED = 2


class Attribute(enum.IntEnum):
    """DOTA_ATTRIBUTE values."""

    STRENGTH = 0
    AGILITY = 1
    INTELLIGENCE = 2
    ALL = 3


# What an item is that its hero takes up for good as soon as it gets it.
EATEN_SHARD, EATEN_SCEPTER = 1, 2

# MODIFIER_STATE_* as bits of UNIT.states, in Valve's order.
ROOTED = 1 << 0
DISARMED = 1 << 1
ATTACK_IMMUNE = 1 << 2
SILENCED = 1 << 3
MUTED = 1 << 4
STUNNED = 1 << 5
HEXED = 1 << 6
INVISIBLE = 1 << 7
INVULNERABLE = 1 << 8
MAGIC_IMMUNE = 1 << 9
PROVIDES_VISION = 1 << 10
NIGHTMARED = 1 << 11
BLOCK_DISABLED = 1 << 12
EVADE_DISABLED = 1 << 13
UNSELECTABLE = 1 << 14
CANNOT_TARGET_ENEMIES = 1 << 15
CANNOT_MISS = 1 << 16
SPECIALLY_DENIABLE = 1 << 17
FROZEN = 1 << 18
COMMAND_RESTRICTED = 1 << 19
NOT_ON_MINIMAP = 1 << 20
LOW_ATTACK_PRIORITY = 1 << 21
NO_HEALTH_BAR = 1 << 22
FLYING = 1 << 23
NO_UNIT_COLLISION = 1 << 24
PASSIVES_DISABLED = 1 << 27
DOMINATED = 1 << 28
BLIND = 1 << 29
OUT_OF_GAME = 1 << 30
FLYING_FOR_PATHING_PURPOSES_ONLY = 1 << 32
TRUESIGHT_IMMUNE = 1 << 33
UNTARGETABLE = 1 << 34
FEARED = 1 << 36
TAUNTED = 1 << 37
TETHERED = 1 << 38
UNTARGETABLE_ALLIED = 1 << 39
FORCED_FLYING_VISION = 1 << 40
# States of our own: damaged as if without a body, seen though invisible, cannot be moved.
ETHEREAL = 1 << 48
REVEALED = 1 << 49
UNMOVABLE = 1 << 50

# Bits of UNIT.traits: what a kind of unit is, whatever happens to it.
SIEGE = 1 << 0
PIERCING = 1 << 1
RUNTY = 1 << 2
REINFORCED = 1 << 3
FLAGBEARER = 1 << 4
RANGED_ATTACK = 1 << 5
ANCIENT = 1 << 6
STRUCTURE = 1 << 7
HAS_BACKDOOR_PROTECTION = 1 << 8
ILLUSION = 1 << 9
SUMMONED = 1 << 10

DAMAGE_TYPE_PHYSICAL = 1
DAMAGE_TYPE_MAGICAL = 2
DAMAGE_TYPE_PURE = 4
DAMAGE_TYPE_HP_REMOVAL = 8

GAME_MODE_1V1_MID = 21

NUM_SEATS = 10
