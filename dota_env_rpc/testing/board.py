"""A match whose tables a test fills by hand, and the seats that look at it."""

import numpy as np

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.enums import NUM_SEATS, CourierState, GameState, Team, UnitType
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS, NEVER, ORDER
from dota_env_rpc.sim.state import STATE
from dota_env_rpc.tasks.rewards import default_weights
from dota_env_rpc.tasks.seat import Seat

RADIANT, DIRE = int(Team.GOODGUYS), int(Team.BADGUYS)
BOTH = 1 << RADIANT | 1 << DIRE


class Board(Backend):
    """One match that nobody plays: a test moves its pieces."""

    def __init__(self, num_matches: int = 1):
        """Makes matches in progress with ten empty seats and no units."""
        self.settings = MatchSettings()
        self.num_matches = num_matches
        self.patch = load_game(self.settings.patch)
        self.states = np.zeros(num_matches, STATE).view(np.recarray)
        self.tables = self.states.tables
        self.orders = np.zeros((num_matches, NUM_SEATS), ORDER).view(np.recarray)
        self.controlled = np.zeros((num_matches, NUM_SEATS), np.uint8)
        self.step_type = np.zeros(num_matches, np.uint8)
        self.discount = np.ones(num_matches, np.float32)
        self.tables.game_state[:] = GameState.GAME_IN_PROGRESS
        self.tables.abilities.definition[:] = -1
        self.tables.items.definition[:] = -1
        for seat in range(NUM_SEATS):
            self.tables.players[:, seat].team = RADIANT if seat < 5 else DIRE
            self.tables.players[:, seat].definition = -1

    @property
    def match(self) -> np.record:
        """TABLES record of the first match."""
        return self.tables[0]

    def hero(self, seat: int, at=(0.0, 0.0), **fields) -> np.record:
        """Puts a seat's hero on the board; returns its UNIT record."""
        unit = self.unit(UnitType.HERO, at, team=RADIANT if seat < 5 else DIRE, **{
            "definition": self.patch.definition("npc_dota_hero_nevermore"), "player": seat,
            "level": 1, **fields})
        player = self.match.players[seat]
        player.hero, player.definition, player.level = unit.handle, unit.definition, 1
        return unit

    def unit(self, kind: int, at=(0.0, 0.0), team: int = RADIANT, **fields) -> np.record:
        """Puts a unit that both sides see on the board; returns its UNIT record."""
        row = int(self.match.num_rows)
        self.match.num_rows += 1
        unit = self.match.units[row]
        unit.handle = MAX_UNITS + row
        values = {
            "unit_type": int(kind), "team": team, "alive": 1, "visible_to": BOTH, "player": -1,
            "health": 100.0, "max_health": 100.0, "last_attack_tick": NEVER,
            "attack_interval": 1.0, **fields}
        unit.x, unit.y = at
        for name, value in values.items():
            unit[name] = value
        return unit

    def courier(self, seat: int, state: CourierState = CourierState.AT_BASE) -> np.record:
        """Puts the courier of a seat on the board; returns its UNIT record."""
        player = self.match.players[seat]
        unit = self.unit(UnitType.COURIER, team=int(player.team), player=seat,
                         definition=self.patch.definition("npc_dota_courier"))
        player.courier, player.courier_state = unit.handle, int(state)
        return unit

    def projectile(self, source, target, damage: float) -> np.record:
        """Launches an attack that both sides see; returns its PROJECTILE record."""
        projectile = self.match.projectiles[int(self.match.num_projectiles)]
        self.match.num_projectiles += 1
        projectile.handle = 1
        projectile.source, projectile.target = source.handle, target.handle
        projectile.team, projectile.is_attack, projectile.visible_to = source.team, 1, BOTH
        projectile.x, projectile.y = source.x, source.y
        projectile.x_target, projectile.y_target = target.x, target.y
        projectile.speed, projectile.damage, projectile.factor = 900.0, damage, 1.0
        return projectile

    def event(self, kind: int, **fields) -> None:
        """Tells an event."""
        event = self.match.events[int(self.match.num_events)]
        self.match.num_events += 1
        event.tick, event.kind, event.player = self.match.tick, int(kind), -1
        for name, value in fields.items():
            event[name] = value

    def seat(self, seat: int = 0, **arguments) -> Seat:
        """Returns a seat that has begun."""
        result = Seat(self, **{"seats": (seat,), "reward": default_weights(), **arguments})
        result.begin()
        self.step_type[:] = 1
        return result

    def start(self):
        raise NotImplementedError("a board is set by hand")

    def restart(self):
        raise NotImplementedError("a board is set by hand")

    def advance(self):
        raise NotImplementedError("a board is moved by hand")

    def save(self):
        return self.states.tobytes()

    def restore(self, saved):
        raise NotImplementedError("a board is set by hand")

    def digest(self, match=0):
        return "0" * 16
