"""How actions are checked and become orders."""

import numpy as np
import pytest

from dota_env_rpc.match.enums import UnitOrder, UnitType
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT
from dota_env_rpc.tasks.actions import ActionError
from dota_env_rpc.tasks.discrete import ACTIONS
from dota_env_rpc.testing.board import DIRE

NAMES = [name for name, _ in ACTIONS]


def test_without_an_action_the_order_is_none(board):
    board.hero(0)
    seat = board.seat(0)
    board.orders[0, 0].order = UnitOrder.STOP
    seat.act({})
    assert board.orders[0, 0].order == UnitOrder.NONE


def test_an_order_is_written_for_its_own_seat_alone(board):
    board.hero(0)
    board.hero(5)
    seat = board.seat(5)
    seat.act({"order": int(UnitOrder.MOVE_TO_POSITION), "position": [100.0, -50.0], "queue": 1})
    order = board.orders[0, 5]
    assert (order.order, order.x, order.y, order.queue) == (1, 100.0, -50.0, 1)
    assert not board.orders[0, 0].order


def test_a_target_is_the_unit_in_the_row_as_last_shown(board):
    board.hero(0)
    creep = board.unit(UnitType.LANE_CREEP, team=DIRE)
    seat = board.seat(0)
    board.unit(UnitType.LANE_CREEP)  # nearer ones that came since change nothing
    seat.act({"order": int(UnitOrder.ATTACK_TARGET), "target": 2})
    assert board.orders[0, 0].target == creep.handle


def test_a_row_that_shows_nobody_is_no_target(board):
    board.hero(0)
    seat = board.seat(0)
    seat.act({"order": int(UnitOrder.ATTACK_TARGET), "target": 30})
    assert board.orders[0, 0].target == 0


def test_the_unit_in_row_0_is_the_own_hero(board):
    board.hero(0)
    seat = board.seat(0)
    seat.act({"order": int(UnitOrder.STOP), "unit": 0})
    assert board.orders[0, 0].unit == 0


def test_a_row_that_shows_nobody_is_not_the_own_hero(board):
    board.hero(0)
    seat = board.seat(0)
    seat.act({"order": int(UnitOrder.STOP), "unit": 30})
    assert board.orders[0, 0].unit == -1


@pytest.mark.parametrize("value", [np.int32(3), np.int64(3), np.uint8(3), 3, np.array(3)])
def test_whole_numbers_come_in_any_integer_type(board, value):
    board.hero(0)
    seat = board.seat(0)
    seat.act({"order": value})
    assert board.orders[0, 0].order == 3


def test_what_is_no_dictionary_is_refused(board):
    board.hero(0)
    with pytest.raises(ActionError, match="a dictionary of order, unit, .* is of type int"):
        board.seat(0).act(3)


@pytest.mark.parametrize("action, message", [
    ({"ordre": 1}, "unknown action 'ordre'; known are order, unit, target"),
    ({"order": 41}, "'order' is 41, but must be from 0 to 40"),
    ({"order": -1}, "'order' is -1"),
    ({"order": 1.0}, "'order' has type float64, but must be int32"),
    ({"order": True}, "'order' has type bool"),
    ({"order": "1"}, "'order' has type"),
    ({"order": None}, "'order' has type object"),
    ({"order": [1]}, r"'order' has shape \(1,\), but must have \(\)"),
    ({"order": 2**70}, "'order' has type object"),
    ({"target": 48}, "'target' is 48, but must be from 0 to 47"),
    ({"item_to_buy": 512}, "'item_to_buy' is 512"),
    ({"queue": 2}, "'queue' is 2"),
    ({"position": 5.0}, r"'position' has shape \(\), but must have \(2,\)"),
    ({"position": [0.0, np.nan]}, "'position' is .*nan"),
    ({"position": [np.inf, 0.0]}, "'position' is .*inf"),
    ({"position": [0.0, 20000.0]}, "'position' is .*20000.*from -10496 to 10432"),
    ({"position": [[0.0], [0.0, 1.0]]}, "'position' is not an array"),
])
def test_what_is_outside_the_spec_is_refused_and_changes_nothing(board, action, message):
    board.hero(0)
    seat = board.seat(0)
    board.orders[0, 0].order = UnitOrder.STOP
    before = board.orders.tobytes()
    with pytest.raises(ActionError, match=message):
        seat.act({"order": int(UnitOrder.HOLD_POSITION), **action})
    assert board.orders.tobytes() == before


def test_a_batch_takes_one_action_a_row(board):
    board = type(board)(num_matches=2)
    seat = board.seat(seats=(0, 5))
    seat.act({"order": np.array([1, 2, 3, 4])})
    assert board.orders.order[:, [0, 5]].tolist() == [[1, 2], [3, 4]]


