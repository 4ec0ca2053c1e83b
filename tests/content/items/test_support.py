"""Auras, heals, barriers and the like."""

import numpy as np
import pytest

from dota_env_rpc.match.enums import EventKind, OrderResult, Team

LINA = "npc_dota_hero_lina"
SVEN = "npc_dota_hero_sven"


@pytest.fixture
def lina(arena):
    """A hero with much mana."""
    return arena.spawn(LINA, level=15)


@pytest.fixture
def sven(arena):
    """An enemy near."""
    return arena.spawn(SVEN, at=(400, 0), team=Team.BADGUYS, level=5)


AURAS = [
    ("item_headdress", "HEALTH_REGEN_CONSTANT", "aura_health_regen", "aura_radius"),
    ("item_buckler", "PHYSICAL_ARMOR_BONUS", "bonus_aoe_armor", "bonus_aoe_radius"),
    ("item_ring_of_basilius", "MANA_REGEN_CONSTANT", "aura_mana_regen", "aura_radius"),
    ("item_mekansm", "HEALTH_REGEN_CONSTANT", "aura_health_regen", "aura_radius"),
    ("item_vladmir", "LIFESTEAL_PERCENTAGE", "lifesteal_aura", "aura_radius"),
    ("item_vladmir", "DAMAGEOUTGOING_PERCENTAGE", "damage_aura", "aura_radius"),
    ("item_vladmir", "PHYSICAL_ARMOR_BONUS", "armor_aura", "aura_radius"),
    ("item_vladmir", "MANA_REGEN_CONSTANT", "mana_regen_aura", "aura_radius"),
    ("item_pipe", "MAGICAL_RESISTANCE_BONUS", "magic_resistance_aura", "aura_radius"),
    ("item_ancient_janggo", "MOVESPEED_BONUS_CONSTANT", "aura_movement_speed", "radius"),
    ("item_ancient_janggo", "HEALTH_REGEN_CONSTANT", "aura_health_regen", "radius"),
    ("item_boots_of_bearing", "MOVESPEED_BONUS_CONSTANT", "aura_movement_speed", "radius"),
    ("item_arcane_boots", "MANA_REGEN_CONSTANT", "aura_mana_regen", "aura_radius"),
    ("item_guardian_greaves", "MANA_REGEN_CONSTANT", "aura_mana_regen", "aura_radius"),
    ("item_guardian_greaves", "HEALTH_REGEN_CONSTANT", "aura_health_regen", "aura_radius"),
]


@pytest.mark.parametrize(("item", "name", "key", "radius"), AURAS)
def test_an_aura_gives_allies_within_its_radius_its_value(
        arena, lina, value, item, name, key, radius):
    near = arena.spawn(SVEN, at=(value(item, radius) - 60, 0))
    far = arena.spawn(SVEN, at=(value(item, radius) + 60, 0))
    lina.give_item(item)
    arena.run(0.3)
    assert near.bonus(name) == pytest.approx(value(item, key))
    assert far.bonus(name) == 0


def test_buckler_armors_units_of_players_alone(arena, lina, value):
    """Source: its text, 7.41."""
    ally = arena.spawn(SVEN, at=(100, 0))
    creep = arena.spawn("npc_dota_creep_goodguys_melee", at=(100, 100))
    lina.give_item("item_buckler")
    arena.run(0.3)
    assert ally.bonus("PHYSICAL_ARMOR_BONUS") == value("item_buckler", "bonus_aoe_armor")
    assert creep.bonus("PHYSICAL_ARMOR_BONUS") == 0


def test_a_lesser_aura_counts_for_nothing_beside_what_is_made_of_it(arena, lina, value):
    ally = arena.spawn(SVEN, at=(100, 0))
    lina.give_item("item_headdress", place=0)
    lina.give_item("item_mekansm", place=1)
    arena.run(0.3)
    assert ally.bonus("HEALTH_REGEN_CONSTANT") == value("item_mekansm", "aura_health_regen")


def test_mekansm_heals_allies_near(arena, lina, value):
    ally = arena.spawn(SVEN, at=(1100, 0), level=8, health=100.0)
    lina.give_item("item_mekansm")
    before = lina.mana
    lina.use("item_mekansm")
    assert ally.health - 100 == pytest.approx(value("item_mekansm", "heal_amount"), abs=2)
    assert before - lina.mana == pytest.approx(value("item_mekansm", "mana_cost"), abs=3)


