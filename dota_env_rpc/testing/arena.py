"""The smallest match that can show a rule: flat, empty ground and the units a test puts there.

    lina = arena.spawn("npc_dota_hero_lina", at=(0, 0))
    creep = arena.spawn("npc_dota_creep_badguys_melee", at=(500, 0))
    lina.attack(creep)
    arena.run_until(lambda: creep.health < creep.max_health, within=3.0)
"""

from collections.abc import Callable
import dataclasses

import numpy as np

from dota_env_rpc.backends.simulated import MID, SimulatedBackend
from dota_env_rpc.content.game import Game
from dota_env_rpc.data.patch import PATCH
from dota_env_rpc.match import enums
from dota_env_rpc.match.clock import TICK_SECONDS, TICKS_PER_SECOND, ticks
from dota_env_rpc.match.coordinates import CELL, GRID_ORIGIN, GRID_SIZE
from dota_env_rpc.match.enums import EventKind, OrderResult, Team, UnitOrder, UnitType
from dota_env_rpc.match.order import Order
from dota_env_rpc.match.rule import INTERPRETED, address, entry, record_at
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS, events_since
from dota_env_rpc.match.words import Property
from dota_env_rpc.sim.combat import wound
from dota_env_rpc.sim.deaths import bury_dead, settle_deaths
from dota_env_rpc.sim.heroes import give_experience, spawn_hero
from dota_env_rpc.sim.learning import grant_passives, learn, set_upgrades
from dota_env_rpc.sim.space import fill_buckets
from dota_env_rpc.sim.state import STATE
from dota_env_rpc.sim.stats import update_dirty, update_hero
from dota_env_rpc.sim.units import spawn_unit
from dota_env_rpc.sim.worn import wear_changed

# The middle of 2,560 x 2,560 map units without buildings, at one level of elevation.
FLAT_GROUND = (-9216.0, -9216.0)
# A creep with this waypoint has no lane to follow.
NOWHERE = 1 << 20

_patch_at = record_at(PATCH)
_state_at = record_at(STATE)


(SPAWN_UNIT, SPAWN_HERO, FILL_BUCKETS, WOUND, GIVE_EXPERIENCE, LEARN, SET_UPGRADES, WEAR,
 REFRESH) = range(9)


@entry
def _do(state, patch, what, row, other, x, y, amount):
    """Does one of the things above; they share an entry, since each compiles all it reaches."""
    given = _state_at(state)
    numbers = _patch_at(patch)
    if what == SPAWN_UNIT:
        row = spawn_unit(given, numbers, row, other, x, y, amount)
        fill_buckets(given)
    elif what == SPAWN_HERO:
        spawn_hero(given, numbers, row)
    elif what == FILL_BUCKETS:
        fill_buckets(given)
    elif what == WOUND:
        wound(given, numbers, other, row, amount)
        settle_deaths(given, numbers)
        bury_dead(given, numbers)
    elif what == GIVE_EXPERIENCE:
        give_experience(given, numbers, row, amount)
    elif what == LEARN:
        learn(given, numbers, row, other)
        update_dirty(given, numbers)
    elif what == SET_UPGRADES:
        set_upgrades(given, numbers, row, other & 1, other >> 1)
        update_dirty(given, numbers)
    elif what == WEAR:
        wear_changed(given, numbers)
        update_dirty(given, numbers)
    elif what == REFRESH:
        update_hero(given, numbers, row)
        grant_passives(given, numbers, row)
        update_hero(given, numbers, row)
    return row


@dataclasses.dataclass(frozen=True)
class Event:
    """An EVENT record of the tables, kept."""

    tick: int
    kind: EventKind
    subject: int
    object: int
    player: int
    reason: int
    value: float


