"""That the tests of heroes leave out no number of theirs: which test reads which value."""

import ast
import functools
import pathlib

import pytest

from dota_env_rpc.content.assembler import STANDARD_KEYS
from dota_env_rpc.content.coverage import STANDARD
from dota_env_rpc.content.game import load_game

GAME = load_game()
TESTS = pathlib.Path(__file__).parent / "heroes"
# Under which key of the header a test may look a standard number up.
HEADER = dict(STANDARD_KEYS.values())
ABILITIES = [
    (hero, ability) for hero, abilities in GAME.hero_content.items() for ability in abilities
    if ability.name in GAME.abilities["abilities"]]


class Reading:
    """What the tests in a hero's file read.

    Attributes:
        tests: For each test, the texts and keywords in it and in all that it uses, and whether
            it is run at every level.
    """

    def __init__(self, *paths: pathlib.Path):
        """Reads a file of tests, and others with what it uses."""
        self._named: dict[str, list[ast.AST]] = {}
        self.tests: list[tuple[set[str], bool]] = []
        functions = []
        for node in (each for path in paths for each in ast.parse(path.read_text()).body):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._name_constants(target, node.value)
            elif isinstance(node, ast.ClassDef):
                functions += [each for each in node.body if isinstance(each, ast.FunctionDef)]
            elif isinstance(node, ast.FunctionDef):
                functions.append(node)
        for function in functions:
            self._named.setdefault(function.name, []).append(function)
        for function in functions:
            if function.name.startswith("test_"):
                self.tests.append((self._texts(function), self._at_each_level(function)))

    def _name_constants(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for name, each in zip(target.elts, value.elts, strict=True):
                self._name_constants(name, each)
        elif isinstance(target, ast.Tuple):
            for name in target.elts:
                self._name_constants(name, value)
        elif isinstance(target, ast.Name):
            self._named.setdefault(target.id, []).append(value)

    def _texts(self, function: ast.FunctionDef) -> set[str]:
        found, seen, waiting = set(), set(), [function]
        while waiting:
            for node in ast.walk(waiting.pop()):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
                elif isinstance(node, ast.keyword) and node.arg:
                    found.add(node.arg)
                name = (node.id if isinstance(node, ast.Name)
                        else node.attr if isinstance(node, ast.Attribute) else None)
                if name in self._named and name not in seen:
                    seen.add(name)
                    waiting += self._named[name]
        return found

    def _at_each_level(self, function: ast.FunctionDef) -> bool:
        source = ast.unparse(function)
        return "for level in" in source or any(
            "parametrize" in ast.unparse(each) and "'level" in ast.unparse(each)
            for each in function.decorator_list)

    def of(self, ability: str, at_each_level: bool = False) -> set[str]:
        """Returns what the tests read that name an ability, or those of them at each level."""
        return set().union(*(texts for texts, levels in self.tests
                             if ability in texts and (levels or not at_each_level)))


@functools.cache
def reading(hero: str) -> Reading:
    """Returns what the tests of a hero read."""
    return Reading(TESTS / f"test_{hero.removeprefix('npc_dota_hero_')}.py",
                   TESTS.parent / "measures.py")


def numbers(hero, ability):
    """Yields key and entry of each number of an ability that its content reads.

    Those that are never anything but 0 or 1 say whether something is: what they say is in tests,
    not the number.
    """
    for key, entry in GAME.abilities["abilities"][ability.name].get("values", {}).items():
        given = [*(entry.get("levels") or []), *(
            number for change in (*(entry[by] for by in ("shard", "scepter") if by in entry),
                                  *entry.get("talents", {}).values())
            for number in change[1])]
        is_read = key in GAME.values_used[ability.name] or key in STANDARD
        if is_read and key not in ability.Unused and not set(given) <= {0, 1}:
            yield key, entry


@pytest.mark.parametrize("hero, ability", ABILITIES, ids=lambda given: getattr(given, "name", ""))
def test_a_test_reads_every_number_of_an_ability(hero, ability):
    texts = reading(hero).of(ability.name)
    unread = {key for key, _ in numbers(hero, ability)
              if not {key, HEADER.get(key, key)} & texts}
    assert not unread


@pytest.mark.parametrize("hero, ability", ABILITIES, ids=lambda given: getattr(given, "name", ""))
def test_numbers_that_differ_by_level_are_read_at_each(hero, ability):
    texts = reading(hero).of(ability.name, at_each_level=True)
    unread = {key for key, entry in numbers(hero, ability)
              if len(set(entry.get("levels") or ())) > 1
              and not {key, HEADER.get(key, key)} & texts}
    assert not unread


@pytest.mark.parametrize("hero, ability", ABILITIES, ids=lambda given: getattr(given, "name", ""))
def test_a_test_gives_what_scepter_shard_and_talents_change(hero, ability):
    texts = reading(hero).of(ability.name)
    talents = {talent["name"] for talent in GAME.abilities["talents"][hero]}
    missing = set()
    for key, entry in numbers(hero, ability):
        missing |= {(key, by) for by in ("scepter", "shard") if by in entry and by not in texts}
        missing |= {(key, by) for by in entry.get("talents", {})
                    if by in talents and by not in texts}
    assert not missing


@pytest.mark.parametrize("hero", GAME.hero_content)
def test_a_test_names_every_talent(hero):
    texts = set().union(*(texts for texts, _ in reading(hero).tests))
    assert {talent["name"] for talent in GAME.abilities["talents"][hero]} <= texts
