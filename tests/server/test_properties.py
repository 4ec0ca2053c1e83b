"""The properties extension: what is told beside the observations."""

import json

from dm_env_rpc.v1 import error
import numpy as np
import pytest

from dota_env_rpc.content.game import load_game
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.server.properties import HIDDEN_UNIT_FIELDS


@pytest.fixture
def joined(client):
    """A client in a running match, two steps in."""
    client.join(client.create(task="fake", seed=7))
    for _ in range(3):
        client.step(order=21 if _ == 1 else 0)
    return client


def test_before_joining_there_are_the_servers(client, properties):
    told = properties(client)
    assert set(told.specs()) == {"server"}
    assert told["server.tasks"] == "fake"
    assert told["server.patches"] == "7.41"
    assert (told["server.num_worlds"], told["server.num_streams"]) == (0, 1)
    with pytest.raises(KeyError):
        told.read("match.tick")


def test_after_joining_there_are_the_worlds_too(joined, properties):
    assert set(properties(joined).specs()) == {"server", "world", "match", "seat", "hidden"}


def test_every_property_is_listed_described_and_holds_what_its_spec_says(client, properties):
    client.join(client.create(task="fake", record=True))
    client.step()
    told = properties(client)
    for branch in told.specs():
        for key, one in told.specs(branch).items():
            assert key.startswith(branch + ".") and one.description.endswith(".")
            assert one.readable and not one.listable
            value = np.asarray(told[key])
            assert len(value.shape) == len(one.spec.shape)
            assert all(said in (length, -1) for length, said in zip(
                value.shape, one.spec.shape, strict=True))
            assert value.dtype.kind == np.dtype(one.spec.dtype).kind or value.dtype.kind == "U"


def test_batches_tell_of_every_match(client, properties):
    client.join(client.create(task="fake", num_matches=3))
    client.step()
    told = properties(client)
    assert told["match.tick"].tolist() == [0, 0, 0]
    assert told["match.kills"].shape == (3, 10)
    assert told["hidden.units"].shape == (3, MAX_UNITS, len(HIDDEN_UNIT_FIELDS))
    assert len(set(told["match.digest"])) == 3


def test_the_facts_of_a_match(joined, properties):
    told = properties(joined)
    assert (told["match.tick"], told["match.seconds"], told["match.episode"]) == (60, 2.0, 0)
    assert (told["match.winner"], told["match.reason"]) == (0, "NONE")
    assert told["match.team_kills"].tolist() == [1, 0]
    joined.step(order=21)
    assert (told["match.winner"], told["match.reason"]) == (2, "KILLS")


def test_the_names_of_rows_are_told(joined, properties):
    told, game = properties(joined), load_game()
    for field in ("item", "ability", "modifier", "definition"):
        assert tuple(told[f"world.{field}_names"]) == getattr(game, f"{field}_names")


def test_without_recording_there_is_no_replay(joined, properties):
    with pytest.raises(error.DmEnvRpcError, match="create the world with the setting"):
        properties(joined).read("match.replay")


def test_the_facts_of_a_world(joined, properties):
    told = properties(joined)
    assert told["world.seats"].tolist() == [1] + [0] * 9
    assert json.loads(told["world.settings"])["seed"] == 7
    assert told["world.heroes"][0] == "npc_dota_hero_nevermore"
    assert json.loads(told["seat.columns"])["digest"] == told["seat.columns_digest"]


def test_a_written_seed_is_played_from_the_next_episode_on(joined, properties):
    told = properties(joined)
    told["world.seed"] = 9
    assert joined.step([2]).observations[2].floats.array[3] == 7
    joined.reset()
    assert joined.step([2]).observations[2].floats.array[3] == 9
    assert told["world.seed"] == 9


def test_a_written_deadline_holds_at_once(joined, properties, connect):
    properties(joined)["world.step_timeout"] = 0.1
    other = connect()
    other.join(properties(joined)["world.name"])
    assert joined.step([2]).observations[2].floats.array[0] == 90


@pytest.mark.parametrize("key, value, wrong", [
    ("world.seed", -1, ValueError), ("world.step_timeout", float("nan"), ValueError),
    ("world.name", "mine", PermissionError), ("match.tick", 0, PermissionError),
    ("server.version", "1", PermissionError), ("world", 1, PermissionError),
    ("weather", "rain", KeyError)])
def test_what_cannot_be_written_is_refused(joined, properties, key, value, wrong):
    with pytest.raises(wrong):
        properties(joined).write(key, value)


def test_what_cannot_be_read_or_listed_is_refused(joined, properties):
    told = properties(joined)
    with pytest.raises(KeyError):
        told.read("match.tik")
    with pytest.raises(PermissionError):
        told.read("match")
    with pytest.raises(ValueError):
        told.list("match.tick")
    with pytest.raises(KeyError):
        told.list("weather")


def test_an_unknown_property_names_those_that_are_close(joined, properties):
    try:
        properties(joined).read("match.tik")
    except KeyError as refused:
        assert isinstance(refused.__cause__, error.DmEnvRpcError)
        assert "match.tick" in refused.__cause__.message
