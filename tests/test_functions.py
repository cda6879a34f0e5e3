"""Functions on the real weights: files, ids, explanations, sharing."""

from dataclasses import fields
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.compiler.base import CompileOptions, Draft, assemble
from programasweights.functions import Function
from programasweights.program import CompilerSection
from programasweights.spec import Spec

pytestmark = pytest.mark.weights

SPEC = "Parse '(A) ... (B) ...' into a JSON dictionary from option label to text."
EXAMPLES = [
    ("(A) red (B) blue", '{"A": "red", "B": "blue"}'),
    ("(A) one (B) two (C) three", '{"A": "one", "B": "two", "C": "three"}'),
]


@pytest.fixture(scope="module")
def function() -> Function:
    return paw.compile(SPEC, EXAMPLES)


def test_readme_session(function: Function) -> None:
    assert function("(A) cat (B) dog") == '{"A": "cat", "B": "dog"}'


@pytest.mark.parametrize(
    ("compiler", "storage"), [("prompted", "f16"), ("neural", "f16"), ("neural", "int8")]
)
def test_dump_and_load(tmp_path: Path, compiler: str, storage: str) -> None:
    function = paw.compile(SPEC, EXAMPLES, compiler=compiler, storage=storage)  # type: ignore[arg-type]
    path = function.dump(tmp_path / "parser.paw")
    inputs = ["(A) cat (B) dog", "", "(A) x"]
    for again in (paw.function(path), paw.function(path.read_bytes()), paw.function(function.id[:16])):
        assert again.id == function.id
        assert again.map(inputs) == function.map(inputs)
    # the same spec, compiled again, is the same file
    twice = paw.compile(SPEC, EXAMPLES, compiler=compiler, storage=storage)  # type: ignore[arg-type]
    assert paw.save(twice.program) == path.read_bytes()


def test_seeds_are_reproducible() -> None:
    ids = [paw.compile("Label the mood: happy or sad.", seed=seed).id for seed in (0, 1, 1, 2)]
    assert ids[1] == ids[2]
    assert len(set(ids)) == 3


def test_too_long_a_spec() -> None:
    for compiler in ("prompted", "neural"):
        with pytest.raises(paw.SpecError, match=r"Shorten the\s+spec"):
            paw.compile("Do this and that. " * 2500, compiler=compiler)


def test_explain(function: Function) -> None:
    found = function.explain()
    assert found.id == function.id
    assert found.examples == tuple(EXAMPLES)
    assert found.file_bytes == len(paw.save(function.program))
    assert found.slots == function.program.behaviour.prefix.slots > 0
    assert found.pseudo_program_tokens > 20
    assert found.memory_bytes > 23_000 * found.pseudo_program_tokens
    page = str(found)
    for text in (SPEC, "Pseudo-program", "smollm2-135m-instruct", "(A) red (B) blue"):
        assert text in page


def test_the_page_says_everything(function: Function) -> None:
    found = function.explain()
    page = str(found)
    for field in fields(found):
        value = getattr(found, field.name)
        if isinstance(value, str):
            assert value in page, field.name
    assert f"{found.file_bytes:,} bytes on disk, {found.memory_bytes:,} in memory" in page
    assert f"KV prefix:      {found.slots} slots (f16)" in page
    assert "KV prefix:      none" in str(paw.compile("Say yes.", compiler="prompted").explain())
    assert "at most 128 tokens\n" in page
    assert repr(function) == f"<Function {function.id[:12]}: {SPEC[:60]!r}>"


def test_a_call_is_a_map_of_one(function: Function) -> None:
    for text in ("(A) cat (B) dog", ""):
        assert function.map([text]) == [function(text)]
    assert function.map(iter(["(A) x (B) y"])) == function.map(("(A) x (B) y",))


def test_functions_share_one_engine(function: Function) -> None:
    others = [paw.function(function.program) for _ in range(9)]
    others.append(paw.compile("Write the opposite.", compiler="neural"))
    assert {id(f._interpreter.engine) for f in (function, *others)} == {id(function._interpreter.engine)}


def test_too_many_examples_for_the_context() -> None:
    """Marks of turns count: this spec's text alone would fit."""
    spec = Spec.make("Write the letter.", [(f"a{i}", f"b{i}") for i in range(300)])
    engine = paw.compile("Write the opposite.")._interpreter.engine
    assert len(engine.tokenizer.text_ids(spec.as_text())) + 128 < engine.config.context_length * 3 // 4
    draft = Draft(spec.as_text(), None, {})
    with pytest.raises(paw.SpecError, match=r"Shorten the\s+spec"):
        assemble(spec, draft, engine, CompileOptions(), CompilerSection(name="prompted"))


def test_sizes() -> None:
    """64 slots and 256 pseudo-program tokens in 1.6 MB, or 0.8 MB with int8 slots."""
    spec = "Say in one word whether the message below is urgent. " * 23
    for storage, most in (("f16", 1_600_000), ("int8", 800_000)):
        function = paw.compile(spec, compiler="neural", storage=storage)  # type: ignore[arg-type]
        found = function.explain()
        assert found.slots == 64
        assert found.pseudo_program_tokens >= 250
        assert found.file_bytes < most
