"""DotaService on the server's port: reset, observe and act as clients of TimZaman/dotaservice."""

from collections.abc import Callable
import dataclasses
import itertools
import pathlib
import re
import threading
import time
import uuid

from absl import logging
from google.protobuf.message import DecodeError
import grpc

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.bots.bot import BOTS
from dota_env_rpc.bots.http_bot import is_url, parse_url
from dota_env_rpc.bridges.game import TEAMS, Game, GameBackend, PickedMid1v1, TeamSeat, is_over
from dota_env_rpc.bridges.journal import Journal
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.enums import GAME_MODE_1V1_MID, Team
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.protocols import DotaService_pb2 as pb
from dota_env_rpc.protocols import dota_shared_enums_pb2 as shared_enums
from dota_env_rpc.server import errors
from dota_env_rpc.server.errors import RequestError
from dota_env_rpc.server.participant import Participant
from dota_env_rpc.server.threads import after_call
from dota_env_rpc.server.world import World
from dota_env_rpc.server.worlds import Worlds
from dota_env_rpc.tasks.settings import parse_settings

# Metadata that says which game a call is about, and with a reset, which bot plays default picks.
GAME_ID, BOT = "game_id", "bot"
GAME_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
# Mid only is the 1v1 of older lobbies, and what a GameConfig says if it says nothing.
GAME_MODES = (GAME_MODE_1V1_MID, shared_enums.DOTA_GAMEMODE_MO)
NUM_PICKS = 10
MAX_TICKS = 900
# How long a call waits for the next state, and a match for a team that does not act.
DEADLINE, GUI_DEADLINE = 10.0, 3600.0
# How often a call that waits looks whether its client is still there.
LOOK_UP = 1.0
CODES = {code.value[0]: code for code in grpc.StatusCode}
SEED_BITS = 63


@dataclasses.dataclass(frozen=True)
class Games:
    """How a server plays the games of DotaService.

    Attributes:
        folder: Where each game gets a folder of its own, by game_id; "" for none.
        grace_seconds: How long a game lives that nobody asks for.
        keep_time: Whether games go at their host_timescale, and not as fast as clients act.
        deadline: Seconds that a call waits for a state, and a match for a team; in the GUI modes
            it is an hour.
        default_bot: Who plays picks of the default bot unless a reset names another: a bot of
            ours, or the URL of an HTTP bot.
        runes: Whether runes come in games.
    """

    folder: str = ""
    grace_seconds: float = 600.0
    keep_time: bool = False
    deadline: float = DEADLINE
    default_bot: str = "laner"
    runes: bool = False


class _Table:
    """A game with its world and the places of its teams."""

    def __init__(self, name: str, game: Game, world: World, teams: dict[int, Participant],
                 peer: str, is_named: bool, deadline: float):
        self.name, self.game, self.world, self.teams = name, game, world, teams
        self.peer, self.is_named, self.deadline = peer, is_named, deadline
        self.heard_at = time.monotonic()
        self.num_waiting = 0
        self.observers: dict[int, int] = {}  # of each team the number of its latest observe
        self.closed = False

    @property
    def over(self) -> bool:
        return is_over(self.world, self.game, self.teams.values())

    def silent_for(self) -> float:
        return 0.0 if self.num_waiting else time.monotonic() - self.heard_at


