"""What attacks do, or carry."""

from dota_env_rpc.content.cleave import cleave
from dota_env_rpc.content.items.magic import PAY_BACK
from dota_env_rpc.content.vocabulary import (
    AddRegister,
    ApplyModifier,
    Area,
    CreateIllusions,
    Damage,
    DestroyTrees,
    Dispel,
    DodgeProjectiles,
    If,
    Knockback,
    Modifier,
    MoveTo,
    PerformAttack,
    Remember,
    RemoveSelf,
    SetAmount,
    SetItemCharges,
    SetRegister,
    SpendMana,
    TrackingProjectile,
)
from dota_env_rpc.content.wearing import worn

CHOICES = (
    "Whether an attack pierces is rolled as the one before it is launched; of two shots in the air "
    "the later one decides for both.",
    "Slows of Orb of Frost, Orb of Corrosion and Eye of Skadi go by the kind of their target.",
    "Orb of Venom poisons no more often than its cooldown says.",
    "A lesser corruption of armor counts for nothing beside a greater one.",
    "Chain lightning leaps to the nearest enemies around who was hit, all at once.",
    "Echo Sabre's second attack lands together with the first.",
    "Specialist's Array shoots at others when an attack is launched.",
    "Quelling Blade and Battle Fury raise attacks on all that is no hero and no building, and of "
    "several the best alone.",
    "What attacks take more of Bloodthorn's target is magical damage of who used it.",
    "Harpoon draws each of the two by its part of the way between them; melee heroes and their "
    "target meet halfway, its least distance apart.",
    "Parasma's Magic Corruption comes with every attack on an enemy that is no building.",
    "Bash works for melee and ranged heroes by their own chance, at most once in its cooldown.",
    "Diffusal Blade's slow begins at all of it and fades in equal steps over its time.",
)

_HITS = "target.is_enemy and not target.is_building and not target.is_ward"


def _worse(name, others, number):
    """Returns a number that counts for nothing beside the debuffs of other items."""
    condition = " or ".join(f"has(parent, 'modifier_{other}_debuff')" for other in others)
    return f"0 if {condition} else {number}" if others else number


def _on_hit(name, duration, where=_HITS):
    return [If(where, [ApplyModifier(f"modifier_{name}_debuff", Duration=duration)])]


def _debuff(name, properties, **others):
    return Modifier(f"modifier_{name}_debuff", IsDebuff=True, Dispel="BASIC",
                    Properties=properties, **others)


def _restoration(key):
    return {"HP_REGEN_AMPLIFY_PERCENTAGE": f"-%{key}",
            "HEAL_AMPLIFY_PERCENTAGE_TARGET": f"-%{key}"}


def _roll(chance):
    """Returns listeners that keep in r0 whether the next attack pierces, in r1 whether the last.

    A melee attack lands before its release is noticed, a ranged one after it.
    """
    return {
        "OnCreated": [SetRegister(0, f"chance({chance})")],
        "OnAttack": [SetRegister(1, "r0"), SetRegister(0, f"chance({chance})")],
    }


def _pierce(chance, damage):
    return {"CANNOT_MISS": "r0",
            "PROCATTACK_BONUS_DAMAGE_MAGICAL":
                f"{damage} * (r1 if parent.is_ranged else r0)"
                " if target.is_enemy and not target.is_building else 0"}


def _critical():
    return {"PREATTACK_CRITICALSTRIKE":
            "%crit_multiplier if target.is_enemy and not target.is_building"
            " and chance(%crit_chance) else 0"}


