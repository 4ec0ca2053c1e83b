"""What bots take abilities for follows from what content lets them do."""

import numpy as np
import pytest

from dota_env_rpc.content.builds import Builds
from dota_env_rpc.content.expression import ContentError
from dota_env_rpc.content.game import load_game
from dota_env_rpc.content.uses import fill_use
from dota_env_rpc.content.vocabulary import Ability
from dota_env_rpc.data.records import DISABLES, FLEES, HEALS, HURTS, USE
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT

GAME = load_game()


def use(name):
    return GAME.record.ability_uses[GAME.ability(name)]


def value(ability, key, level):
    levels = GAME.abilities["abilities"][ability]["values"][key]["levels"]
    return levels[min(level, len(levels)) - 1]


@pytest.mark.parametrize("ability, key", [
    ("nevermore_shadowraze1", "shadowraze_damage"), ("lina_dragon_slave", "dragon_slave_damage"),
    ("lina_laguna_blade", "damage")])
@pytest.mark.parametrize("level", [1, 3])
def test_damage_is_that_of_the_tables(ability, key, level):
    assert use(ability).purpose & HURTS
    assert use(ability).damage[level - 1] == value(ability, key, level)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_raze_strikes_ahead(number):
    name = f"nevermore_shadowraze{number}"
    assert use(name).ahead[0] == value(name, "shadowraze_range", 1)
    assert use(name).radius[0] == value(name, "shadowraze_radius", 1)


@pytest.mark.parametrize("ability, purpose", [
    ("lion_voodoo", DISABLES), ("sven_storm_bolt", DISABLES), ("queenofpain_blink", FLEES),
    ("necrolyte_death_pulse", HEALS)])
def test_purposes_follow_from_what_is_done(ability, purpose):
    assert use(ability).purpose & purpose


def test_a_hint_wins_over_what_is_told_from_content():
    record = np.zeros(1, USE).view(np.recarray)[0]
    fill_use(record, Ability("a", BotUse="HEALS | FLEES"), {}, {}, lambda *_: 0.0, 1)
    assert record.purpose == HEALS | FLEES


def test_an_unknown_hint_is_refused_by_name():
    record = np.zeros(1, USE).view(np.recarray)[0]
    with pytest.raises(ContentError, match="a: BotUse: there is no purpose 'WINS'"):
        fill_use(record, Ability("a", BotUse="WINS"), {}, {}, lambda *_: 0.0, 1)


def build(hero):
    row = GAME.definition(hero)
    return [int(slot) for slot in GAME.record.skill_builds[row] if slot >= 0]


@pytest.mark.parametrize("hero", GAME.hero_content)
def test_a_build_has_every_level_of_the_ultimate_and_four_talents(hero):
    definition = GAME.record.definitions[GAME.definition(hero)]
    slots = build(hero)
    for slot in set(slots):
        ability = definition.abilities[slot]
        numbers = GAME.record.abilities[ability]
        assert slots.count(slot) <= numbers.max_level or slot == ATTRIBUTE_SLOT
        if numbers.ultimate:
            assert [place + 1 for place, other in enumerate(slots) if other == slot] == [6, 12, 18]
    talents = [slot for slot in slots if slot in definition.talent_slots]
    assert len(talents) == 4


def test_a_hero_without_content_takes_attributes():
    hero = next(name for name in GAME.hero_names if name not in GAME.hero_content)
    assert set(build(hero)) == {ATTRIBUTE_SLOT}


@pytest.fixture
def builds():
    array = GAME.array.copy()
    return Builds(GAME, array[0])


def test_a_named_order_of_points_comes_first(builds):
    names = ["nevermore_frenzy", "nevermore_shadowraze1", "nevermore_frenzy"]
    builds.fill("npc_dota_hero_nevermore", names, ())
    row = GAME.definition("npc_dota_hero_nevermore")
    slots = builds._record.skill_builds[row, :3]
    assert [GAME.ability_names[builds._record.definitions[row].abilities[slot]]
            for slot in slots] == names


def test_parts_are_bought_so_that_a_whole_item_comes_about(builds):
    builds.fill("npc_dota_hero_axe", (), ("item_branches", "item_branches", "item_magic_wand"))
    row = GAME.definition("npc_dota_hero_axe")
    assert [GAME.item_names[item] for item in builds._record.item_builds[row] if item >= 0] == [
        "item_branches", "item_branches", "item_magic_stick", "item_recipe_magic_wand"]


@pytest.mark.parametrize("skills, items, message", [
    (("lina_dragon_slave",), (), "SKILLS: it cannot learn 'lina_dragon_slave'"),
    ((), ("item_roshans_banner_of_nothing",), "BUYS: the shop does not sell"),
    ((), ("item_ultimate_orb",), "secret shop, where"),
])
def test_a_build_that_cannot_be_is_refused(builds, skills, items, message):
    with pytest.raises(ContentError, match=message):
        builds.fill("npc_dota_hero_axe", skills, items)
