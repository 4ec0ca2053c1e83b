"""What one team is told of a match in a CMsgBotWorldState, in the game's words."""

import math
import pathlib
import re

import pytest

from dota_env_rpc.match import enums
from dota_env_rpc.match.enums import FLYING, EventKind, Rune, RuneStatus, UnitType
from dota_env_rpc.match.tables import MAX_EVENTS, NEVER, NO_RUNE, UNKNOWN_RUNE
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.world_state import (
    StateWriter,
    serialized_world_state,
    world_state,
)
from dota_env_rpc.testing.board import BOTH, DIRE, RADIANT, Board

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "world_state.md"
NO_HANDLE = 4294967295
ONLY_DIRE = 1 << DIRE


@pytest.fixture
def board():
    """A match whose tables a test fills by hand."""
    return Board()


def told(board, team=RADIANT, **arguments):
    return world_state(board.match, board.patch, team, **arguments)


def unit_of(message, unit):
    """Returns the message's unit with the handle of a UNIT record."""
    [found] = [other for other in message.units if other.handle == unit.handle]
    return found


def handles(message):
    return {unit.handle for unit in message.units}


# The match.

@pytest.mark.parametrize("second, is_day, time_of_day", [
    (-60, 1, 0.25), (0, 1, 0.25), (150, 1, 0.5), (300, 0, 0.75), (450, 0, 0.0), (600, 1, 0.25)])
def test_the_time_of_day_counts_from_midnight(board, second, is_day, time_of_day):
    """Source: day.half_seconds, data/7.41/rules.json."""
    board.match.tick, board.match.is_day = second * 30, is_day
    assert told(board).time_of_day == pytest.approx(time_of_day)


def test_the_clock_starts_at_the_horn_and_game_time_at_the_start(board):
    board.match.start_tick, board.match.tick = -90 * 30, 45
    message = told(board)
    assert (message.dota_time, message.game_time, message.game_state) == (1.5, 91.5, 5)


def test_each_side_is_told_its_own_glyph_and_the_enemys(board):
    board.match.tick = 300
    board.match.glyph_ready_tick[:] = (330, 0)
    radiant, dire = told(board), told(board, DIRE)
    assert (radiant.team_id, radiant.glyph_cooldown, radiant.glyph_cooldown_enemy) == (2, 1.0, 0.0)
    assert (dire.team_id, dire.glyph_cooldown, dire.glyph_cooldown_enemy) == (3, 0.0, 1.0)


def test_both_teams_at_once_are_told_what_each_is_told(board):
    board.hero(0), board.hero(5)
    writer = StateWriter(board.match, board.patch)
    for tick in (10, 20):
        board.match.tick = tick
        assert writer.write([RADIANT, DIRE], since_tick=0) == [
            serialized_world_state(board.match, board.patch, team, since_tick=0)
            for team in (RADIANT, DIRE)]


# Units.

def test_a_hero_is_told_with_its_name_place_health_and_mana(board):
    hero = board.hero(0, (-512.0, 256.5), z=128.0, health=411.2, max_health=560.0, mana=220.7,
                      max_mana=291.0, level=7, facing=math.pi / 2, bound_radius=24.0)
    unit = unit_of(told(board), hero)
    assert unit.name == "npc_dota_hero_nevermore"
    assert (unit.unit_type, unit.team_id, unit.player_id, unit.level) == (1, 2, 0, 7)
    assert (unit.location.x, unit.location.y, unit.location.z) == (-512.0, 256.5, 128.0)
    assert (unit.health, unit.health_max, unit.mana, unit.mana_max) == (412, 560, 220, 291)
    assert (unit.facing, unit.bounding_radius, unit.is_alive) == (90, 24, True)


@pytest.mark.parametrize("radians, degrees", [
    (0.0, 0), (math.pi, 180), (-math.pi / 2, 270), (-0.001, 0), (2 * math.pi, 0)])
def test_facing_is_told_in_degrees_from_0_to_359(board, radians, degrees):
    hero = board.hero(0, facing=radians)
    assert unit_of(told(board), hero).facing == degrees


def test_a_unit_that_barely_lives_has_health(board):
    creep = board.unit(UnitType.LANE_CREEP, health=0.2)
    assert unit_of(told(board), creep).health == 1


