"""Witch Doctor's abilities against their entries in the tables."""

import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder, UnitType

DOCTOR = "npc_dota_hero_witch_doctor"
ENEMY = "npc_dota_hero_lion"
CREEP = "npc_dota_creep_badguys_melee"
CASK, RESTORATION, CURSE, WARD, SWITCHEROO = (
    "witch_doctor_paralyzing_cask", "witch_doctor_voodoo_restoration", "witch_doctor_maledict",
    "witch_doctor_death_ward", "witch_doctor_voodoo_switcheroo")
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def doctor(arena):
    return arena.spawn(DOCTOR, at=(0, 0), level=25)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(400, 0), team=Team.BADGUYS, level=25)


# Paralyzing Cask.


@pytest.mark.parametrize("level", LEVELS)
def test_paralyzing_cask_deals_its_damage_and_more_with_each_bounce(
        arena, doctor, enemy, value, level):
    doctor.learn(witch_doctor_paralyzing_cask=level)
    other = arena.spawn(ENEMY, at=(400, 300), team=Team.BADGUYS, level=25)
    doctor.perform(CASK, target=enemy)
    arena.run_until(lambda: len(arena.wounds(enemy)) == 2, within=3.0)
    through = 1 - enemy.magic_resistance
    base, more = value(CASK, "base_damage", level), value(CASK, "bounce_bonus_damage", level)
    assert arena.wounds(enemy) == pytest.approx(
        [base * through, (base + 2 * more) * through])
    assert arena.wounds(other)[0] == pytest.approx((base + more) * through)


@pytest.mark.parametrize("name, key", [(ENEMY, "hero_duration"), (CREEP, "creep_duration")])
@pytest.mark.parametrize("level", LEVELS)
def test_paralyzing_cask_stuns(arena, doctor, value, level, name, key):
    doctor.learn(witch_doctor_paralyzing_cask=level)
    target = arena.spawn(name, at=(400, 0), team=Team.BADGUYS)
    doctor.perform(CASK, target=target)
    arena.run_until(lambda: target.has("MODIFIER_STATE_STUNNED"), within=2.0)
    assert arena.lasts(lambda: target.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(CASK, key, level), abs=0.05)


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_paralyzing_cask_bounces_so_many_times(arena, doctor, value, changed, level, talent):
    doctor.learn(witch_doctor_paralyzing_cask=level)
    if talent:
        doctor.learn(special_bonus_unique_witch_doctor_3=1)
    one, other = (arena.spawn(CREEP, at=(400, y), move_speed=0.0, max_health=1e6, health=1e6)
                  for y in (0, 100))
    doctor.perform(CASK, target=one)
    arena.run(7.0)
    assert len(arena.wounds(one)) + len(arena.wounds(other)) == (
        1 + value(CASK, "bounces", level) + (
            changed(CASK, "bounces", "special_bonus_unique_witch_doctor_3") if talent else 0))


def test_paralyzing_cask_spares_who_became_immune_meanwhile_and_goes_on(arena, doctor):
    enemy = arena.spawn("npc_dota_hero_chen", at=(500, 0), team=Team.BADGUYS, level=25)
    creep = arena.spawn(CREEP, at=(700, 0), move_speed=0.0, max_health=1e6, health=1e6)
    enemy.give_item("item_black_king_bar")
    doctor.learn(witch_doctor_paralyzing_cask=1)
    doctor.perform(CASK, target=enemy)
    assert enemy.use("item_black_king_bar") == OrderResult.ACCEPTED
    arena.run(2.0)
    assert not arena.wounds(enemy)
    assert arena.wounds(creep)


@pytest.mark.parametrize("beyond, bounces", [(-5, True), (5, False)])
def test_paralyzing_cask_bounces_within_its_range(arena, doctor, enemy, value, beyond, bounces):
    doctor.learn(witch_doctor_paralyzing_cask=1)
    other = arena.spawn(
        CREEP, at=(400, value(CASK, "bounce_range") + beyond), move_speed=0.0)
    doctor.perform(CASK, target=enemy)
    arena.run(2.0)
    assert (sum(arena.wounds(other)) > 0) == bounces


