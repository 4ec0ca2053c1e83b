"""A replay: settings, seed and orders of one match, in one small file."""

import dataclasses
import io
import json
import os
from typing import BinaryIO
import zipfile

import numpy as np

from dota_env_rpc.backends.replayed import ReplayedBackend, ReplayError
from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import ORDER

FORMAT = "dota_env_rpc replay"
VERSION = 2

__all__ = ["FORMAT", "VERSION", "Recorder", "Replay", "ReplayError"]


@dataclasses.dataclass(frozen=True, eq=False)
class Replay:
    """All that it takes to play a recorded match again.

    Attributes:
        settings: What the match was made with.
        episode: Which of its episodes was recorded, from 0.
        num_steps: Steps that were played after the first observation.
        control_steps: int32 (k,), steps, rising from 0, from which on others gave the orders.
        controlled: uint8 (k, 10), 1 for each seat that gave orders from then on, as agents and
            HTTP bots do; scripted bots played the others.
        steps: int32 (n,), step from 0 of each order, not decreasing.
        seats: uint8 (n,), seat of each order.
        orders: ORDER records (n,).
        digest: Digest of the match after the last step.
    """

    settings: MatchSettings
    episode: int
    num_steps: int
    control_steps: np.ndarray = dataclasses.field(repr=False)
    controlled: np.ndarray = dataclasses.field(repr=False)
    steps: np.ndarray = dataclasses.field(repr=False)
    seats: np.ndarray = dataclasses.field(repr=False)
    orders: np.ndarray = dataclasses.field(repr=False)
    digest: str

    def save(self, path: str | os.PathLike) -> None:
        """Writes the replay to a file."""
        with open(path, "wb") as file:
            file.write(self.to_bytes())

    def to_bytes(self) -> bytes:
        """Returns what `save` writes."""
        header = {
            "format": FORMAT, "version": VERSION, "settings": dataclasses.asdict(self.settings),
            "episode": self.episode, "num_steps": self.num_steps, "digest": self.digest,
        }
        file = io.BytesIO()
        np.savez_compressed(
            file, header=np.frombuffer(json.dumps(header).encode(), np.uint8),
            control_steps=self.control_steps, controlled=self.controlled,
            steps=self.steps, seats=self.seats,
            **{f"order_{name}": self.orders[name] for name in ORDER.names})
        return file.getvalue()

    @classmethod
    def load(cls, path: str | os.PathLike) -> "Replay":
        """Reads a replay from a file.

        Raises:
            OSError: the file cannot be read.
            ReplayError: it is no replay, or one of another version.
        """
        with open(path, "rb") as file:
            return cls._read(file, os.fspath(path))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Replay":
        """Reads what `to_bytes` returned, as a server's property `match.replay` holds it.

        Raises:
            ReplayError: `data` is no replay, or one of another version.
        """
        return cls._read(io.BytesIO(data), "what was given")

    @classmethod
    def _read(cls, file: BinaryIO, name: str) -> "Replay":
        try:
            with np.load(file, allow_pickle=False) as arrays:
                header = json.loads(arrays["header"].tobytes())
                if header["format"] != FORMAT:
                    raise ReplayError(f"{name} is no replay of {FORMAT.split()[0]}")
                if header["version"] != VERSION:
                    raise ReplayError(
                        f"{name} is a replay of version {header['version']}, but this program "
                        f"reads version {VERSION}")
                orders = np.zeros(len(arrays["steps"]), ORDER)
                for field in ORDER.names:
                    orders[field] = arrays[f"order_{field}"]
                return cls(
                    _settings(header["settings"]), header["episode"], header["num_steps"],
                    arrays["control_steps"], arrays["controlled"], arrays["steps"],
                    arrays["seats"], orders, header["digest"])
        except ReplayError:
            raise
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ReplayError(f"{name} is no replay: {error}") from error

    def backend(self) -> ReplayedBackend:
        """Returns a backend that plays the recorded match."""
        return ReplayedBackend(
            self.settings, self.episode, self.num_steps, self.control_steps, self.controlled,
            self.steps, self.seats, self.orders, self.digest)

    def play(self) -> ReplayedBackend:
        """Plays the match to the end of the recording; returns its backend.

        Raises:
            ReplayError: the match is not the recorded one.
        """
        backend = self.backend()
        for _ in range(self.num_steps):
            backend.advance()
        return backend


