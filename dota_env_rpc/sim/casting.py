"""Casting: which casts the rules accept, and what a unit does from the order to the effect.

Source: Liquipedia cast_animation@2383517, disable@2360598; game glossary 7.41e.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import WORLD_MAX, WORLD_MIN
from dota_env_rpc.match.enums import (
    FEARED,
    HEXED,
    MAGIC_IMMUNE,
    MUTED,
    NUM_SEATS,
    ROOTED,
    SILENCED,
    STUNNED,
    TAUNTED,
    TETHERED,
    UNTARGETABLE_ALLIED,
    Activity,
    EventKind,
    OrderResult,
    UnitOrder,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import (
    BACKPACK_SLOT,
    MAX_UNITS,
    NEUTRAL_SLOT,
    NO_SLOT,
    NUM_ABILITY_SLOTS,
    NUM_ITEM_SLOTS,
    SCROLL_SLOT,
    STASH_SLOT,
)
from dota_env_rpc.match.targeting import BEHAVIOR, TARGET_TYPE
from dota_env_rpc.match.words import (
    CASTS_ABILITIES,
    MOVES,
    USES_ITEMS,
    AbilityEvent,
    ModifierEvent,
    Property,
    Standard,
)
from dota_env_rpc.sim.combat import show_striker
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.expressions import evaluate
from dota_env_rpc.sim.inventory import items_changed, use_charge
from dota_env_rpc.sim.modifiers import (
    ask,
    begin_context,
    fits,
    queue_actions,
    raise_event,
)
from dota_env_rpc.sim.movement import turn_to, walk
from dota_env_rpc.sim.space import distance
from dota_env_rpc.sim.state import CASTING, CHANNELLING, ITEM_SLOT, NOT_CASTING
from dota_env_rpc.sim.trees import is_standing, nearest_tree, place_of_tree
from dota_env_rpc.sim.units import mark_dirty, row_of_living, sees
from dota_env_rpc.sim.values import ITEM_SOURCE, SLOTS, value_of

_PASSIVE = BEHAVIOR["passive"]
_NO_TARGET = BEHAVIOR["no_target"]
_UNIT_TARGET = BEHAVIOR["unit_target"]
_POINT = BEHAVIOR["point"]
_TOGGLE = BEHAVIOR["toggle"]
_AUTOCAST = BEHAVIOR["autocast"]
_ALTERNATIVE = BEHAVIOR["alt_castable"]
_IMMEDIATE = BEHAVIOR["immediate"]
_CHANNELLED = BEHAVIOR["channelled"]
_ROOT_DISABLES = BEHAVIOR["root_disables"]
_IGNORES_CHANNEL = BEHAVIOR["ignore_channel"]
_IGNORES_SILENCE = BEHAVIOR["ignore_silence"]
_IGNORES_MUTE = BEHAVIOR["ignore_muted"]
_OPTIONAL_NO_TARGET = BEHAVIOR["optional_no_target"]
_OPTIONAL_UNIT_TARGET = BEHAVIOR["optional_unit_target"]
_OPTIONAL_POINT = BEHAVIOR["optional_point"]
_VECTOR = BEHAVIOR["vector_targeting"]
_OVERSHOOT = BEHAVIOR["overshoot"]
_TREE = TARGET_TYPE["tree"]
# Items count casts this near. Source: charge_radius of item_magic_stick 7.41.
COUNTED_RADIUS = 1200.0
STICK_TO_TARGET = 50.0


# Kinds of orders that cast an ability or use an item.
CASTS = tuple(int(kind) for kind in (
    UnitOrder.CAST_POSITION, UnitOrder.CAST_TARGET, UnitOrder.CAST_TARGET_TREE,
    UnitOrder.CAST_NO_TARGET, UnitOrder.CAST_TOGGLE, UnitOrder.CAST_TOGGLE_AUTO,
    UnitOrder.CAST_TOGGLE_ALT, UnitOrder.VECTOR_TARGET_POSITION))


@inlined
def is_cast(kind):
    """Returns whether an order of this kind casts an ability or uses an item."""
    return (UnitOrder.CAST_POSITION <= kind <= UnitOrder.CAST_TOGGLE
            or kind == UnitOrder.CAST_TOGGLE_AUTO or kind == UnitOrder.CAST_TOGGLE_ALT
            or kind == UnitOrder.VECTOR_TARGET_POSITION)


@inlined
def cast_slot_of(order):
    """Returns the slot of casting that an order names, -1 for none."""
    if order.ability_slot >= 0:
        return order.ability_slot
    return order.item_slot + ITEM_SLOT if order.item_slot >= 0 else -1


@inlined
def source_of(tables, seat, slot):
    """Returns the source of what lies in a slot of casting."""
    if slot >= ITEM_SLOT:
        return ITEM_SOURCE + tables.items[seat, slot - ITEM_SLOT].definition
    return seat * SLOTS + slot


@inlined
def behavior_of(tables, patch, seat, slot):
    """Returns the BEHAVIOR of what lies in a slot of casting; the slot must not be empty."""
    if slot >= ITEM_SLOT:
        return patch.item_behaviors[tables.items[seat, slot - ITEM_SLOT].definition]
    return patch.ability_behaviors[tables.abilities[seat, slot].definition]


@inlined
def bits_of(state, patch, seat, slot):
    """Returns how what lies in a slot is cast now, as Valve's behavior bits."""
    return _bits_now(state, seat, behavior_of(state.tables, patch, seat, slot))


