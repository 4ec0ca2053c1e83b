"""Reward terms: what each measures, what it weighs by default, and how it is worked out."""

from collections.abc import Mapping
import dataclasses

import numpy as np

from dota_env_rpc.match.enums import UnitType
from dota_env_rpc.match.rule import record, rule
from dota_env_rpc.tasks.columns import Column, Tensor
from dota_env_rpc.tasks.memory import NUM_TERMS, note_player

# Terms of one step are kept within this.
LARGEST = 100000.0

# Stands beside the weights: whether the reward is less the mean of the enemies'.
ZERO_SUM = "zero_sum"

OPENAI_FIVE = "OpenAI, Dota 2 with Large Scale Deep Reinforcement Learning (2019), appendix G"


@dataclasses.dataclass(frozen=True)
class Term:
    """One reward term.

    Attributes:
        name: Names the weight `reward.<name>` and the column of `reward_terms`.
        weight: Default weight.
        formula: What the term is worth in one step.
        source: Where the weight comes from.
        two_sided: Whether the term already counts both sides, so that the zero-sum variant
            leaves it as it is.
    """

    name: str
    weight: float
    formula: str
    source: str
    two_sided: bool = False


TERMS = (
    Term("win", 5.0, "1 when the own side wins, -1 when it loses", OPENAI_FIVE, True),
    Term("death", -1.0, "own deaths", OPENAI_FIVE),
    Term("kill", -0.6, "own hero kills; their gold and experience count apart", OPENAI_FIVE),
    Term("assist", 0.0, "own assists; their gold and experience count apart", "not rewarded"),
    Term("xp", 0.002, "experience gathered", OPENAI_FIVE),
    Term("gold", 0.006, "gold earned; what is spent or lost does not count", OPENAI_FIVE),
    Term("health", 2.0,
         "change of (x + 1 - (1 - x)^4) / 2, where x is the hero's share of health", OPENAI_FIVE),
    Term("mana", 0.75, "change of the hero's share of mana", OPENAI_FIVE),
    Term("last_hit", -0.16, "own last hits; their gold and experience count apart", OPENAI_FIVE),
    Term("deny", 0.15, "own denies", OPENAI_FIVE),
    Term("tower1", 2.25,
         "worth of tier-1 towers that the enemy lost less what the own side lost: 2/3 of a "
         "tower's share of health, and 1/3 while it stands; the enemy's as the team sees them",
         OPENAI_FIVE, True),
    Term("tower2", 3.0, "likewise, tier-2 towers", OPENAI_FIVE, True),
    Term("tower3", 4.5, "likewise, tier-3 towers", OPENAI_FIVE, True),
    Term("tower4", 2.25, "likewise, tier-4 towers", OPENAI_FIVE, True),
    Term("barracks", 6.0, "likewise, barracks", OPENAI_FIVE, True),
    Term("ancient", 5.0, "likewise, the Ancients' share of health alone",
         OPENAI_FIVE, True),
)
REWARD_TERMS = Tensor(
    name="reward_terms",
    meaning="What each reward term is worth in this step, before its weight.",
    dtype=np.float32, rows=0, row_meaning="",
    columns=tuple(
        Column(term.name, "1", -LARGEST, LARGEST, term.formula) for term in TERMS))

WEIGHTS = record([("weights", "f8", NUM_TERMS), ("zero_sum", "i8")], "WEIGHTS")

_NAMES = [term.name for term in TERMS]
_WIN = _NAMES.index("win")
_DEATH = _NAMES.index("death")
_KILL = _NAMES.index("kill")
_ASSIST = _NAMES.index("assist")
_XP = _NAMES.index("xp")
_GOLD = _NAMES.index("gold")
_HEALTH = _NAMES.index("health")
_MANA = _NAMES.index("mana")
_LAST_HIT = _NAMES.index("last_hit")
_DENY = _NAMES.index("deny")
_TOWER1 = _NAMES.index("tower1")
_BARRACKS_TERM = _NAMES.index("barracks")
_ANCIENT_TERM = _NAMES.index("ancient")
_TWO_SIDED = tuple(int(term.two_sided) for term in TERMS)
_TOWER = int(UnitType.TOWER)
_BARRACKS = int(UnitType.BARRACKS)


