"""Pudge."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    AddCooldown,
    AddRegister,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Do,
    GiveMana,
    Heal,
    If,
    Interrupt,
    Kill,
    Knockback,
    LinearProjectile,
    Modifier,
    MoveTo,
    PullRune,
    RemoveModifier,
    SetPoint,
    Vision,
)

CHOICES = (
    "Meat Hook drags at its own speed to beside where Pudge stands when it snags; it stuns "
    "enemies on the way, and allies cannot act while they are dragged.",
    "Pudge is stunned after Meat Hook for its part of the time in which the hook flies out, or "
    "until it snags somebody.",
    "Meat Hook kills creeps of the enemy that are not ancient, players' creeps among them.",
    "Meat Hook snags a rune whose middle it passes within its width, and drags it to where Pudge "
    "stands then; it gives back its whole mana cost, whatever was paid.",
    "Meat Hook's Shard adds its percentage of the distance dragged, or its least damage where "
    "that is more.",
    "Rot hurts Pudge at the same times and by the same damage as enemies.",
    "Dismember's damage is per second, in equal bites from its beginning on; Pudge is healed by "
    "a bite's damage before the target's resistance.",
    "Flesh Heap counts a death that somebody else brings about while Pudge is dead, too.",
)

# The shortest time there is; the pull is worked out anew so often.
_TICK = "1 / 30"
_BITE = "(%dismember_damage + %strength_damage * caster.strength) * %AbilityChannelTime / %ticks"

ABILITIES = [
    Ability(
        "pudge_meat_hook",
        Events={"OnSpellStart": [
            ApplyModifier(
                "modifier_pudge_meat_hook_self", Target="CASTER",
                Duration="0.01 * %self_stun_duration_percent * %AbilityCastRange / %hook_speed"),
            LinearProjectile(
                "%hook_speed", "%AbilityCastRange", "%hook_width", StopsAtFirst=True,
                TargetTeams="BOTH", TargetFlags="MAGIC_IMMUNE_ENEMIES | NOT_ANCIENTS",
                OnHit=[
                    RemoveModifier("modifier_pudge_meat_hook_self", Target="CASTER"),
                    Vision("%vision_radius", "%vision_duration"),
                    If("target.is_enemy", [Do("hit_enemy")], [
                        AddCooldown("-0.01 * %cooldown_reduction_pct_allied_hook"
                                    " * %AbilityCooldown")]),
                    Do("drag"),
                ],
                OnRune=[
                    RemoveModifier("modifier_pudge_meat_hook_self", Target="CASTER"),
                    GiveMana("%AbilityManaCost", Target="CASTER"),
                    PullRune("%hook_speed"),
                ]),
        ]},
        Lists={
            "hit_enemy": [
                Interrupt(),
                If("target.is_hero", [Damage(
                    "%damage + max(%min_distance_damage,"
                    " 0.01 * %distance_to_damage * distance(caster, target))",
                    Type="DAMAGE_TYPE_PURE", Flags="PIERCES_IMMUNITY"),
                ], [Kill()]),
                ApplyModifier(
                    "modifier_pudge_meat_hook",
                    Duration=f"max(distance(caster, target) / %hook_speed, {_TICK})"),
            ],
            "drag": [
                SetPoint(Distance="caster.bound_radius + target.bound_radius", TowardPoint=True),
                MoveTo(Speed="%hook_speed",
                       OnEnd=[RemoveModifier("modifier_pudge_meat_hook")]),
            ],
        },
        Modifiers=[
            Modifier("modifier_pudge_meat_hook_self", IsHidden=True, States=["STUNNED"]),
            Modifier("modifier_pudge_meat_hook", IsDebuff=True, PiercesImmunity=True,
                     States=["STUNNED"]),
        ],
        Unused=("reveal_duration", "vector_target_distance"),
    ),
    Ability(
        "pudge_rot",
        Events={
            "OnToggleOn": [ApplyModifier("modifier_pudge_rot", Target="CASTER")],
            "OnToggleOff": [RemoveModifier("modifier_pudge_rot", Target="CASTER")],
        },
        Modifiers=[
            Modifier(
                "modifier_pudge_rot", ThinkInterval="%rot_tick",
                Aura="modifier_pudge_rot_slow", AuraRadius="%rot_radius", AuraTeams="ENEMY",
                Events={"OnIntervalThink": [
                    Damage("%rot_damage * %rot_tick", Target=Area("%rot_radius", Center="PARENT")),
                    Damage("%rot_damage * %rot_tick", Target="PARENT", Flags="NON_LETHAL"),
                ]},
            ),
            Modifier(
                "modifier_pudge_rot_slow", IsDebuff=True,
                Properties={
                    "MOVESPEED_BONUS_PERCENTAGE": "%rot_slow",
                    "HP_REGEN_AMPLIFY_PERCENTAGE": "-%scepter_rot_regen_reduction_pct",
                    "HEAL_AMPLIFY_PERCENTAGE_TARGET": "-%scepter_rot_regen_reduction_pct",
                }),
        ],
    ),
    Ability(
        "pudge_flesh_heap",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_pudge_flesh_heap_block", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_pudge_flesh_heap_block", Duration="%duration",
            Properties={"TOTAL_CONSTANT_BLOCK": "%damage_block"})],
    ),
    Ability(
        "pudge_innate_graft_flesh",
        Passives=["modifier_pudge_innate_graft_flesh"],
        Modifiers=[Modifier(
            "modifier_pudge_innate_graft_flesh",
            Properties={"STATS_STRENGTH_BONUS": "%flesh_heap_strength_buff_amount * stacks"},
            Events={"OnHeroKilled": [If(
                "attacker.is_caster or distance(caster, target) <= %flesh_heap_range",
                [AddStacks()])]},
        )],
    ),
    Ability(
        "pudge_dismember",
        Events={
            "OnSpellStart": [ApplyModifier("modifier_pudge_dismember")],
            "OnChannelFinish": [RemoveModifier("modifier_pudge_dismember", FromCaster=True)],
        },
        Modifiers=[Modifier(
            "modifier_pudge_dismember", IsDebuff=True, Dispel="STRONG", PiercesImmunity=True,
            Duration="%AbilityChannelTime", States=["STUNNED"],
            ThinkInterval=_TICK,
            Events={
                "OnCreated": [Do("bite")],
                "OnIntervalThink": [
                    Knockback(
                        f"-min(%pull_units_per_second * {_TICK},"
                        " max(distance(caster, target) - %pull_distance_limit, 0))", _TICK),
                    If("r0 < %ticks and elapsed >= r0 * %AbilityChannelTime / %ticks",
                       [Do("bite")]),
                ],
                "OnDestroy": [Interrupt(Target="CASTER")],
            },
        )],
        # Register 0 counts the bites.
        Lists={"bite": [AddRegister(0, 1), Damage(_BITE, Flags="PIERCES_IMMUNITY"),
                        Heal(_BITE, Target="CASTER")]},
        Unused=("animation_rate", "shard_regen_pct", "order_lock_duration", "shard_cast_range",
                "gluttony_strength_bonus", "glutton_strength_stack_duration"),
    ),
]