@inlined
def _bits_now(state, seat, behavior):
    """Returns Valve's behavior bits of a seat's ability or item as it is now."""
    if behavior.bits_scepter and state.has_scepter[seat]:
        return behavior.bits_scepter
    return behavior.bits


@rule
def ready_tick_of(tables, seat, slot):
    """Returns the tick from which on what lies in a slot is off cooldown."""
    if slot >= ITEM_SLOT:
        item = tables.items[seat, slot - ITEM_SLOT]
        return max(item.cooldown_ready_tick, item.active_tick)
    return tables.abilities[seat, slot].cooldown_ready_tick


@rule
def mana_cost_of(state, patch, row, source):
    """Returns what a cast costs a unit now. Reductions stack diminishingly."""
    cost = value_of(state, patch, source, Standard.MANA_COST)
    return cost * (1.0 - 0.01 * state.bonuses[row, Property.MANACOST_PERCENTAGE])


@rule
def cooldown_of(state, patch, row, source):
    """Returns how long a cast's cooldown takes a unit now, seconds."""
    seconds = value_of(state, patch, source, Standard.COOLDOWN)
    return seconds * (1.0 - 0.01 * state.bonuses[row, Property.COOLDOWN_PERCENTAGE])


@rule
def cast_range_of(state, patch, row, source):
    """Returns a unit's cast range now, without bound radii."""
    reach = value_of(state, patch, source, Standard.CAST_RANGE)
    return reach + state.bonuses[row, Property.CAST_RANGE_BONUS] if reach > 0.0 else reach


@inlined
def is_working_slot(place):
    """Returns whether items work in this slot: a main one, the scroll's or the neutral item's."""
    return place < BACKPACK_SLOT or place == SCROLL_SLOT or place == NEUTRAL_SLOT


@rule
def check_slot(state, patch, seat, slot):
    """Returns whether what lies in a slot could be cast now by its seat's hero, whatever at."""
    tables = state.tables
    row = tables.players[seat].hero % MAX_UNITS
    unit = tables.units[row]
    if slot >= ITEM_SLOT:
        place = slot - ITEM_SLOT
        if place >= NUM_ITEM_SLOTS or tables.items[seat, place].definition < 0:
            return OrderResult.NO_ITEM
        if not is_working_slot(place) and (
                place >= STASH_SLOT
                or not patch.item_behaviors[tables.items[seat, place].definition].from_backpack):
            return OrderResult.ITEM_IN_BACKPACK
        charges = tables.items[seat, place].charges
        if charges <= 0 and tables.items[seat, place].rune:
            charges = 1
    else:
        if slot < 0 or slot >= NUM_ABILITY_SLOTS or tables.abilities[seat, slot].definition < 0:
            return OrderResult.NO_ABILITY
        if tables.abilities[seat, slot].hidden:
            return OrderResult.NOT_AVAILABLE
        charges = tables.abilities[seat, slot].charges
    behavior = behavior_of(tables, patch, seat, slot)
    if not behavior.is_simulated:
        return OrderResult.NOT_SIMULATED
    if slot < ITEM_SLOT and tables.abilities[seat, slot].level <= 0:
        return OrderResult.ABILITY_NOT_LEARNED
    bits = bits_of(state, patch, seat, slot)
    if bits & _PASSIVE or not (
            bits & (_NO_TARGET | _UNIT_TARGET | _POINT | _TOGGLE | _AUTOCAST)):
        return OrderResult.ABILITY_PASSIVE
    if unit.states & STUNNED:
        return OrderResult.STUNNED
    if slot < ITEM_SLOT and unit.states & (SILENCED | HEXED) and not bits & _IGNORES_SILENCE:
        return OrderResult.SILENCED
    if slot >= ITEM_SLOT and unit.states & (MUTED | HEXED) and not bits & _IGNORES_MUTE:
        return OrderResult.MUTED
    if slot < ITEM_SLOT and bits & _TOGGLE and tables.abilities[seat, slot].toggled:
        return OrderResult.ACCEPTED
    if unit.states & (ROOTED | TETHERED) and bits & _ROOT_DISABLES:
        return OrderResult.CASTER_ROOTED
    if tables.tick < ready_tick_of(tables, seat, slot):
        return OrderResult.ABILITY_ON_COOLDOWN
    source = source_of(tables, seat, slot)
    if behavior.needs_charges and charges <= 0:
        return OrderResult.NO_CHARGES
    if slot < ITEM_SLOT and value_of(state, patch, source, Standard.CHARGES) > 0.0 and charges <= 0:
        return OrderResult.NO_CHARGES
    if unit.mana < mana_cost_of(state, patch, row, source):
        return OrderResult.NOT_ENOUGH_MANA
    if unit.health <= value_of(state, patch, source, Standard.HEALTH_COST):
        return OrderResult.NOT_ENOUGH_HEALTH
    return OrderResult.ACCEPTED


