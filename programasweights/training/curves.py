"""Curves of runs: the loss by step, and validation scores, as one picture."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from programasweights.errors import DataError

__all__ = ["draw_curves", "read_steps"]

_SMOOTH = 20


def read_steps(path: Path) -> list[dict[str, Any]]:
    """Rows of a run's log in the order of steps; where a killed run went over steps again, the later rows.

    Raises:
        DataError: the file cannot be read, or a line is no row of a log.
    """
    rows: dict[int, dict[str, Any]] = {}
    try:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            rows[int(row["step"])] = row
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); name the folder of a run.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} is not the log of a run: {error!r}.") from None
    return [rows[step] for step in sorted(rows)]


def draw_curves(runs: Sequence[Path], out: Path) -> None:
    """Draw the loss (mean of 20 steps) and exact match on each validation file, one colour a run.

    Args:
        runs: folders of runs.
        out: picture to write, .png or .svg.

    Raises:
        DataError: a folder is not that of a run.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    for number, run in enumerate(runs):
        colour, name = f"C{number}", run.name
        steps = read_steps(run / "log.jsonl")
        groups = [steps[n : n + _SMOOTH] for n in range(0, len(steps), _SMOOTH)]
        left.plot(
            [group[-1]["step"] for group in groups],
            [sum(row["loss"] for row in group) / len(group) for group in groups],
            color=colour, label=name,
        )  # fmt: skip
        if not (run / "valid.jsonl").exists():
            continue
        checks = read_steps(run / "valid.jsonl")
        files = [key for key in checks[0] if key != "step"] if checks else []
        for file, style in zip(files, ("-", "--", ":", "-."), strict=False):
            right.plot(
                [row["step"] for row in checks],
                [100 * row[file]["exact"] for row in checks],
                color=colour, linestyle=style, marker=".", label=f"{name}, {file}",
            )  # fmt: skip
    left.set(xlabel="step", ylabel=f"loss, mean of {_SMOOTH} steps")
    right.set(xlabel="step", ylabel="exact match, validation, %")
    left.legend()
    if right.lines:
        right.legend()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=110)