def test_paralyzing_cask_flies_at_its_speed_and_waits_before_a_bounce(
        arena, doctor, enemy, value):
    doctor.learn(witch_doctor_paralyzing_cask=1)
    other = arena.spawn(CREEP, at=(400, 300), move_speed=0.0)
    doctor.perform(CASK, target=enemy)
    start = arena.seconds
    first = arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=2.0)
    second = arena.run_until(lambda: sum(arena.wounds(other)) > 0, within=2.0)
    assert first - start == pytest.approx(400 / value(CASK, "speed"), abs=0.07)
    assert second - first == pytest.approx(
        value(CASK, "bounce_delay") + 300 / value(CASK, "speed"), abs=0.07)


@pytest.mark.parametrize("level", LEVELS)
def test_paralyzing_cask_has_its_range_mana_and_cooldown(arena, doctor, value, level):
    doctor.learn(witch_doctor_paralyzing_cask=level)
    assert doctor.cost(CASK) == (
        value(CASK, "mana_cost", level), value(CASK, "cooldown", level))
    assert doctor.ability(CASK).cast_range == value(CASK, "cast_range")


def test_paralyzing_cask_rests_less_with_its_talent(arena, doctor, value, changed):
    doctor.learn(witch_doctor_paralyzing_cask=1, special_bonus_unique_witch_doctor_6=1)
    assert doctor.cost(CASK)[1] == value(CASK, "cooldown") + changed(
        CASK, "AbilityCooldown", "special_bonus_unique_witch_doctor_6")


# Voodoo Restoration.


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_voodoo_restoration_heals_allies(arena, doctor, value, changed, level, talent):
    doctor.learn(witch_doctor_voodoo_restoration=level)
    if talent:
        doctor.learn(special_bonus_unique_witch_doctor_2=1)
    friend = arena.spawn(ENEMY, at=(300, 0), level=25)
    assert doctor.toggle(RESTORATION) == OrderResult.ACCEPTED
    more = changed(RESTORATION, "bonus_heal_percent", "special_bonus_unique_witch_doctor_2")
    friend.set(health=100.0)
    doctor.set(health=100.0)
    arena.run(5.0)
    interval = value(RESTORATION, "heal_interval")
    for unit in (friend, doctor):
        rate = value(RESTORATION, "heal", level) + (
            more / 100 * unit.max_health if talent else 0.0)
        waves = [event.value for event in arena.told(EventKind.HEAL, subject=unit)]
        assert len(waves) == pytest.approx(5.0 / interval, abs=1)
        assert waves == pytest.approx([rate * interval] * len(waves))


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_voodoo_restoration_takes_mana(arena, doctor, value, changed, level, talent):
    doctor.learn(witch_doctor_voodoo_restoration=level)
    if talent:
        doctor.learn(special_bonus_unique_witch_doctor_4=1)
    before = float(doctor.mana)
    doctor.toggle(RESTORATION)
    arena.play_tick()
    assert before - doctor.mana == pytest.approx(value(RESTORATION, "mana_cost"), abs=0.5)
    before, start = float(doctor.mana), arena.seconds
    arena.run(3.3)
    rate = value(RESTORATION, "mana_per_second", level) * (
        changed(RESTORATION, "mana_per_second", "special_bonus_unique_witch_doctor_4")
        if talent else 1.0)
    assert before - doctor.mana + doctor.mana_regen * (arena.seconds - start) == pytest.approx(
        3.3 * rate, rel=0.04)


