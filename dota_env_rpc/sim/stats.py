"""A unit's numbers, from what it is, its attributes, the auras of buildings and its modifiers.

Source: game glossary 7.41e; Liquipedia movement_speed@2383420, attack_speed@2383425,
attack_damage@2401047, armor@2374627; patch notes 7.33 to 7.40.
"""

import math

from dota_env_rpc.match.enums import INVISIBLE, RANGED_ATTACK, STRUCTURE, Attribute
from dota_env_rpc.match.rule import part, rule
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.match.words import Property
from dota_env_rpc.sim.combat import dodge_projectiles
from dota_env_rpc.sim.expressions import plain_health_regen
from dota_env_rpc.sim.modifiers import refresh_unit
from dota_env_rpc.sim.units import enemy_of, is_hero, set_attack_times
from dota_env_rpc.sim.values import resolve_values
from dota_env_rpc.sim.vision import is_detected


@rule
def update_dirty(state, patch):
    """Works out anew the numbers of all units whose modifiers or attributes changed."""
    if not state.any_dirty:
        return
    state.any_dirty = 0
    for row in range(state.tables.num_rows):
        if state.body[row].is_dirty and state.tables.units[row].handle != 0:
            update_unit(state, patch, row)


@part
def update_unit(state, patch, row):
    """Works out a unit's states and numbers. Health and mana keep their fraction of the maximum.

    Source: that they keep it is told in docs/fidelity.md.
    """
    unit = state.tables.units[row]
    body = state.body[row]
    before = state.bonuses[row, Property.AOE_BONUS_CONSTANT]
    was_hidden = unit.states & INVISIBLE
    refresh_unit(state, patch, row)
    bonus = state.bonuses[row]
    if (unit.states & INVISIBLE and not was_hidden
            and not is_detected(state, unit, enemy_of(unit.team))):
        dodge_projectiles(state, patch, row, True)
    if unit.traits & STRUCTURE:
        set_defenses(state, row)
        return
    health_part = unit.health / unit.max_health if unit.max_health > 0.0 else 1.0
    mana_part = unit.mana / unit.max_mana if unit.max_mana > 0.0 else 1.0
    lent = max(unit.mana - unit.max_mana, 0.0)
    if is_hero(unit):
        _set_attributes(state, patch, row)
    unit.max_health = math.floor(
        (body.base_max_health + bonus[Property.HEALTH_BONUS])
        * (1.0 + 0.01 * bonus[Property.EXTRA_HEALTH_PERCENTAGE]))
    unit.max_health = max(unit.max_health, 1.0)
    unit.max_mana = math.floor(
        max(body.base_max_mana + bonus[Property.MANA_BONUS], 0.0)
        * (1.0 + 0.01 * bonus[Property.EXTRA_MANA_PERCENTAGE]))
    unit.health = health_part * unit.max_health
    # What is lent beyond the maximum stays as it is.
    unit.mana = min(mana_part, 1.0) * unit.max_mana + lent
    set_defenses(state, row)
    unit.mana_regen = (
        body.base_mana_regen + bonus[Property.MANA_REGEN_CONSTANT]
        + 0.01 * bonus[Property.MANA_REGEN_TOTAL_PERCENTAGE] * unit.max_mana)
    unit.mana_regen *= max(1.0 + 0.01 * (
        bonus[Property.MP_REGEN_AMPLIFY_PERCENTAGE]
        + bonus[Property.MP_REGEN_AMPLIFY_PERCENTAGE_UNIQUE]), 0.0)
    unit.attack_speed = (
        (body.base_attack_speed + bonus[Property.ATTACKSPEED_BONUS_CONSTANT])
        * (1.0 + 0.01 * bonus[Property.ATTACKSPEED_PERCENTAGE]))
    base_time = body.base_attack_time
    if bonus[Property.BASE_ATTACK_TIME_CONSTANT] > 0.0:
        base_time = bonus[Property.BASE_ATTACK_TIME_CONSTANT]
    base_time *= 1.0 + 0.01 * bonus[Property.BASE_ATTACK_TIME_PERCENTAGE]
    set_attack_times(patch, unit, base_time)
    _set_damage(state, patch, row)
    reach = body.base_attack_range
    if bonus[Property.ATTACK_RANGE_BASE_OVERRIDE] > 0.0:
        reach = bonus[Property.ATTACK_RANGE_BASE_OVERRIDE]
    unit.attack_range = max(reach + bonus[Property.ATTACK_RANGE_BONUS], 1.0)
    _set_projectile(patch, unit, body, bonus)
    unit.move_speed = _move_speed(patch, body, bonus)
    unit.turn_rate = max(
        body.base_turn_rate * (1.0 + 0.01 * bonus[Property.TURN_RATE_PERCENTAGE]), 0.01)
    share = max(1.0 + 0.01 * bonus[Property.BONUS_VISION_PERCENTAGE], 0.0)
    unit.vision_day = max(body.base_vision_day + bonus[Property.BONUS_DAY_VISION], 0.0) * share
    unit.vision_night = max(
        body.base_vision_night + bonus[Property.BONUS_NIGHT_VISION], 0.0) * share
    if is_hero(unit) and bonus[Property.AOE_BONUS_CONSTANT] != before:
        resolve_values(state, patch, unit.player)


