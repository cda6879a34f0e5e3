"""The neural compiler on the default model, against torch."""

import hashlib

import numpy as np
import pytest

from programasweights.compiler.base import CompileOptions
from programasweights.compiler.checkpoint import Checkpoint, CheckpointConfig
from programasweights.compiler.kv_map import LayerMap, map_slots
from programasweights.compiler.neural import NeuralCompiler, compiler_ids, untrained
from programasweights.compiler.rotation import rotate_keys
from programasweights.errors import CheckpointError
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.lm.sources import locate
from programasweights.lm.weights import LoraDelta, MergedWeights, layer_tensor, open_weights
from programasweights.program import to_bytes
from programasweights.spec import Spec
from programasweights.training.reference import ReferenceModel
from tests.compiler.slots import slots_of

pytestmark = pytest.mark.weights

SPEC = Spec.make("Write the opposite.", [("big", "small")])
WEIGHTS = {"self_attn.q_proj": (576, 576), "self_attn.v_proj": (192, 576), "mlp.down_proj": (576, 1536)}
"""Some of the default model's weights: name -> (rows, columns)."""


def random_checkpoint(interpreter: Engine, *, slots: int) -> Checkpoint:
    """Random prefix tokens of the embeddings' size, a random LoRA of rank 2, a small random residual map."""
    random = np.random.default_rng(5)
    config, digest = interpreter.config, interpreter.model.recipe.digest
    width = 2 * config.kv_heads * config.head_dim
    shapes = ((8, width), (8,), (width, 8), (width,))
    maps = tuple(
        LayerMap(*(random.normal(0, 0.05, s).astype(np.float32) for s in shapes), residual=True)
        for _ in range(config.layers)
    )
    lora = {
        layer_tensor(layer, part): LoraDelta(
            random.normal(0, 0.1, (2, columns)).astype(np.float32),
            random.normal(0, 0.1, (rows, 2)).astype(np.float32),
            0.5,
        )
        for layer in (0, 11, 29)
        for part, (rows, columns) in WEIGHTS.items()
    }
    settings = CheckpointConfig(
        base=DEFAULT_MODEL,
        base_digest=digest,
        interpreter_digest=digest,
        slots=slots,
        discrete="spec",
        kv_map="residual_mlp",
        layers=list(range(config.layers)),
        lora_scale=0.5,
    )
    size = float(np.std(interpreter.embed(range(1000))))
    prefix = random.normal(0, size, (slots - 1, config.hidden_size)).astype(np.float32)
    # the merged weights are cached by this name, so it must follow their content
    content = b"".join(part.tobytes() for delta in lora.values() for part in (delta.a, delta.b))
    return Checkpoint(settings, prefix, maps, lora, "c" * 64, hashlib.sha256(content).hexdigest())


def test_the_identity_start_is_finite_and_the_same_every_time(q8_engine: Engine) -> None:
    first, second = (NeuralCompiler().compile(SPEC, q8_engine, CompileOptions()) for _ in range(2))
    assert first.prefix is not None
    assert first.prefix.keys.shape == first.prefix.values.shape == (30, 3, 64, 64)
    assert np.isfinite(first.prefix.keys).all()
    assert np.isfinite(first.prefix.values).all()
    assert first.id == second.id
    # files differ in the time of compilation alone
    assert to_bytes(type(first)(second.behaviour, first.record, second.prefix)) == to_bytes(first)


def test_slot_0_is_the_kv_of_the_first_token_of_a_turn(q8_engine: Engine) -> None:
    program = NeuralCompiler().compile(SPEC, q8_engine, CompileOptions())
    assert program.prefix is not None
    sink = q8_engine.extend_state(None, q8_engine.tokenizer.template_ids("<|im_start|>"))
    assert sink.positions == 1
    np.testing.assert_array_equal(program.prefix.keys[:, :, :1], sink.keys)
    np.testing.assert_array_equal(program.prefix.values[:, :, :1], sink.values)


