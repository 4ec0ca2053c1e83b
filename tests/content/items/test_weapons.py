"""What attacks do, or carry."""

import pytest

from dota_env_rpc.match.enums import EventKind, Team, UnitType

SVEN = "npc_dota_hero_sven"
SNIPER = "npc_dota_hero_sniper"


@pytest.fixture
def sven(arena):
    """A melee attacker."""
    return arena.spawn(SVEN, level=10)


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
    assert enemy.bonus("HEAL_AMPLIFY_PERCENTAGE_TARGET") == -value(item, key)


def test_a_lesser_corruption_counts_for_nothing_beside_a_greater(arena, sven, enemy, value):
    sven.give_item("item_blight_stone", place=0)
    sven.give_item("item_desolator", place=1)
    strike(arena, sven, enemy, lambda: enemy.has("modifier_item_desolator_debuff"))
    arena.run(0.05)
    assert enemy.bonus("PHYSICAL_ARMOR_BONUS") == value("item_desolator", "corruption_armor")


def test_desolator_grows_by_deaths(arena, sven, enemy, value):
    sven.give_item("item_desolator")
    strike(arena, sven, enemy, lambda: enemy.has("modifier_item_desolator_debuff"))
    enemy.kill(by=sven)
    arena.run(0.1)
    assert sven.stacks("modifier_item_desolator") == value(
        "item_desolator", "bonus_damage_per_kill")


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


def attacks(arena, attacker, target, seconds):
    """Returns what each of an attacker's hits took in so many seconds."""
    hits = []
    attacker.attack(target)
    for _ in range(int(30 * seconds)):
        target.record.health = target.record.max_health
        arena.play_tick()
        lost = float(target.record.max_health - target.health)
        if lost > 1:
            hits.append(lost)
    return hits


@pytest.mark.parametrize(("item", "damage"), [
    ("item_javelin", "bonus_chance_damage"), ("item_monkey_king_bar", "bonus_chance_damage")])
@pytest.mark.parametrize("hero", [SVEN, SNIPER])
def test_pierce_adds_magical_damage(arena, enemy, value, hero, item, damage):
    unit = arena.spawn(hero)
    unit.give_item(item)
    hits = attacks(arena, unit, enemy, 20)
    added = value(item, damage) * (1 - enemy.magic_resistance)
    assert max(hits) - min(hits) > 0.75 * added


@pytest.mark.parametrize("item", ["item_basher", "item_abyssal_blade"])
def test_bash_stuns(arena, sven, enemy, value, item):
    sven.give_item(item)
    strike(arena, sven, enemy, lambda: enemy.has("MODIFIER_STATE_STUNNED"), 40.0)
    assert enemy.modifiers(f"modifier_{item}_bash")[0].duration == pytest.approx(
        value(item, "bash_duration"))
    assert sven.modifiers(f"modifier_{item}_rest")[0].duration == pytest.approx(
        value(item, "bash_cooldown"))


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


def test_specialists_array_shoots_at_others(arena, enemy):
    sniper = arena.spawn(SNIPER)
    other = arena.spawn("npc_dota_hero_lina", at=(300, 100), team=Team.BADGUYS)
    sniper.give_item("item_specialists_array")
    sniper.attack(enemy)
    arena.run_until(lambda: other.health < other.max_health, 30.0)


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
