"""The option `--returns`: a type of output in one word."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

__all__ = ["Returns", "parse_returns"]

Returns = Annotated[
    str | None,
    typer.Option(
        help="Type of the output: bool, int, float, labels as a,b,c, or the .json file of a JSON schema."
    ),
]

_WORDS: dict[str, type] = {"bool": bool, "int": int, "float": float}


def parse_returns(text: str | None) -> Any:
    """What `paw.function(returns=...)` takes, or None."""
    if text is None:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if text.endswith(".json"):
        return _schema(Path(text))
    labels = tuple(label.strip() for label in text.split(","))
    if len(labels) < 2 or not all(labels) or len(set(labels)) < len(labels):
        raise typer.BadParameter(
            f"--returns is {text!r}, but must be bool, int, float, two or more different labels as a,b,c, or the .json "
            "file of a JSON schema."
        )
    return Literal.__getitem__(labels)


def _schema(path: Path) -> dict[str, Any]:
    try:
        schema = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise typer.BadParameter(f"{path} is not JSON: {error}.") from error
    if not isinstance(schema, dict):
        raise typer.BadParameter(f"{path} is not a JSON schema: it holds no object.")
    return schema
