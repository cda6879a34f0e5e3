"""Builds the generated data set: a folder with one file a split, and a manifest.

    train.jsonl.gz, valid.jsonl.gz, test-spec.jsonl.gz, test-family.jsonl.gz, manifest.json

Families are drawn in parallel; the result depends on the options and the release alone, not on the number of
processes. Records of one spec stand together, specs in an order that has nothing to do with families.
"""

import hashlib
import multiprocessing
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from programasweights.data.manifest import FamilyCounts, Manifest, file_digest, library_versions
from programasweights.data.near_duplicates import NearDuplicates, normal_spec
from programasweights.data.oracle.banks import corpora
from programasweights.data.oracle.family import Family
from programasweights.data.oracle.registry import all_families, find_family
from programasweights.data.oracle.task import Task, draw_task
from programasweights.data.records import Record, Split, write_lines
from programasweights.data.splits import split_of
from programasweights.errors import DataError
from programasweights.progress import Advance

__all__ = ["SPLITS", "BuildOptions", "build"]

SPLITS: tuple[Split, ...] = ("train", "valid", "test-spec", "test-family")
_TRIES = 4
"""A family is asked for its capacity divided by this; it stops when ten times as many draws bring nothing new."""


@dataclass(frozen=True)
class BuildOptions:
    """What to build."""

    specs: int
    """Specs in all splits together."""
    pairs: int = 8
    """(input, output) pairs of each spec."""
    seed: int = 0
    """Another seed gives other specs and pairs."""
    corpora: Path | None = None
    """Folder with corpora of real texts; without it, families that need them are left out."""
    workers: int = 2
    """Processes that draw families; does not change the result."""

    def __post_init__(self) -> None:
        for name, value in (("specs", self.specs), ("pairs", self.pairs), ("workers", self.workers)):
            if value < 1:
                raise DataError(f"{name} is {value}, but must be at least 1.")


@dataclass(frozen=True)
class _Drawn:
    """One spec, ready to be written."""

    order: str
    split: Split
    key: str
    lines: tuple[str, ...]
    subcategory: tuple[str, str]


@dataclass
class _FamilyDraws:
    """What came out of one family."""

    family: str
    drawn: list[_Drawn] = field(default_factory=list)
    refused: int = 0
    duplicates: int = 0
    majority: float = 0.0


def build(out: Path, options: BuildOptions, advance: Advance = lambda _: None) -> Manifest:
    """Build the data set into a folder, replacing files of the same names.

    Args:
        out: the folder; made if it is not there.
        options: what to build.
        advance: told the number of specs done.

    Raises:
        DataError: an option is out of range, the folder of corpora holds none, or all families together
            cannot give as many different specs.
    """
    corpora.use(options.corpora)
    usable = [f for f in all_families() if f.corpus is None or corpora.available(f.corpus)]
    quotas = _quotas(usable, options.specs)
    results = _draw_all(quotas, options, advance)
    short = options.specs - sum(len(r.drawn) for r in results.values())
    if short > 0:
        results |= _draw_all(_raised(quotas, results, short), options, advance)
    chosen, collisions = _chosen(results, options.specs)
    if len(chosen) < options.specs:
        raise DataError(
            f"the families give {len(chosen):,} different specs, but {options.specs:,} are wanted; "
            "ask for fewer, or add families."
        )
    out.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        mine = sorted((d for d in chosen if d.split == split), key=lambda d: d.order)
        write_lines(out / f"{split}.jsonl.gz", (line for d in mine for line in d.lines))
    manifest = _manifest(out, options, results, chosen, collisions)
    manifest.save(out / "manifest.json")
    return manifest


