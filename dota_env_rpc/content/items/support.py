"""Auras, heals, barriers and other help for allies, and harm for enemies, by a target's name."""

from dota_env_rpc.content.items.magic import DOMINATED
from dota_env_rpc.content.vocabulary import (
    ActOnTargets,
    AddRegister,
    AddStacks,
    ApplyModifier,
    Area,
    CreateThinker,
    Damage,
    Delay,
    DestroyTrees,
    Dispel,
    GiveGold,
    GiveMana,
    Heal,
    If,
    Kill,
    Knockback,
    Modifier,
    MoveTo,
    RemoveModifier,
    RemoveSelf,
    SetCooldown,
    SetItemCharges,
    SetPoint,
    SetRegister,
    SpendMana,
    Vision,
)
from dota_env_rpc.content.wearing import aura, worn

CHOICES = (
    "The auras of Headdress, Buckler and Ring of Basilius count for nothing beside those of what "
    "is made of them; all other auras add up.",
    "Urn of Shadows and Spirit Vessel get their first charges for a death while they are empty, "
    "and each of several near gets charges; their heal ends when its unit loses hit points to "
    "an enemy hero.",
    "Rod of Atos and Gleipnir root at once: their projectiles' speed is in no table.",
    "Force Staff and Hurricane Pike push without a stun, and who is pushed may act on the way; "
    "trees fall within 150 units of it.",
    "Who rides Wind Waker's cyclone walks over everything.",
    "An Essence Distiller on the ground takes the nearest enemy hero, and looks for one in every "
    "tick.",
    "Glimmer Cape's invisibility ends by attacks and casts, and comes back after its delay.",
    "Hand of Midas pays what the creep's own bounty lacks on average; its charges are restored "
    "one after the other.",
    "What is left of a Soul Ring's mana goes when its time is over.",
    "Eul's Scepter hurts enemies one tick after it has let them go.",
    "Veil of Discord raises all magical damage.",
    "Meteor Hammer hurts in equal parts each second after its impact.",
)

_NEAR = {"Center": "CASTER", "Teams": "FRIENDLY"}


def _without(names, number):
    """Returns what a lesser aura gives: nothing beside a greater one."""
    condition = " or ".join(f"has(parent, 'modifier_{name}_aura_effect')" for name in names)
    return f"0 if {condition} else {number}"


def _with_aura(name, *keys, Radius, Gives, Teams="FRIENDLY", Types="HERO | BASIC", Flags="",
               Modifiers=(), **others):
    source, effect = aura(name, Radius, Gives, Teams, Types, AuraFlags=Flags)
    return worn(name, *keys, Passives=[source.name], Modifiers=[source, effect, *Modifiers],
                **others)


_GATHER = [If("distance(parent, target) <= %soul_radius", [
    SetItemCharges("%soul_additional_charges if charges else %soul_initial_charge", Add=True,
                   Target="PARENT")])]
_LATCH = [ApplyModifier("modifier_item_essence_distiller_damage"),
          ApplyModifier("modifier_item_essence_distiller_sight")]


def _soul(name, *keys, damage=(), enemy=None, Unused=(), Partial="", **listens):
    """Returns an item that gathers souls to heal and hurt with."""
    return worn(
        name, *keys,
        Events={"OnSpellStart": [If(
            "target.is_enemy", [ApplyModifier(f"modifier_{name}_damage")],
            [ApplyModifier(f"modifier_{name}_heal")])]},
        Multiple=False, Listens={"OnHeroKilled": _GATHER, **listens},
        Modifiers=[
            Modifier(
                f"modifier_{name}_heal", Duration="%duration", Dispel="BASIC",
                Properties={"HEALTH_REGEN_CONSTANT": "%soul_heal_amount"},
                Events={"OnTakeDamage": [
                    If("attacker.is_hero and attacker.is_enemy", [RemoveSelf()])]}),
            Modifier(
                f"modifier_{name}_damage", IsDebuff=True, Dispel="BASIC", Duration="%duration",
                ThinkInterval=1, Properties=enemy or {},
                Events={"OnIntervalThink": [Damage("%soul_damage_amount"), *damage]}),
        ],
        Unused=Unused, Partial=Partial)


def _endurance(name, extra=()):
    return [ApplyModifier(f"modifier_{name}_active", Target=Area("%radius", **_NEAR)), *extra]


