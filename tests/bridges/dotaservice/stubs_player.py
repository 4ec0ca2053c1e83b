"""Plays a whole match through the stubs that dotaservice 0.3.9 published, and prints what it saw.

    python stubs_player.py HOST PORT GAME_ID

It runs in a virtual environment of its own, with grpclib and protobuf 3.20.
"""

import asyncio
import json
import sys

from dotaservice.protos.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dotaservice.protos.dota_shared_enums_pb2 import DOTA_GAMEMODE_1V1MID
from dotaservice.protos.DotaService_grpc import DotaServiceStub
from dotaservice.protos.DotaService_pb2 import (
    HERO_CONTROL_MODE_CONTROLLED,
    HERO_CONTROL_MODE_IDLE,
    HOST_MODE_DEDICATED,
    NPC_DOTA_HERO_NEVERMORE,
    NPC_DOTA_HERO_SNIPER,
    TEAM_DIRE,
    TEAM_RADIANT,
    Actions,
    GameConfig,
    HeroPick,
    ObserveConfig,
    Status,
)
import google.protobuf
from grpclib.client import Channel

TICKS = 30
Action = CMsgBotWorldState.Action


def pick(team, is_first):
    return HeroPick(
        team_id=team,
        hero_id=NPC_DOTA_HERO_NEVERMORE if is_first else NPC_DOTA_HERO_SNIPER,
        control_mode=HERO_CONTROL_MODE_CONTROLLED if is_first else HERO_CONTROL_MODE_IDLE)


def attack(state, player_id, team):
    """Returns an attack on the nearest enemy, or else a walk to the middle."""
    heroes = [unit for unit in state.units if unit.unit_type == CMsgBotWorldState.HERO
              and unit.player_id == player_id]
    enemies = [unit for unit in state.units if unit.team_id not in (team, 4) and unit.is_alive
               and not unit.is_invulnerable]
    action = Action(player=player_id)
    near = []
    for hero in heroes:
        near = sorted(((unit.location.x - hero.location.x) ** 2
                       + (unit.location.y - hero.location.y) ** 2, unit.handle)
                      for unit in enemies)
    if near and near[0][0] < 900 ** 2:
        action.actionType = Action.DOTA_UNIT_ORDER_ATTACK_TARGET
        action.attackTarget.target = near[0][1]
        action.attackTarget.once = True
    else:
        action.actionType = Action.DOTA_UNIT_ORDER_MOVE_DIRECTLY
        action.moveDirectly.location.x = action.moveDirectly.location.y = 0.0
        action.moveDirectly.location.z = 0.0
    return action


async def play(host, port, game_id):
    channel = Channel(host, port)
    service = DotaServiceStub(channel)
    first = await service.reset(GameConfig(
        game_id=game_id, ticks_per_observation=TICKS, host_timescale=10,
        host_mode=HOST_MODE_DEDICATED, game_mode=DOTA_GAMEMODE_1V1MID,
        hero_picks=[pick(TEAM_RADIANT, place == 0) for place in range(5)]
        + [pick(TEAM_DIRE, place == 0) for place in range(5)]))
    seen = {"players": [player.id for player in first.players], "times": [], "glyphs": []}
    end = None
    while end is None:
        for team, player_id in ((TEAM_RADIANT, 0), (TEAM_DIRE, 5)):
            answer = await service.observe(ObserveConfig(team_id=team))
            if answer.status != Status.Value("OK"):
                end = answer
                break
            state = answer.world_state
            if team == TEAM_RADIANT:
                seen["times"].append(state.dota_time)
                seen["glyphs"].append(state.glyph_cooldown_enemy)
            actions = CMsgBotWorldState.Actions(
                actions=[attack(state, player_id, team)], dota_time=state.dota_time)
            await service.act(Actions(actions=actions, team_id=team))
    channel.close()
    return {**seen, "end": Status.Name(end.status), "has_state": end.HasField("world_state"),
            "protobuf": google.protobuf.__version__}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(play(sys.argv[1], int(sys.argv[2]), sys.argv[3]))))
