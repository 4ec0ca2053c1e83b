"""What attacks do, or carry."""

import numpy as np
import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder, UnitType

SVEN = "npc_dota_hero_sven"
SNIPER = "npc_dota_hero_sniper"


@pytest.fixture
def sven(arena):
    """A melee attacker."""
    return arena.spawn(SVEN, level=10)


@pytest.fixture
def abaddon(arena):
    """A melee attacker whose own abilities change nothing."""
    return arena.spawn("npc_dota_hero_abaddon", level=10)


def fix_damage(arena, unit, damage):
    """Lets the attacks of a unit whose items have been put on hurt by one number."""
    arena.run(0.2)
    unit.set(damage=damage, bonus_damage=0.0)


@pytest.fixture
def enemy(arena):
    """A ranged hero in reach, that does nothing."""
    return arena.spawn("npc_dota_hero_lina", at=(140, 0), team=Team.BADGUYS, level=25)


def strike(arena, attacker, target, until, within=6.0):
    """Lets one unit attack another until something is so."""
    attacker.attack(target)
    arena.run_until(until, within)


DEBUFFS = [
    ("item_blight_stone", "corruption_duration", "PHYSICAL_ARMOR_BONUS", "corruption_armor"),
    ("item_orb_of_frost", "duration", "MOVESPEED_BONUS_PERCENTAGE", "slow_ranged"),
    ("item_orb_of_corrosion", "duration", "PHYSICAL_ARMOR_BONUS", "corruption_armor"),
    ("item_orb_of_corrosion", "duration", "MOVESPEED_BONUS_PERCENTAGE", "slow_ranged"),
    ("item_skadi", "cold_duration", "MOVESPEED_BONUS_PERCENTAGE", "cold_slow_ranged"),
    ("item_skadi", "cold_duration", "ATTACKSPEED_PERCENTAGE", "cold_attack_slow_ranged"),
    ("item_desolator", "corruption_duration", "PHYSICAL_ARMOR_BONUS", "corruption_armor"),
]


@pytest.mark.parametrize(("item", "lasts", "name", "key"), DEBUFFS)
def test_attacks_leave_a_debuff(arena, sven, enemy, value, item, lasts, name, key):
    sven.give_item(item)
    debuff = f"modifier_{item}_debuff"
    strike(arena, sven, enemy, lambda: enemy.has(debuff))
    arena.run(0.05)
    assert enemy.bonus(name) == pytest.approx(value(item, key))
    assert enemy.modifiers(debuff)[0].duration == value(item, lasts)


@pytest.mark.parametrize(("item", "key"), [
    ("item_orb_of_frost", "heal_reduction"), ("item_orb_of_corrosion", "heal_reduction"),
    ("item_skadi", "restoration_reduction")])
def test_attacks_reduce_restoration(arena, sven, enemy, value, item, key):
    sven.give_item(item)
    strike(arena, sven, enemy, lambda: enemy.has(f"modifier_{item}_debuff"))
    arena.run(0.05)
    assert enemy.bonus("HEAL_AMPLIFY_PERCENTAGE_TARGET") == pytest.approx(-value(item, key))


def test_a_lesser_corruption_counts_for_nothing_beside_a_greater(arena, sven, enemy, value):
    sven.give_item("item_blight_stone", place=0)
    sven.give_item("item_desolator", place=1)
    strike(arena, sven, enemy, lambda: enemy.has("modifier_item_desolator_debuff"))
    arena.run(0.05)
    assert enemy.bonus("PHYSICAL_ARMOR_BONUS") == value("item_desolator", "corruption_armor")


