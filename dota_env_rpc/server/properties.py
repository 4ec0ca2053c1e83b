"""The properties extension: facts about server, world, match and seat beside the observations.

Properties form a tree with dots in their names. `server` is there for every client; `world`,
`match`, `seat` and `hidden` once it has joined. The tables below are all there is to a property:
its type, shape, meaning, and how it is read and written.
"""

from collections.abc import Callable
import dataclasses
import json
from typing import Any

from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import tensor_utils
from dm_env_rpc.v1.extensions import properties_pb2
import numpy as np

from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.clock import seconds
from dota_env_rpc.match.enums import NUM_SEATS, WinReason
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.server import errors, tensors
from dota_env_rpc.server.errors import RequestError
from dota_env_rpc.tasks.settings import unknown_text

HIDDEN_UNIT_FIELDS = (
    "handle", "definition", "unit_type", "team", "player", "level", "x", "y", "facing", "health",
    "max_health", "mana", "max_mana", "attack_target")
SCORE_FIELDS = (
    "level", "kills", "deaths", "assists", "last_hits", "denies", "net_worth", "xp_earned",
    "gold_earned")


@dataclasses.dataclass(frozen=True)
class Property:
    """One property that can be read.

    Attributes:
        key: Its whole name.
        dtype: NumPy type of its value.
        shape: Shape of its value; "matches" stands for the number of matches of the world, an
            axis that is left out where that is 1. -1 is any length.
        meaning: One sentence.
        read: Returns the value: of `(server facts)` under "server", else of
            `(world, participant)`.
        write: Takes `(world, value)`, or None if it cannot be written.
    """

    key: str
    dtype: type
    shape: tuple
    meaning: str
    read: Callable
    write: Callable | None = None


def _server(key, dtype, meaning):
    name = key.partition(".")[2]
    return Property(key, dtype, (), meaning, lambda facts: facts()[name])


def _table(field: str):
    return lambda world, participant: world.backend.tables[field]


def _of_seats(field: str):
    return lambda world, participant: world.backend.tables["players"][field]


def _hidden_units(world, participant):
    del participant
    units = world.backend.tables["units"]
    return np.stack([units[field].astype(np.float64) for field in HIDDEN_UNIT_FIELDS], axis=-1)


def _reasons(world, participant):
    del participant
    return [WinReason(int(reason)).name for reason in world.backend.tables["win_reason"]]


def _names(field: str):
    return lambda world, participant: getattr(
        load_game(world.backend.settings.patch), f"{field}_names")


def _replay(world, participant):
    del participant
    if not world.episodes.recorder:
        raise RequestError(
            errors.FAILED_PRECONDITION, "orders are not kept; create the world with the setting"
            " 'record' true")
    return np.frombuffer(world.episodes.recorder.replay().to_bytes(), np.uint8)


def _columns(world, participant):
    del world
    return json.dumps(participant.seat.columns)


SERVER_PROPERTIES = (
    _server("server.version", np.str_, "Version of dota_env_rpc that serves."),
    _server("server.patches", np.str_, "Patches of the game that it knows, with commas between."),
    _server("server.tasks", np.str_, "Tasks that worlds can be made of, with commas between."),
    _server("server.num_worlds", np.int64, "Worlds that live now."),
    _server("server.max_worlds", np.int64, "Worlds that may live at once."),
    _server("server.num_streams", np.int64, "Clients that are connected now."),
    _server("server.max_streams", np.int64, "Clients that may be connected at once."),
    _server("server.seconds_up", np.float64, "Seconds since the server started."),
)

