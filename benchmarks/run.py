"""Runs all benchmarks and prints their rows as one JSON, with what they ran on.

    python benchmarks/run.py > benchmarks.json

Arguments go to each of them: --rounds and --seconds say how long they measure. Exits with 1 if a
row misses its budget; some have none. Leave the machine alone meanwhile.
"""

import json
import os
import pathlib
import platform
import subprocess
import sys

import numba
import numpy as np

BENCHMARKS = ("simulator", "wire", "dotaservice", "clients")


def main() -> int:
    folder = pathlib.Path(__file__).parent
    rows = []
    for name in BENCHMARKS:
        printed = subprocess.run(
            [sys.executable, str(folder / f"{name}.py"), *sys.argv[1:]], check=True,
            stdout=subprocess.PIPE, text=True).stdout
        rows += [{"benchmark": name, **row} for row in json.loads(printed)["rows"]]
    machine = {
        "processors": os.cpu_count(), "architecture": platform.machine(),
        "system": platform.system(), "python": platform.python_version(),
        "numpy": np.__version__, "numba": numba.__version__}
    print(json.dumps({"machine": machine, "rows": rows}, indent=2))
    missed = [row["what"] for row in rows if not row.get("met", True)]
    for what in missed:
        print(f"over budget: {what}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
