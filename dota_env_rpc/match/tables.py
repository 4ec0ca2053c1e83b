"""The tables that hold what can be told of a match: one definition for every backend.

They hold what `CMsgBotWorldState` tells. The simulator, recorded matches and the live game fill
the same fields, and every encoder, bot, bridge and viewer reads them. Positions are (x, y) map
units with x east and y north; angles are radians counterclockwise from east; `_tick` fields are
ticks of match/clock.py. Rows of `units` are addressed across ticks by handles.
"""

import numpy as np

from dota_env_rpc.match.enums import NUM_SEATS, Table
from dota_env_rpc.match.rule import inlined, record

MAX_UNITS = 256
MAX_PROJECTILES = 256
MAX_EVENTS = 512
MAX_MODIFIERS = 512
NUM_ABILITY_SLOTS = 24
# Item slots: 0 to 5 the inventory proper, then these.
BACKPACK_SLOT = 6
STASH_SLOT = 9
SCROLL_SLOT = 15  # town portal scrolls
NEUTRAL_SLOT = 16
NUM_ITEM_SLOTS = 17
# What the player's courier carries lies behind them.
COURIER_SLOT = NUM_ITEM_SLOTS
NUM_ITEM_PLACES = COURIER_SLOT + 9
NO_SLOT = -1
MAX_GROUND_ITEMS = 64
MAX_RUNES = 32
# Places to which runes come, those in the river first.
NUM_RUNE_SPOTS = 4
NUM_RIVER_SPOTS = 2
# What stands for the Rune of a place where none lies, and where nobody knows.
NO_RUNE, UNKNOWN_RUNE = -1, -2
MAX_ITEM_DEFINITIONS = 512
NUM_STOCKED = 16
# The last ability slot of every hero holds special_bonus_attributes.
ATTRIBUTE_SLOT = NUM_ABILITY_SLOTS - 1

# A handle is `generation * MAX_UNITS + row`; generations start at 1, so that 0 is no unit.
NO_UNIT = 0
NEVER = -(1 << 40)


@inlined
def row_of(handle):
    """Returns the row of `units` that `handle` names, whether or not it still lives there."""
    return handle % MAX_UNITS


def _table(name, integers, numbers, arrays=(), first=""):
    """Returns a record, in which the fields in `first` come before the others."""
    fields = [(field, "i8") for field in integers.split()]
    fields += [(field, "f8") for field in numbers.split()]
    fields.sort(key=lambda field: field[0] not in first.split())
    return record(fields + list(arrays), name)


UNIT = _table(
    "UNIT",
    # `handle` 0 marks an empty row. `definition` is a row of the patch's definitions.
    # `visible_to` has bit 1 << team for each team that sees the unit now.
    # `attack_target` is the handle of who is being attacked, 0 for none.
    "handle definition unit_type team player lane level alive states traits activity visible_to"
    " attack_target last_attack_tick spawn_tick",
    # `attack_interval` and `attack_point` are seconds at the present attack speed.
    # Damage is without, `bonus_damage` the green number with, what is not of base or attributes.
    "x y z facing health max_health health_regen mana max_mana mana_regen armor magic_resistance"
    " damage_min damage_max bonus_damage attack_range attack_speed attack_interval attack_point"
    " projectile_speed acquisition_range move_speed turn_rate bound_radius collision_radius"
    " vision_day vision_night bounty_xp bounty_gold_min bounty_gold_max",
    # What is read of all units, tick by tick, lies in as few lines of the processor's cache as can
    # be.
    first="handle unit_type team player alive states traits visible_to"
    " x y health max_health mana max_mana bound_radius collision_radius",
)

PLAYER = _table(
    "PLAYER",
    # `hero` is the handle of the player's hero, 0 for an empty seat. `definition` is its row
    # in the patch, -1 for an empty seat. Gold is told to its own team only.
    "player team hero definition level xp reliable_gold unreliable_gold net_worth kills deaths"
    " assists last_hits denies streak respawn_tick buyback_ready_tick buyback_cost"
    # `item_worth`: gold paid for all its items, those included that it has taken up for good:
    # `consumed_worth`. `courier` is a handle, 0 while it is dead; `courier_state` a CourierState.
    " ability_points bought_back attribute_points items_changed scepter_eaten"
    " shard_eaten gold_earned xp_earned"
    " orders_refused last_order_result item_worth consumed_worth courier courier_state"
    " courier_respawn_tick courier_burst_ready_tick courier_shield_ready_tick",
    "strength agility intelligence hero_damage tower_damage",
)

