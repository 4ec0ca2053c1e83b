"""Blinks, bursts of damage, hexes and silences."""

import pytest

from dota_env_rpc.match.enums import ILLUSION, OrderResult, Team, UnitOrder, UnitType

SVEN = "npc_dota_hero_sven"
LINA = "npc_dota_hero_lina"
BLINKS = ["item_blink", "item_swift_blink", "item_arcane_blink", "item_overwhelming_blink"]


@pytest.fixture
def lina(arena):
    """Who has the item."""
    return arena.spawn(LINA, level=20)


@pytest.fixture
def sven(arena):
    """An enemy near."""
    return arena.spawn(SVEN, at=(300, 0), team=Team.BADGUYS, level=20)


@pytest.mark.parametrize("item", BLINKS)
class TestBlink:
    def test_it_reaches_its_range(self, arena, lina, value, item):
        lina.give_item(item)
        x = float(lina.x)
        lina.use(item, point=(0.9 * value(item, "blink_range"), 0))
        arena.run(0.2)
        assert lina.x - x == pytest.approx(0.9 * value(item, "blink_range"), abs=30)

    def test_beyond_its_range_it_falls_short(self, arena, lina, value, item):
        lina.give_item(item)
        x = float(lina.x)
        lina.use(item, point=(0, 0))
        lina.item(0).cooldown_ready_tick = arena.tables.tick
        lina.use(item, point=(2.0 * value(item, "blink_range"), 0))
        arena.run(0.6)
        assert lina.x - x == pytest.approx(value(item, "blink_range_clamp"), abs=30)

    def test_a_heros_damage_holds_it_off(self, arena, lina, sven, value, item):
        lina.give_item(item)
        sven.place((140, 0))
        sven.attack(lina)
        arena.run_until(lambda: lina.has(f"modifier_{item}_hurt"), 3.0)
        sven.stop()
        assert lina.use(item, point=(500, 0)) != OrderResult.ACCEPTED
        sven.place((3000, 0))
        arena.run(value(item, "blink_damage_cooldown") + 0.2)
        assert lina.use(item, point=(500, 0)) == OrderResult.ACCEPTED


@pytest.mark.parametrize("level", range(1, 6))
def test_dagon_hurts_by_its_level(arena, lina, sven, value, level):
    item = "item_dagon" if level == 1 else f"item_dagon_{level}"
    lina.give_item(item)
    before = sven.health
    lina.use(item, target=sven)
    arena.run(0.2)
    assert before - sven.health == pytest.approx(
        value(item, "damage", level) * (1 - sven.magic_resistance), abs=10)


def test_dagon_kills_illusions(arena, lina, sven):
    """Source: Liquipedia illusions@2376496."""
    sven.give_item("item_manta")
    sven.use("item_manta")
    arena.run(0.5)
    images = [unit for unit in arena.units(UnitType.HERO) if unit.traits & ILLUSION]
    lina.give_item("item_dagon")
    lina.use("item_dagon", target=images[0])
    arena.run(0.3)
    assert [image.alive for image in images] == [False, True]


def test_scythe_of_vyse_hexes(arena, lina, sven, value):
    lina.give_item("item_sheepstick")
    lina.use("item_sheepstick", target=sven)
    arena.run(0.2)
    for state in ("HEXED", "SILENCED", "MUTED", "DISARMED"):
        assert sven.has(f"MODIFIER_STATE_{state}")
    assert sven.modifiers("modifier_sheepstick_debuff")[0].duration == pytest.approx(
        value("item_sheepstick", "sheep_duration"))
    assert sven.move_speed == pytest.approx(
        value("item_sheepstick", "sheep_movement_speed"), abs=30)


def test_orchid_silences_and_pays_back(arena, lina, sven, value):
    lina.give_item("item_orchid")
    lina.use("item_orchid", target=sven)
    arena.run(0.2)
    assert sven.has("MODIFIER_STATE_SILENCED")
    assert sven.modifiers("modifier_item_orchid_debuff")[0].duration == value(
        "item_orchid", "silence_duration")


