"""Core text processing: choosing, counting, changing and ordering the parts of a text."""

import re

from programasweights.data.oracle.banks import noise, prose
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import missing, number, separator, token, yes_no

__all__ = ["area"]

area = Area("Core text processing")


@area.family(
    "selection of words",
    "[list|give|write down|return] the words of the text that have {size} or more letters, in their order, "
    "separated by {separator}; if there are none, [write|answer|say] {none}",
    "[find|pick out|extract] every word [of|with] at least {size} letters and join them with {separator}. "
    "[Ignore punctuation.|Punctuation does not belong to a word.] [No such word|Nothing found]: {none}.",
    "Words of {size}+ letters, joined by {separator} ({none} if no such word)",
    given="a sentence",
    size=number(6, 10),
    separator=separator(),
    none=missing(),
)
def words_of_some_length(draw: Draw, p: Values) -> Pair:
    text = noise.untidy(draw, prose.sentence(draw))
    found = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) >= p.size]
    return text, p.separator.join(found) or p.none


@area.family(
    "properties of a text",
    "[say|tell|decide] whether the message [ends with|has at its end] a question mark: {yes} if it does, {no} if not",
    "{yes} when the last character is a question mark (spaces at the end do not count), otherwise {no}",
    "Does the line end in '?'. [Answer|Write] {yes} or, if it does not, {no}.",
    given="a chat message",
    difficulty=1,
    labels=yes_no(),
)
def ends_in_a_question_mark(draw: Draw, p: Values) -> Pair:
    text = prose.question(draw) if draw.chance(0.6) else prose.sentence(draw)
    text = noise.untidy(draw, text.rstrip("?") if draw.chance(0.2) else text)
    return text, p.labels["yes" if text.rstrip().endswith("?") else "no"]


@area.family(
    "replacement",
    "replace [every|each] number in the text [by|with] {token} and leave [everything else|the rest] as it is",
    "[mask|hide] all numbers: [put|write] {token} in place of each run of digits[, nothing else changes|]",
    "Digits (any run of them) -> {token}; keep all other characters",
    given="a note",
    token=token(
        "#", "<num>", "[NUMBER]", "N", "***", "{n}", "NUM", "0", "_", "[...]", "<NUMBER>", "x", "???"
    ),
)
def mask_numbers(draw: Draw, p: Values) -> Pair:
    text = prose.sentence(draw)
    if not re.search(r"\d", text) and draw.chance(0.8):
        text = prose.note(draw) + draw.pick((" Ref {}.", " ({})", " x{}", " #{}")).format(
            draw.randint(2, 9999)
        )
    return text, re.sub(r"\d+", p.token.replace("\\", r"\\"), text)
