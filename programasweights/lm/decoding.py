"""Generates token sequences for many requests at once, each after its own KV state.

Requests share a cache of R rows: every prompt is prefilled alone in its row, all rows then decode together
one token a step, and a row that ends takes the next request. A sequence's tokens do not depend on what
else is in the batch, because prefill is never mixed and the decode step treats rows independently.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

import numpy as np
import numpy.typing as npt

from programasweights.errors import ContextLengthError
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache, KvState
from programasweights.lm.lora import PackedLora

__all__ = [
    "Completion",
    "Request",
    "Sampling",
    "check_positions",
    "complete",
    "complete_polled",
    "default_rows",
]

F32 = npt.NDArray[np.float32]

_CACHE_BYTES = 256 * 2**20
_MOST_ROWS = 16


@dataclass(frozen=True)
class Sampling:
    """How the next token is drawn. Temperature 0 is greedy."""

    temperature: float = 0.0
    """Divides the logits before the softmax."""
    top_p: float = 1.0
    """Only the most probable tokens that together reach this probability are drawn from."""
    seed: int = 0
    """Seed of the draw; the same seed gives the same tokens."""


@dataclass(frozen=True)
class Request:
    """One sequence to complete."""

    ids: Sequence[int]
    """Prompt tokens after the state; at least one. Any number stands where `embeddings` hold no token."""
    max_new_tokens: int
    """At most so many tokens are generated."""
    state: KvState | None = None
    """What comes before the prompt."""
    stop: Callable[[Sequence[int]], bool] | None = None
    """Called with the tokens so far; True ends the sequence."""
    sampling: Sampling = Sampling()
    """How tokens are drawn."""
    lora: PackedLora | None = None
    """Changes the model's linear layers for this sequence."""
    allowed: Callable[[Sequence[int]], npt.NDArray[np.bool_]] | None = None
    """Called with the tokens so far; says for each of V tokens whether it may come next, True for at least one."""
    embeddings: F32 | None = None
    """(T, hidden) of the T prompt tokens, where some of them are no tokens; None where all are."""

    @property
    def prompt(self) -> Sequence[int] | F32:
        """What is read after the state: T tokens, or (T, hidden) embeddings."""
        return self.ids if self.embeddings is None else self.embeddings

    @property
    def positions(self) -> int:
        """Positions that the whole sequence may fill."""
        before = 0 if self.state is None else self.state.positions
        return before + len(self.ids) + self.max_new_tokens


@dataclass(frozen=True)
class Completion:
    """The tokens that a request produced, without the token that ended it."""

    ids: tuple[int, ...]
    """Generated tokens."""
    finish_reason: Literal["end", "stop", "length"]
    """The model ended, a stop rule held, or the token limit was reached."""
    logprob: float
    """Sum of the log-probabilities of the generated tokens and of the end token, if there was one: among the allowed
    tokens."""


@dataclass
class _Row:
    """A request being decoded."""

    index: int
    request: Request
    ids: list[int] = field(default_factory=list)
    logprob: float = 0.0
    finish_reason: Literal["end", "stop", "length"] | None = None
    random: np.random.Generator | None = None

    def take(self, logits: F32, end_ids: frozenset[int]) -> None:
        """Draw the next token from logits (V,) and note whether the sequence is finished."""
        if self.request.allowed is not None:
            logits = np.where(self.request.allowed(self.ids), logits, np.float32(-np.inf))
        token = self._draw(logits)
        shifted = logits - logits.max()
        self.logprob += float(shifted[token] - np.log(np.exp(shifted).sum()))
        if token in end_ids:
            self.finish_reason = "end"
            return
        self.ids.append(token)
        if self.request.stop is not None and self.request.stop(self.ids):
            self.finish_reason = "stop"
        elif len(self.ids) >= self.request.max_new_tokens:
            self.finish_reason = "length"

    def _draw(self, logits: F32) -> int:
        sampling = self.request.sampling
        if sampling.temperature == 0:
            return int(logits.argmax())
        if self.random is None:
            self.random = np.random.Generator(np.random.Philox(sampling.seed))
        return _sample(logits, sampling, self.random)

    def completion(self) -> Completion:
        assert self.finish_reason is not None
        return Completion(tuple(self.ids), self.finish_reason, self.logprob)


