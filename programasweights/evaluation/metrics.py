"""Scores of answers, and means with intervals.

`exact_match` (of `checks/matching.py`) compares after `tidy`: Unicode NFC, white space at the ends dropped, runs of
blanks made one. It is strict about letter case, quotation marks and punctuation, because code that calls a function
compares strings. `forgiving_match` also takes an answer that is right but for case, enclosing quotation marks, a full
stop or words around it; the difference between both says how much is lost to form alone.
"""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from programasweights.checks.matching import exact_match, tidy

__all__ = [
    "ANSWER_METRICS", "Interval", "binary_f1", "bootstrap", "edit_similarity", "forgiving_match", "token_f1",
]  # fmt: skip

_DRAWS = 1000


class Interval(BaseModel):
    """A mean with its 95% bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{100 * self.mean:.1f} [{100 * self.low:.1f}, {100 * self.high:.1f}]"


def forgiving_match(found: str, wanted: str) -> float:
    """1.0 if the right answer stands in what was found, as a whole, letter case aside."""
    plain_found, plain_wanted = _plain(found), _plain(wanted)
    if not plain_wanted:
        return float(plain_found == plain_wanted)
    return float(re.search(rf"(?<!\w){re.escape(plain_wanted)}(?!\w)", plain_found) is not None)


def token_f1(found: str, wanted: str) -> float:
    """F1 of the words of both, as bags; both empty is 1.0."""
    left, right = _words(found), _words(wanted)
    if not left or not right:
        return float(left == right)
    shared = sum((Counter(left) & Counter(right)).values())
    return 2 * shared / (len(left) + len(right))


def edit_similarity(found: str, wanted: str) -> float:
    """Share of characters in common blocks, from 0 to 1, after `tidy` and without letter case."""
    return difflib.SequenceMatcher(
        None, tidy(found).casefold(), tidy(wanted).casefold(), autojunk=False
    ).ratio()


ANSWER_METRICS: dict[str, Callable[[str, str], float]] = {
    "exact_match": exact_match,
    "forgiving_match": forgiving_match,
    "token_f1": token_f1,
    "edit_similarity": edit_similarity,
}
"""Scores of one answer against one right answer; of several right answers the best counts."""


def binary_f1(found: Sequence[str], wanted: Sequence[str], positive: str) -> float:
    """F1 of one class, in the forgiving reading of answers; 0.0 if it is neither found nor wanted."""
    hits = [forgiving_match(text, positive) > 0 for text in found]
    truths = [text == positive for text in wanted]
    both = sum(h and t for h, t in zip(hits, truths, strict=True))
    total = sum(hits) + sum(truths)
    return 2 * both / total if total else 0.0


def bootstrap(values: Sequence[float], clusters: Sequence[str]) -> Interval:
    """Mean of the values, and a 95% interval from draws of whole clusters (specs of one family, rows of one task).

    Args:
        values: one score a task.
        clusters: the cluster of each task; tasks of one cluster are drawn together.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values were given, but a mean needs at least one.")
    names = sorted(set(clusters))
    place = {name: n for n, name in enumerate(names)}
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    for value, cluster in zip(values, clusters, strict=True):
        sums[place[cluster]] += value
        counts[place[cluster]] += 1
    drawn = np.random.default_rng(0).integers(len(names), size=(_DRAWS, len(names)))
    means: npt.NDArray[np.float64] = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(
        mean=round(float(np.mean(values)), 4), low=round(float(low), 4), high=round(float(high), 4)
    )


def _plain(text: str) -> str:
    plain = tidy(text).casefold()
    while len(plain) > 2 and plain[0] == plain[-1] and plain[0] in "\"'`":
        plain = plain[1:-1].strip()
    return plain.removesuffix(".")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text.casefold())
