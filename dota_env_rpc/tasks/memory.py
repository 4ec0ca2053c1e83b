"""What a seat remembers from one step to the next, as one record that rules read and write."""

import numpy as np

from dota_env_rpc.match.enums import NUM_SEATS, Lane, UnitType
from dota_env_rpc.match.rule import record, rule
from dota_env_rpc.match.tables import (
    MAX_ITEM_DEFINITIONS,
    MAX_UNITS,
    NUM_ITEM_PLACES,
    NUM_STOCKED,
    ORDER,
    row_of,
)
from dota_env_rpc.tasks.observations import NUM_SHOWN_UNITS

MAX_REMEMBERED_BUILDINGS = 64
NO_BUILDING = -1
# What an item costs that cannot be bought, and shops that nobody can be at.
NOT_SOLD = 1 << 40
NOT_ASKED = -1
NUM_TERMS = 16

_MID = int(Lane.MID)
_TOWER = int(UnitType.TOWER)
_BARRACKS = int(UnitType.BARRACKS)
_FORT = int(UnitType.FORT)

BUILDING_SEEN = record(
    # `kind` is a UnitType; `share` is of health when last seen, 0 once it fell;
    # `worth` is what the last reward took it for.
    [("handle", "i8"), ("own", "i8"), ("kind", "i8"), ("tier", "i8"), ("lane", "i8"),
     ("share", "f8"), ("worth", "f8")],
    "BUILDING_SEEN",
)

PLAYER_SEEN = record(
    [(name, "i8") for name in (
        "kills", "deaths", "assists", "last_hits", "denies", "gold_earned", "xp_earned")]
    + [("health", "f8"), ("mana", "f8")],
    "PLAYER_SEEN",
)

ITEM_HELD = record(
    [(name, "i8") for name in ("definition", "charges", "owner", "locked")], "ITEM_HELD")

MEMORY = record(
    [
        ("num_events", "i8"), ("orders_refused", "i8"), ("over", "i8"),
        # Units shown last, as rows of `units`: 0 for an unused row.
        ("num_shown", "i8"), ("handles", "i8", NUM_SHOWN_UNITS),
        ("hero_x", "f8"), ("hero_y", "f8"),
        ("enemy_tick", "i8"), ("enemy_level", "i8"),
        ("enemy_x", "f8"), ("enemy_y", "f8"), ("enemy_share", "f8"),
        ("num_buildings", "i8"), ("buildings", BUILDING_SEEN, MAX_REMEMBERED_BUILDINGS),
        # Rows of `buildings` of the outermost mid towers, NO_BUILDING for none.
        ("own_tower", "i8"), ("enemy_tower", "i8"),
        ("players", PLAYER_SEEN, NUM_SEATS),
        # The reward terms of the last step, and scratch for those of other players.
        ("terms", "f8", NUM_TERMS), ("other_terms", "f8", NUM_TERMS),
        ("order", ORDER),  # scratch of masks
        # What each of the patch's items costs the seat now, and what that followed from.
        ("prices", "i8", MAX_ITEM_DEFINITIONS), ("shops", "i8"), ("worth", "i8"),
        ("bag", ITEM_HELD, NUM_ITEM_PLACES), ("stock", "i8", NUM_STOCKED),
        # Cosine and sine of the facing that the unit in each row had when last shown.
        ("facing", "f8", MAX_UNITS), ("cosine", "f8", MAX_UNITS), ("sine", "f8", MAX_UNITS),
        # Scratch of one observation, by row of the match's units.
        ("shown_as", "i8", MAX_UNITS), ("attackers", "i8", MAX_UNITS),
        ("incoming", "f8", MAX_UNITS), ("nearest", "i8", MAX_UNITS), ("keys", "f8", MAX_UNITS),
        ("before", "i8", NUM_SHOWN_UNITS),
    ],
    "MEMORY",
)


def new_memories(count: int) -> np.recarray:
    """Returns `count` MEMORY records that remember nothing."""
    memories = np.zeros(count, MEMORY).view(np.recarray)
    memories.cosine[:] = 1.0
    return memories


@rule
def sees(unit, team):
    """Returns whether `team` sees a unit of the tables that lives."""
    return unit.handle != 0 and unit.alive != 0 and (unit.visible_to >> team) & 1 != 0


