"""The matches of a world, one episode after the other."""

from collections.abc import Callable
import dataclasses

import dm_env

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.match.settings import MatchSettings, episode_seed
from dota_env_rpc.replay import Recorder
from dota_env_rpc.server.wire import step_state

# As a plain number: comparing a NumPy number with an enum member takes 20 us.
_LAST = int(dm_env.StepType.LAST)


class Episodes:
    """Runs the matches of a world on a backend that has the settings wanted of them.

    Settings of a match are fixed in its backend. When other ones are wanted, a new episode
    brings a new backend, whose seed is the one that the old backend would have played.

    Attributes:
        backend: Runs the present episode.
        num_matches: How many matches there are.
        number: The present episode, from 0.
        played: Whether its matches have moved since their first step.
        ended: Whether its only match is at its last step; with several, rows end by themselves.
        abandoned: Whether its matches are to be played no further.
        recorder: Keeps the orders of the present episode, or None.
    """

    def __init__(self, settings: MatchSettings, num_matches: int,
                 make_backend: Callable[[MatchSettings, int], Backend], record: bool = False):
        """Starts episode 0. record: whether orders are kept."""
        self.num_matches = num_matches
        self.number = 0
        self.played = self.ended = self.abandoned = False
        self._make_backend = make_backend
        self._settings = settings
        self._fitted = settings
        self._seeded_at = 0  # the episode that plays the seed of the settings
        self._reseed = False  # whether the next one is to do so
        self.backend = make_backend(settings, num_matches)
        self.backend.start()
        self.recorder = Recorder(self.backend) if record else None

    @property
    def settings(self) -> MatchSettings:
        """What the matches are wanted to be, but for what clients bring."""
        return self._settings

    @property
    def over(self) -> bool:
        """Whether who begins now begins another episode."""
        return self.ended or self.abandoned

    def change(self, settings: MatchSettings, reseed: bool) -> None:
        """Changes what is wanted from the next episode on.

        Args:
            settings: What is wanted.
            reseed: Whether the next episode plays the seed of `settings` itself.
        """
        self._settings = settings
        self._reseed = self._reseed or reseed

    def fit(self, bring: Callable[[MatchSettings], MatchSettings]) -> bool:
        """Replaces the backend if it does not have the wanted settings; returns whether it did.

        Args:
            bring: Returns settings with what clients bring, such as their heroes.
        """
        wanted = bring(self._settings)
        if wanted == self._fitted and not self._reseed:
            return False
        seeded_at = self.number if self._reseed else self._seeded_at
        seed = episode_seed(wanted.seed, 0, self.number - seeded_at)
        backend = self._make_backend(dataclasses.replace(wanted, seed=seed), self.num_matches)
        backend.start()
        self.backend.close()
        self.backend = backend
        if self.recorder:
            self.recorder = Recorder(backend)
        self._fitted, self._seeded_at, self._reseed = wanted, seeded_at, False
        return True

    def next(self, bring: Callable[[MatchSettings], MatchSettings]) -> None:
        """Starts the next episode; `bring` as in `fit`."""
        self.number += 1
        if not self.fit(bring):
            if self.ended and not self.abandoned:
                self.backend.advance()
            else:
                self.backend.restart()
            if self.recorder:
                self.recorder.begin()
        self.played = self.ended = self.abandoned = False

    def advance(self) -> None:
        """Plays one step of every match."""
        if self.recorder:
            self.recorder.note()
        self.backend.advance()
        self.played = True
        self.ended = (
            self.num_matches == 1 and self.backend.step_type[0] == _LAST)

    def end_state(self) -> int:
        """Returns the dm_env_rpc state of the only match."""
        return step_state(self.backend.step_type[0], self.backend.discount[0])
