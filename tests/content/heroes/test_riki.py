"""Riki."""

import math

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team

RIKI = "npc_dota_hero_riki"
FOE = "npc_dota_hero_phantom_assassin"
ALLY = "npc_dota_hero_antimage"
CREEP = "npc_dota_creep_badguys_melee"
AWAY, TOWARD = 0.0, math.pi  # where one east of Riki looks


@pytest.fixture
def riki(arena):
    return arena.spawn(RIKI, level=25)


@pytest.fixture
def foe(arena):
    """An enemy hero that stands there."""
    def spawn(at=(150, 0), **fields):
        return arena.spawn(FOE, at=at, team=Team.BADGUYS, level=25, **fields)
    return spawn


@pytest.fixture
def creep(arena):
    """An enemy creep of much health and no armor that stands there."""
    def spawn(at=(150, 0), facing=TOWARD, **fields):
        return arena.spawn(CREEP, at=at, facing=facing, **{
            "acquisition_range": 0.0, "armor": 0.0, "max_health": 90000.0, "health": 90000.0,
            **fields})
    return spawn


def backstab(arena, value, riki, more=0.0):
    """What Backstab adds to one attack now."""
    entry = arena.patch.abilities["abilities"]["riki_innate_backstab"]["values"]
    by = entry["damage_multiplier"]["per_hero_level"][1][0]
    return riki.player_record.agility * (
        value("riki_innate_backstab", "damage_multiplier") + more
        + by * int(riki.player_record.level))


def hit(arena, riki, target):
    riki.attack(target)
    arena.run_until(lambda: arena.wounds(target), 5.0)
    riki.stop()
    return arena.wounds(target)[0]


def cast(arena, riki, ability, **at):
    riki.cast(ability, **at)
    arena.run_until(lambda: arena.told(EventKind.ABILITY_CAST, subject=riki), 3.0)


@pytest.mark.parametrize("ability", [
    "riki_smoke_screen", "riki_blink_strike", "riki_tricks_of_the_trade"])
def test_casts_cost_mana_and_time_and_reach_as_told(arena, value, riki, creep, ability):
    target = creep()
    for level in range(1, 5):
        riki.learn(**{ability: level})
        riki.ability(ability).cooldown_ready_tick = 0
        mana = riki.max_mana
        riki.set(mana=mana)
        at = {"target": target} if "blink" in ability else {"point": (100, 0)}
        cast(arena, riki, ability, **at)
        arena.events.clear()
        assert mana - riki.mana == pytest.approx(value(ability, "mana_cost", level), abs=1.0)
        assert riki.ability(ability).cooldown == value(ability, "cooldown", level)
        assert riki.ability(ability).cast_range == value(ability, "cast_range", level)
        arena.run(2.5)


