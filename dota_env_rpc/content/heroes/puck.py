"""Puck."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ApplyModifier,
    Area,
    Blink,
    Damage,
    DodgeProjectiles,
    EndProjectile,
    GiveMana,
    Heal,
    HideAbility,
    If,
    LinearProjectile,
    Modifier,
    PerformAttack,
    RemoveModifier,
    RemoveSelf,
    SetAbilityLevel,
    SteerProjectile,
    Vision,
)
from dota_env_rpc.match.clock import TICKS_PER_SECOND

CHOICES = (
    "Ethereal Jaunt is hidden while no Illusory Orb flies.",
    "Illusory Orb with a second place is launched at the first and bends toward the second by "
    "curve_orb_max_acceleration radians for each map unit, until it comes within its radius of it "
    "or flies no more: after max_orb_duration_tooltip, or farther than max_distance from Puck.",
    "Illusory Orb deals its damage over time to all within its radius each time it has flown for "
    "an interval; Ethereal Jaunt ends it, and the place of its end stays in sight for the duration "
    "of its vision.",
    "Waning Rift carries Puck toward the point as far as it may, from any distance, and bursts "
    "around where Puck arrives.",
    "Phase Shift's attacks with the Shard go to all visible enemies whose centers are within "
    "Puck's attack range.",
    "Dream Coil stuns at once for its short stun. With the Scepter the first attack on each victim "
    "comes one interval after the cast, and attacks fly from where Puck is. Who is immune to "
    "debuffs breaks it unharmed.",
    "Puckish pays for every projectile that loses Puck but those that towers shot.",
)

_FLYING = "modifier_puck_illusory_orb"
_ARRIVED = "modifier_puck_illusory_orb_arrived"
_JAUNTING = "modifier_puck_ethereal_jaunt"
_INTERVAL = "(%orb_speed * %damage_interval)"
_DEGREES = 57.29577951308232  # in a radian
_STEP = f"%orb_speed / {TICKS_PER_SECOND}"


def _orb(distance: str, seconds: str, steered: list) -> list:
    """Launches an orb that flies so far and long; `steered` is done every tick."""
    return [
        ApplyModifier(_FLYING, Target="CASTER", Duration=seconds),
        LinearProjectile(
            MoveSpeed="%orb_speed", Distance=distance, StartRadius="%radius",
            VisionRadius="%orb_vision",
            OnHit=[Damage("%damage")],
            OnThink=[
                *steered,
                # Once in the tick in which another interval is over.
                If(f"travelled >= {_INTERVAL} and travelled % {_INTERVAL} < {_STEP}", [
                    Damage("%damage * %damage_over_time_pct / 100", Target=Area("%radius")),
                ]),
                If(f"has(caster, '{_JAUNTING}')", [
                    RemoveModifier(_JAUNTING, Target="CASTER"),
                    RemoveModifier(_FLYING, Target="CASTER"),
                    Blink(),
                    EndProjectile(),
                ]),
            ],
            OnFinish=[
                RemoveModifier(_FLYING, Target="CASTER"),
                Vision("%orb_vision", "%vision_duration"),
            ]),
    ]


_ILLUSORY_ORB = Ability(
    "puck_illusory_orb",
    Behavior=("point", "alt_castable", "vector_targeting"),
    Events={
        "OnUpgrade": [
            SetAbilityLevel("puck_ethereal_jaunt", "level"),
            If("level == 1", [HideAbility("puck_ethereal_jaunt")]),
        ],
        "OnSpellStart": [
            HideAbility("puck_ethereal_jaunt", Hidden=False),
            RemoveModifier(_ARRIVED, Target="CASTER"),
            If("vector_length and not alternative", _orb(
                "%orb_speed * %max_orb_duration_tooltip", "%max_orb_duration_tooltip", [
                    If("vector_length <= %radius", [ApplyModifier(_ARRIVED, Target="CASTER")]),
                    If(f"not has(caster, '{_ARRIVED}')", [SteerProjectile(
                        f"{_STEP} * %curve_orb_max_acceleration * {_DEGREES}")]),
                    If("distance(caster, point) > %max_distance", [EndProjectile()]),
                ]), _orb("%max_distance", "%max_distance / %orb_speed", [])),
        ],
    },
    Modifiers=[
        Modifier(_FLYING, IsHidden=True,
                 Events={"OnDestroy": [HideAbility("puck_ethereal_jaunt")]}),
        # Whether the orb has come to its second place.
        Modifier(_ARRIVED, IsHidden=True, Duration="%max_orb_duration_tooltip"),
    ],
    Unused=(
        "warning_sound_time", "curve_orb", "curve_orb_duration_multiplier",
        "curve_orb_pullback_bonus_launch_speed", "curve_strength", "vector_reticle_distance",
        "vector_reticle_radius", "increase_per_sec"),
)

_ETHEREAL_JAUNT = Ability(
    "puck_ethereal_jaunt",
    Events={"OnSpellStart": [ApplyModifier(_JAUNTING, Target="CASTER")]},
    # The orb asks for it in the same tick.
    Modifiers=[Modifier(_JAUNTING, IsHidden=True, Duration=0.1)],
)

_WANING_RIFT = Ability(
    "puck_waning_rift",
    Events={"OnSpellStart": [
        Blink(MaxDistance="%max_distance"),
        Damage("%damage", Target=Area("%radius", Center="CASTER")),
        ApplyModifier("modifier_puck_waning_rift", Target=Area("%radius", Center="CASTER")),
    ]},
    Modifiers=[Modifier(
        "modifier_puck_waning_rift", IsDebuff=True, Dispel="BASIC", Duration="%silence_duration",
        States=["SILENCED"])],
    Unused=("push_pull_enabled", "knock_distance", "knock_duration", "pull_distance",
            "pull_duration"),
)

_SHIFT = "modifier_puck_phase_shift"
_SHARD = "modifier_puck_phase_shift_shard"
_PHASE_SHIFT = Ability(
    "puck_phase_shift",
    Events={
        "OnSpellStart": [
            DodgeProjectiles(),
            ApplyModifier(_SHIFT, Target="CASTER"),
            If("has_shard", [
                PerformAttack(WithProjectile=True, Target=Area(
                    "caster.attack_range + %shard_attack_range_bonus", Center="CASTER",
                    Flags="MAGIC_IMMUNE_ENEMIES | FOW_VISIBLE | NO_INVIS | NOT_ATTACK_IMMUNE")),
            ]),
        ],
        "OnChannelFinish": [RemoveModifier(_SHIFT, Target="CASTER")],
    },
    Passives=[_SHARD],
    Modifiers=[
        Modifier(_SHIFT, Duration="%duration", States=["INVULNERABLE", "OUT_OF_GAME"]),
        Modifier(_SHARD, IsHidden=True,
                 Properties={"PROCATTACK_BONUS_DAMAGE_MAGICAL": "%shard_bonus_damage"}),
    ],
)

_COIL = "modifier_puck_coiled"
_COIL_STUN = "modifier_puck_dream_coil_stun"
_COIL_ATTACKS = "modifier_puck_dream_coil_attacks"
_COILED = Area("%coil_radius", Types="HERO")
# Less than a tick: done in every tick.
_EVERY_TICK = 0.01
_DREAM_COIL = Ability(
    "puck_dream_coil",
    Events={"OnSpellStart": [
        Damage("%coil_initial_damage", Target=_COILED),
        ApplyModifier(_COIL_STUN, Target=_COILED, Duration="%stun_duration"),
        If("%attack_rate_pct > 0", [
            ApplyModifier(_COIL_ATTACKS, Target=_COILED, Duration="%coil_duration"),
        ]),
        ApplyModifier(_COIL, Target=_COILED),
    ]},
    Modifiers=[
        Modifier(
            _COIL, IsDebuff=True, Duration="%coil_duration", States=["TETHERED"],
            ThinkInterval=_EVERY_TICK,
            Events={"OnIntervalThink": [
                If("distance(parent, point) > %coil_break_radius", [
                    RemoveSelf(),
                    If("not state(parent, 'MAGIC_IMMUNE')", [
                        Damage("%coil_break_damage", Target="PARENT")]),
                    ApplyModifier(_COIL_STUN, Target="PARENT", Duration="%coil_stun_duration"),
                    If(f"has(parent, '{_COIL_ATTACKS}')", [
                        ApplyModifier(_COIL_ATTACKS, Target="PARENT",
                                      Duration="%coil_stun_duration"),
                    ]),
                ]),
            ]}),
        Modifier(_COIL_STUN, IsDebuff=True, States=["STUNNED"]),
        Modifier(
            _COIL_ATTACKS, IsDebuff=True, IsHidden=True,
            ThinkInterval="caster.attack_interval * 100 / %attack_rate_pct",
            Events={"OnIntervalThink": [
                If("caster.is_alive", [PerformAttack("PARENT", WithProjectile=True)]),
            ]}),
    ],
    Unused=("coil_rapid_fire_rate", "coil_rapid_fire_z_offset"),
)

_RESTORED = "%mana_and_health_restore_pct / 100 * (%dodged_spell_multiplier if amount else 1)"
_PUCKISH = Ability(
    "puck_puckish",
    Passives=["modifier_puck_puckish"],
    Modifiers=[Modifier(
        "modifier_puck_puckish", Breakable=True,
        Events={"OnProjectileDodged": [
            If("not attacker.is_building", [
                Heal(f"parent.max_health * {_RESTORED}", Target="PARENT"),
                GiveMana(f"parent.max_mana * {_RESTORED}", Target="PARENT"),
            ]),
        ]})],
)

ABILITIES = [
    _ILLUSORY_ORB, _WANING_RIFT, _PHASE_SHIFT, _ETHEREAL_JAUNT, _DREAM_COIL, _PUCKISH]
