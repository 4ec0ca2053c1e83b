"""Blinks, bursts of damage, hexes, silences and other things that are aimed."""

from dota_env_rpc.content.vocabulary import (
    ActOnTargets,
    AddRegister,
    ApplyModifier,
    Area,
    Blink,
    Damage,
    Dispel,
    Dominate,
    GiveExperience,
    GiveGold,
    GiveMana,
    Heal,
    If,
    Kill,
    Modifier,
    OwnedUnits,
    RecastSpell,
    RefreshAbilities,
    RemoveModifier,
    RemoveUnit,
    SetBounty,
    SetCooldown,
    SetHealth,
    SetItemCharges,
    SetPoint,
    SetRegister,
    TrackingProjectile,
)
from dota_env_rpc.content.wearing import aura, worn

CHOICES = (
    "A Blink Dagger used beyond its range takes its user as far as its clamp says; while it is "
    "held off by damage, a use of it is refused as a wrong target.",
    "Dagon's cast_range_bonus lengthens every cast of its wearer.",
    "Orchid and Bloodthorn count all that their target loses while it is silenced, and hurt only "
    "whom nothing has freed of the silence.",
    "Overwhelming Blink hurts over time in equal parts each second.",
    "Linken's Sphere blocks as soon as its cooldown is over, in whichever slot it is worn.",
    "Holy Locket gains a charge each ten seconds whatever it holds, up to its most.",
    "A second creep that a hero dominates by a Helm takes the place of the first, which is gone; "
    "Hand of Midas alone is held off by domination.",
    "Refresher Orb gives charges of abilities back too.",
    "Lotus Orb sends back what is cast on its bearer at once and for nothing, with the numbers of "
    "its caster; what is channelled is not sent back, and no Linken's Sphere stops it.",
)


def _blink(name, *keys, after=(), Modifiers=(), Unused=(), Partial=""):
    """Returns a dagger that takes its user away, unless a hero has just hurt it."""
    hurt = f"modifier_{name}_hurt"
    return worn(
        name, *keys, CastFilter=f"not has(caster, '{hurt}')",
        Events={"OnSpellStart": [
            If("distance(caster, point) > %blink_range", [
                SetPoint(Center="CASTER", Distance="%blink_range_clamp", TowardPoint=True)]),
            Blink(), *after]},
        Listens={"OnTakeDamage": [If("attacker.is_hero and attacker.is_enemy", [
            ApplyModifier(hurt, Target="PARENT"),
            If("is_ready", [SetCooldown("%blink_damage_cooldown", Target="PARENT")])])]},
        Modifiers=[Modifier(hurt, IsHidden=True, Duration="%blink_damage_cooldown"),
                   *Modifiers],
        Unused=Unused, Partial=Partial)


def _dagon(name):
    return worn(name, "bonus_all_stats", "bonus_health", "bonus_mana", "cast_range_bonus",
                Events={"OnSpellStart": [If("target.is_illusion", [Kill()], [Damage("%damage")])]},
                Unused=("damage_delay", "mana_cost_tooltip"))


# What a silence does that is over, and not taken off.
PAY_BACK = [If("remaining <= 0", [Damage("0.01 * %silence_damage_percent * r0")])]


def _silence(name, *keys, States=("SILENCED",), Properties=None, Listens=None, debuff=None,
             Unused=(), Partial=""):
    return worn(
        name, *keys, Properties=Properties, Listens=Listens,
        Events={"OnSpellStart": [ApplyModifier(f"modifier_{name}_debuff")]},
        Modifiers=[Modifier(
            f"modifier_{name}_debuff", IsDebuff=True, Dispel="BASIC",
            Duration="%silence_duration", States=States, Properties=debuff or {},
            Events={"OnTakeDamage": [AddRegister(0, "amount")],
                    "OnDestroy": PAY_BACK})],
        Unused=Unused, Partial=Partial)


# Whether TARGET is a creep that a Helm has dominated.
DOMINATED = ("has(target, 'modifier_item_helm_of_the_dominator_creep')"
             " or has(target, 'modifier_item_helm_of_the_overlord_creep')")


def _ethereal(name, **others):
    return Modifier(
        name, Dispel="BASIC", States=["ETHEREAL", "ATTACK_IMMUNE", "DISARMED"],
        Properties={"ABSOLUTE_NO_DAMAGE_PHYSICAL": 1,
                    "MAGICAL_RESISTANCE_BONUS": "%ethereal_damage_bonus"}, **others)


