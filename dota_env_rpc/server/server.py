"""The dm_env_rpc server: one port, many streams."""

import atexit
from collections.abc import Callable, Mapping, Sequence
import dataclasses
import functools
import importlib.metadata
import queue
import threading
import time
from typing import Protocol

from absl import logging
from dm_env_rpc.v1 import dm_env_rpc_pb2
import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from dota_env_rpc.data.patch import patches
from dota_env_rpc.server import auth
from dota_env_rpc.server.properties import Properties
from dota_env_rpc.server.stream import Stream
from dota_env_rpc.server.threads import ThreadPerCall, wait_for_rest
from dota_env_rpc.server.worlds import Worlds

DEFAULT_PORT = 13337
SERVICE = dm_env_rpc_pb2.DESCRIPTOR.services_by_name["Environment"].full_name
# Calls that may run beside the streams: health, reflection, and streams being refused.
SPARE_CALLS = 32


@dataclasses.dataclass(frozen=True)
class Limits:
    """How much a server takes on.

    Attributes:
        max_worlds: Worlds that may live at once.
        max_streams: Clients that may be connected at once.
        max_message_bytes: Longest request.
        world_grace_seconds: How long a world lives that nobody is joined to.
        match_timeout: Seconds that a client which has reset waits for the others of its match.
    """

    max_worlds: int = 256
    max_streams: int = 256
    max_message_bytes: int = 4 << 20
    world_grace_seconds: float = 60.0
    match_timeout: float = 600.0


@dataclasses.dataclass(frozen=True)
class Security:
    """Who may speak to a server. Addresses beyond this machine need TLS and a token.

    Attributes:
        token: Secret that clients send as metadata `authorization: Bearer TOKEN`; "" for none.
        certificate: PEM file of the server's certificate chain; "" for plaintext.
        key: PEM file of its private key.
        client_ca: PEM file of certificates that must have signed the clients'; "" for any client.
        allow_insecure: Whether to serve other machines without TLS or token all the same.
        bot_hosts: Hosts beside this machine whose HTTP bots clients may name; "*" for any. The
            server sends requests to them, so that each is one that clients can make it call.
    """

    token: str = ""
    certificate: str = ""
    key: str = ""
    client_ca: str = ""
    allow_insecure: bool = False
    bot_hosts: tuple[str, ...] = ()


class Bridge(Protocol):
    """A service of another protocol on the server's port.

    Attributes:
        service: Its full name.
        max_calls: Calls of it that may run at once.
    """

    service: str
    max_calls: int

    def handlers(self) -> grpc.GenericRpcHandler:
        """Returns what answers its calls."""

    def start(self, worlds: Worlds) -> None:
        """Begins to serve matches of the server's worlds."""

    def close(self) -> None:
        """Ends every call that waits, and frees its matches."""


