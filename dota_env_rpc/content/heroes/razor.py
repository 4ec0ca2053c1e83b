"""Razor."""

import dataclasses

from dota_env_rpc.content.vocabulary import (
    Ability,
    Action,
    AddRegister,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Delay,
    If,
    Modifier,
    PerformAttack,
    RemoveModifier,
    RemoveSelf,
    SetRegister,
    Vision,
)

CHOICES = (
    "Plasma Field: the ring moves with Razor, hits who is within what it covers in 0.1 s behind "
    "its front, and each unit once on its way out and once on its way in.",
    "Plasma Field: a second hit replaces the slow of the first.",
    "Plasma Field: the talent's second ring starts where Razor is by then, with less damage and "
    "slow in percent.",
    "Static Link: damage is stolen evenly rather than in steps, and what was stolen lasts for "
    "the drain duration from the end of the link on.",
    "Static Link: a link that has begun holds through fog and invisibility.",
    "Static Link: while Razor walks he attacks whom he is linked to, at his own rate, without "
    "turning.",
    "Storm Surge: an attack that lands counts, one of a building does not; the attacker is struck "
    "however far away it is, the others within the search radius of Razor, the nearest first.",
    "Storm Surge: within the storm, with Shard, lightning strikes the attacker and all within "
    "the storm's radius instead of some within the search radius.",
    "Storm Surge: a spell is answered after the same pause as an attack.",
    "Storm Surge: a basic dispel takes off its slow.",
    "Unstable Current speeds up illusions of Razor, too.",
    "Eye of the Storm: who is invisible or in the fog is not struck.",
    "Eye of the Storm: the reduction of armor lasts for the storm's duration from each strike on.",
)

_PLASMA = "modifier_razor_plasma_field"
_PLASMA_SLOW = "modifier_razor_plasma_field_slow"
_LINK = "modifier_razor_static_link"
_GAIN = "modifier_razor_static_link_gain"
_EYE = "modifier_razor_eye_of_the_storm"
_EYE_ARMOR = "modifier_razor_eye_of_the_storm_armor"
_EYE_STRUCK = "modifier_razor_eye_of_the_storm_struck"
_SURGE_SLOW = "modifier_razor_storm_surge_slow"
_SURGE_PAUSE = "modifier_razor_storm_surge_cooldown"


def _ring(name: str, part: str) -> list[Modifier]:
    """Returns a ring of Plasma Field and the marks of whom it has hit.

    Args:
        name: The ring's modifier.
        part: What its damage and slow are multiplied with.
    """
    speed = "(2 * %radius / %total_ability_time)"
    remains = "(%total_ability_time - elapsed)"
    way = "min(distance(target, caster) / %radius, 1)"

    def hit(outer: str, inner: str, mark: str) -> list[Action]:
        area = Area(outer, Center="PARENT", Where=f"not has(target, '{mark}')"
                                                  f" and distance(target, caster) >= {inner}")
        return [
            ApplyModifier(_PLASMA_SLOW, Target=area, Duration="%slow_duration",
                          Registers=(f"(%slow_min + (%slow_max - %slow_min) * {way}) * {part}",)),
            Damage(f"(%damage_min + (%damage_max - %damage_min) * {way}) * {part}", Target=area),
            ApplyModifier(mark, Target=area),
        ]

    outward, inward = f"{name}_outward", f"{name}_inward"
    return [
        Modifier(
            name, IsHidden=True, Multiple=True, Duration="%total_ability_time", ThinkInterval=0,
            Events={"OnIntervalThink": If(
                "elapsed <= 0.5 * %total_ability_time",
                hit(f"elapsed * {speed}", f"(elapsed - 0.1) * {speed}", outward),
                hit(f"min(({remains} + 0.1) * {speed}, %radius)", f"{remains} * {speed}",
                    inward))}),
        Modifier(outward, IsHidden=True, Duration="0.5 * %total_ability_time"),
        Modifier(inward, IsHidden=True, Duration="0.5 * %total_ability_time"),
    ]


