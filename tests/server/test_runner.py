"""The runner: its outputs against the interpreter's, fairness between jobs, streams, limits, failures."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from programasweights.errors import ContextLengthError, InterpreterMismatchError
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from programasweights.program import (
    Behaviour,
    CompilerSection,
    GenerationSection,
    InterpreterSection,
    PrefixSection,
    Program,
    Record,
    SpecSection,
)
from programasweights.server import runner as runner_module
from programasweights.server.errors import ApiError
from programasweights.server.runner import Runner, RunOptions, RunResult

INPUTS = ["I love it", "", "Ugh. " * 40, "Ὁ βίος βραχύς 🎈"]

FOREVER = "Repeat the word yes a thousand times:" + " yes" * 12
"""A task on which the model does not end by itself."""


def never() -> Program:
    raise AssertionError("the program was in memory")


def program(engine: Engine, task: str, *, tokens: int = 6, stop: tuple[str, ...] = ()) -> Program:
    """A program of text alone for the default model."""
    layers, kv_heads, head_dim = engine.config.kv_shape
    recipe = engine.model.recipe
    behaviour = Behaviour(
        spec=SpecSection(text=task),
        pseudo_program=task,
        template="turns",
        interpreter=InterpreterSection(
            name=recipe.name, digest=recipe.digest, layers=layers, kv_heads=kv_heads, head_dim=head_dim
        ),
        compiler=CompilerSection(name="prompted"),
        seed=0,
        recipe={},
        generation=GenerationSection(max_new_tokens=tokens, stop=stop),
        prefix=PrefixSection(slots=0),
    )
    return Program(behaviour, Record(package_version="0"), None)


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    made = Runner()
    made.start()
    yield made
    made.close()


def test_outputs_are_the_interpreters(runner: Runner, q8_engine: Engine) -> None:
    """Different programs from many threads at once give what each gives alone."""
    tasks = [program(q8_engine, f"Answer in the style of number {n}.") for n in range(2)]
    alone = [Interpreter(q8_engine).run(Interpreter(q8_engine).prepare(task), INPUTS) for task in tasks]

    def ask(task: Program) -> list[RunResult]:
        return runner.run(task.id, lambda: task, INPUTS)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(ask, tasks * 2))
    assert [[result.text for result in results] for results in found] == alone * 2
    results = found[0]
    assert all(result.input_tokens > 0 for result in results)
    assert all(result.tokens == 6 for result in results if result.finish == "length")
    assert {result.finish for result in results} <= {"stop", "length"}
    assert runner.waiting == 0


def test_a_stream_gives_the_same_text_in_pieces(runner: Runner, q8_engine: Engine) -> None:
    task = program(q8_engine, "Tell a story about the input.", tokens=40)
    whole = runner.run(task.id, lambda: task, ["a red balloon 🎈 over 東京"])[0].text
    pieces = list(runner.stream(task.id, never, "a red balloon 🎈 over 東京"))
    assert "".join(pieces) == whole
    assert len(pieces) > 10
    assert not any("\ufffd" in piece for piece in pieces)


def test_a_stream_holds_back_what_may_be_a_stop_text(runner: Runner, q8_engine: Engine) -> None:
    task = program(q8_engine, "Tell a story about the input.", tokens=40)
    words = runner.run(task.id, lambda: task, ["a balloon"])[0].text.split(" ")
    stop = f"{words[4]} {words[5]} {words[6]}"
    stopped = program(q8_engine, "Tell a story about the input.", tokens=40, stop=(stop,))
    pieces = list(runner.stream(stopped.id, lambda: stopped, "a balloon"))
    assert "".join(pieces) == " ".join(words[:4])
    assert runner.run(stopped.id, never, ["a balloon"])[0].finish == "stop"


def test_one_input_does_not_wait_for_a_job_of_many(runner: Runner, q8_engine: Engine) -> None:
    task = program(q8_engine, "Repeat the input.", tokens=6)
    many = runner.submit(task.id, lambda: task, [f"word {n}" for n in range(40)])
    one = runner.submit(task.id, never, ["hello"])
    assert one.result(60)
    assert not many.done()
    assert len(many.result(60)) == 40


def test_options(runner: Runner, q8_engine: Engine) -> None:
    task = program(q8_engine, "Tell a story about the input.", tokens=30)
    short = runner.submit(task.id, lambda: task, ["a cat"], options=RunOptions(max_new_tokens=3)).result(60)[
        0
    ]
    assert (short.tokens, short.finish) == (3, "length")
    more = runner.submit(task.id, never, ["a cat"], options=RunOptions(max_new_tokens=500)).result(60)[0]
    assert more.tokens <= 30
    warm = [
        runner.submit(task.id, never, ["a cat"], options=RunOptions(temperature=1.5, seed=seed)).result(60)
        for seed in (1, 1, 2)
    ]
    assert warm[0] == warm[1] != warm[2]


def test_a_wide_input_among_narrow_ones(runner: Runner, q8_engine: Engine) -> None:
    """Rows of two widths take turns, and all outputs are right."""
    task = program(q8_engine, "Repeat the input.", tokens=8)
    machine = Interpreter(q8_engine)
    inputs = ["first", "second", "a long story " * 180, "third"]
    expected = machine.run(machine.prepare(task), inputs)
    found = runner.submit(task.id, lambda: task, inputs).result(120)
    assert [result.text for result in found] == expected


def test_time_limit(q8_engine: Engine) -> None:
    task = program(q8_engine, FOREVER, tokens=2000)
    made = Runner(run_seconds=0.3)
    made.start()
    try:
        result = made.run(task.id, lambda: task, ["a cat"])[0]
    finally:
        made.close()
    assert result.finish == "time"
    assert 0 < result.tokens < 500


def test_what_cannot_run(runner: Runner, q8_engine: Engine) -> None:
    task = program(q8_engine, "Repeat the input.", tokens=8)
    with pytest.raises(ContextLengthError, match="input 1 has"):
        runner.run(task.id, lambda: task, ["fine", "a " * 20_000])
    other = task.behaviour.model_copy(
        update={"interpreter": task.behaviour.interpreter.model_copy(update={"digest": "0" * 64})}
    )
    foreign = Program(other, task.record, None)
    with pytest.raises(InterpreterMismatchError):
        runner.run(foreign.id, lambda: foreign, ["fine"])
    assert runner.run(task.id, never, ["fine"])
    assert runner.waiting == 0


def test_a_cancelled_job_leaves_its_place(runner: Runner, q8_engine: Engine) -> None:
    task = program(q8_engine, FOREVER, tokens=1500)
    future = runner.submit(task.id, lambda: task, ["a cat"] * 20)
    time.sleep(0.5)
    assert future.cancel()
    start = time.monotonic()
    runner.submit(task.id, never, ["a dog"], options=RunOptions(max_new_tokens=2)).result(60)
    assert time.monotonic() - start < 5
    assert runner.waiting == 0


def test_too_much_at_once_is_refused(
    runner: Runner, q8_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "_MOST_WAITING", 10)
    task = program(q8_engine, "Repeat the input.", tokens=8)
    futures = [runner.submit(task.id, lambda: task, ["a"] * 5) for _ in range(2)]
    with pytest.raises(ApiError) as refused:
        runner.submit(task.id, never, ["b"])
    assert (refused.value.status, refused.value.error) == (503, "busy")
    assert int(refused.value.headers["Retry-After"]) > 0
    assert all(len(future.result(60)) == 5 for future in futures)
    assert runner.run(task.id, never, ["b"])


def test_memory_for_programs_is_bounded(
    runner: Runner, q8_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = [program(q8_engine, f"Repeat the input, variant {n}.", tokens=2) for n in range(4)]
    kept = Interpreter(q8_engine).prepare(tasks[0]).state.nbytes
    monkeypatch.setattr(runner_module, "_KEPT_BYTES", int(2.5 * kept))
    loads = []

    def load(task: Program) -> Program:
        loads.append(task.id)
        return task

    for task in [*tasks, tasks[3], tasks[2], tasks[0]]:
        runner.run(task.id, lambda task=task: load(task), ["a"])  # type: ignore[misc]
    assert loads == [*(task.id for task in tasks), tasks[0].id]


def test_a_broken_engine_fails_its_jobs_and_no_others(
    q8_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = program(q8_engine, "Repeat the input.", tokens=4)
    made = Runner()
    made.start()
    try:
        assert made.run(task.id, lambda: task, ["a"])
        with monkeypatch.context() as patch:
            patch.setattr(Engine, "forward", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                made.run(task.id, never, ["a"])
        assert made.run(task.id, never, ["a"])
        assert made.waiting == 0
    finally:
        made.close()


def test_closing_fails_what_waits(q8_engine: Engine) -> None:
    task = program(q8_engine, FOREVER, tokens=1500)
    made = Runner()
    made.start()
    started = threading.Event()
    futures: list[Future[list[RunResult]]] = [
        made.submit(task.id, lambda: task, ["a"], on_text=lambda _: started.set()),
        *(made.submit(task.id, never, ["a"] * 20) for _ in range(3)),
    ]
    assert started.wait(60)
    made.close()
    for future in futures:
        with pytest.raises(ApiError, match="shutting down"):
            future.result(1)
    with pytest.raises(ApiError):
        made.submit(task.id, never, ["a"])


def test_a_model_that_is_not_there(tmp_path: object) -> None:
    made = Runner(str(tmp_path))
    made.start()
    try:
        with pytest.raises(ApiError) as refused:
            made.run("0" * 64, never, ["a"])
        assert (refused.value.status, made.ready) == (503, False)
    finally:
        made.close()
