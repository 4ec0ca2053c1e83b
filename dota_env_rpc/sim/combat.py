"""Attacks from the swing to the wound: timing, projectiles, misses and damage.

Source: Liquipedia attack_animation@2383432, attack_range@2376555, armor@2374627,
evasion@2383969, and the class abilities of npc_abilities.txt 7.41e.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    BLOCK_DISABLED,
    CANNOT_MISS,
    DAMAGE_TYPE_HP_REMOVAL,
    DAMAGE_TYPE_MAGICAL,
    DAMAGE_TYPE_PHYSICAL,
    DAMAGE_TYPE_PURE,
    DISARMED,
    EVADE_DISABLED,
    FLYING,
    ILLUSION,
    INVULNERABLE,
    MAGIC_IMMUNE,
    OUT_OF_GAME,
    PIERCING,
    RANGED_ATTACK,
    REINFORCED,
    RUNTY,
    SILENCED,
    STRUCTURE,
    STUNNED,
    SUMMONED,
    Activity,
    EventKind,
    Table,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_PROJECTILES, NUM_ABILITY_SLOTS
from dota_env_rpc.match.words import (
    DAMAGE_IS_ATTACK,
    DAMAGE_IS_SPELL,
    DAMAGE_NOT_AMPLIFIED,
    DAMAGE_NOT_LETHAL,
    DAMAGE_PIERCES,
    DAMAGE_REFLECTED,
    NUM_PROPERTIES,
    AbilityEvent,
    ModifierEvent,
    Property,
)
from dota_env_rpc.sim.chance import pseudo_random, uniform, uniform_between
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.expressions import evaluate, row_of_named
from dota_env_rpc.sim.ground import level_at
from dota_env_rpc.sim.modifiers import (
    ask,
    begin_context,
    fits,
    queue_actions,
    raise_event,
    remove_modifier,
)
from dota_env_rpc.sim.movement import turn_to, walk
from dota_env_rpc.sim.space import distance, gather
from dota_env_rpc.sim.state import MAX_DEATHS, MAX_REVEALS, NOT_SWINGING, SWINGING
from dota_env_rpc.sim.units import (
    can_be_attacked,
    enemy_of,
    is_hero,
    sees,
)
from dota_env_rpc.sim.values import SLOTS

# Bits of a swing.
SWING_CRITICAL = 1
SWING_CANNOT_MISS = 2
SWING_NO_PROCS = 4
SWING_REFLECTED = 8
SWING_MARK_SHIFT = 8
# What lifesteal takes from who is no hero. Source: patch notes 7.38.
LIFESTEAL_FROM_CREEPS = 0.6
SPELL_LIFESTEAL_FROM_CREEPS = 0.2

# No bound radius, or sum of two, is larger.
MAX_BOUNDS = 450.0


@inlined
def armor_multiplier(patch, armor):
    """Returns the part of physical damage that goes through `armor`."""
    factor = patch.rules.armor_factor
    return 1.0 - factor * armor / (1.0 + factor * abs(armor))


@rule
def class_factor(patch, attacker, target):
    """Returns what the kinds of attacker and target make of an attack's damage.

    Source: creep_irresolute, creep_piercing and creep_siege of npc_abilities.txt 7.41e.
    """
    rules = patch.rules
    traits = attacker.traits
    if target.traits & REINFORCED:
        if traits & REINFORCED:
            return rules.class_reinforced_on_reinforced
        if is_hero(attacker):
            return rules.class_hero_on_reinforced
        basic = rules.class_basic_on_reinforced
        if traits & SUMMONED:
            basic = rules.class_controlled_on_reinforced
        return basic * rules.class_piercing_on_reinforced if traits & PIERCING else basic
    if is_hero(target):
        if traits & RUNTY:
            return rules.class_runty_on_hero
        if traits & PIERCING:
            return rules.class_piercing_on_hero
        return 1.0
    if traits & PIERCING:
        return rules.class_piercing_on_creep
    return 1.0


@inlined
def attack_reach(attacker, target):
    """Returns the distance of centers from which an attack may start."""
    return attacker.attack_range + attacker.bound_radius + target.bound_radius


@inlined
def _reach(patch, attacker, target):
    """Returns `attack_reach`, and what melee heroes reach farther for wards."""
    reach = attack_reach(attacker, target)
    if target.unit_type == UnitType.WARD and is_hero(attacker) and (
            not attacker.traits & RANGED_ATTACK):
        reach += patch.rules.attack_melee_ward_range
    return reach


@rule
def cancel_swing(state, row):
    """Ends attacking; a swing that has not hit yet is lost, and the next may start at once."""
    body = state.body[row]
    state.tables.units[row].attack_target = 0
    if body.attack_phase == SWINGING:
        body.attack_phase = NOT_SWINGING
        body.attack_ready = float(state.tables.tick)


@rule
def roll_attack(state, patch, row, target):
    """Rolls the damage of one attack on the unit `target` names, and whether it is critical.

    Returns the damage before what the target makes of it, and SWING_ flags.
    """
    unit = state.tables.units[row]
    damage = uniform_between(state, unit.damage_min, unit.damage_max) + unit.bonus_damage
    flags = 0
    critical = ask(state, patch, row, Property.PREATTACK_CRITICALSTRIKE, target, damage, True)
    if critical > 0.0:
        damage *= 0.01 * critical
        flags |= SWING_CRITICAL
    if ask(state, patch, row, Property.CANNOT_MISS, target, damage, True) > 0.0:
        flags |= SWING_CANNOT_MISS
    mark = ask(state, patch, row, Property.ATTACK_MARK, target, damage, False)
    return damage, flags | int(mark) << SWING_MARK_SHIFT


@rule
def start_swing(state, patch, row, target_row):
    """Begins a swing: the damage is rolled, and the time to the next attack starts to run."""
    tables = state.tables
    unit = tables.units[row]
    body = state.body[row]
    tick = tables.tick
    body.attack_phase = SWINGING
    body.swing_target = tables.units[target_row].handle
    # An attack that was ready within the last tick keeps its fraction, so that rates are exact.
    start = float(tick)
    if start - body.attack_ready < 1.0:
        start = body.attack_ready
    body.swing_due_tick = int(math.ceil(start + unit.attack_point * TICKS_PER_SECOND - 1e-6))
    body.attack_ready = start + unit.attack_interval * TICKS_PER_SECOND
    body.rolled_damage, body.swing_flags = roll_attack(state, patch, row, body.swing_target)
    body.orb = choose_orb(state, patch, row, target_row)
    unit.attack_target = body.swing_target
    unit.activity = Activity.ATTACK
    raise_event(state, patch, row, ModifierEvent.OnAttackStart, body.swing_target, 0, 0.0)


@rule
def attack(state, patch, row, target_row):
    """Plays one tick of attacking: comes into reach, turns, swings and hits or launches.

    Returns 1 in the tick in which a swing starts, else 0.
    """
    tables = state.tables
    unit = tables.units[row]
    target = tables.units[target_row]
    body = state.body[row]
    gap = distance(unit, target)
    reach = _reach(patch, unit, target)
    if body.attack_phase == SWINGING:
        buffer = 0.0 if unit.traits & STRUCTURE else patch.rules.attack_range_buffer
        # A blow that is due is struck, however far its target has got: it may miss.
        is_blow = tables.tick >= body.swing_due_tick and not launches(unit)
        if (body.swing_target != target.handle or (gap > reach + buffer and not is_blow)
                or unit.states & (STUNNED | DISARMED)):
            cancel_swing(state, row)
        elif tables.tick >= body.swing_due_tick:
            body.attack_phase = NOT_SWINGING
            _release(state, patch, row, target_row)
            return 0
        else:
            unit.activity = Activity.ATTACK
            return 0
    if gap > reach:
        if not unit.traits & STRUCTURE:
            walk(state, patch, row, target.x, target.y, reach - 1.0)
        return 0
    if unit.states & (STUNNED | DISARMED):
        return 0
    # Structures attack all around.
    if not unit.traits & STRUCTURE and not turn_to(
            state, patch, row, target.x, target.y):
        return 0
    if float(tables.tick) < body.attack_ready:
        return 0
    start_swing(state, patch, row, target_row)
    if tables.tick >= body.swing_due_tick:
        body.attack_phase = NOT_SWINGING
        _release(state, patch, row, target_row)
    return 1


@inlined
def launches(unit):
    """Returns whether the attacks of `unit` fly at their target."""
    return unit.traits & RANGED_ATTACK and unit.projectile_speed > 0.0


@rule
def _release(state, patch, row, target_row):
    """The attack point is reached: a melee blow lands, a ranged attack is launched."""
    tables = state.tables
    unit = tables.units[row]
    target = tables.units[target_row]
    body = state.body[row]
    unit.last_attack_tick = tables.tick
    raise_event(state, patch, row, ModifierEvent.OnAttack, target.handle, 0, 0.0)
    fire_orb(state, patch, row, target_row)
    if launches(unit):
        launch(state, unit, target, body.rolled_damage, class_factor(patch, unit, target),
               body.orb, body.swing_flags)
        if (unit.unit_type == UnitType.TOWER and tables.tick < state.body[row].glyph_until_tick
                and patch.buildings[state.body[row].building].tier > 1):
            _launch_at_others(state, patch, row, target_row)
        return
    if distance(unit, target) > _reach(
            patch, unit, target) + patch.rules.attack_melee_miss_distance:
        tell(tables, EventKind.MISS, unit.handle, target.handle, -1, 0, 0.0)
        return
    land_attack(state, patch, row, target_row, body.rolled_damage,
                class_factor(patch, unit, target), body.orb, body.swing_flags)


@rule
def _launch_at_others(state, patch, row, target_row):
    """A glyphed tower also shoots at the nearest other enemies in its range.

    Source: patch notes 7.32e; that the nearest are chosen is a guess.
    """
    units = state.tables.units
    unit = units[row]
    count = gather(state, unit.x, unit.y, unit.attack_range + MAX_BOUNDS)
    last = -1
    last_gap = -1.0
    for _ in range(int(patch.rules.glyph_bonus_targets)):
        best = -1
        best_gap = 1e18
        for i in range(count):
            other_row = state.near[i]
            other = units[other_row]
            gap = distance(unit, other)
            if (other_row == target_row or other.team != enemy_of(unit.team)
                    or gap > attack_reach(unit, other) or not can_be_attacked(other)
                    or not sees(other, unit.team)):
                continue
            # Of those equally far the lower row goes first.
            is_left = gap > last_gap or (gap == last_gap and other_row > last)
            if is_left and (gap < best_gap or (gap == best_gap and other_row < best)):
                best = other_row
                best_gap = gap
        if best < 0:
            return
        last = best
        last_gap = best_gap
        launch(state, unit, units[best],
               uniform_between(state, unit.damage_min, unit.damage_max),
               class_factor(patch, unit, units[best]), 0, 0)


@rule
def launch(state, unit, target, damage, factor, orb, flags):
    """Adds an attack's projectile; a full table is counted and the attack is lost.

    orb, flags: those of the swing, see BODY. Returns its row, or -1.
    """
    tables = state.tables
    if tables.num_projectiles >= MAX_PROJECTILES:
        tables.table_full[Table.PROJECTILES] += 1
        tell(tables, EventKind.TABLE_FULL, unit.handle, 0, -1, 1, 0.0)
        return -1
    projectile = tables.projectiles[tables.num_projectiles]
    flight = state.flights[tables.num_projectiles]
    flight.hit_block = -1
    flight.follows_hidden = 0
    flight.orb = orb
    flight.swing_flags = flags
    tables.num_projectiles += 1
    state.num_launched += 1
    projectile.handle = state.num_launched
    projectile.source = unit.handle
    projectile.target = target.handle
    projectile.team = unit.team
    projectile.is_attack = 1
    projectile.is_linear = 0
    projectile.dodgeable = 1
    projectile.visible_to = unit.visible_to | 1 << target.team
    projectile.x = unit.x
    projectile.y = unit.y
    projectile.x_target = target.x
    projectile.y_target = target.y
    projectile.speed = unit.projectile_speed
    projectile.damage = damage
    projectile.factor = factor
    return tables.num_projectiles - 1


@rule
def dodge_projectiles(state, patch, row, by_hiding=False):
    """Lets every projectile that follows a unit and can be dodged lose it.

    by_hiding: whether it becomes invisible, which not all projectiles mind.
    """
    tables = state.tables
    for i in range(tables.num_projectiles):
        projectile = tables.projectiles[i]
        if projectile.target == tables.units[row].handle and projectile.dodgeable and not (
                by_hiding and state.flights[i].follows_hidden):
            projectile.target = 0
            raise_event(
                state, patch, row, ModifierEvent.OnProjectileDodged, projectile.source,
                projectile.source, 0.0 if projectile.is_attack else 1.0)


@rule
def land_attack(state, patch, row, target_row, damage, factor, orb, flags):
    """An attack arrives: it may miss, be blocked in part, and wounds through armor.

    row: the attacker's, -1 if it is gone. factor: its class factor against the target. orb,
    flags: those of the swing, see BODY. Returns whether it has hit.
    """
    tables = state.tables
    target = tables.units[target_row]
    # Nothing comes of what reaches the invulnerable. Source: Liquipedia disjoint@2360423.
    if target.states & (INVULNERABLE | OUT_OF_GAME):
        return False
    state.attack_mark = float(flags >> SWING_MARK_SHIFT)
    if row >= 0 and not flags & SWING_CANNOT_MISS and ask(
            state, patch, target_row, Property.ATTACKED_WITHOUT_MISS, tables.units[row].handle,
            damage, True) <= 0.0 and (
            _misses_uphill(state, patch, row, target) or _misses(state, row, target_row)):
        tell(tables, EventKind.MISS, tables.units[row].handle, target.handle, -1, 0, 0.0)
        raise_event(state, patch, row, ModifierEvent.OnAttackFailed, target.handle, 0, 0.0)
        state.attack_mark = 0.0
        return False
    if target.unit_type == UnitType.COURIER:
        wound(state, patch, row, target_row, target.max_health / _hits_of_courier(
            state, patch, row))
        show_striker(state, patch, row, target.team)
        state.attack_mark = 0.0
        return True
    if row >= 0 and tables.units[row].unit_type == UnitType.BUILDING:
        damage = _strike_as_fountain(state, patch, row, target_row, damage)
    magical = 0.0
    pure = 0.0
    state.attack_raw = damage
    if row >= 0 and not flags & SWING_NO_PROCS:
        damage += ask(state, patch, row, Property.PREATTACK_BONUS_DAMAGE_TARGET, target.handle,
                      damage, False)
        damage += ask(state, patch, row, Property.PROCATTACK_BONUS_DAMAGE_PHYSICAL,
                      target.handle, damage, False)
        magical = ask(state, patch, row, Property.PROCATTACK_BONUS_DAMAGE_MAGICAL,
                      target.handle, damage, False)
        pure = ask(state, patch, row, Property.PROCATTACK_BONUS_DAMAGE_PURE, target.handle,
                   damage, False)
    if not target.states & BLOCK_DISABLED:
        damage = max(damage - _blocked(state, patch, row, target_row, damage), 0.0)
    lost = deal_damage(
        state, patch, row, target_row, damage * factor, DAMAGE_TYPE_PHYSICAL,
        DAMAGE_IS_ATTACK | (DAMAGE_REFLECTED if flags & SWING_REFLECTED else 0))
    if lost > 0.0:
        show_striker(state, patch, row, target.team)
    if magical > 0.0:
        deal_damage(state, patch, row, target_row, magical, DAMAGE_TYPE_MAGICAL, 0)
    if pure > 0.0:
        deal_damage(state, patch, row, target_row, pure, DAMAGE_TYPE_PURE, 0)
    attacker = 0
    if row >= 0:
        attacker = tables.units[row].handle
        if not flags & SWING_NO_PROCS:
            strike_orb(state, patch, row, target_row, orb)
            raise_event(
                state, patch, row, ModifierEvent.OnAttackLanded, target.handle, attacker, lost)
    raise_event(state, patch, target_row, ModifierEvent.OnAttacked, attacker, attacker, lost)
    state.attack_mark = 0.0
    state.attack_raw = 0.0
    return True


@rule
def _hits_of_courier(state, patch, row):
    """Returns how many attacks of the unit in `row` (-1: it is gone) kill a courier."""
    hits = patch.rules.courier_hits
    if row < 0:
        return hits[2]
    unit = state.tables.units[row]
    if not is_hero(unit) or unit.traits & ILLUSION:
        return hits[2]
    return hits[1] if unit.traits & RANGED_ATTACK else hits[0]


@rule
def _blocked(state, patch, row, target_row, damage):
    """Returns how much of an attack's damage is blocked: the most that any block gives."""
    target = state.tables.units[target_row]
    attacker = state.tables.units[row].handle if row >= 0 else 0
    most = ask(state, patch, target_row, Property.PHYSICAL_CONSTANT_BLOCK, attacker, damage, True)
    bonus = state.bonuses[target_row, Property.PHYSICAL_BLOCK_BONUS]
    if (is_hero(target) and not target.traits & RANGED_ATTACK
            and uniform(state) < patch.rules.hero_melee_block_chance):
        most = max(most, patch.rules.hero_melee_block)
    return most + bonus if most > 0.0 else most


