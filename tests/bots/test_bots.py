"""The bots see what an agent may, play by the rules, and know their trade."""

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.bots.bot import BOTS, bot_number
from dota_env_rpc.match.enums import Activity, EventKind, Team, UnitOrder, UnitType
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS, events_since

PUBLIC_OF_PLAYER = ("player", "team", "hero", "definition")


def scrambled(tables, seat, random):
    """Returns a copy of the tables with noise in all that the seat's team cannot see."""
    copy = tables.copy()
    match = copy[0]
    team = Team.GOODGUYS if seat < 5 else Team.BADGUYS
    for record in (match.units, match.projectiles):
        hidden = (record["handle"] != 0) & ((record["visible_to"] >> team) & 1 == 0)
        for name in record.dtype.names:
            if name != "visible_to":
                record[name][hidden] = random.integers(0, 5000, int(hidden.sum()))
    other = 5 - seat
    for name in match.players.dtype.names:
        if name not in PUBLIC_OF_PLAYER:
            match.players[other][name] = random.integers(0, 5000)
    for record in (match.abilities, match.items):
        for name in record.dtype.names:
            record[name][other] = random.integers(0, 5000)
    return copy


@pytest.mark.parametrize("name", BOTS[1:])
def test_what_a_seat_cannot_see_does_not_change_its_orders(bout, name):
    match = bout((name, name), seed=4)
    random = np.random.default_rng(2)
    hidden = 0
    match.play(5)
    while match.tables.tick < 30 * 90:
        for seat in (0, 5):
            memories = match.memories.copy()
            order = match.decide(seat, scrambled(match.backend.tables, seat, random), memories)
            assert order.tobytes() == match.decide(seat, memories=match.memories.copy()).tobytes()
            hidden += not (match.hero(5 - seat).visible_to >> (2 + seat // 5)) & 1
        match.play(match.tables.tick / 30 + 0.6)
    assert hidden > 10  # the heroes were out of each other's sight for a while


@pytest.mark.parametrize("heroes", [
    ("npc_dota_hero_nevermore", "npc_dota_hero_axe"),
    ("npc_dota_hero_juggernaut", "npc_dota_hero_crystal_maiden"),
    ("npc_dota_hero_witch_doctor", "npc_dota_hero_zuus"),
])
def test_the_rules_refuse_no_order_of_a_bot(bout, heroes):
    match = bout(("laner", "laner_easy"), seed=9, heroes=heroes)
    match.play(420)
    assert [int(match.tables.players[seat].orders_refused) for seat in (0, 5)] == [0, 0]


def test_idle_gives_no_order(bout):
    match = bout(("idle", "laner"), seed=1)
    while match.tables.tick < 30 * 60:
        assert match.give(0) == UnitOrder.NONE
        match.step()


def test_a_laner_is_in_its_lane_when_the_waves_meet(bout):
    """Source: mid waves meet at 18 to 19 s; a match starts 30 s before the horn."""
    match = bout(("laner", "laner"), seed=5)
    match.play(18)
    for seat in (0, 5):
        hero = match.hero(seat)
        assert np.hypot(hero.x + 510, hero.y + 378) < 2500  # half way between the towers


def test_a_laner_spends_its_points_at_once():
    backend = SimulatedBackend(MatchSettings(seed=5))
    tables = backend.tables[0]
    while tables.tick < 30 * 240:
        level = int(tables.players[0].level)
        backend.advance()
        assert tables.players[0].ability_points == int(tables.players[0].level) - level
    assert tables.players[0].level >= 3


def test_an_attack_lands_in_the_tick_that_was_foreseen(bout):
    """Turn, wait, swing and flight are worked out to the tick, for targets that stand still."""
    match = bout(("laner", "laner"), seed=6)
    foreseen, errors = {}, {}
    while match.tables.tick < 30 * 300:
        num_seen = int(match.tables.num_events)
        heroes = {seat: int(match.tables.players[seat].hero) for seat in (0, 5)}
        match.step()
        for seat in heroes:
            memory = match.memories[seat]
            if memory.order == UnitOrder.ATTACK_TARGET:
                foreseen[heroes[seat]] = int(memory.target), int(memory.hit_tick)
        for event in events_since(match.tables, num_seen):
            target, hit_tick = foreseen.get(int(event.object), (0, 0))
            if event.kind == EventKind.DAMAGE and event.subject == target:
                # An order may go on to further attacks, of which nothing was said.
                errors.setdefault((target, hit_tick), abs(int(event.tick) - hit_tick))
    assert len(errors) >= 30
    assert np.mean(np.array(list(errors.values())) <= 1) >= 0.7


def test_a_weak_hero_goes_home(bout):
    match = bout(("laner", "laner"), seed=8)
    match.play(60)
    hero = match.hero(0)
    hero.health = 0.2 * hero.max_health
    x, y = float(hero.x), float(hero.y)
    match.play(64)
    assert hero.x + hero.y < x + y - 600.0  # Radiant's fountain lies in the south-west
    best = 0.0
    for second in range(65, 110):
        match.play(second)
        best = max(best, float(hero.health / hero.max_health))
    assert best > 0.9


@pytest.mark.parametrize("regeneration, goes_home", [(1.0, True), (30.0, False)])
def test_a_weak_hero_with_a_salve_at_work_waits_behind_its_tower(
        bout, regeneration, goes_home):
    """A Healing Salve restores 30 a second (its AbilitySpecial health_regen)."""
    match = bout(("laner", "laner"), seed=8)
    match.play(60)
    for unit in match.tables.units[:int(match.tables.num_rows)]:
        if unit.unit_type == UnitType.LANE_CREEP:
            unit.alive = 0
    hero = match.hero(0)
    hero.x, hero.y, hero.activity = -700.0, -550.0, Activity.IDLE
    match.memories[0].order = match.memories[0].cast_tick = 0
    hero.health = 0.29 * hero.max_health
    hero.health_regen = regeneration
    match.hero(5).visible_to = 0
    hero.mana = 0.0
    match.tables.items[0]["castable"] = 0
    order = match.decide(0)
    tower = match.tables.units[int(match.memories[0].own_tower) % MAX_UNITS]
    assert order.order == UnitOrder.MOVE_TO_POSITION
    assert (order.x + order.y < tower.x + tower.y - 2000.0) == goes_home


def test_glyph_saves_a_dying_tower(bout):
    match = bout(("laner", "laner"), seed=8)
    match.play(200)
    tower = match.tables.units[int(match.memories[0].own_tower) % MAX_UNITS]
    creep = next(
        unit for unit in match.tables.units[:int(match.tables.num_rows)]
        if unit.handle and unit.unit_type == UnitType.LANE_CREEP and unit.team == Team.BADGUYS)
    creep.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
    creep.attack_target = tower.handle
    creep.activity = Activity.ATTACK
    assert match.give(0) != UnitOrder.GLYPH
    tower.health = 0.2 * tower.max_health
    assert match.give(0) == UnitOrder.GLYPH
    match.tables.glyph_ready_tick[0] = match.tables.tick + 1
    assert match.give(0) != UnitOrder.GLYPH


@pytest.mark.parametrize("foe_health, own_part, dives", [
    (60.0, 1.0, True), (60.0, 0.55, False), (400.0, 1.0, False)])
def test_a_laner_dives_where_the_kill_is_sure(bout, foe_health, own_part, dives):
    """The foe stands under its tower, in reach; the tower would strike the hero meanwhile."""
    match = bout(("laner", "laner"), seed=8)
    match.play(60)
    units = match.tables.units[:int(match.tables.num_rows)]
    for unit in units:
        if unit.unit_type == UnitType.LANE_CREEP:
            unit.alive = 0  # nobody else is there for the tower to strike
    tower = units[int(match.memories[0].foe_tower) % MAX_UNITS]
    hero, foe = match.hero(0), match.hero(5)
    hero.activity, match.memories[0].cast_tick = Activity.IDLE, 0
    foe.x, foe.y = tower.x - 250.0, tower.y - 250.0
    hero.x, hero.y = foe.x - 300.0, foe.y - 300.0
    foe.visible_to = hero.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
    foe.health = foe_health
    hero.health = own_part * hero.max_health
    hero.mana = 0.0  # blows alone are to do it
    match.memories[0].order = 0
    order = match.decide(0)
    assert (order.order == UnitOrder.ATTACK_TARGET and order.target == foe.handle) == dives


@pytest.mark.parametrize("seconds, pushes", [(540, False), (630, True)])
def test_from_10_00_on_a_laner_pushes_with_the_bigger_wave(bout, seconds, pushes):
    match = bout(("laner", "laner"), seed=8)
    match.play(60)
    tables = match.tables
    tables.tick = match.memories[0].foe_tick = 30 * seconds  # the foe was seen just now
    units = tables.units[:int(tables.num_rows)]
    creeps = [unit for unit in units if unit.handle and unit.unit_type == UnitType.LANE_CREEP]
    for creep in creeps:
        creep.alive = 0
    hero, foe = match.hero(0), match.hero(5)
    hero.activity, match.memories[0].cast_tick = Activity.IDLE, 0
    hero.x, hero.y, hero.health = -700.0, -550.0, hero.max_health
    foe.x, foe.y, foe.health = 900.0, 900.0, foe.max_health
    enemy = next(creep for creep in creeps if creep.team == Team.BADGUYS)
    own = [creep for creep in creeps if creep.team == Team.GOODGUYS][:2]
    for creep, x in ((enemy, -300.0), (own[0], -400.0), (own[1], -420.0)):
        creep.alive = 1
        creep.health = creep.max_health
        creep.x, creep.y, creep.attack_target = x, x, 0
        creep.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
    foe.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
    match.memories[0].order = 0
    order = match.decide(0)
    assert (order.order == UnitOrder.ATTACK_TARGET and order.target == enemy.handle) == pushes


@pytest.mark.parametrize("besieges", [False, True])
def test_a_laner_attacks_the_creeps_that_attack_its_tower(bout, besieges):
    """A healthy creep is otherwise left alone until a hit would kill it."""
    match = bout(("laner", "laner"), seed=8)
    match.play(60)
    units = match.tables.units[:int(match.tables.num_rows)]
    creeps = [unit for unit in units if unit.handle and unit.unit_type == UnitType.LANE_CREEP]
    for creep in creeps:
        creep.alive = 0
    tower = match.tables.units[int(match.memories[0].own_tower) % MAX_UNITS]
    hero, foe = match.hero(0), match.hero(5)
    hero.x, hero.y, hero.health, hero.mana = tower.x - 50.0, tower.y - 200.0, hero.max_health, 0.0
    foe.x, foe.y = 2000.0, 2000.0
    enemy = next(creep for creep in creeps if creep.team == Team.BADGUYS)
    enemy.alive = 1
    enemy.health = enemy.max_health
    enemy.x, enemy.y = tower.x + 150.0, tower.y + 150.0
    enemy.attack_target = tower.handle if besieges else 0
    enemy.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
    match.memories[0].order = 0
    match.memories[0].foe_tick = match.tables.tick  # the foe was seen just now
    order = match.decide(0)
    assert (order.order == UnitOrder.ATTACK_TARGET and order.target == enemy.handle) == besieges


def seats(radiant, dire):
    return (radiant, "", "", "", "", dire, "", "", "", "")


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("hero", ["npc_dota_hero_nevermore", "npc_dota_hero_axe"])
def test_a_laner_beats_an_idle_hero_within_12_minutes(hero, side):
    bots = ("laner", "idle") if side == 0 else ("idle", "laner")
    backend = SimulatedBackend(MatchSettings(
        seed=3, heroes=seats(hero, hero), bots=seats(*bots), max_seconds=720.0))
    while backend.step_type[0] != 2:
        backend.advance()
    assert backend.tables[0].winner == (Team.GOODGUYS, Team.BADGUYS)[side]


def test_two_laners_take_35_last_hits_each_by_10_00():
    """On average of the matches that last so long, and on either side."""
    taken = []
    for seed in range(1, 9):
        backend = SimulatedBackend(MatchSettings(
            seed=seed, heroes=seats("npc_dota_hero_nevermore", "npc_dota_hero_nevermore"),
            bots=seats("laner", "laner"), max_seconds=600.0))
        while backend.step_type[0] != 2:
            backend.advance()
        if backend.tables[0].tick >= 600 * 30:
            taken.append(backend.tables[0].players["last_hits"][[0, 5]].tolist())
    assert len(taken) >= 4
    assert np.mean(taken, axis=0).min() >= 35.0


def test_a_laner_takes_most_of_what_an_easy_one_leaves(bout):
    match = bout(("laner", "laner_easy"), seed=2)
    match.play(300)
    players = match.tables.players
    assert players[0].last_hits > 1.5 * players[5].last_hits
    assert players[5].last_hits >= 3
    assert players[0].denies > 0
    assert players[5].denies == 0


def test_an_unknown_bot_is_refused_by_name():
    with pytest.raises(ValueError, match="no bot 'lander'; there are idle, laner_easy, laner"):
        bot_number("lander")
