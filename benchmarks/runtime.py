"""Measures the runtime on this machine and writes benchmarks/results/runtime.json.

    python benchmarks/runtime.py [--out FILE] [--repeats 11]

One call is 320 cached positions, 40 input tokens and 10 output tokens, on random token ids so that every
engine does the same work. Engines that are not installed (llama-cpp-python, torch) are left out. Times are
medians; engines take turns within each repeat, so that their ratios hold when the machine's speed drifts.
"""

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from programasweights.lm.decoding import Request, complete
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights

CACHED, INPUT, OUTPUT, BATCH = 320, 40, 10, 16
RESULTS = Path(__file__).parent / "results"
IDS = np.random.default_rng(0).integers(20, 40_000, CACHED + INPUT + OUTPUT).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "runtime.json")
    parser.add_argument("--repeats", type=int, default=11)
    options = parser.parse_args()
    os.environ.setdefault("PAW_THREADS", "2")
    report: dict[str, Any] = {"machine": machine(), "threads": int(os.environ["PAW_THREADS"])}
    for part in (processes, calls, batches, agreement, profile):
        print(f"{part.__name__} ...", file=sys.stderr)
        report[part.__name__] = part(options.repeats)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    from importlib.metadata import version

    names = ["onnxruntime", "torch", "transformers", "llama-cpp-python", "numpy"]
    installed = {
        n: version(n) for n in names if importlib.util.find_spec(n.replace("-python", "").replace("-", "_"))
    }
    flags = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    simd = [
        flag for flag in ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8") if f" {flag} " in flags
    ]
    return {
        "cpu": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "simd": simd,
    } | installed


def median(repeats: int, work: Callable[[], object]) -> float:
    """Median seconds of `work`, after one run that does not count."""
    return alternating(repeats, {"only": work})["only"]


