"""Gold, items, charges, modifiers and handles come and go by rules that tell of it."""

import collections

from dota_env_rpc.content.game import load_game
from dota_env_rpc.testing.books import SIGNS
from dota_env_rpc.testing.random_play import History, RandomMatch

# Two a side, so that items can be given away.
TEAMS = (
    ("axe", "lina", "pudge", "witch_doctor"), ("zuus", "slark", "riki", "death_prophet"),
    ("sven", "lion", "gyrocopter", "puck"))
EXPECTED = {
    *(kind.name for kind in SIGNS), "HERO_KILL", "DEATH", "LAST_HIT", "GOLD", "ORDER_REFUSED",
    "ABILITY_CAST", "ITEM_USED", "MODIFIER_ADDED", "MODIFIER_REMOVED", "RESPAWN",
    "COURIER_KILLED"}


def test_nothing_appears_or_vanishes_untold():
    """`python benchmarks/fuzz.py --ticks 18000000` plays 2,000 matches of five minutes."""
    counts: collections.Counter = collections.Counter()
    history = History()
    # What is taken up for good is wanted above all.
    history.purchases[:] = 3
    history.purchases[load_game().item("item_aghanims_shard")] = 0
    for seed in range(12):
        heroes = (f"npc_dota_hero_{hero}" for hero in TEAMS[seed % len(TEAMS)])
        match = RandomMatch(seed, dict(zip((0, 1, 5, 6), heroes, strict=True)), history=history,
                            ticks_per_step=6)
        match.play(60.0)
        counts += match.books.counts
        assert match.books.problems == []
    assert {kind for kind in EXPECTED if not counts[kind]} == set()
