"""Why a function said what it said: token probabilities, what mattered, and the nearest input with another output.

Knows programs and the interpreter; functions hand it a `Subject`. See docs/debugging.md.
"""

from programasweights.debugging.subject import Outcome, Subject, free_subject
from programasweights.debugging.trace import Trace
from programasweights.debugging.tracing import traced

__all__ = ["Outcome", "Subject", "Trace", "free_subject", "traced"]
