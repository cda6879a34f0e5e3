"""Without an optional package, the message names the extra that brings it."""

import subprocess
import sys

CODE = """
import importlib, sys
for module, package in [("pandas", "pandas"), ("polars", "polars"), ("duckdb", "duckdb"), ("sklearn", "sklearn")]:
    sys.modules[package] = None
    try:
        importlib.import_module(f"programasweights.integrations.{module}")
    except ModuleNotFoundError as error:
        print(error.name, error)
sys.modules["pyarrow"] = None
from pathlib import Path
from programasweights.records.tables import open_table
Path(sys.argv[1]).write_bytes(b"")
try:
    open_table(Path(sys.argv[1])).columns
except ModuleNotFoundError as error:
    print(error.name, error)
"""


def test_messages(tmp_path: object) -> None:
    command = [sys.executable, "-c", CODE, f"{tmp_path}/a.parquet"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    needed = [f"{name} this needs {name}" for name in ("pandas", "polars", "duckdb", "sklearn")]
    expected = [*needed, "pyarrow Parquet needs pyarrow"]
    assert done.stdout.splitlines() == [
        f"{start}: pip install 'programasweights[frames]'" for start in expected
    ]
