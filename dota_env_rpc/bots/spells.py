"""Which abilities and items a laner casts, and at whom."""

import math

from dota_env_rpc.bots.hits import health_after, hit_damage
from dota_env_rpc.data.records import (
    BOLSTERS,
    DISABLES,
    FLEES,
    HEALS,
    HURTS,
    RESTORES,
    SUMMONS,
    WEAKENS,
)
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    DAMAGE_TYPE_MAGICAL,
    DAMAGE_TYPE_PHYSICAL,
    HEXED,
    INVULNERABLE,
    MAGIC_IMMUNE,
    MUTED,
    ROOTED,
    SILENCED,
    STUNNED,
    TETHERED,
    Activity,
    UnitOrder,
    UnitType,
)
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT, BACKPACK_SLOT, SCROLL_SLOT
from dota_env_rpc.match.targeting import BEHAVIOR, TARGET_TYPE
from dota_env_rpc.sim.combat import armor_multiplier, attack_reach
from dota_env_rpc.sim.modifiers import fits
from dota_env_rpc.sim.movement import angle_between
from dota_env_rpc.sim.space import distance
from dota_env_rpc.sim.state import ITEM_SLOT
from dota_env_rpc.sim.units import is_hero

_NO_TARGET = BEHAVIOR["no_target"] | BEHAVIOR["optional_no_target"]
_UNIT_TARGET = BEHAVIOR["unit_target"] | BEHAVIOR["optional_unit_target"]
_POINT = BEHAVIOR["point"] | BEHAVIOR["optional_point"]
_TOGGLE = BEHAVIOR["toggle"]
_IMMEDIATE = BEHAVIOR["immediate"]
_TREE = TARGET_TYPE["tree"]
_ROOT_DISABLES = BEHAVIOR["root_disables"]
# From this far on a scroll takes a hero to its tower. Source: guess.
TELEPORT_DISTANCE = 4000.0
# A tree is worth walking this far to. Source: guess.
TREE_WALK = 600.0
# Turning to cast takes no longer than this, in ticks.
TURN_TICKS = 10
# Below this share of its mana a hero casts to kill and to live alone. Source: guess.
RESERVE = 0.4
# Share of an area's radius within which somebody surely stands in it. Source: guess.
SURE = 0.75
# Somebody this near may well attack before a cast is over. Source: guess.
CLOSE = 700.0
# Attacks that go with spells to a kill. Source: guess.
BLOWS = 2.0


@rule
def is_casting(tables, seat, memory, hero):
    """Returns whether the hero is about a cast that another order would end."""
    if hero.activity == Activity.CAST or hero.activity == Activity.CHANNEL:
        return True
    if tables.tick >= memory.cast_tick:
        return False
    # Turning, unless it has come to the effect already.
    if memory.cast_slot >= ITEM_SLOT:
        return tables.items[seat, memory.cast_slot - ITEM_SLOT].cooldown_ready_tick <= tables.tick
    return tables.abilities[seat, memory.cast_slot].cooldown_ready_tick <= tables.tick


@rule
def note_castable(tables, seat, memory):
    """Notes which slots hold what can be cast, as was told before the last tick was played."""
    memory.num_castable = 0
    for slot in range(ATTRIBUTE_SLOT):
        ability = tables.abilities[seat, slot]
        if ability.definition >= 0 and ability.castable:
            memory.castable[memory.num_castable] = slot
            memory.num_castable += 1
    for place in range(BACKPACK_SLOT):
        item = tables.items[seat, place]
        if item.definition >= 0 and item.castable:
            memory.castable[memory.num_castable] = ITEM_SLOT + place
            memory.num_castable += 1


@rule
def _is_ready(tables, ability, hero):
    return (not hero.states & (STUNNED | HEXED | SILENCED)
            and ability.mana_cost <= hero.mana and ability.cooldown_ready_tick <= tables.tick)


