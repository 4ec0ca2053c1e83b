"""What single steps cost on a machine that does other work too: quantiles of samples.

Prints JSON, microseconds. What is compared is sampled in turn, some at a time. Most samples lie
within one slice of a processor's time, so that their lower quartile tells what a step takes by
itself, where the rates of simulator.py and wire.py count what others do meanwhile.
"""

from collections.abc import Callable, Mapping
import json
import pathlib
import tempfile
import time

from absl import app, flags
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
import simulator
import wire

import dota_env_rpc
from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.client import connect
from dota_env_rpc.match.settings import MatchSettings

QUANTILES = (0.05, 0.25, 0.5)
AT_A_TIME = 100
TICKS = 4


def sample(plays: Mapping[str, Callable[[], None]], seconds: float) -> dict[str, list[float]]:
    """Returns the QUANTILES of what each of `plays` takes, in microseconds."""
    taken = {name: [] for name in plays}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, play in plays.items():
            for _ in range(AT_A_TIME):
                start = time.perf_counter()
                play()
                taken[name].append(time.perf_counter() - start)
    return {
        name: [round(sorted(values)[int(len(values) * part)] * 1e6, 1) for part in QUANTILES]
        for name, values in taken.items()}


def main(argv):
    del argv
    seconds = flags.FLAGS.seconds * flags.FLAGS.rounds
    match = SimulatedBackend(MatchSettings(
        seed=1, heroes=simulator.HEROES, bots=("laner",) * 10, start_seconds=0.0,
        max_seconds=float("inf"), kills_to_win=0, lanes=("top", "mid", "bot"),
        ticks_per_step=TICKS))
    step = wire.environment_stepper(dota_env_rpc.make(**wire.SETTINGS))
    for _ in range(wire.STEPS_TO_PLAY):
        match.advance()
        step()
    tick = sample({"ticks": match.advance}, seconds)["ticks"]
    with wire.process("-m", "dota_env_rpc", "--port=0", "--verbosity=-1") as address:
        stock = wire.Stock(address)
        plays = {
            "make": step, "stock connection": wire.stepper(stock.step),
            "connect": wire.environment_stepper(connect(address, create=wire.SETTINGS)),
            "stock adaptor": wire.environment_stepper(wire.Stock(address).adaptor())}
        with tempfile.TemporaryDirectory() as folder:
            answer = pathlib.Path(folder) / "answer"
            answer.write_bytes(rpc.EnvironmentResponse(step=stock.response).SerializeToString())
            script = str(pathlib.Path(__file__).with_name("null_servicer.py"))
            with wire.process(script, f"--answer={answer}") as null_address:
                plays["constant bytes"] = wire.stepper(
                    wire.Stock(null_address, stock.specs).step)
                taken = sample(plays, seconds)
    taken["tick of ten heroes"] = [round(value / TICKS, 1) for value in tick]
    print(json.dumps({"benchmark": "busy", "quantiles": QUANTILES, "microseconds": taken},
                     indent=2))


if __name__ == "__main__":
    app.run(main)
