"""One client's stream: a request in, an answer out, in order."""

from collections.abc import Callable
import itertools
import threading

from absl import logging
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from google.protobuf.message import DecodeError

from dota_env_rpc.server import errors, tensors, wire
from dota_env_rpc.server.errors import RequestError
from dota_env_rpc.server.participant import Participant
from dota_env_rpc.server.requests import StepReader
from dota_env_rpc.server.world import World
from dota_env_rpc.server.worlds import Worlds
from dota_env_rpc.tasks.actions import ActionError

# Lists of requested observations whose layout is kept; clients use one or two.
MAX_REPLIES = 8
_numbers = itertools.count(1)


class Stream:
    """Answers the requests of one client, which is joined to at most one world at a time."""

    def __init__(self, worlds: Worlds, properties, peer: str):
        """Stores whom the client may ask.

        Args:
            worlds: The server's worlds.
            properties: Answers of the properties extension.
            peer: The client's address.
        """
        self.name = f"stream-{next(_numbers)}"
        self.peer = peer
        self.world: World | None = None
        self.participant: Participant | None = None
        self._worlds = worlds
        self._properties = properties
        self._lock = threading.Lock()  # a client may vanish while it joins
        self._closed = False
        self._reader: StepReader | None = None
        self._replies: dict[tuple[int, ...], wire.StepReply] = {}
        self._seat = None  # whose the two above are
        self._handlers = {
            "create_world": self._create_world, "join_world": self._join_world,
            "step": self._step, "reset": self._reset, "reset_world": self._reset_world,
            "leave_world": self._leave_world, "destroy_world": self._destroy_world,
            "extension": self._extension,
        }

    def answer(self, data: bytes) -> bytes:
        """Returns the serialized EnvironmentResponse to a serialized EnvironmentRequest.

        Never raises: what goes wrong is the answer, and the stream lives on.
        """
        kind = "step"
        try:
            known = self._recall(data)
            if known is not None:
                requested, actions = known
                return self._play(requested, lambda: actions)
            kind = "request"
            try:
                request = rpc.EnvironmentRequest.FromString(data)
            except DecodeError:
                raise tensors.invalid("the message is no dm_env_rpc EnvironmentRequest") from None
            kind = request.WhichOneof("payload")
            if kind is None:
                raise tensors.invalid(
                    f"the request is empty; send one of {', '.join(self._handlers)}")
            return self._handlers[kind](getattr(request, kind))
        except RequestError as error:
            logging.log_every_n_seconds(
                logging.WARNING, "request refused stream=%s peer=%s kind=%s code=%d: %s", 1,
                self.name, self.peer, kind, error.code, error.message)
            return rpc.EnvironmentResponse(error=error.status()).SerializeToString()
        except Exception:
            logging.exception("request failed stream=%s peer=%s kind=%s",
                              self.name, self.peer, kind)
            error = RequestError(
                errors.INTERNAL, f"the server failed to serve the {kind}; its log says why")
            return rpc.EnvironmentResponse(error=error.status()).SerializeToString()

    def close(self) -> None:
        """Leaves the world for good: the client is gone. May be called from any thread."""
        with self._lock:
            self._closed = True
        self._leave()

    def _leave(self) -> None:
        with self._lock:
            world, participant = self.world, self.participant
            self.world = self.participant = None
        if participant is not None:
            world.leave(participant)
            logging.info("client left world=%s stream=%s seats=%s",
                         world.name, self.name, participant.seats)

    # One method for each message.

    def _create_world(self, request: rpc.CreateWorldRequest) -> bytes:
        world = self._worlds.create(tensors.read_settings(request.settings), self.name)
        return rpc.EnvironmentResponse(
            create_world=rpc.CreateWorldResponse(world_name=world.name)).SerializeToString()

    def _join_world(self, request: rpc.JoinWorldRequest) -> bytes:
        if self.participant is not None:
            raise RequestError(
                errors.FAILED_PRECONDITION,
                f"already joined to world {self.world.name!r}; leave it first")
        world = self._worlds.get(request.world_name)
        participant = world.join(self.name, tensors.read_settings(request.settings))
        with self._lock:
            if not self._closed:
                self.world, self.participant = world, participant
        if self._closed:
            world.leave(participant)
            raise RequestError(errors.FAILED_PRECONDITION, "the client is gone")
        logging.info("client joined world=%s stream=%s peer=%s seats=%s",
                     world.name, self.name, self.peer, participant.seats)
        return rpc.EnvironmentResponse(
            join_world=rpc.JoinWorldResponse(specs=_specs(participant))).SerializeToString()

    def _step(self, request: rpc.StepRequest) -> bytes:
        return self._play(
            tuple(request.requested_observations), lambda: self._reader.read(request))

    def _play(self, requested: tuple[int, ...], read: Callable[[], dict]) -> bytes:
        """Plays a step; `read` gives the actions, if the world asks for them."""
        world, participant = self._joined("step")
        self._fit(participant)
        self._check(requested)

        def act(seat):
            try:
                seat.act(read())
            except ActionError as error:
                raise tensors.invalid(str(error)) from error

        def reply(state):
            self._fit(participant)
            answer = self._replies.get(requested)
            if answer is None:
                answer = self._prepare(requested)
            return answer.serialize(state)

        return world.step(participant, act, reply)

    def _reset(self, request: rpc.ResetRequest) -> bytes:
        world, participant = self._joined("reset")
        world.reset(participant, tensors.read_settings(request.settings))
        return rpc.EnvironmentResponse(
            reset=rpc.ResetResponse(specs=_specs(participant))).SerializeToString()

    def _reset_world(self, request: rpc.ResetWorldRequest) -> bytes:
        world = self._worlds.get(request.world_name)
        caller = self.participant if world is self.world else None
        world.reset_world(caller, tensors.read_settings(request.settings))
        return rpc.EnvironmentResponse(reset_world=rpc.ResetWorldResponse()).SerializeToString()

    def _leave_world(self, request: rpc.LeaveWorldRequest) -> bytes:
        del request
        self._leave()
        return rpc.EnvironmentResponse(leave_world=rpc.LeaveWorldResponse()).SerializeToString()

    def _destroy_world(self, request: rpc.DestroyWorldRequest) -> bytes:
        self._worlds.destroy(request.world_name, self.name)
        return rpc.EnvironmentResponse(
            destroy_world=rpc.DestroyWorldResponse()).SerializeToString()

    def _extension(self, request) -> bytes:
        answer = rpc.EnvironmentResponse()
        answer.extension.Pack(self._properties.answer(request, self))
        return answer.SerializeToString()

    # What they share.

    def _joined(self, what: str) -> tuple[World, Participant]:
        with self._lock:
            world, participant = self.world, self.participant
        if participant is None:
            raise RequestError(
                errors.FAILED_PRECONDITION, f"join a world before the first {what}")
        return world, participant

    def _fit(self, participant: Participant) -> None:
        """Forgets what was prepared for another seat: a new episode may have brought a new one."""
        if self._seat is not participant.seat:
            self._seat = participant.seat
            self._reader = StepReader(self._seat.action_specs)
            self._replies = {}

    def _recall(self, data: bytes) -> tuple[tuple[int, ...], dict] | None:
        """Returns what a step asks for if its bytes tell; see StepReader."""
        participant = self.participant
        if participant is None:
            return None
        self._fit(participant)
        return self._reader.recall(data)

    def _check(self, requested: tuple[int, ...]) -> None:
        """Raises INVALID_ARGUMENT for an unknown observation."""
        if requested in self._replies:
            return
        names = list(self._seat.observation_specs)
        for uid in requested:
            if not 1 <= uid <= len(names):
                known = ", ".join(f"{uid} ({name})" for uid, name in enumerate(names, start=1))
                raise tensors.invalid(f"unknown observation uid {uid}; known are {known}")

    def _prepare(self, requested: tuple[int, ...]) -> wire.StepReply:
        names = list(self._seat.observation_specs)
        answer = wire.StepReply(self._seat, [names[uid - 1] for uid in dict.fromkeys(requested)])
        if len(self._replies) >= MAX_REPLIES:
            self._replies.pop(next(iter(self._replies)))
        self._replies[requested] = answer
        return answer


def _specs(participant: Participant) -> rpc.ActionObservationSpecs:
    return rpc.ActionObservationSpecs(
        actions=wire.tensor_specs(participant.seat.action_specs),
        observations=wire.tensor_specs(participant.seat.observation_specs))
