"""Everything that decides a training run of a compiler."""

from dataclasses import dataclass
from typing import Literal, get_args

from programasweights.errors import DataError

__all__ = ["Form", "TrainingConfig"]

Form = Literal["kv_prefix", "lora", "both", "none"]


@dataclass(frozen=True)
class TrainingConfig:
    """One run. The same config and data give the same numbers on the same machine.

    Stage 0 trains the compiler to write discrete programs (`answer_weight` 0, `discrete_weight` 1); stage 2 trains
    the continuous part on fixed discrete programs, and may keep the first skill (PAW: `discrete_weight` 0.1).
    """

    base: str = "smollm2-135m-instruct"
    """Base model of the compiler."""
    interpreter: str = "smollm2-135m-instruct"
    """Frozen model that programs are written for."""
    compiler_layers: int = 0
    """Layers of the compiler, the first ones of its base model; 0 for all. Fewer are for comparison only."""
    answer_weight: float = 1.0
    """Weight of -log P(answer | program, input)."""
    discrete_weight: float = 0.0
    """Weight of -log P(discrete program | spec), lambda in PAW."""
    objective: Literal["supervised", "policy", "joint"] = "supervised"
    """Stages 0 and 2, stage 1, stage 3; see `objectives.py`."""
    rollouts: int = 8
    """G, discrete programs sampled for a spec by the objectives `policy` and `joint`."""
    discrete_limit: int = 256
    """Most tokens of a discrete program: samples end there, and programs of the data are cut."""
    temperature: float = 1.0
    """Of the samples."""
    length_cost: float = 0.05
    """The difference in reward up to which samples do as well as each other; of these, shorter ones are preferred."""
    reward: Literal["likelihood", "edit"] = "likelihood"
    """What rates samples: mean log p per token of the right answers, or how much decoded answers are like them."""
    refresh: int = 1
    """Steps whose samples are drawn together, from the compiler as it is before the first of them (PAW, stage 3)."""
    clip_ratio: float = 0.2
    """How far the probability of a token may move from what it was when drawn, before it is pushed no further (PPO)."""
    rollout_engine: Literal["torch", "vllm"] = "torch"
    """What draws samples."""
    form: Form = "kv_prefix"
    """The continuous part: a KV prefix, a LoRA for the interpreter, or both."""
    show_program: bool = True
    """Whether the interpreter sees the pseudo-program; without it there is the continuous part only."""
    hide_program: float = 0.0
    """Share of batches in which the interpreter does not see the pseudo-program, so that the slots must tell the task.
    Without it the slots of one spec soon serve as well as another's: they only teach how answers look."""
    slots: int = 32
    """M, the attention sink in slot 0 included."""
    lora_rank: int = 16
    """Rank of the compiler's LoRA on every linear layer."""
    lora_alpha: int = 32
    """The LoRA is scaled by alpha / rank."""
    map_inner: int = 0
    """Inner width of the KV map; 0 for the identity, possible between models of one shape."""
    adapter_rank: int = 8
    """Rank of the interpreter's LoRA in the form `lora`."""
    adapter_basis: int = 8
    """Basis matrices that are mixed in the form `lora`."""
    adapter_modules: Literal["query_value", "all"] = "query_value"
    """Linear layers that the form `lora` adapts."""
    specs: int = 8
    """B, specs a batch (and process)."""
    pairs: int = 4
    """G, pairs of each spec."""
    accumulate: int = 1
    """Batches whose gradients make one step."""
    steps: int = 1000
    """Steps of the optimiser."""
    lora_lr: float = 4e-4
    """Highest learning rate of all but the prefix tokens."""
    prefix_lr: float = 3e-3
    """Highest learning rate of the prefix tokens."""
    warmup: int = 20
    """Steps until the highest learning rate; it then falls as a cosine to a tenth."""
    clip: float = 1.0
    """Largest norm of the gradient."""
    seed: int = 0
    """Order of the data, start of the LoRA."""
    precision: Literal["fp32", "bf16"] = "fp32"
    """Type of the frozen weights and of the arithmetic; what is trained is kept in float32 always."""
    shard: bool = False
    """Whether the models' layers are spread over the processes (FSDP) or copied to each."""
    valid_specs: int = 64
    """Specs of each validation file that are scored."""
    valid_every: int = 50
    """Steps between validations; the best by exact match is kept."""
    save_every: int = 25
    """Steps between saved states, from which a killed run goes on."""

    def __post_init__(self) -> None:
        counts = (
            "slots", "specs", "pairs", "accumulate", "steps", "valid_every", "save_every", "adapter_rank",
            "adapter_basis", "rollouts", "discrete_limit", "refresh",
        )  # fmt: skip
        for name in counts:
            least = 2 if name == "slots" else 1
            if getattr(self, name) < least:
                raise DataError(f"{name} is {getattr(self, name)}, but must be at least {least}.")
        for name in ("map_inner", "lora_rank", "compiler_layers"):
            if getattr(self, name) < 0:
                raise DataError(f"{name} is {getattr(self, name)}, but may not be negative.")
        if not 0 <= self.hide_program <= 1:
            raise DataError(f"hide_program is {self.hide_program}, but must be a share from 0 to 1.")
        self._check_sampling()
        if self.form not in get_args(Form):
            raise DataError(f"form is {self.form!r}, but must be one of {', '.join(get_args(Form))}.")
        if (
            self.answer_weight < 0
            or self.discrete_weight < 0
            or self.answer_weight + self.discrete_weight == 0
        ):
            raise DataError("answer_weight and discrete_weight may not be negative, nor both 0.")

    def _check_sampling(self) -> None:
        for name, known in (
            ("objective", ("supervised", "policy", "joint")),
            ("reward", ("likelihood", "edit")),
            ("rollout_engine", ("torch", "vllm")),
        ):
            if getattr(self, name) not in known:
                raise DataError(f"{name} is {getattr(self, name)!r}, but must be one of {', '.join(known)}.")
        if not self.temperature > 0 or not 0 < self.clip_ratio < 1 or self.length_cost < 0:
            raise DataError(
                f"temperature is {self.temperature}, clip_ratio {self.clip_ratio}, length_cost {self.length_cost}; "
                "expected above 0, between 0 and 1, and not below 0."
            )

    @property
    def exportable(self) -> bool:
        """Whether the run path can run what is trained; other configs are for comparison."""
        return self.show_program and self.compiler_layers == 0

    def rate(self, step: int) -> float:
        """The learning rate at a step, as a share of the highest."""
        import math

        if step < self.warmup:
            return (step + 1) / self.warmup
        done = (step - self.warmup) / max(self.steps - self.warmup, 1)
        return 0.1 + 0.45 * (1 + math.cos(math.pi * min(done, 1.0)))
