"""How well instructions are executed: replies drawn at a temperature, judged, with 95% intervals.

Intervals draw whole instructions anew, because the replies to one instruction succeed and fail together. Beside the
share of right replies stands -log p per token of the right ones, which shows what is too little to change a reply.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import torch
from pydantic import BaseModel

from programasweights.data.pbb.grammars.domain import Baseline, GrammarDomain
from programasweights.data.pbb.records import Execution, Instruction, Split, prompted
from programasweights.training.pbb.config import PbbConfig, Reply
from programasweights.training.pbb.learner import Learner
from programasweights.training.pbb.material import Material
from programasweights.training.pbb.rows import chunks

__all__ = ["InstructionScore", "Interval", "ReplyScore", "SplitScore", "baselines", "interval", "score"]

KEYS: Mapping[str, str] = {"arithmetic": "operations", "ciphers": "family", "grammars": "vocabulary"}
"""By domain, the attribute that scores are grouped by."""
_DRAWS = 2000


class Interval(BaseModel):
    """A mean over instructions with its 95% interval."""

    mean: float
    """The mean."""
    low: float
    """2.5th percentile of means of instructions drawn anew."""
    high: float
    """97.5th percentile."""


class KindScore(BaseModel):
    """Of one instruction's executions of one kind, such as ciphers with a common shift."""

    right: float
    """Share of replies that are right."""
    nll: float
    """-log p per token of the right replies, mean over executions."""


class KindScores(BaseModel):
    """Of all instructions' executions of one kind."""

    right: Interval
    """Share of replies that are right."""
    nll: Interval
    """-log p per token of the right replies."""


class InstructionScore(BaseModel):
    """Of one instruction, asked in one way."""

    name: str
    """Of the instruction."""
    group: str
    """Its value of the attribute in `KEYS`; empty where there is none."""
    right: float
    """Share of replies that are right."""
    unreadable: float
    """Share of replies that cannot be read as an answer."""
    nll: float
    """-log p per token of the right replies, mean over executions."""
    kinds: dict[str, KindScore] = {}
    """By what the domain tells its executions apart by."""


class ReplyScore(BaseModel):
    """Of all instructions of a split, asked in one way."""

    right: Interval
    """Share of replies that are right."""
    unreadable: Interval
    """Share of replies that cannot be read as an answer."""
    nll: Interval
    """-log p per token of the right replies."""
    groups: dict[str, float]
    """Share of right replies by the attribute in `KEYS`."""
    kinds: dict[str, KindScores] = {}
    """By what the domain tells its executions apart by."""
    instructions: list[InstructionScore]
    """Each instruction."""


Part = Split | Literal["composed"]
"""A split, or compositions of held-out functions."""
SplitScore = dict[Part, dict[Reply, ReplyScore]]


