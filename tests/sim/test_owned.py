"""Units that players own: summons, illusions, dominated creeps."""

import pytest

from dota_env_rpc.content.vocabulary import (
    AddStacks,
    ApplyModifier,
    CreateIllusions,
    Delay,
    Dominate,
    Modifier,
    RemoveUnit,
    SpawnUnit,
)
from dota_env_rpc.match.enums import EventKind, Team, UnitType
from tests.sim.conftest import BLAST, stand

WOLF = "npc_dota_lycan_wolf1"
MARK = "modifier_mark"


def owned(arena, king):
    """Returns the units of a hero's player beside the hero and its courier."""
    return [unit for kind in set(UnitType) - {UnitType.COURIER} for unit in arena.units(kind)
            if unit.player == king.player and unit.handle != king.handle]


class TestSummons:

    def test_stand_for_their_time_and_give_nobody_anything_for_its_end(self, spell):
        arena, king = spell(SpawnUnit(WOLF, 2, 3.0, Center="CASTER"), Behavior=("no_target",))
        enemy = arena.spawn("npc_dota_hero_lina", at=(500, 0), team=Team.BADGUYS)
        king.perform(BLAST)
        arena.run(0.1)
        assert len(owned(arena, king)) == 2
        xp = int(enemy.player_record.xp)
        arena.run(3.0)
        assert not owned(arena, king)
        assert int(enemy.player_record.xp) == xp
        assert not arena.told(EventKind.DEATH)

    def test_fight_whom_they_meet(self, spell):
        arena, king = spell(SpawnUnit(WOLF, Center="CASTER"), Behavior=("no_target",))
        enemy = stand(arena, at=(300, 0))
        king.perform(BLAST)
        arena.run(4.0)
        wolf = owned(arena, king)[0]
        assert arena.told(EventKind.DAMAGE, subject=enemy, object=wolf)

    def test_what_they_kill_is_their_players(self, spell):
        arena, king = spell(SpawnUnit(WOLF, Center="CASTER"), Behavior=("no_target",))
        enemy = stand(arena, at=(300, 0), health=1.0)
        king.perform(BLAST)
        arena.run_until(lambda: not enemy.alive, within=5.0)
        assert int(king.player_record.last_hits) == 1

    def test_can_be_taken_away_without_a_death(self, spell):
        arena, king = spell(
            SpawnUnit(WOLF, Center="CASTER", ModifierName=MARK), Delay(0.5, [RemoveUnit()]),
            Behavior=("no_target",), Modifiers=[Modifier(MARK)])
        king.perform(BLAST)
        arena.run(1.0)
        assert not owned(arena, king) and not arena.told(EventKind.DEATH)


