"""Carries out lists of actions: what content says happens when something happens.

Lists wait in a queue and are done one after another, so that what an action sets off comes after
the list that it stands in, and no rule calls itself.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    INVULNERABLE,
    STRUCTURE,
    UNMOVABLE,
    EventKind,
    GoldReason,
    UnitOrder,
)
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import NUM_ABILITY_SLOTS, NUM_ITEM_SLOTS
from dota_env_rpc.match.targeting import BEHAVIOR
from dota_env_rpc.match.words import (
    ADDS,
    AS_REFLECTION,
    BEYOND,
    DAMAGE_FLAGS_SHIFT,
    DISPELS_BUFFS,
    DISPELS_DEBUFFS,
    DODGEABLE,
    EATEN,
    FROM_CASTER_ONLY,
    HIDES,
    KEEPS_ROUTE,
    NO_PROCS,
    NONE,
    SAME_TYPE,
    SPENT_IS_GONE,
    THROUGH,
    TOWARD,
    WITH_PROJECTILE,
    WITHOUT_MISS,
    AbilityEvent,
    Selector,
    Standard,
    Word,
)
from dota_env_rpc.sim.casting import begin_cooldown, interrupt, set_toggle, spend_mana
from dota_env_rpc.sim.chance import uniform
from dota_env_rpc.sim.combat import (
    SWING_CANNOT_MISS,
    SWING_NO_PROCS,
    SWING_REFLECTED,
    class_factor,
    deal_damage,
    dodge_projectiles,
    heal,
    land_attack,
    launch,
    launches,
    reveal_place,
    roll_attack,
    wound,
)
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.expressions import (
    NO_EXPRESSION,
    evaluate,
    handle_of,
    row_of_named,
    slot_with_rune,
)
from dota_env_rpc.sim.heroes import give_experience, give_gold
from dota_env_rpc.sim.inventory import items_changed, receive_item
from dota_env_rpc.sim.modifiers import (
    AT_RANDOM,
    LEAVING,
    add_modifier,
    begin_context,
    delay_actions,
    dispel,
    find_modifier,
    fits,
    free_modifier,
    queue_actions,
    remove_modifier,
    source_for,
)
from dota_env_rpc.sim.motion import push, put_at
from dota_env_rpc.sim.projectiles import end_flight, launch_linear, launch_tracking, steer
from dota_env_rpc.sim.runes import pull_rune, release_rune
from dota_env_rpc.sim.space import gather
from dota_env_rpc.sim.state import ITEM_SLOT
from dota_env_rpc.sim.stats import update_hero, update_unit
from dota_env_rpc.sim.summons import dominate, remove_unit, spawn_illusion, spawn_summon
from dota_env_rpc.sim.trees import fell_trees, plant_tree
from dota_env_rpc.sim.units import is_hero, mark_dirty, row_of_living
from dota_env_rpc.sim.values import ITEM_SOURCE, SLOTS, slot_of
from dota_env_rpc.sim.walls import block_ground

_CHANNELLED = BEHAVIOR["channelled"]


@rule
def drain(state, patch):
    """Does all queued lists of actions, and those that they queue."""
    at = 0
    while at < state.num_queued_actions:
        context = state.queued[at]
        if context.modifier >= 0 and state.effects[context.modifier].serial != context.serial:
            context.modifier = NONE
        run(state, patch, context)
        if context.due_tick == LEAVING and context.modifier >= 0:
            free_modifier(state, context.modifier)
        at += 1
    state.num_queued_actions = 0


@rule
def run(state, patch, context):
    """Does one list of actions in its context."""
    at = context.block
    while True:
        action = patch.actions[at]
        word = action.word
        at += 1
        if word == Word.END:
            return
        if word == Word.IF:
            if evaluate(state, patch, action.expressions[0], context) == 0.0:
                at += action.jump
        elif word == Word.ELSE:
            at += action.jump
        elif word == Word.DELAY:
            seconds = evaluate(state, patch, action.expressions[0], context)
            if seconds > 0.0:
                delay_actions(
                    state, action.block, context,
                    state.tables.tick + max(int(seconds * TICKS_PER_SECOND + 0.5), 1))
            else:
                queue_actions(state, action.block, context)
        elif word == Word.DO:
            queue_actions(state, action.block, context)
        elif word == Word.SET_AMOUNT:
            context.amount = evaluate(state, patch, action.expressions[0], context)
        elif word == Word.REMEMBER:
            context.attacker = handle_of(context, action.selector)
        elif word == Word.REPEAT:
            _repeat(state, patch, action, context)
        elif word == Word.SET_POINT:
            _set_point(state, patch, action, context)
        elif word == Word.CREATE_THINKER:
            _create_thinker(state, patch, action, context)
        elif word == Word.REMOVE_SELF:
            if context.modifier >= 0:
                remove_modifier(state, patch, context.modifier)
        elif word == Word.VISION:
            x, y = place_of(state, context, action.center)
            reveal_place(
                state, _team_of(state, context), x, y,
                evaluate(state, patch, action.expressions[0], context),
                evaluate(state, patch, action.expressions[1], context), action.options)
        elif word == Word.BLOCK_GROUND:
            x, y = place_of(state, context, action.center)
            block_ground(
                state, patch, x, y, context.x, context.y,
                evaluate(state, patch, action.expressions[0], context),
                evaluate(state, patch, action.expressions[1], context),
                evaluate(state, patch, action.expressions[2], context),
                evaluate(state, patch, action.expressions[3], context), action.options & HIDES)
        elif word == Word.DESTROY_TREES or word == Word.PLANT_TREE:
            x, y = place_of(state, context, action.center)
            number = evaluate(state, patch, action.expressions[0], context)
            if word == Word.PLANT_TREE:
                plant_tree(state, patch, x, y, number)
            else:
                fell_trees(state, patch, x, y, number)
        elif word == Word.LINEAR_PROJECTILE:
            _launch_linear(state, patch, action, context)
        elif word == Word.SPAWN_UNIT:
            _spawn(state, patch, action, context)
        elif word == Word.END_PROJECTILE:
            end_flight(state, context.flight)
        elif word == Word.STEER_PROJECTILE:
            x, y = place_of(state, context, action.center)
            most = evaluate(state, patch, action.expressions[0], context)
            steer(state, context.flight, x, y, most * math.pi / 180.0)
        elif word == Word.PULL_RUNE:
            x, y = place_of(state, context, action.center)
            pull_rune(state, context.target, x, y,
                      evaluate(state, patch, action.expressions[0], context))
        elif word == Word.MOVE_THINKER:
            if context.modifier >= 0:
                effect = state.effects[context.modifier]
                effect.x = context.x
                effect.y = context.y
        elif action.selector == Selector.POINT:
            _apply(state, patch, action, context, NONE)
        elif action.selector < Selector.POINT:
            row = row_of_named(state, handle_of(context, action.selector))
            if row >= 0:
                _apply(state, patch, action, context, row)
        else:
            count = select(state, patch, action, context)
            target = context.target
            for i in range(count):
                context.target = state.tables.units[state.targets[i]].handle
                _apply(state, patch, action, context, state.targets[i])
            context.target = target


@rule
def place_of(state, context, center):
    """Returns the (x, y) that a center names in a context."""
    if center == Selector.POINT:
        return context.x, context.y
    if center == Selector.POINT_END:
        return context.x_end, context.y_end
    row = row_of_named(state, handle_of(context, center))
    if row < 0:
        return context.x, context.y
    return state.tables.units[row].x, state.tables.units[row].y


@rule
def _team_of(state, context):
    row = row_of_named(state, context.caster)
    if row >= 0:
        return state.tables.units[row].team
    return state.effects[context.modifier].team if context.modifier >= 0 else 0


@rule
def select(state, patch, action, context):
    """Writes the rows that an action is done to, nearest first where only some may be.

    Returns how many there are, in `state.targets`.
    """
    units = state.tables.units
    team = _team_of(state, context)
    count = 0
    x, y = place_of(state, context, action.center)
    if action.selector == Selector.AREA:
        near = gather(state, x, y, evaluate(state, patch, action.radius, context))
        for i in range(near):
            state.targets[i] = state.near[i]
        count = near
    elif action.selector == Selector.LINE:
        length = evaluate(state, patch, action.length, context)
        width = evaluate(state, patch, action.radius, context)
        near = gather(state, x, y, length + width)
        for i in range(near):
            unit = units[state.near[i]]
            if _is_on_line(unit, x, y, context.x, context.y, length, width):
                state.targets[count] = state.near[i]
                count += 1
    else:
        for row in range(state.tables.num_rows):
            unit = units[row]
            if unit.handle != 0 and unit.alive and (
                    is_hero(unit) if action.selector == Selector.ALL_HEROES
                    else unit.player >= 0 and not is_hero(unit)):
                state.targets[count] = row
                count += 1
    kept = 0
    for i in range(count):
        row = state.targets[i]
        if fits(units[row], team, action.team, action.kind, action.exclusions):
            state.targets[kept] = row
            kept += 1
    count = kept
    if action.expressions[7] != NO_EXPRESSION:
        before = context.target
        kept = 0
        for i in range(count):
            context.target = units[state.targets[i]].handle
            if evaluate(state, patch, action.expressions[7], context) != 0.0:
                state.targets[kept] = state.targets[i]
                kept += 1
        context.target = before
        count = kept
    if action.most == NO_EXPRESSION:
        return count
    most = int(evaluate(state, patch, action.most, context))
    if count > most:
        if action.exclusions & AT_RANDOM:
            for i in range(most):
                other = i + int(uniform(state) * (count - i))
                state.targets[i], state.targets[other] = state.targets[other], state.targets[i]
        else:
            _nearest_first(state, x, y, count, most)
        count = most
    return max(count, 0)


@rule
def _nearest_first(state, x, y, count, most):
    """Moves the nearest `most` of the targets to the front."""
    units = state.tables.units
    for i in range(most):
        best = i
        best_gap = 1e18
        for j in range(i, count):
            dx = units[state.targets[j]].x - x
            dy = units[state.targets[j]].y - y
            if dx * dx + dy * dy < best_gap:
                best_gap = dx * dx + dy * dy
                best = j
        state.targets[i], state.targets[best] = state.targets[best], state.targets[i]


@rule
def _is_on_line(unit, x, y, toward_x, toward_y, length, width):
    dx = toward_x - x
    dy = toward_y - y
    size = math.sqrt(dx * dx + dy * dy)
    if size == 0.0:
        return False
    along = ((unit.x - x) * dx + (unit.y - y) * dy) / size
    aside = abs((unit.x - x) * dy - (unit.y - y) * dx) / size
    reach = width + unit.bound_radius
    return aside <= reach and -reach <= along <= length + reach


@rule
def _apply(state, patch, action, context, row):
    """Does one action to the unit in `row`, -1 where it is done to a place."""
    word = action.word
    caster_row = row_of_named(state, context.caster)
    first = evaluate(state, patch, action.expressions[0], context)
    if word == Word.DAMAGE:
        kind = action.options & 15
        deal_damage(state, patch, caster_row, row, first,
                    context.damage_type if kind == SAME_TYPE else kind,
                    action.options >> DAMAGE_FLAGS_SHIFT)
    elif word == Word.HEAL:
        heal(state, patch, caster_row, row, first)
    elif word == Word.APPLY_MODIFIER:
        _apply_modifier(state, patch, action, context, row)
    elif word == Word.ACT_ON_TARGETS:
        queue_actions(state, action.block, context)
    elif word == Word.TRACKING_PROJECTILE:
        _launch_tracking(state, patch, action, context, row, first)
    elif word <= Word.SET_STACKS or word == Word.SET_REGISTER or word == Word.EXTEND_MODIFIER:
        _change_modifier(state, patch, action, context, row, first)
    elif word == Word.KNOCKBACK or word == Word.MOVE_TO or word == Word.BLINK:
        _move(state, patch, action, context, row, first)
    elif word == Word.MARK:
        if context.modifier >= 0:
            state.effects[context.modifier].marks[row >> 3] |= 1 << (row & 7)
    elif word == Word.DISPEL:
        dispel(state, patch, row, action.options & 3, action.options & DISPELS_DEBUFFS,
               action.options & DISPELS_BUFFS)
    elif word == Word.SPEND_MANA:
        spend_mana(state, row, first)
    elif word == Word.GIVE_MANA:
        unit = state.tables.units[row]
        most = unit.max_mana if not action.options & BEYOND else unit.mana + first
        unit.mana = max(min(unit.mana + first, most), unit.mana)
    elif word == Word.PERFORM_ATTACK:
        _perform_attack(state, patch, action, context, caster_row, row, first)
    elif word == Word.INTERRUPT:
        interrupt(state, patch, row)
    elif word == Word.KILL:
        wound(state, patch, caster_row, row, state.tables.units[row].max_health * 10.0 + 1e6,
              not action.options & THROUGH)
    elif word == Word.REMOVE_UNIT:
        remove_unit(state, patch, row)
    elif word == Word.SET_HEALTH:
        unit = state.tables.units[row]
        if state.body[row].is_dirty:
            # The maximum that it is about may just have changed.
            update_unit(state, patch, row)
            first = evaluate(state, patch, action.expressions[0], context)
        if unit.alive:
            unit.health = min(max(first, 1.0), unit.max_health)
    elif word == Word.SET_BOUNTY:
        state.tables.units[row].bounty_gold_min = first
        state.tables.units[row].bounty_gold_max = first
    elif word == Word.RECAST:
        _recast(state, patch, context, row)
    elif word == Word.SET_CHANNEL_TIME:
        seat = state.tables.units[row].player
        if seat >= 0:
            channel = state.channels[seat]
            channel.due_tick = int(channel.amount) + int(first * TICKS_PER_SECOND + 0.5)
    elif word == Word.SWAP_PLACES:
        _swap_places(state, patch, caster_row, row)
    elif word == Word.DODGE_PROJECTILES:
        dodge_projectiles(state, patch, row)
    elif word == Word.TURN_TO:
        unit = state.tables.units[row]
        x, y = place_of(state, context, action.center)
        if x != unit.x or y != unit.y:
            unit.facing = math.atan2(y - unit.y, x - unit.x)
    elif word == Word.CREATE_ILLUSION:
        for _ in range(int(first)):
            spawn_illusion(
                state, patch, caster_row, row,
                evaluate(state, patch, action.expressions[1], context),
                evaluate(state, patch, action.expressions[2], context),
                evaluate(state, patch, action.expressions[3], context))
    elif word == Word.DOMINATE:
        dominate(state, caster_row, row)
    elif word == Word.ATTACK_TARGET:
        _force_attack(state, patch, action, context, row)
    else:
        _change_player(state, patch, action, context, row, first)


@rule
def _change_player(state, patch, action, context, row, amount):
    """Does what changes a player's things rather than a unit."""
    tables = state.tables
    seat = tables.units[row].player
    if seat < 0:
        return
    word = action.word
    if word == Word.GIVE_GOLD:
        give_gold(tables, seat, amount, True, GoldReason.ABILITY)
    elif word == Word.GIVE_EXPERIENCE:
        give_experience(state, patch, seat, amount)
    elif word == Word.CHANGE_COOLDOWN or word == Word.ADD_CHARGES:
        if word == Word.CHANGE_COOLDOWN and action.definition == NONE and (
                context.source >= ITEM_SOURCE):
            _change_item_cooldown(state, action, context, seat, amount)
            return
        slot = _slot_of_action(state, action, context, seat)
        if slot < 0:
            return
        ability = tables.abilities[seat, slot]
        if word == Word.ADD_CHARGES:
            ability.charges = max(ability.charges + int(amount), 0)
        elif action.options & ADDS:
            ability.cooldown_ready_tick += int(amount * TICKS_PER_SECOND)
        elif amount <= 0.0:
            ability.cooldown_ready_tick = tables.tick
        else:
            begin_cooldown(state, patch, row, slot, amount)
    elif word == Word.REFRESH_ABILITIES:
        for slot in range(NUM_ABILITY_SLOTS):
            ability = tables.abilities[seat, slot]
            ability.cooldown_ready_tick = tables.tick
            most = int(state.values[seat, slot, Standard.CHARGES])
            if ability.definition >= 0 and ability.level > 0:
                ability.charges = max(ability.charges, most)
    elif word == Word.RUN_ABILITY:
        slot = slot_of(tables, seat, action.definition)
        if slot >= 0 and tables.abilities[seat, slot].level > 0:
            source = context.source
            context.source = seat * SLOTS + slot
            queue_actions(
                state,
                patch.ability_behaviors[action.definition].blocks[AbilityEvent.OnSpellStart],
                context)
            context.source = source
    elif word == Word.SET_TOGGLE:
        _set_toggle(state, patch, action, context, row, 1 if amount > 0.0 else 0)
    elif word == Word.GIVE_ITEM:
        receive_item(state, patch, seat, action.definition, int(amount))
    elif word == Word.EAT_UPGRADE:
        if action.options:
            tables.players[seat].shard_eaten = 1
        else:
            tables.players[seat].scepter_eaten = 1
        tables.players[seat].items_changed = 1
    elif word == Word.REMOVE_ITEM or word == Word.SET_ITEM_CHARGES:
        _change_item(state, patch, action, context, seat, amount)
    elif word == Word.RELEASE_RUNE:
        slot = slot_with_rune(tables, seat, context.source)
        if slot >= 0:
            release_rune(state, patch, seat, slot)
    elif word == Word.HIDE_ABILITY:
        slot = slot_of(tables, seat, action.definition)
        if slot >= 0:
            tables.abilities[seat, slot].hidden = int(amount)
    elif word == Word.SET_ABILITY_LEVEL:
        slot = slot_of(tables, seat, action.definition)
        if slot >= 0:
            tables.abilities[seat, slot].level = int(amount)
            update_hero(state, patch, seat)


