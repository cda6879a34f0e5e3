"""A training run of a compiler that reads pictures.

A run is a folder:

    run.json         config, data and start; a run goes on only under the same ones
    align.jsonl      a line for each pass over the pictures before the first step, see align.py
    log.jsonl        a line a step: losses, gradient norm, learning rate, pictures and tokens a second
    valid.jsonl      a line a validation: scores of every task, with controls
    state.pt         weights, optimiser, step; replaced as a whole
    best/            pictures.safetensors, the checkpoint with the best validation score so far, and its card
"""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch

from programasweights.compiler.default import SHIPPED
from programasweights.errors import DataError
from programasweights.progress import Advance
from programasweights.training.batches import order_of
from programasweights.training.pictures.align import align_projector
from programasweights.training.pictures.card import write_card
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile, TokenisedPicture
from programasweights.training.pictures.objectives import terms_of
from programasweights.training.pictures.setup import (
    build_picture_model,
    export_picture_checkpoint,
    parameter_groups,
    same_encoder,
    start_weights,
)
from programasweights.training.pictures.validation import PictureScores, validate_pictures
from programasweights.training.setup import read_texts

__all__ = ["CHECKPOINT", "PictureRun", "Pictures", "find_files"]

CHECKPOINT = "pictures.safetensors"


