"""Riki."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddRegister,
    ApplyModifier,
    Area,
    Blink,
    CreateThinker,
    GiveExperience,
    If,
    Modifier,
    PerformAttack,
    RemoveModifier,
    SetPoint,
    SetRegister,
    TurnTo,
)

CHOICES = (
    "Blink Strike: Riki comes to stand right behind the target and gets no order to attack on.",
    "Blink Strike: its attack shows Riki as any other does; the bonus damage is not multiplied by "
    "a critical strike.",
    "Tricks of the Trade: the first strike comes one interval after the channel's start, the last "
    "with its end; each picks its targets anew.",
    "Tricks of the Trade: each whole speed_per_attack of all attack speed adds a strike, as of the "
    "strike before.",
    "Tricks of the Trade: its attacks do the fixed damage, with the talent that part of base "
    "attack damage too, and Backstab's.",
    "Tricks of the Trade: with Scepter it takes longer and strikes more often on any ground, not "
    "in an ally alone.",
    "Backstab: from behind is within half of the angle to either side of where the back points; "
    "its damage is not multiplied by a critical strike; buildings and wards have no back.",
    "Cloak and Dagger: attacks alone end the invisibility, as they are launched; spells and items "
    "do not.",
    "Cloak and Dagger: Riki is seen for the fade delay after he has learned it.",
)

_SMOKE = "modifier_riki_smoke_screen"
_TRICKS = "modifier_riki_tricks_of_the_trade_phase"
_HOST = "modifier_riki_tricks_of_the_trade_host"
_CLOAK = "modifier_riki_backstab"
_FADE = "modifier_riki_backstab_fade"
_DEGREES = 57.29577951308232  # in a radian


ABILITIES = [
    Ability(
        "riki_smoke_screen",
        Events={"OnSpellStart": [
            CreateThinker(f"{_SMOKE}_thinker"),
            If("%block_targeting", [CreateThinker(f"{_SMOKE}_shroud_thinker")]),
        ]},
        Modifiers=[
            Modifier(f"{_SMOKE}_shroud_thinker", Duration="%AbilityDuration",
                     Aura=f"{_SMOKE}_shroud", AuraRadius="%radius", AuraTeams="ENEMY"),
            Modifier(f"{_SMOKE}_shroud", IsDebuff=True, IsHidden=True,
                     States=["UNTARGETABLE_ALLIED"]),
            Modifier(f"{_SMOKE}_thinker", Duration="%AbilityDuration", Aura=_SMOKE,
                     AuraRadius="%radius", AuraTeams="ENEMY"),
            Modifier(_SMOKE, IsDebuff=True, States=["SILENCED"], Properties={
                "MISS_PERCENTAGE": "%miss_rate",
                "PHYSICAL_ARMOR_BONUS": "-%armor_reduction",
            }),
        ],
    ),
    Ability(
        "riki_blink_strike",
        TargetTeam="BOTH", TargetTypes="HERO | BASIC", CastOnSelf=False,
        Events={"OnSpellStart": [
            SetPoint(Center="TARGET", Distance="-(target.bound_radius + caster.bound_radius)",
                     Angle=f"(target.facing - caster.facing) * {_DEGREES}"),
            Blink("CASTER"),
            TurnTo("CASTER", Center="TARGET"),
            If("target.is_enemy", [
                ApplyModifier("modifier_riki_blinkstrike_slow"),
                ApplyModifier(_FADE, Target="CASTER"),
                PerformAttack("TARGET", BonusDamage="%bonus_damage"),
            ]),
        ]},
        Modifiers=[Modifier(
            "modifier_riki_blinkstrike_slow", IsDebuff=True, PiercesImmunity=True,
            Dispel="BASIC", Duration="%slow",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%slow_pct_tooltip"})],
    ),
    Ability(
        "riki_tricks_of_the_trade",
        CastOnSelf=False,
        ChannelAllows={"riki_smoke_screen": 1},
        ScepterBehavior=("point", "aoe", "channelled", "unit_target"),
        StandardPlus={"CHANNEL_TIME": "scepter_bonus_duration"},
        Events={
            "OnSpellStart": [
                If("target.is_alive", [
                    ApplyModifier(_HOST, Duration="%AbilityChannelTime"),
                    SetPoint(Center="TARGET"),
                ]),
                Blink("CASTER"),
                # A little longer, so that the last strike is within it.
                ApplyModifier(_TRICKS, Target="CASTER", Duration="%AbilityChannelTime + 0.1"),
            ],
            "OnChannelFinish": [
                RemoveModifier(_TRICKS, Target="CASTER"), RemoveModifier(_HOST)],
        },
        Modifiers=[
            Modifier(
                _TRICKS, States=["OUT_OF_GAME", "INVULNERABLE", "NO_UNIT_COLLISION"],
                ThinkInterval="%AbilityChannelTime / (%attack_count + %scepter_bonus_attacks"
                              " + floor(parent.attack_speed / %speed_per_attack))",
                Events={"OnIntervalThink": [ActOnTargets(
                    Area("%radius", Center="PARENT", Most="%interval_targets",
                         Flags="MAGIC_IMMUNE_ENEMIES | NOT_ATTACK_IMMUNE | RANDOM"), [
                        PerformAttack(
                            "TARGET", DamagePercent=0,
                            BonusDamage="%attack_damage"
                                        " + 0.01 * %base_attack_damage_pct * caster.base_damage"),
                    ])]}),
            Modifier(
                _HOST, ThinkInterval=0,
                Properties={"MOVESPEED_BONUS_PERCENTAGE": "%scepter_movespeed"},
                Events={"OnIntervalThink": [Blink("CASTER", Center="PARENT", Dodges=False)]}),
        ],
        Unused=("agility_pct", "dispel", "pocket_riki_enabled",
                "cd_per_kill", "creep_agility_multiplier", "cooldown_reduction_per_creep_kill"),
    ),
    Ability(
        "riki_innate_backstab",
        Passives=["modifier_riki_innate_backstab"],
        Modifiers=[Modifier(
            "modifier_riki_innate_backstab", IsHidden=True,
            Properties={
                "PROCATTACK_BONUS_DAMAGE_PHYSICAL":
                    "%damage_multiplier * caster.agility"
                    " * (1 if target.is_enemy else 0.01 * %ally_multiplier)"
                    f" if (back_angle <= 0.5 * %backstab_angle or has(caster, '{_TRICKS}'))"
                    " and not target.is_building and not target.is_ward else 0",
            })],
        Unused=("bonus_xp_kill", "bonus_xp_assist", "bonus_xp_assist_other"),
    ),
    Ability(
        "riki_backstab",
        Passives=[_CLOAK, f"{_CLOAK}_experience"],
        Modifiers=[
            Modifier(
                _CLOAK, Breakable=True, Dynamic=True, States=["INVISIBLE"],
                StatesWhere=f"not has(parent, '{_FADE}')",
                Properties={
                    "MOVESPEED_BONUS_PERCENTAGE":
                        f"%invis_movespeed_bonus_percent if not has(parent, '{_FADE}') else 0",
                },
                Events={
                    "OnCreated": [ApplyModifier(_FADE, Target="PARENT")],
                    "OnAttack": [ApplyModifier(_FADE, Target="PARENT")],
                }),
            Modifier(_FADE, IsHidden=True, Duration="%fade_delay"),
            # r0, r1: the kills and assists that it has given experience for.
            Modifier(
                f"{_CLOAK}_experience", IsHidden=True,
                Events={
                    "OnCreated": [
                        SetRegister(0, "caster.kills"), SetRegister(1, "caster.assists")],
                    "OnHeroKilled": If(
                        "caster.kills > r0",
                        [AddRegister(0, 1), GiveExperience("%bonus_xp_kill")],
                        [If("caster.assists > r1",
                            [AddRegister(1, 1), GiveExperience("%bonus_xp_assist")])]),
                }),
        ],
    ),
]
