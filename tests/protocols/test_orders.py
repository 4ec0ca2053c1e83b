"""Actions of the game's bots as orders of the tables, and back."""

import math

import pytest

from dota_env_rpc.match.enums import CourierAbility, OrderResult, UnitOrder
from dota_env_rpc.match.order import Order
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.orders import (
    FIRST_ITEM_SLOT,
    ActionRefused,
    action_name,
    read_action,
    write_action,
)
from dota_env_rpc.testing.board import DIRE, RADIANT, Board

HERO, COURIER = 256, 257

Action = CMsgBotWorldState.Action
PLACE = CMsgBotWorldState.Vector(x=100.0, y=-50.0, z=0.0)


@pytest.fixture
def board():
    """A match with one hero that has an ability, a talent, items, and an item before it."""
    board = Board()
    board.hero(0)
    board.courier(0)
    for slot, name in ((0, "nevermore_shadowraze1"), (ATTRIBUTE_SLOT, "special_bonus_attributes")):
        board.match.abilities[0, slot].definition = board.patch.ability(name)
    for slot, name in ((1, "item_branches"), (4, "item_clarity")):
        board.match.items[0, slot].definition = board.patch.item(name)
    for row, x in ((2, 900.0), (5, 200.0)):
        ground = board.match.ground_items[row]
        ground.handle, ground.visible_to, ground.x = 256 + row, 1 << RADIANT, x
        ground.held[0].definition = board.patch.item("item_tango")
    for row, spot, x, team in ((0, 2, 700.0, RADIANT), (3, 2, 300.0, RADIANT), (4, 2, 50.0, DIRE)):
        rune = board.match.runes[row]
        rune.handle, rune.spot, rune.visible_to, rune.x = 256 + row, spot, 1 << team, x
    return board


def item_id(board, name):
    return int(board.patch.record.items[board.patch.item(name)].item_id)


def read(board, kind, **data):
    [order] = read_action(Action(actionType=kind, **data), 0, board.match, board.patch)
    return order


def refused(board, kind, **data):
    with pytest.raises(ActionRefused) as caught:
        read_action(Action(actionType=kind, **data), 0, board.match, board.patch)
    return caught.value.reason


