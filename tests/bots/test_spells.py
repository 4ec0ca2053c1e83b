"""Laners cast what they have where it is of use, and nowhere else."""

import math

import pytest

from dota_env_rpc.match.enums import Team, UnitOrder, UnitType

RAZES = {1: 200.0, 2: 450.0, 3: 700.0}  # how far ahead they strike
BOTH_SEE = 1 << Team.GOODGUYS | 1 << Team.BADGUYS


@pytest.fixture
def duel(bout):
    """Two Shadow Fiends with razes of level 1, far from everybody else, who see each other."""
    match = bout(("laner", "laner"), seed=8)
    match.play(30)
    for unit in match.tables.units[:int(match.tables.num_rows)]:
        if unit.unit_type == UnitType.LANE_CREEP:
            unit.alive = 0
    hero, foe = match.hero(0), match.hero(5)
    hero.x, hero.y = -1500.0, -1400.0
    hero.mana = hero.max_mana
    foe.visible_to = hero.visible_to = BOTH_SEE
    match.memories[0].order = 0
    return match


def stand(match, distance, angle=0.0):
    """Puts the foe so far from the hero, `angle` radians beside where the hero looks."""
    hero, foe = match.hero(0), match.hero(5)
    way = float(hero.facing) + angle
    foe.x = hero.x + distance * math.cos(way)
    foe.y = hero.y + distance * math.sin(way)


def cast_of(match):
    """Returns the name of what the hero of seat 0 casts now, "" for nothing."""
    order = match.decide(0)
    if not UnitOrder.CAST_POSITION <= order.order <= UnitOrder.CAST_TOGGLE:
        return ""
    return match.backend.patch.ability_names[
        match.tables.abilities[0, order.ability_slot].definition]


def let_cast(match):
    for ability in match.tables.abilities[0]:
        ability.castable = int(ability.level > 0)
        ability.cooldown_ready_tick = 0


@pytest.mark.parametrize("raze, distance", RAZES.items())
def test_a_raze_kills_a_foe_who_stands_where_it_strikes(duel, raze, distance):
    let_cast(duel)
    stand(duel, distance)
    duel.hero(5).health = 40.0
    names = {f"nevermore_shadowraze{number}" for number, at in RAZES.items()
             if abs(at - distance) < 190.0}
    assert f"nevermore_shadowraze{raze}" in names
    assert cast_of(duel) in names


@pytest.mark.parametrize("distance", [1000.0, 1400.0])
def test_no_raze_is_cast_where_nobody_stands(duel, distance):
    let_cast(duel)
    stand(duel, distance)
    duel.hero(5).health = 40.0
    assert cast_of(duel) == ""


def test_a_hero_turns_to_its_foe_before_it_razes(duel):
    let_cast(duel)
    stand(duel, 700.0, angle=math.pi / 2)
    duel.hero(5).health = 40.0
    order = duel.decide(0)
    assert order.order == UnitOrder.MOVE_TO_POSITION
    assert (order.x, order.y) == (duel.hero(5).x, duel.hero(5).y)


@pytest.mark.parametrize("mana, casts", [(1.0, True), (0.5, False)])
def test_mana_is_kept_for_a_kill(duel, mana, casts):
    """A foe in full health is only harassed while plenty of mana is left."""
    let_cast(duel)
    hero = duel.hero(0)
    hero.mana = mana * hero.max_mana
    stand(duel, 700.0)
    assert (cast_of(duel) != "") == casts


def test_what_cannot_be_cast_is_not_cast(duel):
    stand(duel, 450.0)
    duel.hero(5).health = 40.0
    for ability in duel.tables.abilities[0]:
        ability.castable = 0
    assert cast_of(duel) == ""


def test_an_easy_laner_does_not_harass_with_spells(duel):
    let_cast(duel)
    duel.memories[0].bot = 1
    stand(duel, 700.0)
    assert cast_of(duel) == ""


def test_laners_cast_in_a_match_and_no_order_is_refused(bout):
    match = bout(("laner", "laner"), seed=3)
    match.play(300)
    mana = [match.hero(seat).mana / match.hero(seat).max_mana for seat in (0, 5)]
    assert min(mana) < 0.9
    assert [int(match.tables.players[seat].orders_refused) for seat in (0, 5)] == [0, 0]
