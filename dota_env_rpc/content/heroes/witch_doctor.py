"""Witch Doctor."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    ApplyModifier,
    Area,
    Damage,
    Delay,
    Do,
    ForceAttack,
    GiveItem,
    Heal,
    If,
    Modifier,
    OwnedUnits,
    Remember,
    RemoveModifier,
    RemoveUnit,
    SetAmount,
    SetRegister,
    SetToggle,
    SpawnUnit,
    SpendMana,
    TrackingProjectile,
)

CHOICES = (
    "Paralyzing Cask stuns before it deals its damage, goes on to the nearest other enemy, cannot "
    "be dodged, and its first hit is not counted among its bounces; it does nothing to who became "
    "immune to debuffs on its way, and goes on from there.",
    "Voodoo Restoration takes its mana cost when it is switched on and heals for the first time "
    "one interval later; it ends when the mana does not last for another interval.",
    "Maledict's bursts come after the damage of the same second, in equal parts of its duration, "
    "and count lost health in fractions of the threshold.",
    "Death Ward shoots at the nearest visible enemy hero in its range and takes no orders. Its "
    "damage is no spell's: it is not amplified, and who is immune to debuffs takes it too. With "
    "the Scepter it strikes every other enemy hero within the bounce radius of its target at "
    "once, and heals Witch Doctor by its part of each damage.",
    "Voodoo Switcheroo's ward has the numbers of the learned Death Ward, and no damage without "
    "one.",
)
_SECOND = 1
# Less than a tick: done in every tick.
_EVERY_TICK = 0.01

_CASK = "modifier_witch_doctor_paralyzing_cask"
_PARALYZING_CASK = Ability(
    "witch_doctor_paralyzing_cask",
    Events={"OnSpellStart": [
        TrackingProjectile("%speed", OnHit=[Do("hit")], Dodgeable=False),
    ]},
    Lists={"hit": [
        If("not state(target, 'MAGIC_IMMUNE')", [
            ApplyModifier(
                _CASK, Duration="%hero_duration if target.is_hero else %creep_duration"),
            Damage("(%base_damage + %bounce_bonus_damage * amount)"
                   " * (1 if target.is_hero else %creep_damage_pct / 100)"),
        ]),
        If("amount < %bounces", [
            Remember(),
            SetAmount("amount + 1"),
            Delay("%bounce_delay", [
                TrackingProjectile(
                    "%speed",
                    Target=Area("%bounce_range", Center="ATTACKER", Most=1,
                                Where="not target.is_attacker"),
                    OnHit=[Do("hit")], Dodgeable=False),
            ]),
        ]),
    ]},
    Modifiers=[Modifier(_CASK, IsDebuff=True, Dispel="STRONG", States=["STUNNED"])],
)

_RESTORATION = "modifier_voodoo_restoration_aura"
_VOODOO_RESTORATION = Ability(
    "witch_doctor_voodoo_restoration",
    Events={
        "OnToggleOn": [
            SpendMana("%AbilityManaCost"),
            ApplyModifier(_RESTORATION, Target="CASTER"),
        ],
        "OnToggleOff": [RemoveModifier(_RESTORATION, Target="CASTER")],
    },
    Modifiers=[Modifier(
        _RESTORATION, ThinkInterval="%heal_interval",
        Events={"OnIntervalThink": [
            If("caster.mana < %mana_per_second * %heal_interval", [SetToggle(0)], [
                SpendMana("%mana_per_second * %heal_interval"),
                Heal("(%heal + target.max_health * %bonus_heal_percent / 100) * %heal_interval",
                     Target=Area("%radius", Center="CASTER", Teams="FRIENDLY")),
            ]),
        ]})],
    Unused=("tooltip_mana_per_second", "does_heal_all_allies", "does_damage",
            "self_only_heal_percentage"),
)

_CURSE = "modifier_maledict"
_MALEDICT = Ability(
    "witch_doctor_maledict",
    Events={"OnSpellStart": [
        ApplyModifier(_CURSE, Registers=("target.health",), Target=Area(
            "%radius", Where="target.is_hero or target.is_summon")),
    ]},
    Modifiers=[Modifier(
        _CURSE, IsDebuff=True, Duration="%AbilityDuration", ThinkInterval=_SECOND,
        Events={"OnIntervalThink": [
            Damage("%AbilityDamage"),
            If(f"elapsed % (%AbilityDuration / %ticks) < {_SECOND}", [
                SetAmount("max(r0 - parent.health, 0) / %bonus_damage_threshold * %bonus_damage"),
                Damage("amount"),
                If("%spread_radius > 0", [
                    Remember("PARENT"),
                    TrackingProjectile(
                        "%spread_speed",
                        Target=Area("%spread_radius", Center="PARENT",
                                    Where="not target.is_attacker"),
                        OnHit=[Damage("amount * %spread_pct / 100")]),
                ]),
            ]),
        ]})],
)

_WARD_UNIT = "npc_dota_witch_doctor_death_ward"
_WARD = "modifier_witch_doctor_death_ward"
_WARD_SAFE = "modifier_witch_doctor_death_ward_invulnerable"
_SHOT_AT = "MAGIC_IMMUNE_ENEMIES | FOW_VISIBLE | NO_INVIS | NOT_ATTACK_IMMUNE"


def _ward(name: str, of: str, damage: str, properties: dict, ends: list) -> Modifier:
    """Returns what makes a unit a Death Ward.

    of: the ability whose numbers it has, with a dot, where it is not its own. damage: what a shot
    deals. ends: what is done every tick first.
    """
    shot = [
        Damage(damage, Type="DAMAGE_TYPE_PURE",
               Flags="NO_SPELL_AMPLIFICATION | PIERCES_IMMUNITY"),
        Heal(f"{damage} * %{of}scepter_lifesteal / 100", Target="CASTER"),
    ]
    return Modifier(
        name, IsHidden=True, States=["DISARMED"], StatesWhere="r0 == 0",
        Properties={
            "ACCURACY_PERCENTAGE": f"%{of}bonus_accuracy",
            "ATTACK_RANGE_BONUS": f"%{of}bonus_attack_range",
            **properties,
        },
        ThinkInterval=_EVERY_TICK,
        Events={
            "OnCreated": [ApplyModifier(_WARD_SAFE)],
            "OnIntervalThink": [
                *ends,
                SetRegister(0, 0),
                ActOnTargets(
                    Area("parent.attack_range + 2 * parent.bound_radius", Center="PARENT",
                         Types="HERO", Flags=_SHOT_AT, Most=1),
                    [SetRegister(0, 1), ForceAttack("PARENT", Center="TARGET")]),
            ],
            "OnAttackLanded": [
                *shot,
                If(f"%{of}bounce_radius > 0", [
                    Remember(),
                    ActOnTargets(
                        Area(f"%{of}bounce_radius", Center="TARGET", Types="HERO",
                             Flags=_SHOT_AT, Where="not target.is_attacker"),
                        shot),
                ]),
            ],
        })


_DEATH_WARD = Ability(
    "witch_doctor_death_ward",
    Events={
        "OnSpellStart": [
            SpawnUnit(_WARD_UNIT, Duration="%AbilityChannelTime", ModifierName=_WARD),
        ],
        "OnChannelFinish": [
            RemoveUnit(OwnedUnits(Flags="INVULNERABLE", Where=f"has(target, '{_WARD}')")),
        ],
    },
    Modifiers=[
        _ward(_WARD, "", "%damage", {}, [
            If("not caster.is_alive or not caster.is_channelling", [RemoveUnit("PARENT")]),
        ]),
        Modifier(_WARD_SAFE, IsHidden=True, States=["INVULNERABLE"]),
    ],
    Unused=("attack_range_tooltip", "initial_target_count", "secondary_attack_damage_pct"),
)

_SWITCHEROO = "modifier_witch_doctor_voodoo_switcheroo"
_SWITCHEROO_WARD = "modifier_witch_doctor_voodoo_switcheroo_ward"
_OF_WARD = "witch_doctor_death_ward."
_VOODOO_SWITCHEROO = Ability(
    "witch_doctor_voodoo_switcheroo",
    Events={"OnSpellStart": [
        SpawnUnit(_WARD_UNIT, Center="CASTER", Duration="%duration",
                  ModifierName=_SWITCHEROO_WARD),
        ApplyModifier(_SWITCHEROO, Target="CASTER"),
    ]},
    Modifiers=[
        Modifier(_SWITCHEROO, Duration="%duration",
                 States=["INVULNERABLE", "OUT_OF_GAME", "STUNNED"]),
        _ward(_SWITCHEROO_WARD, _OF_WARD,
              f"min(learned('witch_doctor_death_ward'), 1) * %{_OF_WARD}damage",
              {"ATTACKSPEED_BONUS_CONSTANT": "-%attack_speed_reduction"}, []),
    ],
    GrantedBy="SHARD",
)

_GRIS_GRIS = Ability(
    "witch_doctor_gris_gris",
    Passives=["modifier_witch_doctor_gris_gris"],
    Modifiers=[Modifier("modifier_witch_doctor_gris_gris", IsHidden=True,
                        Events={"OnCreated": [GiveItem("item_grisgris", 0, "CASTER")]})],
    Unused=("death_gold_lost_reduction_pct_tooltip", "gold_tick_interval_tooltip"),
)

ABILITIES = [
    _PARALYZING_CASK, _VOODOO_RESTORATION, _MALEDICT, _DEATH_WARD, _VOODOO_SWITCHEROO,
    _GRIS_GRIS]
