"""What one team of a game has been told and not yet read."""

import collections
import zlib

from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState

# States of a team that nobody reads are kept compressed, all but the first few.
NUM_PLAIN = 4
# More than these are not kept; what happened in older ones is told with the next.
MAX_WAITING = 1024
EVENTS = ("ability_events", "damage_events", "courier_killed_events", "roshan_killed_events",
          "tree_events")


class States:
    """The states of one team in order, from the first that it has not read."""

    def __init__(self, max_waiting: int = MAX_WAITING):
        """Makes an empty queue that keeps `max_waiting` states."""
        self._waiting: collections.deque[tuple[bool, bytes]] = collections.deque()
        self._max_waiting = max_waiting
        self._events = b""  # of states that were not kept
        self.num_dropped = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, state: bytes) -> None:
        """Adds the bytes of a CMsgBotWorldState."""
        if len(self._waiting) >= self._max_waiting:
            self._drop()
        plain = len(self._waiting) < NUM_PLAIN
        self._waiting.append((plain, state if plain else zlib.compress(state, 1)))

    def take(self) -> bytes:
        """Returns the first state that was not read, which is read now."""
        state = self._next()
        # One message behind another is both of them, their lists joined.
        state, self._events = self._events + state, b""
        return state

    def _next(self) -> bytes:
        plain, state = self._waiting.popleft()
        return state if plain else zlib.decompress(state)

    def _drop(self) -> None:
        dropped = CMsgBotWorldState.FromString(self._next())
        self.num_dropped += 1
        events = CMsgBotWorldState()
        for name in EVENTS:
            getattr(events, name).extend(getattr(dropped, name))
        self._events += events.SerializeToString()
