"""What lies where: slots, stacks, charges, items that combine, and items on the ground.

A place is a range of slots whose parts combine with one another: the hero's (inventory and
backpack), its stash, its courier's. An item on its way lies in `state.hand`.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    EATEN_SCEPTER,
    EATEN_SHARD,
    NUM_SEATS,
    EventKind,
    Table,
)
from dota_env_rpc.match.rule import inlined, part, rule
from dota_env_rpc.match.tables import (
    BACKPACK_SLOT,
    COURIER_SLOT,
    MAX_GROUND_ITEMS,
    MAX_UNITS,
    NEVER,
    NO_SLOT,
    NUM_ITEM_PLACES,
    SCROLL_SLOT,
    STASH_SLOT,
)
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.heroes import update_net_worth
from dota_env_rpc.sim.units import enemy_of, sees

HERO_PLACE = 0
STASH_PLACE = 1
COURIER_PLACE = 2
NO_PLACE = -1
# First slot of each place, and the slot behind its last.
PLACE_START = (0, STASH_SLOT, COURIER_SLOT)
PLACE_END = (STASH_SLOT, SCROLL_SLOT, NUM_ITEM_PLACES)
# Bit of an item that lies in no slot yet, beside the bits of slots.
INCOMING = 1 << NUM_ITEM_PLACES
FULLY_SHAREABLE = 2


@rule
def make_item(item, patch, definition, seat, tick):
    """Fills an ITEM record with a new item of `seat` that was got for nothing."""
    numbers = patch.items[definition]
    item.definition = definition
    item.level = numbers.level
    item.charges = numbers.initial_charges
    item.cooldown_ready_tick = tick
    item.castable = 0
    item.owner = seat
    item.worth = 0
    item.locked = 0
    item.bought_tick = NEVER
    item.arrived_tick = tick
    item.active_tick = tick
    item.mana_cost = numbers.mana_cost
    item.cooldown = numbers.cooldown
    item.cast_range = numbers.cast_range
    item.toggled = patch.item_behaviors[definition].starts_toggled
    item.rune = 0


@inlined
def is_own(patch, item, seat):
    """Returns whether `seat` may combine, stack and sell an item: its own, or any shared one."""
    return item.owner == seat or patch.items[item.definition].shareability == FULLY_SHAREABLE


@rule
def items_changed(state, patch, seat):
    """Brings up to date what follows from the items that a seat has.

    To be called after any change of what lies in its slots.
    """
    tables = state.tables
    player = tables.players[seat]
    worth = player.consumed_worth
    for slot in range(NUM_ITEM_PLACES):
        item = tables.items[seat, slot]
        if item.definition >= 0:
            worth += item.worth
            if item.active_tick > tables.tick and item.active_tick < state.next_item_tick:
                state.next_item_tick = item.active_tick
    player.items_changed = 1
    player.item_worth = worth
    update_net_worth(player)


@rule
def wake_items(state, patch):
    """Notices the items that have come out of the backpack and work from now on."""
    tables = state.tables
    if tables.tick < state.next_item_tick:
        return
    state.next_item_tick = -NEVER
    for seat in range(NUM_SEATS):
        wakes = False
        for slot in range(NUM_ITEM_PLACES):
            item = tables.items[seat, slot]
            if item.definition >= 0:
                if item.active_tick == tables.tick:
                    wakes = True
                elif tables.tick < item.active_tick < state.next_item_tick:
                    state.next_item_tick = item.active_tick
        if wakes:
            items_changed(state, patch, seat)


@rule
def parts_of(tables, patch, seat, place, incoming, definition):
    """Returns the bits of the slots that hold the parts of an item in one place; 0 if some lack.

    incoming: row of an item that is to come there too, with the bit INCOMING; -1 for none.
    """
    numbers = patch.items[definition]
    found = 0
    for i in range(numbers.num_parts):
        part = numbers.parts[i]
        bit = INCOMING if part == incoming and not found & INCOMING else 0
        for slot in range(PLACE_START[place], PLACE_END[place]):
            item = tables.items[seat, slot]
            if (bit == 0 and item.definition == part and not (found >> slot) & 1
                    and not item.locked and is_own(patch, item, seat)):
                bit = 1 << slot
        if bit == 0:
            return 0
        found |= bit
    return found


@rule
def find_combination(tables, patch, seat, place, incoming):
    """Returns the first item of the patch whose parts lie in one place, -1 for none.

    incoming: as in `parts_of`; if there is one, it must be among the parts.
    """
    for definition in range(patch.num_items):
        if patch.items[definition].num_parts == 0:
            continue
        found = parts_of(tables, patch, seat, place, incoming, definition)
        if found != 0 and (incoming < 0 or found & INCOMING):
            return definition
    return -1


@rule
def stack_for(tables, patch, seat, place, definition, charges, owner):
    """Returns the slot whose stack has room for so many charges of an item, or NO_SLOT."""
    numbers = patch.items[definition]
    if numbers.stack_max == 0:
        return NO_SLOT
    first = PLACE_START[place]
    end = PLACE_END[place]
    if numbers.scroll and place == HERO_PLACE:
        first = SCROLL_SLOT
        end = SCROLL_SLOT + 1
    for slot in range(first, end):
        item = tables.items[seat, slot]
        if (item.definition == definition and item.charges + charges <= numbers.stack_max
                and (item.owner == owner or numbers.shareability == FULLY_SHAREABLE)):
            return slot
    return NO_SLOT


@rule
def free_slot(tables, patch, seat, place, definition):
    """Returns the first empty slot for an item, or NO_SLOT. Scrolls have a slot of their own."""
    if (place == HERO_PLACE and patch.items[definition].scroll
            and tables.items[seat, SCROLL_SLOT].definition < 0):
        return SCROLL_SLOT
    for slot in range(PLACE_START[place], PLACE_END[place]):
        if tables.items[seat, slot].definition < 0:
            return slot
    return NO_SLOT


@rule
def has_room(tables, patch, seat, place, definition, charges, owner):
    """Returns whether an item finds room: a stack, an empty slot, or parts that it completes."""
    if patch.items[definition].consumed_as and place == HERO_PLACE:
        return True
    if stack_for(tables, patch, seat, place, definition, charges, owner) != NO_SLOT:
        return True
    if free_slot(tables, patch, seat, place, definition) != NO_SLOT:
        return True
    return owner == seat and find_combination(tables, patch, seat, place, definition) >= 0


@rule
def put_item(state, patch, seat, place):
    """Puts what is in `state.hand` into a place that has room for it."""
    tables = state.tables
    item = state.hand[0]
    numbers = patch.items[item.definition]
    item.arrived_tick = tables.tick
    item.active_tick = tables.tick
    item.toggled = patch.item_behaviors[item.definition].starts_toggled
    item.castable = 0
    slot = stack_for(tables, patch, seat, place, item.definition, item.charges, item.owner)
    if numbers.consumed_as and place == HERO_PLACE:
        consume(tables, patch, seat, item)
    elif slot != NO_SLOT:
        _stack(tables, seat, tables.items[seat, slot], item)
    else:
        slot = free_slot(tables, patch, seat, place, item.definition)
        if slot != NO_SLOT:
            tables.items[seat, slot] = item
        else:
            _combine(state, patch, seat, place, find_combination(
                tables, patch, seat, place, item.definition), item.definition)
    settle_items(state, patch, seat)


@rule
def _stack(tables, seat, stack, item):
    """Adds an item's charges to a stack."""
    stack.charges += item.charges
    stack.worth += item.worth
    stack.cooldown_ready_tick = max(stack.cooldown_ready_tick, item.cooldown_ready_tick)
    stack.bought_tick = min(stack.bought_tick, item.bought_tick)
    tell(tables, EventKind.ITEM_STACKED, tables.players[seat].hero, 0, seat, item.definition,
         float(item.charges))
    item.definition = -1


