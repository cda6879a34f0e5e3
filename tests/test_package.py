"""Promises about the package as a whole."""

import ast
import importlib
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


def test_names_resolve_in_a_fresh_process() -> None:
    """One by one, in any order: no name needs another to have been used before."""
    code = (
        "import programasweights as paw; print(*[getattr(paw, n) is not None for n in reversed(paw.__all__)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * len(paw.__all__)


def test_names_that_are_not_there() -> None:
    assert not hasattr(paw, "nope")
    assert dir(paw) == paw.__all__


def test_function_stays_a_function_when_everything_is_imported() -> None:
    """No submodule of the same name may take its place."""
    for path in MODULES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__") and ".server" not in name and ".serving" not in name:
            importlib.import_module(name)
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
