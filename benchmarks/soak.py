"""Lets clients misbehave in every way for a while and looks whether the server stays well.

`python benchmarks/soak.py --minutes 30` starts servers, prints JSON with a count of each way, and
exits with 1 if a client hung, was told a traceback or something it should not have been, if the
server's memory grew over the second half, if worlds or streams were left, or if a server did not
exit clean with connections left open.
"""

from collections.abc import Callable, Iterator
import contextlib
import dataclasses
import itertools
import json
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from absl import app, flags
from dm_env_rpc.v1 import connection as dm_env_rpc_connection
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import error, tensor_utils
from google.rpc import code_pb2
import grpc
import numpy as np

from dota_env_rpc.client import ServerError, connect
from dota_env_rpc.protocols import DotaService_pb2 as dotaservice
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.dota_shared_enums_pb2 import DOTA_GAMEMODE_1V1MID
from dota_env_rpc.protocols.DotaService_pb2_grpc import DotaServiceStub

_MINUTES = flags.DEFINE_float("minutes", 1.0, "How long clients misbehave.", 0.1)
_WORKERS = flags.DEFINE_integer("workers", 6, "Clients that misbehave at once.", 1)
_WORLDS = flags.DEFINE_integer("worlds", 200, "Worlds that must have lived in the end.", 1)
_GROWTH = flags.DEFINE_float("growth", 0.05, "Growth of memory that is flat.", 0.0)

MAX_WORLDS, MAX_STREAMS, MAX_MESSAGE = 32, 48, 100_000
GRACE, GAME_GRACE, STEP_TIMEOUT = 2.0, 5.0, 0.5
# No client may wait longer for an answer: what it waits for has shorter deadlines. How long a way
# takes in all says nothing, since a busy machine answers slowly.
LONGEST = 60.0
WORLD = {"task": "mid_1v1", "step_timeout": STEP_TIMEOUT}
CERTIFICATES = pathlib.Path(__file__).parent.parent / "tests" / "server" / "certificates"
INVALID, MISSING = code_pb2.INVALID_ARGUMENT, code_pb2.NOT_FOUND
FAILED, TAKEN = code_pb2.FAILED_PRECONDITION, code_pb2.ALREADY_EXISTS
EXHAUSTED = code_pb2.RESOURCE_EXHAUSTED
TEAMS = dotaservice.TEAM_RADIANT, dotaservice.TEAM_DIRE
NEVERMORE = 11


class Wrong(Exception):
    """The server did something else than it should."""


class Busy(Exception):
    """Others use up what the server allows; to be tried again."""


@dataclasses.dataclass
class Run:
    """A way under way: when its client was last answered, and for how long it never was."""

    way: str
    heard_at: float = dataclasses.field(default_factory=time.monotonic)
    longest: float = 0.0

    def waited(self) -> float:
        """Returns the longest time without an answer so far, the present one included."""
        return max(self.longest, time.monotonic() - self.heard_at)

    def hear(self) -> None:
        """Notes that an answer has come."""
        self.longest, self.heard_at = self.waited(), time.monotonic()


def answered() -> None:
    """Notes that the client of this thread has been answered."""
    run = _running.get(threading.get_ident())
    if run:
        run.hear()


