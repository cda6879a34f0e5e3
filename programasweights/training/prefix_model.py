"""The neural compiler in torch: reads specs, writes programs, and is scored by the frozen interpreter.

    open SPEC [close DISCRETE end] | prefix tokens     compiler, LoRA on every linear layer
         log P(DISCRETE | SPEC)          -> forms.py -> KV slots and/or a LoRA for the interpreter
    [slots] PSEUDO-PROGRAM | INPUT > ANSWER            interpreter, frozen; loss on the answer's tokens

B specs, R rows, M slots.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from programasweights.training.batches import Batch
from programasweights.training.forms import Continuous, KvPrefixForm, LoraForm, Reading, Slots

__all__ = [
    "Outcome",
    "PrefixModel",
    "RowScores",
    "adapters_as_base",
    "body_of",
    "cache_of",
    "evaluating",
    "read_programs_of",
    "score_rows",
    "token_losses",
]


@dataclass(frozen=True)
class RowScores:
    """How the interpreter rates the right answers."""

    nll: torch.Tensor
    """(R,) sum of -log p over an answer's tokens."""
    tokens: torch.Tensor
    """(R,) tokens of the answers."""
    exact: torch.Tensor
    """(R,) whether greedy decoding gives exactly this answer: each of its tokens is the most probable one."""


@dataclass(frozen=True)
class Outcome:
    """What a training step needs."""

    rows: RowScores | None
    """Scores of the answers, if asked for."""
    discrete: torch.Tensor | None
    """-log P(discrete | spec) per token, mean over specs, if asked for."""