@rule
def consume(tables, patch, seat, item):
    """Takes up an item for good: it is gone, but its worth is kept."""
    player = tables.players[seat]
    if patch.items[item.definition].consumed_as == EATEN_SHARD:
        player.shard_eaten = 1
    else:
        player.scepter_eaten = 1
    player.consumed_worth += item.worth
    tell(tables, EventKind.ITEM_CONSUMED, player.hero, 0, seat, item.definition,
         float(item.charges))
    item.definition = -1


@rule
def settle_items(state, patch, seat):
    """Combines all that can be combined in each place, and notices what changed."""
    tables = state.tables
    for place in range(3):
        made = find_combination(tables, patch, seat, place, -1)
        while made >= 0:
            _combine(state, patch, seat, place, made, -1)
            made = find_combination(tables, patch, seat, place, -1)
    items_changed(state, patch, seat)


@rule
def _combine(state, patch, seat, place, made, incoming):
    """Makes an item of its parts, in the first slot of those that held them.

    incoming: as in `parts_of`, lying in `state.hand`.
    """
    tables = state.tables
    found = parts_of(tables, patch, seat, place, incoming, made)
    target = NO_SLOT
    charges = 0
    worth = 0
    bought_tick = tables.tick
    ready_tick = tables.tick
    for slot in range(NUM_ITEM_PLACES + 1):
        if not (found >> slot) & 1:
            continue
        item = state.hand[0] if slot == NUM_ITEM_PLACES else tables.items[seat, slot]
        if target == NO_SLOT:
            target = slot
        worth += item.worth
        bought_tick = min(bought_tick, item.bought_tick)
        # A cooldown goes on in what is made of an item of the same group.
        group = patch.items[made].cooldown_group
        if group != 0 and patch.items[item.definition].cooldown_group == group:
            ready_tick = max(ready_tick, item.cooldown_ready_tick)
        if patch.items[item.definition].requires_charges:
            charges += item.charges
        item.definition = -1
    item = tables.items[seat, target]
    make_item(item, patch, made, seat, tables.tick)
    item.worth = worth
    item.bought_tick = bought_tick
    item.cooldown_ready_tick = ready_tick
    if patch.items[made].requires_charges:
        item.charges += charges
    tell(tables, EventKind.ITEM_COMBINED, tables.players[seat].hero, 0, seat, made,
         float(item.charges))
    if patch.items[made].consumed_as and place == HERO_PLACE:
        consume(tables, patch, seat, item)


