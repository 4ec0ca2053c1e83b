"""Puck's abilities against their entries in the tables."""

import pytest

from dota_env_rpc.match.enums import (
    PASSIVES_DISABLED,
    ROOTED,
    OrderResult,
    Team,
)

PUCK = "npc_dota_hero_puck"
ENEMY = "npc_dota_hero_lion"
CREEP = "npc_dota_creep_badguys_melee"
ORB, RIFT, SHIFT, JAUNT, COIL, PUCKISH = (
    "puck_illusory_orb", "puck_waning_rift", "puck_phase_shift", "puck_ethereal_jaunt",
    "puck_dream_coil", "puck_puckish")
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def puck(arena):
    return arena.spawn(PUCK, at=(0, 0), level=25)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(400, 0), team=Team.BADGUYS, level=25, facing=3.14159)


# Illusory Orb.


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_illusory_orb_deals_its_damage(arena, puck, value, changed, level, talent):
    puck.learn(puck_illusory_orb=level)
    if talent:
        puck.learn(special_bonus_unique_puck_orb_damage=1)
    enemy = arena.spawn(ENEMY, at=(400, 0), team=Team.BADGUYS, level=25)
    puck.perform(ORB, point=(1000, 0))
    arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=2.0)
    damage = value(ORB, "damage", level) + (
        changed(ORB, "damage", "special_bonus_unique_puck_orb_damage") if talent else 0.0)
    assert arena.wounds(enemy)[0] == pytest.approx(damage * (1 - enemy.magic_resistance))


def test_illusory_orb_deals_damage_over_time_in_its_area(arena, puck, value):
    puck.learn(puck_illusory_orb=1)
    step = value(ORB, "orb_speed") * value(ORB, "damage_interval")
    enemy = arena.spawn(ENEMY, at=(2 * step, 0), team=Team.BADGUYS, level=25)
    puck.perform(ORB, point=(1000, 0))
    arena.run(2.5)
    through = 1 - enemy.magic_resistance
    damage = value(ORB, "damage")
    assert arena.wounds(enemy) == pytest.approx(
        [damage * through, damage * value(ORB, "damage_over_time_pct") / 100 * through])


def test_illusory_orb_flies_its_distance_at_its_speed(arena, puck, value):
    puck.learn(puck_illusory_orb=1)
    distance, radius = value(ORB, "max_distance"), value(ORB, "radius")
    near = arena.spawn(CREEP, at=(distance + radius - 5, 0), move_speed=0.0)
    far = arena.spawn(CREEP, at=(distance + radius + 60, 0), move_speed=0.0)
    puck.perform(ORB, point=(1000, 0))
    start = arena.seconds
    end = arena.run_until(lambda: arena.tables.num_projectiles == 0, within=4.0)
    assert end - start == pytest.approx(distance / value(ORB, "orb_speed"), abs=0.1)
    assert sum(arena.wounds(near)) > 0
    assert sum(arena.wounds(far)) == 0


def test_illusory_orb_bends_toward_its_second_place(arena, puck, value):
    """At so many radians a map unit: launched ahead it comes to hit who stands aside."""
    puck.learn(puck_illusory_orb=1)
    radius = 1 / value(ORB, "curve_orb_max_acceleration")
    # A quarter of the circle that it flies.
    aside = arena.spawn(CREEP, at=(radius, radius), move_speed=0.0, health=5000.0,
                        max_health=5000.0)
    ahead = arena.spawn(CREEP, at=(1500, 0), move_speed=0.0, health=5000.0, max_health=5000.0)
    puck.perform(ORB, point=(1000, 0), point_end=(radius, 3000))
    arena.run(2.0)
    assert arena.wounds(aside)
    assert not arena.wounds(ahead)


def test_illusory_orb_flies_straight_on_alternative_cast(arena, puck):
    puck.learn(puck_illusory_orb=1)
    puck.ability(ORB).alternative = 1
    ahead = arena.spawn(CREEP, at=(1500, 0), move_speed=0.0, health=5000.0, max_health=5000.0)
    puck.perform(ORB, point=(1000, 0), point_end=(600, 3000))
    arena.run(2.5)
    assert arena.wounds(ahead)


