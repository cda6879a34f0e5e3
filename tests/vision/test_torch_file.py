"""Torch's old files are read as torch reads them, and nothing in them is run."""

import io
import os
import pickle
import struct
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from programasweights.errors import UnsupportedModelError
from programasweights.vision.torch_file import read_torch_file


def save(path: Path, content: Any) -> Path:
    torch.save(content, path, _use_new_zipfile_serialization=False)
    return path


@pytest.fixture
def state() -> "OrderedDict[str, torch.Tensor]":
    generator = torch.Generator().manual_seed(0)
    turned = torch.randn(5, 3, 2, generator=generator).permute(2, 0, 1)  # not row by row
    whole = torch.randn(40, generator=generator)
    return OrderedDict(
        turned=turned,
        part=whole[7:19].view(3, 4),
        count=torch.tensor(12),
        one=torch.randn(1, generator=generator),
    )


def test_reads_what_torch_reads(tmp_path: Path, state: "OrderedDict[str, torch.Tensor]") -> None:
    state["shared"] = state["part"].T
    found = read_torch_file(save(tmp_path / "a.pth", state))
    assert list(found) == list(state)
    for name, tensor in state.items():
        assert found[name].dtype == tensor.numpy().dtype
        np.testing.assert_array_equal(found[name], tensor.numpy())


def test_versions_of_layers_are_dropped(tmp_path: Path) -> None:
    layer = torch.nn.Linear(3, 2)
    found = read_torch_file(save(tmp_path / "a.pth", layer.state_dict()))
    np.testing.assert_array_equal(found["weight"], layer.weight.detach().numpy())


class _Runs:
    """Runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch ran",)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ({"a": _Runs()}, "system"),
        ([_Runs()], "system"),
        ({"a": 5}, "more than tensors"),
        ({7: torch.zeros(2)}, "more than tensors"),
        ({"a": torch.zeros(2, dtype=torch.float16)}, "HalfStorage"),
        (torch.nn.Linear(2, 2), "no plain torch file"),
        ({"a": 1.5}, "BINFLOAT"),
        ([torch.zeros(2)], "no plain torch file"),
    ],
)
def test_anything_but_tensors_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Any, match: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnsupportedModelError, match=match):
        read_torch_file(save(tmp_path / "a.pth", content))
    assert not (tmp_path / "ran").exists()


def test_a_call_hidden_in_the_first_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.pth").write_bytes(pickle.dumps(_Runs(), protocol=2))
    with pytest.raises(UnsupportedModelError, match="system"):
        read_torch_file(tmp_path / "a.pth")
    assert not (tmp_path / "ran").exists()


def test_the_zip_form_is_refused(tmp_path: Path) -> None:
    torch.save({"a": torch.zeros(2)}, tmp_path / "a.pth")
    with pytest.raises(UnsupportedModelError, match="no plain torch file"):
        read_torch_file(tmp_path / "a.pth")


def pickled(shape: tuple[Any, ...], strides: tuple[Any, ...], offset: Any, count: Any) -> bytes:
    """A file of one tensor that claims these, with four numbers in its storage."""

    class Tensor:
        def __reduce__(self) -> tuple[Any, ...]:
            storage = Storage()
            return torch._utils._rebuild_tensor_v2, (storage, offset, shape, strides, False, OrderedDict())

    class Storage:
        pass

    class Pickler(pickle.Pickler):
        def persistent_id(self, value: object) -> Any:
            named = isinstance(value, Storage)
            return ("storage", torch.FloatStorage, "0", "cpu", count, None) if named else None

    content = io.BytesIO()
    for part in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}):
        pickle.dump(part, content, protocol=2)
    Pickler(content, protocol=2).dump(OrderedDict(a=Tensor()))
    pickle.dump(["0"], content, protocol=2)
    return content.getvalue() + struct.pack("<q4f", 4, 1, 2, 3, 4)


@pytest.mark.parametrize(
    "claim",
    [
        ((2, 3), (3, 1), 0, 4),
        ((4,), (1,), 1, 4),
        ((4,), (1,), -1, 4),
        ((2,), (-1,), 3, 4),
        ((2,), (9,), 0, 4),
        ((1 << 40, 1 << 40), (0, 0), 0, 4),
        ((4,), (1,), 0, 1 << 60),
        ((4,), (1,), 0, 5),
        ((2, 2), (2,), 0, 4),
        ((0,), (1,), 0, 4),
        (("2", 2), (2, 1), 0, 4),
        ((4,), (1,), None, 4),
    ],
)
def test_tensors_that_do_not_lie_in_their_storage(
    tmp_path: Path, claim: tuple[tuple[Any, ...], tuple[Any, ...], Any, Any]
) -> None:
    (tmp_path / "sound.pth").write_bytes(pickled((2, 2), (1, 2), 0, 4))
    np.testing.assert_array_equal(read_torch_file(tmp_path / "sound.pth")["a"], [[1, 3], [2, 4]])
    (tmp_path / "a.pth").write_bytes(pickled(*claim))
    with pytest.raises(UnsupportedModelError, match="no plain torch file"):
        read_torch_file(tmp_path / "a.pth")


def test_damaged_files(tmp_path: Path, state: "OrderedDict[str, torch.Tensor]") -> None:
    whole = save(tmp_path / "a.pth", state).read_bytes()
    random = np.random.default_rng(0)
    refused = 0
    for number in range(300):
        data = bytearray(whole)
        if number % 3:
            data[random.integers(len(data))] ^= 1 << random.integers(8)
        else:
            del data[random.integers(len(data)) :]
        (tmp_path / "b.pth").write_bytes(data)
        try:
            read_torch_file(tmp_path / "b.pth")
        except UnsupportedModelError:
            refused += 1
    assert refused > 150
