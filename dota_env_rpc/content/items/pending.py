"""Items of which no more than what they give by being worn is done."""

from dota_env_rpc.content.wearing import worn

_ACTIVE = "what it does beside its attributes"


def _worn(name, *keys, **others):
    return worn(name, *keys, Partial=_ACTIVE, **others)


ITEMS = [
    _worn("item_disperser", "bonus_agility", "bonus_intellect"),
    _worn("item_lotus_orb", "bonus_armor", "bonus_health_regen", "bonus_mana_regen",
          "bonus_mana"),
    _worn("item_silver_edge", "bonus_damage", "bonus_attack_speed", "bonus_strength",
          "bonus_intellect", "bonus_mana_regen"),
    _worn("item_bloodthorn", "bonus_intellect", "bonus_attack_speed", "bonus_mana_regen",
          "bonus_health_regen", "bonus_damage"),
    _worn("item_harpoon", "bonus_damage", "bonus_strength", "bonus_agility",
          "bonus_intellect", "bonus_mana_regen"),
    _worn("item_aeon_disk", "bonus_health", "bonus_mana"),
    _worn("item_hurricane_pike", "bonus_strength", "bonus_agility", "bonus_intellect",
          "bonus_health", "base_attack_range"),
    _worn("item_devastator", "bonus_attack_speed", "bonus_intellect", "bonus_mana_regen",
          "bonus_armor"),
    _worn("item_mage_slayer", "bonus_magical_armor", "bonus_health_regen", "bonus_mana_regen",
          "bonus_damage"),
    _worn("item_revenants_brooch", "bonus_damage", "spell_lifesteal"),
    _worn("item_hydras_breath", "strength", "agility", "damage", "base_attack_range"),
    _worn("item_angels_demise", "bonus_health", "bonus_mana", "bonus_all_stats",
          "bonus_health_regen", "bonus_mana_regen"),
    _worn("item_essence_distiller", "mana_regen", "bonus_all_stats", "bonus_armor",
          "bonus_mana"),
    _worn("item_consecrated_wraps", "bonus_spell_resist", "bonus_all_stats", "bonus_health"),
    _worn("item_crellas_crozier", "bonus_all_stats", "bonus_health", "bonus_mana"),
]
