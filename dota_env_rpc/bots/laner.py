"""A player of the middle lane: last-hits, denies, harasses, pushes, and goes home to heal."""

import math

from dota_env_rpc.bots.hits import health_after, hit_damage, ticks_to_hit
from dota_env_rpc.bots.memory import BOT_MEMORY, MAX_NEAR
from dota_env_rpc.bots.spells import (
    carry_orb,
    cast_spells,
    is_casting,
    note_castable,
    switch_toggles,
    teleport,
)
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    ATTACK_IMMUNE,
    COMMAND_RESTRICTED,
    FEARED,
    INVULNERABLE,
    RANGED_ATTACK,
    TAUNTED,
    Activity,
    Lane,
    UnitOrder,
    UnitType,
)
from dota_env_rpc.match.rule import part, rule
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.sim.combat import attack_reach
from dota_env_rpc.sim.space import distance
from dota_env_rpc.sim.units import can_be_attacked, is_hero, sees, side_of

# Source: guess, for all that says how a laner judges.
NEAR = 1600.0
# Places that differ by less are the same to a walker.
SAME_PLACE = 80.0
# It goes so far out of its way for a foe's courier.
CHASE = 100.0
EASY_TICKS = 12
# A deny waits until this part of a hit kills: a last hit is worth more to the foe, and comes first.
DENY_SHARE = 0.65
# Ticks between two tries to turn creeps away. Source: the wait of `aggro.drop_cooldown`.
DROP_TICKS = 75
# From here on a wave that outnumbers the foe's is pushed rather than farmed.
PUSH_TICKS = 600 * TICKS_PER_SECOND
# A siege goes on beside a foe of up to this many times the hero's health.
SIEGE_ODDS = 1.5
# Whoever mends to this part of the health within this time waits behind the own tower instead of
# going home, unless home is as near as that.
MENDED = 0.6
MENDING_SECONDS = 16.0
BEHIND_TOWER = -300.0
HOME = 2500.0
# A foe is hunted under its tower if it dies of this many blows, and the hero lives through it
# with this much to spare.
DIVE_BLOWS = 2.0
DIVE_SPARE = 1.5
# In these states no order is taken.
UNCONTROLLED = FEARED | TAUNTED | COMMAND_RESTRICTED
# Decisions in which a walker has not moved after which it tries another way.
STUCK = 3


@part
def lane(tables, patch, seat, memory: BOT_MEMORY, order, skilled: bool):
    """Writes a laner's order. skilled: whether it thinks at each decision, denies and harasses."""
    player = tables.players[seat]
    own_row = player.hero % MAX_UNITS
    hero = tables.units[own_row]
    tick = tables.tick
    if tick < memory.think_tick:
        return
    memory.think_tick = tick + (1 if skilled else EASY_TICKS)
    if not _find_towers(tables, hero.team, memory):
        return
    own_tower = tables.units[memory.own_tower % MAX_UNITS]
    tower_dying = own_tower.health < 0.3 * own_tower.max_health and _is_attacked(
        tables, own_tower, hero.team)
    if tower_dying and skilled and tick >= tables.glyph_ready_tick[side_of(hero.team)]:
        order.order = UnitOrder.GLYPH
        return
    if not hero.alive:
        memory.order = 0
        memory.retreating = 0
        if (tower_dying and skilled and player.respawn_tick - tick > 8 * TICKS_PER_SECOND
                and tick >= player.buyback_ready_tick
                and player.reliable_gold + player.unreliable_gold >= player.buyback_cost):
            order.order = UnitOrder.BUYBACK
        return
    if hero.states & UNCONTROLLED or is_casting(tables, seat, memory, hero):
        return
    still = abs(hero.x - memory.x) + abs(hero.y - memory.y) < 2.0
    if memory.num_stuck < 0 or (still and memory.order == UnitOrder.MOVE_TO_POSITION):
        memory.num_stuck += 1
    else:
        memory.num_stuck = 0
    memory.x = hero.x
    memory.y = hero.y
    _look(tables, memory, own_row)
    _act(tables, patch, seat, memory, order, own_row, skilled)


