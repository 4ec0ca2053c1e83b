"""A match from its start, tick by tick."""

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    FEARED,
    GAME_MODE_1V1_MID,
    ILLUSION,
    NIGHTMARED,
    NUM_SEATS,
    STRUCTURE,
    STUNNED,
    SUMMONED,
    TAUNTED,
    Activity,
    GameState,
    GoldReason,
    UnitOrder,
    UnitType,
)
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import NEVER, NUM_ABILITY_SLOTS, NUM_ITEM_PLACES
from dota_env_rpc.sim.actions import drain
from dota_env_rpc.sim.aggro import creep_thinks, is_idle, tower_thinks
from dota_env_rpc.sim.buildings import (
    AURA_TICKS,
    BACKDOOR_TICKS,
    regenerate,
    spawn_buildings,
    update_auras,
    update_backdoor,
)
from dota_env_rpc.sim.casting import interrupt, restore_charges, tell_abilities
from dota_env_rpc.sim.chance import seed_stream, uniform
from dota_env_rpc.sim.combat import attack, cancel_swing
from dota_env_rpc.sim.couriers import courier_thinks, spawn_couriers
from dota_env_rpc.sim.deaths import bury_dead, settle_deaths
from dota_env_rpc.sim.ground import set_blocked
from dota_env_rpc.sim.heroes import give_gold, pay_passive_gold, respawn_due, spawn_hero
from dota_env_rpc.sim.inventory import receive_scroll, wake_items
from dota_env_rpc.sim.modifiers import init_modifiers, raise_delayed, tend_modifiers
from dota_env_rpc.sim.motion import move_pushed
from dota_env_rpc.sim.movement import walk
from dota_env_rpc.sim.orders import carry_out
from dota_env_rpc.sim.projectiles import move_projectiles
from dota_env_rpc.sim.runes import start_runes, update_runes
from dota_env_rpc.sim.shop import PRE_GAME_TICK, restock, stock_shops
from dota_env_rpc.sim.space import fill_buckets
from dota_env_rpc.sim.state import SWINGING
from dota_env_rpc.sim.stats import update_dirty
from dota_env_rpc.sim.summons import remove_unit, summon_thinks
from dota_env_rpc.sim.trees import grow_trees, wither_trees
from dota_env_rpc.sim.units import init_bodies, is_playing, row_of_living, side_of
from dota_env_rpc.sim.victory import decide_tie
from dota_env_rpc.sim.vision import update_vision
from dota_env_rpc.sim.walls import lower_walls
from dota_env_rpc.sim.waves import spawn_waves
from dota_env_rpc.sim.worn import wear_changed

# Who is in one of these states does nothing at all.
DISABLED = STUNNED | NIGHTMARED


@rule
def start_match(state, patch):
    """Sets up a match at `tables.start_tick` in a state that is zero but for settings and seed."""
    tables = state.tables
    seed_stream(state, state.seed)
    tables.tick = tables.start_tick
    tables.game_mode = GAME_MODE_1V1_MID
    init_modifiers(state)
    init_bodies(state)
    for side in range(2):
        tables.glyph_ready_tick[side] = int(patch.rules.glyph_first_ready * TICKS_PER_SECOND)
    _grow_trees(state, patch)
    _tell_time(tables, patch)
    stock_shops(tables, patch)
    state.next_item_tick = -NEVER
    spawn_buildings(state, patch)
    for seat in range(NUM_SEATS):
        _empty_seat(tables, seat)
        spawn_hero(state, patch, seat)
        if tables.players[seat].hero != 0:
            give_gold(tables, seat, patch.rules.gold_starting, False, GoldReason.STARTING)
            receive_scroll(state, patch, seat, PRE_GAME_TICK + int(
                patch.rules.item_scroll_start_cooldown * TICKS_PER_SECOND))
    spawn_waves(state, patch)
    if tables.has_runes:
        start_runes(state, patch)
    respawn_due(state, patch)
    spawn_couriers(state, patch)
    fill_buckets(state)
    update_dirty(state, patch)
    update_auras(state, patch)


@rule
def _grow_trees(state, patch):
    for i in range(len(state.blocked)):
        state.blocked[i] = patch.blocked[i]
    for cell in range(len(patch.tree_of_cell)):
        if patch.tree_of_cell[cell] >= 0:
            set_blocked(state, cell, 1)


@rule
def _empty_seat(tables, seat):
    player = tables.players[seat]
    player.player = seat
    player.team = 2 if seat < 5 else 3
    player.definition = -1
    player.respawn_tick = NEVER
    player.buyback_ready_tick = NEVER
    player.courier_respawn_tick = NEVER
    player.courier_burst_ready_tick = NEVER
    player.courier_shield_ready_tick = NEVER
    for slot in range(NUM_ABILITY_SLOTS):
        tables.abilities[seat, slot].definition = -1
        tables.abilities[seat, slot].cooldown_ready_tick = NEVER
    for slot in range(NUM_ITEM_PLACES):
        tables.items[seat, slot].definition = -1


