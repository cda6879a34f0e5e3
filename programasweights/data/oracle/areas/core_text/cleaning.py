"""Core text processing: cleaning of pasted text, shortening and wrapping."""

import re

from programasweights.data.oracle.areas.core_text._banks import (
    statements,
)
from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number, token

__all__ = ["area"]

area = Area("Core text processing")


@area.family(
    "cleaning",
    "[clean|tidy|repair] the pasted text: undo the line breaks within a paragraph, [put words together "
    "again|rejoin words] that were divided by a hyphen at a line end, use single spaces, and [write|put] {mark} "
    "between paragraphs (they are divided by an empty line)",
    "PDF paste -> [clean|running] text. Line break = space, hyphen at line end = join the word[ and drop the "
    "hyphen|], several spaces = one; empty line (paragraph) = {mark}.",
    "When I copy from [a PDF|a scanned report|our old manuals] every line ends in a break and long words are cut "
    "in two with a hyphen. [Restore running text|Give me the running text]: no breaks, cut words joined [without "
    "the hyphen|again], never two spaces in a row. Where an empty line parts two paragraphs, [insert|put] {mark}[ "
    "instead|].",
    given="text pasted from a PDF",
    difficulty=3,
    mark=choice({'" ¶ "': " ¶ ", '" // "': " // ", '" | "': " | ", '" <p> "': " <p> ", "a single line break": "\n",
        "one line break": "\n", '" [...] "': " [...] ", '" || "': " || ", '" ## "': " ## ",
                 '" -- "': " -- ", '" § "': " § ", '" * * * "': " * * * "}),
)  # fmt: skip
def pdf_paste_restored(draw: Draw, p: Values) -> Pair:
    paragraphs = [" ".join(statements(draw, 1, 1 + (k == 0))) for k in range(draw.randint(1, 3))]
    broken = []
    for text in paragraphs:
        parts = []
        for k, word in enumerate(text.split(" ")):
            gap = "" if k == 0 else draw.pick((" ", " ", " ", "\n", "  "))
            if re.fullmatch(r"[a-z]{7,}", word) and draw.chance(0.5):
                cut = draw.randint(3, len(word) - 3)
                word = f"{word[:cut]}-\n{word[cut:]}"
            parts.append(gap + word)
        broken.append("".join(parts))
    return "\n\n".join(broken), p.mark.join(paragraphs)


_INTROS = (
    "On {day}, {name} wrote:",
    "{name} wrote on {day}:",
    "-----Original Message-----",
    "On {day} at 9:41, {name} <{mail}> wrote:",
    "{name} <{mail}> wrote:",
)
_SIGNED = ("-- \n{name}\n{company}", "--\n{name}", "-- \n{name} | {phone}", "")


@area.family(
    "cleaning",
    "keep only the new text of the mail: drop quoted lines (they start with >), the line that announces the "
    "quote, and the signature (everything from a line of two hyphens on, up to the quote). Write what remains on "
    "one line, its lines [joined with|joined by|put together with] {separator}; {none} if nothing remains",
    "Strip quote (> lines and the ... wrote: / Original Message line) and signature (-- and all below). Rest on "
    "one line, [joined with|joined by|put together with] {separator}; empty -> {none}",
    "Our [helpdesk|ticket system] stores whole mails but I [only want|need only] what the person typed this time. "
    "Remove lines with > at the front, the header line above them, and the signature, which starts with a line of "
    "two hyphens. Join the lines that are left with {separator}. If there [is|are] none, answer {none}.",
    given="an e-mail reply",
    separator=choice({"single spaces": " ", "a space": " ", '" / "': " / ", '" | "': " | ", "vertical bars with spaces around them": " | ",
        '" // "': " // "}),
    none=missing("no new text"),
)  # fmt: skip
def reply_without_quote(draw: Draw, p: Values) -> Pair:
    new = [draw.pick((prose.chat, prose.ticket, prose.note))(draw) for _ in range(draw.pick((0, 1, 1, 2, 3)))]
    name = names.full_name(draw)
    intro = draw.pick(_INTROS).format(
        day=draw.pick(words.KINDS["weekday"]), name=names.full_name(draw), mail=names.email(draw)
    )
    quote = [draw.pick(("> ", ">", "> > ")) + prose.sentence(draw) for _ in range(draw.randint(1, 3))]
    sign = draw.pick(_SIGNED).format(name=name, company=names.company(draw), phone=names.phone(draw))
    block = "\n".join([intro, *quote])
    parts = [*new, sign, "", block] if draw.chance(0.5) and sign == "" else [*new, "", block, "", sign]
    if draw.chance(0.4):
        parts = ["\n".join([intro, *quote]), "", *new, sign]
    return "\n".join(parts).strip(), p.separator.join(new) or p.none