def _sample(logits: F32, sampling: Sampling, random: np.random.Generator) -> int:
    scaled = logits.astype(np.float64) / sampling.temperature
    weights = np.exp(scaled - scaled.max())
    order = np.argsort(-weights, kind="stable")
    cumulative = np.cumsum(weights[order]) / weights.sum()
    kept = order[: int(np.searchsorted(cumulative, sampling.top_p)) + 1]
    chances = weights[kept] / weights[kept].sum()
    return int(kept[np.searchsorted(np.cumsum(chances), random.random())])


def complete(
    engine: Engine, requests: Sequence[Request], *, rows: int | None = None
) -> Iterator[tuple[int, Completion]]:
    """Complete all requests, yielding (index of the request, completion) as each one ends.

    Args:
        engine: the model.
        requests: any number of them, with any mix of states.
        rows: sequences decoded together; by default as many as fit into 256 MiB of KV, at most 16.

    Raises:
        ContextLengthError: a request needs more positions than the model has.
    """
    if not requests:
        return
    positions = max(request.positions for request in requests)
    check_positions(engine, positions)
    limit = rows or default_rows(engine, positions)
    # neighbours with one LoRA share a pass
    waiting = iter(sorted(enumerate(requests), key=lambda numbered: id(numbered[1].lora)))
    with engine.borrow_cache(min(limit, len(requests)), positions) as cache:
        yield from complete_polled(engine, cache, lambda: next(waiting, None))


def check_positions(engine: Engine, positions: int) -> None:
    """Raise ContextLengthError where a sequence needs more positions than the model has."""
    if positions > engine.config.context_length:
        raise ContextLengthError(
            f"a sequence needs {positions} positions, but the model has {engine.config.context_length}. "
            "Shorten the input, or lower max_new_tokens."
        )


def default_rows(engine: Engine, positions: int) -> int:
    """Rows of a cache of at most 256 MiB whose rows have that many positions; 1 to 16."""
    layers, kv_heads, head_dim = engine.config.kv_shape
    row_bytes = positions * layers * kv_heads * head_dim * 2 * 4
    return max(1, min(_MOST_ROWS, _CACHE_BYTES // row_bytes))


def complete_polled(
    engine: Engine, cache: KvCache, take: Callable[[], tuple[int, Request] | None]
) -> Iterator[tuple[int, Completion]]:
    """Complete requests that come while others run, yielding (number, completion) as each one ends.

    Args:
        engine: the model.
        cache: the rows to decode in; its capacity bounds the positions of every request.
        take: asked whenever a row is free; gives a number and a request, or None if there is none now. When
            it has none and all rows are done, the iteration ends.
    """
    active: list[_Row] = []
    while True:
        while len(active) < cache.rows and (item := take()) is not None:
            active.append(_prefill(engine, cache, len(active), *item))
        if not active:
            return
        if all(row.finish_reason is None for row in active):
            _decode_step(engine, cache, active)
        for row in _retire(cache, active):
            yield row.index, row.completion()


def _decode_step(engine: Engine, cache: KvCache, active: list[_Row]) -> None:
    """Draw every row's next token, in one pass for each LoRA."""
    _gather(cache, active)
    start = 0
    for _, run in groupby(active, key=lambda row: id(row.request.lora)):
        rows = list(run)
        last = engine.embed([row.ids[-1] for row in rows])[:, None]
        logits = engine.forward(cache, last, first_row=start, lora=rows[0].request.lora)[:, 0]
        for row, mine in zip(rows, logits, strict=True):
            row.take(mine, engine.end_ids)
        start += len(rows)


def _gather(cache: KvCache, active: list[_Row]) -> None:
    """Bring rows of one LoRA together."""
    for slot in range(1, len(active)):
        lora = active[slot - 1].request.lora
        fellow = next((i for i in range(slot, len(active)) if active[i].request.lora is lora), slot)
        if fellow != slot:
            active[slot], active[fellow] = active[fellow], active[slot]
            cache.swap(slot, fellow)


def _prefill(engine: Engine, cache: KvCache, slot: int, index: int, request: Request) -> _Row:
    """Start a request in a row of the cache: fill in its state, run its prompt, draw its first token."""
    row = _Row(index, request)
    cache.load(slot, request.state)
    row.take(engine.prefill(cache, request.prompt, row=slot, lora=request.lora), engine.end_ids)
    return row


def _retire(cache: KvCache, active: list[_Row]) -> list[_Row]:
    """Take finished rows out of `active`, closing the gaps with rows from the end."""
    finished = []
    for slot in reversed(range(len(active))):
        if active[slot].finish_reason is not None:
            finished.append(active[slot])
            last = active.pop()
            if slot < len(active):
                active[slot] = last
                cache.move(len(active), slot)
    return finished