def test_voodoo_restoration_reaches_within_its_radius(arena, doctor, value):
    doctor.learn(witch_doctor_voodoo_restoration=4)
    radius = value(RESTORATION, "radius")
    near = arena.spawn(ENEMY, at=(radius - 5, 0), health=10.0)
    far = arena.spawn(ENEMY, at=(-radius - 5, 0), health=10.0)
    doctor.toggle(RESTORATION)
    arena.run(2.0)
    assert near.health > 10.0 + value(RESTORATION, "heal", 4)
    assert far.health < 10.0 + value(RESTORATION, "heal", 4)


def test_voodoo_restoration_can_be_switched_off(arena, doctor):
    doctor.learn(witch_doctor_voodoo_restoration=1)
    doctor.toggle(RESTORATION)
    arena.run(1.0)
    doctor.toggle(RESTORATION)
    arena.play_tick()
    assert not doctor.has("modifier_voodoo_restoration_aura")


def test_voodoo_restoration_ends_without_mana(arena, doctor, value):
    doctor.learn(witch_doctor_voodoo_restoration=4)
    doctor.set(mana=value(RESTORATION, "mana_cost") + 3.0)
    doctor.toggle(RESTORATION)
    arena.run(1.0)
    assert not doctor.ability(RESTORATION).toggled
    assert not doctor.has("modifier_voodoo_restoration_aura")


# Maledict.


@pytest.mark.parametrize("level", LEVELS)
def test_maledict_deals_its_damage_each_second(arena, doctor, enemy, value, level):
    doctor.learn(witch_doctor_maledict=level)
    doctor.perform(CURSE, point=(400, 0))
    arena.run(3.1)
    assert arena.wounds(enemy) == pytest.approx(
        [value(CURSE, "damage", level) * (1 - enemy.magic_resistance)] * 3)


@pytest.mark.parametrize("level", LEVELS)
def test_maledict_bursts_by_the_health_lost(arena, doctor, enemy, value, level):
    doctor.learn(witch_doctor_maledict=level)
    doctor.perform(CURSE, point=(400, 0))
    start = float(enemy.health)
    enemy.set(health=start - 500.0)
    interval = value(CURSE, "duration", level) / value(CURSE, "ticks", level)
    arena.run(interval + 0.05)
    blows = arena.wounds(enemy)
    through = 1 - enemy.magic_resistance
    regained = enemy.health_regen * interval
    lost = 500.0 - regained + interval * value(CURSE, "damage", level) * through
    assert len(blows) == interval + 1
    assert blows[-1] == pytest.approx(
        lost / value(CURSE, "bonus_damage_threshold")
        * value(CURSE, "bonus_damage", level) * through, rel=0.03)


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", LEVELS)
def test_maledict_stays_for_its_duration(arena, doctor, enemy, value, changed, level, talent):
    doctor.learn(witch_doctor_maledict=level)
    more = ticks = 0
    if talent:
        name = "special_bonus_unique_witch_doctor_7"
        doctor.learn(**{name: 1})
        more = changed(CURSE, "AbilityDuration", name)
        ticks = changed(CURSE, "ticks", name)
    doctor.perform(CURSE, point=(400, 0))
    seconds = value(CURSE, "duration", level) + more
    assert arena.lasts(lambda: enemy.has("modifier_maledict")) == pytest.approx(
        seconds, abs=0.05)
    assert len(arena.wounds(enemy)) == seconds + value(CURSE, "ticks", level) + ticks


@pytest.mark.parametrize("level", LEVELS)
def test_maledict_has_its_range_mana_and_cooldown(arena, doctor, value, level):
    doctor.learn(witch_doctor_maledict=level)
    assert doctor.cost(CURSE) == (
        value(CURSE, "mana_cost", level), value(CURSE, "cooldown", level))
    assert doctor.ability(CURSE).cast_range == value(CURSE, "cast_range")