@rule
def _find_towers(tables, team, memory):
    """Remembers the foremost building of either side in the lane, and the lane between them."""
    units = tables.units
    if (memory.own_tower and units[memory.own_tower % MAX_UNITS].handle == memory.own_tower
            and units[memory.foe_tower % MAX_UNITS].handle == memory.foe_tower):
        return True
    own = -1
    foe = -1
    for row in range(tables.num_rows):
        unit = units[row]
        if unit.handle == 0 or not unit.alive or not (
                unit.unit_type == UnitType.FORT
                or (unit.unit_type == UnitType.TOWER and unit.lane == Lane.MID)):
            continue
        # The foremost building is the one nearest to the middle of the map.
        square = unit.x * unit.x + unit.y * unit.y
        if unit.team == team:
            if own < 0 or square < units[own].x * units[own].x + units[own].y * units[own].y:
                own = row
        elif foe < 0 or square < units[foe].x * units[foe].x + units[foe].y * units[foe].y:
            foe = row
    if own < 0 or foe < 0:
        return False
    memory.own_tower = units[own].handle
    memory.foe_tower = units[foe].handle
    memory.lane_x = units[own].x
    memory.lane_y = units[own].y
    memory.lane_end = distance(units[own], units[foe])
    memory.along_x = (units[foe].x - units[own].x) / memory.lane_end
    memory.along_y = (units[foe].y - units[own].y) / memory.lane_end
    return True


@rule
def _is_attacked(tables, tower, team):
    for row in range(tables.num_rows):
        unit = tables.units[row]
        if (sees(unit, team) and unit.alive and unit.attack_target == tower.handle
                and unit.activity == Activity.ATTACK):
            return True
    return False


@rule
def _along(memory, x, y):
    """Returns how far along the lane a place is: 0 at the own tower."""
    return (x - memory.lane_x) * memory.along_x + (y - memory.lane_y) * memory.along_y


@rule
def _aside(memory, x, y):
    """Returns how far to the left of the lane's line a place is."""
    return (y - memory.lane_y) * memory.along_x - (x - memory.lane_x) * memory.along_y


@rule
def _look(tables, memory, own_row):
    """Notes who is near, who attacks the hero, and how far the own creeps have come."""
    units = tables.units
    hero = units[own_row]
    foe_tower = units[memory.foe_tower % MAX_UNITS]
    memory.near[0] = memory.own_tower % MAX_UNITS
    memory.near[1] = memory.foe_tower % MAX_UNITS
    memory.num_near = 2
    memory.foe_row = -1
    memory.ally_row = -1
    memory.prey_row = -1
    memory.num_on_me = 0
    memory.num_minding = 0
    memory.num_tanks = 0
    memory.num_own = 0
    memory.num_foes = 0
    memory.own_front = -1e9
    for row in range(tables.num_rows):
        unit = units[row]
        creep = unit.unit_type == UnitType.LANE_CREEP
        if (unit.unit_type == UnitType.COURIER and unit.team != hero.team
                and sees(unit, hero.team) and can_be_attacked(unit)
                and distance(unit, hero) <= attack_reach(hero, unit) + CHASE):
            memory.prey_row = row
        if not (creep or is_hero(unit)) or not sees(unit, hero.team) or (
                unit.handle == 0 or not unit.alive):
            continue
        if creep and unit.team == hero.team:
            along = _along(memory, unit.x, unit.y)
            if along > memory.own_front and along < memory.lane_end + 600.0:
                memory.own_front = along
            if distance(unit, foe_tower) <= attack_reach(foe_tower, unit):
                memory.num_tanks += 1
        gap = distance(unit, hero)
        if gap > NEAR or memory.num_near == MAX_NEAR:
            continue
        memory.near[memory.num_near] = row
        memory.num_near += 1
        if unit.team == hero.team:
            if creep:
                memory.num_own += 1
                if gap < 400.0:
                    memory.ally_row = row
            continue
        if creep:
            memory.num_foes += 1
            if gap < 560.0:
                memory.num_minding += 1
            if (unit.attack_target == hero.handle
                    and (unit.activity == Activity.ATTACK
                         or tables.tick - unit.last_attack_tick < TICKS_PER_SECOND)):
                memory.num_on_me += 1
        else:
            memory.foe_row = row
            memory.foe_tick = tables.tick


