"""Earthshaker."""

from dota_env_rpc.content.cleave import cleave
from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    ApplyModifier,
    Area,
    BlockGround,
    CreateThinker,
    Damage,
    Do,
    If,
    Line,
    LinearProjectile,
    Mark,
    Modifier,
    MoveTo,
    RemoveModifier,
    RemoveSelf,
    RunAbility,
    SetPoint,
    SetRegister,
)

_LEAP = "modifier_earthshaker_enchant_totem_leap"
# The fissure runs from (register 0, register 1) to POINT: where a unit is along and beside it.
_LENGTH = "%earthshaker_fissure.AbilityCastRange"
_FROM_START = ("((target.x - r0) * (target.x - r0) + (target.y - r1) * (target.y - r1))")
_ALONG = (
    f"(({_FROM_START} + {_LENGTH} * {_LENGTH} - distance(target, point) * distance(target, point))"
    f" / (2 * {_LENGTH}))")
# How far echoes run in a second, and how thick a fissure is, which begins as far off.
_ECHO_SPEED = 600
_WALL = 100


def _fly(kind: str, register: int) -> list:
    """Sends the body of TARGET away from Earthshaker; a register keeps what it deals."""
    return [
        SetRegister(
            register, f"%projectile_body_damage_{kind}"
            " + 0.01 * %projectile_body_damage_additional_percent_health * target.max_health"),
        LinearProjectile(
            "%projectile_body_speed", "%projectile_body_distance",
            "%projectile_body_initial_impact_radius", f"%projectile_body_width_{kind}",
            Center="TARGET", Toward="CASTER", Angle=180, VisionRadius="%projectile_body_vision",
            OnHit=[Damage(f"r{register}")]),
    ]


