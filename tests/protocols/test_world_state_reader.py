"""Tables, the message that tells them, and the tables that are read out of it."""

import dataclasses
import math

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import FLYING, EventKind, Rune, RuneStatus, UnitType
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import NEVER, NUM_ABILITY_SLOTS, NUM_ITEM_SLOTS, TABLES
from dota_env_rpc.protocols import world_state_fields as fields
from dota_env_rpc.protocols.world_state import world_state
from dota_env_rpc.protocols.world_state_fields import Told
from dota_env_rpc.protocols.world_state_reader import read_world_state
from dota_env_rpc.testing.board import DIRE, RADIANT, Board


@pytest.fixture
def board():
    """A match whose tables a test fills by hand."""
    return Board()


def read(message, patch, **arguments):
    """Returns the tables of a message, as a TABLES record."""
    tables = np.zeros(1, TABLES).view(np.recarray)[0]
    tables.tick = 12345  # whatever was there is gone
    read_world_state(message, patch, tables, **arguments)
    return tables


def there_and_back(board, team=RADIANT):
    return read(world_state(board.match, board.patch, team), board.patch)


# How far a column may be off, by how its field tells it.
SLACK = {Told.ROUND: 0.5, Told.UP: 1.0, Told.DOWN: 1.0, Told.DEGREES: math.radians(0.5),
         Told.NUMBER: 1e-4}
# Told by others, or not fully; these have tests of their own.
ELSEWHERE = {Told.POSITIVE, Told.MEAN, Told.SPREAD, Told.TOTAL, Told.RATE, Told.BIT, Told.EQUAL}


def check_fields(listed, first, second, told=True):
    for field in listed:
        if field.told in ELSEWHERE:
            continue
        slack = SLACK.get(field.told, 0.0)
        one, other = first[field.column], second[field.column]
        if field.told == Told.WAIT:
            one, other = max(one, told), max(other, told)
        gap = one - other
        if field.told == Told.DEGREES:
            gap = math.remainder(gap, math.tau)
        assert abs(gap) <= slack, (field, one, other)


