"""Asking a bot over HTTP: what is sent, and that no peer keeps the asker past its deadline."""

import contextlib
import random
import socket
import threading
import time

import pytest

from dota_env_rpc.bots.http_bot import (
    MAX_REPLY_BYTES,
    BotError,
    BotUrl,
    HttpBot,
    is_url,
    parse_url,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
SOON = 0.3
# How much later than its deadline a question may end, on a machine with much to do.
GRACE = 1.0


class Peer:
    """A bot of a few bytes: `act(connection, request)` answers each question it reads."""

    def __init__(self, act):
        self.act = act
        self.requests = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/api"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, contextlib.suppress(OSError):
            while True:
                request = b""
                while b"\r\n\r\n" not in request:
                    received = connection.recv(1 << 16)
                    if not received:
                        return
                    request += received
                head, _, body = request.partition(b"\r\n\r\n")
                length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
                while len(body) < length:
                    body += connection.recv(1 << 16)
                self.requests.append(head + b"\r\n\r\n" + body)
                if self.act(connection, request) == "close":
                    return

    def close(self):
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def ask():
    """A function that gives a peer that answers so, and a bot that asks it."""
    with contextlib.ExitStack() as stack:
        def ask(act):
            if isinstance(act, bytes):
                answer, act = act, lambda connection, _: connection.sendall(answer)
            peer = Peer(act)
            stack.callback(peer.close)
            bot = HttpBot(parse_url(peer.url))
            stack.callback(bot.close)
            return peer, bot
        yield ask


def question(bot, path="/update", body=b'{"entities":{}}', seconds=10.0):
    bot.send(path, body, seconds)
    return bot.receive()


# URLs.


@pytest.mark.parametrize("text, url", [
    ("http://127.0.0.1:8080", BotUrl("127.0.0.1", 8080, "")),
    ("http://localhost:8080/", BotUrl("localhost", 8080, "")),
    ("http://Bots.example.org/a/b-c_d~e/", BotUrl("bots.example.org", 80, "/a/b-c_d~e")),
    ("http://[::1]:5000/x", BotUrl("::1", 5000, "/x"))])
def test_urls_are_read(text, url):
    assert is_url(text) and parse_url(text) == url


@pytest.mark.parametrize("text", [
    "http://", "http:///x", "http://:80/", "https://a:1/", "http://a:0/", "http://a:65536/",
    "http://a:1x/", "http://user@a:1/", "http://user:secret@a/", "http://a:1/x?y=1",
    "http://a:1/x#y", "http://a:1/x y", "http://a:1/x\r\nHost: b", "http://a\n:1/", "http://-a/",
    "http://a./", "http://[::g]/", "http://[1]/", "http://a:1//\x00", "http://ä/",
    "http://a/" + "x" * 2000])
def test_what_is_no_url_of_a_bot_is_refused(text):
    with pytest.raises(ValueError, match="is no"):
        parse_url(text)


@pytest.mark.parametrize("host, loopback", [
    ("127.0.0.1", True), ("127.8.9.10", True), ("[::1]", True), ("localhost", True),
    ("LOCALHOST", True), ("10.0.0.1", False), ("0.0.0.0", False), ("2130706433", False),
    ("localhost.example.org", False), ("127.0.0.1.example.org", False), ("[::2]", False)])
def test_loopback_is_this_machine_alone(host, loopback):
    assert parse_url(f"http://{host}:80/").is_loopback is loopback


# Questions.


def test_a_question_is_a_post_of_json(ask):
    peer, bot = ask(OK)
    assert question(bot, "/levelup", b"") == b"{}"
    question(bot, "/update", b'{"a":1}')
    host = peer.url.removeprefix("http://").removesuffix("/api")
    for request, path, length, body in zip(
            peer.requests, ("levelup", "update"), (0, 7), (b"", b'{"a":1}')):
        lines = request.decode().split("\r\n")
        assert lines[0] == f"POST /api/{path} HTTP/1.1"
        assert lines[1:5] == [
            f"Host: {host}", "Accept: application/json", "Content-Type: application/json",
            f"Content-Length: {length}"]
        assert request.endswith(b"\r\n\r\n" + body)


def test_questions_share_a_connection(ask):
    peer, bot = ask(OK)
    for _ in range(20):
        question(bot)
    assert (peer.connections, len(peer.requests)) == (1, 20)


@pytest.mark.parametrize("answer", [
    b"HTTP/1.0 200 OK\r\n\r\n{}", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}"])
def test_a_bot_may_close_after_each_answer(ask, answer):
    def act(connection, request):
        connection.sendall(answer)
        return "close"

    peer, bot = ask(act)
    assert [question(bot) for _ in range(3)] == [b"{}"] * 3
    assert peer.connections == 3


def test_a_bot_may_close_while_it_is_not_asked(ask):
    def act(connection, request):
        connection.sendall(OK)
        time.sleep(0.05)
        return "close"

    peer, bot = ask(act)
    question(bot)
    time.sleep(0.3)
    assert question(bot) == b"{}"
    assert peer.connections == 2


@pytest.mark.parametrize("answer, body", [
    (b"HTTP/1.1 200 Fine\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n{  }", b"{  }"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n",
     b"{}"),
    (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"{}"),
    (b"HTTP/1.1 200\r\ncontent-length:2\r\n\r\n{}", b"{}")])
def test_answers_come_in_many_forms(ask, answer, body):
    peer, bot = ask(answer)
    assert [question(bot), question(bot)] == [body, body]
    assert peer.connections == 1


def test_an_answer_in_two_parts_does_not_wait_for_our_acknowledgment(ask):
    """As the mod's server writes it: its system sends the body once the head is acknowledged."""
    def act(connection, request):
        head, body = OK[:-2], OK[-2:]
        connection.sendall(head)
        connection.sendall(body)

    peer, bot = ask(act)
    seconds = []
    for _ in range(60):
        begun = time.monotonic()
        assert question(bot) == b"{}"
        seconds.append(time.monotonic() - begun)
    # A system may acknowledge late only what comes after the first few answers.
    assert min(seconds[30:]) < 0.03
    assert peer.connections == 1


def test_who_refuses_a_question_unread_is_asked_anew(ask):
    """What is left of the question is not taken for the next one."""
    def act(connection, request):
        refused = len(peer.requests) == 1
        connection.sendall(b"HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n" if refused else OK)

    peer, bot = ask(act)
    with pytest.raises(BotError, match="status 400"):
        question(bot)
    assert question(bot) == b"{}"
    assert peer.connections == 2


@pytest.mark.parametrize("status", [201, 204, 301, 302, 404, 406, 500, 503])
def test_only_status_200_counts(ask, status):
    head = f"HTTP/1.1 {status} So\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    peer, bot = ask(head.encode())
    with pytest.raises(BotError, match=f"status {status}, not 200") as failure:
        question(bot)
    assert not failure.value.late
    assert len(peer.requests) == 1


# Peers that do harm.


def slowly(part, seconds):
    """Returns what sends a byte now and then, without an end."""
    def act(connection, request):
        connection.sendall(part)
        while True:
            time.sleep(seconds)
            connection.sendall(b"x")
    return act


def forever(head, part):
    """Returns what sends as fast as it can, without an end."""
    def act(connection, request):
        connection.sendall(head)
        while True:
            connection.sendall(part)
    return act


STALLED = {
    "silent": lambda connection, request: time.sleep(60),
    "half a status": slowly(b"HTTP/1.1 2", 60),
    "trickled status": slowly(b"HTTP/1.1 200 ", 0.02),
    "trickled headers": slowly(b"HTTP/1.1 200 OK\r\nX: ", 0.02),
    "trickled body": slowly(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", 0.02),
    "trickled chunks": slowly(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e7\r\n", 0.02),
    "no length": slowly(b"HTTP/1.1 200 OK\r\n\r\n{}", 60),
}


@pytest.mark.parametrize("act", STALLED.values(), ids=STALLED)
def test_a_slow_bot_is_left_at_the_deadline(ask, act):
    peer, bot = ask(act)
    begun = time.monotonic()
    with pytest.raises(BotError, match="did not answer in time") as failure:
        question(bot, seconds=SOON)
    assert SOON <= time.monotonic() - begun < SOON + GRACE
    assert failure.value.late


HUGE = {
    "body": forever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
    "announced body": forever(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n", b"x" * 65536),
    "chunk": forever(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffff\r\n", b"x" * 65536),
    "chunks": forever(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"2\r\nxx\r\n" * 9999),
    "headers": forever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 999),
    "header": forever(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536),
    "status": forever(b"", b"HTTP/1.1" * 999),
    "continues": forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99),
    "trailers": forever(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 999),
}


@pytest.mark.parametrize("act", HUGE.values(), ids=HUGE)
def test_a_huge_answer_is_not_read_to_its_end(ask, act):
    peer, bot = ask(act)
    begun = time.monotonic()
    with pytest.raises(BotError, match="bad HTTP|cannot be reached") as failure:
        question(bot)
    assert time.monotonic() - begun < 5.0
    assert not failure.value.late


def test_an_answer_may_be_as_long_as_is_allowed(ask):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
    size = MAX_REPLY_BYTES - len(head % 65000)
    peer, bot = ask(head % size + b" " * size)
    assert len(question(bot)) == size


@pytest.mark.parametrize("answer", [
    b"", b"\r\n", b"{}", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b"HTTP/2 200 OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
    b"\x16\x03\x01\x00\xff\x01", b"\x00" * 300])
def test_what_is_no_http_fails_at_once(ask, answer):
    def act(connection, request):
        connection.sendall(answer)
        return "close"

    peer, bot = ask(act)
    with pytest.raises(BotError, match="bad HTTP|cannot be reached"):
        question(bot)
    # The next question begins anew.
    peer.act = lambda connection, request: connection.sendall(OK)
    assert question(bot) == b"{}"


def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next(ask):
    def act(connection, request):
        connection.sendall(OK)
        time.sleep(0.05)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstale")

    peer, bot = ask(act)
    assert question(bot) == b"{}"
    time.sleep(0.3)
    assert question(bot) == b"{}"


def test_a_late_answer_is_not_taken_for_the_next(ask):
    def act(connection, request):
        if len(peer.requests) == 1:
            time.sleep(0.4)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstale")
        else:
            connection.sendall(OK)

    peer, bot = ask(act)
    with pytest.raises(BotError, match="in time"):
        question(bot, seconds=0.2)
    time.sleep(0.5)
    assert question(bot) == b"{}"


def test_an_answer_in_time_counts_whenever_it_is_looked_at(ask):
    """While another bot kept the asker waiting, this one has long answered."""
    peer, bot = ask(OK)
    bot.send("/update", b"{}", 0.2)
    time.sleep(0.4)
    assert bot.receive() == b"{}"


def test_a_bot_that_reads_nothing_does_not_hold_the_asker():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bot = HttpBot(parse_url(f"http://127.0.0.1:{listener.getsockname()[1]}/"))
        begun = time.monotonic()
        with pytest.raises(BotError, match="in time"):
            bot.send("/update", b"x" * (64 << 20), SOON)
            bot.receive()
        assert time.monotonic() - begun < SOON + GRACE


def test_a_bot_that_is_not_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(BotError, match="cannot be reached: Connection refused"):
        HttpBot(parse_url(f"http://127.0.0.1:{port}/")).send("/reset", b"", 5.0)


def test_a_host_that_is_not_there_is_told():
    with pytest.raises(BotError) as failure:
        HttpBot(parse_url(f"http://{'x' * 70}.invalid:1/")).send("/reset", b"", 5.0)
    assert not failure.value.late


def test_a_bot_that_never_takes_the_connection_is_left_at_the_deadline():
    with socket.create_server(("127.0.0.1", 0), backlog=1) as listener:
        place = listener.getsockname()
        with contextlib.ExitStack() as stack:
            for _ in range(8):  # the queue of the listener is full then
                waiting = stack.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(place)
            time.sleep(0.1)
            begun = time.monotonic()
            with pytest.raises(BotError, match="in time"):
                HttpBot(parse_url(f"http://127.0.0.1:{place[1]}/")).send("/reset", b"", SOON)
            assert time.monotonic() - begun < SOON + GRACE


def test_fuzzed_answers_end_in_a_body_or_an_error(ask):
    """Nothing but BotError comes out, and in time."""
    chance = random.Random(2)
    good = [
        OK, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nA: b\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK]

    def act(connection, request):
        answer = bytearray(chance.choice(good))
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(answer))
            kind = chance.randrange(3)
            if kind == 0:
                answer[place] = chance.randrange(256)
            elif kind == 1:
                del answer[place:place + chance.randrange(1, 9)]
            else:
                answer[place:place] = bytes(answer[:chance.randrange(1, 20)])
            if not answer:
                break
        connection.sendall(bytes(answer))
        return "close"

    peer, bot = ask(act)
    outcomes = {"body": 0, "error": 0}
    begun = time.monotonic()
    for _ in range(400):
        try:
            question(bot, seconds=5.0)
            outcomes["body"] += 1
        except BotError:
            outcomes["error"] += 1
    assert min(outcomes.values()) > 20
    assert time.monotonic() - begun < 30.0


def test_a_failed_question_leaves_no_connection_open(ask):
    closed = threading.Event()

    def act(connection, request):
        if not connection.recv(1):
            closed.set()
        return "close"

    peer, bot = ask(act)
    with pytest.raises(BotError):
        question(bot, seconds=0.1)
    assert closed.wait(5.0)
