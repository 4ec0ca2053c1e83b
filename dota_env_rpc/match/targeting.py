"""Valve's bits for how an ability is cast and on whom, by the names that the tables use.

Source: the game's script API, dota_ability_behavior, DOTA_UNIT_TARGET_TEAM, DOTA_UNIT_TARGET_TYPE
and DOTA_UNIT_TARGET_FLAGS. Hints for the interface whose bits are not published are left out of
BEHAVIOR: direct_keybind, force_keybind, force_no_innate_ui, has_details_ui.
"""

BEHAVIOR = {name: 1 << bit for bit, name in enumerate((
    "hidden", "passive", "no_target", "unit_target", "point", "aoe", "not_learnable",
    "channelled", "item", "toggle", "directional", "immediate", "autocast",
    "optional_unit_target", "optional_point", "optional_no_target", "aura", "attack",
    "dont_resume_movement", "root_disables", "unrestricted", "ignore_pseudo_queue",
    "ignore_channel", "dont_cancel_movement", "dont_alert_target", "dont_resume_attack",
    "normal_when_stolen", "ignore_backswing", "rune_target", "dont_cancel_channel",
    "vector_targeting", "last_resort_point", "can_self_cast", "show_in_guides",
    "unlocked_by_effect_index", "suppress_associated_consumable", "free_draw_targeting",
    "ignore_silence", "overshoot", "ignore_muted", "alt_castable", "break_disables",
    "skip_for_keybinds", "innate_ui", "unswappable", "dont_proc_other_abilities",
    "ignore_invisible", "affected_by_mute", "is_fake_item",
))}

TARGET_TEAM = {"friendly": 1, "enemy": 2, "both": 3, "custom": 4}

TARGET_TYPE = {
    "hero": 1, "creep": 2, "building": 4, "courier": 16, "basic": 18, "other": 32, "tree": 64,
    "custom": 128, "self": 256,
}

TARGET_FLAGS = {
    "ranged_only": 2, "melee_only": 4, "dead": 8, "magic_immune_enemies": 16,
    "not_magic_immune_allies": 32, "invulnerable": 64, "fow_visible": 128, "no_invis": 256,
    "not_ancients": 512, "player_controlled": 1024, "not_dominated": 2048, "not_summoned": 4096,
    "not_illusions": 8192, "not_attack_immune": 16384, "mana_only": 32768,
    "not_creep_hero": 1 << 17,
    # Two of our own: who is out of the game too, and any of those that fit, not the nearest.
    "out_of_game": 1 << 20, "random": 1 << 21,
}

DAMAGE_TYPE = {"physical": 1, "magical": 2, "pure": 4, "hp_removal": 8}


def bits(names, values: dict[str, int]) -> int:
    """Returns the bits of all `names` that `values` knows; other names count nothing."""
    total = 0
    for name in names or ():
        total |= values.get(name, 0)
    return total
