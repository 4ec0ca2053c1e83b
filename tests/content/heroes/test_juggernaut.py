"""Juggernaut."""

import pytest

from dota_env_rpc.match.enums import EventKind, Team, UnitType
from tests.content.measures import image_of

JUGGERNAUT = "npc_dota_hero_juggernaut"
FOE = "npc_dota_hero_phantom_assassin"
ARCHER = "npc_dota_hero_drow_ranger"
CREEP = "npc_dota_creep_badguys_melee"
WARD = "npc_dota_juggernaut_healing_ward"


@pytest.fixture
def juggernaut(arena):
    hero = arena.spawn(JUGGERNAUT, level=25)
    hero.set(mana=hero.max_mana)
    return hero


@pytest.fixture
def foe(arena):
    """An enemy hero that stands there."""
    def spawn(at=(150, 0), **fields):
        return arena.spawn(FOE, at=at, team=Team.BADGUYS, level=25, **fields)
    return spawn


@pytest.fixture
def creep(arena):
    """An enemy creep of much health that stands there."""
    def spawn(at=(150, 0), **fields):
        return arena.spawn(CREEP, at=at, **{
            "acquisition_range": 0.0, "armor": 0.0, "max_health": 90000.0, "health": 90000.0,
            **fields})
    return spawn


@pytest.mark.parametrize("ability, levels", [
    ("juggernaut_blade_fury", 4), ("juggernaut_healing_ward", 4),
    ("juggernaut_omni_slash", 3)])
def test_casts_cost_mana_and_time(arena, value, juggernaut, creep, ability, levels):
    for level in range(1, levels + 1):
        juggernaut.learn(**{ability: level})
        juggernaut.ability(ability).cooldown_ready_tick = 0
        mana = juggernaut.max_mana
        juggernaut.set(mana=mana)
        juggernaut.cast(
            ability, target=creep() if "omni" in ability else None,
            point=(100, 0) if "ward" in ability else None)
        arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST, subject=juggernaut), 2.0)
        arena.events.clear()
        assert mana - juggernaut.mana == pytest.approx(
            value(ability, "mana_cost", level), abs=1.0)
        assert juggernaut.ability(ability).cooldown == value(ability, "cooldown", level)
        arena.run(5.5)