def test_maledict_curses_heroes_within_its_radius(arena, doctor, value):
    doctor.learn(witch_doctor_maledict=1)
    radius = value(CURSE, "radius")
    near = arena.spawn(ENEMY, at=(400, radius - 5), team=Team.BADGUYS)
    far = arena.spawn(ENEMY, at=(400, -radius - 5), team=Team.BADGUYS)
    creep = arena.spawn(CREEP, at=(450, 0))
    doctor.perform(CURSE, point=(400, 0))
    assert near.has("modifier_maledict")
    assert not far.has("modifier_maledict")
    assert not creep.has("modifier_maledict")


def test_maledict_does_not_burst_who_has_lost_nothing(arena, doctor, enemy, value):
    doctor.learn(witch_doctor_maledict=4)
    enemy.set(health=500.0)
    doctor.perform(CURSE, point=(400, 0))
    enemy.set(health=1000.0)
    interval = value(CURSE, "duration") / value(CURSE, "ticks")
    arena.run(interval + 0.05)
    assert len(arena.wounds(enemy)) == interval


def test_maledict_spreads_its_bursts_with_the_talent(arena, doctor, enemy, value, changed):
    talent = "special_bonus_unique_witch_doctor_maledict_spread"
    doctor.learn(witch_doctor_maledict=4, **{talent: 1})
    radius = changed(CURSE, "spread_radius", talent)
    near = arena.spawn(CREEP, at=(400, radius - 5), move_speed=0.0, max_health=5e3, health=5e3)
    far = arena.spawn(CREEP, at=(400, -radius - 5), move_speed=0.0)
    doctor.perform(CURSE, point=(400, 0))
    enemy.set(health=enemy.health - 500.0)
    interval = value(CURSE, "duration") / value(CURSE, "ticks")
    arena.run(interval + radius / value(CURSE, "spread_speed") + 0.2)
    burst = max(arena.wounds(enemy)) / (1 - enemy.magic_resistance)
    assert arena.wounds(near) == pytest.approx(
        [burst * changed(CURSE, "spread_pct", talent) / 100])
    assert arena.wounds(far) == []


# Death Ward.


def put_ward(arena, doctor):
    doctor.perform(WARD, point=(200, 0))
    arena.run(0.1)
    (unit,) = arena.units(UnitType.WARD)
    return unit


@pytest.mark.parametrize("talent", (False, True))
@pytest.mark.parametrize("level", (1, 2, 3))
def test_death_ward_deals_its_pure_damage(arena, doctor, enemy, value, changed, level, talent):
    doctor.learn(witch_doctor_death_ward=level)
    if talent:
        doctor.learn(special_bonus_unique_witch_doctor_5=1)
    put_ward(arena, doctor)
    arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=2.0)
    assert arena.wounds(enemy)[0] == pytest.approx(
        value(WARD, "damage", level) + (
            changed(WARD, "damage", "special_bonus_unique_witch_doctor_5") if talent else 0.0))


def test_death_ward_shoots_at_its_rate(arena, doctor, enemy):
    doctor.learn(witch_doctor_death_ward=1)
    ward = put_ward(arena, doctor)
    start = len(arena.wounds(enemy))
    arena.run(2.2)
    assert len(arena.wounds(enemy)) - start == pytest.approx(
        2.2 / ward.attack_interval, abs=1)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_death_ward_shoots_so_far_at_a_chance_to_overcome_evasion(arena, doctor, value, level):
    doctor.learn(witch_doctor_death_ward=level)
    ward = put_ward(arena, doctor)
    assert ward.attack_range == value(WARD, "attack_range_tooltip", level)
    assert ward.bonus("ACCURACY_PERCENTAGE") == value(WARD, "bonus_accuracy", level)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_death_ward_has_its_range_mana_and_cooldown(arena, doctor, value, level):
    doctor.learn(witch_doctor_death_ward=level)
    assert doctor.cost(WARD) == (
        value(WARD, "mana_cost", level), value(WARD, "cooldown", level))
    assert doctor.ability(WARD).cast_range == value(WARD, "cast_range")