class DotaService:
    """Answers the calls of all DotaService clients; see Bridge."""

    service = pb.DESCRIPTOR.services_by_name["DotaService"].full_name
    # An observe of each team of each game may wait; the others are soon over.
    max_calls = 1024

    def __init__(self, make_backend: Callable[[MatchSettings, int], Backend],
                 games: Games = Games()):
        """Stores how games are played.

        Raises:
            ValueError: there is no such default bot.
        """
        if is_url(games.default_bot):
            parse_url(games.default_bot)
        elif games.default_bot not in BOTS:
            raise ValueError(f"there is no bot {games.default_bot!r} for games; take one of"
                             f" {', '.join(BOTS)}, or the URL of an HTTP bot")
        self._make_backend = make_backend
        self._games = games
        self._worlds: Worlds | None = None
        self._tables: dict[str, _Table] = {}
        self._latest: dict[str, str] = {}  # of each peer the game that it reset last
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._closing = threading.Event()

    def handlers(self) -> grpc.GenericRpcHandler:
        """Returns what answers the calls."""
        return grpc.method_handlers_generic_handler(self.service, {
            "reset": self._handler(pb.GameConfig, self.reset),
            "observe": self._handler(pb.ObserveConfig, self.observe),
            "act": self._handler(pb.Actions, self.act),
        })

    def start(self, worlds: Worlds) -> None:
        """Begins to serve."""
        self._worlds = worlds
        threading.Thread(target=self._sweep, name="games", daemon=True).start()

    def close(self) -> None:
        """Ends every call that waits, and frees the games."""
        self._closing.set()
        for table in self._all():
            self._free(table)

    # One method for each call.

    def reset(self, config: pb.GameConfig, context) -> bytes:
        """Starts a game and tells both teams its first state.

        Raises:
            RequestError: INVALID_ARGUMENT, UNIMPLEMENTED, PERMISSION_DENIED, ALREADY_EXISTS,
                RESOURCE_EXHAUSTED.
        """
        picks = _Picks(config, _metadata(context, BOT) or self._games.default_bot)
        peer = context.peer()
        name = config.game_id or uuid.uuid4().hex
        self._make_room(name, peer, is_named=bool(config.game_id))
        try:
            table = self._open(name, config, picks, peer)
        except RequestError as error:
            if error.code != errors.RESOURCE_EXHAUSTED or not self._free_ended():
                raise
            table = self._open(name, config, picks, peer)
        with self._lock:
            self._tables[name] = table
            self._latest[peer] = name
        logging.info("game started name=%s peer=%s seats=%s ticks=%d", name, peer, picks.seats,
                     config.ticks_per_observation)
        first = table.world.inspect(
            lambda world: [table.game.states[team].take() for team in TEAMS])
        answer = pb.InitialObservation(status=pb.OK, players=[
            pb.Player(id=seat, team_id=pick.team_id, is_bot=True, hero=pick.hero_id)
            for seat, pick in picks.players])
        return answer.SerializeToString() + b"".join(
            _field(number, state) for number, state in zip((2, 3), first, strict=True))

    def observe(self, config: pb.ObserveConfig, context) -> bytes:
        """Waits for a team's next state, and tells it or how the match has ended."""
        team = config.team_id
        table = self._table_of(context)
        game, states = table.game, table.game.states[team]
        with self._lock:
            number = table.observers[team] = next(self._numbers)
            table.num_waiting += 1
        taken: list[bytes] = []

        def done():
            if self._closing.is_set() or table.observers[team] != number:
                return True
            if not states and not table.over and (
                    not game.moved or not any(game.controlled.values())):
                self._go_on(table)
            if states and game.ready_in() <= 0.0 and context.is_active():
                taken.append(states.take())
            return bool(taken) or not states and table.over or not context.is_active()

        try:
            self._wait(table, done)
        finally:
            with self._lock:
                table.num_waiting -= 1
            table.heard_at = time.monotonic()
        if taken:
            return b"\x08\x00\x10" + bytes((team,)) + _field(3, taken[0])
        return pb.Observation(status=_end_status(game), team_id=team).SerializeToString()

    def act(self, request: pb.Actions, context) -> bytes:
        """Takes the orders of a team; the match moves when all teams that act have acted.

        The client is answered before that, as its next call waits for it anyway.
        """
        table = self._table_of(context)
        table.heard_at = time.monotonic()
        participant = table.teams.get(request.team_id)

        def act():
            table.game.act(request.team_id, request.actions)

        if participant is None or participant.gone:
            table.world.inspect(lambda world: act())
        else:
            table.world.submit(participant, act)
            after_call(table.world.move)
        return b""

    # What they share.

    def _handler(self, message: type, answer: Callable) -> grpc.RpcMethodHandler:
        def call(data: bytes, context) -> bytes:
            try:
                return answer(_parsed(message, data), context)
            except RequestError as error:
                logging.log_every_n_seconds(
                    logging.WARNING, "call refused service=%s peer=%s call=%s: %s", 1,
                    self.service, context.peer(), answer.__name__, error.message)
                context.abort(CODES[error.code], error.message)
            except Exception:
                logging.exception("call failed service=%s peer=%s call=%s", self.service,
                                  context.peer(), answer.__name__)
                context.abort(grpc.StatusCode.INTERNAL,
                              f"the server failed to {answer.__name__}; its log says why")
        return grpc.unary_unary_rpc_method_handler(call)

    def _wait(self, table: _Table, done: Callable[[], bool]) -> None:
        """Waits until `done`, no longer than the game's deadline, and a little for its pace."""
        give_up = time.monotonic() + table.deadline
        while True:
            remaining = min(give_up - time.monotonic(), LOOK_UP)
            ready_in = table.game.ready_in()
            if ready_in > 0.0:
                remaining = min(remaining, ready_in)
            if table.world.watch(done, max(remaining, 0.0)) or time.monotonic() >= give_up:
                return

    def _go_on(self, table: _Table) -> None:
        """Lets a match move whose teams have not acted, as they need not before its first step."""
        for participant in table.teams.values():
            if participant.running and not participant.submitted:
                table.world.pass_turn(participant)

    def _all(self) -> list[_Table]:
        with self._lock:
            return list(self._tables.values())

    def _table_of(self, context) -> _Table:
        """Returns the game that a call is about.

        Raises:
            RequestError: NOT_FOUND if the game that it names is not there, FAILED_PRECONDITION
                if it names none and there is none or several.
        """
        named = _metadata(context, GAME_ID)
        with self._lock:
            name = named or self._latest.get(context.peer(), "")
            table = self._tables.get(name)
            if table is None and not named and len(self._tables) == 1:
                [table] = self._tables.values()
            num_games = len(self._tables)
        if table is not None:
            return table
        if named:
            raise RequestError(errors.NOT_FOUND, f"there is no game {named!r}; reset starts one")
        raise RequestError(
            errors.FAILED_PRECONDITION,
            f"this connection has reset no game, and the server has {num_games}: reset first, or"
            f" name a game in the metadata {GAME_ID!r}")

    def _make_room(self, name: str, peer: str, is_named: bool) -> None:
        """Frees the game that a reset replaces.

        Raises:
            RequestError: ALREADY_EXISTS: another connection plays the game of that name.
        """
        with self._lock:
            old = self._tables.get(name)
            if not is_named:
                latest = self._tables.get(self._latest.get(peer, ""))
                old = latest if latest is not None and not latest.is_named else None
        if old is None:
            return
        if old.peer != peer and not old.over and old.silent_for() < old.deadline:
            raise RequestError(
                errors.ALREADY_EXISTS,
                f"another connection plays the game {name!r}; take another game_id")
        self._free(old)

    def _open(self, name: str, config: pb.GameConfig, picks: "_Picks", peer: str) -> _Table:
        """Makes a game's world and seats its teams."""
        is_gui = config.host_mode != pb.HOST_MODE_DEDICATED
        deadline = GUI_DEADLINE if is_gui else self._games.deadline
        task = PickedMid1v1(picks.seats)
        # What people watch goes by their clock.
        pace = 1.0 if is_gui else float(config.host_timescale if self._games.keep_time else 0)
        seats = [seat for seats in picks.controlled.values() for seat in seats]
        made: list[Game] = []

        def make(name: str) -> World:
            settings = parse_settings(task.world_settings, {
                "heroes": picks.heroes, "bots": picks.bots, "step_timeout": deadline,
                "ticks_per_step": config.ticks_per_observation, "runes": self._games.runes,
                # The same game_id plays the same random stream.
                "seed": uuid.uuid5(uuid.NAMESPACE_OID, name).int % (1 << SEED_BITS)})
            # Before the game leaves a folder.
            self._worlds.check(task.match_settings(settings))
            game = Game(picks.controlled, self._journal(name), pace)
            made.append(game)

            def make_backend(settings, num_matches):
                return GameBackend(settings, num_matches, game, seats, self._make_backend)

            return World(name, task, settings, make_backend)

        world = self._worlds.add(make, name)
        [game] = made
        teams = {
            team: world.join(f"{name}/{Team(team).name}", {}, seats=picks.controlled[team],
                             make_seat=TeamSeat)
            for team in TEAMS if picks.controlled[team]}
        if not teams:
            # Nobody acts: somebody has to hold the world and let it move.
            teams[int(Team.NONE)] = world.join(f"{name}/watch", {}, seats=(), make_seat=TeamSeat)
        for participant in teams.values():
            world.begin(participant)
        world.inspect(lambda world: game.begin(world.backend.match))
        return _Table(name, game, world, teams, peer, bool(config.game_id), deadline)

    def _journal(self, name: str) -> Journal:
        folder = self._games.folder
        try:
            return Journal(pathlib.Path(folder) / name if folder else None)
        except OSError as error:
            logging.warning("game %s has no folder: %s", name, error)
            return Journal(None)

    def _free_ended(self) -> bool:
        """Frees the games that are over; returns whether there were any."""
        ended = [table for table in self._all() if table.over and not table.num_waiting]
        for table in ended:
            self._free(table)
        return bool(ended)

    def _free(self, table: _Table) -> None:
        """Takes a game's teams out of its world, and frees that unless others play on."""
        with self._lock:
            if table.closed:
                return
            table.closed = True
            if self._tables.get(table.name) is table:
                del self._tables[table.name]
            for peer in [peer for peer, name in self._latest.items() if name == table.name]:
                del self._latest[peer]
        table.world.inspect(lambda world: table.game.end())
        for participant in table.teams.values():
            table.world.leave(participant)
        try:
            self._worlds.destroy(table.name, "its game is over")
        except RequestError:
            pass  # others play on, or it is gone
        logging.info("game freed name=%s", table.name)

    def _sweep(self) -> None:
        while not self._closing.wait(min(1.0, self._games.grace_seconds / 4)):
            for table in self._all():
                grace = max(self._games.grace_seconds, table.deadline)
                if table.silent_for() > grace or table.world.closed:
                    self._free(table)