class TestBladeFury:

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_hurts_around_it_every_interval(self, arena, value, juggernaut, creep, level):
        def of(key):
            return value("juggernaut_blade_fury", key, level)

        near = creep(at=(of("blade_fury_radius") - 5.0, 0))
        far = creep(at=(of("blade_fury_radius") + 5.0, 0))
        juggernaut.learn(juggernaut_blade_fury=level)
        juggernaut.cast("juggernaut_blade_fury")
        arena.run(of("duration") + 0.1)
        tick = of("blade_fury_damage_tick")
        assert arena.wounds(near) == pytest.approx(
            round(of("duration") / tick) * [of("blade_fury_damage") * tick])
        assert arena.wounds(far) == []

    def test_makes_immune_to_debuffs_and_resistant_to_magic(
            self, arena, value, juggernaut):
        juggernaut.learn(juggernaut_blade_fury=1)
        before = juggernaut.magic_resistance
        juggernaut.cast("juggernaut_blade_fury")
        arena.run(0.1)
        assert juggernaut.has("MODIFIER_STATE_MAGIC_IMMUNE")
        passes = 1.0 - 0.01 * value("juggernaut_blade_fury", "immunity_resist")
        assert 1.0 - juggernaut.magic_resistance == pytest.approx((1.0 - before) * passes)
        arena.run(value("juggernaut_blade_fury", "duration"))
        assert not juggernaut.has("MODIFIER_STATE_MAGIC_IMMUNE")

    def test_takes_debuffs_off_at_its_start(self, arena, juggernaut):
        razor = arena.spawn("npc_dota_hero_razor", at=(300, 0), team=Team.BADGUYS, level=25)
        razor.learn(razor_plasma_field=1)
        juggernaut.learn(juggernaut_blade_fury=1)
        razor.cast("razor_plasma_field")
        arena.run_until(lambda: juggernaut.has("modifier_razor_plasma_field_slow"), 1.4)
        juggernaut.cast("juggernaut_blade_fury")
        arena.run(0.1)
        assert not juggernaut.has("modifier_razor_plasma_field_slow")

    def test_his_attacks_do_not_hurt_whom_it_affects(self, arena, value, juggernaut, creep):
        juggernaut.learn(juggernaut_blade_fury=1)
        target = creep()
        juggernaut.cast("juggernaut_blade_fury")
        juggernaut.attack(target)
        arena.run(4.0)
        tick = value("juggernaut_blade_fury", "blade_fury_damage") * value(
            "juggernaut_blade_fury", "blade_fury_damage_tick")
        assert arena.wounds(target) == pytest.approx(len(arena.wounds(target)) * [tick])
        assert juggernaut.last_attack_tick > 0

    def test_strikes_critically_with_blade_dance(self, arena, value, juggernaut, creep):
        juggernaut.learn(juggernaut_blade_fury=1, juggernaut_blade_dance=1)
        target = creep()
        juggernaut.cast("juggernaut_blade_fury")
        arena.run(5.1)
        tick = value("juggernaut_blade_fury", "blade_fury_damage") * value(
            "juggernaut_blade_fury", "blade_fury_damage_tick")
        critical = 0.01 * value("juggernaut_blade_dance", "blade_dance_crit_mult") * tick
        assert sorted({round(wound, 6) for wound in arena.wounds(target)}) == pytest.approx(
            [tick, critical])

    @pytest.mark.parametrize("talent, key, bonus", [
        ("special_bonus_unique_juggernaut_blade_fury_movespeed", "bonus_movespeed",
         "MOVESPEED_BONUS_CONSTANT")])
    def test_speeds_up_with_its_talent(self, arena, changed, juggernaut, talent, key, bonus):
        juggernaut.learn(**{"juggernaut_blade_fury": 1, talent: 1})
        juggernaut.cast("juggernaut_blade_fury")
        arena.run(0.1)
        assert juggernaut.bonus(bonus) == changed("juggernaut_blade_fury", key, talent)

    def test_hurts_more_with_its_talent(self, arena, value, changed, juggernaut, creep):
        talent = "special_bonus_unique_juggernaut"
        target = creep()
        juggernaut.learn(**{"juggernaut_blade_fury": 1, talent: 1})
        juggernaut.cast("juggernaut_blade_fury")
        arena.run(0.5)
        damage = value("juggernaut_blade_fury", "blade_fury_damage") + changed(
            "juggernaut_blade_fury", "blade_fury_damage", talent)
        assert arena.wounds(target)[0] == pytest.approx(
            damage * value("juggernaut_blade_fury", "blade_fury_damage_tick"))


