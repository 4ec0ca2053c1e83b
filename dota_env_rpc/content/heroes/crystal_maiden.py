"""Crystal Maiden."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ApplyModifier,
    Damage,
    Modifier,
)

ABILITIES = [
    Ability(
        "crystal_maiden_frostbite",
        Events={"OnSpellStart": [ApplyModifier("modifier_crystal_maiden_frostbite")]},
        Modifiers=[Modifier(
            "modifier_crystal_maiden_frostbite", IsDebuff=True, Dispel="BASIC",
            Duration="%duration * (%creep_multiplier if target.is_creep else 1)",
            States=["ROOTED", "DISARMED"], ThinkInterval="%tick_interval",
            Events={"OnIntervalThink": [Damage("%damage_per_second * %tick_interval")]},
        )],
    ),
]
