"""Lina."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Delay,
    DestroyTrees,
    If,
    LinearProjectile,
    Modifier,
    RunAbility,
    SetAmount,
)

CHOICES = (
    "Slow Burn: it burns once a second, each hit on its own, and a basic dispel ends it.",
    "Slow Burn: with its talent, Lina's own attacks are critical on whom it burns.",
    "Fiery Soul: every enemy that a spell hits gives one more; what burns gives none.",
    "Laguna Blade: with the Shard, Fiery Soul is for the told time as strong as with the told"
    " number of it, however many there are.",
)

SOUL = "modifier_lina_fiery_soul"
BURN = "modifier_lina_slow_burn"
# The patch's numbers tell a tick by the share of damage that a second more of burning adds.
BURN_SECONDS = 1.0


def _hit(damage: str) -> list:
    """Hurts TARGET, lets it burn, and feeds Fiery Soul."""
    return [
        SetAmount(damage),
        Damage("amount * %lina_slow_burn.impact_damage_pct / 100"),
        RunAbility("lina_slow_burn"),
        SetAmount(1),
        RunAbility("lina_fiery_soul"),
    ]


_DRAGON_SLAVE = Ability(
    "lina_dragon_slave",
    Events={"OnSpellStart": [LinearProjectile(
        "%dragon_slave_speed", "%dragon_slave_distance", "%dragon_slave_width_initial",
        "%dragon_slave_width_end", OnHit=_hit("%dragon_slave_damage"))]},
    IgnoresSpellBlock=True,
)

_LIGHT_STRIKE_ARRAY = Ability(
    "lina_light_strike_array",
    Events={"OnSpellStart": [Delay("%light_strike_array_delay_time", [
        DestroyTrees("%light_strike_array_aoe"),
        ActOnTargets(Area("%light_strike_array_aoe"), [
            ApplyModifier("modifier_lina_light_strike_array"),
            *_hit("%light_strike_array_damage"),
        ]),
    ])]},
    Modifiers=[Modifier(
        "modifier_lina_light_strike_array", IsDebuff=True, Dispel="STRONG",
        Duration="%light_strike_array_stun_duration", States=["STUNNED"],
    )],
)

_FIERY_SOUL = Ability(
    "lina_fiery_soul",
    # What hits set off: `amount` more of it.
    Events={"OnSpellStart": [If("not state(caster, 'PASSIVES_DISABLED')", [
        ApplyModifier(SOUL, Target="CASTER"),
        AddStacks("amount", ModifierName=SOUL, Target="CASTER", Most="%fiery_soul_max_stacks"),
    ])]},
    Modifiers=[Modifier(
        SOUL, Breakable=True, Duration="%fiery_soul_stack_duration",
        Properties={
            "ATTACKSPEED_BONUS_CONSTANT": "%fiery_soul_attack_speed_bonus * stacks",
            "MOVESPEED_BONUS_PERCENTAGE": "%fiery_soul_move_speed_bonus * stacks",
            "MAGICAL_RESISTANCE_BONUS": "%fiery_soul_magic_resist * stacks",
        },
    )],
    Unused=("bonus_spell_damage",),
)

_MISSING = f"max(%supercharge_stacks - stacks_of(parent, '{SOUL}'), 0)"
_LAGUNA_BLADE = Ability(
    "lina_laguna_blade",
    Events={"OnSpellStart": [
        If("%supercharge_duration > 0 and learned('lina_fiery_soul') > 0", [
            ApplyModifier("modifier_lina_laguna_blade_supercharge", Target="CASTER")]),
        Delay("%damage_delay", [
            If("not state(target, 'MAGIC_IMMUNE') and not state(target, 'INVULNERABLE')",
               _hit("%damage"))]),
    ]},
    Modifiers=[Modifier(
        "modifier_lina_laguna_blade_supercharge", Breakable=True, Dynamic=True,
        Duration="%supercharge_duration",
        Properties={
            "ATTACKSPEED_BONUS_CONSTANT":
                f"%lina_fiery_soul.fiery_soul_attack_speed_bonus * {_MISSING}",
            "MOVESPEED_BONUS_PERCENTAGE":
                f"%lina_fiery_soul.fiery_soul_move_speed_bonus * {_MISSING}",
            "MAGICAL_RESISTANCE_BONUS":
                f"%lina_fiery_soul.fiery_soul_magic_resist * {_MISSING}",
        },
    )],
    Unused=("pierce_immunity", "barrier_pct", "barrier_duration"),
)

_FLAME_CLOAK = Ability(
    "lina_flame_cloak",
    GrantedBy="SCEPTER",
    Events={"OnSpellStart": [
        ApplyModifier("modifier_lina_flame_cloak", Target="CASTER"),
        SetAmount("%lina_fiery_soul.fiery_soul_max_stacks"),
        RunAbility("lina_fiery_soul"),
    ]},
    Modifiers=[Modifier(
        "modifier_lina_flame_cloak", Duration="%flame_cloak_duration",
        States=["FLYING_FOR_PATHING_PURPOSES_ONLY", "NO_UNIT_COLLISION"],
        Properties={
            "MAGICAL_RESISTANCE_BONUS": "%magic_resistance",
            "SPELL_AMPLIFY_PERCENTAGE": "%spell_amp",
        },
    )],
    Unused=("visualzdelta", "zchangespeed"),
)

_SLOW_BURN = Ability(
    "lina_slow_burn",
    Passives=["modifier_lina_slow_burn_crit"],
    # What hits set off: TARGET burns for a part of `amount`.
    Events={"OnSpellStart": [ApplyModifier(
        BURN, Registers=("amount * %burn_damage_pct / 100 / %burn_duration",))]},
    Modifiers=[
        Modifier(
            "modifier_lina_slow_burn_crit", IsHidden=True,
            Properties={
                "PREATTACK_CRITICALSTRIKE":
                    f"%target_crit_multiplier if has(target, '{BURN}') else 0"},
        ),
        Modifier(
            BURN, IsDebuff=True, Dispel="BASIC", Duration="%burn_duration", Multiple=True,
            ThinkInterval=BURN_SECONDS,
            Events={"OnIntervalThink": [Damage(f"r0 * {BURN_SECONDS}")]},
        ),
    ],
    Unused=("additional_tick_total_damage_tooltip",),
)

ABILITIES = [
    _DRAGON_SLAVE, _LIGHT_STRIKE_ARRAY, _FIERY_SOUL, _FLAME_CLOAK, _SLOW_BURN, _LAGUNA_BLADE,
]
