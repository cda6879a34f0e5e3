"""Typed outputs: from a Python type to what may be decoded, and from the decoded text back to a value."""

from programasweights.typed.function import Prediction, TypedFunction
from programasweights.typed.types import OutputType, output_type

__all__ = ["OutputType", "Prediction", "TypedFunction", "output_type"]
