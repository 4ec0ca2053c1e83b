"""The shape of a patch's numbers: sizes and the record dtypes that compiled rules read."""

import importlib.resources
import json

from dota_env_rpc.match.coordinates import NUM_CELL_BYTES, NUM_CELLS
from dota_env_rpc.match.rule import record
from dota_env_rpc.match.tables import MAX_ITEM_DEFINITIONS, NUM_RUNE_SPOTS
from dota_env_rpc.match.words import (
    MAX_INTRINSICS,
    NUM_TALENTS,
    AbilityEvent,
    ModifierEvent,
)

MAX_WAYPOINTS = 16
NUM_BUILDINGS = 52
NUM_TREES = 2475
MAX_TREE_OVERLAPS = 16
MAX_FOOTPRINT = 160
MAX_DEFINITIONS = 400
MAX_ABILITY_DEFINITIONS = 2400
MAX_PARTS = 6
MAX_STOCKED_ITEMS = 16
NUM_SECRET_SHOPS = 2
MAX_ABILITY_LEVELS = 8
MAX_NAV_NODES = 2048
MAX_NAV_LINKS = 12
MAX_HERO_ABILITIES = 24
NO_LINK = 255
MAX_INSTRUCTIONS = 24576
MAX_ACTIONS = 8192
MAX_MODIFIER_DEFINITIONS = 1024
MAX_GIVEN_PROPERTIES = 4096
MAX_VALUES = 8192
MAX_CHANGES = 5
MAX_SKILL_BUILD = 32
MAX_ITEM_BUILD = 32

DEFAULT_PATCH = "7.41"

# The second and third index of `PATCH.lane_creeps`.
CREEP_MELEE, CREEP_RANGED, CREEP_SIEGE, CREEP_FLAGBEARER = range(4)
CREEP_NORMAL, CREEP_SUPER, CREEP_MEGA = range(3)

DEFINITION = record(
    # `tier`: 1-4 of towers; CREEP_NORMAL, CREEP_SUPER or CREEP_MEGA of lane creeps; else 0.
    [(name, "i8") for name in (
        "unit_type", "team", "traits", "attack_capability", "primary_attribute", "hero_id",
        "level", "tier", "lane")]
    + [(name, "f8") for name in (
        # Heroes: before attributes. Resistance as a fraction, turn rate in radians a tick,
        # `attack_rate` is the base attack time in seconds.
        "max_health", "health_regen", "max_mana", "mana_regen", "armor", "magic_resistance",
        "damage_min", "damage_max", "attack_rate", "base_attack_speed", "attack_point",
        "attack_range", "acquisition_range", "projectile_speed", "move_speed", "turn_rate",
        "bound_radius", "collision_radius", "vision_day", "vision_night", "true_sight",
        "bounty_xp", "bounty_gold_min", "bounty_gold_max",
        "strength", "strength_gain", "agility", "agility_gain", "intelligence",
        "intelligence_gain",
        # What a lane creep gains with each upgrade (every `creep.upgrade_interval`).
        "health_growth", "damage_growth", "gold_growth", "xp_growth")]
    # Rows of `abilities`, -1 for an empty slot. The last slot of a hero holds
    # special_bonus_attributes. Talent i of a hero lies in slot `talent_slots[i]` (-1: no room
    # for it) and asks for hero level 10, 15, 20, 25 as i // 2 is 0, 1, 2, 3.
    + [("abilities", "i8", MAX_HERO_ABILITIES), ("talent_slots", "i8", NUM_TALENTS)],
    "DEFINITION",
)

BUILDING = record(
    [("definition", "i8"), ("team", "i8"), ("lane", "i8"), ("tier", "i8"),
     ("x", "f8"), ("y", "f8"),
     # Rows of `buildings`. It can be attacked once any (`needs_all` 0) or all (1) of these fell.
     ("guards", "i8", 6), ("num_guards", "i8"), ("needs_all", "i8")],
    "BUILDING",
)

LANE_PATH = record(
    [("num_points", "i8"), ("spawn_x", "f8"), ("spawn_y", "f8"),
     ("x", "f8", MAX_WAYPOINTS), ("y", "f8", MAX_WAYPOINTS),
     # The direction in which the way comes to each waypoint, of length 1.
     ("along_x", "f8", MAX_WAYPOINTS), ("along_y", "f8", MAX_WAYPOINTS)],
    "LANE_PATH",
)

