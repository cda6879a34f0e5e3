"""Suites: a program or a prompt, cases, and properties, in a YAML or JSON file (docs/testing.md)."""

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from programasweights.checks.cases import MAX_CASES, Case, as_cases
from programasweights.checks.documents import Lines, line_of, read_document
from programasweights.checks.properties import Properties
from programasweights.errors import DataError

__all__ = ["Suite", "load_suite", "read_cases"]

_FAULTS = 5
"""Most faults that a message lists."""
Way = Literal["exact", "forgiving", "json", "number"]
Share = Annotated[float, Field(ge=0, le=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExampleEntry(_Entry):
    """An example for the compiler."""

    input: str
    output: str


class CaseEntry(_Entry):
    """A case as a file has it."""

    input: str
    expected: str
    name: str | None = None
    comparison: Way | None = None


class PropertiesEntry(_Entry):
    """Properties as a file has them."""

    inputs: tuple[str, ...] = ()
    """More inputs than those of the cases."""
    one_of: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    parses: str | None = None
    max_chars: Annotated[int, Field(ge=0)] | None = None
    same_for_paraphrase: tuple[Annotated[tuple[str, ...], Field(min_length=2)], ...] = ()
    unchanged_by: tuple[Literal["whitespace", "case", "unicode", "injection"], ...] = ()
    min_share: Share = 1.0
    """Share of checks of a property that must hold."""

    @field_validator("parses")
    @classmethod
    def _known(cls, parses: str | None) -> str | None:
        if parses is not None and parses.isalnum() and parses not in ("json", "int", "float"):
            raise ValueError(f"{parses!r} is neither json, int or float nor a regular expression")
        try:
            re.compile(parses or "")
        except re.error as error:
            raise ValueError(f"{parses!r} is no regular expression: {error}") from None
        return parses


class Suite(_Entry):
    """What is tested, and on what."""

    program: str | None = None
    """A path (from the suite's folder), an id, or user/name."""
    prompt: Annotated[str, Field(min_length=1)] | None = None
    """A task to compile instead."""
    examples: tuple[ExampleEntry, ...] = ()
    """Its examples."""
    min_accuracy: Share = 1.0
    """Share of the cases that must pass."""
    comparison: Way = "exact"
    """Of cases that name none."""
    cases: Annotated[tuple[CaseEntry, ...], Field(max_length=MAX_CASES)] = ()
    properties: PropertiesEntry | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Suite":
        if self.program is not None and self.prompt is not None:
            raise ValueError("program and prompt exclude each other; keep one")
        if self.examples and self.prompt is None:
            raise ValueError("examples belong to a prompt; there is none")
        if not self.cases and self.properties is None:
            raise ValueError("there is nothing to test; give cases or properties")
        return self

    def listed(self) -> tuple[Case, ...]:
        """The cases."""
        return tuple(Case(c.input, c.expected, c.name, c.comparison or self.comparison) for c in self.cases)

    def asked(self) -> Properties | None:
        """The properties, with all inputs that they are checked on."""
        if self.properties is None:
            return None
        inputs = dict.fromkeys([*(case.input for case in self.cases), *self.properties.inputs])
        return Properties(**{**dict(self.properties), "inputs": tuple(inputs)})


def load_suite(path: str | Path) -> Suite:
    """Read a suite.

    Raises:
        DataError: it is not valid; the message names line and field.
        OSError: it cannot be read.
    """
    path = Path(path)
    document, lines = read_document(path)
    try:
        return Suite.model_validate(document)
    except ValidationError as error:
        raise DataError(f"{path} is not a suite:\n{_faults(error, lines)}") from None


def read_cases(path: str | Path) -> tuple[Case, ...]:
    """The cases of a suite or, from a `.jsonl` file, of objects with `input` and `expected` (or `output`).

    Raises:
        DataError: the file is not valid, or has no cases.
        OSError: it cannot be read.
    """
    path = Path(path)
    if path.suffix != ".jsonl":
        return as_cases(load_suite(path).listed())
    lines = path.read_text("utf-8").split("\n")
    return as_cases([_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()])


def _line(path: Path, number: int, line: str) -> Case:
    try:
        record: dict[str, Any] = json.loads(line)
        if "output" in record:
            record["expected"] = record.pop("output")
        entry = CaseEntry.model_validate(record)
    except (ValueError, TypeError, RecursionError) as error:
        fault = _faults(error, {}) if isinstance(error, ValidationError) else f"  {error}"
        raise DataError(f"line {number} of {path} is not a case:\n{fault}") from None
    return Case(entry.input, entry.expected, entry.name, entry.comparison or "exact")


def _faults(error: ValidationError, lines: Lines) -> str:
    """One line for each fault: where it is, and what is wrong."""
    faults = error.errors(include_url=False, include_context=False)
    told = []
    for fault in faults[:_FAULTS]:
        line = line_of(fault["loc"], lines)
        place = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
        told.append(
            "  "
            + ", ".join(filter(None, [f"line {line}" if line else "", place]))
            + f": {_said(fault)}".lstrip()
        )
    return "\n".join(told + ([f"  and {len(faults) - _FAULTS} more"] if len(faults) > _FAULTS else []))


def _said(fault: Any) -> str:
    found = fault["input"]
    what = f" (found {found!r:.60})" if isinstance(found, str | int | float) else ""
    return f"{fault['msg'].removeprefix('Value error, ')}{what}"
