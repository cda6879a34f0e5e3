"""The ONNX graph and engine on tiny random models of every architecture, against torch."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from programasweights.errors import ContextLengthError
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine
from programasweights.lm.weights import open_weights
from programasweights.training.reference import ReferenceModel
from tests.tiny_models import save_tiny_model

IDS = np.random.default_rng(1).integers(3, 259, 40).tolist()


@pytest.fixture(params=["llama", "qwen2", "qwen3"], scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp(request.param) / request.param, request.param, tied=False)


@pytest.fixture(autouse=True)
def cache_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def engine(folder: Path) -> Engine:
    return load_engine(str(folder), precision="fp32")


def all_logits(engine: Engine, ids: list[int]) -> np.ndarray:
    cache = KvCache(engine.config, 1, len(ids))
    return engine.forward(cache, engine.embed(ids)[None], logits_at=range(len(ids)))[0]


def test_logits_and_kv_equal_torch(engine: Engine, folder: Path) -> None:
    reference = ReferenceModel(open_weights("safetensors", folder))
    logits, keys, values = reference.forward(IDS)
    cache = KvCache(engine.config, 1, 64)
    found = engine.forward(cache, engine.embed(IDS)[None], logits_at=range(len(IDS)))[0]
    assert np.abs(found - logits).max() < 1e-3
    found_keys, found_values = cache.read(0, 0, len(IDS))
    assert np.abs(found_keys - keys).max() < 1e-4
    assert np.abs(found_values - values).max() < 1e-4


def test_q8_logits_follow_fp32(engine: Engine, folder: Path) -> None:
    exact, rounded = all_logits(engine, IDS), all_logits(load_engine(str(folder), precision="q8"), IDS)
    assert 0 < (exact - rounded).std() < 0.08 * exact.std()


def test_cached_steps_equal_one_pass(engine: Engine) -> None:
    whole = all_logits(engine, IDS)
    cache = KvCache(engine.config, 1, 64)
    engine.forward(cache, engine.embed(IDS[:30])[None])
    steps = [engine.forward(cache, engine.embed([token])[None])[0, 0] for token in IDS[30:]]
    assert np.abs(np.stack(steps) - whole[30:]).max() < 1e-4


def test_prefill_in_pieces_equals_one_pass(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programasweights.lm.engine._PREFILL_CHUNK", 7)
    last = engine.prefill(KvCache(engine.config, 1, 64), IDS)
    assert np.abs(last - all_logits(engine, IDS)[-1]).max() < 1e-4


def test_rows_of_a_batch_are_bitwise_what_they_are_alone(engine: Engine) -> None:
    rows = [IDS[:5], IDS[3:30], IDS[10:11], IDS]
    batch = KvCache(engine.config, 4, 64)
    alone = []
    for row, ids in enumerate(rows):
        engine.prefill(batch, ids, row=row)
        cache = KvCache(engine.config, 1, 128)  # another capacity must not matter either
        engine.prefill(cache, ids)
        alone.append(engine.forward(cache, engine.embed([77])[None])[0, 0])
    together = engine.forward(batch, engine.embed([77] * 4)[:, None])[:, 0]
    assert np.array_equal(together, np.stack(alone))


def test_a_full_cache_is_an_error_and_keeps_its_length(engine: Engine) -> None:
    cache = KvCache(engine.config, 1, 8)
    engine.prefill(cache, IDS[:8])
    with pytest.raises(ContextLengthError, match="9 positions do not fit into a cache of 8"):
        engine.forward(cache, engine.embed([1])[None])
    assert cache.lengths.tolist() == [8]


def test_state_is_what_the_tokens_left_behind(engine: Engine) -> None:
    first = engine.extend_state(None, IDS[:10])
    both = engine.extend_state(first, IDS[10:25])
    assert both.positions == 25
    cache = KvCache(engine.config, 1, 64)
    cache.load(0, both)
    found = engine.forward(cache, engine.embed(IDS[25:])[None], logits_at=range(15))[0]
    assert np.abs(found - all_logits(engine, IDS)[25:]).max() < 0.05  # float16 keys and values
    assert engine.extend_state(both, []) is both


def test_a_row_that_was_moved_goes_on_as_before(engine: Engine) -> None:
    cache = KvCache(engine.config, 2, 64)
    engine.prefill(cache, IDS[:9], row=1)
    cache.move(1, 0)
    found = engine.forward(cache, engine.embed([IDS[9]])[None])[0, 0]
    assert np.abs(found - all_logits(engine, IDS[:10])[-1]).max() < 1e-4


def test_loading_a_state_twice_restores_the_row(engine: Engine) -> None:
    state, other = engine.extend_state(None, IDS[:10]), engine.extend_state(None, IDS[20:26])
    cache = KvCache(engine.config, 1, 64)
    outputs = []
    for loaded in (state, state, other, state):
        cache.load(0, loaded)
        outputs.append(engine.prefill(cache, IDS[30:35]))
    assert np.array_equal(outputs[0], outputs[1])
    assert np.array_equal(outputs[0], outputs[3])
    assert not np.array_equal(outputs[0], outputs[2])


def test_one_engine_for_one_model(folder: Path) -> None:
    assert load_engine(str(folder), precision="fp32") is load_engine(str(folder), precision="fp32")
    assert load_engine(str(folder), precision="fp32") is not load_engine(str(folder), precision="q8")


def test_one_thread_computes_what_two_compute(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for threads in ("1", "2", "4"):
        monkeypatch.setenv("PAW_THREADS", threads)
        found.append(all_logits(load_engine(str(folder), precision="q8"), IDS))
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])


def test_one_model_under_two_names_keeps_both_names(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    first, second = load_engine(str(folder), precision="fp32"), load_engine(str(copy), precision="fp32")
    assert (first.model.recipe.name, second.model.recipe.name) == (str(folder), str(copy))
    assert first.model.folder == second.model.folder, "one set of weights serves both"
    np.testing.assert_array_equal(all_logits(first, IDS), all_logits(second, IDS))
