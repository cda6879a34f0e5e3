"""Measures label functions: a call and `f.map` against decoding the same labels with the same program.

    PAW_THREADS=1 python benchmarks/labels.py         one thread, in its processor time: holds on a busy machine, too
    taskset -c 0,1 python benchmarks/labels.py        both cores of a quiet machine, by the clock

For each set of labels, works take turns: a call of the label function, a call that scores all labels (`predict`), and
decoding the label that was chosen, token by token with the end of the answer, as a function without a type would write
it. A ratio is the median over inputs of one input's times. Rows are short and distinct. Everything runs with the
default model and compiler, so programs have a LoRA on every linear layer.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

import programasweights as paw
from programasweights.functions import Function
from programasweights.lm.decoding import Request, complete
from programasweights.settings import settings
from programasweights.typed import TypedFunction

RESULTS = Path(__file__).parent / "results" / "labels_speed.json"

TOPICS = [
    "billing and payments",
    "request for a refund",
    "delivery takes too long",
    "item arrived damaged",
    "wrong item in the parcel",
    "cannot log in",
    "technical problem on the website",
    "question about a product",
    "cancellation of an order",
    "change of delivery address",
    "complaint about staff",
    "warranty claim",
    "praise and thanks",
    "advertising and spam",
    "application for a job",
    "request from the press",
    "offer of partnership",
    "privacy and personal data",
    "opening hours and location",
    "something else entirely",
]
SETS = {size: TOPICS[:size] for size in (2, 4, 10, 20)}
SUBJECTS = [
    "My parcel",
    "The blue lamp",
    "Your invoice",
    "The second chair",
    "My account",
    "The voucher",
    "Order",
]
EVENTS = [
    "has not arrived",
    "is broken",
    "was charged twice",
    "does not work any more",
    "looks great",
    "is the wrong one",
]


def rows(count: int) -> list[str]:
    """Distinct short texts."""
    texts = (
        f"{subject} {number * 37 % 9973} {event}."
        for number in range(count)
        for subject, event in [(SUBJECTS[number % len(SUBJECTS)], EVENTS[number // 7 % len(EVENTS)])]
    )
    return list(texts)


def main() -> None:
    """Run everything and write the JSON file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--inputs", type=int, default=12, help="inputs for each ratio")
    parser.add_argument("--rows", type=int, default=200, help="distinct rows")
    options = parser.parse_args()
    threads = settings().threads
    report: dict[str, Any] = {
        "command": "benchmarks/labels.py",
        "threads": threads,
        "seconds": "of the processor" if threads == 1 else "of the clock",
        "labels": TOPICS,
    }
    report["sets"] = {str(size): measured(labels, options.inputs) for size, labels in SETS.items()}
    report["map"] = {str(size): mapped(SETS[size], options.rows) for size in (2, 10)}
    options.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


def compiled(labels: Sequence[str]) -> tuple[Function, TypedFunction[str]]:
    spec = f"Say what this message to a shop is: {'; '.join(labels)}."
    function = paw.compile(spec, max_new_tokens=16)
    return function, TypedFunction(function, Literal[tuple(labels)])


def measured(labels: Sequence[str], inputs: int) -> dict[str, Any]:
    """Milliseconds of one call in each way, and ratios."""
    function, typed = compiled(labels)
    seconds: dict[str, list[float]] = {"label": [], "all_scores": [], "decoded": []}
    lengths, passes = [], []
    for text in rows(inputs + 1):
        chosen = typed(text)
        assert chosen == typed.predict(text).value
        works: dict[str, Callable[[], Any]] = {
            "label": lambda text=text: typed(text),
            "all_scores": lambda text=text: typed.predict(text),
            "decoded": lambda text=text, chosen=chosen: decode(function, [(text, chosen)]),
        }
        passes.append(count_passes(function, works["label"]))
        lengths.append(len(function.interpreter.engine.tokenizer.text_ids(chosen)))
        for name, work in works.items():
            seconds[name].append(fastest(2, work))
    times = {name: np.array(values[1:]) for name, values in seconds.items()}
    return {
        "tokens_of_all_labels": sum(map(len, map(function.interpreter.engine.tokenizer.text_ids, labels))),
        "mean_tokens_of_the_chosen": round(statistics.mean(lengths), 1),
        "mean_passes": round(statistics.mean(count for count, _ in passes), 1),
        "mean_tokens_read": round(statistics.mean(count for _, count in passes), 1),
        "milliseconds": {name: round(1e3 * float(np.median(values)), 1) for name, values in times.items()},
        "times_faster_than_decoding": round(float(np.median(times["decoded"] / times["label"])), 2),
        "all_scores_times_faster_than_decoding": round(
            float(np.median(times["decoded"] / times["all_scores"])), 2
        ),
    }


def decode(function: Function, answers: Sequence[tuple[str, str]]) -> None:
    """Write given labels for inputs, token by token, and their ends; inputs share passes."""
    requests = [wanted(function, text, label) for text, label in answers]
    assert all(done.finish_reason == "end" for _, done in complete(function.interpreter.engine, requests))


def wanted(function: Function, text: str, label: str) -> Request:
    """A request that can only write this label."""
    engine = function.interpreter.engine
    ids = [*engine.tokenizer.text_ids(label), engine.chat.end_id(engine.tokenizer, engine.end_ids)]
    only = np.zeros((len(ids), engine.config.vocab_size), np.bool_)
    only[np.arange(len(ids)), ids] = True
    request = function.interpreter.request(function.prepared, text)
    return replace(request, allowed=lambda so_far: only[len(so_far)])


def count_passes(function: Function, work: Callable[[], Any]) -> tuple[int, int]:
    """How many passes of the engine some work takes, and how many tokens are read in them."""
    engine, counts = function.interpreter.engine, []
    plain = engine.forward

    def counted(cache: Any, embeddings: Any, **rest: Any) -> Any:
        counts.append(embeddings.shape[1])
        return plain(cache, embeddings, **rest)

    engine.forward = counted  # type: ignore[method-assign]
    try:
        work()
    finally:
        engine.forward = plain  # type: ignore[method-assign]
    return len(counts), sum(counts)


def fastest(repeats: int, work: Callable[[], Any]) -> float:
    """Seconds of the fastest of some repeats: processor time with one thread, which others' work spoils less."""
    clock = time.process_time if settings().threads == 1 else time.perf_counter
    times = []
    for _ in range(repeats):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def mapped(labels: Sequence[str], count: int) -> dict[str, Any]:
    """Rows a second on distinct rows: label functions, and decoding what they chose."""
    function, typed = compiled(labels)
    texts = rows(count)
    assert len(set(texts)) == count
    values: list[str] = []
    seconds = {"map": fastest(1, lambda: values.extend(typed.map(texts)))}
    few = list(zip(texts, values, strict=True))[: max(10, count // 5)]
    calls = {"calls": fastest(1, lambda: [typed(text) for text, _ in few])}
    assert [typed(text) for text, _ in few[:10]] == values[:10]
    calls["decoded_alone"] = fastest(1, lambda: [decode(function, [answer]) for answer in few])
    seconds["decoded_together"] = fastest(1, lambda: decode(function, list(zip(texts, values, strict=True))))
    rates = {name: count / took for name, took in seconds.items()}
    rates |= {name: len(few) / took for name, took in calls.items()}
    lengths = [len(function.interpreter.engine.tokenizer.text_ids(text)) for text in texts]
    return {
        "rows": count,
        "mean_tokens_of_a_row": round(statistics.mean(lengths), 1),
        "rows_per_second": {name: round(rate, 1) for name, rate in rates.items()},
    }


if __name__ == "__main__":
    main()
