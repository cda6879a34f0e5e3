"""How long the generator takes: builds sets of two sizes and writes what came out.

    python benchmarks/data_build.py [OUT.json]

Writes `benchmarks/results/data_build.json` by default.
"""

import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from programasweights.data.build import BuildOptions, build

SIZES = (10_000, 80_000)


def main() -> None:
    """Build each size into a folder that is thrown away."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "results" / "data_build.json")
    found = []
    for specs in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            build(Path(folder) / "data", BuildOptions(specs=specs))
            seconds = time.perf_counter() - start
            size = sum(path.stat().st_size for path in (Path(folder) / "data").iterdir())
        found.append({"specs": specs, "seconds": round(seconds, 1), "bytes": size})
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}
    out.write_text(json.dumps({"machine": machine, "builds": found}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
