"""All that a match calls is compiled ahead of it."""

import pathlib
import subprocess
import sys

import dota_env_rpc
from dota_env_rpc import compile as ahead
from dota_env_rpc.match.rule import PARTS, part

PLAY = """
import dota_env_rpc
from dota_env_rpc.match.rule import ENTRIES
from dota_env_rpc.tasks.seat import ACTION_SPACES, EXTRAS

for action_space in ACTION_SPACES:
    env = dota_env_rpc.make(
        action_space=action_space, observations=EXTRAS, start_seconds=0.0, max_seconds=1.0)
    timestep = env.step({})
    while not timestep.last():
        timestep = env.step({})
    env.render(size=64, span=2000.0)
batch = dota_env_rpc.make_batch(
    "mid_1v1", 2, seats=(0, 5), start_seconds=0.0, max_seconds=1.0)
for _ in range(20):
    batch.step({})
print([entry.__name__ for entry in ENTRIES if entry.stats.cache_misses])
print(sum(len(entry.stats.cache_hits) for entry in ENTRIES) >= len(ENTRIES))
"""


def test_no_entry_is_compiled_once_a_match_is_made():
    """An entry that is called with other types than the foreseen ones would be."""
    result = subprocess.run(
        [sys.executable, "-c", PLAY], cwd=pathlib.Path(dota_env_rpc.__file__).parent.parent,
        capture_output=True, text=True, check=True, timeout=600)
    assert result.stdout.splitlines() == ["[]", "True"]


def test_what_others_declare_is_not_compiled_ahead():
    """The processes that compile know nothing of what this one has declared besides."""
    pieces, known = set(ahead._pieces()), set(PARTS)

    @part
    def twice(number: float) -> float:
        return 2.0 * number

    [declared] = set(PARTS) - known
    try:
        assert set(ahead._pieces()) == pieces
    finally:
        del PARTS[declared]


def test_the_command_says_what_is_wrong():
    result = subprocess.run(
        [sys.executable, "-m", "dota_env_rpc.compile", "--processes", "0"],
        cwd=pathlib.Path(dota_env_rpc.__file__).parent.parent, capture_output=True, text=True,
        timeout=120)
    assert result.returncode == 2
    assert "--processes is 0, but must be at least 1" in result.stderr
