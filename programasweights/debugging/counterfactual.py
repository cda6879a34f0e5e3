"""The nearest input with another output, by greedy search: one changed word, then several.

A candidate is read with the traced output behind it, which says at once whether greedy choice still gives that output;
only where it does not, the function is run.
"""

from collections.abc import Sequence

from programasweights.debugging.reading import Reader
from programasweights.debugging.replacements import KINDS, example_words, replacements
from programasweights.debugging.spans import Span, words
from programasweights.debugging.subject import Outcome, Subject
from programasweights.debugging.trace import Counterfactual, Edit, Part
from programasweights.errors import ContextLengthError

__all__ = ["find_counterfactual"]

Parts = tuple[Sequence[Part], Sequence[Part]]

_MOST_WORDS = 6
"""Changed one by one; pieces of an input that are dropped as a whole may have more."""
_MOST_EXAMPLE_WORDS = 6
_RESERVE = 12
"""Passes that are kept for changes of several words."""


def find_counterfactual(
    subject: Subject, reader: Reader, outcome: Outcome, text: str, parts: Parts, passes: int
) -> Counterfactual | None:
    """The input with the fewest changed words that was found to have another output.

    Args:
        subject: the function.
        reader: has read what is left without the pieces in `parts`.
        outcome: what the function says to `text`.
        text: the input.
        parts: the pieces that cover it, with how much they matter; and all that were left out.
        passes: most forward passes.
    """
    return _Search(subject, reader, outcome, text, parts, reader.passes + passes).run()


class _Search:
    def __init__(
        self,
        subject: Subject,
        reader: Reader,
        outcome: Outcome,
        text: str,
        parts: Parts,
        limit: int,
    ) -> None:
        self._subject, self._reader, self._outcome, self._text = subject, reader, outcome, text
        self._parts, self._pieces = parts
        self._limit = limit

    def run(self) -> Counterfactual | None:
        singles: list[tuple[float, Edit]] = []
        for edit in self._single_edits():
            if not self._affords([edit], reserve=_RESERVE):
                continue
            standing, found = self._try([edit])
            if found is not None:
                return found
            singles.append((standing, edit))
        several = self._several(sorted(singles, key=lambda item: item[0]))
        dropped = self._dropped_part()
        both = [found for found in (several, dropped) if found is not None]
        return min(both, key=lambda found: found.words, default=None)

    def _single_edits(self) -> list[Edit]:
        """Changes of one word, by kind, and within a kind the word that matters most first."""
        source = self._subject.prepared.program.behaviour.spec
        shown = example_words((given for given, _ in source.examples), self._text, _MOST_EXAMPLE_WORDS)
        by_kind: list[list[Edit]] = [[] for _ in range(KINDS)]
        for a, b in self._words_by_weight():
            word = self._text[a:b]
            space = word[len(word.rstrip()) :]
            for kind, new in replacements(word.strip(), shown):
                lead = word[: len(word) - len(word.lstrip())]
                by_kind[kind].append(Edit(a, b, word, lead + new + space if new else ""))
        return [edit for edits in by_kind for edit in edits]

    def _words_by_weight(self) -> list[Span]:
        weighted = []
        for part in self._parts:
            inside = words(self._text, (part.start, part.stop))
            weighted += [(-part.drop / len(inside), span) for span in inside]
        return [span for _, span in sorted(weighted)]

    def _several(self, singles: list[tuple[float, Edit]]) -> Counterfactual | None:
        """Changes put together, those that make the output least probable first; then as many undone as can be."""
        chosen: list[Edit] = []
        for _, edit in singles:
            if any(edit.start < other.stop and other.start < edit.stop for other in chosen):
                continue
            chosen.append(edit)
            if len(chosen) > _MOST_WORDS or not self._affords(chosen):
                return None
            if len(chosen) > 1 and (found := self._try(chosen)[1]) is not None:
                return self._pruned(chosen, found)
        return None

    def _pruned(self, chosen: list[Edit], found: Counterfactual) -> Counterfactual:
        for edit in list(chosen):
            fewer = [other for other in chosen if other is not edit]
            if len(fewer) > 1 and self._affords(fewer) and (better := self._try(fewer)[1]) is not None:
                chosen, found = fewer, better
        return found

    def _dropped_part(self) -> Counterfactual | None:
        """A piece of several words whose loss is known to change the output."""
        ranked = sorted(self._pieces, key=lambda p: (len(words(self._text, (p.start, p.stop))), p.start))
        for part in ranked:
            edit = Edit(part.start, part.stop, part.text, "")
            if self._reader.knows(self._applied([edit])) and self._affords([edit]):
                found = self._try([edit])[1]
                if found is not None:
                    return found
        return None

    def _affords(self, edits: Sequence[Edit], *, reserve: int = 0) -> bool:
        """Whether reading and running a candidate fits into the budget."""
        needed = 1 if self._reader.knows(self._applied(edits)) else 2
        return self._reader.passes + needed + reserve <= self._limit

    def _try(self, edits: Sequence[Edit]) -> tuple[float, Counterfactual | None]:
        """How probable the output still is, and the counterfactual if it is another one."""
        changed = self._applied(edits)
        read = self._reader.read(changed)
        if read is None or read.kept or changed == self._text:
            return (0.0 if read is None else read.logprob), None
        self._reader.passes += 1
        try:
            output = self._subject.outcome(changed).text
        except ContextLengthError:
            return read.logprob, None
        if output == self._outcome.text:
            return read.logprob, None
        ordered = tuple(sorted(edits, key=lambda edit: edit.start))
        count = sum(len(words(edit.old)) for edit in edits)
        return read.logprob, Counterfactual(changed, output, ordered, count)

    def _applied(self, edits: Sequence[Edit]) -> str:
        text = self._text
        for edit in sorted(edits, key=lambda edit: -edit.start):
            after = text[edit.stop :]
            before = text[: edit.start] if edit.new or after.strip() else text[: edit.start].rstrip()
            text = before + edit.new + after
        return text
