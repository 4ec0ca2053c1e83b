"""What deaths bring: experience, gold, streaks, and how long they last."""

import pytest

from dota_env_rpc.match.enums import EventKind, GoldReason, OrderResult, Team, UnitOrder
from dota_env_rpc.testing.arena import Arena

LINA = "npc_dota_hero_lina"
AXE = "npc_dota_hero_axe"
CREEP = "npc_dota_creep_badguys_{}"

TOTAL_XP = (
    0, 240, 640, 1160, 1760, 2440, 3200, 4000, 4900, 5900, 7000, 8200, 9500, 10900, 12400, 14000,
    15700, 17500, 19400, 21400, 23600, 26000, 28600, 31400, 34400, 38400, 43400, 49400, 56400,
    64400)
RESPAWN = (
    12, 15, 18, 21, 24, 26, 28, 30, 32, 34, 36, 44, 46, 48, 50, 52, 54, 65, 70, 75, 80, 85, 90,
    95, 100, 100, 100, 100, 100, 100)


def test_levels_come_at_their_total_experience(arena):
    """Source: patch notes 7.32; level 30 of Liquipedia experience@2404795."""
    lina = arena.spawn(LINA)
    for level in range(2, 31):
        lina.give_experience(TOTAL_XP[level - 1] - TOTAL_XP[level - 2] - 1)
        assert lina.level == level - 1
        lina.give_experience(1)
        assert lina.level == level
    lina.give_experience(50000)
    assert lina.level == 30
    assert lina.player_record.ability_points == 30


@pytest.mark.parametrize(
    "creep, xp", [("melee", 57), ("ranged", 69), ("flagbearer", 60)])
def test_creeps_give_their_experience(arena, creep, xp):
    """Source: npc_units.txt 7.41e; patch notes 7.41 for the flagbearer."""
    lina = arena.spawn(LINA)
    arena.spawn(CREEP.format(creep), at=(200, 0)).kill(by=lina)
    assert lina.player_record.xp == xp


def test_siege_creeps_give_88_experience(arena):
    """Source: npc_units.txt 7.41e."""
    lina = arena.spawn(LINA)
    arena.spawn("npc_dota_badguys_siege", at=(200, 0)).kill(by=lina)
    assert lina.player_record.xp == 88


def test_experience_is_split_among_enemy_heroes_within_1500(arena):
    """Source: Liquipedia experience@2404795: truncated, then split evenly."""
    creep = arena.spawn(CREEP.format("melee"), at=(-1000, 0))
    near = arena.spawn(LINA, at=(499, 0))
    also_near = arena.spawn(AXE, at=(-1000, 1000))
    far = arena.spawn(LINA, at=(501, 0))
    own = arena.spawn(AXE, at=(-1000, -300), team=Team.BADGUYS)
    creep.kill()
    assert [hero.player_record.xp for hero in (near, also_near, far, own)] == [28, 28, 0, 0]


def test_the_dead_get_no_experience(arena):
    """Source: Liquipedia experience@2404795."""
    lina = arena.spawn(LINA)
    lina.kill()
    arena.spawn(CREEP.format("melee")).kill()
    assert lina.player_record.xp == 0


def test_a_deny_leaves_half_of_the_experience_and_no_gold(arena):
    """Source: patch notes 7.20."""
    lina = arena.spawn(LINA)
    denier = arena.spawn(AXE, team=Team.BADGUYS)
    arena.spawn(CREEP.format("melee"), at=(200, 0)).kill(by=denier)
    assert lina.player_record.xp == 28
    assert denier.player_record.xp == 0
    assert denier.player_record.denies == 1
    assert denier.player_record.last_hits == 0
    assert not arena.told(EventKind.GOLD)


def test_a_deny_of_what_a_player_owns_leaves_nothing(arena):
    """Source: Liquipedia denying@2379552."""
    lina = arena.spawn(LINA)
    denier = arena.spawn(AXE, team=Team.BADGUYS)
    arena.spawn(CREEP.format("melee"), at=(200, 0), player=denier.player).kill(by=denier)
    assert lina.player_record.xp == 0
    assert denier.player_record.denies == 1


@pytest.mark.parametrize(
    "creep, low, high", [("melee", 34, 39), ("ranged", 43, 52)])
def test_a_last_hit_pays_between_the_ends_of_the_bounty(arena, creep, low, high):
    """Source: npc_units.txt 7.41e; unreliable gold, Liquipedia gold@2376164."""
    lina = arena.spawn(LINA)
    for _ in range(300):
        arena.spawn(CREEP.format(creep), at=(200, 0)).kill(by=lina)
    paid = {event.value for event in arena.told(EventKind.GOLD, reason=GoldReason.CREEP)}
    assert paid == set(range(low, high + 1))
    assert lina.player_record.last_hits == 300
    assert lina.player_record.reliable_gold == 0


