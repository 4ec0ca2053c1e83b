"""Boots."""

from dota_env_rpc.content.vocabulary import Ability, Modifier

ITEMS = [
    Ability(
        "item_boots",
        Passives=["modifier_item_boots"],
        Modifiers=[Modifier(
            "modifier_item_boots", IsHidden=True, Multiple=True,
            Properties={"MOVESPEED_BONUS_UNIQUE": "%bonus_movement_speed"})],
    ),
]
