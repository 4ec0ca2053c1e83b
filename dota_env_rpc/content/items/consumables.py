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
    GiveItem,
    GiveMana,
    Heal,
    If,
    Modifier,
    PlantTree,
    ReleaseRune,
    RemoveItem,
    RemoveSelf,
    SetChannelTime,
    SetCooldown,
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
    "A Town Portal Scroll leads to the friendly building nearest to the chosen place, with Boots "
    "of Travel to the nearest building or creep, with their second level to heroes too; it is "
    "looked for when the channel ends. It is as if it were cast on who is nearest.",
    "Every channel to a building counts for those that begin within the next 25 seconds, also one "
    "that is broken off.",
    "Infused Raindrops look at the damage before magic resistance, and block behind it.",
    "A Bottle takes any rune while it is in a main slot and keeps none; the rune works for its "
    "own hero, whomever it is used on, and waits while that hero is dead. Of several Bottles with "
    "a hero the first that keeps a rune is used. Couriers that carry one are as fast as ever.",
    "What is given away for nothing - a ward, a tango - is worth nothing to who gets it.",
    "An eaten Moon Shard keeps counting as worth of who bought it.",
    "A planted tree takes the nearest place at which trees stand, and moves who stands there.",
    "Wards take the attacks of all but heroes as other units do.",
    "Dust hurts a unit once for each time that it is revealed.",
    "Allies who come near the caster of a Smoke of Deceit get it for the rest of its time.",
    "A Blood Grenade flies to its place and hurts once it is there.",
    "Magic Stick and Wand count the casts of enemies whom their hero's team sees. Of several with "
    "a hero, Holy Locket among them, the one counts that came to it first and is not full.",
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
        # The radius is the same for all that count casts: sim/casting.py.
        Standard={"CHARGES": "max_charges"}, CountsCasts=True, Unused=("charge_radius",))


# What makes two attacks of heroes kill a ward, whatever their damage.
# Source: the 200 hit points of item_ward_observer, 7.41, are two attacks to kill.
_WARD_HITS = (
    "100 * (0.5 * parent.max_health / amount - 1) if target.is_hero and not target.is_illusion"
    " else 0")


def _ward(name, unit, properties, unused):
    planted = f"modifier_{name}_planted"
    return Ability(
        name,
        CastOnSelf=False,
        Events={"OnSpellStart": [If("target.is_hero", [GiveItem(name, 1)], [
            SpawnUnit(unit, Duration="%lifetime", ModifierName=planted)])]},
        Modifiers=[Modifier(
            planted, IsHidden=True, States=["INVISIBLE", "MAGIC_IMMUNE"],
            Properties={"HEALTH_BONUS": "r0", "INCOMING_DAMAGE_FROM": _WARD_HITS, **properties},
            Events={"OnCreated": [
                SetRegister(0, "%health - parent.max_health"), SetHealth("%health")]})],
        Unused=unused, BotUse="SUMMONS")


def _devour(modifier):
    """Returns what a tree does to who eats it; one that was planted does it for twice as long."""
    return [ApplyModifier(modifier, Target="CASTER",
                          Duration="%buff_duration * (2 if is_planted else 1)"),
            DestroyTrees(1)]


def _digest(name):
    return Modifier(name, Dispel="BASIC", Properties={"HEALTH_REGEN_CONSTANT": "%health_regen"})


# Whose heroes' scrolls lead to creeps too, and to heroes. Heroes that teleport to one building
# within so many seconds channel for so long, and longer by each that came before, up to a most.
# Source: notes of the patches up to 7.41e.
_TO_CREEPS = ("(has(caster, 'modifier_item_travel_boots')"
              " or has(caster, 'modifier_item_travel_boots_2'))")
_TO_HEROES = "has(caster, 'modifier_item_travel_boots_2')"
_BOOTS_COOLDOWN = (f"%item_travel_boots_2.tp_cooldown if {_TO_HEROES}"
                   " else %item_travel_boots.tp_cooldown")
_CROWD_SECONDS = 25
_CROWD_CHANNEL = "min(5 + 0.5 * (stacks_of(target, 'modifier_teleport_crowd') - 1), 6.5)"
_DESTINATION = Area(
    _WHOLE_MAP, Teams="FRIENDLY", Types="BUILDING | HERO | BASIC", Flags="INVULNERABLE", Most=1,
    Where=f"target.is_building or (target.is_creep and {_TO_CREEPS})"
          f" or (target.is_hero and not target.is_caster and {_TO_HEROES})")

