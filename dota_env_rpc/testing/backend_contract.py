"""What every backend does, as tests to inherit.

    class TestMyBackend(BackendContract):
        def make_backend(self, num_matches):
            return MyBackend(..., num_matches)
"""

import numpy as np
import pytest

from dota_env_rpc.backends.backend import Backend
from dota_env_rpc.match.enums import NUM_SEATS, UnitOrder
from dota_env_rpc.match.tables import MAX_UNITS, ORDER, TABLES

FIRST, MID, LAST = 0, 1, 2


class BackendContract:
    """Tests of a backend whose episodes end within `max_steps` steps."""

    max_steps = 2000

    def make_backend(self, num_matches: int) -> Backend:
        """Returns a new backend; several that are made alike play alike."""
        raise NotImplementedError

    @pytest.fixture
    def backend(self):
        backend = self.make_backend(1)
        yield backend
        backend.close()

    def play_to_end(self, backend: Backend) -> int:
        """Advances until match 0 is at LAST; returns the steps that took."""
        for step in range(1, self.max_steps + 1):
            backend.advance()
            if backend.step_type[0] == LAST:
                return step
        raise AssertionError(f"no end within {self.max_steps} steps")

    def test_arrays_have_the_types_and_shapes_of_the_interface(self, backend):
        matches = backend.num_matches
        expected = {
            "tables": (TABLES, (matches,)), "orders": (ORDER, (matches, NUM_SEATS)),
            "controlled": (np.uint8, (matches, NUM_SEATS)), "step_type": (np.uint8, (matches,)),
            "discount": (np.float32, (matches,)),
        }
        for name, (dtype, shape) in expected.items():
            array = getattr(backend, name)
            assert (array.dtype, array.shape) == (np.dtype(dtype), shape), name

    def test_a_new_backend_is_at_first(self, backend):
        assert backend.step_type.tolist() == [FIRST]

    def test_advance_comes_from_first_to_mid(self, backend):
        backend.advance()
        assert backend.step_type.tolist() == [MID]

    def test_advance_moves_the_clock(self, backend):
        before = int(backend.tables[0].tick)
        backend.advance()
        assert backend.tables[0].tick > before

    def test_arrays_stay_where_they_are(self, backend):
        names = ("tables", "orders", "controlled", "step_type", "discount")
        before = [getattr(backend, name).ctypes.data for name in names]
        backend.advance()
        backend.restart()
        backend.start()
        assert [getattr(backend, name).ctypes.data for name in names] == before

    def test_advance_uses_orders_up(self, backend):
        backend.controlled[:] = 1
        backend.orders.order[:] = UnitOrder.STOP
        backend.advance()
        assert not backend.orders.order.any()

    def test_every_filled_seat_has_a_hero_of_its_own(self, backend):
        tables = backend.tables[0]
        for seat, name in enumerate(backend.settings.heroes):
            handle = int(tables.players[seat].hero)
            assert bool(handle) == bool(name)
            if handle:
                unit = tables.units[handle % MAX_UNITS]
                assert (unit.handle, unit.player) == (handle, seat)

    def test_start_plays_the_same_match_again(self, backend):
        backend.advance()
        digest = backend.digest()
        backend.start()
        backend.advance()
        assert backend.digest() == digest

    def test_equal_backends_play_alike(self, backend):
        other = self.make_backend(1)
        for _ in range(20):
            backend.advance()
            other.advance()
        assert backend.digest() == other.digest()
        other.close()

    def test_steps_at_once_are_as_those_one_by_one(self, backend):
        other = self.make_backend(1)
        for each in backend, other:
            each.controlled[:] = 1
            each.orders.order[:] = UnitOrder.STOP
        assert backend.advance_by(5) == 5
        for _ in range(5):
            other.advance()
        assert backend.digest() == other.digest()
        assert not backend.orders.order.any()
        other.close()

    def test_steps_at_once_are_no_more_than_the_episode_has(self, backend):
        other = self.make_backend(1)
        count = self.play_to_end(other)
        other.close()
        assert backend.advance_by(2 * count) == count
        assert backend.step_type[0] == LAST
        backend.advance()
        assert backend.advance_by(1) == 1

    def test_an_episode_ends_and_the_next_begins(self, backend):
        self.play_to_end(backend)
        backend.advance()
        assert backend.step_type[0] == FIRST

    def test_the_discount_tells_a_natural_end_from_a_cut(self, backend):
        self.play_to_end(backend)
        assert backend.discount[0] == (0.0 if backend.tables[0].win_reason else 1.0)

    def test_restore_goes_back(self, backend):
        backend.advance()
        saved = backend.save()
        digest = backend.digest()
        backend.advance()
        after = backend.digest()
        backend.restore(saved)
        assert backend.digest() == digest
        backend.advance()
        assert backend.digest() == after

    def test_restore_goes_back_from_the_last_step(self, backend):
        backend.advance()
        saved = backend.save()
        self.play_to_end(backend)
        backend.restore(saved)
        assert backend.step_type.tolist() == [MID]

    @pytest.mark.parametrize("saved", [b"", b"nonsense"])
    def test_restore_refuses_what_it_did_not_save(self, backend, saved):
        digest = backend.digest()
        with pytest.raises(ValueError):
            backend.restore(saved)
        assert backend.digest() == digest
