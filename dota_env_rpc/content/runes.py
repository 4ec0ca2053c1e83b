"""What runes give who takes them; `%` names numbers of rules.json without their `rune.`."""

from dota_env_rpc.content.vocabulary import (
    Ability,
    ApplyModifier,
    CreateIllusions,
    GiveMana,
    Heal,
    If,
    Modifier,
    RemoveSelf,
    SetRegister,
)

CHOICES = (
    "Any dispel takes off what runes give.",
    "A rune of invisibility hides its hero when the fade is over, whatever it does until then; "
    "attacks and uses of abilities and items end it afterwards.",
    "A rune of regeneration works for its whole time; heroes and summons of the other side hurt "
    "its hero, creeps and towers do not.",
    "Illusions of who has what a rune gives do not have it.",
    "A bounty rune pays the dead of its side too.",
)

_HURT = "attacker.is_enemy and (attacker.is_hero or attacker.is_summon)"
_REGENERATION = "%regeneration if elapsed >= r0 else %regeneration_hurt"


def _lasting(rune: str, name: str, Registers: tuple[str, ...] = (), **what) -> Ability:
    """Returns a rune that gives its hero a modifier; what: of the modifier."""
    given = Modifier(f"modifier_rune_{name}", Dispel="BASIC", **what)
    return Ability(
        f"rune_{rune}", Modifiers=[given],
        Events={"OnSpellStart": [ApplyModifier(given.name, Registers=Registers)]})


# Bounty is not among them: its gold is for a whole side.
RUNES = [
    _lasting("doubledamage", "doubledamage", Duration="%amplify_duration", Properties={
        "BASEDAMAGEOUTGOING_PERCENTAGE": "%amplify_damage",
        "SPELL_AMPLIFY_PERCENTAGE": "%amplify_spells"}),
    _lasting("haste", "haste", Duration="%haste_duration",
             Properties={"MOVESPEED_ABSOLUTE_MIN": "%haste_speed"}),
    Ability("rune_illusion", Events={"OnSpellStart": [CreateIllusions(
        "%illusion_count", "%illusion_duration", "%illusion_damage",
        "%illusion_taken_ranged if caster.is_ranged else %illusion_taken_melee")]}),
    _lasting("invisibility", "invis", Dynamic=True,
             Duration="%invisibility_fade + %invisibility_duration",
             States=["INVISIBLE"], StatesWhere="elapsed >= %invisibility_fade",
             Events={event: [If("elapsed >= %invisibility_fade", [RemoveSelf()])]
                     for event in ("OnAttack", "OnAbilityExecuted")}),
    _lasting("regeneration", "regen", Dynamic=True, Duration="%regeneration_duration",
             Properties={"HEALTH_REGEN_PERCENTAGE": _REGENERATION,
                         "MANA_REGEN_TOTAL_PERCENTAGE": _REGENERATION},
             Events={"OnTakeDamage": [If(_HURT, [
                 SetRegister(0, "elapsed + %regeneration_hurt_seconds")])]}),
    _lasting("arcane", "arcane", Duration="%arcane_duration", Properties={
        "COOLDOWN_PERCENTAGE": "%arcane_cooldown", "MANACOST_PERCENTAGE": "%arcane_mana"}),
    Ability("rune_water", Events={"OnSpellStart": [
        Heal("%water_health"), GiveMana("%water_mana")]}),
    _lasting("shield", "shield", Duration="%shield_duration",
             Registers=("0.01 * %shield_part * caster.max_health",),
             Barrier="DAMAGE_TYPE_PHYSICAL | DAMAGE_TYPE_MAGICAL | DAMAGE_TYPE_PURE"),
]
