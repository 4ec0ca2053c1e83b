"""A recorded match, played again from its orders."""

import numpy as np

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.backends.simulated import LAST, SimulatedBackend
from dota_env_rpc.match.settings import MatchSettings


class ReplayError(ValueError):
    """A replay does not give the match that was recorded."""


class ReplayedBackend(Backend):
    """Plays one recorded episode; orders given to it are ignored.

    It is at LAST after the last recorded step, and starts over at the next `advance`. See
    Backend for the attributes.
    """

    def __init__(
            self, settings: MatchSettings, episode: int, num_steps: int,
            control_steps: np.ndarray, controlled: np.ndarray, steps: np.ndarray,
            seats: np.ndarray, orders: np.ndarray, digest: str):
        """Makes the match and starts it.

        Args:
            settings: What the recorded match was made with.
            episode: Which of its episodes was recorded.
            num_steps: Steps that were played after the first observation.
            control_steps: (k,) steps, rising from 0, from which on others gave the orders.
            controlled: uint8 (k, 10), 1 for each seat that gave orders from then on; bots play
                the others.
            steps: (n,) step from 0 of each order, not decreasing.
            seats: (n,) seat of each order.
            orders: ORDER records (n,).
            digest: Digest of the match after the last step.
        """
        self._match = SimulatedBackend(settings)
        self.settings = settings
        self.num_matches = 1
        self.states = self._match.states
        self.patch = self._match.patch
        self.tables = self._match.tables
        self.orders = np.zeros_like(self._match.orders)
        self.controlled = np.zeros_like(self._match.controlled)
        self.step_type = np.zeros_like(self._match.step_type)
        self.discount = np.ones_like(self._match.discount)
        self._episode = episode
        self._num_steps = num_steps
        self._control_steps, self._controlled = control_steps, controlled
        self._steps, self._seats, self._orders = steps, seats, orders
        self._digest = digest
        self.start()

    def start(self) -> None:
        self._match.tables.episode[:] = self._episode - 1
        self._match.restart()
        self._step = 0
        self._next = 0
        self._copy_step()

    def restart(self) -> None:
        self.start()

    def advance(self) -> None:
        """Plays the next recorded step.

        Raises:
            ReplayError: the match is not the recorded one after the last step.
        """
        if self.step_type[0] == LAST:
            self.start()
            return
        changes = np.searchsorted(self._control_steps, self._step, side="right")
        if changes:
            self._match.controlled[0] = self._controlled[changes - 1]
        while self._next < len(self._steps) and self._steps[self._next] == self._step:
            self._match.orders[0, self._seats[self._next]] = self._orders[self._next]
            self._next += 1
        self._match.advance()
        self._step += 1
        self._copy_step()
        if self._step == self._num_steps:
            self.step_type[0] = LAST
            if self._match.digest() != self._digest:
                raise ReplayError(
                    f"the replay ends in a match with digest {self._match.digest()}, but "
                    f"{self._digest} was recorded: it was made by another version of the rules")

    def _copy_step(self) -> None:
        self.orders.order[:] = 0
        self.step_type[:] = self._match.step_type
        self.discount[:] = self._match.discount

    def save(self) -> bytes:
        place = np.array([self._step, self._next, self.step_type[0]], np.int64)
        return place.tobytes() + self._match.save()

    def restore(self, saved: bytes) -> None:
        size = 3 * 8
        self._match.restore(saved[size:])
        self._step, self._next, step_type = np.frombuffer(saved, np.int64, 3).tolist()
        self._copy_step()
        self.step_type[0] = step_type

    def digest(self, match: int = 0) -> str:
        return self._match.digest(match)

    def close(self) -> None:
        self._match.close()