@rule
def _tell_time(tables, patch):
    tables.game_state = GameState.PRE_GAME if tables.tick < 0 else GameState.GAME_IN_PROGRESS
    half = int(patch.rules.day_half_seconds) * TICKS_PER_SECOND
    tables.is_day = 1 if tables.tick < 0 or (tables.tick // half) % 2 == 0 else 0


@rule
def tell_heroes(state, patch):
    """Writes what players read of their abilities and items, before they decide."""
    for seat in range(NUM_SEATS):
        if state.tables.players[seat].hero != 0:
            tell_abilities(state, patch, seat)


@rule
def _think(state, patch, row):
    """Lets one unit do what it is about."""
    unit = state.tables.units[row]
    body = state.body[row]
    unit.activity = Activity.IDLE
    if state.tables.tick >= body.dies_tick:
        remove_unit(state, patch, row)
        return
    if unit.states & DISABLED or (
            body.motion_steps > 0 and not body.motion_is_soft):
        interrupt(state, patch, row)
        if body.attack_phase == SWINGING:
            cancel_swing(state, row)
        return
    taunter = row_of_living(state, body.order_target) if unit.states & TAUNTED else -1
    if unit.states & FEARED:
        _flee(state, patch, row)
    elif taunter >= 0:
        interrupt(state, patch, row)
        attack(state, patch, row, taunter)
    elif unit.traits & (ILLUSION | SUMMONED) and body.order == UnitOrder.NONE:
        summon_thinks(state, patch, row)
    elif unit.traits & (ILLUSION | SUMMONED) or unit.unit_type == UnitType.HERO:
        carry_out(state, patch, row)
    elif unit.unit_type == UnitType.COURIER:
        courier_thinks(state, patch, row)
    elif unit.unit_type == UnitType.LANE_CREEP:
        creep_thinks(state, patch, row)
    elif unit.traits & STRUCTURE and unit.attack_range > 0.0:
        tower_thinks(state, patch, row)


@rule
def _flee(state, patch, row):
    """Runs toward the own fountain, as who fears does. Source: Liquipedia fear@disable 7.41."""
    unit = state.tables.units[row]
    interrupt(state, patch, row)
    cancel_swing(state, row)
    side = side_of(unit.team)
    if is_playing(unit.team):
        walk(state, patch, row, patch.hero_spawn_x[side, 0], patch.hero_spawn_y[side, 0], 100.0)


@rule
def play_tick(state, patch):
    """Plays one tick; a match that is over stays as it is.

    Orders were submitted before: the order of a tick's parts is docs/fidelity.md#tick-order.
    """
    tables = state.tables
    if tables.game_state == GameState.POST_GAME:
        return
    tables.tick += 1
    tick = tables.tick
    _tell_time(tables, patch)
    respawn_due(state, patch)
    spawn_couriers(state, patch)
    pay_passive_gold(state, patch)
    restock(tables, patch)
    wake_items(state, patch)
    regenerate(state, patch)
    spawn_waves(state, patch)
    if tables.has_runes:
        update_runes(state, patch)
    # Drawn rather than alternated, which decisions of an even number of ticks would not notice.
    state.ascending = 1 if uniform(state) < 0.5 else 0
    fill_buckets(state)
    if tick % AURA_TICKS == 0:
        update_auras(state, patch)
    if tick % BACKDOOR_TICKS == 0:
        update_backdoor(state, patch)
    wear_changed(state, patch)
    for seat in range(NUM_SEATS):
        if state.has_charges[seat]:
            restore_charges(state, patch, seat)
    if state.num_felled:
        grow_trees(state, patch)
    if state.num_planted:
        wither_trees(state)
    if state.num_wall_cells:
        lower_walls(state)
    raise_delayed(state)
    tend_modifiers(state, patch)
    drain(state, patch)
    update_dirty(state, patch)
    num_rows = tables.num_rows  # who comes during the tick waits for the next
    for i in range(num_rows):
        row = i if state.ascending else num_rows - 1 - i
        if is_idle(state, row):
            continue
        unit = tables.units[row]
        if unit.handle != 0 and unit.alive:
            _think(state, patch, row)
            if state.num_queued_actions:
                drain(state, patch)
                update_dirty(state, patch)
    if state.num_pushed:
        move_pushed(state, patch)
    move_projectiles(state, patch)
    drain(state, patch)
    settle_deaths(state, patch)
    while state.num_queued_actions:
        drain(state, patch)
        settle_deaths(state, patch)
    bury_dead(state, patch)
    drain(state, patch)
    update_dirty(state, patch)
    update_vision(state, patch)
    if tick >= state.tie_tick and tables.game_state != GameState.POST_GAME:
        decide_tie(state)
