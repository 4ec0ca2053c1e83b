"""A server, and short matches on it or in this process."""

import pytest

import dota_env_rpc

# A match of 15 steps.
SHORT = {"start_seconds": -1.0, "max_seconds": 1.0}


@pytest.fixture(scope="session")
def server():
    with dota_env_rpc.serve(port=0) as started:
        yield started


@pytest.fixture
def short():
    """Settings of a match of 15 steps."""
    return dict(SHORT)


@pytest.fixture(params=["in process", "on a server"])
def place(request, server):
    """Settings that put a match into this process or onto a server."""
    return {} if request.param == "in process" else {"address": server.address}
