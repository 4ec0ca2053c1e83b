"""Heroes: what attributes and levels make of them, and how they recover."""

import pytest

from dota_env_rpc.match.enums import OrderResult, Team, UnitOrder
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT

AXE = "npc_dota_hero_axe"
# Her abilities are not simulated, so that only her attributes count.
MUERTA = "npc_dota_hero_muerta"


def definition(arena, hero):
    return arena.patch.record.definitions[arena.patch.definition(hero)]


@pytest.mark.parametrize("level", [1, 9, 30])
def test_attributes_make_a_hero_what_it_is(arena, level):
    """Source: game glossary 7.41e, patch notes 7.33."""
    axe = arena.spawn(AXE, level=level)
    base = definition(arena, AXE)
    player = axe.player_record
    strength = base.strength + base.strength_gain * (level - 1)
    agility = base.agility + base.agility_gain * (level - 1)
    intelligence = base.intelligence + base.intelligence_gain * (level - 1)
    assert (player.strength, player.agility, player.intelligence) == pytest.approx(
        (strength, agility, intelligence))
    assert axe.max_health == int(120 + 22 * strength)
    assert axe.max_mana == int(75 + 12 * intelligence)
    assert axe.health_regen == pytest.approx(base.health_regen + 0.1 * strength)
    assert axe.mana_regen == pytest.approx(base.mana_regen + 0.05 * intelligence)
    assert axe.armor == pytest.approx(base.armor + agility / 6)
    assert axe.magic_resistance == pytest.approx(0.25 + 0.001 * intelligence)
    assert axe.damage_min == base.damage_min + int(strength)
    assert axe.attack_interval == pytest.approx(
        base.attack_rate * 100 / (base.base_attack_speed + agility))


def test_universal_heroes_add_some_damage_for_every_attribute(arena):
    """Source: 0.45 for each, patch notes 7.38."""
    hero = arena.spawn("npc_dota_hero_void_spirit")
    player = hero.player_record
    total = player.strength + player.agility + player.intelligence
    base = definition(arena, "npc_dota_hero_void_spirit")
    assert hero.damage_max == base.damage_max + int(0.45 * total)


def test_a_level_keeps_the_part_of_health_and_mana(arena):
    """Source: game glossary 7.41e (guess for how it is rounded)."""
    axe = arena.spawn(AXE)
    axe.set(health=axe.max_health * 0.5, mana=axe.max_mana * 0.25)
    axe.give_experience(240)
    assert axe.health / axe.max_health == pytest.approx(0.5)
    assert axe.mana / axe.max_mana == pytest.approx(0.25)


def train(axe):
    return axe.order(UnitOrder.TRAIN_ABILITY, ability=ATTRIBUTE_SLOT)


def test_a_point_adds_two_to_each_attribute_from_level_2_seven_times(arena):
    """Source: patch notes 7.29 and 7.38."""
    axe = arena.spawn(AXE)
    assert train(axe) == OrderResult.LEVEL_TOO_LOW
    axe.give_experience(240)
    before = axe.player_record.strength, axe.player_record.agility
    assert train(axe) == OrderResult.ACCEPTED
    assert (axe.player_record.strength, axe.player_record.agility) == (
        before[0] + 2, before[1] + 2)
    axe.give_experience(3200)
    for _ in range(6):
        assert train(axe) == OrderResult.ACCEPTED
    assert train(axe) == OrderResult.ABILITY_MAX_LEVEL


def test_a_level_without_points_left_cannot_be_trained(arena):
    """Source: one point a level, Liquipedia experience@2404795."""
    axe = arena.spawn(AXE, level=2)
    assert [train(axe) for _ in range(3)] == [
        OrderResult.ACCEPTED, OrderResult.ACCEPTED, OrderResult.NO_ABILITY_POINTS]


def test_of_two_talents_of_a_level_one_can_be_learned(arena):
    """Source: patch notes 7.38."""
    axe = arena.spawn(AXE, level=10)
    definition = arena.patch.record.definitions[axe.player_record.definition]
    first, second = (int(slot) for slot in definition.talent_slots[:2])
    learned = [axe.order(UnitOrder.TRAIN_ABILITY, ability=slot) for slot in (first, second, first)]
    assert learned == [
        OrderResult.ACCEPTED, OrderResult.TALENT_TAKEN, OrderResult.ABILITY_MAX_LEVEL]


