"""Lion's abilities against their entries in the tables."""

import pytest

from dota_env_rpc.match.enums import INVULNERABLE, MAGIC_IMMUNE, OrderResult, Team, UnitOrder

LION = "npc_dota_hero_lion"
ENEMY = "npc_dota_hero_lina"
CREEP = "npc_dota_creep_badguys_melee"
SPIKE, HEX, DRAIN, FINGER, BACK = (
    "lion_impale", "lion_voodoo", "lion_mana_drain", "lion_finger_of_death",
    "lion_to_hell_and_back")
KILLS = "modifier_lion_finger_of_death_kill_counter"
FIST = "modifier_lion_finger_of_death_punch"
LEVELS = (1, 2, 3, 4)


@pytest.fixture
def lion(arena):
    return arena.spawn(LION, at=(0, 0), level=25)


@pytest.fixture
def enemy(arena):
    return arena.spawn(ENEMY, at=(400, 0), team=Team.BADGUYS, level=25)


# Earth Spike.


@pytest.mark.parametrize("level", LEVELS)
def test_earth_spike_deals_its_damage_through_magic_resistance(arena, lion, enemy, value, level):
    lion.learn(lion_impale=level)
    lion.perform(SPIKE, target=enemy)
    arena.run(1.0)
    assert sum(arena.wounds(enemy)) == pytest.approx(
        value(SPIKE, "damage", level) * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("level", LEVELS)
def test_earth_spike_stuns_for_its_duration(arena, lion, enemy, value, level):
    lion.learn(lion_impale=level)
    lion.perform(SPIKE, point=(400, 0))
    arena.run_until(lambda: enemy.has("MODIFIER_STATE_STUNNED"), within=1.0)
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_STUNNED")) == pytest.approx(
        value(SPIKE, "duration", level), abs=0.05)


@pytest.mark.parametrize("level", LEVELS)
def test_earth_spike_costs_its_mana_and_cooldown(arena, lion, value, level):
    lion.learn(lion_impale=level)
    assert lion.cost(SPIKE) == (
        value(SPIKE, "mana_cost", level), value(SPIKE, "cooldown", level))


def test_earth_spike_goes_beyond_its_cast_range_by_the_buffer(arena, lion, value):
    lion.learn(lion_impale=1)
    length = value(SPIKE, "AbilityCastRange") + value(SPIKE, "length_buffer")
    width = value(SPIKE, "width")
    near = arena.spawn(CREEP, at=(length + width - 5, 0), move_speed=0.0)
    far = arena.spawn(CREEP, at=(length + width + 60, 0), move_speed=0.0)
    lion.perform(SPIKE, point=(300, 0))
    arena.run(1.2)
    assert sum(arena.wounds(near)) > 0
    assert sum(arena.wounds(far)) == 0


def test_earth_spike_strikes_within_its_width(arena, lion, value):
    lion.learn(lion_impale=1)
    width = value(SPIKE, "width")
    near = arena.spawn(CREEP, at=(400, width - 5), move_speed=0.0)
    far = arena.spawn(CREEP, at=(400, -width - 60), move_speed=0.0)
    lion.perform(SPIKE, point=(400, 0))
    arena.run(1.2)
    assert sum(arena.wounds(near)) > 0
    assert sum(arena.wounds(far)) == 0


def test_earth_spike_moves_at_its_speed(arena, lion, value):
    lion.learn(lion_impale=1)
    enemy = arena.spawn(ENEMY, at=(840, 0), team=Team.BADGUYS)
    lion.perform(SPIKE, point=(400, 0))
    start = arena.seconds
    hit = arena.run_until(lambda: enemy.has("MODIFIER_STATE_STUNNED"), within=1.0)
    reach = value(SPIKE, "width") + enemy.bound_radius
    assert hit - start == pytest.approx((840 - reach) / value(SPIKE, "speed"), abs=0.1)


