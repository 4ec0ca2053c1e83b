"""Casts from the order to the effect, channels, and what goes on beside them."""

import math

import pytest

from dota_env_rpc.content.vocabulary import (
    Ability,
    ApplyModifier,
    CreateThinker,
    Damage,
    Interrupt,
    Knockback,
    LinearProjectile,
    Modifier,
)
from dota_env_rpc.match import enums
from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder
from tests.sim.conftest import BLAST, KING, stand

LINA = "npc_dota_hero_lina"
# A second spell of the same hero, which the tests make castable on nobody.
STRIKE = "skeleton_king_mortal_strike"
CHANNELLED = ("no_target", "channelled")


def number(arena, key, ability=BLAST):
    """Returns a number of an ability's header at level 1, from the patch's tables."""
    return float(arena.patch.abilities["abilities"][ability][key][0])


def was_cast(arena):
    return bool(arena.told(EventKind.ABILITY_CAST))


class TestRange:

    def test_counts_from_hull_to_hull(self, spell):
        arena, king = spell(Damage(100))
        reach = number(arena, "cast_range") + king.bound_radius + 16.0
        enemy = stand(arena, at=(reach - 1.0, 0), bound_radius=16.0)
        king.perform(BLAST, target=enemy)
        assert king.x == arena.origin[0]

    def test_who_is_too_far_walks_up_first(self, spell):
        arena, king = spell(Damage(100))
        enemy = stand(arena, at=(1000, 0))
        king.perform(BLAST, target=enemy)
        assert king.distance(enemy) == pytest.approx(
            number(arena, "cast_range") + king.bound_radius + enemy.bound_radius, abs=15.0)

    @pytest.mark.parametrize("beyond, happens", [(-10.0, True), (10.0, False)])
    def test_a_target_may_leave_by_the_buffer_during_the_cast_point(self, spell, beyond, happens):
        """Source: Liquipedia cast_animation: 250."""
        arena, king = spell(Damage(100))
        reach = number(arena, "cast_range") + king.bound_radius
        enemy = stand(arena, at=(reach, 0))
        king.cast(BLAST, target=enemy)
        arena.run(0.1)
        enemy.place((reach + enemy.bound_radius + arena.rules.cast_range_buffer + beyond, 0))
        arena.run(1.0)
        assert was_cast(arena) == happens