@pytest.mark.parametrize(("item", "key", "kind"), [
    ("item_pipe", "barrier_block", "magical"), ("item_glimmer_cape", "barrier_block", "magical"),
    ("item_pavise", "absorb_amount", "physical"),
    ("item_solar_crest", "absorb_amount", "physical")])
def test_a_barrier_holds_what_its_value_says(arena, lina, value, item, key, kind):
    ally = arena.spawn(SVEN, at=(200, 0))
    lina.give_item(item)
    lina.use(item, **({} if item == "item_pipe" else {"target": ally}))
    arena.run(0.7)
    barrier = ally.modifiers(f"modifier_{item}_barrier")[0]
    row = next(i for i, modifier in enumerate(arena.tables.modifiers)
               if modifier.parent == ally.handle
               and modifier.definition == barrier.definition)
    assert arena._state.effects[row].registers[0] == value(item, key)


@pytest.mark.parametrize("item", ["item_ancient_janggo", "item_boots_of_bearing"])
def test_endurance_hastens_allies(arena, lina, value, item):
    ally = arena.spawn(SVEN, at=(1100, 0))
    lina.give_item(item)
    lina.use(item)
    arena.run(0.1)
    assert ally.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(item, "bonus_attack_speed_pct")
    assert ally.bonus("MOVESPEED_BONUS_PERCENTAGE") == value(item, "bonus_movement_speed_pct")
    assert ally.modifiers(f"modifier_{item}_active")[0].duration == value(item, "duration")


@pytest.mark.parametrize("item", ["item_urn_of_shadows", "item_spirit_vessel"])
class TestSouls:
    def test_it_gathers_charges(self, arena, lina, sven, value, item):
        held = lina.give_item(item)
        sven.kill(by=lina)
        arena.run(0.1)
        assert held.charges == value(item, "soul_initial_charge")

    def test_deaths_far_away_count_nothing(self, arena, lina, item):
        held = lina.give_item(item)
        arena.spawn(SVEN, at=(1700, 0), team=Team.BADGUYS).kill(by=lina)
        arena.run(0.1)
        assert held.charges == 0

    def test_it_heals_allies(self, arena, lina, value, item):
        ally = arena.spawn(SVEN, at=(300, 0), health=100.0)
        own = float(ally.record.health_regen)
        lina.give_item(item, charges=2)
        assert lina.use(item, target=ally) == OrderResult.ACCEPTED
        arena.run(0.3)
        assert ally.record.health_regen - own == pytest.approx(value(item, "soul_heal_amount"))

    def test_it_hurts_enemies(self, arena, lina, sven, value, item):
        lina.give_item(item, charges=2)
        sven.set(health=500.0)
        lina.use(item, target=sven)
        arena.run_until(lambda: sven.has(f"modifier_{item}_damage"), 1.0)
        before, rate = sven.health, float(sven.record.health_regen)
        arena.run(1.02)
        hurt = value(item, "soul_damage_amount")
        if item == "item_spirit_vessel":
            hurt += 0.01 * value(item, "enemy_hp_drain") * before
            rate *= 1 - 0.01 * value(item, "restoration_reduction_enemy")
        assert before - sven.health + rate * 1.03 == pytest.approx(
            hurt * (1 - sven.magic_resistance), abs=2)
        assert sven.modifiers(f"modifier_{item}_damage")[0].duration == value(item, "duration")


def test_soul_ring_lends_mana(arena, value):
    lina = arena.spawn(LINA, level=10, mana=0.0)
    lina.give_item("item_soul_ring")
    before = lina.health
    lina.use("item_soul_ring")
    assert lina.mana == pytest.approx(value("item_soul_ring", "mana_gain"), abs=2)
    assert before - lina.health == pytest.approx(value("item_soul_ring", "health_cost"), abs=2)
    rate = float(lina.record.mana_regen)
    arena.run(value("item_soul_ring", "duration") + 0.1)
    assert lina.mana == pytest.approx(10.1 * rate, abs=4)