@rule
def _read_spell(tables, patch, seat, slot, hero, spell):
    """Fills SPELL with what lies in a castable slot; returns whether a bot may cast it now."""
    if slot >= ITEM_SLOT:
        item = tables.items[seat, slot - ITEM_SLOT]
        if (hero.states & (STUNNED | HEXED | MUTED) or item.mana_cost > hero.mana
                or item.cooldown_ready_tick > tables.tick):
            return False
        behavior = patch.item_behaviors[item.definition]
        use = patch.item_uses[item.definition]
        rank = 0
        spell.cost = item.mana_cost
        spell.reach = item.cast_range
        spell.cast_point = 0.0
        spell.is_ultimate = 0
    else:
        ability = tables.abilities[seat, slot]
        if not _is_ready(tables, ability, hero):
            return False
        behavior = patch.ability_behaviors[ability.definition]
        use = patch.ability_uses[ability.definition]
        rank = max(min(ability.level, 8), 1) - 1
        spell.cost = ability.mana_cost
        spell.reach = ability.cast_range
        spell.cast_point = patch.abilities[ability.definition].cast_point
        spell.is_ultimate = patch.abilities[ability.definition].ultimate
    # Whether a filter lets a target pass cannot be told from outside.
    if use.purpose == 0 or behavior.cast_filter >= 0 or behavior.bits & _TOGGLE or behavior.is_orb:
        return False
    if hero.states & (ROOTED | TETHERED) and behavior.bits & _ROOT_DISABLES:
        return False
    spell.slot = slot
    spell.purpose = use.purpose
    spell.damage_type = use.damage_type
    spell.bits = behavior.bits
    spell.teams = behavior.target_team
    spell.kinds = behavior.target_kind
    spell.exclusions = behavior.target_flags
    spell.on_self = behavior.on_self
    spell.damage = use.damage[rank]
    spell.heal = use.heal[rank]
    spell.mana = use.mana[rank]
    spell.ahead = use.ahead[rank]
    spell.radius = use.radius[rank]
    spell.length = use.length[rank]
    spell.delay = use.delay
    spell.speed = use.speed
    return True


@rule
def _damage_on(patch, spell, target):
    """Returns the hit points that a spell takes from a target."""
    if spell.damage_type == DAMAGE_TYPE_PHYSICAL:
        return spell.damage * armor_multiplier(patch, target.armor)
    if spell.damage_type == DAMAGE_TYPE_MAGICAL:
        return spell.damage * (1.0 - target.magic_resistance)
    return spell.damage


@rule
def _way(spell, hero, target):
    """Returns the kind of order with which a spell would reach a target now, NONE for none."""
    gap = distance(hero, target)
    own = target.team == hero.team
    if target.states & INVULNERABLE or (not own and target.states & MAGIC_IMMUNE):
        return UnitOrder.NONE
    if spell.kinds & _TREE and target.handle == hero.handle:
        return UnitOrder.CAST_TARGET_TREE
    if spell.bits & _UNIT_TARGET and fits(
            target, hero.team, spell.teams, spell.kinds, spell.exclusions) and (
            spell.on_self or target.handle != hero.handle):
        if gap <= spell.reach + hero.bound_radius + target.bound_radius or not spell.reach:
            return UnitOrder.CAST_TARGET
        return UnitOrder.NONE
    if spell.bits & _POINT:
        reach = spell.reach if spell.reach > 0.0 else spell.length
        if gap <= reach or target.handle == hero.handle:
            return UnitOrder.CAST_POSITION
        return UnitOrder.NONE
    if spell.bits & _NO_TARGET:
        if target.handle == hero.handle:
            return UnitOrder.CAST_NO_TARGET
        near = abs(gap - spell.ahead) if spell.ahead > 0.0 else gap
        if near <= SURE * max(spell.radius, spell.length):
            return UnitOrder.CAST_NO_TARGET
    return UnitOrder.NONE


@rule
def _wait(spell, hero, target):
    """Returns the ticks until a spell would strike a target."""
    seconds = spell.cast_point + spell.delay
    if spell.speed > 0.0:
        seconds += distance(hero, target) / spell.speed
    return 2.0 + seconds * TICKS_PER_SECOND


