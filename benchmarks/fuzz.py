"""Gives random orders for a long time and looks whether anything breaks or gets lost.

`python benchmarks/fuzz.py --ticks 1000000` plays matches between random heroes that have content,
two a side, whose seats give random orders: most of them what their masks allow, casts above all,
and the others whatever there is. It prints JSON with counts by event, ability and item, and which
were never cast. It exits with 1 if a table ran over, a number was not finite, or gold, items,
charges, modifiers or handles appeared or vanished without a rule that says so. With
`--judge_masks` it also holds every order against the masks; with `--min_casts` it fails if an
ability that can be cast, or a sold item, was cast less often.
"""

import collections
import json
import sys

from absl import app, flags
import numpy as np

from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.targeting import BEHAVIOR
from dota_env_rpc.testing.random_play import History, RandomMatch

_TICKS = flags.DEFINE_integer("ticks", 1_000_000, "Ticks played in all.", lower_bound=1)
_MINUTES = flags.DEFINE_float("minutes", 5.0, "Game minutes of one match.", lower_bound=0.1)
_SEED = flags.DEFINE_integer("seed", 1, "Seed of the orders and of the first match.")
_STEP = flags.DEFINE_integer(
    "ticks_per_step", 4, "Ticks between two orders of a seat.", lower_bound=1)
_JUDGE = flags.DEFINE_boolean("judge_masks", False, "Whether orders are held against the masks.")
_MIN_CASTS = flags.DEFINE_integer("min_casts", 0, "Casts that each ability and item must have had.")
_RUNES = flags.DEFINE_boolean("runes", False, "Whether runes come.")
_HEROES = flags.DEFINE_list("heroes", [], "Heroes that play, in place of those with content.")

SEATS = (0, 1, 5, 6)
MOST_TOLD = 30


def castable(game) -> tuple[list[str], list[str]]:
    """Returns the names of the abilities, and of the sold items, that can be cast or switched."""
    abilities = [
        ability.name for abilities in game.hero_content.values() for ability in abilities
        if ability.name in game.abilities["abilities"]
        and _is_active(game.record.ability_behaviors[game.ability(ability.name)].bits)]
    items = [
        item.name for item in game.item_content
        if game.record.items[game.item(item.name)].in_shop
        and _is_active(game.record.item_behaviors[game.item(item.name)].bits)]
    return sorted(abilities), sorted(items)


def _is_active(bits: int) -> bool:
    return bool(bits) and not bits & BEHAVIOR["passive"]


def main(argv):
    del argv
    game = load_game()
    heroes = [f"npc_dota_hero_{hero}" for hero in _HEROES.value] or sorted(game.hero_content)
    abilities, items = castable(game)
    random = np.random.default_rng(_SEED.value)
    history = History()
    events: collections.Counter = collections.Counter()
    judged: collections.Counter = collections.Counter()
    problems: list[str] = []
    next_heroes: list[str] = []
    left, seed = _TICKS.value, _SEED.value
    while left > 0 and len(problems) < MOST_TOLD:
        if len(next_heroes) < len(SEATS):
            next_heroes += [heroes[i] for i in random.permutation(len(heroes))]
        playing = dict(zip(SEATS, next_heroes[:len(SEATS)], strict=False))
        next_heroes = next_heroes[len(SEATS):]
        ticks = min(left, int(_MINUTES.value * 60 * TICKS_PER_SECOND))
        match = RandomMatch(
            seed, playing, judge_masks=_JUDGE.value, history=history,
            ticks_per_step=_STEP.value, runes=_RUNES.value)
        match.play(ticks / TICKS_PER_SECOND)
        events += match.books.counts
        events["matches"] += 1
        judged += match.counts
        problems += [f"seed {seed}, {', '.join(playing.values())}: {problem}"
                     for problem in match.books.problems[:3]]
        left -= ticks
        seed += 1
    casts = history.casts
    rare = sorted(name for name in abilities + items if casts[name] < _MIN_CASTS.value)
    problems += [f"{name} was cast {casts[name]} times" for name in rare]
    print(json.dumps({
        "benchmark": "fuzz", "ticks": _TICKS.value - left, "matches": events.pop("matches"),
        "casts": events["ABILITY_CAST"], "items_used": events["ITEM_USED"],
        "kills": events["HERO_KILL"], "purchases": events["ITEM_BOUGHT"],
        "orders_judged": dict(judged), "events": dict(sorted(events.items())),
        "casts_of_abilities": {name: casts[name] for name in abilities},
        "casts_of_items": {name: casts[name] for name in items},
        "never_cast": [name for name in abilities + items if not casts[name]],
        "problems": problems}, indent=2))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    app.run(main)
