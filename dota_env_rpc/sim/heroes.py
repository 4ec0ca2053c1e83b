"""Heroes: attributes and what follows from them, levels, respawn, buyback.

Source: game glossary 7.41e, patch notes 7.33 to 7.40; Liquipedia experience@2404795.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import LEVEL_HEIGHT
from dota_env_rpc.match.enums import (
    INVULNERABLE,
    NUM_SEATS,
    Activity,
    EventKind,
    GoldReason,
    UnitOrder,
)
from dota_env_rpc.match.rule import inlined, rule
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.match.words import ModifierEvent
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.ground import level_at
from dota_env_rpc.sim.learning import fill_abilities, grant_passives, start_charges
from dota_env_rpc.sim.modifiers import raise_event
from dota_env_rpc.sim.state import NOT_CASTING, NOT_SWINGING
from dota_env_rpc.sim.stats import update_hero
from dota_env_rpc.sim.units import mark_dirty, side_of, spawn_unit


@rule
def spawn_hero(state, patch, seat):
    """Puts a seat's hero into its fountain at level 1 with its starting gold."""
    tables = state.tables
    player = tables.players[seat]
    player.definition = state.hero_definitions[seat]
    if player.definition < 0:
        return
    side = side_of(player.team)
    place = seat % 5
    row = spawn_unit(
        state, patch, player.definition, player.team, patch.hero_spawn_x[side, place],
        patch.hero_spawn_y[side, place], math.pi * 0.25 if side == 0 else -math.pi * 0.75)
    tables.units[row].player = seat
    player.hero = tables.units[row].handle
    player.level = 1
    player.ability_points = 1
    player.buyback_ready_tick = tables.tick
    fill_abilities(state, patch, seat)
    update_hero(state, patch, seat)
    grant_passives(state, patch, seat)
    update_hero(state, patch, seat)
    start_charges(state, seat)
    unit = tables.units[row]
    unit.health = unit.max_health
    unit.mana = unit.max_mana


@rule
def give_experience(state, patch, seat, amount):
    """Adds experience, in whole points, and the levels that it reaches."""
    tables = state.tables
    player = tables.players[seat]
    amount = math.floor(amount)
    if amount <= 0.0:
        return
    player.xp += int(amount)
    player.xp_earned += int(amount)
    tell(tables, EventKind.EXPERIENCE, player.hero, 0, seat, 0, float(amount))
    while (player.level < int(patch.rules.hero_max_level)
           and player.xp >= patch.rules.xp_total_at_level[player.level]):
        player.level += 1
        player.ability_points += 1
        update_hero(state, patch, seat)
        tell(tables, EventKind.LEVEL_UP, player.hero, 0, seat, 0, float(player.level))


@rule
def give_gold(tables, seat, amount, reliable, reason):
    """Adds gold (whole, rounded down) to a player's purse and net worth."""
    amount = math.floor(amount)
    if amount <= 0.0:
        return
    player = tables.players[seat]
    if reliable:
        player.reliable_gold += int(amount)
    else:
        player.unreliable_gold += int(amount)
    player.gold_earned += int(amount)
    update_net_worth(player)
    tell(tables, EventKind.GOLD, player.hero, 0, seat, reason, float(amount))


@inlined
def update_net_worth(player):
    """Brings a player's net worth up to date with its gold and what its items cost."""
    player.net_worth = player.reliable_gold + player.unreliable_gold + player.item_worth


@rule
def spend_gold(tables, seat, amount, reason):
    """Takes gold that is there from a player, unreliable gold first. Source: Liquipedia gold."""
    if amount <= 0:
        return
    player = tables.players[seat]
    from_unreliable = min(amount, player.unreliable_gold)
    player.unreliable_gold -= from_unreliable
    player.reliable_gold -= amount - from_unreliable
    update_net_worth(player)
    tell(tables, EventKind.GOLD, player.hero, 0, seat, reason, -float(amount))


