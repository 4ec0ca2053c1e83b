"""What is used up, or refilled: food, wards, dust, smoke, scrolls, bottle and wand."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    ApplyModifier,
    Area,
    Blink,
    CreateThinker,
    Damage,
    Delay,
    DestroyTrees,
    GiveMana,
    Heal,
    If,
    Modifier,
    RemoveSelf,
    SetHealth,
    SetItemCharges,
    SetPoint,
    SetRegister,
    SpawnUnit,
    Vision,
)
from dota_env_rpc.content.wearing import worn

CHOICES = (
    "Clarity, Healing Salve and Bottle end when their unit loses hit points to an enemy hero.",
    "Eating a second Tango begins its time anew.",
    "A Town Portal Scroll leads to the friendly building nearest to the chosen place, which is "
    "looked for when the channel ends.",
    "Wards take attacks as other units do.",
    "Dust hurts a unit once for each time that it is revealed.",
    "Allies who come near the caster of a Smoke of Deceit get it for the rest of its time.",
    "A Blood Grenade flies to its place and hurts once it is there.",
    "Magic Stick and Wand count the casts of enemies whom their hero's team sees.",
)

_ENDS_BY_HEROES = {"OnTakeDamage": [If("attacker.is_hero and attacker.is_enemy", [RemoveSelf()])]}
# No building lies farther away than this.
_WHOLE_MAP = 40000


def _stick(name, *keys):
    """Returns an item that stores charges of what enemies near cast."""
    return worn(
        name, *keys,
        Events={"OnSpellStart": [
            # One charge is spent by the use itself.
            Heal("%restore_per_charge * (charges + 1)", Target="CASTER"),
            GiveMana("%restore_per_charge * (charges + 1)", Target="CASTER"),
            SetItemCharges(0),
        ]},
        Listens={"OnEnemyAbilityExecuted": [
            If("distance(parent, attacker) <= %charge_radius", [
                SetItemCharges(1, Add=True, Most="%max_charges", Target="PARENT")])]})


def _ward(name, unit, properties, unused):
    planted = f"modifier_{name}_planted"
    return Ability(
        name,
        Events={"OnSpellStart": [
            SpawnUnit(unit, Duration="%lifetime", ModifierName=planted)]},
        Modifiers=[Modifier(
            planted, IsHidden=True, States=["INVISIBLE", "MAGIC_IMMUNE"],
            Properties={"HEALTH_BONUS": "r0", **properties},
            Events={"OnCreated": [
                SetRegister(0, "%health - parent.max_health"), SetHealth("%health")]})],
        Unused=unused,
        Partial="it cannot be given to an ally by a cast")


ITEMS = [
    Ability(
        "item_tango",
        Events={"OnSpellStart": [
            DestroyTrees(1), ApplyModifier("modifier_tango_heal", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_tango_heal", Duration="%buff_duration", Dispel="BASIC",
            Properties={"HEALTH_REGEN_CONSTANT": "%health_regen"})],
        Unused=("tooltip_charges",),
        Partial="it cannot be given to an ally, and no tree is planted to be worth more"),
    Ability(
        "item_flask",
        Events={"OnSpellStart": [ApplyModifier("modifier_flask_healing")]},
        Modifiers=[Modifier(
            "modifier_flask_healing", Duration="%buff_duration", Dispel="BASIC",
            # Half as much for others than who used it.
            Properties={"HEALTH_REGEN_CONSTANT":
                        "%health_regen * (1 if parent.is_caster else 0.5)"},
            Events={"OnTakeDamage": [
                If("%break_on_hero_damage and attacker.is_hero and attacker.is_enemy",
                   [RemoveSelf()])]})]),
    Ability(
        "item_clarity",
        Events={"OnSpellStart": [ApplyModifier("modifier_clarity_potion")]},
        Modifiers=[Modifier(
            "modifier_clarity_potion", Duration="%buff_duration", Dispel="BASIC",
            Properties={"MANA_REGEN_CONSTANT": "%mana_regen"}, Events=_ENDS_BY_HEROES)]),
    worn(
        "item_enchanted_mango", Properties={"HEALTH_REGEN_CONSTANT": "%hp_regen"},
        Events={"OnSpellStart": [If(
            "target.is_hero", [GiveMana("%replenish_amount")],
            [GiveMana("%replenish_amount", Target="CASTER")])]}),
    worn(
        "item_faerie_fire", "bonus_damage",
        Events={"OnSpellStart": [Heal("%hp_restore", Target="CASTER")]}),
    worn(
        "item_blood_grenade", "bonus_health",
        Events={"OnSpellStart": [Delay("distance(caster, point) / %speed", [
            ActOnTargets(Area("%radius"), [
                Damage("%impact_damage"), ApplyModifier("modifier_blood_grenade_slow")])])]},
        Modifiers=[Modifier(
            "modifier_blood_grenade_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%debuff_duration", ThinkInterval="%tick_rate",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%movespeed_slow"},
            Events={"OnIntervalThink": [Damage("%damage_over_time * %tick_rate")]})]),
    _stick("item_magic_stick"),
    _stick("item_magic_wand", "bonus_all_stats"),
    worn(
        "item_bottle",
        Events={"OnSpellStart": [If(
            "target.is_hero", [ApplyModifier("modifier_bottle_regeneration")],
            [ApplyModifier("modifier_bottle_regeneration", Target="CASTER")])]},
        Listens={"OnIntervalThink": [
            If("parent.is_in_fountain", [SetItemCharges("%max_charges", Target="PARENT")])]},
        Worn={"ThinkInterval": 0.5},
        Modifiers=[Modifier(
            "modifier_bottle_regeneration", Duration="%restore_time", Dispel="BASIC",
            Properties={"HEALTH_REGEN_CONSTANT": "%health_restore / %restore_time",
                        "MANA_REGEN_CONSTANT": "%mana_restore / %restore_time"},
            Events={"OnTakeDamage": [
                If("%break_on_hero_damage and attacker.is_hero and attacker.is_enemy",
                   [RemoveSelf()])]})],
        Unused=("health_restore_pct", "mana_restore_pct"),
        Partial="it stores no runes"),
    Ability(
        "item_tpscroll",
        Events={"OnChannelSucceeded": [ActOnTargets(
            Area(_WHOLE_MAP, Teams="FRIENDLY", Types="BUILDING", Flags="INVULNERABLE", Most=1), [
                SetPoint(Center="TARGET", TowardPoint=True, Distance=(
                    "min(max(distance(target, point), %minimum_distance), %maximum_distance)")),
                Blink(),
            ])]},
        Unused=("tooltip_channel_time", "vision_radius"),
        Partial="several heroes that teleport to one place do not slow one another, and Boots "
                "of Travel change nothing of it"),
    _ward("item_ward_observer", "npc_dota_observer_wards", {},
          ("vision_range_tooltip", "duration_minutes_tooltip")),
    _ward("item_ward_sentry", "npc_dota_sentry_wards",
          {"TRUE_SIGHT_RADIUS": "%true_sight_range", "BONUS_DAY_VISION": "%vision_range",
           "BONUS_NIGHT_VISION": "%vision_range"}, ("duration_minutes_tooltip",)),
    Ability(
        "item_dust",
        Events={"OnSpellStart": [
            CreateThinker("modifier_item_dust_area", Center="CASTER", Duration="%duration")]},
        Modifiers=[
            Modifier("modifier_item_dust_area", IsHidden=True,
                     Aura="modifier_item_dustofappearance", AuraRadius="%radius",
                     AuraTeams="ENEMY", AuraTypes="HERO",
                     AuraWhere="state(target, 'INVISIBLE')", AuraLinger="%linger_duration"),
            Modifier("modifier_item_dustofappearance", IsDebuff=True, Dispel="BASIC",
                     States=["REVEALED"],
                     Properties={"MOVESPEED_BONUS_PERCENTAGE":
                                 "%movespeed * state(parent, 'INVISIBLE')"},
                     Events={"OnCreated": [Damage("%damage")]}),
        ]),
    Ability(
        "item_smoke_of_deceit",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_smoke_of_deceit", Target=Area(
                "%application_radius", Center="CASTER", Teams="FRIENDLY",
                Flags="PLAYER_CONTROLLED")),
            ApplyModifier("modifier_smoke_of_deceit_spent", Target=Area(
                "%application_radius", Center="CASTER", Teams="FRIENDLY",
                Flags="PLAYER_CONTROLLED")),
        ]},
        Modifiers=[
            Modifier(
                "modifier_smoke_of_deceit", Duration="%duration",
                States=["INVISIBLE", "TRUESIGHT_IMMUNE"], ThinkInterval=0.1,
                Properties={"MOVESPEED_BONUS_PERCENTAGE": "%bonus_movement_speed"},
                Events={
                    "OnAttackStart": [RemoveSelf()],
                    "OnIntervalThink": [
                        If("parent.is_caster", [ActOnTargets(
                            Area("%secondary_application_radius", Center="PARENT",
                                 Teams="FRIENDLY", Flags="PLAYER_CONTROLLED",
                                 Where="not has(target, 'modifier_smoke_of_deceit_spent')"),
                            [ApplyModifier("modifier_smoke_of_deceit", Duration="remaining"),
                             ApplyModifier("modifier_smoke_of_deceit_spent",
                                           Duration="remaining")])]),
                        ActOnTargets(
                            Area("%visibility_radius", Center="PARENT",
                                 Types="HERO | BUILDING",
                                 Flags="INVULNERABLE | MAGIC_IMMUNE_ENEMIES | NOT_ILLUSIONS",
                                 Where="target.is_hero or target.base_damage > 0"),
                            [RemoveSelf()]),
                    ]}),
            Modifier("modifier_smoke_of_deceit_spent", IsHidden=True, Duration="%duration"),
        ],
        Unused=("second_cast_cooldown",),
        Partial="it cannot be used from the backpack"),
    worn(
        "item_gem", Properties={"TRUE_SIGHT_RADIUS": "%radius"},
        Events={"OnSpellStart": [Vision("%active_radius", "%duration", TrueSight=True)]}),
    worn(
        "item_infused_raindrop", "mana_regen",
        Unused=("initial_charges",), Partial="it blocks no damage"),
    worn("item_branches", "bonus_all_stats", Partial="it plants no tree"),
    worn(
        "item_moon_shard", "bonus_attack_speed", "bonus_night_vision", Multiple=False,
        Partial="it cannot be eaten"),
    Ability("item_aghanims_shard"),
    Ability("item_ultimate_scepter_2"),
]