@rule
def _misses(state, row, target_row):
    """Rolls evasion and blindness, which accuracy may overcome.

    Source: Liquipedia evasion@2383969.
    """
    unit = state.tables.units[row]
    target = state.tables.units[target_row]
    evasion = 0.01 * state.bonuses[target_row, Property.EVASION_CONSTANT]
    if target.states & EVADE_DISABLED:
        evasion = 0.0
    blind = min(max(0.01 * state.bonuses[row, Property.MISS_PERCENTAGE], 0.0), 1.0)
    chance = 1.0 - (1.0 - evasion) * (1.0 - blind)
    if chance <= 0.0 or unit.states & CANNOT_MISS:
        return False
    accuracy = 0.01 * state.bonuses[row, Property.ACCURACY_PERCENTAGE]
    if accuracy > 0.0 and uniform(state) < accuracy:
        return False
    return uniform(state) < chance


@rule
def _misses_uphill(state, patch, row, target):
    """Rolls the miss of a ranged attacker that stands lower than its target at impact."""
    unit = state.tables.units[row]
    if (not unit.traits & RANGED_ATTACK or unit.traits & STRUCTURE
            or unit.states & (CANNOT_MISS | FLYING)
            or level_at(patch, unit.x, unit.y) >= level_at(patch, target.x, target.y)):
        return False
    body = state.body[row]
    body.uphill_tries += 1
    if not pseudo_random(state, body.uphill_tries, patch.rules.attack_uphill_miss_prd):
        return False
    body.uphill_tries = 0
    return True


