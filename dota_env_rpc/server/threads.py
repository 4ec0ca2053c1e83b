"""Threads for calls, none of which keeps the interpreter from leaving."""

from collections.abc import Callable
from concurrent import futures
import functools
import queue
import sys
import threading
import time

from absl import logging

from dota_env_rpc.server.unary import ask_first

# How long a thread without work waits for more.
IDLE_SECONDS = 10.0
# Threads are at rest that were seen at the same place so many times, so many seconds apart.
_REST_LOOKS = 10
_REST_SECONDS = 0.01

# Of each thread what it is to do when its call is over.
_present = threading.local()


def after_call(work: Callable[[], None]) -> None:
    """Has the present call's thread do `work` once the call's answer is on its way.

    Outside of a call it is done at once.
    """
    left = getattr(_present, "left", None)
    if left is None:
        work()
    else:
        left.append(work)


def wait_for_rest(seconds: float = 2.0) -> None:
    """Waits until the other threads of this process run no Python, at most `seconds`."""
    deadline = time.monotonic() + seconds
    looks, before = 0, None
    while looks < _REST_LOOKS and time.monotonic() < deadline:
        time.sleep(_REST_SECONDS)
        places = _places()
        looks = looks + 1 if places == before else 0
        before = places


def _places() -> dict[int, tuple[int, int]]:
    """Returns where each other thread is."""
    present = threading.get_ident()
    return {thread: (id(frame), frame.f_lasti)
            for thread, frame in sys._current_frames().items() if thread != present}


class ThreadPerCall(futures.Executor):
    """Runs every call in a daemon thread that it has to itself while it runs.

    A stream holds its thread for as long as its client stays, and a call may wait for others, so
    that none waits for a thread; gRPC's limit of concurrent calls is the limit of threads. A
    thread that is done takes the next call for a while, as starting one takes longer than most
    calls. The standard executor joins its threads when the interpreter exits, which would wait
    for clients that never leave.
    """

    def __init__(self):
        self._idle: list[queue.SimpleQueue] = []
        self._lock = threading.Lock()

    def submit(self, fn, /, *args, **kwargs):
        """Runs `fn(*args, **kwargs)` and returns its future."""
        future = futures.Future()
        work = functools.partial(fn, **kwargs) if kwargs else fn, *args

        def give(work):
            self._give((future, *work))

        if not ask_first(work, give):
            give(work)
        return future

    def _give(self, work):
        with self._lock:
            waiting = self._idle.pop() if self._idle else None
            if waiting is not None:
                waiting.put(work)
        if waiting is None:
            threading.Thread(target=self._serve, args=(work,), name="call", daemon=True).start()

    def _serve(self, work):
        inbox: queue.SimpleQueue = queue.SimpleQueue()
        while work is not None:
            left = _present.left = []
            _run(*work)
            work = None  # keeps nothing of a call alive that is over
            _present.left = None
            _do(left)
            with self._lock:
                self._idle.append(inbox)
            try:
                work = inbox.get(timeout=IDLE_SECONDS)
            except queue.Empty:
                with self._lock:
                    if inbox in self._idle:
                        self._idle.remove(inbox)
                    else:
                        work = inbox.get_nowait()


def _run(future, fn, *args):
    future.set_running_or_notify_cancel()
    try:
        result = fn(*args)
    except BaseException as error:  # the future hands it on, whatever it is
        future.set_exception(error)
    else:
        future.set_result(result)


def _do(left):
    for work in left:
        try:
            work()
        except Exception:
            logging.exception("what a call has left to do failed")
