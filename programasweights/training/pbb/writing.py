"""Writes a program by gradient: a LoRA that learns a spec's text, and its examples if there are any.

The declarative loss is on the text of the spec in all contexts; the execution loss on the answers to its examples,
asked as the program will be called. Both together are the combined form. The interpreter stays as it is; with a
primed LoRA, the new one is trained on top of it and the program holds the sum.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import torch

from programasweights.errors import SpecError
from programasweights.lm.engine import Engine
from programasweights.program import Lora
from programasweights.spec import Spec
from programasweights.training.pbb.learner import Learner
from programasweights.training.pbb.objectives import weighted_loss
from programasweights.training.pbb.rows import Row, chunks
from programasweights.training.pbb.spec_documents import SPEC_CONTEXTS
from programasweights.training.precision import cpu_multiplies_bfloat16

__all__ = ["Written", "write_lora"]

_STEP_TOKENS = 320
"""Tokens of documents, and as many of examples, that a step learns from at most; one row of each always fits."""


@dataclass(frozen=True)
class Written:
    """What was written, and how it went."""

    lora: Lora
    """The primed LoRA and the new one as one."""
    documents: tuple[float, float]
    """-log p per token of the spec's text in its contexts, before and after."""
    examples: tuple[float, float] | None
    """The same of the examples' outputs; None without examples."""


def write_lora(
    spec: Spec,
    engine: Engine,
    *,
    task: str,
    steps: int,
    rank: int,
    rate: float,
    seed: int,
    primed: Lora | None = None,
) -> Written:
    """Train a LoRA on a spec.

    Args:
        spec: the spec.
        engine: the interpreter it is written for.
        task: what the program shows before an input.
        steps: of the optimiser; the same number takes the same time and gives the same LoRA.
        rank: of the new LoRA.
        rate: learning rate, constant.
        seed: of the start and the order.
        primed: a LoRA of the same interpreter that is built upon.

    Raises:
        SpecError: the spec or an example does not fit into the interpreter's context.
    """
    precision: Literal["fp32", "bf16"] = "bf16" if cpu_multiplies_bfloat16() else "fp32"
    learner = Learner(engine.model.recipe.name, rank=rank, precision=precision, seed=seed, primed=primed)
    texts = [learner.reader.passage(c.replace("{text}", spec.text), spec.text) for c in SPEC_CONTEXTS]
    shown = [learner.reader.reply(given, wanted, task) for given, wanted in spec.examples]
    _check_room([*texts, *shown], learner.config.context_length)
    before = [_rate(learner, rows) for rows in (texts, shown) if rows]
    _descend(learner, texts, shown, steps=steps, rate=rate, seed=seed)
    after = [_rate(learner, rows) for rows in (texts, shown) if rows]
    rates = list(zip(before, after, strict=True))
    return Written(learner.lora(), rates[0], rates[1] if shown else None)


def _descend(
    learner: Learner, texts: Sequence[Row], shown: Sequence[Row], *, steps: int, rate: float, seed: int
) -> None:
    """Follow the gradient; each step learns the next few documents, and the next few examples."""
    generator = torch.Generator().manual_seed(seed)
    sources = [_turns(rows, generator) for rows in (texts, shown) if rows]
    optimiser = torch.optim.AdamW(learner.parameters, lr=rate, weight_decay=0.0)
    for _ in range(steps):
        optimiser.zero_grad()
        for source in sources:
            rows = next(source)
            sums, counts = learner.log_probabilities(rows)
            loss = weighted_loss(sums, counts, torch.full_like(sums, 1 / len(rows)))
            loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learner.parameters, 1.0)
        optimiser.step()


def _turns(rows: Sequence[Row], generator: torch.Generator) -> Iterator[list[Row]]:
    """Parts of the rows, pass after pass without end; each pass has an order of its own."""
    while True:
        part: list[Row] = []
        for place in torch.randperm(len(rows), generator=generator).tolist():
            if part and sum(len(row.ids) for row in part) + len(rows[place].ids) > _STEP_TOKENS:
                yield part
                part = []
            part.append(rows[place])
        yield part


def _rate(learner: Learner, rows: Sequence[Row]) -> float:
    """-log p per token, mean over rows."""
    found = 0.0
    with torch.no_grad():
        for part in chunks([len(row.ids) for row in rows], _STEP_TOKENS):
            sums, counts = learner.log_probabilities([rows[n] for n in part])
            found -= float((sums / counts).sum())
    return round(found / len(rows), 5)


def _check_room(rows: Sequence[Row], most: int) -> None:
    longest = max(len(row.ids) for row in rows)
    if longest > most:
        raise SpecError(
            f"the spec or an example takes {longest} tokens with what stands around it, but the interpreter reads at "
            f"most {most}; shorten it."
        )
