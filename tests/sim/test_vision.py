"""Who sees whom: invisibility, true sight, what shows or hides, and where a unit looks."""

import pytest

from dota_env_rpc.content.vocabulary import ApplyModifier, BlockGround, Modifier, Vision
from dota_env_rpc.match.enums import Team
from tests.sim.conftest import BLAST, stand

LINA = "npc_dota_hero_lina"
FAR = 1500.0
MARK = "modifier_mark"


def seen(arena, unit, by=Team.GOODGUYS):
    """Plays until the fog was looked at anew, and returns whether a side sees a unit."""
    arena.run(0.5)
    return bool(int(unit.visible_to) >> by & 1)


class TestInvisibility:

    @pytest.mark.parametrize("own, is_seen", [
        (None, False), ({"Properties": {"TRUE_SIGHT_RADIUS": 500}}, True),
        ({"Properties": {"TRUE_SIGHT_RADIUS": 100}}, False)])
    def test_hides_from_all_but_true_sight(self, aura_of, own, is_seen):
        arena, _, enemy = aura_of(own, {"States": ["INVISIBLE"]})
        assert seen(arena, enemy) == is_seen

    def test_does_not_hide_who_is_revealed(self, aura_of):
        arena, _, enemy = aura_of(None, {"States": ["INVISIBLE", "REVEALED"]})
        assert seen(arena, enemy)

    @pytest.mark.parametrize("shown", [[], ["REVEALED"]])
    def test_hides_from_true_sight_who_is_immune_to_it(self, aura_of, shown):
        arena, _, enemy = aura_of(
            {"Properties": {"TRUE_SIGHT_RADIUS": 500}},
            {"States": ["INVISIBLE", "TRUESIGHT_IMMUNE", *shown]})
        assert not seen(arena, enemy)

    @pytest.mark.parametrize("true_sight", [False, True])
    def test_a_shown_place_shows_the_invisible_with_true_sight_alone(self, spell, true_sight):
        arena, king = spell(
            ApplyModifier(MARK), Vision(300, 9, Center="TARGET", TrueSight=true_sight),
            Modifiers=[Modifier(MARK, States=["INVISIBLE"])])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        assert seen(arena, enemy) == true_sight


class TestShown:

    @pytest.mark.parametrize("states, is_seen", [([], False), (["PROVIDES_VISION"], True)])
    def test_who_gives_sight_of_itself_is_seen_from_anywhere(self, aura_of, states, is_seen):
        arena, _, enemy = aura_of(None, {"States": states})
        enemy.place((9000, 0))
        assert seen(arena, enemy) == is_seen

    def test_a_neutral_creep_is_seen_by_who_is_near(self, arena):
        near = arena.spawn("npc_dota_neutral_kobold", at=(300, 0))
        far = arena.spawn("npc_dota_neutral_kobold", at=(9000, 0))
        arena.spawn(LINA)
        arena.spawn(LINA, at=(600, 0), team=Team.BADGUYS)
        assert seen(arena, near) and seen(arena, near, by=Team.BADGUYS)
        assert not seen(arena, far)


class TestLooking:

    @pytest.mark.parametrize("degrees, is_seen", [(0, True), (190, True), (170, False)])
    def test_who_looks_ahead_alone_sees_no_wider(self, aura_of, degrees, is_seen):
        """The enemy stands a right angle aside of where the hero looks."""
        arena, king, enemy = aura_of({"Properties": {"VISION_DEGREES": degrees}})
        king.record.facing = 0.0
        enemy.place((0, 600))
        assert seen(arena, enemy) == is_seen

    @pytest.mark.parametrize("hides, states, is_seen", [
        (False, [], True), (True, [], False), (True, ["FORCED_FLYING_VISION"], True)])
    def test_a_wall_that_hides_is_seen_over_by_flying_vision(self, spell, hides, states, is_seen):
        arena, king = spell(
            BlockGround(Start=300, Length=360, Width=600, Duration=9, Hides=hides),
            ApplyModifier(MARK, Target="CASTER"), Behavior=("point",),
            Modifiers=[Modifier(MARK, States=states)])
        enemy = stand(arena, at=(700, 0))
        king.perform(BLAST, point=(500, 0))
        assert seen(arena, enemy) == is_seen

    def test_a_wall_that_hid_is_gone_after_its_time(self, spell):
        arena, king = spell(
            BlockGround(Start=300, Length=360, Width=600, Duration=1, Hides=True),
            Behavior=("point",))
        enemy = stand(arena, at=(700, 0))
        king.perform(BLAST, point=(500, 0))
        assert not seen(arena, enemy)
        arena.run(1.0)
        assert seen(arena, enemy)

    def test_wider_sight_sees_farther(self, aura_of):
        arena, king, enemy = aura_of({"Properties": {"BONUS_DAY_VISION": 300}})
        enemy.place((king.body.base_vision_day + 200.0, 0))
        assert seen(arena, enemy)