class TestIllusions:

    @pytest.fixture
    def image(self, spell):
        """image(properties, **ability): a hero with a modifier, an enemy, and its illusion."""
        def make(properties=None, outgoing=50, incoming=200, seconds=20, **keywords):
            arena, king = spell(
                ApplyModifier(MARK, Target="CASTER", Stacks=keywords.pop("stacks", 0)),
                Delay(0.2, [CreateIllusions(1, seconds, outgoing, incoming)]),
                Behavior=("no_target",), Modifiers=[
                    Modifier(MARK, Properties=properties or {}, **keywords),
                    *keywords.pop("others", ())])
            king.perform(BLAST)
            arena.run(0.4)
            return arena, king, owned(arena, king)[0]

        return make

    @pytest.mark.parametrize("given, field", [
        ({"STATS_STRENGTH_BONUS": 20}, "max_health"), ({"HEALTH_BONUS": 250}, "max_health"),
        ({"STATS_INTELLECT_BONUS": 15}, "max_mana"), ({"STATS_AGILITY_BONUS": 30}, "armor"),
        ({"STATS_STRENGTH_BONUS": 20}, "damage_min"),
        ({"BASEATTACK_BONUSDAMAGE": 11}, "damage_max"),
        ({"ATTACKSPEED_BONUS_CONSTANT": 40}, "attack_speed"),
        ({"ATTACKSPEED_BONUS_CONSTANT": 40}, "attack_interval"),
        ({"ATTACK_RANGE_BONUS": 90}, "attack_range"),
        ({"MOVESPEED_BONUS_CONSTANT": 35}, "move_speed")])
    def test_have_what_lasting_things_give_their_hero(self, image, given, field):
        """Source: Liquipedia illusions: attributes, attack speed and range, base damage..."""
        _, king, illusion = image(given, OnIllusions="NUMBERS")
        assert getattr(illusion, field) == pytest.approx(getattr(king, field))

    @pytest.mark.parametrize("given, field", [
        ({"PREATTACK_BONUS_DAMAGE": 60}, "bonus_damage"), ({"PHYSICAL_ARMOR_BONUS": 8}, "armor"),
        ({"HEALTH_REGEN_CONSTANT": 9}, "health_regen")])
    def test_have_no_bonus_damage_armor_and_regeneration(self, image, given, field):
        _, king, illusion = image(given, OnIllusions="NUMBERS")
        assert getattr(illusion, field) < getattr(king, field)

    def test_evade_as_their_hero(self, image):
        _, _, illusion = image({"EVASION_CONSTANT": 25}, OnIllusions="NUMBERS")
        assert illusion.bonus("EVASION_CONSTANT") == 25.0

    def test_keep_what_they_had_when_their_hero_gains(self, image):
        arena, king, illusion = image()
        health = illusion.max_health
        king.give_item("item_reaver")
        king.give_experience(9000.0)
        arena.run(0.2)
        assert illusion.max_health == health

    def test_see_as_far_as_illusions_do(self, image):
        arena, _, illusion = image()
        assert illusion.vision_day == arena.rules.illusion_vision_day

    def test_deal_and_take_their_part(self, image):
        """Source: half of the damage dealt, twice the damage taken."""
        arena, king, illusion = image()
        enemy = stand(arena, at=(150, 0), armor=0.0)
        arena.run_until(lambda: arena.told(EventKind.DAMAGE, subject=enemy, object=illusion),
                        within=5.0)
        blow = arena.told(EventKind.DAMAGE, subject=enemy, object=illusion)[0].value
        assert 0.5 * illusion.damage_min - 0.1 <= blow <= 0.5 * illusion.damage_max + 0.1

    @pytest.mark.parametrize("too, has", [("", False), ("NUMBERS", True), ("ALL", True)])
    def test_have_modifiers_that_work_on_illusions(self, image, too, has):
        _, _, illusion = image(OnIllusions=too, stacks=3)
        assert illusion.has(MARK) == has
        assert illusion.stacks(MARK) == 3 * has

    @pytest.mark.parametrize("killer, pays", [("hero", True), ("creep", False)])
    def test_pay_by_their_level_the_player_that_strikes_them_down(self, image, killer, pays):
        """Source: Liquipedia illusions: 2 gold and 2 experience a level."""
        arena, king, illusion = image()
        lina = arena.spawn("npc_dota_hero_lina", at=(300, 0), team=Team.BADGUYS)
        creep = stand(arena, at=(400, 0))
        gold, xp = lina.gold, int(lina.player_record.xp)
        illusion.kill(by=lina if killer == "hero" else creep)
        due = int(arena.rules.illusion_bounty_per_level * king.level) * pays
        assert (lina.gold - gold, int(lina.player_record.xp) - xp) == (due, due)
        assert int(lina.player_record.last_hits) == 0


class TestDominated:

    def test_creeps_change_sides_and_fight_for_it(self, spell):
        arena, king = spell(Dominate())
        creep = stand(arena)
        other = stand(arena, at=(350, 0))
        king.perform(BLAST, target=creep)
        creep.set(damage=20.0, acquisition_range=500.0)
        arena.run(4.0)
        assert (creep.team, creep.player) == (king.team, king.player)
        assert arena.told(EventKind.DAMAGE, subject=other, object=creep)

    def test_a_modifier_of_a_summon_shapes_it(self, spell):
        arena, king = spell(
            SpawnUnit(WOLF, Center="CASTER", ModifierName=MARK), Behavior=("no_target",),
            Modifiers=[Modifier(MARK, Properties={"HEALTH_BONUS": 100}, Events={
                "OnCreated": [AddStacks(2)]})])
        king.perform(BLAST)
        arena.run(0.2)
        wolf = owned(arena, king)[0]
        assert wolf.stacks(MARK) == 2
        assert wolf.max_health == arena.patch.record.definitions[
            arena.patch.definition(WOLF)].max_health + 100.0
