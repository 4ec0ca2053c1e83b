"""A match as dm_env_rpc clients know it: joined by seats that move it in lockstep."""

from collections.abc import Callable, Mapping
import threading
import time

from absl import logging
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.server import errors
from dota_env_rpc.server.episodes import Episodes
from dota_env_rpc.server.errors import RequestError
from dota_env_rpc.server.participant import Participant
from dota_env_rpc.tasks.settings import SettingError, parse_settings

# World settings that hold for a world's life.
FIXED_SETTINGS = ("task", "patch", "num_matches", "agents", "record")


def check_nothing(settings: MatchSettings) -> None:
    """Allows all settings of a match."""
    del settings


def read_world_settings(task, given: dict) -> dict:
    """Returns all world settings of `task`, or raises RequestError."""
    return _read(task.world_settings, given, dict.fromkeys(
        task.join_settings, "a join setting: give it to JoinWorld (`join` of connect)"))


def read_join_settings(task, given: dict) -> dict:
    """Returns all join settings of `task`, or raises RequestError."""
    return _read(task.join_settings, given, dict.fromkeys(
        task.world_settings, "a world setting: give it to CreateWorld (`create` of connect)"))


def _read(schema: Mapping, given: dict, elsewhere: Mapping[str, str]) -> dict:
    try:
        return parse_settings(schema, given, elsewhere)
    except SettingError as error:
        raise RequestError(errors.INVALID_ARGUMENT, str(error)) from error


