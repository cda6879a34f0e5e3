"""The checkpoint that comes with the package: it is small, described, and does in the engine what it did in torch."""

from pathlib import Path

import numpy as np
import pytest
import torch

import programasweights as paw
from programasweights.compiler import DEFAULT_COMPILER, get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.compiler.checkpoint import CHECKPOINT_TENSORS, load_checkpoint
from programasweights.compiler.default import SHIPPED, SHIPPED_PICTURES, DefaultCompiler
from programasweights.compiler.lora_basis import mix_lora
from programasweights.compiler.neural import compiler_ids, read_prefix, write_slots
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.spec import Spec
from programasweights.training.batches import batch_of
from programasweights.training.config import TrainingConfig
from programasweights.training.setup import build_model, load_exported
from programasweights.training.token_file import TokenisedTask, Version
from tests.tiny_models import save_tiny_model

SPEC = Spec.make("Decide whether the message needs an answer today. Answer yes or no.")


def test_it_is_small_and_has_a_card() -> None:
    text = [path for path in SHIPPED.iterdir() if path != SHIPPED_PICTURES]
    assert sum(path.stat().st_size for path in text) <= 24 * 10**6
    card = (SHIPPED / "CARD.md").read_text("utf-8")
    for heading in ("Data", "Licence", "Numbers", "Limits"):
        assert f"## {heading}" in card
    assert load_checkpoint(SHIPPED).digest is not None


def test_it_is_the_default_where_it_fits_and_only_there(q8_engine: Engine, tmp_path: Path) -> None:
    compiler = get_compiler(None)
    assert isinstance(compiler, DefaultCompiler)
    assert DEFAULT_COMPILER == "default"
    program = compiler.compile(SPEC, q8_engine, CompileOptions())
    assert program.behaviour.compiler.name == "neural"
    assert program.behaviour.compiler.checkpoint == load_checkpoint(SHIPPED).digest
    tiny = save_tiny_model(tmp_path / "tiny", "llama")
    other = paw.compile("Say yes.", interpreter=str(tiny), max_new_tokens=2)
    assert other.program.behaviour.compiler.name == "prompted"


def test_the_engine_writes_the_slots_and_the_lora_that_torch_writes(fp32_engine: Engine) -> None:
    checkpoint = load_checkpoint(SHIPPED)
    config = checkpoint.config
    assert config.base == DEFAULT_MODEL
    exported = load_exported(SHIPPED)
    model = build_model(TrainingConfig(**exported.shape))
    own = dict(model.named_parameters())
    with torch.no_grad():
        for name, value in exported.tensors.items():
            own[name].copy_(value)
    engine = load_engine(
        config.base, precision="fp32", adapter=checkpoint.lora_digest, deltas=checkpoint.lora
    )
    ids = compiler_ids(engine, SPEC, SPEC.as_text())
    one = np.array([1])
    task = TokenisedTask((Version(np.array(ids), len(ids), np.array(ids)),), ((one, one),), "g")
    with torch.no_grad():
        written = model.write(model.read(batch_of([task], 1)))
    slots, adapter = written.slots, written.adapter
    assert slots is not None
    reading = read_prefix(checkpoint, engine, fp32_engine, engine.embed(ids))
    keys, values = write_slots(checkpoint, reading, fp32_engine)
    scale = float(np.abs(keys).max())
    assert np.abs(torch.stack(slots.keys)[:, 0].numpy() - keys).max() < 1e-3 * scale
    np.testing.assert_allclose(torch.stack(slots.values)[:, 0].numpy(), values, atol=5e-3)
    assert (SHIPPED / CHECKPOINT_TENSORS).exists()
    assert pytest.approx(1.0) == float(
        np.corrcoef(keys.ravel(), torch.stack(slots.keys)[:, 0].numpy().ravel())[0, 1]
    )
    assert adapter is not None
    assert checkpoint.basis is not None
    lora = mix_lora(checkpoint.basis, reading.states)
    assert len(adapter.parts) == 30 * len(lora)
    for name, (a, b) in adapter.parts.items():
        _, _, layer, module = name.split(".", 3)
        for mine, torchs in zip(lora[module], (a, b), strict=True):
            np.testing.assert_allclose(mine[int(layer)], torchs[0].numpy(), atol=2e-3)
