"""Who is pushed, pulled, carried or put elsewhere, and projectiles that fly straight."""

import pytest

from dota_env_rpc.content.vocabulary import (
    ApplyModifier,
    Blink,
    Damage,
    DodgeProjectiles,
    EndProjectile,
    If,
    Knockback,
    LinearProjectile,
    Modifier,
    MoveTo,
    SteerProjectile,
    SwapPlaces,
    TrackingProjectile,
)
from dota_env_rpc.match import enums
from dota_env_rpc.match.enums import EventKind
from tests.sim.conftest import BLAST, stand

MARK = "modifier_mark"


def moved(spell, *actions, at=(200, 0), seconds=1.0, **ability):
    """Returns where an enemy at (200, 0) is after the actions of a spell, from the origin."""
    arena, king = spell(*actions, **ability)
    enemy = stand(arena, at=at)
    king.perform(BLAST, target=enemy)
    arena.run(seconds)
    return float(enemy.x - arena.origin[0]), float(enemy.y - arena.origin[1])


class TestMotion:

    def test_a_knockback_pushes_away_from_the_caster(self, spell):
        assert moved(spell, Knockback(150, 0.5)) == pytest.approx((350.0, 0.0), abs=0.5)

    def test_a_pull_draws_nearer(self, spell):
        assert moved(spell, Knockback(-100, 0.5)) == pytest.approx((100.0, 0.0), abs=0.5)

    def test_it_takes_its_time(self, spell):
        x, _ = moved(spell, Knockback(300, 1.0), seconds=0.5)
        assert x == pytest.approx(350.0, abs=12.0)

    def test_who_is_carried_arrives_where_it_is_carried_to(self, spell):
        assert moved(spell, MoveTo(Center="CASTER", Duration=0.5)) == pytest.approx(
            (0.0, 0.0), abs=1.0)

    @pytest.mark.parametrize("stuns, acts", [(True, False), (False, True)])
    def test_the_pushed_act_only_where_it_does_not_stun(self, spell, stuns, acts):
        arena, king = spell(Knockback(150, 1.0, Stuns=stuns))
        enemy = stand(arena, at=(100, 0), damage=20.0, acquisition_range=600.0)
        arena.run_until(lambda: bool(arena.wounds(king)), within=5.0)
        king.perform(BLAST, target=enemy)
        blows = len(arena.wounds(king))
        arena.run(0.9)
        assert (len(arena.wounds(king)) > blows) == (acts and blows < len(arena.wounds(king)))

    @pytest.mark.parametrize("state", ["UNMOVABLE", "INVULNERABLE"])
    def test_some_cannot_be_moved_by_enemies(self, spell, state):
        arena, king = spell(Knockback(150, 0.5), TargetTypes="HERO | BASIC")
        enemy = stand(arena)
        king.cast(BLAST, target=enemy)
        arena.run(0.2)
        enemy.body.base_states |= getattr(enums, state)
        enemy.body.is_dirty = 1
        arena.run(1.0)
        assert enemy.x == arena.origin[0] + 200.0

    @pytest.mark.parametrize("most, x", [(0, 500.0), (300, 300.0)])
    def test_a_blink_goes_as_far_as_it_may(self, spell, most, x):
        arena, king = spell(Blink(MaxDistance=most), Behavior=("point", "overshoot"))
        king.perform(BLAST, point=(500, 0))
        arena.run(0.1)
        assert king.x - arena.origin[0] == pytest.approx(x, abs=1.0)

    def test_units_can_change_places(self, spell):
        arena, king = spell(SwapPlaces())
        enemy = stand(arena, at=(300, 0))
        king.perform(BLAST, target=enemy)
        arena.run(0.1)
        assert king.x - arena.origin[0] == pytest.approx(300.0)
        assert enemy.x - arena.origin[0] == pytest.approx(0.0)


