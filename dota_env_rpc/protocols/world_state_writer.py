"""Writes what one team may know of a match as the bytes of a CMsgBotWorldState, compiled.

Making the message of protobuf objects takes about a millisecond for each team; these rules write
its bytes, field by field of `world_state_fields`, in a few tens of microseconds.
"""

import numpy as np

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import FLYING, NUM_SEATS, EventKind, RuneStatus, Team, UnitType
from dota_env_rpc.match.rule import (
    element_at,
    entry,
    record,
    record_at,
    rule,
)
from dota_env_rpc.match.tables import (
    MAX_EVENTS,
    MAX_GROUND_ITEMS,
    MAX_UNITS,
    NEVER,
    NO_RUNE,
    NO_UNIT,
    NUM_ABILITY_SLOTS,
    NUM_ITEM_SLOTS,
    NUM_RUNE_SPOTS,
    TABLES,
    UNIT,
    UNKNOWN_RUNE,
)
from dota_env_rpc.protocols import world_state_fields as fields
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.world_state_fields import STEP, tag, word

# The largest messages of both teams: all rows of all tables, each with all its fields.
NUM_TEAMS = 2
MAX_BYTES = NUM_TEAMS << 19
NUM_WORDS = TABLES.itemsize // 8
MAX_TEXT = 1 << 17
NO_PLAYER = -1
# `time_of_day` is 0 at midnight; half of it passes between dawn and dusk.
DAWN, DUSK = 0.25, 0.75

# What of a patch goes into messages; `begins` of texts have the end of the last behind them.
NAMES = record([
    ("day_half_seconds", "f8"), ("scepter", "i8"), ("num_levels", "i8"),
    ("xp_at_level", "f8", 64),
    ("definition_begins", "i8", 1024), ("hero_ids", "i8", 1024), ("primary_attributes", "i8", 1024),
    ("move_speeds", "f8", 1024), ("ability_ids", "i8", 4096), ("item_ids", "i8", 1024),
    ("modifier_begins", "i8", 4096), ("text", "u1", MAX_TEXT)], "NAMES")

PROGRAM, _BEGINS = fields.program()
U_BEGIN, U_END = _BEGINS[fields.UNIT_LIST], _BEGINS[fields.UNIT_LIST + 1]
# Readers are fastest where fields come by their numbers: what has no column comes before these.
U_SPEED, U_BOUNTY = (
    U_BEGIN + [field.name for field in fields.UNIT_FIELDS].index(name)
    for name in ("current_movement_speed", "bounty_xp"))
H_BEGIN, H_END = _BEGINS[fields.HERO_LIST], _BEGINS[fields.HERO_LIST + 1]
OWN_H_END = _BEGINS[fields.OWN_HERO_LIST + 1]
P_BEGIN, P_END = _BEGINS[fields.PLAYER_LIST], _BEGINS[fields.PLAYER_LIST + 1]
A_BEGIN, A_END = _BEGINS[fields.ABILITY_LIST], _BEGINS[fields.ABILITY_LIST + 1]
OWN_A_END = _BEGINS[fields.OWN_ABILITY_LIST + 1]
I_BEGIN, I_END = _BEGINS[fields.ITEM_LIST], _BEGINS[fields.ITEM_LIST + 1]
OWN_I_END = _BEGINS[fields.OWN_ITEM_LIST + 1]
M_BEGIN, M_END = _BEGINS[fields.MODIFIER_LIST], _BEGINS[fields.MODIFIER_LIST + 1]
T_BEGIN, T_END = _BEGINS[fields.TRACKING_LIST], _BEGINS[fields.TRACKING_LIST + 1]
L_BEGIN, L_END = _BEGINS[fields.LINEAR_LIST], _BEGINS[fields.LINEAR_LIST + 1]

UNITS_WORD, UNIT_WORDS = word(TABLES, "units"), UNIT.itemsize // 8
PLAYERS_WORD = word(TABLES, "players")
PLAYER_WORDS = TABLES["players"].subdtype[0].itemsize // 8
ABILITIES_WORD = word(TABLES, "abilities")
ABILITY_WORDS = TABLES["abilities"].subdtype[0].itemsize // 8
ITEMS_WORD = word(TABLES, "items")
ITEM_WORDS = TABLES["items"].subdtype[0].itemsize // 8
NUM_PLACES = TABLES["items"].subdtype[1][1]
MODIFIERS_WORD = word(TABLES, "modifiers")
MODIFIER_WORDS = TABLES["modifiers"].subdtype[0].itemsize // 8
PROJECTILES_WORD = word(TABLES, "projectiles")
PROJECTILE_WORDS = TABLES["projectiles"].subdtype[0].itemsize // 8