class _Picks:
    """Who of the ten picks plays: one of each side.

    The first that is controlled, else the first default bot, else the first pick. A pick's seat
    is its place among those of its side: 0 to 4 for Radiant, 5 to 9 for Dire.

    Attributes:
        players: (seat, HeroPick) of all picks, in their order.
        seats: The seats that play, Radiant's and Dire's.
        heroes: Their heroes' names.
        bots: The bots that play them while no client does.
        controlled: For each Team the seats that clients play.
    """

    def __init__(self, config: pb.GameConfig, default_bot: str):
        """Reads a config, in which `default_bot` plays the picks of the default bot.

        Raises:
            RequestError: INVALID_ARGUMENT or UNIMPLEMENTED.
        """
        # What is no UTF-8 comes as bytes.
        if config.game_id and not (
                isinstance(config.game_id, str) and GAME_NAME.fullmatch(config.game_id)):
            raise _invalid(
                f"game_id {config.game_id[:80]!r} is no name: up to 64 letters, digits, '.', '_'"
                " and '-', a letter or digit first")
        if not 1 <= config.ticks_per_observation <= MAX_TICKS:
            raise _invalid(f"ticks_per_observation is {config.ticks_per_observation}, but must be"
                           f" 1 to {MAX_TICKS}")
        if config.game_mode not in GAME_MODES:
            raise RequestError(
                errors.UNIMPLEMENTED,
                f"game_mode {shared_enums.DOTA_GameMode.Name(config.game_mode)} is not simulated;"
                " take DOTA_GAMEMODE_1V1MID or DOTA_GAMEMODE_MO")
        if len(config.hero_picks) != NUM_PICKS:
            raise _invalid(f"hero_picks has {len(config.hero_picks)} entries, but must have"
                           f" {NUM_PICKS}, five of each team")
        places = {team: itertools.count(5 * side) for side, team in enumerate(TEAMS)}
        self.players = [(next(places[pick.team_id]), pick) for pick in config.hero_picks]
        if max(seat for seat, _ in self.players) >= NUM_PICKS or sum(
                pick.team_id == TEAMS[0] for pick in config.hero_picks) != NUM_PICKS // 2:
            raise _invalid("hero_picks must name five heroes of each team")
        chosen = [self._chosen(team) for team in TEAMS]
        names = {int(row.hero_id): name for row, name in zip(
            load_game().record.definitions, load_game().hero_names)}
        for _, pick in chosen:
            if pick.hero_id not in names:
                raise _invalid(f"hero {pb.Hero.Name(pick.hero_id)} is not in this patch")
        self.seats = tuple(seat for seat, _ in chosen)
        self.heroes = tuple(names[pick.hero_id] for _, pick in chosen)
        self.bots = tuple(
            default_bot if pick.control_mode == pb.HERO_CONTROL_MODE_DEFAULT else "idle"
            for _, pick in chosen)
        self.controlled = {
            team: (seat,) if pick.control_mode == pb.HERO_CONTROL_MODE_CONTROLLED else ()
            for team, (seat, pick) in zip(TEAMS, chosen, strict=True)}

    def _chosen(self, team: int) -> tuple[int, pb.HeroPick]:
        own = [(seat, pick) for seat, pick in self.players if pick.team_id == team]
        controlled = [seat for seat, pick in own
                      if pick.control_mode == pb.HERO_CONTROL_MODE_CONTROLLED]
        if len(controlled) > 1:
            raise _invalid(
                f"{pb.Team.Name(team)} has {len(controlled)} controlled heroes, but one of each"
                " side plays 1v1: set the control_mode of the others to idle")
        return max(own, key=lambda player: (player[1].control_mode, -player[0]))