ABILITY_DEFINITION = record(
    # `behavior` and the targets hold Valve's bits, see match/targeting.py. `learnable` is 1 where
    # a point can be spent on it, `talent` where it takes a talent's place. `linked` is the row
    # of the ability that shares its level, or -1.
    [("max_level", "i8"), ("ultimate", "i8"), ("innate", "i8"), ("learnable", "i8"),
     ("talent", "i8"), ("linked", "i8"), ("behavior", "i8"),
     ("target_team", "i8"), ("target_type", "i8"), ("target_flags", "i8"), ("damage_type", "i8"),
     # Hero level at which rank 1 can be learned, and levels between ranks.
     ("required_level", "i8"), ("levels_between", "i8"),
     # Entry `level - 1` of each; the last number given holds for all further levels.
     ("cast_point", "f8"), ("cast_range", "f8", MAX_ABILITY_LEVELS),
     ("cooldown", "f8", MAX_ABILITY_LEVELS), ("mana_cost", "f8", MAX_ABILITY_LEVELS)],
    "ABILITY_DEFINITION",
)

ITEM_DEFINITION = record(
    # `item_id` is Valve's number, `cost` that of the whole item, `level` its place in a chain
    # such as Dagon's. How it is cast is in BEHAVIOR.
    [("item_id", "i8"), ("cost", "i8"), ("secret_shop", "i8"), ("in_shop", "i8"),
     ("is_recipe", "i8"), ("level", "i8"), ("max_level", "i8"),
     # Rows of `items` that it is made of, recipe included; none of what no shop sells.
     ("parts", "i8", MAX_PARTS), ("num_parts", "i8"),
     # `stack_max`: charges that one slot holds, 0 where items do not stack. `permanent` items
     # stay when their charges are gone; those that need charges cannot be used without.
     ("stack_max", "i8"), ("initial_charges", "i8"), ("permanent", "i8"),
     ("requires_charges", "i8"),
     ("sellable", "i8"), ("droppable", "i8"), ("drops_at_death", "i8"), ("disassembles", "i8"),
     # 0: of use to its buyer alone, 1: others can use it, 2: and stack, combine and sell it.
     ("shareability", "i8"),
     ("scroll", "i8"),  # lies in the slot of town portal scrolls
     ("consumed_as", "i8"),  # what its hero takes up for good when it gets it, or 0
     # Place in `stocked_items`, -1 for what never runs out. Times in seconds; the first of an
     # item comes `initial_stock_time` after the match begins.
     ("stocked", "i8"), ("stock_max", "i8"), ("stock_initial", "i8"),
     ("stock_time", "f8"), ("initial_stock_time", "f8"),
     ("cooldown_group", "i8"),  # items of one group go on cooldown together; 0 for none
     # At its level.
     ("cast_range", "f8"), ("cast_point", "f8"), ("cooldown", "f8"),
     ("mana_cost", "f8")],
    "ITEM_DEFINITION",
)

# One number of an ability, by level, and what changes it.
VALUE = record(
    # `ability`: row whose level counts. `change_kind`: a Change; `change_of`: row of the talent,
    # or how many hero levels a step takes; `change_operation`: ord of "+", "=", "x" or "%".
    [("ability", "i8"), ("num_changes", "i8"), ("is_area", "i8"),
     ("change_kind", "i8", MAX_CHANGES), ("change_of", "i8", MAX_CHANGES),
     ("change_operation", "i8", MAX_CHANGES),
     ("levels", "f8", MAX_ABILITY_LEVELS),
     ("change_by", "f8", (MAX_CHANGES, MAX_ABILITY_LEVELS))],
    "VALUE",
)

# Behavior: `blocks` are rows of `actions`, expressions are rows of `instructions`.
BEHAVIOR = record(
    # Of an ability or item that has content: `granted_by` is a Change for those that Scepter or
    # Shard give.
    [("is_simulated", "i8"), ("first_value", "i8"), ("num_values", "i8"),
     ("intrinsics", "i8", MAX_INTRINSICS), ("blocks", "i8", len(AbilityEvent)),
     # How it is cast and on whom, as in ABILITY_DEFINITION; `cast_filter` is an expression.
     ("bits", "i8"), ("target_team", "i8"), ("target_kind", "i8"), ("target_flags", "i8"),
     ("on_self", "i8"), ("cast_filter", "i8"), ("granted_by", "i8"), ("is_orb", "i8"),
     ("needs_charges", "i8"),
     # With the Scepter other bits, and as many levels more; which spells no block stops.
     ("bits_scepter", "i8"), ("scepter_levels", "i8"), ("ignores_block", "i8"),
     ("orb_on_buildings", "i8"),
     # An expression about what goes on beside its channel.
     ("channel_allows", "i8"),
     # Of items: whether it works from the backpack, gains charges by the casts of enemies, has a
     # cooldown that runs in main slots alone, is switched on from the start, and an expression
     # for uses that spend no charge.
     # `enemy_range`: place of the cast range on enemies among its values, or -1.
     ("gives_scepter", "i8"), ("from_backpack", "i8"), ("counts_casts", "i8"), ("rests_worn", "i8"),
     ("starts_toggled", "i8"), ("keeps_charge", "i8"), ("enemy_range", "i8"),
     ("stores_runes", "i8")],  # whether an item keeps a rune for its Standard.DURATION
    "BEHAVIOR",
)

