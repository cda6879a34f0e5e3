"""What docs/images.md says of files and encoders is so."""

import json
import re
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.vision import DEFAULT_ENCODER, ImageLimits, load_encoder
from programasweights.vision.encoders import ENCODERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "images.md").read_text("utf-8")
RESULTS = ROOT / "benchmarks" / "results"


@pytest.mark.weights
@pytest.mark.parametrize("name", ENCODERS)
def test_encoders_by_name(name: str) -> None:
    encoder = load_encoder(name)
    (row,) = re.findall(rf"^\| `{name}`(?P<default> \(default\))? \| (\d+) \| (\d+) \|", PAGE, re.MULTILINE)
    assert row == (
        " (default)" if name == DEFAULT_ENCODER else "",
        str(encoder.tokens),
        str(encoder.features),
    )


def test_limits() -> None:
    limits = ImageLimits()
    assert (limits.nbytes, limits.pixels, limits.side) == (32 << 20, 32_000_000, 16_384)
    assert "32 MB a file, 32 million pixels and 16,384 pixels a\nside" in PAGE


def test_the_error_shown() -> None:
    (shown,) = re.findall(r"ImageError: (the picture 'https.*?) \.\.\.\n +(.*?\.)\n", PAGE)
    with pytest.raises(paw.ImageError) as raised:
        paw.Image("https://example.org/c.png")
    assert str(raised.value).startswith(shown[0])
    assert str(raised.value).endswith(shown[1])


def test_hostile_files() -> None:
    found = json.loads((RESULTS / "hostile_images.json").read_text("utf-8"))
    must_fail = found["must_fail"]
    assert must_fail["files"] == 500
    assert must_fail["not_as_it_must_be"] == found["mutants"]["not_as_it_must_be"] == []
    assert f"memory was {must_fail['largest_growth_mb'][0]:.0f} MB" in PAGE
    assert max(found["largest_allowed_mb"].values()) < 370
    assert "takes up to 370 MB" in PAGE


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (
            "efficientnet, 32 px a cell, in a square",
            "EfficientNet, 32 pixels a cell, on a square with its margins",
        ),
        ("efficientnet, 32 px a cell", "EfficientNet, 32 pixels a cell"),
        ("efficientnet, 64 px a cell", "EfficientNet, 64 pixels a cell"),
        ("efficientnet, 64 px a cell, averaged", "the same, averaged over a cell"),
        ("efficientnet, 96 px a cell, averaged", "EfficientNet, 96 pixels a cell, averaged"),
        ("recogniser lines", "recogniser in lines"),
        ("recogniser map, averaged", "recogniser as a map, averaged"),
        ("efficientnet, 64 px a cell, averaged + recogniser lines", "EfficientNet, 64 pixels (352) + lines"),
        (
            "efficientnet, 64 px a cell, averaged + recogniser map, averaged",
            "EfficientNet, 64 pixels (352) + map (384)",
        ),
    ],
)
def test_the_probe(view: str, shown: str) -> None:
    found = json.loads((RESULTS / "vision_probe.json").read_text("utf-8"))["tasks"]["circuit"][view]
    row = f"| {shown} | {round(found['numbers']):,} | {found['explained']:.3f} | {found['exact']:.3f} |"
    assert row in PAGE
