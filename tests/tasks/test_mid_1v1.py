"""The task mid_1v1."""

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.data.patch import load_patch
from dota_env_rpc.match.enums import OrderResult, UnitOrder
from dota_env_rpc.tasks.discrete import NUM_ACTIONS
from dota_env_rpc.tasks.masks import ABILITIES, ITEMS, MASK_ORDER_SHAPE, TARGETS
from dota_env_rpc.tasks.settings import SettingError, parse_settings
from dota_env_rpc.tasks.task import load_task, task_names
from dota_env_rpc.testing.task_contract import TaskContract

TASK = load_task("mid_1v1")
# Items that a hero can afford from the start.
CHEAP = [row for row, item in enumerate(load_patch().record.items) if item.in_shop
         and item.cost <= 200]


class TestMid1v1(TaskContract):
    task = TASK
    world = {"start_seconds": -1.0, "max_seconds": 20.0}


def test_it_is_found_by_its_name():
    assert "mid_1v1" in task_names()


def test_an_unknown_task_is_refused():
    with pytest.raises(ValueError, match="unknown task 'mid_1vs1'; did you mean 'mid_1v1'"):
        load_task("mid_1vs1")


@pytest.mark.parametrize("given, name", [
    ({"heroes": ["npc_dota_hero_lina"]}, "heroes"),
    ({"heroes": ["npc_dota_hero_lina", "npc_dota_hero_linda"]}, "heroes"),
    ({"bots": ["laner", "grandmaster"]}, "bots"),
    ({"skill_builds": ["auto"]}, "skill_builds"),
    ({"item_builds": ["auto", "manual"]}, "item_builds"),
    ({"max_seconds": 0.0, "start_seconds": 0.0}, "max_seconds"),
    ({"ticks_per_step": 0}, "ticks_per_step"),
    ({"seed": -1}, "seed"),
    ({"task": "all_pick"}, "task"),
    ({"reward.gould": 1.0}, "reward.gould"),
])
def test_wrong_world_settings_are_refused_by_name(given, name):
    with pytest.raises(SettingError) as error:
        TASK.match_settings(parse_settings(TASK.world_settings, given))
    assert error.value.name == name


@pytest.mark.parametrize("given, name", [
    ({"seat": 1}, "seat"), ({"seat": 10}, "seat"), ({"seats": [0, 0]}, "seats"),
    ({"seats": [0, 3]}, "seats"), ({"hero": "lina"}, "hero"),
    ({"skill_build": "automatic"}, "skill_build"), ({"item_build": 1}, "item_build"),
    ({"action_space": "words"}, "action_space"), ({"observations": ["smell"]}, "observations")])
def test_wrong_join_settings_are_refused_by_name(given, name):
    with pytest.raises(SettingError) as error:
        TASK.seats(parse_settings(TASK.join_settings, given))
    assert error.value.name == name


def test_heroes_and_bots_take_the_first_seat_of_each_side():
    match = TASK.match_settings(parse_settings(TASK.world_settings, {
        "heroes": ["npc_dota_hero_lina", "npc_dota_hero_axe"], "bots": ["idle", "laner"]}))
    assert {seat: hero for seat, hero in enumerate(match.heroes) if hero} == {
        0: "npc_dota_hero_lina", 5: "npc_dota_hero_axe"}
    assert (match.bots[0], match.bots[5]) == ("idle", "laner")


@pytest.mark.parametrize("join, builders", [
    ({}, ("auto", "agent")), ({"skill_build": "auto"}, ("auto", "auto")),
    ({"skill_build": "agent"}, ("agent", "agent"))])
def test_a_seat_brings_its_skill_build_over_that_of_the_world(join, builders):
    match = TASK.match_settings(parse_settings(TASK.world_settings, {
        "skill_builds": ["auto", "agent"]}))
    joined = parse_settings(TASK.join_settings, join)
    match = TASK.brought(match, dict.fromkeys((0, 5) if join else (), joined))
    assert (match.skill_builds[0], match.skill_builds[5]) == builders


@pytest.mark.parametrize("builder, level", [("auto", 1), ("agent", 0)])
def test_a_script_spends_the_points_of_an_agent_where_it_is_set(builder, level):
    backend = SimulatedBackend(TASK.match_settings(parse_settings(
        TASK.world_settings, {"skill_builds": [builder, "agent"]})))
    backend.controlled[:] = 1
    backend.advance()
    slot = [backend.patch.ability_names[ability.definition]
            for ability in backend.tables[0].abilities[0]].index("nevermore_shadowraze1")
    assert backend.tables[0].abilities[0, slot].level == level
    assert backend.tables[0].players[0].ability_points == 1 - level
    assert backend.tables[0].players[5].ability_points == 1


