"""A game of DotaService: one match of a world, moved by what its teams ask for."""

from collections.abc import Callable, Sequence
import dataclasses
import struct
import threading
import time

from absl import logging
import numpy as np

from dota_env_rpc.backends.backend import LAST, Backend
from dota_env_rpc.bridges.journal import Journal
from dota_env_rpc.bridges.states import States
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    NUM_SEATS,
    EventKind,
    OrderResult,
    Team,
    UnitOrder,
    WinReason,
)
from dota_env_rpc.match.order import Order
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_EVENTS, events_since
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.orders import ActionRefused, action_name, read_action
from dota_env_rpc.protocols.world_state import StateWriter
from dota_env_rpc.replay import Recorder
from dota_env_rpc.server.world import World
from dota_env_rpc.tasks.mid_1v1 import SEATS, Mid1v1

TEAMS = (int(Team.GOODGUYS), int(Team.BADGUYS))
# Field 8 as a whole number of two bytes, which hold the seconds of four and a half hours.
GLYPH_TAG, OLD_GLYPH = 8 << 3, struct.Struct("BBB")
# Events that the game's log tells of.
LOGGED = frozenset((EventKind.ORDER_REFUSED, EventKind.HERO_KILL, EventKind.BUILDING_LOST))
CHAT = CMsgBotWorldState.Action.ACTION_CHAT
# Orders that a team has given and that are not due yet.
MAX_PENDING = 1024


class PickedMid1v1(Mid1v1):
    """1v1 Solo Mid at two of the ten seats."""

    def __init__(self, seats: tuple[int, int]):
        self.played_seats = seats

    def match_settings(self, world):
        settings = super().match_settings(world)
        # Heroes are picked by clients, also those of HTTP bots.
        return dataclasses.replace(settings, selecting=(), **{
            name: self._moved(getattr(settings, name), empty) for name, empty in (
                ("heroes", ""), ("bots", ""), ("skill_builds", "agent"),
                ("item_builds", "agent"))})

    def _moved(self, values: Sequence[str], empty: str) -> tuple[str, ...]:
        result = [empty] * NUM_SEATS
        for seat, usual in zip(self.played_seats, SEATS, strict=True):
            result[seat] = values[usual]
        return tuple(result)


