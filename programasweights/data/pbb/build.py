"""Builds the data of one domain: a folder of instructions, documents and executions, and a manifest.

    instructions.jsonl  documents.jsonl  executions.jsonl  manifest.json

The same options give the same bytes. Every instruction has its document in each form and context; executions of
held-out instructions are there to measure with, and must not be trained on.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from programasweights.data.manifest import file_digest
from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.records import Execution, Instruction, to_json
from programasweights.data.pbb.templates import document, forms, templates
from programasweights.data.records import write_lines
from programasweights.errors import DataError

__all__ = ["FILES", "PbbOptions", "build"]

FILES = ("instructions.jsonl", "documents.jsonl", "executions.jsonl")
"""Names of the files that are written, in this order."""


@dataclass(frozen=True)
class PbbOptions:
    """What to build; raises DataError for values out of range."""

    instructions: int
    """Instructions in both splits together."""
    executions: int = 30
    """Executions of each instruction, at most: a domain may have fewer different inputs."""
    held_out: float = 0.2
    """Share of the instructions in split `eval`."""
    seed: int = 0
    """Of all draws."""

    def __post_init__(self) -> None:
        if self.instructions < 1 or self.executions < 1 or not 0 <= self.held_out <= 1:
            raise DataError(
                f"{self.instructions} instructions, {self.executions} executions and {self.held_out} held out cannot "
                "be built; expected at least one of each, and a share between 0 and 1."
            )


def build(domain: Domain, out: Path, options: PbbOptions) -> dict[str, Any]:
    """Draw a domain's data and write it into the folder `out`; returns the manifest.

    Raises:
        DataError: the domain has fewer instructions.
    """
    out.mkdir(parents=True, exist_ok=True)
    drawn = domain.instructions(options.instructions, seed=options.seed, held_out=options.held_out)
    executions = [e for i in drawn for e in domain.executions(i, options.executions, seed=options.seed)]
    counts = {
        name: write_lines(out / name, lines)
        for name, lines in zip(
            FILES, (map(to_json, drawn), _documents(drawn), map(to_json, executions)), strict=True
        )
    }
    manifest = _manifest(domain, options, drawn, executions) | {
        "lines": counts,
        "sha256": {name: file_digest(out / name) for name in FILES},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return manifest


def _documents(drawn: list[Instruction]) -> Iterator[str]:
    for instruction in drawn:
        for number, template in enumerate(templates(instruction.domain)):
            for form in forms(instruction):
                row: Mapping[str, Any] = {
                    "instruction": instruction.id,
                    "form": form,
                    "template": number,
                    "text": document(instruction, template, form=form),
                }
                yield json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _manifest(
    domain: Domain, options: PbbOptions, drawn: list[Instruction], executions: list[Execution]
) -> dict[str, Any]:
    of = {i.id: i.split for i in drawn}
    return {
        "domain": domain.name,
        "options": asdict(options) | dict(domain.describe()),
        "instructions": dict(sorted(Counter(of.values()).items())),
        "executions": dict(sorted(Counter(of[e.instruction] for e in executions).items())),
        "version": version("programasweights"),
    }
