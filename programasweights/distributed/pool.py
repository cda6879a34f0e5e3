"""A pool of Ray workers that run one program over blocks of rows, in order.

Ray Data restarts a worker that dies and gives its blocks to another; the outputs are the same whoever makes them.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from programasweights.distributed.worker import Worker, WorkerPlan, added_fields
from programasweights.errors import PawError
from programasweights.records import answered
from programasweights.records.writing import Answer

if TYPE_CHECKING:
    from ray import ObjectRef
    from ray.data import Dataset, MaterializedDataset

__all__ = ["Concurrency", "Pool", "connect"]

Concurrency = int | tuple[int, int]
"""How many workers, or the fewest and the most."""

_TEXT, _PLACE = "text", "place"


def connect(address: str | None) -> None:
    """Join a cluster, unless this process is in one.

    Args:
        address: of a running cluster, or `"auto"`; by default that of `RAY_ADDRESS`, and without one a cluster of this
            machine alone is started.

    Raises:
        ModuleNotFoundError: Ray is not installed.
    """
    try:
        import ray
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "this needs ray: pip install 'programasweights[ray]'", name="ray"
        ) from error
    if not ray.is_initialized():
        ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING)


@dataclass(frozen=True)
class Pool:
    """How blocks are run; workers live while something is run."""

    program: "ObjectRef[bytes]"
    """The `.paw` bytes."""
    plan: WorkerPlan
    """What the workers are told."""
    concurrency: Concurrency | None
    """How many; by default as many as the cluster has CPUs for."""
    block_rows: int
    """Rows that are handed out, and after the death of a worker run again, together."""

    def mapped(self, rows: "MaterializedDataset") -> "Dataset":
        """Rows with their outputs, in order, once they are asked for."""
        from ray.data import ActorPoolStrategy

        workers, blocks = self._workers(), max(1, rows.num_blocks())
        least, most = (workers, workers) if isinstance(workers, int) else workers
        found = rows.map_batches(
            Worker,
            fn_constructor_args=(self.program, self.plan),
            batch_size=None,
            batch_format="pyarrow",
            num_cpus=self.plan.threads,
            compute=ActorPoolStrategy(min_size=min(least, blocks), max_size=min(most, blocks)),
        )
        found.context.execution_options.preserve_order = True
        found.context.enable_progress_bars = False
        found.context.raise_original_map_exception = True
        return found

    def answers(self, values: Iterator[Any]) -> Iterator[Answer]:
        """The answers to values, in order; equal texts are run once.

        Raises:
            PawError: a worker cannot load the program or the base model.
        """
        places, texts = _distinct(values)
        found: list[Answer] = []
        blocks = self._blocks(texts)
        for value in places:
            if not isinstance(value, int):
                yield value
                continue
            while len(found) <= value:
                found += next(blocks)
            yield found[value]

    def _blocks(self, texts: list[str]) -> Iterator[list[Answer]]:
        """The answers to texts, some at a time."""
        import pyarrow as pa
        import ray

        plan = replace(self.plan, column=_TEXT, output_column="output")
        parts = [
            pa.table({_PLACE: range(start, start + len(part)), _TEXT: pa.array(part, pa.string())})
            for start in range(0, len(texts), self.block_rows)
            if (part := texts[start : start + self.block_rows])
        ]
        if not parts:
            return
        rows = replace(self, plan=plan).mapped(ray.data.from_arrow(parts))
        place = 0
        for block in _raised(rows.iter_batches(batch_size=None, batch_format="pyarrow")):
            assert block.column(_PLACE).to_pylist() == list(range(place, place + len(block)))
            place += len(block)
            columns = [block.column(field.name).to_pylist() for field in added_fields(plan)]
            yield [(_value(plan, value), error) for value, error in zip(*columns, strict=True)]

    def _workers(self) -> Concurrency:
        import ray

        if self.concurrency is not None:
            return self.concurrency
        return max(1, int(ray.cluster_resources().get("CPU", 1)) // self.plan.threads)


def _distinct(values: Iterator[Any]) -> tuple[list[int | Answer], list[str]]:
    """The texts among some values, each once; and for every value the place of its text, or why there is none."""
    places: list[int | Answer] = []
    texts: dict[str, int] = {}
    for value in values:
        if isinstance(value, str):
            places.append(texts.setdefault(value, len(texts)))
        else:
            places += answered(_no_run, iter([value]))
    return places, list(texts)


def _no_run(texts: Any) -> Any:
    raise AssertionError(f"{len(texts)} texts where there is none")


def _value(plan: WorkerPlan, cell: Any) -> Any:
    return json.loads(cell) if plan.kind == "json" and cell is not None else cell


def _raised(blocks: Iterable[Any]) -> Iterator[Any]:
    """The same blocks; what a worker raised on purpose is raised here as it was there."""
    from ray.exceptions import RayError

    try:
        yield from blocks
    except RayError as error:
        cause: BaseException = error
        while (inner := getattr(cause, "cause", None)) is not None:
            cause = inner
        if isinstance(cause, PawError):
            raise cause from None
        raise
