"""A client's stream of serialized messages, with as few threads in between as gRPC allows.

gRPC's public blocking stream hands each request to a second thread and takes each answer from a
third; the hand-overs take a third of a round trip. `DirectCall` drives the same call from the
caller's thread, as gRPC does inside for streams of answers to one request. It needs parts of gRPC
that are not public, so that `open_call` falls back on the public stream where they have changed.
"""

import collections
import queue

from absl import logging
import grpc
from grpc._cython import cygrpc

_NO_FLAGS = 0


class CallEnded(Exception):
    """The call has ended; `code` and `details` say how."""

    def __init__(self, code: grpc.StatusCode, details: str):
        super().__init__(f"{details} ({code.name})")
        self.code = code
        self.details = details


class PublicCall:
    """A stream through gRPC's public interface."""

    def __init__(self, channel: grpc.Channel, method: str, metadata: tuple):
        self._requests: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._call = channel.stream_stream(method)(
            iter(self._requests.get, None), metadata=metadata)

    def send(self, data: bytes) -> None:
        """Sends one request."""
        self._requests.put(data)

    def receive(self) -> bytes:
        """Returns the next answer, or raises CallEnded."""
        try:
            return next(self._call)
        except StopIteration:
            raise CallEnded(grpc.StatusCode.OK, "the server has ended the stream") from None
        except grpc.RpcError as error:
            raise CallEnded(error.code(), error.details()) from None

    def exchange(self, data: bytes) -> bytes:
        """Sends a request when no answer is outstanding, and returns its answer."""
        self.send(data)
        return self.receive()

    def cancel(self) -> None:
        """Ends the call; may be called from any thread."""
        self._call.cancel()

    def close(self) -> None:
        """Ends the call."""
        self._requests.put(None)
        self._call.cancel()


class DirectCall:
    """A stream that is driven by the thread that uses it."""

    def __init__(self, channel: grpc.Channel, method: str, metadata: tuple):
        batches = (
            (cygrpc.SendInitialMetadataOperation(metadata, _NO_FLAGS),),
            (cygrpc.ReceiveStatusOnClientOperation(_NO_FLAGS),),
            (cygrpc.ReceiveInitialMetadataOperation(_NO_FLAGS),),
        )
        self._channel = channel  # which would cancel its calls when it goes
        self._call = channel._channel.segregated_call(
            cygrpc.PropagationConstants.GRPC_PROPAGATE_DEFAULTS, method.encode(), None, None,
            metadata, None, tuple((batch, None) for batch in batches), None, None)
        self._due = len(batches)  # batches that have not come back
        self._unsent: collections.deque[bytes] = collections.deque()
        self._sending = False
        self._receiving = False
        self._received: bytes | None = None
        self._status: tuple[int, str] | None = None

    def send(self, data: bytes) -> None:
        """Sends one request; one after the other, as each was taken."""
        self._unsent.append(data)
        self._send_next()

    def receive(self) -> bytes:
        """Returns the next answer, or raises CallEnded."""
        if not self._receiving:
            self._receiving = self._start(cygrpc.ReceiveMessageOperation(_NO_FLAGS))
        return self._wait()

    def exchange(self, data: bytes) -> bytes:
        """Sends a request when no answer is outstanding, and returns its answer."""
        if self._sending or self._receiving or self._unsent:
            self.send(data)
            return self.receive()
        self._sending = self._receiving = self._start(
            cygrpc.SendMessageOperation(data, _NO_FLAGS),
            cygrpc.ReceiveMessageOperation(_NO_FLAGS))
        return self._wait()

    def cancel(self) -> None:
        """Ends the call; may be called from any thread."""
        self._call.cancel(cygrpc.StatusCode.cancelled, "cancelled by the client")

    def close(self) -> None:
        """Ends the call and takes what is still to come back."""
        self.cancel()
        self._unsent.clear()
        while self._due:
            self._take_event()

    def _start(self, *operations) -> bool:
        """Starts a batch; returns whether it was started: not after the call's end."""
        started = self._call.operate(operations, None)
        self._due += started
        return started

    def _send_next(self) -> None:
        if self._unsent and not self._sending:
            data = self._unsent.popleft()
            self._sending = self._start(cygrpc.SendMessageOperation(data, _NO_FLAGS))

    def _wait(self) -> bytes:
        while self._received is None:
            if self._status is not None and not self._receiving:
                code, details = self._status
                raise CallEnded(_CODES[code], details)
            self._take_event()
        data, self._received = self._received, None
        return data

    def _take_event(self) -> None:
        event = self._call.next_event()
        self._due -= 1
        for operation in event.batch_operations:
            kind = operation.type()
            if kind == cygrpc.OperationType.receive_message:
                self._receiving = False
                self._received = operation.message()
            elif kind == cygrpc.OperationType.send_message:
                self._sending = False
                self._send_next()
            elif kind == cygrpc.OperationType.receive_status_on_client:
                details = operation.details()
                if isinstance(details, bytes):
                    details = details.decode(errors="replace")
                self._status = operation.code(), details


_CODES = {code.value[0]: code for code in grpc.StatusCode}


def open_call(channel: grpc.Channel, method: str, metadata: tuple) -> DirectCall | PublicCall:
    """Opens a stream of serialized messages."""
    try:
        return DirectCall(channel, method, metadata)
    except (AttributeError, TypeError) as error:
        logging.warning("this gRPC takes the slower way to stream: %s", error)
        return PublicCall(channel, method, metadata)