def _chain(name, *keys, Partial="", Events=None, Modifiers=(), Unused=()):
    """Returns an item whose attacks send lightning to several."""
    return worn(
        name, *keys, Properties={"CANNOT_MISS": "r0"},
        Listens=_roll("%chain_chance") | {"OnAttackLanded": [
            If(f"r1 and {_HITS} and not has(parent, 'modifier_{name}_rest')", [
                ApplyModifier(f"modifier_{name}_rest", Target="PARENT"),
                Damage("%chain_damage"), Remember("TARGET"),
                Damage("%chain_damage", Target=Area(
                    "%chain_radius", Center="TARGET", Most="%chain_strikes - 1",
                    Where="not target.is_attacker")),
            ])]},
        Events=Events or {},
        Modifiers=[Modifier(f"modifier_{name}_rest", IsHidden=True, Duration="%chain_cooldown"),
                   *Modifiers],
        Unused=("chain_delay", "illusion_multiplier_pct", *Unused), Partial=Partial)


def _bash(name):
    """Returns the listeners and modifiers of a bash."""
    return {"OnAttackLanded": [If(f"{_HITS} and not has(parent, 'modifier_{name}_rest')", [
        If("chance(%bash_chance_ranged if parent.is_ranged else %bash_chance_melee)", [
            ApplyModifier(f"modifier_{name}_rest", Target="PARENT"),
            ApplyModifier(f"modifier_{name}_bash"),
            Damage("%bonus_chance_damage", Type="DAMAGE_TYPE_PHYSICAL",
                   Flags="NO_SPELL_AMPLIFICATION")])])]}, [
        Modifier(f"modifier_{name}_rest", IsHidden=True, Duration="%bash_cooldown"),
        Modifier(f"modifier_{name}_bash", IsDebuff=True, Dispel="STRONG", PiercesImmunity=True,
                 Duration="%bash_duration", States=["STUNNED"])]


_BASH, _BASH_MODIFIERS = _bash("item_basher")
_ABYSSAL, _ABYSSAL_MODIFIERS = _bash("item_abyssal_blade")
_CHOP = {"OnSpellStart": [DestroyTrees(1)]}
_BFURY_QUELL = "modifier_item_bfury_quelling"


def _quell(melee, ranged, unless="0"):
    return {"PREATTACK_BONUS_DAMAGE_TARGET":
            f"0 if target.is_hero or target.is_building or {unless}"
            f" else {ranged} if parent.is_ranged else {melee}"}


_BURNS = f"{_HITS} and target.mana > 0 and not state(target, 'MAGIC_IMMUNE')"
_MANA_BREAK = {"OnAttackLanded": [If(_BURNS, [
    Damage("%damage_per_burn * min(%feedback_mana_burn, target.mana)",
           Type="DAMAGE_TYPE_PHYSICAL", Flags="NO_SPELL_AMPLIFICATION"),
    SpendMana("%feedback_mana_burn", Target="TARGET")])]}


def _fading(seconds, steps):
    """Returns what is 100 at first and falls to 0 in equal steps within the seconds."""
    return f"100 * (1 - floor(elapsed / {seconds} * {steps}) / {steps})"


def _echo(name, cooldown):
    return {"OnAttackLanded": [
        If(f"{_HITS} and parent.is_melee and not has(parent, 'modifier_{name}_rest')", [
            ApplyModifier(f"modifier_{name}_rest", Target="PARENT"),
            ApplyModifier(f"modifier_{name}_debuff", Duration="%slow_duration"),
            PerformAttack()])]}, [
        Modifier(f"modifier_{name}_rest", IsHidden=True, Duration=cooldown),
        _debuff(name, {"MOVESPEED_BONUS_PERCENTAGE": "-%movement_slow"})]


_ECHO, _ECHO_MODIFIERS = _echo("item_echo_sabre", "%AbilityCooldown")
_HARPOON, _HARPOON_MODIFIERS = _echo("item_harpoon", "%passive_cooldown")
# How far each of the two is drawn.
_PULL = ("max(0.5 * (distance(caster, target) - %min_distance), 0) if caster.is_melee"
         " else 0.01 * %pull_distance_pct * min(distance(caster, target), %max_distance)")
# Whether an attack shoots at others too is kept in r1.
_SPLIT = {"PROCATTACK_BONUS_DAMAGE_PHYSICAL": "%base_proc_dmg * r1"}


