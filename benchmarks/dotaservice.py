"""What a step costs through DotaService, in calls that do nothing.

Prints JSON. A step and a null call are measured in turn, round by round, in this run; the match
has reached 3:00 of the game clock, with agents that attack-move to random places. Clients read
the messages. Servers run in processes of their own.
"""

from collections.abc import Callable
import json
import pathlib
import random

from absl import app
import grpc
from wire import compare, process

from dota_env_rpc.protocols import DotaService_pb2 as pb
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.dota_shared_enums_pb2 import DOTA_GAMEMODE_1V1MID
from dota_env_rpc.protocols.DotaService_pb2_grpc import DotaServiceStub

TICKS = 4
START = -30
STEPS_TO_PLAY = (180 - START) * 30 // TICKS
TEAMS = {pb.TEAM_RADIANT: 0, pb.TEAM_DIRE: 5}
REACH = 600.0  # map units around its own tower in which a hero moves, so that it stays alive
HOME = {0: (-1600.0, -1500.0), 5: (600.0, 400.0)}
METHOD = "/Null/call"
AT_MOST = 6.0


class Player:
    """Plays games: observes both teams, and acts for those that are controlled.

    A game that has ended begins anew, which counts as a step.
    """

    def __init__(self, address: str, controlled: tuple[int, ...]):
        self._stub = DotaServiceStub(grpc.insecure_channel(
            address, [("grpc.use_local_subchannel_pool", 1)]))
        self._controlled = controlled
        self._random = random.Random(1)
        self._begin()

    def _begin(self) -> None:
        modes = {True: pb.HERO_CONTROL_MODE_CONTROLLED, False: pb.HERO_CONTROL_MODE_DEFAULT}
        self._stub.reset(pb.GameConfig(
            ticks_per_observation=TICKS, game_mode=DOTA_GAMEMODE_1V1MID, hero_picks=[
                pb.HeroPick(
                    team_id=team, hero_id=pb.NPC_DOTA_HERO_NEVERMORE,
                    control_mode=modes[team in self._controlled] if first
                    else pb.HERO_CONTROL_MODE_IDLE)
                for team in TEAMS for first in (True, False, False, False, False)]))

    def step(self) -> None:
        for team in TEAMS:
            answer = self._stub.observe(pb.ObserveConfig(team_id=team))
            if answer.status != pb.OK:
                self._begin()
                return
            state = answer.world_state
        for team in self._controlled:
            self._stub.act(pb.Actions(team_id=team, actions=self._actions(state, TEAMS[team])))

    def _actions(self, state, player: int):
        x, y = (at + self._random.uniform(-REACH, REACH) for at in HOME[player])
        action = CMsgBotWorldState.Action(
            actionType=CMsgBotWorldState.Action.DOTA_UNIT_ORDER_ATTACK_MOVE, player=player)
        action.attackMove.location.x, action.attackMove.location.y = x, y
        action.attackMove.location.z = 0.0
        return CMsgBotWorldState.Actions(dota_time=state.dota_time, actions=[action])


def null_call(address: str) -> Callable[[], None]:
    """Returns what makes a null call."""
    call = grpc.insecure_channel(address).unary_unary(METHOD)
    return lambda: call(b"")


def main(argv):
    del argv
    rows = []
    null_script = str(pathlib.Path(__file__).with_name("null_unary.py"))
    with process("-m", "dota_env_rpc", "--port=0", "--verbosity=-1", "--games_folder=") as address:
        with process(null_script) as null_address:
            null = null_call(null_address)
            for what, controlled in (
                    ("observe both teams and act for one", (pb.TEAM_RADIANT,)),
                    ("observe both teams and act for both", tuple(TEAMS))):
                player = Player(address, controlled)
                for _ in range(STEPS_TO_PLAY):
                    player.step()
                steps, nulls, _ = compare(player.step, null)
                ratio = nulls / steps
                rows.append({
                    "what": f"step of mid_1v1 through DotaService: {what}",
                    "milliseconds": round(1e3 / steps, 3), "against": "null unary calls",
                    "against_milliseconds": round(1e3 / nulls, 3), "ratio": round(ratio, 2),
                    "at_most": AT_MOST, "met": ratio <= AT_MOST})
    print(json.dumps({"benchmark": "dotaservice", "rows": rows}, indent=2))


if __name__ == "__main__":
    app.run(main)
