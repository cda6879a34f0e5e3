"""Collections of natural tasks: a definition as the spec, rewordings as other specs, instances as pairs.

A collection is a `.jsonl` or `.jsonl.gz` file, one task a line, in the manner of Super-NaturalInstructions:

    {"task", "definition", "positive_examples": [{"input", "output"}], "instances": [{"input", "output", "alt"?}],
     "categories"?, "domains"?, "instance_license"?}

Rewordings come from a second file, one task a line: {"task", "descriptions": [...]}.
"""

import gzip
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from programasweights.data.oracle.draw import Draw
from programasweights.data.records import Record
from programasweights.errors import DataError

__all__ = [
    "Instance",
    "InstructionOptions",
    "InstructionTask",
    "Licence",
    "instruction_records",
    "read_instructions",
    "read_rewordings",
]

Licence = Literal["open", "unknown", "any"]
_LEVELS: tuple[Licence, ...] = get_args(Licence)
_OPEN = re.compile(r"^(MIT|Apache|BSD|CC[ -]?BY(?!.*NC)|CC0|.*Public Domain|AFL|GNU|GPL)", re.IGNORECASE)


class Instance(BaseModel):
    """An input and its right answers."""

    model_config = ConfigDict(frozen=True)

    input: str
    output: str
    alt: tuple[str, ...] = ()
    """Other right answers."""


class InstructionTask(BaseModel):
    """One task of a collection."""

    model_config = ConfigDict(frozen=True)

    task: str
    definition: str
    """The spec."""
    positive_examples: tuple[Instance, ...] = ()
    instances: tuple[Instance, ...]
    categories: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    instance_license: tuple[str, ...] = ()

    @property
    def licence(self) -> Licence:
        """`open` if every licence of the instances is, `unknown` if none is stated, `any` otherwise."""
        stated = [text for text in self.instance_license if text.lower() != "unknown"]
        if not stated:
            return "unknown"
        return "open" if all(_OPEN.match(text) for text in stated) else "any"


@dataclass(frozen=True)
class InstructionOptions:
    """What to take from a collection."""

    cap: int = 64
    """Most instances of a task; rare answers are taken first."""
    per_spec: int = 8
    """Instances under one wording of the spec."""
    longest_input: int = 1500
    """Instances with more characters of input are left out."""
    longest_output: int = 400
    """Instances with more characters of output are left out."""
    licence: Licence = "unknown"
    """`open`: stated open licences only; `unknown`: those and unstated ones; `any`: all."""
    shown: float = 0.5
    """Share of specs that hold one to three of the task's examples."""
    seed: int = 0
    """Chooses wordings, examples and instances."""

    def __post_init__(self) -> None:
        if self.cap < 1 or self.per_spec < 1:
            raise DataError(f"cap is {self.cap} and per_spec {self.per_spec}; both must be at least 1.")
        if self.licence not in _LEVELS:
            raise DataError(f"licence is {self.licence!r}, but must be one of {', '.join(_LEVELS)}.")


def read_instructions(path: Path) -> Iterator[InstructionTask]:
    """The tasks of a collection, one at a time.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: a line is not a task; the message names it.
    """
    for number, line in enumerate(_lines(path), 1):
        try:
            yield InstructionTask.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise DataError(
                f"line {number} of {path} is not a task: {where}: {first['msg']}; see docs/data.md."
            ) from None


def read_rewordings(path: Path) -> dict[str, tuple[str, ...]]:
    """Other wordings of tasks' definitions, by task; raises as `read_instructions` does."""

    class _Rewordings(BaseModel):
        task: str
        descriptions: tuple[str, ...]

    found = {}
    for number, line in enumerate(_lines(path), 1):
        try:
            row = _Rewordings.model_validate_json(line)
        except ValidationError as error:
            raise DataError(
                f"line {number} of {path} holds no rewordings: {error}; see docs/data.md."
            ) from None
        found[row.task] = tuple(text.strip() for text in row.descriptions if text.strip())
    return found


def instruction_records(
    tasks: Iterator[InstructionTask] | Sequence[InstructionTask],
    options: InstructionOptions,
    rewordings: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Record]:
    """Records of a collection: `per_spec` instances under each of several wordings of a task.

    Tasks whose licence does not pass the filter are left out.
    """
    allowed = _LEVELS[: _LEVELS.index(options.licence) + 1]
    for task in tasks:
        if task.licence not in allowed:
            continue
        draw = Draw(options.seed, task.task)
        chosen = _spread(draw, _usable(task, options), options.cap)
        wordings = [task.definition, *draw.mix((rewordings or {}).get(task.task, ()))]
        for number, start in enumerate(range(0, len(chosen), options.per_spec)):
            group = chosen[start : start + options.per_spec]
            yield from _records(draw, task, wordings[number % len(wordings)], group, options)


def _usable(task: InstructionTask, options: InstructionOptions) -> list[Instance]:
    shown = {example.input for example in task.positive_examples}
    return [
        i
        for i in task.instances
        if i.input not in shown
        and i.output.strip()
        and len(i.input) <= options.longest_input
        and len(i.output) <= options.longest_output
    ]


def _spread(draw: Draw, instances: Sequence[Instance], cap: int) -> list[Instance]:
    """At most `cap` instances, their answers as evenly spread as they can be, in random order."""
    by_output: dict[str, list[Instance]] = defaultdict(list)
    for instance in draw.mix(instances):
        by_output[instance.output].append(instance)
    taken: list[Instance] = []
    depth = 0
    while len(taken) < min(cap, len(instances)):
        layer = [same[depth] for same in by_output.values() if depth < len(same)]
        taken += draw.mix(layer)[: cap - len(taken)]
        depth += 1
    return draw.mix(taken)


def _records(
    draw: Draw, task: InstructionTask, wording: str, group: Sequence[Instance], options: InstructionOptions
) -> Iterator[Record]:
    spec = wording.strip()
    if task.positive_examples and draw.chance(options.shown):
        short = [e for e in task.positive_examples if len(e.input) <= options.longest_input]
        for example in draw.some(short, 1, 3):
            spec += f"\n\nInput:\n{example.input}\n\nOutput:\n{example.output}"
    name = f"{task.task}/{hashlib.sha256(spec.encode()).hexdigest()[:8]}"
    for instance in group:
        yield Record(
            spec=spec,
            input=instance.input,
            output=instance.output,
            alternatives=tuple(a for a in instance.alt if a != instance.output),
            task=name,
            family=task.task,
            category=", ".join(task.categories),
            subcategory=", ".join(task.domains),
            source="instructions",
        )


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    yield line
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise DataError(f"{path} is damaged: {error}; fetch it again.") from None