class TestDesolator:
    def reap(self, arena, abaddon, enemy):
        """Lets an enemy die while its armor is corrupted."""
        strike(arena, abaddon, enemy, lambda: enemy.has("modifier_item_desolator_debuff"))
        enemy.kill(by=abaddon)
        arena.run(0.1)

    def test_it_grows_by_deaths(self, arena, abaddon, enemy, value):
        abaddon.give_item("item_desolator")
        before = abaddon.bonus("PREATTACK_BONUS_DAMAGE")
        self.reap(arena, abaddon, enemy)
        assert abaddon.bonus("PREATTACK_BONUS_DAMAGE") - before == pytest.approx(
            value("item_desolator", "bonus_damage_per_kill"))

    def test_it_grows_no_further_than_its_most(self, arena, abaddon, enemy, value):
        most = int(value("item_desolator", "max_damage"))
        item = abaddon.give_item("item_desolator", charges=most)
        self.reap(arena, abaddon, enemy)
        assert item.charges == most

    def test_it_keeps_what_it_has_gained_while_it_is_not_worn(self, arena, abaddon, enemy, value):
        abaddon.give_item("item_desolator")
        self.reap(arena, abaddon, enemy)
        gained = abaddon.bonus("PREATTACK_BONUS_DAMAGE")
        abaddon.order(UnitOrder.MOVE_ITEM, item=0, target=7)
        arena.run(6.0)
        abaddon.order(UnitOrder.MOVE_ITEM, item=7, target=0)
        arena.run(7.0)
        assert abaddon.bonus("PREATTACK_BONUS_DAMAGE") == pytest.approx(gained)


def test_orb_of_venom_poisons(arena, sven, enemy, value):
    sven.give_item("item_orb_of_venom")
    strike(arena, sven, enemy, lambda: enemy.has("modifier_item_orb_of_venom_debuff"))
    sven.stop()
    before, rate = enemy.health, float(enemy.record.health_regen)
    seconds = value("item_orb_of_venom", "poison_duration")
    arena.run(seconds + 0.1)
    assert before - enemy.health + rate * (seconds + 0.1) == pytest.approx(
        seconds * value("item_orb_of_venom", "damage") * (1 - enemy.magic_resistance), abs=2)
    assert sven.has("modifier_item_orb_of_venom_rest")


@pytest.mark.parametrize(("hero", "key"), [(SVEN, "damage_bonus"), (SNIPER, "damage_bonus_ranged")])
def test_quelling_blade_hurts_creeps_more(arena, value, hero, key):
    def hit(item):
        unit = arena.spawn(hero)
        creep = arena.spawn("npc_dota_creep_badguys_melee", at=(120, 0), armor=0.0,
                            health=2000.0, max_health=2000.0)
        if item:
            unit.give_item(item)
        arena.run(0.2)
        unit.record.damage_min = unit.record.damage_max = 50.0
        unit.attack(creep)
        arena.run_until(lambda: creep.health < 2000, 4.0)
        lost = 2000 - creep.health
        creep.kill()
        unit.place((2000, 2000))
        return lost

    assert hit("item_quelling_blade") - hit("") == pytest.approx(
        value("item_quelling_blade", key), abs=2.5)


@pytest.mark.parametrize("item", ["item_lesser_crit", "item_greater_crit"])
def test_critical_strikes_come_as_often_as_they_say(arena, sven, enemy, value, item):
    sven.give_item(item)
    modifier = arena.patch.modifier(f"modifier_{item}")
    record = arena.patch.record.modifier_definitions[modifier]
    given = [int(row.property_id) for row in arena.patch.record.given_properties[
        record.first_property:record.first_property + record.num_properties]]
    assert len(given) == 2
    hits = set()
    sven.attack(enemy)
    for _ in range(30 * 20):
        before = float(enemy.health)
        arena.play_tick()
        if before - enemy.health > 5:
            hits.add(round(before - float(enemy.health)))
            enemy.record.health = enemy.record.max_health
    assert max(hits) > 0.8 * 0.01 * value(item, "crit_multiplier") * min(hits)


PIERCING = [("item_javelin", "bonus_chance", "bonus_chance_damage"),
            ("item_monkey_king_bar", "bonus_chance", "bonus_chance_damage"),
            ("item_bloodthorn", "proc_chance", "passive_proc_damage")]


@pytest.mark.parametrize(("item", "chance", "damage"), PIERCING)
@pytest.mark.parametrize("hero", [SVEN, SNIPER])
def test_pierce_adds_magical_damage_to_so_many_attacks(
        arena, enemy, value, hero, item, chance, damage):
    unit = arena.spawn(hero)
    unit.give_item(item)
    blows = arena.blows(unit, enemy, 60)
    pierced = blows.count(pytest.approx(value(item, damage) * enemy.lets_through("magical")))
    assert pierced / (len(blows) - pierced) == pytest.approx(
        0.01 * value(item, chance), abs=0.15)


