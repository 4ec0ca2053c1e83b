"""The tables of 7.41 say what their sources say, and hold together."""

import time

import numpy as np
import pytest

from dota_env_rpc.data.grid import cell_of, unpack_cells
from dota_env_rpc.data.patch import (
    CREEP_FLAGBEARER,
    CREEP_MEGA,
    CREEP_MELEE,
    CREEP_NORMAL,
    CREEP_RANGED,
    CREEP_SIEGE,
    CREEP_SUPER,
    GRID_SIZE,
    MAX_HERO_ABILITIES,
    NO_LINK,
    NUM_BUILDINGS,
    NUM_TREES,
    PATCH,
    footprint_cells,
    load_patch,
    patches,
)
from dota_env_rpc.match.enums import (
    FLAGBEARER,
    HAS_BACKDOOR_PROTECTION,
    PIERCING,
    RANGED_ATTACK,
    REINFORCED,
    RUNTY,
    SIEGE,
    STRUCTURE,
    AttackCapability,
    Attribute,
    Lane,
    Team,
    UnitType,
)

RADIANT, DIRE = 0, 1


@pytest.fixture(name="patch", scope="module")
def _patch():
    return load_patch("7.41")


@pytest.fixture(name="record", scope="module")
def _record(patch):
    return patch.record


@pytest.fixture(name="walkable", scope="module")
def _walkable(record):
    return record.nav.node_of_cell >= 0


def creep(record, side, kind, tier):
    return record.definitions[record.lane_creeps[side, kind, tier]]


def test_patches_are_listed_and_unknown_ones_refused():
    assert "7.41" in patches()
    with pytest.raises(ValueError, match=r"unknown patch '7\.0'; known: .*7\.41"):
        load_patch("7.0")


def test_a_patch_is_loaded_once_and_cannot_be_changed(patch):
    assert load_patch("7.41") is patch
    assert patch.array.shape == (1,) and patch.array.dtype == PATCH
    with pytest.raises(ValueError, match="read-only"):
        patch.record.definitions[0]["armor"] = 5.0


def test_loading_again_gives_the_same_bytes(patch):
    again = load_patch.__wrapped__("7.41")
    assert again.array.tobytes() == patch.array.tobytes()
    assert again.digest == patch.digest and len(patch.digest) == 64


def test_loading_is_quick():
    best = np.inf
    for _ in range(3):
        start = time.perf_counter()
        load_patch.__wrapped__("7.41")
        best = min(best, time.perf_counter() - start)
    assert best < 0.6  # 0.1 s on an idle machine


def test_rules_carry_their_sources(patch, record):
    assert all(rule.source and rule.confidence in ("sure", "probable", "guess")
               for rule in patch.rules)
    for rule in patch.rules:
        np.testing.assert_array_equal(record.rules[rule.name.replace(".", "_")], rule.value)
    assert record.rules.xp_total_at_level[1] == 240.0


def test_127_heroes_come_first_in_the_order_of_their_ids(patch, record):
    """Source: odota/dotaconstants."""
    assert record.num_heroes == 127 == len(patch.hero_names)
    heroes = record.definitions[:127]
    assert (np.diff(heroes["hero_id"]) > 0).all()
    assert (heroes["unit_type"] == UnitType.HERO).all()
    assert not (record.definitions[127:record.num_definitions]["unit_type"] == UnitType.HERO).any()
    assert len(patch.definition_names) == len(set(patch.definition_names)) == 387


def test_shadow_fiend_has_the_numbers_of_its_row(patch, record):
    """Source: dotabase 8.0.0."""
    hero = record.definitions[patch.definition("npc_dota_hero_nevermore")]
    expected = {
        "hero_id": 11, "primary_attribute": Attribute.AGILITY, "max_health": 120, "max_mana": 75,
        "health_regen": 0.25, "mana_regen": 0.3, "armor": 0, "magic_resistance": 0.25,
        "strength": 19, "strength_gain": 2.7, "agility": 25, "agility_gain": 3.6,
        "intelligence": 16, "intelligence_gain": 2.2, "damage_min": 16, "damage_max": 22,
        "attack_range": 525, "acquisition_range": 800, "attack_rate": 1.6,
        "base_attack_speed": 100, "attack_point": 0.5, "projectile_speed": 1200,
        "move_speed": 305, "turn_rate": 0.9, "vision_day": 1800, "vision_night": 800,
        "bound_radius": 24, "collision_radius": 27, "traits": RANGED_ATTACK,
        "attack_capability": AttackCapability.RANGED}
    assert {field: hero[field] for field in expected} == expected


