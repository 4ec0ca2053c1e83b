"""Writes docs/coverage.md: `python -m dota_env_rpc.content.coverage > docs/coverage.md`.

What of each hero, ability, talent and item is simulated, from the content itself.
"""

from collections.abc import Iterable, Mapping, Sequence
import sys

from dota_env_rpc.content.assembler import STANDARD_KEYS
from dota_env_rpc.content.game import Game, load_game
from dota_env_rpc.content.vocabulary import Ability

GENERATED = (
    "<!-- Made by `python -m dota_env_rpc.content.coverage > docs/coverage.md`; not to be edited. "
    "-->")
NO_CONTENT = "none"
# Slots in which the tables put what no hero needs content for.
# Values that the rules read of every ability.
STANDARD = frozenset(key for key, _ in STANDARD_KEYS.values())
ATTRIBUTES = "special_bonus_attributes"


def page(game: Game) -> str:
    """Returns the page, in Markdown."""
    heroes = sorted(game.hero_content, key=game.display_name)
    others = [game.display_name(name) for name in game.hero_names if name not in heroes]
    recipes = {item["recipe"] for item in game.items["items"].values() if item.get("recipe")}
    sold = [name for name, item in game.items["items"].items() if item["status"] == "shop"]
    recipes &= set(sold)
    sold = [name for name in sold if name not in recipes]
    items = {item.name: item for item in game.item_content}
    parts = [
        "# Coverage",
        GENERATED,
        "**done**: all that its texts and numbers say; **partial**: what is missing is told; "
        "**none**: not simulated. Numbers are those of the patch's tables; what they leave open is "
        "in [fidelity](fidelity.md).",
        "## Heroes",
        f"{len(heroes)} of {len(game.hero_names)} heroes have their abilities.",
        _table(("hero", "ability", "is", "missing"), _hero_rows(game, heroes)),
        f"The other {len(others)} have their attributes, their attacks and nothing else: "
        + ", ".join(sorted(others)) + ".",
        "## Items",
        f"{len(set(sold) & set(items))} of {len(sold)} sold items have behavior; all can be "
        f"bought, assembled and sold, and so can the {len(recipes)} recipes, which do nothing "
        "else.",
        _table(("item", "is", "missing"), (
            (_code(name), *_state(items.get(name))) for name in sorted(sold))),
    ]
    return "\n\n".join(parts) + "\n"


def hero_abilities(game: Game, hero: str) -> list[str]:
    """Returns the names of all that lies in a hero's slots, talents among them."""
    definition = game.record.definitions[game.definition(hero)]
    return [game.ability_names[row] for row in definition.abilities
            if row >= 0 and game.ability_names[row] != ATTRIBUTES]


def _hero_rows(game: Game, heroes: Sequence[str]) -> Iterable[Sequence[str]]:
    for hero in heroes:
        content = {ability.name: ability for ability in game.hero_content[hero]}
        talents = {talent["name"]: talent for talent in game.abilities["talents"][hero]}
        for name in hero_abilities(game, hero):
            made = name in talents and name not in content
            state = _talent_state(game, talents[name]) if made else _state(content.get(name))
            yield game.display_name(hero), _code(name), *state


def _talent_state(game: Game, talent: Mapping) -> tuple[str, str]:
    """Returns how a talent stands that does nothing but change numbers."""
    unused = {ability.name: ability.Unused for abilities in game.hero_content.values()
              for ability in abilities}
    # Values of abilities that no hero has, or that do nothing, cannot be missing.
    counts = [(ability, value) for ability, value, *_ in talent["effects"]
              if ability in unused and value not in unused[ability]]
    unread = [f"{ability}.{value}" for ability, value in counts
              if value not in game.values_used[ability] and value not in STANDARD]
    if not unread:
        return "done", ""
    return ("partial", "changes to " + ", ".join(unread)) if len(unread) < len(counts) else (
        NO_CONTENT, "")


def _state(ability: Ability | None) -> tuple[str, str]:
    if ability is None:
        return NO_CONTENT, ""
    return ("partial", ability.Partial) if ability.Partial else ("done", "")


def _code(name: str) -> str:
    return f"`{name}`"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(page(load_game()))
