"""The interpreter: programs and inputs in, outputs out."""

from programasweights.interpreter.interpreter import Interpreter, PreparedProgram

__all__ = ["Interpreter", "PreparedProgram"]
