"""What a player would cast each ability and item for, told from what content lets it do."""

from collections.abc import Callable, Mapping
import functools
import math

from dota_env_rpc.content.expression import (
    NAMES,
    VALUE_PATTERN,
    ContentError,
    value_named,
)
from dota_env_rpc.content.vocabulary import (
    Ability,
    Action,
    AllHeroes,
    Area,
    Line,
    Modifier,
    OwnedUnits,
    flatten,
)
from dota_env_rpc.data.records import (
    BOLSTERS,
    DISABLES,
    FLEES,
    HEALS,
    HURTS,
    MAX_ABILITY_LEVELS,
    PURPOSES,
    RESTORES,
    SUMMONS,
    WEAKENS,
)
from dota_env_rpc.match.enums import DAMAGE_TYPE_PHYSICAL
from dota_env_rpc.match.targeting import TARGET_TEAM, bits

# Beyond these seconds, times and hit points, what an effect does is not counted on.
# Source: guess.
MOST_SECONDS = 6.0
MOST_TIMES = 4.0
MOST_DAMAGE = 900.0
# What thinks more often than this waits for something, which it then does once. Source: guess.
LEAST_INTERVAL = 0.1
WHOLE_MAP = 1e5
MOST_DEPTH = 6
DISABLING = {
    "STUNNED", "HEXED", "ROOTED", "SILENCED", "FEARED", "TAUNTED", "NIGHTMARED", "TETHERED",
    "DISARMED"}
# What is taken for a unit's numbers that are not known before the match. Source: guess.
TYPICAL = {
    "is_hero": 1.0, "is_enemy": 1.0, "is_alive": 1.0, "health": 600.0, "max_health": 800.0,
    "mana": 300.0, "max_mana": 400.0, "attack_damage": 60.0, "base_damage": 60.0, "level": 6.0,
    "strength": 30.0, "agility": 30.0, "intelligence": 30.0, "move_speed": 300.0,
}
FOE, OWN = range(2)
Numbers = Callable[[str, str, int], float]


class _Unit:
    """Stands for any unit in an expression."""

    def __getattr__(self, name: str) -> float:
        return TYPICAL.get(name, 0.0)


class _Nobody(_Unit):
    """Stands for the target of what is used on trees."""

    def __getattr__(self, name: str) -> float:
        return 0.0


_UNIT = _Unit()
_NAMES = {
    **{name: _UNIT for name in ("caster", "target", "attacker", "parent", "point")},
    **dict.fromkeys(NAMES, 0.0),
    "stacks": 1.0, "charges": 1.0, "is_day": 1.0, "min": min, "max": max,
    "floor": math.floor, "sqrt": lambda square: math.sqrt(max(square, 0.0)),
    "chance": lambda percent: 0.01 * percent,
    "random": lambda least, most: 0.5 * (least + most), "distance": lambda a, b: 0.0,
    "stacks_of": lambda unit, name: 0.0, "has": lambda unit, name: 0.0,
    "state": lambda unit, name: 0.0, "learned": lambda name: 0.0, "__builtins__": {},
}


@functools.cache
def _compiled(text: str):
    """Returns an expression of content as Python: values are calls of `value`."""
    readable = VALUE_PATTERN.sub(
        lambda found: "value({!r}, {!r})".format(*value_named(found)), text)
    return compile(readable.strip(), text, "eval")