@rule
def check_cast(state, patch, seat, order):
    """Returns OrderResult.ACCEPTED or why the rules refuse a cast by a living hero now."""
    slot = cast_slot_of(order)
    return check_cast_of(state, patch, seat, order, slot, check_slot(state, patch, seat, slot))


@rule
def check_cast_of(state, patch, seat, order, slot, result):
    """As `check_cast`, where `result` is what `check_slot` says of the slot that is cast."""
    tables = state.tables
    kind = order.order
    if kind == UnitOrder.CAST_TOGGLE_AUTO or kind == UnitOrder.CAST_TOGGLE_ALT:
        if slot >= ITEM_SLOT:
            return OrderResult.WRONG_ORDER
        if (slot < 0 or result == OrderResult.NO_ABILITY
                or result == OrderResult.NOT_SIMULATED
                or result == OrderResult.ABILITY_NOT_LEARNED):
            return result if slot >= 0 else OrderResult.NO_ABILITY
        if bits_of(state, patch, seat, slot) & (
                _AUTOCAST if kind == UnitOrder.CAST_TOGGLE_AUTO else _ALTERNATIVE):
            return OrderResult.ACCEPTED
        return OrderResult.WRONG_ORDER
    if result != OrderResult.ACCEPTED:
        return result
    behavior = behavior_of(tables, patch, seat, slot)
    bits = bits_of(state, patch, seat, slot)
    if kind == UnitOrder.CAST_NO_TARGET:
        if not bits & (_NO_TARGET | _OPTIONAL_NO_TARGET):
            return OrderResult.WRONG_ORDER
    elif kind == UnitOrder.CAST_TOGGLE:
        if not bits & _TOGGLE:
            return OrderResult.WRONG_ORDER
    elif kind == UnitOrder.CAST_TARGET:
        if not bits & (_UNIT_TARGET | _OPTIONAL_UNIT_TARGET):
            return OrderResult.WRONG_ORDER
        return check_cast_target(state, patch, seat, slot, order.target)
    elif kind == UnitOrder.CAST_TARGET_TREE:
        if not behavior.target_kind & _TREE:
            return OrderResult.WRONG_ORDER
        if not (WORLD_MIN <= order.x <= WORLD_MAX and WORLD_MIN <= order.y <= WORLD_MAX):
            return OrderResult.OUT_OF_MAP
    else:
        if not bits & (_POINT | _OPTIONAL_POINT):
            return OrderResult.WRONG_ORDER
        if kind == UnitOrder.VECTOR_TARGET_POSITION and not bits & _VECTOR:
            return OrderResult.WRONG_ORDER
        if not (WORLD_MIN <= order.x <= WORLD_MAX and WORLD_MIN <= order.y <= WORLD_MAX):
            return OrderResult.OUT_OF_MAP
    if behavior.cast_filter >= 0:
        return _check_filter(state, patch, seat, slot, behavior, 0)
    return OrderResult.ACCEPTED


