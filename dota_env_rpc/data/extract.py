r"""Turns fact tables about a patch of the game into the package's compact tables.

    python -m dota_env_rpc.data.extract --facts FOLDER --patch 7.41

FOLDER holds heroes.csv, units.csv, abilities.json, items.json, map.json, map.npz, xp.json,
rules.json, neutral_camps.json and enums.json, as gathered from public sources: PyPI dotabase,
odota/dotaconstants, leamare/dota-interactive-map, the copies of npc_units.txt and npc_heroes.txt
in sikleq/Sloppy, TimZaman/dotaservice. The README.md of each patch folder names what came from
where. rules.json, growth.csv and README.md of a patch are kept by hand and never written here.

The same facts give the same bytes. Needs SciPy.
"""

import csv
import io
import json
import pathlib

from absl import app, flags
import numpy as np

from dota_env_rpc.data import navigation
from dota_env_rpc.data.grid import cell_of, center_of, footprint_cells, tree_cells
from dota_env_rpc.data.records import DEFAULT_PATCH
from dota_env_rpc.match.coordinates import NUM_CELLS

_FACTS = flags.DEFINE_string("facts", None, "Folder of the fact tables.")
_PATCH = flags.DEFINE_string("patch", DEFAULT_PATCH, "Patch that the tables describe.")
_OUTPUT = flags.DEFINE_string(
    "output", None, "Folder to write to; by default the patch's folder in this package.")

# Columns that newer patches no longer use.
UNUSED_UNIT_COLUMNS = ("combat_class_attack_2021", "combat_class_defend_2021")

NUM_SPAWNS = 5
SPAWN_RADIUS = 1150.0  # within the 1200 of the fountain's aura
SPAWN_SPACING = 180.0  # Source: guess
# A walk of 33 s at 300 units a second from the fountain to (0, 0). Source: guess.
SPAWN_PATH_LENGTH = 9900.0


def extract(facts: pathlib.Path, output: pathlib.Path) -> None:
    """Writes the tables of one patch into `output`, made if need be.

    Raises:
        FileNotFoundError: a fact table is missing.
        ValueError: the facts contradict what the tables can hold.
    """
    output.mkdir(parents=True, exist_ok=True)
    heroes, units = _read_csv(facts / "heroes.csv"), _read_csv(facts / "units.csv")
    for row in units:
        for column in UNUSED_UNIT_COLUMNS:
            row.pop(column, None)
    hulls = _hulls(_read_json(facts / "enums.json")["hulls"])
    game_map = _read_json(facts / "map.json")
    camps = _read_json(facts / "neutral_camps.json")
    game_map["neutral_camps"] = {
        key: value for key, value in camps.items() if key != "meta"}
    with np.load(facts / "map.npz") as archive:
        grid = {name: archive[name] for name in sorted(archive.files)}

    buildings = _buildings(game_map["buildings"])
    free = free_cells(grid, buildings, units, hulls)
    graph = navigation.build(free)
    walkable = (graph["node_of_cell"] >= 0).reshape(free.shape)

    _write_csv(output / "heroes.csv", heroes)
    _write_csv(output / "units.csv", units)
    _write_csv(output / "hulls.csv", hulls)
    _write_csv(output / "buildings.csv", buildings)
    _write_csv(output / "lanes.csv", _lanes(game_map["lanes"], walkable))
    _write_csv(output / "hero_spawns.csv", _hero_spawns(buildings, walkable))
    for name in ("abilities", "items"):
        _write_json(output / f"{name}.json", _read_json(facts / f"{name}.json"))
    _write_json(output / "map.json", game_map)
    _write_json(output / "xp.json", _read_json(facts / "xp.json"))
    _write_json(output / "patch_notes.json", _read_json(facts / "rules.json"))
    np.savez_compressed(output / "map.npz", **grid)
    np.savez_compressed(output / "nav.npz", **graph)


def free_cells(grid, buildings, units, hulls) -> np.ndarray:
    """Returns where a unit's center may be: a bool array [gy][gx].

    That is all but blocked cells, the four cells of each tree and each building's footprint.
    """
    free = (grid["blocked"] == 0).ravel()
    trees = grid["trees"]
    free[tree_cells(trees[:, 0], trees[:, 1])] = False
    hull_of = {row["name"]: row["hull"] for row in units}
    radius_of = {row["name"]: float(row["collision"]) for row in hulls}
    for building in buildings:
        radius = radius_of[hull_of[building["unit"]]]
        free[footprint_cells(float(building["x"]), float(building["y"]), radius)] = False
    return free.reshape(grid["blocked"].shape)


def _hulls(hulls: dict) -> list[dict]:
    """Returns the hulls by name; one without a collision size has its bound radius for it.

    That is the Ancient's: its bound radius is in leamare/dota-interactive-map.
    """
    return [
        {"name": name, "bound": hull["bound"],
         "collision": hull["bound"] if hull["collision"] is None else hull["collision"]}
        for name, hull in sorted(hulls.items())]


