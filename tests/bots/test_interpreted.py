"""The bots give the same orders with the compiler off."""

import hashlib
import os
import pathlib
import subprocess
import sys

from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.bots.bot import BOT_MEMORY
from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.settings import MatchSettings

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = "import sys; from tests.bots.test_interpreted import go_on; print(go_on(sys.argv[1]))"
BOTS = ("laner",) + ("",) * 4 + ("laner_easy",) + ("",) * 4
NUM_STEPS = 15
# What the bots remember lies at the end of what is saved, before the step type and discount.
MEMORIES = NUM_SEATS * BOT_MEMORY.itemsize + 5


def lane() -> SimulatedBackend:
    return SimulatedBackend(MatchSettings(seed=2, bots=BOTS))


def go_on(path: str) -> str:
    """Plays on from a saved match; returns a digest of all that there is then, memories too."""
    backend = lane()
    backend.restore(pathlib.Path(path).read_bytes())
    for _ in range(NUM_STEPS):
        backend.advance()
    return hashlib.sha256(backend.digest().encode() + backend.save()[-MEMORIES:]).hexdigest()


def test_the_same_orders_with_the_compiler_off(tmp_path):
    backend = lane()
    while backend.tables[0].tick < 30 * 62:
        backend.advance()
    path = tmp_path / "match"
    path.write_bytes(backend.save())
    played = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, check=True)
    assert played.stdout.strip() == go_on(str(path))