def test_a_unit_below_the_water_has_no_ground_height(board):
    creep = board.unit(UnitType.LANE_CREEP, z=-128.0)
    unit = unit_of(told(board), creep)
    assert (unit.location.z, unit.ground_height) == (-128.0, 0)


def test_attack_numbers_are_told(board):
    hero = board.hero(0, damage_min=48.0, damage_max=54.0, bonus_damage=10.0, attack_speed=125.0,
                      attack_interval=0.4, attack_point=0.3, attack_range=500.0,
                      projectile_speed=1200.0, acquisition_range=800.0)
    unit = unit_of(told(board), hero)
    assert (unit.base_damage, unit.base_damage_variance) == (51, 3)
    assert (unit.bonus_damage, unit.attack_damage) == (10, 61)
    assert (unit.attack_speed, unit.attacks_per_second) == (1.25, 2)
    assert unit.attack_anim_point == pytest.approx(0.3)
    assert (unit.attack_range, unit.attack_projectile_speed) == (500, 1200)
    assert unit.attack_acquisition_range == 800


def test_an_attack_is_told_with_its_target(board):
    hero, enemy = board.hero(0), board.hero(5)
    board.match.start_tick, board.match.tick = -300, 60
    hero.attack_target, hero.last_attack_tick = enemy.handle, 30
    unit = unit_of(told(board), hero)
    assert unit.attack_target_handle == enemy.handle
    assert unit.attack_target_name == "npc_dota_hero_nevermore"
    assert unit.last_attack_time == 11.0


def test_who_never_attacked_anybody_has_no_target(board):
    hero = board.hero(0)
    unit = unit_of(told(board), hero)
    assert (unit.attack_target_handle, unit.last_attack_time) == (NO_HANDLE, -1.0)


def test_an_attack_on_an_unseen_unit_does_not_give_it_away(board):
    hero = board.hero(5)
    hero.attack_target = board.unit(UnitType.WARD, team=DIRE, visible_to=ONLY_DIRE).handle
    unit = unit_of(told(board), hero)
    assert (unit.attack_target_handle, unit.attack_target_name) == (NO_HANDLE, "")


@pytest.mark.parametrize("field, bit", [
    ("is_stunned", enums.STUNNED), ("is_silenced", enums.SILENCED),
    ("is_invulnerable", enums.INVULNERABLE), ("is_magic_immune", enums.MAGIC_IMMUNE)])
def test_a_state_is_told_of_who_has_it(board, field, bit):
    hero = board.hero(0, states=bit)
    unit = unit_of(told(board), hero)
    true = {other.name for other, value in unit.ListFields() if value is True}
    assert true == {"is_alive", field}


# What a team may know.

def test_a_unit_s_fields_come_by_their_numbers(board):
    """Messages of other order parse as well, but take longer. Its name and place come first."""
    first, second = (board.unit(UnitType.LANE_CREEP, team=team) for team in (RADIANT, DIRE))
    first.attack_target = second.handle
    [unit] = [unit for unit in told(board).units if unit.handle == first.handle]
    assert unit.attack_target_name
    head = CMsgBotWorldState.Unit(name=unit.name, location=unit.location)
    unit.ClearField("name"), unit.ClearField("location")
    assert head.SerializeToString() + unit.SerializeToString() in serialized_world_state(
        board.match, board.patch, RADIANT)


def test_an_unseen_enemy_is_not_there(board):
    own = board.hero(0)
    enemy = board.hero(5, visible_to=ONLY_DIRE)
    message = told(board)
    assert handles(message) == {own.handle}
    assert handles(told(board, DIRE)) == {own.handle, enemy.handle}
    player = message.players[1]
    assert (player.is_alive, player.primary_unit_handle) == (True, NO_HANDLE)
    assert not player.HasField("location")


def test_an_own_unit_is_told_though_no_enemy_sees_it(board):
    hero = board.hero(0, visible_to=1 << RADIANT)
    assert hero.handle in handles(told(board))


def test_the_dead_are_gone_but_for_own_heroes(board):
    own = board.hero(0, alive=0)
    board.hero(5, alive=0)
    board.unit(UnitType.LANE_CREEP, alive=0)
    board.match.tick, board.match.players[0].respawn_tick = 300, 390
    message = told(board)
    assert handles(message) == {own.handle}
    unit = unit_of(message, own)
    assert (unit.is_alive, unit.respawn_time) == (False, 3.0)


