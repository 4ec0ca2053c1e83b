"""Learning abilities and talents, and the passive modifiers that come with them.

Source: game glossary 7.41e; patch notes 7.36 to 7.41; levels of npc_abilities.txt 7.41e.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import EventKind, OrderResult
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT, MAX_UNITS, NUM_ABILITY_SLOTS
from dota_env_rpc.match.words import (
    CHANGE_BY_SCEPTER,
    CHANGE_BY_SHARD,
    MAX_INTRINSICS,
    NUM_TALENTS,
    AbilityEvent,
    Standard,
)
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.modifiers import (
    add_modifier,
    begin_context,
    find_modifier,
    queue_actions,
    remove_modifier,
)
from dota_env_rpc.sim.stats import update_hero
from dota_env_rpc.sim.units import mark_dirty
from dota_env_rpc.sim.values import SLOTS, slot_of

# Each of these levels gives a point for a talent: the first four for one of two, the others for
# those that were left. Source: patch notes 7.40.
TALENT_LEVELS = (10, 15, 20, 25, 27, 28, 29, 30)
ALL_TALENTS_LEVEL = 27


@rule
def fill_abilities(state, patch, seat):
    """Gives a new hero its slots; what is innate has its first level at once."""
    tables = state.tables
    definition = patch.definitions[tables.players[seat].definition]
    for slot in range(NUM_ABILITY_SLOTS):
        ability = tables.abilities[seat, slot]
        ability.definition = definition.abilities[slot]
        ability.level = 0
        ability.charges = 0
        ability.castable = 0
        ability.max_level = 0
        ability.hidden = 0
        ability.toggled = 0
        ability.autocast = 0
        ability.casting = 0
        if ability.definition >= 0:
            numbers = patch.abilities[ability.definition]
            behavior = patch.ability_behaviors[ability.definition]
            ability.max_level = numbers.max_level
            if behavior.is_simulated:
                ability.level = 1 if numbers.innate and not numbers.learnable else 0
                ability.hidden = 1 if behavior.granted_by else 0
        if slot == ATTRIBUTE_SLOT:
            ability.max_level = int(patch.rules.hero_attribute_points_max)


@rule
def start_charges(state, seat):
    """Lets the charges of what a new hero has from the start begin to come back."""
    tables = state.tables
    for slot in range(NUM_ABILITY_SLOTS):
        if tables.abilities[seat, slot].level > 0:
            tables.abilities[seat, slot].charge_ready_tick = tables.tick + int(
                state.values[seat, slot, Standard.CHARGE_RESTORE_TIME] * TICKS_PER_SECOND)


@rule
def check_training(tables, patch, seat, slot):
    """Returns whether a seat may spend a point on a slot, as an OrderResult.

    Source: patch notes 7.38: +2 to all attributes up to seven times, from level 2 on; 7.40:
    talents have points of their own, and of two of a tier one can be had up to level 26.
    """
    if slot < 0 or slot >= NUM_ABILITY_SLOTS or tables.abilities[seat, slot].definition < 0:
        return OrderResult.NO_ABILITY
    player = tables.players[seat]
    ability = tables.abilities[seat, slot]
    level = ability.level
    if slot == ATTRIBUTE_SLOT:
        if player.attribute_points >= patch.rules.hero_attribute_points_max:
            return OrderResult.ABILITY_MAX_LEVEL
        if player.ability_points <= 0:
            return OrderResult.NO_ABILITY_POINTS
        if player.level < patch.rules.hero_attribute_point_min_level:
            return OrderResult.LEVEL_TOO_LOW
        return OrderResult.ACCEPTED
    numbers = patch.abilities[ability.definition]
    behavior = patch.ability_behaviors[ability.definition]
    if not behavior.is_simulated or not numbers.learnable or behavior.granted_by:
        return OrderResult.NOT_LEARNABLE
    if level >= ability.max_level:
        return OrderResult.ABILITY_MAX_LEVEL
    if not numbers.talent and player.ability_points <= 0:
        return OrderResult.NO_ABILITY_POINTS
    if player.level < numbers.required_level + level * numbers.levels_between:
        return OrderResult.LEVEL_TOO_LOW
    if numbers.talent:
        other = _other_talent(patch, player.definition, slot)
        if (other >= 0 and tables.abilities[seat, other].level > 0
                and player.level < ALL_TALENTS_LEVEL):
            return OrderResult.TALENT_TAKEN
        if num_talent_points(tables, patch, seat) <= 0:
            return OrderResult.NO_ABILITY_POINTS
    return OrderResult.ACCEPTED


@rule
def has_points(tables, patch, seat):
    """Returns whether a seat has a point to spend, or a talent to choose."""
    player = tables.players[seat]
    return player.hero != 0 and (
        player.ability_points > 0 or num_talent_points(tables, patch, seat) > 0)


@rule
def num_talent_points(tables, patch, seat):
    """Returns how many more talents a seat's hero may learn at its level."""
    player = tables.players[seat]
    slots = patch.definitions[player.definition].talent_slots
    count = 0
    for i in range(len(TALENT_LEVELS)):
        if player.level >= TALENT_LEVELS[i]:
            count += 1
    for i in range(NUM_TALENTS):
        if slots[i] >= 0 and tables.abilities[seat, slots[i]].level > 0:
            count -= 1
    return count


