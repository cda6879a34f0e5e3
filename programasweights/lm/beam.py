"""Beam search: the most probable sequence, as far as keeping the W best beginnings of each length finds it.

Greedy decoding takes each token for itself; where the first of two near-equal tokens decides what can follow, the
whole sequence may be improbable. What is searched for here is the largest sum of log-probabilities, the end's included.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from programasweights.lm.decoding import Completion, check_positions
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache

__all__ = ["most_probable"]

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]


def most_probable(
    engine: Engine, prompt: Sequence[int] | F32, *, max_new_tokens: int, width: int
) -> Completion:
    """The most probable completion found with a beam.

    Args:
        engine: the model.
        prompt: T token ids, or embeddings (T, hidden).
        max_new_tokens: a completion that does not end within so many tokens is cut there.
        width: W, beginnings that are kept; with 1 the search is greedy.

    Raises:
        ContextLengthError: prompt and completion need more positions than the model has.
    """
    positions = len(prompt) + max_new_tokens
    check_positions(engine, positions)
    with engine.borrow_cache(width, positions) as cache:
        cache.load(0, None)
        first = engine.prefill(cache, prompt, row=0)
        for row in range(1, width):
            cache.move(0, row)
        return _search(engine, cache, first, max_new_tokens, width)


def _search(engine: Engine, cache: KvCache, first: F32, limit: int, width: int) -> Completion:
    start = int(cache.lengths[0])
    beginnings: list[tuple[int, ...]] = [()]
    sums, logits = np.zeros(1), first[None]
    ended: list[Completion] = []
    for count in range(1, limit + 1):
        kept: list[tuple[int, int, float]] = []
        for row, token, total in _likeliest(sums, logits, width * (1 + len(engine.end_ids))):
            if token in engine.end_ids:
                ended.append(Completion(beginnings[row], "end", total))
            elif len(kept) < width:
                kept.append((row, token, total))
        beginnings = [(*beginnings[row], token) for row, token, _ in kept]
        sums = np.array([total for *_, total in kept])
        # a sum only falls with further tokens
        if count == limit or any(completion.logprob >= sums[0] for completion in ended):
            break
        cache.rearrange([row for row, *_ in kept], start)
        logits = engine.forward(cache, engine.embed([token for _, token, _ in kept])[:, None])[:, 0]
    cut = Completion(beginnings[0], "length", float(sums[0]))
    return max([*ended, cut], key=lambda completion: completion.logprob)


def _likeliest(sums: F64, logits: F32, count: int) -> list[tuple[int, int, float]]:
    """The best `count` of (row, next token, sum of log-probabilities), best first."""
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=1, keepdims=True)
    totals = (sums[:, None] + wide - np.log(np.exp(wide).sum(axis=1, keepdims=True))).ravel()
    count = min(count, totals.size)
    # sorting all of them would take longer than the model's pass
    among = np.flatnonzero(totals >= np.partition(totals, -count)[-count])
    order = among[np.argsort(-totals[among], kind="stable")[:count]]
    return [(*divmod(int(index), logits.shape[1]), float(totals[index])) for index in order]
