"""Suites: tasks with inputs and right answers, in a frozen selection.

    test-spec, test-family, valid   splits of a built data set: FOLDER/<name>.jsonl.gz
    instructions                    natural tasks: FOLDER/instructions/valid.jsonl.gz
    wrench-<set>                    validation split of a WRENCH set: FOLDER/wrench/<set>/valid.*
    wrench-<set>-test               its test split
    any path                        a file of records (docs/data.md)

A suite's name with `+labels` behind it is its classification tasks alone, and with `+swapped` the same tasks with
two labels swapped (`label_swap.py`).

Which tasks and inputs are taken depends on the data alone: tasks in the order of their names' hashes.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from programasweights.data.instructions import read_instructions
from programasweights.data.records import Record, read_records
from programasweights.data.wrench import WRENCH, load_wrench
from programasweights.errors import DataError
from programasweights.evaluation.metrics import ANSWER_METRICS

__all__ = ["Suite", "SuiteCase", "SuiteTask", "load_suite"]

_SPLITS = ("test-spec", "test-family", "valid", "train")
_MOST_DEMOS = 3
_LONGEST = 1500
"""Inputs and demonstrations with more characters are left out."""


@dataclass(frozen=True)
class SuiteCase:
    """One input and its right answers."""

    input: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class SuiteTask:
    """One spec with inputs to run it on."""

    name: str
    spec: str
    """As a user writes it; may hold examples."""
    demos: tuple[tuple[str, str], ...]
    """(input, output) pairs for systems that are shown examples; none of them is among the cases."""
    cases: tuple[SuiteCase, ...]
    cluster: str
    """Its family; intervals come from draws of whole families."""
    category: str


@dataclass(frozen=True)
class Suite:
    """Named tasks."""

    name: str
    tasks: tuple[SuiteTask, ...]
    f1_of: str | None = None
    """The class whose F1 is this suite's metric, if it is not accuracy."""
    metrics: Mapping[str, Callable[[str, str], float]] = field(default_factory=lambda: ANSWER_METRICS)
    """Scores of an answer against a right answer, by name; `exact_match` is always among them."""


def load_suite(name: str, folders: Sequence[Path] = (), *, tasks: int = 300, cases: int = 4) -> Suite:
    """A suite by name or file.

    Args:
        name: see the module's text.
        folders: where to look for its files, in order.
        tasks: most tasks.
        cases: most inputs of a task; WRENCH sets, which are one task, are taken whole.

    Raises:
        DataError: there is no such suite or file.
    """
    base, mark, control = name.rpartition("+")
    if mark and control in ("labels", "swapped"):
        return _labelled(base, folders, tasks, cases, swapped=control == "swapped")
    if name.startswith("wrench-"):
        return _wrench(name, folders)
    if name == "instructions":
        return Suite(name, _first(_instructions(_find(folders, "instructions/valid.jsonl.gz"), cases), tasks))
    path = _find(folders, f"{name}.jsonl.gz") if name in _SPLITS else Path(name)
    if not path.is_file():
        raise DataError(
            f"there is no suite {name!r}: expected a file of records, instructions, {', '.join(_SPLITS[:3])} or "
            f"wrench-NAME with NAME of {', '.join(WRENCH)}."
        )
    return Suite(
        name if name in _SPLITS else path.name, _first(_from_records(read_records(path), cases), tasks)
    )


def _labelled(name: str, folders: Sequence[Path], tasks: int, cases: int, *, swapped: bool) -> Suite:
    from programasweights.evaluation.label_swap import has_labels, with_labels_swapped

    whole = load_suite(name, folders, tasks=10**9, cases=cases)
    kept = [task for task in whole.tasks if has_labels(task)][:tasks]
    if not kept:
        raise DataError(f"{name} has no classification task whose labels stand in its spec.")
    if swapped:
        kept = [with_labels_swapped(task) for task in kept]
    return replace(whole, name=f"{whole.name}+{'swapped' if swapped else 'labels'}", tasks=tuple(kept))


def _find(folders: Sequence[Path], file: str) -> Path:
    for folder in folders:
        if (folder / file).is_file():
            return folder / file
    named = ", ".join(map(str, folders)) or "no folder was named"
    raise DataError(f"{file} was not found ({named}); name the folder that holds it with --data.")


def _first(tasks: Iterable[SuiteTask], count: int) -> tuple[SuiteTask, ...]:
    """The first tasks in the order of their names' hashes."""
    order = sorted(tasks, key=lambda task: hashlib.sha256(task.name.encode()).hexdigest())
    return tuple(order[:count])


def _from_records(records: Iterable[Record], cases: int) -> Iterator[SuiteTask]:
    for name, group in groupby(records, key=lambda r: r.task or r.spec):
        rows = list(group)
        usable = [SuiteCase(r.input, r.answers) for r in rows if len(r.input) <= _LONGEST]
        taken, rest = usable[:cases], usable[cases:]
        if taken:
            demos = tuple((c.input, c.answers[0]) for c in rest[:_MOST_DEMOS])
            first = rows[0]
            yield SuiteTask(name, first.spec, demos, tuple(taken), first.family or name, first.category)


def _instructions(path: Path, cases: int) -> Iterator[SuiteTask]:
    for task in read_instructions(path):
        short = [i for i in task.instances if len(i.input) <= _LONGEST][:cases]
        demos = [(e.input, e.output) for e in task.positive_examples if len(e.input) <= _LONGEST][
            :_MOST_DEMOS
        ]
        chosen = tuple(SuiteCase(i.input, (i.output, *i.alt)) for i in short)
        yield SuiteTask(
            task.task, task.definition, tuple(demos), chosen, task.task, ", ".join(task.categories)
        )


def _wrench(name: str, folders: Sequence[Path]) -> Suite:
    kind, _, split = name.removeprefix("wrench-").partition("-")
    found = [f / "wrench" for f in folders if (f / "wrench" / kind).is_dir()] + [*folders, Path()]
    records = list(load_wrench(kind, split or "valid", found[0]))
    demos = _one_of_each(records)
    kept = [r for r in records if (r.input, r.output) not in demos]
    cases = tuple(SuiteCase(r.input[:_LONGEST], r.answers) for r in kept)
    known = WRENCH[kind]
    task = SuiteTask(name, known.spec, demos, cases, name, "Traditional NLP")
    return Suite(name, (task,), known.labels[-1] if known.metric == "f1" else None)


def _one_of_each(records: Sequence[Record]) -> tuple[tuple[str, str], ...]:
    """The first short row of each label, twice over: demonstrations, which are not scored."""
    taken: list[tuple[str, str]] = []
    for _ in range(2):
        for label in dict.fromkeys(r.output for r in records):
            rows = ((r.input, r.output) for r in records if r.output == label and 20 < len(r.input) < 300)
            taken += [row for row in rows if row not in taken][:1]
    return tuple(taken)
