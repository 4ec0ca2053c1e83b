"""What is used up, or refilled."""

import numpy as np
import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder, UnitType
from dota_env_rpc.match.tables import BACKPACK_SLOT

LINA = "npc_dota_hero_lina"
AXE = "npc_dota_hero_axe"
SVEN = "npc_dota_hero_sven"


@pytest.fixture
def lina(arena):
    """A hero that has lost much and regenerates nothing of its own."""
    hero = arena.spawn(LINA, level=10)
    hero.set(health=200.0, mana=100.0)
    return hero


@pytest.fixture
def tree(arena, lina):
    """Where a tree stands, from where the hero is; the hero is beside it."""
    patch = arena.patch.record
    arena._state.trees_felled[:] = 0
    arena.origin = (float(patch.tree_x[100]) - 120, float(patch.tree_y[100]))
    lina.place((0, 0))
    return (120.0, 0.0)


def test_tango_heals_for_its_time(arena, lina, value, tree):
    lina.give_item("item_tango")
    own = float(lina.record.health_regen)
    assert lina.eat("item_tango", tree) == OrderResult.ACCEPTED
    arena.run_until(lambda: lina.has("modifier_tango_heal"), 2.0)
    arena.run(0.1)
    assert lina.record.health_regen - own == pytest.approx(value("item_tango", "health_regen"))
    assert lina.modifiers("modifier_tango_heal")[0].duration == value(
        "item_tango", "buff_duration")


def test_tango_fells_its_tree_and_takes_a_charge(arena, lina, tree):
    item = lina.give_item("item_tango")
    lina.eat("item_tango", tree)
    arena.run(1.0)
    assert arena._state.trees_felled[100 >> 3] >> (100 & 7) & 1
    assert item.charges == 2


class TestSharedTango:
    def give(self, arena, lina):
        """Gives an ally a tango of one's own."""
        ally = arena.spawn(AXE, at=(100, 0))
        item = lina.give_item("item_tango")
        assert lina.use("item_tango", target=ally) == OrderResult.ACCEPTED
        arena.run(0.2)
        return ally, item

    def test_an_ally_gets_one(self, arena, lina):
        ally, item = self.give(arena, lina)
        assert item.charges == 2
        assert list(ally.items.values()) == ["item_tango_single"]
        assert ally.item(0).charges == 1

    def test_it_heals_as_it_says(self, arena, lina, value, tree):
        ally, _ = self.give(arena, lina)
        own = float(ally.record.health_regen)
        assert ally.eat("item_tango_single", tree) == OrderResult.ACCEPTED
        arena.run_until(lambda: ally.has("modifier_tango_heal_shared"), 2.0)
        arena.run(0.1)
        assert ally.record.health_regen - own == pytest.approx(
            value("item_tango_single", "health_regen"))
        assert not ally.items

    def test_nobody_gives_one_to_itself(self, lina):
        lina.give_item("item_tango")
        assert lina.use("item_tango", target=lina) == OrderResult.TARGET_IS_SELF

    def test_without_room_it_lies_before_the_ally(self, arena, lina):
        ally = arena.spawn(AXE, at=(100, 0))
        for place in range(9):
            ally.give_item("item_broadsword", place=place)
        lina.give_item("item_tango")
        lina.use("item_tango", target=ally)
        arena.run(0.2)
        assert [arena.patch.item_names[ground.held[0].definition]
                for ground in arena.tables.ground_items if ground.handle] == ["item_tango_single"]


