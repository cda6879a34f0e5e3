"""Maps over records on a Ray cluster, or on the cores of one machine; needs the `ray` extra.

The same code runs on both. The command `paw map` is the same for table files.
"""

from programasweights.distributed.mapping import map_dataset

__all__ = ["map_dataset"]
