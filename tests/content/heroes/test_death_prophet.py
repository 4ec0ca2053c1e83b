"""Death Prophet."""

import pytest

from dota_env_rpc.match.enums import INVISIBLE, OrderResult, Team
from tests.content.measures import heals, magical, physical

SWARM = "death_prophet_carrion_swarm"
SILENCE = "death_prophet_silence"
SIPHON = "death_prophet_spirit_siphon"
WITCHCRAFT = "death_prophet_witchcraft"
EXORCISM = "death_prophet_exorcism"
SIPHONED = "modifier_death_prophet_spirit_siphon_slow"
CREEP = "npc_dota_creep_badguys_melee"
LEVELS = [1, 2, 3, 4]


@pytest.fixture
def prophet(arena):
    return arena.spawn("npc_dota_hero_death_prophet", level=30)


@pytest.fixture
def axe(arena):
    return arena.spawn("npc_dota_hero_axe", at=(300, 0), team=Team.BADGUYS, level=30)


@pytest.mark.parametrize(("ability", "levels"), [
    (SWARM, 4), (SILENCE, 4), (SIPHON, 4), (EXORCISM, 3)])
def test_a_cast_costs_its_level(arena, prophet, value, changed, ability, levels):
    less = changed(WITCHCRAFT, "cooldown_reduction_pct", "per_hero_level") * prophet.level
    for level in range(1, levels + 1):
        prophet.learn(**{ability: level})
        arena.run(0.1)
        assert prophet.ability(ability).mana_cost == value(ability, "mana_cost", level)
        assert prophet.ability(ability).cooldown == pytest.approx(
            value(ability, "cooldown", level) * (1.0 - less / 100.0))


@pytest.mark.parametrize("level", LEVELS)
def test_crypt_swarm_damages_who_is_in_its_way(arena, prophet, axe, value, level):
    beside = arena.spawn(CREEP, at=(300, 300), max_health=900.0, health=900.0)
    prophet.learn(**{SWARM: level})
    assert prophet.cast(SWARM, point=(500, 0)) == OrderResult.ACCEPTED
    arena.run(1.2)
    assert arena.wounds(axe) == [pytest.approx(magical(axe, value(SWARM, "damage", level)))]
    assert arena.wounds(beside) == []


def test_crypt_swarm_widens(arena, prophet, value):
    aside = value(SWARM, "end_radius") - 60.0
    near = arena.spawn(CREEP, at=(100, aside))
    far = arena.spawn(CREEP, at=(value(SWARM, "range") - 60.0, aside), health=900.0,
                      max_health=900.0)
    prophet.learn(**{SWARM: 1})
    prophet.cast(SWARM, point=(500, 0))
    arena.run(1.2)
    assert arena.wounds(near) == []
    assert len(arena.wounds(far)) == 1


def test_crypt_swarm_flies_at_its_speed(arena, prophet, axe, value):
    axe.place((800, 0))
    prophet.learn(**{SWARM: 1})
    start = arena.seconds
    prophet.cast(SWARM, target=axe)
    hit = arena.run_until(lambda: arena.wounds(axe), within=2.0)
    way = 800.0 - 250.0 - axe.bound_radius
    assert hit - start == pytest.approx(
        value(SWARM, "cast_point") + way / value(SWARM, "speed"), abs=0.1)


def test_talent_shortens_crypt_swarms_cooldown(arena, prophet, axe, value, changed):
    talent = "special_bonus_unique_death_prophet_2"
    without = changed(WITCHCRAFT, "cooldown_reduction_pct", "per_hero_level") * prophet.level
    prophet.learn(**{SWARM: 4, talent: 1})
    arena.run(0.1)
    cooldown = value(SWARM, "cooldown", 4) + changed(SWARM, "AbilityCooldown", talent)
    assert prophet.ability(SWARM).cooldown == pytest.approx(cooldown * (1.0 - without / 100.0))


@pytest.mark.parametrize("level", LEVELS)
def test_silence_lasts_its_duration(arena, prophet, axe, value, level):
    prophet.learn(**{SILENCE: level})
    prophet.cast(SILENCE, point=(300, 0))
    start = arena.run_until(lambda: axe.has("MODIFIER_STATE_SILENCED"), within=1.0)
    end = arena.run_until(lambda: not axe.has("MODIFIER_STATE_SILENCED"), within=6.0)
    assert end - start == pytest.approx(value(SILENCE, "duration", level), abs=0.07)


