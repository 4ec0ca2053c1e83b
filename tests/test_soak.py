"""The one-minute soak; `python benchmarks/soak.py --minutes 30` is the long one."""

import json
import pathlib
import subprocess
import sys

SCRIPT = pathlib.Path(__file__).parent.parent / "benchmarks" / "soak.py"


def test_a_minute_of_misbehaving_clients_does_no_harm():
    """Memory may still settle in so short a time, so that only a real leak is told."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--minutes=1", "--growth=0.25"],
        capture_output=True, text=True, timeout=600)
    report = json.loads(done.stdout)
    assert report["problems"] == []
    assert done.returncode == 0
    assert report["counts"]["worlds created"] >= 200
