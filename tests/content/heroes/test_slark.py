"""Slark."""

import pytest

from dota_env_rpc.match.enums import SUMMONED, EventKind, OrderResult, Team, UnitType

SLARK = "npc_dota_hero_slark"
FOE = "npc_dota_hero_phantom_assassin"
CREEP = "npc_dota_creep_badguys_melee"
UNSEEN = "modifier_slark_shadow_dance_passive"


@pytest.fixture
def slark(arena):
    return arena.spawn(SLARK, level=25)


@pytest.fixture
def foe(arena):
    """An enemy hero that stands there."""
    def spawn(at=(150, 0), **fields):
        return arena.spawn(FOE, at=at, team=Team.BADGUYS, level=25, **fields)
    return spawn


@pytest.fixture
def creep(arena):
    """An enemy creep of much health that stands there."""
    def spawn(at=(150, 0)):
        return arena.spawn(CREEP, at=at, acquisition_range=0.0, max_health=90000.0,
                           health=90000.0)
    return spawn


def stolen(unit):
    return unit.stacks("modifier_slark_essence_shift_debuff_counter")


def strike(arena, slark, target, times=1):
    """Lets Slark hit a target so many times."""
    slark.attack(target)
    arena.run_until(lambda: len(arena.wounds(target)) >= times, 4.0 * times)
    slark.stop()
    arena.run(0.1)


@pytest.mark.parametrize("ability, levels", [
    ("slark_dark_pact", 4), ("slark_pounce", 4), ("slark_shadow_dance", 3)])
def test_casts_cost_mana_and_time(arena, value, slark, ability, levels):
    for level in range(1, levels + 1):
        slark.learn(**{ability: level})
        slark.ability(ability).cooldown_ready_tick = 0
        mana = slark.max_mana
        slark.set(mana=mana)
        slark.cast(ability)
        arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST, subject=slark), 2.0)
        arena.events.clear()
        assert mana - slark.mana == pytest.approx(value(ability, "mana_cost", level), abs=1.0)
        assert slark.ability(ability).cooldown == value(ability, "cooldown", level)
        arena.run(1.0)


class TestDarkPact:

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_hurts_around_slark_in_pulses(self, arena, value, slark, creep, level):
        def of(key):
            return value("slark_dark_pact", key, level)

        near, far = creep(at=(of("radius") - 5.0, 0)), creep(at=(of("radius") + 5.0, 0))
        slark.learn(slark_dark_pact=level)
        slark.cast("slark_dark_pact")
        arena.run(of("delay"))
        assert arena.wounds(near) == []
        arena.run(of("pulse_duration") + 0.2)
        assert arena.wounds(near) == pytest.approx(
            int(of("total_pulses")) * [of("total_damage") / of("total_pulses")])
        assert arena.wounds(far) == []

    @pytest.mark.parametrize("level", [1, 4])
    def test_hurts_slark_in_part(self, arena, value, slark, level):
        def of(key):
            return value("slark_dark_pact", key, level)

        slark.learn(slark_dark_pact=level)
        slark.cast("slark_dark_pact")
        arena.run(of("delay") + of("pulse_duration") + 0.2)
        assert sum(arena.wounds(slark)) == pytest.approx(
            0.01 * of("self_damage_pct") * of("total_damage") * (1.0 - slark.magic_resistance))

    def test_does_not_kill_slark(self, arena, slark):
        slark.learn(slark_dark_pact=4)
        slark.set(health=5.0)
        slark.cast("slark_dark_pact")
        arena.run(2.7)
        assert slark.alive

    def test_takes_off_debuffs(self, arena, slark):
        sven = arena.spawn("npc_dota_hero_sven", at=(300, 0), team=Team.BADGUYS, level=25)
        sven.learn(sven_storm_bolt=4)
        slark.learn(slark_dark_pact=1)
        slark.cast("slark_dark_pact")
        arena.run(0.7)
        sven.cast("sven_storm_bolt", target=slark)
        arena.run_until(lambda: slark.has("MODIFIER_STATE_STUNNED"), 1.0)
        arena.run_until(lambda: slark.has("modifier_slark_dark_pact_pulses"), 1.0)
        arena.run(0.2)
        assert not slark.has("MODIFIER_STATE_STUNNED")

    def test_hurts_more_with_its_talent(self, arena, value, changed, slark, creep):
        talent = "special_bonus_unique_slark_2"
        target = creep()
        slark.learn(**{"slark_dark_pact": 1, talent: 1})
        slark.cast("slark_dark_pact")
        arena.run(2.8)
        assert sum(arena.wounds(target)) == pytest.approx(
            value("slark_dark_pact", "total_damage")
            + changed("slark_dark_pact", "total_damage", talent))

    def test_comes_back_sooner_with_its_talent(self, arena, value, changed, slark):
        talent = "special_bonus_unique_slark_6"
        slark.learn(**{"slark_dark_pact": 1, talent: 1})
        arena.run(0.1)
        assert slark.ability("slark_dark_pact").cooldown == value(
            "slark_dark_pact", "AbilityCooldown") + changed(
            "slark_dark_pact", "AbilityCooldown", talent)


