"""A client that speaks the protocol's own messages."""

from dm_env_rpc.v1 import connection as dm_env_rpc_connection
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import tensor_utils
import grpc

# Uids of the fake task's actions and their types; `action` is of the discrete space.
_ACTIONS = {"order": (1, rpc.INT32), "position": (2, rpc.FLOAT), "action": (1, rpc.INT32)}


class Client:
    """One stream and what can be sent on it."""

    def __init__(self, address, metadata=None, credentials=None):
        self.channel = (grpc.secure_channel(address, credentials) if credentials
                        else grpc.insecure_channel(address))
        self.connection = dm_env_rpc_connection.Connection(self.channel, metadata)

    def send(self, request):
        return self.connection.send(request)

    def create(self, **settings):
        return self.send(rpc.CreateWorldRequest(settings=packed(settings))).world_name

    def join(self, world, **settings):
        return self.send(
            rpc.JoinWorldRequest(world_name=world, settings=packed(settings))).specs

    def step(self, observe=(), **actions):
        return self.send(step_request(observe, **actions))

    def reset(self, **settings):
        return self.send(rpc.ResetRequest(settings=packed(settings)))

    def reset_world(self, world, **settings):
        return self.send(rpc.ResetWorldRequest(world_name=world, settings=packed(settings)))

    def leave(self):
        return self.send(rpc.LeaveWorldRequest())

    def destroy(self, world):
        return self.send(rpc.DestroyWorldRequest(world_name=world))

    def close(self):
        self.channel.close()


def step_request(observe=(), **actions):
    """Returns a StepRequest of the fake task."""
    return rpc.StepRequest(requested_observations=observe, actions={
        _ACTIONS[name][0]: tensor_utils.pack_tensor(value, _ACTIONS[name][1])
        for name, value in actions.items()})


def packed(settings):
    """Returns settings as tensors."""
    return {name: tensor_utils.pack_tensor(value) for name, value in settings.items()}
