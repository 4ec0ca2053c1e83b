"""Modifiers: what units have on them for a while, what it gives them, and what it listens to.

A modifier without a parent is a thinker: it acts at a place. Source: status resistance, dispels,
auras and debuff immunity from Liquipedia disable@2360598, debuff_immunity@2381690; patch notes
7.31 to 7.41.
"""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    ANCIENT,
    ATTACK_IMMUNE,
    ILLUSION,
    INVULNERABLE,
    MAGIC_IMMUNE,
    OUT_OF_GAME,
    PASSIVES_DISABLED,
    RANGED_ATTACK,
    STRUCTURE,
    EventKind,
    Table,
    Team,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_MODIFIERS
from dota_env_rpc.match.targeting import (
    TARGET_FLAGS,
    TARGET_TEAM,
    TARGET_TYPE,
)
from dota_env_rpc.match.words import (
    ILLUSIONS_NUMBERS,
    NUM_PROPERTIES,
    STACKING,
    ModifierEvent,
    Property,
    Stacking,
)
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.expressions import evaluate, row_of_named
from dota_env_rpc.sim.space import gather
from dota_env_rpc.sim.state import MAX_DELAYED_ACTIONS, MAX_QUEUED_ACTIONS, NUM_REGISTERS
from dota_env_rpc.sim.units import mark_dirty
from dota_env_rpc.sim.values import ITEM_SOURCE, SLOTS, slot_of

FOREVER = 1 << 40
EVERYBODY = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
# Auras are looked at this often.
AURA_TICKS = 3
# A modifier that is gone keeps its row until what its end sets off has been done.
LEAVING = -2
_STACKING = tuple(int(STACKING.get(each, Stacking.SUM)) for each in Property)
_HP_REGEN_REDUCE = int(Property.HP_REGEN_REDUCE_PERCENTAGE)
_HEAL_REDUCE = int(Property.HEAL_REDUCE_PERCENTAGE_TARGET)
# What illusions get nothing of, though they bear what gives it. Source: guess
_NOT_ON_ILLUSIONS = tuple(int(each in (
    Property.PREATTACK_BONUS_DAMAGE, Property.PHYSICAL_ARMOR_BONUS,
    Property.HEALTH_REGEN_CONSTANT, Property.HEALTH_REGEN_PERCENTAGE,
    Property.MANA_REGEN_CONSTANT, Property.MANA_REGEN_TOTAL_PERCENTAGE,
    Property.TRUE_SIGHT_RADIUS)) for each in Property)


@rule
def init_modifiers(state):
    """Makes all rows free, at the start of a match."""
    for i in range(MAX_MODIFIERS):
        state.tables.modifiers[i].definition = -1
        state.effects[i].next = i + 2 if i + 1 < MAX_MODIFIERS else 0
    state.free_modifier = 1


@rule
def begin_context(context, source, caster, target):
    """Makes a context about nothing but a source, who casts it and on whom."""
    context.block = -1
    context.source = source
    context.caster = caster
    context.target = target
    context.attacker = 0
    context.parent = 0
    context.modifier = -1
    context.serial = 0
    context.flight = -1
    context.due_tick = 0
    context.depth = 0
    context.x = 0.0
    context.y = 0.0
    context.x_end = 0.0
    context.y_end = 0.0
    context.amount = 0.0
    context.mark = 0.0
    context.raw = 0.0
    context.damage_type = 0


@rule
def context_of(state, row, context):
    """Makes `context` that of the modifier in `row`: its parent is also the target."""
    modifier = state.tables.modifiers[row]
    effect = state.effects[row]
    begin_context(context, effect.source, modifier.caster, modifier.parent)
    context.parent = modifier.parent
    context.modifier = row
    context.serial = effect.serial
    context.x = effect.x
    context.y = effect.y
    context.x_end = effect.x_end
    context.y_end = effect.y_end


