"""Boots."""

import pytest

from dota_env_rpc.match.enums import Team

LINA = "npc_dota_hero_lina"
AXE = "npc_dota_hero_axe"


@pytest.mark.parametrize(("hero", "key"), [
    (LINA, "phase_movement_speed_range"), (AXE, "phase_movement_speed")])
def test_phase_boots_hasten(arena, value, hero, key):
    unit = arena.spawn(hero)
    unit.give_item("item_phase_boots")
    unit.use("item_phase_boots")
    arena.run(0.1)
    assert unit.bonus("MOVESPEED_BONUS_PERCENTAGE") == value("item_phase_boots", key)
    assert unit.has("MODIFIER_STATE_NO_UNIT_COLLISION")
    arena.run(value("item_phase_boots", "phase_duration"))
    assert not unit.has("MODIFIER_STATE_NO_UNIT_COLLISION")


@pytest.mark.parametrize(("hero", "key"), [
    (LINA, "bonus_damage_range"), (AXE, "bonus_damage_melee")])
def test_phase_boots_give_damage_by_the_kind_of_attacker(arena, value, hero, key):
    unit = arena.spawn(hero)
    unit.give_item("item_phase_boots")
    assert unit.bonus("PREATTACK_BONUS_DAMAGE") == value("item_phase_boots", key)


def test_power_treads_switch_their_attribute(arena, value):
    lina = arena.spawn(LINA)
    lina.give_item("item_power_treads")
    names = ["STATS_STRENGTH_BONUS", "STATS_INTELLECT_BONUS", "STATS_AGILITY_BONUS"]
    number = value("item_power_treads", "bonus_stat")
    for turn in range(4):
        arena.run(0.1)
        assert [lina.bonus(name) for name in names] == [
            number if turn % 3 == i else 0 for i in range(3)]
        lina.use("item_power_treads")


@pytest.mark.parametrize(("hero", "key"), [
    (LINA, "bonus_movement_speed_ranged"), (AXE, "bonus_movement_speed_melee")])
def test_power_treads_speed_is_by_the_kind_of_attacker(arena, value, hero, key):
    unit = arena.spawn(hero)
    unit.give_item("item_power_treads")
    assert unit.bonus("MOVESPEED_BONUS_UNIQUE") == value("item_power_treads", key)


class TestTranquilBoots:
    def test_they_break_by_an_attack_on_their_wearer(self, arena, value):
        axe = arena.spawn(AXE)
        enemy = arena.spawn(LINA, at=(300, 0), team=Team.BADGUYS)
        axe.give_item("item_tranquil_boots")
        assert axe.bonus("HEALTH_REGEN_CONSTANT") == value(
            "item_tranquil_boots", "bonus_health_regen")
        assert axe.bonus("MOVESPEED_BONUS_UNIQUE") == value(
            "item_tranquil_boots", "bonus_movement_speed")
        enemy.attack(axe)
        arena.run_until(lambda: axe.has("modifier_item_tranquil_boots_broken"), 3.0)
        enemy.stop()
        arena.run(0.1)
        assert axe.bonus("HEALTH_REGEN_CONSTANT") == 0
        assert axe.bonus("MOVESPEED_BONUS_UNIQUE") == value(
            "item_tranquil_boots", "broken_movement_speed")
        assert axe.modifiers("modifier_item_tranquil_boots_broken")[0].duration == value(
            "item_tranquil_boots", "break_time")

    def test_attacks_on_creeps_do_not_break_them(self, arena):
        axe = arena.spawn(AXE)
        creep = arena.spawn("npc_dota_creep_badguys_ranged", at=(140, 0), damage=0.0)
        axe.give_item("item_tranquil_boots")
        axe.attack(creep)
        arena.run_until(lambda: creep.health < creep.max_health, 3.0)
        assert not axe.has("modifier_item_tranquil_boots_broken") or axe.health < axe.max_health


@pytest.mark.parametrize(("item", "gap", "times"), [
    ("item_arcane_boots", 1100, 1), ("item_arcane_boots", 1250, 0),
    ("item_guardian_greaves", 1100, 1), ("item_guardian_greaves", 1250, 0)])
def test_replenish_gives_mana_to_allies_near(arena, value, item, gap, times):
    lina = arena.spawn(LINA)
    ally = arena.spawn(LINA, at=(gap, 0), level=10, mana=0.0)
    lina.give_item(item)
    lina.use(item)
    key = "replenish_amount" if item == "item_arcane_boots" else "replenish_mana"
    assert ally.mana == pytest.approx(times * value(item, key), abs=2)


def test_guardian_greaves_heal(arena, value):
    lina = arena.spawn(LINA)
    ally = arena.spawn(AXE, at=(600, 0), level=10, health=100.0)
    lina.give_item("item_guardian_greaves")
    lina.use("item_guardian_greaves")
    assert ally.health - 100 == pytest.approx(
        value("item_guardian_greaves", "replenish_health"), abs=2)