def test_a_batch_refuses_one_action_for_all_rows(board):
    board = type(board)(num_matches=2)
    with pytest.raises(ActionError, match=r"must have \(2,\)"):
        board.seat(0).act({"order": 1})


def discrete(board, name):
    seat = board.seat(0, action_space="discrete")
    seat.act({"action": NAMES.index(name)})
    return board.orders[0, 0]


def test_a_discrete_step_walks_its_length(board):
    board.hero(0, (1000.0, 1000.0))
    order = discrete(board, "move_north_600")
    assert order.order == UnitOrder.MOVE_TO_POSITION
    assert (order.x, order.y) == pytest.approx((1000.0, 1600.0))


def test_a_discrete_step_stays_on_the_map(board):
    board.hero(0, (10400.0, 0.0))
    assert discrete(board, "move_east_600").x == 10432.0


def test_a_discrete_attack_names_its_row(board):
    board.hero(0)
    enemy = board.hero(5)
    order = discrete(board, "attack_1")
    assert (order.order, order.target) == (UnitOrder.ATTACK_TARGET, enemy.handle)


def test_discrete_attributes_name_their_slot(board):
    board.hero(0)
    order = discrete(board, "level_attributes")
    assert (order.order, order.ability_slot) == (UnitOrder.TRAIN_ABILITY, ATTRIBUTE_SLOT)


def test_discrete_retreat_leads_to_the_own_fountain(board):
    board.hero(0)
    order = discrete(board, "retreat")
    assert order.order == UnitOrder.MOVE_TO_POSITION
    assert order.x < -5000 and order.y < -5000


def test_discrete_forward_leads_to_the_enemy(board):
    board.hero(0)
    order = discrete(board, "attack_forward")
    assert order.order == UnitOrder.ATTACK_MOVE
    assert order.x > 3000 and order.y > 3000


def sniper(board):
    """Puts a Sniper in seat 0 and his enemy on the board, with what they have."""
    board.hero(0, definition=board.patch.definition("npc_dota_hero_sniper"))
    board.match.players[0].definition = board.patch.definition("npc_dota_hero_sniper")
    slots = board.patch.record.definitions[board.match.players[0].definition].abilities
    for slot, row in enumerate(slots):
        board.match.abilities[0, slot].definition = row
    for slot, name in enumerate(("item_blink", "item_tango", "item_magic_wand")):
        board.match.items[0, slot].definition = board.patch.item(name)
    return board.hero(5, (400.0, 300.0))


def test_discrete_casts_are_aimed_at_who_is_near(board):
    enemy = sniper(board)
    board.unit(UnitType.LANE_CREEP, (50.0, 0.0))
    creep = board.unit(UnitType.LANE_CREEP, (300.0, 0.0), team=DIRE)
    board.unit(UnitType.LANE_CREEP, (350.0, 0.0), team=DIRE)
    order = discrete(board, "cast_5_hero")  # Assassinate
    assert (order.order, order.ability_slot, order.target) == (
        UnitOrder.CAST_TARGET, 5, enemy.handle)
    order = discrete(board, "cast_0_hero")  # Shrapnel
    assert (order.order, order.x, order.y) == (UnitOrder.CAST_POSITION, 400.0, 300.0)
    order = discrete(board, "cast_5_creep")
    assert (order.order, order.target) == (UnitOrder.CAST_TARGET, creep.handle)


def test_discrete_uses_name_their_item(board):
    sniper(board)
    order = discrete(board, "use_0_hero")
    assert (order.order, order.item_slot, order.ability_slot) == (UnitOrder.CAST_POSITION, 0, -1)
    assert discrete(board, "use_1_self").order == UnitOrder.CAST_TARGET_TREE
    assert discrete(board, "use_2_self").order == UnitOrder.CAST_NO_TARGET


def test_discrete_lessons_name_their_ability(board):
    sniper(board)
    assert discrete(board, "learn_2").ability_slot == 2
    talents = board.patch.record.definitions[board.match.players[0].definition].talent_slots
    assert discrete(board, "learn_talent_1").ability_slot == talents[1]
    board.match.abilities[0, talents[0]].level = 1
    assert discrete(board, "learn_talent_1").ability_slot == talents[3]


def test_a_discrete_teleport_goes_to_the_own_tower(board):
    board.hero(0)
    tower = board.unit(UnitType.TOWER, (-1500.0, -1400.0), lane=2)
    order = discrete(board, "teleport_lane")
    assert (order.order, order.item_slot, order.ability_slot) == (UnitOrder.CAST_POSITION, 15, -1)
    assert (order.x, order.y) == (tower.x, tower.y)


def test_names_of_discrete_actions_are_unique():
    assert len(set(NAMES)) == len(NAMES)