@rule
def queue_actions(state, block, context):
    """Has a list of actions done next, in `context`; a full queue is counted and told."""
    if block < 0:
        return
    if state.num_queued_actions >= MAX_QUEUED_ACTIONS:
        state.tables.table_full[Table.ACTIONS] += 1
        tell(state.tables, EventKind.TABLE_FULL, 0, 0, -1, Table.ACTIONS, 0.0)
        return
    state.queued[state.num_queued_actions] = context
    state.queued[state.num_queued_actions].block = block
    state.queued[state.num_queued_actions].due_tick = 0
    state.num_queued_actions += 1


@rule
def delay_actions(state, block, context, due_tick):
    """Has a list of actions done at a later tick."""
    if state.num_delayed >= MAX_DELAYED_ACTIONS:
        state.tables.table_full[Table.ACTIONS] += 1
        tell(state.tables, EventKind.TABLE_FULL, 0, 0, -1, Table.ACTIONS, 0.0)
        return
    state.delayed[state.num_delayed] = context
    state.delayed[state.num_delayed].block = block
    state.delayed[state.num_delayed].due_tick = due_tick
    state.num_delayed += 1


@rule
def raise_delayed(state):
    """Queues the delayed actions whose tick has come, in the order in which they were delayed."""
    kept = 0
    for i in range(state.num_delayed):
        if state.delayed[i].due_tick <= state.tables.tick:
            queue_actions(state, state.delayed[i].block, state.delayed[i])
        else:
            if kept < i:
                state.delayed[kept] = state.delayed[i]
            kept += 1
    state.num_delayed = kept


@rule
def raise_event(state, patch, row, event, target, attacker, amount):
    """Queues what the modifiers of the unit in `row` do at a ModifierEvent."""
    body = state.body[row]
    if not (body.heard >> event) & 1:
        return
    broken = state.tables.units[row].states & PASSIVES_DISABLED
    at = body.first_modifier
    while at > 0:
        definition = patch.modifier_definitions[state.tables.modifiers[at - 1].definition]
        block = definition.blocks[event]
        if block >= 0 and not (broken and definition.breakable) and not is_image(
                body, definition):
            context = state.context
            context_of(state, at - 1, context)
            context.target = target
            context.attacker = attacker
            context.amount = amount
            context.mark = state.attack_mark
            context.raw = state.attack_raw
            context.damage_type = state.damage_type
            queue_actions(state, block, context)
        at = state.effects[at - 1].next


@rule
def ask(state, patch, row, asked, target, amount, largest):
    """Returns what the modifiers of a unit answer to an asked Property: their sum or the largest.

    The expressions may look at the handle `target` and at `amount`.
    """
    body = state.body[row]
    total = 0.0
    if not (body.asked >> (asked - NUM_PROPERTIES)) & 1:
        return total
    broken = state.tables.units[row].states & PASSIVES_DISABLED
    at = body.first_modifier
    while at > 0:
        definition = patch.modifier_definitions[state.tables.modifiers[at - 1].definition]
        if (definition.asked >> (asked - NUM_PROPERTIES)) & 1 and not (
                broken and definition.breakable) and (
                asked == Property.PREATTACK_CRITICALSTRIKE or not is_image(body, definition)):
            context = state.context
            context_of(state, at - 1, context)
            context.target = target
            context.amount = amount
            context.mark = state.attack_mark
            context.damage_type = state.damage_type
            for i in range(definition.first_property,
                           definition.first_property + definition.num_properties):
                given = patch.given_properties[i]
                if given.property_id == asked:
                    answer = evaluate(state, patch, given.expression, context)
                    total = max(total, answer) if largest else total + answer
        at = state.effects[at - 1].next
    return total


@inlined
def is_image(body, definition):
    """Returns whether a modifier is an illusion's copy that does nothing of its own."""
    return definition.on_illusions == ILLUSIONS_NUMBERS and body.illusion_of != 0


