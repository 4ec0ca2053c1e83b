"""A match as CMsgBotWorldState: the message in which the game tells its bots what they may know.

docs/world_state.md lists each field with the column of the tables that fills it. What the tables
do not hold stays unset, and then reads as the default that the message gives it.
"""

import collections
from collections.abc import Mapping
import functools
import math

import numpy as np

from dota_env_rpc.match import enums
from dota_env_rpc.match.clock import seconds
from dota_env_rpc.match.tables import (
    ABILITY,
    EVENT,
    ITEM,
    MAX_EVENTS,
    MAX_UNITS,
    MODIFIER,
    NEVER,
    NO_UNIT,
    NUM_ITEM_SLOTS,
    PLAYER,
    PROJECTILE,
    UNIT,
)
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState

NO_PLAYER = -1
SCEPTER = "item_ultimate_scepter"
# `time_of_day` is 0 at midnight; half of it passes between dawn and dusk.
DAWN, DUSK = 0.25, 0.75

# A record's fields as plain Python numbers, which are read ten times faster than NumPy's.
_Unit = collections.namedtuple("_Unit", UNIT.names)
_Player = collections.namedtuple("_Player", PLAYER.names)
_Ability = collections.namedtuple("_Ability", ABILITY.names)
_Item = collections.namedtuple("_Item", ITEM.names)
_Modifier = collections.namedtuple("_Modifier", MODIFIER.names)
_Projectile = collections.namedtuple("_Projectile", PROJECTILE.names)
_Event = collections.namedtuple("_Event", EVENT.names)

# The message's flag for each bit of `states`.
_STATES = {
    "is_attack_immune": enums.ATTACK_IMMUNE, "is_blind": enums.BLIND,
    "is_block_disabled": enums.BLOCK_DISABLED, "is_disarmed": enums.DISARMED,
    "is_dominated": enums.DOMINATED, "is_evade_disabled": enums.EVADE_DISABLED,
    "is_hexed": enums.HEXED, "is_invisible": enums.INVISIBLE,
    "is_invulnerable": enums.INVULNERABLE, "is_magic_immune": enums.MAGIC_IMMUNE,
    "is_muted": enums.MUTED, "is_nightmared": enums.NIGHTMARED, "is_rooted": enums.ROOTED,
    "is_silenced": enums.SILENCED, "is_specially_deniable": enums.SPECIALLY_DENIABLE,
    "is_stunned": enums.STUNNED, "is_unable_to_miss": enums.CANNOT_MISS,
}


def world_state(tables, patch, team: int, since_tick: int | None = None) -> CMsgBotWorldState:
    """Tells what one team may know of a match.

    Its own units are told whole, those of others while the team sees them: what their owners
    alone know (gold, experience, last hits, cooldowns, charges, buyback) stays unset.

    Args:
        tables: The match, a TABLES record.
        patch: The Patch that it is played with.
        team: A Team that plays.
        since_tick: Events after this tick are told; without it those of the present tick.

    Returns:
        A new message, with times in seconds, lengths in map units and angles in degrees.
    """
    return _Teller(tables, patch, team).tell(
        int(tables["tick"]) - 1 if since_tick is None else since_tick)


