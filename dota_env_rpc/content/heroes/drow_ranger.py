"""Drow Ranger."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ActOnTargets,
    AddRegister,
    AddStacks,
    ApplyModifier,
    Area,
    BlockGround,
    CreateThinker,
    Damage,
    Do,
    EndProjectile,
    If,
    Knockback,
    LinearProjectile,
    Mark,
    Modifier,
    RemoveModifier,
    Repeat,
    RunAbility,
    SetPoint,
    SetRegister,
)

CHOICES = (
    "Frost Arrows: the damage comes apart from the attack's, with it; a Hypothermia stack counts"
    " from the next arrow on.",
    "Gust: distance and time of the push shrink in a straight line with the target's distance,"
    " from their most beside Drow to nothing and their least at the end of the wave; the pushed go"
    " on with what they do as far as silence lets them.",
    "Gust: who was hit stays revealed, and Drow has the talent's speed, as long as the silence.",
    "Multishot: the first wave flies when the channel begins, the others at even steps, in the"
    " same direction from where Drow has got to; an enemy takes one arrow of a wave, and an arrow"
    " passes whom its wave has hit and ends at the first other enemy that it meets.",
    "Multishot: an arrow deals the part of the attack's damage as an attack, without what attacks"
    " set off but Frost Arrows, whether or not these are switched on.",
    "Marksmanship: whether the next attack is one is drawn when the last was launched, so that"
    " breaking off a swing draws nothing anew; heroes near are looked for every tenth of a"
    " second; illusions count among them, buildings are shot as ever.",
    "Precision Aura: the bonus counts all agility but its own, and is looked at every tenth of a"
    " second.",
    "Glacier: the hill is the circle of hilltop_offset around where it was cast; targets outside"
    " are below. The bonus damage is added to the attack's. Its front is an arc of pieces as wide"
    " as shard_width, a cell of the ground thick.",
)

# How armor lets physical damage through. Source: rules.json armor.factor.
_ARMOR = 0.06


def _let_through(armor: str) -> str:
    return f"(1 - {_ARMOR} * {armor} / (1 + {_ARMOR} * max({armor}, -{armor})))"


FROST_ARROWS = Ability(
    "drow_ranger_frost_arrows",
    IsOrb=True,
    # OnSpellStart is what the arrows of Multishot do.
    Events={"OnOrbImpact": [Do("freeze")], "OnSpellStart": [Do("freeze")]},
    Lists={"freeze": [If("target.is_alive and not state(target, 'MAGIC_IMMUNE')", [
        Damage(
            "%damage + %shard_bonus_damage_per_stack"
            " * stacks_of(target, 'modifier_drow_ranger_frost_arrows_hypothermia')",
            "DAMAGE_TYPE_PHYSICAL", Flags="ATTACK"),
        ApplyModifier("modifier_drow_ranger_frost_arrows_slow"),
        If("has_scepter", [
            ApplyModifier("modifier_drow_ranger_frost_arrows_hypothermia"),
            AddStacks(1, "modifier_drow_ranger_frost_arrows_hypothermia", Target="TARGET",
                      Most="%shard_max_stacks"),
        ]),
    ])]},
    Modifiers=[
        Modifier(
            "modifier_drow_ranger_frost_arrows_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%AbilityDuration",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%frost_arrows_movement_speed"}),
        Modifier(
            "modifier_drow_ranger_frost_arrows_hypothermia", IsDebuff=True, Dispel="BASIC",
            Duration="%shard_stack_duration",
            Properties={
                "HP_REGEN_AMPLIFY_PERCENTAGE": "-%shard_regen_reduction_pct_per_stack * stacks",
                "HEAL_AMPLIFY_PERCENTAGE_TARGET": "-%shard_regen_reduction_pct_per_stack * stacks",
            },
            Events={"OnDeath": [
                Damage("%shard_burst_damage_per_stack * stacks",
                       Target=Area("%shard_burst_radius", Center="PARENT")),
                ApplyModifier("modifier_drow_ranger_frost_arrows_burst_slow",
                              Target=Area("%shard_burst_radius", Center="PARENT")),
            ]}),
        Modifier(
            "modifier_drow_ranger_frost_arrows_burst_slow", IsDebuff=True, Dispel="BASIC",
            Duration="%shard_burst_slow_duration",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%shard_burst_move_slow_pct"}),
    ],
)

_NEARNESS = "max(0, 1 - distance(caster, target) / %wave_length)"

GUST = Ability(
    "drow_ranger_wave_of_silence",
    Events={"OnSpellStart": [
        LinearProjectile("%wave_speed", "%wave_length", "%wave_width", OnHit=[
            ApplyModifier("modifier_drow_ranger_wave_of_silence"),
            If("%gust_reveals_invis",
               [ApplyModifier("modifier_drow_ranger_wave_of_silence_reveal")]),
            Knockback(
                f"%knockback_distance_max * {_NEARNESS}",
                "%knockback_duration_min"
                f" + (%knockback_duration - %knockback_duration_min) * {_NEARNESS}",
                Stuns=False),
        ]),
        If("%bonus_movespeed",
           [ApplyModifier("modifier_drow_ranger_wave_of_silence_speed", Target="CASTER")]),
    ]},
    Modifiers=[
        Modifier("modifier_drow_ranger_wave_of_silence", IsDebuff=True, Dispel="BASIC",
                 Duration="%silence_duration", States=["SILENCED"]),
        Modifier("modifier_drow_ranger_wave_of_silence_reveal", IsDebuff=True, IsHidden=True,
                 Dispel="BASIC", Duration="%silence_duration", States=["REVEALED"]),
        Modifier("modifier_drow_ranger_wave_of_silence_speed", Dispel="BASIC",
                 Duration="%silence_duration",
                 Properties={"MOVESPEED_BONUS_PERCENTAGE": "%bonus_movespeed"}),
    ],
    Unused=("knockback_height", "miss_chance"),
)

# Far enough ahead that the few steps of a channel do not change the direction.
_FAR = 10000
_ARROW_RANGE = "%arrow_range_multiplier * caster.attack_range + %arrow_range_base"

MULTISHOT = Ability(
    "drow_ranger_multishot",
    ChannelAllows={"MOVE": 1, "ITEMS": 1, "drow_ranger_glacier": 1},
    Events={
        "OnSpellStart": [
            SetPoint(Center="CASTER", Distance=_FAR, TowardPoint=True),
            ApplyModifier("modifier_drow_ranger_multishot", Target="CASTER",
                          Duration="%AbilityChannelTime"),
        ],
        "OnChannelFinish": [RemoveModifier("modifier_drow_ranger_multishot", Target="CASTER")],
    },
    Lists={"shoot": [If("r0 < %wave_count", [
        AddRegister(0, 1),
        CreateThinker("modifier_drow_ranger_multishot_wave",
                      Duration=f"1 + ({_ARROW_RANGE}) / %arrow_speed"),
    ])]},
    Modifiers=[
        Modifier(
            # Register 0: how many waves were shot.
            "modifier_drow_ranger_multishot", ThinkInterval="%AbilityChannelTime / %wave_count",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "%multishot_movespeed - 100"},
            Events={"OnCreated": [Do("shoot")], "OnIntervalThink": [Do("shoot")]}),
        Modifier(
            # It marks whom an arrow of the wave has hit.
            "modifier_drow_ranger_multishot_wave", Events={"OnCreated": [
                Repeat("%arrow_count_per_wave", [LinearProjectile(
                    "%arrow_speed", _ARROW_RANGE, "%arrow_width",
                    Angle="%arrow_angle * (amount / (%arrow_count_per_wave - 1) - 0.5)",
                    TargetFlags="MAGIC_IMMUNE_ENEMIES", OnHit=[
                        If("not target.is_marked and travelled >= 0", [
                            Mark(),
                            EndProjectile(),
                            Damage("0.01 * %arrow_damage_pct * caster.attack_damage",
                                   "DAMAGE_TYPE_PHYSICAL", Flags="ATTACK"),
                            RunAbility("drow_ranger_frost_arrows"),
                        ])])])]}),
    ],
    Unused=("bypass_block",),
)

_HALF_CELL = 32  # map units: half of what the ground is divided into
GLACIER = Ability(
    "drow_ranger_glacier",
    GrantedBy="SHARD",
    Events={"OnSpellStart": [
        Knockback("%knockback_distance", "%knockback_duration", Target=Area(
            "%hilltop_offset", Center="CASTER")),
        Repeat("%shard_count", [
            SetPoint(Distance="%shard_distance",
                     Angle="(amount - (%shard_count - 1) / 2) * %shard_angle_step"),
            BlockGround(
                Start=f"%shard_distance - {_HALF_CELL}", Length=f"%shard_distance + {_HALF_CELL}",
                Width="%shard_width", Duration="%shard_duration", Hides=True),
        ]),
        CreateThinker("modifier_drow_ranger_glacier", Center="CASTER",
                      Duration="%shard_duration"),
        CreateThinker("modifier_drow_ranger_glacier_front", Center="CASTER",
                      Duration="%shard_duration"),
    ]},
    Modifiers=[
        Modifier(
            "modifier_drow_ranger_glacier", Aura="modifier_drow_ranger_glacier_hilltop",
            AuraRadius="%hilltop_offset", AuraTeams="BOTH"),
        Modifier(
            "modifier_drow_ranger_glacier_hilltop", States=["FORCED_FLYING_VISION"], Properties={
                "ATTACK_RANGE_BONUS":
                    "%attack_range_bonus if parent.is_hero and parent.is_ranged"
                    " and not parent.is_enemy else 0",
                "PREATTACK_BONUS_DAMAGE_TARGET":
                    "%damage_bonus if parent.is_caster"
                    " and distance(target, point) > %hilltop_offset else 0",
            }),
        Modifier(
            "modifier_drow_ranger_glacier_front", Aura="modifier_drow_ranger_glacier_path",
            AuraRadius="%shard_distance + %shard_width", AuraTypes="HERO",
            AuraWhere="target.is_caster", AuraLinger=0.1),
        Modifier("modifier_drow_ranger_glacier_path", IsHidden=True,
                 States=["FLYING_FOR_PATHING_PURPOSES_ONLY"]),
    ],
    Unused=("shard_speed", "turn_rate_slow", "end_height", "ramp_radius",
            "multishot_arrow_bonus", "knockback_height", "z_speed_override"),
)

PRECISION_AURA = Ability(
    "drow_ranger_trueshot",
    Passives=["modifier_drow_ranger_trueshot"],
    Lists={"count": [If("not state(caster, 'PASSIVES_DISABLED')", [
        SetRegister(0, "0.01 * %trueshot_agi_bonus * (caster.agility - r0)")])]},
    Modifiers=[
        Modifier(
            # Register 0: the agility that it gives Drow.
            "modifier_drow_ranger_trueshot", Breakable=True, ThinkInterval=0.1,
            Properties={"STATS_AGILITY_BONUS": "r0"},
            Aura="modifier_drow_ranger_trueshot_aura", AuraRadius="%radius", AuraTypes="HERO",
            AuraFlags="RANGED_ONLY", AuraWhere="not target.is_caster",
            Events={"OnCreated": [Do("count")], "OnIntervalThink": [Do("count")]}),
        Modifier(
            "modifier_drow_ranger_trueshot_aura", Dynamic=True, Properties={
                "STATS_AGILITY_BONUS":
                    "0.01 * %trueshot_agi_bonus_allies_pct * caster.agility"
                    " * %trueshot_agi_bonus / (100 + %trueshot_agi_bonus)"}),
    ],
)

# Register 0: whether the next attack is one; register 1: whether an enemy hero is near.
_IS_SHOT = "r0 and not r1 and target.is_enemy and not target.is_building and not target.is_ward"
_BARE_ARMOR = "(target.armor - max(target.base_armor, 0))"

MARKSMANSHIP = Ability(
    "drow_ranger_marksmanship",
    Passives=["modifier_drow_ranger_marksmanship"],
    Modifiers=[Modifier(
        "modifier_drow_ranger_marksmanship", IsHidden=True, Breakable=True, ThinkInterval=0.1,
        Properties={
            "ATTACK_MARK": _IS_SHOT,
            "CANNOT_MISS": _IS_SHOT,
            "PROCATTACK_BONUS_DAMAGE_PHYSICAL":
                f"(amount + %bonus_damage) * {_let_through(_BARE_ARMOR)}"
                f" / {_let_through('target.armor')} - amount if mark else 0",
        },
        Events={
            "OnCreated": [SetRegister(0, "chance(%chance)")],
            "OnAttack": [If(
                "not r1 and target.is_enemy and not target.is_building and not target.is_ward",
                [SetRegister(0, "chance(%chance)")])],
            "OnIntervalThink": [
                SetRegister(1, 0),
                ActOnTargets(
                    Area("%disable_range", Center="CASTER", Types="HERO",
                         Flags="MAGIC_IMMUNE_ENEMIES | INVULNERABLE"),
                    [SetRegister(1, 1, "modifier_drow_ranger_marksmanship", Target="CASTER")]),
            ],
        })],
)

ABILITIES = [
    FROST_ARROWS, GUST, MULTISHOT, GLACIER, PRECISION_AURA, MARKSMANSHIP]
