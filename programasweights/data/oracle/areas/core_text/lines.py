"""Core text processing: lines and fields, first and last parts."""

import re
from collections.abc import Callable

from programasweights.data.oracle.areas.core_text._banks import (
    items,
    one_word_items,
    plain_first_name,
    recased,
    statements,
)
from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, token

__all__ = ["area"]

area = Area("Core text processing")

_PLACES = {
    "first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "last but one": -2, "second to last": -2,
}  # fmt: skip


def _at(entries: list[str], place: int) -> str | None:
    return entries[place] if -len(entries) <= place < len(entries) else None


@area.family(
    "splitting and joining",
    "[return|give|get] the {place} field of the line, fields being divided by {mark}, without the spaces around "
    "it; {none} if there is no such field or it is empty",
    "Split at {mark}, take the {place} field, trim it. Empty or not there: {none}.",
    "Our [logs|exports] have [one record per line|records] with fields divided by {mark}. I need only the {place} "
    "one, [without blanks at its ends|stripped of spaces]; if the line has too few fields or that one is empty, "
    "[give|answer] {none}.",
    given="a line of fields",
    place=choice(_PLACES),
    mark=choice({"semicolons": ";", "a semicolon": ";", "vertical bars": "|", "a vertical bar": "|", "commas": ",",
        "tabs": "\t", "colons": ":", "slashes": "/", "hash signs": "#",
                 "two colons (::)": "::", "tildes": "~"}),
    none=missing(),
)  # fmt: skip
def field_of_a_line(draw: Draw, p: Values) -> Pair:
    makers: tuple[Callable[[Draw], str], ...] = (
        plain_first_name, names.username, words.noun, names.product, lambda d: str(d.randint(1, 9999)),
        lambda d: d.pick(("open", "paid", "new", "late")),
        lambda d: f"{d.randint(2019, 2026)}-{d.randint(1, 12):02}-{d.randint(1, 28):02}",
        lambda d: d.pick(("yes", "no")), lambda d: f"{d.randint(1, 900)}.{d.randint(10, 99)}",
    )  # fmt: skip
    fields = ["" if draw.chance(0.1) else make(draw) for make in draw.some(makers, 1, 6)]
    here = draw.randrange(-2, 2)
    if -len(fields) <= p.place < len(fields) and here == 1:
        fields[p.place] = ""
    if not any(fields):
        fields.append(words.noun(draw))
    joint = p.mark if p.mark == "\t" else draw.pick(("{}", "{}", " {} ", "{} ")).format(p.mark)
    text = joint.join(fields)
    found = _at([f.strip() for f in text.split(p.mark)], p.place)
    return text, found or p.none


@area.family(
    "first, last and nth",
    "[give|return|copy] the {place} sentence of the text, with its mark at the end; {none} if the text has not "
    "that many",
    "{place} sentence only, punctuation included ([text too short|no such sentence]: {none})",
    "For the [preview|summary] of our articles I [pick|take] one sentence from each: the {place} one, exactly as "
    "it stands with its full stop or other mark. If there [is|exists] no such sentence, [I want|I would like|we "
    "want] {none}.",
    given="a paragraph",
    place=choice(_PLACES),
    none=missing(),
)
def sentence_at_a_place(draw: Draw, p: Values) -> Pair:
    made = statements(draw, 1, 5)
    found = _at(made, p.place)
    return draw.pick(("{}", "{}", " {}", "{}\n")).format(" ".join(made)), found or p.none


_NUMBER_LINES = (
    "{first} brought {n} boxes.", "The {noun} weighs {n} kilos.", "Row {n} is {adj}.",
    "We sold {n} {nouns} in {month}.", "Only {n} left!", "{n} people asked about the {noun}.",
    "Bus {n} stops at the {noun}.", "Please add {n} {nouns} to the order.", "It costs {n} euros.",
    "The {noun} was {adj}.", "{first} never saw the {noun}.", "Room {n}, second door.",
    "Nobody paid for the {nouns}.",
)  # fmt: skip