def _metadata(context, key: str) -> str:
    """Returns what a call says about itself under a key, "" for nothing."""
    return next((value for name, value in context.invocation_metadata() if name == key), "")


def _invalid(message: str) -> RequestError:
    return RequestError(errors.INVALID_ARGUMENT, message)


def _parsed(kind: type, data: bytes):
    """Returns a message; raises RequestError for bytes that are none."""
    try:
        message = kind.FromString(data)
    except DecodeError as error:
        raise _invalid(f"the message is no {kind.DESCRIPTOR.name}: {error}") from None
    missing = message.FindInitializationErrors()
    if missing:
        raise _invalid(
            f"{kind.DESCRIPTOR.name} lacks {', '.join(missing[:5])}, or they have values that"
            " this server does not know")
    return message


def _field(number: int, data: bytes) -> bytes:
    """Returns a field that holds a message of these bytes."""
    size, length = len(data), bytearray((number << 3 | 2,))
    while size > 127:
        length.append(size & 127 | 128)
        size >>= 7
    length.append(size)
    return bytes(length) + data


def _end_status(game: Game) -> int:
    if not game.over:
        return pb.RESOURCE_EXHAUSTED
    return {TEAMS[0]: pb.RADIANT_WIN, TEAMS[1]: pb.DIRE_WIN}.get(
        game.winner, pb.RESOURCE_EXHAUSTED)
