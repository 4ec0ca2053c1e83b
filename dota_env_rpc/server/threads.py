"""A thread for each call, none of which keeps the interpreter from leaving."""

from concurrent import futures
import threading


class ThreadPerCall(futures.Executor):
    """Runs every call in a daemon thread of its own.

    A stream holds its thread for as long as its client stays, so that there is nothing to pool;
    gRPC's limit of concurrent calls is the limit of threads. The standard executor joins its
    threads when the interpreter exits, which would wait for clients that never leave.
    """

    def submit(self, fn, /, *args, **kwargs):
        """Runs `fn(*args, **kwargs)` and returns its future."""
        future = futures.Future()
        threading.Thread(
            target=_run, args=(future, fn, args, kwargs), name="call", daemon=True).start()
        return future


def _run(future, fn, args, kwargs):
    future.set_running_or_notify_cancel()
    try:
        result = fn(*args, **kwargs)
    except BaseException as error:  # the future hands it on, whatever it is
        future.set_exception(error)
    else:
        future.set_result(result)
