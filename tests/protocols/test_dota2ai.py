"""What HTTP bots are told, and what their replies ask for."""

import json
import math
import random

import pytest

from dota_env_rpc.match import enums
from dota_env_rpc.match.enums import UnitOrder, UnitType
from dota_env_rpc.match.order import Order
from dota_env_rpc.match.tables import MAX_UNITS, STASH_SLOT
from dota_env_rpc.protocols import dota2ai
from dota_env_rpc.protocols.dota2ai import ReplyError
from dota_env_rpc.testing.board import DIRE, RADIANT, Board
from dota_env_rpc.testing.framework_peer import CLASSES

# Source: the mod's json_helpers.lua.
UNIT_FIELDS = {
    "type", "name", "team", "level", "health", "maxHealth", "mana", "maxMana", "alive", "blind",
    "dominated", "deniable", "disarmed", "rooted", "attackRange", "origin"}
HERO_FIELDS = UNIT_FIELDS | {"gold", "xp", "deaths", "denies", "abilities"}
ABILITY_FIELDS = {
    "type", "name", "targetFlags", "targetTeam", "targetType", "abilityType", "abilityIndex",
    "level", "maxLevel", "abilityDamage", "abilityDamageType", "cooldownTime",
    "cooldownTimeRemaining"}


@pytest.fixture
def board():
    return Board()


def told(board, team=RADIANT, trees=()):
    """Returns the entities that a bot of `team` gets, by handle, after a trip through JSON."""
    message = json.loads(dota2ai.encode(dota2ai.world(board.match, board.patch, team, trees)))
    assert set(message) == {"entities"}
    return {int(handle): entity for handle, entity in message["entities"].items()}


def learn(board, seat, slot, name, level=1, **fields):
    """Gives a seat's hero an ability."""
    ability = board.match.abilities[seat, slot]
    ability.definition, ability.level, ability.max_level = board.patch.ability(name), level, 4
    for field, value in fields.items():
        ability[field] = value
    return ability


def carry(board, seat, slot, name):
    """Gives a seat's hero an item."""
    board.match.items[seat, slot].definition = board.patch.item(name)


def asked(board, seat=0, **reply):
    """Returns the order that a reply asks for."""
    reply = dota2ai.parse(json.dumps(reply).encode())
    return dota2ai.order_of(reply, board.match, board.patch, seat)


# What bots are told.


def test_units_have_the_fields_of_the_protocol_and_no_others(board):
    creep = board.unit(
        UnitType.LANE_CREEP, (12.5, -7.25), health=99.2, max_health=550.0, mana=0.0, z=128.0,
        definition=board.patch.definition("npc_dota_creep_goodguys_melee"), attack_range=100.0)
    entity = told(board)[creep.handle]
    assert set(entity) == UNIT_FIELDS
    assert (entity["type"], entity["name"], entity["team"]) == (
        "BaseNPC", "npc_dota_creep_lane", 2)
    assert (entity["health"], entity["maxHealth"], entity["attackRange"]) == (100, 550, 100.0)
    assert entity["origin"] == [12.5, -7.25, 128.0]
    assert entity["alive"] is True and entity["rooted"] is False


def test_heroes_have_abilities_and_gold(board):
    hero = board.hero(0, definition=board.patch.definition("npc_dota_hero_lina"))
    player = board.match.players[0]
    player.reliable_gold, player.unreliable_gold, player.xp = 10, 590, 230
    player.deaths, player.denies = 1, 2
    board.match.tick = 300
    learn(board, 0, 0, "lina_dragon_slave", 2, cooldown=10.0, cooldown_ready_tick=375)
    entity = told(board)[hero.handle]
    assert set(entity) == HERO_FIELDS
    assert (entity["type"], entity["name"]) == ("Hero", "npc_dota_hero_lina")
    assert [entity[name] for name in ("gold", "xp", "deaths", "denies")] == [600, 230, 1, 2]
    ability = entity["abilities"]["0"]
    assert set(ability) == ABILITY_FIELDS
    assert (ability["type"], ability["name"]) == ("Ability", "lina_dragon_slave")
    assert (ability["abilityIndex"], ability["level"], ability["maxLevel"]) == (0, 2, 4)
    # Of enemy heroes and creeps, magical. Source: data/7.41/abilities.json; Valve's bits.
    assert (ability["targetTeam"], ability["targetType"]) == (2, 1 | 18)
    assert ability["abilityDamageType"] == 2
    assert (ability["cooldownTime"], ability["cooldownTimeRemaining"]) == (10.0, 2.5)


@pytest.mark.parametrize("name, kind", [
    ("lina_dragon_slave", 0), ("lina_laguna_blade", 1), ("special_bonus_attack_damage_25", 2)])