def test_melee_heroes_have_no_projectile(record):
    heroes = record.definitions[:record.num_heroes]
    melee = heroes["attack_capability"] == AttackCapability.MELEE
    assert (heroes["projectile_speed"][melee] == 0.0).all()
    assert (heroes["projectile_speed"][~melee] > 0.0).all()


def test_hero_slots_hold_abilities_talents_and_attributes(patch, record):
    hero = record.definitions[patch.definition("npc_dota_hero_nevermore")]
    names = [patch.ability_names[row] if row >= 0 else "" for row in hero.abilities]
    assert names[:8] == [
        "nevermore_shadowraze1", "nevermore_shadowraze2", "nevermore_shadowraze3",
        "nevermore_frenzy", "nevermore_dark_lord", "nevermore_requiem",
        "nevermore_necromastery", ""]
    assert names[9] == "special_bonus_unique_nevermore_7"
    assert hero.talent_slots.tolist() == list(range(9, 17))
    attributes = record.definitions[:record.num_heroes]["abilities"][:, MAX_HERO_ABILITIES - 1]
    assert (attributes == patch.ability("special_bonus_attributes")).all()


def test_only_invoker_lacks_room_for_a_talent(patch, record):
    slots = record.definitions[:record.num_heroes]["talent_slots"]
    heroes, talents = np.nonzero(slots < 0)
    assert [patch.hero_names[hero] for hero in heroes] == ["npc_dota_hero_invoker"]
    assert talents.tolist() == [7]


def test_ability_ranks_ask_for_hero_levels(patch, record):
    """Basic abilities at 1, 3, 5, 7, ultimates at 6, 12, 18, attributes from level 2 on.

    Source: patch notes 7.38; Divided We Stand in dotabase 8.0.0.
    """
    def levels(name):
        ability = record.abilities[patch.ability(name)]
        return [ability.required_level, ability.levels_between, ability.max_level]

    assert levels("lina_dragon_slave") == [1, 2, 4]
    assert levels("lina_laguna_blade") == [6, 6, 3]
    assert levels("meepo_divided_we_stand") == [4, 7, 3]
    assert levels("special_bonus_attributes") == [2, 1, 7]
    assert levels("special_bonus_unique_nevermore_7") == [10, 0, 1]


def test_only_some_abilities_can_be_learned(patch, record):
    def learnable(name):
        return record.abilities[patch.ability(name)].learnable

    assert learnable("nevermore_shadowraze1") and learnable("special_bonus_attributes")
    assert learnable("nevermore_requiem") and learnable("special_bonus_unique_nevermore_7")
    assert not learnable("nevermore_necromastery")  # innate
    assert not learnable("invoker_sun_strike")
    # Shadow Fiend's three razes share one level.
    raze = patch.ability("nevermore_shadowraze1")
    assert record.abilities[raze].linked == patch.ability("nevermore_shadowraze2")


def test_every_hero_can_learn_three_or_more_abilities(patch, record):
    for hero, name in enumerate(patch.hero_names):
        rows = record.definitions[hero].abilities
        abilities = record.abilities[rows[rows >= 0]]
        counts = abilities["learnable"].astype(bool) & ~abilities["talent"].astype(bool)
        assert 4 <= counts.sum() <= 7, name  # attributes included


def test_ability_numbers_follow_the_level(patch, record):
    """Source: lina_dragon_slave in dotabase 8.0.0."""
    ability = record.abilities[patch.ability("lina_dragon_slave")]
    assert ability.cooldown.tolist() == [11, 10, 9, 8, 8, 8, 8, 8]
    assert ability.mana_cost[:4].tolist() == [90, 100, 110, 120]
    assert ability.cast_range[0] == 1075 and ability.cast_point == 0.35
    assert ability.behavior == 8 | 16  # unit target, point
    assert ability.target_team == 2 and ability.target_type == 1 | 18 and ability.damage_type == 2


