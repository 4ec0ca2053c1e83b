"""What the game's bots ask for, CMsgBotWorldState.Action, as orders of the tables, and back.

docs/dotaservice.md lists every type of action with what becomes of it.
"""

import functools
import math

import numpy as np

from dota_env_rpc.match.enums import CourierAbility, OrderResult, UnitOrder
from dota_env_rpc.match.order import Order
from dota_env_rpc.match.tables import MAX_UNITS, NUM_ABILITY_SLOTS, NUM_ITEM_SLOTS
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState

Action = CMsgBotWorldState.Action
# `abilitySlot` of the item in slot 0 of its hero; those below are abilities. Source: guess.
FIRST_ITEM_SLOT = 32
# What target fields say for nobody.
NOBODY = -1

_TYPES = {order: Action.Type.Value(f"DOTA_UNIT_ORDER_{order.name}") for order in UnitOrder
          if f"DOTA_UNIT_ORDER_{order.name}" in Action.Type.keys()}
_TYPES[UnitOrder.MOVE_ITEM] = Action.ACTION_SWAP_ITEMS
del _TYPES[UnitOrder.VECTOR_TARGET_POSITION]  # the message cannot say where the line ends
_ORDERS = {number: order for order, number in _TYPES.items()}
_COURIER = Action.ACTION_COURIER
# The same walk under other names.
_ORDERS[Action.DOTA_UNIT_ORDER_MOVE_DIRECTLY] = UnitOrder.MOVE_TO_POSITION
_ORDERS[Action.SCRIPTING_DOTA_UNIT_ORDER_MOVE_TO_POSITION] = UnitOrder.MOVE_TO_POSITION
_ORDERS[Action.DOTA_UNIT_ORDER_MOVE_ITEM] = UnitOrder.MOVE_ITEM

# What `action` of ACTION_COURIER means, by its number: COURIER_ACTION_* of the bot interface.
# Couriers of 7.41 have one ability that leads home, and there are no side shops, 8 and 9.
# Source: dotaservice/lua/actions/courier.lua of TimZaman/dotaservice da13230.
COURIER_ACTIONS = (
    CourierAbility.RETURN_STASH_ITEMS,  # RETURN
    CourierAbility.GO_TO_SECRETSHOP,  # SECRET_SHOP
    CourierAbility.RETURN_STASH_ITEMS,
    CourierAbility.TAKE_STASH_ITEMS,
    CourierAbility.TRANSFER_ITEMS,
    CourierAbility.BURST,
    CourierAbility.TAKE_STASH_AND_TRANSFER_ITEMS,  # TAKE_AND_TRANSFER_ITEMS
    CourierAbility.GO_TO_ENEMY_SECRETSHOP,  # ENEMY_SECRET_SHOP
)

# The part of the message that holds an order's values; several where clients differ.
_DATA = {
    UnitOrder.MOVE_TO_POSITION: ("moveToLocation", "moveDirectly"),
    UnitOrder.MOVE_TO_DIRECTION: ("moveToLocation", "moveDirectly"),
    UnitOrder.PATROL: ("moveToLocation", "attackMove"),
    UnitOrder.MOVE_TO_TARGET: ("moveToTarget",),
    UnitOrder.ATTACK_MOVE: ("attackMove",),
    UnitOrder.ATTACK_TARGET: ("attackTarget",),
    UnitOrder.CAST_POSITION: ("castLocation",),
    UnitOrder.CAST_TARGET: ("castTarget",),
    UnitOrder.CAST_TARGET_TREE: ("castTree",),
    UnitOrder.CAST_NO_TARGET: ("cast",),
    UnitOrder.CAST_TOGGLE: ("castToggle",),
    UnitOrder.CAST_TOGGLE_AUTO: ("castToggle",),
    UnitOrder.TRAIN_ABILITY: ("trainAbility",),
    UnitOrder.DROP_ITEM: ("dropItem",),
    UnitOrder.PICKUP_ITEM: ("pickUpItem",),
    UnitOrder.PICKUP_RUNE: ("pickupRune",),
    UnitOrder.PURCHASE_ITEM: ("purchaseItem",),
    UnitOrder.SELL_ITEM: ("sellItem",),
    UnitOrder.DISASSEMBLE_ITEM: ("disassembleItem",),
    UnitOrder.SET_ITEM_COMBINE_LOCK: ("setCombineLockItem",),
    UnitOrder.MOVE_ITEM: ("swapItems",),
    # The message has no part of their own for these.
    UnitOrder.GIVE_ITEM: ("castTarget",),
    UnitOrder.EJECT_ITEM_FROM_STASH: ("sellItem",),
}