@rule
def _other_talent(patch, definition, slot):
    """Returns the slot of the talent that excludes the one in `slot`, -1 for none."""
    slots = patch.definitions[definition].talent_slots
    for i in range(NUM_TALENTS):
        if slots[i] == slot:
            return slots[i ^ 1]
    return -1


@rule
def learn(state, patch, seat, slot):
    """Spends a point on a slot that may be trained."""
    tables = state.tables
    player = tables.players[seat]
    ability = tables.abilities[seat, slot]
    if slot == ATTRIBUTE_SLOT or not patch.abilities[ability.definition].talent:
        player.ability_points -= 1
    if slot == ATTRIBUTE_SLOT:
        player.attribute_points += 1
        ability.level += 1
        update_hero(state, patch, seat)
        return
    _raise_level(state, patch, seat, slot)
    # Abilities that share a level rise together, all around their ring.
    linked = patch.abilities[ability.definition].linked
    for _ in range(NUM_ABILITY_SLOTS):
        other = slot_of(tables, seat, linked)
        if linked < 0 or other < 0 or other == slot:
            break
        if tables.abilities[seat, other].level < ability.level:
            _raise_level(state, patch, seat, other)
        linked = patch.abilities[linked].linked
    tell(tables, EventKind.ABILITY_LEARNED, player.hero, 0, seat, ability.definition,
         float(ability.level))
    update_hero(state, patch, seat)
    grant_passives(state, patch, seat)


@rule
def _raise_level(state, patch, seat, slot):
    tables = state.tables
    ability = tables.abilities[seat, slot]
    ability.level += 1
    update_hero(state, patch, seat)
    if ability.level == 1:
        ability.charges = int(state.values[seat, slot, Standard.CHARGES])
    row = tables.players[seat].hero % MAX_UNITS
    context = state.context
    begin_context(context, seat * SLOTS + slot, tables.players[seat].hero,
                  tables.players[seat].hero)
    context.parent = tables.units[row].handle
    queue_actions(
        state, patch.ability_behaviors[ability.definition].blocks[AbilityEvent.OnUpgrade],
        context)


@rule
def grant_passives(state, patch, seat):
    """Gives a living hero the modifiers of its passive abilities, and what upgrades grant it."""
    tables = state.tables
    player = tables.players[seat]
    row = player.hero % MAX_UNITS
    for slot in range(NUM_ABILITY_SLOTS):
        ability = tables.abilities[seat, slot]
        if ability.definition < 0:
            continue
        behavior = patch.ability_behaviors[ability.definition]
        if not behavior.is_simulated:
            continue
        if behavior.granted_by:
            owned = (
                state.has_scepter[seat] if behavior.granted_by == CHANGE_BY_SCEPTER
                else state.has_shard[seat] if behavior.granted_by == CHANGE_BY_SHARD else 0)
            ability.hidden = 0 if owned else 1
            ability.level = 1 if owned else 0
        for i in range(MAX_INTRINSICS):
            definition = behavior.intrinsics[i]
            if definition < 0:
                continue
            has = find_modifier(state, row, definition, 0)
            if ability.level > 0 and has < 0:
                context = state.context
                begin_context(context, seat * SLOTS + slot, player.hero, player.hero)
                add_modifier(state, patch, definition, row, context, 0.0, 0)
            elif ability.level <= 0 and has >= 0:
                remove_modifier(state, patch, has)
    mark_dirty(state, row)


@rule
def set_upgrades(state, patch, seat, scepter, shard):
    """Tells the rules whether a seat's hero has Scepter and Shard now."""
    if state.has_scepter[seat] == scepter and state.has_shard[seat] == shard:
        return
    state.has_scepter[seat] = scepter
    state.has_shard[seat] = shard
    update_hero(state, patch, seat)
    grant_passives(state, patch, seat)
    update_hero(state, patch, seat)

