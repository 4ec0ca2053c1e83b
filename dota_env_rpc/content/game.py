"""A patch with the behavior of its heroes and items: all that the rules need to play it."""

import dataclasses
import functools
import importlib
import pkgutil

from dota_env_rpc.content import heroes, items
from dota_env_rpc.content.assembler import Assembler
from dota_env_rpc.content.builds import Builds
from dota_env_rpc.content.talents import talents
from dota_env_rpc.content.vocabulary import Ability
from dota_env_rpc.data.patch import DEFAULT_PATCH, Patch, load_patch


@dataclasses.dataclass(frozen=True, eq=False)
class Game(Patch):
    """A Patch whose record has behavior.

    Attributes:
        modifier_names: Name of each row of `record.modifier_definitions`.
        hero_content: Hero name to its abilities' content.
        item_content: Content of items.
        choices: Hero name or file of items to what its content had to choose.
        values_used: Ability or item name to the values of it that content reads.
    """

    modifier_names: tuple[str, ...]
    hero_content: dict[str, tuple[Ability, ...]]
    item_content: tuple[Ability, ...]
    choices: dict[str, tuple[str, ...]]
    values_used: dict[str, set[str]]

    def modifier(self, name: str) -> int:
        """Returns the row of a modifier.

        Raises:
            ValueError: no content has it.
        """
        if name not in self.modifier_names:
            raise ValueError(f"unknown modifier {name!r}")
        return self.modifier_names.index(name)


@functools.cache
def load_game(name: str = DEFAULT_PATCH) -> Game:
    """Returns a patch with its behavior; asked again, the same object.

    Raises:
        ValueError: the package has no such patch, or content that does not fit it.
    """
    patch = load_patch(name)
    array = patch.array.copy()
    modules = {f"npc_dota_hero_{module}": loaded for module, loaded in _modules(heroes)}
    hero_content = {hero: tuple(loaded.ABILITIES) for hero, loaded in modules.items()}
    item_content = tuple(
        item for _, loaded in _modules(items) for item in loaded.ITEMS)
    choices = {hero: tuple(getattr(loaded, "CHOICES", ())) for hero, loaded in modules.items()}
    choices |= {module: tuple(getattr(loaded, "CHOICES", ()))
                for module, loaded in _modules(items)}
    assembler = Assembler(patch, array[0])
    owned = [ability for abilities in hero_content.values() for ability in abilities]
    assembler.assemble([*owned, *talents(patch, hero_content, owned)], item_content)
    assembler.estimate(owned, item_content)
    builds = Builds(patch, array[0])
    for hero in patch.hero_names:
        loaded = modules.get(hero)
        builds.fill(hero, getattr(loaded, "SKILLS", ()), getattr(loaded, "BUYS", ()))
    array.flags.writeable = False
    given = {field.name: getattr(patch, field.name) for field in dataclasses.fields(patch)}
    return Game(
        **{**given, "array": array}, modifier_names=tuple(assembler.modifier_names),
        hero_content=hero_content, item_content=item_content,
        choices=choices, values_used=assembler.values_used)


def _modules(package):
    """Yields the name and the module of each file of a package, in alphabetical order."""
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        yield found.name, importlib.import_module(f"{package.__name__}.{found.name}")
