"""What every task does, as tests to inherit.

    class TestMyTask(TaskContract):
        task = load_task("my_task")
        world = {"max_seconds": 10.0}
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.tasks.seat import ACTION_SPACES, EXTRAS
from dota_env_rpc.tasks.settings import parse_settings
from dota_env_rpc.tasks.task import Task

FIRST, MID, LAST = 0, 1, 2


class TaskContract:
    """Tests of a task whose episodes, with `world`, end within `max_steps` steps."""

    task: Task
    world: Mapping[str, Any] = {}
    max_steps = 500

    def play(self, join: Mapping[str, Any] | None = None, num_matches: int = 1, **arguments):
        """Returns a backend and a seat that has begun."""
        world = parse_settings(
            self.task.world_settings, {**self.world, "num_matches": num_matches})
        join = parse_settings(self.task.join_settings, join or {})
        backend = SimulatedBackend(self.task.match_settings(world), num_matches)
        seat = self.task.seat(backend, **{
            "seats": self.task.seats(join) or self.task.played_seats[:1],
            **self.task.seat_arguments(world, join), **arguments})
        backend.controlled[:, list(seat.seats)] = 1
        seat.begin()
        return backend, seat

    def check_buffers(self, seat) -> None:
        """Asserts that all buffers are inside their specs."""
        for name, spec in seat.observation_specs.items():
            spec.validate(seat.buffers[name])
            if spec.dtype != object:
                assert np.isfinite(seat.buffers[name]).all(), name

    def test_all_defaults_are_allowed(self):
        for schema in (self.task.world_settings, self.task.join_settings):
            for name, setting in schema.items():
                assert setting.name == name
                assert parse_settings(schema, {name: setting.default})[name] == setting.default

    def test_every_setting_has_a_meaning(self):
        for schema in (self.task.world_settings, self.task.join_settings):
            assert all(setting.meaning.endswith(".") for setting in schema.values())

    def test_default_settings_make_a_match(self):
        assert isinstance(
            self.task.match_settings(parse_settings(self.task.world_settings, {})),
            MatchSettings)

    @pytest.mark.parametrize("action_space", sorted(ACTION_SPACES))
    def test_observations_stay_inside_their_specs_for_a_whole_episode(self, action_space):
        backend, seat = self.play({"action_space": action_space})
        random = np.random.default_rng(0)
        for _ in range(self.max_steps):
            self.check_buffers(seat)
            seat.act({
                name: random.uniform(spec.minimum, spec.maximum, spec.shape).astype(spec.dtype)
                if spec.dtype.kind == "f" else
                random.integers(spec.minimum, spec.maximum, spec.shape, spec.dtype, endpoint=True)
                for name, spec in seat.action_specs.items()})
            backend.advance()
            seat.observe()
            if backend.step_type[0] == LAST:
                break
        assert backend.step_type[0] == LAST
        self.check_buffers(seat)

    @pytest.mark.parametrize("extra", EXTRAS)
    def test_extras_stay_inside_their_specs(self, extra):
        backend, seat = self.play({"observations": [extra]})
        backend.advance()
        seat.observe()
        assert extra in seat.buffers
        self.check_buffers(seat)

    def test_buffers_stay_where_they_are(self):
        backend, seat = self.play()
        before = {name: buffer.ctypes.data for name, buffer in seat.buffers.items()}
        backend.advance()
        seat.observe()
        seat.begin()
        assert {name: buffer.ctypes.data for name, buffer in seat.buffers.items()} == before

    def test_no_name_is_the_beginning_of_another(self):
        _, seat = self.play(num_matches=2, observations=EXTRAS)
        for names in (list(seat.observation_specs), list(seat.action_specs)):
            for name in names:
                assert not [other for other in names if other.startswith(name + ".")]

    def test_a_batch_has_a_row_for_each_seat_of_each_match(self):
        _, seat = self.play({"seats": self.task.played_seats}, num_matches=3)
        rows = 3 * len(self.task.played_seats)
        for spec in (*seat.observation_specs.values(), *seat.action_specs.values()):
            assert spec.shape[0] == rows, spec.name
        assert {"discount", "step_type"} <= set(seat.observation_specs)

    def test_a_row_of_a_batch_shows_what_a_single_match_does(self):
        batch_backend, batch = self.play(num_matches=2)
        single_backend, single = self.play()
        for _ in range(5):
            batch_backend.advance()
            single_backend.advance()
        batch.observe()
        single.observe()
        for name, buffer in single.buffers.items():
            np.testing.assert_array_equal(batch.buffers[name][0], buffer, err_msg=name)

    def test_a_match_that_ended_starts_again_with_reward_0(self):
        backend, seat = self.play(num_matches=2)
        while backend.step_type[0] != LAST:
            backend.advance()
            seat.observe()
        backend.advance()
        seat.observe()
        assert seat.step_type[0] == FIRST
        assert seat.buffers["reward"][0] == 0.0

    def test_a_wrong_action_leaves_the_orders_alone(self):
        backend, seat = self.play()
        before = backend.orders.tobytes()
        for name, spec in seat.action_specs.items():
            with pytest.raises(ValueError, match=name):
                seat.act({name: np.full(spec.shape, spec.maximum + 1)})
        with pytest.raises(ValueError, match="nonsense"):
            seat.act({"nonsense": 0})
        assert backend.orders.tobytes() == before
