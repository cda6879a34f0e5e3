"""A LoRA given with a pass must do what the same LoRA does merged into the weights."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from programasweights.lm.decoding import Request, complete, complete_polled
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine
from programasweights.lm.lora import LORA_FACTOR, SITES, PackedLora, module_sizes, pack_lora, site_sizes
from programasweights.lm.weights import LoraDelta, layer_tensor
from tests.tiny_models import save_tiny_model

IDS = list(range(3, 60))
ALL = [module for modules in SITES.values() for module in modules]


@pytest.fixture(scope="module", params=["llama", "qwen2", "qwen3"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("lora") / "model", request.param, seed=9)


@pytest.fixture(autouse=True)
def use_cache_dir(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(folder.parent / "cache"))


def parts(engine: Engine, modules: list[str], *, seed: int = 0, rank: int = 3) -> dict[str, tuple[Any, Any]]:
    random = np.random.default_rng(seed)
    found = {}
    for module in modules:
        outputs, inputs = module_sizes(engine.config)[module]
        a = random.normal(0, 0.2, (engine.config.layers, rank, inputs)).astype(np.float16)
        found[module] = a, random.normal(0, 0.2, (engine.config.layers, outputs, rank)).astype(np.float16)
    return found


def logits(engine: Engine, lora: PackedLora | None = None) -> Any:
    cache = KvCache(engine.config, 1, len(IDS))
    return engine.forward(cache, engine.embed(IDS)[None], lora=lora, logits_at=range(len(IDS)))[0]


@pytest.mark.parametrize(
    "modules", [[module] for module in ALL] + [ALL, ["self_attn.q_proj", "self_attn.v_proj"]]
)
def test_it_is_the_merged_model(folder: Path, modules: list[str]) -> None:
    engine = load_engine(str(folder), precision="fp32")
    given = parts(engine, modules)
    deltas = {
        layer_tensor(layer, module): LoraDelta(a[layer].astype(np.float32), b[layer].astype(np.float32), 1.0)
        for module, (a, b) in given.items()
        for layer in range(engine.config.layers)
    }
    merged = load_engine(str(folder), precision="fp32", adapter="-".join(modules), deltas=deltas)
    wanted = logits(merged)
    np.testing.assert_allclose(logits(engine, pack_lora(engine.config, given)), wanted, atol=1e-3)
    assert np.abs(logits(engine) - wanted).max() > 0.05


def test_sites_stand_side_by_side(folder: Path) -> None:
    engine = load_engine(str(folder), precision="fp32")
    packed = pack_lora(engine.config, parts(engine, ALL, rank=2))
    assert set(packed.down) == set(SITES)
    for site, modules in SITES.items():
        outputs, inputs = site_sizes(engine.config, site)
        assert packed.down[site].shape == (2, 1, inputs, 2 * len(modules))
        assert packed.up[site].shape == (2, 2 * len(modules), outputs)
    keys = module_sizes(engine.config)["self_attn.k_proj"][0]
    start = module_sizes(engine.config)["self_attn.q_proj"][0]
    own = packed.up["qkv"][:, 2:4]
    assert np.abs(own[:, :, start : start + keys]).min() > 0
    assert not own[:, :, :start].any()
    assert not own[:, :, start + keys :].any()
    assert packed.nbytes == sum(a.nbytes for part in (packed.down, packed.up) for a in part.values())


def test_columns_stand_in_groups_that_threads_do_not_share(folder: Path) -> None:
    engine = load_engine(str(folder), precision="fp32")
    given = parts(engine, ALL, rank=7)
    packed = pack_lora(engine.config, given)
    groups = {site: array.shape[1] for site, array in packed.down.items()}
    assert groups == {"qkv": 2, "out": 1, "gate_up": 1, "down": 1}
    for site, array in packed.down.items():
        assert array.shape[3] <= 16
        joined = np.concatenate(array.transpose(1, 0, 2, 3), axis=2)
        wanted = np.concatenate([given[module][0] for module in SITES[site]], axis=1).transpose(0, 2, 1)
        assert packed.up[site].shape[1] == joined.shape[2] >= wanted.shape[2]
        np.testing.assert_array_equal(
            joined[:, :, : wanted.shape[2]], wanted.astype(np.float32) / LORA_FACTOR
        )
        assert not joined[:, :, wanted.shape[2] :].any()


def test_rows_of_one_lora_share_passes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = load_engine(str(folder), precision="q8")
    loras = [pack_lora(engine.config, parts(engine, ALL, seed=seed)) for seed in (1, 2)]
    requests = [Request(IDS[: 1 + n], 3 + n % 4, lora=loras[n % 2]) for n in range(8)]
    passes: list[tuple[int, int]] = []
    forward = engine.forward

    def counted(cache: Any, embeddings: Any, **rest: Any) -> Any:
        if len(passes) < 1000 and embeddings.shape[1] == 1 and cache.lengths.max() > 0:
            passes.append((embeddings.shape[0], id(rest["lora"])))
        return forward(cache, embeddings, **rest)

    monkeypatch.setattr(engine, "forward", counted)
    cache, waiting = KvCache(engine.config, 8, 80), iter(enumerate(requests))
    done = sorted(complete_polled(engine, cache, lambda: next(waiting, None)))
    monkeypatch.setattr(engine, "forward", forward)
    longest = max(len(completion.ids) for _, completion in done)
    assert max(rows for rows, _ in passes) == 4
    assert len(passes) <= 2 * longest  # though rows of both came in turn, and ended at different times
    alone = [next(complete(engine, [request]))[1] for request in requests]
    assert [completion for _, completion in done] == alone


def test_programs_of_several_loras_decode_together_as_if_alone(folder: Path) -> None:
    engine = load_engine(str(folder), precision="q8")
    loras = [
        None,
        *(pack_lora(engine.config, parts(engine, ALL, seed=seed, rank=1 + seed)) for seed in (1, 2)),
    ]
    random = np.random.default_rng(1)
    prompts = [random.integers(3, 259, 1 + n % 20).tolist() for n in range(24)]
    requests = [
        Request(ids, 4 + n % 9, engine.extend_state(None, IDS[:9], lora=loras[n % 3]), lora=loras[n % 3])
        for n, ids in enumerate(prompts)
    ]
    alone = [next(complete(engine, [request]))[1] for request in requests]
    assert len({completion.ids for completion in alone}) > 16
    for rows in (2, 7, 16):
        assert [done for _, done in sorted(complete(engine, requests, rows=rows))] == alone


def test_hidden_states_are_what_the_logits_are_made_from(folder: Path) -> None:
    engine = load_engine(str(folder), precision="fp32")
    cache = KvCache(engine.config, 1, len(IDS))
    states = engine.forward(cache, engine.embed(IDS)[None], logits_at=range(len(IDS)), output="hidden")[0]
    assert states.shape == (len(IDS), engine.config.hidden_size)
    head = engine.embed(list(range(engine.config.vocab_size)))
    np.testing.assert_allclose(states @ head.T, logits(engine), atol=1e-3)