def _helm(name, Unused=(), Partial=""):
    return worn(
        name, "bonus_stats", "bonus_armor", "bonus_regen", CastFilter="target.is_neutral",
        Events={"OnSpellStart": [
            GiveGold("0.01 * %bounty_pct * target.bounty_gold"),
            GiveExperience("0.01 * %bounty_pct * target.bounty_xp"),
            RemoveUnit(Target=OwnedUnits(Where=f"target.is_own and ({DOMINATED})")),
            Dominate(), ApplyModifier(f"modifier_{name}_creep"), SetBounty("%bounty_gold"),
        ]},
        Modifiers=[Modifier(
            f"modifier_{name}_creep", Permanent=True,
            Properties={
                "MOVESPEED_BASE_OVERRIDE": "%speed_base", "HEALTH_BONUS": "r0",
                "BASEATTACK_BONUSDAMAGE": "%creep_bonus_damage",
                "HEALTH_REGEN_CONSTANT": "%creep_bonus_hp_regen",
                "MANA_REGEN_CONSTANT": "%creep_bonus_mp_regen",
                "PHYSICAL_ARMOR_BONUS": "%creep_bonus_armor"},
            Events={
                "OnCreated": [
                    SetRegister(0, "max(%health_min - parent.max_health, 0)"),
                    SetHealth("parent.max_health", Target="PARENT")],
                "OnTakeDamage": [If("is_ready and attacker.is_hero and attacker.is_enemy", [
                    SetCooldown("%creep_damage_taken_cooldown")])]})],
        Unused=("model_scale", "count_limit", "creep_ability_level_increase", *Unused),
        Partial=Partial)


_BLOOD_AURA, _BLOOD_EFFECT = aura(
    "item_bloodstone", "%aura_radius",
    {"INCOMING_SPELL_DAMAGE_PERCENTAGE": "%aura_spell_vulnerability"}, Teams="ENEMY")