class Game:
    """What the teams of a match are told, and the orders that they have given.

    Everything but the constructor is called while nothing moves: within `World.submit` and
    `World.watch`, or by the backend below.

    Attributes:
        controlled: For each Team the seats that its clients play.
        states: For each Team what it has not read.
        over: Whether the match is over for its teams.
        winner: The Team that has won, 0 for none.
        moved: Whether the match has moved from where it was started.
    """

    def __init__(self, controlled: dict[int, tuple[int, ...]], journal: Journal, pace: float):
        """Stores how the game is played.

        Args:
            controlled: For each Team the seats that its clients play.
            journal: The game's folder.
            pace: How many times as fast as its clock the match goes; 0 for as fast as it can.
        """
        self.states = {team: States() for team in TEAMS}
        self.over = self.moved = False
        self.winner = 0
        self.controlled = controlled
        self._journal = journal
        self._pace = pace
        self._ready_at = 0.0
        self._pending: list[tuple[int, int, Order]] = []  # due tick, seat, order
        self._tables: np.record | None = None
        self._told_tick = self._num_events = 0
        self._match: Backend | None = None
        self._recorder: Recorder | None = None
        self._lock = threading.Lock()  # the sweeper and a client may end the game together

    # What clients ask for.

    def begin(self, match: Backend) -> None:
        """Tells both teams what they see of a match before it moves; its step is a tick."""
        self._match = match
        self._recorder = Recorder(match)
        self._patch = load_game(match.settings.patch)
        self._tables = match.tables[0]
        self._writer = StateWriter(self._tables, self._patch)
        # Views: records are slow to read.
        self._ticks, self._counts = match.tables["tick"], match.tables["num_events"]
        self._glyphs, self._kinds = (
            match.tables["glyph_ready_tick"][0], match.tables["events"]["kind"][0])
        self._told_tick = self._tick - 1
        self._ready_at = time.monotonic()
        self._tell_teams()

    def ready_in(self) -> float:
        """Returns the seconds until the latest state may be read, by the pace of the game."""
        return self._ready_at - time.monotonic() if self._pace else 0.0

    def act(self, team: int, actions) -> None:
        """Takes what a team asks for, a CMsgBotWorldState.Actions; what cannot be done is told."""
        if self.over:
            return
        tick = self._tick
        if len(actions.actions) > MAX_PENDING:
            self._journal.tell(tick, f"{len(actions.actions)} actions at once: those after the"
                               f" first {MAX_PENDING} are refused")
        for action in actions.actions[:MAX_PENDING]:
            seat = action.player
            if seat not in self.controlled[team]:
                self._refuse(tick, seat, action_name(action), OrderResult.NOT_YOUR_UNIT)
            elif action.actionType == CHAT:
                self._say(tick, seat, action)
            elif len(self._pending) >= MAX_PENDING:
                self._refuse(tick, seat, action_name(action), OrderResult.QUEUE_FULL)
            else:
                try:
                    orders = read_action(action, seat, self._tables, self._patch)
                except ActionRefused as refused:
                    self._refuse(tick, seat, action_name(action), refused.reason)
                    continue
                due = tick + max(action.actionDelay, 0)
                self._pending += [(due, seat, order) for order in orders
                                  if order.order != UnitOrder.NONE]
        self._pending.sort(key=lambda pending: pending[0])

    def _say(self, tick: int, seat: int, action) -> None:
        """Lets those hear a chat whom it is for, if it says anything: HTTP bots, and the log."""
        if not action.HasField("chat"):
            self._refuse(tick, seat, action_name(action), OrderResult.WRONG_ORDER)
            return
        text, to_all = action.chat.message, action.chat.to_allchat
        if isinstance(text, bytes):  # it is no UTF-8
            text = text.decode(errors="replace")
        self._journal.tell(tick, f"seat {seat} says{'' if to_all else ' to its team'}: {text}")
        self._match.say(seat, text, to_all)

    @property
    def _tick(self) -> int:
        return int(self._ticks[0])

    def _refuse(self, tick: int, seat: int, name: str, reason: OrderResult) -> None:
        self._journal.tell(tick, f"seat {seat}: {name} refused: {reason.name}")

    # What the match does.

    def play(self, ticks: int) -> int:
        """Plays up to as many ticks, all with the orders that are due now; returns how many.

        Each seat gives one order a tick. All of them are recorded.
        """
        tick = self._tick
        if self._pending and self._pending[0][0] <= tick:
            self._write_orders(tick)
        if self._match.guests:
            ticks = 1  # they give theirs between ticks
        elif self._pending:
            ticks = min(ticks, max(self._pending[0][0] - tick, 1))
        self._recorder.note()
        played = self._match.advance_by(ticks)
        self._recorder.skip(played - 1)
        return played

    def _write_orders(self, tick: int) -> None:
        left, written = [], set()
        for place, pending in enumerate(self._pending):
            due, seat, order = pending
            if due > tick:
                left += self._pending[place:]
                break
            if seat in written:
                left.append(pending)
                continue
            written.add(seat)
            order.write(self._match.orders[0, seat])
        self._pending = left

    def after_step(self, ended: bool) -> None:
        """Tells the teams what they see now, or that the match is over."""
        self.moved = True
        if self._pace:
            seconds = (self._tick - self._told_tick) / TICKS_PER_SECOND / self._pace
            # Time that was lost beyond a step is not made up for.
            self._ready_at = max(self._ready_at + seconds, time.monotonic())
        self._log_events()
        if ended:
            self.winner = int(self._tables.winner)
            self._journal.tell(self._tick, "the match is over: " + (
                f"{Team(self.winner).name} wins by {WinReason(int(self._tables.win_reason)).name}"
                if self.winner else "nobody wins"))
            self.end()
        else:
            self._tell_teams()

    def end(self) -> None:
        """Leaves the replay; nothing is told after this."""
        with self._lock:
            if self.over:
                return
            self.over = True
        try:
            replay = self._recorder.replay() if self._recorder else None
            self._journal.close(replay)
        except OSError as error:
            logging.warning("a game's folder cannot be written: %s", error)

    def _tell_teams(self) -> None:
        for team, state in zip(TEAMS, self._writer.write(TEAMS, self._told_tick), strict=True):
            self.states[team].put(state + self._old_glyph(team))
        self._told_tick = self._tick

    def _old_glyph(self, team: int) -> bytes:
        """Returns the enemy's glyph as clients of 2019 read it, beside what newer ones read.

        It was a whole number then; either reads past what is not of the kind that it knows.
        """
        ready = int(self._glyphs[len(TEAMS) - 1 - TEAMS.index(team)])
        seconds = max(ready - self._tick, 0) // TICKS_PER_SECOND
        return OLD_GLYPH.pack(GLYPH_TAG, seconds & 127 | 128, seconds >> 7)

    def _log_events(self) -> None:
        count = int(self._counts[0])
        first, self._num_events = max(self._num_events, count - MAX_EVENTS), count
        kinds = self._kinds.take(np.arange(first, count), mode="wrap")
        if LOGGED.isdisjoint(kinds.tolist()):
            return
        for event in events_since(self._tables, first).tolist():
            tick, kind, subject, actor, player, reason, value = event
            if kind == EventKind.ORDER_REFUSED:
                if any(player in seats for seats in self.controlled.values()):
                    self._refuse(tick, player, UnitOrder(int(value)).name, OrderResult(reason))
            elif kind == EventKind.HERO_KILL:
                self._journal.tell(tick, f"seat {player} kills a hero for {value:g} gold")
            elif kind == EventKind.BUILDING_LOST:
                self._journal.tell(tick, f"{self._name(subject)} falls")

    def _name(self, handle: int) -> str:
        row = self._tables.units[handle % len(self._tables.units)]
        return self._patch.definition_names[int(row.definition)]