class TestPlantedTree:
    @pytest.fixture
    def planted(self, arena, lina):
        """Where an iron branch has just been planted."""
        lina.give_item("item_branches", place=1)
        assert lina.use("item_branches", point=(200, 0)) == OrderResult.ACCEPTED
        arena.run_until(lambda: arena._state.num_planted, 2.0)
        at = int(np.flatnonzero(arena._state.planted_until_tick)[0])
        return (float(arena._state.planted_x[at]) - arena.origin[0],
                float(arena._state.planted_y[at]) - arena.origin[1])

    def test_it_stands_where_it_was_planted_and_in_the_way(self, arena, planted):
        assert np.hypot(planted[0] - 200, planted[1]) < 64
        assert arena.is_blocked(planted)

    def test_the_branch_is_used_up_and_told_to_be(self, arena, lina, planted):
        assert "item_branches" not in lina.items.values()
        [told] = arena.told(EventKind.ITEM_CONSUMED)
        assert (told.subject, told.player) == (lina.handle, 0)
        assert arena.patch.item_names[told.reason] == "item_branches"

    def test_it_withers_after_its_time(self, arena, planted, value):
        assert arena.lasts(lambda: arena._state.num_planted) == pytest.approx(
            value("item_branches", "tree_duration"), abs=0.1)
        assert not arena.is_blocked(planted)

    def test_it_heals_twice_as_long(self, arena, lina, planted, value):
        lina.give_item("item_tango")
        lina.eat("item_tango", planted)
        arena.run_until(lambda: lina.has("modifier_tango_heal"), 2.0)
        assert lina.modifiers("modifier_tango_heal")[0].duration == 2 * value(
            "item_tango", "buff_duration")
        assert not arena._state.num_planted and not arena.is_blocked(planted)

    def test_who_stands_there_is_moved(self, arena, lina):
        axe = arena.spawn(AXE, at=(200, 0))
        lina.give_item("item_branches", place=1)
        lina.use("item_branches", point=(200, 0))
        arena.run_until(lambda: arena._state.num_planted, 2.0)
        assert not arena.is_blocked((axe.x - arena.origin[0], axe.y - arena.origin[1]))

    def test_it_hides_what_is_behind(self, arena, lina, planted):
        hidden = arena.spawn(AXE, at=(700, 0), team=Team.BADGUYS)
        beside = arena.spawn(AXE, at=(200, 600), team=Team.BADGUYS)
        arena.run(0.5)
        assert not hidden.visible_to >> Team.GOODGUYS & 1
        assert beside.visible_to >> Team.GOODGUYS & 1


def test_salve_heals_for_its_time(arena, lina, value):
    lina.give_item("item_flask")
    before = lina.health
    own = float(lina.record.health_regen)
    lina.use("item_flask", target=lina)
    seconds = value("item_flask", "buff_duration")
    arena.run(seconds + 1)
    assert lina.health - before - own * (seconds + 1) == pytest.approx(
        seconds * value("item_flask", "health_regen"), abs=12)
    assert "item_flask" not in lina.items.values()


def test_salve_gives_an_ally_half(arena, lina, value):
    axe = arena.spawn(AXE, at=(100, 0), health=100.0)
    own = float(axe.record.health_regen)
    lina.give_item("item_flask")
    lina.use("item_flask", target=axe)
    arena.run(0.1)
    assert axe.record.health_regen - own == pytest.approx(0.5 * value("item_flask", "health_regen"))


@pytest.mark.parametrize(("item", "modifier"), [
    ("item_flask", "modifier_flask_healing"), ("item_clarity", "modifier_clarity_potion")])
def test_it_ends_by_a_heros_attack(arena, lina, item, modifier):
    axe = arena.spawn(AXE, at=(140, 0), team=Team.BADGUYS, facing=np.pi)
    lina.give_item(item)
    lina.use(item, target=lina)
    assert lina.has(modifier)
    axe.attack(lina)
    arena.run(1.5)
    assert not lina.has(modifier)


def test_it_does_not_end_by_a_creeps_attack(arena, lina):
    arena.spawn("npc_dota_creep_badguys_melee", at=(100, 0))
    lina.give_item("item_flask")
    lina.use("item_flask", target=lina)
    arena.run_until(lambda: arena.told(EventKind.DAMAGE, subject=lina), 4.0)
    assert lina.has("modifier_flask_healing")


def test_clarity_gives_mana(arena, lina, value):
    lina.give_item("item_clarity")
    own = float(lina.record.mana_regen)
    lina.use("item_clarity", target=lina)
    arena.run(0.1)
    assert lina.record.mana_regen - own == pytest.approx(value("item_clarity", "mana_regen"))
    assert lina.modifiers("modifier_clarity_potion")[0].duration == value(
        "item_clarity", "buff_duration")


