"""Lich."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    Action,
    ActOnTargets,
    ApplyModifier,
    Area,
    CreateThinker,
    Damage,
    Do,
    GiveExperience,
    GiveMana,
    Heal,
    If,
    Interrupt,
    Kill,
    Modifier,
    MoveTo,
    Remember,
    RemoveModifier,
    RemoveSelf,
    RunAbility,
    SetAmount,
    SetPoint,
    SetRegister,
    SpawnUnit,
    SpendMana,
    TrackingProjectile,
)

CHOICES = (
    "Frost Blast slows the attacks of all whom it reaches by what its primary target gets.",
    "Frost Shield takes its part from attacks alone, before armor, as a damage block does: of it "
    "and other blocks the largest counts. Its first wave comes one interval after the cast.",
    "Chain Frost goes to the nearest other enemy; its first hit is not counted among its jumps. "
    "Where it finds nobody it waits on its last target, or where that one died.",
    "Chain Frost does nothing to who became immune to debuffs on its way, and goes on from there.",
    "With its talent Chain Frost flies at the nearest enemy hero within its cast range when Lich "
    "dies.",
    "Sinister Gaze carries its target along the stated part of the way to Lich while it lasts, at "
    "an even speed, and takes the mana in steps of 0.1 s; a rooted target stays in place. It is "
    "not shortened by status resistance, and ends if a dispel takes it off its first target.",
    "Ice Spire bursts into a Frost Blast of the learned level where it was destroyed, not when its "
    "time is over.",
)
_STEP = 0.1
_SLOW = "modifier_lich_frostnova_slow"
_SPIRE = "modifier_lich_ice_spire"

_FROST_BLAST = Ability(
    "lich_frost_nova",
    Events={"OnSpellStart": [
        Damage("%damage"),
        ActOnTargets(Area("%radius", Center="TARGET"), [
            Damage("%aoe_damage"),
            ApplyModifier(_SLOW),
        ]),
    ]},
    Modifiers=[Modifier(
        _SLOW, IsDebuff=True, Dispel="BASIC", Duration="%AbilityDuration",
        Properties={
            "MOVESPEED_BONUS_PERCENTAGE": "%slow_movement_speed",
            "ATTACKSPEED_BONUS_CONSTANT": "%slow_attack_speed_primary",
        })],
)

_FROST_SHIELD = Ability(
    "lich_frost_shield",
    Events={"OnSpellStart": [ApplyModifier("modifier_lich_frost_shield")]},
    Modifiers=[
        Modifier(
            "modifier_lich_frost_shield", Dispel="BASIC", Duration="%duration",
            Properties={
                "PHYSICAL_CONSTANT_BLOCK": "amount * %damage_reduction / 100",
                "HEALTH_REGEN_CONSTANT": "%health_regen",
            },
            ThinkInterval="%interval",
            Events={"OnIntervalThink": [
                ActOnTargets(Area("%radius", Center="PARENT"), [
                    Damage("%damage"),
                    ApplyModifier("modifier_lich_frost_shield_slow"),
                ]),
                If(f"has(parent, '{_SPIRE}')", [
                    Heal("parent.max_health / %lich_ice_spire.max_hero_attacks",
                         Target="PARENT"),
                ]),
            ]}),
        Modifier(
            "modifier_lich_frost_shield_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%slow_duration",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%movement_slow"}),
    ],
    TargetTypes="HERO | BASIC | BUILDING | OTHER",
    CastFilter=f"not target.is_ward or has(target, '{_SPIRE}')",
    Unused=("bonus_duration_per_hero_killed", "bonus_duration_per_creep_killed"),
)

_GAZE = "modifier_lich_sinister_gaze"


def _gaze(is_first: int) -> list:
    """Returns what is done to one that the gaze falls on."""
    return [
        ApplyModifier(_GAZE, Registers=("target.mana * %mana_drain / 100", is_first)),
        If("not state(target, 'ROOTED')", [
            SetPoint("CASTER"),
            SetPoint("TARGET", Distance="distance(caster, target) * %destination / 100",
                     TowardPoint=True),
            MoveTo(Duration="%channel_duration"),
        ]),
    ]


_SINISTER_GAZE = Ability(
    "lich_sinister_gaze",
    ChannelAllows={"ABILITIES": "has_scepter"},
    Events={
        "OnSpellStart": [
            *_gaze(1),
            If("%aoe_scepter > 0", [
                Remember(),
                ActOnTargets(
                    Area("%aoe_scepter", Center="TARGET", Where="not target.is_attacker"),
                    _gaze(0)),
            ]),
        ],
        "OnChannelFinish": [
            RemoveModifier(_GAZE, FromCaster=True, Target=Area(
                "2 * (%AbilityCastRange + %aoe_scepter)", Center="CASTER",
                Flags="MAGIC_IMMUNE_ENEMIES | INVULNERABLE | OUT_OF_GAME")),
        ],
    },
    Modifiers=[Modifier(
        _GAZE, IsDebuff=True, Dispel="BASIC",
        States=["COMMAND_RESTRICTED", "SILENCED", "MUTED", "DISARMED"],
        ThinkInterval=_STEP,
        Events={
            "OnIntervalThink": [
                If("caster.is_channelling and caster.is_alive", [
                    SetAmount(f"min(parent.mana, r0 * {_STEP} / %channel_duration)"),
                    SpendMana("amount", Target="PARENT"),
                    GiveMana("amount", Target="CASTER"),
                ], [RemoveSelf()]),
            ],
            "OnDestroy": [
                MoveTo("PARENT", Center="PARENT", Duration=0),
                If("r1 and caster.is_channelling", [Interrupt("CASTER")]),
            ],
        })],
    Unused=("damage", "slow_resistance", "post_gaze_debuff_duration_multiplier"),
)


def _linger(name: str, center: str) -> Modifier:
    """Returns what looks around a center for the next jump of a Chain Frost until there is one."""
    def jump(list_name: str) -> list:
        return [If("r1 == 0", [
            SetRegister(1, 1, Target="POINT"),
            SetAmount("r0 + 1"),
            TrackingProjectile("%projectile_speed", Center=center, OnHit=[Do(list_name)],
                               Dodgeable=False, VisionRadius="%vision_radius"),
        ])]

    look = [
        Remember("PARENT"),
        ActOnTargets(
            Area("%jump_range", Center=center, Most=1, Where="not target.is_attacker"),
            jump("hit")),
        ActOnTargets(
            Area("%jump_range", Center=center, Most=1, Teams="FRIENDLY", Types="OTHER",
                 Where=f"has(target, '{_SPIRE}') and not target.is_attacker"),
            jump("hit the Spire")),
        Do("leave"),
    ]
    return Modifier(name, Multiple=True, IsHidden=True, Duration="%frostbound_duration",
                    ThinkInterval=_STEP, Events={"OnCreated": look, "OnIntervalThink": look})


_LINGER = "modifier_lich_chain_frost_linger"
_LINGER_AT = "modifier_lich_chain_frost_linger_thinker"
_CHAIN_SLOW = "modifier_lich_chainfrost_slow"
_AT_DEATH = "modifier_lich_chain_frost_at_death"


def _first(list_name: str) -> Action:
    """Returns the launch of a Chain Frost."""
    return TrackingProjectile("%initial_projectile_speed", OnHit=[Do(list_name)],
                              Dodgeable=False, VisionRadius="%vision_radius")


_CHAIN_FROST = Ability(
    "lich_chain_frost",
    Events={"OnSpellStart": [
        If("target.is_enemy", [_first("hit")], [_first("hit the Spire")]),
    ]},
    Lists={
        "hit": [
            If("not state(target, 'MAGIC_IMMUNE')", [
                Damage("%damage + %bonus_jump_damage * amount"),
                ApplyModifier(_CHAIN_SLOW),
            ]),
            Do("go on"),
        ],
        "hit the Spire": [
            Damage("target.max_health / %lich_ice_spire.max_hero_attacks",
                   Type="DAMAGE_TYPE_HP_REMOVAL", Flags="NO_SPELL_AMPLIFICATION"),
            Do("go on"),
        ],
        "go on": [
            If("amount < %jumps or %has_unlimited_jumps", [
                If("target.is_alive",
                   [ApplyModifier(_LINGER, Registers=("amount",))],
                   [CreateThinker(_LINGER_AT, Registers=("amount",))]),
            ]),
        ],
        "leave": [If("r1", [RemoveSelf()])],
    },
    Passives=[_AT_DEATH],
    Modifiers=[
        Modifier(
            _CHAIN_SLOW, IsDebuff=True, Dispel="BASIC", Duration="%slow_duration",
            Properties={
                "MOVESPEED_BONUS_PERCENTAGE": "%slow_movement_speed",
                "ATTACKSPEED_BONUS_CONSTANT": "%slow_attack_speed",
            }),
        _linger(_LINGER, "PARENT"),
        _linger(_LINGER_AT, "POINT"),
        Modifier(
            _AT_DEATH, IsHidden=True,
            Events={"OnDeath": [
                If("%should_fire_chain_frost_on_death", [
                    ActOnTargets(
                        Area("%AbilityCastRange", Center="CASTER", Types="HERO", Most=1),
                        [_first("hit")]),
                ]),
            ]}),
    ],
    TargetTeam="BOTH",
    TargetTypes="HERO | BASIC | OTHER",
    CastFilter=f"target.is_enemy and not target.is_ward or has(target, '{_SPIRE}')",
    CastOnSelf=False,
    Unused=("bonus_jumps_per_hero_killed", "bonus_jumps_per_creep_killed"),
)

_ICE_SPIRE = Ability(
    "lich_ice_spire",
    Events={"OnSpellStart": [
        SpawnUnit("npc_dota_lich_ice_spire", Duration="%duration", ModifierName=_SPIRE),
    ]},
    Modifiers=[
        Modifier(
            _SPIRE, States=["MAGIC_IMMUNE"],
            Properties={
                # Whatever an attack deals, it takes the same part of the health.
                "INCOMING_DAMAGE_FROM":
                    "100 * (parent.max_health + 0.01) / (amount * (%max_hero_attacks"
                    " if target.is_hero else %max_creep_attacks)) - 100",
            },
            Aura="modifier_lich_ice_spire_debuff", AuraRadius="%aura_radius",
            AuraTeams="ENEMY", AuraLinger="%slow_duration",
            Events={"OnDeath": [RunAbility("lich_frost_nova")]}),
        Modifier(
            "modifier_lich_ice_spire_debuff", IsDebuff=True,
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%bonus_movespeed"}),
    ],
    GrantedBy="SHARD",
)

_SACRIFICE = Ability(
    "lich_death_charge",
    Events={"OnSpellStart": [
        GiveMana("target.health * %active_mana_restore_pct_of_health / 100", Target="CASTER"),
        GiveExperience("target.bounty_xp * %xp_pct / 100"),
        Kill(),
    ]},
)

ABILITIES = [
    _FROST_BLAST, _FROST_SHIELD, _SINISTER_GAZE, _CHAIN_FROST, _ICE_SPIRE, _SACRIFICE]
