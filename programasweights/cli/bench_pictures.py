"""`paw bench-pictures`: run systems on held-out pictures."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from programasweights.progress import progress, say

__all__ = ["bench_pictures"]


def bench_pictures(
    system: Annotated[
        list[str],
        typer.Option(
            help="paw[:FILE], paw-blind[:FILE], paw-swapped[:FILE], paw-told[:FILE], majority, ocr[:MODEL], "
            "ocr-few[:MODEL], vlm:MODEL.gguf#MMPROJ.gguf, or a system of `paw bench`, which does not see the picture."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Results, a .json file; answers, table and figure go beside it.")],
    task: Annotated[
        list[str] | None, typer.Option(help="chemical, circuit, music, smiles, latex; all by default.")
    ] = None,
    pictures: Annotated[int, typer.Option(min=1, help="Pictures of each task.")] = 100,
    seed: Annotated[int, typer.Option(help="Another seed draws other pictures.")] = 0,
    level: Annotated[int | None, typer.Option(help="1 easy to 3 as in documents; mixed by default.")] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="Take pictures of the split test from this file or folder; none are drawn."),
    ] = None,
    interpreter: Annotated[str | None, typer.Option(help="The model that programs run on.")] = None,
    wrong: Annotated[int, typer.Option(min=0, help="Wrong answers to print for each.")] = 3,
) -> None:
    """Ask systems and blind controls about held-out pictures: scores with intervals. A stopped run goes on.

    Example: paw bench-pictures --system paw --system paw-blind --system majority --out results.json
    """
    from programasweights.data.images import TASKS
    from programasweights.evaluation.pictures.report import markdown, plot
    from programasweights.evaluation.pictures.run import run_pictures
    from programasweights.evaluation.pictures.sample import draw_sample, read_sample
    from programasweights.evaluation.pictures.systems import get_picture_system
    from programasweights.evaluation.report import wrong_answers
    from programasweights.lm.registry import DEFAULT_MODEL

    if out.suffix != ".json":
        raise typer.BadParameter(f"--out is {out}, but must end in .json.")
    tasks = task or TASKS
    say("Drawing pictures ..." if data is None else f"Reading {data} ...")
    sample = (
        draw_sample(tasks, count=pictures, seed=seed, level=level)
        if data is None
        else read_sample(data, tasks, count=pictures)
    )
    systems = [get_picture_system(name, sample, interpreter=interpreter or DEFAULT_MODEL) for name in system]
    total = len(systems) * sum(sample.info.questions.values())
    command = "paw " + shlex.join(a for a in sys.argv[1:] if a)
    with progress("Answering", total=total, unit="questions") as advance:
        results = run_pictures(sample, systems, out, command=command, advance=advance)
    page = markdown(results)
    out.with_suffix(".md").write_text(page, "utf-8")
    plot(results, out.with_suffix(".png"))
    say(f"wrote {out.with_suffix('.png')}")
    typer.echo(page)
    if wrong:
        typer.echo(wrong_answers(results, wrong))