@rule
def find_modifier(state, parent_row, definition, caster):
    """Returns the row of a modifier on a unit, of `caster` alone where that is not 0, or -1."""
    at = state.body[parent_row].first_modifier
    while at > 0:
        modifier = state.tables.modifiers[at - 1]
        if modifier.definition == definition and (caster == 0 or modifier.caster == caster):
            return at - 1
        at = state.effects[at - 1].next
    return -1


@rule
def add_modifier(state, patch, definition_row, parent_row, context, duration, stacks):
    """Gives a unit a modifier for `duration` seconds, 0 for ever; returns its row or -1.

    One that it has already is renewed, unless it may be there several times. An immune unit takes
    no debuff that does not pierce. Status resistance shortens an enemy's debuffs. parent_row -1
    makes a thinker at the context's point.
    """
    tables = state.tables
    definition = patch.modifier_definitions[definition_row]
    tick = tables.tick
    caster_row = row_of_named(state, context.caster)
    if parent_row >= 0:
        unit = tables.units[parent_row]
        if not unit.alive and not definition.permanent:
            return -1
        hostile = caster_row < 0 or tables.units[caster_row].team != unit.team
        if definition.is_debuff and hostile:
            if unit.states & MAGIC_IMMUNE and not definition.pierces_immunity:
                return -1
            duration *= 1.0 - 0.01 * state.bonuses[
                parent_row, Property.STATUS_RESISTANCE_STACKING]
            if caster_row >= 0:
                duration *= 1.0 - 0.01 * state.bonuses[
                    caster_row, Property.STATUS_RESISTANCE_CASTER]
            if duration < 0.0:
                return -1
        if not definition.multiple:
            row = find_modifier(state, parent_row, definition_row, 0)
            if row >= 0:
                before = state.effects[row].source
                caster = tables.modifiers[row].caster
                _renew(state, patch, row, context, duration, definition.keeps_duration)
                if state.effects[row].source != before or tables.modifiers[row].caster != caster:
                    mark_dirty(state, parent_row)
                if definition.blocks[ModifierEvent.OnRefresh] >= 0:
                    context_of(state, row, state.context)
                    queue_actions(
                        state, definition.blocks[ModifierEvent.OnRefresh], state.context)
                return row
    row = state.free_modifier - 1
    if row < 0:
        tables.table_full[Table.MODIFIERS] += 1
        tell(tables, EventKind.TABLE_FULL, 0, 0, -1, Table.MODIFIERS, 0.0)
        return -1
    effect = state.effects[row]
    modifier = tables.modifiers[row]
    state.free_modifier = effect.next
    tables.num_modifiers = max(tables.num_modifiers, row + 1)
    state.modifier_serial += 1
    modifier.definition = definition_row
    modifier.parent = 0
    modifier.is_debuff = definition.is_debuff
    modifier.visible_to = 0 if definition.is_hidden else EVERYBODY
    modifier.stacks = stacks
    effect.serial = state.modifier_serial
    effect.next = 0
    effect.created_tick = tick
    effect.aura_tick = tick
    effect.tries = 0
    effect.team = tables.units[caster_row].team if caster_row >= 0 else 0
    effect.x = context.x
    effect.y = context.y
    effect.x_end = context.x_end
    effect.y_end = context.y_end
    for i in range(NUM_REGISTERS):
        effect.registers[i] = 0.0
    for i in range(len(effect.marks)):
        effect.marks[i] = 0
    _renew(state, patch, row, context, duration, 0)
    if parent_row >= 0:
        body = state.body[parent_row]
        modifier.parent = tables.units[parent_row].handle
        # The newest is asked last.
        if body.first_modifier == 0:
            body.first_modifier = row + 1
        else:
            at = body.first_modifier
            while state.effects[at - 1].next > 0:
                at = state.effects[at - 1].next
            state.effects[at - 1].next = row + 1
        mark_dirty(state, parent_row)
        tell(tables, EventKind.MODIFIER_ADDED, modifier.parent, context.caster, -1,
             definition_row, duration)
    own = state.context
    own_depth = context.depth
    context_of(state, row, own)
    own.depth = own_depth
    effect.think_due = float(FOREVER)
    if definition.interval >= 0:
        effect.think_due = tick + _interval_ticks(state, patch, definition, own)
    if parent_row >= 0 and is_image(state.body[parent_row], definition):
        effect.think_due = float(FOREVER)
    else:
        queue_actions(state, definition.blocks[ModifierEvent.OnCreated], own)
    return row