@pytest.mark.parametrize("item", ["item_orchid", "item_bloodthorn"])
@pytest.mark.parametrize("freed", [False, True])
def test_a_silence_that_was_taken_off_pays_nothing_back(arena, lina, sven, value, item, freed):
    lina.give_item(item)
    lina.use(item, target=sven)
    arena.run(0.2)
    lina.give_item("item_dagon", place=1)
    lina.use("item_dagon", target=sven)
    arena.run(0.2)
    [lost] = arena.wounds(sven)
    if freed:
        sven.give_item("item_manta")
        sven.use("item_manta")
    arena.run(value(item, "silence_duration"))
    back = 0.01 * value(item, "silence_damage_percent") * lost * sven.lets_through("magical")
    assert arena.wounds(sven)[1:] == pytest.approx([] if freed else [back])


class TestRefresher:
    def test_it_makes_abilities_ready(self, arena, lina, sven):
        lina.prepare("lina_laguna_blade", 1)
        lina.give_item("item_refresher")
        lina.cast("lina_laguna_blade", target=sven)
        arena.run(1.0)
        assert lina.ability("lina_laguna_blade").cooldown_ready_tick > arena.tables.tick
        lina.use("item_refresher")
        arena.run(0.1)
        assert lina.ability("lina_laguna_blade").cooldown_ready_tick <= arena.tables.tick

    def test_it_gives_charges_back(self, arena):
        sniper = arena.spawn("npc_dota_hero_sniper", level=20)
        sniper.prepare("sniper_shrapnel", 4)
        charges = sniper.ability("sniper_shrapnel")
        arena.run_until(lambda: charges.charges > 1, 100.0)
        most = int(charges.charges)
        charges.charges = 0
        sniper.record.mana = sniper.record.max_mana
        sniper.give_item("item_refresher")
        sniper.use("item_refresher")
        arena.run(0.1)
        assert charges.charges >= most

    def test_its_cooldown_stands_still_in_the_backpack(self, arena, lina):
        item = lina.give_item("item_refresher")
        lina.use("item_refresher")
        arena.run(1.0)
        left = item.cooldown_ready_tick - arena.tables.tick
        lina.order(UnitOrder.MOVE_ITEM, item=0, target=6)
        arena.run(10.0)
        lina.order(UnitOrder.MOVE_ITEM, item=6, target=0)
        assert lina.item(0).cooldown_ready_tick - arena.tables.tick == pytest.approx(left, abs=3)

    def test_items_rest_on(self, arena, lina, sven):
        lina.give_item("item_refresher", place=0)
        dagon = lina.give_item("item_dagon", place=1)
        lina.use("item_dagon", target=sven)
        arena.run(0.2)
        lina.record.mana = lina.record.max_mana
        lina.use("item_refresher")
        arena.run(0.1)
        assert dagon.cooldown_ready_tick > arena.tables.tick


class TestSphere:
    def hit(self, arena, lina, target):
        """Casts a spell on a unit; returns whether it has hurt it."""
        seen = len(arena.wounds(target))
        lina.prepare("lina_laguna_blade", 1)
        lina.perform("lina_laguna_blade", target=target)
        arena.run(0.5)
        return len(arena.wounds(target)) > seen

    def test_it_blocks_a_spell_and_rests(self, arena, lina, sven, value):
        item = sven.give_item("item_sphere")
        assert not self.hit(arena, lina, sven)
        assert (item.cooldown_ready_tick - arena.tables.tick) / 30 == pytest.approx(
            value("item_sphere", "block_cooldown"), abs=0.6)

    def test_it_blocks_none_while_it_rests(self, arena, lina, sven):
        sven.give_item("item_sphere")
        self.hit(arena, lina, sven)
        assert self.hit(arena, lina, sven)

    def test_it_blocks_again_after_its_rest(self, arena, lina, sven, value):
        sven.give_item("item_sphere")
        self.hit(arena, lina, sven)
        arena.run(value("item_sphere", "block_cooldown"))
        assert not self.hit(arena, lina, sven)

    def test_it_is_no_guard_against_what_is_cast_at_a_place(self, arena, lina, sven):
        sven.give_item("item_sphere")
        lina.prepare("lina_dragon_slave", 1)
        lina.perform("lina_dragon_slave", point=(300, 0))
        arena.run(1.0)
        assert arena.wounds(sven)

    def test_its_block_can_be_lent(self, arena, lina, sven, value):
        ally = arena.spawn(SVEN, at=(350, 100), team=Team.BADGUYS, level=20)
        sven.give_item("item_sphere")
        sven.use("item_sphere", target=ally)
        arena.run(0.2)
        assert ally.modifiers("modifier_item_sphere_target")[0].duration == value(
            "item_sphere", "block_cooldown")
        assert not self.hit(arena, lina, ally)
        assert self.hit(arena, lina, ally)
        assert self.hit(arena, lina, sven)


