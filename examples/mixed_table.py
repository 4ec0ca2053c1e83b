"""Players of every kind at the same tables: agents, DotaService clients, HTTP and scripted bots.

A server holds a world for each pair, and plays them side by side. The agent is a dm_env_rpc
client that gives random legal orders; the DotaService client is examples/dotaservice_client.py;
the HTTP bot is examples/dota2ai_bot.py in a process of its own, as any bot of the dota2ai
protocol would be; the scripted bot lives in the server. All move in lockstep, and each sees only
what its team sees.

    python examples/mixed_table.py --minutes 5
"""

import argparse
import concurrent.futures
import contextlib
import pathlib
import subprocess
import sys

import dotaservice_client
import grpc
import numpy as np

import dota_env_rpc
from dota_env_rpc.protocols.DotaService_pb2 import NPC_DOTA_HERO_LINA
from dota_env_rpc.protocols.DotaService_pb2_grpc import DotaServiceStub

AGENT = {"action_space": "discrete", "skill_build": "auto", "item_build": "auto"}
BOT = pathlib.Path(__file__).parent / "dota2ai_bot.py"


@contextlib.contextmanager
def http_bot():
    """Starts an HTTP bot, which plays one match at a time, on a free port; gives its URL."""
    with subprocess.Popen(
            [sys.executable, str(BOT), "--port", "0"], stdout=subprocess.PIPE, text=True) as bot:
        try:
            yield bot.stdout.readline().split()[-1]
        finally:
            bot.terminate()


def standing(env):
    """Returns how a match stands."""
    return {name: env.read_property(name) for name in (
        "match.seconds", "match.last_hits", "match.net_worth", "match.team_kills",
        "world.heroes", "world.bot_failures")}


def play_randomly(env, minutes):
    """Plays a match until it ends or `minutes` are over; returns how it stands."""
    random = np.random.default_rng(1)
    timestep = env.reset()
    while not timestep.last() and env.read_property("match.seconds") < 60.0 * minutes:
        allowed = np.flatnonzero(timestep.observation["mask"]["action"])
        timestep = env.step({"action": random.choice(allowed)})
    return standing(env)


def agent_against(bot, address, minutes):
    """Plays a match of an agent, who is Radiant, against a bot; returns how it stands."""
    create = {"task": "mid_1v1", "seed": 1, "start_seconds": 0.0, "bots": ("idle", bot)}
    with contextlib.closing(dota_env_rpc.connect(
            address, create=create, join={"seat": 0, **AGENT})) as env:
        return play_randomly(env, minutes)


def client_against(opponent, address, minutes):
    """Plays a match of a DotaService client, who is Radiant, against a bot or "agent"."""
    game = f"client-{opponent.split(':')[0]}"
    about = [("game_id", game), ("bot", "idle" if opponent == "agent" else opponent)]

    def join():
        return contextlib.closing(dota_env_rpc.connect(
            address, world=game, join={"seat": 5, **AGENT}))

    with grpc.insecure_channel(address) as channel, (
            concurrent.futures.ThreadPoolExecutor()) as threads:
        service = DotaServiceStub(channel)
        dotaservice_client.start(service, NPC_DOTA_HERO_LINA, game, about)
        if opponent == "agent":
            with join() as env:
                threads.submit(dotaservice_client.play, service, minutes, about)
                return play_randomly(env, minutes)
        dotaservice_client.play(service, minutes, about)
        with join() as env:  # the bot's seat, to look how it went
            return standing(env)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0, help="when matches are cut off")
    arguments = parser.parse_args()

    with dota_env_rpc.serve(port=0) as server, http_bot() as first, http_bot() as second, (
            concurrent.futures.ThreadPoolExecutor()) as threads:
        tables = {
            name: threads.submit(play, opponent, server.address, arguments.minutes)
            for name, play, opponent in (
                ("random agent against HTTP bot", agent_against, first),
                ("random agent against scripted bot", agent_against, "laner"),
                ("DotaService client against random agent", client_against, "agent"),
                ("DotaService client against HTTP bot", client_against, second),
                ("DotaService client against scripted bot", client_against, "laner"))}
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
