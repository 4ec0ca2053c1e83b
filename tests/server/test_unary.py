"""Calls with one request that are given to a thread when it has come."""

import threading

import grpc
import pytest

from dota_env_rpc.server import unary
from dota_env_rpc.server.threads import ThreadPerCall

METHOD = "/Test/repeat"


def repeat(request, context):
    if not request:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, "there is nothing to repeat")
    return request


@pytest.fixture
def channel():
    """A client of a server that repeats what it is asked."""
    server = grpc.server(ThreadPerCall())
    service, method = METHOD[1:].split("/")
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(
        service, {method: grpc.unary_unary_rpc_method_handler(repeat)}),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield channel
    server.stop(None).wait(10.0)


def num_threads():
    return sum(thread.name == "call" for thread in threading.enumerate())


def test_a_call_is_answered(channel):
    call = channel.unary_unary(METHOD)
    assert [call(b"a" * count, timeout=10.0) for count in (1, 100_000)] == [b"a", b"a" * 100_000]


def test_a_call_is_refused(channel):
    with pytest.raises(grpc.RpcError) as refused:
        channel.unary_unary(METHOD)(b"", timeout=10.0)
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_call_takes_no_thread_before_its_request_has_come(channel):
    before = num_threads()
    asked = threading.Event()

    def requests():
        asked.wait(10.0)
        yield b"late"

    calls = [channel.stream_stream(METHOD)(requests(), timeout=20.0) for _ in range(20)]
    # An answered call shows that the server has taken those before it.
    assert channel.unary_unary(METHOD)(b"a", timeout=10.0) == b"a"
    assert num_threads() <= before + 1
    asked.set()
    assert [list(call) for call in calls] == [[b"late"]] * 20


def test_a_call_that_ends_without_a_request_is_refused(channel):
    with pytest.raises(grpc.RpcError) as refused:
        list(channel.stream_stream(METHOD)(iter(()), timeout=10.0))
    assert refused.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_a_call_that_is_given_up_leaves_nothing(channel):
    silent = threading.Event()
    calls = [channel.stream_stream(METHOD)(iter(silent.wait, True)) for _ in range(20)]
    for call in calls:
        call.cancel()
    silent.set()
    assert channel.unary_unary(METHOD)(b"a", timeout=10.0) == b"a"


def test_another_grpc_is_left_its_way(channel, monkeypatch):
    monkeypatch.setattr(unary, "_server", object())
    assert channel.unary_unary(METHOD)(b"a", timeout=10.0) == b"a"