def default_weights() -> dict[str, float]:
    """Returns the published weight of each term, by name."""
    return {term.name: term.weight for term in TERMS}


def weights_record(weights: Mapping[str, float]) -> np.recarray:
    """Returns one WEIGHTS record; terms that `weights` does not name weigh 0.

    Raises:
        ValueError: `weights` names what is neither a term nor ZERO_SUM.
    """
    unknown = set(weights) - {*_NAMES, ZERO_SUM}
    if unknown:
        raise ValueError(f"no reward terms {sorted(unknown)}; there are {[*_NAMES, ZERO_SUM]}")
    result = np.zeros(1, WEIGHTS).view(np.recarray)
    result[0].weights[:] = [weights.get(name, 0.0) for name in _NAMES]
    result[0].zero_sum = int(weights.get(ZERO_SUM, False))
    return result


@rule
def building_term(building):
    """Returns the place of the term that a BUILDING_SEEN counts for."""
    if building.kind == _TOWER:
        return _TOWER1 + min(max(building.tier, 1), 4) - 1
    if building.kind == _BARRACKS:
        return _BARRACKS_TERM
    return _ANCIENT_TERM


@rule
def building_worth(building):
    """Returns what a building still stands for, 1 whole to 0 fallen. building: BUILDING_SEEN."""
    if building.share <= 0.0:
        return 0.0
    if building_term(building) == _ANCIENT_TERM:
        return building.share
    return (2.0 * building.share + 1.0) / 3.0


@rule
def settle_buildings(memory):
    """Takes buildings for what they are worth now, so that the next reward starts from here."""
    for place in range(memory.num_buildings):
        building = memory.buildings[place]
        building.worth = building_worth(building)


@rule
def player_terms(terms, tables, seen, player):
    """Writes the terms of one player alone, and keeps what they compare the next time.

    terms: float64 (16,), changed in place. seen: PLAYER_SEEN, changed in place. player: PLAYER.
    """
    health = seen.health
    mana = seen.mana
    terms[_DEATH] = player.deaths - seen.deaths
    terms[_KILL] = player.kills - seen.kills
    terms[_ASSIST] = player.assists - seen.assists
    terms[_XP] = player.xp_earned - seen.xp_earned
    terms[_GOLD] = player.gold_earned - seen.gold_earned
    terms[_LAST_HIT] = player.last_hits - seen.last_hits
    terms[_DENY] = player.denies - seen.denies
    note_player(seen, tables, player)
    terms[_HEALTH] = seen.health - health
    terms[_MANA] = seen.mana - mana


@rule
def reward_of(tables, memory, weights, seat):
    """Works out the terms of a seat since its last step; returns the reward.

    The terms are left in `memory.terms`. Buildings are compared as `memory` sees them.
    """
    terms = memory.terms
    team = tables.players[seat].team
    player_terms(terms, tables, memory.players[seat], tables.players[seat])
    terms[_WIN] = 0.0
    if tables.win_reason != 0 and memory.over == 0 and tables.winner != 0:
        terms[_WIN] = 1.0 if tables.winner == team else -1.0
    memory.over = 1 if tables.win_reason != 0 else 0
    for term in range(_TOWER1, NUM_TERMS):
        terms[term] = 0.0
    for place in range(memory.num_buildings):
        building = memory.buildings[place]
        worth = building_worth(building)
        if worth != building.worth:
            lost = building.worth - worth
            terms[building_term(building)] += -lost if building.own else lost
            building.worth = worth
    reward = 0.0
    for term in range(NUM_TERMS):
        reward += weights.weights[term] * terms[term]
    if weights.zero_sum:
        reward -= _mean_of_others(tables, memory, weights, seat)
    return reward


@rule
def _mean_of_others(tables, memory, weights, seat):
    """Returns what the enemies' terms are worth on average, those apart that count both sides."""
    terms = memory.other_terms
    first = 5 if seat < 5 else 0
    total = 0.0
    count = 0
    for other in range(first, first + 5):
        player = tables.players[other]
        if player.definition < 0:
            continue
        count += 1
        player_terms(terms, tables, memory.players[other], player)
        for term in range(NUM_TERMS):
            if not _TWO_SIDED[term]:
                total += weights.weights[term] * terms[term]
    return total / max(count, 1)
