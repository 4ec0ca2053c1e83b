"""The arena that tests of rules play in."""

import pytest

from dota_env_rpc.testing.arena import Arena


@pytest.fixture
def arena():
    return Arena()
