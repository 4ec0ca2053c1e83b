"""What keeps its wearer alive."""

import pytest

from dota_env_rpc.match.enums import Team

SVEN = "npc_dota_hero_sven"
LINA = "npc_dota_hero_lina"


@pytest.fixture
def sven(arena):
    """Who wears the item."""
    return arena.spawn(SVEN, level=15)


@pytest.fixture
def enemy(arena):
    """An enemy near."""
    return arena.spawn(LINA, at=(140, 0), team=Team.BADGUYS, level=15)


def test_assault_cuirass_helps_and_harms(arena, sven, enemy, value):
    ally = arena.spawn(LINA, at=(300, 0))
    sven.give_item("item_assault")
    arena.run(0.3)
    assert ally.bonus("PHYSICAL_ARMOR_BONUS") == value("item_assault", "aura_positive_armor")
    assert ally.bonus("ATTACKSPEED_BONUS_CONSTANT") == value("item_assault", "aura_attack_speed")
    assert enemy.bonus("PHYSICAL_ARMOR_BONUS") == value("item_assault", "aura_negative_armor")


def test_heart_regenerates_missing_health(arena, sven, value):
    sven.give_item("item_heart")
    arena.run(0.1)
    sven.record.health = sven.record.max_health - 1000.0
    arena.run(0.05)
    assert sven.bonus("HEALTH_REGEN_CONSTANT") == pytest.approx(
        10 * value("item_heart", "missing_health_regen"), abs=0.2)


def test_black_king_bar_lasts_less_with_each_use(arena, sven):
    levels = arena.patch.items["items"]["item_black_king_bar"]["values"]["duration"]["levels"]
    item = sven.give_item("item_black_king_bar")
    for use in range(4):
        item.cooldown_ready_tick = arena.tables.tick
        sven.record.mana = sven.record.max_mana
        sven.use("item_black_king_bar")
        assert sven.has("MODIFIER_STATE_MAGIC_IMMUNE")
        assert sven.modifiers("modifier_black_king_bar_immune")[0].duration == levels[min(use, 2)]


def test_black_king_bar_resists_magic(arena, sven, value):
    sven.give_item("item_black_king_bar")
    sven.use("item_black_king_bar")
    assert sven.bonus("MAGICAL_RESISTANCE_BONUS") == pytest.approx(
        value("item_black_king_bar", "spell_reduce"))


def test_shivas_guard(arena, sven, enemy, value):
    sven.give_item("item_shivas_guard")
    arena.run(0.2)
    assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(
        "item_shivas_guard", "aura_attack_speed")
    before = enemy.health
    sven.use("item_shivas_guard")
    arena.run(0.05)
    assert before - enemy.health == pytest.approx(
        value("item_shivas_guard", "blast_damage") * (1 - enemy.magic_resistance), abs=3)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
        "item_shivas_guard", "blast_movement_speed")


def test_blade_mail_returns_what_its_wearer_takes(arena, sven, enemy, value):
    sven.give_item("item_blade_mail")
    sven.use("item_blade_mail")
    assert sven.modifiers("modifier_item_blade_mail_reflect")[0].duration == value(
        "item_blade_mail", "duration")
    before = enemy.health
    enemy.attack(sven)
    arena.run_until(lambda: enemy.health < before - 5, 4.0)


def test_armlet_gives_and_takes(arena, sven, value):
    sven.give_item("item_armlet")
    strength = sven.bonus("STATS_STRENGTH_BONUS")
    sven.use("item_armlet")
    arena.run(0.1)
    assert sven.bonus("STATS_STRENGTH_BONUS") - strength == value(
        "item_armlet", "unholy_bonus_strength")
    before, rate = sven.health, float(sven.record.health_regen)
    arena.run(1.0)
    assert before - sven.health + rate == pytest.approx(
        value("item_armlet", "unholy_health_drain_per_second"), abs=6)
    sven.use("item_armlet")
    arena.run(0.1)
    assert sven.bonus("STATS_STRENGTH_BONUS") == strength


def test_radiance_burns_who_is_near(arena, sven, enemy, value):
    sven.give_item("item_radiance")
    before, rate = enemy.health, float(enemy.record.health_regen)
    arena.run(3.1)
    assert before - enemy.health + 3.1 * rate == pytest.approx(
        3 * value("item_radiance", "aura_damage") * (1 - enemy.magic_resistance), abs=6)


@pytest.mark.parametrize("item", ["item_vanguard", "item_crimson_guard"])
def test_block_belongs_to_attacks(arena, sven, item):
    sven.give_item(item)
    row = arena.patch.record.modifier_definitions[arena.patch.modifier(f"modifier_{item}")]
    assert row.asked