class TestHealingWard:

    def summon(self, arena, juggernaut, level=1):
        juggernaut.learn(juggernaut_healing_ward=level)
        juggernaut.cast("juggernaut_healing_ward", point=(100, 0))
        arena.run_until(lambda: arena.units(UnitType.WARD), 2.0)
        ward, = arena.units(UnitType.WARD)
        arena.run(0.3)
        return ward

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_heals_allies_near_by_their_health(self, arena, value, juggernaut, level):
        def of(key):
            return value("juggernaut_healing_ward", key, level)

        near, far = (
            arena.spawn("npc_dota_creep_goodguys_melee", at=(x, 0), acquisition_range=0.0)
            for x in (300.0, of("healing_ward_aura_radius") + 140.0))
        enemy = arena.spawn(CREEP, at=(100, 200), acquisition_range=0.0)
        before = near.health_regen
        self.summon(arena, juggernaut, level)
        assert near.health_regen - before == pytest.approx(
            0.01 * of("healing_ward_heal_amount") * near.max_health)
        assert far.health_regen == before
        assert enemy.health_regen == before
        assert juggernaut.bonus("HEALTH_REGEN_PERCENTAGE") == of("healing_ward_heal_amount")

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_lasts_for_its_duration(self, arena, value, juggernaut, level):
        ward = self.summon(arena, juggernaut, level)
        duration = value("juggernaut_healing_ward", "duration", level)
        arena.run(duration - 0.5)
        assert ward.alive
        arena.run(0.3)
        assert not ward.alive

    def test_two_heal_as_one(self, arena, value, juggernaut):
        self.summon(arena, juggernaut)
        juggernaut.ability("juggernaut_healing_ward").cooldown_ready_tick = 0
        juggernaut.cast("juggernaut_healing_ward", point=(100, 0))
        arena.run(1.0)
        assert len(arena.units(UnitType.WARD)) == 2
        assert juggernaut.bonus("HEALTH_REGEN_PERCENTAGE") == value(
            "juggernaut_healing_ward", "healing_ward_heal_amount")

    @pytest.mark.parametrize("shard", [False, True])
    def test_falls_to_one_hit_and_to_more_with_shard(
            self, arena, changed, juggernaut, foe, shard):
        juggernaut.upgrade(shard=shard)
        ward = self.summon(arena, juggernaut)
        more = changed("juggernaut_healing_ward", "healing_ward_bonus_health", "shard")
        enemy = foe(at=(200, 0))
        arena.run(0.3)
        enemy.attack(ward)
        arena.run_until(lambda: not ward.alive, 10.0)
        assert arena.wounds(ward) == (1 + int(more) * shard) * [1.0]

    def test_heals_more_with_shard(self, arena, value, changed, juggernaut):
        juggernaut.upgrade(shard=True)
        self.summon(arena, juggernaut)
        assert juggernaut.bonus("HEALTH_REGEN_PERCENTAGE") == value(
            "juggernaut_healing_ward", "healing_ward_heal_amount") + changed(
            "juggernaut_healing_ward", "healing_ward_heal_amount", "shard")

    def test_comes_back_sooner_with_its_talent(self, arena, value, changed, juggernaut):
        talent = "special_bonus_unique_juggernaut_5"
        juggernaut.learn(**{"juggernaut_healing_ward": 1, talent: 1})
        arena.run(0.1)
        assert juggernaut.ability("juggernaut_healing_ward").cooldown == value(
            "juggernaut_healing_ward", "AbilityCooldown") + changed(
            "juggernaut_healing_ward", "AbilityCooldown", talent)


class TestBladeDance:

    def strike(self, arena, juggernaut, target, seconds=30.0):
        arena.run(22.0)  # until Bladeform makes him no stronger
        juggernaut.attack(target)
        arena.run(seconds)
        return arena.wounds(target)

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_some_attacks_strike_for_more(self, arena, value, juggernaut, creep, level):
        juggernaut.learn(juggernaut_blade_dance=level)
        target = creep()
        struck = {round(wound) for wound in self.strike(arena, juggernaut, target)}
        base = (int(juggernaut.damage_min), int(juggernaut.damage_max))
        part = 0.01 * value("juggernaut_blade_dance", "blade_dance_crit_mult", level)
        plain = {wound for wound in struck if base[0] <= wound <= base[1]}
        critical = struck - plain
        assert plain
        assert critical
        assert all(base[0] * part - 1 <= wound <= base[1] * part + 1 for wound in critical)

    def test_about_as_many_as_its_chance(self, arena, value, juggernaut, creep):
        juggernaut.learn(juggernaut_blade_dance=4)
        target = creep()
        struck = self.strike(arena, juggernaut, target, seconds=150.0)
        part = sum(wound > juggernaut.damage_max for wound in struck) / len(struck)
        assert part == pytest.approx(
            0.01 * value("juggernaut_blade_dance", "blade_dance_crit_chance"), abs=0.07)

    def test_strikes_harder_with_its_talent(self, arena, value, changed, juggernaut, creep):
        talent = "special_bonus_unique_juggernaut_4"
        juggernaut.learn(**{"juggernaut_blade_dance": 4, talent: 1})
        target = creep()
        struck = self.strike(arena, juggernaut, target, seconds=20.0)
        part = 0.01 * (value("juggernaut_blade_dance", "blade_dance_crit_mult", 4)
                       + changed("juggernaut_blade_dance", "blade_dance_crit_mult", talent))
        assert max(struck) <= part * juggernaut.damage_max + 0.01
        assert max(struck) >= part * juggernaut.damage_min - 0.01

    def test_heals_by_critical_strikes_with_its_talent(self, arena, changed, juggernaut, foe):
        talent = "special_bonus_unique_juggernaut_blade_dance_lifesteal"
        juggernaut.learn(**{"juggernaut_blade_dance": 1, talent: 1})
        target = foe(armor=0.0, health_regen=0.0)
        juggernaut.set(health=100.0, health_regen=0.0)
        juggernaut.attack(target)
        arena.run_until(lambda: arena.told(EventKind.HEAL, subject=juggernaut), 20.0)
        hit = arena.wounds(target)[-1]
        assert hit > 1.2 * juggernaut.damage_min * 0.5
        assert arena.told(EventKind.HEAL, subject=juggernaut)[0].value == pytest.approx(
            0.01 * changed("juggernaut_blade_dance", "blade_dance_lifesteal", talent) * hit)


