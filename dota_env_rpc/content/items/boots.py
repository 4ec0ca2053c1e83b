"""Boots."""

from dota_env_rpc.content.vocabulary import (
    AddRegister,
    ApplyModifier,
    Area,
    Dispel,
    GiveMana,
    Heal,
    If,
    Modifier,
)
from dota_env_rpc.content.wearing import aura, worn

CHOICES = (
    "Phase Boots change no turn rate, for which there is no number.",
    "Power Treads give strength first, then intelligence, then agility; out of the backpack they "
    "begin with strength again.",
    "Tranquil Boots break by attacks on heroes that land, and by attacks of anybody on their "
    "wearer.",
    "Guardian Greaves give their larger regeneration to their wearer alone, while it is low.",
)

_NEAR = {"Center": "CASTER", "Teams": "FRIENDLY"}
_BASILIUS_AURA, _BASILIUS_EFFECT = aura(
    "item_arcane_boots", "%aura_radius", {
        "MANA_REGEN_CONSTANT": "0 if has(parent, 'modifier_item_guardian_greaves_aura_effect')"
                               " else %aura_mana_regen"})
_GUARDIAN_AURA, _GUARDIAN_EFFECT = aura(
    "item_guardian_greaves", "%aura_radius", {
        "MANA_REGEN_CONSTANT": "%aura_mana_regen",
        "HEALTH_REGEN_CONSTANT":
            "%aura_health_regen_bonus if parent.is_caster and"
            " parent.health < 0.01 * %aura_bonus_threshold * parent.max_health"
            " else %aura_health_regen"})


def _treads(attribute):
    return f"%bonus_stat if r0 % 3 == {attribute} else 0"


def _broken():
    return [ApplyModifier("modifier_item_tranquil_boots_broken", Target="PARENT")]


ITEMS = [
    worn("item_boots", Boots="bonus_movement_speed"),
    # What they change of Town Portal Scrolls is told with these.
    worn("item_travel_boots", Boots="bonus_movement_speed",
         Unused=("maximum_distance", "vision_radius")),
    worn("item_travel_boots_2", Boots="bonus_movement_speed",
         Unused=("maximum_distance", "vision_radius")),
    worn(
        "item_phase_boots", "bonus_attack_speed", "bonus_armor", Boots="bonus_movement_speed",
        Properties={"PREATTACK_BONUS_DAMAGE":
                    "%bonus_damage_range if parent.is_ranged else %bonus_damage_melee"},
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_phase_boots_active", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_item_phase_boots_active", Duration="%phase_duration",
            States=["NO_UNIT_COLLISION"],
            Properties={"MOVESPEED_BONUS_PERCENTAGE":
                        "%phase_movement_speed_range if parent.is_ranged"
                        " else %phase_movement_speed"})]),
    worn(
        "item_power_treads", "bonus_attack_speed", "bonus_damage",
        Properties={
            "MOVESPEED_BONUS_UNIQUE": "%bonus_movement_speed_ranged if parent.is_ranged"
                                      " else %bonus_movement_speed_melee",
            "STATS_STRENGTH_BONUS": _treads(0), "STATS_INTELLECT_BONUS": _treads(1),
            "STATS_AGILITY_BONUS": _treads(2)},
        Events={"OnSpellStart": [
            AddRegister(0, 1, ModifierName="modifier_item_power_treads", Target="CASTER")]}),
    worn(
        "item_tranquil_boots", "bonus_armor",
        Properties={
            "MOVESPEED_BONUS_UNIQUE":
                "%broken_movement_speed if has(parent, 'modifier_item_tranquil_boots_broken')"
                " else %bonus_movement_speed",
            "HEALTH_REGEN_CONSTANT":
                "0 if has(parent, 'modifier_item_tranquil_boots_broken')"
                " else %bonus_health_regen"},
        Listens={"OnAttackLanded": [If("target.is_hero", _broken())], "OnAttacked": _broken()},
        Modifiers=[Modifier("modifier_item_tranquil_boots_broken", Duration="%break_time")],
        Unused=("heal_duration", "heal_amount", "heal_interval", "break_count",
                "break_threshold")),
    worn(
        "item_arcane_boots", "mana_regen", "bonus_mana", Boots="bonus_movement",
        Events={"OnSpellStart": [
            GiveMana("%replenish_amount", Target=Area("%replenish_radius", **_NEAR))]},
        Passives=[_BASILIUS_AURA.name], Modifiers=[_BASILIUS_AURA, _BASILIUS_EFFECT]),
    worn(
        "item_guardian_greaves", "bonus_armor", "bonus_mana", "mana_regen",
        Boots="bonus_movement",
        Events={"OnSpellStart": [
            Dispel(Target="CASTER", Debuffs=True),
            Heal("%replenish_health + 0.01 * %max_health_pct_heal_amount * target.max_health",
                 Target=Area("%replenish_radius", **_NEAR)),
            GiveMana("%replenish_mana", Target=Area("%replenish_radius", **_NEAR)),
        ]},
        Passives=[_GUARDIAN_AURA.name], Modifiers=[_GUARDIAN_AURA, _GUARDIAN_EFFECT]),
]