ORDERS = [
    ("DOTA_UNIT_ORDER_NONE", {}, Order(UnitOrder.NONE)),
    ("DOTA_UNIT_ORDER_MOVE_TO_POSITION",
     {"moveToLocation": Action.MoveToLocation(location=PLACE)},
     Order(UnitOrder.MOVE_TO_POSITION, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_MOVE_DIRECTLY", {"moveDirectly": Action.MoveToLocation(location=PLACE)},
     Order(UnitOrder.MOVE_TO_POSITION, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_MOVE_TO_TARGET", {"moveToTarget": Action.MoveToTarget(target=300)},
     Order(UnitOrder.MOVE_TO_TARGET, target=300)),
    ("DOTA_UNIT_ORDER_ATTACK_MOVE", {"attackMove": Action.AttackMove(location=PLACE)},
     Order(UnitOrder.ATTACK_MOVE, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_ATTACK_TARGET", {"attackTarget": Action.AttackTarget(target=300, once=True)},
     Order(UnitOrder.ATTACK_TARGET, target=300)),
    ("DOTA_UNIT_ORDER_CAST_POSITION",
     {"castLocation": Action.CastLocation(abilitySlot=0, location=PLACE)},
     Order(UnitOrder.CAST_POSITION, ability=0, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_CAST_TARGET", {"castTarget": Action.CastTarget(abilitySlot=3, target=300)},
     Order(UnitOrder.CAST_TARGET, ability=3, target=300)),
    ("DOTA_UNIT_ORDER_CAST_NO_TARGET", {"cast": Action.Cast(abilitySlot=0)},
     Order(UnitOrder.CAST_NO_TARGET, ability=0)),
    ("DOTA_UNIT_ORDER_CAST_NO_TARGET", {"cast": Action.Cast(abilitySlot=FIRST_ITEM_SLOT + 4)},
     Order(UnitOrder.CAST_NO_TARGET, item=4)),
    ("DOTA_UNIT_ORDER_CAST_TOGGLE", {"castToggle": Action.CastToggle(abilitySlot=2)},
     Order(UnitOrder.CAST_TOGGLE, ability=2)),
    ("DOTA_UNIT_ORDER_CAST_TOGGLE_AUTO", {"castToggle": Action.CastToggle(abilitySlot=2)},
     Order(UnitOrder.CAST_TOGGLE_AUTO, ability=2)),
    ("DOTA_UNIT_ORDER_HOLD_POSITION", {"holdLocation": Action.HoldLocation()},
     Order(UnitOrder.HOLD_POSITION)),
    ("DOTA_UNIT_ORDER_STOP", {}, Order(UnitOrder.STOP)),
    ("DOTA_UNIT_ORDER_TRAIN_ABILITY",
     {"trainAbility": Action.TrainAbility(ability="nevermore_shadowraze1")},
     Order(UnitOrder.TRAIN_ABILITY, ability=0)),
    ("DOTA_UNIT_ORDER_TRAIN_ABILITY",
     {"trainAbility": Action.TrainAbility(ability="special_bonus_attributes")},
     Order(UnitOrder.TRAIN_ABILITY, ability=ATTRIBUTE_SLOT)),
    ("DOTA_UNIT_ORDER_DROP_ITEM", {"dropItem": Action.DropItem(slot=4, location=PLACE)},
     Order(UnitOrder.DROP_ITEM, item=4, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_DISASSEMBLE_ITEM", {"disassembleItem": Action.DisassembleItem(slot=1)},
     Order(UnitOrder.DISASSEMBLE_ITEM, item=1)),
    ("DOTA_UNIT_ORDER_SET_ITEM_COMBINE_LOCK",
     {"setCombineLockItem": Action.SetCombineLockItem(slot=1, value=True)},
     Order(UnitOrder.SET_ITEM_COMBINE_LOCK, item=1, target=1)),
    ("ACTION_SWAP_ITEMS", {"swapItems": Action.SwapItems(slot_a=1, slot_b=7)},
     Order(UnitOrder.MOVE_ITEM, item=1, target=7)),
    ("ACTION_SWAP_ITEMS", {"swapItems": Action.SwapItems(slot_a=7, slot_b=1)},
     Order(UnitOrder.MOVE_ITEM, item=1, target=7)),
    ("DOTA_UNIT_ORDER_SELL_ITEM", {"sellItem": Action.SellItem(slot=4)},
     Order(UnitOrder.SELL_ITEM, item=4)),
    ("DOTA_UNIT_ORDER_GLYPH", {"glyph": Action.Glyph(unit=HERO)}, Order(UnitOrder.GLYPH)),
    ("DOTA_UNIT_ORDER_BUYBACK", {"buyback": Action.Buyback(unit=HERO)}, Order(UnitOrder.BUYBACK)),
    ("SCRIPTING_DOTA_UNIT_ORDER_MOVE_TO_POSITION",
     {"moveToLocation": Action.MoveToLocation(location=PLACE)},
     Order(UnitOrder.MOVE_TO_POSITION, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_MOVE_TO_DIRECTION",
     {"moveToLocation": Action.MoveToLocation(location=PLACE)},
     Order(UnitOrder.MOVE_TO_DIRECTION, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_PATROL", {"attackMove": Action.AttackMove(location=PLACE)},
     Order(UnitOrder.PATROL, position=(100.0, -50.0))),
    ("DOTA_UNIT_ORDER_CONTINUE", {}, Order(UnitOrder.CONTINUE)),
    ("DOTA_UNIT_ORDER_GIVE_ITEM",
     {"castTarget": Action.CastTarget(abilitySlot=FIRST_ITEM_SLOT + 4, target=COURIER)},
     Order(UnitOrder.GIVE_ITEM, item=4, target=COURIER)),
    ("DOTA_UNIT_ORDER_MOVE_ITEM", {"swapItems": Action.SwapItems(slot_a=1, slot_b=7)},
     Order(UnitOrder.MOVE_ITEM, item=1, target=7)),
    ("DOTA_UNIT_ORDER_EJECT_ITEM_FROM_STASH", {"sellItem": Action.SellItem(slot=9)},
     Order(UnitOrder.EJECT_ITEM_FROM_STASH, item=9)),
    ("ACTION_COURIER", {"courier": Action.Courier(unit=HERO, courier=COURIER, action=4)},
     Order(UnitOrder.CAST_NO_TARGET, unit=COURIER, ability=CourierAbility.TRANSFER_ITEMS)),
]
# What is an order, which the rules refuse: tests/bridges/dotaservice sees to that.
UNSUPPORTED = [
    ("DOTA_UNIT_ORDER_TAUNT", {}, Order(UnitOrder.TAUNT)),
    ("DOTA_UNIT_ORDER_CAST_RUNE", {}, Order(UnitOrder.CAST_RUNE)),
    ("DOTA_UNIT_ORDER_PING_ABILITY", {}, Order(UnitOrder.PING_ABILITY)),
    ("DOTA_UNIT_ORDER_RADAR", {}, Order(UnitOrder.RADAR)),
]


@pytest.mark.parametrize("kind, data, order", ORDERS + UNSUPPORTED)
def test_an_action_is_an_order(board, kind, data, order):
    assert read(board, kind, **data) == order


@pytest.mark.parametrize("number, ability", [
    (0, "RETURN_STASH_ITEMS"), (1, "GO_TO_SECRETSHOP"), (2, "RETURN_STASH_ITEMS"),
    (3, "TAKE_STASH_ITEMS"), (4, "TRANSFER_ITEMS"), (5, "BURST"),
    (6, "TAKE_STASH_AND_TRANSFER_ITEMS"), (7, "GO_TO_ENEMY_SECRETSHOP")])
@pytest.mark.parametrize("courier", [COURIER, 0, 5])
def test_a_courier_is_sent_by_the_numbers_of_the_bot_interface(board, courier, number, ability):
    """By its handle, or by a number from when a team shared several.

    Source: the list of COURIER_ACTION_* in dotaservice/lua/actions/courier.lua.
    """
    order = read(board, "ACTION_COURIER", courier=Action.Courier(
        unit=HERO, courier=courier, action=number))
    assert order == Order(
        UnitOrder.CAST_NO_TARGET, unit=COURIER, ability=CourierAbility[ability])


def test_another_s_courier_is_left_to_the_rules_to_refuse(board):
    order = read(board, "ACTION_COURIER", courier=Action.Courier(
        unit=HERO, courier=300, action=0))
    assert order.unit == 300


def test_a_dead_courier_is_nobody_s(board):
    board.match.players[0].courier = 0
    for courier in (0, -1):
        assert refused(board, "ACTION_COURIER", courier=Action.Courier(
            unit=HERO, courier=courier, action=0)) == OrderResult.NOT_YOUR_UNIT


def test_an_item_is_bought_by_its_name_or_number(board):
    for data in (Action.PurchaseItem(item_name="item_clarity"),
                 Action.PurchaseItem(item=item_id(board, "item_clarity"))):
        order = read(board, "DOTA_UNIT_ORDER_PURCHASE_ITEM", purchaseItem=data)
        assert board.patch.item_names[order.item_to_buy] == "item_clarity"


def test_an_item_is_sold_by_its_number(board):
    data = Action.SellItem(item=item_id(board, "item_clarity"))
    assert read(board, "DOTA_UNIT_ORDER_SELL_ITEM", sellItem=data).item == 4


def test_the_nearest_item_of_a_kind_is_picked_up(board):
    data = Action.PickUpItem(itemId=item_id(board, "item_tango"))
    assert read(board, "DOTA_UNIT_ORDER_PICKUP_ITEM", pickUpItem=data).target == 261


def test_the_nearest_rune_of_a_place_that_the_team_sees_is_picked_up(board):
    assert read(board, "DOTA_UNIT_ORDER_PICKUP_RUNE", pickupRune=Action.PickupRune(rune=2)) == (
        Order(UnitOrder.PICKUP_RUNE, target=259))


def test_a_tree_is_where_the_patch_has_it(board):
    """Source: the row of the tree in data/7.41/map.npz."""
    order = read(board, "DOTA_UNIT_ORDER_CAST_TARGET_TREE",
                 castTree=Action.CastTree(abilitySlot=FIRST_ITEM_SLOT + 1, tree=17))
    record = board.patch.record
    assert order.position == (record.tree_x[17], record.tree_y[17]) and order.item == 1


@pytest.mark.parametrize("kind, data", [
    ("DOTA_UNIT_ORDER_ATTACK_TARGET", {"attackTarget": Action.AttackTarget(target=-1)}),
    ("DOTA_UNIT_ORDER_MOVE_TO_TARGET", {"moveToTarget": Action.MoveToTarget(target=-1)}),
    ("DOTA_UNIT_ORDER_CAST_TARGET", {"castTarget": Action.CastTarget(abilitySlot=0, target=-1)}),
    ("DOTA_UNIT_ORDER_CAST_TARGET_TREE", {"castTree": Action.CastTree(abilitySlot=0, tree=-1)}),
    ("DOTA_UNIT_ORDER_PICKUP_RUNE", {"pickupRune": Action.PickupRune(rune=-1)}),
])
def test_a_target_of_nobody_is_no_order(board, kind, data):
    assert read_action(Action(actionType=kind, **data), 0, board.match, board.patch) == []


def test_every_unit_that_is_named_gets_an_order(board):
    hero = int(board.match.players[0].hero)
    data = Action.MoveToLocation(location=PLACE, units=[hero, 777])
    orders = read_action(
        Action(actionType="DOTA_UNIT_ORDER_MOVE_TO_POSITION", moveToLocation=data), 0,
        board.match, board.patch)
    assert [order.unit for order in orders] == [0, 777]


REFUSED = [
    ("ACTION_USE_SHRINE", {"useShrine": Action.UseShrine(shrine=1)},
     OrderResult.UNSUPPORTED_ORDER),
    # Told by who plays the game, before this is asked.
    ("ACTION_CHAT", {"chat": Action.Chat(message="gg", to_allchat=True)},
     OrderResult.UNSUPPORTED_ORDER),
    # The message does not say where a line ends.
    ("DOTA_UNIT_ORDER_VECTOR_TARGET_POSITION",
     {"castLocation": Action.CastLocation(abilitySlot=0, location=PLACE)},
     OrderResult.UNSUPPORTED_ORDER),
    *[(kind, {}, OrderResult.UNSUPPORTED_ORDER) for kind in Action.Type.keys()
      if kind.startswith(("RPC_", "OCEAN_", "SCRIPTING_DEBUG_"))],
    ("ACTION_COURIER", {}, OrderResult.WRONG_ORDER),
    *[("ACTION_COURIER", {"courier": Action.Courier(unit=HERO, courier=COURIER, action=number)},
       OrderResult.NO_ABILITY) for number in (-1, 8, 9, 1 << 30)],
    ("DOTA_UNIT_ORDER_GIVE_ITEM",
     {"castTarget": Action.CastTarget(abilitySlot=4, target=COURIER)}, OrderResult.NO_ITEM),
    ("DOTA_UNIT_ORDER_GIVE_ITEM", {}, OrderResult.WRONG_ORDER),
    ("DOTA_UNIT_ORDER_EJECT_ITEM_FROM_STASH", {"sellItem": Action.SellItem(item=1)},
     OrderResult.NO_ITEM),
    ("DOTA_UNIT_ORDER_MOVE_TO_POSITION", {}, OrderResult.WRONG_ORDER),
    ("DOTA_UNIT_ORDER_ATTACK_MOVE", {"cast": Action.Cast(abilitySlot=0)},
     OrderResult.WRONG_ORDER),
    ("DOTA_UNIT_ORDER_MOVE_TO_POSITION",
     {"moveToLocation": Action.MoveToLocation(
         location=CMsgBotWorldState.Vector(x=math.nan, y=0.0))}, OrderResult.OUT_OF_MAP),
    ("DOTA_UNIT_ORDER_CAST_NO_TARGET", {"cast": Action.Cast(abilitySlot=-3)},
     OrderResult.NO_ABILITY),
    ("DOTA_UNIT_ORDER_CAST_NO_TARGET", {"cast": Action.Cast(abilitySlot=999)},
     OrderResult.NO_ABILITY),
    ("DOTA_UNIT_ORDER_TRAIN_ABILITY", {"trainAbility": Action.TrainAbility(ability="chess")},
     OrderResult.NO_ABILITY),
    ("DOTA_UNIT_ORDER_PURCHASE_ITEM", {"purchaseItem": Action.PurchaseItem(item_name="chess")},
     OrderResult.UNKNOWN_ITEM),
    ("DOTA_UNIT_ORDER_SELL_ITEM", {"sellItem": Action.SellItem(item=1)}, OrderResult.NO_ITEM),
    ("DOTA_UNIT_ORDER_PICKUP_ITEM", {"pickUpItem": Action.PickUpItem(itemId=1)},
     OrderResult.NO_TARGET),
    ("DOTA_UNIT_ORDER_PICKUP_RUNE", {"pickupRune": Action.PickupRune(rune=1)},
     OrderResult.NO_TARGET),
    ("DOTA_UNIT_ORDER_CAST_TARGET_TREE",
     {"castTree": Action.CastTree(abilitySlot=0, tree=99999)}, OrderResult.NO_TARGET),
]
# Those that have tests of their own.
LOOKED_UP = {
    "DOTA_UNIT_ORDER_PURCHASE_ITEM", "DOTA_UNIT_ORDER_PICKUP_ITEM",
    "DOTA_UNIT_ORDER_CAST_TARGET_TREE"}


@pytest.mark.parametrize("kind, data, reason", REFUSED)
def test_what_is_no_order_is_refused_with_a_reason(board, kind, data, reason):
    assert refused(board, kind, **data) == reason


def test_every_type_of_action_becomes_an_order_or_a_refusal():
    told = {kind for kind, _, _ in ORDERS + UNSUPPORTED + REFUSED}
    assert told | LOOKED_UP == set(Action.Type.keys())


@pytest.mark.parametrize("order", [
    Order(UnitOrder.NONE), Order(UnitOrder.STOP), Order(UnitOrder.HOLD_POSITION),
    Order(UnitOrder.GLYPH), Order(UnitOrder.BUYBACK), Order(UnitOrder.CONTINUE),
    Order(UnitOrder.MOVE_TO_POSITION, position=(5.0, 6.0)),
    Order(UnitOrder.MOVE_TO_DIRECTION, position=(5.0, 6.0)),
    Order(UnitOrder.PATROL, position=(5.0, 6.0)),
    Order(UnitOrder.MOVE_TO_POSITION, unit=777, position=(5.0, 6.0)),
    Order(UnitOrder.MOVE_TO_TARGET, target=300),
    Order(UnitOrder.ATTACK_MOVE, position=(5.0, 6.0)),
    Order(UnitOrder.ATTACK_TARGET, target=300),
    Order(UnitOrder.CAST_POSITION, ability=2, position=(5.0, 6.0)),
    Order(UnitOrder.CAST_POSITION, item=2, position=(5.0, 6.0)),
    Order(UnitOrder.CAST_TARGET, item=1, target=300),
    Order(UnitOrder.CAST_NO_TARGET, ability=0), Order(UnitOrder.CAST_TOGGLE, ability=0),
    Order(UnitOrder.CAST_TOGGLE_AUTO, ability=1),
    Order(UnitOrder.TRAIN_ABILITY, ability=0),
    Order(UnitOrder.DROP_ITEM, item=4, position=(5.0, 6.0)),
    Order(UnitOrder.PICKUP_ITEM, target=261), Order(UnitOrder.PICKUP_RUNE, target=259),
    Order(UnitOrder.PURCHASE_ITEM, item_to_buy=30), Order(UnitOrder.SELL_ITEM, item=4),
    Order(UnitOrder.DISASSEMBLE_ITEM, item=4), Order(UnitOrder.MOVE_ITEM, item=4, target=0),
    Order(UnitOrder.SET_ITEM_COMBINE_LOCK, item=4, target=1), Order(UnitOrder.TAUNT),
    Order(UnitOrder.GIVE_ITEM, item=4, target=257),
    Order(UnitOrder.EJECT_ITEM_FROM_STASH, item=9),
    Order(UnitOrder.CAST_NO_TARGET, unit=257, ability=CourierAbility.SHIELD),
], ids=lambda order: order.order.name)
def test_an_order_comes_back_from_its_action(board, order):
    action = write_action(order, 0, board.match, board.patch)
    assert action.player == 0
    action = Action.FromString(action.SerializeToString())
    assert read_action(action, 0, board.match, board.patch) == [order]


def test_a_cast_on_a_tree_comes_back(board):
    record = board.patch.record
    order = Order(UnitOrder.CAST_TARGET_TREE, item=1, position=(
        float(record.tree_x[40]), float(record.tree_y[40])))
    action = write_action(order, 0, board.match, board.patch)
    assert action.castTree.tree == 40
    assert read_action(action, 0, board.match, board.patch) == [order]


@pytest.mark.parametrize("order", [UnitOrder.CAST_TOGGLE_ALT, UnitOrder.DROP_ITEM_AT_FOUNTAIN])
def test_an_order_that_bots_cannot_give_is_told(board, order):
    with pytest.raises(ValueError, match=order.name):
        write_action(Order(order), 0, board.match, board.patch)


def test_every_action_has_a_name():
    assert action_name(Action(actionType=Action.ACTION_COURIER)) == "ACTION_COURIER"