@rule
def use_charge(state, patch, seat, slot, target, spends):
    """Spends a charge of an item that has any; a consumable that has none left is gone.

    Every use counts, also of what has no charges: used items are not taken back for all their
    gold. target: handle of the unit that it was used on, or 0. spends: whether a charge goes.
    """
    tables = state.tables
    item = tables.items[seat, slot]
    numbers = patch.items[item.definition]
    item.bought_tick = NEVER
    if item.charges > 0 and spends:
        if not numbers.permanent:
            item.worth -= item.worth // item.charges
        item.charges -= 1
    tell(tables, EventKind.ITEM_USED, tables.players[seat].hero, target, seat, item.definition,
         float(item.charges) if spends else -1.0)
    if not numbers.permanent and item.charges == 0:
        item.definition = -1
    items_changed(state, patch, seat)


@part
def move_item(state, patch, seat, slot, target):
    """Moves an item to another slot: it joins a stack of its kind there, or changes places."""
    tables = state.tables
    if slot == target:
        return
    item = tables.items[seat, slot]
    other = tables.items[seat, target]
    numbers = patch.items[item.definition]
    if (item.definition == other.definition and item.owner == other.owner and numbers.stack_max > 0
            and item.charges + other.charges <= numbers.stack_max):
        _stack(tables, seat, other, item)
    elif numbers.scroll and target < STASH_SLOT:
        state.hand[0] = item
        item.definition = -1
        put_item(state, patch, seat, HERO_PLACE)
        return
    else:
        state.hand[0] = item
        tables.items[seat, slot] = other
        tables.items[seat, target] = state.hand[0]
        _arrive(tables, patch, seat, slot, target)
        if tables.items[seat, slot].definition >= 0:
            _arrive(tables, patch, seat, target, slot)
    settle_items(state, patch, seat)


