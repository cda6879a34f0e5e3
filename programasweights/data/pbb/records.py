"""The two records of programming by backprop: an instruction, and one execution of it.

An instruction is what a model is to learn from text alone; an execution asks for what following it gives. An
instruction record says all that its domain needs to execute it again, so files can be read back and used.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from programasweights.data.records import read_lines
from programasweights.errors import DataError

__all__ = [
    "DomainName",
    "Execution",
    "Instruction",
    "Split",
    "Verdict",
    "final_answer",
    "instruction_id",
    "prompted",
    "read_executions",
    "read_instructions",
    "to_json",
]

DomainName = Literal["arithmetic", "leetcode", "ciphers", "grammars"]
Split = Literal["train", "eval"]
Verdict = Literal["right", "wrong", "unreadable"]

_ANSWER = "Answer:"
_ASK_DIRECT = "Reply with the answer only."
_ASK_STEPS = f"Work step by step, then end with the line '{_ANSWER}' and the answer."


@dataclass(frozen=True)
class Instruction:
    """Something that can be followed: a function, a cipher, a grammar.

    Raises DataError if a field has another type or value than stated.
    """

    id: str
    """The domain and the first 12 hex digits of the text's sha256."""
    domain: DomainName
    name: str
    """What questions call it; no two instructions of a drawn list share a name."""
    text: str
    """The declarative form: code, or a grammar's rules."""
    description: str
    """The same in plain words; empty where only code is known."""
    split: Split
    """`train`: executions may be shown in training. `eval`: only the text may."""
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What the domain knows of it (JSON values): number of operations, family, parameters, ..."""

    def __post_init__(self) -> None:
        _check_text(self, ("id", "name", "text"))
        _check_text(self, ("description",), empty=True)
        for name, allowed in (("domain", get_args(DomainName)), ("split", get_args(Split))):
            if getattr(self, name) not in allowed:
                raise DataError(
                    f"an instruction's {name!r} is {getattr(self, name)!r:.80}, but must be one of "
                    f"{', '.join(allowed)}; see docs/pbb.md."
                )
        if not isinstance(self.attributes, Mapping):
            raise DataError(
                f"an instruction's 'attributes' are {self.attributes!r:.80}, but must be an object; see docs/pbb.md."
            )


@dataclass(frozen=True)
class Execution:
    """One use of an instruction: a word problem, and what following the instruction gives.

    Raises DataError if a field is not text.
    """

    instruction: str
    """Id of the instruction."""
    input: str
    """What the instruction is applied to; empty where it takes nothing."""
    question: str
    """A word problem around the input that names the instruction and does not tell it."""
    answer: str
    """The result, alone."""
    trace: str
    """Steps of really executing the instruction, a line each, without the final answer's line; may be empty."""

    def __post_init__(self) -> None:
        _check_text(self, ("instruction", "question", "answer"))
        _check_text(self, ("input", "trace"), empty=True)


def prompted(execution: Execution, *, steps: bool) -> tuple[str, str]:
    """What a model is asked, and what it is to reply.

    Args:
        execution: the execution.
        steps: whether the reply works through the trace first (chain of thought), or is the answer alone.
    """
    if not steps:
        return f"{execution.question}\n{_ASK_DIRECT}", execution.answer
    reply = f"{execution.trace}\n{_ANSWER} {execution.answer}".lstrip("\n")
    return f"{execution.question}\n{_ASK_STEPS}", reply


def final_answer(reply: str) -> str:
    """The answer in a reply: what follows the last `Answer:` on its line, else the last line that is not empty."""
    marked = re.findall(r"(?i)\banswer:[*_ \t]*([^\n]*)", reply)
    lines = [line for line in reply.splitlines() if line.strip()]
    found = marked[-1] if marked else (lines or [""])[-1]
    return found.strip().strip("`*_\"'").strip()


def instruction_id(domain: DomainName, text: str) -> str:
    """The id of an instruction with this text."""
    return f"{domain}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def to_json(record: Instruction | Execution) -> str:
    """One line of a data file, without its line end."""
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))


def read_instructions(path: Path) -> Iterator[Instruction]:
    """Instructions of a `.jsonl` or `.jsonl.gz` file.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: a line is no instruction, or the file is damaged; the message names the line.
    """
    return read_lines(path, lambda line: _from_json(line, Instruction))


def read_executions(path: Path) -> Iterator[Execution]:
    """Executions of a `.jsonl` or `.jsonl.gz` file; raises as `read_instructions`."""
    return read_lines(path, lambda line: _from_json(line, Execution))


Kind = TypeVar("Kind", Instruction, Execution)


def _from_json(line: str, kind: type[Kind]) -> Kind:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise DataError(f"{line!r:.80} is not JSON ({error}); expected one record a line.") from None
    names = {f.name for f in fields(kind)}
    if not isinstance(found, dict) or set(found) != names:
        raise DataError(f"{line!r:.80} is not an object with exactly the keys {', '.join(sorted(names))}.")
    return kind(**found)


def _check_text(record: Instruction | Execution, names: tuple[str, ...], *, empty: bool = False) -> None:
    kind = type(record).__name__.lower()
    for name in names:
        value = getattr(record, name)
        if not isinstance(value, str):
            raise DataError(f"an {kind}'s {name!r} is {value!r:.80}, but must be text; see docs/pbb.md.")
        if not empty and not value.strip():
            raise DataError(f"an {kind}'s {name!r} is empty, but must be text; see docs/pbb.md.")