def test_a_bent_orb_ends_beyond_its_distance_from_puck(arena, puck, value):
    puck.learn(puck_illusory_orb=1)
    puck.perform(ORB, point=(1000, 0), point_end=(1001, 0))
    start = arena.seconds
    end = arena.run_until(lambda: arena.tables.num_projectiles == 0, within=6.0)
    assert end - start == pytest.approx(
        value(ORB, "max_distance") / value(ORB, "orb_speed"), abs=0.15)


def test_a_bent_orb_ends_after_its_time(arena, puck, value):
    puck.learn(puck_illusory_orb=1)
    puck.perform(ORB, point=(1000, 0), point_end=(-300, 700))
    start = arena.seconds
    end = arena.run_until(lambda: arena.tables.num_projectiles == 0, within=9.0)
    assert end - start <= value(ORB, "max_orb_duration_tooltip") + 0.1


def test_illusory_orb_strikes_within_its_radius(arena, puck, value):
    puck.learn(puck_illusory_orb=1)
    near = arena.spawn(CREEP, at=(600, value(ORB, "radius") - 5), move_speed=0.0)
    far = arena.spawn(CREEP, at=(600, -value(ORB, "radius") - 60), move_speed=0.0)
    puck.perform(ORB, point=(1000, 0))
    arena.run(2.0)
    assert sum(arena.wounds(near)) > 0
    assert sum(arena.wounds(far)) == 0


def test_illusory_orb_shows_what_is_around_it(arena, puck, value):
    puck.learn(puck_illusory_orb=1)
    puck.set(vision_day=300.0)
    hidden = arena.spawn(CREEP, at=(1500, value(ORB, "orb_vision") - 30), move_speed=0.0)
    arena.run(0.2)
    assert not hidden.visible_to & 1 << Team.GOODGUYS
    puck.perform(ORB, point=(1000, 0))
    arena.run_until(lambda: hidden.visible_to & 1 << Team.GOODGUYS, within=2.5)


@pytest.mark.parametrize("level", LEVELS)
def test_illusory_orb_has_its_range_mana_and_cooldown(arena, puck, value, level):
    puck.learn(puck_illusory_orb=level)
    assert puck.cost(ORB) == (
        value(ORB, "mana_cost", level), value(ORB, "cooldown", level))
    assert puck.ability(ORB).cast_range == value(ORB, "cast_range")


# Ethereal Jaunt.


@pytest.mark.parametrize("level", LEVELS)
def test_ethereal_jaunt_carries_puck_to_the_orb(arena, puck, value, level):
    puck.learn(puck_illusory_orb=level)
    puck.perform(ORB, point=(1000, 0))
    arena.run(1.0)
    puck.perform(JAUNT)
    arena.run(0.1)
    x = puck.x - arena.origin[0]
    assert x == pytest.approx(value(ORB, "orb_speed") * 1.07, abs=60.0)


def test_ethereal_jaunt_ends_the_orb(arena, puck):
    puck.learn(puck_illusory_orb=1)
    puck.perform(ORB, point=(1000, 0))
    arena.run(1.0)
    puck.perform(JAUNT)
    arena.run(0.1)
    assert arena.tables.num_projectiles == 0


def test_ethereal_jaunt_needs_an_orb(arena, puck):
    puck.learn(puck_illusory_orb=1)
    arena.run(0.1)
    assert puck.cast(JAUNT) == OrderResult.NOT_AVAILABLE
    puck.perform(ORB, point=(1000, 0))
    arena.run(3.0)
    assert puck.cast(JAUNT) == OrderResult.NOT_AVAILABLE


def test_the_rooted_cannot_jaunt(arena, puck):
    puck.learn(puck_illusory_orb=1)
    puck.perform(ORB, point=(1000, 0))
    puck.body.base_states |= ROOTED
    puck.body.is_dirty = 1
    arena.run(0.1)
    assert puck.cast(JAUNT) == OrderResult.CASTER_ROOTED