class TestLotusOrb:
    @pytest.fixture
    def bearer(self, arena, sven):
        """An enemy under the shield of its orb."""
        sven.give_item("item_lotus_orb")
        sven.use("item_lotus_orb", target=sven)
        arena.run(0.1)
        return sven

    def test_a_spell_comes_back_with_the_numbers_of_its_caster(
            self, arena, lina, bearer, value):
        lina.prepare("lina_laguna_blade", 2)
        lina.perform("lina_laguna_blade", target=bearer)
        arena.run(0.5)
        assert arena.wounds(lina) == pytest.approx(
            [value("lina_laguna_blade", "damage", 2) * lina.lets_through("magical")])

    def test_its_bearer_is_hurt_all_the_same(self, arena, lina, bearer, value):
        lina.prepare("lina_laguna_blade", 2)
        lina.perform("lina_laguna_blade", target=bearer)
        arena.run(0.5)
        assert arena.wounds(bearer) == pytest.approx(
            [value("lina_laguna_blade", "damage", 2) * bearer.lets_through("magical")])

    def test_items_come_back_too(self, arena, lina, bearer, value):
        lina.give_item("item_dagon")
        lina.use("item_dagon", target=bearer)
        arena.run(0.3)
        assert arena.wounds(lina) == pytest.approx(
            [value("item_dagon", "damage") * lina.lets_through("magical")])

    def test_what_is_cast_at_a_place_does_not(self, arena, lina, bearer):
        lina.prepare("lina_dragon_slave", 1)
        lina.perform("lina_dragon_slave", point=(300, 0))
        arena.run(1.0)
        assert arena.wounds(bearer) and not arena.wounds(lina)

    def test_it_lasts_for_its_time(self, arena, sven, value):
        sven.give_item("item_lotus_orb")
        sven.use("item_lotus_orb", target=sven)
        arena.run_until(lambda: sven.has("modifier_item_lotus_orb_active"), 0.5)
        assert arena.lasts(lambda: sven.has("modifier_item_lotus_orb_active")) == pytest.approx(
            value("item_lotus_orb", "active_duration"), abs=0.05)

    def test_it_dispels(self, arena, lina, sven):
        lina.give_item("item_rod_of_atos")
        lina.use("item_rod_of_atos", target=sven)
        arena.run_until(lambda: sven.has("MODIFIER_STATE_ROOTED"), 1.0)
        sven.give_item("item_lotus_orb")
        sven.use("item_lotus_orb", target=sven)
        arena.run(0.1)
        assert not sven.has("MODIFIER_STATE_ROOTED")


