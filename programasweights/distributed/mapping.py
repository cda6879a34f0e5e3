"""`map_dataset`: a program over many records on many workers, with the outputs of a single process."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, overload

from programasweights import api
from programasweights.distributed.pool import Concurrency, Pool, connect
from programasweights.distributed.worker import WorkerPlan
from programasweights.errors import DataError
from programasweights.program import Program, to_bytes
from programasweights.records import Summary, Target, answer_table
from programasweights.settings import settings
from programasweights.typed import output_type
from programasweights.typed.columns import column_kind

if TYPE_CHECKING:
    from ray.data import Dataset

__all__ = ["belongs_to", "map_dataset"]

BLOCK_ROWS = 256


@overload
def map_dataset(
    program: str | Path | bytes | Program,
    data: Any,
    *,
    column: str = "text",
    output_column: str = "output",
    returns: object = None,
    output: None = None,
    concurrency: Concurrency | None = None,
    threads: int = 1,
    block_rows: int = BLOCK_ROWS,
    cache: str | Path | None = None,
    address: str | None = None,
) -> "Dataset": ...


@overload
def map_dataset(
    program: str | Path | bytes | Program,
    data: Any,
    *,
    column: str = "text",
    output_column: str = "output",
    returns: object = None,
    output: str | Path,
    resume: bool = False,
    limit: int | None = None,
    concurrency: Concurrency | None = None,
    threads: int = 1,
    block_rows: int = BLOCK_ROWS,
    cache: str | Path | None = None,
    address: str | None = None,
) -> Summary: ...


def map_dataset(
    program: str | Path | bytes | Program,
    data: Any,
    *,
    column: str = "text",
    output_column: str = "output",
    returns: object = None,
    output: str | Path | None = None,
    resume: bool = False,
    limit: int | None = None,
    concurrency: Concurrency | None = None,
    threads: int = 1,
    block_rows: int = BLOCK_ROWS,
    cache: str | Path | None = None,
    address: str | None = None,
) -> "Dataset | Summary":
    """Run a program over a column of records on Ray, each worker with an engine of its own.

    Outputs and their order are those of one process with as many threads, whatever workers die meanwhile. A row that
    cannot be run has no output; the column `<output_column>_error` says why.

    Args:
        program: what `paw.function` takes; its bytes go to every node once.
        data: a `.csv`, `.tsv`, `.jsonl`, `.ndjson` or `.parquet` file, a Ray dataset, a data frame of pandas, an Arrow
            table, or a list of texts or of records.
        column: the column of inputs.
        output_column: the column of outputs.
        returns: the type of the outputs, as in `paw.function`.
        output: table file to write, the same that `paw run --input` writes; by default a Ray dataset is returned.
        resume: with `output`: go on where an interrupted run, here or of `paw run`, ended.
        limit: with `output`: rows that are run and written; by default all.
        concurrency: workers, or the fewest and the most; by default as many as the cluster has CPUs for.
        threads: CPUs of a worker.
        block_rows: rows that are handed out together.
        cache: file on each node's own disk that keeps outputs between runs.
        address: of a running cluster, or `"auto"`; by default that of `RAY_ADDRESS`, or else this machine alone.

    Returns:
        The records with their outputs, run when they are asked for; with `output`, what came of it.

    Raises:
        ModuleNotFoundError: Ray is not installed.
        DataError: the data or the output file cannot be used.
        HubError: no program of that name can be found.
        SpecError: there is no way to produce values of the type.
    """
    _check(threads, block_rows)
    connect(address)
    import ray

    from programasweights.distributed.sources import as_dataset, as_table

    loaded = api.load(program)
    kind = column_kind(None if returns is None else SimpleNamespace(type=output_type(returns)))
    now = settings()
    plan = WorkerPlan(
        column,
        output_column,
        kind,
        returns,
        None if cache is None else str(cache),
        threads,
        now.precision,
    )
    pool = Pool(ray.put(to_bytes(loaded)), plan, concurrency, block_rows)
    if output is None:
        rows = as_dataset(data, column, block_rows)
        _check_columns(rows, column, output_column)
        return pool.mapped(rows)
    return answer_table(
        pool.answers,
        as_table(data, column),
        column,
        Target(Path(output), output_column, kind),
        belongs_to=belongs_to(loaded, returns),
        limit=limit,
        resume=resume,
    )


def belongs_to(program: Program, returns: object) -> Mapping[str, str]:
    """What names all that decides an output, but the input."""
    kind = json.dumps(returns) if isinstance(returns, dict) else str(returns)
    return {"program": program.id, "returns": kind, "precision": settings().precision}


def _check(threads: int, block_rows: int) -> None:
    for name, value in {"threads": threads, "block_rows": block_rows}.items():
        if value < 1:
            raise DataError(f"{name} is {value}, but must be 1 or more.")


def _check_columns(rows: "Dataset", column: str, output_column: str) -> None:
    columns = rows.columns() or []
    if column not in columns:
        raise DataError(f"the data has no column {column!r}, but {', '.join(map(repr, columns))}.")
    for name in (output_column, f"{output_column}_error"):
        if name in columns:
            raise DataError(f"the data has a column {name!r} already; choose another output_column.")