class Arena:
    """A match without waves and heroes on ground without obstacles, advanced tick by tick.

    Buildings stand where they always do; `around` moves the place that positions count from.

    Attributes:
        tick_seconds: How exactly times can be told.
        tables: The TABLES record of the match.
        patch: The Patch that it is played with.
        events: Every Event so far, oldest first.
        origin: Map coordinates from which the positions given to the arena count.
    """

    tick_seconds = TICK_SECONDS

    def __init__(self, game: Game | None = None, **settings):
        """Starts the match; settings are those of MatchSettings where they differ.

        Without any it lies at 1:00 by day, and no death or tower ends it.

        Args:
            game: What it is played with instead of the patch that the settings name.
            **settings: As above.
        """
        defaults = {
            "heroes": ("",) * 10, "bots": ("",) * 10, "lanes": (), "start_seconds": 60.0,
            "max_seconds": float("inf"), "kills_to_win": 0, "ticks_per_step": 1,
        }
        self._backend = SimulatedBackend(MatchSettings(**{**defaults, **settings}))
        self._backend.controlled[:] = 1
        if game is not None:
            self._play_with(game)
        self._state = self._backend.states[0]
        self.tables = self._backend.tables[0]
        self.patch = self._backend.patch
        self._addresses = self._backend._state_addresses
        self._state.blocked[:] = 0
        self._state.trees_felled[:] = 255
        self.events: list[Event] = []
        self.origin = FLAT_GROUND

    def _play_with(self, game: Game) -> None:
        backend = self._backend
        backend.patch = game
        backend._state_addresses = backend._state_addresses[0], address(game.array)
        [arguments] = backend._arguments
        if INTERPRETED:
            arguments.patch = address(game.array)
        else:
            arguments["patch"] = address(game.array)

    @property
    def seconds(self) -> float:
        """The game clock."""
        return int(self.tables.tick) / TICKS_PER_SECOND

    @property
    def rules(self):
        """The patch's general rules, a RULES record."""
        return self.patch.record.rules

    def set_clock(self, seconds: float) -> None:
        """Puts the clock forward, which nothing that has a due time notices."""
        self.tables.tick = ticks(seconds)

    def around(self, unit: "ArenaUnit") -> None:
        """Lets positions count from where `unit` stands."""
        self.origin = (float(unit.x), float(unit.y))

    def spawn(
            self, name: str, at=(0.0, 0.0), team: Team | None = None, facing: float = 0.0,
            level: int = 1, **fields) -> "ArenaUnit":
        """Puts a unit or hero on the ground, seen by both teams, without anything to do.

        Args:
            name: Name of a unit of the patch.
            at: Where, counted from `origin`.
            team: Its side; without one a unit's own, and Radiant for heroes.
            facing: Where it looks, radians.
            level: A hero's level.
            **fields: What of its UNIT record is to differ, as in ArenaUnit.set.
        """
        definition = self.patch.definition(name)
        if definition < self.patch.record.num_heroes:
            unit = self._spawn_hero(definition, team or Team.GOODGUYS)
        else:
            team = team or Team(int(self.patch.record.definitions[definition].team))
            x, y = self._place(at)
            seen = int(self.tables.num_events)
            row = self._do(SPAWN_UNIT, definition, int(team), x, y, facing)
            self.keep_events(seen)
            if row < 0:
                raise RuntimeError("the unit table is full")
            unit = ArenaUnit(self, int(self.tables.units[row].handle))
            unit.body.waypoint = NOWHERE
            unit.record.lane = 2
        unit.record.facing = facing
        unit.record.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
        unit.place(at)
        if level > 1:
            unit.give_experience(float(self.rules.xp_total_at_level[level - 1]))
        unit.set(**fields)
        return unit

    def _spawn_hero(self, definition: int, team: Team) -> "ArenaUnit":
        first = 0 if team == Team.GOODGUYS else 5
        seat = next(
            seat for seat in range(first, first + 5) if not self.tables.players[seat].hero)
        self._state.hero_definitions[seat] = definition
        self._do(SPAWN_HERO, seat)
        return ArenaUnit(self, int(self.tables.players[seat].hero))

    def _do(self, what: int, row: int = 0, other: int = 0, x=0.0, y=0.0, amount=0.0) -> int:
        return _do(*self._addresses, what, row, other, float(x), float(y), float(amount))

    def _place(self, at) -> tuple[float, float]:
        return self.origin[0] + at[0], self.origin[1] + at[1]

    def lay_rune(self, kind: enums.Rune, at=(0.0, 0.0), spot: int = 0) -> np.record:
        """Lays a rune on the ground, seen by both teams; returns its RUNE record.

        spot: Row of the place that it counts to. The arena must have the setting `runes`.
        """
        row = int(np.flatnonzero(self.tables.runes["handle"] == 0)[0])
        self._state.generation += 1
        rune = self.tables.runes[row]
        rune.handle = self._state.generation * MAX_UNITS + row
        rune.kind, rune.spot, rune.spawn_tick = kind, spot, self.tables.tick
        rune.x, rune.y = self._place(at)
        rune.visible_to = 1 << Team.GOODGUYS | 1 << Team.BADGUYS
        return rune

    def building(self, name: str, place: int = 0) -> "ArenaUnit":
        """Returns the standing building `name`, the `place`-th where there are several."""
        definition = self.patch.definition(name)
        rows = [i for i, building in enumerate(self.patch.record.buildings)
                if building.definition == definition]
        return ArenaUnit(self, int(self._state.building_units[rows[place]]))

    def buildings(self) -> list["ArenaUnit"]:
        """Returns all standing buildings, in the patch's order."""
        return [
            ArenaUnit(self, int(handle))
            for handle in self._state.building_units[self._state.buildings_fallen == 0]]

    def units(self, unit_type: UnitType = UnitType.LANE_CREEP) -> list["ArenaUnit"]:
        """Returns the living units of a type."""
        return [
            ArenaUnit(self, int(unit.handle)) for unit in self.tables.units
            if unit.handle and unit.alive and unit.unit_type == unit_type]

    def is_blocked(self, at) -> bool:
        """Returns whether nobody can walk on the cell that holds a place."""
        column, row = (int((place - GRID_ORIGIN) / CELL) for place in self._place(at))
        cell = row * GRID_SIZE + column
        return bool(int(self._state.blocked[cell >> 3]) >> (cell & 7) & 1)

    def run(self, seconds: float) -> None:
        """Plays for so many seconds."""
        for _ in range(ticks(seconds)):
            self.play_tick()

    def run_until(self, condition: Callable[[], bool], within: float) -> float:
        """Plays until `condition` holds and returns the game clock then.

        Raises:
            AssertionError: it does not hold within so many seconds.
        """
        for _ in range(ticks(within)):
            if condition():
                return self.seconds
            self.play_tick()
        assert condition(), f"not within {within} s"
        return self.seconds

    def play_tick(self) -> None:
        """Plays one step, of one tick unless set otherwise; an ended match is not restarted."""
        self._backend.step_type[:] = MID
        # A test may have written to a BODY.
        self._state.any_dirty = 1
        seen = int(self.tables.num_events)
        self._backend.advance()
        self.keep_events(seen)

    def keep_events(self, num_seen: int) -> None:
        """Adds the events after the first `num_seen` of the tables to `events`."""
        for event in events_since(self.tables, num_seen):
            self.events.append(Event(
                int(event.tick), EventKind(int(event.kind)), int(event.subject),
                int(event.object), int(event.player), int(event.reason), float(event.value)))

    def told(self, kind: EventKind, **fields) -> list[Event]:
        """Returns the events of a kind whose fields are as given; a unit stands for its handle."""
        wanted = {
            name: value.handle if isinstance(value, ArenaUnit) else value
            for name, value in fields.items()}
        return [event for event in self.events if event.kind == kind and all(
            getattr(event, name) == value for name, value in wanted.items())]

    def wounds(self, unit: "ArenaUnit") -> list[float]:
        """Returns the hit points that a unit lost with each hit so far, oldest first."""
        return [event.value for event in self.told(EventKind.DAMAGE, subject=unit)]

    def blows(self, attacker: "ArenaUnit", target: "ArenaUnit", seconds: float) -> list[float]:
        """Lets a unit attack another, whose wounds are healed each tick; returns what each took."""
        seen = len(self.wounds(target))
        attacker.attack(target)
        for _ in range(ticks(seconds)):
            target.record.health = target.record.max_health
            self.play_tick()
        return self.wounds(target)[seen:]

    def lasts(self, condition: Callable[[], bool], within: float = 60.0) -> float:
        """Plays until what holds now does no more, and returns for how many seconds it did.

        Raises:
            AssertionError: it does not hold now, or still does after `within` seconds.
        """
        assert condition()
        start = self.seconds
        return self.run_until(lambda: not condition(), within) - start

    def glyph(self, team: Team) -> OrderResult:
        """Lets the first player of `team` use the glyph."""
        return self.player(0 if team == Team.GOODGUYS else 5).order(UnitOrder.GLYPH)

    def player(self, seat: int) -> "ArenaUnit":
        """Returns the hero of a seat."""
        return ArenaUnit(self, int(self.tables.players[seat].hero))

    def digest(self) -> str:
        """Returns 16 hex digits of the match's state."""
        return self._backend.digest()