@pytest.mark.parametrize("item", ["item_basher", "item_abyssal_blade"])
class TestBash:
    def test_it_stuns_and_rests(self, arena, sven, enemy, value, item):
        sven.give_item(item)
        strike(arena, sven, enemy, lambda: enemy.has("MODIFIER_STATE_STUNNED"), 40.0)
        assert enemy.modifiers(f"modifier_{item}_bash")[0].duration == pytest.approx(
            value(item, "bash_duration"))
        assert sven.modifiers(f"modifier_{item}_rest")[0].duration == pytest.approx(
            value(item, "bash_cooldown"))

    def test_it_hurts_as_much_as_it_says(self, arena, sven, enemy, value, item):
        sven.give_item(item)
        strike(arena, sven, enemy, lambda: enemy.has("MODIFIER_STATE_STUNNED"), 40.0)
        arena.run(0.05)
        assert pytest.approx(
            value(item, "bonus_chance_damage") * enemy.lets_through("physical")
        ) in arena.wounds(enemy)

    @pytest.mark.parametrize(("hero", "key"), [
        (SVEN, "bash_chance_melee"), (SNIPER, "bash_chance_ranged")])
    def test_it_comes_as_often_as_it_says(self, arena, enemy, value, item, hero, key):
        unit = arena.spawn(hero)
        unit.give_item(item)
        blows = arena.blows(unit, enemy, 90)
        bashed = blows.count(pytest.approx(
            value(item, "bonus_chance_damage") * enemy.lets_through("physical")))
        assert bashed / (len(blows) - bashed) == pytest.approx(0.01 * value(item, key), abs=0.1)


def test_abyssal_blade_stuns_at_will(arena, sven, enemy, value):
    sven.give_item("item_abyssal_blade")
    sven.use("item_abyssal_blade", target=enemy)
    arena.run(0.2)
    assert enemy.modifiers("modifier_item_abyssal_blade_stun")[0].duration == pytest.approx(
        value("item_abyssal_blade", "stun_duration"))


@pytest.mark.parametrize("item", ["item_maelstrom", "item_mjollnir"])
def test_lightning_strikes_others(arena, sven, enemy, value, item):
    others = [arena.spawn("npc_dota_creep_badguys_melee", at=(300, 60 * i), health=2000.0,
                          max_health=2000.0, health_regen=0.0) for i in range(3)]
    far = arena.spawn("npc_dota_creep_badguys_melee", at=(140 + 800, 0), health=2000.0,
                      max_health=2000.0, health_regen=0.0)
    sven.give_item(item)
    strike(arena, sven, enemy, lambda: others[0].health < 2000, 40.0)
    for other in others:
        assert 2000 - other.health == pytest.approx(value(item, "chain_damage"), abs=2)
    assert far.health == 2000


@pytest.mark.parametrize(("hero", "speed", "resist"), [
    (SVEN, "berserk_bonus_movement_speed_melee", "berserk_slow_resist_melee"),
    (SNIPER, "berserk_bonus_movement_speed", "berserk_slow_resist")])
def test_mask_of_madness(arena, value, hero, speed, resist):
    unit = arena.spawn(hero)
    unit.give_item("item_mask_of_madness")
    unit.use("item_mask_of_madness")
    arena.run(0.1)
    item = "item_mask_of_madness"
    assert unit.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(item, "berserk_bonus_attack_speed")
    assert unit.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(item, speed)
    assert unit.bonus("SLOW_RESISTANCE_STACKING") == pytest.approx(value(item, resist))
    assert unit.bonus("PHYSICAL_ARMOR_BONUS") == -value(item, "berserk_armor_reduction")
    assert unit.has("MODIFIER_STATE_SILENCED")
    arena.run(value(item, "berserk_duration"))
    assert not unit.has("MODIFIER_STATE_SILENCED")


def test_echo_sabre_strikes_twice(arena, sven, enemy, value):
    sven.give_item("item_echo_sabre")
    strike(arena, sven, enemy, lambda: sven.has("modifier_item_echo_sabre_rest"))
    arena.run(0.05)
    debuff = enemy.modifiers("modifier_item_echo_sabre_debuff")[0]
    assert debuff.duration == pytest.approx(value("item_echo_sabre", "slow_duration"))
    assert len(arena.told(EventKind.DAMAGE, subject=enemy)) == 2
    assert sven.modifiers("modifier_item_echo_sabre_rest")[0].duration == value(
        "item_echo_sabre", "cooldown")


