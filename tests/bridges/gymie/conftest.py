"""A Gymie server, peers of it, and an environment whose doings the tests choose."""

from gymie_peer import Peer, Toy
import pytest

from dota_env_rpc.bridges import gymie


@pytest.fixture
def limits():
    """Overridden by tests that need other limits."""
    return gymie.Limits()


@pytest.fixture
def server(limits):
    with gymie.serve(port=0, limits=limits) as started:
        yield started


@pytest.fixture
def connect(server):
    """A function that connects another peer."""
    peers = []

    def connect(**arguments):
        peers.append(Peer(server, **arguments))
        return peers[-1]
    yield connect
    for peer in peers:
        peer.close()


@pytest.fixture
def peer(connect):
    return connect()


@pytest.fixture
def overrides():
    """Leaves what the tests have overridden as it was."""
    before = dict(gymie._hooks)
    yield
    gymie._hooks.update(before)


@pytest.fixture
def toy(overrides):
    """A function that lets the id "Toy-v0" stand for a Toy made with what it is given."""
    Toy.closed = 0

    def toy(**given):
        @gymie.override("get_env")
        def get_env(env_id, seed=None):
            del env_id, seed
            return Toy(**given)
    return toy
