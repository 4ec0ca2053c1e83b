"""Runes: when and where they come, who sees, takes and keeps them.

Source: the numbers `rune.*` of data/7.41/rules.json.
"""

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import (
    EventKind,
    GoldReason,
    OrderResult,
    Rune,
    Table,
    Team,
    UnitOrder,
)
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_RUNES, NO_RUNE, UNKNOWN_RUNE
from dota_env_rpc.testing.arena import Arena

LINA, AXE = "npc_dota_hero_lina", "npc_dota_hero_axe"
RIVER, JUNGLE = (0, 1), (2, 3)
POWERS = {Rune.DOUBLEDAMAGE, Rune.HASTE, Rune.ILLUSION, Rune.INVISIBILITY, Rune.REGENERATION,
          Rune.ARCANE, Rune.SHIELD}
HASTE = "modifier_rune_haste"
BOTTLE = "item_bottle"


@pytest.fixture
def arena():
    return Arena(runes=True)


@pytest.fixture
def lina(arena):
    return arena.spawn(LINA)


def lying(arena):
    """Returns what lies where: (Rune, row of its place), sorted."""
    return sorted((Rune(int(rune.kind)), int(rune.spot))
                  for rune in arena.tables.runes if rune.handle)


def at_clock(arena, seconds):
    """Plays the moment of a time of the clock."""
    arena.set_clock(seconds - 0.1)
    arena.run(0.2)


def stand_at(arena, spot, name=LINA, team=Team.GOODGUYS):
    """Puts a hero on a place to which runes come, from which positions count then."""
    place = arena.tables.rune_spots[spot]
    arena.origin = (float(place.x), float(place.y))
    return arena.spawn(name, team=team)


def take(unit, rune):
    """Takes a rune within reach."""
    assert unit.order(UnitOrder.PICKUP_RUNE, target=int(rune.handle)) == OrderResult.ACCEPTED


# When and where.

def test_bounty_comes_to_all_four_places_with_the_horn():
    arena = Arena(runes=True, start_seconds=-1.0)
    arena.run(0.9)
    assert lying(arena) == []
    arena.run(0.2)
    assert lying(arena) == [(Rune.BOUNTY, spot) for spot in (*RIVER, *JUNGLE)]


def test_a_match_that_starts_at_the_horn_has_them_too():
    assert len(lying(Arena(runes=True, start_seconds=0.0))) == 4


@pytest.mark.parametrize("minutes", [4, 8, 12])
def test_bounty_comes_to_the_jungles_every_four_minutes(arena, minutes):
    at_clock(arena, 60.0 * minutes)
    assert [rune for rune in lying(arena) if rune[0] == Rune.BOUNTY] == [
        (Rune.BOUNTY, spot) for spot in JUNGLE]


def test_bounty_of_the_jungles_waits_until_it_is_taken():
    arena = Arena(runes=True, start_seconds=0.0)
    at_clock(arena, 240.0)
    assert [spot for kind, spot in lying(arena) if kind == Rune.BOUNTY] == [2, 2, 3, 3]


@pytest.mark.parametrize("minutes", [2, 4])
def test_water_takes_the_place_of_what_lies_in_the_river(minutes):
    arena = Arena(runes=True, start_seconds=0.0)
    at_clock(arena, 60.0 * minutes)
    assert [rune for rune in lying(arena) if rune[1] in RIVER] == [
        (Rune.WATER, spot) for spot in RIVER]


def test_one_rune_of_power_comes_every_two_minutes_from_six_on(arena):
    at_clock(arena, 240.0)
    places = set()
    for minutes in range(6, 40, 2):
        at_clock(arena, 60.0 * minutes)
        [(kind, spot)] = [rune for rune in lying(arena) if rune[1] in RIVER]
        assert kind in POWERS
        places.add(spot)
    assert places == set(RIVER)


def test_all_seven_powers_come_before_one_comes_again(arena):
    kinds = []
    for number in range(21):
        at_clock(arena, 360.0 + 120.0 * number)
        kinds += [kind for kind, spot in lying(arena) if spot in RIVER]
    for first in (0, 7, 14):
        assert set(kinds[first:first + 7]) == POWERS


def test_without_the_setting_there_are_none():
    arena = Arena(start_seconds=0.0)
    at_clock(arena, 360.0)
    assert lying(arena) == []