class Raw:
    """A client that sends the protocol's own messages."""

    def __init__(self, address: str, **channel):
        if channel:
            self.channel = grpc.secure_channel(address, **channel)
        else:
            self.channel = grpc.insecure_channel(address)
        self.connection = dm_env_rpc_connection.Connection(self.channel)

    def __enter__(self) -> "Raw":
        return self

    def __exit__(self, *raised) -> None:
        self.channel.close()

    def send(self, request):
        """Returns the answer; raises Busy where others have used up what is allowed."""
        try:
            answer = self.connection.send(request)
            answered()
            return answer
        except grpc.RpcError as refused:
            answered()
            if refused.code() == grpc.StatusCode.RESOURCE_EXHAUSTED and "streams" in (
                    refused.details()):
                raise Busy from refused
            raise
        except error.DmEnvRpcError as refused:
            answered()
            check_text(refused.message)
            if refused.code == EXHAUSTED:
                raise Busy from refused
            raise

    def refused(self, code: int, request) -> None:
        """Sends a request that must be refused with `code`."""
        try:
            self.send(request)
        except error.DmEnvRpcError as refused:
            if refused.code != code:
                raise Wrong(f"code {refused.code} for {code}: {refused.message}") from refused
            if not refused.message:
                raise Wrong("an error without a sentence") from refused
            return
        raise Wrong(f"accepted: {request}")

    def create(self, **settings) -> str:
        counts["worlds created"] += 1
        return self.send(create_request(**settings)).world_name

    def join(self, world: str, **settings):
        return self.send(
            rpc.JoinWorldRequest(world_name=world, settings=packed(settings))).specs

    def step(self, **actions):
        return self.send(rpc.StepRequest(actions=actions, requested_observations=[1]))


def check_text(text: str) -> None:
    """Raises Wrong if a client is told what only a log should say."""
    if re.search(r"Traceback|File \"|line \d+", text):
        raise Wrong(f"a client was told a traceback: {text}")


def packed(settings: dict) -> dict[str, rpc.Tensor]:
    return {name: tensor_utils.pack_tensor(value) for name, value in settings.items()}


def create_request(**settings) -> rpc.CreateWorldRequest:
    return rpc.CreateWorldRequest(settings=packed({**WORLD, **settings}))


@contextlib.contextmanager
def playing(address: str, **settings) -> Iterator[tuple[Raw, str]]:
    """A client in the midst of a match of its own."""
    with Raw(address) as client:
        world = client.create(**settings)
        client.join(world)
        client.step(), client.step()
        yield client, world


@contextlib.contextmanager
def pair(address: str) -> Iterator[tuple[Raw, Raw, str]]:
    """Two clients in the midst of a match."""
    with Raw(address) as first, Raw(address) as second:
        world = first.create(agents=2)
        first.join(world, seat=0)
        second.join(world, seat=5)
        first.step(), second.step()
        yield first, second, world


# The ways. Each takes the servers and raises Wrong if it is not treated as it should be.


def play_well(servers):
    env = connect(servers.plain, create=WORLD)
    counts["worlds created"] += 1
    env.reset()
    for _ in range(100):
        env.step({"order": 3, "position": (0.0, 0.0)})
    env.close()


def play_a_batch(servers):
    env = connect(servers.plain, create={**WORLD, "num_matches": 8})
    counts["worlds created"] += 1
    env.reset()
    for _ in range(50):
        env.step({})
    env.close()


def wrong_setting(servers):
    with Raw(servers.plain) as client:
        for code, settings in ((INVALID, {"sead": 1}), (INVALID, {"seed": float("nan")}),
                               (INVALID, {"agents": 1000}), (MISSING, {"task": "chess"}),
                               (INVALID, {"heroes": ["npc_dota_hero_gandalf"] * 2})):
            client.refused(code, create_request(**settings))
        # Somebody is in the world, which else would be freed before a busy machine has refused all.
        with playing(servers.plain) as (_, world):
            for settings in ({"seat": 99}, {"hero": "gandalf"}, {"chair": 1}):
                client.refused(INVALID, rpc.JoinWorldRequest(
                    world_name=world, settings=packed(settings)))
        client.refused(MISSING, rpc.JoinWorldRequest(world_name="nowhere"))


def wrong_action(servers):
    with playing(servers.plain) as (client, _):
        for actions in (
                {999: tensor_utils.pack_tensor(1)},
                {1: tensor_utils.pack_tensor(1.5)},
                {1: tensor_utils.pack_tensor(np.int32([1, 2]))},
                {1: tensor_utils.pack_tensor(np.int32(1000))},
                {8: tensor_utils.pack_tensor(np.float32([0, np.nan]))},
                {8: tensor_utils.pack_tensor(np.float32([0, np.inf]))}):
            client.refused(INVALID, rpc.StepRequest(actions=actions))
        client.refused(INVALID, rpc.StepRequest(requested_observations=[999]))
        client.step()


