"""What a seat is shown of a board set by hand."""

import numpy as np
import pytest

from dota_env_rpc.match.enums import SUMMONED, Activity, CourierState, Rune, UnitType, WinReason
from dota_env_rpc.match.tables import COURIER_SLOT, MAX_UNITS
from dota_env_rpc.tasks.observations import EFFECTS, GROUND, ITEMS, STATE, UNIT_IDS, UNITS
from dota_env_rpc.testing.board import BOTH, DIRE, RADIANT


def state(seat, name):
    return float(seat.buffers["state"][STATE.index(name)])


def unit(seat, row, name):
    return float(seat.buffers["units"][row, UNITS.index(name)])


def identity(seat, row, name):
    return int(seat.buffers["unit_ids"][row, UNIT_IDS.index(name)])


def test_row_0_is_the_own_hero(board):
    board.unit(UnitType.LANE_CREEP)
    hero = board.hero(5)
    assert unit(board.seat(5), 0, "handle") == hero.handle


def test_row_1_is_the_enemy_hero(board):
    board.hero(0)
    board.unit(UnitType.LANE_CREEP, team=DIRE)
    enemy = board.hero(5)
    assert unit(board.seat(0), 1, "handle") == enemy.handle


def test_row_1_is_zero_while_the_enemy_hero_is_unseen(board):
    board.hero(0)
    board.hero(5, visible_to=1 << DIRE)
    assert not board.seat(0).buffers["units"][1].any()


def test_row_1_is_zero_while_the_enemy_hero_is_dead(board):
    board.hero(0)
    board.hero(5, alive=0, health=0.0)
    assert not board.seat(0).buffers["units"][1].any()


def test_a_dead_own_hero_stays_in_row_0(board):
    hero = board.hero(0, alive=0, health=0.0)
    seat = board.seat(0)
    assert unit(seat, 0, "handle") == hero.handle
    assert state(seat, "alive") == 0.0


def test_further_units_come_by_kind_then_by_distance(board):
    board.hero(0)
    tower = board.unit(UnitType.TOWER, (10.0, 0.0))
    far = board.unit(UnitType.LANE_CREEP, (500.0, 0.0))
    near = board.unit(UnitType.LANE_CREEP, (-300.0, 0.0), team=DIRE)
    handles = board.seat(0).buffers["units"][2:5, 0]
    assert handles.tolist() == [near.handle, far.handle, tower.handle]


def test_couriers_and_own_summons_come_before_creeps(board):
    board.hero(0)
    board.unit(UnitType.LANE_CREEP, (10.0, 0.0))
    ward = board.unit(UnitType.WARD, (20.0, 0.0), player=0, traits=SUMMONED)
    foreign = board.unit(UnitType.COURIER, (2000.0, 0.0), team=DIRE, player=5)
    summoned = board.unit(UnitType.LANE_CREEP, (1000.0, 0.0), player=0, traits=SUMMONED)
    seat = board.seat(0)
    assert unit(seat, 2, "handle") == summoned.handle
    assert unit(seat, 3, "handle") == foreign.handle
    assert unit(seat, 5, "handle") == ward.handle


def test_the_own_courier_is_told_with_its_row_and_load(board):
    board.hero(0)
    board.courier(0, CourierState.DELIVERING_ITEMS)
    board.match.players[0].courier_burst_ready_tick = 900
    load = board.match.items[0, COURIER_SLOT + 2]
    load.definition, load.charges = 7, 3
    seat = board.seat(0)
    assert (state(seat, "courier_row"), state(seat, "courier_state")) == (3.0, 3.0)
    assert state(seat, "courier_burst_wait") == pytest.approx(0.3)
    assert state(seat, "courier_respawn_wait") == 0.0
    assert seat.buffers["items"][COURIER_SLOT + 2, :3].tolist() == [8.0, 0.0, 3.0]


def test_a_dead_courier_is_told_with_its_wait(board):
    board.hero(0)
    board.match.players[0].courier_state = CourierState.DEAD
    board.match.players[0].courier_respawn_tick = 1500
    seat = board.seat(0)
    assert (state(seat, "courier_row"), state(seat, "courier_state")) == (0.0, 5.0)
    assert state(seat, "courier_respawn_wait") == pytest.approx(0.5)


def test_what_an_enemy_s_courier_does_is_not_told(board):
    board.hero(0)
    board.hero(5)
    before = board.seat(0).buffers
    before = {name: before[name].copy() for name in ("state", "items")}
    board.match.players[5].courier_state = CourierState.AT_SECRET_SHOP
    board.match.items[5, COURIER_SLOT].definition = 3
    after = board.seat(0).buffers
    assert all((after[name] == array).all() for name, array in before.items())