def test_soul_ring_lends_more_mana_than_there_is_room_for(arena, value):
    """What is spent comes out of what is lent first."""
    lina = arena.spawn(LINA, level=10)
    lina.give_item("item_soul_ring")
    full = float(lina.max_mana)
    lina.use("item_soul_ring")
    assert lina.mana == pytest.approx(full + value("item_soul_ring", "mana_gain"))
    lina.give_item("item_force_staff", place=1)
    arena.run(0.1)
    lina.use("item_force_staff", target=lina)
    arena.run(0.2)
    spent = value("item_force_staff", "mana_cost")
    assert lina.mana == pytest.approx(
        lina.max_mana + value("item_soul_ring", "mana_gain") - spent, abs=1)
    arena.run(value("item_soul_ring", "duration"))
    assert lina.mana == pytest.approx(lina.max_mana, abs=1)


def test_solar_crest_gives_its_user_the_barrier_alone(arena, lina):
    lina.give_item("item_solar_crest")
    lina.use("item_solar_crest", target=lina)
    assert lina.has("modifier_item_solar_crest_barrier")
    assert not lina.has("modifier_item_solar_crest_shine")


def test_solar_crest_shines_on_allies(arena, lina, value):
    ally = arena.spawn(SVEN, at=(300, 0))
    lina.give_item("item_solar_crest")
    lina.use("item_solar_crest", target=ally)
    arena.run(0.1)
    for name, key in (("PHYSICAL_ARMOR_BONUS", "target_armor"),
                      ("ATTACKSPEED_BONUS_CONSTANT", "target_attack_speed"),
                      ("MOVESPEED_BONUS_PERCENTAGE", "target_movement_speed")):
        assert ally.bonus(name) == value("item_solar_crest", key)


def test_glimmer_cape_hides_after_its_delay(arena, lina, value):
    lina.give_item("item_glimmer_cape")
    lina.use("item_glimmer_cape", target=lina)
    arena.run(value("item_glimmer_cape", "initial_fade_delay") - 0.1)
    assert not lina.has("MODIFIER_STATE_INVISIBLE")
    arena.run(0.3)
    assert lina.has("MODIFIER_STATE_INVISIBLE")
    arena.run(value("item_glimmer_cape", "duration"))
    assert not lina.has("MODIFIER_STATE_INVISIBLE")


def test_glimmer_cape_shows_who_attacks_for_a_while(arena, lina, sven, value):
    lina.give_item("item_glimmer_cape")
    lina.use("item_glimmer_cape", target=lina)
    arena.run(0.7)
    lina.attack(sven)
    arena.run_until(lambda: not lina.has("MODIFIER_STATE_INVISIBLE"), 2.0)
    lina.stop()
    arena.run(value("item_glimmer_cape", "secondary_fade_delay") + 0.1)
    assert lina.has("MODIFIER_STATE_INVISIBLE")


def test_shadow_amulet_hides_and_slows(arena, lina, value):
    lina.give_item("item_shadow_amulet")
    lina.use("item_shadow_amulet", target=lina)
    arena.run(value("item_shadow_amulet", "fade_time") + 0.1)
    assert lina.has("MODIFIER_STATE_INVISIBLE")
    assert lina.bonus("MOVESPEED_BONUS_PERCENTAGE") == -value(
        "item_shadow_amulet", "movement_speed_reduction")


@pytest.mark.parametrize("facing", [0.0, 1.5])
def test_force_staff_pushes_where_its_target_looks(arena, lina, sven, value, facing):
    lina.give_item("item_force_staff")
    sven.record.facing = facing
    x, y = float(sven.x), float(sven.y)
    lina.use("item_force_staff", target=sven)
    arena.run(value("item_force_staff", "push_time") + 0.2)
    far = value("item_force_staff", "push_length")
    assert sven.x - x == pytest.approx(far * np.cos(facing), abs=20)
    assert sven.y - y == pytest.approx(far * np.sin(facing), abs=20)


@pytest.mark.parametrize(("item", "key"), [
    ("item_force_staff", "enemy_cast_range"), ("item_hurricane_pike", "cast_range_enemy")])
