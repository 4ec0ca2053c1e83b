"""Shadow Fiend."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddCooldown,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Heal,
    If,
    LinearProjectile,
    Modifier,
    PerformAttack,
    RemoveSelf,
    Repeat,
    SetAmount,
    SetPoint,
    SetStacks,
)

CHOICES = (
    "Shadowraze: a reduction of its cooldown for heroes hit is for the raze that hit them.",
    "Shadowraze: with its talent, who is hit is also attacked at once, after the raze's damage.",
    "Necromastery: illusions, buildings and wards have no souls; what is kept at death is rounded"
    " down.",
    "Feast of Souls: the most that it collects counts souls, not enemies, and holds for one cast.",
    "Feast of Souls: souls of enemies who die before it ends are kept, beyond the usual most for"
    " the time told.",
    "Feast of Souls: 100 percent is the usual speed of casting; cast points are divided by it.",
    "Requiem of Souls: at his death the lines are those of the told part of his souls, before he"
    " loses any.",
    "Requiem of Souls: with the Scepter the lines come back toward where he is when they turn,"
    " as far as they went, with the same effect; those of his death do not.",
    "Requiem of Souls: what a line adds to fear and slow counts from the moment of its hit.",
    "Requiem of Souls: lines that meet a unit in the same tick do not yet profit from the magic"
    " resistance that the first of them takes.",
    "Presence of the Dark Lord: it works on units, not on buildings.",
)

SOULS = "modifier_nevermore_necromastery"
FEAST = "modifier_nevermore_frenzy"
LINGER = "modifier_nevermore_frenzy_linger"
TAKEN = "modifier_nevermore_frenzy_taken"
HAS_SOUL = "not target.is_building and not target.is_ward and not target.is_illusion"


def _raze(number: int) -> Ability:
    area = Area("%shadowraze_radius")
    heroes = Area("%shadowraze_radius", Types="HERO")
    return Ability(
        f"nevermore_shadowraze{number}",
        Events={"OnSpellStart": [
            SetPoint(Distance="%shadowraze_range"),
            Damage(
                "%shadowraze_damage"
                f" + %damage_per_soul * stacks_of(caster, '{SOULS}')"
                " + %stack_bonus_damage * stacks_of(target, 'modifier_nevermore_shadowraze')",
                Target=area),
            ApplyModifier(
                "modifier_nevermore_shadowraze", Target=area, Duration="%duration",
                Registers=("%movement_speed_debuff",)),
            AddStacks(ModifierName="modifier_nevermore_shadowraze", Target=area),
            ActOnTargets(heroes, [AddCooldown("-%cooldown_reduction_on_hero_hit")]),
            If("%procs_attack", [PerformAttack(Target=area)]),
        ]},
        Modifiers=[Modifier(
            "modifier_nevermore_shadowraze", IsDebuff=True, Dispel="BASIC",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-r0 * stacks"},
        )] if number == 1 else [],
        Unused=("shadowraze_cooldown", "turn_rate_pct"),
    )


def _gain(souls: str) -> list:
    """Adds souls of the dead; what is there beyond the most stays."""
    return [
        ApplyModifier(SOULS, Target="CASTER"),
        AddStacks(
            souls, ModifierName=SOULS, Target="CASTER",
            Most=f"max(%necromastery_max_souls, stacks_of(caster, '{SOULS}'))"),
    ]


_NECROMASTERY = Ability(
    "nevermore_necromastery",
    Passives=["modifier_nevermore_necromastery_gain"],
    Modifiers=[
        Modifier(
            "modifier_nevermore_necromastery_gain", IsHidden=True, Breakable=True,
            Events={
                "OnKill": [If(HAS_SOUL, [
                    If("target.is_hero", _gain("%souls_per_hero_kill"),
                       _gain("%souls_per_kill"))])],
            },
        ),
        Modifier(
            SOULS, Permanent=True,
            Properties={"PREATTACK_BONUS_DAMAGE": "%necromastery_damage_per_soul * stacks"},
            Events={
                # Two lists later, so that Requiem's lines have left with all of them.
                "OnDeath": [ActOnTargets("CASTER", [ActOnTargets("CASTER", [
                    SetStacks("floor(stacks * %necromastery_soul_release)"),
                    If("stacks < 1", [RemoveSelf()])])])],
                "OnRefresh": [If("stacks < 1", [RemoveSelf()])],
            },
        ),
    ],
    Unused=(
        "attack_range_bonus", "shard_souls_per_kill", "shard_crit_pct", "shard_fear_duration",
        "soul_release_tooltip", "max_soul_increase_on_hero_kill", "current_max_souls_tooltip"),
)

_COLLECTED = (
    "min(%soul_collection_per_hero if target.is_hero else %soul_collection_per_creep,"
    " %max_collection_count - stacks)")
_FEAST = Ability(
    "nevermore_frenzy",
    Events={"OnSpellStart": [ApplyModifier(FEAST, Target="CASTER")]},
    Modifiers=[
        Modifier(
            FEAST, Dispel="BASIC", Duration="%duration",
            Properties={
                "ATTACKSPEED_BONUS_CONSTANT": "%bonus_attack_speed",
                "MOVESPEED_BONUS_PERCENTAGE": "%bonus_move_speed",
                "CASTTIME_PERCENTAGE": "100 - 100 * 100 / %cast_speed_pct",
            },
            ThinkInterval="%soul_collection_interval",
            Events={
                # Stacks: souls collected so far.
                "OnIntervalThink": [ActOnTargets(
                    Area("%soul_collection_radius", Center="PARENT",
                         Most="%soul_collection_per_interval",
                         Where=f"{HAS_SOUL} and not has(target, '{TAKEN}')"),
                    [If("remaining > 0 and stacks < %max_collection_count", [
                        ApplyModifier(
                            TAKEN, Duration="remaining", Registers=(_COLLECTED,)),
                        ApplyModifier(SOULS, Target="CASTER"),
                        AddStacks(_COLLECTED, ModifierName=SOULS, Target="CASTER"),
                        AddStacks(_COLLECTED),
                    ])])],
                "OnDestroy": [ApplyModifier(LINGER, Target="CASTER")],
            },
        ),
        # On whom a soul was taken from: it goes back at the end if its owner lives.
        Modifier(
            TAKEN, IsHidden=True, ThinkInterval="%soul_collection_interval",
            Events={
                "OnIntervalThink": [If(f"not has(caster, '{FEAST}')", [RemoveSelf()])],
                "OnDestroy": [If("parent.is_alive", [
                    AddStacks("-r0", ModifierName=SOULS, Target="CASTER"),
                    ApplyModifier(SOULS, Target="CASTER")])],
            },
        ),
        Modifier(
            LINGER, IsHidden=True, Permanent=True, Duration="%linger_duration",
            Events={"OnDestroy": [If(f"not has(caster, '{FEAST}')", [
                AddStacks(0, ModifierName=SOULS, Target="CASTER",
                          Most="%nevermore_necromastery.necromastery_max_souls")])]},
        ),
    ],
    Unused=("cast_speed_pct_tooltip",),
)

_DARK_LORD = Ability(
    "nevermore_dark_lord",
    Passives=["modifier_nevermore_presence_aura"],
    Modifiers=[
        Modifier(
            "modifier_nevermore_presence_aura", IsHidden=True, Breakable=True,
            Aura="modifier_nevermore_presence", AuraRadius="%presence_radius",
            AuraTeams="ENEMY", AuraFlags="MAGIC_IMMUNE_ENEMIES",
        ),
        Modifier(
            "modifier_nevermore_presence", IsDebuff=True, PiercesImmunity=True,
            Properties={"PHYSICAL_ARMOR_BONUS": "%presence_armor_reduction"},
        ),
    ],
    Unused=("bonus_armor_per_stack", "kill_buff_duration"),
)

SLOW = "modifier_nevermore_requiem_slow"
FEAR = "modifier_nevermore_requiem_fear"


_LASTS = (
    f"min(%requiem_slow_duration * (stacks_of(target, '{SLOW}') + 1),"
    " %requiem_slow_duration_max)")
_FRIGHTEN = [
    ApplyModifier(FEAR, Duration=_LASTS),
    ApplyModifier(SLOW, Duration=_LASTS),
    AddStacks(ModifierName=SLOW, Target="TARGET"),
]


def _lines(part: str = "1") -> str:
    """Returns how many lines a part of his souls makes."""
    souls = f"floor(stacks_of(caster, '{SOULS}') * {part})"
    return f"min(floor({souls} / %requiem_soul_conversion), %max_soul_release)"


def _release(lines: str, on_hit: list, on_finish: list) -> list:
    """Sends lines out in all directions."""
    return [
        SetPoint(),
        Repeat(lines, [LinearProjectile(
            "%requiem_line_speed", "%requiem_radius", "%requiem_line_width_start",
            "%requiem_line_width_end", Angle=f"amount * 360 / max({lines}, 1)",
            OnHit=on_hit, OnFinish=on_finish)]),
    ]


_RETURN = LinearProjectile(
    "%requiem_line_speed", "%requiem_radius", "%requiem_line_width_end",
    "%requiem_line_width_start", Center="POINT", Toward="CASTER",
    OnHit=[
        SetAmount("target.health"),
        Damage("%AbilityDamage * %requiem_damage_pct_scepter / 100"),
        Heal("(amount - target.health) * %requiem_heal_pct_scepter / 100", Target="CASTER"),
        *_FRIGHTEN,
    ])
_REQUIEM = Ability(
    "nevermore_requiem",
    Passives=["modifier_nevermore_requiem_death"],
    Events={"OnSpellStart": _release(
        _lines(), [Damage("%AbilityDamage"), *_FRIGHTEN], [If("has_scepter", [_RETURN])])},
    Modifiers=[
        Modifier(
            "modifier_nevermore_requiem_death", IsHidden=True,
            Events={"OnDeath": _release(
                _lines("%soul_death_release"), [Damage("%AbilityDamage")], [])},
        ),
        Modifier(FEAR, IsDebuff=True, Dispel="BASIC", States=["FEARED"]),
        Modifier(
            SLOW, IsDebuff=True, Dispel="BASIC",
            Properties={
                "MOVESPEED_BONUS_PERCENTAGE": "%requiem_reduction_ms",
                "MAGICAL_RESISTANCE_BONUS": "%requiem_reduction_mres",
            },
        ),
    ],
)

ABILITIES = [
    _raze(1), _raze(2), _raze(3), _FEAST, _DARK_LORD, _REQUIEM, _NECROMASTERY,
]