@rule
def check_cast_target(state, patch, seat, slot, target):
    """Returns whether a unit may be the target of what lies in a slot, as an OrderResult."""
    tables = state.tables
    if target <= 0:
        return OrderResult.NO_TARGET
    hero = tables.units[tables.players[seat].hero % MAX_UNITS]
    unit = tables.units[target % MAX_UNITS]
    if unit.handle != target or not unit.alive:
        return OrderResult.TARGET_DEAD
    if not sees(unit, hero.team):
        return OrderResult.TARGET_NOT_VISIBLE
    behavior = behavior_of(tables, patch, seat, slot)
    if unit.handle == hero.handle and not behavior.on_self:
        return OrderResult.TARGET_IS_SELF
    if not fits(unit, hero.team, behavior.target_team, behavior.target_kind,
                behavior.target_flags):
        if unit.states & MAGIC_IMMUNE:
            return OrderResult.TARGET_IMMUNE
        return OrderResult.WRONG_TARGET
    if (unit.states & UNTARGETABLE_ALLIED and unit.team == hero.team
            and unit.handle != hero.handle):
        return OrderResult.WRONG_TARGET
    if behavior.cast_filter >= 0:
        return _check_filter(state, patch, seat, slot, behavior, target)
    return OrderResult.ACCEPTED


@rule
def _check_filter(state, patch, seat, slot, behavior, target):
    context = state.context
    begin_context(context, source_of(state.tables, seat, slot),
                  state.tables.players[seat].hero, target)
    if evaluate(state, patch, behavior.cast_filter, context) != 0.0:
        return OrderResult.ACCEPTED
    return OrderResult.WRONG_TARGET


@rule
def is_immediate(state, patch, seat, slot):
    """Returns whether what lies in a slot takes effect with the order, without a cast."""
    return bits_of(state, patch, seat, slot) & (_IMMEDIATE | _TOGGLE) != 0


@rule
def cast_at_once(state, patch, seat, order):
    """Carries out an accepted order of something immediate, a toggle or an autocast switch."""
    tables = state.tables
    slot = cast_slot_of(order)
    row = tables.players[seat].hero % MAX_UNITS
    if order.order == UnitOrder.CAST_TOGGLE_AUTO:
        ability = tables.abilities[seat, slot]
        ability.autocast = 0 if ability.autocast else 1
        return
    if order.order == UnitOrder.CAST_TOGGLE_ALT:
        ability = tables.abilities[seat, slot]
        ability.alternative = 0 if ability.alternative else 1
        return
    if bits_of(state, patch, seat, slot) & _TOGGLE:
        if slot < ITEM_SLOT:
            on = tables.abilities[seat, slot].toggled
        else:
            on = tables.items[seat, slot - ITEM_SLOT].toggled
        set_toggle(state, patch, row, slot, 0 if on else 1)
        return
    _take_effect(
        state, patch, row, seat, slot, order.target, order.x, order.y, order.x_end, order.y_end)


@rule
def set_toggle(state, patch, row, slot, on):
    """Switches an ability or item on or off; an item rests both times."""
    tables = state.tables
    seat = tables.units[row].player
    if slot >= ITEM_SLOT:
        item = tables.items[seat, slot - ITEM_SLOT]
        if item.toggled == on:
            return
        item.toggled = on
        mark_dirty(state, row)
    else:
        ability = tables.abilities[seat, slot]
        if ability.toggled == on:
            return
        ability.toggled = on
    source = source_of(tables, seat, slot)
    context = state.context
    begin_context(context, source, tables.units[row].handle, tables.units[row].handle)
    context.parent = tables.units[row].handle
    blocks = behavior_of(tables, patch, seat, slot).blocks
    queue_actions(
        state, blocks[AbilityEvent.OnToggleOn if on else AbilityEvent.OnToggleOff], context)
    if on or slot >= ITEM_SLOT:
        begin_cooldown(state, patch, row, slot, cooldown_of(state, patch, row, source))


@rule
def begin_cooldown(state, patch, row, slot, seconds):
    """Lets a cooldown of so many seconds run, also of what shares it."""
    tables = state.tables
    seat = tables.units[row].player
    ready = tables.tick + int(math.ceil(seconds * TICKS_PER_SECOND - 1e-6))
    if slot < ITEM_SLOT:
        tables.abilities[seat, slot].cooldown_ready_tick = ready
        return
    definition = tables.items[seat, slot - ITEM_SLOT].definition
    group = patch.items[definition].cooldown_group
    for place in range(NUM_ITEM_SLOTS):
        item = tables.items[seat, place]
        if item.definition >= 0 and (
                item.definition == definition
                or (group != 0 and patch.items[item.definition].cooldown_group == group)):
            item.cooldown_ready_tick = ready


@rule
def spend_mana(state, row, amount):
    """Takes mana from a unit, as much as it has."""
    unit = state.tables.units[row]
    unit.mana = max(unit.mana - amount, 0.0)


@rule
def interrupt(state, patch, row):
    """Ends a cast before its effect, which costs nothing, and a channel, which is then over."""
    body = state.body[row]
    if body.cast_phase != NOT_CASTING:
        leave_cast(state, row)
        body.order = UnitOrder.CONTINUE
    end_channel(state, patch, row, False)


