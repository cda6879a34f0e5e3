"""`paw build`: real modules, compiled ahead of time, found at run time without a compiler."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click.testing
import pytest
from typer.testing import CliRunner

from programasweights.cli import app
from programasweights.errors import ProgramError
from programasweights.hub.built import BuiltFolder

MODULE = '''
from typing import Literal

import programasweights as paw


@paw.fuzzy(interpreter={model!r}, compiler="neural")
def urgency(message: str) -> Literal["immediate", "wait"]:
    """Is this message urgent?"""


@paw.fuzzy(interpreter={model!r}, compiler="neural", max_new_tokens=16, examples=[(("a", 1), True)])
def odd(subject: str, count: int) -> bool:
    """Is it odd?"""
'''
RUN = """
import sys, warnings

warnings.simplefilter("error")
from shop import messages

print(messages.urgency("Fire!"), messages.odd("b", count=2), messages.urgency.function.id)
print(any("programasweights.compiler" in name for name in sys.modules))
"""

Paw = Callable[..., click.testing.Result]


@pytest.fixture
def package(tmp_path: Path, tiny_name: str) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "messages.py").write_text(MODULE.format(model=tiny_name))
    return folder


@pytest.fixture
def paw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paw]:
    """The command, each time with the modules as they are now."""
    monkeypatch.chdir(tmp_path)
    path = list(sys.path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def forget() -> None:
        sys.path[:] = path
        for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
            del sys.modules[name]

    def call(*arguments: str) -> click.testing.Result:
        forget()
        return CliRunner().invoke(app, arguments)

    yield call
    forget()


def elsewhere(code: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, "PAW_OFFLINE": "1", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_is_built_and_runs_without_a_compiler(package: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "programasweights", "build", "shop.messages"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2 of 2 functions compiled" in done.stderr
    files = sorted(path.name for path in (package / "__paw__").iterdir())
    index = json.loads((package / "__paw__" / "index.json").read_text())["programs"].values()
    assert files == sorted(["index.json", *(line["file"] for line in index)])
    assert {line["function"] for line in index} == {"shop.messages:odd", "shop.messages:urgency"}
    # on another machine: the package alone, an empty cache, no compiler
    there = tmp_path / "there"
    shutil.copytree(package, there / "shop", ignore=shutil.ignore_patterns("__pycache__"))
    found = elsewhere(RUN, there, PAW_CACHE_DIR=str(tmp_path / "empty"))
    assert found.returncode == 0, found.stderr
    [[_, _, used], [compiler]] = [line.split() for line in found.stdout.splitlines()]
    assert [used] == [line["id"] for line in index if line["function"].endswith(":urgency")]
    assert compiler == "False"
    assert not (tmp_path / "empty" / "programs").exists()


def test_what_is_built_stays_and_what_has_changed_is_built(package: Path, paw: Paw) -> None:
    check = paw("build", "shop.messages", "--check")
    assert check.exit_code == 1
    assert check.stdout == "shop.messages:odd: is not built\nshop.messages:urgency: is not built\n"
    assert paw("build", "shop.messages").exit_code == 0
    assert paw("build", "shop/messages.py", "--check").exit_code == 0
    folder = package / "__paw__"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert "0 of 2 functions compiled" in paw("build", "shop/messages.py").stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    source = (package / "messages.py").read_text()
    (package / "messages.py").write_text(source.replace("message urgent", "mail urgent"))
    check = paw("build", "shop.messages", "--check")
    assert check.exit_code == 1
    assert check.stdout == "shop.messages:urgency: has changed since it was built\n"
    assert "1 of 2 functions compiled, 1 old files deleted" in paw("build", "shop.messages").stderr
    after = {path.name for path in folder.iterdir()}
    assert len(after) == len(before)
    assert len(after & before.keys()) == 2

    (package / "messages.py").write_text(source.partition("\n\n\n@paw.fuzzy(interpreter")[0] + "\n")
    assert paw("build", "shop.messages").exit_code == 1


def test_a_function_that_is_gone(package: Path, paw: Paw) -> None:
    paw("build", "shop.messages")
    source = (package / "messages.py").read_text()
    (package / "messages.py").write_text(source[: source.rindex("@paw.fuzzy")])
    check = paw("build", "shop.messages", "--check")
    assert check.stdout == "shop.messages:odd: is built, but not in the module any more\n"
    assert "0 of 1 functions compiled, 1 old files deleted" in paw("build", "shop.messages").stderr
    assert paw("build", "shop.messages", "--check").exit_code == 0


def test_another_release_or_compiler_is_noticed(
    package: Path, paw: Paw, monkeypatch: pytest.MonkeyPatch
) -> None:
    paw("build", "shop.messages")
    monkeypatch.setattr("programasweights.decorator._version", lambda: "99")
    check = paw("build", "shop.messages", "--check")
    assert "urgency: was compiled by " in check.stdout
    assert "but this is 99, compiler " in check.stdout


def test_a_change_is_noticed_at_run_time(package: Path, paw: Paw) -> None:
    import importlib

    paw("build", "shop.messages")
    folder = BuiltFolder(package / "__paw__")
    paw("build", "shop.messages", "--check")
    module = importlib.import_module("shop.messages")
    index = folder.index()
    assert module.odd.function.id == index[module.odd.content_key].id
    built = index.pop(module.urgency.content_key)
    folder.replace("shop.messages", {**index, "0" * 64: built})
    with pytest.warns(UserWarning, match="shop.messages:urgency has changed since"):
        assert module.urgency("x") in ("immediate", "wait")


def test_two_modules_share_a_folder(package: Path, paw: Paw, tmp_path: Path) -> None:
    source = (package / "messages.py").read_text()
    (package / "mails.py").write_text(source.replace("message urgent", "mail urgent"))
    assert paw("build", "shop.messages", "shop.mails", "--out", "there").exit_code == 0
    names = {built.function for built in BuiltFolder(tmp_path / "there").index().values()}
    assert {"shop.messages:urgency", "shop.mails:urgency", "shop.mails:odd"} == names
    # the function that both have is one program
    assert len(list((tmp_path / "there").glob("*.paw"))) == 3
    assert not (package / "__paw__").exists()
    assert paw("build", "shop.messages", "shop.mails", "--out", "there", "--check").exit_code == 0


def test_damaged_folders_are_refused_with_a_message(package: Path, paw: Paw, tmp_path: Path) -> None:
    paw("build", "shop.messages")
    folder = BuiltFolder(package / "__paw__")
    [odd, urgency] = sorted(folder.index().values(), key=lambda built: built.function)
    (folder.folder / odd.file).write_bytes((folder.folder / urgency.file).read_bytes())
    with pytest.raises(ProgramError, match=rf"holds the program {urgency.id[:12]}, but its index says"):
        folder.program(odd)
    assert "holds the program" in paw("build", "shop.messages", "--check").stdout
    (folder.folder / odd.file).unlink()
    with pytest.raises(ProgramError, match=f"{odd.file} is missing, but its index names it"):
        folder.program(odd)
    assert "1 of 2 functions compiled" in paw("build", "shop.messages").stderr
    assert folder.program(odd).id == odd.id
    (folder.folder / "index.json").write_text('{"format": 2, "programs": {}}')
    with pytest.raises(ProgramError, match="is not an index of built programs"):
        folder.index()
    result = paw("build", "shop.messages")
    assert isinstance(result.exception, ProgramError)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "there is no module nowhere"),
        ("nowhere.py", "there is no file"),
        ("os.py", "another module"),
    ],
)
def test_modules_that_are_not_there(name: str, message: str, tmp_path: Path, paw: Paw) -> None:
    (tmp_path / "os.py").write_text("")
    done = paw("build", name)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())
