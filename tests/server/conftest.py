"""Servers and clients for the tests of the server."""

import contextlib
import functools

from dm_env_rpc.v1.extensions.properties import PropertiesExtension
import pytest
from raw_client import Client

from dota_env_rpc.server.server import Limits, serve
from dota_env_rpc.testing.fake_match import FakeBackend, FakeTask, Faults


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def limits():
    """Overridden by tests that need other limits."""
    return Limits(world_grace_seconds=60.0)


@pytest.fixture
def server(faults, limits):
    """A server of fake matches."""
    make_backend = functools.partial(FakeBackend, faults=faults)
    with serve(port=0, tasks={"fake": FakeTask()}, make_backend=make_backend,
               limits=limits) as started:
        yield started


@pytest.fixture
def connect(server):
    """A function that connects another client."""
    with contextlib.ExitStack() as stack:
        def connect():
            client = Client(server.address)
            stack.callback(client.close)
            return client
        yield connect


@pytest.fixture
def client(connect):
    return connect()


@pytest.fixture
def properties():
    """A function that gives a client's properties."""
    def of(client):
        return PropertiesExtension(client.connection)
    return of
