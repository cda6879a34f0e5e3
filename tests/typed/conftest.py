"""A tiny random model as the interpreter, whose outputs are as hostile as can be."""

from pathlib import Path

import numpy as np
import pytest

from programasweights.compiler import get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.functions import Function
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.program import Lora, LoraSection, Program
from programasweights.spec import Spec
from tests.tiny_models import save_tiny_model


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("typed") / "llama", "llama", seed=3)


@pytest.fixture
def tiny_name(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tiny_folder.parent / "cache"))
    return str(tiny_folder)


@pytest.fixture(scope="session")
def tiny_engine(tiny_folder: Path) -> Engine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAW_CACHE_DIR", str(tiny_folder.parent / "cache"))
        return load_engine(str(tiny_folder), precision="fp32")


def tiny_function(engine: Engine, *, compiler: str = "neural", max_new_tokens: int = 40) -> Function:
    options = CompileOptions(max_new_tokens=max_new_tokens)
    program = get_compiler(compiler).compile(Spec.make("Say yes."), engine, options)
    return Function(program, Interpreter(engine))


@pytest.fixture(scope="session")
def tiny(tiny_engine: Engine) -> Function:
    return tiny_function(tiny_engine)


def with_random_lora(program: Program) -> Program:
    random = np.random.default_rng(0)
    parts = {"a": (2, 3, 64), "b": (2, 64, 3)}
    stored = {f"self_attn.q_proj.{name}": random.normal(0, 0.5, shape) for name, shape in parts.items()}
    lora = Lora({name: array.astype(np.float16) for name, array in stored.items()})
    section = LoraSection(rank=lora.rank, modules=lora.modules)
    return Program(
        program.behaviour.model_copy(update={"lora": section}), program.record, program.prefix, lora
    )
