"""Compares the public SDK's outputs with our own engine's and writes benchmarks/results/peer_sdk.json.

    python benchmarks/peer_sdk.py --python VENV/bin/python [--out FILE]

VENV has `programasweights==0.4.14` and llama-cpp-python, and none of this package. A real server compiles two sets
of ten programs; the SDK fetches and runs them with llama.cpp on twenty inputs each, and so does our engine. The
controls say where differences come from: our engine with exact weights; both with exact weights on the same
KV; the SDK with a spoilt KV file; and how sure the model is where two outputs part.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gguf
import httpx
import numpy as np
import uvicorn
from peer_tasks import TASKS
from runtime import RESULTS, machine

from programasweights.data.oracle.registry import find_family
from programasweights.data.oracle.task import draw_task
from programasweights.interpreter import Interpreter, PreparedProgram
from programasweights.lm.decoding import Request
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.lm.sources import locate
from programasweights.program import Program, from_bytes
from programasweights.server.app import create_app
from programasweights.server.settings import ServerSettings

FAMILIES = (
    "emotion-of-a-short-post",
    "feeling-of-customer",
    "part-of-url",
    "desk-for-a-news-item",
    "severity-of-plain-log-line",
    "sentence-in-another-tense",
    "weekday-however-spelled",
    "phone-in-international-form",
    "spam-under-a-video",
    "value-of-mail-header",
)
INPUTS = 20
Outputs = list[list[str]]


@dataclass(frozen=True)
class Task:
    """What is compiled, and what it is run on."""

    name: str
    spec: str
    examples: tuple[tuple[str, str], ...]
    inputs: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--python", type=Path, required=True, help="Python that has the SDK and llama-cpp-python"
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "peer_sdk.json")
    options = parser.parse_args()
    report: dict[str, Any] = {"machine": machine(), "versions": versions(options.python)}
    with tempfile.TemporaryDirectory() as scratch, serving(Path(scratch) / "data") as address:
        exact = exact_file(Path(scratch) / "exact.gguf")
        sdk = Sdk(options.python, address, Path(scratch) / "cache")
        for name, tasks in {"everyday": everyday(), "oracle": oracle()}.items():
            print(f"{name} ...", file=sys.stderr)
            report[name] = compare(tasks, sdk, address, exact)
    options.out.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(report, indent=1, ensure_ascii=False))


def everyday() -> list[Task]:
    """Hand-written specs, each with examples."""
    return [Task(spec, spec, examples, inputs) for spec, examples, inputs in TASKS]


def oracle() -> list[Task]:
    """Specs of the kind that the compiler was trained on, with inputs made by rule: much harder ones."""
    drawn = []
    for name in FAMILIES:
        family = find_family(name)
        task = next(t for n in range(50) if (t := draw_task(family, 7, n, INPUTS)) is not None)
        drawn.append(Task(name, task.spec, (), [case.input for case in task.pairs]))
    return drawn


def compare(tasks: list[Task], sdk: "Sdk", address: str, exact: Path) -> dict[str, Any]:
    """All shares of equal outputs for one set of tasks."""
    programs = [compile_on(address, task) for task in tasks]
    inputs = [task.inputs for task in tasks]
    ours, ours_exact, exact_on_same_kv, prepared = own_outputs(programs, inputs)
    started = time.perf_counter()
    remote = [run_on(address, program, texts) for program, texts in zip(programs, inputs, strict=True)]
    remote_seconds = time.perf_counter() - started
    theirs, seconds = sdk.run(programs, inputs)
    spoilt, _ = sdk.run(programs, inputs, kv=False)
    theirs_exact, _ = sdk.run(programs, inputs, base_model=exact)
    return {
        "inputs": sum(map(len, inputs)),
        "sdk_equals_ours": share(theirs, ours),
        "server_equals_ours": share(remote, ours),
        "ours_equals_ours_with_exact_weights": share(ours, ours_exact),
        "sdk_equals_ours_both_with_exact_weights_on_the_same_kv": share(theirs_exact, exact_on_same_kv),
        "sdk_with_spoilt_kv_file_equals_ours": share(spoilt, ours),
        "gap_nats": gaps(prepared, inputs, ours, theirs),
        "sdk_seconds_a_call": seconds / sum(map(len, inputs)),
        "server_seconds_a_call": remote_seconds / sum(map(len, inputs)),
        "by_task": {task.name: share([a], [b]) for task, a, b in zip(tasks, theirs, ours, strict=True)},
        "differences": [
            {"task": task.name, "input": text, "ours": a, "sdk": b}
            for task, left, right in zip(tasks, ours, theirs, strict=True)
            for text, a, b in zip(task.inputs, left, right, strict=True)
            if a != b
        ],
    }


def share(first: Outputs, second: Outputs) -> float:
    """Part of the outputs that are equal."""
    pairs = [pair for a, b in zip(first, second, strict=True) for pair in zip(a, b, strict=True)]
    return sum(a == b for a, b in pairs) / len(pairs)


def own_outputs(
    programs: list[Program], inputs: list[list[str]]
) -> tuple[Outputs, Outputs, Outputs, list[PreparedProgram]]:
    """As users run them; with exact weights; with exact weights on the KV that users have, ready to run too."""
    usual, exact = (Interpreter(load_engine(DEFAULT_MODEL, precision=p)) for p in ("q8", "fp32"))
    ready = [usual.prepare(program) for program in programs]
    ready_exact = [exact.prepare(program) for program in programs]
    mixed = [replace(b, state=a.state) for a, b in zip(ready, ready_exact, strict=True)]
    return (
        [usual.run(p, texts) for p, texts in zip(ready, inputs, strict=True)],
        [exact.run(p, texts) for p, texts in zip(ready_exact, inputs, strict=True)],
        [exact.run(p, texts) for p, texts in zip(mixed, inputs, strict=True)],
        mixed,
    )


def gaps(
    prepared: list[PreparedProgram], inputs: list[list[str]], ours: Outputs, theirs: Outputs
) -> dict[str, float]:
    """By how much, in log-probability with exact weights, the best token beats the next one.

    At the first token of each output, over all outputs, and where two outputs part.
    """
    first, parting = [], []
    for program, texts, left, right in zip(prepared, inputs, ours, theirs, strict=True):
        for text, a, b in zip(texts, left, right, strict=True):
            first.append(gap(program, text, []))
            if a != b:
                parting.append(gap(program, text, common(a, b)))
    return {"first_token_median": statistics.median(first)} | (
        {"parting_median": statistics.median(parting), "parting_largest": max(parting)} if parting else {}
    )


def common(first: str, second: str) -> list[int]:
    """The tokens that two outputs begin with."""
    tokenizer = load_engine(DEFAULT_MODEL, precision="fp32").tokenizer
    same = []
    for a, b in zip(tokenizer.text_ids(first), tokenizer.text_ids(second), strict=False):
        if a != b:
            break
        same.append(a)
    return same


def gap(program: PreparedProgram, text: str, written: list[int]) -> float:
    """The best token's log-probability over the second one's, after `written`."""
    engine = load_engine(DEFAULT_MODEL, precision="fp32")
    ids = [*program.template.input_ids(engine.tokenizer, engine.chat, text), *written]
    request = Request(ids=ids, max_new_tokens=1, state=program.state)
    with engine.borrow_cache(1, request.positions) as cache:
        cache.load(0, program.state)
        logits = engine.prefill(cache, ids)
    second, best = np.partition(logits, -2)[-2:]
    return float(best - second)


@dataclass(frozen=True)
class Sdk:
    """The public SDK in a Python of its own."""

    python: Path
    address: str
    cache: Path

    def run(
        self,
        programs: list[Program],
        inputs: list[list[str]],
        *,
        kv: bool = True,
        base_model: Path | None = None,
    ) -> tuple[Outputs, float]:
        """Its outputs, and the seconds that its calls took."""
        jobs = [
            {"id": p.id, "inputs": texts, "max_tokens": p.behaviour.generation.max_new_tokens}
            for p, texts in zip(programs, inputs, strict=True)
        ]
        job = {"programs": jobs, "kv": kv, "base_model": str(base_model) if base_model else None}
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "OMP_NUM_THREADS", "LD_LIBRARY_PATH")}
        self.cache.mkdir(exist_ok=True)
        environment = kept | {
            "HOME": str(self.cache),
            "PAW_API_URL": self.address,
            "PAW_CACHE_DIR": str(self.cache),
            "PAW_QUIET": "1",
        }
        script = Path(__file__).with_name("peer_sdk_client.py")
        done = subprocess.run(
            [self.python, script],
            input=json.dumps(job),
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        answer = json.loads(done.stdout)
        return answer["outputs"], answer["seconds"]


def compile_on(address: str, task: Task) -> Program:
    """A program made by the server's default compiler."""
    body = {"spec": task.spec, "examples": task.examples}
    answer = httpx.post(f"{address}/api/v1/compile", json=body, timeout=300).raise_for_status().json()
    return from_bytes(
        httpx.get(f"{address}/api/v1/programs/{answer['program_id']}/paw").raise_for_status().content
    )


