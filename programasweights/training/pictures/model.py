"""The compiler that reads pictures, in torch: what `compiler/pictures.py` does with numpy, and its loss.

    open SPEC | start PICTURE end | prefix tokens    compiler, LoRA on every linear layer
         -> training/forms.py -> KV slots and a LoRA for the interpreter
    [slots] SPEC'S WORDS | QUESTION > ANSWER         interpreter, frozen; loss on the answers' tokens

B pictures, Q questions, M slots.
"""

from contextlib import nullcontext
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from programasweights.training.forms import Continuous, Reading
from programasweights.training.pictures.batches import PictureBatch
from programasweights.training.pictures.projector import PictureProjector
from programasweights.training.prefix_model import (
    PrefixModel,
    adapters_as_base,
    body_of,
    cache_of,
    token_losses,
)
from programasweights.training.rollout_engine import choose_tokens

__all__ = ["PictureModel", "QuestionScores"]


@dataclass(frozen=True)
class QuestionScores:
    """How the interpreter rates the right answers."""

    nll: torch.Tensor
    """(Q,) sum of -log p over an answer's tokens."""
    tokens: torch.Tensor
    """(Q,) tokens of the answers, with the ones that end them."""
    exact: torch.Tensor
    """(Q,) whether greedy decoding gives exactly this answer."""


class PictureModel(nn.Module):
    """A compiler of text and the projectors that let it, and perhaps the interpreter, read pictures."""

    def __init__(
        self, text: PrefixModel, projector: PictureProjector, inputs: PictureProjector | None = None
    ) -> None:
        """Put them together; `inputs` is the interpreter's."""
        super().__init__()
        self.text = text
        self.projector = projector
        self.inputs = inputs

    def read(self, batch: PictureBatch) -> Reading:
        """The compiler's pass over specs, pictures and prefix tokens, with or without transcriptions."""
        text = self.text
        words = _words(text.compiler, batch.compiler, batch.picture, self.projector, batch.features)
        count = batch.compiler_positions.shape[1] - words.shape[1]
        tokens = text.prefix[:count].to(words.dtype)[None].expand(len(words), -1, -1)
        with adapters_as_base(text.compiler):
            done = body_of(text.compiler)(
                inputs_embeds=torch.cat([words, tokens], dim=1),
                attention_mask=_added(batch.compiler_seen, words.dtype),
                position_ids=batch.compiler_positions,
                use_cache=True,
            )
        last = batch.compiler_positions[:, words.shape[1] :]
        return Reading(done.last_hidden_state, done.past_key_values.layers, last)

    def transcribe(
        self, batch: PictureBatch, end: int, limit: int, *, temperature: float = 0.0, seed: int = 0
    ) -> list[list[int]]:
        """What the compiler writes behind specs and pictures, up to `end` or `limit` tokens.

        Args:
            batch: without prefix tokens, and with transcriptions that are only what stands before them.
            end: the token that ends them.
            limit: most tokens.
            temperature: divides the logits of samples; 0 for the most probable tokens.
            seed: of samples.
        """
        compiler = self.text.compiler
        body, head = body_of(compiler), compiler.get_output_embeddings()  # type: ignore[operator]
        read = _words(compiler, batch.compiler, batch.picture, self.projector, batch.features)
        seen, places, past = batch.compiler_seen, batch.compiler_positions, None
        rows: list[list[int]] = [[] for _ in batch.tasks]
        done = torch.zeros(len(rows), dtype=torch.bool, device=read.device)
        generator = torch.Generator(read.device).manual_seed(seed)
        for _ in range(limit):
            out = body(
                inputs_embeds=read,
                attention_mask=_added(seen, read.dtype),
                position_ids=places,
                past_key_values=past,
                use_cache=True,
            )
            past = out.past_key_values
            tokens = choose_tokens(head(out.last_hidden_state[:, -1]).float(), temperature, generator)
            done |= tokens[:, 0] == end
            if bool(done.all()):
                break
            for row, token, ended in zip(rows, tokens[:, 0].tolist(), done.tolist(), strict=True):
                row += [] if ended else [token]
            read = compiler.get_input_embeddings()(tokens)  # type: ignore[operator]
            seen = torch.cat([seen[:, :, -1:], seen.new_ones(len(rows), 1, 1, 1)], dim=-1)
            places = places[:, -1:] + 1
        return rows

    def write(self, reading: Reading) -> Continuous:
        """The continuous parts of the programs."""
        return self.text.write(reading)

    def logits(self, continuous: Continuous, batch: PictureBatch) -> torch.Tensor:
        """(T, V) logits of the tokens that come next where `batch.answer` says that one of an answer does."""
        interpreter, adapter = self.text.interpreter, continuous.adapter
        kind = next(interpreter.parameters()).dtype
        with nullcontext() if adapter is None else adapter.on(interpreter):
            hidden = body_of(interpreter)(
                inputs_embeds=_words(
                    interpreter, batch.rows, batch.rows_picture, self.inputs, batch.features
                ),
                attention_mask=_added(batch.rows_seen, kind),
                position_ids=batch.rows_positions,
                past_key_values=cache_of(continuous.slots, kind),
                use_cache=True,
            ).last_hidden_state
        head = interpreter.get_output_embeddings()  # type: ignore[operator]
        found: torch.Tensor = head(hidden[batch.answer >= 0]).float()
        return found

    def score(self, continuous: Continuous, batch: PictureBatch) -> QuestionScores:
        """Rate the right answers to a batch's questions."""
        logits = self.logits(continuous, batch)
        is_answer = batch.answer >= 0
        question, wanted = batch.answer[is_answer], batch.wanted[is_answer]
        losses = functional.cross_entropy(logits, wanted, reduction="none")
        zeros = losses.new_zeros(len(batch.kinds))
        return QuestionScores(
            zeros.index_add(0, question, losses),
            zeros.index_add(0, question, torch.ones_like(losses)),
            zeros.index_add(0, question, (logits.argmax(-1) != wanted).float()) == 0,
        )

    def transcription_losses(
        self, reading: Reading, batch: PictureBatch
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """-log p of each token of the transcriptions, and 1 where another is more probable; both (T,)."""
        wanted = batch.told[:, 1:] & batch.told[:, :-1]
        hidden = reading.hidden[:, : wanted.shape[1]][wanted]
        return token_losses(self.text.compiler, hidden, batch.compiler[:, 1:][wanted])


def _words(
    model: nn.Module,
    ids: torch.Tensor,
    places: torch.Tensor,
    projector: PictureProjector | None,
    features: torch.Tensor,
) -> torch.Tensor:
    """(B, T, hidden) embeddings of tokens, and of pictures in their places if there are any."""
    words: torch.Tensor = model.get_input_embeddings()(ids)  # type: ignore[operator]
    if not bool(places.any()):
        return words
    assert projector is not None
    return words.masked_scatter(places[:, :, None], projector(features).to(words.dtype))


def _added(seen: torch.Tensor, kind: torch.dtype) -> torch.Tensor:
    """A mask as it is added to scores."""
    return torch.where(seen, 0.0, torch.finfo(kind).min).to(kind)
