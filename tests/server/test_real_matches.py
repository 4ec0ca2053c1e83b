"""A server of real matches refuses what is wrong, tells a stock client why, and nothing moves."""

from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import error, tensor_utils
from google.rpc import code_pb2
import numpy as np
import pytest

import dota_env_rpc
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.enums import EventKind, OrderResult, UnitOrder
from dota_env_rpc.tasks.observations import EVENTS, ITEMS, STATE

# Values of `ability` from here on are rows of `items`.
FIRST_ITEM = 24


@pytest.fixture(scope="module")
def server():
    """A server of real matches, in place of that of fake ones."""
    with dota_env_rpc.serve(port=0) as started:
        yield started


class Player:
    """A stock client in a match that has begun, which speaks of uids by their names."""

    def __init__(self, client, properties):
        self._send = client.send
        self._properties = properties(client)
        specs = client.join(client.create(seed=1), observations=["events"])
        self._observations = {spec.name: uid for uid, spec in specs.observations.items()}
        self._actions = {spec.name: (uid, spec.dtype) for uid, spec in specs.actions.items()}
        self.send({}, observe=[])

    def send(self, actions, observe):
        """Sends a step with tensors by uid; returns its answer."""
        return self._send(rpc.StepRequest(actions=actions, requested_observations=observe))

    def step(self, **actions):
        """Plays a step; returns state, items and events."""
        names = ("state", "items", "events")
        answer = self.send({
            self._actions[name][0]: tensor_utils.pack_tensor(value, self._actions[name][1])
            for name, value in actions.items()},
            [self._observations[name] for name in names])
        return [tensor_utils.unpack_tensor(answer.observations[self._observations[name]])
                for name in names]

    def uid(self, action):
        return self._actions[action][0]

    @property
    def digest(self):
        return self._properties["match.digest"]


@pytest.fixture
def player(client, properties):
    return Player(client, properties)


@pytest.mark.parametrize("settings, code, said", [
    ({"task": "mid_2v2"}, code_pb2.NOT_FOUND, "'mid_1v1'"),
    ({"hero": "npc_dota_hero_lina"}, code_pb2.INVALID_ARGUMENT, "JoinWorld"),
    ({"heroes": ["npc_dota_hero_lina", "npc_dota_hero_linda"]}, code_pb2.INVALID_ARGUMENT,
     "'npc_dota_hero_lina'"),
    ({"heroes": "npc_dota_hero_lina"}, code_pb2.INVALID_ARGUMENT, "heroes"),
    ({"bots": ["laner", "grandmaster"]}, code_pb2.INVALID_ARGUMENT, "'laner_easy'"),
    ({"patch": "6.81"}, code_pb2.INVALID_ARGUMENT, "7.41"),
    ({"ticks_per_step": 901}, code_pb2.INVALID_ARGUMENT, "from 1 to 900"),
    ({"max_seconds": float("nan")}, code_pb2.INVALID_ARGUMENT, "max_seconds"),
    ({"seed": [1, 2]}, code_pb2.INVALID_ARGUMENT, "seed"),
    ({"reward.gould": 1.0}, code_pb2.INVALID_ARGUMENT, "'reward.gold'")])
def test_a_wrong_setting_is_told_with_what_is_allowed(client, settings, code, said):
    with pytest.raises(error.DmEnvRpcError) as caught:
        client.create(**settings)
    assert caught.value.code == code and said in caught.value.message


def tensor(value, dtype, shape=None):
    packed = tensor_utils.pack_tensor(value, dtype)
    if shape is not None:
        packed.shape[:] = shape
    return packed


@pytest.mark.parametrize("name, value, said", [
    (None, tensor(1, rpc.INT32), "uid 999"),
    ("order", tensor(41, rpc.INT32), "from 0 to 40"),
    ("order", tensor(-1, rpc.INT32), "from 0 to 40"),
    ("order", tensor(1.0, rpc.FLOAT), "order"),
    ("order", tensor([1, 2], rpc.INT32), "order"),
    ("target", tensor(48, rpc.INT32), "from 0 to 47"),
    ("ability", tensor(41, rpc.INT32), "from 0 to 40"),
    ("item_to_buy", tensor(512, rpc.INT32), "from 0 to 511"),
    ("position", tensor([0.0, float("nan")], rpc.FLOAT), "nan"),
    ("position", tensor([float("inf"), 0.0], rpc.FLOAT), "inf"),
    ("position", tensor([0.0, 1e9], rpc.FLOAT), "-10496"),
    ("position", tensor([0.0, 0.0, 0.0], rpc.FLOAT), "position"),
    ("position", tensor(["here"], rpc.STRING), "position"),
    ("position", tensor([1.0], rpc.FLOAT, [10**6, 10**6]), "position")])
