"""What is used up, or refilled."""

import numpy as np
import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder, UnitType

LINA = "npc_dota_hero_lina"
AXE = "npc_dota_hero_axe"
SVEN = "npc_dota_hero_sven"


@pytest.fixture
def lina(arena):
    """A hero that has lost much and regenerates nothing of its own."""
    hero = arena.spawn(LINA, level=10)
    hero.set(health=200.0, mana=100.0)
    return hero


def eat(hero, tree):
    slot = hero.item_slot("item_tango")
    return hero.order(UnitOrder.CAST_TARGET_TREE, item=slot, position=tree)


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
    assert eat(lina, tree) == OrderResult.ACCEPTED
    arena.run_until(lambda: lina.has("modifier_tango_heal"), 2.0)
    arena.run(0.1)
    assert lina.record.health_regen - own == pytest.approx(value("item_tango", "health_regen"))
    assert lina.modifiers("modifier_tango_heal")[0].duration == value(
        "item_tango", "buff_duration")


def test_tango_fells_its_tree_and_takes_a_charge(arena, lina, tree):
    item = lina.give_item("item_tango")
    eat(lina, tree)
    arena.run(1.0)
    assert arena._state.trees_felled[100 >> 3] >> (100 & 7) & 1
    assert item.charges == 2


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
