"""A Gymie client: plays a match in JSON over a websocket, as a program in any language could.

Starts a server of its own, or plays on one that runs:

    python examples/gymie_client.py --seconds 60
    python examples/gymie_client.py --url ws://localhost:5000/gym

Needs the extra `bridges`: pip install '.[bridges]'.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys

import aiohttp


async def call(socket: aiohttp.ClientWebSocketResponse, method: str, **params) -> str:
    """Sends one call and returns its reply, which is JSON for all methods but `make`."""
    await socket.send_str(json.dumps({"method": method, "params": params}))
    return await socket.receive_str()


async def play(url: str, seed: int, seconds: float) -> None:
    """Plays one match with random legal actions."""
    choose = random.Random(seed)
    async with aiohttp.ClientSession() as session, session.ws_connect(
            url, max_msg_size=0) as socket:
        match = await call(
            socket, "make", env_id="dota_env_rpc/Mid1v1-v0", seed=seed, max_seconds=seconds)
        space = json.loads(await call(socket, "action_space", instance_id=match))
        print(f"instance {match}: {space['name']} of {space['n']} actions")
        observation = json.loads(await call(socket, "reset", instance_id=match))
        total, steps, done = 0.0, 0, False
        while not done:
            allowed = [action for action, may in enumerate(observation["action_mask"]) if may]
            reply = await call(
                socket, "step", instance_id=match, action=choose.choice(allowed))
            observation, reward, done, info = json.loads(reply)
            total += reward
            steps += 1
        end = "cut off" if info["TimeLimit.truncated"] else "over"
        print(f"{steps} steps, return {total:.2f}; the match is {end}")
        await call(socket, "close", instance_id=match)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help="when the match is cut off")
    parser.add_argument("--url", help="a server that runs, such as ws://localhost:5000/gym")
    arguments = parser.parse_args()

    if arguments.url:
        asyncio.run(play(arguments.url, arguments.seed, arguments.seconds))
        return
    command = [sys.executable, "-m", "dota_env_rpc.bridges.gymie", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().split()[-1]  # "Serving on ws://..."
            asyncio.run(play(url, arguments.seed, arguments.seconds))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
