"""`paw data` and `paw bench` as users run them."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from programasweights.data.records import Record, write_records


def paw(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "programasweights", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_build_then_check(tmp_path: Path) -> None:
    done = paw("data", "build", "--specs", 450, "--pairs", 3, "--seed", 1, "--out", tmp_path / "d")
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == [
        "train",
        "valid",
        "test-spec",
        "test-family",
    ]
    with gzip.open(tmp_path / "d" / "train.jsonl.gz", "rt", encoding="utf-8") as file:
        first = json.loads(next(file))
    assert {"spec", "input", "output", "family", "category", "subcategory", "source"} <= set(first)
    done = paw("data", "check", tmp_path / "d")
    assert (done.returncode, done.stdout) == (0, "files as the manifest says, no leaks\n")
    (tmp_path / "d" / "valid.jsonl.gz").write_bytes((tmp_path / "d" / "train.jsonl.gz").read_bytes())
    done = paw("data", "check", tmp_path / "d")
    assert done.returncode == 1
    assert "its manifest says" in done.stderr


def test_families_and_samples() -> None:
    done = paw("data", "families")
    assert done.returncode == 0
    assert "mask-numbers" in done.stdout
    assert " families in " in done.stderr
    done = paw("data", "sample", "mask-numbers", "--count", 1, "--pairs", 2)
    assert done.stdout.count("=>") >= 2
    assert (
        paw("data", "sample", "nope").stderr
        == "paw: there is no family 'nope'; `paw data families` lists them.\n"
    )


def test_natural_tasks(tmp_path: Path) -> None:
    task = {"task": "t", "definition": "Say yes.", "instances": [{"input": "a", "output": "yes"}]}
    (tmp_path / "c.jsonl").write_text(json.dumps(task), "utf-8")
    done = paw("data", "natural", tmp_path / "c.jsonl", "--out", tmp_path / "r.jsonl")
    assert done.stdout == f"1 records in {tmp_path / 'r.jsonl'}\n"
    assert json.loads((tmp_path / "r.jsonl").read_text("utf-8"))["source"] == "instructions"


def test_a_missing_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['faker'] = None; sys.argv = ['paw', 'data', 'families'];"
        "from programasweights.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "paw: this needs faker: pip install 'programasweights[data]'\n"


@pytest.mark.weights
def test_bench_writes_results_table_and_plots(tmp_path: Path) -> None:
    suite = tmp_path / "own.jsonl"
    write_records(
        suite, [Record(f"Say {w}.", str(n), w, (), w, w, w) for w in ("yes", "no") for n in range(4)]
    )
    out = tmp_path / "r.json"
    arguments = (
        "bench",
        "--suite",
        suite,
        "--system",
        "majority",
        "--system",
        "prompt",
        "--cases",
        2,
        "--out",
        out,
    )
    done = paw(*arguments)
    assert done.returncode == 0, done.stderr
    assert "| majority | 100.0 [100.0, 100.0] |" in done.stdout
    assert out.with_suffix(".md").read_text("utf-8") in done.stdout
    assert {p.name for p in tmp_path.iterdir()} == {
        "own.jsonl", "r.json", "r.md", "r.answers.jsonl", "r-areas.png", "r-cost.png",
    }  # fmt: skip
    results = json.loads(out.read_text("utf-8"))
    assert [s["system"] for s in results["scores"]] == ["majority", "prompt:smollm2-135m-instruct"]
    assert paw(*arguments[:-1], tmp_path / "r.txt").returncode == 2