class _Teller:
    """One moment of a match as one team may know it."""

    def __init__(self, tables, patch, team: int):
        self._tables = tables
        self._patch = patch
        self._names = _names(patch)
        self._team = int(team)
        self._tick = int(tables["tick"])
        self._players = _rows(_Player, tables["players"])
        units = _rows(_Unit, tables["units"][:int(tables["num_rows"])])
        self._known = {unit.handle: unit for unit in units if self._knows(unit)}
        # Known or not, to tell what is out of sight from what died.
        self._living = {unit.handle for unit in units if unit.alive}
        self._seats = {player.hero: seat for seat, player in enumerate(self._players)}

    def _knows(self, unit: _Unit) -> bool:
        if unit.handle == NO_UNIT:
            return False
        if not unit.alive:
            return unit.team == self._team and unit.unit_type == enums.UnitType.HERO
        return unit.team == self._team or bool(unit.visible_to >> self._team & 1)

    def tell(self, since_tick: int) -> CMsgBotWorldState:
        tables = self._tables
        own = self._team - enums.Team.GOODGUYS
        glyph = [self._wait(tick) for tick in tables["glyph_ready_tick"].tolist()]
        return CMsgBotWorldState(
            team_id=self._team,
            game_time=self._game_time(self._tick),
            dota_time=seconds(self._tick),
            game_state=int(tables["game_state"]),
            time_of_day=self._time_of_day(),
            glyph_cooldown=glyph[own],
            glyph_cooldown_enemy=glyph[1 - own],
            players=[self._player(player) for player in self._players if player.definition >= 0],
            units=self._units(),
            damage_events=self._damage(since_tick))

    def _wait(self, tick: int) -> float:
        """Returns the seconds until `tick`, 0 when it has come."""
        return max(seconds(tick - self._tick), 0.0)

    def _game_time(self, tick: int) -> float:
        return seconds(tick - int(self._tables["start_tick"]))

    def _time_of_day(self) -> float:
        half = float(self._patch.record.rules.day_half_seconds)
        passed = max(seconds(self._tick), 0.0) % half / half
        return ((DAWN if self._tables["is_day"] else DUSK) + 0.5 * passed) % 1.0

    def _player(self, player: _Player) -> CMsgBotWorldState.Player:
        hero = self._tables["units"][player.hero % MAX_UNITS]
        result = CMsgBotWorldState.Player(
            player_id=player.player,
            hero_id=self._names.hero_ids[player.definition],
            is_alive=bool(hero["alive"]),
            respawn_time=0.0 if hero["alive"] else self._wait(player.respawn_tick),
            kills=player.kills,
            deaths=player.deaths,
            assists=player.assists,
            team_id=player.team)
        known = self._known.get(player.hero)
        if known is not None:
            result.primary_unit_handle = known.handle
            result.location.CopyFrom(_vector(known.x, known.y, known.z))
        return result

    def _units(self) -> list[CMsgBotWorldState.Unit]:
        modifiers = self._modifiers()
        incoming = self._incoming()
        result = []
        for unit in self._known.values():
            message = self._unit(unit)
            message.modifiers.extend(modifiers.get(unit.handle, ()))
            message.incoming_tracking_projectiles.extend(incoming.get(unit.handle, ()))
            result.append(message)
        return result

    def _unit(self, unit: _Unit) -> CMsgBotWorldState.Unit:
        base_damage = (unit.damage_min + unit.damage_max) / 2.0
        result = CMsgBotWorldState.Unit(
            handle=unit.handle,
            unit_type=unit.unit_type,
            name=self._patch.definition_names[unit.definition],
            team_id=unit.team,
            level=unit.level,
            location=_vector(unit.x, unit.y, unit.z),
            is_alive=bool(unit.alive),
            player_id=unit.player,
            bounding_radius=round(unit.bound_radius),
            facing=round(math.degrees(unit.facing)) % 360,
            ground_height=max(round(unit.z), 0),
            vision_range_daytime=round(unit.vision_day),
            vision_range_nighttime=round(unit.vision_night),
            health=math.ceil(unit.health),
            health_max=round(unit.max_health),
            health_regen=unit.health_regen,
            mana=math.floor(unit.mana),
            mana_max=round(unit.max_mana),
            mana_regen=unit.mana_regen,
            base_movement_speed=round(self._names.move_speeds[unit.definition]),
            current_movement_speed=round(unit.move_speed),
            anim_activity=unit.activity,
            base_damage=math.floor(base_damage),
            base_damage_variance=math.floor((unit.damage_max - unit.damage_min) / 2.0),
            bonus_damage=math.floor(unit.bonus_damage),
            attack_damage=math.floor(base_damage + unit.bonus_damage),
            attack_range=round(unit.attack_range),
            attack_speed=unit.attack_speed / 100.0,
            attack_anim_point=unit.attack_point,
            attack_acquisition_range=round(unit.acquisition_range),
            attack_projectile_speed=round(unit.projectile_speed),
            bounty_xp=round(unit.bounty_xp),
            bounty_gold_min=round(unit.bounty_gold_min),
            bounty_gold_max=round(unit.bounty_gold_max),
            armor=unit.armor,
            magic_resist=unit.magic_resistance,
            **_states(unit.states))
        if unit.attack_interval > 0.0:
            result.attacks_per_second = math.floor(1.0 / unit.attack_interval)
        if unit.last_attack_tick != NEVER:
            result.last_attack_time = self._game_time(unit.last_attack_tick)
        target = self._known.get(unit.attack_target)
        if target is not None:
            result.attack_target_handle = target.handle
            result.attack_target_name = self._patch.definition_names[target.definition]
        if unit.unit_type == enums.UnitType.HERO and unit.player >= 0:
            self._add_hero(result, unit)
        return result

    def _add_hero(self, result: CMsgBotWorldState.Unit, unit: _Unit) -> None:
        """Adds what heroes alone have."""
        player = self._players[unit.player]
        own = unit.team == self._team
        result.primary_attribute = self._names.primary_attributes[unit.definition]
        result.strength = math.floor(player.strength)
        result.agility = math.floor(player.agility)
        result.intelligence = math.floor(player.intelligence)
        abilities = _rows(_Ability, self._tables["abilities"][unit.player])
        result.abilities.extend(
            self._ability(slot, ability, self._names.ability_ids, unit, own)
            for slot, ability in enumerate(abilities) if ability.definition >= 0)
        items = _rows(
            _Item, self._tables["items"][unit.player][:NUM_ITEM_SLOTS])
        result.items.extend(
            self._ability(slot, item, self._names.item_ids, unit, own)
            for slot, item in enumerate(items) if item.definition >= 0)
        result.has_scepter = any(
            self._patch.item_names[item.definition] == SCEPTER
            for item in items if item.definition >= 0)
        if not own:
            return
        result.respawn_time = 0.0 if unit.alive else self._wait(player.respawn_tick)
        result.buyback_cost = player.buyback_cost
        result.buyback_cooldown = self._wait(player.buyback_ready_tick)
        result.xp_needed_to_level = self._names.xp_needed(player.level, player.xp)
        result.ability_points = player.ability_points
        result.reliable_gold = player.reliable_gold
        result.unreliable_gold = player.unreliable_gold
        result.last_hits = player.last_hits
        result.denies = player.denies
        result.net_worth = player.net_worth

    def _ability(
            self, slot: int, row: _Ability | _Item, ids: list[int], caster: _Unit, own: bool,
    ) -> CMsgBotWorldState.Ability:
        result = CMsgBotWorldState.Ability(
            ability_id=ids[row.definition], slot=slot, caster_handle=caster.handle,
            level=row.level, cast_range=round(row.cast_range))
        if own:
            result.cooldown_remaining = self._wait(row.cooldown_ready_tick)
            result.is_fully_castable = bool(row.castable)
            result.charges = row.charges
        return result

    def _modifiers(self) -> Mapping[int, list[CMsgBotWorldState.Modifier]]:
        """Returns the modifiers that the team sees, by the handle of who has them."""
        result = collections.defaultdict(list)
        modifiers = self._tables["modifiers"]
        for modifier in _rows(_Modifier, modifiers[modifiers["parent"] != NO_UNIT]):
            if modifier.visible_to >> self._team & 1:
                result[modifier.parent].append(CMsgBotWorldState.Modifier(
                    stack_count=modifier.stacks,
                    remaining_duration=self._wait(modifier.expire_tick)))
        return result

    def _incoming(self) -> Mapping[int, list[CMsgBotWorldState.TrackingProjectile]]:
        """Returns the projectiles that the team sees, by the handle that they fly at."""
        result = collections.defaultdict(list)
        count = int(self._tables["num_projectiles"])
        for projectile in _rows(_Projectile, self._tables["projectiles"][:count]):
            target = self._known.get(projectile.target)
            if target is None or not projectile.visible_to >> self._team & 1:
                continue
            message = CMsgBotWorldState.TrackingProjectile(
                caster_player_id=NO_PLAYER,
                location=_vector(projectile.x, projectile.y, target.z),
                velocity=round(projectile.speed),
                is_dodgeable=bool(projectile.dodgeable),
                is_attack=bool(projectile.is_attack),
                handle=projectile.handle)
            caster = self._known.get(projectile.source)
            if caster is not None:
                message.caster_handle = caster.handle
                message.caster_player_id = caster.player
                message.caster_unit_type = caster.unit_type
            result[target.handle].append(message)
        return result

    def _damage(self, since_tick: int) -> list[CMsgBotWorldState.EventDamage]:
        """Returns the wounds since a tick: of who is known, or died by the hand of who is."""
        result = []
        count = int(self._tables["num_events"])
        places = np.arange(max(count - MAX_EVENTS, 0), count) % MAX_EVENTS
        events = self._tables["events"]
        wounds = (events["kind"] == enums.EventKind.DAMAGE) & (events["tick"] > since_tick)
        for event in _rows(_Event, events[places[wounds[places]]]):
            victim, attacker = self._known.get(event.subject), self._known.get(event.object)
            if victim is None and (attacker is None or event.subject in self._living):
                continue
            seat = self._seats.get(event.subject, NO_PLAYER)
            message = CMsgBotWorldState.EventDamage(
                damage=round(event.value), victim_unit_handle=event.subject,
                victim_player_id=seat if victim is None else victim.player,
                attacker_player_id=NO_PLAYER if attacker is None else attacker.player)
            if attacker is not None:
                message.attacker_unit_handle = attacker.handle
            result.append(message)
        return result