@rule
def _go(memory, order, hero, x, y):
    """Walks to a place, unless the hero is there or on its way."""
    dx = x - hero.x
    dy = y - hero.y
    near = dx * dx + dy * dy < SAME_PLACE * SAME_PLACE
    if memory.num_stuck >= STUCK and not near:
        # Somebody is in the way on all sides ahead: try another side each time.
        memory.num_stuck = 1 - STUCK
        memory.num_tried += 1
        turn = 2.0 * memory.num_tried
        gap = math.sqrt(dx * dx + dy * dy)
        x = hero.x + 150.0 * (dx * math.cos(turn) - dy * math.sin(turn)) / gap
        y = hero.y + 150.0 * (dx * math.sin(turn) + dy * math.cos(turn)) / gap
    elif memory.num_stuck < 0:
        return
    elif memory.order == UnitOrder.MOVE_TO_POSITION:
        dx = x - memory.order_x
        dy = y - memory.order_y
        if near or dx * dx + dy * dy < SAME_PLACE * SAME_PLACE:
            return
    elif near:
        if memory.order == UnitOrder.ATTACK_TARGET:
            order.order = UnitOrder.STOP
            memory.order = UnitOrder.STOP
        return
    order.order = UnitOrder.MOVE_TO_POSITION
    order.target = 0
    order.x = x
    order.y = y
    order.queue = 0
    memory.order = UnitOrder.MOVE_TO_POSITION
    memory.order_x = x
    memory.order_y = y


@rule
def _hit(patch, tick, memory, order, hero, target):
    """Attacks a unit, unless the hero is about that already."""
    if (memory.order == UnitOrder.ATTACK_TARGET and memory.target == target.handle
            or target.states & (INVULNERABLE | ATTACK_IMMUNE)):
        return
    memory.hit_tick = tick + int(ticks_to_hit(patch, tick, hero, target))
    order.order = UnitOrder.ATTACK_TARGET
    order.target = target.handle
    order.queue = 0
    memory.order = UnitOrder.ATTACK_TARGET
    memory.target = target.handle


@rule
def _go_along(memory, order, hero, along, aside):
    """Walks to a place of the lane, `aside` map units to the left of its line."""
    _go(memory, order, hero,
        memory.lane_x + along * memory.along_x - aside * memory.along_y,
        memory.lane_y + along * memory.along_y + aside * memory.along_x)


