"""Numbers and figures of benchmarks/calibration.py: temperatures from one half of the tasks, reports on the other.

Tasks count alike, whatever the number of their inputs. A family of tasks lies in one half as a whole, by a hash of its
name.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from programasweights.typed.calibration import RAW, Calibration

__all__ = ["draw", "half", "summed_up"]

F64 = npt.NDArray[np.float64]
Row = dict[str, Any]
Judge = Callable[[Row], tuple[float, float]]
"""From a row to the confidence of what is answered, and 1.0 if that is right."""

BINS = 15
_GRID = np.exp(np.linspace(np.log(0.2), np.log(50), 221))
_TRUST = 3.0
"""How far from 1 a temperature is expected before there are tasks, as a standard deviation of its logarithm."""
FORMS = ("spec alone", "with examples")


def half(family: str) -> str:
    """`fit` or `report`."""
    return ("fit", "report")[hashlib.sha256(f"calibration: {family}".encode()).digest()[0] % 2]


def summed_up(rows: Sequence[Row]) -> dict[str, Any]:
    """What is to be written: temperatures, and how far they hold."""
    parts = {name: [row for row in rows if half(row["family"]) == name] for name in ("fit", "report")}
    found = fitted(parts["fit"])
    return {
        "rows": len(rows),
        "tasks": {name: _tasks(part) for name, part in parts.items()},
        "fitted": found,
        "report": _report(parts["report"], Calibration(**found)),
        "fit": _report(parts["fit"], Calibration(**found)),
        "gain_without_habit": _gain(_split(rows)[0]),
    }


def _gain(rows: Sequence[Row]) -> dict[str, Any]:
    """What dividing by habits does to the accuracy, over both halves: nothing in it is fitted."""
    gains = np.array([_without_habit(row)[1] - judged(row, RAW)[1] for row in rows])
    means = [(gains * share).sum() for share in _draws(rows, weights(rows))]
    edges = [round(float(edge), 4) for edge in np.percentile(means, [2.5, 97.5])]
    return {"accuracy": round(float(gains @ weights(rows)), 4), "interval": edges}


def _draws(rows: Sequence[Row], share: F64) -> Iterator[F64]:
    """Shares under 500 draws of whole families."""
    names = sorted({row["family"] for row in rows})
    family = np.array([names.index(row["family"]) for row in rows])
    random = np.random.default_rng(0)
    for _ in range(500):
        times = np.bincount(random.integers(len(names), size=len(names)), minlength=len(names))
        drawn = share * times[family]
        yield drawn / drawn.sum()


def _tasks(rows: Sequence[Row]) -> dict[str, int]:
    """Programs of each suite; a task makes two, one for each form."""
    return dict(sorted(Counter(suite for suite, _ in {(row["suite"], row["key"]) for row in rows}).items()))


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """The temperatures of the least mean loss over tasks, and near 1 where tasks are too few to say."""
    closed, opened = _split(rows)
    loss, texts = (
        (np.log(_GRID) / _TRUST) ** 2 / 2 / max(1, len({r["key"] for r in some})) for some in (closed, opened)
    )
    for row, weight in zip(closed, weights(closed), strict=True):
        logits = (np.array(row["scores"]) - max(row["scores"]))[None] / _GRID[:, None]
        loss = loss + weight * (np.log(np.exp(logits).sum(axis=1)) - logits[:, row["answer"]])
    for row, weight in zip(opened, weights(opened), strict=True):
        sure = np.clip(np.exp(row["logprob"] / _GRID), 1e-6, 1 - 1e-6)
        texts = texts - weight * np.log(sure if row["right"] else 1 - sure)
    return {
        "labels": round(float(_GRID[loss.argmin()]), 2),
        "texts": round(float(_GRID[texts.argmin()]), 2),
    }


def _split(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    return [r for r in rows if "scores" in r], [r for r in rows if "logprob" in r]


def weights(rows: Sequence[Row]) -> F64:
    """(N,) shares of the rows, so that each task has the same."""
    counts = Counter(row["key"] for row in rows)
    return np.array([1 / counts[row["key"]] / len(counts) for row in rows])


def _report(rows: Sequence[Row], calibration: Calibration) -> dict[str, Any]:
    closed, opened = _split(rows)
    found: dict[str, Any] = {}
    for name, mine in (("all", closed), *_grouped(closed), ("all, open", opened), *_grouped(opened)):
        if mine:
            found[name] = {
                "families": len({row["family"] for row in mine}),
                "programs": len({row["key"] for row in mine}),
                "inputs": len(mine),
                "raw": _measured(mine, lambda row: judged(row, RAW)),
                "calibrated": _measured(mine, lambda row: judged(row, calibration)),
            }
            if "scores" in mine[0]:
                guess = sum(w / len(row["scores"]) for row, w in zip(mine, weights(mine), strict=True))
                found[name]["guessing"] = round(float(guess), 4)
                found[name]["without_habit"] = _measured(mine, _without_habit)
    return found


def _grouped(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[f"{row['suite']}, {row['form']}"].append(row)
        groups[row["form"] + (", open" if "logprob" in row else "")].append(row)
    return sorted(groups.items())


def judged(row: Row, calibration: Calibration) -> tuple[float, float]:
    """A row under a calibration."""
    if "logprob" in row:
        return calibration.of_text(row["logprob"]), row["right"]
    chances = calibration.chances(np.array(row["scores"]))
    return float(chances.max()), float(chances.argmax() == row["answer"])


def _without_habit(row: Row) -> tuple[float, float]:
    """Scores divided by the labels' mean probabilities on inputs without content (contextual calibration)."""
    habit = np.mean([RAW.chances(np.array(scores)) for scores in row["free"]], axis=0)
    chances = RAW.chances(np.array(row["scores"]) - np.log(habit + 1e-9))
    return float(chances.max()), float(chances.argmax() == row["answer"])


