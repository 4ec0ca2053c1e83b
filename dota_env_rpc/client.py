"""A match on a server as a dm_env.Environment: the far end of a dm_env_rpc stream."""

from collections.abc import Mapping
import contextlib
import functools
import json
import threading
import time
from typing import Any

import dm_env
from dm_env import specs as dm_env_specs
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import tensor_spec_utils, tensor_utils
from dm_env_rpc.v1.extensions import properties_pb2
from google.protobuf import any_pb2
from google.rpc import code_pb2
import grpc
import numpy as np

from dota_env_rpc.server import far_end
from dota_env_rpc.server.calls import CallEnded, open_call

_METHOD = "/dm_env_rpc.v1.Environment/Process"
REWARD = "reward"
DISCOUNT = "discount"
STEP_TYPE = "step_type"
# Longer than a server with default settings lets any request wait.
DEFAULT_TIMEOUT = 720.0


class ServerError(RuntimeError):
    """The server refused a request; `code` is a google.rpc.Code."""

    def __init__(self, code: int, message: str):
        super().__init__(f"{message} ({code_pb2.Code.Name(code)})")
        self.code = code


def connect(
        address: str = "localhost:13337", *, world: str | None = None,
        create: Mapping[str, Any] | None = None, join: Mapping[str, Any] | None = None,
        token: str = "", credentials: grpc.ChannelCredentials | None = None,
        connect_timeout: float = 10.0, timeout: float = DEFAULT_TIMEOUT) -> "RemoteEnvironment":
    """Takes a seat in a match on a server.

    Args:
        address: "HOST:PORT" of the server.
        world: Name of the world to join; None makes one, which `close` destroys.
        create: World settings by name, if a world is made; see docs/settings.md.
        join: Join settings by name; see docs/settings.md.
        token: The server's bearer token, if it asks for one.
        credentials: TLS credentials (grpc.ssl_channel_credentials), or None for plaintext.
        connect_timeout: Seconds to wait for the server.
        timeout: Seconds to wait for the answer to any request.

    Returns:
        A dm_env.Environment with the specs and time steps that `make` gives for the same
        settings, or `make_batch` where the settings say many matches or `seats`.

    Raises:
        ConnectionError: there is no server at `address`, or it refuses the connection.
        ValueError: a setting is unknown or its value is not allowed.
        ServerError: the server refuses otherwise: no such world, seat taken, too many worlds.
        TimeoutError: no answer came in time.
    """
    if world is not None and create is not None:
        raise ValueError("`create` makes a world and `world` joins one: give one of them")
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    if credentials is None:
        channel = grpc.insecure_channel(address, options)
    else:
        channel = grpc.secure_channel(address, credentials, options)
    try:
        try:
            grpc.channel_ready_future(channel).result(connect_timeout)
        except grpc.FutureTimeoutError:
            tls = "" if credentials else "; one with TLS answers only those who give `credentials`"
            raise ConnectionError(
                f"no server answers at {address} within {connect_timeout:g} s{tls}") from None
        stream = _Stream(channel, token, timeout)
        name = world
        if name is None:
            name = stream.ask("create_world", rpc.CreateWorldRequest(
                settings=_packed(create or {}))).world_name
        specs = stream.ask("join_world", rpc.JoinWorldRequest(
            world_name=name, settings=_packed(join or {}))).specs
        return RemoteEnvironment(stream, specs, name, owns_world=world is None)
    except BaseException:
        channel.close()
        raise