_WS = CMsgBotWorldState
TEAM_ID, GAME_TIME, DOTA_TIME, GAME_STATE, TIME_OF_DAY, GLYPH, GLYPH_ENEMY = (
    tag(_WS, name) for name in (
        "team_id", "game_time", "dota_time", "game_state", "time_of_day", "glyph_cooldown",
        "glyph_cooldown_enemy"))
PLAYERS, UNITS, DROPPED_ITEMS, LINEAR_PROJECTILES, COURIERS = (tag(_WS, name) for name in (
    "players", "units", "dropped_items", "linear_projectiles", "couriers"))
ABILITY_EVENTS, DAMAGE_EVENTS, COURIER_EVENTS = (
    tag(_WS, name) for name in ("ability_events", "damage_events", "courier_killed_events"))
V_X, V_Y, V_Z = (tag(_WS.Vector, name) for name in "xyz")
PLAYER_HERO, PLAYER_ALIVE, PLAYER_RESPAWN, PLAYER_UNIT, PLAYER_AT = (
    tag(_WS.Player, name) for name in (
        "hero_id", "is_alive", "respawn_time", "primary_unit_handle", "location"))
UNIT_NAME, UNIT_AT, UNIT_BASE_SPEED, UNIT_TARGET_NAME = (tag(_WS.Unit, name) for name in (
    "name", "location", "base_movement_speed", "attack_target_name"))
UNIT_SCEPTER, UNIT_ABILITIES, UNIT_ITEMS, UNIT_MODIFIERS, UNIT_INCOMING = (
    tag(_WS.Unit, name) for name in (
        "has_scepter", "abilities", "items", "modifiers", "incoming_tracking_projectiles"))
UNIT_ATTRIBUTE, UNIT_RESPAWN, UNIT_XP, UNIT_COURIER = (tag(_WS.Unit, name) for name in (
    "primary_attribute", "respawn_time", "xp_needed_to_level", "flying_courier"))
UNIT_CHANNELS, UNIT_CASTS = (
    tag(_WS.Unit, name) for name in ("is_channeling", "is_using_ability"))
ABILITY_ID, ABILITY_SLOT, ABILITY_CASTER = (
    tag(_WS.Ability, name) for name in ("ability_id", "slot", "caster_handle"))
MODIFIER_NAME = tag(_WS.Modifier, "name")
TRACKING_CASTER, TRACKING_PLAYER, TRACKING_AT, TRACKING_TYPE = (
    tag(_WS.TrackingProjectile, name) for name in (
        "caster_handle", "caster_player_id", "location", "caster_unit_type"))
LINEAR_CASTER, LINEAR_PLAYER, LINEAR_AT, LINEAR_VELOCITY, LINEAR_TYPE = (
    tag(_WS.LinearProjectile, name) for name in (
        "caster_handle", "caster_player_id", "location", "velocity", "caster_unit_type"))
DROPPED_ITEM, DROPPED_AT = (tag(_WS.DroppedItem, name) for name in ("item_id", "location"))
RUNES = tag(_WS, "rune_infos")
RUNE_KIND, RUNE_AT, RUNE_STATUS, RUNE_AGE = (
    tag(_WS.RuneInfo, name) for name in ("type", "location", "status", "time_since_seen"))
COURIER_HANDLE, COURIER_STATE, COURIER_PLAYER = (
    tag(_WS.Courier, name) for name in ("handle", "state", "player_id"))
CAST_ABILITY, CAST_PLAYER, CAST_UNIT, CAST_AT = (tag(_WS.EventAbility, name) for name in (
    "ability_id", "player_id", "unit_handle", "location"))
HURT, HURT_VICTIM_PLAYER, HURT_VICTIM, HURT_PLAYER, HURT_BY = (
    tag(_WS.EventDamage, name) for name in (
        "damage", "victim_player_id", "victim_unit_handle", "attacker_player_id",
        "attacker_unit_handle"))
LOST_TEAM, LOST_COURIER, LOST_TO_PLAYER, LOST_TO = (tag(_WS.EventCourierKilled, name) for name in (
    "team_id", "courier_unit_handle", "killer_player_id", "killer_unit_handle"))

