"""Modifiers: their time, their stacks, auras, dispels, immunity, break, and thinkers."""

import pytest

from dota_env_rpc.content.vocabulary import (
    ActOnTargets,
    AddStacks,
    ApplyModifier,
    Area,
    CreateThinker,
    Damage,
    Delay,
    Dispel,
    Do,
    Heal,
    Modifier,
    RemoveModifier,
    Repeat,
)
from dota_env_rpc.match import enums
from dota_env_rpc.match.enums import Team
from tests.sim.conftest import BLAST, stand

MARK = "modifier_mark"


def debuff(**keywords):
    return Modifier(MARK, IsDebuff=True, **{"Duration": 4, **keywords})


def give(unit, *states):
    """Puts a unit into states for good."""
    for state in states:
        unit.body.base_states |= getattr(enums, state)
    unit.body.is_dirty = 1


class TestTime:

    @pytest.fixture
    def marked(self, spell):
        """An arena, the caster, and an enemy whom the spell gives MARK."""
        def make(**keywords):
            arena, king = spell(ApplyModifier(MARK), Modifiers=[debuff(**keywords)])
            return arena, king, stand(arena)

        return make

    def test_it_lasts_as_long_as_is_said(self, marked):
        arena, king, enemy = marked()
        king.perform(BLAST, target=enemy)
        assert arena.lasts(lambda: enemy.has(MARK)) == pytest.approx(
            4.0, abs=arena.tick_seconds)

    @pytest.mark.parametrize("keeps, seconds", [(False, 4.0), (True, 3.0)])
    def test_given_again_it_begins_anew_unless_it_keeps_its_time(self, marked, keeps, seconds):
        arena, king, enemy = marked(KeepsDuration=keeps)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        king.prepare(BLAST, 1)
        king.perform(BLAST, target=enemy)
        assert len(enemy.modifiers(MARK)) == 1
        left = arena.lasts(lambda: enemy.has(MARK))
        assert left == pytest.approx(seconds if not keeps else 3.15, abs=0.2)

    def test_several_each_have_their_own_time(self, marked):
        arena, king, enemy = marked(Multiple=True)
        king.perform(BLAST, target=enemy)
        arena.run(1.0)
        king.prepare(BLAST, 1)
        king.perform(BLAST, target=enemy)
        assert len(enemy.modifiers(MARK)) == 2
        arena.run(3.2)
        assert len(enemy.modifiers(MARK)) == 1

    @pytest.mark.parametrize("is_debuff, seconds", [(True, 3.0), (False, 4.0)])
    def test_status_resistance_shortens_debuffs_alone(self, spell, is_debuff, seconds):
        arena, king = spell(
            ApplyModifier("modifier_tough"), ApplyModifier("modifier_tough"),
            Delay(0.1, [ApplyModifier(MARK)]), Modifiers=[
                Modifier("modifier_tough", Properties={"STATUS_RESISTANCE_STACKING": 25}),
                Modifier(MARK, IsDebuff=is_debuff, Duration=4)])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run_until(lambda: enemy.has(MARK), within=1.0)
        assert arena.lasts(lambda: enemy.has(MARK)) == pytest.approx(seconds, abs=0.07)

    def test_resistances_leave_what_each_leaves_of_the_rest(self, spell):
        """Source: 1 - (1 - 0.25)(1 - 0.2) = 0.4."""
        arena, king = spell(
            ApplyModifier("modifier_tough"), ApplyModifier("modifier_hard"), Modifiers=[
                Modifier("modifier_tough", Properties={"STATUS_RESISTANCE_STACKING": 25}),
                Modifier("modifier_hard", Properties={"STATUS_RESISTANCE_STACKING": 20})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.1)
        assert enemy.bonus("STATUS_RESISTANCE_STACKING") == pytest.approx(40.0)


class TestStacks:

    def test_add_up_to_the_most(self, spell):
        arena, king = spell(
            Repeat(5, [ApplyModifier(MARK), AddStacks(2, MARK, Target="TARGET", Most=7)]),
            Modifiers=[debuff()])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.1)
        assert enemy.stacks(MARK) == 7

    def test_count_in_properties(self, spell):
        arena, king = spell(
            ApplyModifier(MARK, Stacks=3),
            Modifiers=[debuff(Properties={"PHYSICAL_ARMOR_BONUS": "-2 * stacks"})])
        enemy = stand(arena, armor=10.0)
        king.perform(BLAST, target=enemy)
        arena.run(0.1)
        assert enemy.armor == pytest.approx(4.0)


