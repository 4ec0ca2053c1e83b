"""Matches in which bots play that live outside, behind HTTP; docs/dota2ai.md says how."""

from collections.abc import Callable, Iterable, Mapping
import dataclasses
from typing import Any

from absl import logging
import numpy as np

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.backends.simulated import LAST, SimulatedBackend
from dota_env_rpc.bots.http_bot import BotError, HttpBot, is_url, parse_url
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.clock import ticks
from dota_env_rpc.match.coordinates import CELL, GRID_ORIGIN, GRID_SIZE, LEVEL_HEIGHT
from dota_env_rpc.match.enums import NUM_SEATS, Activity, UnitOrder
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS, ORDER
from dota_env_rpc.protocols import dota2ai
from dota_env_rpc.protocols.dota2ai import ReplyError

# A bot that was late so many times in a row is left alone: for 2 of its turns, then 4, and so on.
PATIENCE = 3
LONGEST_REST = 64
# Bots hear this many lines of chat a step, each cut to so many characters; who says more is not
# heard, so that no talker holds up a match.
MAX_LINES = 4
MAX_LINE = 256
# What a hero does beside a cast.
SHOPPING = (UnitOrder.PURCHASE_ITEM, UnitOrder.SELL_ITEM)


def make_backend(settings: MatchSettings, num_matches: int = 1) -> Backend:
    """Returns matches on the simulator, with whatever bots the settings name.

    Raises:
        ValueError: a setting is out of its range, or a hero, bot or patch is unknown.
    """
    hosts = any(map(is_url, settings.bots))
    return (HostingBackend if hosts else SimulatedBackend)(settings, num_matches)