# What a player casts an ability or item for, as bits of USE.purpose.
HURTS, DISABLES, WEAKENS, HEALS, RESTORES, BOLSTERS, FLEES, SUMMONS = (1 << i for i in range(8))
PURPOSES = {
    "HURTS": HURTS, "DISABLES": DISABLES, "WEAKENS": WEAKENS, "HEALS": HEALS,
    "RESTORES": RESTORES, "BOLSTERS": BOLSTERS, "FLEES": FLEES, "SUMMONS": SUMMONS, "NONE": 0,
}

# What a player would know of a cast: an estimate, without talents, Scepter and Shard.
USE = record(
    # By level: hit points that it takes from each enemy it hits, before resistance, or gives;
    # mana that it gives; how far in front of the caster it hits; within what radius, or of what
    # width; how far it flies. `delay` seconds go by after the cast point, at `speed` it flies.
    [("purpose", "i8"), ("damage_type", "i8")]
    + [(name, "f8", MAX_ABILITY_LEVELS) for name in (
        "damage", "heal", "mana", "ahead", "radius", "length")]
    + [("delay", "f8"), ("speed", "f8")],
    "USE",
)

ACTION = record(
    # `jump`: rows to skip where an IF fails. `selector` says whom it is done to; areas lie around
    # `center` and hold who fits `team`, `kind` and `exclusions`. `expressions` are the arguments.
    [(name, "i4") for name in (
        "word", "jump", "selector", "center", "radius", "length", "team", "kind", "exclusions",
        "most", "modifier", "block", "end_block", "options", "definition", "toward",
        "vision", "think_block", "rune_block")]
    + [("expressions", "i4", 8)],
    "ACTION",
)

MODIFIER_DEFINITION = record(
    [(name, "i8") for name in (
        "is_debuff", "is_hidden", "dispel", "multiple", "permanent", "pierces_immunity",
        "breakable", "states", "state_filter", "first_property", "num_properties",
        "asked", "interval", "duration", "aura", "aura_radius", "aura_team",
        "aura_kind", "aura_exclusions", "aura_linger", "refreshes_every_tick", "keeps_duration",
        "events", "aura_filter", "barrier", "owner", "credits_kills",
        # Whether it goes with the item that gave it; what illusions have of it.
        "worn_only", "on_illusions")]
    + [("blocks", "i8", len(ModifierEvent))],
    "MODIFIER_DEFINITION",
)

GIVEN_PROPERTY = record([("property_id", "i8"), ("expression", "i8")], "GIVEN_PROPERTY")

INSTRUCTION = record([("instruction", "i8"), ("operand", "f8")], "INSTRUCTION")

NAV = record(
    # The walkable map as a graph: blocks of 8 x 8 cells, each connected free part of one a node.
    # `next_link[a, b]` is the place in `links[a]` of the neighbor that leads from a toward b
    # most shortly, or NO_LINK where b is a. Every node reaches every other one.
    [("num_nodes", "i8"), ("node_of_cell", "i2", NUM_CELLS),  # -1 on blocked cells
     ("x", "f8", MAX_NAV_NODES), ("y", "f8", MAX_NAV_NODES),
     ("links", "i2", (MAX_NAV_NODES, MAX_NAV_LINKS)),  # -1 behind a node's last
     # Where one crosses into that neighbor: the middle cell, on its side, of the shared border.
     ("cross_x", "f4", (MAX_NAV_NODES, MAX_NAV_LINKS)),
     ("cross_y", "f4", (MAX_NAV_NODES, MAX_NAV_LINKS)),
     ("next_link", "u1", (MAX_NAV_NODES, MAX_NAV_NODES))],
    "NAV",
)