@rule
def _foe_worth(patch, spell, hero, foe, kills, farms):
    """Returns what it is worth to cast a spell at the enemy hero, 0 for nothing."""
    if not spell.purpose & (HURTS | DISABLES | WEAKENS) or (
            not spell.purpose & HURTS and not kills):
        return 0.0
    if _way(spell, hero, foe) == UnitOrder.NONE:
        return 0.0
    damage = _damage_on(patch, spell, foe)
    if kills:
        return 10.0 + (5.0 if spell.purpose & DISABLES else 0.0) + 0.001 * damage
    share = damage / foe.max_health
    if not farms or spell.is_ultimate or share < 0.08 or (
            hero.mana - spell.cost < RESERVE * hero.max_mana):
        return 0.0
    return 1.0 + share


@rule
def _strikes(spell, hero, target, other):
    """Returns whether a spell that is cast at `target` strikes `other` as well."""
    if target.handle == other.handle:
        return True
    gap = max(distance(hero, target), 1.0)
    x = (target.x - hero.x) / gap
    y = (target.y - hero.y) / gap
    ahead = (other.x - hero.x) * x + (other.y - hero.y) * y
    aside = abs((other.y - hero.y) * x - (other.x - hero.x) * y)
    if spell.bits & _NO_TARGET:
        ahead -= spell.ahead
        reach = SURE * max(spell.radius, spell.length)
        return ahead * ahead + aside * aside <= reach * reach
    if spell.length > 0.0:
        return 0.0 < ahead < spell.length and aside <= SURE * spell.radius
    return distance(target, other) <= SURE * spell.radius


@rule
def _lane_worth(tables, patch, memory, own_row, spell, target_row):
    """Returns what a spell at a creep is worth, in last hits that attacks cannot get."""
    units = tables.units
    hero = units[own_row]
    count = 0.0
    for i in range(2, memory.num_near):
        row = memory.near[i]
        creep = units[row]
        if creep.team == hero.team or not _strikes(spell, hero, units[target_row], creep):
            continue
        if creep.unit_type != UnitType.LANE_CREEP:
            count += 0.5
            continue
        if creep.attack_target == memory.own_tower:
            # Whoever attacks the tower is worth a spell that strikes two of them.
            count += 0.5
        damage = _damage_on(patch, spell, creep)
        if creep.health > 2.0 * damage:
            continue
        left = health_after(tables, patch, memory, row, own_row, _wait(spell, hero, creep))
        if left > 0.0 and left <= 0.95 * damage:
            # One that an attack can get as well counts for less.
            count += 1.0 if distance(hero, creep) > attack_reach(hero, creep) + 60.0 else 0.6
    return count


@rule
def _facing(hero, target):
    return abs(angle_between(hero.facing, math.atan2(target.y - hero.y, target.x - hero.x)))


@rule
def _write_cast(order, kind, slot):
    """Writes the order, of one kind, that casts what lies in a slot; where at is left open."""
    order.order = kind
    order.unit = 0
    order.target = 0
    order.queue = 0
    order.ability_slot = -1
    order.item_slot = -1
    if slot >= ITEM_SLOT:
        order.item_slot = slot - ITEM_SLOT
    else:
        order.ability_slot = slot


@rule
def _remember_cast(tick, memory, kind, slot):
    """Remembers a cast for which the hero may still have to turn."""
    memory.order = kind
    memory.cast_slot = slot
    memory.cast_tick = tick + TURN_TICKS


@rule
def _place(tick, memory, order, spell, hero, target, kind):
    """Writes the order that casts a spell at a target; turns to it first where it must be ahead."""
    _write_cast(order, kind, spell.slot)
    order.x = target.x
    order.y = target.y
    if kind == UnitOrder.CAST_NO_TARGET and spell.ahead > 0.0 and target.handle != hero.handle:
        # Far ahead a small angle leads past it.
        if _facing(hero, target) * spell.ahead > (1.0 - SURE) * spell.radius + 20.0:
            order.order = UnitOrder.MOVE_TO_POSITION
            memory.order = UnitOrder.CAST_NO_TARGET
            return
    if kind == UnitOrder.CAST_TARGET:
        order.target = target.handle
    if not spell.bits & _IMMEDIATE:
        _remember_cast(tick, memory, kind, spell.slot)