def test_of_more_units_than_rows_the_nearest_are_shown(board):
    board.hero(0)
    for place in range(60, 0, -1):
        board.unit(UnitType.LANE_CREEP, (10.0 * place, 0.0))
    offsets = board.seat(0).buffers["units"][2:, UNITS.index("dx")] * 2048.0
    assert offsets == pytest.approx([10.0 * place for place in range(1, 47)])


def test_offsets_are_measured_from_the_own_hero(board):
    board.hero(0, (1000.0, -500.0))
    board.unit(UnitType.LANE_CREEP, (1300.0, -900.0))
    seat = board.seat(0)
    assert unit(seat, 2, "dx") * 2048 == pytest.approx(300.0)
    assert unit(seat, 2, "dy") * 2048 == pytest.approx(-400.0)
    assert unit(seat, 2, "distance") * 2048 == pytest.approx(500.0)
    assert unit(seat, 2, "x") * 8192 == pytest.approx(1300.0)


def test_large_handles_are_exact(board):
    hero = board.hero(0)
    hero.handle = 65535 * MAX_UNITS
    board.match.players[0].hero = hero.handle
    assert unit(board.seat(0), 0, "handle") == 65535 * MAX_UNITS


def test_nothing_is_told_of_what_the_team_does_not_see(board):
    board.hero(0)
    enemy = board.hero(5, (200.0, 0.0), visible_to=1 << DIRE)
    board.match.abilities[5, 0].definition = 7
    seat = board.seat(0)
    before = {name: buffer.copy() for name, buffer in seat.buffers.items()}
    enemy.x, enemy.health, enemy.mana, enemy.level, enemy.facing = 900.0, 1.0, 5.0, 9, 2.0
    enemy.attack_target = board.match.players[0].hero
    player = board.match.players[5]
    player.reliable_gold, player.net_worth, player.last_hits, player.xp = 500, 900, 9, 700
    board.match.abilities[5, 0].cooldown_ready_tick = 300
    board.match.glyph_ready_tick[1] = 900
    seat.observe()
    for name, buffer in seat.buffers.items():
        np.testing.assert_array_equal(buffer, before[name], err_msg=name)


def test_the_enemy_hero_is_remembered_where_it_was_last_seen(board):
    board.hero(0)
    enemy = board.hero(5, (600.0, 0.0), health=40.0)
    seat = board.seat(0)
    enemy.visible_to, enemy.x, enemy.health = 1 << DIRE, 5000.0, 90.0
    board.match.tick += 30
    seat.observe()
    assert state(seat, "enemy_seen_dx") * 2048 == pytest.approx(600.0)
    assert state(seat, "enemy_seen_health") == pytest.approx(0.4)
    assert state(seat, "enemy_unseen") * 60 == pytest.approx(1.0)


def test_the_health_of_an_enemy_tower_is_as_last_seen(board):
    board.hero(0)
    tower = board.unit(UnitType.TOWER, (800.0, 0.0), team=DIRE, lane=2, health=50.0)
    seat = board.seat(0)
    tower.visible_to, tower.health = 1 << DIRE, 20.0
    seat.observe()
    assert state(seat, "enemy_tower_health") == pytest.approx(0.5)


def test_a_lost_tower_has_no_health(board):
    board.hero(0)
    tower = board.unit(UnitType.TOWER, (800.0, 0.0), lane=2)
    seat = board.seat(0)
    tower.alive, tower.visible_to = 0, BOTH
    seat.observe()
    assert state(seat, "own_tower_health") == 0.0


def test_attackers_are_counted(board):
    hero = board.hero(0)
    for _ in range(3):
        board.unit(UnitType.LANE_CREEP, team=DIRE, attack_target=hero.handle)
    assert state(board.seat(0), "attackers") == pytest.approx(0.3)


def test_a_unit_tells_whether_it_attacks_the_own_hero(board):
    hero = board.hero(0)
    board.unit(UnitType.LANE_CREEP, (100.0, 0.0), team=DIRE, attack_target=hero.handle)
    seat = board.seat(0)
    assert unit(seat, 2, "attacks_me") == 1.0
    assert unit(seat, 2, "target_row") == 1.0