class _Names:
    """Valve's numbers of what a patch's rows stand for, as lists."""

    def __init__(self, patch):
        record = patch.record
        definitions = record.definitions
        self.hero_ids = definitions["hero_id"].tolist()
        self.primary_attributes = definitions["primary_attribute"].tolist()
        self.move_speeds = definitions["move_speed"].tolist()
        ids = {name: ability["id"] for name, ability in patch.abilities["abilities"].items()}
        for talents in patch.abilities["talents"].values():
            ids.update((talent["name"], talent["id"]) for talent in talents)
        self.ability_ids = [ids[name] for name in patch.ability_names]
        self.item_ids = record.items["item_id"].tolist()
        self._xp_at_level = record.rules.xp_total_at_level.tolist()

    def xp_needed(self, level: int, xp: int) -> int:
        """Returns the experience that a hero of `level` lacks for the next one, 0 at the last."""
        if level >= len(self._xp_at_level):
            return 0
        return max(round(self._xp_at_level[level]) - xp, 0)


@functools.lru_cache(maxsize=1024)
def _states(bits: int) -> Mapping[str, bool]:
    return {name: bool(bits & bit) for name, bit in _STATES.items()}


@functools.lru_cache(maxsize=4)
def _names(patch) -> _Names:
    return _Names(patch)


def _rows(kind: type, records: np.ndarray) -> list:
    return [kind._make(row) for row in records.tolist()]


def _vector(x: float, y: float, z: float) -> CMsgBotWorldState.Vector:
    return CMsgBotWorldState.Vector(x=x, y=y, z=z)
