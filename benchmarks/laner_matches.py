"""How bots fare against each other in the middle lane, as JSON.

`python benchmarks/laner_matches.py` plays 200 mirrored matches of two laners and prints each
side's share of the wins, last hits and denies at 10:00, length, and why the matches ended. It exits
with 1 if a side won a larger share than `--most`.
"""

import collections
import json
import statistics
import sys

from absl import app, flags
import numpy as np

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.bots.bot import BOTS
from dota_env_rpc.match.clock import seconds, ticks
from dota_env_rpc.match.enums import Team, WinReason
from dota_env_rpc.match.settings import MatchSettings

_MATCHES = flags.DEFINE_integer("matches", 200, "Matches played, side by side.", lower_bound=1)
_SEED = flags.DEFINE_integer("seed", 1, "Seed of the first match.", lower_bound=0)
_HEROES = flags.DEFINE_list("heroes", ["nevermore", "nevermore"], "Heroes of Radiant and Dire.")
_BOTS = flags.DEFINE_list("bots", ["laner", "laner"], f"Bots of both, of {', '.join(BOTS)}.")
_MINUTES = flags.DEFINE_float("minutes", 30.0, "Game clock at which a match is cut off.")
_MOST = flags.DEFINE_float("most", 0.55, "Share of the wins that a side may have.", 0.0, 1.0)

SIDES = {"radiant": 0, "dire": 5}
LAST = 2
COUNTED_TICK = ticks(600.0)


def main(argv):
    del argv
    settings = MatchSettings(
        seed=_SEED.value, max_seconds=60.0 * _MINUTES.value,
        heroes=_in_seats(f"npc_dota_hero_{hero}" for hero in _HEROES.value),
        bots=_in_seats(_BOTS.value))
    counted = {side: {"last_hits": [], "denies": []} for side in SIDES}
    lengths, reasons, wins = [], collections.Counter(), collections.Counter()
    for match in range(_MATCHES.value):
        backend = SimulatedBackend(_of_match(settings, match))
        _play(backend, COUNTED_TICK)
        tables = backend.tables[0]
        if tables.tick >= COUNTED_TICK:
            for side, seat in SIDES.items():
                for name, numbers in counted[side].items():
                    numbers.append(int(tables.players[seat][name]))
        _play(backend, np.inf)
        lengths.append(seconds(int(tables.tick)))
        reasons[WinReason(int(tables.win_reason)).name] += 1
        wins[Team(int(tables.winner)).name] += 1
    shares = {
        "radiant": wins["GOODGUYS"] / _MATCHES.value, "dire": wins["BADGUYS"] / _MATCHES.value,
        "none": wins["NONE"] / _MATCHES.value}
    print(json.dumps({
        "heroes": _HEROES.value, "bots": _BOTS.value, "matches": _MATCHES.value,
        "seed": _SEED.value,
        "win_share": shares,
        "ended_by": dict(reasons),
        "median_seconds": round(statistics.median(lengths), 1),
        "at_10_00": {
            "matches": len(counted["radiant"]["last_hits"]),
            **{side: {
                name: round(statistics.mean(numbers), 1) if numbers else None
                for name, numbers in of_side.items()} for side, of_side in counted.items()}},
    }, indent=2))
    sys.exit(max(shares["radiant"], shares["dire"]) > _MOST.value)


def _in_seats(pair) -> tuple[str, ...]:
    radiant, dire = pair
    empty = ("",) * 4
    return (radiant, *empty, dire, *empty)


def _of_match(settings: MatchSettings, match: int) -> MatchSettings:
    return MatchSettings(
        seed=settings.seed + match, heroes=settings.heroes, bots=settings.bots,
        max_seconds=settings.max_seconds)


def _play(backend: SimulatedBackend, until: float) -> None:
    tables = backend.tables[0]
    while backend.step_type[0] != LAST and tables.tick < until:
        backend.advance()


if __name__ == "__main__":
    app.run(main)
