"""Everything that decides a training run of a compiler that reads pictures."""

from dataclasses import dataclass, fields

from programasweights.errors import DataError
from programasweights.training.config import TrainingConfig

__all__ = ["PictureTraining"]

_OF_TEXT_ALONE = (
    "compiler_layers", "objective", "discrete_limit", "length_cost", "reward", "refresh", "clip_ratio",
    "rollout_engine", "show_program", "hide_program", "shard",
)  # fmt: skip


@dataclass(frozen=True)
class PictureTraining(TrainingConfig):
    """One run. `specs` are the pictures of a batch, `pairs` the questions on each.

    `discrete_weight` is that of -log P(transcription | spec, picture). With `answer_weight` 0 nothing else is learned
    (stage 0).
    """

    transcribe: bool = False
    """Whether the compiler writes down what it sees, and programs hold it behind the spec's words. Otherwise the
    transcription is a help in training only: prefix tokens are read as if there were none, and programs have none."""

    inner: int = 768
    """I, inner width of the projector."""
    projector_lr: float = 1e-3
    """Highest learning rate of the projector."""
    align_epochs: int = 0
    """Passes over the pictures in which a fresh projector first learns which words lie where; see `align.py`."""
    transcription_tokens: int = 64
    """A longer transcription is cut."""
    own_words_share: float = 0.0
    """Share of batches in which programs hold transcriptions that the compiler samples, `rollouts` of each picture, and
    it learns to prefer those behind which the right answers are likely (policy gradient)."""
    freeze_reader: bool = False
    """Whether projector, LoRA and prefix tokens of the compiler stay as they are, and only what makes slots and LoRAs
    for the interpreter learns: answers to new questions, without harm to what is read."""
    input_share: float = 0.0
    """Share of batches in which pictures are inputs: each picture is given to the program of one of its questions.
    Above 0, a projector for the interpreter is trained as well."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.inner, self.transcription_tokens) < 1:
            raise DataError("inner and transcription_tokens must be at least 1.")
        if self.align_epochs < 0:
            raise DataError(f"align_epochs is {self.align_epochs}, but may not be negative.")
        if not 0 <= self.input_share < 1:
            raise DataError(f"input_share is {self.input_share}, but must be a share from 0 to below 1.")
        if self.transcribe and not self.discrete_weight:
            raise DataError(
                "transcribe is set, but discrete_weight is 0: the compiler would not learn to write."
            )
        if not 0 <= self.own_words_share <= 1:
            raise DataError(f"own_words_share is {self.own_words_share}, but must be a share from 0 to 1.")
        if self.own_words_share and not (self.transcribe and self.answer_weight and self.rollouts > 1):
            raise DataError(
                "own_words_share is set, but such batches need transcribe, answer_weight and 2 or more rollouts."
            )
        if self.freeze_reader and (not self.answer_weight or self.own_words_share or self.input_share):
            raise DataError(
                "freeze_reader is set: only answers are learned then, so answer_weight must be above 0, and "
                "own_words_share and input_share must be 0."
            )
        usual = {field.name: field.default for field in fields(TrainingConfig)}
        set_ = [name for name in _OF_TEXT_ALONE if getattr(self, name) != usual[name]]
        if set_:
            raise DataError(f"{', '.join(set_)}: such fields are for training on text alone; leave them out.")
