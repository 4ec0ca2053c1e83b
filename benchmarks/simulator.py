"""What a match costs in the process: steps, ticks, starts and memory.

Prints JSON. The step of `make` is compared with a round trip to a server that does nothing, in
turn, round by round, in this run, on a match that has reached 3:00 of the game clock, with an
agent that gives random legal orders. Starts are those of new processes.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from absl import app, flags
from dm_env_rpc.v1 import connection
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
import grpc
import wire

import dota_env_rpc
from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.settings import MatchSettings

_COLD = flags.DEFINE_bool("cold", True, "Whether to measure the start without a cache.")
_STARTS = flags.DEFINE_integer("starts", 5, "Warm starts of which the median counts.", 1)

# One tick of a 5v5 of PufferLib's MOBA, written in C: best of three on a machine of two cores.
PUFFER_TICK_SECONDS = 28e-6
HEROES = tuple(f"npc_dota_hero_{name}" for name in (
    "nevermore", "lina", "sniper", "axe", "crystal_maiden",
    "drow_ranger", "juggernaut", "luna", "tidehunter", "witch_doctor"))
FIRST_OBSERVATION = (
    "import dota_env_rpc; dota_env_rpc.make('mid_1v1', seed=1).reset(); print('started')")
# New Pythons start here, so that they import the package that this one does.
HERE = pathlib.Path(dota_env_rpc.__file__).parent.parent
RESIDENT_MEMORY = """
import sys
import dota_env_rpc
env = dota_env_rpc.make_batch("mid_1v1", int(sys.argv[1]), seed=1)
env.reset()
for _ in range(50):
    env.step({})
with open("/proc/self/statm") as file:
    print(int(file.read().split()[1]) * 4096)
"""


class Steps:
    """Steps of an environment, with the seconds that they took without their agent's."""

    def __init__(self, env):
        """Starts the first match."""
        self._env = env
        self._agent = wire.Agent()
        self._mask = env.reset().observation["mask"]["order"]
        self.seconds = 0.0

    def play(self) -> None:
        """Plays a step."""
        action = self._agent.act(self._mask)
        start = time.perf_counter()
        timestep = self._env.step(action)
        self.seconds += time.perf_counter() - start
        self._mask = timestep.observation["mask"]["order"]


def step_row() -> dict:
    """Compares a step of `make` with a round trip to a server that sends constant bytes."""
    steps = Steps(dota_env_rpc.make(**wire.SETTINGS))
    for _ in range(wire.STEPS_TO_PLAY):
        steps.play()
    with wire.process("-m", "dota_env_rpc", "--port=0", "--verbosity=-1") as address:
        stock = wire.Stock(address)
        step = wire.stepper(stock.step)
        for _ in range(10):
            step()
        answer = rpc.EnvironmentResponse(step=stock.response).SerializeToString()
    count = 2000
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "answer"
        path.write_bytes(answer)
        script = str(pathlib.Path(__file__).with_name("null_servicer.py"))
        with wire.process(script, f"--answer={path}") as address:
            with connection.Connection(grpc.insecure_channel(address)) as client:
                request = rpc.StepRequest(requested_observations=sorted(stock.specs.observations))
                for _ in range(flags.FLAGS.rounds):
                    steps.seconds = 0.0
                    for _ in range(count):
                        steps.play()
                    trip = 1.0 / wire.rate(lambda: client.send(request), flags.FLAGS.seconds)
                    rounds.append((steps.seconds / count, trip))
    step, trip = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(step / trip for step, trip in rounds)
    return {
        "what": "make() step of mid_1v1, 4 ticks and all observations", "seconds": step,
        "against": f"a round trip of {len(answer)} constant bytes", "against_seconds": trip,
        "ratio": round(ratio, 3), "at_most": 0.15, "met": ratio <= 0.15}


def tick_row() -> dict:
    """Measures a tick with ten heroes, played by bots, and creeps on all lanes."""
    ticks = 4
    backend = SimulatedBackend(MatchSettings(
        seed=1, heroes=HEROES, bots=("laner",) * 10, start_seconds=0.0, max_seconds=float("inf"),
        kills_to_win=0, lanes=("top", "mid", "bot"), ticks_per_step=ticks))
    for _ in range(180 * 30 // ticks):
        backend.advance()
    rate = statistics.median(
        wire.rate(backend.advance, flags.FLAGS.seconds) for _ in range(flags.FLAGS.rounds))
    seconds = 1.0 / rate / ticks
    ratio = PUFFER_TICK_SECONDS / seconds
    return {
        "what": "tick of ten heroes with bots, creeps on three lanes", "seconds": seconds,
        "against": "tick of PufferLib's MOBA, measured elsewhere",
        "against_seconds": PUFFER_TICK_SECONDS, "ratio": round(ratio, 2), "at_least": 1.0,
        "met": ratio >= 1.0}


def start_seconds(**environment: str) -> float:
    """Returns how long a new process takes to its first observation."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", FIRST_OBSERVATION], cwd=HERE, env={**os.environ, **environment},
        check=True, capture_output=True)
    return time.perf_counter() - start


def start_rows() -> list[dict]:
    """Measures starts of new processes."""
    start_seconds()
    warm = statistics.median(start_seconds() for _ in range(_STARTS.value))
    rows = [{"what": "warm start to the first observation", "seconds": warm, "at_most": 2.0,
             "met": warm <= 2.0}]
    if _COLD.value:
        with tempfile.TemporaryDirectory() as folder:
            cold = start_seconds(DOTA_ENV_RPC_CACHE=folder)
        rows.append({"what": "cold start to the first observation", "seconds": cold,
                     "at_most": 45.0, "met": cold <= 45.0})
    return rows


def memory_row(fewer: int = 16, more: int = 144) -> dict:
    """Measures what a match more takes of resident memory."""
    resident = {}
    for matches in (fewer, more):
        printed = subprocess.run(
            [sys.executable, "-c", RESIDENT_MEMORY, str(matches)], cwd=HERE, check=True,
            capture_output=True, text=True).stdout
        resident[matches] = int(printed)
    megabytes = (resident[more] - resident[fewer]) / (more - fewer) / 1e6
    return {"what": "memory of a match more, batch and buffers included",
            "megabytes": round(megabytes, 3), "at_most": 1.0, "met": megabytes <= 1.0}


def main(argv):
    del argv
    rows = [step_row(), tick_row(), *start_rows(), memory_row()]
    print(json.dumps({"benchmark": "simulator", "rows": rows}, indent=2))


if __name__ == "__main__":
    app.run(main)