class TestPushRange:
    def test_enemies_are_reached_from_their_own_range(self, arena, lina, sven, value, item, key):
        """Both bound radii come on top; beyond that the hero has to walk first."""
        held = lina.give_item(item)
        reach = value(item, key) + lina.bound_radius + sven.bound_radius
        for gap, works in ((reach + 60, False), (reach - 20, True)):
            lina.place((0, 0))
            sven.place((gap, 0))
            lina.use(item, target=sven)
            arena.run(0.1)
            assert (held.cooldown_ready_tick > arena.tables.tick) == works

    def test_allies_are_reached_from_the_range_of_casts(self, arena, lina, value, item, key):
        ally = arena.spawn(SVEN, at=(value(item, "cast_range") + 20, 0))
        lina.give_item(item)
        before = float(lina.x)
        lina.use(item, target=ally)
        arena.run(0.1)
        assert lina.x == before


def test_trees_fall_before_who_is_pushed(arena, lina):
    """Some stand in the way: see the tango's tests for how trees are found."""
    patch = arena.patch.record
    arena._state.trees_felled[:] = 0
    arena.origin = (float(patch.tree_x[100]) - 300, float(patch.tree_y[100]))
    lina.place((0, 0))
    lina.give_item("item_force_staff")
    lina.use("item_force_staff", target=lina)
    arena.run(0.7)
    assert arena._state.trees_felled[100 >> 3] >> (100 & 7) & 1


def test_hurricane_pike_pushes_both_apart(arena, lina, sven, value):
    item = "item_hurricane_pike"
    sven.place((300, 0))
    lina.give_item(item)
    lina.use(item, target=sven)
    arena.run(1.0)
    assert lina.distance(sven) == pytest.approx(300 + 2 * value(item, "enemy_length"), abs=60)


class TestHurricaneThrust:
    ITEM = "item_hurricane_pike"

    def thrust(self, arena, lina, sven):
        """Pushes the two apart, beyond the range of attacks."""
        lina.give_item(self.ITEM)
        lina.use(self.ITEM, target=sven)
        arena.run(0.7)
        assert lina.distance(sven) > lina.attack_range + 150

    def test_its_attacks_reach_their_target_anywhere(self, arena, lina, sven, value):
        self.thrust(arena, lina, sven)
        x = float(lina.x)
        wounds = arena.blows(lina, sven, 2.5)
        assert lina.x == x
        assert len(wounds) >= 2

    def test_their_number_is_limited(self, arena, lina, sven, value):
        self.thrust(arena, lina, sven)
        lina.attack(sven)
        arena.run_until(lambda: not lina.has(f"modifier_{self.ITEM}_range"), 4.0)
        lina.stop()
        arena.run(2.0)
        assert len(arena.wounds(sven)) == value(self.ITEM, "max_attacks")

    def test_they_are_hastened(self, arena, lina, sven, value):
        self.thrust(arena, lina, sven)
        lina.attack(sven)
        arena.run(0.1)
        assert lina.bonus("ATTACKSPEED_BONUS_CONSTANT") == value(self.ITEM, "bonus_attack_speed")

    def test_others_are_attacked_as_ever(self, arena, lina, sven):
        other = arena.spawn(SVEN, at=(1100, 200), team=Team.BADGUYS)
        self.thrust(arena, lina, sven)
        x = float(lina.x)
        lina.attack(other)
        arena.run(0.5)
        assert lina.bonus("ATTACKSPEED_BONUS_CONSTANT") == 0
        assert lina.x > x

    def test_it_lasts_its_time(self, arena, lina, sven, value):
        lina.give_item(self.ITEM)
        lina.use(self.ITEM, target=sven)
        assert arena.lasts(lambda: lina.has(f"modifier_{self.ITEM}_range")) == pytest.approx(
            value(self.ITEM, "range_duration"), abs=0.05)


class TestWindWaker:
    def test_its_user_rides_it(self, arena, lina, value):
        lina.give_item("item_wind_waker")
        lina.use("item_wind_waker", target=lina)
        arena.run(0.1)
        assert lina.has("MODIFIER_STATE_INVULNERABLE")
        assert lina.move_speed == value("item_wind_waker", "tornado_speed")
        x = float(lina.x)
        lina.move((2000, 0))
        arena.run(1.0)
        assert lina.x - x == pytest.approx(value("item_wind_waker", "tornado_speed"), abs=30)

    def test_its_user_neither_casts_nor_attacks(self, arena, lina, sven):
        lina.give_item("item_wind_waker")
        lina.use("item_wind_waker", target=lina)
        arena.run(0.1)
        lina.prepare("lina_dragon_slave", 1)
        assert lina.cast("lina_dragon_slave", point=(400, 0)) == OrderResult.SILENCED
        assert lina.has("MODIFIER_STATE_DISARMED")

    @pytest.mark.parametrize("team", [Team.GOODGUYS, Team.BADGUYS])
    def test_others_are_held(self, arena, lina, value, team):
        other = arena.spawn(SVEN, at=(300, 0), team=team)
        lina.give_item("item_wind_waker")
        lina.use("item_wind_waker", target=other)
        arena.run(0.2)
        assert other.has("MODIFIER_STATE_STUNNED")
        arena.run(value("item_wind_waker", "cyclone_duration") + 0.1)
        assert arena.wounds(other) == pytest.approx([] if team == Team.GOODGUYS else [
            value("item_wind_waker", "tooltip_drop_damage") * other.lets_through("magical")])