class ActionRefused(Exception):
    """An action is no order: `reason` says why, as the rules say it of orders they refuse."""

    def __init__(self, reason: OrderResult):
        super().__init__(reason.name)
        self.reason = reason


def action_name(action) -> str:
    """Returns the name of an action's type."""
    return Action.Type.Name(action.actionType)


def read_action(action, seat: int, tables, patch) -> list[Order]:
    """Returns the orders that an action asks for: one for each unit; none for a target of nobody.

    Args:
        action: A CMsgBotWorldState.Action.
        seat: Whose it is; its `player` is not looked at.
        tables: The match as it is now, a TABLES record.
        patch: The Game that it is played with.

    Raises:
        ActionRefused: there is no such order, or the action lacks what it is about.
    """
    if action.actionType == _COURIER:
        return [_courier_order(action, int(tables.players[seat].courier))]
    kind = _ORDERS.get(action.actionType)
    if kind is None:
        raise ActionRefused(OrderResult.UNSUPPORTED_ORDER)
    if kind not in _DATA:
        data = getattr(action, action.WhichOneof("ActionData") or "", None)
        values = {}
    else:
        name = next((name for name in _DATA[kind] if action.HasField(name)), None)
        if name is None:
            raise ActionRefused(OrderResult.WRONG_ORDER)
        data = getattr(action, name)
        values = _Values(seat, tables, patch, data).of(kind)
        if values is None:
            return []
    order = Order(kind, **values)
    units = [unit for unit in getattr(data, "units", ())[:MAX_UNITS] if unit > 0]
    if not units:
        return [order]  # to the hero
    own = int(tables.players[seat].hero)
    return [Order(kind, unit=0 if unit == own else unit, **values) for unit in units]


