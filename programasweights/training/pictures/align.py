"""Before the first step: the projector learns which words lie where, without running a language model.

    cell c, token t     n[c, t] = softplus(SHARPNESS <e[c] - mean, direction of t> + b[t])    how many of t lie in c
    whole picture       sum over c of n[c, t]  ~  Poisson: how often t stands in the transcription
    and e[c] is drawn to mean + sum over t of min(n[c, t], 1) (word[t] - mean)

So a cell's embedding becomes like the words that are drawn in it, and one without anything like the average word. It
costs a small part of what steps of the language models do, which learn to read such cells sooner than arbitrary ones.

P vectors of D numbers a picture, V tokens that occur in transcriptions, H hidden size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from programasweights.training.pictures.feature_file import TokenisedPicture
from programasweights.training.pictures.projector import PictureProjector
from programasweights.training.token_file import Ids

__all__ = ["AlignedEpoch", "align_projector"]

F64 = npt.NDArray[np.float64]

_SHARPNESS = 10.0
"""Makes a cell with the whole word's embedding certain of it."""
_LIKENESS = 0.05
"""Weight of being like words."""
_BATCH = 32
_RATE, _BIAS_RATE = 2e-3, 1e-2
_WARMUP = 20


class _Pictures(Protocol):
    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> TokenisedPicture: ...


@dataclass(frozen=True)
class AlignedEpoch:
    """How well counts are told after a pass over the pictures."""

    epoch: int
    explained: float
    """Share of the Poisson deviance that is explained, 0 for the mean counts; of the pictures trained on, as they were
    seen."""
    held_out: float | None
    """The same on held-out pictures, after the pass; None without any."""


def align_projector(
    projector: PictureProjector,
    table: torch.Tensor,
    train: _Pictures,
    valid: Sequence[TokenisedPicture] = (),
    *,
    epochs: int,
    seed: int = 0,
) -> Iterator[AlignedEpoch]:
    """Train a fresh projector in place, an epoch for each value taken.

    Args:
        projector: of the compiler.
        table: (vocabulary, H) embeddings of its tokens.
        train: pictures with transcriptions.
        valid: held-out ones, to see whether it generalises.
        epochs: passes over `train`.
        seed: of the order.
    """
    counter = _Counter(table, train)
    order = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        projector.b2.copy_(counter.mean)
        # nothing lies anywhere at first
        projector.w2.mul_(0.1)
    optimiser = torch.optim.AdamW(
        [{"params": list(projector.parameters()), "lr": _RATE}, {"params": [counter.bias], "lr": _BIAS_RATE}],
        betas=(0.9, 0.98),
        weight_decay=0.0,
    )
    highest = [group["lr"] for group in optimiser.param_groups]
    total, step = epochs * -(-len(train) // _BATCH), 0
    for epoch in range(epochs):
        deviance = np.zeros(2)
        for places in torch.split(torch.randperm(len(train), generator=order), _BATCH):
            for group, rate in zip(optimiser.param_groups, highest, strict=True):
                share = 0.525 + 0.475 * float(np.cos(np.pi * step / total))
                group["lr"] = rate * share * min(1.0, (step + 1) / _WARMUP)
            features, wanted = counter.batch([train[int(place)] for place in places])
            found, unlike = counter(projector, features)
            loss = _poisson(found, wanted).sum(1).mean() + _LIKENESS * unlike
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(projector.parameters(), 1.0)
            optimiser.step()
            step += 1
            deviance += counter.deviance(found.detach(), wanted)
        yield AlignedEpoch(epoch + 1, _explained(deviance), counter.explained(projector, valid))


class _Counter:
    """Tokens that occur in transcriptions, and how many of each a projector's embeddings hold."""

    def __init__(self, table: torch.Tensor, train: _Pictures) -> None:
        told = [train[n].transcription for n in range(len(train))]
        self._tokens = np.unique(np.concatenate(told))
        words = table.detach().float()
        self.mean = words.mean(0)
        self._words = words[torch.from_numpy(self._tokens)] - self.mean
        self._directions = functional.normalize(self._words, dim=1)
        counts = sum((self._counts(ids) for ids in told), torch.zeros(len(self._tokens)))
        self._usual = (counts / len(train)).clamp_min(1e-3).to(self.mean.device)
        cells = train[0].features.shape[0]
        self.bias = torch.nn.Parameter(torch.log(torch.expm1(self._usual / cells)))

    def batch(self, pictures: Sequence[TokenisedPicture]) -> tuple[torch.Tensor, torch.Tensor]:
        """Features (B, P, D) and counts (B, V)."""
        features = np.stack([picture.features for picture in pictures]).astype(np.float32)
        counts = torch.stack([self._counts(picture.transcription) for picture in pictures])
        return torch.from_numpy(features).to(self.mean.device), counts.to(self.mean.device)

    def __call__(
        self, projector: PictureProjector, features: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Expected counts (B, V), and how unlike words embeddings are."""
        cells = projector(features)[:, 1:-1] - self.mean
        each = functional.softplus(_SHARPNESS * cells @ self._directions.T + self.bias)
        like = each.detach().clamp(max=1) @ self._words
        return each.sum(1), (cells - like).square().sum(2).mean()

    def deviance(self, found: torch.Tensor, wanted: torch.Tensor) -> F64:
        """Sums over a batch: of these counts, and of the usual ones."""
        least = _poisson(wanted, wanted).sum()
        usual = _poisson(self._usual[None].expand_as(wanted), wanted).sum()
        return np.array([float(_poisson(found, wanted).sum() - least), float(usual - least)])

    @torch.no_grad()
    def explained(self, projector: PictureProjector, pictures: Sequence[TokenisedPicture]) -> float | None:
        """Share of the deviance that is explained."""
        total = np.zeros(2)
        for start in range(0, len(pictures), _BATCH):
            features, wanted = self.batch(pictures[start : start + _BATCH])
            total += self.deviance(self(projector, features)[0], wanted)
        return _explained(total) if len(pictures) else None

    def _counts(self, transcription: Ids) -> torch.Tensor:
        found = np.zeros(len(self._tokens), np.float32)
        tokens, times = np.unique(transcription, return_counts=True)
        places = np.searchsorted(self._tokens, tokens).clip(max=len(self._tokens) - 1)
        known = self._tokens[places] == tokens
        found[places[known]] = times[known]
        return torch.from_numpy(found)


def _poisson(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """-log p of counts but for what depends on them alone."""
    return found - wanted * torch.log(found + 1e-6)


def _explained(deviance: F64) -> float:
    return round(1 - float(deviance[0] / deviance[1]), 4)