class TestCastPoint:

    def test_takes_its_time(self, spell):
        arena, king = spell(Damage(100))
        enemy = stand(arena)
        start = arena.seconds
        king.perform(BLAST, target=enemy)
        assert arena.seconds - start == pytest.approx(
            number(arena, "cast_point"), abs=2 * arena.tick_seconds)

    def test_who_looks_away_turns_first(self, spell):
        """Source: RULES of turning: half a turn at so many radians a tick."""
        arena, king = spell(Damage(100))
        enemy = stand(arena, at=(-200, 0))
        start = arena.seconds
        king.perform(BLAST, target=enemy)
        assert arena.seconds - start > number(arena, "cast_point") + 2 * arena.tick_seconds
        assert abs(king.facing) == pytest.approx(3.14159, abs=0.2)

    @pytest.mark.parametrize("elsewhere, happens", [(False, True), (True, False)])
    def test_whoever_orders_the_same_again_does_not_begin_anew(self, spell, elsewhere, happens):
        arena, king = spell(Damage(100))
        enemies = [stand(arena), stand(arena, at=(200, 30))]
        for turn in range(int(number(arena, "cast_point") / 0.1) + 2):
            king.cast(BLAST, target=enemies[turn % 2 if elsewhere else 0])
            arena.run(0.1)
        assert was_cast(arena) == happens

    def test_what_is_immediate_needs_no_turn(self, spell):
        arena, king = spell(Damage(100), Behavior=("unit_target", "immediate"))
        enemy = stand(arena, at=(-200, 0))
        king.perform(BLAST, target=enemy)
        assert king.facing == 0.0

    def test_a_stun_before_the_effect_costs_nothing(self, spell):
        arena, king = spell(Damage(100))
        enemy = stand(arena)
        mana = king.mana
        king.cast(BLAST, target=enemy)
        king.body.base_states |= enums.STUNNED
        king.body.is_dirty = 1
        arena.run(1.0)
        assert not was_cast(arena)
        assert king.mana >= mana
        assert king.ability(BLAST).cooldown_ready_tick <= arena.tables.tick

    def test_another_order_before_the_effect_costs_nothing(self, spell):
        arena, king = spell(Damage(100))
        enemy = stand(arena)
        mana = king.mana
        king.cast(BLAST, target=enemy)
        king.move((-300, 0))
        arena.run(1.0)
        assert not was_cast(arena)
        assert king.mana >= mana

    def test_mana_and_cooldown_are_paid_with_the_effect(self, spell):
        arena, king = spell(Damage(100))
        enemy = stand(arena)
        mana = king.mana
        king.cast(BLAST, target=enemy)
        arena.run(0.2)
        assert king.mana >= mana
        arena.run_until(lambda: was_cast(arena), within=1.0)
        assert king.mana == pytest.approx(mana - number(arena, "mana_cost"), abs=1.0)
        assert king.ability(BLAST).cooldown_ready_tick - arena.tables.tick == pytest.approx(
            30 * number(arena, "cooldown"), abs=1)

    def test_nothing_holds_the_caster_after_the_effect(self, spell):
        arena, king = spell(Damage(100))
        enemy = stand(arena)
        king.cast(BLAST, target=enemy)
        king.move((300, 300), queue=True)
        arena.run_until(lambda: was_cast(arena), within=1.0)
        y = king.y
        arena.run(0.3)
        assert king.y > y

    def test_a_target_that_is_lost_from_sight_ends_it(self, spell):
        arena, king = spell(Damage(100))
        enemy = stand(arena)
        king.cast(BLAST, target=enemy)
        enemy.body.base_states |= enums.INVISIBLE
        enemy.body.is_dirty = 1
        arena.run(1.0)
        assert not was_cast(arena)

    def test_reductions_make_it_cheaper_and_sooner_ready(self, aura_of):
        """Several reductions leave of the cost what each leaves of the rest."""
        arena, king, _ = aura_of(own={"Properties": {
            "MANACOST_PERCENTAGE": 20, "COOLDOWN_PERCENTAGE": 25}})
        mana, seconds = king.cost(BLAST)
        assert mana == pytest.approx(0.8 * number(arena, "mana_cost"))
        assert seconds == pytest.approx(0.75 * number(arena, "cooldown"))


