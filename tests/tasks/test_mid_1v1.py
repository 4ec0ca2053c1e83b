"""The task mid_1v1."""

import numpy as np
import pytest

import dota_env_rpc
from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import Rune, UnitOrder
from dota_env_rpc.tasks.observations import GROUND, PLACE, STATE
from dota_env_rpc.tasks.settings import SettingError, parse_settings
from dota_env_rpc.tasks.task import load_task, task_names
from dota_env_rpc.testing.task_contract import TaskContract

TASK = load_task("mid_1v1")


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
    ({"banned_items": ["item_of_doom"]}, "banned_items"),
    ({"record": True, "num_matches": 2}, "record"),
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


@pytest.mark.parametrize("name", task_names())
def test_runes_come_where_the_setting_says_so_and_nowhere_else(name):
    settings = load_task(name).world_settings
    told = [load_task(name).match_settings(parse_settings(settings, given)).runes
            for given in ({}, {"runes": True})]
    assert told == [False, True]


def test_an_agent_takes_a_rune_that_it_sees():
    """Bounty comes with the horn to the river and pays 40. Source: data/7.41/rules.json."""
    env = dota_env_rpc.make("mid_1v1", runes=True, start_seconds=-40.0, bots=["idle", "idle"])
    env.reset()
    spot = np.array([-1640.0, 1112.0], np.float32)  # source: data/7.41/map.json
    walk = {"order": UnitOrder.MOVE_TO_POSITION, "position": spot - 300.0}
    for _ in range(340):
        seen = env.step(walk).observation
        walk = {}
        if seen["mask"]["order"][UnitOrder.PICKUP_RUNE, 0]:
            break
    row = seen["ground"][0]
    assert row[GROUND.index("rune")] == Rune.BOUNTY + 1
    place = row[[GROUND.index("x"), GROUND.index("y")]] * PLACE
    assert place == pytest.approx(spot, abs=1.0)
    gold = STATE.index("reliable_gold")
    before = seen["state"][gold]
    seen = env.step({"order": UnitOrder.PICKUP_RUNE, "position": place}).observation
    for _ in range(20):
        seen = env.step({}).observation
    assert seen["state"][gold] - before >= 0.04
    assert not seen["mask"]["order"][UnitOrder.PICKUP_RUNE, 0] and not seen["ground"].any()
