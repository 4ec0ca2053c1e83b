"""What runes give. Source of all numbers: `rune.*` of data/7.41/rules.json."""

import pytest

from dota_env_rpc.match.enums import OrderResult, Rune, Team, UnitOrder
from dota_env_rpc.testing.arena import Arena

LINA, AXE = "npc_dota_hero_lina", "npc_dota_hero_axe"
SLAVE = "lina_dragon_slave"


@pytest.fixture
def arena():
    return Arena(runes=True)


@pytest.fixture
def lina(arena):
    return arena.spawn(LINA, level=10)


@pytest.fixture
def axe(arena):
    return arena.spawn(AXE, at=(400, 0), team=Team.BADGUYS, health=5000.0, max_health=5000.0)


@pytest.fixture
def take(arena, lina):
    """Lets the hero, or another, take a rune of a kind at its feet."""
    def take(kind, unit=lina):
        rune = arena.lay_rune(kind)
        rune.x, rune.y = unit.x, unit.y
        assert unit.order(UnitOrder.PICKUP_RUNE, target=int(rune.handle)) == OrderResult.ACCEPTED
        arena.run(0.1)

    return take


@pytest.mark.parametrize("kind, name, seconds", [
    (Rune.DOUBLEDAMAGE, "doubledamage", 45.0), (Rune.HASTE, "haste", 22.0),
    (Rune.ARCANE, "arcane", 50.0), (Rune.INVISIBILITY, "invis", 2.0 + 45.0),
    (Rune.REGENERATION, "regen", 30.0), (Rune.SHIELD, "shield", 75.0)])
def test_it_lasts_its_time(lina, take, kind, name, seconds):
    take(kind)
    [given] = lina.modifiers(f"modifier_rune_{name}")
    assert given.duration == pytest.approx(seconds)


def test_every_kind_does_something(arena, lina, take):
    assert {f"rune_{kind.name.lower()}" for kind in Rune} - {"rune_bounty", "rune_xp"} == {
        rune.name for rune in arena.patch.rune_content}


def test_amplify_damage_adds_to_base_damage_and_spells(arena, lina, take):
    """80 % of base damage, 15 % of spells."""
    least, bonus = float(lina.damage_min), float(lina.bonus_damage)
    take(Rune.DOUBLEDAMAGE)
    assert lina.damage_min == pytest.approx(1.8 * least)
    assert lina.bonus_damage == bonus
    assert lina.bonus("SPELL_AMPLIFY_PERCENTAGE") == 15.0


def test_haste_moves_at_550_whatever_slows(arena, lina, axe, take):
    axe.learn(axe_battle_hunger=4)
    take(Rune.HASTE)
    assert lina.move_speed == 550.0
    axe.perform("axe_battle_hunger", target=lina)
    arena.run(0.5)
    assert lina.has("modifier_axe_battle_hunger") and lina.move_speed == 550.0


def test_arcane_makes_spells_cheaper_and_quicker(lina, take):
    """25 % of cooldowns, 30 % of mana."""
    lina.learn(**{SLAVE: 1})
    mana, cooldown = lina.cost(SLAVE)
    take(Rune.ARCANE)
    assert lina.cost(SLAVE) == pytest.approx((0.7 * mana, 0.75 * cooldown))


def test_invisibility_comes_after_its_fade_and_ends_by_a_cast(arena, lina, axe, take):
    lina.learn(**{SLAVE: 1})
    take(Rune.INVISIBILITY)
    taken = arena.seconds
    hidden = arena.run_until(lambda: lina.has("MODIFIER_STATE_INVISIBLE"), within=3.0)
    assert hidden - taken == pytest.approx(2.0, abs=0.15)
    arena.run(0.3)
    assert not lina.visible_to >> Team.BADGUYS & 1
    lina.perform(SLAVE, point=(400, 0))
    arena.run(0.2)
    assert not lina.has("modifier_rune_invis") and lina.visible_to >> Team.BADGUYS & 1