class TestDispels:

    @pytest.mark.parametrize("strong", [False, True])
    @pytest.mark.parametrize("needs", ["", "BASIC", "STRONG"])
    def test_take_off_what_is_not_stronger(self, spell, needs, strong):
        """Source: a strong dispel takes off what a basic one does, and more."""
        arena, king = spell(
            ApplyModifier(MARK), Delay(0.5, [Dispel(Strong=strong, Debuffs=True)]),
            Modifiers=[debuff(Dispel=needs)])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.6)
        gone = needs == "BASIC" or (needs == "STRONG" and strong)
        assert enemy.has(MARK) == (not gone)

    @pytest.mark.parametrize("is_debuff, debuffs, buffs, gone", [
        (True, True, False, True), (True, False, True, False),
        (False, True, False, False), (False, False, True, True)])
    def test_take_off_debuffs_buffs_or_both(self, spell, is_debuff, debuffs, buffs, gone):
        arena, king = spell(
            ApplyModifier(MARK), Delay(0.5, [Dispel(Debuffs=debuffs, Buffs=buffs)]),
            Modifiers=[Modifier(MARK, IsDebuff=is_debuff, Dispel="BASIC", Duration=4)])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.6)
        assert enemy.has(MARK) == (not gone)

    def test_death_takes_off_what_does_not_outlast_it(self, spell):
        arena, king = spell(
            ApplyModifier(MARK, Target="CASTER"), ApplyModifier("modifier_kept", Target="CASTER"),
            Modifiers=[Modifier(MARK), Modifier("modifier_kept", Permanent=True)])
        king.perform(BLAST, target=stand(arena))
        arena.run(0.1)
        king.kill()
        assert king.modifiers("modifier_kept") and not king.modifiers(MARK)


class TestDebuffImmunity:

    @pytest.mark.parametrize("pierces", [False, True])
    def test_keeps_debuffs_off_that_do_not_pierce(self, spell, pierces):
        arena, king = spell(
            ActOnTargets(Area(500, Center="CASTER", Flags="MAGIC_IMMUNE_ENEMIES"),
                         [ApplyModifier(MARK)]),
            Behavior=("no_target",), Modifiers=[debuff(PiercesImmunity=pierces)])
        enemy = stand(arena)
        give(enemy, "MAGIC_IMMUNE")
        king.perform(BLAST)
        arena.run(0.1)
        assert enemy.has(MARK) == pierces

    def test_suspends_those_that_are_there_and_gives_them_back(self, spell):
        arena, king = spell(ApplyModifier(MARK), Modifiers=[debuff(States=["SILENCED"])])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.1)
        give(enemy, "MAGIC_IMMUNE")
        arena.run(0.1)
        assert enemy.has(MARK) and not enemy.has("MODIFIER_STATE_SILENCED")
        enemy.body.base_states &= ~enums.MAGIC_IMMUNE
        enemy.body.is_dirty = 1
        arena.run(0.1)
        assert enemy.has("MODIFIER_STATE_SILENCED")


class TestBreak:

    @pytest.mark.parametrize("breakable", [True, False])
    def test_suspends_what_is_breakable(self, aura_of, breakable):
        arena, king, _ = aura_of(own={
            "Breakable": breakable, "Properties": {"PHYSICAL_ARMOR_BONUS": 7}})
        armor = king.armor
        give(king, "PASSIVES_DISABLED")
        arena.run(0.1)
        assert armor - king.armor == pytest.approx(7.0 if breakable else 0.0)