def _buildings(rows: list[dict]) -> list[dict]:
    """Returns the buildings in the map's order, each with the rows of those that guard it."""
    tier = [row.get("tier") or 0 for row in rows]

    def find(team, **wanted):
        return [index for index, row in enumerate(rows) if row["team"] == team
                and all(row.get(key) == value for key, value in wanted.items())]

    buildings = []
    for index, row in enumerate(rows):
        team, lane, kind = row["team"], row.get("lane"), row["type"]
        if kind == "tower" and tier[index] in (2, 3):
            guards = find(team, type="tower", tier=tier[index] - 1, lane=lane)
        elif kind == "barracks":
            guards = find(team, type="tower", tier=3, lane=lane)
        elif kind == "filler" or tier[index] == 4:
            guards = find(team, type="tower", tier=3)
        elif kind == "ancient":
            guards = find(team, type="tower", tier=4)
        else:
            guards = []
        buildings.append({
            "row": index, "unit": row["unit"], "entity": row.get("entity") or "", "type": kind,
            "team": team, "lane": "" if tier[index] == 4 else lane or "", "tier": tier[index],
            "x": row["x"], "y": row["y"], "guards": "|".join(str(guard) for guard in guards),
            "needs_all": int(kind == "ancient"),
        })
    return buildings


def _nearest(walkable: np.ndarray, x: float, y: float) -> tuple[float, float]:
    """Returns (x, y) where one can walk there, else the center of the nearest cell that is."""
    if walkable.ravel()[cell_of(x, y)]:
        return x, y
    cells = np.flatnonzero(walkable.ravel())
    center_x, center_y = center_of(cells)
    nearest = np.argmin(np.hypot(center_x - x, center_y - y))
    return float(center_x[nearest]), float(center_y[nearest])


def _lanes(lanes: dict, walkable: np.ndarray) -> list[dict]:
    """Returns each lane's spawn (point 0) and the waypoints behind it, all on walkable cells.

    Leading waypoints that lie behind the spawn, as seen from the next one, are left out.
    """
    rows = []
    for team in ("radiant", "dire"):
        for lane in ("top", "mid", "bot"):
            spawn, path = lanes[team][lane]["spawn"], list(lanes[team][lane]["path"])
            while len(path) > 1 and np.dot(
                    np.subtract(path[0], spawn), np.subtract(path[1], spawn)) < 0.0:
                path.pop(0)
            for point, given in enumerate([spawn] + path):
                x, y = _nearest(walkable, *given)
                moved = round(float(np.hypot(x - given[0], y - given[1])), 1)
                rows.append({
                    "team": team, "lane": lane, "point": point, "x": x, "y": y, "moved": moved})
    return rows


def _hero_spawns(buildings: list[dict], walkable: np.ndarray) -> list[dict]:
    """Returns five places a side at the fountain that lie SPAWN_PATH_LENGTH from (0, 0)."""
    middle = cell_of(*_nearest(walkable, 0.0, 0.0))
    length = navigation.path_lengths(walkable, middle)
    center_x, center_y = center_of(np.arange(NUM_CELLS))
    rows = []
    for fountain in buildings:
        if fountain["type"] != "fountain":
            continue
        near = np.hypot(
            center_x - float(fountain["x"]), center_y - float(fountain["y"])) <= SPAWN_RADIUS
        cells = np.flatnonzero(near & np.isfinite(length))
        chosen = []
        for cell in cells[np.argsort(np.abs(length[cells] - SPAWN_PATH_LENGTH), kind="stable")]:
            gaps = np.hypot(center_x[chosen] - center_x[cell], center_y[chosen] - center_y[cell])
            if not chosen or gaps.min() >= SPAWN_SPACING:
                chosen.append(cell)
            if len(chosen) == NUM_SPAWNS:
                break
        else:
            raise ValueError(
                f"no {NUM_SPAWNS} places for heroes at the {fountain['team']} fountain")
        rows += [
            {"team": fountain["team"], "place": place, "x": center_x[cell], "y": center_y[cell],
             "path_to_middle": round(float(length[cell]), 1)}
            for place, cell in enumerate(chosen)]
    return rows


def _read_csv(path: pathlib.Path) -> list[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _read_json(path: pathlib.Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _write_csv(path: pathlib.Path, rows: list[dict]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def _write_json(path: pathlib.Path, value: dict) -> None:
    """Writes a table of tables with a line to each inner entry, so that diffs can be read."""

    def compact(inner):
        return json.dumps(inner, separators=(",", ":"), ensure_ascii=False)

    sections = []
    for key, section in value.items():
        if isinstance(section, dict) and section:
            lines = ",\n".join(f"{compact(name)}:{compact(item)}" for name, item in section.items())
            sections.append(f"{compact(key)}:{{\n{lines}\n}}")
        elif isinstance(section, list) and section and isinstance(section[0], dict):
            lines = ",\n".join(compact(item) for item in section)
            sections.append(f"{compact(key)}:[\n{lines}\n]")
        else:
            sections.append(f"{compact(key)}:{compact(section)}")
    path.write_text("{\n" + ",\n".join(sections) + "\n}\n", encoding="utf-8")


def main(argv):
    if len(argv) > 1:
        raise app.UsageError(f"unexpected arguments: {argv[1:]}")
    if _FACTS.value is None:
        raise app.UsageError("--facts is needed: the folder of the fact tables")
    package = pathlib.Path(__file__).resolve().parent
    output = pathlib.Path(_OUTPUT.value) if _OUTPUT.value else package / _PATCH.value
    extract(pathlib.Path(_FACTS.value), output)
    for path in sorted(output.iterdir()):
        print(f"{path.stat().st_size:>10,}  {path.name}")


if __name__ == "__main__":
    app.run(main)