def alternating(repeats: int, works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each, taking turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for repeat in range(repeats + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if repeat:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


# --- one call and its parts ---------------------------------------------------------------------------


def calls(repeats: int) -> dict[str, Any]:
    """One call, prefill and decode on every engine; ratios to torch float32."""
    engines: dict[str, Callable[[], object]] = {}
    for precision in ("q8", "fp32"):
        engines[f"onnx_{precision}"] = onnx_call(load_engine(DEFAULT_MODEL, precision=precision))
    if importlib.util.find_spec("torch"):
        engines["torch_fp32"] = torch_call()
    if importlib.util.find_spec("llama_cpp"):
        engines["llama_cpp_q4_1"] = llama_call()
    seconds = alternating(repeats, engines)
    report: dict[str, Any] = {"milliseconds": {name: round(1e3 * s, 1) for name, s in seconds.items()}}
    for base in ("torch_fp32", "llama_cpp_q4_1"):
        if base in seconds:
            report[f"times_faster_than_{base}"] = {n: round(seconds[base] / s, 2) for n, s in seconds.items()}
    return report | {"q8_parts": parts(load_engine(DEFAULT_MODEL, precision="q8"), repeats)}


def onnx_call(engine: Engine) -> Callable[[], object]:
    state = engine.extend_state(None, IDS[:CACHED])

    def call() -> None:
        with engine.borrow_cache(1, CACHED + INPUT + OUTPUT) as cache:
            cache.load(0, state)
            engine.prefill(cache, IDS[CACHED : CACHED + INPUT])
            for token in IDS[CACHED + INPUT : -1]:
                engine.forward(cache, engine.embed([token])[None])

    return call


def parts(engine: Engine, repeats: int) -> dict[str, float]:
    """Prefill of the input, and one decoded token, in milliseconds; tokens a second against the bandwidth."""
    cache = KvCache(engine.config, 1, CACHED + INPUT + OUTPUT)
    engine.prefill(cache, IDS[:CACHED])

    def step(count: int) -> None:
        cache.lengths[0] = CACHED
        engine.prefill(cache, IDS[CACHED : CACHED + count])

    prefill, decode = median(repeats, lambda: step(INPUT)), median(5 * repeats, lambda: step(1))
    read = (engine.model.folder / "weights.bin").stat().st_size + cache.keys[0].nbytes * 2 * len(cache.keys)
    return {
        "prefill_40_ms": round(1e3 * prefill, 2),
        "decode_1_ms": round(1e3 * decode, 2),
        "decode_tokens_per_second": round(1 / decode, 1),
        "megabytes_read_per_token": round(read / 1e6, 1),
        "gigabytes_per_second_while_decoding": round(read / decode / 1e9, 1),
        "gigabytes_per_second_summing_an_array": round(bandwidth(repeats), 1),
    }


def bandwidth(repeats: int) -> float:
    """Gigabytes a second that two threads read from memory, for scale."""
    from concurrent.futures import ThreadPoolExecutor

    halves = [np.ones(2**26, dtype=np.float32) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        return sum(h.nbytes for h in halves) / median(repeats, lambda: list(pool.map(np.max, halves))) / 1e9


def torch_call() -> Callable[[], object]:
    import torch

    from programasweights.training.reference import ReferenceModel

    torch.set_num_threads(int(os.environ["PAW_THREADS"]))
    files = locate(DEFAULT_MODEL)
    model = ReferenceModel(open_weights(files.kind, files.path)).module
    with torch.inference_mode():
        cache = model(torch.tensor([IDS[:CACHED]]), use_cache=True).past_key_values

    def call() -> None:
        with torch.inference_mode():
            if cache.get_seq_length() > CACHED:
                cache.crop(CACHED - cache.get_seq_length())
            prompt = torch.tensor([IDS[CACHED : CACHED + INPUT]])
            model(prompt, past_key_values=cache, logits_to_keep=1)
            for token in IDS[CACHED + INPUT : -1]:
                model(torch.tensor([[token]]), past_key_values=cache)

    return call


def llama_call() -> Callable[[], object]:
    import llama_cpp

    path, threads = str(locate(DEFAULT_MODEL).path), int(os.environ["PAW_THREADS"])
    model = llama_cpp.Llama(path, n_ctx=512, n_threads=threads, n_threads_batch=threads, verbose=False)
    model.eval(IDS[:CACHED])

    def call() -> None:
        model.n_tokens = CACHED  # eval drops what the cache holds beyond this
        model.eval(IDS[CACHED : CACHED + INPUT])
        for token in IDS[CACHED + INPUT : -1]:
            model.eval([token])

    return call


# --- batches ------------------------------------------------------------------------------------------


def batches(repeats: int) -> dict[str, Any]:
    """Calls a second, alone and as a batch; every call makes exactly ten tokens."""
    engine = load_engine(DEFAULT_MODEL, precision="q8")
    state = engine.extend_state(None, IDS[:CACHED])
    ids = [IDS[CACHED + i % 5 : CACHED + INPUT] + IDS[: i % 5] for i in range(BATCH)]
    endless = frozenset[int]()
    ends, engine.end_ids = engine.end_ids, endless
    requests = [Request(i, OUTPUT, state) for i in ids]
    rates = {
        f"rows_{rows}": round(
            BATCH / median(repeats, lambda rows=rows: list(complete(engine, requests, rows=rows))), 1
        )
        for rows in (1, 4, 8, BATCH)
    }
    engine.end_ids = ends
    return {"calls_per_second": rates}


# --- whole processes ----------------------------------------------------------------------------------

_IMPORT = """
import time; start = time.perf_counter()
import programasweights
seconds = time.perf_counter() - start
import sys
heavy = sorted({"torch", "onnxruntime", "numpy", "fastapi", "transformers"} & set(sys.modules))
report = {"seconds": seconds, "heavy_modules": heavy}
"""
_COMPILE = """
import time, programasweights as paw
paw.compile("warm up the engine")  # loads the weights
start = time.perf_counter()
spec = "Is the message urgent? Answer yes or no, and nothing else."
f = paw.compile(spec, compiler={compiler!r}, storage={storage!r})
seconds = time.perf_counter() - start
path = f.dump({path!r})
report = {{"seconds": seconds, "bytes": path.stat().st_size, "positions": f._prepared.state.positions}}
"""
_FUNCTION = """
import time; start = time.perf_counter()
import programasweights as paw
functions = [paw.function(p) for p in {paths!r}]
seconds = time.perf_counter() - start
outputs = [f("The server room is on fire! Everybody out, and call the fire brigade at once.") for f in functions]
import resource
report = {{"seconds": seconds, "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}
"""
_CONVERT = """
import time; start = time.perf_counter()
from programasweights.lm.loader import load_engine
load_engine("smollm2-135m-instruct")
seconds = time.perf_counter() - start
import resource
report = {"seconds": seconds, "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
"""


def processes(repeats: int) -> dict[str, Any]:
    """Import, first conversion, compile, load from a warm cache, memory: each in fresh processes."""
    source = locate(DEFAULT_MODEL).path
    with tempfile.TemporaryDirectory() as folder:
        imports = [child(_IMPORT) for _ in range(repeats)]
        report: dict[str, Any] = {
            "import_seconds": middle(imports, "seconds"),
            "import_heavy_modules": imports[0]["heavy_modules"],
            "first_conversion": convert_in(Path(folder), source),
        }
        for compiler, storage in (("prompted", "f16"), ("neural", "f16"), ("neural", "int8")):
            path = str(Path(folder) / f"{compiler}-{storage}.paw")
            code = _COMPILE.format(compiler=compiler, storage=storage, path=path)
            runs = [child(code) for _ in range(3)]
            report[f"compile_{compiler}_{storage}"] = {
                k: middle(runs, k) for k in ("seconds", "bytes", "positions")
            }
        report["program_sizes"] = program_sizes()
        one = big_programs(Path(folder), 10)
        loads = [child(_FUNCTION.format(paths=one[:1])) for _ in range(repeats)]
        ten = child(_FUNCTION.format(paths=one))
    report["load_function_seconds"] = middle(loads, "seconds")
    report["peak_megabytes_one_function"] = middle(loads, "peak_megabytes")
    report["peak_megabytes_ten_functions"] = round(ten["peak_megabytes"], 1)
    return report


def child(code: str, **environment: str) -> dict[str, Any]:
    """Run code in a fresh interpreter and return the `report` that it makes."""
    full = code + "\nimport json; print(json.dumps(report))"
    done = subprocess.run(
        [sys.executable, "-c", full], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def middle(runs: list[dict[str, Any]], key: str) -> float:
    return round(statistics.median(run[key] for run in runs), 3)


def convert_in(folder: Path, source: Path) -> dict[str, float]:
    """Conversion into an empty cache that already has the source file."""
    cache = folder / "cache"
    (cache / "sources").mkdir(parents=True)
    digest = load_engine(DEFAULT_MODEL).model.recipe.digest
    (cache / "sources" / f"{digest}.gguf").symlink_to(source)
    return {key: round(value, 2) for key, value in child(_CONVERT, PAW_CACHE_DIR=str(cache)).items()}


def big_programs(folder: Path, count: int) -> list[str]:
    """Programs of 64 slots and a pseudo-program that fills up to 320 positions."""
    from programasweights import api

    paths = []
    for number in range(count):
        spec = f"Number {number}. " + " ".join(["Say in one word whether this is urgent."] * 30)
        program = api.compile(spec, compiler="neural", max_new_tokens=10).program
        paths.append(str(folder / f"big-{number}.paw"))
        api.save(program, paths[-1])
    return paths


def program_sizes() -> dict[str, int]:
    """Bytes of a program of 64 slots and 256 pseudo-program tokens."""
    from programasweights import api

    engine = load_engine(DEFAULT_MODEL)
    words = " ".join(["Say in one word whether the message below is urgent."] * 40)
    spec = engine.tokenizer.decode(engine.tokenizer.text_ids(words)[:256])
    programs = {s: api.compile(spec, compiler="neural", storage=s).program for s in ("f16", "int8")}
    return {storage: len(api.save(program)) for storage, program in programs.items()}


# --- fidelity and profile -----------------------------------------------------------------------------


def agreement(_repeats: int) -> dict[str, Any]:
    """How often q8 chooses the token that torch float32 chooses, on the torch engine's own greedy text."""
    if not importlib.util.find_spec("torch"):
        return {}
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from programasweights.training.reference import ReferenceModel
    from tests.prompts import PROMPTS

    files = locate(DEFAULT_MODEL)
    reference = ReferenceModel(open_weights(files.kind, files.path))
    found = {
        precision: compare(load_engine(DEFAULT_MODEL, precision=precision), reference, PROMPTS)
        for precision in ("q8", "fp32")
    }
    return {"prompts": len(PROMPTS), "tokens_each": 16} | found


def compare(engine: Engine, reference: Any, prompts: list[tuple[str, str]]) -> dict[str, float]:
    same, divergences, largest, sequences = [], [], [], []
    for task, text in prompts:
        words = engine.tokenizer.text_ids(f"Task: {task}\n\nInput:\n{text}\n\nOutput:")
        ids = engine.tokenizer.template_ids(engine.chat.open) + words
        ids += engine.tokenizer.template_ids(engine.chat.close)
        ids += reference.greedy(ids, 16)
        at = range(len(ids) - 17, len(ids) - 1)
        expected = reference.forward(ids)[0][list(at)]
        found = engine.forward(KvCache(engine.config, 1, len(ids)), engine.embed(ids)[None], logits_at=at)[0]
        agree = expected.argmax(-1) == found.argmax(-1)
        same += agree.tolist()
        sequences.append(bool(agree.all()))
        p, q = log_softmax(expected), log_softmax(found)
        divergences += (np.exp(p) * (p - q)).sum(-1).tolist()
        largest.append(float(np.abs(expected - found).max()))
    return {
        "same_token": round(float(np.mean(same)), 4),
        "same_16_tokens": round(float(np.mean(sequences)), 4),
        "mean_kl_divergence": round(float(np.mean(divergences)), 6),
        "largest_logit_difference": round(max(largest), 4),
    }


def log_softmax(logits: Any) -> Any:
    shifted = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def profile(repeats: int) -> dict[str, Any]:
    """Share of a decode step's time by operator, as ONNX Runtime's own profiler sees it."""
    import onnxruntime as ort

    engine = load_engine(DEFAULT_MODEL, precision="q8")
    options = ort.SessionOptions()
    options.intra_op_num_threads = int(os.environ["PAW_THREADS"])
    options.enable_profiling = True
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        options.profile_file_prefix = str(Path(folder) / "profile")
        plain = engine._session
        graph = str(engine.model.folder / "graph.onnx")
        engine._session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        parts(engine, repeats)
        events = json.loads(Path(engine._session.end_profiling()).read_text("utf-8"))
        engine._session = plain
    return shares(events)


def shares(events: list[dict[str, Any]]) -> dict[str, float]:
    """Share of each operator in the steps that decode one token."""
    micros: dict[str, float] = {}
    for event in events:
        arguments = event.get("args", {})
        if event.get("cat") != "Node" or "op_name" not in arguments:
            continue
        shape = next(iter(arguments.get("input_type_shape", [{}])), {})
        first = next(iter(shape.values()), [])
        if first[:2] == [1, 1]:
            name = arguments["op_name"]
            name = "MatMulNBits (output layer)" if event["name"].startswith("logits") else name
            micros[name] = micros.get(name, 0.0) + event["dur"]
    total = sum(micros.values())
    return {
        name: round(value / total, 3) for name, value in sorted(micros.items(), key=lambda item: -item[1])
    }


if __name__ == "__main__":
    main()
