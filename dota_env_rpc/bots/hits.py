"""When an attack would land, and what its target will have left by then.

All of it follows from what can be seen: who attacks whom, when each attacked last, what flies.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import RANGED_ATTACK, Activity
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.combat import armor_multiplier, attack_reach, class_factor
from dota_env_rpc.sim.movement import angle_between
from dota_env_rpc.sim.space import distance
from dota_env_rpc.sim.units import is_hero, sees

# A swing of which the start was not seen is taken to be half done.
UNSEEN_SWING = 0.5
# Farther out of reach than this, a target is one that its attacker has let go of.
LOST_REACH = 60.0


@rule
def hit_damage(patch, attacker, target, luck):
    """Returns what an attack takes from `target`. luck: place of the roll, 0 lowest, 1 highest."""
    damage = attacker.damage_min + luck * (attacker.damage_max - attacker.damage_min)
    return ((damage + attacker.bonus_damage) * class_factor(patch, attacker, target)
            * armor_multiplier(patch, target.armor))


@rule
def flight_ticks(attacker, target, gap):
    """Returns the ticks from an attack's release to its impact over `gap` map units."""
    if not attacker.traits & RANGED_ATTACK or attacker.projectile_speed <= 0.0:
        return 0.0
    return max(math.ceil(gap * TICKS_PER_SECOND / attacker.projectile_speed) - 1.0, 0.0)


@rule
def ticks_to_hit(patch, tick, hero, target):
    """Returns the ticks until an attack ordered now would land, if `target` stays where it is."""
    gap = distance(hero, target)
    reach = attack_reach(hero, target)
    turn = abs(angle_between(
        hero.facing, math.atan2(target.y - hero.y, target.x - hero.x)))
    turn -= patch.rules.attack_facing_tolerance * math.pi / 180.0
    wait = 1.0 + max(math.ceil(turn / hero.turn_rate) - 1.0, 0.0)
    if gap > reach:
        wait += math.ceil((gap - reach) * TICKS_PER_SECOND / hero.move_speed)
        gap = reach
    point = math.ceil(hero.attack_point * TICKS_PER_SECOND)
    ready = hero.last_attack_tick - tick - point + hero.attack_interval * TICKS_PER_SECOND
    return max(wait, math.ceil(ready)) + point + flight_ticks(hero, target, gap)


@rule
def health_after(tables, patch, memory, row, own_row, ticks):
    """Returns the health that the unit in `row` will have in `ticks`; below 0 where it dies.

    The hero in `own_row` is left out, but not what it has let fly.
    """
    units = tables.units
    target = units[row]
    health = target.health
    for i in range(memory.num_near):
        attacker = units[memory.near[i]]
        if attacker.attack_target == target.handle and memory.near[i] != own_row:
            hits = _hits_within(tables.tick, attacker, target, ticks)
            if hits > 0.0:
                health -= hits * hit_damage(patch, attacker, target, 0.5)
    for i in range(tables.num_projectiles):
        projectile = tables.projectiles[i]
        if projectile.target == target.handle and sees(projectile, units[own_row].team):
            dx = projectile.x - target.x
            dy = projectile.y - target.y
            gap = math.sqrt(dx * dx + dy * dy)
            if gap * TICKS_PER_SECOND <= projectile.speed * ticks:
                health -= (
                    projectile.damage * projectile.factor * armor_multiplier(patch, target.armor))
    return health


@rule
def _hits_within(tick, attacker, target, ticks):
    """Returns how many attacks that are yet to be released will have landed in `ticks`."""
    gap = distance(attacker, target)
    if gap > attack_reach(attacker, target) + LOST_REACH:
        return 0.0
    swinging = attacker.activity == Activity.ATTACK
    if is_hero(attacker) and not swinging:
        return 0.0
    period = attacker.attack_interval * TICKS_PER_SECOND
    point = attacker.attack_point * TICKS_PER_SECOND
    release = attacker.last_attack_tick - tick + period
    if release < 1.0:
        release = point * UNSEEN_SWING if swinging else point + 1.0
    left = ticks - release - flight_ticks(attacker, target, gap)
    if left < 0.0:
        return 0.0
    return 1.0 if is_hero(attacker) else 1.0 + math.floor(left / period)