class TestPounce:

    def leap(self, arena, slark, level=1, **talents):
        slark.learn(slark_pounce=level, **talents)
        slark.cast("slark_pounce")
        arena.run(1.2)

    @pytest.mark.parametrize("scepter", [False, True])
    def test_leaps_ahead(self, arena, value, changed, slark, scepter):
        x = slark.x
        slark.upgrade(scepter=scepter)
        slark.learn(slark_pounce=1)
        arena.run(0.1)
        slark.cast("slark_pounce")
        distance = changed("slark_pounce", "pounce_distance_scepter", "scepter") if scepter \
            else value("slark_pounce", "pounce_distance")
        arena.run(0.1)
        after = slark.x
        arena.run(0.2)
        assert slark.x - after == pytest.approx(
            0.2 * value("slark_pounce", "pounce_speed"), rel=0.03)
        arena.run(distance / value("slark_pounce", "pounce_speed"))
        assert slark.x - x == pytest.approx(distance, abs=1.0)

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_leashes_the_first_hero_and_takes_its_essence(
            self, arena, value, slark, foe, level):
        first = foe(at=(400, value("slark_pounce", "pounce_radius") - 20.0))
        second = foe(at=(600, 0))
        x = slark.x
        self.leap(arena, slark, level)
        assert slark.x - x < 420.0
        modifier, = first.modifiers("modifier_slark_pounce_leash")
        assert modifier.duration == value("slark_pounce", "leash_duration", level)
        assert stolen(first) == value("slark_pounce", "essence_stacks", level)
        assert stolen(second) == 0

    def test_takes_no_essence_from_an_illusion(self, arena, slark, foe):
        enemy = foe(at=(2000, 0))
        enemy.give_item("item_manta")
        enemy.use("item_manta")
        arena.run(0.5)
        image = next(unit for unit in arena.units(UnitType.HERO)
                     if unit.player == enemy.player and unit.handle != enemy.handle)
        image.place((400, 0))
        self.leap(arena, slark, 4)
        assert image.has("modifier_slark_pounce_leash")
        assert stolen(image) == 0
        assert slark.bonus("STATS_AGILITY_BONUS") == 0

    def test_passes_who_is_beside_its_way(self, arena, value, slark, foe):
        enemy = foe(at=(400, value("slark_pounce", "pounce_radius") + 5.0))
        self.leap(arena, slark)
        assert not enemy.has("modifier_slark_pounce_leash")

    def test_passes_creeps(self, arena, value, slark, creep):
        creep(at=(300, 0))
        x = slark.x
        self.leap(arena, slark)
        assert slark.x - x == pytest.approx(value("slark_pounce", "pounce_distance"), abs=60.0)

    def test_holds_the_leashed_within_its_radius(self, arena, value, slark, foe):
        enemy = foe(at=(400, 0))
        slark.learn(slark_pounce=4)
        slark.cast("slark_pounce")
        arena.run_until(lambda: enemy.has("modifier_slark_pounce_leash"), 2.0)
        x, y = slark.x, slark.y
        enemy.move((3000, 0))
        for _ in range(10):
            arena.run(0.3)
            away = ((enemy.x - x) ** 2 + (enemy.y - y) ** 2) ** 0.5
            assert away <= value("slark_pounce", "leash_radius") + 20.0
        assert away > value("slark_pounce", "leash_radius") - 40.0
        arena.run(2.0)
        assert enemy.x - x > value("slark_pounce", "leash_radius") + 100.0

    def test_roots_disable_it(self, arena, slark):
        slark.learn(slark_pounce=1)
        slark.body.base_states |= 1  # rooted
        slark.body.is_dirty = 1
        arena.run(0.1)
        assert slark.cast("slark_pounce") == OrderResult.CASTER_ROOTED

    def test_has_charges_with_scepter(self, arena, changed, slark):
        slark.upgrade(scepter=True)
        slark.learn(slark_pounce=1)
        arena.run(changed("slark_pounce", "charge_restore_time", "scepter") + 0.5)
        assert slark.ability("slark_pounce").charges == changed(
            "slark_pounce", "max_charges", "scepter")
        self.leap(arena, slark)
        assert slark.cast("slark_pounce") == OrderResult.ACCEPTED

    def test_leashes_longer_with_its_talent(self, arena, value, changed, slark, foe):
        enemy = foe(at=(300, 0))
        self.leap(arena, slark, special_bonus_unique_slark=1)
        modifier, = enemy.modifiers("modifier_slark_pounce_leash")
        assert modifier.duration == value("slark_pounce", "leash_duration") + changed(
            "slark_pounce", "leash_duration", "special_bonus_unique_slark")


