"""An agent that plays the middle lane by hand-written rules, from what a seat observes.

It takes last hits, denies, trades blows when it is ahead, walks home when it is hurt, and brings
down the tower. It is far from the best there is; a learner should soon beat it.
"""

from collections.abc import Mapping
import math
from typing import Any

import numpy as np

from dota_env_rpc import UnitOrder, UnitType

# Scales of the observations, as docs/observations.md has them.
PLACE = 8192.0  # of `x` and `y`
OFFSET = 2048.0  # of `dx`, `dy` and `distance`
OWN, ENEMY = 1, 2
ME = 0  # the row of `units` that is the own hero
FOUNTAIN = 6900.0  # the fountains lie at about (-6900, -6900) and (6900, 6900)
ATTRIBUTES = 23  # the last ability slot holds the attribute bonus
TOWER_RANGE = 900.0


class LastHitter:
    """Chooses actions of the action space "orders" for one seat."""

    def __init__(self, columns: Mapping[str, Any]):
        """Reads where each number lies; `columns` is what an environment's `columns` tells."""
        places = {
            tensor["name"]: {column["name"]: place
                             for place, column in enumerate(tensor["columns"])}
            for tensor in columns["tensors"]}
        self._state, self._units, self._ids = (
            places[name] for name in ("state", "units", "unit_ids"))
        self._hurt = False

    def act(self, observation: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the next action; {} goes on with what the hero does."""
        state, units, ids = (observation[name] for name in ("state", "units", "unit_ids"))
        allowed = observation["mask"]["order"]
        if not state[self._state["alive"]]:
            self._hurt = False
            return {}
        if self._allows_attributes(allowed):
            return {"order": UnitOrder.TRAIN_ABILITY, "ability": ATTRIBUTES}

        kinds, sides = ids[:, self._ids["kind"]], ids[:, self._ids["side"]]
        creeps = np.flatnonzero((kinds == UnitType.LANE_CREEP) & (sides == ENEMY))
        friends = np.flatnonzero((kinds == UnitType.LANE_CREEP) & (sides == OWN))
        towers = np.flatnonzero((kinds == UnitType.TOWER) & (sides == ENEMY))

        health = self._get(units, "health_share")
        self._hurt = health[ME] < (0.8 if self._hurt else 0.35)
        if self._hurt:
            return self._walk(*self._home(state))
        if self._get(units, "attacks_me")[towers].any() or self._stands_alone(
                units, towers, friends):
            return self._retreat(state, units, 350.0)

        for rows in (creeps, friends):
            row = self._dying(units, rows, allowed[UnitOrder.ATTACK_TARGET, 1:])
            if row is not None:
                return {"order": UnitOrder.ATTACK_TARGET, "target": np.int32(row)}
        if self._wins_trade(units, kinds, towers):
            return {"order": UnitOrder.ATTACK_TARGET, "target": np.int32(1)}
        if np.count_nonzero(self._get(units, "attacks_me")[creeps]) > 1:
            return self._retreat(state, units, 300.0)
        reach = self._get(units, "reach")
        if len(friends) and kinds[1] != UnitType.HERO:
            # Nobody guards the other side: push.
            for rows in (creeps, towers):
                if len(rows):
                    return {"order": UnitOrder.ATTACK_TARGET, "target": np.int32(rows[0])}
        if len(creeps):
            # Nobody is about to die: stand where the nearest enemy creep is just out of reach.
            gap = float(reach[creeps[0]]) * 1000.0 - 50.0
            if abs(gap) < 60.0:
                return {"order": UnitOrder.STOP} if self._attacks_by_itself(ids) else {}
            return self._toward(units, creeps[0], gap)
        if len(friends):
            return self._follow(state, units, friends)
        return self._walk(*self._meeting_place(state))

    def _get(self, units: np.ndarray, column: str) -> np.ndarray:
        return units[:, self._units[column]]

    def _allows_attributes(self, allowed: np.ndarray) -> bool:
        abilities = allowed[UnitOrder.TRAIN_ABILITY, 1 + 48:]
        return bool(abilities[ATTRIBUTES])

    def _home(self, state: np.ndarray) -> tuple[float, float]:
        side = -1.0 if state[self._state["is_radiant"]] else 1.0
        return side * FOUNTAIN, side * FOUNTAIN

    def _meeting_place(self, state: np.ndarray) -> tuple[float, float]:
        """Returns a place on the own side of the river, where the creeps will come by."""
        side = -1.0 if state[self._state["is_radiant"]] else 1.0
        return side * 1100.0, side * 900.0

    def _stands_alone(
            self, units: np.ndarray, towers: np.ndarray, friends: np.ndarray) -> bool:
        """Returns whether a tower has nobody else to shoot at."""
        distance = self._get(units, "distance") * OFFSET
        near = towers[distance[towers] < TOWER_RANGE]
        if not len(near):
            return False
        x, y = (self._get(units, name) * PLACE for name in "xy")
        away = np.hypot(x[friends] - x[near[0]], y[friends] - y[near[0]])
        return np.count_nonzero(away < 700.0) < 2

    def _dying(self, units: np.ndarray, rows: np.ndarray, allowed: np.ndarray) -> int | None:
        """Returns the row of a creep that the next attack will kill, if there is one."""
        rows = rows[allowed[rows] == 1]
        if not len(rows):
            return None
        reach = np.maximum(self._get(units, "reach")[rows] * 1000.0, 0.0)
        distance = self._get(units, "distance")[rows] * OFFSET
        speed = self._get(units, "projectile_speed")[ME] * 1000.0
        wait = (self._get(units, "attack_point")[ME] + reach / 300.0 + 0.1
                + (distance / speed if speed else 0.0))
        # Others' blows until then, at the rate of a creep's attack each.
        lost = self._get(units, "attackers")[rows] * 10.0 * 18.0 * wait
        left = self._get(units, "health")[rows] * 1000.0 - lost
        hit = self._get(units, "own_hit")[rows] * 1000.0
        dying = np.flatnonzero((left < hit * 0.95) & (reach < 250.0))
        return int(rows[dying[np.argmin(left[dying])]]) if len(dying) else None

    def _wins_trade(self, units: np.ndarray, kinds: np.ndarray, towers: np.ndarray) -> bool:
        """Returns whether the enemy hero is near, away from his tower, and would fall first."""
        if kinds[1] != UnitType.HERO:
            return False
        health, hit, interval, damage = (
            self._get(units, name) for name in ("health", "own_hit", "attack_interval", "damage"))
        x, y = (self._get(units, name) * PLACE for name in "xy")
        if np.any(np.hypot(x[towers] - x[1], y[towers] - y[1]) < TOWER_RANGE):
            return False
        reach = self._get(units, "reach")[1] * 1000.0
        seconds_to_win = health[1] / max(hit[1], 1e-3) * interval[ME]
        # Damage is in hundreds and health in thousands; armor takes about a quarter.
        blows = damage[1] / 10.0 * 0.75 / interval[1]
        seconds_to_lose = health[ME] / max(blows, 1e-3)
        return bool(reach < 200.0 and seconds_to_win < seconds_to_lose)

    def _attacks_by_itself(self, ids: np.ndarray) -> bool:
        return ids[ME, self._ids["activity"]] == 2

    def _follow(self, state: np.ndarray, units: np.ndarray, friends: np.ndarray) -> dict:
        """Walks behind the own creep that is farthest along the lane."""
        side = 1.0 if state[self._state["is_radiant"]] else -1.0
        x, y = (self._get(units, name)[friends] * PLACE for name in "xy")
        first = np.argmax(side * (x + y))
        return self._walk(x[first] - side * 250.0, y[first] - side * 250.0)

    def _retreat(self, state: np.ndarray, units: np.ndarray, length: float) -> dict:
        """Walks `length` map units toward home."""
        x, y = (float(self._get(units, name)[ME]) * PLACE for name in "xy")
        home_x, home_y = self._home(state)
        away = math.hypot(home_x - x, home_y - y) or 1.0
        share = min(length / away, 1.0)
        return self._walk(x + (home_x - x) * share, y + (home_y - y) * share)

    def _toward(self, units: np.ndarray, row: int, length: float) -> dict:
        """Walks `length` map units toward the unit in `row`, or away from it if negative."""
        x, y = (float(self._get(units, name)[ME]) * PLACE for name in "xy")
        dx, dy = (float(self._get(units, name)[row]) for name in ("dx", "dy"))
        away = math.hypot(dx, dy) or 1.0
        return self._walk(x + dx / away * length, y + dy / away * length)

    def _walk(self, x: float, y: float) -> dict:
        return {"order": UnitOrder.MOVE_TO_POSITION,
                "position": np.array([x, y], np.float32).clip(-8000.0, 8000.0)}
