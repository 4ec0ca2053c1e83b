"""Slark."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddStacks,
    ApplyModifier,
    Area,
    Blink,
    CreateThinker,
    Damage,
    DestroyTrees,
    Dispel,
    DodgeProjectiles,
    If,
    Modifier,
    MoveTo,
    RemoveModifier,
    Repeat,
    SetPoint,
    SetRegister,
)

CHOICES = (
    "Dark Pact: the first pulse comes one interval after the delay; Slark's part of the damage is "
    "magical and leaves him 1 hit point.",
    "Pounce: who is immune to debuffs is leapt past; trees fall within the pounce radius of where "
    "Slark lands.",
    "Pounce: with Scepter it has charges and no cooldown beside their restoring.",
    "Pounce: who is leashed is held on the circle around where Slark landed, whatever moves it.",
    "Essence Shift: illusions lose no essence, to Pounce neither.",
    "Essence Shift: what a stack takes from each attribute is also the agility that a kill gives "
    "Slark for good and the victim loses for good.",
    "Saltwater Shiv: speed and regeneration are stolen as numbers, restoration as percent of "
    "healing and regeneration.",
    "Saltwater Shiv: a basic dispel takes off what Slark has gained too.",
    "Saltwater Shiv: the attack that carries it reaches as far as any other.",
    "Shadow Dance: what enemies see through any unit or building counts; the delay counts from "
    "when they last saw Slark, in the active cloud too.",
    "Depth Shroud: it gives allied heroes and creeps what Shadow Dance gives Slark unseen, at the "
    "level it has.",
)

_SHIV = "modifier_slark_saltwater_shiv"
_POUNCE = "modifier_slark_pounce"
_SHIFT = "modifier_slark_essence_shift"

# One stack: the counters give and take, the hidden modifiers end one stack each.
_STEAL_ESSENCE = [
    action
    for who, counter, stack in (
        ("TARGET", f"{_SHIFT}_debuff_counter", f"{_SHIFT}_debuff"),
        ("CASTER", f"{_SHIFT}_buff", f"{_SHIFT}_stack"))
    for action in (
        ApplyModifier(counter, Target=who), AddStacks(1, counter, Target=who),
        ApplyModifier(stack, Target=who))
]


def _stack(name: str, counter: str, **fields) -> Modifier:
    return Modifier(
        name, IsHidden=True, Multiple=True, Duration="%duration",
        Events={"OnDestroy": [AddStacks(-1, counter)]}, **fields)


def _attributes(amount: str) -> dict[str, str]:
    return {f"STATS_{name}_BONUS": amount for name in ("STRENGTH", "AGILITY", "INTELLECT")}


def _stolen(sign: str) -> dict[str, str]:
    return {
        "MOVESPEED_BONUS_CONSTANT": f"{sign}%ms_steal",
        "HEALTH_REGEN_CONSTANT": f"{sign}%regen_steal",
        "HP_REGEN_AMPLIFY_PERCENTAGE": f"{sign}%health_rest_steal",
        "HEAL_AMPLIFY_PERCENTAGE_TARGET": f"{sign}%health_rest_steal",
    }


def _unseen(condition: str, of: str = "%") -> dict[str, str]:
    """Returns what Shadow Dance gives who is not seen."""
    return {
        "MOVESPEED_BONUS_PERCENTAGE": f"{of}bonus_movement_speed if {condition} else 0",
        "HEALTH_REGEN_CONSTANT": f"{of}bonus_regen if {condition} else 0",
    }


ABILITIES = [
    Ability(
        "slark_dark_pact",
        Events={"OnSpellStart": [ApplyModifier("modifier_slark_dark_pact", Target="CASTER")]},
        Modifiers=[
            Modifier(
                "modifier_slark_dark_pact", Duration="%delay",
                Events={"OnDestroy": [
                    ApplyModifier("modifier_slark_dark_pact_pulses", Target="CASTER")]}),
            Modifier(
                "modifier_slark_dark_pact_pulses", IsHidden=True, Duration="%pulse_duration",
                ThinkInterval="%pulse_interval",
                Events={"OnIntervalThink": [
                    Dispel("CASTER", Strong=True, Debuffs=True),
                    Damage("%total_damage / %total_pulses",
                           Target=Area("%radius", Center="PARENT")),
                    Damage("%total_damage / %total_pulses * 0.01 * %self_damage_pct",
                           Target="CASTER", Flags="NON_LETHAL"),
                ]}),
        ],
    ),
    Ability(
        "slark_pounce",
        Events={"OnSpellStart": [
            ApplyModifier(_POUNCE, Target="CASTER"),
            SetPoint(Distance="max(%pounce_distance, %pounce_distance_scepter)"),
            MoveTo("CASTER", Speed="%pounce_speed", OnEnd=[
                RemoveModifier(_POUNCE, Target="CASTER"),
                DestroyTrees("%pounce_radius"),
            ]),
        ]},
        Modifiers=[
            Modifier(
                _POUNCE, IsHidden=True, ThinkInterval=0, States=["NO_UNIT_COLLISION"],
                Events={"OnIntervalThink": [ActOnTargets(
                    Area("%pounce_radius", Center="PARENT", Types="HERO", Most=1), [
                        RemoveModifier(_POUNCE, Target="CASTER"),
                        SetPoint(Center="CASTER"),
                        # It ends the leap where he is.
                        MoveTo("CASTER", OnEnd=[DestroyTrees("%pounce_radius")]),
                        ApplyModifier(f"{_POUNCE}_leash"),
                        If("not target.is_illusion",
                           [Repeat("%essence_stacks", _STEAL_ESSENCE)]),
                    ])]}),
            Modifier(
                f"{_POUNCE}_leash", IsDebuff=True, Duration="%leash_duration", ThinkInterval=0,
                States=["TETHERED"],
                Events={"OnIntervalThink": If(
                    "distance(parent, point) > %leash_radius"
                    " and not state(parent, 'MAGIC_IMMUNE')",
                    [Blink("PARENT", MaxDistance="distance(parent, point) - %leash_radius",
                           Dodges=False)])}),
        ],
        Standard={"CHARGES": "max_charges", "CHARGE_RESTORE_TIME": "charge_restore_time"},
        Unused=("pounce_damage", "pounce_acceleration"),
    ),
    Ability(
        "slark_saltwater_shiv",
        IsOrb=True,
        Events={"OnOrbImpact": [
            ApplyModifier(f"{_SHIV}_debuff"), ApplyModifier(f"{_SHIV}_buff", Target="CASTER")]},
        Modifiers=[
            Modifier(f"{_SHIV}_debuff", IsDebuff=True, Dispel="BASIC", Multiple=True,
                     Duration="%duration", Properties=_stolen("-")),
            Modifier(f"{_SHIV}_buff", Dispel="BASIC", Multiple=True, Duration="%duration",
                     Properties=_stolen("")),
        ],
        Unused=("agi_bonus_damage_factor", "base_health_rest_steal", "melee_range_buffer"),
    ),
    Ability(
        "slark_essence_shift",
        Passives=[_SHIFT, f"{_SHIFT}_permanent_buff"],
        Modifiers=[
            Modifier(
                _SHIFT, Breakable=True, IsHidden=True,
                Events={"OnAttackLanded": If(
                    "target.is_hero and target.is_enemy and not target.is_illusion",
                    _STEAL_ESSENCE)}),
            Modifier(f"{_SHIFT}_buff", Duration="%duration",
                     Properties={"STATS_AGILITY_BONUS": "%agi_gain * stacks"}),
            _stack(f"{_SHIFT}_stack", f"{_SHIFT}_buff"),
            Modifier(f"{_SHIFT}_debuff_counter", IsDebuff=True, PiercesImmunity=True,
                     Duration="%duration", Properties=_attributes("-%stat_loss * stacks")),
            _stack(f"{_SHIFT}_debuff", f"{_SHIFT}_debuff_counter", IsDebuff=True,
                   PiercesImmunity=True),
            Modifier(
                f"{_SHIFT}_permanent_buff",
                Properties={"STATS_AGILITY_BONUS": "%stat_loss * stacks"},
                Events={"OnHeroKilled": If(
                    f"has(target, '{_SHIFT}_debuff_counter')"
                    " and (attacker.is_caster or distance(caster, target) <= %steal_radius)", [
                        AddStacks(1),
                        ApplyModifier(f"{_SHIFT}_permanent_debuff"),
                        AddStacks(1, f"{_SHIFT}_permanent_debuff", Target="TARGET"),
                    ])}),
            Modifier(f"{_SHIFT}_permanent_debuff", IsDebuff=True, PiercesImmunity=True,
                     Permanent=True,
                     Properties={"STATS_AGILITY_BONUS": "-%stat_loss * stacks"}),
        ],
        Unused=("max_stacks_per_hero",),
    ),
    Ability(
        "slark_shadow_dance",
        Passives=["modifier_slark_shadow_dance_passive"],
        Events={"OnSpellStart": [
            DodgeProjectiles(), ApplyModifier("modifier_slark_shadow_dance", Target="CASTER")]},
        Modifiers=[
            Modifier(
                "modifier_slark_shadow_dance_passive", Dynamic=True, ThinkInterval=0,
                Properties=_unseen("seconds - r0 >= %activation_delay and seconds >= r1"),
                # r0: when enemies last saw him; r1: from when on a neutral's blow is over.
                Events={
                    "OnCreated": [SetRegister(0, "seconds")],
                    "OnIntervalThink": If("parent.is_visible_to_enemy",
                                          [SetRegister(0, "seconds")]),
                    "OnTakeDamage": If("attacker.is_neutral",
                                       [SetRegister(1, "seconds + %neutral_disable")]),
                }),
            Modifier("modifier_slark_shadow_dance", Duration="%duration",
                     States=["INVISIBLE", "TRUESIGHT_IMMUNE"],
                     Properties={"ATTACKSPEED_BONUS_CONSTANT": "%attack_speed"}),
        ],
        Unused=("fade_time",),
    ),
    Ability(
        "slark_depth_shroud",
        GrantedBy="SHARD",
        Events={"OnSpellStart": [CreateThinker("modifier_slark_depth_shroud")]},
        Modifiers=[
            Modifier("modifier_slark_depth_shroud", Duration="%duration",
                     Aura="modifier_slark_depth_shroud_effect", AuraRadius="%radius"),
            Modifier("modifier_slark_depth_shroud_effect",
                     States=["INVISIBLE", "TRUESIGHT_IMMUNE"],
                     Properties=_unseen(
                         "learned('slark_shadow_dance') and not parent.is_caster",
                         "%slark_shadow_dance.")),
        ],
    ),
]