def _split_shot(hit=()):
    """Returns what an attack does that may shoot at others in front of its attacker.

    hit: what is done to each of the others.
    """
    return [
        SetRegister(1, "parent.is_ranged * chance(%proc_chance)"),
        If("r1", [
            Remember("TARGET"),
            PerformAttack(
                BonusDamage="%base_proc_dmg", DamagePercent="%proc_dmg_pct",
                WithProjectile=True, NoProcs=True, OnHit=hit, Target=Area(
                    "parent.attack_range + %secondary_target_range_bonus",
                    Center="PARENT", Most="%count", Flags="FOW_VISIBLE",
                    Where="not target.is_attacker"
                          " and front_angle <= 0.5 * %secondary_target_angle"))])]


def _witch_blade(name, *keys, strike=(), Modifiers=()):
    """Returns an item whose next attack poisons. strike: what every attack does besides."""
    rest = f"modifier_{name}_rest"
    return worn(
        name, *keys, Multiple=False,
        Properties={"CANNOT_MISS": f"not has(parent, '{rest}')"},
        Listens={"OnAttackLanded": [*strike, If(f"{_HITS} and not has(parent, '{rest}')", [
            ApplyModifier(rest, Target="PARENT"),
            ApplyModifier(f"modifier_{name}_debuff", Duration="%slow_duration")])]},
        Modifiers=[
            Modifier(rest, IsHidden=True, Duration="%AbilityCooldown"),
            _debuff(name, {"MOVESPEED_BONUS_PERCENTAGE": "-%slow"}, ThinkInterval=1,
                    Events={"OnIntervalThink": [
                        Damage("%int_damage_multiplier * caster.intelligence")]}),
            *Modifiers,
        ],
        Unused=("projectile_speed",))


def _walk(name, *keys, strike=(), Modifiers=(), Unused=(), Properties=None):
    """Returns an item that hides its wearer until it attacks or casts.

    Register 0 of what hides it: whether an attack is on its way, which is seen.
    """
    walk = f"modifier_{name}_windwalk"
    return worn(
        name, *keys,
        Events={"OnSpellStart": [ApplyModifier(walk, Target="CASTER")]},
        Modifiers=[Modifier(
            walk, Duration="%windwalk_duration", Dynamic=True,
            States=["INVISIBLE", "NO_UNIT_COLLISION"],
            StatesWhere="elapsed >= %windwalk_fade_time and not r0",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%windwalk_movement_speed",
                        "PROCATTACK_BONUS_DAMAGE_PHYSICAL":
                            "%windwalk_bonus_damage if not target.is_building else 0"},
            Events={"OnAttack": [SetRegister(0, 1)],
                    "OnAttackLanded": [*strike, RemoveSelf()],
                    "OnAttackFailed": [RemoveSelf()],
                    # What is cast during the fade, like the use itself, shows nobody.
                    "OnAbilityExecuted": [
                        If("elapsed >= %windwalk_fade_time", [RemoveSelf()])]}), *Modifiers],
        Unused=Unused)


