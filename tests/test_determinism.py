"""Same program and same input give the same output: alone, in batches, from threads, in a new process."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.interpreter import Interpreter
from programasweights.lm.decoding import Request, complete
from programasweights.lm.engine import Engine
from tests.prompts import PROMPTS

pytestmark = pytest.mark.weights

ENDINGS = ["", " Thanks!", "\n\nRegards, Zoë", " " + "and so on " * 12]
INPUTS = [text + ENDINGS[(n + extra) % 4] for n, (_, text) in enumerate(PROMPTS) for extra in (0, 1)]
ANOTHER_PROCESS = """
import json, sys
import programasweights as paw
f = paw.function(sys.argv[1])
print(json.dumps([f(x) for x in json.load(sys.stdin)]))
"""


@pytest.fixture(scope="module")
def function() -> paw.Function:
    return paw.compile("Write the text again in other words.", compiler="neural", max_new_tokens=6)


@pytest.fixture(scope="module")
def alone(function: paw.Function) -> list[str]:
    outputs = [function(text) for text in INPUTS]
    assert len(INPUTS) == 100
    assert len(set(outputs)) > 5  # or equality would prove little
    return outputs


def test_in_batches(function: paw.Function, alone: list[str]) -> None:
    assert function.map(INPUTS) == alone


def test_in_batches_of_32_down_to_the_bits(function: paw.Function, q8_engine: Engine) -> None:
    """Log-probabilities are sums over all logits of every step, so equal ones mean equal logits."""
    prepared = Interpreter(q8_engine).prepare(function.program)
    template, tokenizer, chat = prepared.template, q8_engine.tokenizer, q8_engine.chat
    requests = [Request(template.input_ids(tokenizer, chat, text), 6, prepared.state) for text in INPUTS]
    batched = dict(complete(q8_engine, requests, rows=32))
    for index in range(0, len(requests), 4):
        [(_, single)] = complete(q8_engine, [requests[index]])
        assert single == batched[index]


def test_from_eight_threads(function: paw.Function, alone: list[str]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(function, INPUTS[::2])) == alone[::2]


def test_in_a_new_process(function: paw.Function, alone: list[str], tmp_path: Path) -> None:
    path = function.dump(tmp_path / "f.paw")
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(path)],
        input=json.dumps(INPUTS[::2]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == alone[::2]


def test_different_programs_in_one_batch(function: paw.Function, q8_engine: Engine) -> None:
    machine = Interpreter(q8_engine)
    other = paw.compile("Name the language of the text.", compiler="prompted", max_new_tokens=6)
    prepared = [machine.prepare(f.program) for f in (function, other)]
    requests = [
        Request(p.template.input_ids(q8_engine.tokenizer, q8_engine.chat, text), 6, p.state)
        for text in INPUTS[:40]
        for p in prepared
    ]
    mixed = dict(complete(q8_engine, requests))
    for index, request in enumerate(requests):
        [(_, single)] = complete(q8_engine, [request])
        assert single == mixed[index]
