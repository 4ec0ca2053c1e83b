"""Sven."""

from dota_env_rpc.content.cleave import cleave
from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    ApplyModifier,
    Area,
    Damage,
    Dispel,
    If,
    Modifier,
    MoveTo,
    SetAmount,
    TrackingProjectile,
)

_STRUCK = [
    If("has_scepter", [Dispel(Buffs=True)]),
    Damage("%AbilityDamage + amount"),
    ApplyModifier("modifier_sven_storm_bolt", Duration="%bolt_stun_duration"),
]

ABILITIES = [
    Ability(
        "sven_wrath_of_god",
        Passives=["modifier_sven_wrath_of_god"],
        Modifiers=[Modifier(
            "modifier_sven_wrath_of_god", Breakable=True, Dynamic=True,
            Properties={"PREATTACK_BONUS_DAMAGE": "%bonus_damage_per_str * parent.strength"},
        )],
        Unused=("current_bonus_damage_tooltip",),
    ),
    Ability(
        "sven_storm_bolt",
        ScepterBehavior=("unit_target", "aoe", "ignore_backswing", "alt_castable"),
        Events={"OnSpellStart": [
            # What the hammer deals more; nothing unless Sven flies along.
            SetAmount("%scepter_bonus_damage if has_scepter and alternative else 0"),
            TrackingProjectile("%bolt_speed", VisionRadius="%vision_radius", OnHit=[
                ActOnTargets(Area("%bolt_aoe", Center="TARGET"), _STRUCK),
                ActOnTargets(
                    Area("%bolt_aoe", Center="TARGET", Flags="INVULNERABLE",
                         Where="has_scepter and state(target, 'INVULNERABLE')"),
                    _STRUCK),
            ]),
            If("amount", [MoveTo("CASTER", Center="TARGET", Speed="%bolt_speed")]),
        ]},
        Modifiers=[Modifier(
            "modifier_sven_storm_bolt", IsDebuff=True, Dispel="STRONG", States=["STUNNED"],
        )],
        Unused=("bonus_damage_pct",),
    ),
    Ability(
        "sven_great_cleave",
        Passives=["modifier_sven_great_cleave"],
        Modifiers=[Modifier(
            "modifier_sven_great_cleave", Breakable=True,
            Events={"OnAttackLanded": cleave(
                "%great_cleave_damage", "%cleave_starting_width", "%cleave_ending_width",
                "%cleave_distance")},
        )],
        Unused=("strength_bonus",),
    ),
    Ability(
        "sven_warcry",
        Events={"OnSpellStart": [ActOnTargets(
            Area("%radius", Center="CASTER", Teams="FRIENDLY", Types="HERO"),
            [
                If("%undispellable",
                   [ApplyModifier("modifier_sven_warcry_shard", Duration="%duration")],
                   [ApplyModifier("modifier_sven_warcry", Duration="%duration")]),
                If("%base_barrier_amount", [ApplyModifier(
                    "modifier_sven_warcry_barrier", Duration="%duration",
                    Registers=("%base_barrier_amount",))]),
            ])]},
        Modifiers=[
            *(Modifier(
                name, Dispel=dispel,
                Properties={"PHYSICAL_ARMOR_BONUS": "%bonus_armor",
                            "MOVESPEED_BONUS_PERCENTAGE": "%movespeed"},
            ) for name, dispel in (
                ("modifier_sven_warcry", "BASIC"), ("modifier_sven_warcry_shard", ""))),
            Modifier("modifier_sven_warcry_barrier", Barrier="DAMAGE_TYPE_PHYSICAL"),
        ],
        Unused=("shard_passive_armor", "shard_passive_movespeed", "shard_radius",
                "barrier_per_strength"),
    ),
    Ability(
        "sven_gods_strength",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_sven_gods_strength", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_sven_gods_strength", Duration="%AbilityDuration",
            Properties={"BASEDAMAGEOUTGOING_PERCENTAGE": "%gods_strength_damage",
                        "SLOW_RESISTANCE_STACKING": "%bonus_slow_resistance"},
        )],
    ),
]

CHOICES = (
    "Wrath of God gives bonus damage, which God's Strength does not multiply.",
    "Storm Hammer's Scepter dispels every unit that the hammer strikes, before the damage.",
    "Storm Hammer's alternative cast brings Sven to where its target was when he threw it.",
    "Great Cleave widens along the way from Sven to whom he hit; its widths are to either side.",
    "A cleave counts armor and is no attack: no lifesteal of attacks comes from it.",
    "Warcry with the Shard gives its barrier to every allied hero that it reaches.",
)
