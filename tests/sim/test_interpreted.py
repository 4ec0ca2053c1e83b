"""The rules give the same match with the compiler off, where every index is checked."""

import os
import pathlib
import subprocess
import sys

import pytest

from dota_env_rpc.match.enums import Team, UnitOrder
from dota_env_rpc.match.rule import INTERPRETED
from dota_env_rpc.testing.arena import Arena

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = "from tests.sim.test_interpreted import clash; print(clash())"


def clash() -> str:
    """Plays a fight of two waves with two heroes ordered about; returns the match's digest."""
    arena = Arena(start_seconds=419.0, seed=7)
    for x, side, team in ((-250, "goodguys", Team.GOODGUYS), (250, "badguys", Team.BADGUYS)):
        for i, kind in enumerate(("melee", "flagbearer", "melee", "ranged")):
            arena.spawn(f"npc_dota_creep_{side}_{kind}", at=(x, 80 * i), health=90.0)
        arena.spawn(f"npc_dota_{side}_siege", at=(2 * x, 0))
        arena.spawn("npc_dota_hero_lina", at=(2 * x, -100), team=team, level=3)
    own, enemy = arena.player(0), arena.player(5)
    arena.glyph(Team.BADGUYS)
    own.attack(enemy)
    enemy.order(UnitOrder.ATTACK_MOVE, position=(-200, 0))
    arena.run(1.5)
    own.move((-600, -300))
    own.order(UnitOrder.PATROL, position=(100, 100), queue=True)
    arena.run(3.0)
    enemy.kill(by=own)
    enemy.player_record.unreliable_gold = 900
    enemy.order(UnitOrder.BUYBACK)
    enemy.move((0, 0))
    arena.building("npc_dota_goodguys_tower1_mid").kill(by=enemy)
    arena.run(0.5)
    return arena.digest()


def test_the_same_match_with_the_compiler_off():
    """Source: docs/architecture: compiled and interpreted rules agree bit for bit."""
    if INTERPRETED:
        pytest.fail("run the tests with the compiler on")
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    played = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, cwd=ROOT, capture_output=True,
        text=True, check=True)
    assert played.stdout.strip() == clash()