@rule
def _interval_ticks(state, patch, definition, context):
    seconds = evaluate(state, patch, definition.interval, context)
    return max(seconds * TICKS_PER_SECOND, 1.0)


@rule
def source_for(state, patch, definition_row, context):
    """Returns the source whose values a modifier reads: that of the ability that declares it.

    Another ability of the same hero may have applied it.
    """
    owner = patch.modifier_definitions[definition_row].owner
    caster_row = row_of_named(state, context.caster)
    if owner < 0 or caster_row < 0 or context.source >= ITEM_SOURCE:
        return context.source
    seat = state.tables.units[caster_row].player
    if seat < 0:
        return context.source
    if context.source >= 0 and state.tables.abilities[
            seat, context.source % SLOTS].definition == owner:
        return context.source
    slot = slot_of(state.tables, seat, owner)
    return seat * SLOTS + slot if slot >= 0 else context.source


@rule
def _renew(state, patch, row, context, duration, keeps_duration):
    modifier = state.tables.modifiers[row]
    effect = state.effects[row]
    modifier.caster = context.caster
    effect.source = source_for(state, patch, modifier.definition, context)
    if keeps_duration:
        return
    modifier.duration = duration
    modifier.expire_tick = FOREVER
    if duration > 0.0:
        modifier.expire_tick = state.tables.tick + int(duration * TICKS_PER_SECOND + 0.5)


@rule
def remove_modifier(state, patch, row):
    """Takes a modifier off; what its end sets off is queued, and keeps the row until then."""
    tables = state.tables
    modifier = tables.modifiers[row]
    effect = state.effects[row]
    if modifier.definition < 0 or effect.next == LEAVING:
        return
    definition = patch.modifier_definitions[modifier.definition]
    parent_row = row_of_named(state, modifier.parent)
    if parent_row >= 0:
        body = state.body[parent_row]
        if body.first_modifier == row + 1:
            body.first_modifier = effect.next
        else:
            at = body.first_modifier
            while state.effects[at - 1].next != row + 1:
                at = state.effects[at - 1].next
            state.effects[at - 1].next = effect.next
        mark_dirty(state, parent_row)
        tell(tables, EventKind.MODIFIER_REMOVED, modifier.parent, modifier.caster, -1,
             modifier.definition, 0.0)
    effect.next = LEAVING
    block = definition.blocks[ModifierEvent.OnDestroy]
    before = state.num_queued_actions
    if block >= 0:
        context = state.context
        context_of(state, row, context)
        queue_actions(state, block, context)
    if state.num_queued_actions == before:
        free_modifier(state, row)
    else:
        # Only this list gives the row back, not what it queues in its own context.
        state.queued[before].due_tick = LEAVING


@rule
def free_modifier(state, row):
    """Gives the row of a modifier that is gone back to those that are free."""
    state.tables.modifiers[row].definition = -1
    state.tables.modifiers[row].parent = 0
    state.effects[row].next = state.free_modifier
    state.free_modifier = row + 1


@rule
def clear_modifiers(state, patch, parent_row, everything):
    """Takes the modifiers off a unit that died, or left: those that outlast death only then."""
    at = state.body[parent_row].first_modifier
    while at > 0:
        following = state.effects[at - 1].next
        definition = patch.modifier_definitions[state.tables.modifiers[at - 1].definition]
        if everything or not definition.permanent:
            remove_modifier(state, patch, at - 1)
        at = following


