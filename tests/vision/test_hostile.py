"""benchmarks/hostile_images.py in small: every class of file, each refused in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

import programasweights as paw

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import hostile_image_files
    import hostile_images

    monkeypatch.setattr(hostile_images, "tiff", hostile_image_files.tiff, raising=False)
    return hostile_images


def test_hostile_files(tmp_path: Path) -> None:
    # Not from this process: it is large and has threads, which a fork would not survive.
    command = [sys.executable, BENCHMARKS / "hostile_images.py", "--seed", "1", "--share", "0.12"]
    subprocess.run([*command, "--out", tmp_path / "found.json"], check=True, capture_output=True)
    found = json.loads((tmp_path / "found.json").read_text("utf-8"))
    for part in ("must_fail", "mutants"):
        assert found[part]["not_as_it_must_be"] == []
        assert found[part]["files"] >= 60
        assert found[part]["largest_growth_mb"][0] < 50
    assert len(found["must_fail"]["by_class"]) == 19
    outcomes = {outcome for counts in found["mutants"]["by_class"].values() for outcome in counts}
    assert outcomes == {"ImageError", "loaded"}


def test_what_is_not_as_it_must_be_is_told(hostile: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = list(hostile.sound_files(Random(2), 1))
    assert hostile.run(sound, may_load=True, load=hostile.load)["not_as_it_must_be"] == []
    assert (
        hostile.run(sound, may_load=False, load=hostile.load)["not_as_it_must_be"][0]["outcome"] == "loaded"
    )
    monkeypatch.setattr(paw, "Image", lambda _content: 1 / 0)
    wrong = hostile.run(sound, may_load=True, load=hostile.load)["not_as_it_must_be"]
    assert wrong[0]["outcome"] == "unexpected"


def test_tiles_of_a_tiff_are_limited(hostile: Any) -> None:
    tags = {256: 16, 257: 16, 258: 8, 259: 1, 262: 1, 277: 1, 324: 8, 325: 256}
    for side in (16, 60_000):
        packed = {tag: (4, (value,)) for tag, value in {**tags, 322: side, 323: side}.items()}
        content = hostile.tiff(packed, bytes(256))
        if side == 16:
            assert paw.Image(content).pixels.shape == (16, 16, 3)
        else:
            with pytest.raises(paw.ImageError, match="tiles of 60000 x 60000 pixels"):
                paw.Image(content)


def test_a_crash_is_told() -> None:
    code = (
        "import os, hostile_images as h; h.load = lambda _: os.abort(); print(h.load_apart(b'')['outcome'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=BENCHMARKS, check=True, capture_output=True)
    assert ran.stdout.strip() == b"crash"


def test_vague_words_are_not_clear(hostile: Any) -> None:
    assert not hostile.is_clear({"said": "broken"})
    with pytest.raises(paw.ImageError) as raised:
        paw.Image(b"hello")
    assert hostile.is_clear({"said": str(raised.value)})
