"""Content that says what cannot be is refused when it is loaded, and says what and where."""

import re
import sys

import pytest

from dota_env_rpc.content import heroes, items
from dota_env_rpc.content.expression import ContentError
from dota_env_rpc.content.game import load_content
from dota_env_rpc.data.patch import load_patch

# A hero without content, in whose file the tests make one mistake each.
ABILITY = "skeleton_king_hellfire_blast"
HEAD = "from dota_env_rpc.content.vocabulary import *\n"


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Returns what loads a game whose only content is a file with these words in it."""
    monkeypatch.setattr(heroes, "__path__", [str(tmp_path)])
    monkeypatch.setattr(items, "__path__", [])
    module = "dota_env_rpc.content.heroes.skeleton_king"
    monkeypatch.delitem(sys.modules, module, raising=False)

    def write(ability):
        (tmp_path / "skeleton_king.py").write_text(f"{HEAD}ABILITIES = [{ability}]\n")
        try:
            return load_content.__wrapped__()
        finally:
            sys.modules.pop(module, None)
            vars(heroes).pop("skeleton_king", None)

    return write


def cast(*actions, **ability):
    """Returns the source of an ability that does this when it is cast."""
    others = "".join(f", {name}={value}" for name, value in ability.items())
    return f"Ability({ABILITY!r}, Events={{'OnSpellStart': [{', '.join(actions)}]}}{others})"


@pytest.mark.parametrize("ability, word", [
    (cast("Damage('%dammage')"), "dammage"),
    (cast("Damage('%axe_battle_hunger.dammage')"), "dammage"),
    (cast("Damage('target.helth')"), "helth"),
    (cast("Damage('foe.health')"), "foe"),
    (cast("Damage('wrath')"), "wrath"),
    (cast("Damage('double(3)')"), "double"),
    (cast("Damage('3 +')"), "3 +"),
    (cast("Damage(1, Target='VICTIM')"), "VICTIM"),
    (cast("Damage(1, Target=7)"), "7 is no target"),
    (cast("Damage(1, Target=Area(9, Teams='EVIL'))"), "EVIL"),
    (cast("Damage(1, Target=Area(9, Types='WIZARD'))"), "WIZARD"),
    (cast("Damage(1, Target=Area(9, Flags='LOUD'))"), "LOUD"),
    (cast("Damage(1, Target=Area(9, Center='MIDDLE'))"), "MIDDLE"),
    (cast("Heal(1, Target=Area(9, Where='target.nme'))"), "nme"),
    (cast("ApplyModifier('modifier_nobodys')"), "modifier_nobodys"),
    (cast("SpawnUnit('npc_dota_hydra')"), "npc_dota_hydra"),
    (cast("GiveItem('item_excalibur', 1)"), "item_excalibur"),
    (cast("RunAbility('lina_fireball')"), "lina_fireball"),
    (cast("Do('more')"), "more"),
    (cast(Modifiers="[Modifier('modifier_a', States=['DIZZY'])]"), "DIZZY"),
    (cast(Modifiers="[Modifier('modifier_a', Properties={'LUCK': 1})]"), "LUCK"),
    (cast(Modifiers="[Modifier('modifier_a', Dispel='WEAK')]"), "WEAK"),
    (cast(Modifiers="[Modifier('modifier_a', Barrier='DAMAGE_TYPE_FIRE')]"), "DAMAGE_TYPE_FIRE"),
    (cast(Modifiers="[Modifier('modifier_a'), Modifier('modifier_a')]"), "modifier_a"),
    (cast(Passives="['modifier_nobodys']"), "modifier_nobodys"),
    (cast(GrantedBy="'CHEESE'"), "CHEESE"),
    (cast(Behavior="('sideways',)"), "sideways"),
    (cast(ChannelAllows="{'DANCE': 1}"), "DANCE"),
    (cast(Standard="{'COOLDOWN': 'wait'}"), "wait"),
    (cast(TargetTeam="'NOBODY'"), "NOBODY"),
], ids=lambda given: given if " " not in given else "")
def test_what_is_unknown_is_told_with_file_ability_and_word(load, tmp_path, ability, word):
    with pytest.raises(ContentError) as told:
        load(ability)
    assert re.search(r"skeleton_king\.py", str(told.value))
    assert ABILITY in str(told.value)
    assert word in str(told.value)


@pytest.mark.parametrize("ability, word", [
    (cast("Dammage(1)"), "Dammage"),
    (cast("Damage(1, Kind='fire')"), "Kind"),
    (cast("Damage(1, 'DAMAGE_TYPE_FIRE')"), "DAMAGE_TYPE_FIRE"),
    (cast("Damage(1, Flags='SOFTLY')"), "SOFTLY"),
    (f"Ability({ABILITY!r}, Events={{'OnSneeze': []}})", "OnSneeze"),
    (cast(Modifiers="[Modifier('modifier_a', Events={'OnSneeze': []})]"), "OnSneeze"),
    (cast(Mood="'good'"), "Mood"),
])
def test_what_python_cannot_read_is_told_with_file_and_word(load, ability, word):
    with pytest.raises(ContentError, match=rf"skeleton_king\.py: .*{word}"):
        load(ability)


def test_an_ability_that_the_patch_lacks_is_told(load):
    with pytest.raises(ContentError, match=r"lina_fireball"):
        load("Ability('lina_fireball')")


def test_what_is_right_is_loaded(load):
    content = load(cast("Damage('%damage')"))
    row = load_patch().ability(ABILITY)
    assert content.array[0].ability_behaviors[row].is_simulated