def test_silence_flies_to_its_place(arena, prophet, axe, value):
    axe.place((900, 0))
    prophet.learn(**{SILENCE: 1})
    start = arena.seconds
    prophet.cast(SILENCE, point=(900, 0))
    end = arena.run_until(lambda: axe.has("MODIFIER_STATE_SILENCED"), within=2.0)
    assert end - start == pytest.approx(
        value(SILENCE, "cast_point") + 900.0 / value(SILENCE, "projectile_speed"), abs=0.1)


@pytest.mark.parametrize("talented", [False, True])
def test_silence_hits_its_area(arena, prophet, axe, value, changed, talented):
    talent = "special_bonus_unique_death_prophet_silence_aoe"
    radius = value(SILENCE, "radius")
    prophet.learn(**{SILENCE: 1})
    if talented:
        prophet.learn(**{talent: 1})
        radius += changed(SILENCE, "radius", talent)
    inside = arena.spawn(CREEP, at=(300 + radius - 10.0, 0))
    outside = arena.spawn(CREEP, at=(300 + radius + 60.0, 0))
    prophet.cast(SILENCE, point=(300, 0))
    arena.run_until(lambda: axe.has("MODIFIER_STATE_SILENCED"), within=1.0)
    assert inside.has("MODIFIER_STATE_SILENCED")
    assert not outside.has("MODIFIER_STATE_SILENCED")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("talented", [False, True])
def test_siphon_drains_its_damage_per_second(
        arena, prophet, axe, value, changed, level, talented):
    talent = "special_bonus_unique_death_prophet_3"
    per_second = value(SIPHON, "damage", level)
    prophet.hurt(900.0)
    prophet.learn(**{SIPHON: level})
    if talented:
        prophet.learn(**{talent: 1})
        per_second += changed(SIPHON, "damage", talent)
    axe.set(health=9000.0, max_health=9000.0)
    prophet.cast(SIPHON, target=axe)
    arena.run(0.5)
    arena.run_until(lambda: not axe.has(SIPHONED), within=7.0)
    drains = arena.wounds(axe)
    assert drains == [pytest.approx(magical(axe, 0.25 * per_second))] * len(drains)
    assert len(drains) * 0.25 == pytest.approx(value(SIPHON, "haunt_duration"), abs=0.5)
    assert sum(heals(arena, prophet)) == pytest.approx(sum(drains))


def test_siphon_lasts_its_duration(arena, prophet, axe, value):
    prophet.learn(**{SIPHON: 1})
    prophet.cast(SIPHON, target=axe)
    start = arena.run_until(lambda: axe.has(SIPHONED), within=0.5)
    end = arena.run_until(lambda: not axe.has(SIPHONED), within=8.0)
    assert end - start == pytest.approx(value(SIPHON, "haunt_duration"), abs=0.07)


def test_siphon_breaks_beyond_its_buffer(arena, prophet, axe, value):
    reach = value(SIPHON, "cast_range") + value(SIPHON, "siphon_buffer")
    prophet.learn(**{SIPHON: 1})
    prophet.cast(SIPHON, target=axe)
    arena.run_until(lambda: axe.has(SIPHONED), within=0.5)
    axe.place((reach - 10.0, 0))
    arena.run(0.4)
    assert axe.has(SIPHONED)
    axe.place((reach + 10.0, 0))
    arena.run(0.4)
    assert not axe.has(SIPHONED)


def test_siphon_takes_nobody_twice(arena, prophet, axe):
    prophet.learn(**{SIPHON: 2})
    prophet.cast(SIPHON, target=axe)
    arena.run_until(lambda: axe.has(SIPHONED), within=0.5)
    assert prophet.cast(SIPHON, target=axe) == OrderResult.WRONG_TARGET


@pytest.mark.parametrize("level", LEVELS)
def test_siphon_has_its_charges(arena, prophet, value, level):
    prophet.learn(**{SIPHON: level})
    for _ in range(level):
        arena.set_clock(arena.seconds + value(SIPHON, "AbilityChargeRestoreTime"))
        arena.run(0.1)
    assert prophet.ability(SIPHON).charges == value(SIPHON, "charges", level)


def test_shard_gives_siphon_a_charge_more(arena, prophet, value, changed):
    prophet.learn(**{SIPHON: 1})
    prophet.upgrade(shard=True)
    arena.set_clock(arena.seconds + value(SIPHON, "AbilityChargeRestoreTime"))
    arena.run(0.1)
    assert prophet.ability(SIPHON).charges == value(SIPHON, "charges") + changed(
        SIPHON, "shard_bonus_charges", "shard")


