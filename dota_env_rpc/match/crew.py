"""Threads that share the work on many matches, as compiled rules hold no interpreter lock."""

from collections.abc import Callable, Iterable, Sequence
from concurrent import futures
import functools
import os
from typing import Any

# Matches that are worth a thread: handing them over takes as long as one of them.
MIN_SHARE = 8


def shares(num_matches: int) -> list[slice]:
    """Returns which matches go together: as many shares of like size as there are processors.

    Each has at least MIN_SHARE matches, if there are so many.
    """
    count = max(1, min(_num_processors(), num_matches // MIN_SHARE))
    ends = [num_matches * place // count for place in range(count + 1)]
    return [slice(start, end) for start, end in zip(ends, ends[1:])]


def side_by_side(do: Callable[[Any], Any], parts: Sequence[Any]) -> Iterable[Any]:
    """Calls `do` with each of `parts`, each in a thread, and returns the results in their order.

    The caller's own thread does the first, so that a single part costs no more than the call.
    """
    if len(parts) == 1:
        return [do(parts[0])]
    others = [_threads().submit(do, part) for part in parts[1:]]
    try:
        first = do(parts[0])
    finally:
        futures.wait(others)
    return [first, *(other.result() for other in others)]


def _num_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@functools.cache
def _threads() -> futures.ThreadPoolExecutor:
    return futures.ThreadPoolExecutor(_num_processors(), "matches")


# A process that was forked has none of the threads.
os.register_at_fork(after_in_child=_threads.cache_clear)
