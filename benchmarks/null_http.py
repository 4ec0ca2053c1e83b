"""The least that an HTTP bot can do: it answers every request with the same order.

`python benchmarks/null_http.py` prints `Serving on HOST:PORT`; one connection at a time.
"""

import json
import socket

ANSWER = json.dumps({"command": "NOOP", "abilityIndex": -1}).encode()
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)
HEAD_ENDS = b"\r\n\r\n"


def request(body: bytes) -> bytes:
    """Returns a request with a body."""
    return b"POST /update HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def read_request(connection: socket.socket) -> bool:
    """Reads a request; returns whether there was one."""
    data = b""
    while HEAD_ENDS not in data:
        received = connection.recv(1 << 16)
        if not received:
            return False
        data += received
    head, _, body = data.partition(HEAD_ENDS)
    [length] = [line for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")]
    left = int(length.split(b":")[1]) - len(body)
    while left > 0:
        left -= len(connection.recv(1 << 16))
    return True


def main():
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(f"Serving on 127.0.0.1:{server.getsockname()[1]}", flush=True)
        while True:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection:
                while read_request(connection):
                    connection.sendall(RESPONSE)


if __name__ == "__main__":
    main()
