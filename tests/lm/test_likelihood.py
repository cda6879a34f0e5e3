"""Continuations are compared by their probability behind the prompt."""

import numpy as np
import pytest

from programasweights.lm.decoding import Request, complete
from programasweights.lm.engine import Engine
from programasweights.lm.likelihood import likeliest
from tests.lm.test_beam import logprob
from tests.tiny_models import load_tiny_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return load_tiny_engine(tmp_path_factory.mktemp("likelihood"), "fp32")


@pytest.mark.parametrize("tokens", [1, 3, 9])
def test_the_likeliest_is_found(engine: Engine, tokens: int) -> None:
    random = np.random.default_rng(tokens)
    for _ in range(6):
        prompt = random.integers(3, 259, 7).tolist()
        ways = [random.integers(3, 259, n).tolist() for n in (4, 6, 5)]
        count = min(tokens, 4)
        wanted = int(np.argmax([logprob(engine, prompt, way[:count]) for way in ways]))
        assert likeliest(engine, prompt, ways, tokens=tokens) == wanted


def test_what_the_model_writes_is_likelier_than_chance(engine: Engine) -> None:
    prompt = [5, 80, 31]
    [(_, greedy)] = complete(engine, [Request(prompt, 4)])
    embeddings = engine.embed(prompt)
    if greedy.ids:
        assert likeliest(engine, embeddings, [[9] * len(greedy.ids), greedy.ids], tokens=4) == 1
    assert likeliest(engine, embeddings, [[9]], tokens=4) == 0