def test_a_wrong_action_is_told_and_nothing_moves(player, name, value, said):
    player.step(order=int(UnitOrder.MOVE_TO_POSITION), position=np.zeros(2, np.float32))
    before = player.digest
    with pytest.raises(error.DmEnvRpcError) as caught:
        player.send({player.uid(name) if name else 999: value}, [])
    assert caught.value.code == code_pb2.INVALID_ARGUMENT and said in caught.value.message
    assert player.digest == before
    player.step()
    assert player.digest != before


def test_an_unknown_observation_is_told_and_nothing_moves(player):
    before = player.digest
    with pytest.raises(error.DmEnvRpcError, match="999") as caught:
        player.send({}, [999])
    assert caught.value.code == code_pb2.INVALID_ARGUMENT
    assert player.digest == before


def order(player, **action):
    """Gives an order; returns state, items, and reason and order of what was refused."""
    state, items, events = player.step(**{name: int(value) for name, value in action.items()})
    kind, reason, value = (EVENTS.index(name) for name in ("kind", "reason", "value"))
    return state, items, [
        (event[reason], event[value]) for event in events if event[kind] == EventKind.ORDER_REFUSED]


def buy(name):
    return {"order": UnitOrder.PURCHASE_ITEM, "item_to_buy": load_game().item(name)}


@pytest.mark.parametrize("reason, action", [
    (OrderResult.ABILITY_NOT_LEARNED, {"order": UnitOrder.CAST_NO_TARGET, "ability": 0}),
    (OrderResult.NO_ITEM, {"order": UnitOrder.CAST_NO_TARGET, "ability": FIRST_ITEM + 2}),
    (OrderResult.LEVEL_TOO_LOW, {"order": UnitOrder.TRAIN_ABILITY, "ability": 5}),
    (OrderResult.NOT_ENOUGH_GOLD, buy("item_blink")),
    (OrderResult.NOT_FOR_SALE, buy("item_aegis")),
    (OrderResult.OUT_OF_STOCK, buy("item_infused_raindrop")),
    (OrderResult.NO_ITEM, {"order": UnitOrder.SELL_ITEM, "item": 3}),
    (OrderResult.NO_ITEM, {"order": UnitOrder.DROP_ITEM, "item": 3}),
    (OrderResult.NO_TARGET, {"order": UnitOrder.ATTACK_TARGET, "target": 1}),
    (OrderResult.TARGET_IS_SELF, {"order": UnitOrder.ATTACK_TARGET, "target": 0}),
    (OrderResult.NOT_YOUR_UNIT, {"order": UnitOrder.STOP, "unit": 47}),
    (OrderResult.GLYPH_ON_COOLDOWN, {"order": UnitOrder.GLYPH}),
    (OrderResult.HERO_ALIVE, {"order": UnitOrder.BUYBACK}),
    (OrderResult.UNSUPPORTED_ORDER, {"order": UnitOrder.RADAR})], ids=str)
def test_a_refused_order_is_told_in_the_events_and_costs_nothing(player, reason, action):
    """Before the horn, when no gold comes by itself."""
    before, items, _ = player.step()
    after, items_after, told = order(player, **action)
    assert told == [(reason, float(action["order"]))]
    assert after[STATE.index("order_refused")] == 1.0
    for column in ("id", "charges"):
        np.testing.assert_array_equal(
            items_after[:, ITEMS.index(column)], items[:, ITEMS.index(column)])
    for column in ("reliable_gold", "unreliable_gold", "net_worth", "mana"):
        assert after[STATE.index(column)] == before[STATE.index(column)], column


def test_a_second_cast_is_refused_while_the_first_cools_down(player):
    cast = {"order": UnitOrder.CAST_NO_TARGET, "ability": 0}
    order(player, order=UnitOrder.TRAIN_ABILITY, ability=0)
    before = order(player, **cast)[0][STATE.index("mana")]
    for _ in range(6):  # 0.8 s: the cast point, and some more
        paid = player.step()[0][STATE.index("mana")]
    assert paid < 0.8 * before
    state, _, told = order(player, **cast)
    assert told == [(OrderResult.ABILITY_ON_COOLDOWN, float(cast["order"]))]
    assert state[STATE.index("mana")] >= paid