(WHOLE, ROUND, UP, DOWN, POSITIVE, NUMBER, TRUTH, BIT, EQUAL, WAIT, CLOCK, DEGREES, MEAN, SPREAD,
 TOTAL, RATE, KNOWN) = (int(told) for told in fields.Told)
GOODGUYS = int(Team.GOODGUYS)

BYTES = record([("values", "u1", MAX_BYTES)], "BYTES")
INTEGERS = record([("values", "i8", NUM_WORDS)], "INTEGERS")
NUMBERS = record([("values", "f8", NUM_WORDS)], "NUMBERS")
ENDS = record([("values", "i8", NUM_TEAMS)], "ENDS")
SLOT_NUMBER = record([("values", "f4", 1)], "SLOT_NUMBER")
SLOT_BYTES = record([("values", "u1", 4)], "SLOT_BYTES")
_bytes_at = record_at(BYTES)
_integers_at = record_at(INTEGERS)
_numbers_at = record_at(NUMBERS)
_ends_at = record_at(ENDS)
_slot_number_at = record_at(SLOT_NUMBER)
_slot_bytes_at = record_at(SLOT_BYTES)
_tables_at = record_at(TABLES)
_names_at = record_at(NAMES)
_step_at = element_at(STEP)


@rule
def put_whole(out, at, value):
    """Writes a varint; returns the place behind it. Negative ones take ten bytes."""
    while value < 0 or value > 127:
        out[at] = value & 127 | 128
        value = value >> 7 & (1 << 57) - 1
        at += 1
    out[at] = value
    return at + 1


@rule
def put(out, at, field, value):
    """Writes a field with a whole number; returns the place behind it."""
    return put_whole(out, put_whole(out, at, field), value)


@rule
def put_number(out, at, slot, field, value):
    """Writes a field with a float; returns the place behind it."""
    at = put_whole(out, at, field)
    slot[0].values[0] = value
    for i in range(4):
        out[at + i] = slot[1].values[i]
    return at + 4


@rule
def put_place(out, at, slot, field, x, y, z):
    """Writes a field with a Vector; returns the place behind it."""
    at = put(out, at, field, 15)
    at = put_number(out, at, slot, V_X, x)
    at = put_number(out, at, slot, V_Y, y)
    return put_number(out, at, slot, V_Z, z)


@rule
def put_text(out, at, field, names, begin, end):
    """Writes a field with a text of `names`; returns the place behind it."""
    at = put(out, at, field, end - begin)
    for i in range(begin, end):
        out[at] = names.text[i]
        at += 1
    return at


@rule
def close(out, begin, at):
    """Puts the length in front of what was written from `begin` on; returns the place behind it.

    A byte before `begin` was left for a length below 128; what is longer moves up by one or two.
    """
    size = at - begin
    extra = 0 if size < 128 else (1 if size < 16384 else 2)
    if extra:
        for i in range(at - 1, begin - 1, -1):
            out[i + extra] = out[i]
    put_whole(out, begin - 1, size)
    return at + extra


@rule
def wait(tables, tick):
    """Returns the seconds until a tick, 0 when it has come."""
    return max(tick - tables.tick, 0) / TICKS_PER_SECOND


@rule
def known_row(tables, handle, team):
    """Returns the row of a unit that a team knows of, or -1."""
    row = handle % MAX_UNITS
    unit = tables.units[row]
    if handle == NO_UNIT or unit.handle != handle:
        return -1
    if not unit.alive:
        return row if unit.team == team and unit.unit_type == UnitType.HERO else -1
    if unit.team == team or unit.visible_to >> team & 1:
        return row
    return -1