@rule
def _strike_as_fountain(state, patch, row, target_row, damage):
    """The fountain's attacks grow with every hit, and also hurt who stands beside the target.

    Returns the damage that the target is to take.
    """
    tables = state.tables
    units = tables.units
    rules = patch.rules
    target = units[target_row]
    team = units[row].team
    body = state.body[target_row]
    if tables.tick >= body.fountain_stack_until_tick:
        body.fountain_stacks = 0
    damage += rules.fountain_stack_damage * body.fountain_stacks
    body.fountain_stacks += 1
    body.fountain_stack_until_tick = tables.tick + int(
        rules.fountain_stack_seconds * TICKS_PER_SECOND)
    count = gather(state, target.x, target.y, rules.fountain_splash_radius)
    for i in range(count):
        other_row = state.near[i]
        if other_row != target_row and units[other_row].team != team:
            deal_damage(state, patch, row, other_row, damage * rules.fountain_splash,
                        DAMAGE_TYPE_PHYSICAL, 0)
    return damage


@rule
def deal_damage(state, patch, row, target_row, amount, damage_type, flags):
    """Applies one instance of damage to a unit; returns the hit points that it lost.

    row: who deals it, -1 for nobody. amount: hit points before resistance. damage_type: a
    DAMAGE_TYPE value. flags: DAMAGE_ bits.
    Source: order of damage as in docs/fidelity.md#damage-order.
    """
    tables = state.tables
    target = tables.units[target_row]
    if (amount <= 0.0 or not target.alive or target.states & (INVULNERABLE | OUT_OF_GAME)
            or _is_immune(state, row, target_row, damage_type, flags)):
        return 0.0
    attacker = 0
    state.damage_type = damage_type
    if row >= 0:
        attacker = tables.units[row].handle
        amount *= _outgoing(state, patch, row, target_row, amount, flags)
    if damage_type == DAMAGE_TYPE_PHYSICAL:
        amount *= armor_multiplier(patch, target.armor)
    elif damage_type == DAMAGE_TYPE_MAGICAL:
        amount *= 1.0 - target.magic_resistance
        if flags & DAMAGE_PIERCES and target.states & MAGIC_IMMUNE:
            # Source: Liquipedia debuff_immunity@2381690.
            amount /= 1.0 - 0.01 * ask(
                state, patch, target_row, Property.MAGICAL_RESISTANCE_OF_IMMUNITY, attacker,
                amount, True)
    if damage_type != DAMAGE_TYPE_HP_REMOVAL:
        amount *= _incoming(state, patch, target_row, attacker, amount, damage_type)
        blocked = ask(state, patch, target_row, Property.TOTAL_CONSTANT_BLOCK, attacker, amount,
                      False)
        if blocked > 0.0:
            raise_event(state, patch, target_row, ModifierEvent.OnDamageBlocked, attacker,
                        attacker, amount)
            amount -= blocked
        if amount > 0.0 and ask(
                state, patch, target_row, Property.AVOID_DAMAGE, attacker, amount, True) > 0.0:
            return 0.0
        amount = _through_barriers(state, patch, target_row, amount, damage_type)
    if amount <= 0.0:
        return 0.0
    if flags & DAMAGE_NOT_LETHAL:
        amount = min(amount, target.health - 1.0)
    lost = wound(state, patch, row, target_row, amount)
    if damage_type != DAMAGE_TYPE_HP_REMOVAL and lost > 0.0:
        if not flags & DAMAGE_REFLECTED:
            raise_event(state, patch, target_row, ModifierEvent.OnTakeDamage, attacker, attacker,
                        lost)
        if row >= 0:
            _steal_life(state, patch, row, target_row, lost, damage_type, flags)
            raise_event(state, patch, row, ModifierEvent.OnDealDamage, target.handle, attacker,
                        lost)
    return lost


