"""Gold and items are never created or lost but by a rule that tells of it.

`python tests/sim/test_conservation.py MATCHES SECONDS` plays more and longer matches than the test.
"""

import collections
import sys

import numpy as np

from dota_env_rpc.backends.simulated import MID, SimulatedBackend
from dota_env_rpc.match.enums import EventKind, UnitOrder
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS, NUM_ITEM_PLACES, events_since

SEATS = (0, 1, 5, 6)
HERO = "npc_dota_hero_axe"
KINDS = [UnitOrder.PURCHASE_ITEM] * 8 + [UnitOrder.MOVE_ITEM] * 3 + [UnitOrder.PICKUP_ITEM] * 3 + [
    UnitOrder.SELL_ITEM, UnitOrder.DISASSEMBLE_ITEM, UnitOrder.DISASSEMBLE_ITEM,
    UnitOrder.DROP_ITEM, UnitOrder.GIVE_ITEM, UnitOrder.GIVE_ITEM, UnitOrder.GIVE_ITEM,
    UnitOrder.SET_ITEM_COMBINE_LOCK, UnitOrder.EJECT_ITEM_FROM_STASH, UnitOrder.BUYBACK,
    UnitOrder.ATTACK_TARGET]
WANTED = (
    "item_bracer", "item_circlet", "item_gauntlets", "item_recipe_bracer", "item_tango",
    "item_tpscroll", "item_gem", "item_aghanims_shard", "item_vanguard", "item_ring_of_health",
    "item_vitality_booster", "item_enchanted_mango", "item_dagon_2", "item_magic_wand",
    "item_ward_observer", "item_smoke_of_deceit", "item_point_booster")
START_GOLD = 6000
# Makers and takers of items: what an event adds to how many of its item a seat has.
SIGNS = {
    EventKind.ITEM_BOUGHT: 1, EventKind.ITEM_RECEIVED: 1, EventKind.ITEM_PICKED_UP: 1,
    EventKind.ITEM_COMBINED: 1, EventKind.ITEM_SOLD: -1, EventKind.ITEM_DROPPED: -1,
    EventKind.ITEM_GIVEN: -1, EventKind.ITEM_CONSUMED: -1, EventKind.ITEM_DISASSEMBLED: -1,
    EventKind.ITEM_STACKED: -1,
}


class Ledger:
    """What one match must hold by its events: gold, items and charges of each seat."""

    def __init__(self, patch, tables):
        self._patch = patch
        self._seen = 0
        self.gold = collections.Counter()
        self.items = collections.Counter()
        self.charges = collections.Counter()
        self.counts = collections.Counter()
        self.read(tables)

    def read(self, tables) -> None:
        """Books the events since the last look."""
        for event in events_since(tables, self._seen):
            kind, seat, row = int(event.kind), int(event.player), int(event.reason)
            self.counts[EventKind(kind)] += 1
            if kind == EventKind.GOLD:
                self.gold[seat] += int(event.value)
            if kind not in SIGNS:
                continue
            sign = SIGNS[kind]
            self._book(seat, row, sign, int(event.value) * (kind != EventKind.ITEM_STACKED))
            if kind == EventKind.ITEM_DROPPED:
                self._book("ground", row, 1, int(event.value))
            elif kind == EventKind.ITEM_PICKED_UP:
                self._book("ground", row, -1, int(event.value))
            elif kind == EventKind.ITEM_GIVEN:
                to = int(tables.units[int(event.object) % MAX_UNITS].player)
                self._book(to, row, 1, int(event.value))
            elif kind in (EventKind.ITEM_COMBINED, EventKind.ITEM_DISASSEMBLED):
                numbers = self._patch.record.items[row]
                for part in numbers.parts[:numbers.num_parts]:
                    self.items[seat, int(part)] -= sign
        self._seen = int(tables.num_events)

    def _book(self, place, row: int, sign: int, charges: int) -> None:
        self.items[place, row] += sign
        if self._patch.record.items[row].stack_max:
            self.charges[place, row] += sign * charges

    def check(self, tables) -> None:
        """Compares the match with the books."""
        items, charges = collections.Counter(), collections.Counter()
        numbers = self._patch.record.items
        for seat in SEATS:
            player = tables.players[seat]
            gold = int(player.reliable_gold + player.unreliable_gold)
            assert gold == self.gold[seat] + START_GOLD
            assert player.reliable_gold >= 0
            assert player.unreliable_gold >= 0
            worth = int(player.consumed_worth)
            for slot in range(NUM_ITEM_PLACES):
                worth += self._count(items, charges, seat, tables.items[seat, slot])
            assert player.item_worth == worth
            assert player.net_worth == gold + worth
        for ground in tables.ground_items:
            if ground.handle:
                self._count(items, charges, "ground", ground.held[0])
        assert items == +self.items
        assert not -self.items
        assert charges == +self.charges
        assert all(0 <= stock <= numbers[row].stock_max for side in tables.stock
                   for stock, row in zip(side, self._patch.record.stocked_items)
                   if row)
        assert not tables.table_full.any()

    def _count(self, items, charges, place, item) -> int:
        if item.definition < 0:
            return 0
        numbers = self._patch.record.items[item.definition]
        items[place, int(item.definition)] += 1
        if numbers.stack_max:
            assert 0 < item.charges <= numbers.stack_max
            charges[place, int(item.definition)] += int(item.charges)
            assert 0 <= item.worth <= numbers.cost * item.charges
        else:
            assert item.worth == numbers.cost
        return int(item.worth)


