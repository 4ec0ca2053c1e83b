"""What a seat asks its hero, or another unit of its own, to do."""

from collections.abc import Sequence
import dataclasses

from dota_env_rpc.match.enums import UnitOrder


@dataclasses.dataclass(frozen=True)
class Order:
    """One order of one seat, in the game's words.

    Attributes:
        order: What is asked: a UnitOrder.
        unit: Handle of the unit that is to do it; 0 means the seat's hero. Its courier, summons,
            illusions and dominated creeps take orders too.
        target: Handle of the unit it is done to, or of the item or rune on the ground; 0 for
            none. For MOVE_ITEM it is the slot that `item` goes to, for SET_ITEM_COMBINE_LOCK 1 to
            lock it and 0 to unlock it. PICKUP_ITEM and PICKUP_RUNE without one take what lies
            nearest to `position`.
        position: (x, y) in map units, for orders that take a place.
        position_end: (x, y) in map units, for vector-targeted orders.
        ability: Slot of the hero's ability, or the courier's, -1 for none.
        item: Slot of the hero's item, -1 for none.
        item_to_buy: Number of the item in the patch's item table, -1 for none. An item that is
            made of parts is bought as those that the player does not have yet.
        queue: Whether it waits for the orders before it, as with the shift key.
    """

    order: UnitOrder = UnitOrder.NONE
    unit: int = 0
    target: int = 0
    position: Sequence[float] = (0.0, 0.0)
    position_end: Sequence[float] = (0.0, 0.0)
    ability: int = -1
    item: int = -1
    item_to_buy: int = -1
    queue: bool = False

    def write(self, record) -> None:
        """Writes this order into an ORDER record."""
        # By name: attributes of records are slow.
        record["order"] = self.order
        record["unit"] = self.unit
        record["target"] = self.target
        record["x"], record["y"] = self.position
        record["x_end"], record["y_end"] = self.position_end
        record["ability_slot"] = self.ability
        record["item_slot"] = self.item
        record["item_to_buy"] = self.item_to_buy
        record["queue"] = self.queue