def _strike(kinds: str, may: str = "1", *first: Action) -> list[Action]:
    """Returns what a blast of Eye of the Storm does to the unit of lowest health.

    Args:
        kinds: Types of units that it may strike.
        may: What must hold for whom it strikes.
        *first: What is done to it first of all.
    """
    health = f"(target.health - 1000000 * has(target, '{_LINK}'))"
    flags = "MAGIC_IMMUNE_ENEMIES | FOW_VISIBLE"
    area = Area("%radius", Center="PARENT", Types=kinds, Flags=flags, Where=may)
    weakest = Area("%radius", Center="PARENT", Types=kinds, Flags=flags, Most=1,
                   Where=f"{may} and {health} <= r0")
    return [
        SetRegister(0, 1000000),
        SetRegister(0, f"min(r0, {health})", Target=area),
        *(dataclasses.replace(action, target=weakest) for action in first),
        ApplyModifier(_EYE_ARMOR, Target=weakest, Duration="%duration"),
        AddStacks(ModifierName=_EYE_ARMOR, Target=weakest),
        Damage("%damage", Type="DAMAGE_TYPE_PHYSICAL", Target=weakest,
               Flags="PIERCES_IMMUNITY"),
    ]


def _surge(target) -> list[Action]:
    return [
        ApplyModifier(_SURGE_SLOW, Target=target, Duration="%strike_slow_duration"),
        Damage("%strike_damage", Target=target, Flags="REFLECTION"),
    ]


def _fork(alike: str) -> Area:
    """Returns whom forked lightning strikes beside the attacker, as many as r0 says."""
    return Area("%strike_search_radius", Center="PARENT", Most="r0",
                Where=f"target.is_hero {alike} attacker.is_hero and not target.is_attacker")


def _reaction(chance: str) -> list[Action]:
    """Returns what happens when Razor is struck, with a chance."""
    same, other = _fork("=="), _fork("!=")
    around = Area("%razor_eye_of_the_storm.radius", Center="PARENT",
                  Where="not target.is_attacker")
    in_storm = f"%hit_targets_inside_eye_of_the_storm > 0 and has(caster, '{_EYE}')"
    pause = f"%strike_internal_cd - (%strike_cd_reduction_during_storm if has(caster, '{_EYE}')" \
        " else 0)"
    return If(
        f"not has(caster, '{_SURGE_PAUSE}')"
        " and attacker.is_enemy and attacker.is_building == 0", [
            If(chance, [
                ApplyModifier(_SURGE_PAUSE, Target="CASTER", Duration=pause),
                *_surge("ATTACKER"),
                If(in_storm, _surge(around), [
                    SetRegister(0, "%strike_target_count - 1"),
                    SetRegister(1, 0),
                    AddRegister(1, 1, Target=same),
                    *_surge(same),
                    AddRegister(0, "-r1"),
                    *_surge(other),
                ]),
            ]),
        ])


_STORM_CHANCE = (
    "chance(%strike_pct_chance * (%eye_of_the_storm_chance_multiplier"
    f" if %eye_of_the_storm_chance_multiplier > 0 and has(caster, '{_EYE}') else 1))")
# Of an attack beside walking: register 0 says when the next may be.
_MAY_ATTACK = (
    "caster.is_moving and seconds >= r0 and caster.last_attack_seconds >= caster.attack_interval"
    " and parent.is_visible_to_enemy and distance(parent, caster)"
    " <= caster.attack_range + caster.bound_radius + parent.bound_radius"
    " and not state(caster, 'STUNNED') and not state(caster, 'DISARMED')"
    " and not state(parent, 'INVULNERABLE') and not state(parent, 'ATTACK_IMMUNE')")
_STOLEN = {
    "PREATTACK_BONUS_DAMAGE": "{sign}{stolen}",
    "ATTACKSPEED_BONUS_CONSTANT": "{sign}{stolen} * %attack_speed_factor",
}


def _stolen(sign: str, stolen: str) -> dict[str, str]:
    return {
        name: text.format(sign=sign, stolen=stolen) for name, text in _STOLEN.items()}


