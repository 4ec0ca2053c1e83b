"""An agent that picks any legal action, in this process: the shortest way to play.

    python examples/random_agent.py --seed 3 --hero npc_dota_hero_sniper
"""

import argparse

import numpy as np

import dota_env_rpc


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hero", default="npc_dota_hero_nevermore")
    parser.add_argument("--minutes", type=float, default=10.0, help="when the match is cut off")
    arguments = parser.parse_args()

    random = np.random.default_rng(arguments.seed)
    env = dota_env_rpc.make(
        "mid_1v1", seed=arguments.seed, hero=arguments.hero, action_space="discrete",
        max_seconds=arguments.minutes * 60.0)
    timestep = env.reset()
    total, steps = 0.0, 0
    while not timestep.last():
        allowed = np.flatnonzero(timestep.observation["mask"]["action"])
        timestep = env.step({"action": random.choice(allowed)})
        total += timestep.reward
        steps += 1

    me, rival = env.tables.players[0, [0, 5]]
    print(f"{steps} steps, return {total:.2f}; winner: {env.winner}, because of {env.reason}")
    print(f"random agent: {me.kills} kills, {me.last_hits} last hits, {me.denies} denies")
    print(f"the bot:      {rival.kills} kills, {rival.last_hits} last hits, {rival.denies} denies")


if __name__ == "__main__":
    main()
