"""Refinement: slots move, the sink and the text do not, and held-out examples never become less probable."""

from pathlib import Path

import numpy as np
import pytest

import programasweights as paw
from programasweights.lm.loader import load_engine
from programasweights.program import Lora, LoraSection, PrefixSection, Program
from programasweights.training.refine import _STEP_TOKENS, _most_varied_first, _Task, refine
from tests.tiny_models import save_tiny_model

EXAMPLES = [(f"item {n}", "yes" if n % 2 else "no") for n in range(8)]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_tiny_model(tmp_path_factory.mktemp("tiny") / "llama", "llama"))


def test_refining_helps_the_held_out_examples(tiny: str) -> None:
    start = paw.compile("Is it odd?", EXAMPLES, compiler="neural", interpreter=tiny, max_new_tokens=4).program
    engine = load_engine(tiny)
    found = refine(start, engine, steps=40, seed=3, rate=0.1)
    assert 0 < found.best_step <= found.steps <= 40
    assert found.after < found.before - 0.3
    assert found.program.id != start.id
    assert found.program.behaviour.pseudo_program == start.behaviour.pseudo_program
    assert found.program.record.scores["held_out_nll_after"] == found.after
    assert start.prefix is not None
    assert found.program.prefix is not None
    np.testing.assert_array_equal(found.program.prefix.keys[:, :, 0], start.prefix.keys[:, :, 0])
    assert not np.array_equal(found.program.prefix.keys, start.prefix.keys)
    again = refine(start, engine, steps=40, seed=3, rate=0.1)
    assert again.program.id == found.program.id


def test_slots_that_do_not_get_better_are_not_kept(tiny: str) -> None:
    """No answer has to do with another, so after a while every step makes those that are held out less probable."""
    answers = ["yes", "blue", "seven", "dog", "rain", "left", "cup", "Rome"]
    examples = [(f"item {n}", answer) for n, answer in enumerate(answers)]
    start = paw.compile("Say it.", examples, compiler="neural", interpreter=tiny, max_new_tokens=4).program
    found = refine(start, load_engine(tiny), steps=60, seed=0, rate=0.3)
    assert found.after <= found.before
    assert found.best_step < found.steps < 60
    shorter = refine(start, load_engine(tiny), steps=found.best_step, seed=0, rate=0.3)
    assert shorter.program.id == found.program.id
    assert shorter.after == found.after


def _random_lora() -> Lora:
    random = np.random.default_rng(0)
    parts = {"a": (2, 3, 64), "b": (2, 64, 3)}
    return Lora(
        {
            f"self_attn.q_proj.{name}": random.normal(0, 0.5, shape).astype(np.float16)
            for name, shape in parts.items()
        }
    )


def test_the_lora_moves_too(tiny: str) -> None:
    plain = paw.compile("Is it odd?", EXAMPLES, compiler="neural", interpreter=tiny, max_new_tokens=4).program
    lora = _random_lora()
    section = LoraSection(rank=lora.rank, modules=lora.modules)
    behaviour = plain.behaviour.model_copy(update={"lora": section})
    adapted = Program(behaviour, plain.record, plain.prefix, lora)
    found = refine(adapted, load_engine(tiny), steps=20, seed=3, rate=0.1)
    assert found.program.lora is not None
    assert found.program.lora.modules == lora.modules
    assert all((found.program.lora.stored[name] != part).any() for name, part in lora.stored.items())
    assert found.after < found.before
    assert abs(found.before - refine(plain, load_engine(tiny), steps=1, seed=3).before) > 0.01


def test_a_lora_alone_is_refined(tiny: str) -> None:
    plain = paw.compile("Is it odd?", EXAMPLES, compiler="neural", interpreter=tiny, max_new_tokens=4).program
    lora = _random_lora()
    changes = {
        "lora": LoraSection(rank=lora.rank, modules=lora.modules),
        "prefix": PrefixSection(slots=0),
    }
    alone = Program(plain.behaviour.model_copy(update=changes), plain.record, None, lora)
    found = refine(alone, load_engine(tiny), steps=20, seed=3, rate=0.1)
    assert found.program.prefix is None
    assert found.after < found.before


def test_through_compile(tiny: str, tmp_path: Path) -> None:
    f = paw.compile(
        "Is it odd?",
        EXAMPLES,
        compiler="neural",
        interpreter=tiny,
        max_new_tokens=4,
        refine=5,
        storage="int8",
    )
    assert f.explain().recipe["refined_seed"] == 0
    assert set(f.explain().scores) == {"examples_accuracy", "held_out_nll_before", "held_out_nll_after"}
    path = f.dump(tmp_path / "f.paw")
    assert paw.function(path)("item 3") == f("item 3")


def test_what_cannot_be_refined(tiny: str) -> None:
    with pytest.raises(paw.SpecError, match="at least 4 examples, but the spec has 3"):
        paw.compile("x", EXAMPLES[:3], compiler="neural", interpreter=tiny, max_new_tokens=2, refine=5)
    whole = paw.compile("x", EXAMPLES, compiler="neural", interpreter=tiny, max_new_tokens=2).program
    bare = Program(whole.behaviour.model_copy(update={"prefix": PrefixSection(slots=0)}), whole.record)
    with pytest.raises(paw.ProgramError, match="no KV prefix or LoRA to refine"):
        refine(bare, load_engine(tiny), steps=5)
    with pytest.raises(paw.SpecError, match="refine is -1"):
        paw.compile("x", EXAMPLES, compiler="neural", interpreter=tiny, max_new_tokens=2, refine=-1)


def test_held_out_examples_have_different_outputs() -> None:
    order = _most_varied_first(
        [("a", "no"), ("b", "no"), ("c", "yes"), ("d", "no"), ("e", "maybe"), ("f", "yes")]
    )
    assert [given for given, _ in order] == ["a", "c", "e", "b", "f", "d"]


def test_a_step_asks_for_no_more_than_its_tokens_but_for_one_example(tiny: str) -> None:
    program = paw.compile(
        "Is it odd?", EXAMPLES, compiler="neural", interpreter=tiny, max_new_tokens=4
    ).program
    long = tuple(("word " * 20 + str(n), "yes") for n in range(8))
    task = _Task(program, load_engine(tiny), long, ())
    one = int(task._batch((), long[:1]).rows_mask.sum())
    assert _STEP_TOKENS / 8 < one < _STEP_TOKENS / 2  # so that some of the eight are left out
    rows = [task.step(np.random.default_rng(seed)).rows.shape[0] for seed in range(4)]
    assert rows == [_STEP_TOKENS // one] * 4
    assert task._batch((), long, most_tokens=1).rows.shape[0] == 1