def test_abilities_tell_of_which_type_they_are(board, name, kind):
    """Source: ABILITY_TYPES: basic, ultimate, attributes."""
    hero = board.hero(0)
    learn(board, 0, 3, name)
    assert told(board)[hero.handle]["abilities"]["3"]["abilityType"] == kind


def test_what_only_an_enemy_heros_owner_knows_is_not_told(board):
    hero = board.hero(5)
    player = board.match.players[5]
    player.unreliable_gold, player.xp, player.denies, player.deaths = 600, 230, 2, 1
    learn(board, 5, 0, "nevermore_shadowraze1", cooldown_ready_tick=900)
    entity = told(board, RADIANT)[hero.handle]
    assert set(entity) == HERO_FIELDS
    assert [entity[name] for name in ("gold", "xp", "denies", "deaths")] == [0, 0, 0, 1]
    assert entity["abilities"]["0"]["cooldownTimeRemaining"] == 0.0
    assert told(board, DIRE)[hero.handle]["gold"] == 600


def test_what_the_team_does_not_see_is_not_told(board):
    hidden = board.unit(UnitType.LANE_CREEP, team=DIRE, visible_to=1 << DIRE)
    hero = board.hero(0, attack_target=hidden.handle)
    entities = told(board)
    assert set(entities) == {hero.handle}
    assert "attackTarget" not in entities[hero.handle]
    assert hidden.handle in told(board, DIRE)


def test_the_dead_are_not_told(board):
    board.hero(0, alive=0)
    assert told(board) == {}


def test_who_is_attacked_is_told(board):
    creep = board.unit(UnitType.LANE_CREEP, team=DIRE)
    hero = board.hero(0, attack_target=creep.handle)
    assert told(board)[hero.handle]["attackTarget"] == creep.handle


@pytest.mark.parametrize("kind, name, told_type", [
    (UnitType.TOWER, "npc_dota_goodguys_tower1_mid", "Tower"),
    (UnitType.BARRACKS, "npc_dota_goodguys_melee_rax_mid", "Building"),
    (UnitType.FORT, "npc_dota_goodguys_fort", "Building"),
    (UnitType.COURIER, "npc_dota_courier", "BaseNPC")])
def test_units_have_a_type(board, kind, name, told_type):
    unit = board.unit(kind, definition=board.patch.definition(name))
    assert told(board)[unit.handle]["type"] == told_type


def test_buildings_have_the_names_that_the_map_gives_them(board):
    places = {
        building["entity"] or building["type"]: (building["x"], building["y"], building["unit"])
        for building in board.patch.map["buildings"] if building["team"] == "radiant"}
    for key, name in (("dota_goodguys_tower1_mid", "dota_goodguys_tower1_mid"),
                      ("fountain", "ent_dota_fountain_good")):
        x, y, unit_name = places[key]
        unit = board.unit(
            UnitType.BUILDING, (x, y), traits=enums.STRUCTURE,
            definition=board.patch.definition(unit_name))
        assert told(board)[unit.handle]["name"] == name


def test_siege_creeps_and_neutrals_have_the_names_of_their_kinds(board):
    siege = board.unit(UnitType.LANE_CREEP, traits=enums.SIEGE)
    neutral = board.unit(UnitType.JUNGLE_CREEP)
    entities = told(board)
    assert entities[siege.handle]["name"] == "npc_dota_creep_siege"
    assert entities[neutral.handle]["name"] == "npc_dota_creep_neutral"


@pytest.mark.parametrize("health, deniable", [(274.0, True), (276.0, False)])
def test_creeps_below_half_their_health_are_deniable(board, health, deniable):
    creep = board.unit(UnitType.LANE_CREEP, health=health, max_health=550.0)
    assert told(board)[creep.handle]["deniable"] is deniable


def test_states_are_told(board):
    unit = board.unit(UnitType.LANE_CREEP, states=enums.ROOTED | enums.BLIND)
    entity = told(board)[unit.handle]
    assert (entity["rooted"], entity["blind"], entity["disarmed"], entity["dominated"]) == (
        True, True, False, False)


def test_felled_trees_are_told_by_a_key_that_no_unit_has(board):
    entities = told(board, trees=[(7, (100.0, 200.0, 128.0))])
    assert entities == {(1 << 24) + 7: {"type": "Tree", "origin": [100.0, 200.0, 128.0]}}


def test_the_reference_servers_classes_know_every_field():
    assert UNIT_FIELDS - {"type"} <= set(CLASSES["BaseNPC"])
    assert HERO_FIELDS - {"type"} <= set(CLASSES["Hero"])
    assert ABILITY_FIELDS - {"type"} <= set(CLASSES["Ability"])