def give_orders(backend, random, wanted) -> None:
    """Writes a random order, sensible or not, for every seat; moves heroes about."""
    names = [backend.patch.item(name) for name in wanted]
    record = backend.patch.record
    places = [(float(record.fountain_x[side]), float(record.fountain_y[side])) for side in (0, 1)]
    places += [(float(record.secret_shop_x[0]), float(record.secret_shop_y[0])), (-500.0, -400.0)]
    for match in range(backend.num_matches):
        tables = backend.tables[match]
        handles = [int(tables.players[seat].hero) for seat in SEATS]
        handles += [int(ground.handle) for ground in tables.ground_items[:8]]
        for seat in SEATS:
            order = backend.orders[match, seat]
            order.order = int(random.choice(KINDS))
            order.item_slot = int(random.integers(-1, 18))
            order.item_to_buy = int(
                random.choice(names) if random.random() < 0.9 else random.integers(-2, 520))
            order.target = int(
                random.choice(handles) if random.random() < 0.7 else random.integers(-1, 17))
            hero = tables.units[handles[SEATS.index(seat)] % MAX_UNITS]
            order.x, order.y = hero.x, hero.y
            if random.random() < 0.05:
                hero.x, hero.y = places[int(random.integers(len(places)))]
                hero.health = 1.0


def play(num_matches: int, seconds: float, seed: int) -> collections.Counter:
    """Plays matches of random orders, checking the books throughout; returns what happened."""
    heroes = tuple(HERO if seat in SEATS else "" for seat in range(10))
    backend = SimulatedBackend(MatchSettings(
        seed=seed, heroes=heroes, bots=("",) * 10, lanes=(), start_seconds=895.0, kills_to_win=0,
        max_seconds=float("inf"), ticks_per_step=10), num_matches)
    backend.controlled[:] = 1
    ledgers = [Ledger(backend.patch, tables) for tables in backend.tables]
    for tables in backend.tables:
        for seat in SEATS:
            tables.players[seat].reliable_gold += START_GOLD
    random = np.random.default_rng(seed)
    for step in range(int(seconds * 3)):
        give_orders(backend, random, WANTED)
        backend.step_type[:] = MID
        backend.advance()
        for ledger, tables in zip(ledgers, backend.tables):
            ledger.read(tables)
            if step % 18 == 17:
                ledger.check(tables)
    return sum((ledger.counts for ledger in ledgers), collections.Counter())


def test_no_gold_or_item_appears_or_vanishes_untold():
    counts = play(num_matches=200, seconds=12.0, seed=1)
    expected = {*SIGNS, EventKind.HERO_KILL, EventKind.DEATH, EventKind.GOLD,
                EventKind.ORDER_REFUSED}
    assert expected - set(counts) == set()


if __name__ == "__main__":
    for kind, count in sorted(play(int(sys.argv[1]), float(sys.argv[2]), seed=2).items()):
        print(kind.name, count)
