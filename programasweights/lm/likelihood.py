"""How probable a model finds given continuations."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from programasweights.lm.decoding import check_positions
from programasweights.lm.engine import Engine

__all__ = ["likeliest"]

F32 = npt.NDArray[np.float32]


def likeliest(
    engine: Engine, prompt: Sequence[int] | F32, continuations: Sequence[Sequence[int]], *, tokens: int
) -> int:
    """The number of the continuation whose beginning is the most probable behind a prompt; of equals, the first.

    Args:
        engine: the model.
        prompt: T token ids, or embeddings (T, hidden).
        continuations: token ids, each at least one.
        tokens: so many of each are compared, or as many as the shortest has.

    Raises:
        ContextLengthError: prompt and beginnings need more positions than the model has.
    """
    if len(continuations) == 1:
        return 0
    count = min(tokens, *map(len, continuations))
    positions = len(prompt) + count
    check_positions(engine, positions)
    scores = []
    with engine.borrow_cache(1, positions) as cache:
        cache.load(0, None)
        first = engine.prefill(cache, prompt, row=0)
        for ids in continuations:
            cache.lengths[0] = len(prompt)
            logits = first[None]
            if count > 1:
                embeddings = engine.embed(ids[: count - 1])[None]
                later = engine.forward(cache, embeddings, logits_at=range(count - 1))[0]
                logits = np.concatenate([logits, later])
            scores.append(_log_probability(logits, ids[:count]))
    return int(np.argmax(scores))


def _log_probability(logits: F32, ids: Sequence[int]) -> float:
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=1, keepdims=True)
    totals = wide - np.log(np.exp(wide).sum(axis=1, keepdims=True))
    return float(totals[np.arange(len(ids)), ids].sum())
