"""Drawing tasks: repeatable, balanced, examples apart from pairs, ill-formed draws refused."""

from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Family, Values
from programasweights.data.oracle.params import choice, number, yes_no
from programasweights.data.oracle.registry import all_families, find_family
from programasweights.data.oracle.task import draw_task, draw_wordings

area = Area("Testing")


@area.family("rare", "say {yes} if the number is below 2, else {no}", labels=yes_no())
def _rare_class(draw: Draw, p: Values) -> tuple[str, str]:
    value = draw.randrange(10)
    text = f"{value} ({draw.randrange(10**6)})"
    return text, p.labels["yes" if value < 2 else "no"]


@area.family("few", "repeat the letter {size} times", size=number(2, 5))
def _few_inputs(draw: Draw, p: Values) -> tuple[str, str]:
    letter = draw.pick("abc")
    return letter, letter * p.size


@area.family("vague", "{one} then {two}", one=choice("a", "a then b"), two=choice("b then c", "c"))
def _vague_text(draw: Draw, p: Values) -> tuple[str, str]:
    return str(draw.random()), p.one + p.two


@area.family("unsteady", "count the calls, from {size}", size=number(2, 5))
def _unsteady(draw: Draw, p: Values) -> tuple[str, str]:
    _CALLS.append(1)
    return str(draw.random()), str(len(_CALLS) + p.size)


_CALLS: list[int] = []
RARE, FEW, VAGUE, UNSTEADY = area.families


def _specs(family: Family, count: int = 60) -> list[str]:
    return [task.spec for n in range(count) if (task := draw_task(family, 0, n, 8))]


def test_the_same_seed_gives_the_same_task() -> None:
    family = find_family("words-of-some-length")
    assert [draw_task(family, 3, n, 8) for n in range(10)] == [draw_task(family, 3, n, 8) for n in range(10)]
    assert draw_task(family, 3, 0, 8) != draw_task(family, 4, 0, 8)


def test_pairs_differ_and_examples_are_not_among_them() -> None:
    family = find_family("words-of-some-length")
    with_examples = 0
    for number_ in range(80):
        task = draw_task(family, 0, number_, 8)
        assert task is not None
        inputs = [case.input for case in (*task.pairs, *task.shown)]
        assert len(set(inputs)) == len(inputs) == 8 + len(task.shown)
        assert all(case.input in task.spec and case.output in task.spec for case in task.shown)
        with_examples += bool(task.shown)
    assert 25 <= with_examples <= 55


def test_rare_answers_are_drawn_until_they_are_common() -> None:
    shares = []
    for n in range(40):
        task = draw_task(RARE, 0, n, 8)
        assert task is not None
        outputs = [case.output for case in task.pairs]
        shares.append(max(outputs.count(o) for o in outputs) / 8)
    assert sum(shares) / len(shares) < 0.66


def test_too_few_inputs_are_refused() -> None:
    assert _specs(FEW) == []


def test_a_draw_that_reads_otherwise_than_drawn_is_refused() -> None:
    tasks = [task for n in range(80) if (task := draw_task(VAGUE, 0, n, 8))]
    read = {task.pairs[0].output for task in tasks if task.core == "a then b then c"}
    assert read == {"a then bc"}, "the other way to draw this text, a and b then c, must not get through"
    assert len(tasks) < 75


def test_pairs_that_do_not_come_out_the_same_twice_are_refused() -> None:
    assert _specs(UNSTEADY, 5) == []


def test_wordings_of_one_task_ask_for_the_same() -> None:
    found = [
        worded
        for family in all_families()[:40]
        if family.corpus is None
        and (worded := draw_wordings(family, 11, 0, wordings=4, pairs=12)) is not None
    ]
    assert len(found) >= 20
    for worded in found:
        assert len(set(worded.wordings)) == 4
        assert len({case.input for case in worded.pairs}) == 12
        readings = {repr(worded.family.read(text)) for text in worded.wordings}
        assert len(readings) == 1, worded.behaviour
        assert repr(worded.family.read(worded.wordings[0])[0]) in worded.behaviour
    family = found[0].family
    assert draw_wordings(family, 11, 0, wordings=4, pairs=12) == found[0]
    assert draw_wordings(family, 11, 0, wordings=5_000, pairs=12) is None


def test_wordings_that_read_otherwise_than_drawn_are_left_out() -> None:
    found = [draw_wordings(VAGUE, 0, number, wordings=1, pairs=1) for number in range(40)]
    twofold = [w for w in found if w is not None and "a then b then c" in w.wordings[0].lower()]
    assert None in found
    assert {worded.pairs[0].output for worded in twofold} == {"a then bc"}