def test_invisibility_ends_by_an_attack_but_not_during_its_fade(arena, lina, axe, take):
    take(Rune.INVISIBILITY)
    lina.attack(axe)
    arena.run(1.2)
    assert arena.wounds(axe) and lina.has("modifier_rune_invis")
    lina.stop()
    arena.run(1.5)
    assert lina.has("MODIFIER_STATE_INVISIBLE")
    lina.attack(axe)
    arena.run_until(lambda: not lina.has("modifier_rune_invis"), within=2.0)


@pytest.mark.parametrize("name, taken", [(LINA, 3.0), (AXE, 2.0)])
def test_two_illusions_fight_for_a_while(arena, take, name, taken):
    """35 % of the damage; they take 200 % of it as melee heroes do, 300 % as ranged ones."""
    hero = arena.spawn(name, level=10)
    take(Rune.ILLUSION, hero)
    illusions = [unit.handle for unit in arena.tables.units if unit.handle
                 and unit.player == hero.player and unit.unit_type == hero.unit_type
                 and unit.handle != hero.handle]
    assert len(illusions) == 2
    for handle in illusions:
        body = arena._state.body[handle % 256]
        assert (body.illusion_damage, body.illusion_hurt) == pytest.approx((0.35, taken))
        assert (body.dies_tick - arena.tables.tick) / 30 == pytest.approx(75.0, abs=0.2)


def test_regeneration_gives_six_percent_a_second(arena, lina, take):
    lina.record.health, lina.record.mana = 100.0, 50.0
    own_health, own_mana = float(lina.health_regen), float(lina.mana_regen)
    take(Rune.REGENERATION)
    assert lina.health_regen - own_health == pytest.approx(0.06 * lina.max_health)
    assert lina.mana_regen - own_mana == pytest.approx(0.06 * lina.max_mana)
    before = float(lina.health)
    arena.run(1.0)
    assert lina.health - before == pytest.approx(lina.health_regen, rel=0.01)


@pytest.mark.parametrize("by_hero, part", [(True, 0.01), (False, 0.06)])
def test_regeneration_falls_to_one_percent_when_a_player_hurts(arena, lina, take, by_hero, part):
    """For 3 seconds."""
    own = float(lina.health_regen)
    take(Rune.REGENERATION)
    foe = arena.spawn(AXE if by_hero else "npc_dota_creep_badguys_melee", at=(100, 0),
                      team=Team.BADGUYS, facing=3.14)
    arena.run(0.2)  # until it sees
    if by_hero:
        foe.attack(lina)
    arena.run_until(lambda: len(arena.wounds(lina)) > 0, within=3.0)
    foe.place((5000, 0))
    arena.run(0.1)
    assert lina.health_regen - own == pytest.approx(part * lina.max_health, abs=0.1)
    arena.run(3.0)
    assert lina.health_regen - own == pytest.approx(0.06 * lina.max_health, abs=0.1)


def test_water_gives_40_health_and_80_mana_at_once(lina, take):
    lina.record.health, lina.record.mana = 200.0, 100.0
    take(Rune.WATER)
    assert lina.health == pytest.approx(240.0, abs=2.0)
    assert lina.mana == pytest.approx(180.0, abs=2.0)


def test_shield_holds_half_of_the_greatest_health(arena, lina, take):
    take(Rune.SHIELD)
    assert lina.register("modifier_rune_shield") == pytest.approx(0.5 * lina.max_health)
    held = lina.register("modifier_rune_shield")
    foe = arena.spawn(AXE, at=(120, 0), team=Team.BADGUYS, facing=3.14)
    arena.run(0.2)  # until it sees
    foe.attack(lina)
    arena.run_until(lambda: lina.register("modifier_rune_shield") < held, within=2.0)
    assert lina.health == lina.max_health


def test_dispels_take_it_off(arena, lina, axe, take):
    take(Rune.HASTE)
    axe.give_item("item_nullifier")
    arena.run(0.2)  # until it sees
    assert axe.use("item_nullifier", target=lina) == OrderResult.ACCEPTED
    arena.run_until(lambda: not lina.has("modifier_rune_haste"), within=2.0)
