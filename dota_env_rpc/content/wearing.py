"""What items give by being worn: the properties that their values stand for."""

from collections.abc import Sequence

from dota_env_rpc.content.vocabulary import Ability, Modifier, Number

_ALL_STATS = ("STATS_STRENGTH_BONUS", "STATS_AGILITY_BONUS", "STATS_INTELLECT_BONUS")
# Key of a value: the properties that are given as much.
PROPERTIES = {
    "bonus_strength": ("STATS_STRENGTH_BONUS",),
    "bonus_str": ("STATS_STRENGTH_BONUS",),
    "strength": ("STATS_STRENGTH_BONUS",),
    "bonus_agility": ("STATS_AGILITY_BONUS",),
    "agility": ("STATS_AGILITY_BONUS",),
    "bonus_intellect": ("STATS_INTELLECT_BONUS",),
    "bonus_int": ("STATS_INTELLECT_BONUS",),
    "bonus_all_stats": _ALL_STATS,
    "bonus_stats": _ALL_STATS,
    "all_stats": _ALL_STATS,
    "bonus_damage": ("PREATTACK_BONUS_DAMAGE",),
    "damage": ("PREATTACK_BONUS_DAMAGE",),
    "bonus_armor": ("PHYSICAL_ARMOR_BONUS",),
    "armor": ("PHYSICAL_ARMOR_BONUS",),
    "bonus_health": ("HEALTH_BONUS",),
    "bonus_hp": ("HEALTH_BONUS",),
    "bonus_mana": ("MANA_BONUS",),
    "bonus_health_regen": ("HEALTH_REGEN_CONSTANT",),
    "bonus_hp_regen": ("HEALTH_REGEN_CONSTANT",),
    "bonus_regen": ("HEALTH_REGEN_CONSTANT",),
    "health_regen": ("HEALTH_REGEN_CONSTANT",),
    "bonus_mana_regen": ("MANA_REGEN_CONSTANT",),
    "bonus_mp_regen": ("MANA_REGEN_CONSTANT",),
    "mana_regen": ("MANA_REGEN_CONSTANT",),
    "bonus_attack_speed": ("ATTACKSPEED_BONUS_CONSTANT",),
    "bonus_attack_speed_pct": ("ATTACKSPEED_PERCENTAGE",),
    "bonus_movement_speed": ("MOVESPEED_BONUS_CONSTANT",),
    "movement_speed": ("MOVESPEED_BONUS_CONSTANT",),
    "self_movement_speed": ("MOVESPEED_BONUS_CONSTANT",),
    "movement_speed_percent_bonus": ("MOVESPEED_BONUS_PERCENTAGE_UNIQUE",),
    "bonus_magical_armor": ("MAGICAL_RESISTANCE_BONUS",),
    "magic_resistance": ("MAGICAL_RESISTANCE_BONUS",),
    "bonus_spell_resist": ("MAGICAL_RESISTANCE_BONUS",),
    "bonus_evasion": ("EVASION_CONSTANT",),
    "evasion": ("EVASION_CONSTANT",),
    "lifesteal_percent": ("LIFESTEAL_PERCENTAGE",),
    "spell_lifesteal": ("SPELL_LIFESTEAL_PERCENTAGE",),
    "spell_amp": ("SPELL_AMPLIFY_PERCENTAGE_UNIQUE",),
    "mana_regen_multiplier": ("MP_REGEN_AMPLIFY_PERCENTAGE_UNIQUE",),
    "hp_regen_amp": ("RESTORATION_PERCENTAGE_UNIQUE",),
    "heal_increase_passive": ("HEAL_AMPLIFY_PERCENTAGE_SOURCE",),
    "slow_resistance": ("SLOW_RESISTANCE_UNIQUE",),
    "status_resistance": ("STATUS_RESISTANCE_STACKING",),
    "cast_range_bonus": ("CAST_RANGE_BONUS",),
    "bonus_cooldown": ("COOLDOWN_PERCENTAGE",),
    "manacost_reduction": ("MANACOST_PERCENTAGE",),
    "cast_speed_pct": ("CASTTIME_PERCENTAGE",),
    "bonus_aoe": ("AOE_BONUS_CONSTANT",),
    "aoe_bonus": ("AOE_BONUS_CONSTANT",),
    "bonus_night_vision": ("BONUS_NIGHT_VISION",),
    "base_attack_range": ("ATTACK_RANGE_BONUS",),
    "melee_attack_range": ("ATTACK_RANGE_BONUS",),
}
# Keys that hold for the one kind of attacker alone.
WHERE = {"base_attack_range": "parent.is_ranged", "melee_attack_range": "parent.is_melee"}


