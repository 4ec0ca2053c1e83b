"""All that decides how a match goes on: its tables and what only the simulator needs beside."""

from dota_env_rpc.match.coordinates import NUM_CELL_BYTES
from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.rule import record
from dota_env_rpc.match.tables import (
    ITEM,
    MAX_ITEM_DEFINITIONS,
    MAX_MODIFIERS,
    MAX_PROJECTILES,
    MAX_RUNES,
    MAX_UNITS,
    NUM_ABILITY_SLOTS,
    ORDER,
    TABLES,
)
from dota_env_rpc.match.words import MAX_ABILITY_VALUES, NUM_PROPERTIES

NUM_BUILDINGS = 52
NUM_TREE_BYTES = 320  # a bit for each of up to 2560 trees
MAX_QUEUE = 16
MAX_REVEALS = 64
MAX_DEATHS = MAX_UNITS
MAX_QUEUED_ACTIONS = 640
MAX_DELAYED_ACTIONS = 128
MAX_FELLED = 256
MAX_PLANTED = 16
MAX_WALL_CELLS = 512
MAX_TARGETS = MAX_UNITS
STACK_SIZE = 32
NUM_REGISTERS = 4
MAX_SHOPPING = 32  # things that one purchase takes

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
        "order", "order_target", "order_item", "target", "acquire_tick",
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
        # Its modifiers: row + 1 of the first, what they listen to, and whether they changed.
        "first_modifier", "heard", "asked", "is_dirty", "base_states",
        # Casting: a CAST_ phase; a slot as in Order, items from ITEM_SLOT on.
        "cast_phase", "cast_slot", "cast_source", "cast_target", "cast_tree", "cast_due_tick",
        # The slot that is channelled + 1, beside whatever else it does; 0 for none.
        "channel_slot",
        # An attack's orb: slot + 1 of the ability or item; flags of the swing under way.
        "orb", "orb_by_hand", "swing_flags",
        # Being moved by others, and what happens at the end.
        "motion_steps", "motion_block", "motion_is_soft",
        # Summons and illusions: when they go, what they are of.
        "dies_tick", "illusion_of",
        # Whether who is dead comes back where it lies.
        "reincarnates",
    )]
    + [(name, "f8") for name in (
        "order_x", "order_y", "seen_x", "seen_y", "patrol_x", "patrol_y",
        # `attack_ready` is the tick, with its fraction, from which the next swing may start.
        "attack_ready", "rolled_damage",
        "route_x", "route_y", "goal_x", "goal_y", "leash_x", "leash_y",
        "base_armor", "base_health_regen", "base_magic_resistance",
        "backdoor_loss",
        "cast_x", "cast_y", "cast_x_end", "cast_y_end", "motion_x", "motion_y",
        "base_attack_speed", "base_damage_min", "base_damage_max", "base_move_speed",
        "base_attack_range",
        "base_mana_regen", "base_max_health", "base_max_mana", "base_vision_day",
        "base_vision_night", "base_turn_rate", "base_projectile_speed", "base_attack_time",
        "aura_armor", "aura_health_regen", "aura_magic_resistance",
        "illusion_damage", "illusion_hurt", "true_sight",
        # How far to the left of its lane a creep marches.
        "aside",
    )]
    + [("hurt_by_player_tick", "i8", NUM_SEATS)],
    "BODY",
)

REVEAL = record([("team", "i8"), ("until_tick", "i8"), ("x", "f8"), ("y", "f8"), ("radius", "f8"),
     ("true_sight", "i8")],
    "REVEAL")

DEATH = record([("victim", "i8"), ("killer", "i8")], "DEATH")

