"""Gives random orders for a long time and looks whether anything breaks or gets lost.

`python benchmarks/fuzz.py --ticks 1000000` plays matches of random pairs of heroes that have
content, whose seats get random orders, most of them casts, learning and shopping. It prints JSON
with counts, and exits with 1 if a table ran over, a number was not finite, or gold, modifiers or
handles appeared or vanished without an event that says so.
"""

import collections
import json
import sys

from absl import app, flags
import numpy as np

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import EventKind, UnitOrder
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_MODIFIERS, MAX_UNITS, events_since

_TICKS = flags.DEFINE_integer("ticks", 1_000_000, "Ticks played in all.", lower_bound=1)
_MINUTES = flags.DEFINE_float("minutes", 5.0, "Game minutes of one match.", lower_bound=0.1)
_SEED = flags.DEFINE_integer("seed", 1, "Seed of the orders and of the first match.")

SEATS = (0, 5)
TICKS_PER_STEP = 4
# How often each kind of order is drawn, against the others.
KINDS = {
    UnitOrder.MOVE_TO_POSITION: 4, UnitOrder.MOVE_TO_TARGET: 1, UnitOrder.ATTACK_MOVE: 3,
    UnitOrder.ATTACK_TARGET: 6, UnitOrder.CAST_POSITION: 8, UnitOrder.CAST_TARGET: 10,
    UnitOrder.CAST_TARGET_TREE: 1, UnitOrder.CAST_NO_TARGET: 8, UnitOrder.CAST_TOGGLE: 1,
    UnitOrder.TRAIN_ABILITY: 4, UnitOrder.CAST_TOGGLE_AUTO: 1, UnitOrder.STOP: 1,
    UnitOrder.BUYBACK: 1, UnitOrder.GLYPH: 1, UnitOrder.PURCHASE_ITEM: 3, UnitOrder.SELL_ITEM: 1,
    UnitOrder.MOVE_ITEM: 1, UnitOrder.DROP_ITEM: 1, UnitOrder.PICKUP_ITEM: 1,
    UnitOrder.DISASSEMBLE_ITEM: 1, UnitOrder.HOLD_POSITION: 1, UnitOrder.PATROL: 1,
}


class Books:
    """What events say that there must be, held against what there is."""

    def __init__(self, backend: SimulatedBackend):
        """Opens the books on a match that has just started."""
        self._tables = backend.tables[0]
        self._state = backend.states[0]
        self._seen = 0
        self._gold = dict.fromkeys(SEATS, 0.0)
        self._modifiers = 0
        self.counts: collections.Counter = collections.Counter()
        self.problems: list[str] = []

    def check(self) -> None:
        """Reads what was told since the last time, and compares."""
        for event in events_since(self._tables, self._seen):
            self.counts[EventKind(int(event.kind)).name] += 1
            if event.kind == EventKind.GOLD and int(event.player) in self._gold:
                self._gold[int(event.player)] += float(event.value)
            elif event.kind == EventKind.MODIFIER_ADDED:
                self._modifiers += 1
            elif event.kind == EventKind.MODIFIER_REMOVED:
                self._modifiers -= 1
        self._seen = int(self._tables.num_events)
        for seat, gold in self._gold.items():
            player = self._tables.players[seat]
            held = int(player.reliable_gold + player.unreliable_gold)
            if held != round(gold):
                self._report(f"seat {seat} has {held} gold, but events say {gold:.0f}")
        self._check_modifiers()
        self._check_units()
        if np.any(self._tables.table_full):
            self._report(f"tables ran over: {self._tables.table_full.tolist()}")

    def _check_modifiers(self) -> None:
        table = self._tables.modifiers
        held = int(np.count_nonzero((table["definition"] >= 0) & (table["parent"] != 0)))
        if held != self._modifiers:
            self._report(f"units have {held} modifiers, but events say {self._modifiers}")
        free, row = 0, int(self._state.free_modifier)
        while row and free <= MAX_MODIFIERS:
            free, row = free + 1, int(self._state.effects[row - 1].next)
        used = int(np.count_nonzero(table["definition"] >= 0))
        if free + used != MAX_MODIFIERS:
            self._report(f"{used} modifiers and {free} free rows are not {MAX_MODIFIERS}")
        listed = 0
        units, bodies = self._tables.units, self._state.body
        for place in np.flatnonzero((units["handle"] != 0) & (bodies["first_modifier"] > 0)):
            unit, row = units[place], int(bodies[place].first_modifier)
            while row and listed <= MAX_MODIFIERS:
                listed += 1
                if table[row - 1].parent != unit.handle:
                    self._report("a unit lists the modifier of another")
                    return
                row = int(self._state.effects[row - 1].next)
        if listed != held:
            self._report(f"units list {listed} modifiers, but the table has {held}")

    def _check_units(self) -> None:
        units = self._tables.units
        handles = units["handle"][units["handle"] != 0]
        if len(np.unique(handles)) != len(handles):
            self._report("two units have one handle")
        if np.any(handles % MAX_UNITS != np.flatnonzero(units["handle"])):
            self._report("a handle does not name its row")
        for field in ("x", "y", "health", "max_health", "mana", "armor", "move_speed",
                      "attack_interval"):
            values = units[field][units["handle"] != 0]
            if not np.all(np.isfinite(values)):
                self._report(f"{field} is not finite")
        if np.any(units["health"] > units["max_health"] + 1e-6):
            self._report("a unit has more health than it can")

    def _report(self, problem: str) -> None:
        self.problems.append(f"{int(self._tables.tick) / TICKS_PER_SECOND:.1f} s: {problem}")


