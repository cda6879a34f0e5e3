"""compile, function, load and save."""

from pathlib import Path
from typing import Any

import pytest

import programasweights as paw
from tests.tiny_models import save_tiny_model

GOLDEN = sorted((Path(__file__).parent / "program" / "golden").glob("v2-*.paw"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_new_tokens": 0}, "max_new_tokens is 0"),
        ({"max_new_tokens": 9000}, "max_new_tokens is 9000"),
        ({"seed": -1}, "seed is -1"),
        ({"max_new_tokens": 3.5}, "max_new_tokens is 3.5, but must be a whole number"),
        ({"max_new_tokens": "3"}, "max_new_tokens is '3'"),
        ({"max_new_tokens": True}, "max_new_tokens is True"),
        ({"seed": 2**63}, "seed is 9223372036854775808"),
        ({"seed": 1.0}, "seed is 1.0, but must be a whole number"),
        ({"seed": "a"}, "seed is 'a'"),
        ({"stop": ["x" * 257]}, "1 to 256 characters"),
        ({"stop": [5]}, "stop is"),
        ({"stop": ["\ud800"]}, "stop is"),
        ({"stop": ""}, "stop is"),
        ({"prompt": b"x"}, "the spec is a bytes"),
        ({"storage": "int4"}, "storage is 'int4'"),
        ({"stop": [""]}, "stop is"),
        ({"stop": ["x"] * 17}, "at most 16"),
        ({"prompt": " "}, "the spec is empty"),
        ({"examples": ["a"]}, "example 1"),
    ],
)
def test_bad_options_are_refused_before_a_model_is_touched(
    options: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with pytest.raises(paw.SpecError, match=message):
        paw.compile(**({"prompt": "x"} | options))
    assert list(tmp_path.iterdir()) == []


def test_good_options_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """At both ends of the ranges the options pass, and the model is what is missing."""
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    ends: list[dict[str, Any]] = [
        {"max_new_tokens": 1, "seed": 0, "stop": "x" * 256},
        {"max_new_tokens": 8192, "seed": 2**63 - 1, "stop": ["x"] * 16, "storage": "int8"},
    ]
    for options in ends:
        with pytest.raises(paw.ModelNotFoundError, match="there is no base model 'nope'"):
            paw.compile("x", interpreter="nope", **options)


def test_unknown_compilers(tmp_path: Path) -> None:
    with pytest.raises(paw.CheckpointError, match="there is no compiler 'nope': expected default"):
        paw.compile("x", compiler="nope")
    with pytest.raises(paw.CheckpointError, match="cannot be read"):
        paw.compile("x", compiler=tmp_path)


def test_load_and_save(tmp_path: Path) -> None:
    assert GOLDEN
    for path in GOLDEN:
        program = paw.load(path)
        data = paw.save(program, tmp_path / path.name)
        assert data == path.read_bytes() == (tmp_path / path.name).read_bytes()
        assert paw.load(data) == paw.load(str(path)) == paw.load(program) == program


def test_sources_that_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    with pytest.raises(FileNotFoundError):
        paw.function(tmp_path / "none.paw")
    with pytest.raises(paw.HubError, match="no program on this machine with an id beginning '0123456789ab'"):
        paw.function("0123456789ab")
    with pytest.raises(paw.PawFileError):
        paw.function(b"not a program")


def test_a_program_for_other_weights_is_refused_offline(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with pytest.raises(paw.ModelError):
        paw.function(GOLDEN[0])


def test_a_file_whose_name_looks_like_an_id_is_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deadbeef").write_bytes(GOLDEN[0].read_bytes())
    assert paw.load("deadbeef") == paw.load(GOLDEN[0])


def test_a_kept_program_is_found_by_its_id(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    program = paw.load(GOLDEN[0])
    (tmp_path / "programs").mkdir()
    paw.save(program, tmp_path / "programs" / f"{program.id}.paw")
    assert paw.load(program.id) == paw.load(program.id[:8]) == program


def test_a_folder_is_not_a_program(tmp_path: Path) -> None:
    with pytest.raises(paw.PawFileError, match="is a folder"):
        paw.load(tmp_path)


def test_save_without_a_path_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert paw.save(paw.load(GOLDEN[0])) == GOLDEN[0].read_bytes()
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_a_null_character_is_no_file() -> None:
    with pytest.raises(FileNotFoundError, match="null character"):
        paw.load("a\0b")


def test_an_interpreter_with_a_name_too_long_for_a_program(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120) / ("y" * 120)
    save_tiny_model(folder, "llama")
    with pytest.raises(paw.SpecError, match="at most 200; use a shorter path"):
        paw.compile("Say yes.", interpreter=str(folder), max_new_tokens=2)
