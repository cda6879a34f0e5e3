"""A trained LoRA as a `.paw` program without a task: it can be called, and other programs can be written on top of it.

One format for what a curriculum has learnt and what a compile writes, read with the same checks.
"""

from programasweights.interpreter.template import DEFAULT_TEMPLATE
from programasweights.program import (
    Behaviour,
    CompilerSection,
    GenerationSection,
    InterpreterSection,
    LoraSection,
    PrefixSection,
    Program,
    Record,
    SpecSection,
)
from programasweights.training.pbb.config import PbbConfig
from programasweights.training.pbb.learner import Learner

__all__ = ["primed_program"]


def primed_program(learner: Learner, config: PbbConfig, arm: str) -> Program:
    """What a learner has learnt in an arm of a run."""
    from importlib.metadata import version

    lora, shape = learner.lora(), learner.config
    behaviour = Behaviour(
        spec=SpecSection(text=f"Execute instructions of the domain {config.domain} by their names."),
        pseudo_program="",
        template=DEFAULT_TEMPLATE,
        interpreter=InterpreterSection(
            name=learner.base, digest=learner.digest, layers=shape.layers, kv_heads=shape.kv_heads,
            head_dim=shape.head_dim,
        ),
        compiler=CompilerSection(name="pbb"),
        seed=config.seed,
        recipe={"domain": config.domain, "arm": arm, "instructions": config.instructions, "epochs": config.epochs},
        generation=GenerationSection(max_new_tokens=config.most_tokens(config.replies[-1])),
        prefix=PrefixSection(slots=0),
        lora=LoraSection(rank=lora.rank, modules=lora.modules),
    )  # fmt: skip
    return Program(behaviour, Record(package_version=version("programasweights")), lora=lora)
