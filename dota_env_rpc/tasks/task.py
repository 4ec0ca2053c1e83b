"""A task: what a seat sees, may do and is paid, when an episode ends, and how all that is set."""

import abc
from collections.abc import Mapping
import dataclasses
import importlib
import pkgutil
from typing import Any

from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.tasks.rewards import TERMS, ZERO_SUM, default_weights
from dota_env_rpc.tasks.seat import ACTION_SPACES, EXTRAS, RGB_SIZE, RGB_SPAN, Seat
from dota_env_rpc.tasks.settings import Setting, SettingError, unknown_text

REWARD_PREFIX = "reward."
ANY_SEAT = -1
# Settings of a match that its seats may bring, and the join setting of each.
BROUGHT = {"heroes": "hero", "skill_builds": "skill_build", "item_builds": "item_build"}


class Task(abc.ABC):
    """What a seat sees, may do and is paid, and when an episode ends.

    Attributes:
        name: Name of the task, and of the module in dota_env_rpc.tasks that holds it.
        meaning: What is played, in a few sentences for the documentation.
        base: Name of the task that it varies, "" for none.
        world_settings: Settings of a world by name.
        join_settings: Settings of joining it by name.
        played_seats: Player slots that have a hero.
    """

    name: str
    meaning: str
    base: str = ""
    world_settings: Mapping[str, Setting]
    join_settings: Mapping[str, Setting]
    played_seats: tuple[int, ...]

    @abc.abstractmethod
    def match_settings(self, world: Mapping[str, Any]) -> MatchSettings:
        """Returns the settings of the match.

        Args:
            world: All world settings, as `parse_settings` returns them.

        Raises:
            SettingError: settings do not go together.
        """

    def seats(self, join: Mapping[str, Any]) -> tuple[int, ...]:
        """Returns the player slots that parsed join settings name; () for any that is free.

        Raises:
            SettingError: a slot is not one that this task plays, or is named twice.
        """
        name = "seats" if join["seats"] else "seat"
        seats = join["seats"] or (() if join["seat"] == ANY_SEAT else (join["seat"],))
        if not set(seats) <= set(self.played_seats) or len(set(seats)) < len(seats):
            raise SettingError(
                name, f"setting {name!r} is {join[name]}, but {self.name} has the seats "
                + ", ".join(map(str, self.played_seats)))
        return tuple(seats)

    def brought(
            self, settings: MatchSettings,
            joined: Mapping[int, Mapping[str, Any]]) -> MatchSettings:
        """Returns the settings of a match with what its seats bring: their heroes and builds.

        Args:
            settings: What the world says.
            joined: By player slot, the join settings of who plays it, as `parse_settings`
                returns them. An empty string leaves what the world says.
        """
        changed = {}
        for field, name in BROUGHT.items():
            values = list(getattr(settings, field))
            for seat, join in joined.items():
                values[seat] = join[name] or values[seat]
            changed[field] = tuple(values)
        selecting = tuple(seat for seat in settings.selecting if seat not in joined)
        return dataclasses.replace(settings, **changed, selecting=selecting)

    def seat_arguments(self, world: Mapping[str, Any], join: Mapping[str, Any]) -> dict[str, Any]:
        """Returns what to call `seat` with, beside the backend and `seats`.

        world, join: all settings, as `parse_settings` returns them.
        """
        return {
            "action_space": join["action_space"],
            "observations": join["observations"],
            "rgb_size": join["rgb_size"],
            "rgb_span": join["rgb_span"],
            "reward": {
                name.removeprefix(REWARD_PREFIX): value for name, value in world.items()
                if name.startswith(REWARD_PREFIX)},
        }

    def seat(self, backend, **arguments) -> Seat:
        """Returns a seat of the matches of `backend`; see Seat for the arguments."""
        return Seat(backend, **{"reward": default_weights(), **arguments})


def reward_settings() -> list[Setting]:
    """Returns the settings that weigh the reward terms."""
    weights = [
        Setting(REWARD_PREFIX + term.name, "float64", term.weight,
                f"Weight of a reward term: {term.formula}.", -1e6, 1e6)
        for term in TERMS]
    return weights + [Setting(
        REWARD_PREFIX + ZERO_SUM, "bool", False,
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
        Setting("rgb_size", "int64", RGB_SIZE, "Pixels a side of `rgb`.", 16, 2048),
        Setting("rgb_span", "float64", RGB_SPAN,
                "Map units that `rgb` shows from side to side, around the hero; the whole map is "
                "20928 wide.", 500.0, 20928.0),
    ]


def with_defaults(settings: Mapping[str, Setting], **defaults: Any) -> dict[str, Setting]:
    """Returns the settings of a variant: those of its base with other defaults.

    The setting `task` allows nothing but the variant.
    """
    changed = {name: dataclasses.replace(settings[name], default=default)
               for name, default in defaults.items()}
    changed["task"] = dataclasses.replace(changed["task"], choices=(defaults["task"],))
    return {**settings, **changed}


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
    # Not by `task_names`, which imports all modules there are.
    package = importlib.import_module("dota_env_rpc.tasks")
    found = name in {module.name for module in pkgutil.iter_modules(package.__path__)}
    module = importlib.import_module(f"dota_env_rpc.tasks.{name}") if found else None
    if not hasattr(module, "TASK"):
        raise ValueError(unknown_text("task", name, task_names()))
    return module.TASK