@rule
def respawn_hero(state, patch, seat, by_buyback):
    """Brings a dead hero back into its fountain, whole, and safe until its first order.

    One that reincarnates comes back where it fell, and is not safe.
    """
    tables = state.tables
    player = tables.players[seat]
    row = player.hero % MAX_UNITS
    unit = tables.units[row]
    body = state.body[row]
    side = side_of(player.team)
    unit.alive = 1
    if body.reincarnates:
        body.reincarnates = 0
    else:
        unit.x = patch.hero_spawn_x[side, seat % 5]
        unit.y = patch.hero_spawn_y[side, seat % 5]
        unit.z = level_at(patch, unit.x, unit.y) * LEVEL_HEIGHT
        unit.facing = math.pi * 0.25 if side == 0 else -math.pi * 0.75
        body.base_states |= INVULNERABLE
        body.safe_until_order = 1
    unit.health = unit.max_health
    unit.mana = unit.max_mana
    unit.activity = Activity.IDLE
    mark_dirty(state, row)
    unit.attack_target = 0
    body.order = UnitOrder.NONE
    body.target = 0
    body.attack_phase = NOT_SWINGING
    body.attack_ready = float(tables.tick)
    body.has_route = 0
    body.cast_phase = NOT_CASTING
    state.num_queued[seat] = 0
    grant_passives(state, patch, seat)
    update_hero(state, patch, seat)
    unit.health = unit.max_health
    unit.mana = unit.max_mana
    raise_event(state, patch, row, ModifierEvent.OnRespawn, unit.handle, 0, 0.0)
    tell(tables, EventKind.RESPAWN, unit.handle, 0, seat, by_buyback, 0.0)


@rule
def buy_back(state, patch, seat):
    """Pays for a dead hero's return: reliable gold first. The caller has checked that it may."""
    tables = state.tables
    rules = patch.rules
    player = tables.players[seat]
    cost = buyback_cost(patch, player)
    tell(tables, EventKind.GOLD, player.hero, 0, seat, GoldReason.BUYBACK, -float(cost))
    from_reliable = min(cost, player.reliable_gold)
    player.reliable_gold -= from_reliable
    player.unreliable_gold -= cost - from_reliable
    update_net_worth(player)
    player.buyback_ready_tick = tables.tick + int(rules.gold_buyback_cooldown * TICKS_PER_SECOND)
    player.bought_back = 1
    respawn_hero(state, patch, seat, 1)


@rule
def buyback_cost(patch, player):
    """Returns the gold that a buyback costs now. Source: patch notes 7.29."""
    rules = patch.rules
    return int(rules.gold_buyback_base + player.net_worth / rules.gold_buyback_networth_divisor)


@rule
def respawn_due(state, patch):
    """Brings back the heroes whose time has come, and keeps buyback costs up to date."""
    tables = state.tables
    for seat in range(NUM_SEATS):
        player = tables.players[seat]
        if player.hero == 0:
            continue
        player.buyback_cost = buyback_cost(patch, player)
        if (not tables.units[player.hero % MAX_UNITS].alive
                and tables.tick >= player.respawn_tick):
            respawn_hero(state, patch, seat, 0)


@rule
def pay_passive_gold(state, patch):
    """Gives each player 1 reliable gold when the current period has passed, from the horn on."""
    tables = state.tables
    if tables.tick <= 0:
        return
    rules = patch.rules
    period = rules.gold_passive_period_ticks[0]
    since = 0.0
    for i in range(len(rules.gold_passive_from_seconds)):
        if tables.tick >= rules.gold_passive_from_seconds[i] * TICKS_PER_SECOND:
            period = rules.gold_passive_period_ticks[i]
            since = rules.gold_passive_from_seconds[i]
    if (tables.tick - int(since) * TICKS_PER_SECOND) % int(period):
        return
    for seat in range(NUM_SEATS):
        if tables.players[seat].hero != 0:
            give_gold(tables, seat, 1.0, True, GoldReason.PASSIVE)
