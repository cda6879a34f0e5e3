"""Improves a program's continuous part by gradient on the user's own examples, from what the compiler wrote.

Latent search in the space of programs: the interpreter and the text stay as they are; the slots and the LoRA move, or
whichever of them the program has. Every step shows some of the examples as the program does (earlier turns of the
conversation) and asks for others, so that what moves learns what the shown examples do not already tell. A quarter of
the examples is held out; the parts that rate those best are kept, and the start is one of the candidates, so refining
never makes the held-out examples less probable.

N layers, H KV heads, M slots, D head size, R rank of the LoRA.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch

from programasweights.errors import ProgramError, SpecError
from programasweights.interpreter.template import get_template
from programasweights.lm.engine import Engine
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights
from programasweights.program import KvPrefix, Lora, Program
from programasweights.spec import Spec, split_examples
from programasweights.training.batches import Batch, batch_of
from programasweights.training.forms import Adapter, Continuous, Slots
from programasweights.training.precision import cpu_multiplies_bfloat16
from programasweights.training.prefix_model import score_rows
from programasweights.training.reference import ReferenceModel
from programasweights.training.token_file import TokenisedTask, Version

__all__ = ["LEAST_EXAMPLES", "Refinement", "refine"]

LEAST_EXAMPLES = 4
_SHOWN = 3
_STEP_TOKENS = 400
"""Tokens of the examples that a step asks for, so that long examples do not make it slow; one is always asked for."""
_CHECK_EVERY = 3
_PATIENCE = 3
_MARGIN = 0.01
"""By so much -log p of the held-out examples must fall: they are few, so less is chance."""
_SLOTS = ("keys", "values")
_LORA_SHARE = 0.3
"""Of the learning rate: all numbers of a LoRA's matrices work together, so small steps of each go far."""
_LARGEST = float(np.finfo(np.float16).max)

Example = tuple[str, str]
Parts = Mapping[str, torch.Tensor]
"""`keys` and `values` (N, H, M, D), and `{module}.a` (N, R, inputs) and `{module}.b` (N, outputs, R) of the LoRA."""


@dataclass(frozen=True)
class Refinement:
    """A refined program and how it went."""

    program: Program
    """With the best continuous part."""
    before: float
    """-log p per token of the held-out examples with the compiler's own."""
    after: float
    """The same with the one that was kept; at most `before`."""
    best_step: int
    """After how many steps it stood; 0 for the compiler's own."""
    steps: int
    """Steps that were taken."""


