"""Matches in which every seat gives random orders, livelier than any real one."""

import collections
from collections.abc import Mapping
import dataclasses

import numpy as np

from dota_env_rpc.backends.simulated import LAST, SimulatedBackend
from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import Activity, OrderResult, UnitOrder, UnitType
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS, NUM_ABILITY_SLOTS, NUM_ITEM_SLOTS
from dota_env_rpc.match.targeting import BEHAVIOR
from dota_env_rpc.tasks.masks import ABILITIES, ITEMS, MASK_BUY_SHAPE, TARGETS
from dota_env_rpc.tasks.observations import PLACE, STATE
from dota_env_rpc.tasks.seat import Seat
from dota_env_rpc.tasks.unit_masks import ATTACKED, FOLLOWED, UNIT_ABILITIES
from dota_env_rpc.testing.books import Books

# How often each kind of order is drawn, against the others; casts are drawn by themselves.
KINDS = {
    UnitOrder.MOVE_TO_POSITION: 4, UnitOrder.MOVE_TO_TARGET: 1, UnitOrder.ATTACK_MOVE: 3,
    UnitOrder.ATTACK_TARGET: 8, UnitOrder.TRAIN_ABILITY: 8, UnitOrder.STOP: 1,
    UnitOrder.HOLD_POSITION: 1, UnitOrder.PATROL: 1, UnitOrder.MOVE_TO_DIRECTION: 1,
    UnitOrder.BUYBACK: 2, UnitOrder.GLYPH: 1, UnitOrder.PURCHASE_ITEM: 6, UnitOrder.SELL_ITEM: 1,
    UnitOrder.MOVE_ITEM: 3, UnitOrder.DROP_ITEM: 1, UnitOrder.GIVE_ITEM: 2,
    UnitOrder.PICKUP_ITEM: 2, UnitOrder.PICKUP_RUNE: 4, UnitOrder.DISASSEMBLE_ITEM: 3,
    UnitOrder.SET_ITEM_COMBINE_LOCK: 1, UnitOrder.EJECT_ITEM_FROM_STASH: 1, UnitOrder.CONTINUE: 1,
    UnitOrder.NONE: 1,
}
CASTS = (
    UnitOrder.CAST_POSITION, UnitOrder.CAST_TARGET, UnitOrder.CAST_TARGET_TREE,
    UnitOrder.CAST_NO_TARGET, UnitOrder.CAST_TOGGLE, UnitOrder.CAST_TOGGLE_AUTO,
    UnitOrder.CAST_TOGGLE_ALT, UnitOrder.VECTOR_TARGET_POSITION)
# Orders whose `ability` may be an item, so that their `item` is not read.
NAMES_ABILITY = (*CASTS, UnitOrder.TRAIN_ABILITY)
# Orders that other units do to a unit, and the column of `mask.unit` that says to which.
AIMS = {UnitOrder.MOVE_TO_TARGET: FOLLOWED, UnitOrder.ATTACK_TARGET: ATTACKED}
# Of these no event tells.
SILENT_CASTS = (UnitOrder.CAST_TOGGLE, UnitOrder.CAST_TOGGLE_AUTO, UnitOrder.CAST_TOGGLE_ALT)
CAST_SHARE = 0.55
# Of orders to others than the own hero: to own units, and to whoever is shown.
OWN_UNIT_SHARE = 0.12
ANY_UNIT_SHARE = 0.03
ALLOWED_SHARE = 0.7
BUSY = (Activity.CAST, Activity.CHANNEL)
BATTLEFIELD = 900.0  # map units around the middle in which heroes are put
NUM_GIVEN = 6
CHECK_TICKS = 300
# At the horn, and shortly before Aghanim's Shard is sold.
STARTS = (0.0, 895.0)


