"""A patch with the behavior of its heroes and items: all that the rules need to play it."""

import dataclasses
import functools
import hashlib
import importlib
import json
import os
import pathlib
import pkgutil
import tempfile

import numpy as np

from dota_env_rpc.data.patch import (
    DEFAULT_PATCH,
    PATCH,
    Numbers,
    Rule,
    load_patch,
    read_tables,
)
from dota_env_rpc.match.rule import cache_folder


@dataclasses.dataclass(frozen=True, eq=False)
class Content:
    """The behavior of a patch's heroes and items, and what it is laid out as.

    Attributes:
        array: (1,) PATCH array of the patch's numbers with that behavior; read-only.
        modifier_names: Name of each row of its `modifier_definitions`.
        heroes: Hero name to its abilities' content.
        items: Content of items.
        runes: Content of runes.
        choices: Hero name, file of items or "runes" to what its content had to choose.
        values_used: Name of an ability, item or rune to the values of it that content reads.
    """

    array: np.ndarray = dataclasses.field(repr=False)
    modifier_names: tuple[str, ...]
    heroes: dict
    items: tuple
    runes: tuple
    choices: dict[str, tuple[str, ...]]
    values_used: dict[str, set[str]]


@dataclasses.dataclass(frozen=True, eq=False)
class Game(Numbers):
    """Numbers of a patch whose record has behavior.

    What matches do without is read when it is first asked for.

    Attributes:
        modifier_names: Name of each row of `record.modifier_definitions`.
    """

    modifier_names: tuple[str, ...] = dataclasses.field(repr=False)

    def modifier(self, name: str) -> int:
        """Returns the row of a modifier.

        Raises:
            ValueError: no content has it.
        """
        if name not in self.modifier_names:
            raise ValueError(f"unknown modifier {name!r}")
        return self.modifier_names.index(name)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """As of Patch."""
        return load_patch(self.name).rules

    @property
    def digest(self) -> str:
        """As of Patch."""
        return load_patch(self.name).digest

    @property
    def abilities(self) -> dict:
        """As of Patch."""
        return load_patch(self.name).abilities

    @property
    def items(self) -> dict:
        """As of Patch."""
        return load_patch(self.name).items

    @property
    def map(self) -> dict:
        """As of Patch."""
        return load_patch(self.name).map

    @property
    def hero_content(self) -> dict:
        """Hero name to its abilities' content."""
        return load_content(self.name).heroes

    @property
    def item_content(self) -> tuple:
        """Content of items."""
        return load_content(self.name).items

    @property
    def rune_content(self) -> tuple:
        """Content of runes."""
        return load_content(self.name).runes

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """Hero name, file of items or "runes" to what its content had to choose."""
        return load_content(self.name).choices

    @property
    def values_used(self) -> dict[str, set[str]]:
        """Name of an ability, item or rune to the values of it that content reads."""
        return load_content(self.name).values_used


@functools.cache
def load_game(name: str = DEFAULT_PATCH) -> Game:
    """Returns a patch with its behavior; asked again, the same object.

    What it is laid out as is kept beside the machine code of the rules, so that a later process
    finds it done.

    Raises:
        ValueError: the package has no such patch, or content that does not fit it.
    """
    kept = _kept_at(name)
    found = _read(kept)
    if found is None:
        content = load_content(name)
        patch = load_patch(name)
        names = {field.name: getattr(patch, field.name) for field in dataclasses.fields(Numbers)}
        found = names | {"array": content.array, "modifier_names": content.modifier_names}
        _keep(kept, found)
    return Game(**found)


@functools.cache
def load_content(name: str = DEFAULT_PATCH) -> Content:
    """Returns the behavior of a patch's heroes and items; asked again, the same object.

    Raises:
        ValueError: the package has no such patch, or content that does not fit it.
    """
    # Matches whose game was found laid out do without these modules.
    from dota_env_rpc.content import heroes, items, runes
    from dota_env_rpc.content.assembler import Assembler
    from dota_env_rpc.content.builds import Builds
    from dota_env_rpc.content.talents import talents

    patch = load_patch(name)
    array = patch.array.copy()
    modules = {f"npc_dota_hero_{module}": loaded for module, loaded in _modules(heroes)}
    item_modules = dict(_modules(items))
    hero_content = {hero: tuple(loaded.ABILITIES) for hero, loaded in modules.items()}
    item_content = tuple(item for loaded in item_modules.values() for item in loaded.ITEMS)
    choices = {name: tuple(getattr(loaded, "CHOICES", ()))
               for name, loaded in (modules | item_modules | {"runes": runes}).items()}
    files = {each.name: loaded.__file__ for loaded in modules.values() for each in loaded.ABILITIES}
    files |= {each.name: loaded.__file__ for loaded in item_modules.values()
              for each in loaded.ITEMS}
    assembler = Assembler(patch, array[0])
    owned = [ability for abilities in hero_content.values() for ability in abilities]
    assembler.assemble(
        [*owned, *talents(patch, hero_content, owned)], item_content, files, runes.RUNES)
    assembler.estimate(owned, item_content)
    builds = Builds(patch, array[0])
    for hero in patch.hero_names:
        loaded = modules.get(hero)
        builds.fill(hero, getattr(loaded, "SKILLS", ()), getattr(loaded, "BUYS", ()))
    array.flags.writeable = False
    return Content(array, tuple(assembler.modifier_names), hero_content, item_content,
                   tuple(runes.RUNES), choices, assembler.values_used)


def _modules(package):
    """Yields the name and the module of each file of a package, in alphabetical order.

    Raises:
        ContentError: a file says something that the words of content cannot.
    """
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        try:
            loaded = importlib.import_module(f"{package.__name__}.{found.name}")
        except (AttributeError, ImportError, NameError, TypeError, ValueError) as error:
            from dota_env_rpc.content.expression import ContentError

            file = f"{found.module_finder.path}/{found.name}.py"
            raise ContentError(f"{file}: {error}") from error
        yield found.name, loaded


def _kept_at(name: str) -> pathlib.Path:
    """Returns where the game of a patch is kept: a name that tells all that it is made of."""
    digest = hashlib.sha256(f"numpy {np.__version__}".encode())
    folder = pathlib.Path(__file__).resolve().parent
    sources = {path.relative_to(folder).as_posix(): path.read_bytes()
               for path in folder.rglob("*.py")}
    for file, content in sorted({**sources, **read_tables(name)}.items()):
        digest.update(f"{file} {len(content)}\n".encode())
        digest.update(content)
    return cache_folder() / f"game-{name}-{digest.hexdigest()[:16]}"


def _read(path: pathlib.Path) -> dict | None:
    """Returns the fields of a Game that was kept, None if there is none.

    Processes share the memory of its numbers.
    """
    try:
        names = json.loads((path / "names.json").read_text())
        words = np.memmap(path / "numbers", np.uint8, "r", shape=(PATCH.itemsize,))
    except (OSError, ValueError):
        return None
    fields = {key: tuple(value) if isinstance(value, list) else value
              for key, value in names.items()}
    return fields | {"array": np.frombuffer(words, PATCH)}


def _keep(path: pathlib.Path, fields: dict) -> None:
    """Keeps the fields of a Game, the names last: who finds them finds the numbers."""
    names = {key: value for key, value in fields.items() if key != "array"}
    path.mkdir(exist_ok=True)
    _write(path / "numbers", fields["array"].tobytes())
    _write(path / "names.json", json.dumps(names).encode())


def _write(path: pathlib.Path, content: bytes) -> None:
    """Puts a file where others find all of it or none."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)