def refine(program: Program, engine: Engine, *, steps: int, seed: int = 0, rate: float = 0.003) -> Refinement:
    """Refine a program on the examples of its spec.

    Args:
        program: with a KV prefix, a LoRA or both, and at least `LEAST_EXAMPLES` examples.
        engine: the interpreter it was compiled for.
        steps: most steps; it ends earlier when the held-out examples have not become more probable for long.
        seed: which examples are held out, and the order of the rest.
        rate: learning rate, in units of the spread of each layer's keys, values and LoRA matrices.

    Raises:
        SpecError: there are too few examples.
        ProgramError: the program has no continuous part.
    """
    examples = list(program.behaviour.spec.examples)
    if len(examples) < LEAST_EXAMPLES:
        raise SpecError(
            f"refining takes at least {LEAST_EXAMPLES} examples, but the spec has {len(examples)}; give more, or "
            "compile without refine."
        )
    if program.prefix is None and program.lora is None:
        raise ProgramError(
            "the program has no KV prefix or LoRA to refine; compile it with a compiler that writes one."
        )
    random = np.random.default_rng(seed)
    order = _most_varied_first([examples[n] for n in random.permutation(len(examples))])
    held = max(1, len(order) // 4)
    task = _Task(program, engine, tuple(order[held:]), tuple(order[:held]))
    found = _descend(task, _parts(program), steps, rate, random)
    recipe = dict(program.behaviour.recipe) | {"refined_steps": found.best_step, "refined_seed": seed}
    scores = dict(program.record.scores)
    scores |= {"held_out_nll_before": found.before, "held_out_nll_after": found.after}
    refined = Program(
        behaviour=program.behaviour.model_copy(update={"recipe": recipe}),
        record=program.record.model_copy(update={"scores": scores}),
        prefix=_prefix(program, found),
        lora=_lora(program, found),
    )
    return Refinement(refined, found.before, found.after, found.best_step, found.steps)


def _most_varied_first(examples: Sequence[Example]) -> list[Example]:
    """Different outputs first, the frequent ones before the others: held out, they show a bias to one answer."""
    counts, seen = Counter(output for _, output in examples), Counter[str]()
    places = []
    for number, (_, output) in enumerate(examples):
        places.append((seen[output], -counts[output], number))
        seen[output] += 1
    return [examples[number] for _, _, number in sorted(places)]


@dataclass(frozen=True)
class _Task:
    """The program's text with changing examples, as batches of one spec."""

    program: Program
    engine: Engine
    train: tuple[Example, ...]
    held: tuple[Example, ...]

    def step(self, random: np.random.Generator) -> Batch:
        """Some of the training examples shown, and others asked for."""
        order = [self.train[n] for n in random.permutation(len(self.train))]
        shown = int(random.integers(0, min(_SHOWN, len(order) - 1) + 1))
        return self._batch(order[:shown], order[shown:], most_tokens=_STEP_TOKENS)

    def check(self) -> Batch:
        """All training examples shown, as the program will show them, and the held-out ones asked for."""
        return self._batch(self.train, self.held)

    def _batch(
        self, shown: Sequence[Example], asked: Sequence[Example], most_tokens: int | None = None
    ) -> Batch:
        behaviour, engine = self.program.behaviour, self.engine
        template = get_template(behaviour.template)
        text = behaviour.pseudo_program
        said, told = split_examples(text)
        if sorted(told) == sorted(behaviour.spec.examples):
            text = Spec(said, tuple(shown)).as_text()
        ids = np.array(template.program_ids(engine.tokenizer, engine.chat, text))
        end = [engine.chat.end_id(engine.tokenizer, engine.end_ids)]
        pairs = [
            (
                np.array(template.input_ids(engine.tokenizer, engine.chat, given)),
                np.array(engine.tokenizer.text_ids(wanted) + end),
            )
            for given, wanted in asked
        ]
        if most_tokens is not None:
            used = np.cumsum([len(given) + len(wanted) for given, wanted in pairs])
            pairs = pairs[: max(1, int((used <= most_tokens).sum()))]
        return batch_of([TokenisedTask((Version(ids, len(ids), ids),), tuple(pairs), "")], len(pairs))


@dataclass(frozen=True)
class _Found:
    """Where the descent ended."""

    parts: Parts
    before: float
    after: float
    best_step: int
    steps: int


def _descend(task: _Task, start: Parts, steps: int, rate: float, random: np.random.Generator) -> _Found:
    """Follow the gradient, and keep what rates the held-out examples best."""
    model = _torch_model(task.engine.model.recipe.name)
    # each layer's own spread: (N, 1, ...)
    spread = {name: part.flatten(1).std(1).view(-1, *[1] * (part.ndim - 1)) for name, part in start.items()}
    moved = {name: torch.zeros_like(part, requires_grad=True) for name, part in start.items()}
    groups = [
        {"params": [part], "lr": rate * (1 if name in _SLOTS else _LORA_SHARE)}
        for name, part in moved.items()
    ]
    optimiser = torch.optim.Adam(groups, betas=(0.9, 0.98))
    check = task.check()

    def now() -> dict[str, torch.Tensor]:
        return {name: part + spread[name] * _but_sink(name, moved[name]) for name, part in start.items()}

    def held_out() -> float:
        with torch.no_grad():
            scores = score_rows(model, _continuous(now()), check)
            return round(float(scores.nll.sum() / scores.tokens.sum()), 5)

    before = best = held_out()
    kept, best_step, step = {name: part.detach() for name, part in now().items()}, 0, 0
    for step in range(1, steps + 1):
        optimiser.zero_grad()
        scores = score_rows(model, _continuous(now()), task.step(random))
        (scores.nll / scores.tokens).mean().backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if step % _CHECK_EVERY == 0 or step == steps:
            rated = held_out()
            if rated < best - _MARGIN:
                best, best_step, kept = rated, step, {name: part.detach() for name, part in now().items()}
            elif step - best_step >= _PATIENCE * _CHECK_EVERY:
                break
    return _Found(kept, before, best, best_step, step)


def _but_sink(name: str, moved: torch.Tensor) -> torch.Tensor:
    """Slot 0, the attention sink, stays what the interpreter knows."""
    if name not in _SLOTS:
        return moved
    return torch.cat([torch.zeros_like(moved[:, :, :1]), moved[:, :, 1:]], dim=2)


def _parts(program: Program) -> dict[str, torch.Tensor]:
    arrays: dict[str, np.ndarray] = {}
    if program.prefix is not None:
        arrays |= {"keys": program.prefix.keys, "values": program.prefix.values}
    if program.lora is not None:
        arrays |= program.lora.stored
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in arrays.items()}


def _continuous(parts: Parts) -> Continuous:
    slots, adapter = None, None
    if "keys" in parts:
        slots = Slots(*(tuple(layer[None] for layer in parts[name]) for name in _SLOTS))
    modules = [name[:-2] for name in parts if name.endswith(".a")]
    if modules:
        adapter = Adapter(
            {
                f"model.layers.{layer}.{module}": (a[None], b[None])
                for module in modules
                for layer, (a, b) in enumerate(zip(parts[f"{module}.a"], parts[f"{module}.b"], strict=True))
            }
        )
    return Continuous(slots, adapter)


def _prefix(program: Program, found: _Found) -> KvPrefix | None:
    if program.prefix is None or not found.best_step:
        return program.prefix
    keys, values = (_half(found.parts[name]) for name in _SLOTS)
    return KvPrefix.from_arrays(keys, values, storage=program.prefix.storage)


def _lora(program: Program, found: _Found) -> Lora | None:
    if program.lora is None or not found.best_step:
        return program.lora
    return Lora({name: _half(found.parts[name]) for name in program.lora.stored})


def _half(part: torch.Tensor) -> np.ndarray:
    return part.clamp(-_LARGEST, _LARGEST).numpy().astype(np.float16)


@cache
def _torch_model(name: str) -> torch.nn.Module:
    files = locate(name)
    module: torch.nn.Module = ReferenceModel(open_weights(files.kind, files.path)).module
    return module.requires_grad_(False).to(torch.bfloat16 if cpu_multiplies_bfloat16() else torch.float32)
