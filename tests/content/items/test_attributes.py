"""What items give by being worn, of every item at once."""

import pytest

from dota_env_rpc.content.game import load_game
from dota_env_rpc.content.items import attributes
from dota_env_rpc.content.wearing import PROPERTIES, WHERE
from dota_env_rpc.match.words import NUM_PROPERTIES, Property

GAME = load_game()


def _given():
    """Yields item, value and property of all that items give by the one meaning of a key."""
    for item in GAME.item_content:
        own = f"modifier_{item.name}"
        for modifier in item.Modifiers:
            if modifier.name == own:
                for key, names in PROPERTIES.items():
                    for name in names:
                        if modifier.Properties.get(name) == f"%{key}":
                            yield item.name, key, name


@pytest.mark.parametrize(("item", "key", "name"), list(_given()))
def test_a_value_is_what_its_wearer_has_more(arena, value, item, key, name):
    entry = arena.patch.items["items"][item]
    level = entry.get("base_level", 1)
    lina = arena.spawn("npc_dota_hero_lina")
    before = lina.bonus(name)
    lina.give_item(item, charges=1)
    assert lina.bonus(name) - before == pytest.approx(value(item, key, level), rel=1e-4)


@pytest.mark.parametrize("item", [item.name for item in attributes.ITEMS])
def test_what_is_taken_off_gives_nothing(arena, item):
    lina = arena.spawn("npc_dota_hero_lina")
    names = [each.name for each in Property if each < NUM_PROPERTIES]
    before = [lina.bonus(name) for name in names]
    lina.give_item(item)
    lina.take_item()
    assert [lina.bonus(name) for name in names] == before


def test_two_of_an_item_count_twice(arena, value):
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item("item_gauntlets", place=0)
    lina.give_item("item_gauntlets", place=1)
    assert lina.bonus("STATS_STRENGTH_BONUS") == 2 * value("item_gauntlets", "bonus_strength")


def test_wind_laces_do_not_stack(arena, value):
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item("item_wind_lace", place=0)
    lina.give_item("item_wind_lace", place=1)
    assert lina.bonus("MOVESPEED_BONUS_CONSTANT") == value("item_wind_lace", "movement_speed")


def test_boots_do_not_stack(arena, value):
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item("item_boots", place=0)
    lina.give_item("item_arcane_boots", place=1)
    lina.give_item("item_travel_boots", place=2)
    assert lina.bonus("MOVESPEED_BONUS_UNIQUE") == value(
        "item_travel_boots", "bonus_movement_speed")


@pytest.mark.parametrize(("hero", "times"), [("npc_dota_hero_lina", 1), ("npc_dota_hero_axe", 0)])
def test_dragon_lance_gives_range_to_ranged_heroes(arena, value, hero, times):
    unit = arena.spawn(hero)
    unit.give_item("item_dragon_lance")
    assert unit.bonus("ATTACK_RANGE_BONUS") == times * value(
        "item_dragon_lance", "base_attack_range")


def test_scepter_upgrades_while_it_is_worn(arena):
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item("item_ultimate_scepter")
    seat = int(lina.record.player)
    assert arena._state.has_scepter[seat]
    lina.take_item()
    assert not arena._state.has_scepter[seat]


def test_kayas_spell_amplification_does_not_stack(arena, value):
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item("item_kaya", place=0)
    lina.give_item("item_yasha_and_kaya", place=1)
    assert lina.bonus("SPELL_AMPLIFY_PERCENTAGE_UNIQUE") == value(
        "item_yasha_and_kaya", "spell_amp")


def test_every_key_with_a_condition_has_a_meaning():
    assert set(WHERE) <= set(PROPERTIES)
