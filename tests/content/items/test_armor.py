"""What keeps its wearer alive."""

import pytest

from dota_env_rpc.match.enums import Team, UnitOrder, UnitType

SVEN = "npc_dota_hero_sven"
LINA = "npc_dota_hero_lina"


@pytest.fixture
def sven(arena):
    """Who wears the item."""
    return arena.spawn(SVEN, level=15)


@pytest.fixture
def enemy(arena):
    """An enemy near."""
    return arena.spawn(LINA, at=(140, 0), team=Team.BADGUYS, level=15)


def test_assault_cuirass_helps_and_harms(arena, sven, enemy, value):
    ally = arena.spawn(LINA, at=(300, 0))
    sven.give_item("item_assault")
    arena.run(0.3)
    assert ally.bonus("PHYSICAL_ARMOR_BONUS") == value("item_assault", "aura_positive_armor")
    assert ally.bonus("ATTACKSPEED_BONUS_CONSTANT") == value("item_assault", "aura_attack_speed")
    assert enemy.bonus("PHYSICAL_ARMOR_BONUS") == value("item_assault", "aura_negative_armor")


def test_heart_regenerates_missing_health(arena, sven, value):
    sven.give_item("item_heart")
    arena.run(0.1)
    sven.record.health = sven.record.max_health - 1000.0
    arena.run(0.05)
    assert sven.bonus("HEALTH_REGEN_CONSTANT") == pytest.approx(
        10 * value("item_heart", "missing_health_regen"), abs=0.2)


def test_black_king_bar_lasts_less_with_each_use(arena, sven):
    levels = arena.patch.items["items"]["item_black_king_bar"]["values"]["duration"]["levels"]
    item = sven.give_item("item_black_king_bar")
    for use in range(4):
        item.cooldown_ready_tick = arena.tables.tick
        sven.record.mana = sven.record.max_mana
        sven.use("item_black_king_bar")
        assert sven.has("MODIFIER_STATE_MAGIC_IMMUNE")
        assert sven.modifiers("modifier_black_king_bar_immune")[0].duration == levels[min(use, 2)]


def test_black_king_bar_resists_magic(arena, sven, value):
    sven.give_item("item_black_king_bar")
    sven.use("item_black_king_bar")
    assert sven.bonus("MAGICAL_RESISTANCE_BONUS") == pytest.approx(
        value("item_black_king_bar", "spell_reduce"))


def test_shivas_guard(arena, sven, enemy, value):
    sven.give_item("item_shivas_guard")
    arena.run(0.2)
    assert enemy.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(
        "item_shivas_guard", "aura_attack_speed")
    before = enemy.health
    sven.use("item_shivas_guard")
    arena.run(0.05)
    assert before - enemy.health == pytest.approx(
        value("item_shivas_guard", "blast_damage") * (1 - enemy.magic_resistance), abs=3)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
        "item_shivas_guard", "blast_movement_speed")


class TestBladeMail:
    @pytest.fixture(autouse=True)
    def wear(self, sven):
        sven.give_item("item_blade_mail")

    def strike(self, arena, sven, enemy):
        """Lets the enemy attack once; returns what both have lost by it."""
        enemy.attack(sven)
        arena.run_until(lambda: arena.wounds(enemy), 4.0)
        return arena.wounds(sven)[0], arena.wounds(enemy)[0]

    def test_it_returns_a_part_of_attacks(self, arena, sven, enemy, value):
        lost, returned = self.strike(arena, sven, enemy)
        sent = value("item_blade_mail", "passive_reflection_constant") + (
            0.01 * value("item_blade_mail", "passive_reflection_pct") * lost)
        assert returned == pytest.approx(sent * enemy.lets_through("physical"))

    def test_it_returns_no_spells_by_itself(self, arena, sven, enemy):
        enemy.prepare("lina_dragon_slave", 1)
        enemy.cast("lina_dragon_slave", point=(0, 0))
        arena.run_until(lambda: arena.wounds(sven), 3.0)
        arena.run(0.2)
        assert not arena.wounds(enemy)

    @pytest.mark.parametrize(("spell", "kind"), [
        ("lina_dragon_slave", "magical"), (None, "physical")])
    def test_used_it_returns_everything_as_what_it_was(
            self, arena, sven, enemy, value, spell, kind):
        sven.use("item_blade_mail")
        part = 0.01 * (value("item_blade_mail", "passive_reflection_pct")
                       + value("item_blade_mail", "active_reflection_pct"))
        if spell:
            enemy.prepare(spell, 1)
            enemy.cast(spell, point=(0, 0))
        else:
            enemy.attack(sven)
        arena.run_until(lambda: arena.wounds(enemy), 4.0)
        arena.run(0.1)
        lost = arena.wounds(sven)[0] * part * enemy.lets_through(kind)
        assert any(wound == pytest.approx(lost) for wound in arena.wounds(enemy))

    def test_it_is_used_for_its_time(self, arena, sven, value):
        sven.use("item_blade_mail")
        assert arena.lasts(lambda: sven.has("modifier_item_blade_mail_reflect")) == pytest.approx(
            value("item_blade_mail", "duration"), abs=0.05)


