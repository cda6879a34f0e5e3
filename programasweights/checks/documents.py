"""YAML and JSON files with the line on which each field stands, so that messages can name it.

In YAML every scalar is text, as it is written: `expected: no` is the text `no` and not a boolean, and `007` keeps its
zeros. References (`&a`, `*a`) and keys that stand twice are refused.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from programasweights.errors import DataError

__all__ = ["Lines", "line_of", "read_document"]

Place = tuple[str | int, ...]
Lines = Mapping[Place, int]
"""Keys and indices down to a field -> its line, counted from 1."""


def read_document(path: Path) -> tuple[Any, Lines]:
    """What a file holds; JSON if it is called so (without lines), else YAML.

    Raises:
        DataError: it is not valid.
    """
    text = path.read_text("utf-8")
    try:
        if path.suffix == ".json":
            return json.loads(text, object_pairs_hook=_once), {}
        lines: dict[Place, int] = {}
        node = yaml.compose(text, Loader=_Loader)
        return (None if node is None else _value(node, (), lines)), lines
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DataError(f"{path} is not valid: {_fault(error)}") from None


def line_of(place: Place, lines: Lines) -> int | None:
    """The line of a field or, if it is not there, of what it should stand in."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


class _Loader(yaml.BaseLoader):
    """Without references: one line could stand for a billion."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(problem="references are not supported", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def _value(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, number), lines) for number, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value
        if not isinstance(name, str) or name in found:
            problem = f"{name!r:.60} stands twice" if isinstance(name, str) else "a name must be text"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
        found[name] = _value(value, (*place, name), lines)
        lines[(*place, name)] = key.start_mark.line + 1
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"{max(names, key=names.count)!r:.60} stands twice in one object")
    return dict(pairs)


def _fault(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}."
    if isinstance(error, RecursionError):
        return "it is nested too deeply."
    return f"{error}."
