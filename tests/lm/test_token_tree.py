"""Branches read in one pass against each branch read alone."""

from pathlib import Path

import numpy as np
import pytest

from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine
from programasweights.lm.token_tree import branches
from tests.tiny_models import save_tiny_model

TEXT = list(range(3, 40))
PARENTS = [-1, 0, 1, 0, -1, 4, 3]
TOKENS = [50, 51, 52, 53, 54, 55, 56]


@pytest.fixture(scope="module", params=["llama", "qwen3"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("tree") / "model", request.param, seed=4)


@pytest.fixture
def engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("PAW_CACHE_DIR", str(folder.parent / "cache"))
    return load_engine(str(folder), precision="fp32")


def test_what_a_token_sees() -> None:
    places, bias = branches([-1, 0, 0, 2], 2)
    assert places.tolist() == [[2, 3, 3, 4]]
    assert bias.shape == (1, 1, 4, 6)
    assert (bias[0, 0] == 0).astype(int).tolist() == [
        [1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 0],
        [1, 1, 1, 0, 1, 0],
        [1, 1, 1, 0, 1, 1],
    ]
    assert np.isneginf(bias[bias != 0]).all()


def branch(token: int) -> list[int]:
    """The tokens from the text to this one."""
    parent = PARENTS[token]
    return [*([] if parent < 0 else branch(parent)), TOKENS[token]]


def test_a_branch_is_what_it_is_alone(engine: Engine) -> None:
    cache = KvCache(engine.config, 1, len(TEXT) + len(TOKENS))
    engine.prefill(cache, TEXT)
    places = range(len(TOKENS))
    found = engine.forward(cache, engine.embed(TOKENS)[None], parents=PARENTS, logits_at=places)[0]
    in_a_row = []
    for token, mine in enumerate(found):
        alone = KvCache(engine.config, 1, len(TEXT) + len(TOKENS))
        np.testing.assert_allclose(engine.prefill(alone, [*TEXT, *branch(token)]), mine, atol=1e-4)
        alone.lengths[0] = 0
        in_a_row.append(np.abs(engine.prefill(alone, [*TEXT, *TOKENS[: token + 1]]) - mine).max())
    assert max(in_a_row[:3]) < 1e-4
    assert min(in_a_row[3:]) > 1e-2


def test_a_tree_may_begin_in_the_same_pass_as_the_text(engine: Engine) -> None:
    before, count = TEXT[:5], len(TEXT) - 5
    cache = KvCache(engine.config, 1, len(TEXT) + len(TOKENS))
    engine.prefill(cache, before)
    parents = [*range(-1, count - 1), *(count + parent if parent >= 0 else count - 1 for parent in PARENTS)]
    ids, last = [*TEXT[5:], *TOKENS], range(count, count + len(TOKENS))
    found = engine.forward(cache, engine.embed(ids)[None], parents=parents, logits_at=last)[0]
    for token, mine in enumerate(found):
        alone = KvCache(engine.config, 1, len(TEXT) + len(TOKENS))
        np.testing.assert_allclose(engine.prefill(alone, [*TEXT, *branch(token)]), mine, atol=1e-4)
