"""Matches on the embedded simulator."""

import functools
import hashlib
import mmap

import numpy as np

from dota_env_rpc.backends.backend import LAST, Backend
from dota_env_rpc.bots.bot import BOT_MEMORY, IDLE, bot_number, decide
from dota_env_rpc.bots.builds import spend
from dota_env_rpc.bots.memory import blank_memories
from dota_env_rpc.content.game import load_game
from dota_env_rpc.data.patch import PATCH
from dota_env_rpc.match.clock import ticks
from dota_env_rpc.match.crew import shares, together
from dota_env_rpc.match.enums import NUM_SEATS, GameState, UnitOrder
from dota_env_rpc.match.rule import (
    Arguments,
    address,
    direct,
    element_at,
    entry,
    record,
    record_at,
)
from dota_env_rpc.match.settings import BUILDERS, MatchSettings, episode_seed
from dota_env_rpc.match.tables import ORDER
from dota_env_rpc.sim.match import play_tick, start_match, tell_heroes
from dota_env_rpc.sim.orders import submit_order
from dota_env_rpc.sim.state import DECIDING_BYTES, STATE

FIRST, MID = 0, 1
# What `_advance` leaves in place of LAST: the next episode is to be started.
RESTART = 3
LANES = ("top", "mid", "bot")

_patch_at = record_at(PATCH)
_state_at = element_at(STATE)
_order_at = element_at(ORDER)
_memory_at = element_at(BOT_MEMORY)
BYTE = record([("value", "u1")])
FLOAT = record([("value", "f4")])
COUNT = record([("value", "i8")])
_byte_at = element_at(BYTE)
_float_at = element_at(FLOAT)
_count_at = record_at(COUNT)
# What `_advance` is called with: the arrays, one element a match, and numbers.
ARGUMENTS = Arguments((
    "states", "patch", "orders", "memories", "controlled", "step_types", "discounts",
    "num_matches", "num_steps", "ticks_per_step", "max_tick"))
_arguments_at = ARGUMENTS.at


@entry
def _start(states, patch, match):
    """Starts the match in element `match` of `states`, whose settings are set."""
    state = _state_at(states, match)
    start_match(state, _patch_at(patch))
    tell_heroes(state, _patch_at(patch))


