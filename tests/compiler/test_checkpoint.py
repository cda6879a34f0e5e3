"""Compiler checkpoints: good ones load, bad ones say what is wrong."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from programasweights.compiler.checkpoint import CHECKPOINT_CONFIG, CHECKPOINT_TENSORS, load_checkpoint
from programasweights.errors import CheckpointError

CONFIG: dict[str, Any] = {
    "base": "some-model",
    "base_digest": "a" * 64,
    "interpreter_digest": "b" * 64,
    "slots": 4,
    "discrete": "spec",
    "kv_map": "identity",
    "layers": [0, 1],
}
PREFIX = {"prefix_tokens": np.ones((3, 8), np.float32)}
LORA = {"lora.x.a": np.ones((2, 8), np.float16), "lora.x.b": np.ones((6, 2), np.float16)}


def kv_map(inputs: int = 6, inner: int = 5, outputs: int = 6) -> dict[str, Any]:
    shapes = {"w1": (inner, inputs), "b1": (inner,), "w2": (outputs, inner), "b2": (outputs,)}
    return {f"kv_map.{n}.{part}": np.ones(s, np.float32) for n in range(2) for part, s in shapes.items()}


def write(folder: Path, tensors: dict[str, Any], **changes: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / CHECKPOINT_CONFIG).write_text(json.dumps(CONFIG | changes))
    save_file(tensors, folder / CHECKPOINT_TENSORS)
    return folder


def test_identity(tmp_path: Path) -> None:
    loaded = load_checkpoint(write(tmp_path / "c", PREFIX))
    assert loaded.maps is None
    assert loaded.lora == {}
    assert loaded.lora_digest is None
    np.testing.assert_array_equal(loaded.prefix_tokens, PREFIX["prefix_tokens"])


@pytest.mark.parametrize("kind", ["residual_mlp", "mlp"])
def test_maps(tmp_path: Path, kind: str) -> None:
    loaded = load_checkpoint(write(tmp_path / "c", PREFIX | kv_map(), kv_map=kind))
    assert loaded.maps is not None
    assert [m.residual for m in loaded.maps] == [kind == "residual_mlp"] * 2


def test_float16_tensors_become_float32(tmp_path: Path) -> None:
    half = {name: array.astype(np.float16) for name, array in (PREFIX | kv_map()).items()}
    loaded = load_checkpoint(write(tmp_path / "c", half, kv_map="mlp"))
    assert loaded.maps is not None
    kinds = {a.dtype for m in loaded.maps for a in (loaded.prefix_tokens, m.w1, m.b1, m.w2, m.b2)}
    assert kinds == {np.dtype(np.float32)}


def test_every_map_and_lora_stands_where_its_name_says(tmp_path: Path) -> None:
    maps = {name: array * index for index, (name, array) in enumerate(kv_map(inner=4).items(), 1)}
    loaded = load_checkpoint(
        write(tmp_path / "c", PREFIX | maps | LORA | {"lora.x.b": LORA["lora.x.b"] * 3},
              kv_map="residual_mlp", lora_scale=2.0)
    )  # fmt: skip
    assert loaded.maps is not None
    found = [float(a.flat[0]) for m in loaded.maps for a in (m.w1, m.b1, m.w2, m.b2)]
    assert found == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (loaded.lora["x"].a[0, 0], loaded.lora["x"].b[0, 0]) == (1, 3)


def test_lora(tmp_path: Path) -> None:
    loaded = load_checkpoint(write(tmp_path / "c", PREFIX | LORA, lora_scale=0.5))
    assert loaded.lora["x"].scale == 0.5
    assert loaded.lora["x"].a.dtype == np.float32
    assert loaded.lora_digest is not None


def test_digests_follow_the_content(tmp_path: Path) -> None:
    first = load_checkpoint(write(tmp_path / "1", PREFIX | LORA, lora_scale=0.5))
    same = load_checkpoint(write(tmp_path / "2", PREFIX | LORA, lora_scale=0.5))
    scaled = load_checkpoint(write(tmp_path / "3", PREFIX | LORA, lora_scale=0.25))
    moved = load_checkpoint(
        write(tmp_path / "4", {"prefix_tokens": PREFIX["prefix_tokens"] * 2} | LORA, lora_scale=0.5)
    )
    assert (first.digest, first.lora_digest) == (same.digest, same.lora_digest)
    assert len({first.digest, scaled.digest, moved.digest}) == 3
    assert first.lora_digest == moved.lora_digest != scaled.lora_digest


@pytest.mark.parametrize(
    ("tensors", "changes", "message"),
    [
        ({}, {}, "lacks prefix_tokens"),
        (PREFIX, {"slots": 5}, "has 3 rows, but 5 slots need 4"),
        (PREFIX, {"slots": 1}, "slots"),
        (PREFIX, {"surprise": 1}, "surprise"),
        (PREFIX, {"format_version": 2}, "format_version"),
        (PREFIX, {"base_digest": "A" * 64}, "base_digest"),
        ({"prefix_tokens": np.ones((3, 8), np.int8)}, {}, "int8"),
        ({"prefix_tokens": np.ones(3, np.float32)}, {}, "2 dimensions"),
        ({"prefix_tokens": np.full((3, 8), np.nan, np.float32)}, {}, "NaN"),
        ({"prefix_tokens": np.ones((3, 8), np.float64)}, {}, "float64"),
        (PREFIX | LORA | {"lora.x.a": np.full((2, 8), np.inf, np.float32)}, {"lora_scale": 1.0}, "infinite"),
        (PREFIX | kv_map() | {"kv_map.1.b2": np.full(6, np.nan, np.float32)}, {"kv_map": "mlp"}, "NaN"),
        (PREFIX, {"layers": []}, "layers"),
        (PREFIX, {"layers": [-1]}, "layers.0"),
        (PREFIX, {"kv_map": "linear"}, "kv_map"),
        (PREFIX | LORA, {"lora_scale": float("inf")}, "lora_scale.*finite"),
        (PREFIX | LORA, {"lora_scale": 0.0}, "lora_scale.*greater than 0"),
        (PREFIX | {"lora.x.b": LORA["lora.x.b"]}, {"lora_scale": 1.0}, "lora_scale"),
        (PREFIX | kv_map(), {}, "unknown tensors: kv_map.0.b1"),
        (PREFIX | {"more": np.ones(1, np.float32)}, {}, "unknown tensors: more"),
        (PREFIX | LORA, {}, "lora_scale"),
        (PREFIX, {"lora_scale": 1.0}, "lora_scale"),
        (PREFIX | LORA | {"lora.x.b": np.ones((6, 3), np.float16)}, {"lora_scale": 1.0}, "ranks 2 and 3"),
        (PREFIX | {"lora.x.a": LORA["lora.x.a"]}, {"lora_scale": 1.0}, "lacks lora.x.b"),
        (PREFIX, {"kv_map": "mlp"}, "lacks kv_map.0.w1"),
        (PREFIX | kv_map(outputs=7), {"kv_map": "residual_mlp"}, "residual, but maps 6 numbers to 7"),
        (PREFIX | kv_map() | {"kv_map.1.b1": np.ones(4, np.float32)}, {"kv_map": "mlp"}, "do not fit"),
    ],
)
def test_bad_checkpoints(
    tmp_path: Path, tensors: dict[str, Any], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(CheckpointError, match=message):
        load_checkpoint(write(tmp_path / "c", tensors, **changes))


def test_missing_and_damaged_files(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_checkpoint(tmp_path)
    folder = write(tmp_path / "c", PREFIX)
    whole = (folder / CHECKPOINT_TENSORS).read_bytes()
    for size in (0, 7, 40, len(whole) - 1):
        (folder / CHECKPOINT_TENSORS).write_bytes(whole[:size])
        with pytest.raises(CheckpointError, match="safetensors"):
            load_checkpoint(folder)
    (folder / CHECKPOINT_TENSORS).unlink()
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_checkpoint(folder)
    (folder / CHECKPOINT_CONFIG).write_text("{not json")
    with pytest.raises(CheckpointError, match="not a compiler checkpoint's config"):
        load_checkpoint(folder)


@pytest.mark.parametrize("kind", ["BF16", "F8_E4M3"])
def test_types_that_numpy_lacks_are_refused(tmp_path: Path, kind: str) -> None:
    folder = write(tmp_path / "c", PREFIX)
    size = {"BF16": 48, "F8_E4M3": 24}[kind]
    header = json.dumps({"prefix_tokens": {"dtype": kind, "shape": [3, 8], "data_offsets": [0, size]}})
    data = len(header).to_bytes(8, "little") + header.encode() + bytes(size)
    (folder / CHECKPOINT_TENSORS).write_bytes(data)
    # Where some package has taught numpy the type, it is refused one step later.
    with pytest.raises(
        CheckpointError, match=r"not a usable safetensors file|float32 or float16 .* is expected"
    ):
        load_checkpoint(folder)


def test_a_config_that_lacks_a_field_names_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "c", PREFIX)
    for field in CONFIG:
        rest = {name: value for name, value in CONFIG.items() if name != field}
        (folder / CHECKPOINT_CONFIG).write_text(json.dumps(rest))
        with pytest.raises(CheckpointError, match=f"config, {field}: Field required"):
            load_checkpoint(folder)
