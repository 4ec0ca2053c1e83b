"""Dota 2 for reinforcement-learning agents, through DeepMind's dm_env_rpc protocol."""