@rule
def leave_cast(state, row):
    """Ends a cast before its effect."""
    body = state.body[row]
    if body.cast_phase == NOT_CASTING:
        return
    if body.cast_slot < ITEM_SLOT:
        state.tables.abilities[
            state.tables.units[row].player, body.cast_slot].casting = NOT_CASTING
    body.cast_phase = NOT_CASTING


@rule
def end_channel(state, patch, row, succeeded):
    """Ends what a unit channels, if it does."""
    tables = state.tables
    body = state.body[row]
    seat = tables.units[row].player
    slot = body.channel_slot - 1
    if slot < 0:
        return
    if slot < ITEM_SLOT:
        tables.abilities[seat, slot].casting = NOT_CASTING
    body.channel_slot = 0
    blocks = _channel_behavior(state, patch, seat, slot).blocks
    context = state.context
    _begin_channel_context(state, seat, context)
    queue_actions(state, blocks[AbilityEvent.OnChannelFinish], context)
    queue_actions(state, blocks[
        AbilityEvent.OnChannelSucceeded if succeeded
        else AbilityEvent.OnChannelInterrupted], context)


@rule
def _channel_behavior(state, patch, seat, slot):
    """Returns the BEHAVIOR of what is channelled; an item may be used up by it."""
    if slot >= ITEM_SLOT:
        return patch.item_behaviors[state.channels[seat].source - ITEM_SOURCE]
    return patch.ability_behaviors[state.tables.abilities[seat, slot].definition]


@rule
def _begin_channel_context(state, seat, context):
    channel = state.channels[seat]
    _begin_cast_context(
        context, channel.source, channel.caster, channel.target, channel.x, channel.y,
        channel.x_end, channel.y_end)
    context.amount = (state.tables.tick - channel.amount) / TICKS_PER_SECOND


@rule
def _begin_cast_context(context, source, caster, target, x, y, x_end, y_end):
    begin_context(context, source, caster, target)
    context.parent = caster
    context.x = x
    context.y = y
    context.x_end = x_end
    context.y_end = y_end


@rule
def begin_cast(state, patch, row, order):
    """Makes an accepted order what a unit is going to cast."""
    body = state.body[row]
    seat = state.tables.units[row].player
    body.cast_phase = NOT_CASTING
    body.cast_slot = cast_slot_of(order)
    body.cast_source = source_of(state.tables, seat, body.cast_slot)
    body.cast_target = 0
    body.cast_tree = -1
    if order.order == UnitOrder.CAST_TARGET:
        body.cast_target = order.target
    elif order.order == UnitOrder.CAST_TARGET_TREE:
        body.cast_tree = nearest_tree(state, patch, order.x, order.y, WORLD_MAX - WORLD_MIN)
    body.cast_x = order.x
    body.cast_y = order.y
    body.cast_x_end = order.x
    body.cast_y_end = order.y
    if order.order == UnitOrder.VECTOR_TARGET_POSITION:
        body.cast_x_end = order.x_end
        body.cast_y_end = order.y_end


@rule
def is_under_way(state, row, order):
    """Returns whether an order asks for the very cast that a unit is at, which then goes on.

    Source: guess: whoever asks again at each step does not begin anew.
    """
    body = state.body[row]
    kind = order.order
    if (body.cast_phase == NOT_CASTING or kind != body.order
            or cast_slot_of(order) != body.cast_slot
            or source_of(state.tables, state.tables.units[row].player,
                         body.cast_slot) != body.cast_source):
        return False
    if kind == UnitOrder.CAST_TARGET:
        return order.target == body.cast_target
    if kind == UnitOrder.CAST_NO_TARGET or kind == UnitOrder.CAST_TOGGLE:
        return True
    return (order.x == body.order_x and order.y == body.order_y
            and (kind != UnitOrder.VECTOR_TARGET_POSITION
                 or (order.x_end == body.cast_x_end and order.y_end == body.cast_y_end)))


