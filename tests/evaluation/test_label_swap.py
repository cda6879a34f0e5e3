"""Labels are swapped in spec, demonstrations and answers; tasks without labels are left out."""

from pathlib import Path

import pytest

from programasweights.data.records import Record, write_records
from programasweights.errors import DataError
from programasweights.evaluation.label_swap import has_labels, with_labels_swapped
from programasweights.evaluation.suites import SuiteCase, SuiteTask, load_suite


def _task(spec: str, *answers: str) -> SuiteTask:
    cases = tuple(SuiteCase(f"i{n}", (answer,)) for n, answer in enumerate(answers))
    return SuiteTask("t", spec, (("d", answers[0]),), cases, "f", "c")


def test_swap() -> None:
    spec = "spam if unasked, ham if not, and [other] else. A spammer writes spam."
    task = _task(spec, "spam", "ham", "spam", "ham", "[other]")
    swapped = with_labels_swapped(task)
    assert swapped.spec == "ham if unasked, spam if not, and [other] else. A spammer writes ham."
    assert swapped.name == "t+swapped"
    assert [case.answers[0] for case in swapped.cases] == ["ham", "spam", "ham", "spam", "[other]"]
    assert swapped.demos == (("d", "ham"),)
    assert with_labels_swapped(swapped).spec == task.spec


@pytest.mark.parametrize(
    "task",
    [
        _task("Write the first word.", "one", "two"),
        _task("Always yes.", "yes", "yes"),
        _task("A for a good text, B for a bad one.", "A", "B"),
        _task("Use - or + here.", "-", "+"),
        _task("type 1 or type 12", "type 1", "type 12"),
    ],
)
def test_tasks_without_labels(task: SuiteTask) -> None:
    assert not has_labels(task)
    with pytest.raises(ValueError, match="no labels to swap"):
        with_labels_swapped(task)


def test_suites(tmp_path: Path) -> None:
    records = [
        Record("Answer yes or no.", str(n), ("yes", "no")[n % 2], task="labels", family="f") for n in range(6)
    ] + [Record("Copy.", str(n), str(n), task="copy", family="g") for n in range(6)]
    path = tmp_path / "valid.jsonl.gz"
    write_records(path, records)
    plain, swapped = (load_suite(f"valid+{name}", [tmp_path]) for name in ("labels", "swapped"))
    assert plain.name == "valid+labels"
    assert [task.name for task in plain.tasks] == ["labels"]
    assert swapped.tasks[0].spec == "Answer no or yes."
    assert [c.answers[0] for c in plain.tasks[0].cases] == ["yes", "no", "yes", "no"]
    assert [c.answers[0] for c in swapped.tasks[0].cases] == ["no", "yes", "no", "yes"]
    write_records(tmp_path / "copy.jsonl", records[6:])
    with pytest.raises(DataError, match="has no classification task"):
        load_suite(f"{tmp_path / 'copy.jsonl'}+labels")