def test_268_items_are_sold_and_ordered_by_id(patch, record):
    """Source: dotabase 8.0.0."""
    items = record.items[:record.num_items]
    assert items["in_shop"].sum() == 268
    assert (np.diff(items["item_id"]) > 0).all()
    tango = record.items[patch.item("item_tango")]
    assert (tango.item_id, tango.cost, tango.initial_charges, tango.secret_shop) == (44, 90, 3, 0)


@pytest.mark.parametrize("side, team", [(RADIANT, Team.GOODGUYS), (DIRE, Team.BADGUYS)])
def test_lane_creeps_have_the_numbers_of_npc_units(record, side, team):
    """Source: npc_units.txt 7.41e."""
    melee = creep(record, side, CREEP_MELEE, CREEP_NORMAL)
    assert (melee.team, melee.unit_type) == (team, UnitType.LANE_CREEP)
    assert (melee.max_health, melee.armor, melee.damage_min, melee.damage_max) == (550, 2, 19, 23)
    assert (melee.move_speed, melee.bounty_xp, melee.collision_radius) == (325, 57, 36)
    assert melee.traits == RUNTY
    ranged = creep(record, side, CREEP_RANGED, CREEP_NORMAL)
    assert (ranged.max_health, ranged.attack_range, ranged.projectile_speed) == (300, 500, 900)
    assert ranged.traits == PIERCING | RANGED_ATTACK
    siege = creep(record, side, CREEP_SIEGE, CREEP_NORMAL)
    assert (siege.max_health, siege.magic_resistance) == (935, 0.8)
    assert siege.traits == SIEGE | REINFORCED | RANGED_ATTACK
    flagbearer = creep(record, side, CREEP_FLAGBEARER, CREEP_NORMAL)
    assert flagbearer.traits == RUNTY | FLAGBEARER
    assert flagbearer.bounty_xp == 60  # patch notes 7.41


def test_mega_creeps_are_super_creeps_with_all_upgrades(record):
    """Source: Liquipedia lane_creeps, 7.41d: 1270 and 1015 hit points."""
    mega = creep(record, DIRE, CREEP_MELEE, CREEP_MEGA)
    assert (mega.max_health, mega.damage_min, mega.health_growth) == (1270, 101, 0)
    assert creep(record, DIRE, CREEP_RANGED, CREEP_MEGA).max_health == 1015
    normal, upgraded = (creep(record, DIRE, CREEP_MELEE, tier)
                        for tier in (CREEP_NORMAL, CREEP_SUPER))
    assert (normal.health_growth, normal.damage_growth, normal.gold_growth) == (12, 1, 1)
    assert (upgraded.health_growth, upgraded.damage_growth, upgraded.gold_growth) == (19, 2, 0)


def test_every_kind_of_lane_creep_is_there(record):
    assert (record.lane_creeps >= record.num_heroes).all()
    assert len(np.unique(record.lane_creeps)) == 24


def test_towers_have_the_numbers_of_npc_units(patch, record):
    """Source: npc_units.txt 7.41e; true sight from leamare/dota-interactive-map."""
    first = record.definitions[patch.definition("npc_dota_goodguys_tower1_mid")]
    assert (first.max_health, first.armor, first.damage_min, first.damage_max) == (1800, 12, 88, 92)
    assert (first.attack_range, first.attack_rate, first.base_attack_speed) == (700, 0.9, 110)
    assert (first.unit_type, first.tier, first.lane) == (UnitType.TOWER, 1, Lane.MID)
    assert first.true_sight == 700 and first.bound_radius == 144
    assert first.traits == REINFORCED | RANGED_ATTACK | STRUCTURE
    third = record.definitions[patch.definition("npc_dota_badguys_tower3_top")]
    assert third.traits & HAS_BACKDOOR_PROTECTION
    fort = record.definitions[patch.definition("npc_dota_badguys_fort")]
    assert (fort.unit_type, fort.max_health, fort.true_sight) == (UnitType.FORT, 4500, 900)
    assert fort.collision_radius == fort.bound_radius == 298.73
    fountain = record.definitions[patch.definition("dota_fountain")]
    assert (fountain.attack_range, fountain.attack_rate, fountain.true_sight) == (1200, 0.15, 1200)


