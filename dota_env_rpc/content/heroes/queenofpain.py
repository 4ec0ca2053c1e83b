"""Queen of Pain."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    Action,
    ApplyModifier,
    Area,
    Blink,
    Damage,
    If,
    Knockback,
    LinearProjectile,
    Modifier,
    Remember,
    SetPoint,
    SetRegister,
    TrackingProjectile,
)

CHOICES = (
    "Shadow Strike: every second the slow falls to its full times the cube of the part of the"
    " time that is left, within 3 percent of what was measured in older patches.",
    "Shadow Strike: the talent's attack_speed is Queen of Pain's own, while she attacks who has"
    " the debuff; it is looked at when she is ordered to attack and when a swing starts.",
    "Shadow Strike with Scepter: a dagger flies to every enemy within the radius of the target;"
    " the scream starts where the hero stands or fell, hurts it too if it lives, and reflects as"
    " one of her own does; it needs Scream of Pain to be learned.",
    "Blink: the distance that cast range bonuses would add is not added.",
    "Blink with Shard: both booms may hurt and silence the same enemy.",
    "Scream of Pain: the reflected part is of the damage before resistance, magical, and not"
    " amplified; illusions reflect nothing, nor does who became immune to debuffs on its way.",
    "Sonic Wave: the damage comes in equal parts over the push; the pushed can act meanwhile.",
    "Succubus: what it gives lies between its least and its most in a straight line with the"
    " distance of whom she hurts, at the moment of the damage.",
)

_REFLECTED = "REFLECTION | NON_LETHAL | NO_SPELL_AMPLIFICATION"
_NOT_IMMUNE = "not state(target, 'MAGIC_IMMUNE')"


def _scream(center: str, ability: str = "") -> Action:
    """Returns a Scream of Pain from a place; ability: its name with a dot, where not its own."""
    return TrackingProjectile(
        f"%{ability}projectile_speed", Center=center, Dodgeable=False,
        Target=Area(f"%{ability}area_of_effect", Center=center), OnHit=[If(_NOT_IMMUNE, [
            Damage(f"%{ability}damage"),
            If("target.is_hero and not target.is_illusion", [Damage(
                f"0.01 * %{ability}damage_reflected_to_self * %{ability}damage",
                Target="CASTER", Flags=_REFLECTED)]),
        ])])


SCREAM_OF_PAIN = Ability(
    "queenofpain_scream_of_pain",
    Events={"OnSpellStart": [_scream("CASTER")]},
)

_STRIKE = [If(_NOT_IMMUNE, [
    Damage("%strike_damage"), ApplyModifier("modifier_queenofpain_shadow_strike")])]
_CRY = [If(
    "%generate_scream and parent.is_hero and learned('queenofpain_scream_of_pain')",
    [_scream("PARENT", "queenofpain_scream_of_pain.")])]

# The part of Shadow Strike's time that is left, in whole seconds.
_LEFT = "(1 - floor(r0 - remaining) / r0)"
_LOOK = [SetRegister(0, "has(target, 'modifier_queenofpain_shadow_strike')")]

SHADOW_STRIKE = Ability(
    "queenofpain_shadow_strike",
    Passives=["modifier_queenofpain_shadow_strike_buff"],
    Events={"OnSpellStart": [
        TrackingProjectile("%projectile_speed", OnHit=_STRIKE),
        If("%aoe_radius", [
            Remember("TARGET"),
            TrackingProjectile(
                "%projectile_speed", OnHit=_STRIKE,
                Target=Area("%aoe_radius", Center="TARGET", Where="not target.is_attacker")),
        ]),
    ]},
    Modifiers=[Modifier(
        # Register 0: the seconds that it lasts, as resisted.
        "modifier_queenofpain_shadow_strike", IsDebuff=True, Dispel="BASIC",
        Duration="%duration", ThinkInterval="%damage_interval", Dynamic=True,
        States=["SPECIALLY_DENIABLE"],
        Properties={
            "MOVESPEED_BONUS_PERCENTAGE": f"%movement_slow * {_LEFT} * {_LEFT} * {_LEFT}",
        },
        Events={
            "OnCreated": [SetRegister(0, "remaining")],
            "OnRefresh": [SetRegister(0, "remaining"), *_CRY],
            "OnIntervalThink": [Damage("%duration_damage")],
            "OnDestroy": _CRY,
        }), Modifier(
        # Register 0: whether she attacks who has the debuff.
        "modifier_queenofpain_shadow_strike_buff", IsHidden=True,
        Properties={"ATTACKSPEED_BONUS_CONSTANT": "%attack_speed * r0"},
        Events={"OnOrder": _LOOK, "OnAttackStart": _LOOK})],
    Unused=("duration_heal",),
)

_BOOM_AREA = Area("%shard_aoe", Center="CASTER")
_BOOM = [If("has_shard", [
    Damage("%shard_damage", Target=_BOOM_AREA),
    ApplyModifier("modifier_queenofpain_blink_silence", Target=_BOOM_AREA),
])]

BLINK = Ability(
    "queenofpain_blink",
    Events={"OnSpellStart": [
        *_BOOM,
        SetPoint(Center="CASTER", TowardPoint=True, Distance=(
            "max(%min_blink_range, min(distance(caster, point), %AbilityCastRange))")),
        Blink(),
        *_BOOM,
    ]},
    Modifiers=[Modifier(
        "modifier_queenofpain_blink_silence", IsDebuff=True, Dispel="BASIC",
        Duration="%shard_duration", States=["SILENCED"])],
)

SONIC_WAVE = Ability(
    "queenofpain_sonic_wave",
    Events={"OnSpellStart": [LinearProjectile(
        "%speed", "%distance", "%starting_aoe", "%final_aoe",
        TargetFlags="MAGIC_IMMUNE_ENEMIES", OnHit=[
            ApplyModifier("modifier_queenofpain_sonic_wave_damage"),
            Knockback("%knockback_distance", "%knockback_duration", Stuns=False),
        ])]},
    Modifiers=[Modifier(
        # Register 0: the seconds that it lasts, as resisted.
        "modifier_queenofpain_sonic_wave_damage", IsDebuff=True, PiercesImmunity=True,
        Duration="%knockback_duration", ThinkInterval="%tick_rate",
        Events={
            "OnCreated": [SetRegister(0, "remaining")],
            "OnIntervalThink": [Damage("%damage * %tick_rate / r0", "DAMAGE_TYPE_PURE",
                                       Flags="PIERCES_IMMUNITY")],
        })],
)

_GAP = "(distance(caster, target) - %close_radius) / (%max_radius - %close_radius)"

SUCCUBUS = Ability(
    "queenofpain_succubus",
    Passives=["modifier_queenofpain_succubus"],
    Modifiers=[Modifier(
        "modifier_queenofpain_succubus", IsHidden=True, Breakable=True, Properties={
            "SPELL_LIFESTEAL_OF_PURE": 1,
            "SPELL_LIFESTEAL_FROM":
                "%spell_lifesteal_close + (%spell_lifesteal - %spell_lifesteal_close)"
                f" * max(0, min(1, {_GAP}))",
        })],
    Unused=("lifesteal_reflected",),
)

ABILITIES = [SHADOW_STRIKE, BLINK, SCREAM_OF_PAIN, SUCCUBUS, SONIC_WAVE]
