"""What a column of a function's values holds: the same for table files, data frames and databases.

Booleans, numbers and texts (labels and Enum members too) have columns of their own; any other value is JSON.
"""

from enum import Enum
from typing import Any

from programasweights.composition import Pipeline
from programasweights.composition.stages import Call, Constant, Pipe, Require, Stage, Switch
from programasweights.errors import OutputError
from programasweights.records import ColumnKind
from programasweights.typed.types import OutputType

__all__ = ["column_kind", "column_value"]


def column_kind(function: object) -> ColumnKind:
    """The kind of a column of what a function or a pipeline returns: that of its type, or text without one."""
    if isinstance(function, Pipeline):
        return _kind_of_stage(function.stage)
    kind = getattr(function, "type", None)
    if not isinstance(kind, OutputType):
        return "text"
    if kind.labels:
        return _kind_of_values([kind.parse(label) for label in kind.labels])
    known: dict[str, ColumnKind] = {"int": "int", "float": "float", "str": "text", "pattern": "text"}
    return known.get(kind.name, "json")


def column_value(kind: ColumnKind, value: Any) -> Any:
    """A function's value as a column of that kind holds it; None stays None.

    Raises:
        OutputError: it is of another kind, as a fallback's may be.
    """
    if value is None:
        return None
    if isinstance(value, Enum):
        value = _text(value)
    if kind == "json":
        return _as_json(value)
    if kind == "float" and type(value) is int:
        return float(value)
    if type(value) is not {"bool": bool, "int": int, "float": float, "text": str}[kind]:
        raise OutputError(f"{value!r:.100} is no {kind}, which the column holds.")
    return value


def _kind_of_stage(stage: Stage) -> ColumnKind:
    if isinstance(stage, Call):
        return column_kind(stage.function)
    if isinstance(stage, Constant):
        return "text"
    if isinstance(stage, Pipe):
        return _kind_of_stage(stage.stages[-1])
    if isinstance(stage, Require):
        return _common(stage.stage, stage.fallback)
    if isinstance(stage, Switch):
        return _common(*stage.cases.values(), stage.default)
    return "json"  # lists, and what Python functions give


def _common(*stages: Stage | None) -> ColumnKind:
    kinds = {_kind_of_stage(stage) for stage in stages if stage is not None}
    return kinds.pop() if len(kinds) == 1 else "json"


def _kind_of_values(values: list[Any]) -> ColumnKind:
    kinds = {str if isinstance(value, Enum) else type(value) for value in values}
    known: dict[type, ColumnKind] = {bool: "bool", int: "int", str: "text"}
    return known[kinds.pop()] if len(kinds) == 1 else "json"


def _text(member: Enum) -> str:
    return member.value if isinstance(member.value, str) else member.name


def _as_json(value: Any) -> Any:
    from pydantic_core import PydanticSerializationError, to_jsonable_python

    try:
        return to_jsonable_python(value, by_alias=True)
    except PydanticSerializationError as error:
        raise OutputError(f"{value!r:.100} has no JSON form: {error}.") from error
