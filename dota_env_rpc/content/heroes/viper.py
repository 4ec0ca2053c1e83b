"""Viper."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    AddStacks,
    ApplyModifier,
    Area,
    CreateThinker,
    Damage,
    If,
    LinearProjectile,
    Modifier,
    MoveTo,
    RunAbility,
    SetRegister,
    SetStacks,
    TrackingProjectile,
)

CHOICES = (
    "Poison Attack, Nethertoxin, Corrosive Skin and Viper Strike hurt every second, first one"
    " second after they began; a new application does not shift that.",
    "Poison Attack: its longer attack range is there from the first level on, whether or not it"
    " is carried, and for illusions of Viper, too.",
    "Nethertoxin: the damage of a second goes by how long the unit has been in it without leaving"
    " for half a second.",
    "Nethertoxin: with the talent the radius grows in steps from the moment at which it lands.",
    "Corrosive Skin: buildings and wards are spared; Nosedive applies it only once it is learned,"
    " and leaves a Nethertoxin only once that is learned.",
    "Corrosive Skin with Scepter: the bonus from standing in Nethertoxin grows in whole percents"
    " and is gone half a second after leaving; the distance that multiplies the attack slow is"
    " that of the moment.",
    "Predator: the damage comes after the attack's own and counts the health that it left; debuff"
    " immunity keeps it off, spell amplification does nothing to it.",
    "Viper Strike: the slows shrink evenly from full to nothing over the time that it lasts.",
)

POISON_ATTACK = Ability(
    "viper_poison_attack",
    IsOrb=True,
    OrbOnBuildings="has_shard",
    Passives=["modifier_viper_poison_attack"],
    Events={"OnOrbImpact": [
        ApplyModifier("modifier_viper_poison_attack_slow"),
        AddStacks(1, "modifier_viper_poison_attack_slow", Target="TARGET", Most="%max_stacks"),
    ]},
    Modifiers=[
        Modifier("modifier_viper_poison_attack", IsHidden=True, OnIllusions="NUMBERS",
                 Properties={"ATTACK_RANGE_BONUS": "%bonus_range"}),
        Modifier(
            "modifier_viper_poison_attack_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%duration", ThinkInterval=1,
            Properties={
                "MOVESPEED_BONUS_PERCENTAGE": "-%movement_speed * stacks",
                "MAGICAL_RESISTANCE_BONUS": "-%magic_resistance * stacks",
                "PHYSICAL_ARMOR_BONUS": "-%shard_armor_reduction * stacks",
            },
            Events={"OnIntervalThink": [Damage(
                "%damage * stacks"
                " * (0.01 * %shard_building_dmg_pct if parent.is_building else 1)")]}),
    ],
    Unused=("expiration_damage_radius", "accumulated_damage_explosion_pct"),
)

_GROWN_RADIUS = "%radius + %radius_increase * floor(elapsed / %expand_interval)"

NETHERTOXIN = Ability(
    "viper_nethertoxin",
    Events={"OnSpellStart": [LinearProjectile(
        "%projectile_speed", "distance(caster, point)", 0, OnFinish=[
            CreateThinker("modifier_viper_nethertoxin_thinker", Duration="%duration"),
            If("has_scepter", [
                CreateThinker("modifier_viper_nethertoxin_home", Duration="%duration")]),
        ])]},
    Modifiers=[
        Modifier(
            "modifier_viper_nethertoxin_thinker", Aura="modifier_viper_nethertoxin",
            AuraRadius=_GROWN_RADIUS, AuraTeams="ENEMY"),
        Modifier(
            "modifier_viper_nethertoxin", IsDebuff=True, ThinkInterval=1,
            Properties={"ATTACKSPEED_BONUS_CONSTANT": "-%attack_slow"},
            Events={"OnIntervalThink": [Damage(
                "%min_damage + (%max_damage - %min_damage)"
                " * min(1, elapsed / %max_duration)")]}),
        # With Scepter it does Viper good: the stacks are percent of Corrosive Skin.
        Modifier(
            "modifier_viper_nethertoxin_home", IsHidden=True,
            Aura="modifier_viper_nethertoxin_self", AuraRadius=_GROWN_RADIUS, AuraTypes="HERO",
            AuraWhere="target.is_caster"),
        Modifier(
            "modifier_viper_nethertoxin_self", ThinkInterval=0.1,
            Events={"OnIntervalThink": [SetStacks(
                "%viper_corrosive_skin.nethertoxin_bonus_pct * min(1, elapsed /"
                " %viper_corrosive_skin.nethertoxin_bonus_pct_max_duration_tooltip)")]}),
    ],
)

_IN_TOXIN = "(1 + 0.01 * stacks_of(caster, 'modifier_viper_nethertoxin_self'))"

CORROSIVE_SKIN = Ability(
    "viper_corrosive_skin",
    Passives=["modifier_viper_corrosive_skin"],
    # Done by Nosedive where it lands.
    Events={"OnSpellStart": [ApplyModifier(
        "modifier_viper_corrosive_skin_slow", Duration="%viper_nose_dive.effect_duration",
        Target=Area("%viper_nose_dive.corrosive_radius"))]},
    Modifiers=[
        Modifier(
            "modifier_viper_corrosive_skin", IsHidden=True, Breakable=True,
            Properties={"MAGICAL_RESISTANCE_BONUS": f"%bonus_magic_resistance * {_IN_TOXIN}"},
            Events={"OnTakeDamage": [If(
                "attacker.is_enemy and distance(caster, attacker) <= %max_range"
                " and not attacker.is_building and not attacker.is_ward",
                [ApplyModifier("modifier_viper_corrosive_skin_slow", Target="ATTACKER")])]}),
        Modifier(
            "modifier_viper_corrosive_skin_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%duration", ThinkInterval=1, Dynamic=True,
            Properties={"ATTACKSPEED_BONUS_CONSTANT":
                        "-%bonus_attack_speed * (%effect_multiplier if has_scepter"
                        " and distance(caster, parent) <= %effect_multiplier_distance else 1)"},
            Events={"OnIntervalThink": [
                Damage(f"%damage * {_IN_TOXIN}", Flags="REFLECTION")]}),
    ],
)

NOSEDIVE = Ability(
    "viper_nose_dive",
    GrantedBy="SCEPTER",
    Events={"OnSpellStart": [MoveTo("CASTER", Speed="%dive_speed", OnEnd=[
        RunAbility("viper_nethertoxin"),
        RunAbility("viper_corrosive_skin"),
    ])]},
    Unused=("duration", "start_height", "movespeed_slow"),
)

PREDATOR = Ability(
    "viper_predator",
    Passives=["modifier_viper_predator"],
    Modifiers=[Modifier(
        "modifier_viper_predator", IsHidden=True, Breakable=True,
        Events={"OnAttackLanded": [If(
            "target.is_enemy and target.is_hero and not state(target, 'MAGIC_IMMUNE')",
            [Damage("%damage * 100 * (1 - target.health / target.max_health)",
                    "DAMAGE_TYPE_PHYSICAL", Flags="NO_SPELL_AMPLIFICATION")])]})],
)

VIPER_STRIKE = Ability(
    "viper_viper_strike",
    Events={"OnSpellStart": [TrackingProjectile("%projectile_speed", OnHit=[
        ApplyModifier("modifier_viper_viper_strike_slow")])]},
    Modifiers=[Modifier(
        # Register 0: the seconds that it lasts, as resisted.
        "modifier_viper_viper_strike_slow", IsDebuff=True, PiercesImmunity=True,
        Duration="%duration", ThinkInterval=1, Dynamic=True,
        States=["PASSIVES_DISABLED"], StatesWhere="%does_break",
        Properties={
            "MOVESPEED_BONUS_PERCENTAGE": "-%bonus_movement_speed * remaining / r0",
            "ATTACKSPEED_BONUS_CONSTANT": "-%bonus_attack_speed * remaining / r0",
        },
        Events={
            "OnCreated": [SetRegister(0, "remaining")],
            "OnRefresh": [SetRegister(0, "remaining")],
            "OnIntervalThink": [Damage("%damage", Flags="PIERCES_IMMUNITY")],
        })],
    Unused=("max_charges", "charge_restore_time"),
)

ABILITIES = [
    POISON_ATTACK, NETHERTOXIN, CORROSIVE_SKIN, NOSEDIVE, PREDATOR, VIPER_STRIKE]
