"""Measures rendered pictures and writes benchmarks/results/picture_data.json.

    python benchmarks/picture_data.py [--train N] [--test N] [--drawn N] [--task TASK] [--out FILE]

Of each task: pictures drawn in a second of one core, bytes of a PNG, sizes, questions of a picture, tokens of questions
and answers, groups, and how far guessing without the picture goes: to every question of the test split the answer
that is most frequent for its text among the training split's questions (where the text is new, for its kind).
"""

import argparse
import io
import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from programasweights.data.images import TASKS, Question, draw_picture
from programasweights.data.images.drawing import Sitting, sit, versions
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.lm.tokenizer import Tokenizer

RESULTS = Path(__file__).parent / "results"
FEWER = 5
"""Of transcriptions, one in so many is enough: hardly any answer comes twice."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", type=int, default=3000, help="pictures that the guess is learnt from")
    parser.add_argument("--test", type=int, default=800, help="pictures on which it is measured")
    parser.add_argument("--drawn", type=int, default=60, help="pictures that are drawn")
    parser.add_argument(
        "--task", action="append", choices=TASKS, help="measure these again, and keep the others"
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "picture_data.json")
    options = parser.parse_args()
    tokenizer = load_engine(DEFAULT_MODEL).tokenizer
    report: dict[str, Any] = {"model": DEFAULT_MODEL, "versions": versions(), "tasks": {}}
    if options.task and options.out.exists():
        report["tasks"] = json.loads(options.out.read_text("utf-8"))["tasks"]
    for task in options.task or TASKS:
        report["tasks"][task] = of_task(task, options, tokenizer)
        print(task, json.dumps(report["tasks"][task]), flush=True)
    options.out.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")


def of_task(task: str, options: argparse.Namespace, tokenizer: Tokenizer) -> dict[str, Any]:
    """What is measured of one task."""
    share = FEWER if task in ("smiles", "latex") else 1
    train = [sit(task, 0, number, split="train") for number in range(options.train // share)]
    test = [sit(task, 0, number, split="test") for number in range(options.test // share)]
    asked = [question for sitting in test for question in sitting.questions]
    return {
        "train": {"pictures": len(train), "groups": groups(train)},
        "test": {"pictures": len(test), "groups": groups(test), "largest_group": largest_group(test)},
        "groups_in_both": len({s.subject.group for s in train} & {s.subject.group for s in test}),
        "questions_a_picture": statistics.mean(len(sitting.questions) for sitting in test),
        "kinds": dict(sorted(Counter(question.kind for question in asked).items())),
        "blind": blind(train, asked),
        "tokens": {
            "question": spread(len(tokenizer.text_ids(q.text)) for q in asked),
            "answer": spread(len(tokenizer.text_ids(q.answer)) for q in asked),
            "answer_by_level": {
                str(level): spread(
                    len(tokenizer.text_ids(q.answer)) for s in test if s.level == level for q in s.questions
                )
                for level in (1, 2, 3)
            },
        },
        "drawn": drawn(task, options.drawn),
    }


def blind(train: Sequence[Sitting], asked: Sequence[Question]) -> dict[str, Any]:
    """Share of questions that the most frequent answer gets right, of all and by kind."""
    by_text: dict[str, Counter[str]] = defaultdict(Counter)
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for question in (q for sitting in train for q in sitting.questions):
        by_text[question.text][question.answer] += 1
        by_kind[question.kind][question.answer] += 1
    right: dict[str, list[bool]] = defaultdict(list)
    for question in asked:
        counts = by_text.get(question.text) or by_kind[question.kind]
        guess = max(counts, key=lambda answer: (counts[answer], answer))
        right[question.kind].append(guess == question.answer)
    return {
        "all": statistics.mean(one for found in right.values() for one in found),
        "by_kind": {kind: statistics.mean(found) for kind, found in sorted(right.items())},
    }


def drawn(task: str, count: int) -> dict[str, Any]:
    """Speed and size of pictures of all levels."""
    draw_picture(task, 1, 0, split="train")
    start = time.process_time()
    pictures = [draw_picture(task, 1, number, split="train") for number in range(1, count + 1)]
    seconds = time.process_time() - start
    sizes = [Image.open(io.BytesIO(picture.png)).size for picture in pictures]
    return {
        "pictures": count,
        "a_second": count / seconds,
        "png_bytes": spread(len(picture.png) for picture in pictures),
        "longest_side": spread(max(size) for size in sizes),
    }


def groups(sittings: Sequence[Sitting]) -> int:
    """Different formulas, scaffolds, structures or melodies."""
    return len({sitting.subject.group for sitting in sittings})


def largest_group(sittings: Sequence[Sitting]) -> float:
    """Share of the pictures that are of the commonest group."""
    return max(Counter(sitting.subject.group for sitting in sittings).values()) / len(sittings)


def spread(values: Any) -> dict[str, float]:
    """Median, 95th percentile and most."""
    ordered = sorted(values)
    return {
        "median": statistics.median(ordered),
        "p95": ordered[int(0.95 * (len(ordered) - 1))],
        "most": ordered[-1],
    }


if __name__ == "__main__":
    main()
