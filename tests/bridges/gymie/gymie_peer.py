"""A peer that speaks to a Gymie server byte by byte, and an environment for it to play."""

import contextlib
import json
import socket
import struct
import time

import gymnasium
from gymnasium import spaces
import numpy as np
import pytest

TEXT, BINARY, CLOSE = 1, 2, 8


class Closed(Exception):
    """The other end has closed the socket, with `code` and `reason`."""

    def __init__(self, code: int, reason: str):
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Peer:
    """A thin websocket: one frame out, one frame in."""

    def __init__(self, server, path="/gym", upgrade=True, timeout=10.0):
        self.socket = socket.create_connection((server.host, server.port), timeout=timeout)
        upgraded = (
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" if upgrade else "")
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\n{upgraded}\r\n".encode())
        self._file = self.socket.makefile("rb")
        self.status = int(self._file.readline().split()[1])
        length = 0
        while line := self._file.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        self.body = self._file.read(length).decode()

    def send(self, payload: str | bytes, kind: int = TEXT, final: bool = True) -> None:
        """Sends a frame, masked as clients do."""
        data = payload.encode() if isinstance(payload, str) else payload
        length = len(data)
        head = bytes([kind | (0x80 if final else 0)])
        if length < 126:
            head += bytes([0x80 | length])
        elif length < 1 << 16:
            head += bytes([0x80 | 126]) + struct.pack(">H", length)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", length)
        self.socket.sendall(head + bytes(4) + data)  # masked with zeros

    def receive(self) -> str:
        """Returns the next text frame; raises Closed."""
        head = self._file.read(2)
        if len(head) < 2:
            raise Closed(1006, "")
        kind, length = head[0] & 15, head[1] & 127
        if length == 126:
            length, = struct.unpack(">H", self._file.read(2))
        elif length == 127:
            length, = struct.unpack(">Q", self._file.read(8))
        data = self._file.read(length)
        if kind == CLOSE:
            with contextlib.suppress(OSError):
                self.send(data[:2], CLOSE)
            raise Closed(struct.unpack(">H", data[:2])[0], data[2:].decode())
        assert kind == TEXT
        return data.decode()

    def ask(self, message: str | bytes, kind: int = TEXT) -> str:
        """Sends a message and returns the reply."""
        self.send(message, kind)
        return self.receive()

    def call(self, method: str, **params):
        """Calls a method; returns what its reply says, read as JSON reads it."""
        reply = self.ask(json.dumps({"method": method, "params": params}))
        return json.loads(reply, parse_constant=_no_json)

    def make(self, env_id: str, **params) -> str:
        """Makes an instance; returns its id, which is no JSON."""
        return self.ask(json.dumps({"method": "make", "params": {"env_id": env_id, **params}}))

    def refused(self, message: str | bytes, kind: int = TEXT) -> tuple[int, str]:
        """Returns code and reason of the close frame that answers a message."""
        with pytest.raises(Closed) as closed:
            self.ask(message, kind)
        return closed.value.code, closed.value.reason

    def refused_call(self, method: str, **params) -> tuple[int, str]:
        """Returns code and reason of the close frame that answers a call."""
        return self.refused(json.dumps({"method": method, "params": params}))

    def close(self) -> None:
        self._file.close()
        self.socket.close()


def _no_json(name: str):
    raise AssertionError(f"{name} is no JSON")


class Toy(gymnasium.Env):
    """An environment whose spaces, steps and faults the tests choose."""

    closed = 0
    observation_space = spaces.Box(-np.inf, np.inf, (4,))
    action_space = spaces.Discrete(2)

    def __init__(self, **given):
        vars(self).update(given)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return getattr(self, "told", np.zeros(4, np.float32)), {}

    def step(self, action):
        self.act(action)
        return getattr(self, "told", np.zeros(4, np.float32)), 1, False, False, {"last": action}

    def act(self, action):
        pass

    def close(self):
        Toy.closed += 1


def eventually(true, seconds=30.0):
    """Waits until a condition holds."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
