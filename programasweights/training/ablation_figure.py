"""The figure of an ablation: our arms' likelihood and exact match, and the paper's exact match beside them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["draw_ablation"]


def draw_ablation(result: Mapping[str, Any], out: Path) -> None:
    """Draw the last scores of all arms.

    Arms whose compiler writes programs are scored with those; marks are the control, another spec's continuous part,
    for the other arms.

    Args:
        result: fields of an `AblationResult`.
        out: picture to write, .png or .svg.

    Raises:
        ModuleNotFoundError: matplotlib is not installed.
    """
    from matplotlib.figure import Figure

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
            axis.plot(
                [factor * _swapped(row, score) for row in last], places, "|", color="black", markersize=9,
                label="continuous part of another spec" if number == 0 else None,
            )  # fmt: skip
    axes[0].set(xlabel="ours: -log p per token (less is better)", yticks=range(len(names)), yticklabels=names)
    axes[0].invert_yaxis()
    axes[1].set(xlabel="ours: exact match, %")
    if panels == 3:
        _paper(axes[2], told)
    for axis in axes:
        axis.margins(x=0.16)
        axis.set_xlim(left=0, right=max(axis.get_xlim()[1], 1))
        axis.spines[["top", "right"]].set_visible(False)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), fontsize=8, frameon=False)
    figure.suptitle(f"{result['title']}\n", fontsize=11)
    figure.text(0.5, 1 - 0.36 / height, _scale(arms[-1], files), ha="center", fontsize=8, color="0.4")
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=130)


def _own(scores: Mapping[str, Any], name: str) -> float:
    """A score with the compiler's own programs where it writes them."""
    written = scores[f"written_{name}"]
    return float(scores[name] if written is None else written)


def _swapped(scores: Mapping[str, Any], name: str) -> float:
    """The control's score; none where it says nothing, because the programs are not the file's."""
    value = scores[f"swapped_{name}"] if scores[f"written_{name}"] is None else None
    return float("nan") if value is None else float(value)


def _scale(arm: Mapping[str, Any], files: Sequence[str]) -> str:
    config = arm["config"]
    checked = ", ".join(f"{arm['scores'][file][-1]['specs']} {file}" for file in files)
    return (
        f"{config['steps']} steps of {config['specs'] * config['accumulate']} specs x {config['pairs']} pairs "
        f"in the last arm; validated on specs: {checked}"
    )


def _paper(axis: Any, told: Sequence[float | None]) -> None:
    known = [(place, value) for place, value in enumerate(told) if value is not None]
    bars = axis.barh([p for p, _ in known], [v for _, v in known], 0.5, color="0.6")
    axis.bar_label(bars, [f"{v:.1f}" for _, v in known], padding=2, fontsize=8)
    axis.set(xlabel="the paper: exact match, %")
