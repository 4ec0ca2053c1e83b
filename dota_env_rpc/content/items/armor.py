"""What keeps its wearer alive, and auras around it."""

from dota_env_rpc.content.vocabulary import (
    ApplyModifier,
    Area,
    Damage,
    Dispel,
    If,
    Modifier,
    RemoveModifier,
    SetAmount,
    SetCooldown,
    SetHealth,
    SetItemCharges,
    SetRegister,
    SetToggle,
)
from dota_env_rpc.content.wearing import aura, worn

CHOICES = (
    "Heart of Tarrasque's hp_regen is taken for percent of maximum health each second.",
    "Black King Bar lasts 9, 8 and 7 seconds at its first, second and every later use.",
    "Blade Mail returns a part of what its wearer has lost: of attacks as physical damage, and "
    "while it is used, of everything as damage of its own type.",
    "Shiva's Guard's wave hurts all at once within its whole radius.",
    "Armlet takes its health ten times a second. Switching it gives and takes as much health as "
    "maximum health, at most all but one hit point.",
    "Consecrated Wraps raise their barrier behind the damage that sets it off; the time to the "
    "next charge begins anew with that.",
    "Aeon Disk dispels behind the damage that sets it off; its first cooldown begins when it is "
    "first worn.",
)


_AEON_COOLDOWN = (
    "%cooldown_duration@1 if charges <= 1 else %cooldown_duration@2 if charges == 2"
    " else %cooldown_duration@3 if charges == 3 else %cooldown_duration@4")
# Neither creeps nor buildings.
_BY_PLAYERS = "attacker.is_enemy and (attacker.is_hero or attacker.is_summon)"


def _keeping_wounds(change):
    """Returns actions for a change of maximum health after which as many hit points lack."""
    return [SetAmount("caster.health - caster.max_health"), change,
            SetHealth("amount + caster.max_health", Target="CASTER")]


def _block(Chance="%block_chance"):
    return {"PHYSICAL_CONSTANT_BLOCK":
            "(%block_damage_ranged if parent.is_ranged else %block_damage_melee)"
            f" if chance({Chance}) else 0"}


_ASSAULT_AURA, _ASSAULT_EFFECT = aura(
    "item_assault", "%aura_radius", {
        "ATTACKSPEED_BONUS_CONSTANT": "%aura_attack_speed",
        "PHYSICAL_ARMOR_BONUS": "%aura_positive_armor"}, Types="HERO | BASIC | BUILDING",
    AuraFlags="INVULNERABLE")
_ASSAULT_AGAINST, _ASSAULT_DEBUFF = aura(
    "item_assault", "%aura_radius", {"PHYSICAL_ARMOR_BONUS": "%aura_negative_armor"},
    Teams="ENEMY", Types="HERO | BASIC | BUILDING", suffix="negative_aura",
    AuraFlags="INVULNERABLE | MAGIC_IMMUNE_ENEMIES", PiercesImmunity=True)
_SHIVA_AURA, _SHIVA_EFFECT = aura(
    "item_shivas_guard", "%aura_radius", {"ATTACKSPEED_BONUS_CONSTANT": "%aura_attack_speed"},
    Teams="ENEMY")

