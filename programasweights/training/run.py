"""A training run of a compiler, in any of the stages of PAW (`objectives.py`).

A run is a folder:

    run.json         config, data and start; a run goes on only under the same ones
    log.jsonl        a line a step: loss, gradient norm, learning rate, examples a second, share of the chip's peak
    valid.jsonl      a line a validation
    state.pt         weights, optimiser, step; replaced as a whole
    samples/         samples of the compiler that are used up over several steps
    best/            the checkpoint with the best validation score so far
"""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch

from programasweights.compiler.checkpoint import CHECKPOINT_TENSORS
from programasweights.errors import DataError
from programasweights.progress import Advance
from programasweights.training.batches import order_of
from programasweights.training.config import TrainingConfig
from programasweights.training.mixture import TaskSource
from programasweights.training.objectives import Policy, Supervised, Term, make_policy
from programasweights.training.parallel import Processes, spread_like, whole
from programasweights.training.prefix_model import PrefixModel
from programasweights.training.rollouts import make_rollout_engine
from programasweights.training.sample_pool import Draws, SamplePool
from programasweights.training.setup import (
    build_model,
    export_checkpoint,
    layers_of,
    load_exported,
    read_texts,
    trained_parameters,
)
from programasweights.training.throughput import batch_flops, measured_peak
from programasweights.training.validation import Validation, Writing, validate
from programasweights.training.written import CutPrograms

__all__ = ["TrainingRun"]


@dataclass(frozen=True)
class _Sampled:
    """Stages 1 and 3, with the samples that their steps use up."""

    policy: Policy
    pool: SamplePool


