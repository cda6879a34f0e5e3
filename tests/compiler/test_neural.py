"""The neural compiler's inference path, against torch and against itself."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from programasweights.compiler.base import CompileOptions
from programasweights.compiler.checkpoint import Checkpoint
from programasweights.compiler.kv_map import LayerMap, map_slots
from programasweights.compiler.neural import NeuralCompiler, compiler_ids, untrained
from programasweights.compiler.rotation import rotate_keys
from programasweights.errors import CheckpointError
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine
from programasweights.lm.weights import LoraDelta, MergedWeights, layer_tensor, open_weights
from programasweights.spec import Spec
from programasweights.training.reference import ReferenceModel
from tests.compiler.slots import slots_of
from tests.tiny_models import save_tiny_model

SPEC = Spec.make("Write the opposite.", [("big", "small")])


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("neural")


@pytest.fixture(autouse=True)
def use_cache_dir(cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(cache_dir / "cache"))


@pytest.fixture
def interpreter(cache_dir: Path) -> Engine:
    folder = cache_dir / "interpreter"
    return load_engine(str(folder if folder.exists() else save_tiny_model(folder, "llama")), precision="fp32")


@pytest.fixture
def compiler_folder(cache_dir: Path) -> Path:
    folder = cache_dir / "compiler"
    return folder if folder.exists() else save_tiny_model(folder, "qwen3", seed=7)


def test_identity_start_writes_kv_of_the_prefix_tokens_moved_to_the_front(interpreter: Engine) -> None:
    program = NeuralCompiler().compile(SPEC, interpreter, CompileOptions())
    assert program.prefix is not None
    assert program.prefix.slots == 64
    assert program.behaviour.pseudo_program == SPEC.as_text()
    start = untrained(interpreter)
    ids = compiler_ids(interpreter, SPEC, SPEC.as_text())
    cache = KvCache(interpreter.config, 1, len(ids) + 63)
    interpreter.prefill(cache, ids)
    interpreter.forward(cache, start.prefix_tokens[None])
    keys, values = cache.read(0, len(ids), len(ids) + 63)
    moved = rotate_keys(keys, np.full(63, 1 - len(ids)), interpreter.config.rope_theta)
    np.testing.assert_allclose(program.prefix.keys[:, :, 1:], moved, atol=5e-3)
    np.testing.assert_allclose(program.prefix.values[:, :, 1:], values, atol=5e-3)


def test_slot_0_is_the_attention_sink(interpreter: Engine) -> None:
    program = NeuralCompiler().compile(SPEC, interpreter, CompileOptions())
    assert program.prefix is not None
    sink = interpreter.extend_state(None, interpreter.tokenizer.template_ids("<|im_start|>"))
    np.testing.assert_array_equal(program.prefix.keys[:, :, :1], sink.keys)
    np.testing.assert_array_equal(program.prefix.values[:, :, :1], sink.values)


def test_the_spec_is_in_the_slots(interpreter: Engine) -> None:
    first, second = (
        NeuralCompiler().compile(Spec.make(text), interpreter, CompileOptions()).prefix
        for text in ("One.", "Two!")
    )
    assert first is not None
    assert second is not None
    assert np.abs(first.keys[:, :, 1:].astype(float) - second.keys[:, :, 1:]).max() > 0.01


def test_a_residual_map_of_zeros_is_the_identity(interpreter: Engine) -> None:
    width = 2 * interpreter.config.kv_heads * interpreter.config.head_dim
    zeros = [np.zeros(shape, np.float32) for shape in ((3, width), (3,), (width, 3), (width,))]
    start = untrained(interpreter)
    mapped = replace(start, maps=(LayerMap(*zeros, residual=True),) * interpreter.config.layers)
    ids = compiler_ids(interpreter, SPEC, SPEC.as_text())
    for found, expected in zip(
        slots_of(mapped, interpreter, interpreter, ids),
        slots_of(start, interpreter, interpreter, ids),
        strict=True,
    ):
        np.testing.assert_allclose(found, expected, atol=1e-6)


def random_checkpoint(engine: Engine, interpreter: Engine, compiler_folder: Path) -> Checkpoint:
    """Another architecture as compiler, with LoRA and an MLP, all at random."""
    random = np.random.default_rng(3)
    reads, runs = engine.config, interpreter.config
    into, out = 2 * reads.kv_heads * reads.head_dim, 2 * runs.kv_heads * runs.head_dim
    shapes = ((9, into), (9,), (out, 9), (out,))
    maps = tuple(
        LayerMap(*(random.normal(0, 0.2, s).astype(np.float32) for s in shapes), residual=False)
        for _ in range(runs.layers)
    )
    lora = {
        layer_tensor(layer, part): LoraDelta(
            random.normal(0, 0.2, (2, columns)).astype(np.float32),
            random.normal(0, 0.2, (rows, 2)).astype(np.float32),
            0.7,
        )
        for layer in range(2)
        for part, rows, columns in (("self_attn.q_proj", 128, 64), ("mlp.down_proj", 64, 112))
    }
    start = untrained(interpreter, slots=12)
    config = start.config.model_copy(
        update={
            "base": str(compiler_folder),
            "base_digest": engine.model.recipe.digest,
            "kv_map": "mlp",
            "layers": [1, 0],
        }
    )
    prefix = random.normal(0, 0.3, (11, reads.hidden_size)).astype(np.float32)
    return Checkpoint(config, prefix, maps, lora, "c" * 64, "d" * 64)


def test_slots_equal_torch_for_another_architecture_with_lora(
    interpreter: Engine, compiler_folder: Path
) -> None:
    plain = load_engine(str(compiler_folder), precision="fp32")
    checkpoint = random_checkpoint(plain, interpreter, compiler_folder)
    compiler = NeuralCompiler(checkpoint)
    engine = compiler.engine(checkpoint, interpreter)
    assert engine is not plain
    ids = compiler_ids(engine, SPEC, SPEC.as_text())
    found_keys, found_values = slots_of(checkpoint, engine, interpreter, ids)

    reference = ReferenceModel(MergedWeights(open_weights("safetensors", compiler_folder), checkpoint.lora))
    _, keys, values = reference.forward(ids)
    _, keys, values = reference.forward(embeddings=checkpoint.prefix_tokens, past=(keys, values))
    keys, values = keys[:, :, len(ids) :], values[:, :, len(ids) :]
    unturned = rotate_keys(keys, -np.arange(len(ids), len(ids) + 11), reference.config.rope_theta)
    mapped = map_slots(
        unturned, values.astype(np.float64), checkpoint.maps, (1, 0), interpreter.config.kv_shape
    )
    turned = rotate_keys(mapped[0], np.arange(1, 12), interpreter.config.rope_theta)
    np.testing.assert_allclose(found_keys[:, :, 1:], turned, atol=1e-3)
    np.testing.assert_allclose(found_values[:, :, 1:], mapped[1], atol=1e-3)
    program = compiler.compile(SPEC, interpreter, CompileOptions(storage="int8"))
    assert program.behaviour.compiler.checkpoint == "c" * 64
    assert program.behaviour.prefix.slots == 12


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"interpreter_digest": "e" * 64}, "writes programs for an interpreter with weights eeeeeeeeeeee"),
        ({"base_digest": "e" * 64}, "was trained on"),
        ({"layers": [0, 5]}, "maps compiler layers"),
        ({"layers": [0]}, "maps compiler layers"),
        ({"kv_map": "identity"}, "the KV map takes and gives"),
    ],
)
def test_checkpoints_for_other_models_are_refused(
    interpreter: Engine, compiler_folder: Path, change: dict[str, object], message: str
) -> None:
    plain = load_engine(str(compiler_folder), precision="fp32")
    checkpoint = random_checkpoint(plain, interpreter, compiler_folder)
    maps = None if "kv_map" in change else checkpoint.maps
    bad = replace(checkpoint, config=checkpoint.config.model_copy(update=change), maps=maps)
    with pytest.raises(CheckpointError, match=message):
        NeuralCompiler(bad).compile(SPEC, interpreter, CompileOptions())


def test_prefix_tokens_of_another_width_are_refused(interpreter: Engine) -> None:
    start = untrained(interpreter)
    with pytest.raises(CheckpointError, match="prefix_tokens are 7 wide, the compiler's model is 64"):
        slots_of(replace(start, prefix_tokens=np.ones((63, 7), np.float32)), interpreter, interpreter, [3, 4])