def write_order(order, tables, seat: int, random, num_items: int) -> None:
    """Writes a random order: a legal one often enough, nonsense now and then."""
    kinds = list(KINDS)
    weights = np.array(list(KINDS.values()), float)
    living = np.flatnonzero(tables.units["handle"])
    order.order = int(kinds[random.choice(len(kinds), p=weights / weights.sum())])
    order.unit = 0
    order.target = int(tables.units["handle"][random.choice(living)])
    order.ability_slot = int(random.integers(-1, 24))
    learned = np.flatnonzero(tables.abilities["level"][seat])
    if len(learned) and random.random() < 0.7:
        order.ability_slot = int(random.choice(learned))
    order.item_slot = int(random.integers(-1, 17))
    if random.random() < 0.2:
        order.ability_slot = -1
    order.item_to_buy = int(random.integers(-1, num_items))
    order.queue = int(random.random() < 0.1)
    order.x, order.y = random.uniform(-2500, 2500, 2)
    order.x_end, order.y_end = random.uniform(-2500, 2500, 2)


def play_match(seed: int, max_ticks: int, heroes: list[str]) -> tuple[collections.Counter, list]:
    """Plays one match of two random heroes; returns its counts and problems."""
    random = np.random.default_rng(seed)
    pair = random.choice(heroes, 2)
    seats = [""] * 10
    for seat, hero in zip(SEATS, pair, strict=True):
        seats[seat] = str(hero)
    backend = SimulatedBackend(MatchSettings(
        seed=seed, heroes=tuple(seats), bots=tuple("idle" if hero else "" for hero in seats),
        start_seconds=0.0, kills_to_win=0, ticks_per_step=TICKS_PER_STEP,
        max_seconds=float("inf")))
    backend.controlled[:] = 1
    tables = backend.tables[0]
    books = Books(backend)
    num_items = len(backend.patch.item_names)
    for seat in SEATS:
        # Far enough along that all can be learned and bought.
        tables.players[seat].ability_points += int(random.integers(0, 20))
    for step in range(max_ticks // TICKS_PER_STEP):
        for seat in SEATS:
            write_order(backend.orders[0, seat], tables, seat, random, num_items)
            if step % 50 == 0 and tables.players[seat].level < 25:
                tables.players[seat].xp += 400
        backend.advance()
        if backend.step_type[0] == 2:
            break
        # Often enough that no event has been written over.
        if step % 4 == 0:
            books.check()
        if books.problems:
            problems = [f"seed {seed}, {pair[0]} against {pair[1]}: {problem}"
                        for problem in books.problems]
            return books.counts, problems
    books.counts["matches"] += 1
    return books.counts, []


def main(argv):
    del argv
    heroes = sorted(load_game().hero_content)
    counts: collections.Counter = collections.Counter()
    problems: list[str] = []
    left, seed = _TICKS.value, _SEED.value
    while left > 0:
        ticks = min(left, int(_MINUTES.value * 60 * TICKS_PER_SECOND))
        told, wrong = play_match(seed, ticks, heroes)
        counts.update(told)
        problems += wrong[:3]
        left -= ticks
        seed += 1
    print(json.dumps({
        "benchmark": "fuzz", "ticks": _TICKS.value, "matches": counts["matches"],
        "casts": counts["ABILITY_CAST"], "kills": counts["HERO_KILL"],
        "purchases": counts["ITEM_BOUGHT"], "events": dict(sorted(counts.items())),
        "problems": problems}, indent=2))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    app.run(main)
