"""The extractor and the navigation graph, on a small made-up map."""

import json

import numpy as np
import pytest

from dota_env_rpc.data import extract, navigation
from dota_env_rpc.data.grid import (
    cell_of,
    center_of,
    footprint_cells,
    pack_cells,
    tree_cells,
    unpack_cells,
)
from dota_env_rpc.data.patch import GRID_SIZE, NO_LINK, NUM_CELLS

TOWERS = [
    {"type": "tower", "team": team, "tier": tier, "lane": lane, "unit": "tower",
     "x": sign * (500 + 300 * tier), "y": sign * y}
    for team, sign in (("radiant", -1), ("dire", 1))
    for tier in (1, 2, 3) for lane, y in (("top", 1500), ("mid", 0), ("bot", -1500))]
LANE = {"spawn": [-2000.0, -600.0],
        "path": [[-2300.0, -600.0], [0.0, -700.0], [1000.0, 5000.0]]}


@pytest.fixture(name="facts")
def _facts(tmp_path):
    """A square of 81 x 81 free cells around (0, 0) with towers, one tree and two fountains."""
    folder = tmp_path / "facts"
    folder.mkdir()
    blocked = np.ones((GRID_SIZE, GRID_SIZE), np.uint8)
    blocked[124:205, 124:205] = 0
    np.savez_compressed(
        folder / "map.npz", blocked=blocked, elevation=np.zeros_like(blocked, np.int8),
        trees=np.array([[640, -640, 1]], np.int16))
    tables = {
        "abilities.json": {"meta": {}, "abilities": {"one": {"id": 1}}, "talents": {}},
        "items.json": {"meta": {}, "items": {"item_b": {"id": 2}, "item_a": {"id": 1}}},
        "map.json": {
            "buildings": TOWERS + [
                {"type": "fountain", "team": "radiant", "unit": "tower", "x": -2000, "y": -2000},
                {"type": "fountain", "team": "dire", "unit": "tower", "x": 2000, "y": 2000}],
            "lanes": {team: {lane: LANE for lane in ("top", "mid", "bot")}
                      for team in ("radiant", "dire")}},
        "xp.json": {"total_xp_at_level": [0, 240]},
        "rules.json": {"rules": {"a": {"value": 1}}},
        "neutral_camps.json": {"meta": {}, "camps": [{"name": "camp"}]},
        "enums.json": {"hulls": {"HULL_TOWER": {"bound": 144, "collision": None}}},
    }
    for name, table in tables.items():
        (folder / name).write_text(json.dumps(table), encoding="utf-8")
    (folder / "heroes.csv").write_text("id,name\n1,npc_dota_hero_one\n", encoding="utf-8")
    (folder / "units.csv").write_text(
        "name,hull,combat_class_attack_2021\ntower,HULL_TOWER,siege\n", encoding="utf-8")
    return folder


def test_the_same_facts_give_the_same_bytes(facts, tmp_path):
    for name in ("first", "second"):
        extract.extract(facts, tmp_path / name)
    first = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert first == second and "nav.npz" in first


def test_files_kept_by_hand_are_left_alone(facts, tmp_path):
    output = tmp_path / "output"
    output.mkdir()
    for name in ("rules.json", "growth.csv", "README.md"):
        (output / name).write_text("by hand", encoding="utf-8")
    extract.extract(facts, output)
    for name in ("rules.json", "growth.csv", "README.md"):
        assert (output / name).read_text(encoding="utf-8") == "by hand"


def test_tables_keep_what_the_facts_say(facts, tmp_path):
    extract.extract(facts, tmp_path / "output")
    for name in ("abilities.json", "items.json", "xp.json"):
        written = json.loads((tmp_path / "output" / name).read_text(encoding="utf-8"))
        assert written == json.loads((facts / name).read_text(encoding="utf-8"))
    game_map = json.loads((tmp_path / "output" / "map.json").read_text(encoding="utf-8"))
    assert game_map["neutral_camps"] == {"camps": [{"name": "camp"}]}
    units = (tmp_path / "output" / "units.csv").read_text(encoding="utf-8")
    assert units == "name,hull\ntower,HULL_TOWER\n"