@rule
def cast_thinks(state, patch, row):
    """Plays a tick of a cast: approach, turn, cast point, effect; returns whether it is over.

    What is channelled begins then, and the order becomes CONTINUE.
    """
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    seat = unit.player
    slot = body.cast_slot
    if source_of(tables, seat, slot) != body.cast_source:
        leave_cast(state, row)
        return True
    result = check_slot(state, patch, seat, slot)
    if result != OrderResult.ACCEPTED:
        return _give_up(state, row, result)
    reach = cast_range_of(state, patch, row, body.cast_source)
    if not _aim(state, patch, row, seat, slot):
        leave_cast(state, row)
        return True
    behavior = behavior_of(tables, patch, seat, slot)
    bits = bits_of(state, patch, seat, slot)
    aimed = body.order != UnitOrder.CAST_NO_TARGET
    on_self = body.cast_target == unit.handle
    if aimed and not on_self:
        dx = body.cast_x - unit.x
        dy = body.cast_y - unit.y
        gap = math.sqrt(dx * dx + dy * dy)
        if body.cast_target != 0:
            target = tables.units[body.cast_target % MAX_UNITS]
            if behavior.enemy_range >= 0 and target.team != unit.team:
                reach += value_of(state, patch, body.cast_source, behavior.enemy_range) - value_of(
                    state, patch, body.cast_source, Standard.CAST_RANGE)
            # What has no range reaches whom one stands against.
            reach = max(reach + unit.bound_radius + target.bound_radius,
                        unit.collision_radius + target.collision_radius + 2.0)
        if body.cast_phase == CASTING:
            if gap > reach + patch.rules.cast_range_buffer and reach > 0.0 and body.cast_target:
                leave_cast(state, row)
                return True
        elif gap > reach and reach > 0.0 and not bits & _OVERSHOOT:
            if not goes_beside_channel(state, patch, row, MOVES):
                return _give_up(state, row, OrderResult.CANNOT_MOVE)
            walk(state, patch, row, body.cast_x, body.cast_y, max(reach - 1.0, 1.0))
            return False
        elif gap > 1.0 and not bits & _IMMEDIATE and not turn_to(
                state, patch, row, body.cast_x, body.cast_y):
            return False
    if body.cast_phase == NOT_CASTING:
        seconds = value_of(state, patch, body.cast_source, Standard.CAST_POINT)
        seconds *= max(1.0 - 0.01 * state.bonuses[row, Property.CASTTIME_PERCENTAGE], 0.0)
        body.cast_phase = CASTING
        body.cast_due_tick = tables.tick + int(math.ceil(seconds * TICKS_PER_SECOND - 1e-6))
        if slot < ITEM_SLOT:
            tables.abilities[seat, slot].casting = CASTING
        context = state.context
        _begin_cast_context(
            context, body.cast_source, unit.handle, body.cast_target, body.cast_x, body.cast_y,
            body.cast_x_end, body.cast_y_end)
        queue_actions(state, behavior.blocks[AbilityEvent.OnAbilityPhaseStart], context)
    unit.activity = Activity.CAST
    if tables.tick < body.cast_due_tick:
        return False
    leave_cast(state, row)
    _take_effect(state, patch, row, seat, slot, body.cast_target, body.cast_x, body.cast_y,
                 body.cast_x_end, body.cast_y_end)
    return body.order != UnitOrder.CONTINUE


@rule
def _give_up(state, row, result):
    """Tells why an order to cast cannot be carried out any more; it is over."""
    body = state.body[row]
    unit = state.tables.units[row]
    leave_cast(state, row)
    tell(state.tables, EventKind.ORDER_REFUSED, unit.handle, body.cast_target, unit.player, result,
         float(body.order))
    return True


@rule
def _aim(state, patch, row, seat, slot):
    """Takes aim at where the target is now; returns whether it still is one."""
    tables = state.tables
    body = state.body[row]
    if body.cast_target != 0:
        if check_cast_target(
                state, patch, seat, slot, body.cast_target) != OrderResult.ACCEPTED:
            return False
        target = tables.units[body.cast_target % MAX_UNITS]
        body.cast_x = target.x
        body.cast_y = target.y
    elif body.cast_tree >= 0:
        if not is_standing(state, body.cast_tree):
            return False
        body.cast_x, body.cast_y = place_of_tree(state, patch, body.cast_tree)
    elif body.order == UnitOrder.CAST_NO_TARGET:
        body.cast_x = tables.units[row].x
        body.cast_y = tables.units[row].y
    return True