@rule
def _arrive(tables, patch, seat, source, slot):
    """Notes that an item came from slot `source`: those out of the backpack work a little later.

    Source: Liquipedia inventory, 7.41d; that who has just come to the hero is spared is probable.
    """
    rules = patch.rules
    item = tables.items[seat, slot]
    if patch.item_behaviors[item.definition].rests_worn:
        # Elsewhere than in a main slot its cooldown stands still.
        if source < BACKPACK_SLOT <= slot:
            item.active_tick = tables.tick
        elif slot < BACKPACK_SLOT <= source and item.cooldown_ready_tick > item.active_tick:
            item.cooldown_ready_tick += tables.tick - item.active_tick
    if source >= STASH_SLOT and slot < STASH_SLOT:
        item.arrived_tick = tables.tick
        if patch.items[item.definition].consumed_as:
            consume(tables, patch, seat, item)
    elif (BACKPACK_SLOT <= source < STASH_SLOT and slot < BACKPACK_SLOT
            and not patch.item_behaviors[item.definition].from_backpack
            and tables.tick - item.arrived_tick > rules.item_backpack_grace * TICKS_PER_SECOND):
        item.active_tick = tables.tick + int(rules.item_backpack_wait * TICKS_PER_SECOND)


@rule
def num_free(tables, seat, place):
    """Returns how many slots of a place are empty."""
    count = 0
    for slot in range(PLACE_START[place], PLACE_END[place]):
        if tables.items[seat, slot].definition < 0:
            count += 1
    return count


@inlined
def place_of(slot):
    """Returns the place that a slot belongs to; scrolls count to the hero."""
    if slot >= COURIER_SLOT:
        return COURIER_PLACE
    return STASH_PLACE if STASH_SLOT <= slot < SCROLL_SLOT else HERO_PLACE


@rule
def disassemble(state, patch, seat, slot):
    """Takes an item apart in its place, which has room; its parts do not combine by themselves."""
    tables = state.tables
    item = tables.items[seat, slot]
    definition = item.definition
    numbers = patch.items[definition]
    paid = item.worth > 0
    tell(tables, EventKind.ITEM_DISASSEMBLED, tables.players[seat].hero, 0, seat, definition,
         float(item.charges))
    item.definition = -1
    place = place_of(slot)
    target = slot
    for i in range(numbers.num_parts):
        while tables.items[seat, target].definition >= 0:
            target = target + 1 if target + 1 < PLACE_END[place] else PLACE_START[place]
        part = tables.items[seat, target]
        make_item(part, patch, numbers.parts[i], seat, tables.tick)
        part.locked = 1
        part.worth = patch.items[numbers.parts[i]].cost if paid else 0
    items_changed(state, patch, seat)


@rule
def free_ground_row(tables):
    """Returns an empty row of `ground_items`, or -1."""
    for row in range(MAX_GROUND_ITEMS):
        if tables.ground_items[row].handle == 0:
            return row
    return -1


@rule
def drop_item(state, patch, seat, slot, x, y):
    """Lays an item on the ground; returns whether there was room for it in `ground_items`."""
    tables = state.tables
    row = free_ground_row(tables)
    if row < 0:
        tables.table_full[Table.GROUND_ITEMS] += 1
        tell(tables, EventKind.TABLE_FULL, 0, 0, -1, Table.GROUND_ITEMS, 0.0)
        return False
    _lay_down(tables, state, seat, tables.items[seat, slot], row, x, y)
    items_changed(state, patch, seat)
    return True


@rule
def _lay_down(tables, state, seat, item, row, x, y):
    """Lays an item of a seat into an empty row of `ground_items`."""
    player = tables.players[seat]
    ground = tables.ground_items[row]
    state.generation += 1
    ground.handle = state.generation * MAX_UNITS + row
    ground.team = player.team
    ground.visible_to = 1 << player.team
    ground.x = x
    ground.y = y
    ground.held[0] = item
    tell(tables, EventKind.ITEM_DROPPED, player.hero, ground.handle, seat, item.definition,
         float(item.charges))
    item.definition = -1


@rule
def drop_at_death(state, patch, seat):
    """Lays the items that a dead hero loses where it fell."""
    tables = state.tables
    hero = tables.units[tables.players[seat].hero % MAX_UNITS]
    for slot in range(STASH_SLOT):
        item = tables.items[seat, slot]
        if item.definition >= 0 and patch.items[item.definition].drops_at_death:
            drop_item(state, patch, seat, slot, hero.x, hero.y)


