"""Files written by the first release of each format version, which every later release must read."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from programasweights.program import load, to_bytes

FOLDER = Path(__file__).parent / "golden"

# Written down by hand from the first run of make_golden.py: name -> (program id, sha256 of the file). The ids of older
# files are those of the programs that they are lifted to, which are files of today's version.
GOLDEN = {
    "v1-f16.paw": (
        "6a9f168e7f39933954faf54bfc7de3f71cc2cf5614bb425c6fe11038d5428986",
        "588d6b0c110105c1c519fb62ae9e8003a750416612aeec8c094fb94a60f173ce",
    ),
    "v1-int8.paw": (
        "9b662795d6e0f35eae77643fa16897d00fee27845ed2af38522b503a1fc70d4a",
        "d79b60a7bdf6ed281050179bcf9018b390b3c347e5c96722721428bbb6028487",
    ),
    "v1-no-prefix.paw": (
        "6164fb2bd6020c74067f02fd6d41028bf04b120ba647947bfdb2317a843089c3",
        "6b8eb7ca5a437b18e0f0347fef1e594e52cf90d80390dec56d607646ff3356af",
    ),
    "v2-f16.paw": (
        "6a9f168e7f39933954faf54bfc7de3f71cc2cf5614bb425c6fe11038d5428986",
        "0f07686ac1cb42c67e372afb905c24ff97db95ceba5f9bebc46179f208e4bfab",
    ),
    "v2-int8.paw": (
        "9b662795d6e0f35eae77643fa16897d00fee27845ed2af38522b503a1fc70d4a",
        "848423154764991d5163624194ead0d95fad40bb05f079e43ce8ad65e010a73b",
    ),
    "v2-no-prefix.paw": (
        "6164fb2bd6020c74067f02fd6d41028bf04b120ba647947bfdb2317a843089c3",
        "1e7daeff90e1c19ab8eed65ac0f3723370a47b5a874d7189720fc796fc6e3eef",
    ),
    "v2-lora.paw": (
        "79a4b00f9528e6f329339c21baba1dace773dca5075d20aa423226cefe002087",
        "d5df79bfaa603e29a02f323211fdbc5e8c10ed643de8e7ce54713bf7c984402e",
    ),
    "v2-int8-lora.paw": (
        "66647631d1a4c1c698099d59cae77dd1c980c9eddd1a8861e57e72008827ad75",
        "a06ab1ae3a2fe8d9e57987739e8375acb86490690de8cded57b30af21001f012",
    ),
    "v4-pictures.paw": (
        "b7283eda3ff43ce9038aa9b676f7078de824ff36ade55dd4422bc54b009f5d66",
        "b54a62418d8b52200afb5e40b89c954f2b0c3c5b3962865b9e351c6e8338188e",
    ),
}

KEYS = [(count - 9) / 16 for count in range(24)]
VALUES = [(count % 7 - 3) / 4 for count in range(24)]


def test_all_files_are_listed() -> None:
    # the bundle is test_bundle's
    assert {path.name for path in FOLDER.iterdir()} == {*GOLDEN, "v3-bundle.paw"}


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


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_f16_numbers(version: str) -> None:
    prefix = load(FOLDER / f"{version}-f16.paw").prefix
    assert prefix is not None
    assert prefix.shape == (2, 1, 3, 4)
    assert prefix.keys.ravel().tolist() == KEYS
    assert prefix.values.ravel().tolist() == VALUES


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_int8_numbers(version: str) -> None:
    prefix = load(FOLDER / f"{version}-int8.paw").prefix
    assert prefix is not None
    assert prefix.storage == "int8"
    assert prefix.keys.ravel().tolist() == pytest.approx(KEYS, abs=0.006)
    assert prefix.values.ravel().tolist() == pytest.approx(VALUES, abs=0.006)
    assert prefix.stored["values"].ravel().tolist()[:4] == [-127, -85, -42, 0]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_no_prefix(version: str) -> None:
    program = load(FOLDER / f"{version}-no-prefix.paw")
    assert program.prefix is None
    assert program.lora is None


def test_pictures() -> None:
    program = load(FOLDER / "v4-pictures.paw")
    first, second = program.behaviour.spec.pictures
    assert (first.at, first.digest, first.width, first.height) == (0, "12" * 32, 640, 480)
    assert (second.at, second.digest, second.width, second.height) == (33, "34" * 32, 1, 65_536)
    assert program.behaviour.vision is not None
    assert program.behaviour.vision.model_dump() == {
        "encoder": "both",
        "encoder_digest": "56" * 32,
        "projector": "78" * 32,
    }
    assert load(FOLDER / "v2-f16.paw").manifest.format_version == 2
    assert program.manifest.format_version == 4


def test_lora_numbers() -> None:
    lora = load(FOLDER / "v2-lora.paw").lora
    assert lora is not None
    assert (lora.layers, lora.rank) == (2, 3)
    assert lora.modules == {"mlp.down_proj": (6, 5), "self_attn.q_proj": (4, 6)}
    a, b = lora.parts["mlp.down_proj"]
    assert a.ravel().tolist() == [(n % 11 - 5) / 8 for n in range(30)]
    assert b.ravel().tolist() == [(n % 13 - 6) / 8 for n in range(36)]


@pytest.mark.parametrize("name", GOLDEN)
def test_is_written_again_as_today_s_version_has_it(name: str) -> None:
    today = FOLDER / name.replace("v1-", "v2-")
    assert to_bytes(load(FOLDER / name)) == today.read_bytes()


def test_the_script_still_makes_the_same_files(tmp_path: Path) -> None:
    root = FOLDER.parents[2]
    script = [sys.executable, str(FOLDER.parent / "make_golden.py"), str(tmp_path)]
    subprocess.run(script, cwd=root, env={"PYTHONPATH": str(root)}, check=True, capture_output=True)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes()