def test_attacks_in_flight_add_up_at_their_target(board):
    hero = board.hero(0)
    creep = board.unit(UnitType.LANE_CREEP, (100.0, 0.0), team=DIRE)
    board.projectile(hero, creep, 20.0)
    board.projectile(hero, creep, 30.0)
    assert unit(board.seat(0), 2, "incoming") * 100 == pytest.approx(50.0)


def test_reach_is_what_is_left_until_an_attack(board):
    board.hero(0, attack_range=500.0, bound_radius=24.0)
    board.unit(UnitType.LANE_CREEP, (900.0, 0.0), bound_radius=16.0)
    assert unit(board.seat(0), 2, "reach") * 1000 == pytest.approx(900 - 500 - 24 - 16)


def test_own_hit_is_what_an_attack_takes_through_armor(board):
    """Source: 1 - 0.06 x 5 / (1 + 0.06 x 5) of physical damage goes through 5 armor."""
    board.hero(0, damage_min=40.0, damage_max=60.0)
    board.unit(UnitType.LANE_CREEP, (100.0, 0.0), team=DIRE, armor=5.0)
    assert unit(board.seat(0), 2, "own_hit") * 1000 == pytest.approx(50 * (1 - 0.3 / 1.3))


def test_sides_are_told_from_the_seat(board):
    board.hero(0)
    board.hero(5)
    seat = board.seat(5)
    assert identity(seat, 0, "side") == 1
    assert identity(seat, 1, "side") == 2


def test_activities_and_states_are_told(board):
    board.hero(0, activity=Activity.ATTACK, states=1 << 5 | 1 << 3)
    seat = board.seat(0)
    assert identity(seat, 0, "activity") == 2
    assert identity(seat, 0, "states") == 1 | 8


@pytest.mark.parametrize("activity, number", [(Activity.CAST, 4), (Activity.CHANNEL, 5)])
def test_casting_is_told(board, activity, number):
    board.hero(0, activity=activity)
    assert identity(board.seat(0), 0, "activity") == number


def test_an_attack_in_flight_is_an_effect(board):
    hero = board.hero(0)
    creep = board.unit(UnitType.LANE_CREEP, (900.0, 0.0), team=DIRE)
    board.projectile(creep, hero, 25.0)
    row = board.seat(0).buffers["effects"][0]
    told = {column.name: float(value) for column, value in zip(EFFECTS.columns, row, strict=True)}
    assert told == pytest.approx({
        "kind": 2, "id": 0, "on_row": 1, "by_row": 3, "wait": 0.1, "amount": 0.25, "harmful": 1,
        "distance": 900 / 2048, "dx": 900 / 2048, "dy": 0, "radius": 0})


def test_effects_on_the_own_hero_come_first(board):
    hero = board.hero(0)
    creep = board.unit(UnitType.LANE_CREEP, (100.0, 0.0))
    board.projectile(hero, creep, 10.0)
    board.projectile(creep, hero, 10.0)
    on_row = EFFECTS.index("on_row")
    assert board.seat(0).buffers["effects"][:3, on_row].tolist() == [1, 3, 0]


def lay_down(board, name, at, owner, visible_to=BOTH):
    row = int(np.count_nonzero(board.match.ground_items["handle"]))
    ground = board.match.ground_items[row]
    ground.handle, ground.visible_to = MAX_UNITS + row, visible_to
    ground.x, ground.y = at
    ground.held[0].definition, ground.held[0].owner = board.patch.item(name), owner
    ground.held[0].charges = 3


def test_items_on_the_ground_are_told_nearest_first(board):
    board.hero(0, (100.0, 0.0))
    lay_down(board, "item_branches", (1100.0, 0.0), owner=0)
    lay_down(board, "item_tango", (100.0, 500.0), owner=0)
    lay_down(board, "item_clarity", (100.0, 10.0), owner=5, visible_to=1 << DIRE)
    rows = board.seat(0).buffers["ground"]
    assert rows[:, GROUND.index("id")].tolist() == [
        board.patch.item("item_tango") + 1, board.patch.item("item_branches") + 1, *[0] * 6]
    told = {column.name: float(value) for column, value in zip(
        GROUND.columns, rows[0], strict=True)}
    assert told == pytest.approx({
        "id": board.patch.item("item_tango") + 1, "rune": 0, "charges": 3, "x": 100 / 8192,
        "y": 500 / 8192, "dx": 0, "dy": 500 / 2048, "distance": 500 / 2048, "takeable": 1})


def lay_rune(board, kind, at, visible_to=BOTH):
    board.match.has_runes = 1
    row = int(np.count_nonzero(board.match.runes["handle"]))
    rune = board.match.runes[row]
    rune.handle, rune.kind, rune.visible_to = MAX_UNITS + row, kind, visible_to
    rune.x, rune.y = at