def expanding_tensor(servers):
    bomb = tensor_utils.pack_tensor(np.float32(1))
    bomb.shape[:] = [1_000_000, 1_000_000]
    with playing(servers.plain) as (client, _):
        client.refused(INVALID, rpc.StepRequest(actions={8: bomb}))
        client.refused(INVALID, rpc.CreateWorldRequest(settings={"seed": bomb}))


def out_of_turn(servers):
    with Raw(servers.plain) as client, Raw(servers.plain) as other:
        client.refused(FAILED, rpc.StepRequest())
        client.refused(FAILED, rpc.ResetRequest())
        world = client.create()
        client.join(world, seat=0)
        client.refused(FAILED, rpc.JoinWorldRequest(world_name=world))
        client.refused(FAILED, rpc.DestroyWorldRequest(world_name=world))
        other.refused(TAKEN, rpc.JoinWorldRequest(
            world_name=world, settings=packed({"seat": 0})))
        other.refused(FAILED, rpc.DestroyWorldRequest(world_name=world))
        client.send(rpc.LeaveWorldRequest())
        client.refused(FAILED, rpc.StepRequest())
        client.send(rpc.DestroyWorldRequest(world_name=world))


def vanish(servers):
    with pair(servers.plain) as (first, second, _):
        second.channel.close()
        first.step()


def vanish_while_waiting(servers):
    with pair(servers.plain) as (first, second, _):
        waiting = threading.Thread(target=ignoring(second.step))
        waiting.start()
        time.sleep(random.random() * 0.1)
        second.channel.close()
        first.step()
        waiting.join()


def stall(servers):
    with pair(servers.plain) as (first, second, _):
        started = time.monotonic()
        for _ in range(20):
            first.step()
        if time.monotonic() - started > STEP_TIMEOUT + 20.0:
            raise Wrong("a stalled client was waited for more than once")
        second.step()


def reset_alone(servers):
    with pair(servers.plain) as (first, second, world):
        first.send(rpc.ResetRequest())
        first.step()  # once the other is given up
        second.step()
        first.send(rpc.ResetWorldRequest(world_name=world))


def abandon(servers):
    with Raw(servers.plain) as client:
        client.join(client.create(agents=2))


def too_many_worlds(servers):
    # A machine so slow that the first are freed meanwhile never has too many.
    with Raw(servers.plain) as client, contextlib.suppress(Busy):
        began = []
        for _ in range(2 * MAX_WORLDS):
            began.append(time.monotonic())
            client.create()
            if len(began) > MAX_WORLDS and time.monotonic() - began[-MAX_WORLDS - 1] < GRACE:
                raise Wrong("more worlds than are allowed")


def too_many_streams(servers):
    with contextlib.ExitStack() as stack, contextlib.suppress(Busy):
        for _ in range(MAX_STREAMS + 1):
            stack.enter_context(Raw(servers.plain)).send(rpc.LeaveWorldRequest())
        raise Wrong("more streams than are allowed")


def message_too_large(servers):
    with Raw(servers.plain) as client:
        expect(grpc.StatusCode.RESOURCE_EXHAUSTED, client.connection.send,
               create_request(task="x" * 2 * MAX_MESSAGE))


def flood(servers):
    with playing(servers.plain) as (client, _):
        stream = client.connection._stream
        count = 2_000
        request = rpc.EnvironmentRequest(step=rpc.StepRequest(
            requested_observations=range(1, 11)))
        for _ in range(count):
            stream.write(request)
        time.sleep(0.2)
        for _ in range(count):
            if stream.read().WhichOneof("payload") != "step":
                raise Wrong("a flooded request was refused")
            answered()