def test_death_ward_leaves_creeps_alone(arena, doctor):
    doctor.learn(witch_doctor_death_ward=1)
    creep = arena.spawn(CREEP, at=(300, 0))
    put_ward(arena, doctor)
    arena.run(1.0)
    assert sum(arena.wounds(creep)) == 0


def test_death_ward_is_invulnerable(arena, doctor):
    doctor.learn(witch_doctor_death_ward=1)
    assert put_ward(arena, doctor).has("MODIFIER_STATE_INVULNERABLE")


def test_death_ward_stands_for_the_channel(arena, doctor, value):
    doctor.learn(witch_doctor_death_ward=1)
    ward = put_ward(arena, doctor)
    assert arena.lasts(lambda: ward.alive) == pytest.approx(
        value(WARD, "channel_time") - 0.1, abs=0.1)


def test_death_ward_goes_with_the_channel(arena, doctor):
    doctor.learn(witch_doctor_death_ward=1)
    ward = put_ward(arena, doctor)
    doctor.stop()
    arena.run(0.1)
    assert not ward.alive


def test_death_ward_goes_when_witch_doctor_dies(arena, doctor):
    doctor.learn(witch_doctor_death_ward=1)
    ward = put_ward(arena, doctor)
    doctor.kill()
    arena.run(0.1)
    assert not ward.alive


def test_death_ward_bounces_and_heals_with_the_scepter(arena, doctor, enemy, value, changed):
    doctor.learn(witch_doctor_death_ward=1)
    doctor.upgrade(scepter=True)
    radius = changed(WARD, "bounce_radius", "scepter")
    near = arena.spawn(ENEMY, at=(400, radius - 5), team=Team.BADGUYS, level=25)
    far = arena.spawn(ENEMY, at=(400 + radius + 5, 0), team=Team.BADGUYS, level=25)
    doctor.set(health=100.0)
    put_ward(arena, doctor)
    before = float(doctor.health)
    arena.run_until(lambda: sum(arena.wounds(near)) > 0, within=2.0)
    assert sum(arena.wounds(near)) == value(WARD, "damage")
    assert sum(arena.wounds(far)) == 0
    assert doctor.health - before == pytest.approx(
        2 * value(WARD, "damage") * changed(WARD, "scepter_lifesteal", "scepter") / 100, abs=5.0)


def test_death_ward_strikes_one_without_the_scepter(arena, doctor, enemy):
    doctor.learn(witch_doctor_death_ward=1)
    other = arena.spawn(ENEMY, at=(450, 100), team=Team.BADGUYS, level=25)
    put_ward(arena, doctor)
    arena.run(1.0)
    assert sum(arena.wounds(enemy)) > 0
    assert sum(arena.wounds(other)) == 0


# Voodoo Switcheroo.


def test_voodoo_switcheroo_comes_with_the_shard(arena, doctor, value):
    assert doctor.cast(SWITCHEROO) == OrderResult.NOT_AVAILABLE
    doctor.upgrade(shard=True)
    assert doctor.cost(SWITCHEROO) == (
        value(SWITCHEROO, "mana_cost"), value(SWITCHEROO, "cooldown"))


def test_voodoo_switcheroo_hides_witch_doctor_for_its_duration(arena, doctor, value):
    doctor.upgrade(shard=True)
    doctor.perform(SWITCHEROO)
    arena.play_tick()
    assert doctor.has("MODIFIER_STATE_INVULNERABLE")
    assert arena.lasts(lambda: doctor.has("MODIFIER_STATE_OUT_OF_GAME")) == pytest.approx(
        value(SWITCHEROO, "duration"), abs=0.1)
    arena.play_tick()
    assert arena.units(UnitType.WARD) == []


def test_voodoo_switcheroo_shoots_as_a_slower_death_ward(arena, doctor, enemy, value):
    doctor.learn(witch_doctor_death_ward=2)
    doctor.upgrade(shard=True)
    doctor.perform(SWITCHEROO)
    arena.run(0.1)
    (ward,) = arena.units(UnitType.WARD)
    assert ward.attack_speed == 100.0 - value(SWITCHEROO, "attack_speed_reduction")
    arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=2.0)
    assert arena.wounds(enemy)[0] == value(WARD, "damage", 2)


