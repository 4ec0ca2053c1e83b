"""The stubs that dotaservice 0.3.9 published play a whole match, unchanged."""

import json
import pathlib
import subprocess
import sys

import pytest

PLAYER = pathlib.Path(__file__).with_name("stubs_player.py")
# Later versions of protobuf refuse modules that were generated in 2019.
REQUIREMENTS = ("dotaservice==0.3.9", "grpclib", "protobuf==3.20.*")


@pytest.fixture(scope="session")
def python(tmp_path_factory):
    """The Python of a virtual environment in which the stubs are installed."""
    home = tmp_path_factory.mktemp("stubs")
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, timeout=300)
    python = home / "bin" / "python"
    done = subprocess.run([str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS],
                          capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return python


def test_the_published_stubs_play_a_whole_match(python, server, folder):
    host, _, port = server.address.rpartition(":")
    done = subprocess.run([str(python), str(PLAYER), host, port, "stubs"], capture_output=True,
                          text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    assert seen["protobuf"].startswith("3.20.")
    assert seen["players"] == list(range(10))
    times = seen["times"]
    assert len(times) > 60 and times[0] == -29.0
    assert all(later - earlier == pytest.approx(1.0) for earlier, later in zip(times, times[1:]))
    # It was a whole number then.
    assert seen["glyphs"][0] > 0 and isinstance(seen["glyphs"][0], int)
    assert seen["end"] in ("RADIANT_WIN", "DIRE_WIN") and not seen["has_state"]
    assert "the match is over" in (folder / "stubs" / "log.txt").read_text()