def test_earth_spike_widens_to_a_cone_with_its_talent(arena, lion, value):
    lion.learn(lion_impale=1, special_bonus_unique_lion_10=1)
    beside = arena.spawn(CREEP, at=(800, value(SPIKE, "width") + 150), move_speed=0.0)
    lion.perform(SPIKE, point=(400, 0))
    arena.run(1.2)
    assert sum(arena.wounds(beside)) > 0


def test_earth_spike_reaches_farther_with_its_talent(arena, lion, value, changed):
    lion.learn(lion_impale=1, special_bonus_unique_lion_2=1)
    arena.run(0.1)
    assert lion.ability(SPIKE).cast_range == value(SPIKE, "AbilityCastRange") + changed(
        SPIKE, "AbilityCastRange", "special_bonus_unique_lion_2")


# Hex.


@pytest.mark.parametrize("level", LEVELS)
def test_hex_lasts_for_its_duration(arena, lion, enemy, value, level):
    lion.learn(lion_voodoo=level)
    lion.perform(HEX, target=enemy)
    arena.play_tick()
    assert arena.lasts(lambda: enemy.has("MODIFIER_STATE_HEXED")) == pytest.approx(
        value(HEX, "duration", level), abs=0.1)


@pytest.mark.parametrize("level", LEVELS)
def test_hex_leaves_its_movement_speed(arena, lion, enemy, value, level):
    lion.learn(lion_voodoo=level)
    lion.perform(HEX, target=enemy)
    arena.play_tick()
    assert enemy.move_speed == value(HEX, "movespeed", level)


@pytest.mark.parametrize("level", LEVELS)
def test_hex_has_its_range_mana_and_cooldown(arena, lion, value, level):
    lion.learn(lion_voodoo=level)
    assert lion.cost(HEX) == (
        value(HEX, "mana_cost", level), value(HEX, "cooldown", level))
    assert lion.ability(HEX).cast_range == value(HEX, "cast_range", level)


def test_the_hexed_can_neither_cast_nor_attack(arena, lion, enemy):
    lion.learn(lion_voodoo=4)
    lion.perform(HEX, target=enemy)
    arena.play_tick()
    for state in ("SILENCED", "MUTED", "DISARMED"):
        assert enemy.has(f"MODIFIER_STATE_{state}")


def test_hex_rests_less_with_its_talent(arena, lion, value, changed):
    lion.learn(lion_voodoo=1, special_bonus_unique_lion_5=1)
    assert lion.cost(HEX)[1] == value(HEX, "cooldown") + changed(
        HEX, "AbilityCooldown", "special_bonus_unique_lion_5")


def test_hex_strikes_one_alone_without_its_talent(arena, lion, enemy):
    lion.learn(lion_voodoo=1)
    other = arena.spawn(CREEP, at=(450, 0))
    lion.perform(HEX, target=enemy)
    arena.play_tick()
    assert enemy.has("MODIFIER_STATE_HEXED")
    assert not other.has("MODIFIER_STATE_HEXED")


def test_hex_strikes_all_around_with_its_talent(arena, lion, enemy, changed):
    lion.learn(lion_voodoo=1, special_bonus_unique_lion_4=1)
    radius = changed(HEX, "radius", "special_bonus_unique_lion_4")
    near = arena.spawn(CREEP, at=(400, radius - 5), move_speed=0.0)
    far = arena.spawn(CREEP, at=(400, -radius - 5), move_speed=0.0)
    lion.perform(HEX, target=enemy)
    arena.play_tick()
    assert enemy.has("MODIFIER_STATE_HEXED")
    assert near.has("MODIFIER_STATE_HEXED")
    assert not far.has("MODIFIER_STATE_HEXED")


# Mana Drain.


@pytest.mark.parametrize("level", LEVELS)
def test_mana_drain_takes_its_mana_for_its_duration(arena, lion, enemy, value, level):
    lion.learn(lion_mana_drain=level)
    enemy.set(mana=1000.0)
    lion.perform(DRAIN, target=enemy)
    before, start = float(enemy.mana), arena.seconds
    end = arena.run_until(lambda: not enemy.has("modifier_lion_mana_drain"), within=8.0)
    assert end - start == pytest.approx(value(DRAIN, "channel_time"), abs=0.1)
    regained = enemy.mana_regen * (end - start)
    assert before + regained - enemy.mana == pytest.approx(
        value(DRAIN, "mana_per_second", level) * value(DRAIN, "duration"), rel=0.01)