class TestCyclone:
    def test_it_holds_and_hurts_an_enemy(self, arena, lina, sven, value):
        lina.give_item("item_cyclone")
        before = sven.health
        lina.use("item_cyclone", target=sven)
        arena.run(0.2)
        assert sven.has("MODIFIER_STATE_INVULNERABLE") and sven.has("MODIFIER_STATE_STUNNED")
        arena.run(value("item_cyclone", "cyclone_duration"))
        assert not sven.has("MODIFIER_STATE_INVULNERABLE")
        assert before - sven.health == pytest.approx(
            value("item_cyclone", "tooltip_drop_damage") * (1 - sven.magic_resistance), abs=4)

    def test_it_does_not_hurt_its_user(self, arena, lina):
        lina.give_item("item_cyclone")
        lina.use("item_cyclone", target=lina)
        arena.run(3.0)
        assert lina.health == lina.max_health

    @pytest.mark.parametrize("item", ["item_cyclone", "item_wind_waker"])
    def test_it_lifts_a_friend_who_is_immune_to_debuffs(self, arena, lina, item):
        friend = lina if item == "item_cyclone" else arena.spawn(SVEN, at=(200, 0))
        friend.give_item("item_black_king_bar", place=1)
        friend.use("item_black_king_bar")
        lina.give_item(item)
        lina.use(item, target=friend)
        arena.run(0.2)
        assert friend.has("MODIFIER_STATE_INVULNERABLE")

    def test_allies_are_no_target(self, arena, lina):
        ally = arena.spawn(SVEN, at=(200, 0))
        lina.give_item("item_cyclone")
        assert lina.use("item_cyclone", target=ally) == OrderResult.WRONG_TARGET


@pytest.mark.parametrize("item", ["item_rod_of_atos", "item_gungir"])
def test_it_roots(arena, lina, sven, value, item):
    lina.give_item(item)
    lina.use(item, **({"target": sven} if item == "item_rod_of_atos" else {"point": (400, 0)}))
    arena.run(0.2)
    assert sven.has("MODIFIER_STATE_ROOTED")
    assert sven.modifiers(f"modifier_{item}_root")[0].duration == value(item, "duration")


def test_veil_raises_magical_damage(arena, lina, sven, value):
    lina.give_item("item_veil_of_discord")
    lina.use("item_veil_of_discord")
    arena.run(0.1)
    assert sven.bonus("INCOMING_SPELL_DAMAGE_PERCENTAGE") == value(
        "item_veil_of_discord", "spell_amp")


def test_ghost_form(arena, lina, value):
    lina.give_item("item_ghost")
    resistance = float(lina.magic_resistance)
    lina.use("item_ghost")
    arena.run(0.1)
    assert lina.has("MODIFIER_STATE_ETHEREAL") and lina.has("MODIFIER_STATE_DISARMED")
    assert 1 - lina.magic_resistance == pytest.approx(
        (1 - resistance) * (1 - 0.01 * value("item_ghost", "extra_spell_damage_percent")),
        abs=0.01)
    arena.run(value("item_ghost", "duration"))
    assert not lina.has("MODIFIER_STATE_ETHEREAL")


def test_hand_of_midas_pays_for_a_creep(arena, lina, value):
    creep = arena.spawn("npc_dota_creep_badguys_melee", at=(300, 0))
    item = lina.give_item("item_hand_of_midas")
    before = lina.gold
    lina.use("item_hand_of_midas", target=creep)
    arena.run(0.3)
    assert not creep.alive
    assert lina.gold - before == pytest.approx(value("item_hand_of_midas", "bonus_gold"), abs=5)
    assert item.charges == 0


