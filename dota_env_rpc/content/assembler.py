"""Lays content out as the tables of behavior that the rules read."""

from collections.abc import Iterable, Mapping

import numpy as np

from dota_env_rpc.content.expression import ContentError, Expression
from dota_env_rpc.content.uses import fill_use
from dota_env_rpc.content.vocabulary import (
    DAMAGE_TYPES,
    Ability,
    Action,
    AllHeroes,
    Area,
    Line,
    Modifier,
    OwnedUnits,
    flatten,
)
from dota_env_rpc.data.patch import Patch
from dota_env_rpc.data.records import (
    MAX_ABILITY_LEVELS,
    MAX_ACTIONS,
    MAX_CHANGES,
    MAX_GIVEN_PROPERTIES,
    MAX_INSTRUCTIONS,
    MAX_MODIFIER_DEFINITIONS,
    MAX_VALUES,
)
from dota_env_rpc.match import enums
from dota_env_rpc.match.targeting import BEHAVIOR, TARGET_FLAGS, TARGET_TEAM, TARGET_TYPE, bits
from dota_env_rpc.match.words import (
    CASTS_ABILITIES,
    CHANGE_BY_HERO_LEVEL,
    CHANGE_BY_SCEPTER,
    CHANGE_BY_SHARD,
    CHANGE_BY_TALENT,
    END_OF_EXPRESSION,
    ILLUSIONS_ALL,
    ILLUSIONS_NUMBERS,
    MAX_ABILITY_VALUES,
    MAX_INTRINSICS,
    MOVES,
    NONE,
    NUM_PROPERTIES,
    USES_ITEMS,
    AbilityEvent,
    ModifierEvent,
    Property,
    Selector,
    Standard,
    Word,
)

# Where a standard number is in the tables: among the values, and in the header.
STANDARD_KEYS = {
    Standard.COOLDOWN: ("AbilityCooldown", "cooldown"),
    Standard.MANA_COST: ("AbilityManaCost", "mana_cost"),
    Standard.CAST_RANGE: ("AbilityCastRange", "cast_range"),
    Standard.CAST_POINT: ("AbilityCastPoint", "cast_point"),
    Standard.CHANNEL_TIME: ("AbilityChannelTime", "channel_time"),
    Standard.DURATION: ("AbilityDuration", "duration"),
    Standard.CHARGES: ("AbilityCharges", "charges"),
    Standard.CHARGE_RESTORE_TIME: ("AbilityChargeRestoreTime", "charge_restore"),
    Standard.DAMAGE: ("AbilityDamage", "damage"),
    Standard.HEALTH_COST: ("AbilityHealthCost", "health_cost"),
}
UNITS = {
    "CASTER": Selector.CASTER, "TARGET": Selector.TARGET, "ATTACKER": Selector.ATTACKER,
    "PARENT": Selector.PARENT, "POINT": Selector.POINT,
}
CENTERS = UNITS | {"POINT_END": Selector.POINT_END}
# What may go on beside a channel, beside abilities by name.
BESIDE_CHANNEL = {"MOVE": MOVES, "ITEMS": USES_ITEMS, "ABILITIES": CASTS_ABILITIES}
TEAMS = {name.upper(): TARGET_TEAM[name] for name in ("friendly", "enemy", "both")}
KINDS = {name.upper(): TARGET_TYPE[name] for name in (
    "hero", "creep", "building", "courier", "other", "tree")}
# Among those that can be chosen every basic unit counts as a creep.
KINDS["BASIC"] = KINDS["CREEP"]
FLAGS = {name.upper(): bit for name, bit in TARGET_FLAGS.items()}
GRANTS = {"": 0, "SCEPTER": CHANGE_BY_SCEPTER, "SHARD": CHANGE_BY_SHARD}
DISPELS = {"": 0, "BASIC": 1, "STRONG": 2}
ON_ILLUSIONS = {"": 0, "NUMBERS": ILLUSIONS_NUMBERS, "ALL": ILLUSIONS_ALL}
# What the names of the content of runes begin with, in front of a Rune in small letters.
RUNE_PREFIX = "rune_"
# Units of these kinds are what an ability of the tables may be cast on.
TARGET_KINDS = 1 | 2 | 4 | 16 | 32 | TARGET_TYPE["tree"]
BARRIERS = {
    1: Property.BARRIER_PHYSICAL, 2: Property.BARRIER_MAGICAL, 7: Property.BARRIER_ALL}


