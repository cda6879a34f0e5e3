"""Writing and reading files: round trips, the same bytes everywhere, sizes, atomic saving."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

import programasweights.program as room
from programasweights.errors import PawFileError, ProgramError
from programasweights.program import KvPrefix, Program, Record, container, from_bytes, load, save, to_bytes
from programasweights.program import paw_file as paw_file_module
from programasweights.program.canonical_json import canonical_json
from programasweights.program.constants import MAX_FILE_BYTES


def large_program(template: Program, storage: str) -> Program:
    """30 layers, 3 KV heads, 64 slots, head size 64: what the default base model gives."""
    random = np.random.default_rng(0)
    shape = (30, 3, 64, 64)
    keys, values = (random.standard_normal(shape).astype(np.float16) for _ in range(2))
    document = template.behaviour.model_dump()
    document["pseudo_program"] = "Say what the text is about. " * 43  # about 256 tokens
    document["interpreter"].update(layers=30, kv_heads=3, head_dim=64)
    document["prefix"] = {"slots": 64, "storage": storage}
    prefix = KvPrefix.from_arrays(keys, values, storage=storage)  # type: ignore[arg-type]
    return Program(type(template.behaviour).model_validate(document), template.record, prefix)


def test_round_trip(program: Program) -> None:
    data = to_bytes(program)
    copy = from_bytes(data)
    assert copy == program
    assert copy.id == program.id
    assert copy.prefix == program.prefix
    assert to_bytes(copy) == data


def test_decoded_numbers_survive_the_file(int8_program: Program) -> None:
    copy = from_bytes(to_bytes(int8_program))
    assert copy.prefix is not None
    assert int8_program.prefix is not None
    assert copy.prefix.keys.tobytes() == int8_program.prefix.keys.tobytes()
    assert copy.prefix.values.tobytes() == int8_program.prefix.values.tobytes()


@given(
    text=st.text(max_size=50),
    recipe=st.dictionaries(
        st.text(min_size=1, max_size=5),
        st.none()
        | st.booleans()
        | st.integers(-(2**63) + 1, 2**63 - 1)
        | st.text(max_size=5)
        | st.floats(allow_nan=False, allow_infinity=False),
        max_size=5,
    ),
    scores=st.dictionaries(
        st.text(min_size=1, max_size=5), st.floats(allow_nan=False, allow_infinity=False), max_size=5
    ),
)
def test_round_trip_of_any_text_and_number(
    text: str, recipe: dict[str, object], scores: dict[str, float]
) -> None:
    template = from_bytes((Path(__file__).parent / "golden" / "v2-int8.paw").read_bytes())
    document = template.behaviour.model_dump() | {"pseudo_program": text, "recipe": recipe}
    behaviour = type(template.behaviour).model_validate(document)
    program = Program(behaviour, Record(package_version="1", scores=scores), template.prefix)
    data = to_bytes(program)
    assert from_bytes(data) == program
    assert to_bytes(from_bytes(data)) == data
    _assert_the_library_agrees(program, data)


def test_the_safetensors_library_agrees(program: Program) -> None:
    _assert_the_library_agrees(program, to_bytes(program))


def _assert_the_library_agrees(program: Program, data: bytes) -> None:
    read = safetensors.numpy.load(data)
    assert {name: array.tobytes() for name, array in read.items()} == {
        name: array.tobytes() for name, array in program.tensors.items()
    }
    manifest = canonical_json(program.manifest.model_dump())
    assert safetensors.numpy.save(dict(program.tensors), {"paw": manifest}) == data


def test_bytes_are_the_same_in_every_process(run_python: Callable[..., str]) -> None:
    code = (
        "import runpy, hashlib; from programasweights.program import to_bytes\n"
        "made = runpy.run_path('tests/program/make_golden.py')['PROGRAMS']\n"
        "print([hashlib.sha256(to_bytes(made[name]())).hexdigest() for name in sorted(made)])"
    )
    assert len({run_python(code, PYTHONHASHSEED=seed) for seed in ("0", "1", "4242")}) == 1


@pytest.mark.parametrize(("storage", "limit"), [("f16", 1_600_000), ("int8", 800_000)])
def test_size_for_the_default_base_model(f16_program: Program, storage: str, limit: int) -> None:
    program = large_program(f16_program, storage)
    data = to_bytes(program)
    assert len(data) < limit
    assert from_bytes(data) == program


def test_save_and_load(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "a.paw"
    save(program, path)
    assert load(path) == program
    assert load(str(path)) == program
    assert path.read_bytes() == to_bytes(program)
    assert os.listdir(tmp_path) == ["a.paw"]  # noqa: PTH208


def test_save_replaces_a_file(f16_program: Program, int8_program: Program, tmp_path: Path) -> None:
    path = tmp_path / "a.paw"
    save(f16_program, path)
    save(int8_program, path)
    assert load(path) == int8_program


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failed_save_leaves_the_old_file(
    f16_program: Program,
    int8_program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
) -> None:
    path = tmp_path / "a.paw"
    save(f16_program, path)

    def fail(*arguments: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[failing], fail)
    with pytest.raises(OSError, match="disk full"):
        save(int8_program, path)
    assert load(path) == f16_program
    assert os.listdir(tmp_path) == ["a.paw"]  # noqa: PTH208


def test_a_saved_file_is_on_disk_before_it_gets_its_name(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.paw"
    seen = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        seen.append((path.exists(), os.fstat(descriptor).st_size))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    save(program, path)
    assert seen == [(False, len(to_bytes(program)))]


def test_load_of_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "missing.paw")
    with pytest.raises(PawFileError, match="folder or a device"):
        load(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_load_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.paw")
    with pytest.raises(PawFileError, match="folder or a device"):
        load(tmp_path / "pipe.paw")


def test_load_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "bad.paw").write_bytes(b"")
    with pytest.raises(PawFileError, match=r"bad\.paw"):
        load(tmp_path / "bad.paw")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.paw"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)  # sparse

    def never(*arguments: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", never)
    with pytest.raises(PawFileError, match="at most"):
        load(path)


@pytest.mark.parametrize("limit", ["MAX_HEADER_BYTES", "MAX_FILE_BYTES"])
def test_does_not_write_what_it_would_not_read(
    program: Program, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    data = to_bytes(program)
    monkeypatch.setattr(paw_file_module, limit, 1_000)
    monkeypatch.setattr(container, limit, 1_000)
    with pytest.raises(ProgramError, match="fit: use a shorter spec"):
        to_bytes(program)
    with pytest.raises(PawFileError):
        from_bytes(data)


def test_public_names_are_sorted_and_there() -> None:
    assert room.__all__ == sorted(
        room.__all__, key=lambda name: (name != name.upper(), name[0].islower(), name)
    )
    assert all(hasattr(room, name) for name in room.__all__)


def test_importing_the_room_loads_no_model_code(
    run_python: Callable[[str], str],
) -> None:
    loaded = run_python("import programasweights.program, sys; print(*sys.modules)").split()
    heavy = ("torch", "onnxruntime", "onnx", "transformers", "tokenizers", "gguf", "programasweights.lm")
    assert not set(heavy) & set(loaded)