@pytest.fixture(scope="module")
def played():
    """A match of bots that has gone on for five minutes."""
    backend = SimulatedBackend(dataclasses.replace(
        MatchSettings(), seed=3, start_seconds=0.0, kills_to_win=1000,
        heroes=("npc_dota_hero_lina",) + ("",) * 4 + ("npc_dota_hero_juggernaut",) + ("",) * 4))
    for _ in range(300 * 30 // 4):
        backend.advance()
    return backend


@pytest.mark.parametrize("team", [RADIANT, DIRE])
def test_a_played_match_keeps_every_field(played, team):
    tables = played.tables[0]
    message = world_state(tables, played.patch, team, since_tick=int(tables.tick) - 150)
    assert message.units and message.damage_events
    back = read(message, played.patch)
    again = world_state(back, played.patch, team, since_tick=int(tables.tick) - 150)
    assert again == message


@pytest.mark.parametrize("team", [RADIANT, DIRE])
def test_a_played_match_keeps_every_column_that_is_told(played, team):
    tables = played.tables[0]
    back = read(world_state(tables, played.patch, team), played.patch)
    assert (back.tick, back.start_tick, back.is_day) == (
        tables.tick, tables.start_tick, tables.is_day)
    seen = [unit for unit in tables.units[:tables.num_rows] if unit.handle and unit.alive and (
        unit.team == team or unit.visible_to >> team & 1)]
    assert len(seen) > 50
    known = {int(unit.handle) for unit in seen}
    told = [field for field in fields.UNIT_FIELDS if field.told != Told.KNOWN]
    for unit in seen:
        other = back.units[unit.handle % 256]
        check_fields(told, unit, other)
        assert (unit.definition, unit.x, unit.y) == pytest.approx(
            (other.definition, other.x, other.y), abs=1e-3)
        assert other.attack_target == (unit.attack_target if unit.attack_target in known else 0)
    seat = 0 if team == RADIANT else 5
    player, other = tables.players[seat], back.players[seat]
    check_fields(fields.OWN_HERO_FIELDS, player, other, told=int(tables.tick))
    assert (other.hero, other.definition, other.level, other.xp) == (
        player.hero, player.definition, player.level, player.xp)
    for place, listed, told_slots in (
            ("abilities", fields.ABILITY_FIELDS + fields.OWN_ABILITY_FIELDS, NUM_ABILITY_SLOTS),
            ("items", fields.ITEM_FIELDS + fields.OWN_ITEM_FIELDS, NUM_ITEM_SLOTS)):
        for slot, record in enumerate(back[place][seat]):
            assert record.definition == (
                tables[place][seat][slot].definition if slot < told_slots else -1)
            if record.definition >= 0:
                check_fields(listed, tables[place][seat][slot], record, told=int(tables.tick))


@pytest.mark.parametrize("field", [
    field for field in fields.UNIT_FIELDS if field.told == Told.BIT], ids=lambda field: field.name)
def test_a_state_comes_back(board, field):
    hero = board.hero(0)
    hero[field.column] = 1 << int(field.argument)
    assert there_and_back(board).units[0][field.column] == hero[field.column]


@pytest.mark.parametrize("least, most, bonus", [
    (48.0, 54.0, 10.0), (48.0, 55.0, 0.7), (20.5, 20.5, 3.5), (0.0, 0.0, 0.0)])
def test_damage_comes_back_so_that_it_is_told_the_same(board, least, most, bonus):
    board.hero(0, damage_min=least, damage_max=most, bonus_damage=bonus)
    unit = there_and_back(board).units[0]
    assert unit.damage_min == pytest.approx(least, abs=1.0)
    assert unit.damage_max == pytest.approx(most, abs=1.0)
    assert unit.bonus_damage == pytest.approx(bonus, abs=1.0)


def test_who_never_attacked_never_did(board):
    board.hero(0)
    assert there_and_back(board).units[0].last_attack_tick == NEVER


def test_an_unseen_hero_lives_or_not_out_of_sight(board):
    board.hero(0)
    board.hero(5, visible_to=1 << DIRE)
    board.match.players[5].player = 5
    back = there_and_back(board)
    hero = back.units[back.players[5].hero % 256]
    assert (hero.alive, hero.visible_to, hero.player) == (1, 0, 5)
    board.match.units[1].alive = 0
    back = there_and_back(board)
    assert back.units[back.players[5].hero % 256].alive == 0


@pytest.mark.parametrize("casting", [0, 1, 2])
def test_what_an_ability_is_doing_comes_back(board, casting):
    board.hero(0)
    ability = board.match.abilities[0, 1]
    ability.definition, ability.casting, ability.toggled = 7, casting, 1
    back = there_and_back(board).abilities[0, 1]
    assert (back.definition, back.casting, back.toggled) == (7, casting, 1)


@pytest.mark.parametrize("held, eaten", [(True, 0), (False, 1)])
def test_a_scepter_comes_back_as_an_item_or_taken_up_for_good(board, held, eaten):
    board.hero(0)
    board.match.players[0].scepter_eaten = eaten
    if held:
        board.match.items[0, 2].definition = board.patch.item("item_ultimate_scepter")
    back = there_and_back(board)
    assert back.players[0].scepter_eaten == eaten
    assert (back.items[0, 2].definition >= 0) == held


def test_projectiles_modifiers_items_and_events_come_back(board):
    hero, creep = board.hero(0), board.unit(UnitType.LANE_CREEP, (300.0, 0.0), team=DIRE)
    attack = board.projectile(creep, hero, 20.0)
    attack.dodgeable = 1
    bolt = board.projectile(creep, hero, 0.0)
    bolt.is_linear, bolt.target, bolt.radius, bolt.handle = 1, 0, 120.0, 9
    bolt.x_target, bolt.y_target = 300.0, 900.0
    board.match.num_modifiers = 1
    modifier = board.match.modifiers[0]
    modifier.parent, modifier.definition, modifier.stacks = hero.handle, 3, 2
    modifier.visible_to, modifier.expire_tick = 1 << RADIANT, 90
    ground = board.match.ground_items[0]
    ground.handle, ground.visible_to, ground.x = 256, 1 << RADIANT, 75.0
    ground.held[0].definition = board.patch.item("item_clarity")
    board.event(EventKind.DAMAGE, subject=hero.handle, object=creep.handle, value=12.0)
    board.event(EventKind.ABILITY_CAST, subject=hero.handle, reason=11)
    message = world_state(board.match, board.patch, RADIANT, since_tick=-1)
    assert (len(message.linear_projectiles), len(message.dropped_items)) == (1, 1)
    back = read(message, board.patch)
    assert world_state(back, board.patch, RADIANT, since_tick=-1) == message
    first, second = back.projectiles[:2]
    assert (first.source, first.target, first.speed, first.dodgeable) == (
        creep.handle, hero.handle, 900.0, 1)
    assert (second.is_linear, second.radius, second.speed) == (1, 120.0, pytest.approx(900.0))
    assert second.y_target > second.y and second.x_target == pytest.approx(second.x)
    assert [(row.kind, row.subject, row.object) for row in back.events[:2]] == [
        (EventKind.ABILITY_CAST, hero.handle, 0), (EventKind.DAMAGE, hero.handle, creep.handle)]


@pytest.mark.parametrize("team", [RADIANT, DIRE])
def test_what_is_known_of_runes_comes_back(team):
    """At 2:30, when each team has seen one of the river's two."""
    backend = SimulatedBackend(dataclasses.replace(
        MatchSettings(), seed=3, start_seconds=0.0, runes=True,
        heroes=("npc_dota_hero_lina",) + ("",) * 4 + ("npc_dota_hero_juggernaut",) + ("",) * 4))
    backend.controlled[:] = 1
    tables = backend.tables[0]
    for _ in range(150 * 30 // 4):
        for seat, spot in ((0, 0), (5, 1)):
            hero = tables.units[tables.players[seat].hero % 256]
            hero.x, hero.y = tables.rune_spots[spot].x, tables.rune_spots[spot].y - 200.0
        backend.advance()
    message = world_state(tables, backend.patch, team)
    assert [rune.status for rune in message.rune_infos].count(RuneStatus.AVAILABLE) == 1
    back = read(message, backend.patch)
    assert world_state(back, backend.patch, team) == message
    side = team - RADIANT
    for spot, other in zip(tables.rune_spots, back.rune_spots, strict=True):
        assert (spot.x, spot.y) == (other.x, other.y)
        assert (spot.seen_kind[side], spot.seen_tick[side]) == (
            other.seen_kind[side], other.seen_tick[side])
        assert spot.visible_to >> team & 1 == other.visible_to >> team & 1
    [lying] = [rune for rune in back.runes if rune.handle]
    assert (lying.kind, lying.spot, lying.visible_to) == (Rune.WATER, side, 1 << team)


def test_a_courier_comes_back_to_its_owner(board):
    board.hero(0)
    courier = board.unit(UnitType.COURIER)
    courier.player = 0
    board.match.players[0].courier = courier.handle
    message = world_state(board.match, board.patch, RADIANT)
    assert [(entry.handle, entry.player_id) for entry in message.couriers] == [
        (courier.handle, 0)]
    assert read(message, board.patch).players[0].courier == courier.handle


def test_whether_a_courier_flies_comes_back(board):
    for states in (0, FLYING):
        board.unit(UnitType.COURIER, states=states)
    assert there_and_back(board).units["states"][:2].tolist() == [0, FLYING]


def test_a_courier_s_death_comes_back_as_a_loss_of_its_side(board):
    hero = board.hero(0)
    for seat in (5, 6):
        board.hero(seat)
        board.match.players[seat].player = seat
    board.courier(5)
    board.event(EventKind.COURIER_KILLED, subject=999, object=hero.handle, player=6)
    message = world_state(board.match, board.patch, DIRE)
    back = read(message, board.patch)
    event = back.events[0]
    assert (event.kind, event.subject, event.object) == (
        EventKind.COURIER_KILLED, 999, hero.handle)
    # Whose it was the message does not tell: of that side, seat 5 still has its own.
    assert event.player == 6
    assert world_state(back, board.patch, DIRE) == message


def test_handles_of_another_game_get_those_of_the_tables(board):
    hero, creep = board.hero(0), board.unit(UnitType.LANE_CREEP, team=DIRE)
    hero.attack_target = creep.handle
    message = world_state(board.match, board.patch, RADIANT)
    back = read(message, board.patch, handle_of=lambda handle: handle + 10)
    assert back.units[10].attack_target == creep.handle + 10
    assert back.players[0].hero == back.units[10].handle == hero.handle + 10


def test_what_the_patch_does_not_know_is_left_out(board):
    hero = board.hero(0)
    board.match.abilities[0, 0].definition = 5
    message = world_state(board.match, board.patch, RADIANT)
    message.units[0].abilities[0].ability_id = 999999
    message.units[0].modifiers.add(name="modifier_of_tomorrow")
    message.units.add(name="npc_of_tomorrow", handle=300)
    message.players[0].hero_id = 9999
    back = read(message, board.patch)
    assert back.units[0].handle == hero.handle and back.units[44].handle == 0
    assert back.abilities[0, 0].definition == -1 and back.num_modifiers == 0