@rule
def cast_spells(tables, patch, seat, memory, order, own_row, home_x, home_y, farms):
    """Writes the order of the cast that is worth most now, if any; returns whether it did.

    farms: whether it may also harass and take last hits, not just kill and save the hero.
    """
    units = tables.units
    hero = units[own_row]
    spell = memory.spell
    kills = memory.foe_row >= 0 and _may_kill(tables, patch, seat, memory, own_row)
    best = 0.0
    best_slot = -1
    best_target = own_row
    for place in range(memory.num_castable):
        slot = memory.castable[place]
        if not _read_spell(tables, patch, seat, slot, hero, spell):
            continue
        worth = _own_worth(tables, memory, own_row, spell, kills)
        if worth > best and _way(spell, hero, hero) != UnitOrder.NONE:
            best = worth
            best_slot = slot
            best_target = own_row
        if memory.foe_row >= 0:
            worth = _foe_worth(patch, spell, hero, units[memory.foe_row], kills, farms)
            if worth > best:
                best = worth
                best_slot = slot
                best_target = memory.foe_row
        if (not farms or not spell.purpose & HURTS or spell.is_ultimate
                or hero.mana - spell.cost < RESERVE * hero.max_mana):
            continue
        for i in range(2, memory.num_near):
            row = memory.near[i]
            if (units[row].unit_type == UnitType.LANE_CREEP and units[row].team != hero.team
                    and _way(spell, hero, units[row]) != UnitOrder.NONE):
                worth = _lane_worth(tables, patch, memory, own_row, spell, row)
                if worth >= 1.0 and worth > best:
                    best = worth
                    best_slot = slot
                    best_target = row
    if best_slot < 0:
        return False
    _read_spell(tables, patch, seat, best_slot, hero, spell)
    target = units[best_target]
    kind = _way(spell, hero, target)
    _place(tables.tick, memory, order, spell, hero, target, kind)
    if kind == UnitOrder.CAST_TARGET_TREE:
        return _aim_at_tree(patch, memory, order, hero)
    if spell.purpose & FLEES and best_target == own_row:
        dx = home_x - hero.x
        dy = home_y - hero.y
        part = min(0.95 * spell.reach / max(math.sqrt(dx * dx + dy * dy), 1.0), 1.0)
        order.x = hero.x + part * dx
        order.y = hero.y + part * dy
    return True


@rule
def teleport(tables, seat, memory, order, hero, tower):
    """Writes the order to teleport to a far tower, if there is a scroll; returns whether it did."""
    scroll = tables.items[seat, SCROLL_SLOT]
    if (scroll.definition < 0 or not scroll.castable or scroll.mana_cost > hero.mana
            or scroll.cooldown_ready_tick > tables.tick
            or distance(hero, tower) < TELEPORT_DISTANCE):
        return False
    slot = ITEM_SLOT + SCROLL_SLOT
    _write_cast(order, UnitOrder.CAST_POSITION, slot)
    order.x = tower.x
    order.y = tower.y
    _remember_cast(tables.tick, memory, UnitOrder.CAST_POSITION, slot)
    return True


@rule
def _aim_at_tree(patch, memory, order, hero):
    """Aims at the tree that stands nearest on the map; returns whether it is near enough."""
    best = TREE_WALK * TREE_WALK
    found = False
    for tree in range(len(patch.tree_x)):
        dx = patch.tree_x[tree] - hero.x
        dy = patch.tree_y[tree] - hero.y
        if dx * dx + dy * dy < best:
            best = dx * dx + dy * dy
            order.x = patch.tree_x[tree]
            order.y = patch.tree_y[tree]
            found = True
    if found:
        memory.cast_tick += int(math.sqrt(best) / hero.move_speed * TICKS_PER_SECOND)
    else:
        order.order = UnitOrder.NONE
        memory.cast_tick = 0
    return found


