"""The numbers of one patch of the game, as the record that rules read and as names."""

import functools
import hashlib
import importlib.resources
import json

import numpy as np

from dota_env_rpc.match.enums import UnitType
from dota_env_rpc.match.rule import record

GRID_SIZE = 327  # cells a side
CELL = 64.0  # map units
GRID_ORIGIN = -10496.0  # west and south edge of cell (0, 0)
WORLD_MIN = -10496.0
WORLD_MAX = 10432.0
NUM_CELLS = GRID_SIZE * GRID_SIZE
NUM_CELL_BYTES = (NUM_CELLS + 7) // 8
MAX_WAYPOINTS = 16
NUM_BUILDINGS = 52
NUM_TREES = 2475
MAX_DEFINITIONS = 400
MAX_ABILITY_DEFINITIONS = 2400
MAX_ITEM_DEFINITIONS = 512
MAX_NAV_NODES = 2048
MAX_NAV_LINKS = 12
MAX_HERO_ABILITIES = 24

# Bits of `lanes[...]` are indexed by side (0 Radiant, 1 Dire) and lane (Lane - 1).
DEFINITION = record(
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
        # What a lane creep gains with each upgrade (every `creep.upgrade_interval_s`).
        "health_growth", "damage_growth", "gold_growth", "xp_growth")]
    + [("abilities", "i8", MAX_HERO_ABILITIES)],  # rows of `abilities`, -1 for an empty slot
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
     ("x", "f8", MAX_WAYPOINTS), ("y", "f8", MAX_WAYPOINTS)],
    "LANE_PATH",
)

ABILITY_DEFINITION = record(
    [("max_level", "i8"), ("ultimate", "i8"), ("innate", "i8"), ("behavior", "i8"),
     ("target_team", "i8"), ("target_type", "i8"), ("damage_type", "i8"),
     # Hero level at which rank 1 can be learned, and levels between ranks.
     ("required_level", "i8"), ("levels_between", "i8"),
     ("cast_point", "f8"), ("cast_range", "f8", 8), ("cooldown", "f8", 8), ("mana_cost", "f8", 8)],
    "ABILITY_DEFINITION",
)

ITEM_DEFINITION = record(
    [("cost", "i8"), ("secret_shop", "i8"), ("in_shop", "i8"), ("is_recipe", "i8"),
     ("stack_max", "i8"), ("initial_charges", "i8"), ("cast_range", "f8"), ("cooldown", "f8"),
     ("mana_cost", "f8")],
    "ITEM_DEFINITION",
)

NAV = record(
    # The walkable map as a graph: blocks of 8 x 8 cells, each connected free part of one a node.
    # `next_link[a, b]` is the place in `links[a]` of the neighbor that leads from a toward b
    # most shortly, or 255 where b cannot be reached from a.
    [("num_nodes", "i8"), ("node_of_cell", "i2", NUM_CELLS),  # -1 on blocked cells
     ("x", "f8", MAX_NAV_NODES), ("y", "f8", MAX_NAV_NODES),
     ("links", "i2", (MAX_NAV_NODES, MAX_NAV_LINKS)),
     # Where one crosses into that neighbor: the middle of the border they share.
     ("cross_x", "f4", (MAX_NAV_NODES, MAX_NAV_LINKS)),
     ("cross_y", "f4", (MAX_NAV_NODES, MAX_NAV_LINKS)),
     ("next_link", "u1", (MAX_NAV_NODES, MAX_NAV_NODES))],
    "NAV",
)
