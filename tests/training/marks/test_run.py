"""A training run of a mark reader: it learns, goes on where it was, and is refused what does not fit."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from programasweights.data.images.drawing import draw_marked
from programasweights.data.images.marks import Drawing, Link, Mark
from programasweights.errors import DataError
from programasweights.training.marks.config import MarkTraining
from programasweights.training.marks.pictures import (
    drawn_sheets,
    load_sheets,
    marked_sheet,
    save_sheets,
)
from programasweights.training.marks.run import MarkRun
from programasweights.training.marks.targets import Labels, labels_of, mark_batch
from programasweights.training.marks.validation import compare
from programasweights.vision.marks.files import load_marks
from programasweights.vision.marks.finding import FoundLink, FoundMark, find_links, find_marks

CONFIG = MarkTraining(
    task="smiles", pictures=12, valid_pictures=3, batch=4, steps=6, warmup=2, valid_every=3, save_every=3
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> MarkRun:
    """A run without a break."""
    run = MarkRun(tmp_path_factory.mktemp("marks"), CONFIG)
    run.run()
    return run


def test_a_run_leaves_its_files(whole: MarkRun) -> None:
    assert whole.step == 6
    valid = [json.loads(line) for line in (whole.folder / "valid.jsonl").read_text().splitlines()]
    assert [line["step"] for line in valid] == [3, 6]
    assert {"whole", "marks", "links"} < set(valid[0])
    reader = load_marks(whole.folder / "best" / "marks.safetensors")
    assert reader.config.properties == whole.labels.properties
    assert reader.config.links == ("double", "single", "triple")


def test_a_run_goes_on_where_it_was(whole: MarkRun, tmp_path: Path) -> None:
    for name in ("train.npz", "valid.npz"):
        (tmp_path / name).write_bytes((whole.folder / name).read_bytes())
    MarkRun(tmp_path, CONFIG).run(seconds=0)
    again = MarkRun(tmp_path, CONFIG)
    assert again.step == 1
    again.run()
    for ours, theirs in zip(
        again.model.state_dict().values(), whole.model.state_dict().values(), strict=True
    ):
        torch.testing.assert_close(ours, theirs)


def test_a_run_ends_within_a_pass(whole: MarkRun, tmp_path: Path) -> None:
    for name in ("train.npz", "valid.npz"):
        (tmp_path / name).write_bytes((whole.folder / name).read_bytes())
    run = MarkRun(tmp_path, replace(CONFIG, steps=4))
    run.run()
    assert run.step == 4


def test_another_config_is_refused(whole: MarkRun) -> None:
    with pytest.raises(DataError, match="holds a run with another lr"):
        MarkRun(whole.folder, replace(CONFIG, lr=0.01))


@pytest.mark.parametrize(
    "wrong", [{"task": "maps"}, {"steps": 0}, {"others": 1.0}, {"lr": 0.0}, {"batch": 0}, {"widths": (1, 2)}]
)
def test_wrong_values_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(DataError):
        replace(CONFIG, **wrong)


def test_it_learns_one_sheet(tmp_path: Path) -> None:
    config = replace(
        CONFIG, pictures=1, valid_pictures=1, batch=1, steps=80, warmup=5, lr=5e-3, valid_every=80
    )
    run = MarkRun(tmp_path, config)
    run._valid = run._train
    run.run()
    last = json.loads((tmp_path / "valid.jsonl").read_text().splitlines()[-1])
    assert last["marks"] > 0.9


def test_sheets_are_the_same_for_every_number_of_workers(tmp_path: Path) -> None:
    config = replace(CONFIG, others=0.25)
    one = drawn_sheets(config, "train", 8, workers=1, advance=lambda _: None)
    two = drawn_sheets(config, "train", 8, workers=2, advance=lambda _: None)
    save_sheets(tmp_path / "sheets.npz", one)
    for a, b, c in zip(one, two, load_sheets(tmp_path / "sheets.npz"), strict=True):
        assert np.array_equal(a.ink, b.ink)
        assert np.array_equal(a.ink, c.ink)
        assert a.marks == b.marks == c.marks
        assert a.links == b.links == c.links
    # every fourth is of another task, and nothing is to be found in it
    assert [bool(sheet.marks) for sheet in one] == [True, True, True, False] * 2


def test_targets_say_what_is_found() -> None:
    """From drawing to maps and back: what maps are wanted to be is read as the marks that were drawn."""
    from programasweights.vision.marks.network import LINK_NUMBERS, MARK_NUMBERS

    for number in range(6):
        sheet = marked_sheet(draw_marked("smiles", 2, number, split="train"))
        labels = labels_of([sheet])
        batch = mark_batch([sheet], labels)
        sizes = {"marks": [len(p) for p in labels.properties], "links": [len(labels.links)]}
        maps = {}
        for name, places, first in (
            ("marks", batch.marks, MARK_NUMBERS),
            ("links", batch.links, LINK_NUMBERS),
        ):
            found = np.full((first + sum(sizes[name]), *places.there.shape[1:]), -9.0, np.float32)
            found[0] = torch.logit(places.there[0], eps=1e-6).numpy()
            for (_, row, column), numbers, own in zip(
                places.cells, places.numbers, places.labels, strict=True
            ):
                found[1:first, row, column] = numbers
                start = first
                for size, label in zip(sizes[name], own, strict=True):
                    found[start + label, row, column] = 9
                    start += size
            maps[name] = found
        marks = find_marks(maps["marks"], labels.properties)
        links = find_links(maps["links"], marks, labels.links)
        (right, found_marks, there), (same, found_links, linked) = compare(sheet, marks, links)
        assert right == found_marks == there
        assert same == found_links == linked


def test_scores_count_what_is_wrong() -> None:
    sheet = marked_sheet(
        Drawing(
            Image.new("L", (40, 40), 255),
            (Mark(10, 10, ("C", "")), Mark(30, 10, ("N",))),
            (Link(0, 1, "single"),),
        )
    )
    (ax, ay, _), (bx, by, _) = sheet.marks
    right = [FoundMark(ax, ay, ("C", ""), 1.0), FoundMark(bx + 2, by, ("N", "+"), 1.0)]
    single = FoundLink(1, 0, "single", 1.0)
    # a property that a mark does not have is not compared
    assert compare(sheet, right, [single]) == ((2, 2, 2), (1, 1, 1))
    assert compare(sheet, right[:1], []) == ((1, 1, 2), (0, 0, 1))
    wrong = [replace(right[0], labels=("N", "")), right[1], replace(right[1], x=bx + 30)]
    assert compare(sheet, wrong, [replace(single, label="double")]) == ((1, 3, 2), (0, 1, 1))


def test_a_label_that_was_never_seen_is_left_out() -> None:
    labels = Labels((("C",), ("",)), ("single",))
    sheet = marked_sheet(Drawing(Image.new("L", (32, 32), 255), (Mark(10, 10, ("Xx", "")),)))
    batch = mark_batch([sheet], labels)
    assert set(batch.marks.labels[:, 0].tolist()) == {-1}
    assert set(batch.marks.labels[:, 1].tolist()) == {0}


RECIPES = sorted((Path(__file__).parents[3] / "recipes" / "marks").glob("*.json"))


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_recipes_are_runs(path: Path) -> None:
    config = MarkTraining(**json.loads(path.read_text("utf-8")))
    assert config.warmup < config.steps
    assert config.valid_every <= config.steps


def test_all_recipes_are_on_the_page() -> None:
    page = (Path(__file__).parents[3] / "docs" / "images.md").read_text("utf-8")
    assert all(f"`{path.name}`" in page or f"recipes/marks/{path.name}" in page for path in RECIPES)
    assert len(RECIPES) == 5


def test_the_commands(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from programasweights.cli import app
    from programasweights.compiler.default import SHIPPED_PICTURES
    from programasweights.compiler.picture_checkpoint import load_picture_checkpoint

    def paw(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["train", *map(str, arguments)])
        return done.exit_code, " ".join(f"{done.output} {done.exception}".split())

    smoke = next(path for path in RECIPES if path.stem == "smoke")
    code, said = paw("marks", "--recipe", smoke, "--out", tmp_path / "run", "--workers", 1)
    assert (code, "step 8 of 8" in said) == (0, True)
    best = tmp_path / "run" / "best" / "marks.safetensors"
    out = tmp_path / "new.safetensors"
    code, said = paw("readers", SHIPPED_PICTURES, "--reader", best, "--out", out)
    assert (code, "reads marks of smiles" in said) == (0, True)
    found = load_picture_checkpoint(out).pictures
    assert found is not None
    assert [reader.digest for reader in found.readers] != [load_marks(best).digest]  # int8 is coarser
    assert [reader.config for reader in found.readers] == [load_marks(best).config]
    (tmp_path / "bad.json").write_text('{"task": "smiles", "more": 1}')
    code, said = paw("marks", "--recipe", tmp_path / "bad.json", "--out", tmp_path / "other")
    assert (code, "is not a recipe" in said) == (1, True)
    code, said = paw("readers", best, "--out", out)
    assert (code, "not a picture checkpoint" in said) == (1, True)