@rule
def _may_kill(tables, patch, seat, memory, own_row):
    """Whether all that reaches the enemy hero now, with a few attacks, would kill it."""
    units = tables.units
    hero = units[own_row]
    foe = units[memory.foe_row]
    spell = memory.spell
    mana = hero.mana
    total = 0.0
    if distance(hero, foe) < attack_reach(hero, foe) + 150.0:
        total = BLOWS * hit_damage(patch, hero, foe, 0.5)
    for place in range(memory.num_castable):
        slot = memory.castable[place]
        if slot >= ITEM_SLOT:
            break
        if (_read_spell(tables, patch, seat, slot, hero, spell) and spell.purpose & HURTS
                and spell.cost <= mana and _way(spell, hero, foe) != UnitOrder.NONE):
            total += _damage_on(patch, spell, foe)
            mana -= spell.cost
    return total >= foe.health


@rule
def _own_worth(tables, memory, own_row, spell, kills):
    """Returns what it is worth to cast a spell for the hero itself, 0 for nothing."""
    units = tables.units
    hero = units[own_row]
    share = hero.health / hero.max_health
    has_foe = memory.foe_row >= 0
    gap = distance(hero, units[memory.foe_row]) if has_foe else 1e9
    if spell.purpose & HEALS and spell.heal > 0.0:
        # What an attack would end is kept for when nobody is about.
        safe = spell.slot < ITEM_SLOT or spell.bits & _NO_TARGET or spell.kinds & _TREE or (
            gap > CLOSE + 300.0 and memory.num_on_me == 0)
        if safe and share < 0.65 and hero.max_health - hero.health >= spell.heal:
            return 4.0
        if safe and share < 0.25:
            return 4.0
    if spell.purpose & RESTORES and spell.mana > 0.0:
        if gap > CLOSE + 300.0 and hero.max_mana - hero.mana >= spell.mana:
            return 3.0
    if spell.purpose & FLEES and not spell.purpose & HURTS:
        return 5.0 if memory.retreating and gap < CLOSE else 0.0
    if spell.purpose & BOLSTERS and not spell.purpose & (HURTS | DISABLES):
        if gap < CLOSE and (kills or (share < 0.6 and memory.retreating)):
            return 12.0
    if spell.purpose & SUMMONS and gap < 2.0 * CLOSE:
        return 2.0 if hero.mana - spell.cost >= RESERVE * hero.max_mana else 0.0
    return 0.0


@rule
def carry_orb(tables, patch, seat, memory, order, hero, target):
    """Lets an attack on an enemy hero carry an orb, if the hero has one and mana for it."""
    if not is_hero(target) or target.team == hero.team:
        return
    for place in range(memory.num_castable):
        slot = memory.castable[place]
        if slot >= ITEM_SLOT:
            break
        ability = tables.abilities[seat, slot]
        if not _is_ready(tables, ability, hero):
            continue
        behavior = patch.ability_behaviors[ability.definition]
        if (behavior.is_orb and behavior.bits & _UNIT_TARGET and behavior.cast_filter < 0
                and hero.mana - ability.mana_cost >= RESERVE * hero.max_mana
                and fits(target, hero.team, behavior.target_team, behavior.target_kind,
                         behavior.target_flags)):
            _write_cast(order, UnitOrder.CAST_TARGET, slot)
            order.target = target.handle
            return


@rule
def switch_toggles(tables, patch, seat, memory, order, hero, foe_row):
    """Switches on what hurts those around while a foe is near and the hero well, else off.

    Returns whether it gave the order.
    """
    for place in range(memory.num_castable):
        slot = memory.castable[place]
        if slot >= ITEM_SLOT:
            break
        ability = tables.abilities[seat, slot]
        if not _is_ready(tables, ability, hero):
            continue
        bits = patch.ability_behaviors[ability.definition].bits
        use = patch.ability_uses[ability.definition]
        if not bits & _TOGGLE or not use.purpose & HURTS:
            continue
        foe_near = foe_row >= 0 and distance(
            hero, tables.units[foe_row]) <= use.radius[max(min(ability.level, 8), 1) - 1]
        wanted = 1 if foe_near and hero.health > 0.4 * hero.max_health else 0
        if ability.toggled != wanted:
            _write_cast(order, UnitOrder.CAST_TOGGLE, slot)
            return True
    return False
