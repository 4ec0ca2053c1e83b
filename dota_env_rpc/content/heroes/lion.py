"""Lion."""

from dota_env_rpc.content.cleave import cleave
from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Delay,
    GiveMana,
    If,
    Interrupt,
    Kill,
    LinearProjectile,
    Modifier,
    Remember,
    RemoveModifier,
    RemoveSelf,
    SetAmount,
    SpendMana,
)

CHOICES = (
    "Earth Spike stuns from the moment in which it hits; the damage comes 0.5 s later, when its "
    "target has fallen down.",
    "Earth Spike's width is the radius of its front; with the talent the front grows to either "
    "side by 15 degrees.",
    "Mana Drain takes mana until its duration is over, ends when its target gets immune or "
    "invulnerable or leaves the break distance, and lets an invisible target be seen. The Shard's "
    "other targets are the nearest enemies within the cast range. An ally gets Lion's own mana.",
    "Finger of Death's victims are chosen when it is cast. A cast gives the fist unless "
    "the ability is set to its alternative; the fist's movement speed is a flat bonus, and its "
    "cleave a part of Lion's attack damage before armor.",
    "To Hell and Back counts the death of an enemy hero that Lion killed or hurt within its "
    "damage window as his. It lengthens debuffs no more where several of them are dead.",
)
# Seconds in the air.
_FALL = 0.5
# Sine over cosine of half of the talent's 30 degrees.
_HALF_CONE = 0.268
_LENGTH = "%AbilityCastRange + %length_buffer"

_IMPALE = Ability(
    "lion_impale",
    Events={"OnSpellStart": [
        LinearProjectile(
            MoveSpeed="%speed", Distance=_LENGTH, StartRadius="%width",
            EndRadius=f"%width + %cone_shaped * {_HALF_CONE} * ({_LENGTH})",
            OnHit=[
                ApplyModifier("modifier_lion_impale"),
                Delay(_FALL, [Damage("%damage")]),
            ]),
    ]},
    Modifiers=[Modifier(
        "modifier_lion_impale", IsDebuff=True, Dispel="STRONG", Duration="%duration",
        States=["STUNNED"])],
    IgnoresSpellBlock=True,
    Unused=("pierces_immunity",),
)

_HEX = [If("target.is_illusion", [Kill()], [ApplyModifier("modifier_lion_voodoo")])]
_VOODOO = Ability(
    "lion_voodoo",
    Events={"OnSpellStart": [
        If("%radius > 0", [ActOnTargets(Area("%radius", Center="TARGET"), _HEX)], _HEX),
    ]},
    Modifiers=[Modifier(
        "modifier_lion_voodoo", IsDebuff=True, Dispel="STRONG", Duration="%duration",
        States=["HEXED", "SILENCED", "MUTED", "DISARMED", "EVADE_DISABLED", "BLOCK_DISABLED"],
        Properties={"MOVESPEED_BASE_OVERRIDE": "%movespeed"})],
)

_DRAIN = "modifier_lion_mana_drain"
_GIFT = "modifier_lion_mana_drain_buff"
_MANA_DRAIN = Ability(
    "lion_mana_drain",
    Events={
        "OnSpellStart": [
            If("target.is_enemy",
               [ApplyModifier(_DRAIN, Registers=(1,))], [ApplyModifier(_GIFT)]),
            If("has_shard", [
                Remember(),
                ApplyModifier(
                    _DRAIN, Target=Area(
                        "%AbilityCastRange", Center="CASTER", Most="%shard_bonus_targets",
                        Flags="FOW_VISIBLE | NO_INVIS", Where="not target.is_attacker")),
                ApplyModifier("modifier_lion_mana_drain_immunity", Target="CASTER"),
            ]),
        ],
        "OnChannelFinish": [
            RemoveModifier(_GIFT, FromCaster=True),
            RemoveModifier(_DRAIN, FromCaster=True, Target=Area(
                "2 * %break_distance", Center="CASTER",
                Flags="MAGIC_IMMUNE_ENEMIES | INVULNERABLE | OUT_OF_GAME")),
            RemoveModifier("modifier_lion_mana_drain_immunity", Target="CASTER"),
        ],
    },
    Modifiers=[
        Modifier(
            _DRAIN, IsDebuff=True, States=["REVEALED"], Dynamic=True,
            Properties={"MOVESPEED_BONUS_PERCENTAGE":
                        "-(%movespeed + (%movespeed_bonus_when_empty_pct"
                        " if parent.mana < 1 else 0))"},
            ThinkInterval="%tick_interval",
            Events={"OnIntervalThink": [
                If("not caster.is_channelling or not caster.is_alive", [RemoveSelf()]),
                If("distance(caster, parent) > %break_distance or state(parent, 'MAGIC_IMMUNE')"
                   " or state(parent, 'INVULNERABLE')",
                   [If("r0", [Interrupt("CASTER")]), RemoveSelf()],
                   [If("elapsed <= %duration", [
                       SetAmount("min(parent.mana, %mana_per_second * %tick_interval)"),
                       SpendMana("amount", Target="PARENT"),
                       GiveMana("amount", Target="CASTER"),
                   ])]),
            ]}),
        Modifier(
            _GIFT,
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%movespeed * %ally_pct / 100"},
            ThinkInterval="%tick_interval",
            Events={"OnIntervalThink": [
                If("not caster.is_channelling or not caster.is_alive", [RemoveSelf()]),
                If("distance(caster, parent) > %break_distance",
                   [Interrupt("CASTER")],
                   [If("elapsed <= %duration", [
                       SetAmount("min(caster.mana, %mana_per_second * %tick_interval"
                                 " * %ally_pct / 100)"),
                       SpendMana("amount", Target="CASTER"),
                       GiveMana("amount", Target="PARENT"),
                   ])]),
            ]}),
        Modifier(
            "modifier_lion_mana_drain_immunity", States=["MAGIC_IMMUNE"],
            Properties={"MAGICAL_RESISTANCE_BONUS": "%magic_resist",
                        "MAGICAL_RESISTANCE_OF_IMMUNITY": "%magic_resist"}),
    ],
    TargetTeam="BOTH",
    CastOnSelf=False,
    Unused=("damage_pct",),
)

