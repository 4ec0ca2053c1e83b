"""Axe."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    ForceAttack,
    If,
    Interrupt,
    Kill,
    Modifier,
    RemoveSelf,
    RunAbility,
    SetCooldown,
    SetRegister,
    SetStacks,
)

_HUNGER_SELF = "modifier_axe_battle_hunger_self"


def _hunger(name: str, multiple: bool) -> Modifier:
    return Modifier(
        name, IsDebuff=True, Dispel="BASIC", Duration="%duration", Multiple=multiple,
        Dynamic=True, ThinkInterval=1,
        Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%slow if back_angle <= 90 else 0"},
        Events={
            "OnCreated": [AddStacks(ModifierName=_HUNGER_SELF, Target="CASTER")],
            "OnIntervalThink": [Damage("%damage_per_second", Type="DAMAGE_TYPE_PURE")],
            "OnKill": [RemoveSelf()],
            "OnDestroy": [AddStacks(-1, ModifierName=_HUNGER_SELF, Target="CASTER")],
        })


def _around(center: str = "CASTER") -> Area:
    return Area("%radius", Center=center, Flags="MAGIC_IMMUNE_ENEMIES")


# An attack counts: the helix may follow from it.
_COUNTED = If("seconds >= r0", [
    AddStacks(),
    If("stacks >= %trigger_attacks", [
        SetStacks(0),
        SetRegister(0, "seconds + %AbilityCooldown"),
        If("not parent.is_illusion", [SetCooldown("%AbilityCooldown")]),
        If("%max_stacks", [ActOnTargets(_around("PARENT"), [
            ApplyModifier("modifier_axe_counter_helix_damage_reduction",
                          Duration="%debuff_duration"),
            AddStacks(ModifierName="modifier_axe_counter_helix_damage_reduction",
                      Target="TARGET", Most="%max_stacks"),
        ])]),
        Damage("%damage", Type="DAMAGE_TYPE_PURE", Flags="PIERCES_IMMUNITY",
               Target=_around("PARENT")),
    ]),
])

ABILITIES = [
    Ability(
        "axe_one_man_army",
        Passives=["modifier_axe_one_man_army"],
        Modifiers=[Modifier(
            # Register 0: whether an ally was near; 1: until when the bonus holds.
            "modifier_axe_one_man_army", Breakable=True, ThinkInterval=0.1,
            Properties={"STATS_STRENGTH_BONUS":
                        "0.01 * %armor_pct_as_strength * max(parent.armor, 0)"
                        " if r1 >= seconds else 0"},
            Events={
                "OnCreated": [SetRegister(0, 1)],
                "OnIntervalThink": [
                    If("r0 == 0", [SetRegister(1, "seconds + %bonus_linger_duration")]),
                    SetRegister(0, 0),
                    ActOnTargets(
                        Area("%radius", Center="PARENT", Teams="FRIENDLY", Types="HERO",
                             Flags="OUT_OF_GAME | INVULNERABLE",
                             Where="not target.is_caster and not target.is_illusion", Most=1),
                        [SetRegister(0, 1)]),
                ]},
        )],
        Unused=("current_max_str_bonus",),
    ),
    Ability(
        "axe_berserkers_call",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_axe_berserkers_call_armor", Target="CASTER",
                          Duration="%duration"),
            ActOnTargets(_around(), [
                Interrupt(),
                ApplyModifier("modifier_axe_berserkers_call", Duration="%duration"),
                ForceAttack(),
                If("%applies_battle_hunger", [RunAbility("axe_battle_hunger")]),
            ]),
        ]},
        Modifiers=[
            Modifier("modifier_axe_berserkers_call", IsDebuff=True, PiercesImmunity=True,
                     States=["TAUNTED"], ThinkInterval=0,
                     Events={"OnIntervalThink": [If("not caster.is_alive", [RemoveSelf()])]}),
            Modifier("modifier_axe_berserkers_call_armor",
                     Properties={"PHYSICAL_ARMOR_BONUS": "%bonus_armor"}),
        ],
        Unused=("bonus_attack_speed",),
    ),
    Ability(
        "axe_battle_hunger",
        Events={"OnSpellStart": If(
            "%should_stack", [ApplyModifier("modifier_axe_battle_hunger_stacking")],
            [ApplyModifier("modifier_axe_battle_hunger")])},
        Passives=[_HUNGER_SELF],
        Modifiers=[
            _hunger("modifier_axe_battle_hunger", False),
            _hunger("modifier_axe_battle_hunger_stacking", True),
            Modifier(_HUNGER_SELF,
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "%speed_bonus * stacks"}),
        ],
    ),
    Ability(
        "axe_counter_helix",
        Passives=["modifier_axe_counter_helix"],
        Modifiers=[
            Modifier(
                # Stacks: attacks counted. Register 0: when the next may count.
                "modifier_axe_counter_helix", Breakable=True, OnIllusions="ALL",
                Events={
                    "OnAttacked": If(
                        "attacker.is_enemy and not attacker.is_building"
                        " and not attacker.is_ward", [_COUNTED]),
                    "OnAttackLanded": If(
                        "%attacks_increase_counter and not parent.is_illusion", [_COUNTED]),
                }),
            Modifier(
                "modifier_axe_counter_helix_damage_reduction", IsDebuff=True,
                PiercesImmunity=True,
                Properties={"PREATTACK_BONUS_DAMAGE_TARGET":
                            "-0.01 * %damage_reduction * stacks * amount"
                            " if target.is_caster else 0"}),
        ],
        Unused=("helix_lifesteal",),
    ),
    Ability(
        "axe_culling_blade",
        Events={"OnSpellStart": [
            If("target.health <= %damage", [Kill(Through=True)], [
                Damage("%damage", Type="DAMAGE_TYPE_PURE", Flags="PIERCES_IMMUNITY")]),
            If("target.is_hero and not target.is_illusion and not target.is_alive", [
                SetCooldown(0),
                AddStacks(ModifierName="modifier_axe_culling_blade_permanent", Target="CASTER"),
                ApplyModifier(
                    "modifier_axe_culling_blade_boost", Duration="%speed_duration",
                    Target=Area("%speed_aoe", Center="CASTER", Teams="FRIENDLY")),
            ]),
        ]},
        Passives=["modifier_axe_culling_blade_permanent"],
        Modifiers=[
            Modifier("modifier_axe_culling_blade_permanent",
                     Properties={"PHYSICAL_ARMOR_BONUS": "%armor_per_stack * stacks"}),
            Modifier("modifier_axe_culling_blade_boost", Dispel="BASIC",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "%speed_bonus",
                                 "PHYSICAL_ARMOR_BONUS": "%armor_bonus"}),
        ],
        Unused=("charge_speed",),
    ),
]

CHOICES = (
    "One Man Army holds whole for its lingering time and then ends; illusions are no allies.",
    "Berserker's Call ends what the units around cast or channel, and lets go when Axe dies.",
    "Battle Hunger hurts once a second, first a second after the cast.",
    "Battle Hunger slows who looks less than 90 degrees away from the way that leads off Axe.",
    "Battle Hunger's talent hastens Axe for every unit that is hungry.",
    "Counter Helix counts attacks by units that land, not those of buildings and wards.",
    "Counter Helix does not count attacks during its cooldown.",
    "Counter Helix of an illusion counts and hurts as Axe's own does, from where it stands.",
    "Culling Blade kills whose health its damage reaches, whatever would reduce the damage.",
)
