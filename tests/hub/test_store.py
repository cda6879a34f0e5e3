"""Programs kept by id."""

from pathlib import Path

import pytest

from programasweights.errors import HubError, PawFileError
from programasweights.hub import ProgramStore
from programasweights.program import Program, Record, load

GOLDEN = Path(__file__).parent.parent / "program" / "golden"


@pytest.fixture
def program() -> Program:
    return load(min(GOLDEN.glob("*.paw")))


def test_put_and_get(tmp_path: Path, program: Program) -> None:
    store = ProgramStore(tmp_path / "programs")
    assert store.put(program) is program
    assert store.get(program.id) == store.get(program.id[:8]) == program


def test_the_first_record_is_kept(tmp_path: Path, program: Program) -> None:
    store = ProgramStore(tmp_path)
    store.put(program)
    later = Program(
        program.behaviour, Record(created_at="2031-01-01T00:00:00Z", package_version="9"), program.prefix
    )
    assert later.id == program.id
    assert store.put(later) == program


def test_what_cannot_be_got(tmp_path: Path, program: Program) -> None:
    store = ProgramStore(tmp_path)
    for bad in ("", "abc", "../../etc", program.id[:8], "*"):
        with pytest.raises(HubError, match="no program"):
            store.get(bad)
    (tmp_path / f"{program.id}.paw").write_bytes(b"damaged")
    with pytest.raises(PawFileError):
        store.get(program.id)
    (tmp_path / f"{program.id[:8]}{'0' * 56}.paw").write_bytes(b"")
    with pytest.raises(HubError, match="2 programs"):
        store.get(program.id[:8])


def test_the_default_folder_is_in_the_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: Program
) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    ProgramStore().put(program)
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.paw")] == [
        f"programs/{program.id}.paw"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0" * 8, True),
        ("0" * 64, True),
        ("0" * 7, False),
        ("0" * 65, False),
        ("DEADBEEF", False),
        ("deadbeeg", False),
        ("deadbeef\n", False),
        ("", False),
    ],
)
def test_what_looks_like_an_id(text: str, expected: bool) -> None:
    assert ProgramStore.is_id(text) is expected


def test_a_damaged_file_is_replaced(tmp_path: Path, program: Program) -> None:
    store = ProgramStore(tmp_path)
    (tmp_path / f"{program.id}.paw").write_bytes(b"damaged")
    assert store.put(program) == store.get(program.id) == program
