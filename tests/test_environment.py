"""Matches in this process."""

import copy
import pickle

from absl.testing import absltest
import dm_env
from dm_env import test_utils
import numpy as np
import pytest
import tree

import dota_env_rpc
from dota_env_rpc.environment import nested
from dota_env_rpc.match.enums import UnitOrder
from dota_env_rpc.replay import Replay, ReplayError

SHORT = {"start_seconds": -1.0, "max_seconds": 1.0}  # 15 steps
STEPS = 15
FORWARD = {"order": int(UnitOrder.ATTACK_MOVE), "position": [0.0, 0.0]}


class OrdersEnvironmentTest(test_utils.EnvironmentTestMixin, absltest.TestCase):

    def make_object_under_test(self):
        return dota_env_rpc.make("mid_1v1", seed=1, **SHORT)

    def make_action_sequence(self):
        for _ in range(2 * STEPS + 3):
            yield FORWARD


class DiscreteEnvironmentTest(test_utils.EnvironmentTestMixin, absltest.TestCase):

    def make_object_under_test(self):
        return dota_env_rpc.make(
            "mid_1v1", seed=1, action_space="discrete", observations=("events", "minimap"),
            **SHORT)

    def make_action_sequence(self):
        for number in range(2 * STEPS + 3):
            yield {"action": number}


def make(**settings):
    return dota_env_rpc.make("mid_1v1", **{**SHORT, **settings})


def play(environment, action, steps):
    """Plays steps of the same action; returns the last TimeStep."""
    for _ in range(steps):
        time_step = environment.step(action)
    return time_step


def test_dots_nest_observations():
    assert nested({"mask.order": 1, "mask.cast": 2, "state": 3}) == {
        "mask": {"order": 1, "cast": 2}, "state": 3}


def test_the_first_reset_plays_the_given_seed():
    environment = make(seed=7)
    environment.reset()
    assert environment.tables[0].episode == 0


def test_each_reset_plays_another_episode():
    environment = make(seed=7)
    environment.reset()
    first = environment.digest()
    environment.reset()
    assert environment.tables[0].episode == 1
    assert environment.digest() != first


def test_a_restart_with_a_seed_is_a_new_environment():
    environment = make(seed=7)
    environment.reset()
    play(environment, FORWARD, 5)
    other = make(seed=8)
    for _ in range(2):
        first, fresh = environment.restart(8), other.reset()
        assert first.first() and environment.digest() == other.digest()
        np.testing.assert_array_equal(first.observation["state"], fresh.observation["state"])
        other = make(seed=8)


def test_a_restart_seeds_matches_with_bots_that_live_outside():
    bots = ("laner", "http://127.0.0.1:9/bot")  # which nobody answers at
    environment, other = make(seed=7, bots=bots), make(seed=8, bots=bots)
    environment.reset()
    environment.step({})
    environment.restart(8)
    other.reset()
    assert environment.digest() == other.digest()


def test_episodes_go_on_from_the_seed_of_a_restart():
    environment, other = make(seed=7), make(seed=8)
    other.reset()
    environment.restart(8)
    environment.restart()
    other.reset()
    assert environment.tables[0].episode == 1
    assert environment.digest() == other.digest()


@pytest.mark.parametrize("seed", [-1, 2**63, 0.5])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(ValueError, match="'seed'"):
        make().restart(seed)


def test_a_replay_tells_the_seed_of_a_restart():
    environment = make(seed=7, record=True)
    environment.restart(8)
    play(environment, FORWARD, 5)
    assert environment.replay.play().digest() == environment.digest()


def test_the_same_seed_and_actions_give_the_same_match():
    digests = set()
    for _ in range(2):
        environment = make(seed=7)
        environment.reset()
        play(environment, FORWARD, 10)
        digests.add(environment.digest())
    assert len(digests) == 1


def test_another_seed_gives_another_match():
    digests = set()
    for seed in (7, 8):
        environment = make(seed=seed)
        environment.reset()
        play(environment, FORWARD, 10)
        digests.add(environment.digest())
    assert len(digests) == 2


def test_the_time_limit_is_told():
    environment = make()
    environment.reset()
    assert environment.reason is None
    last = play(environment, {}, STEPS)
    assert last.last() and last.discount == 1.0
    assert (environment.winner, environment.reason) == (None, "max_seconds")


def test_a_draw_is_told():
    environment = make(tie_seconds=0.5)
    environment.reset()
    time_step = environment.step({})
    while not time_step.last():
        time_step = environment.step({})
    assert time_step.discount == 0.0
    assert (environment.winner, environment.reason) == (None, "draw")