ABILITIES = [
    Ability(
        "earthshaker_slugger",
        Passives=["modifier_earthshaker_slugger"],
        Modifiers=[Modifier(
            # Register 0: when an attack without the totem landed; 1 and 2: what bodies deal.
            "modifier_earthshaker_slugger", Breakable=True,
            Events={
                "OnAttackLanded": If(
                    "not has(parent, 'modifier_earthshaker_enchant_totem')",
                    [SetRegister(0, "seconds")]),
                "OnKill": If(
                    "%projectile_body_on_kill and r0 != seconds and target.is_enemy"
                    " and not target.is_illusion", [
                        If("target.is_hero", _fly("hero", 1)),
                        If("target.is_creep", _fly("creep", 2)),
                    ]),
            })],
    ),
    Ability(
        "earthshaker_fissure",
        Events={"OnSpellStart": [
            SetPoint(Distance="%AbilityCastRange", TowardPoint=True),
            ActOnTargets(Line("%AbilityCastRange", "%fissure_radius"), [
                Damage("%fissure_damage"),
                ApplyModifier("modifier_earthshaker_fissure_stun", Duration="%stun_duration"),
            ]),
            BlockGround("%AbilityCastRange", _WALL, "%fissure_duration", Start=_WALL),
            If("has_shard", [ApplyModifier(
                "modifier_earthshaker_fissure_shard", Target="CASTER",
                Duration="%fissure_duration", Registers=("caster.x", "caster.y"))]),
        ]},
        Modifiers=[Modifier(
            "modifier_earthshaker_fissure_stun", IsDebuff=True, Dispel="STRONG",
            States=["STUNNED"])],
        Unused=("free_pathing_linger_duration", "free_pathing_application_radius",
                "fissure_max_distance_moved", "echoes_radius", "echoes_damage_multiplier"),
    ),
    Ability(
        "earthshaker_enchant_totem", ScepterBehavior=("no_target", "point"),
        Standard={"CAST_RANGE": "distance_scepter"},
        Events={"OnSpellStart": If("has_scepter and distance(caster, point) > 1", [
            ApplyModifier(_LEAP, Target="CASTER", Duration="%scepter_leap_duration"),
            MoveTo("CASTER", Duration="%scepter_leap_duration", OnEnd=[
                RemoveModifier(_LEAP, Target="CASTER"),
                Do("enchant"),
                If("not state(caster, 'PASSIVES_DISABLED')",
                   [RunAbility("earthshaker_aftershock")]),
            ]),
        ], [Do("enchant")])},
        Lists={"enchant": [ApplyModifier(
            "modifier_earthshaker_enchant_totem", Target="CASTER")]},
        Modifiers=[
            Modifier(
                "modifier_earthshaker_enchant_totem", Dispel="BASIC", Duration="%AbilityDuration",
                Properties={"BASEDAMAGEOUTGOING_PERCENTAGE": "%totem_damage_percentage",
                            "ATTACK_RANGE_BONUS": "%bonus_attack_range"},
                Events={"OnAttackLanded": [
                    If("%scepter_cleave_pct", [cleave(
                        "%scepter_cleave_pct", "%scepter_cleave_starting_width",
                        "%scepter_cleave_ending_width", "%scepter_cleave_distance")]),
                    RemoveSelf(),
                ]}),
            Modifier(_LEAP),
        ],
        Unused=("scepter_height", "scepter_height_arcbuffer", "scepter_acceleration_z",
                "scepter_acceleration_horizontal"),
    ),
    Ability(
        "earthshaker_aftershock",
        # Done by the passive, and where a leap ends.
        Events={"OnSpellStart": [ActOnTargets(Area("%aftershock_range", Center="CASTER"), [
            Damage("%aftershock_damage"),
            ApplyModifier("modifier_earthshaker_aftershock_stun", Duration="%AbilityDuration"),
        ])]},
        Passives=["modifier_earthshaker_aftershock"],
        Modifiers=[
            Modifier(
                "modifier_earthshaker_aftershock", Breakable=True,
                Events={"OnAbilityExecuted": If(
                    f"amount and not has(parent, '{_LEAP}')",
                    [RunAbility("earthshaker_aftershock")])}),
            Modifier("modifier_earthshaker_aftershock_stun", IsDebuff=True, Dispel="STRONG",
                     States=["STUNNED"]),
            Modifier("modifier_earthshaker_fissure_aftershock_stun", IsDebuff=True,
                     Dispel="STRONG", States=["STUNNED"]),
            Modifier(
                "modifier_earthshaker_fissure_shard", IsHidden=True, Multiple=True,
                Events={"OnAbilityExecuted": If(
                    "amount and learned('earthshaker_aftershock')", [ActOnTargets(
                        Area(f"{_LENGTH} + %earthshaker_fissure.fissure_radius",
                             Where=f"{_ALONG} >= 0 and {_ALONG} <= {_LENGTH}"
                                   f" and {_FROM_START} - {_ALONG} * {_ALONG}"
                                   " <= %earthshaker_fissure.fissure_radius"
                                   "    * %earthshaker_fissure.fissure_radius"), [
                            Damage("%aftershock_damage"),
                            ApplyModifier(
                                "modifier_earthshaker_fissure_aftershock_stun",
                                Duration="0.01 * %AbilityDuration *"
                                " %earthshaker_fissure.shard_aftershock_stun_duration_pct"),
                        ])])}),
        ],
    ),
    Ability(
        "earthshaker_echo_slam",
        Events={"OnSpellStart": [
            ActOnTargets(Area("%echo_slam_echo_search_range", Center="CASTER"), [CreateThinker(
                "modifier_earthshaker_echo", Center="TARGET",
                Duration=f"%echo_slam_echo_range / {_ECHO_SPEED}",
                Registers=("2 if target.is_hero and not target.is_illusion else 1",))]),
            Damage("%echo_slam_initial_damage",
                   Target=Area("%echo_slam_damage_range", Center="CASTER")),
        ]},
        Modifiers=[Modifier(
            # Register 0: how many echoes run from here; who they come from is not hit.
            "modifier_earthshaker_echo", ThinkInterval=0.03,
            Events={
                "OnCreated": [ActOnTargets(Area(1), [Mark()])],
                "OnIntervalThink": [ActOnTargets(
                    Area(f"min(elapsed * {_ECHO_SPEED}, %echo_slam_echo_range)",
                         Where="not target.is_marked"),
                    [Mark(), Damage("%echo_slam_echo_damage * r0")])],
            })],
    ),
]

CHOICES = (
    "Slugger: a body flies straight away from Earthshaker, deals magical damage, begins with its"
    " impact radius and narrows to its width.",
    "Slugger: whatever kills but an attack without the totem sends a body flying, other bodies"
    " and items too.",
    "Fissure is as long as its cast range, wherever it was aimed at, and 100 wide; it blocks"
    " from 100 before him on, and who stands there is put on the nearest free ground.",
    "Fissure's Shard shakes who is within the fissure's radius, with each other ability cast"
    " while it stands.",
    "Enchant Totem is spent by the attack that lands, and not by one that misses.",
    "Enchant Totem's leap takes its time whatever its length; aftershock comes where it ends.",
    "Echo Slam's echoes run as rings at 600 and do not hit whom they come from; those of a hero"
    " arrive as one.",
)