def test_a_player_is_told_with_its_score(board):
    board.hero(5, alive=0)
    player = board.match.players[5]
    player.player, player.kills, player.deaths, player.assists = 5, 3, 1, 2
    board.match.tick, player.respawn_tick = 300, 600
    [message] = told(board).players
    assert (message.player_id, message.team_id, message.hero_id) == (5, 3, 11)
    assert (message.kills, message.deaths, message.assists) == (3, 1, 2)
    assert (message.is_alive, message.respawn_time) == (False, 10.0)


def test_gold_and_last_hits_are_told_to_the_own_team_only(board):
    hero = board.hero(0)
    player = board.match.players[0]
    player.reliable_gold, player.unreliable_gold, player.net_worth = 40, 625, 665
    player.last_hits, player.denies, player.ability_points = 12, 3, 1
    own = unit_of(told(board), hero)
    assert (own.reliable_gold, own.unreliable_gold, own.net_worth) == (40, 625, 665)
    assert (own.last_hits, own.denies, own.ability_points) == (12, 3, 1)
    seen = unit_of(told(board, DIRE), hero)
    assert (seen.reliable_gold, seen.unreliable_gold) == (-1, -1)
    for field in ("net_worth", "last_hits", "denies", "ability_points", "xp_needed_to_level",
                  "buyback_cost", "buyback_cooldown", "respawn_time"):
        assert not seen.HasField(field), field


@pytest.mark.parametrize("level, experience, needed", [(1, 0, 240), (1, 200, 40), (30, 70000, 0)])
def test_the_experience_to_the_next_level_is_told(board, level, experience, needed):
    """Source: xp.total_at_level, data/7.41/rules.json."""
    hero = board.hero(0)
    board.match.players[0].level, board.match.players[0].xp = level, experience
    assert unit_of(told(board), hero).xp_needed_to_level == needed


def test_buyback_is_told_with_its_wait(board):
    hero = board.hero(0)
    board.match.tick = 300
    board.match.players[0].buyback_cost, board.match.players[0].buyback_ready_tick = 250, 450
    unit = unit_of(told(board), hero)
    assert (unit.buyback_cost, unit.buyback_cooldown) == (250, 5.0)


def test_an_enemys_ability_is_told_without_its_cooldown(board):
    hero = board.hero(0)
    board.match.tick = 300
    ability = board.match.abilities[0, 2]
    ability.definition = board.patch.ability("nevermore_shadowraze3")
    ability.level, ability.castable, ability.cooldown_ready_tick = 3, 0, 390
    [own] = unit_of(told(board), hero).abilities
    assert (own.ability_id, own.slot, own.level) == (5061, 2, 3)
    assert (own.caster_handle, own.cooldown_remaining) == (hero.handle, 3.0)
    [seen] = unit_of(told(board, DIRE), hero).abilities
    assert (seen.ability_id, seen.slot, seen.level) == (5061, 2, 3)
    for field in ("cooldown_remaining", "is_fully_castable", "charges"):
        assert not seen.HasField(field), field


def test_an_item_is_told_by_its_own_number(board):
    hero = board.hero(0)
    item = board.match.items[0, 4]
    item.definition, item.charges = board.patch.item("item_ultimate_scepter"), 2
    unit = unit_of(told(board), hero)
    assert [(item.ability_id, item.slot, item.charges) for item in unit.items] == [(108, 4, 2)]
    assert unit.has_scepter


def test_a_talent_is_told_by_the_games_number(board):
    hero = board.hero(0)
    board.match.abilities[0, 9].definition = board.patch.ability(
        "special_bonus_unique_antimage_manavoid_aoe")
    assert [ability.ability_id for ability in unit_of(told(board), hero).abilities] == [966]


# Projectiles, modifiers, wounds.

def test_a_projectile_in_flight_is_listed_at_its_target(board):
    hero = board.hero(0, (0.0, 0.0), z=128.0)
    tower = board.unit(UnitType.TOWER, (600.0, 0.0), team=DIRE)
    projectile = board.projectile(tower, hero, 100.0)
    projectile.x, projectile.dodgeable, projectile.handle = 400.0, 1, 770
    message = told(board)
    assert not unit_of(message, tower).incoming_tracking_projectiles
    [incoming] = unit_of(message, hero).incoming_tracking_projectiles
    assert (incoming.caster_handle, incoming.caster_unit_type) == (tower.handle, 6)
    assert (incoming.caster_player_id, incoming.handle) == (-1, 770)
    assert (incoming.location.x, incoming.location.y, incoming.location.z) == (400.0, 0.0, 128.0)
    assert (incoming.velocity, incoming.is_attack, incoming.is_dodgeable) == (900, True, True)