@rule
def _act(tables, patch, seat, memory, order, own_row, skilled):
    """Chooses what a living hero does, the most urgent first."""
    units = tables.units
    hero = units[own_row]
    tick = tables.tick
    side = side_of(hero.team)
    foe_tower = units[memory.foe_tower % MAX_UNITS]
    has_foe = memory.foe_row >= 0
    share = hero.health / hero.max_health
    home_x = patch.hero_spawn_x[side, seat % 5]
    home_y = patch.hero_spawn_y[side, seat % 5]
    dx = home_x - hero.x
    dy = home_y - hero.y
    far = skilled and dx * dx + dy * dy > HOME * HOME
    # Home to heal, and back.
    if share > (MENDED if far else 0.9):
        memory.retreating = 0
    elif share < 0.3:
        memory.retreating = 1
    elif has_foe and share < 0.5:
        foe = units[memory.foe_row]
        if hero.health < 3.0 * hit_damage(patch, foe, hero, 1.0) and foe.health > hero.health:
            memory.retreating = 1
    note_castable(tables, seat, memory)
    if switch_toggles(tables, patch, seat, memory, order, hero, memory.foe_row) or cast_spells(
            tables, patch, seat, memory, order, own_row, home_x, home_y, False):
        return
    if memory.retreating:
        if far and hero.health + MENDING_SECONDS * hero.health_regen > MENDED * hero.max_health:
            # A salve is at work: that is as good as home.
            _go_along(memory, order, hero, BEHIND_TOWER, 0.0)
        else:
            _go(memory, order, hero, home_x, home_y)
        return
    if skilled and teleport(
            tables, seat, memory, order, hero, units[memory.own_tower % MAX_UNITS]):
        return
    # Out of the tower's reach, unless creeps stand in for the hero.
    tower_gap = distance(hero, foe_tower)
    danger = attack_reach(foe_tower, hero) + 60.0
    on_me = (foe_tower.attack_target == hero.handle
             and tick - foe_tower.last_attack_tick < 45 and tower_gap < danger + 100.0)
    under_fire = tower_gap < danger and (on_me or memory.num_tanks == 0)
    if ((memory.num_on_me >= 2 or (under_fire and memory.num_tanks > 0)) and skilled
            and tick >= memory.drop_tick and memory.ally_row >= 0):
        # To attack one's own side makes the foes look elsewhere, even where it may not be hurt.
        memory.drop_tick = tick + DROP_TICKS
        _hit(patch, tick, memory, order, hero, units[memory.ally_row])
        return
    if has_foe and skilled and _may_dive(patch, hero, units[memory.foe_row], foe_tower):
        _hit(patch, tick, memory, order, hero, units[memory.foe_row])
        return
    if under_fire:
        _go_along(memory, order, hero, memory.lane_end - danger - 250.0, 0.0)
        return
    gone = tick - memory.foe_tick > 6 * TICKS_PER_SECOND
    push = gone or (
        skilled and tick >= PUSH_TICKS and memory.num_own > memory.num_foes)
    # It comes under the tower only behind creeps, and while nobody much stronger guards it.
    odds = SIEGE_ODDS if push else 1.0
    siege = memory.num_tanks >= 2 and (
        gone or (has_foe and units[memory.foe_row].health < odds * hero.health))
    reach_end = memory.lane_end - (attack_reach(hero, foe_tower) - 40.0 if siege else danger)
    if skilled and memory.prey_row >= 0:
        prey = units[memory.prey_row]
        if _along(memory, prey.x, prey.y) - attack_reach(hero, prey) <= reach_end:
            _hit(patch, tick, memory, order, hero, prey)
            return
    target = _choose_hit(tables, patch, memory, own_row, skilled, reach_end)
    if target >= 0:
        _hit(patch, tick, memory, order, hero, units[target])
        return
    if skilled and cast_spells(
            tables, patch, seat, memory, order, own_row, home_x, home_y, True):
        return
    target = _besieger(units, memory, hero) if skilled else -1
    if target >= 0:
        _hit(patch, tick, memory, order, hero, units[target])
        return
    if memory.num_on_me >= 2:
        _go_along(memory, order, hero, _along(memory, hero.x, hero.y) - 400.0, 0.0)
        return
    if has_foe and skilled and _may_harass(patch, memory, hero, units[memory.foe_row], reach_end):
        _hit(patch, tick, memory, order, hero, units[memory.foe_row])
        if order.order == UnitOrder.ATTACK_TARGET:
            carry_orb(tables, patch, seat, memory, order, hero, units[memory.foe_row])
        return
    if push:
        target = _nearest_creep(units, memory, hero, reach_end)
        if target >= 0:
            _hit(patch, tick, memory, order, hero, units[target])
            return
    if siege and can_be_attacked(foe_tower):
        _hit(patch, tick, memory, order, hero, foe_tower)
        return
    _take_place(tables, memory, order, own_row, reach_end)


@rule
def _besieger(units, memory, hero):
    """Returns the row of the creep, of those that attack the own tower, to kill first; or -1."""
    best = -1
    for i in range(2, memory.num_near):
        unit = units[memory.near[i]]
        if (unit.team != hero.team and unit.unit_type == UnitType.LANE_CREEP
                and unit.attack_target == memory.own_tower
                and (best < 0 or unit.health < units[best].health)):
            best = memory.near[i]
    return best


@rule
def _nearest_creep(units, memory, hero, reach_end):
    best = -1
    best_gap = 900.0
    for i in range(2, memory.num_near):
        unit = units[memory.near[i]]
        gap = distance(unit, hero)
        if (unit.team != hero.team and unit.unit_type == UnitType.LANE_CREEP and gap < best_gap
                and _along(memory, unit.x, unit.y) - attack_reach(hero, unit) < reach_end):
            best = memory.near[i]
            best_gap = gap
    return best