@rule
def _is_immune(state, row, target_row, damage_type, flags):
    """Returns whether a unit takes no damage of this kind at all.

    Source: Liquipedia debuff_immunity@2381690: pure and reflected damage do nothing to who is
    immune to debuffs.
    """
    target = state.tables.units[target_row]
    bonus = state.bonuses[target_row]
    held_off = (target.states & MAGIC_IMMUNE and row >= 0 and not flags & DAMAGE_PIERCES
                and state.tables.units[row].team != target.team)
    if held_off and flags & DAMAGE_REFLECTED:
        return True
    if damage_type == DAMAGE_TYPE_PHYSICAL:
        return bonus[Property.ABSOLUTE_NO_DAMAGE_PHYSICAL] > 0.0
    if damage_type == DAMAGE_TYPE_MAGICAL:
        return bonus[Property.ABSOLUTE_NO_DAMAGE_MAGICAL] > 0.0
    if damage_type == DAMAGE_TYPE_PURE:
        return bonus[Property.ABSOLUTE_NO_DAMAGE_PURE] > 0.0 or held_off
    return False


@rule
def _outgoing(state, patch, row, target_row, amount, flags):
    """Returns what the dealer's bonuses make of its damage."""
    bonus = state.bonuses[row]
    target = state.tables.units[target_row]
    percent = bonus[Property.TOTALDAMAGEOUTGOING_PERCENTAGE] + ask(
        state, patch, row, Property.OUTGOING_DAMAGE_TO, target.handle, amount, False)
    if flags & DAMAGE_IS_SPELL and not flags & DAMAGE_NOT_AMPLIFIED:
        percent += bonus[Property.SPELL_AMPLIFY_PERCENTAGE] + bonus[
            Property.SPELL_AMPLIFY_PERCENTAGE_UNIQUE]
    factor = max(1.0 + 0.01 * percent, 0.0)
    if state.body[row].illusion_of:
        factor *= state.body[row].illusion_damage
        if target.traits & STRUCTURE:
            factor *= patch.rules.illusion_building_damage
    return factor


