"""The cleave of melee attacks, which several heroes and items have."""

from dota_env_rpc.content.vocabulary import Action, Area, Damage, If, Number, Remember

# Along and beside the way from the attacker to whom it hit, in map units.
_ALONG = (
    "((target.x - caster.x) * (attacker.x - caster.x)"
    " + (target.y - caster.y) * (attacker.y - caster.y)) / distance(caster, attacker)")
_ASIDE = (
    "((target.x - caster.x) * (attacker.y - caster.y)"
    " - (target.y - caster.y) * (attacker.x - caster.x)) / distance(caster, attacker)")


def cleave(Percent: Number, StartWidth: Number, EndWidth: Number,
           Distance: Number) -> list[Action]:
    """Returns what an OnAttackLanded does to the enemies behind and beside TARGET.

    The area begins at the attacker and widens along the way to TARGET, from StartWidth to EndWidth
    to either side. Allies, buildings and wards are hit without it.
    """
    return If("target.is_enemy and not target.is_building and not target.is_ward", [
        Remember("TARGET"),
        Damage(
            f"0.01 * ({Percent}) * raw", Type="DAMAGE_TYPE_PHYSICAL",
            Flags="NO_SPELL_AMPLIFICATION",
            Target=Area(
                f"({Distance}) + ({EndWidth})", Center="CASTER", Flags="MAGIC_IMMUNE_ENEMIES",
                Where=f"not target.is_attacker and {_ALONG} >= 0 and {_ALONG} <= ({Distance})"
                      f" and max({_ASIDE}, -({_ASIDE})) <= ({StartWidth})"
                      f" + (({EndWidth}) - ({StartWidth})) * {_ALONG} / ({Distance})")),
    ])
