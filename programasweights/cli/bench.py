"""`paw bench`: run systems on suites of tasks."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from programasweights.progress import progress, say

__all__ = ["bench"]


def bench(
    suite: Annotated[
        list[str],
        typer.Option(help="test-spec, test-family, valid, instructions, wrench-NAME, or a file of records."),
    ],
    system: Annotated[
        list[str],
        typer.Option(
            help="compiled[:COMPILER], prompt[:MODEL], compiled-few, prompt-few, api:URL#MODEL, code:MODEL, majority."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Results, a .json file; answers, table and plots go beside it.")],
    data: Annotated[list[Path] | None, typer.Option(help="Folder to look for a suite's files in.")] = None,
    tasks: Annotated[int, typer.Option(min=1, help="Most tasks of a suite.")] = 300,
    cases: Annotated[int, typer.Option(min=1, help="Most inputs of a task.")] = 4,
    wrong: Annotated[int, typer.Option(min=0, help="Wrong answers to print for each.")] = 3,
    plots: Annotated[bool, typer.Option(help="Draw plots; needs matplotlib.")] = True,
) -> None:
    """Run systems on suites: scores with intervals, by area, with size and speed. A stopped run goes on."""
    from programasweights.evaluation.bench import run_bench
    from programasweights.evaluation.report import markdown, plot, wrong_answers
    from programasweights.evaluation.suites import load_suite
    from programasweights.evaluation.systems import get_system

    if out.suffix != ".json":
        raise typer.BadParameter(f"--out is {out}, but must end in .json.")
    suites = [load_suite(name, data or (), tasks=tasks, cases=cases) for name in suite]
    systems = [get_system(name) for name in system]
    total = len(systems) * sum(len(t.cases) for s in suites for t in s.tasks)
    command = "paw " + shlex.join(a for a in sys.argv[1:] if a)
    with progress("Answering", total=total, unit="inputs") as advance:
        results = run_bench(suites, systems, out, command=command, advance=advance)
    page = markdown(results)
    out.with_suffix(".md").write_text(page, "utf-8")
    if plots:
        for path in plot(results, out.with_suffix("")):
            say(f"wrote {path}")
    typer.echo(page)
    if wrong:
        typer.echo(wrong_answers(results, wrong))