def _endurance_modifier(name):
    return Modifier(
        f"modifier_{name}_active", Duration="%duration", Dispel="BASIC",
        Properties={"ATTACKSPEED_BONUS_CONSTANT": "%bonus_attack_speed_pct",
                    "MOVESPEED_BONUS_PERCENTAGE": "%bonus_movement_speed_pct"})


# How near to who is pushed trees fall. Source: guess
_FELLED_AROUND = 150
_CYCLONE_FILTER = "target.is_enemy or target.is_caster"


def _cyclone(name, *keys, lift=None, CastFilter=None, Modifiers=()):
    """Returns an item that lifts a unit into the air. lift: what lifts friends, if others."""
    whirl = {"Dispel": "BASIC", "Duration": "%cyclone_duration",
             "States": ["STUNNED", "INVULNERABLE", "NO_UNIT_COLLISION"]}
    return worn(
        name, *keys, TargetTypes="HERO | BASIC", CastFilter=CastFilter,
        Events={"OnSpellStart": [If(
            "target.is_enemy",
            [Dispel(Buffs=True), ApplyModifier(f"modifier_{name}_whirl")],
            [Dispel(Debuffs=True), lift or ApplyModifier(f"modifier_{name}_lift")])]},
        Modifiers=[
            Modifier(f"modifier_{name}_whirl", IsDebuff=True, **whirl,
                     Events={"OnDestroy": [Delay("1 / 30", [Damage("%tooltip_drop_damage")])]}),
            # It is no debuff, of which who is immune to them would feel nothing.
            Modifier(f"modifier_{name}_lift", **whirl), *Modifiers])


def force(name):
    """Returns what pushes TARGET to where it looks."""
    return [
        SetPoint(Center="TARGET", Distance="%push_length",
                 Angle="(target.facing - caster.facing) * 57.29577951308232"),
        MoveTo(Duration="%push_time", Stuns=False),
        ApplyModifier(f"modifier_{name}_push", Duration="%push_time")]


def forced(name):
    """Returns the modifier of who is pushed, before whom trees fall."""
    return Modifier(
        f"modifier_{name}_push", IsHidden=True, ThinkInterval="1 / 30",
        Events={"OnIntervalThink": [DestroyTrees(_FELLED_AROUND, Center="PARENT")]})


def _root(name):
    return Modifier(f"modifier_{name}_root", IsDebuff=True, Dispel="BASIC",
                    Duration="%duration", States=["ROOTED"])


def _barrier(name):
    return Modifier(
        f"modifier_{name}_barrier", Dispel="BASIC", Duration="%duration",
        Barrier="DAMAGE_TYPE_PHYSICAL")


