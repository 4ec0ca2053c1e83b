"""What a bot remembers from one decision to the next."""

import numpy as np

from dota_env_rpc.match.rule import record
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT, BACKPACK_SLOT, NEVER

MAX_NEAR = 64
# Numbers of bots, in the order of their names.
IDLE, LANER_EASY, LANER = range(3)

# What lies in a slot, of the hero or its items, as a bot sees it; see data/records.py USE.
SPELL = record(
    [(name, "i8") for name in (
        "slot", "purpose", "damage_type", "bits", "teams", "kinds", "exclusions", "on_self",
        "is_ultimate")]
    + [(name, "f8") for name in (
        "cost", "reach", "cast_point", "damage", "heal", "mana", "ahead", "radius", "length",
        "delay", "speed")],
    "SPELL",
)

# All but the first line, what is set for the seat, starts as blank_memories tells.
BOT_MEMORY = record(
    [(name, "i8") for name in (
        "bot", "auto_skills", "auto_items",  # its bot; whether a script spends points and gold
        "num_bought",  # how much of its build the script has bought
        # Handles of the middle towers, or later buildings, that stand foremost.
        "own_tower", "foe_tower",
        # The order that was given last, its target, and the tick in which its attack will land.
        "order", "target", "hit_tick",
        # The slot that was cast last, and until when the hero may turn for it.
        "cast_slot", "cast_tick",
        "retreating", "think_tick", "drop_tick", "foe_tick",
        # Decisions without a step, less than 0 while another way is tried, and such tries.
        "num_stuck", "num_tried",
        # What was looked at in this decision: rows of units that fight near, own ones included.
        "num_near", "foe_row", "ally_row", "num_on_me", "num_minding", "num_tanks",
        "num_own", "num_foes", "prey_row",
    )]
    + [(name, "f8") for name in (
        "order_x", "order_y", "x", "y",
        # The lane runs from (lane_x, lane_y), the own tower, in direction (along_x, along_y);
        # places on it are measured in map units from there. The foe's tower is at `lane_end`.
        "lane_x", "lane_y", "along_x", "along_y", "lane_end", "own_front",
    )]
    + [("near", "i8", MAX_NEAR), ("spell", SPELL),
       # Slots of casting with something castable in this decision, abilities first.
       ("num_castable", "i8"), ("castable", "i8", ATTRIBUTE_SLOT + BACKPACK_SLOT)],
    "BOT_MEMORY",
)


def blank_memories(num_seats: int) -> np.recarray:
    """Returns what bots remember when a match starts, BOT_MEMORY (num_seats,)."""
    memories = np.zeros(num_seats, BOT_MEMORY).view(np.recarray)
    # A match starts before tick 0, and nothing was done before it.
    for name in ("cast_tick", "think_tick", "drop_tick"):
        memories[name] = NEVER
    return memories
