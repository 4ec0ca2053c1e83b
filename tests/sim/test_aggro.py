"""Whom creeps, towers and fountains attack."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder
from dota_env_rpc.testing.arena import Arena

SNIPER = "npc_dota_hero_sniper"
LINA = "npc_dota_hero_lina"
OWN = "npc_dota_creep_goodguys_melee"
CREEP = "npc_dota_creep_badguys_melee"


@pytest.fixture
def late():
    """An arena after the first siege wave, when creeps mind heroes everywhere."""
    return Arena(start_seconds=360.0)


def test_creeps_attack_the_nearest_enemy_in_acquisition_range(arena):
    """Source: game glossary 7.41e; acquisition range of npc_units.txt 7.41e."""
    creep = arena.spawn(CREEP)
    arena.spawn(OWN, at=(490, 0), move_speed=0.0)
    hero = arena.spawn(SNIPER, at=(0, 300))
    arena.run(0.5)
    assert creep.body.target == hero.handle


def test_of_enemies_equally_far_one_is_drawn():
    """Two waves meet in like formations: no direction of the map is looked at first."""
    taken = set()
    for seed in range(8):
        arena = Arena(seed=seed)
        creep = arena.spawn("npc_dota_creep_goodguys_melee")
        enemies = [arena.spawn("npc_dota_creep_badguys_melee", at=(200, y), team=Team.BADGUYS)
                   for y in (-150, 150)]
        arena.run(0.5)
        taken.add([enemy.handle for enemy in enemies].index(creep.body.target))
    assert taken == {0, 1}


def test_creeps_ignore_who_is_beyond_acquisition_range(arena):
    """Source: npc_units.txt 7.41e: 500 for melee creeps, less both bound radii."""
    creep = arena.spawn(CREEP)
    far = 500 + creep.bound_radius
    hero = arena.spawn(SNIPER, at=(0, far + 24 + 5))
    arena.run(0.5)
    assert creep.body.target == 0
    hero.place((0, far + 24 - 5))
    arena.run(0.5)
    assert creep.body.target == hero.handle


def test_creeps_take_heroes_and_creeps_before_siege_creeps_before_buildings(arena):
    """Source: game glossary 7.41e."""
    tower = arena.building("npc_dota_goodguys_tower1_mid")
    arena.around(tower)
    tower.set(damage=0.0)
    creep = arena.spawn(CREEP, at=(200, 0), health=1e6, max_health=1e6)
    arena.run(0.6)
    assert creep.body.target == tower.handle
    siege = arena.spawn("npc_dota_goodguys_siege", at=(500, 0), damage=0.0)
    creep.body.target = 0
    arena.run(0.6)
    assert creep.body.target == siege.handle
    own = arena.spawn(OWN, at=(600, 0), damage=0.0)
    creep.body.target = 0
    arena.run(0.6)
    assert creep.body.target == own.handle


@pytest.mark.parametrize("hero_at, alerted", [((300, -150), True), ((440, -250), False)])
def test_creeps_take_first_who_attacks_a_hero_of_their_side_near_them(arena, hero_at, alerted):
    """Source: dota_unit_alert_radius 7.41d: 500; what it does is a guess."""
    creep = arena.spawn(CREEP, move_speed=0.0, health=1e6, max_health=1e6)
    near = arena.spawn(OWN, at=(150, 0), move_speed=0.0, damage=0.0)
    assailant = arena.spawn(OWN, at=(hero_at[0], hero_at[1] + 100), move_speed=0.0, damage=0.0)
    arena.spawn(LINA, at=hero_at, team=Team.BADGUYS)
    arena.run(1.0)
    creep.body.target = 0
    arena.run(0.6)
    assert creep.body.target == (assailant if alerted else near).handle


def fight(arena, distance):
    """Returns a hero, two enemy creeps at a distance that fight ours, and an enemy hero."""
    hero = arena.spawn(SNIPER, move_speed=0.0)
    enemy = arena.spawn(LINA, at=(0, -900), team=Team.BADGUYS, move_speed=0.0)
    creeps = [arena.spawn(CREEP, at=(distance, y), health=1e6, max_health=1e6,
                          move_speed=0.0)
              for y in (0, 60)]
    for y in (0, 60):
        arena.spawn(OWN, at=(distance + 100, y), health=1e6, max_health=1e6)
    hero.set(attack_range=10.0, health=1e6, max_health=1e6)
    arena.run(0.6)
    return hero, enemy, creeps


def test_an_attack_order_on_a_hero_draws_creeps_within_500_for_2_3_seconds(late):
    """Source: game glossary 7.41e; console variable dota_unit_anger_duration 7.41d."""
    hero, enemy, creeps = fight(late, 450)
    assert all(creep.body.target != hero.handle for creep in creeps)
    assert hero.attack(enemy) == OrderResult.ACCEPTED
    drawn = late.seconds
    assert all(creep.body.target == hero.handle for creep in creeps)
    over = late.run_until(
        lambda: all(creep.body.target != hero.handle for creep in creeps), within=4.0)
    assert over - drawn == pytest.approx(2.3, abs=2 * late.tick_seconds)


@pytest.mark.parametrize("by_hand", [True, False])
def test_an_attack_modifier_cast_by_hand_draws_no_creeps(late, by_hand):
    """But one that is switched on does. Source: Liquipedia aggro, 7.41d."""
    drow = late.spawn("npc_dota_hero_drow_ranger")
    drow.prepare("drow_ranger_frost_arrows", 1)
    lina = late.spawn(LINA, at=(450, 0), team=Team.BADGUYS)
    creep = late.spawn(CREEP, at=(300, 200), move_speed=0.0)
    own = late.spawn(OWN, at=(330, 300), move_speed=0.0)
    late.run(0.5)
    assert creep.body.target == own.handle
    if by_hand:
        drow.cast("drow_ranger_frost_arrows", target=lina)
    else:
        drow.toggle_autocast("drow_ranger_frost_arrows")
        drow.attack(lina)
    late.run(0.1)
    assert creep.body.target == (own if by_hand else drow).handle


def test_creeps_beyond_500_are_not_drawn(late):
    """Source: game glossary 7.41e."""
    hero, enemy, creeps = fight(late, 520)
    hero.attack(enemy)
    assert all(creep.body.target != hero.handle for creep in creeps)


def test_creeps_can_be_drawn_again_after_the_cooldown(late):
    """Source: guess of 3 s per creep; 2 and 2.5 s are published too."""
    hero, enemy, creeps = fight(late, 450)
    hero.attack(enemy)
    drawn = late.seconds
    again = None
    late.run(2.4)
    while again is None:
        hero.stop()
        before = [int(creep.body.anger_until_tick) for creep in creeps]
        hero.attack(enemy)
        if [int(creep.body.anger_until_tick) for creep in creeps] != before and all(
                creep.body.anger_until_tick > late.tables.tick for creep in creeps):
            again = late.seconds
    assert again - drawn == pytest.approx(3.0, abs=4 * late.tick_seconds)


def test_a_move_order_draws_nobody(late):
    """Source: game glossary 7.41e."""
    hero, _, creeps = fight(late, 450)
    hero.move((10, 0))
    assert all(creep.body.target != hero.handle for creep in creeps)


def test_before_5_00_creeps_alone_in_the_lane_mind_no_hero(arena):
    """Source: patch notes 7.27."""
    hero = arena.spawn(SNIPER, at=(0, 0), move_speed=0.0)
    enemy = arena.spawn(LINA, at=(0, -900), team=Team.BADGUYS)
    creep = arena.spawn(CREEP, at=(480, 0), move_speed=0.0, acquisition_range=300.0)
    hero.attack(enemy)
    assert creep.body.target == 0
    hero.stop()
    arena.spawn(OWN, at=(700, 0), move_speed=0.0)
    hero.attack(enemy)
    assert creep.body.target == hero.handle


def test_before_5_00_creeps_near_their_tower_mind_heroes(arena):
    """Source: patch notes 7.27: within 1550 of their tier 1 tower."""
    arena.around(arena.building("npc_dota_badguys_tower1_mid"))
    for distance, minds in ((1500, True), (1600, False)):
        hero = arena.spawn(SNIPER, at=(-distance - 400, 0), move_speed=0.0)
        enemy = arena.spawn(LINA, at=(-distance - 400, -900), team=Team.BADGUYS)
        creep = arena.spawn(CREEP, at=(-distance, 0), move_speed=0.0, acquisition_range=300.0)
        hero.record.visible_to = creep.record.visible_to = enemy.record.visible_to = 12
        hero.attack(enemy)
        assert (creep.body.target == hero.handle) == minds
        creep.kill()
        hero.place((0, 9000))
        hero.stop()


def test_an_attack_order_on_an_ally_drops_the_aggro_of_creeps_with_someone_nearer(late):
    """Source: Liquipedia aggro, 7.41d."""
    hero = late.spawn(SNIPER, health=1e6, max_health=1e6)
    creep = late.spawn(CREEP, at=(200, 0), move_speed=0.0)
    late.run(0.5)
    assert creep.body.target == hero.handle
    own = late.spawn(OWN, at=(280, 0), move_speed=0.0)
    hero.attack(own)
    assert creep.body.target == own.handle


def test_aggro_is_not_dropped_to_someone_farther(late):
    """Source: Liquipedia aggro, 7.41d."""
    hero = late.spawn(SNIPER, at=(120, 0), move_speed=0.0)
    creep = late.spawn(CREEP, move_speed=0.0)
    late.run(0.5)
    own = late.spawn(OWN, at=(0, 300), move_speed=0.0)
    hero.attack(own)
    assert creep.body.target == hero.handle


def test_aggro_drops_once_in_2_5_seconds(late):
    """Source: Liquipedia aggro, 7.41d."""
    hero = late.spawn(SNIPER, at=(130, 0), move_speed=0.0, health=1e6, max_health=1e6)
    creep = late.spawn(CREEP, move_speed=0.0)
    own = late.spawn(OWN, at=(0, 80), move_speed=0.0, damage=0.0, health=1e6, max_health=1e6)
    dropped = []
    for _ in range(12):
        creep.body.target = hero.handle
        hero.stop()
        hero.attack(own)
        if creep.body.target == own.handle:
            dropped.append(late.seconds)
        late.run(0.4)
    assert len(dropped) == 2
    assert dropped[1] - dropped[0] == pytest.approx(2.5, abs=0.5)


TOWER = "npc_dota_badguys_tower1_mid"


@pytest.fixture
def tower(arena):
    tower = arena.building(TOWER)
    arena.around(tower)
    tower.set(armor=1000.0)
    return tower


def sturdy(arena, name, at, **fields):
    return arena.spawn(name, at=at, health=1e6, max_health=1e6, damage=0.0, move_speed=0.0,
                       **fields)


def test_towers_reach_868_to_a_hero(arena, tower):
    """Source: 700 + 144 + 24, npc_units.txt 7.41e and hulls."""
    hero = sturdy(arena, SNIPER, (870, 0))
    arena.run(1.0)
    assert tower.body.target == 0
    hero.place((866, 0))
    arena.run(1.0)
    assert tower.body.target == hero.handle


def test_towers_take_the_nearest_of_those_who_threaten_nobody(arena, tower):
    """Source: Liquipedia tower, 7.41d."""
    sturdy(arena, SNIPER, (600, 0))
    near = sturdy(arena, OWN, (0, 400), acquisition_range=0.0)
    arena.run(0.5)
    assert tower.body.target == near.handle


def test_towers_prefer_who_attacks_them(arena, tower):
    """Source: Liquipedia tower, 7.41d: attackers of itself, then of allies, then others."""
    idle = sturdy(arena, OWN, (0, 300), acquisition_range=0.0)
    victim = sturdy(arena, CREEP, (560, 0), acquisition_range=0.0)
    on_ally = sturdy(arena, OWN, (640, 0))
    on_tower = arena.spawn("npc_dota_creep_goodguys_ranged", at=(-640, 0), health=1e6,
                           max_health=1e6)
    arena.run(1.2)
    assert on_ally.attack_target == victim.handle
    for expected in (on_tower, on_ally, idle):
        tower.body.target = 0
        arena.run(0.2)
        assert tower.body.target == expected.handle
        expected.kill()


def test_towers_turn_from_a_siege_creep_to_a_creep_at_once(arena, tower):
    """Source: Liquipedia tower, 7.41d."""
    siege = sturdy(arena, "npc_dota_goodguys_siege", (600, 0))
    arena.run(1.0)
    assert tower.body.target == siege.handle
    creep = sturdy(arena, OWN, (700, 0), acquisition_range=0.0)
    arena.run(0.2)
    assert tower.body.target == creep.handle


def test_towers_keep_their_target_while_it_is_in_range(arena, tower):
    """Source: Liquipedia tower, 7.41d."""
    far = sturdy(arena, OWN, (700, 0), acquisition_range=0.0)
    arena.run(0.5)
    sturdy(arena, OWN, (300, 0), acquisition_range=0.0)
    arena.run(1.0)
    assert tower.body.target == far.handle


def test_towers_protect_a_hero_that_is_attacked_near_them(arena, tower):
    """Source: Liquipedia tower, 7.41d; the distance is a guess."""
    creep = sturdy(arena, OWN, (300, 0), acquisition_range=0.0)
    hero = sturdy(arena, SNIPER, (700, 0))
    victim = sturdy(arena, LINA, (600, 200), team=Team.BADGUYS)
    arena.run(0.5)
    assert tower.body.target == creep.handle
    hero.attack(victim)
    arena.run_until(lambda: hero.attack_target == victim.handle, within=1.0)
    assert tower.body.target == hero.handle


def test_towers_do_not_mind_an_attack_modifier_cast_by_hand(arena, tower):
    """Source: Liquipedia aggro, 7.41d."""
    drow = sturdy(arena, "npc_dota_hero_drow_ranger", (650, 0))
    drow.prepare("drow_ranger_frost_arrows", 1)
    own = sturdy(arena, OWN, (300, 0), acquisition_range=0.0)
    lina = sturdy(arena, LINA, (600, 200), team=Team.BADGUYS)
    arena.run(0.5)
    assert tower.body.target == own.handle
    drow.cast("drow_ranger_frost_arrows", target=lina)
    arena.run_until(lambda: drow.body.attack_phase, within=2.0)
    arena.run(0.1)
    assert tower.body.target == own.handle
    arena.run(2.0)
    assert tower.body.target == drow.handle


def test_towers_do_not_protect_creeps(arena, tower):
    """Source: Liquipedia tower, 7.41d."""
    creep = sturdy(arena, OWN, (300, 0), acquisition_range=0.0)
    hero = sturdy(arena, SNIPER, (700, 0))
    victim = sturdy(arena, CREEP, (600, 200), acquisition_range=0.0)
    arena.run(0.5)
    hero.attack(victim)
    arena.run(1.0)
    assert tower.body.target == creep.handle


def test_a_tower_lets_go_of_a_hero_that_orders_an_attack_on_its_own(arena, tower):
    """Source: Liquipedia tower, 7.41d."""
    hero = sturdy(arena, SNIPER, (700, 0))
    arena.run(0.5)
    assert tower.body.target == hero.handle
    creep = sturdy(arena, OWN, (400, 0), acquisition_range=0.0)
    hero.attack(creep)
    assert tower.body.target == creep.handle


def test_the_fountain_strikes_harder_with_every_hit_and_splashes(arena):
    """Source: 290-310 every 0.15 s, +3 a hit for 12 s, 25 % within 250; Liquipedia fountain."""
    fountain = arena.building("dota_fountain", 1)
    arena.around(fountain)
    hero = sturdy(arena, SNIPER, (-450, -450), armor=0.0)
    beside = sturdy(arena, SNIPER, (-450, -650), armor=0.0)
    apart = sturdy(arena, SNIPER, (-450, -750), armor=0.0)
    fountain.set(damage=300.0)
    arena.run(3.0)
    hits = [hit.value for hit in arena.told(EventKind.DAMAGE, subject=hero, object=fountain)]
    assert hits[:10] == [300.0 + 3 * i for i in range(10)]
    splashed = [hit.value for hit in arena.told(EventKind.DAMAGE, subject=beside)]
    assert splashed[:10] == [hit * 0.25 for hit in hits[:10]]
    assert not arena.told(EventKind.DAMAGE, subject=apart)
    ticks = [hit.tick for hit in arena.told(EventKind.DAMAGE, subject=hero)]
    assert (ticks[-1] - ticks[0]) / (len(ticks) - 1) / 30 == pytest.approx(0.15, abs=0.005)


def test_the_fountains_stacks_end_12_seconds_after_its_last_hit(arena):
    """Source: Liquipedia fountain, 7.41d."""
    fountain = arena.building("dota_fountain", 1)
    arena.around(fountain)
    fountain.set(damage=300.0)
    hero = sturdy(arena, SNIPER, (-450, -450), armor=0.0)
    arena.run(1.0)
    for away, grown in ((11.0, True), (16.0, False)):
        hero.place((-3000, 0))
        arena.run(away)
        seen = len(arena.told(EventKind.DAMAGE, subject=hero))
        hero.place((-450, -450))
        arena.run(1.0)
        assert (arena.told(EventKind.DAMAGE, subject=hero)[seen].value > 300.0) == grown


def test_attack_move_takes_whom_it_meets(arena):
    """Source: game glossary 7.41e."""
    hero = arena.spawn(SNIPER)
    creep = arena.spawn(CREEP, at=(1100, 0), damage=0.0, move_speed=0.0)
    hero.order(UnitOrder.ATTACK_MOVE, position=(1100, 0))
    arena.run_until(lambda: not creep.alive, within=30.0)
    arena.run_until(lambda: abs(hero.x - arena.origin[0] - 1100) < 2, within=10.0)
