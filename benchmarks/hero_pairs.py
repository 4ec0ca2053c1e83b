"""Every pair of heroes plays a match of two laners to its natural end, as JSON.

`python benchmarks/hero_pairs.py` lets each hero that has content meet each, itself included, and
prints who won, Radiant's hero first: "radiant", "dire" or "draw". `--all` takes all heroes of the
game. `table_full` and `orders_refused` must be 0.
"""

import collections
import json
import statistics

from absl import app, flags

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.bots.bot import BOTS
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.clock import seconds
from dota_env_rpc.match.enums import Team, WinReason
from dota_env_rpc.match.settings import MatchSettings

_ALL = flags.DEFINE_boolean("all", False, "Whether heroes without content play as well.")
_HEROES = flags.DEFINE_list("heroes", [], "Heroes that play, in place of those with content.")
_SEED = flags.DEFINE_integer("seed", 1, "Seed of every match.", lower_bound=0)
_BOTS = flags.DEFINE_list("bots", ["laner", "laner"], f"Bots of both, of {', '.join(BOTS)}.")

PREFIX = "npc_dota_hero_"
SEATS = (0, 5)
LAST = 2
WINNERS = {Team.GOODGUYS: "radiant", Team.BADGUYS: "dire", Team.NONE: "draw"}


def main(argv):
    del argv
    game = load_game()
    heroes = [PREFIX + hero for hero in _HEROES.value]
    heroes = heroes or sorted(game.hero_names if _ALL.value else game.hero_content)
    table = collections.defaultdict(dict)
    wins, refused = collections.Counter(), collections.Counter()
    full = 0
    reasons = collections.Counter()
    lengths = []
    for radiant in heroes:
        for dire in heroes:
            tables = _play(radiant, dire)
            winner = WINNERS[Team(int(tables.winner))]
            table[radiant.removeprefix(PREFIX)][dire.removeprefix(PREFIX)] = winner
            wins[winner] += 1
            reasons[WinReason(int(tables.win_reason)).name] += 1
            lengths.append(seconds(int(tables.tick)))
            full += int(tables.table_full.sum())
            for seat, hero in zip(SEATS, (radiant, dire), strict=True):
                if tables.players[seat].orders_refused:
                    refused[hero.removeprefix(PREFIX)] += int(tables.players[seat].orders_refused)
    print(json.dumps({
        "heroes": len(heroes), "matches": len(lengths), "seed": _SEED.value, "bots": _BOTS.value,
        "table_full": full, "orders_refused": sum(refused.values()), "refused": dict(refused),
        "wins": dict(wins), "ended_by": dict(reasons),
        "median_seconds": round(statistics.median(lengths), 1), "winner": table,
    }, indent=2))


def _play(radiant: str, dire: str):
    """Plays a match to its natural end; returns its tables."""
    empty = ("",) * 4
    backend = SimulatedBackend(MatchSettings(
        seed=_SEED.value, heroes=(radiant, *empty, dire, *empty), max_seconds=float("inf"),
        bots=(_BOTS.value[0], *empty, _BOTS.value[1], *empty)))
    while backend.step_type[0] != LAST:
        backend.advance()
    return backend.tables[0]


if __name__ == "__main__":
    app.run(main)