@rule
def put_fields(out, at, slot, tables, integers, numbers, program, base, first, end, team):
    """Writes the fields of a part of the program from the record at word `base`."""
    for i in range(first, end):
        step = _step_at(program, i)
        place = base + step.word
        told = step.told
        field = step.tag
        argument = step.argument
        integer = integers[place]
        number = numbers[place]
        if told == NUMBER:
            at = put_number(out, at, slot, field, number / argument)
            continue
        if told == WAIT:
            at = put_number(out, at, slot, field, wait(tables, integer))
            continue
        if told == CLOCK:
            if integer != NEVER:
                at = put_number(
                    out, at, slot, field, (integer - tables.start_tick) / TICKS_PER_SECOND)
            continue
        if told == RATE and number <= 0.0 or (
                told == KNOWN and known_row(tables, integer, team) < 0):
            continue
        if told == ROUND:
            integer = int(np.rint(number))
        elif told == UP:
            integer = int(np.ceil(number))
        elif told == DOWN:
            integer = int(np.floor(number))
        elif told == POSITIVE:
            integer = max(int(np.rint(number)), 0)
        elif told == TRUTH:
            integer = 1 if integer != 0 else 0
        elif told == BIT:
            integer = integer >> int(argument) & 1
        elif told == EQUAL:
            integer = 1 if integer == int(argument) else 0
        elif told == DEGREES:
            integer = int(np.rint(number * (180.0 / np.pi))) % 360
        elif told == RATE:
            integer = int(np.floor(1.0 / number))
        elif told == MEAN:
            integer = int(np.floor((number + numbers[place + 1]) / 2.0))
        elif told == SPREAD:
            integer = int(np.floor((numbers[place + 1] - number) / 2.0))
        elif told == TOTAL:
            integer = int(np.floor((number + numbers[place + 1]) / 2.0 + numbers[place + 2]))
        at = put(out, at, field, integer)
    return at


@rule
def put_hero(out, at, slot, tables, integers, numbers, program, names, row, team):
    """Writes what heroes alone have; returns the place behind it."""
    unit = tables.units[row]
    seat = unit.player
    player = tables.players[seat]
    own = unit.team == team
    base = PLAYERS_WORD + seat * PLAYER_WORDS
    at = put_fields(out, at, slot, tables, integers, numbers, program, base, H_BEGIN,
                    OWN_H_END if own else H_END, team)
    at = put(out, at, UNIT_ATTRIBUTE, names.primary_attributes[unit.definition])
    channels = 0
    casts = 0
    for i in range(NUM_ABILITY_SLOTS):
        ability = tables.abilities[seat, i]
        if ability.definition < 0:
            continue
        casts |= 1 if ability.casting == 1 else 0
        channels |= 1 if ability.casting == 2 else 0
        begin = put_whole(out, at, UNIT_ABILITIES) + 1
        at = put(out, begin, ABILITY_ID, names.ability_ids[ability.definition])
        at = put(out, at, ABILITY_SLOT, i)
        at = put(out, at, ABILITY_CASTER, unit.handle)
        base = ABILITIES_WORD + (seat * NUM_ABILITY_SLOTS + i) * ABILITY_WORDS
        at = put_fields(out, at, slot, tables, integers, numbers, program, base, A_BEGIN,
                        OWN_A_END if own else A_END, team)
        at = close(out, begin, at)
    has_scepter = 0
    for i in range(NUM_ITEM_SLOTS):
        item = tables.items[seat, i]
        if item.definition < 0:
            continue
        if item.definition == names.scepter:
            has_scepter = 1
        begin = put_whole(out, at, UNIT_ITEMS) + 1
        at = put(out, begin, ABILITY_ID, names.item_ids[item.definition])
        at = put(out, at, ABILITY_SLOT, i)
        at = put(out, at, ABILITY_CASTER, unit.handle)
        base = ITEMS_WORD + (seat * NUM_PLACES + i) * ITEM_WORDS
        at = put_fields(out, at, slot, tables, integers, numbers, program, base, I_BEGIN,
                        OWN_I_END if own else I_END, team)
        at = close(out, begin, at)
    if player.scepter_eaten:
        has_scepter = 1
    at = put(out, at, UNIT_SCEPTER, has_scepter)
    at = put(out, at, UNIT_CHANNELS, channels)
    at = put(out, at, UNIT_CASTS, casts)
    if own:
        seconds = 0.0 if unit.alive else wait(tables, player.respawn_tick)
        at = put_number(out, at, slot, UNIT_RESPAWN, seconds)
        needed = 0
        if player.level < names.num_levels:
            needed = max(int(np.rint(names.xp_at_level[player.level])) - player.xp, 0)
        at = put(out, at, UNIT_XP, needed)
    return at


