"""How probable a program finds an answer, for tests."""

import numpy as np

from programasweights.interpreter import Interpreter, PreparedProgram

__all__ = ["log_likelihood"]


def log_likelihood(interpreter: Interpreter, prepared: PreparedProgram, text: str, output: str) -> float:
    """Mean log-likelihood per token of an output for an input, the end of the answer included."""
    engine = interpreter.engine
    end = engine.chat.end_id(engine.tokenizer, engine.end_ids)
    wanted = [*engine.tokenizer.text_ids(output), end]
    return float(interpreter.read(prepared, text, wanted)[np.arange(len(wanted)), wanted].mean())
