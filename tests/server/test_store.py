"""Program files by id: in a folder, and in another store that fsspec reaches."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from programasweights.errors import HubError, PawFileError
from programasweights.program import Program, Record, from_bytes, to_bytes
from programasweights.server.store import ProgramFiles
from tests.server.programs import program_of

_numbers = itertools.count()


@pytest.fixture(params=["folder", "url", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> ProgramFiles:
    """An empty store."""
    if request.param == "memory":
        return ProgramFiles(f"memory://test-{next(_numbers)}/programs")
    folder = tmp_path / "a folder" / "programs"
    return ProgramFiles(folder if request.param == "folder" else f"file://{folder}")


def test_put_get_delete(files: ProgramFiles) -> None:
    program = program_of("Say hello.")
    assert not files.has(program.id)
    size = files.put(program)
    assert files.has(program.id)
    assert len(files.get(program.id)) == size
    assert from_bytes(files.get(program.id)) == program
    files.delete(program.id)
    files.delete(program.id)
    assert not files.has(program.id)
    with pytest.raises(HubError, match="missing"):
        files.get(program.id)


def test_the_first_file_stays(files: ProgramFiles) -> None:
    program = program_of("Say hello.")
    size = files.put(program)
    later = Program(program.behaviour, Record(created_at="2031-01-01T00:00:00Z", package_version="9"), None)
    assert later.id == program.id
    assert files.put(later) == size
    assert from_bytes(files.get(program.id)) == program


@pytest.mark.parametrize(
    "bad", ["", "abc", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "0" * 64 + "\n", "0" * 63 + "/"]
)
def test_what_is_no_id_reaches_no_file(files: ProgramFiles, bad: str) -> None:
    for use in (files.get, files.has, files.delete, files.local_path):
        with pytest.raises(HubError, match="no program id"):
            use(bad)


def test_damage_is_found_and_mended(tmp_path: Path) -> None:
    files, program, other = ProgramFiles(tmp_path), program_of("Say hello."), program_of("Say bye.")
    files.put(program)
    path = files.local_path(program.id)
    assert path is not None
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(PawFileError):
        files.get(program.id)
    path.write_bytes(to_bytes(other))
    with pytest.raises(PawFileError, match=other.id):
        files.get(program.id)
    files.put(program)
    assert from_bytes(files.get(program.id)) == program


def test_where_a_file_lies(files: ProgramFiles, tmp_path: Path) -> None:
    program = program_of("Say hello.")
    assert files.local_path(program.id) is None
    files.put(program)
    found = files.local_path(program.id)
    if found is None:
        assert not list(tmp_path.rglob("*.paw"))
    else:
        assert found.read_bytes() == files.get(program.id)
        assert [p for p in tmp_path.rglob("*") if p.is_file()] == [found]


def test_many_put_the_same(tmp_path: Path) -> None:
    files, program = ProgramFiles(tmp_path), program_of("Say hello.")
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: files.put(program), range(16)))) == 1
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1