class TestFollowingProjectiles:

    def test_hit_whom_they_follow_when_they_arrive(self, spell):
        arena, king = spell(TrackingProjectile(500, OnHit=[Damage(100)]))
        enemy = stand(arena, at=(500, 0))
        king.perform(BLAST, target=enemy)
        start = arena.seconds
        hit = arena.run_until(lambda: bool(arena.wounds(enemy)), within=3.0)
        assert hit - start == pytest.approx(1.0, abs=0.1)

    @pytest.mark.parametrize("dodgeable", [True, False])
    def test_lose_who_dodges_if_they_can_be_dodged(self, spell, dodgeable):
        arena, king = spell(TrackingProjectile(
            500, OnHit=[Damage(100)], Dodgeable=dodgeable, OnDodged=[
                ApplyModifier(MARK, Target="CASTER")]), Modifiers=[Modifier(MARK)])
        lina = stand(arena, at=(500, 0), name="npc_dota_hero_skeleton_king")
        king.perform(BLAST, target=lina)
        arena.run(0.2)
        lina.record.health = lina.record.max_health
        arena.tables.projectiles[0].target *= 1 - dodgeable
        arena.run(1.5)
        assert bool(arena.wounds(lina)) == (not dodgeable)
        assert king.has(MARK) == dodgeable

    def test_a_blink_makes_them_lose_their_target(self, spell):
        arena, king = spell(
            TrackingProjectile(500, OnHit=[Damage(100)]), Blink("TARGET", Center="CASTER"))
        enemy = stand(arena, at=(500, 0))
        king.perform(BLAST, target=enemy)
        arena.run(2.0)
        assert not arena.wounds(enemy)

    def test_so_does_what_says_so(self, spell):
        arena, king = spell(
            TrackingProjectile(500, OnHit=[Damage(100)]), DodgeProjectiles("TARGET"))
        enemy = stand(arena, at=(500, 0))
        king.perform(BLAST, target=enemy)
        arena.run(2.0)
        assert not arena.wounds(enemy)


class TestStraightProjectiles:

    @pytest.fixture
    def shot(self, spell):
        def make(*after, speed=1000, distance=900, radius=60, places=((300, 0), (600, 0)),
                 **projectile):
            arena, king = spell(
                LinearProjectile(speed, distance, radius, OnHit=[
                    Damage(100, "DAMAGE_TYPE_PURE"), *after], **projectile),
                Behavior=("point", "vector_targeting"), Modifiers=[Modifier(MARK)])
            enemies = [stand(arena, at=place) for place in places]
            return arena, king, enemies

        return make

    def test_hit_each_that_they_meet_once(self, shot):
        arena, king, enemies = shot()
        king.perform(BLAST, point=(500, 0))
        arena.run(1.5)
        assert [arena.wounds(enemy) for enemy in enemies] == [[100.0], [100.0]]

    def test_miss_who_stands_aside(self, shot):
        arena, king, (beside,) = shot(places=((300, 150),))
        king.perform(BLAST, point=(500, 0))
        arena.run(1.5)
        assert not arena.wounds(beside)

    def test_fly_only_so_far(self, shot):
        arena, king, (near, far) = shot(distance=400)
        king.perform(BLAST, point=(500, 0))
        arena.run(1.5)
        assert arena.wounds(near) and not arena.wounds(far)

    def test_may_stop_at_the_first(self, shot):
        arena, king, (near, far) = shot(StopsAtFirst=True)
        king.perform(BLAST, point=(500, 0))
        arena.run(1.5)
        assert arena.wounds(near) and not arena.wounds(far)

    def test_may_be_ended_by_a_hit(self, shot):
        """Here by the second: the first one is passed."""
        arena, king, enemies = shot(
            If("amount > 400", [EndProjectile()]), places=((300, 0), (500, 0), (700, 0)))
        king.perform(BLAST, point=(500, 0))
        arena.run(1.5)
        assert [len(arena.wounds(enemy)) for enemy in enemies] == [1, 1, 0]

    def test_do_something_at_their_end(self, shot):
        arena, king, _ = shot(OnFinish=[ApplyModifier(MARK, Target="CASTER")])
        king.perform(BLAST, point=(500, 0))
        arena.run(0.5)
        assert not king.has(MARK)
        arena.run(0.6)
        assert king.has(MARK)

    @pytest.mark.parametrize("degrees, turned", [(0, False), (3, True)])
    def test_may_turn_toward_a_place(self, shot, degrees, turned):
        """Launched ahead, and turned to the left by 90 degrees a second."""
        arena, king, (aside,) = shot(
            places=((650, 700),), distance=2000, OnThink=[SteerProjectile(degrees)])
        king.perform(BLAST, point=(500, 0), point_end=(650, 900))
        arena.run(2.5)
        assert bool(arena.wounds(aside)) == turned
        assert not arena.told(EventKind.TABLE_FULL)
