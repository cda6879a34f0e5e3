"""Phrasings: every rendering is read back, in every frame."""

import pytest

from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Values
from programasweights.data.oracle.grammar import Phrasing, opened
from programasweights.data.oracle.params import choice, missing, number, quote_style, yes_no

area = Area("Testing")


@area.family(
    "reading",
    "[find|get] the {place} {size} words[, please|] and say {none} if there are none, {yes} or {no} otherwise",
    "{yes}/{no} for {size} {place} words; {none} = nothing there",
    "Look at the text (with [brackets]). The {place} words count, {size} of them. Use {yes}, {no} or {none}!",
    given="a line of text",
    place=choice("first", "last"),
    size=number(2, 20),
    none=missing(),
    labels=yes_no(),
)
def _reading(draw: Draw, p: Values) -> tuple[str, str]:
    return str(draw.random()), repr(p)


FAMILY = area.families[0]


def test_every_rendering_is_read_back_as_drawn() -> None:
    texts = set()
    for seed in range(600):
        draw = Draw(seed)
        quote = quote_style(draw)
        said: dict[str, str] = {}
        for name, param in FAMILY.params.items():
            said.update(param.say(draw, name, quote))
        phrasing = draw.pick(FAMILY.phrasings)
        text = opened(draw, phrasing, phrasing.render(draw, said), FAMILY.given)
        texts.add(text)
        assert [repr(v) for v in FAMILY.read(text)] == [repr(FAMILY.values(said))], text
    assert len(texts) > 590
    assert any(t.startswith("Given a line of text, ") for t in texts)
    assert any(t.startswith("Please ") for t in texts)


def test_a_text_of_no_phrasing_is_not_read() -> None:
    assert FAMILY.read("Find the middle 3 words and say none if there are none, yes or no otherwise.") == []


def test_alternatives_and_slots() -> None:
    phrasing = Phrasing("[a|b {x}] c [d] {y}")
    assert phrasing.slots == {"y"}
    assert phrasing.wordings == 2
    assert {phrasing.render(Draw(n), {"x": "1", "y": "2"}) for n in range(30)} == {"a c [d] 2", "b 1 c [d] 2"}


def test_a_phrasing_without_a_slot_is_refused() -> None:
    with pytest.raises(ValueError, match=r"always shows the slots \['size'\], but the parameters fill"):

        @Area("Testing").family("sub", "count to {size}", size=number(1, 9), none=missing())
        def _broken(draw: Draw, p: Values) -> tuple[str, str]:
            return "", ""
