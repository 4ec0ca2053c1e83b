"""The task mid_1v1_tournament. Source: rules of OpenAI's 1v1 matches, The International 2017."""

import pytest

from dota_env_rpc.backends.simulated import LAST, SimulatedBackend
from dota_env_rpc.match.enums import OrderResult, UnitOrder, WinReason
from dota_env_rpc.tasks.settings import parse_settings
from dota_env_rpc.tasks.task import load_task
from dota_env_rpc.testing.task_contract import TaskContract

TASK = load_task("mid_1v1_tournament")
BANNED = ("item_bottle", "item_soul_ring", "item_infused_raindrop")


class TestMid1v1Tournament(TaskContract):
    task = TASK
    world = {"start_seconds": -1.0, "max_seconds": 20.0}


def match(**world):
    return SimulatedBackend(TASK.match_settings(parse_settings(TASK.world_settings, world)))


def test_kills_then_last_hits_decide_at_ten_minutes():
    backend = match(bots=["idle", "idle"], start_seconds=-1.0, ticks_per_step=900)
    backend.tables[0].players[5].denies = 1
    while backend.step_type[0] != LAST:
        backend.advance()
    tables = backend.tables[0]
    assert (tables.tick, tables.winner) == (600 * 30, 3)
    assert tables.win_reason == WinReason.TIME_LAST_HITS


@pytest.mark.parametrize("name", BANNED)
def test_some_items_cannot_be_bought(name):
    backend = match()
    backend.controlled[:] = 1
    backend.tables[0].players[0].reliable_gold = 5000
    backend.orders[0, 0].order = UnitOrder.PURCHASE_ITEM
    backend.orders[0, 0].item_to_buy = backend.patch.item(name)
    backend.advance()
    assert backend.tables[0].players[0].last_order_result == OrderResult.NOT_FOR_SALE


def test_a_setting_of_its_own_wins_over_that_of_the_variant():
    world = parse_settings(TASK.world_settings, {"banned_items": ["item_tango"]})
    settings = TASK.match_settings(world)
    assert (settings.tie_seconds, settings.banned_items) == (600.0, ("item_tango",))


def test_a_script_that_buys_passes_over_what_is_banned():
    """The first thing that Shadow Fiend's build wants, where it could be bought."""
    free = match(bots=["laner", "idle"])
    for _ in range(8):
        free.advance()
    first = next(free.patch.item_names[item.definition] for item in free.tables[0].items[0]
                 if item.definition >= 0)
    banned = match(bots=["laner", "idle"], banned_items=[first])
    for _ in range(8):
        banned.advance()
    held = [banned.patch.item_names[item.definition] for item in banned.tables[0].items[0]
            if item.definition >= 0]
    assert first not in held
    assert len(held) > 1
