"""Everything that decides a run of programming by backprop, and the sizes that runs come in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from programasweights.data.pbb.records import DomainName
from programasweights.data.pbb.templates import Form
from programasweights.errors import DataError
from programasweights.lm.registry import DEFAULT_MODEL

__all__ = ["SIZES", "Curriculum", "Method", "PbbConfig", "Reply"]

Curriculum = Literal["proactive", "retroactive", "single", "mixture", "distillation"]
Method = Literal["sft", "dpo", "grpo"]
Reply = Literal["direct", "steps"]


@dataclass(frozen=True)
class PbbConfig:
    """One run. The same config gives the same numbers on the same machine; defaults are the paper's."""

    domain: DomainName = "arithmetic"
    """What the instructions are of."""
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Of the domain, such as {"operations": [1, 2]} or {"shifts": "skewed"}."""
    instructions: int = 1000
    """Of both splits together."""
    held_out: float = 0.2
    """Share of the instructions in split `eval`."""
    executions: int = 30
    """Executions of each training instruction, at most."""
    form: Form = "code"
    """What instructions are learnt as: `code`, or their descriptions in `words`."""
    contexts: int = 1
    """Contexts that an instruction stands in, drawn for it; 20 are all."""
    replies: tuple[Reply, ...] = ("direct", "steps")
    """Replies that executions are learnt and asked with: the answer alone, after worked steps, or in turn."""
    curricula: tuple[Curriculum, ...] = ("proactive",)
    """What is compared; see `curricula.py`."""
    method: Method = "sft"
    """How stage 2 of the retroactive curriculum learns from executions."""
    demonstrations: tuple[int, ...] = (1, 10, 30)
    """Numbers of executions that stand in for the instruction's text in the curriculum `distillation`."""
    base: str = DEFAULT_MODEL
    """Base model."""
    lora_rank: int = 0
    """Rank of a LoRA on every linear layer; 0 trains all weights."""
    rate: float = 1e-5
    """Learning rate, constant."""
    later_rate: float = 0.0
    """Learning rate of a stage that follows another, lest it forget that one; 0 for `rate`."""
    epochs: int = 5
    """Passes of each stage over its rows."""
    batch: int = 32
    """Rows of a step; for DPO pairs, for GRPO samples."""
    group: int = 8
    """Samples of a question in GRPO."""
    beta: float = 0.1
    """Strength of the reference model in DPO."""
    clip: float = 1.0
    """Largest norm of the gradient."""
    asked: int = 10
    """Executions of each instruction that are asked for in evaluation, and never trained on."""
    seen: int = 20
    """Training instructions that are evaluated beside the held-out ones, at most."""
    compositions: int = 0
    """Pairs of held-out functions, one applied to the other's result, that are evaluated; for arithmetic."""
    samples: int = 16
    """Replies drawn for each question."""
    temperature: float = 0.8
    """Of these replies."""
    direct_tokens: int = 32
    """Most tokens of a reply that is the answer alone."""
    steps_tokens: int = 256
    """Most tokens of a reply with steps."""
    pass_tokens: int = 4096
    """Tokens, padding included, that go through the model at once; bounds memory."""
    precision: Literal["fp32", "bf16"] = "fp32"
    """Type of frozen weights, and of the arithmetic; what is trained is kept in float32 always."""
    seed: int = 0
    """Of the data, the order, the LoRA's start and all samples."""

    def __post_init__(self) -> None:
        counts = ("instructions", "contexts", "executions", "epochs", "batch", "asked", "samples", "direct_tokens",
                  "steps_tokens", "pass_tokens")  # fmt: skip
        for name in counts:
            if getattr(self, name) < 1:
                raise DataError(f"{name} is {getattr(self, name)}, but must be at least 1.")
        if (
            min(self.lora_rank, self.seen, self.compositions, self.later_rate) < 0
            or min(self.demonstrations, default=1) < 1
        ):
            raise DataError(
                "lora_rank, seen, compositions and later_rate may not be negative, and demonstrations must be at "
                "least 1."
            )
        if not 0 < self.held_out <= 1 or not self.temperature > 0 or not self.rate > 0:
            raise DataError(
                f"held_out is {self.held_out}, temperature {self.temperature}, rate {self.rate}; all must be above 0, "
                "and held_out at most 1."
            )
        if self.group < 2 or self.batch % self.group:
            raise DataError(f"group is {self.group}, but must be at least 2 and divide batch, {self.batch}.")
        for name, kind in (("curricula", Curriculum), ("replies", Reply)):
            values = getattr(self, name)
            if not values or set(values) - set(get_args(kind)):
                raise DataError(f"{name} are {values!r}, but must be of {', '.join(get_args(kind))}.")
        for name, kind in (("method", Method), ("form", Form)):
            if getattr(self, name) not in get_args(kind):
                raise DataError(
                    f"{name} is {getattr(self, name)!r}, but must be one of {', '.join(get_args(kind))}."
                )

    def most_tokens(self, reply: Reply) -> int:
        """Most tokens of a reply."""
        return self.direct_tokens if reply == "direct" else self.steps_tokens


SIZES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "smoke": {
            "instructions": 6, "held_out": 0.34, "executions": 3, "demonstrations": (1, 2), "lora_rank": 4,
            "rate": 1e-3, "epochs": 1, "batch": 8, "group": 2, "asked": 2, "seen": 1, "samples": 2,
            "direct_tokens": 8, "steps_tokens": 12,
        },
        "cpu": {
            "instructions": 50, "executions": 10, "contexts": 20, "lora_rank": 8, "rate": 1e-3, "epochs": 2,
            "batch": 16, "demonstrations": (1, 10), "asked": 5, "seen": 5, "samples": 4, "steps_tokens": 160,
            "precision": "bf16", "pass_tokens": 2048, "replies": ("direct",),
        },
        "gpu": {"precision": "bf16", "pass_tokens": 65536},
    }
)  # fmt: skip
"""Settings of each size that differ from the defaults: a check that all works, a study on a processor, the paper's."""
