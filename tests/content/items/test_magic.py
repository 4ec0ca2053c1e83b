"""Blinks, bursts of damage, hexes and silences."""

import pytest

from dota_env_rpc.match.enums import OrderResult, Team, UnitOrder

SVEN = "npc_dota_hero_sven"
LINA = "npc_dota_hero_lina"
BLINKS = ["item_blink", "item_swift_blink", "item_arcane_blink", "item_overwhelming_blink"]


@pytest.fixture
def lina(arena):
    """Who has the item."""
    return arena.spawn(LINA, level=20)


@pytest.fixture
def sven(arena):
    """An enemy near."""
    return arena.spawn(SVEN, at=(300, 0), team=Team.BADGUYS, level=20)


@pytest.mark.parametrize("item", BLINKS)
class TestBlink:
    def test_it_reaches_its_range(self, arena, lina, value, item):
        lina.give_item(item)
        x = float(lina.x)
        lina.use(item, point=(0.9 * value(item, "blink_range"), 0))
        arena.run(0.2)
        assert lina.x - x == pytest.approx(0.9 * value(item, "blink_range"), abs=30)

    def test_beyond_its_range_it_falls_short(self, arena, lina, value, item):
        lina.give_item(item)
        x = float(lina.x)
        lina.use(item, point=(0, 0))
        lina.item(0).cooldown_ready_tick = arena.tables.tick
        lina.use(item, point=(2.0 * value(item, "blink_range"), 0))
        arena.run(0.6)
        assert lina.x - x == pytest.approx(value(item, "blink_range_clamp"), abs=30)

    def test_a_heros_damage_holds_it_off(self, arena, lina, sven, value, item):
        lina.give_item(item)
        sven.place((140, 0))
        sven.attack(lina)
        arena.run_until(lambda: lina.has(f"modifier_{item}_hurt"), 3.0)
        sven.stop()
        assert lina.use(item, point=(500, 0)) != OrderResult.ACCEPTED
        sven.place((3000, 0))
        arena.run(value(item, "blink_damage_cooldown") + 0.2)
        assert lina.use(item, point=(500, 0)) == OrderResult.ACCEPTED


@pytest.mark.parametrize("level", range(1, 6))
def test_dagon_hurts_by_its_level(arena, lina, sven, value, level):
    item = "item_dagon" if level == 1 else f"item_dagon_{level}"
    lina.give_item(item)
    before = sven.health
    lina.use(item, target=sven)
    arena.run(0.2)
    assert before - sven.health == pytest.approx(
        value(item, "damage", level) * (1 - sven.magic_resistance), abs=10)


def test_scythe_of_vyse_hexes(arena, lina, sven, value):
    lina.give_item("item_sheepstick")
    lina.use("item_sheepstick", target=sven)
    arena.run(0.2)
    for state in ("HEXED", "SILENCED", "MUTED", "DISARMED"):
        assert sven.has(f"MODIFIER_STATE_{state}")
    assert sven.modifiers("modifier_sheepstick_debuff")[0].duration == pytest.approx(
        value("item_sheepstick", "sheep_duration"))
    assert sven.move_speed == pytest.approx(
        value("item_sheepstick", "sheep_movement_speed"), abs=30)


def test_orchid_silences_and_pays_back(arena, lina, sven, value):
    lina.give_item("item_orchid")
    lina.use("item_orchid", target=sven)
    arena.run(0.2)
    assert sven.has("MODIFIER_STATE_SILENCED")
    assert sven.modifiers("modifier_item_orchid_debuff")[0].duration == value(
        "item_orchid", "silence_duration")


def test_refresher_makes_abilities_ready(arena, lina, sven):
    lina.prepare("lina_laguna_blade", 1)
    lina.give_item("item_refresher")
    lina.cast("lina_laguna_blade", target=sven)
    arena.run(1.0)
    assert lina.ability("lina_laguna_blade").cooldown_ready_tick > arena.tables.tick
    lina.use("item_refresher")
    arena.run(0.1)
    assert lina.ability("lina_laguna_blade").cooldown_ready_tick <= arena.tables.tick


def test_sphere_blocks_a_spell_and_rests(arena, lina, sven, value):
    item = sven.give_item("item_sphere")
    before = sven.health
    lina.prepare("lina_laguna_blade", 1)
    lina.cast("lina_laguna_blade", target=sven)
    arena.run_until(lambda: item.cooldown_ready_tick > arena.tables.tick, 2.0)
    assert item.cooldown_ready_tick - arena.tables.tick == pytest.approx(
        30 * value("item_sphere", "block_cooldown"), abs=2)
    arena.run(1.0)
    assert sven.health >= before


def test_rapier_switches_to_magic(arena, lina, value):
    lina.give_item("item_rapier")
    assert lina.bonus("PREATTACK_BONUS_DAMAGE") == value("item_rapier", "bonus_damage")

    lina.order(UnitOrder.CAST_TOGGLE, item=0)
    arena.run(0.1)
    assert lina.bonus("PREATTACK_BONUS_DAMAGE") == 0
    assert lina.bonus("SPELL_AMPLIFY_PERCENTAGE") == value("item_rapier", "bonus_spell_amp")


def test_bloodstone_weakens_enemies_near(arena, lina, sven, value):
    lina.give_item("item_bloodstone")
    arena.run(0.3)
    assert sven.bonus("INCOMING_SPELL_DAMAGE_PERCENTAGE") == value(
        "item_bloodstone", "aura_spell_vulnerability")
    lina.use("item_bloodstone")
    arena.run(0.1)
    assert lina.bonus("SPELL_LIFESTEAL_PERCENTAGE") == value(
        "item_bloodstone", "spell_lifesteal_while_active")