def test_chat_is_told():
    assert dota2ai.chat("lina go", 5) == {"teamOnly": False, "player": 5, "text": "lina go"}


# What bots reply.


@pytest.mark.parametrize("command", ["NOOP", "SELECT"])
def test_a_hero_goes_on_as_before(board, command):
    assert asked(board, command=command, hero="npc_dota_hero_lina") is None


@pytest.mark.parametrize("x, y", [(1.5, -200), ("1.5", "-200"), ("+1.5e0", "-2E2"), (" 1.5", -200)])
def test_numbers_may_come_as_strings(board, x, y):
    assert asked(board, command="MOVE", x=x, y=y, z="380") == Order(
        UnitOrder.MOVE_TO_POSITION, position=(1.5, -200.0))


@pytest.mark.parametrize("target", [513, "513", 513.0, "513.0"])
def test_attacks_name_a_handle(board, target):
    assert asked(board, command="ATTACK", target=target) == Order(
        UnitOrder.ATTACK_TARGET, target=513)


def test_an_attack_on_nobody_is_for_the_rules_to_refuse(board):
    assert asked(board, command="ATTACK", target=-1) == Order(UnitOrder.ATTACK_TARGET)


@pytest.mark.parametrize("name, reply, order", [
    # Dragon Slave is cast on a unit or a place. Source: `behavior` of data/7.41/abilities.json.
    ("lina_dragon_slave", {"target": 513, "x": 0, "y": 0},
     {"order": UnitOrder.CAST_TARGET, "target": 513}),
    ("lina_dragon_slave", {"target": -1, "x": 5, "y": 6, "z": 7},
     {"order": UnitOrder.CAST_POSITION, "position": (5.0, 6.0)}),
    ("lina_laguna_blade", {"target": "513"}, {"order": UnitOrder.CAST_TARGET, "target": 513}),
    ("lina_laguna_blade", {"target": -1, "x": 5, "y": 6}, {"order": UnitOrder.CAST_TARGET}),
    ("lina_light_strike_array", {"x": "5", "y": "6"},
     {"order": UnitOrder.CAST_POSITION, "position": (5.0, 6.0)}),
    ("nevermore_shadowraze1", {}, {"order": UnitOrder.CAST_NO_TARGET}),
])
def test_casts_are_aimed_as_the_ability_wants_it(board, name, reply, order):
    board.hero(0)
    learn(board, 0, 2, name)
    assert asked(board, command="CAST", ability=2, **reply) == Order(ability=2, **order)


def test_toggles_are_switched(board):
    board.hero(0)
    name = next(
        name for name, ability in board.patch.abilities["abilities"].items()
        if "toggle" in ability["behavior"]
        and board.patch.record.ability_behaviors[board.patch.ability(name)].is_simulated)
    learn(board, 0, 1, name)
    assert asked(board, command="CAST", ability=1).order == UnitOrder.CAST_TOGGLE


def test_items_without_a_target_are_used_on_the_hero(board):
    hero = board.hero(0, (64.0, 32.0))
    carry(board, 0, 0, "item_flask")
    carry(board, 0, 1, "item_tango")
    carry(board, 0, 2, "item_magic_stick")
    assert asked(board, command="USE_ITEM", slot="0") == Order(
        UnitOrder.CAST_TARGET, target=int(hero.handle), item=0)
    # Tangos are eaten from the nearest tree.
    assert asked(board, command="USE_ITEM", slot=1) == Order(
        UnitOrder.CAST_TARGET_TREE, position=(64.0, 32.0), item=1)
    assert asked(board, command="USE_ITEM", slot=2) == Order(UnitOrder.CAST_NO_TARGET, item=2)


def test_items_are_bought_and_sold(board):
    assert asked(board, command="BUY", item="item_tango") == Order(
        UnitOrder.PURCHASE_ITEM, item_to_buy=board.patch.item("item_tango"))
    assert asked(board, command="SELL", slot=STASH_SLOT) == Order(
        UnitOrder.SELL_ITEM, item=STASH_SLOT)


@pytest.mark.parametrize("index, order", [
    (2, Order(UnitOrder.TRAIN_ABILITY, ability=2)),
    ("2", Order(UnitOrder.TRAIN_ABILITY, ability=2)), (-1, None)])
def test_points_are_spent_or_kept(index, order):
    assert dota2ai.ability_of({"abilityIndex": index}) == order


