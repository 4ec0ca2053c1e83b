"""Drow Ranger's abilities do what their numbers say."""

import math

import pytest

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.coordinates import CELL, GRID_ORIGIN, GRID_SIZE
from dota_env_rpc.match.enums import INVISIBLE, MAGIC_IMMUNE, EventKind, OrderResult, Team
from dota_env_rpc.testing.arena import ArenaUnit
from tests.content.measures import cast_seconds, magical, physical, still, through_armor

LEVELS = [1, 2, 3, 4]
ULTIMATE_LEVELS = [1, 2, 3]
FROST = "drow_ranger_frost_arrows"
SLOW = "modifier_drow_ranger_frost_arrows_slow"
HYPOTHERMIA = "modifier_drow_ranger_frost_arrows_hypothermia"
GUST = "drow_ranger_wave_of_silence"
MULTISHOT = "drow_ranger_multishot"


@pytest.fixture
def drow(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_drow_ranger", mana=1000.0)


@pytest.fixture
def enemy(arena) -> ArenaUnit:
    return arena.spawn("npc_dota_hero_chen", at=(500, 0), team=Team.BADGUYS, level=25)


def make_immune(unit: ArenaUnit) -> None:
    """Makes a unit immune to debuffs for good."""
    unit.body.base_states |= MAGIC_IMMUNE
    unit.body.is_dirty = 1


# Frost Arrows.


def shoot(arena, drow, enemy, arrows: int = 1) -> None:
    """Attacks with Frost Arrows until so many have landed, and stops."""
    if not drow.ability(FROST).autocast:
        drow.toggle_autocast(FROST)
    seen = len(arena.wounds(enemy))
    drow.attack(enemy)
    arena.run_until(lambda: len(arena.wounds(enemy)) >= seen + 2 * arrows, 3.0 * arrows)
    drow.stop()


@pytest.mark.parametrize("level", LEVELS)
def test_frost_arrows_hurt_more(arena, drow, enemy, value, level):
    drow.learn(drow_ranger_frost_arrows=level)
    shoot(arena, drow, enemy)
    assert len(arena.wounds(enemy)) == 2
    assert arena.wounds(enemy)[1] == pytest.approx(
        physical(enemy, value(FROST, "damage", level)))


@pytest.mark.parametrize("level", LEVELS)
def test_frost_arrows_slow(arena, drow, enemy, value, level):
    drow.learn(drow_ranger_frost_arrows=level)
    shoot(arena, drow, enemy)
    begun = arena.told(EventKind.DAMAGE, subject=enemy)[-1].tick / TICKS_PER_SECOND
    assert enemy.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(
        FROST, "frost_arrows_movement_speed", level)
    ended = arena.run_until(lambda: not enemy.has(SLOW), 3.0)
    assert ended - begun == pytest.approx(value(FROST, "duration"), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_frost_arrows_cost_mana(arena, drow, enemy, value, changed, level, talented):
    drow.learn(drow_ranger_frost_arrows=level)
    cost = value(FROST, "mana_cost", level)
    if talented:
        drow.learn(special_bonus_unique_drow_ranger_7=1)
        cost *= 1 + 0.01 * changed(FROST, "AbilityManaCost", "special_bonus_unique_drow_ranger_7")
    arena.play_tick()
    drow.set(mana=100.0)
    shoot(arena, drow, enemy)
    assert drow.mana == pytest.approx(100.0 - cost, abs=0.8)


def test_frost_arrows_do_not_freeze_who_is_immune(arena, drow, enemy):
    drow.learn(drow_ranger_frost_arrows=1)
    make_immune(enemy)
    drow.toggle_autocast(FROST)
    drow.attack(enemy)
    arena.run_until(lambda: arena.wounds(enemy), 3.0)
    arena.play_tick()
    assert len(arena.wounds(enemy)) == 1
    assert not enemy.has(SLOW)


def test_scepter_lets_frost_arrows_pile_up_hypothermia(arena, drow, enemy, value, changed):
    drow.learn(drow_ranger_frost_arrows=1)
    drow.upgrade(scepter=True)
    shoot(arena, drow, enemy, 3)
    assert enemy.stacks(HYPOTHERMIA) == 3
    damage = value(FROST, "damage") + 2 * changed(
        FROST, "shard_bonus_damage_per_stack", "scepter")
    assert arena.wounds(enemy)[5] == pytest.approx(physical(enemy, damage))
    percent = -3 * changed(FROST, "shard_regen_reduction_pct_per_stack", "scepter")
    assert enemy.bonus("HP_REGEN_AMPLIFY_PERCENTAGE") == pytest.approx(percent)
    assert enemy.bonus("HEAL_AMPLIFY_PERCENTAGE_TARGET") == pytest.approx(percent)
    landed = arena.told(EventKind.DAMAGE, subject=enemy)[-1].tick / TICKS_PER_SECOND
    ended = arena.run_until(lambda: not enemy.has(HYPOTHERMIA), 8.0)
    assert ended - landed == pytest.approx(
        changed(FROST, "shard_stack_duration", "scepter"), abs=0.05)


def test_hypothermia_has_a_limit_of_stacks(arena, drow, enemy, changed):
    drow.learn(drow_ranger_frost_arrows=1)
    drow.upgrade(scepter=True)
    drow.body.base_attack_time = 0.4
    drow.body.is_dirty = 1
    drow.toggle_autocast(FROST)
    drow.attack(enemy)
    for _ in range(20):
        arena.run(0.5)
        enemy.set(health=float(enemy.max_health))
    assert enemy.stacks(HYPOTHERMIA) == changed(FROST, "shard_max_stacks", "scepter")


def test_who_dies_of_hypothermia_bursts(arena, drow, enemy, changed):
    radius = changed(FROST, "shard_burst_radius", "scepter")
    beside = arena.spawn(
        "npc_dota_hero_chen", at=(500, radius - 10), team=Team.BADGUYS, level=25)
    apart = arena.spawn("npc_dota_hero_chen", at=(500, -radius - 100), team=Team.BADGUYS)
    drow.learn(drow_ranger_frost_arrows=1)
    drow.upgrade(scepter=True)
    shoot(arena, drow, enemy, 2)
    enemy.set(health=1.0)
    drow.attack(enemy)
    arena.run_until(lambda: not enemy.alive, 4.0)
    arena.play_tick()
    assert arena.wounds(beside) == pytest.approx(
        [magical(beside, 2 * changed(FROST, "shard_burst_damage_per_stack", "scepter"))])
    assert beside.bonus("MOVESPEED_BONUS_PERCENTAGE") == -changed(
        FROST, "shard_burst_move_slow_pct", "scepter")
    assert not arena.wounds(apart)
    name = "modifier_drow_ranger_frost_arrows_burst_slow"
    begun = arena.seconds
    ended = arena.run_until(lambda: not beside.has(name), 3.0)
    assert ended - begun == pytest.approx(
        changed(FROST, "shard_burst_slow_duration", "scepter"), abs=0.1)


# Gust.


@pytest.mark.parametrize("level", LEVELS)
def test_gust_silences(arena, drow, enemy, value, level):
    drow.learn(drow_ranger_wave_of_silence=level)
    drow.perform(GUST, point=(600, 0))
    begun = arena.run_until(lambda: enemy.has("MODIFIER_STATE_SILENCED"), 1.0)
    ended = arena.run_until(lambda: not enemy.has("MODIFIER_STATE_SILENCED"), 7.0)
    assert ended - begun == pytest.approx(value(GUST, "silence_duration", level), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("gap", [100, 600])
def test_gust_pushes_the_nearer_the_farther(arena, drow, enemy, value, level, gap):
    enemy.place((gap, 0))
    drow.learn(drow_ranger_wave_of_silence=level)
    drow.perform(GUST, point=(600, 0))
    begun = arena.run_until(lambda: enemy.distance(drow) > gap, 1.0)
    arena.run_until(lambda: enemy.body.motion_steps == 0, 1.0)
    nearness = 1 - gap / value(GUST, "wave_length")
    assert enemy.distance(drow) - gap == pytest.approx(
        nearness * value(GUST, "knockback_distance_max"), abs=1.0)
    least, most = value(GUST, "knockback_duration_min"), value(GUST, "knockback_duration", level)
    assert arena.seconds - begun == pytest.approx(
        least + nearness * (most - least), abs=0.07)


def test_who_is_pushed_by_gust_can_attack(arena, drow, enemy):
    enemy.place((100, 0))
    drow.learn(drow_ranger_wave_of_silence=4)
    drow.perform(GUST, point=(600, 0))
    arena.run_until(lambda: enemy.body.motion_steps, 1.0)
    enemy.attack(drow)
    arena.run_until(lambda: enemy.attack_target == drow.handle, 0.2)
    assert enemy.body.motion_steps


def test_gust_is_a_wave(arena, drow, value):
    length, width = value(GUST, "wave_length"), value(GUST, "wave_width")
    drow.learn(drow_ranger_wave_of_silence=1)
    places = {"at the end": (length + width - 20, 0), "beside": (400, width - 10),
              "beyond": (length + width + 60, 0), "aside": (400, -width - 60)}
    hit = {name: arena.spawn("npc_dota_hero_chen", at=at, team=Team.BADGUYS)
           for name, at in places.items()}
    drow.perform(GUST, point=(600, 0))
    silenced = {}
    end = cast_seconds(arena, drow) + 0.8
    while arena.seconds < end:
        arena.play_tick()
        for name, unit in hit.items():
            if unit.has("MODIFIER_STATE_SILENCED"):
                silenced.setdefault(name, arena.seconds - cast_seconds(arena, drow))
    assert set(silenced) == {"at the end", "beside"}
    assert silenced["at the end"] == pytest.approx(
        length / value(GUST, "wave_speed"), abs=0.07)


def test_gust_reveals_the_invisible(arena, drow, enemy):
    drow.learn(drow_ranger_wave_of_silence=1)
    enemy.body.base_states |= INVISIBLE
    enemy.body.is_dirty = 1
    arena.run(0.5)
    assert not enemy.visible_to & 1 << Team.GOODGUYS
    drow.perform(GUST, point=(600, 0))
    arena.run(1.0)
    assert enemy.visible_to & 1 << Team.GOODGUYS


@pytest.mark.parametrize("level", LEVELS)
def test_gust_has_its_price(arena, drow, value, level):
    drow.learn(drow_ranger_wave_of_silence=level)
    drow.set(mana=150.0)
    drow.perform(GUST, point=(600, 0))
    assert drow.mana == pytest.approx(150.0 - value(GUST, "mana_cost"), abs=2.0)
    assert drow.ability(GUST).cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, drow) == pytest.approx(value(GUST, "cooldown", level))


def test_a_talent_lets_gust_speed_up_drow(arena, drow, value, changed):
    drow.learn(drow_ranger_wave_of_silence=1,
               special_bonus_unique_drow_ranger_gust_selfmovespeed=1)
    drow.perform(GUST, point=(600, 0))
    arena.play_tick()
    assert drow.bonus("MOVESPEED_BONUS_PERCENTAGE") == changed(
        GUST, "bonus_movespeed", "special_bonus_unique_drow_ranger_gust_selfmovespeed")
    arena.run(value(GUST, "silence_duration"))
    assert drow.bonus("MOVESPEED_BONUS_PERCENTAGE") == 0


# Multishot.


def volley(arena, drow, seconds: float = 3.2) -> None:
    """Shoots Multishot to the right until all arrows have flown."""
    drow.perform(MULTISHOT, point=(500, 0))
    arena.run(seconds)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_an_enemy_takes_an_arrow_of_every_wave_of_multishot(
        arena, drow, enemy, value, changed, level, talented):
    drow.learn(drow_ranger_multishot=level)
    percent = value(MULTISHOT, "arrow_damage_pct", level)
    if talented:
        drow.learn(special_bonus_unique_drow_ranger_1=1)
        percent += changed(MULTISHOT, "arrow_damage_pct", "special_bonus_unique_drow_ranger_1")
    enemy.place((150, 0))
    arena.run(0.2)
    volley(arena, drow)
    attack = 0.5 * (drow.damage_min + drow.damage_max) + drow.bonus_damage
    damage = physical(enemy, 0.01 * percent * attack)
    assert arena.wounds(enemy) == pytest.approx(
        [damage] * int(value(MULTISHOT, "wave_count")))


def test_a_talent_gives_multishot_waves(arena, drow, enemy, value, changed):
    drow.learn(drow_ranger_multishot=1, special_bonus_unique_drow_ranger_8=1)
    enemy.place((150, 0))
    volley(arena, drow)
    assert len(arena.wounds(enemy)) == value(MULTISHOT, "wave_count") + changed(
        MULTISHOT, "wave_count", "special_bonus_unique_drow_ranger_8")


@pytest.mark.parametrize("talented", [False, True])
def test_the_arrows_of_a_wave_spread_over_an_angle(
        arena, drow, value, changed, talented):
    drow.learn(drow_ranger_multishot=1)
    count = value(MULTISHOT, "arrow_count_per_wave")
    if talented:
        drow.learn(special_bonus_unique_drow_ranger_2=1)
        count += changed(
            MULTISHOT, "arrow_count_per_wave", "special_bonus_unique_drow_ranger_2")
    drow.perform(MULTISHOT, point=(500, 0))
    arena.play_tick()
    flights = arena.tables.projectiles[:int(arena.tables.num_projectiles)]
    angles = sorted(
        math.degrees(math.atan2(each.y_target - drow.y, each.x_target - drow.x))
        for each in flights)
    angle = value(MULTISHOT, "arrow_angle")
    assert angles == pytest.approx(
        [angle * (i / (count - 1) - 0.5) for i in range(int(count))], abs=0.1)
    assert {float(each.speed) for each in flights} == {value(MULTISHOT, "arrow_speed")}
    reach = math.hypot(flights[0].x_target - drow.x, flights[0].y_target - drow.y)
    assert reach == pytest.approx(drow.attack_range + value(MULTISHOT, "arrow_range_base"))


def test_multishot_applies_frost_arrows(arena, drow, enemy, value):
    drow.learn(drow_ranger_multishot=1, drow_ranger_frost_arrows=2)
    enemy.place((150, 0))
    volley(arena, drow, 0.5)
    assert arena.wounds(enemy)[1] == pytest.approx(
        physical(enemy, value(FROST, "damage", 2)))
    assert enemy.has(SLOW)


def test_multishot_pierces_immunity_but_frost_arrows_do_not(arena, drow, enemy):
    drow.learn(drow_ranger_multishot=1, drow_ranger_frost_arrows=2)
    enemy.place((150, 0))
    make_immune(enemy)
    volley(arena, drow, 0.4)
    assert len(arena.wounds(enemy)) == 1
    assert not enemy.has(SLOW)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_multishot_has_its_price(arena, drow, value, changed, level, talented):
    drow.learn(drow_ranger_multishot=level)
    cooldown = value(MULTISHOT, "cooldown", level)
    if talented:
        drow.learn(special_bonus_unique_drow_ranger_6=1)
        cooldown += changed(MULTISHOT, "AbilityCooldown", "special_bonus_unique_drow_ranger_6")
    drow.set(mana=150.0)
    drow.perform(MULTISHOT, point=(500, 0))
    assert drow.mana == pytest.approx(150.0 - value(MULTISHOT, "mana_cost", level), abs=2.0)
    assert drow.ability(MULTISHOT).cooldown_ready_tick / TICKS_PER_SECOND - cast_seconds(
        arena, drow) == pytest.approx(cooldown)
    ended = arena.run_until(
        lambda: not drow.has("modifier_drow_ranger_multishot"), 3.0)
    assert ended - cast_seconds(arena, drow) == pytest.approx(
        value(MULTISHOT, "channel_time"), abs=0.07)


def test_a_broken_channel_ends_multishot(arena, drow, enemy, value):
    drow.learn(drow_ranger_multishot=1)
    enemy.place((150, 0))
    volley(arena, drow, 0.3)
    drow.stop()
    arena.run(2.0)
    assert len(arena.wounds(enemy)) == 1


def test_drow_walks_slowly_while_she_shoots_multishot(arena, drow, value):
    drow.learn(drow_ranger_multishot=1)
    drow.perform(MULTISHOT, point=(500, 0))
    drow.move((0, 900))
    arena.run(0.3)
    place = float(drow.y)
    arena.run(1.0)
    assert drow.body.channel_slot
    assert drow.y - place == pytest.approx(
        drow.body.base_move_speed * 0.01 * value(MULTISHOT, "multishot_movespeed"), rel=0.15)


def test_multishot_keeps_its_direction_while_drow_walks(arena, drow, enemy, value):
    drow.learn(drow_ranger_multishot=1)
    enemy.place((400, 100))
    aside = arena.spawn("npc_dota_hero_chen", at=(0, 700), team=Team.BADGUYS)
    drow.perform(MULTISHOT, point=(500, 0))
    drow.move((0, 900))
    arena.run(3.0)
    assert len(arena.wounds(enemy)) == value(MULTISHOT, "wave_count")
    assert not arena.wounds(aside)


def test_drow_uses_items_while_she_shoots_multishot(arena, drow):
    drow.learn(drow_ranger_multishot=1)
    drow.give_item("item_magic_wand", charges=5)
    drow.perform(MULTISHOT, point=(500, 0))
    assert drow.use("item_magic_wand") == OrderResult.ACCEPTED
    arena.run(0.1)
    assert drow.item(0).charges == 0
    assert drow.body.channel_slot


def test_an_arrow_of_multishot_passes_whom_its_wave_has_hit(arena, drow, enemy, value):
    """The first arrow ends in the first enemy; others of its wave pass that one."""
    drow.learn(drow_ranger_multishot=1)
    enemy.place((100, 0))
    behind = arena.spawn("npc_dota_hero_chen", at=(400, 0), team=Team.BADGUYS, level=25)
    volley(arena, drow, 0.5)
    assert len(arena.wounds(enemy)) == 1
    assert len(arena.wounds(behind)) == 1


# Glacier.


def test_glacier_does_not_end_multishot(arena, drow):
    drow.upgrade(shard=True)
    drow.learn(drow_ranger_multishot=1)
    drow.perform(MULTISHOT, point=(500, 0))
    assert drow.cast("drow_ranger_glacier") == OrderResult.ACCEPTED
    arena.run(0.3)
    assert drow.has("modifier_drow_ranger_glacier_hilltop")
    assert drow.body.channel_slot


def widest(arena, unit) -> float:
    """Lets a unit walk from before Glacier's front to behind it; returns how far aside it got."""
    unit.move((330, 10))
    most = 0.0
    while unit.x - arena.origin[0] < 325:
        arena.play_tick()
        most = max(most, abs(float(unit.y) - arena.origin[1]))
        assert arena.seconds < 70
    return most


@pytest.mark.parametrize("shard", [False, True])
def test_others_than_drow_walk_around_the_front_of_glacier(arena, drow, value, shard):
    drow.upgrade(shard=shard)
    if shard:
        drow.perform("drow_ranger_glacier")
    drow.place((-2000, 0))
    ally = arena.spawn("npc_dota_hero_abaddon", at=(0, 0))
    aside = widest(arena, ally)
    # The front goes half around her.
    assert (aside > 0.8 * value("drow_ranger_glacier", "shard_distance")) == shard


def test_drow_walks_through_the_front_of_glacier(arena, drow):
    drow.upgrade(shard=True)
    drow.perform("drow_ranger_glacier")
    assert widest(arena, drow) <= 10.0


@pytest.mark.parametrize("shard, seen", [(False, True), (True, False)])
def test_the_front_of_glacier_hides_what_is_behind_it(arena, drow, enemy, shard, seen):
    """From an ally on the ground; who stands on the hill sees over it."""
    watcher = arena.spawn("npc_dota_hero_abaddon", at=(-900, 0))
    drow.upgrade(shard=shard)
    if shard:
        drow.perform("drow_ranger_glacier")
    enemy.place((600, 0))
    drow.place((-900, 200))
    arena.run(1.0)
    assert bool(int(enemy.visible_to) >> Team.GOODGUYS & 1) == seen
    watcher.place((0, 0))
    arena.run(1.0)
    assert int(enemy.visible_to) >> Team.GOODGUYS & 1


def test_without_shard_there_is_no_glacier(arena, drow):
    assert drow.cast("drow_ranger_glacier") == OrderResult.NOT_AVAILABLE


def test_glacier_lengthens_the_attacks_of_ranged_allies_on_it(arena, drow, value):
    drow.upgrade(shard=True)
    ally = arena.spawn("npc_dota_hero_chen", at=(100, 0))
    far = arena.spawn("npc_dota_hero_chen", at=(600, 0))
    arena.play_tick()
    reaches = [float(unit.attack_range) for unit in (drow, ally, far)]
    drow.perform("drow_ranger_glacier")
    arena.run(0.3)
    more = value("drow_ranger_glacier", "attack_range_bonus")
    assert [float(unit.attack_range) - reach for unit, reach in zip(
        (drow, ally, far), reaches, strict=True)] == [more, more, 0]
    ended = arena.run_until(
        lambda: not drow.has("modifier_drow_ranger_glacier_hilltop"), 9.0)
    # Who stands on it has it half a second longer.
    assert ended - cast_seconds(arena, drow) == pytest.approx(
        value("drow_ranger_glacier", "shard_duration") + 0.5, abs=0.2)


def test_glacier_pushes_enemies_off(arena, drow, enemy, value):
    drow.upgrade(shard=True)
    enemy.place((100, 0))
    drow.perform("drow_ranger_glacier")
    arena.run(value("drow_ranger_glacier", "knockback_duration") + 0.1)
    assert enemy.distance(drow) == pytest.approx(
        100 + value("drow_ranger_glacier", "knockback_distance"), abs=1.0)


def test_drow_hits_harder_from_glacier(arena, drow, enemy, value):
    drow.upgrade(shard=True)
    drow.perform("drow_ranger_glacier")
    arena.run(0.3)
    drow.attack(enemy)
    arena.run_until(lambda: arena.wounds(enemy), 3.0)
    bonus = value("drow_ranger_glacier", "damage_bonus")
    low, high = (physical(enemy, end + bonus)
                 for end in (drow.damage_min, drow.damage_max))
    assert low - 0.1 <= arena.wounds(enemy)[0] <= high + 0.1


def test_glacier_has_its_price(arena, drow, value):
    drow.upgrade(shard=True)
    drow.set(mana=150.0)
    drow.perform("drow_ranger_glacier")
    assert drow.mana == pytest.approx(
        150.0 - value("drow_ranger_glacier", "mana_cost"), abs=2.0)
    assert drow.ability("drow_ranger_glacier").cooldown_ready_tick / TICKS_PER_SECOND - (
        cast_seconds(arena, drow)) == pytest.approx(value("drow_ranger_glacier", "cooldown"))


# Precision Aura.


@pytest.mark.parametrize("level", [1, 10, 30])
def test_precision_aura_adds_agility(arena, value, level):
    drow = arena.spawn("npc_dota_hero_drow_ranger", level=level)
    definition = arena.patch.record.definitions[
        arena.patch.definition("npc_dota_hero_drow_ranger")]
    own = definition.agility + definition.agility_gain * (level - 1)
    name = "drow_ranger_trueshot"
    entry = arena.patch.abilities["abilities"][name]["values"]["trueshot_agi_bonus"]
    percent = value(name, "trueshot_agi_bonus") + level * entry["per_hero_level"][1][0]
    arena.run(0.5)
    given = 0.01 * percent * own
    assert drow.player_record.agility == pytest.approx(own + given)


def test_precision_aura_gives_ranged_allies_a_part(arena, drow, value):
    name = "drow_ranger_trueshot"
    radius = value(name, "radius")
    heroes = {
        "ranged": arena.spawn("npc_dota_hero_chen", at=(radius - 20, 0)),
        "far": arena.spawn("npc_dota_hero_chen", at=(-radius - 100, 0)),
        "melee": arena.spawn("npc_dota_hero_abaddon", at=(0, 300)),
        "enemy": arena.spawn("npc_dota_hero_chen", at=(0, -300), team=Team.BADGUYS),
    }
    arena.run(0.5)
    given = drow.bonus("STATS_AGILITY_BONUS")
    assert given > 0
    part = 0.01 * value(name, "trueshot_agi_bonus_allies_pct")
    assert {each: unit.bonus("STATS_AGILITY_BONUS") for each, unit in heroes.items()} == (
        pytest.approx({"ranged": part * given, "far": 0, "melee": 0, "enemy": 0}))


# Marksmanship.


def marksman_shots(arena, drow, enemy, value, level: int, seconds: float) -> tuple[int, int]:
    """Lets Drow attack for a while; returns how many of the attacks were of Marksmanship."""
    drow.body.base_attack_time = 0.3
    drow.body.is_dirty = 1
    enemy.set(max_health=1e6, health=1e6)
    drow.attack(enemy)
    arena.run(seconds)
    found = arena.wounds(enemy)
    bare = max(float(enemy.body.base_armor), 0.0)
    ordinary = physical(enemy, float(drow.damage_max))
    least = (float(drow.damage_min) + value(
        "drow_ranger_marksmanship", "bonus_damage", level)) * through_armor(
            enemy.armor - bare)
    shots = sum(each >= least - 0.1 for each in found)
    assert sum(each <= ordinary + 0.1 for each in found) == len(found) - shots
    return shots, len(found)


@pytest.mark.parametrize("level", ULTIMATE_LEVELS)
def test_marksmanship_adds_damage_and_ignores_base_armor_at_its_chance(
        arena, drow, enemy, value, level):
    drow.learn(drow_ranger_marksmanship=level)
    arena.run(0.2)
    shots, attacks = marksman_shots(arena, drow, enemy, value, level, 25.0)
    assert attacks > 40
    assert 100 * shots / attacks == pytest.approx(
        value("drow_ranger_marksmanship", "chance", level), abs=15)


def test_a_talent_raises_the_chance_of_marksmanship(arena, drow, enemy, value, changed):
    drow.learn(drow_ranger_marksmanship=3, special_bonus_unique_drow_ranger_3=1)
    arena.run(0.2)
    shots, attacks = marksman_shots(arena, drow, enemy, value, 3, 25.0)
    chance = value("drow_ranger_marksmanship", "chance", 3) + changed(
        "drow_ranger_marksmanship", "chance", "special_bonus_unique_drow_ranger_3")
    assert 100 * shots / attacks == pytest.approx(chance, abs=15)


@pytest.mark.parametrize("beyond, works", [(-10, False), (60, True)])
def test_marksmanship_is_off_with_an_enemy_hero_near(arena, drow, enemy, value, beyond, works):
    arena.spawn("npc_dota_hero_chen", team=Team.BADGUYS,
                at=(0, value("drow_ranger_marksmanship", "disable_range") + beyond))
    drow.learn(drow_ranger_marksmanship=3)
    arena.run(0.2)
    shots, _ = marksman_shots(arena, drow, enemy, value, 3, 6.0)
    assert (shots > 0) == works


def test_a_talent_lengthens_attack_range(arena, drow):
    arena.play_tick()
    before = float(drow.attack_range)
    drow.learn(special_bonus_attack_range_75=1)
    arena.play_tick()
    talent = next(each for each in arena.patch.abilities["talents"]["npc_dota_hero_drow_ranger"]
                  if each["name"] == "special_bonus_attack_range_75")
    assert drow.attack_range - before == talent["values"]["value"][0]


def test_the_arrows_of_multishot_are_as_wide_as_told(arena, drow, value):
    """The middle of three arrows flies along the line; these stand beside its end."""
    width = value(MULTISHOT, "arrow_width")
    reach = drow.attack_range + value(MULTISHOT, "arrow_range_base")
    drow.learn(drow_ranger_multishot=1)
    aside = 0.5 * value(MULTISHOT, "arrow_angle") * math.pi / 180
    # Straight ahead of the outermost arrow, as far aside of it as it is wide.
    for beyond, hits in ((-5.0, 1), (60.0, 0)):
        away = aside + math.atan2(width + beyond, 0.8 * reach)
        other = still(arena, (0.8 * reach * math.cos(away), 0.8 * reach * math.sin(away)),
                      bound_radius=0.0)
        drow.prepare(MULTISHOT, 1)
        seen = len(arena.wounds(other))
        volley(arena, drow, 0.5)
        arena.run(1.5)
        assert (len(arena.wounds(other)) > seen) == bool(hits)
        other.kill()


@pytest.mark.parametrize("beyond, on_it", [(-10, True), (10, False)])
def test_the_hill_of_glacier_is_as_wide_as_told(arena, drow, value, beyond, on_it):
    drow.upgrade(shard=True)
    ally = arena.spawn("npc_dota_hero_chen", at=(
        -value("drow_ranger_glacier", "hilltop_offset") - beyond, 0), bound_radius=0.0)
    drow.perform("drow_ranger_glacier")
    arena.run(0.3)
    assert ally.has("modifier_drow_ranger_glacier_hilltop") == on_it


def test_the_front_of_glacier_is_an_arc_of_its_pieces(arena, drow, value):
    """Cells of ground that lie in the middle of each piece are blocked, those behind are not."""
    drow.upgrade(shard=True)
    drow.place((32, 32))  # the middle of a cell
    drow.perform("drow_ranger_glacier")
    arena.play_tick()
    count = int(value("drow_ranger_glacier", "shard_count"))
    far = value("drow_ranger_glacier", "shard_distance")
    step = math.radians(value("drow_ranger_glacier", "shard_angle_step"))
    width = value("drow_ranger_glacier", "shard_width")
    state = arena._state
    walls = [int(cell) for cell in state.wall_cell[:int(state.num_wall_cells)]]
    assert walls
    side = GRID_SIZE
    for cell in walls:
        x = (cell % side + 0.5) * CELL + GRID_ORIGIN - drow.x
        y = (cell // side + 0.5) * CELL + GRID_ORIGIN - drow.y
        assert abs(math.hypot(x, y) - far) < 0.5 * width
        assert abs(math.atan2(y, x)) <= (count - 1) / 2 * step + math.atan2(0.5 * width, far - 32)
    ends = [math.atan2((cell // side + 0.5) * CELL + GRID_ORIGIN - drow.y,
                       (cell % side + 0.5) * CELL + GRID_ORIGIN - drow.x) for cell in walls]
    assert max(ends) > (count - 1) / 2 * step - 0.3
    assert min(ends) < -(count - 1) / 2 * step + 0.3


def test_precision_aura_gives_allies_more_as_drow_gets_more(arena, drow):
    ally = arena.spawn("npc_dota_hero_chen", at=(300, 0))
    arena.run(0.5)
    before = ally.bonus("STATS_AGILITY_BONUS")
    drow.give_item("item_butterfly")
    arena.run(0.5)
    assert ally.bonus("STATS_AGILITY_BONUS") > before > 0
