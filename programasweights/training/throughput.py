"""How fast a run is, as a share of what the chip can do."""

import time

import torch
from torch import nn

from programasweights.training.batches import Batch

__all__ = ["batch_flops", "measured_peak"]


def measured_peak(
    device: torch.device, kind: torch.dtype, *, size: int = 2048, seconds: float = 0.5
) -> float:
    """Operations a second of a large matrix product on this device, the most that training could reach.

    Args:
        device: where to measure.
        kind: type of the numbers.
        size: rows and columns.
        seconds: how long to measure, about.
    """
    one = torch.randn(size, size, device=device).to(kind)
    two = torch.randn(size, size, device=device).to(kind)
    best = 0.0
    end = time.monotonic() + seconds
    while best == 0.0 or time.monotonic() < end:
        start = time.perf_counter()
        for _ in range(3):
            product = one @ two
        float(product[0, 0])
        best = max(best, 3 * 2 * size**3 / (time.perf_counter() - start))
    return best


def batch_flops(
    compiler: nn.Module, interpreter: nn.Module, batch: Batch, slots: int, *, answers: bool, discrete: bool
) -> float:
    """Operations of a step on a batch, padding and attention scores not counted.

    Forward 2 a weight and token; backward as much again, since the gradients of frozen weights are not needed.

    Args:
        compiler: reads specs, and prefix tokens if `answers`.
        interpreter: reads programs and rows if `answers`.
        batch: what they read.
        slots: M.
        answers: whether the answers' loss is computed.
        discrete: whether the discrete programs' loss is.
    """
    reads, runs, wanted = int(batch.compiler_mask.sum()), 0, 0
    if answers:
        reads += batch.compiler.shape[0] * (slots - 1)
        runs = int(batch.program_mask.sum()) + int(batch.rows_mask.sum())
        wanted = int(batch.answer_mask.sum())
    if discrete:
        wanted += int(batch.discrete_mask.sum())
    weights = [_layer_weights(model) for model in (compiler, interpreter)]
    output: int = interpreter.get_output_embeddings().weight.numel()  # type: ignore[operator]
    return 4.0 * (weights[0] * reads + weights[1] * runs + output * wanted)


def _layer_weights(model: nn.Module) -> int:
    """Weights of the linear layers between embedding and output."""
    return sum(p.numel() for name, p in model.named_parameters() if ".layers." in name and p.ndim == 2)
