"""Gyrocopter."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    AddRegister,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Delay,
    Do,
    If,
    Modifier,
    MoveTo,
    PerformAttack,
    Remember,
    RemoveSelf,
    RemoveUnit,
    Repeat,
    SetAmount,
    SetPoint,
    SetRegister,
    SetStacks,
    SpawnUnit,
    TrackingProjectile,
)

CHOICES = (
    "Each rocket of Rocket Barrage hits any one visible enemy in the radius at once.",
    "The enemy sees a Homing Missile wherever it is, for the stated time from its launch on.",
    "Homing Missile gains its acceleration every second of its flight, hits when it touches its "
    "target, and is gone when its target dies or cannot be hit any more.",
    "Attacks of heroes take two of Homing Missile's six hit points, all others one.",
    "Flak Cannon's shots at others than the target deal the average attack damage, through "
    "armor, miss nobody and set nothing off.",
    "Call Down's first strike comes after its delay at the chosen place, each further one a "
    "strike's delay later, farther along the way from Gyrocopter.",
    "Afterburner adds map units per second; a hit renews the time of all of it.",
    "Side Gunner's attacks do what Gyrocopter's own do, but use up none of Flak Cannon's.",
)

# Seconds after which a missile takes aim anew.
_TICK = "1 / 30"

ABILITIES = [
    Ability(
        "gyrocopter_rocket_barrage",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_gyrocopter_rocket_barrage", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_gyrocopter_rocket_barrage", Dispel="BASIC", Duration="%barrage_duration",
            ThinkInterval="%rocket_interval",
            Events={"OnIntervalThink": [Damage("%rocket_damage", Target=Area(
                "%radius", Center="PARENT", Flags="FOW_VISIBLE | RANDOM", Most=1))]},
        )],
        Unused=("rockets_per_second",),
    ),
    Ability(
        "gyrocopter_homing_missile",
        # The missile is TARGET from SpawnUnit on, and its prey ATTACKER.
        Events={"OnSpellStart": [
            Remember(),
            SpawnUnit("npc_dota_gyrocopter_homing_missile", Center="CASTER",
                      ModifierName="modifier_gyrocopter_homing_missile"),
            ApplyModifier("modifier_gyrocopter_homing_missile_shown"),
            Delay("%pre_flight_time", [Do("fly")]),
            If("has_shard and learned('gyrocopter_rocket_barrage')", [
                Delay("%shard_delay", [Do("fire")])]),
        ]},
        Lists={
            "fly": [If("target.is_alive", [
                If("attacker.is_alive", [
                    If("distance(target, attacker) <= target.bound_radius"
                       " + attacker.bound_radius", [Do("hit")], [
                           MoveTo(Center="ATTACKER", Speed=(
                               "%speed + %acceleration"
                               " * (target.creation_seconds - %pre_flight_time)")),
                           Delay(_TICK, [Do("fly")])]),
                ], [RemoveUnit()]),
            ])],
            "hit": [
                If("not state(attacker, 'MAGIC_IMMUNE')", [
                    Damage("%hit_damage", Target="ATTACKER"),
                    ApplyModifier("modifier_gyrocopter_homing_missile_stun",
                                  Target="ATTACKER"),
                ]),
                RemoveUnit(),
            ],
            # Its prey first, else anybody; Afterburner is told that these do not count.
            "fire": [If("target.is_alive", [
                SetRegister(1, 1, "modifier_gyrocopter_afterburner", "CASTER"),
                If("attacker.is_alive and attacker.is_visible_to_enemy"
                   " and not state(attacker, 'MAGIC_IMMUNE')"
                   " and distance(target, attacker) <= %shard_radius", [
                       Damage("%gyrocopter_rocket_barrage.rocket_damage", Target="ATTACKER")], [
                       Damage("%gyrocopter_rocket_barrage.rocket_damage", Target=Area(
                           "%shard_radius", Center="TARGET", Flags="FOW_VISIBLE | RANDOM",
                           Most=1))]),
                Do("count_again"),
                Delay("%gyrocopter_rocket_barrage.rocket_interval", [Do("fire")]),
            ])],
            "count_again": [SetRegister(1, 0, "modifier_gyrocopter_afterburner", "CASTER")],
        },
        Modifiers=[
            Modifier(
                "modifier_gyrocopter_homing_missile", IsHidden=True,
                States=["NO_UNIT_COLLISION", "FLYING", "MAGIC_IMMUNE", "NO_HEALTH_BAR"],
                Properties={
                    "ABSOLUTE_NO_DAMAGE_MAGICAL": 1, "ABSOLUTE_NO_DAMAGE_PURE": 1,
                    "TOTAL_CONSTANT_BLOCK":
                        "amount - (%hero_damage if target.is_hero else 1)",
                }),
            Modifier("modifier_gyrocopter_homing_missile_shown", IsHidden=True,
                     Duration="%enemy_vision_time", States=["PROVIDES_VISION"]),
            Modifier(
                "modifier_gyrocopter_homing_missile_stun", IsDebuff=True, Dispel="STRONG",
                Duration="%stun_duration", States=["STUNNED"]),
        ],
        Unused=("hits_to_kill_tooltip", "tower_hits_to_kill_tooltip", "attack_speed_bonus_pct",
                "max_distance"),
    ),
    Ability(
        "gyrocopter_flak_cannon",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_gyrocopter_flak_cannon", Target="CASTER"),
            SetStacks("%max_attacks", "modifier_gyrocopter_flak_cannon", "CASTER"),
        ]},
        Modifiers=[Modifier(
            "modifier_gyrocopter_flak_cannon", Duration="%AbilityDuration",
            Properties={"PREATTACK_BONUS_DAMAGE": "%bonus_damage"},
            Events={"OnAttack": [
                Remember(),
                SetAmount("caster.attack_damage"),
                TrackingProjectile(
                    "%projectile_speed",
                    Target=Area("%radius", Center="PARENT",
                                Flags="MAGIC_IMMUNE_ENEMIES | FOW_VISIBLE | NOT_ATTACK_IMMUNE",
                                Where="not target.is_attacker"),
                    OnHit=[Damage("amount", Type="DAMAGE_TYPE_PHYSICAL", Flags="ATTACK")]),
                AddStacks(-1),
                If("stacks <= 0", [RemoveSelf()]),
            ]},
        )],
        Unused=("bonus_night_vision",),
    ),
    Ability(
        "gyrocopter_call_down",
        Events={"OnSpellStart": [Repeat("%total_strikes", [
            SetPoint(Distance="distance(caster, point) + amount * %strike_separation",
                     TowardPoint=True),
            Delay("%missile_delay_tooltip + amount * %strike_delay", [
                Damage("%damage", Target=Area("%radius")),
                ApplyModifier("modifier_gyrocopter_call_down_slow", Target=Area("%radius")),
            ]),
        ])]},
        Modifiers=[Modifier(
            "modifier_gyrocopter_call_down_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%slow_duration", Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%slow"})],
        Unused=("tracking_strike_radius", "tracking_strike_delay", "tracking_missile_damage"),
    ),
    Ability(
        "gyrocopter_afterburner",
        Passives=["modifier_gyrocopter_afterburner"],
        # Register 1: whether what is dealt now does not count; of the other, 0: the speed.
        Modifiers=[
            Modifier(
                "modifier_gyrocopter_afterburner", IsHidden=True,
                Events={"OnDealDamage": [If("target.is_enemy and r1 == 0", [
                    ApplyModifier("modifier_gyrocopter_afterburner_speed", Target="CASTER"),
                    AddRegister(
                        0, "%bonus_movement_speed_per_hit if target.is_hero"
                           " else %bonus_movement_speed_per_hit_creep",
                        "modifier_gyrocopter_afterburner_speed", "CASTER")])]},
            ),
            Modifier(
                "modifier_gyrocopter_afterburner_speed", Duration="%bonus_movespeed_duration",
                Properties={"MOVESPEED_BONUS_CONSTANT": "r0"}),
        ],
    ),
    Ability(
        "gyrocopter_side_gunner_spawn_ability", GrantedBy="SCEPTER",
        Passives=["modifier_gyrocopter_side_gunner"],
        # Register 0: how far away the farthest enemy is.
        Modifiers=[Modifier(
            "modifier_gyrocopter_side_gunner", IsHidden=True, Breakable=True,
            ThinkInterval="%sidegunner_fire_rate",
            Events={"OnIntervalThink": [If("caster.is_alive", [
                SetRegister(0, 0),
                SetRegister(0, "max(r0, distance(caster, target))", Target=Area(
                    "%AbilityCastRange", Center="CASTER",
                    Flags="MAGIC_IMMUNE_ENEMIES | FOW_VISIBLE | NOT_ATTACK_IMMUNE")),
                PerformAttack(WithProjectile=True, Target=Area(
                    "%AbilityCastRange", Center="CASTER",
                    Flags="MAGIC_IMMUNE_ENEMIES | FOW_VISIBLE | NOT_ATTACK_IMMUNE",
                    Where="distance(caster, target) >= r0", Most="%double_target")),
            ])]},
        )],
    ),
]