@rule
def put_unit(out, at, slot, tables, integers, numbers, program, names, row, team, by_parent,
             by_target):
    """Writes one unit with what it has and what flies at it; returns the place behind it."""
    unit = tables.units[row]
    begin = put_whole(out, at, UNITS) + 1
    definition = unit.definition
    at = put_text(out, begin, UNIT_NAME, names, names.definition_begins[definition],
                  names.definition_begins[definition + 1])
    at = put_place(out, at, slot, UNIT_AT, unit.x, unit.y, unit.z)
    base = UNITS_WORD + row * UNIT_WORDS
    at = put_fields(out, at, slot, tables, integers, numbers, program, base, U_BEGIN, U_SPEED,
                    team)
    at = put(out, at, UNIT_BASE_SPEED, int(np.rint(names.move_speeds[definition])))
    at = put_fields(out, at, slot, tables, integers, numbers, program, base, U_SPEED, U_BOUNTY,
                    team)
    target = known_row(tables, unit.attack_target, team)
    if target >= 0:
        definition = tables.units[target].definition
        at = put_text(out, at, UNIT_TARGET_NAME, names, names.definition_begins[definition],
                      names.definition_begins[definition + 1])
    at = put_fields(out, at, slot, tables, integers, numbers, program, base, U_BOUNTY, U_END,
                    team)
    if unit.unit_type == UnitType.COURIER:
        at = put(out, at, UNIT_COURIER, 1 if unit.states & FLYING else 0)
    elif unit.unit_type == UnitType.HERO and unit.player >= 0:
        at = put_hero(out, at, slot, tables, integers, numbers, program, names, row, team)
    i = by_parent[row] - 1
    while i >= 0:
        definition = tables.modifiers[i].definition
        inner = put_whole(out, at, UNIT_MODIFIERS) + 1
        at = put_text(out, inner, MODIFIER_NAME, names, names.modifier_begins[definition],
                      names.modifier_begins[definition + 1])
        at = put_fields(out, at, slot, tables, integers, numbers, program,
                        MODIFIERS_WORD + i * MODIFIER_WORDS, M_BEGIN, M_END, team)
        at = close(out, inner, at)
        i = by_parent[MAX_UNITS + i] - 1
    i = by_target[row] - 1
    while i >= 0:
        projectile = tables.projectiles[i]
        inner = put_whole(out, at, UNIT_INCOMING) + 1
        at = put_place(
            out, inner, slot, TRACKING_AT, projectile.x, projectile.y, unit.z)
        at = put_fields(out, at, slot, tables, integers, numbers, program,
                        PROJECTILES_WORD + i * PROJECTILE_WORDS, T_BEGIN, T_END, team)
        at = put_caster(out, at, tables, projectile.source, team, TRACKING_CASTER,
                        TRACKING_PLAYER, TRACKING_TYPE)
        at = close(out, inner, at)
        i = by_target[MAX_UNITS + i] - 1
    return close(out, begin, at)


@rule
def put_caster(out, at, tables, source, team, handle_field, player_field, type_field):
    """Writes who launched a projectile, as far as it is known; returns the place behind it."""
    row = known_row(tables, source, team)
    if row < 0:
        return put(out, at, player_field, NO_PLAYER)
    unit = tables.units[row]
    at = put(out, at, handle_field, unit.handle)
    at = put(out, at, player_field, unit.player)
    return put(out, at, type_field, unit.unit_type)


@rule
def put_player(out, at, slot, tables, integers, numbers, program, names, seat, team):
    """Writes one player; returns the place behind it."""
    player = tables.players[seat]
    hero = tables.units[player.hero % MAX_UNITS]
    begin = put_whole(out, at, PLAYERS) + 1
    at = put_fields(out, begin, slot, tables, integers, numbers, program,
                    PLAYERS_WORD + seat * PLAYER_WORDS, P_BEGIN, P_END, team)
    at = put(out, at, PLAYER_HERO, names.hero_ids[player.definition])
    at = put(out, at, PLAYER_ALIVE, 1 if hero.alive else 0)
    at = put_number(out, at, slot, PLAYER_RESPAWN,
                    0.0 if hero.alive else wait(tables, player.respawn_tick))
    if known_row(tables, player.hero, team) >= 0:
        at = put(out, at, PLAYER_UNIT, player.hero)
        at = put_place(out, at, slot, PLAYER_AT, hero.x, hero.y, hero.z)
    return close(out, begin, at)