def test_the_winner_is_told():
    """An idle hero that stands in the enemy's fountain dies until its side has lost."""
    environment = dota_env_rpc.make(
        "mid_1v1", seat=5, start_seconds=0.0, max_seconds=600.0, kills_to_win=1,
        bots=("idle", "idle"))
    time_step = environment.reset()
    while not time_step.last():
        time_step = environment.step(
            {"order": int(UnitOrder.MOVE_TO_POSITION), "position": [-6700.0, -6200.0]})
    assert time_step.discount == 0.0
    assert (environment.winner, environment.reason) == ("radiant", "kills")


@pytest.mark.parametrize("action, message", [
    ({"order": 99}, "'order' is 99"), ({"jump": 1}, "unknown action 'jump'"),
    (7, "a dictionary of order, unit, .* of type int"),
    ({"position": [np.nan, 0.0]}, "'position'")])
def test_a_wrong_action_is_refused_and_nothing_moves(action, message):
    environment = make()
    environment.reset()
    environment.step({})
    digest = environment.digest()
    with pytest.raises(ValueError, match=message):
        environment.step(action)
    assert environment.digest() == digest


@pytest.mark.parametrize("settings, message", [
    ({"sed": 1}, "unknown setting 'sed'; did you mean 'seed'"),
    ({"seat": 3}, "the seats 0, 5"),
    ({"hero": "npc_dota_hero_linna"}, "did you mean 'npc_dota_hero_lina'"),
    ({"hero": "Lina"}, "did you mean 'npc_dota_hero_lina'"),
    ({"num_matches": 2}, "make_batch takes 'num_matches'"),
    ({"seats": (0, 5)}, "make_batch takes 'seats'"),
    ({"observations": ("sound",)}, "'observations' is 'sound'"),
    ({"ticks_per_step": 2.5}, "'ticks_per_step' is 2.5")])
def test_a_wrong_setting_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        make(**settings)


def test_an_unknown_task_is_refused():
    with pytest.raises(ValueError, match="unknown task"):
        dota_env_rpc.make("mid_2v2")


def test_the_seat_brings_its_hero():
    environment = make(seat=5, hero="npc_dota_hero_lina")
    assert environment._settings.heroes[5] == "npc_dota_hero_lina"
    assert environment._settings.heroes[0] == "npc_dota_hero_nevermore"


def test_the_seat_brings_its_builds():
    environment = make(seat=5, skill_build="auto", item_builds=["auto", "agent"])
    assert environment._settings.skill_builds[5] == "auto"
    assert environment._settings.skill_builds[0] == "agent"
    assert environment._settings.item_builds[0] == "auto"


def test_settings_with_dots_are_given_by_name():
    """Source: 90 gold a minute from 0:00, of which the first comes after 20 ticks."""
    environment = make(**{"reward.gold": 100.0, "start_seconds": 0.0})
    environment.reset()
    assert sum(environment.step({}).reward for _ in range(5)) == pytest.approx(100.0)


@pytest.mark.parametrize("part", [
    lambda observation: observation, lambda observation: observation["mask"],
    lambda observation: observation["units"], lambda observation: observation["units"][0],
    lambda observation: observation["mask"]["order"][:, 0].T])
@pytest.mark.parametrize("make_one", [
    lambda: make(), lambda: dota_env_rpc.make_batch("mid_1v1", 2, seed=1, **SHORT)])
def test_what_an_agent_holds_of_an_observation_does_not_change(make_one, part):
    environment = make_one()
    held = [part(environment.reset().observation)]
    copies = [copy.deepcopy(held[0])]
    for _ in range(8):
        held.append(part(environment.step({}).observation))
        copies.append(copy.deepcopy(held[-1]))
    for one, before in zip(held, copies, strict=True):
        tree.map_structure(np.testing.assert_array_equal, one, before)


def test_arrays_of_an_observation_that_nobody_holds_are_used_again():
    environment = make()
    environment.reset()
    ids = {id(environment.step({}).observation["units"]) for _ in range(8)}
    assert len(ids) == 1


def test_restore_goes_back_to_the_same_future():
    environment = make(start_seconds=0.0, max_seconds=60.0)
    environment.reset()
    play(environment, FORWARD, 20)
    saved = environment.save()
    ahead = play(environment, {}, 20)
    digest = environment.digest()
    environment.restore(saved)
    again = play(environment, {}, 20)
    assert environment.digest() == digest
    assert again.reward == ahead.reward
    for name in ("state", "units", "reward_terms"):
        np.testing.assert_array_equal(again.observation[name], ahead.observation[name])