def test_mango_gives_mana_at_once(arena, lina, value):
    lina.give_item("item_enchanted_mango")
    before = lina.mana
    lina.use("item_enchanted_mango")
    assert lina.mana - before == pytest.approx(
        value("item_enchanted_mango", "replenish_amount"), abs=1)


def test_faerie_fire_heals_at_once(arena, lina, value):
    lina.give_item("item_faerie_fire")
    before = lina.health
    lina.use("item_faerie_fire")
    assert lina.health - before == pytest.approx(value("item_faerie_fire", "hp_restore"), abs=1)
    assert not lina.items


@pytest.mark.parametrize("item", ["item_magic_stick", "item_magic_wand"])
class TestStick:
    def test_it_restores_for_each_charge(self, arena, lina, value, item):
        held = lina.give_item(item, charges=7)
        lina.set(health=100.0, mana=100.0)
        health, mana = lina.health, lina.mana
        lina.use(item)
        each = value(item, "restore_per_charge")
        assert lina.health - health == pytest.approx(7 * each, abs=1)
        assert lina.mana - mana == pytest.approx(7 * each, abs=1)
        assert held.charges == 0

    def test_it_cannot_be_used_empty(self, arena, lina, item):
        lina.give_item(item, charges=0)
        assert lina.use(item) == OrderResult.NO_CHARGES

    @pytest.mark.parametrize(("gap", "charges"), [(1100, 4), (1300, 3)])
    def test_it_counts_casts_of_enemies_near(self, arena, lina, item, gap, charges):
        enemy = arena.spawn(AXE, at=(gap, 0), team=Team.BADGUYS)
        enemy.prepare("axe_berserkers_call", 1)
        held = lina.give_item(item, charges=3)
        enemy.cast("axe_berserkers_call")
        arena.run(1.0)
        assert held.charges == charges

    def test_it_holds_no_more_than_its_most(self, arena, lina, value, item):
        most = value(item, "max_charges")
        enemy = arena.spawn(AXE, at=(500, 0), team=Team.BADGUYS)
        enemy.prepare("axe_berserkers_call", 1)
        held = lina.give_item(item, charges=int(most))
        enemy.cast("axe_berserkers_call")
        arena.run(1.0)
        assert held.charges == most


class TestSeveralSticks:
    """Source: reddit.com/r/DotA2, June 2014: the oldest of several that is not full counts."""

    ITEMS = ("item_magic_stick", "item_magic_wand", "item_holy_locket")

    @pytest.fixture
    def enemy(self, arena):
        """An enemy near that is to cast."""
        enemy = arena.spawn(AXE, at=(500, 0), team=Team.BADGUYS)
        enemy.prepare("axe_berserkers_call", 1)
        return enemy

    @pytest.fixture
    def hold(self, arena, lina):
        """A function that gives the hero an item which it has had for so many seconds."""
        def hold(name, seconds, charges, place):
            item = lina.give_item(name, charges=charges, place=place)
            item.arrived_tick = arena.tables.tick - int(30 * seconds)
            return item
        return hold

    @pytest.mark.parametrize("older", ITEMS)
    @pytest.mark.parametrize("newer", ITEMS)
    def test_a_cast_counts_once_for_the_oldest(self, arena, enemy, hold, older, newer):
        held = [hold(newer, 5.0, charges=3, place=1), hold(older, 9.0, charges=3, place=4)]
        enemy.cast("axe_berserkers_call")
        arena.run(1.0)
        assert [item.charges for item in held] == [3, 4]

    def test_what_is_full_leaves_the_cast_to_the_next(self, arena, enemy, hold, value):
        most = int(value("item_magic_stick", "max_charges"))
        held = [hold("item_magic_stick", 9.0, charges=most, place=0),
                hold("item_magic_wand", 5.0, charges=3, place=1),
                hold("item_magic_wand", 5.0, charges=3, place=2)]
        enemy.cast("axe_berserkers_call")
        arena.run(1.0)
        assert [item.charges for item in held] == [most, 4, 3]

    def test_one_in_the_backpack_counts_nothing(self, arena, enemy, hold):
        held = hold("item_magic_stick", 9.0, charges=3, place=BACKPACK_SLOT)
        enemy.cast("axe_berserkers_call")
        arena.run(1.0)
        assert held.charges == 3