class TestArmlet:
    @pytest.fixture
    def abaddon(self, arena):
        """Whose own abilities change nothing."""
        return arena.spawn("npc_dota_hero_abaddon", level=15)

    @pytest.fixture
    def worn(self, arena, abaddon):
        """The armlet, worn and switched on."""
        item = abaddon.give_item("item_armlet")
        abaddon.toggle("item_armlet")
        arena.run(0.1)
        return item

    @pytest.mark.parametrize(("name", "key"), [
        ("STATS_STRENGTH_BONUS", "unholy_bonus_strength"),
        ("PREATTACK_BONUS_DAMAGE", "unholy_bonus_damage"),
        ("PHYSICAL_ARMOR_BONUS", "unholy_bonus_armor")])
    def test_it_gives_while_it_is_on(self, arena, abaddon, worn, value, name, key):
        given = abaddon.bonus(name)
        assert worn.toggled
        abaddon.toggle("item_armlet")
        arena.run(0.1)
        assert given - abaddon.bonus(name) == value("item_armlet", key)

    def test_it_drains_health(self, arena, abaddon, worn, value):
        before, rate = abaddon.health, float(abaddon.health_regen)
        arena.run(2.0)
        assert before - abaddon.health + 2.0 * rate == pytest.approx(
            2.0 * value("item_armlet", "unholy_health_drain_per_second"), abs=5)

    def test_it_gives_and_takes_as_much_health_as_its_strength(self, arena, abaddon, value):
        abaddon.give_item("item_armlet")
        abaddon.record.health = 900.0
        gained = value("item_armlet", "unholy_bonus_strength") * float(
            arena.rules.hero_health_per_strength)
        abaddon.toggle("item_armlet")
        assert abaddon.health == pytest.approx(900 + gained, abs=5)
        abaddon.record.health = 900.0 + gained
        abaddon.toggle("item_armlet")
        assert abaddon.health == pytest.approx(900, abs=5)

    def test_nobody_dies_of_switching_it_off(self, arena, abaddon, worn):
        abaddon.record.health = 50.0
        abaddon.toggle("item_armlet")
        assert abaddon.alive and abaddon.health < 5

    def test_its_drain_leaves_one_hit_point(self, arena, abaddon, worn):
        abaddon.set(health=3.0, health_regen=0.0)
        arena.run(2.0)
        assert abaddon.alive

    def test_it_ends_as_it_is_taken_off(self, arena, abaddon, worn):
        abaddon.order(UnitOrder.MOVE_ITEM, item=0, target=6)
        arena.run(0.1)
        assert not abaddon.has("modifier_item_armlet_unholy_strength")
        assert not abaddon.item(6).toggled

    def test_it_ends_by_death(self, arena, abaddon, worn):
        abaddon.kill()
        arena.run(0.1)
        assert not worn.toggled and not abaddon.alive and abaddon.health == 0


def burn(arena, unit, seconds=3.05):
    """Returns what a unit loses in so many seconds."""
    seen = len(arena.wounds(unit))
    arena.run(seconds)
    return arena.wounds(unit)[seen:]


