"""Compile-time search on a tiny model: ratings by hand, the plain program unless beaten, the same bytes twice."""

from pathlib import Path

import numpy as np
import pytest

import programasweights as paw
from programasweights.compiler import get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.compiler.search import MAX_BUDGET, _is_better, search
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.program import Lora, LoraSection, PrefixSection, Program, to_bytes
from programasweights.spec import Spec
from tests.tiny_models import save_tiny_model

EXAMPLES = [(f"item {n}", "yes" if n % 3 else "no") for n in range(5)]
OPTIONS = CompileOptions(max_new_tokens=4)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_tiny_model(tmp_path_factory.mktemp("search") / "llama", "llama", seed=3))


@pytest.fixture(autouse=True)
def use_cache_dir(tiny: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(Path(tiny).parent / "cache"))


@pytest.fixture
def engine(tiny: str) -> Engine:
    return load_engine(tiny, precision="fp32")


class _Blind:
    """Programs with a LoRA that depend on the task's text alone, and a note of what was shown."""

    name = "neural"

    def __init__(self) -> None:
        self.shown: list[tuple[tuple[str, str], ...]] = []

    def compile(self, spec: Spec, engine: Engine, options: CompileOptions) -> Program:
        self.shown.append(spec.examples)
        plain = get_compiler("neural").compile(Spec.make(spec.text), engine, options)
        random = np.random.default_rng(1)
        parts = {"a": (2, 3, 64), "b": (2, 64, 3)}
        lora = Lora(
            {f"self_attn.q_proj.{n}": random.normal(0, 0.7, shape).astype("f2") for n, shape in parts.items()}
        )
        section = LoraSection(rank=lora.rank, modules=lora.modules)
        return Program(plain.behaviour.model_copy(update={"lora": section}), plain.record, plain.prefix, lora)


def _at_strength(program: Program, strength: float) -> Program:
    assert program.lora is not None
    if not strength:
        changes = {"prefix": PrefixSection(slots=0), "lora": LoraSection(rank=0)}
        return Program(program.behaviour.model_copy(update=changes), program.record)
    stored = {
        name: part * np.float16(strength) if name.endswith("b") else part
        for name, part in program.lora.stored.items()
    }
    return Program(program.behaviour, program.record, program.prefix, Lora(stored))


GIVEN = [f"item {n}" for n in range(12)]


def _outputs(engine: Engine, strength: float) -> list[str]:
    program = _Blind().compile(Spec.make("Is it odd?"), engine, OPTIONS)
    interpreter = Interpreter(engine)
    return interpreter.run(interpreter.prepare(_at_strength(program, strength)), GIVEN)


def test_examples_are_rated_by_programs_that_were_not_shown_them(engine: Engine) -> None:
    compiler = _Blind()
    search(compiler, Spec.make("Is it odd?", EXAMPLES), engine, OPTIONS, budget=8)
    folds = [tuple(e for place, e in enumerate(EXAMPLES) if place % 3 != fold) for fold in range(3)]
    assert compiler.shown[:4] == [tuple(EXAMPLES), *folds]
    assert [set(shown) for shown in compiler.shown[4:]] == [set(fold) for fold in folds]
    assert compiler.shown[4:] != folds  # in another order


