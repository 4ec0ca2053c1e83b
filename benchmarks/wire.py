"""What the wire costs: server and client against the least that gRPC allows.

Prints JSON. Every ratio compares two things measured in turn, round by round, in this run, on
matches that have reached 3:00 of the game clock, with an agent that gives random legal orders.
Servers run in processes of their own.
"""

from collections.abc import Callable, Iterator
import contextlib
import itertools
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from absl import app, flags
from dm_env_rpc.v1 import connection as dm_env_rpc_connection
from dm_env_rpc.v1 import dm_env_adaptor, spec_manager, tensor_utils
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
import grpc
import numpy as np

from dota_env_rpc.client import connect
from dota_env_rpc.match.enums import UnitOrder

_SECONDS = flags.DEFINE_float("seconds", 1.0, "Seconds of each round.", 0.1)
_ROUNDS = flags.DEFINE_integer("rounds", 7, "Rounds of each pair.", 1)
_BATCH = flags.DEFINE_integer("batch", 64, "Matches of the batch.", 1)

SETTINGS = {"task": "mid_1v1", "seed": 1, "start_seconds": 0.0, "max_seconds": float("inf"),
            "kills_to_win": 1000}
# Steps of the default 4 ticks until 3:00.
STEPS_TO_PLAY = 180 * 30 // 4
ORDERS = (UnitOrder.NONE, UnitOrder.MOVE_TO_POSITION, UnitOrder.ATTACK_MOVE,
          UnitOrder.ATTACK_TARGET, UnitOrder.HOLD_POSITION, UnitOrder.STOP)
REACH = 1500.0  # map units around the middle in which the agent moves


class Agent:
    """Gives random orders that the mask allows.

    What it draws is drawn beforehand, so that the time goes to the wire and not to the agent.
    """

    def __init__(self, rows: int = 0, drawn: int = 1024):
        """`rows` is 0 for a single match."""
        shape = (drawn, rows) if rows else (drawn,)
        random = np.random.default_rng(0)
        orders = np.asarray(ORDERS, np.int32)[random.integers(len(ORDERS), size=shape)]
        places = random.uniform(-REACH, REACH, (*shape, 2)).astype(np.float32)
        self._drawn = itertools.cycle(zip(orders, places, strict=True))
        self._rows = np.arange(rows) if rows else None

    def act(self, mask: np.ndarray) -> dict:
        """Returns an action for a mask of orders, (41, 90) or (rows, 41, 90)."""
        order, position = next(self._drawn)
        chosen = mask[order] if self._rows is None else mask[self._rows, order]
        return {
            "order": order * chosen[..., 0],
            # The first unit that may be its target; 0 where there is none.
            "target": chosen[..., 1:49].argmax(-1),
            "position": position,
        }


@contextlib.contextmanager
def process(*arguments: str) -> Iterator[str]:
    """Runs a server and gives its address."""
    server = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        yield server.stdout.readline().removeprefix("Serving on ").strip()
    finally:
        server.terminate()
        server.wait()


class Stock:
    """The stock connection and spec manager, stepping for all observations."""

    def __init__(self, address: str, specs=None):
        self._channel = grpc.insecure_channel(address)
        self._connection = dm_env_rpc_connection.Connection(self._channel)
        if specs is None:
            name = self._connection.send(rpc.CreateWorldRequest(settings={
                key: tensor_utils.pack_tensor(value) for key, value in SETTINGS.items()})
            ).world_name
            specs = self._connection.send(rpc.JoinWorldRequest(world_name=name)).specs
        self.specs = specs
        self._observations = spec_manager.SpecManager(specs.observations)
        self._actions = spec_manager.SpecManager(specs.actions)
        self._uids = sorted(specs.observations)
        self.response = None

    def step(self, action: dict) -> np.ndarray:
        """Returns the mask of orders."""
        self.response = self._connection.send(rpc.StepRequest(
            requested_observations=self._uids, actions=self._actions.pack(action)))
        return self._observations.unpack(self.response.observations)["mask.order"]

    def adaptor(self) -> dm_env_adaptor.DmEnvAdaptor:
        """Returns the stock adaptor of the same world."""
        return dm_env_adaptor.DmEnvAdaptor(self._connection, self.specs)


def stepper(step: Callable[[dict], np.ndarray], rows: int = 0) -> Callable[[], None]:
    """Returns what plays one step of an agent."""
    agent = Agent(rows)
    mask = step({})

    def play():
        nonlocal mask
        mask = step(agent.act(mask))
    return play


def environment_stepper(environment, rows: int = 0) -> Callable[[], None]:
    """Returns what plays one step of an agent in a dm_env environment."""
    environment.reset()
    return stepper(lambda action: environment.step(action).observation["mask"]["order"], rows)


def rate(play: Callable[[], None], seconds: float) -> float:
    """Returns how often `play` runs in a second."""
    count, start = 0, time.perf_counter()
    while (now := time.perf_counter()) < start + seconds:
        play()
        count += 1
    return count / (now - start)


def compare(first: Callable[[], None], second: Callable[[], None]) -> tuple[float, float, float]:
    """Returns the rates of both and the median over rounds of their ratio."""
    rates = [(rate(first, _SECONDS.value), rate(second, _SECONDS.value))
             for _ in range(_ROUNDS.value)]
    ratio = statistics.median(one / other for one, other in rates)
    return (*(statistics.median(column) for column in zip(*rates, strict=True)), ratio)


def row(what: str, against: str, budget: float, measured: tuple[float, float, float],
        scale: float = 1.0) -> dict:
    """Returns one row of the report."""
    first, second, ratio = measured
    return {"what": what, "per_second": round(first * scale, 1), "against": against,
            "against_per_second": round(second, 1), "ratio": round(ratio * scale, 2),
            "at_least": budget, "met": ratio * scale >= budget}


def main(argv):
    del argv
    rows = []
    with process("-m", "dota_env_rpc", "--port=0", "--verbosity=-1") as address:
        stock = Stock(address)
        play = stepper(stock.step)
        for _ in range(STEPS_TO_PLAY):
            play()
        with tempfile.TemporaryDirectory() as folder:
            answer = pathlib.Path(folder) / "answer"
            answer.write_bytes(rpc.EnvironmentResponse(step=stock.response).SerializeToString())
            null_script = str(pathlib.Path(__file__).with_name("null_servicer.py"))
            with process(null_script, f"--answer={answer}") as null_address:
                null = Stock(null_address, stock.specs)
                rows.append(row(
                    "mid_1v1, all observations, stock connection", "constant bytes", 0.8,
                    compare(play, stepper(null.step))))
        fast = environment_stepper(connect(address, create=SETTINGS))
        adaptor = environment_stepper(Stock(address).adaptor())
        batch = environment_stepper(
            connect(address, create={**SETTINGS, "num_matches": _BATCH.value}), _BATCH.value)
        for _ in range(STEPS_TO_PLAY):
            fast()
            adaptor()
            batch()
        rows.append(row("the same through connect()", "the stock adaptor", 2.0,
                        compare(fast, adaptor)))
        rows.append(row(f"matches of a batch of {_BATCH.value} through connect()",
                        "one single stream", 5.0, compare(batch, fast), _BATCH.value))
    print(json.dumps({"benchmark": "wire", "rows": rows}, indent=2))


if __name__ == "__main__":
    app.run(main)