class PrefixModel(nn.Module):
    """Compiler, prefix tokens, forms of the continuous part, and the frozen interpreter that scores them."""

    def __init__(
        self,
        compiler: nn.Module,
        interpreter: nn.Module,
        prefix: torch.Tensor,
        kv_prefix: KvPrefixForm | None,
        lora: LoraForm | None,
    ) -> None:
        """Put the parts together; nothing of the interpreter is trained.

        Args:
            compiler: a causal language model, perhaps with LoRA.
            interpreter: a causal language model.
            prefix: (M - 1, hidden) start of the prefix tokens.
            kv_prefix: writes slots; None for none.
            lora: writes an adapter; None for none.
        """
        super().__init__()
        self.compiler = compiler
        self.interpreter = interpreter.requires_grad_(False)
        self.prefix = nn.Parameter(prefix.clone())
        self.kv_prefix = kv_prefix
        self.lora = lora

    def forward(self, batch: Batch, *, answers: bool = True, discrete: bool = False) -> Outcome:
        """Compile the batch's specs, rate its rows and its discrete programs."""
        reading = self.read(batch, prefix=answers)
        return Outcome(
            self.score(self.write(reading), batch) if answers else None,
            self.discrete_loss(reading, batch) if discrete else None,
        )

    def read(self, batch: Batch, *, prefix: bool = True) -> Reading:
        """The compiler's pass over specs and discrete programs, with or without the prefix tokens behind them."""
        ids, whole = batch.compiler, batch.compiler_mask
        words = self.compiler.get_input_embeddings()(ids)  # type: ignore[operator]
        count = self.prefix.shape[0] if prefix else 0
        if prefix:
            tokens = self.prefix.to(words.dtype)[None].expand(ids.shape[0], -1, -1)
            words = torch.cat([words, tokens], dim=1)
            whole = torch.cat([whole, whole.new_ones(ids.shape[0], count)], dim=1)
        positions = (whole.cumsum(1) - 1).clamp(min=0)
        with adapters_as_base(self.compiler):
            done = body_of(self.compiler)(
                inputs_embeds=words, attention_mask=whole, position_ids=positions, use_cache=True
            )
        last = positions[:, positions.shape[1] - count :]
        return Reading(done.last_hidden_state, done.past_key_values.layers, last)

    def write(self, reading: Reading) -> Continuous:
        """The continuous parts of the programs."""
        return Continuous(
            None if self.kv_prefix is None else self.kv_prefix(reading),
            None if self.lora is None else self.lora(reading),
        )

    def discrete_loss(self, reading: Reading, batch: Batch) -> torch.Tensor:
        """-log P(discrete | spec) per token, mean over the specs that have another discrete program; 0 if none."""
        sums, counts = self.discrete_log_probability(reading, batch)
        return -(sums / counts.clamp(min=1)).sum() / (counts > 0).sum().clamp(min=1)

    def discrete_log_probability(self, reading: Reading, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """log P(discrete | spec) of each spec's program and its tokens, both (B,); 0 where it is the spec itself."""
        each, rows = self.discrete_tokens(reading, batch)
        sums = each.new_zeros(batch.compiler.shape[0]).index_add(0, rows, each)
        return sums, torch.bincount(rows, minlength=len(sums))

    def discrete_tokens(self, reading: Reading, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """log p of each token of the discrete programs, and the spec that it belongs to, both (T,), spec by spec."""
        wanted_mask = batch.discrete_mask[:, 1:].bool()
        rows = wanted_mask.nonzero()[:, 0]
        if not len(rows):
            return reading.hidden.new_zeros(0, dtype=torch.float32), rows
        hidden = reading.hidden[:, : wanted_mask.shape[1]][wanted_mask]
        return -token_losses(self.compiler, hidden, batch.compiler[:, 1:][wanted_mask])[0], rows

    def score(self, continuous: Continuous, batch: Batch) -> RowScores:
        """Rate the right answers of a batch's rows; an empty continuous part is prompting."""
        return score_rows(self.interpreter, continuous, batch)


def score_rows(interpreter: nn.Module, continuous: Continuous, batch: Batch) -> RowScores:
    """Rate the right answers of a batch's rows.

    Args:
        interpreter: the frozen model.
        continuous: of the batch's specs; an empty one is prompting.
        batch: pseudo-programs and rows.
    """
    past, seen = read_programs_of(interpreter, continuous, batch)
    adapter = continuous.adapter
    whole = torch.cat([seen, batch.rows_mask], dim=1)
    with nullcontext() if adapter is None else adapter.of(batch.owner).on(interpreter):
        hidden = body_of(interpreter)(
            input_ids=batch.rows,
            attention_mask=whole,
            position_ids=(whole.cumsum(1) - 1).clamp(min=0)[:, seen.shape[1] :],
            past_key_values=past,
            use_cache=True,
        ).last_hidden_state
    return _rate(interpreter, hidden, batch)


def read_programs_of(
    interpreter: nn.Module, continuous: Continuous, batch: Batch
) -> tuple[Any, torch.Tensor]:
    """The KV cache of each row's slots and pseudo-program, and the mask (R, M + P) of what is in it."""
    slots, adapter = continuous.slots, continuous.adapter
    past = cache_of(slots, next(interpreter.parameters()).dtype)
    size, slot_count = batch.program.shape[0], 0 if slots is None else slots.keys[0].shape[2]
    seen = torch.cat([batch.program_mask.new_ones(size, slot_count), batch.program_mask], dim=1)
    if batch.program.shape[1]:
        with nullcontext() if adapter is None else adapter.on(interpreter):
            past = body_of(interpreter)(
                input_ids=batch.program,
                attention_mask=seen,
                position_ids=(seen.cumsum(1) - 1).clamp(min=0)[:, slot_count:],
                past_key_values=past,
                use_cache=True,
            ).past_key_values
    return _spread(past, batch.owner), seen[batch.owner]


def _rate(interpreter: nn.Module, hidden: torch.Tensor, batch: Batch) -> RowScores:
    """Scores from hidden states (R, L, hidden): logits are made only where an answer's token is next."""
    next_is_answer = batch.answer_mask[:, 1:].bool()
    losses, missed = token_losses(
        interpreter, hidden[:, :-1][next_is_answer], batch.rows[:, 1:][next_is_answer]
    )
    row = next_is_answer.nonzero()[:, 0]
    zeros = losses.new_zeros(batch.rows.shape[0])
    return RowScores(
        zeros.index_add(0, row, losses),
        zeros.index_add(0, row, torch.ones_like(losses)),
        zeros.index_add(0, row, missed) == 0,
    )


def token_losses(
    model: nn.Module, hidden: torch.Tensor, wanted: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """-log p of the wanted tokens, and 1 where another token is more probable; both (T,)."""
    logits = model.get_output_embeddings()(hidden).float()  # type: ignore[operator]
    losses = functional.cross_entropy(logits, wanted, reduction="none")
    return losses, (logits.argmax(-1) != wanted).float()


def body_of(model: Any) -> Any:
    """The model without its output layer, whether or not adapters wrap it."""
    return (model.get_base_model() if hasattr(model, "get_base_model") else model).model


@contextmanager
def adapters_as_base(model: Any) -> Iterator[None]:
    """Adapters compute in the type of the weights that they change, although they are kept in float32."""
    first = next(model.parameters())
    if first.dtype == torch.float32 or not hasattr(model, "get_base_model"):
        yield
        return
    from peft.helpers import disable_input_dtype_casting

    with disable_input_dtype_casting(model), torch.autocast(first.device.type, dtype=first.dtype):
        yield


def cache_of(slots: Slots | None, kind: torch.dtype) -> Any:
    """A KV cache that holds slots, or nothing."""
    from transformers import DynamicCache

    cache = DynamicCache()
    if slots is not None:
        for layer, (keys, values) in enumerate(zip(slots.keys, slots.values, strict=True)):
            cache.update(keys.to(kind), values.to(kind), layer)
    return cache


def _spread(past: Any, owner: torch.Tensor) -> Any:
    """A cache with the rows `owner` of another."""
    from transformers import DynamicCache

    cache = DynamicCache()
    for number, layer in enumerate(past.layers):
        cache.update(layer.keys[owner], layer.values[owner], number)
    return cache


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """No gradients and no dropout inside the block."""
    was = model.training
    model.eval()
    with torch.no_grad():
        yield
    model.train(was)