def test_hand_of_midas_leaves_dominated_creeps_alone(arena, lina):
    sven = arena.spawn(SVEN, at=(200, 0), team=Team.BADGUYS, level=10)
    creep = arena.spawn("npc_dota_neutral_satyr_soulstealer", at=(250, 0),
                        visible_to=1 << Team.BADGUYS | 1 << Team.GOODGUYS)
    sven.give_item("item_helm_of_the_dominator")
    assert sven.use("item_helm_of_the_dominator", target=creep) == OrderResult.ACCEPTED
    arena.run(0.2)
    lina.give_item("item_hand_of_midas")
    assert lina.use("item_hand_of_midas", target=creep) == OrderResult.WRONG_TARGET


def test_hand_of_midas_gets_its_charges_back(arena, lina, value):
    """Source: charges and their restore time, items.json."""
    item = lina.give_item("item_hand_of_midas")
    arena.run(value("item_hand_of_midas", "charge_restore") + 1.1)
    assert item.charges == value("item_hand_of_midas", "charges")


class TestEssenceDistiller:
    def test_it_gathers_charges(self, arena, lina, sven, value):
        held = lina.give_item("item_essence_distiller")
        sven.kill(by=lina)
        arena.run(0.1)
        assert held.charges == value("item_essence_distiller", "soul_initial_charge")

    def test_it_heals_allies(self, arena, lina, value):
        ally = arena.spawn(SVEN, at=(300, 0), health=100.0)
        own = float(ally.record.health_regen)
        lina.give_item("item_essence_distiller", charges=2)
        lina.use("item_essence_distiller", target=ally)
        arena.run(0.3)
        assert ally.health_regen - own == pytest.approx(
            value("item_essence_distiller", "soul_heal_amount"))

    @pytest.mark.parametrize("on_ground", [False, True])
    def test_it_hurts_an_enemy_each_second(self, arena, lina, sven, value, on_ground):
        lina.give_item("item_essence_distiller", charges=2)
        if on_ground:
            lina.use("item_essence_distiller", point=(200, 0))
        else:
            lina.use("item_essence_distiller", target=sven)
        arena.run(value("item_essence_distiller", "duration") + 1.0)
        assert arena.wounds(sven) == pytest.approx(
            int(value("item_essence_distiller", "duration"))
            * [value("item_essence_distiller", "soul_damage_amount")
               * sven.lets_through("magical")])

    def test_it_shows_its_enemy_and_what_it_sees(self, arena, lina, sven):
        sven.give_item("item_glimmer_cape")
        sven.use("item_glimmer_cape", target=sven)
        arena.run(0.8)
        lina.give_item("item_essence_distiller", charges=2)
        lina.use("item_essence_distiller", point=(400, 0))
        arena.run_until(lambda: sven.has("modifier_item_essence_distiller_damage"), 1.0)
        lina.place((-4000, 0))
        arena.run(0.5)
        assert sven.visible_to >> Team.GOODGUYS & 1

    @pytest.mark.parametrize(("gap", "latches"), [(-40, True), (60, False)])
    def test_it_lies_in_wait(self, arena, lina, value, gap, latches):
        lina.give_item("item_essence_distiller", charges=2)
        lina.use("item_essence_distiller", point=(500, 0))
        arena.run(2.0)
        late = arena.spawn(SVEN, team=Team.BADGUYS,
                           at=(500, value("item_essence_distiller", "latch_range") + gap))
        arena.run(0.2)
        assert late.has("modifier_item_essence_distiller_damage") == latches

    def test_it_waits_no_longer_than_its_time(self, arena, lina, sven, value):
        sven.place((3000, 0))
        lina.give_item("item_essence_distiller", charges=2)
        lina.use("item_essence_distiller", point=(500, 0))
        arena.run(value("item_essence_distiller", "ground_duration") + 0.5)
        sven.place((500, 0))
        arena.run(0.3)
        assert not sven.has("modifier_item_essence_distiller_damage")