def properties(*keys: str) -> dict[str, str]:
    """Returns what values of these keys give, as the Properties of a Modifier."""
    given: dict[str, list[str]] = {}
    for key in keys:
        number = f"(%{key} if {WHERE[key]} else 0)" if key in WHERE else f"%{key}"
        for name in PROPERTIES[key]:
            given.setdefault(name, []).append(number)
    return {name: " + ".join(numbers) for name, numbers in given.items()}


def worn(
        name: str, *keys: str, Properties: dict[str, Number] | None = None, Boots: str = "",
        Multiple: bool = True, Once: Sequence[str] = (),
        Listens: dict[str, list] | None = None, Passives: Sequence[str] = (),
        Modifiers: Sequence[Modifier] = (), Worn: dict | None = None, **others) -> Ability:
    """Returns an item that gives what its keys say while it is worn.

    What its keys say counts for each of several that are worn. What else it does may count but
    once: its wearer then has a second modifier, with `_unique` behind the name of the first.

    Args:
        name: The item's name; `modifier_` and it is what its wearer has.
        *keys: Keys of values, as in PROPERTIES.
        Properties: What it gives besides.
        Boots: Key of a movement speed that does not add up with that of other boots.
        Multiple: Whether Properties and Listens count for each of several.
        Once: Keys of values that count once, however many of the item are worn.
        Listens: Events of the wearer, as those of a Modifier.
        Passives: Further modifiers of the wearer, auras among them.
        Modifiers: All the others that it has.
        Worn: What else the wearer's modifier is to be, by the names of Modifier.
        **others: What else the item is to be, by the names of Ability.
    """
    plain, more = properties(*keys), properties(*Once) | (Properties or {})
    if Boots:
        plain["MOVESPEED_BONUS_UNIQUE"] = f"%{Boots}"
    fixed = {"IsHidden": True, "OnIllusions": "NUMBERS"}
    what = {"Events": Listens or {}, **(Worn or {})}
    if Multiple and not Once:
        own = [Modifier(f"modifier_{name}", Multiple=True, Properties=plain | more, **fixed,
                        **what)]
    else:
        own = [Modifier(f"modifier_{name}", Multiple=True, Properties=plain, **fixed),
               Modifier(f"modifier_{name}_unique", Properties=more, **fixed, **what)]
    return Ability(
        name, Passives=[*(modifier.name for modifier in own), *Passives],
        Modifiers=[*own, *Modifiers], **others)


def aura(
        name: str, Radius: Number, Properties: dict[str, Number], Teams: str = "FRIENDLY",
        Types: str = "HERO | BASIC", suffix: str = "aura", **others) -> tuple[Modifier, Modifier]:
    """Returns the aura of an item and what it gives those around, as two modifiers.

    The first is what the wearer has: `modifier_`, the item and the suffix; the second has
    `_effect` behind that. Enemies get it as a debuff.
    """
    given = Modifier(
        f"modifier_{name}_{suffix}_effect", Properties=Properties, IsDebuff=Teams == "ENEMY",
        PiercesImmunity=others.pop("PiercesImmunity", False))
    return Modifier(
        f"modifier_{name}_{suffix}", IsHidden=True, Aura=given.name, AuraRadius=Radius,
        AuraTeams=Teams, AuraTypes=Types, **others), given