def test_bottle_restores_over_its_time(arena, lina, value):
    item = lina.give_item("item_bottle")
    health, mana = float(lina.record.health_regen), float(lina.record.mana_regen)
    lina.use("item_bottle")
    arena.run(0.1)
    seconds = value("item_bottle", "restore_time")
    assert (lina.record.health_regen - health) * seconds == pytest.approx(
        value("item_bottle", "health_restore"))
    assert (lina.record.mana_regen - mana) * seconds == pytest.approx(
        value("item_bottle", "mana_restore"))
    assert item.charges == 2
    assert lina.modifiers("modifier_bottle_regeneration")[0].duration == pytest.approx(seconds)


def test_bottle_ends_by_a_hero(arena, lina):
    enemy = arena.spawn(AXE, at=(140, 0), team=Team.BADGUYS, facing=np.pi)
    lina.give_item("item_bottle")
    lina.use("item_bottle")
    enemy.attack(lina)
    arena.run(1.2)
    assert not lina.has("modifier_bottle_regeneration")


@pytest.mark.parametrize(("home", "charges"), [(True, 3), (False, 1)])
def test_bottle_is_filled_in_the_fountain(arena, lina, home, charges):
    item = lina.give_item("item_bottle", charges=1)
    if home:
        lina.go_home()
    arena.run(1.0)
    assert item.charges == charges


def test_scroll_takes_its_hero_to_a_building(arena, value):
    lina = arena.spawn(LINA, mana=200.0)
    lina.give_item("item_tpscroll", place=15, charges=2)
    tower = arena.building("npc_dota_goodguys_tower1_mid")
    spot = (float(tower.x) - arena.origin[0] - 300, float(tower.y) - arena.origin[1] - 100)
    assert lina.use("item_tpscroll", point=spot) == OrderResult.ACCEPTED
    arena.run(value("item_tpscroll", "channel_time") - 0.2)
    assert lina.distance(tower) > 2000
    arena.run(0.5)
    assert lina.distance(tower) == pytest.approx(np.hypot(300, 100), abs=60)


def test_scroll_lands_no_farther_than_its_most(arena, value):
    lina = arena.spawn(LINA, mana=200.0)
    lina.give_item("item_tpscroll", place=15, charges=2)
    tower = arena.building("npc_dota_goodguys_tower1_mid")
    spot = (float(tower.x) - arena.origin[0] + 1200, float(tower.y) - arena.origin[1] + 1200)
    lina.use("item_tpscroll", point=spot)
    arena.run(3.5)
    assert lina.distance(tower) == pytest.approx(
        value("item_tpscroll", "maximum_distance"), abs=80)