def rules_dtype(entries: list[dict]) -> type:
    """Returns the record dtype of a rules.json: one float64 field an entry, an array for a list.

    Dots in names become underscores.
    """
    fields = []
    for entry in entries:
        name, value = entry["name"].replace(".", "_"), entry["value"]
        fields.append((name, "f8", len(value)) if isinstance(value, list) else (name, "f8"))
    return record(fields, "RULES")


RULES = rules_dtype(json.loads(
    (importlib.resources.files("dota_env_rpc.data") / DEFAULT_PATCH / "rules.json").read_bytes()))

# `[2]` is a side, 0 Radiant and 1 Dire; a lane is indexed by Lane - 1. Cells are numbered by
# data/grid.py; the bit arrays hold bit `cell & 7` of byte `cell >> 3`.
PATCH = record(
    [("rules", RULES), ("num_definitions", "i8"), ("num_heroes", "i8"),
     ("num_abilities", "i8"), ("num_items", "i8"),
     ("definitions", DEFINITION, MAX_DEFINITIONS),
     ("lane_creeps", "i8", (2, 4, 3)),  # rows of `definitions` by side, kind and tier
     ("buildings", BUILDING, NUM_BUILDINGS),
     ("footprint", "i4", (NUM_BUILDINGS, MAX_FOOTPRINT)),  # cells, -1 behind the last
     ("lanes", LANE_PATH, (2, 3)),
     ("hero_spawn_x", "f8", (2, 5)), ("hero_spawn_y", "f8", (2, 5)),
     ("abilities", ABILITY_DEFINITION, MAX_ABILITY_DEFINITIONS),
     ("items", ITEM_DEFINITION, MAX_ITEM_DEFINITIONS),
     ("stocked_items", "i8", MAX_STOCKED_ITEMS), ("num_stocked", "i8"),  # rows of `items`
     ("scroll", "i8"), ("salve", "i8"),  # rows of `items`: town portal scroll, Healing Salve
     ("courier", "i8"),  # row of `definitions`
     ("fountain_x", "f8", 2), ("fountain_y", "f8", 2),
     ("secret_shop_x", "f8", NUM_SECRET_SHOPS), ("secret_shop_y", "f8", NUM_SECRET_SHOPS),
     ("rune_x", "f8", NUM_RUNE_SPOTS), ("rune_y", "f8", NUM_RUNE_SPOTS),  # the river's first
     ("elevation", "i1", NUM_CELLS),  # ground height in levels of 128 map units
     ("blocked", "u1", NUM_CELL_BYTES),  # cliffs and the like, without trees and buildings
     ("sight_blocker", "u1", NUM_CELL_BYTES), ("no_ward", "u1", NUM_CELL_BYTES),
     ("tree_of_cell", "i2", NUM_CELLS),  # tree number or -1
     # (cell, tree) of the few cells on which a second tree stands, -1 behind the last.
     ("tree_overlaps", "i4", (MAX_TREE_OVERLAPS, 2)),
     ("tree_x", "f8", NUM_TREES), ("tree_y", "f8", NUM_TREES), ("tree_elevation", "i8", NUM_TREES),
     # Behavior, filled by content/; by row of `abilities` and `items`. That of each Rune lies
     # behind the items'.
     ("ability_behaviors", BEHAVIOR, MAX_ABILITY_DEFINITIONS),
     ("item_behaviors", BEHAVIOR, MAX_ITEM_DEFINITIONS),
     ("ability_uses", USE, MAX_ABILITY_DEFINITIONS),
     ("item_uses", USE, MAX_ITEM_DEFINITIONS),
     # By row of `definitions`: ability slots in the order in which points go into them, and rows
     # of `items` in the order in which they are bought; -1 behind the last.
     ("skill_builds", "i8", (MAX_DEFINITIONS, MAX_SKILL_BUILD)),
     ("item_builds", "i8", (MAX_DEFINITIONS, MAX_ITEM_BUILD)),
     ("values", VALUE, MAX_VALUES),
     ("item_values", "f8", MAX_VALUES),  # those of items at their level
     ("actions", ACTION, MAX_ACTIONS),
     ("modifier_definitions", MODIFIER_DEFINITION, MAX_MODIFIER_DEFINITIONS),
     ("given_properties", GIVEN_PROPERTY, MAX_GIVEN_PROPERTIES),
     ("instructions", INSTRUCTION, MAX_INSTRUCTIONS),
     ("nav", NAV)],  # last, as its odd size would put others across lines of the processor's cache
    "PATCH",
)