def test_a_full_table_is_told(arena):
    for _ in range(MAX_RUNES):
        arena.lay_rune(Rune.BOUNTY, spot=2)
    at_clock(arena, 480.0)
    assert arena.tables.table_full[Table.RUNES] > 0
    assert arena.told(EventKind.TABLE_FULL, reason=Table.RUNES)


# Who takes them.

def test_a_hero_walks_up_and_takes_a_rune_at_its_range(arena, lina):
    rune = arena.lay_rune(Rune.HASTE, at=(600, 0))
    take(lina, rune)
    arena.run_until(lambda: lina.has(HASTE), within=3.0)
    assert 600.0 - (lina.x - arena.origin[0]) == pytest.approx(
        arena.rules.rune_pickup_range, abs=20.0)
    assert lying(arena) == []
    [taken], [used] = arena.told(EventKind.RUNE_TAKEN), arena.told(EventKind.RUNE_USED)
    assert (taken.subject, taken.player, taken.reason, taken.value) == (
        lina.handle, 0, Rune.HASTE, 0.0)
    assert (used.subject, used.player, used.reason) == (lina.handle, 0, Rune.HASTE)


def test_who_looks_away_takes_it_at_once(arena):
    lina = arena.spawn(LINA, facing=np.pi)
    take(lina, arena.lay_rune(Rune.HASTE, at=(140, 0)))
    assert lina.has(HASTE) and lina.facing == pytest.approx(np.pi)


def test_without_a_target_the_rune_nearest_to_the_place_is_taken(arena, lina):
    arena.lay_rune(Rune.ARCANE, at=(-140, 0))
    arena.lay_rune(Rune.HASTE, at=(140, 0))
    assert lina.order(UnitOrder.PICKUP_RUNE, position=(100, 0)) == OrderResult.ACCEPTED
    assert lina.has(HASTE) and not lina.has("modifier_rune_arcane")


def test_an_order_may_wait_for_others(arena, lina):
    rune = arena.lay_rune(Rune.HASTE, at=(-400, 0))
    lina.move((300, 0))
    assert lina.order(UnitOrder.PICKUP_RUNE, target=int(rune.handle), queue=True) == (
        OrderResult.ACCEPTED)
    arena.run(0.5)
    assert lina.x > arena.origin[0]
    arena.run_until(lambda: lina.has(HASTE), within=5.0)


@pytest.mark.parametrize("case, reason", [
    ("unseen", OrderResult.NO_TARGET), ("gone", OrderResult.NO_TARGET),
    ("none", OrderResult.NO_TARGET), ("a unit", OrderResult.NO_TARGET),
    ("dead", OrderResult.HERO_DEAD)])
def test_what_cannot_be_taken_is_refused(arena, lina, case, reason):
    rune = arena.lay_rune(Rune.HASTE, at=(140, 0))
    target = int(rune.handle)
    if case == "unseen":
        rune.visible_to = 1 << Team.BADGUYS
    elif case == "gone":
        rune.handle = 0
    elif case == "none":
        rune.handle = target = 0
    elif case == "a unit":
        target = lina.handle
    else:
        lina.kill()
    assert lina.order(UnitOrder.PICKUP_RUNE, target=target) == reason


def test_who_loses_a_rune_to_another_is_told(arena, lina):
    rune = arena.lay_rune(Rune.HASTE, at=(900, 0))
    axe = arena.spawn(AXE, at=(800, 0), team=Team.BADGUYS)
    take(lina, rune)
    handle = int(rune.handle)
    take(axe, rune)
    arena.run(0.1)
    assert axe.has(HASTE)
    [refused] = arena.told(EventKind.ORDER_REFUSED)
    assert (refused.subject, refused.object, refused.reason, refused.value) == (
        lina.handle, handle, OrderResult.NO_TARGET, UnitOrder.PICKUP_RUNE)