class TestEtherealBlade:
    def blast(self, arena, lina, target):
        lina.give_item("item_ethereal_blade")
        lina.use("item_ethereal_blade", target=target)
        arena.run_until(lambda: target.has("MODIFIER_STATE_ETHEREAL"), 2.0)

    def test_an_enemy_is_hurt_by_the_attributes_of_its_user(self, arena, lina, sven, value):
        """The blast comes with the form, which lets more magic through."""
        lina.give_item("item_ethereal_blade")
        arena.run(0.1)
        player = lina.player_record
        raw = value("item_ethereal_blade", "blast_damage_base") + value(
            "item_ethereal_blade", "blast_stat_multiplier") * (
                player.strength + player.agility + player.intelligence)
        plain = sven.lets_through("magical")
        lina.use("item_ethereal_blade", target=sven)
        arena.run_until(lambda: arena.wounds(sven), 2.0)
        arena.run(0.1)
        more = sven.lets_through("magical")
        assert more > plain
        assert arena.wounds(sven)[0] in (pytest.approx(raw * plain), pytest.approx(raw * more))

    def test_an_enemy_is_slowed_and_takes_more_magic(self, arena, lina, sven, value):
        plain = sven.lets_through("magical")
        self.blast(arena, lina, sven)
        arena.run(0.05)
        assert sven.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
            "item_ethereal_blade", "blast_movement_slow")
        assert sven.lets_through("magical") / plain == pytest.approx(
            1 - 0.01 * value("item_ethereal_blade", "ethereal_damage_bonus"))

    def test_it_keeps_attacks_off(self, arena, lina, sven):
        axe = arena.spawn("npc_dota_hero_axe", at=(400, 100))
        self.blast(arena, lina, sven)
        seen = len(arena.wounds(sven))
        axe.attack(sven)
        sven.attack(axe)
        arena.run(2.0)
        assert len(arena.wounds(sven)) == seen and not arena.wounds(axe)

    @pytest.mark.parametrize(("team", "key"), [
        (Team.BADGUYS, "duration"), (Team.GOODGUYS, "duration_ally")])
    def test_it_lasts_for_its_time(self, arena, lina, value, team, key):
        target = arena.spawn(SVEN, at=(300, 0), team=team)
        self.blast(arena, lina, target)
        assert arena.lasts(
            lambda: target.has("MODIFIER_STATE_ETHEREAL")) == pytest.approx(
                value("item_ethereal_blade", key), abs=0.05)

    @pytest.mark.parametrize(("team", "item"), [
        (Team.BADGUYS, "item_black_king_bar"), (Team.BADGUYS, "item_manta"),
        (Team.GOODGUYS, "item_nullifier")])
    def test_an_enemy_casts_it_off_as_others_take_it_from_an_ally(
            self, arena, lina, team, item):
        target = arena.spawn(SVEN, at=(300, 0), team=team, level=10)
        enemy = arena.spawn(SVEN, at=(500, 0), team=Team.BADGUYS)
        self.blast(arena, lina, target)
        user = target if team == Team.BADGUYS else enemy
        user.give_item(item)
        user.record.mana = user.record.max_mana
        user.use(item, target=target if user is enemy else None)
        arena.run(1.0)
        assert not target.has("MODIFIER_STATE_ETHEREAL")

    def test_allies_are_not_hurt(self, arena, lina):
        ally = arena.spawn(SVEN, at=(300, 0))
        self.blast(arena, lina, ally)
        arena.run(0.2)
        assert not arena.wounds(ally)
        assert not ally.has("modifier_item_ethereal_blade_slow")


class TestNullifier:
    def nullify(self, arena, lina, sven):
        lina.give_item("item_nullifier")
        assert lina.use("item_nullifier", target=sven) == OrderResult.ACCEPTED
        arena.run_until(lambda: sven.has("modifier_item_nullifier_mute"), 2.0)
        arena.run(0.05)

    def test_it_takes_buffs_off(self, arena, lina, sven):
        sven.give_item("item_ghost")
        sven.use("item_ghost")
        arena.run(0.1)
        assert sven.has("MODIFIER_STATE_ETHEREAL")
        self.nullify(arena, lina, sven)
        assert not sven.has("MODIFIER_STATE_ETHEREAL")

    def test_it_takes_off_what_comes_meanwhile(self, arena, lina, sven):
        self.nullify(arena, lina, sven)
        sven.give_item("item_ghost")
        sven.use("item_ghost")
        arena.run(0.2)
        assert not sven.has("MODIFIER_STATE_ETHEREAL")

    def test_it_slows_for_its_time(self, arena, lina, sven, value):
        self.nullify(arena, lina, sven)
        assert sven.bonus("MOVESPEED_BONUS_PERCENTAGE") == -value("item_nullifier", "slow_pct")
        assert arena.lasts(lambda: sven.has("modifier_item_nullifier_mute")) == pytest.approx(
            value("item_nullifier", "mute_duration"), abs=0.1)