@rule
def enemy_of(tables, seat):
    """Returns the first seat of the other side that has a hero, or -1."""
    first = 5 if seat < 5 else 0
    for other in range(first, first + 5):
        if tables.players[other].hero != 0:
            return other
    return -1


@rule
def fallen(tables, handle):
    """Returns whether the unit that `handle` named is gone or dead."""
    unit = tables.units[row_of(handle)]
    return unit.handle != handle or unit.alive == 0


@rule
def share_of(part, whole):
    """Returns part / whole, kept from 0 to 1; 0 where that is no number."""
    share = part / whole if whole > 0.0 else 0.0
    if not share > 0.0:
        return 0.0
    return min(share, 1.0)


@rule
def health_worth(unit):
    """Returns what a hero's health is worth, 0 dead to 1 full: (x + 1 - (1 - x)^4) / 2.

    Source: OpenAI, Dota 2 with Large Scale Deep Reinforcement Learning (2019), appendix G.
    """
    if unit.alive == 0:
        return 0.0
    share = share_of(unit.health, unit.max_health)
    lost = 1.0 - share
    return 0.5 * (share + 1.0 - lost * lost * lost * lost)


@rule
def note_player(seen, tables, player):
    """Keeps what rewards compare the next time. seen: PLAYER_SEEN; player: PLAYER."""
    seen.kills = player.kills
    seen.deaths = player.deaths
    seen.assists = player.assists
    seen.last_hits = player.last_hits
    seen.denies = player.denies
    seen.gold_earned = player.gold_earned
    seen.xp_earned = player.xp_earned
    seen.health = 0.0
    seen.mana = 0.0
    if player.hero != 0:
        unit = tables.units[row_of(player.hero)]
        if unit.handle == player.hero:
            seen.health = health_worth(unit)
            if unit.alive != 0:
                seen.mana = share_of(unit.mana, unit.max_mana)


@rule
def _outermost(memory, own):
    """Returns the row of a side's mid tower of the lowest tier, NO_BUILDING for none."""
    best = NO_BUILDING
    for place in range(memory.num_buildings):
        building = memory.buildings[place]
        if building.own == own and building.kind == _TOWER and building.lane == _MID:
            if best == NO_BUILDING or building.tier < memory.buildings[best].tier:
                best = place
    return best


@rule
def forget(memory, tables, patch, seat):
    """Makes a memory new, as at the start of an episode.

    memory: MEMORY record, changed in place. tables: TABLES record. patch: PATCH record.
    """
    team = tables.players[seat].team
    memory.num_events = tables.num_events
    memory.orders_refused = tables.players[seat].orders_refused
    memory.over = 1 if tables.win_reason != 0 else 0
    memory.num_shown = 0
    memory.hero_x = 0.0
    memory.hero_y = 0.0
    memory.enemy_tick = tables.tick
    memory.enemy_level = 0
    memory.enemy_x = 0.0
    memory.enemy_y = 0.0
    memory.enemy_share = 0.0
    memory.num_buildings = 0
    memory.shops = NOT_ASKED
    for row in range(NUM_SHOWN_UNITS):
        memory.handles[row] = 0
    for row in range(MAX_UNITS):
        memory.shown_as[row] = 0
    for row in range(tables.num_rows):
        unit = tables.units[row]
        kind = unit.unit_type
        if unit.handle == 0 or not (kind == _TOWER or kind == _BARRACKS or kind == _FORT):
            continue
        if memory.num_buildings == MAX_REMEMBERED_BUILDINGS:
            break
        building = memory.buildings[memory.num_buildings]
        memory.num_buildings += 1
        building.handle = unit.handle
        building.own = 1 if unit.team == team else 0
        building.kind = kind
        building.tier = patch.definitions[unit.definition].tier
        building.lane = unit.lane
        building.share = 1.0 if unit.alive != 0 else 0.0
        if building.own != 0 or sees(unit, team):
            building.share = share_of(unit.health, unit.max_health)
    memory.own_tower = _outermost(memory, 1)
    memory.enemy_tower = _outermost(memory, 0)
    for other in range(NUM_SEATS):
        note_player(memory.players[other], tables, tables.players[other])