@inlined
def ground_row(tables, team, handle):
    """Returns the row of `ground_items` that a handle which `team` sees names, or -1."""
    row = handle % MAX_UNITS
    if handle <= 0 or row >= MAX_GROUND_ITEMS:
        return -1
    ground = tables.ground_items[row]
    return row if ground.handle == handle and sees(ground, team) else -1


@inlined
def may_pick_up(patch, item, team):
    """Returns whether a side may take an item: its own, and what the dead of the other lost.

    Source: Liquipedia item_sharing.
    """
    owners = 2 if item.owner < NUM_SEATS // 2 else 3
    return owners == team or (
        owners == enemy_of(team) and patch.items[item.definition].drops_at_death)


@rule
def nearest_ground_row(tables, patch, team, x, y):
    """Returns the row of the item nearest to (x, y) that a side sees and may take, or -1."""
    best = -1
    best_gap = 0.0
    for row in range(MAX_GROUND_ITEMS):
        ground = tables.ground_items[row]
        if (ground.handle == 0 or not sees(ground, team)
                or not may_pick_up(patch, ground.held[0], team)):
            continue
        gap = (ground.x - x) * (ground.x - x) + (ground.y - y) * (ground.y - y)
        if best < 0 or gap < best_gap:
            best = row
            best_gap = gap
    return best


@rule
def pick_up(state, patch, seat, row):
    """Takes an item from the ground, if there is room; returns whether it did."""
    tables = state.tables
    ground = tables.ground_items[row]
    item = ground.held[0]
    if not has_room(tables, patch, seat, HERO_PLACE, item.definition, item.charges, item.owner):
        return False
    tell(tables, EventKind.ITEM_PICKED_UP, tables.players[seat].hero, ground.handle, seat,
         item.definition, float(item.charges))
    ground.handle = 0
    state.hand[0] = item
    put_item(state, patch, seat, HERO_PLACE)
    return True


@rule
def give_item(state, patch, seat, slot, to, place):
    """Hands an item to a place of seat `to`, if it has room there; returns whether it did."""
    tables = state.tables
    item = tables.items[seat, slot]
    if not has_room(tables, patch, to, place, item.definition, item.charges, item.owner):
        return False
    if to != seat:
        tell(tables, EventKind.ITEM_GIVEN, tables.players[seat].hero, tables.players[to].hero,
             seat, item.definition, float(item.charges))
    state.hand[0] = item
    item.definition = -1
    put_item(state, patch, to, place)
    items_changed(state, patch, seat)
    return True


@rule
def receive_scroll(state, patch, seat, ready_tick):
    """Gives a player a town portal scroll for nothing, on cooldown until `ready_tick`."""
    tables = state.tables
    make_item(state.hand[0], patch, patch.scroll, seat, tables.tick)
    state.hand[0].cooldown_ready_tick = ready_tick
    tell(tables, EventKind.ITEM_RECEIVED, tables.players[seat].hero, 0, seat, patch.scroll,
         float(state.hand[0].charges))
    put_item(state, patch, seat, HERO_PLACE)


@rule
def receive_item(state, patch, seat, definition, charges):
    """Gives a player an item for nothing; without room it lies at its hero's feet."""
    tables = state.tables
    fits = has_room(tables, patch, seat, HERO_PLACE, definition, charges, seat)
    row = free_ground_row(tables)
    if not fits and row < 0:
        tables.table_full[Table.GROUND_ITEMS] += 1
        tell(tables, EventKind.TABLE_FULL, 0, 0, -1, Table.GROUND_ITEMS, 0.0)
        return
    item = state.hand[0]
    make_item(item, patch, definition, seat, tables.tick)
    item.charges = charges
    tell(tables, EventKind.ITEM_RECEIVED, tables.players[seat].hero, 0, seat, definition,
         float(charges))
    if fits:
        put_item(state, patch, seat, HERO_PLACE)
        return
    hero = tables.units[tables.players[seat].hero % MAX_UNITS]
    _lay_down(tables, state, seat, item, row, hero.x, hero.y)


@rule
def has_consumed(player, what):
    """Returns whether a player has taken up EATEN_SHARD or EATEN_SCEPTER for good."""
    return (what == EATEN_SHARD and player.shard_eaten
            or what == EATEN_SCEPTER and player.scepter_eaten)