def test_couriers_and_illusions_take_none(arena):
    match = SimulatedBackend(MatchSettings(runes=True, start_seconds=0.0))
    match.controlled[:] = 1
    tables = match.tables[0]
    match.orders[0, 0].order = UnitOrder.PICKUP_RUNE
    match.orders[0, 0].unit = tables.players[0].courier
    match.advance()
    assert tables.players[0].last_order_result == OrderResult.UNSUPPORTED_ORDER
    lina = arena.spawn(LINA)
    take(lina, arena.lay_rune(Rune.ILLUSION, at=(100, 0)))
    arena.run(0.1)
    [illusion, *_] = [int(unit.handle) for unit in arena.tables.units
                      if unit.handle and unit.player == 0 and unit.handle != lina.handle
                      and unit.unit_type == lina.unit_type]
    rune = arena.lay_rune(Rune.HASTE, at=(100, 0))
    assert lina.order(UnitOrder.PICKUP_RUNE, unit=illusion, target=int(rune.handle)) == (
        OrderResult.UNSUPPORTED_ORDER)


def test_nothing_is_cast_on_a_rune(arena, lina):
    assert lina.order(UnitOrder.CAST_RUNE) == OrderResult.UNSUPPORTED_ORDER


# Bounty.

@pytest.mark.parametrize("minutes, gold", [(0, 40), (4, 46), (12, 58)])
def test_bounty_pays_by_when_it_came(arena, lina, minutes, gold):
    """Source: rune.bounty_gold, rune.bounty_gold_growth."""
    rune = arena.lay_rune(Rune.BOUNTY, at=(100, 0))
    rune.spawn_tick = minutes * 1800
    arena.set_clock(720.5)
    before = int(lina.player_record.reliable_gold)
    take(lina, rune)
    [paid] = arena.told(EventKind.GOLD, reason=GoldReason.RUNE)
    assert (paid.player, paid.value) == (0, gold)
    assert lina.player_record.reliable_gold - before >= gold


def test_bounty_pays_the_whole_side_and_nobody_else(arena, lina):
    arena.spawn(AXE, at=(3000, 0)).kill()
    arena.spawn(AXE, at=(1000, 0), team=Team.BADGUYS)
    take(lina, arena.lay_rune(Rune.BOUNTY, at=(100, 0)))
    assert [event.player for event in arena.told(EventKind.GOLD, reason=GoldReason.RUNE)] == [0, 1]


# The fog.

def test_a_team_knows_of_runes_what_it_sees(arena):
    lina = stand_at(arena, 0)
    at_clock(arena, 120.0)
    runes = {int(rune.spot): rune for rune in arena.tables.runes if rune.handle}
    assert runes[0].visible_to == 1 << Team.GOODGUYS
    assert runes[1].visible_to == 0
    first, second = arena.tables.rune_spots[:2]
    assert first.seen_kind.tolist() == [Rune.WATER, UNKNOWN_RUNE]
    assert second.seen_kind.tolist() == [UNKNOWN_RUNE, UNKNOWN_RUNE]
    take(lina, runes[0])
    arena.run(0.2)
    assert first.seen_kind[0] == NO_RUNE


def test_a_team_remembers_what_it_saw_until_the_next_rune_comes(arena):
    lina = stand_at(arena, 0)
    at_clock(arena, 120.0)
    lina.place((-6000, 0))
    arena.run(2.0)
    spot = arena.tables.rune_spots[0]
    assert spot.seen_kind[0] == Rune.WATER and not spot.visible_to
    assert (arena.tables.tick - spot.seen_tick[0]) / 30 == pytest.approx(2.0, abs=0.2)
    at_clock(arena, 240.0)
    assert spot.seen_kind[0] == UNKNOWN_RUNE


def test_a_rune_in_the_fog_cannot_be_asked_for(arena):
    lina = stand_at(arena, 0)
    at_clock(arena, 120.0)
    [unseen] = [int(rune.handle) for rune in arena.tables.runes
                if rune.handle and rune.spot == 1]
    for fields in ({"target": unseen}, {"position": (0, 0)}):
        lina.place((-6000, 0))
        arena.run(0.2)
        assert lina.order(UnitOrder.PICKUP_RUNE, **fields) == OrderResult.NO_TARGET


# The Bottle.

def bottled(arena, lina, kind, charges=0):
    """Lets a hero's Bottle keep a rune; returns its ITEM record."""
    item = lina.give_item(BOTTLE, charges=charges)
    take(lina, arena.lay_rune(kind, at=(100, 0)))
    assert item.rune == kind + 1
    return item