@rule
def _take_effect(state, patch, row, seat, slot, target, x, y, x_end, y_end):
    """Pays for a cast and does what it does; a channel begins."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    source = source_of(tables, seat, slot)
    behavior = behavior_of(tables, patch, seat, slot)
    bits = bits_of(state, patch, seat, slot)
    cost = mana_cost_of(state, patch, row, source)
    unit.mana = max(unit.mana - cost, 0.0)
    unit.health -= value_of(state, patch, source, Standard.HEALTH_COST)
    _pay_time(state, patch, row, seat, slot, source, target)
    if slot < ITEM_SLOT:
        tell(tables, EventKind.ABILITY_CAST, unit.handle, target, seat,
             tables.abilities[seat, slot].definition, 0.0)
    if bits & _CHANNELLED:
        end_channel(state, patch, row, False)
        channel = state.channels[seat]
        _begin_cast_context(channel, source, unit.handle, target, x, y, x_end, y_end)
        seconds = value_of(state, patch, source, Standard.CHANNEL_TIME)
        channel.amount = float(tables.tick)
        channel.due_tick = tables.tick + int(seconds * TICKS_PER_SECOND + 0.5)
        body.channel_slot = slot + 1
        body.order = UnitOrder.CONTINUE
        if slot < ITEM_SLOT:
            tables.abilities[seat, slot].casting = CHANNELLING
    target_row = row_of_living(state, target)
    if target_row >= 0 and tables.units[target_row].team != unit.team:
        if distance(unit, tables.units[target_row]) <= patch.rules.attack_reveal_range:
            show_striker(state, patch, row, tables.units[target_row].team)
        raise_event(state, patch, target_row, ModifierEvent.OnTargeted, target, unit.handle,
                    float(source))
    if target_row >= 0 and not behavior.ignores_block and tables.units[
            target_row].team != unit.team and ask(
            state, patch, target_row, Property.ABSORB_SPELL, unit.handle, 0.0, True) > 0.0:
        raise_event(state, patch, target_row, ModifierEvent.OnSpellAbsorbed, target, unit.handle,
                    0.0)
        if bits & _CHANNELLED:
            end_channel(state, patch, row, False)
    else:
        # Not before those who listen have been asked, which work in the same context.
        context = state.context
        _begin_cast_context(context, source, unit.handle, target, x, y, x_end, y_end)
        queue_actions(state, behavior.blocks[AbilityEvent.OnSpellStart], context)
    raise_event(state, patch, row, ModifierEvent.OnAbilityExecuted, target, unit.handle,
                1.0 if slot < ITEM_SLOT else 0.0)
    if slot < ITEM_SLOT:
        _let_enemies_count(state, patch, row)
    if cost > 0.0:
        raise_event(state, patch, row, ModifierEvent.OnManaSpent, target, unit.handle, cost)


@rule
def _let_enemies_count(state, patch, row):
    """Lets the enemy heroes near, who see a caster, count its cast with an item."""
    tables = state.tables
    unit = tables.units[row]
    for seat in range(NUM_SEATS):
        player = tables.players[seat]
        if player.hero == 0 or player.team == unit.team or not sees(unit, player.team):
            continue
        hero = tables.units[player.hero % MAX_UNITS]
        if hero.alive and distance(hero, unit) <= COUNTED_RADIUS:
            _count_cast(state, patch, seat)


@rule
def _count_cast(state, patch, seat):
    """Gives a charge to an item that counts casts: the first that came to a hero and is not full.

    Source: item discussion of reddit.com/r/DotA2, June 2014: the oldest of several that is not
    full.
    """
    tables = state.tables
    oldest = NO_SLOT
    for slot in range(BACKPACK_SLOT):
        item = tables.items[seat, slot]
        if (item.definition < 0 or tables.tick < item.active_tick
                or not patch.item_behaviors[item.definition].counts_casts
                or item.charges >= value_of(
                    state, patch, ITEM_SOURCE + item.definition, Standard.CHARGES)):
            continue
        if oldest == NO_SLOT or item.arrived_tick < tables.items[seat, oldest].arrived_tick:
            oldest = slot
    if oldest != NO_SLOT:
        tables.items[seat, oldest].charges += 1
        items_changed(state, patch, seat)


@rule
def _pay_time(state, patch, row, seat, slot, source, target):
    """Starts the cooldown of a cast and takes its charge."""
    tables = state.tables
    if slot >= ITEM_SLOT:
        begin_cooldown(state, patch, row, slot, cooldown_of(state, patch, row, source))
        keeps = patch.item_behaviors[source - ITEM_SOURCE].keeps_charge
        spends = True
        if keeps >= 0:
            begin_context(state.context, source, tables.units[row].handle, target)
            spends = evaluate(state, patch, keeps, state.context) == 0.0
        use_charge(state, patch, seat, slot - ITEM_SLOT, target, spends)
        return
    ability = tables.abilities[seat, slot]
    most = int(value_of(state, patch, source, Standard.CHARGES))
    if most <= 0:
        begin_cooldown(state, patch, row, slot, cooldown_of(state, patch, row, source))
        return
    if ability.charges >= most:
        ability.charge_ready_tick = tables.tick + int(
            value_of(state, patch, source, Standard.CHARGE_RESTORE_TIME) * TICKS_PER_SECOND)
    ability.charges -= 1


@rule
def restore_charges(state, patch, seat):
    """Gives back the charges of abilities whose time has come."""
    tables = state.tables
    for slot in range(NUM_ABILITY_SLOTS):
        ability = tables.abilities[seat, slot]
        if ability.definition < 0 or ability.level <= 0:
            continue
        source = seat * SLOTS + slot
        most = int(state.values[seat, slot, Standard.CHARGES])
        if ability.charges < most and tables.tick >= ability.charge_ready_tick:
            ability.charges += 1
            ability.charge_ready_tick = tables.tick + int(
                value_of(state, patch, source, Standard.CHARGE_RESTORE_TIME) * TICKS_PER_SECOND)


@rule
def tell_abilities(state, patch, seat):
    """Writes what can be told of a seat's abilities and items: costs, ranges, castable or not."""
    tables = state.tables
    player = tables.players[seat]
    row = player.hero % MAX_UNITS
    alive = tables.units[row].alive
    for slot in range(NUM_ABILITY_SLOTS):
        ability = tables.abilities[seat, slot]
        if ability.definition < 0 or not patch.ability_behaviors[
                ability.definition].is_simulated:
            continue
        source = seat * SLOTS + slot
        ability.mana_cost = mana_cost_of(state, patch, row, source)
        ability.cooldown = cooldown_of(state, patch, row, source)
        ability.cast_range = cast_range_of(state, patch, row, source)
        ability.castable = 1 if alive and check_slot(
            state, patch, seat, slot) == OrderResult.ACCEPTED else 0
    for place in range(NUM_ITEM_SLOTS):
        item = tables.items[seat, place]
        if item.definition < 0:
            continue
        source = ITEM_SOURCE + item.definition
        item.mana_cost = mana_cost_of(state, patch, row, source)
        item.cooldown = cooldown_of(state, patch, row, source)
        item.cast_range = cast_range_of(state, patch, row, source)
        item.castable = 1 if alive and check_slot(
            state, patch, seat, place + ITEM_SLOT) == OrderResult.ACCEPTED else 0