def garbage(servers):
    with grpc.insecure_channel(servers.plain) as channel:
        call = channel.stream_stream("/dm_env_rpc.v1.Environment/Process")
        try:
            answers = list(call(iter([b"\xff\xff", b"", random.randbytes(100)])))
        except grpc.RpcError as refused:
            if refused.code() == grpc.StatusCode.RESOURCE_EXHAUSTED:
                raise Busy from refused
            raise
        if len(answers) != 3:
            raise Wrong("garbage ended the stream")
    host, _, port = servers.plain.rpartition(":")
    with socket.create_connection((host, int(port))) as raw:
        raw.sendall(random.randbytes(1000))


class Game:
    """A client of DotaService, in a game of its own."""

    def __init__(self, address: str, game_id: str):
        self.channel = grpc.insecure_channel(address)
        self._stub = DotaServiceStub(self.channel)
        self._game_id = game_id
        self._told = dict(timeout=LONGEST, metadata=(("game_id", game_id),))

    def __enter__(self) -> "Game":
        return self

    def __exit__(self, *raised) -> None:
        self.channel.close()

    def reset(self, **fields):
        """Begins a 1v1, of which the client plays both sides."""
        picks = [dotaservice.HeroPick(
            team_id=TEAMS[place > 4], hero_id=NEVERMORE,
            control_mode=dotaservice.HERO_CONTROL_MODE_CONTROLLED if place in (0, 5)
            else dotaservice.HERO_CONTROL_MODE_IDLE) for place in range(10)]
        return self.call("reset", dotaservice.GameConfig(**{
            "game_id": self._game_id, "ticks_per_observation": 30, "hero_picks": picks,
            "game_mode": DOTA_GAMEMODE_1V1MID, **fields}))

    def step(self) -> None:
        """Observes and acts for both teams."""
        for team in TEAMS:
            state = self.call("observe", dotaservice.ObserveConfig(team_id=team))
            if (state.status, state.team_id) != (dotaservice.OK, team):
                raise Wrong(f"observed {state.status} of team {state.team_id}")
        for team in TEAMS:
            self.call("act", dotaservice.Actions(team_id=team, actions=CMsgBotWorldState.Actions()))

    def call(self, method: str, request):
        """Returns the answer; raises Busy where others have used up what is allowed."""
        try:
            answer = getattr(self._stub, method)(request, **self._told)
        except grpc.RpcError as refused:
            answered()
            if refused.code() == grpc.StatusCode.RESOURCE_EXHAUSTED:
                raise Busy from refused
            raise
        answered()
        return answer


def play_two_games(servers):
    names = [f"soak_{random.getrandbits(64):x}" for _ in range(2)]
    with Game(servers.plain, names[0]) as first, Game(servers.plain, names[1]) as second:
        for game in (first, second):
            game.reset()
            counts["worlds created"] += 1
        for _ in range(10):
            first.step(), second.step()


def begin_a_game_again(servers):
    with Game(servers.plain, f"soak_{random.getrandbits(64):x}") as game:
        for _ in range(3):
            game.reset()
            counts["worlds created"] += 1
            game.step()


def leave_a_game_waiting(servers):
    """One team is observed, the other never acts, and the client vanishes."""
    with Game(servers.plain, f"soak_{random.getrandbits(64):x}") as game:
        game.reset()
        counts["worlds created"] += 1
        game.call("observe", dotaservice.ObserveConfig(team_id=TEAMS[0]))
        waiting = threading.Thread(target=ignoring(lambda: game.call(
            "observe", dotaservice.ObserveConfig(team_id=TEAMS[0]))))
        waiting.start()
        time.sleep(random.random() * 0.1)
    waiting.join()


def wrong_game(servers):
    refused = grpc.StatusCode.INVALID_ARGUMENT
    for game_id in ("../../etc", "a/b", "/tmp/game"):
        with Game(servers.plain, game_id) as game:
            expect(refused, game.reset)
    with Game(servers.plain, f"soak_{random.getrandbits(64):x}") as game:
        expect(refused, lambda: game.reset(hero_picks=[]))
        expect(refused, lambda: game.reset(ticks_per_observation=100_000))
        expect(grpc.StatusCode.NOT_FOUND, lambda: game.call(
            "act", dotaservice.Actions(
                team_id=TEAMS[0], actions=CMsgBotWorldState.Actions())))


