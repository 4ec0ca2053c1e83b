"""Items that abilities give their heroes."""

from dota_env_rpc.content.vocabulary import Ability, GiveGold, Modifier, RemoveItem, SetItemCharges

CHOICES = (
    "Gris-Gris: its charges are its worth, which counts while its hero is dead too; the gold that "
    "it gives is reliable.",
)

ITEMS = [Ability(
    "item_grisgris",
    Behavior=("no_target", "immediate", "unswappable"),
    KeepsCharge=1,
    Events={"OnSpellStart": [GiveGold("charges"), RemoveItem()]},
    Passives=["modifier_item_grisgris"],
    Modifiers=[Modifier(
        "modifier_item_grisgris", IsHidden=True, ThinkInterval="%gold_tick_interval",
        Events={
            "OnIntervalThink": [SetItemCharges(1, Add=True)],
            "OnDeath": [
                SetItemCharges("amount * %death_gold_lost_reduction_pct / 100", Add=True)],
        })],
)]
