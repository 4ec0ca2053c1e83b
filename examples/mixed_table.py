"""Players of every kind at the same tables: an agent, an HTTP bot and scripted bots.

A server holds a world for each pair, and plays them side by side. The agent is a dm_env_rpc
client that gives random legal orders; the HTTP bot is examples/dota2ai_bot.py in a process of its
own, as any bot of the dota2ai protocol would be; the scripted bot lives in the server. All move
in lockstep, and each sees only what its team sees.

    python examples/mixed_table.py --minutes 5
"""

import argparse
import concurrent.futures
import contextlib
import pathlib
import subprocess
import sys

import numpy as np

import dota_env_rpc

BOT = pathlib.Path(__file__).parent / "dota2ai_bot.py"


@contextlib.contextmanager
def http_bot():
    """Starts an HTTP bot on a free port; gives its URL."""
    with subprocess.Popen(
            [sys.executable, str(BOT), "--port", "0"], stdout=subprocess.PIPE, text=True) as bot:
        try:
            yield bot.stdout.readline().split()[-1]
        finally:
            bot.terminate()


def play(address, opponent, minutes):
    """Plays a match of an agent, who is Radiant, against a bot; returns how it ended."""
    random = np.random.default_rng(1)
    env = dota_env_rpc.connect(
        address,
        create={"task": "mid_1v1", "seed": 1, "start_seconds": 0.0, "max_seconds": 60.0 * minutes,
                "bots": ("idle", opponent)},
        join={"seat": 0, "action_space": "discrete", "skill_build": "auto", "item_build": "auto"})
    with contextlib.closing(env):
        timestep = env.reset()
        while not timestep.last():
            allowed = np.flatnonzero(timestep.observation["mask"]["action"])
            timestep = env.step({"action": random.choice(allowed)})
        return {name: env.read_property(name) for name in (
            "match.seconds", "match.last_hits", "match.net_worth", "match.team_kills",
            "world.heroes", "world.bot_failures")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0, help="when matches are cut off")
    arguments = parser.parse_args()

    with dota_env_rpc.serve(port=0) as server, http_bot() as url, (
            concurrent.futures.ThreadPoolExecutor()) as threads:
        tables = {
            f"random agent against {name}": threads.submit(
                play, server.address, opponent, arguments.minutes)
            for name, opponent in (("HTTP bot", url), ("scripted bot", "laner"))}
        for name, match in tables.items():
            end = match.result()
            print(f"{name}, after {end['match.seconds']:.0f} s:")
            for side, seat in enumerate((0, 5)):
                print(f"  {end['world.heroes'][seat]:24}"
                      f"{end['match.team_kills'][side]:3} kills"
                      f"{end['match.last_hits'][seat]:4} last hits"
                      f"{end['match.net_worth'][seat]:6} net worth"
                      f"{end['world.bot_failures'][seat]:3} questions not answered")


if __name__ == "__main__":
    main()
