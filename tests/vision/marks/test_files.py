"""A mark reader's file: what is written is read; what is damaged is refused with its reason."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from programasweights.errors import CheckpointError
from programasweights.vision.marks.files import (
    MAX_BYTES,
    MarkConfig,
    MarkWeights,
    load_marks,
    mark_shapes,
    write_marks,
)

CONFIG = MarkConfig(
    task="smiles", properties=(("C", "N"), ("", "+")), links=("single",), widths=(2, 3, 4), depths=(1, 0, 1)
)
GOLDEN = "638243ff"
"""First digits of the digest of what `tensors()` and `CONFIG` make."""


def tensors() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(5)
    return {
        name: draw.normal(0, 1, shape).astype(np.float16) for name, shape in mark_shapes(CONFIG.shape).items()
    }


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "marks.safetensors"
    write_marks(path, CONFIG, tensors())
    read = load_marks(path)
    assert read.config == CONFIG
    assert all(np.array_equal(read.tensors[name], value) for name, value in tensors().items())
    assert read.digest == MarkWeights(CONFIG, tensors()).digest
    assert read.digest.startswith(GOLDEN)


def refused(path: Path, data: bytes, said: str) -> None:
    path.write_bytes(data)
    with pytest.raises(CheckpointError, match=said):
        load_marks(path)


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "marks.safetensors"
    write_marks(path, CONFIG, tensors())
    whole = path.read_bytes()
    about = {"paw_marks": CONFIG.model_dump_json()}
    refused(path, b"", "cut short")
    refused(path, whole[:40], "cut short")
    refused(path, whole[:-10], "not a usable safetensors file")
    refused(path, b"\xff" * 200, "cut short")
    refused(path, save(tensors()), "no metadata 'paw_marks'")
    refused(path, save(tensors(), {"paw_marks": "{"}), "not a mark reader, its config")
    refused(path, bytes(MAX_BYTES + 1), "no file of at most")
    missing = tensors()
    del missing["marks.bias"]
    refused(path, save(missing, about), "lacks tensors, or has unknown ones: marks.bias")
    refused(path, save(tensors() | {"more": np.zeros(1, np.float32)}, about), "more")
    wide = tensors() | {"marks.bias": np.zeros(3, np.float32)}
    refused(path, save(wide, about), r"marks.bias is float32 \(3,\); expected")
    odd = tensors() | {"side.bias": np.full(3, np.nan, np.float32)}
    refused(path, save(odd, about), "not finite")
    whole_numbers = tensors() | {"side.bias": np.zeros(3, np.int64)}
    refused(path, save(whole_numbers, about), "int64")
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_marks(tmp_path / "none")


@pytest.mark.parametrize(
    "change",
    [
        {"properties": []},
        {"properties": [[]]},
        {"widths": [0, 1, 1]},
        {"widths": [1, 1, 10**9]},
        {"depths": [1, 1, 99]},
        {"format_version": 2},
        {"sheet_version": 99},
        {"task": ""},
        {"more": 1},
    ],
)
def test_wrong_configs_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    said = json.loads(CONFIG.model_dump_json()) | change
    refused(
        tmp_path / "marks.safetensors", save(tensors(), {"paw_marks": json.dumps(said)}), "not a mark reader"
    )


def test_what_float16_cannot_hold_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "marks.safetensors"
    with pytest.raises(CheckpointError, match="diverged"):
        write_marks(path, CONFIG, tensors() | {"side.bias": np.full(3, 1e9)})
    assert not path.exists()
