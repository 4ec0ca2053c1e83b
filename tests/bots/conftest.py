"""A match in which a test asks the bots for their orders, one decision at a time."""

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.bots.bot import BOT_MEMORY, bot_number, decide
from dota_env_rpc.bots.memory import blank_memories
from dota_env_rpc.data.records import PATCH
from dota_env_rpc.match.enums import NUM_SEATS, UnitOrder
from dota_env_rpc.match.rule import address, entry, record_at
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS, ORDER, TABLES

SEATS = (0, 5)

_tables_at = record_at(TABLES)
_patch_at = record_at(PATCH)
_memory_at = record_at(BOT_MEMORY)
_order_at = record_at(ORDER)


@entry
def _decide(tables, patch, seat, memory, order):
    decide(_tables_at(tables), _patch_at(patch), seat, _memory_at(memory), _order_at(order))


class Bout:
    """A match whose two seats are played by bots through the test's own hands."""

    def __init__(self, bots, **settings):
        empty = ("",) * 4
        heroes = settings.pop("heroes", ("npc_dota_hero_nevermore",) * 2)
        settings = {"skill_builds": ("auto",) * 10, "item_builds": ("auto",) * 10, **settings}
        self.backend = SimulatedBackend(MatchSettings(
            heroes=(heroes[0], *empty, heroes[1], *empty), **settings))
        self.backend.controlled[:] = 1
        self.tables = self.backend.tables[0]
        self.memories = blank_memories(NUM_SEATS)
        for seat, name in zip(SEATS, bots, strict=True):
            self.memories[seat].bot = bot_number(name)

    def hero(self, seat):
        return self.tables.units[self.tables.players[seat].hero % MAX_UNITS]

    def decide(self, seat, tables=None, memories=None):
        """Returns the ORDER record that the seat's bot gives on these tables."""
        tables = self.backend.tables if tables is None else tables
        memories = self.memories if memories is None else memories
        order = np.zeros(1, ORDER).view(np.recarray)
        _decide(address(tables), address(self.backend.patch.array), seat,
                address(memories[seat:seat + 1]), address(order))
        return order[0]

    def step(self):
        """Plays a decision of both seats."""
        for seat in SEATS:
            self.backend.orders[0, seat] = self.decide(seat)
        self.backend.advance()

    def play(self, seconds):
        """Plays up to a game clock, or to the end of the match."""
        while self.tables.tick < 30 * seconds and self.backend.step_type[0] != 2:
            self.step()

    def give(self, seat):
        """Returns the kind of order that the seat's bot would give; it remembers nothing of it."""
        return UnitOrder(int(self.decide(seat, memories=self.memories.copy()).order))


@pytest.fixture
def bout():
    return Bout