def test_a_creep_that_a_creep_kills_pays_nobody(arena):
    """Source: Liquipedia gold@2376164."""
    lina = arena.spawn(LINA)
    creep = arena.spawn("npc_dota_creep_goodguys_melee")
    arena.spawn(CREEP.format("melee"), at=(200, 0)).kill(by=creep)
    assert lina.gold == 0
    assert lina.player_record.xp == 57


def test_a_flagbearer_pays_the_killer_and_allies_near_a_melee_bounty_and_ten(arena):
    """Source: Liquipedia lane_creeps 7.41d, patch notes 7.32d and 7.40."""
    killer = arena.spawn(LINA)
    friend = arena.spawn(AXE, at=(1000, 0))
    far = arena.spawn(AXE, at=(1200, 1100))
    arena.spawn(CREEP.format("flagbearer"), at=(-100, 0)).kill(by=killer)
    assert 34 + 44 <= killer.gold <= 39 + 49
    assert 44 <= friend.gold <= 49
    assert far.gold == 0


def test_a_denied_flagbearer_pays_nobody(arena):
    """Source: Liquipedia lane_creeps 7.41d."""
    axe = arena.spawn(AXE, team=Team.BADGUYS)
    lina = arena.spawn(LINA)
    arena.spawn(CREEP.format("flagbearer")).kill(by=axe)
    assert lina.gold == axe.gold == 0


def kill_gold(arena, reason):
    return [event.value for event in arena.told(EventKind.GOLD, reason=reason)]


def test_a_hero_kill_pays_for_the_victims_level_and_first_blood_once(arena):
    """Source: 125 + 8 * level, + 135 for first blood; patch notes 7.31, Liquipedia gold."""
    lina = arena.spawn(LINA)
    arena.spawn(AXE, at=(200, 0), team=Team.BADGUYS, level=7).kill(by=lina)
    arena.spawn(AXE, at=(200, 0), team=Team.BADGUYS, level=1).kill(by=lina)
    assert kill_gold(arena, GoldReason.HERO) == [125 + 8 * 7 + 135, 125 + 8]
    assert lina.player_record.kills == 2
    assert list(arena.tables.team_kills) == [2, 0]


@pytest.mark.parametrize("streak, gold, xp_per_level", [
    (2, 0, 0.0), (3, 60, 13.75), (4, 100, 20.0), (5, 150, 28.75), (6, 210, 40.0),
    (7, 280, 53.75), (8, 360, 70.0), (9, 450, 88.75), (10, 550, 110.0), (14, 550, 110.0)])
def test_ending_a_streak_pays(arena, streak, gold, xp_per_level):
    """Source: Liquipedia gold@2376164 and experience@2404795."""
    lina = arena.spawn(LINA)
    axe = arena.spawn(AXE, at=(200, 0), team=Team.BADGUYS, level=4)
    axe.player_record.streak = streak
    axe.kill(by=lina)
    assert kill_gold(arena, GoldReason.HERO) == [125 + 8 * 4 + 135 + gold]
    assert lina.player_record.xp == int(100 + 0.13 * 1160 + 4 * xp_per_level)
    assert axe.player_record.streak == 0
    assert lina.player_record.streak == 1


def test_kill_experience_is_split_among_those_near_and_the_killer(arena):
    """Source: (100 + 0.13 * the victim's total) / n, Liquipedia experience@2404795."""
    axe = arena.spawn(AXE, at=(-1100, 0), team=Team.BADGUYS, level=6)
    killer = arena.spawn(LINA, at=(1100, 0))
    near = arena.spawn(LINA, at=(-800, 0))
    far = arena.spawn(LINA, at=(1100, 200))
    axe.kill(by=killer)
    share = int((100 + 0.13 * 2440) / 2)
    assert [hero.player_record.xp for hero in (killer, near, far)] == [share, share, 0]


def test_the_victims_experience_counts_up_to_level_25(arena):
    """Source: Liquipedia experience@2404795."""
    lina = arena.spawn(LINA)
    arena.spawn(AXE, at=(200, 0), team=Team.BADGUYS, level=30).kill(by=lina)
    assert lina.player_record.xp == 100 + 0.13 * 34400


