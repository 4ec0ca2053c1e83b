"""Death Prophet."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddRegister,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Do,
    ExtendModifier,
    Heal,
    If,
    LinearProjectile,
    Modifier,
    RemoveModifier,
    RemoveSelf,
    Repeat,
    SetAmount,
    SetRegister,
    TrackingProjectile,
)

CHOICES = (
    "Crypt Swarm flies as far as its range and widens evenly on the way.",
    "Spirit Siphon drains four times a second and heals Death Prophet by what it took.",
    "Spirit Siphon breaks beyond its cast range plus its buffer, when its target becomes immune "
    "to debuffs, and when Death Prophet dies.",
    "Exorcism lets its spirits out one after another; each flies to whom Death Prophet attacked "
    "last, or to any one enemy in the radius that is seen where that one is not there, strikes and "
    "returns, and waits where there is nobody.",
    "A spirit of Exorcism whose target is gone, or farther from Death Prophet than the distance "
    "at which it gives up, returns without a blow; one that is too far away is back at once.",
    "Spirits that are on their way when Exorcism ends strike nobody.",
    "Exorcism's talent lengthens it when Death Prophet kills a hero.",
    "Exorcism's Scepter lets out a ghost at each attack that lands, each unit that Crypt Swarm "
    "or Silence hits, and each Spirit Siphon that begins; it returns with the same part of its "
    "damage as health.",
    "Witchcraft leaves the time in which charges come back as it is.",
)

_PREY = "modifier_death_prophet_exorcism_prey"
_BLOW = "random(%death_prophet_exorcism.min_damage, %death_prophet_exorcism.max_damage)"


def _ghost() -> list:
    """One blow of a spirit at TARGET, which Scepter gives; it brings health back."""
    return If("has_scepter and learned('death_prophet_exorcism')", [
        SetAmount("seconds"),
        TrackingProjectile(
            "%death_prophet_exorcism.spirit_speed", Dodgeable=False, OnHit=[
                If("seconds - amount <= %death_prophet_exorcism.scepter_spirit_life_duration", [
                    SetAmount("target.health"),
                    Damage(
                        f"{_BLOW} * (1 + 0.01"
                        " * %death_prophet_exorcism.scepter_spirit_bonus_damage)",
                        Type="DAMAGE_TYPE_PHYSICAL"),
                    SetAmount("amount - target.health"),
                    TrackingProjectile(
                        "%death_prophet_exorcism.spirit_speed", Target="CASTER",
                        Center="TARGET", Dodgeable=False, OnHit=[
                            Heal("0.01 * %death_prophet_exorcism.heal_percent * amount")]),
                ]),
            ]),
    ])


def _within(radius: str, where: str | None = None, flags: str = "",
            most: int | None = 1) -> Area:
    """Returns whom spirits may fly to, nearest first."""
    return Area(radius, Center="CASTER", Types="HERO | BASIC | BUILDING", Where=where, Most=most,
                Flags=f"MAGIC_IMMUNE_ENEMIES | FOW_VISIBLE{flags}")


def _return_from(center: str) -> list:
    return If("distance(caster, point) > %max_distance", [Do("come_back")], [
        TrackingProjectile("%spirit_speed", Target="CASTER", Center=center, Dodgeable=False,
                           OnHit=[Do("come_back")])])


ABILITIES = [
    Ability(
        "death_prophet_carrion_swarm", IgnoresSpellBlock=True,
        Events={"OnSpellStart": [LinearProjectile(
            "%speed", "%range", "%start_radius", "%end_radius",
            OnHit=[Damage("%damage"), *_ghost()])]},
        Unused=("slow_percent", "slow_duration"),
    ),
    Ability(
        "death_prophet_silence",
        Events={"OnSpellStart": [LinearProjectile(
            "%projectile_speed", "distance(caster, point)", 0, OnFinish=[
                ActOnTargets(Area("%radius"), [
                    ApplyModifier("modifier_death_prophet_silence"), *_ghost()])])]},
        Modifiers=[Modifier(
            "modifier_death_prophet_silence", IsDebuff=True, Dispel="BASIC",
            Duration="%AbilityDuration", States=["SILENCED"])],
        Unused=("movement_slow", "damage_per_second", "tick_interval"),
    ),
    Ability(
        "death_prophet_spirit_siphon",
        CastFilter="not has(target, 'modifier_death_prophet_spirit_siphon_slow')",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_death_prophet_spirit_siphon_slow"), *_ghost()]},
        Modifiers=[
            Modifier(
                "modifier_death_prophet_spirit_siphon_slow", IsDebuff=True,
                Duration="%haunt_duration", ThinkInterval=0.25,
                Events={"OnIntervalThink": [If(
                    "not caster.is_alive or state(target, 'MAGIC_IMMUNE')"
                    " or distance(caster, target) > %AbilityCastRange + %siphon_buffer",
                    [RemoveSelf()],
                    [
                        SetAmount("target.health"),
                        Damage("0.25 * (%damage + 0.01 * %damage_pct * target.max_health)"),
                        Heal("amount - target.health", Target="CASTER"),
                        If("has_shard and r0 == 0"
                           " and elapsed >= %shard_consecutive_siphon_duration", [
                               SetRegister(0, 1),
                               ApplyModifier("modifier_death_prophet_spirit_siphon_fear")]),
                    ])]},
            ),
            Modifier(
                "modifier_death_prophet_spirit_siphon_fear", IsDebuff=True,
                Duration="%shard_fear_duration", States=["FEARED"]),
        ],
        StandardPlus={"CHARGES": "shard_bonus_charges"},
    ),
    Ability(
        "death_prophet_witchcraft",
        Passives=["modifier_death_prophet_witchcraft"],
        Modifiers=[Modifier(
            "modifier_death_prophet_witchcraft", IsHidden=True, Breakable=True,
            Properties={
                "MOVESPEED_BONUS_PERCENTAGE": "%movement_speed_pct",
                "COOLDOWN_PERCENTAGE": "%cooldown_reduction_pct",
            })],
    ),
    Ability(
        "death_prophet_exorcism",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_death_prophet_exorcism", Target="CASTER")]},
        Passives=["modifier_death_prophet_exorcism_scepter"],
        # Register 0: spirits that are with her; 1: hit points that they took; stacks: those out
        # or with her.
        Modifiers=[
            Modifier(
                "modifier_death_prophet_exorcism", Multiple=True, Duration="%AbilityDuration",
                ThinkInterval="%ghost_spawn_rate",
                Events={
                    "OnIntervalThink": [
                        If("stacks < %spirits", [AddStacks(), AddRegister(0, 1)]),
                        Repeat("r0", [Do("seek")]),
                    ],
                    "OnAttack": If("target.is_enemy", [
                        RemoveModifier(_PREY, FromCaster=True, Target=_within(
                            "%max_distance", f"has(target, '{_PREY}')", most=None)),
                        ApplyModifier(_PREY, Duration="remaining"),
                    ]),
                    "OnKill": [If("target.is_hero and not target.is_illusion", [
                        ExtendModifier("%duration_increase_per_kill")])],
                    "OnDestroy": [Heal("0.01 * %heal_percent * r1", Target="CASTER")],
                },
            ),
            Modifier(_PREY, IsHidden=True),
            Modifier(
                "modifier_death_prophet_exorcism_scepter", IsHidden=True,
                Events={"OnAttackLanded": _ghost()}),
        ],
        Lists={
            # Register 2: whether whom she attacked last is in reach.
            "seek": [
                SetRegister(2, 0),
                SetRegister(2, 1, Target=_within("%radius", f"has(target, '{_PREY}')")),
                If("r2", [ActOnTargets(
                    _within("%radius", f"has(target, '{_PREY}')"), [Do("fly")])], [
                        ActOnTargets(_within("%radius", flags=" | RANDOM"), [Do("fly")])]),
            ],
            "fly": [
                AddRegister(0, -1),
                TrackingProjectile(
                    "%spirit_speed", Dodgeable=False, OnHit=[
                        If("remaining > 0"
                           " and distance(caster, target) <= %give_up_distance", [
                               SetAmount("target.health"),
                               Damage(
                                   f"{_BLOW} * (0.5 if target.is_building else 1)",
                                   Type="DAMAGE_TYPE_PHYSICAL"),
                               AddRegister(1, "amount - target.health")]),
                        *_return_from("TARGET")],
                    OnDodged=_return_from("POINT")),
            ],
            "come_back": [If("remaining > 0", [AddRegister(0, 1), Do("seek")])],
        },
        Unused=("average_damage", "movement_bonus"),
    ),
]
