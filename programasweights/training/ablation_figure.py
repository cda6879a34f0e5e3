"""The figure of an ablation: our arms' likelihood and exact match, and the paper's exact match beside them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from programasweights.errors import DataError

__all__ = ["draw_ablation"]


def draw_ablation(result: Mapping[str, Any], out: Path) -> None:
    """Draw the last scores of all arms.

    Arms whose compiler writes programs are scored with those; light bars are the controls: another spec's
    continuous part.

    Args:
        result: fields of an `AblationResult`.
        out: picture to write, .png or .svg.

    Raises:
        DataError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise DataError("figures need matplotlib: pip install 'programasweights[bench]'.") from None
    arms = result["arms"]
    names = [arm["arm"]["name"] for arm in arms]
    files = list(arms[0]["scores"])
    told = [arm["arm"]["paper"] for arm in arms]
    panels = 2 + any(value is not None for value in told)
    height = 1.5 + 0.26 * len(names) * (len(files) + 0.5)
    figure = Figure(figsize=(4.2 * panels, height), layout="constrained")
    axes = figure.subplots(1, panels, sharey=True)
    for number, file in enumerate(files):
        last = [arm["scores"][file][-1] for arm in arms]
        width = 0.8 / len(files)
        places = [n + (number - (len(files) - 1) / 2) * width for n in range(len(names))]
        for axis, score, factor, form in ((axes[0], "nll", 1, "{:.2f}"), (axes[1], "exact", 100, "{:.1f}")):
            values = [factor * _own(row, score) for row in last]
            bars = axis.barh(places, values, width * 0.92, color=f"C{number}", label=file)
            axis.bar_label(bars, [form.format(v) for v in values], padding=2, fontsize=8)
            others = [row[f"swapped_{score}"] for row in last]
            axis.plot(
                [float("nan") if value is None else factor * value for value in others], places,
                "|", color="black", markersize=9, label="continuous part of another spec" if number == 0 else None,
            )  # fmt: skip
    axes[0].set(xlabel="ours: -log p per token (less is better)", yticks=range(len(names)), yticklabels=names)
    axes[0].invert_yaxis()
    axes[1].set(xlabel="ours: exact match, %")
    if panels == 3:
        _paper(axes[2], told)
    for axis in axes:
        axis.margins(x=0.16)
        axis.spines[["top", "right"]].set_visible(False)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), fontsize=8, frameon=False)
    figure.suptitle(result["title"])
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=130)


def _own(scores: Mapping[str, Any], name: str) -> float:
    """A score with the compiler's own programs where it writes them."""
    written = scores[f"written_{name}"]
    return float(scores[name] if written is None else written)


def _paper(axis: Any, told: Sequence[float | None]) -> None:
    known = [(place, value) for place, value in enumerate(told) if value is not None]
    bars = axis.barh([p for p, _ in known], [v for _, v in known], 0.5, color="0.6")
    axis.bar_label(bars, [f"{v:.1f}" for _, v in known], padding=2, fontsize=8)
    axis.set(xlabel="the paper: exact match, %")