class Estimate:
    """What one ability or item does at one level.

    Attributes:
        purpose: Bits of PURPOSES.
        damage_type: A DAMAGE_TYPE value, 0 for none.
        damage, heal, mana, ahead, radius, length, delay, speed: as in USE.
    """

    def __init__(self, ability: Ability, modifiers: Mapping[str, Modifier], team: int,
                 number: Callable[[str, str], float], level: int, on_trees: bool = False):
        """Reads what the ability does.

        Args:
            ability: Content.
            modifiers: All modifiers of content by name.
            team: TARGET_TEAM bits of whom it is cast on.
            number: Returns a value at the level, from the ability's name ("" for its own) and
                the value's.
            level: Level from 1 on.
            on_trees: Whether it is used on trees.
        """
        self.purpose = self.damage_type = 0
        self.damage = self.heal = self.mana = 0.0
        self.ahead = self.radius = self.length = self.delay = self.speed = 0.0
        self._lists = ability.Lists
        self._modifiers = modifiers
        self._names = {**_NAMES, "value": number, "level": float(level)}
        if on_trees:
            self._names["target"] = _Nobody()
        self._applied: set[str] = set()
        on = OWN if team == TARGET_TEAM["friendly"] else FOE
        for event in ("OnSpellStart", "OnChannelThink", "OnChannelFinish", "OnChannelSucceeded",
                      "OnToggleOn", "OnOrbImpact"):
            self._read(ability.Events.get(event, ()), 1.0, on, 0)
        self.damage = min(self.damage, MOST_DAMAGE)

    def _number(self, text: str | float | None) -> float:
        if text is None:
            return 0.0
        if not isinstance(text, str):
            return float(text)
        try:
            return float(eval(_compiled(text), self._names))  # noqa: S307, content is our own
        except ZeroDivisionError:
            return 0.0

    def _whose(self, target, on: int) -> int:
        """Notes the reach of a target of many; returns whether foes or the own side are meant."""
        if isinstance(target, OwnedUnits):
            return OWN
        if isinstance(target, (Area, Line, AllHeroes)):
            if isinstance(target, Area):
                self.radius = max(self.radius, self._number(target.Radius))
            elif isinstance(target, Line):
                self.length = max(self.length, self._number(target.Length))
                self.radius = max(self.radius, self._number(target.Width))
            else:
                self.radius = WHOLE_MAP
            return OWN if target.Teams == "FRIENDLY" else FOE
        if target == "CASTER":
            return OWN
        return on

    def _read(self, actions, times: float, on: int, depth: int) -> None:
        """Adds what a list of actions does so many times. on: whose side TARGET is on."""
        if depth > MOST_DEPTH:
            return
        rows = flatten(actions)
        place = 0
        while place < len(rows):
            action = rows[place]
            place += 1
            if action.word == "ELSE" or (
                    action.word == "IF" and not self._number(action.expressions[0])):
                place += action.place
            else:
                self._add(action, times, on, depth)

    def _add(self, action: Action, times: float, on: int, depth: int) -> None:
        word = action.word
        where = getattr(action.target, "Where", None)
        if where is not None and not self._number(where):
            return
        side = self._whose(action.target, on)
        first = self._number(action.expressions[0]) if action.expressions else 0.0
        if word == "DAMAGE" and side == FOE:
            self.purpose |= HURTS
            self.damage += times * max(first, 0.0)
            self.damage_type = action.options & 15
        elif word == "HEAL" and side == OWN:
            self.purpose |= HEALS
            self.heal += times * max(first, 0.0)
        elif word == "GIVE_MANA" and side == OWN:
            self.purpose |= RESTORES
            self.mana += times * first
        elif word in ("APPLY_MODIFIER", "CREATE_THINKER"):
            thinker = word == "CREATE_THINKER"
            self._apply(action, times, on if thinker else side, thinker, depth)
        elif word == "LINEAR_PROJECTILE":
            self.speed = first
            self.length = max(self.length, self._number(action.expressions[1]))
            self.radius = max(self.radius, self._number(action.expressions[2]))
            whose = self._whose(action.fits, on)
            self._read(action.block, times, whose, depth + 1)
            self._read(action.end_block, times, whose, depth + 1)
        elif word == "TRACKING_PROJECTILE":
            self.speed = first
            self._read(action.block, times, side, depth + 1)
        elif word == "DELAY":
            self.delay += first
            self._read(action.block, times, on, depth + 1)
        elif word == "ACT_ON_TARGETS":
            self._read(action.block, times, side, depth + 1)
        elif word == "REPEAT":
            self._read(action.block, times * min(first, MOST_TIMES), on, depth + 1)
        elif word == "DO":
            self._read(self._lists[action.names], times, on, depth + 2)
        elif word == "SET_POINT" and action.center == "CASTER" and first > 0.0:
            self.ahead = max(self.ahead, first)
        elif word == "PERFORM_ATTACK" and side == FOE:
            self.purpose |= HURTS
            self.damage += times * (first + TYPICAL["attack_damage"])
            self.damage_type = DAMAGE_TYPE_PHYSICAL
        elif word in ("KNOCKBACK", "MOVE_TO", "ATTACK_TARGET"):
            self.purpose |= DISABLES if side == FOE else FLEES
        elif word == "BLINK" and action.target == "CASTER":
            self.purpose |= FLEES
        elif word in ("SPAWN_UNIT", "CREATE_ILLUSION"):
            self.purpose |= SUMMONS

    def _apply(self, action: Action, times: float, side: int, thinker: bool, depth: int) -> None:
        """Adds what a modifier does for as long as it lasts."""
        modifier = self._modifiers[action.modifier]
        if modifier.name in self._applied:
            return
        self._applied.add(modifier.name)
        seconds = self._number(action.expressions[0]) or self._number(modifier.Duration)
        self._bear(modifier, seconds or MOST_SECONDS, times, side, thinker, depth)

    def _bear(self, modifier: Modifier, seconds: float, times: float, side: int, thinker: bool,
              depth: int) -> None:
        seconds = min(seconds, MOST_SECONDS) if side == FOE else seconds
        if not thinker:
            states = {state.removeprefix("MODIFIER_STATE_") for state in modifier.States}
            given = {
                name.removeprefix("MODIFIER_PROPERTY_"): self._number(text)
                for name, text in modifier.Properties.items()}
            if side == FOE:
                if states & DISABLING:
                    self.purpose |= DISABLES
                elif given:
                    self.purpose |= WEAKENS
            else:
                self.heal += seconds * given.get("HEALTH_REGEN_CONSTANT", 0.0)
                self.mana += seconds * given.get("MANA_REGEN_CONSTANT", 0.0)
                if given.get("HEALTH_REGEN_CONSTANT", 0.0) > 0.0:
                    self.purpose |= HEALS
                elif given.get("MANA_REGEN_CONSTANT", 0.0) > 0.0:
                    self.purpose |= RESTORES
                elif given or states or modifier.Barrier:
                    self.purpose |= BOLSTERS
        interval = self._number(modifier.ThinkInterval)
        for event in ("OnCreated", "OnDestroy", "OnIntervalThink"):
            count = times
            if event == "OnIntervalThink":
                if interval >= LEAST_INTERVAL:
                    count *= max(seconds / interval, 1.0)
            self._read(modifier.Events.get(event, ()), count, side, depth + 1)
        if modifier.Aura and depth < MOST_DEPTH:
            self.radius = max(self.radius, self._number(modifier.AuraRadius))
            self._bear(
                self._modifiers[modifier.Aura], seconds, times,
                OWN if modifier.AuraTeams == "FRIENDLY" else FOE, False, depth + 1)


