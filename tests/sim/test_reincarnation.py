"""Who reincarnates comes back where it fell, and its death costs nobody anything."""

import pytest

from dota_env_rpc.content.vocabulary import (
    Ability,
    ApplyModifier,
    Area,
    Modifier,
    SetCooldown,
    SpendMana,
)
from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder
from dota_env_rpc.testing.arena import Arena
from dota_env_rpc.testing.content import made_up
from tests.sim.conftest import KING

NAME = "skeleton_king_reincarnation"
REINCARNATION = Ability(
    NAME, Behavior=("passive",), Passives=["modifier_reincarnation"],
    Modifiers=[
        Modifier(
            "modifier_reincarnation",
            Properties={"REINCARNATION":
                        "%reincarnate_time if is_ready and parent.mana >= %AbilityManaCost else 0"},
            Events={"OnReincarnate": [
                SetCooldown("%AbilityCooldown"),
                SpendMana("%AbilityManaCost"),
                ApplyModifier("modifier_reincarnation_slow", Target=Area(
                    "%slow_radius", Center="PARENT")),
            ]}),
        Modifier("modifier_reincarnation_slow", IsDebuff=True, Duration="%slow_duration",
                 Properties={"MOVESPEED_BONUS_PERCENTAGE": "%movespeed"}),
    ])


@pytest.fixture
def arena():
    return Arena(game=made_up(REINCARNATION))


@pytest.fixture
def king(arena):
    king = arena.spawn(KING, at=(300, 200), level=18)
    king.learn(**{NAME: 1})
    king.record.mana = king.max_mana
    return king


@pytest.fixture
def enemy(arena):
    return arena.spawn("npc_dota_hero_lina", at=(600, 200), team=Team.BADGUYS)


def value(arena, key):
    return float(arena.patch.abilities["abilities"][NAME]["values"][key]["levels"][0])


def test_it_comes_back_after_its_time(arena, king, enemy):
    king.kill(by=enemy)
    assert arena.lasts(lambda: not king.alive) == pytest.approx(
        value(arena, "reincarnate_time"), abs=2 * arena.tick_seconds)


def test_it_comes_back_whole_where_it_fell_and_can_be_hurt(arena, king, enemy):
    king.kill(by=enemy)
    place = king.x, king.y
    arena.run(value(arena, "reincarnate_time") + 0.1)
    assert (king.x, king.y) == place
    assert king.health == king.max_health
    king.hurt(50.0, by=enemy)
    assert king.health < king.max_health


def test_it_pays_with_mana_and_cooldown(arena, king, enemy):
    king.kill(by=enemy)
    arena.run(0.1)
    assert king.ability(NAME).cooldown_ready_tick - arena.tables.tick == pytest.approx(
        30 * value(arena, "AbilityCooldown"), abs=5)


def test_it_slows_those_around(arena, king, enemy):
    speed = enemy.move_speed
    king.kill(by=enemy)
    arena.run(0.1)
    assert enemy.move_speed == pytest.approx(max(
        speed * (1 + 0.01 * value(arena, "movespeed")), arena.rules.hero_min_move_speed))


def test_the_death_counts_for_nobody(arena, king, enemy):
    """Source: Liquipedia: no gold, no experience, and the streak goes on."""
    king.earn(2000)
    king.player_record.streak = 4
    gold, xp = enemy.gold, int(enemy.player_record.xp)
    own = king.gold
    king.kill(by=enemy)
    arena.run(0.1)
    assert (enemy.gold, int(enemy.player_record.xp)) == (gold, xp)
    assert king.gold == own
    assert int(enemy.player_record.kills) == int(king.player_record.deaths) == 0
    assert int(king.player_record.streak) == 4
    assert not arena.told(EventKind.HERO_KILL)


def test_who_will_come_back_cannot_buy_back(king, enemy):
    king.kill(by=enemy)
    king.earn(9000)
    assert king.order(UnitOrder.BUYBACK) == OrderResult.HERO_ALIVE


def test_on_cooldown_it_is_a_death_like_any_other(arena, king, enemy):
    king.ability(NAME).cooldown_ready_tick = arena.tables.tick + 900
    king.kill(by=enemy)
    arena.run(value(arena, "reincarnate_time") + 1.0)
    assert not king.alive
    assert int(enemy.player_record.kills) == 1


def test_without_mana_it_is_a_death_like_any_other(arena, king, enemy):
    king.record.mana = 0.0
    king.kill(by=enemy)
    arena.run(value(arena, "reincarnate_time") + 1.0)
    assert not king.alive


def test_after_another_death_it_comes_back_at_home(arena, king, enemy):
    king.kill(by=enemy)
    arena.run(value(arena, "reincarnate_time") + 0.1)
    king.kill(by=enemy)
    arena.run_until(lambda: king.alive, within=120.0)
    assert king.has("MODIFIER_STATE_INVULNERABLE")
