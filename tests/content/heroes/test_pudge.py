"""Pudge."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Rune, Team, UnitOrder
from dota_env_rpc.testing.arena import Arena
from tests.content.measures import heals

HOOK = "pudge_meat_hook"
ROT = "pudge_rot"
SHIELD = "pudge_flesh_heap"
HEAP = "pudge_innate_graft_flesh"
DISMEMBER = "pudge_dismember"
CREEP = "npc_dota_creep_badguys_melee"
LEVELS = [1, 2, 3, 4]


@pytest.fixture
def pudge(arena):
    return arena.spawn("npc_dota_hero_pudge", level=30)


@pytest.fixture
def axe(arena):
    return arena.spawn("npc_dota_hero_axe", at=(800, 0), team=Team.BADGUYS, level=30)


def from_origin(arena, unit):
    return float(unit.x) - arena.origin[0]


@pytest.mark.parametrize(("ability", "levels"), [(HOOK, 4), (SHIELD, 4), (DISMEMBER, 3)])
def test_a_cast_costs_its_level(arena, pudge, value, ability, levels):
    for level in range(1, levels + 1):
        pudge.learn(**{ability: level})
        arena.run(0.1)
        assert pudge.ability(ability).mana_cost == value(ability, "mana_cost", level)
        assert pudge.ability(ability).cooldown == value(ability, "cooldown", level)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_hook_deals_pure_damage(arena, pudge, axe, value, changed, level, talented):
    talent = "special_bonus_unique_pudge_7"
    damage = value(HOOK, "damage", level)
    pudge.learn(**{HOOK: level})
    if talented:
        pudge.learn(**{talent: 1})
        damage += changed(HOOK, "damage", talent)
    assert pudge.cast(HOOK, point=(800, 0)) == OrderResult.ACCEPTED
    arena.run(1.2)
    assert arena.wounds(axe) == [pytest.approx(damage)]


def test_hook_flies_out_and_back_at_its_speed(arena, pudge, axe, value):
    pudge.learn(**{HOOK: 1})
    start = arena.seconds
    pudge.cast(HOOK, point=(800, 0))
    hit = arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=2.0)
    out = 800.0 - value(HOOK, "hook_width") - axe.bound_radius
    assert hit - start == pytest.approx(
        value(HOOK, "cast_point") + out / value(HOOK, "hook_speed"), abs=0.1)
    end = arena.run_until(lambda: not axe.has("MODIFIER_STATE_STUNNED"), within=2.0)
    beside = pudge.bound_radius + axe.bound_radius
    assert end - hit == pytest.approx((800.0 - beside) / value(HOOK, "hook_speed"), abs=0.1)
    assert pudge.distance(axe) <= beside + 10.0


def test_hook_reaches_its_range(arena, pudge, axe, value):
    pudge.learn(**{HOOK: 1})
    axe.place((value(HOOK, "AbilityCastRange") + value(HOOK, "hook_width") + 40.0, 0))
    pudge.cast(HOOK, point=(1000, 0))
    arena.run(1.5)
    assert arena.wounds(axe) == []


def test_hook_snags_the_first_alone(arena, pudge, axe):
    behind = arena.spawn("npc_dota_hero_lina", at=(1000, 0), team=Team.BADGUYS)
    pudge.learn(**{HOOK: 1})
    pudge.cast(HOOK, point=(1000, 0))
    arena.run(1.5)
    assert len(arena.wounds(axe)) == 1
    assert arena.wounds(behind) == []


def test_hook_kills_a_creep(arena, pudge):
    creep = arena.spawn(CREEP, at=(800, 0))
    pudge.learn(**{HOOK: 1})
    pudge.cast(HOOK, point=(800, 0))
    arena.run(1.2)
    assert not creep.alive
    assert arena.told(EventKind.LAST_HIT, subject=creep, object=pudge)


def test_hook_goes_through_ancient_creeps(arena, pudge, axe):
    dragon = arena.spawn("npc_dota_neutral_black_dragon", at=(400, 0))
    pudge.learn(**{HOOK: 1})
    pudge.cast(HOOK, point=(800, 0))
    arena.run(1.2)
    assert arena.wounds(dragon) == []
    assert len(arena.wounds(axe)) == 1


def test_hook_drags_allies_unhurt(arena, pudge):
    ally = arena.spawn("npc_dota_hero_axe", at=(800, 0))
    pudge.learn(**{HOOK: 1})
    pudge.cast(HOOK, point=(800, 0))
    arena.run(1.5)
    assert arena.wounds(ally) == []
    assert pudge.distance(ally) < 120.0


def test_hook_shows_where_it_snags(arena, pudge, axe, value):
    pudge.learn(**{HOOK: 1})
    pudge.cast(HOOK, point=(800, 0))
    arena.run_until(lambda: axe.has("MODIFIER_STATE_STUNNED"), within=2.0)
    reveal = arena._state.reveals[int(arena._state.num_reveals) - 1]
    assert reveal.radius == value(HOOK, "vision_radius")
    assert reveal.until_tick / 30.0 - arena.seconds == pytest.approx(
        value(HOOK, "vision_duration"), abs=0.1)


def test_pudge_stands_stunned_behind_a_hook_that_misses(arena, pudge, value):
    pudge.learn(**{HOOK: 1})
    pudge.cast(HOOK, point=(800, 0))
    start = arena.run_until(lambda: pudge.has("MODIFIER_STATE_STUNNED"), within=1.0)
    end = arena.run_until(lambda: not pudge.has("MODIFIER_STATE_STUNNED"), within=1.0)
    flight = value(HOOK, "AbilityCastRange") / value(HOOK, "hook_speed")
    assert end - start == pytest.approx(
        value(HOOK, "self_stun_duration_percent") / 100.0 * flight, abs=0.07)


class TestHookAndRunes:
    """Source: the ability's note in the game: it drags runes, and gives its mana cost back."""

    @pytest.fixture
    def arena(self):
        return Arena(runes=True)

    def test_it_drags_a_rune_at_its_speed(self, arena, pudge, value):
        pudge.learn(**{HOOK: 1})
        rune = arena.lay_rune(Rune.HASTE, at=(800, 60))
        pudge.cast(HOOK, point=(1000, 0))
        snagged = arena.run_until(lambda: rune.y != arena.origin[1] + 60, within=2.0)
        assert pudge.mana == pytest.approx(pudge.max_mana, abs=3.0)
        end = arena.run_until(
            lambda: abs(rune.x - pudge.x) < 1.0 and abs(rune.y - pudge.y) < 1.0, within=2.0)
        assert end - snagged == pytest.approx(800.0 / value(HOOK, "hook_speed"), abs=0.1)
        assert not pudge.has("modifier_pudge_meat_hook_self")
        assert pudge.order(UnitOrder.PICKUP_RUNE, target=int(rune.handle)) == OrderResult.ACCEPTED
        assert pudge.has("modifier_rune_haste") or arena.run(0.1) or pudge.has(
            "modifier_rune_haste")

    def test_it_stops_there(self, arena, pudge, axe):
        pudge.learn(**{HOOK: 1})
        arena.lay_rune(Rune.HASTE, at=(500, 0))
        pudge.cast(HOOK, point=(1000, 0))
        arena.run(2.0)
        assert not arena.wounds(axe)

    def test_it_passes_a_rune_beyond_its_width(self, arena, pudge, axe, value):
        pudge.learn(**{HOOK: 1})
        rune = arena.lay_rune(Rune.HASTE, at=(500, value(HOOK, "hook_width") + 10.0))
        pudge.cast(HOOK, point=(1000, 0))
        arena.run(2.0)
        assert arena.wounds(axe) and rune.x == arena.origin[0] + 500