class TestRadiance:
    def test_it_burns_enemies_near_each_second(self, arena, sven, enemy, value):
        sven.give_item("item_radiance")
        assert burn(arena, enemy) == pytest.approx(
            3 * [value("item_radiance", "aura_damage") * enemy.lets_through("magical")])

    def test_it_burns_no_farther_than_its_radius(self, arena, sven, enemy, value):
        sven.give_item("item_radiance")
        enemy.place((value("item_radiance", "aura_radius") + 60, 0))
        assert not burn(arena, enemy)

    def test_it_can_be_switched_off(self, arena, sven, enemy):
        item = sven.give_item("item_radiance")
        assert item.toggled
        sven.toggle("item_radiance")
        assert not item.toggled and not burn(arena, enemy)
        sven.toggle("item_radiance")
        assert burn(arena, enemy)

    def test_two_burn_as_one(self, arena, sven, enemy):
        sven.give_item("item_radiance", place=0)
        sven.give_item("item_radiance", place=1)
        assert len(burn(arena, enemy)) == 3

    def test_illusions_burn_less(self, arena, sven, enemy, value):
        sven.give_item("item_manta", place=0)
        sven.give_item("item_radiance", place=1)
        sven.use("item_manta")
        sven.place((3000, 0))
        arena.run(1.1)
        for unit in arena.units(UnitType.HERO):
            if unit.body.illusion_of:
                unit.set(damage=0.0, move_speed=0.0, attack_range=0.0)
        own = value("item_radiance", "aura_damage_illusions") * enemy.lets_through("magical")
        assert burn(arena, enemy).count(pytest.approx(own)) == 6


class TestBlock:
    @pytest.mark.parametrize(("item", "hero", "key"), [
        ("item_vanguard", SVEN, "block_damage_melee"),
        ("item_vanguard", "npc_dota_hero_sniper", "block_damage_ranged"),
        ("item_crimson_guard", SVEN, "block_damage_melee")])
    def test_it_takes_its_number_off_so_many_attacks(self, arena, enemy, value, item, hero, key):
        wearer = arena.spawn(hero, level=10)
        wearer.give_item(item)
        arena.run(0.2)
        enemy.record.damage_min = enemy.record.damage_max = 200.0
        enemy.record.attack_interval = 0.5
        raw = [lost / wearer.lets_through("physical")
               for lost in arena.blows(enemy, wearer, 60.0)]
        blocked = [hit for hit in raw if hit == pytest.approx(200 - value(item, key), abs=1)]
        assert len(blocked) / len(raw) == pytest.approx(
            0.01 * value(item, "block_chance"), abs=0.12)

    def test_crimson_guard_blocks_for_allies_near(self, arena, sven, value):
        item = "item_crimson_guard"
        near = arena.spawn(LINA, at=(value(item, "bonus_aoe_radius") - 60, 0))
        far = arena.spawn(LINA, at=(value(item, "bonus_aoe_radius") + 60, 0))
        sven.give_item(item)
        arena.run(0.1)
        sven.use(item)
        assert near.register("modifier_item_crimson_guard_extra") == pytest.approx(
            value(item, "block_damage_active")
            + 0.01 * value(item, "max_hp_pct") * sven.max_health)
        assert arena.lasts(
            lambda: near.has("modifier_item_crimson_guard_extra")) == pytest.approx(
                value(item, "duration"), abs=0.05)
        assert not far.has("modifier_item_crimson_guard_extra")


