"""Which questions to ask, so that guessing without the picture is worthless.

Left alone, most molecules have no bromine and most circuits two resistors: the most frequent answer to a question
would often be right. So answers are counted over a sample of subjects, and a question whose answer is frequent is
asked with a smaller chance, until the answers of its key are about equally frequent.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from programasweights.data.images.records import Question
from programasweights.data.images.subject import Candidate
from programasweights.data.oracle.draw import Draw

__all__ = ["Balance", "choose", "measure"]

_RARE = 0.02
"""Answers rarer than this are not counted among those that shall be equally frequent."""
_ABOVE = 1.1
"""The most frequent answer may be this much more frequent than if all were equal."""


@dataclass(frozen=True)
class Balance:
    """The chance with which a question of a key and an answer is asked."""

    chances: dict[str, dict[str, float]]

    def chance(self, candidate: Candidate) -> float:
        """0 for a key that has one answer only; 1 for answers that did not come up, which are rare."""
        known = self.chances.get(candidate.key)
        return 1.0 if known is None else known.get(candidate.answer, float(len(known) > 1))


def measure(subjects: Iterable[Iterable[Candidate]]) -> Balance:
    """Count the answers of subjects' candidates."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for candidates in subjects:
        for candidate in candidates:
            counts[candidate.key][candidate.answer] += 1
    return Balance({key: _chances(found) for key, found in counts.items()})


def choose(candidates: list[Candidate], balance: Balance, few: int, many: int, draw: Draw) -> list[Question]:
    """Between `few` and `many` questions, of different keys first, at most one of them answered by yes or no.

    None where too few pass the balance.
    """
    passed = [c for c in candidates if draw.random() < balance.chance(c)]
    by_key: dict[str, list[Candidate]] = defaultdict(list)
    decided = False
    for candidate in draw.mix(passed):
        if not (candidate.kind == "yes-no" and decided):
            by_key[candidate.key].append(candidate)
        decided = decided or candidate.kind == "yes-no"
    rounds = [[of_key[turn] for of_key in by_key.values() if turn < len(of_key)] for turn in (0, 1)]
    ordered = [c for turn in rounds for c in turn]
    if len(ordered) < few:
        return []
    return [Question(draw.pick(c.texts), c.answer, c.kind) for c in ordered[: draw.randint(few, many)]]


def _chances(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values())
    shares = {answer: count / total for answer, count in counts.items()}
    if len(shares) == 1:
        return dict.fromkeys(shares, 0.0)
    common = sum(share >= _RARE for share in shares.values())
    wanted = min(max(_ABOVE / max(common, 1), _RARE), 1.0)
    limit = max(shares.values())
    while limit / sum(min(share, limit) for share in shares.values()) > wanted and limit > 1e-4:
        limit *= 0.95
    return {answer: min(limit / share, 1.0) for answer, share in shares.items()}