class TestSaltwaterShiv:

    def slice(self, arena, slark, target, level=1, times=1):
        slark.learn(slark_saltwater_shiv=level)
        for _ in range(times):
            slark.ability("slark_saltwater_shiv").cooldown_ready_tick = 0
            arena.run(0.1)
            arena.events.clear()
            slark.cast("slark_saltwater_shiv", target=target)
            arena.run_until(lambda: arena.wounds(target), 4.0)
            slark.stop()
            arena.run(0.1)

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_steals_speed_and_regeneration(self, arena, value, slark, foe, level):
        def of(key):
            return value("slark_saltwater_shiv", key, level)

        enemy = foe()
        self.slice(arena, slark, enemy, level)
        for bonus, key in (
                ("MOVESPEED_BONUS_CONSTANT", "ms_steal"),
                ("HP_REGEN_AMPLIFY_PERCENTAGE", "health_rest_steal"),
                ("HEAL_AMPLIFY_PERCENTAGE_TARGET", "health_rest_steal")):
            assert slark.bonus(bonus) == pytest.approx(of(key))
            assert enemy.bonus(bonus) == pytest.approx(-of(key))
        assert enemy.bonus("HEALTH_REGEN_CONSTANT") == -of("regen_steal")
        modifier, = enemy.modifiers("modifier_slark_saltwater_shiv_debuff")
        assert modifier.duration == of("duration")

    def test_adds_up(self, arena, value, slark, foe):
        enemy = foe()
        self.slice(arena, slark, enemy, times=2)
        assert enemy.bonus("HEALTH_REGEN_CONSTANT") == -2 * value(
            "slark_saltwater_shiv", "regen_steal")

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_costs_mana_and_time(self, arena, value, slark, foe, level):
        enemy = foe()
        slark.set(mana_regen=0.0)
        self.slice(arena, slark, enemy, level)
        ability = slark.ability("slark_saltwater_shiv")
        assert ability.mana_cost == value("slark_saltwater_shiv", "mana_cost", level)
        assert ability.cooldown == value("slark_saltwater_shiv", "cooldown", level)
        assert ability.cooldown_ready_tick > arena.tables.tick

    def test_goes_with_attacks_on_heroes_alone(self, arena, slark, creep, foe):
        target, enemy = creep(), foe(at=(0, 150))
        slark.learn(slark_saltwater_shiv=1)
        slark.toggle_autocast("slark_saltwater_shiv")
        strike(arena, slark, target)
        assert not target.has("modifier_slark_saltwater_shiv_debuff")
        assert slark.ability("slark_saltwater_shiv").cooldown_ready_tick <= arena.tables.tick
        strike(arena, slark, enemy)
        assert enemy.has("modifier_slark_saltwater_shiv_debuff")


