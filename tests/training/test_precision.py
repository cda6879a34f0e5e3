"""A run is told when its precision is slow here; the processor is asked through torch."""

import pytest
import torch

from programasweights.training.precision import cpu_multiplies_bfloat16, say_if_slow


@pytest.mark.parametrize(
    ("can", "precision", "device", "said"),
    [
        ({}, "bf16", "cpu", True),
        ({"avx512_bf16": False, "amx_bf16": False}, "bf16", "cpu", True),
        ({"avx512_bf16": True}, "bf16", "cpu", False),
        ({"amx_bf16": True}, "bf16", "cpu", False),
        ({}, "fp32", "cpu", False),
        ({}, "bf16", "cuda:1", False),
    ],
)
def test_slow_bfloat16_is_said(
    can: dict[str, bool],
    precision: str,
    device: str,
    said: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: can)
    assert cpu_multiplies_bfloat16() is any(can.values())
    say_if_slow(precision, device)
    assert ("steps take longer than in float32" in capsys.readouterr().err) is said