class TestCrozier:
    def test_it_weakens_the_restoration_of_enemy_heroes_near(self, arena, lina, sven, value):
        lina.give_item("item_crellas_crozier")
        arena.run(0.3)
        assert sven.bonus("HP_REGEN_AMPLIFY_PERCENTAGE") == pytest.approx(
            -value("item_crellas_crozier", "health_steal"))
        lina.use("item_crellas_crozier")
        arena.run(0.3)
        assert sven.bonus("HP_REGEN_AMPLIFY_PERCENTAGE") == pytest.approx(
            -value("item_crellas_crozier", "active_health_steal"))

    def test_its_rite_steals_speed_each_second(self, arena, lina, sven, value):
        lina.give_item("item_crellas_crozier")
        lina.use("item_crellas_crozier")
        assert lina.has("MODIFIER_STATE_ETHEREAL")
        arena.run(1.2)
        part = value("item_crellas_crozier", "movespeed_steal_pct")
        assert lina.bonus("MOVESPEED_BONUS_PERCENTAGE") == part
        assert sven.bonus("MOVESPEED_BONUS_PERCENTAGE") == pytest.approx(-part)

    @pytest.mark.parametrize(("gap", "works"), [(400, True), (1000, False)])
    def test_its_rite_gives_its_user_what_they_do_not_regain(
            self, arena, lina, sven, value, gap, works):
        """Each second, for its four: their regeneration and heals, less what they keep."""
        item = "item_crellas_crozier"
        sven.place((gap, 0))
        lina.give_item(item)
        arena.run(0.3)
        rate = 0.01 * value(item, "health_steal")
        plain = float(sven.health_regen) / (1 - rate if works else 1)
        lina.set(health=300.0)
        lina.use(item)
        arena.run(0.5)
        sven.set(health=100.0)
        sven.give_item("item_faerie_fire", charges=1)
        sven.use("item_faerie_fire")
        arena.run(4.0)
        healed = [event.value for event in arena.told(EventKind.HEAL, subject=lina)]
        if not works:
            assert healed == []
            return
        part = 0.01 * value(item, "active_health_steal")
        heal = value("item_faerie_fire", "hp_restore")
        assert healed == pytest.approx([part * (plain + heal)] + 3 * [part * plain])


def test_meteor_hammer_strikes_after_its_channel(arena, lina, sven, value):
    lina.give_item("item_meteor_hammer")
    before = sven.health
    lina.use("item_meteor_hammer", point=(400, 0))
    arena.run_until(lambda: sven.has("MODIFIER_STATE_STUNNED"), 4.0)
    assert before - sven.health == pytest.approx(
        value("item_meteor_hammer", "impact_damage_units") * 1.1
        * (1 - sven.magic_resistance), abs=8)
    assert sven.has("modifier_item_meteor_hammer_burn")


@pytest.mark.parametrize("item", ["item_phylactery", "item_angels_demise"])
class TestEmpowerSpell:
    def cast(self, arena, lina, sven, item):
        """Casts a spell on the enemy; returns the item and what the enemy has lost."""
        held = lina.give_item(item)
        lina.prepare("lina_laguna_blade", 1)
        lina.perform("lina_laguna_blade", target=sven)
        arena.run(0.4)
        return held, arena.wounds(sven)

    def test_it_adds_damage_to_a_spell_on_a_unit(self, arena, lina, sven, value, item):
        _, wounds = self.cast(arena, lina, sven, item)
        assert wounds[0] == pytest.approx(
            value(item, "bonus_spell_damage") * sven.lets_through("magical"))

    def test_it_slows(self, arena, lina, sven, value, item):
        self.cast(arena, lina, sven, item)
        assert sven.bonus("MOVESPEED_BONUS_PERCENTAGE") == -value(item, "slow")
        assert sven.modifiers(f"modifier_{item}_slow")[0].duration == value(
            item, "slow_duration")
        assert sven.has("MODIFIER_STATE_PASSIVES_DISABLED") == (item == "item_angels_demise")

    def test_it_rests_for_its_cooldown(self, arena, lina, sven, value, item):
        held, wounds = self.cast(arena, lina, sven, item)
        assert (held.cooldown_ready_tick - arena.tables.tick) / 30 == pytest.approx(
            value(item, "cooldown"), abs=0.5)
        lina.prepare("lina_laguna_blade", 1)
        lina.perform("lina_laguna_blade", target=sven)
        arena.run(0.4)
        assert len(arena.wounds(sven)) == len(wounds) + 1