class _Values:
    """Finds in an action what the fields of an order are."""

    def __init__(self, seat, tables, patch, data):
        self._seat, self._tables, self._patch, self._data = seat, tables, patch, data

    def of(self, kind: UnitOrder) -> dict | None:
        """Returns the fields of an order of a kind; None if it is about nobody."""
        data = self._data
        fields = data.DESCRIPTOR.fields_by_name
        if "target" in fields and data.target == NOBODY:
            return None
        values = {}
        if "abilitySlot" in fields:
            values.update(_cast_slot(data.abilitySlot))
        if "target" in fields:
            values["target"] = data.target
        if "location" in fields:
            values["position"] = _place(data.location)
        if kind == UnitOrder.CAST_TARGET_TREE:
            if data.tree == NOBODY:
                return None
            values["position"] = self._tree(data.tree)
        elif kind == UnitOrder.TRAIN_ABILITY:
            values["ability"] = self._slot_of(data.ability)
        elif kind == UnitOrder.PICKUP_ITEM:
            values["target"] = self._ground_item(data.itemId)
        elif kind == UnitOrder.PICKUP_RUNE:
            if data.rune == NOBODY:
                return None
            values["target"] = self._rune(data.rune)
        elif kind == UnitOrder.PURCHASE_ITEM:
            values["item_to_buy"] = self._item(data)
        elif kind in (UnitOrder.SELL_ITEM, UnitOrder.EJECT_ITEM_FROM_STASH):
            values["item"] = data.slot if data.HasField("slot") else self._held(data.item)
        elif kind == UnitOrder.GIVE_ITEM and "item" not in values:
            raise ActionRefused(OrderResult.NO_ITEM)  # the slot is one of an ability
        elif kind == UnitOrder.MOVE_ITEM:
            values["item"], values["target"] = self._swap(data.slot_a, data.slot_b)
        elif kind == UnitOrder.SET_ITEM_COMBINE_LOCK:
            values["item"], values["target"] = data.slot, int(data.value)
        elif "slot" in fields:
            values["item"] = data.slot
        return values

    def _tree(self, tree: int) -> tuple[float, float]:
        record = self._patch.record
        if not 0 <= tree < len(record.tree_x):
            raise ActionRefused(OrderResult.NO_TARGET)
        return float(record.tree_x[tree]), float(record.tree_y[tree])

    def _slot_of(self, name: str) -> int:
        definitions = self._tables.abilities[self._seat]["definition"].tolist()
        row = _rows(self._patch.ability_names).get(name, -1)
        if row < 0 or row not in definitions:
            raise ActionRefused(OrderResult.NO_ABILITY)
        return definitions.index(row)

    def _item(self, data) -> int:
        if data.HasField("item_name"):
            row = _rows(self._patch.item_names).get(data.item_name, -1)
        else:
            row = _item_rows(self._patch).get(data.item, -1)
        if row < 0:
            raise ActionRefused(OrderResult.UNKNOWN_ITEM)
        return row

    def _held(self, item: int) -> int:
        """Returns the first slot that holds an item of Valve's number."""
        row = _item_rows(self._patch).get(item, -1)
        held = self._tables.items[self._seat]["definition"][:NUM_ITEM_SLOTS].tolist()
        if row < 0 or row not in held:
            raise ActionRefused(OrderResult.NO_ITEM)
        return held.index(row)

    def _swap(self, first: int, second: int) -> tuple[int, int]:
        """Returns from which slot to which an item moves: one that holds something comes first."""
        held = self._tables.items[self._seat]["definition"]
        if 0 <= first < NUM_ITEM_SLOTS and held[first] < 0:
            first, second = second, first
        return first, second

    def _rune(self, spot: int) -> int:
        """Returns the handle of the rune in sight nearest to the hero of those of a place."""
        tables = self._tables
        hero = tables.units[int(tables.players[self._seat].hero) % len(tables.units)]
        runes = [
            (math.hypot(rune.x - hero.x, rune.y - hero.y), int(rune.handle))
            for rune in tables.runes if rune.handle and rune.spot == spot
            and rune.visible_to >> int(hero.team) & 1]
        if not runes:
            raise ActionRefused(OrderResult.NO_TARGET)
        return min(runes)[1]

    def _ground_item(self, item: int) -> int:
        """Returns the handle of the item of Valve's number that lies nearest to the hero."""
        tables = self._tables
        row = _item_rows(self._patch).get(item, -1)
        hero = tables.units[int(tables.players[self._seat].hero) % len(tables.units)]
        best, nearest = 0, math.inf
        for ground in tables.ground_items:
            if (ground.handle and ground.held[0].definition == row
                    and ground.visible_to >> int(hero.team) & 1):
                distance = math.hypot(ground.x - hero.x, ground.y - hero.y)
                if distance < nearest:
                    best, nearest = int(ground.handle), distance
        if not best:
            raise ActionRefused(OrderResult.NO_TARGET)
        return best


