"""Necrophos."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Heal,
    If,
    Modifier,
    MoveTo,
    RunAbility,
    TrackingProjectile,
)

CHOICES = (
    "Heartstopper Aura takes hit points five times a second, as removal of hit points that no "
    "resistance or amplification changes.",
    "Heartstopper Aura's Scepter adds the part of Necrophos's health regeneration to the loss of "
    "hit points per second.",
    "Ghost Shroud amplifies the health regeneration of Necrophos and the heals that he receives.",
    "Sadist restores health and mana alike; each kill counts for its own time.",
    "Reaper's Scythe gives the regeneration of its present level for every kill, also of earlier "
    "ones; its damage is worked out as the stun ends, or is taken off.",
    "Death Seeker flies to where its target was when it was cast; Necrophos is invulnerable "
    "on the way.",
)

# At least a tick, since a modifier of no duration would stay.
_FLIGHT = (
    "max(distance(caster, target) * 100"
    " / (%necrolyte_death_pulse.projectile_speed * %projectile_multiplier), 1 / 30)")
_ETHEREAL_STATES = ["ETHEREAL", "ATTACK_IMMUNE", "DISARMED"]
_ETHEREAL = {"ABSOLUTE_NO_DAMAGE_PHYSICAL": 1}

ABILITIES = [
    Ability(
        "necrolyte_death_pulse",
        Events={"OnSpellStart": [
            TrackingProjectile(
                "%projectile_speed", Target=Area("%area_of_effect", Center="CASTER"),
                OnHit=[If("not state(target, 'MAGIC_IMMUNE')", [Damage("%AbilityDamage")])],
                Dodgeable=False),
            TrackingProjectile(
                "%projectile_speed",
                Target=Area("%area_of_effect", Center="CASTER", Teams="FRIENDLY"),
                OnHit=[Heal("%heal")], Dodgeable=False),
        ]},
    ),
    Ability(
        "necrolyte_ghost_shroud",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_necrolyte_ghost_shroud_active", Target="CASTER")]},
        Modifiers=[
            Modifier(
                "modifier_necrolyte_ghost_shroud_active", Dispel="BASIC", Duration="%duration",
                States=_ETHEREAL_STATES,
                Properties={
                    **_ETHEREAL, "MAGICAL_RESISTANCE_BONUS": "%bonus_damage",
                    "HP_REGEN_AMPLIFY_PERCENTAGE": "%heal_bonus",
                    "HEAL_AMPLIFY_PERCENTAGE_TARGET": "%heal_bonus",
                },
                Aura="modifier_necrolyte_ghost_shroud_aura", AuraRadius="%slow_aoe",
                AuraTeams="ENEMY",
            ),
            Modifier(
                "modifier_necrolyte_ghost_shroud_aura", IsDebuff=True,
                Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%movement_speed"}),
        ],
        Unused=("enemies_negative_heal_bonus_as_pct_of_self", "movement_transfer"),
    ),
    Ability(
        "necrolyte_heartstopper_aura",
        Passives=["modifier_necrolyte_heartstopper_aura"],
        Modifiers=[
            Modifier(
                "modifier_necrolyte_heartstopper_aura", IsHidden=True, Breakable=True,
                Aura="modifier_necrolyte_heartstopper_aura_effect", AuraRadius="%aura_radius",
                AuraTeams="ENEMY", AuraFlags="MAGIC_IMMUNE_ENEMIES | NOT_ANCIENTS"),
            Modifier(
                "modifier_necrolyte_heartstopper_aura_effect", IsDebuff=True,
                PiercesImmunity=True, ThinkInterval=0.2,
                Properties={
                    "HP_REGEN_AMPLIFY_PERCENTAGE": "-%heal_reduction_pct",
                    "HEAL_AMPLIFY_PERCENTAGE_TARGET": "-%heal_reduction_pct",
                },
                Events={"OnIntervalThink": [Damage(
                    "0.2 * 0.01 * (%aura_damage * target.max_health"
                    " + %heal_regen_to_damage * caster.health_regen)",
                    Type="DAMAGE_TYPE_HP_REMOVAL", Flags="NO_SPELL_AMPLIFICATION")]},
            ),
        ],
    ),
    Ability(
        "necrolyte_sadist",
        Passives=["modifier_necrolyte_sadist"],
        Modifiers=[
            Modifier(
                "modifier_necrolyte_sadist", IsHidden=True, Breakable=True,
                Events={"OnKill": [ApplyModifier(
                    "modifier_necrolyte_sadist_counter", Target="PARENT",
                    Stacks="%hero_multiplier if target.is_hero else 1")]},
            ),
            Modifier(
                "modifier_necrolyte_sadist_counter", Multiple=True, Duration="%regen_duration",
                Properties={
                    "HEALTH_REGEN_CONSTANT": "%regen * stacks",
                    "MANA_REGEN_CONSTANT": "%regen * stacks",
                }),
        ],
        Unused=("bonus_aoe", "bonus_spell_amp"),
    ),
    Ability(
        "necrolyte_reapers_scythe",
        Events={"OnSpellStart": [ApplyModifier("modifier_necrolyte_reapers_scythe")]},
        Passives=["modifier_necrolyte_reapers_scythe_respawn_time"],
        Modifiers=[
            Modifier(
                "modifier_necrolyte_reapers_scythe", IsDebuff=True, Duration="%stun_duration",
                States=["STUNNED"], CreditsKills=True,
                Events={"OnDestroy": [
                    Damage("%damage_per_health * (target.max_health - target.health)"),
                    If("target.is_hero and not target.is_illusion and not target.is_alive", [
                        AddStacks(
                            ModifierName="modifier_necrolyte_reapers_scythe_respawn_time",
                            Target="CASTER")]),
                ]},
            ),
            Modifier(
                "modifier_necrolyte_reapers_scythe_respawn_time",
                Properties={
                    "HEALTH_REGEN_CONSTANT": "%hp_per_kill * stacks",
                    "MANA_REGEN_CONSTANT": "%mana_per_kill * stacks",
                }),
        ],
    ),
    Ability(
        "necrolyte_death_seeker", GrantedBy="SHARD", CastOnSelf=False,
        Events={"OnSpellStart": [
            ApplyModifier(
                "modifier_necrolyte_death_seeker", Target="CASTER", Duration=_FLIGHT),
            MoveTo(Target="CASTER", Center="TARGET", Duration=_FLIGHT, OnEnd=[
                If("target.is_enemy", [
                    ApplyModifier("modifier_necrolyte_death_seeker_enemy_decrepify"),
                ], [
                    ApplyModifier("modifier_necrolyte_death_seeker_friendly_decrepify"),
                ]),
                RunAbility("necrolyte_death_pulse"),
            ]),
        ]},
        Modifiers=[
            Modifier(
                "modifier_necrolyte_death_seeker", IsHidden=True,
                States=["INVULNERABLE", "OUT_OF_GAME", "NO_UNIT_COLLISION"]),
            Modifier(
                "modifier_necrolyte_death_seeker_enemy_decrepify", IsDebuff=True,
                Dispel="BASIC", Duration="%ethereal_duration",
                States=_ETHEREAL_STATES,
                Properties={
                    **_ETHEREAL, "MAGICAL_RESISTANCE_BONUS": "-%magic_resistance_reduction"}),
            Modifier(
                "modifier_necrolyte_death_seeker_friendly_decrepify", Dispel="BASIC",
                Duration="%ethereal_duration", States=_ETHEREAL_STATES,
                Properties=_ETHEREAL),
        ],
    ),
]
