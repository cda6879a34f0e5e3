"""Pipelines as files: what comes back is what went in, and what cannot go in is said."""

import enum
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import programasweights as paw
from programasweights.cli import app
from programasweights.composition import Pipeline, from_bundle, to_bundle
from programasweights.composition.checks import IsJson, Matches, OneOf
from programasweights.composition.pipeline import require
from programasweights.composition.stages import Call, Constant, Map, Pipe, Require, Stage, Switch
from programasweights.functions import Function
from programasweights.program import Bundle, Program, bundle_to_bytes, from_any_bytes
from programasweights.program.graph import Abstaining, RequireNode
from programasweights.typed import TypedFunction
from programasweights.typed.calibration import Calibration

GOLDEN = Path(__file__).parents[1] / "program" / "golden" / "v3-bundle.paw"
INPUTS = ["a", "", "b c", "é🍜"]
SCHEMA = {"type": "object", "properties": {"b": {"type": "boolean"}, "a": {"type": "integer"}}}
TYPES = [None, bool, int, float, str, Literal["a", "b"], Literal[1, "x", True], list[str], list[int], SCHEMA]


def typed(function: Function, returns: object, abstain: Abstaining | None = None) -> Any:
    if returns is None:
        return function
    if abstain is None:
        return TypedFunction(function, returns)
    calibration = Calibration(abstain.labels, abstain.texts)
    return TypedFunction(function, returns, abstain_below=abstain.below, calibration=calibration)


def loaded(bundle: Bundle, function: Function) -> Pipeline:
    """The pipeline of a bundle, on the interpreter of a function."""

    def make(program: Program, returns: object, abstain: Abstaining | None) -> Any:
        return typed(Function(program, function.interpreter), returns, abstain)

    return Pipeline(from_bundle(bundle, make))


def test_everything_comes_back(one: Function, two: Function, tmp_path: Path) -> None:
    labels = TypedFunction(one, Literal["a", "b"], abstain_below=0.1)
    route = paw.switch(labels, {"a": two, "b": "constant"}, default=one | two)
    whole = (
        route.require(regex="[a-z]*", retries=2, temperature=0.5, fallback=one)
        | typed(two, list[str])
        | paw.map(one.require(one_of=["x", "y"], retries=0, fallback="z"))
        | typed(one, SCHEMA)
    ).require(json=True)
    path = whole.dump(tmp_path / "whole.paw")
    again = loaded(from_any_bytes(path.read_bytes()), one)  # type: ignore[arg-type]
    assert again.id == whole.id
    assert bundle_to_bytes(again.bundle) == path.read_bytes()
    assert again.map(INPUTS) == whole.map(INPUTS)
    assert len(again.bundle.members) == 2
    required = [node for node in again.bundle.behaviour.nodes if isinstance(node, RequireNode)]
    assert [(node.retries, node.temperature, node.check.kind) for node in required] == [
        (2, 0.5, "regex"),
        (0, 0.8, "one_of"),
        (3, 0.8, "json"),
    ]


@pytest.mark.parametrize("returns", TYPES, ids=str)
def test_types_come_back(one: Function, returns: object) -> None:
    function = typed(one, returns)
    bundle = Pipeline(Call(function)).bundle
    [again] = from_bundle(bundle, lambda _, kind, below: typed(one, kind, below)).__dict__.values()
    assert getattr(again, "returns", None) == returns
    assert json.dumps(getattr(again, "returns", None), default=str) == json.dumps(returns, default=str)
    assert again.map(INPUTS) == function.map(INPUTS)


def test_thresholds_come_back_with_their_calibration(one: Function, tmp_path: Path) -> None:
    """A threshold means what it meant, whatever temperatures a later release has by default."""
    careful = typed(one, Literal["a", "b"], Abstaining(below=0.9, labels=0.5, texts=3.0))
    [node, _] = (careful | "x").bundle.behaviour.nodes[:2]
    assert node.abstain == Abstaining(below=0.9, labels=0.5, texts=3.0)  # type: ignore[union-attr]
    again = loaded(Pipeline(Call(careful)).bundle, one)
    assert again.map(INPUTS) == careful.map(INPUTS)


