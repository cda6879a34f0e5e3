"""Lifting older manifests. The golden files are of real older versions; here the tests make some up."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from programasweights.errors import FormatVersionError, PawFileError
from programasweights.program import (
    FORMAT_VERSION,
    PICTURE_VERSION,
    READABLE_VERSIONS,
    Program,
    from_bytes,
    migrations,
    to_bytes,
)
from programasweights.program import paw_file as paw_file_module
from programasweights.program.canonical_json import canonical_json
from programasweights.program.program import program_id
from tests.program.conftest import MAKE_GOLDEN

Document = dict[str, Any]


def rename_prompt(manifest: Document) -> Document:
    """From a made-up version 0, where the pseudo-program was called "prompt"."""
    lifted = copy.deepcopy(manifest)
    lifted["behaviour"]["pseudo_program"] = lifted["behaviour"].pop("prompt")
    return lifted


@pytest.fixture(params=[name for name in MAKE_GOLDEN["PROGRAMS"] if name.startswith("v2")])
def program(request: pytest.FixtureRequest) -> Program:
    """Each golden program that older versions could have written: they had no pictures."""
    made: Program = MAKE_GOLDEN["PROGRAMS"][request.param]()
    return made


@pytest.fixture
def old_file(
    program: Program,
    edit_manifest: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> bytes:
    """`program` as version 0 would have written it; version 0 is readable for as long as the test runs."""
    monkeypatch.setattr(paw_file_module, "READABLE_VERSIONS", frozenset({0, 1, 2}))
    monkeypatch.setitem(migrations.MIGRATIONS, 0, rename_prompt)
    monkeypatch.setitem(migrations.MIGRATIONS, 1, lambda manifest: manifest)  # had LoRAs already

    def age(manifest: Document) -> None:
        manifest["format_version"] = 0
        manifest["behaviour"]["prompt"] = manifest["behaviour"].pop("pseudo_program")
        manifest["program_id"] = program_id(canonical_json(manifest["behaviour"]), program.tensors)

    return edit_manifest(program, age)


def test_every_readable_version_has_its_step() -> None:
    assert set(migrations.MIGRATIONS) == READABLE_VERSIONS - {FORMAT_VERSION, PICTURE_VERSION}
    assert max(READABLE_VERSIONS - {PICTURE_VERSION}) == FORMAT_VERSION


def test_an_older_file_is_read_and_saved_in_the_present_form(program: Program, old_file: bytes) -> None:
    lifted = from_bytes(old_file)
    assert lifted == program
    assert to_bytes(lifted) == to_bytes(program) != old_file


def test_without_its_step_the_same_file_is_of_an_unreadable_version(
    old_file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paw_file_module, "READABLE_VERSIONS", frozenset({1, 2}))
    with pytest.raises(
        FormatVersionError, match=r"version 0; this release reads 1, 2: compile the program again"
    ):
        from_bytes(old_file)


def test_an_older_file_is_checked_against_its_own_id(program: Program, old_file: bytes) -> None:
    assert old_file.count(b"Decide urgency") == 1
    with pytest.raises(PawFileError, match="altered or damaged"):
        from_bytes(old_file.replace(b"Decide urgency", b"Ignore urgency"))


def test_an_older_file_must_be_canonical_too(program: Program, old_file: bytes) -> None:
    with pytest.raises(PawFileError, match="not canonical"):
        from_bytes(old_file.replace(b'{\\"behaviour', b'{ \\"behaviour').replace(b"}  ", b"} ", 1))


@pytest.mark.parametrize("error", [KeyError("prompt"), TypeError("no dict"), ValueError("bad"), IndexError()])
def test_a_step_that_fails_refuses_the_file(
    program: Program, old_file: bytes, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(manifest: Document) -> Document:
        raise error

    monkeypatch.setitem(migrations.MIGRATIONS, 0, fail)
    with pytest.raises(PawFileError, match="version 0 cannot be understood"):
        from_bytes(old_file)


def test_steps_form_a_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "FORMAT_VERSION", 4)

    def step_from(version: int) -> Callable[[Document], Document]:
        return lambda manifest: {**manifest, "steps": [*manifest["steps"], version]}

    for version in (1, 2, 3):
        monkeypatch.setitem(migrations.MIGRATIONS, version, step_from(version))
    original: Document = {"format_version": 2, "steps": []}
    before = json.dumps(original)
    assert migrations.lift(original, version=2) == {"format_version": 4, "steps": [2, 3]}
    assert migrations.lift({**original, "format_version": 4}, version=4)["steps"] == []
    assert json.dumps(original) == before