def _empower(name, *keys, States=(), Unused=()):
    """Returns an item that adds to a spell on an enemy, once in its cooldown."""
    return worn(
        name, *keys, Multiple=False,
        Listens={"OnAbilityExecuted": [If("amount and target.is_enemy and is_ready", [
            SetCooldown("%AbilityCooldown", Target="PARENT"),
            Damage("%bonus_spell_damage"), ApplyModifier(f"modifier_{name}_slow")])]},
        Modifiers=[Modifier(
            f"modifier_{name}_slow", IsDebuff=True, Dispel="BASIC", States=States,
            Duration="%slow_duration", Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%slow"})],
        Unused=Unused)


# Farther than the map is wide.
_ANYWHERE = 100000
_PIKED = "has(target, 'modifier_item_hurricane_pike_target')"
_PIKE_LOOK = [SetRegister(0, _PIKED)]
_PUTREFACTION, _PUTREFIED = aura(
    "item_crellas_crozier", "%radius",
    {name: "-(%active_health_steal if has(caster, 'modifier_item_crellas_crozier_rite')"
           " else %health_steal)"
     for name in ("HP_REGEN_AMPLIFY_PERCENTAGE", "HEAL_AMPLIFY_PERCENTAGE_TARGET")},
    Teams="ENEMY", Types="HERO")


def _burn(key):
    return [Damage(f"%{key} * %burn_interval")]


ITEMS = [
    _with_aura(
        "item_headdress", "health_regen", Radius="%aura_radius", Gives={
            "HEALTH_REGEN_CONSTANT": _without(
                ("item_mekansm", "item_ancient_janggo", "item_boots_of_bearing",
                 "item_guardian_greaves"), "%aura_health_regen")}),
    _with_aura(
        "item_buckler", "armor", Radius="%bonus_aoe_radius", Flags="PLAYER_CONTROLLED", Gives={
            "PHYSICAL_ARMOR_BONUS": _without(
                ("item_vladmir", "item_assault"), "%bonus_aoe_armor")}),
    _with_aura(
        "item_ring_of_basilius", "mana_regen", Radius="%aura_radius", Gives={
            "MANA_REGEN_CONSTANT": _without(
                ("item_vladmir", "item_arcane_boots", "item_guardian_greaves"),
                "%aura_mana_regen")}),
    _with_aura(
        "item_mekansm", "bonus_armor", Radius="%aura_radius", Gives={
            "HEALTH_REGEN_CONSTANT": _without(
                ("item_guardian_greaves",), "%aura_health_regen")},
        Events={"OnSpellStart": [
            Heal("%heal_amount", Target=Area("%heal_radius", **_NEAR))]}),
    _with_aura(
        "item_vladmir", "armor", "mana_regen", Radius="%aura_radius", Gives={
            "LIFESTEAL_PERCENTAGE": "%lifesteal_aura",
            "DAMAGEOUTGOING_PERCENTAGE": "%damage_aura",
            "PHYSICAL_ARMOR_BONUS": "%armor_aura", "MANA_REGEN_CONSTANT": "%mana_regen_aura"},
        Unused=("lifesteal_self", "damage_self", "lifesteal_creeps_tooltip")),
    _with_aura(
        "item_pipe", "health_regen", "magic_resistance", "bonus_all_stats",
        Radius="%aura_radius", Gives={
            "MAGICAL_RESISTANCE_BONUS": "%magic_resistance_aura",
            "HEALTH_REGEN_CONSTANT": "%aura_health_regen"},
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_pipe_barrier", Registers=("%barrier_block",),
                          Target=Area("%barrier_radius", **_NEAR))]},
        Modifiers=[Modifier("modifier_item_pipe_barrier", Duration="%barrier_duration",
                            Dispel="BASIC", Barrier="DAMAGE_TYPE_MAGICAL")],
        Unused=("barrier_block_creep", "add_nostack_debuff")),
    _with_aura(
        "item_ancient_janggo", "bonus_str", "bonus_int", Radius="%radius", Gives={
            "MOVESPEED_BONUS_CONSTANT": "%aura_movement_speed",
            "HEALTH_REGEN_CONSTANT": "%aura_health_regen"},
        Events={"OnSpellStart": _endurance("item_ancient_janggo")},
        Modifiers=[_endurance_modifier("item_ancient_janggo")], Unused=("charges_tooltip",)),
    _with_aura(
        "item_boots_of_bearing", "bonus_str", "bonus_int", "bonus_health_regen",
        Boots="bonus_movement_speed", Radius="%radius", Gives={
            "MOVESPEED_BONUS_CONSTANT": "%aura_movement_speed",
            "HEALTH_REGEN_CONSTANT": "%aura_health_regen"},
        Events={"OnSpellStart": _endurance("item_boots_of_bearing", [ApplyModifier(
            "modifier_item_boots_of_bearing_free", Target=Area("%radius", **_NEAR))])},
        Modifiers=[
            _endurance_modifier("item_boots_of_bearing"),
            # All of every slow is resisted.
            Modifier("modifier_item_boots_of_bearing_free", Duration="%bonus_ms_duration",
                     Properties={"SLOW_RESISTANCE_STACKING": 100}),
        ]),
    _soul("item_urn_of_shadows", "mana_regen", "bonus_all_stats", "bonus_armor"),
    _soul(
        "item_spirit_vessel", "bonus_mana_regen", "bonus_all_stats", "bonus_armor",
        "bonus_health",
        damage=[Damage("0.01 * %enemy_hp_drain * target.health", Type="DAMAGE_TYPE_MAGICAL")],
        enemy={"HP_REGEN_AMPLIFY_PERCENTAGE": "-%restoration_reduction_enemy",
               "HEAL_AMPLIFY_PERCENTAGE_TARGET": "-%restoration_reduction_enemy",
               "MOVESPEED_BONUS_PERCENTAGE": "-%enemy_slow_pct"},
        OnDeath=[SetItemCharges("%soul_additional_charges", Add=True, Target="PARENT")]),
    worn(
        "item_essence_distiller", "mana_regen", "bonus_all_stats", "bonus_armor", "bonus_mana",
        Multiple=False, Listens={"OnHeroKilled": _GATHER},
        Events={"OnSpellStart": [If("target.is_enemy", _LATCH, [If(
            "target.is_alive", [ApplyModifier("modifier_item_essence_distiller_heal")],
            [CreateThinker("modifier_item_essence_distiller_dormant")])])]},
        Modifiers=[
            Modifier("modifier_item_essence_distiller_heal", Duration="%duration",
                     Dispel="BASIC",
                     Properties={"HEALTH_REGEN_CONSTANT": "%soul_heal_amount"}),
            Modifier(
                "modifier_item_essence_distiller_dormant", Duration="%ground_duration",
                ThinkInterval="1 / 30", Events={"OnIntervalThink": [ActOnTargets(
                    Area("%latch_range", Types="HERO", Most=1), [*_LATCH, RemoveSelf()])]}),
            Modifier("modifier_item_essence_distiller_damage", IsDebuff=True, Dispel="BASIC",
                     Duration="%duration", ThinkInterval=1,
                     Events={"OnIntervalThink": [Damage("%soul_damage_amount")],
                             "OnDestroy": [RemoveModifier(
                                 "modifier_item_essence_distiller_sight", Target="PARENT")]}),
            Modifier(
                "modifier_item_essence_distiller_sight", IsDebuff=True, IsHidden=True,
                Dispel="BASIC", Duration="%duration", States=["REVEALED"], ThinkInterval=0.1,
                Events={"OnIntervalThink": [Vision("%latch_vision", 0.2, Center="PARENT")]}),
        ],
        Unused=("linger_after_latch_duration",)),
    worn(
        "item_soul_ring", "bonus_strength", "bonus_armor",
        Events={"OnSpellStart": [
            GiveMana("%mana_gain", Target="CASTER", Beyond=True),
            ApplyModifier("modifier_item_soul_ring_buff", Target="CASTER",
                          Registers=("%mana_gain",))]},
        Modifiers=[Modifier(
            "modifier_item_soul_ring_buff", Duration="%duration",
            Events={"OnManaSpent": [AddRegister(0, "-amount")],
                    "OnDestroy": [SpendMana("max(r0, 0)", Target="PARENT")]})]),
    worn(
        "item_pavise", "bonus_armor", "bonus_mana", "bonus_health",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_pavise_barrier", Registers=("%absorb_amount",))]},
        Modifiers=[_barrier("item_pavise")]),
    worn(
        "item_solar_crest", "bonus_armor", "bonus_all_stats", "self_movement_speed",
        "bonus_mana", "bonus_health",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_solar_crest_barrier", Registers=("%absorb_amount",)),
            If("not target.is_caster", [ApplyModifier("modifier_item_solar_crest_shine")])]},
        Modifiers=[
            _barrier("item_solar_crest"),
            Modifier("modifier_item_solar_crest_shine", Dispel="BASIC", Duration="%duration",
                     Properties={"PHYSICAL_ARMOR_BONUS": "%target_armor",
                                 "ATTACKSPEED_BONUS_CONSTANT": "%target_attack_speed",
                                 "MOVESPEED_BONUS_PERCENTAGE": "%target_movement_speed"}),
        ]),
    worn(
        "item_glimmer_cape", "bonus_magical_armor",
        Events={"OnSpellStart": [Delay("%initial_fade_delay", [
            ApplyModifier("modifier_item_glimmer_cape_fade"),
            ApplyModifier("modifier_item_glimmer_cape_barrier",
                          Registers=("%barrier_block",))])]},
        Modifiers=[
            Modifier("modifier_item_glimmer_cape_fade", Dispel="BASIC", Duration="%duration",
                     Dynamic=True, States=["INVISIBLE"], StatesWhere="elapsed >= r0",
                     Properties={"MOVESPEED_BONUS_CONSTANT": "%active_movement_speed"},
                     Events={word: [SetRegister(0, "elapsed + %secondary_fade_delay")]
                             for word in ("OnAttack", "OnAbilityExecuted")}),
            Modifier("modifier_item_glimmer_cape_barrier", Dispel="BASIC",
                     Duration="%duration", Barrier="DAMAGE_TYPE_MAGICAL"),
        ]),
    worn(
        "item_shadow_amulet",
        Events={"OnSpellStart": [Delay("%fade_time", [
            ApplyModifier("modifier_item_shadow_amulet_fade")])]},
        Modifiers=[Modifier(
            "modifier_item_shadow_amulet_fade", Dispel="BASIC", Duration="%fade_duration",
            States=["INVISIBLE"],
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%movement_speed_reduction"},
            Events={word: [RemoveSelf()] for word in ("OnAttack", "OnAbilityExecuted")})]),
    worn(
        "item_force_staff", "bonus_intellect", "bonus_health", TargetTypes="HERO | BASIC",
        EnemyCastRange="enemy_cast_range",
        Events={"OnSpellStart": force("item_force_staff")},
        Modifiers=[forced("item_force_staff")]),
    worn(
        "item_hurricane_pike", "bonus_strength", "bonus_agility", "bonus_intellect",
        "bonus_health", "base_attack_range", TargetTypes="HERO | BASIC",
        EnemyCastRange="cast_range_enemy",
        Events={"OnSpellStart": [If("target.is_enemy", [
            Knockback("%enemy_length", "%push_time", Stuns=False),
            Knockback("%enemy_length", "%push_time", Target="CASTER", Center="TARGET",
                      Stuns=False),
            ApplyModifier("modifier_item_hurricane_pike_target", Target="TARGET"),
            ApplyModifier("modifier_item_hurricane_pike_range", Target="CASTER",
                          Stacks="%max_attacks"),
        ], force("item_hurricane_pike"))]},
        Modifiers=[
            forced("item_hurricane_pike"),
            Modifier("modifier_item_hurricane_pike_target", IsHidden=True,
                     Duration="%range_duration"),
            # Register 0: whether its target is attacked, which is what it helps with.
            Modifier(
                "modifier_item_hurricane_pike_range", Duration="%range_duration",
                Properties={"ATTACKSPEED_BONUS_CONSTANT": "%bonus_attack_speed * r0",
                            "ATTACK_RANGE_BONUS": f"{_ANYWHERE} * r0"},
                Events={
                    "OnOrder": _PIKE_LOOK, "OnAttackStart": _PIKE_LOOK,
                    "OnAttack": [If(_PIKED, [
                        AddStacks(-1), If("stacks <= 0", [RemoveSelf()])])]}),
        ],
        Unused=("dizzy_duration", "dizzy_distance_pct")),
    _cyclone("item_cyclone", "bonus_intellect", "bonus_mana_regen", "bonus_movement_speed",
             CastFilter=_CYCLONE_FILTER),
    _cyclone(
        "item_wind_waker", "bonus_movement_speed", "bonus_mana_regen", "bonus_intellect",
        lift=If("target.is_caster", [ApplyModifier("modifier_item_wind_waker_ride")],
                [ApplyModifier("modifier_item_wind_waker_lift")]),
        Modifiers=[Modifier(
            "modifier_item_wind_waker_ride", Dispel="BASIC", Duration="%cyclone_duration",
            States=["DISARMED", "SILENCED", "MUTED", "INVULNERABLE", "NO_UNIT_COLLISION",
                    "FLYING_FOR_PATHING_PURPOSES_ONLY"],
            Properties={"MOVESPEED_ABSOLUTE": "%tornado_speed"})]),
    worn("item_rod_of_atos", "bonus_intellect", "bonus_hp",
         Events={"OnSpellStart": [ApplyModifier("modifier_item_rod_of_atos_root")]},
         Modifiers=[_root("item_rod_of_atos")]),
    worn("item_gungir", "bonus_intellect", "bonus_hp", "bonus_mana", "bonus_aoe",
         Events={"OnSpellStart": [ApplyModifier(
             "modifier_item_gungir_root", Target=Area("%radius + %bonus_aoe"))]},
         Modifiers=[_root("item_gungir")], Unused=("radius_tooltip",)),
    worn(
        "item_veil_of_discord", "bonus_health", "bonus_intellect", "spell_lifesteal",
        Events={"OnSpellStart": [ApplyModifier(
            "modifier_item_veil_of_discord_debuff",
            Target=Area("%debuff_radius", Center="CASTER", Types="HERO"))]},
        Modifiers=[Modifier(
            "modifier_item_veil_of_discord_debuff", IsDebuff=True, Dispel="BASIC",
            Duration="%resist_debuff_duration",
            Properties={"INCOMING_SPELL_DAMAGE_PERCENTAGE": "%spell_amp"})]),
    worn(
        "item_ghost", "bonus_all_stats",
        Events={"OnSpellStart": [ApplyModifier("modifier_ghost_state", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_ghost_state", Dispel="BASIC", Duration="%duration",
            States=["ETHEREAL", "ATTACK_IMMUNE", "DISARMED"],
            Properties={"ABSOLUTE_NO_DAMAGE_PHYSICAL": 1,
                        "MAGICAL_RESISTANCE_BONUS": "%extra_spell_damage_percent"})]),
    worn(
        "item_hand_of_midas", "bonus_attack_speed",
        Events={"OnSpellStart": [
            GiveGold("max(%bonus_gold - target.bounty_gold, 0)"), Kill()]},
        CastFilter=f"not ({DOMINATED})", Multiple=False,
        Listens={"OnIntervalThink": [If("charges < %AbilityCharges", [
            AddRegister(0, 1),
            If("r0 >= %AbilityChargeRestoreTime", [
                SetRegister(0, 0), SetItemCharges(1, Add=True, Target="PARENT")])])]},
        Worn={"ThinkInterval": 1},
        Partial="neutral creeps give no madstone, of which there is none"),
    worn(
        "item_meteor_hammer", "bonus_strength", "bonus_agility", "bonus_intellect",
        "spell_amp", "mana_regen_multiplier",
        Events={"OnChannelSucceeded": [Delay("%land_time", [
            ActOnTargets(Area("%impact_radius"), [
                Damage("%impact_damage_units"),
                ApplyModifier("modifier_item_meteor_hammer_stun"),
                ApplyModifier("modifier_item_meteor_hammer_burn")]),
            ActOnTargets(Area("%impact_radius", Types="BUILDING"), [
                Damage("%impact_damage_buildings"),
                ApplyModifier("modifier_item_meteor_hammer_burn_building")]),
        ])]},
        Modifiers=[
            Modifier("modifier_item_meteor_hammer_stun", IsDebuff=True, Dispel="STRONG",
                     Duration="%stun_duration", States=["STUNNED"]),
            Modifier("modifier_item_meteor_hammer_burn", IsDebuff=True, Dispel="BASIC",
                     Duration="%burn_duration", ThinkInterval="%burn_interval",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%burn_slow"},
                     Events={"OnIntervalThink": _burn("burn_dps_units")}),
            Modifier("modifier_item_meteor_hammer_burn_building", IsDebuff=True,
                     Duration="%burn_duration", ThinkInterval="%burn_interval",
                     Events={"OnIntervalThink": _burn("burn_dps_buildings")}),
        ],
        Unused=("max_duration", "enemy_particles_visible")),
    _empower("item_phylactery", "bonus_all_stats", "bonus_health_regen", "bonus_mana_regen",
             Unused=("kill_bonus_window", "bonus_per_kill", "max_kill_bonus")),
    _empower("item_angels_demise", "bonus_health", "bonus_mana", "bonus_all_stats",
             "bonus_health_regen", "bonus_mana_regen", States=["PASSIVES_DISABLED"]),
    worn(
        "item_crellas_crozier", "bonus_all_stats", "bonus_health", "bonus_mana",
        Passives=[_PUTREFACTION.name],
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_crellas_crozier_rite", Target="CASTER")]},
        Modifiers=[
            _PUTREFACTION, _PUTREFIED,
            Modifier(
                "modifier_item_crellas_crozier_rite", Dispel="BASIC", Duration="%duration",
                States=["ETHEREAL", "ATTACK_IMMUNE", "DISARMED"], ThinkInterval="%interval",
                Properties={"ABSOLUTE_NO_DAMAGE_PHYSICAL": 1,
                            "MAGICAL_RESISTANCE_BONUS": "%extra_spell_damage_percent"},
                Events={"OnIntervalThink": [ActOnTargets(
                    Area("%active_radius", Center="PARENT", Types="HERO"), [
                        ApplyModifier("modifier_item_crellas_crozier_slow"),
                        ApplyModifier("modifier_item_crellas_crozier_haste",
                                      Target="CASTER")])]},
                Aura="modifier_item_crellas_crozier_drain", AuraRadius="%radius",
                AuraTeams="ENEMY", AuraTypes="HERO"),
            # Register 0: what heals have brought since the last time.
            Modifier(
                "modifier_item_crellas_crozier_drain", IsDebuff=True, IsHidden=True,
                ThinkInterval="%interval", Events={
                    "OnHealed": [AddRegister(0, "amount")],
                    "OnIntervalThink": [
                        Heal("0.01 * %active_health_steal"
                             " * (r0 + %interval * max(target.plain_health_regen, 0))",
                             Target="CASTER"),
                        SetRegister(0, 0)]}),
            Modifier("modifier_item_crellas_crozier_slow", IsDebuff=True, Dispel="BASIC",
                     Multiple=True, Duration="%stack_duration",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%movespeed_steal_pct"}),
            Modifier("modifier_item_crellas_crozier_haste", Dispel="BASIC", Multiple=True,
                     Duration="%stack_duration",
                     Properties={"MOVESPEED_BONUS_PERCENTAGE": "%movespeed_steal_pct"}),
        ]),
]
