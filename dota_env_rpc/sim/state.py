"""All that decides how a match goes on: its tables and what only the simulator needs beside."""

from dota_env_rpc.match.coordinates import NUM_CELL_BYTES
from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.rule import record
from dota_env_rpc.match.tables import MAX_UNITS, ORDER, TABLES

NUM_BUILDINGS = 52
NUM_TREE_BYTES = 320  # a bit for each of up to 2560 trees
MAX_QUEUE = 16
MAX_REVEALS = 64
MAX_DEATHS = MAX_UNITS

# Units are found by where they are through buckets of this size.
BUCKET = 512.0
BUCKETS_A_SIDE = 41
NUM_BUCKETS = BUCKETS_A_SIDE * BUCKETS_A_SIDE
# For a first look whether anybody is about: squares of four by four buckets.
REGIONS_A_SIDE = (BUCKETS_A_SIDE + 3) // 4
NUM_REGIONS = REGIONS_A_SIDE * REGIONS_A_SIDE

# The short-path search looks at a square of this many cells around its unit.
SEARCH_SIZE = 64
NUM_SEARCH_COSTS = 1024
MAX_SEARCH_ENTRIES = 8192

# Phases of an attack.
NOT_SWINGING = 0
SWINGING = 1

# A row of BODY belongs to the same row of `tables.units`.
BODY = record(
    [(name, "i8") for name in (
        # What it was told and what it picked itself: handles, 0 for none.
        "order", "order_target", "target", "acquire_tick",
        "anger_until_tick", "anger_ready_tick", "drop_ready_tick",
        "attack_phase", "swing_due_tick", "swing_target",
        # Walking: `waypoint` of its lane, and from which one on a creep marches `aside` of it;
        # `route_*` is the straight leg it is on.
        "waypoint", "line_from", "has_route", "replan_tick", "blocked_until_tick", "num_blocked",
        "avoid_side", "moved_tick",
        "uphill_tries",
        # Rows of the unit that last saw it for either team: asked first the next time.
        "seen_by_radiant", "seen_by_dire",
        # Buildings: row of the patch's buildings, -1 for none; when backdoor protection is back.
        "building", "protected_from_tick",
        "glyph_until_tick", "fountain_until_tick", "safe_until_order",
        "tower_aura_tier", "tower_aura_until_tick", "flag_until_tick", "flag_upgrades",
        "fountain_stacks", "fountain_stack_until_tick", "upgrades",
    )]
    + [(name, "f8") for name in (
        "order_x", "order_y", "seen_x", "seen_y", "patrol_x", "patrol_y",
        # `attack_ready` is the tick, with its fraction, from which the next swing may start.
        "attack_ready", "rolled_damage",
        "route_x", "route_y", "goal_x", "goal_y", "leash_x", "leash_y",
        "base_armor", "base_health_regen", "base_magic_resistance",
        "backdoor_loss",
        # How far to the left of its lane a creep marches.
        "aside",
    )]
    + [("hurt_by_player_tick", "i8", NUM_SEATS)],
    "BODY",
)

REVEAL = record([("team", "i8"), ("until_tick", "i8"), ("x", "f8"), ("y", "f8")], "REVEAL")

DEATH = record([("victim", "i8"), ("killer", "i8")], "DEATH")

STATE = record(
    [
        ("tables", TABLES),
        ("body", BODY, MAX_UNITS),
        # Settings of this match.
        ("kills_to_win", "i8"), ("tie_tick", "i8"), ("lane_bits", "i8"),
        ("seed", "i8"), ("hero_definitions", "i8", NUM_SEATS),
        # The random stream, and the last generation handed out to a handle.
        ("random_a", "i8"), ("random_b", "i8"), ("generation", "i8"), ("num_launched", "i8"),
        # `ascending`: whether this tick resolves units by rising rows.
        ("first_blood", "i8"), ("ascending", "i8"),
        ("building_units", "i8", NUM_BUILDINGS), ("buildings_fallen", "i8", NUM_BUILDINGS),
        ("glyph_refreshed", "i8", (2, 3)),
        ("queue", ORDER, (NUM_SEATS, MAX_QUEUE)), ("num_queued", "i8", NUM_SEATS),
        ("reveals", REVEAL, MAX_REVEALS), ("num_reveals", "i8"),
        ("deaths", DEATH, MAX_DEATHS), ("num_deaths", "i8"),
        # Bits of cells that cannot be walked: the ground's, standing trees' and buildings'.
        ("blocked", "u1", NUM_CELL_BYTES),
        ("trees_felled", "u1", NUM_TREE_BYTES),
        # Scratch of one tick; written before it is read.
        ("bucket_first", "i2", NUM_BUCKETS), ("bucket_next", "i2", MAX_UNITS),
        ("teams_about", "u1", NUM_REGIONS),
        ("near", "i8", MAX_UNITS),
        # Who may see: Radiant's from the first place on, Dire's from MAX_UNITS on.
        ("num_viewers", "i8", 2), ("viewer_row", "i8", 2 * MAX_UNITS),
        ("viewer_x", "f8", 2 * MAX_UNITS), ("viewer_y", "f8", 2 * MAX_UNITS),
        ("viewer_reach_squared", "f8", 2 * MAX_UNITS),
        ("search_from", "u1", SEARCH_SIZE * SEARCH_SIZE),
        ("search_cost", "i2", SEARCH_SIZE * SEARCH_SIZE),
        ("search_first", "i2", NUM_SEARCH_COSTS),
        ("search_cell", "i2", MAX_SEARCH_ENTRIES), ("search_next", "i2", MAX_SEARCH_ENTRIES),
    ],
    "STATE",
)
# What of a STATE decides how the match goes on; the scratch behind it does not.
DECIDING_BYTES = STATE.fields["bucket_first"][1]