def _measured(rows: Sequence[Row], judge: Judge) -> dict[str, Any]:
    sure, right = np.array([judge(row) for row in rows]).T
    share = weights(rows)
    return {
        "accuracy": round(float(right @ share), 4),
        "confidence": round(float(sure @ share), 4),
        "ece": round(gap(_equal_width(sure), sure, right, share), 4),
        "ece_equal_mass": round(gap(_equal_mass(sure, share), sure, right, share), 4),
        "ece_interval": _interval(rows, sure, right, share),
    }


def _interval(rows: Sequence[Row], sure: F64, right: F64, share: F64) -> list[float]:
    """95% of the errors (equal width) under draws of whole families."""
    bins = _equal_width(sure)
    errors = [gap(bins, sure, right, drawn) for drawn in _draws(rows, share)]
    return [round(float(edge), 4) for edge in np.percentile(errors, [2.5, 97.5])]


def _equal_width(sure: F64) -> npt.NDArray[np.int64]:
    return np.minimum((sure * BINS).astype(np.int64), BINS - 1)


def _equal_mass(sure: F64, share: F64) -> npt.NDArray[np.int64]:
    order = np.argsort(sure, kind="stable")
    bins = np.empty(len(sure), np.int64)
    bins[order] = np.minimum((np.cumsum(share[order]) * BINS).astype(np.int64), BINS - 1)
    return bins


def gap(bins: npt.NDArray[np.int64], sure: F64, right: F64, share: F64) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy over bins."""
    return float(sum(abs(((sure - right) * share)[bins == place].sum()) for place in range(BINS)))


def draw(rows: Sequence[Row], page: dict[str, Any], folder: Path) -> None:
    """`reliability.png` and `coverage.png`, both of the half that nothing was fitted on."""
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    closed, _ = _split([row for row in rows if half(row["family"]) == "report"])
    calibration = Calibration(**page["fitted"])
    judges: dict[str, Judge] = {
        "raw": lambda row: judged(row, RAW),
        "calibrated": lambda row: judged(row, calibration),
    }
    reliability = Figure(figsize=(8, 4), layout="constrained")
    for axes, (name, judge) in zip(reliability.subplots(1, 2, sharey=True), judges.items(), strict=True):
        _reliability(axes, closed, name, judge)
    reliability.savefig(folder / "reliability.png", dpi=120)
    coverage = Figure(figsize=(5.5, 4), layout="constrained")
    _coverage(coverage.subplots(), closed, judges["calibrated"])
    coverage.savefig(folder / "coverage.png", dpi=120)


def _reliability(axes: Any, rows: Sequence[Row], name: str, judge: Judge) -> None:
    sure, right = np.array([judge(row) for row in rows]).T
    share, bins = weights(rows), _equal_width(sure)
    places = [place for place in range(BINS) if (bins == place).any()]
    mass = np.array([share[bins == place].sum() for place in places])
    heights = np.array([(right * share)[bins == place].sum() for place in places]) / mass
    means = np.array([(sure * share)[bins == place].sum() for place in places]) / mass
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1, linestyle="--")
    axes.scatter(means, heights, s=20 + 600 * mass, color="tab:blue", alpha=0.7)
    error = gap(bins, sure, right, share)
    axes.set(title=f"{name}: error {error:.3f}", xlabel="confidence", xlim=(0, 1), ylim=(0, 1))
    axes.set_aspect("equal")
    if axes.get_subplotspec().is_first_col():
        axes.set_ylabel("accuracy")


def _coverage(axes: Any, rows: Sequence[Row], judge: Judge) -> None:
    """Accuracy on the surest inputs, against how many these are."""
    for form in FORMS:
        mine = [row for row in rows if row["form"] == form]
        sure, right = np.array([judge(row) for row in mine]).T
        share, order = weights(mine), np.argsort(-sure, kind="stable")
        covered = np.cumsum(share[order])
        shown = covered > 0.03
        axes.plot(covered[shown], (np.cumsum((right * share)[order]) / covered)[shown], label=form)
    axes.set(xlabel="coverage: share of inputs answered, the surest first", ylabel="accuracy on them")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.legend()
    axes.grid(alpha=0.3)
