"""Talents: those that change an ability's numbers need no more than a level; these give their own.

A talent named special_bonus_<family>_<number> adds its number to one property.
"""

from collections.abc import Iterable, Mapping

from dota_env_rpc.content.vocabulary import Ability, Modifier
from dota_env_rpc.data.patch import Patch

# Family to what its number is added to.
FAMILIES = {
    "attack_damage": {"PREATTACK_BONUS_DAMAGE": "%value"},
    "attack_base_damage": {"BASEATTACK_BONUSDAMAGE": "%value"},
    "attack_range": {"ATTACK_RANGE_BONUS": "%value"},
    "attack_speed": {"ATTACKSPEED_BONUS_CONSTANT": "%value"},
    "movement_speed": {"MOVESPEED_BONUS_CONSTANT": "%value"},
    "armor": {"PHYSICAL_ARMOR_BONUS": "%value"},
    "hp": {"HEALTH_BONUS": "%value"},
    "mp": {"MANA_BONUS": "%value"},
    "hp_regen": {"HEALTH_REGEN_CONSTANT": "%value"},
    "mp_regen": {"MANA_REGEN_CONSTANT": "%value"},
    "strength": {"STATS_STRENGTH_BONUS": "%value"},
    "agility": {"STATS_AGILITY_BONUS": "%value"},
    "intelligence": {"STATS_INTELLECT_BONUS": "%value"},
    "all_stats": {"STATS_STRENGTH_BONUS": "%value", "STATS_AGILITY_BONUS": "%value",
                  "STATS_INTELLECT_BONUS": "%value"},
    "magic_resistance": {"MAGICAL_RESISTANCE_BONUS": "%value"},
    "spell_amplify": {"SPELL_AMPLIFY_PERCENTAGE": "%value"},
    "spell_lifesteal": {"SPELL_LIFESTEAL_PERCENTAGE": "%value"},
    "lifesteal": {"LIFESTEAL_PERCENTAGE": "%value"},
    "evasion": {"EVASION_CONSTANT": "%value"},
    "cast_range": {"CAST_RANGE_BONUS": "%value"},
    "cooldown_reduction": {"COOLDOWN_PERCENTAGE": "%value"},
    "spell_aoe": {"AOE_BONUS_CONSTANT": "%value"},
    "day_vision": {"BONUS_DAY_VISION": "%value"},
    "night_vision": {"BONUS_NIGHT_VISION": "%value"},
    "status_resistance": {"STATUS_RESISTANCE_STACKING": "%value"},
    "mana_reduction": {"MANACOST_PERCENTAGE": "%value"},
}


def talents(patch: Patch, heroes: Iterable[str], written: Iterable[Ability]) -> list[Ability]:
    """Returns the content of all talents of `heroes` that no file has written."""
    known = {ability.name for ability in written}
    made: dict[str, Ability] = {}
    for hero in heroes:
        for talent in patch.abilities["talents"][hero]:
            name = talent["name"]
            if name not in known and name not in made:
                made[name] = _talent(name, talent)
    return list(made.values())


def _talent(name: str, talent: Mapping) -> Ability:
    family, _, _ = name.removeprefix("special_bonus_").rpartition("_")
    if talent["effects"] or family not in FAMILIES:
        return Ability(name)
    modifier = f"modifier_{name}"
    return Ability(name, Passives=[modifier],
                   Modifiers=[Modifier(modifier, IsHidden=True, OnIllusions="NUMBERS",
                                       Properties=FAMILIES[family])])
