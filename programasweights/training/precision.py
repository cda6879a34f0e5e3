"""Which number type a processor multiplies fast."""

import torch

from programasweights.progress import say

__all__ = ["cpu_multiplies_bfloat16", "say_if_slow"]


def cpu_multiplies_bfloat16() -> bool:
    """Whether this processor has instructions for it; without them it takes longer than float32."""
    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))


def say_if_slow(precision: str, device: str) -> None:
    """Say on stderr that another precision would be faster here, which the run does not choose by itself.

    Args:
        precision: "fp32" or "bf16".
        device: where the run computes; for GPUs nothing is said.
    """
    if precision == "bf16" and device == "cpu" and not cpu_multiplies_bfloat16():
        say(
            'This processor has no instructions for bfloat16, so steps take longer than in float32: give "precision": '
            '"fp32" in the recipe of a new run.'
        )
