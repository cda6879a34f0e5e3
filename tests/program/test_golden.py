"""Files written by the first release of each format version, which every later release must read."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from programasweights.program import load, to_bytes

FOLDER = Path(__file__).parent / "golden"

# Written down by hand from the first run of make_golden.py: name -> (program id, sha256 of the file).
GOLDEN = {
    "v1-f16.paw": (
        "6be391c2a7102db2f2ccd0420ea519aeec0df76e5aa53fea3fa1cca49c9c1ddb",
        "588d6b0c110105c1c519fb62ae9e8003a750416612aeec8c094fb94a60f173ce",
    ),
    "v1-int8.paw": (
        "0e2fc7f5ed0562f3ebad3fd561928cf49e86018dc8de72c0737b808054ccafbd",
        "d79b60a7bdf6ed281050179bcf9018b390b3c347e5c96722721428bbb6028487",
    ),
    "v1-no-prefix.paw": (
        "e912105f00fb0adeb92b167586c7d5cc8fd53f84b24e2151c6c32088369f7c26",
        "6b8eb7ca5a437b18e0f0347fef1e594e52cf90d80390dec56d607646ff3356af",
    ),
}

KEYS = [(count - 9) / 16 for count in range(24)]
VALUES = [(count % 7 - 3) / 4 for count in range(24)]


def test_all_files_are_listed() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDEN)


@pytest.mark.parametrize("name", GOLDEN)
def test_is_the_file_that_was_committed(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == GOLDEN[name][1]


@pytest.mark.parametrize("name", GOLDEN)
def test_is_read_with_its_id_and_contents(name: str) -> None:
    program = load(FOLDER / name)
    behaviour, record = program.behaviour, program.record
    assert program.id == GOLDEN[name][0]
    assert behaviour.spec.text == (
        'Say whether a message is "urgent".\nAnswer yes or no — 只回答 yes 或 no \\ \x01\u2028'
    )
    assert behaviour.spec.examples == (("the house is on fire", "yes"), ("lunch next week? 🍜", "no"))
    assert behaviour.pseudo_program == "Decide urgency.\nfire -> yes\nlunch -> no\n"
    assert (behaviour.template, behaviour.seed) == ("bare", 7)
    assert behaviour.interpreter.model_dump() == {
        "name": "tiny",
        "digest": "ab" * 32,
        "layers": 2,
        "kv_heads": 1,
        "head_dim": 4,
    }
    assert behaviour.compiler.model_dump() == {"name": "tiny-compiler", "checkpoint": "cd" * 32}
    assert behaviour.recipe == {
        "pseudo_program": "written by hand",
        "temperature": 0.1,
        "tries": 3,
        "neural": True,
        "note": None,
    }
    assert behaviour.generation.model_dump() == {"max_new_tokens": 16, "stop": ("\n", "<end>")}
    assert record.model_dump() == {
        "created_at": "2025-01-31T12:00:00Z",
        "package_version": "0.1.0",
        "scores": {"exact_match": 0.5},
    }


def test_f16_numbers() -> None:
    prefix = load(FOLDER / "v1-f16.paw").prefix
    assert prefix is not None
    assert prefix.shape == (2, 1, 3, 4)
    assert prefix.keys.ravel().tolist() == KEYS
    assert prefix.values.ravel().tolist() == VALUES


def test_int8_numbers() -> None:
    prefix = load(FOLDER / "v1-int8.paw").prefix
    assert prefix is not None
    assert prefix.storage == "int8"
    assert prefix.keys.ravel().tolist() == pytest.approx(KEYS, abs=0.006)
    assert prefix.values.ravel().tolist() == pytest.approx(VALUES, abs=0.006)
    assert prefix.stored["values"].ravel().tolist()[:4] == [-127, -85, -42, 0]


def test_no_prefix() -> None:
    assert load(FOLDER / "v1-no-prefix.paw").prefix is None


@pytest.mark.parametrize("name", GOLDEN)
def test_is_written_again_as_it_was(name: str) -> None:
    assert to_bytes(load(FOLDER / name)) == (FOLDER / name).read_bytes()


def test_the_script_still_makes_the_same_files(tmp_path: Path) -> None:
    root = FOLDER.parents[2]
    script = [sys.executable, str(FOLDER.parent / "make_golden.py"), str(tmp_path)]
    subprocess.run(script, cwd=root, env={"PYTHONPATH": str(root)}, check=True, capture_output=True)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes()