class Colour(enum.Enum):
    red = "red"


@pytest.mark.parametrize("returns", [Colour, date, list[date], re.compile("a+"), dict[str, int]], ids=str)
def test_types_that_cannot_be_saved(one: Function, returns: object) -> None:
    with pytest.raises(paw.ProgramError, match=r"the type .* cannot be saved\. Use"):
        Pipeline(Call(typed(one, returns))).bundle  # noqa: B018


def test_python_functions_cannot_be_saved(one: Function, tmp_path: Path) -> None:
    careful: Any = TypedFunction(one, bool, abstain_below=0.5, fallback=bool)
    for pipeline in (
        one | str.upper,
        paw.map(len) | one,
        paw.switch(one, {"a": one}, default=len),
        one.require(json=True, fallback=len),
        one.require(len),
        careful | one,
    ):
        with pytest.raises(paw.ProgramError, match=r"cannot be saved, because a \.paw file\s+holds no code"):
            pipeline.dump(tmp_path / "x.paw")
        with pytest.raises(paw.ProgramError, match="cannot be saved"):
            pipeline.id  # noqa: B018
    assert list(tmp_path.iterdir()) == []


def test_pipelines_that_are_too_large(one: Function) -> None:
    deep = paw.map(one)
    for _ in range(40):
        deep = paw.map(deep)
    with pytest.raises(paw.ProgramError, match=r"cannot be saved: .*stages deep"):
        deep.bundle  # noqa: B018
    doubled = one | "x"
    for _ in range(13):
        doubled = paw.switch(doubled, {"a": doubled})
    with pytest.raises(paw.ProgramError, match=r"cannot be saved: .*may lead to more than"):
        doubled.bundle  # noqa: B018
    with pytest.raises(paw.ProgramError, match=r"cannot be saved: .*no program is called"):
        paw.map("text").bundle  # noqa: B018


def test_equal_parts_are_saved_once(one: Function, two: Function) -> None:
    twin = Function(one.program, one.interpreter)
    bundle = (one | two | twin | two).bundle
    assert [node.kind for node in bundle.behaviour.nodes] == ["call", "call", "pipe"]
    assert bundle == (one | two | one | two).bundle


def test_the_id_is_the_behaviour_s(one: Function, two: Function) -> None:
    base = paw.switch(one, {"a": two, "b": "x"}).bundle
    assert base.id == paw.switch(one, {"b": "x", "a": two}).bundle.id
    others = [
        paw.switch(two, {"a": two, "b": "x"}),
        paw.switch(one, {"a": two, "b": "y"}),
        paw.switch(one, {"a": two, "b": "x"}, default="y"),
        paw.switch(typed(one, bool), {"a": two, "b": "x"}),
        one | two,
        two | one,
    ]
    assert len({base.id, *(other.id for other in others)}) == 7
    scored = Function(one.program.with_scores({"accuracy": 1.0}), one.interpreter)
    assert paw.switch(scored, {"a": two, "b": "x"}).id == base.id


