"""Every item with a use is used once, on whom or where its behavior says."""

import numpy as np
import pytest

from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.enums import OrderResult, Team, UnitOrder
from dota_env_rpc.match.targeting import BEHAVIOR
from dota_env_rpc.testing.arena import Arena

GAME = load_game()
TREES_ONLY = ("item_tango", "item_tango_single", "item_quelling_blade", "item_bfury")


def _usable():
    for item in GAME.item_content:
        bits = int(GAME.record.item_behaviors[GAME.item(item.name)].bits)
        if item.Events and not bits & BEHAVIOR["passive"] and item.name not in TREES_ONLY:
            yield item.name


@pytest.mark.parametrize("name", list(_usable()))
def test_it_can_be_used(name):
    arena = Arena()
    lina = arena.spawn("npc_dota_hero_lina", level=25)
    enemy = arena.spawn("npc_dota_hero_sven", at=(140, 0), team=Team.BADGUYS, level=20)
    ally = arena.spawn("npc_dota_hero_sven", at=(0, 140), level=20)
    creep = arena.spawn("npc_dota_neutral_satyr_soulstealer", at=(100, 100))
    lane_creep = arena.spawn("npc_dota_creep_badguys_melee", at=(0, -140))
    place = 15 if name == "item_tpscroll" else 0
    bits = int(GAME.record.item_behaviors[GAME.item(name)].bits)
    tries = []

    def ready():
        lina.give_item(name, place=place, charges=2)
        lina.record.mana = lina.record.max_mana
        lina.record.health = lina.record.max_health

    if bits & BEHAVIOR["toggle"]:
        ready()
        tries.append(lina.order(UnitOrder.CAST_TOGGLE, item=place))
    if bits & BEHAVIOR["no_target"]:
        ready()
        tries.append(lina.use(name))
    if bits & BEHAVIOR["unit_target"]:
        for target in (enemy, ally, lane_creep, creep):
            ready()
            # Nobody looks for neutral creeps yet.
            creep.record.visible_to = 1 << Team.GOODGUYS | 1 << Team.NEUTRALS
            tries.append(lina.use(name, target=target))
            arena.run(0.2)
    if bits & BEHAVIOR["point"]:
        ready()
        tries.append(lina.use(name, point=(150, 0)))
    assert OrderResult.ACCEPTED in tries, tries
    arena.run(6.0)
    assert not np.any(arena.tables.table_full)
    assert np.isfinite(lina.health) and np.isfinite(enemy.health)