class RemoteEnvironment(dm_env.Environment):
    """A seat, or a batch of rows, in a world on a server.

    `send_step` and `receive_step` are the halves of `step`: one thread that plays several
    connections of one world sends for all of them before it receives for any, since the world
    moves when all have stepped.

    Attributes:
        world: Name of the world.
    """

    def __init__(self, stream: "_Stream", specs: rpc.ActionObservationSpecs, world: str,
                 owns_world: bool):
        """Stores a joined stream; see `connect`."""
        self.world = world
        self._stream: _Stream | None = stream
        self._owns_world = owns_world
        self._sent = 0
        self._state = rpc.INTERRUPTED
        self._set_specs(specs)

    def _set_specs(self, specs: rpc.ActionObservationSpecs) -> None:
        self._specs = specs
        by_uid = {uid: _dm_env_spec(spec) for uid, spec in sorted(specs.observations.items())}
        self._all = {spec.name: spec for spec in by_uid.values()}
        self._batched = STEP_TYPE in self._all
        self._writer = far_end.ActionWriter(specs.actions)
        self._reader = far_end.ObservationReader(by_uid)
        self._requested = far_end.requested(by_uid)
        self._observation_spec = _nested({
            name: spec for name, spec in self._all.items() if name not in (REWARD, DISCOUNT)})
        self._action_spec = {
            spec.name: _dm_env_spec(spec) for _, spec in sorted(specs.actions.items())}

    def reset(self) -> dm_env.TimeStep:
        """Starts the next match and returns its first step; answers not received are dropped."""
        stream = self._require()
        stream.send(rpc.EnvironmentRequest(reset=rpc.ResetRequest()).SerializeToString())
        stream.send(self._request(b""))
        while self._sent:
            self._sent -= 1
            stream.receive()
        answer, data = stream.receive(), stream.receive()
        specs = _parse("reset", answer).specs
        if specs != self._specs:
            self._set_specs(specs)
        self._state = rpc.INTERRUPTED
        return self._time_step(data)

    def restart(self, seed: int | None = None) -> dm_env.TimeStep:
        """Abandons the world's matches, for all its clients, and begins the next episode.

        Args:
            seed: Starts the seeds anew: the next episode plays this one.

        Raises:
            ValueError: `seed` is out of its range.
        """
        if self._sent:
            raise ValueError("receive the steps that were sent first")
        self._require().ask("reset_world", rpc.ResetWorldRequest(
            world_name=self.world, settings=_packed({} if seed is None else {"seed": seed})))
        return self.reset()

    def step(self, action: Mapping[str, Any]) -> dm_env.TimeStep:
        """Plays one step.

        Args:
            action: Values by name; what is missing means its default. Ignored where a match
                starts: on a fresh environment and after LAST.

        Raises:
            ValueError: an action is unknown, or its value not allowed; the match has not moved.
        """
        if self._sent:
            raise ValueError("receive the steps that were sent first")
        request = self._request(self._writer.write(action))
        return self._time_step(self._require().exchange(request))

    def send_step(self, action: Mapping[str, Any]) -> None:
        """Sends a step without waiting for its answer; `receive_step` does."""
        request = self._request(self._writer.write(action))
        self._require().send(request)
        self._sent += 1

    def receive_step(self) -> dm_env.TimeStep:
        """Returns the answer to the oldest step that was sent and not received."""
        if not self._sent:
            raise ValueError("no step was sent whose answer could be received")
        self._sent -= 1
        return self._time_step(self._require().receive())

    @functools.cached_property
    def columns(self) -> Mapping[str, Any]:
        """Names, units and ranges of all columns as plain data, with a digest."""
        return json.loads(str(self.read_property("seat.columns")))

    @functools.cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Names of the rows of the patch's "items", "abilities", "modifiers" and "definitions"."""
        return {rows: tuple(self.read_property(f"world.{row}_names").tolist())
                for rows, row in (("items", "item"), ("abilities", "ability"),
                                  ("modifiers", "modifier"), ("definitions", "definition"))}

    def observation_spec(self) -> dict[str, Any]:
        """Returns the specs of the observation, dictionaries in each other at dots."""
        return self._observation_spec

    def action_spec(self) -> dict[str, dm_env_specs.Array]:
        """Returns the spec of each action by name."""
        return dict(self._action_spec)

    def reward_spec(self) -> dm_env_specs.Array:
        """Returns the spec of the reward."""
        return self._all[REWARD]

    def discount_spec(self) -> dm_env_specs.Array:
        """Returns the spec of the discount."""
        return self._all[DISCOUNT] if self._batched else super().discount_spec()

    def read_property(self, key: str):
        """Returns the property `key`: facts beside the observations; see docs/protocol.md.

        Raises:
            KeyError: there is none of that name.
        """
        if self._sent:
            raise ValueError("receive the steps that were sent first")
        request = properties_pb2.PropertyRequest(
            read_property=properties_pb2.ReadPropertyRequest(key=key))
        packed = any_pb2.Any()
        packed.Pack(request)
        try:
            answer = self._require().ask("extension", packed)
        except ServerError as error:
            if error.code == code_pb2.NOT_FOUND:
                raise KeyError(str(error)) from None
            raise
        response = properties_pb2.PropertyResponse()
        answer.Unpack(response)
        return tensor_utils.unpack_tensor(response.read_property.value)

    def close(self) -> None:
        """Leaves the world, destroys it if `connect` made it, and closes the connection."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        with contextlib.suppress(ConnectionError, TimeoutError, ServerError), stream:
            for _ in range(self._sent):
                stream.receive()
            stream.ask("leave_world", rpc.LeaveWorldRequest())
            if self._owns_world:
                # Others may still play in it; the server frees it when they have left.
                stream.ask("destroy_world", rpc.DestroyWorldRequest(world_name=self.world))

    def _require(self) -> "_Stream":
        if self._stream is None:
            raise ValueError("the environment is closed")
        return self._stream

    def _request(self, actions: bytes) -> bytes:
        return far_end.step_request(actions, self._requested)

    def _time_step(self, data: bytes) -> dm_env.TimeStep:
        state, values = self._reader.cut(data) or self._reader.unpack(_parse("step", data))
        before, self._state = self._state, state
        reward = values.pop(REWARD)
        if self._batched:
            discount, step_type = values.pop(DISCOUNT), values[STEP_TYPE].copy()
            if state != rpc.RUNNING:  # another client has reset the world
                step_type[:] = values[STEP_TYPE][:] = dm_env.StepType.LAST
            return dm_env.TimeStep(step_type, reward, discount, _nested(values))
        values = _nested(values)
        if state == rpc.RUNNING:
            if before != rpc.RUNNING:
                return dm_env.TimeStep(dm_env.StepType.FIRST, None, None, values)
            return dm_env.TimeStep(dm_env.StepType.MID, reward, 1.0, values)
        if before != rpc.RUNNING:
            raise RuntimeError(
                f"the server went from {rpc.EnvironmentStateType.Name(before)} to"
                f" {rpc.EnvironmentStateType.Name(state)} without running")
        discount = 0.0 if state == rpc.TERMINATED else 1.0
        return dm_env.TimeStep(dm_env.StepType.LAST, reward, discount, values)


class _Stream:
    """Serialized requests out, serialized answers in, and a deadline on every wait."""

    def __init__(self, channel: grpc.Channel, token: str, timeout: float):
        self._channel = channel
        self._timeout = timeout
        metadata = (("authorization", f"Bearer {token}"),) if token else ()
        self._call = open_call(channel, _METHOD, metadata)
        self._deadline = float("inf")
        self._timed_out = False
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="dota_env_rpc deadline", daemon=True).start()

    def __enter__(self) -> "_Stream":
        return self

    def __exit__(self, *error) -> None:
        self._closed.set()
        self._call.close()
        self._channel.close()

    def send(self, data: bytes) -> None:
        """Sends one request."""
        self._call.send(data)

    def receive(self) -> bytes:
        """Returns the next answer.

        Raises:
            TimeoutError: none came in time; the connection is closed.
            ConnectionError: the connection is lost or was refused.
        """
        self._deadline = time.monotonic() + self._timeout
        try:
            return self._call.receive()
        except CallEnded as ended:
            raise self._error(ended) from None
        finally:
            self._deadline = float("inf")

    def exchange(self, data: bytes) -> bytes:
        """Sends a request when no answer is outstanding, and returns its answer as `receive`."""
        self._deadline = time.monotonic() + self._timeout
        try:
            return self._call.exchange(data)
        except CallEnded as ended:
            raise self._error(ended) from None
        finally:
            self._deadline = float("inf")

    def ask(self, kind: str, request):
        """Sends a request and returns its answer."""
        data = rpc.EnvironmentRequest(**{kind: request}).SerializeToString()
        return _parse(kind, self.exchange(data))

    def _error(self, ended: CallEnded) -> OSError:
        if self._timed_out:
            return TimeoutError(f"the server has not answered within {self._timeout:g} s")
        return ConnectionError(f"the connection ended: {ended}")

    def _watch(self) -> None:
        pause = min(1.0, self._timeout / 4)
        while not self._closed.wait(pause):
            if time.monotonic() > self._deadline:
                self._timed_out = True
                self._call.cancel()
                return


def _parse(kind: str, data: bytes):
    """Returns the payload `kind` of an answer; raises what the server refused."""
    response = rpc.EnvironmentResponse.FromString(data)
    payload = response.WhichOneof("payload")
    if payload == "error":
        if response.error.code == code_pb2.INVALID_ARGUMENT:
            raise ValueError(response.error.message)
        raise ServerError(response.error.code, response.error.message)
    if payload != kind:
        raise RuntimeError(f"the server answered {kind} with {payload}")
    return getattr(response, kind)


def _dm_env_spec(spec: rpc.TensorSpec) -> dm_env_specs.Array:
    """Returns a spec as the tasks write it, without turning integers into DiscreteArray."""
    dtype = tensor_utils.data_type_to_np_type(spec.dtype)
    if not spec.HasField("min"):
        return dm_env_specs.Array(tuple(spec.shape), dtype, spec.name)
    bounds = tensor_spec_utils.bounds(spec)
    return dm_env_specs.BoundedArray(
        tuple(spec.shape), dtype, bounds.min, bounds.max, name=spec.name)


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns values by dotted names as dictionaries in each other."""
    result: dict[str, Any] = {}
    for name, value in values.items():
        place = result
        if "." in name:
            *folders, name = name.split(".")
            for folder in folders:
                place = place.setdefault(folder, {})
        place[name] = value
    return result


def _packed(settings: Mapping[str, Any]) -> dict[str, rpc.Tensor]:
    try:
        return {
            name: tensor_utils.pack_tensor(
                np.asarray(value, np.str_) if _is_text(value) else value)
            for name, value in settings.items()}
    except (TypeError, ValueError) as error:
        raise ValueError(f"a setting cannot be sent: {error}") from error


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value))