def test_diffusal_blade_burns_mana(arena, sven, enemy, value):
    sven.give_item("item_diffusal_blade")
    before = enemy.mana
    strike(arena, sven, enemy, lambda: enemy.mana < before - 1)
    assert before - enemy.mana == pytest.approx(
        value("item_diffusal_blade", "feedback_mana_burn"), abs=4)


@pytest.mark.parametrize("item", ["item_diffusal_blade", "item_disperser"])
def test_mana_break_leaves_who_is_immune_to_debuffs_alone(arena, sven, enemy, item):
    enemy.give_item("item_black_king_bar")
    enemy.use("item_black_king_bar")
    sven.give_item(item)
    before = enemy.mana
    sven.attack(enemy)
    arena.run_until(lambda: arena.wounds(enemy), within=3.0)
    arena.run(0.1)
    assert len(arena.wounds(enemy)) == 1 and enemy.mana >= before


def test_diffusal_blades_slow_fades(arena, sven, enemy, value):
    sven.give_item("item_diffusal_blade")
    sven.use("item_diffusal_blade", target=enemy)
    arena.run(0.2)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == -100
    sven.place((2000, 0))
    arena.run(1.0)
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == pytest.approx(
        -100 * (1 - 1 / value("item_diffusal_blade", "purge_rate")))


def test_witch_blade_poisons_by_intelligence(arena, sven, enemy, value):
    sven.give_item("item_witch_blade")
    strike(arena, sven, enemy, lambda: enemy.has("modifier_item_witch_blade_debuff"))
    sven.stop()
    before, rate = enemy.health, float(enemy.record.health_regen)
    arena.run(1.05)
    hurt = value("item_witch_blade", "int_damage_multiplier") * float(
        sven.player_record.intelligence)
    assert before - enemy.health + rate * 1.05 == pytest.approx(
        hurt * (1 - enemy.magic_resistance), abs=2)


@pytest.mark.parametrize("item", ["item_specialists_array", "item_hydras_breath"])
class TestSplitShot:
    def shoot(self, arena, enemy, item, at):
        """Lets a ranged hero attack for a while; returns it and another enemy."""
        windranger = arena.spawn("npc_dota_hero_windrunner")
        other = arena.spawn("npc_dota_hero_windrunner", at=at, team=Team.BADGUYS, level=20)
        windranger.give_item(item)
        arena.blows(windranger, enemy, 30.0)
        return windranger, other

    @pytest.mark.parametrize(("at", "hit"), [
        ((300, 100), True), ((300, -480), True), ((300, -560), False), ((-300, 0), False)])
    def test_it_shoots_at_others_within_its_angle(self, arena, enemy, value, item, at, hit):
        """120 degrees: 60 to either side."""
        _, other = self.shoot(arena, enemy, item, at)
        assert bool(arena.wounds(other)) == hit

    def test_its_shots_hurt_by_their_part(self, arena, enemy, value, item):
        unit, other = self.shoot(arena, enemy, item, (300, 100))
        raw = np.array([unit.damage_min, unit.damage_max]) + unit.bonus_damage
        least, most = (value(item, "base_proc_dmg") + 0.01 * value(item, "proc_dmg_pct") * raw
                       ) * other.lets_through("physical")
        # Hydra's Breath's also poison.
        poison = 0.025 * other.max_health * other.lets_through("magical")
        shots = [wound for wound in arena.wounds(other) if wound != pytest.approx(poison)]
        assert shots and all(least - 0.1 <= wound <= most + 0.1 for wound in shots)

    def test_melee_heroes_have_nothing_of_it(self, arena, sven, enemy, item):
        other = arena.spawn("npc_dota_hero_axe", at=(140, 60), team=Team.BADGUYS)
        sven.give_item(item)
        arena.blows(sven, enemy, 20.0)
        assert not arena.wounds(other)


def test_hydras_breath_poisons_by_the_health_of_its_target(arena, sven, enemy, value):
    item = "item_hydras_breath"
    sven.give_item(item)
    strike(arena, sven, enemy, lambda: enemy.has(f"modifier_{item}_debuff"))
    sven.stop()
    seen = len(arena.wounds(enemy))
    arena.run(value(item, "poison_duration") + 0.1)
    each = 0.01 * value(item, "poison_damage_per_second") * enemy.max_health
    assert arena.wounds(enemy)[seen:] == pytest.approx(
        int(value(item, "poison_duration")) * [each * enemy.lets_through("magical")])