def test_a_projectile_out_of_sight_is_not_told(board):
    hero = board.hero(0)
    board.projectile(board.hero(5), hero, 50.0).visible_to = ONLY_DIRE
    assert not unit_of(told(board), hero).incoming_tracking_projectiles


def test_a_projectile_does_not_give_an_unseen_caster_away(board):
    hero = board.hero(0)
    board.projectile(board.hero(5, visible_to=ONLY_DIRE), hero, 50.0)
    [incoming] = unit_of(told(board), hero).incoming_tracking_projectiles
    assert (incoming.caster_handle, incoming.caster_player_id) == (NO_HANDLE, -1)
    assert incoming.caster_unit_type == CMsgBotWorldState.INVALID


def test_a_modifier_is_told_with_its_stacks_where_it_is_seen(board):
    hero = board.hero(0)
    board.match.tick = 30
    for row, seen in enumerate((BOTH, ONLY_DIRE)):
        modifier = board.match.modifiers[row]
        modifier.parent, modifier.stacks, modifier.visible_to = hero.handle, 4 + row, seen
        modifier.expire_tick, board.match.num_modifiers = 75, row + 1
    modifiers = board.match.modifiers
    modifiers["definition"][:2] = board.patch.modifier("modifier_crystal_maiden_frostbite")
    [modifier] = unit_of(told(board), hero).modifiers
    assert modifier.name == "modifier_crystal_maiden_frostbite"
    assert (modifier.stack_count, modifier.remaining_duration) == (4, 1.5)


def test_a_line_projectile_is_told_with_its_way(board):
    hero, enemy = board.hero(0), board.hero(5)
    bolt = board.projectile(enemy, hero, 0.0)
    bolt.is_linear, bolt.target, bolt.radius, bolt.speed = 1, 0, 115.0, 1000.0
    bolt.x, bolt.y, bolt.x_target, bolt.y_target = 100.0, 0.0, 100.0, -700.0
    message = told(board)
    assert not unit_of(message, hero).incoming_tracking_projectiles
    [line] = message.linear_projectiles
    assert (line.location.x, line.velocity.x, line.velocity.y) == (100.0, 0.0, -1000.0)
    assert (line.radius, line.caster_handle, line.caster_player_id) == (115, enemy.handle, 5)
    bolt.visible_to = ONLY_DIRE
    assert not told(board).linear_projectiles


def test_an_item_on_the_ground_is_told_to_who_sees_it(board):
    ground = board.match.ground_items[3]
    ground.handle, ground.visible_to, ground.x, ground.y = 256, 1 << RADIANT, 40.0, -30.0
    ground.held[0].definition = board.patch.item("item_clarity")
    [item] = told(board).dropped_items
    assert (item.item_id, item.location.x, item.location.y) == (38, 40.0, -30.0)
    assert not told(board, DIRE).dropped_items


def test_each_team_is_told_what_it_knows_of_the_places_of_runes(board):
    board.match.has_runes, board.match.tick = 1, 3000
    for spot, seen_kind, seen_tick in zip(
            board.match.rune_spots,
            ((Rune.HASTE, NO_RUNE), (UNKNOWN_RUNE, UNKNOWN_RUNE), (NO_RUNE, UNKNOWN_RUNE),
             (Rune.BOUNTY, Rune.BOUNTY)),
            ((3000, 2940), (2700, NEVER), (2850, NEVER), (3000, 3000)), strict=True):
        spot.seen_kind[:], spot.seen_tick[:] = seen_kind, seen_tick
    board.match.rune_spots[0].x, board.match.rune_spots[0].y = -1640.0, 1112.0
    runes = told(board).rune_infos
    assert [(rune.type, rune.status) for rune in runes] == [
        (Rune.HASTE, RuneStatus.AVAILABLE), (NO_RUNE, RuneStatus.UNKNOWN),
        (NO_RUNE, RuneStatus.MISSING), (Rune.BOUNTY, RuneStatus.AVAILABLE)]
    assert [rune.time_since_seen for rune in runes] == [0.0, 10.0, 5.0, 0.0]
    assert (runes[0].location.x, runes[0].location.y) == (-1640.0, 1112.0)
    runes = told(board, DIRE).rune_infos
    assert [(rune.status, rune.HasField("time_since_seen")) for rune in runes] == [
        (RuneStatus.MISSING, True), (RuneStatus.UNKNOWN, False), (RuneStatus.UNKNOWN, False),
        (RuneStatus.AVAILABLE, True)]