@rule
def put_events(out, at, slot, tables, names, team, since_tick):
    """Writes what happened after a tick, as far as it is known; returns the place behind it."""
    for i in range(max(tables.num_events - MAX_EVENTS, 0), tables.num_events):
        event = tables.events[i % MAX_EVENTS]
        kind = event.kind
        if event.tick <= since_tick or not (
                kind == EventKind.DAMAGE or kind == EventKind.ABILITY_CAST
                or kind == EventKind.COURIER_KILLED):
            continue
        subject = known_row(tables, event.subject, team)
        attacker = known_row(tables, event.object, team)
        player = NO_PLAYER if attacker < 0 else tables.units[attacker].player
        if kind == EventKind.ABILITY_CAST:
            if subject < 0 or event.reason < 0:
                continue
            unit = tables.units[subject]
            begin = put_whole(out, at, ABILITY_EVENTS) + 1
            at = put(out, begin, CAST_ABILITY, names.ability_ids[event.reason])
            at = put(out, at, CAST_PLAYER, unit.player)
            at = put(out, at, CAST_UNIT, unit.handle)
            at = put_place(out, at, slot, CAST_AT, unit.x, unit.y, unit.z)
            at = close(out, begin, at)
            continue
        if kind == EventKind.COURIER_KILLED:
            # The game announces it to both sides.
            begin = put_whole(out, at, COURIER_EVENTS) + 1
            at = put(out, begin, LOST_TEAM, tables.players[event.player].team)
            at = put(out, at, LOST_COURIER, event.subject)
            at = put(out, at, LOST_TO_PLAYER, player)
            if attacker >= 0:
                at = put(out, at, LOST_TO, event.object)
            at = close(out, begin, at)
            continue
        # Wounds of who is known, or who died by the hand of who is.
        row = event.subject % MAX_UNITS
        lives = tables.units[row].handle == event.subject and tables.units[row].alive != 0
        if subject < 0 and (attacker < 0 or lives):
            continue
        victim = NO_PLAYER
        if subject >= 0:
            victim = tables.units[subject].player
        else:
            for seat in range(NUM_SEATS):
                if tables.players[seat].hero == event.subject:
                    victim = seat
        begin = put_whole(out, at, DAMAGE_EVENTS) + 1
        at = put(out, begin, HURT, int(np.rint(event.value)))
        at = put(out, at, HURT_VICTIM_PLAYER, victim)
        at = put(out, at, HURT_VICTIM, event.subject)
        at = put(out, at, HURT_PLAYER, player)
        if attacker >= 0:
            at = put(out, at, HURT_BY, event.object)
        at = close(out, begin, at)
    return at


@rule
def put_runes(out, at, slot, tables, side):
    """Writes what a side knows of the places to which runes come; returns the place behind it."""
    for i in range(NUM_RUNE_SPOTS):
        spot = tables.rune_spots[i]
        kind = spot.seen_kind[side]
        begin = put_whole(out, at, RUNES) + 1
        at = put(out, begin, RUNE_KIND, max(kind, NO_RUNE))
        at = put_place(out, at, slot, RUNE_AT, spot.x, spot.y, 0.0)
        status = RuneStatus.AVAILABLE
        if kind == UNKNOWN_RUNE:
            status = RuneStatus.UNKNOWN
        elif kind == NO_RUNE:
            status = RuneStatus.MISSING
        at = put(out, at, RUNE_STATUS, status)
        if spot.seen_tick[side] != NEVER:
            at = put_number(out, at, slot, RUNE_AGE,
                            (tables.tick - spot.seen_tick[side]) / TICKS_PER_SECOND)
        at = close(out, begin, at)
    return at