@rule
def dispel(state, patch, parent_row, strength, debuffs, buffs):
    """Takes off what a dispel of `strength` 1 (basic) or 2 (strong) can take."""
    at = state.body[parent_row].first_modifier
    while at > 0:
        following = state.effects[at - 1].next
        definition = patch.modifier_definitions[state.tables.modifiers[at - 1].definition]
        if (definition.dispel > 0 and definition.dispel <= strength
                and ((definition.is_debuff and debuffs) or (not definition.is_debuff and buffs))):
            remove_modifier(state, patch, at - 1)
        at = following


@rule
def tend_modifiers(state, patch):
    """Plays a tick of every modifier: its end, its thinking and its aura."""
    tables = state.tables
    tick = tables.tick
    for row in range(tables.num_modifiers):
        modifier = tables.modifiers[row]
        effect = state.effects[row]
        if modifier.definition < 0 or effect.next == LEAVING:
            continue
        definition = patch.modifier_definitions[modifier.definition]
        parent_row = row_of_named(state, modifier.parent)
        if definition.aura >= 0 and tick >= effect.aura_tick:
            effect.aura_tick = tick + AURA_TICKS
            if parent_row < 0 or tables.units[parent_row].alive:
                _spread_aura(state, patch, row, definition, parent_row)
        # A little early rather than a whole tick late.
        if tick >= effect.think_due - 1e-6:
            context = state.context
            context_of(state, row, context)
            queue_actions(state, definition.blocks[ModifierEvent.OnIntervalThink], context)
            effect.think_due += _interval_ticks(state, patch, definition, context)
        if definition.refreshes_every_tick and parent_row >= 0:
            mark_dirty(state, parent_row)
        if tick >= modifier.expire_tick:
            remove_modifier(state, patch, row)
    while tables.num_modifiers > 0 and tables.modifiers[tables.num_modifiers - 1].definition < 0:
        tables.num_modifiers -= 1


@rule
def _spread_aura(state, patch, row, definition, parent_row):
    """Gives those around a modifier's parent, or place, what its aura gives."""
    tables = state.tables
    units = tables.units
    effect = state.effects[row]
    x = effect.x
    y = effect.y
    if parent_row >= 0:
        x = units[parent_row].x
        y = units[parent_row].y
        if (definition.breakable and units[parent_row].states & PASSIVES_DISABLED
                or units[parent_row].states & OUT_OF_GAME):
            return
    context = state.context
    context_of(state, row, context)
    radius = evaluate(state, patch, definition.aura_radius, context)
    if radius <= 0.0:
        return
    count = gather(state, x, y, radius)
    for i in range(count):
        state.targets[i] = state.near[i]
    for i in range(count):
        other = state.targets[i]
        if not fits(units[other], effect.team, definition.aura_team, definition.aura_kind,
                    definition.aura_exclusions):
            continue
        context_of(state, row, context)
        context.target = units[other].handle
        if definition.aura_filter >= 0 and evaluate(
                state, patch, definition.aura_filter, context) == 0.0:
            continue
        linger = evaluate(state, patch, definition.aura_linger, context)
        add_modifier(state, patch, definition.aura, other, context, linger, 0)


