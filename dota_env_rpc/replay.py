"""A replay: settings, seed and orders of one match, in one small file."""

import dataclasses
import json
import os
import zipfile

import numpy as np

from dota_env_rpc.backends.replayed import ReplayedBackend, ReplayError
from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import ORDER

FORMAT = "dota_env_rpc replay"
VERSION = 1

__all__ = ["FORMAT", "VERSION", "Recorder", "Replay", "ReplayError"]


@dataclasses.dataclass(frozen=True, eq=False)
class Replay:
    """All that it takes to play a recorded match again.

    Attributes:
        settings: What the match was made with.
        episode: Which of its episodes was recorded, from 0.
        num_steps: Steps that were played after the first observation.
        controlled: Seats that gave orders; bots played the others.
        steps: int32 (n,), step from 0 of each order, not decreasing.
        seats: uint8 (n,), seat of each order.
        orders: ORDER records (n,).
        digest: Digest of the match after the last step.
    """

    settings: MatchSettings
    episode: int
    num_steps: int
    controlled: tuple[int, ...]
    steps: np.ndarray
    seats: np.ndarray
    orders: np.ndarray
    digest: str

    def save(self, path: str | os.PathLike) -> None:
        """Writes the replay to a file."""
        header = {
            "format": FORMAT, "version": VERSION, "settings": dataclasses.asdict(self.settings),
            "episode": self.episode, "num_steps": self.num_steps,
            "controlled": list(self.controlled), "digest": self.digest,
        }
        with open(path, "wb") as file:
            np.savez_compressed(
                file, header=np.frombuffer(json.dumps(header).encode(), np.uint8),
                steps=self.steps, seats=self.seats,
                **{f"order_{name}": self.orders[name] for name in ORDER.names})

    @classmethod
    def load(cls, path: str | os.PathLike) -> "Replay":
        """Reads a replay from a file.

        Raises:
            OSError: the file cannot be read.
            ReplayError: it is no replay, or one of another version.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                header = json.loads(arrays["header"].tobytes())
                if header["format"] != FORMAT:
                    raise ReplayError(f"{os.fspath(path)} is no replay of {FORMAT.split()[0]}")
                if header["version"] != VERSION:
                    raise ReplayError(
                        f"{os.fspath(path)} is a replay of version {header['version']}, but this "
                        f"program reads version {VERSION}")
                orders = np.zeros(len(arrays["steps"]), ORDER)
                for name in ORDER.names:
                    orders[name] = arrays[f"order_{name}"]
                return cls(
                    _settings(header["settings"]), header["episode"], header["num_steps"],
                    tuple(header["controlled"]), arrays["steps"], arrays["seats"], orders,
                    header["digest"])
        except ReplayError:
            raise
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ReplayError(f"{os.fspath(path)} is no replay: {error}") from error

    def backend(self) -> ReplayedBackend:
        """Returns a backend that plays the recorded match."""
        controlled = np.zeros(NUM_SEATS, np.uint8)
        controlled[list(self.controlled)] = 1
        return ReplayedBackend(
            self.settings, self.episode, self.num_steps, controlled, self.steps, self.seats,
            self.orders, self.digest)

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
    """Keeps the orders of one match of a backend as they are given."""

    def __init__(self, backend, seats: tuple[int, ...]):
        """Records the orders that `seats` write into `backend`."""
        self._backend = backend
        self._seats = seats
        self.begin()

    def begin(self) -> None:
        """Starts the recording of an episode."""
        self._steps: list[int] = []
        self._by: list[int] = []
        self._orders: list[bytes] = []
        self._num_steps = 0

    def note(self) -> None:
        """Keeps the orders of the step that `backend.advance()` is about to play."""
        for seat in self._seats:
            order = self._backend.orders[0, seat]
            if order.order != 0:
                self._steps.append(self._num_steps)
                self._by.append(seat)
                self._orders.append(order.tobytes())
        self._num_steps += 1

    def save(self) -> bytes:
        """Returns what was recorded so far, for `restore`."""
        head = np.array([self._num_steps, len(self._steps)], np.int64).tobytes()
        return b"".join([
            head, np.array(self._steps, np.int64).tobytes(),
            np.array(self._by, np.int64).tobytes(), *self._orders])

    def restore(self, saved: bytes) -> None:
        """Goes back to what `save` returned."""
        self._num_steps, count = np.frombuffer(saved, np.int64, 2).tolist()
        self._steps = np.frombuffer(saved, np.int64, count, 16).tolist()
        self._by = np.frombuffer(saved, np.int64, count, 16 + 8 * count).tolist()
        size = ORDER.itemsize
        first = 16 + 16 * count
        self._orders = [
            saved[start:start + size] for start in range(first, first + count * size, size)]

    def replay(self) -> Replay:
        """Returns the replay of the episode so far."""
        backend = self._backend
        return Replay(
            settings=backend.settings, episode=int(backend.tables[0].episode),
            num_steps=self._num_steps, controlled=self._seats,
            steps=np.array(self._steps, np.int32), seats=np.array(self._by, np.uint8),
            orders=np.frombuffer(b"".join(self._orders), ORDER), digest=backend.digest())


def _settings(values: dict) -> MatchSettings:
    fields = {field.name for field in dataclasses.fields(MatchSettings)}
    if set(values) != fields:
        raise ReplayError(f"its settings are {sorted(values)}, but must be {sorted(fields)}")
    return MatchSettings(**{
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()})
