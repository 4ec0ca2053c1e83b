"""Attacks from the swing to the wound: timing, projectiles, misses and damage.

Source: Liquipedia attack_animation@2383432, attack_range@2376555, armor@2374627,
evasion@2383969, and the class abilities of npc_abilities.txt 7.41e.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    BLOCK_DISABLED,
    CANNOT_MISS,
    DAMAGE_TYPE_MAGICAL,
    DAMAGE_TYPE_PHYSICAL,
    DISARMED,
    FLYING,
    INVULNERABLE,
    PIERCING,
    RANGED_ATTACK,
    REINFORCED,
    RUNTY,
    STRUCTURE,
    STUNNED,
    Activity,
    AttackCapability,
    EventKind,
    Table,
    UnitType,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_PROJECTILES, MAX_UNITS
from dota_env_rpc.sim.chance import pseudo_random, uniform, uniform_between
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.ground import level_at
from dota_env_rpc.sim.movement import turn_to, walk
from dota_env_rpc.sim.space import distance, gather
from dota_env_rpc.sim.state import MAX_DEATHS, MAX_REVEALS, NOT_SWINGING, SWINGING
from dota_env_rpc.sim.units import (
    can_be_attacked,
    enemy_of,
    is_hero,
    row_of_living,
    sees,
)

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
        if traits & PIERCING:
            return rules.class_basic_on_reinforced * rules.class_piercing_on_reinforced
        return rules.class_basic_on_reinforced
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


@rule
def cancel_swing(state, row):
    """Ends attacking; a swing that has not hit yet is lost, and the next may start at once."""
    body = state.body[row]
    state.tables.units[row].attack_target = 0
    if body.attack_phase == SWINGING:
        body.attack_phase = NOT_SWINGING
        body.attack_ready = float(state.tables.tick)


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
    body.rolled_damage = (
        uniform_between(state, unit.damage_min, unit.damage_max) + unit.bonus_damage)
    unit.attack_target = body.swing_target
    unit.activity = Activity.ATTACK


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
    reach = attack_reach(unit, target)
    if body.attack_phase == SWINGING:
        buffer = 0.0 if unit.traits & STRUCTURE else patch.rules.attack_range_buffer
        # A blow that is due is struck, however far its target has got: it may miss.
        is_blow = tables.tick >= body.swing_due_tick and not launches(patch, unit)
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
    if not unit.traits & STRUCTURE and not turn_to(patch, unit, target.x, target.y):
        return 0
    if float(tables.tick) < body.attack_ready:
        return 0
    start_swing(state, patch, row, target_row)
    if tables.tick >= body.swing_due_tick:
        body.attack_phase = NOT_SWINGING
        _release(state, patch, row, target_row)
    return 1


@inlined
def launches(patch, unit):
    """Returns whether the attacks of `unit` fly at their target."""
    return (patch.definitions[unit.definition].attack_capability == AttackCapability.RANGED
            and unit.projectile_speed > 0.0)


@rule
def _release(state, patch, row, target_row):
    """The attack point is reached: a melee blow lands, a ranged attack is launched."""
    tables = state.tables
    unit = tables.units[row]
    target = tables.units[target_row]
    unit.last_attack_tick = tables.tick
    if launches(patch, unit):
        launch(state, unit, target, state.body[row].rolled_damage,
               class_factor(patch, unit, target))
        if (unit.unit_type == UnitType.TOWER and tables.tick < state.body[row].glyph_until_tick
                and patch.buildings[state.body[row].building].tier > 1):
            _launch_at_others(state, patch, row, target_row)
        return
    if distance(unit, target) > attack_reach(unit, target) + patch.rules.attack_melee_miss_distance:
        tell(tables, EventKind.MISS, unit.handle, target.handle, -1, 0, 0.0)
        return
    land_attack(state, patch, row, target_row, state.body[row].rolled_damage,
                class_factor(patch, unit, target))


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
               class_factor(patch, unit, units[best]))


@rule
def launch(state, unit, target, damage, factor):
    """Adds an attack's projectile; a full table is counted and the attack is lost."""
    tables = state.tables
    if tables.num_projectiles >= MAX_PROJECTILES:
        tables.table_full[Table.PROJECTILES] += 1
        tell(tables, EventKind.TABLE_FULL, unit.handle, 0, -1, 1, 0.0)
        return
    projectile = tables.projectiles[tables.num_projectiles]
    tables.num_projectiles += 1
    state.num_launched += 1
    projectile.handle = state.num_launched
    projectile.source = unit.handle
    projectile.target = target.handle
    projectile.team = unit.team
    projectile.is_attack = 1
    projectile.dodgeable = 1
    projectile.visible_to = unit.visible_to | 1 << target.team
    projectile.x = unit.x
    projectile.y = unit.y
    projectile.x_target = target.x
    projectile.y_target = target.y
    projectile.speed = unit.projectile_speed
    projectile.damage = damage
    projectile.factor = factor


