"""Matches as Gymnasium and PettingZoo environments.

Importing this module registers the ids below with Gymnasium. See docs/gymnasium.md.
"""

try:
    import gymnasium
except ImportError as error:
    raise ImportError(
        "dota_env_rpc.gym needs Gymnasium: pip install 'dota_env_rpc[gym]'") from error

# Gymnasium's id of each task.
IDS = {
    "mid_1v1": "dota_env_rpc/Mid1v1-v0",
    "mid_1v1_tournament": "dota_env_rpc/Mid1v1Tournament-v0",
}

for _task, _id in IDS.items():
    gymnasium.register(
        _id, "dota_env_rpc.gym.environments:MatchEnv", kwargs={"task": _task},
        vector_entry_point="dota_env_rpc.gym.environments:MatchVectorEnv")
