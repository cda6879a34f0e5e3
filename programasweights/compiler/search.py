"""Compile-time search: several programs are compiled from one spec and the best is kept (`paw.compile(..., budget=k)`).

Candidates differ in the strength of the continuous part, which costs no other compile: as it is, left out, and with
the LoRA at half and at one and a half times its size. After these they differ in the order in which examples are
shown, in a sentence around the task, and in the seed of what the compiler samples. With examples, a candidate is
rated by how many of them it gets right when it was compiled without them. Without any, by how far the candidates
agree on inputs: the user's, or ones that the base model invents (as in test-time transduction; an output that many
ways of asking lead to is more often right). The plain program is one of the candidates, and stays unless another
agrees more by a margin, or gets so many more examples right that a sign test believes it, which takes five examples
at least: chosen by likelihood or by one example more, programs were worse on new inputs. The same arguments give
the same program.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import comb
from typing import Any

import numpy as np

from programasweights.checks.matching import exact_match
from programasweights.compiler.base import CompileOptions, Compiler, spec_section
from programasweights.errors import InputError, SpecError
from programasweights.interpreter import Interpreter
from programasweights.lm.decoding import Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.program import Lora, LoraSection, PrefixSection, Program
from programasweights.spec import Example, Spec

__all__ = ["MAX_BUDGET", "MAX_INPUTS", "Rated", "search"]

MAX_BUDGET = 64
MAX_INPUTS = 64
_MOST_FOLDS = 3
_MARGIN = 0.05
"""Agreement by which a candidate must beat the plain program."""
_DOUBT = 0.05
"""Most probable that the examples which a candidate gets right, and the plain program does not, are chance."""
_INVENTED = 6
_INVENTED_TOKENS = 48
_STRENGTHS = (1.0, 0.0, 0.5, 1.5)
"""What the continuous part is multiplied by: 0 leaves it out, others change the LoRA alone."""
_WORDINGS = (
    "{}",
    "{} Answer with the result only.",
    "Here is what to do with each input: {}",
    "{} Give nothing but the output.",
)


@dataclass(frozen=True)
class Rated:
    """The program that was chosen, and the rating of every candidate."""

    program: Program
    """The best candidate."""
    ratings: tuple[float, ...]
    """One for each candidate, the plain program first, from 0 to 1: share of examples that it gets right, or of
    agreement."""
    chosen: int
    """Which candidate it is; 0 for the plain program."""


def search(
    compiler: Compiler,
    spec: Spec,
    engine: Engine,
    options: CompileOptions,
    *,
    budget: int,
    inputs: Sequence[str] = (),
) -> Rated:
    """Compile `budget` candidates and keep the best.

    Args:
        compiler: writes the candidates.
        spec: what the user asks for.
        engine: the interpreter.
        options: of every candidate; the seed of the n-th compile is `options.seed + n`.
        budget: candidates, from 2.
        inputs: inputs to agree on, when the spec has no examples; invented if there are none.

    Raises:
        SpecError: the spec, the budget or the inputs are not usable.
    """
    if type(budget) is not int or not 2 <= budget <= MAX_BUDGET:
        raise SpecError(f"budget is {budget!r}, but must be a whole number from 1 to {MAX_BUDGET}.")
    if len(inputs) > MAX_INPUTS or not all(isinstance(text, str) for text in inputs):
        raise SpecError(f"inputs must be at most {MAX_INPUTS} strings for the candidates to agree on.")
    bench = _Bench(compiler, Interpreter(engine), {})
    plain = bench.compile(_Candidate(0, 1.0, spec, options), spec.examples)
    strengths = _strengths(plain)
    candidates = [
        _Candidate(number // len(strengths), strengths[number % len(strengths)], spec, options)
        for number in range(budget)
    ]
    if spec.examples:
        held_out = [bench.held_out(candidate) for candidate in candidates]
        ratings, way = tuple(round(float(np.mean(right)), 6) for right in held_out), "examples"
        believed = [n for n, right in enumerate(held_out) if n == 0 or _is_better(right, held_out[0])]
        chosen = max(believed, key=lambda number: ratings[number])
    else:
        ratings, way = bench.agreement(candidates, inputs or _invent(spec, engine, options.seed)), "agreement"
        best = int(np.argmax(ratings))
        chosen = best if ratings[best] > ratings[0] + _MARGIN else 0
    program = bench.compile(candidates[chosen], spec.examples)
    recipe = {
        "search_budget": budget,
        "search_by": way,
        "search_candidate": chosen,
        "search_strength": candidates[chosen].strength,
    }
    return Rated(_described(program, spec, options, recipe, ratings), ratings, chosen)


@dataclass(frozen=True)
class _Candidate:
    """One way to ask, and how strong the answer is taken."""

    way: int
    strength: float
    spec: Spec
    options: CompileOptions

    def ask(self, examples: Sequence[Example]) -> tuple[Spec, CompileOptions]:
        """What is compiled when some of the examples may be shown."""
        seed = (self.options.seed + self.way) % 2**63
        wording = _WORDINGS[self.way % len(_WORDINGS)]
        shown = list(examples)
        if self.way:
            order = np.random.default_rng([self.options.seed, self.way]).permutation(len(shown))
            shown = [shown[place] for place in order]
        before = wording.index("{}")
        pictures = tuple((before + place, picture) for place, picture in self.spec.pictures)
        return Spec(wording.format(self.spec.text), tuple(shown), pictures), replace(self.options, seed=seed)


def _strengths(program: Program) -> tuple[float, ...]:
    """The strengths in which programs of this kind differ."""
    if program.lora is not None:
        return _STRENGTHS
    return _STRENGTHS[:2] if program.prefix is not None else _STRENGTHS[:1]


def _strengthened(program: Program, strength: float) -> Program:
    """The program with its continuous part at a strength."""
    behaviour, record = program.behaviour, program.record
    if strength == 1.0:
        return program
    if strength == 0.0:
        bare = {"prefix": PrefixSection(slots=0), "lora": LoraSection(rank=0)}
        return Program(behaviour.model_copy(update=bare), record)
    assert program.lora is not None
    stored = dict(program.lora.stored)
    for name in stored:
        if name.endswith(".b"):
            stored[name] = (stored[name].astype(np.float32) * strength).astype(np.float16)
    return Program(behaviour, record, program.prefix, Lora(stored))


@dataclass(frozen=True)
class _Bench:
    """Compiles candidates and rates them."""

    compiler: Compiler
    interpreter: Interpreter
    compiled: dict[tuple[int, tuple[Example, ...]], Program]
    """What was compiled before, by way and examples: strengths share it."""

    def compile(self, candidate: _Candidate, examples: Sequence[Example]) -> Program:
        """The candidate's program, shown these examples."""
        key = (candidate.way, tuple(examples))
        if key not in self.compiled:
            spec, options = candidate.ask(examples)
            self.compiled[key] = self.compiler.compile(spec, self.interpreter.engine, options)
        return _strengthened(self.compiled[key], candidate.strength)

    def held_out(self, candidate: _Candidate) -> list[bool]:
        """Which examples programs get right that were compiled without them."""
        examples = candidate.spec.examples
        folds = min(len(examples), _MOST_FOLDS)
        right = []
        for fold in range(folds):
            shown = [example for place, example in enumerate(examples) if place % folds != fold]
            held = examples[fold::folds]
            prepared = self.interpreter.prepare(self.compile(candidate, shown))
            outputs = self.interpreter.run(prepared, [given for given, _ in held])
            right += [
                exact_match(found, wanted) > 0 for found, (_, wanted) in zip(outputs, held, strict=True)
            ]
        return right

    def agreement(self, candidates: Sequence[_Candidate], inputs: Sequence[str]) -> tuple[float, ...]:
        """For each candidate, how like its outputs are to the other candidates' on the same inputs."""
        outputs = [self._outputs(candidate, inputs) for candidate in candidates]
        return tuple(
            round(float(np.mean([_alike(mine, other) for n, other in enumerate(outputs) if n != number])), 6)
            for number, mine in enumerate(outputs)
        )

    def _outputs(self, candidate: _Candidate, inputs: Sequence[str]) -> list[str]:
        try:
            prepared = self.interpreter.prepare(self.compile(candidate, ()))
            return self.interpreter.run(prepared, inputs)
        except InputError as error:
            raise SpecError(f"an input to agree on cannot be run: {error}") from error