def wrong_token(servers):
    for metadata in (None, [("authorization", "Bearer wrong")]):
        with grpc.secure_channel(servers.guarded, servers.credentials) as channel:
            connection = dm_env_rpc_connection.Connection(channel, metadata)
            expect(grpc.StatusCode.UNAUTHENTICATED, connection.send, rpc.LeaveWorldRequest())


def plaintext_to_tls(servers):
    with Raw(servers.guarded) as client:
        expect(grpc.StatusCode.UNAVAILABLE, client.send, rpc.LeaveWorldRequest())


WAYS: tuple[Callable, ...] = (
    play_well, play_a_batch, wrong_setting, wrong_action, expanding_tensor, out_of_turn, vanish,
    vanish_while_waiting, stall, reset_alone, abandon, too_many_worlds, too_many_streams,
    message_too_large, flood, garbage, play_two_games, begin_a_game_again, leave_a_game_waiting,
    wrong_game, wrong_token, plaintext_to_tls)
counts: dict[str, int] = {"worlds created": 0, "tried again": 0}
problems: list[str] = []
_running: dict[int, Run] = {}  # by thread


def expect(code: grpc.StatusCode, call: Callable, *arguments) -> None:
    """Calls what must end the stream with `code`."""
    try:
        call(*arguments)
    except grpc.RpcError as refused:
        check_text(refused.details())
        if refused.code() != code:
            if refused.code() == grpc.StatusCode.RESOURCE_EXHAUSTED:
                raise Busy from refused
            raise Wrong(f"{refused.code()} for {code}: {refused.details()}") from refused
        return
    raise Wrong(f"not refused with {code}")


def ignoring(call: Callable) -> Callable:
    def run():
        with contextlib.suppress(grpc.RpcError, error.DmEnvRpcError, ValueError, Busy):
            call()
    return run


def misbehave(number: int, servers, stopping: threading.Event) -> None:
    """Goes through the ways, each worker from another start."""
    for way in itertools.islice(itertools.cycle(WAYS), number * 3, None):
        if stopping.is_set():
            return
        run = _running[threading.get_ident()] = Run(way.__name__)
        for _ in range(50):
            try:
                way(servers)
            except (Busy, ServerError, ConnectionError) as refused:
                if isinstance(refused, ServerError) and refused.code != EXHAUSTED:
                    problems.append(f"{way.__name__}: {refused}")
                    break
                counts["tried again"] += 1
                time.sleep(0.2)
                run.hear()
                continue
            except Exception as wrong:
                problems.append(f"{way.__name__}: {type(wrong).__name__}: {wrong}")
                break
            counts[way.__name__] = counts.get(way.__name__, 0) + 1
            break
        else:
            problems.append(f"{way.__name__}: the server stays busy")
        del _running[threading.get_ident()]
        if run.waited() > LONGEST:
            problems.append(f"{run.way} waited {run.waited():.0f} s for an answer")


