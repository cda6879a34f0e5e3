"""Calls of programs written by gradient and of a KV-prefix program; writes benchmarks/results/backprop_latency.json.

    PAW_THREADS=1 python benchmarks/backprop_latency.py [--calls 20] [--tokens 10] [--out FILE]

All programs are of one spec and answer the same inputs with the same number of tokens: those that end an output are
forbidden. Programs take turns call by call, so that a busy machine is busy for all; medians are compared.

    prefix             what the default compiler writes: slots, pseudo-program, and a LoRA where its checkpoint has one
    prefix alone       the same slots and pseudo-program without a LoRA
    backprop           a LoRA of rank 8 on every linear layer, fed to the graph
    backprop, primed   rank 16: on top of a primed LoRA of rank 8
    merged             the first, merged into a copy of the weights, which other programs cannot share
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from runtime import RESULTS, machine

import programasweights as paw
from programasweights.compiler import CompileOptions, get_compiler
from programasweights.compiler.backprop import BackpropCompiler
from programasweights.interpreter import Interpreter
from programasweights.lm.decoding import complete
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.lora import module_sizes
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.lm.weights import LoraDelta
from programasweights.program import Lora, LoraSection, PrefixSection, Program
from programasweights.spec import Spec

SPEC = Spec("Say whether the message needs an answer today. Reply urgent or later, and nothing else.")
INPUTS = (
    "The server room is on fire, please send somebody at once!",
    "Attached you find the minutes of last month's meeting, for your files.",
    "Could you look over my draft some time next week? No hurry at all.",
    "Our train leaves in an hour and the tickets have not arrived yet.",
)


def wide_lora(engine: Engine, rank: int) -> Lora:
    """A LoRA on every linear layer with small random numbers: what it holds does not change how long it takes."""
    random, layers = np.random.default_rng(0), engine.config.layers
    stored = {}
    for name, (outputs, inputs) in module_sizes(engine.config).items():
        stored[f"{name}.a"] = random.normal(0, inputs**-0.5, (layers, rank, inputs)).astype(np.float16)
        stored[f"{name}.b"] = random.normal(0, 1e-3, (layers, outputs, rank)).astype(np.float16)
    return Lora(stored)


def with_lora(program: Program, lora: Lora | None) -> Program:
    """The program with another LoRA."""
    section = LoraSection(rank=0) if lora is None else LoraSection(rank=lora.rank, modules=lora.modules)
    behaviour = program.behaviour.model_copy(update={"lora": section})
    return Program(behaviour, program.record, program.prefix, lora)


def merged_engine(program: Program) -> Engine:
    """The interpreter with a program's LoRA merged into its weights, converted anew."""
    assert program.lora is not None
    deltas = {
        f"model.layers.{layer}.{name}.weight": LoraDelta(
            a[layer].astype(np.float32), b[layer].astype(np.float32), 1.0
        )
        for name, (a, b) in program.lora.parts.items()
        for layer in range(program.lora.layers)
    }
    return load_engine(DEFAULT_MODEL, adapter=program.id, deltas=deltas)


def caller(interpreter: Interpreter, program: Program, tokens: int) -> Callable[[str], float]:
    """A function that makes one call of exactly so many tokens, and gives its seconds."""
    prepared = interpreter.prepare(program)
    engine = interpreter.engine
    allowed = np.ones(engine.config.vocab_size, dtype=np.bool_)
    allowed[list(engine.end_ids)] = False

    def call(text: str) -> float:
        request = replace(
            interpreter.request(prepared, text), max_new_tokens=tokens, allowed=lambda _: allowed, stop=None
        )
        started = time.perf_counter()
        [(_, done)] = complete(engine, [request])
        seconds = time.perf_counter() - started
        assert len(done.ids) == tokens
        return seconds

    return call


def measured(calls: dict[str, Callable[[str], float]], count: int) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of every program's calls, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(count + 2):
        for name, call in calls.items():
            seconds = call(INPUTS[number % len(INPUTS)])
            if number >= 2:  # the first calls fill caches
                times[name].append(1000 * seconds)
    return {
        name: {"median_ms": round(statistics.median(t), 1), "p95_ms": round(float(np.percentile(t, 95)), 1)}
        for name, t in times.items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Compile, call, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=10)
    parser.add_argument("--out", type=Path, default=RESULTS / "backprop_latency.json")
    chosen = parser.parse_args(arguments)
    engine = load_engine(DEFAULT_MODEL)
    interpreter, options = Interpreter(engine), CompileOptions()
    prefix = get_compiler().compile(SPEC, engine, options)
    started = time.perf_counter()
    backprop = BackpropCompiler(steps=4).compile(SPEC, engine, options)
    compiled = time.perf_counter() - started
    behaviour = backprop.behaviour.model_copy(
        update={"lora": LoraSection(rank=0), "prefix": PrefixSection(slots=0)}
    )
    bare = Program(behaviour, backprop.record)
    started = time.perf_counter()
    merged = merged_engine(backprop)
    merging = time.perf_counter() - started
    own = bare.behaviour.interpreter.model_copy(update={"digest": merged.model.recipe.digest})
    alone = Program(bare.behaviour.model_copy(update={"interpreter": own}), bare.record)
    programs = {
        "prefix": prefix,
        "prefix alone": with_lora(prefix, None),
        "backprop": backprop,
        "backprop, primed": with_lora(backprop, wide_lora(engine, 16)),
    }
    calls = {name: caller(interpreter, program, chosen.tokens) for name, program in programs.items()}
    calls["merged"] = caller(Interpreter(merged), alone, chosen.tokens)
    found = measured(calls, chosen.calls)
    result: dict[str, Any] = {
        "command": f"python benchmarks/backprop_latency.py --calls {chosen.calls} --tokens {chosen.tokens}",
        "version": paw.__version__,
        "machine": machine(),
        "calls": found,
        "ratio_to_prefix_alone": {
            name: round(row["median_ms"] / found["prefix alone"]["median_ms"], 3)
            for name, row in found.items()
        },
        "positions": {
            name: interpreter.prepare(program).state.positions for name, program in programs.items()
        },
        "program_bytes": {name: len(paw.save(program)) for name, program in programs.items()},
        "compile_4_steps_s": round(compiled, 1),
        "merge_s": round(merging, 1),
    }
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
