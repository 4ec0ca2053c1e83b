"""What items give by being worn, of every item at once."""

import pytest

from dota_env_rpc.content.game import load_game
from dota_env_rpc.content.items import attributes
from dota_env_rpc.content.wearing import PROPERTIES, WHERE
from dota_env_rpc.match.enums import EventKind, Team, UnitType
from dota_env_rpc.match.words import NUM_PROPERTIES, STACKING, Property, Stacking

GAME = load_game()


def _given():
    """Yields item, value and property of all that items give by the one meaning of a key."""
    for item in GAME.item_content:
        for modifier in item.Modifiers:
            if modifier.name in item.Passives:
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
    lina.give_item(item)
    assert lina.bonus(name) - before == pytest.approx(value(item, key, level), rel=1e-4)


@pytest.mark.parametrize("item", [item.name for item in attributes.ITEMS])
def test_what_is_taken_off_gives_nothing(arena, item):
    lina = arena.spawn("npc_dota_hero_lina")
    names = [each.name for each in Property if each < NUM_PROPERTIES]
    before = [lina.bonus(name) for name in names]
    lina.give_item(item)
    lina.take_item()
    assert [lina.bonus(name) for name in names] == before


def _given_apart():
    """Yields item, value, property and how often it counts of items that do more than give."""
    unique = {item.name for item in GAME.item_content
              if f"modifier_{item.name}_unique" in item.Passives}
    for item, key, name in _given():
        if item in unique and STACKING.get(Property[name], Stacking.SUM) == Stacking.SUM:
            once = next(each for each in GAME.item_content if each.name == item).Modifiers[1]
            yield item, key, name, 1 if once.Properties.get(name) == f"%{key}" else 2


@pytest.mark.parametrize(("item", "key", "name", "times"), list(_given_apart()))
def test_two_of_an_item_give_twice_what_they_do_once(arena, value, item, key, name, times):
    lina = arena.spawn("npc_dota_hero_lina")
    before = lina.bonus(name)
    lina.give_item(item, place=0)
    lina.give_item(item, place=1)
    assert lina.bonus(name) - before == pytest.approx(times * value(item, key))


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


def test_two_hearts_restore_as_one(arena, value):
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item("item_heart", place=0)
    once = lina.bonus("HEALTH_REGEN_PERCENTAGE")
    lina.give_item("item_heart", place=1)
    assert once == lina.bonus("HEALTH_REGEN_PERCENTAGE") == value("item_heart", "hp_regen")


FAMILIES = [
    ("item_kaya", "item_kaya_and_sange", "spell_amp", "SPELL_AMPLIFY_PERCENTAGE_UNIQUE"),
    ("item_kaya", "item_kaya_and_sange", "mana_regen_multiplier",
     "MP_REGEN_AMPLIFY_PERCENTAGE_UNIQUE"),
    ("item_sange", "item_sange_and_yasha", "hp_regen_amp", "HP_REGEN_AMPLIFY_PERCENTAGE"),
    ("item_sange", "item_sange_and_yasha", "hp_regen_amp", "HEAL_AMPLIFY_PERCENTAGE_TARGET"),
    ("item_sange", "item_abyssal_blade", "slow_resistance", "SLOW_RESISTANCE_STACKING"),
    ("item_yasha", "item_yasha_and_kaya", "movement_speed_percent_bonus",
     "MOVESPEED_BONUS_PERCENTAGE_UNIQUE"),
]


@pytest.mark.parametrize(("lesser", "greater", "key", "name"), FAMILIES)
def test_of_a_family_the_best_counts_alone(arena, value, lesser, greater, key, name):
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item(lesser, place=0)
    lina.give_item(greater, place=1)
    arena.run(0.1)
    assert lina.bonus(name) == pytest.approx(max(value(lesser, key), value(greater, key)))