class Server:
    """Serves matches. `start` opens the port, `close` shuts it; a context manager does both.

    Attributes:
        address: "HOST:PORT" once started.
    """

    def __init__(self, host: str, port: int, tasks: Mapping, make_backend: Callable,
                 limits: Limits, security: Security, prepare: Callable[[], None] | None = None,
                 bridges: Sequence["Bridge"] = ()):
        """Stores what to serve; see `serve`. `prepare` is called when the port is ours."""
        self._bridges = bridges
        self.address = ""
        self._host = host
        self._port = port
        self._limits = limits
        self._security = security
        self._tasks = tasks
        self._prepare = prepare
        self._worlds = Worlds(
            tasks, make_backend, limits.max_worlds, limits.world_grace_seconds,
            limits.match_timeout, functools.partial(auth.check_bots, hosts=security.bot_hosts))
        self._properties = Properties(self._facts)
        self._started_at = time.monotonic()
        self._lock = threading.Lock()
        self._num_streams = 0
        self._draining = False
        self._lost: queue.SimpleQueue[Stream | None] = queue.SimpleQueue()
        self._health = health.HealthServicer()
        self._server: grpc.Server | None = None

    def start(self) -> "Server":
        """Opens the port.

        Raises:
            ValueError: the settings do not fit together, a certificate cannot be read, or there is
                no such port.
            OSError: the port cannot be opened.
        """
        if not 0 <= self._port <= 65535:
            raise ValueError(f"port is {self._port}, but must be from 0 to 65535")
        security = self._security
        interceptors = [auth.TokenInterceptor(security.token)] if security.token else []
        server = grpc.server(
            ThreadPerCall(), interceptors=interceptors,
            maximum_concurrent_rpcs=self._limits.max_streams + SPARE_CALLS + sum(
                bridge.max_calls for bridge in self._bridges),
            options=[
                ("grpc.so_reuseport", 0),
                ("grpc.max_receive_message_length", self._limits.max_message_bytes),
                ("grpc.max_send_message_length", -1),
                ("grpc.keepalive_time_ms", 30_000),
                ("grpc.keepalive_timeout_ms", 10_000),
                ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
            ])
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(
            SERVICE, {"Process": grpc.stream_stream_rpc_method_handler(self._process)}),))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, server)
        for bridge in self._bridges:
            server.add_generic_rpc_handlers((bridge.handlers(),))
        services = SERVICE, *(bridge.service for bridge in self._bridges)
        reflection.enable_server_reflection(
            (*services, health.SERVICE_NAME, reflection.SERVICE_NAME), server)
        address = f"{self._host}:{self._port}"
        credentials = self._credentials()
        try:
            if credentials is None:
                port = server.add_insecure_port(address)
            else:
                port = server.add_secure_port(address, credentials)
        except RuntimeError:
            port = 0
        if not port:
            or_this = " or the certificate and key do not fit" if credentials else ""
            raise OSError(
                f"cannot open {address}: the port is taken, the address is not ours{or_this}")
        if self._prepare is not None:
            self._prepare()
        self.address = f"{self._host}:{port}"
        self._server = server
        self._worlds.start()
        for bridge in self._bridges:
            bridge.start(self._worlds)
        threading.Thread(target=self._bury, name="lost streams", daemon=True).start()
        server.start()
        for service in ("", *services):
            self._health.set(service, health_pb2.HealthCheckResponse.SERVING)
        atexit.register(self._leave)
        logging.info("serving address=%s tls=%s token=%s", self.address,
                     bool(security.certificate), bool(security.token))
        return self

    @property
    def num_worlds(self) -> int:
        """Worlds that live now."""
        return len(self._worlds)

    @property
    def num_streams(self) -> int:
        """Clients that are connected now."""
        return self._num_streams

    def drain(self, seconds: float) -> None:
        """Takes no new streams, gives the present ones `seconds` to end, and closes."""
        logging.info("draining address=%s seconds=%g", self.address, seconds)
        self._draining = True
        self._health.enter_graceful_shutdown()
        deadline = time.monotonic() + seconds
        while self._num_streams and time.monotonic() < deadline:
            time.sleep(0.05)
        self.close()

    def close(self) -> None:
        """Closes the port and every stream; returns when all is quiet."""
        with self._lock:
            server, self._server = self._server, None
        if server is None:
            return
        atexit.unregister(self._leave)
        self._draining = True
        self._health.enter_graceful_shutdown()
        stopped = server.stop(None)
        for bridge in self._bridges:
            bridge.close()
        stopped.wait()
        self._lost.put(None)
        self._worlds.close()
        logging.info("closed address=%s", self.address)

    def _leave(self) -> None:
        """Closes at the interpreter's exit.

        Clients in this process learn of it in threads of gRPC, which the interpreter stops where
        they are: one that then holds the lock of its call makes the interpreter wait for good when
        it deletes that call. Hence they get the time to come to rest.
        """
        self.close()
        wait_for_rest()

    def __enter__(self) -> "Server":
        return self if self._server is not None else self.start()

    def __exit__(self, *error) -> None:
        self.close()

    def _credentials(self) -> grpc.ServerCredentials | None:
        security = self._security
        if bool(security.certificate) != bool(security.key):
            raise ValueError("TLS needs both a certificate and its key")
        if security.client_ca and not security.certificate:
            raise ValueError("a client CA needs the server's own certificate and key")
        if not (auth.is_loopback(self._host) or security.allow_insecure
                or security.certificate and (security.token or security.client_ca)):
            raise ValueError(
                f"{self._host} can be reached from other machines: give a certificate, its key and"
                " a token, or allow insecure serving if the network is trusted")
        if not security.certificate:
            return None
        return auth.server_credentials(
            security.certificate, security.key, security.client_ca or None)

    def _process(self, requests, context):
        """Serves one stream."""
        with self._lock:
            refused = self._num_streams >= self._limits.max_streams
            if not refused and not self._draining:
                self._num_streams += 1
        if self._draining:
            context.abort(grpc.StatusCode.UNAVAILABLE, "the server is shutting down")
        if refused:
            logging.warning("stream refused peer=%s: %d streams", context.peer(),
                            self._limits.max_streams)
            context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED,
                          f"the server has its {self._limits.max_streams} streams; try later")
        stream = Stream(self._worlds, self._properties, context.peer())
        logging.info("stream opened name=%s peer=%s", stream.name, stream.peer)
        # The callback runs in gRPC's own thread, which must not wait for a world's lock.
        if not context.add_callback(lambda: self._lost.put(stream)):
            self._lost.put(stream)
            return
        for request in requests:
            yield stream.answer(request)

    def _bury(self) -> None:
        """Takes streams that ended out of their worlds.

        Each in a thread of its own, since a world that waits for its HTTP bot keeps its lock, and
        the other worlds shall not notice.
        """
        while (stream := self._lost.get()) is not None:
            threading.Thread(
                target=self._bury_one, args=(stream,), name="lost stream", daemon=True).start()

    def _bury_one(self, stream: Stream) -> None:
        try:
            stream.close()
        except Exception:
            logging.exception("stream failed to leave its world name=%s", stream.name)
        with self._lock:
            self._num_streams -= 1
        logging.info("stream closed name=%s peer=%s", stream.name, stream.peer)

    def _facts(self) -> dict:
        return {
            "version": _version(),
            "patches": ",".join(patches()),
            "tasks": ",".join(self._tasks),
            "num_worlds": len(self._worlds),
            "max_worlds": self._limits.max_worlds,
            "num_streams": self._num_streams,
            "max_streams": self._limits.max_streams,
            "seconds_up": time.monotonic() - self._started_at,
        }


