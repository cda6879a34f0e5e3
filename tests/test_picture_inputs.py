"""Functions whose inputs hold pictures: by call, in batches, from caches, with types; and what refuses them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

import programasweights as paw
from programasweights.errors import InputError, ModelIntegrityError, ModelNotFoundError, ProgramError
from programasweights.interpreter import Interpreter
from programasweights.lm.loader import load_engine
from programasweights.settings import settings
from programasweights.vision import Image
from tests.picture_files import MeanEncoder, use_mean_encoder, write_random
from tests.tiny_models import save_tiny_model


class CountingEncoder(MeanEncoder):
    """Counts the pictures that it encodes."""

    count = 0

    def encode(self, images):  # type: ignore[no-untyped-def]
        """As its parent does."""
        self.count += len(images)
        return super().encode(images)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("inputs")
    name = str(save_tiny_model(folder / "llama", "llama"))
    return name, write_random(folder / "p.safetensors", load_engine(name))


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> MeanEncoder:
    return use_mean_encoder(monkeypatch)


def _compile(made: tuple[str, Path], **keywords: object):  # type: ignore[no-untyped-def]
    name, checkpoint = made
    return paw.compile("Describe it.", compiler=checkpoint, interpreter=name, max_new_tokens=8, **keywords)  # type: ignore[call-overload]


def picture(number: int) -> Image:
    """A picture like no other."""
    return Image(PillowImage.new("RGB", (9, 8), (number * 37 % 256, number * 91 % 256, number * 13 % 256)))


def test_a_picture_is_an_input(made: tuple[str, Path]) -> None:
    f = _compile(made)
    vision = f.program.behaviour.vision
    assert vision is not None
    assert (vision.encoder, vision.encoder_digest) == ("mean", "e" * 64)
    inputs = [
        picture(1), "It.", ["What is it?", picture(1)], [picture(1), "What is it?"], ["What is it?", picture(2)],
        picture(2), [picture(1), picture(2)], picture(1),
    ]  # fmt: skip
    alone = [f(one) for one in inputs]
    assert alone[0] == alone[-1]
    assert len(set(alone)) >= 5
    assert f.map(inputs) == alone == list(f.imap(inputs)) == f.map(inputs[::-1])[::-1]
    again = paw.function(paw.save(f.program))
    assert [again(one) for one in inputs] == alone  # type: ignore[operator]
    assert f.sample(inputs, seed=1) == [f.sample([one], seed=1)[0] for one in inputs]


def test_equal_pictures_are_run_once_and_kept(
    made: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import programasweights.vision

    counting = CountingEncoder()
    monkeypatch.setattr(programasweights.vision, "load_encoder", lambda _: counting)
    f = _compile(made)
    rows = [picture(n % 3) for n in range(9)]
    answers = f.map(rows, cache=tmp_path / "kept")
    assert counting.count == 3
    g = paw.function(f.program)
    assert g.map(rows, cache=tmp_path / "kept") == answers  # type: ignore[union-attr]
    assert counting.count == 3
    assert f.map([row.digest for row in rows], cache=tmp_path / "kept") != answers


def test_labels_of_pictures(made: tuple[str, Path]) -> None:
    f = _compile(made, returns=bool)
    rows = [[f"Is it {n}?", picture(n)] for n in range(6)]
    alone = [f.predict(row) for row in rows]
    assert [p.value for p in alone] == f.map(rows)
    assert len({round(p.confidence, 6) for p in alone}) == 6
    log = f.untyped.interpreter.read(f.untyped.prepared, rows[0], [5, 6, 7])
    assert log.shape[0] == 3
    np.testing.assert_allclose(np.exp(log).sum(-1), 1, rtol=1e-6)


def test_what_takes_text_only_says_so(made: tuple[str, Path]) -> None:
    name, _ = made
    told = paw.compile("Describe it.", compiler="neural", interpreter=name)
    assert told.program.behaviour.vision is None
    with pytest.raises(InputError, match="input 0 holds a picture, but the program takes text only"):
        told(picture(1))
    with pytest.raises(InputError, match="input 1 holds a picture"):
        told.map(["x", picture(1)])
    f = _compile(made)
    with pytest.raises(InputError, match="trace was given a Image, but explains answers to text alone"):
        f.trace(picture(1))
    with pytest.raises(InputError, match="given one picture; call the function"):
        f.map(picture(1))
    with pytest.raises(paw.DataError, match="must be text"):
        f.test([paw.Case(picture(1), "x")])  # type: ignore[arg-type]
    with pytest.raises(InputError, match="which the next function cannot take as text"):
        (f | f)(picture(1))


def test_encoder_and_projector_are_pinned(
    made: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: MeanEncoder
) -> None:
    f = _compile(made)
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    fresh = Interpreter(f.interpreter.engine)
    prepared = fresh.prepare(f.program)
    with pytest.raises(ModelNotFoundError, match=r"the projector .* is not on this machine"):
        fresh.run(prepared, [picture(1)])
    assert f.program.behaviour.vision is not None
    path = settings().cache_dir / "projectors" / f"{f.program.behaviour.vision.projector}.safetensors"
    path.parent.mkdir(parents=True)
    monkeypatch.undo()
    use_mean_encoder(monkeypatch)
    kept = settings().cache_dir / "projectors" / path.name
    data = kept.read_bytes()
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    for wrong, said in ((data[:-4] + b"abcd", "does not hold"), (data[:99], "damaged"), (b"", "damaged")):
        path.write_bytes(wrong)
        with pytest.raises(ModelIntegrityError, match=said):
            fresh.run(prepared, [picture(1)])
    path.write_bytes(data)
    monkeypatch.setattr(MeanEncoder, "digest", "d" * 64)
    with pytest.raises(ProgramError, match="takes pictures through the encoder mean"):
        fresh.run(prepared, [picture(1)])
    monkeypatch.setattr(MeanEncoder, "digest", "e" * 64)
    assert fresh.run(prepared, [picture(1)]) == [f(picture(1))]
