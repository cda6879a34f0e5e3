"""The record of a trace, and its three forms: a page for the terminal, HTML, JSON."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["Counterfactual", "Edit", "Part", "Step", "Trace"]


@dataclass(frozen=True)
class Step:
    """One token of the output."""

    text: str
    """The token's text; `<end>` for the token that ended the output."""
    probability: float
    """Its probability among all tokens, before a type's mask, given the tokens before it."""
    others: tuple[tuple[str, float], ...]
    """The most probable other tokens with theirs."""


@dataclass(frozen=True)
class Part:
    """Something that was left out."""

    text: str
    """The left-out text, or a name: `slots 1 to 4`, `LoRA`."""
    start: int
    """First character, or first slot."""
    stop: int
    """Behind the last one."""
    drop: float
    """Nats by which the output's log-probability falls without it; negative if the output becomes more probable."""


@dataclass(frozen=True)
class Edit:
    """A change of an input."""

    start: int
    """First character in the original input."""
    stop: int
    """Behind the last one."""
    old: str
    """What stood there."""
    new: str
    """What stands there now; empty if it was dropped."""


@dataclass(frozen=True)
class Counterfactual:
    """The nearest input that was found to have another output."""

    input: str
    output: str
    edits: tuple[Edit, ...]
    """From the original input to this one, in text order."""
    words: int
    """Words that they change."""


@dataclass(frozen=True)
class Trace:
    """Why a function said what it said. `str()` of it is a page for the terminal."""

    program_id: str
    input: str
    output: str
    logprob: float
    """Log-probability of the output: the sum over its tokens, or for a closed set of labels its share among them."""
    steps: tuple[Step, ...]
    """The output's tokens."""
    input_parts: tuple[Part, ...]
    """Pieces that cover the input: words where it matters, longer ones elsewhere."""
    program_parts: tuple[Part, ...]
    """Pieces that cover the pseudo-program: sentences and lines, and examples."""
    slot_parts: tuple[Part, ...]
    """Blocks of the KV prefix; empty without one."""
    whole_parts: tuple[Part, ...]
    """The LoRA, all slots and the pseudo-program, each left out as a whole."""
    counterfactual: Counterfactual | None
    """None if none was found within the budget."""
    passes: int
    """Forward passes that it took: inputs read and programs evaluated."""

    def __str__(self) -> str:
        from programasweights.debugging.terminal import page

        return page(self, colour=sys.stdout.isatty())

    def to_json(self) -> str:
        """The whole record as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def to_html(self, path: str | Path) -> Path:
        """Write a page that needs no other file and no network; returns the path."""
        from programasweights.debugging.html import document

        Path(path).write_text(document(self), encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        from programasweights.debugging.html import fragment

        return fragment(self)