def run_on(address: str, program: Program, inputs: list[str]) -> list[str]:
    """The server's own outputs, asked for one by one as the SDK's remote functions do."""
    with httpx.Client(base_url=address, timeout=60) as client:
        bodies = [{"program_id": program.id, "input": text} for text in inputs]
        return [client.post("/api/v1/infer", json=b).raise_for_status().json()["output"] for b in bodies]


def exact_file(path: Path) -> Path:
    """The default model as a GGUF file of float32 weights, as exact as the stored ones."""
    reader = gguf.GGUFReader(locate(DEFAULT_MODEL).path)
    writer = gguf.GGUFWriter(path, str(reader.fields["general.architecture"].contents()))
    for name, field in reader.fields.items():
        if not name.startswith("GGUF.") and name not in ("general.architecture", "general.file_type"):
            element = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(name, field.contents(), field.types[0], sub_type=element)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    for tensor in reader.tensors:
        writer.add_tensor(
            tensor.name, gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A real server with one worker on a free port; yields its address."""
    app = create_app(ServerSettings(data_dir=folder, access="open", runs_per_minute=100_000))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def versions(python: Path) -> dict[str, str]:
    """Of what the SDK's Python has."""
    code = "import importlib.metadata as m; print(*map(m.version, ('programasweights', 'llama-cpp-python')))"
    sdk, llama = subprocess.check_output([python, "-c", code], text=True, cwd="/").split()
    return {"programasweights": sdk, "llama-cpp-python": llama}


if __name__ == "__main__":
    main()