def test_runes_in_sight_are_told_among_the_items(board):
    board.hero(0, (100.0, 0.0))
    lay_down(board, "item_tango", (100.0, 500.0), owner=0)
    lay_rune(board, Rune.BOUNTY, (100.0, 800.0))
    lay_rune(board, Rune.DOUBLEDAMAGE, (300.0, 0.0))
    lay_rune(board, Rune.HASTE, (100.0, 10.0), visible_to=1 << DIRE)
    rows = board.seat(0).buffers["ground"]
    assert rows[:, GROUND.index("rune")].tolist() == [
        Rune.DOUBLEDAMAGE + 1, 0, Rune.BOUNTY + 1, *[0] * 5]
    told = {column.name: float(value) for column, value in zip(
        GROUND.columns, rows[0], strict=True)}
    assert told == pytest.approx({
        "id": 0, "rune": 1, "charges": 0, "x": 300 / 8192, "y": 0, "dx": 200 / 2048, "dy": 0,
        "distance": 200 / 2048, "takeable": 1})


def test_a_rune_in_a_bottle_is_told(board):
    board.hero(0)
    item = board.match.items[0, 2]
    item.definition, item.rune = board.patch.item("item_bottle"), Rune.ARCANE + 1
    assert board.seat(0).buffers["items"][2, ITEMS.index("rune")] == Rune.ARCANE + 1


@pytest.mark.parametrize("name, owner, takeable", [
    ("item_branches", 0, 1), ("item_branches", 5, 0), ("item_rapier", 5, 1)])
def test_it_is_told_which_items_on_the_ground_may_be_taken(board, name, owner, takeable):
    """Of the enemy's, those that the dead lose. Source: Liquipedia item_sharing."""
    board.hero(0)
    lay_down(board, name, (100.0, 0.0), owner)
    assert board.seat(0).buffers["ground"][0, GROUND.index("takeable")] == takeable


def test_of_more_items_than_rows_the_nearest_are_told(board):
    board.hero(0)
    for distance in (900, 100, 800, 200, 700, 300, 600, 400, 500, 1000):
        lay_down(board, "item_branches", (float(distance), 0.0), owner=0)
    dx = board.seat(0).buffers["ground"][:, GROUND.index("dx")] * 2048
    assert dx.tolist() == pytest.approx([100, 200, 300, 400, 500, 600, 700, 800])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_what_is_shown_is_finite_and_inside_the_specs(board, value):
    fields = ("x", "y", "facing", "health", "mana", "armor", "attack_interval", "move_speed")
    hero = board.hero(0)
    creep = board.unit(UnitType.LANE_CREEP, team=DIRE)
    for name in fields:
        hero[name] = creep[name] = value
    board.projectile(creep, hero, value)
    seat = board.seat(0)
    for name, spec in seat.observation_specs.items():
        assert np.isfinite(seat.buffers[name]).all(), name
        spec.validate(seat.buffers[name])


@pytest.mark.parametrize("reason, name", [
    (WinReason.KILLS, "over_by_kills"), (WinReason.TOWER, "over_by_tower"),
    (WinReason.ANCIENT, "over_by_ancient"), (WinReason.TIME_LAST_HITS, "over_by_time"),
    (WinReason.DRAW, "over_by_time")])
def test_why_the_match_is_over_is_told(board, reason, name):
    board.hero(0)
    seat = board.seat(0)
    board.match.win_reason, board.match.winner = int(reason), RADIANT
    seat.observe()
    assert state(seat, name) == 1.0
    assert state(seat, "match_over") == 1.0


@pytest.mark.parametrize("seat, result", [(0, 1.0), (5, -1.0)])
def test_the_result_is_told_from_the_seat(board, seat, result):
    board.hero(seat)
    seat = board.seat(seat)
    board.match.win_reason, board.match.winner = int(WinReason.KILLS), RADIANT
    seat.observe()
    assert state(seat, "result") == result


def test_rows_are_match_by_match(board):
    board = type(board)(num_matches=2)
    board.hero(0, (100.0, 0.0))
    board.hero(5, (-100.0, 0.0))
    seat = board.seat(seats=(0, 5))
    assert seat.buffers["state"].shape == (4, 77)
    xs = seat.buffers["state"][:, STATE.index("x")] * 8192
    assert xs == pytest.approx([100.0, -100.0, 0.0, 0.0])
