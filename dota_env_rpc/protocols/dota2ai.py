"""dota2ai: what an HTTP bot is told of a match, and what its replies ask for.

docs/dota2ai.md describes the protocol. A bot is told of the world as JSON objects by handle, in
the names of the dota2ai mod for Dota 2, and replies with a command. The mod's reference server
refuses fields that it does not know, so entities have exactly those that are written here.
"""

import collections
from collections.abc import Iterable, Mapping, Sequence
import functools
import json
import math
import re
from typing import Any

from dota_env_rpc.match import enums
from dota_env_rpc.match.clock import seconds
from dota_env_rpc.match.enums import UnitOrder, UnitType
from dota_env_rpc.match.order import Order
from dota_env_rpc.match.tables import (
    ABILITY,
    ATTRIBUTE_SLOT,
    MAX_UNITS,
    NO_UNIT,
    NUM_ABILITY_SLOTS,
    NUM_ITEM_SLOTS,
    PLAYER,
    UNIT,
)
from dota_env_rpc.match.targeting import BEHAVIOR, TARGET_TYPE

__all__ = [
    "ReplyError", "TREE_KEY", "ability_of", "chat", "encode", "hero_of", "order_of", "parse",
    "world"]

# Trees have keys from here on, behind all handles.
TREE_KEY = 1 << 24
LARGEST_HANDLE = 1 << 53
# A command is a few dozen characters; no number in it needs more than these.
LONGEST_NUMBER = 64

_Unit = collections.namedtuple("_Unit", UNIT.names)
_Player = collections.namedtuple("_Player", PLAYER.names)
_Ability = collections.namedtuple("_Ability", ABILITY.names)

# What Entity.GetName gives units that the map does not name. Source: the base classes of
# npc_units.txt.
_CREEP, _SIEGE_CREEP, _NEUTRAL = "npc_dota_creep_lane", "npc_dota_creep_siege", (
    "npc_dota_creep_neutral")
_FOUNTAINS = {"radiant": "ent_dota_fountain_good", "dire": "ent_dota_fountain_bad"}
_BUILDINGS = (UnitType.BARRACKS, UnitType.SHRINE, UnitType.FORT, UnitType.BUILDING)
# Source: the game's script API, ABILITY_TYPES.
_BASIC, _ULTIMATE, _ATTRIBUTES = range(3)

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)


class ReplyError(ValueError):
    """A bot's reply cannot be carried out; the message says why."""


# What bots are told.


def world(
        tables, patch, team: int,
        felled_trees: Iterable[tuple[int, Sequence[float]]] = ()) -> dict[str, Any]:
    """Tells what one team sees of a match: the body of /update.

    The living units that the team sees are told, and nothing of what only an enemy hero's owner
    knows: its gold, experience, denies and cooldowns are 0.

    Args:
        tables: The match, a TABLES record.
        patch: The Patch that it is played with.
        team: A Team that plays.
        felled_trees: Number and place (x, y, z) of the felled trees that the team sees.

    Returns:
        {"entities": {handle: entity}}, ready for `encode`.
    """
    names = _names(patch)
    team = int(team)
    units = [
        _Unit._make(row) for row in tables["units"][:int(tables["num_rows"])].tolist()]
    known = {
        unit.handle: unit for unit in units
        if unit.handle != NO_UNIT and unit.alive and (
            unit.team == team or unit.visible_to >> team & 1)}
    entities = {handle: _unit(unit, known, names) for handle, unit in known.items()}
    for handle, unit in known.items():
        if unit.unit_type == UnitType.HERO and unit.player >= 0:
            entities[handle].update(_hero(tables, unit, names, own=unit.team == team))
    for number, place in felled_trees:
        entities[TREE_KEY + number] = {
            "type": "Tree", "origin": [round(value, 2) for value in place]}
    return {"entities": entities}


def chat(text: str, player: int, team_only: bool = False) -> dict[str, Any]:
    """Tells that a player said something, to all or to its team: the body of /chat."""
    return {"teamOnly": team_only, "player": int(player), "text": text}


