"""The command line on the real weights."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.weights


def paw(*arguments: str, text: str = "") -> str:
    command = [sys.executable, "-m", "programasweights", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("cli") / "names.paw")
    pairs = ["-e", "My name is John Smith=>John", "-e", "I am Mary Jones from Leeds=>Mary"]
    report = json.loads(paw("compile", "Extract the first name.", *pairs, "-o", path, "--json"))
    assert report["path"] == path
    assert Path(path).stat().st_size == report["bytes"]
    return path


def test_run_one(program: str) -> None:
    assert paw("run", program, "This is Laura Stone") == "Laura\n"


def test_run_as_a_filter(program: str) -> None:
    text = "This is Laura Stone\r\n\nI am Tom Hill"
    lines = paw("run", program, text=text).splitlines()
    assert len(lines) == 3
    assert (lines[0], lines[2]) == ("Laura", "Tom")
    records = [json.loads(line) for line in paw("run", program, "-", "--json", text=text).splitlines()]
    assert [r["input"] for r in records] == ["This is Laura Stone", "", "I am Tom Hill"]
    assert [r["output"] for r in records][::2] == ["Laura", "Tom"]


def test_a_line_that_cannot_be_run_does_not_stop_the_others(program: str) -> None:
    command = [sys.executable, "-m", "programasweights", "run", program]
    text = f"I am Tom Hill\n{'far too long ' * 9000}\nThis is Laura Stone\n"
    plain = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)
    assert plain.stdout.splitlines() == ["Tom", "", "Laura"]
    assert plain.returncode == 1
    assert "line 2: input 0 has" in plain.stderr
    objects = subprocess.run(
        [*command, "--json"], input=text, capture_output=True, text=True, timeout=120, check=False
    )
    first, second, third = (json.loads(line) for line in objects.stdout.splitlines())
    assert (first["output"], third["output"]) == ("Tom", "Laura")
    assert "Shorten" in second["error"]


def test_a_slow_writer_gets_each_answer_at_once(program: str) -> None:
    command = [sys.executable, "-m", "programasweights", "run", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text, expected in (("This is Laura Stone", "Laura"), ("I am Tom Hill", "Tom")):
            process.stdin.write(text + "\n")
            process.stdin.flush()
            assert process.stdout.readline().strip() == expected  # would wait for ever if it were held back
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_reader_that_goes_away_is_no_trouble(program: str) -> None:
    command = (
        f"yes 'I am Tom Hill' | head -200 | {sys.executable} -m programasweights run {program} | head -1"
    )
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "Tom\n"
    assert "Error" not in done.stderr


def test_demo(tmp_path: Path) -> None:
    page = paw("demo")
    assert '{"A": "cat", "B": "dog"}' in page
    assert "same output: True" in page
