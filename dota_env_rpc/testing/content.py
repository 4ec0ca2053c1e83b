"""Content made up by tests, to show one word of it at a time.

    game = made_up(Ability("skeleton_king_hellfire_blast", Events={"OnSpellStart": [...]}))
    arena = Arena(game=game)
"""

import dataclasses

from dota_env_rpc.content.assembler import Assembler
from dota_env_rpc.content.game import Game, load_game
from dota_env_rpc.content.vocabulary import Ability
from dota_env_rpc.data.patch import load_patch


def made_up(*content: Ability) -> Game:
    """Returns the default patch in which only these abilities and items do anything.

    They bear names of the patch, whose numbers they may read, and what else they are is up to
    the test.

    Raises:
        ContentError: something in them cannot be.
    """
    game = load_game()
    patch = load_patch()
    array = patch.array.copy()
    assembler = Assembler(patch, array[0])
    items = tuple(ability for ability in content if ability.name.startswith("item_"))
    abilities = tuple(ability for ability in content if ability not in items)
    assembler.assemble(abilities, items)
    return dataclasses.replace(
        game, array=array, modifier_names=tuple(assembler.modifier_names))