def test_a_talent_takes_no_point_from_abilities(arena):
    """Source: patch notes 7.40."""
    axe = arena.spawn(AXE, level=10)
    definition = arena.patch.record.definitions[axe.player_record.definition]
    points = int(axe.player_record.ability_points)
    assert axe.order(UnitOrder.TRAIN_ABILITY, ability=int(definition.talent_slots[0])) == (
        OrderResult.ACCEPTED)
    assert axe.player_record.ability_points == points
    axe.player_record.ability_points = 0
    axe.player_record.level = 15
    assert axe.order(UnitOrder.TRAIN_ABILITY, ability=int(definition.talent_slots[2])) == (
        OrderResult.ACCEPTED)


@pytest.mark.parametrize("level, num_learned", [(26, 4), (27, 5), (30, 8)])
def test_from_level_27_on_the_talents_that_were_left_come_too(arena, level, num_learned):
    """One each at 27, 28, 29 and 30. Source: patch notes 7.40."""
    axe = arena.spawn(AXE, level=level)
    definition = arena.patch.record.definitions[axe.player_record.definition]
    learned = [axe.order(UnitOrder.TRAIN_ABILITY, ability=int(slot))
               for slot in definition.talent_slots]
    assert learned.count(OrderResult.ACCEPTED) == num_learned
    refused = OrderResult.TALENT_TAKEN if level < 27 else OrderResult.NO_ABILITY_POINTS
    assert set(learned) <= {OrderResult.ACCEPTED, refused}


def test_health_and_mana_come_back_at_their_rates(arena):
    """Source: game glossary 7.41e."""
    muerta = arena.spawn(MUERTA)
    muerta.set(health=100.0, mana=10.0)
    arena.run(10.0)
    assert muerta.health == pytest.approx(100 + 10 * muerta.health_regen)
    assert muerta.mana == pytest.approx(10 + 10 * muerta.mana_regen)


def test_the_fountain_heals_its_own_and_lingers_3_seconds(arena):
    """Source: 5 % and 6 % a second within 1200, Liquipedia fountain 7.41d."""
    home = arena.origin
    arena.around(arena.building("dota_fountain", 0))
    muerta = arena.spawn(MUERTA, at=(500, 0), health_regen=0.0)
    arena.run(0.2)
    muerta.set(health=100.0)
    arena.run(1.0)
    assert muerta.health == pytest.approx(100 + 0.05 * muerta.max_health)
    arena.origin = home
    muerta.place((0, 0))
    muerta.set(health=100.0)
    arena.run(6.0)
    assert muerta.health == pytest.approx(100 + 0.05 * muerta.max_health * 3.0, rel=0.05)


def test_towers_armor_and_heal_allied_heroes_near(arena):
    """Source: +3 and 1 of tier 1, +5 and 3 of others, within 900; npc_abilities.txt 7.41e."""
    for tower, armor, regen in (("tower1", 3, 1), ("tower2", 5, 3), ("tower3", 5, 3)):
        arena.around(arena.building(f"npc_dota_goodguys_{tower}_mid"))
        axe = arena.spawn(AXE, at=(890, 0), team=Team.GOODGUYS)
        arena.run(0.2)
        assert axe.armor - axe.body.base_armor == pytest.approx(armor)
        assert axe.health_regen - axe.body.base_health_regen == pytest.approx(regen)
        axe.place((1000, 0))
        arena.run(0.7)
        assert axe.armor == axe.body.base_armor
        axe.place((0, 8000))


def test_the_better_of_two_tower_auras_counts(arena):
    """Source: auras of one name do not stack, Liquipedia aura."""
    first = arena.building("npc_dota_goodguys_tower1_mid")
    second = arena.building("npc_dota_goodguys_tower2_mid")
    for tower, other in ((first, second), (second, first)):
        arena.around(tower)
        other.place((100, 0))
    axe = arena.spawn(AXE, at=(100, 0))
    arena.run(0.3)
    assert axe.armor - axe.body.base_armor == pytest.approx(5)
