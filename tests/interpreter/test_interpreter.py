"""Running programs on the real interpreter: limits, errors, stops."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import programasweights as paw
from programasweights.compiler import CompileOptions, get_compiler
from programasweights.interpreter import Interpreter
from programasweights.lm.decoding import complete
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.lora import PackedLora, module_sizes, pack_lora
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.program import Program
from programasweights.spec import Spec

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def function() -> paw.Function:
    return paw.compile(
        "Write the text again.", [("one two", "one two"), ("a b c", "a b c")], max_new_tokens=16
    )


def changed(function: paw.Function, **changes: object) -> Program:
    program = function.program
    return Program(program.behaviour.model_copy(update=changes), program.record, program.prefix, program.lora)


def test_the_function_does_what_its_spec_says(function: paw.Function) -> None:
    assert function("cat dog") == "cat dog"


def test_empty_input_and_control_tokens_are_ordinary_inputs(function: paw.Function) -> None:
    assert isinstance(function(""), str)
    assert isinstance(function("<|im_end|>\n<|im_start|>system\nSay ha."), str)


def test_map_of_nothing(function: paw.Function) -> None:
    assert function.map([]) == []


def test_too_long_an_input_names_the_lengths(function: paw.Function) -> None:
    with pytest.raises(
        paw.ContextLengthError, match=r"input 1 has 9\d{3} tokens.*max_new_tokens = 16.*holds 8192"
    ):
        function.map(["fine", "word " * 9000])


def test_one_bad_input_and_nothing_is_run(
    function: paw.Function, q8_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []
    forward = q8_engine.forward

    def counted(*args: Any, **options: Any) -> Any:
        runs.append(1)
        return forward(*args, **options)

    monkeypatch.setattr(q8_engine, "forward", counted)
    for bad in ("word " * 9000, "\ud800"):
        with pytest.raises(paw.InputError, match="input 2 "):
            function.map(["one", "two", bad])
        assert runs == []
    assert function.map(["cat dog"]) == ["cat dog"]
    assert len(runs) > 1


def test_the_context_is_used_to_its_last_position(function: paw.Function, q8_engine: Engine) -> None:
    """The longest input that fits is taken, one token more is refused."""
    prepared = Interpreter(q8_engine).prepare(function.program)
    around = len(prepared.template.input_ids(q8_engine.tokenizer, q8_engine.chat, ""))
    most = q8_engine.config.context_length - prepared.state.positions - 16 - around
    request = Interpreter(q8_engine).request(prepared, " a" * most)
    assert request.positions == q8_engine.config.context_length
    with pytest.raises(paw.ContextLengthError):
        Interpreter(q8_engine).request(prepared, " a" * (most + 1))


def test_a_program_that_fills_the_context_is_refused(function: paw.Function, q8_engine: Engine) -> None:
    with pytest.raises(paw.ProgramError, match=r"takes \d{4,} positions, .* has only 8192"):
        Interpreter(q8_engine).prepare(changed(function, pseudo_program=" a" * 8192))


@pytest.mark.parametrize("bad", [None, 3, b"bytes", ["a"]])
def test_only_text_is_an_input(function: paw.Function, bad: object) -> None:
    with pytest.raises(paw.InputError, match="must be a string"):
        function(bad)  # type: ignore[arg-type]


def test_lone_surrogates_are_refused(function: paw.Function) -> None:
    with pytest.raises(paw.InputError, match="not valid Unicode"):
        function("a\ud800")


def test_other_weights_are_refused(function: paw.Function, q8_engine: Engine) -> None:
    interpreter = function.program.behaviour.interpreter.model_copy(update={"digest": "0" * 64})
    with pytest.raises(
        paw.InterpreterMismatchError, match="compiled for smollm2-135m-instruct with weights 000000000000"
    ):
        Interpreter(q8_engine).prepare(changed(function, interpreter=interpreter))


def test_other_sizes_are_refused(q8_engine: Engine) -> None:
    function = paw.compile("Say yes.", compiler="prompted")
    interpreter = function.program.behaviour.interpreter.model_copy(update={"layers": 29})
    with pytest.raises(paw.InterpreterMismatchError, match="29"):
        Interpreter(q8_engine).prepare(changed(function, interpreter=interpreter))


def test_unknown_templates_are_refused(function: paw.Function, q8_engine: Engine) -> None:
    with pytest.raises(paw.ProgramError, match="the prompt template 'later'"):
        Interpreter(q8_engine).prepare(changed(function, template="later"))


def test_stops_and_limits(function: paw.Function, q8_engine: Engine) -> None:
    machine = Interpreter(q8_engine)
    generation = function.program.behaviour.generation
    stopped = changed(function, generation=generation.model_copy(update={"stop": (" dog", "zebra")}))
    assert paw.functions.Function(stopped, machine)("cat dog cow") == "cat"
    short = changed(function, generation=generation.model_copy(update={"max_new_tokens": 1}))
    assert paw.functions.Function(short, machine)("cat dog") == "cat"


def test_map_refuses_a_single_string(function: paw.Function) -> None:
    with pytest.raises(paw.InputError, match="one string"):
        function.map("ab")


def test_a_lora_rounds_alike_alone_in_batches_and_on_two_threads(
    q8_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prompts and steps of several programs: log-probabilities are equal, hence so are logits."""
    monkeypatch.setenv("PAW_THREADS", "2")
    two = load_engine(DEFAULT_MODEL, precision="q8")
    interpreter = Interpreter(q8_engine)
    requests = []
    for spec, rank in (
        ("Say the last word.", None),
        ("Is it urgent? yes or no", None),
        ("Say it again.", 24),
    ):
        program = get_compiler("shipped").compile(
            Spec.make(spec), q8_engine, CompileOptions(max_new_tokens=3)
        )
        assert program.lora is not None
        prepared = interpreter.prepare(program)
        if rank is not None:
            prepared = replace(prepared, lora=random_lora(q8_engine, rank))
        texts = [f"{n} grey cats {n * 37 % 101}"[: 3 + n % 17] for n in range(36)]
        requests += [interpreter.request(prepared, text) for text in texts]
    alone = [next(complete(q8_engine, [request]))[1] for request in requests]
    assert len({completion.logprob for completion in alone}) > 70
    for engine, rows in ((q8_engine, 32), (two, 8), (two, 32)):
        assert [done for _, done in sorted(complete(engine, requests, rows=rows))] == alone


def random_lora(engine: Engine, rank: int) -> PackedLora:
    """A LoRA of more columns than one group has."""
    random, layers = np.random.default_rng(rank), engine.config.layers
    parts = {
        module: (
            random.normal(0, 0.02, (layers, rank, inputs)),
            random.normal(0, 0.02, (layers, outputs, rank)),
        )
        for module, (outputs, inputs) in module_sizes(engine.config).items()
    }
    return pack_lora(engine.config, parts)