def allows(masks: Mapping[str, np.ndarray], action: Mapping[str, int]) -> bool:
    """Returns whether masks say that the rules accept an action.

    masks: buffers of a seat, "mask.order" and so on. action: an action that is not queued, or
    one of the discrete space.
    """
    if "action" in action:
        return bool(masks["mask.action"][action["action"]])
    kind, target = action["order"], action["target"]
    ability, item = action["ability"], action["item"]
    if action["unit"]:
        units = masks["mask.unit"]
        if kind in AIMS and not (target != action["unit"] and units[target, AIMS[kind]]):
            return False
        if kind == UnitOrder.CAST_NO_TARGET and not (
                units[action["unit"], UNIT_ABILITIES:][ability:ability + 1].any()):
            return False
        return bool(units[action["unit"], kind])
    order = masks["mask.order"][kind]
    named = order[ABILITIES + ability] if kind in NAMES_ABILITY else order[ITEMS + item]
    if not (order[0] and order[TARGETS + target] and named):
        return False
    if kind == UnitOrder.CAST_TARGET:
        return bool(masks["mask.cast"][ability, target])
    if kind == UnitOrder.PURCHASE_ITEM:
        return bool(masks["mask.buy"][action["item_to_buy"]])
    return True


@dataclasses.dataclass
class History:
    """What was done how often in matches before; what was so less is drawn more often.

    Attributes:
        casts: Casts by name of ability or item.
        purchases: int64 (512,), orders to buy by row of the patch's items.
    """

    casts: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    purchases: np.ndarray = dataclasses.field(
        default_factory=lambda: np.zeros(MASK_BUY_SHAPE, np.int64))


class RandomPlayer:
    """Gives one seat random orders: those that its masks allow, and any others.

    Attributes:
        seat: What it sees.
    """

    def __init__(self, backend: SimulatedBackend, slot: int, random: np.random.Generator,
                 history: History, action_space: str):
        """Sits down."""
        self.seat = Seat(backend, seats=(slot,), reward={}, action_space=action_space)
        self.seat.begin()
        self._patch = backend.patch
        self._abilities = backend.tables["abilities"]["definition"][0, slot]
        self._items = backend.tables["items"]["definition"][0, slot]
        self._random = random
        self._history = history

    def choose(self) -> dict[str, int | np.ndarray]:
        """Returns an action for what was last seen."""
        random = self._random
        if "mask.action" in self.seat.buffers:
            mask = self.seat.buffers["mask.action"]
            allowed = random.random() < ALLOWED_SHARE
            return {"action": self._one_of(mask if allowed else mask < 2)}
        action = {
            "order": int(_ALL_KINDS[self._draw(_ALL_WEIGHTS)]), "unit": 0,
            "target": int(random.integers(ABILITIES - TARGETS)),
            "ability": int(random.integers(NUM_ABILITY_SLOTS + NUM_ITEM_SLOTS)),
            "item": int(random.integers(NUM_ITEM_SLOTS)),
            "item_to_buy": int(random.integers(len(self._patch.item_names))),
            "position": self._somewhere(), "position_end": self._somewhere()}
        if random.random() < 0.8:
            # A unit that is shown; the own hero where none is.
            num_shown = np.count_nonzero(self.seat.buffers["unit_ids"][:, 0])
            action["target"] = int(random.integers(max(1, num_shown)))
        chance = random.random()
        # Who is feared may be asked for nothing.
        own = np.flatnonzero(self.seat.buffers["mask.unit"][:, 1:FOLLOWED].any(axis=1))
        if chance < OWN_UNIT_SHARE and len(own):
            self._order_unit(action, int(random.choice(own)))
        elif chance < OWN_UNIT_SHARE + ANY_UNIT_SHARE and action["order"] != UnitOrder.NONE:
            action["unit"] = int(random.integers(1, ABILITIES - TARGETS))
        elif random.random() < ALLOWED_SHARE:
            self._allow(action)
        return action

    def _order_unit(self, action: dict, unit: int) -> None:
        """Makes an action one of an own unit beside the hero, that it takes or that it may not."""
        random = self._random
        mask = self.seat.buffers["mask.unit"]
        action["unit"] = unit
        action["ability"] = int(random.integers(mask.shape[1] - UNIT_ABILITIES + 2))
        action["order"] = self._one_of(mask[unit, 1:FOLLOWED]) + 1
        if random.random() < ALLOWED_SHARE:
            if action["order"] in AIMS:
                action["target"] = self._one_of(mask[:, AIMS[action["order"]]])
            elif action["order"] == UnitOrder.CAST_NO_TARGET:
                action["ability"] = self._one_of(mask[unit, UNIT_ABILITIES:])

    def _allow(self, action: dict) -> None:
        """Makes an action one that the masks allow."""
        random = self._random
        masks = self.seat.buffers
        mask, cast = masks["mask.order"], masks["mask.cast"]
        if random.random() < CAST_SHARE:
            found = [(kind, slot) for kind in CASTS if mask[kind, 0]
                     for slot in np.flatnonzero(mask[kind, ABILITIES:ABILITIES + len(cast)])]
            if found:
                kind, slot = found[self._draw(np.array([
                    1.0 / (1.0 + self._history.casts[self.name_of(slot)]) for _, slot in found]))]
                action["order"], action["ability"] = int(kind), int(slot)
                if kind == UnitOrder.CAST_TARGET:
                    action["target"] = self._one_of(cast[slot])
                return
        kind = int(_KINDS[self._draw(_WEIGHTS * mask[_KINDS, 0])])
        if mask[UnitOrder.TRAIN_ABILITY, 0] and random.random() < 0.7:
            kind = int(UnitOrder.TRAIN_ABILITY)
        action["order"] = kind
        action["target"] = self._one_of(mask[kind, TARGETS:ABILITIES])
        named, start = (
            ("ability", ABILITIES) if kind in NAMES_ABILITY else ("item", ITEMS))
        action[named] = self._one_of(mask[kind, start:])
        if kind == UnitOrder.PURCHASE_ITEM:
            row = self._draw(masks["mask.buy"] / (1.0 + self._history.purchases) ** 2)
            self._history.purchases[row] += 1
            action["item_to_buy"] = row

    def name_of(self, slot: int) -> str:
        """Returns the name of what lies in a slot, as `ability` of an action counts them."""
        if slot < NUM_ABILITY_SLOTS:
            return self._patch.ability_names[self._abilities[slot]]
        return self._patch.item_names[self._items[slot - NUM_ABILITY_SLOTS]]

    def _draw(self, weights: np.ndarray) -> int:
        """Returns a place in `weights`, the heavier the likelier."""
        sums = np.cumsum(weights)
        return int(np.searchsorted(sums, self._random.random() * sums[-1], side="right"))

    def _one_of(self, mask: np.ndarray) -> int:
        """Returns a place where `mask` is not 0."""
        places = np.flatnonzero(mask)
        return int(places[self._random.integers(len(places))])

    def _somewhere(self) -> np.ndarray:
        """Returns a place, most of them near the hero."""
        reach = 300.0 if self._random.random() < 0.3 else 1200.0
        place = self.seat.buffers["state"][_PLACE] * PLACE
        place += self._random.uniform(-reach, reach, 2)
        return np.clip(place, -9000.0, 9000.0).astype(np.float32)