@rule
def _incoming(state, patch, target_row, attacker, amount, damage_type):
    """Returns what the target's bonuses make of damage."""
    bonus = state.bonuses[target_row]
    percent = bonus[Property.INCOMING_DAMAGE_PERCENTAGE] + ask(
        state, patch, target_row, Property.INCOMING_DAMAGE_FROM, attacker, amount, False)
    if damage_type == DAMAGE_TYPE_PHYSICAL:
        percent += bonus[Property.INCOMING_PHYSICAL_DAMAGE_PERCENTAGE]
    elif damage_type == DAMAGE_TYPE_MAGICAL:
        percent += bonus[Property.INCOMING_SPELL_DAMAGE_PERCENTAGE]
    factor = max(1.0 + 0.01 * percent, 0.0)
    if state.body[target_row].illusion_of:
        factor *= state.body[target_row].illusion_hurt
    return factor


@rule
def _through_barriers(state, patch, target_row, amount, damage_type):
    """Returns what barriers leave of damage; each holds what its register 0 says."""
    asked = state.body[target_row].asked >> (Property.BARRIER_PHYSICAL - NUM_PROPERTIES)
    if not asked:
        return amount
    at = state.body[target_row].first_modifier
    while at > 0 and amount > 0.0:
        following = state.effects[at - 1].next
        barrier = patch.modifier_definitions[state.tables.modifiers[at - 1].definition].barrier
        if barrier & damage_type:
            effect = state.effects[at - 1]
            held = min(effect.registers[0], amount)
            effect.registers[0] -= held
            amount -= held
            if effect.registers[0] <= 0.0:
                remove_modifier(state, patch, at - 1)
        at = following
    return amount


