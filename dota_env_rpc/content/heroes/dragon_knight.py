"""Dragon Knight."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    ApplyModifier,
    Area,
    CreateThinker,
    Damage,
    If,
    LinearProjectile,
    Modifier,
    Remember,
    TrackingProjectile,
)

_AS_DRAGON = "has(caster, 'modifier_dragon_knight_dragon_form')"
_SMITTEN = [ActOnTargets(Area("%aoe", Center="TARGET"), [
    Damage("%damage"),
    ApplyModifier("modifier_dragon_knight_dragon_tail", Duration="%stun_duration"),
])]
# What the dragon's attacks leave on whom they hit.
_BREATHED_ON = [
    ApplyModifier("modifier_dragon_knight_corrosive_breath_dot",
                  Duration="%corrosive_duration"),
    If("%frost_duration and not target.is_building", [ApplyModifier(
        "modifier_dragon_knight_frost_breath_slow", Duration="%frost_duration")]),
]
_SPLASHED = Area("%ranged_splash_radius", Center="TARGET", Flags="MAGIC_IMMUNE_ENEMIES",
                 Where="not target.is_attacker")

ABILITIES = [
    Ability(
        "dragon_knight_breathe_fire", IgnoresSpellBlock=True,
        Events={"OnSpellStart": [LinearProjectile(
            "%speed",
            "%range + (%dragon_knight_elder_dragon_form.bonus_ability_cast_range"
            f" if {_AS_DRAGON} else 0)",
            "%start_radius", "%end_radius", OnHit=[
                Damage("%damage"),
                ApplyModifier("modifier_dragonknight_breathefire_reduction",
                              Duration="%duration"),
            ])]},
        Modifiers=[Modifier(
            "modifier_dragonknight_breathefire_reduction", IsDebuff=True, Dispel="BASIC",
            Properties={"DAMAGEOUTGOING_PERCENTAGE": "-%reduction"},
        )],
        Unused=("dragon_form_bonus_pct",),
    ),
    Ability(
        "dragon_knight_dragon_tail",
        Events={"OnSpellStart": If(
            _AS_DRAGON, [TrackingProjectile("%projectile_speed", OnHit=_SMITTEN)], _SMITTEN)},
        Modifiers=[Modifier(
            "modifier_dragon_knight_dragon_tail", IsDebuff=True, Dispel="STRONG",
            States=["STUNNED"],
        )],
        Unused=("damage_pct", "dragon_cast_range"),
    ),
    Ability(
        "dragon_knight_wyrms_wrath",
        Passives=["modifier_dragon_knight_wyrms_wrath"],
        Modifiers=[Modifier(
            "modifier_dragon_knight_wyrms_wrath", Breakable=True,
            Properties={
                "PROCATTACK_BONUS_DAMAGE_MAGICAL":
                    "%magic_damage if target.is_enemy and not target.is_building else 0",
                "AOE_BONUS_CONSTANT": "%bonus_aoe"},
        )],
    ),
    Ability(
        "dragon_knight_fireball", GrantedBy="SHARD",
        Events={"OnSpellStart": [
            CreateThinker("modifier_dragon_knight_fireball_thinker", Duration="%duration")]},
        Modifiers=[
            Modifier("modifier_dragon_knight_fireball_thinker",
                     Aura="modifier_dragon_knight_fireball_burn", AuraRadius="%radius",
                     AuraTeams="ENEMY", AuraLinger="%linger_duration"),
            Modifier("modifier_dragon_knight_fireball_burn", IsDebuff=True,
                     ThinkInterval="%burn_interval",
                     Events={"OnIntervalThink": [Damage("%damage * %burn_interval")]}),
        ],
    ),
    Ability(
        "dragon_knight_dragon_blood",
        Passives=["modifier_dragon_knight_dragon_blood"],
        Modifiers=[Modifier(
            "modifier_dragon_knight_dragon_blood", Breakable=True,
            Properties={
                name: f"%{value} * (1 + 0.01 * %regen_and_armor_multiplier_during_dragon_form"
                      " * has(parent, 'modifier_dragon_knight_dragon_form'))"
                for name, value in (("HEALTH_REGEN_CONSTANT", "health_regen"),
                                    ("PHYSICAL_ARMOR_BONUS", "armor"))},
        )],
    ),
    Ability(
        "dragon_knight_elder_dragon_form", ScepterLevels="scepter_bonus_levels",
        Events={"OnSpellStart": [ApplyModifier(
            "modifier_dragon_knight_dragon_form", Target="CASTER", Duration="%duration")]},
        Modifiers=[
            Modifier(
                "modifier_dragon_knight_dragon_form", OnIllusions="NUMBERS",
                States=["FLYING_FOR_PATHING_PURPOSES_ONLY"], StatesWhere="%flying_movement",
                Properties={
                    "ATTACKS_BECOME_RANGED": 900,
                    "ATTACK_RANGE_BONUS": "%bonus_attack_range",
                    "CAST_RANGE_BONUS": "%bonus_ability_cast_range",
                    "MOVESPEED_BONUS_CONSTANT": "%bonus_movement_speed",
                    "MAGICAL_RESISTANCE_BONUS": "%magic_resistance"},
                Events={"OnAttackLanded": If("target.is_enemy", [
                    *_BREATHED_ON,
                    If("%ranged_splash_damage_pct", [
                        Remember("TARGET"),
                        Damage("0.01 * %ranged_splash_damage_pct * raw",
                               Type="DAMAGE_TYPE_PHYSICAL", Target=_SPLASHED,
                               Flags="NO_SPELL_AMPLIFICATION"),
                        ActOnTargets(_SPLASHED, _BREATHED_ON),
                    ]),
                ])},
            ),
            Modifier(
                "modifier_dragon_knight_corrosive_breath_dot", IsDebuff=True,
                PiercesImmunity=True, ThinkInterval=1,
                Events={"OnIntervalThink": [Damage("%corrosive_damage_per_second")]},
            ),
            Modifier(
                "modifier_dragon_knight_frost_breath_slow", IsDebuff=True, PiercesImmunity=True,
                Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%frost_bonus_movement_speed",
                            "ATTACKSPEED_BONUS_CONSTANT": "-%frost_bonus_attack_speed"},
            ),
        ],
        Unused=("bonus_attack_damage", "model_scale", "health_bar_offset",
                "frost_healing_reduction"),
    ),
]

CHOICES = (
    "Elder Dragon Form's attacks fly at 900; its cast range counts for items too.",
    "Illusions of a dragon stay dragons, but what its attacks leave behind theirs do not.",
    "Breathe Fire flies as much farther as Elder Dragon Form's cast range gives.",
    "Breathe Fire's reduction is of base damage.",
    "Dragon Tail is a missile that can be dodged as a dragon, and a blow otherwise.",
    "Wyrm's Wrath adds no damage to attacks on buildings.",
    "Fireball's damage is per second; each unit burns on its own from when it first came near.",
    "Elder Dragon Form's splash also corrodes and chills, and misses buildings.",
    "Corrosive Breath hurts once a second, and attacks within that time do not shift it.",
)