class RandomMatch:
    """One match of random orders, with its books kept.

    Heroes begin at a random level, are put into each other's reach, get mana, rest, gold and
    items from nowhere, and do not stay dead for long: in an hour more happens than in a hundred
    of real matches.

    Attributes:
        books: Its Books; they tell what happened and what was wrong.
        counts: Orders that masks allowed and forbade, those of other units than heroes among
            them, and what had to be played again to judge them: see `judge_masks`.
        switches: Accepted orders that switch an ability on or off, by its name.
        history: What was done how often, in this match too once it is played.
    """

    def __init__(self, seed: int, heroes: Mapping[int, str], *, judge_masks: bool = False,
                 action_space: str = "orders",
                 history: History | None = None, ticks_per_step: int = 4, runes: bool = False):
        """Starts the match.

        Args:
            seed: Seed of the match and of the orders.
            heroes: Hero by seat.
            judge_masks: Whether each order is held against the masks that its seat had seen. An
                order that other seats' orders of the same step came before may meet another
                match than the masks did: it is then judged in that step played again without
                the others.
            action_space: "orders" or "discrete".
            history: Of matches before, to make up for what was not done; written to.
            ticks_per_step: Ticks between two orders of a seat.
            runes: Whether runes come; heroes are put near them then.
        """
        seats = tuple(heroes.get(seat, "") for seat in range(10))
        self._random = np.random.default_rng(seed)
        self._backend = SimulatedBackend(MatchSettings(
            seed=seed, heroes=seats, bots=tuple("idle" if hero else "" for hero in seats),
            start_seconds=float(self._random.choice(STARTS)), kills_to_win=0,
            ticks_per_step=ticks_per_step, max_seconds=float("inf"), runes=runes))
        self._backend.controlled[:] = 1
        self._tables = self._backend.tables[0]
        self._judges = judge_masks
        self._step = 0
        self._wait = dict.fromkeys(heroes, 0)
        self.books = Books(self._backend, tuple(heroes))
        self.counts: collections.Counter = collections.Counter()
        self.switches: collections.Counter = collections.Counter()
        self.history = history or History()
        patch = self._backend.patch
        self._numbers = patch.record.abilities
        self._usable = [
            patch.item(item.name) for item in patch.item_content
            if not patch.record.item_behaviors[patch.item(item.name)].bits & BEHAVIOR["passive"]
            and patch.record.items[patch.item(item.name)].in_shop]
        for seat in heroes:
            self._raise_hero(seat)
            self.books.give_gold(seat, int(self._random.integers(0, 8000)))
        units, players = self._backend.tables["units"], self._backend.tables["players"]
        self._activity = units["activity"][0]
        self._rows = {seat: int(players["hero"][0, seat]) % MAX_UNITS for seat in heroes}
        self._points = players["ability_points"][0]
        self._results = players["last_order_result"][0]
        self._players = {
            seat: RandomPlayer(self._backend, seat, self._random, self.history, action_space)
            for seat in heroes}

    def _raise_hero(self, seat: int) -> None:
        """Lets a hero be of a random level, some with Scepter and Shard."""
        player = self._tables.players[seat]
        level = int(self._random.integers(1, 31))
        player.level = level
        player.ability_points = level + 5
        player.xp = self._backend.patch.record.rules.xp_total_at_level[level - 1]
        player.scepter_eaten, player.shard_eaten = self._random.random(2) < 0.5
        player.items_changed = 1

    def play(self, seconds: float) -> None:
        """Plays on for so many seconds, or until the match is over or something is wrong."""
        backend = self._backend
        per_step = backend.settings.ticks_per_step
        for _ in range(int(seconds * TICKS_PER_SECOND) // per_step):
            if self._step % 8 == 0:
                self._stir()
            self._give_orders()
            self._step += 1
            if self._step % max(1, 16 // per_step) == 0:
                self.books.read()
            if self._step % max(1, CHECK_TICKS // per_step) == 0:
                self.books.check()
            if backend.step_type[0] == LAST or self.books.problems:
                break
        self.books.check()
        self.history.casts.update(self.books.casts + self.switches)

    def _stir(self) -> None:
        """Does to heroes what takes a real match minutes."""
        random = self._random
        tables = self._tables
        for seat in self._wait:
            hero = tables.units[self._rows[seat]]
            if not hero.alive:
                tables.players[seat].respawn_tick = min(
                    int(tables.players[seat].respawn_tick),
                    int(tables.tick) + int(random.integers(30, 300)))
                continue
            if random.random() < 0.5:
                hero.mana = hero.max_mana
            if random.random() < 0.2:
                # Ultimates seldom: of what lasts long there would be more than tables hold.
                rested = (self._numbers["ultimate"][tables.abilities[seat]["definition"]] == 0) | (
                    random.random() < 0.1)
                tables.abilities[seat]["cooldown_ready_tick"][rested] = tables.tick
                tables.items[seat]["cooldown_ready_tick"] = tables.tick
            if random.random() < 0.05:
                self._give_items(seat)
            if random.random() < 0.05:
                self.books.give_gold(seat, 2000)
            courier = int(tables.players[seat].courier) % MAX_UNITS
            if tables.units[courier].unit_type == UnitType.COURIER and random.random() < 0.02:
                self._put(tables.units[courier], *random.uniform(-BATTLEFIELD, BATTLEFIELD, 2))
            chance = random.random()
            if chance < 0.06:
                self._put(hero, *self._shop())
            elif chance < 0.08 and tables.has_runes:
                self._put_near_rune(hero)
            elif chance < 0.3 and np.hypot(hero.x, hero.y) > 2.0 * BATTLEFIELD:
                self._put(hero, *random.uniform(-BATTLEFIELD, BATTLEFIELD, 2))

    def _put_near_rune(self, hero) -> None:
        """Puts a hero near one of the runes that lie there, if any do."""
        runes = self._tables.runes
        rows = np.flatnonzero(runes["handle"])
        if len(rows):
            rune = runes[self._random.choice(rows)]
            self._put(hero, *(self._random.uniform(-300.0, 300.0, 2) + (rune.x, rune.y)))

    def _give_items(self, seat: int) -> None:
        """Fills a hero's main slots with items that can be used."""
        rarity = np.array([
            1.0 / (1.0 + self.history.casts[self._backend.patch.item_names[row]])
            for row in self._usable])
        given = self._random.choice(
            self._usable, NUM_GIVEN, replace=False, p=rarity / rarity.sum())
        for slot, definition in enumerate(given):
            self.books.give_item(seat, slot, int(definition))

    def _shop(self) -> tuple[float, float]:
        patch = self._backend.patch.record
        place = int(self._random.integers(2))
        if self._random.random() < 0.5:
            return float(patch.secret_shop_x[place]), float(patch.secret_shop_y[place])
        return float(patch.fountain_x[place]), float(patch.fountain_y[place])

    def _put(self, hero, x: float, y: float) -> None:
        hero.x, hero.y = x, y

    def _give_orders(self) -> None:
        """Lets the seats whose time has come give orders, and plays the step."""
        results = self._results
        chosen = {}
        for seat, player in self._players.items():
            self._wait[seat] -= 1
            if self._wait[seat] > 0 or (
                    self._activity[self._rows[seat]] in BUSY and self._random.random() < 0.9):
                continue
            # Who has points to spend is in a hurry.
            self._wait[seat] = 0 if self._points[seat] > 0 else int(self._random.geometric(0.4))
            player.seat.observe()
            action = player.choose()
            player.seat.act(action)
            chosen[seat] = action, allows(player.seat.buffers, action)
            results[seat] = _NOT_JUDGED
        if not chosen:
            self._backend.advance()
            return
        before = self._backend.save() if self._judges else b""
        orders = self._backend.orders.copy()
        # Whose orders come first alternates.
        ascending = int(self._tables.tick) // self._backend.settings.ticks_per_step & 1
        self._backend.advance()
        for place, seat in enumerate(sorted(chosen, reverse=not ascending)):
            action, allowed = chosen[seat]
            if self._judges:
                self._judge(seat, action, allowed, before, orders, is_first=place == 0)
            if results[seat] == OrderResult.ACCEPTED and action.get("order") in SILENT_CASTS:
                self.switches[self._players[seat].name_of(action["ability"])] += 1

    def _judge(self, seat: int, action, allowed: bool, before, orders, is_first: bool) -> None:
        """Holds what became of an order against its seat's masks."""
        result = int(self._results[seat])
        self.counts["allowed" if allowed else "forbidden"] += 1
        self.counts["of other units"] += action.get("unit", 0) != 0
        if (result == OrderResult.ACCEPTED) != allowed and not is_first:
            self.counts["judged alone"] += 1
            after = self._backend.save()
            self._backend.restore(before)
            self._backend.orders[0, seat] = orders[0, seat]
            self._backend.advance()
            result = int(self._results[seat])
            self._backend.restore(after)
        if result == _NOT_JUDGED and orders[0, seat].order == UnitOrder.NONE:
            result = OrderResult.ACCEPTED
        if (result == OrderResult.ACCEPTED) != allowed or result == _NOT_JUDGED:
            told = {name: value for name, value in action.items() if "position" not in name}
            self.books.problems.append(
                f"{int(self._tables.tick) / TICKS_PER_SECOND:.1f} s: the masks of seat {seat} "
                f"{'allow' if allowed else 'forbid'} {told}, "
                f"{UnitOrder(int(orders[0, seat].order)).name}, but it is "
                f"{OrderResult(result).name}")


_NOT_JUDGED = -1
_PLACE = [STATE.index("x"), STATE.index("y")]
_KINDS = np.array([int(kind) for kind in KINDS])
_WEIGHTS = np.array([float(weight) for weight in KINDS.values()])
_ALL_KINDS = tuple(UnitOrder)
_ALL_WEIGHTS = np.array([float(KINDS.get(kind, 4 if kind in CASTS else 1)) for kind in _ALL_KINDS])