@rule
def _steal_life(state, patch, row, target_row, lost, damage_type, flags):
    """Heals who dealt damage by its lifesteal. Source: patch notes 7.38 to 7.41."""
    units = state.tables.units
    target = units[target_row]
    if (target.traits & STRUCTURE or target.unit_type == UnitType.WARD
            or not units[row].alive or flags & DAMAGE_REFLECTED
            or target.team == units[row].team):
        return
    bonus = state.bonuses[row]
    if flags & DAMAGE_IS_ATTACK:
        percent = bonus[Property.LIFESTEAL_PERCENTAGE]
        part = 1.0 if is_hero(target) else LIFESTEAL_FROM_CREEPS
    elif flags & DAMAGE_IS_SPELL and not target.traits & ILLUSION and (
            damage_type != DAMAGE_TYPE_PURE or bonus[Property.SPELL_LIFESTEAL_OF_PURE] > 0.0):
        percent = bonus[Property.SPELL_LIFESTEAL_PERCENTAGE] + ask(
            state, patch, row, Property.SPELL_LIFESTEAL_FROM, target.handle, lost, False)
        part = 1.0 if is_hero(target) else SPELL_LIFESTEAL_FROM_CREEPS
    else:
        return
    if percent > 0.0:
        heal(state, patch, row, row, 0.01 * percent * part * lost)