@pytest.mark.parametrize("name, unit_type", [
    ("npc_dota_neutral_kobold", UnitType.JUNGLE_CREEP),
    ("npc_dota_roshan", UnitType.ROSHAN),
    ("npc_dota_courier", UnitType.COURIER),
    ("npc_dota_observer_wards", UnitType.WARD),
    ("npc_dota_goodguys_melee_rax_mid", UnitType.BARRACKS),
    ("npc_dota_goodguys_fillers", UnitType.BUILDING),
    ("npc_dota_lone_druid_bear1", UnitType.CREEP_HERO),
    ("npc_dota_lycan_wolf1", UnitType.LANE_CREEP),
])
def test_units_have_the_type_that_the_bot_interface_gives(patch, record, name, unit_type):
    assert record.definitions[patch.definition(name)].unit_type == unit_type


def test_buildings_open_one_after_another(patch, record):
    """Source: game glossary 7.41e."""
    buildings = record.buildings
    names = [patch.definition_names[row] for row in buildings["definition"]]
    assert len(names) == NUM_BUILDINGS
    assert (buildings["team"] == Team.GOODGUYS).sum() == 26

    def guards(name):
        index = names.index(name)
        building = buildings[index]
        return building.needs_all, [names[row] for row in building.guards[:building.num_guards]]

    prefix = "npc_dota_goodguys_"
    assert guards(prefix + "tower1_mid") == (0, [])
    assert guards(prefix + "tower2_mid") == (0, [prefix + "tower1_mid"])
    assert guards(prefix + "tower3_mid") == (0, [prefix + "tower2_mid"])
    assert guards(prefix + "range_rax_bot") == (0, [prefix + "tower3_bot"])
    thirds = [f"{prefix}tower3_{lane}" for lane in ("top", "mid", "bot")]
    assert guards(prefix + "tower4") == guards(prefix + "fillers") == (0, thirds)
    assert guards(prefix + "fort") == (1, [prefix + "tower4"] * 2)
    assert guards("dota_fountain") == (0, [])
    guarding = buildings["guards"][buildings["guards"] >= 0]
    assert (buildings["tier"][guarding] > 0).all()


def test_footprints_are_the_cells_within_the_collision_radius(record):
    for index in range(NUM_BUILDINGS):
        building = record.buildings[index]
        cells = record.footprint[index]
        cells = cells[cells >= 0]
        radius = record.definitions[building.definition].collision_radius
        np.testing.assert_array_equal(cells, footprint_cells(building.x, building.y, radius))
        assert len(cells) * 64.0 ** 2 == pytest.approx(np.pi * radius ** 2, rel=0.35)


def test_lanes_lead_over_walkable_ground_toward_the_enemy(record, walkable):
    for side in (RADIANT, DIRE):
        enemy = record.buildings[(43, 17)[side]]
        for lane in (Lane.TOP, Lane.MID, Lane.BOT):
            path = record.lanes[side, lane - 1]
            x = [path.spawn_x, *path.x[:path.num_points]]
            y = [path.spawn_y, *path.y[:path.num_points]]
            assert all(walkable[cell_of(*point)] for point in zip(x, y))
            assert np.hypot(x[-1] - enemy.x, y[-1] - enemy.y) < 600.0
            # No way back at the start.
            assert (x[1] - x[0]) * (x[2] - x[1]) + (y[1] - y[0]) * (y[2] - y[1]) > 0.0


@pytest.mark.parametrize("side, length", [(RADIANT, 13900.0), (DIRE, 13000.0)])
def test_the_middle_lane_is_about_as_long_for_both(record, side, length):
    """Straight from waypoint to waypoint; walking around buildings adds some 800."""
    path = record.lanes[side, Lane.MID - 1]
    x = [path.spawn_x, *path.x[:path.num_points]]
    y = [path.spawn_y, *path.y[:path.num_points]]
    assert np.hypot(np.diff(x), np.diff(y)).sum() == pytest.approx(length, rel=0.01)