class TestSmokeScreen:

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_silences_and_blinds_enemies_in_it(self, arena, value, riki, foe, level):
        def of(key):
            return value("riki_smoke_screen", key, level)

        inside, outside = (
            foe(at=(300, of("radius") + beyond)) for beyond in (-10.0, 10.0))
        riki.learn(riki_smoke_screen=level)
        cast(arena, riki, "riki_smoke_screen", point=(300, 0))
        arena.run(0.3)
        assert inside.has("MODIFIER_STATE_SILENCED")
        assert inside.bonus("MISS_PERCENTAGE") == of("miss_rate")
        assert not outside.has("MODIFIER_STATE_SILENCED")
        assert not riki.has("modifier_riki_smoke_screen")
        arena.run(of("AbilityDuration") - 0.5)
        assert inside.has("MODIFIER_STATE_SILENCED")
        arena.run(1.0)
        assert not inside.has("MODIFIER_STATE_SILENCED")

    @pytest.mark.parametrize("shard", [False, True])
    def test_takes_armor_with_shard(self, arena, changed, riki, foe, shard):
        enemy = foe(at=(300, 0))
        riki.upgrade(shard=shard)
        riki.learn(riki_smoke_screen=1)
        armor = enemy.armor
        cast(arena, riki, "riki_smoke_screen", point=(300, 0))
        arena.run(0.3)
        assert armor - enemy.armor == pytest.approx(
            shard * changed("riki_smoke_screen", "armor_reduction", "shard"))

    @pytest.mark.parametrize("shard", [False, True])
    def test_allies_cannot_target_who_is_in_it_with_shard(self, arena, changed, riki, foe, shard):
        inside = foe(at=(300, 0))
        lich = arena.spawn("npc_dota_hero_lich", at=(500, 0), team=Team.BADGUYS)
        lich.learn(lich_frost_shield=1)
        riki.upgrade(shard=shard)
        riki.learn(riki_smoke_screen=1)
        cast(arena, riki, "riki_smoke_screen", point=(200, 0))
        arena.run(0.3)
        lich.place((700, 0))
        arena.run(1.0)
        blocked = shard * changed("riki_smoke_screen", "block_targeting", "shard")
        assert lich.cast("lich_frost_shield", target=inside) == (
            OrderResult.WRONG_TARGET if blocked else OrderResult.ACCEPTED)

    def test_is_cast_during_tricks_of_the_trade(self, arena, riki, foe):
        inside = foe(at=(300, 0))
        riki.learn(riki_smoke_screen=1, riki_tricks_of_the_trade=1)
        cast(arena, riki, "riki_tricks_of_the_trade", point=(200, 0))
        riki.cast("riki_smoke_screen", point=(300, 0))
        arena.run(0.6)
        assert inside.has("modifier_riki_smoke_screen")
        assert riki.has("MODIFIER_STATE_OUT_OF_GAME")

    def test_talents_widen_it_and_bring_it_back_sooner(
            self, arena, value, changed, riki, foe):
        wider, sooner = "special_bonus_unique_riki_7", "special_bonus_unique_riki_3"
        riki.learn(**{"riki_smoke_screen": 1, wider: 1, sooner: 1})
        enemy = foe(at=(300, value("riki_smoke_screen", "radius") + changed(
            "riki_smoke_screen", "radius", wider) - 10.0))
        cast(arena, riki, "riki_smoke_screen", point=(300, 0))
        arena.run(0.3)
        assert enemy.has("MODIFIER_STATE_SILENCED")
        assert riki.ability("riki_smoke_screen").cooldown == value(
            "riki_smoke_screen", "AbilityCooldown") + changed(
            "riki_smoke_screen", "AbilityCooldown", sooner)


class TestBlinkStrike:

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    @pytest.mark.parametrize("facing", [AWAY, TOWARD])
    def test_attacks_from_behind_with_bonus_damage(
            self, arena, value, riki, creep, level, facing):
        target = creep(at=(500, 0), facing=facing)
        riki.learn(riki_blink_strike=level)
        cast(arena, riki, "riki_blink_strike", target=target)
        arena.run(0.1)
        assert (riki.x < target.x) == (facing == AWAY)
        assert riki.distance(target) < 100.0
        base = backstab(arena, value, riki) + value("riki_blink_strike", "bonus_damage", level)
        assert riki.damage_min + base - 0.01 <= arena.wounds(target)[0] \
            <= riki.damage_max + base + 0.01

    def test_slows_for_a_moment(self, arena, value, riki, creep):
        target = creep()
        riki.learn(riki_blink_strike=1)
        cast(arena, riki, "riki_blink_strike", target=target)
        arena.run(0.1)
        assert target.bonus("MOVESPEED_BONUS_PERCENTAGE") == -value(
            "riki_blink_strike", "slow_pct_tooltip")
        modifier, = target.modifiers("modifier_riki_blinkstrike_slow")
        assert modifier.duration == value("riki_blink_strike", "slow")

    def test_does_not_hurt_allies(self, arena, riki):
        ally = arena.spawn(ALLY, at=(400, 0), facing=AWAY)
        riki.learn(riki_blink_strike=1)
        cast(arena, riki, "riki_blink_strike", target=ally)
        arena.run(0.1)
        assert riki.distance(ally) < 100.0
        assert arena.wounds(ally) == []

    def test_not_on_himself(self, riki):
        riki.learn(riki_blink_strike=1)
        assert riki.cast("riki_blink_strike", target=riki) == OrderResult.TARGET_IS_SELF

    def test_talents_reach_farther_and_return_sooner(self, arena, value, changed, riki):
        farther, sooner = "special_bonus_unique_riki_9", "special_bonus_unique_riki_5"
        riki.learn(**{"riki_blink_strike": 4, farther: 1, sooner: 1})
        arena.run(0.1)
        ability = riki.ability("riki_blink_strike")
        for got, key, talent in ((ability.cast_range, "AbilityCastRange", farther),
                                 (ability.cooldown, "AbilityCooldown", sooner)):
            assert got == value("riki_blink_strike", key, 4) + changed(
                "riki_blink_strike", key, talent)


