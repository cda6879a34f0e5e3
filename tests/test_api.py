"""compile, function, load and save."""

from pathlib import Path
from typing import Any

import pytest

import programasweights as paw

GOLDEN = sorted((Path(__file__).parent / "program" / "golden").glob("*.paw"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_new_tokens": 0}, "max_new_tokens is 0"),
        ({"max_new_tokens": 9000}, "max_new_tokens is 9000"),
        ({"seed": -1}, "seed is -1"),
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


def test_unknown_compilers(tmp_path: Path) -> None:
    with pytest.raises(paw.CheckpointError, match="there is no compiler 'nope': expected prompted"):
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