ABILITIES = [
    Ability(
        "razor_plasma_field",
        Events={"OnSpellStart": [
            ApplyModifier(_PLASMA, Target="CASTER"),
            If("%second_ring_delay > 0", [
                Delay("%second_ring_delay", [ApplyModifier(f"{_PLASMA}_second",
                                                           Target="CASTER")])]),
        ]},
        Modifiers=[
            *_ring(_PLASMA, "1"),
            *_ring(f"{_PLASMA}_second", "(1 - 0.01 * %second_ring_reduction)"),
            Modifier(_PLASMA_SLOW, IsDebuff=True, Dispel="BASIC",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "-r0"}),
        ],
    ),
    Ability(
        "razor_static_link",
        Events={"OnSpellStart": [
            ApplyModifier(_LINK),
            ApplyModifier(_GAIN, Target="CASTER"),
            Vision("%radius", "%vision_duration", Center="TARGET"),
        ]},
        Modifiers=[
            Modifier(
                _LINK, IsDebuff=True, PiercesImmunity=True, Dynamic=True,
                Duration="%drain_length", ThinkInterval=0,
                Properties=_stolen("-", "%drain_rate * elapsed"),
                Events={
                    "OnIntervalThink": [
                        If("not caster.is_alive or distance(parent, caster)"
                           " > %AbilityCastRange + %drain_range_buffer", [RemoveSelf()]),
                        If(_MAY_ATTACK, [
                            SetRegister(0, "seconds + caster.attack_interval"),
                            PerformAttack("PARENT", WithProjectile=True),
                        ]),
                    ],
                    "OnDestroy": [
                        RemoveModifier(_GAIN, Target="CASTER"),
                        ApplyModifier(f"{_LINK}_debuff", Target="PARENT",
                                      Registers=("%drain_rate * elapsed",)),
                        ApplyModifier(f"{_LINK}_buff", Target="CASTER",
                                      Registers=("%drain_rate * elapsed",)),
                    ],
                }),
            Modifier(_GAIN, Dynamic=True, Duration="%drain_length",
                     Properties=_stolen("", "%drain_rate * elapsed")),
            Modifier(f"{_LINK}_debuff", IsDebuff=True, PiercesImmunity=True, Multiple=True,
                     Duration="%drain_duration", Properties=_stolen("-", "r0")),
            Modifier(f"{_LINK}_buff", Multiple=True, Duration="%drain_duration",
                     Properties=_stolen("", "r0")),
        ],
        Unused=("speed", "move_speed_factor", "pull_speed", "min_pull_range"),
    ),
    Ability(
        "razor_storm_surge",
        Passives=["modifier_razor_storm_surge"],
        Modifiers=[
            Modifier("modifier_razor_storm_surge", Breakable=True, IsHidden=True,
                     Events={"OnAttacked": _reaction(_STORM_CHANCE),
                             "OnTargeted": _reaction("1")}),
            Modifier(_SURGE_PAUSE, IsHidden=True),
            Modifier(_SURGE_SLOW, IsDebuff=True, Dispel="BASIC",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%strike_move_slow_pct"}),
        ],
    ),
    Ability(
        "razor_unstable_current",
        Passives=["modifier_razor_unstable_current"],
        Modifiers=[Modifier(
            "modifier_razor_unstable_current", Breakable=True, OnIllusions="NUMBERS",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%movespeed_pct"})],
    ),
    Ability(
        "razor_eye_of_the_storm",
        Events={"OnSpellStart": [ApplyModifier(_EYE, Target="CASTER")]},
        Modifiers=[
            Modifier(
                _EYE, Multiple=True, Duration="%duration", ThinkInterval="%strike_interval",
                Events={"OnIntervalThink": If("has_scepter", [
                    *_strike("HERO | BASIC | BUILDING", "not target.is_filler",
                             ApplyModifier(_EYE_STRUCK)),
                    *_strike("HERO | BASIC | BUILDING",
                             f"not target.is_filler and not has(target, '{_EYE_STRUCK}')"),
                    RemoveModifier(_EYE_STRUCK, Target=Area(
                        "%radius", Center="PARENT", Types="HERO | BASIC | BUILDING",
                        Flags="MAGIC_IMMUNE_ENEMIES", Where=f"has(target, '{_EYE_STRUCK}')")),
                ], _strike("HERO | BASIC"))}),
            Modifier(_EYE_ARMOR, IsDebuff=True, PiercesImmunity=True,
                     Properties={"PHYSICAL_ARMOR_BONUS": "-%armor_reduction * stacks"}),
            Modifier(_EYE_STRUCK, IsHidden=True),
        ],
    ),
]
