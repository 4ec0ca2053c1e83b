"""Two agents on two connections of one world, each in a thread of its own.

Uses dm_env_rpc's own client, so it is how any program that knows the protocol takes part: one
client makes the world, both join it, and each plays as if it were alone. The server moves the
match when both have stepped.

    python examples/two_connections.py --seconds 60
"""

import argparse
import concurrent.futures

from dm_env_rpc.v1 import connection, dm_env_adaptor, dm_env_rpc_pb2
import grpc
import numpy as np

import dota_env_rpc


def play(address: str, world: str, seat: int) -> str:
    """Joins `world` in `seat` and plays random legal actions to the end of the match."""
    random = np.random.default_rng(seat)
    with connection.Connection(grpc.insecure_channel(address)) as client:
        env = dm_env_adaptor.join_world(
            client, world, join_world_settings={"seat": seat, "action_space": "discrete"})
        timestep = env.reset()
        total, steps = 0.0, 0
        while not timestep.last():
            allowed = np.flatnonzero(timestep.observation["mask"]["action"])
            timestep = env.step({"action": random.choice(allowed)})
            total += timestep.reward
            steps += 1
        env.close()
    return f"seat {seat}: {steps} steps, return {total:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="when the match is cut off")
    arguments = parser.parse_args()

    with dota_env_rpc.serve(port=0) as server:
        with connection.Connection(grpc.insecure_channel(server.address)) as client:
            world = dm_env_adaptor.create_world(client, {
                "task": "mid_1v1", "agents": 2, "max_seconds": arguments.seconds})
            with concurrent.futures.ThreadPoolExecutor() as threads:
                playing = [threads.submit(play, server.address, world, seat) for seat in (0, 5)]
                for seat in playing:
                    print(seat.result())
            client.send(dm_env_rpc_pb2.DestroyWorldRequest(world_name=world))


if __name__ == "__main__":
    main()
