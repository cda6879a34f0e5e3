"""The figures of a built data set as Markdown: counts by area, how far the prior goes, random triplets."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from programasweights.data.manifest import Manifest
from programasweights.data.oracle.draw import Draw
from programasweights.data.records import Record, read_records

__all__ = ["card", "random_triplets"]


def random_triplets(folder: Path, count: int, seed: int) -> list[Record]:
    """Records drawn from all splits together, each spec and each record as likely as any other.

    Raises:
        FileNotFoundError: a split's file is missing.
        DataError: a file is damaged.
    """
    manifest = Manifest.load(folder / "manifest.json")
    total = sum(manifest.records.values())
    wanted = sorted(Draw(seed, "triplets").sample(range(total), min(count, total)))
    found: list[Record] = []
    position = 0
    for split in manifest.records:
        for record in read_records(folder / f"{split}.jsonl.gz"):
            if len(found) < len(wanted) and position == wanted[len(found)]:
                found.append(record)
            position += 1
    return found


def card(folder: Path, *, triplets: int = 30, seed: int = 0) -> str:
    """The figures of the data set in a folder."""
    manifest = Manifest.load(folder / "manifest.json")
    parts = [_splits(folder, manifest), _areas(folder, manifest)]
    parts.append(_triplets(random_triplets(folder, triplets, seed)))
    return "\n".join(parts)


def _splits(folder: Path, manifest: Manifest) -> str:
    held = sum(counts.held_out for counts in manifest.families.values())
    lines = [
        f"{sum(manifest.specs.values()):,} specs and {sum(manifest.records.values()):,} records of "
        f"{len(manifest.families)} families, {held} of them held out; seed {manifest.seed}.\n",
        "| split | specs | records | bytes |",
        "|---|---|---|---|",
    ]
    for split, specs in manifest.specs.items():
        size = (folder / f"{split}.jsonl.gz").stat().st_size
        lines.append(f"| {split} | {specs:,} | {manifest.records[split]:,} | {size:,} |")
    return "\n".join(lines) + "\n"


def _areas(folder: Path, manifest: Manifest) -> str:
    families: dict[str, set[str]] = defaultdict(set)
    for split in manifest.records:
        for record in read_records(folder / f"{split}.jsonl.gz"):
            families[record.category].add(record.family)
    lines = [
        "| area | sub-categories | families | held out | specs | majority answer |",
        "|---|---|---|---|---|---|",
    ]
    for area, finer in sorted(manifest.categories.items()):
        mine = [manifest.families[name] for name in families[area]]
        majority = sum(m.majority_answer * m.specs for m in mine) / sum(m.specs for m in mine)
        held = sum(m.held_out for m in mine)
        lines.append(
            f"| {area} | {len(finer)} | {len(mine)} | {held} | {sum(finer.values()):,} | {100 * majority:.0f}% |"
        )
    return "\n".join(lines) + "\n"


def _triplets(records: Sequence[Record]) -> str:
    lines = []
    for number, record in enumerate(records, 1):
        lines.append(f"{number}. {record.category}, `{record.family}`\n")
        lines += [f"        {name:7}{value!r}" for name, value in _shown(record)]
        lines.append("")
    return "\n".join(lines)


def _shown(record: Record) -> list[tuple[str, str]]:
    return [("spec", record.spec), ("input", record.input), ("output", record.output)]
