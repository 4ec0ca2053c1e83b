"""What becomes of damage on its way from who deals it to who takes it."""

import pytest

from dota_env_rpc.content.cleave import cleave
from dota_env_rpc.content.vocabulary import (
    ApplyModifier,
    Damage,
    Delay,
    Heal,
    If,
    Kill,
    Modifier,
    PerformAttack,
    Repeat,
    SpendMana,
)
from dota_env_rpc.match import enums
from dota_env_rpc.match.enums import EventKind
from dota_env_rpc.sim.combat import LIFESTEAL_FROM_CREEPS, SPELL_LIFESTEAL_FROM_CREEPS
from tests.sim.conftest import BLAST, stand

LINA = "npc_dota_hero_lina"


def dealt(spell, *actions, **numbers):
    """Returns what an enemy with these numbers loses to the actions of a spell, hit by hit."""
    arena, king = spell(*actions)
    enemy = stand(arena, **numbers)
    king.perform(BLAST, target=enemy)
    arena.run(0.1)
    return arena.wounds(enemy)


class TestTypes:

    @pytest.mark.parametrize("kind, lost", [
        ("DAMAGE_TYPE_PHYSICAL", 100 * (1 - 0.06 * 10 / (1 + 0.06 * 10))),
        ("DAMAGE_TYPE_MAGICAL", 75.0), ("DAMAGE_TYPE_PURE", 100.0),
        ("DAMAGE_TYPE_HP_REMOVAL", 100.0)])
    def test_meet_armor_resistance_or_nothing(self, spell, kind, lost):
        """Source: 1 - 0.06 A / (1 + 0.06 A) for armor A = 10; resistance of a quarter."""
        assert dealt(spell, Damage(100, kind), armor=10.0, magic_resistance=0.25) == [
            pytest.approx(lost)]

    @pytest.mark.parametrize("kind, hurts", [
        ("DAMAGE_TYPE_PHYSICAL", True), ("DAMAGE_TYPE_MAGICAL", True),
        ("DAMAGE_TYPE_PURE", False), ("DAMAGE_TYPE_HP_REMOVAL", True)])
    def test_pure_damage_does_nothing_to_who_is_immune_to_debuffs(self, spell, kind, hurts):
        """Source: Liquipedia debuff_immunity."""
        arena, king = spell(Delay(0.2, [Damage(100, kind)]))
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        enemy.body.base_states |= enums.MAGIC_IMMUNE
        enemy.body.is_dirty = 1
        arena.run(0.5)
        assert bool(arena.wounds(enemy)) == hurts


