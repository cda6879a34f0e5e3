"""Random arithmetic: short functions from integers to integers."""

from programasweights.data.pbb.arithmetic.domain import ArithmeticDomain

__all__ = ["ArithmeticDomain"]