# When Infused Raindrops block: magical damage that is enough, while they have rested.
_DROP = ("damage_type == 2 and is_ready"
         " and amount > %min_damage * (1 - 0.01 * parent.magic_resistance)")

ITEMS = [
    Ability(
        "item_tango", TargetTeam="FRIENDLY", TargetTypes="HERO | TREE", CastOnSelf=False,
        Events={"OnSpellStart": [If("target.is_hero", [GiveItem("item_tango_single", 1)],
                                    _devour("modifier_tango_heal"))]},
        Modifiers=[_digest("modifier_tango_heal")], Unused=("tooltip_charges",)),
    Ability(
        "item_tango_single", TargetTypes="TREE",
        Events={"OnSpellStart": _devour("modifier_tango_heal_shared")},
        Modifiers=[_digest("modifier_tango_heal_shared")],
        Unused=("duration_to_use",),
        Partial="it does not vanish when it is not eaten for a while"),
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
        Events={"OnSpellStart": [If("rune", [ReleaseRune()], [If(
            "target.is_hero", [ApplyModifier("modifier_bottle_regeneration")],
            [ApplyModifier("modifier_bottle_regeneration", Target="CASTER")])])]},
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
        StoresRunes=True, KeepsCharge="rune",
        Standard={"CHARGES": "max_charges", "DURATION": "rune_expire_time"},
        Unused=("health_restore_pct", "mana_restore_pct")),
    Ability(
        "item_tpscroll",
        KeepsCharge=_TO_CREEPS,
        Events={
            "OnSpellStart": [
                If(_TO_CREEPS, [SetCooldown(_BOOTS_COOLDOWN)]),
                If(_TO_HEROES, [SetChannelTime("%item_travel_boots_2.tp_channel_time")]),
                ActOnTargets(_DESTINATION, [
                    If("has(target, 'modifier_teleport_crowd')", [
                        SetChannelTime(_CROWD_CHANNEL)]),
                    ApplyModifier("modifier_teleport_crowd")]),
            ],
            "OnChannelSucceeded": [ActOnTargets(_DESTINATION, [
                SetPoint(Center="TARGET", TowardPoint=True, Distance=(
                    "min(max(distance(target, point), %minimum_distance), %maximum_distance)")),
                Blink(),
            ])],
        },
        Modifiers=[Modifier("modifier_teleport_crowd", IsHidden=True, Multiple=True,
                            Duration=_CROWD_SECONDS)],
        Unused=("tooltip_channel_time", "vision_radius")),
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
        FromBackpack=True, Unused=("second_cast_cooldown",)),
    worn(
        "item_gem", Properties={"TRUE_SIGHT_RADIUS": "%radius"},
        Events={"OnSpellStart": [Vision("%active_radius", "%duration", TrueSight=True)]}),
    worn(
        "item_infused_raindrop", "mana_regen", Multiple=False,
        Properties={"TOTAL_CONSTANT_BLOCK": f"%magic_damage_block if {_DROP} else 0"},
        Listens={"OnDamageBlocked": [If(_DROP, [
            SetCooldown("%AbilityCooldown", Target="PARENT"),
            SetItemCharges(-1, Add=True, Target="PARENT", SpentIsGone=True)])]},
        Unused=("initial_charges",)),
    worn("item_branches", "bonus_all_stats",
         Events={"OnSpellStart": [PlantTree("%tree_duration"), RemoveItem()]}),
    worn(
        "item_moon_shard", "bonus_attack_speed", Once=("bonus_night_vision",),
        CastFilter="not has(target, 'modifier_item_moon_shard_consumed')",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_moon_shard_consumed"), RemoveItem(Eaten=True)]},
        Modifiers=[Modifier(
            "modifier_item_moon_shard_consumed", Permanent=True, OnIllusions="NUMBERS",
            Properties={"ATTACKSPEED_BONUS_CONSTANT": "%consumed_bonus",
                        "BONUS_NIGHT_VISION": "%consumed_bonus_night_vision"})]),
    Ability("item_aghanims_shard"),
    Ability("item_ultimate_scepter_2"),
]
