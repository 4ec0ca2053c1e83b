"""What a seat may know of what happened since its last step."""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import EventKind
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_EVENTS, row_of
from dota_env_rpc.tasks.memory import sees
from dota_env_rpc.tasks.observations import NUM_SHOWN_EVENTS

_ORDER_REFUSED = int(EventKind.ORDER_REFUSED)
_HERO_KILL = int(EventKind.HERO_KILL)
_GOLD = int(EventKind.GOLD)
_EXPERIENCE = int(EventKind.EXPERIENCE)
_LEVEL_UP = int(EventKind.LEVEL_UP)
_RESPAWN = int(EventKind.RESPAWN)
_GLYPH = int(EventKind.GLYPH)
_WAVE = int(EventKind.WAVE)
_BUILDING_LOST = int(EventKind.BUILDING_LOST)
_MATCH_END = int(EventKind.MATCH_END)
_TABLE_FULL = int(EventKind.TABLE_FULL)
_FIRST_OF_ITEMS = int(EventKind.ITEM_BOUGHT)
_LAST_OF_ITEMS = int(EventKind.ITEM_CONSUMED)
_COURIER_KILLED = int(EventKind.COURIER_KILLED)
_MAX_HANDLE = (1 << 24) - 1


@rule
def _knows_unit(tables, memory, team, handle):
    """Returns whether a seat knows of a unit: shown last, or seen by its team now."""
    if handle == 0:
        return False
    for place in range(memory.num_shown):
        if memory.handles[place] == handle:
            return True
    unit = tables.units[row_of(handle)]
    return unit.handle == handle and sees(unit, team)


@rule
def may_know(tables, memory, seat, event):
    """Returns whether a seat may know of an EVENT."""
    kind = event.kind
    if (kind == _ORDER_REFUSED or kind == _GOLD or kind == _EXPERIENCE or kind == _LEVEL_UP
            or _FIRST_OF_ITEMS <= kind <= _LAST_OF_ITEMS):
        return event.player == seat
    if (kind == _HERO_KILL or kind == _RESPAWN or kind == _WAVE or kind == _BUILDING_LOST
            or kind == _MATCH_END or kind == _GLYPH or kind == _COURIER_KILLED):
        return True
    if kind == _TABLE_FULL:
        return False
    team = tables.players[seat].team
    return event.player == seat or _knows_unit(tables, memory, team, event.subject)


@rule
def encode_events(rows, tables, memory, seat):
    """Writes EVENTS rows of what happened since `memory.num_events`, and moves that on.

    rows: EVENTS records, all 0. Call it before the units shown last are replaced.
    """
    team = tables.players[seat].team
    first = max(memory.num_events, tables.num_events - MAX_EVENTS)
    count = 0
    for number in range(first, tables.num_events):
        if may_know(tables, memory, seat, tables.events[number % MAX_EVENTS]):
            count += 1
    surplus = count - NUM_SHOWN_EVENTS
    place = 0
    for number in range(first, tables.num_events):
        event = tables.events[number % MAX_EVENTS]
        if not may_know(tables, memory, seat, event):
            continue
        if surplus > 0:
            surplus -= 1
            continue
        out = rows[place]
        place += 1
        out.kind = event.kind
        out.clock = event.tick / TICKS_PER_SECOND
        if _knows_unit(tables, memory, team, event.subject):
            out.subject = min(event.subject, _MAX_HANDLE)
        if _knows_unit(tables, memory, team, event.object):
            out.object = min(event.object, _MAX_HANDLE)
        out.player = event.player + 1
        out.reason = event.reason
        out.value = event.value
    memory.num_events = tables.num_events