class TestTricksOfTheTrade:

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_strikes_from_behind_with_fixed_damage(self, arena, value, riki, creep, level):
        def of(key):
            return value("riki_tricks_of_the_trade", key, level)

        target = creep(at=(300, 0))
        riki.learn(riki_tricks_of_the_trade=level)
        cast(arena, riki, "riki_tricks_of_the_trade", point=(200, 0))
        arena.run(of("channel_time") + 0.2)
        assert arena.wounds(target) == pytest.approx(
            int(of("attack_count")) * [of("attack_damage") + backstab(arena, value, riki)])

    def test_strikes_more_often_with_attack_speed(self, arena, value, riki, creep):
        target = creep(at=(300, 0))
        riki.learn(riki_tricks_of_the_trade=1)
        for place in range(3):
            riki.give_item("item_hyperstone", place)
        arena.run(0.1)
        more = int(riki.attack_speed / value("riki_tricks_of_the_trade", "speed_per_attack"))
        assert more >= 1
        cast(arena, riki, "riki_tricks_of_the_trade", point=(200, 0))
        arena.run(value("riki_tricks_of_the_trade", "channel_time") + 0.2)
        assert len(arena.wounds(target)) == more + value(
            "riki_tricks_of_the_trade", "attack_count")

    def test_strikes_some_of_those_around(self, arena, value, riki, creep):
        creeps = [creep(at=(100 + 80 * i, 60)) for i in range(4)]
        far = creep(at=(200, value("riki_tricks_of_the_trade", "radius") + 10.0))
        riki.learn(riki_tricks_of_the_trade=1)
        cast(arena, riki, "riki_tricks_of_the_trade", point=(200, 0))
        arena.run(value("riki_tricks_of_the_trade", "channel_time") + 0.2)
        struck = sum(len(arena.wounds(unit)) for unit in creeps)
        assert struck == value("riki_tricks_of_the_trade", "attack_count") * value(
            "riki_tricks_of_the_trade", "interval_targets")
        assert arena.wounds(far) == []

    def test_riki_is_out_of_the_world_at_the_place(self, arena, riki):
        riki.learn(riki_tricks_of_the_trade=1)
        cast(arena, riki, "riki_tricks_of_the_trade", point=(300, 0))
        arena.run(0.2)
        assert riki.has("MODIFIER_STATE_OUT_OF_GAME")
        assert riki.x - arena.origin[0] == pytest.approx(300.0, abs=1.0)
        arena.run(2.0)
        assert not riki.has("MODIFIER_STATE_OUT_OF_GAME")

    def test_an_order_ends_it(self, arena, riki):
        riki.learn(riki_tricks_of_the_trade=1)
        cast(arena, riki, "riki_tricks_of_the_trade", point=(300, 0))
        arena.run(0.4)
        riki.move((600, 0))
        arena.run(0.1)
        assert not riki.has("MODIFIER_STATE_OUT_OF_GAME")

    def test_hides_in_an_ally_with_scepter(self, arena, value, changed, riki, creep):
        def more(key):
            return changed("riki_tricks_of_the_trade", key, "scepter")

        ally = arena.spawn(ALLY, at=(800, 0))
        target = creep(at=(900, 0))
        riki.learn(riki_tricks_of_the_trade=1)
        assert riki.cast("riki_tricks_of_the_trade", target=ally) == OrderResult.WRONG_ORDER
        riki.upgrade(scepter=True)
        arena.run(0.1)
        assert riki.ability("riki_tricks_of_the_trade").cast_range == value(
            "riki_tricks_of_the_trade", "AbilityCastRange") + more("AbilityCastRange")
        cast(arena, riki, "riki_tricks_of_the_trade", target=ally)
        arena.run(0.3)
        assert ally.bonus("MOVESPEED_BONUS_PERCENTAGE") == more("scepter_movespeed")
        ally.move((800, 300))
        arena.run(0.5)
        assert riki.distance(ally) < 30.0
        seconds = value("riki_tricks_of_the_trade", "channel_time") + more(
            "scepter_bonus_duration")
        arena.run(seconds - 1.0)
        assert riki.has("MODIFIER_STATE_OUT_OF_GAME")
        arena.run(0.4)
        assert not riki.has("MODIFIER_STATE_OUT_OF_GAME")
        assert not ally.has("modifier_riki_tricks_of_the_trade_host")
        assert len(arena.wounds(target)) == value(
            "riki_tricks_of_the_trade", "attack_count") + more("scepter_bonus_attacks")

    def test_talents_add_base_damage_and_bring_it_back_sooner(
            self, arena, value, changed, riki, creep):
        harder, sooner = "special_bonus_unique_riki_tricks_dmg", "special_bonus_unique_riki_6"
        target = creep(at=(300, 0))
        riki.learn(**{"riki_tricks_of_the_trade": 1, harder: 1, sooner: 1})
        cast(arena, riki, "riki_tricks_of_the_trade", point=(200, 0))
        arena.run(0.7)
        part = 0.01 * changed("riki_tricks_of_the_trade", "base_attack_damage_pct", harder)
        assert arena.wounds(target)[0] == pytest.approx(
            value("riki_tricks_of_the_trade", "attack_damage") + backstab(arena, value, riki)
            + part * 0.5 * (riki.damage_min + riki.damage_max))
        assert riki.ability("riki_tricks_of_the_trade").cooldown == value(
            "riki_tricks_of_the_trade", "AbilityCooldown") + changed(
            "riki_tricks_of_the_trade", "AbilityCooldown", sooner)