@rule
def _choose_hit(tables, patch, memory, own_row, skilled, reach_end):
    """Returns the row of the creep to kill or deny now, -1 for none."""
    units = tables.units
    hero = units[own_row]
    tick = tables.tick
    best = -1
    best_score = 1e9
    for i in range(2, memory.num_near):
        row = memory.near[i]
        unit = units[row]
        own = unit.team == hero.team
        if unit.unit_type != UnitType.LANE_CREEP or (own and (
                not skilled or unit.health >= 0.5 * unit.max_health)):
            continue
        damage = hit_damage(patch, hero, unit, 0.3)
        reach = attack_reach(hero, unit)
        gap = distance(hero, unit)
        if (unit.health > 5.0 * damage or gap > reach + 350.0
                or _along(memory, unit.x, unit.y) - reach > reach_end):
            continue
        if hero.activity == Activity.ATTACK and hero.attack_target == unit.handle:
            wait = max(float(memory.hit_tick - tick), 1.0)
            left = health_after(tables, patch, memory, row, own_row, wait) - 0.3 * damage
        elif skilled:
            wait = ticks_to_hit(patch, tick, hero, unit)
            left = health_after(tables, patch, memory, row, own_row, wait)
        else:
            # It counts on only half of what others will do meanwhile.
            wait = ticks_to_hit(patch, tick, hero, unit)
            left = 0.5 * (unit.health + health_after(tables, patch, memory, row, own_row, wait))
        if left > (DENY_SHARE * damage if own else damage) or left < -25.0:
            continue
        score = left + wait + (200.0 if own else 0.0)
        if score < best_score:
            best = row
            best_score = score
    return best


@rule
def _may_harass(patch, memory, hero, foe, reach_end):
    reach = attack_reach(hero, foe)
    gap = distance(hero, foe)
    if gap > reach + 150.0 or _along(memory, foe.x, foe.y) - reach > reach_end:
        return False
    blows = foe.health / hit_damage(patch, hero, foe, 0.5)
    if blows < 3.0:
        return True
    return (memory.num_minding <= 1 and gap < reach
            and hero.health / hero.max_health > foe.health / foe.max_health - 0.05)


@rule
def _may_dive(patch, hero, foe, foe_tower):
    """Whether the hero can kill a foe in reach before the foe and its tower would kill the hero."""
    blows = math.ceil(foe.health / hit_damage(patch, hero, foe, 0.3))
    if blows > DIVE_BLOWS or distance(hero, foe) > attack_reach(hero, foe):
        return False
    wait = hero.attack_point + (blows - 1.0) * hero.attack_interval
    harm = 0.0
    if distance(hero, foe_tower) <= attack_reach(foe_tower, hero):
        harm += (1.0 + wait / foe_tower.attack_interval) * hit_damage(patch, foe_tower, hero, 1.0)
    harm += (1.0 + wait / foe.attack_interval) * hit_damage(patch, foe, hero, 1.0)
    return hero.health > DIVE_SPARE * harm


@rule
def _take_place(tables, memory, order, own_row, reach_end):
    """Walks where the next last hit will be, behind the own creeps."""
    units = tables.units
    hero = units[own_row]
    focus = -1
    least = 1e9
    for i in range(2, memory.num_near):
        unit = units[memory.near[i]]
        if (unit.unit_type == UnitType.LANE_CREEP and unit.team != hero.team
                and unit.health < least):
            least = unit.health
            focus = memory.near[i]
    if focus < 0 or (
            memory.num_own == 0 and _along(memory, units[focus].x, units[focus].y) > 500.0):
        along = min(memory.own_front - 250.0, reach_end - 200.0)
        _go_along(memory, order, hero, max(along, -200.0), 0.0)
        return
    creep = units[focus]
    stay = attack_reach(hero, creep) - 40.0
    if not hero.traits & RANGED_ATTACK and creep.health > 150.0:
        stay += 180.0
    # Straight behind the creep as the lane goes, but no farther around it than need be.
    along = _along(memory, creep.x, creep.y)
    aside = _aside(memory, creep.x, creep.y)
    gap = max(distance(hero, creep), 1.0)
    back = min((_along(memory, hero.x, hero.y) - along) / gap, 0.0) - 1.0
    out = (_aside(memory, hero.x, hero.y) - aside) / gap
    length = math.sqrt(back * back + out * out)
    along = min(along + stay * back / length, reach_end - 50.0)
    _go_along(memory, order, hero, along, aside + stay * out / length)
