"""Sums over pictures against hand arithmetic, the page, the figure and the command."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from programasweights.cli import app
from programasweights.compiler.default import SHIPPED
from programasweights.data.images import write_pictures
from programasweights.evaluation.pictures.report import markdown, plot
from programasweights.evaluation.pictures.run import PAPER, PictureResults, run_pictures
from programasweights.evaluation.pictures.sample import Sample, picture_task, read_sample
from programasweights.evaluation.pictures.systems import get_picture_system
from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems import Outcome
from tests.training.pictures.tiny_pictures import squares


class Looks:
    """Names the colour, and says yes to all else."""

    name = "looks"
    together = 3

    def __init__(self) -> None:
        self.asked = 0

    def fingerprint(self) -> str:
        return "looks 1"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        self.asked += len(tasks)
        return [Outcome((_colour(task), "yes"), 1.0, 7) for task in tasks]

    def single(self, task: SuiteTask) -> float:
        del task
        return 0.5


def _colour(task: SuiteTask) -> str:
    brightest = picture_task(task).image.pixels[0, 0].argmax()
    return ("red", "green", "blue")[brightest]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Six squares to score, red, green, blue and again; seven to show, three of them red."""
    write_pictures(tmp_path / "squares.jsonl", [*squares("test", 6), *squares("train", 7)])
    return tmp_path / "squares.jsonl"


@pytest.fixture
def sample(file: Path) -> Sample:
    return read_sample(file, ["circuit"], count=6)


def test_sums_are_what_the_answers_say(sample: Sample, tmp_path: Path) -> None:
    majority, looks = get_picture_system("majority", sample), Looks()
    results = run_pictures(sample, [looks, majority], tmp_path / "r.json", command="paw x")
    seen, guessed = results.scores
    # looks: every colour, and "yes" for the red ones; majority: "red" and "no"
    assert seen.metrics["exact_match"].mean == pytest.approx((6 + 2) / 12, abs=1e-4)
    assert guessed.metrics["exact_match"].mean == pytest.approx((2 + 4) / 12, abs=1e-4)
    assert results.by_kind == {
        "circuit": {"looks": {"name": 1, "yes-no": 0.3333}, "majority": {"name": 0.3333, "yes-no": 0.6667}}
    }
    (more,) = results.differences
    assert (more.system, more.control, more.task) == ("looks", "majority", "circuit")
    # red 2/2 - 1/2, green and blue 1/2 - 1/2
    assert more.exact_match.mean == pytest.approx(0.5 / 3, abs=1e-4)
    assert (more.exact_match.low, more.exact_match.high) == (0, pytest.approx(0.4167, abs=0.1))
    assert results.paper == {"circuit": PAPER["circuit"]}
    assert results.sample == sample.info
    kept = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert PictureResults.model_validate(kept) == results
    again = Looks()
    assert run_pictures(sample, [again, majority], tmp_path / "r.json", command="paw x") == results
    assert again.asked == 0, "answers are taken up again"
    assert looks.asked == 6


def test_without_a_control_there_are_no_differences(sample: Sample, tmp_path: Path) -> None:
    assert run_pictures(sample, [Looks()], tmp_path / "r.json").differences == []


def test_the_page_and_the_figure(sample: Sample, tmp_path: Path) -> None:
    systems = [Looks(), get_picture_system("majority", sample)]
    results = run_pictures(sample, systems, tmp_path / "r.json", command="paw x")
    page = markdown(results)
    for line in (
        "Split test, read from squares.jsonl: circuit 6 pictures and 12 questions.",
        "| looks | 66.7 [",
        "| the paper (other, real data) | 24.1 |",
        "| points more than majority | circuit |",
        "| circuit, any level | 67 | 50 |",
    ):
        assert line in page
    assert "transcriptions" not in page
    plot(results, tmp_path / "r.png")
    content = (tmp_path / "r.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) > 5000


def test_molecules_are_scored_as_molecules(tmp_path: Path) -> None:
    from programasweights.evaluation.pictures.sample import draw_sample

    sample = draw_sample(["smiles"], count=3, counted=5, seed=1, level=1)
    results = run_pictures(sample, [get_picture_system("majority", sample)], tmp_path / "r.json")
    metrics = results.scores[0].metrics
    assert metrics["valid_smiles"].mean == 1
    assert 0 <= metrics["exact_match"].mean <= metrics["tanimoto"].mean < 1
    assert (
        "| transcriptions | smiles: edit similarity | smiles: same SMILES | smiles: valid SMILES |"
        in markdown(results)
    )
    assert "drawn with seed 1, level 1: smiles 3 pictures" in markdown(results)


def test_the_command(file: Path, tmp_path: Path) -> None:
    def paw(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["bench-pictures", *map(str, arguments)])
        return done.exit_code, done.output

    out = tmp_path / "out" / "r.json"
    code, said = paw("--system", "majority", "--task", "circuit", "--data", file, "--out", out, "--wrong", 1)
    assert code == 0, said
    assert "| majority | 50.0 [" in said
    assert "== majority on circuit" in said
    assert {p.name for p in out.parent.iterdir()} == {"r.json", "r.md", "r.png", "r.answers.jsonl"}
    assert json.loads(out.read_text("utf-8"))["sample"]["source"] == "squares.jsonl"
    assert paw("--system", "majority", "--data", file, "--out", tmp_path / "r.txt")[0] == 2


def test_the_shipped_compilers_results_are_those_on_page_and_card() -> None:
    root = Path(__file__).parents[3]
    stem = root / "benchmarks" / "results" / "pictures-shipped"
    results = PictureResults.model_validate_json(stem.with_suffix(".json").read_text("utf-8"))
    assert stem.with_suffix(".md").read_text("utf-8") == markdown(results)
    pages = [root / "docs" / "images.md", SHIPPED / "PICTURES.md"]
    for page in (path.read_text("utf-8") for path in pages):
        for found in [score.metrics["exact_match"] for score in results.scores]:
            mean, low, high = (100 * number for number in (found.mean, found.low, found.high))
            assert f"{mean:.1f} ({low:.1f} to {high:.1f})" in page


def test_the_committed_results_are_those_on_the_page() -> None:
    root = Path(__file__).parents[3]
    stem = root / "benchmarks" / "results" / "pictures-baselines"
    results = PictureResults.model_validate_json(stem.with_suffix(".json").read_text("utf-8"))
    assert stem.with_suffix(".md").read_text("utf-8") == markdown(results)
    page = (root / "docs" / "images.md").read_text("utf-8")
    for score in results.scores:
        if score.suite in ("chemical", "circuit", "music"):
            assert f"{100 * score.metrics['exact_match'].mean:.1f}%" in page
    assert f"on {results.sample.pictures['circuit']} pictures of each task" in page
    assert results.paper == PAPER