class TestEssenceShift:

    def test_every_attack_takes_attributes_and_gives_agility(self, arena, value, slark, foe):
        enemy = foe()
        before = [enemy.player_record[name] for name in ("strength", "agility", "intelligence")]
        agility = slark.player_record.agility
        strike(arena, slark, enemy, times=3)
        loss = 3 * value("slark_essence_shift", "stat_loss")
        assert [enemy.player_record[name] for name in ("strength", "agility", "intelligence")] \
            == pytest.approx([number - loss for number in before])
        assert slark.player_record.agility == pytest.approx(
            agility + 3 * value("slark_essence_shift", "agi_gain"))

    @pytest.mark.parametrize("level", [1, 9])
    def test_each_stack_lasts_for_a_time_by_the_heros_level(self, arena, value, level):
        entry = arena.patch.abilities["abilities"]["slark_essence_shift"]["values"]["duration"]
        duration = value("slark_essence_shift", "duration") + (
            entry["per_hero_level"][1][0] * level)
        slark = arena.spawn(SLARK, level=level)
        enemy = arena.spawn(FOE, at=(150, 0), team=Team.BADGUYS, level=25)
        strike(arena, slark, enemy)
        first = arena.seconds
        arena.run(3.0)
        strike(arena, slark, enemy, times=2)
        assert stolen(enemy) == 2
        arena.run(first + duration - arena.seconds - 0.3)
        assert stolen(enemy) == 2
        arena.run(0.5)
        assert stolen(enemy) == 1
        assert slark.stacks("modifier_slark_essence_shift_buff") == 1
        arena.run(5.0)
        assert stolen(enemy) == 0

    def test_takes_nothing_from_creeps(self, arena, slark, creep):
        target = creep()
        strike(arena, slark, target)
        assert not target.has("modifier_slark_essence_shift_debuff_counter")
        assert not slark.has("modifier_slark_essence_shift_buff")

    def test_break_stops_new_stacks_but_not_those_there(self, arena, value, slark, foe):
        enemy = foe()
        strike(arena, slark, enemy)
        slark.body.base_states |= 1 << 27  # passives disabled
        slark.body.is_dirty = 1
        strike(arena, slark, enemy, times=2)
        assert stolen(enemy) == 1
        assert slark.bonus("STATS_AGILITY_BONUS") == value("slark_essence_shift", "agi_gain")

    @pytest.mark.parametrize("beyond, gains", [(-20.0, 1), (20.0, 0)])
    def test_a_death_near_slark_gives_agility_for_good(
            self, arena, value, slark, foe, beyond, gains):
        enemy = foe()
        other = arena.spawn("npc_dota_hero_sven", at=(150, 120))
        strike(arena, slark, enemy)
        slark.place((150.0 + value("slark_essence_shift", "steal_radius") + beyond, 0))
        enemy.set(health=1.0)
        other.attack(enemy)
        arena.run_until(lambda: not enemy.alive, 3.0)
        for unit in (slark, enemy):
            name = "buff" if unit is slark else "debuff"
            assert unit.stacks(f"modifier_slark_essence_shift_permanent_{name}") == gains

    def test_his_own_kill_counts_from_farther_away(self, arena, value, slark, foe):
        enemy = foe()
        slark.learn(slark_dark_pact=4)
        strike(arena, slark, enemy)
        slark.place((150 + value("slark_essence_shift", "steal_radius") + 10.0, 0))
        enemy.set(health=1.0)
        slark.cast("slark_dark_pact")
        arena.run_until(lambda: not enemy.alive, 3.0)
        assert slark.stacks("modifier_slark_essence_shift_permanent_buff") == 1

    def test_death_ends_what_each_side_has(self, arena, slark, foe):
        enemy = foe()
        strike(arena, slark, enemy, times=2)
        slark.kill(by=enemy)
        arena.run(0.2)
        assert not slark.has("modifier_slark_essence_shift_buff")
        assert stolen(enemy) == 2

    def test_talents_give_more_agility_and_time(self, arena, value, changed, slark, foe):
        longer, more = "special_bonus_unique_slark_4", "special_bonus_unique_slark_5"
        slark.learn(**{longer: 1, more: 1})
        enemy = foe()
        strike(arena, slark, enemy)
        entry = arena.patch.abilities["abilities"]["slark_essence_shift"]["values"]["duration"]
        modifier, = enemy.modifiers("modifier_slark_essence_shift_debuff_counter")
        assert modifier.duration == pytest.approx(
            value("slark_essence_shift", "duration") + 25 * entry["per_hero_level"][1][0]
            + changed("slark_essence_shift", "duration", longer))
        assert slark.bonus("STATS_AGILITY_BONUS") == value(
            "slark_essence_shift", "agi_gain") + changed(
            "slark_essence_shift", "agi_gain", more)


