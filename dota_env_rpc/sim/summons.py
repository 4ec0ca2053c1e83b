"""Units that players own beside their heroes: summons and illusions.

Source: Liquipedia illusions@2376496; what they do without an order is a guess: they fight whom
they meet and follow their owner's hero.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import ILLUSION, SUMMONED
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.aggro import acquire
from dota_env_rpc.sim.combat import attack, cancel_swing
from dota_env_rpc.sim.ground import nearest_free
from dota_env_rpc.sim.modifiers import add_modifier, begin_context, clear_modifiers
from dota_env_rpc.sim.movement import walk
from dota_env_rpc.sim.state import NUM_REGISTERS
from dota_env_rpc.sim.stats import update_unit
from dota_env_rpc.sim.units import (
    can_attack,
    can_be_attacked,
    free_row,
    row_of_living,
    sees,
    spawn_unit,
)

FREE_RINGS = 8
FOLLOW_DISTANCE = 300.0
THINK_TICKS = 6


@rule
def spawn_summon(state, patch, definition, owner_row, x, y, seconds):
    """Puts up a unit that belongs to the player of `owner_row`; returns its row or -1."""
    units = state.tables.units
    x, y, _ = nearest_free(state, x, y, FREE_RINGS)
    row = spawn_unit(state, patch, definition, units[owner_row].team, x, y,
                     units[owner_row].facing)
    if row < 0:
        return row
    unit = units[row]
    unit.player = units[owner_row].player
    unit.traits |= SUMMONED
    if seconds > 0.0:
        state.body[row].dies_tick = state.tables.tick + int(seconds * TICKS_PER_SECOND)
    return row


@rule
def spawn_illusion(state, patch, owner_row, model_row, seconds, outgoing, incoming):
    """Puts up an illusion of the hero in `model_row` for the player of `owner_row`.

    outgoing, incoming: percent of damage dealt and taken, 100 for a hero's own.
    """
    units = state.tables.units
    model = units[model_row]
    row = spawn_summon(
        state, patch, model.definition, owner_row, model.x, model.y, seconds)
    if row < 0:
        return row
    unit = units[row]
    body = state.body[row]
    unit.traits |= ILLUSION
    unit.level = model.level
    body.illusion_of = model.handle
    body.illusion_damage = 0.01 * outgoing
    body.illusion_hurt = 0.01 * incoming
    unit.facing = model.facing
    bounty = patch.rules.illusion_bounty_per_level * model.level
    unit.bounty_xp = bounty
    unit.bounty_gold_min = bounty
    unit.bounty_gold_max = bounty
    body.base_vision_day = patch.rules.illusion_vision_day
    body.base_vision_night = patch.rules.illusion_vision_night
    _copy_modifiers(state, patch, model_row, row)
    update_unit(state, patch, row)
    unit.health = unit.max_health * model.health / model.max_health
    unit.mana = unit.max_mana * model.mana / max(model.max_mana, 1.0)
    return row


@rule
def _copy_modifiers(state, patch, model_row, row):
    """Gives an illusion what its model's items, and other things that last, give."""
    at = state.body[model_row].first_modifier
    while at > 0:
        modifier = state.tables.modifiers[at - 1]
        if patch.modifier_definitions[modifier.definition].on_illusions:
            context = state.context
            begin_context(
                context, state.effects[at - 1].source, state.tables.units[model_row].handle,
                state.tables.units[row].handle)
            copy = add_modifier(
                state, patch, modifier.definition, row, context, 0.0, modifier.stacks)
            if copy >= 0:
                for i in range(NUM_REGISTERS):
                    state.effects[copy].registers[i] = state.effects[at - 1].registers[i]
        at = state.effects[at - 1].next


@rule
def dominate(state, owner_row, row):
    """Gives a creep to a player: it changes sides and counts as a lane creep no more."""
    units = state.tables.units
    unit = units[row]
    unit.team = units[owner_row].team
    unit.player = units[owner_row].player
    unit.traits |= SUMMONED
    unit.visible_to |= 1 << unit.team
    cancel_swing(state, row)
    state.body[row].target = 0


@rule
def remove_unit(state, patch, row):
    """Takes an owned unit off the map without a death: nobody gets anything for it."""
    unit = state.tables.units[row]
    if unit.traits & (SUMMONED | ILLUSION):
        clear_modifiers(state, patch, row, True)
        free_row(state, row)


@rule
def summon_thinks(state, patch, row):
    """Plays a tick of an owned unit: it fights who comes near, or follows its hero."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    target_row = row_of_living(state, body.target)
    if target_row >= 0 and (not can_be_attacked(tables.units[target_row])
                            or not sees(tables.units[target_row], unit.team)):
        target_row = -1
    if target_row < 0 and can_attack(patch, unit) and tables.tick >= body.acquire_tick:
        if body.target != 0:
            cancel_swing(state, row)
        body.acquire_tick = tables.tick + THINK_TICKS
        body.target = acquire(state, patch, row, unit.acquisition_range)
        target_row = row_of_living(state, body.target)
    if target_row >= 0:
        attack(state, patch, row, target_row)
        return
    unit.attack_target = 0
    owner = tables.players[unit.player].hero
    owner_row = row_of_living(state, owner)
    if owner_row >= 0 and unit.move_speed > 0.0:
        hero = tables.units[owner_row]
        walk(state, patch, row, hero.x, hero.y, FOLLOW_DISTANCE)