@pytest.mark.parametrize("item", ["item_helm_of_the_dominator", "item_helm_of_the_overlord"])
class TestHelm:
    def dominate(self, arena, lina, item, at=(200, 0)):
        creep = arena.spawn("npc_dota_neutral_satyr_soulstealer", at=at,
                            visible_to=1 << Team.GOODGUYS | 1 << Team.BADGUYS)
        held = lina.give_item(item)
        lina.record.mana = lina.record.max_mana
        assert lina.use(item, target=creep) == OrderResult.ACCEPTED
        for _ in range(15):
            # Nobody looks for neutral creeps.
            if creep.team == Team.NEUTRALS:
                creep.record.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
            arena.play_tick()
        arena.run(0.1)
        return held, creep

    def test_the_creep_changes_sides_with_its_numbers(self, arena, lina, value, item):
        _, creep = self.dominate(arena, lina, item)
        assert creep.team == Team.GOODGUYS and creep.player == lina.player
        assert creep.max_health == creep.health == value(item, "health_min")
        assert creep.move_speed == value(item, "speed_base")
        assert creep.bonus("BASEATTACK_BONUSDAMAGE") == value(item, "creep_bonus_damage")
        assert creep.bonus("PHYSICAL_ARMOR_BONUS") == value(item, "creep_bonus_armor")
        assert creep.bounty_gold_min == creep.bounty_gold_max == value(item, "bounty_gold")

    def test_its_bounty_is_given(self, arena, lina, value, item):
        before = lina.gold
        creep = arena.patch.record.definitions[
            arena.patch.definition("npc_dota_neutral_satyr_soulstealer")]
        self.dominate(arena, lina, item)
        paid = 0.005 * value(item, "bounty_pct") * (
            creep.bounty_gold_min + creep.bounty_gold_max)
        assert lina.gold - before == pytest.approx(paid, abs=2)

    def test_a_second_one_takes_the_place_of_the_first(self, arena, lina, item):
        _, first = self.dominate(arena, lina, item)
        _, second = self.dominate(arena, lina, item, at=(0, 200))
        assert not first.alive and second.alive

    def test_hurting_the_creep_holds_it_off(self, arena, lina, sven, value, item):
        held, creep = self.dominate(arena, lina, item)
        held.cooldown_ready_tick = arena.tables.tick
        sven.attack(creep)
        arena.run_until(lambda: held.cooldown_ready_tick > arena.tables.tick, 4.0)
        assert (held.cooldown_ready_tick - arena.tables.tick) / 30 == pytest.approx(
            value(item, "creep_damage_taken_cooldown"), abs=0.1)


class TestHolyLocket:
    def test_it_restores_for_each_charge(self, arena, value):
        lina = arena.spawn(LINA, level=10, health=100.0, mana=100.0)
        lina.give_item("item_holy_locket", charges=5)
        lina.set(health=100.0, mana=100.0)
        health, mana = float(lina.health), float(lina.mana)
        lina.use("item_holy_locket", target=lina)
        arena.run(0.1)
        assert lina.mana - mana == pytest.approx(
            5 * value("item_holy_locket", "mana_restore_per_charge"), abs=2)
        assert lina.health - health == pytest.approx(
            5 * value("item_holy_locket", "health_restore_per_charge")
            * (1 + 0.01 * value("item_holy_locket", "heal_increase_passive")), abs=3)

    def test_it_raises_heals_of_its_target(self, arena, lina, value):
        lina.give_item("item_holy_locket", charges=1)
        lina.use("item_holy_locket", target=lina)
        arena.run(0.1)
        assert lina.bonus("HEAL_AMPLIFY_PERCENTAGE_TARGET") == pytest.approx(
            value("item_holy_locket", "incoming_heal_increase_active"))

    def test_it_gains_a_charge_by_itself(self, arena, lina, value):
        held = lina.give_item("item_holy_locket", charges=0)
        arena.run(value("item_holy_locket", "charge_gain_timer") + 0.1)
        assert held.charges == 1


class TestRapier:
    def test_it_switches_to_magic_and_back(self, arena, lina, value):
        item = lina.give_item("item_rapier")
        assert lina.bonus("PREATTACK_BONUS_DAMAGE") == value("item_rapier", "bonus_damage")
        lina.toggle("item_rapier")
        assert item.toggled and lina.bonus("PREATTACK_BONUS_DAMAGE") == 0
        assert lina.bonus("SPELL_AMPLIFY_PERCENTAGE") == value("item_rapier", "bonus_spell_amp")
        arena.run(value("item_rapier", "cooldown"))
        lina.toggle("item_rapier")
        assert lina.bonus("PREATTACK_BONUS_DAMAGE") == value("item_rapier", "bonus_damage")

    def test_it_rests_between_two_switches(self, arena, lina):
        lina.give_item("item_rapier")
        lina.toggle("item_rapier")
        assert lina.toggle("item_rapier") == OrderResult.ABILITY_ON_COOLDOWN


def test_bloodstone_weakens_enemies_near(arena, lina, sven, value):
    lina.give_item("item_bloodstone")
    arena.run(0.3)
    assert sven.bonus("INCOMING_SPELL_DAMAGE_PERCENTAGE") == value(
        "item_bloodstone", "aura_spell_vulnerability")
    lina.use("item_bloodstone")
    arena.run(0.1)
    assert lina.bonus("SPELL_LIFESTEAL_PERCENTAGE") == value(
        "item_bloodstone", "spell_lifesteal_while_active")
