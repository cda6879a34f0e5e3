"""`paw test`: a suite of cases and properties, run on a program."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from programasweights import api
from programasweights.checks.suite import Suite, load_suite
from programasweights.checks.suite_report import HEAD, junit, run_suite
from programasweights.cli.single import single_function
from programasweights.cli.tables import show_table
from programasweights.functions import Function
from programasweights.progress import progress
from programasweights.typed import TypedFunction

__all__ = ["paw_test"]


def paw_test(
    suite: Annotated[Path, typer.Argument(help="A suite in YAML or JSON; see docs/testing.md.")],
    program: Annotated[
        str | None,
        typer.Argument(
            help="A .paw file, an id, or user/name[@v2], in place of the one that the suite names."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole report as one JSON object.")
    ] = False,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write the report as JUnit XML, too.")
    ] = None,
    server: Annotated[
        str | None, typer.Option(help="Server to fetch from or compile on; PAW_SERVER by default.")
    ] = None,
) -> None:
    """Test a program on a suite of cases and properties.

    What did not pass is listed on stderr. The exit code is 1 if fewer cases passed, or a property holds less often,
    than the suite asks for.

    [bold]Examples[/bold]

    paw test urgent.yaml

    paw test urgent.yaml urgent.paw --junit report.xml
    """
    asked = load_suite(suite)
    function = _function(asked, suite.parent, program, server)
    with progress("Testing"):
        report = run_suite(function, asked, name=suite.name, program=function.id)
    if junit_file is not None:
        junit_file.write_text(junit(report), "utf-8")
    show_table(HEAD, report.failures())
    typer.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else report.headline)
    if not report.passed:
        raise typer.Exit(1)


def _function(
    suite: Suite, folder: Path, program: str | None, server: str | None
) -> Function | TypedFunction[Any]:
    """The program that is tested: the one that is named on the command line, else the suite's."""
    if program is not None:
        return single_function(program, server=server)
    if suite.program is not None:
        beside = folder / suite.program
        return single_function(beside if beside.exists() else suite.program, server=server)
    if suite.prompt is None:
        raise typer.BadParameter("the suite names no program and no prompt; name a program behind it.")
    with progress("Compiling"):
        return api.compile(suite.prompt, [(e.input, e.output) for e in suite.examples], server=server)
