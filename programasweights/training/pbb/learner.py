"""The model that learns: a base model in torch, with a LoRA or with all its weights trained.

R rows, L tokens.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch.nn import functional

from programasweights.lm.loader import model_digest
from programasweights.lm.model_text import read_model_text
from programasweights.lm.sources import locate
from programasweights.lm.tokenizer import TOKENIZER_FILE
from programasweights.lm.weights import open_weights
from programasweights.program import Lora
from programasweights.training.pbb.low_rank import attach, written_lora
from programasweights.training.pbb.rows import Reader, Row, padded
from programasweights.training.reference import ReferenceModel
from programasweights.training.rollout_engine import Sample, TorchRollouts

__all__ = ["Learner"]


class Learner:
    """A base model, what of it is trained, and how it reads text."""

    def __init__(
        self,
        base: str,
        *,
        rank: int,
        precision: Literal["fp32", "bf16"] = "fp32",
        seed: int = 0,
        primed: Lora | None = None,
        device: str = "cpu",
    ) -> None:
        """Load a base model.

        Args:
            base: a name, file or folder, as for `locate`.
            rank: of the LoRA that is trained; 0 to train all weights.
            precision: of frozen weights and arithmetic.
            seed: of the LoRA's start.
            primed: a LoRA that is part of the model and not trained; for rank above 0.
            device: where to compute.

        Raises:
            ModelError: the base model cannot be used.
        """
        files = locate(base)
        weights = open_weights(files.kind, files.path)
        self.base, self.digest, self.config = base, model_digest(base), weights.config
        self.reader = Reader(read_model_text(weights, files.path))
        self.rank = rank
        half = precision == "bf16"
        module = ReferenceModel(weights).module
        if rank:
            module.to(torch.bfloat16 if half else torch.float32)
            attach(module, self.config, rank=rank, primed=primed, seed=seed)
        self.module = module.to(device)
        self._mixed = half and not rank
        self._start = self.state()
        self._rollouts = TorchRollouts(self.module, self.reader.text.end_ids)

    @property
    def parameters(self) -> list[torch.nn.Parameter]:
        """What is trained."""
        return [p for p in self.module.parameters() if p.requires_grad]

    def log_probabilities(self, rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
        """log p of what is learnt of each row, summed over its tokens, and these tokens' number; both (R,)."""
        device = self.parameters[0].device
        ids, mask, learnt = (part.to(device) for part in padded(rows))
        with self._arithmetic():
            hidden = self.module.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
            wanted = learnt[:, 1:].bool()
            logits = self.module.lm_head(hidden[:, :-1][wanted]).float()
        each = -functional.cross_entropy(logits, ids[:, 1:][wanted], reduction="none")
        owner = wanted.nonzero()[:, 0]
        sums = each.new_zeros(len(rows)).index_add(0, owner, each)
        return sums, torch.bincount(owner, minlength=len(rows))

    def sample(
        self, prompts: Sequence[Sequence[int]], *, group: int, limit: int, temperature: float, seed: int
    ) -> list[Sample]:
        """`group` replies to each prompt, prompt after prompt; temperature 0 takes the most probable tokens."""
        ids = [np.array(prompt, dtype=np.int64) for prompt in prompts]
        return self._rollouts.sample(ids, group=group, limit=limit, temperature=temperature, seed=seed)

    def said(self, sample: Sample) -> str:
        """The text of a reply."""
        return self.reader.text.tokenizer.decode(sample.ids.tolist()).strip()

    def state(self) -> dict[str, torch.Tensor]:
        """A copy of what is trained."""
        return {n: p.detach().clone() for n, p in self.module.named_parameters() if p.requires_grad}

    def start(self) -> None:
        """Go back to how it was made."""
        self.restore(self._start)

    def restore(self, state: Mapping[str, torch.Tensor]) -> None:
        """Put back what `state` gave."""
        with torch.no_grad():
            for name, parameter in self.module.named_parameters():
                if parameter.requires_grad:
                    parameter.copy_(state[name])

    def lora(self) -> Lora:
        """The LoRA, the primed one included; for rank above 0."""
        return written_lora(self.module, self.config)

    def save_model(self, folder: Path) -> None:
        """Write the whole model as a folder that can be named as a base model; for rank 0."""
        self.module.save_pretrained(folder)
        (folder / TOKENIZER_FILE).write_text(self.reader.text.definition, "utf-8")

    def _arithmetic(self) -> AbstractContextManager[object]:
        if not self._mixed:
            return nullcontext()
        return torch.autocast(self.parameters[0].device.type, dtype=torch.bfloat16)
