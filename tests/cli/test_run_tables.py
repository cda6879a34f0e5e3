"""`paw run` on table files and with types, on a tiny model."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import programasweights as paw
from programasweights.cli import main
from tests.typed.conftest import tiny_folder, tiny_name

__all__ = ["tiny_folder", "tiny_name"]


@pytest.fixture
def program(tiny_name: str, tmp_path: Path) -> Path:
    function = paw.compile("Is it urgent?", returns=bool, interpreter=tiny_name, max_new_tokens=6)
    return function.dump(tmp_path / "urgent.paw")


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The command in this process, errors and exit codes included."""

    def command(*arguments: object, text: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["paw", "run", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int)
        return Done(code, *capsys.readouterr())

    return command


def write_csv(path: Path, texts: list[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "text"], *enumerate(texts)])
    return path


def test_csv_to_parquet(program: Path, tmp_path: Path, run: Callable[..., Done]) -> None:
    texts = [f"text {n % 5}" for n in range(12)]
    source = write_csv(tmp_path / "in.csv", [*texts[:3], "", *texts[3:], "long " * 9000])
    target = tmp_path / "out.parquet"
    done = run(
        program, "--input", source, "--output", target, "--output-column", "urgent", "--returns", "bool"
    )
    assert done.returncode == 1
    assert done.stdout == f"{target}\n"
    assert "14 rows\n" in done.stderr
    assert "rows without an output: 1 null, 1 too long; the column urgent_error says more" in done.stderr
    assert "Traceback" not in done.stderr
    made = pq.read_table(target)
    assert made.schema.names == ["id", "text", "urgent", "urgent_error"]
    assert made.schema.field("urgent").type == pa.bool_()
    expected = paw.function(program, returns=bool).map(texts)
    assert made["urgent"].to_pylist() == [*expected[:3], None, *expected[3:], None]
    assert made["urgent_error"].to_pylist()[-1].startswith("too long: has")


def test_other_columns_and_formats(program: Path, tmp_path: Path, run: Callable[..., Done]) -> None:
    pq.write_table(pa.table({"n": [1, 2], "body": ["a", "b"]}), tmp_path / "in.parquet")
    options = ("--input", tmp_path / "in.parquet", "--column", "body")
    for name in ("out.csv", "out.jsonl"):
        assert run(program, *options, "--output", tmp_path / name, "--limit", 1).returncode == 0
    answer = paw.function(program)("a")
    [row] = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_bytes().decode(), newline=""))
    assert row == {"n": "1", "body": "a", "output": answer, "output_error": ""}
    [line] = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {"n": 1, "body": "a", "output": answer, "output_error": None}


def test_a_bundle(program: Path, tmp_path: Path, run: Callable[..., Done]) -> None:
    pipeline = paw.function(program) | paw.function(program, returns=bool)
    bundle, source = pipeline.dump(tmp_path / "both.paw"), write_csv(tmp_path / "in.csv", ["a", "", "b"])
    done = run(bundle, "--input", source, "--output", tmp_path / "out.parquet")
    assert done.returncode == 1  # the null
    found = pq.read_table(tmp_path / "out.parquet")["output"]
    assert found.type == pa.bool_()
    assert found.to_pylist() == [pipeline("a"), None, pipeline("b")]
    assert run(bundle, "a").stdout == f"{json.dumps(pipeline('a'))}\n"


def test_kill_9_and_resume(program: Path, tmp_path: Path, run: Callable[..., Done]) -> None:
    source = write_csv(tmp_path / "in.csv", [f"text {n}" if n % 10 else "" for n in range(600)])
    whole, target = tmp_path / "whole.csv", tmp_path / "out.csv"
    assert (
        run(program, "--input", source, "--output", whole, "--returns", "a,b,c").returncode == 1
    )  # the nulls
    options = ["--input", str(source), "--output", str(target), "--returns", "a,b,c", "--resume"]
    journal = target.with_name("out.csv.journal")
    command = [sys.executable, "-m", "programasweights", "run", str(program), *options]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while not journal.exists() or journal.stat().st_size < 1000:
            assert process.poll() is None, "it was done before it could be killed"
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
    assert not target.exists()
    done = run(program, *options)
    assert done.returncode == 1
    resumed = re.search(r"600 rows, (\d+) of them before", done.stderr)
    assert resumed is not None
    assert 0 < int(resumed[1]) < 600
    assert target.read_bytes() == whole.read_bytes()
    assert not journal.exists()


def test_a_journal_of_another_program_is_refused(
    program: Path, tmp_path: Path, run: Callable[..., Done]
) -> None:
    from programasweights.records.journal import Journal

    source, target = write_csv(tmp_path / "in.csv", ["a"]), tmp_path / "out.csv"
    with Journal(tmp_path / "out.csv.journal", {"program": "other"}):
        pass
    options = ("--input", source, "--output", target)
    done = run(program, *options)
    assert done.returncode == 1
    assert "--resume" in done.stderr
    done = run(program, *options, "--resume")
    assert done.returncode == 1
    assert "belongs to another run: program, returns" in done.stderr
    assert not target.exists()


@pytest.mark.parametrize(
    ("returns", "check"),
    [
        ("bool", lambda text: text in ("true", "false")),
        ("int", lambda text: str(int(text)) == text),
        ("float", lambda text: float(text) is not None),
        ("red, green", lambda text: text in ("red", "green")),
        ("schema.json", lambda text: json.loads(text)["n"] in (1, 2)),
    ],
)
def test_types(
    program: Path, tmp_path: Path, run: Callable[..., Done], returns: str, check: Callable[[str], bool]
) -> None:
    schema = {
        "type": "object",
        "properties": {"n": {"enum": [1, 2]}},
        "required": ["n"],
        "additionalProperties": False,
    }
    (tmp_path / "schema.json").write_text(json.dumps(schema))
    named = str(tmp_path / returns) if returns.endswith(".json") else returns
    if returns != "bool":
        interpreter = str(paw.function(program).interpreter.engine.model.recipe.name)
        program = paw.compile("Say one.", interpreter=interpreter, max_new_tokens=40).dump(
            tmp_path / "other.paw"
        )
    done = run(program, "hello", "--returns", named)
    assert done.returncode == 0, done.stderr
    assert check(done.stdout.rstrip("\n"))
    if returns == "bool":
        lines = run(program, "--json", "--returns", "bool", text="a\nb\n").stdout.splitlines()
        assert [type(json.loads(line)["output"]) for line in lines] == [bool, bool]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--returns", "nonsense"], 2, "two or more different labels"),
        (["--returns", "a,a"], 2, "two or more different labels"),
        (["--returns", "none.json"], 1, "No such file"),
        (["--input", "none.csv"], 2, "go together"),
        (["--output", "none.csv"], 2, "go together"),
        (["--input", "a.csv", "--output", "b.csv", "--json"], 2, "go together"),
        (["--input", "none.csv", "--output", "b.csv"], 1, "No such file"),
        (["--input", "none.csv", "--output", "b.xls"], 1, "must end with one of"),
        (["--input", "none.csv", "--output", "b.csv", "--limit", "-1"], 2, "limit"),
    ],
)
def test_wrong_uses(
    tmp_path: Path, run: Callable[..., Done], arguments: list[str], code: int, message: str, program: Path
) -> None:
    done = run(program, *arguments)
    assert done.returncode == code
    assert message in " ".join(re.sub("[│╭╰─╮╯]", " ", done.stderr).split())
    assert done.stdout == ""