def test_mana_drain_gives_lion_what_it_takes(arena, lion, enemy, value):
    lion.learn(lion_mana_drain=4)
    lion.set(mana=0.0)
    lion.perform(DRAIN, target=enemy)
    before, start = float(lion.mana), arena.seconds
    arena.run(2.0)
    regained = lion.mana_regen * (arena.seconds - start)
    assert lion.mana - before - regained == pytest.approx(
        value(DRAIN, "mana_per_second", 4) * 2.0, rel=0.06)


@pytest.mark.parametrize("level", LEVELS)
def test_mana_drain_slows(arena, lion, enemy, value, level):
    lion.learn(lion_mana_drain=level)
    speed = enemy.move_speed
    lion.perform(DRAIN, target=enemy)
    arena.play_tick()
    assert enemy.move_speed == pytest.approx(
        speed * (1 - value(DRAIN, "movespeed", level) / 100))


def test_mana_drain_slows_more_who_has_no_mana(arena, lion, enemy, value):
    lion.learn(lion_mana_drain=4)
    speed = enemy.move_speed
    enemy.set(mana=0.0)
    lion.perform(DRAIN, target=enemy)
    arena.run(0.5)
    slow = value(DRAIN, "movespeed", 4) + value(DRAIN, "movespeed_bonus_when_empty_pct")
    assert enemy.move_speed == pytest.approx(speed * (1 - slow / 100))


def test_mana_drain_slows_more_with_its_talent(arena, lion, enemy, value, changed):
    lion.learn(lion_mana_drain=1, special_bonus_unique_lion_6=1)
    speed = enemy.move_speed
    lion.perform(DRAIN, target=enemy)
    arena.play_tick()
    slow = value(DRAIN, "movespeed") + changed(DRAIN, "movespeed", "special_bonus_unique_lion_6")
    assert enemy.move_speed == pytest.approx(speed * (1 - slow / 100))


@pytest.mark.parametrize("level", LEVELS)
def test_mana_drain_has_its_range_and_cooldown(arena, lion, value, level):
    lion.learn(lion_mana_drain=level)
    assert lion.cost(DRAIN) == (0.0, value(DRAIN, "cooldown", level))
    assert lion.ability(DRAIN).cast_range == value(DRAIN, "cast_range")


@pytest.mark.parametrize("beyond, holds", [(-20, True), (20, False)])
def test_mana_drain_breaks_beyond_its_distance(arena, lion, enemy, value, beyond, holds):
    lion.learn(lion_mana_drain=1)
    lion.perform(DRAIN, target=enemy)
    enemy.place((value(DRAIN, "break_distance") + beyond, 0))
    arena.run(0.3)
    assert enemy.has("modifier_lion_mana_drain") == holds


def test_mana_drain_ends_with_its_channel(arena, lion, enemy):
    lion.learn(lion_mana_drain=1)
    lion.perform(DRAIN, target=enemy)
    arena.run(0.5)
    lion.stop()
    arena.play_tick()
    assert not enemy.has("modifier_lion_mana_drain")


def test_mana_drain_takes_more_targets_with_the_shard(arena, lion, enemy, changed):
    lion.learn(lion_mana_drain=1)
    lion.upgrade(shard=True)
    others = [arena.spawn(ENEMY, at=(300, 150 * i), team=Team.BADGUYS) for i in (-1, 0, 1)]
    lion.perform(DRAIN, target=enemy)
    arena.play_tick()
    assert enemy.has("modifier_lion_mana_drain")
    assert sum(other.has("modifier_lion_mana_drain") for other in others) == changed(
        DRAIN, "shard_bonus_targets", "shard")