@pytest.mark.parametrize("builder", ["auto", "agent"])
def test_a_script_spends_the_gold_of_an_agent_where_it_is_set(builder):
    """Boots of Speed are bought before the match, when the hero stands in the shop."""
    backend = SimulatedBackend(TASK.match_settings(parse_settings(
        TASK.world_settings, {"item_builds": ["agent", builder]})))
    backend.controlled[:] = 1
    tables = backend.tables[0]
    gold = int(tables.players[5].unreliable_gold)
    for _ in range(10):
        backend.advance()
    spent = gold - int(tables.players[5].unreliable_gold + tables.players[5].reliable_gold)
    held = sum(backend.patch.record.items[item.definition].cost
               for item in tables.items[5, :9] if item.definition >= 0)
    assert (spent > 0) == (builder == "auto")
    assert spent == held
    assert tables.players[0].unreliable_gold == gold


# Orders whose `ability` may be an item, so that their `item` is not read.
NAMES_ABILITY = (5, 6, 7, 8, 9, 11, 20, 30, 40)


def play(**join):
    """Returns a backend and a seat in a match that goes on when heroes die."""
    world = parse_settings(TASK.world_settings, {
        "start_seconds": 0.0, "max_seconds": 600.0, "kills_to_win": 0})
    join = parse_settings(TASK.join_settings, join)
    backend = SimulatedBackend(TASK.match_settings(world))
    seat = TASK.seat(backend, seats=(0,), **TASK.seat_arguments(world, join))
    backend.controlled[0, 0] = 1
    seat.begin()
    return backend, seat


def test_an_order_is_accepted_if_and_only_if_the_mask_allows_it():
    """Over a match in which heroes meet, die and come back."""
    backend, seat = play()
    random = np.random.default_rng(1)
    player = backend.tables[0].players[0]
    counts = np.zeros(2, int)
    refused_kinds = set()
    mask = seat.buffers["mask.order"]
    for step in range(3000):
        assert mask[UnitOrder.NONE, 0]
        if step % 3:
            kind = int(random.choice([1, 2, 3, 4, 10, 11, 16, 17, 19, 21, 23, 24, 29, 32]))
        else:
            kind = int(random.integers(1, MASK_ORDER_SHAPE[0]))
        target, ability, item = (
            int(random.integers(ABILITIES - TARGETS)), int(random.integers(ITEMS - ABILITIES + 17)),
            int(random.integers(MASK_ORDER_SHAPE[1] - ITEMS)))
        if step % 2:
            shown = np.flatnonzero(seat.buffers["units"][:, 0])
            target, ability = int(random.choice(shown)), 23
        allowed = bool(
            mask[kind, 0] and mask[kind, TARGETS + target]
            and (mask[kind, ABILITIES + ability] if kind in NAMES_ABILITY
                 else mask[kind, ITEMS + item])
            and (kind != UnitOrder.CAST_TARGET or seat.buffers["mask.cast"][ability, target]))
        before = int(player.orders_refused)
        seat.act({
            "order": kind, "target": target, "ability": ability, "item": item,
            "item_to_buy": int(random.choice(CHEAP)),
            "position": random.uniform(-2000, 2000, 2).astype(np.float32)})
        backend.advance()
        if backend.step_type[0] != 1:
            seat.observe()
            continue
        accepted = int(player.orders_refused) == before
        if kind == UnitOrder.PURCHASE_ITEM:
            # What may be bought is not in the mask.
            assert allowed
            assert accepted == (player.last_order_result == OrderResult.ACCEPTED)
            seat.observe()
            continue
        assert accepted == allowed, (step, UnitOrder(kind), target, ability, item)
        counts[int(allowed)] += 1
        if not allowed:
            refused_kinds.add(int(player.last_order_result))
        seat.observe()
    assert counts.min() > 500
    assert len(refused_kinds) >= 8


def test_an_action_is_accepted_if_and_only_if_the_mask_allows_it():
    backend, seat = play(action_space="discrete")
    random = np.random.default_rng(2)
    player = backend.tables[0].players[0]
    counts = np.zeros(2, int)
    mask = seat.buffers["mask.action"]
    for _ in range(3000):
        action = int(random.integers(NUM_ACTIONS))
        allowed = bool(mask[action])
        before = int(player.orders_refused)
        seat.act({"action": action})
        backend.advance()
        if backend.step_type[0] != 1:
            seat.observe()
            continue
        assert (int(player.orders_refused) == before) == allowed, action
        counts[int(allowed)] += 1
        seat.observe()
    assert counts.min() > 300