class GameBackend(Backend):
    """The match of a game: steps of `ticks` ticks, in each of which orders may fall due.

    The first episode is the game's. Clients that stay in the world may play further ones.

    Attributes:
        match: The same match, a tick a step.
    """

    def __init__(self, settings: MatchSettings, num_matches: int, game: Game, seats: Sequence[int],
                 make_backend: Callable[[MatchSettings, int], Backend]):
        """Makes the match.

        Args:
            settings: Of the match; its step is the game's step.
            num_matches: 1.
            game: What is to be told.
            seats: Those that the game's clients play, whoever is late.
            make_backend: Makes what plays the ticks.
        """
        self.match = self._match = make_backend(
            dataclasses.replace(settings, ticks_per_step=1), num_matches)
        self.settings = settings
        self.num_matches = num_matches
        self._game = game
        self._seats = list(seats)
        for name in ("tables", "states", "patch", "orders", "step_type", "discount"):
            setattr(self, name, getattr(self._match, name))
        self.controlled = np.zeros_like(self._match.controlled)

    def start(self) -> None:
        self._match.start()

    def restart(self) -> None:
        self._game.end()
        self._match.restart()

    def advance(self) -> None:
        if self._match.step_type[0] == LAST or self._game.over:
            self._advance_without_game()
            return
        self._match.controlled[:] = self.controlled
        self._match.controlled[:, self._seats] = 1
        left = self.settings.ticks_per_step
        while left and self._match.step_type[0] != LAST:
            left -= self._game.play(left)
        self._game.after_step(ended=bool(self._match.step_type[0] == LAST))

    def _advance_without_game(self) -> None:
        self._match.controlled[:] = self.controlled
        if self._match.step_type[0] == LAST:
            self._match.advance()
        else:
            self._match.advance_by(self.settings.ticks_per_step)

    def unanswered(self) -> list[int]:
        return self._match.unanswered()

    def save(self) -> bytes:
        return self._match.save()

    def restore(self, saved: bytes) -> None:
        self._match.restore(saved)

    def digest(self, match: int = 0) -> str:
        return self._match.digest(match)

    def close(self) -> None:
        self._game.end()
        self._match.close()


class TeamSeat:
    """A team's place in a world: what it sees and does goes through its game."""

    def __init__(self, backend: Backend):
        del backend

    def begin(self) -> None:
        """Does nothing: the game tells what is seen."""

    def observe(self) -> None:
        """Does nothing: the game tells what is seen."""


def is_over(world: World, game: Game, participants) -> bool:
    """Returns whether a game goes on no further: ended, abandoned by others, or failed."""
    return game.over or world.closed or any(
        participant.gone or not participant.running for participant in participants)
