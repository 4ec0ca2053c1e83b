"""A client of DotaService: a hero that fights its way down the middle, against a bot.

    python examples/dotaservice_client.py --address localhost:13337

Without an address it starts a server of its own. Needs nothing but gRPC and the messages.
"""

import argparse
import contextlib

import grpc

import dota_env_rpc
from dota_env_rpc.protocols import DotaService_pb2 as pb
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.protocols.dota_shared_enums_pb2 import DOTA_GAMEMODE_1V1MID
from dota_env_rpc.protocols.DotaService_pb2_grpc import DotaServiceStub

Action = CMsgBotWorldState.Action
TEAM, PLAYER, TICKS = pb.TEAM_RADIANT, 0, 15


def pick(team, hero, mode=pb.HERO_CONTROL_MODE_IDLE):
    return pb.HeroPick(team_id=team, hero_id=hero, control_mode=mode)


def picks(enemy):
    """Returns ten picks; of each side the first plays, the others are only named."""
    return [
        pick(pb.TEAM_RADIANT, pb.NPC_DOTA_HERO_NEVERMORE, pb.HERO_CONTROL_MODE_CONTROLLED),
        *[pick(pb.TEAM_RADIANT, enemy) for _ in range(4)],
        pick(pb.TEAM_DIRE, enemy, pb.HERO_CONTROL_MODE_DEFAULT),
        *[pick(pb.TEAM_DIRE, enemy) for _ in range(4)],
    ]


def decide(state):
    """Returns what the hero is to do: attack whoever it meets on its way to the middle."""
    [hero] = [unit for unit in state.units
              if unit.unit_type == CMsgBotWorldState.HERO and unit.player_id == PLAYER]
    actions = []
    if hero.ability_points:
        actions.append(Action(
            actionType=Action.DOTA_UNIT_ORDER_TRAIN_ABILITY, player=PLAYER,
            trainAbility=Action.TrainAbility(ability="nevermore_shadowraze1")))
    if hero.is_alive:
        actions.append(Action(
            actionType=Action.DOTA_UNIT_ORDER_ATTACK_MOVE, player=PLAYER,
            attackMove=Action.AttackMove(location=CMsgBotWorldState.Vector(x=0, y=0, z=0))))
    return hero, actions


def start(service, enemy=pb.NPC_DOTA_HERO_SNIPER, game_id="", metadata=()):
    """Starts a game against a hero; returns its InitialObservation."""
    return service.reset(pb.GameConfig(
        ticks_per_observation=TICKS, game_mode=DOTA_GAMEMODE_1V1MID, game_id=game_id,
        hero_picks=picks(enemy)), metadata=metadata)


def play(service, minutes, metadata=()):
    """Plays a game until it ends or `minutes` are over; returns its status, clock and hero."""
    hero, clock, status = None, float("-inf"), pb.OK
    while clock < 60.0 * minutes:
        answer = service.observe(pb.ObserveConfig(team_id=TEAM), metadata=metadata)
        status = answer.status
        if status != pb.OK:
            break
        clock = answer.world_state.dota_time
        hero, actions = decide(answer.world_state)
        service.act(pb.Actions(team_id=TEAM, actions=CMsgBotWorldState.Actions(
            dota_time=clock, actions=actions)), metadata=metadata)
    return status, clock, hero


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", help="HOST:PORT of a server")
    parser.add_argument("--minutes", type=float, default=5.0, help="game clock to play until")
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        address = arguments.address or stack.enter_context(dota_env_rpc.serve(port=0)).address
        service = DotaServiceStub(stack.enter_context(grpc.insecure_channel(address)))
        first = start(service)
        print(f"{len(first.players)} players; the clock is at "
              f"{first.world_state_radiant.dota_time}")
        status, clock, hero = play(service, arguments.minutes)
        print(f"at {clock:.0f} s: {pb.Status.Name(status)}; {hero.name} has level {hero.level}, "
              f"{hero.last_hits} last hits and a net worth of {hero.net_worth}")


if __name__ == "__main__":
    main()