def test_mana_drain_breaks_later_with_the_shard(arena, lion, enemy, value, changed):
    lion.learn(lion_mana_drain=1)
    lion.upgrade(shard=True)
    lion.perform(DRAIN, target=enemy)
    enemy.place((value(DRAIN, "break_distance")
                 + changed(DRAIN, "break_distance", "shard") - 20, 0))
    arena.run(0.3)
    assert enemy.has("modifier_lion_mana_drain")


def test_lion_is_immune_while_he_drains_with_the_shard(arena, lion, enemy, changed):
    lion.learn(lion_mana_drain=1)
    lion.upgrade(shard=True)
    resistance = lion.magic_resistance
    lion.perform(DRAIN, target=enemy)
    arena.play_tick()
    assert lion.has("MODIFIER_STATE_MAGIC_IMMUNE")
    assert 1 - lion.magic_resistance == pytest.approx(
        (1 - resistance) * (1 - changed(DRAIN, "magic_resist", "shard") / 100))
    lion.stop()
    arena.play_tick()
    assert not lion.has("MODIFIER_STATE_MAGIC_IMMUNE")


@pytest.mark.parametrize("level", LEVELS)
def test_mana_drain_gives_an_ally_mana_and_speed(arena, lion, value, level):
    lion.learn(lion_mana_drain=level)
    friend = arena.spawn(ENEMY, at=(400, 0), mana=0.0)
    speed = friend.move_speed
    lion.perform(DRAIN, target=friend)
    arena.play_tick()
    part = value(DRAIN, "ally_pct") / 100
    assert friend.move_speed == pytest.approx(
        speed * (1 + part * value(DRAIN, "movespeed", level) / 100))
    before, own, start = float(friend.mana), float(lion.mana), arena.seconds
    arena.run(2.0)
    seconds = arena.seconds - start
    given = part * value(DRAIN, "mana_per_second", level) * seconds
    assert friend.mana - before - friend.mana_regen * seconds == pytest.approx(given, rel=0.06)
    assert own + lion.mana_regen * seconds - lion.mana == pytest.approx(given, rel=0.06)


# Finger of Death.


def point_finger(arena, lion, target):
    lion.perform(FINGER, target=target)
    arena.run_until(lambda: sum(arena.wounds(target)) > 0, within=1.0)


