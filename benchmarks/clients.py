"""What it costs to play through Gymnasium and Gymie, and to ask an HTTP bot.

Prints JSON. What is compared is measured in turn, round by round, in this run, on matches that
have reached 3:00 of the game clock. A round counts with the lower quartile of its samples, which
other work on the machine touches least. Agents take random legal actions of the discrete space;
their own time does not count, nor does that of reading JSON. Servers run in processes of their own.
"""

from collections.abc import Callable
import json
import socket
import statistics
import struct
import time

from absl import app, flags
import gymnasium
import null_http
import numpy as np
import wire

import dota_env_rpc
from dota_env_rpc.backends.hosting import make_backend
import dota_env_rpc.gym  # registers the environments
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.protocols import dota2ai

# JSON knows no infinity.
SETTINGS = {"seed": 1, "start_seconds": 0.0, "max_seconds": 1e6, "kills_to_win": 1000}
GAME = "dota_env_rpc/Mid1v1-v0"
TICKS = 4


class Player:
    """Plays random legal actions, and counts the seconds that steps take.

    `step` takes an action and returns the mask of the next ones, or None if the match has ended;
    `reset` starts another and returns the first mask.
    """

    def __init__(self, reset: Callable[[], np.ndarray], step: Callable[[int], np.ndarray | None]):
        self._reset, self._step = reset, step
        self._random = np.random.default_rng(0)
        self._mask = reset()
        self._seconds = 0.0
        for _ in range(wire.STEPS_TO_PLAY):
            self._play()

    def _play(self) -> None:
        action = int(self._random.choice(np.flatnonzero(self._mask)))
        start = time.perf_counter()
        mask = self._step(action)
        self._seconds += time.perf_counter() - start
        self._mask = self._reset() if mask is None else mask

    def play(self) -> float:
        """Plays a step and returns the seconds that it took."""
        self._seconds = 0.0
        self._play()
        return self._seconds


def timed(do: Callable[[], None]) -> Callable[[], float]:
    """Returns what does something and returns the seconds that it took."""
    def play():
        start = time.perf_counter()
        do()
        return time.perf_counter() - start
    return play


def in_process() -> Player:
    """Returns who plays in an environment of `make`."""
    env = dota_env_rpc.make(action_space="discrete", **SETTINGS)

    def step(action):
        return env.step({"action": action}).observation["mask"]["action"]

    return Player(lambda: env.reset().observation["mask"]["action"], step)


def in_gymnasium() -> Player:
    """Returns who plays in an environment of Gymnasium."""
    env = gymnasium.make(GAME, **SETTINGS)

    def step(action):
        observation, _, terminated, truncated, _ = env.step(action)
        return None if terminated or truncated else observation["action_mask"]

    return Player(lambda: env.reset()[0]["action_mask"], step)


class Gymie(Player):
    """Who plays on a Gymie server. Replies are read as JSON while no time counts."""

    def __init__(self, address: str):
        host, port = address.removeprefix("ws://").removesuffix("/gym").split(":")
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(
            b"GET /gym HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        self._file = self._socket.makefile("rb")
        while self._file.readline().strip():
            pass
        self._instance = self._call("make", env_id=GAME, **SETTINGS).decode()
        self.reply_bytes = 0
        super().__init__(self._begin, self._go)

    def _call(self, method: str, **params) -> bytes:
        """Sends a call in a masked frame and returns the text of the reply's frame."""
        data = json.dumps({"method": method, "params": params}).encode()
        size = (struct.pack(">B", 0x80 | len(data)) if len(data) < 126
                else struct.pack(">BH", 0x80 | 126, len(data)))
        self._socket.sendall(b"\x81" + size + bytes(4) + data)
        size = self._file.read(2)[1] & 127
        if size > 125:
            layout = {126: ">H", 127: ">Q"}[size]
            [size] = struct.unpack(layout, self._file.read(struct.calcsize(layout)))
        return self._file.read(size)

    def _begin(self) -> np.ndarray:
        reply = json.loads(self._call("reset", instance_id=self._instance))
        return np.array(reply["action_mask"])

    def _go(self, action: int) -> np.ndarray | None:
        text = self._call("step", instance_id=self._instance, action=action)
        start = time.perf_counter()
        self.reply_bytes = len(text)
        observation, _, done, _ = json.loads(text)
        mask = None if done else np.array(observation["action_mask"])
        self._seconds -= time.perf_counter() - start
        return mask


def usual(play: Callable[[], float]) -> float:
    """Returns the lower quartile of what `play` returns in a round."""
    taken, end = [], time.perf_counter() + flags.FLAGS.seconds
    while time.perf_counter() < end:
        taken.append(play())
    return statistics.quantiles(taken)[0]


def compare(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float, float]:
    """Returns the seconds of both and the median over rounds of their ratio."""
    rounds = [(first(), second()) for _ in range(flags.FLAGS.rounds)]
    ratio = statistics.median(one / other for one, other in rounds)
    return (*(statistics.median(column) for column in zip(*rounds, strict=True)), ratio)


def row(what: str, against: str, measured: tuple[float, float, float]) -> dict:
    """Returns one row of the report."""
    first, second, ratio = measured
    return {"what": what, "microseconds": round(1e6 * first, 1), "against": against,
            "against_microseconds": round(1e6 * second, 1), "ratio": round(ratio, 2)}


def hosted(bot: str):
    """Returns a match whose Dire is played by `bot`, which is asked in every step."""
    backend = make_backend(MatchSettings(
        seed=1, bots=("idle", *[""] * 4, bot, *[""] * 4), start_seconds=0.0,
        max_seconds=float("inf"), kills_to_win=0, ticks_per_step=TICKS, bot_seconds=0.01,
        skill_builds=("auto",) * 10))
    for _ in range(wire.STEPS_TO_PLAY):
        backend.advance()
    return backend


def bot_row() -> dict:
    """Compares what an update of an HTTP bot adds to a step with a POST of as many bytes."""
    idle = hosted("idle")
    tables = idle.tables[0]
    team = int(tables.players[5].team)
    message = null_http.request(dota2ai.encode(dota2ai.world(tables, idle.patch, team, [])))
    with (wire.process(__file__.replace("clients.py", "null_http.py")) as address,
          wire.process(__file__.replace("clients.py", "null_http.py")) as null_address):
        asked = hosted(f"http://{address}/")
        host, port = null_address.split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def post():
                connection.sendall(message)
                left = len(null_http.RESPONSE)
                while left:
                    left -= len(connection.recv(left))

            with_bot, alone, posted = map(timed, (asked.advance, idle.advance, post))
            measured = compare(
                lambda: usual(with_bot) - usual(alone), lambda: usual(posted))
        asked.close()
    return row("update of an HTTP bot, beside the step itself",
               f"a POST of {len(message)} bytes", measured)


def main(argv):
    del argv
    made, gym = in_process(), in_gymnasium()
    rows = [row("step of a Gymnasium environment", "step of make, discrete actions",
                compare(lambda: usual(gym.play), lambda: usual(made.play)))]
    with wire.process("-m", "dota_env_rpc.bridges.gymie", "--port=0") as address:
        gymie = Gymie(address)
        measured = compare(lambda: usual(gymie.play), lambda: usual(gym.play))
        rows.append(row(f"step through Gymie, a reply of {gymie.reply_bytes} bytes",
                        "step of a Gymnasium environment", measured))
    rows.append(bot_row())
    print(json.dumps({"benchmark": "clients", "rows": rows}, indent=2))


if __name__ == "__main__":
    app.run(main)
