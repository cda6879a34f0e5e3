"""Functions of a tiny random model, with slots and a LoRA."""

import pytest

from programasweights.functions import Function
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from tests.typed.conftest import tiny_engine, tiny_folder, tiny_function, with_random_lora

__all__ = ["tiny_engine", "tiny_folder"]


@pytest.fixture(scope="session")
def both(tiny_engine: Engine) -> Function:
    """With 64 slots and a LoRA; an output has few tokens."""
    program = tiny_function(tiny_engine, max_new_tokens=6).program
    return Function(with_random_lora(program), Interpreter(tiny_engine))


@pytest.fixture(scope="session")
def prompted(tiny_engine: Engine) -> Function:
    """With neither."""
    return tiny_function(tiny_engine, compiler="prompted", max_new_tokens=6)
