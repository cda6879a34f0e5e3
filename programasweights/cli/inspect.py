"""`paw inspect`: what a program file or bundle file holds. Needs no base model."""

import json
from typing import Annotated

import typer

from programasweights import api
from programasweights.composition import describe
from programasweights.program import Bundle, Program, bundle_to_bytes
from programasweights.progress import printable

__all__ = ["inspect"]


def inspect(
    program: Annotated[str, typer.Argument(help="A .paw file, or the id of a program compiled here.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what a program holds, without running it.

    [bold]Example[/bold]

    paw inspect urgent.paw
    """
    loaded = api.open_source(program)
    if isinstance(loaded, Bundle):
        typer.echo(_bundle_json(loaded) if as_json else printable(describe(loaded)))
        return
    size = len(api.save(loaded))
    if as_json:
        typer.echo(json.dumps(loaded.manifest.model_dump() | {"bytes": size}, ensure_ascii=False, indent=1))
    else:
        typer.echo(printable(_page(loaded, size)))


def _bundle_json(bundle: Bundle) -> str:
    """The graph, and the manifest of each program."""
    shown = {
        "bundle_id": bundle.id,
        "behaviour": bundle.behaviour.model_dump(),
        "programs": [program.manifest.model_dump() for program in bundle.members.values()],
        "bytes": len(bundle_to_bytes(bundle)),
    }
    return json.dumps(shown, ensure_ascii=False, indent=1)


def _page(program: Program, size: int) -> str:
    behaviour, record = program.behaviour, program.record
    model, compiler = behaviour.interpreter, behaviour.compiler
    slots, lora = behaviour.prefix.slots, behaviour.lora
    facts = {
        "id": program.id,
        "size": f"{size:,} bytes",
        "KV prefix": f"{slots} slots ({behaviour.prefix.storage})" if slots else "none",
        "LoRA": f"rank {lora.rank} on {', '.join(lora.modules)}" if lora.rank else "none",
        "interpreter": f"{model.name} ({model.digest[:12]}), {model.layers} layers",
        "compiler": compiler.name + (f" ({compiler.checkpoint[:12]})" if compiler.checkpoint else ""),
        "recipe": "; ".join(f"{name} = {value}" for name, value in behaviour.recipe.items()),
        "seed": behaviour.seed,
        "output": f"at most {behaviour.generation.max_new_tokens} tokens",
        "stops at": ", ".join(map(repr, behaviour.generation.stop)) or "nothing but the model's own end",
        "compiled": f"{record.created_at or 'unknown'} by {record.package_version}",
        "scores": ", ".join(f"{name} {value:g}" for name, value in record.scores.items()) or "none",
    }
    lines = [f"{name + ':':<14}{value}" for name, value in facts.items()]
    pairs = [f"{given!r} => {wanted!r}" for given, wanted in behaviour.spec.examples]
    return "\n".join(
        [*lines, "", "Spec", behaviour.spec.text, *pairs, "", "Pseudo-program", behaviour.pseudo_program]
    )