def encode(message: Mapping[str, Any]) -> bytes:
    """Returns a message as JSON."""
    return json.dumps(message, allow_nan=False, separators=(",", ":")).encode()


def _unit(unit: _Unit, known: Mapping[int, _Unit], names: "_Names") -> dict[str, Any]:
    """Returns what every unit has."""
    states = unit.states
    result = {
        "type": _type(unit.unit_type),
        "name": names.of(unit),
        "team": unit.team,
        "level": unit.level,
        "health": math.ceil(unit.health),
        "maxHealth": round(unit.max_health),
        "mana": round(unit.mana, 2),
        "maxMana": round(unit.max_mana, 2),
        "alive": bool(unit.alive),
        "blind": bool(states & enums.BLIND),
        "dominated": bool(states & enums.DOMINATED),
        "deniable": names.deniable(unit),
        "disarmed": bool(states & enums.DISARMED),
        "rooted": bool(states & enums.ROOTED),
        "attackRange": round(unit.attack_range, 2),
        "origin": [round(unit.x, 2), round(unit.y, 2), round(unit.z, 2)],
    }
    if unit.attack_target in known:
        result["attackTarget"] = unit.attack_target
    return result


def _type(unit_type: int) -> str:
    if unit_type == UnitType.HERO:
        return "Hero"
    if unit_type == UnitType.TOWER:
        return "Tower"
    return "Building" if unit_type in _BUILDINGS else "BaseNPC"


def _hero(tables, unit: _Unit, names: "_Names", own: bool) -> dict[str, Any]:
    """Returns what heroes alone have."""
    player = _Player._make(tables["players"][unit.player].tolist())
    tick = int(tables["tick"])
    abilities = {}
    for slot, row in enumerate(tables["abilities"][unit.player].tolist()):
        ability = _Ability._make(row)
        if ability.definition < 0:
            continue
        remaining = max(seconds(ability.cooldown_ready_tick - tick), 0.0) if own else 0.0
        abilities[slot] = {
            **names.ability(ability.definition),
            "abilityIndex": slot,
            "level": ability.level,
            "maxLevel": ability.max_level,
            "abilityDamage": names.damage(ability.definition, ability.level),
            "cooldownTime": round(ability.cooldown, 2),
            "cooldownTimeRemaining": round(remaining, 2),
        }
        if slot == ATTRIBUTE_SLOT:
            abilities[slot]["abilityType"] = _ATTRIBUTES
    return {
        "gold": player.reliable_gold + player.unreliable_gold if own else 0,
        "xp": player.xp if own else 0,
        "deaths": player.deaths,
        "denies": player.denies if own else 0,
        "abilities": abilities,
    }


class _Names:
    """What a patch's rows are called in this protocol."""

    def __init__(self, patch):
        self._definitions = patch.definition_names
        self._entities = {}
        for building in patch.map["buildings"]:
            name = building["entity"]
            if building["type"] == "fountain":
                name = _FOUNTAINS[building["team"]]
            if name:
                self._entities[building["x"], building["y"]] = name
        self._rules = patch.record.rules
        self._ability_names = patch.ability_names
        self._numbers = patch.record.abilities
        self._told = patch.abilities["abilities"]
        self._talents = {
            talent["name"] for talents in patch.abilities["talents"].values()
            for talent in talents}
        self._fixed: dict[int, dict[str, Any]] = {}

    def of(self, unit: _Unit) -> str:
        """Returns a unit's name: heroes and buildings have one of their own, creeps a kind."""
        if unit.unit_type == UnitType.LANE_CREEP:
            return _SIEGE_CREEP if unit.traits & enums.SIEGE else _CREEP
        if unit.unit_type == UnitType.JUNGLE_CREEP:
            return _NEUTRAL
        name = self._definitions[unit.definition]
        if unit.traits & enums.STRUCTURE:
            return self._entities.get((unit.x, unit.y), name)
        return name

    def deniable(self, unit: _Unit) -> bool:
        """Returns whether a unit is weak enough that its own side may attack it."""
        rules, kind = self._rules, unit.unit_type
        share = unit.health / unit.max_health if unit.max_health > 0.0 else 1.0
        if kind == UnitType.HERO:
            return bool(unit.states & enums.SPECIALLY_DENIABLE
                        and share < rules.deny_hero_health)
        if kind == UnitType.TOWER:
            return bool(share <= rules.deny_tower_health)
        if unit.traits & enums.STRUCTURE or kind == UnitType.COURIER:
            return False
        return bool(share < rules.deny_creep_health)

    def ability(self, definition: int) -> dict[str, Any]:
        """Returns what of an ability never changes."""
        if definition not in self._fixed:
            numbers, name = self._numbers[definition], self._ability_names[definition]
            kind = _ULTIMATE if numbers.ultimate else _BASIC
            self._fixed[definition] = {
                "type": "Ability",
                "name": name,
                "targetFlags": int(numbers.target_flags),
                "targetTeam": int(numbers.target_team),
                "targetType": int(numbers.target_type),
                "abilityType": _ATTRIBUTES if name in self._talents else kind,
                "abilityDamageType": int(numbers.damage_type),
            }
        return self._fixed[definition]

    def damage(self, definition: int, level: int) -> int:
        """Returns the damage that the game's files give a whole ability, which few have."""
        levels = self._told.get(self._ability_names[definition], {}).get("damage")
        if not levels or level < 1:
            return 0
        return round(levels[min(level, len(levels)) - 1])


