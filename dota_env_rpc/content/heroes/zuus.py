"""Zeus."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddRegister,
    AddStacks,
    AllHeroes,
    ApplyModifier,
    Area,
    CreateThinker,
    Damage,
    Do,
    If,
    Mark,
    Modifier,
    MoveThinker,
    MoveTo,
    RemoveModifier,
    RemoveSelf,
    RunAbility,
    SetAmount,
    SetPoint,
    SetRegister,
    SetStacks,
    SpawnUnit,
    Vision,
)

CHOICES = (
    "Static Field: it shocks before a spell's damage and after an attack's.",
    "Arc Lightning: it strikes as many enemies as its jumps, each leap the nearest one in sight"
    " that it has not struck.",
    "Lightning Hands: the arc begins with the unit attacked; the arcs of illusions are Zeus's own.",
    "Heavenly Jump: enemies are chosen, and sight is given, around where he jumps from; he can"
    " act in the air.",
    "Lightning Bolt: where no hero is near the place, it only shows the place.",
    "Nimbus: it strikes at once and then at each interval; attacks take their part of it whatever"
    " their damage, and spells do nothing to it.",
)

ARC = "modifier_zuus_arc_lightning"
HANDS = "modifier_zuus_lightning_hands"
HOP = "modifier_zuus_heavenly_jump"
CLOUD = "modifier_zuus_cloud"
BOLT = "modifier_zuus_lightning_bolt"
# Lets Static Field take its part of TARGET's health.
_SHOCK = If("not state(caster, 'PASSIVES_DISABLED')", [
    Damage("target.health * %zuus_static_field.damage_health_pct / 100")])

_ARC_LIGHTNING = Ability(
    "zuus_arc_lightning",
    # `amount`: the part of the damage that is dealt; a cast has none.
    Events={"OnSpellStart": [CreateThinker(
        ARC, Center="TARGET", Registers=("%jump_count", "amount if amount > 0 else 1"))]},
    Lists={"strike": [ActOnTargets(
        Area("%radius", Flags="FOW_VISIBLE", Most=1, Where="not target.is_marked"), [
            Mark(),
            AddRegister(0, -1, Target="CASTER"),
            SetRegister(2, 1, Target="CASTER"),
            SetPoint(Center="TARGET"),
            MoveThinker(),
            _SHOCK,
            Damage("%arc_damage * r1"),
        ])]},
    # Registers: strikes that are left, part of the damage, whether the last one found somebody.
    Modifiers=[Modifier(
        ARC, IsHidden=True, ThinkInterval="%jump_delay",
        Events={
            "OnCreated": [Do("strike")],
            "OnIntervalThink": [If("r0 < 1 or r2 < 1", [RemoveSelf()], [
                SetRegister(2, 0, Target="CASTER"), Do("strike")])],
        },
    )],
    Unused=("has_unlimited_jumps",),
)

_SIGHT = "(%sight_radius_day if is_day else %sight_radius_night)"
_STRIKE = [
    _SHOCK,
    Damage("%damage"),
    ApplyModifier(BOLT),
]
_LIGHTNING_BOLT = Ability(
    "zuus_lightning_bolt",
    Events={"OnSpellStart": [
        If("target.is_alive", [SetPoint(Center="TARGET")]),
        Vision(_SIGHT, "%sight_duration"),
        Vision("%true_sight_radius", "%sight_duration", TrueSight=True),
        If("%aoe_radius > 0", [ActOnTargets(Area("%aoe_radius"), _STRIKE)], [
            If("target.is_alive", _STRIKE, [
                ActOnTargets(Area("%spread_aoe", Types="HERO", Most=1), _STRIKE)])]),
    ]},
    Modifiers=[Modifier(
        BOLT, IsDebuff=True, Dispel="STRONG", Duration="%ministun_duration", States=["STUNNED"],
    )],
    Unused=("creep_damage_bonus_pct",),
)

_JUMPED = [
    _SHOCK,
    Damage("%damage"),
    ApplyModifier("modifier_zuus_heavenly_jump_slow"),
]
_HEAVENLY_JUMP = Ability(
    "zuus_heavenly_jump",
    Events={"OnSpellStart": [
        # Its stacks count the heroes struck, from 1.
        ApplyModifier(HOP, Target="CASTER"),
        SetStacks(1, ModifierName=HOP, Target="CASTER"),
        Vision("%vision_radius", "%vision_duration", Center="CASTER"),
        ActOnTargets(
            Area("%range", Center="CASTER", Types="HERO", Flags="FOW_VISIBLE",
                 Most="%targets"),
            [AddStacks(ModifierName=HOP, Target="CASTER"), *_JUMPED]),
        # A list later, when heroes have been counted.
        ActOnTargets("CASTER", [ActOnTargets(
            Area("%range", Center="CASTER", Types="BASIC", Flags="FOW_VISIBLE",
                 Most=f"%targets + 1 - stacks_of(caster, '{HOP}')"),
            _JUMPED)]),
        SetPoint(Distance="%hop_distance"),
        MoveTo(Target="CASTER", Duration="%hop_duration", Stuns=False),
    ]},
    Modifiers=[
        Modifier(HOP, IsHidden=True, Duration="%hop_duration"),
        Modifier(
            "modifier_zuus_heavenly_jump_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%duration",
            Properties={
                "MOVESPEED_BONUS_PERCENTAGE": "-%move_slow",
                "ATTACKSPEED_BONUS_CONSTANT": "-%aspd_slow",
            },
        ),
    ],
    Unused=("hop_height",),
)

_WRATH = Ability(
    "zuus_thundergods_wrath",
    Events={"OnSpellStart": [ActOnTargets(AllHeroes(), [
        Vision(_SIGHT, "%sight_duration", Center="TARGET", TrueSight=True),
        _SHOCK,
        Damage("%damage"),
    ])]},
)

_STATIC_FIELD = Ability(
    "zuus_static_field",
    Passives=["modifier_zuus_static_field"],
    Modifiers=[Modifier(
        "modifier_zuus_static_field", IsHidden=True, Breakable=True,
        Events={"OnAttackLanded": [If("not target.is_building and target.is_enemy", [
            Damage("target.health * %damage_health_pct / 100")])]},
    )],
)

_HANDS = Ability(
    "zuus_lightning_hands",
    GrantedBy="SHARD",
    Events={
        "OnToggleOn": [ApplyModifier(HANDS, Target="CASTER")],
        "OnToggleOff": [RemoveModifier(HANDS, Target="CASTER")],
    },
    Modifiers=[Modifier(
        HANDS, OnIllusions="ALL",
        Properties={"ATTACKSPEED_BONUS_CONSTANT": "%attack_speed_bonus"},
        Events={"OnAttackLanded": [If("not target.is_building and target.is_enemy", [
            SetAmount("0.01 * (%arc_lightning_damage_illusion_pct if parent.is_illusion"
                      " else %arc_lightning_damage_pct)"),
            RunAbility("zuus_arc_lightning")])]},
    )],
)

_THUNDER = If("learned('zuus_lightning_bolt')", [
    ActOnTargets(Area("%cloud_radius", Center="PARENT", Most=1), [
        RunAbility("zuus_lightning_bolt")])])
_CLOUD = Ability(
    "zuus_cloud",
    GrantedBy="SCEPTER",
    Events={"OnSpellStart": [
        SpawnUnit("npc_dota_zeus_cloud", Duration="%cloud_duration", ModifierName=CLOUD)]},
    Modifiers=[Modifier(
        CLOUD, IsHidden=True, States=["MAGIC_IMMUNE", "NO_UNIT_COLLISION"],
        # An attack does whatever makes so many of them kill it.
        Properties={"INCOMING_DAMAGE_FROM":
                    "100 * parent.max_health / (%hits_to_kill_tooltip if target.is_hero"
                    " else %creep_hits_to_kill_tooltip) / amount - 100"},
        ThinkInterval="%cloud_bolt_interval",
        Events={"OnCreated": _THUNDER, "OnIntervalThink": _THUNDER},
    )],
    Unused=("cloud_bounty_tooltip",),
)

ABILITIES = [
    _ARC_LIGHTNING, _LIGHTNING_BOLT, _HEAVENLY_JUMP, _CLOUD, _HANDS, _WRATH, _STATIC_FIELD,
]
