"""Many inputs: equal ones run once, results kept on disk, calls gathered into batches, table files run to the end.

Knows plain callables that take texts and give as many answers; leaves out programs and functions.
"""

from programasweights.records.attempts import attempt
from programasweights.records.gathering import Gatherer, map_in_threads
from programasweights.records.mapping import Progress, Work, mapped
from programasweights.records.result_cache import ResultCache
from programasweights.records.table_run import Summary, answer_table, answered, run_table
from programasweights.records.writing import ColumnKind, Target

__all__ = [
    "ColumnKind",
    "Gatherer",
    "Progress",
    "ResultCache",
    "Summary",
    "Target",
    "Work",
    "answer_table",
    "answered",
    "attempt",
    "map_in_threads",
    "mapped",
    "run_table",
]