class TestBackstab:

    @pytest.mark.parametrize("level", [1, 12, 25])
    def test_adds_damage_by_agility_and_level_from_behind(self, arena, value, creep, level):
        riki = arena.spawn(RIKI, level=level)
        damage = hit(arena, riki, creep(facing=AWAY))
        extra = backstab(arena, value, riki)
        assert riki.damage_min + extra - 0.01 <= damage <= riki.damage_max + extra + 0.01

    @pytest.mark.parametrize("beyond, stabs", [(-3.0, True), (3.0, False)])
    def test_only_within_its_angle(self, arena, value, riki, creep, beyond, stabs):
        angle = 0.5 * value("riki_innate_backstab", "backstab_angle") + beyond
        damage = hit(arena, riki, creep(facing=math.radians(angle)))
        assert (damage > riki.damage_max + 0.01) == stabs

    def test_counts_in_part_against_allies(self, arena, value, riki):
        ally = arena.spawn(
            "npc_dota_creep_goodguys_melee", at=(150, 0), facing=AWAY, armor=0.0,
            acquisition_range=0.0, max_health=90000.0, health=40000.0)
        damage = hit(arena, riki, ally)
        extra = backstab(arena, value, riki) * 0.01 * value(
            "riki_innate_backstab", "ally_multiplier")
        assert riki.damage_min + extra - 0.01 <= damage <= riki.damage_max + extra + 0.01

    def test_adds_more_with_its_talent(self, arena, value, changed, riki, creep):
        talent = "special_bonus_unique_riki_1"
        riki.learn(**{talent: 1})
        damage = hit(arena, riki, creep(facing=AWAY))
        extra = backstab(arena, value, riki, changed(
            "riki_innate_backstab", "damage_multiplier", talent))
        assert riki.damage_min + extra - 0.01 <= damage <= riki.damage_max + extra + 0.01


