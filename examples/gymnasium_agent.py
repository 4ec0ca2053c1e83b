"""A Gymnasium environment, and an agent that picks any action that its mask allows.

    python examples/gymnasium_agent.py --hero npc_dota_hero_sniper --matches 2
    python examples/gymnasium_agent.py --address localhost:13337

Needs the extra `gym`: pip install '.[gym]'.
"""

import argparse

import gymnasium

import dota_env_rpc.gym  # noqa: F401 - registers the environments


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hero", default="npc_dota_hero_nevermore")
    parser.add_argument("--matches", type=int, default=1, help="how many to play")
    parser.add_argument("--minutes", type=float, default=10.0, help="when a match is cut off")
    parser.add_argument("--address", help="HOST:PORT of a server that plays the matches")
    arguments = parser.parse_args()

    env = gymnasium.make(
        "dota_env_rpc/Mid1v1-v0", hero=arguments.hero, address=arguments.address,
        max_seconds=arguments.minutes * 60.0)
    env.action_space.seed(arguments.seed)
    for match in range(arguments.matches):
        # Later matches follow from the first one's seed.
        observation, info = env.reset(seed=arguments.seed if match == 0 else None)
        total, steps, over = 0.0, 0, False
        while not over:
            action = env.action_space.sample(mask=observation["action_mask"])
            observation, reward, terminated, truncated, info = env.step(action)
            total += reward
            steps += 1
            over = terminated or truncated
        end = "was cut off" if truncated else "is won" if info["is_success"] else "is not won"
        print(f"match {match}: {steps} steps, return {total:.2f}; it {end}")
    env.close()


if __name__ == "__main__":
    main()
