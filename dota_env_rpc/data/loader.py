"""Fills the record of a patch from its table files."""

from collections.abc import Sequence
import csv
import hashlib
import io
import json
import math

import numpy as np

from dota_env_rpc.data.grid import footprint_cells, pack_cells, tree_cells
from dota_env_rpc.data.records import (
    CREEP_FLAGBEARER,
    CREEP_MEGA,
    CREEP_MELEE,
    CREEP_NORMAL,
    CREEP_RANGED,
    CREEP_SIEGE,
    CREEP_SUPER,
    MAX_ABILITY_LEVELS,
    MAX_FOOTPRINT,
    MAX_HERO_ABILITIES,
    MAX_PARTS,
    MAX_TREE_OVERLAPS,
    NO_LINK,
    NUM_BUILDINGS,
    NUM_SECRET_SHOPS,
    NUM_TALENTS,
    NUM_TREES,
    PATCH,
    RULES,
    rules_dtype,
)
from dota_env_rpc.match import targeting
from dota_env_rpc.match.enums import (
    ANCIENT,
    EATEN_SCEPTER,
    EATEN_SHARD,
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
from dota_env_rpc.match.tables import NUM_RIVER_SPOTS, NUM_RUNE_SPOTS

NO_NUMBERS = (0.0,) * MAX_ABILITY_LEVELS
ATTRIBUTE_ABILITY = "special_bonus_attributes"
SCROLL = "item_tpscroll"
SALVE = "item_flask"
COURIER = "npc_dota_courier"
FOUNTAIN = "dota_fountain"
ANY_NUMBER = 1 << 20
SHAREABILITY = {
    None: 0, "not_shareable": 0, "partially_shareable": 1, "fully_shareable": 2,
    "fully_shareable_stacking": 2}
# Source: Liquipedia gem_of_true_sight, divine_rapier.
DROPPED_AT_DEATH = ("item_gem", "item_rapier")
# Source: Liquipedia aghanims_shard, aghanims_blessing.
CONSUMED_AS = {
    "item_aghanims_shard": EATEN_SHARD, "item_ultimate_scepter_2": EATEN_SCEPTER}

TEAMS = {
    "goodguys": Team.GOODGUYS, "badguys": Team.BADGUYS, "neutrals": Team.NEUTRALS,
    "radiant": Team.GOODGUYS, "dire": Team.BADGUYS,
}
SIDES = {"radiant": 0, "dire": 1, "goodguys": 0, "badguys": 1}
LANES = {"top": Lane.TOP, "mid": Lane.MID, "bot": Lane.BOT}
CREEP_TIERS = {"normal": CREEP_NORMAL, "super": CREEP_SUPER, "mega": CREEP_MEGA}
CREEP_KINDS = {
    "melee": CREEP_MELEE, "ranged": CREEP_RANGED, "siege": CREEP_SIEGE,
    "flagbearer": CREEP_FLAGBEARER,
}
ATTACK_CAPABILITIES = {
    "melee": AttackCapability.MELEE, "melee_attack": AttackCapability.MELEE,
    "ranged": AttackCapability.RANGED, "ranged_attack": AttackCapability.RANGED,
    "no_attack": AttackCapability.NO_ATTACK,
}
ATTRIBUTES = {
    "str": Attribute.STRENGTH, "agi": Attribute.AGILITY, "int": Attribute.INTELLIGENCE,
    "all": Attribute.ALL,
}
GROUP_TYPES = {
    "lane_creep": UnitType.LANE_CREEP, "siege_creep": UnitType.LANE_CREEP,
    "neutral": UnitType.JUNGLE_CREEP, "boss": UnitType.JUNGLE_CREEP,
    "courier": UnitType.COURIER, "ward": UnitType.WARD, "building": UnitType.BUILDING,
}
CLASS_TYPES = {
    "npc_dota_roshan": UnitType.ROSHAN, "npc_dota_tower": UnitType.TOWER,
    "npc_dota_building": UnitType.BARRACKS, "npc_dota_fort": UnitType.FORT,
    "npc_dota_healer": UnitType.SHRINE,
}
ABILITY_TRAITS = {
    "creep_piercing": PIERCING, "creep_irresolute": RUNTY, "creep_siege": REINFORCED,
    "flagbearer_creep_aura_effect": FLAGBEARER, "backdoor_protection": HAS_BACKDOOR_PROTECTION,
    "backdoor_protection_in_base": HAS_BACKDOOR_PROTECTION,
}
# Where heroes.csv and units.csv keep the fields of DEFINITION that are copied as they are.
HERO_COLUMNS = {
    "max_health": "base_hp", "health_regen": "base_hp_regen", "max_mana": "base_mana",
    "mana_regen": "base_mana_regen", "armor": "base_armor", "damage_min": "damage_min",
    "damage_max": "damage_max", "attack_rate": "attack_rate",
    "base_attack_speed": "base_attack_speed", "attack_point": "attack_point",
    "attack_range": "attack_range", "acquisition_range": "attack_acquisition_range",
    "projectile_speed": "projectile_speed", "move_speed": "move_speed", "turn_rate": "turn_rate",
    "vision_day": "vision_day", "vision_night": "vision_night", "strength": "str_base",
    "strength_gain": "str_gain", "agility": "agi_base", "agility_gain": "agi_gain",
    "intelligence": "int_base", "intelligence_gain": "int_gain", "hero_id": "id",
}
UNIT_COLUMNS = {
    "max_health": "hp", "health_regen": "hp_regen", "max_mana": "mana",
    "mana_regen": "mana_regen", "armor": "armor", "damage_min": "damage_min",
    "damage_max": "damage_max", "attack_rate": "attack_rate",
    "base_attack_speed": "base_attack_speed", "attack_point": "attack_point",
    "attack_range": "attack_range", "acquisition_range": "acquisition_range",
    "projectile_speed": "projectile_speed", "move_speed": "move_speed", "turn_rate": "turn_rate",
    "vision_day": "vision_day", "vision_night": "vision_night", "bounty_xp": "bounty_xp",
    "bounty_gold_min": "bounty_gold_min", "bounty_gold_max": "bounty_gold_max", "level": "level",
}


class Loader:
    """Fills one PATCH record from the bytes of a patch's table files.

    Attributes:
        array: (1,) PATCH array, filled and read-only.
        definition_names, ability_names, item_names: Name of each row of those tables.
        rules: Entries of rules.json.
        abilities, items, map: Contents of the files of these names.
        digest: SHA-256 of all files, in hex.
    """

    def __init__(self, name: str, files: dict[str, bytes]):
        self._name = name
        self._files = files
        self.array = np.zeros(1, PATCH)
        self._record = self.array[0]
        self._heroes = self._csv("heroes.csv")
        self._units = self._csv("units.csv")
        self._buildings = self._csv("buildings.csv")
        self.abilities = self._json("abilities.json")
        self.items = self._json("items.json")
        self.map = self._json("map.json")
        hulls = self._csv("hulls.csv")
        self._bound = {row["name"]: float(row["bound"]) for row in hulls}
        self._collision = {row["name"]: float(row["collision"]) for row in hulls}
        self.definition_names = tuple(row["name"] for row in self._heroes + self._units)
        self._definition_row = {name: row for row, name in enumerate(self.definition_names)}
        talents = {talent["name"] for hero in self.abilities["talents"].values()
                   for talent in hero}
        self.ability_names = tuple(sorted({*self.abilities["abilities"], *talents}))
        self._ability_row = {name: row for row, name in enumerate(self.ability_names)}
        items = self.items["items"]
        self.item_names = tuple(sorted(items, key=lambda name: items[name]["id"]))
        self.rules = self._json("rules.json")
        self._fill_rules()
        self._fill_definitions()
        self._fill_lane_creeps()
        self._fill_buildings()
        self._fill_lanes()
        self._fill_abilities()
        self._fill_items()
        self._fill_shops()
        self._fill_runes()
        self._fill_map()
        self._fill_navigation()
        self.array.flags.writeable = False
        digest = hashlib.sha256()
        for file, content in sorted(files.items()):
            digest.update(f"{file} {len(content)}\n".encode())
            digest.update(content)
        self.digest = digest.hexdigest()

    def _csv(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self._files[name].decode())))

    def _json(self, name: str):
        return json.loads(self._files[name])

    def _fill_rules(self) -> None:
        if rules_dtype(self.rules) != RULES:
            raise ValueError(f"patch {self._name}: rules.json names other rules than RULES")
        for entry in self.rules:
            self._record.rules[entry["name"].replace(".", "_")] = entry["value"]

    def _fill_definitions(self) -> None:
        heroes, units = self._heroes, self._units
        definitions = self._record.definitions
        num_heroes, num_definitions = len(heroes), len(heroes) + len(units)
        self._record.num_heroes, self._record.num_definitions = num_heroes, num_definitions
        for part, rows, columns in (
                (definitions[:num_heroes], heroes, HERO_COLUMNS),
                (definitions[num_heroes:num_definitions], units, UNIT_COLUMNS)):
            for field, column in columns.items():
                part[field] = [float(row[column] or 0) for row in rows]
            part["bound_radius"] = [self._bound[row["hull"]] for row in rows]
            part["collision_radius"] = [self._collision[row["hull"]] for row in rows]
        part = definitions[:num_heroes]
        part["unit_type"] = UnitType.HERO
        part["level"] = 1
        part["magic_resistance"] = [float(row["base_mr"]) / 100.0 for row in heroes]
        part["attack_capability"] = [ATTACK_CAPABILITIES[row["attack_type"]] for row in heroes]
        part["primary_attribute"] = [ATTRIBUTES[row["primary_attr"]] for row in heroes]
        part["traits"] = [
            RANGED_ATTACK if row["attack_type"] == "ranged" else 0 for row in heroes]
        part["abilities"], part["talent_slots"] = self._hero_slots()
        part = definitions[num_heroes:num_definitions]
        part["unit_type"] = [_unit_type(row) for row in units]
        part["team"] = [TEAMS[row["team"]] for row in units]
        part["traits"] = [_unit_traits(row) for row in units]
        part["attack_capability"] = [ATTACK_CAPABILITIES[row["attack_cap"]] for row in units]
        part["magic_resistance"] = [float(row["mr"] or 0) / 100.0 for row in units]
        part["move_speed"] = [
            0.0 if row["move_cap"] == "none" else float(row["move_speed"] or 0) for row in units]
        part["tier"] = [
            CREEP_TIERS[row["tier"]] if row["tier"] in CREEP_TIERS else int(row["tier"] or 0)
            for row in units]
        part["lane"] = [
            LANES.get(row["name"].rpartition("_")[2], Lane.NONE)
            if row["group"] == "building" else Lane.NONE for row in units]
        part["true_sight"] = self._true_sight()
        part["abilities"], part["talent_slots"] = self._unit_slots(), -1

    def _hero_slots(self) -> tuple[np.ndarray, np.ndarray]:
        """Returns each hero's abilities by slot, and the slots of its talents.

        The tables count slots from 1. A talent that would lie in the attributes' slot has no
        room and is left out: one of Invoker's, whose 16 abilities and 8 talents fill all others.
        """
        abilities = np.full((len(self._heroes), MAX_HERO_ABILITIES), -1)
        talent_slots = np.full((len(self._heroes), NUM_TALENTS), -1)
        attributes = MAX_HERO_ABILITIES - 1
        for hero, row in enumerate(self._heroes):
            for entry in row["abilities"].split("|"):
                slot, _, name = entry.partition(":")
                if name != "generic_hidden":
                    abilities[hero, int(slot) - 1] = self._ability_row[name]
            for talent, entry in enumerate(row["talents"].split("|")):
                slot, _, name = entry.partition(":")
                if int(slot) - 1 < attributes:
                    abilities[hero, int(slot) - 1] = self._ability_row[name]
                    talent_slots[hero, talent] = int(slot) - 1
        abilities[:, attributes] = self._ability_row[ATTRIBUTE_ABILITY]
        return abilities, talent_slots

    def _unit_slots(self) -> np.ndarray:
        abilities = np.full((len(self._units), MAX_HERO_ABILITIES), -1)
        for unit, row in enumerate(self._units):
            names = row["abilities"].split("|") if row["abilities"] else ()
            for slot, name in enumerate(names):
                if name != "generic_hidden":
                    abilities[unit, slot] = self._ability_row.get(name, -1)
        return abilities

    def _true_sight(self) -> list[float]:
        """Returns within what radius each unit sees the invisible, from the map's buildings."""
        stats = self.map["building_stats"]
        sight = {
            "npc_dota_fort": stats["npc_dota_fort"]["trueSight"],
            "ent_dota_fountain": stats["ent_dota_fountain"]["trueSight"],
            "npc_dota_tower": stats["npc_dota_tower_tower1"]["trueSight"],
        }
        return [sight.get(row["base_class"], 0.0) for row in self._units]

    def _fill_lane_creeps(self) -> None:
        """Finds the creeps of each side's waves and adds what growth.csv says of them."""
        self._record.lane_creeps[:] = -1
        growth = {(row["creep"], row["tier"]): row for row in self._csv("growth.csv")}
        for unit in self._units:
            if unit["group"] not in ("lane_creep", "siege_creep"):
                continue
            kind = next(kind for kind in CREEP_KINDS if f"_{kind}" in unit["name"])
            row = self._definition_row[unit["name"]]
            place = SIDES[unit["team"]], CREEP_KINDS[kind], CREEP_TIERS[unit["tier"]]
            self._record.lane_creeps[place] = row
            step = growth[kind, unit["tier"]]
            upgrades = int(step["upgrades_at_spawn"])
            creep = self._record.definitions[row]
            creep.bounty_xp += float(step["bonus_xp"]) + upgrades * float(step["xp"])
            creep.max_health += upgrades * float(step["health"])
            creep.damage_min += upgrades * float(step["damage"])
            creep.damage_max += upgrades * float(step["damage"])
            creep.bounty_gold_min += upgrades * float(step["gold"])
            creep.bounty_gold_max += upgrades * float(step["gold"])
            if not upgrades:
                creep.health_growth, creep.damage_growth = step["health"], step["damage"]
                creep.gold_growth, creep.xp_growth = step["gold"], step["xp"]

    def _fill_buildings(self) -> None:
        rows, buildings = self._buildings, self._record.buildings
        if len(rows) != NUM_BUILDINGS:
            raise ValueError(f"{len(rows)} buildings, but NUM_BUILDINGS is {NUM_BUILDINGS}")
        definition = [self._definition_row[row["unit"]] for row in rows]
        buildings["definition"] = definition
        buildings["team"] = [TEAMS[row["team"]] for row in rows]
        buildings["lane"] = [LANES.get(row["lane"], Lane.NONE) for row in rows]
        for field in ("tier", "x", "y", "needs_all"):
            buildings[field] = [float(row[field]) for row in rows]
        buildings["guards"] = -1
        self._record.footprint[:] = -1
        radius = self._record.definitions["collision_radius"][definition]
        for index, row in enumerate(rows):
            guards = [int(guard) for guard in row["guards"].split("|") if guard]
            buildings["num_guards"][index] = len(guards)
            buildings["guards"][index, :len(guards)] = guards
            cells = footprint_cells(float(row["x"]), float(row["y"]), radius[index])
            if len(cells) > MAX_FOOTPRINT:
                raise ValueError(f"building {index} covers {len(cells)} cells")
            self._record.footprint[index, :len(cells)] = cells

    def _fill_lanes(self) -> None:
        for row in self._csv("lanes.csv"):
            lane = self._record.lanes[SIDES[row["team"]], LANES[row["lane"]] - 1]
            point = int(row["point"])
            if point == 0:
                lane.spawn_x, lane.spawn_y = float(row["x"]), float(row["y"])
            else:
                lane.x[point - 1], lane.y[point - 1] = float(row["x"]), float(row["y"])
                lane.num_points = max(int(lane.num_points), point)
        for lane in self._record.lanes.reshape(-1):
            x, y = float(lane.spawn_x), float(lane.spawn_y)
            for point in range(lane.num_points):
                along_x, along_y = float(lane.x[point]) - x, float(lane.y[point]) - y
                length = math.sqrt(along_x * along_x + along_y * along_y)
                lane.along_x[point], lane.along_y[point] = along_x / length, along_y / length
                x, y = float(lane.x[point]), float(lane.y[point])
        for row in self._csv("hero_spawns.csv"):
            place = SIDES[row["team"]], int(row["place"])
            self._record.hero_spawn_x[place] = float(row["x"])
            self._record.hero_spawn_y[place] = float(row["y"])

    def _fill_abilities(self) -> None:
        entries = self.abilities["abilities"]
        rows = [entries.get(name, {}) for name in self.ability_names]
        self._record.num_abilities = len(rows)
        abilities = self._record.abilities[:len(rows)]
        talent_level = {}
        for hero in self.abilities["talents"].values():
            for talent in hero:
                level = talent_level.get(talent["name"], talent["level"])
                talent_level[talent["name"]] = min(level, talent["level"])
        levels = [talent_level.get(name, 0) for name in self.ability_names]
        ultimate = np.array([row.get("ultimate", 0) for row in rows])
        innate = np.array([row.get("innate", 0) for row in rows])
        behavior = np.array([targeting.bits(row.get("behavior"), targeting.BEHAVIOR)
                             for row in rows])
        abilities["talent"] = talent = np.array(levels) > 0
        abilities["ultimate"], abilities["innate"], abilities["behavior"] = (
            ultimate, innate, behavior)
        abilities["max_level"] = np.where(talent, 1, [row.get("max_level", 0) for row in rows])
        unlearnable = targeting.BEHAVIOR["not_learnable"] | targeting.BEHAVIOR["hidden"]
        abilities["learnable"] = talent | (
            np.array([
                row.get("kind") == "hero" and row["max_level"] > 0
                and not row.get("scepter_grants") and not row.get("shard_grants")
                for row in rows])
            & (innate == 0) & (behavior & unlearnable == 0))
        abilities["learnable"][self._ability_row[ATTRIBUTE_ABILITY]] = 1
        abilities["linked"] = [self._ability_row.get(row.get("linked"), -1) for row in rows]
        for field, values in (
                ("target_team", targeting.TARGET_TEAM), ("target_type", targeting.TARGET_TYPE),
                ("target_flags", targeting.TARGET_FLAGS)):
            abilities[field] = [targeting.bits(row.get(field), values) for row in rows]
        abilities["damage_type"] = [
            targeting.DAMAGE_TYPE.get(row.get("damage_type"), 0) for row in rows]
        # Basic abilities at hero levels 1, 3, 5, 7; ultimates at 6, 12, 18; attributes from their
        # own first level on at every level.
        first = np.where(talent, levels, np.where(ultimate == 1, 6, 1))
        between = np.where(talent, 0, np.where(ultimate == 1, 6, 2))
        between[self._ability_row[ATTRIBUTE_ABILITY]] = 1
        abilities["required_level"] = [
            row.get("required_hero_level", level) for row, level in zip(rows, first.tolist())]
        abilities["levels_between"] = [
            row.get("levels_between_upgrades", step) for row, step in zip(rows, between.tolist())]
        abilities["cast_point"] = [_per_level(row, "cast_point", "AbilityCastPoint")[0]
                                   for row in rows]
        for field, key in (("cast_range", "AbilityCastRange"), ("cooldown", "AbilityCooldown"),
                           ("mana_cost", "AbilityManaCost")):
            abilities[field] = [_per_level(row, field, key) for row in rows]

    def _fill_items(self) -> None:
        rows = [self.items["items"][name] for name in self.item_names]
        item_row = {name: row for row, name in enumerate(self.item_names)}
        self._record.num_items = len(rows)
        items = self._record.items[:len(rows)]
        items["item_id"] = [row["id"] for row in rows]
        items["cost"] = [row.get("cost") or 0 for row in rows]
        items["secret_shop"] = [row.get("shop") == "secret" for row in rows]
        items["in_shop"] = [row["status"] == "shop" for row in rows]
        for field, default in (
                ("is_recipe", 0), ("initial_charges", 0), ("permanent", 1), ("requires_charges", 0),
                ("sellable", 1), ("droppable", 1), ("stock_max", 0)):
            items[field] = [row.get(field, default) for row in rows]
        items["level"] = levels = [row.get("base_level", 1) for row in rows]
        items["max_level"] = [row.get("max_level", 1) for row in rows]
        items["stack_max"] = [
            row.get("stack_max", ANY_NUMBER) if row.get("stackable") else 0 for row in rows]
        items["disassembles"] = [row.get("disassemble") == "always" for row in rows]
        items["shareability"] = [SHAREABILITY[row.get("shareability")] for row in rows]
        items["drops_at_death"] = [name in DROPPED_AT_DEATH for name in self.item_names]
        items["scroll"] = [name == SCROLL for name in self.item_names]
        items["consumed_as"] = [CONSUMED_AS.get(name, 0) for name in self.item_names]
        self._record.scroll = item_row.get(SCROLL, -1)
        self._record.salve = item_row.get(SALVE, -1)
        self._fill_parts(rows, item_row)
        self._fill_stock(rows)
        groups = sorted({row["shared_cooldown"] for row in rows if "shared_cooldown" in row})
        items["cooldown_group"] = [
            groups.index(row["shared_cooldown"]) + 1 if "shared_cooldown" in row else 0
            for row in rows]
        for field, source, key in (
                ("cast_range", "cast_range", "AbilityCastRange"),
                ("cast_point", "cast_point", "AbilityCastPoint"),
                ("cooldown", "cooldown", "AbilityCooldown"),
                ("mana_cost", "mana_cost", "AbilityManaCost")):
            items[field] = [_per_level(row, source, key)[level - 1]
                            for row, level in zip(rows, levels)]

    def _fill_parts(self, rows: list[dict], item_row: dict[str, int]) -> None:
        items = self._record.items
        items["parts"] = -1
        for index, row in enumerate(rows):
            if row["status"] != "shop" or not row.get("components"):
                continue
            parts, *others = row["components"]
            if others or len(parts) > MAX_PARTS:
                raise ValueError(
                    f"{self.item_names[index]}: components {row['components']}, but an item is "
                    f"made in one way of at most {MAX_PARTS} parts")
            items["num_parts"][index] = len(parts)
            items["parts"][index, :len(parts)] = [item_row[part] for part in parts]

    def _fill_stock(self, rows: list[dict]) -> None:
        """Fills what limits the shop's stock; an item that has a first time starts with none."""
        items = self._record.items
        items["stocked"] = -1
        stocked = [index for index, row in enumerate(rows)
                   if row["status"] == "shop" and row.get("stock_max")]
        self._record.num_stocked = len(stocked)
        self._record.stocked_items[:len(stocked)] = stocked
        for place, index in enumerate(stocked):
            row, item = rows[index], items[index]
            late = "initial_stock_time" in row
            item["stocked"] = place
            item["stock_initial"] = row.get("stock_initial", 0 if late else row["stock_max"])
            item["stock_time"] = row["stock_time"]
            item["initial_stock_time"] = row.get("initial_stock_time", row["stock_time"])

    def _fill_shops(self) -> None:
        self._record.courier = self._definition_row[COURIER]
        for row in self._buildings:
            if row["unit"] == FOUNTAIN:
                side = SIDES[row["team"]]
                self._record.fountain_x[side] = float(row["x"])
                self._record.fountain_y[side] = float(row["y"])
        secret = [shop for shop in self.map["shops"] if shop["type"] == "secret"]
        if len(secret) != NUM_SECRET_SHOPS:
            raise ValueError(f"{len(secret)} secret shops, but there are {NUM_SECRET_SHOPS}")
        self._record.secret_shop_x[:] = [shop["x"] for shop in secret]
        self._record.secret_shop_y[:] = [shop["y"] for shop in secret]

    def _fill_runes(self) -> None:
        """Fills where runes come to: first to the river, where those of power do."""
        spots = sorted(self.map["runes"], key=lambda spot: spot["type"] != "power")
        if [spot["type"] for spot in spots].count("power") != NUM_RIVER_SPOTS or len(
                spots) != NUM_RUNE_SPOTS:
            raise ValueError(
                f"runes come to {len(spots)} places, but there are {NUM_RUNE_SPOTS}, of which "
                f"{NUM_RIVER_SPOTS} lie in the river")
        self._record.rune_x[:] = [spot["x"] for spot in spots]
        self._record.rune_y[:] = [spot["y"] for spot in spots]

    def _fill_map(self) -> None:
        with np.load(io.BytesIO(self._files["map.npz"])) as grid:
            self._record.elevation[:] = grid["elevation"].ravel()
            for field, name in (("blocked", "blocked"), ("sight_blocker", "fow_blocker"),
                                ("no_ward", "no_ward")):
                self._record[field][:] = pack_cells(grid[name])
            trees = grid["trees"]
        if len(trees) != NUM_TREES:
            raise ValueError(f"{len(trees)} trees, but NUM_TREES is {NUM_TREES}")
        self._record.tree_x[:], self._record.tree_y[:] = trees[:, 0], trees[:, 1]
        self._record.tree_elevation[:] = trees[:, 2]
        cells = tree_cells(trees[:, 0], trees[:, 1]).ravel()
        owner = np.repeat(np.arange(NUM_TREES, dtype=np.int16), 4)
        self._record.tree_of_cell[:] = -1
        self._record.tree_of_cell[cells[::-1]] = owner[::-1]  # of two trees the first one
        second = np.flatnonzero(self._record.tree_of_cell[cells] != owner)
        if len(second) > MAX_TREE_OVERLAPS:
            raise ValueError(f"{len(second)} cells have two trees")
        self._record.tree_overlaps[:] = -1
        self._record.tree_overlaps[:len(second), 0] = cells[second]
        self._record.tree_overlaps[:len(second), 1] = owner[second]

    def _fill_navigation(self) -> None:
        nav = self._record.nav
        with np.load(io.BytesIO(self._files["nav.npz"])) as graph:
            nav.num_nodes = count = len(graph["x"])
            nav.node_of_cell[:] = graph["node_of_cell"]
            nav.links[:] = -1
            nav.next_link[:] = NO_LINK
            nav.next_link[:count, :count] = graph["next_link"]
            for field in ("x", "y", "links", "cross_x", "cross_y"):
                nav[field][:count] = graph[field]