WORLD_PROPERTIES = (
    Property("world.name", np.str_, (), "Name of the world.", lambda world, _: world.name),
    Property("world.task", np.str_, (), "Task that is played.", lambda world, _: world.task.name),
    Property("world.patch", np.str_, (), "Patch of the game that is played.",
             lambda world, _: world.backend.settings.patch),
    *(Property(f"world.{field}_names", np.str_, (-1,),
               f"Names of the rows of the patch's {rows}, by which observations and actions name"
               " them.", _names(field))
      for field, rows in (
          ("item", "items"), ("ability", "abilities"), ("modifier", "modifiers"),
          ("definition", "definitions of units"))),
    Property("world.settings", np.str_, (), "All world settings, as JSON.",
             lambda world, _: json.dumps(world.settings)),
    Property("world.heroes", np.str_, (NUM_SEATS,), "Hero of each player slot, \"\" for none.",
             lambda world, _: world.backend.settings.heroes),
    Property("world.num_matches", np.int64, (), "Matches of the world.",
             lambda world, _: world.num_matches),
    Property("world.num_clients", np.int64, (), "Clients that are joined.",
             lambda world, _: len(world.participants)),
    Property("world.seats", np.int64, (NUM_SEATS,),
             "Per player slot: 1 where a client has joined, else 0.",
             lambda world, _: np.isin(
                 np.arange(NUM_SEATS),
                 [seat for other in world.participants for seat in other.seats])),
    Property("world.episode", np.int64, (),
             "Times that the matches were begun anew by clients, from 0.",
             lambda world, _: world.episodes.number),
    Property("world.seed", np.int64, (),
             "Seed of the first episode; writing it starts the seeds anew with the next episode.",
             lambda world, _: world.seed,
             lambda world, value: world.change_settings({"seed": value})),
    Property("world.step_timeout", np.float64, (),
             "Seconds that a step waits for other clients before their bots play.",
             lambda world, _: world.step_timeout,
             lambda world, value: world.change_settings({"step_timeout": value})),
    Property("world.bot_failures", np.int64, (NUM_SEATS,),
             "Per player slot: questions of this match that its HTTP bot failed to answer.",
             lambda world, _: world.backend.unanswered()),
    Property("match.episode", np.int64, ("matches",), "Episode of each match, from 0.",
             _table("episode")),
    Property("match.tick", np.int64, ("matches",), "Tick of each match, 30 a second, 0 the horn.",
             _table("tick")),
    Property("match.seconds", np.float64, ("matches",), "Game clock of each match in seconds.",
             lambda world, _: [seconds(int(tick)) for tick in world.backend.tables["tick"]]),
    Property("match.winner", np.int64, ("matches",), "Team that won: 2 Radiant, 3 Dire, 0 none.",
             _table("winner")),
    Property("match.reason", np.str_, ("matches",), "Why the match ended; NONE while it runs.",
             _reasons),
    Property("match.team_kills", np.int64, ("matches", 2), "Kills of Radiant and of Dire.",
             _table("team_kills")),
    *(Property(f"match.{field}", np.int64, ("matches", NUM_SEATS), f"{field} of each player slot.",
               _of_seats(field)) for field in SCORE_FIELDS),
    Property("match.digest", np.str_, ("matches",),
             "16 hex digits that are equal for equal matches, bit for bit.",
             lambda world, _: [world.backend.digest(row) for row in range(world.num_matches)]),
    Property("match.replay", np.uint8, (-1,),
             "Bytes of the replay of the episode so far; worlds with the setting `record` have it.",
             _replay),
    Property("seat.seats", np.str_, (), "Player slots of this client, with commas between.",
             lambda _, participant: ",".join(map(str, participant.seats))),
    Property("seat.bot_steps", np.int64, (),
             "Steps that a bot played for this client between its last Step and the one before.",
             lambda _, participant: participant.bot_steps_before),
    Property("seat.total_bot_steps", np.int64, (),
             "Steps that a bot played for this client while it was in a match.",
             lambda _, participant: participant.total_bot_steps),
    Property("seat.columns", np.str_, (),
             "Name, unit and range of every column of the observations, as JSON.", _columns),
    Property("seat.columns_digest", np.str_, (),
             "16 hex digits that change when any column does.",
             lambda _, participant: participant.seat.columns["digest"]),
    Property("hidden.units", np.float64, ("matches", MAX_UNITS, len(HIDDEN_UNIT_FIELDS)),
             "Every unit of the matches, seen or not, for debugging; handle 0 is an empty row.",
             _hidden_units),
    Property("hidden.unit_fields", np.str_, (), "Names of the columns of hidden.units.",
             lambda _, __: ",".join(HIDDEN_UNIT_FIELDS)),
)

_BRANCHES = {
    "server": "The server itself.",
    "world": "The world that this client has joined.",
    "match": "The matches of that world, as a spectator sees them.",
    "seat": "This client's place in the world.",
    "hidden": "What no player may know; for debugging.",
}