def test_kaya_raises_mana_regeneration(arena, value):
    """By the part that it says, of what intelligence gives: its own included."""
    lina = arena.spawn("npc_dota_hero_lina")
    lina.give_item("item_kaya")
    arena.run(0.1)
    plain = float(lina.body.base_mana_regen)
    assert lina.mana_regen == pytest.approx(
        plain * (1 + 0.01 * value("item_kaya", "mana_regen_multiplier")))


def test_what_lowers_restoration_is_taken_from_what_raises_it(arena, value):
    lina = arena.spawn("npc_dota_hero_lina")
    sven = arena.spawn("npc_dota_hero_sven", at=(140, 0), team=Team.BADGUYS)
    lina.give_item("item_sange")
    sven.give_item("item_orb_of_frost", place=0)
    sven.give_item("item_skadi", place=1)
    sven.attack(lina)
    arena.run_until(lambda: lina.has("modifier_item_skadi_debuff"), 4.0)
    arena.run(0.1)
    less = (1 - 0.01 * value("item_orb_of_frost", "heal_reduction")) * (
        1 - 0.01 * value("item_skadi", "restoration_reduction"))
    assert lina.bonus("HP_REGEN_AMPLIFY_PERCENTAGE") == pytest.approx(
        value("item_sange", "hp_regen_amp") - 100 * (1 - less))


class TestIllusions:
    @pytest.fixture
    def image(self, arena):
        """One of the images of a hero with many items."""
        lina = arena.spawn("npc_dota_hero_lina", level=10)
        for place, item in enumerate(
                ("item_manta", "item_ultimate_orb", "item_butterfly", "item_greater_crit",
                 "item_platemail", "item_vitality_booster")):
            lina.give_item(item, place=place)
        lina.use("item_manta")
        arena.run(0.2)
        return lina, next(unit for unit in arena.units(UnitType.HERO) if unit.body.illusion_of)

    @pytest.mark.parametrize("field", [
        "max_health", "max_mana", "attack_speed", "move_speed", "damage_min"])
    def test_they_have_what_attributes_and_most_items_give(self, arena, image, field):
        hero, copy = image
        arena.run(1.0)
        assert getattr(copy, field) == pytest.approx(getattr(hero, field), rel=1e-3)

    def test_they_have_the_evasion_of_their_hero(self, image):
        hero, copy = image
        assert copy.bonus("EVASION_CONSTANT") == hero.bonus("EVASION_CONSTANT") > 0

    @pytest.mark.parametrize("name", ["PREATTACK_BONUS_DAMAGE", "PHYSICAL_ARMOR_BONUS"])
    def test_they_have_neither_its_bonus_damage_nor_its_armor(self, image, name):
        hero, copy = image
        assert hero.bonus(name) > 0 and copy.bonus(name) == 0

    def test_they_strike_critically(self, arena, image):
        _, copy = image
        target = arena.spawn("npc_dota_hero_axe", at=(200, 0), team=Team.BADGUYS)
        target.set(move_speed=0.0, damage=0.0)
        copy.place((60, 0))
        for _ in range(30 * 20):
            target.record.health = target.record.max_health
            arena.play_tick()
        blows = [event.value for event in arena.told(
            EventKind.DAMAGE, subject=target, object=copy)]
        assert max(blows) > 1.8 * min(blows)

    def test_their_attacks_set_nothing_else_off(self, arena):
        sven = arena.spawn("npc_dota_hero_sven", level=10)
        target = arena.spawn("npc_dota_hero_axe", at=(150, 0), team=Team.BADGUYS)
        sven.give_item("item_manta", place=0)
        sven.give_item("item_skadi", place=1)
        sven.use("item_manta")
        arena.run(0.1)
        sven.place((3000, 0))
        arena.run_until(lambda: arena.wounds(target), 5.0)
        arena.run(0.1)
        assert not target.has("modifier_item_skadi_debuff")


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


def test_every_key_with_a_condition_has_a_meaning():
    assert set(WHERE) <= set(PROPERTIES)