@pytest.mark.parametrize("talented", [False, True])
def test_a_charge_of_siphon_comes_back(arena, prophet, axe, value, changed, talented):
    talent = "special_bonus_unique_death_prophet_5"
    wait = value(SIPHON, "AbilityChargeRestoreTime")
    prophet.learn(**{SIPHON: 1})
    if talented:
        prophet.learn(**{talent: 1})
        wait += changed(SIPHON, "AbilityChargeRestoreTime", talent)
    prophet.cast(SIPHON, target=axe)
    start = arena.run_until(lambda: prophet.ability(SIPHON).charges == 0, within=0.5)
    assert prophet.cast(SIPHON, target=axe) == OrderResult.NO_CHARGES
    arena.set_clock(start + wait - 0.2)
    arena.run(0.1)
    assert prophet.ability(SIPHON).charges == 0
    arena.run(0.2)
    assert prophet.ability(SIPHON).charges == 1


def test_shard_lets_siphon_frighten(arena, prophet, axe, changed):
    prophet.learn(**{SIPHON: 1})
    prophet.upgrade(shard=True)
    prophet.cast(SIPHON, target=axe)
    start = arena.run_until(lambda: axe.has(SIPHONED), within=0.5)
    feared = arena.run_until(lambda: axe.has("MODIFIER_STATE_FEARED"), within=4.0)
    end = arena.run_until(lambda: not axe.has("MODIFIER_STATE_FEARED"), within=4.0)
    assert feared - start == pytest.approx(
        changed(SIPHON, "shard_consecutive_siphon_duration", "shard"), abs=0.3)
    assert end - feared == pytest.approx(
        changed(SIPHON, "shard_fear_duration", "shard"), abs=0.07)


def test_siphon_frightens_nobody_without_shard(arena, prophet, axe):
    prophet.learn(**{SIPHON: 1})
    prophet.cast(SIPHON, target=axe)
    arena.run(4.0)
    assert not axe.has("MODIFIER_STATE_FEARED")


@pytest.mark.parametrize("level", [1, 12, 30])
def test_witchcraft_grows_with_her_level(arena, value, changed, level):
    prophet = arena.spawn("npc_dota_hero_death_prophet", level=level)
    prophet.learn(**{SWARM: 1})
    arena.run(0.1)
    speed = value(WITCHCRAFT, "movement_speed_pct") + level * changed(
        WITCHCRAFT, "movement_speed_pct", "per_hero_level")
    less = level * changed(WITCHCRAFT, "cooldown_reduction_pct", "per_hero_level")
    assert prophet.move_speed == pytest.approx(
        float(prophet.body.base_move_speed) * (1.0 + speed / 100.0))
    assert prophet.ability(SWARM).cooldown == pytest.approx(
        value(SWARM, "cooldown") * (1.0 - less / 100.0))


def spirits_out(arena, prophet):
    return sum(1 for i in range(int(arena.tables.num_projectiles))
               if arena.tables.projectiles[i].source == prophet.handle)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_spirits_blow_is_within_its_damage(arena, prophet, axe, value, level):
    prophet.learn(**{EXORCISM: level})
    prophet.cast(EXORCISM)
    arena.run(4.0)
    blows = arena.wounds(axe)
    assert len(blows) > 3
    for blow in blows:
        assert value(EXORCISM, "min_damage", level) <= blow / physical(axe) <= value(
            EXORCISM, "max_damage", level)


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("talented", [False, True])
def test_exorcism_has_its_spirits(arena, prophet, axe, value, changed, level, talented):
    talent = "special_bonus_unique_death_prophet"
    spirits = value(EXORCISM, "spirits", level)
    prophet.learn(**{EXORCISM: level})
    if talented:
        prophet.learn(**{talent: 1})
        spirits += changed(EXORCISM, "spirits", talent)
    axe.place((650, 0))
    axe.set(health=9e5, max_health=9e5)
    prophet.cast(EXORCISM)
    arena.run(spirits * value(EXORCISM, "ghost_spawn_rate") + 1.5)
    most = 0
    for _ in range(90):
        arena.play_tick()
        most = max(most, spirits_out(arena, prophet))
    # One of them may always be with her, between two flights.
    assert spirits - 1 <= most <= spirits


def test_spirits_fly_at_their_speed(arena, prophet, axe, value):
    axe.place((600, 0))
    prophet.learn(**{EXORCISM: 1})
    prophet.cast(EXORCISM)
    start = arena.run_until(lambda: spirits_out(arena, prophet), within=1.5)
    hit = arena.run_until(lambda: arena.wounds(axe), within=2.0)
    assert hit - start == pytest.approx(600.0 / value(EXORCISM, "spirit_speed"), abs=0.1)