@rule
def refresh_unit(state, patch, row):
    """Works out anew what its modifiers give a unit: states, listeners and bonuses."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    body.is_dirty = 0
    body.heard = 0
    body.asked = 0
    # Break and debuff immunity, once they are known, suspend what gave states before.
    for _ in range(2):
        states = body.base_states
        at = body.first_modifier
        while at > 0:
            definition = patch.modifier_definitions[tables.modifiers[at - 1].definition]
            body.heard |= definition.events
            body.asked |= definition.asked
            if not _is_suspended(unit, definition):
                states |= _states_of(state, patch, at - 1, definition)
            at = state.effects[at - 1].next
        settled = not (unit.states ^ states) & (PASSIVES_DISABLED | MAGIC_IMMUNE)
        unit.states = states
        if settled:
            break
    for i in range(NUM_PROPERTIES):
        state.bonuses[row, i] = 0.0
    state.slows = 0.0
    at = body.first_modifier
    while at > 0:
        definition = patch.modifier_definitions[tables.modifiers[at - 1].definition]
        if definition.num_properties > 0 and not _is_suspended(unit, definition):
            _add_properties(state, patch, row, at - 1, definition)
        at = state.effects[at - 1].next
    bonus = state.bonuses[row]
    bonus[Property.SLOW_RESISTANCE_STACKING] = _diminished(
        bonus[Property.SLOW_RESISTANCE_STACKING], bonus[Property.SLOW_RESISTANCE_UNIQUE])
    bonus[Property.MOVESPEED_BONUS_PERCENTAGE] += state.slows * (
        1.0 - 0.01 * bonus[Property.SLOW_RESISTANCE_STACKING])
    bonus[Property.HP_REGEN_AMPLIFY_PERCENTAGE] = _diminished(
        bonus[Property.HP_REGEN_AMPLIFY_PERCENTAGE],
        bonus[Property.RESTORATION_PERCENTAGE_UNIQUE]) - bonus[
            Property.HP_REGEN_REDUCE_PERCENTAGE]
    bonus[Property.HEAL_AMPLIFY_PERCENTAGE_TARGET] = _diminished(
        bonus[Property.HEAL_AMPLIFY_PERCENTAGE_TARGET],
        bonus[Property.RESTORATION_PERCENTAGE_UNIQUE]) - bonus[
            Property.HEAL_REDUCE_PERCENTAGE_TARGET]


@inlined
def _diminished(held, amount):
    """Returns what two percentages make together of which each leaves the rest to the other."""
    return 100.0 * (1.0 - (1.0 - 0.01 * held) * (1.0 - 0.01 * amount))


@rule
def _is_suspended(unit, definition):
    """Returns whether a modifier does nothing now: broken, or held off by debuff immunity."""
    return (definition.breakable and unit.states & PASSIVES_DISABLED) or (
        definition.is_debuff and unit.states & MAGIC_IMMUNE and not definition.pierces_immunity)


@rule
def _states_of(state, patch, row, definition):
    if definition.state_filter >= 0:
        context_of(state, row, state.context)
        if evaluate(state, patch, definition.state_filter, state.context) == 0.0:
            return 0
    return definition.states


@rule
def _add_properties(state, patch, parent_row, row, definition):
    context = state.context
    context_of(state, row, context)
    bonuses = state.bonuses
    image = is_image(state.body[parent_row], definition)
    for i in range(definition.first_property,
                   definition.first_property + definition.num_properties):
        given = patch.given_properties[i]
        which = given.property_id
        if which >= NUM_PROPERTIES or (image and _NOT_ON_ILLUSIONS[which]):
            continue
        amount = evaluate(state, patch, given.expression, context)
        if which == Property.MOVESPEED_BONUS_PERCENTAGE and amount < 0.0:
            # Slow resistance of modifiers that come later counts too.
            state.slows += amount
            continue
        if amount < 0.0 and which == Property.HP_REGEN_AMPLIFY_PERCENTAGE:
            which = _HP_REGEN_REDUCE
            amount = -amount
        elif amount < 0.0 and which == Property.HEAL_AMPLIFY_PERCENTAGE_TARGET:
            which = _HEAL_REDUCE
            amount = -amount
        stacking = _STACKING[which]
        held = bonuses[parent_row, which]
        if stacking == Stacking.SUM:
            held += amount
        elif stacking == Stacking.LARGEST:
            held = max(held, amount)
        elif stacking == Stacking.DIMINISHING:
            held = _diminished(held, amount)
        elif amount != 0.0:
            held = amount
        bonuses[parent_row, which] = held


# Whom areas, auras and targets may be, and what excludes a unit: Valve's bits.
KIND_HERO = TARGET_TYPE["hero"]
KIND_CREEP = TARGET_TYPE["creep"]
KIND_BUILDING = TARGET_TYPE["building"]
KIND_COURIER = TARGET_TYPE["courier"]
KIND_OTHER = TARGET_TYPE["other"]
TEAM_FRIENDLY = TARGET_TEAM["friendly"]
TEAM_ENEMY = TARGET_TEAM["enemy"]
RANGED_ONLY = TARGET_FLAGS["ranged_only"]
MELEE_ONLY = TARGET_FLAGS["melee_only"]
PIERCES_IMMUNITY = TARGET_FLAGS["magic_immune_enemies"]
NOT_IMMUNE_ALLIES = TARGET_FLAGS["not_magic_immune_allies"]
EVEN_INVULNERABLE = TARGET_FLAGS["invulnerable"]
SEEN_ONLY = TARGET_FLAGS["fow_visible"]
NO_ANCIENTS = TARGET_FLAGS["not_ancients"]
PLAYERS_ONLY = TARGET_FLAGS["player_controlled"]
NO_SUMMONS = TARGET_FLAGS["not_summoned"]
NO_ILLUSIONS = TARGET_FLAGS["not_illusions"]
NO_ATTACK_IMMUNE = TARGET_FLAGS["not_attack_immune"]
NO_CREEP_HEROES = TARGET_FLAGS["not_creep_hero"]
# Two of our own.
EVEN_OUT_OF_GAME = TARGET_FLAGS["out_of_game"]
AT_RANDOM = TARGET_FLAGS["random"]


@rule
def kind_of(unit):
    """Returns the one KIND_ bit that a unit is of."""
    kind = unit.unit_type
    if kind == UnitType.HERO:
        return KIND_HERO
    if unit.traits & STRUCTURE:
        return KIND_BUILDING
    if kind == UnitType.COURIER:
        return KIND_COURIER
    if kind == UnitType.WARD:
        return KIND_OTHER
    return KIND_CREEP


@rule
def fits(unit, team, teams, kinds, exclusions):
    """Returns whether a living unit is of those whom something of `team` is meant for.

    teams: TEAM_ bits as seen from `team`. kinds: KIND_ bits. exclusions: bits as above.
    """
    if not unit.alive:
        return False
    friendly = unit.team == team
    if not teams & (TEAM_FRIENDLY if friendly else TEAM_ENEMY):
        return False
    if not kinds & kind_of(unit):
        return False
    states = unit.states
    if states & OUT_OF_GAME and not exclusions & EVEN_OUT_OF_GAME:
        return False
    if states & INVULNERABLE and not exclusions & EVEN_INVULNERABLE:
        return False
    if states & MAGIC_IMMUNE:
        if not friendly and not exclusions & PIERCES_IMMUNITY:
            return False
        if friendly and exclusions & NOT_IMMUNE_ALLIES:
            return False
    if exclusions & SEEN_ONLY and not (unit.visible_to >> team) & 1:
        return False
    if exclusions & NO_ANCIENTS and unit.traits & ANCIENT:
        return False
    if exclusions & RANGED_ONLY and not unit.traits & RANGED_ATTACK:
        return False
    if exclusions & MELEE_ONLY and unit.traits & RANGED_ATTACK:
        return False
    if exclusions & NO_CREEP_HEROES and unit.unit_type == UnitType.CREEP_HERO:
        return False
    if exclusions & NO_ILLUSIONS and unit.traits & ILLUSION:
        return False
    if exclusions & PLAYERS_ONLY and unit.player < 0:
        return False
    if exclusions & NO_SUMMONS and unit.player >= 0 and unit.unit_type != UnitType.HERO:
        return False
    return not (exclusions & NO_ATTACK_IMMUNE and states & ATTACK_IMMUNE)