# Waning Rift.


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_waning_rift_deals_its_damage(arena, puck, value, changed, level, talent):
    puck.learn(puck_waning_rift=level)
    if talent:
        puck.learn(special_bonus_unique_puck_6=1)
    enemy = arena.spawn(ENEMY, at=(500, 0), team=Team.BADGUYS, level=25)
    puck.perform(RIFT, point=(300, 0))
    damage = value(RIFT, "damage", level) + (
        changed(RIFT, "damage", "special_bonus_unique_puck_6") if talent else 0.0)
    assert sum(arena.wounds(enemy)) == pytest.approx(damage * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_waning_rift_silences(arena, puck, enemy, value, changed, level, talent):
    puck.learn(puck_waning_rift=level)
    if talent:
        puck.learn(special_bonus_unique_puck_7=1)
    puck.perform(RIFT, point=(300, 0))
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_SILENCED")) == pytest.approx(
        value(RIFT, "silence_duration", level) + (
            changed(RIFT, "silence_duration", "special_bonus_unique_puck_7")
            if talent else 0.0), abs=0.05)


@pytest.mark.parametrize("talent", (False, True))
def test_waning_rift_carries_puck_and_reaches_so_far(arena, puck, value, changed, talent):
    puck.learn(puck_waning_rift=1)
    name = "special_bonus_unique_puck_rift_radius"
    if talent:
        puck.learn(**{name: 1})
    distance = value(RIFT, "max_distance") + (
        changed(RIFT, "max_distance", name) if talent else 0.0)
    radius = value(RIFT, "radius") + (changed(RIFT, "radius", name) if talent else 0.0)
    near = arena.spawn(CREEP, at=(distance + radius - 5, 0), move_speed=0.0)
    far = arena.spawn(CREEP, at=(distance + radius + 5, 0), move_speed=0.0)
    puck.perform(RIFT, point=(1200, 0))
    assert puck.x - arena.origin[0] == pytest.approx(distance, abs=1.0)
    assert sum(arena.wounds(near)) > 0
    assert sum(arena.wounds(far)) == 0


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_waning_rift_has_its_mana_and_cooldown(arena, puck, value, changed, level, talent):
    puck.learn(puck_waning_rift=level)
    if talent:
        puck.learn(special_bonus_unique_puck_2=1)
    assert puck.cost(RIFT) == (
        value(RIFT, "mana_cost", level), value(RIFT, "cooldown", level) + (
            changed(RIFT, "AbilityCooldown", "special_bonus_unique_puck_2")
            if talent else 0.0))


# Phase Shift.


@pytest.mark.parametrize("level", LEVELS)
def test_phase_shift_keeps_puck_from_harm_for_its_duration(arena, puck, value, level):
    puck.learn(puck_phase_shift=level)
    puck.perform(SHIFT)
    arena.play_tick()
    assert puck.has("MODIFIER_STATE_INVULNERABLE")
    assert arena.lasts(lambda: puck.has("MODIFIER_STATE_OUT_OF_GAME")) == pytest.approx(
        value(SHIFT, "duration", level), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_phase_shift_has_its_cooldown(arena, puck, value, level):
    puck.learn(puck_phase_shift=level)
    assert puck.cost(SHIFT) == (0.0, value(SHIFT, "cooldown", level))


def test_any_order_ends_phase_shift(arena, puck):
    puck.learn(puck_phase_shift=4)
    puck.perform(SHIFT)
    arena.run(0.2)
    puck.move((100, 0))
    arena.play_tick()
    assert not puck.has("MODIFIER_STATE_INVULNERABLE")


def test_attacks_deal_magic_damage_with_the_shard(arena, puck, enemy, changed):
    puck.learn(puck_phase_shift=1)
    puck.upgrade(shard=True)
    puck.attack(enemy)
    arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=3.0)
    assert arena.wounds(enemy)[1] == pytest.approx(
        changed(SHIFT, "shard_bonus_damage", "shard") * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("shard", (False, True))
def test_phase_shift_attacks_all_in_range_with_the_shard(arena, puck, enemy, shard):
    puck.learn(puck_phase_shift=1)
    puck.upgrade(shard=shard)
    other = arena.spawn(CREEP, at=(0, 300), move_speed=0.0)
    far = arena.spawn(CREEP, at=(0, -puck.attack_range - 60), move_speed=0.0)
    arena.run(0.2)
    puck.perform(SHIFT)
    arena.run(1.0)
    assert [sum(arena.wounds(unit)) > 0 for unit in (enemy, other, far)] == [shard, shard, False]


# Dream Coil.


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", (1, 2, 3))
def test_dream_coil_deals_damage_at_once_and_when_it_breaks(
        arena, puck, enemy, value, changed, level, talent):
    puck.learn(puck_dream_coil=level)
    name = "special_bonus_unique_puck_coil_damage"
    if talent:
        puck.learn(**{name: 1})
    puck.perform(COIL, point=(400, 0))
    arena.run(0.6)
    enemy.place((400, value(COIL, "coil_break_radius") + 10))
    arena.run(0.1)
    through = 1 - enemy.magic_resistance
    assert arena.wounds(enemy) == pytest.approx([
        (value(COIL, key, level) + (changed(COIL, key, name) if talent else 0.0)) * through
        for key in ("coil_initial_damage", "coil_break_damage")])


@pytest.mark.parametrize("level", (1, 2, 3))
def test_dream_coil_stuns_for_a_moment(arena, puck, enemy, value, level):
    puck.learn(puck_dream_coil=level)
    puck.perform(COIL, point=(400, 0))
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(COIL, "stun_duration", level), abs=0.05)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_a_broken_dream_coil_stuns(arena, puck, enemy, value, level):
    puck.learn(puck_dream_coil=level)
    puck.perform(COIL, point=(400, 0))
    arena.run(1.0)
    enemy.place((400, value(COIL, "coil_break_radius") + 10))
    arena.run_until(lambda: enemy.has("MODIFIER_STATE_STUNNED"), within=0.2)
    assert not enemy.has("modifier_puck_coiled")
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(COIL, "coil_stun_duration", level), abs=0.05)


