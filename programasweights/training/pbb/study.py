"""Several runs side by side, and what an instruction's text is worth in demonstrations.

STUDY/study.json     what differs between the runs, and every arm's scores on held-out instructions
STUDY/figure.png     the same as a picture; a second one, demonstrations.png, if arms learnt from demonstrations

The worth of a text is the number of demonstrations that does as well: the mean score of `demonstrations-K` is joined by
straight lines, from `proactive-1`, which has seen none, and cut at the score of `proactive`. Its interval draws whole
instructions anew, the same for all arms.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from programasweights.errors import DataError
from programasweights.training.pbb.run import PbbResult
from programasweights.training.pbb.scores import ReplyScore
from programasweights.training.pbb.study_figure import draw_demonstrations, draw_runs

__all__ = ["Measure", "compare_runs", "worth_of_text"]

Measure = Literal["right", "nll"]
_DRAWS = 2000
_SILENT = ("curricula", "demonstrations", "pass_tokens")
"""Fields of a config that do not decide what an arm scores."""


def compare_runs(folders: Sequence[Path], out: Path) -> dict[str, Any]:
    """Put runs together.

    Args:
        folders: of finished runs, two different ones with different names.
        out: folder to write, made if it is not there.

    Raises:
        DataError: a folder holds no result, or two have one name.
    """
    names = [folder.resolve().name for folder in folders]
    if len(set(names)) < len(names):
        raise DataError(f"runs are called {', '.join(names)}, but need different names; rename a folder.")
    results = [_read(folder) for folder in folders]
    study: dict[str, Any] = {
        "runs": {
            name: {
                "differs": differs,
                "instructions": result.instructions,
                "scores": _scores(result),
                "worth_of_text": dict(_worths(result)),
            }
            for name, differs, result in zip(names, _differences(results), results, strict=True)
        }
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "study.json").write_text(json.dumps(study, indent=1) + "\n", "utf-8")
    draw_runs(study, out / "figure.png")
    if any(run["worth_of_text"] for run in study["runs"].values()):
        draw_demonstrations(study, out / "demonstrations.png")
    return study


def worth_of_text(
    text: NDArray[np.float64], demonstrated: Mapping[int, NDArray[np.float64]], *, seed: int = 0
) -> dict[str, float | None]:
    """How many demonstrations do as well as the text.

    Args:
        text: (I,) score of each instruction that was learnt from its text; more is better.
        demonstrated: by number of demonstrations, 0 among them, the scores (I,) of the same instructions.
        seed: of the draws.

    Returns:
        `mean`, `low` and `high`, the 2.5th and 97.5th percentile; None for more than were tried.
    """
    counts = sorted(demonstrated)
    table = np.stack([demonstrated[count] for count in counts])  # (counts, I)
    drawn = np.random.default_rng(seed).integers(len(text), size=(_DRAWS, len(text)))
    found = sorted(_crossing(counts, table[:, row].mean(1), text[row].mean()) for row in drawn)
    mean = _crossing(counts, table.mean(1), text.mean())
    low, high = found[int(0.025 * _DRAWS)], found[int(0.975 * _DRAWS)]
    return {
        name: None if math.isinf(value) else round(value, 2)
        for name, value in (("mean", mean), ("low", low), ("high", high))
    }


def _crossing(counts: Sequence[int], scores: NDArray[np.float64], wanted: float) -> float:
    """Where the line through the scores first reaches what is wanted."""
    if scores[0] >= wanted:
        return float(counts[0])
    for number in range(1, len(counts)):
        if scores[number] >= wanted:
            share = (wanted - scores[number - 1]) / (scores[number] - scores[number - 1])
            return float(counts[number - 1] + share * (counts[number] - counts[number - 1]))
    return math.inf


def _worths(result: PbbResult) -> Iterator[tuple[str, dict[str, Any]]]:
    """By way to reply, the worth by each measure; nothing without the arms that it takes."""
    arms = {arm.name: arm.scores["eval"] for arm in result.arms}
    shown = {0: "proactive-1"} | {
        int(name.rpartition("-")[2]): name for name in arms if name.startswith("demonstrations-")
    }
    if len(shown) == 1 or "proactive" not in arms:
        return
    for reply in arms["proactive"]:
        yield (
            reply,
            {
                measure: worth_of_text(
                    _each(arms["proactive"][reply], measure),
                    {count: _each(arms[name][reply], measure) for count, name in shown.items()},
                )
                for measure in ("right", "nll")
            },
        )


def _each(score: ReplyScore, measure: Measure) -> NDArray[np.float64]:
    """Of each instruction; more is better."""
    sign = 1 if measure == "right" else -1
    return np.array([sign * getattr(one, measure) for one in score.instructions], dtype=np.float64)


def _scores(result: PbbResult) -> dict[str, Any]:
    """By arm, part and way to reply: the share of right replies, and their likelihood."""
    all_of_them = {"untrained": result.untrained, "in context": result.in_context}
    return {
        name: {
            part: {
                reply: {
                    "right": score.right.model_dump(),
                    "nll": score.nll.model_dump(),
                    "groups": score.groups,
                    "kinds": {kind: scores.model_dump() for kind, scores in score.kinds.items()},
                }
                for reply, score in by.items()
            }
            for part, by in scores.items()
        }
        for name, scores in (all_of_them | {arm.name: arm.scores for arm in result.arms}).items()
    }


def _differences(results: Sequence[PbbResult]) -> list[dict[str, Any]]:
    """Of each run, the fields of its config that are not the same in all."""
    names = [name for name in results[0].config if name not in _SILENT]
    differ = [name for name in names if len({json.dumps(r.config.get(name)) for r in results}) > 1]
    return [{name: result.config.get(name) for name in differ} for result in results]


def _read(folder: Path) -> PbbResult:
    path = folder / "result.json"
    try:
        return PbbResult.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{path} is no result of a run ({error!s:.80}); see docs/pbb.md.") from None