class TestRefused:

    @pytest.mark.parametrize("state, result", [
        ("SILENCED", OrderResult.SILENCED), ("STUNNED", OrderResult.STUNNED),
        ("HEXED", OrderResult.SILENCED), ("COMMAND_RESTRICTED", OrderResult.COMMAND_RESTRICTED)])
    def test_to_who_is_disabled(self, aura_of, state, result):
        _, king, enemy = aura_of(own={"States": [state]})
        king.prepare(BLAST, 1)
        assert king.cast(BLAST, target=enemy) == result

    def test_at_allies_that_nobody_may_target_but_themselves(self, spell):
        arena, king = spell(
            ApplyModifier("modifier_shroud"), TargetTeam="BOTH", TargetTypes="HERO",
            CastOnSelf=True, Modifiers=[
                Modifier("modifier_shroud", States=["UNTARGETABLE_ALLIED"])])
        ally = arena.spawn(LINA, at=(200, 0))
        king.perform(BLAST, target=ally)
        king.prepare(BLAST, 1)
        assert king.cast(BLAST, target=ally) == OrderResult.WRONG_TARGET
        king.perform(BLAST, target=king)

    @pytest.mark.parametrize("reason, fields", [
        (OrderResult.ABILITY_NOT_LEARNED, {"level": 0}),
        (OrderResult.NOT_AVAILABLE, {"hidden": 1}),
        (OrderResult.ABILITY_ON_COOLDOWN, {"cooldown_ready_tick": 10**6})])
    def test_for_what_the_ability_is(self, spell, reason, fields):
        arena, king = spell(Damage(100))
        for name, value in fields.items():
            king.ability(BLAST)[name] = value
        assert_costs_nothing(arena, king, reason, target=stand(arena))

    @pytest.mark.parametrize("reason, fields", [
        (OrderResult.NOT_ENOUGH_MANA, {"mana": 0.0}),
        (OrderResult.NOT_ENOUGH_HEALTH, {"health": 1.0})])
    def test_to_who_cannot_pay(self, spell, reason, fields):
        arena, king = spell(Damage(100), Standard={"HEALTH_COST": "blast_stun_duration"})
        enemy = stand(arena)
        king.set(**fields)
        assert_costs_nothing(arena, king, reason, target=enemy)

    @pytest.mark.parametrize("reason, target", [
        (OrderResult.NO_TARGET, lambda arena, king: None),
        (OrderResult.NO_TARGET, lambda arena, king: -1),
        (OrderResult.TARGET_DEAD, lambda arena, king: 12345),
        (OrderResult.TARGET_IS_SELF, lambda arena, king: king),
        (OrderResult.WRONG_TARGET, lambda arena, king: stand(arena, team=Team.GOODGUYS)),
        (OrderResult.WRONG_TARGET,
         lambda arena, king: arena.building("npc_dota_badguys_tower1_mid"))])
    def test_at_the_wrong_target(self, spell, reason, target):
        arena, king = spell(Damage(100))
        at = target(arena, king)
        arena.run(0.2)
        fields = {} if at is None else {"target": at}
        assert_costs_nothing(arena, king, reason, UnitOrder.CAST_TARGET, **fields)

    @pytest.mark.parametrize("reason, state", [
        (OrderResult.TARGET_IMMUNE, "MAGIC_IMMUNE"),
        (OrderResult.TARGET_NOT_VISIBLE, "INVISIBLE")])
    def test_at_who_is(self, spell, reason, state):
        arena, king = spell(Damage(100))
        enemy = stand(arena)
        enemy.body.base_states |= getattr(enums, state)
        enemy.body.is_dirty = 1
        arena.run(0.1)
        assert_costs_nothing(arena, king, reason, target=enemy)

    @pytest.mark.parametrize("kind, fields", [
        (UnitOrder.CAST_NO_TARGET, {}), (UnitOrder.CAST_TOGGLE, {}),
        (UnitOrder.CAST_TOGGLE_AUTO, {}), (UnitOrder.CAST_POSITION, {"position": (100, 0)}),
        (UnitOrder.CAST_TARGET_TREE, {"position": (100, 0)})])
    def test_in_another_way_than_it_is_cast(self, spell, kind, fields):
        arena, king = spell(Damage(100))
        assert_costs_nothing(arena, king, OrderResult.WRONG_ORDER, kind, **fields)

    @pytest.mark.parametrize("slot", [-1, 22, 24])
    def test_out_of_an_empty_slot(self, spell, slot):
        arena, king = spell(Damage(100))
        assert_costs_nothing(arena, king, OrderResult.NO_ABILITY, UnitOrder.CAST_NO_TARGET,
                             ability=slot)

    def test_what_works_by_itself(self, spell):
        arena, king = spell(Damage(100), others=[Ability(STRIKE, Behavior=("passive",))])
        king.prepare(STRIKE, 1)
        assert_costs_nothing(arena, king, OrderResult.ABILITY_PASSIVE, UnitOrder.CAST_NO_TARGET,
                             ability=king.slot(STRIKE))

    def test_what_has_no_content(self, spell):
        arena, king = spell(Damage(100))
        king.prepare(STRIKE, 1)
        assert_costs_nothing(arena, king, OrderResult.NOT_SIMULATED, UnitOrder.CAST_NO_TARGET,
                             ability=king.slot(STRIKE))

    @pytest.mark.parametrize("state", ["MUTED", "HEXED"])
    def test_with_items_to_who_is_muted(self, arena, state):
        hero = arena.spawn(LINA)
        hero.give_item("item_blade_mail")
        hero.body.base_states |= getattr(enums, state)
        hero.body.is_dirty = 1
        arena.run(0.1)
        mana = hero.mana
        assert hero.use("item_blade_mail") == OrderResult.MUTED
        assert hero.mana >= mana and hero.items == {0: "item_blade_mail"}


