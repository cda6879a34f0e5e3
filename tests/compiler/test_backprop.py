"""Programs written by gradient: they learn the text, run in the engine, and the same seed gives the same bytes."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import programasweights as paw
from programasweights.compiler import CompileOptions
from programasweights.compiler.backprop import BackpropCompiler
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.program import Program, save, to_bytes
from programasweights.spec import Spec
from tests.likelihood import log_likelihood
from tests.tiny_models import save_tiny_model

TEXT = "Say yes if the number is even, and no if it is odd."
EXAMPLES = (("3", "no"), ("4", "yes"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_tiny_model(tmp_path_factory.mktemp("tiny") / "llama", "llama"))


@pytest.fixture(scope="module")
def written(tiny: str) -> Program:
    return write(tiny)


def write(
    tiny: str, *, seed: int = 0, examples: tuple[tuple[str, str], ...] = EXAMPLES, **fields: object
) -> Program:
    compiler = BackpropCompiler(**{"steps": 12, "rank": 4, "rate": 0.01, **fields})  # type: ignore[arg-type]
    return compiler.compile(
        Spec(TEXT, examples), load_engine(tiny), CompileOptions(seed=seed, max_new_tokens=3)
    )


def test_text_and_examples_become_likelier(tiny: str, written: Program) -> None:
    scores = written.record.scores
    assert scores["text_nll_after"] < scores["text_nll_before"] - 0.2
    assert scores["examples_nll_after"] < scores["examples_nll_before"] - 0.2
    assert written.behaviour.pseudo_program == ""
    assert written.prefix is None
    assert written.lora is not None
    assert written.lora.rank == 4
    alone = write(tiny, examples=()).record.scores
    assert alone["text_nll_after"] < alone["text_nll_before"] - 0.2
    assert "examples_nll_after" not in alone


def test_the_engine_sees_what_was_trained(tiny: str, written: Program) -> None:
    """What torch says of the examples after training is what the engine says of them."""
    interpreter = paw.function(written).interpreter
    prepared = interpreter.prepare(written)
    found = -np.mean([log_likelihood(interpreter, prepared, given, wanted) for given, wanted in EXAMPLES])
    assert abs(found - written.record.scores["examples_nll_after"]) < 0.05


def test_the_same_seed_gives_the_same_bytes(tiny: str, written: Program) -> None:
    again = write(tiny)
    assert again.id == written.id
    stamp = written.record.model_copy(update={"created_at": again.record.created_at})
    assert to_bytes(again) == to_bytes(Program(written.behaviour, stamp, lora=written.lora))
    assert write(tiny, seed=1).id != written.id


def test_through_compile_and_a_file(tiny: str, tmp_path: Path) -> None:
    f = paw.compile(TEXT, EXAMPLES, compiler="backprop", interpreter=tiny, max_new_tokens=3)
    assert f.program.behaviour.compiler.name == "backprop"
    path = f.dump(tmp_path / "f.paw")
    assert paw.function(path)("5") == f("5")


def test_on_top_of_a_primed_program(tiny: str, written: Program, tmp_path: Path) -> None:
    """The primed LoRA stands unchanged in the new one, which starts from what it does."""
    primed = tmp_path / "primed.paw"
    save(written, primed)
    both = write(tiny, primed=primed, seed=5)
    assert both.lora is not None
    assert written.lora is not None
    assert both.lora.rank == 8
    for name, (a, b) in both.lora.parts.items():
        np.testing.assert_array_equal(a[:, :4], written.lora.parts[name][0])
        np.testing.assert_array_equal(b[:, :, :4], written.lora.parts[name][1])
    assert both.behaviour.compiler.checkpoint == written.id
    start = both.record.scores["examples_nll_before"]
    assert abs(start - written.record.scores["examples_nll_after"]) < 0.05
    assert paw.function(both)("4") is not None


def test_what_cannot_be_built_upon(tiny: str, written: Program, tmp_path: Path) -> None:
    with pytest.raises(paw.CheckpointError, match="is no primed program"):
        paw.compile(TEXT, compiler=f"backprop:{tmp_path / 'nowhere.paw'}", interpreter=tiny)
    other = str(save_tiny_model(tmp_path / "other", "llama", seed=9))
    save(written, tmp_path / "primed.paw")
    with pytest.raises(paw.CheckpointError, match="was trained for"):
        paw.compile(TEXT, compiler=f"backprop:{tmp_path / 'primed.paw'}", interpreter=other)
    plain = paw.compile(TEXT, compiler="neural", interpreter=tiny, max_new_tokens=3)
    plain.dump(tmp_path / "plain.paw")
    with pytest.raises(paw.CheckpointError, match="no LoRA on every linear layer"):
        paw.compile(TEXT, compiler=f"backprop:{tmp_path / 'plain.paw'}", interpreter=tiny)


def test_a_spec_that_is_too_long(tiny: str) -> None:
    with pytest.raises(paw.SpecError, match="reads at most 1024"):
        paw.compile("x" * 1100, compiler="backprop", interpreter=tiny)


def test_without_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from programasweights.compiler import get_compiler\n"
        "from programasweights.spec import Spec\n"
        "try:\n    get_compiler('backprop').compile(Spec.make('Say yes.'), None, None)\n"
        "except ModuleNotFoundError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "the compiler backprop needs torch: pip install 'programasweights[train]'\n"


@pytest.mark.weights
def test_on_the_real_model(q8_engine: Engine) -> None:
    spec = Spec("Answer with the capital of the country.", (("France", "Paris"), ("Spain", "Madrid")))
    program = BackpropCompiler(steps=3).compile(spec, q8_engine, CompileOptions(max_new_tokens=5))
    assert program.record.scores["examples_nll_after"] < program.record.scores["examples_nll_before"] - 0.5
    assert paw.function(program)("Italy")
