"""Ablations as files: arms that differ in one thing, each one training run, beside the paper's figures.

    {"title": TEXT, "paper": WHAT THE PAPER'S FIGURES ARE,
     "arms": [{"name": TEXT, "stage": 0-3, "data": "spec" | "discrete", "config": {...}, "specs": N, "after": ARM,
               "paper": FIGURE}, ...]}

The settings common to all arms stand in `sizes.json` in the same folder, for each size and stage.
"""

import json
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from programasweights.errors import DataError
from programasweights.training.config import TrainingConfig

__all__ = ["Ablation", "Arm", "Size", "config_of", "read_ablation", "read_size"]

Settings = dict[str, bool | int | float | str]
Model = TypeVar("Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Arm(_Strict):
    """One training run."""

    name: str = Field(pattern=r"^\w[\w.+=-]*$")
    """Names its folder."""
    stage: Literal[0, 1, 2, 3] = 2
    """Stage of the paper, which decides settings that are not the size's."""
    data: Literal["spec", "discrete"] = "spec"
    """Which of the data files it trains on: specs as their own programs, or with discrete programs."""
    config: Settings = {}
    """Settings that differ from the others'."""
    specs: int | None = Field(None, ge=1)
    """Specs that it trains on; None for all."""
    after: str | None = None
    """An arm above whose last weights this one starts from."""
    paper: float | None = None
    """The paper's figure, percent."""


class Ablation(_Strict):
    """Arms to be compared."""

    title: str
    """What is varied."""
    paper: str = ""
    """What the paper's figures are."""
    arms: tuple[Arm, ...] = Field(min_length=1)
    """The runs, in the order they are trained in."""

    @model_validator(mode="after")
    def _check_order(self) -> "Ablation":
        seen: set[str] = set()
        for arm in self.arms:
            if arm.name in seen:
                raise ValueError(f"two arms are called {arm.name}")
            if arm.after is not None and arm.after not in seen:
                raise ValueError(f"arm {arm.name} comes after {arm.after}, which is no arm above it")
            seen.add(arm.name)
        return self


class Size(_Strict):
    """Settings of one size of all ablations."""

    every: Settings
    """Of all arms."""
    stages: dict[Literal["0", "1", "2", "3"], Settings]
    """Of the arms of a stage, over the others."""


class _Sizes(_Strict):
    stages: dict[Literal["0", "1", "2", "3"], Settings]
    """What makes a stage, at any size."""
    sizes: dict[str, Size]


def read_ablation(path: Path) -> Ablation:
    """Read an ablation's file.

    Raises:
        DataError: it cannot be read, or is no ablation.
    """
    return _read(path, Ablation)


def read_size(folder: Path, name: str) -> Size:
    """Read a size from the `sizes.json` of a folder of ablations.

    Raises:
        DataError: the file cannot be read, or there is no such size.
    """
    path = folder / "sizes.json"
    found = _read(path, _Sizes)
    if name not in found.sizes:
        raise DataError(f"{path} has no size {name!r}; it has {', '.join(found.sizes)}.")
    size = found.sizes[name]
    stages = {key: value | size.stages.get(key, {}) for key, value in found.stages.items()}
    return Size(every=size.every, stages=stages)


def config_of(arm: Arm, size: Size, changes: Settings) -> TrainingConfig:
    """The config of an arm's run: of the size, of the stage, of the arm, and `changes` over all.

    Raises:
        DataError: a setting does not exist, or settings do not go together.
    """
    values: dict[str, Any] = {**size.every, **size.stages.get(str(arm.stage), {}), **arm.config, **changes}  # type: ignore[call-overload]
    try:
        return TrainingConfig(**values)
    except TypeError as error:
        raise DataError(f"arm {arm.name} has settings that no run has: {error}.") from None


def _read(path: Path, kind: type[Model]) -> Model:
    try:
        return kind.model_validate(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); see recipes/ablations.") from None
    except (ValueError, ValidationError) as error:
        raise DataError(f"{path} is not what it should be: {error}; see recipes/ablations.") from None
