"""The arena that tests of rules play in, and spells that are made up for them."""

import pytest

from dota_env_rpc.content.vocabulary import Ability, ApplyModifier, Modifier
from dota_env_rpc.match.enums import Team
from dota_env_rpc.testing.arena import Arena
from dota_env_rpc.testing.content import made_up

KING = "npc_dota_hero_skeleton_king"
# Cast on a unit from 525 with a cast point, mana and a cooldown.
BLAST = "skeleton_king_hellfire_blast"


@pytest.fixture
def arena():
    return Arena()


@pytest.fixture
def spell():
    """Returns what makes an arena with a hero whose spell BLAST does some actions.

    spell(*actions, others=(), **ability) gives the arena and the hero, of level 25, who has
    learned it; others: more content; ability: what else the spell is, by the names of Ability.
    """
    def make(*actions, others=(), **ability):
        events = {"OnSpellStart": [*actions], **ability.pop("Events", {})}
        arena = Arena(game=made_up(Ability(BLAST, Events=events, **ability), *others))
        king = arena.spawn(KING, level=25)
        king.learn(**{BLAST: 1})
        return arena, king

    return make


@pytest.fixture
def aura_of(spell):
    """Returns what makes an arena in which a hero and an enemy have modifiers from the start.

    aura_of(own, enemy): keywords of a Modifier for each, None for none. Gives the arena, the hero
    and the enemy, a creep with many hit points within reach.
    """
    def make(own=None, enemy=None):
        given, actions = [], []
        for name, target, keywords in (("own", "CASTER", own), ("enemy", "TARGET", enemy)):
            if keywords is not None:
                given.append(Modifier(f"modifier_{name}", **keywords))
                actions.append(ApplyModifier(f"modifier_{name}", Target=target))
        arena, king = spell(*actions, Modifiers=given)
        other = stand(arena, at=(200, 0))
        king.perform(BLAST, target=other)
        arena.run(0.1)
        king.stop()
        return arena, king, other

    return make


def stand(arena, at=(200, 0), name="npc_dota_creep_badguys_melee", **fields):
    """Puts a unit of the enemy there that does nothing by itself and bears much."""
    numbers = {"health": 5000.0, "max_health": 5000.0, "damage": 0.0, "health_regen": 0.0,
               "acquisition_range": 0.0, **fields}
    return arena.spawn(name, at=at, team=numbers.pop("team", Team.BADGUYS), **numbers)
