"""The numbers of one patch of the game, as the record that rules read and as names."""

import dataclasses
import difflib
import functools
import importlib.resources

import numpy as np

from dota_env_rpc.data.grid import footprint_cells
from dota_env_rpc.data.loader import Loader
from dota_env_rpc.data.records import (
    ABILITY_DEFINITION,
    BUILDING,
    CREEP_FLAGBEARER,
    CREEP_MEGA,
    CREEP_MELEE,
    CREEP_NORMAL,
    CREEP_RANGED,
    CREEP_SIEGE,
    CREEP_SUPER,
    DEFAULT_PATCH,
    DEFINITION,
    ITEM_DEFINITION,
    LANE_PATH,
    MAX_ABILITY_DEFINITIONS,
    MAX_ABILITY_LEVELS,
    MAX_DEFINITIONS,
    MAX_FOOTPRINT,
    MAX_HERO_ABILITIES,
    MAX_ITEM_DEFINITIONS,
    MAX_NAV_LINKS,
    MAX_NAV_NODES,
    MAX_TREE_OVERLAPS,
    MAX_WAYPOINTS,
    NAV,
    NO_LINK,
    NUM_BUILDINGS,
    NUM_TALENTS,
    NUM_TREES,
    PATCH,
    RULES,
)
from dota_env_rpc.match.coordinates import (
    CELL,
    GRID_ORIGIN,
    GRID_SIZE,
    NUM_CELL_BYTES,
    NUM_CELLS,
    WORLD_MAX,
    WORLD_MIN,
)

__all__ = [
    "ABILITY_DEFINITION",
    "BUILDING",
    "CELL",
    "CREEP_FLAGBEARER",
    "CREEP_MEGA",
    "CREEP_MELEE",
    "CREEP_NORMAL",
    "CREEP_RANGED",
    "CREEP_SIEGE",
    "CREEP_SUPER",
    "DEFAULT_PATCH",
    "DEFINITION",
    "GRID_ORIGIN",
    "GRID_SIZE",
    "ITEM_DEFINITION",
    "LANE_PATH",
    "MAX_ABILITY_DEFINITIONS",
    "MAX_ABILITY_LEVELS",
    "MAX_DEFINITIONS",
    "MAX_FOOTPRINT",
    "MAX_HERO_ABILITIES",
    "MAX_ITEM_DEFINITIONS",
    "MAX_NAV_LINKS",
    "MAX_NAV_NODES",
    "MAX_TREE_OVERLAPS",
    "MAX_WAYPOINTS",
    "NAV",
    "NO_LINK",
    "NUM_BUILDINGS",
    "NUM_CELLS",
    "NUM_CELL_BYTES",
    "NUM_TALENTS",
    "NUM_TREES",
    "PATCH",
    "RULES",
    "WORLD_MAX",
    "WORLD_MIN",
    "Numbers",
    "Patch",
    "Rule",
    "footprint_cells",
    "load_patch",
    "patches",
    "read_tables",
]

TABLE_SUFFIXES = (".csv", ".json", ".npz")


@dataclasses.dataclass(frozen=True)
class Rule:
    """One number of the general rules, or a list of them, with where it is from.

    Attributes:
        name: Dotted name, as "gold.kill_base"; RULES has the field `gold_kill_base`.
        value: A float, or a tuple of floats.
        unit: Unit of measure, "" for a plain number.
        source: Where it is published, or "guess".
        confidence: "sure", "probable" or "guess".
        note: What else is known, or "".
    """

    name: str
    value: float | tuple[float, ...]
    unit: str
    source: str
    confidence: str
    note: str = ""


