"""Reads a CMsgBotWorldState into the tables: the way back of `world_state`, for the live game."""

from collections.abc import Callable
import functools
import math

import numpy as np

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import FLYING, EventKind, RuneStatus, Team, UnitType
from dota_env_rpc.match.tables import (
    MAX_EVENTS,
    MAX_GROUND_ITEMS,
    MAX_MODIFIERS,
    MAX_PROJECTILES,
    MAX_UNITS,
    NEVER,
    NO_RUNE,
    NO_UNIT,
    NUM_RUNE_SPOTS,
    TABLES,
    UNKNOWN_RUNE,
)
from dota_env_rpc.protocols import world_state_fields as fields
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.world_state import SCEPTER, ability_ids
from dota_env_rpc.protocols.world_state_fields import Told
from dota_env_rpc.protocols.world_state_writer import DAWN, DUSK

# What a handle field of the message says when it names no unit.
NO_HANDLE = 4294967295


def read_world_state(
        message: CMsgBotWorldState, patch, tables: np.record,
        handle_of: Callable[[int], int] = int) -> None:
    """Fills the tables with what one team was told of a match.

    Numbers that the message rounds stay rounded; columns that it does not tell are 0, or what
    stands for nothing in them. Units, heroes, abilities, items and modifiers that the patch does
    not know are left out.

    Args:
        message: What was told.
        patch: The Game whose rows are to be named.
        tables: A TABLES record, written anew.
        handle_of: Returns the handle of the tables for one of the message; by default the same.
    """
    _Reader(message, patch, tables, handle_of).read()