def test_assist_gold_goes_to_who_was_near_or_hurt_the_victim(arena):
    """Source: 15 + (50 + 0.037 * net worth) / n, patch notes 7.40; radius and time Liquipedia."""
    axe = arena.spawn(AXE, at=(-1100, 0), team=Team.BADGUYS)
    axe.player_record.unreliable_gold = axe.player_record.net_worth = 1000
    killer, near, hurt_it, far = (
        arena.spawn(LINA, at=at) for at in ((-900, 0), (-700, 300), (1100, 0), (1100, 300)))
    for hero in (killer, near, hurt_it, far):
        hero.player_record.unreliable_gold = hero.player_record.net_worth = 1000
    axe.hurt(10.0, by=hurt_it)
    arena.run(19.0)
    axe.kill(by=killer)
    share = int(15 + (50 + 0.037 * 1000) / 3)
    assert kill_gold(arena, GoldReason.ASSIST) == [share] * 3
    assert [hero.player_record.assists for hero in (killer, near, hurt_it, far)] == [0, 1, 1, 0]


def test_a_team_that_is_behind_gets_more_for_assists(arena):
    """Source: 1 + (enemy - own) / enemy, patch notes 7.29."""
    axe = arena.spawn(AXE, at=(200, 0), team=Team.BADGUYS)
    axe.player_record.unreliable_gold = axe.player_record.net_worth = 4000
    lina = arena.spawn(LINA)
    lina.player_record.unreliable_gold = lina.player_record.net_worth = 1000
    axe.kill(by=lina)
    assert kill_gold(arena, GoldReason.ASSIST) == [int((15 + 50 + 0.037 * 4000) * 1.75)]


def test_a_hero_that_creeps_kill_is_credited_to_the_only_hero_that_hurt_it(arena):
    """Source: Liquipedia gold@2376164: within 20 s."""
    lina = arena.spawn(LINA)
    axe = arena.spawn(AXE, at=(200, 0), team=Team.BADGUYS)
    creep = arena.spawn("npc_dota_creep_goodguys_melee", at=(900, 900))
    axe.hurt(10.0, by=lina)
    arena.run(15.0)
    axe.kill(by=creep)
    assert lina.player_record.kills == 1
    assert kill_gold(arena, GoldReason.HERO) == [125 + 8 + 135]


def test_a_hero_whose_killer_is_gone_is_still_credited(arena):
    """Source: Liquipedia gold@2376164; a dead creep's shot is its team's."""
    lina = arena.spawn(LINA)
    axe = arena.spawn(AXE, at=(200, 0), team=Team.BADGUYS)
    axe.hurt(10.0, by=lina)
    axe.kill()
    assert lina.player_record.kills == 1
    assert list(arena.tables.team_kills) == [1, 0]


