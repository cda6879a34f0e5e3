"""The figures of a study: arms of several runs, and demonstrations against an instruction's text."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["draw_demonstrations", "draw_runs"]

_LABELS = {"right": ("right, %", 100), "nll": ("-log p per token", 1)}


def draw_runs(study: Mapping[str, Any], out: Path) -> None:
    """A panel for each run, way to reply and measure, with a bar for each arm."""
    panels = list(_panels(study))
    rows = max(len(run["scores"]) for run in study["runs"].values())
    columns = min(4, len(panels))
    lines = -(-len(panels) // columns)
    figure, axes = _canvas(lines, columns, 0.6 + 0.3 * rows)
    for axis, (name, reply, measure) in zip(axes, panels, strict=False):
        scores = study["runs"][name]["scores"]
        label, factor = _LABELS[measure]
        found = [(arm, parts["eval"][reply][measure]) for arm, parts in scores.items()]
        for place, (_, one) in enumerate(found):
            axis.barh(place, factor * one["mean"], 0.7, xerr=_spread(one, factor), color="C0", ecolor="0.3")
        axis.set(yticks=range(len(found)), yticklabels=[arm for arm, _ in found], xlabel=f"{label} ({reply})")
        axis.set_title(name, fontsize=8)
        axis.set_xlim(left=0, right=max(axis.get_xlim()[1], 1))
        axis.invert_yaxis()
        axis.tick_params(labelsize=7)
    for axis in axes[len(panels) :]:
        axis.set_axis_off()
    figure.savefig(out, dpi=130)


def draw_demonstrations(study: Mapping[str, Any], out: Path) -> None:
    """Scores by number of demonstrations, with and without the text, and of the text alone."""
    panels = [panel for panel in _panels(study) if panel[1] in study["runs"][panel[0]]["worth_of_text"]]
    figure, axes = _canvas(1, len(panels), 2.6)
    for axis, (name, reply, measure) in zip(axes, panels, strict=True):
        scores, (label, factor) = study["runs"][name]["scores"], _LABELS[measure]
        shown: set[int] = set()
        for prefix, said, first in (
            ("demonstrations-", "demonstrations", "proactive-1"),
            ("text-and-", "text and demonstrations", "proactive"),
        ):
            arms = {0: first} | {int(a[len(prefix) :]): a for a in scores if a.startswith(prefix)}
            counts = sorted(arms)
            shown |= set(counts)
            found = [scores[arms[count]]["eval"][reply][measure] for count in counts]
            low, high = zip(
                *((s[0][0], s[1][0]) for s in (_spread(one, factor) for one in found)), strict=True
            )
            means = [factor * one["mean"] for one in found]
            axis.errorbar(counts, means, yerr=[low, high], marker="o", capsize=2, label=said)
        text = scores["proactive"]["eval"][reply][measure]
        axis.axhline(factor * text["mean"], color="0.4", linestyle="--", label="text alone")
        axis.axhspan(factor * text["low"], factor * text["high"], color="0.85", zorder=0)
        axis.set(xlabel="demonstrations", ylabel=f"{label} ({reply})")
        axis.set_xscale("symlog", linthresh=1)
        axis.set_xticks(sorted(shown), [str(count) for count in sorted(shown)])
        axis.set_title(name, fontsize=8)
        axis.tick_params(labelsize=7)
        axis.legend(fontsize=6)
    figure.savefig(out, dpi=130)


def _panels(study: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, run in study["runs"].items():
        for reply in next(iter(run["scores"].values()))["eval"]:
            yield from ((name, reply, measure) for measure in _LABELS)


def _canvas(lines: int, columns: int, height: float) -> tuple[Any, list[Any]]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(0.8 + 2.9 * columns, lines * height), layout="constrained")
    return figure, list(figure.subplots(lines, columns, squeeze=False).flat)


def _spread(one: Mapping[str, float], factor: float) -> list[list[float]]:
    return [[factor * (one["mean"] - one["low"])], [factor * (one["high"] - one["mean"])]]