@rule
def heal(state, patch, row, target_row, amount):
    """Heals a unit, amplified by what both sides have for it. row: who heals, -1 for nobody."""
    target = state.tables.units[target_row]
    bonus = state.bonuses[target_row]
    if amount <= 0.0 or not target.alive or bonus[Property.DISABLE_HEALING] > 0.0:
        return
    percent = bonus[Property.HEAL_AMPLIFY_PERCENTAGE_TARGET]
    source = 0
    if row >= 0:
        source = state.tables.units[row].handle
        percent += state.bonuses[row, Property.HEAL_AMPLIFY_PERCENTAGE_SOURCE]
    raise_event(state, patch, target_row, ModifierEvent.OnHealed, source, source, amount)
    amount *= max(1.0 + 0.01 * percent, 0.0)
    amount = min(amount, target.max_health - target.health)
    if amount > 0.0:
        target.health += amount
        tell(state.tables, EventKind.HEAL, target.handle, source, -1, 0, amount)


@rule
def wound(state, patch, row, target_row, amount, spares=True):
    """Takes hit points, remembers who did it, and queues a death; returns what was lost.

    row: -1 where nobody did. spares: whether what keeps a unit alive holds this off.
    """
    tables = state.tables
    target = tables.units[target_row]
    body = state.body[target_row]
    tick = tables.tick
    if not target.alive or target.states & INVULNERABLE or tick < body.glyph_until_tick:
        return 0.0
    if body.building >= 0 and tick >= body.protected_from_tick:
        owned = row >= 0 and tables.units[row].traits & (SUMMONED | ILLUSION)
        amount *= patch.rules.backdoor_damage_owned if owned else patch.rules.backdoor_damage
        body.backdoor_loss += min(amount, target.health)
    least = state.bonuses[target_row, Property.MIN_HEALTH]
    if least > 0.0 and spares:
        amount = min(amount, max(target.health - least, 0.0))
    lost = min(amount, target.health)
    target.health -= amount
    killer = 0
    if row >= 0:
        unit = tables.units[row]
        killer = unit.handle
        if unit.player >= 0:
            player = tables.players[unit.player]
            if unit.team != target.team:
                body.hurt_by_player_tick[unit.player] = tick
                if is_hero(target):
                    player.hero_damage += lost
                elif target.traits & STRUCTURE:
                    player.tower_damage += lost
    tell(tables, EventKind.DAMAGE, target.handle, killer, -1, 0, lost)
    if target.health <= 0.0:
        killer = _credited(state, patch, target_row, killer)
        target.health = 0.0
        target.alive = 0
        if state.num_deaths < MAX_DEATHS:
            state.deaths[state.num_deaths].victim = target.handle
            state.deaths[state.num_deaths].killer = killer
            state.num_deaths += 1
    return lost