def fill_use(use, ability: Ability, modifiers: Mapping[str, Modifier], entry: Mapping,
             numbers: Numbers, num_levels: int) -> None:
    """Fills the USE record of an ability or item.

    Args:
        use: The record.
        ability: Content.
        modifiers: All modifiers of content by name.
        entry: The ability's or item's row of the tables.
        numbers: Returns the value of an ability ("" for the own), by name and level.
        num_levels: How many levels it has, at least 1.

    Raises:
        ContentError: `BotUse` names an unknown purpose.
    """
    team = bits(entry.get("target_team"), TARGET_TEAM)
    for level in range(1, min(num_levels, MAX_ABILITY_LEVELS) + 1):
        estimate = Estimate(
            ability, modifiers, team, lambda owner, name, at=level: numbers(owner, name, at), level,
            "tree" in (entry.get("target_type") or ()))
        for name in ("damage", "heal", "mana", "ahead", "radius", "length"):
            use[name][level - 1:] = getattr(estimate, name)
        use.purpose, use.damage_type = estimate.purpose, estimate.damage_type
        use.delay, use.speed = estimate.delay, estimate.speed
    if use.purpose & HURTS:
        # What depends on the moment is taken from the first value that is named so.
        for name, words in (("damage", ("damage",)), ("radius", ("radius", "width", "aoe"))):
            keys = [key for key in entry.get("values") or {}
                    if any(word in key for word in words) and "pct" not in key]
            for level in range(1, MAX_ABILITY_LEVELS + 1):
                if use[name][level - 1] <= 0.0 and keys:
                    use[name][level - 1] = max(numbers("", keys[0], level), 0.0)
    if ability.BotUse:
        use.purpose = 0
        for word in ability.BotUse.split("|"):
            if word.strip() not in PURPOSES:
                raise ContentError(
                    f"{ability.name}: BotUse: there is no purpose {word.strip()!r}, but "
                    f"{', '.join(PURPOSES)}")
            use.purpose |= PURPOSES[word.strip()]
