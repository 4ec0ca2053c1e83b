"""Razor."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitType
from tests.content.measures import physical, sees

RAZOR = "npc_dota_hero_razor"
FOE = "npc_dota_hero_phantom_assassin"
CREEP = "npc_dota_creep_badguys_melee"
SOON = 0.2


@pytest.fixture
def razor(arena):
    return arena.spawn(RAZOR, level=25)


@pytest.fixture
def foe(arena):
    """An enemy hero of much health that stands there."""
    def spawn(at=(300, 0)):
        hero = arena.spawn(FOE, at=at, team=Team.BADGUYS, level=25)
        return hero
    return spawn


@pytest.mark.parametrize("ability, levels", [
    ("razor_plasma_field", 4), ("razor_static_link", 4), ("razor_eye_of_the_storm", 3)])
def test_casts_cost_mana_and_time(arena, value, razor, foe, ability, levels):
    for level in range(1, levels + 1):
        razor.learn(**{ability: level})
        razor.ability(ability).cooldown_ready_tick = 0
        mana = razor.max_mana
        razor.set(mana=mana)
        enemy = foe() if ability == "razor_static_link" else None
        arena.run(0.1)
        razor.cast(ability, target=enemy)
        arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST, subject=razor), 2.0)
        arena.events.clear()
        assert mana - razor.mana == pytest.approx(value(ability, "mana_cost", level), abs=1.0)
        assert razor.ability(ability).cooldown == value(ability, "cooldown", level)


class TestPlasmaField:

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    @pytest.mark.parametrize("part", [0.25, 1.0])
    def test_hurts_twice_and_more_with_distance(self, arena, value, razor, foe, level, part):
        def of(key):
            return value("razor_plasma_field", key, level)

        enemy = foe(at=(part * of("radius") - 1.0, 0))
        razor.learn(razor_plasma_field=level)
        razor.cast("razor_plasma_field")
        arena.run(of("total_ability_time") + SOON)
        damage = of("damage_min") + (of("damage_max") - of("damage_min")) * part
        assert arena.wounds(enemy) == pytest.approx(
            2 * [damage * (1.0 - enemy.magic_resistance)], rel=0.01)

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_slows_by_distance_for_a_while(self, arena, value, razor, foe, level):
        def of(key):
            return value("razor_plasma_field", key, level)

        enemy = foe(at=(0.5 * of("radius"), 0))
        razor.learn(razor_plasma_field=level)
        razor.cast("razor_plasma_field")
        arena.run_until(lambda: enemy.has("modifier_razor_plasma_field_slow"), 2.0)
        arena.run(0.1)
        slow = 0.5 * (of("slow_min") + of("slow_max"))
        assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == pytest.approx(-slow, rel=0.01)
        modifier, = enemy.modifiers("modifier_razor_plasma_field_slow")
        assert modifier.duration == of("slow_duration")

    def test_leaves_alone_who_is_beyond_it(self, arena, value, razor, foe):
        enemy = foe(at=(value("razor_plasma_field", "radius") + 40.0, 0))
        razor.learn(razor_plasma_field=1)
        razor.cast("razor_plasma_field")
        arena.run(2.5)
        assert arena.wounds(enemy) == []

    def test_slows_longer_and_more_with_talents(self, arena, value, changed, razor, foe):
        enemy = foe()
        razor.learn(razor_plasma_field=1, special_bonus_unique_razor_4=1)
        razor.cast("razor_plasma_field")
        arena.run_until(lambda: enemy.has("modifier_razor_plasma_field_slow"), 2.0)
        modifier, = enemy.modifiers("modifier_razor_plasma_field_slow")
        assert modifier.duration == value("razor_plasma_field", "slow_duration") + changed(
            "razor_plasma_field", "slow_duration", "special_bonus_unique_razor_4")

    def test_sends_a_weaker_second_ring_with_its_talent(
            self, arena, value, changed, razor, foe):
        talent = "special_bonus_unique_razor_plasmafield_second_ring"
        enemy = foe(at=(value("razor_plasma_field", "radius") - 1.0, 0))
        razor.learn(**{"razor_plasma_field": 1, talent: 1})
        razor.cast("razor_plasma_field")
        arena.run(value("razor_plasma_field", "total_ability_time") + changed(
            "razor_plasma_field", "second_ring_delay", talent) + SOON)
        damage = value("razor_plasma_field", "damage_max") * (1.0 - enemy.magic_resistance)
        part = 1.0 - 0.01 * changed("razor_plasma_field", "second_ring_reduction", talent)
        assert arena.wounds(enemy) == pytest.approx(
            [damage, damage, part * damage, part * damage], rel=0.01)


class TestStaticLink:

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_steals_damage_while_it_lasts(self, arena, value, razor, foe, level):
        enemy = foe()
        razor.learn(razor_static_link=level)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        arena.run(4.0)
        stolen = 4.0 * value("razor_static_link", "drain_rate", level)
        assert razor.bonus("PREATTACK_BONUS_DAMAGE") == pytest.approx(stolen, rel=0.03)
        assert enemy.bonus("PREATTACK_BONUS_DAMAGE") == pytest.approx(-stolen, rel=0.03)

    @pytest.mark.parametrize("level", [1, 4])
    def test_what_it_stole_lasts_after_its_end(self, arena, value, razor, foe, level):
        enemy = foe()
        razor.learn(razor_static_link=level)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        length = value("razor_static_link", "drain_length", level)
        arena.run(length + SOON)
        assert not enemy.has("modifier_razor_static_link")
        stolen = length * value("razor_static_link", "drain_rate", level)
        assert razor.bonus("PREATTACK_BONUS_DAMAGE") == pytest.approx(stolen, rel=0.01)
        assert enemy.bonus("PREATTACK_BONUS_DAMAGE") == pytest.approx(-stolen, rel=0.01)
        for unit, name in ((razor, "buff"), (enemy, "debuff")):
            modifier, = unit.modifiers(f"modifier_razor_static_link_{name}")
            assert modifier.duration == value("razor_static_link", "drain_duration", level)

    @pytest.mark.parametrize("beyond, holds", [(-30.0, True), (30.0, False)])
    def test_breaks_beyond_its_range_and_buffer(
            self, arena, value, razor, foe, beyond, holds):
        enemy = foe()
        razor.learn(razor_static_link=1)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        enemy.place((value("razor_static_link", "AbilityCastRange") + value(
            "razor_static_link", "drain_range_buffer") + beyond, 0))
        arena.run(0.1)
        assert enemy.has("modifier_razor_static_link") == holds

    def test_breaks_when_razor_dies(self, arena, razor, foe):
        enemy = foe()
        razor.learn(razor_static_link=1)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        razor.kill(by=enemy)
        arena.run(0.1)
        assert not enemy.has("modifier_razor_static_link")

    def test_takes_heroes_alone(self, arena, razor):
        creep = arena.spawn(CREEP, at=(300, 0))
        razor.learn(razor_static_link=1)
        assert razor.cast("razor_static_link", target=creep) == OrderResult.WRONG_TARGET

    @pytest.mark.parametrize("level", [1, 4])
    def test_reaches_as_far_as_its_cast_range(self, arena, value, razor, level):
        razor.learn(razor_static_link=level)
        arena.run(0.1)
        assert razor.ability("razor_static_link").cast_range == value(
            "razor_static_link", "AbilityCastRange", level)

    def test_lets_razor_attack_while_he_walks(self, arena, razor, foe):
        enemy = foe()
        razor.learn(razor_static_link=1)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        interval = razor.attack_interval
        razor.move((0, 3000))
        arena.run_until(lambda: arena.wounds(enemy), 1.0)
        assert razor.y > arena.origin[1] + 10.0
        before = len(arena.wounds(enemy))
        for _ in range(4):
            razor.place((0, 0))
            arena.run(interval)
        assert len(arena.wounds(enemy)) - before == pytest.approx(4, abs=1)

    def test_steals_faster_with_its_talent(self, arena, value, changed, razor, foe):
        enemy = foe()
        razor.learn(razor_static_link=1, special_bonus_unique_razor=1)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        arena.run(3.0)
        rate = value("razor_static_link", "drain_rate") + changed(
            "razor_static_link", "drain_rate", "special_bonus_unique_razor")
        assert razor.bonus("PREATTACK_BONUS_DAMAGE") == pytest.approx(3.0 * rate, rel=0.03)

    def test_steals_as_much_attack_speed_with_its_talent(self, arena, razor, foe):
        enemy = foe()
        razor.learn(razor_static_link=1, special_bonus_unique_razor_static_link_aspd=1)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        arena.run(3.0)
        for unit in (razor, enemy):
            assert unit.bonus("ATTACKSPEED_BONUS_CONSTANT") == pytest.approx(
                unit.bonus("PREATTACK_BONUS_DAMAGE"))
            assert unit.bonus("ATTACKSPEED_BONUS_CONSTANT") != 0.0


class TestStormSurge:

    def answer(self, arena, razor, attacker, tries=60):
        """Lets `attacker` strike Razor until lightning answers."""
        razor.set(health=razor.max_health)
        attacker.attack(razor)
        slow = "modifier_razor_storm_surge_slow"
        for _ in range(tries):
            arena.run(0.5)
            razor.record.health = razor.max_health
            if arena.told(EventKind.DAMAGE, subject=attacker):
                assert attacker.has(slow)
                return
        raise AssertionError("no answer")

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_strikes_and_slows_the_attacker(self, arena, value, razor, foe, level):
        enemy = foe(at=(120, 0))
        razor.learn(razor_storm_surge=level)
        self.answer(arena, razor, enemy)
        assert arena.wounds(enemy)[0] == pytest.approx(value(
            "razor_storm_surge", "strike_damage", level) * (1.0 - enemy.magic_resistance))
        assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == -value(
            "razor_storm_surge", "strike_move_slow_pct", level)
        modifier, = enemy.modifiers("modifier_razor_storm_surge_slow")
        assert modifier.duration == value("razor_storm_surge", "strike_slow_duration")

    def test_forks_to_the_attackers_kind_first(self, arena, value, razor, foe):
        enemy, other = foe(at=(120, 0)), foe(at=(0, 500))
        creeps = [arena.spawn(CREEP, at=(0, 150 + 100 * i), acquisition_range=0.0)
                  for i in range(2)]
        razor.learn(razor_storm_surge=1)
        self.answer(arena, razor, enemy)
        struck = [unit for unit in (other, *creeps) if arena.wounds(unit)]
        assert len(struck) == value("razor_storm_surge", "strike_target_count") - 1
        assert other in struck
        assert creeps[0] in struck

    def test_leaves_alone_who_is_beyond_its_radius(self, arena, value, razor, foe):
        enemy = foe(at=(120, 0))
        other = foe(at=(0, value("razor_storm_surge", "strike_search_radius") + 20.0))
        razor.learn(razor_storm_surge=1)
        self.answer(arena, razor, enemy)
        assert arena.wounds(other) == []

    def test_rests_for_its_pause_after_an_answer(
            self, arena, value, razor, foe):
        enemy = foe(at=(120, 0))
        razor.learn(razor_storm_surge=1)
        self.answer(arena, razor, enemy)
        modifier, = razor.modifiers("modifier_razor_storm_surge_cooldown")
        assert modifier.duration == value("razor_storm_surge", "strike_internal_cd")

    def test_always_answers_a_spell(self, arena, razor):
        enemy = arena.spawn(RAZOR, at=(300, 0), team=Team.BADGUYS, level=25)
        enemy.learn(razor_static_link=1)
        razor.learn(razor_storm_surge=1)
        enemy.cast("razor_static_link", target=razor)
        arena.run_until(lambda: razor.has("modifier_razor_static_link"), 2.0)
        assert enemy.has("modifier_razor_storm_surge_slow")

    def test_strikes_all_in_the_storm_with_shard(self, arena, value, changed, razor, foe):
        enemy = foe(at=(120, 0))
        radius = value("razor_eye_of_the_storm", "radius")
        creeps = [arena.spawn(CREEP, at=(0, radius - 100 * i - 20), acquisition_range=0.0,
                              health=5000.0, max_health=5000.0) for i in range(4)]
        razor.upgrade(shard=True)
        razor.learn(razor_storm_surge=1, razor_eye_of_the_storm=1)
        razor.cast("razor_eye_of_the_storm")
        enemy.attack(razor)
        arena.run_until(lambda: enemy.has("modifier_razor_storm_surge_slow"), 25.0)
        assert all(creep.has("modifier_razor_storm_surge_slow") for creep in creeps)
        modifier, = razor.modifiers("modifier_razor_storm_surge_cooldown")
        assert modifier.duration == value("razor_storm_surge", "strike_internal_cd") - changed(
            "razor_storm_surge", "strike_cd_reduction_during_storm", "shard")

    def test_strikes_harder_with_its_talent(self, arena, value, changed, razor, foe):
        talent = "special_bonus_unique_razor_storm_surge_damage_and_slow"
        enemy = foe(at=(120, 0))
        razor.learn(**{"razor_storm_surge": 1, talent: 1})
        self.answer(arena, razor, enemy)
        more = 1.0 + 0.01 * changed("razor_storm_surge", "strike_damage", talent)
        assert arena.wounds(enemy)[0] == pytest.approx(value(
            "razor_storm_surge", "strike_damage") * more * (1.0 - enemy.magic_resistance))
        assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == -(
            value("razor_storm_surge", "strike_move_slow_pct")
            + changed("razor_storm_surge", "strike_move_slow_pct", talent))


@pytest.mark.parametrize("level", [1, 10, 25])
def test_unstable_current_speeds_up_with_the_heros_level(arena, level):
    entry = arena.patch.abilities["abilities"]["razor_unstable_current"]["values"]
    by = entry["movespeed_pct"]["per_hero_level"][1][0]
    razor = arena.spawn(RAZOR, level=level)
    arena.run(0.1)
    assert razor.bonus("MOVESPEED_BONUS_PERCENTAGE") == by * level


def test_illusions_are_as_fast_as_unstable_current_makes_razor(arena):
    razor = arena.spawn(RAZOR, level=25, mana=500.0)
    razor.give_item("item_manta")
    razor.use("item_manta")
    arena.run(0.5)
    images = [unit for unit in arena.units(UnitType.HERO) if unit.handle != razor.handle]
    assert len(images) == 2
    assert [image.move_speed for image in images] == [razor.move_speed] * 2


class TestEyeOfTheStorm:

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_strikes_at_its_interval(self, arena, value, razor, foe, level):
        def of(key):
            return value("razor_eye_of_the_storm", key, level)

        enemy = foe()
        razor.learn(razor_eye_of_the_storm=level)
        expected = physical(enemy, of("damage"))
        razor.cast("razor_eye_of_the_storm")
        arena.run(2 * of("strike_interval") + 0.05)
        struck = arena.wounds(enemy)
        assert len(struck) == 2
        # A strike wounds through armor that it has already reduced.
        assert struck[0] == pytest.approx(expected, rel=0.05)
        modifier, = razor.modifiers("modifier_razor_eye_of_the_storm")
        assert modifier.duration == of("duration")

    def test_takes_armor_with_each_strike(self, arena, value, razor, foe):
        enemy = foe()
        razor.learn(razor_eye_of_the_storm=1)
        armor = enemy.armor
        razor.cast("razor_eye_of_the_storm")
        arena.run(3 * value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert enemy.armor == pytest.approx(
            armor - 3 * value("razor_eye_of_the_storm", "armor_reduction"))

    def test_strikes_the_unit_of_lowest_health(self, arena, value, razor):
        creeps = [arena.spawn(CREEP, at=(200, 100 * i), acquisition_range=0.0, health=health)
                  for i, health in enumerate((500.0, 300.0, 400.0))]
        razor.learn(razor_eye_of_the_storm=1)
        razor.cast("razor_eye_of_the_storm")
        arena.run(value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert [len(arena.wounds(creep)) for creep in creeps] == [0, 1, 0]

    def test_prefers_a_linked_hero(self, arena, value, razor, foe):
        enemy = foe()
        creep = arena.spawn(CREEP, at=(200, 200), acquisition_range=0.0, health=100.0)
        razor.learn(razor_eye_of_the_storm=1, razor_static_link=1)
        razor.cast("razor_static_link", target=enemy)
        arena.run_until(lambda: enemy.has("modifier_razor_static_link"), 2.0)
        razor.cast("razor_eye_of_the_storm")
        arena.run(value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert len(arena.wounds(enemy)) == 1
        assert arena.wounds(creep) == []

    @pytest.mark.parametrize("beyond, strikes", [(-10.0, 1), (10.0, 0)])
    def test_reaches_as_far_as_its_radius(self, arena, value, razor, foe, beyond, strikes):
        enemy = foe(at=(value("razor_eye_of_the_storm", "radius") + beyond, 0))
        razor.learn(razor_eye_of_the_storm=1)
        razor.cast("razor_eye_of_the_storm")
        arena.run(value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert len(arena.wounds(enemy)) == strikes

    def test_strikes_two_with_scepter(self, arena, value, razor):
        creeps = [arena.spawn(CREEP, at=(200, 100 * i), acquisition_range=0.0, health=health)
                  for i, health in enumerate((500.0, 300.0, 300.0))]
        razor.upgrade(scepter=True)
        razor.learn(razor_eye_of_the_storm=1)
        razor.cast("razor_eye_of_the_storm")
        arena.run(value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert [len(arena.wounds(creep)) for creep in creeps] == [0, 1, 1]

    @pytest.mark.parametrize("scepter", [False, True])
    def test_strikes_a_tower_with_scepter_alone(self, arena, value, scepter):
        tower = arena.building("npc_dota_badguys_tower1_mid")
        arena.around(tower)
        razor = arena.spawn(RAZOR, at=(-400, 0), level=25)
        razor.upgrade(scepter=scepter)
        razor.learn(razor_eye_of_the_storm=1)
        health = tower.health
        razor.cast("razor_eye_of_the_storm")
        arena.run(value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert (tower.health < health) == scepter

    @pytest.mark.parametrize("name, strikes", [("fillers", False), ("melee_rax_mid", True)])
    def test_strikes_no_fillers_with_scepter(self, arena, value, name, strikes):
        """Source: the Scepter's text, 7.41."""
        building = arena.building(f"npc_dota_badguys_{name}")
        building.body.base_states = building.record.states = 0
        arena.around(building)
        razor = arena.spawn(RAZOR, at=(-300, 0), level=25)
        razor.upgrade(scepter=True)
        razor.learn(razor_eye_of_the_storm=1)
        razor.cast("razor_eye_of_the_storm")
        arena.run(value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert bool(arena.wounds(building)) == strikes

    def test_casts_add_up(self, arena, value, razor, foe):
        enemy = foe()
        razor.learn(razor_eye_of_the_storm=1)
        razor.cast("razor_eye_of_the_storm")
        razor.ability("razor_eye_of_the_storm").cooldown_ready_tick = 0
        razor.cast("razor_eye_of_the_storm")
        arena.run(value("razor_eye_of_the_storm", "strike_interval") + 0.05)
        assert len(arena.wounds(enemy)) == 2

    def test_strikes_faster_with_its_talent(self, arena, value, changed, razor, foe):
        enemy = foe()
        razor.learn(razor_eye_of_the_storm=1, special_bonus_unique_razor_2=1)
        razor.cast("razor_eye_of_the_storm")
        arena.run(4 * (value("razor_eye_of_the_storm", "strike_interval") + changed(
            "razor_eye_of_the_storm", "strike_interval", "special_bonus_unique_razor_2")) + 0.05)
        assert len(arena.wounds(enemy)) == 4


@pytest.mark.parametrize("talent, bonus, by", [
    ("special_bonus_armor_4", "PHYSICAL_ARMOR_BONUS", 4.0),
    ("special_bonus_strength_12", "STATS_STRENGTH_BONUS", 12.0),
])
def test_talents_give_what_their_name_says(arena, razor, talent, bonus, by):
    razor.learn(**{talent: 1})
    arena.run(0.1)
    assert razor.bonus(bonus) == by


@pytest.mark.parametrize("beyond, seen", [(-20, True), (20, False)])
def test_static_link_shows_what_is_around_its_target(arena, value, razor, foe, beyond, seen):
    enemy = foe(at=(400, 0))
    razor.learn(razor_static_link=1)
    razor.perform("razor_static_link", target=enemy)
    razor.place((-5000, 0))
    enemy.place((5000, 0))
    assert sees(arena, (400, value("razor_static_link", "radius") + beyond)) == seen


def test_static_link_shows_for_its_time(arena, value, razor, foe):
    enemy = foe(at=(400, 0))
    watched = foe(at=(400, 100))
    razor.learn(razor_static_link=1)
    razor.perform("razor_static_link", target=enemy)
    razor.place((-5000, 0))
    arena.run(0.3)
    assert 0.3 + arena.lasts(lambda: int(watched.visible_to) >> Team.GOODGUYS & 1) == (
        pytest.approx(value("razor_static_link", "vision_duration"), abs=0.25))


@pytest.mark.parametrize("shard", [False, True])
def test_storm_surge_answers_at_its_chance(arena, value, changed, razor, foe, shard):
    """More often in Eye of the Storm with the Shard."""
    enemy = foe(at=(120, 0))
    enemy.set(health=90000.0, max_health=90000.0, armor=90.0)
    razor.upgrade(shard=shard)
    razor.learn(razor_storm_surge=1, razor_eye_of_the_storm=1)
    chance = value("razor_storm_surge", "strike_pct_chance")
    if shard:
        chance *= changed("razor_storm_surge", "eye_of_the_storm_chance_multiplier", "shard")
    razor.cast("razor_eye_of_the_storm")
    enemy.body.base_attack_time = 0.1
    enemy.body.is_dirty = 1
    enemy.attack(razor)
    answers = blows = 0
    for _ in range(3600):
        razor.record.health = razor.max_health
        seen = len(arena.wounds(razor))
        arena.play_tick()
        blows += len(arena.wounds(razor)) - seen
        if razor.has("modifier_razor_storm_surge_cooldown"):
            answers += 1
            for modifier in razor.modifiers("modifier_razor_storm_surge_cooldown"):
                modifier.expire_tick = arena.tables.tick
        eye = razor.modifiers("modifier_razor_eye_of_the_storm")
        if eye:
            eye[0].expire_tick = arena.tables.tick + 300
        if blows >= 60:
            break
    assert blows >= 60
    assert 100 * answers / blows == pytest.approx(chance, abs=10)
