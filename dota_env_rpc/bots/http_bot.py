"""The near end of a bot that lives outside: asks it over HTTP, and never waits past a deadline."""

from collections.abc import Sequence
import dataclasses
import http.client
import io
import ipaddress
import re
import socket
import threading
import time

SCHEME = "http://"
DEFAULT_PORT = 80
# A reply holds one command; its head and body together may be this long.
MAX_REPLY_BYTES = 1 << 16
MAX_URL = 1024

_URL = re.compile(
    r"http://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>(?:/[A-Za-z0-9._~!$&'()*+;=:@%-]*)*)")


class BotError(Exception):
    """A bot did not answer as it should; the message says how. `late`: whether it was too slow."""

    def __init__(self, message: str, late: bool = False):
        super().__init__(message)
        self.late = late


@dataclasses.dataclass(frozen=True)
class BotUrl:
    """Where a bot listens: `host` without brackets, `path` without a slash at its end."""

    host: str
    port: int
    path: str

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can be meant."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def is_url(name: str) -> bool:
    """Returns whether the name of a bot is the URL of one that lives outside."""
    return name.startswith(SCHEME)


def parse_url(text: str) -> BotUrl:
    """Reads the URL of a bot: http://HOST[:PORT][/PATH].

    Raises:
        ValueError: it is none; says what is allowed.
    """
    match = _URL.fullmatch(text) if len(text) <= MAX_URL else None
    port = int(match["port"] or DEFAULT_PORT) if match else 0
    if match is None or not 0 < port < 1 << 16:
        raise ValueError(
            f"{text[:80]!a} is no URL of a bot: give http://HOST:PORT/PATH, without user, query or "
            "fragment")
    host = match["host"]
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            raise ValueError(f"{host!a} is no IPv6 address") from None
    return BotUrl(host.strip("[]").lower(), port, match["path"].rstrip("/"))


class HttpBot:
    """A connection to a bot, kept between questions, on which one question is asked at a time.

    `send` and `receive` belong together; several bots can be sent questions before the first is
    received from, so that they think side by side. A question that fails closes the connection,
    and the next one opens another.
    """

    def __init__(self, url: BotUrl):
        """Stores where the bot listens; nothing is opened yet."""
        self._url = url
        host = f"[{url.host}]" if ":" in url.host else url.host
        self._host = host if url.port == DEFAULT_PORT else f"{host}:{url.port}"
        self._socket: socket.socket | None = None
        self._deadline = 0.0

    def send(self, path: str, body: bytes, seconds: float) -> None:
        """Sends a question.

        Args:
            path: What is asked, as "/update".
            body: What it is about, as JSON, or nothing.
            seconds: How long the bot has from now until it must have answered.

        Raises:
            BotError: it cannot be reached, or does not take the question in time.
        """
        self._deadline = time.monotonic() + seconds
        head = (
            f"POST {self._url.path}{path} HTTP/1.1\r\nHost: {self._host}\r\n"
            "Accept: application/json\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
        try:
            if self._socket is None or _has_ended(self._socket):
                self.close()
                self._socket = self._open()
            self._socket.settimeout(self._remaining())
            self._socket.sendall(head.encode("ascii") + body)
            if hasattr(socket, "TCP_QUICKACK"):
                # A bot that writes head and body apart, as the mod's server does, waits between
                # them until the head is acknowledged: 40 ms, unless that is done at once.
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        except (OSError, ValueError) as error:
            raise self._failed(error) from None

    def receive(self) -> bytes:
        """Returns what the bot answers to the question that was sent.

        Raises:
            BotError: it does not answer in time, not with status 200, too long, or not in HTTP.
        """
        opened = self._socket
        if opened is None:
            raise BotError("was asked nothing")
        try:
            response = http.client.HTTPResponse(_Wire(opened, self._deadline), method="POST")
            response.begin()
            body = response.read(MAX_REPLY_BYTES)
            if response.length:
                raise ValueError("the answer is cut short")
            status, ends = response.status, response.will_close
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise self._failed(error) from None
        if ends or status != http.client.OK:
            self.close()  # who refuses a question may have left some of it unread
        if status != http.client.OK:
            raise BotError(f"answered with status {status}, not 200")
        return body

    def close(self) -> None:
        """Closes the connection, if one is open."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _remaining(self) -> float:
        remaining = self._deadline - time.monotonic()
        if remaining <= 0.0:
            raise TimeoutError
        return remaining

    def _open(self) -> socket.socket:
        """Connects to the first address of the host that takes it."""
        error: OSError = OSError(f"no address for {self._url.host}")
        for family, kind, protocol, _, place in self._addresses():
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(self._remaining())
                opened.connect(place)
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return opened
            except OSError as failure:
                opened.close()
                error = failure
        raise error

    def _addresses(self) -> Sequence[tuple]:
        """Looks the host up, in a thread, since looking up takes no deadline."""
        found: list = []

        def look_up() -> None:
            try:
                found.extend(socket.getaddrinfo(
                    self._url.host, self._url.port, type=socket.SOCK_STREAM))
            except (OSError, UnicodeError) as error:
                found.append(error)

        if self._url.is_loopback:
            look_up()  # needs no network
        else:
            thread = threading.Thread(target=look_up, name="bot's address", daemon=True)
            thread.start()
            thread.join(self._remaining())
        if not found:
            raise TimeoutError
        if isinstance(found[0], Exception):
            raise OSError(f"there is no host {self._url.host!a}")
        return found

    def _failed(self, error: Exception) -> BotError:
        self.close()
        if isinstance(error, TimeoutError):
            return BotError("did not answer in time", late=True)
        if isinstance(error, OSError):
            return BotError(f"cannot be reached: {error.strerror or error}")
        return BotError(f"answered in bad HTTP: {ascii(str(error))[:120]}")


def _has_ended(opened: socket.socket) -> bool:
    """Returns whether the far end has closed, or sent something that nobody asked for."""
    opened.settimeout(0.0)
    try:
        opened.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


class _Wire:
    """What HTTPResponse takes for a socket: reads until a deadline and so many bytes."""

    def __init__(self, opened: socket.socket, deadline: float):
        self._reader = _Reader(opened, deadline)

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode
        return io.BufferedReader(self._reader)


class _Reader(io.RawIOBase):
    """Reads from a socket, which stays open when this is closed."""

    def __init__(self, opened: socket.socket, deadline: float):
        self._socket = opened
        self._deadline = deadline
        self._left = MAX_REPLY_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        # What has come by the deadline is read even if nobody looked until later.
        self._socket.settimeout(max(self._deadline - time.monotonic(), 0.0))
        try:
            count = self._socket.recv_into(buffer)
        except BlockingIOError:
            raise TimeoutError from None
        self._left -= count
        if self._left < 0:
            raise ValueError(f"more than {MAX_REPLY_BYTES} bytes")
        return count
