"""Beam search: what it returns is as probable as it says, and at least as probable as what greedy decoding finds."""

import numpy as np
import pytest

from programasweights.errors import ContextLengthError
from programasweights.lm.beam import most_probable
from programasweights.lm.decoding import Request, complete
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from tests.tiny_models import load_tiny_engine

RANDOM = np.random.default_rng(4)
PROMPTS = [RANDOM.integers(3, 259, RANDOM.integers(1, 20)).tolist() for _ in range(12)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return load_tiny_engine(tmp_path_factory.mktemp("beam"), "fp32")


def log_probabilities(engine: Engine, ids: list[int]) -> np.ndarray:
    """Of every next token, (V,), in one pass over everything before it."""
    logits = engine.forward(KvCache(engine.config, 1, len(ids)), engine.embed(ids)[None])[0, 0]
    wide = logits.astype(np.float64)
    return wide - np.log(np.exp(wide - wide.max()).sum()) - wide.max()


def logprob(engine: Engine, prompt: list[int], written: list[int]) -> float:
    """The sum that a completion should report."""
    return sum(
        float(log_probabilities(engine, [*prompt, *written[:n]])[token]) for n, token in enumerate(written)
    )


@pytest.mark.parametrize("prompt", PROMPTS[:4])
def test_a_beam_of_one_is_greedy(engine: Engine, prompt: list[int]) -> None:
    [(_, greedy)] = complete(engine, [Request(prompt, 8)])
    found = most_probable(engine, prompt, max_new_tokens=8, width=1)
    assert (found.ids, found.finish_reason) == (greedy.ids, greedy.finish_reason)
    assert found.logprob == pytest.approx(greedy.logprob, abs=1e-3)


def test_what_is_found_is_as_probable_as_it_says_and_more_than_greedy_completions(engine: Engine) -> None:
    better = 0
    for prompt in PROMPTS:
        [(_, greedy)] = complete(engine, [Request(prompt, 6)])
        found = most_probable(engine, prompt, max_new_tokens=6, width=4)
        ends = [[token] for token in engine.end_ids] if found.finish_reason == "end" else [[]]
        sums = [logprob(engine, prompt, [*found.ids, *end]) for end in ends]
        assert found.logprob == pytest.approx(max(sums), abs=1e-3)
        assert found.logprob > greedy.logprob - 1e-3
        better += found.ids != greedy.ids
    assert better > 3


def test_a_beam_as_wide_as_the_vocabulary_finds_the_best_pair_of_all(engine: Engine) -> None:
    prompt, size = PROMPTS[2], engine.config.vocab_size
    first = log_probabilities(engine, prompt)
    pairs = np.stack([first[token] + log_probabilities(engine, [*prompt, token]) for token in range(size)])
    ends = sorted(engine.end_ids)
    pairs[ends] = first[ends, None]  # nothing follows an end
    found = most_probable(engine, prompt, max_new_tokens=2, width=size)
    assert found.logprob == pytest.approx(pairs.max(), abs=1e-3)
    token, following = np.unravel_index(pairs.argmax(), pairs.shape)
    assert found.ids == tuple(t for t in (int(token), int(following)) if t not in engine.end_ids)


def test_ended_sequences_compete_with_longer_ones(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    free = most_probable(engine, PROMPTS[0], max_new_tokens=6, width=4)
    monkeypatch.setattr(engine, "end_ids", frozenset({free.ids[-1]}))
    found = most_probable(engine, PROMPTS[0], max_new_tokens=6, width=4)
    assert found.finish_reason == "end"
    assert not set(found.ids) & engine.end_ids
    assert found.logprob == pytest.approx(logprob(engine, PROMPTS[0], [*found.ids, free.ids[-1]]), abs=1e-3)
    assert found.logprob >= free.logprob - 1e-3  # the old one, which now ends there, was among the choices


def test_embeddings_are_read_as_their_tokens(engine: Engine) -> None:
    tokens = most_probable(engine, PROMPTS[1], max_new_tokens=5, width=3)
    assert most_probable(engine, engine.embed(PROMPTS[1]), max_new_tokens=5, width=3) == tokens


def test_what_does_not_fit_is_refused(engine: Engine) -> None:
    with pytest.raises(ContextLengthError, match="the model has"):
        most_probable(engine, PROMPTS[0], max_new_tokens=engine.config.context_length, width=2)


def test_an_end_takes_no_place_in_the_beam(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    [(_, greedy)] = complete(engine, [Request(PROMPTS[0], 1)])
    monkeypatch.setattr(engine, "end_ids", frozenset(greedy.ids))
    found = most_probable(engine, PROMPTS[0], max_new_tokens=4, width=1)
    assert (found.ids, found.finish_reason) == ((), "end")
