"""Maps, iterators and coroutines of functions with and without a type, on a tiny model."""

import asyncio
import copy
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest

import programasweights as paw
from programasweights.functions import Function
from programasweights.typed import TypedFunction

TEXTS = [f"text {n % 9}" for n in range(30)] + [""]


@pytest.fixture
def untyped(tiny_name: str) -> Function:
    return paw.compile("Say yes.", interpreter=tiny_name, max_new_tokens=8)


@pytest.fixture
def labels(untyped: Function) -> TypedFunction[Literal["a", "b"]]:
    return TypedFunction(untyped, Literal["a", "b"])


@pytest.fixture
def lists(untyped: Function) -> TypedFunction[list[int]]:
    return TypedFunction(untyped, list[int], fallback=lambda _text: [])


def counted(monkeypatch: pytest.MonkeyPatch, function: Function) -> list[str]:
    """The inputs that the interpreter completes."""
    ran: list[str] = []
    real = function.interpreter.run
    monkeypatch.setattr(
        function.interpreter, "run", lambda prepared, texts: ran.extend(texts) or real(prepared, texts)
    )
    return ran


def test_every_way_gives_the_same(
    untyped: Function, labels: TypedFunction[str], lists: TypedFunction[list[int]]
) -> None:
    for function in (untyped, labels, lists):
        alone = [function(text) for text in TEXTS]  # type: ignore[operator]
        assert function.map(TEXTS) == alone
        assert list(function.imap(iter(TEXTS))) == alone

        async def main(function: Function = function) -> None:  # type: ignore[assignment]
            expected = [function(text) for text in TEXTS]
            assert await function.amap(TEXTS) == expected
            assert await asyncio.gather(*map(function.acall, TEXTS)) == expected

        asyncio.run(main())


def test_equal_inputs_are_run_once(monkeypatch: pytest.MonkeyPatch, untyped: Function) -> None:
    ran = counted(monkeypatch, untyped)
    untyped.map(TEXTS)
    assert len(ran) == len(set(TEXTS)) == 10


def test_equal_inputs_do_not_share_a_value(lists: TypedFunction[list[int]]) -> None:
    first, second = lists.map(["x", "x"])
    first.append(7)
    assert second != first


def test_the_cache(
    monkeypatch: pytest.MonkeyPatch, untyped: Function, labels: TypedFunction[str], tmp_path: Path
) -> None:
    path = tmp_path / "results.sqlite"
    found = untyped.map(TEXTS, cache=path), labels.map(TEXTS, cache=path)
    ran = counted(monkeypatch, untyped)
    assert untyped.map(TEXTS, cache=path) == found[0]
    assert ran == []
    fresh = TypedFunction(untyped, Literal["a", "b"])
    monkeypatch.setattr(fresh._ways, "outputs", None)  # would fail if asked
    assert fresh.map(TEXTS, cache=path) == found[1]
    # another type, threshold or program asks anew, or decides anew
    assert TypedFunction(untyped, Literal["a", "c"]).map(["text 1"], cache=path) in (["a"], ["c"])
    shy = TypedFunction(untyped, Literal["a", "b"], abstain_below=1.0, fallback=str.upper)
    assert shy.map(["text 1"], cache=path) == ["TEXT 1"]
    other = paw.compile("Say no.", interpreter=str(untyped.interpreter.engine.model.recipe.name))
    ran = counted(monkeypatch, other)
    other.map(["text 1"], cache=path)
    assert ran == ["text 1"]


def test_refused_inputs(
    untyped: Function, labels: TypedFunction[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = counted(monkeypatch, untyped)
    for function in (untyped, labels):
        with pytest.raises(paw.ContextLengthError, match="input 31 has"):
            function.map([*TEXTS, "long " * 9000])
        with pytest.raises(paw.InputError, match="one string"):
            function.imap("text")
        with pytest.raises(paw.InputError, match="input 0 is a NoneType"):
            asyncio.run(function.acall(None))  # type: ignore[arg-type]
    assert ran == []


def test_copies_and_other_processes(untyped: Function, tmp_path: Path) -> None:
    made = TypedFunction(untyped, Literal["a", "b"], abstain_below=0.1, fallback=str.upper)
    for function in (untyped, made):
        assert copy.deepcopy(function) is function
    (tmp_path / "function").write_bytes(pickle.dumps((untyped, made)))
    code = "import pickle, sys; f, g = pickle.load(open(sys.argv[1], 'rb')); print(repr((f('x'), g('x'), g.type.name)))"
    command = [sys.executable, "-c", code, str(tmp_path / "function")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"{(untyped('x'), made('x'), 'Literal')!r}\n"