def test_a_residual_map_whose_last_layer_is_zero_changes_nothing(q8_engine: Engine) -> None:
    start, random = untrained(q8_engine), random_checkpoint(q8_engine, slots=64)
    assert random.maps is not None
    silent = tuple(LayerMap(m.w1, m.b1, m.w2 * 0, m.b2 * 0, residual=True) for m in random.maps)
    ids = compiler_ids(q8_engine, SPEC, SPEC.as_text())
    expected = slots_of(start, q8_engine, q8_engine, ids)
    mapped = Checkpoint(random.config, start.prefix_tokens, silent, {}, None, None)
    for found, wanted in zip(slots_of(mapped, q8_engine, q8_engine, ids), expected, strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-9)


def test_slots_equal_torch_with_lora_and_random_prefix_tokens(fp32_engine: Engine) -> None:
    checkpoint = random_checkpoint(fp32_engine, slots=17)
    engine = load_engine(
        DEFAULT_MODEL, precision="fp32", adapter=checkpoint.lora_digest, deltas=checkpoint.lora
    )
    ids = compiler_ids(engine, SPEC, SPEC.as_text())
    found_keys, found_values = slots_of(checkpoint, engine, fp32_engine, ids)

    files = locate(DEFAULT_MODEL)
    base = open_weights(files.kind, files.path)
    merged = ReferenceModel(MergedWeights(base, checkpoint.lora))
    _, keys, values = merged.forward(ids)
    _, keys, values = merged.forward(embeddings=checkpoint.prefix_tokens, past=(keys, values))
    start = len(ids)
    unturned = rotate_keys(keys[:, :, start:], -np.arange(start, start + 16), merged.config.rope_theta)
    mapped_keys, mapped_values = map_slots(
        unturned,
        values[:, :, start:].astype(np.float64),
        checkpoint.maps,
        tuple(range(30)),
        merged.config.kv_shape,
    )
    turned = rotate_keys(mapped_keys, np.arange(1, 17), merged.config.rope_theta)
    assert np.abs(found_keys[:, :, 1:] - turned).max() < 2e-3
    assert np.abs(found_values[:, :, 1:] - mapped_values).max() < 2e-3
    # and the LoRA did take part
    plain_keys, _ = slots_of(checkpoint, fp32_engine, fp32_engine, ids)
    assert np.abs(plain_keys - found_keys)[:, :, 1:].max() > 0.1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"interpreter_digest": "e" * 64}, "writes programs for an interpreter with weights eeeeeeeeeeee"),
        ({"base_digest": "e" * 64}, f"was trained on {DEFAULT_MODEL} with weights eeeeeeeeeeee"),
    ],
)
def test_checkpoints_for_other_weights_are_refused(
    q8_engine: Engine, change: dict[str, str], message: str
) -> None:
    start = untrained(q8_engine)
    bad = Checkpoint(
        start.config.model_copy(update=change), start.prefix_tokens, start.maps, start.lora, None, None
    )
    with pytest.raises(CheckpointError, match=message):
        NeuralCompiler(bad).compile(SPEC, q8_engine, CompileOptions())


def test_maps_and_prefix_tokens_of_another_width_are_refused(q8_engine: Engine) -> None:
    start = untrained(q8_engine)
    narrow = np.ones((63, 575), np.float32)
    with pytest.raises(CheckpointError, match="prefix_tokens are 575 wide, the compiler's model is 576"):
        slots_of(Checkpoint(start.config, narrow, None, {}, None, None), q8_engine, q8_engine, [1])
    zeros = [np.zeros(shape, np.float32) for shape in ((2, 382), (2,), (382, 2), (382,))]
    maps = (LayerMap(*zeros, residual=True),) * 30
    with pytest.raises(CheckpointError, match=r"takes and gives \[\(382, 382\)\] .* \(384, 384\)"):
        slots_of(
            Checkpoint(start.config, start.prefix_tokens, maps, {}, None, None), q8_engine, q8_engine, [1]
        )
