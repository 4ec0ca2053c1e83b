"""All seats of a match as a PettingZoo environment."""

from collections.abc import Callable, Mapping, Sequence
import copy
from typing import Any

from gymnasium import Space
from gymnasium.utils import seeding
import numpy as np

from dota_env_rpc.gym.matches import METADATA, Matches, won
from dota_env_rpc.tasks.task import load_task

try:
    from pettingzoo import ParallelEnv
except ImportError as error:
    raise ImportError(
        "dota_env_rpc.parallel_env needs PettingZoo: pip install 'dota_env_rpc[gym]'") from error


def parallel_env(
        task: str = "mid_1v1", *, render_mode: str | None = None,
        action_space: str = "discrete", observations: Sequence[str] = (),
        address: str | None = None, connection: Mapping[str, Any] | None = None,
        **settings) -> "MatchParallelEnv":
    """Returns a match whose seats are all played by agents, as a pettingzoo.ParallelEnv.

    Args:
        task: Name of the task.
        render_mode: "rgb_array" or None.
        action_space: "discrete" for a number, or "orders" for all that a player can do.
        observations: Extra observations, such as "rgb" and "events".
        address: "HOST:PORT" of a server that plays the match; None for this process.
        connection: Further arguments of dota_env_rpc.connect, such as `token`.
        **settings: World settings and further join settings; see docs/settings.md. A `seed` is
            that of the first reset without one.

    Raises:
        ValueError: a setting is unknown or its value is not allowed.
        ConnectionError: there is no server at `address`.
    """
    return MatchParallelEnv(
        task, render_mode, {"action_space": action_space, "observations": observations},
        address, connection, settings)


class MatchParallelEnv(ParallelEnv):
    """All seats of a match, each an agent: "seat_0", "seat_5". `parallel_env` makes it.

    What an agent sees, does and is told is as in MatchEnv. All agents end in the same step.
    """

    def __init__(
            self, task: str, render_mode: str | None, join: Mapping[str, Any],
            address: str | None, connection: Mapping[str, Any] | None,
            settings: Mapping[str, Any]):
        """Opens a match; nothing is played before `reset`. For the arguments see parallel_env."""
        self.render_mode = render_mode
        seats = load_task(task).played_seats
        self._matches = Matches(
            task, {"seats": seats, **join}, settings, num_matches=1, address=address,
            connection=connection, render_mode=render_mode)
        self.possible_agents = [f"seat_{seat}" for seat in seats]
        self.agents: list[str] = []
        self.metadata = {
            **METADATA, "name": f"{task}_v0", "is_parallelizable": True,
            "render_fps": self._matches.frames_per_second}
        # Each agent has spaces of its own, since each samples with a generator of its own.
        self.observation_spaces = self._each(self._matches.observation_space)
        self.action_spaces = self._each(self._matches.action_space)
        self._random, _ = seeding.np_random()

    def _each(self, space: Space) -> dict[str, Space]:
        return {agent: copy.deepcopy(space) for agent in self.possible_agents}

    def observation_space(self, agent: str) -> Space:
        """Returns the space of an agent's observations."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Space:
        """Returns the space of an agent's actions."""
        return self.action_spaces[agent]

    def reset(
            self, seed: int | None = None, options: dict[str, Any] | None = None,
            ) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """Starts the next match; returns observations and infos by agent.

        Args:
            seed: Seed of this match; those that follow are drawn from it. Without one, the
                first reset draws a seed.
            options: There are none; what it holds is not looked at.
        """
        del options
        observation, info = self._matches.reset(seed, self._random)
        self.agents = list(self.possible_agents)
        return self._rows(observation), self._rows(info)

    def step(self, actions: Mapping[str, Any]) -> tuple[
            dict[str, Any], dict[str, float], dict[str, bool], dict[str, bool],
            dict[str, dict[str, Any]]]:
        """Plays one decision of every agent; without agents, that is nothing.

        Args:
            actions: An action of each agent of `agents`.

        Raises:
            ValueError: an action is missing or outside its space. The match has then not moved.
        """
        if not self.agents:
            return {}, {}, {}, {}, {}
        if set(actions) != set(self.agents):
            raise ValueError(
                f"there are actions of {sorted(actions)}, but must be of {self.agents}")
        time_step, observation, info = self._matches.step(
            _stacked([actions[agent] for agent in self.agents]))
        ended = time_step.step_type == 2
        terminated = ended & (time_step.discount == 0.0)
        infos = self._rows(info)
        for agent, row_ended, row_won in zip(self.agents, ended, won(observation)):
            if row_ended:
                infos[agent]["is_success"] = bool(row_won)
        result = (
            self._rows(observation), self._rows(time_step.reward, float),
            self._rows(terminated, bool), self._rows(ended & ~terminated, bool), infos)
        if ended.all():
            self.agents = []
        return result

    def _rows(self, values: Any, kind: Callable = lambda value: value) -> dict[str, Any]:
        """Returns what arrays, in dictionaries or not, hold of each agent."""
        return {
            agent: kind(_row(values, place)) for place, agent in enumerate(self.possible_agents)}

    def render(self) -> np.ndarray | None:
        """Returns what the seats see now, side by side; None without a render mode.

        uint8 (256, 256 x seats, 3), red, green and blue, in the order of `possible_agents`.
        """
        if self.render_mode is None:
            return None
        frames = self._matches.frames()
        return np.concatenate(frames, axis=1) if frames else None

    def close(self) -> None:
        """Frees the match, or leaves the server."""
        self._matches.close()


def _row(values: Any, place: int) -> Any:
    if isinstance(values, dict):
        return {name: _row(value, place) for name, value in values.items()}
    return values[place]


def _stacked(actions: list) -> Any:
    """Returns actions of several rows as one, with a leading axis."""
    if isinstance(actions[0], Mapping):
        return {name: _stacked([action[name] for action in actions]) for name in actions[0]}
    return np.stack(actions)