class HostingBackend(SimulatedBackend):
    """One match in which bots that live outside play those of their seats that no agent plays.

    The match waits for their answers, each until its deadline, so that a bot which always answers
    the same to the same questions gives the same match. Who fails to answer lets its hero go on
    with what it does. See Backend and SimulatedBackend for the attributes.
    """

    def __init__(self, settings: MatchSettings, num_matches: int = 1):
        """Makes the match, has bots select their heroes, and starts it.

        Raises:
            ValueError: as SimulatedBackend, or for more than one match.
        """
        if num_matches != 1:
            raise ValueError(
                f"bots: an HTTP bot plays one match at a time, but num_matches is {num_matches}")
        self._hosted = [
            _Guest(seat, url) for seat, url in enumerate(settings.bots) if is_url(url)]
        self._given = settings
        self._interval = max(ticks(settings.bot_seconds), 1)
        self._has_moved = True  # since the bots were told of a new match
        self._said: list[tuple[int, str, bool]] = []  # seat, text, whether to all
        self.guests = tuple(guest.seat for guest in self._hosted)
        self.guest_orders = np.zeros(NUM_SEATS, ORDER).view(np.recarray)
        super().__init__(settings)

    def unanswered(self) -> list[int]:
        counts = [0] * NUM_SEATS
        for guest in self._hosted:
            counts[guest.seat] = guest.unanswered
        return counts

    def say(self, seat: int, text: str, to_all: bool) -> None:
        if len(self._said) < MAX_LINES:
            self._said.append((seat, text[:MAX_LINE], to_all))

    def _start_next(self, match: int) -> None:
        self._said.clear()
        if self._has_moved:
            self._has_moved = False
            heroes = list(self._given.heroes)
            for guest in self._hosted:
                guest.begin()
            self._welcome(
                [guest for guest in self._hosted if guest.seat in self._given.selecting], heroes)
            self.settings = dataclasses.replace(self.settings, heroes=tuple(heroes))
        super()._start_next(match)
        for guest in self._hosted:
            guest.due_tick = int(self.tables[0].tick)

    def advance(self) -> None:
        self.guest_orders.order[:] = UnitOrder.NONE
        if self.step_type[0] == LAST:
            super().advance()
            return
        self._has_moved = True
        playing = [guest for guest in self._hosted if not self.controlled[0, guest.seat]]
        seats = [guest.seat for guest in playing]
        self.orders.order[0, seats] = UnitOrder.NONE
        due = [guest for guest in playing if self.tables[0].tick >= guest.due_tick
               and self.tables[0].players[guest.seat].hero]
        times_late = [guest.times_late for guest in due]
        self._welcome([guest for guest in due if not guest.is_welcomed])
        self._pass_on([guest for guest in playing if guest.is_welcomed])
        # Who was late just now is not asked again at once.
        self._let_play([guest for guest, times in zip(due, times_late, strict=True)
                        if guest.times_late <= times])
        for guest in due:
            if not guest.has_learned:
                guest.rest(int(self.tables[0].tick), self._interval)
        self.guest_orders[seats] = self.orders[0, seats]
        self.controlled[0, seats] = 1
        try:
            super().advance()
        finally:
            self.controlled[0, seats] = 0

    # Bots outside are asked between steps.
    advance_by = Backend.advance_by

    def save(self) -> bytes:
        return b"".join(guest.save() for guest in self._hosted) + super().save()

    def restore(self, saved: bytes) -> None:
        size = _Guest.SAVED_BYTES
        self._said.clear()
        super().restore(saved[size * len(self._hosted):])
        for place, guest in enumerate(self._hosted):
            guest.restore(saved[place * size:(place + 1) * size])

    def close(self) -> None:
        for guest in self._hosted:
            guest.bot.close()
        super().close()

    # Asking.

    def _welcome(self, guests: list["_Guest"], heroes: list[str] | None = None) -> None:
        """Tells bots that a match begins; with `heroes`, has them select their own."""
        for guest in guests:
            guest.is_welcomed = True
        self._ask([(guest, "/reset", b"") for guest in guests], lambda guest, reply: None)
        if heroes is not None:
            known = load_game(self._given.patch).hero_names
            for guest, hero in self._ask(
                    [(guest, "/select", b"") for guest in guests if not guest.times_late],
                    lambda guest, reply: dota2ai.hero_of(dota2ai.parse(reply), known)):
                heroes[guest.seat] = hero
        for text in self._given.bot_chat:
            self._tell({guest: dota2ai.chat(text, guest.seat) for guest in guests})

    def _pass_on(self, guests: list["_Guest"]) -> None:
        """Tells bots what was said since the last step, each what its team hears."""
        players = self.tables[0].players
        for seat, text, to_all in self._said:
            line = dota2ai.chat(text, seat, team_only=not to_all)
            self._tell({guest: line for guest in guests
                        if to_all or players[guest.seat].team == players[seat].team})
        self._said.clear()

    def _tell(self, lines: Mapping["_Guest", Mapping[str, Any]]) -> None:
        self._ask([(guest, "/chat", dota2ai.encode(line)) for guest, line in lines.items()
                   if not guest.times_late], lambda guest, reply: None)

    def _let_play(self, guests: list["_Guest"]) -> None:
        """Asks bots for their orders: first what to learn, if there is a point to spend.

        A seat gives one order a step, so that a bot which learns is asked for its command in the
        next step. As in the mod, a bot that fails to say what it learns is asked for its command
        all the same, and a hero that casts or channels is left to it.
        """
        table = self.tables[0]
        learning, commanding = [], []
        for guest in guests:
            has_points = table.players[guest.seat].ability_points > 0
            (learning if has_points and not guest.has_learned else commanding).append(guest)
            guest.has_learned = False
        times_late = [guest.times_late for guest in learning]
        for guest, order in self._ask(
                [(guest, "/levelup", b"") for guest in learning],
                lambda guest, reply: dota2ai.ability_of(dota2ai.parse(reply))):
            if order is not None:
                order.write(self.orders[0, guest.seat])
                guest.has_learned = True
        commanding += [guest for guest, times in zip(learning, times_late, strict=True)
                       if not guest.has_learned and guest.times_late <= times]
        for guest, order in self._ask(
                [(guest, "/update", self._world(guest.seat)) for guest in commanding],
                lambda guest, reply: dota2ai.order_of(
                    dota2ai.parse(reply), table, self.patch, guest.seat)):
            if order is not None and (
                    order.order in SHOPPING or not self._is_casting(guest.seat)):
                order.write(self.orders[0, guest.seat])

    def _is_casting(self, seat: int) -> bool:
        """Returns whether a seat's hero casts or channels, an item or an ability."""
        table = self.tables[0]
        hero = table.units[int(table.players[seat].hero) % MAX_UNITS]
        return bool(table.abilities["casting"][seat].any()) or hero.activity == Activity.CHANNEL

    def _ask(
            self, questions: Iterable[tuple["_Guest", str, bytes]],
            read: Callable[["_Guest", bytes], Any]) -> list[tuple["_Guest", Any]]:
        """Asks bots, who think side by side; returns what `read` makes of their answers.

        Those are left out who did not answer in time, or not what makes sense.
        """
        sent, answers = [], []
        for guest, path, body in questions:
            try:
                guest.bot.send(path, body, self._given.bot_timeout)
                sent.append((guest, path))
            except BotError as error:
                guest.fail(path, error)
        for guest, path in sent:
            try:
                answers.append((guest, read(guest, guest.bot.receive())))
                guest.succeed(path)
            except (BotError, ReplyError) as error:
                guest.fail(path, error)
        return answers

    def _world(self, seat: int) -> bytes:
        tables = self.tables[0]
        team = int(tables.players[seat].team)
        return dota2ai.encode(dota2ai.world(tables, self.patch, team, self._felled_trees(team)))

    def _felled_trees(self, team: int) -> list[tuple[int, tuple[float, float, float]]]:
        """Returns number and place of the felled trees that a team sees.

        A tree is seen by whoever stands near enough and no lower, whatever stands between.
        """
        state, tables, record = self.states[0], self.tables[0], self.patch.record
        seen = []
        units = self.tables.units[0, :tables.num_rows]
        units = units[(units.handle != 0) & (units.alive != 0) & (units.team == team)]
        sight = units.vision_day if tables.is_day else units.vision_night
        for tree in state.felled_tree[:state.num_felled].tolist():
            x, y = float(record.tree_x[tree]), float(record.tree_y[tree])
            level = int(record.tree_elevation[tree])
            viewers = units[np.hypot(units.x - x, units.y - y) <= sight]
            column = ((viewers.x - GRID_ORIGIN) / CELL).astype(np.int64)
            row = ((viewers.y - GRID_ORIGIN) / CELL).astype(np.int64)
            if (record.elevation[row * GRID_SIZE + column] >= level).any():
                seen.append((tree, (x, y, level * LEVEL_HEIGHT)))
        return seen