class TestBladeform:

    def test_gains_a_stack_with_every_time_without_damage(self, arena, value, juggernaut):
        gain = value("juggernaut_bladeform", "stack_gain_time")
        arena.run(3 * gain + 0.1)
        assert juggernaut.stacks("modifier_juggernaut_bladeform") == 3

    def test_gains_no_more_than_its_most(self, arena, value, juggernaut):
        arena.run(value("juggernaut_bladeform", "stack_gain_time") * (
            value("juggernaut_bladeform", "max_stacks") + 2))
        assert juggernaut.stacks("modifier_juggernaut_bladeform") == value(
            "juggernaut_bladeform", "max_stacks")

    @pytest.mark.parametrize("level", [1, 20])
    def test_a_stack_gives_agility_by_the_heros_level_and_speed(self, arena, value, level):
        values = arena.patch.abilities["abilities"]["juggernaut_bladeform"]["values"]
        by = values["agi_bonus_pct_per_stack"]["per_hero_level"][1][0]
        hero = arena.spawn(JUGGERNAUT, level=level)
        agility = hero.player_record.agility
        arena.run(2 * value("juggernaut_bladeform", "stack_gain_time") + 0.1)
        percent = 2 * (value("juggernaut_bladeform", "agi_bonus_pct_per_stack") + by * level)
        assert hero.player_record.agility == pytest.approx(agility * (1.0 + 0.01 * percent))
        assert hero.bonus("MOVESPEED_BONUS_PERCENTAGE") == pytest.approx(
            2 * value("juggernaut_bladeform", "movement_speed_pct_per_stack"))

    def test_loses_all_a_while_after_damage(self, arena, value, juggernaut, foe):
        enemy = foe(at=(120, 0))
        arena.run(3 * value("juggernaut_bladeform", "stack_gain_time") + 0.1)
        enemy.attack(juggernaut)
        arena.run_until(lambda: arena.told(EventKind.DAMAGE, subject=juggernaut), 3.0)
        enemy.stop()
        linger = value("juggernaut_bladeform", "linger_duration")
        arena.run(linger - 0.2)
        assert juggernaut.stacks("modifier_juggernaut_bladeform") == 3
        arena.run(0.3)
        assert juggernaut.stacks("modifier_juggernaut_bladeform") == 0

    def test_gains_faster_with_its_talent(self, arena, value, changed, juggernaut):
        talent = "special_bonus_unique_juggernaut_3"
        juggernaut.learn(**{talent: 1})
        gain = value("juggernaut_bladeform", "stack_gain_time") + changed(
            "juggernaut_bladeform", "stack_gain_time", talent)
        arena.run(4 * gain + 0.1)
        assert juggernaut.stacks("modifier_juggernaut_bladeform") == 4


