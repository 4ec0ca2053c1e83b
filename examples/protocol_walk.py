"""A walk through the raw protocol: every message that is sent and what comes back, in words.

Whoever writes a client in another language can follow it message by message. Tensors and specs
are shown in short.

    python examples/protocol_walk.py
"""

import argparse
import queue

from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import dm_env_rpc_pb2_grpc, tensor_utils
from dm_env_rpc.v1.extensions import properties_pb2
from google.rpc import code_pb2
import grpc
import numpy as np

import dota_env_rpc

OBSERVATIONS_SHOWN = ("reward", "state", "units")


class Talk:
    """One stream of requests, each with its response; prints both."""

    def __init__(self, channel: grpc.Channel):
        """Opens the stream."""
        self._requests: queue.SimpleQueue[rpc.EnvironmentRequest | None] = queue.SimpleQueue()
        stub = dm_env_rpc_pb2_grpc.EnvironmentStub(channel)
        self._responses = stub.Process(iter(self._requests.get, None))

    def say(self, why: str, **request):
        """Sends a request, prints it and its response, and returns the response's payload."""
        print(f"\n--- {why}")
        message = rpc.EnvironmentRequest(**request)
        print(f"-> {in_words(message)}")
        response = self.ask(message)
        print(f"<- {in_words(response)}")
        return getattr(response, response.WhichOneof("payload"))

    def ask(self, message: rpc.EnvironmentRequest) -> rpc.EnvironmentResponse:
        """Sends a request and returns its response."""
        self._requests.put(message)
        return next(self._responses)

    def end(self) -> None:
        """Closes the stream."""
        self._requests.put(None)


def in_words(message) -> str:
    """Returns a request or response in a few lines."""
    kind = message.WhichOneof("payload")
    payload = getattr(message, kind)
    if kind == "error":
        return f"error {code_pb2.Code.Name(payload.code)}: {payload.message}"
    lines = [type(payload).__name__]
    if kind == "extension":
        return f"extension {payload.type_url.rpartition('/')[2]}, {len(payload.value)} bytes"
    for field, value in payload.ListFields():
        if field.name in ("settings", "actions", "observations"):
            for key in sorted(value):
                lines.append(f"  {field.name}[{key!r}] = {tensor_in_words(value[key])}")
        elif field.name == "specs":
            for side in ("actions", "observations"):
                for uid, spec in sorted(getattr(value, side).items()):
                    lines.append(f"  {side}[{uid}]: {spec_in_words(spec)}")
        elif field.name == "state":
            lines.append(f"  state = {rpc.EnvironmentStateType.Name(value)}")
        else:
            lines.append(f"  {field.name} = {value}")
    return "\n   ".join(lines)


def tensor_in_words(tensor: rpc.Tensor) -> str:
    """Returns type, shape and first values of a tensor."""
    array = np.asarray(tensor_utils.unpack_tensor(tensor))
    kind = tensor.WhichOneof("payload")
    first = ", ".join(f"{value:.3g}" if array.dtype.kind == "f" else str(value)
                      for value in array.ravel()[:6])
    return f"{kind} {list(array.shape)}: {first}{', ...' if array.size > 6 else ''}"


def spec_in_words(spec: rpc.TensorSpec) -> str:
    """Returns name, type, shape and bounds of a tensor."""
    bounds = ""
    if spec.HasField("min"):
        low, high = (getattr(bound, bound.WhichOneof("payload")).array[0]
                     for bound in (spec.min, spec.max))
        bounds = f" from {low:g} to {high:g}"
    return f"{spec.name}: {rpc.DataType.Name(spec.dtype)} {list(spec.shape)}{bounds}"


def packed(values: dict) -> dict[str, rpc.Tensor]:
    """Returns settings as tensors."""
    return {name: tensor_utils.pack_tensor(value) for name, value in values.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", help="server to talk to; without it one is started")
    arguments = parser.parse_args()
    if arguments.address:
        walk(arguments.address)
    else:
        with dota_env_rpc.serve(port=0) as server:
            walk(server.address)


def walk(address: str) -> None:
    """Goes once through all messages."""
    with grpc.insecure_channel(address) as channel:
        talk = Talk(channel)
        created = talk.say(
            "Make a world. Settings are tensors by name.",
            create_world=rpc.CreateWorldRequest(
                settings=packed({"task": "mid_1v1", "seed": 7, "max_seconds": 0.0})))
        talk.say(
            "A setting that does not exist is refused, and the answer says what does.",
            create_world=rpc.CreateWorldRequest(settings=packed({"sede": 7})))
        joined = talk.say(
            "Join it in Radiant's seat. The specs tell what can be seen and done.",
            join_world=rpc.JoinWorldRequest(
                world_name=created.world_name, settings=packed({"seat": 0})))
        uids = {spec.name: uid for uid, spec in joined.specs.observations.items()}
        actions = {spec.name: uid for uid, spec in joined.specs.actions.items()}
        shown = [uids[name] for name in OBSERVATIONS_SHOWN]
        talk.say(
            "The first step begins a sequence: its actions do not count.",
            step=rpc.StepRequest(requested_observations=shown))
        walking = {
            actions["order"]: tensor_utils.pack_tensor(
                np.int32(dota_env_rpc.UnitOrder.MOVE_TO_POSITION)),
            actions["position"]: tensor_utils.pack_tensor(np.float32([-1000.0, -900.0])),
        }
        talk.say(
            "Walk to the middle of the map. Only the observations asked for come back.",
            step=rpc.StepRequest(requested_observations=shown, actions=walking))
        talk.say(
            "An order that does not exist is refused; the match has not moved.",
            step=rpc.StepRequest(actions={
                actions["order"]: tensor_utils.pack_tensor(np.int32(99))}))
        asked = rpc.EnvironmentRequest()
        asked.extension.Pack(properties_pb2.PropertyRequest(
            read_property=properties_pb2.ReadPropertyRequest(key="match.seconds")))
        answer = talk.say(
            "Facts beside the observations are properties: here the game clock.",
            extension=asked.extension)
        response = properties_pb2.PropertyResponse()
        answer.Unpack(response)
        print(f"   match.seconds is {tensor_in_words(response.read_property.value)}")
        print("\n--- Step on, without looking, until the match is cut off at 0:00.")
        state, steps = rpc.RUNNING, 0
        while state == rpc.RUNNING:
            state = talk.ask(rpc.EnvironmentRequest(step=rpc.StepRequest())).step.state
            steps += 1
        print(f"   {steps} steps later the state is {rpc.EnvironmentStateType.Name(state)}: "
              "a time limit interrupts, a win or loss terminates.")
        talk.say("Reset: the next step begins another match.", reset=rpc.ResetRequest())
        talk.say("Leave the world.", leave_world=rpc.LeaveWorldRequest())
        talk.say("Destroy it.", destroy_world=rpc.DestroyWorldRequest(
            world_name=created.world_name))
        talk.end()


if __name__ == "__main__":
    main()
