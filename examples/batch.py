"""Many matches side by side: each step moves all of them in one call.

    python examples/batch.py --matches 64 --steps 1000
"""

import argparse
import time

import numpy as np

import dota_env_rpc


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--matches", type=int, default=64)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    random = np.random.default_rng(arguments.seed)
    env = dota_env_rpc.make_batch(
        "mid_1v1", arguments.matches, seed=arguments.seed, action_space="discrete",
        max_seconds=60.0)
    timestep = env.reset()
    returns = np.zeros(arguments.matches)
    ended = []
    start = time.perf_counter()
    for _ in range(arguments.steps):
        # A random legal action of each row: the largest of random numbers, 0 where not allowed.
        mask = timestep.observation["mask"]["action"]
        actions = np.argmax(mask * random.random(mask.shape), axis=1)
        timestep = env.step({"action": actions.astype(np.int32)})
        # Rows end and start again by themselves; LAST is 2.
        returns += timestep.reward
        last = timestep.step_type == 2
        ended += returns[last].tolist()
        returns[last] = 0.0
    seconds = time.perf_counter() - start

    per_second = arguments.matches * arguments.steps / seconds
    print(f"{arguments.matches} matches, {arguments.steps} steps each: "
          f"{per_second:,.0f} match steps a second")
    print(f"{len(ended)} matches ended" + (
        f" with a mean return of {np.mean(ended):.2f}" if ended else ""))


if __name__ == "__main__":
    main()