def _version() -> str:
    try:
        return importlib.metadata.version("dota_env_rpc")
    except importlib.metadata.PackageNotFoundError:
        return "uninstalled"


def serve(host: str = "127.0.0.1", port: int = DEFAULT_PORT, *, tasks: Mapping | None = None,
          make_backend: Callable | None = None, limits: Limits = Limits(),
          security: Security = Security(), bridges: Sequence[Bridge] = ()) -> Server:
    """Starts a server that runs in threads of this process.

    Args:
        host: Address to listen on. Those that other machines can reach need TLS and a token.
        port: Port to listen on; 0 takes a free one, which `server.address` tells.
        tasks: Task of each name; by default all of dota_env_rpc.tasks.
        make_backend: Makes `(match settings, number of matches)` into a Backend; by default the
            simulator.
        limits: How much it takes on.
        security: Who may speak to it.
        bridges: Services of other protocols on the same port.

    Returns:
        The server, started; close it, or use it as a context manager.

    Raises:
        ValueError: the settings do not fit together, or a certificate cannot be read.
        OSError: the port cannot be opened.
    """
    if tasks is None:
        from dota_env_rpc.tasks.task import load_task, task_names
        tasks = {name: load_task(name) for name in task_names()}
    prepare = None
    if make_backend is None:
        from dota_env_rpc.backends import hosting
        from dota_env_rpc.compile import ensure_compiled
        make_backend, prepare = hosting.make_backend, ensure_compiled
    return Server(
        host, port, tasks, make_backend, limits, security, prepare, bridges).start()
