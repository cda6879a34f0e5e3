"""Everything that decides a training run of a compiler that reads pictures."""

from dataclasses import dataclass, fields

from programasweights.errors import DataError
from programasweights.training.config import TrainingConfig

__all__ = ["PictureTraining"]

_OF_TEXT_ALONE = (
    "compiler_layers", "objective", "rollouts", "discrete_limit", "temperature", "length_cost", "reward", "refresh",
    "clip_ratio", "rollout_engine", "show_program", "hide_program", "shard",
)  # fmt: skip


@dataclass(frozen=True)
class PictureTraining(TrainingConfig):
    """One run. `specs` are the pictures of a batch, `pairs` the questions on each.

    `discrete_weight` is that of -log P(transcription | spec, picture), which is a help in training only: the compiler
    reads its prefix tokens as if there were no transcription, and programs have none.
    """

    inner: int = 768
    """I, inner width of the projector."""
    projector_lr: float = 1e-3
    """Highest learning rate of the projector."""
    transcription_tokens: int = 64
    """A longer transcription is cut."""
    input_share: float = 0.0
    """Share of batches in which pictures are inputs: each picture is given to the program of one of its questions.
    Above 0, a projector for the interpreter is trained as well."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.inner, self.transcription_tokens) < 1:
            raise DataError("inner and transcription_tokens must be at least 1.")
        if not 0 <= self.input_share < 1:
            raise DataError(f"input_share is {self.input_share}, but must be a share from 0 to below 1.")
        if not self.answer_weight:
            raise DataError("answer_weight is 0, but pictures are learned from answers.")
        usual = {field.name: field.default for field in fields(TrainingConfig)}
        set_ = [name for name in _OF_TEXT_ALONE if getattr(self, name) != usual[name]]
        if set_:
            raise DataError(f"{', '.join(set_)}: such fields are for training on text alone; leave them out.")