def stages(one: Function, two: Function) -> st.SearchStrategy[Stage]:
    calls = [Call(typed(function, kind)) for function in (one, two) for kind in (None, bool, list[int])]
    checks = st.sampled_from([IsJson(), Matches("a*"), OneOf(("x", "é"))])
    label = st.text(alphabet="ab é", max_size=3)

    def larger(inner: st.SearchStrategy[Stage]) -> st.SearchStrategy[Stage]:
        maybe = st.none() | inner
        return st.one_of(
            st.builds(Pipe, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(Map, inner),
            st.builds(Switch, inner, st.dictionaries(label, inner, min_size=1, max_size=3), maybe),
            st.builds(Require, inner, checks, st.integers(0, 2), st.sampled_from([0.5, 1.0]), maybe),
        )

    return st.recursive(st.sampled_from(calls) | st.builds(Constant, label), larger, max_leaves=8)


def test_any_pipeline_comes_back(one: Function, two: Function) -> None:
    @given(stages(one, two))
    @settings(max_examples=60, deadline=None, database=None)
    def comes_back(stage: Stage) -> None:
        try:
            bundle = to_bundle(stage)
        except paw.ProgramError as error:
            assert "no program is called" in str(error) or "may lead to" in str(error)  # noqa: PT017
            return
        data = bundle_to_bytes(bundle)
        again = from_any_bytes(data)
        assert isinstance(again, Bundle)
        by_id = {one.id: one, two.id: two}
        rebuilt = from_bundle(again, lambda program, kind, below: typed(by_id[program.id], kind, below))
        assert bundle_to_bytes(to_bundle(rebuilt)) == data

    comes_back()


def test_the_same_bytes_in_another_process(one: Function, two: Function, tmp_path: Path) -> None:
    whole = paw.switch(one, {"b": two, "a": "x", "é": one})
    path = whole.dump(tmp_path / "b.paw")
    code = (
        "import sys; from pathlib import Path; from programasweights.program import *\n"
        "print(bundle_to_bytes(load_any(Path(sys.argv[1]))) == Path(sys.argv[1]).read_bytes())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


def test_a_bundle_is_a_function_on_the_named_interpreter(
    one: Function, two: Function, tmp_path: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the library's verbs and the command line, by the name that its programs carry."""
    monkeypatch.setenv("PAW_CACHE_DIR", str(tiny_folder.parent / "cache"))
    monkeypatch.setenv("PAW_PRECISION", "fp32")
    whole = paw.switch(one, {"a": two}, default=typed(one, list[int]))
    path = whole.dump(tmp_path / "b.paw")
    again = paw.function(path)
    assert again.map(INPUTS) == whole.map(INPUTS)
    assert paw.function(path.read_bytes())("a") == paw.function(whole.bundle)("a") == whole("a")
    with pytest.raises(paw.SpecError, match="stand in a bundle already"):
        paw.function(path, returns=bool)
    with pytest.raises(paw.PawFileError, match="bundle of 2 programs"):
        paw.load(path)
    done = CliRunner().invoke(app, ["run", str(path), "a", "--json"])
    assert json.loads(done.stdout) == {"input": "a", "output": whole("a")}


def test_inspect_needs_no_base_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    page = CliRunner().invoke(app, ["inspect", str(GOLDEN)])
    assert page.exit_code == 0
    for text in (
        "53d00b7e96a4",
        "for each item",
        "required to be regex '[a-z]+'; 1 retries at 0.8",
        "otherwise: required to be JSON",
        "-> one of a — b, 3, True, abstains below 0.5",
        "'3': the text 'no \"answer\" 🍜'",
        "Program 9b662795d6e0 on tiny",
    ):
        assert text in page.stdout, text
    found = json.loads(CliRunner().invoke(app, ["inspect", str(GOLDEN), "--json"]).stdout)
    assert found["bytes"] == GOLDEN.stat().st_size
    assert len(found["behaviour"]["nodes"]) == 13
    assert len(found["programs"]) == 2


def test_what_takes_one_program_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    for command in (["trace", str(GOLDEN), "x"], ["push", str(GOLDEN), "--server", "http://localhost:1"]):
        done = CliRunner().invoke(app, command)
        assert isinstance(done.exception, paw.PawFileError), done.output
        assert "bundle of" in str(done.exception)


def test_requirements_are_public_verbs_of_functions_alone(one: Function) -> None:
    assert isinstance(require(one, json=True), Pipeline)
    assert not hasattr(paw, "require")
