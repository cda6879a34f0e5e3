"""Functions put together: pipelines, maps, switches, checked outputs; and bundles, which hold them in one file.

Knows programs, and functions by what they can do; leaves out how functions are made. See docs/composition.md.
"""

from programasweights.composition.page import describe
from programasweights.composition.pipeline import Composable, Pipeline, map, switch
from programasweights.composition.saving import from_bundle, to_bundle

__all__ = [
    "Composable",
    "Pipeline",
    "describe",
    "from_bundle",
    "map",
    "switch",
    "to_bundle",
]