ABILITY = _table(
    "ABILITY",
    # `definition` is a row of the patch's abilities, -1 for an empty slot. `casting` is 1 in its
    # cast point, 2 while it is channelled.
    "definition level max_level cooldown_ready_tick charges charge_ready_tick castable hidden"
    " toggled autocast alternative casting",
    "mana_cost cooldown cast_range",
)

ITEM = _table(
    "ITEM",
    # `definition` is a row of the patch's items, -1 for an empty slot. `owner` is the seat that
    # got it first, `worth` the gold that was paid for it. An item that lies in a main slot works
    # from `active_tick` on; it came to its hero at `arrived_tick`, and gives all its gold back
    # soon after `bought_tick`, which is NEVER once it has been used. `rune` is the Rune that a
    # Bottle keeps plus 1, 0 for none: as it came at a tick, and is used by itself at another.
    "definition level charges cooldown_ready_tick castable owner worth locked bought_tick"
    " arrived_tick active_tick toggled rune rune_spawn_tick rune_due_tick",
    "mana_cost cooldown cast_range",
)

# An item on the ground: `handle` 0 marks an empty row.
GROUND_ITEM = record(
    [("handle", "i8"), ("team", "i8"), ("visible_to", "i8"), ("x", "f8"), ("y", "f8"),
     ("held", ITEM, 1)],
    "GROUND_ITEM",
)

# A rune that lies on the map: `handle` 0 marks an empty row. `spot` is a row of `rune_spots`.
RUNE = _table("RUNE", "handle kind spot spawn_tick visible_to", "x y")

# A place to which runes come. By side: the Rune, NO_RUNE or UNKNOWN_RUNE there when it was last
# seen, and when that was.
RUNE_SPOT = _table(
    "RUNE_SPOT", "visible_to", "x y", [("seen_kind", "i8", 2), ("seen_tick", "i8", 2)])

MODIFIER = _table(
    "MODIFIER",
    "definition parent caster stacks expire_tick is_debuff visible_to",
    "duration",
)

PROJECTILE = _table(
    "PROJECTILE",
    # A tracking projectile flies at `target`; one that was disjointed has target 0 and flies
    # to its last (x_target, y_target). A linear one flies there and hits whom it meets.
    "handle source target team is_attack is_linear dodgeable visible_to",
    # `damage` is before resistance; `factor` is what the attacker's class makes of it.
    # `radius` is how near a linear one must come.
    "x y x_target y_target speed damage factor radius",
)

EVENT = _table("EVENT", "tick kind subject object player reason", "value")

ORDER = _table(
    "ORDER", "order unit target ability_slot item_slot item_to_buy queue", "x y x_end y_end")

# Events are a ring: the n-th event of a match lies at `n % MAX_EVENTS`, and `num_events` counts
# all of them. `table_full` counts, per Table, what found no room.
TABLES = record(
    [
        ("units", UNIT, MAX_UNITS),
        ("tick", "i8"), ("start_tick", "i8"), ("game_state", "i8"), ("game_mode", "i8"),
        ("winner", "i8"), ("win_reason", "i8"), ("is_day", "i8"), ("episode", "i8"),
        ("num_rows", "i8"), ("num_projectiles", "i8"), ("num_events", "i8"),
        ("num_modifiers", "i8"),  # rows of `modifiers` behind which all are free
        ("has_runes", "i8"),  # whether runes come at all
        ("glyph_ready_tick", "i8", 2), ("team_kills", "i8", 2), ("table_full", "i8", len(Table)),
        # Of each side, by the patch's `stocked_items`; when the next one comes, NEVER if full.
        ("stock", "i8", (2, NUM_STOCKED)), ("restock_tick", "i8", (2, NUM_STOCKED)),
        ("players", PLAYER, NUM_SEATS),
        ("projectiles", PROJECTILE, MAX_PROJECTILES),
        ("modifiers", MODIFIER, MAX_MODIFIERS),
        ("abilities", ABILITY, (NUM_SEATS, NUM_ABILITY_SLOTS)),
        ("items", ITEM, (NUM_SEATS, NUM_ITEM_PLACES)),
        ("ground_items", GROUND_ITEM, MAX_GROUND_ITEMS),
        ("runes", RUNE, MAX_RUNES),
        ("rune_spots", RUNE_SPOT, NUM_RUNE_SPOTS),
        ("events", EVENT, MAX_EVENTS),
    ],
    "TABLES",
)


def events_since(tables, num_seen: int) -> np.ndarray:
    """Returns copies of the events after the first `num_seen`, oldest first.

    Those that the ring has already overwritten are missing.
    """
    first = max(num_seen, int(tables.num_events) - MAX_EVENTS)
    rows = np.arange(first, int(tables.num_events)) % MAX_EVENTS
    return tables.events[rows].copy()