class TestShadowDance:

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_unseen_he_is_faster_and_heals(self, arena, value, slark, level):
        def of(key):
            return value("slark_shadow_dance", key, level)

        slark.learn(slark_shadow_dance=level)
        arena.run(of("activation_delay") + 0.5)
        assert slark.bonus("MOVESPEED_BONUS_PERCENTAGE") == of("bonus_movement_speed")
        assert slark.bonus("HEALTH_REGEN_CONSTANT") == of("bonus_regen")

    def test_seen_he_is_not(self, arena, slark, foe):
        foe(at=(500, 0))
        slark.learn(slark_shadow_dance=1)
        arena.run(2.0)
        assert slark.bonus("HEALTH_REGEN_CONSTANT") == 0.0

    def test_a_neutrals_blow_takes_it_for_a_while(self, arena, value, slark):
        slark.learn(slark_shadow_dance=1)
        neutral = arena.spawn(
            "npc_dota_neutral_kobold", at=(100, 0), team=Team.BADGUYS, player=5, damage=50.0)
        neutral.record.traits |= SUMMONED
        arena.run_until(lambda: arena.wounds(slark), 5.0)
        neutral.kill()
        arena.run(value("slark_shadow_dance", "neutral_disable") - 0.3)
        assert slark.bonus("HEALTH_REGEN_CONSTANT") == 0.0
        arena.run(0.5)
        assert slark.bonus("HEALTH_REGEN_CONSTANT") > 0.0

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_hides_slark_for_its_duration(self, arena, value, slark, foe, level):
        foe(at=(400, 0))
        slark.learn(slark_shadow_dance=level)
        arena.run(0.5)
        assert slark.visible_to & 1 << Team.BADGUYS
        slark.cast("slark_shadow_dance")
        arena.run(0.5)
        assert not slark.visible_to & 1 << Team.BADGUYS
        modifier, = slark.modifiers("modifier_slark_shadow_dance")
        assert modifier.duration == value("slark_shadow_dance", "duration", level)

    def test_dust_does_not_show_him(self, arena, slark, foe):
        enemy = foe()
        slark.learn(slark_shadow_dance=1)
        slark.cast("slark_shadow_dance")
        arena.run(0.3)
        enemy.give_item("item_dust")
        enemy.use("item_dust")
        arena.run(0.3)
        assert slark.has("modifier_item_dustofappearance")
        assert not slark.visible_to & 1 << Team.BADGUYS

    def test_attacks_do_not_show_him(self, arena, slark, foe):
        enemy = foe()
        slark.learn(slark_shadow_dance=1)
        slark.cast("slark_shadow_dance")
        arena.run(0.3)
        strike(arena, slark, enemy)
        assert not slark.visible_to & 1 << Team.BADGUYS

    def test_talents_heal_hasten_and_hide_more(self, arena, value, changed, slark):
        heals, hastens, hides = (
            "special_bonus_unique_slark_8", "special_bonus_unique_slark_7",
            "special_bonus_unique_slark_3")
        slark.learn(**{"slark_shadow_dance": 1, heals: 1, hastens: 1, hides: 1})
        arena.run(1.0)
        slark.cast("slark_shadow_dance")
        arena.run(0.1)
        assert slark.bonus("HEALTH_REGEN_CONSTANT") == value(
            "slark_shadow_dance", "bonus_regen") + changed(
            "slark_shadow_dance", "bonus_regen", heals)
        assert slark.bonus("ATTACKSPEED_BONUS_CONSTANT") == changed(
            "slark_shadow_dance", "attack_speed", hastens)
        modifier, = slark.modifiers("modifier_slark_shadow_dance")
        assert modifier.duration == value("slark_shadow_dance", "duration") + changed(
            "slark_shadow_dance", "duration", hides)


