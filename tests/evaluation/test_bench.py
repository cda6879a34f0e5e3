"""Suites, the benchmark's sums, resuming, and the report, with systems made for the test."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from programasweights.data.records import Record, write_records
from programasweights.errors import DataError
from programasweights.evaluation.bench import answers_file, run_bench
from programasweights.evaluation.report import markdown, plot, wrong_answers
from programasweights.evaluation.suites import Suite, SuiteTask, load_suite
from programasweights.evaluation.systems import Outcome, get_system
from programasweights.evaluation.systems.code import CodeSystem, code_in


class Upper:
    """Right on upper-casing tasks; counts how often it is asked."""

    name = "upper"
    together = 2

    def __init__(self, fail_at: int = 10**9) -> None:
        self.asked: list[str] = []
        self._fail_at = fail_at

    def fingerprint(self) -> str:
        return "upper 1"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        if len(self.asked) >= self._fail_at:
            raise KeyboardInterrupt
        self.asked += [task.name for task in tasks]
        return [Outcome(tuple(c.input.upper() for c in t.cases), 0.0, 100) for t in tasks]

    def single(self, task: SuiteTask) -> float:
        del task
        return 0.25


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    records = [
        Record(
            f"Task {t}",
            f"in{t}{n}",
            f"IN{t}{n}" if t % 2 else "no",
            (),
            f"f{t % 3}/{t}/1",
            f"f{t % 3}",
            f"area {t % 2}",
        )
        for t in range(10)
        for n in range(6)
    ]
    write_records(tmp_path / "own.jsonl.gz", records)
    return load_suite(str(tmp_path / "own.jsonl.gz"), tasks=6, cases=4)


def test_a_suite_is_a_frozen_sample_with_demonstrations_apart(suite: Suite, tmp_path: Path) -> None:
    again = load_suite(str(tmp_path / "own.jsonl.gz"), tasks=3, cases=4)
    assert again.tasks == suite.tasks[:3], "a smaller sample is the start of a larger one"
    for task in suite.tasks:
        assert len(task.cases) == 4
        assert len(task.demos) == 2
        assert not {c.input for c in task.cases} & {given for given, _ in task.demos}
        assert task.cluster in ("f0", "f1", "f2")


def test_scores_are_what_the_answers_say(suite: Suite, tmp_path: Path) -> None:
    results = run_bench(
        [suite], [Upper(), get_system("majority")], tmp_path / "r.json", command="paw bench x"
    )
    right = sum(task.category == "area 1" for task in suite.tasks) / 6
    upper, majority = results.scores
    assert upper.metrics["exact_match"].mean == pytest.approx(right, abs=1e-4)
    assert upper.by_category == {"area 0": 0, "area 1": 1}
    assert majority.by_category["area 0"] == 1
    assert upper.majority_answer == pytest.approx(right / 4 + (1 - right), abs=1e-4)
    assert (upper.tasks, upper.cases, upper.program_bytes, upper.single_seconds) == (6, 24, 100, 0.25)
    assert {w.wanted for w in upper.wrong} == {"no"}
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["command"] == "paw bench x"


def test_a_stopped_run_goes_on_and_asks_nothing_twice(suite: Suite, tmp_path: Path) -> None:
    out = tmp_path / "r.json"
    first = Upper(fail_at=4)
    with pytest.raises(KeyboardInterrupt):
        run_bench([suite], [first], out)
    assert len(first.asked) == 4
    assert not out.exists()
    with answers_file(out).open("a", encoding="utf-8") as file:
        file.write('{"key": "cut of')
    second = Upper()
    results = run_bench([suite], [second], out)
    assert sorted(first.asked + second.asked) == sorted(t.name for t in suite.tasks)
    third = Upper()
    assert run_bench([suite], [third], out) == results
    assert third.asked == []


def test_a_damaged_file_of_answers_is_refused(suite: Suite, tmp_path: Path) -> None:
    out = tmp_path / "r.json"
    run_bench([suite], [Upper()], out)
    kept = answers_file(out)
    kept.write_text("{broken\n" + kept.read_text("utf-8"), "utf-8")
    with pytest.raises(DataError, match=r"line 1 of .* is damaged; delete the file"):
        run_bench([suite], [Upper()], out)


def test_the_report_has_tables_plots_and_wrong_answers(suite: Suite, tmp_path: Path) -> None:
    results = run_bench([suite], [Upper(), get_system("majority")], tmp_path / "r.json")
    page = markdown(results)
    assert "| upper |" in page
    assert "| area 1 | 100 |" in page
    assert "wanted 'no'" in wrong_answers(results, 1)
    files = plot(results, tmp_path / "r")
    assert [f.name for f in files] == ["r-areas.png", "r-cost.png"]
    assert all(f.read_bytes().startswith(b"\x89PNG") and f.stat().st_size > 5000 for f in files)


def test_names_that_nothing_answers_to(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no suite 'nope': expected a file of records, instructions"):
        load_suite("nope")
    with pytest.raises(DataError, match=r"test-spec.jsonl.gz was not found .*; name the folder"):
        load_suite("test-spec", [tmp_path])
    with pytest.raises(DataError, match="there is no WRENCH set"):
        load_suite("wrench-agnews", [tmp_path])
    with pytest.raises(DataError, match=r"there is no system 'magic': expected compiled"):
        get_system("magic")


def test_wrench_demonstrations_are_not_scored_and_f1_is_reported(tmp_path: Path) -> None:
    (tmp_path / "wrench" / "sms").mkdir(parents=True)
    rows = [{"text": f"message number {n} of the test", "label": int(n % 5 == 0)} for n in range(50)]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "wrench" / "sms" / "valid.jsonl").write_text(lines, "utf-8")
    suite = load_suite("wrench-sms", [tmp_path])
    (task,) = suite.tasks
    assert len(task.cases) == 46
    assert sorted(wanted for _, wanted in task.demos) == ["ham", "ham", "spam", "spam"]
    assert not {c.input for c in task.cases} & {given for given, _ in task.demos}
    (score,) = run_bench([suite], [get_system("majority")], tmp_path / "r.json").scores
    assert score.f1 == 0 or score.f1 == pytest.approx(2 * 8 / 54, abs=1e-4)
    assert score.metrics["exact_match"].low < score.metrics["exact_match"].high, (
        "rows are drawn, not the one task"
    )


class Writer:
    """Replies with a fixed program."""

    def __init__(self, reply: str) -> None:
        self.reply = reply
        self.asked: list[str] = []

    def fingerprint(self) -> str:
        return self.reply

    def answer(self, conversations: Sequence[Sequence[tuple[str, str]]]) -> list[str]:
        self.asked += [c[-1][1] for c in conversations]
        return [self.reply] * len(conversations)


def test_code_is_taken_from_the_reply_and_run(suite: Suite) -> None:
    writer = Writer("Sure!\n```python\ndef solve(text: str) -> str:\n    return text.upper()\n```\nDone.")
    outcomes = CodeSystem("code:x", writer).run(suite.tasks[:2])
    assert outcomes[0].outputs == tuple(c.input.upper() for c in suite.tasks[0].cases)
    assert "solve('in" in writer.asked[0], "the examples are shown to the writer"
    broken = CodeSystem("code:x", Writer("I cannot do that.")).run(suite.tasks[:1])[0]
    assert broken.outputs == ("",) * 4
    assert "SyntaxError" in broken.note


def test_code_blocks() -> None:
    assert code_in("```py\na\n```") == "a\n"
    assert code_in("text ```\na = 1") == "a = 1"
    assert code_in("a = 1") == "a = 1"
