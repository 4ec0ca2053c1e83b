"""A client of DotaService that speaks its own messages, for tests."""

import grpc

from dota_env_rpc.protocols import DotaService_pb2 as pb
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.dota_shared_enums_pb2 import DOTA_GAMEMODE_1V1MID
from dota_env_rpc.protocols.DotaService_pb2_grpc import DotaServiceStub

Action = CMsgBotWorldState.Action
RADIANT, DIRE = pb.TEAM_RADIANT, pb.TEAM_DIRE
IDLE, DEFAULT, CONTROLLED = (
    pb.HERO_CONTROL_MODE_IDLE, pb.HERO_CONTROL_MODE_DEFAULT, pb.HERO_CONTROL_MODE_CONTROLLED)
NEVERMORE, SNIPER = 11, 35


def picks(radiant=CONTROLLED, dire=CONTROLLED, heroes=(NEVERMORE, NEVERMORE), places=(0, 5)):
    """Returns ten picks: one of each side is played as given, the others are idle snipers."""
    result = [pb.HeroPick(team_id=RADIANT if place < 5 else DIRE, hero_id=SNIPER,
                          control_mode=IDLE) for place in range(10)]
    for place, hero, mode in zip(places, heroes, (radiant, dire), strict=True):
        result[place].hero_id, result[place].control_mode = hero, mode
    return result


def config(**fields):
    """Returns a GameConfig of a 1v1 in steps of 15 ticks."""
    return pb.GameConfig(**{
        "ticks_per_observation": 15, "game_mode": DOTA_GAMEMODE_1V1MID, "hero_picks": picks(),
        **fields})


def action(kind, player=0, delay=0, **data):
    """Returns an Action; `data` names its part of the message and the fields of that."""
    return Action(actionType=kind, player=player, actionDelay=delay, **data)


def walk(x, y, player=0, delay=0):
    return action(
        Action.DOTA_UNIT_ORDER_MOVE_TO_POSITION, player, delay,
        moveToLocation=Action.MoveToLocation(location=place(x, y)))


def attack_move(x, y, player=0):
    return action(Action.DOTA_UNIT_ORDER_ATTACK_MOVE, player,
                  attackMove=Action.AttackMove(location=place(x, y)))


def place(x, y):
    return CMsgBotWorldState.Vector(x=x, y=y, z=0.0)


def hero_of(state, player):
    """Returns the hero of a player in a CMsgBotWorldState."""
    [hero] = [unit for unit in state.units if unit.unit_type == CMsgBotWorldState.HERO
              and unit.player_id == player]
    return hero


class Client:
    """One connection."""

    def __init__(self, address, metadata=(), timeout=60.0):
        # Without this, channels to one address share a connection.
        self.channel = grpc.insecure_channel(
            address, [("grpc.use_local_subchannel_pool", 1)])
        self._stub = DotaServiceStub(self.channel)
        self._metadata = metadata
        self._timeout = timeout

    def named(self, game_id):
        """Makes every further call about a game."""
        self._metadata = (("game_id", game_id),)
        return self

    def reset(self, **fields):
        return self._stub.reset(
            config(**fields), timeout=self._timeout, metadata=self._metadata)

    def observe(self, team=RADIANT):
        return self._stub.observe(
            pb.ObserveConfig(team_id=team), timeout=self._timeout, metadata=self._metadata)

    def state(self, team=RADIANT):
        """Returns the next state of a team that goes on playing."""
        answer = self.observe(team)
        assert (answer.status, answer.team_id) == (pb.OK, team)
        return answer.world_state

    def act(self, *actions, team=RADIANT):
        return self._stub.act(pb.Actions(
            team_id=team, actions=CMsgBotWorldState.Actions(actions=actions)),
            timeout=self._timeout, metadata=self._metadata)

    def step(self, *actions):
        """Observes both teams, and acts for both; returns both states."""
        states = [self.state(team) for team in (RADIANT, DIRE)]
        for team, players in ((RADIANT, range(5)), (DIRE, range(5, 10))):
            self.act(*(one for one in actions if one.player in players), team=team)
        return states

    def play(self, steps, *actions):
        """Plays steps, the first with actions; returns both teams' states after the last."""
        states = None
        for number in range(steps):
            states = self.step(*(actions if number == 0 else ()))
        return states

    def close(self):
        self.channel.close()