ITEMS = [
    worn("item_javelin", Properties=_pierce("%bonus_chance", "%bonus_chance_damage"),
         Listens=_roll("%bonus_chance")),
    worn("item_monkey_king_bar", "bonus_damage", "bonus_attack_speed", "melee_attack_range",
         Properties=_pierce("%bonus_chance", "%bonus_chance_damage"),
         Listens=_roll("%bonus_chance")),
    worn("item_lesser_crit", "bonus_damage", Properties=_critical(),
         Unused=("tooltip_crit_damage",)),
    worn("item_greater_crit", "bonus_damage", Properties=_critical()),
    worn("item_quelling_blade", Events=_CHOP, Multiple=False,
         Properties=_quell("%damage_bonus", "%damage_bonus_ranged",
                           f"has(parent, '{_BFURY_QUELL}')"),
         Unused=("quelling_range_tooltip",)),
    worn("item_bfury", "bonus_damage", "bonus_health_regen", "bonus_mana_regen", Events=_CHOP,
         Passives=[_BFURY_QUELL], Modifiers=[Modifier(
             _BFURY_QUELL, IsHidden=True,
             Properties=_quell("%quelling_bonus", "%quelling_bonus_ranged"))],
         Listens={"OnAttackLanded": [If("parent.is_melee", [cleave(
             "%cleave_damage_percent_creep if target.is_creep else %cleave_damage_percent",
             "%cleave_starting_width", "%cleave_ending_width", "%cleave_distance")])]},
         Unused=("upgraded_cleave_bonus", "upgraded_damage_bonus")),
    worn(
        "item_orb_of_venom",
        Listens={"OnAttackLanded": [
            If(f"{_HITS} and not has(parent, 'modifier_item_orb_of_venom_rest')", [
                ApplyModifier("modifier_item_orb_of_venom_debuff"),
                ApplyModifier("modifier_item_orb_of_venom_rest", Target="PARENT")])]},
        Modifiers=[
            Modifier("modifier_item_orb_of_venom_rest", IsHidden=True,
                     Duration="%AbilityCooldown"),
            _debuff("item_orb_of_venom", {}, Duration="%poison_duration",
                    ThinkInterval="%tick_interval",
                    Events={"OnIntervalThink": [Damage("%damage * %tick_interval")]}),
        ]),
    worn(
        "item_blight_stone", Multiple=False,
        Listens={"OnAttackLanded": _on_hit(
            "item_blight_stone", "%corruption_duration", "target.is_enemy")},
        Modifiers=[_debuff("item_blight_stone", {"PHYSICAL_ARMOR_BONUS": _worse(
            "item_blight_stone", ("item_orb_of_corrosion", "item_desolator"),
            "%corruption_armor")}, PiercesImmunity=True)]),
    worn(
        "item_orb_of_frost", Multiple=False,
        Listens={"OnAttackLanded": _on_hit("item_orb_of_frost", "%duration")},
        Modifiers=[_debuff("item_orb_of_frost", {
            "MOVESPEED_BONUS_PERCENTAGE": _worse(
                "item_orb_of_frost", ("item_orb_of_corrosion", "item_skadi"),
                "%slow_melee if parent.is_melee else %slow_ranged"),
            **_restoration("heal_reduction")})]),
    worn(
        "item_orb_of_corrosion", "bonus_agility",
        Listens={"OnAttackLanded": _on_hit("item_orb_of_corrosion", "%duration")},
        Modifiers=[_debuff("item_orb_of_corrosion", {
            "PHYSICAL_ARMOR_BONUS": _worse(
                "item_orb_of_corrosion", ("item_desolator",), "%corruption_armor"),
            "MOVESPEED_BONUS_PERCENTAGE": _worse(
                "item_orb_of_corrosion", ("item_skadi",),
                "%slow_melee if parent.is_melee else %slow_ranged"),
            **_restoration("heal_reduction")})]),
    worn(
        "item_skadi", "bonus_all_stats", "bonus_health", "bonus_mana",
        Listens={"OnAttackLanded": _on_hit("item_skadi", "%cold_duration")},
        Modifiers=[_debuff("item_skadi", {
            "MOVESPEED_BONUS_PERCENTAGE":
                "%cold_slow_melee if parent.is_melee else %cold_slow_ranged",
            "ATTACKSPEED_PERCENTAGE":
                "%cold_attack_slow_melee if parent.is_melee else %cold_attack_slow_ranged",
            **_restoration("restoration_reduction")})]),
    worn(
        "item_desolator", "bonus_damage", Multiple=False,
        # Its charges tell how much it has gained.
        Properties={"PREATTACK_BONUS_DAMAGE": "charges"},
        Listens={
            "OnAttackLanded": _on_hit(
                "item_desolator", "%corruption_duration", "target.is_enemy")},
        Modifiers=[_debuff(
            "item_desolator", {"PHYSICAL_ARMOR_BONUS": "%corruption_armor"},
            PiercesImmunity=True,
            Events={"OnDeath": [If("parent.is_hero and not parent.is_illusion", [SetItemCharges(
                "%bonus_damage_per_kill", Add=True, Most="%max_damage")])]})],
        Unused=("bonus_damage_per_assist",)),
    worn(
        "item_disperser", "bonus_agility", "bonus_intellect", Listens=_MANA_BREAK,
        Multiple=False,
        Events={"OnSpellStart": [
            Dispel(Target="CASTER", Debuffs=True),
            ApplyModifier("modifier_item_disperser_buff", Target="CASTER"),
            If("target.is_enemy", [
                Dispel(Buffs=True),
                ApplyModifier("modifier_item_disperser_debuff",
                              Duration="%enemy_effect_duration"),
            ], [Dispel(Debuffs=True), ApplyModifier("modifier_item_disperser_buff")])]},
        Modifiers=[
            _debuff("item_disperser", {
                "MOVESPEED_BONUS_PERCENTAGE":
                    f"-{_fading('%enemy_effect_duration', '%purge_rate')}"}, Dynamic=True),
            Modifier(
                "modifier_item_disperser_buff", Dispel="BASIC",
                Duration="%ally_effect_duration", Dynamic=True, Properties={
                    "MOVESPEED_BONUS_PERCENTAGE": "0.01 * %phase_movement_speed * " + _fading(
                        "%ally_effect_duration", "%movement_speed_buff_rate"),
                    "SLOW_RESISTANCE_STACKING": "%slow_resist"}),
        ],
        Unused=("feedback_mana_burn_illusion_melee", "feedback_mana_burn_illusion_ranged",
                "purge_root_duration")),
    worn("item_basher", "bonus_damage", "bonus_strength", Listens=_BASH, Multiple=False,
         Modifiers=_BASH_MODIFIERS),
    worn(
        "item_abyssal_blade", "bonus_damage", "bonus_strength", "slow_resistance",
        "hp_regen_amp", Listens=_ABYSSAL, Multiple=False,
        Events={"OnSpellStart": [ApplyModifier("modifier_item_abyssal_blade_stun")]},
        Modifiers=[*_ABYSSAL_MODIFIERS, Modifier(
            "modifier_item_abyssal_blade_stun", IsDebuff=True, Dispel="STRONG",
            PiercesImmunity=True, Duration="%stun_duration", States=["STUNNED"])]),
    _chain("item_maelstrom", "bonus_damage", "bonus_attack_speed"),
    _chain(
        "item_mjollnir", "bonus_damage", "bonus_attack_speed",
        Events={"OnSpellStart": [ApplyModifier("modifier_item_mjollnir_static")]},
        Modifiers=[Modifier(
            "modifier_item_mjollnir_static", Dispel="BASIC", Duration="%static_duration",
            Events={"OnAttacked": [
                If("seconds - r0 >= %static_cooldown and attacker.is_enemy"
                   " and not attacker.is_building"
                   " and distance(parent, attacker) <= %static_primary_radius", [
                    If("chance(%static_chance)", [
                        SetRegister(0, "seconds"),
                        Damage("%static_damage", Target="ATTACKER"),
                        Damage("%static_damage", Target=Area(
                            "%static_seconary_radius", Center="PARENT", Most="%static_strikes",
                            Where="not target.is_attacker"))])])]})],
        Unused=("static_radius", "max_charges")),
    worn(
        "item_mask_of_madness", "bonus_damage", "lifesteal_percent",
        Events={"OnSpellStart": [
            ApplyModifier("modifier_item_mask_of_madness_berserk", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_item_mask_of_madness_berserk", Dispel="BASIC",
            Duration="%berserk_duration", States=["SILENCED"],
            Properties={
                "ATTACKSPEED_BONUS_CONSTANT": "%berserk_bonus_attack_speed",
                "MOVESPEED_BONUS_PERCENTAGE":
                    "%berserk_bonus_movement_speed if parent.is_ranged"
                    " else %berserk_bonus_movement_speed_melee",
                "SLOW_RESISTANCE_STACKING": "%berserk_slow_resist if parent.is_ranged"
                                            " else %berserk_slow_resist_melee",
                "PHYSICAL_ARMOR_BONUS": "-%berserk_armor_reduction"})]),
    worn("item_echo_sabre", "bonus_damage", "bonus_strength", "bonus_mana_regen",
         Listens=_ECHO, Modifiers=_ECHO_MODIFIERS, Multiple=False),
    worn(
        "item_harpoon", "bonus_damage", "bonus_strength", "bonus_agility", "bonus_intellect",
        "bonus_mana_regen", Listens=_HARPOON, Modifiers=_HARPOON_MODIFIERS, Multiple=False,
        Events={"OnSpellStart": [If(
            "target.is_alive",
            [TrackingProjectile("%projectile_speed", OnHit=[
                SetAmount(f"-({_PULL})"),
                Knockback("amount", "%pull_duration", Stuns=False),
                Knockback("amount", "%pull_duration", Target="CASTER", Center="TARGET",
                          Stuns=False)])],
            [MoveTo(Target="CASTER", Duration="%pull_duration")])]},
        Unused=("cast_range_enemy", "push_length")),
    worn(
        "item_diffusal_blade", "bonus_agility", "bonus_intellect",
        Listens=_MANA_BREAK, Multiple=False,
        Events={"OnSpellStart": [ApplyModifier(
            "modifier_item_diffusal_blade_debuff", Duration="%purge_slow_duration")]},
        Modifiers=[_debuff("item_diffusal_blade", {
            "MOVESPEED_BONUS_PERCENTAGE": f"-{_fading('%purge_slow_duration', '%purge_rate')}",
        }, Dynamic=True)],
        Unused=("feedback_mana_burn_illusion_melee", "feedback_mana_burn_illusion_ranged",
                "purge_root_duration")),
    _witch_blade("item_witch_blade", "bonus_attack_speed", "bonus_intellect",
                 "bonus_mana_regen", "bonus_armor"),
    _witch_blade(
        "item_devastator", "bonus_attack_speed", "bonus_intellect", "bonus_mana_regen",
        "bonus_armor",
        strike=[If(_HITS, [ApplyModifier("modifier_item_devastator_corruption")])],
        Modifiers=[Modifier(
            "modifier_item_devastator_corruption", IsDebuff=True, Dispel="BASIC",
            PiercesImmunity=True, Duration="%passive_cooldown",
            Properties={"MAGICAL_RESISTANCE_BONUS": "-%active_mres_reduction"})]),
    worn(
        "item_specialists_array", "all_stats", "agility", "damage", Multiple=False,
        Properties=_SPLIT, Listens={"OnAttack": _split_shot()},
        Unused=("proc_dmg_pct_primary_tooltip",)),
    worn(
        "item_hydras_breath", "strength", "agility", "damage", "base_attack_range",
        Multiple=False, Properties=_SPLIT,
        Listens={
            "OnAttack": _split_shot(_on_hit("item_hydras_breath", "%poison_duration")),
            "OnAttackLanded": _on_hit("item_hydras_breath", "%poison_duration")},
        Modifiers=[_debuff("item_hydras_breath", {}, ThinkInterval=1, Events={
            "OnIntervalThink": [Damage("0.01 * %poison_damage_per_second * parent.max_health"),
                                Damage("%poison_base_damage")]})],
        Unused=("proc_dmg_pct_primary_tooltip", "base_count")),
    _walk("item_invis_sword", "bonus_damage", "bonus_attack_speed"),
    _walk(
        "item_silver_edge", "bonus_damage", "bonus_attack_speed", "bonus_strength",
        "bonus_intellect", "bonus_mana_regen",
        strike=[If("target.is_enemy and not target.is_building",
                   [ApplyModifier("modifier_silver_edge_debuff")])],
        Modifiers=[Modifier(
            "modifier_silver_edge_debuff", IsDebuff=True, Duration="%backstab_duration",
            States=["PASSIVES_DISABLED"],
            Properties={"MOVESPEED_LIMIT": "%max_movement_speed"})],
        Unused=("visibility_radius",)),
    worn(
        "item_bloodthorn", "bonus_intellect", "bonus_attack_speed", "bonus_mana_regen",
        "bonus_health_regen", "bonus_damage",
        Properties=_pierce("%proc_chance", "%passive_proc_damage"), Listens=_roll("%proc_chance"),
        Events={"OnSpellStart": [ApplyModifier("modifier_item_bloodthorn_debuff")]},
        Modifiers=[Modifier(
            "modifier_item_bloodthorn_debuff", IsDebuff=True, Dispel="BASIC",
            Duration="%silence_duration", States=["SILENCED"],
            Properties={"ATTACKED_WITHOUT_MISS": "target.is_own"},
            Events={
                "OnTakeDamage": [AddRegister(0, "amount")],
                "OnAttacked": [If("not attacker.is_building", [Damage(
                    "%proc_damage_heroes if attacker.is_hero else %proc_damage_creeps",
                    Target="PARENT", Flags="NO_SPELL_AMPLIFICATION")])],
                "OnDestroy": PAY_BACK})],
        Unused=("duration", "spell_amp_debuff")),
    worn(
        "item_mage_slayer", "bonus_magical_armor", "bonus_health_regen", "bonus_mana_regen",
        "bonus_damage", Multiple=False,
        Listens={"OnAttackLanded": _on_hit("item_mage_slayer", "%duration")},
        Modifiers=[_debuff(
            "item_mage_slayer", {"SPELL_AMPLIFY_PERCENTAGE": "-%spell_amp_debuff"},
            ThinkInterval=1, Events={"OnIntervalThink": [Damage(
                "%dps", Type="DAMAGE_TYPE_PHYSICAL", Flags="NO_SPELL_AMPLIFICATION")]})]),
    worn(
        "item_revenants_brooch", "bonus_damage", "spell_lifesteal", Multiple=False,
        Properties={"PROCATTACK_BONUS_DAMAGE_MAGICAL":
                    "0.01 * %crit_multiplier * amount if target.is_enemy"
                    " and not target.is_building and chance(%crit_chance) else 0"}),
    worn(
        "item_satanic", "bonus_strength", "bonus_damage", "lifesteal_percent",
        Events={"OnSpellStart": [
            Dispel(Target="CASTER", Debuffs=True),
            ApplyModifier("modifier_item_satanic_unholy", Target="CASTER")]},
        Modifiers=[Modifier(
            "modifier_item_satanic_unholy", Duration="%unholy_duration",
            Properties={"LIFESTEAL_PERCENTAGE": "%unholy_lifesteal_percent"})],
        Unused=("unholy_lifesteal_total_tooltip",)),
    worn(
        "item_heavens_halberd", "bonus_armor", "bonus_health_regen", "bonus_evasion",
        Events={"OnSpellStart": [ApplyModifier(
            "modifier_heavens_halberd_debuff",
            Duration="%disarm_range if target.is_ranged else %disarm_melee")]},
        Modifiers=[Modifier("modifier_heavens_halberd_debuff", IsDebuff=True, Dispel="STRONG",
                            States=["DISARMED"])]),
    worn(
        "item_manta", "bonus_strength", "bonus_agility", "bonus_intellect",
        "bonus_attack_speed",
        Properties={"MOVESPEED_BONUS_PERCENTAGE_UNIQUE": "%bonus_movement_speed"},
        Events={"OnSpellStart": [
            Dispel(Target="CASTER", Debuffs=True), DodgeProjectiles(),
            CreateIllusions(
                "%images_count", "%illusion_duration",
                "100 + (%images_do_damage_percent_ranged if caster.is_ranged"
                " else %images_do_damage_percent_melee)",
                "100 + %images_take_damage_percent")]},
        Unused=("tooltip_damage_outgoing_melee", "tooltip_damage_incoming_total_pct",
                "tooltip_damage_outgoing_ranged", "invuln_duration", "vision_radius")),
]