def test_without_runes_none_are_told(board):
    assert not told(board).rune_infos


def test_a_team_is_told_its_own_couriers(board):
    courier = board.unit(UnitType.COURIER)
    board.match.players[0].courier = courier.handle
    message = told(board)
    assert [(entry.handle, entry.player_id) for entry in message.couriers] == [
        (courier.handle, 0)]
    assert not told(board, DIRE).couriers


def test_a_courier_that_flies_is_told_so(board):
    courier, hero = board.unit(UnitType.COURIER), board.hero(0)
    assert not unit_of(told(board), courier).flying_courier
    courier.states = hero.states = FLYING
    assert unit_of(told(board), courier).flying_courier
    assert not unit_of(told(board), hero).flying_courier


@pytest.mark.parametrize("casting, phase, channeling", [(0, 0, 0), (1, 1, 0), (2, 0, 1)])
def test_a_cast_is_told_of_the_hero_and_the_ability(board, casting, phase, channeling):
    hero = board.hero(0)
    ability = board.match.abilities[0, 0]
    ability.definition, ability.casting = 0, casting
    unit = unit_of(told(board), hero)
    assert (unit.is_using_ability, unit.is_channeling) == (phase, channeling)
    [ability] = unit.abilities
    assert (ability.is_in_ability_phase, ability.is_channeling) == (phase, channeling)


def test_a_cast_of_who_is_known_is_told(board):
    hero = board.hero(5, (30.0, 60.0))
    row = board.patch.ability("nevermore_shadowraze1")
    board.event(EventKind.ABILITY_CAST, subject=hero.handle, reason=row)
    [event] = told(board).ability_events
    assert (event.ability_id, event.player_id, event.unit_handle) == (5059, 5, hero.handle)
    assert (event.location.x, event.location.y) == (30.0, 60.0)
    hero.visible_to = ONLY_DIRE
    assert not told(board).ability_events


def wound(board, victim, attacker, amount=20.0):
    board.event(EventKind.DAMAGE, subject=victim, object=attacker, value=amount)


def test_a_wound_is_told_with_both_sides(board):
    hero, enemy = board.hero(0), board.hero(5)
    wound(board, hero.handle, enemy.handle, 47.6)
    [event] = told(board).damage_events
    assert event.damage == 48
    assert (event.victim_unit_handle, event.victim_player_id) == (hero.handle, 0)
    assert (event.attacker_unit_handle, event.attacker_player_id) == (enemy.handle, 5)


def test_a_wound_does_not_give_an_unseen_attacker_away(board):
    hero, enemy = board.hero(0), board.hero(5, visible_to=ONLY_DIRE)
    wound(board, hero.handle, enemy.handle)
    [event] = told(board).damage_events
    assert (event.attacker_unit_handle, event.attacker_player_id) == (NO_HANDLE, -1)


def test_a_wound_of_an_unseen_unit_is_not_told(board):
    hero, enemy = board.hero(0), board.hero(5, visible_to=ONLY_DIRE)
    wound(board, enemy.handle, hero.handle)
    assert not told(board).damage_events


def test_the_last_wound_of_a_unit_that_is_gone_is_told_if_who_struck_it_is_known(board):
    hero = board.hero(0)
    creep = board.unit(UnitType.LANE_CREEP, team=DIRE)
    handle = int(creep.handle)
    creep.handle, creep.alive = 0, 0
    wound(board, handle, hero.handle)
    wound(board, handle, 9999)
    [event] = told(board).damage_events
    assert (event.victim_unit_handle, event.victim_player_id) == (handle, -1)
    assert event.attacker_unit_handle == hero.handle


def test_the_wound_that_kills_an_enemy_hero_is_told_with_its_player(board):
    hero, enemy = board.hero(0), board.hero(5, alive=0)
    wound(board, enemy.handle, hero.handle)
    [event] = told(board).damage_events
    assert (event.victim_unit_handle, event.victim_player_id) == (enemy.handle, 5)