def _quotas(families: Sequence[Family], specs: int) -> dict[str, int]:
    """Specs for each family: the same for all, as far as its estimated capacity allows."""
    quotas = {f.name: 0 for f in families}
    limits = {f.name: f.capacity // _TRIES for f in families}
    left = specs
    while left > 0:
        room = [name for name in quotas if quotas[name] < limits[name]] or list(quotas)
        share = -(-left // len(room))
        for name in room:
            more = min(share, max(limits[name] - quotas[name], 0) or share)
            quotas[name] += more
            left -= more
    return quotas


def _raised(quotas: dict[str, int], results: dict[str, _FamilyDraws], short: int) -> dict[str, int]:
    """New quotas for the families that filled theirs, to make up for those that did not."""
    filled = [name for name, quota in quotas.items() if len(results[name].drawn) >= quota]
    more = -(-short * 2 // max(len(filled), 1))
    return {name: quotas[name] + more for name in filled}


def _draw_all(quotas: dict[str, int], options: BuildOptions, advance: Advance) -> dict[str, _FamilyDraws]:
    asked = {name: quota for name, quota in quotas.items() if quota > 0}
    empty = {name: _FamilyDraws(name) for name, quota in quotas.items() if quota <= 0}
    if options.workers == 1:
        made = {}
        for name, quota in asked.items():
            made[name] = _draw_family(name, quota, options)
            advance(len(made[name].drawn))
        return made | empty
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        options.workers, mp_context=context, initializer=corpora.use, initargs=(options.corpora,)
    ) as pool:
        jobs = {pool.submit(_draw_family, name, quota, options): name for name, quota in asked.items()}
        found = {}
        for job in as_completed(jobs):
            found[jobs[job]] = job.result()
            advance(len(found[jobs[job]].drawn))
    return {name: found[name] for name in asked} | empty


def _draw_family(name: str, quota: int, options: BuildOptions) -> _FamilyDraws:
    """Draw specs of one family until there are enough, or nothing new comes any more."""
    family, result, seen = find_family(name), _FamilyDraws(name), NearDuplicates()
    number = barren = 0
    while len(result.drawn) < quota and barren < 10 * _TRIES:
        try:
            task = draw_task(family, options.seed, number, options.pairs)
        except Exception as error:
            error.add_note(f"in the family {name}, seed {options.seed}, draw {number}")
            raise
        number += 1
        barren += 1
        if task is None:
            result.refused += 1
        elif seen.add(task.core, task.behaviour):
            result.drawn.append(_ready(task, number))
            top = Counter(case.output for case in task.pairs).most_common(1)[0][1]
            result.majority += top / options.pairs
            barren = 0
        else:
            result.duplicates += 1
    result.majority /= max(len(result.drawn), 1)
    return result


def _ready(task: Task, number: int) -> _Drawn:
    family = task.family
    behaviour = hashlib.sha256(task.behaviour.encode()).hexdigest()[:8]
    name = f"{family.name}/{behaviour}/{number}"
    split = split_of(family.name, task.behaviour)
    lines = tuple(
        Record(
            task.spec,
            case.input,
            case.output,
            case.alternatives,
            name,
            family.name,
            family.category,
            family.subcategory,
            family.difficulty,
            "oracle",
            split,
        ).to_json()
        for case in task.pairs
    )
    order = hashlib.sha256(name.encode()).hexdigest()
    return _Drawn(order, split, normal_spec(task.core), lines, (family.category, family.subcategory))


def _chosen(results: dict[str, _FamilyDraws], specs: int) -> tuple[list[_Drawn], int]:
    """Exactly `specs` of what was drawn, the same number of each family as far as possible.

    Text that came up in two families is taken from neither: nobody could tell what it asks for.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for name, result in results.items():
        for drawn in result.drawn:
            owners[drawn.key].add(name)
    clear = {n: [d for d in r.drawn if len(owners[d.key]) == 1] for n, r in sorted(results.items())}
    collisions = sum(len(r.drawn) for r in results.values()) - sum(map(len, clear.values()))
    ranked = [(place, name, d) for name, drawn in clear.items() for place, d in enumerate(drawn)]
    ranked.sort(key=lambda item: item[:2])
    return [drawn for _, _, drawn in ranked[:specs]], collisions


def _manifest(
    out: Path,
    options: BuildOptions,
    results: dict[str, _FamilyDraws],
    chosen: Iterable[_Drawn],
    collisions: int,
) -> Manifest:
    specs: Counter[str] = Counter()
    families: Counter[str] = Counter()
    areas: Counter[tuple[str, str]] = Counter()
    for drawn in chosen:
        specs[drawn.split] += 1
        areas[drawn.subcategory] += 1
        families[Record.from_json(drawn.lines[0]).family] += 1
    counted = {
        name: FamilyCounts(
            specs=families[name],
            refused=result.refused,
            duplicates=result.duplicates,
            majority_answer=round(result.majority, 4),
            held_out=split_of(name, "") == "test-family",
        )
        for name, result in sorted(results.items())
    }
    categories: dict[str, dict[str, int]] = defaultdict(dict)
    for (category, subcategory), count in sorted(areas.items()):
        categories[category][subcategory] = count
    return Manifest(
        seed=options.seed,
        pairs_per_spec=options.pairs,
        specs={split: specs[split] for split in SPLITS},
        records={split: specs[split] * options.pairs for split in SPLITS},
        sha256={f"{split}.jsonl.gz": file_digest(out / f"{split}.jsonl.gz") for split in SPLITS},
        categories=dict(categories),
        families=counted,
        ambiguous_across_families=collisions,
        versions=library_versions(),
    )