def test_a_kill_that_several_hurt_is_shared_by_them(arena):
    """Source: Liquipedia gold@2376164."""
    first, second, third = (arena.spawn(LINA, at=(0, y)) for y in (0, 100, 200))
    axe = arena.spawn(AXE, at=(300, 0), team=Team.BADGUYS)
    creep = arena.spawn("npc_dota_creep_goodguys_melee", at=(900, 900))
    axe.hurt(1.0, by=first)
    axe.hurt(1.0, by=second)
    axe.kill(by=creep)
    shared = [event.player for event in arena.told(EventKind.GOLD, reason=GoldReason.HERO)]
    assert shared == [0, 1]
    assert kill_gold(arena, GoldReason.HERO) == [(125 + 8 + 135) // 2] * 2
    assert third.player_record.kills == 0


def test_a_kill_that_no_hero_had_part_in_is_shared_and_ends_no_streak(arena):
    """Source: Liquipedia gold@2376164."""
    arena.spawn(LINA)
    arena.spawn(LINA, at=(0, 100))
    axe = arena.spawn(AXE, at=(300, 0), team=Team.BADGUYS)
    axe.player_record.streak = 5
    axe.kill(by=arena.spawn("npc_dota_creep_goodguys_melee", at=(900, 900)))
    assert kill_gold(arena, GoldReason.HERO) == [(125 + 8) // 2] * 2
    assert axe.player_record.streak == 5


@pytest.mark.parametrize("reliable, unreliable, left", [(0, 1000, 975), (990, 10, 0)])
def test_death_takes_a_fortieth_of_the_net_worth_from_unreliable_gold(
        arena, reliable, unreliable, left):
    """Source: net worth / 40, Liquipedia gold@2376164."""
    lina = arena.spawn(LINA)
    player = lina.player_record
    player.reliable_gold, player.unreliable_gold = reliable, unreliable
    player.net_worth = 1000
    lina.kill()
    assert (player.reliable_gold, player.unreliable_gold) == (reliable, left)


@pytest.mark.parametrize("minutes, per_minute", [
    (0, 90.0), (12, 94.8), (30, 99.8), (45, 105.5), (62, 112.8), (87, 120.5), (112, 129.0),
    (140, 139.0), (175, 150.5)])
def test_passive_gold_grows_with_time(minutes, per_minute):
    """Source: Liquipedia gold@2376164, kept within half a percent; reliable gold."""
    arena = Arena(start_seconds=minutes * 60.0, ticks_per_step=600)
    lina = arena.spawn(LINA)
    for _ in range(30):
        arena.play_tick()
    assert lina.player_record.reliable_gold / 10.0 == pytest.approx(per_minute, rel=0.005)
    assert lina.player_record.unreliable_gold == 0


def test_no_passive_gold_before_the_horn():
    """Source: Liquipedia gold@2376164."""
    arena = Arena(start_seconds=-20.0)
    lina = arena.spawn(LINA)
    arena.run(20.0)
    assert lina.gold == 0


@pytest.mark.parametrize("level", [1, 2, 6, 11, 12, 17, 18, 25, 30])
def test_the_dead_return_after_the_time_of_their_level(arena, level):
    """Source: Liquipedia death, 7.41d."""
    lina = arena.spawn(LINA, level=level)
    lina.kill()
    died = arena.seconds
    back = arena.run_until(lambda: lina.alive, within=110.0)
    assert back - died == pytest.approx(RESPAWN[level - 1], abs=arena.tick_seconds)
    assert lina.health == lina.max_health
    assert lina.mana == lina.max_mana


def test_who_returns_cannot_be_attacked_before_its_first_order(arena):
    """Source: Liquipedia death, 7.41d (guess for 7.41e)."""
    lina = arena.spawn(LINA)
    lina.kill()
    arena.run_until(lambda: lina.alive, within=20.0)
    arena.around(lina)
    axe = arena.spawn(AXE, at=(100, 0), team=Team.BADGUYS, health=1e6, max_health=1e6)
    arena.run(0.2)
    assert axe.attack(lina) == OrderResult.TARGET_INVULNERABLE
    assert lina.move((300, 0)) == OrderResult.ACCEPTED
    assert axe.attack(lina) == OrderResult.ACCEPTED


def test_a_buyback_costs_reliable_gold_first(arena):
    """Source: floor(200 + net worth / 13), patch notes 7.29; Liquipedia gold@2376164."""
    lina = arena.spawn(LINA)
    player = lina.player_record
    lina.kill()
    player.reliable_gold, player.unreliable_gold, player.net_worth = 100, 999, 1099
    assert lina.order(UnitOrder.BUYBACK) == OrderResult.ACCEPTED
    assert lina.alive
    cost = 200 + 1099 // 13
    assert (player.reliable_gold, player.unreliable_gold) == (0, 999 - (cost - 100))


def test_a_buyback_cannot_be_repeated_for_480_seconds_and_slows_the_next_return(arena):
    """Source: Liquipedia buyback: cooldown 480 s, next death 25 s longer."""
    lina = arena.spawn(LINA)
    player = lina.player_record
    for respawn in (12 + 25, 12):
        player.unreliable_gold = player.net_worth = 2000
        lina.kill()
        if respawn == 37:
            assert lina.order(UnitOrder.BUYBACK) == OrderResult.ACCEPTED
            lina.stop()
            lina.kill()
            player.unreliable_gold = player.net_worth = 2000
        assert lina.order(UnitOrder.BUYBACK) == OrderResult.BUYBACK_ON_COOLDOWN
        died = arena.seconds
        back = arena.run_until(lambda: lina.alive, within=60.0)
        assert back - died == pytest.approx(respawn, abs=2 * arena.tick_seconds)
        lina.stop()
    arena.set_clock(arena.seconds + 480.0)
    lina.kill()
    player.unreliable_gold = player.net_worth = 2000
    assert lina.order(UnitOrder.BUYBACK) == OrderResult.ACCEPTED


def test_a_buyback_needs_a_dead_hero_and_the_gold(arena):
    """Source: patch notes 7.29."""
    lina = arena.spawn(LINA)
    assert lina.order(UnitOrder.BUYBACK) == OrderResult.HERO_ALIVE
    lina.kill()
    lina.player_record.unreliable_gold = 199
    assert lina.order(UnitOrder.BUYBACK) == OrderResult.NOT_ENOUGH_GOLD
    assert not lina.alive