def test_hydras_breath_poisons_with_its_other_shots_too(arena, enemy, value):
    """But they set off nothing else: no corruption of armor."""
    windranger = arena.spawn("npc_dota_hero_windrunner")
    other = arena.spawn("npc_dota_hero_windrunner", at=(300, 100), team=Team.BADGUYS, level=20)
    windranger.give_item("item_hydras_breath")
    windranger.give_item("item_desolator", place=1)
    strike(arena, windranger, enemy, lambda: arena.wounds(other), 30.0)
    arena.run(0.05)
    assert other.has("modifier_item_hydras_breath_debuff")
    assert not other.has("modifier_item_desolator_debuff")
    assert enemy.has("modifier_item_desolator_debuff")


def test_mage_slayer_weakens_spells_and_hurts(arena, sven, enemy, value):
    item = "item_mage_slayer"
    sven.give_item(item)
    strike(arena, sven, enemy, lambda: enemy.has(f"modifier_{item}_debuff"))
    sven.stop()
    seen = len(arena.wounds(enemy))
    arena.run(0.05)
    assert enemy.bonus("SPELL_AMPLIFY_PERCENTAGE") == -value(item, "spell_amp_debuff")
    arena.run(value(item, "duration"))
    assert arena.wounds(enemy)[seen:] == pytest.approx(
        int(value(item, "duration")) * [value(item, "dps") * enemy.lets_through("physical")])


def test_revenants_brooch_adds_magical_damage_to_so_many_attacks(arena, abaddon, enemy, value):
    item = "item_revenants_brooch"
    abaddon.give_item(item)
    fix_damage(arena, abaddon, 100.0)
    blows = arena.blows(abaddon, enemy, 60)
    more = blows.count(pytest.approx(
        value(item, "crit_multiplier") * enemy.lets_through("magical")))
    assert more / (len(blows) - more) == pytest.approx(0.01 * value(item, "crit_chance"), abs=0.15)


def test_parasma_lowers_magic_resistance(arena, sven, enemy, value):
    item = "item_devastator"
    sven.give_item(item)
    before = enemy.lets_through("magical")
    strike(arena, sven, enemy, lambda: enemy.has("modifier_item_devastator_corruption"))
    arena.run(0.05)
    assert enemy.lets_through("magical") / before == pytest.approx(
        1 + 0.01 * value(item, "active_mres_reduction"))
    assert enemy.has("modifier_item_devastator_debuff")


class TestDisperser:
    def test_an_enemy_is_slowed_and_dispelled(self, arena, sven, enemy):
        sven.give_item("item_disperser")
        enemy.give_item("item_ghost")
        enemy.use("item_ghost")
        sven.use("item_disperser", target=enemy)
        arena.run(0.1)
        assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == -100
        assert not enemy.has("MODIFIER_STATE_ETHEREAL")

    @pytest.mark.parametrize("on_ally", [True, False])
    def test_its_user_is_always_hastened(self, arena, sven, enemy, value, on_ally):
        ally = arena.spawn(SNIPER, at=(0, 200))
        sven.give_item("item_disperser")
        sven.use("item_disperser", target=ally if on_ally else enemy)
        arena.run(0.1)
        for unit in (sven, ally) if on_ally else (sven,):
            assert unit.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
                "item_disperser", "phase_movement_speed")
            assert unit.bonus("SLOW_RESISTANCE_STACKING") == pytest.approx(
                value("item_disperser", "slow_resist"))


@pytest.mark.parametrize(("hero", "apart"), [(SVEN, None), (SNIPER, 35)])
def test_harpoon_draws_both_together(arena, value, hero, apart):
    """Melee heroes to their least distance; others by their part of the way, each."""
    unit = arena.spawn(hero)
    enemy = arena.spawn("npc_dota_hero_axe", at=(600, 0), team=Team.BADGUYS)
    unit.give_item("item_harpoon")
    unit.use("item_harpoon", target=enemy)
    arena.run(1.0)
    left = value("item_harpoon", "min_distance") if apart is None else 600 * (
        1 - 2 * 0.01 * value("item_harpoon", "pull_distance_pct"))
    assert unit.distance(enemy) == pytest.approx(left, abs=40)


