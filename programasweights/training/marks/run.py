"""A training run of a mark reader.

A run is a folder:

    run.json                config; a run goes on only under the same one
    train.npz, valid.npz    drawn sheets
    log.jsonl               a line every few steps: losses, learning rate, sheets a second
    valid.jsonl             a line a validation
    state.pt                weights, optimiser, step; replaced as a whole
    best/marks.safetensors  the reader that found most held-out sheets whole so far
"""

import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from programasweights.errors import DataError
from programasweights.progress import Advance
from programasweights.training.marks.config import MarkTraining
from programasweights.training.marks.losses import mark_losses
from programasweights.training.marks.net import MarkNet
from programasweights.training.marks.pictures import MarkedSheet, drawn_sheets, load_sheets, save_sheets
from programasweights.training.marks.targets import labels_of, mark_batch
from programasweights.training.marks.validation import MarkScores, validate_marks
from programasweights.vision.marks.files import MarkConfig, write_marks
from programasweights.vision.marks.network import NetworkShape

__all__ = ["MarkRun"]

_LOG_EVERY = 20
_BUCKETS = 24
"""Batches whose sheets are sorted by size together."""
_LARGEST_GRADIENT = 10.0


class MarkRun:
    """A run in a folder; made anew, or taken up where it was."""

    def __init__(
        self,
        folder: Path,
        config: MarkTraining,
        *,
        device: str = "cpu",
        workers: int = 1,
        advance: Advance = lambda _: None,
    ) -> None:
        """Open or start a run; its sheets are drawn first.

        Args:
            folder: of the run.
            config: everything that decides the run.
            device: where to compute.
            workers: processes that draw.
            advance: told how many sheets were drawn.

        Raises:
            DataError: the folder holds a run of another config.
            ModuleNotFoundError: the extra `pictures` is not installed.
        """
        self.folder, self.config, self._device = folder, config, torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        self._check_same()
        self._train = self._sheets("train", config.pictures, workers, advance)
        self._valid = self._sheets("valid", config.valid_pictures, workers, advance)
        self.labels = labels_of(self._train)
        torch.manual_seed(config.seed)
        shape = NetworkShape(
            config.widths,
            config.depths,
            mark_labels=sum(map(len, self.labels.properties)),
            link_labels=len(self.labels.links),
        )
        self.model = MarkNet(shape).to(self._device)
        self._optimiser = torch.optim.AdamW(
            self.model.parameters(), lr=config.lr, weight_decay=config.weight_decay
        )
        self.step, self._best = 0, -1.0
        if (folder / "state.pt").exists():
            self._resume()

    def run(self, *, seconds: float | None = None, advance: Advance = lambda _: None) -> None:
        """Train to the last step, or for so many seconds."""
        began, sums = time.monotonic(), defaultdict[str, list[float]](list)
        last = time.monotonic()
        for sheets in self._batches():
            for name, value in self._learn(sheets).items():
                sums[name].append(value)
            self.step += 1
            advance(1)
            if self.step % _LOG_EVERY == 0:
                rate = _LOG_EVERY * self.config.batch / (time.monotonic() - last)
                self._log("log.jsonl", {n: float(np.mean(v)) for n, v in sums.items()} | {"sheets/s": rate})
                sums.clear()
                last = time.monotonic()
            if self.step % self.config.valid_every == 0 or self.step == self.config.steps:
                self.validate()
                last = time.monotonic()
            if self.step % self.config.save_every == 0 or self.step == self.config.steps:
                self._save()
            if seconds is not None and time.monotonic() - began > seconds:
                break
        self._save()

    def validate(self) -> MarkScores:
        """Score the model on held-out sheets, and keep it if it is the best so far."""
        scores = validate_marks(self.model, self._valid, self.labels)
        self._log("valid.jsonl", asdict(scores))
        if scores.whole + 1e-3 * scores.marks > self._best:
            self._best = scores.whole + 1e-3 * scores.marks
            config = MarkConfig(
                task=self.config.task,
                properties=self.labels.properties,
                links=self.labels.links,
                widths=self.config.widths,
                depths=self.config.depths,
            )
            write_marks(self.folder / "best" / "marks.safetensors", config, self.model.exported())
        return scores

    def _sheets(self, split: str, count: int, workers: int, advance: Advance) -> list[MarkedSheet]:
        path = self.folder / f"{split}.npz"
        if not path.exists():
            save_sheets(path, drawn_sheets(self.config, split, count, workers=workers, advance=advance))
        return load_sheets(path)

    def _batches(self) -> Iterator[list[MarkedSheet]]:
        """The batches of the steps that are left: each pass in another order, alike sizes together."""
        size = self.config.batch
        each = max(1, len(self._train) // size)
        while self.step < self.config.steps:
            epoch, first = divmod(self.step, each)
            random = np.random.default_rng((self.config.seed, epoch))
            order = random.permutation(len(self._train))
            batches = []
            for start in range(0, len(order), size * _BUCKETS):
                near = sorted(
                    order[start : start + size * _BUCKETS].tolist(), key=lambda n: self._train[n].ink.shape
                )
                batches += [near[k : k + size] for k in range(0, len(near), size)]
            random.shuffle(batches)
            for batch in batches[first : min(each, first + self.config.steps - self.step)]:
                yield [self._train[n] for n in batch]

    def _learn(self, sheets: list[MarkedSheet]) -> dict[str, float]:
        rate = self.config.lr * _schedule(self.step, self.config.warmup, self.config.steps)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        batch = mark_batch(sheets, self.labels).to(self._device)
        losses = mark_losses(self.model(batch.ink), batch, self.labels)
        loss = torch.stack(list(losses.values())).sum()
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), _LARGEST_GRADIENT)
        self._optimiser.step()
        return {name: value.item() for name, value in losses.items()} | {"gradient": norm.item(), "lr": rate}

    def _check_same(self) -> None:
        path, wanted = self.folder / "run.json", json.loads(json.dumps(asdict(self.config)))
        if path.exists() and (found := json.loads(path.read_text("utf-8"))) != wanted:
            differ = [name for name in wanted if found.get(name) != wanted[name]]
            raise DataError(
                f"{self.folder} holds a run with another {', '.join(differ)}; name another folder."
            )
        path.write_text(json.dumps(wanted, indent=1) + "\n", "utf-8")

    def _log(self, name: str, values: dict[str, float]) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as file:
            rounded = {key: float(f"{value:.5g}") for key, value in values.items()}
            file.write(json.dumps({"step": self.step, **rounded}) + "\n")

    def _save(self) -> None:
        part = self.folder / "state.part"
        state = {
            "model": self.model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "step": self.step,
            "best": self._best,
        }
        torch.save(state, part)
        part.replace(self.folder / "state.pt")

    def _resume(self) -> None:
        state = torch.load(self.folder / "state.pt", map_location=self._device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step, self._best = state["step"], state["best"]


def _schedule(step: int, warmup: int, steps: int) -> float:
    """Share of the learning rate: rising, then half a cosine."""
    if step < warmup:
        return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, steps - warmup)))