@pytest.mark.parametrize("level", (1, 2, 3))
def test_finger_of_death_deals_its_damage_after_its_delay(arena, lion, enemy, value, level):
    lion.learn(lion_finger_of_death=level)
    lion.perform(FINGER, target=enemy)
    start = arena.seconds
    hit = arena.run_until(lambda: sum(arena.wounds(enemy)) > 0, within=1.0)
    assert hit - start == pytest.approx(value(FINGER, "damage_delay"), abs=0.05)
    assert sum(arena.wounds(enemy)) == pytest.approx(
        value(FINGER, "damage", level) * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("level", (1, 2, 3))
def test_finger_of_death_has_its_range_mana_and_cooldown(arena, lion, value, level):
    lion.learn(lion_finger_of_death=level)
    assert lion.cost(FINGER) == (
        value(FINGER, "mana_cost", level), value(FINGER, "cooldown", level))
    assert lion.ability(FINGER).cast_range == value(FINGER, "cast_range")


def test_finger_of_death_grows_with_every_hero_it_kills(arena, lion, enemy, value):
    lion.learn(lion_finger_of_death=1)
    victim = arena.spawn(ENEMY, at=(400, 200), team=Team.BADGUYS, health=1.0)
    point_finger(arena, lion, victim)
    assert lion.stacks(KILLS) == 1
    lion.ability(FINGER).cooldown_ready_tick = 0
    point_finger(arena, lion, enemy)
    assert sum(arena.wounds(enemy)) == pytest.approx(
        (value(FINGER, "damage") + value(FINGER, "damage_per_kill"))
        * (1 - enemy.magic_resistance))


def test_finger_of_death_grows_faster_with_its_talent(arena, lion, enemy, value, changed):
    lion.learn(lion_finger_of_death=1, special_bonus_unique_lion_8=1)
    victim = arena.spawn(ENEMY, at=(400, 200), team=Team.BADGUYS, health=1.0)
    point_finger(arena, lion, victim)
    lion.ability(FINGER).cooldown_ready_tick = 0
    point_finger(arena, lion, enemy)
    per_kill = value(FINGER, "damage_per_kill") + changed(
        FINGER, "damage_per_kill", "special_bonus_unique_lion_8")
    assert sum(arena.wounds(enemy)) == pytest.approx(
        (value(FINGER, "damage") + per_kill) * (1 - enemy.magic_resistance))


@pytest.mark.parametrize("late, kills", [(-0.2, 1), (0.2, 0)])
def test_finger_of_death_counts_who_dies_within_its_grace_period(
        arena, lion, enemy, value, late, kills):
    lion.learn(lion_finger_of_death=1)
    point_finger(arena, lion, enemy)
    arena.run(value(FINGER, "grace_period") + late)
    enemy.kill()
    arena.play_tick()
    assert lion.stacks(KILLS) == kills


def test_finger_of_death_counts_no_creeps(arena, lion):
    lion.learn(lion_finger_of_death=1)
    creep = arena.spawn(CREEP, at=(400, 0), health=10.0)
    point_finger(arena, lion, creep)
    arena.play_tick()
    assert not creep.alive
    assert lion.stacks(KILLS) == 0


def test_finger_of_death_strikes_one_alone_without_the_scepter(arena, lion, enemy):
    lion.learn(lion_finger_of_death=1)
    other = arena.spawn(CREEP, at=(450, 0))
    point_finger(arena, lion, enemy)
    assert sum(arena.wounds(other)) == 0


def test_finger_of_death_strikes_all_around_with_the_scepter(arena, lion, enemy, value, changed):
    lion.learn(lion_finger_of_death=1)
    lion.upgrade(scepter=True)
    radius = changed(FINGER, "splash_radius", "scepter")
    near = arena.spawn(ENEMY, at=(400, radius - 5), team=Team.BADGUYS, level=25)
    far = arena.spawn(ENEMY, at=(400, -radius - 5), team=Team.BADGUYS, level=25)
    point_finger(arena, lion, enemy)
    assert sum(arena.wounds(near)) == pytest.approx(
        (value(FINGER, "damage") + changed(FINGER, "damage", "scepter"))
        * (1 - near.magic_resistance))
    assert sum(arena.wounds(far)) == 0


@pytest.mark.parametrize("level", (1, 2, 3))
def test_the_fist_has_its_reach_damage_and_speed(arena, lion, enemy, value, level):
    lion.learn(lion_finger_of_death=level)
    damage, speed = lion.bonus_damage, lion.move_speed
    lion.perform(FINGER, target=enemy)
    arena.run(0.1)
    assert lion.attack_range == value(FINGER, "punch_attack_range")
    assert lion.bonus_damage - damage == value(FINGER, "punch_bonus_damage_base", level)
    assert lion.move_speed - speed == pytest.approx(value(FINGER, "punch_bonus_movespeed"))


@pytest.mark.parametrize("scepter", (False, True))
def test_the_fist_stays_for_its_duration(arena, lion, enemy, value, changed, scepter):
    lion.learn(lion_finger_of_death=1)
    lion.upgrade(scepter=scepter)
    lion.perform(FINGER, target=enemy)
    arena.play_tick()
    assert lion.modifiers(FIST)[0].duration == pytest.approx(
        value(FINGER, "punch_duration")
        + (changed(FINGER, "punch_duration", "scepter") if scepter else 0.0))


@pytest.mark.parametrize("scepter", (False, True))
def test_the_fist_cleaves(arena, lion, enemy, value, changed, scepter):
    lion.learn(lion_finger_of_death=1)
    lion.upgrade(scepter=scepter)
    behind = arena.spawn(ENEMY, at=(620, 0), team=Team.BADGUYS, level=25)
    point_finger(arena, lion, enemy)
    before, pointed = sum(arena.wounds(behind)), sum(arena.wounds(enemy))
    enemy.place((200, 0))
    behind.place((500, 0))
    lion.attack(enemy)
    arena.run_until(lambda: sum(arena.wounds(behind)) > before, within=3.0)
    percent = value(FINGER, "cleave_damage") + (
        changed(FINGER, "cleave_damage", "scepter") if scepter else 0.0)
    blow = sum(arena.wounds(enemy)) - pointed
    assert sum(arena.wounds(behind)) - before == pytest.approx(percent / 100 * blow, rel=0.001)


def test_the_fist_counts_its_kills(arena, lion, enemy):
    lion.learn(lion_finger_of_death=1)
    point_finger(arena, lion, enemy)
    victim = arena.spawn(ENEMY, at=(150, 0), team=Team.BADGUYS, health=1.0)
    lion.attack(victim)
    arena.run_until(lambda: not victim.alive, within=3.0)
    arena.play_tick()
    assert lion.stacks(KILLS) == 1


def test_the_fist_strikes_without_a_projectile(arena, lion, enemy):
    lion.learn(lion_finger_of_death=1)
    point_finger(arena, lion, enemy)
    before = sum(arena.wounds(enemy))
    enemy.place((200, 0))
    lion.attack(enemy)
    for _ in range(60):
        arena.play_tick()
        assert arena.tables.num_projectiles == 0
    assert sum(arena.wounds(enemy)) > before


def test_the_alternative_cast_gives_no_fist(arena, lion, enemy):
    lion.learn(lion_finger_of_death=1)
    assert lion.order(UnitOrder.CAST_TOGGLE_ALT, ability=lion.slot(FINGER)) == (
        OrderResult.ACCEPTED)
    point_finger(arena, lion, enemy)
    assert not lion.has(FIST)


# To Hell and Back.


def revive(arena, hero):
    hero.player_record.respawn_tick = arena.tables.tick + 1
    arena.run_until(lambda: hero.alive, within=1.0)
    arena.run(0.1)


@pytest.mark.parametrize("talent", (False, True))
def test_lion_comes_back_with_spell_amplification(arena, lion, value, changed, talent):
    if talent:
        lion.learn(special_bonus_unique_lion_11=1)
    assert lion.bonus("SPELL_AMPLIFY_PERCENTAGE") == 0
    lion.kill()
    revive(arena, lion)
    assert lion.bonus("SPELL_AMPLIFY_PERCENTAGE") == value(BACK, "spell_amp") + (
        changed(BACK, "spell_amp", "special_bonus_unique_lion_11") if talent else 0.0)
    assert lion.modifiers("modifier_lion_to_hell_and_back_spell_amp")[0].duration == value(
        BACK, "duration")


def test_a_kill_ends_the_spell_amplification(arena, lion, enemy):
    lion.kill()
    revive(arena, lion)
    enemy.kill(by=lion)
    arena.run(0.1)
    assert lion.bonus("SPELL_AMPLIFY_PERCENTAGE") == 0


@pytest.mark.parametrize("late, ends", [(-0.3, True), (0.3, False)])
def test_an_assist_within_the_damage_window_ends_the_spell_amplification(
        arena, lion, enemy, value, late, ends):
    lion.kill()
    revive(arena, lion)
    lion.place((0, 0))
    arena.run(0.2)
    lion.learn(lion_finger_of_death=1)
    friend = arena.spawn(LION, at=(0, 100), level=25)
    friend.learn(lion_finger_of_death=1)
    point_finger(arena, lion, enemy)
    # The friend's finger kills after its cast point and delay.
    arena.run(value(BACK, "damage_window") + late - 0.6)
    enemy.set(health=1.0)
    friend.cast(FINGER, target=enemy)
    arena.run_until(lambda: not enemy.alive, within=1.0)
    arena.run(0.1)
    assert (lion.bonus("SPELL_AMPLIFY_PERCENTAGE") == 0) == ends


@pytest.mark.parametrize("talent", (False, True))
def test_debuffs_last_longer_while_a_victim_is_dead(arena, lion, enemy, value, changed, talent):
    lion.learn(lion_voodoo=1)
    if talent:
        lion.learn(special_bonus_unique_lion_11=1)
    victim = arena.spawn(ENEMY, at=(0, 400), team=Team.BADGUYS)
    victim.kill(by=lion)
    arena.run(0.1)
    lion.perform(HEX, target=enemy)
    arena.play_tick()
    percent = value(BACK, "debuff_amp") + (
        changed(BACK, "debuff_amp", "special_bonus_unique_lion_11") if talent else 0.0)
    assert enemy.modifiers("modifier_lion_voodoo")[0].duration == pytest.approx(
        value(HEX, "duration") * (1 + percent / 100))


def test_debuffs_last_as_ever_when_the_victim_is_back(arena, lion, enemy, value):
    lion.learn(lion_voodoo=1)
    victim = arena.spawn(ENEMY, at=(0, 400), team=Team.BADGUYS)
    victim.kill(by=lion)
    arena.run(0.1)
    revive(arena, victim)
    lion.perform(HEX, target=enemy)
    arena.play_tick()
    assert enemy.modifiers("modifier_lion_voodoo")[0].duration == pytest.approx(
        value(HEX, "duration"))


def test_lion_walks_faster_with_his_talent(arena, lion):
    speed = lion.move_speed
    lion.learn(special_bonus_movement_speed_20=1)
    arena.run(0.1)
    assert lion.move_speed - speed == pytest.approx(20)


def test_mana_drain_takes_mana_at_its_interval(arena, lion, enemy, value):
    lion.learn(lion_mana_drain=1)
    lion.perform(DRAIN, target=enemy)
    changes, before = 0, float(enemy.mana)
    for _ in range(60):
        arena.play_tick()
        changes += enemy.mana < before - 0.5
        before = float(enemy.mana)
    assert changes == pytest.approx(2.0 / value(DRAIN, "tick_interval"), abs=1)


@pytest.mark.parametrize("key, along", [
    ("cleave_starting_width", 0.0), ("cleave_ending_width", 1.0)])
@pytest.mark.parametrize("beyond, struck", [(-20, True), (40, False)])
def test_the_fists_cleave_is_as_wide_and_long_as_told(
        arena, lion, enemy, value, key, along, beyond, struck):
    lion.learn(lion_finger_of_death=1)
    enemy.set(health=9000.0, max_health=9000.0)
    lion.perform(FINGER, target=enemy)
    arena.run(0.5)
    lion.place((0, 0))
    enemy.place((150, 0))
    length = value(FINGER, "cleave_distance")
    x = 5.0 if along == 0.0 else length - 5.0
    aside = arena.spawn(CREEP, at=(x, value(FINGER, key) + beyond), bound_radius=0.0,
                        move_speed=0.0, health=5000.0, max_health=5000.0)
    seen = len(arena.wounds(enemy))
    lion.attack(enemy)
    arena.run_until(lambda: len(arena.wounds(enemy)) > seen, within=4.0)
    arena.run(0.1)
    assert bool(arena.wounds(aside)) == struck


@pytest.mark.parametrize("state", (MAGIC_IMMUNE, INVULNERABLE))
def test_finger_of_death_does_nothing_to_who_became_immune(arena, lion, enemy, state):
    lion.learn(lion_finger_of_death=3)
    lion.perform(FINGER, target=enemy)
    enemy.body.base_states |= state
    enemy.body.is_dirty = 1
    arena.run(0.5)
    assert not arena.wounds(enemy)
    assert not enemy.has("modifier_lion_finger_of_death")


@pytest.mark.parametrize("state", (MAGIC_IMMUNE, INVULNERABLE))
def test_mana_drain_ends_when_its_target_becomes_immune(arena, lion, enemy, state):
    lion.learn(lion_mana_drain=1)
    lion.perform(DRAIN, target=enemy)
    arena.run(0.5)
    enemy.body.base_states |= state
    enemy.body.is_dirty = 1
    arena.run(0.3)
    mana = lion.mana
    assert not enemy.has("modifier_lion_mana_drain")
    arena.run(0.1)
    assert lion.mana - mana < 1.0