def test_witch_doctor_has_more_health_with_his_talent(arena, doctor):
    health = doctor.max_health
    doctor.learn(special_bonus_hp_200=1)
    arena.play_tick()
    assert doctor.max_health - health == 200


# Gris-Gris.


GRIS_GRIS = "item_grisgris"


def test_witch_doctor_carries_a_gris_gris_from_the_start(arena, doctor):
    arena.run(0.1)
    assert GRIS_GRIS in doctor.items.values()


def test_the_gris_gris_grows_with_time(arena, doctor, value):
    arena.run(0.1)
    held = doctor.item(doctor.item_slot(GRIS_GRIS))
    before = int(held.charges)
    arena.run(4 * value(GRIS_GRIS, "gold_tick_interval"))
    assert held.charges - before == 4


def test_the_gris_gris_keeps_the_gold_of_a_death(arena, doctor, enemy, value):
    arena.run(0.1)
    doctor.earn(3000)
    gold = doctor.gold
    held = doctor.item(doctor.item_slot(GRIS_GRIS))
    before = int(held.charges)
    doctor.kill(by=enemy)
    arena.run(0.1)
    lost = gold - doctor.gold
    assert lost > 0
    assert held.charges - before == int(
        lost * value(GRIS_GRIS, "death_gold_lost_reduction_pct") / 100)


def test_the_gris_gris_gives_its_gold_and_is_gone(arena, doctor):
    arena.run(0.1)
    doctor.item(doctor.item_slot(GRIS_GRIS)).charges = 123
    gold = doctor.gold
    assert doctor.use(GRIS_GRIS) == OrderResult.ACCEPTED
    arena.play_tick()
    assert doctor.gold - gold in (123, 124)  # a second may have brought its gold
    assert GRIS_GRIS not in doctor.items.values()
    doctor.kill()
    arena.run_until(lambda: doctor.alive, within=120.0)
    assert GRIS_GRIS not in doctor.items.values()


@pytest.mark.parametrize("slot", (6, 9))
def test_the_gris_gris_stays_in_a_main_slot(arena, doctor, slot):
    """Neither into the backpack nor into the stash."""
    arena.run(0.1)
    doctor.go_home()
    assert doctor.order(UnitOrder.MOVE_ITEM, item=doctor.item_slot(GRIS_GRIS), target=slot) == (
        OrderResult.BAD_SLOT)
    assert doctor.order(UnitOrder.MOVE_ITEM, item=doctor.item_slot(GRIS_GRIS), target=3) == (
        OrderResult.ACCEPTED)


def test_the_gris_gris_cannot_be_dropped(arena, doctor):
    arena.run(0.1)
    assert doctor.order(UnitOrder.DROP_ITEM, item=doctor.item_slot(GRIS_GRIS), position=(
        100, 0)) == OrderResult.NOT_DROPPABLE


def test_paralyzing_cask_hurts_creeps_by_their_part(arena, doctor, value):
    doctor.learn(witch_doctor_paralyzing_cask=1)
    creep = arena.spawn(CREEP, at=(400, 0), move_speed=0.0, health=5000.0, max_health=5000.0)
    doctor.perform(CASK, target=creep)
    arena.run_until(lambda: arena.wounds(creep), within=2.0)
    assert arena.wounds(creep)[0] == pytest.approx(
        value(CASK, "base_damage") * value(CASK, "creep_damage_pct") / 100)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_death_ward_reaches_farther_by_its_level(arena, doctor, value, level):
    doctor.learn(witch_doctor_death_ward=level)
    ward = put_ward(arena, doctor)
    arena.run(0.1)
    assert ward.attack_range - ward.body.base_attack_range == value(
        WARD, "bonus_attack_range", level)