class TestAuras:

    @pytest.fixture
    def shining(self, spell):
        """A hero who shines on those around, and an ally and an enemy near."""
        def make(**keywords):
            arena, king = spell(
                ApplyModifier("modifier_light", Target="CASTER"), Behavior=("no_target",),
                Modifiers=[
                    Modifier("modifier_light", Aura=MARK, AuraRadius=400, **keywords),
                    Modifier(MARK)])
            ally = arena.spawn("npc_dota_hero_lina", at=(300, 0))
            enemy = stand(arena, at=(0, 300))
            king.perform(BLAST)
            arena.run(0.3)
            return arena, king, ally, enemy

        return make

    def test_reach_friends_and_their_own_hero(self, shining):
        _, king, ally, enemy = shining()
        assert king.has(MARK) and ally.has(MARK) and not enemy.has(MARK)

    def test_reach_enemies_where_they_are_meant_for_them(self, shining):
        _, _, ally, enemy = shining(AuraTeams="ENEMY")
        assert enemy.has(MARK) and not ally.has(MARK)

    def test_reach_only_as_far_as_their_radius(self, shining):
        arena, _, ally, _ = shining()
        ally.place((500, 0))
        arena.run(1.0)
        assert not ally.has(MARK)

    def test_linger_on_who_has_left(self, shining):
        """Source: Liquipedia: half a second."""
        arena, _, ally, _ = shining()
        ally.place((900, 0))
        assert arena.lasts(lambda: ally.has(MARK)) == pytest.approx(0.5, abs=0.15)

    def test_end_with_what_spreads_them(self, shining):
        arena, king, ally, _ = shining()
        king.kill()
        arena.run(1.0)
        assert not ally.has(MARK)


class TestThinkers:

    def test_act_at_their_place_at_each_interval(self, spell):
        arena, king = spell(
            CreateThinker("modifier_pool", Duration=2.0), Behavior=("point",),
            Modifiers=[Modifier("modifier_pool", ThinkInterval=0.5, Events={
                "OnIntervalThink": [Damage(100, "DAMAGE_TYPE_PURE", Target=Area(150))]})])
        inside, outside = stand(arena, at=(400, 0)), stand(arena, at=(400, 400))
        king.perform(BLAST, point=(400, 0))
        arena.run(3.0)
        assert arena.wounds(inside) == [100.0] * 4
        assert not arena.wounds(outside)

    def test_delayed_actions_come_when_they_are_due(self, spell):
        arena, king = spell(Delay(1.5, [Damage(100, "DAMAGE_TYPE_PURE")]))
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        start = arena.seconds
        hit = arena.run_until(lambda: bool(arena.wounds(enemy)), within=3.0)
        assert hit - start == pytest.approx(1.5, abs=arena.tick_seconds)


class TestEnds:

    @pytest.mark.parametrize("ends", [
        [ActOnTargets(Area(500, Center="CASTER"), [Damage(10), Do("more")])],
        [Do("more"), Do("more")],
        [Repeat(3, [Do("more")])],
    ])
    def test_what_an_end_sets_off_does_not_end_it_again(self, spell, ends):
        """Its row of the table is given back once; a second time would mix up two modifiers."""
        arena, king = spell(
            ApplyModifier(MARK), Delay(0.2, [RemoveModifier(MARK)]),
            Lists={"more": [Heal(1, Target="CASTER"), Damage(1)]},
            Modifiers=[debuff(Events={"OnDestroy": ends})])
        enemy = stand(arena)
        free = free_rows(arena)
        king.perform(BLAST, target=enemy)
        arena.run(1.0)
        assert free_rows(arena) == free

    def test_an_end_knows_whose_it_was(self, spell):
        arena, king = spell(
            ApplyModifier(MARK, Stacks=4), Delay(0.2, [RemoveModifier(MARK)]),
            Modifiers=[debuff(Events={"OnDestroy": [
                Damage("25 * stacks", "DAMAGE_TYPE_PURE", Target="PARENT")]})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert arena.wounds(enemy) == [100.0]


def free_rows(arena):
    """Returns how many rows of the table of modifiers are free, walking their list once."""
    state, seen, at = arena._state, set(), int(arena._state.free_modifier)
    while at > 0:
        assert at not in seen, "the list of free rows has a loop"
        seen.add(at)
        at = int(state.effects[at - 1].next)
    return len(seen)


def test_the_team_of_a_modifier_outlives_its_caster(spell):
    """A thinker goes on for its side when who made it is dead."""
    arena, king = spell(
        CreateThinker("modifier_pool", Duration=2.0), Behavior=("point",),
        Modifiers=[Modifier("modifier_pool", ThinkInterval=0.5, Events={
            "OnIntervalThink": [Damage(100, "DAMAGE_TYPE_PURE", Target=Area(150))]})])
    enemy = stand(arena, at=(400, 0))
    own = arena.spawn("npc_dota_creep_goodguys_melee", at=(420, 0), team=Team.GOODGUYS)
    king.perform(BLAST, point=(400, 0))
    king.kill()
    arena.run(1.0)
    assert arena.wounds(enemy) and not arena.wounds(own)
