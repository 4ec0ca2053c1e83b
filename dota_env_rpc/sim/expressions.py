"""Reads the numbers that content writes as expressions, such as `%damage * stacks`.

An expression is a run of instructions that ends at one with END_OF_EXPRESSION. It works on a
small stack; what it may ask about is the context of the event that asks.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    ANCIENT,
    RANGED_ATTACK,
    STRUCTURE,
    Attribute,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.match.words import (
    END_OF_EXPRESSION,
    Field,
    Instruction,
    Property,
    Selector,
)
from dota_env_rpc.sim.chance import pseudo_random_chance, uniform
from dota_env_rpc.sim.movement import angle_between
from dota_env_rpc.sim.state import MAX_PLANTED
from dota_env_rpc.sim.units import enemy_of, is_hero, sees
from dota_env_rpc.sim.values import ITEM_SOURCE, SLOTS, level_of, value_of

NO_EXPRESSION = -1


@inlined
def handle_of(context, selector):
    """Returns the handle of whom a selector names in a context, 0 for nobody."""
    if selector == Selector.CASTER:
        return context.caster
    if selector == Selector.TARGET:
        return context.target
    if selector == Selector.ATTACKER:
        return context.attacker
    return context.parent


@inlined
def row_of_named(state, handle):
    """Returns the row of the unit that `handle` names, dead or alive, or -1 if it is gone."""
    if handle == 0 or state.tables.units[handle % MAX_UNITS].handle != handle:
        return -1
    return handle % MAX_UNITS


@rule
def evaluate(state, patch, expression, context):
    """Returns the number of the expression that begins at instruction `expression`.

    NO_EXPRESSION gives 0. Who is asked about and gone counts as 0 in every respect.
    """
    if expression < 0:
        return 0.0
    at = expression
    stack = state.stack
    top = 0
    while True:
        instruction = patch.instructions[at].instruction
        operand = patch.instructions[at].operand
        at += 1
        if instruction == Instruction.CONSTANT:
            stack[top] = operand
            top += 1
        elif instruction == Instruction.VALUE:
            stack[top] = value_of(state, patch, context.source, int(operand))
            top += 1
        elif instruction == END_OF_EXPRESSION:
            return stack[0]
        elif instruction == Instruction.RAW:
            stack[top] = context.raw
            top += 1
        elif instruction == Instruction.ATTACK_MARK:
            stack[top] = context.mark
            top += 1
        elif instruction == Instruction.AMOUNT:
            stack[top] = context.amount
            top += 1
        elif instruction <= Instruction.REGISTER:
            stack[top] = _of_modifier(state, context, instruction, int(operand))
            top += 1
        elif instruction <= Instruction.OR and instruction != Instruction.NEGATE:
            top -= 1
            stack[top - 1] = _combine(instruction, stack[top - 1], stack[top])
        elif instruction == Instruction.NEGATE:
            stack[top - 1] = -stack[top - 1]
        elif instruction == Instruction.NOT:
            stack[top - 1] = 0.0 if stack[top - 1] != 0.0 else 1.0
        elif instruction == Instruction.WHEN:
            top -= 2
            stack[top - 1] = stack[top] if stack[top - 1] != 0.0 else stack[top + 1]
        elif instruction == Instruction.FLOOR:
            stack[top - 1] = math.floor(stack[top - 1] + 1e-9)
        elif instruction == Instruction.SQUARE_ROOT:
            stack[top - 1] = math.sqrt(max(stack[top - 1], 0.0))
        elif instruction == Instruction.REMAINDER:
            top -= 1
            stack[top - 1] -= math.floor(stack[top - 1] / stack[top]) * stack[top]
        elif instruction == Instruction.CHANCE:
            stack[top - 1] = _try_chance(state, context, stack[top - 1] * 0.01)
        elif instruction == Instruction.RANDOM:
            top -= 1
            stack[top - 1] += uniform(state) * (stack[top] - stack[top - 1])
        elif instruction == Instruction.STATE:
            row = row_of_named(state, handle_of(context, int(operand)))
            bits = int(stack[top - 1])
            stack[top - 1] = 1.0 if row >= 0 and state.tables.units[row].states & bits else 0.0
        else:
            stack[top] = _look_up(state, patch, context, instruction, int(operand))
            top += 1


@inlined
def _combine(instruction, a, b):
    if instruction == Instruction.ADD:
        return a + b
    if instruction == Instruction.SUBTRACT:
        return a - b
    if instruction == Instruction.MULTIPLY:
        return a * b
    if instruction == Instruction.DIVIDE:
        return a / b if b != 0.0 else 0.0
    if instruction == Instruction.MINIMUM:
        return min(a, b)
    if instruction == Instruction.MAXIMUM:
        return max(a, b)
    if instruction == Instruction.LESS:
        return 1.0 if a < b else 0.0
    if instruction == Instruction.LESS_EQUAL:
        return 1.0 if a <= b else 0.0
    if instruction == Instruction.EQUAL:
        return 1.0 if a == b else 0.0
    if instruction == Instruction.AND:
        return 1.0 if a != 0.0 and b != 0.0 else 0.0
    return 1.0 if a != 0.0 or b != 0.0 else 0.0


@inlined
def _of_modifier(state, context, instruction, place):
    if context.modifier < 0:
        return 0.0
    modifier = state.tables.modifiers[context.modifier]
    effect = state.effects[context.modifier]
    if instruction == Instruction.STACKS:
        return float(modifier.stacks)
    if instruction == Instruction.ELAPSED:
        return (state.tables.tick - effect.created_tick) / TICKS_PER_SECOND
    if instruction == Instruction.REMAINING:
        return max(modifier.expire_tick - state.tables.tick, 0) / TICKS_PER_SECOND
    return effect.registers[place]


@rule
def _try_chance(state, context, chance):
    """Draws from the pseudo-random distribution; the tries are counted with the modifier."""
    if context.modifier < 0:
        return 1.0 if uniform(state) < chance else 0.0
    effect = state.effects[context.modifier]
    effect.tries += 1
    if not pseudo_random_chance(state, effect.tries, chance):
        return 0.0
    effect.tries = 0
    return 1.0


@rule
def _look_up(state, patch, context, instruction, operand):
    """Returns what the context or the match says, for the instructions that only push."""
    tables = state.tables
    if instruction == Instruction.FIELD:
        return _field(state, patch, context, handle_of(context, operand // 64), operand % 64)
    if instruction == Instruction.DISTANCE or instruction == Instruction.POINT_DISTANCE:
        row = row_of_named(state, handle_of(context, operand // 8))
        x = context.x
        y = context.y
        if instruction == Instruction.DISTANCE:
            other = row_of_named(state, handle_of(context, operand % 8))
            if other < 0:
                return 0.0
            x = tables.units[other].x
            y = tables.units[other].y
        if row < 0:
            return 0.0
        dx = tables.units[row].x - x
        dy = tables.units[row].y - y
        return math.sqrt(dx * dx + dy * dy)
    if instruction == Instruction.STACKS_OF:
        row = row_of_named(state, handle_of(context, operand // 4096))
        return stacks_of(state, row, operand % 4096)
    if instruction == Instruction.IS_DAY:
        return float(tables.is_day)
    if instruction == Instruction.SECONDS:
        return tables.tick / TICKS_PER_SECOND
    if instruction == Instruction.BACK_ANGLE or instruction == Instruction.FRONT_ANGLE:
        return _angle(state, context, instruction)
    if instruction == Instruction.DAMAGE_TYPE:
        return float(context.damage_type)
    if instruction == Instruction.IS_PLANTED:
        return is_planted(state, context.x, context.y)
    if instruction == Instruction.VECTOR_LENGTH:
        dx = context.x_end - context.x
        dy = context.y_end - context.y
        return math.sqrt(dx * dx + dy * dy)
    if instruction == Instruction.TRAVELLED:
        row = row_of_flight(state, context.flight)
        return state.flights[row].travelled if row >= 0 else 0.0
    seat = _seat_of(state, context)
    if seat < 0:
        return 0.0
    if instruction == Instruction.HAS_SCEPTER:
        return float(state.has_scepter[seat])
    if instruction == Instruction.HAS_SHARD:
        return float(state.has_shard[seat])
    if instruction == Instruction.LEARNED:
        return float(level_of(tables, seat, operand))
    if context.source < 0:
        return 0.0
    if instruction == Instruction.IS_READY:
        return _is_ready(tables, seat, context.source)
    if instruction == Instruction.ALTERNATIVE:
        if context.source >= ITEM_SOURCE:
            return 0.0
        return float(tables.abilities[seat, context.source % SLOTS].alternative)
    if instruction == Instruction.STORED_RUNE:
        return float(stored_rune(tables, seat, context.source))
    if instruction == Instruction.TOGGLED:
        return _is_toggled(tables, seat, context.source)
    if instruction == Instruction.ABILITY_LEVEL:
        if context.source >= ITEM_SOURCE:
            return 1.0
        # A spell that is sent back is not its caster's.
        return float(tables.abilities[
            context.source // SLOTS, context.source % SLOTS].level)
    return _charges(state, seat, context.source)


@rule
def is_planted(state, x, y):
    """Returns whether a tree that was planted stands at a place, as 0 or 1."""
    if state.num_planted:
        for i in range(MAX_PLANTED):
            if (state.planted_until_tick[i] > 0 and abs(state.planted_x[i] - x) < 1.0
                    and abs(state.planted_y[i] - y) < 1.0):
                return 1.0
    return 0.0


@rule
def row_of_flight(state, handle):
    """Returns the row of the projectile that `handle` names, -1 if it flies no more."""
    for row in range(state.tables.num_projectiles):
        if state.tables.projectiles[row].handle == handle:
            return row
    return -1


@inlined
def _seat_of(state, context):
    row = row_of_named(state, context.caster)
    return state.tables.units[row].player if row >= 0 else -1


@rule
def _is_ready(tables, seat, source):
    """Returns whether the ability, or any item, of a source is off cooldown, as 0 or 1."""
    if source < ITEM_SOURCE:
        return 1.0 if tables.tick >= tables.abilities[
            seat, source % SLOTS].cooldown_ready_tick else 0.0
    for slot in range(len(tables.items[seat])):
        item = tables.items[seat, slot]
        if (item.definition == source - ITEM_SOURCE
                and tables.tick >= item.cooldown_ready_tick):
            return 1.0
    return 0.0


@rule
def _is_toggled(tables, seat, source):
    """Returns whether the ability, or any item, of a source is switched on, as 0 or 1."""
    if source < ITEM_SOURCE:
        return float(tables.abilities[seat, source % SLOTS].toggled)
    for slot in range(len(tables.items[seat])):
        item = tables.items[seat, slot]
        if item.definition == source - ITEM_SOURCE and item.toggled:
            return 1.0
    return 0.0


@rule
def stored_rune(tables, seat, source):
    """Returns the Rune + 1 that any item of a source keeps, 0 for none."""
    slot = slot_with_rune(tables, seat, source)
    return tables.items[seat, slot].rune if slot >= 0 else 0


@rule
def slot_with_rune(tables, seat, source):
    """Returns the first slot with an item of a source that keeps a rune, or -1."""
    for slot in range(len(tables.items[seat])):
        item = tables.items[seat, slot]
        if item.definition == source - ITEM_SOURCE and item.rune:
            return slot
    return -1


@rule
def _charges(state, seat, source):
    tables = state.tables
    if source < ITEM_SOURCE:
        return float(tables.abilities[seat, source % SLOTS].charges)
    most = 0
    for slot in range(len(tables.items[seat])):
        item = tables.items[seat, slot]
        if item.definition == source - ITEM_SOURCE and item.charges > most:
            most = item.charges
    return float(most)


@rule
def stacks_of(state, row, definition):
    """Returns the stacks of a modifier on a unit, one at least for each there is; 0 for none."""
    total = 0
    if row < 0:
        return 0.0
    at = state.body[row].first_modifier
    while at > 0:
        modifier = state.tables.modifiers[at - 1]
        if modifier.definition == definition:
            total += max(modifier.stacks, 1)
        at = state.effects[at - 1].next
    return float(total)


@rule
def _angle(state, context, instruction):
    """Returns the degrees from the way to TARGET to where it looks, or where CASTER does."""
    row = row_of_named(state, context.target)
    caster = row_of_named(state, context.caster)
    if row < 0 or caster < 0:
        return 180.0
    target = state.tables.units[row]
    unit = state.tables.units[caster]
    way = math.atan2(target.y - unit.y, target.x - unit.x)
    facing = target.facing if instruction == Instruction.BACK_ANGLE else unit.facing
    return abs(angle_between(way, facing)) * 180.0 / math.pi


@rule
def _field(state, patch, context, handle, field):
    row = row_of_named(state, handle)
    if row < 0:
        return 0.0
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    if field == Field.health:
        return unit.health
    if field == Field.max_health:
        return unit.max_health
    if field == Field.mana:
        return unit.mana
    if field == Field.max_mana:
        return unit.max_mana
    if field == Field.level:
        return float(unit.level)
    if field == Field.attack_damage:
        return 0.5 * (unit.damage_min + unit.damage_max) + unit.bonus_damage
    if field == Field.base_damage:
        return 0.5 * (unit.damage_min + unit.damage_max)
    if field == Field.bonus_damage:
        return unit.bonus_damage
    if field == Field.move_speed:
        return unit.move_speed
    if field == Field.armor:
        return unit.armor
    if field == Field.attack_range:
        return unit.attack_range
    if field == Field.is_hero:
        return 1.0 if is_hero(unit) else 0.0
    if field == Field.is_creep:
        return 1.0 if (unit.unit_type == UnitType.LANE_CREEP
                       or unit.unit_type == UnitType.JUNGLE_CREEP
                       or unit.unit_type == UnitType.CREEP_HERO
                       or unit.unit_type == UnitType.ROSHAN) else 0.0
    if field == Field.is_building:
        return 1.0 if unit.traits & STRUCTURE else 0.0
    if field == Field.is_illusion:
        return 1.0 if body.illusion_of else 0.0
    if field == Field.is_ranged:
        return 1.0 if unit.traits & RANGED_ATTACK else 0.0
    if field == Field.is_alive:
        return float(unit.alive)
    if field == Field.is_enemy:
        caster = row_of_named(state, context.caster)
        return 1.0 if caster >= 0 and tables.units[caster].team != unit.team else 0.0
    if field == Field.is_own:
        caster = row_of_named(state, context.caster)
        return 1.0 if (caster >= 0 and unit.player >= 0
                       and tables.units[caster].player == unit.player) else 0.0
    if field == Field.base_armor:
        return body.base_armor * (
            1.0 + 0.01 * state.bonuses[row, Property.PHYSICAL_ARMOR_BASE_PERCENTAGE])
    if field == Field.is_in_fountain:
        return 1.0 if tables.tick < body.fountain_until_tick else 0.0
    if field == Field.attack_interval:
        return unit.attack_interval
    if field == Field.bounty_xp:
        return unit.bounty_xp
    if field == Field.bounty_gold:
        return 0.5 * (unit.bounty_gold_min + unit.bounty_gold_max)
    if field == Field.is_marked:
        if context.modifier < 0:
            return 0.0
        return float((state.effects[context.modifier].marks[row >> 3] >> (row & 7)) & 1)
    if field == Field.is_attacker:
        return 1.0 if unit.handle == context.attacker else 0.0
    if field == Field.is_melee:
        return 0.0 if unit.traits & RANGED_ATTACK else 1.0
    if field == Field.is_caster:
        return 1.0 if unit.handle == context.caster else 0.0
    if field == Field.attack_speed:
        return unit.attack_speed
    if field == Field.x:
        return unit.x
    if field == Field.y:
        return unit.y
    if field == Field.facing:
        return unit.facing
    if field == Field.is_ancient:
        return 1.0 if unit.traits & ANCIENT else 0.0
    if field == Field.is_neutral:
        return 1.0 if unit.unit_type == UnitType.JUNGLE_CREEP else 0.0
    if field == Field.is_lane_creep:
        return 1.0 if unit.unit_type == UnitType.LANE_CREEP and unit.player < 0 else 0.0
    if field == Field.is_summon:
        return 1.0 if unit.player >= 0 and not is_hero(unit) else 0.0
    if field == Field.is_ward:
        return 1.0 if unit.unit_type == UnitType.WARD else 0.0
    if field == Field.is_filler:
        return 1.0 if unit.unit_type == UnitType.BUILDING else 0.0
    if field == Field.is_courier:
        return 1.0 if unit.unit_type == UnitType.COURIER else 0.0
    if field == Field.is_visible_to_enemy:
        return 1.0 if sees(unit, enemy_of(unit.team)) else 0.0
    if field == Field.health_regen:
        return unit.health_regen
    if field == Field.plain_health_regen:
        return plain_health_regen(state, row)
    if field == Field.mana_regen:
        return unit.mana_regen
    if field == Field.magic_resistance:
        return unit.magic_resistance * 100.0
    if field == Field.creation_seconds:
        return (tables.tick - unit.spawn_tick) / TICKS_PER_SECOND
    if field == Field.is_moving:
        return 1.0 if body.moved_tick >= tables.tick - 1 else 0.0
    if field == Field.turn_rate:
        return unit.turn_rate
    if field == Field.bound_radius:
        return unit.bound_radius
    if field == Field.is_channelling:
        return 1.0 if body.channel_slot else 0.0
    if field == Field.last_attack_seconds:
        return (tables.tick - unit.last_attack_tick) / TICKS_PER_SECOND
    if unit.player < 0:
        return 0.0
    player = tables.players[unit.player]
    if field == Field.primary_attribute:
        return _primary(patch.definitions[unit.definition].primary_attribute, player)
    if field == Field.strength:
        return player.strength
    if field == Field.agility:
        return player.agility
    if field == Field.intelligence:
        return player.intelligence
    if field == Field.base_strength:
        return player.strength - state.bonuses[row, Property.STATS_STRENGTH_BONUS]
    if field == Field.base_agility:
        return player.agility - state.bonuses[row, Property.STATS_AGILITY_BONUS]
    if field == Field.base_intelligence:
        return player.intelligence - state.bonuses[row, Property.STATS_INTELLECT_BONUS]
    if field == Field.gold:
        return float(player.reliable_gold + player.unreliable_gold)
    if field == Field.net_worth:
        return float(player.net_worth)
    if field == Field.assists:
        return float(player.assists)
    if field == Field.deaths:
        return float(player.deaths)
    return float(player.kills)


@rule
def plain_health_regen(state, row):
    """Returns a unit's health regeneration before what makes it more or less."""
    body = state.body[row]
    bonus = state.bonuses[row]
    return (
        body.base_health_regen + body.aura_health_regen + bonus[Property.HEALTH_REGEN_CONSTANT]
        + 0.01 * bonus[Property.HEALTH_REGEN_PERCENTAGE] * state.tables.units[row].max_health)


@inlined
def _primary(attribute, player):
    if attribute == Attribute.STRENGTH:
        return player.strength
    if attribute == Attribute.AGILITY:
        return player.agility
    if attribute == Attribute.INTELLIGENCE:
        return player.intelligence
    return (player.strength + player.agility + player.intelligence) / 3.0