class _Guest:
    """A seat whose bot lives outside, and how it stands with it.

    Attributes:
        seat: Player slot.
        bot: The way to ask it.
        due_tick: Tick from which on it is asked again.
        has_learned: Whether it was asked what to learn in its last step, and still has a turn.
        is_welcomed: Whether it knows of the match.
        times_late: Answers in a row that did not come in time.
        times_failed: By path, answers in a row that did not come at all or made no sense.
        unanswered: Questions of this match without an answer that makes sense.
    """

    PATHS = ("/reset", "/select", "/chat", "/levelup", "/update")
    SAVED = ("due_tick", "has_learned", "is_welcomed", "times_late", "unanswered")
    SAVED_BYTES = 8 * (len(SAVED) + len(PATHS))

    def __init__(self, seat: int, url: str):
        self.seat = seat
        self.bot = HttpBot(parse_url(url))
        self._name = f"the bot of seat {seat} at {url}"
        self.times_late = self.due_tick = 0
        self.times_failed = dict.fromkeys(self.PATHS, 0)
        self.begin()

    def begin(self) -> None:
        """Forgets what was of the match before."""
        self.has_learned = self.is_welcomed = False
        self.times_late = self.unanswered = 0

    def fail(self, path: str, error: Exception) -> None:
        """Takes note that a question got no answer that makes sense; says so now and then."""
        self.unanswered += 1
        self.times_late += getattr(error, "late", False)
        self.times_failed[path] += 1
        times = self.times_failed[path]
        if times in (1, 10, 100) or times % 1000 == 0:
            logging.warning(
                "%s: %s: %s; its hero goes on as before (%d in a row)", self._name, path, error,
                times)

    def succeed(self, path: str) -> None:
        """Takes note that a question was answered."""
        if self.times_failed[path] >= PATIENCE:
            logging.info(
                "%s answers %s again after %d failures", self._name, path, self.times_failed[path])
        self.times_failed[path] = self.times_late = 0

    def rest(self, tick: int, interval: int) -> None:
        """Says when the bot is asked next: in its next turn, and later if it is always late."""
        turns = (tick - self.due_tick) // interval + 1
        if self.times_late >= PATIENCE:
            turns += min(2 ** (self.times_late - PATIENCE + 1), LONGEST_REST)
        self.due_tick += turns * interval

    def save(self) -> bytes:
        values = [getattr(self, name) for name in self.SAVED]
        return np.array([*values, *self.times_failed.values()], np.int64).tobytes()

    def restore(self, saved: bytes) -> None:
        values = np.frombuffer(saved, np.int64).tolist()
        for name, value in zip(self.SAVED, values):
            setattr(self, name, value)
        self.times_failed = dict(zip(self.PATHS, values[len(self.SAVED):], strict=True))