class TestCloakAndDagger:

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_hides_riki_again_some_time_after_an_attack(
            self, arena, value, riki, creep, level):
        target = creep()
        riki.learn(riki_backstab=level)
        arena.run(value("riki_backstab", "fade_delay", 1) + 0.2)
        assert riki.has("MODIFIER_STATE_INVISIBLE")
        hit(arena, riki, target)
        arena.run(0.1)
        assert not riki.has("MODIFIER_STATE_INVISIBLE")
        arena.run(value("riki_backstab", "fade_delay", level) - 0.3)
        assert not riki.has("MODIFIER_STATE_INVISIBLE")
        arena.run(0.4)
        assert riki.has("MODIFIER_STATE_INVISIBLE")

    def test_enemies_do_not_see_him(self, arena, riki, foe):
        foe(at=(500, 0))
        riki.learn(riki_backstab=3)
        arena.run(3.0)
        assert not riki.visible_to & 1 << Team.BADGUYS

    def test_casting_does_not_show_him(self, arena, riki):
        riki.learn(riki_backstab=3, riki_smoke_screen=1)
        arena.run(3.0)
        cast(arena, riki, "riki_smoke_screen", point=(200, 0))
        arena.run(0.2)
        assert riki.has("MODIFIER_STATE_INVISIBLE")

    def test_blink_strike_shows_him(self, arena, riki, creep):
        target = creep()
        riki.learn(riki_backstab=3, riki_blink_strike=1)
        arena.run(3.0)
        cast(arena, riki, "riki_blink_strike", target=target)
        arena.run(0.2)
        assert not riki.has("MODIFIER_STATE_INVISIBLE")

    def test_break_shows_him(self, arena, riki):
        riki.learn(riki_backstab=3)
        arena.run(3.0)
        riki.body.base_states |= 1 << 27  # passives disabled
        riki.body.is_dirty = 1
        arena.run(0.1)
        assert not riki.has("MODIFIER_STATE_INVISIBLE")

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_a_kill_gives_experience(self, arena, value, foe, level):
        riki = arena.spawn(RIKI, level=6)
        gained = []
        for knows in (0, level):
            riki.learn(riki_backstab=knows)
            arena.run(0.1)
            before = riki.player_record.xp
            foe(at=(100, 0)).kill(by=riki)
            arena.run(0.1)
            gained.append(int(riki.player_record.xp - before))
        assert gained[1] - gained[0] == value("riki_backstab", "bonus_xp_kill", level)

    def test_an_assist_gives_experience(self, arena, value, foe):
        ally = arena.spawn(ALLY, at=(0, 100), level=6)
        riki = arena.spawn(RIKI, level=6)
        gained = []
        for knows in (0, 1):
            riki.learn(riki_backstab=knows)
            arena.run(0.1)
            before = riki.player_record.xp
            foe(at=(100, 0)).kill(by=ally)
            arena.run(0.1)
            gained.append(int(riki.player_record.xp - before))
        assert gained[1] - gained[0] == value("riki_backstab", "bonus_xp_assist")

    def test_speeds_up_while_unseen_with_its_talent(self, arena, changed, riki, creep):
        talent = "special_bonus_unique_riki_8"
        target = creep()
        riki.learn(**{"riki_backstab": 3, talent: 1})
        arena.run(3.0)
        assert riki.bonus("MOVESPEED_BONUS_PERCENTAGE") == changed(
            "riki_backstab", "invis_movespeed_bonus_percent", talent)
        hit(arena, riki, target)
        arena.run(0.1)
        assert riki.bonus("MOVESPEED_BONUS_PERCENTAGE") == 0.0