@area.family(
    "first, last and nth",
    "[write|give|return] the {place} number of the text as digits, [or|and] {none} if [there are not so many "
    "numbers|the text has too few]. Only numbers in digits count",
    "{place} number (digits only, number words don't count), else {none}",
    "The [messages|notes] that come in hold several figures and I only need the {place} one. [Return|Give|Write] "
    "it in digits; if the text [does not have|lacks] so many, return {none}. Numbers spelled in words are [to be "
    "ignored|not meant].",
    given="a note",
    place=choice(_PLACES),
    none=missing(),
)
def number_at_a_place(draw: Draw, p: Values) -> Pair:
    made = []
    for line in draw.some(_NUMBER_LINES, 1, 4):
        noun = words.noun(draw)
        value = (
            words.number_word(draw.randint(2, 40))
            if draw.chance(0.15)
            else str(draw.pick((draw.randint(2, 20), draw.randint(21, 999))))
        )
        text = line.format(
            n=value,
            first=plain_first_name(draw),
            noun=noun,
            nouns=words.plural(noun),
            adj=draw.pick(words.ADJECTIVES),
            month=draw.pick(words.KINDS["month"]),
        )
        made.append(text[0].upper() + text[1:])
    full = " ".join(made)
    return full, _at(re.findall(r"\d+", full), p.place) or p.none


@area.family(
    "first, last and nth",
    "[return|give] what stands {side} the {which} {mark} of the line, without spaces at its ends; if the line has "
    "no {mark}, [return|give] {none}",
    "Text {side} the {which} {mark}, trimmed; {none} without {mark}",
    "I split [file paths, titles and settings|headings and references] at a sign. Give me the part {side} the "
    "{which} {mark} (there may be [several|more than one]), with no blanks at either end, and {none} when the "
    "line does not contain any {mark}.",
    given="a line of text",
    side=choice({"before": 0, "in front of": 0, "to the left of": 0, "after": 1, "behind": 1, "to the right of": 1}),
    which=choice({"first": 0, "leftmost": 0, "last": -1, "rightmost": -1}),
    mark=choice({"colon": ":", "slash": "/", "equals sign": "=", "hyphen": "-", "at sign": "@", "dot": ".",
        "underscore": "_", "vertical bar": "|", "comma": ",", "arrow (->)": "->"}),
    none=missing(),
)  # fmt: skip
def part_beside_a_mark(draw: Draw, p: Values) -> Pair:
    count = draw.pick((0, 1, 2, 2, 3))
    parts = [" ".join(one_word_items(draw, draw.randint(1, 2))) for _ in range(count + 1)]
    if draw.chance(0.3):
        parts[draw.randrange(count + 1)] = str(draw.randint(1, 2030))
    other = draw.pick([m for m in (":", "/", "=", ";", "#", "~") if m != p.mark])
    if draw.chance(0.4):
        parts[-1] += other + words.noun(draw)
    space = draw.pick(("", "", " "))
    text = f"{space}{p.mark}{space}".join(parts)
    if p.mark not in text:
        return text, p.none
    before, after = text.split(p.mark, 1)[0], text.rsplit(p.mark, 1)[1]
    if p.which == 0:
        after = text.split(p.mark, 1)[1]
    else:
        before = text.rsplit(p.mark, 1)[0]
    return text, (after if p.side else before).strip()


_HEADINGS = (
    "Address",
    "Agenda",
    "Attendees",
    "Contact",
    "Decision",
    "Delivery",
    "Next step",
    "Owner",
    "Result",
    "Status",
    "Summary",
    "Total",
)


@area.family(
    "line handling",
    "[return|give|copy] the line {side} the line that says {heading}; {none} if no line says that or there is "
    "nothing {side} it. [Capitals and|Letter case and] a colon at the end of the heading [do not matter|make no "
    "difference]",
    "Line {side} the line {heading} (capitals and a colon at its end don't matter). Not there: {none}.",
    "My [reports|forms] have headings on lines of their own, some with a colon and some in capitals. Find the "
    "heading {heading} and give me the line directly {side} it. If that heading, or that line, [is missing|does "
    "not exist], [write|answer] {none}.",
    given="a few lines of text",
    side=choice({"after": 1, "below": 1, "before": -1, "above": -1}),
    heading=token(*_HEADINGS),
    none=missing(),
)
def line_beside_a_heading(draw: Draw, p: Values) -> Pair:
    lines: list[str] = []
    chosen = draw.some([h for h in _HEADINGS if h != p.heading], 1, 3)
    if draw.chance(0.8):
        chosen.insert(draw.randrange(len(chosen) + 1), p.heading)
    shape = draw.pick(("{}", "{}:", "{}"))
    style = draw.pick("==u")
    for heading in chosen:
        lines.append(recased(draw, style, shape.format(heading)))
        lines += [draw.pick((prose.note, prose.statement))(draw) for _ in range(draw.randint(1, 2))]
    if draw.chance(0.3):
        lines.insert(0, prose.note(draw))
    place = next((k for k, line in enumerate(lines) if line.rstrip(":").lower() == p.heading.lower()), None)
    if place is None or not 0 <= place + p.side < len(lines):
        return "\n".join(lines), p.none
    return "\n".join(lines), lines[place + p.side]