class TestShadowBlade:
    def test_it_hides_after_its_fade_time(self, arena, sven, value):
        sven.give_item("item_invis_sword")
        sven.use("item_invis_sword")
        assert not sven.has("MODIFIER_STATE_INVISIBLE")
        arena.run(value("item_invis_sword", "windwalk_fade_time") + 0.1)
        assert sven.has("MODIFIER_STATE_INVISIBLE")
        assert sven.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
            "item_invis_sword", "windwalk_movement_speed")

    def test_its_attack_hurts_more_and_ends_it(self, arena, sven, enemy, value):
        sven.give_item("item_invis_sword")
        sven.use("item_invis_sword")
        arena.run(0.5)
        before = enemy.health
        strike(arena, sven, enemy, lambda: enemy.health < before - 10)
        arena.run(0.1)
        assert not sven.has("MODIFIER_STATE_INVISIBLE")
        assert before - enemy.health > 0.9 * value("item_invis_sword", "windwalk_bonus_damage")


class TestSilverEdge:
    def strike(self, arena, sven, enemy):
        """Lets its wearer attack out of its shadow."""
        sven.give_item("item_silver_edge")
        sven.use("item_silver_edge")
        arena.run(0.5)
        assert sven.has("MODIFIER_STATE_INVISIBLE")
        strike(arena, sven, enemy, lambda: arena.wounds(enemy))
        arena.run(0.1)

    def test_its_attack_hurts_more(self, arena, sven, enemy, value):
        sven.give_item("item_silver_edge")
        arena.run(0.2)
        plain = arena.blows(sven, enemy, 3.0)[0]
        sven.stop()
        seen = len(arena.wounds(enemy))
        sven.use("item_silver_edge")
        arena.run(0.5)
        strike(arena, sven, enemy, lambda: len(arena.wounds(enemy)) > seen)
        assert arena.wounds(enemy)[seen] - plain == pytest.approx(
            value("item_silver_edge", "windwalk_bonus_damage") * enemy.lets_through("physical"),
            abs=8)

    def test_its_attack_breaks(self, arena, sven, enemy, value):
        self.strike(arena, sven, enemy)
        assert enemy.has("MODIFIER_STATE_PASSIVES_DISABLED")
        assert enemy.modifiers("modifier_silver_edge_debuff")[0].duration == value(
            "item_silver_edge", "backstab_duration")

    def test_its_attack_limits_speed(self, arena, sven, enemy, value):
        enemy.give_item("item_travel_boots")
        self.strike(arena, sven, enemy)
        assert enemy.move_speed == value("item_silver_edge", "max_movement_speed")

    def test_who_is_slower_stays_so(self, arena, sven, enemy, value):
        enemy.set(move_speed=150.0)
        self.strike(arena, sven, enemy)
        assert enemy.move_speed == 150


class TestBloodthorn:
    @pytest.fixture
    def silenced(self, arena, sven, enemy):
        """An enemy under its silence."""
        sven.give_item("item_bloodthorn")
        assert sven.use("item_bloodthorn", target=enemy) == OrderResult.ACCEPTED
        arena.run_until(lambda: enemy.has("modifier_item_bloodthorn_debuff"), 1.0)
        return enemy

    def test_it_silences_for_its_time(self, arena, silenced, value):
        assert silenced.has("MODIFIER_STATE_SILENCED")
        assert silenced.modifiers("modifier_item_bloodthorn_debuff")[0].duration == value(
            "item_bloodthorn", "silence_duration")

    @pytest.mark.parametrize(("attacker", "key"), [
        ("npc_dota_hero_axe", "proc_damage_heroes"),
        ("npc_dota_creep_goodguys_melee", "proc_damage_creeps")])
    def test_attacks_of_anybody_hurt_more(self, arena, silenced, value, attacker, key):
        unit = arena.spawn(attacker, at=(140, 100))
        more = value("item_bloodthorn", key) * silenced.lets_through("magical")
        if "hero" in attacker:
            unit.attack(silenced)
        arena.run_until(lambda: len(arena.wounds(silenced)) > 1, 4.0)
        assert arena.wounds(silenced)[1] == pytest.approx(more)

    @pytest.mark.parametrize("own", [True, False])
    def test_its_users_attacks_do_not_miss(self, arena, sven, silenced, own):
        silenced.give_item("item_butterfly", place=0)
        silenced.give_item("item_talisman_of_evasion", place=1)
        unit = sven if own else arena.spawn(SVEN, at=(140, 140))
        unit.body.base_attack_speed = 300.0
        unit.attack(silenced)
        arena.run(4.0)
        assert bool(arena.told(EventKind.MISS, subject=unit)) != own

    def test_at_its_end_it_deals_a_part_again(self, arena, sven, silenced, value):
        sven.stop()
        sven.give_item("item_dagon", place=1)
        sven.use("item_dagon", target=silenced)
        arena.run_until(lambda: arena.wounds(silenced), 1.0)
        arena.run(value("item_bloodthorn", "silence_duration"))
        assert arena.wounds(silenced)[-1] == pytest.approx(
            0.01 * value("item_bloodthorn", "silence_damage_percent") * arena.wounds(silenced)[0]
            * silenced.lets_through("magical"))