# Row-aligned with `tables.modifiers`: what only the rules know.
EFFECT = record(
    # `next`: row + 1 of the parent's next modifier, or of the next free row. `source`: see
    # sim/sources.py. Without a parent it is a thinker, which acts at (x, y).
    [(name, "i8") for name in (
        "next", "serial", "source", "created_tick", "aura_tick", "tries", "team")]
    # `think_due`: the tick, with its fraction, at which it thinks next, as rates are exact.
    + [("x", "f8"), ("y", "f8"), ("x_end", "f8"), ("y_end", "f8"), ("think_due", "f8"),
       ("registers", "f8", NUM_REGISTERS),
       # Bits of the rows of units that Mark has marked.
       ("marks", "u1", MAX_UNITS // 8)],
    "EFFECT",
)

# What a list of actions is about while it runs; see Selector for the handles.
CONTEXT = record(
    [(name, "i8") for name in (
        "block", "source", "caster", "target", "attacker", "parent", "modifier", "serial",
        "flight", "due_tick", "depth", "damage_type")]
    # `mark`, `raw`: of an attack; its damage before what the target makes of it.
    + [(name, "f8") for name in ("x", "y", "x_end", "y_end", "amount", "mark", "raw")],
    "CONTEXT",
)

# Row-aligned with `tables.projectiles`: what only the rules know.
FLIGHT = record(
    [(name, "i8") for name in (
        "hit_block", "end_block", "team", "kind", "exclusions", "orb", "orb_by_hand", "swing_flags",
        "stops_at_first", "think_block", "follows_hidden", "rune_block")]
    + [("context", CONTEXT), ("hits", "u1", MAX_UNITS // 8)]
    + [(name, "f8") for name in (
        "start_radius", "end_radius", "distance", "travelled", "x_velocity", "y_velocity",
        "vision")],
    "FLIGHT",
)

# What ABILITY.casting tells: nothing, the time before the effect, and channelling after it.
# The first two are phases of BODY.
NOT_CASTING, CASTING, CHANNELLING = range(3)
# Slots of casting from here on are items.
ITEM_SLOT = 32

# Row-aligned with `tables.units`: a building, which stands in `bucket` - 1 until it falls; and the
# regions, up to the ends, in which there may be one of `enemies`, bits of teams, that it attacks;
# `is_quiet` says that nobody is there.
POST = record(
    [(name, "i2") for name in (
        "bucket", "first_line", "end_line", "first_column", "end_column", "enemies", "is_quiet")],
    "POST",
)

# Row-aligned with `tables.units`: the facing that a unit last had, with its cosine and sine.
LOOK = record([("facing", "f8"), ("cosine", "f8"), ("sine", "f8")], "LOOK")


def _aligned(fields: list, names: tuple[str, ...]) -> list:
    """Returns fields with room in front of those named and behind all.

    It fills the line of the processor's cache: numbers that lie across two take twice as long.
    """
    result: list = []
    for field in [*fields, ("",)]:
        if field[0] in names or not field[0]:
            room = -record(result).itemsize % 64
            result.append((f"room_before_{field[0] or 'next'}", "u1", room))
        result.append(field)
    return result[:-1]


STATE = record(
    _aligned([
        ("tables", TABLES),
        ("body", BODY, MAX_UNITS), ("blank_body", BODY),
        # Bits of the runes of power that have yet to come; runes that are being dragged.
        ("runes_left", "i8"), ("num_pulled_runes", "i8"), ("rune_steps", "i8", MAX_RUNES),
        ("rune_step_x", "f8", MAX_RUNES), ("rune_step_y", "f8", MAX_RUNES),
        # Settings of this match.
        ("kills_to_win", "i8"), ("tie_tick", "i8"), ("lane_bits", "i8"),
        ("banned", "u1", MAX_ITEM_DEFINITIONS),  # 1 for items that nobody can buy
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
        ("num_settled", "i8"),
        ("effects", EFFECT, MAX_MODIFIERS), ("free_modifier", "i8"),
        ("modifier_serial", "i8"),
        ("flights", FLIGHT, MAX_PROJECTILES),
        ("felled_tree", "i8", MAX_FELLED), ("felled_tick", "i8", MAX_FELLED),
        ("num_felled", "i8"),
        # Trees that items planted: until when each stands, and which of its cells it blocks.
        ("planted_x", "f8", MAX_PLANTED), ("planted_y", "f8", MAX_PLANTED),
        ("planted_until_tick", "i8", MAX_PLANTED), ("planted_cells", "i8", MAX_PLANTED),
        ("num_planted", "i8"),
        # Cells that spells block for a while, and the slows that are being added up.
        ("wall_cell", "i8", MAX_WALL_CELLS), ("wall_until_tick", "i8", MAX_WALL_CELLS),
        ("wall_hides", "i8", MAX_WALL_CELLS),  # whether it blocks sight too
        ("num_wall_cells", "i8"), ("num_hiding_cells", "i8"),
        ("attack_mark", "f8"), ("attack_raw", "f8"), ("slows", "f8"),
        # The type of the damage that is being dealt.
        ("damage_type", "i8"),
        ("motions", CONTEXT, MAX_UNITS),
        # What each seat's hero channels: `amount` is when it began, `due_tick` when it ends.
        ("channels", CONTEXT, NUM_SEATS),
        ("delayed", CONTEXT, MAX_DELAYED_ACTIONS), ("num_delayed", "i8"),
        # What modifiers give each unit, by Property; and each ability's numbers now.
        ("bonuses", "f8", (MAX_UNITS, NUM_PROPERTIES)),
        ("values", "f8", (NUM_SEATS, NUM_ABILITY_SLOTS, MAX_ABILITY_VALUES)),
        ("has_charges", "i8", NUM_SEATS), ("num_pushed", "i8"), ("any_dirty", "i8"),
        ("has_scepter", "i8", NUM_SEATS), ("has_shard", "i8", NUM_SEATS),
        ("queued", CONTEXT, MAX_QUEUED_ACTIONS), ("num_queued_actions", "i8"),
        # When an item next begins to work.
        ("next_item_tick", "i8"),
        # Bits of cells that cannot be walked: the ground's, standing trees' and buildings'.
        ("blocked", "u1", NUM_CELL_BYTES),
        ("trees_felled", "u1", NUM_TREE_BYTES),
        # Scratch of one tick; written before it is read.
        ("near", "i8", MAX_UNITS),
        # Who may see, of either side.
        ("num_viewers", "i8", 2), ("viewer_row", "i8", (2, MAX_UNITS)),
        ("viewer_x", "f8", (2, MAX_UNITS)), ("viewer_y", "f8", (2, MAX_UNITS)),
        ("viewer_reach_squared", "f8", (2, MAX_UNITS)),
        # These two are kept, as they follow from the tables: buildings stay where they are, and
        # units turn seldom.
        ("posts", POST, MAX_UNITS), ("looks", LOOK, MAX_UNITS),
        ("targets", "i8", MAX_TARGETS), ("stack", "f8", STACK_SIZE), ("context", CONTEXT),
        ("hand", ITEM, 1), ("order", ORDER, 1), ("shopping", "i8", MAX_SHOPPING),
        ("bucket_first", "i2", NUM_BUCKETS), ("bucket_next", "i2", MAX_UNITS),
        ("widest", "f8"),  # the largest collision radius in the buckets but for structures
        ("search_cost", "i2", SEARCH_SIZE * SEARCH_SIZE),
        ("search_first", "i2", NUM_SEARCH_COSTS),
        ("search_cell", "i2", MAX_SEARCH_ENTRIES), ("search_next", "i2", MAX_SEARCH_ENTRIES),
        ("search_from", "u1", SEARCH_SIZE * SEARCH_SIZE),
        # Bits of teams, now and a tick ago.
        ("teams_about", "u1", NUM_REGIONS), ("teams_before", "u1", NUM_REGIONS),
    ], ("near",)),
    "STATE",
)
# What of a STATE decides how the match goes on; the scratch behind it does not.
DECIDING_BYTES = STATE.fields["room_before_near"][1]
