"""A server of text frames over websockets, each socket with a session and a thread of its own."""

import asyncio
from collections.abc import Callable
import concurrent.futures
import contextlib
import dataclasses
import functools
import queue
import threading
from typing import Any, Protocol

from dota_env_rpc.protocols.gymie import INVALID_DATA, Refusal

try:
    from aiohttp import WSCloseCode, WSMsgType, web
except ImportError as error:
    raise ImportError(
        "dota_env_rpc.bridges.gymie needs aiohttp: pip install 'dota_env_rpc[bridges]'"
        ) from error

_CLOSE_SECONDS = 5.0  # for a peer to agree that a socket is closed


@dataclasses.dataclass(frozen=True)
class Limits:
    """What peers may use, and how long they may take.

    Attributes:
        sockets: Open at once.
        instances: Environments of one socket at once.
        message_bytes: Longest message.
        handshake_seconds: From connecting to a whole HTTP request.
        call_seconds: For an environment to do what a message asks.
        reply_seconds: For a peer to take a reply.
        idle_seconds: From a reply to the next message.
    """

    sockets: int = 64
    instances: int = 16
    message_bytes: int = 1 << 20
    handshake_seconds: float = 10.0
    call_seconds: float = 300.0
    reply_seconds: float = 60.0
    idle_seconds: float = 3600.0


class Session(Protocol):
    """What a socket's messages are answered by: in one thread, one after the other."""

    def answer(self, message: str | bytes) -> str:
        """Returns the reply to a message.

        Raises:
            Refusal: there is none, and the socket is to be closed.
        """

    def close_all(self) -> None:
        """Frees all that the session holds; the socket is closed."""


class _Worker:
    """A thread that does one thing after the other.

    Unlike those of a ThreadPoolExecutor, it does not keep the process from ending.
    """

    def __init__(self):
        self._jobs: queue.SimpleQueue = queue.SimpleQueue()
        threading.Thread(target=self._work, name="websocket", daemon=True).start()

    def do(self, function: Callable, *arguments: Any) -> concurrent.futures.Future:
        """Returns the future of `function(*arguments)`."""
        future: concurrent.futures.Future = concurrent.futures.Future()
        self._jobs.put((future, functools.partial(function, *arguments)))
        return future

    def stop(self) -> None:
        """Ends the thread when all is done."""
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, call = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(call())
            except BaseException as error:
                future.set_exception(error)


class Server:
    """Answers the messages of websockets, in a thread of its own.

    Attributes:
        host, port: Where it listens.
        url: Where clients connect to.
    """

    def __init__(
            self, host: str, port: int, path: str, greeting: str,
            make_session: Callable[[], Session], limits: Limits):
        """Starts to listen.

        Args:
            host: Address to listen on.
            port: Port to listen on; 0 takes a free one.
            path: Where websockets are.
            greeting: What any other path answers.
            make_session: Makes the session of a socket.
            limits: What peers may use, and how long they may take.

        Raises:
            OSError: it cannot listen there.
        """
        self._path, self._greeting = path, greeting
        self._make_session = make_session
        self._limits = limits
        self._sockets: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._silent: set[asyncio.Protocol] = set()  # connections that have asked for nothing yet
        self._loop = asyncio.new_event_loop()
        self._web = None
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="websockets", daemon=True)
        self._thread.start()
        try:
            self._listener = self._await(self._listen(host, port))
        except BaseException:
            self._end()
            raise
        self.host, self.port = self._listener.sockets[0].getsockname()[:2]
        shown = f"[{self.host}]" if ":" in self.host else self.host
        self.url = f"ws://{shown}:{self.port}{path}"

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def close(self) -> None:
        """Closes all sockets, and their instances as soon as these let themselves be closed."""
        if self._loop.is_closed():
            return
        self._await(self._shut())
        self._end()

    def _await(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self, host: str, port: int) -> asyncio.Server:
        self._web = web.Server(self._handle, access_log=None)
        return await self._loop.create_server(self._connected, host, port)

    async def _shut(self) -> None:
        self._listener.close()
        await asyncio.gather(*(
            _close_socket(socket, transport, WSCloseCode.GOING_AWAY, b"the server ends")
            for socket, transport in self._sockets.items() if socket.prepared))
        await self._web.shutdown(timeout=1.0)

    def _connected(self) -> asyncio.Protocol:
        """Returns the protocol of a new connection, which has to ask for something soon."""
        protocol = self._web()
        self._silent.add(protocol)
        self._loop.call_later(self._limits.handshake_seconds, self._check, protocol)
        return protocol

    def _check(self, protocol: asyncio.Protocol) -> None:
        if protocol in self._silent:
            self._silent.remove(protocol)
            protocol.force_close()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self._silent.discard(request.protocol)
        if request.path == self._path:
            if len(self._sockets) < self._limits.sockets:
                return await self._serve(request)
            response = web.Response(status=503, text="too many sockets are open")
        else:
            response = web.Response(text=self._greeting)
        response.force_close()
        return response

    async def _serve(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Answers the messages of one socket, one after the other."""
        limits = self._limits
        socket = web.WebSocketResponse(max_msg_size=limits.message_bytes, compress=False)
        transport = self._sockets[socket] = request.transport
        session, worker = self._make_session(), _Worker()
        try:
            await socket.prepare(request)
            while True:
                message = await self._receive(socket)
                if message is None:
                    break
                reply = await self._answer(worker, session, message)
                await asyncio.wait_for(socket.send_str(reply), limits.reply_seconds)
        except Refusal as refusal:
            await _close_socket(socket, transport, refusal.code, refusal.reason_bytes())
        except asyncio.TimeoutError:  # the peer does not take its reply
            transport.abort()
        except ConnectionError:
            pass
        finally:
            worker.do(session.close_all)
            worker.stop()
            del self._sockets[socket]
        return socket

    async def _receive(self, socket: web.WebSocketResponse) -> str | bytes | None:
        """Returns the next message, or None when there will be none."""
        try:
            # Its own deadline begins anew with each ping, and does not hold for answering them.
            message = await asyncio.wait_for(socket.receive(), self._limits.idle_seconds)
        except asyncio.TimeoutError:
            raise Refusal(WSCloseCode.POLICY_VIOLATION,
                          f"no message for {self._limits.idle_seconds:g} s") from None
        return message.data if message.type in (WSMsgType.TEXT, WSMsgType.BINARY) else None

    async def _answer(self, worker: _Worker, session: Session, message: str | bytes) -> str:
        reply = asyncio.wrap_future(worker.do(session.answer, message))
        try:
            return await asyncio.wait_for(reply, self._limits.call_seconds)
        except asyncio.TimeoutError:
            raise Refusal(
                INVALID_DATA, f"Unknown error: not done within {self._limits.call_seconds:g} s"
                ) from None


async def _close_socket(
        socket: web.WebSocketResponse, transport: asyncio.Transport, code: int,
        reason: bytes) -> None:
    """Closes a socket; cuts it off if the peer does not take part in that."""
    with contextlib.suppress(asyncio.TimeoutError, ConnectionError):
        await asyncio.wait_for(socket.close(code=code, message=reason), _CLOSE_SECONDS)
    transport.abort()