class TestTeleport:
    def go(self, arena, hero, charges=2):
        """Begins to teleport to the middle tower; returns the scroll and the tower."""
        hero.record.mana = hero.record.max_mana
        scroll = hero.give_item("item_tpscroll", place=15, charges=charges)
        tower = arena.building("npc_dota_goodguys_tower1_mid")
        spot = (float(tower.x) - arena.origin[0] - 300, float(tower.y) - arena.origin[1])
        assert hero.use("item_tpscroll", point=spot) == OrderResult.ACCEPTED
        arena.run(0.1)
        return scroll, tower

    def takes(self, arena, hero):
        """Returns how long the channel that has begun takes."""
        channel = arena._state.channels[int(hero.player)]
        return (channel.due_tick - channel.amount) / 30

    def test_each_hero_after_the_first_takes_longer(self, arena):
        """Source: patch notes: 5, 5.5, 6 and at most 6.5 s within 25 s."""
        heroes = [arena.spawn(LINA, at=(0, 100 * i)) for i in range(5)]
        times = []
        for hero in heroes:
            self.go(arena, hero)
            times.append(self.takes(arena, hero))
        assert times == pytest.approx([3.0, 5.0, 5.5, 6.0, 6.5], abs=0.05)

    def test_a_while_later_it_is_as_before(self, arena, value):
        first, second = arena.spawn(LINA), arena.spawn(LINA, at=(0, 100))
        self.go(arena, first)
        arena.run(25.5)
        self.go(arena, second)
        assert self.takes(arena, second) == value("item_tpscroll", "channel_time")

    @pytest.mark.parametrize("boots", ["item_travel_boots", "item_travel_boots_2"])
    def test_boots_of_travel_spare_the_scroll_and_shorten_its_rest(
            self, arena, value, boots):
        lina = arena.spawn(LINA)
        lina.give_item(boots)
        scroll, _ = self.go(arena, lina, charges=1)
        assert lina.items[15] == "item_tpscroll" and scroll.charges == 1
        assert (scroll.cooldown_ready_tick - arena.tables.tick) / 30 == pytest.approx(
            value(boots, "tp_cooldown"), abs=0.2)

    def test_their_second_level_shortens_the_channel(self, arena, value):
        lina = arena.spawn(LINA)
        lina.give_item("item_travel_boots_2")
        self.go(arena, lina)
        assert self.takes(arena, lina) == value("item_travel_boots_2", "tp_channel_time")

    @pytest.mark.parametrize(("boots", "unit", "goes"), [
        ("item_boots", "npc_dota_creep_goodguys_melee", False),
        ("item_travel_boots", "npc_dota_creep_goodguys_melee", True),
        ("item_travel_boots", AXE, False), ("item_travel_boots_2", AXE, True)])
    def test_boots_of_travel_lead_to_units(self, arena, boots, unit, goes):
        lina = arena.spawn(LINA, mana=300.0)
        goal = arena.spawn(unit, at=(900, 900))
        goal.set(move_speed=0.0)
        lina.give_item(boots)
        lina.give_item("item_tpscroll", place=15, charges=2)
        lina.use("item_tpscroll", point=(910, 900))
        arena.run(3.4)
        assert (lina.distance(goal) < 300) == goes


@pytest.mark.parametrize("item", ["item_ward_observer", "item_ward_sentry"])
def test_wards_can_be_given_to_an_ally(arena, item):
    lina, ally = arena.spawn(LINA), arena.spawn(AXE, at=(100, 0))
    held = lina.give_item(item, charges=2)
    assert lina.use(item, target=ally) == OrderResult.ACCEPTED
    arena.run(0.2)
    assert held.charges == 1
    assert list(ally.items.values()) == [item]
    assert not arena.units(UnitType.WARD)


@pytest.mark.parametrize(("item", "unit"), [
    ("item_ward_observer", "npc_dota_observer_wards"),
    ("item_ward_sentry", "npc_dota_sentry_wards")])
class TestWards:
    def plant(self, arena, item):
        lina = arena.spawn(LINA)
        lina.give_item(item)
        lina.use(item, point=(300, 0))
        arena.run(0.6)
        return arena.units(UnitType.WARD)[0]

    def test_it_stands_invisible_where_it_was_planted(self, arena, item, unit):
        ward = self.plant(arena, item)
        assert arena.patch.definition(unit) == ward.definition
        assert ward.has("MODIFIER_STATE_INVISIBLE")
        assert ward.x - arena.origin[0] == pytest.approx(300, abs=40)

    def test_it_has_its_hit_points(self, arena, item, unit, value):
        ward = self.plant(arena, item)
        assert ward.max_health == ward.health == value(item, "health")

    def test_it_ends_after_its_time(self, arena, item, unit, value):
        ward = self.plant(arena, item)
        lasts = (ward.body.dies_tick - arena.tables.tick) / 30
        assert lasts == pytest.approx(value(item, "lifetime"), abs=1)


    @pytest.mark.parametrize("hero", [AXE, LINA])
    def test_two_attacks_of_a_hero_kill_it(self, arena, item, unit, hero):
        """Source: the 200 hit points of item_ward_observer are two attacks to kill, 7.41."""
        enemy = arena.spawn(hero, at=(300, 150), team=Team.BADGUYS)
        enemy.give_item("item_gem")
        ward = self.plant(arena, item)
        enemy.attack(ward)
        arena.run_until(lambda: not ward.alive, 8.0)
        assert arena.wounds(ward) == pytest.approx([100.0, 100.0])


    @pytest.mark.parametrize(("hero", "more"), [(AXE, 150), (LINA, 0)])
    def test_melee_heroes_reach_farther_for_it(self, arena, item, unit, hero, more):
        """Source: Liquipedia attack_range@2376555."""
        enemy = arena.spawn(hero, at=(300, 1200), team=Team.BADGUYS)
        enemy.give_item("item_gem")
        ward = self.plant(arena, item)
        enemy.place((300, 850))
        arena.run(0.2)
        enemy.attack(ward)
        arena.run_until(lambda: enemy.body.attack_phase, 5.0)
        assert enemy.distance(ward) == pytest.approx(
            enemy.attack_range + enemy.bound_radius + ward.bound_radius + more, abs=15)