def test_spirits_leave_who_is_outside_their_radius(arena, prophet, axe, value):
    axe.place((value(EXORCISM, "radius") + 80.0, 0))
    prophet.learn(**{EXORCISM: 1})
    prophet.cast(EXORCISM)
    arena.run(4.0)
    assert arena.wounds(axe) == []


def test_spirits_give_up_who_is_too_far_away(arena, prophet, axe, value):
    axe.place((600, 0))
    prophet.learn(**{EXORCISM: 1})
    prophet.cast(EXORCISM)
    arena.run_until(lambda: spirits_out(arena, prophet), within=1.5)
    axe.place((value(EXORCISM, "give_up_distance") + 100.0, 0))
    arena.run(6.0)
    assert arena.wounds(axe) == []


def test_a_spirit_that_is_too_far_away_is_back_at_once(arena, prophet, axe, value):
    axe.place((600, 0))
    prophet.learn(**{EXORCISM: 1})
    prophet.cast(EXORCISM)
    arena.run_until(lambda: spirits_out(arena, prophet), within=1.5)
    prophet.place((0, value(EXORCISM, "max_distance") + 100.0))
    arena.run(1.3)
    assert spirits_out(arena, prophet) == 0


def test_exorcism_lasts_its_duration_and_heals_by_its_damage(arena, prophet, axe, value):
    axe.set(health=9e5, max_health=9e5)
    prophet.hurt(prophet.health - 100.0)
    prophet.learn(**{EXORCISM: 1})
    prophet.cast(EXORCISM)
    start = arena.run_until(lambda: prophet.has("modifier_death_prophet_exorcism"), within=1.0)
    arena.run(3.0)
    axe.place((2000, 0))
    end = arena.run_until(
        lambda: not prophet.has("modifier_death_prophet_exorcism"), within=40.0)
    arena.run(0.1)
    assert end - start == pytest.approx(value(EXORCISM, "duration"), abs=0.07)
    assert sum(heals(arena, prophet)) == pytest.approx(
        value(EXORCISM, "heal_percent") / 100.0 * sum(arena.wounds(axe)))


def test_spirits_strike_buildings_for_half(arena, prophet, value):
    tower = arena.building("npc_dota_badguys_tower1_mid")
    arena.around(tower)
    tower.set(attack_range=0.0)
    prophet.place((400, 0))
    prophet.learn(**{EXORCISM: 1})
    prophet.cast(EXORCISM)
    arena.run(4.0)
    blows = arena.wounds(tower)
    assert len(blows) > 2
    for blow in blows:
        assert (value(EXORCISM, "min_damage") <= 2.0 * blow / physical(tower)
                <= value(EXORCISM, "max_damage"))


def test_talent_lengthens_exorcism_with_a_kill(arena, prophet, axe, changed):
    talent = "special_bonus_unique_death_prophet_exorcism_duration_on_kill"
    prophet.learn(**{EXORCISM: 1, talent: 1})
    prophet.cast(EXORCISM)
    arena.run(1.0)
    before = prophet.modifiers("modifier_death_prophet_exorcism")[0].expire_tick
    axe.kill(by=prophet)
    arena.run(0.1)
    after = prophet.modifiers("modifier_death_prophet_exorcism")[0].expire_tick
    assert (after - before) * arena.tick_seconds == pytest.approx(
        changed(EXORCISM, "duration_increase_per_kill", talent))


def ghost_blow(unit, value, changed, level=1):
    more = 1.0 + changed(EXORCISM, "scepter_spirit_bonus_damage", "scepter") / 100.0
    least, most = (value(EXORCISM, f"{end}_damage", level) for end in ("min", "max"))
    return least * more * physical(unit), most * more * physical(unit)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scepter_lets_a_ghost_follow_crypt_swarm(arena, prophet, axe, value, changed, level):
    prophet.hurt(900.0)
    prophet.learn(**{EXORCISM: level, SWARM: 1})
    prophet.upgrade(scepter=True)
    prophet.cast(SWARM, target=axe)
    arena.run(2.5)
    _, blow = arena.wounds(axe)
    least, most = ghost_blow(axe, value, changed, level)
    assert least <= blow <= most
    assert sum(heals(arena, prophet)) == pytest.approx(
        value(EXORCISM, "heal_percent") / 100.0 * blow)