def test_who_is_immune_breaks_dream_coil_unharmed(arena, puck, enemy):
    enemy.give_item("item_black_king_bar")
    puck.learn(puck_dream_coil=1)
    puck.perform(COIL, point=(400, 0))
    arena.run(1.0)
    hits = len(arena.wounds(enemy))
    assert enemy.use("item_black_king_bar") == OrderResult.ACCEPTED
    enemy.place((400, 2000))
    arena.run(0.2)
    assert len(arena.wounds(enemy)) == hits
    assert not enemy.has("modifier_puck_coiled")
    assert not enemy.has("MODIFIER_STATE_STUNNED")


@pytest.mark.parametrize("level", (1, 2, 3))
def test_dream_coil_leashes_for_its_duration(arena, puck, enemy, value, level):
    puck.learn(puck_dream_coil=level)
    puck.perform(COIL, point=(400, 0))
    enemy.place((400, value(COIL, "coil_break_radius") - 10))
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_TETHERED")) == pytest.approx(
        value(COIL, "coil_duration", level), abs=0.05)
    assert len(arena.wounds(enemy)) == 1


def test_dream_coil_latches_onto_heroes_within_its_radius(arena, puck, value):
    puck.learn(puck_dream_coil=1)
    radius = value(COIL, "coil_radius")
    near = arena.spawn(ENEMY, at=(400, radius - 5), team=Team.BADGUYS)
    far = arena.spawn(ENEMY, at=(400, -radius - 5), team=Team.BADGUYS)
    creep = arena.spawn(CREEP, at=(450, 0))
    puck.perform(COIL, point=(400, 0))
    assert near.has("modifier_puck_coiled")
    assert not far.has("modifier_puck_coiled")
    assert not creep.has("modifier_puck_coiled")


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", (1, 2, 3))
def test_dream_coil_has_its_range_mana_and_cooldown(arena, puck, value, changed, level, talent):
    puck.learn(puck_dream_coil=level)
    if talent:
        puck.learn(special_bonus_unique_puck=1)
    assert puck.cost(COIL) == (
        value(COIL, "mana_cost", level), value(COIL, "cooldown", level) + (
            changed(COIL, "AbilityCooldown", "special_bonus_unique_puck") if talent else 0.0))
    assert puck.ability(COIL).cast_range == value(COIL, "cast_range")


def shots_at(arena, unit, since):
    """Returns how many blows a unit took after its first so many."""
    return len(arena.wounds(unit)) - since


def test_dream_coil_attacks_at_its_part_of_the_rate_with_the_scepter(
        arena, puck, enemy, changed):
    puck.learn(puck_dream_coil=1)
    puck.upgrade(scepter=True)
    puck.perform(COIL, point=(400, 0))
    arena.run(4.8)
    interval = puck.attack_interval * 100 / changed(COIL, "attack_rate_pct", "scepter")
    assert shots_at(arena, enemy, 1) == pytest.approx(4.5 / interval, abs=1)


