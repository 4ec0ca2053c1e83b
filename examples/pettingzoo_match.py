"""Both seats of a match in one loop, as a PettingZoo environment.

    python examples/pettingzoo_match.py --heroes npc_dota_hero_lina,npc_dota_hero_axe

Needs the extra `gym`: pip install '.[gym]'.
"""

import argparse

import dota_env_rpc


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--heroes", default="npc_dota_hero_lina,npc_dota_hero_axe",
                        help="of Radiant and of Dire")
    parser.add_argument("--minutes", type=float, default=10.0, help="when the match is cut off")
    arguments = parser.parse_args()

    env = dota_env_rpc.parallel_env(
        "mid_1v1", heroes=arguments.heroes, max_seconds=arguments.minutes * 60.0)
    observations, _ = env.reset(seed=arguments.seed)
    for number, agent in enumerate(env.agents):
        env.action_space(agent).seed(arguments.seed + number)
    returns = dict.fromkeys(env.agents, 0.0)
    steps = 0
    while env.agents:
        actions = {
            agent: env.action_space(agent).sample(observations[agent]["action_mask"])
            for agent in env.agents}
        observations, rewards, terminations, truncations, infos = env.step(actions)
        for agent, reward in rewards.items():
            returns[agent] += reward
        steps += 1
    for agent, total in returns.items():
        won = " and has won" if infos[agent]["is_success"] else ""
        print(f"{agent}: {steps} steps, return {total:.2f}{won}")
    env.close()


if __name__ == "__main__":
    main()
