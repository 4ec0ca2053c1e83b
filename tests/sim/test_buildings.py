"""Buildings: who guards whom, what their fall brings, glyph and backdoor protection."""

import pytest

from dota_env_rpc.match.enums import (
    INVULNERABLE,
    SUMMONED,
    EventKind,
    GoldReason,
    OrderResult,
    Team,
    UnitOrder,
    UnitType,
    WinReason,
)
from dota_env_rpc.testing.arena import Arena

SNIPER = "npc_dota_hero_sniper"
CREEP = "npc_dota_creep_badguys_melee"
GOOD = "npc_dota_goodguys_"


def attackable(arena, name, place=0):
    return not arena.building(GOOD + name, place).states & INVULNERABLE


def test_each_side_has_26_buildings(arena):
    """Source: map of 7.41."""
    teams = [unit.team for unit in arena.buildings()]
    assert [teams.count(team) for team in (Team.GOODGUYS, Team.BADGUYS)] == [26, 26]


def test_at_the_start_only_tier_1_towers_can_be_attacked(arena):
    """Source: Liquipedia buildings@2376134."""
    open_to_attack = [unit for unit in arena.buildings() if not unit.states & INVULNERABLE]
    assert len(open_to_attack) == 6
    assert all(unit.unit_type == UnitType.TOWER and unit.max_health == 1800
               for unit in open_to_attack)


def test_what_a_lane_guards_opens_as_it_falls(arena):
    """Source: Liquipedia buildings@2376134: tower by tower, then barracks and tier 4, Ancient."""
    for tower in ("tower1_mid", "tower2_mid"):
        following = tower.replace("1", "3").replace("2", "3") if "2" in tower else "tower2_mid"
        assert not attackable(arena, following)
        arena.building(GOOD + tower).kill()
        assert attackable(arena, following)
    assert not attackable(arena, "melee_rax_mid")
    assert not attackable(arena, "tower4")
    assert not attackable(arena, "fillers")
    arena.building(GOOD + "tower3_mid").kill()
    for opened in ("melee_rax_mid", "range_rax_mid", "tower4", "fillers"):
        assert attackable(arena, opened)
    assert attackable(arena, "tower4", 1)
    for closed in ("melee_rax_top", "range_rax_bot", "tower2_top", "fort"):
        assert not attackable(arena, closed)
    second = arena.building(GOOD + "tower4", 1)
    arena.building(GOOD + "tower4", 0).kill()
    assert not attackable(arena, "fort")
    second.kill()
    assert attackable(arena, "fort")


def test_the_fall_of_the_ancient_ends_the_match(arena):
    """Source: game glossary 7.41e."""
    arena.building(GOOD + "fort").set(states=0)
    arena.building(GOOD + "fort").kill()
    assert arena.tables.winner == Team.BADGUYS
    assert arena.tables.win_reason == WinReason.ANCIENT


def test_tier_4_towers_are_armored_by_their_barracks(arena):
    """Source: 21 + 4 for each standing one, patch notes 7.40."""
    tower = arena.building(GOOD + "tower4")
    assert tower.armor == 45
    for lost, rax in enumerate(("melee_rax_top", "range_rax_mid", "melee_rax_bot"), 1):
        building = arena.building(GOOD + rax)
        building.set(states=0)
        building.kill()
        assert tower.armor == 45 - 4 * lost


def gold_of(arena, hero):
    return [event.value for event in arena.told(
        EventKind.GOLD, reason=GoldReason.BUILDING, player=int(hero.player))]


@pytest.mark.parametrize("name, each, low, high", [
    ("tower1_mid", 90, 110, 130), ("tower2_mid", 110, 130, 150), ("tower3_mid", 125, 150, 170),
    ("tower4", 145, 170, 190), ("melee_rax_mid", 155, 90, 135), ("range_rax_mid", 90, 90, 135)])
def test_buildings_pay_each_enemy_and_their_last_hitter(arena, name, each, low, high):
    """Source: Liquipedia buildings@2376134."""
    killer = arena.spawn(SNIPER, team=Team.BADGUYS)
    friend = arena.spawn(SNIPER, team=Team.BADGUYS)
    loser = arena.spawn(SNIPER)
    building = arena.building(GOOD + name)
    building.set(states=0)
    building.kill(by=killer)
    assert gold_of(arena, killer)[0] == each
    assert low <= gold_of(arena, killer)[1] <= high
    assert gold_of(arena, friend) == [each]
    assert gold_of(arena, loser) == []
    assert killer.player_record.reliable_gold == 0


def test_a_building_that_creeps_fell_pays_no_last_hit(arena):
    """Source: Liquipedia buildings@2376134."""
    enemy = arena.spawn(SNIPER, team=Team.BADGUYS)
    arena.building(GOOD + "tower1_mid").kill(by=arena.spawn(CREEP))
    assert gold_of(arena, enemy) == [90]


