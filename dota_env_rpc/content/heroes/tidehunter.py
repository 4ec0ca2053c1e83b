"""Tidehunter."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddRegister,
    AddStacks,
    AllHeroes,
    ApplyModifier,
    Area,
    Blink,
    CreateThinker,
    Damage,
    Delay,
    Dispel,
    Do,
    If,
    LinearProjectile,
    Mark,
    Modifier,
    MoveThinker,
    OwnedUnits,
    PerformAttack,
    RemoveModifier,
    RemoveUnit,
    RunAbility,
    SetAmount,
    SetPoint,
    SetRegister,
    SpawnUnit,
    TrackingProjectile,
)

_FISH = "modifier_tidehunter_leviathans_catch_fish"
_EATEN = [
    ApplyModifier("modifier_tidehunter_leviathans_catch_bonus", Target="CASTER"),
    AddStacks(ModifierName="modifier_tidehunter_leviathans_catch_bonus", Target="CASTER"),
]
_GUSHED = [
    Damage("%gush_damage"),
    ApplyModifier("modifier_tidehunter_gush", Duration="%AbilityDuration"),
]
_ANCHOR = "modifier_tidehunter_dead_in_the_water_anchor"
_OWN_ANCHORS = OwnedUnits(Where=f"has(target, '{_ANCHOR}')")


def _smashed(types: str, percent: str, reflected: bool, where: str | None = None) -> list:
    """Attacks all units of some types around, and weakens them."""
    around = Area("caster.attack_range + %additional_range", Center="CASTER", Types=types,
                  Where=where)
    return [
        PerformAttack(around, BonusDamage=f"0.01 * {percent} * %attack_damage",
                      DamagePercent=percent, NeverMisses=True, Reflected=reflected),
        ApplyModifier("modifier_tidehunter_anchor_smash", Target=around,
                      Duration="%reduction_duration"),
    ]


def _smash(percent: str, reflected: bool) -> list:
    """Returns an Anchor Smash that deals a percent of its damage."""
    return [
        *_smashed("HERO | BASIC", percent, reflected),
        *_smashed("BUILDING", f"0.01 * %building_pct_damage * {percent}", reflected,
                  "%targets_buildings"),
    ]


ABILITIES = [
    Ability(
        "tidehunter_leviathans_catch",
        Passives=["modifier_tidehunter_leviathans_catch"],
        Lists={"eat": _EATEN},
        Modifiers=[
            Modifier(
                # Register 0: fish that levels have brought.
                "modifier_tidehunter_leviathans_catch", IsHidden=True, ThinkInterval=0.5,
                Events={
                    "OnIntervalThink": If("floor(parent.level / 2) > r0", [
                        AddRegister(0, 1), Do("eat")]),
                    "OnHeroKilled": If(
                        "attacker.is_caster or has(target, 'modifier_tidehunter_gush')"
                        " or has(target, 'modifier_tidehunter_anchor_smash')"
                        " or has(target, 'modifier_tidehunter_ravage')"
                        " or has(target, 'modifier_tidehunter_dead_in_the_water')", [
                            SetPoint(Center="TARGET", Angle="random(0, 360)",
                                     Distance="random(0, %max_fish_spawn_distance)"),
                            SpawnUnit("npc_dota_unit_tidehunter_anchor",
                                      Duration="%fish_duration", ModifierName=_FISH),
                        ]),
                }),
            Modifier(
                # Attacks of heroes destroy it, and nothing else does.
                _FISH, IsHidden=True, ThinkInterval=0.1,
                States=["DISARMED", "ROOTED", "MAGIC_IMMUNE", "NO_UNIT_COLLISION",
                        "NO_HEALTH_BAR"],
                Properties={"AVOID_DAMAGE": 1},
                Events={
                    "OnAttacked": If("attacker.is_hero", [RemoveUnit("PARENT")]),
                    "OnIntervalThink": If("caster.is_alive and distance(caster, parent) <= 150", [
                        Do("eat"), RemoveUnit("PARENT")]),
                }),
            Modifier(
                "modifier_tidehunter_leviathans_catch_bonus", Permanent=True,
                Properties={"HEALTH_BONUS": "%fish_health_bonus * stacks",
                            "ATTACK_RANGE_BONUS": "%fish_attack_range * stacks",
                            "PHYSICAL_BLOCK_BONUS": "%fish_damage_block * stacks"}),
        ],
        Unused=("model_scale", "attack_range", "anchor_smash_radius", "fish_strength_gain",
                "fish_model_scale", "health_bar_offset_base", "health_bar_offset_per_level",
                "permanent_health_gain", "permanent_attack_range_gain",
                "permanent_damage_block_gain"),
    ),
    Ability(
        "tidehunter_gush", ScepterBehavior=("unit_target", "point", "aoe"),
        Standard={"COOLDOWN": "cooldown_scepter", "CAST_RANGE": "cast_range_scepter"},
        Events={"OnSpellStart": If("has_scepter", [
            LinearProjectile("%speed_scepter", "%cast_range_scepter", "%aoe_scepter",
                             OnHit=_GUSHED),
        ], [TrackingProjectile("%projectile_speed", OnHit=[
            If("not state(target, 'MAGIC_IMMUNE')", _GUSHED)])])},
        Modifiers=[Modifier(
            "modifier_tidehunter_gush", IsDebuff=True, Dispel="BASIC",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%movement_speed",
                        "PHYSICAL_ARMOR_BONUS": "-%negative_armor"})],
    ),
    Ability(
        "tidehunter_kraken_shell",
        Events={"OnSpellStart": [ApplyModifier(
            "modifier_tidehunter_kraken_shell_active", Target="CASTER",
            Duration="%active_duration")]},
        Passives=["modifier_tidehunter_kraken_shell"],
        Modifiers=[
            Modifier(
                # Register 0: damage since the last cleanse; 1: when the last of it came.
                "modifier_tidehunter_kraken_shell", Breakable=True,
                Properties={"PHYSICAL_CONSTANT_BLOCK":
                            "%damage_reduction"
                            " * (1 - 0.01 * %creep_reduction_penalty_pct * target.is_creep)"
                            " * (0.01 * %active_pct_effectiveness"
                            " if has(parent, 'modifier_tidehunter_kraken_shell_active') else 1)"},
                Events={"OnTakeDamage": If("attacker.is_hero or attacker.is_summon", [
                    If("seconds - r1 > %damage_reset_interval", [SetRegister(0, 0)]),
                    AddRegister(0, "amount"),
                    SetRegister(1, "seconds"),
                    If("r0 >= %damage_cleanse", [
                        SetRegister(0, 0),
                        Dispel("PARENT", Strong=True, Debuffs=True),
                        If("%smash_on_purge", [
                            SetAmount("%smash_on_purge"),
                            RunAbility("tidehunter_anchor_smash"),
                        ]),
                    ]),
                ])}),
            Modifier("modifier_tidehunter_kraken_shell_active",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE":
                                 "-%active_move_speed_penalty_pct"}),
        ],
        Unused=("bonus_reduction_per_kill",),
    ),
    Ability(
        "tidehunter_anchor_smash",
        # One that Kraken Shell sets off comes with its percent of the damage as `amount`.
        Events={"OnSpellStart": If("amount > 0", _smash("amount", True), _smash("100", False))},
        Modifiers=[Modifier(
            "modifier_tidehunter_anchor_smash", IsDebuff=True, Dispel="BASIC",
            Properties={"BASEDAMAGEOUTGOING_PERCENTAGE": "%damage_reduction"})],
        Unused=("smash_on_attack",),
    ),
    Ability(
        "tidehunter_ravage",
        Events={"OnSpellStart": [CreateThinker(
            "modifier_tidehunter_ravage_thinker", Center="CASTER",
            Duration="%radius / %speed")]},
        Modifiers=[
            Modifier(
                "modifier_tidehunter_ravage_thinker", ThinkInterval=0.03,
                Events={"OnIntervalThink": [ActOnTargets(
                    Area("min(elapsed * %speed, %radius)", Where="not target.is_marked"), [
                        Mark(),
                        ApplyModifier("modifier_tidehunter_ravage", Duration="%duration"),
                        Delay(0.5, [Damage("%AbilityDamage")]),
                    ])]}),
            Modifier("modifier_tidehunter_ravage", IsDebuff=True, Dispel="STRONG",
                     States=["STUNNED"]),
        ],
    ),
    Ability(
        "tidehunter_dead_in_the_water", GrantedBy="SHARD",
        Events={"OnSpellStart": [TrackingProjectile("%projectile_speed", OnHit=[
            ApplyModifier("modifier_tidehunter_dead_in_the_water", Duration="%duration"),
            SpawnUnit("npc_dota_unit_tidehunter_anchor", Duration="%duration",
                      ModifierName=_ANCHOR),
        ])]},
        Modifiers=[
            Modifier(
                # It lies where the anchor is: farther from it there is only dragging.
                "modifier_tidehunter_dead_in_the_water", IsDebuff=True, Dynamic=True,
                ThinkInterval=0.03, States=["TETHERED"],
                Properties={"MOVESPEED_ABSOLUTE":
                            "%max_movement_speed if distance(parent, point) >= %chain_length"
                            " - 1 else 0"},
                Events={"OnIntervalThink": If("distance(parent, point) > %chain_length", [
                    SetPoint(Center="PARENT", Distance="%chain_length", TowardPoint=True),
                    MoveThinker(),
                    Blink(_OWN_ANCHORS, Center="POINT", Dodges=False),
                ]), "OnDestroy": [RemoveUnit(_OWN_ANCHORS)]}),
            Modifier(
                # Stacks: attacks of heroes; the last one goes through.
                _ANCHOR, IsHidden=True, States=["DISARMED", "ROOTED"],
                Properties={"AVOID_DAMAGE":
                            "not (target.is_hero and stacks + 1 >= %attacks_to_destroy)"},
                Events={
                    "OnAttacked": If("attacker.is_hero", [AddStacks()]),
                    "OnDeath": [RemoveModifier("modifier_tidehunter_dead_in_the_water",
                                               Target=AllHeroes(), FromCaster=True)],
                }),
        ],
    ),
]

CHOICES = (
    "Leviathan's Catch: Tidehunter eats a fish when he comes within 150 of it.",
    "Leviathan's Catch: a fish lies at a random place around the dead hero, as a unit that looks "
    "like an anchor; one attack of a hero destroys it, and pays nobody.",
    "Kraken Shell counts the damage of heroes and their units, and begins anew with each cleanse.",
    "Leviathan's Catch: what fish add to a block is neither halved against creeps nor doubled.",
    "Anchor Smash reduces base damage; set off by Kraken Shell it deals a part of all its damage.",
    "Ravage stuns who its wave meets at once; the damage comes half a second later.",
    "Dead in the Water slows whoever is at the end of the chain, wherever he heads.",
    "Dead in the Water: the anchor takes nothing but the attacks of heroes, each counting one.",
)