@pytest.mark.parametrize("damage", [
    lambda saved: b"", lambda saved: saved[:-1], lambda saved: saved[:40],
    lambda saved: b"x" * 999])
def test_restore_refuses_what_was_not_saved(damage):
    environment = make()
    environment.reset()
    saved = environment.save()
    digest = environment.digest()
    with pytest.raises(ValueError, match="restored"):
        environment.restore(damage(saved))
    assert environment.digest() == digest


def test_restore_refuses_what_was_saved_with_other_settings():
    environment = make(seed=1)
    other = make(seed=2)
    with pytest.raises(ValueError, match="saved with other settings"):
        other.restore(environment.save())


def test_a_branch_goes_its_own_way():
    environment = make(start_seconds=0.0, max_seconds=60.0)
    environment.reset()
    play(environment, FORWARD, 5)
    digest = environment.digest()
    branch = environment.branch()
    play(branch, {}, 5)
    assert environment.digest() == digest
    assert play(environment, {}, 5) and environment.digest() == branch.digest()


@pytest.mark.parametrize("copied", [
    copy.copy, copy.deepcopy, lambda environment: pickle.loads(pickle.dumps(environment))])
@pytest.mark.parametrize("count", [None, 2])
def test_a_copy_goes_its_own_way(count, copied):
    settings = {"start_seconds": 0.0, "max_seconds": 60.0}
    environment = make(record=True, **settings) if count is None else dota_env_rpc.make_batch(
        "mid_1v1", count, **settings)
    environment.restart(seed=7)
    play(environment, {}, 5)
    digest = environment.digest()
    other = copied(environment)
    assert other.digest() == digest
    play(other, {}, 5)
    assert environment.digest() == digest
    assert play(environment, {}, 5) and environment.digest() == other.digest()
    if count is None:
        assert other.replay.play().digest() == other.digest()


def test_render_draws_the_whole_map():
    environment = make()
    environment.reset()
    picture = environment.render(size=128)
    assert (picture.shape, picture.dtype) == ((128, 128, 3), np.uint8)
    assert picture.std() > 10


@pytest.mark.parametrize("arguments, message", [
    ({"row": 1}, "row is 1, but must be from 0 to 0"), ({"row": -1}, "row is -1"),
    ({"size": 0}, "size is 0"), ({"span": 0.0}, "both must be positive")])
def test_what_cannot_be_rendered_is_refused(arguments, message):
    environment = make()
    environment.reset()
    with pytest.raises(ValueError, match=message):
        environment.render(**arguments)


def test_names_tell_what_rows_of_the_patch_are():
    environment = make(hero="npc_dota_hero_lina", start_seconds=-20.0)
    observation = environment.reset().observation
    names, ids = environment.names, [
        column["name"] for tensor in environment.columns["tensors"]
        if tensor["name"] == "abilities" for column in tensor["columns"]].index("id")
    first = int(observation["abilities"][0, ids]) - 1
    assert names["abilities"][first] == "lina_dragon_slave"
    assert "npc_dota_hero_lina" in names["definitions"]
    tango = names["items"].index("item_tango")
    environment.step({"order": int(UnitOrder.PURCHASE_ITEM), "item_to_buy": tango})
    assert tango in environment.tables["items"]["definition"][0, 0]
    assert "modifier_tango_heal" in names["modifiers"]


def test_a_batch_renders_each_row():
    batch = dota_env_rpc.make_batch(
        "mid_1v1", num_matches=2, seats=(0, 5), observations=("rgb",), rgb_size=64)
    pictures = batch.reset().observation["rgb"]
    for row in range(4):
        np.testing.assert_array_equal(
            batch.render(64, 4800.0, row=row, fog=True), pictures[row])


def test_a_replay_plays_the_recorded_match(tmp_path):
    environment = make(seed=5, record=True, max_seconds=10.0)
    environment.reset()
    play(environment, FORWARD, 40)
    environment.replay.save(tmp_path / "match.replay")
    replay = Replay.load(tmp_path / "match.replay")
    assert (replay.num_steps, replay.digest) == (40, environment.digest())
    assert replay.play().digest() == environment.digest()


def test_a_replay_of_a_later_episode_plays_that_episode():
    environment = make(seed=5, record=True)
    environment.reset()
    play(environment, FORWARD, STEPS + 6)
    assert environment.tables[0].episode == 1
    assert environment.replay.play().digest() == environment.digest()


