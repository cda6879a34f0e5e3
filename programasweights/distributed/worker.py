"""What runs in a Ray worker: one engine and one function for the life of the process.

The base model comes from the node's own cache folder, where the first worker of a node converts it while the others
wait. Leaves out where rows come from and where they go.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from programasweights.errors import PawError
from programasweights.records import ColumnKind, answered
from programasweights.settings import Precision

if TYPE_CHECKING:
    import pyarrow as pa
    from ray import ObjectRef

__all__ = ["Worker", "WorkerPlan", "added_fields"]


@dataclass(frozen=True)
class WorkerPlan:
    """What every worker is told."""

    column: str
    """Column of the inputs."""
    output_column: str
    """Column of the outputs; `<output_column>_error` says why there is none."""
    kind: ColumnKind
    """What it holds."""
    returns: object
    """Type of the values, as `paw.function` takes it; None for text."""
    cache: str | None
    """File on the node's disk that keeps outputs."""
    threads: int
    """CPU threads of the engine."""
    precision: Precision
    """Weights of the linear layers, the same on all nodes."""


class Worker:
    """Runs blocks of rows, one after the other."""

    def __init__(self, program: "ObjectRef[bytes]", plan: WorkerPlan) -> None:
        """Load the engine and bind the program, whose `.paw` bytes lie in the object store."""
        import ray

        from programasweights import api

        os.environ |= {"PAW_THREADS": str(plan.threads), "PAW_PRECISION": plan.precision}
        self._plan = plan
        self._failure: PawError | None = None
        try:
            self._function = api.function(ray.get(program), returns=plan.returns)
        except PawError as error:
            self._failure = (
                error  # raised by the first block: of what is raised here, Ray keeps the words only
            )

    def __call__(self, block: "pa.Table") -> "pa.Table":
        """The block with two columns more: the outputs, and why there is none."""
        import pyarrow as pa

        if self._failure is not None:
            raise self._failure
        values, errors = [], []
        for value, error in answered(self._run, iter(block.column(self._plan.column).to_pylist())):
            values.append(_cell(self._plan.kind, value))
            errors.append(error)
        for field, column in zip(added_fields(self._plan), (values, errors), strict=True):
            block = block.append_column(field, pa.array(column, field.type))
        return block

    def _run(self, texts: Sequence[str]) -> list[Any]:
        from programasweights.typed.columns import column_value

        values = self._function.map(texts, cache=self._plan.cache)
        return [column_value(self._plan.kind, value) for value in values]


def added_fields(plan: WorkerPlan) -> "list[pa.Field[Any]]":
    """Names and types of the two columns."""
    import pyarrow as pa

    kinds = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64()}
    return [
        pa.field(plan.output_column, kinds.get(plan.kind, pa.string())),
        pa.field(f"{plan.output_column}_error", pa.string()),
    ]


def _cell(kind: ColumnKind, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if kind == "json" and value is not None else value