@rule
def put_state(out, at, slot, tables, integers, numbers, program, names, by_parent, by_target,
              team, since_tick):
    """Writes a CMsgBotWorldState; returns the place behind it.

    `by_parent` and `by_target` are scratch: for each row of units row + 1 of its first modifier
    or of the first projectile that flies at it, and behind those row + 1 of the next of each.
    """
    own = team - GOODGUYS
    at = put(out, at, TEAM_ID, team)
    at = put_number(out, at, slot, GAME_TIME, (tables.tick - tables.start_tick) / TICKS_PER_SECOND)
    at = put_number(out, at, slot, DOTA_TIME, tables.tick / TICKS_PER_SECOND)
    at = put(out, at, GAME_STATE, tables.game_state)
    half = names.day_half_seconds
    passed = max(tables.tick / TICKS_PER_SECOND, 0.0) % half / half
    at = put_number(out, at, slot, TIME_OF_DAY,
                    ((DAWN if tables.is_day else DUSK) + 0.5 * passed) % 1.0)
    at = put_number(out, at, slot, GLYPH, wait(tables, tables.glyph_ready_tick[own]))
    at = put_number(out, at, slot, GLYPH_ENEMY, wait(tables, tables.glyph_ready_tick[1 - own]))
    for seat in range(NUM_SEATS):
        if tables.players[seat].definition >= 0:
            at = put_player(
                out, at, slot, tables, integers, numbers, program, names, seat, team)
    for row in range(tables.num_rows):
        by_parent[row] = 0
        by_target[row] = 0
    # From the last to the first, so that lists go by rows.
    for i in range(tables.num_modifiers - 1, -1, -1):
        modifier = tables.modifiers[i]
        if modifier.parent != NO_UNIT and modifier.visible_to >> team & 1:
            by_parent[MAX_UNITS + i] = by_parent[modifier.parent % MAX_UNITS]
            by_parent[modifier.parent % MAX_UNITS] = i + 1
    for i in range(tables.num_projectiles - 1, -1, -1):
        projectile = tables.projectiles[i]
        if projectile.visible_to >> team & 1 and not projectile.is_linear and (
                known_row(tables, projectile.target, team) >= 0):
            by_target[MAX_UNITS + i] = by_target[projectile.target % MAX_UNITS]
            by_target[projectile.target % MAX_UNITS] = i + 1
    for row in range(tables.num_rows):
        if known_row(tables, tables.units[row].handle, team) >= 0:
            at = put_unit(out, at, slot, tables, integers, numbers, program, names, row, team,
                          by_parent, by_target)
    for i in range(MAX_GROUND_ITEMS):
        item = tables.ground_items[i]
        if item.handle != 0 and item.visible_to >> team & 1:
            begin = put_whole(out, at, DROPPED_ITEMS) + 1
            at = put(out, begin, DROPPED_ITEM, names.item_ids[item.held[0].definition])
            at = put_place(out, at, slot, DROPPED_AT, item.x, item.y, 0.0)
            at = close(out, begin, at)
    if tables.has_runes:
        at = put_runes(out, at, slot, tables, own)
    for i in range(tables.num_projectiles):
        projectile = tables.projectiles[i]
        if not projectile.is_linear or not projectile.visible_to >> team & 1:
            continue
        begin = put_whole(out, at, LINEAR_PROJECTILES) + 1
        at = put_place(out, begin, slot, LINEAR_AT, projectile.x, projectile.y, 0.0)
        x = projectile.x_target - projectile.x
        y = projectile.y_target - projectile.y
        left = max(np.hypot(x, y), 1e-6)
        at = put_place(out, at, slot, LINEAR_VELOCITY, x / left * projectile.speed,
                       y / left * projectile.speed, 0.0)
        at = put_fields(out, at, slot, tables, integers, numbers, program,
                        PROJECTILES_WORD + i * PROJECTILE_WORDS, L_BEGIN, L_END, team)
        at = put_caster(out, at, tables, projectile.source, team, LINEAR_CASTER, LINEAR_PLAYER,
                        LINEAR_TYPE)
        at = close(out, begin, at)
    for seat in range(NUM_SEATS):
        player = tables.players[seat]
        if player.courier != 0 and player.team == team:
            begin = put_whole(out, at, COURIERS) + 1
            at = put(out, begin, COURIER_HANDLE, player.courier)
            at = put(out, at, COURIER_STATE, player.courier_state)
            at = put(out, at, COURIER_PLAYER, seat)
            at = close(out, begin, at)
    return put_events(out, at, slot, tables, names, team, since_tick)


@entry
def write(out_bytes, ends, slot_number, slot_bytes, tables_address, tables_integers,
          tables_numbers, program, names_address, parents, targets, team, num_teams, since_tick):
    """Writes the CMsgBotWorldStates of `num_teams` teams from `team` on, one behind the other.

    Into `ends` go the places behind each. `parents` and `targets` are scratch.
    """
    out = _bytes_at(out_bytes).values
    slot = (_slot_number_at(slot_number), _slot_bytes_at(slot_bytes))
    at = 0
    for i in range(num_teams):
        at = put_state(
            out, at, slot, _tables_at(tables_address), _integers_at(tables_integers).values,
            _numbers_at(tables_numbers).values, program, _names_at(names_address),
            _integers_at(parents).values, _integers_at(targets).values, team + i, since_tick)
        _ends_at(ends).values[i] = at
