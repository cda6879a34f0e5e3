"""The figure of a run: shares of right replies to held-out instructions, arm by arm, with intervals."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["draw_result"]

_REFERENCE, _ARM = "0.65", "C0"


def draw_result(result: Mapping[str, Any], out: Path) -> None:
    """Draw a panel for each way to reply, and one for the likelihood of right replies.

    Args:
        result: fields of a `PbbResult`.
        out: picture to write, .png or .svg.

    Raises:
        ModuleNotFoundError: matplotlib is not installed.
    """
    from matplotlib.figure import Figure

    replies = result["config"]["replies"]
    bars = len(result["arms"]) + 2 + len(result["baselines"])
    figure = Figure(figsize=(2.2 + 2.8 * 2 * len(replies), 1.3 + 0.28 * bars), layout="constrained")
    axes = figure.subplots(1, 2 * len(replies), squeeze=False)[0]
    for number, reply in enumerate(replies):
        said = "answer alone" if reply == "direct" else "steps first"
        right, rate = axes[2 * number : 2 * number + 2]
        _panel(right, list(_rows(result, reply, "right")), 100, f"right, % ({said})")
        _panel(rate, list(_rows(result, reply, "nll")), 1, f"-log p per token ({said})")
    config = result["config"]
    figure.suptitle(
        f"{config['domain']}: {result['instructions']['eval']} held-out instructions never executed in training, "
        f"{config['samples']} replies a question; bars: 95% intervals over instructions",
        fontsize=8,
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=130)


def _rows(
    result: Mapping[str, Any], reply: str, field: str
) -> Iterator[tuple[str, Mapping[str, float], str]]:
    """Name, interval and colour of each bar."""
    for name in ("untrained", "in_context"):
        yield name.replace("_", " "), result[name]["eval"][reply][field], _REFERENCE
    for arm in result["arms"]:
        yield arm["name"], arm["scores"]["eval"][reply][field], _ARM
    if field == "right":
        for name, found in result["baselines"].items():
            yield f"{name} words", found, _REFERENCE


def _panel(axis: Any, rows: list[tuple[str, Mapping[str, float], str]], factor: float, label: str) -> None:
    values = [factor * found["mean"] for _, found, _ in rows]
    spread = [
        [factor * (found["mean"] - found["low"]) for _, found, _ in rows],
        [factor * (found["high"] - found["mean"]) for _, found, _ in rows],
    ]
    bars = axis.barh(
        range(len(rows)),
        values,
        0.7,
        xerr=spread,
        color=[colour for _, _, colour in rows],
        ecolor="0.3",
        capsize=2,
    )
    axis.bar_label(bars, [f"{value:.3g}" for value in values], padding=2, fontsize=7)
    axis.set(yticks=range(len(rows)), yticklabels=[name for name, _, _ in rows], xlabel=label)
    axis.tick_params(labelsize=8)
    axis.invert_yaxis()
    axis.margins(x=0.2)
    axis.set_xlim(left=0, right=max(axis.get_xlim()[1], 1))
    axis.spines[["top", "right"]].set_visible(False)
