"""`paw demo`: compiles a few specs and calls the functions, for real."""

import tempfile
import time
from pathlib import Path

import typer

from programasweights import api

__all__ = ["demo"]

_SPECS = [
    (
        "Parse '(A) ... (B) ...' into a JSON dictionary from option label to text.",
        [
            ("(A) red (B) blue", '{"A": "red", "B": "blue"}'),
            ("(A) one (B) two (C) three", '{"A": "one", "B": "two", "C": "three"}'),
        ],
        ["(A) cat (B) dog", "(A) yes (B) no (C) maybe"],
    ),
    (
        "Extract the first name.",
        [
            ("My name is John Smith", "John"),
            ("I am Mary Jones from Leeds", "Mary"),
            ("This is Peter Brown speaking", "Peter"),
        ],
        ["I am Tom Hill, nice to meet you", "This is Laura Stone"],
    ),
    (
        "Extract the email address.",
        [
            ("Write to bob@mail.com today", "bob@mail.com"),
            ("ann.lee@corp.org is my address", "ann.lee@corp.org"),
        ],
        ["You can reach me at kim@example.com, thanks!", "Send it to help@example.org please"],
    ),
]


def demo() -> None:
    """Compile three tasks on the default base model and call them.

    Compiler and interpreter are small, so some answers may be wrong; nothing here is canned.
    """
    for spec, examples, inputs in _SPECS:
        start = time.perf_counter()
        function = api.compile(spec, examples, max_new_tokens=48, server="")
        typer.secho(f"\n{spec}", bold=True)
        typer.echo(
            f"  {len(examples)} examples, compiled in {time.perf_counter() - start:.2f} s, id {function.id[:16]}"
        )
        for text in inputs:
            start = time.perf_counter()
            output = function(text)
            typer.echo(f"  {text!r} -> {output!r}  ({1e3 * (time.perf_counter() - start):.0f} ms)")
    with tempfile.TemporaryDirectory() as folder:
        path = function.dump(Path(folder) / "email.paw")
        again = api.function(path)
        same = again(inputs[0]) == function(inputs[0])
        typer.echo(
            f"\nDumped to {path.name}, {path.stat().st_size:,} bytes; loaded again, same output: {same}"
        )
    typer.echo(
        "The model is small and its compiler hardly trained: on other tasks expect wrong answers too.",
        err=True,
    )
