"""Fixtures of the tests of tasks."""

import pytest

from dota_env_rpc.testing.board import Board


@pytest.fixture
def board():
    """A match whose tables a test fills by hand."""
    return Board()
