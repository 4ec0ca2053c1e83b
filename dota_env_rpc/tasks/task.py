"""A task: what a seat sees, may do and is paid, when an episode ends, and how all that is set."""

import abc
from collections.abc import Mapping
import importlib
import pkgutil
from typing import Any

from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.tasks.rewards import TERMS
from dota_env_rpc.tasks.seat import ACTION_SPACES, EXTRAS, Seat
from dota_env_rpc.tasks.settings import Setting, unknown_text

_REWARD = "reward."
ZERO_SUM = "reward.zero_sum"


class Task(abc.ABC):
    """What a seat sees, may do and is paid, and when an episode ends.

    Attributes:
        name: Name of the task, and of the module in dota_env_rpc.tasks that holds it.
        meaning: What is played, in a few sentences for the documentation.
        world_settings: Settings of a world by name.
        join_settings: Settings of joining it by name.
    """

    name: str
    meaning: str
    world_settings: Mapping[str, Setting]
    join_settings: Mapping[str, Setting]

    @abc.abstractmethod
    def match_settings(self, world: Mapping[str, Any]) -> MatchSettings:
        """Returns the settings of the match.

        Args:
            world: All world settings, as `parse_settings` returns them.

        Raises:
            SettingError: settings do not go together.
        """

    @abc.abstractmethod
    def seats(self, join: Mapping[str, Any]) -> tuple[int, ...]:
        """Returns the player slots that a client with these join settings asks for.

        Args:
            join: All join settings, as `parse_settings` returns them.

        Raises:
            SettingError: a slot is not one that this task plays.
        """

    def seat_arguments(self, world: Mapping[str, Any], join: Mapping[str, Any]) -> dict[str, Any]:
        """Returns what to call `seat` with, beside the backend, for these parsed settings.

        Raises:
            SettingError: settings do not go together.
        """
        return {
            "seats": self.seats(join),
            "action_space": join["action_space"],
            "observations": join["observations"],
            "reward": {
                term.name: world[_REWARD + term.name] for term in TERMS},
            "zero_sum": world[ZERO_SUM],
            "batched": world["num_matches"] > 1 or bool(join["seats"]),
        }

    def seat(self, backend, **arguments) -> Seat:
        """Returns a seat of the matches of `backend`; see Seat for the arguments."""
        arguments.setdefault("reward", {term.name: term.weight for term in TERMS})
        return Seat(backend, **arguments)


def reward_settings() -> list[Setting]:
    """Returns the settings that weigh the reward terms."""
    weights = [
        Setting(_REWARD + term.name, "float64", term.weight, f"Weight of the reward term: "
                f"{term.formula}.", -1e6, 1e6)
        for term in TERMS]
    return weights + [Setting(
        ZERO_SUM, "bool", False,
        "Whether the reward is less the mean of the enemies' rewards. Terms that already count "
        "both sides enter once.")]


def seat_settings() -> list[Setting]:
    """Returns the join settings that every task has, beside `seat`, `seats` and `hero`."""
    return [
        Setting("action_space", "string", "orders",
                "Which actions the seat has: all orders, or a few ready-made ones.",
                choices=tuple(ACTION_SPACES)),
        Setting("observations", "strings", (),
                "Observations beside those that are always there.", choices=EXTRAS),
    ]


def by_name(settings: list[Setting]) -> dict[str, Setting]:
    """Returns settings by their names."""
    return {setting.name: setting for setting in settings}


def task_names() -> tuple[str, ...]:
    """Returns the names of all tasks: the modules of dota_env_rpc.tasks that hold a TASK."""
    package = importlib.import_module("dota_env_rpc.tasks")
    modules = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(
        name for name in modules
        if hasattr(importlib.import_module(f"dota_env_rpc.tasks.{name}"), "TASK")))


def load_task(name: str) -> Task:
    """Returns the task `name`.

    Raises:
        ValueError: there is none of that name; says which there are.
    """
    if name not in task_names():
        raise ValueError(unknown_text("task", name, task_names()))
    return importlib.import_module(f"dota_env_rpc.tasks.{name}").TASK