class Pictures:
    """Feature files one after the other."""

    def __init__(self, files: Sequence[FeatureFile]) -> None:
        self._files = files
        self._ends = list(accumulate(len(file) for file in files))
        self.content = "+".join(file.content[:16] for file in files)

    def __len__(self) -> int:
        return self._ends[-1]

    def __getitem__(self, index: int) -> TokenisedPicture:
        file, place = self._find(index)
        return file[place]

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of a spec, and of its questions."""
        file, place = self._find(index)
        return file.lengths(place)

    def _find(self, index: int) -> tuple[FeatureFile, int]:
        number = int(np.searchsorted(self._ends, index, side="right"))
        return self._files[number], index - (self._ends[number - 1] if number else 0)


def find_files(folder: Path) -> tuple[list[FeatureFile], list[FeatureFile]]:
    """The feature files `train*.safetensors` and `valid*.safetensors` of a folder, in the order of their names.

    Raises:
        DataError: there are none to train on, or one is no feature file.
    """
    found = [
        [FeatureFile(path) for path in sorted(folder.glob(f"{n}*.safetensors"))] for n in ("train", "valid")
    ]
    if not found[0]:
        raise DataError(
            f"{folder} holds no train*.safetensors; make it with `paw train features PICTURES --out "
            f"{folder / 'train.safetensors'}`."
        )
    return found[0], found[1]


class PictureRun:
    """A run in a folder; made anew, or taken up where it was."""

    def __init__(
        self,
        folder: Path,
        config: PictureTraining,
        train: Sequence[FeatureFile],
        valid: Sequence[FeatureFile],
        *,
        device: str = "cpu",
        start: Path | None = SHIPPED,
    ) -> None:
        """Open or start a run.

        Args:
            folder: of the run.
            config: everything that decides the run but data and start.
            train: what is trained on.
            valid: what checkpoints are chosen by.
            device: where to compute.
            start: a text checkpoint's folder or a picture checkpoint, whose weights the run starts from; None for the
                untrained start.

        Raises:
            DataError: the folder holds a run of another config, data or start; or start or data do not fit.
            ModelError: a base model cannot be used.
        """
        self.folder, self.config, self._valid, self._start = folder, config, valid, start
        self._file = same_encoder([*train, *valid])
        self._train = Pictures(train)
        self._texts = read_texts(config)
        self._device = torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        self._check_same()
        self.model = build_picture_model(
            config, tokens=self._file.tokens, features=self._file.features, device=self._device
        )
        self._optimiser = torch.optim.AdamW(
            parameter_groups(self.model, config), betas=(0.9, 0.98), weight_decay=0.0
        )
        self._highest = [group["lr"] for group in self._optimiser.param_groups]
        self.step = 0
        self._aligned = not config.align_epochs
        self._projector_given = False
        self._best = -float("inf")
        if (folder / "state.pt").exists():
            self._resume()
        elif start is not None:
            self._load_weights(start_weights(start, self._file))

    def run(self, *, seconds: float | None = None, advance: Advance = lambda _: None) -> None:
        """Train until the last step, or until so many seconds have passed; the state is saved either way."""
        began = time.monotonic()
        self.model.train()
        if not self._aligned:
            self._align()
        for batches in self._batches():
            if seconds is not None and time.monotonic() - began > seconds:
                break
            self._note("log.jsonl", self._one_step(batches))
            advance(1)
            if self.step % self.config.valid_every == 0 or self.step == self.config.steps:
                self.validate()
            if self.step % self.config.save_every == 0:
                self.save()
        self.save()

    def validate(self) -> dict[str, PictureScores]:
        """Score the model on the validation files, and keep it if it is the best so far."""
        config = self.config
        found = validate_pictures(
            self.model,
            self._valid,
            self._texts,
            config,
        )
        if not found:
            return found
        self._note("valid.jsonl", {"step": self.step, **{n: v.model_dump() for n, v in found.items()}})
        score = sum(scores.total for scores in found.values()) / len(found)
        if score >= self._best:
            self._best = score
            best = self.folder / "best"
            export_picture_checkpoint(self.model, config, self._file, best / CHECKPOINT)
            write_card(best / "CARD.md", config, self._file, found, step=self.step, pictures=len(self._train))
        return found

    def save(self) -> None:
        """Write the state, so that a later run goes on from here to the same numbers."""
        weights = {n: p.detach().cpu() for n, p in self._trained().items()}
        state = {
            "weights": weights, "optimiser": self._optimiser.state_dict(), "step": self.step, "best": self._best,
            "aligned": self._aligned,
        }  # fmt: skip
        part = self.folder / "state.pt.part"
        torch.save(state, part)
        part.replace(self.folder / "state.pt")

    def _align(self) -> None:
        """Let the projector learn which words lie where; a start that brings a trained one keeps it."""
        if not self._projector_given:
            held_out = [
                file[n] for file in self._valid for n in range(min(len(file), self.config.valid_specs))
            ]
            table = self.model.text.compiler.get_input_embeddings().weight  # type: ignore[operator]
            for epoch in align_projector(
                self.model.projector, table, self._train, held_out,
                epochs=self.config.align_epochs, seed=self.config.seed,
            ):  # fmt: skip
                self._note("align.jsonl", asdict(epoch))
        self._aligned = True
        self.save()

    def _one_step(
        self, batches: Sequence[tuple[list[TokenisedPicture], np.random.Generator]]
    ) -> dict[str, Any]:
        began, config = time.monotonic(), self.config
        rate = config.rate(self.step)
        for group, highest in zip(self._optimiser.param_groups, self._highest, strict=True):
            group["lr"] = highest * rate
        self._optimiser.zero_grad(set_to_none=True)
        sums = {"loss": 0.0, "answers": 0.0, "transcriptions": 0.0}
        tokens = 0
        notes: dict[str, float] = {}
        for pictures, random in batches:
            terms = terms_of(self.model, pictures, random, config, self._texts)
            tokens += terms.tokens
            loss = torch.stack(list(terms.losses.values())).sum() / len(batches)
            loss.backward()  # type: ignore[no-untyped-call]
            sums["loss"] += float(loss.detach())
            for name, term in terms.losses.items():
                sums[name] = sums.get(name, 0.0) + float(term.detach()) / len(batches)
            notes |= {name: round(value, 4) for name, value in terms.notes.items()}
        trained = [p for group in self._optimiser.param_groups for p in group["params"]]
        norm = float(torch.nn.utils.clip_grad_norm_(trained, config.clip))
        self._optimiser.step()
        self.step += 1
        took = time.monotonic() - began
        return {
            "step": self.step,
            **{name: round(value, 5) for name, value in sums.items()},
            **notes,
            "gradient_norm": round(norm, 4),
            "rate": round(rate, 5),
            "seconds": round(took, 3),
            "tokens": tokens,
            "pictures_per_second": round(sum(len(p) for p, _ in batches) / took, 3),
        }

    def _batches(self) -> Iterator[list[tuple[list[TokenisedPicture], np.random.Generator]]]:
        """The pictures of each step from the current one on; they depend on seed and step alone."""
        config = self.config
        number, epoch = 0, 0
        held: list[tuple[list[TokenisedPicture], np.random.Generator]] = []
        while self.step < config.steps:
            before = number
            for indices in order_of(self._train, config.specs, config.seed, epoch):
                number += 1
                if number <= self.step * config.accumulate:
                    continue
                random = np.random.default_rng([config.seed, number])
                held.append(([self._train[n] for n in indices], random))
                if len(held) == config.accumulate:
                    yield held
                    held = []
                    if self.step >= config.steps:
                        return
            if number == before:
                raise DataError(
                    f"there are {len(self._train)} pictures to train on, but a batch takes {config.specs}; add data."
                )
            epoch += 1

    def _check_same(self) -> None:
        path = self.folder / "run.json"
        mine = {
            "config": asdict(self.config),
            "data": self._train.content,
            "start": None if self._start is None else _digest(self._start),
        }
        if not path.exists():
            path.write_text(json.dumps(mine, indent=1) + "\n", "utf-8")
        elif json.loads(path.read_text("utf-8")) != mine:
            raise DataError(
                f"{path} is of a run with another config, other data or another start; name another folder, or use "
                "what it used."
            )

    def _resume(self) -> None:
        state = torch.load(self.folder / "state.pt", map_location="cpu", weights_only=True)
        self._load_weights(state["weights"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step, self._best, self._aligned = state["step"], state["best"], state["aligned"]

    def _trained(self) -> dict[str, torch.nn.Parameter]:
        return {name: p for name, p in self.model.named_parameters() if p.requires_grad}

    def _load_weights(self, weights: Any) -> None:
        own = self._trained()
        wrong = [name for name in weights if name not in own or own[name].shape != weights[name].shape]
        # a text checkpoint has no projectors
        missing = [
            name for name in own if name not in weights and not name.startswith(("projector.", "inputs."))
        ]
        if wrong or missing:
            raise DataError(
                f"the start and the recipe are of different sizes, for instance at {(wrong + missing)[0]}; give the "
                "recipe the start's slots, ranks and form."
            )
        self._projector_given = "projector.w1" in weights
        with torch.no_grad():
            for name, value in weights.items():
                own[name].copy_(value)

    def _note(self, file: str, row: dict[str, Any]) -> None:
        with (self.folder / file).open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")


def _digest(start: Path) -> str:
    files = [start] if start.is_file() else sorted(start.glob("*.safetensors"))
    return hashlib.sha256(b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files)).hexdigest()
