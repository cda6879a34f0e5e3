"""Functions of a tiny random model, whose outputs are as hostile as can be."""

import pytest

from programasweights.compiler import get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.functions import Function
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from programasweights.spec import Spec
from tests.typed.conftest import tiny_engine, tiny_folder

__all__ = ["made", "tiny_engine", "tiny_folder"]


def made(engine: Engine, spec: str, *, compiler: str = "prompted") -> Function:
    program = get_compiler(compiler).compile(Spec.make(spec), engine, CompileOptions(max_new_tokens=16))
    return Function(program, Interpreter(engine))


@pytest.fixture(scope="session")
def one(tiny_engine: Engine) -> Function:
    return made(tiny_engine, "Say one.")


@pytest.fixture(scope="session")
def two(tiny_engine: Engine) -> Function:
    return made(tiny_engine, "Say two.", compiler="neural")