@rule
def _change_item_cooldown(state, action, context, seat, seconds):
    """Sets, or adds to, the cooldown of every item like the one that an action is part of."""
    tick = state.tables.tick
    for place in range(len(state.tables.items[seat])):
        item = state.tables.items[seat, place]
        if ITEM_SOURCE + item.definition == context.source:
            before = max(item.cooldown_ready_tick, tick) if action.options & ADDS else tick
            item.cooldown_ready_tick = before + int(seconds * TICKS_PER_SECOND + 0.5)


@rule
def _change_item(state, patch, action, context, seat, amount):
    """Changes the charges of the item that an action is part of, or takes it away."""
    for place in range(len(state.tables.items[seat])):
        item = state.tables.items[seat, place]
        if ITEM_SOURCE + item.definition != context.source:
            continue
        if action.word == Word.REMOVE_ITEM:
            if action.options & EATEN:
                state.tables.players[seat].consumed_worth += item.worth
            tell(state.tables, EventKind.ITEM_CONSUMED, state.tables.players[seat].hero, 0, seat,
                 item.definition, float(item.charges))
            item.definition = NONE
            items_changed(state, patch, seat)
            return
        if action.options & ADDS:
            amount += item.charges
        if action.expressions[1] != NO_EXPRESSION:
            amount = min(amount, evaluate(state, patch, action.expressions[1], context))
        item.charges = max(int(amount), 0)
        if action.options & SPENT_IS_GONE:
            tell(state.tables, EventKind.ITEM_USED, state.tables.players[seat].hero, 0, seat,
                 item.definition, float(item.charges))
            if item.charges == 0:
                item.definition = NONE
        items_changed(state, patch, seat)
        return