def test_a_restored_environment_records_on_from_there():
    environment = make(seed=5, record=True, max_seconds=10.0)
    environment.reset()
    play(environment, FORWARD, 10)
    saved = environment.save()
    play(environment, {}, 10)
    environment.restore(saved)
    play(environment, {"order": int(UnitOrder.STOP)}, 5)
    assert environment.replay.num_steps == 15
    assert environment.replay.play().digest() == environment.digest()


def test_without_recording_there_is_no_replay():
    with pytest.raises(ValueError, match="record=True"):
        _ = make().replay


def test_a_replay_tells_of_itself_in_a_line():
    environment = make(record=True)
    environment.reset()
    play(environment, FORWARD, 10)
    assert "num_steps=10" in repr(environment.replay)
    assert "array" not in repr(environment.replay)


def test_a_batch_takes_seats_and_no_seat():
    with pytest.raises(ValueError, match=r"give seats=\(5,\)"):
        dota_env_rpc.make_batch("mid_1v1", 2, seat=5)


def test_a_batch_is_not_recorded():
    with pytest.raises(ValueError, match="make one match to record it"):
        dota_env_rpc.make_batch(record=True)


def test_a_replay_of_other_rules_is_found_out(tmp_path):
    environment = make(record=True)
    environment.reset()
    play(environment, FORWARD, 3)
    replay = environment.replay
    object.__setattr__(replay, "digest", "0" * 16)
    with pytest.raises(ReplayError, match="0000000000000000 was recorded"):
        replay.play()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_replay_is_refused(tmp_path, content):
    path = tmp_path / "match.replay"
    path.write_bytes(content)
    with pytest.raises(ReplayError, match="match.replay is no replay"):
        Replay.load(path)


def test_arrays_of_something_else_are_no_replay(tmp_path):
    np.savez(tmp_path / "other.npz", x=np.zeros(3))
    with pytest.raises(ReplayError, match="is no replay"):
        Replay.load(tmp_path / "other.npz")


def test_a_replay_of_another_version_is_refused(tmp_path, monkeypatch):
    environment = make(record=True)
    environment.reset()
    monkeypatch.setattr("dota_env_rpc.replay.VERSION", 99)
    environment.replay.save(tmp_path / "match.replay")
    monkeypatch.undo()
    with pytest.raises(ReplayError, match="version 99, but this program reads version 2"):
        Replay.load(tmp_path / "match.replay")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        Replay.load(tmp_path / "match.replay")


@pytest.fixture
def batch():
    return dota_env_rpc.make_batch("mid_1v1", num_matches=3, seed=1, **SHORT)


def test_a_batch_conforms_to_its_specs(batch):
    for time_step in (batch.reset(), batch.step({"order": np.full(3, 3)})):
        batch.reward_spec().validate(time_step.reward)
        batch.discount_spec().validate(time_step.discount)
        specs, values = batch.observation_spec(), time_step.observation
        assert specs.keys() == values.keys()
        for name in specs:
            if name != "mask":
                specs[name].validate(values[name])


def test_a_row_of_a_batch_plays_what_a_single_match_does(batch):
    single = make(seed=1)
    batch.reset()
    single.reset()
    for _ in range(10):
        rows = batch.step({"order": np.full(3, 3), "position": np.zeros((3, 2))})
        one = single.step(FORWARD)
    assert batch.digest(0) == single.digest()
    np.testing.assert_array_equal(rows.observation["units"][0], one.observation["units"])


def test_rows_of_a_batch_play_different_seeds(batch):
    batch.reset()
    play(batch, {}, 10)
    assert len({batch.digest(match) for match in range(3)}) == 3


def test_a_batch_starts_ended_matches_by_itself(batch):
    batch.reset()
    last = play(batch, {}, STEPS)
    assert last.step_type.tolist() == [dm_env.StepType.LAST] * 3
    first = batch.step({})
    assert first.step_type.tolist() == [dm_env.StepType.FIRST] * 3
    assert first.reward.tolist() == [0.0] * 3


def test_a_batch_can_play_both_sides():
    batch = dota_env_rpc.make_batch("mid_1v1", num_matches=2, seats=(0, 5), **SHORT)
    radiant = batch.reset().observation["state"][:, 5]
    assert radiant.tolist() == [1.0, 0.0, 1.0, 0.0]


def test_a_batch_is_restored(batch):
    batch.reset()
    saved = batch.save()
    play(batch, {}, 3)
    digests = [batch.digest(match) for match in range(3)]
    batch.restore(saved)
    play(batch, {}, 3)
    assert [batch.digest(match) for match in range(3)] == digests