def test_a_filler_pays_its_last_hitter_68(arena):
    """Source: Liquipedia buildings@2376134."""
    killer = arena.spawn(SNIPER, team=Team.BADGUYS)
    filler = arena.building(GOOD + "fillers")
    filler.set(states=0)
    filler.kill(by=killer)
    assert gold_of(arena, killer) == [68]


def test_a_denied_tower_pays_half_to_both_sides(arena):
    """Source: patch notes 7.23."""
    denier = arena.spawn(SNIPER)
    enemy = arena.spawn(SNIPER, team=Team.BADGUYS)
    arena.building(GOOD + "tower1_mid").kill(by=denier)
    assert gold_of(arena, denier) == gold_of(arena, enemy) == [45]


@pytest.mark.parametrize("part, denied", [(0.11, False), (0.10, True)])
def test_a_tower_can_be_denied_from_a_tenth_of_its_health(arena, part, denied):
    """Source: Liquipedia denying@2379552."""
    tower = arena.building(GOOD + "tower1_mid")
    arena.around(tower)
    tower.set(health=tower.max_health * part)
    arena.spawn(SNIPER, at=(400, 0)).attack(tower)
    arena.run(3.0)
    assert bool(arena.told(EventKind.DAMAGE, subject=tower)) == denied


def test_a_glyph_protects_buildings_7_and_creeps_3_seconds(arena):
    """Source: Liquipedia glyph 7.41d, patch notes 7.38."""
    arena.set_clock(200.0)
    arena.spawn(SNIPER)
    tower = arena.building(GOOD + "tower1_mid")
    own = arena.spawn("npc_dota_creep_goodguys_melee")
    enemy = arena.spawn(CREEP, at=(1000, 0))
    hero = arena.player(0)
    assert arena.glyph(Team.GOODGUYS) == OrderResult.ACCEPTED
    used = arena.tables.tick - 1

    def takes_damage(unit):
        before = float(unit.health)
        unit.hurt(1.0)
        return unit.health < before

    assert [takes_damage(unit) for unit in (tower, own, enemy, hero)] == [
        False, False, True, True]
    arena.run_until(lambda: takes_damage(own), within=4.0)
    assert arena.tables.tick - used == 90
    arena.run_until(lambda: takes_damage(tower), within=5.0)
    assert arena.tables.tick - used == 210


def test_the_glyph_is_ready_at_3_00_and_300_seconds_after_each_use():
    """Source: Liquipedia glyph, 7.41d."""
    arena = Arena(start_seconds=179.9)
    arena.spawn(SNIPER)
    assert arena.glyph(Team.GOODGUYS) == OrderResult.GLYPH_ON_COOLDOWN
    arena.set_clock(180.0)
    assert arena.glyph(Team.GOODGUYS) == OrderResult.ACCEPTED
    arena.set_clock(479.9)
    assert arena.glyph(Team.GOODGUYS) == OrderResult.GLYPH_ON_COOLDOWN
    arena.set_clock(480.1)
    assert arena.glyph(Team.GOODGUYS) == OrderResult.ACCEPTED


def test_the_first_of_each_kind_of_guard_to_fall_gives_the_glyph_back(arena):
    """Source: one second after, Liquipedia glyph 7.41d."""
    arena.set_clock(200.0)
    arena.spawn(SNIPER)
    for name, refreshes in (
            ("tower1_mid", True), ("tower1_top", False), ("tower2_mid", True),
            ("tower2_top", False), ("range_rax_mid", False), ("melee_rax_mid", True),
            ("melee_rax_top", False), ("tower3_mid", False)):
        arena.tables.glyph_ready_tick[0] = arena.tables.tick + 6000
        building = arena.building(GOOD + name)
        building.set(states=0)
        building.kill()
        assert (arena.tables.glyph_ready_tick[0] == arena.tables.tick + 30) == refreshes, name
    assert arena.tables.glyph_ready_tick[1] == 180 * 30


@pytest.mark.parametrize("name, num_targets", [("tower1_mid", 1), ("tower2_mid", 6)])
def test_a_glyphed_tower_from_tier_2_on_shoots_at_five_others(arena, name, num_targets):
    """Source: patch notes 7.32e."""
    tower = arena.building(GOOD + name)
    arena.around(tower)
    arena.spawn(SNIPER, at=(-3000, 0))
    arena.set_clock(200.0)
    creeps = [arena.spawn(CREEP, at=(600, 100 * i), acquisition_range=0.0, move_speed=0.0,
                          health=1e6, max_health=1e6)
              for i in range(-3, 5)]
    assert arena.glyph(Team.GOODGUYS) == OrderResult.ACCEPTED
    arena.run_until(lambda: arena.tables.num_projectiles, within=1.0)
    targets = arena.tables.projectiles["target"][:int(arena.tables.num_projectiles)]
    assert len(targets) == len(set(targets)) == num_targets
    arena.run(6.9)
    assert arena.told(EventKind.DAMAGE, object=tower)
    arena.run_until(lambda: arena.tables.num_projectiles == 0, within=2.0)
    arena.run_until(lambda: arena.tables.num_projectiles, within=1.0)
    assert arena.tables.num_projectiles == 1
    assert any(creep.alive for creep in creeps)