@entry
def _advance(arguments):
    """Plays `num_steps` decisions of every match that is not at LAST, and tells how each stands.

    Those that come to LAST play no more of them; `num_steps` is then what the last match played.
    Seats that nobody controls are played by their bots. Matches at LAST are marked RESTART;
    returns how many there are. arguments: of ARGUMENTS.
    """
    given = _arguments_at(arguments)
    numbers = _patch_at(given.patch)
    num_steps = _count_at(given.num_steps)
    num_ended = 0
    for match in range(given.num_matches):
        step_type = _byte_at(given.step_types, match)
        if step_type.value == LAST:
            step_type.value = RESTART
            num_ended += 1
            continue
        state = _state_at(given.states, match)
        tables = state.tables
        played = 0
        step_type.value = MID
        while played < num_steps.value and step_type.value == MID:
            played += 1
            for seat in range(NUM_SEATS):
                place = match * NUM_SEATS + seat
                if tables.players[seat].hero != 0 and not _byte_at(given.controlled, place).value:
                    order = _order_at(given.orders, place)
                    order.order = UnitOrder.NONE
                    decide(tables, numbers, seat, _memory_at(given.memories, place), order)
            # Whose orders come first alternates, so that neither side is favored.
            radiant_first = (tables.tick // given.ticks_per_step) & 1
            for i in range(NUM_SEATS):
                seat = i if radiant_first else NUM_SEATS - 1 - i
                place = match * NUM_SEATS + seat
                order = _order_at(given.orders, place)
                if order.order != UnitOrder.NONE:
                    submit_order(state, numbers, seat, order)
                    order.order = UnitOrder.NONE
                if tables.players[seat].hero != 0:
                    memory = _memory_at(given.memories, place)
                    bot_plays = (
                        not _byte_at(given.controlled, place).value and memory.bot != IDLE)
                    spend(state, numbers, seat, memory, order, bot_plays or memory.auto_skills,
                          bot_plays or memory.auto_items)
            for _ in range(given.ticks_per_step):
                play_tick(state, numbers)
            tell_heroes(state, numbers)
            if tables.game_state == GameState.POST_GAME:
                step_type.value = LAST
                _float_at(given.discounts, match).value = 0.0
            elif tables.tick >= given.max_tick:
                step_type.value = LAST
        if played < num_steps.value:
            num_steps.value = played
    return num_ended


class SimulatedBackend(Backend):
    """Runs matches on the embedded simulator; see Backend.

    Attributes:
        states: STATE records (num_matches,): the tables and all that only the rules know.
        patch: The numbers that the matches are played with.
    """

    def __init__(self, settings: MatchSettings, num_matches: int = 1):
        """Makes the matches and starts them.

        Raises:
            ValueError: a setting is out of its range, or a hero, bot or patch is unknown.
        """
        for name in ("skill_builds", "item_builds"):
            for builder in set(getattr(settings, name)) - set(BUILDERS):
                raise ValueError(f"{name}: {builder!r} is none of {', '.join(BUILDERS)}")
        self.settings = settings
        self.num_matches = num_matches
        self.patch = load_game(settings.patch)
        self.states = _untouched(num_matches, STATE).view(np.recarray)
        self._words = self.states.view(np.ndarray).view(np.int64).reshape(num_matches, -1)
        self.tables = self.states.tables
        self.orders = np.zeros((num_matches, NUM_SEATS), ORDER).view(np.recarray)
        self.controlled = np.zeros((num_matches, NUM_SEATS), np.uint8)
        self.step_type = np.zeros(num_matches, np.uint8)
        self.discount = np.ones(num_matches, np.float32)
        self._memories = np.zeros((num_matches, NUM_SEATS), BOT_MEMORY).view(np.recarray)
        self._bots = [bot_number(name) if name else 0 for name in settings.bots]
        count = np.ones(1, COUNT).view(np.recarray)
        self._num_steps = count.value
        self._count_address = address(count)
        self._state_addresses = address(self.states), address(self.patch.array)
        self._arguments = [self._pack(share) for share in shares(num_matches)]
        play = direct(_advance)
        self._play = together(
            [functools.partial(play, address(arguments)) for arguments in self._arguments])
        self.start()

    def _pack(self, share: slice):
        """Returns what `_advance` takes to play a share of the matches."""
        return ARGUMENTS.pack(
            states=address(self.states[share]), patch=address(self.patch.array),
            orders=address(self.orders[share].reshape(-1)),
            memories=address(self._memories[share].reshape(-1)),
            controlled=address(self.controlled[share].reshape(-1).view(BYTE)),
            step_types=address(self.step_type[share].view(BYTE)),
            discounts=address(self.discount[share].view(FLOAT)),
            num_matches=share.stop - share.start, num_steps=self._count_address,
            ticks_per_step=self.settings.ticks_per_step,
            max_tick=_tick_or_never(self.settings.max_seconds))

    def _write_settings(self, state: np.record) -> None:
        settings = self.settings
        for seat, hero in enumerate(settings.heroes):
            row = self.patch.definition(hero) if hero else -1
            if row >= self.patch.record.num_heroes:
                raise ValueError(f"heroes: {hero!r} is no hero")
            state.hero_definitions[seat] = row
        state.kills_to_win = settings.kills_to_win
        state.tie_tick = _tick_or_never(settings.tie_seconds)
        for item in settings.banned_items:
            state.banned[self.patch.item(item)] = 1
        state.tables.has_runes = settings.runes
        state.lane_bits = sum(1 << LANES.index(lane) for lane in settings.lanes)
        state.tables.start_tick = ticks(settings.start_seconds)

    def start(self) -> None:
        self.tables.episode[:] = -1
        self.restart()

    def restart(self) -> None:
        for match in range(self.num_matches):
            self._start_next(match)

    def _start_next(self, match: int) -> None:
        episode = int(self.tables[match].episode) + 1
        # Zeros are not written again, so that what no match has touched yet takes no memory.
        words = self._words[match]
        words[np.flatnonzero(words)] = 0
        self._write_settings(self.states[match])
        self.tables[match].episode = episode
        self.states[match].seed = episode_seed(self.settings.seed, match, episode)
        self.orders[match].order = UnitOrder.NONE
        self._memories[match] = blank_memories(NUM_SEATS)
        self._memories[match].bot[:] = self._bots
        self._memories[match].auto_skills[:] = [
            name == "auto" for name in self.settings.skill_builds]
        self._memories[match].auto_items[:] = [
            name == "auto" for name in self.settings.item_builds]
        _start(*self._state_addresses, match)
        self.step_type[match] = FIRST
        self.discount[match] = 1.0

    def advance(self) -> None:
        if self._play():
            for match in np.flatnonzero(self.step_type == RESTART):
                self._start_next(match)

    def advance_by(self, steps: int) -> int:
        self._num_steps[0] = steps
        try:
            self.advance()
            return int(self._num_steps[0])
        finally:
            self._num_steps[0] = 1

    def save(self) -> bytes:
        arrays = (self.states, self._memories, self.step_type, self.discount)
        return b"".join(array.tobytes() for array in arrays)

    def restore(self, saved: bytes) -> None:
        arrays = (self.states, self._memories, self.step_type, self.discount)
        size = sum(array.nbytes for array in arrays)
        if len(saved) != size:
            raise ValueError(
                f"the saved matches take {len(saved)} bytes, but {self.num_matches} matches of "
                f"this version take {size}: restore them with the settings they were saved with")
        offset = 0
        for array in arrays:
            array.view(np.ndarray).reshape(-1).view(np.uint8)[:] = np.frombuffer(
                saved, np.uint8, array.nbytes, offset)
            offset += array.nbytes

    def digest(self, match: int = 0) -> str:
        state = self.states[match].tobytes()[:DECIDING_BYTES]
        return hashlib.sha256(state).hexdigest()[:16]


def _untouched(count: int, dtype: np.dtype) -> np.ndarray:
    """Returns zeros that take memory only where something is written, half of a match's.

    NumPy asks for large pages, which are taken whole.
    """
    memory = mmap.mmap(-1, count * dtype.itemsize, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        memory.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(memory, dtype)


def _tick_or_never(seconds: float) -> int:
    return ticks(seconds) if seconds < float("inf") else 1 << 40
