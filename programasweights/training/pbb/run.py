"""Trains the arms of a run, asks each for executions, and puts the scores together.

OUT/log.jsonl      every step of every arm
OUT/states/        what was trained in each arm, as safetensors: a stopped run goes on after its last whole arm
OUT/ARM.paw        what an arm has learnt, as a program without a task (with a LoRA), or
OUT/ARM/           as a folder that can be named as a base model (with all weights trained)
OUT/result.json    all scores, beside those of the untrained model with and without the instruction shown
OUT/figure.png     the same as a picture
"""

import json
import time
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel
from safetensors.torch import load_file, save_file

from programasweights.errors import DataError
from programasweights.program import save
from programasweights.progress import Advance
from programasweights.training.pbb.config import PbbConfig
from programasweights.training.pbb.curricula import Arm, arms_of
from programasweights.training.pbb.figure import draw_result
from programasweights.training.pbb.learner import Learner
from programasweights.training.pbb.material import Material, draw_material
from programasweights.training.pbb.primed import primed_program
from programasweights.training.pbb.scores import Interval, SplitScore, baselines, score
from programasweights.training.pbb.stage import Log, train_stage

__all__ = ["ArmResult", "PbbResult", "run_pbb"]


class ArmResult(BaseModel):
    """One arm, trained and asked."""

    name: str
    """Of the arm."""
    stage: dict[str, Any]
    """What it learnt from."""
    after: str | None
    """The arm it started from; None for the base model."""
    steps: int
    """Steps of the optimiser."""
    seconds: float
    """Of training, scores left out."""
    scores: SplitScore
    """By split and way to reply."""


class PbbResult(BaseModel):
    """All arms."""

    command: str
    """What was run."""
    version: str
    """Of the package."""
    config: dict[str, Any]
    """Of the run."""
    instructions: dict[str, int]
    """Instructions of each split."""
    trained_parameters: int
    """Numbers that are trained."""
    untrained: SplitScore
    """The base model."""
    in_context: SplitScore
    """The base model that is shown the instruction with each question."""
    baselines: dict[str, Interval]
    """Shares of valid sentences made without the grammar; for grammars alone."""
    arms: list[ArmResult]
    """In the order of training."""


def run_pbb(
    config: PbbConfig,
    out: Path,
    *,
    problems: Path | None = None,
    command: str = "",
    device: str = "cpu",
    resume: bool = False,
    advance: Advance = lambda _: None,
) -> PbbResult:
    """Train and score all arms of a config's curricula.

    Args:
        config: of the run.
        out: folder, made if it is not there; files of an earlier run are replaced, unless it is resumed.
        problems: for leetcode, the folder with the problems.
        command: noted in the result.
        device: where to compute.
        resume: keep the whole arms of a run of the same config that was stopped; a run that has not begun begins.
        advance: told of each arm that is done.

    Raises:
        DataError: the domain has less than is asked for, or the run to resume had another config.
        ModelError: the base model cannot be used.
    """
    material = draw_material(config, problems)
    learner = Learner(
        config.base, rank=config.lora_rank, precision=config.precision, seed=config.seed, device=device
    )
    (out / "states").mkdir(parents=True, exist_ok=True)
    result = _earlier(config, out) if resume else None
    result = _begun(config, learner, material) if result is None else result
    result.command = command
    with (out / "log.jsonl").open("a" if result.arms else "w", encoding="utf-8") as file:
        for arm in arms_of(config):
            if arm.name not in [done.name for done in result.arms]:
                result.arms.append(_trained(arm, learner, material, out, _logger(file)))
                _write(result, out)
            advance(1)
    draw_result(result.model_dump(), out / "figure.png")
    return result


def _begun(config: PbbConfig, learner: Learner, material: Material) -> PbbResult:
    """A result without arms."""
    splits = [one.split for one in material.instructions]
    return PbbResult(
        command="",
        version=version("programasweights"),
        config=asdict(config),
        instructions={split: splits.count(split) for split in sorted(set(splits))},
        trained_parameters=sum(p.numel() for p in learner.parameters),
        untrained=score(learner, material),
        in_context=score(learner, material, told=True),
        baselines=baselines(material),
        arms=[],
    )


def _earlier(config: PbbConfig, out: Path) -> PbbResult | None:
    """What a stopped run has written; it may have had other curricula, since arms do not depend on each other."""
    path = out / "result.json"
    if not path.exists():
        return None
    try:
        found = PbbResult.model_validate_json(path.read_bytes())
    except ValueError as error:
        raise DataError(
            f"{path} is no result of a run ({error.args!r:.80}); remove it, or do not resume."
        ) from None
    given = json.loads(json.dumps(asdict(config)))
    differ = [
        name for name, value in given.items() if name != "curricula" and found.config.get(name) != value
    ]
    if differ:
        raise DataError(
            f"the run in {out} has another {', '.join(differ)}; give the same recipe, or another folder."
        )
    found.config = asdict(config)
    return found


def _trained(arm: Arm, learner: Learner, material: Material, out: Path, log: Log) -> ArmResult:
    """Train one arm from where it starts, keep its weights, and score it."""
    learner.start() if arm.after is None else learner.restore(load_file(_state(out, arm.after)))
    started = time.perf_counter()
    note = partial(_note, log, arm.name)
    steps = train_stage(arm.stage, learner, material, note, later=arm.after is not None)
    seconds = round(time.perf_counter() - started, 1)
    save_file(learner.state(), _state(out, arm.name))
    _save(learner, material.config, arm, out)
    scores = score(learner, material)
    return ArmResult(
        name=arm.name, stage=asdict(arm.stage), after=arm.after, steps=steps, seconds=seconds, scores=scores
    )


def _state(out: Path, arm: str) -> Path:
    return out / "states" / f"{arm}.safetensors"


def _write(result: PbbResult, out: Path) -> None:
    """In one go, so that a stopped run leaves a whole file."""
    unfinished = out / "result.json.part"
    unfinished.write_text(result.model_dump_json(indent=1) + "\n", "utf-8")
    unfinished.replace(out / "result.json")


def _save(learner: Learner, config: PbbConfig, arm: Arm, out: Path) -> None:
    if config.lora_rank:
        save(primed_program(learner, config, arm.name), out / f"{arm.name}.paw")
    else:
        learner.save_model(out / arm.name)


def _note(log: Log, arm: str, row: dict[str, Any]) -> None:
    log({"arm": arm} | row)


def _logger(file: IO[str]) -> Log:
    def log(row: dict[str, Any]) -> None:
        file.write(json.dumps(row) + "\n")
        file.flush()

    return log
