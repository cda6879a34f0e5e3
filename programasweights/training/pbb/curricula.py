"""The curricula as arms: each arm is one stage of training, from the base model or from the end of another arm.

proactive      documents and executions of training instructions, then documents of held-out ones
retroactive    documents of all instructions, then executions of training ones (SFT, DPO or GRPO)
single         each of these stages alone: the controls
mixture        documents of all and executions of training instructions at once
distillation   as proactive, with k executions of held-out instructions in place of, or beside, their text
"""

from collections.abc import Iterator
from dataclasses import dataclass

from programasweights.data.pbb.records import Split
from programasweights.training.pbb.config import Curriculum, Method, PbbConfig

__all__ = ["Arm", "Stage", "arms_of"]

_ALL: tuple[Split, ...] = ("train", "eval")


@dataclass(frozen=True)
class Stage:
    """What one stage learns from."""

    documents: tuple[Split, ...] = ()
    """Splits whose instructions' texts are learnt."""
    executions: tuple[Split, ...] = ()
    """Splits whose executions are learnt."""
    method: Method = "sft"
    """How executions are learnt."""
    demonstrations: int | None = None
    """Executions of each instruction; None for all that are drawn for training."""


@dataclass(frozen=True)
class Arm:
    """A stage, and where it starts."""

    name: str
    """Names it in results and files."""
    stage: Stage
    """What it learns from."""
    after: str | None = None
    """The arm from whose weights it starts; None for the base model."""


_FIRST = Arm("proactive-1", Stage(documents=("train",), executions=("train",)))
_TEXT = Stage(documents=("eval",))
_ALL_TEXTS = Arm("retroactive-1", Stage(documents=_ALL))


def arms_of(config: PbbConfig) -> list[Arm]:
    """The arms of a config's curricula, each once, in an order in which they can be trained."""
    found = {arm.name: arm for curriculum in config.curricula for arm in _arms(curriculum, config)}
    return list(found.values())


def _arms(curriculum: Curriculum, config: PbbConfig) -> Iterator[Arm]:
    executions = Stage(executions=("train",), method=config.method)
    match curriculum:
        case "proactive":
            yield _FIRST
            yield Arm("proactive", _TEXT, _FIRST.name)
        case "retroactive":
            yield _ALL_TEXTS
            yield Arm("retroactive", executions, _ALL_TEXTS.name)
        case "single":
            named = {"proactive", "retroactive"} & set(config.curricula) or {"proactive", "retroactive"}
            if "proactive" in named:
                yield from (_FIRST, Arm("proactive-2", _TEXT))
            if "retroactive" in named:
                yield from (_ALL_TEXTS, Arm("retroactive-2", executions))
        case "mixture":
            yield Arm("mixture", Stage(documents=_ALL, executions=("train",)))
        case "distillation":
            yield _FIRST
            for count in config.demonstrations:
                shown = Stage(executions=("eval",), demonstrations=count)
                yield Arm(f"demonstrations-{count}", shown, _FIRST.name)
                both = Stage(documents=("eval",), executions=("eval",), demonstrations=count)
                yield Arm(f"text-and-{count}", both, _FIRST.name)
