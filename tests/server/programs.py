"""Small programs that differ, for tests that do not run them."""

from collections.abc import Iterable
from pathlib import Path

from programasweights.program import Program, SpecSection, load

__all__ = ["program_of"]

_GOLDEN = Path(__file__).parent.parent / "program" / "golden"


def program_of(
    spec: str, *, examples: Iterable[tuple[str, str]] = (), scores: dict[str, float] | None = None
) -> Program:
    """A sound program with this spec; equal arguments give equal ids."""
    base = load(_GOLDEN / "v2-no-prefix.paw")
    section = SpecSection(text=spec, examples=tuple(examples))
    behaviour = base.behaviour.model_copy(update={"spec": section, "pseudo_program": spec})
    return Program(behaviour, base.record.model_copy(update={"scores": scores or {}}), None)