def _unit_type(row: dict[str, str]) -> UnitType:
    """Returns the UnitType that the bot interface would give a row of units.csv.

    Summons are CREEP_HERO where the game considers them heroes, WARD where they behave as wards
    (totems, traps, mines) and otherwise LANE_CREEP, as summons obey no camp. The Tormentor counts
    as JUNGLE_CREEP. Source: guess, for all three.
    """
    if row["group"] != "summon":
        return CLASS_TYPES.get(row["base_class"], GROUP_TYPES[row["group"]])
    if row["considered_hero"] == "1":
        return UnitType.CREEP_HERO
    return UnitType.WARD if row["relationship"] == "ward" else UnitType.LANE_CREEP


def _unit_traits(row: dict[str, str]) -> int:
    traits = 0
    for name in row["abilities"].split("|"):
        traits |= ABILITY_TRAITS.get(name, 0)
    traits |= SIEGE if row["group"] == "siege_creep" else 0
    traits |= RANGED_ATTACK if row["attack_cap"] == "ranged_attack" else 0
    traits |= ANCIENT if row["is_ancient"] == "1" else 0
    traits |= STRUCTURE if row["group"] == "building" else 0
    return traits


def _per_level(row: dict, field: str, key: str) -> Sequence[float]:
    """Returns a number of an ability for MAX_ABILITY_LEVELS levels.

    Its entry among the values wins over the same number in the header, since talents change only
    that one. The last number given holds for all further levels.
    """
    values = row.get("values")
    given = (values[key].get("levels") if values and key in values else None) or row.get(field)
    if not given:
        return NO_NUMBERS
    return (given + given[-1:] * MAX_ABILITY_LEVELS)[:MAX_ABILITY_LEVELS]