def test_scepter_lets_a_ghost_follow_silence_and_siphon(arena, prophet, axe, value, changed):
    prophet.learn(**{EXORCISM: 1, SILENCE: 1, SIPHON: 1})
    prophet.upgrade(scepter=True)
    least, most = ghost_blow(axe, value, changed)
    prophet.cast(SILENCE, point=(300, 0))
    arena.run(1.5)
    assert sum(least <= blow <= most for blow in arena.wounds(axe)) == 1
    prophet.cast(SIPHON, target=axe)
    arena.run(1.5)
    assert sum(least <= blow <= most for blow in arena.wounds(axe)) == 2


def test_scepter_lets_a_ghost_follow_an_attack(arena, prophet, axe, value, changed):
    prophet.learn(**{EXORCISM: 1})
    prophet.upgrade(scepter=True)
    prophet.attack(axe)
    arena.run_until(lambda: arena.wounds(axe), within=3.0)
    prophet.stop()
    arena.run(1.2)
    least, most = ghost_blow(axe, value, changed)
    assert any(least <= blow <= most for blow in arena.wounds(axe)[1:])


def test_no_ghost_follows_without_scepter(arena, prophet, axe):
    prophet.learn(**{EXORCISM: 1, SWARM: 1})
    prophet.cast(SWARM, target=axe)
    arena.run(2.5)
    assert len(arena.wounds(axe)) == 1


def test_talents_give_health_and_attack_speed(arena, prophet):
    given = {talent["name"]: talent["values"].get("value", [0])[0]
             for talent in arena.patch.abilities["talents"]["npc_dota_hero_death_prophet"]}
    health, attack_speed = prophet.max_health, prophet.attack_speed
    prophet.learn(special_bonus_hp_200=1, special_bonus_attack_speed_50=1)
    assert prophet.max_health - health == given["special_bonus_hp_200"]
    assert prophet.attack_speed - attack_speed == pytest.approx(
        given["special_bonus_attack_speed_50"])


def test_crypt_swarm_is_as_wide_as_its_start_where_it_starts(arena, prophet, value):
    width = value(SWARM, "start_radius")
    near = arena.spawn(CREEP, at=(0, width - 10), move_speed=0.0)
    beyond = arena.spawn(CREEP, at=(0, -width - 60), move_speed=0.0)
    prophet.learn(**{SWARM: 1})
    prophet.cast(SWARM, point=(500, 0))
    arena.run(1.2)
    assert len(arena.wounds(near)) == 1
    assert arena.wounds(beyond) == []


@pytest.mark.parametrize("late, strikes", [(-2.0, True), (2.0, False)])
def test_a_ghost_of_the_scepter_is_gone_after_its_time(
        arena, prophet, axe, changed, late, strikes):
    prophet.upgrade(scepter=True)
    prophet.learn(**{SILENCE: 1, EXORCISM: 1})
    prophet.cast(SILENCE, point=(300, 0))
    arena.run_until(lambda: axe.has("modifier_death_prophet_silence"), within=3.0)
    arena.play_tick()
    ghost = arena.tables.projectiles[0]
    axe.place((9000, 0))
    life = changed(EXORCISM, "scepter_spirit_life_duration", "scepter")
    ghost.speed = 1.0
    arena.run(life + late)
    ghost.speed = 30000.0
    arena.run(1.0)
    assert bool(arena.wounds(axe)) == strikes


def test_spirits_fly_to_whom_death_prophet_attacks(arena, prophet, axe):
    other = arena.spawn("npc_dota_hero_axe", at=(0, 300), team=Team.BADGUYS, level=30)

    def hits(seconds):
        """Returns how often the one and the other were hit meanwhile."""
        seen = len(arena.wounds(axe)), len(arena.wounds(other))
        for _ in range(int(10 * seconds)):
            axe.record.health, other.record.health = axe.max_health, other.max_health
            arena.run(0.1)
        return len(arena.wounds(axe)) - seen[0], len(arena.wounds(other)) - seen[1]

    prophet.learn(**{EXORCISM: 3})
    prophet.perform(EXORCISM)
    for prey in (axe, other):
        prophet.attack(prey)
        hits(4.0)
        hit, spared = hits(3.0)[::1 if prey is axe else -1]
        assert hit > 10 and spared == 0


def test_spirits_leave_who_is_not_seen(arena, prophet, axe):
    axe.body.base_states |= INVISIBLE
    axe.body.is_dirty = 1
    arena.run(0.1)
    prophet.learn(**{EXORCISM: 3})
    prophet.perform(EXORCISM)
    arena.run(3.0)
    assert arena.wounds(axe) == []