@area.family(
    "line handling",
    "keep only the lines that {keep} the word {word} in any letter case, and join them with {separator}; {none} "
    "if no line is left. Longer words [such as its plural|with it inside] are other words",
    "Filter: lines that {keep} {word} (whole word, any case), [joined with|joined by|put together with] "
    "{separator}; nothing left -> {none}",
    "I paste [log lines|to-do lines] and want just those that {keep} the word {word}, capitals or not, as a whole "
    "word ([longer words do not count|a longer word that has it inside does not count]). [Return|Give|Write] them "
    "unchanged in their order, [with|using] {separator} between them, or {none}.",
    given="several lines",
    keep=choice({"contain": True, "mention": True, "have": True, "do not contain": False, "do not mention": False,
        "lack": False}),
    word=token("error", "invoice", "meeting", "garden", "server", "ticket", "backup", "train", "key", "parcel"),
    separator=choice({"line breaks": "\n", "newlines": "\n", '" | "': " | ", '" / "': " / ",
        "two slashes (//)": "//", '" ## "': " ## ", '" ++ "': " ++ "}),
    none=missing(),
)  # fmt: skip
def lines_with_or_without_a_word(draw: Draw, p: Values) -> Pair:
    share = draw.pick((0.0, 0.5, 0.5, 1.0))
    lines = []
    for _ in range(draw.randint(2, 4)):
        template = draw.pick(_FILTER_LINES)
        used = (
            p.word
            if draw.chance(share)
            else draw.pick(
                [w for w in ("lamp", "report", "mirror", p.word + "s", "window", "contract") if w != p.word]
            )
        )
        used = recased(draw, "==uc", used)
        lines.append(template.format(used, plain_first_name(draw), draw.pick(words.KINDS["weekday"])))
    found = [line for line in lines if bool(re.search(rf"\b{p.word}\b", line, re.IGNORECASE)) == p.keep]
    return "\n".join(lines), p.separator.join(found) or p.none


_FILTER_LINES = (
    "{1} checks the {0} on {2}", "No {0} today", "{0}: ask {1}", "{2} - {1} and the {0}", "the {0} was fine",
    "{1} called about the {0}, again", "{2} 14:30 {0} moved",
    "TODO {0} ({1})", "Why did {1} close the {0}?", "[{2}] {0} ready",
)  # fmt: skip


@area.family(
    "line handling",
    "[join|put] the lines into one with {separator}, [without empty lines|leaving out empty lines] and without "
    "spaces at the ends of each line, and add {end}",
    "Lines -> one line: trim each, skip the empty ones, {separator} between them, {end}",
    "[Addresses|Entries] reach me over several lines, with blank lines and stray spaces. [Bring|Put] them on one "
    "line: [every line trimmed|each line trimmed], blank ones dropped, {separator} between the rest, and {end}[. "
    "Letters and order stay the same|; nothing else changes].",
    given="a text of several lines",
    difficulty=1,
    separator=choice({"a comma and a space": ", ", '", "': ", ", "semicolons": "; ", '" / "': " / ",
        "single spaces": " ", '" | "': " | ", '" - "': " - ", "vertical bars without spaces": "|", '" · "': " · "}),
    end=choice({"a full stop at the end": ".", "a closing full stop": ".", "a semicolon at the end": ";",
        "nothing at the end": "", "no mark at the end": "", "an exclamation mark at the end": "!",
        '" (end)" at the end': " (end)"}),
)  # fmt: skip
def lines_joined_without_gaps(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.6):
        lines = [
            names.full_name(draw),
            names.street(draw).split(",")[0],
            names.city(draw),
            draw.pick(words.KINDS["country"]),
        ][: draw.randint(2, 4)]
    else:
        lines = items(draw, draw.randint(2, 5))
    made = []
    for line in lines:
        made.append(draw.pick(("{}", "{}", "  {}", "{}  ", " {} ")).format(line))
        if draw.chance(0.3):
            made.append(draw.pick(("", " ")))
    return "\n".join(made), p.separator.join(lines) + p.end
