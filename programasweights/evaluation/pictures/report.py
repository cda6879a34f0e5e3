"""Results for people: one page with tables, and one figure, the paper's figures beside."""

from collections.abc import Sequence
from pathlib import Path

from programasweights.errors import DataError
from programasweights.evaluation.bench import Score
from programasweights.evaluation.pictures.run import PictureResults

__all__ = ["markdown", "plot"]

_PAPER = "the paper (other, real data)"
_TRANSCRIBED = {
    "edit_similarity": "edit similarity",
    "same_text": "same SMILES",
    "valid_smiles": "valid SMILES",
    "tanimoto": "Tanimoto",
}
"""Metrics of transcriptions, as the page calls them."""


def markdown(results: PictureResults) -> str:
    """A page: exact match by system and task, how much of it is seen, transcriptions, exact match by level."""
    info = results.sample
    where = "drawn" if info.source == "drawn" else f"read from {info.source}"
    seed = "" if info.seed is None else f" with seed {info.seed}"
    seed += "" if info.level is None else f", level {info.level}"
    counts = ", ".join(
        f"{t} {n} pictures and {info.questions[t]} questions" for t, n in info.pictures.items()
    )
    parts = [
        f"# Questions on held-out pictures\n\n`{results.command}` ({results.machine}, {results.seconds:.0f} s of "
        f"answering)\n\nSplit test, {where}{seed}: {counts}. Exact match in percent (of SMILES, as molecules), mean "
        "over pictures, with 95% intervals from draws of pictures. The paper's are of other, real data, for "
        "orientation.\n",
        _by_task(
            results, "exact_match", "exact match", [[_PAPER, *(f"{n:.1f}" for n in results.paper.values())]]
        ),
    ]
    if results.differences:
        parts.append(_seen(results))
    forgiving = "right answer somewhere in the output"
    parts += [_by_task(results, "forgiving_match", forgiving), _transcribed(results), _levels(results)]
    return "\n".join(part for part in parts if part)


def _names(results: PictureResults) -> tuple[list[str], list[str], dict[tuple[str, str], Score]]:
    scores = {(s.system, s.suite): s for s in results.scores}
    return list(dict.fromkeys(s for s, _ in scores)), list(results.sample.pictures), scores


def _by_task(results: PictureResults, metric: str, said: str, more: Sequence[Sequence[str]] = ()) -> str:
    systems, tasks, scores = _names(results)
    rows = [[name, *(str(scores[name, t].metrics[metric]) for t in tasks)] for name in systems]
    return _table([said, *tasks], [*rows, *more])


def _seen(results: PictureResults) -> str:
    control = results.differences[0].control
    _, tasks, _ = _names(results)
    found = {(d.system, d.task): str(d.exact_match) for d in results.differences}
    systems = dict.fromkeys(d.system for d in results.differences)
    return _table(
        [f"points more than {control}", *tasks], [[s, *(found[s, t] for t in tasks)] for s in systems]
    )


def _transcribed(results: PictureResults) -> str:
    systems, tasks, scores = _names(results)
    columns = [
        (task, metric, f"{task}: {said}")
        for task in tasks
        if task in ("latex", "smiles")
        for metric, said in _TRANSCRIBED.items()
        if metric in scores[systems[0], task].metrics
    ]
    if not columns:
        return ""
    rows = [[name, *(str(scores[name, t].metrics[metric]) for t, metric, _ in columns)] for name in systems]
    return _table(["transcriptions", *(said for _, _, said in columns)], rows)


def _levels(results: PictureResults) -> str:
    systems, tasks, scores = _names(results)
    levels = [(task, level) for task in tasks for level in sorted(scores[systems[0], task].by_category)]
    rows = [
        [f"{task}, {level}", *(f"{100 * scores[name, task].by_category[level]:.0f}" for name in systems)]
        for task, level in levels
    ]
    return _table(["exact match by level", *systems], rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def plot(results: PictureResults, path: Path) -> None:
    """Draw exact match by task, a bar a system with its interval, and the paper's figures as lines.

    Raises:
        DataError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise DataError("plots need matplotlib: pip install 'programasweights[bench]'.") from None
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    systems, tasks, scores = _names(results)
    figure, axis = plt.subplots(figsize=(2.4 * len(tasks) + 2, 4.5), layout="constrained")
    width = 0.8 / len(systems)
    for row, name in enumerate(systems):
        found = [scores[name, task].metrics["exact_match"] for task in tasks]
        means = [100 * one.mean for one in found]
        # an interval of draws need not hold the mean to the last digit
        below = [max(100 * (one.mean - one.low), 0.0) for one in found]
        above = [max(100 * (one.high - one.mean), 0.0) for one in found]
        places = [n + row * width for n in range(len(tasks))]
        axis.bar(places, means, width, yerr=(below, above), capsize=2, label=name)
    for n, task in enumerate(tasks):
        axis.hlines(
            results.paper[task], n - width / 2, n + 0.8 - width / 2,
            colors="black", linestyles="dashed", label=_PAPER if n == 0 else "_",
        )  # fmt: skip
    axis.set_xticks([n + 0.4 - width / 2 for n in range(len(tasks))], tasks)
    axis.set_ylabel("exact match, %")
    axis.legend(fontsize=8)
    figure.savefig(path, dpi=110)
    plt.close(figure)
