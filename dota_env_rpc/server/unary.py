"""Calls with one request, which take a thread when that is there and not before.

gRPC gives a call to a thread at once, which asks for the request and waits until gRPC's own thread
has brought it. Asked for first, the request comes with the call, and one of the two hand-overs is
spared, a tenth of a call that does nothing. That needs parts of gRPC that are not public: where
they have changed, calls go gRPC's way.
"""

from collections.abc import Callable
import functools

from absl import logging
from grpc import _server
from grpc._cython import cygrpc

_NO_FLAGS = 0
# The name of what gRPC has a thread ask with, for a call with one request.
_ASK = "unary_request"


def ask_first(work: tuple, give: Callable[[tuple], None]) -> bool:
    """Asks for the request of a call that gRPC wants to give to a thread.

    Args:
        work: What gRPC wants to be called in the thread, with its arguments.
        give: Gives the call to a thread; it is called with `work` when the request is there.

    Returns:
        Whether `give` is or will be called. For work of another kind it is not.
    """
    if len(work) != 8 or getattr(work[5], "__name__", "") != _ASK:
        return False
    run, respond, event, state, behavior, ask, *serializers = work
    try:
        token = _server._RECEIVE_MESSAGE_TOKEN
        note = _server._receive_message(state, event.call, serializers[0])

        def received(message):
            noted = note(message)
            give((run, respond, event, state, behavior, functools.partial(_take, state, ask),
                  *serializers))
            return noted

        event.call.start_server_batch((cygrpc.ReceiveMessageOperation(_NO_FLAGS),), received)
        state.due.add(token)
    except (AttributeError, TypeError) as error:
        logging.log_first_n(
            logging.WARNING, "this gRPC hands calls over once more: %s", 1, error)
        return False
    return True


def _take(state, ask: Callable):
    """Returns the request that has come; if none has, gRPC finds out why."""
    with state.condition:
        request, state.request = state.request, None
    return ask() if request is None else request
