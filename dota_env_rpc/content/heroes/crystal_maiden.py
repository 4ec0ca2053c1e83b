"""Crystal Maiden."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddRegister,
    AllHeroes,
    ApplyModifier,
    Area,
    CreateIllusions,
    Damage,
    Do,
    DodgeProjectiles,
    HideAbility,
    If,
    Kill,
    Modifier,
    MoveTo,
    RemoveModifier,
    RemoveSelf,
    RunAbility,
    SetAbilityLevel,
    SetHealth,
    SetPoint,
    SetRegister,
    Vision,
)

CHOICES = (
    "Crystal Nova: the sight that it gives reaches as far as its damage.",
    "Frostbite: the first of its wounds comes one interval after the cast.",
    "Arcane Aura: of those far from her, it helps players' units alone.",
    "Glacial Guard: what it adds to the barrier renews all of it; items spend no such mana.",
    "Freezing Field: explosions go through the four quarters around her in turn.",
    "Freezing Field: with the Scepter, who stays in it is bitten again after each such time.",
    "Crystal Clone: it is an illusion that does nothing; who has not learned Frostbite has a"
    " clone that shatters without it.",
)

FROZEN = "modifier_crystal_maiden_frostbite"
FIELD = "modifier_crystal_maiden_freezing_field"
FIELD_SLOW = "modifier_crystal_maiden_freezing_field_slow"
CLONE = "modifier_crystal_maiden_crystal_clone"
GUARD = "modifier_crystal_maiden_glacial_guard"
GUARD_BARRIER = "modifier_crystal_maiden_glacial_guard_barrier"
STOP = "crystal_maiden_freezing_field_stop"
# Farther than any two places are apart.
WHOLE_MAP = 30000.0


def _shatter(radius: str) -> Kill:
    """Lets her own spells destroy a clone."""
    return Kill(Target=AllHeroes(
        Teams="FRIENDLY", Where=f"has(target, '{CLONE}') and distance(target, point) <= {radius}"))


_NOVA = Ability(
    "crystal_maiden_crystal_nova",
    Events={"OnSpellStart": [
        Vision("%radius", "%vision_duration"),
        ActOnTargets(Area("%radius"), [
            Damage("%nova_damage"),
            ApplyModifier("modifier_crystal_maiden_crystal_nova"),
        ]),
        _shatter("%radius"),
    ]},
    Modifiers=[Modifier(
        "modifier_crystal_maiden_crystal_nova", IsDebuff=True, Dispel="BASIC",
        Duration="%duration",
        Properties={
            "MOVESPEED_BONUS_PERCENTAGE": "%movespeed_slow",
            "ATTACKSPEED_BONUS_CONSTANT": "%attackspeed_slow",
        },
    )],
    Unused=(
        "physical_barrier_amount", "physical_barrier_self_amount", "physical_barrier_duration"),
)

_FROSTBITE = Ability(
    "crystal_maiden_frostbite",
    Events={"OnSpellStart": [ApplyModifier(FROZEN)]},
    Modifiers=[Modifier(
        FROZEN, IsDebuff=True, Dispel="BASIC",
        Duration="%duration", States=["ROOTED", "DISARMED"], ThinkInterval="%tick_interval",
        Events={"OnIntervalThink": [Damage(
            "%damage_per_second * %tick_interval"
            " * (%creep_multiplier if parent.is_creep and not parent.is_ancient else 1)")]},
    )],
)

_AURA = Ability(
    "crystal_maiden_brilliance_aura",
    Passives=["modifier_crystal_maiden_brilliance_aura"],
    Modifiers=[
        Modifier(
            "modifier_crystal_maiden_brilliance_aura", IsHidden=True, Breakable=True,
            Aura="modifier_crystal_maiden_brilliance_aura_effect", AuraRadius=WHOLE_MAP,
            AuraFlags="PLAYER_CONTROLLED",
            Properties={"MP_REGEN_AMPLIFY_PERCENTAGE": "%mana_regen_amp"},
        ),
        Modifier(
            "modifier_crystal_maiden_brilliance_aura_effect", Dynamic=True,
            Properties={"MANA_REGEN_CONSTANT":
                        "%base_mana_regen * (%proximity_bonus_factor"
                        " if distance(parent, caster) <= %proximity_bonus_radius else 1)"},
        ),
    ],
    Unused=("proximity_mana_regen_tooltip",),
)

_GUARD = Ability(
    "crystal_maiden_glacial_guard",
    Passives=[GUARD],
    Modifiers=[
        Modifier(
            GUARD, IsHidden=True, Breakable=True,
            Events={
                # Register 0: whether an ability was cast, rather than an item used.
                "OnAbilityExecuted": [SetRegister(0, "amount")],
                "OnManaSpent": [If("r0", [
                    ApplyModifier(GUARD_BARRIER, Target="CASTER"),
                    AddRegister(0, "amount * %mana_multiplier / 100", GUARD_BARRIER, "CASTER"),
                ])],
            },
        ),
        Modifier(
            GUARD_BARRIER, Dispel="BASIC", Duration="%barrier_duration",
            Barrier="DAMAGE_TYPE_PHYSICAL",
        ),
    ],
)

_STOPPED = " or ".join(
    f"state(parent, '{state}')"
    for state in ("STUNNED", "SILENCED", "HEXED", "FEARED", "TAUNTED", "OUT_OF_GAME"))
_FREEZING_FIELD = Ability(
    "crystal_maiden_freezing_field",
    Events={
        "OnUpgrade": [SetAbilityLevel(STOP, "level"), HideAbility(STOP)],
        "OnSpellStart": [
            ApplyModifier(FIELD, Target="CASTER"),
            If("%can_move", [HideAbility(STOP, False)]),
        ],
        "OnChannelFinish": [RemoveModifier(FIELD, Target="CASTER")],
    },
    ScepterBehavior=("no_target", "dont_resume_attack"),
    Lists={"explode": [
        SetPoint(
            Distance="random(%explosion_min_dist, %explosion_max_dist)",
            Angle="90 * r0 + random(0, 90)"),
        SetRegister(0, "(r0 + 1) % 4"),
        Damage("%damage", Target=Area("%explosion_radius")),
        _shatter("%explosion_radius"),
    ]},
    Modifiers=[
        Modifier(
            FIELD, Duration="%AbilityDuration",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%shard_self_movement_speed_slow_pct"},
            Aura=FIELD_SLOW, AuraRadius="%radius", AuraTeams="ENEMY",
            AuraLinger="%slow_duration",
            ThinkInterval="%explosion_interval",
            Events={
                # Registers: the quarter of the next explosion, how much of one more is due.
                "OnIntervalThink": [If(_STOPPED, [RemoveSelf()], [
                    Do("explode"),
                    AddRegister(1, "%shard_bonus_explosion / 100"),
                    If("r1 >= 1", [AddRegister(1, -1), Do("explode")]),
                ])],
                "OnDestroy": [HideAbility(STOP)],
            },
        ),
        Modifier(
            FIELD_SLOW, IsDebuff=True, Dispel="BASIC",
            Properties={
                "MOVESPEED_BONUS_PERCENTAGE": "%movespeed_slow",
                "ATTACKSPEED_BONUS_CONSTANT": "%attack_slow",
            },
            ThinkInterval="max(%frostbite_delay, %slow_duration)",
            Events={"OnIntervalThink": [
                If("%frostbite_delay > 0 and distance(parent, caster) <= %radius", [
                    RunAbility("crystal_maiden_frostbite")])]},
        ),
    ],
    Unused=("self_cast_range_bonus", "aoe_bonus"),
)

_STOP = Ability(STOP, Events={"OnSpellStart": [RemoveModifier(FIELD, Target="CASTER")]})

_CLONE = Ability(
    "crystal_maiden_crystal_clone",
    GrantedBy="SHARD",
    Events={"OnSpellStart": [
        CreateIllusions(1, "%clone_duration", 0, 100),
        DodgeProjectiles(),
        SetPoint(Distance="%hop_distance", TowardPoint=True),
        MoveTo(Target="CASTER", Duration="%hop_duration", Stuns=False),
        # The clone remembers where it is.
        SetPoint(),
        ApplyModifier(
            CLONE, Registers=("%clone_health - target.max_health",),
            Target=AllHeroes(
                Teams="FRIENDLY", Where="target.is_illusion and target.creation_seconds == 0"
                " and distance(target, caster) < %hop_distance")),
    ]},
    Modifiers=[Modifier(
        CLONE, IsHidden=True, States=["ROOTED", "DISARMED"],
        # Register 0: what it lacks in health beside her.
        Properties={"HEALTH_BONUS": "r0"},
        Events={
            "OnCreated": [SetHealth("target.max_health")],
            "OnDestroy": [If("learned('crystal_maiden_frostbite')", [
                ApplyModifier(FROZEN, Target=Area("%frostbite_radius"))])],
        },
    )],
    Unused=("anim_delay",),
)

ABILITIES = [_NOVA, _FROSTBITE, _AURA, _CLONE, _GUARD, _FREEZING_FIELD, _STOP]