def test_observer_wards_see(arena, value):
    lina = arena.spawn(LINA)
    lina.give_item("item_ward_observer")
    lina.use("item_ward_observer", point=(300, 0))
    arena.run(0.6)
    ward = arena.units(UnitType.WARD)[0]
    assert ward.vision_day == ward.vision_night == value(
        "item_ward_observer", "vision_range_tooltip")


@pytest.mark.parametrize(("gap", "seen"), [(1000, True), (1150, False)])
def test_sentry_wards_show_the_invisible(arena, gap, seen):
    lina = arena.spawn(LINA)
    hidden = arena.spawn(AXE, at=(gap, 0), team=Team.BADGUYS)
    hidden.give_item("item_smoke_of_deceit")
    lina.give_item("item_ward_sentry")
    lina.use("item_ward_sentry", point=(0, 10))
    other = arena.spawn(LINA, at=(gap, 300), team=Team.BADGUYS)
    other.give_item("item_ward_observer")
    other.use("item_ward_observer", point=(gap, 0))
    arena.run(1.0)
    ward = next(unit for unit in arena.units(UnitType.WARD) if unit.team == Team.BADGUYS)
    assert bool(ward.visible_to >> Team.GOODGUYS & 1) == seen


class TestDust:
    def reveal(self, arena, gap=500):
        lina = arena.spawn(LINA)
        hidden = arena.spawn(AXE, at=(gap, 0), team=Team.BADGUYS)
        hidden.give_item("item_glimmer_cape")
        hidden.record.mana = hidden.record.max_mana = 500.0
        hidden.use("item_glimmer_cape", target=hidden)
        arena.run(0.8)
        assert hidden.has("MODIFIER_STATE_INVISIBLE")
        lina.give_item("item_dust")
        lina.use("item_dust")
        before = hidden.health
        speed = hidden.move_speed
        arena.run(0.4)
        return hidden, before - hidden.health, speed

    def test_it_shows_the_invisible(self, arena):
        hidden, _, _ = self.reveal(arena)
        assert hidden.has("MODIFIER_STATE_REVEALED")
        assert hidden.visible_to >> Team.GOODGUYS & 1

    def test_it_slows(self, arena, value):
        hidden, _, speed = self.reveal(arena)
        assert hidden.bonus("MOVESPEED_BONUS_PERCENTAGE") == value("item_dust", "movespeed")

    def test_it_hurts_once(self, arena, value):
        hidden, _, _ = self.reveal(arena)
        held = [event for event in arena.events if event.subject == hidden.handle]
        assert held
        assert len(hidden.modifiers("modifier_item_dustofappearance")) == 1

    def test_it_reaches_no_farther_than_its_radius(self, arena):
        hidden, _, _ = self.reveal(arena, gap=1100)
        assert not hidden.has("MODIFIER_STATE_REVEALED")