def test_trees_stand_on_four_cells_each(record):
    """Source: leamare/dota-interactive-map, map 7.41: 2475 trees."""
    overlaps = record.tree_overlaps[record.tree_overlaps[:, 0] >= 0]
    cells = np.flatnonzero(record.tree_of_cell >= 0)
    trees = np.concatenate([record.tree_of_cell[cells], overlaps[:, 1]])
    cells = np.concatenate([cells, overlaps[:, 0]])
    assert (np.bincount(trees, minlength=NUM_TREES) == 4).all()
    x = -10496.0 + 64.0 * (cells % GRID_SIZE + 0.5)
    y = -10496.0 + 64.0 * (cells // GRID_SIZE + 0.5)
    assert (np.abs(x - record.tree_x[trees]) == 32.0).all()
    assert (np.abs(y - record.tree_y[trees]) == 32.0).all()


def test_ground_rises_from_the_river_to_the_fountains(record):
    """Source: leamare/dota-interactive-map, map 7.41."""
    def elevation(x, y):
        return record.elevation[cell_of(x, y)]

    assert elevation(-556, -406) == 0  # the river, where the middle waves meet
    for tier in (1, 2, 3, 4):
        towers = record.buildings[record.buildings["tier"] == tier]
        assert {int(elevation(tower.x, tower.y)) for tower in towers} == {1 if tier < 3 else 2}
    assert all(elevation(x, y) == 3 for x, y in zip(
        record.hero_spawn_x.ravel(), record.hero_spawn_y.ravel()))


def test_nodes_cover_walkable_cells_only(record, walkable):
    assert not unpack_cells(record.blocked)[walkable].any()
    assert (record.tree_of_cell[walkable] == -1).all()
    assert not walkable[record.footprint[record.footprint >= 0]].any()
    nodes = record.nav.node_of_cell[walkable]
    assert set(nodes.tolist()) == set(range(int(record.nav.num_nodes)))
    for node in range(int(record.nav.num_nodes)):
        assert record.nav.node_of_cell[cell_of(record.nav.x[node], record.nav.y[node])] == node


def test_crossings_lie_in_the_node_they_lead_to(record):
    nav = record.nav
    for node, place in np.argwhere(nav.links >= 0):
        cell = cell_of(nav.cross_x[node, place], nav.cross_y[node, place])
        assert nav.node_of_cell[cell] == nav.links[node, place]


def test_every_node_reaches_every_other_one(record):
    nav = record.nav
    count = int(nav.num_nodes)
    start, goal = np.indices((count, count))
    place = nav.next_link[:count, :count]
    assert ((place == NO_LINK) == np.eye(count, dtype=bool)).all()
    following = np.where(start == goal, goal, nav.links[start, np.minimum(place, 11)])
    at = following
    for _ in range(12):  # each round doubles the steps taken
        at = at[at, goal]
    assert (at == goal).all()


def test_heroes_spawn_33_seconds_of_walking_from_the_middle(record, walkable):
    """At 300 units a second. Source: guess, fitted to the 30 s measured on the map of 2018."""
    nav = record.nav
    fountains = record.buildings[record.buildings["num_guards"] == 0]
    fountains = fountains[fountains["tier"] == 0]
    for side in (RADIANT, DIRE):
        for x, y in zip(record.hero_spawn_x[side], record.hero_spawn_y[side]):
            assert walkable[cell_of(x, y)]
            assert np.hypot(x - fountains[side].x, y - fountains[side].y) < 1200.0
            node, goal, length = nav.node_of_cell[cell_of(x, y)], nav.node_of_cell[cell_of(0, 0)], 0
            while node != goal:
                place = nav.next_link[node, goal]
                over_x, over_y = nav.cross_x[node, place], nav.cross_y[node, place]
                length += np.hypot(over_x - x, over_y - y)
                x, y, node = over_x, over_y, nav.links[node, place]
            assert 9400.0 <= length + np.hypot(x, y) <= 10400.0


def test_unknown_names_are_refused_with_close_ones(patch):
    with pytest.raises(ValueError, match="did you mean npc_dota_hero_nevermore"):
        patch.definition("npc_dota_hero_nevermor")
    with pytest.raises(ValueError, match="unknown item 'zzz'$"):
        patch.item("zzz")


def test_names_can_be_read(patch):
    assert patch.display_name("npc_dota_hero_nevermore") == "Shadow Fiend"
    assert patch.display_name("npc_dota_hero_crystal_maiden") == "Crystal Maiden"
