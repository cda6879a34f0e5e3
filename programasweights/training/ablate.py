"""Trains the arms of an ablation, each an ordinary run in a folder of its own, and puts their scores together.

OUT/ARM/          a training run, killed and resumed like any
OUT/ARM/arm.json  its scores, when it is done; then it is not trained again
OUT/result.json   all arms
OUT/figure.png    all arms beside the paper's figures
"""

import gc
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from programasweights.errors import DataError
from programasweights.progress import Advance
from programasweights.training.ablation import Ablation, Arm, Settings, Size, config_of
from programasweights.training.ablation_figure import draw_ablation
from programasweights.training.config import TrainingConfig
from programasweights.training.curves import read_steps
from programasweights.training.mixture import Drawn, TaskSource
from programasweights.training.run import TrainingRun
from programasweights.training.setup import trained_parameters
from programasweights.training.validation import Validation

__all__ = ["AblationResult", "ArmResult", "ArmScores", "ablate"]


class ArmScores(Validation):
    """Scores of one validation."""

    step: int
    """After so many steps."""


class ArmResult(BaseModel):
    """One arm, trained."""

    arm: Arm
    """As the ablation's file has it."""
    config: dict[str, Any]
    """Of the run."""
    data: str
    """Names what it was trained on."""
    valid: dict[str, str]
    """Names what it was validated on."""
    training_specs: int
    """Specs that it trained on."""
    epochs: float
    """How often it went through them."""
    trained_parameters: int
    """Numbers that are trained."""
    seconds: float
    """Of all steps, validations left out."""
    scores: dict[str, list[ArmScores]]
    """By validation file, the last one with all controls."""


class AblationResult(BaseModel):
    """All arms."""

    title: str
    """What is varied."""
    paper: str
    """What the paper's figures are."""
    command: str
    """What was run."""
    arms: list[ArmResult]
    """In the order of the file."""


def ablate(
    ablation: Ablation,
    size: Size,
    data: Mapping[str, TaskSource],
    valid: Mapping[str, TaskSource],
    out: Path,
    *,
    changes: Settings,
    command: str,
    device: str | None = "cpu",
    advance: Advance = lambda _: None,
) -> AblationResult:
    """Train all arms that are not done, and write result and figure.

    Args:
        ablation: the arms.
        size: settings that all share.
        data: what they train on, by name.
        valid: what they are validated on, by name.
        out: folder.
        changes: settings over all others, such as another base model.
        command: noted in the result.
        device: where to compute; None for what accelerate finds.
        advance: told of each arm that is done.

    Raises:
        DataError: data that an arm needs are not given, nothing to validate on, or a folder holds another arm.
    """
    missing = {arm.data for arm in ablation.arms} - set(data)
    if missing or not valid:
        wanted = "--valid NAME=FILE" if not missing else f"--data {min(missing)}=FILE"
        raise DataError(f"this ablation also needs {wanted}.")
    configs = {arm.name: config_of(arm, size, changes) for arm in ablation.arms}
    done = []
    for arm in ablation.arms:
        tasks = data[arm.data] if arm.specs is None else Drawn(data[arm.data], arm.specs)
        done.append(_arm(arm, configs[arm.name], tasks, valid, out, device))
        advance(1)
    result = AblationResult(title=ablation.title, paper=ablation.paper, command=command, arms=done)
    (out / "result.json").write_text(result.model_dump_json(indent=1) + "\n", "utf-8")
    draw_ablation(result.model_dump(), out / "figure.png")
    return result


def _arm(
    arm: Arm,
    config: TrainingConfig,
    tasks: TaskSource,
    valid: Mapping[str, TaskSource],
    out: Path,
    device: str | None,
) -> ArmResult:
    """The result of an arm, which is trained unless it is there."""
    path = out / arm.name / "arm.json"
    named = {name: file.content for name, file in valid.items()}
    if path.exists():
        found = ArmResult.model_validate_json(path.read_text("utf-8"))
        if (found.config, found.data, found.valid) != (asdict(config), tasks.content, named):
            raise DataError(f"{path} is of an arm with other settings or data; name another --out.")
        return found.model_copy(update={"arm": arm})
    start = None if arm.after is None else out / arm.after
    trained = _train(path.parent, config, tasks, valid, start, device)
    gc.collect()
    result = ArmResult(
        arm=arm,
        config=asdict(config),
        data=tasks.content,
        valid=named,
        training_specs=len(tasks),
        epochs=round(config.steps * config.accumulate * config.specs / len(tasks), 3),
        trained_parameters=trained,
        seconds=round(sum(row["seconds"] for row in read_steps(path.parent / "log.jsonl")), 3),
        scores=_scores(path.parent, valid),
    )
    path.write_text(result.model_dump_json(indent=1) + "\n", "utf-8")
    return result


def _train(
    folder: Path,
    config: TrainingConfig,
    tasks: TaskSource,
    valid: Mapping[str, TaskSource],
    start: Path | None,
    device: str | None,
) -> int:
    """Train to the end; returns how many numbers are trained."""
    run = TrainingRun(folder, config, tasks, valid, device, start)
    run.run()
    return sum(p.numel() for group in trained_parameters(run.model) for p in group)


def _scores(folder: Path, valid: Mapping[str, TaskSource]) -> dict[str, list[ArmScores]]:
    rows = read_steps(folder / "valid.jsonl")
    return {name: [ArmScores(step=row["step"], **row[name]) for row in rows] for name in valid}