class ArenaUnit:
    """A unit of an arena: the fields of its UNIT record, and what a test does with it."""

    def __init__(self, arena: Arena, handle: int):
        self._arena = arena
        self.handle = handle
        self._row = handle % MAX_UNITS

    def __getattr__(self, name: str):
        return getattr(self.record, name)

    @property
    def record(self):
        """Its row of `tables.units`, whoever is in it now."""
        return self._arena.tables.units[self._row]

    @property
    def body(self):
        """Its row of the simulator's BODY table."""
        return self._arena._state.body[self._row]

    @property
    def player_record(self):
        """The PLAYER record of its hero's seat."""
        return self._arena.tables.players[int(self.record.player)]

    @property
    def alive(self) -> bool:
        """Whether it lives."""
        return bool(self.record.handle == self.handle and self.record.alive)

    @property
    def gold(self) -> int:
        """Its player's gold."""
        return int(self.player_record.reliable_gold + self.player_record.unreliable_gold)

    def earn(self, gold: int) -> None:
        """Gives its player unreliable gold."""
        self.player_record.unreliable_gold += gold
        self.player_record.net_worth += gold

    @property
    def items(self) -> dict[int, str]:
        """The names of its player's items by slot, the courier's from COURIER_SLOT on."""
        slots = self._arena.tables.items[int(self.record.player)]
        return {slot: self._arena.patch.item_names[item.definition]
                for slot, item in enumerate(slots) if item.definition >= 0}

    def item(self, slot: int):
        """Returns the ITEM record of one of its player's slots."""
        return self._arena.tables.items[int(self.record.player), slot]

    def item_slot(self, name: str) -> int:
        """Returns the first slot that holds the item `name`.

        Raises:
            KeyError: none does.
        """
        for slot, held in self.items.items():
            if held == name:
                return slot
        raise KeyError(name)

    def buy(self, *names: str) -> OrderResult:
        """Orders items to be bought one after the other; returns the last result."""
        result = OrderResult.ACCEPTED
        for name in names:
            result = self.order(
                UnitOrder.PURCHASE_ITEM, item_to_buy=self._arena.patch.item(name))
        return result

    def go_home(self) -> None:
        """Puts a hero into its side's fountain."""
        side = int(self.record.team) - 2
        patch = self._arena.patch.record
        self.place((patch.fountain_x[side] - self._arena.origin[0],
                    patch.fountain_y[side] - self._arena.origin[1]))

    def go_to_secret_shop(self) -> None:
        """Puts a hero to the first secret shop."""
        patch = self._arena.patch.record
        self.place((patch.secret_shop_x[0] - self._arena.origin[0],
                    patch.secret_shop_y[0] - self._arena.origin[1]))

    def distance(self, other: "ArenaUnit") -> float:
        """Returns the distance of its center from another's."""
        return float(np.hypot(self.x - other.x, self.y - other.y))

    def set(self, **fields) -> None:
        """Changes fields of its UNIT record, and what they are worked out from.

        damage: both ends of its attack damage.
        """
        if "damage" in fields:
            fields["damage_min"] = fields["damage_max"] = fields.pop("damage")
        for name, value in fields.items():
            setattr(self.record, name, value)
            if f"base_{name}" in self.body.dtype.names:
                setattr(self.body, f"base_{name}", value)

    def place(self, at) -> None:
        """Puts it somewhere at once."""
        self.record.x, self.record.y = self._arena._place(at)
        self.body.leash_x, self.body.leash_y = self.record.x, self.record.y
        self.body.has_route = 0
        self._arena._do(FILL_BUCKETS)

    def give_experience(self, amount: float) -> None:
        """Gives its player experience."""
        self._arena._do(GIVE_EXPERIENCE, int(self.record.player), amount=amount)

    def hurt(self, amount: float, by: "ArenaUnit | None" = None) -> None:
        """Takes hit points from it, in the name of another unit or of nobody; it may die."""
        seen = int(self._arena.tables.num_events)
        self._arena._do(WOUND, self._row, by._row if by else -1, amount=amount)
        self._arena.keep_events(seen)

    def kill(self, by: "ArenaUnit | None" = None) -> None:
        """Kills it in the name of another unit or of nobody."""
        self.hurt(2.0 * float(self.record.health), by)

    def order(self, kind: UnitOrder, **fields) -> OrderResult:
        """Gives its seat an order, plays the tick in which it is taken, and returns its result."""
        seat = int(self.record.player)
        if isinstance(fields.get("target"), ArenaUnit):
            fields["target"] = fields["target"].handle
        if "position" in fields:
            fields["position"] = self._arena._place(fields["position"])
        Order(kind, **fields).write(self._arena._backend.orders[0, seat])
        self._arena.play_tick()
        return OrderResult(int(self._arena.tables.players[seat].last_order_result))

    def attack(self, target: "ArenaUnit", queue: bool = False) -> OrderResult:
        """Orders an attack."""
        return self.order(UnitOrder.ATTACK_TARGET, target=target, queue=queue)

    def move(self, position, queue: bool = False) -> OrderResult:
        """Orders a walk to a place."""
        return self.order(UnitOrder.MOVE_TO_POSITION, position=position, queue=queue)

    def stop(self) -> OrderResult:
        """Orders a stop."""
        return self.order(UnitOrder.STOP)

    def slot(self, ability: str) -> int:
        """Returns the slot in which its hero has an ability.

        Raises:
            ValueError: it has none of that name.
        """
        row = self._arena.patch.ability(ability)
        slots = self._arena.tables.abilities[int(self.record.player)]["definition"]
        found = np.flatnonzero(slots == row)
        if not len(found):
            raise ValueError(f"no ability {ability!r} in any slot")
        return int(found[0])

    def ability(self, name: str) -> np.record:
        """Returns the ABILITY record of one of its hero's abilities."""
        return self._arena.tables.abilities[int(self.record.player), self.slot(name)]

    def learn(self, **levels: int) -> None:
        """Gives abilities levels, talents among them, whatever its own level and points are."""
        for name, level in levels.items():
            for _ in range(level - int(self.ability(name).level)):
                self.player_record.ability_points += 1
                self._arena._do(LEARN, int(self.record.player), self.slot(name))

    def give_item(self, name: str, place: int = 0, charges: int | None = None) -> np.record:
        """Puts an item into a slot of its hero, from nowhere; returns its ITEM record."""
        entry = self._arena.patch.items["items"][name]
        item = self._arena.tables.items[int(self.record.player), place]
        item.definition = self._arena.patch.item(name)
        item.charges = entry.get("initial_charges", 0) if charges is None else charges
        item.cooldown_ready_tick = self._arena.tables.tick
        item.toggled = self._arena.patch.record.item_behaviors[item.definition].starts_toggled
        item.rune = 0
        self.player_record.items_changed = 1
        self._arena._do(WEAR)
        return item

    def take_item(self, place: int = 0) -> None:
        """Takes an item out of a slot."""
        self._arena.tables.items[int(self.record.player), place].definition = -1
        self.player_record.items_changed = 1
        self._arena._do(WEAR)

    def prepare(self, ability: str, level: int) -> None:
        """Lets its hero cast an ability of a level at once: learned, shown, rested, with mana."""
        record = self.ability(ability)
        record.level = level
        self._arena._do(REFRESH, int(self.record.player))
        record.hidden = 0
        record.cooldown_ready_tick = self._arena.tables.tick
        record.charges = max(int(record.charges), 1)
        self.record.mana = self.record.max_mana

    def upgrade(self, scepter: bool = False, shard: bool = False) -> None:
        """Gives its hero Aghanim's Scepter and Shard, or takes them."""
        self.player_record.scepter_eaten = int(scepter)
        self.player_record.shard_eaten = int(shard)
        self._arena._do(SET_UPGRADES, int(self.record.player), int(scepter) | int(shard) << 1)

    def cast(self, ability: str, target: "ArenaUnit | None" = None, point=None,
             point_end=None, queue: bool = False) -> OrderResult:
        """Orders a cast: on a unit, at a point, or with neither."""
        fields = {"ability": self.slot(ability), "queue": queue}
        return self._cast(fields, target, point, point_end)

    def perform(self, ability: str, **at) -> None:
        """Orders a cast as `cast` does, and plays until it takes effect."""
        before = len(self._arena.told(EventKind.ABILITY_CAST, subject=self))
        assert self.cast(ability, **at) == OrderResult.ACCEPTED
        self._arena.run_until(
            lambda: len(self._arena.told(EventKind.ABILITY_CAST, subject=self)) > before,
            within=3.0)

    def cost(self, ability: str) -> tuple[float, float]:
        """Plays a little and returns the mana and the seconds that the next cast takes."""
        self._arena.run(0.1)
        record = self.ability(ability)
        return float(record.mana_cost), float(record.cooldown)

    def use(self, item: str, target: "ArenaUnit | None" = None, point=None) -> OrderResult:
        """Orders the use of an item that it carries."""
        row = self._arena.patch.item(item)
        slots = self._arena.tables.items[int(self.record.player)]["definition"]
        return self._cast({"item": int(np.flatnonzero(slots == row)[0])}, target, point, None)

    def _cast(self, fields, target, point, point_end) -> OrderResult:
        kind = UnitOrder.CAST_NO_TARGET
        if point is not None:
            kind, fields["position"] = UnitOrder.CAST_POSITION, point
        if point_end is not None:
            kind = UnitOrder.VECTOR_TARGET_POSITION
            fields["position_end"] = self._arena._place(point_end)
        if target is not None:
            kind, fields["target"] = UnitOrder.CAST_TARGET, target
        return self.order(kind, **fields)

    def toggle(self, ability: str) -> OrderResult:
        """Orders an ability, or an item that it carries, on or off."""
        if ability.startswith("item_"):
            return self.order(UnitOrder.CAST_TOGGLE, item=self.item_slot(ability))
        return self.order(UnitOrder.CAST_TOGGLE, ability=self.slot(ability))

    def eat(self, item: str, tree) -> OrderResult:
        """Orders the use of an item on the tree nearest to a place."""
        return self.order(
            UnitOrder.CAST_TARGET_TREE, item=self.item_slot(item), position=tree)

    def toggle_autocast(self, ability: str) -> OrderResult:
        """Orders an attack modifier's autocast on or off."""
        return self.order(UnitOrder.CAST_TOGGLE_AUTO, ability=self.slot(ability))

    def modifiers(self, name: str) -> list[np.record]:
        """Returns the MODIFIER records of a name that it has."""
        row = self._arena.patch.modifier(name)
        table = self._arena.tables.modifiers
        return [table[i] for i in np.flatnonzero(
            (table["definition"] == row) & (table["parent"] == self.handle))]

    def stacks(self, name: str) -> int:
        """Returns the stacks of a modifier, 0 where it has none of that name."""
        return sum(int(modifier.stacks) for modifier in self.modifiers(name))

    def has(self, name: str) -> bool:
        """Returns whether it has a modifier, or is in a MODIFIER_STATE_."""
        if name.startswith("MODIFIER_STATE_"):
            bit = getattr(enums, name.removeprefix("MODIFIER_STATE_"))
            return bool(int(self.record.states) & bit)
        return bool(self.modifiers(name))

    def register(self, name: str, place: int = 0) -> float:
        """Returns a number that a modifier keeps, of the first of that name that it has."""
        row = self._arena.patch.modifier(name)
        table = self._arena.tables.modifiers
        found = np.flatnonzero((table["definition"] == row) & (table["parent"] == self.handle))
        return float(self._arena._state.effects[found[0]].registers[place])

    def lets_through(self, damage_type: str) -> float:
        """Returns the part of "physical", "magical" or "pure" damage that it takes."""
        if damage_type == "magical":
            return 1.0 - float(self.record.magic_resistance)
        if damage_type == "physical":
            factor = float(self._arena.rules.armor_factor) * float(self.record.armor)
            return 1.0 - factor / (1.0 + abs(factor))
        return 1.0

    def bonus(self, name: str) -> float:
        """Returns what its modifiers give to a Property, by name."""
        return float(self._arena._state.bonuses[self._row, Property[name]])