def backdoor(arena, tower):
    before = float(tower.health)
    tower.hurt(100.0)
    return before - float(tower.health)


def test_backdoor_protection_halves_damage_unless_an_enemy_creep_is_near(arena):
    """Source: patch notes 7.29; within 900 of a tier 2 tower, back 15.5 s after."""
    tower = arena.building(GOOD + "tower2_mid")
    tower.set(states=0)
    arena.around(tower)
    assert backdoor(arena, tower) == 50.0
    creep = arena.spawn(CREEP, at=(880, 0), acquisition_range=0.0, move_speed=0.0,
                        health=1e6, max_health=1e6)
    arena.run(0.2)
    assert backdoor(arena, tower) == 100.0
    creep.place((920, 0))
    left = arena.seconds
    arena.run(15.2)
    assert backdoor(arena, tower) == 100.0
    back = arena.run_until(lambda: backdoor(arena, tower) < 100.0, within=1.0)
    assert back - left == pytest.approx(15.5, abs=0.15)


def test_backdoor_protection_leaves_a_quarter_to_illusions_and_summons(arena):
    """Source: Liquipedia buildings@2376134."""
    tower = arena.building(GOOD + "tower2_mid")
    tower.set(states=0)
    owned = arena.spawn(CREEP, traits=SUMMONED)
    before = float(tower.health)
    tower.hurt(100.0, by=owned)
    assert before - tower.health == 25.0


def test_tier_1_towers_have_no_backdoor_protection(arena):
    """Source: Liquipedia buildings@2376134."""
    assert backdoor(arena, arena.building(GOOD + "tower1_mid")) == 100.0


def test_a_creep_near_the_ancient_opens_the_whole_base(arena):
    """Source: within 4000, Liquipedia buildings@2376134 (guess: the file's key reads 900)."""
    fort = arena.building(GOOD + "fort")
    rax = arena.building(GOOD + "melee_rax_top")
    rax.set(states=0, health_regen=0.0)
    arena.around(fort)
    assert backdoor(arena, rax) == 50.0
    arena.spawn(CREEP, at=(2700, 2700), acquisition_range=0.0, move_speed=0.0)
    arena.run(0.2)
    assert backdoor(arena, rax) == 100.0
    assert backdoor(arena, arena.building(GOOD + "tower2_top")) in (0.0, 50.0)


def test_only_what_was_lost_to_backdooring_grows_back(arena):
    """Source: 90 a second, npc_abilities.txt 7.41f (guess: Liquipedia says 180)."""
    tower = arena.building(GOOD + "tower2_mid")
    tower.set(states=0, health=2000.0)
    for _ in range(4):
        backdoor(arena, tower)
    assert tower.health == 1800.0
    arena.run(1.0)
    assert tower.health == pytest.approx(1890.0, abs=10.0)
    arena.run(5.0)
    assert tower.health == pytest.approx(2000.0)


def test_towers_do_not_mend(arena):
    """Source: npc_units.txt 7.41e."""
    tower = arena.building(GOOD + "tower1_mid")
    tower.hurt(500.0)
    arena.run(10.0)
    assert tower.health == 1300.0


def test_an_invulnerable_building_cannot_be_ordered_attacked(arena):
    """Source: game glossary 7.41e."""
    hero = arena.spawn(SNIPER)
    assert hero.attack(arena.building("npc_dota_badguys_fort")) == (
        OrderResult.TARGET_INVULNERABLE)
    assert hero.order(UnitOrder.NONE) == OrderResult.TARGET_INVULNERABLE


def test_what_is_on_a_building_goes_with_it(arena):
    """Razor's storm takes the armor of buildings with the Scepter."""
    tower = arena.building("npc_dota_goodguys_tower1_mid")
    arena.around(tower)
    razor = arena.spawn("npc_dota_hero_razor", at=(200, 0), team=Team.BADGUYS, health=1e5,
                        max_health=1e5)
    razor.upgrade(scepter=True)
    razor.prepare("razor_eye_of_the_storm", 3)
    razor.cast("razor_eye_of_the_storm")
    arena.run_until(lambda: arena.told(EventKind.MODIFIER_ADDED, subject=tower), within=10.0)
    tower.set(health=1.0)
    arena.run_until(lambda: not tower.alive, within=10.0)
    assert len(arena.told(EventKind.MODIFIER_REMOVED, subject=tower)) == len(
        arena.told(EventKind.MODIFIER_ADDED, subject=tower))