class Assembler:
    """Fills the behavior of a PATCH record from content.

    Attributes:
        modifier_names: Name of each row of `modifier_definitions`.
        values_used: Ability or item name to the names of its values that content reads.
    """

    def __init__(self, patch: Patch, record: np.record):
        """Begins with no behavior at all.

        Args:
            patch: Names and tables to resolve against.
            record: The PATCH record to fill.
        """
        self._patch = patch
        self._record = record
        self.modifier_names: list[str] = []
        self.values_used: dict[str, set[str]] = {}
        self._modifier_rows: dict[str, int] = {}
        self._owner = ""
        self._places: dict[tuple[str, str], int] = {}
        self._is_item = False
        # Actions that do a named list, until all lists of the ability are laid out.
        self._waiting: list[tuple] = []
        self._files: Mapping[str, str] = {}
        self._num_actions = self._num_instructions = 0
        self._num_properties = self._num_values = 0
        self._constants: dict[float, int] = {}
        self._rune_numbers = {"values": {
            rule.name.removeprefix("rune."): {"levels": [rule.value]} for rule in patch.rules
            if rule.name.startswith("rune.") and not isinstance(rule.value, tuple)}}
        self._talents = {
            talent["name"]: talent for hero in patch.abilities["talents"].values()
            for talent in hero}
        for name in ("ability_behaviors", "item_behaviors"):
            table = record[name]
            for field in (
                    "intrinsics", "blocks", "cast_filter", "keeps_charge", "enemy_range",
                    "channel_allows"):
                table[field] = NONE
        record.modifier_definitions["blocks"] = NONE
        for field in ("state_filter", "interval", "duration", "aura",
                      "aura_radius", "aura_linger", "aura_filter"):
            record.modifier_definitions[field] = NONE

    def assemble(
            self, abilities: Iterable[Ability], items: Iterable[Ability],
            files: Mapping[str, str] | None = None, runes: Iterable[Ability] = ()) -> None:
        """Lays out all content.

        Args:
            abilities: Content of abilities.
            items: Content of items.
            files: Name of an ability or item to the file that its content stands in.
            runes: Content of runes, which lie behind the items.

        Raises:
            ContentError: something in it cannot be; the message names file, ability and word.
        """
        abilities, items, runes = list(abilities), list(items), list(runes)
        self._files = files or {}
        for ability in (*abilities, *items, *runes):
            for modifier in ability.Modifiers:
                self._name_modifier(ability, modifier)
        for ability in abilities:
            self._lay_out(ability, self._ability_row(ability.name), is_item=False)
        for item in items:
            self._lay_out(item, self._patch.item(item.name), is_item=True)
        for rune in runes:
            self._lay_out(rune, self._rune_row(rune.name), is_item=True)

    def estimate(self, abilities: Iterable[Ability], items: Iterable[Ability]) -> None:
        """Tells what a player would cast each ability and item for."""
        abilities, items = list(abilities), list(items)
        modifiers = {modifier.name: modifier for ability in (*abilities, *items)
                     for modifier in ability.Modifiers}
        for ability in (*abilities, *items):
            self._owner, self._is_item = ability.name, ability.name.startswith("item_")
            entry = self._entry(ability.name)
            if self._is_item:
                use = self._record.item_uses[self._patch.item(ability.name)]
            else:
                use = self._record.ability_uses[self._ability_row(ability.name)]
            fill_use(use, ability, modifiers, entry, self._number_at,
                     max(int(entry.get("max_level") or 1), 1))

    def _number_at(self, owner: str, name: str, level: int) -> float:
        if self._is_item:
            return self._item_number(owner or self._owner, name)
        levels, _ = self._numbers(owner or self._owner, name)
        return float(levels[min(level, len(levels)) - 1])

    def _name_modifier(self, ability: Ability, modifier: Modifier) -> None:
        if modifier.name in self._modifier_rows:
            raise ContentError(
                f"{self._where(ability)}: there are two modifiers {modifier.name!r}")
        if len(self.modifier_names) == MAX_MODIFIER_DEFINITIONS:
            raise ContentError(f"there are more than {MAX_MODIFIER_DEFINITIONS} modifiers")
        self._modifier_rows[modifier.name] = len(self.modifier_names)
        self.modifier_names.append(modifier.name)

    def _lay_out(self, ability: Ability, row: int, is_item: bool) -> None:
        self._owner, self._is_item = ability.name, is_item
        self._places = {}
        self._waiting = []
        self.values_used.setdefault(ability.name, set())
        table = self._record.item_behaviors if is_item else self._record.ability_behaviors
        behavior = table[row]
        entry = self._entry(ability.name)
        try:
            self._add_standard(ability, entry)
            behavior.is_simulated = 1
            for word in (*ability.Behavior, *ability.ScepterBehavior):
                self._word(word, BEHAVIOR, "behavior")
            behavior.bits = bits(ability.Behavior or entry.get("behavior"), BEHAVIOR)
            behavior.target_kind = bits(entry.get("target_type"), TARGET_TYPE) & TARGET_KINDS
            behavior.target_team = bits(
                entry.get("target_team"), {"friendly": 1, "enemy": 2, "both": 3, "custom": 3})
            if ability.TargetTeam:
                behavior.target_team = self._word(ability.TargetTeam, TEAMS, "team")
            if ability.TargetTypes:
                behavior.target_kind = self._bits(ability.TargetTypes, KINDS, "type")
            behavior.target_flags = bits(entry.get("target_flags"), TARGET_FLAGS)
            if entry.get("immunity") == "enemies_yes":
                behavior.target_flags |= TARGET_FLAGS["magic_immune_enemies"]
            on_self = ability.CastOnSelf
            behavior.on_self = behavior.target_team & 1 if on_self is None else on_self
            behavior.granted_by = self._word(ability.GrantedBy, GRANTS, "grant")
            behavior.is_orb = ability.IsOrb
            behavior.orb_on_buildings = self._expression(ability.OrbOnBuildings)
            behavior.ignores_block = ability.IgnoresSpellBlock
            behavior.bits_scepter = bits(ability.ScepterBehavior, BEHAVIOR)
            if ability.ScepterLevels:
                levels, given = self._numbers(ability.name, ability.ScepterLevels)
                behavior.scepter_levels = int(given.get("scepter", ("", levels))[1][0])
                self.values_used[ability.name].add(ability.ScepterLevels)
            if ability.CastFilter is not None:
                behavior.cast_filter = self._expression(ability.CastFilter)
            if ability.ChannelAllows:
                behavior.channel_allows = self._expression(" or ".join(
                    f"amount == {self._beside_channel(what)} and ({where})"
                    for what, where in ability.ChannelAllows.items()))
            if is_item:
                behavior.needs_charges = int(bool(
                    entry.get("requires_charges") or entry.get("initial_charges")))
                behavior.gives_scepter = ability.GivesScepter
                behavior.from_backpack = ability.FromBackpack
                behavior.counts_casts = ability.CountsCasts
                behavior.rests_worn = ability.RestsWorn
                behavior.starts_toggled = ability.StartsToggled
                behavior.stores_runes = ability.StoresRunes
                behavior.keeps_charge = self._expression(ability.KeepsCharge)
            if ability.EnemyCastRange:
                behavior.enemy_range = self._place_of_value("", ability.EnemyCastRange)
            for event, actions in ability.Events.items():
                behavior.blocks[AbilityEvent[event]] = self._block(actions)
            if len(ability.Passives) > MAX_INTRINSICS:
                raise ContentError(f"more than {MAX_INTRINSICS} passives")
            for i, name in enumerate(ability.Passives):
                behavior.intrinsics[i] = self._row_of("modifier", name)
            for modifier in ability.Modifiers:
                self._lay_out_modifier(modifier, modifier.name in ability.Passives)
                self._record.modifier_definitions[self._modifier_rows[modifier.name]].owner = (
                    NONE if is_item else row)
            lists = {name: self._block(actions) for name, actions in ability.Lists.items()}
            for action, name in self._waiting:
                if name not in lists:
                    raise ContentError(f"DO: there is no list {name!r}, but {', '.join(lists)}")
                action.block = lists[name]
            self._lay_out_values(behavior, ability)
        except ValueError as error:
            raise ContentError(f"{self._where(ability)}: {error}") from error

    def _where(self, ability: Ability) -> str:
        """Returns what tells a writer of content which ability of which file is meant."""
        file = self._files.get(ability.name)
        return f"{file}: {ability.name}" if file else ability.name

    def _beside_channel(self, what: str) -> int:
        return BESIDE_CHANNEL[what] if what in BESIDE_CHANNEL else self._ability_row(what)

    def _rune_row(self, name: str) -> int:
        kind = name.removeprefix(RUNE_PREFIX).upper()
        return len(self._patch.item_names) + self._word(kind, enums.Rune.__members__, "rune")

    def _entry(self, name: str) -> Mapping:
        if name.startswith(RUNE_PREFIX):
            return self._rune_numbers
        if self._is_item or name.startswith("item_"):
            return self._patch.items["items"][name]
        return self._patch.abilities["abilities"].get(name) or self._talents.get(name) or {}

    def _ability_row(self, name: str) -> int:
        try:
            return self._patch.ability(name)
        except ValueError as error:
            raise ContentError(str(error)) from error

    # Values.

    def _add_standard(self, ability: Ability, entry: Mapping) -> None:
        """Gives every ability its standard numbers at the first places."""
        for standard in Standard:
            key, header = STANDARD_KEYS[standard]
            if standard.name in ability.Standard:
                key = ability.Standard[standard.name]
                self.values_used[ability.name].add(key)
                if key not in (entry.get("values") or {}):
                    raise ContentError(f"Standard: there is no value {key!r}")
            self._places[ability.name, key] = int(standard)
            self._places["", f"{standard.name}"] = int(standard)

    def _place_of_value(self, ability: str, name: str) -> int:
        owner = ability or self._owner
        key, _, at_level = name.partition("@")
        if (owner, name) in self._places:
            self.values_used.setdefault(owner, set()).add(key)
            return self._places[owner, name]
        values = self._entry(owner).get("values") or {}
        if key not in values:
            raise ContentError(f"{owner} has no value {key!r}, but {', '.join(values)}")
        if at_level and not self._is_item:
            raise ContentError(f"%{name}: only values of items are asked for at a level")
        place = max(place for place in self._places.values()) + 1
        if place >= MAX_ABILITY_VALUES:
            raise ContentError(f"it uses more than {MAX_ABILITY_VALUES} values")
        self._places[owner, name] = place
        self.values_used.setdefault(owner, set()).add(key)
        return place

    def _lay_out_values(self, behavior, ability: Ability) -> None:
        names: dict[int, tuple[str, str]] = {}
        for (owner, name), place in self._places.items():
            if owner:
                names.setdefault(place, (owner, name))
        behavior.first_value = self._num_values
        behavior.num_values = len(names)
        if self._num_values + len(names) > MAX_VALUES:
            raise ContentError(f"all content uses more than {MAX_VALUES} values")
        for place in range(len(names)):
            owner, name = names[place]
            row = self._num_values + place
            if self._is_item:
                self._record.item_values[row] = self._item_number(owner, name)
            else:
                self._fill_value(self._record.values[row], owner, name, ability)
        self._num_values += len(names)

    def _numbers(self, owner: str, name: str) -> tuple[list[float], Mapping]:
        """Returns a value's numbers by level, from the values or the header, and its entry."""
        entry = self._entry(owner)
        given = (entry.get("values") or {}).get(name, {})
        if isinstance(given, list):  # talents keep bare numbers
            return given, {}
        header = {key: header for key, header in STANDARD_KEYS.values()}.get(name)
        levels = given.get("levels") or (entry.get(header) if header else None) or [0.0]
        if isinstance(levels, (int, float)):
            levels = [levels]
        return list(levels), given

    def _item_number(self, owner: str, name: str) -> float:
        key, _, at_level = name.partition("@")
        levels, _ = self._numbers(owner, key)
        level = int(at_level or self._entry(owner).get("base_level") or 1)
        return float(levels[min(level, len(levels)) - 1])

    def _changes(self, given: Mapping) -> list[tuple]:
        """Returns what changes a value: kind, of what, operation, numbers."""
        changes = []
        if "per_hero_level" in given:
            changes.append((CHANGE_BY_HERO_LEVEL, int(given.get("per_hero_level_every", 1)),
                            *given["per_hero_level"]))
        for kind, key in ((CHANGE_BY_SHARD, "shard"), (CHANGE_BY_SCEPTER, "scepter")):
            if key in given:
                changes.append((kind, 0, *given[key]))
        for talent, change in (given.get("talents") or {}).items():
            # The tables still name talents that no hero has.
            if talent in self._talents:
                changes.append((CHANGE_BY_TALENT, self._ability_row(talent), *change))
        return changes

    def _fill_value(
            self, value, owner: str, name: str, ability: Ability) -> None:
        levels, given = self._numbers(owner, name)
        value.ability = self._ability_row(owner)
        value.levels[:] = _by_level(levels)
        value.is_area = int(given.get("aoe", 0))
        changes = self._changes(given)
        if owner == ability.name:
            for place, key in ability.ScepterStandard.items():
                if name == STANDARD_KEYS[Standard[place]][0]:
                    numbers, other = self._numbers(owner, key)
                    numbers = other.get("scepter", ("", numbers))[1]
                    changes.append((CHANGE_BY_SCEPTER, 0, "=", numbers))
                    self.values_used[owner].add(key)
            for place, key in ability.StandardPlus.items():
                if name == STANDARD_KEYS[Standard[place]][0]:
                    changes += self._changes(self._numbers(owner, key)[1])
                    self.values_used[owner].add(key)
        standard = ability.Standard
        if given and given.get("levels") is None and name in standard.values():
            # What an upgrade alone gives stands in for the number in the header.
            place = next(key for key, value in standard.items() if value == name)
            header = self._entry(owner).get(STANDARD_KEYS[Standard[place]][1]) or [0.0]
            value.levels[:] = _by_level(header)
            changes = [(kind, of, operation or "=", by) for kind, of, operation, by in changes]
        if len(changes) > MAX_CHANGES:
            raise ContentError(f"value {name!r} is changed by more than {MAX_CHANGES}")
        value.num_changes = len(changes)
        for i, (kind, of, operation, numbers) in enumerate(changes):
            value.change_kind[i], value.change_of[i] = kind, of
            value.change_operation[i] = ord(operation or "+")
            value.change_by[i] = _by_level(numbers)

    # Expressions, actions, modifiers.

    def _expression(self, text: str | float | None) -> int:
        if text is None:
            return NONE
        if isinstance(text, (int, float)) and float(text) in self._constants:
            return self._constants[float(text)]
        if not isinstance(text, (str, int, float)):
            raise ContentError(f"{text!r} is no expression")
        expression = Expression(text, self._place_of_value, self._row_of)
        start = self._num_instructions
        instructions = [*expression.instructions, (END_OF_EXPRESSION, 0.0)]
        if start + len(instructions) > MAX_INSTRUCTIONS:
            raise ContentError(f"all content has more than {MAX_INSTRUCTIONS} instructions")
        self._record.instructions[start:start + len(instructions)] = instructions
        self._num_instructions += len(instructions)
        if isinstance(text, (int, float)):
            self._constants[float(text)] = start
        return start

    def _row_of(self, kind: str, name: str) -> int:
        if kind == "ability":
            return self._ability_row(name)
        if name not in self._modifier_rows:
            raise ContentError(f"no content has a modifier {name!r}")
        return self._modifier_rows[name]

    def _block(self, actions) -> int:
        """Lays out a list of actions and those inside it; returns its first row, or NONE."""
        flat = flatten(actions)
        if not flat:
            return NONE
        inner = [tuple(self._block(block) for block in (
            action.block, action.end_block, action.think_block, action.rune_block))
            for action in flat]
        start = self._num_actions
        self._num_actions += len(flat) + 1
        if self._num_actions > MAX_ACTIONS:
            raise ContentError(f"all content has more than {MAX_ACTIONS} actions")
        for offset, (action, blocks) in enumerate(zip(flat, inner, strict=True)):
            self._fill_action(self._record.actions[start + offset], action, blocks)
        self._record.actions[start + len(flat)].word = Word.END
        return start

    def _fill_action(self, row, action: Action, blocks: tuple[int, ...]) -> None:
        try:
            row.word = Word[action.word]
            row.jump = action.place
            row.center = self._word(action.center, CENTERS, "center")
            row.expressions[:] = NONE
            for i, text in enumerate(action.expressions):
                row.expressions[i] = self._expression(text)
            row.block, row.end_block, row.think_block, row.rune_block = blocks
            row.toward = self._word(action.toward, CENTERS, "direction")
            row.vision = self._expression(action.vision)
            row.options = action.options
            row.modifier = NONE
            if action.modifier:
                row.modifier = self._row_of("modifier", action.modifier)
            row.definition = NONE
            if action.word == "DO":
                self._waiting.append((row, action.names))
            elif action.names:
                row.definition = (
                    self._patch.definition(action.names) if action.word == "SPAWN_UNIT"
                    else self._patch.item(action.names) if action.word == "GIVE_ITEM"
                    else self._ability_row(action.names))
            self._fill_target(row, action.target)
            if action.fits is not None:
                self._fill_fits(row, action.fits)
        except ValueError as error:
            raise ContentError(f"{action.word}: {error}") from error

    def _fill_target(self, row, target) -> None:
        row.radius = row.length = row.most = NONE
        if isinstance(target, str):
            row.selector = self._word(target, UNITS, "target")
            return
        if isinstance(target, (Area, Line)):
            row.selector = Selector.AREA if isinstance(target, Area) else Selector.LINE
            row.center = self._word(target.Center, CENTERS, "center")
            if isinstance(target, Area):
                row.radius = self._expression(target.Radius)
            else:
                row.radius = self._expression(target.Width)
                row.length = self._expression(target.Length)
            row.most = self._expression(target.Most)
            self._fill_fits(row, target)
        elif isinstance(target, (AllHeroes, OwnedUnits)):
            heroes = isinstance(target, AllHeroes)
            row.selector = Selector.ALL_HEROES if heroes else Selector.OWNED_UNITS
            row.team = self._word(target.Teams, TEAMS, "team")
            row.kind = KINDS["HERO"] if heroes else KINDS["CREEP"] | KINDS["OTHER"]
            row.exclusions = self._bits(target.Flags, FLAGS, "flag")
        else:
            raise ContentError(f"{target!r} is no target")
        if target.Where is not None:
            row.expressions[7] = self._expression(target.Where)

    def _fill_fits(self, row, target) -> None:
        row.team = self._word(target.Teams, TEAMS, "team")
        row.kind = self._bits(target.Types, KINDS, "type")
        row.exclusions = self._bits(target.Flags, FLAGS, "flag")

    def _lay_out_modifier(self, modifier: Modifier, is_passive: bool) -> None:
        try:
            self._fill_modifier(
                self._record.modifier_definitions[self._modifier_rows[modifier.name]], modifier,
                is_passive)
        except ValueError as error:
            raise ContentError(f"{modifier.name}: {error}") from error

    def _fill_modifier(self, row, modifier: Modifier, is_passive: bool) -> None:
        row.is_debuff, row.is_hidden = modifier.IsDebuff, modifier.IsHidden
        row.dispel = self._word(modifier.Dispel, DISPELS, "dispel")
        row.multiple = modifier.Multiple
        row.permanent = modifier.Permanent or is_passive
        row.pierces_immunity = modifier.PiercesImmunity
        row.breakable = modifier.Breakable
        row.credits_kills = modifier.CreditsKills
        row.worn_only = modifier.WornOnly
        row.on_illusions = self._word(modifier.OnIllusions, ON_ILLUSIONS, "part for illusions")
        row.keeps_duration = modifier.KeepsDuration
        row.refreshes_every_tick = modifier.Dynamic
        row.duration = self._expression(modifier.Duration)
        row.interval = self._expression(modifier.ThinkInterval)
        row.states = 0
        for state in modifier.States:
            word = state.removeprefix("MODIFIER_STATE_")
            bit = getattr(enums, word, None)
            if not isinstance(bit, int):
                raise ContentError(f"there is no state {state!r}")
            row.states |= bit
        row.state_filter = self._expression(modifier.StatesWhere)
        row.first_property = self._num_properties
        row.num_properties = len(modifier.Properties)
        row.asked = row.events = 0
        if self._num_properties + len(modifier.Properties) > MAX_GIVEN_PROPERTIES:
            raise ContentError(f"all content has more than {MAX_GIVEN_PROPERTIES} properties")
        for name, text in modifier.Properties.items():
            word = name.removeprefix("MODIFIER_PROPERTY_")
            if word not in Property.__members__:
                raise ContentError(f"there is no property {name!r}")
            given = self._record.given_properties[self._num_properties]
            given.property_id = Property[word]
            given.expression = self._expression(text)
            self._num_properties += 1
            if Property[word] >= NUM_PROPERTIES:
                row.asked |= 1 << (Property[word] - NUM_PROPERTIES)
        row.barrier = self._bits(modifier.Barrier, DAMAGE_TYPES, "barrier")
        if row.barrier:
            row.asked |= 1 << (Property.BARRIER_PHYSICAL - NUM_PROPERTIES)
        row.aura = NONE
        if modifier.Aura:
            row.aura = self._row_of("modifier", modifier.Aura)
            row.aura_radius = self._expression(modifier.AuraRadius)
            row.aura_linger = self._expression(modifier.AuraLinger)
            row.aura_filter = self._expression(modifier.AuraWhere)
            row.aura_team = self._word(modifier.AuraTeams, TEAMS, "team")
            row.aura_kind = self._bits(modifier.AuraTypes, KINDS, "type")
            row.aura_exclusions = self._bits(modifier.AuraFlags, FLAGS, "flag")
        for event, actions in modifier.Events.items():
            row.blocks[ModifierEvent[event]] = self._block(actions)
            row.events |= 1 << ModifierEvent[event]

    def _word(self, word: str, words: Mapping[str, int], what: str) -> int:
        if word not in words:
            raise ContentError(f"there is no {what} {word!r}, but {', '.join(words)}")
        return int(words[word])

    def _bits(self, joined: str, words: Mapping[str, int], what: str) -> int:
        total = 0
        for word in joined.split("|"):
            if word.strip():
                total |= self._word(word.strip(), words, what)
        return total


def _by_level(numbers) -> list[float]:
    """Returns numbers for every level; the last one given holds on."""
    numbers = [float(number) for number in numbers]
    return (numbers + numbers[-1:] * MAX_ABILITY_LEVELS)[:MAX_ABILITY_LEVELS]
