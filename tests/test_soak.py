"""A minute of what benchmarks/soak.py does for half an hour."""

import json
import pathlib
import subprocess
import sys

SOAK = pathlib.Path(__file__).parent.parent / "benchmarks" / "soak.py"


def test_the_server_stays_well_while_clients_misbehave():
    """Memory is not settled after a minute, so its growth is judged less strictly than there."""
    done = subprocess.run(
        [sys.executable, SOAK, "--minutes=1", "--worlds=30", "--growth=0.25"],
        capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = json.loads(done.stdout)
    assert counts
