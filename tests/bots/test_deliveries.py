"""How what a script buys gets to its hero."""

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import CourierState, EventKind, UnitOrder, UnitType
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import (
    BACKPACK_SLOT,
    COURIER_SLOT,
    MAX_UNITS,
    SCROLL_SLOT,
    STASH_SLOT,
    events_since,
)

PLACE = (-1000.0, -900.0)
NEAR = (-600.0, -500.0)
FAR = (3000.0, 2800.0)


class Errand:
    """A match of idle heroes away from home, whose gold a script spends."""

    def __init__(self, bout):
        self.bout = bout(("idle", "idle"), start_seconds=60.0, lanes=())
        self.tables = self.bout.tables
        self.player = self.tables.players[0]
        self.bout.backend.advance()
        self.place(0, PLACE)
        self.place(5, FAR)
        self.player.reliable_gold += 1000

    def place(self, seat, at):
        hero = self.bout.hero(seat)
        hero.x, hero.y = at

    @property
    def courier(self):
        return self.tables.units[self.player.courier % MAX_UNITS]

    def load(self, start, end):
        return sum(1 for item in self.tables.items[0, start:end] if item.definition >= 0)

    def run_until(self, condition, seconds):
        """Plays until a condition holds, for so many seconds at most; returns whether it does."""
        for _ in range(int(seconds * 30 / 4)):
            if condition():
                return True
            self.bout.backend.advance()
        return condition()


@pytest.fixture
def errand(bout):
    return Errand(bout)


def test_the_courier_brings_what_was_bought_away_from_home(errand):
    worn = errand.load(0, STASH_SLOT)
    assert errand.run_until(lambda: errand.load(COURIER_SLOT, COURIER_SLOT + 9) > 0, 5.0)
    assert errand.run_until(lambda: errand.load(0, STASH_SLOT) > worn, 40.0)


@pytest.mark.parametrize("banned", [(), ("item_tpscroll",)])
def test_a_script_at_home_buys_its_build_even_where_scrolls_are_not_sold(bout, banned):
    """And first of all a scroll, if its hero has none and they are sold."""
    match = bout(("idle", "idle"), start_seconds=0.0, banned_items=banned)
    tables = match.tables
    assert tables.items[0, SCROLL_SLOT].definition >= 0
    tables.items[0, SCROLL_SLOT].definition = -1
    num_seen = int(tables.num_events)
    tables.players[0].reliable_gold += 1000
    for _ in range(3):
        match.backend.advance()
    names = match.backend.patch.item_names
    bought = [names[int(event.reason)] for event in events_since(tables, num_seen)
              if event.kind == EventKind.ITEM_BOUGHT and event.player == 0]
    assert len(bought) >= 3
    assert (bought[0] == "item_tpscroll") == (not banned)
    assert "item_tpscroll" not in bought[1:]


@pytest.mark.parametrize("bot, share, bought", [
    ("laner", 0.5, 1), ("laner", 0.7, 0), ("laner_easy", 0.5, 0)])
def test_a_laner_in_need_has_a_salve_brought(bot, share, bought):
    empty = ("",) * 4
    backend = SimulatedBackend(MatchSettings(
        bots=(bot, *empty, "idle", *empty), item_builds=("auto",) * 10, start_seconds=60.0,
        lanes=()))
    tables = backend.tables[0]
    for _ in range(12):
        backend.advance()  # what the hero begins with is bought
    owned = tables.items[0]
    salve = backend.patch.item("item_flask")
    owned["definition"][owned["definition"] == salve] = -1
    player = tables.players[0]
    player.unreliable_gold, player.reliable_gold = 250, 0  # for two, but not for what comes next
    hero = tables.units[player.hero % MAX_UNITS]
    hero.x, hero.y = PLACE
    hero.health = share * hero.max_health
    for _ in range(3):
        backend.advance()
    assert np.sum(owned["definition"] == salve) == bought


def test_it_waits_until_no_foe_is_near_its_hero(errand):
    errand.place(5, NEAR)
    idle = CourierState.IDLE
    assert errand.run_until(lambda: errand.player.courier_state == idle, 40.0)
    assert not errand.run_until(lambda: errand.player.courier_state != idle, 5.0)
    errand.place(5, FAR)
    assert errand.run_until(lambda: errand.load(COURIER_SLOT, COURIER_SLOT + 9) == 0, 10.0)


def test_it_flees_from_a_foe_that_it_sees(errand):
    delivering = CourierState.DELIVERING_ITEMS
    errand.run_until(lambda: errand.player.courier_state == delivering, 10.0)
    errand.run_until(lambda: False, 5.0)
    errand.place(5, (float(errand.courier.x) + 300.0, float(errand.courier.y)))
    errand.run_until(lambda: False, 0.4)
    assert errand.player.courier_state == CourierState.RETURNING_TO_BASE


def test_the_costliest_of_the_backpack_is_worn(errand):
    """Instead of the cheapest item worn, or in a gap."""
    items = errand.tables.items[0]
    for slot in range(STASH_SLOT):
        items[slot].definition = errand.bout.backend.patch.item("item_branches")
        items[slot].worth = 10
    items[2].worth = 5
    items[BACKPACK_SLOT + 1].worth = 2000
    errand.bout.backend.advance()
    assert items[2].worth == 2000
    assert items[BACKPACK_SLOT + 1].worth == 5


def test_what_may_not_go_to_the_backpack_stays_worn(errand):
    """Witch Doctor's Gris-Gris, which is worth less than all else."""
    items = errand.tables.items[0]
    item = errand.bout.backend.patch.item
    for slot in range(STASH_SLOT):
        items[slot].definition = item("item_branches")
        items[slot].worth = 10
    items[2].definition, items[2].worth = item("item_grisgris"), 0
    items[BACKPACK_SLOT + 1].worth = 2000
    errand.bout.backend.advance()
    assert items[2].definition == item("item_grisgris")
    assert 2000 in [items[slot].worth for slot in range(6)]
    assert errand.player.orders_refused == 0


def test_a_laner_hits_a_courier_within_its_reach(bout):
    match = bout(("laner", "laner"), start_seconds=60.0, lanes=())
    match.backend.advance()
    tables = match.tables
    hero, courier = match.hero(0), tables.units[tables.players[5].courier % MAX_UNITS]
    hero.x, hero.y = PLACE
    assert courier.unit_type == UnitType.COURIER
    order = match.decide(0, memories=match.memories.copy())
    assert (order.order, order.target) != (UnitOrder.ATTACK_TARGET, courier.handle)
    courier.x, courier.y = PLACE[0] + 300.0, PLACE[1] + 300.0
    courier.states, courier.visible_to = 0, 0b1100
    order = match.decide(0)
    assert (order.order, order.target) == (UnitOrder.ATTACK_TARGET, courier.handle)
