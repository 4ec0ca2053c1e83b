"""Sniper."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    ApplyModifier,
    Area,
    CreateThinker,
    Damage,
    Delay,
    If,
    Interrupt,
    Knockback,
    Modifier,
    PerformAttack,
    SetCooldown,
    TrackingProjectile,
    Vision,
)

CHOICES = (
    "Shrapnel: the place is shown from the cast until the last damage, and several fields hurt"
    " together but slow once.",
    "Headshot: it is rolled when the attack lands, its damage comes apart from the attack's, and"
    " its attack slow is a number of attack speed.",
    "Headshot: the push grows in a straight line from none at the end of the attack range to its"
    " full distance beside Sniper, takes 0.1 s, and lets the target go on with what it does;"
    " debuff immunity keeps off the push and the slow but not the damage.",
    "Take Aim: illusions of Sniper have its passive attack range, too.",
    "Keen Scope: only whole steps of distance count, taken when the attack lands.",
    "Concussive Grenade: it goes off at the end of the cast without a flight, pushes Sniper"
    " from wherever it stands, and the debuff begins when the push is over.",
    "Assassinate: on arrival it is an attack that cannot miss, with all that attacks do, and then"
    " the magical damage; without Scepter it interrupts and does not stun. Who became immune to"
    " debuffs on its way takes the attack alone.",
    "Assassinate: its cooldown ends whenever Sniper kills an enemy hero that is no illusion, as"
    " the text says, at every level.",
)


def _shrapnel() -> Ability:
    area = Area("%radius")
    pellets = [Damage("%shrapnel_damage", Target=area)]
    return Ability(
        "sniper_shrapnel",
        Events={"OnSpellStart": [
            Vision("%radius", "%damage_delay + %duration"),
            Delay("%damage_delay",
                  [CreateThinker("modifier_sniper_shrapnel_thinker", Duration="%duration")]),
        ]},
        Modifiers=[
            Modifier(
                "modifier_sniper_shrapnel_thinker", ThinkInterval=1,
                Aura="modifier_sniper_shrapnel_slow", AuraRadius="%radius", AuraTeams="ENEMY",
                Events={"OnCreated": pellets, "OnIntervalThink": pellets}),
            Modifier(
                "modifier_sniper_shrapnel_slow", IsDebuff=True,
                Properties={"MOVESPEED_BONUS_PERCENTAGE": "%slow_movement_speed"}),
        ],
        Unused=("slow_duration", "fast_tick"),
    )


HEADSHOT = Ability(
    "sniper_headshot",
    Passives=["modifier_sniper_headshot"],
    Modifiers=[
        Modifier(
            "modifier_sniper_headshot", IsHidden=True, Breakable=True,
            Events={"OnAttackLanded": [If(
                "target.is_enemy and not target.is_building and not target.is_ward",
                [If("chance(%sniper_take_aim.headshot_chance"
                    " if has(caster, 'modifier_sniper_take_aim_bonus') else %proc_chance)", [
                        Damage("%damage", "DAMAGE_TYPE_PHYSICAL", Flags="ATTACK"),
                        If("not state(target, 'MAGIC_IMMUNE')", [
                            ApplyModifier("modifier_sniper_headshot_slow"),
                            Knockback(
                                "%knockback_distance * max(0, 1 - distance(caster, target)"
                                " / caster.attack_range)", 0.1, Stuns=False),
                        ]),
                    ])],
            )]}),
        Modifier(
            "modifier_sniper_headshot_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%slow_duration",
            Properties={
                "MOVESPEED_BONUS_PERCENTAGE": "%slow", "ATTACKSPEED_BONUS_CONSTANT": "%slow"}),
    ],
)

TAKE_AIM = Ability(
    "sniper_take_aim",
    Passives=["modifier_sniper_take_aim"],
    Events={"OnSpellStart": [
        ApplyModifier("modifier_sniper_take_aim_bonus", Target="CASTER")]},
    Modifiers=[
        Modifier(
            "modifier_sniper_take_aim", IsHidden=True, OnIllusions="NUMBERS",
            Properties={"ATTACK_RANGE_BONUS": "%passive_attack_range_bonus"}),
        Modifier(
            "modifier_sniper_take_aim_bonus", Dispel="BASIC", Duration="%duration",
            Properties={
                "ATTACK_RANGE_BONUS": "%active_attack_range_bonus",
                "ATTACKSPEED_BONUS_CONSTANT": "%attack_speed",
                "MOVESPEED_BONUS_PERCENTAGE": "-%slow",
                "BONUS_DAY_VISION": "%bonus_vision", "BONUS_NIGHT_VISION": "%bonus_vision",
                "VISION_DEGREES": "%view_restrict",
            }),
    ],
    Unused=("does_root", "require_target"),
)

ASSASSINATE = Ability(
    "sniper_assassinate",
    Passives=["modifier_sniper_assassinate_caster"],
    Standard={"CAST_POINT": "scepter_cast_point"},
    Events={"OnSpellStart": [TrackingProjectile("%projectile_speed", FollowsHidden=True, OnHit=[
        PerformAttack(DamagePercent="%attack_factor_tooltip", NeverMisses=True),
        If("not state(target, 'MAGIC_IMMUNE')", [
            Damage("%damage"),
            If("has_scepter", [ApplyModifier("modifier_sniper_assassinate_stun")], [Interrupt()]),
        ]),
    ])]},
    Modifiers=[
        Modifier(
            "modifier_sniper_assassinate_caster", IsHidden=True,
            Events={"OnKill": [If(
                "target.is_hero and target.is_enemy and not target.is_illusion",
                [SetCooldown(0)])]}),
        Modifier(
            "modifier_sniper_assassinate_stun", IsDebuff=True, Dispel="STRONG",
            Duration="%scepter_stun_duration", States=["STUNNED"]),
    ],
    Unused=("attack_factor", "scepter_crit", "scatter_range", "scatter_width",
            "scatter_damage_pct", "cooldown_reduction_on_kill"),
)

GRENADE = Ability(
    "sniper_concussive_grenade",
    GrantedBy="SHARD",
    Events={"OnSpellStart": [
        ActOnTargets(Area("%radius"), [
            Damage("%damage"),
            Knockback("%knockback_distance", "%knockback_duration", Center="POINT"),
            Delay("%knockback_duration",
                  [ApplyModifier("modifier_sniper_concussive_grenade_slow")]),
        ]),
        If("%self_push", [Knockback("%knockback_distance", "%knockback_duration",
                                    Target="CASTER", Center="POINT")]),
    ]},
    Modifiers=[Modifier(
        "modifier_sniper_concussive_grenade_slow", IsDebuff=True, Dispel="BASIC",
        Duration="%debuff_duration", States=["DISARMED"],
        Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%slow"})],
    Unused=("knockback_height",),
)

KEEN_SCOPE = Ability(
    "sniper_keen_scope",
    Passives=["modifier_sniper_keen_scope"],
    Modifiers=[Modifier(
        "modifier_sniper_keen_scope", IsHidden=True, Breakable=True,
        Properties={"PREATTACK_BONUS_DAMAGE_TARGET":
                    "%bonus_damage_for_range"
                    " * floor(distance(caster, target) / %bonus_damage_distance)"})],
)

ABILITIES = [_shrapnel(), HEADSHOT, TAKE_AIM, ASSASSINATE, GRENADE, KEEN_SCOPE]