@rule
def _set_projectile(patch, unit, body, bonus):
    """Works out whether and how fast a unit's attacks fly."""
    unit.traits &= ~RANGED_ATTACK
    unit.traits |= patch.definitions[unit.definition].traits & RANGED_ATTACK
    speed = body.base_projectile_speed
    if bonus[Property.ATTACKS_BECOME_RANGED] > 0.0:
        unit.traits |= RANGED_ATTACK
        speed = bonus[Property.ATTACKS_BECOME_RANGED]
    if bonus[Property.ATTACKS_BECOME_MELEE] > 0.0:
        unit.traits &= ~RANGED_ATTACK
    unit.projectile_speed = 0.0
    if unit.traits & RANGED_ATTACK:
        unit.projectile_speed = speed + bonus[Property.PROJECTILE_SPEED_BONUS]


@rule
def set_defenses(state, row):
    """Works out armor, magic resistance and health regeneration."""
    unit = state.tables.units[row]
    body = state.body[row]
    bonus = state.bonuses[row]
    unit.armor = (
        body.base_armor * (1.0 + 0.01 * bonus[Property.PHYSICAL_ARMOR_BASE_PERCENTAGE])
        + body.aura_armor + bonus[Property.PHYSICAL_ARMOR_BONUS])
    unit.magic_resistance = 1.0 - (
        (1.0 - body.base_magic_resistance) * (1.0 - body.aura_magic_resistance)
        * (1.0 - 0.01 * bonus[Property.MAGICAL_RESISTANCE_BONUS]))
    rate = plain_health_regen(state, row)
    if rate > 0.0:
        rate *= max(1.0 + 0.01 * bonus[Property.HP_REGEN_AMPLIFY_PERCENTAGE], 0.0)
        if bonus[Property.DISABLE_HEALING] > 0.0:
            rate = 0.0
    unit.health_regen = rate