def test_lanes_skip_points_behind_the_spawn_and_move_blocked_ones(facts, tmp_path):
    extract.extract(facts, tmp_path / "output")
    lines = (tmp_path / "output" / "lanes.csv").read_text(encoding="utf-8").splitlines()
    middle = [line for line in lines if line.startswith("radiant,mid")]
    assert middle == [
        "radiant,mid,0,-2000.0,-600.0,0.0", "radiant,mid,1,0.0,-700.0,0.0",
        "radiant,mid,2,992.0,2592.0,2408.0"]


def test_buildings_name_their_guards(facts, tmp_path):
    extract.extract(facts, tmp_path / "output")
    lines = (tmp_path / "output" / "buildings.csv").read_text(encoding="utf-8").splitlines()
    guards = [line.split(",")[-2] for line in lines[1:]]
    assert guards[:9] == ["", "", "", "0", "1", "2", "3", "4", "5"]


def test_a_missing_table_is_named(facts, tmp_path):
    (facts / "xp.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"xp\.json"):
        extract.extract(facts, tmp_path / "output")


def test_cells_and_positions_agree():
    assert cell_of(0.0, 0.0) == 164 * GRID_SIZE + 164
    assert center_of(0) == (-10464.0, -10464.0)
    with pytest.raises(ValueError, match="outside the map"):
        cell_of(10500.0, 0.0)


def test_a_footprint_holds_the_cells_whose_centers_are_near():
    x, y = center_of(100 * GRID_SIZE + 100)
    cells = footprint_cells(x, y, 64.0)
    assert cells.tolist() == [
        99 * GRID_SIZE + 100, *(100 * GRID_SIZE + gx for gx in (99, 100, 101)),
        101 * GRID_SIZE + 100]
    assert (footprint_cells(-10496.0, -10496.0, 100.0) >= 0).all()


def test_a_tree_takes_the_cells_around_its_corner():
    cells = tree_cells([0.0], [64.0])
    assert sorted(cells[0].tolist()) == [
        164 * GRID_SIZE + 163, 164 * GRID_SIZE + 164, 165 * GRID_SIZE + 163,
        165 * GRID_SIZE + 164]


def test_packed_cells_come_back():
    cells = np.random.default_rng(1).random(NUM_CELLS) < 0.5
    packed = pack_cells(cells)
    np.testing.assert_array_equal(unpack_cells(packed), cells)
    cell = 12345
    assert packed[cell >> 3] >> (cell & 7) & 1 == cells[cell]


def test_routes_go_through_the_door():
    free = np.zeros((GRID_SIZE, GRID_SIZE), bool)
    free[8:24, 8:24] = True
    free[:, 15] = False
    free[20, 15] = True  # the door
    free[100, 100] = True  # a pocket that nothing reaches
    graph = navigation.build(free)
    node_of_cell = graph["node_of_cell"].reshape(free.shape)
    assert node_of_cell[100, 100] == -1 and node_of_cell[20, 15] >= 0
    node, goal, visited = node_of_cell[9, 9], node_of_cell[9, 22], []
    while node != goal:
        place = graph["next_link"][node, goal]
        assert place != NO_LINK
        node = graph["links"][node, place]
        visited.append(node)
        assert len(visited) < 10
    assert node_of_cell[20, 14] in visited


def test_path_lengths_cut_no_corner():
    free = np.zeros((GRID_SIZE, GRID_SIZE), bool)
    free[10:12, 10:12] = True
    free[10, 11] = False
    length = navigation.path_lengths(free, 10 * GRID_SIZE + 10)
    assert length[11 * GRID_SIZE + 11] == 128.0
    assert np.isinf(length[0])