_FINGER = "modifier_lion_finger_of_death"
_KILLS = "modifier_lion_finger_of_death_kill_counter"
_FIST = "modifier_lion_finger_of_death_punch"
_COUNT_KILL = [
    ApplyModifier(_KILLS, Target="CASTER"),
    AddStacks(1, _KILLS, Target="CASTER"),
]
_STRIKE = [
    Delay("%damage_delay", [
        If("not state(target, 'MAGIC_IMMUNE') and not state(target, 'INVULNERABLE')", [
            ApplyModifier(_FINGER),
            Damage(f"%damage + %damage_per_kill * stacks_of(caster, '{_KILLS}')"),
        ]),
    ]),
]
_FINGER_OF_DEATH = Ability(
    "lion_finger_of_death",
    Events={"OnSpellStart": [
        If("%splash_radius > 0",
           [ActOnTargets(Area("%splash_radius", Center="TARGET"), _STRIKE)], _STRIKE),
        If("not alternative", [ApplyModifier(_FIST, Target="CASTER")]),
    ]},
    Modifiers=[
        Modifier(
            _FINGER, IsDebuff=True, Duration="%grace_period",
            Events={"OnDeath": [
                If("parent.is_hero and not parent.is_illusion", _COUNT_KILL),
            ]}),
        Modifier(_KILLS, Permanent=True),
        Modifier(
            _FIST, Duration="%punch_duration",
            Properties={
                "ATTACKS_BECOME_MELEE": 1,
                "ATTACK_RANGE_BASE_OVERRIDE": "%punch_attack_range",
                "MOVESPEED_BONUS_CONSTANT": "%punch_bonus_movespeed",
                "PREATTACK_BONUS_DAMAGE":
                    "%punch_bonus_damage_base"
                    f" + %damage_per_kill * stacks_of(parent, '{_KILLS}')",
            },
            Events={
                "OnAttackLanded": [
                    If("target.is_hero and target.is_enemy and not target.is_illusion"
                       f" and not target.is_alive and not has(target, '{_FINGER}')",
                       _COUNT_KILL),
                    cleave("%cleave_damage", "%cleave_starting_width", "%cleave_ending_width",
                           "%cleave_distance"),
                ],
            }),
    ],
)

_BACK = "modifier_lion_to_hell_and_back"
_DEAD = "modifier_lion_to_hell_and_back_dead"
_HURT = "modifier_lion_to_hell_and_back_hurt"
_SPELLS = "modifier_lion_to_hell_and_back_spell_amp"
_TO_HELL_AND_BACK = Ability(
    "lion_to_hell_and_back",
    Passives=[_BACK],
    Modifiers=[
        Modifier(
            _BACK, IsHidden=True,
            Properties={"STATUS_RESISTANCE_CASTER": "-%debuff_amp if stacks > 0 else 0"},
            Events={
                "OnDealDamage": [
                    If("target.is_hero and target.is_enemy",
                       [ApplyModifier(_HURT, Duration="%damage_window")]),
                ],
                "OnRespawn": [ApplyModifier(_SPELLS, Target="CASTER")],
                "OnHeroKilled": [
                    If(f"has(target, '{_HURT}') or attacker.is_caster",
                       [
                           RemoveModifier(_SPELLS, Target="CASTER"),
                           ApplyModifier(_DEAD),
                           AddStacks(1, _BACK, Target="CASTER"),
                       ]),
                ],
            }),
        Modifier(_HURT, IsHidden=True),
        Modifier(
            _DEAD, IsHidden=True, Permanent=True,
            Events={"OnRespawn": [AddStacks(-1, _BACK, Target="CASTER"), RemoveSelf()]}),
        Modifier(
            _SPELLS, Duration="%duration",
            Properties={"SPELL_AMPLIFY_PERCENTAGE": "%spell_amp"}),
    ],
)

ABILITIES = [_IMPALE, _VOODOO, _MANA_DRAIN, _FINGER_OF_DEATH, _TO_HELL_AND_BACK]