def assert_costs_nothing(arena, king, reason, kind=UnitOrder.CAST_TARGET, **fields):
    """Orders a cast and asserts that it is refused, told once, and that nothing is paid."""
    fields.setdefault("ability", king.slot(BLAST))
    record = king.ability(BLAST)
    before = king.mana, king.health, king.gold, int(record.cooldown_ready_tick)
    assert king.order(kind, **fields) == reason
    told = arena.told(EventKind.ORDER_REFUSED)
    assert [(event.reason, event.value) for event in told] == [(reason, float(kind))]
    arena.run(1.0)
    assert not was_cast(arena)
    mana, health, gold, ready = before
    assert king.mana >= mana and king.health >= health and king.gold >= gold
    assert int(record.cooldown_ready_tick) == ready


def channelling(arena, king):
    return bool(king.body.channel_slot)


class TestChannel:

    @pytest.fixture
    def channel(self, spell):
        def make(target=None, **ability):
            arena, king = spell(
                Behavior=ability.pop("Behavior", CHANNELLED),
                Events={
                    "OnChannelSucceeded": [ApplyModifier("modifier_done", Target="CASTER")],
                    "OnChannelInterrupted": [ApplyModifier("modifier_broken", Target="CASTER")],
                },
                Modifiers=[Modifier("modifier_done"), Modifier("modifier_broken"),
                           *ability.pop("Modifiers", ())],
                Standard={"CHANNEL_TIME": "blast_stun_duration"}, **ability)
            king.perform(BLAST, target=target) if target else king.perform(BLAST)
            return arena, king

        return make

    def test_ends_well_after_its_time(self, channel):
        arena, king = channel()
        seconds = arena.lasts(lambda: channelling(arena, king))
        assert seconds == pytest.approx(arena.patch.abilities["abilities"][BLAST]["values"][
            "blast_stun_duration"]["levels"][0], abs=2 * arena.tick_seconds)
        arena.run(0.1)
        assert king.has("modifier_done") and not king.has("modifier_broken")

    @pytest.mark.parametrize("state", ["STUNNED", "SILENCED", "HEXED", "FEARED"])
    def test_is_broken_by(self, channel, state):
        arena, king = channel()
        king.body.base_states |= getattr(enums, state)
        king.body.is_dirty = 1
        arena.run(0.1)
        assert not channelling(arena, king)
        assert king.has("modifier_broken") and not king.has("modifier_done")

    @pytest.mark.parametrize("state", ["ROOTED", "DISARMED", "MUTED"])
    def test_is_not_broken_by(self, channel, state):
        arena, king = channel()
        king.body.base_states |= getattr(enums, state)
        king.body.is_dirty = 1
        arena.run(0.1)
        assert channelling(arena, king)

    @pytest.mark.parametrize("more, goes_on", [((), True), (("root_disables",), False)])
    def test_is_broken_by_a_root_if_a_root_keeps_it_from_being_cast(self, channel, more, goes_on):
        """As that of a Town Portal Scroll. Source: Liquipedia disable@2360598."""
        arena, king = channel(Behavior=(*CHANNELLED, *more))
        king.body.base_states |= enums.ROOTED
        king.body.is_dirty = 1
        arena.run(0.1)
        assert channelling(arena, king) == goes_on

    @pytest.mark.parametrize("order", ["move", "stop", "attack"])
    def test_is_broken_by_an_own_order(self, channel, order):
        arena, king = channel()
        if order == "move":
            king.move((300, 0))
        elif order == "stop":
            king.stop()
        else:
            king.attack(stand(arena))
        arena.run(0.1)
        assert king.has("modifier_broken")

    def test_is_broken_by_death(self, channel):
        arena, king = channel()
        king.kill()
        arena.run(0.1)
        assert not channelling(arena, king)

    def test_may_leave_its_caster_free_to_walk(self, channel):
        arena, king = channel(ChannelAllows={"MOVE": 1})
        x = king.x
        king.move((300, 0))
        arena.run(0.5)
        assert king.x > x + 50.0
        assert channelling(arena, king)
        king.attack(stand(arena, at=(600, 0)))
        arena.run(0.1)
        assert king.has("modifier_broken")

    def test_may_leave_its_caster_free_to_use_items(self, channel):
        arena, king = channel(ChannelAllows={"ITEMS": 1}, others=[
            Ability("item_blade_mail", Events={"OnSpellStart": [
                ApplyModifier("modifier_used", Target="CASTER")]}, Behavior=("no_target",),
                Modifiers=[Modifier("modifier_used")])])
        king.give_item("item_blade_mail")
        assert king.use("item_blade_mail") == OrderResult.ACCEPTED
        arena.run(0.2)
        assert king.has("modifier_used")
        assert channelling(arena, king)

    @pytest.mark.parametrize("allows, goes_on", [
        ({"ABILITIES": 1}, True), ({STRIKE: 1}, True), ({"ABILITIES": "has_scepter"}, False),
        ({BLAST: 1}, False), ({"MOVE": 1}, False)])
    def test_may_leave_its_caster_free_to_cast(self, channel, allows, goes_on):
        arena, king = channel(ChannelAllows=allows, others=[
            Ability(STRIKE, Behavior=("no_target",), Events={"OnSpellStart": [
                ApplyModifier("modifier_struck", Target="CASTER")]},
                Modifiers=[Modifier("modifier_struck")])])
        king.prepare(STRIKE, 1)
        king.cast(STRIKE)
        arena.run(0.2)
        assert king.has("modifier_struck")
        assert channelling(arena, king) == goes_on

    def test_who_may_not_walk_beside_it_casts_on_nobody_out_of_range(self, channel):
        arena, king = channel(ChannelAllows={"ABILITIES": 1}, others=[
            Ability(STRIKE, Behavior=("unit_target",), TargetTeam="ENEMY", TargetTypes="HERO",
                    Standard={"CAST_RANGE": "crit_mult"})])
        enemy = arena.spawn(LINA, at=(1500, 0), team=Team.BADGUYS)
        king.prepare(STRIKE, 1)
        assert king.cast(STRIKE, target=enemy) == OrderResult.ACCEPTED
        arena.run(0.2)
        assert arena.told(EventKind.ORDER_REFUSED, reason=OrderResult.CANNOT_MOVE)
        assert channelling(arena, king)

    def test_what_is_queued_waits_for_it(self, channel):
        arena, king = channel()
        king.move((300, 0), queue=True)
        arena.run(0.3)
        assert channelling(arena, king)
        arena.run(3.0)
        assert king.x == pytest.approx(arena.origin[0] + 300, abs=2.0)


