"""Gymnasium environments: one seat of one match, and many matches side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import gymnasium
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
import numpy as np

from dota_env_rpc.gym.matches import METADATA, Matches, won


class MatchEnv(gymnasium.Env):
    """One seat of one match. Make it with gymnasium.make("dota_env_rpc/Mid1v1-v0").

    An observation is a dictionary of arrays (docs/observations.md) with `action_mask`, which
    `action_space.sample` takes. `info` holds `reward_terms`, and `is_success` in the last step.
    A match that has a result is terminated, one that reaches `max_seconds` is truncated.

    A pickled or copied environment goes on from where this one is; on a server, where the match
    stays, it gets a match of its own and has to be reset.
    """

    metadata = METADATA

    def __init__(
            self, task: str = "mid_1v1", *, render_mode: str | None = None, seat: int = 0,
            hero: str | None = None, action_space: str = "discrete",
            observations: Sequence[str] = (), address: str | None = None,
            world: str | None = None, connection: Mapping[str, Any] | None = None, **settings):
        """Opens a match; nothing is played before `reset`.

        Args:
            task: Name of the task.
            render_mode: "rgb_array" or None.
            seat: Player slot; with `world`, -1 takes the first that is free.
            hero: The seat's hero, such as "npc_dota_hero_lina"; None for the world's.
            action_space: "discrete" for a number, or "orders" for all that a player can do.
            observations: Extra observations, such as "rgb" and "events".
            address: "HOST:PORT" of a server that plays the match; None for this process.
            world: Name of a world on that server to join; None makes one.
            connection: Further arguments of dota_env_rpc.connect, such as `token`.
            **settings: World settings and further join settings; see docs/settings.md. A `seed`
                is that of the first reset without one.

        Raises:
            ValueError: a setting is unknown or its value is not allowed.
            ConnectionError: there is no server at `address`.
        """
        self.render_mode = render_mode
        self._matches = Matches(
            task, {"seat": seat, "hero": hero, "action_space": action_space,
                   "observations": observations}, settings,
            address=address, world=world, connection=connection, render_mode=render_mode)
        self.observation_space = self._matches.observation_space
        self.action_space = self._matches.action_space
        self.metadata = {**METADATA, "render_fps": self._matches.frames_per_second}
        self._mask: np.ndarray | Mapping[str, np.ndarray] | None = None
        self._ended = False

    def reset(
            self, *, seed: int | None = None,
            options: dict[str, Any] | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
        """Starts the next match and returns its first observation.

        Args:
            seed: Seed of this match; those that follow are drawn from it. Without one, the
                first reset draws a seed.
            options: There are none; what it holds is not looked at.
        """
        del options
        super().reset(seed=seed)
        observation, info = self._matches.reset(seed, self.np_random)
        self._mask, self._ended = observation["action_mask"], False
        return observation, info

    def step(self, action: Any) -> tuple[dict[str, Any], float, bool, bool, dict[str, Any]]:
        """Plays one decision.

        Raises:
            ValueError: `action` is outside the action space. The match has then not moved.
            gymnasium.error.ResetNeeded: no match is on.
        """
        if self._ended:
            raise gymnasium.error.ResetNeeded("the match is over: reset the environment first")
        time_step, observation, info = self._matches.step(action)
        self._mask, self._ended = observation["action_mask"], time_step.last()
        terminated = time_step.last() and time_step.discount == 0.0
        truncated = time_step.last() and not terminated
        if time_step.last():
            info["is_success"] = bool(won(observation))
        return observation, float(time_step.reward), terminated, truncated, info

    def action_masks(self) -> np.ndarray:
        """Returns bool (actions,): which the rules accept now, as maskable learners ask for it.

        Raises:
            ValueError: actions are orders, whose mask is no list, or no match was begun.
        """
        if not isinstance(self._mask, np.ndarray):
            raise ValueError("there is a list of allowed actions once an environment with "
                             "action_space='discrete' is reset")
        return self._mask.astype(bool)

    def render(self) -> np.ndarray | None:
        """Returns what the seat sees now, uint8 (256, 256, 3); None without a render mode."""
        if self.render_mode is None:
            return None
        frames = self._matches.frames()
        return frames[0] if frames else None

    def close(self) -> None:
        """Frees the match, or leaves the server."""
        self._matches.close()

    def __getstate__(self) -> dict[str, Any]:
        return _state_of(self)


class MatchVectorEnv(VectorEnv):
    """Many matches, each with one agent, that are played in one call.

    Make it with gymnasium.make_vec("dota_env_rpc/Mid1v1-v0", num_envs=64). A match that has ended
    starts anew in the next step, whose action it ignores and whose reward is 0. Otherwise as
    MatchEnv, with a leading axis.
    """

    metadata = {**METADATA, "autoreset_mode": AutoresetMode.NEXT_STEP}

    def __init__(
            self, num_envs: int = 1, task: str = "mid_1v1", *, render_mode: str | None = None,
            seat: int = 0, hero: str | None = None, action_space: str = "discrete",
            observations: Sequence[str] = (), address: str | None = None,
            connection: Mapping[str, Any] | None = None, **settings):
        """Opens the matches; nothing is played before `reset`.

        Args:
            num_envs: How many matches.
            task: Name of the task.
            render_mode: "rgb_array" or None.
            seat: Player slot, the same in every match.
            hero: The seat's hero, such as "npc_dota_hero_lina"; None for the world's.
            action_space: "discrete" for a number, or "orders" for all that a player can do.
            observations: Extra observations, such as "rgb" and "events".
            address: "HOST:PORT" of a server that plays the matches; None for this process.
            connection: Further arguments of dota_env_rpc.connect, such as `token`.
            **settings: As of MatchEnv.

        Raises:
            ValueError: a setting is unknown or its value is not allowed.
            ConnectionError: there is no server at `address`.
        """
        self.render_mode = render_mode
        self.num_envs = num_envs
        self._matches = Matches(
            task, {"seats": (seat,), "hero": hero, "action_space": action_space,
                   "observations": observations}, settings,
            num_matches=num_envs, address=address, connection=connection,
            render_mode=render_mode)
        self.single_observation_space = self._matches.observation_space
        self.single_action_space = self._matches.action_space
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.metadata = {**self.metadata, "render_fps": self._matches.frames_per_second}

    def reset(
            self, *, seed: int | None = None,
            options: dict[str, Any] | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
        """Starts the next match of every row and returns the first observations.

        Args:
            seed: Seed of row 0's match; those of the others and of later matches follow from
                it (docs/settings.md). Without one, the first reset draws a seed.
            options: There are none; what it holds is not looked at.
        """
        del options
        super().reset(seed=seed)
        observation, info = self._matches.reset(seed, self.np_random)
        return observation, self._of_all(info)

    def step(self, actions: Any) -> tuple[
            dict[str, Any], np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
        """Plays one decision of every match, and starts those that have ended before.

        Raises:
            ValueError: `actions` is outside the action space. No match has then moved.
        """
        time_step, observation, info = self._matches.step(actions)
        ended = time_step.step_type == 2
        terminations = ended & (time_step.discount == 0.0)
        info = self._of_all(info)
        if ended.any():
            info["is_success"], info["_is_success"] = ended & won(observation), ended
        return observation, time_step.reward, terminations, ended & ~terminations, info

    def _of_all(self, info: dict[str, Any]) -> dict[str, Any]:
        """Returns infos with the masks that tell that they are there for all."""
        there = {f"_{name}": np.ones(self.num_envs, bool) for name in info}
        return {**info, **there}

    def render(self) -> tuple[np.ndarray, ...] | None:
        """Returns what each match's seat sees now; None without a render mode."""
        return None if self.render_mode is None else tuple(self._matches.frames())

    def close_extras(self, **kwargs: Any) -> None:
        """Frees the matches, or leaves the server."""
        del kwargs
        self._matches.close()

    def __getstate__(self) -> dict[str, Any]:
        return _state_of(self)


def _state_of(env: MatchEnv | MatchVectorEnv) -> dict[str, Any]:
    """Returns what is pickled of an environment, with the generator that both go on with."""
    env.np_random  # noqa: B018 - made when it is first asked for
    return dict(env.__dict__)
