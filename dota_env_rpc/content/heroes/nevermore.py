"""Shadow Fiend."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    AddStacks,
    ApplyModifier,
    Area,
    Damage,
    Modifier,
    SetPoint,
)


def _raze(number: int) -> Ability:
    area = Area("%shadowraze_radius")
    return Ability(
        f"nevermore_shadowraze{number}",
        Events={"OnSpellStart": [
            SetPoint(Distance="%shadowraze_range"),
            Damage(
                "%shadowraze_damage"
                " + %stack_bonus_damage * stacks_of(target, 'modifier_nevermore_shadowraze')",
                Target=area),
            ApplyModifier("modifier_nevermore_shadowraze", Target=area, Duration="%duration"),
            AddStacks(ModifierName="modifier_nevermore_shadowraze", Target=area),
        ]},
        Modifiers=[Modifier(
            "modifier_nevermore_shadowraze", IsDebuff=True, Dispel="BASIC",
            Properties={"MOVESPEED_BONUS_PERCENTAGE": "-%movement_speed_debuff * stacks"},
        )] if number == 1 else [],
        Partial="the attack of its level 25 talent",
    )


ABILITIES = [_raze(1), _raze(2), _raze(3)]