class TestAeonDisk:
    def wear(self, arena, sven, value):
        """Gives the hero one that is ready; returns its ITEM record."""
        item = sven.give_item("item_aeon_disk")
        arena.run(value("item_aeon_disk", "initial_cooldown") + 0.1)
        return item

    def fall(self, arena, sven, enemy, by=0.5):
        """Lets the enemy's next attack find its target at a part of its health."""
        sven.record.health = by * sven.record.max_health
        enemy.attack(sven)
        arena.run_until(lambda: arena.wounds(sven), 4.0)
        arena.run(0.1)

    def test_it_guards_who_falls_below_its_threshold(self, arena, sven, enemy, value):
        item = self.wear(arena, sven, value)
        self.fall(arena, sven, enemy)
        assert sven.modifiers("modifier_item_aeon_disk_buff")[0].duration == value(
            "item_aeon_disk", "buff_duration")
        assert sven.bonus("STATUS_RESISTANCE_STACKING") == pytest.approx(
            value("item_aeon_disk", "status_resistance"))
        assert item.cooldown_ready_tick - arena.tables.tick == pytest.approx(
            30 * value("item_aeon_disk", "cooldown_duration"), abs=10)

    def test_it_is_not_ready_when_it_is_new(self, arena, sven, enemy, value):
        sven.give_item("item_aeon_disk")
        arena.run(value("item_aeon_disk", "initial_cooldown") - 3.0)
        self.fall(arena, sven, enemy)
        assert not sven.has("modifier_item_aeon_disk_buff")

    def test_its_cooldown_grows_with_every_use(self, arena, sven, enemy, value):
        item = self.wear(arena, sven, value)
        for use in (1, 2, 3, 4, 4):
            item.cooldown_ready_tick = arena.tables.tick
            seen = len(arena.wounds(sven))
            sven.record.health = 0.5 * sven.record.max_health
            enemy.attack(sven)
            arena.run_until(lambda before=seen: len(arena.wounds(sven)) > before, 6.0)
            arena.run(0.1)
            assert item.cooldown_ready_tick - arena.tables.tick == pytest.approx(
                30 * value("item_aeon_disk", "cooldown_duration", use), abs=10)

    def test_no_damage_comes_or_goes_meanwhile(self, arena, sven, enemy, value):
        self.wear(arena, sven, value)
        self.fall(arena, sven, enemy)
        seen = len(arena.wounds(sven))
        sven.attack(enemy)
        arena.run(value("item_aeon_disk", "buff_duration") - 0.3)
        assert len(arena.wounds(sven)) == seen and not arena.wounds(enemy)

    def test_it_dispels_stuns(self, arena, sven, enemy, value):
        self.wear(arena, sven, value)
        enemy.give_item("item_abyssal_blade")
        enemy.use("item_abyssal_blade", target=sven)
        arena.run_until(lambda: sven.has("MODIFIER_STATE_STUNNED"), 1.0)
        self.fall(arena, sven, enemy)
        assert not sven.has("MODIFIER_STATE_STUNNED")

    @pytest.mark.parametrize("part", [0.9])
    def test_it_waits_above_its_threshold(self, arena, sven, enemy, value, part):
        self.wear(arena, sven, value)
        self.fall(arena, sven, enemy, by=part)
        assert not sven.has("modifier_item_aeon_disk_buff")


class TestConsecratedWraps:
    def test_damage_of_players_turns_charges_into_a_barrier(self, arena, sven, enemy, value):
        item = sven.give_item("item_consecrated_wraps")
        charges = item.charges
        enemy.attack(sven)
        arena.run_until(lambda: item.charges == 0, 4.0)
        assert sven.register("modifier_item_consecrated_wraps_barrier") == pytest.approx(
            charges * value("item_consecrated_wraps", "barrier_per_stack"))
        assert charges * value("item_consecrated_wraps", "barrier_per_stack") == value(
            "item_consecrated_wraps", "max_barrier_tooltip")

    @pytest.mark.parametrize("spell", ["lina_dragon_slave", None])
    def test_the_barrier_holds_off_all_damage(self, arena, sven, enemy, spell):
        item = sven.give_item("item_consecrated_wraps")
        enemy.attack(sven)
        arena.run_until(lambda: item.charges == 0, 4.0)
        enemy.stop()
        seen = len(arena.wounds(sven))
        if spell:
            enemy.prepare(spell, 1)
            enemy.cast(spell, point=(0, 0))
        else:
            enemy.attack(sven)
        arena.run(2.0)
        assert len(arena.wounds(sven)) == seen

    def test_creeps_leave_it_alone(self, arena, sven):
        item = sven.give_item("item_consecrated_wraps")
        arena.spawn("npc_dota_creep_badguys_melee", at=(100, 0))
        arena.run_until(lambda: arena.wounds(sven), 4.0)
        arena.run(0.1)
        assert item.charges

    def test_a_charge_comes_back_and_hastens(self, arena, sven, value):
        item = sven.give_item("item_consecrated_wraps", charges=1)
        start = arena.seconds
        arena.run_until(lambda: item.charges == 2, 9.0)
        first = arena.seconds
        arena.run_until(lambda: item.charges == 3, 9.0)
        assert arena.seconds - first == pytest.approx(
            value("item_consecrated_wraps", "charge_restore"), abs=0.15)
        assert first >= start
        assert sven.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
            "item_consecrated_wraps", "movement_speed_pct_on_stack_gain")
        arena.run(9.0)
        assert item.charges == 3