class TrainingRun:
    """A run in a folder; made anew, or taken up where it was."""

    def __init__(
        self,
        folder: Path,
        config: TrainingConfig,
        train: TaskSource,
        valid: Mapping[str, TaskSource],
        device: str | None = "cpu",
        start: Path | None = None,
    ) -> None:
        """Open or start a run.

        Args:
            folder: of the run.
            config: everything that decides the run but data and start.
            train: what is trained on.
            valid: what checkpoints are chosen by.
            device: where to compute; None for what accelerate finds.
            start: folder of an earlier run of the same shape, whose last weights this one starts from; or of an
                exported checkpoint.

        Raises:
            DataError: the folder holds a run of another config, data or start; or `start` or the data do not fit.
            ModelError: a base model cannot be used.
        """
        self.folder, self.config = folder, config
        if config.objective == "supervised" and not config.answer_weight and not train.has_programs:
            raise DataError(
                "answer_weight is 0, so only discrete programs are trained on, but the training files hold none; make "
                "them with `paw train prepare --discrete`."
            )
        writes = config.objective != "supervised" or train.has_programs
        self._texts = read_texts(config) if writes else None
        self._train, self._valid = self._cut(train), {name: self._cut(file) for name, file in valid.items()}
        self._processes = Processes(device)
        folder.mkdir(parents=True, exist_ok=True)
        self._check_same(start)
        self.model: PrefixModel = build_model(config)
        self._processes.place(self.model, layers_of(self.model), shard=config.shard)
        self._engine = None
        if self._texts is not None:
            self._engine = make_rollout_engine(config, self.model.compiler, self._texts)
        self._objective = self._make_objective()
        prefix, rest = trained_parameters(self.model)
        self._optimiser = torch.optim.AdamW(
            [{"params": prefix, "lr": config.prefix_lr}, {"params": rest, "lr": config.lora_lr}],
            betas=(0.9, 0.98),
            weight_decay=0.0,
        )
        self._highest = [group["lr"] for group in self._optimiser.param_groups]
        self._peak: float | None = None
        self.step = 0
        self._best = -float("inf")
        if (folder / "state.pt").exists():
            self._resume()
        elif start is not None:
            self._begin(start)

    def run(self, *, seconds: float | None = None, advance: Advance = lambda _: None) -> None:
        """Train until the last step, or until so many seconds have passed; the state is saved either way."""
        start = time.monotonic()
        self.model.train()
        kind = next(self.model.interpreter.parameters()).dtype
        self._peak = measured_peak(self._processes.device, kind)
        for batches in self._batches():
            if self._processes.mean(float(seconds is not None and time.monotonic() - start > seconds)) > 0:
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
        config = self.config
        samples = config.objective != "supervised"
        writing = None
        if self._texts is not None and self._engine is not None and (controls or samples):
            writing = Writing(self._engine, self._texts, config.discrete_limit)
        found = {
            name: validate(
                self.model,
                file,
                specs=config.valid_specs,
                controls=controls,
                show_program=config.show_program,
                writing=writing,
            )
            for name, file in self._valid.items()
        }
        if not found:
            return found
        self._note("valid.jsonl", {"step": self.step, **{n: v.model_dump() for n, v in found.items()}})
        score = sum(self._worth(v) for v in found.values()) / len(found)
        if score >= self._best:
            self._best = score
            self._keep()
        return found

    def _worth(self, found: Validation) -> float:
        """What checkpoints are chosen by: exact match, with the compiler's own programs if it samples them."""
        if found.written_exact is not None and self.config.objective != "supervised":
            return found.written_exact
        return found.exact if self.config.answer_weight else -(found.discrete_nll or 0.0)

    def _cut(self, tasks: TaskSource) -> TaskSource:
        """Tasks with discrete programs of at most the config's limit."""
        if self._texts is None or not tasks.has_programs:
            return tasks
        return CutPrograms(tasks, self.config.discrete_limit, self._texts)

    def save(self) -> None:
        """Write the state, so that a later run goes on from here to the same numbers."""
        weights = {n: whole(p) for n, p in self.model.named_parameters() if p.requires_grad}
        optimiser = self._optimiser.state_dict()
        optimiser["state"] = {n: {k: whole(v) for k, v in s.items()} for n, s in optimiser["state"].items()}
        state = {"weights": weights, "optimiser": optimiser, "step": self.step, "best": self._best}
        if self._processes.main:
            part = self.folder / "state.pt.part"
            torch.save(state, part)
            part.replace(self.folder / "state.pt")
        self._processes.wait()
        if isinstance(self._objective, _Sampled):
            self._objective.pool.forget(self.step)

    def _keep(self) -> None:
        """Export the model as the best, if it is of a form that can be exported."""
        if self.config.exportable:
            weights = {n: whole(p) for n, p in self.model.named_parameters() if p.requires_grad}
            if self._processes.main:
                export_checkpoint(self.model, weights, self.config, self.folder / "best")

    def _one_step(self, batches: list[Draws]) -> dict[str, float]:
        start = time.monotonic()
        rate = self.config.rate(self.step)
        for group, highest in zip(self._optimiser.param_groups, self._highest, strict=True):
            group["lr"] = highest * rate
        self._optimiser.zero_grad(set_to_none=True)
        total = rows = work = 0.0
        notes: dict[str, float] = {}
        terms = {"answers": self.config.answer_weight > 0, "discrete": self.config.discrete_weight > 0}
        for term in self._terms(batches):
            (term.loss / len(batches)).backward()  # type: ignore[no-untyped-call]
            total += float(term.loss.detach()) / len(batches)
            rows += len(term.batch.owner)
            work += batch_flops(
                self.model.compiler, self.model.interpreter, term.batch, self.config.slots, **terms
            )
            notes = term.notes
        trained = [p for group in self._optimiser.param_groups for p in group["params"]]
        self._processes.average_gradients(trained)
        norm = self._processes.clip(trained, self.config.clip)
        self._optimiser.step()
        self._processes.end_step()
        self.step += 1
        took = time.monotonic() - start
        note = {
            "step": self.step,
            "loss": round(self._processes.mean(total), 5),
            "gradient_norm": round(norm, 4),
            "rate": round(rate, 5),
            "seconds": round(took, 3),
            "rows_per_second": round(rows * self._processes.count / took, 2),
            **notes,
        }
        return note if self._peak is None else note | {"share_of_peak": round(work / took / self._peak, 4)}

    def _make_objective(self) -> Supervised | _Sampled:
        config = self.config
        if config.objective == "supervised":
            return Supervised(config)
        assert self._texts is not None
        assert self._engine is not None
        policy = make_policy(config, self._texts, self._engine)
        pool = SamplePool(self.folder, policy, refresh=config.refresh, process=self._processes.number)
        return _Sampled(policy, pool)

    def _terms(self, batches: list[Draws]) -> Iterator[Term]:
        """The losses of a step's batches, one at a time."""
        if isinstance(self._objective, Supervised):
            for tasks, random in batches:
                yield self._objective(self.model, tasks, random)
            return
        held = self._objective.pool.of_step(self.model, self.step, self._upcoming)
        for (tasks, _), samples in zip(batches, held, strict=True):
            yield self._objective.policy(self.model, tasks, samples)

    def _upcoming(self, steps: int) -> list[list[Draws]]:
        return list(islice(self._batches(), min(steps, self.config.steps - self.step)))

    def _batches(self) -> Iterator[list[Draws]]:
        """This process's tasks for each step from the current one on; they depend on seed and step alone."""
        config, processes = self.config, self._processes
        number, epoch = 0, 0
        held: list[Draws] = []
        while self.step < config.steps:
            taken = 0
            for indices in order_of(self._train, config.specs, config.seed, epoch):
                taken += 1
                number += 1
                if number <= self.step * config.accumulate * processes.count:
                    continue
                if number % processes.count == processes.number:
                    random = np.random.default_rng([config.seed, number])
                    held.append(([self._train[n] for n in indices], random))
                if number % (processes.count * config.accumulate) == 0:
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
        origin = None if start is None else _digest(start)
        mine = {"config": asdict(self.config), "data": self._train.content, "start": origin}
        text = json.dumps(mine, indent=1) + "\n"
        if not path.exists():
            if self._processes.main:
                path.write_text(text, "utf-8")
        elif not _same(path, mine):
            raise DataError(
                f"{path} is of a run with another config, other data or another start; "
                "name another folder, or use what it used."
            )

    def _resume(self) -> None:
        state = _state(self.folder / "state.pt")
        self._load_weights(state["weights"])
        parameters = [p for group in self._optimiser.param_groups for p in group["params"]]
        kept = state["optimiser"]
        kept["state"] = {
            number: {name: spread_like(value, parameters[number]) for name, value in values.items()}
            for number, values in kept["state"].items()
        }
        self._optimiser.load_state_dict(kept)
        self.step, self._best = state["step"], state["best"]

    def _begin(self, start: Path) -> None:
        if (start / CHECKPOINT_TENSORS).exists():
            weights = load_exported(start).tensors
        else:
            weights = _state(start / "state.pt")["weights"]
        # a LoRA form starts without effect, so a run may add it to what an earlier one trained
        self._load_weights(weights, may_lack="lora.")

    def _load_weights(self, weights: Mapping[str, torch.Tensor], *, may_lack: str | None = None) -> None:
        own = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        if may_lack is not None and not any(name.startswith(may_lack) for name in weights):
            own = {name: p for name, p in own.items() if not name.startswith(may_lack)}
        found = {name: tuple(value.shape) for name, value in weights.items()}
        if found != {name: tuple(p.shape) for name, p in own.items()}:
            raise DataError(
                "the earlier run trained a compiler of another shape; start from one of this shape."
            )
        with torch.no_grad():
            for name, value in weights.items():
                own[name].copy_(spread_like(value, own[name]))

    def _note(self, name: str, row: Mapping[str, object]) -> None:
        if self._processes.main:
            with (self.folder / name).open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")


def _same(path: Path, mine: Mapping[str, Any]) -> bool:
    """Whether a run is `mine`; settings that it does not know yet had their defaults."""
    found = json.loads(path.read_text("utf-8"))
    try:
        found["config"] = asdict(TrainingConfig(**found["config"]))
    except TypeError:
        return False
    return bool(found == mine)


def _state(path: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); name the folder of a run.") from None
    return state


def _digest(start: Path) -> str:
    """sha256 of the weights that a run starts from: a checkpoint's, or an earlier run's state."""
    exported = start / CHECKPOINT_TENSORS
    path = exported if exported.exists() else start / "state.pt"
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(
            f"{path} cannot be read ({error.strerror}); name the folder of a run or of a checkpoint."
        ) from None
