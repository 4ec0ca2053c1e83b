"""What a match's events say that there must be, held against what there is."""

import collections
from collections.abc import Sequence

import numpy as np

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import ILLUSION, SUMMONED, EventKind, UnitType
from dota_env_rpc.match.tables import (
    MAX_EVENTS,
    MAX_MODIFIERS,
    MAX_UNITS,
    NUM_ITEM_PLACES,
    events_since,
)

# Makers and takers of items: what an event adds to how many of its item a seat has.
SIGNS = {
    EventKind.ITEM_BOUGHT: 1, EventKind.ITEM_RECEIVED: 1, EventKind.ITEM_PICKED_UP: 1,
    EventKind.ITEM_COMBINED: 1, EventKind.ITEM_SOLD: -1, EventKind.ITEM_DROPPED: -1,
    EventKind.ITEM_GIVEN: -1, EventKind.ITEM_CONSUMED: -1, EventKind.ITEM_DISASSEMBLED: -1,
    EventKind.ITEM_STACKED: -1,
}
GROUND = -1
NUMBERS = ("x", "y", "health", "max_health", "mana", "armor", "move_speed", "attack_interval")


class Books:
    """The books of one match: its gold, items, charges, modifiers and handles.

    Attributes:
        counts: Events by the name of their EventKind.
        casts: Casts by name of ability or item.
        problems: What was found wrong, a sentence each.
    """

    def __init__(self, backend: SimulatedBackend, seats: Sequence[int], match: int = 0):
        """Opens the books on a match that has just started."""
        self._patch = backend.patch
        self._tables = backend.tables[match]
        self._state = backend.states[match]
        self._seats = tuple(seats)
        self._seen = 0
        self._gold: collections.Counter = collections.Counter()
        self._items: collections.Counter = collections.Counter()
        self._charges: collections.Counter = collections.Counter()
        self._modifiers = 0
        self._checked_tick = int(self._tables.tick)
        self._dead: set[int] = set()
        self._units = self._living()
        self.counts: collections.Counter = collections.Counter()
        self.casts: collections.Counter = collections.Counter()
        self.problems: list[str] = []

    def give_gold(self, seat: int, amount: int) -> None:
        """Gives a player gold from nowhere."""
        self._tables.players[seat].reliable_gold += amount
        self._tables.players[seat].net_worth += amount
        self._gold[seat] += amount

    def give_item(self, seat: int, slot: int, definition: int) -> None:
        """Puts an item from nowhere into a slot, in place of what lies there; -1 empties it."""
        self.read()
        item = self._tables.items[seat, slot]
        player = self._tables.players[seat]
        if item.definition >= 0:
            self._book(seat, int(item.definition), -1, int(item.charges))
            player.item_worth -= item.worth
            player.net_worth -= item.worth
        item.definition = definition
        item.rune = 0
        player.items_changed = 1
        if definition < 0:
            return
        numbers = self._patch.record.items[definition]
        item.level, item.charges = numbers.level, max(int(numbers.initial_charges), 1)
        item.owner, item.locked = seat, 0
        item.worth = numbers.cost * (int(item.charges) if numbers.stack_max else 1)
        item.cooldown_ready_tick = item.arrived_tick = item.active_tick = self._tables.tick
        item.bought_tick = self._tables.tick
        self._book(seat, definition, 1, int(item.charges))
        player.item_worth += item.worth
        player.net_worth += item.worth

    def read(self) -> None:
        """Books the events since the last look, which must be near enough for none to be lost."""
        lost = int(self._tables.num_events) - self._seen - MAX_EVENTS
        if lost > 0:
            self._report(f"{lost} events were not read in time")
        events = events_since(self._tables, self._seen)
        self._seen = int(self._tables.num_events)
        kinds = events["kind"]
        counts = np.bincount(kinds, minlength=len(EventKind)).tolist()
        for kind in np.flatnonzero(counts).tolist():
            self.counts[EventKind(kind).name] += counts[kind]
        if counts[EventKind.GOLD]:
            told = events[kinds == EventKind.GOLD]
            for seat, amount in zip(
                    told["player"].tolist(), told["value"].tolist(), strict=True):
                self._gold[seat] += int(amount)
        if counts[EventKind.ABILITY_CAST]:
            for row in events["reason"][kinds == EventKind.ABILITY_CAST].tolist():
                self.casts[self._patch.ability_names[row]] += 1
        self._modifiers += counts[EventKind.MODIFIER_ADDED] - counts[EventKind.MODIFIER_REMOVED]
        if counts[EventKind.DEATH]:
            self._dead.update(events["subject"][kinds == EventKind.DEATH].tolist())
        if any(counts[kind] for kind in _ABOUT_ITEMS):
            for event in events[np.isin(kinds, _ABOUT_ITEMS)]:
                self._read_item(event)

    def _read_item(self, event) -> None:
        kind, seat, row = EventKind(int(event.kind)), int(event.player), int(event.reason)
        numbers = self._patch.record.items[row]
        if kind == EventKind.ITEM_USED:
            self.casts[self._patch.item_names[row]] += 1
            if event.value < 0:
                return
            # The last use of a consumable takes it away.
            gone = not numbers.permanent and event.value == 0
            self._book(seat, row, -1 if gone else 0, 0)
            if numbers.stack_max:
                self._charges[seat, row] -= 1
            return
        sign = SIGNS[kind]
        self._book(seat, row, sign, int(event.value) * (kind != EventKind.ITEM_STACKED))
        if kind == EventKind.ITEM_DROPPED:
            self._book(GROUND, row, 1, int(event.value))
        elif kind == EventKind.ITEM_PICKED_UP:
            self._book(GROUND, row, -1, int(event.value))
        elif kind == EventKind.ITEM_GIVEN:
            to = int(self._tables.units[int(event.object) % MAX_UNITS].player)
            self._book(to, row, 1, int(event.value))
        elif kind in (EventKind.ITEM_COMBINED, EventKind.ITEM_DISASSEMBLED):
            for part in numbers.parts[:numbers.num_parts]:
                self._items[seat, int(part)] -= sign

    def _book(self, place: int, row: int, sign: int, charges: int) -> None:
        self._items[place, row] += sign
        if self._patch.record.items[row].stack_max:
            self._charges[place, row] += sign * charges

    def check(self) -> None:
        """Reads on, and compares the match with the books; adds to `problems` what differs."""
        self.read()
        self._check_gold_and_items()
        self._check_modifiers()
        self._check_units()
        if np.any(self._tables.table_full):
            self._report(f"tables ran over: {self._tables.table_full.tolist()}")

    def _check_gold_and_items(self) -> None:
        items: collections.Counter = collections.Counter()
        charges: collections.Counter = collections.Counter()
        for seat in self._seats:
            player = self._tables.players[seat]
            gold = int(player.reliable_gold + player.unreliable_gold)
            if gold != self._gold[seat]:
                self._report(
                    f"seat {seat} has {gold} gold, but events say {self._gold[seat]}")
            if player.reliable_gold < 0 or player.unreliable_gold < 0:
                self._report(f"seat {seat} owes gold")
            worth = int(player.consumed_worth)
            held = self._tables.items[seat, :NUM_ITEM_PLACES]
            for slot in np.flatnonzero(held["definition"] >= 0):
                worth += self._count(items, charges, seat, held[slot])
            if player.item_worth != worth or player.net_worth != gold + worth:
                self._report(
                    f"seat {seat} is worth {player.net_worth} and its items {player.item_worth}, "
                    f"but has {gold} gold and items worth {worth}")
        ground = self._tables.ground_items
        for row in np.flatnonzero(ground["handle"]):
            self._count(items, charges, GROUND, ground[row].held[0])
        for what, found, booked in (
                ("items", items, self._items), ("charges", charges, self._charges)):
            for place, row in set(found) | set(booked):
                if found[place, row] != booked[place, row]:
                    self._report(
                        f"seat {place} has {found[place, row]} {what} of "
                        f"{self._patch.item_names[row]}, but events say {booked[place, row]}")
        stock = self._tables.stock[:, :int(self._patch.record.num_stocked)]
        most = self._patch.record.items[
            self._patch.record.stocked_items[:stock.shape[1]]]["stock_max"]
        if np.any(stock < 0) or np.any(stock > most):
            self._report(f"the shops have {stock.tolist()} of at most {most.tolist()}")

    def _count(self, items, charges, place: int, item) -> int:
        """Counts one item and returns its worth."""
        numbers = self._patch.record.items[item.definition]
        name = self._patch.item_names[item.definition]
        items[place, int(item.definition)] += 1
        most = numbers.cost
        if numbers.stack_max:
            if not 0 < item.charges <= numbers.stack_max:
                self._report(f"{name} has {item.charges} charges")
            charges[place, int(item.definition)] += int(item.charges)
            most *= item.charges
        if not 0 <= item.worth <= most:
            self._report(f"{name} is worth {item.worth}")
        return int(item.worth)

    def _check_modifiers(self) -> None:
        table = self._tables.modifiers
        held = int(np.count_nonzero((table["definition"] >= 0) & (table["parent"] != 0)))
        if held != self._modifiers:
            self._report(f"units have {held} modifiers, but events say {self._modifiers}")
        following = self._state.effects["next"]
        free, row = 0, int(self._state.free_modifier)
        while row and free <= MAX_MODIFIERS:
            free, row = free + 1, int(following[row - 1])
        used = int(np.count_nonzero(table["definition"] >= 0))
        if free + used != MAX_MODIFIERS:
            self._report(f"{used} modifiers and {free} free rows are not {MAX_MODIFIERS}")
        listed = 0
        parents = table["parent"]
        handles, first = self._tables.units["handle"], self._state.body["first_modifier"]
        for place in np.flatnonzero((handles != 0) & (first > 0)):
            row = int(first[place])
            while row and listed <= MAX_MODIFIERS:
                listed += 1
                if parents[row - 1] != handles[place]:
                    self._report("a unit lists the modifier of another")
                    return
                row = int(following[row - 1])
        if listed != held:
            self._report(f"units list {listed} modifiers, but the table has {held}")

    def _check_units(self) -> None:
        units = self._tables.units[self._tables.units["handle"] != 0]
        handles = units["handle"]
        if len(np.unique(handles)) != len(handles):
            self._report("two units have one handle")
        if np.any(handles % MAX_UNITS != np.flatnonzero(self._tables.units["handle"])):
            self._report("a handle does not name its row")
        for field in NUMBERS:
            if not np.all(np.isfinite(units[field])):
                self._report(f"{field} is not finite")
        if np.any(units["health"] > units["max_health"] + 1e-6):
            self._report("a unit has more health than it can")
        living = self._living()
        for handle, (kind, owned) in living.items():
            # Creeps march out in waves, couriers come back; whatever else comes is summoned.
            if handle not in self._units and not (
                    owned or kind == UnitType.COURIER
                    or (kind == UnitType.LANE_CREEP and self._wave_came())):
                self._report(f"a {UnitType(kind).name} has appeared")
        for handle, (kind, owned) in self._units.items():
            # Owned units may go without a death, when their time is up.
            if handle not in living and handle not in self._dead and not owned:
                self._report(f"a {UnitType(kind).name} has vanished")
        self._units = living
        self._dead.clear()
        self._checked_tick = int(self._tables.tick)

    def _living(self) -> dict[int, tuple[int, bool]]:
        """Returns the type of each unit by handle, and whether it is a summon or an illusion."""
        units = self._tables.units
        rows = np.flatnonzero(units["handle"])
        owned = (units["traits"][rows] & (SUMMONED | ILLUSION)) != 0
        return {
            int(handle): (int(kind), bool(is_owned)) for handle, kind, is_owned in zip(
                units["handle"][rows], units["unit_type"][rows], owned, strict=True)}

    def _wave_came(self) -> bool:
        """Whether creeps have come since the last check."""
        interval = int(self._patch.record.rules.creep_wave_interval) * TICKS_PER_SECOND
        return int(self._tables.tick) // interval > (self._checked_tick - 1) // interval

    def _report(self, problem: str) -> None:
        self.problems.append(f"{int(self._tables.tick) / TICKS_PER_SECOND:.1f} s: {problem}")


_ABOUT_ITEMS = [int(kind) for kind in (*SIGNS, EventKind.ITEM_USED)]