class Recorder:
    """Keeps the orders of the first match of a backend as they are given, and by whom."""

    def __init__(self, backend):
        """Records seats in control of themselves, whoever that is by then, and guests."""
        self._backend = backend
        self._kinds = backend.orders["order"][0]
        self._records = backend.orders.view(np.uint8).reshape(-1, NUM_SEATS, ORDER.itemsize)[0]
        self.begin()

    def begin(self) -> None:
        """Starts the recording of an episode."""
        self._steps: list[int] = []
        self._by: list[int] = []
        self._orders: list[bytes] = []
        self._control_steps: list[int] = []
        self._controlled: list[bytes] = []
        self._num_steps = 0
        self._guests_noted = True  # of the last step

    def note(self) -> None:
        """Keeps the orders of the step that `backend.advance()` is about to play."""
        self._note_guests()
        controlled = bytearray(self._backend.controlled[0])
        for seat in self._backend.guests:
            controlled[seat] = 1
        if not self._controlled or controlled != self._controlled[-1]:
            self._control_steps.append(self._num_steps)
            self._controlled.append(bytes(controlled))
        for seat, kind in enumerate(self._kinds.tolist()):
            if kind and controlled[seat]:
                self._keep(self._num_steps, seat, self._records[seat])
        self._num_steps += 1
        self._guests_noted = False

    def skip(self, steps: int) -> None:
        """Counts steps that followed the one noted last, in which nobody gave an order."""
        self._num_steps += steps

    def _note_guests(self) -> None:
        """Keeps what guests asked for in the last step, which is known once it was played."""
        if not self._guests_noted:
            for seat in self._backend.guests:
                order = self._backend.guest_orders[seat]
                if order.order:
                    self._keep(self._num_steps - 1, seat, order)
            self._guests_noted = True

    def _keep(self, step: int, seat: int, order) -> None:
        self._steps.append(step)
        self._by.append(seat)
        self._orders.append(order.tobytes())

    def save(self) -> bytes:
        """Returns what was recorded so far, for `restore`."""
        self._note_guests()
        lists = self._steps, self._by, self._control_steps
        head = [self._num_steps, *map(len, lists)]
        return b"".join([
            *(np.array(numbers, np.int64).tobytes() for numbers in (head, *lists)),
            *self._controlled, *self._orders])

    def restore(self, saved: bytes) -> None:
        """Goes back to what `save` returned."""
        self._guests_noted = True
        self._num_steps, *counts = np.frombuffer(saved, np.int64, 4).tolist()
        place = 4 * 8
        lists = []
        for count in counts:
            lists.append(np.frombuffer(saved, np.int64, count, place).tolist())
            place += 8 * count
        self._steps, self._by, self._control_steps = lists
        pieces = []
        for count, size in ((len(lists[2]), NUM_SEATS), (len(lists[0]), ORDER.itemsize)):
            pieces.append([saved[place + i * size:place + (i + 1) * size] for i in range(count)])
            place += count * size
        self._controlled, self._orders = pieces

    def replay(self) -> Replay:
        """Returns the replay of the episode so far."""
        self._note_guests()
        backend = self._backend
        return Replay(
            settings=backend.settings, episode=int(backend.tables[0].episode),
            num_steps=self._num_steps, control_steps=np.array(self._control_steps, np.int32),
            controlled=np.frombuffer(b"".join(self._controlled), np.uint8).reshape(-1, NUM_SEATS),
            steps=np.array(self._steps, np.int32), seats=np.array(self._by, np.uint8),
            orders=np.frombuffer(b"".join(self._orders), ORDER), digest=backend.digest())


def _settings(values: dict) -> MatchSettings:
    fields = {field.name for field in dataclasses.fields(MatchSettings)}
    if set(values) != fields:
        raise ReplayError(f"its settings are {sorted(values)}, but must be {sorted(fields)}")
    return MatchSettings(**{
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()})