class TestOmnislash:

    def slash(self, arena, juggernaut, target, ability="juggernaut_omni_slash"):
        juggernaut.cast(ability, target=target)
        arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST, subject=juggernaut), 2.0)

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_leaps_and_strikes_invulnerably_for_its_duration(
            self, arena, value, juggernaut, creep, level):
        def of(key):
            return value("juggernaut_omni_slash", key, level)

        target = creep(at=(of("AbilityCastRange") - 50.0, 0))
        juggernaut.learn(juggernaut_omni_slash=level)
        self.slash(arena, juggernaut, target)
        arena.run(0.1)
        assert juggernaut.distance(target) < 100.0
        assert juggernaut.bonus("PREATTACK_BONUS_DAMAGE") == of("bonus_damage")
        assert juggernaut.bonus("ATTACKSPEED_BONUS_CONSTANT") == of("bonus_attack_speed")
        interval = juggernaut.attack_interval / of("attack_rate_multiplier")
        arena.run(of("duration") - 0.2)
        assert juggernaut.has("MODIFIER_STATE_INVULNERABLE")
        arena.run(0.2)
        assert not juggernaut.has("MODIFIER_STATE_INVULNERABLE")
        assert len(arena.wounds(target)) == pytest.approx(
            1 + of("duration") / interval, abs=1)

    @pytest.mark.parametrize("beyond, hits", [(-60.0, True), (80.0, False)])
    def test_strikes_others_within_its_radius(
            self, arena, value, juggernaut, creep, beyond, hits):
        target = creep(at=(200, 0))
        other = creep(at=(200 + value("juggernaut_omni_slash", "omni_slash_radius") + beyond, 0))
        juggernaut.learn(juggernaut_omni_slash=1)
        self.slash(arena, juggernaut, target)
        arena.run(3.5)
        assert bool(arena.wounds(other)) == hits

    def test_ends_where_nobody_is_left(self, arena, juggernaut):
        target = arena.spawn(CREEP, at=(200, 0), health=10.0)
        juggernaut.learn(juggernaut_omni_slash=1)
        self.slash(arena, juggernaut, target)
        arena.run(1.5)
        assert not juggernaut.has("modifier_juggernaut_omnislash")

    def test_lasts_longer_and_returns_sooner_with_talents(
            self, arena, value, changed, juggernaut, creep):
        longer = "special_bonus_unique_juggernaut_omnislash_duration"
        sooner = "special_bonus_unique_juggernaut_omnislash_cooldown"
        juggernaut.learn(**{"juggernaut_omni_slash": 1, longer: 1, sooner: 1})
        self.slash(arena, juggernaut, creep())
        arena.run(0.1)
        modifier, = juggernaut.modifiers("modifier_juggernaut_omnislash")
        assert modifier.duration == value("juggernaut_omni_slash", "duration") + changed(
            "juggernaut_omni_slash", "duration", longer)
        assert juggernaut.ability("juggernaut_omni_slash").cooldown == value(
            "juggernaut_omni_slash", "AbilityCooldown") + changed(
            "juggernaut_omni_slash", "AbilityCooldown", sooner)

    def test_scepter_gives_a_short_one(self, arena, value, juggernaut, creep):
        assert juggernaut.ability("juggernaut_swift_slash").hidden
        juggernaut.upgrade(scepter=True)
        juggernaut.learn(juggernaut_omni_slash=2)
        assert not juggernaut.ability("juggernaut_swift_slash").hidden
        target = creep()
        self.slash(arena, juggernaut, target, "juggernaut_swift_slash")
        arena.run(0.1)
        modifier, = juggernaut.modifiers("modifier_juggernaut_swift_slash")
        assert modifier.duration == value("juggernaut_swift_slash", "duration")
        assert juggernaut.bonus("PREATTACK_BONUS_DAMAGE") == value(
            "juggernaut_omni_slash", "bonus_damage", 2)
        arena.run(1.0)
        assert len(arena.wounds(target)) >= 2
        assert not juggernaut.has("MODIFIER_STATE_INVULNERABLE")


def test_illusions_of_juggernaut_have_blade_dance(arena, juggernaut, creep, value):
    juggernaut.learn(juggernaut_blade_dance=4)
    image = image_of(arena, juggernaut)
    juggernaut.place((-2000, 0))
    prey = creep()
    arena.run(12.0)
    blows = [event.value for event in arena.told(EventKind.DAMAGE, subject=prey, object=image)]
    assert max(blows) > 0.009 * value("juggernaut_blade_dance", "blade_dance_crit_mult", 4) * min(
        blows) > 1.5 * min(blows)
