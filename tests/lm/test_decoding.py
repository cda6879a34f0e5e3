"""Continuous batching: what is decoded together must come out as if alone."""

import numpy as np
import pytest

from programasweights.errors import ContextLengthError
from programasweights.lm.decoding import Completion, Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from tests.tiny_models import load_tiny_engine

RANDOM = np.random.default_rng(2)
PROMPTS = [RANDOM.integers(3, 259, RANDOM.integers(1, 50)).tolist() for _ in range(40)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return load_tiny_engine(tmp_path_factory.mktemp("decoding"), "q8")


def run(engine: Engine, requests: list[Request], rows: int | None = None) -> list[Completion]:
    done = list(complete(engine, requests, rows=rows))
    assert sorted(index for index, _ in done) == list(range(len(requests)))
    return [completion for _, completion in sorted(done, key=lambda item: item[0])]


def test_any_number_of_rows_gives_the_same_completions(engine: Engine) -> None:
    states = [None, *(engine.extend_state(None, PROMPTS[i]) for i in range(3))]
    requests = [Request(ids, 5 + i % 17, states[i % 4]) for i, ids in enumerate(PROMPTS)]
    alone = [run(engine, [request])[0] for request in requests]
    assert len({c.ids for c in alone}) > 30  # the model does answer differently
    for rows in (1, 3, 16, 32):
        assert run(engine, requests, rows) == alone


def test_a_completion_equals_full_passes_without_cache(engine: Engine) -> None:
    [completion] = run(engine, [Request(PROMPTS[1], 8)])
    ids = list(PROMPTS[1])
    for token in completion.ids:
        logits = engine.forward(KvCache(engine.config, 1, len(ids)), engine.embed(ids)[None])[0, 0]
        assert int(logits.argmax()) == token
        ids.append(token)


def test_end_tokens_are_not_part_of_the_completion(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    [free] = run(engine, [Request(PROMPTS[0], 8)])
    assert free.finish_reason == "length"
    monkeypatch.setattr(engine, "end_ids", frozenset({free.ids[3]}))
    [ended] = run(engine, [Request(PROMPTS[0], 8)])
    first = free.ids.index(free.ids[3])
    assert ended.ids == free.ids[:first]
    assert ended.finish_reason == "end"


def test_a_stop_rule_ends_the_sequence(engine: Engine) -> None:
    [stopped] = run(engine, [Request(PROMPTS[0], 8, stop=lambda ids: len(ids) == 3)])
    assert len(stopped.ids) == 3
    assert stopped.finish_reason == "stop"


def test_sampling_follows_its_seed_and_nothing_else(engine: Engine) -> None:
    def sampled(seed: int) -> Request:
        return Request(PROMPTS[2], 12, sampling=Sampling(temperature=1.5, seed=seed))

    again = run(engine, [sampled(1), sampled(2), sampled(1)])
    assert again[0] == again[2] == run(engine, [sampled(1)])[0]
    assert again[0] != again[1]


def test_top_p_close_to_zero_is_greedy(engine: Engine) -> None:
    narrow = Request(PROMPTS[3], 8, sampling=Sampling(temperature=1.0, top_p=1e-6, seed=3))
    assert run(engine, [narrow])[0].ids == run(engine, [Request(PROMPTS[3], 8)])[0].ids


def test_logprob_is_that_of_the_tokens(engine: Engine) -> None:
    [completion] = run(engine, [Request(PROMPTS[4], 2)])
    ids = [*PROMPTS[4], *completion.ids]
    at = range(len(PROMPTS[4]) - 1, len(ids) - 1)
    logits = engine.forward(KvCache(engine.config, 1, len(ids)), engine.embed(ids)[None], logits_at=at)[0]
    shifted = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    logprobs = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    expected = sum(logprobs[i, token] for i, token in enumerate(completion.ids))
    assert completion.logprob == pytest.approx(expected, abs=1e-3)


def test_too_long_a_request_is_refused_before_anything_runs(engine: Engine) -> None:
    with pytest.raises(ContextLengthError, match="needs 1025 positions, but the model has 1024"):
        run(engine, [Request(PROMPTS[0], 4), Request([5] * 1000, 25)])


def test_no_request_is_no_work(engine: Engine) -> None:
    assert run(engine, []) == []
