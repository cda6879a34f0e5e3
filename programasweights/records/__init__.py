"""Many inputs: equal ones run once, results kept on disk, calls gathered into batches, table files run to the end.

Knows plain callables that take texts and give as many answers; leaves out programs and functions.
"""

from programasweights.records.attempts import attempt
from programasweights.records.gathering import Gatherer, map_in_threads
from programasweights.records.mapping import Progress, Work, mapped
from programasweights.records.result_cache import ResultCache

__all__ = ["Gatherer", "Progress", "ResultCache", "Work", "attempt", "map_in_threads", "mapped"]