class TestSmoke:
    def smoke(self, arena):
        lina = arena.spawn(LINA)
        lina.give_item("item_smoke_of_deceit")
        speed = float(lina.move_speed)
        lina.use("item_smoke_of_deceit")
        arena.run(0.2)
        return lina, speed

    def test_it_hides_and_hastens(self, arena, value):
        lina, speed = self.smoke(arena)
        assert lina.has("MODIFIER_STATE_INVISIBLE")
        assert lina.move_speed == pytest.approx(
            speed * (1 + 0.01 * value("item_smoke_of_deceit", "bonus_movement_speed")))
        assert lina.modifiers("modifier_smoke_of_deceit")[0].duration == value(
            "item_smoke_of_deceit", "duration")

    def test_it_takes_allies_along(self, arena):
        ally = arena.spawn(AXE, at=(1000, 0))
        far = arena.spawn(AXE, at=(1250, 0))
        self.smoke(arena)
        assert ally.has("modifier_smoke_of_deceit")
        assert not far.has("modifier_smoke_of_deceit")

    def test_allies_may_join_later(self, arena):
        late = arena.spawn(AXE, at=(1300, 0))
        lina, _ = self.smoke(arena)
        late.place((200, 0))
        arena.run(0.3)
        assert late.has("modifier_smoke_of_deceit")

    @pytest.mark.parametrize(("gap", "hidden"), [(1000, False), (1060, True)])
    def test_enemy_heroes_near_end_it(self, arena, gap, hidden):
        lina, _ = self.smoke(arena)
        arena.spawn(AXE, at=(gap, 0), team=Team.BADGUYS)
        arena.run(0.3)
        assert lina.has("modifier_smoke_of_deceit") == hidden


    def test_it_is_used_from_the_backpack(self, arena):
        lina = arena.spawn(LINA)
        lina.give_item("item_smoke_of_deceit", place=6)
        assert lina.use("item_smoke_of_deceit") == OrderResult.ACCEPTED
        arena.run(0.1)
        assert lina.has("modifier_smoke_of_deceit")

    def test_out_of_the_backpack_it_waits_for_nothing(self, arena):
        lina = arena.spawn(LINA)
        lina.give_item("item_smoke_of_deceit", place=6)
        arena.run(6.0)
        lina.order(UnitOrder.MOVE_ITEM, item=6, target=0)
        assert lina.use("item_smoke_of_deceit") == OrderResult.ACCEPTED

    def test_not_from_the_stash(self, arena):
        lina = arena.spawn(LINA)
        lina.give_item("item_smoke_of_deceit", place=9)
        assert lina.use("item_smoke_of_deceit") == OrderResult.ITEM_IN_BACKPACK


def test_blood_grenade_hurts_and_slows(arena, value):
    lina = arena.spawn(LINA)
    enemy = arena.spawn(SVEN, at=(500, 0), team=Team.BADGUYS)
    lina.give_item("item_blood_grenade", charges=2)
    arena.run(0.1)
    before, own = lina.health, enemy.health
    rate = float(enemy.record.health_regen)
    lina.use("item_blood_grenade", point=(500, 0))
    arena.run_until(lambda: enemy.has("modifier_blood_grenade_slow"), 2.0)
    part = 1 - enemy.magic_resistance
    assert own - enemy.health == pytest.approx(
        value("item_blood_grenade", "impact_damage") * part, abs=1)
    assert before - lina.health == pytest.approx(75, abs=3)
    arena.run(0.1)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
        "item_blood_grenade", "movespeed_slow")
    left = enemy.health
    arena.run(value("item_blood_grenade", "debuff_duration") + 0.2)
    seconds = value("item_blood_grenade", "debuff_duration") + 0.2
    assert left - enemy.health + rate * seconds == pytest.approx(
        5 * value("item_blood_grenade", "damage_over_time") * part, abs=2)


def test_gem_gives_true_sight(arena, value):
    lina = arena.spawn(LINA)
    lina.give_item("item_gem")
    assert lina.bonus("TRUE_SIGHT_RADIUS") == value("item_gem", "radius")


