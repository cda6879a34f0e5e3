"""Results for people: a Markdown table, plots, samples of wrong answers."""

from collections.abc import Sequence
from pathlib import Path

from programasweights.errors import DataError
from programasweights.evaluation.bench import Results, Score

__all__ = ["markdown", "plot", "wrong_answers"]


def markdown(results: Results) -> str:
    """A page with one table a suite, metrics in percent with 95% intervals, and exact match by area."""
    parts = [
        f"# Benchmark\n\n`{results.command}` ({results.machine}, {results.seconds:.0f} s of answering)\n"
    ]
    for suite in dict.fromkeys(score.suite for score in results.scores):
        scores = [score for score in results.scores if score.suite == suite]
        parts.append(_table(suite, scores))
        areas = sorted({area for score in scores for area in score.by_category})
        if len(areas) > 1:
            parts.append(_areas(areas, scores))
    return "\n".join(parts)


def _table(suite: str, scores: Sequence[Score]) -> str:
    first = scores[0]
    lines = [
        f"## {suite}\n",
        f"{first.tasks} tasks, {first.cases} inputs; the most common right answer of each task: "
        f"{100 * first.majority_answer:.1f}%.\n",
        "| system | exact match | forgiving | token F1 | edit similarity | F1 | bytes | prepare s | call s | per s |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for s in scores:
        m = s.metrics
        f1 = "" if s.f1 is None else f"{100 * s.f1:.1f}"
        lines.append(
            f"| {s.system} | {m['exact_match']} | {m['forgiving_match']} | {m['token_f1']} | "
            f"{m['edit_similarity']} | {f1} | {s.program_bytes:,} | {s.prepare_seconds:.2f} | "
            f"{s.single_seconds:.3f} | {s.cases_per_second:.1f} |"
        )
    return "\n".join(lines) + "\n"


def _areas(areas: Sequence[str], scores: Sequence[Score]) -> str:
    lines = [
        f"| exact match by area | {' | '.join(s.system for s in scores)} |",
        f"|---|{'---|' * len(scores)}",
    ]
    for area in areas:
        cells = [f"{100 * s.by_category[area]:.0f}" if area in s.by_category else "" for s in scores]
        lines.append(f"| {area} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def wrong_answers(results: Results, count: int) -> str:
    """Up to `count` wrong answers of each system on each suite, to be read."""
    lines = []
    for score in results.scores:
        lines.append(f"== {score.system} on {score.suite}")
        for wrong in score.wrong[:count]:
            lines += [f"spec   {wrong.spec!r:.300}", f"input  {wrong.input!r:.300}"]
            lines += [f"wanted {wrong.wanted!r:.200}", f"found  {wrong.found!r:.200}", ""]
    return "\n".join(lines)


def plot(results: Results, stem: Path) -> list[Path]:
    """Draw accuracy by area, and accuracy against size and latency; returns the files `stem`-areas.png and -cost.png.

    Raises:
        DataError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise DataError("plots need matplotlib: pip install 'programasweights[bench]'.") from None
    mpl.use("Agg")
    suites = list(dict.fromkeys(score.suite for score in results.scores))
    many = [s for s in suites if any(len(x.by_category) > 1 for x in results.scores if x.suite == s)]
    files = [_plot_cost(results, suites, stem.with_name(f"{stem.name}-cost.png"))]
    if many:
        files.insert(0, _plot_areas(results, many, stem.with_name(f"{stem.name}-areas.png")))
    return files


def _plot_areas(results: Results, suites: Sequence[str], path: Path) -> Path:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(
        1, len(suites), figsize=(7 * len(suites), 7), squeeze=False, layout="constrained"
    )
    for axis, suite in zip(axes[0], suites, strict=True):
        scores = [s for s in results.scores if s.suite == suite]
        areas = sorted({area for s in scores for area in s.by_category}, reverse=True)
        height = 0.8 / len(scores)
        for row, score in enumerate(scores):
            places = [n + row * height for n in range(len(areas))]
            values = [100 * score.by_category.get(area, 0.0) for area in areas]
            axis.barh(places, values, height, label=score.system)
        axis.set_yticks([n + 0.4 - height / 2 for n in range(len(areas))], areas)
        axis.set_title(suite)
        axis.set_xlabel("exact match, %")
        axis.legend()
    figure.savefig(path, dpi=110)
    plt.close(figure)
    return path


def _plot_cost(results: Results, suites: Sequence[str], path: Path) -> Path:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(13, 5), layout="constrained")
    for suite in suites:
        scores = [s for s in results.scores if s.suite == suite]
        accuracy = [100 * s.metrics["exact_match"].mean for s in scores]
        sizes = [float(s.program_bytes) for s in scores]
        times = [1000 * s.single_seconds for s in scores]
        for axis, costs in zip(axes, (sizes, times), strict=True):
            axis.scatter(costs, accuracy, label=suite)
            for score, x, y in zip(scores, costs, accuracy, strict=True):
                axis.annotate(score.system, (x, y), fontsize=7)
    for axis, title in zip(axes, ("bytes kept for a task", "milliseconds of one call"), strict=True):
        axis.set_xscale("symlog")
        axis.set_xlabel(title)
        axis.set_ylabel("exact match, %")
    axes[0].legend()
    figure.savefig(path, dpi=110)
    plt.close(figure)
    return path
