"""Systems on the real weights: what the benchmark measures is what users get."""

from pathlib import Path

import pytest

import programasweights as paw
from programasweights.errors import DataError
from programasweights.evaluation.bench import run_bench
from programasweights.evaluation.suites import Suite, SuiteCase, SuiteTask
from programasweights.evaluation.systems import get_system
from programasweights.program import Program
from programasweights.server.openai_api import create_app
from tests.server.live import running

pytestmark = pytest.mark.weights

TASK = SuiteTask(
    "opposites",
    "Write the opposite of the word.",
    (("up", "down"), ("hot", "cold"), ("in", "out")),
    (SuiteCase("big", ("small", "little")), SuiteCase("left", ("right",))),
    "opposites",
    "Words",
)
LONG = SuiteTask("long", "word " * 9000, (), (SuiteCase("x", ("y",)),), "long", "Words")


def test_the_best_of_several_candidates() -> None:
    plain, best = get_system("compiled-few:prompted"), get_system("compiled-few-best3:prompted")
    assert best.name == "compiled-few-best3:prompted"
    assert best.fingerprint() != plain.fingerprint()
    found = paw.compile(TASK.spec, TASK.demos, compiler="prompted", max_new_tokens=96, budget=3)
    assert list(best.run([TASK])[0].outputs) == found.map(["big", "left"])
    for name in ("compiled-best0", "compiled-best", "compiled-few-bestx:prompted"):
        with pytest.raises(DataError, match="there is no system"):
            get_system(name)


def test_compiled_answers_are_the_functions(tmp_path: Path) -> None:
    system = get_system("compiled-few:prompted")
    outcome, too_long = system.run([TASK, LONG])
    f = paw.compile(TASK.spec, TASK.demos, compiler="prompted", max_new_tokens=96)
    assert list(outcome.outputs) == [f("big"), f("left")]
    unmeasured = Program(f.program.behaviour, f.program.record.model_copy(update={"scores": {}}))
    assert outcome.program_bytes == len(paw.save(unmeasured))
    assert too_long.outputs == ("",)
    assert "Shorten" in too_long.note
    results = run_bench([Suite("own", (TASK, LONG))], [system], tmp_path / "r.json")
    assert results.scores[0].failed_tasks == 1
    assert results.scores[0].single_seconds > 0


def test_prompting_with_examples_differs_from_prompting_without() -> None:
    bare, shown = get_system("prompt"), get_system("prompt-few")
    assert bare.fingerprint() != shown.fingerprint()
    without, with_examples, cut = bare.run([TASK])[0], shown.run([TASK])[0], bare.run([LONG])[0]
    assert all(without.outputs)
    assert without.outputs != with_examples.outputs
    assert max(map(len, with_examples.outputs)) < 40, "examples give the answer its form"
    assert cut.outputs == ("",), "too long for the context: no answer, no crash"


def test_an_endpoint_answers_as_the_model_behind_it() -> None:
    """Our own server and client, with the same prompts as the local system."""
    with running(create_app()) as url:
        served = get_system(f"api-few:{url}/v1#smollm2-135m-instruct")
        (outcome,) = served.run([TASK])
        coded = get_system(f"code-api:{url}/v1#smollm2-135m-instruct").run([TASK])[0]
    assert outcome.outputs == get_system("prompt-few").run([TASK])[0].outputs
    assert coded.program_bytes > 0
    with pytest.raises(DataError, match=r"the endpoint is 'nowhere', but must be URL#MODEL"):
        get_system("api:nowhere")


def test_the_default_model_as_a_programmer() -> None:
    system = get_system("code:")
    (outcome,) = system.run([TASK])
    assert len(outcome.outputs) == 2
    assert outcome.program_bytes > 0