def test_dream_coil_attacks_on_while_who_broke_it_is_stunned(arena, puck, enemy, value):
    puck.learn(puck_dream_coil=3)
    puck.upgrade(scepter=True)
    puck.perform(COIL, point=(400, 0))
    arena.run(0.6)
    enemy.place((400, value(COIL, "coil_break_radius") + 10))
    arena.run(0.1)
    blows = len(arena.wounds(enemy))
    arena.run(value(COIL, "coil_stun_duration", 3))
    assert shots_at(arena, enemy, blows) > 0


def test_dream_coil_attacks_nobody_without_the_scepter(arena, puck, enemy):
    puck.learn(puck_dream_coil=1)
    puck.perform(COIL, point=(400, 0))
    arena.run(3.0)
    assert len(arena.wounds(enemy)) == 1


# Puckish.


def restored(arena, puck, shoot) -> tuple[float, float]:
    """Returns the health and mana that a dodge gives, in percent."""
    puck.learn(puck_phase_shift=1)
    puck.body.base_health_regen = puck.body.base_mana_regen = 0.0
    shoot()
    arena.run_until(lambda: arena.tables.num_projectiles > 0, within=3.0)
    puck.set(health=0.5 * puck.max_health, mana=0.5 * puck.max_mana)
    puck.perform(SHIFT)
    arena.play_tick()
    return (100 * puck.health / puck.max_health - 50, 100 * puck.mana / puck.max_mana - 50)


@pytest.mark.parametrize("talent", (False, True))
def test_puckish_restores_for_a_dodged_attack(arena, puck, value, changed, talent):
    if talent:
        puck.learn(special_bonus_unique_puck_5=1)
    enemy = arena.spawn(ENEMY, at=(580, 0), team=Team.BADGUYS)
    percent = value(PUCKISH, "mana_and_health_restore_pct") + (
        changed(PUCKISH, "mana_and_health_restore_pct", "special_bonus_unique_puck_5")
        if talent else 0.0)
    assert restored(arena, puck, lambda: enemy.attack(puck)) == pytest.approx(
        (percent, percent), abs=0.2)


def test_puckish_restores_more_for_a_dodged_spell(arena, puck, value):
    sven = arena.spawn("npc_dota_hero_sven", at=(580, 0), team=Team.BADGUYS, level=10)
    sven.learn(sven_storm_bolt=1)
    percent = value(PUCKISH, "mana_and_health_restore_pct") * value(
        PUCKISH, "dodged_spell_multiplier")
    assert restored(
        arena, puck, lambda: sven.cast("sven_storm_bolt", target=puck)) == pytest.approx(
            (percent, percent), abs=0.2)


def test_puckish_restores_nothing_for_a_towers_shot(arena, puck):
    tower = arena.building("npc_dota_badguys_tower1_mid")
    arena.around(tower)
    puck.place((700, 0))
    arena.run(0.1)
    assert restored(arena, puck, lambda: None) == pytest.approx((0.0, 0.0), abs=0.2)


def test_puckish_ceases_while_it_is_broken(arena, puck):
    enemy = arena.spawn(ENEMY, at=(580, 0), team=Team.BADGUYS)
    puck.body.base_states |= PASSIVES_DISABLED
    puck.body.is_dirty = 1
    assert restored(arena, puck, lambda: enemy.attack(puck)) == pytest.approx(
        (0.0, 0.0), abs=0.2)


def test_where_illusory_orb_ended_stays_in_sight(arena, puck, value):
    puck.learn(puck_illusory_orb=1)
    puck.perform(ORB, point=(1000, 0))
    arena.run_until(lambda: arena.tables.num_projectiles == 0, within=4.0)
    end = value(ORB, "max_distance")
    watched = arena.spawn(CREEP, at=(end, 100), move_speed=0.0)
    puck.place((-3000, 0))
    arena.run(0.3)
    seconds = arena.lasts(lambda: int(watched.visible_to) >> Team.GOODGUYS & 1)
    assert seconds + 0.3 == pytest.approx(value(ORB, "vision_duration"), abs=0.3)