def test_quelling_blade_adds_nothing_to_battle_fury(arena, abaddon, value):
    creep = arena.spawn("npc_dota_creep_badguys_melee", at=(120, 0), armor=0.0,
                        health=2000.0, max_health=2000.0, damage=0.0)
    abaddon.give_item("item_quelling_blade", place=0)
    abaddon.give_item("item_bfury", place=1)
    fix_damage(arena, abaddon, 100.0)
    assert arena.blows(abaddon, creep, 3.0)[0] == pytest.approx(
        100 + value("item_bfury", "quelling_bonus"))


def test_satanic_steals_more_life(arena, sven, value):
    sven.give_item("item_satanic")
    sven.use("item_satanic")
    arena.run(0.1)
    assert sven.bonus("LIFESTEAL_PERCENTAGE") == value(
        "item_satanic", "lifesteal_percent") + value("item_satanic", "unholy_lifesteal_percent")


def test_heavens_halberd_disarms(arena, sven, enemy, value):
    sven.give_item("item_heavens_halberd")
    sven.use("item_heavens_halberd", target=enemy)
    arena.run(0.2)
    assert enemy.has("MODIFIER_STATE_DISARMED")
    assert enemy.modifiers("modifier_heavens_halberd_debuff")[0].duration == value(
        "item_heavens_halberd", "disarm_range")


def test_manta_makes_images(arena, sven, value):
    sven.give_item("item_manta")
    sven.use("item_manta")
    arena.run(0.2)
    images = [unit for unit in arena.units(UnitType.HERO) if unit.body.illusion_of]
    assert len(images) == value("item_manta", "images_count")
    assert images[0].body.illusion_damage == pytest.approx(0.33)
    assert images[0].body.illusion_hurt == pytest.approx(3.0)


def test_battle_fury_cleaves(arena, sven, enemy):
    other = arena.spawn("npc_dota_hero_lina", at=(300, 0), team=Team.BADGUYS)
    sven.give_item("item_bfury")
    strike(arena, sven, enemy, lambda: other.health < other.max_health - 5)


@pytest.mark.parametrize("item", ["item_invis_sword", "item_silver_edge"])
@pytest.mark.parametrize(("wait", "hidden"), [(0.0, True), (0.5, False)])
def test_uses_of_items_show_who_has_faded_alone(arena, sven, item, wait, hidden):
    sven.give_item(item)
    sven.give_item("item_magic_wand", place=1, charges=3)
    sven.use(item)
    arena.run(wait)
    sven.use("item_magic_wand")
    arena.run(0.5)
    assert sven.has("MODIFIER_STATE_INVISIBLE") == hidden


@pytest.mark.parametrize("item", ["item_invis_sword", "item_silver_edge"])
def test_who_shoots_out_of_its_shadow_is_seen_at_once(arena, enemy, value, item):
    """And the shot hurts more. Source: Liquipedia invisibility@2383943."""
    muerta = arena.spawn("npc_dota_hero_muerta")
    enemy.place((500, 0))
    muerta.give_item(item)
    muerta.use(item)
    arena.run(0.5)
    assert muerta.has("MODIFIER_STATE_INVISIBLE")
    muerta.attack(enemy)
    arena.run_until(lambda: arena.tables.num_projectiles, 3.0)
    arena.tables.projectiles[0].damage = 100.0
    arena.run(0.1)
    assert arena.tables.num_projectiles and not muerta.has("MODIFIER_STATE_INVISIBLE")
    arena.run_until(lambda: arena.wounds(enemy), 2.0)
    assert arena.wounds(enemy)[0] == pytest.approx(
        (100 + value(item, "windwalk_bonus_damage")) * enemy.lets_through("physical"))
