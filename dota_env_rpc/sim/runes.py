"""Runes: when and where they come, who takes them, and what keeps them for later.

What each gives is content, except for gold. Source: the numbers `rune.*` of rules.json.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import NUM_SEATS, EventKind, GoldReason, Rune, Table
from dota_env_rpc.match.rule import inlined, part, rule
from dota_env_rpc.match.tables import (
    BACKPACK_SLOT,
    MAX_RUNES,
    MAX_UNITS,
    NEVER,
    NO_SLOT,
    NUM_RIVER_SPOTS,
    NUM_RUNE_SPOTS,
    STASH_SLOT,
    UNKNOWN_RUNE,
)
from dota_env_rpc.match.words import AbilityEvent, Standard
from dota_env_rpc.sim.chance import uniform
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.heroes import give_gold
from dota_env_rpc.sim.inventory import items_changed
from dota_env_rpc.sim.modifiers import begin_context, queue_actions
from dota_env_rpc.sim.units import sees
from dota_env_rpc.sim.values import ITEM_SOURCE, value_of

_POWERS = tuple(int(kind) for kind in (
    Rune.DOUBLEDAMAGE, Rune.HASTE, Rune.ILLUSION, Rune.INVISIBILITY, Rune.REGENERATION,
    Rune.ARCANE, Rune.SHIELD))
_ALL_POWERS = sum(1 << kind for kind in _POWERS)


@rule
def start_runes(state, patch):
    """Marks the places to which runes come, at the start of a match that has any."""
    tables = state.tables
    for i in range(NUM_RUNE_SPOTS):
        spot = tables.rune_spots[i]
        spot.x = patch.rune_x[i]
        spot.y = patch.rune_y[i]
        for side in range(2):
            spot.seen_kind[side] = UNKNOWN_RUNE
            spot.seen_tick[side] = NEVER
    _spawn_due(state, patch)


@part
def update_runes(state, patch):
    """Plays a tick of all runes: those that come, that are dragged, and that Bottles kept."""
    tables = state.tables
    _spawn_due(state, patch)
    if state.num_pulled_runes:
        _move_pulled(state)
    for seat in range(NUM_SEATS):
        hero = tables.players[seat].hero
        if hero == 0 or not tables.units[hero % MAX_UNITS].alive:
            continue
        for slot in range(STASH_SLOT):
            item = tables.items[seat, slot]
            if item.definition >= 0 and item.rune and tables.tick >= item.rune_due_tick:
                release_rune(state, patch, seat, slot)


@rule
def _spawn_due(state, patch):
    """Lets the runes come whose time it is; in the river they take the place of the last."""
    tick = state.tables.tick
    rules = patch.rules
    if tick < 0:
        return
    if tick % int(rules.rune_bounty_interval * TICKS_PER_SECOND) == 0:
        # The river's first ones come with the horn.
        for spot in range(NUM_RIVER_SPOTS if tick > 0 else 0, NUM_RUNE_SPOTS):
            _spawn(state, Rune.BOUNTY, spot)
    for i in range(len(rules.rune_water_seconds)):
        if tick == int(rules.rune_water_seconds[i] * TICKS_PER_SECOND):
            _clear_river(state)
            for spot in range(NUM_RIVER_SPOTS):
                _spawn(state, Rune.WATER, spot)
    since = tick - int(rules.rune_power_first_seconds * TICKS_PER_SECOND)
    if since >= 0 and since % int(rules.rune_power_interval * TICKS_PER_SECOND) == 0:
        _clear_river(state)
        spot = 0 if uniform(state) < 0.5 else 1
        _spawn(state, _draw_power(state), spot)


@rule
def _draw_power(state):
    """Draws a rune of power among those that have not come since all of them had."""
    if state.runes_left == 0:
        state.runes_left = _ALL_POWERS
    count = 0
    for kind in _POWERS:
        count += (state.runes_left >> kind) & 1
    place = int(uniform(state) * count)
    for kind in _POWERS:
        if (state.runes_left >> kind) & 1:
            if place == 0:
                state.runes_left &= ~(1 << kind)
                return kind
            place -= 1
    return 0


@rule
def _clear_river(state):
    """Takes away what lies in the river; what will lie there nobody knows."""
    tables = state.tables
    for row in range(MAX_RUNES):
        if tables.runes[row].spot < NUM_RIVER_SPOTS:
            tables.runes[row].handle = 0
    for i in range(NUM_RIVER_SPOTS):
        for side in range(2):
            tables.rune_spots[i].seen_kind[side] = UNKNOWN_RUNE


@rule
def _spawn(state, kind, spot):
    """Lays a rune at its place, unseen until the next look; a full table is counted and told."""
    tables = state.tables
    for row in range(MAX_RUNES):
        rune = tables.runes[row]
        if rune.handle == 0:
            state.generation += 1
            rune.handle = state.generation * MAX_UNITS + row
            rune.kind = kind
            rune.spot = spot
            rune.spawn_tick = tables.tick
            rune.visible_to = 0
            rune.x = tables.rune_spots[spot].x
            rune.y = tables.rune_spots[spot].y
            state.rune_steps[row] = 0
            return
    tables.table_full[Table.RUNES] += 1
    tell(tables, EventKind.TABLE_FULL, 0, 0, -1, Table.RUNES, 0.0)


@inlined
def _rune_row(tables, team, handle):
    """Returns the row of the rune that a handle which `team` sees names, or -1."""
    row = handle % MAX_UNITS
    if handle <= 0 or row >= MAX_RUNES:
        return -1
    rune = tables.runes[row]
    return row if rune.handle == handle and sees(rune, team) else -1


@rule
def find_rune(tables, team, handle, x, y):
    """Returns the row of the rune that a handle names, of 0 of the nearest to (x, y), or -1.

    What `team` does not see is not found.
    """
    if handle != 0:
        return _rune_row(tables, team, handle)
    best = -1
    best_gap = 0.0
    for row in range(MAX_RUNES):
        rune = tables.runes[row]
        if rune.handle == 0 or not sees(rune, team):
            continue
        gap = (rune.x - x) * (rune.x - x) + (rune.y - y) * (rune.y - y)
        if best < 0 or gap < best_gap:
            best = row
            best_gap = gap
    return best


@rule
def take_rune(state, patch, seat, row):
    """Takes a rune for a seat's hero: an item that has room for it keeps it, else it works now."""
    tables = state.tables
    rune = tables.runes[row]
    slot = _slot_that_stores(tables, patch, seat)
    tell(tables, EventKind.RUNE_TAKEN, tables.players[seat].hero, rune.handle, seat, rune.kind,
         0.0 if slot == NO_SLOT else 1.0)
    rune.handle = 0
    if slot == NO_SLOT:
        _use_rune(state, patch, seat, rune.kind, rune.spawn_tick)
        return
    item = tables.items[seat, slot]
    seconds = value_of(state, patch, ITEM_SOURCE + item.definition, Standard.DURATION)
    item.rune = rune.kind + 1
    item.rune_spawn_tick = rune.spawn_tick
    item.rune_due_tick = tables.tick + int(seconds * TICKS_PER_SECOND)