class TestInfusedRaindrops:
    @pytest.fixture
    def enemy(self, arena):
        """Who can hurt with magic."""
        return arena.spawn(LINA, at=(300, 0), team=Team.BADGUYS, level=20)

    def burn(self, arena, lina, enemy):
        """Lets the enemy's spell hit; returns what is lost."""
        seen = len(arena.wounds(lina))
        enemy.prepare("lina_dragon_slave", 4)
        enemy.perform("lina_dragon_slave", point=(0, 0))
        arena.run(1.0)
        return sum(arena.wounds(lina)[seen:])

    def test_they_block_magical_damage(self, arena, lina, enemy, value):
        item = lina.give_item("item_infused_raindrop")
        plain = value("lina_dragon_slave", "dragon_slave_damage", 4) * lina.lets_through("magical")
        assert self.burn(arena, lina, enemy) == pytest.approx(
            plain - value("item_infused_raindrop", "magic_damage_block"))
        assert item.charges == value("item_infused_raindrop", "initial_charges") - 1

    def test_they_look_at_damage_before_magic_resistance(self, arena, lina, value):
        item = lina.give_item("item_infused_raindrop")
        fiend = arena.spawn(
            "npc_dota_hero_nevermore", at=(-200, 0), team=Team.BADGUYS)
        raw = value("nevermore_shadowraze1", "shadowraze_damage", 1)
        least = value("item_infused_raindrop", "min_damage")
        assert raw * lina.lets_through("magical") < least < raw
        fiend.prepare("nevermore_shadowraze1", 1)
        fiend.perform("nevermore_shadowraze1")
        arena.run(0.1)
        assert not arena.wounds(lina)
        assert item.charges == value("item_infused_raindrop", "initial_charges") - 1

    def test_they_let_less_through(self, arena, lina, enemy, value):
        item = lina.give_item("item_infused_raindrop")
        assert value("item_blood_grenade", "impact_damage") < value(
            "item_infused_raindrop", "min_damage")
        enemy.give_item("item_blood_grenade", charges=1)
        enemy.use("item_blood_grenade", point=(0, 0))
        arena.run(1.0)
        assert arena.wounds(lina)
        assert item.charges == value("item_infused_raindrop", "initial_charges")

    def test_they_rest_for_their_cooldown(self, arena, lina, enemy, value):
        item = lina.give_item("item_infused_raindrop")
        self.burn(arena, lina, enemy)
        charges = item.charges
        assert self.burn(arena, lina, enemy) > 0
        assert item.charges == charges
        assert (item.cooldown_ready_tick - arena.tables.tick) / 30 < value(
            "item_infused_raindrop", "cooldown")

    def test_attacks_they_let_through(self, arena, lina, enemy):
        item = lina.give_item("item_infused_raindrop")
        enemy.place((140, 0))
        enemy.set(damage=300.0)
        enemy.attack(lina)
        arena.run_until(lambda: arena.wounds(lina), 4.0)
        assert item.charges == 6

    def test_with_their_last_charge_they_are_gone(self, arena, lina, enemy):
        lina.give_item("item_infused_raindrop", charges=1)
        self.burn(arena, lina, enemy)
        assert not lina.items
        assert arena.told(EventKind.ITEM_USED, subject=lina)


class TestMoonShard:
    @pytest.fixture
    def eaten(self, arena, lina):
        """A hero that has eaten one."""
        item = lina.give_item("item_moon_shard")
        item.worth = 4000
        arena.run(0.1)
        assert lina.use("item_moon_shard", target=lina) == OrderResult.ACCEPTED
        arena.run(0.1)
        return lina

    def test_it_leaves_a_part_for_good(self, arena, eaten, value):
        assert not eaten.items
        assert eaten.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(
            "item_moon_shard", "consumed_bonus")
        assert eaten.bonus("BONUS_NIGHT_VISION") == value(
            "item_moon_shard", "consumed_bonus_night_vision")
        eaten.kill()
        arena.run(0.1)
        assert eaten.has("modifier_item_moon_shard_consumed")

    def test_it_keeps_counting_as_worth(self, eaten):
        assert eaten.player_record.item_worth == 4000

    def test_nobody_eats_two(self, eaten):
        eaten.give_item("item_moon_shard")
        assert eaten.use("item_moon_shard", target=eaten) == OrderResult.WRONG_TARGET

    def test_an_ally_may_be_fed(self, arena, lina, value):
        ally = arena.spawn(AXE, at=(100, 0))
        lina.give_item("item_moon_shard")
        lina.use("item_moon_shard", target=ally)
        arena.run(1.0)
        assert ally.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(
            "item_moon_shard", "consumed_bonus")
        assert not lina.items