@rule
def _set_attributes(state, patch, row):
    """Works out a hero's attributes and what they give."""
    tables = state.tables
    rules = patch.rules
    unit = tables.units[row]
    body = state.body[row]
    bonus = state.bonuses[row]
    player = tables.players[unit.player]
    definition = patch.definitions[unit.definition]
    points = rules.hero_attribute_point_bonus * player.attribute_points
    gained = unit.level - 1
    strength = definition.strength + definition.strength_gain * gained + points
    agility = definition.agility + definition.agility_gain * gained + points
    intelligence = definition.intelligence + definition.intelligence_gain * gained + points
    strength += bonus[Property.STATS_STRENGTH_BONUS] + (
        0.01 * bonus[Property.STATS_STRENGTH_BONUS_PERCENTAGE] * strength)
    agility += bonus[Property.STATS_AGILITY_BONUS] + (
        0.01 * bonus[Property.STATS_AGILITY_BONUS_PERCENTAGE] * agility)
    intelligence += bonus[Property.STATS_INTELLECT_BONUS] + (
        0.01 * bonus[Property.STATS_INTELLECT_BONUS_PERCENTAGE] * intelligence)
    strength = max(strength, 1.0)
    agility = max(agility, 1.0)
    intelligence = max(intelligence, 1.0)
    if not body.illusion_of:
        player.strength = strength
        player.agility = agility
        player.intelligence = intelligence
    body.base_max_health = math.floor(
        definition.max_health + rules.hero_health_per_strength * strength)
    body.base_max_mana = math.floor(
        definition.max_mana + rules.hero_mana_per_intelligence * intelligence)
    body.base_health_regen = (
        definition.health_regen + rules.hero_health_regen_per_strength * strength)
    body.base_mana_regen = (
        definition.mana_regen + rules.hero_mana_regen_per_intelligence * intelligence)
    body.base_armor = definition.armor + rules.hero_armor_per_agility * agility
    body.base_magic_resistance = (
        definition.magic_resistance
        + rules.hero_magic_resistance_per_intelligence * intelligence)
    body.base_attack_speed = (
        definition.base_attack_speed + rules.hero_attack_speed_per_agility * agility)
    main = rules.hero_universal_damage_per_attribute * (strength + agility + intelligence)
    if definition.primary_attribute == Attribute.STRENGTH:
        main = strength
    elif definition.primary_attribute == Attribute.AGILITY:
        main = agility
    elif definition.primary_attribute == Attribute.INTELLIGENCE:
        main = intelligence
    body.base_damage_min = definition.damage_min + math.floor(main)
    body.base_damage_max = definition.damage_max + math.floor(main)


@rule
def _set_damage(state, patch, row):
    unit = state.tables.units[row]
    body = state.body[row]
    bonus = state.bonuses[row]
    part = 1.0 + 0.01 * bonus[Property.BASEDAMAGEOUTGOING_PERCENTAGE]
    more = bonus[Property.BASEATTACK_BONUSDAMAGE]
    unit.damage_min = (body.base_damage_min + more) * part
    unit.damage_max = (body.base_damage_max + more) * part
    unit.bonus_damage = bonus[Property.PREATTACK_BONUS_DAMAGE] + (
        0.01 * bonus[Property.DAMAGEOUTGOING_PERCENTAGE]
        * 0.5 * (unit.damage_min + unit.damage_max))


@rule
def _move_speed(patch, body, bonus):
    rules = patch.rules
    if body.base_move_speed <= 0.0:
        return 0.0
    if bonus[Property.MOVESPEED_ABSOLUTE] > 0.0:
        return max(bonus[Property.MOVESPEED_ABSOLUTE], bonus[Property.MOVESPEED_ABSOLUTE_MIN])
    speed = body.base_move_speed
    if bonus[Property.MOVESPEED_BASE_OVERRIDE] > 0.0:
        speed = bonus[Property.MOVESPEED_BASE_OVERRIDE]
    speed += bonus[Property.MOVESPEED_BONUS_UNIQUE] + bonus[Property.MOVESPEED_BONUS_CONSTANT]
    speed *= 1.0 + 0.01 * (
        bonus[Property.MOVESPEED_BONUS_PERCENTAGE]
        + bonus[Property.MOVESPEED_BONUS_PERCENTAGE_UNIQUE])
    most = rules.hero_max_move_speed
    if bonus[Property.IGNORE_MOVESPEED_LIMIT] > 0.0:
        most = max(bonus[Property.IGNORE_MOVESPEED_LIMIT], most)
    if bonus[Property.MOVESPEED_LIMIT] > 0.0:
        most = min(bonus[Property.MOVESPEED_LIMIT], most)
    speed = min(max(speed, rules.hero_min_move_speed), most)
    return max(speed, bonus[Property.MOVESPEED_ABSOLUTE_MIN])


@rule
def update_hero(state, patch, seat):
    """Works out a seat's hero anew: abilities' numbers first, then its own."""
    row = state.tables.players[seat].hero % MAX_UNITS
    state.tables.units[row].level = state.tables.players[seat].level
    resolve_values(state, patch, seat)
    update_unit(state, patch, row)

