"""Promises about the package as a whole."""

import ast
import subprocess
import sys
from pathlib import Path

import programasweights as paw

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "programasweights").rglob("*.py"))


def test_public_names() -> None:
    assert paw.__all__ == sorted(paw.__all__)
    assert len(paw.__all__) <= 40
    assert all(getattr(paw, name) is not None for name in paw.__all__)


def test_function_stays_a_function_when_everything_is_imported() -> None:

    assert callable(paw.function)
    assert callable(paw.compile)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import programasweights, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"torch", "onnxruntime", "numpy", "pydantic", "transformers", "fastapi", "typer"} & set(loaded)


def test_the_run_path_needs_no_torch() -> None:
    """Compile, dump, load and call in a process in which torch and transformers cannot be imported."""
    code = """
import sys
sys.modules["torch"] = sys.modules["transformers"] = None
import programasweights.api, programasweights.functions, programasweights.compiler, programasweights.cli
import programasweights.lm.loader, programasweights.lm.convert, programasweights.lm.graph
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_import_contracts() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_module_says_what_it_does() -> None:
    missing = [p for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert missing == []


def test_files_stay_readable() -> None:
    lengths = {p.name: len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert max(lengths.values()) <= 500, lengths
