"""What a recipe would take, and one step of it with random weights, without its base models.

For pairs of models that are too large to try out: sizes are counted at full depth without allocating anything;
the step runs at a depth that fits, with the models' own widths.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch

from programasweights.errors import DataError, ModelError
from programasweights.lm.config import ModelConfig
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights
from programasweights.training.batches import Batch, batch_of
from programasweights.training.config import TrainingConfig
from programasweights.training.objectives import answer_loss
from programasweights.training.prefix_model import PrefixModel
from programasweights.training.reference import empty_module
from programasweights.training.setup import Part, assemble_model, trained_parameters
from programasweights.training.throughput import batch_flops
from programasweights.training.token_file import TokenisedTask, Version

__all__ = ["KNOWN_SHAPES", "Plan", "plan", "take_random_step"]

KNOWN_SHAPES = {
    "qwen3-4b": ModelConfig(
        architecture="qwen3", layers=36, hidden_size=2560, heads=32, kv_heads=8, head_dim=128, feed_forward_size=9728,
        vocab_size=151_936, context_length=40_960, rope_theta=1e6, norm_epsilon=1e-6, tied_embeddings=True,
    ),
    "qwen3-0.6b": ModelConfig(
        architecture="qwen3", layers=28, hidden_size=1024, heads=16, kv_heads=8, head_dim=128, feed_forward_size=3072,
        vocab_size=151_936, context_length=40_960, rope_theta=1e6, norm_epsilon=1e-6, tied_embeddings=True,
    ),
}  # fmt: skip
"""Shapes of the paper's models, whose files need not be here."""


@dataclass(frozen=True)
class Plan:
    """What a recipe takes on one device."""

    trained: int
    """Parameters that are trained."""
    frozen: int
    """Parameters of both base models."""
    weights_gb: float
    """Memory of all weights, GB."""
    optimiser_gb: float
    """Memory of gradients and Adam's two moments in float32, GB."""
    step_tflops: float
    """Operations of a step, 10^12, with specs of 192 tokens and pairs of 128."""
    checkpoint_mb: float
    """Size of the exported checkpoint in float16, MB."""

    def seconds(self, tflops: float) -> float:
        """Seconds a step at so many 10^12 operations a second."""
        return self.step_tflops / tflops


def plan(config: TrainingConfig) -> Plan:
    """Count, without allocating weights.

    Raises:
        DataError: the shape of a base model is not known here.
    """
    with torch.device("meta"):
        model = _random_model(config, _shape(config.base), _shape(config.interpreter))
    trained = sum(p.numel() for group in trained_parameters(model) for p in group)
    frozen = sum(p.numel() for p in model.parameters() if not p.requires_grad)
    each = 2 if config.precision == "bf16" else 4
    step = batch_flops(
        model.compiler, model.interpreter, _batch(config, 192, 128), config.slots,
        answers=config.answer_weight > 0, discrete=config.discrete_weight > 0,
    )  # fmt: skip
    return Plan(
        trained=trained,
        frozen=frozen,
        weights_gb=round((frozen * each + trained * 4) / 1e9, 2),
        optimiser_gb=round(trained * 12 / 1e9, 2),
        step_tflops=round(step * config.accumulate / 1e12, 2),
        checkpoint_mb=round(trained * 2 / 1e6, 1),
    )


def take_random_step(config: TrainingConfig, *, layers: int, tokens: int = 24) -> float:
    """One forward and backward pass at the models' widths, `layers` deep, with random weights; returns the loss.

    Raises:
        DataError: the shape of a base model is not known here, or a gradient is missing or not finite.
    """
    torch.manual_seed(config.seed)
    shapes = [replace(_shape(name), layers=layers) for name in (config.base, config.interpreter)]
    model = _random_model(config, *shapes)
    batch = _batch(replace(config, specs=2, pairs=2), tokens, tokens)
    outcome = model(batch, answers=config.answer_weight > 0, discrete=config.discrete_weight > 0)
    loss = torch.zeros(())
    if outcome.rows is not None:
        loss = loss + config.answer_weight * answer_loss(outcome.rows)
    if outcome.discrete is not None:
        loss = loss + config.discrete_weight * outcome.discrete
    loss.backward()  # type: ignore[no-untyped-call]
    for group in trained_parameters(model):
        for parameter in group:
            if parameter.grad is not None and not bool(parameter.grad.isfinite().all()):
                raise DataError("a gradient is not finite; this recipe cannot be trained in its precision.")
    if config.answer_weight and model.prefix.grad is None:
        raise DataError("the prefix tokens get no gradient; the parts of this recipe do not fit together.")
    return float(loss.detach())


def _shape(name: str) -> ModelConfig:
    if name in KNOWN_SHAPES:
        return KNOWN_SHAPES[name]
    try:
        files = locate(name, fetch=False)
    except ModelError as error:
        raise DataError(
            f"the shape of {name} is not known, and its files are not here ({error}); known without files: "
            f"{', '.join(KNOWN_SHAPES)}."
        ) from None
    return open_weights(files.kind, files.path).config


def _random_model(config: TrainingConfig, reads: ModelConfig, runs: ModelConfig) -> PrefixModel:
    kind = torch.bfloat16 if config.precision == "bf16" else torch.float32
    parts = [
        Part(shape, empty_module(shape, kind), tuple(range(config.slots - 1)), 0) for shape in (reads, runs)
    ]
    return assemble_model(config, *parts)


def _batch(config: TrainingConfig, spec: int, pair: int) -> Batch:
    """Specs of `spec` tokens with pairs of `pair` tokens, an eighth of them the answer's; the ids are arbitrary."""
    with torch.device("cpu"):
        ids = np.arange(spec, dtype=np.int64)
        answer = max(pair // 8, 1)
        start = spec // 2 if config.discrete_weight else spec
        version = Version(ids, start, ids)
        given = np.arange(pair - answer, dtype=np.int64), np.arange(answer, dtype=np.int64)
        task = TokenisedTask((version,), (given,) * config.pairs, "random")
        return batch_of([task] * config.specs, config.pairs, show_program=config.show_program)
