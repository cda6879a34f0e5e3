"""Discrete programs to train on: a file of them for specs, one JSON line a spec.

    {"spec": TEXT, "programs": [TEXT, ...]}

Stage 0's targets are built from the data alone: another wording of the same task, and pairs of it. Later stages use
what a compiler of stage 0 or 1 writes, K programs a spec.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from programasweights.compiler.neural import generate_pseudo_programs
from programasweights.data.oracle.draw import Draw
from programasweights.data.records import Record
from programasweights.errors import DataError, SpecError
from programasweights.lm.engine import Engine
from programasweights.spec import Spec, split_examples

__all__ = ["read_programs", "sampled_programs", "warm_start_targets", "write_programs"]

_LONGEST = 200
"""Characters of an input or output that a target may show."""


def warm_start_targets(
    records: Iterable[Record], *, seed: int = 0, shown: int = 2
) -> Iterator[tuple[str, list[str]]]:
    """For each spec the program that stage 0 learns to write: a paraphrase, then example pairs.

    The paraphrase is another wording of the same task where the data have one (tasks are named
    `family/what is asked/number`), without its examples; the pairs are some of the spec's own, with different
    answers where possible. They are only ever read as text; whoever scores a compiler uses other pairs.

    Args:
        records: specs with their pairs; records of one task stand together.
        seed: of the choice.
        shown: pairs in a program.

    Yields:
        Spec and its one program.
    """
    tasks = [list(group) for _, group in groupby(records, key=lambda r: r.task or r.spec)]
    wordings: dict[str, list[str]] = {}
    for rows in tasks:
        wordings.setdefault(_asked(rows[0]), []).append(split_examples(rows[0].spec)[0])
    for rows in tasks:
        draw = Draw(seed, rows[0].spec)
        own, told = split_examples(rows[0].spec)
        others = [text for text in wordings[_asked(rows[0])] if text != own]
        known = {given for given, _ in told}
        pairs = _different([r for r in draw.mix(rows) if r.input not in known and _is_short(r)], shown)
        try:
            program = Spec.make(draw.pick(others) if others else own, [(r.input, r.output) for r in pairs])
        except SpecError:
            continue
        yield rows[0].spec, [program.as_text()]


def sampled_programs(
    specs: Iterable[str], engine: Engine, *, count: int, seed: int = 1, together: int = 32
) -> Iterator[tuple[str, list[str]]]:
    """What a compiler writes for each spec, `count` samples, repeated texts dropped.

    Args:
        specs: texts.
        engine: the compiler's model, its LoRA merged in.
        count: K, samples a spec.
        seed: of the first sample; the others follow.
        together: specs a batch.
    """
    held: list[str] = []
    for spec in specs:
        held.append(spec)
        if len(held) == together:
            yield from _sampled(held, engine, count, seed)
            held = []
    if held:
        yield from _sampled(held, engine, count, seed)


def _sampled(texts: list[str], engine: Engine, count: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    specs = [Spec.make(*split_examples(text)) for text in texts]
    repeated = [spec for spec in specs for _ in range(count)]
    seeds = [seed + n for _ in specs for n in range(count)]
    written = generate_pseudo_programs(engine, repeated, seeds)
    for number, text in enumerate(texts):
        mine = written[number * count : (number + 1) * count]
        kept = list(dict.fromkeys(w.text for w in mine if w.source == "generated"))
        if kept:
            yield text, kept


def write_programs(path: Path, programs: Iterable[tuple[str, list[str]]]) -> int:
    """Write a file of discrete programs, compressed if its name ends in .gz; returns the number of specs."""
    count = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        gzip.open(path, "wt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open("w", encoding="utf-8") as file
    ):
        for spec, texts in programs:
            file.write(json.dumps({"spec": spec, "programs": texts}, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_programs(path: Path) -> Mapping[str, list[str]]:
    """Discrete programs by spec.

    Raises:
        DataError: the file cannot be read, or a line is no such object.
    """
    found: dict[str, list[str]] = {}
    number = 0
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as file
        ):
            for number, line in enumerate(file, 1):  # noqa: B007 - named in the error
                row = json.loads(line)
                texts = row["programs"]
                if not isinstance(row["spec"], str) or not all(isinstance(t, str) and t for t in texts):
                    raise TypeError("spec is a string and programs a list of strings")
                found[row["spec"]] = texts
    except (OSError, EOFError) as error:
        raise DataError(f"{path} cannot be read ({error}); name a file of discrete programs.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f'line {number} of {path} is not {{"spec": TEXT, "programs": [TEXT, ...]}} ({error}).'
        ) from None
    return found


def _asked(record: Record) -> str:
    """What all wordings of one task have in common."""
    return record.task.rpartition("/")[0] or record.task or record.spec


def _is_short(record: Record) -> bool:
    return max(len(record.input), len(record.output)) <= _LONGEST and bool(
        record.input.strip() and record.output
    )


def _different(records: list[Record], count: int) -> list[Record]:
    """The first records, those with new answers first."""
    seen: set[str] = set()
    fresh: list[Record] = []
    rest: list[Record] = []
    for record in records:
        (rest if record.output in seen else fresh).append(record)
        seen.add(record.output)
    return (fresh + rest)[:count]
