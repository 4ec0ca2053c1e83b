"""Queen of Pain's abilities do what their numbers say."""

import pytest

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import MAGIC_IMMUNE, ROOTED, EventKind, OrderResult, Team
from dota_env_rpc.testing.arena import ArenaUnit
from tests.content.measures import cast_seconds, heals, magical

LEVELS = [1, 2, 3, 4]
ULTIMATE_LEVELS = [1, 2, 3]
STRIKE = "queenofpain_shadow_strike"
STRUCK = "modifier_queenofpain_shadow_strike"
BLINK = "queenofpain_blink"
SCREAM = "queenofpain_scream_of_pain"
WAVE = "queenofpain_sonic_wave"
SUCCUBUS = "queenofpain_succubus"


@pytest.fixture
def queen(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_queenofpain", level=20)


@pytest.fixture
def enemy(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_chen", at=(400, 0), team=Team.BADGUYS, level=25)


def check_price(arena, queen, value, ability: str, level: int, cooldown: float) -> None:
    """Checks mana and cooldown of a cast that has just taken effect; mana was 600."""
    assert queen.mana == pytest.approx(600.0 - value(ability, "mana_cost", level), abs=6.0)
    assert queen.ability(ability).cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, queen) == pytest.approx(cooldown)


# Shadow Strike.


def strike(arena, queen, enemy) -> float:
    """Casts Shadow Strike and returns when it has hit."""
    queen.perform(STRIKE, target=enemy)
    return arena.run_until(lambda: enemy.has(STRUCK), 2.0)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_shadow_strike_hurts_at_once_and_again_at_intervals(
        arena, queen, enemy, value, changed, level, talented):
    queen.learn(queenofpain_shadow_strike=level)
    interval = value(STRIKE, "damage_interval")
    if talented:
        queen.learn(special_bonus_unique_queen_of_pain_4=1)
        interval += changed(STRIKE, "damage_interval", "special_bonus_unique_queen_of_pain_4")
    begun = strike(arena, queen, enemy)
    ended = arena.run_until(lambda: not enemy.has(STRUCK), 17.0)
    duration = value(STRIKE, "duration")
    assert ended - begun == pytest.approx(duration, abs=0.05)
    later = magical(enemy, value(STRIKE, "duration_damage", level))
    assert arena.wounds(enemy) == pytest.approx(
        [magical(enemy, value(STRIKE, "strike_damage", level))]
        + [later] * int(duration // interval))
    second = arena.told(EventKind.DAMAGE, subject=enemy)[1].tick / TICKS_PER_SECOND
    assert second - begun == pytest.approx(interval, abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_the_slow_of_shadow_strike_shrinks_every_second(arena, queen, enemy, value, level):
    queen.learn(queenofpain_shadow_strike=level)
    strike(arena, queen, enemy)
    full, duration = value(STRIKE, "movement_slow", level), value(STRIKE, "duration")
    arena.run(0.2)
    for second in range(4):
        assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == pytest.approx(
            full * (1 - second / duration) ** 3)
        arena.run(1.0)


@pytest.mark.parametrize("level", LEVELS)
def test_shadow_strike_has_its_price(arena, queen, enemy, value, level):
    queen.learn(queenofpain_shadow_strike=level)
    arena.play_tick()
    queen.set(mana=600.0)
    queen.perform(STRIKE, target=enemy)
    check_price(arena, queen, value, STRIKE, level, value(STRIKE, "cooldown", level))


@pytest.mark.parametrize("level", LEVELS)
def test_shadow_strike_flies_from_its_cast_range(arena, queen, enemy, value, level):
    reach = value(STRIKE, "cast_range", level)
    enemy.place((reach, 0))
    queen.learn(queenofpain_shadow_strike=level)
    begun = strike(arena, queen, enemy)
    assert queen.x == arena.origin[0]
    assert begun - cast_seconds(arena, queen) == pytest.approx(
        reach / value(STRIKE, "projectile_speed"), abs=0.1)


def test_allies_may_deny_who_has_shadow_strike(arena, queen, enemy):
    queen.learn(queenofpain_shadow_strike=1)
    strike(arena, queen, enemy)
    friend = arena.spawn("npc_dota_hero_chen", at=(700, 0), team=Team.BADGUYS)
    enemy.set(health=0.2 * enemy.max_health)
    friend.attack(enemy)
    arena.run_until(
        lambda: arena.told(EventKind.DAMAGE, subject=enemy, object=friend), 3.0)


def test_a_talent_speeds_up_attacks_on_who_has_shadow_strike(arena, queen, enemy, changed):
    queen.learn(queenofpain_shadow_strike=1, special_bonus_unique_queen_of_pain_1=1)
    other = arena.spawn("npc_dota_hero_chen", at=(400, 200), team=Team.BADGUYS)
    strike(arena, queen, enemy)
    queen.attack(enemy)
    arena.play_tick()
    assert queen.bonus("ATTACKSPEED_BONUS_CONSTANT") == changed(
        STRIKE, "attack_speed", "special_bonus_unique_queen_of_pain_1")
    queen.attack(other)
    arena.play_tick()
    assert queen.bonus("ATTACKSPEED_BONUS_CONSTANT") == 0


@pytest.mark.parametrize("scepter", [False, True])
def test_scepter_lets_shadow_strike_hit_all_in_an_area(
        arena, queen, enemy, changed, scepter):
    radius = changed(STRIKE, "aoe_radius", "scepter")
    beside = arena.spawn("npc_dota_hero_chen", at=(400, radius - 20), team=Team.BADGUYS)
    apart = arena.spawn("npc_dota_hero_chen", at=(400, -radius - 100), team=Team.BADGUYS)
    queen.learn(queenofpain_shadow_strike=1)
    queen.upgrade(scepter=scepter)
    strike(arena, queen, enemy)
    arena.run(0.5)
    assert beside.has(STRUCK) == scepter
    assert not apart.has(STRUCK)
    assert len(arena.wounds(enemy)) == 1


@pytest.mark.parametrize("end", ["renewed", "over", "died"])
def test_scepter_lets_shadow_strike_end_in_a_scream(arena, queen, enemy, value, end):
    queen.learn(queenofpain_shadow_strike=4, queenofpain_scream_of_pain=2)
    queen.upgrade(scepter=True)
    bystander = arena.spawn(
        "npc_dota_hero_chen", at=(900, 0), team=Team.BADGUYS, level=25)
    strike(arena, queen, enemy)
    if end == "renewed":
        queen.ability(STRIKE).cooldown_ready_tick = 0
        queen.perform(STRIKE, target=enemy)
    elif end == "died":
        arena.play_tick()
        enemy.kill(by=queen)
    within = value(STRIKE, "duration") + 1.0
    arena.run_until(lambda: arena.wounds(bystander), within if end == "over" else 2.0)
    assert arena.wounds(bystander) == pytest.approx(
        [magical(bystander, value(SCREAM, "damage", 2))])


def test_without_scream_of_pain_shadow_strike_ends_in_silence(arena, queen, enemy):
    queen.learn(queenofpain_shadow_strike=1)
    queen.upgrade(scepter=True)
    strike(arena, queen, enemy)
    bystander = arena.spawn("npc_dota_hero_chen", at=(600, 0), team=Team.BADGUYS)
    enemy.kill(by=queen)
    arena.run(1.5)
    assert not arena.wounds(bystander)


# Blink.


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_blink_has_its_price(arena, queen, value, changed, level, talented):
    queen.learn(queenofpain_blink=level)
    cooldown = value(BLINK, "cooldown", level)
    if talented:
        queen.learn(special_bonus_unique_queen_of_pain_6=1)
        cooldown += changed(BLINK, "AbilityCooldown", "special_bonus_unique_queen_of_pain_6")
    arena.play_tick()
    queen.set(mana=600.0)
    queen.perform(BLINK, point=(600, 0))
    assert queen.x - arena.origin[0] == pytest.approx(600)
    check_price(arena, queen, value, BLINK, level, cooldown)


@pytest.mark.parametrize("level", LEVELS)
def test_blink_goes_no_farther_than_its_range(arena, queen, value, level):
    queen.place((-1200, 0))
    queen.learn(queenofpain_blink=level)
    queen.perform(BLINK, point=(1200, 0))
    assert queen.x - arena.origin[0] + 1200 == pytest.approx(
        value(BLINK, "cast_range", level))


def test_blink_goes_its_least_distance(arena, queen, value):
    queen.learn(queenofpain_blink=1)
    queen.perform(BLINK, point=(50, 0))
    assert queen.x - arena.origin[0] == pytest.approx(value(BLINK, "min_blink_range"))


def test_blink_dodges_attacks(arena, queen, enemy):
    queen.learn(queenofpain_blink=1)
    enemy.set(projectile_speed=300.0)
    enemy.body.base_projectile_speed = 300.0
    enemy.attack(queen)
    arena.run_until(lambda: arena.tables.num_projectiles, 2.0)
    enemy.stop()
    queen.perform(BLINK, point=(0, 900))
    arena.run(2.5)
    assert not arena.wounds(queen)


def test_the_rooted_cannot_blink(arena, queen):
    queen.learn(queenofpain_blink=1)
    queen.body.base_states |= ROOTED
    queen.body.is_dirty = 1
    arena.play_tick()
    assert queen.cast(BLINK, point=(500, 0)) == OrderResult.CASTER_ROOTED


@pytest.mark.parametrize("shard", [False, True])
def test_shard_lets_blink_boom_at_both_ends(arena, queen, changed, shard):
    radius = changed(BLINK, "shard_aoe", "shard")
    at_start, at_end, between = (
        arena.spawn("npc_dota_hero_chen", at=at, team=Team.BADGUYS)
        for at in ((-radius + 20, 0), (1000, radius - 20), (500, 0)))
    queen.learn(queenofpain_blink=1)
    queen.upgrade(shard=shard)
    queen.perform(BLINK, point=(1000, 0))
    arena.play_tick()
    damage = changed(BLINK, "shard_damage", "shard")
    for unit in (at_start, at_end):
        assert arena.wounds(unit) == pytest.approx(
            [magical(unit, damage)] if shard else [])
        assert unit.has("MODIFIER_STATE_SILENCED") == shard
    assert not arena.wounds(between)
    if shard:
        ended = arena.run_until(lambda: not at_end.has("MODIFIER_STATE_SILENCED"), 3.0)
        assert ended - cast_seconds(arena, queen) == pytest.approx(
            changed(BLINK, "shard_duration", "shard"), abs=0.07)


# Scream of Pain.


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_scream_of_pain_hurts_around_queen_of_pain(
        arena, queen, enemy, value, changed, level, talented):
    radius = value(SCREAM, "area_of_effect")
    outside = arena.spawn("npc_dota_hero_chen", at=(0, radius + 100), team=Team.BADGUYS)
    enemy.place((radius - 10, 0))
    queen.learn(queenofpain_scream_of_pain=level)
    damage = value(SCREAM, "damage", level)
    if talented:
        queen.learn(special_bonus_unique_queen_of_pain_2=1)
        damage += changed(SCREAM, "damage", "special_bonus_unique_queen_of_pain_2")
    queen.perform(SCREAM)
    hit = arena.run_until(lambda: arena.wounds(enemy), 2.0)
    assert hit - cast_seconds(arena, queen) == pytest.approx(
        (radius - 10) / value(SCREAM, "projectile_speed"), abs=0.1)
    assert arena.wounds(enemy) == pytest.approx([magical(enemy, damage)])
    assert not arena.wounds(outside)


@pytest.mark.parametrize("level", LEVELS)
def test_scream_of_pain_comes_back_in_part_from_heroes(arena, queen, enemy, value, level):
    arena.spawn("npc_dota_creep_badguys_ranged", at=(300, 300), attack_range=1.0, move_speed=0.0)
    queen.learn(queenofpain_scream_of_pain=level)
    queen.perform(SCREAM)
    arena.run(1.0)
    reflected = 0.01 * value(SCREAM, "damage_reflected_to_self") * value(SCREAM, "damage", level)
    assert arena.wounds(queen) == pytest.approx([magical(queen, reflected)])


@pytest.mark.parametrize("ability", [SCREAM, STRIKE])
def test_who_became_immune_meanwhile_is_spared(arena, queen, enemy, ability):
    enemy.give_item("item_black_king_bar")
    queen.learn(**{ability: 1})
    queen.perform(ability, **({"target": enemy} if ability == STRIKE else {}))
    assert enemy.use("item_black_king_bar") == OrderResult.ACCEPTED
    arena.run(1.0)
    assert not arena.wounds(enemy) and not arena.wounds(queen)


def test_what_scream_of_pain_reflects_does_not_kill(arena, queen, enemy):
    queen.learn(queenofpain_scream_of_pain=4)
    queen.set(health=2.0)
    queen.perform(SCREAM)
    arena.run(1.0)
    assert arena.wounds(queen)
    assert queen.alive


@pytest.mark.parametrize("level", LEVELS)
def test_scream_of_pain_has_its_price(arena, queen, value, level):
    queen.learn(queenofpain_scream_of_pain=level)
    arena.play_tick()
    queen.set(mana=600.0)
    queen.perform(SCREAM)
    check_price(arena, queen, value, SCREAM, level, value(SCREAM, "cooldown", level))


# Sonic Wave.


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_sonic_wave_deals_pure_damage_over_its_push(
        arena, queen, enemy, value, changed, level, talented):
    queen.learn(queenofpain_sonic_wave=level)
    damage = value(WAVE, "damage", level)
    if talented:
        queen.learn(special_bonus_unique_queen_of_pain_7=1)
        damage += changed(WAVE, "damage", "special_bonus_unique_queen_of_pain_7")
    queen.perform(WAVE, point=(400, 0))
    begun = arena.run_until(lambda: enemy.has("modifier_queenofpain_sonic_wave_damage"), 2.0)
    duration = value(WAVE, "knockback_duration")
    arena.run(duration + 0.1)
    found = arena.told(EventKind.DAMAGE, subject=enemy)
    assert len(found) == round(duration / value(WAVE, "tick_rate"))
    assert sum(event.value for event in found) == pytest.approx(damage)
    assert found[-1].tick / TICKS_PER_SECOND - begun == pytest.approx(duration, abs=0.05)


def test_sonic_wave_pushes(arena, queen, enemy, value):
    queen.learn(queenofpain_sonic_wave=1)
    queen.perform(WAVE, point=(400, 0))
    begun = arena.run_until(lambda: enemy.distance(queen) > 400, 2.0)
    arena.run_until(lambda: enemy.body.motion_steps == 0, 2.0)
    assert enemy.distance(queen) - 400 == pytest.approx(
        value(WAVE, "knockback_distance"), abs=1.0)
    assert arena.seconds - begun == pytest.approx(value(WAVE, "knockback_duration"), abs=0.07)


def test_sonic_wave_widens(arena, queen, value):
    first, last = value(WAVE, "starting_aoe"), value(WAVE, "final_aoe")
    length = value(WAVE, "distance")
    queen.learn(queenofpain_sonic_wave=1)
    places = {"near": (0, first - 10), "near aside": (40, -first - 110),
              "far": (length, last - 10), "beyond": (length + last + 60, 0)}
    units = {name: arena.spawn("npc_dota_hero_chen", at=at, team=Team.BADGUYS, level=25)
             for name, at in places.items()}
    queen.perform(WAVE, point=(400, 0))
    arena.run(length / value(WAVE, "speed") + 0.3)
    assert [name for name, unit in units.items() if arena.wounds(unit)] == ["near", "far"]


def test_sonic_wave_pierces_immunity(arena, queen, enemy):
    enemy.body.base_states |= MAGIC_IMMUNE
    enemy.body.is_dirty = 1
    queen.learn(queenofpain_sonic_wave=1)
    queen.perform(WAVE, point=(400, 0))
    arena.run(1.0)
    assert arena.wounds(enemy)


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_sonic_wave_has_its_price(arena, queen, value, changed, level, talented):
    queen.learn(queenofpain_sonic_wave=level)
    cooldown = value(WAVE, "cooldown", level)
    if talented:
        queen.learn(special_bonus_unique_queen_of_pain_3=1)
        cooldown += changed(WAVE, "AbilityCooldown", "special_bonus_unique_queen_of_pain_3")
    arena.play_tick()
    queen.set(mana=600.0)
    queen.perform(WAVE, point=(400, 0))
    check_price(arena, queen, value, WAVE, level, cooldown)


# Succubus.


@pytest.mark.parametrize("gap, nearness", [(90, 1.0), (475, 0.5), (850, 0.0)])
def test_succubus_heals_by_spells_the_nearer_the_more(
        arena, queen, enemy, value, gap, nearness):
    enemy.place((440, 0))
    queen.learn(queenofpain_shadow_strike=1)
    queen.set(health=300.0)
    queen.perform(STRIKE, target=enemy)
    queen.place((440 - gap, 0))  # while the dagger flies
    arena.run_until(lambda: arena.wounds(enemy), 2.0)
    percent = value(SUCCUBUS, "spell_lifesteal") + nearness * (
        value(SUCCUBUS, "spell_lifesteal_close") - value(SUCCUBUS, "spell_lifesteal"))
    assert heals(arena, queen) == pytest.approx(
        [0.01 * percent * arena.wounds(enemy)[-1]], rel=0.01)


def test_succubus_heals_by_pure_damage_too(arena, queen, enemy):
    queen.learn(queenofpain_sonic_wave=1)
    queen.set(health=300.0)
    queen.perform(WAVE, point=(400, 0))
    arena.run_until(lambda: arena.wounds(enemy), 2.0)
    assert heals(arena, queen)


def test_succubus_does_not_heal_by_attacks(arena, queen, enemy):
    queen.set(health=300.0)
    queen.attack(enemy)
    arena.run_until(lambda: arena.wounds(enemy), 3.0)
    assert not heals(arena, queen)


# Talents of no ability.


@pytest.mark.parametrize("talent, bonus", [
    ("special_bonus_strength_7", "STATS_STRENGTH_BONUS"),
    ("special_bonus_attack_damage_30", "PREATTACK_BONUS_DAMAGE"),
])
def test_talents_give_strength_and_damage(arena, queen, talent, bonus):
    queen.learn(**{talent: 1})
    arena.play_tick()
    given = next(
        each for each in arena.patch.abilities["talents"]["npc_dota_hero_queenofpain"]
        if each["name"] == talent)["values"]["value"][0]
    assert queen.bonus(bonus) == given


@pytest.mark.parametrize("gap, key", [
    ("close_radius", "spell_lifesteal_close"), ("max_radius", "spell_lifesteal")])
def test_succubus_steals_more_from_who_is_near(arena, queen, enemy, value, gap, key):
    """All of it up to the one distance, the least of it from the other on."""
    queen.learn(queenofpain_sonic_wave=1)
    enemy.set(health=9000.0, max_health=9000.0)
    away = value(SUCCUBUS, gap)
    enemy.place((away - 5 if gap == "close_radius" else away + 5, 0))
    queen.hurt(500.0)
    queen.perform(WAVE, point=(300, 0))
    arena.run_until(lambda: arena.wounds(enemy), within=3.0)
    arena.play_tick()
    entry = arena.patch.abilities["abilities"][SUCCUBUS]["values"][key]
    percent = value(SUCCUBUS, key) + entry.get(
        "per_hero_level", ["", [0]])[1][0] * int(queen.player_record.level)
    assert heals(arena, queen)[0] == pytest.approx(
        0.01 * percent * arena.wounds(enemy)[0], rel=0.02)
