"""Masks agree with the rules, both ways: what they allow is accepted, what they forbid refused."""

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import OrderResult, UnitOrder
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.tasks.seat import Seat
from dota_env_rpc.testing.random_play import RandomMatch

SEATS = (0, 5)
PAIRS = (
    ("npc_dota_hero_lina", "npc_dota_hero_juggernaut"),
    ("npc_dota_hero_pudge", "npc_dota_hero_puck"),
    ("npc_dota_hero_zuus", "npc_dota_hero_earthshaker"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].removeprefix("npc_dota_hero_"))
@pytest.mark.parametrize("action_space", ["orders", "discrete"])
def test_an_order_is_accepted_if_and_only_if_the_masks_allow_it(pair, action_space):
    """Both seats at once, with abilities and items, while heroes meet, die and come back.

    A match of ten minutes; `python benchmarks/fuzz.py --judge_masks` plays more.
    """
    match = RandomMatch(4, dict(zip(SEATS, pair, strict=True)), judge_masks=True,
                        action_space=action_space)
    match.play(600.0)
    assert match.books.problems == []
    assert min(match.counts["allowed"], match.counts["forbidden"]) > 500
    assert (match.counts["of other units"] > 300) == (action_space == "orders")
    assert min(match.books.counts[kind] for kind in (
        "ABILITY_CAST", "ITEM_USED", "ABILITY_LEARNED", "ORDER_REFUSED", "HERO_KILL",
        "RESPAWN")) > 0


@pytest.mark.parametrize("seed", [3, 4])
def test_masks_agree_where_runes_come(seed):
    """Two heroes who are often put near runes, and often carry a Bottle."""
    match = RandomMatch(seed, dict(zip(SEATS, PAIRS[1], strict=True)), judge_masks=True, runes=True)
    match.play(480.0)
    assert match.books.problems == []
    assert min(match.books.counts[kind] for kind in ("RUNE_TAKEN", "RUNE_USED")) > 0


def buy_results(backend) -> np.ndarray:
    """Returns what becomes of buying each of the patch's items now, one at a time."""
    saved = backend.save()
    results = []
    for row in range(len(backend.patch.item_names)):
        backend.orders[0, 0].order = UnitOrder.PURCHASE_ITEM
        backend.orders[0, 0].item_to_buy = row
        backend.advance()
        results.append(int(backend.tables[0].players[0].last_order_result))
        backend.restore(saved)
    return np.array(results)


@pytest.mark.parametrize("at", ["home", "lane", "secret", "dead"])
def test_what_may_be_bought_is_told(at):
    """With much gold and little, with parts in the bags and the bags full."""
    backend = SimulatedBackend(MatchSettings(
        heroes=(PAIRS[0][0], *[""] * 4, PAIRS[0][1], *[""] * 4), start_seconds=0.0,
        kills_to_win=0))
    backend.controlled[:] = 1
    patch, tables = backend.patch, backend.tables[0]
    hero = tables.units[tables.players[0].hero % 256]
    if at == "lane":
        hero.x, hero.y = -500.0, -400.0
    elif at == "secret":
        hero.x, hero.y = patch.record.secret_shop_x[0], patch.record.secret_shop_y[0]
    elif at == "dead":
        hero.alive, hero.health = 0, 0.0
        tables.players[0].respawn_tick = 10_000
    seat = Seat(backend, seats=(0,), reward={})
    seat.begin()
    seen = set()
    for gold, bags in ((600, 0), (600, 1), (2500, 1), (30_000, 5), (30_000, 15)):
        tables.players[0].reliable_gold, tables.players[0].unreliable_gold = gold, 0
        for slot in range(bags):
            tables.items[0, slot].definition = patch.item(
                ("item_circlet", "item_tango", "item_gloves")[slot % 3])
            tables.items[0, slot].charges = slot % 3
            tables.items[0, slot].owner = 0
        seat.observe()
        results = buy_results(backend)
        accepted = results == OrderResult.ACCEPTED
        seen.update(results.tolist())
        assert seat.buffers["mask.buy"][:len(accepted)].astype(bool).tolist() == accepted.tolist()
        assert not seat.buffers["mask.buy"][len(accepted):].any()
        assert seat.buffers["mask.order"][UnitOrder.PURCHASE_ITEM, 0] == accepted.any()
    assert seen >= {
        OrderResult.ACCEPTED, OrderResult.NOT_FOR_SALE, OrderResult.NOT_ENOUGH_GOLD,
        OrderResult.INVENTORY_FULL, OrderResult.OUT_OF_STOCK}
    assert (OrderResult.NOT_AT_SECRET_SHOP in seen) == (at != "secret")
