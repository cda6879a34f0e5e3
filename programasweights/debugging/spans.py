"""Texts cut into sentences, clauses and words, and texts with a piece left out.

Pieces cover a text without gaps: white space belongs to the piece before it.
"""

import re
from itertools import pairwise

from programasweights.spec import split_examples

__all__ = ["Span", "merged", "program_spans", "split", "without", "words"]

Span = tuple[int, int]
"""Start and end of a piece, in characters."""

_SENTENCE_END = re.compile(r"(?:(?<=[.!?])\s+|(?<=[。！？])\s*|\n)\s*")
_CLAUSE_END = re.compile(r"(?:(?<=[,;:])\s+|(?<=[，、；：])\s*|\s+(?=[-–—(]\s?))")
# scripts without spaces: a character is a word
_WORD = re.compile(
    r"(?:[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)\s*"
)
_MOST_PIECES, _GROUPS = 12, 8


def split(text: str, span: Span) -> list[Span]:
    """A piece cut at the coarsest of sentence, clause and word that cuts it at all: 1 to 12 pieces."""
    for pieces in (_cut(text, span, _SENTENCE_END), _cut(text, span, _CLAUSE_END), words(text, span)):
        if len(pieces) > _MOST_PIECES:
            return merged(pieces, _GROUPS)
        if len(pieces) > 1:
            return pieces
    return [span]


def words(text: str, span: Span | None = None) -> list[Span]:
    """The words of a text or of a piece of it; white space before the first word is the first word's."""
    start, stop = span or (0, len(text))
    starts = [found.start() for found in _WORD.finditer(text, start, stop)]
    return list(zip([start, *starts[1:]], [*starts[1:], stop], strict=True)) if stop > start else []


def merged(pieces: list[Span], most: int) -> list[Span]:
    """Neighbours put together, so that there are at most so many pieces."""
    if len(pieces) <= most:
        return pieces
    edges = [round(group * len(pieces) / most) for group in range(most + 1)]
    return [(pieces[a][0], pieces[b - 1][1]) for a, b in pairwise(edges)]


def without(text: str, span: Span) -> str:
    """A text with a piece left out."""
    before, after = text[: span[0]], text[span[1] :]
    return before + after if after.strip() else before.rstrip() + after


def program_spans(pseudo_program: str) -> list[Span]:
    """The pieces of a pseudo-program: sentences and lines of the task, then each example as one."""
    task, examples = split_examples(pseudo_program)
    spans = _cut(pseudo_program, (0, len(task)), _SENTENCE_END) if task else []
    start = len(task)
    marks = len(pseudo_program) - start - sum(len(given) + len(wanted) for given, wanted in examples)
    for given, wanted in examples:
        stop = start + marks // len(examples) + len(given) + len(wanted)
        spans.append((start, stop))
        start = stop
    return spans


def _cut(text: str, span: Span, boundary: re.Pattern[str]) -> list[Span]:
    start, stop = span
    ends = [found.end() for found in boundary.finditer(text, start, stop) if start < found.end() < stop]
    ends = [end for end in dict.fromkeys(ends) if text[start:end].strip()]
    return list(zip([start, *ends], [*ends, stop], strict=True))