class World:
    """Matches of one task, the clients that play in them, and the waiting between these.

    Every public method may be called from any thread. All of them hold the world's lock except
    while they wait, so a client's buffers are never written while its answer is made of them.

    A match moves when every participant that is awaited has submitted its actions, or when the
    step deadline has passed; then bots play those that are late, and nobody waits for these
    again until they ask for something. A participant is awaited while it is in the match, and
    also before it has begun the match's episode; it is not awaited after it has reset, when its
    bot finishes the match.
    """

    def __init__(self, name: str, task, settings: dict,
                 make_backend: Callable[[MatchSettings, int], Backend],
                 match_timeout: float = 600.0,
                 check: Callable[[MatchSettings], None] = check_nothing):
        """Makes the world's matches.

        Args:
            name: How clients know the world.
            task: The Task that is played.
            settings: Parsed world settings of the task.
            make_backend: Makes `(match settings, number of matches)` into a backend.
            match_timeout: Seconds that a participant which has reset waits for the others of its
                match to finish it.
            check: Raises RequestError for settings that the server does not allow.

        Raises:
            SettingError: settings do not go together.
            RequestError: `check` refuses them.
        """
        self.name = name
        self.task = task
        self.settings = settings
        self._check = check
        match_settings = task.match_settings(settings)
        check(match_settings)
        self.episodes = Episodes(
            match_settings, settings["num_matches"], make_backend, record=settings["record"])
        self.participants: list[Participant] = []
        self.empty_since = time.monotonic()
        self.closed = False
        self._match_timeout = match_timeout
        self._changed = threading.Condition()
        self._gathered = False
        self._deadline: float | None = None  # for the step that some have submitted
        self._in_control: list[Participant] = []  # who controls seats of the array below
        self._controlled = None

    # Joining and leaving.

    def join(self, name: str, given: dict, seats: tuple[int, ...] | None = None,
             make_seat: Callable[[Backend], object] | None = None) -> Participant:
        """Gives a client its seats.

        Args:
            name: Who joins, for the log.
            given: Join settings as the client sent them.
            seats: Player slots of a bridge's client, which may be none; by default those that
                the settings say.
            make_seat: Makes the seat of a bridge's client, of which nothing but `begin` and
                `observe` is called here; by default the task does.

        Raises:
            RequestError: INVALID_ARGUMENT for a wrong setting, ALREADY_EXISTS for a taken seat,
                NOT_FOUND when the world is gone.
        """
        values = read_join_settings(self.task, given)
        with self._changed:
            if self.closed:
                raise RequestError(errors.NOT_FOUND, f"world {self.name!r} is destroyed")
            if make_seat is None:
                seats, batched = self._free_seats(values), self._is_batched(values)
                seat = self._make_seat(values, seats, batched)
            else:
                self._check_free(seats)
                batched, seat = False, make_seat(self.backend)
            participant = Participant(
                name, values, seats, seat, self.backend, self.settings, batched,
                heard_at=time.monotonic(), make_seat=make_seat)
            self.participants.append(participant)
            self._changed.notify_all()
            return participant

    def leave(self, participant: Participant) -> None:
        """Gives a client's seats back to their bots."""
        with self._changed:
            if participant.gone:
                return
            participant.gone = True
            participant.submitted = False
            self.participants.remove(participant)
            if not any(other.submitted for other in self.participants):
                self._deadline = None
            if not self.participants:
                self.empty_since = time.monotonic()
                self._gathered = False
            self._changed.notify_all()

    def close(self, even_if_joined: bool = False) -> None:
        """Frees the matches.

        Raises:
            RequestError: FAILED_PRECONDITION while clients are joined, if that matters.
        """
        with self._changed:
            if self.participants and not even_if_joined:
                raise RequestError(
                    errors.FAILED_PRECONDITION,
                    f"world {self.name!r} is joined by {len(self.participants)} client(s);"
                    " all must leave it first")
            if not self.closed:
                self.closed = True
                self.backend.close()

    def abandoned_for(self) -> float:
        """Returns for how many seconds nobody has been joined."""
        with self._changed:
            return 0.0 if self.participants else time.monotonic() - self.empty_since

    # Playing.

    def step(self, participant: Participant, act: Callable, reply: Callable[[int], bytes]) -> bytes:
        """Begins a sequence or plays one step, and returns `reply(state)`.

        Args:
            participant: Who steps.
            act: Called with the participant's Seat to write its actions; whatever it raises is
                raised here before anything has moved. Not called when a sequence begins.
            reply: Makes the answer of a state while the participant's buffers hold still.

        Raises:
            RequestError: DEADLINE_EXCEEDED, INTERNAL, or what `act` raises.
        """
        with self._changed:
            self._hear(participant)
            if participant.owed is not None:
                state = participant.pay()
                self._changed.notify_all()
            elif participant.state == rpc.RUNNING:
                act(participant.seat)
                state = self._play(participant)
            else:
                self._begin(participant)
                state = rpc.RUNNING
            self._count_bot_steps(participant)
            participant.heard_at = time.monotonic()
            return reply(state)

    def begin(self, participant: Participant) -> None:
        """Begins a bridge's client's sequence, as its first step does for others."""
        with self._changed:
            self._hear(participant)
            self._begin(participant)

    def submit(self, participant: Participant, act: Callable[[], None]) -> None:
        """Gives in the actions of a bridge's client, and does not wait for others.

        It moves in `move`, and at the latest while somebody waits in `watch`.

        Args:
            participant: Who acts.
            act: Called while nothing moves, to write the actions.
        """
        with self._changed:
            self._hear(participant)
            act()
            if participant.running:
                self._submit(participant)

    def move(self) -> None:
        """Moves the match if all have given in their actions."""
        with self._changed:
            if not self.closed:
                self._move()

    def pass_turn(self, participant: Participant) -> None:
        """Lets a bridge's client do nothing this step; called while nothing moves, in `watch`."""
        self._submit(participant)

    def watch(self, done: Callable[[], bool], seconds: float) -> bool:
        """Waits until `done()`, which is called while nothing moves; returns whether it came.

        Whoever is late for a step that others have given their actions for is played by bots
        when its deadline passes, as in `step`.
        """
        with self._changed:
            give_up = time.monotonic() + seconds
            while not done():
                if self._move():
                    continue
                late = self._deadline is not None and self._deadline <= give_up
                remaining = (self._deadline if late else give_up) - time.monotonic()
                if remaining > 0:
                    self._changed.wait(remaining)
                elif not late:
                    return False
                else:
                    self._send_late_away()
            return True

    def reset(self, participant: Participant, given: dict) -> None:
        """Ends a participant's sequence; its bot finishes the match if others play on.

        Args:
            participant: Who resets.
            given: Join settings that change for its next sequence.
        """
        with self._changed:
            self._hear(participant)
            if given:
                values = read_join_settings(self.task, {**participant.settings, **given})
                seats = self._seats_of(values) or participant.seats
                if (seats, self._is_batched(values)) != (participant.seats, participant.batched):
                    raise RequestError(
                        errors.INVALID_ARGUMENT,
                        "a reset cannot change seats; leave the world and join it again")
                self._seat(participant, values)
            participant.owed = None
            participant.state = rpc.INTERRUPTED
            self._changed.notify_all()

    def reset_world(self, caller: Participant | None, given: dict) -> None:
        """Abandons the matches and waits until every other running client has been told so.

        Args:
            caller: The participant that asks, or None for a client that has not joined.
            given: World settings that change for the next episode.
        """
        with self._changed:
            if given:
                self._change_settings(given)
            if caller is not None:
                self._hear(caller)
                caller.owed = None
                caller.state = rpc.INTERRUPTED
            self._abandon(except_for=caller)
            deadline = time.monotonic() + self.step_timeout
            while any(other.owed is not None and other is not caller and not other.away
                      for other in self.participants):
                remaining = deadline - time.monotonic()
                if remaining <= 0 or (caller is not None and caller.gone):
                    break
                self._changed.wait(remaining)

    # What properties read and write.

    @property
    def backend(self) -> Backend:
        """What runs the matches now."""
        return self.episodes.backend

    @property
    def num_matches(self) -> int:
        """How many matches there are."""
        return self.episodes.num_matches

    @property
    def step_timeout(self) -> float:
        """Seconds that a step waits for other clients."""
        return self.settings["step_timeout"]

    @property
    def seed(self) -> int:
        """The seed of the world's first episode."""
        return self.episodes.settings.seed

    def change_settings(self, given: dict) -> None:
        """Changes world settings: deadlines now, those of the match from the next episode on."""
        with self._changed:
            self._change_settings(given)
            self._changed.notify_all()

    def inspect(self, read: Callable):
        """Returns `read(self)` while nothing moves."""
        with self._changed:
            return read(self)

    # Everything below is called with the lock held.

    def _seats_of(self, values: dict) -> tuple[int, ...]:
        try:
            return self.task.seats(values)
        except SettingError as error:
            raise RequestError(errors.INVALID_ARGUMENT, str(error)) from error

    def _free_seats(self, values: dict) -> tuple[int, ...]:
        """Returns the seats that join settings ask for, or one that is free."""
        free = self._all_free()
        seats = self._seats_of(values) or tuple(free[:1])
        self._check_free(seats or self.task.played_seats[:1])
        return seats

    def _all_free(self) -> list[int]:
        taken = {seat for other in self.participants for seat in other.seats}
        return [seat for seat in self.task.played_seats if seat not in taken]

    def _check_free(self, seats: tuple[int, ...]) -> None:
        free = self._all_free()
        for seat in seats:
            if seat not in free:
                raise RequestError(
                    errors.ALREADY_EXISTS,
                    f"seat {seat} of world {self.name!r} is taken by another client; free are"
                    f" {', '.join(map(str, free)) or 'none'}")

    def _is_batched(self, values: dict) -> bool:
        return self.num_matches > 1 or bool(values["seats"])

    def _make_seat(self, values: dict, seats: tuple[int, ...], batched: bool):
        return self.task.seat(
            self.backend, seats=seats, batched=batched,
            **self.task.seat_arguments(self.settings, values))

    def _seat(self, participant: Participant, values: dict) -> None:
        """Sets a participant down on a new seat, made of the join settings `values`."""
        if participant.make_seat is None:
            participant.seat = self._make_seat(values, participant.seats, participant.batched)
        else:
            participant.seat = participant.make_seat(self.backend)
        participant.settings = values
        participant.backend = self.backend
        participant.world_settings = self.settings

    def _change_settings(self, given: dict) -> None:
        values = read_world_settings(self.task, {**self.settings, **given})
        for name in FIXED_SETTINGS:
            if values.get(name) != self.settings.get(name):
                raise RequestError(
                    errors.INVALID_ARGUMENT,
                    f"setting {name!r} holds for a world's life; create another world")
        try:
            match_settings = self.task.match_settings(values)
        except SettingError as error:
            raise RequestError(errors.INVALID_ARGUMENT, str(error)) from error
        self._check(match_settings)
        self.episodes.change(match_settings, reseed="seed" in given)
        self.settings = values

    def _hear(self, participant: Participant) -> None:
        if participant.gone:
            raise RequestError(
                errors.FAILED_PRECONDITION, f"the client has left world {self.name!r}")
        if participant.away:
            logging.info("%s is back in world %s after %d steps of its bot",
                         participant.name, self.name, participant.bot_steps)
        participant.away = False
        participant.heard_at = time.monotonic()

    def _count_bot_steps(self, participant: Participant) -> None:
        participant.bot_steps_before = participant.bot_steps
        participant.bot_steps = 0

    def _wait(self, participant: Participant, deadline: float) -> bool:
        """Waits for a change; returns whether there is time left. Raises if the client is gone."""
        remaining = deadline - time.monotonic()
        if remaining > 0:
            self._changed.wait(remaining)
        if participant.gone:
            raise RequestError(
                errors.FAILED_PRECONDITION, f"the client has left world {self.name!r}")
        return time.monotonic() < deadline

    def _send_away(self, late: list[Participant], seconds: float) -> None:
        for other in late:
            other.away = True
            logging.warning(
                "%s of world %s did not step within %g s; a bot plays seat(s) %s until it does",
                other.name, self.name, seconds, ", ".join(map(str, other.seats)))

    # Beginning a sequence.

    def _begin(self, participant: Participant) -> None:
        self._gather(participant)
        self._find_match(participant)
        if (participant.backend is not self.backend
                or participant.world_settings is not self.settings):
            self._seat(participant, participant.settings)
        participant.seat.begin()
        participant.state = rpc.RUNNING
        participant.episode = self.episodes.number
        self._changed.notify_all()

    def _gather(self, participant: Participant) -> None:
        """Waits until as many clients have joined as the world wants, or the deadline passes."""
        deadline = time.monotonic() + self.step_timeout
        while not self._gathered:
            missing = self.settings["agents"] - len(self.participants)
            if missing > 0 and self._wait(participant, deadline):
                continue
            if missing > 0:
                logging.warning("world %s starts without %d of its clients: none came within %g s",
                                self.name, missing, self.step_timeout)
            self._gathered = True
            self._changed.notify_all()

    def _find_match(self, participant: Participant) -> None:
        """Sees to it that the matches are where `participant` may begin them."""
        episodes = self.episodes
        since = time.monotonic()
        give_up = since + self._match_timeout
        while True:
            others = [other for other in self.participants
                      if other is not participant and other.running]
            begun = participant.episode == episodes.number
            if episodes.over or not others:
                if episodes.over or begun or episodes.played:
                    episodes.next(self._bring)
                else:
                    episodes.fit(self._bring)
                return
            if not begun or not episodes.played or episodes.num_matches > 1:
                return  # shares the match with the others, from where they are
            if all(other.away for other in others):
                self._abandon(except_for=participant)
                continue
            silent = [other for other in others if not other.submitted and not other.away]
            late_at = [max(other.heard_at, since) + self.step_timeout for other in silent]
            if self._wait(participant, min([*late_at, give_up])):
                continue
            now = time.monotonic()
            if now >= give_up:
                raise RequestError(
                    errors.DEADLINE_EXCEEDED,
                    f"the other clients of world {self.name!r} have not finished the match within"
                    f" {self._match_timeout:g} s; step again to wait on, or reset the world")
            self._send_away(
                [other for other in silent if other.running and not other.submitted
                 and max(other.heard_at, since) + self.step_timeout <= now], self.step_timeout)

    def _bring(self, settings: MatchSettings) -> MatchSettings:
        """Returns settings of the matches with what clients bring, such as their heroes."""
        return self.task.brought(settings, {
            seat: participant.settings for participant in self.participants
            for seat in participant.seats})

    # Moving the match.

    def _play(self, participant: Participant) -> int:
        """Waits for the others and moves the matches one step; returns the state to tell."""
        self._submit(participant)
        while participant.submitted:
            if not self._move() and not self._wait(participant, self._deadline) and (
                    participant.submitted):
                self._send_late_away()
        if participant.failed:
            participant.failed = False
            raise RequestError(
                errors.INTERNAL, "the server failed to play the step and abandons the match;"
                " the next step says so, and the one after it begins another")
        if participant.owed is not None:
            state = participant.pay()
            self._changed.notify_all()
            return state
        return participant.told(participant.state)

    def _submit(self, participant: Participant) -> None:
        participant.submitted = True
        if self._deadline is None:
            self._deadline = time.monotonic() + self.step_timeout

    def _move(self) -> bool:
        """Plays a step if someone has submitted actions and nobody is awaited; returns whether."""
        if self._deadline is None or any(map(self._is_awaited, self.participants)):
            return False
        self._advance()
        return True

    def _send_late_away(self) -> None:
        self._send_away([other for other in self.participants if self._is_awaited(other)],
                        self.step_timeout)

    def _is_awaited(self, other: Participant) -> bool:
        if other.submitted or other.away:
            return False
        return other.running or other.episode != self.episodes.number

    def _advance(self) -> None:
        """Plays one step of every match, and reads it for those that wait for it."""
        waiting = [other for other in self.participants if other.submitted]
        self._deadline = None
        try:
            self._take_control(waiting)
            self.episodes.advance()
            for participant in waiting:
                participant.seat.observe()
        except Exception:
            logging.exception("world %s failed to play a step", self.name)
            for participant in waiting:
                participant.failed = True
            self._abandon(except_for=None, observe=False)
            return
        finally:
            for participant in waiting:
                participant.submitted = False
            self._changed.notify_all()
        absent = () if len(waiting) == len(self.participants) else [
            other for other in self.participants if other.running and other not in waiting]
        for other in absent:
            other.bot_steps += 1
            other.total_bot_steps += 1
        if self.episodes.ended:
            state = self.episodes.end_state()
            for participant in waiting:
                participant.state = state
            for other in absent:
                other.seat.observe()
                other.owed = (state, other.told(state))

    def _take_control(self, waiting: list[Participant]) -> None:
        """Says whose orders count; bots play the other seats."""
        if waiting == self._in_control and self._controlled is self.backend.controlled:
            return
        self._in_control, self._controlled = waiting, self.backend.controlled
        self._controlled[:] = 0
        for participant in waiting:
            self._controlled[:, participant.seats] = 1

    def _abandon(self, except_for: Participant | None, observe: bool = True) -> None:
        """Ends the matches; running clients are told INTERRUPTED at their next Step.

        What they see then is the match as it is now.
        """
        for other in self.participants:
            if other is except_for or not other.running:
                continue
            if observe and not self.episodes.over:
                other.seat.observe()
            other.owed = (rpc.INTERRUPTED, rpc.INTERRUPTED)
            other.submitted = False
        begun = any(other.episode == self.episodes.number for other in self.participants)
        if self.episodes.played or begun:
            self.episodes.abandoned = True
        self._deadline = None
        self._changed.notify_all()