def _is_better(right: Sequence[bool], plain: Sequence[bool]) -> bool:
    """Whether a one-sided sign test at 5% believes that more examples come out right than with the plain program."""
    pairs = list(zip(right, plain, strict=True))
    wins, losses = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
    tosses = wins + losses
    as_many = sum(comb(tosses, heads) for heads in range(wins, tosses + 1))
    return bool(as_many <= _DOUBT * 2**tosses)


def _alike(first: Sequence[str], second: Sequence[str]) -> float:
    """Mean likeness of outputs: 1 where they are equal, at most one half where they are not."""
    pairs = zip(first, second, strict=True)
    return float(np.mean([1.0 if a == b else SequenceMatcher(None, a, b).ratio() / 2 for a, b in pairs]))


def _invent(spec: Spec, engine: Engine, seed: int) -> list[str]:
    """Inputs that the base model thinks of; the task itself if it thinks of none."""
    chat, tokenizer = engine.chat, engine.tokenizer
    asked = f"Here is a task: {spec.text}\n\nWrite one short input that somebody could give for this task."
    ids = tokenizer.template_ids(chat.begin + chat.open) + tokenizer.text_ids(asked)
    ids += tokenizer.template_ids(chat.close)
    if len(ids) + _INVENTED_TOKENS > engine.config.context_length:
        return [spec.text[:200]]
    draws = [Sampling(0.8, 0.95, seed + number) for number in range(_INVENTED)]
    requests = [Request(ids, _INVENTED_TOKENS, sampling=sampling) for sampling in draws]
    texts = {index: tokenizer.decode(done.ids).strip() for index, done in complete(engine, requests)}
    found = dict.fromkeys(texts[index] for index in range(_INVENTED) if texts[index])
    return list(found) or [spec.text[:200]]


def _described(
    program: Program, spec: Spec, options: CompileOptions, found: dict[str, Any], ratings: Sequence[float]
) -> Program:
    """The program under the user's own spec and seed, with how it was found."""
    recipe = dict(program.behaviour.recipe) | found
    chosen = found["search_candidate"]
    changes = {"spec": spec_section(spec), "seed": options.seed, "recipe": recipe}
    name = "held_out_accuracy" if found["search_by"] == "examples" else "agreement"
    scores = dict(program.record.scores) | {f"{name}_first": ratings[0], f"{name}_chosen": ratings[chosen]}
    return Program(
        behaviour=program.behaviour.model_copy(update=changes),
        record=program.record.model_copy(update={"scores": scores}),
        prefix=program.prefix,
        lora=program.lora,
    )
