"""A server of real matches, and clients of DotaService."""

import contextlib

from dotaservice_client import Client
import pytest

from dota_env_rpc.bridges.dotaservice import Games
from dota_env_rpc.serving import serve


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where the games of the server leave their folders."""
    return tmp_path_factory.mktemp("games")


@pytest.fixture(scope="session")
def server(folder):
    with serve(port=0, games=Games(folder=str(folder), deadline=1.0)) as started:
        yield started


@pytest.fixture
def connect(server):
    """A function that connects another client."""
    with contextlib.ExitStack() as stack:
        def connect(address=server.address, **arguments):
            client = Client(address, **arguments)
            stack.callback(client.close)
            return client
        yield connect


@pytest.fixture
def client(connect):
    return connect()