@rule
def _set_toggle(state, patch, action, context, row, on):
    """Switches an ability, or the items like the one that an action is part of, on or off."""
    seat = state.tables.units[row].player
    if action.definition != NONE or context.source < ITEM_SOURCE:
        slot = _slot_of_action(state, action, context, seat)
        if slot >= 0:
            set_toggle(state, patch, row, slot, on)
        return
    for place in range(NUM_ITEM_SLOTS):
        if ITEM_SOURCE + state.tables.items[seat, place].definition == context.source:
            set_toggle(state, patch, row, ITEM_SLOT + place, on)


@rule
def _recast(state, patch, context, row):
    """Lets PARENT cast at a unit the spell that the context's `amount` names; it costs nothing."""
    source = int(context.amount)
    if source >= ITEM_SOURCE:
        behavior = patch.item_behaviors[source - ITEM_SOURCE]
    else:
        behavior = patch.ability_behaviors[
            state.tables.abilities[source // SLOTS, source % SLOTS].definition]
    if behavior.ignores_block or behavior.bits & _CHANNELLED:
        return
    target = state.tables.units[row]
    answer = state.context
    begin_context(answer, source, context.parent, target.handle)
    answer.parent = context.parent
    answer.x = target.x
    answer.y = target.y
    queue_actions(state, behavior.blocks[AbilityEvent.OnSpellStart], answer)


@rule
def _slot_of_action(state, action, context, seat):
    """Returns the slot of the ability that an action names, or of the one that it is part of."""
    if action.definition != NONE:
        return slot_of(state.tables, seat, action.definition)
    if context.source < 0 or context.source >= ITEM_SOURCE:
        return -1
    return context.source % SLOTS


@rule
def _duration_of(state, patch, action, context):
    """Returns for how long an action gives its modifier: what it says, or the modifier's own."""
    if action.expressions[0] != NO_EXPRESSION:
        return evaluate(state, patch, action.expressions[0], context)
    source = context.source
    context.source = source_for(state, patch, action.modifier, context)
    seconds = evaluate(
        state, patch, patch.modifier_definitions[action.modifier].duration, context)
    context.source = source
    return seconds


@rule
def _apply_modifier(state, patch, action, context, row):
    duration = _duration_of(state, patch, action, context)
    stacks = int(evaluate(state, patch, action.expressions[1], context))
    added = add_modifier(state, patch, action.modifier, row, context, duration, stacks)
    if added < 0:
        return
    for i in range(4):
        if action.expressions[2 + i] != NO_EXPRESSION:
            state.effects[added].registers[i] = evaluate(
                state, patch, action.expressions[2 + i], context)


@rule
def _change_modifier(state, patch, action, context, row, amount):
    """Removes, or changes the stacks, a register or the time of a modifier."""
    which = context.modifier
    if action.modifier != NONE:
        which = find_modifier(
            state, row, action.modifier,
            context.caster if action.options & FROM_CASTER_ONLY else 0)
    if which < 0:
        return
    modifier = state.tables.modifiers[which]
    if action.word == Word.REMOVE_MODIFIER:
        remove_modifier(state, patch, which)
        return
    if action.word == Word.EXTEND_MODIFIER:
        modifier.expire_tick += int(amount * TICKS_PER_SECOND)
        return
    if action.word == Word.SET_REGISTER:
        place = action.jump
        if action.options & ADDS:
            amount += state.effects[which].registers[place]
        state.effects[which].registers[place] = amount
    else:
        if action.options & ADDS:
            amount += modifier.stacks
        if action.expressions[1] != NO_EXPRESSION:
            amount = min(amount, evaluate(state, patch, action.expressions[1], context))
        modifier.stacks = max(int(amount), 0)
    parent = row_of_named(state, modifier.parent)
    if parent >= 0:
        mark_dirty(state, parent)


@rule
def _move(state, patch, action, context, row, amount):
    """Knocks back, pulls, leaps or blinks the unit in `row`."""
    unit = state.tables.units[row]
    if unit.traits & STRUCTURE:
        return
    x, y = place_of(state, context, action.center)
    if action.word == Word.BLINK:
        dx = x - unit.x
        dy = y - unit.y
        gap = math.sqrt(dx * dx + dy * dy)
        if amount > 0.0 and gap > amount:
            x = unit.x + dx * amount / gap
            y = unit.y + dy * amount / gap
        if action.options & KEEPS_ROUTE:
            unit.x = x
            unit.y = y
            return
        dodge_projectiles(state, patch, row)
        put_at(state, patch, row, x, y)
        return
    hostile = unit.handle != context.caster
    if hostile and unit.states & (UNMOVABLE | INVULNERABLE):
        return
    seconds = evaluate(state, patch, action.expressions[1], context)
    if action.word == Word.KNOCKBACK:
        dx = unit.x - x
        dy = unit.y - y
        gap = math.sqrt(dx * dx + dy * dy)
        if gap < 1.0:
            dx = math.cos(unit.facing + math.pi)
            dy = math.sin(unit.facing + math.pi)
            gap = 1.0
        x = unit.x + dx * amount / gap
        y = unit.y + dy * amount / gap
    elif amount > 0.0:
        dx = x - unit.x
        dy = y - unit.y
        seconds = math.sqrt(dx * dx + dy * dy) / amount
    push(state, row, x, y, seconds, action.block, context, action.options)


@rule
def _set_point(state, patch, action, context):
    """Moves the context's point: to the center, then so far at an angle from where it looks.

    With TOWARD the angle counts from the way to the old point instead of the caster's facing.
    """
    x, y = place_of(state, context, action.center)
    distance = evaluate(state, patch, action.expressions[0], context)
    angle = evaluate(state, patch, action.expressions[1], context) * math.pi / 180.0
    row = row_of_named(state, context.caster)
    if action.options & TOWARD and (context.x != x or context.y != y):
        angle += math.atan2(context.y - y, context.x - x)
    elif row >= 0:
        angle += state.tables.units[row].facing
    context.x = x + distance * math.cos(angle)
    context.y = y + distance * math.sin(angle)


@rule
def _repeat(state, patch, action, context):
    """Queues a list so many times; `amount` counts them from 0."""
    amount = context.amount
    for i in range(int(evaluate(state, patch, action.expressions[0], context))):
        context.amount = float(i)
        queue_actions(state, action.block, context)
    context.amount = amount


@rule
def _create_thinker(state, patch, action, context):
    old_x = context.x
    old_y = context.y
    context.x, context.y = place_of(state, context, action.center)
    added = add_modifier(
        state, patch, action.modifier, NONE, context,
        _duration_of(state, patch, action, context), 0)
    if added >= 0:
        # Its second place is where the caster stood, so that lines keep their direction.
        row = row_of_named(state, context.caster)
        if row >= 0:
            state.effects[added].x_end = state.tables.units[row].x
            state.effects[added].y_end = state.tables.units[row].y
        for i in range(4):
            if action.expressions[2 + i] != NO_EXPRESSION:
                state.effects[added].registers[i] = evaluate(
                    state, patch, action.expressions[2 + i], context)
    context.x = old_x
    context.y = old_y


@rule
def _launch_linear(state, patch, action, context):
    x, y = place_of(state, context, action.center)
    angle = evaluate(state, patch, action.expressions[4], context) * math.pi / 180.0
    row = row_of_named(state, context.caster)
    toward_x, toward_y = place_of(state, context, action.toward)
    if toward_x != x or toward_y != y:
        angle += math.atan2(toward_y - y, toward_x - x)
    elif row >= 0:
        angle += state.tables.units[row].facing
    launch_linear(
        state, action, context, _team_of(state, context), x, y, angle,
        evaluate(state, patch, action.expressions[0], context),
        evaluate(state, patch, action.expressions[1], context),
        evaluate(state, patch, action.expressions[2], context),
        evaluate(state, patch, action.expressions[3], context),
        evaluate(state, patch, action.vision, context))


@rule
def _launch_tracking(state, patch, action, context, row, speed):
    x, y = place_of(state, context, action.center)
    launch_tracking(
        state, action, context, _team_of(state, context), x, y, row, speed,
        action.options & DODGEABLE, evaluate(state, patch, action.vision, context))


@rule
def _spawn(state, patch, action, context):
    row = row_of_named(state, context.caster)
    if row < 0:
        return
    x, y = place_of(state, context, action.center)
    for _ in range(int(evaluate(state, patch, action.expressions[0], context))):
        spawned = spawn_summon(
            state, patch, action.definition, row, x, y,
            evaluate(state, patch, action.expressions[1], context))
        if spawned >= 0 and action.modifier != NONE:
            context.target = state.tables.units[spawned].handle
            add_modifier(state, patch, action.modifier, spawned, context, 0.0, 0)


@rule
def _perform_attack(state, patch, action, context, caster_row, row, bonus):
    """Lets the caster attack at once, whatever its own attacks are doing."""
    if caster_row < 0 or row_of_living(state, state.tables.units[row].handle) < 0:
        return
    tables = state.tables
    unit = tables.units[caster_row]
    target = tables.units[row]
    damage, flags = roll_attack(state, patch, caster_row, target.handle)
    if action.expressions[1] != NO_EXPRESSION:
        damage *= 0.01 * evaluate(state, patch, action.expressions[1], context)
    damage += bonus
    if action.options & NO_PROCS:
        flags |= SWING_NO_PROCS
    if action.options & WITHOUT_MISS:
        flags |= SWING_CANNOT_MISS
    if action.options & AS_REFLECTION:
        flags |= SWING_REFLECTED
    factor = class_factor(patch, unit, target)
    if action.options & WITH_PROJECTILE and launches(unit):
        flown = launch(state, unit, target, damage, factor, 0, flags)
        if flown >= 0 and action.block >= 0:
            state.flights[flown].hit_block = action.block
            state.flights[flown].context = context
    elif land_attack(state, patch, caster_row, row, damage, factor, 0, flags):
        before = context.target
        context.target = target.handle
        queue_actions(state, action.block, context)
        context.target = before


@rule
def _swap_places(state, patch, caster_row, row):
    if caster_row < 0:
        return
    unit = state.tables.units[caster_row]
    other = state.tables.units[row]
    x = unit.x
    y = unit.y
    put_at(state, patch, caster_row, other.x, other.y)
    put_at(state, patch, row, x, y)


@rule
def _force_attack(state, patch, action, context, row):
    """Makes a unit attack the action's center, which is what taunts do."""
    body = state.body[row]
    body.order = UnitOrder.ATTACK_TARGET
    body.order_target = handle_of(context, action.center)
    body.target = body.order_target
    body.has_route = 0