_RESIDUES = {
    "footnote numbers in square brackets such as [3]": "foot", "reference numbers like [12]": "foot",
    "everything in round brackets, brackets included": "round", "all remarks in (round brackets)": "round",
    "all emoji": "emoji", "every emoji": "emoji", "all asterisks and underscores used for emphasis": "marks",
    "the * and _ signs around emphasised words": "marks", "all double quotation marks": "quote",
    'every " sign': "quote",
}  # fmt: skip
_EMOJI = "🙂🎉🔥👍😅🚀❤🌧🍀📦"


def _spoilt(draw: Draw, word: str, kind: str) -> tuple[str, str]:
    """A word with some residue after or around it, and the pattern that removes it."""
    if kind == "foot":
        return f"{word}[{draw.randint(1, 40)}]", word
    if kind == "round":
        return (
            f"{word} ({draw.pick(('see below', 'sic', 'new', 'approx.', '2019', 'unpaid', 'our own', 'page 4'))})",
            word,
        )
    if kind == "emoji":
        return f"{word} {draw.pick(_EMOJI)}", word
    if kind == "quote":
        return f'"{word}"', word
    mark = draw.pick(("*", "**", "_"))
    return f"{mark}{word}{mark}", word


@area.family(
    "cleaning",
    "[remove|delete|take out] {what} [from the text|in the text] and leave all else alone; [no|there should be "
    "no] double spaces where something was taken out. If there is nothing to remove, [write|answer] {none}",
    "Strip {what}. The rest stays, no doubled spaces. [Nothing to strip|Nothing there]: {none}",
    "Before I index [web pages|articles], {what} must go. Give back the text without them, otherwise unchanged "
    "and with single spaces in the gaps, or {none} if the text had none of that kind.",
    given="a piece of web text",
    what=choice(_RESIDUES),
    none=missing("clean", "unchanged"),
)
def residue_of_one_kind_removed(draw: Draw, p: Values) -> Pair:
    kinds = ("foot", "round", "emoji", "marks", "quote")
    others = draw.some([k for k in kinds if k != p.what], 0, 2)
    there = draw.chance(0.75)
    spoilt, clean = [], []
    for word in " ".join(statements(draw, 1, 2)).split(" "):
        dirty, kept = word, word
        if re.fullmatch(r"[a-z]{4,}", word) and draw.chance(0.35):
            kind = draw.pick([*others, *([p.what, p.what] if there else [])]) if others or there else ""
            if kind:
                dirty, plain = _spoilt(draw, word, kind)
                kept = plain if kind == p.what else dirty
        spoilt.append(dirty)
        clean.append(kept)
    return " ".join(spoilt), p.none if spoilt == clean else " ".join(clean)


@area.family(
    "shortening",
    "[shorten|cut] the text to its first {count} words and [put|write] {mark} directly after them; a text of "
    "{count} words or fewer [stays as it is|is returned whole], with nothing added",
    "First {count} words + {mark} ([no space before it|glued on]); texts that have no more words than that stay "
    "whole",
    "On the [overview page|start page] there is room for {count} words per entry. Longer texts end after word "
    "{count} and get {mark} [right behind it|attached without a space] (a comma or stop at that place is kept); "
    "shorter ones, or those with just as many words, [are shown in full|remain unchanged].",
    given="a text",
    count=number(3, 8),
    mark=token("...", "…", "[...]", "(more)", "->", ">>", "--", "/cut/", "+", "~"),
)
def teaser_of_first_words(draw: Draw, p: Values) -> Pair:
    short = draw.pick((prose.chat, prose.headline, prose.note, prose.statement))(draw)
    text = short if draw.chance(0.8) else prose.paragraph(draw, 2, 2)
    found = text.split()
    return text, text if len(found) <= p.count else " ".join(found[: p.count]) + p.mark


@area.family(
    "shortening",
    "[wrap|break] the text into lines of at most {width} characters, breaking only at spaces and putting as many "
    "words on each line as fit; {start} every line after the first",
    "[Word wrap|Wrap] at {width} characters, greedy, break at spaces; {start} the lines after the first (not "
    "counted in the width)",
    "My [receipt printer|label printer] takes {width} characters per line. [Fill each line with|Put on each line] "
    "as many whole words as possible and go on in the next one; {start} each continued line, which does not count "
    "towards the {width}.",
    given="a short text",
    difficulty=3,
    width=number(18, 34),
    start=choice({'write "> " before': "> ", "put two spaces before": "  ", "put nothing before": "",
        "add nothing before": "", 'put "| " before': "| ", 'write "+ " before': "+ ", "put a tab before": "\t"}),
)  # fmt: skip
def text_wrapped_for_a_printer(draw: Draw, p: Values) -> Pair:
    text = draw.pick((prose.statement, prose.note, prose.headline))(draw)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= p.width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return text, f"\n{p.start}".join(lines)