def test_talent_shortens_hooks_cooldown(arena, pudge, value, changed):
    talent = "special_bonus_unique_pudge_5"
    pudge.learn(**{HOOK: 4, talent: 1})
    arena.run(0.1)
    assert pudge.ability(HOOK).cooldown == value(HOOK, "cooldown", 4) + changed(
        HOOK, "AbilityCooldown", talent)


def test_shard_strengthens_a_long_hook(arena, pudge, axe, value, changed):
    pudge.learn(**{HOOK: 1})
    pudge.upgrade(shard=True)
    pudge.cast(HOOK, point=(800, 0))
    arena.run(1.2)
    more = changed(HOOK, "distance_to_damage", "shard") / 100.0 * 800.0
    assert arena.wounds(axe) == [pytest.approx(value(HOOK, "damage") + more)]


def test_shard_gives_a_short_hook_its_least_damage(arena, pudge, axe, value, changed):
    axe.place((20, 0))
    pudge.learn(**{HOOK: 1})
    pudge.upgrade(shard=True)
    pudge.cast(HOOK, point=(800, 0))
    arena.run(1.2)
    assert arena.wounds(axe) == [pytest.approx(
        value(HOOK, "damage") + changed(HOOK, "min_distance_damage", "shard"))]


def test_shard_shortens_the_cooldown_after_hooking_an_ally(arena, pudge, value, changed):
    arena.spawn("npc_dota_hero_axe", at=(300, 0))
    pudge.learn(**{HOOK: 1})
    pudge.upgrade(shard=True)
    start = arena.seconds + value(HOOK, "cast_point")
    pudge.cast(HOOK, point=(800, 0))
    arena.run(1.2)
    ready = int(pudge.ability(HOOK).cooldown_ready_tick) * arena.tick_seconds
    part = 1.0 - changed(HOOK, "cooldown_reduction_pct_allied_hook", "shard") / 100.0
    assert ready - start == pytest.approx(part * value(HOOK, "cooldown"), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scepter", [False, True])
def test_rot_hurts_enemies_and_pudge(arena, pudge, axe, value, changed, level, scepter):
    per_second = value(ROT, "rot_damage", level)
    if scepter:
        per_second += changed(ROT, "rot_damage", "scepter")
    axe.place((200, 0))
    pudge.learn(**{ROT: level})
    pudge.upgrade(scepter=scepter)
    assert pudge.toggle(ROT) == OrderResult.ACCEPTED
    arena.run(1.0)
    for unit in (axe, pudge):
        assert arena.wounds(unit) == [pytest.approx(
            per_second * value(ROT, "rot_tick") * (1.0 - unit.magic_resistance))] * 5


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_rot_slows(arena, pudge, axe, value, changed, level, talented):
    talent = "special_bonus_unique_pudge_4"
    slow = value(ROT, "rot_slow", level)
    before = axe.move_speed
    axe.place((200, 0))
    pudge.learn(**{ROT: level})
    if talented:
        pudge.learn(**{talent: 1})
        slow += changed(ROT, "rot_slow", talent)
    pudge.toggle(ROT)
    arena.run(0.2)
    assert axe.move_speed == pytest.approx(before * (1.0 + slow / 100.0))


@pytest.mark.parametrize("scepter", [False, True])
def test_rot_reaches_its_radius(arena, pudge, value, changed, scepter):
    radius = value(ROT, "rot_radius")
    if scepter:
        radius += changed(ROT, "rot_radius", "scepter")
    inside = arena.spawn(CREEP, at=(radius - 10.0, 0))
    outside = arena.spawn(CREEP, at=(-radius - 60.0, 0))
    pudge.learn(**{ROT: 1})
    pudge.upgrade(scepter=scepter)
    pudge.toggle(ROT)
    arena.run(0.3)
    assert len(arena.wounds(inside)) == 1
    assert arena.wounds(outside) == []


def test_rot_ends_with_its_toggle(arena, pudge):
    pudge.learn(**{ROT: 1})
    pudge.toggle(ROT)
    arena.run(0.5)
    pudge.toggle(ROT)
    before = len(arena.wounds(pudge))
    arena.run(0.5)
    assert len(arena.wounds(pudge)) == before


def test_rot_does_not_kill_pudge(arena, pudge):
    pudge.hurt(pudge.health - 5.0)
    pudge.learn(**{ROT: 4})
    pudge.toggle(ROT)
    arena.run(2.0)
    assert pudge.alive


def test_scepter_lets_rot_reduce_restoration(arena, pudge, changed):
    creep = arena.spawn(CREEP, at=(200, 0), health_regen=10.0)
    pudge.learn(**{ROT: 1})
    pudge.upgrade(scepter=True)
    pudge.toggle(ROT)
    arena.run(0.2)
    less = changed(ROT, "scepter_rot_regen_reduction_pct", "scepter")
    assert creep.health_regen == pytest.approx(10.0 * (1.0 - less / 100.0))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_meat_shield_blocks_damage(arena, pudge, value, changed, level, talented):
    talent = "special_bonus_unique_pudge_1"
    block = value(SHIELD, "damage_block", level)
    pudge.learn(**{SHIELD: level})
    if talented:
        pudge.learn(**{talent: 1})
        block *= changed(SHIELD, "damage_block", talent)
    enemy = arena.spawn("npc_dota_hero_necrolyte", at=(200, 0), team=Team.BADGUYS, level=30)
    enemy.learn(necrolyte_death_pulse=4)
    enemy.cast("necrolyte_death_pulse")
    pudge.cast(SHIELD)
    arena.run(1.0)
    pulse = value("necrolyte_death_pulse", "damage", 4)
    assert arena.wounds(pudge) == [
        pytest.approx(pulse * (1.0 - pudge.magic_resistance) - block)]


@pytest.mark.parametrize("level", LEVELS)
def test_meat_shield_lasts_its_duration(arena, pudge, value, level):
    pudge.learn(**{SHIELD: level})
    pudge.cast(SHIELD)
    start = arena.seconds
    end = arena.run_until(lambda: not pudge.has("modifier_pudge_flesh_heap_block"), within=8.0)
    assert end - start == pytest.approx(value(SHIELD, "duration", level), abs=0.07)


@pytest.mark.parametrize("talented", [False, True])
def test_flesh_heap_strengthens_for_a_kill(arena, pudge, axe, value, changed, talented):
    talent = "special_bonus_unique_pudge_1"
    each = value(HEAP, "flesh_heap_strength_buff_amount")
    if talented:
        pudge.learn(**{talent: 1})
        each *= changed(HEAP, "flesh_heap_strength_buff_amount", talent)
    before = pudge.player_record.strength
    axe.kill(by=pudge)
    arena.run(0.1)
    assert pudge.player_record.strength - before == pytest.approx(each)


def test_flesh_heap_counts_deaths_within_its_range(arena, pudge, axe, value):
    near = arena.spawn("npc_dota_hero_lina", at=(value(HEAP, "flesh_heap_range") - 10.0, 0),
                       team=Team.BADGUYS)
    axe.place((value(HEAP, "flesh_heap_range") + 10.0, 0))
    axe.kill()
    near.kill()
    arena.run(0.1)
    assert pudge.stacks("modifier_pudge_innate_graft_flesh") == 1


def test_flesh_heap_outlasts_death(arena, pudge, axe):
    axe.kill(by=pudge)
    arena.run(0.1)
    pudge.kill()
    arena.run(0.1)
    assert pudge.stacks("modifier_pudge_innate_graft_flesh") == 1


@pytest.fixture
def meal(axe):
    axe.place((200, 0))
    axe.set(health=9000.0, max_health=9000.0)
    return axe


def dismember(arena, pudge, meal):
    pudge.hurt(2000.0)
    pudge.cast(DISMEMBER, target=meal)
    start = arena.run_until(lambda: meal.has("MODIFIER_STATE_STUNNED"), within=1.0)
    end = arena.run_until(lambda: not meal.has("MODIFIER_STATE_STUNNED"), within=5.0)
    return end - start


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("talented", [False, True])
def test_dismember_bites(arena, pudge, meal, value, changed, level, talented):
    talent = "special_bonus_unique_pudge_3"
    damage = value(DISMEMBER, "dismember_damage", level)
    part = value(DISMEMBER, "strength_damage", level)
    pudge.learn(**{DISMEMBER: level})
    if talented:
        pudge.learn(**{talent: 1})
        damage *= changed(DISMEMBER, "dismember_damage", talent)
        part *= changed(DISMEMBER, "strength_damage", talent)
    ticks = value(DISMEMBER, "ticks", level)
    seconds = dismember(arena, pudge, meal)
    bite = (damage + part * pudge.player_record.strength) * value(
        DISMEMBER, "AbilityChannelTime", level) / ticks
    assert seconds == pytest.approx(value(DISMEMBER, "AbilityChannelTime", level), abs=0.07)
    assert arena.wounds(meal) == [
        pytest.approx(bite * (1.0 - meal.magic_resistance))] * int(ticks)
    assert sum(heals(arena, pudge)) == pytest.approx(bite * ticks)


def test_dismember_ignores_the_magic_resistance_of_immunity(arena, pudge, meal, value):
    pudge.learn(**{DISMEMBER: 1})
    meal.give_item("item_black_king_bar")
    arena.play_tick()
    resistance = float(meal.magic_resistance)
    meal.use("item_black_king_bar")
    dismember(arena, pudge, meal)
    assert sum(arena.wounds(meal)) == pytest.approx(
        (1.0 - resistance) * sum(heals(arena, pudge)))


def test_talent_lengthens_dismember(arena, pudge, meal, value, changed):
    talent = "special_bonus_unique_pudge_6"
    pudge.learn(**{DISMEMBER: 1, talent: 1})
    seconds = dismember(arena, pudge, meal)
    assert seconds == pytest.approx(
        value(DISMEMBER, "AbilityChannelTime") + changed(
            DISMEMBER, "AbilityChannelTime", talent), abs=0.07)
    assert len(arena.wounds(meal)) == value(DISMEMBER, "ticks") + changed(
        DISMEMBER, "ticks", talent)


def test_dismember_pulls_up_to_its_limit(arena, pudge, meal, value):
    pudge.learn(**{DISMEMBER: 1})
    pudge.cast(DISMEMBER, target=meal)
    arena.run_until(lambda: meal.has("MODIFIER_STATE_STUNNED"), within=1.0)
    before = pudge.distance(meal)
    arena.run(0.5)
    assert before - pudge.distance(meal) == pytest.approx(
        0.5 * value(DISMEMBER, "pull_units_per_second"), abs=6.0)
    arena.run(2.0)
    assert pudge.distance(meal) == pytest.approx(
        value(DISMEMBER, "pull_distance_limit"), abs=6.0)


def test_dismember_ends_with_its_channel(arena, pudge, meal):
    pudge.learn(**{DISMEMBER: 1})
    pudge.cast(DISMEMBER, target=meal)
    arena.run_until(lambda: meal.has("MODIFIER_STATE_STUNNED"), within=1.0)
    pudge.move((-500, 0))
    arena.run(0.1)
    assert not meal.has("MODIFIER_STATE_STUNNED")


def test_dismember_reaches_its_range(arena, pudge, meal, value):
    meal.place((value(DISMEMBER, "cast_range") + pudge.bound_radius + meal.bound_radius, 0))
    pudge.learn(**{DISMEMBER: 1})
    start = arena.seconds
    pudge.cast(DISMEMBER, target=meal)
    end = arena.run_until(lambda: meal.has("MODIFIER_STATE_STUNNED"), within=1.0)
    assert end - start == pytest.approx(value(DISMEMBER, "cast_point"), abs=0.07)
    assert from_origin(arena, pudge) == 0.0


def test_talents_give_armor_and_spell_lifesteal(arena, pudge, meal):
    given = {talent["name"]: talent["values"].get("value", [0])[0]
             for talent in arena.patch.abilities["talents"]["npc_dota_hero_pudge"]}
    armor = pudge.armor
    pudge.learn(special_bonus_armor_5=1, special_bonus_spell_lifesteal_8=1)
    arena.run(0.1)
    assert pudge.armor - armor == pytest.approx(given["special_bonus_armor_5"])
    assert pudge.bonus("SPELL_LIFESTEAL_PERCENTAGE") == given["special_bonus_spell_lifesteal_8"]
