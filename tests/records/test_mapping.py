"""Maps: order, equal inputs, bounds, checks, progress."""

from collections.abc import Iterator, Sequence

import pytest

from programasweights.errors import InputError
from programasweights.records import Work, attempt, mapped
from programasweights.records import mapping as module


class Machine:
    """Runs texts, and remembers what it was asked."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.checked: list[tuple[str, int]] = []

    def run(self, texts: Sequence[str]) -> list[str]:
        self.batches.append(list(texts))
        return [text.upper() for text in texts]

    def check(self, text: str, number: int) -> None:
        self.checked.append((text, number))
        if "bad" in text:
            raise InputError(f"input {number} is bad")

    @property
    def work(self) -> Work[str]:
        return Work(run=self.run, check=self.check)

    @property
    def ran(self) -> list[str]:
        return [text for batch in self.batches for text in batch]


@pytest.mark.parametrize("whole", [True, False])
def test_equal_inputs_are_run_once_and_order_is_kept(whole: bool) -> None:
    machine = Machine()
    texts = [f"t{n % 150}" for n in range(1000)] + ["", "t0"]
    found = list(mapped(machine.work, iter(texts), whole=whole))
    assert found == [(text, text.upper()) for text in texts]
    assert machine.ran == [f"t{n}" for n in range(150)] + [""]
    assert max(map(len, machine.batches)) <= 64
    assert list(mapped(machine.work, [])) == []


def test_a_generator_is_not_listed() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"t{taken % 10_000}"

    rows = mapped(Machine().work, endless())
    assert next(rows) == ("t1", "T1")
    assert taken == 64
    for _ in range(20_000):
        next(rows)
    assert taken < 20_001 + module._PENDING


def test_few_distinct_inputs_are_read_ahead_within_a_bound() -> None:
    taken = 0

    def same() -> Iterator[str]:
        nonlocal taken
        for _ in range(3 * module._PENDING):
            taken += 1
            yield "same"

    assert next(mapped(Machine().work, same())) == ("same", "SAME")
    assert taken == module._PENDING


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 100)
    monkeypatch.setattr(module, "_CHUNK", 10)
    machine = Machine()
    texts = [f"t{n}" for n in range(300)] + [f"t{n}" for n in reversed(range(300))]
    assert [found for _, found in mapped(machine.work, texts)] == [text.upper() for text in texts]
    assert len(machine.ran) == 500  # the last hundred were remembered
    every = Machine()
    list(mapped(every.work, texts, whole=True))
    assert len(every.ran) == 300


def test_nothing_is_run_if_an_input_of_a_whole_is_refused() -> None:
    machine = Machine()
    texts = [f"t{n}" for n in range(200)] + ["t0", "bad"]
    with pytest.raises(InputError, match="input 201 is bad"):
        list(mapped(machine.work, texts, whole=True))
    assert machine.ran == []
    rows = mapped(machine.work, texts)
    assert [next(rows)[0] for _ in range(128)] == texts[:128]
    with pytest.raises(InputError, match="input 201 is bad"):
        list(rows)
    assert ("t0", 200) not in machine.checked  # equal inputs are checked once


@pytest.mark.parametrize("wrong", [None, 3, b"x", ["x"]])
def test_what_is_no_text(wrong: object) -> None:
    with pytest.raises(InputError, match="input 1 is a"):
        list(mapped(Machine().work, ["x", wrong]))  # type: ignore[list-item]
    with pytest.raises(InputError, match="one string"):
        mapped(Machine().work, "one text")


def test_progress_of_rows(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[int, int | None]] = []
    texts = [f"t{n}" for n in range(100)] * 2
    list(mapped(Machine().work, texts, progress=lambda done, total: seen.append((done, total))))
    assert seen[0] == (64, 200)
    assert seen[-1] == (200, 200)
    seen.clear()
    list(mapped(Machine().work, iter(texts), progress=lambda done, total: seen.append((done, total))))
    assert seen[-1] == (200, None)
    assert capsys.readouterr() == ("", "")
    list(mapped(Machine().work, texts, progress=True))
    assert capsys.readouterr() == ("", "Running ...\n")


def test_a_refused_input_does_not_stop_the_others() -> None:
    def run(texts: Sequence[str]) -> list[str]:
        for number, text in enumerate(texts):
            Machine().check(text, number)
        return [text.upper() for text in texts]

    texts = ["a", "bad 1", "b", "c", "bad 2"]
    found = attempt(run, texts)
    assert [answer if isinstance(answer, str) else str(answer) for answer in found] == [
        "A",
        "input 0 is bad",
        "B",
        "C",
        "input 0 is bad",
    ]

    def broken(_texts: Sequence[str]) -> list[str]:
        raise RuntimeError("not the input's fault")

    with pytest.raises(RuntimeError):
        attempt(broken, texts)