class Servers:
    """A plain server, and one with TLS and a token."""

    def __init__(self, folder: pathlib.Path):
        token = folder / "token"
        token.write_text("secret")
        self.log = folder / "log"
        self.processes = []
        self.plain = self._start(
            f"--max_worlds={MAX_WORLDS}", f"--max_streams={MAX_STREAMS}",
            f"--max_message_bytes={MAX_MESSAGE}", f"--world_grace_seconds={GRACE}",
            f"--game_grace_seconds={GAME_GRACE}", f"--games_folder={folder / 'games'}",
            "--drain_seconds=1")
        self.guarded = self._start(
            f"--tls_certificate={CERTIFICATES / 'server.pem'}", "--drain_seconds=1",
            f"--tls_key={CERTIFICATES / 'server.key'}", f"--token_file={token}")
        self.credentials = grpc.ssl_channel_credentials(
            (CERTIFICATES / "authority.pem").read_bytes())

    def _start(self, *arguments: str) -> str:
        with open(self.log, "a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dota_env_rpc", "--port=0", *arguments],
                stdout=subprocess.PIPE, stderr=log, text=True)
        self.processes.append(process)
        return process.stdout.readline().removeprefix("Serving on ").strip()

    def resident_megabytes(self) -> float:
        """Returns the memory of the plain server."""
        pages = pathlib.Path(f"/proc/{self.processes[0].pid}/statm").read_text().split()[1]
        return int(pages) * 4096 / 2**20

    def stop(self) -> None:
        """Ends both while a client is in a match and another waits for one."""
        with playing(self.plain), Raw(self.plain) as waiting:
            waiting.join(waiting.create(agents=2, step_timeout=600.0))
            thread = threading.Thread(target=ignoring(waiting.step))
            thread.start()
            for process in self.processes:
                process.send_signal(signal.SIGTERM)
            for process in self.processes:
                if process.wait(30) != 0:
                    problems.append(f"a server exited with {process.returncode}")
            thread.join(30)
        if "Traceback" in self.log.read_text():
            problems.append("a server logged a traceback:\n" + self.log.read_text()[-3000:])


def _hangs(worker: threading.Thread) -> bool:
    run = _running.get(worker.ident)
    return run is not None and run.waited() > LONGEST


def left_behind(servers: Servers) -> None:
    """Waits for the grace time, then looks for worlds and streams that are still there."""
    from dm_env_rpc.v1.extensions.properties import PropertiesExtension
    deadline = time.monotonic() + GAME_GRACE + 10.0
    with Raw(servers.plain) as client:
        told = PropertiesExtension(client.connection)
        while True:
            left = told["server.num_worlds"], told["server.num_streams"] - 1
            if left == (0, 0):
                return
            if time.monotonic() > deadline:
                problems.append(f"{left[0]} worlds and {left[1]} streams are left")
                return
            time.sleep(0.2)


def growth(megabytes: list[float]) -> float:
    """Returns the growth over the second half: its last fifth against its first.

    Worlds come and go by the dozen, a megabyte each, so that the lower quartile is compared.
    """
    half = megabytes[len(megabytes) // 2:]
    fifth = max(1, len(half) // 5)
    first, last = (np.percentile(part, 25) for part in (half[:fifth], half[-fifth:]))
    return float(last / first) - 1.0


def main(argv):
    del argv
    with tempfile.TemporaryDirectory() as folder:
        servers = Servers(pathlib.Path(folder))
        stopping = threading.Event()
        workers = [
            threading.Thread(target=misbehave, args=(number, servers, stopping), daemon=True)
            for number in range(_WORKERS.value)]
        megabytes = []
        for worker in workers:
            worker.start()
        end = time.monotonic() + _MINUTES.value * 60
        while time.monotonic() < end:
            time.sleep(0.5)
            megabytes.append(servers.resident_megabytes())
        stopping.set()
        for worker in workers:
            while worker.is_alive() and not _hangs(worker):
                worker.join(1.0)
        problems.extend(f"{run.way} hangs" for run in list(_running.values()))
        left_behind(servers)
        servers.stop()
    grown = growth(megabytes)
    if grown > _GROWTH.value:
        problems.append(f"memory grew by {grown:.1%} over the second half")
    if counts["worlds created"] < _WORLDS.value:
        problems.append(f"only {counts['worlds created']} worlds")
    problems.extend(f"{way.__name__} never happened" for way in WAYS
                    if way.__name__ not in counts)
    print(json.dumps({
        "benchmark": "soak", "minutes": _MINUTES.value, "counts": counts,
        "resident_megabytes": [round(value) for value in megabytes[::max(1, len(megabytes) // 20)]],
        "growth": round(grown, 4), "problems": problems}, indent=2))
    return 1 if problems else 0


if __name__ == "__main__":
    app.run(main)
