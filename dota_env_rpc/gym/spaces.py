"""Gymnasium's spaces of what a seat sees and does."""

from collections.abc import Mapping
from typing import Any

from dm_env import specs
from gymnasium import spaces
import numpy as np

from dota_env_rpc.match.enums import UnitOrder
from dota_env_rpc.match.tables import NUM_ABILITY_SLOTS, NUM_ITEM_SLOTS

_CAST_TARGET = int(UnitOrder.CAST_TARGET)
_PURCHASE = int(UnitOrder.PURCHASE_ITEM)
_NUM_SLOTS = NUM_ABILITY_SLOTS + NUM_ITEM_SLOTS


class Orders(spaces.Dict):
    """The action space of all orders: a number or place for each field of an action."""

    def sample(
            self, mask: Mapping[str, np.ndarray] | None = None,
            probability: None = None) -> dict[str, Any]:
        """Returns a random order.

        Args:
            mask: `action_mask` of an observation: the order is then one that the rules accept
                now, by the own hero and not queued. None for any order at all.
            probability: Not supported.
        """
        result = super().sample(probability=probability)
        if mask is None:
            return result
        order = self._pick(mask["order"][:, 0])
        targets, slots = np.split(mask["order"][order, 1:], [-_NUM_SLOTS])
        result.update(order=order, unit=np.int64(0), queue=np.int64(0))
        if order == _CAST_TARGET:
            slots = slots & (mask["cast"] & targets).any(axis=1)
        result["ability"] = self._pick(slots)
        result["item"] = self._pick(slots[NUM_ABILITY_SLOTS:])
        if order == _CAST_TARGET:
            targets = targets & mask["cast"][result["ability"]]
        elif order == _PURCHASE:
            result["item_to_buy"] = self._pick(mask["buy"])
        result["target"] = self._pick(targets)
        return result

    def _pick(self, allowed: np.ndarray) -> np.int64:
        """Returns the place of a random nonzero element, or 0 if there is none."""
        places = np.flatnonzero(allowed)
        return np.int64(self.np_random.choice(places) if len(places) else 0)


def observation_space(observation_specs: Mapping[str, Any], leading: int) -> spaces.Dict:
    """Returns the space of observations.

    Args:
        observation_specs: Specs by name; `mask` holds those of masks.
        leading: How many axes of the specs the space leaves out.
    """
    described = dict(observation_specs)
    masks = {
        name: spaces.Box(0, 1, spec.shape[leading:], np.int8)
        for name, spec in described.pop("mask").items()}
    result: dict[str, spaces.Space] = {
        name: _box(spec, leading) for name, spec in described.items()}
    result["action_mask"] = masks["action"] if "action" in masks else spaces.Dict(masks)
    return spaces.Dict(result)


def action_space(action_specs: Mapping[str, specs.BoundedArray], leading: int) -> spaces.Space:
    """Returns the space of actions: Discrete where one number is all, else Orders.

    Args:
        action_specs: Specs by name.
        leading: How many axes of the specs the space leaves out.
    """
    fields = {
        name: _box(spec, leading) if spec.shape[leading:]
        else spaces.Discrete(int(np.max(spec.maximum)) + 1)
        for name, spec in action_specs.items()}
    return fields["action"] if "action" in fields else Orders(fields)


def _box(spec: specs.BoundedArray, leading: int) -> spaces.Box:
    return spaces.Box(
        np.min(spec.minimum), np.max(spec.maximum), spec.shape[leading:], spec.dtype)
