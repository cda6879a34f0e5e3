"""`paw test`, `paw compare`, `paw lint`, and tests of `paw compile`, on a tiny random model."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result
from typer.testing import CliRunner

import programasweights as paw
from programasweights.cli import app
from tests.tiny_models import save_tiny_model

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("check-commands") / "llama", "llama", seed=3)


@pytest.fixture
def tiny_name(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tiny_folder.parent / "cache"))
    monkeypatch.chdir(tmp_path)
    return str(tiny_folder)


@pytest.fixture
def function(tiny_name: str) -> paw.Function:
    f = paw.compile("Urgent?", interpreter=tiny_name, max_new_tokens=8)
    f.dump("a.paw")
    paw.compile("Calm?", interpreter=tiny_name, max_new_tokens=8, seed=1).dump("b.paw")
    return f


def suite(function: paw.Function, **more: object) -> str:
    """A suite of two cases of which the function gets the first right."""
    cases = [
        {"input": "x", "expected": function("x"), "name": "right"},
        {"input": "y", "expected": "never this"},
    ]
    Path("suite.json").write_text(json.dumps({"cases": cases} | more))
    return "suite.json"


def invoke(*arguments: str, code: int = 0) -> Result:
    done = RUNNER.invoke(app, list(arguments))
    assert done.exit_code == code, done.output + repr(done.exception)
    return done


@pytest.mark.parametrize("command", ["test", "compare", "lint"])
def test_help_shows_an_example(command: str) -> None:
    page = RUNNER.invoke(app, [command, "--help"], terminal_width=200).stdout
    assert f"paw {command} " in page.replace("\n", " ")


def test_a_suite_that_fails(function: paw.Function) -> None:
    done = invoke("test", suite(function), "a.paw", "--junit", "report.xml", code=1)
    assert done.stdout.splitlines() == ["1 of 2 cases passed: 50.0% [9.5, 90.5] (needs 100.0%)", "FAILED"]
    assert "never this" in done.stderr
    assert "right" not in done.stderr
    root = ElementTree.parse("report.xml").getroot()
    assert (root[0].get("tests"), root[0].get("failures")) == ("2", "1")


def test_a_suite_that_passes(function: paw.Function) -> None:
    name = suite(function, program="a.paw", min_accuracy=0.5, properties={"max_chars": 1000})
    found = json.loads(invoke("test", name, "--json").stdout)
    assert (found["passed"], found["accuracy"], found["program"]) == (True, 0.5, function.id)
    assert found["shares"] == {"max_chars": 1.0}
    assert found["cases"]["results"][0]["found"] == function("x")


def test_a_program_is_looked_for_beside_its_suite(
    function: paw.Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = str(Path(suite(function, program="a.paw", min_accuracy=0.5)).resolve())
    Path("elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    assert invoke("test", name).stdout.endswith("passed\n")


def test_suites_that_cannot_be_run(function: paw.Function) -> None:
    done = invoke("test", suite(function), code=2)
    assert "names no program" in done.stderr
    Path("bad.yaml").write_text("cases:\n- input: a\n")
    done = invoke("test", "bad.yaml", code=1)
    assert "line 2, cases.1.expected" in str(done.exception)


def test_compare(function: paw.Function) -> None:
    name = suite(function)
    found = json.loads(invoke("compare", "a.paw", "b.paw", "--cases", name, "--json").stdout)
    other = paw.function("b.paw")("x") == function("x")
    assert (found["first_accuracy"], found["wins"], found["losses"]) == (0.5, 0 if other else 1, 0)
    assert not other, "the two programs must differ for this test to say anything"
    done = invoke("compare", "a.paw", "b.paw", "--cases", name)
    assert "first 1, second 0; p = 1 (exact McNemar)" in done.stdout
    assert "✓" in done.stderr
    same = invoke("compare", "a.paw", "a.paw", "--cases", name)
    assert same.stderr.strip() == "Comparing ..."


def test_lint() -> None:
    done = invoke("lint", "Classify the sentiment of the review.", code=1)
    assert done.stdout.startswith("L002 classes are not named")
    assert done.stderr == "1 warning\n"
    found = json.loads(
        invoke("lint", "Answer yes or no.", "-e", "a=>b", "-e", "a=>c", "--json", code=1).stdout
    )
    assert [warning["code"] for warning in found] == ["L004"]
    assert invoke("lint", "Is it urgent? Answer yes or no.").stdout == ""


def test_compile_with_tests(function: paw.Function, tiny_name: str) -> None:
    compile_ = [
        "compile",
        "Urgent?",
        "--interpreter",
        tiny_name,
        "--max-new-tokens",
        "8",
        "--tests",
        suite(function),
    ]
    found = json.loads(invoke(*compile_, "-o", "c.paw", "--json").stdout)
    assert found["scores"] == {"test_accuracy": 0.5, "test_cases": 2.0}
    assert "test_accuracy 0.5, test_cases 2" in invoke("inspect", "c.paw").stdout
    done = invoke(*compile_, "-o", "d.paw", "--min-accuracy", "0.8", code=1)
    assert isinstance(done.exception, paw.AccuracyError)
    assert "never this" in str(done.exception)
    assert not Path("d.paw").exists()
    assert "test_accuracy 0.5" in invoke(*compile_, "-o", "d.paw", "--min-accuracy", "0.5").stderr