class Properties:
    """Answers PropertyRequests."""

    def __init__(self, facts: Callable[[], dict[str, Any]]):
        """Stores what tells the server's properties: names after "server." and their values."""
        self._facts = facts

    def answer(self, extension, stream) -> properties_pb2.PropertyResponse:
        """Returns the answer to a packed PropertyRequest of `stream`.

        Raises:
            RequestError: UNIMPLEMENTED for another extension, NOT_FOUND for an unknown key,
                PERMISSION_DENIED for a key that cannot be read or written, INVALID_ARGUMENT for a
                value that it cannot take.
        """
        request = properties_pb2.PropertyRequest()
        if not extension.Is(request.DESCRIPTOR):
            raise RequestError(
                errors.UNIMPLEMENTED, f"unknown extension {extension.type_url!r};"
                f" known is {request.DESCRIPTOR.full_name}")
        extension.Unpack(request)
        kind = request.WhichOneof("payload")
        response = properties_pb2.PropertyResponse()
        if kind == "list_property":
            response.list_property.values.extend(self._list(request.list_property.key, stream))
        elif kind == "read_property":
            response.read_property.value.CopyFrom(self._read(request.read_property.key, stream))
        elif kind == "write_property":
            self._write(request.write_property.key, request.write_property.value, stream)
            response.write_property.SetInParent()
        else:
            raise RequestError(
                errors.INVALID_ARGUMENT, "a property request lists, reads or writes")
        return response

    def _known(self, stream) -> dict[str, Property]:
        properties = SERVER_PROPERTIES + (WORLD_PROPERTIES if stream.world else ())
        return {known.key: known for known in properties}

    def _find(self, key: str, stream) -> Property:
        known = self._known(stream)
        if key in known:
            return known[key]
        if key in _BRANCHES:
            raise RequestError(
                errors.PERMISSION_DENIED, f"property {key!r} can only be listed")
        if any(key == other.key for other in WORLD_PROPERTIES):
            raise RequestError(errors.NOT_FOUND, f"property {key!r} exists once a world is joined")
        raise RequestError(errors.NOT_FOUND, unknown_text("property", key, known))

    def _list(self, key: str, stream) -> list[properties_pb2.PropertySpec]:
        known = self._known(stream).values()
        if not key:
            branches = dict.fromkeys(one.key.partition(".")[0] for one in known)
            return [
                properties_pb2.PropertySpec(
                    spec=rpc.TensorSpec(name=branch), is_listable=True,
                    description=_BRANCHES[branch])
                for branch in branches
            ]
        listed = [one for one in known if one.key.startswith(key + ".")]
        if not listed:
            self._find(key, stream)
            raise RequestError(
                errors.INVALID_ARGUMENT, f"property {key!r} cannot be listed; read it")
        return [self._spec(one, stream) for one in listed]

    def _spec(self, one: Property, stream) -> properties_pb2.PropertySpec:
        return properties_pb2.PropertySpec(
            spec=rpc.TensorSpec(
                name=one.key, dtype=tensor_utils.np_type_to_data_type(one.dtype),
                shape=_shape(one, stream)),
            is_readable=True, is_writable=one.write is not None, description=one.meaning)

    def _read(self, key: str, stream) -> rpc.Tensor:
        one = self._find(key, stream)
        if key.startswith("server."):
            value = one.read(self._facts)
        else:
            value = stream.world.inspect(
                lambda world: np.array(one.read(world, stream.participant)))
        value = np.asarray(value).reshape(_shape(one, stream))
        return tensor_utils.pack_tensor(value, one.dtype)

    def _write(self, key: str, tensor: rpc.Tensor, stream) -> None:
        one = self._find(key, stream)
        if one.write is None:
            raise RequestError(errors.PERMISSION_DENIED, f"property {key!r} cannot be written")
        one.write(stream.world, tensors.read_tensor(f"property {key!r}", tensor))


def _shape(one: Property, stream) -> tuple[int, ...]:
    if "matches" not in one.shape:
        return one.shape
    matches = stream.world.num_matches
    return (*([matches] if matches > 1 else []), *one.shape[1:])