@rule
def channel(state, patch, row):
    """Plays a tick of what a unit channels."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    unit.activity = Activity.CHANNEL
    slot = body.channel_slot - 1
    now = state.channels[unit.player]
    stopping = STUNNED | HEXED | FEARED | TAUNTED | (SILENCED if slot < ITEM_SLOT else MUTED)
    behavior = _channel_behavior(state, patch, unit.player, slot)
    if _bits_now(state, unit.player, behavior) & _ROOT_DISABLES:
        stopping |= ROOTED
    if unit.states & stopping or (
            body.motion_steps > 0 and not body.motion_is_soft) or (
            now.target != 0 and row_of_living(state, now.target) < 0):
        end_channel(state, patch, row, False)
        return
    if tables.tick >= now.due_tick:
        end_channel(state, patch, row, True)
        return
    if behavior.blocks[AbilityEvent.OnChannelThink] >= 0:
        _begin_channel_context(state, unit.player, state.context)
        queue_actions(state, behavior.blocks[AbilityEvent.OnChannelThink], state.context)


@rule
def keeps_channel(state, patch, row, order):
    """Returns whether a hero can carry out an order without ending what it channels."""
    kind = order.order
    if is_cast(kind):
        seat = state.tables.units[row].player
        slot = cast_slot_of(order)
        if bits_of(state, patch, seat, slot) & (_IMMEDIATE | _IGNORES_CHANNEL | _TOGGLE):
            return True
        if slot >= ITEM_SLOT:
            return goes_beside_channel(state, patch, row, USES_ITEMS)
        return goes_beside_channel(state, patch, row, CASTS_ABILITIES) or goes_beside_channel(
            state, patch, row, state.tables.abilities[seat, slot].definition)
    return (kind == UnitOrder.MOVE_TO_POSITION or kind == UnitOrder.MOVE_TO_TARGET
            or kind == UnitOrder.MOVE_TO_DIRECTION) and goes_beside_channel(
        state, patch, row, MOVES)


@rule
def goes_beside_channel(state, patch, row, what):
    """Returns whether what a unit channels, if it does, goes on beside something else.

    what: MOVES, USES_ITEMS, CASTS_ABILITIES or the row of an ability.
    """
    slot = state.body[row].channel_slot - 1
    if slot < 0:
        return True
    if slot >= ITEM_SLOT:
        return False
    seat = state.tables.units[row].player
    behavior = patch.ability_behaviors[state.tables.abilities[seat, slot].definition]
    _begin_channel_context(state, seat, state.context)
    state.context.amount = float(what)
    return evaluate(state, patch, behavior.channel_allows, state.context) != 0.0