ITEMS = [
    worn("item_vanguard", "bonus_health", "bonus_health_regen", Properties=_block()),
    worn(
        "item_crimson_guard", "bonus_health", "bonus_health_regen", "bonus_armor",
        Properties=_block(),
        Events={"OnSpellStart": [ApplyModifier(
            "modifier_item_crimson_guard_extra",
            Registers=("%block_damage_active + 0.01 * %max_hp_pct * caster.max_health",),
            Target=Area("%bonus_aoe_radius", Center="CASTER", Teams="FRIENDLY",
                        Types="HERO | BUILDING", Flags="INVULNERABLE"))]},
        Modifiers=[Modifier(
            "modifier_item_crimson_guard_extra", Duration="%duration",
            Properties={"PHYSICAL_CONSTANT_BLOCK":
                        "r0 if chance(%block_chance_active) else 0"})],
        Unused=("block_penalty_ranged",)),
    worn(
        "item_assault", "bonus_attack_speed", "bonus_armor",
        Passives=[_ASSAULT_AURA.name, _ASSAULT_AGAINST.name],
        Modifiers=[_ASSAULT_AURA, _ASSAULT_EFFECT, _ASSAULT_AGAINST, _ASSAULT_DEBUFF]),
    worn(
        "item_heart", "bonus_strength",
        Properties={
            "HEALTH_REGEN_PERCENTAGE": "%hp_regen",
            "HEALTH_REGEN_CONSTANT":
                "0.01 * %missing_health_regen * (parent.max_health - parent.health)"},
        Worn={"Dynamic": True}, Multiple=False),
    worn(
        "item_black_king_bar", "bonus_strength", "bonus_damage",
        # Its charges tell how often it was used, and each use takes one: 0, 2, 3, 3...
        Events={"OnSpellStart": [
            Dispel(Target="CASTER", Debuffs=True),
            ApplyModifier("modifier_black_king_bar_immune", Target="CASTER",
                          Duration="%duration - charges"),
            SetItemCharges("min(charges + 2, %max_level)"),
        ]},
        Modifiers=[Modifier(
            "modifier_black_king_bar_immune", States=["MAGIC_IMMUNE"],
            Properties={"MAGICAL_RESISTANCE_BONUS": "%spell_reduce",
                        "MAGICAL_RESISTANCE_OF_IMMUNITY": "%spell_reduce"})],
        Unused=("model_scale",)),
    worn(
        "item_shivas_guard", "bonus_hp_regen", "bonus_armor", "bonus_aoe",
        Events={"OnSpellStart": [
            Damage("%blast_damage", Target=Area("%blast_radius + %bonus_aoe", Center="CASTER")),
            ApplyModifier("modifier_item_shivas_guard_blast",
                          Target=Area("%blast_radius + %bonus_aoe", Center="CASTER"))]},
        Passives=[_SHIVA_AURA.name],
        Modifiers=[_SHIVA_AURA, _SHIVA_EFFECT, Modifier(
            "modifier_item_shivas_guard_blast", IsDebuff=True, Dispel="BASIC",
            Duration="%blast_debuff_duration",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%blast_movement_speed"})],
        Unused=("blast_speed",)),
    worn(
        "item_blade_mail", "bonus_damage", "bonus_armor", "bonus_intellect",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_blade_mail_reflect", Target="CASTER")]},
        Listens={"OnAttacked": [If("not attacker.is_building and attacker.is_enemy", [Damage(
            "%passive_reflection_constant"
            " + (0 if has(parent, 'modifier_item_blade_mail_reflect')"
            " else 0.01 * %passive_reflection_pct * amount)",
            Type="DAMAGE_TYPE_PHYSICAL", Target="ATTACKER",
            Flags="REFLECTION | NO_SPELL_AMPLIFICATION")])]},
        Multiple=False,
        Modifiers=[Modifier(
            "modifier_item_blade_mail_reflect", Duration="%duration",
            Events={"OnTakeDamage": [If("not attacker.is_building and attacker.is_enemy", [
                Damage("0.01 * (%passive_reflection_pct + %active_reflection_pct) * amount",
                       Type="SAME", Target="ATTACKER",
                       Flags="REFLECTION | NO_SPELL_AMPLIFICATION")])]})]),
    worn(
        "item_armlet", "bonus_damage", "bonus_attack_speed", "bonus_armor",
        "bonus_health_regen",
        Events={"OnToggleOn": _keeping_wounds(
                    ApplyModifier("modifier_item_armlet_unholy_strength", Target="CASTER")),
                "OnToggleOff": _keeping_wounds(
                    RemoveModifier("modifier_item_armlet_unholy_strength", Target="CASTER"))},
        Modifiers=[Modifier(
            "modifier_item_armlet_unholy_strength", ThinkInterval=0.1, WornOnly=True,
            Properties={"PREATTACK_BONUS_DAMAGE": "%unholy_bonus_damage",
                        "STATS_STRENGTH_BONUS": "%unholy_bonus_strength",
                        "PHYSICAL_ARMOR_BONUS": "%unholy_bonus_armor",
                        "SLOW_RESISTANCE_STACKING": "%unholy_bonus_slow_resistance"},
            Events={"OnIntervalThink": [Damage(
                "0.1 * %unholy_health_drain_per_second", Type="DAMAGE_TYPE_HP_REMOVAL",
                Target="PARENT", Flags="NON_LETHAL")],
                # It also ends by death, and by being taken off.
                "OnDestroy": [SetToggle(0)]})],
        Unused=("toggle_cooldown",), BotUse="NONE"),
    worn(
        "item_radiance", "bonus_damage", "evasion", StartsToggled=True,
        Passives=["modifier_item_radiance_burn"],
        Modifiers=[Modifier(
            "modifier_item_radiance_burn", IsHidden=True, OnIllusions="ALL", ThinkInterval=1,
            Events={"OnIntervalThink": [If("toggled", [Damage(
                "%aura_damage_illusions if parent.is_illusion else %aura_damage",
                Target=Area("%aura_radius", Center="PARENT"))])]})],
        Unused=("blind_pct", "upgrade_day_vision", "illusion_multiplier_pct")),
    worn(
        "item_aeon_disk", "bonus_health", "bonus_mana", Multiple=False,
        # Its charges tell at which level its next cooldown is, 0 while it was never worn.
        Listens={
            "OnCreated": [If("charges <= 0", [
                SetCooldown("%initial_cooldown", Target="PARENT"),
                SetItemCharges(1, Target="PARENT")])],
            "OnTakeDamage": [If(
                f"is_ready and {_BY_PLAYERS}"
                " and parent.health < 0.01 * %health_threshold_pct * parent.max_health", [
                    SetCooldown(_AEON_COOLDOWN, Target="PARENT"),
                    SetItemCharges("min(charges + 1, %max_level)", Target="PARENT"),
                    Dispel(Target="PARENT", Strong=True, Debuffs=True),
                    ApplyModifier("modifier_item_aeon_disk_buff", Target="PARENT")])]},
        Modifiers=[Modifier(
            "modifier_item_aeon_disk_buff", Duration="%buff_duration",
            Properties={"STATUS_RESISTANCE_STACKING": "%status_resistance",
                        "INCOMING_DAMAGE_PERCENTAGE": -100,
                        "TOTALDAMAGEOUTGOING_PERCENTAGE": -100})]),
    worn(
        "item_consecrated_wraps", "bonus_spell_resist", "bonus_all_stats", "bonus_health",
        Multiple=False, Worn={"ThinkInterval": 0.1},
        Listens={
            "OnIntervalThink": [If(
                "charges < %AbilityCharges and seconds >= r0 + %AbilityChargeRestoreTime", [
                    SetRegister(0, "seconds"),
                    SetItemCharges(1, Add=True, Target="PARENT"),
                    ApplyModifier("modifier_item_consecrated_wraps_haste", Target="PARENT")])],
            "OnTakeDamage": [If(
                "charges > 0 and amount > %stack_threshold_damage"
                f" and {_BY_PLAYERS}", [
                    SetRegister(0, "seconds"),
                    ApplyModifier("modifier_item_consecrated_wraps_barrier", Target="PARENT",
                                  Registers=("%barrier_per_stack * charges",)),
                    SetItemCharges(0, Target="PARENT")])]},
        Modifiers=[
            Modifier("modifier_item_consecrated_wraps_haste", Dispel="BASIC",
                     Duration="%duration", Properties={
                         "MOVESPEED_BONUS_PERCENTAGE": "%movement_speed_pct_on_stack_gain"}),
            Modifier("modifier_item_consecrated_wraps_barrier", Dispel="BASIC",
                     Duration="%duration",
                     Barrier="DAMAGE_TYPE_PHYSICAL | DAMAGE_TYPE_MAGICAL | DAMAGE_TYPE_PURE"),
        ],
        Unused=("max_barrier_tooltip",)),
]