def interval(values: Sequence[float], *, seed: int = 0) -> Interval:
    """The mean of one value for each instruction, and its interval."""
    array = np.array(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(len(array), size=(_DRAWS, len(array)))
    low, high = np.percentile(array[drawn].mean(axis=1), [2.5, 97.5])
    return Interval(mean=round(float(array.mean()), 5), low=round(float(low), 5), high=round(float(high), 5))


def score(learner: Learner, material: Material, *, told: bool = False) -> SplitScore:
    """Ask for the executions of the evaluation.

    Args:
        learner: as it is.
        material: of the run.
        told: whether the instruction is shown with each question, as in prompting.
    """
    found: dict[Part, dict[Reply, list[InstructionScore]]] = defaultdict(lambda: defaultdict(list))
    for reply in material.config.replies:
        for one, result in _all_scored(learner, material, reply, told=told):
            part: Part = "composed" if one in material.composed else one.split
            found[part][reply].append(result)
    return {s: {reply: _together(rows) for reply, rows in by.items()} for s, by in found.items()}


def baselines(material: Material) -> dict[str, Interval]:
    """For grammars: the share of sentences of each kind made without the grammar that are valid all the same."""
    domain = material.domain
    if not isinstance(domain, GrammarDomain):
        return {}
    held = [one for one in material.instructions if one.split == "eval"]
    return {
        kind: interval(
            [
                float(
                    np.mean(
                        [domain.check(one, e, domain.baseline(one, e, kind)) for e in material.asked[one.id]]
                    )
                )
                for one in held
            ]
        )
        for kind in get_args(Baseline)
    }


def _all_scored(
    learner: Learner, material: Material, reply: Reply, *, told: bool
) -> list[tuple[Instruction, InstructionScore]]:
    """Every scored instruction, asked in one way."""
    ones = material.scored()
    asked = [(one, execution) for one in ones for execution in material.asked[one.id]]
    tasks = [_task(one, material.config) if told else "" for one, _ in asked]
    verdicts = _verdicts(learner, material, asked, tasks, reply)
    rates = _rates(learner, asked, tasks, reply, material.config)
    results = []
    for one in ones:
        own = [n for n, (other, _) in enumerate(asked) if other is one]
        counts = sum((verdicts[n] for n in own), Counter[str]())
        total = counts.total()
        kinds: dict[str, list[int]] = defaultdict(list)
        for n in own:
            kinds[material.domain.kind(asked[n][1])].append(n)
        result = InstructionScore(
            name=one.name,
            group=str(one.attributes.get(KEYS.get(one.domain, ""), "")),
            right=round(counts["right"] / total, 5),
            unreadable=round(counts["unreadable"] / total, 5),
            nll=_mean([rates[n] for n in own]),
            kinds={
                kind: KindScore(
                    right=_mean([verdicts[n]["right"] / verdicts[n].total() for n in places]),
                    nll=_mean([rates[n] for n in places]),
                )
                for kind, places in sorted(kinds.items())
                if kind
            },
        )
        results.append((one, result))
    return results


def _task(one: Instruction, config: PbbConfig) -> str:
    return one.text if config.form == "code" else one.description


def _verdicts(
    learner: Learner,
    material: Material,
    asked: Sequence[tuple[Instruction, Execution]],
    tasks: Sequence[str],
    reply: Reply,
) -> list[Counter[str]]:
    """For each execution, how many replies got which verdict."""
    config, domain = material.config, material.domain
    prompts = [
        learner.reader.question(prompted(e, steps=reply == "steps")[0], task)
        for (_, e), task in zip(asked, tasks, strict=True)
    ]
    found: list[Counter[str]] = [Counter() for _ in asked]
    limit = config.most_tokens(reply)
    sizes = [config.samples * (len(prompt) + limit) for prompt in prompts]
    for number, part in enumerate(chunks(sizes, config.pass_tokens * 4)):
        samples = learner.sample(
            [prompts[n] for n in part], group=config.samples, limit=limit, temperature=config.temperature,
            seed=config.seed * 1_000_003 + number,
        )  # fmt: skip
        for place, sample in enumerate(samples):
            one, execution = asked[part[place // config.samples]]
            verdict = domain.verdict(one, execution, learner.said(sample))
            found[part[place // config.samples]][verdict if sample.finished else "unreadable"] += 1
    return found


def _rates(
    learner: Learner,
    asked: Sequence[tuple[Instruction, Execution]],
    tasks: Sequence[str],
    reply: Reply,
    config: PbbConfig,
) -> list[float]:
    """For each execution, -log p per token of the right reply."""
    rows = [learner.reader.execution(e, reply, task) for (_, e), task in zip(asked, tasks, strict=True)]
    found = [0.0] * len(rows)
    with torch.no_grad():
        for part in chunks([len(row.ids) for row in rows], config.pass_tokens):
            sums, counts = learner.log_probabilities([rows[n] for n in part])
            for place, value in zip(part, (-sums / counts).tolist(), strict=True):
                found[place] = value
    return found


def _together(rows: Sequence[InstructionScore]) -> ReplyScore:
    groups: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row.right)
    kinds = {kind for row in rows for kind in row.kinds}
    return ReplyScore(
        right=interval([row.right for row in rows]),
        unreadable=interval([row.unreadable for row in rows]),
        nll=interval([row.nll for row in rows]),
        groups={key: _mean(values) for key, values in sorted(groups.items()) if key},
        kinds={
            kind: _of_kind([row.kinds[kind] for row in rows if kind in row.kinds]) for kind in sorted(kinds)
        },
        instructions=list(rows),
    )


def _of_kind(scores: Sequence[KindScore]) -> KindScores:
    return KindScores(
        right=interval([score.right for score in scores]), nll=interval([score.nll for score in scores])
    )


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 5)