def test_heroes_are_selected():
    heroes = ("npc_dota_hero_axe", "npc_dota_hero_lina")
    reply = dota2ai.parse(b'\xef\xbb\xbf {"hero": "npc_dota_hero_lina", "command": "SELECT"}')
    assert dota2ai.hero_of(reply, heroes) == "npc_dota_hero_lina"
    for wrong in ("lina", None, 3, ["npc_dota_hero_axe"]):
        with pytest.raises(ReplyError, match="'hero'"):
            dota2ai.hero_of({"hero": wrong}, heroes)


@pytest.mark.parametrize("body", [
    b"", b"null", b"[]", b"3", b'"NOOP"', b"{", b"NOOP", b"\xff\xfe{}", b'{"x": NaN}',
    b'{"x": -Infinity}', b"[" * 50_000, b'{"x":' * 50_000, b'{"x": ' + b"9" * 5000 + b"}"])
def test_what_is_no_json_object_is_refused(body):
    with pytest.raises(ReplyError, match="the reply is no JSON"):
        dota2ai.parse(body)


@pytest.mark.parametrize("reply, why", [
    ({}, "'command' is missing"),
    ({"command": "DANCE"}, "'command' is 'DANCE'"),
    ({"command": ["MOVE"]}, "'command' is a list"),
    ({"command": "MOVE", "x": 1}, "'y' is missing"),
    ({"command": "MOVE", "x": "far", "y": 1}, "'x' is 'far'"),
    ({"command": "MOVE", "x": "nan", "y": 1}, "'x' is 'nan'"),
    ({"command": "MOVE", "x": True, "y": 1}, "'x' is True"),
    ({"command": "MOVE", "x": "1_0", "y": 1}, "'x' is '1_0'"),
    ({"command": "MOVE", "x": "1e999", "y": 1}, "'x' is not finite"),
    ({"command": "MOVE", "x": 10**400, "y": 1}, "'x' is not finite"),
    ({"command": "MOVE", "x": "1" * 1000, "y": 1}, "'x' is '1111"),
    ({"command": "MOVE", "x": {"x": 1}, "y": 1}, "'x' is a dict"),
    ({"command": "ATTACK"}, "'target' is missing"),
    ({"command": "ATTACK", "target": 1.5}, "'target' is 1.5"),
    ({"command": "ATTACK", "target": 1e300}, "'target' is 1e[+]300"),
    ({"command": "CAST", "ability": 24}, "'ability' is 24"),
    ({"command": "CAST", "ability": -1}, "'ability' is -1"),
    ({"command": "CAST", "ability": 9}, "has none there"),
    ({"command": "CAST", "ability": 0}, "'x' or 'y' is missing"),
    ({"command": "USE_ITEM", "slot": 17}, "'slot' is 17"),
    ({"command": "USE_ITEM", "slot": 4}, "has nothing there"),
    ({"command": "SELL", "slot": "all"}, "'slot' is 'all'"),
    ({"command": "BUY", "item": "item_tangoo"}, "'item' is 'item_tangoo'"),
    ({"command": "BUY", "item": 3}, "'item' is 3"),
    ({"command": "BUY", "item": "\ud800" * 90}, "'item' is '.ud800"),
])
def test_nonsense_is_refused_with_a_reason(board, reply, why):
    board.hero(0)
    learn(board, 0, 0, "lina_light_strike_array")
    with pytest.raises(ReplyError, match=why) as refused:
        asked(board, **reply)
    assert len(str(refused.value)) < 200 and str(refused.value).isascii()


def test_whatever_is_replied_is_an_order_or_refused(board):
    """Orders that come of it hold numbers that the tables can."""
    board.hero(0)
    for slot, name in enumerate(("lina_dragon_slave", "lina_laguna_blade", "lina_fiery_soul")):
        learn(board, 0, slot, name)
    for slot, name in enumerate(("item_tango", "item_flask", "item_blink", "item_magic_stick")):
        carry(board, 0, slot, name)
    chance = random.Random(1)
    values = [
        None, True, "", "x", "-1", "3", 0, 1, 2, 3, -1, 1.5, 1e308, -1e308, 2**31, 2**53, 2**63,
        10**30, [], {}, [1], "9" * 60, "0x10", "item_tango", MAX_UNITS, math.pi]
    commands = ["NOOP", "MOVE", "ATTACK", "CAST", "BUY", "SELL", "USE_ITEM", "SELECT"]
    orders = 0
    for _ in range(20_000):
        reply = {
            name: chance.choice(values)
            for name in ("x", "y", "z", "target", "ability", "slot", "item")
            if chance.random() < 0.8}
        reply["command"] = chance.choice(commands)
        try:
            order = asked(board, **reply)
        except ReplyError:
            continue
        if order is not None:
            order.write(board.orders[0, 0])
            assert math.isfinite(board.orders[0, 0].x)
            orders += 1
    assert orders > 100