@rule
def _credited(state, patch, row, killer):
    """Returns who is the killer of a unit: whose modifier claims it, or who struck."""
    at = state.body[row].first_modifier
    while at > 0:
        modifier = state.tables.modifiers[at - 1]
        if patch.modifier_definitions[modifier.definition].credits_kills and row_of_named(
                state, modifier.caster) >= 0:
            return modifier.caster
        at = state.effects[at - 1].next
    return killer


@rule
def show_striker(state, patch, row, team):
    """Shows the place of an enemy (-1: of nobody) to the team that it has struck unseen.

    Source: console variable dota_unit_attack_visibility, Liquipedia vision@2383431.
    """
    if row < 0:
        return
    unit = state.tables.units[row]
    if unit.team != team and not sees(unit, team):
        reveal_place(state, team, unit.x, unit.y, patch.rules.attack_reveal_radius,
                     patch.rules.attack_reveal_seconds)


@rule
def reveal_place(state, team, x, y, radius, seconds, true_sight=0):
    """Shows a place to a team for a while."""
    if state.num_reveals >= MAX_REVEALS:
        return
    reveal = state.reveals[state.num_reveals]
    state.num_reveals += 1
    reveal.team = team
    reveal.x = x
    reveal.y = y
    reveal.radius = radius
    reveal.true_sight = true_sight
    reveal.until_tick = state.tables.tick + int(seconds * TICKS_PER_SECOND)


@rule
def choose_orb(state, patch, row, target_row):
    """Returns slot + 1 of the attack modifier that a swing carries, 0 for none.

    It is the one that was ordered by hand, or the first that is on, has its mana and no cooldown.
    """
    tables = state.tables
    unit = tables.units[row]
    if unit.player < 0 or state.body[row].illusion_of or unit.states & SILENCED:
        return 0
    target = tables.units[target_row]
    for slot in range(NUM_ABILITY_SLOTS):
        ability = tables.abilities[unit.player, slot]
        if ability.definition < 0 or ability.level <= 0:
            continue
        behavior = patch.ability_behaviors[ability.definition]
        by_hand = state.body[row].orb_by_hand == slot + 1
        if (behavior.is_orb and (ability.autocast or by_hand)
                and tables.tick >= ability.cooldown_ready_tick
                and unit.mana >= ability.mana_cost
                and _takes_orb(state, patch, unit, slot, target)):
            return slot + 1
    return 0


@rule
def _takes_orb(state, patch, unit, slot, target):
    """Returns whether an attack modifier is meant for a target."""
    behavior = patch.ability_behaviors[state.tables.abilities[unit.player, slot].definition]
    begin_context(
        state.context, unit.player * SLOTS + slot, unit.handle, target.handle)
    if target.traits & STRUCTURE:
        return evaluate(state, patch, behavior.orb_on_buildings, state.context) != 0.0
    if not fits(target, unit.team, behavior.target_team, behavior.target_kind,
                behavior.target_flags):
        return False
    return behavior.cast_filter < 0 or evaluate(
        state, patch, behavior.cast_filter, state.context) != 0.0


@rule
def fire_orb(state, patch, row, target_row):
    """Pays for the attack modifier that a hit carries, and does what happens as it starts."""
    body = state.body[row]
    if body.orb == 0:
        return
    tables = state.tables
    unit = tables.units[row]
    ability = tables.abilities[unit.player, body.orb - 1]
    body.orb_by_hand = 0
    if unit.mana < ability.mana_cost:
        body.orb = 0
        return
    unit.mana -= ability.mana_cost
    ability.cooldown_ready_tick = tables.tick + int(ability.cooldown * TICKS_PER_SECOND)
    _run_orb(state, patch, row, target_row, body.orb, AbilityEvent.OnOrbFire)


@rule
def strike_orb(state, patch, row, target_row, orb):
    """Does what an attack modifier does as the attack lands."""
    if orb > 0:
        _run_orb(state, patch, row, target_row, orb, AbilityEvent.OnOrbImpact)


@rule
def _run_orb(state, patch, row, target_row, orb, event):
    tables = state.tables
    unit = tables.units[row]
    definition = tables.abilities[unit.player, orb - 1].definition
    block = patch.ability_behaviors[definition].blocks[event]
    if block < 0:
        return
    context = state.context
    begin_context(context, unit.player * SLOTS + orb - 1, unit.handle,
                  tables.units[target_row].handle)
    context.parent = unit.handle
    context.x = tables.units[target_row].x
    context.y = tables.units[target_row].y
    queue_actions(state, block, context)
