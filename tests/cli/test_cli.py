"""The command line: usage, errors and exit codes, without a base model."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from programasweights.cli import app
from programasweights.cli.compile import _pair, _slug
from programasweights.cli.run import _one_line
from programasweights.progress import printable

GOLDEN = min((Path(__file__).parent.parent / "program" / "golden").glob("v2-*.paw"))
COMMANDS = [
    "compile",
    "run",
    "map",
    "inspect",
    "trace",
    "models",
    "doctor",
    "demo",
    "data",
    "bench",
    "bench-pictures",
    "serve",
    "train",
]
HUB_COMMANDS = ["login", "logout", "push", "pull", "search"]
RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PAW_OFFLINE", "1")


def paw(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "programasweights", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command", [[], *[[c] for c in COMMANDS + HUB_COMMANDS], ["models", "pull"], ["models", "clean"]]
)
def test_help(command: list[str]) -> None:
    found = RUNNER.invoke(app, [*command, "--help"])
    assert found.exit_code == 0
    assert "Usage" in found.stdout


@pytest.mark.parametrize("command", ["compile", "run", "inspect", "trace", "models", "doctor", *HUB_COMMANDS])
def test_help_shows_an_example(command: str) -> None:
    assert f"paw {command} " in RUNNER.invoke(app, [command, "--help"], terminal_width=200).stdout.replace(
        "\n", " "
    )


def test_version() -> None:
    done = paw("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "paw")


def test_inspect() -> None:
    done = paw("inspect", str(GOLDEN))
    assert done.returncode == 0
    assert "Pseudo-program" in done.stdout
    manifest = json.loads(paw("inspect", str(GOLDEN), "--json").stdout)
    assert manifest["program_id"] in done.stdout
    assert manifest["bytes"] == GOLDEN.stat().st_size


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "none.paw", "x"], 1, "paw: none.paw: No such file or directory"),
        (["inspect", "0123456789"], 1, "paw: no program on this machine"),
        (["inspect", __file__], 1, "paw: "),
        (["run", str(GOLDEN), "x"], 1, "paw: "),
        (["compile", " "], 1, "paw: the spec is empty"),
        (["compile", "x", "-e", "no arrow"], 2, "has no => between"),
        (["compile", "x", "-o", "no-such-folder/f.paw"], 2, "there is no folder no-such-folder"),
        (["compile", "x", "--max-new-tokens", "0"], 1, "max_new_tokens is 0"),
        (["compile", "x"], 1, "PAW_OFFLINE"),
        (["compile", "x", "--image", "none.png"], 1, "paw: the picture 'none.png' cannot be read"),
        (["compile", "x", "--image", __file__], 1, "is no picture that can be read"),
        (["run", str(GOLDEN), "x", "--image", "none.png"], 1, "paw: the picture 'none.png' cannot be read"),
        (["run", str(GOLDEN), "-", "--image", "none.png"], 2, "--image goes with one INPUT"),
        (
            ["serve", "--port", "0", "--compiler", "nope.safetensors"],
            1,
            "there is no compiler 'nope.safetensors'",
        ),
        (["models", "pull", "nope"], 1, "paw: "),
        (["models", "pull", "--precision", "q3"], 2, "q8 or fp32"),
        (["fly"], 2, "No such command"),
    ],
)
def test_errors(arguments: list[str], code: int, message: str) -> None:
    done = paw(*arguments)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_compile_does_not_replace_a_file_unasked(tmp_path: Path) -> None:
    path = tmp_path / "f.paw"
    path.write_text("mine")
    done = paw("compile", "x", "-o", str(path))
    assert done.returncode == 2
    assert "exists" in done.stderr
    assert path.read_text() == "mine"


def test_bad_example_files(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"input": "a", "output": "b"}\n{"input": "a"}\n')
    done = paw("compile", "x", "--examples", str(path), "-o", str(tmp_path / "f.paw"))
    assert done.returncode == 1
    assert "line 2 of" in done.stderr


def test_models_and_doctor_on_an_empty_machine() -> None:
    report = json.loads(paw("models", "--json").stdout)
    assert report["converted"] == []
    assert report["known"][0]["name"] == "smollm2-135m-instruct"
    done = paw("doctor", "--json")
    states = {check["name"]: check["state"] for check in json.loads(done.stdout)}
    assert states["packages"] == states["cache"] == "ok"
    assert done.returncode == 0


def test_doctor_fails_where_the_cache_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "file" / "below"))
    done = paw("doctor")
    assert done.returncode == 1
    assert "fail cache" in done.stdout


def test_inspect_does_not_pass_terminal_commands_on() -> None:
    assert printable("a\x1b]0;title\x07\nb é") == "a\\x1b]0;title\\x07\nb é"


def test_an_examples_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_bytes(b"\xff\n")
    done = paw("compile", "x", "--examples", str(tmp_path / "pairs.jsonl"), "-o", str(tmp_path / "f.paw"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_small_parts() -> None:
    assert _pair(r"a\nb => c\\n") == ("a\nb", r"c\n")
    assert _pair("a=>b=>c") == ("a", "b=>c")
    assert _slug("Is it urgent? Yes/no!") == "is-it-urgent-yes-no"
    assert _slug("これは何") == "program"
    assert _one_line("a\\\nb\r") == "a\\\\\\nb\\r"
