"""All content, whatever its hero: that nothing is missing, unread or breaks a match."""

import json
import pathlib
import subprocess
import sys

import numpy as np
import pytest

from dota_env_rpc.content import coverage
from dota_env_rpc.content.coverage import STANDARD, hero_abilities
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.enums import OrderResult, Team
from dota_env_rpc.match.targeting import BEHAVIOR
from dota_env_rpc.testing.arena import Arena

ROOT = pathlib.Path(__file__).resolve().parents[2]
GAME = load_game()
ABILITIES = [ability for abilities in GAME.hero_content.values() for ability in abilities]
HERO_OF = {ability.name: hero for hero, abilities in GAME.hero_content.items()
           for ability in abilities}


def test_the_committed_page_of_coverage_is_current():
    """Else: python -m dota_env_rpc.content.coverage > docs/coverage.md"""
    assert (ROOT / "docs" / "coverage.md").read_text() == coverage.page(GAME)


@pytest.mark.parametrize("hero", GAME.hero_content)
def test_every_ability_in_a_slot_has_content(hero):
    talents = {talent["name"] for talent in GAME.abilities["talents"][hero]}
    written = {ability.name for ability in GAME.hero_content[hero]}
    assert set(hero_abilities(GAME, hero)) <= written | talents


def test_every_sold_item_that_is_no_recipe_has_content():
    sold = {name for name, item in GAME.items["items"].items()
            if item["status"] == "shop" and not name.startswith("item_recipe_")}
    assert sold <= {item.name for item in GAME.item_content}


@pytest.mark.parametrize(
    "ability", [*ABILITIES, *GAME.item_content], ids=lambda ability: ability.name)
def test_every_value_is_read_or_said_to_do_nothing(ability):
    entry = (GAME.items["items"].get(ability.name)
             or GAME.abilities["abilities"].get(ability.name, {}))
    values = set(entry.get("values", {}))
    unread = values - GAME.values_used[ability.name] - STANDARD
    assert unread == set(ability.Unused), "read them, or list in Unused those that do nothing"


def actions_of(block):
    for action in block:
        if isinstance(action, list):
            yield from actions_of(action)
        else:
            yield action
            yield from actions_of(action.block)
            yield from actions_of(action.end_block)
            yield from actions_of(action.think_block)
            yield from actions_of(action.rune_block)


def test_every_modifier_is_given_by_something():
    declared, given = set(), set()
    for ability in (*ABILITIES, *GAME.item_content, *GAME.rune_content):
        given.update(ability.Passives)
        lists = [*ability.Events.values(), *ability.Lists.values()]
        for modifier in ability.Modifiers:
            declared.add(modifier.name)
            given.add(modifier.Aura)
            lists.extend(modifier.Events.values())
        for block in lists:
            given.update(action.modifier for action in actions_of(block)
                         if action.word in ("APPLY_MODIFIER", "CREATE_THINKER", "SPAWN_UNIT"))
    assert declared - given == set()


def castable():
    for ability in ABILITIES:
        entry = GAME.abilities["abilities"].get(ability.name)
        if entry and "passive" not in entry["behavior"] and entry["behavior"]:
            yield ability.name


@pytest.mark.parametrize("name", list(castable()))
def test_it_casts_at_every_level(name):
    """On whom and where its behavior says, with both upgrades."""
    behavior = int(GAME.record.ability_behaviors[GAME.ability(name)].bits)
    max_level = int(GAME.record.abilities[GAME.ability(name)].max_level)
    team = int(GAME.record.ability_behaviors[GAME.ability(name)].target_team)
    for level in range(1, max_level + 1):
        arena = Arena()
        caster = arena.spawn(HERO_OF[name], level=25)
        enemy = arena.spawn("npc_dota_hero_lina", at=(150, 0), team=Team.BADGUYS, health=5000.0,
                            max_health=5000.0)
        ally = arena.spawn("npc_dota_hero_lina", at=(0, 150))
        creep = arena.spawn("npc_dota_creep_badguys_melee", at=(120, 60))
        own_creep = arena.spawn("npc_dota_creep_goodguys_melee", at=(-120, 60))
        caster.upgrade(scepter=True, shard=True)
        caster.prepare(name, level)
        tries = []
        if behavior & BEHAVIOR["toggle"]:
            tries.append(caster.toggle(name))
        if behavior & BEHAVIOR["no_target"]:
            tries.append(caster.cast(name))
        if behavior & BEHAVIOR["unit_target"]:
            for target in (enemy, creep) if team & 2 else (ally, caster, own_creep):
                caster.prepare(name, level)
                tries.append(caster.cast(name, target=target))
        if behavior & BEHAVIOR["point"]:
            caster.prepare(name, level)
            tries.append(caster.cast(name, point=(150, 0)))
        assert OrderResult.ACCEPTED in tries, tries
        arena.run(6.0)
        assert not np.any(arena.tables.table_full)
        assert np.isfinite(caster.health) and np.isfinite(enemy.health)



def test_random_orders_break_nothing():
    """A minute of what benchmarks/fuzz.py does for a million ticks."""
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "fuzz.py", "--ticks=1800", "--minutes=1"],
        capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["casts"] > 0
