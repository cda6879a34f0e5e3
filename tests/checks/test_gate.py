"""What is measured when a program is compiled, and the least that is asked for."""

from pathlib import Path
from typing import Any

import pytest

import programasweights as paw
from programasweights.checks.gate import MOST_EXAMPLES, measure
from programasweights.checks.running import run_cases
from programasweights.hub import ProgramStore

EXAMPLES = [("Fire!", "yes"), ("Soon.", "no")]


def compiled(tiny_name: str, **options: Any) -> Any:
    return paw.compile("Urgent?", EXAMPLES, interpreter=tiny_name, max_new_tokens=8, **options)


def test_examples_are_measured_and_kept(tiny_name: str) -> None:
    f = compiled(tiny_name)
    assert f.explain().scores == {"examples_accuracy": 0.0}
    assert "examples_accuracy 0" in str(f.explain())
    assert ProgramStore().get(f.id).record == f.program.record
    data = paw.save(f.program)
    assert paw.save(compiled(tiny_name).program) == data, "the same spec is the same file"


def test_scores_are_no_part_of_the_id(tiny_name: str) -> None:
    f = compiled(tiny_name)
    outputs = f.map(["a", "b"])
    tested = compiled(tiny_name, tests=[("a", outputs[0]), ("b", "never this"), ("b", outputs[1])])
    assert tested.id == f.id
    expected = {"examples_accuracy": 0.0, "test_accuracy": 0.666667, "test_cases": 3.0}
    assert tested.explain().scores == paw.function(f.id).explain().scores == expected
    assert tested.program.record.created_at == f.program.record.created_at


def test_typed_functions_are_measured_as_typed(tiny_name: str) -> None:
    asked: list[str] = []
    bare = compiled(tiny_name, returns=bool)
    right = [bare(text) for text, _ in EXAMPLES] == [True, False]
    share = sum(bare(text) is value for text, value in [("Fire!", True), ("Soon.", False)]) / 2
    assert bare.explain().scores == {"examples_accuracy": share}
    assert right == (share == 1)
    value = bare("x")
    helped = compiled(
        tiny_name,
        returns=bool,
        abstain_below=1.0,
        fallback=lambda text: asked.append(text),
        tests=[("x", value)],
    )
    assert helped.explain().scores["test_accuracy"] == 1.0
    assert asked == [], "a fallback is not the program's, and may cost something"
    assert helped("x") is None
    assert asked == ["x"]


def test_a_function_that_is_not_good_enough(tiny_name: str) -> None:
    tests = [("a", "never this"), ("b", "nor that")]
    with pytest.raises(paw.AccuracyError, match="0 of 2 cases passed") as caught:
        compiled(tiny_name, tests=tests, min_accuracy=0.5)
    assert "never this" in str(caught.value)
    function, report = caught.value.function, caught.value.report
    assert function.test(tests) == report
    assert function.explain().scores["test_accuracy"] == 0.0
    assert ProgramStore().get(function.id).id == function.id
    # without tests, the examples count, measured before or not
    with pytest.raises(paw.AccuracyError, match="0 of 2 cases passed"):
        compiled(tiny_name, min_accuracy=0.5)


def test_a_function_that_is_good_enough(tiny_name: str) -> None:
    output = compiled(tiny_name)("a")
    f = compiled(tiny_name, tests=[("a", output), ("a", "x")], min_accuracy=0.5)
    assert f("a") == output
    with pytest.raises(paw.AccuracyError, match="1 of 2 cases passed"):
        compiled(tiny_name, tests=[("a", output), ("a", "x")], min_accuracy=0.51)
    assert compiled(tiny_name, min_accuracy=0).id == f.id


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_accuracy": 1.1, "tests": [("a", "b")]}, "min_accuracy is 1.1"),
        ({"min_accuracy": True, "tests": [("a", "b")]}, "min_accuracy is True"),
        ({"min_accuracy": "1", "tests": [("a", "b")]}, "min_accuracy is '1'"),
        ({"min_accuracy": float("nan"), "tests": [("a", "b")]}, "min_accuracy is nan"),
        ({"min_accuracy": 0.5}, "something to be measured on"),
        ({"tests": []}, "there are 0 cases"),
        ({"tests": ["ab"]}, "case 1 is 'ab'"),
    ],
)
def test_bad_options_are_refused_before_a_model_is_touched(
    options: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with pytest.raises((paw.SpecError, paw.DataError), match=message):
        paw.compile("x", **options)
    assert list(tmp_path.iterdir()) == []


def test_many_examples_cost_no_more_than_some() -> None:
    examples = [(str(n), str(n)) for n in range(1000)]
    seen: list[str] = []

    def test(cases: Any) -> paw.TestReport:
        return run_cases(lambda text: seen.append(text) or text, cases)

    assert measure(test, examples, None, {}, wanted=False).scores == {"examples_accuracy": 1.0}
    assert len(set(seen)) == MOST_EXAMPLES
    assert min(map(int, seen)) < 100
    assert max(map(int, seen)) > 900
    # known already: not run again, unless a report of them is asked for
    assert measure(test, examples, None, {"examples_accuracy": 1.0}, wanted=False).scores == {}
    assert len(seen) == MOST_EXAMPLES
    assert measure(test, examples, None, {"examples_accuracy": 1.0}, wanted=True).report is not None
    assert measure(test, examples, [("a", "a")], {"examples_accuracy": 1.0}, wanted=True).scores == {
        "test_accuracy": 1.0,
        "test_cases": 1.0,
    }


def test_a_decorated_function_that_is_not_good_enough_is_refused_every_time(tiny_name: str) -> None:
    def decorated(**options: Any) -> Any:
        @paw.fuzzy(interpreter=tiny_name, max_new_tokens=8, **options)
        def urgent(text: str) -> bool:
            "Urgent?"
            raise NotImplementedError

        return urgent

    value = decorated()("x")  # compiled and kept
    assert decorated(tests=[("x", value)], min_accuracy=1.0)("x") is value
    for _ in range(2):
        with pytest.raises(paw.AccuracyError, match="0 of 1 cases passed"):
            decorated(tests=[paw.Case("x", not value)], min_accuracy=1.0)("x")