def test_candidates_are_rated_by_the_examples_that_they_get_right(engine: Engine) -> None:
    wanted = _outputs(engine, 0.5)
    spec = Spec.make("Is it odd?", list(zip(GIVEN, wanted, strict=True)))
    found = search(_Blind(), spec, engine, CompileOptions(max_new_tokens=4, seed=1), budget=8)
    by_hand = [
        sum(a == b for a, b in zip(_outputs(engine, strength), wanted, strict=True)) / len(wanted)
        for strength in (1.0, 0.0, 0.5, 1.5)
    ]
    assert found.ratings[:4] == pytest.approx(by_hand)
    assert by_hand[2] == 1.0 > by_hand[0] + 5 / 12  # so that the test is about a choice
    assert found.chosen == 2
    behaviour, scores = found.program.behaviour, found.program.record.scores
    assert (behaviour.spec.text, behaviour.spec.examples) == (spec.text, spec.examples)
    assert behaviour.seed == 1
    recipe = {name: value for name, value in behaviour.recipe.items() if name.startswith("search")}
    assert recipe == {
        "search_budget": 8,
        "search_by": "examples",
        "search_candidate": 2,
        "search_strength": 0.5,
    }
    assert (scores["held_out_accuracy_first"], scores["held_out_accuracy_chosen"]) == (by_hand[0], 1.0)
    whole = _Blind().compile(Spec.make("Is it odd?"), engine, OPTIONS)
    assert found.program.lora == _at_strength(whole, 0.5).lora


def test_four_examples_are_too_few_to_leave_the_plain_program(engine: Engine) -> None:
    pairs = list(zip(GIVEN[:4], _outputs(engine, 0.5), strict=False))
    found = search(_Blind(), Spec.make("Is it odd?", pairs), engine, OPTIONS, budget=4)
    assert found.ratings[2] == 1.0 > found.ratings[0]
    assert found.chosen == 0


@pytest.mark.parametrize(
    ("wins", "losses", "believed"),
    [(4, 0, False), (5, 0, True), (6, 1, False), (7, 1, True), (0, 0, False), (0, 6, False)],
)
def test_the_sign_test_by_hand(wins: int, losses: int, believed: bool) -> None:
    right, plain = [True] * wins + [False] * losses, [False] * wins + [True] * losses
    both = [True, False, True]
    assert _is_better([*right, *both], [*plain, *both]) is believed


def test_the_plain_program_stays_when_none_gets_more_right(engine: Engine) -> None:
    found = search(_Blind(), Spec.make("Is it odd?", EXAMPLES), engine, OPTIONS, budget=8)
    assert set(found.ratings) == {0.0}
    assert found.chosen == 0


def test_without_examples_outputs_agree(engine: Engine) -> None:
    spec = Spec.make("Say something.")
    found = search(get_compiler("neural"), spec, engine, OPTIONS, budget=4, inputs=["a", "b", "c d"])
    assert len(found.ratings) == 4
    assert all(0 <= rating <= 1 for rating in found.ratings)
    assert found.program.behaviour.recipe["search_by"] == "agreement"
    # candidates that are one program agree wholly, and the plain one stays
    same = search(get_compiler("prompted"), spec, engine, OPTIONS, budget=2, inputs=[""])
    assert same.chosen == 0


def test_through_compile_twice_to_the_same_bytes(tiny: str) -> None:
    def compiled(**options: object) -> paw.Function:
        return paw.compile("Is it odd?", EXAMPLES, compiler="neural", interpreter=tiny, **options)  # type: ignore[arg-type]

    first, second = (compiled(budget=4, max_new_tokens=4) for _ in range(2))
    assert to_bytes(first.program) == to_bytes(second.program)
    assert first.id != compiled(max_new_tokens=4).id
    invented = [paw.compile("Say it.", compiler="neural", interpreter=tiny, budget=2).id for _ in range(2)]
    assert invented[0] == invented[1]


@pytest.mark.parametrize("budget", [0, -1, MAX_BUDGET + 1, 2.0, "3", None])
def test_budgets_that_are_none(tiny: str, budget: object) -> None:
    with pytest.raises(paw.SpecError, match="budget is"):
        paw.compile("Say yes.", interpreter=tiny, compiler="neural", budget=budget)  # type: ignore[arg-type]


def test_inputs_that_are_none(engine: Engine) -> None:
    for inputs in (["x"] * 65, [1]):
        with pytest.raises(paw.SpecError, match="at most 64 strings"):
            search(get_compiler("neural"), Spec.make("x"), engine, OPTIONS, budget=2, inputs=inputs)  # type: ignore[arg-type]