@rule
def move_projectiles(state, patch):
    """Flies every projectile for a tick; those that arrive hit, if their target still lives."""
    tables = state.tables
    i = 0
    while i < tables.num_projectiles:
        projectile = tables.projectiles[i]
        target_row = row_of_living(state, projectile.target)
        if target_row >= 0:
            projectile.x_target = tables.units[target_row].x
            projectile.y_target = tables.units[target_row].y
        else:
            projectile.target = 0
        dx = projectile.x_target - projectile.x
        dy = projectile.y_target - projectile.y
        gap = math.sqrt(dx * dx + dy * dy)
        step = projectile.speed / TICKS_PER_SECOND
        if gap > step:
            projectile.x += dx * step / gap
            projectile.y += dy * step / gap
            i += 1
            continue
        if target_row >= 0:
            source_row = projectile.source % MAX_UNITS
            if tables.units[source_row].handle != projectile.source:
                source_row = -1
            land_attack(
                state, patch, source_row, target_row, projectile.damage, projectile.factor)
        tables.num_projectiles -= 1
        if i < tables.num_projectiles:
            tables.projectiles[i] = tables.projectiles[tables.num_projectiles]


@rule
def land_attack(state, patch, row, target_row, damage, factor):
    """An attack arrives: it may miss uphill, be blocked in part, and wounds through armor.

    row: the attacker's, -1 if it is gone. factor: its class factor against the target.
    """
    tables = state.tables
    target = tables.units[target_row]
    if row >= 0 and _misses_uphill(state, patch, row, target):
        tell(tables, EventKind.MISS, tables.units[row].handle, target.handle, -1, 0, 0.0)
        return
    if row >= 0 and tables.units[row].unit_type == UnitType.BUILDING:
        damage = _strike_as_fountain(state, patch, row, target_row, damage)
    if (is_hero(target) and not target.traits & RANGED_ATTACK
            and not target.states & BLOCK_DISABLED
            and uniform(state) < patch.rules.hero_melee_block_chance):
        damage = max(damage - patch.rules.hero_melee_block, 0.0)
    deal_damage(state, patch, row, target_row, damage * factor, DAMAGE_TYPE_PHYSICAL)


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
                        DAMAGE_TYPE_PHYSICAL)
    return damage


@rule
def deal_damage(state, patch, row, target_row, amount, damage_type):
    """Applies one instance of damage to a unit, through its armor or magic resistance.

    amount: hit points before resistance, >= 0. damage_type: a DAMAGE_TYPE value.
    Source: order of damage as in docs/fidelity.md#damage-order.
    """
    target = state.tables.units[target_row]
    if damage_type == DAMAGE_TYPE_PHYSICAL:
        amount *= armor_multiplier(patch, target.armor)
    elif damage_type == DAMAGE_TYPE_MAGICAL:
        amount *= 1.0 - target.magic_resistance
    wound(state, patch, row, target_row, amount)


@rule
def wound(state, patch, row, target_row, amount):
    """Takes hit points, remembers who did it, and queues a death. row: -1 where nobody did."""
    tables = state.tables
    target = tables.units[target_row]
    body = state.body[target_row]
    tick = tables.tick
    if not target.alive or target.states & INVULNERABLE or tick < body.glyph_until_tick:
        return
    if body.building >= 0 and tick >= body.protected_from_tick:
        amount *= patch.rules.backdoor_damage
        body.backdoor_loss += min(amount, target.health)
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
        if not sees(unit, target.team) and unit.team != target.team:
            _reveal(state, patch, target.team, unit)
    tell(tables, EventKind.DAMAGE, target.handle, killer, -1, 0, lost)
    if target.health <= 0.0:
        target.health = 0.0
        target.alive = 0
        if state.num_deaths < MAX_DEATHS:
            state.deaths[state.num_deaths].victim = target.handle
            state.deaths[state.num_deaths].killer = killer
            state.num_deaths += 1


@rule
def _reveal(state, patch, team, unit):
    """Shows an unseen attacker's surroundings to its victim's team for a while."""
    if state.num_reveals >= MAX_REVEALS:
        return
    reveal = state.reveals[state.num_reveals]
    state.num_reveals += 1
    reveal.team = team
    reveal.x = unit.x
    reveal.y = unit.y
    reveal.until_tick = state.tables.tick + int(
        patch.rules.attack_reveal_seconds * TICKS_PER_SECOND)