class TestVector:

    @pytest.fixture
    def wall(self, spell):
        """A spell that marks its first place, and shoots from there to its second."""
        return spell(
            CreateThinker("modifier_wall"),
            LinearProjectile(2000, 600, 50, Center="POINT", Toward="POINT_END", OnHit=[
                ApplyModifier("modifier_crossed")]),
            Behavior=("point", "vector_targeting"),
            Modifiers=[Modifier("modifier_wall", Duration=9), Modifier("modifier_crossed")])

    def test_goes_from_its_first_place_to_its_second(self, wall):
        arena, king = wall
        along, ahead = stand(arena, at=(200, 300)), stand(arena, at=(500, 0))
        king.perform(BLAST, point=(200, 0), point_end=(200, 400))
        arena.run(0.5)
        assert along.has("modifier_crossed") and not ahead.has("modifier_crossed")

    def test_without_a_second_place_it_goes_ahead(self, wall):
        arena, king = wall
        ahead = stand(arena, at=(500, 0))
        king.perform(BLAST, point=(200, 0))
        arena.run(0.5)
        assert ahead.has("modifier_crossed")

    def test_what_is_no_vector_takes_no_second_place(self, spell):
        _, king = spell(Behavior=("point",))
        assert king.cast(BLAST, point=(200, 0), point_end=(200, 400)) == OrderResult.WRONG_ORDER


@pytest.mark.parametrize("action", [Interrupt(), Knockback(100, 0.2)])
def test_interrupts_and_pushes_end_a_cast_of_their_target(spell, action):
    arena, king = spell(others=[Ability(
        STRIKE, Behavior=("unit_target", "immediate"), TargetTeam="ENEMY", TargetTypes="HERO",
        Standard={"CAST_RANGE": "crit_mult"}, Events={"OnSpellStart": [action]})])
    enemy = arena.spawn(KING, at=(100, 0), team=Team.BADGUYS, level=25, facing=math.pi)
    enemy.learn(**{BLAST: 1})
    king.prepare(STRIKE, 1)
    enemy.cast(BLAST, target=king)
    king.cast(STRIKE, target=enemy)
    arena.run(1.0)
    assert not arena.told(EventKind.ABILITY_CAST, subject=enemy)