ITEMS = [
    _blink("item_blink"),
    _blink(
        "item_swift_blink", "bonus_agility",
        after=[ApplyModifier("modifier_item_swift_blink_buff", Target="CASTER")],
        Modifiers=[Modifier(
            "modifier_item_swift_blink_buff", Duration="%duration",
            States=["NO_UNIT_COLLISION"],
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%bonus_movement",
                        "STATS_AGILITY_BONUS": "%bonus_agi_active"})]),
    _blink(
        "item_arcane_blink", "bonus_intellect",
        after=[Heal("%heal_amount", Target="CASTER"),
               GiveMana("%mana_amount", Target="CASTER")],
        Unused=("debuff_amp", "duration")),
    _blink(
        "item_overwhelming_blink", "bonus_strength",
        after=[ActOnTargets(Area("%radius", Center="CASTER"), [
            Damage("%damage_base + 0.01 * %damage_pct_instant * caster.strength"),
            ApplyModifier("modifier_item_overwhelming_blink_debuff")])],
        Modifiers=[Modifier(
            "modifier_item_overwhelming_blink_debuff", IsDebuff=True, Dispel="BASIC",
            Duration="%duration", ThinkInterval=1,
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%movement_slow",
                        "ATTACKSPEED_BONUS_CONSTANT": "-%attack_slow"},
            Events={"OnIntervalThink": [Damage(
                "0.01 * %damage_pct_over_time * caster.strength / %duration")]})]),
    *(_dagon(name) for name in (
        "item_dagon", "item_dagon_2", "item_dagon_3", "item_dagon_4", "item_dagon_5")),
    worn(
        "item_sheepstick", "bonus_intellect", "bonus_mana_regen",
        Events={"OnSpellStart": [If("target.is_illusion", [Kill()], [
            ApplyModifier("modifier_sheepstick_debuff")])]},
        Modifiers=[Modifier(
            "modifier_sheepstick_debuff", IsDebuff=True, Dispel="STRONG",
            Duration="%sheep_duration", States=["HEXED", "SILENCED", "MUTED", "DISARMED"],
            Properties={"MOVESPEED_BASE_OVERRIDE": "%sheep_movement_speed"})],
        Unused=("upgrade_radius",)),
    _silence("item_orchid", "bonus_attack_speed", "bonus_damage", "bonus_mana_regen",
             "bonus_health_regen", "bonus_intellect"),
    worn(
        "item_refresher", "bonus_health_regen", "bonus_mana_regen", "bonus_damage",
        Events={"OnSpellStart": [RefreshAbilities()]},
        RestsWorn=True, Unused=("max_level", "cooldown_duration", "refresh_items")),
    worn(
        "item_bloodstone", "bonus_health", "bonus_mana", "bonus_mp_regen", "bonus_hp_regen",
        "bonus_intellect",
        Properties={"SPELL_LIFESTEAL_PERCENTAGE":
                    "%spell_lifesteal_while_active"
                    " if has(parent, 'modifier_item_bloodstone_active') else %spell_lifesteal"},
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_bloodstone_active", Target="CASTER")]},
        Passives=[_BLOOD_AURA.name],
        Modifiers=[_BLOOD_AURA, _BLOOD_EFFECT,
                   Modifier("modifier_item_bloodstone_active", Duration="%buff_duration")],
        Unused=("hp_cost",)),
    worn(
        "item_sphere", "bonus_all_stats", "bonus_health_regen", "bonus_mana_regen",
        CastOnSelf=False,
        Properties={"ABSORB_SPELL": "is_ready"},
        Listens={"OnSpellAbsorbed": [
            If("is_ready", [SetCooldown("%block_cooldown", Target="PARENT")])]},
        Events={"OnSpellStart": [ApplyModifier("modifier_item_sphere_target")]},
        Modifiers=[
            Modifier("modifier_item_sphere_target", Duration="%block_cooldown",
                     Properties={"ABSORB_SPELL": 1},
                     Events={"OnSpellAbsorbed": [RemoveModifier(
                         "modifier_item_sphere_target", Target="PARENT")]}),
        ],
        Unused=("upgrade_absorb_duration", "damage_absorb")),
    worn(
        "item_lotus_orb", "bonus_armor", "bonus_health_regen", "bonus_mana_regen", "bonus_mana",
        Events={"OnSpellStart": [
            Dispel(Debuffs=True), ApplyModifier("modifier_item_lotus_orb_active")]},
        Modifiers=[Modifier(
            "modifier_item_lotus_orb_active", Duration="%active_duration",
            Events={"OnTargeted": [RecastSpell()]})]),
    worn(
        "item_ethereal_blade", "bonus_strength", "bonus_agility", "bonus_intellect",
        Events={"OnSpellStart": [TrackingProjectile("%projectile_speed", OnHit=[If(
            "target.is_enemy", [
                ApplyModifier("modifier_item_ethereal_blade_debuff", Duration="%duration"),
                ApplyModifier("modifier_item_ethereal_blade_slow", Duration="%duration"),
                Damage("%blast_damage_base + %blast_stat_multiplier * (caster.strength"
                       " + caster.agility + caster.intelligence)"),
            ], [ApplyModifier("modifier_item_ethereal_blade_ethereal",
                              Duration="%duration_ally")])])]},
        Modifiers=[
            _ethereal("modifier_item_ethereal_blade_ethereal"),
            _ethereal("modifier_item_ethereal_blade_debuff", IsDebuff=True),
            Modifier("modifier_item_ethereal_blade_slow", IsDebuff=True, Dispel="BASIC",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "%blast_movement_slow"}),
        ]),
    worn(
        "item_nullifier", "bonus_damage", "bonus_armor", "bonus_regen",
        Events={"OnSpellStart": [TrackingProjectile("%projectile_speed", OnHit=[
            Dispel(Buffs=True), ApplyModifier("modifier_item_nullifier_mute")])]},
        Modifiers=[Modifier(
            "modifier_item_nullifier_mute", IsDebuff=True, PiercesImmunity=True,
            Duration="%mute_duration", ThinkInterval=0.1,
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%slow_pct"},
            Events={"OnIntervalThink": [Dispel(Buffs=True)]})],
        Unused=("slow_interval_duration",)),
    _helm("item_helm_of_the_dominator"),
    _helm("item_helm_of_the_overlord", Unused=("is_overlord",),
          Partial="creeps have no abilities, of which it would raise the level"),
    worn(
        "item_holy_locket", "bonus_health", "bonus_mana", "heal_increase_passive",
        "bonus_all_stats",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_holy_locket_heal"),
            # One charge is spent by the use itself.
            Heal("%health_restore_per_charge * (charges + 1)"),
            GiveMana("%mana_restore_per_charge * (charges + 1)"), SetItemCharges(0)]},
        Standard={"COOLDOWN": "use_cooldown", "CHARGES": "max_charges"}, CountsCasts=True,
        # The same as of the others that count casts: sim/casting.py.
        Unused=("charge_radius",),
        Listens={"OnIntervalThink": [
            SetItemCharges(1, Add=True, Most="%max_charges", Target="PARENT")]},
        Worn={"ThinkInterval": "%charge_gain_timer"}, Multiple=False,
        Modifiers=[Modifier(
            "modifier_item_holy_locket_heal", Duration="%active_buff_duration",
            Properties={"HEAL_AMPLIFY_PERCENTAGE_TARGET": "%incoming_heal_increase_active"})]),
    worn(
        "item_rapier",
        Properties={
            "PREATTACK_BONUS_DAMAGE": "0 if toggled else %bonus_damage",
            "SPELL_AMPLIFY_PERCENTAGE": "%bonus_spell_amp if toggled else 0"},
        Unused=("bonus_damage_base",)),
]
