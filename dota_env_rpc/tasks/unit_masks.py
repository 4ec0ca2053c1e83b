"""What the rules would accept now of orders to the units that a seat has beside its hero."""

from dota_env_rpc.match.enums import CourierAbility, OrderResult, UnitOrder
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import row_of
from dota_env_rpc.sim.orders import NUM_ORDERS, check_aim_of_side, check_order
from dota_env_rpc.tasks.observations import NUM_SHOWN_UNITS

FOLLOWED = NUM_ORDERS
ATTACKED = FOLLOWED + 1
UNIT_ABILITIES = ATTACKED + 1
NUM_UNIT_ABILITIES = max(CourierAbility) + 1
MASK_UNIT_SHAPE = (NUM_SHOWN_UNITS, UNIT_ABILITIES + NUM_UNIT_ABILITIES)

_ACCEPTED = int(OrderResult.ACCEPTED)
_NO_TARGET = int(OrderResult.NO_TARGET)
_CAST = int(UnitOrder.CAST_NO_TARGET)
_FOLLOW = int(UnitOrder.MOVE_TO_TARGET)
_ATTACK = int(UnitOrder.ATTACK_TARGET)
# What such units may be asked at all, but for casts.
_KINDS = tuple(int(kind) for kind in (
    UnitOrder.NONE, UnitOrder.MOVE_TO_POSITION, UnitOrder.MOVE_TO_TARGET, UnitOrder.ATTACK_MOVE,
    UnitOrder.ATTACK_TARGET, UnitOrder.HOLD_POSITION, UnitOrder.STOP,
    UnitOrder.MOVE_TO_DIRECTION, UnitOrder.PATROL))


@rule
def mask_units(mask, state, patch, memory, seat):
    """Writes which orders the shown units other than the own hero take now from a seat.

    mask: uint8 (48, 53), by row of `units`: which UnitOrders the unit takes (columns 0 to 40),
    whether own units may follow it (41) and attack it (42), as long as it is not told to do so to
    itself, and which of its abilities it may use (43 on). state: STATE record. memory: MEMORY
    record, whose `order` is written over.
    """
    mask[:] = 0
    units = state.tables.units
    player = state.tables.players[seat]
    order = memory.order
    order.target = 0
    order.queue = 0
    order.x = 0.0
    order.y = 0.0
    for row in range(memory.num_shown):
        handle = memory.handles[row]
        if handle == 0:
            continue
        mask[row, FOLLOWED] = _may_aim(state, player.team, _FOLLOW, handle)
        mask[row, ATTACKED] = _may_aim(state, player.team, _ATTACK, handle)
        if units[row_of(handle)].player != seat or handle == player.hero:
            continue
        order.unit = handle
        for kind in _KINDS:
            order.order = kind
            # Without a target nothing else may be wrong.
            result = check_order(state, patch, seat, order)
            mask[row, kind] = 1 if result == _ACCEPTED or result == _NO_TARGET else 0
        order.order = _CAST
        for ability in range(NUM_UNIT_ABILITIES):
            order.ability_slot = ability
            if check_order(state, patch, seat, order) == _ACCEPTED:
                mask[row, _CAST] = 1
                mask[row, UNIT_ABILITIES + ability] = 1
        order.ability_slot = 0
    order.unit = 0


@inlined
def _may_aim(state, team, kind, target):
    return 1 if check_aim_of_side(state, team, kind, target) == _ACCEPTED else 0
