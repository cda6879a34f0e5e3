"""Everything that decides a training run of a mark reader."""

from dataclasses import dataclass

from programasweights.data.images import TASKS
from programasweights.errors import DataError
from programasweights.vision.marks.network import NetworkShape

__all__ = ["MarkTraining"]


@dataclass(frozen=True)
class MarkTraining:
    """One run; raises DataError where a value cannot be used."""

    task: str
    """Whose pictures are drawn, one of `TASKS`."""
    widths: tuple[int, int, int] = NetworkShape.widths
    """Channels at a quarter, an eighth and a sixteenth of the sheet's size."""
    depths: tuple[int, int, int] = NetworkShape.depths
    """Blocks of two convolutions there."""
    pictures: int = 12_000
    """Drawn once, before the first step."""
    others: float = 0.05
    """Share of pictures of other tasks, in which no mark is to be found."""
    valid_pictures: int = 200
    """Of the task, from the split `valid`."""
    seed: int = 0
    """Of pictures, weights and order."""
    batch: int = 16
    """Pictures of a step."""
    steps: int = 10_000
    warmup: int = 200
    """Steps until the learning rate is reached; then it falls as a cosine."""
    lr: float = 2e-3
    weight_decay: float = 1e-4
    valid_every: int = 1_000
    """Steps."""
    save_every: int = 500
    """Steps."""

    def __post_init__(self) -> None:
        for name in ("widths", "depths"):
            sizes = tuple(getattr(self, name))
            if len(sizes) != 3 or min(sizes) < 1:
                raise DataError(f"{name} is {sizes}, but must be three numbers of at least 1.")
            object.__setattr__(self, name, sizes)
        if self.task not in TASKS:
            raise DataError(f"task is {self.task!r:.80}, but must be one of {', '.join(TASKS)}.")
        for name in ("pictures", "valid_pictures", "batch", "steps", "valid_every", "save_every"):
            if getattr(self, name) < 1:
                raise DataError(f"{name} is {getattr(self, name)}, but must be at least 1.")
        if not 0 <= self.others < 1:
            raise DataError(f"others is {self.others}, but must be a share from 0 to below 1.")
        if not 0 < self.lr < 1:
            raise DataError(f"lr is {self.lr}, but must be between 0 and 1.")