@pytest.mark.parametrize("arguments, wounds", [
    ({}, [3]), ({"since_tick": 99}, [3]), ({"since_tick": 98}, [2, 3]),
    ({"since_tick": 97}, [1, 2, 3])])
def test_wounds_after_a_tick_are_told(board, arguments, wounds):
    hero = board.hero(0)
    for number in range(1, 4):
        board.match.tick = 97 + number
        wound(board, hero.handle, 0, float(number))
    assert [event.damage for event in told(board, **arguments).damage_events] == wounds


def test_wounds_are_told_in_order_where_the_ring_went_round(board):
    hero = board.hero(0)
    for number, place in enumerate((MAX_EVENTS - 1, 0), start=1):
        event = board.match.events[place]
        event.kind, event.subject, event.value = EventKind.DAMAGE, hero.handle, number
    board.match.num_events = MAX_EVENTS + 1
    assert [event.damage for event in told(board).damage_events] == [1, 2]


@pytest.mark.parametrize("team", [RADIANT, DIRE])
@pytest.mark.parametrize("killer_seen", [True, False])
def test_both_sides_are_told_of_a_courier_s_death_and_by_whom_if_they_know(
        board, team, killer_seen):
    board.hero(0)
    handle = int(board.courier(0).handle)
    killer = board.hero(5, visible_to=BOTH if killer_seen else ONLY_DIRE)
    board.match.units[handle % 256].handle = board.match.players[0].courier = 0
    board.event(EventKind.COURIER_KILLED, subject=handle, object=killer.handle, player=0)
    [event] = told(board, team).courier_killed_events
    assert (event.team_id, event.courier_unit_handle) == (RADIANT, handle)
    assert (event.killer_unit_handle, event.killer_player_id) == (
        (killer.handle, 5) if killer_seen or team == DIRE else (NO_HANDLE, -1))


# The page.

def page():
    """Returns, by message, the fields that the page says are told and are not told."""
    sections = re.split(r"^### (\w+)$", PAGE.read_text(), flags=re.MULTILINE)[1:]
    result = {}
    for name, text in zip(sections[::2], sections[1::2], strict=True):
        message = CMsgBotWorldState if name == "CMsgBotWorldState" else getattr(
            CMsgBotWorldState, name)
        table, _, missing = text.partition("Not told:")
        result[message] = (
            set(re.findall(r"^\| `(\w+)` ", table, re.MULTILINE)),
            set(re.findall(r"`(\w+)`", missing)))
    return result


def set_fields(message, result):
    """Gathers, by message, the fields that are set anywhere in `message`."""
    names = result.setdefault(type(message), set())
    for field, value in message.ListFields():
        names.add(field.name)
        if field.message_type:
            for part in [value] if hasattr(value, "ListFields") else value:
                set_fields(part, result)
    return result


def test_the_page_names_every_field_once():
    for message, (given, missing) in page().items():
        assert given.isdisjoint(missing), message
        assert given | missing == set(message.DESCRIPTOR.fields_by_name), message


def test_the_page_says_what_is_told(board):
    hero, creep = board.hero(0), board.unit(UnitType.LANE_CREEP, team=DIRE)
    hero.attack_target, hero.last_attack_tick = creep.handle, 0
    board.projectile(creep, hero, 20.0)
    wound(board, hero.handle, creep.handle)
    board.match.modifiers[0].parent, board.match.modifiers[0].visible_to = hero.handle, BOTH
    board.match.num_modifiers = 1
    board.match.abilities[0, 0].definition = board.match.items[0, 0].definition = 0
    bolt = board.projectile(creep, hero, 20.0)
    bolt.target, bolt.is_linear = 0, 1
    board.match.ground_items[0].handle, board.match.ground_items[0].visible_to = 256, BOTH
    board.match.has_runes = 1
    courier = board.unit(UnitType.COURIER)
    board.match.players[0].courier = courier.handle
    board.event(EventKind.ABILITY_CAST, subject=hero.handle, reason=0)
    board.event(EventKind.COURIER_KILLED, subject=9999, object=creep.handle, player=0)
    assert set_fields(told(board), {}) == {
        message: given for message, (given, _) in page().items()}