class TestAmplification:

    @pytest.mark.parametrize("flags, lost", [("", 130.0), ("NO_SPELL_AMPLIFICATION", 100.0),
                                             ("ATTACK", 100.0)])
    def test_adds_to_spells_alone(self, spell, flags, lost):
        """Source: 10 and 20 percent add up."""
        arena, king = spell(
            ApplyModifier("modifier_a", Target="CASTER"),
            ApplyModifier("modifier_b", Target="CASTER"),
            Delay(0.2, [Damage(100, "DAMAGE_TYPE_PURE", Flags=flags)]), Modifiers=[
                Modifier("modifier_a", Properties={"SPELL_AMPLIFY_PERCENTAGE": 10}),
                Modifier("modifier_b", Properties={"SPELL_AMPLIFY_PERCENTAGE": 20})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert arena.wounds(enemy) == [pytest.approx(lost)]

    def test_of_one_family_the_largest_counts(self, spell):
        arena, king = spell(
            ApplyModifier("modifier_a", Target="CASTER"),
            ApplyModifier("modifier_b", Target="CASTER"),
            Delay(0.2, [Damage(100, "DAMAGE_TYPE_PURE")]), Modifiers=[
                Modifier("modifier_a", Properties={"SPELL_AMPLIFY_PERCENTAGE_UNIQUE": 8}),
                Modifier("modifier_b", Properties={"SPELL_AMPLIFY_PERCENTAGE_UNIQUE": 12})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert arena.wounds(enemy) == [pytest.approx(112.0)]

    def test_what_is_dealt_and_what_is_taken_multiply(self, spell):
        """Source: outgoing 1.5 times incoming 0.8 of 100."""
        arena, king = spell(
            ApplyModifier("modifier_strong", Target="CASTER"), ApplyModifier("modifier_tough"),
            Delay(0.2, [Damage(100, "DAMAGE_TYPE_PURE")]), Modifiers=[
                Modifier("modifier_strong", Properties={"TOTALDAMAGEOUTGOING_PERCENTAGE": 50}),
                Modifier("modifier_tough", Properties={"INCOMING_DAMAGE_PERCENTAGE": -20})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert arena.wounds(enemy) == [pytest.approx(120.0)]


class TestBarriers:

    @pytest.mark.parametrize("holds, kind, lost", [
        ("DAMAGE_TYPE_MAGICAL", "DAMAGE_TYPE_MAGICAL", 15.0),
        ("DAMAGE_TYPE_MAGICAL", "DAMAGE_TYPE_PHYSICAL", 100.0),
        ("DAMAGE_TYPE_PHYSICAL", "DAMAGE_TYPE_PHYSICAL", 40.0),
        ("DAMAGE_TYPE_PHYSICAL | DAMAGE_TYPE_MAGICAL | DAMAGE_TYPE_PURE", "DAMAGE_TYPE_PURE",
         40.0)])
    def test_hold_off_what_is_left_after_resistance(self, spell, holds, kind, lost):
        """Source: 60 hit points of barrier against 100, or 75 after a quarter of resistance."""
        arena, king = spell(
            ApplyModifier("modifier_shell", Registers=(60,)), Delay(0.2, [Damage(100, kind)]),
            Modifiers=[Modifier("modifier_shell", Barrier=holds)])
        enemy = stand(arena, armor=0.0, magic_resistance=0.25)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert arena.wounds(enemy) == [pytest.approx(lost)]

    def test_go_when_they_are_used_up(self, spell):
        arena, king = spell(
            ApplyModifier("modifier_shell", Registers=(60,)),
            Delay(0.2, [Damage(50, "DAMAGE_TYPE_PURE")]),
            Delay(0.4, [Damage(50, "DAMAGE_TYPE_PURE")]),
            Modifiers=[Modifier("modifier_shell", Barrier=(
                "DAMAGE_TYPE_PHYSICAL | DAMAGE_TYPE_MAGICAL | DAMAGE_TYPE_PURE"))])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.3)
        assert enemy.has("modifier_shell") and not arena.wounds(enemy)
        arena.run(0.3)
        assert not enemy.has("modifier_shell")
        assert arena.wounds(enemy) == [pytest.approx(40.0)]


class TestDeath:

    @pytest.mark.parametrize("through", [False, True])
    def test_what_keeps_alive_holds_off_all_but_what_kills_through(self, spell, through):
        """Source: Culling Blade kills through Shallow Grave."""
        arena, king = spell(
            ApplyModifier("modifier_grave"), Delay(0.2, [Kill(Through=through)]),
            Modifiers=[Modifier("modifier_grave", Properties={"MIN_HEALTH": 1})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert enemy.alive == (not through)
        if not through:
            assert enemy.health == 1.0

    def test_what_is_not_lethal_leaves_one_hit_point(self, spell):
        arena, king = spell(Damage(900, "DAMAGE_TYPE_PURE", Flags="NON_LETHAL"))
        enemy = stand(arena, health=500.0)
        king.perform(BLAST, target=enemy)
        arena.run(0.1)
        assert enemy.health == pytest.approx(1.0, abs=0.1)


class TestHealing:

    def test_is_amplified_by_both_sides(self, spell):
        """Source: the percentages add up: 100 * (1 + 0.2 + 0.3)."""
        arena, king = spell(
            ApplyModifier("modifier_healer", Target="CASTER"),
            ApplyModifier("modifier_healed", Target="CASTER"),
            Delay(0.2, [Heal(100, Target="CASTER")]), Modifiers=[
                Modifier("modifier_healer", Properties={"HEAL_AMPLIFY_PERCENTAGE_SOURCE": 20}),
                Modifier("modifier_healed", Properties={"HEAL_AMPLIFY_PERCENTAGE_TARGET": 30})])
        king.hurt(1000.0)
        king.perform(BLAST, target=stand(arena))
        arena.run(0.5)
        assert [event.value for event in arena.told(EventKind.HEAL, subject=king)] == [
            pytest.approx(150.0)]


class TestAttacks:

    @pytest.fixture
    def armed(self, aura_of):
        """armed(own, enemy, blows) gives the arena, who attacked, and who was attacked."""
        def make(own=None, enemy=None, blows=1, **numbers):
            arena, king, other = aura_of(own, enemy)
            king.set(damage=100.0, armor=0.0)
            other.set(**{"armor": 0.0, **numbers})
            king.record.damage_min = king.record.damage_max = 100.0
            king.record.bonus_damage = 0.0
            king.attack(other)
            arena.run_until(lambda: len(arena.wounds(other)) >= blows, within=20.0)
            king.stop()
            return arena, king, other

        return make

    def test_a_critical_strike_multiplies_the_damage(self, armed):
        arena, _, enemy = armed(own={"Properties": {"PREATTACK_CRITICALSTRIKE": 250}})
        assert arena.wounds(enemy) == [pytest.approx(250.0)]

    def test_of_several_critical_strikes_the_largest_counts(self, armed):
        arena, _, enemy = armed(own={"Properties": {
            "PREATTACK_CRITICALSTRIKE": "max(150, 220 if target.is_creep else 0)"}})
        assert arena.wounds(enemy) == [pytest.approx(220.0)]

    def test_a_bash_adds_damage_and_stuns(self, spell):
        arena, king = spell(
            ApplyModifier("modifier_mace", Target="CASTER"), Delay(0.2, [PerformAttack(
                DamagePercent=0, BonusDamage=100)]),
            Modifiers=[
                Modifier("modifier_mace", Properties={"PROCATTACK_BONUS_DAMAGE_PHYSICAL": 40},
                         Events={"OnAttackLanded": [ApplyModifier("modifier_bash")]}),
                Modifier("modifier_bash", IsDebuff=True, Duration=1, States=["STUNNED"])])
        enemy = stand(arena, armor=0.0)
        king.perform(BLAST, target=enemy)
        arena.run(0.4)
        assert arena.wounds(enemy) == [pytest.approx(140.0)]
        assert enemy.has("MODIFIER_STATE_STUNNED")

    def test_cleaving_hurts_those_beside_the_target(self, aura_of):
        arena, king, enemy = aura_of(own={"Events": {"OnAttackLanded": cleave(50, 150, 300, 500)}})
        beside = stand(arena, at=(300, 60), armor=0.0)
        behind = stand(arena, at=(-200, 0), armor=0.0)
        enemy.set(armor=0.0)
        king.attack(enemy)
        arena.run_until(lambda: bool(arena.wounds(enemy)), within=3.0)
        arena.run(0.1)
        assert arena.wounds(beside) == [pytest.approx(0.5 * arena.wounds(enemy)[0])]
        assert not arena.wounds(behind)

    @pytest.mark.parametrize("name, part", [
        ("npc_dota_creep_badguys_melee", LIFESTEAL_FROM_CREEPS), (LINA, 1.0)])
    def test_lifesteal_heals_by_its_part(self, spell, name, part):
        """Source: patch notes 7.38: six tenths from who is no hero."""
        arena, king = spell(
            ApplyModifier("modifier_thirst", Target="CASTER"), Delay(0.2, [PerformAttack()]),
            Modifiers=[Modifier("modifier_thirst", Properties={"LIFESTEAL_PERCENTAGE": 20})])
        enemy = stand(arena, name=name)
        king.hurt(1000.0)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        healed = [event.value for event in arena.told(EventKind.HEAL, subject=king)]
        assert healed == [pytest.approx(0.2 * part * arena.wounds(enemy)[0])]

    @pytest.mark.parametrize("attacks", [True, False])
    def test_illusions_give_lifesteal_of_attacks_alone(self, spell, attacks):
        """Source: Liquipedia lifesteal and spell_lifesteal, patch notes 7.38 to 7.41."""
        arena, king = spell(
            ApplyModifier("modifier_thirst", Target="CASTER"),
            Delay(0.2, [PerformAttack() if attacks else Damage(100)]),
            Modifiers=[Modifier("modifier_thirst", Properties={
                "LIFESTEAL_PERCENTAGE": 20, "SPELL_LIFESTEAL_PERCENTAGE": 20})])
        image = stand(arena, name=LINA)
        image.record.traits |= enums.ILLUSION
        king.hurt(1000.0)
        king.perform(BLAST, target=image)
        arena.run(0.5)
        assert arena.wounds(image)
        assert bool(arena.told(EventKind.HEAL, subject=king)) == attacks

    @pytest.mark.parametrize(
        "flags, taken", [("", 40.0), ("REFLECTION", 0.0), ("PIERCES_IMMUNITY", 100.0)])
    def test_who_is_immune_to_debuffs_resists_what_does_not_pierce_it(self, spell, flags, taken):
        """Source: the text of item_black_king_bar, 7.41; its 60 percent magic resistance."""
        arena, king = spell(
            ApplyModifier("modifier_immune"), Delay(0.2, [Damage(100, Flags=flags)]),
            Modifiers=[Modifier("modifier_immune", States=["MAGIC_IMMUNE"],
                                Properties={"MAGICAL_RESISTANCE_BONUS": 60,
                                            "MAGICAL_RESISTANCE_OF_IMMUNITY": 60})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert sum(arena.wounds(enemy)) == pytest.approx(taken)

    @pytest.mark.parametrize("name, part", [
        ("npc_dota_creep_badguys_melee", SPELL_LIFESTEAL_FROM_CREEPS), (LINA, 1.0)])
    def test_spell_lifesteal_heals_by_its_part(self, spell, name, part):
        """Source: patch notes 7.38: a fifth from who is no hero."""
        arena, king = spell(
            ApplyModifier("modifier_thirst", Target="CASTER"),
            Delay(0.2, [Damage(100, "DAMAGE_TYPE_MAGICAL")]),
            Modifiers=[Modifier("modifier_thirst", Properties={"SPELL_LIFESTEAL_PERCENTAGE": 25})])
        enemy = stand(arena, name=name)
        king.hurt(1000.0)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        healed = [event.value for event in arena.told(EventKind.HEAL, subject=king)]
        assert healed == [pytest.approx(0.25 * part * arena.wounds(enemy)[0])]

    @pytest.mark.parametrize("own, lands", [(None, False), ({"Properties": {
        "CANNOT_MISS": 1}}, True), ({"Properties": {"ACCURACY_PERCENTAGE": 100}}, True)])
    def test_evasion_lets_attacks_miss_unless_they_cannot(self, aura_of, own, lands):
        arena, king, enemy = aura_of(own, {"Properties": {"EVASION_CONSTANT": 100}})
        king.attack(enemy)
        arena.run(3.0)
        assert bool(arena.wounds(enemy)) == lands

    def test_evasion_and_blindness_leave_what_each_leaves_of_the_rest(self, spell):
        """Source: 1 - (1 - 0.5)(1 - 0.5) = 0.75, drawn 150 times."""
        arena, king = spell(
            ApplyModifier("modifier_blind", Target="CASTER"), ApplyModifier("modifier_mist"),
            Delay(0.2, [Repeat(150, [PerformAttack()])]), Modifiers=[
                Modifier("modifier_blind", Properties={"MISS_PERCENTAGE": 50}),
                Modifier("modifier_mist", Properties={"EVASION_CONSTANT": 50})])
        king.perform(BLAST, target=stand(arena))
        arena.run(0.5)
        assert len(arena.told(EventKind.MISS, subject=king)) / 150 == pytest.approx(0.75, abs=0.1)

    def test_burning_mana_takes_it_and_hurts_by_it(self, aura_of):
        arena, king, enemy = aura_of(own={
            "Events": {"OnAttackLanded": [If("target.mana > 0", [
                Damage("min(target.mana, 40)", "DAMAGE_TYPE_PHYSICAL", Flags="ATTACK"),
                SpendMana(40, Target="TARGET")])]}})
        enemy.set(mana=70.0, max_mana=70.0, mana_regen=0.0, armor=0.0)
        king.attack(enemy)
        arena.run_until(lambda: enemy.mana < 1.0, within=10.0)
        arena.run(0.1)
        assert [wound for wound in arena.wounds(enemy) if wound <= 40.0] == [
            pytest.approx(40.0, abs=0.01), pytest.approx(30.0, abs=0.1)]

    @pytest.mark.parametrize("block, lost", [(0, 100.0), (30, 60.0)])
    def test_a_bonus_of_damage_block_adds_to_a_block_alone(self, spell, block, lost):
        """Source: the block of 30 and the bonus of 10 of an attack of 100, or nothing."""
        arena, king = spell(
            ApplyModifier("modifier_shield"), Delay(0.2, [
                PerformAttack(DamagePercent=0, BonusDamage=100)]),
            Modifiers=[Modifier("modifier_shield", Properties={
                "PHYSICAL_CONSTANT_BLOCK": block, "PHYSICAL_BLOCK_BONUS": 10})])
        enemy = stand(arena, armor=0.0)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert arena.wounds(enemy) == [pytest.approx(lost)]


class TestPerformedAttacks:

    @pytest.fixture
    def strike(self, spell):
        def make(action, Properties=None, Events=None, **numbers):
            arena, king = spell(
                ApplyModifier("modifier_own", Target="CASTER"), Delay(0.2, [action]),
                Modifiers=[Modifier("modifier_own", Properties=Properties or {},
                                    Events=Events or {}), Modifier("modifier_struck")])
            enemy = stand(arena, **{"armor": 0.0, **numbers})
            king.set(damage=80.0)
            king.perform(BLAST, target=enemy)
            king.record.damage_min = king.record.damage_max = 80.0
            king.record.bonus_damage = 0.0
            arena.run(0.7)
            return arena, king, enemy

        return make

    def test_deal_an_attacks_damage_at_once(self, strike):
        arena, _, enemy = strike(PerformAttack())
        assert arena.wounds(enemy) == [pytest.approx(80.0, rel=0.02)]

    def test_deal_a_part_and_a_bonus(self, strike):
        arena, _, enemy = strike(PerformAttack(DamagePercent=50, BonusDamage=30))
        assert arena.wounds(enemy) == [pytest.approx(70.0, rel=0.02)]

    @pytest.mark.parametrize("never, hits", [(False, 0), (True, 1)])
    def test_miss_who_evades_unless_they_never_do(self, spell, never, hits):
        arena, king = spell(
            ApplyModifier("modifier_mist"), Delay(0.2, [PerformAttack(NeverMisses=never)]),
            Modifiers=[Modifier("modifier_mist", Properties={"EVASION_CONSTANT": 100})])
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        arena.run(0.5)
        assert len(arena.wounds(enemy)) == hits

    @pytest.mark.parametrize("quiet", [False, True])
    def test_set_off_what_attacks_do_unless_told_not_to(self, strike, quiet):
        arena, _, enemy = strike(PerformAttack(NoProcs=quiet), Events={
            "OnAttackLanded": [ApplyModifier("modifier_struck")]})
        assert enemy.has("modifier_struck") == (not quiet)

    def test_leave_the_casters_own_attacks_alone(self, strike):
        arena, king, _ = strike(PerformAttack())
        assert float(king.body.attack_ready) <= float(arena.tables.tick)

    def test_are_not_made_by_who_is_gone(self, spell):
        arena, king = spell(Delay(0.5, [PerformAttack()]))
        enemy = stand(arena)
        king.perform(BLAST, target=enemy)
        enemy.kill()
        arena.run(1.0)
        assert arena.wounds(enemy) and len(arena.wounds(enemy)) == 1
