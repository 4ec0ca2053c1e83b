"""The backends of the package keep the contract of backends."""

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import UnitOrder
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.replay import Recorder
from dota_env_rpc.testing.backend_contract import BackendContract

SHORT = MatchSettings(seed=3, start_seconds=-1.0, max_seconds=2.0)


class TestSimulated(BackendContract):

    def make_backend(self, num_matches):
        return SimulatedBackend(SHORT, num_matches)


class TestReplayed(BackendContract):

    def make_backend(self, num_matches):
        assert num_matches == 1
        backend = SimulatedBackend(SHORT)
        backend.controlled[0, 0] = 1
        recorder = Recorder(backend)
        while backend.step_type[0] != 2:
            backend.orders[0, 0].order = UnitOrder.ATTACK_MOVE
            recorder.note()
            backend.advance()
        return recorder.replay().backend()
