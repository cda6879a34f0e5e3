"""Pictures on the command line, on the real weights and with a small random checkpoint."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.cli import main
from tests.pictures import picture_file, save_picture_checkpoint

pytestmark = pytest.mark.weights

SPEC, QUESTION = "Answer questions about these drawings.", "How many boxes?"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command line in this process; gives its exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["paw", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return run


def test_pictures_follow_the_text_in_order(command: Command, tmp_path: Path) -> None:
    checkpoint = save_picture_checkpoint(tmp_path / "small.safetensors")
    files = [tmp_path / "one.png", tmp_path / "other.jpg"]
    for number, (file, kind) in enumerate(zip(files, ("PNG", "JPEG"), strict=True)):
        file.write_bytes(picture_file(number, kind=kind))
    images = [argument for file in files for argument in ("--image", str(file))]
    target = str(tmp_path / "f.paw")
    options = ["--compiler", str(checkpoint), "--max-new-tokens", "8", "-o", target]
    assert command("compile", SPEC, *images, *options)[:2] == (0, f"{target}\n")
    function = paw.compile([SPEC, *map(paw.Image, files)], compiler=checkpoint, max_new_tokens=8)
    assert paw.load(target).id == function.id
    assert command("run", target, QUESTION)[:2] == (0, f"{function(QUESTION)}\n")
    assert json.loads(command("inspect", target, "--json")[1])["behaviour"]["spec"]["pictures"]
    code, shown, told = command("run", target, QUESTION, "--image", str(files[0]))
    assert (code, shown) == (1, "")
    assert told.startswith("paw: input 0 holds a picture")


def test_what_reads_text_only_says_so(command: Command, tmp_path: Path) -> None:
    picture, target = tmp_path / "one.png", str(tmp_path / "f.paw")
    picture.write_bytes(picture_file())
    given = ["--image", str(picture), "--compiler", "prompted", "-o", target]
    code, shown, told = command("compile", SPEC, *given)
    assert (code, shown) == (1, "")
    assert "reads text only" in told
    assert not Path(target).exists()