@functools.lru_cache(maxsize=4)
def _names(patch) -> _Names:
    return _Names(patch)


# What bots reply.


def parse(body: bytes) -> dict[str, Any]:
    """Reads a reply.

    Raises:
        ReplyError: it is no JSON object.
    """
    try:
        message = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ReplyError("the reply is no JSON") from None
    if not isinstance(message, dict):
        raise ReplyError("the reply is no JSON object")
    return message


def hero_of(reply: Mapping[str, Any], heroes: Sequence[str]) -> str:
    """Returns the hero that a reply to /select asks for.

    Raises:
        ReplyError: it names none of `heroes`.
    """
    hero = reply.get("hero")
    if not isinstance(hero, str) or hero not in heroes:
        raise ReplyError(f"'hero' is {_short(hero)}, which is no hero")
    return hero


def ability_of(reply: Mapping[str, Any]) -> Order | None:
    """Returns the order to learn what a reply to /levelup asks for; None to wait with it.

    Raises:
        ReplyError: 'abilityIndex' is no slot of an ability.
    """
    slot = _integer(reply, "abilityIndex", -1, NUM_ABILITY_SLOTS - 1)
    return None if slot < 0 else Order(UnitOrder.TRAIN_ABILITY, ability=slot)


def order_of(reply: Mapping[str, Any], tables, patch, seat: int) -> Order | None:
    """Returns the order that a reply to /update asks for; None to go on as before.

    Whether the rules accept the order is for them to say.

    Args:
        reply: What `parse` returned.
        tables: The match, a TABLES record.
        patch: The Patch that it is played with, with its content.
        seat: Player slot of the bot.

    Raises:
        ReplyError: the command is unknown, or what it needs is missing or makes no sense.
    """
    command = reply.get("command")
    if command in ("NOOP", "SELECT"):  # heroes are selected before the match
        return None
    if command == "MOVE":
        return Order(UnitOrder.MOVE_TO_POSITION, position=_place(reply))
    if command == "ATTACK":
        return Order(UnitOrder.ATTACK_TARGET, target=_handle(reply))
    if command == "CAST":
        return _cast(reply, tables, patch, seat)
    if command == "USE_ITEM":
        return _use(reply, tables, patch, seat)
    if command == "SELL":
        return Order(UnitOrder.SELL_ITEM, item=_integer(reply, "slot", 0, NUM_ITEM_SLOTS - 1))
    if command == "BUY":
        item = reply.get("item")
        if not isinstance(item, str) or item not in patch.item_names:
            raise ReplyError(f"'item' is {_short(item)}, which is no item")
        return Order(UnitOrder.PURCHASE_ITEM, item_to_buy=patch.item(item))
    raise ReplyError(f"'command' is {_short(command)}, which is unknown")


