"""Stage 2 of PAW: trains prefix tokens, KV map and the compiler's LoRA through the frozen interpreter.

A run is a folder:

    run.json         config, data and start; a run goes on only under the same ones
    log.jsonl        a line a step: loss, gradient norm, learning rate, examples a second
    valid.jsonl      a line a validation
    state.pt         weights, optimiser, step; replaced as a whole
    best/            the checkpoint with the best validation score so far

The loss is the mean over pairs of -log p(answer) per token, averaged per answer, so that long answers do not drown
labels.
"""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from programasweights.errors import DataError
from programasweights.progress import Advance
from programasweights.training.batches import Batch, batch_of, order_of
from programasweights.training.config import Stage2Config
from programasweights.training.mixture import TaskSource
from programasweights.training.prefix_model import PrefixModel, RowScores
from programasweights.training.setup import build_model, export_checkpoint, trained_parameters
from programasweights.training.token_file import TokenFile
from programasweights.training.validation import Validation, validate

__all__ = ["Stage2Run", "loss_of"]


def loss_of(scores: RowScores) -> torch.Tensor:
    """Mean over rows of -log p per token of the answer."""
    return (scores.nll / scores.tokens).mean()


class Stage2Run:
    """A run in a folder; made anew, or taken up where it was."""

    def __init__(
        self,
        folder: Path,
        config: Stage2Config,
        train: TaskSource,
        valid: Mapping[str, TokenFile],
        device: str = "cpu",
        start: Path | None = None,
    ) -> None:
        """Open or start a run.

        Args:
            folder: of the run.
            config: everything that decides the run but data and start.
            train: what is trained on.
            valid: what checkpoints are chosen by.
            device: where to compute.
            start: folder of an earlier run of the same shape, whose last weights this one starts from.

        Raises:
            DataError: the folder holds a run of another config, data or start; or `start` does not fit.
            ModelError: a base model cannot be used.
        """
        self.folder, self.config = folder, config
        self._train, self._valid = train, valid
        self._device = torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        self._check_same(start)
        self.model: PrefixModel = build_model(config).to(self._device)
        prefix, rest = trained_parameters(self.model)
        self._optimiser = torch.optim.AdamW(
            [{"params": prefix, "lr": config.prefix_lr}, {"params": rest, "lr": config.lora_lr}],
            betas=(0.9, 0.98),
            weight_decay=0.0,
        )
        self._highest = [group["lr"] for group in self._optimiser.param_groups]
        self.step = 0
        self._best = -1.0
        if (folder / "state.pt").exists():
            self._resume()
        elif start is not None:
            self._load_weights(_state(start / "state.pt")["weights"])

    def run(self, *, seconds: float | None = None, advance: Advance = lambda _: None) -> None:
        """Train until the last step, or until so many seconds have passed; the state is saved either way."""
        start = time.monotonic()
        self.model.train()
        for batches in self._batches():
            if seconds is not None and time.monotonic() - start > seconds:
                break
            self._note("log.jsonl", self._one_step(batches))
            advance(1)
            if self.step % self.config.valid_every == 0 or self.step == self.config.steps:
                self.validate(controls=self.step == self.config.steps)
            if self.step % self.config.save_every == 0:
                self.save()
        self.save()

    def validate(self, *, controls: bool = True) -> dict[str, Validation]:
        """Score the model on all validation files, and keep it if it is the best so far."""
        specs = self.config.valid_specs
        found = {n: validate(self.model, f, specs=specs, controls=controls) for n, f in self._valid.items()}
        if not found:
            return found
        mean = sum(v.exact for v in found.values()) / len(found)
        self._note("valid.jsonl", {"step": self.step, **{n: v.model_dump() for n, v in found.items()}})
        if mean >= self._best:
            self._best = mean
            export_checkpoint(self.model, self.config, self.folder / "best")
        return found

    def save(self) -> None:
        """Write the state, so that a later run goes on from here to the same numbers."""
        part = self.folder / "state.pt.part"
        weights = {n: p.detach().cpu() for n, p in self.model.named_parameters() if p.requires_grad}
        torch.save(
            {
                "weights": weights,
                "optimiser": self._optimiser.state_dict(),
                "step": self.step,
                "best": self._best,
            },
            part,
        )
        part.replace(self.folder / "state.pt")

    def _one_step(self, batches: list[Batch]) -> dict[str, float]:
        start = time.monotonic()
        rate = self.config.rate(self.step)
        for group, highest in zip(self._optimiser.param_groups, self._highest, strict=True):
            group["lr"] = highest * rate
        self._optimiser.zero_grad(set_to_none=True)
        total = rows = 0.0
        for batch in batches:
            loss = loss_of(self.model(batch.to(self._device))) / len(batches)
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
            rows += len(batch.owner)
        trained = [p for group in self._optimiser.param_groups for p in group["params"]]
        norm = torch.nn.utils.clip_grad_norm_(trained, self.config.clip)
        self._optimiser.step()
        self.step += 1
        return {
            "step": self.step,
            "loss": round(total, 5),
            "gradient_norm": round(float(norm), 4),
            "rate": round(rate, 5),
            "rows_per_second": round(rows / (time.monotonic() - start), 2),
        }

    def _batches(self) -> Iterator[list[Batch]]:
        """The batches of each step from the current one on; which ones depends on seed and step alone."""
        import numpy as np

        config = self.config
        number, epoch = 0, 0
        held: list[Batch] = []
        while self.step < config.steps:
            taken = 0
            for indices in order_of(self._train, config.specs, config.seed, epoch):
                taken += 1
                number += 1
                if number <= self.step * config.accumulate:
                    continue
                random = np.random.default_rng([config.seed, number])
                held.append(batch_of([self._train[n] for n in indices], config.pairs, random))
                if len(held) == config.accumulate:
                    yield held
                    held = []
                    if self.step >= config.steps:
                        return
            if taken == 0:
                raise DataError(
                    f"the training file has {len(self._train)} specs, but a batch takes {config.specs}; add data."
                )
            epoch += 1

    def _check_same(self, start: Path | None) -> None:
        path = self.folder / "run.json"
        origin = None if start is None else _digest(start / "state.pt")
        mine = {"config": asdict(self.config), "data": self._train.content, "start": origin}
        text = json.dumps(mine, indent=1) + "\n"
        if not path.exists():
            path.write_text(text, "utf-8")
        elif path.read_text("utf-8") != text:
            raise DataError(
                f"{path} is of a run with another config, other data or another start; "
                "name another folder, or use what it used."
            )

    def _resume(self) -> None:
        state = _state(self.folder / "state.pt")
        self._load_weights(state["weights"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step, self._best = state["step"], state["best"]

    def _load_weights(self, weights: Mapping[str, torch.Tensor]) -> None:
        own = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        found = {name: tuple(value.shape) for name, value in weights.items()}
        if found != {name: tuple(p.shape) for name, p in own.items()}:
            raise DataError(
                "the earlier run trained a compiler of another shape; start from one of this shape."
            )
        with torch.no_grad():
            for name, value in weights.items():
                own[name].copy_(value)

    def _note(self, name: str, row: Mapping[str, object]) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def _state(path: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); name the folder of a run.") from None
    return state


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); name the folder of a run.") from None
