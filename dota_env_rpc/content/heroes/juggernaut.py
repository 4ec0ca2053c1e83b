"""Juggernaut."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddRegister,
    AddStacks,
    ApplyModifier,
    Area,
    Blink,
    Damage,
    Delay,
    Dispel,
    If,
    Modifier,
    PerformAttack,
    RemoveSelf,
    SetPoint,
    SetRegister,
    SetStacks,
    SpawnUnit,
    TurnTo,
)

CHOICES = (
    "Blade Fury: a basic dispel comes with its start as the strong one with its end, and the "
    "first damage after one interval.",
    "Blade Fury: with Blade Dance learned, each damage to each unit may be critical.",
    "Blade Fury: the attacks of Omnislash and Swiftslash hurt whom it affects too.",
    "Blade Dance: whether an attack is critical is drawn when the one before has landed or "
    "missed.",
    "Blade Dance: the talent's lifesteal is that of critical strikes alone; illusions have both.",
    "Bladeform: all stacks fade at once, counted from the first damage taken; none is gained "
    "until then.",
    "Healing Ward: it follows Juggernaut, as all owned units do that get no order.",
    "Healing Ward: every hit takes one of its hit points.",
    "Omnislash: the first blow falls on the target, one tick after the cast; each of the others "
    "on any enemy that is seen within its radius of where Juggernaut is by then. With none there "
    "it ends.",
    "Omnislash: it casts off debuffs by a basic dispel.",
    "Swiftslash: it takes the damage, attack speed and radius of Omnislash at its level.",
)

_FURY = "modifier_juggernaut_blade_fury"
_DANCE = "modifier_juggernaut_blade_dance"
_FORM = "modifier_juggernaut_bladeform"
_WARD = "modifier_juggernaut_healing_ward"
_OMNISLASH = "modifier_juggernaut_omnislash"
_SWIFTSLASH = "modifier_juggernaut_swift_slash"

_SLASH = [
    SetPoint(Center="TARGET", Distance="target.bound_radius + caster.bound_radius",
             Angle="random(0, 360)"),
    Blink(Target="CASTER"),
    TurnTo(Target="CASTER", Center="TARGET"),
    PerformAttack("TARGET"),
]


def _omnislash(name: str, modifier: str, of: str, **fields) -> Ability:
    """Returns Omnislash or Swiftslash.

    Args:
        name: The ability.
        modifier: What Juggernaut has meanwhile.
        of: What the names of the values of Omnislash begin with.
        **fields: Other fields of the ability.
    """
    interval = f"caster.attack_interval / {of}attack_rate_multiplier"
    near = {"Radius": f"{of}omni_slash_radius", "Center": "PARENT"}
    flags = "MAGIC_IMMUNE_ENEMIES | NOT_ATTACK_IMMUNE | FOW_VISIBLE"
    return Ability(
        name,
        Events={"OnSpellStart": [
            Dispel("CASTER", Debuffs=True),
            ApplyModifier(modifier, Target="CASTER"),
            *_SLASH[:3],
            # What the modifier gives counts from the next tick on.
            Delay(0.01, [
                PerformAttack("TARGET"),
                SetRegister(0, interval, ModifierName=modifier, Target="CASTER"),
            ]),
        ]},
        Modifiers=[Modifier(
            modifier, Duration="%duration", ThinkInterval=0,
            States=["INVULNERABLE", "NO_UNIT_COLLISION", "DISARMED", "ROOTED"],
            Properties={
                "PREATTACK_BONUS_DAMAGE": f"{of}bonus_damage",
                "ATTACKSPEED_BONUS_CONSTANT": f"{of}bonus_attack_speed",
            },
            Events={"OnIntervalThink": If("elapsed >= r0", [
                SetRegister(1, 0),
                AddRegister(1, 1, Target=Area(**near, Flags=flags)),
                If("r1 > 0", [
                    AddRegister(0, interval),
                    ActOnTargets(Area(**near, Flags=f"{flags} | RANDOM", Most=1), _SLASH),
                ], [RemoveSelf()]),
            ])})],
        **fields,
    )


ABILITIES = [
    Ability(
        "juggernaut_blade_fury",
        Events={"OnSpellStart": [
            Dispel("CASTER", Debuffs=True),
            ApplyModifier(_FURY, Target="CASTER"),
        ]},
        Modifiers=[Modifier(
            _FURY, Duration="%duration", ThinkInterval="%blade_fury_damage_tick",
            States=["MAGIC_IMMUNE"],
            Properties={
                "MAGICAL_RESISTANCE_BONUS": "%immunity_resist",
                "MAGICAL_RESISTANCE_OF_IMMUNITY": "%immunity_resist",
                "MOVESPEED_BONUS_CONSTANT": "%bonus_movespeed",
                "PREATTACK_BONUS_DAMAGE_TARGET":
                    "-amount if target.is_enemy and not target.is_building and not target.is_ward"
                    " and not state(target, 'MAGIC_IMMUNE')"
                    f" and not has(caster, '{_OMNISLASH}')"
                    f" and not has(caster, '{_SWIFTSLASH}') else 0",
            },
            Events={
                "OnIntervalThink": [Damage(
                    "%blade_fury_damage * %blade_fury_damage_tick"
                    " * (0.01 * %juggernaut_blade_dance.blade_dance_crit_mult"
                    " if learned('juggernaut_blade_dance')"
                    " and chance(%juggernaut_blade_dance.blade_dance_crit_chance) else 1)",
                    Target=Area("%blade_fury_radius", Center="PARENT"))],
                "OnDestroy": [Dispel("CASTER", Strong=True, Debuffs=True)],
            })],
        Unused=("blade_fury_aspd_multiplier", "movement_slow", "can_crit",
                "blade_fury_outer_radius", "attack_interval"),
    ),
    Ability(
        "juggernaut_healing_ward",
        Events={"OnSpellStart": [SpawnUnit(
            "npc_dota_juggernaut_healing_ward", Duration="%AbilityDuration",
            ModifierName=_WARD)]},
        Modifiers=[
            Modifier(
                _WARD, IsHidden=True, States=["MAGIC_IMMUNE"],
                Properties={
                    "HEALTH_BONUS": "%healing_ward_bonus_health",
                    "TOTAL_CONSTANT_BLOCK": "max(amount - 1, 0)",
                },
                Aura="modifier_juggernaut_healing_ward_heal",
                AuraRadius="%healing_ward_aura_radius"),
            Modifier("modifier_juggernaut_healing_ward_heal", Properties={
                "HEALTH_REGEN_PERCENTAGE": "%healing_ward_heal_amount"}),
        ],
        Unused=("healing_ward_movespeed_tooltip", "healing_ward_hits_to_kill_tooltip"),
    ),
    Ability(
        "juggernaut_blade_dance",
        Passives=[_DANCE],
        Modifiers=[Modifier(
            _DANCE, Breakable=True, IsHidden=True, OnIllusions="ALL",
            Properties={
                "PREATTACK_CRITICALSTRIKE":
                    "%blade_dance_crit_mult if r0 and not target.is_building else 0",
                "LIFESTEAL_PERCENTAGE": "%blade_dance_lifesteal * r0",
            },
            Events={
                event: If("not target.is_building",
                          [SetRegister(0, "chance(%blade_dance_crit_chance)")])
                for event in ("OnCreated", "OnAttackLanded", "OnAttackFailed")})],
    ),
    Ability(
        "juggernaut_bladeform",
        Passives=[_FORM],
        Modifiers=[Modifier(
            _FORM, ThinkInterval=0,
            Properties={
                "STATS_AGILITY_BONUS_PERCENTAGE": "%agi_bonus_pct_per_stack * stacks",
                "MOVESPEED_BONUS_PERCENTAGE": "%movement_speed_pct_per_stack * stacks",
            },
            # r0: since when it counts; r1: when the stacks fade, 0 for never.
            Events={
                "OnCreated": [SetRegister(0, "seconds")],
                "OnRespawn": [SetRegister(0, "seconds")],
                "OnTakeDamage": [
                    SetRegister(0, "seconds"),
                    If("stacks > 0 and r1 == 0",
                       [SetRegister(1, "seconds + %linger_duration")]),
                ],
                "OnIntervalThink": [
                    If("r1 > 0 and seconds >= r1", [
                        SetStacks(0), SetRegister(1, 0), SetRegister(0, "seconds")]),
                    If("r1 == 0 and parent.is_alive and stacks < %max_stacks"
                       " and seconds - r0 >= %stack_gain_time"
                       " and not state(parent, 'PASSIVES_DISABLED')",
                       [AddStacks(1), SetRegister(0, "seconds")]),
                ],
            })],
    ),
    _omnislash(
        "juggernaut_omni_slash", _OMNISLASH, "%", Unused=("dispel",)),
    _omnislash(
        "juggernaut_swift_slash", _SWIFTSLASH, "%juggernaut_omni_slash.",
        GrantedBy="SCEPTER"),
]