def write_action(order: Order, seat: int, tables, patch) -> Action:
    """Returns the action that asks for an order: the way back of `read_action`.

    The message cannot say that an order waits for those before it.

    Args:
        order: What is asked.
        seat: Who asks.
        tables: The match as it is now, a TABLES record.
        patch: The Game that it is played with.

    Raises:
        ValueError: the message has no such action.
    """
    kind = order.order
    if kind not in _TYPES:
        raise ValueError(f"the game's bots cannot ask for {UnitOrder(kind).name}")
    action = Action(actionType=_TYPES[kind], player=seat)
    if kind not in _DATA:
        for name, known in (("holdLocation", UnitOrder.HOLD_POSITION), ("stop", UnitOrder.STOP)):
            if kind == known:
                getattr(action, name).units.extend([order.unit] if order.unit else ())
                getattr(action, name).SetInParent()
        hero = int(tables.players[seat].hero)
        if kind == UnitOrder.GLYPH:
            action.glyph.unit = hero
        elif kind == UnitOrder.BUYBACK:
            action.buyback.unit = hero
        return action
    data = getattr(action, _DATA[kind][0])
    fields = data.DESCRIPTOR.fields_by_name
    if "units" in fields and order.unit:
        data.units.append(order.unit)
    if "abilitySlot" in fields:
        data.abilitySlot = order.ability if order.ability >= 0 else FIRST_ITEM_SLOT + order.item
    if "target" in fields:
        data.target = order.target
    if "location" in fields:
        data.location.x, data.location.y = order.position
        data.location.z = 0.0
    if kind == UnitOrder.CAST_TARGET_TREE:
        record = patch.record
        data.tree = int(np.argmin(np.hypot(
            record.tree_x - order.position[0], record.tree_y - order.position[1])))
    elif kind == UnitOrder.TRAIN_ABILITY:
        data.ability = patch.ability_names[int(tables.abilities[seat, order.ability].definition)]
    elif kind == UnitOrder.PICKUP_ITEM:
        [lying] = [ground for ground in tables.ground_items if ground.handle == order.target]
        data.itemId = int(patch.record.items[lying.held[0].definition].item_id)
    elif kind == UnitOrder.PICKUP_RUNE:
        [lying] = [rune for rune in tables.runes if rune.handle == order.target]
        data.rune = int(lying.spot)
    elif kind == UnitOrder.PURCHASE_ITEM:
        data.item = int(patch.record.items[order.item_to_buy].item_id)
        data.item_name = patch.item_names[order.item_to_buy]
    elif kind == UnitOrder.MOVE_ITEM:
        data.slot_a, data.slot_b = order.item, order.target
    elif kind == UnitOrder.SET_ITEM_COMBINE_LOCK:
        data.slot, data.value = order.item, bool(order.target)
    elif "slot" in fields:
        data.slot = order.item
    return action


def _courier_order(action, own: int) -> Order:
    """Returns what ACTION_COURIER asks the courier with the handle `own`, 0 for a dead one, to do.

    `courier` is a handle. Below all handles it counts couriers, from when a team shared several:
    a player has one now.
    """
    if not action.HasField("courier"):
        raise ActionRefused(OrderResult.WRONG_ORDER)
    unit = action.courier.courier
    if 0 <= unit < MAX_UNITS:
        unit = own
    if not 0 <= action.courier.action < len(COURIER_ACTIONS):
        raise ActionRefused(OrderResult.NO_ABILITY)
    if unit <= 0:
        raise ActionRefused(OrderResult.NOT_YOUR_UNIT)
    return Order(UnitOrder.CAST_NO_TARGET, unit=unit,
                 ability=COURIER_ACTIONS[action.courier.action])


def _cast_slot(slot: int) -> dict[str, int]:
    if 0 <= slot < NUM_ABILITY_SLOTS:
        return {"ability": slot}
    if 0 <= slot - FIRST_ITEM_SLOT < NUM_ITEM_SLOTS:
        return {"item": slot - FIRST_ITEM_SLOT}
    raise ActionRefused(OrderResult.NO_ABILITY)


def _place(location) -> tuple[float, float]:
    if not (math.isfinite(location.x) and math.isfinite(location.y)):
        raise ActionRefused(OrderResult.OUT_OF_MAP)
    return location.x, location.y


@functools.lru_cache(maxsize=8)
def _rows(names: tuple[str, ...]) -> dict[str, int]:
    return {name: row for row, name in enumerate(names)}


@functools.lru_cache(maxsize=4)
def _item_rows(patch) -> dict[int, int]:
    """Returns the rows of a patch's items by Valve's numbers."""
    return {number: row for row, number in enumerate(
        patch.record.items["item_id"][:len(patch.item_names)].tolist())}