def _cast(reply: Mapping[str, Any], tables, patch, seat: int) -> Order:
    slot = _integer(reply, "ability", 0, NUM_ABILITY_SLOTS - 1)
    definition = int(tables["abilities"][seat, slot]["definition"])
    if definition < 0:
        raise ReplyError(f"'ability' is {slot}, but the hero has none there")
    behavior = patch.record.ability_behaviors[definition]
    return _aim(reply, behavior, tables, seat, ability=slot)


def _use(reply: Mapping[str, Any], tables, patch, seat: int) -> Order:
    slot = _integer(reply, "slot", 0, NUM_ITEM_SLOTS - 1)
    definition = int(tables["items"][seat, slot]["definition"])
    if definition < 0:
        raise ReplyError(f"'slot' is {slot}, but the hero has nothing there")
    behavior = patch.record.item_behaviors[definition]
    return _aim(reply, behavior, tables, seat, item=slot)


def _aim(reply: Mapping[str, Any], behavior, tables, seat: int, **slot: int) -> Order:
    """Returns the order to cast what has `behavior` as far as the reply says at what.

    A target of 0 or less is none. Without one, what may be cast on the caster is, and what is
    cast on trees takes the one that is nearest to the caster.
    """
    bits = int(behavior.bits)
    target = _handle(reply) if "target" in reply else NO_UNIT
    hero = tables["units"][int(tables["players"][seat]["hero"]) % MAX_UNITS]
    placed = "x" in reply and "y" in reply
    if bits & BEHAVIOR["toggle"]:
        return Order(UnitOrder.CAST_TOGGLE, **slot)
    if target > 0 and bits & (BEHAVIOR["unit_target"] | BEHAVIOR["optional_unit_target"]):
        return Order(UnitOrder.CAST_TARGET, target=target, **slot)
    if int(behavior.target_kind) & TARGET_TYPE["tree"]:
        place = _place(reply) if placed else (float(hero["x"]), float(hero["y"]))
        return Order(UnitOrder.CAST_TARGET_TREE, position=place, **slot)
    if placed and bits & (BEHAVIOR["point"] | BEHAVIOR["optional_point"]):
        return Order(UnitOrder.CAST_POSITION, position=_place(reply), **slot)
    if bits & (BEHAVIOR["no_target"] | BEHAVIOR["optional_no_target"]):
        return Order(UnitOrder.CAST_NO_TARGET, **slot)
    if bits & BEHAVIOR["unit_target"]:
        on_self = int(hero["handle"]) if behavior.on_self else NO_UNIT
        return Order(UnitOrder.CAST_TARGET, target=on_self, **slot)
    if bits & BEHAVIOR["point"]:
        raise ReplyError("it is cast on a place, but 'x' or 'y' is missing")
    return Order(UnitOrder.CAST_NO_TARGET, **slot)  # passive: the rules say so


def _handle(reply: Mapping[str, Any]) -> int:
    return max(_integer(reply, "target", -LARGEST_HANDLE, LARGEST_HANDLE), NO_UNIT)


def _place(reply: Mapping[str, Any]) -> tuple[float, float]:
    return _real(reply, "x"), _real(reply, "y")


def _real(reply: Mapping[str, Any], name: str) -> float:
    """Returns a finite number, which may come as a string."""
    value = reply.get(name)
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER and _NUMBER.fullmatch(
            value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ReplyError(f"{name!r} is {_short(value)}, which is no number")
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ReplyError(f"{name!r} is not finite")
    return value


def _integer(reply: Mapping[str, Any], name: str, low: int, high: int) -> int:
    value = _real(reply, name)
    if value != math.floor(value) or not low <= value <= high:
        raise ReplyError(
            f"{name!r} is {_short(reply[name])}, but must be a whole number from {low} to {high}")
    return int(value)


def _short(value: Any) -> str:
    """Returns a value in at most a line, for an error."""
    text = "missing" if value is None else ascii(value) if isinstance(
        value, (str, int, float)) else f"a {type(value).__name__}"
    return text if len(text) <= 80 else f"{text[:77]}..."


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


