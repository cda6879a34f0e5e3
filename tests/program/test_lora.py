"""The LoRA of a program: what it holds, and what it refuses."""

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from programasweights.errors import PawFileError, ProgramError
from programasweights.program import Lora, Program, from_bytes, to_bytes
from tests.program.make_golden import golden_lora, golden_program

Parts = dict[str, Any]


def parts() -> Parts:
    return dict(golden_lora().stored)


def test_sizes_and_parts() -> None:
    lora = golden_lora()
    assert (lora.layers, lora.rank) == (2, 3)
    assert lora.modules == {"mlp.down_proj": (6, 5), "self_attn.q_proj": (4, 6)}
    assert lora.nbytes == 2 * (2 * 3 * (5 + 6) + 2 * 3 * (6 + 4))
    a, b = lora.parts["self_attn.q_proj"]
    assert (a.shape, b.shape) == ((2, 3, 6), (2, 4, 3))


def test_it_is_a_value() -> None:
    lora, same = golden_lora(), golden_lora()
    assert lora == same
    assert hash(lora) == hash(same)
    assert lora == pickle.loads(pickle.dumps(lora))  # noqa: S301
    changed = parts()
    changed["mlp.down_proj.a"] = -changed["mlp.down_proj.a"]
    assert lora != Lora(changed)
    with pytest.raises(ValueError, match="read-only"):
        lora.stored["mlp.down_proj.a"][0, 0, 0] = 1


def other_rank(found: Parts) -> None:
    found["self_attn.q_proj.a"] = np.zeros((2, 4, 6), np.float16)


def other_layers(found: Parts) -> None:
    found["self_attn.q_proj.a"] = np.zeros((3, 3, 6), np.float16)


def other_type(found: Parts) -> None:
    found["self_attn.q_proj.a"] = found["self_attn.q_proj.a"].astype(np.float32)


def not_finite(found: Parts) -> None:
    bad = found["self_attn.q_proj.b"].copy()
    bad[1, 2, 0] = np.nan
    found["self_attn.q_proj.b"] = bad


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda found: found.clear(), "needs parts"),
        (lambda found: found.pop("self_attn.q_proj.b"), "come in pairs"),
        (lambda found: found.update({"x.c": found["self_attn.q_proj.a"]}), "come in pairs"),
        (lambda found: found.update({"x.b": found.pop("self_attn.q_proj.b")}), "come in pairs"),
        (
            lambda found: found.update({"self_attn.q_proj.a": np.zeros((2, 0, 6), np.float16)}),
            "none of them 0",
        ),
        (other_rank, "do not fit together"),
        (other_layers, "do not fit together"),
        (other_type, "do not fit together"),
        (not_finite, "NaN or infinite"),
    ],
)
def test_what_is_no_lora(change: Callable[[Parts], object], message: str) -> None:
    found = parts()
    change(found)
    with pytest.raises(ProgramError, match=message):
        Lora(found)


def test_a_program_and_its_lora_must_agree() -> None:
    program = golden_program(None, golden_lora())
    with pytest.raises(ProgramError, match="has the tensors"):
        Program(program.behaviour, program.record)
    with pytest.raises(ProgramError, match="has the tensors"):
        Program(golden_program(None).behaviour, program.record, lora=golden_lora())


def test_every_flipped_bit_is_seen() -> None:
    data = to_bytes(golden_program(None, golden_lora()))
    payload = golden_lora().nbytes
    for place in range(len(data) - payload, len(data)):
        for bit in range(8):
            forged = bytearray(data)
            forged[place] ^= 1 << bit
            with pytest.raises(PawFileError, match=r"altered or damaged|NaN or infinite"):
                from_bytes(bytes(forged))


@pytest.mark.parametrize(
    "lora",
    [
        {"rank": 1024, "modules": {"self_attn.q_proj": [65_536, 65_536]}},
        {"rank": 3, "modules": {"self_attn.q_proj": [4, 6]}},
        {"rank": 3, "modules": {"mlp.down_proj": [6, 5], "self_attn.k_proj": [4, 6]}},
        {"rank": 2, "modules": {"mlp.down_proj": [6, 5], "self_attn.q_proj": [4, 6]}},
    ],
)
def test_a_stated_size_that_is_not_there(lora: Parts, edit_manifest: Callable[..., bytes]) -> None:
    program = golden_program(None, golden_lora())
    with pytest.raises(PawFileError, match="its manifest asks for"):
        from_bytes(edit_manifest(program, lambda document: document["behaviour"].update(lora=lora)))