class _Reader:
    """One message and the tables that it fills."""

    def __init__(self, message, patch, tables, handle_of):
        self._message = message
        self._patch = patch
        self._rows = _rows(patch)
        self._tables = tables
        self._handle_of = handle_of
        self._team = message.team_id
        self._tick = round(message.dota_time * TICKS_PER_SECOND)
        self._start_tick = self._tick - round(message.game_time * TICKS_PER_SECOND)

    def read(self) -> None:
        message, tables = self._message, self._tables
        for name in TABLES.names:
            tables[name] = np.zeros((), TABLES[name])
        for name in ("players", "abilities", "items"):
            tables[name]["definition"] = -1
        tables.tick, tables.start_tick = self._tick, self._start_tick
        tables.game_state = message.game_state
        tables.is_day = DAWN <= message.time_of_day < DUSK
        own = self._team - Team.GOODGUYS
        tables.glyph_ready_tick[own] = self._until(message.glyph_cooldown)
        tables.glyph_ready_tick[1 - own] = self._until(message.glyph_cooldown_enemy)
        for unit in message.units:
            self._read_unit(unit)
        for player in message.players:
            self._read_player(player)
        for courier in message.couriers:
            player = tables.players[courier.player_id]
            player.courier, player.courier_state = self._handle(courier.handle), courier.state
        for projectile in message.linear_projectiles:
            self._read_linear(projectile)
        for number, item in enumerate(message.dropped_items[:MAX_GROUND_ITEMS]):
            ground = tables.ground_items[number]
            ground.handle, ground.visible_to = MAX_UNITS + number, 1 << self._team
            ground.x, ground.y = item.location.x, item.location.y
            ground.held[0].definition = self._rows.items.get(item.item_id, -1)
        for number, rune in enumerate(message.rune_infos[:NUM_RUNE_SPOTS]):
            self._read_rune(number, rune, own)
        for event in message.ability_events:
            if event.ability_id in self._rows.abilities:
                self._tell(EventKind.ABILITY_CAST, self._handle(event.unit_handle), NO_UNIT,
                           reason=self._rows.abilities[event.ability_id])
        for event in message.damage_events:
            self._tell(EventKind.DAMAGE, self._handle(event.victim_unit_handle),
                       self._handle(event.attacker_unit_handle), value=event.damage)
        for event in message.courier_killed_events:
            player = self._loser(event.team_id)
            if player is not None:
                self._tell(EventKind.COURIER_KILLED, self._handle(event.courier_unit_handle),
                           self._handle(event.killer_unit_handle), player=player)

    def _read_rune(self, number: int, message, side: int) -> None:
        """Reads what a place to which runes come is known to hold; one in sight lies there."""
        tables = self._tables
        tables.has_runes = 1
        spot = tables.rune_spots[number]
        spot.x, spot.y = message.location.x, message.location.y
        spot.seen_kind[:], spot.seen_tick[:] = UNKNOWN_RUNE, NEVER
        spot.seen_kind[side] = {
            RuneStatus.AVAILABLE: message.type, RuneStatus.MISSING: NO_RUNE}.get(
                message.status, UNKNOWN_RUNE)
        if not message.HasField("time_since_seen"):
            return
        age = round(message.time_since_seen * TICKS_PER_SECOND)
        spot.seen_tick[side] = self._tick - age
        # The fog is worked out at intervals.
        if age >= self._patch.record.rules.vision_interval * TICKS_PER_SECOND:
            return
        spot.visible_to = 1 << self._team
        if message.status == RuneStatus.AVAILABLE:
            rune = tables.runes[number]
            rune.handle, rune.kind, rune.spot = MAX_UNITS + number, message.type, number
            rune.x, rune.y, rune.visible_to = spot.x, spot.y, 1 << self._team

    def _loser(self, team: int) -> int | None:
        """Returns the first player of a team that may have lost its courier, of which the
        message tells the team alone; None if it has none."""
        players = [player for player in self._tables.players
                   if player.team == team and player.definition >= 0]
        players.sort(key=lambda player: bool(player.courier))
        return int(players[0].player) if players else None

    def _handle(self, handle: int) -> int:
        return NO_UNIT if handle == NO_HANDLE else self._handle_of(handle)

    def _until(self, seconds: float) -> int:
        return self._tick + round(seconds * TICKS_PER_SECOND)

    def _row(self, handle: int) -> np.record:
        """Returns the UNIT record of a handle, which lies within `num_rows` from now on."""
        row = handle % MAX_UNITS
        self._tables.num_rows = max(int(self._tables.num_rows), row + 1)
        return self._tables.units[row]

    def _read_fields(self, listed, message, record) -> None:
        """Sets the columns that a list of fields tells."""
        for field in listed:
            if field.told in fields.ONLY_TOLD or not message.HasField(field.name):
                continue
            value, told, column = getattr(message, field.name), field.told, field.column
            if told == Told.WAIT:
                value = self._until(value)
            elif told == Told.CLOCK:
                value = self._start_tick + round(value * TICKS_PER_SECOND)
            elif told == Told.NUMBER:
                value *= field.argument
            elif told == Told.DEGREES:
                value = math.radians(value)
            elif told == Told.KNOWN:
                value = self._handle(value)
            elif told == Told.BIT:
                value = record[column] | int(value) << int(field.argument)
            elif told == Told.EQUAL:
                value = field.argument if value else record[column]
            elif told in (Told.MEAN, Told.SPREAD, Told.POSITIVE):
                continue  # read together with others
            record[column] = value

    def _read_unit(self, message) -> None:
        definition = self._rows.definitions.get(message.name)
        if definition is None:
            return
        handle = self._handle_of(message.handle)
        unit = self._row(handle)
        unit.last_attack_tick = NEVER
        self._read_fields(fields.UNIT_FIELDS, message, unit)
        if message.flying_courier:
            unit.states |= FLYING
        unit.handle, unit.definition, unit.visible_to = handle, definition, 1 << self._team
        unit.x, unit.y, unit.z = (
            message.location.x, message.location.y, message.location.z)
        # A half of the bonus went up with a half of the mean.
        half = (message.attack_damage - message.base_damage - message.bonus_damage) / 2.0
        unit.damage_min = message.base_damage - message.base_damage_variance + half
        unit.damage_max = message.base_damage + message.base_damage_variance + half
        unit.bonus_damage = message.bonus_damage + half
        if message.HasField("attacks_per_second"):
            unit.attack_interval = self._interval(message, definition)
        if message.unit_type == UnitType.HERO and message.player_id >= 0:
            self._read_hero(message, handle, definition)
        for modifier in message.modifiers:
            self._read_modifier(modifier, handle)
        for projectile in message.incoming_tracking_projectiles:
            self._read_tracking(projectile, handle, unit)

    def _interval(self, message, definition: int) -> float:
        """Returns the seconds between attacks, of which the message has the whole rate only."""
        rate = message.attacks_per_second
        seconds = float(self._patch.record.definitions[definition].attack_rate)
        if message.attack_speed > 0.0 and seconds > 0.0:
            seconds /= message.attack_speed
            if math.floor(1.0 / seconds) == rate:
                return seconds
        return 1.0 / (rate + 0.5)

    def _read_hero(self, message, handle: int, definition: int) -> None:
        seat = message.player_id
        player = self._tables.players[seat]
        player.hero, player.definition, player.level = handle, definition, message.level
        player.player, player.team = seat, message.team_id
        self._read_fields(fields.HERO_FIELDS, message, player)
        self._read_fields(fields.OWN_HERO_FIELDS, message, player)
        if message.HasField("xp_needed_to_level"):
            levels = self._patch.record.rules.xp_total_at_level
            if message.level < len(levels):
                player.xp = round(levels[message.level]) - message.xp_needed_to_level
        for place, rows, listed, own in (
                ("abilities", self._rows.abilities, fields.ABILITY_FIELDS,
                 fields.OWN_ABILITY_FIELDS),
                ("items", self._rows.items, fields.ITEM_FIELDS, fields.OWN_ITEM_FIELDS)):
            table = getattr(self._tables, place)[seat]
            for ability in getattr(message, place):
                if ability.ability_id in rows and ability.slot < len(table):
                    record = table[ability.slot]
                    record.definition = rows[ability.ability_id]
                    self._read_fields(listed, ability, record)
                    self._read_fields(own, ability, record)
        held = self._tables.items[seat]["definition"]
        player.scepter_eaten = message.has_scepter and self._patch.item(SCEPTER) not in held

    def _read_player(self, message) -> None:
        definition = self._rows.heroes.get(message.hero_id)
        if definition is None:
            return
        seat = message.player_id
        player = self._tables.players[seat]
        self._read_fields(fields.PLAYER_FIELDS, message, player)
        player.definition = definition
        player.respawn_tick = self._until(message.respawn_time)
        if player.hero == NO_UNIT:
            self._add_unseen_hero(message, player)

    def _add_unseen_hero(self, message, player: np.record) -> None:
        """Gives a hero that is out of sight a row that tells no more than whether it lives."""
        wounds = [event.victim_unit_handle for event in self._message.damage_events
                  if event.victim_player_id == message.player_id]
        player.hero = self._handle_of(wounds[-1]) if wounds else (
            2 * MAX_UNITS - 1 - message.player_id)
        unit = self._row(int(player.hero))
        unit.handle, unit.unit_type, unit.definition = (
            player.hero, UnitType.HERO, player.definition)
        unit.team, unit.player, unit.alive = (
            message.team_id, message.player_id, message.is_alive)
        unit.last_attack_tick = NEVER

    def _read_modifier(self, message, parent: int) -> None:
        definition = self._rows.modifiers.get(message.name)
        row = int(self._tables.num_modifiers)
        if definition is None or row == MAX_MODIFIERS:
            return
        self._tables.num_modifiers = row + 1
        modifier = self._tables.modifiers[row]
        modifier.definition, modifier.parent = definition, parent
        modifier.visible_to = 1 << self._team
        self._read_fields(fields.MODIFIER_FIELDS, message, modifier)

    def _new_projectile(self, message) -> np.record | None:
        row = int(self._tables.num_projectiles)
        if row == MAX_PROJECTILES:
            return None
        self._tables.num_projectiles = row + 1
        projectile = self._tables.projectiles[row]
        projectile.visible_to = 1 << self._team
        projectile.source = self._handle(message.caster_handle)
        projectile.x, projectile.y = message.location.x, message.location.y
        return projectile

    def _read_tracking(self, message, target: int, unit: np.record) -> None:
        projectile = self._new_projectile(message)
        if projectile is not None:
            projectile.target = target
            projectile.x_target, projectile.y_target = unit.x, unit.y
            self._read_fields(fields.TRACKING_FIELDS, message, projectile)

    def _read_linear(self, message) -> None:
        projectile = self._new_projectile(message)
        if projectile is not None:
            velocity = message.velocity
            projectile.is_linear, projectile.dodgeable = 1, 0
            projectile.speed = math.hypot(velocity.x, velocity.y)
            projectile.x_target = projectile.x + velocity.x
            projectile.y_target = projectile.y + velocity.y
            self._read_fields(fields.LINEAR_FIELDS, message, projectile)

    def _tell(self, kind: EventKind, subject: int, actor: int, **values) -> None:
        event = self._tables.events[int(self._tables.num_events) % MAX_EVENTS]
        self._tables.num_events += 1
        event.tick, event.kind, event.subject, event.object = self._tick, kind, subject, actor
        event.player = -1
        for name, value in values.items():
            event[name] = value


class _Rows:
    """A patch's rows by what the message calls them."""

    def __init__(self, patch):
        record = patch.record
        self.definitions = {name: row for row, name in enumerate(patch.definition_names)}
        self.heroes = {int(record.definitions[row].hero_id): row
                       for row in range(int(record.num_heroes))}
        self.abilities = {number: row for row, number in enumerate(ability_ids(patch))}
        self.items = {int(record.items[row].item_id): row
                      for row in range(len(patch.item_names))}
        self.modifiers = {name: row for row, name in enumerate(patch.modifier_names)}


@functools.lru_cache(maxsize=4)
def _rows(patch) -> _Rows:
    return _Rows(patch)
