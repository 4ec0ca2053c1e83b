"""Writes what a seat sees into its tensors, straight from the tables."""

import math

from dota_env_rpc.match.clock import TICK_SECONDS
from dota_env_rpc.match.coordinates import LEVEL_HEIGHT
from dota_env_rpc.match.enums import (
    ATTACK_IMMUNE,
    DISARMED,
    HEXED,
    ILLUSION,
    INVISIBLE,
    INVULNERABLE,
    MAGIC_IMMUNE,
    ROOTED,
    SILENCED,
    STUNNED,
    SUMMONED,
    Activity,
    GameState,
    Team,
    UnitType,
    WinReason,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_GROUND_ITEMS, MAX_RUNES, row_of
from dota_env_rpc.match.targeting import BEHAVIOR
from dota_env_rpc.sim.combat import armor_multiplier, class_factor
from dota_env_rpc.sim.inventory import may_pick_up
from dota_env_rpc.tasks.memory import NO_BUILDING, enemy_of, fallen, sees, share_of
from dota_env_rpc.tasks.observations import (
    EFFECT_ATTACK,
    EFFECT_MISSILE,
    EFFECT_MODIFIER,
    EFFECT_STRAIGHT,
    NUM_SHOWN_EFFECTS,
    NUM_SHOWN_GROUND_ITEMS,
    NUM_SHOWN_UNITS,
    OFFSET,
    PLACE,
    SIDE_ENEMY,
    SIDE_NEUTRAL,
    SIDE_OWN,
)

_NEUTRALS = int(Team.NEUTRALS)
_IN_PROGRESS = int(GameState.GAME_IN_PROGRESS)
_RUN = int(Activity.RUN)
_ATTACK = int(Activity.ATTACK)
_DIE = int(Activity.DIE)
_CAST = int(Activity.CAST)
_CHANNEL = int(Activity.CHANNEL)
_WARD = int(UnitType.WARD)
_BY_KILLS = int(WinReason.KILLS)
_BY_TOWER = int(WinReason.TOWER)
_BY_ANCIENT = int(WinReason.ANCIENT)
_MAX_HANDLE = (1 << 24) - 1
_PASSIVE = BEHAVIOR["passive"]
_TAKES_UNIT = BEHAVIOR["unit_target"]
_TAKES_POINT = BEHAVIOR["point"]

# Which kinds of units are shown before which, by UnitType: heroes, creep-heroes, couriers, lane
# creeps, jungle creeps, Roshan, towers, barracks, Ancients, buildings, shrines, wards.
_RANK = (12, 0, 1, 3, 4, 4, 5, 6, 9, 7, 8, 2, 10)
_RANK_OF_OWN = 1
# What `shown_as` tells of a unit that has been looked at, but has no place yet.
_LOOKED_AT = -1
_SUMMONED = SUMMONED | ILLUSION
_PER_LEVEL = 1.0 / 30.0
# Apart by more than the square of any distance on the map.
_RANK_STEP = 1e10


@rule
def observe_tables(tables, patch, memory, seat):
    """Gathers what the tensors share: which units are shown, who attacks them, what flies at them.

    tables: TABLES record. patch: PATCH record. memory: MEMORY record, changed in place.
    """
    team = tables.players[seat].team
    for row in range(tables.num_rows):
        memory.shown_as[row] = 0
        memory.attackers[row] = 0
        memory.incoming[row] = 0.0
    _choose_units(tables, memory, seat, team)
    for row in range(tables.num_rows):
        unit = tables.units[row]
        if unit.attack_target != 0 and sees(unit, team):
            target = row_of(unit.attack_target)
            if tables.units[target].handle == unit.attack_target:
                memory.attackers[target] += 1
    for row in range(tables.num_projectiles):
        projectile = tables.projectiles[row]
        if projectile.handle == 0 or projectile.target == 0:
            continue
        target = row_of(projectile.target)
        if (projectile.visible_to >> team) & 1 and tables.units[target].handle == projectile.target:
            memory.incoming[target] += projectile.damage * projectile.factor
    _note_enemy(tables, memory, seat, team)
    _note_buildings(tables, memory, team)


@rule
def _choose_units(tables, memory, seat, team):
    """Fills `handles` and `shown_as`: the own hero, the enemy hero, then by kind and distance.

    What the seat's player has summoned goes before creeps, so that it can be ordered.
    """
    # Those shown last are looked at first, as most keep their place.
    num_before = memory.num_shown
    for place in range(num_before):
        memory.before[place] = row_of(memory.handles[place])
        memory.handles[place] = 0
    own = tables.players[seat].hero
    if own != 0 and tables.units[row_of(own)].handle == own:
        unit = tables.units[row_of(own)]
        memory.handles[0] = own
        memory.shown_as[row_of(own)] = 1
        memory.hero_x = unit.x
        memory.hero_y = unit.y
    enemy_seat = enemy_of(tables, seat)
    if enemy_seat >= 0:
        enemy = tables.players[enemy_seat].hero
        unit = tables.units[row_of(enemy)]
        if unit.handle == enemy and sees(unit, team):
            memory.handles[1] = enemy
            memory.shown_as[row_of(enemy)] = 2
    count = 0
    for i in range(num_before + tables.num_rows):
        row = memory.before[i] if i < num_before else i - num_before
        if memory.shown_as[row] == 0 and sees(tables.units[row], team):
            memory.shown_as[row] = _LOOKED_AT
            count = _choose_unit(tables, memory, seat, row, count)
    for row in range(tables.num_rows):
        if memory.shown_as[row] == _LOOKED_AT:
            memory.shown_as[row] = 0
    for place in range(count):
        row = memory.nearest[place]
        memory.handles[place + 2] = tables.units[row].handle
        memory.shown_as[row] = place + 3
    memory.num_shown = count + 2


@rule
def _choose_unit(tables, memory, seat, row, count):
    """Puts a unit into its place among `count` that come first; returns how many do then.

    Of two that are as far the one of the lower row comes first.
    """
    unit = tables.units[row]
    dx = unit.x - memory.hero_x
    dy = unit.y - memory.hero_y
    rank = _RANK[unit.unit_type]
    if unit.player == seat and unit.traits & _SUMMONED and unit.unit_type != _WARD:
        rank = min(rank, _RANK_OF_OWN)
    key = rank * _RANK_STEP + dx * dx + dy * dy
    place = count
    while place > 0 and (memory.keys[place - 1] > key or (
            memory.keys[place - 1] == key and memory.nearest[place - 1] > row)):
        place -= 1
    if place == NUM_SHOWN_UNITS - 2:
        return count
    count = min(count + 1, NUM_SHOWN_UNITS - 2)
    for other in range(count - 1, place, -1):
        memory.keys[other] = memory.keys[other - 1]
        memory.nearest[other] = memory.nearest[other - 1]
    memory.keys[place] = key
    memory.nearest[place] = row
    return count


@rule
def _note_enemy(tables, memory, seat, team):
    """Remembers where and how the enemy hero was last seen."""
    if memory.handles[1] == 0:
        return
    unit = tables.units[row_of(memory.handles[1])]
    memory.enemy_tick = tables.tick
    memory.enemy_level = unit.level
    memory.enemy_x = unit.x
    memory.enemy_y = unit.y
    memory.enemy_share = share_of(unit.health, unit.max_health)


@rule
def _note_buildings(tables, memory, team):
    """Remembers the health of buildings: the own, those in sight, and which fell."""
    for place in range(memory.num_buildings):
        building = memory.buildings[place]
        if building.share <= 0.0:
            continue
        unit = tables.units[row_of(building.handle)]
        if fallen(tables, building.handle):
            building.share = 0.0
        elif building.own != 0 or sees(unit, team):
            building.share = share_of(unit.health, unit.max_health)


@inlined
def _seconds_until(tick, now):
    return max(tick - now, 0) * TICK_SECONDS


@inlined
def _flag(condition):
    return 1.0 if condition else 0.0


@rule
def encode_state(out, tables, patch, memory, seat):
    """Writes the one STATE row. out: record with a field for each of its columns."""
    player = tables.players[seat]
    team = player.team
    now = tables.tick
    side = team - 2
    rules = patch.rules
    clock = now * TICK_SECONDS
    out.clock = clock / 600.0
    out.is_day = tables.is_day
    if now >= 0:
        out.day_phase = clock % rules.day_half_seconds / rules.day_half_seconds
        out.wave_phase = clock % rules.creep_wave_interval / rules.creep_wave_interval
    out.in_progress = _flag(tables.game_state >= _IN_PROGRESS)
    out.is_radiant = _flag(side == 0)
    if tables.win_reason != 0:
        out.match_over = 1.0
        if tables.winner == team:
            out.result = 1.0
        elif tables.winner != 0:
            out.result = -1.0
        out.over_by_kills = _flag(tables.win_reason == _BY_KILLS)
        out.over_by_tower = _flag(tables.win_reason == _BY_TOWER)
        out.over_by_ancient = _flag(tables.win_reason == _BY_ANCIENT)
        out.over_by_time = _flag(tables.win_reason > _BY_ANCIENT)
    out.own_team_kills = tables.team_kills[side] * 0.1
    out.enemy_team_kills = tables.team_kills[1 - side] * 0.1
    out.glyph_wait = _seconds_until(tables.glyph_ready_tick[side], now) / 300.0
    _encode_player(out, tables, patch, memory, player)
    if memory.handles[0] != 0:
        _encode_hero(out, tables, memory, tables.units[row_of(memory.handles[0])])
    out.x = memory.hero_x / PLACE
    out.y = memory.hero_y / PLACE
    _encode_enemy(out, tables, memory, seat)
    if memory.own_tower != NO_BUILDING:
        out.own_tower_health = memory.buildings[memory.own_tower].share
    if memory.enemy_tower != NO_BUILDING:
        out.enemy_tower_health = memory.buildings[memory.enemy_tower].share


@rule
def _encode_player(out, tables, patch, memory, player):
    now = tables.tick
    level = player.level
    out.level = level * _PER_LEVEL
    if 1 <= level < patch.rules.hero_max_level:
        totals = patch.rules.xp_total_at_level
        out.level_progress = (player.xp - totals[level - 1]) / (totals[level] - totals[level - 1])
    out.experience = player.xp * 0.0001
    out.reliable_gold = player.reliable_gold * 0.001
    out.unreliable_gold = player.unreliable_gold * 0.001
    out.net_worth = player.net_worth * 0.0001
    out.gold_earned = player.gold_earned * 0.0001
    out.kills = player.kills * 0.1
    out.deaths = player.deaths * 0.1
    out.assists = player.assists * 0.1
    out.last_hits = player.last_hits * 0.01
    out.denies = player.denies * 0.01
    out.streak = player.streak * 0.1
    out.hero_damage = player.hero_damage * 0.0001
    out.tower_damage = player.tower_damage * 0.0001
    out.ability_points = player.ability_points
    out.attribute_points = player.attribute_points / patch.rules.hero_attribute_points_max
    out.buyback_wait = _seconds_until(player.buyback_ready_tick, now) / 480.0
    out.buyback_cost = player.buyback_cost * 0.001
    out.order_refused = _flag(player.orders_refused > memory.orders_refused)
    out.strength = player.strength * 0.01
    out.agility = player.agility * 0.01
    out.intelligence = player.intelligence * 0.01
    if memory.handles[0] == 0 or tables.units[row_of(memory.handles[0])].alive == 0:
        out.respawn_wait = _seconds_until(player.respawn_tick, now) * 0.01
    memory.orders_refused = player.orders_refused
    out.courier_row = _shown_row(tables, memory, player.courier)
    out.courier_state = player.courier_state
    if player.courier == 0:
        out.courier_respawn_wait = _seconds_until(player.courier_respawn_tick, now) * 0.01
    out.courier_burst_wait = _seconds_until(player.courier_burst_ready_tick, now) * 0.01
    out.courier_shield_wait = _seconds_until(player.courier_shield_ready_tick, now) * 0.01


@rule
def _note_facing(memory, row, facing):
    """Keeps cosine and sine of a facing that has changed: most units stand or walk straight."""
    if memory.facing[row] != facing and abs(facing) < 1e6:
        memory.facing[row] = facing
        memory.cosine[row] = math.cos(facing)
        memory.sine[row] = math.sin(facing)


@rule
def _encode_hero(out, tables, memory, unit):
    out.alive = _flag(unit.alive != 0)
    out.elevation = unit.z / LEVEL_HEIGHT
    row = row_of(unit.handle)
    _note_facing(memory, row, unit.facing)
    out.facing_cos = memory.cosine[row]
    out.facing_sin = memory.sine[row]
    out.health = unit.health * 0.001
    out.max_health = unit.max_health * 0.001
    out.health_regen = unit.health_regen * 0.1
    out.mana = unit.mana * 0.001
    out.max_mana = unit.max_mana * 0.001
    out.mana_regen = unit.mana_regen * 0.1
    out.armor = unit.armor * 0.05
    out.magic_resistance = unit.magic_resistance
    out.damage_min = (unit.damage_min + unit.bonus_damage) * 0.01
    out.damage_max = (unit.damage_max + unit.bonus_damage) * 0.01
    out.attack_range = unit.attack_range * 0.001
    out.attack_interval = unit.attack_interval
    out.attack_point = unit.attack_point
    since = (tables.tick - unit.last_attack_tick) * TICK_SECONDS
    out.attack_wait = max(unit.attack_interval - unit.attack_point - since, 0.0)
    out.projectile_speed = unit.projectile_speed * 0.001
    out.move_speed = unit.move_speed * 0.002
    out.attackers = memory.attackers[row] * 0.1


@rule
def _encode_enemy(out, tables, memory, seat):
    enemy_seat = enemy_of(tables, seat)
    if enemy_seat < 0:
        return
    enemy = tables.players[enemy_seat]
    now = tables.tick
    if fallen(tables, enemy.hero):
        out.enemy_respawn_wait = _seconds_until(enemy.respawn_tick, now) * 0.01
    else:
        out.enemy_alive = 1.0
    out.enemy_visible = _flag(memory.handles[1] != 0)
    out.enemy_unseen = (now - memory.enemy_tick) * TICK_SECONDS / 60.0
    if memory.enemy_level > 0:
        out.enemy_seen_dx = (memory.enemy_x - memory.hero_x) / OFFSET
        out.enemy_seen_dy = (memory.enemy_y - memory.hero_y) / OFFSET
        out.enemy_seen_health = memory.enemy_share
        out.enemy_seen_level = memory.enemy_level * _PER_LEVEL


@rule
def encode_unit(out, ids, tables, patch, memory, seat, handle):
    """Writes one row of UNITS and of UNIT_IDS.

    out, ids: records with a field for each column. handle: of a unit that lives in `tables`.
    """
    row = row_of(handle)
    unit = tables.units[row]
    hero_x = memory.hero_x
    hero_y = memory.hero_y
    dx = unit.x - hero_x
    dy = unit.y - hero_y
    distance = math.sqrt(dx * dx + dy * dy)
    damage = 0.5 * (unit.damage_min + unit.damage_max) + unit.bonus_damage
    out.handle = min(handle, _MAX_HANDLE)
    out.dx = dx / OFFSET
    out.dy = dy / OFFSET
    out.distance = distance / OFFSET
    out.x = unit.x / PLACE
    out.y = unit.y / PLACE
    _note_facing(memory, row, unit.facing)
    out.facing_cos = memory.cosine[row]
    out.facing_sin = memory.sine[row]
    out.health = unit.health * 0.001
    out.max_health = unit.max_health * 0.001
    out.health_share = share_of(unit.health, unit.max_health)
    out.mana_share = share_of(unit.mana, unit.max_mana)
    out.armor = unit.armor * 0.05
    out.damage = damage * 0.01
    out.attack_range = unit.attack_range * 0.001
    out.attack_interval = unit.attack_interval
    out.attack_point = unit.attack_point
    out.attack_age = (tables.tick - unit.last_attack_tick) * TICK_SECONDS
    out.projectile_speed = unit.projectile_speed * 0.001
    out.move_speed = unit.move_speed * 0.002
    out.level = unit.level * _PER_LEVEL
    out.attackers = memory.attackers[row] * 0.1
    out.incoming = memory.incoming[row] * 0.01
    if unit.attack_target != 0:
        out.target_row = _shown_row(tables, memory, unit.attack_target)
        out.attacks_me = _flag(unit.attack_target == memory.handles[0])
    if memory.handles[0] != 0:
        hero = tables.units[row_of(memory.handles[0])]
        out.reach = (
            distance - hero.attack_range - hero.bound_radius - unit.bound_radius) * 0.001
        out.climb = (unit.z - hero.z) / LEVEL_HEIGHT
        hit = 0.5 * (hero.damage_min + hero.damage_max) + hero.bonus_damage
        hit *= class_factor(patch, hero, unit) * armor_multiplier(patch, unit.armor)
        out.own_hit = hit * 0.001
    _encode_ids(ids, tables, patch, seat, unit)


@rule
def _shown_row(tables, memory, handle):
    """Returns the row of `units` that shows a handle, plus 1; 0 if none does."""
    row = row_of(handle)
    if handle != 0 and tables.units[row].handle == handle:
        return memory.shown_as[row]
    return 0


@rule
def _encode_ids(ids, tables, patch, seat, unit):
    ids.kind = unit.unit_type
    if unit.team == tables.players[seat].team:
        ids.side = SIDE_OWN
    elif unit.team == _NEUTRALS:
        ids.side = SIDE_NEUTRAL
    else:
        ids.side = SIDE_ENEMY
    ids.hero_id = patch.definitions[unit.definition].hero_id & 255
    ids.definition_low = unit.definition & 255
    ids.definition_high = unit.definition >> 8
    activity = unit.activity
    if activity == _RUN:
        ids.activity = 1
    elif activity == _ATTACK:
        ids.activity = 2
    elif activity == _DIE:
        ids.activity = 3
    elif activity == _CAST:
        ids.activity = 4
    elif activity == _CHANNEL:
        ids.activity = 5
    states = unit.states
    ids.states = (
        (1 if states & STUNNED else 0)
        | (2 if states & ROOTED else 0)
        | (4 if states & DISARMED else 0)
        | (8 if states & SILENCED else 0)
        | (16 if states & HEXED else 0)
        | (32 if states & (INVULNERABLE | ATTACK_IMMUNE) else 0)
        | (64 if states & MAGIC_IMMUNE else 0)
        | (128 if states & INVISIBLE else 0)
    )
    ids.traits = unit.traits & 255


@rule
def encode_ability(out, tables, patch, seat, slot):
    """Writes one row of ABILITIES; leaves it alone where the slot is empty."""
    ability = tables.abilities[seat, slot]
    if ability.definition < 0:
        return
    behavior = patch.abilities[ability.definition].behavior
    out.id = ability.definition + 1
    out.level = ability.level
    out.max_level = ability.max_level
    out.cooldown_wait = _seconds_until(ability.cooldown_ready_tick, tables.tick) * 0.1
    out.cooldown = ability.cooldown * 0.1
    out.charges = ability.charges
    out.mana_cost = ability.mana_cost * 0.01
    out.cast_range = ability.cast_range * 0.001
    out.castable = _flag(ability.castable != 0)
    out.casting = ability.casting
    out.toggled = _flag(ability.toggled != 0)
    out.autocast = _flag(ability.autocast != 0)
    out.hidden = _flag(ability.hidden != 0)
    out.passive = _flag(behavior & _PASSIVE)
    out.takes_unit = _flag(behavior & _TAKES_UNIT)
    out.takes_point = _flag(behavior & _TAKES_POINT)


@rule
def encode_item(out, tables, seat, slot):
    """Writes one row of ITEMS; leaves it alone where the slot is empty."""
    item = tables.items[seat, slot]
    if item.definition < 0:
        return
    out.id = item.definition + 1
    out.level = item.level
    out.charges = item.charges
    ready_tick = max(item.cooldown_ready_tick, item.active_tick)
    out.cooldown_wait = _seconds_until(ready_tick, tables.tick) * 0.1
    out.cooldown = item.cooldown * 0.1
    out.mana_cost = item.mana_cost * 0.01
    out.cast_range = item.cast_range * 0.001
    out.castable = _flag(item.castable != 0)
    out.toggled = _flag(item.toggled != 0)
    out.rune = item.rune


@rule
def encode_effects(rows, tables, memory, seat):
    """Writes EFFECTS rows: what is on or at the own hero first, then the others.

    rows: EFFECTS records, all 0.
    """
    team = tables.players[seat].team
    count = 0
    for others in range(2):
        for place in range(tables.num_modifiers):
            modifier = tables.modifiers[place]
            if (modifier.definition < 0 or modifier.parent == 0
                    or not (modifier.visible_to >> team) & 1):
                continue
            on = _shown_row(tables, memory, modifier.parent)
            if on == 0 or (on != 1) != (others == 1) or count == NUM_SHOWN_EFFECTS:
                continue
            out = rows[count]
            count += 1
            out.kind = EFFECT_MODIFIER
            out.id = modifier.definition + 1
            out.on_row = on
            out.by_row = _shown_row(tables, memory, modifier.caster)
            out.wait = _seconds_until(modifier.expire_tick, tables.tick) * 0.1
            out.amount = modifier.stacks
            out.harmful = _flag(modifier.is_debuff != 0)
        for place in range(tables.num_projectiles):
            projectile = tables.projectiles[place]
            if projectile.handle == 0 or not (projectile.visible_to >> team) & 1:
                continue
            on = _shown_row(tables, memory, projectile.target)
            if count == NUM_SHOWN_EFFECTS or (on != 1) != (others == 1) or (
                    on == 0 and not projectile.is_linear):
                continue
            out = rows[count]
            count += 1
            out.kind = EFFECT_MISSILE
            if projectile.is_attack:
                out.kind = EFFECT_ATTACK
            elif projectile.is_linear:
                out.kind = EFFECT_STRAIGHT
            out.on_row = on
            out.by_row = _shown_row(tables, memory, projectile.source)
            flight = _distance(
                projectile.x, projectile.y, projectile.x_target, projectile.y_target)
            out.dx = (projectile.x - memory.hero_x) / OFFSET
            out.dy = (projectile.y - memory.hero_y) / OFFSET
            out.radius = projectile.radius * 0.001
            out.wait = flight / max(projectile.speed, 1.0) * 0.1
            out.amount = projectile.damage * projectile.factor * 0.01
            out.harmful = _flag(projectile.team != team)
            out.distance = _distance(
                projectile.x, projectile.y, memory.hero_x, memory.hero_y) / OFFSET


@rule
def encode_ground(rows, tables, patch, memory, seat):
    """Writes GROUND rows, nearest first; returns how many. rows: GROUND records, all 0."""
    team = tables.players[seat].team
    count = 0
    for row in range(MAX_GROUND_ITEMS):
        ground = tables.ground_items[row]
        if ground.handle == 0 or not (ground.visible_to >> team) & 1:
            continue
        count = _place_by_distance(
            memory, count, row, _distance(ground.x, ground.y, memory.hero_x, memory.hero_y))
    if tables.has_runes:
        for row in range(MAX_RUNES):
            rune = tables.runes[row]
            if rune.handle != 0 and (rune.visible_to >> team) & 1:
                count = _place_by_distance(
                    memory, count, MAX_GROUND_ITEMS + row,
                    _distance(rune.x, rune.y, memory.hero_x, memory.hero_y))
    for place in range(count):
        out = rows[place]
        row = memory.nearest[place]
        if row < MAX_GROUND_ITEMS:
            ground = tables.ground_items[row]
            x = ground.x
            y = ground.y
            out.id = ground.held[0].definition + 1
            out.charges = ground.held[0].charges
            out.takeable = _flag(may_pick_up(patch, ground.held[0], team))
        else:
            rune = tables.runes[row - MAX_GROUND_ITEMS]
            x = rune.x
            y = rune.y
            out.rune = rune.kind + 1
            out.takeable = 1.0
        out.x = x / PLACE
        out.y = y / PLACE
        out.dx = (x - memory.hero_x) / OFFSET
        out.dy = (y - memory.hero_y) / OFFSET
        out.distance = memory.keys[place] / OFFSET
    return count


@rule
def _place_by_distance(memory, count, row, gap):
    """Puts a row among the `count` nearest ones, if it is one; returns how many there are then."""
    if count == NUM_SHOWN_GROUND_ITEMS:
        if gap >= memory.keys[count - 1]:
            return count
        count -= 1
    place = count
    while place > 0 and memory.keys[place - 1] > gap:
        memory.keys[place] = memory.keys[place - 1]
        memory.nearest[place] = memory.nearest[place - 1]
        place -= 1
    memory.keys[place] = gap
    memory.nearest[place] = row
    return count + 1


@inlined
def _distance(x, y, x_other, y_other):
    dx = x_other - x
    dy = y_other - y
    return math.sqrt(dx * dx + dy * dy)


@rule
def clip(values, limits, count):
    """Keeps the first `count` numbers of a tensor finite and inside their columns' limits.

    values: float32 (numbers,), all rows one after the other, changed in place. limits: float32
    (2, numbers).
    """
    for i in range(count):
        value = values[i]
        # Written so that NaN becomes the least value.
        value = value if value > limits[0, i] else limits[0, i]
        values[i] = value if value < limits[1, i] else limits[1, i]