@dataclasses.dataclass(frozen=True, eq=False)
class Numbers:
    """The numbers of one patch as rules read them, and the names of their rows.

    Attributes:
        name: Name of the patch, as "7.41".
        array: (1,) PATCH array that owns the numbers; read-only. Rules get its address.
        definition_names: Unit name of each row of `record.definitions`: heroes by hero id, then
            all other units.
        ability_names: Name of each row of `record.abilities`, in alphabetical order.
        item_names: Name of each row of `record.items`, by Valve's item id.
    """

    name: str
    array: np.ndarray = dataclasses.field(repr=False)
    definition_names: tuple[str, ...] = dataclasses.field(repr=False)
    ability_names: tuple[str, ...] = dataclasses.field(repr=False)
    item_names: tuple[str, ...] = dataclasses.field(repr=False)

    @property
    def record(self) -> np.record:
        """The PATCH record: a view of `array[0]`."""
        return self.array[0]

    @property
    def hero_names(self) -> tuple[str, ...]:
        """The names of the heroes, by hero id; row i of `record.definitions` is `hero_names[i]`."""
        return self.definition_names[:int(self.record.num_heroes)]

    def definition(self, name: str) -> int:
        """Returns the row of `record.definitions` of the unit `name`.

        Raises:
            ValueError: there is no such unit; the message names close matches.
        """
        return _row(name, self._rows["unit"], "unit")

    def ability(self, name: str) -> int:
        """As `definition`, for a row of `record.abilities`."""
        return _row(name, self._rows["ability"], "ability")

    def item(self, name: str) -> int:
        """As `definition`, for a row of `record.items`."""
        return _row(name, self._rows["item"], "item")

    def display_name(self, hero: str) -> str:
        """Returns a readable form of a unit's name: "Crystal Maiden"."""
        self.definition(hero)
        return _display_name(hero)

    @functools.cached_property
    def _rows(self) -> dict[str, dict[str, int]]:
        return {
            kind: {name: row for row, name in enumerate(names)}
            for kind, names in (("unit", self.definition_names), ("ability", self.ability_names),
                                ("item", self.item_names))}


@dataclasses.dataclass(frozen=True, eq=False)
class Patch(Numbers):
    """The numbers of one patch, with all that its tables say of them.

    Attributes:
        rules: The general rules with their sources.
        digest: SHA-256 of all table files, in hex.
        abilities: abilities.json: {"abilities": {name: ...}, "talents": {hero: [...]}}.
        items: items.json: {"items": {name: ...}}.
        map: map.json: buildings, lanes, neutral camps, runes, shops and so on.
    """

    rules: tuple[Rule, ...] = dataclasses.field(repr=False)
    digest: str
    abilities: dict = dataclasses.field(repr=False)
    items: dict = dataclasses.field(repr=False)
    map: dict = dataclasses.field(repr=False)


# Heroes whose names in the game have little to do with their names in its files.
DISPLAY_NAMES = {
    "abyssal_underlord": "Underlord", "antimage": "Anti-Mage", "centaur": "Centaur Warrunner",
    "doom_bringer": "Doom", "furion": "Nature's Prophet", "keeper_of_the_light":
    "Keeper of the Light", "life_stealer": "Lifestealer", "magnataur": "Magnus",
    "necrolyte": "Necrophos", "nevermore": "Shadow Fiend", "obsidian_destroyer":
    "Outworld Destroyer", "queenofpain": "Queen of Pain", "rattletrap": "Clockwerk",
    "shredder": "Timbersaw", "skeleton_king": "Wraith King", "treant": "Treant Protector",
    "vengefulspirit": "Vengeful Spirit", "windrunner": "Windranger", "wisp": "Io",
    "zuus": "Zeus",
}


def _display_name(name: str) -> str:
    short = name.removeprefix("npc_dota_hero_").removeprefix("npc_dota_")
    return DISPLAY_NAMES.get(short) or short.replace("_", " ").title()


def _row(name: str, rows: dict[str, int], kind: str) -> int:
    if name in rows:
        return rows[name]
    close = difflib.get_close_matches(name, rows, 3, 0.5)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise ValueError(f"unknown {kind} {name!r}{hint}")


def patches() -> tuple[str, ...]:
    """Returns the names of the patches whose tables are in the package."""
    root = importlib.resources.files("dota_env_rpc.data")
    return tuple(sorted(
        folder.name for folder in root.iterdir()
        if folder.is_dir() and (folder / "rules.json").is_file()))


def read_tables(name: str) -> dict[str, bytes]:
    """Returns the contents of a patch's table files by name.

    Raises:
        ValueError: the package has no such patch.
    """
    if name not in patches():
        raise ValueError(f"unknown patch {name!r}; known: {', '.join(patches())}")
    return {
        file.name: file.read_bytes()
        for file in (importlib.resources.files("dota_env_rpc.data") / name).iterdir()
        if file.name.endswith(TABLE_SUFFIXES)}


@functools.cache
def load_patch(name: str = DEFAULT_PATCH) -> Patch:
    """Returns the numbers of the patch `name`; asked again, the same object.

    Raises:
        ValueError: the package has no such patch, or its tables do not fit PATCH.
    """
    loader = Loader(name, read_tables(name))
    rules = []
    for entry in loader.rules:
        value = entry["value"]
        rules.append(Rule(
            **{**entry, "value": tuple(value) if isinstance(value, list) else value}))
    return Patch(
        name=name, array=loader.array, definition_names=loader.definition_names,
        ability_names=loader.ability_names, item_names=loader.item_names, rules=tuple(rules),
        digest=loader.digest, abilities=loader.abilities, items=loader.items, map=loader.map)