class TestDepthShroud:

    def shroud(self, arena, slark):
        slark.upgrade(shard=True)
        slark.learn(slark_shadow_dance=2)
        slark.cast("slark_depth_shroud", point=(300, 0))
        arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST, subject=slark), 2.0)
        arena.run(0.8)

    def test_is_there_with_shard_alone(self, slark):
        assert slark.ability("slark_depth_shroud").hidden
        slark.upgrade(shard=True)
        assert not slark.ability("slark_depth_shroud").hidden

    def test_hides_allies_in_it_and_gives_what_shadow_dance_gives(
            self, arena, value, slark, foe):
        foe(at=(700, 0))
        radius = value("slark_depth_shroud", "radius")
        inside, outside = (
            arena.spawn("npc_dota_hero_sven", at=(300, radius + off)) for off in (-20.0, 30.0))
        self.shroud(arena, slark)
        assert inside.has("MODIFIER_STATE_INVISIBLE")
        assert not inside.visible_to & 1 << Team.BADGUYS
        assert outside.visible_to & 1 << Team.BADGUYS
        assert inside.bonus("HEALTH_REGEN_CONSTANT") == value(
            "slark_shadow_dance", "bonus_regen", 2)

    def test_lasts_for_its_duration(self, arena, value, slark, foe):
        foe(at=(700, 0))
        inside = arena.spawn("npc_dota_hero_sven", at=(300, 0))
        self.shroud(arena, slark)
        arena.run(value("slark_depth_shroud", "duration") - 1.0)
        assert inside.has("MODIFIER_STATE_INVISIBLE")
        arena.run(1.2)
        assert not inside.has("MODIFIER_STATE_INVISIBLE")

    def test_costs_mana_and_time(self, arena, value, slark):
        slark.upgrade(shard=True)
        arena.run(0.1)
        ability = slark.ability("slark_depth_shroud")
        assert ability.mana_cost == value("slark_depth_shroud", "mana_cost")
        assert ability.cooldown == value("slark_depth_shroud", "cooldown")


def test_dark_pact_pulses_at_its_interval(arena, value, slark, creep):
    target = creep()
    slark.learn(slark_dark_pact=1)
    slark.perform("slark_dark_pact")
    arena.run(4.0)
    ticks = [event.tick for event in arena.told(EventKind.DAMAGE, subject=target)]
    steps = [(after - before) / 30 for before, after in zip(ticks, ticks[1:], strict=False)]
    assert steps == pytest.approx([value("slark_dark_pact", "pulse_interval")] * len(steps))
