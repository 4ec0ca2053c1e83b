"""A way to run matches, whoever plays them: what every backend does."""

import abc

import numpy as np

from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.settings import MatchSettings

# dm_env.StepType.LAST
LAST = 2


class Backend(abc.ABC):
    """Runs `num_matches` matches of the same settings side by side, a decision at a time.

    A caller fills rows of `orders`, calls `advance`, and reads `tables`, `step_type` and
    `discount`. Arrays are made once and stay where they are, so views of them stay valid.

    Attributes:
        settings: What the matches were made with.
        num_matches: How many matches run.
        tables: TABLES records (num_matches,), the state of each match.
        orders: ORDER records (num_matches, 10), what each seat asks for next; UnitOrder.NONE
            lets its hero go on with what it does. `advance` uses them up and leaves NONE.
        controlled: uint8 (num_matches, 10); 1 where `orders` speaks for the seat, 0 where its
            bot plays.
        step_type: uint8 (num_matches,), a dm_env.StepType each: 0 FIRST, 1 MID, 2 LAST.
        discount: float32 (num_matches,): 0 at a natural end, else 1.
        guests: Seats whose bots live outside the backend and are asked by it for their orders.
        guest_orders: ORDER records (10,), what these asked for in the step that was played last.
    """

    settings: MatchSettings
    num_matches: int
    tables: np.recarray
    orders: np.recarray
    controlled: np.ndarray
    step_type: np.ndarray
    discount: np.ndarray
    guests: tuple[int, ...] = ()
    guest_orders: np.recarray

    @abc.abstractmethod
    def start(self) -> None:
        """Starts every match anew from episode 0; each is then at FIRST."""

    @abc.abstractmethod
    def restart(self) -> None:
        """Abandons every match and starts the next episode of each; each is then at FIRST."""

    @abc.abstractmethod
    def advance(self) -> None:
        """Plays `ticks_per_step` ticks of every match.

        A match at LAST starts its next episode instead, ignores its orders and is at FIRST.
        A match ends at LAST with discount 0 when it has a winner or is drawn, and with discount 1
        when it reaches `max_seconds`.
        """

    def advance_by(self, steps: int) -> int:
        """Advances a single match so often, or until it is at LAST; returns how often.

        It is not at LAST before. `orders` count in the first of these steps, and in the others
        there are none.
        """
        for played in range(steps):
            if played and self.step_type[0] == LAST:
                return played
            self.advance()
        return steps

    @abc.abstractmethod
    def save(self) -> bytes:
        """Returns all that decides how the matches go on."""

    @abc.abstractmethod
    def restore(self, saved: bytes) -> None:
        """Goes back to what `save` returned.

        Raises:
            ValueError: `saved` is not of this kind of backend, size or version.
        """

    @abc.abstractmethod
    def digest(self, match: int = 0) -> str:
        """Returns 16 hex digits that are equal for equal matches, bit for bit."""

    def say(self, seat: int, text: str, to_all: bool) -> None:
        """Lets guests hear what a seat's player says: all of them, or those of its team.

        A guest hears it before it is asked for its next order. Nothing else of the match depends
        on what is said, and what has not been heard yet is not saved.
        """

    def unanswered(self) -> list[int]:
        """Returns by seat how many questions of this match its guest has not answered."""
        return [0] * NUM_SEATS

    def close(self) -> None:
        """Frees what the backend holds; it cannot be used after."""
