"""One client's place in a world."""

from collections.abc import Callable
import dataclasses

from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc

from dota_env_rpc.backends.backend import Backend

# Episodes are counted from 0; a participant that has begun none yet is at this one.
NO_EPISODE = -1


@dataclasses.dataclass(eq=False)
class Participant:
    """The seats that one client plays in a world, and where it stands. Guarded by the world.

    Attributes:
        name: Who it is, for the log.
        settings: Its parsed join settings.
        seats: Player slots it plays.
        seat: The task's Seat that reads its observations and takes its actions.
        backend: The backend that `seat` belongs to.
        world_settings: The world settings that `seat` was made with.
        batched: Whether its tensors have a row for each match and seat. Rows begin and end by
            themselves, so such a client is always told RUNNING.
        state: The state that its client is in, as dm_env_rpc has it.
        episode: The episode that it began last.
        owed: (state, what is told of it) of its next Step, because the match ended or was
            abandoned while the client was not waiting for an answer; or None.
        submitted: Whether its actions wait for the match to move.
        away: Whether it let a deadline pass; nobody waits for it until it asks for something.
        gone: Whether it left the world.
        failed: Whether the match broke while it waited.
        heard_at: When it last asked for something or was answered, in seconds.
        bot_steps: Steps that a bot played for it since its client's previous Step was answered.
        bot_steps_before: The same of the previous answer, which is what its client can ask for.
        total_bot_steps: Steps that a bot played for it since it joined.
        make_seat: Makes its seat for a backend; None where the task does.
    """

    name: str
    settings: dict
    seats: tuple[int, ...]
    seat: object
    backend: Backend
    world_settings: dict
    batched: bool
    state: int = rpc.INTERRUPTED
    episode: int = NO_EPISODE
    owed: tuple[int, int] | None = None
    submitted: bool = False
    away: bool = False
    gone: bool = False
    failed: bool = False
    heard_at: float = 0.0
    bot_steps: int = 0
    bot_steps_before: int = 0
    total_bot_steps: int = 0
    make_seat: Callable | None = None

    @property
    def running(self) -> bool:
        """Whether its client is in a sequence that has not been ended for it."""
        return self.state == rpc.RUNNING and self.owed is None

    def told(self, state: int) -> int:
        """Returns what its client is told of `state`: nothing where rows tell how matches end."""
        return rpc.RUNNING if self.batched else state

    def pay(self) -> int:
        """Puts it into the state that it is owed and returns what its client is told."""
        (self.state, told), self.owed = self.owed, None
        return told