@rule
def _slot_that_stores(tables, patch, seat):
    """Returns the first main slot whose item can keep a rune and has none, or NO_SLOT."""
    for slot in range(BACKPACK_SLOT):
        item = tables.items[seat, slot]
        if (item.definition >= 0 and patch.item_behaviors[item.definition].stores_runes
                and item.rune == 0 and tables.tick >= item.active_tick):
            return slot
    return NO_SLOT


@rule
def release_rune(state, patch, seat, slot):
    """Uses the rune that an item keeps, which fills the item.

    Source: Liquipedia bottle, 7.41d; that it is filled then and not before, its text in the game.
    """
    tables = state.tables
    item = tables.items[seat, slot]
    kind = item.rune - 1
    item.rune = 0
    most = int(value_of(state, patch, ITEM_SOURCE + item.definition, Standard.CHARGES))
    if kind == Rune.BOUNTY:
        most = min(item.charges + int(patch.rules.rune_bounty_charges), most)
    item.charges = most
    items_changed(state, patch, seat)
    _use_rune(state, patch, seat, kind, item.rune_spawn_tick)


@rule
def _use_rune(state, patch, seat, kind, spawn_tick):
    """Gives a seat's hero what a rune gives; the gold of bounty goes to its whole side."""
    tables = state.tables
    hero = tables.players[seat].hero
    tell(tables, EventKind.RUNE_USED, hero, 0, seat, kind, 0.0)
    if kind != Rune.BOUNTY:
        row = patch.num_items + kind
        context = state.context
        begin_context(context, ITEM_SOURCE + row, hero, hero)
        context.parent = hero
        queue_actions(
            state, patch.item_behaviors[row].blocks[AbilityEvent.OnSpellStart], context)
        return
    rules = patch.rules
    steps = spawn_tick // int(rules.rune_bounty_interval * TICKS_PER_SECOND)
    for other in range(NUM_SEATS):
        if tables.players[other].hero != 0 and (
                tables.players[other].team == tables.players[seat].team):
            give_gold(tables, other, rules.rune_bounty_gold + rules.rune_bounty_gold_growth * steps,
                      True, GoldReason.RUNE)


@rule
def meets_rune(state, projectile, flight):
    """Returns whether a straight projectile that snags runes meets one, which its list is about.

    TARGET is then the rune's handle, which names no unit.
    """
    for row in range(MAX_RUNES):
        rune = state.tables.runes[row]
        if rune.handle == 0:
            continue
        dx = rune.x - projectile.x
        dy = rune.y - projectile.y
        if dx * dx + dy * dy <= projectile.radius * projectile.radius:
            flight.context.target = rune.handle
            flight.context.x = rune.x
            flight.context.y = rune.y
            queue_actions(state, flight.rune_block, flight.context)
            return True
    return False


@rule
def pull_rune(state, handle, x, y, speed):
    """Drags the rune that a handle names to (x, y), if it still lies there."""
    row = handle % MAX_UNITS
    if row >= MAX_RUNES or state.tables.runes[row].handle != handle:
        return
    rune = state.tables.runes[row]
    dx = x - rune.x
    dy = y - rune.y
    ticks = math.sqrt(dx * dx + dy * dy) * TICKS_PER_SECOND / speed
    steps = max(int(ticks + 0.5), 1)
    state.rune_steps[row] = steps
    state.rune_step_x[row] = dx / steps
    state.rune_step_y[row] = dy / steps
    state.num_pulled_runes += 1


@rule
def _move_pulled(state):
    state.num_pulled_runes = 0
    for row in range(MAX_RUNES):
        if state.rune_steps[row] > 0:
            rune = state.tables.runes[row]
            rune.x += state.rune_step_x[row]
            rune.y += state.rune_step_y[row]
            state.rune_steps[row] -= 1
            if state.rune_steps[row] > 0:
                state.num_pulled_runes += 1
