"""Improves a program's KV prefix by gradient on the user's own examples, from what the compiler wrote.

Latent search in the space of programs: the interpreter and the program's LoRA stay as they are, only the slots move.
Every step shows some of the examples as the program does (earlier turns of the conversation) and asks for the rest,
so that the slots learn what the shown examples do not already tell. A quarter of the examples is held out; the slots
that rate those best are kept, and the start is one of the candidates, so refining never makes the held-out examples
less probable.

N layers, H KV heads, M slots, D head size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch

from programasweights.errors import ProgramError, SpecError
from programasweights.interpreter.template import get_template
from programasweights.lm.engine import Engine
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights
from programasweights.program import KvPrefix, Program
from programasweights.spec import Spec, split_examples
from programasweights.training.batches import Batch, batch_of
from programasweights.training.forms import Adapter, Continuous, Slots
from programasweights.training.prefix_model import score_rows
from programasweights.training.reference import ReferenceModel
from programasweights.training.token_file import TokenisedTask, Version

__all__ = ["LEAST_EXAMPLES", "Refinement", "refine"]

LEAST_EXAMPLES = 4
_SHOWN = 3
_CHECK_EVERY = 5
_PATIENCE = 4

Example = tuple[str, str]


@dataclass(frozen=True)
class Refinement:
    """A refined program and how it went."""

    program: Program
    """With the best slots."""
    before: float
    """-log p per token of the held-out examples with the compiler's slots."""
    after: float
    """The same with the slots that were kept; at most `before`."""
    best_step: int
    """After how many steps they stood; 0 for the compiler's own."""
    steps: int
    """Steps that were taken."""