def test_a_bottle_keeps_a_rune_and_is_filled_when_it_is_used(arena, lina):
    item = bottled(arena, lina, Rune.HASTE)
    assert not lina.has(HASTE) and item.charges == 0
    assert arena.told(EventKind.RUNE_TAKEN)[0].value == 1.0
    assert lina.use(BOTTLE) == OrderResult.ACCEPTED
    arena.run(0.1)
    assert lina.has(HASTE) and not lina.has("modifier_bottle_regeneration")
    assert (item.rune, item.charges) == (0, 3)


@pytest.mark.parametrize("charges, after", [(0, 2), (1, 3), (2, 3)])
def test_bounty_gives_a_bottle_two_charges(arena, lina, charges, after):
    """Source: rune.bounty_charges."""
    item = bottled(arena, lina, Rune.BOUNTY, charges)
    arena.run(60.0)
    lina.use(BOTTLE)
    arena.run(0.1)
    assert (item.rune, item.charges) == (0, after)
    [paid] = arena.told(EventKind.GOLD, reason=GoldReason.RUNE)
    assert paid.value == 40


def test_a_rune_in_a_bottle_is_used_by_itself_after_its_time(arena, lina):
    """Source: rune_expire_time of item_bottle, data/7.41/items.json."""
    seconds = arena.patch.items["items"][BOTTLE]["values"]["rune_expire_time"]["levels"][0]
    item = bottled(arena, lina, Rune.HASTE)
    taken = arena.seconds
    used = arena.run_until(lambda: lina.has(HASTE), within=100.0)
    assert used - taken == pytest.approx(seconds, abs=0.1)
    assert (item.rune, item.charges) == (0, 3)


def test_a_rune_waits_in_the_bottle_of_the_dead(arena, lina):
    item = bottled(arena, lina, Rune.HASTE)
    item.rune_due_tick = arena.tables.tick + 30
    lina.kill()
    arena.run(2.0)
    assert item.rune
    lina.player_record.respawn_tick = arena.tables.tick
    arena.run(0.2)
    assert lina.has(HASTE) and not item.rune


def test_a_bottle_that_keeps_one_keeps_no_other(arena, lina):
    item = bottled(arena, lina, Rune.HASTE)
    take(lina, arena.lay_rune(Rune.ARCANE, at=(100, 0)))
    arena.run(0.1)
    assert lina.has("modifier_rune_arcane") and item.rune == Rune.HASTE + 1


def test_a_bottle_in_the_backpack_keeps_none(arena, lina):
    item = lina.give_item(BOTTLE, place=6)
    take(lina, arena.lay_rune(Rune.HASTE, at=(100, 0)))
    arena.run(0.1)
    assert lina.has(HASTE) and not item.rune


def test_an_empty_bottle_without_a_rune_is_of_no_use(arena, lina):
    lina.give_item(BOTTLE, charges=0)
    assert lina.use(BOTTLE) == OrderResult.NO_CHARGES


def test_a_rune_goes_with_its_bottle(arena, lina):
    item = bottled(arena, lina, Rune.HASTE)
    item.owner = 0
    assert lina.order(UnitOrder.DROP_ITEM, item=0, position=(0, 0)) == OrderResult.ACCEPTED
    arena.run(0.2)
    assert BOTTLE not in lina.items.values()
    assert lina.order(UnitOrder.PICKUP_ITEM, position=(0, 0)) == OrderResult.ACCEPTED
    arena.run(0.2)
    lina.use(BOTTLE)
    arena.run(0.1)
    assert lina.has(HASTE)


# The match.

def test_a_match_with_runes_goes_on_the_same_after_a_restore():
    match = SimulatedBackend(MatchSettings(runes=True, start_seconds=0.0, kills_to_win=0, seed=4))
    for _ in range(2400):
        match.advance()
    saved = match.save()
    digests = []
    for _ in range(2):
        for _ in range(600):
            match.advance()
        digests.append(match.digest())
        match.restore(saved)
    assert digests[0] == digests[1]
    assert any(rune.handle for rune in match.tables[0].runes)


def test_haste_wins_over_a_speed_that_is_set(aura_of):
    """Source: Liquipedia movement_speed@2383420."""
    arena, king, _ = aura_of(own={
        "Properties": {"MOVESPEED_ABSOLUTE": 200, "MOVESPEED_ABSOLUTE_MIN": 550}})
    assert king.move_speed == 550.0
