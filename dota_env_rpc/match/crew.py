"""Threads that share the work on many matches, as compiled rules hold no interpreter lock."""

from collections.abc import Callable, Sequence
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


def together(calls: Sequence[Callable[[], Any]]) -> Callable[[], Any]:
    """Returns what makes all of `calls`, each in a thread, and tells whether any returned true.

    The caller's own thread makes the first; a single call is returned as it is, and so costs
    nothing more.
    """
    return calls[0] if len(calls) == 1 else functools.partial(_side_by_side, calls)


def _side_by_side(calls: Sequence[Callable[[], Any]]) -> bool:
    others = [_threads().submit(call) for call in calls[1:]]
    try:
        first = calls[0]()
    finally:
        futures.wait(others)
    return any([first, *(other.result() for other in others)])


def _num_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@functools.cache
def _threads() -> futures.ThreadPoolExecutor:
    return futures.ThreadPoolExecutor(_num_processors(), "matches")


# A process that was forked has none of the threads.
os.register_at_fork(after_in_child=_threads.cache_clear)