def refine(program: Program, engine: Engine, *, steps: int, seed: int = 0, rate: float = 0.03) -> Refinement:
    """Refine a program on the examples of its spec.

    Args:
        program: with a KV prefix and at least `LEAST_EXAMPLES` examples.
        engine: the interpreter it was compiled for.
        steps: most steps; it ends earlier when the held-out examples have not become more probable for long.
        seed: which examples are held out, and the order of the rest.
        rate: learning rate, in units of the spread of each layer's keys and values.

    Raises:
        SpecError: there are too few examples.
        ProgramError: the program has no KV prefix.
    """
    examples = list(program.behaviour.spec.examples)
    if len(examples) < LEAST_EXAMPLES:
        raise SpecError(
            f"refining takes at least {LEAST_EXAMPLES} examples, but the spec has {len(examples)}; give more, or "
            "compile without refine."
        )
    if program.prefix is None:
        raise ProgramError(
            "the program has no KV prefix to refine; compile it with a compiler that writes one."
        )
    random = np.random.default_rng(seed)
    order = [examples[n] for n in random.permutation(len(examples))]
    held = max(1, len(order) // 4)
    task = _Task(program, engine, tuple(order[held:]), tuple(order[:held]))
    best, before, after, best_step, taken = _descend(task, program.prefix, steps, rate, random)
    prefix = program.prefix
    if best_step:
        prefix = KvPrefix.from_arrays(best[0], best[1], storage=prefix.storage)
    recipe = dict(program.behaviour.recipe) | {"refined_steps": best_step, "refined_seed": seed}
    scores = dict(program.record.scores) | {"held_out_nll_before": before, "held_out_nll_after": after}
    refined = Program(
        behaviour=program.behaviour.model_copy(update={"recipe": recipe}),
        record=program.record.model_copy(update={"scores": scores}),
        prefix=prefix,
        lora=program.lora,
    )
    return Refinement(refined, before, after, best_step, taken)


@dataclass(frozen=True)
class _Task:
    """The program's text with changing examples, as batches of one spec."""

    program: Program
    engine: Engine
    train: tuple[Example, ...]
    held: tuple[Example, ...]

    def step(self, random: np.random.Generator) -> Batch:
        """Some of the training examples shown, the others asked for."""
        order = [self.train[n] for n in random.permutation(len(self.train))]
        shown = int(random.integers(0, min(_SHOWN, len(order) - 1) + 1))
        return self._batch(order[:shown], order[shown:])

    def check(self) -> Batch:
        """All training examples shown, as the program will show them, and the held-out ones asked for."""
        return self._batch(self.train, self.held)

    def _batch(self, shown: Sequence[Example], asked: Sequence[Example]) -> Batch:
        behaviour, engine = self.program.behaviour, self.engine
        template = get_template(behaviour.template)
        text = behaviour.pseudo_program
        said, told = split_examples(text)
        if sorted(told) == sorted(behaviour.spec.examples):
            text = Spec(said, tuple(shown)).as_text()
        ids = np.array(template.program_ids(engine.tokenizer, engine.chat, text))
        end = [engine.chat.end_id(engine.tokenizer, engine.end_ids)]
        pairs = tuple(
            (
                np.array(template.input_ids(engine.tokenizer, engine.chat, given)),
                np.array(engine.tokenizer.text_ids(wanted) + end),
            )
            for given, wanted in asked
        )
        return batch_of([TokenisedTask((Version(ids, len(ids), ids),), pairs, "")], len(pairs))


def _descend(
    task: _Task, prefix: KvPrefix, steps: int, rate: float, random: np.random.Generator
) -> tuple[tuple[np.ndarray, np.ndarray], float, float, int, int]:
    """Follow the gradient; returns the best keys and values, the held-out losses before and after, and the steps."""
    model = _torch_model(task.engine.model.recipe.name)
    adapter = _adapter(task.program)
    start = [torch.from_numpy(np.array(part, dtype=np.float32)) for part in (prefix.keys, prefix.values)]
    spread = [part.std(dim=(1, 2, 3), keepdim=True) for part in start]
    moved = [torch.zeros_like(part, requires_grad=True) for part in start]
    optimiser = torch.optim.Adam(moved, lr=rate, betas=(0.9, 0.98))
    check = task.check()

    def slots() -> tuple[torch.Tensor, ...]:
        # the sink in slot 0 stays what the interpreter knows
        fixed = [torch.cat([torch.zeros_like(m[:, :, :1]), m[:, :, 1:]], dim=2) for m in moved]
        return tuple(s + w * f for s, w, f in zip(start, spread, fixed, strict=True))

    def held_out() -> float:
        with torch.no_grad():
            scores = score_rows(model, _continuous(slots(), adapter), check)
            return round(float(scores.nll.sum() / scores.tokens.sum()), 5)

    before = best = held_out()
    kept, best_step, step = [part.detach().clone() for part in slots()], 0, 0
    for step in range(1, steps + 1):
        optimiser.zero_grad()
        scores = score_rows(model, _continuous(slots(), adapter), task.step(random))
        (scores.nll / scores.tokens).mean().backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if step % _CHECK_EVERY == 0 or step == steps:
            now = held_out()
            if now < best:
                best, best_step, kept = now, step, [part.detach().clone() for part in slots()]
            elif step - best_step >= _PATIENCE * _CHECK_EVERY:
                break
    largest = float(np.finfo(np.float16).max)
    halves = [part.clamp(-largest, largest).numpy().astype(np.float16) for part in kept]
    return (halves[0], halves[1]), before, best, best_step, step


def _continuous(parts: Sequence[torch.Tensor], adapter: Adapter | None) -> Continuous:
    keys, values = parts
    return Continuous(Slots(tuple(k[None] for k in keys), tuple(v[None] for v in values)), adapter)


def _adapter(program: Program) -> Adapter | None:
    """The program's LoRA as the form's, for one spec."""
    if program.lora is None:
        return None
    return Adapter(
        {
            f"model.layers.{layer}.{module}": (_row(a[layer]), _row(b[layer]))
            for module, (a, b) in program.lora.parts.items()
            for layer in range(program.lora.layers)
        }
    )


def _row(part: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(part.astype(np.float32))[None]


@cache
def _torch_model(name: str) -> torch.nn.Module:
    files = locate(name)
    module: torch.nn.Module = ReferenceModel(open_weights(files.kind, files.path)).module
    return module.requires_grad_(False)
