"""HTML and web: tables, lists and Markdown."""

import re
from collections.abc import Callable

from programasweights.data.oracle.areas.html_web import _banks as banks
from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, separator

__all__ = ["area"]

area = Area("HTML and web")


def _table(draw: Draw, rows: list[list[str]]) -> str:
    line = draw.pick(("", "\n"))
    made = [
        f"<tr>{''.join(f'<{t}>{c}</{t}>' for c in row)}</tr>"
        for t, row in zip(["th"] + ["td"] * len(rows), rows, strict=False)
    ]
    start = draw.pick(("<table>", "<table>", '<table class="data">', '<table border="1">'))
    return line.join([start, *made, "</table>"])


_COLUMNS: dict[str, Callable[[Draw], str]] = {
    "Name": names.first_name, "City": names.city, "Item": names.product,
        "Price": lambda d: f"{d.randint(2, 900)}.{d.randint(10, 99)}", "Qty": lambda d: str(d.randint(1, 60)),
    "Year": lambda d: str(d.randint(1980, 2024)), "Colour": lambda d: d.pick(words.KINDS["colour"]),
        "Day": lambda d: d.pick(words.KINDS["weekday"]), "Code": lambda d: f"{d.pick('ABCKX')}{d.randint(10, 99)}",
    "Job": lambda d: d.pick(words.KINDS["profession"]),
}  # fmt: skip


def _rows(draw: Draw) -> list[list[str]]:
    columns = draw.some(list(_COLUMNS), 2, 4)
    return [columns] + [[_COLUMNS[c](draw) for c in columns] for _ in range(draw.randint(2, 4))]


@area.family(
    "tables and lists",
    "[give|list] the cells of the HTML table's {part}, separated by {separator}",
    "[Cell texts|Cells] of the {part}[, no tags|], joined with {separator}[. Nothing else|]",
    "I scrape tables from [old|government] web pages and only need the {part}. Return the texts of its cells in "
    "order, without any tags and with {separator} between them. [Row 1 is the header.|The first row is the "
    "header.]",
    given="an HTML table",
    part=choice({
        "first column without its header": "c0", "second column without its header": "c1",
            "last column without its header": "c-1", "header row": "r0", "row of column titles": "r0",
        "first row below the header": "r1", "second row below the header": "r2", "last row": "r-1",
            "bottom row": "r-1", "leftmost column, header included": "h0",
        "last column, header included": "h-1",
    }),
    separator=separator(),
)  # fmt: skip
def slice_of_html_table(draw: Draw, p: Values) -> Pair:
    rows = _rows(draw)
    kind, number = p.part[0], int(p.part[1:])
    cells = rows[number] if kind == "r" else [row[number] for row in (rows if kind == "h" else rows[1:])]
    return _table(draw, rows), p.separator.join(cells)


@area.family(
    "tables and lists",
    "[convert|turn|change] the HTML table [to|into] [lines of text|plain lines] {header}, one line per row, "
    "cells [divided|separated] by {mark}",
    "[Table|HTML table] -> delimited text. One row per line, {mark} between cells, {header}. [No quotes.|Do not "
    "quote cells.|]",
    "[My spreadsheet|My import script|The shop's stock program] cannot read HTML. For a table, write one line "
    "for each row {header}; between the cells of a row put {mark}; [cell texts stay as they are, never add "
    "quotation marks|never add quotation marks]. "
    "[No line before or after.|Write nothing before or after the rows.]",
    given="an HTML table",
    header=choice({"with the header row": 0, "including the row of titles": 0, "without the header row": 1,
        "leaving out the row of titles": 1, "in reverse order and without the header row": -1,
                   "from the last row up, without the row of titles": -1}),
    mark=choice({"a comma": ",", "a comma without spaces": ",", "a semicolon": ";", "a tab": "\t",
        "a vertical bar": "|", "a vertical bar with a space on either side": " | ", "a tilde": "~",
        "a double colon": "::", "a slash": "/"}),
)  # fmt: skip
def html_table_as_lines(draw: Draw, p: Values) -> Pair:
    rows = _rows(draw)
    while any(p.mark.strip() and p.mark.strip() in cell for row in rows for cell in row):
        rows = _rows(draw)
    kept = {0: rows, 1: rows[1:], -1: rows[:0:-1]}[p.header]
    return _table(draw, rows), "\n".join(p.mark.join(row) for row in kept)


@area.family(
    "tables and lists",
    "[write|give|put] the items of the HTML list as one line each, {order}, with {mark} before each item; "
    "[nested|inner] tags are dropped",
    "HTML list -> lines, {order}, with {mark} in front of [each item|every entry], no tags.",
    "I paste lists from web pages into [plain text mails|a plain text file|chat messages]. Put every item on a "
    "line of its own, {order}, with {mark} in front of it, and [drop|remove] all tags, including those "
    "inside "
    "an item. [Text before and after the list is left out.|Leave out what stands before or after the list.]",
    "I want the entries of an HTML list as plain lines: {order}, with {mark} [before each entry|at the start of each line]"
    ". [No markup.|No tags.]",
    given="an HTML list",
    mark=choice({
        "a hyphen and a space": "- ", "an asterisk and a space": "* ", "a bullet (•) and a space": "• ",
            "nothing": "", "a plus sign and a space": "+ ", "a greater-than sign and a space": "> ",
        "the number of the line, a full stop and a space (1. 2. 3.)": "{n}. ",
            "the line number and a closing bracket with a space, as in 1) 2)": "{n}) ",
        "the line number in square brackets and a space ([1] [2])": "[{n}] ",
            "a capital letter (A, B, C ...), a full stop and a space": "{a}. ",
        "empty square brackets and a space ([] )": "[] ",
    }),
    order=choice({"in the order of the page": 0, "in their order": 0, "in reverse order": -1,
        "the last one first": -1, "in alphabetical order": 1, "sorted from A to Z": 1}),
)  # fmt: skip
def html_list_as_lines(draw: Draw, p: Values) -> Pair:
    items = list({item[0]: item for item in (banks.label(draw) for _ in range(draw.randint(3, 7)))}.values())
    shown = [
        draw.pick(("{}", "{}", "<b>{}</b>", '<a href="/x">{}</a>', "<span>{}</span>")).format(item)
        for item in items
    ]
    tag = draw.pick(("ul", "ol", 'ul class="menu"'))
    glue = draw.pick(("", "\n", "\n  "))
    text = (
        glue.join([f"<{tag}>", *(f"<li>{item}</li>" for item in shown)]) + f"{glue.rstrip(' ')}</{tag[:2]}>"
    )
    text = draw.pick(("", "", f"<p>{banks.line(draw)}</p>\n")) + text
    kept = {0: items, -1: items[::-1], 1: sorted(items)}[p.order]
    return text, "\n".join(p.mark.format(n=n, a=chr(64 + n)) + item for n, item in enumerate(kept, 1))


@area.family(
    "markdown",
    "[convert|translate|turn] the HTML [to|into] Markdown: bold text (<b>, <strong>) in {bold}, italics (<i>, <em>) in {italic}, <code> "
    "in {code}, and links {links}[; nothing else changes|]",
    "[HTML line -> Markdown.|From HTML to Markdown.|HTML in, Markdown out.] Bold: {bold}. Italics: {italic}. <code>: {code}. Links: {links}. [All else "
    "unchanged.|Rest unchanged.|]",
    "We move an old [blog|wiki|manual] to Markdown, [sentence by sentence|one sentence at a time]. Text in <b> "
    "or <strong> gets {bold} around it, text in <i> or <em> gets {italic}, text in <code> gets {code}; links are "
    "{links}. "
    "[Plain text is copied.|Everything else is copied as it is.]",
    given="a sentence of HTML",
    bold=choice(
        {"double asterisks": "**", "two asterisks": "**", "double underscores": "__", "two underscores": "__"}
    ),
    italic=choice(
        {
            "single asterisks": "*",
            "one asterisk on either side": "*",
            "single underscores": "_",
            "one underscore on either side": "_",
        }
    ),
    code=choice(
        {
            "single backticks": "`",
            "one backtick on either side": "`",
            "double backticks": "``",
            "two backticks on either side": "``",
        }
    ),
    links=choice(
        {
            "written as [text](address)": "[{t}]({u})",
            "turned into [text](address)": "[{t}]({u})",
            "reduced to their text": "{t}",
            "replaced by their text alone": "{t}",
            "written as text (address)": "{t} ({u})",
        }
    ),
)
def html_line_to_markdown(draw: Draw, p: Values) -> Pair:
    shown: list[str] = []
    plain: list[str] = []
    for word in banks.line(draw).split():
        kind = (
            draw.pick(("b", "strong", "i", "em", "code", "a"))
            if draw.chance(0.25) or (not shown and draw.chance(0.4))
            else ""
        )
        core = re.fullmatch(r"(\w+)(\W*)", word)
        if not kind or not core:
            shown.append(word)
            plain.append(word)
            continue
        text, tail = core.groups()
        mark = {"b": p.bold, "strong": p.bold, "i": p.italic, "em": p.italic, "code": p.code}.get(kind, "")
        target = banks.path(draw)
        shown.append((f'<a href="{target}">{text}</a>' if kind == "a" else f"<{kind}>{text}</{kind}>") + tail)
        plain.append((p.links.format(t=text, u=target) if kind == "a" else f"{mark}{text}{mark}") + tail)
    return " ".join(shown), " ".join(plain)


@area.family(
    "markdown",
    "[convert|turn] the Markdown line [to|into] HTML, with {bold} for bold (**) and {italic} for italics (*); a "
    "line starting with # signs becomes {heading}; for any other line, {wrap}",
    "[Markdown -> HTML.|Markdown in, HTML out.|From Markdown to HTML.] **bold**: {bold}. *italics*: {italic}. [Lines with # signs|Line starting with # signs]: "
    "{heading}. Other lines: {wrap}.",
    "My [static site builder|chat program|help page] [needs|has] a tiny converter for single lines of Markdown. "
    "Text in double asterisks becomes {bold}, text in single asterisks {italic}. A line that begins with # signs "
    "and a space becomes {heading} "
    "[and is not wrapped otherwise|and nothing more]; for any other line: {wrap}.",
    "[render|write|show] one line of Markdown as HTML: {bold} for **, {italic} for *, {heading} for a line with # signs in "
    "front, {wrap} for [the rest|a line without them]",
    given="a line of Markdown",
    bold=choice({"<strong>": "strong", "the strong element": "strong", "<b>": "b", "the b element": "b"}),
    italic=choice({"<em>": "em", "the em element": "em", "<i>": "i", "the i element": "i"}),
    heading=choice({
        "a heading of that level (# h1, ## h2, ### h3)": 0, "a heading h1, h2 or h3 by the number of signs": 0,
            "a heading one level lower (# h2, ## h3, ### h4)": 1,
        "a heading, where # gives h2, ## gives h3 and ### gives h4": 1,
    }),
    wrap=choice({"a paragraph (<p>) around the line": "<p>{}</p>", "<p> around the whole line": "<p>{}</p>",
        "nothing around the line": "{}", "no element around the line": "{}", "a <div> around the line": "<div>{}</div>"}),
)  # fmt: skip
def markdown_line_to_html(draw: Draw, p: Values) -> Pair:
    level = draw.pick((0, 0, 1, 2, 3))
    shown, made = [], []
    for word in (banks.label(draw) if level else banks.line(draw)).split():
        kind = draw.pick(("**", "*")) if draw.chance(0.3) else ""
        tag = p.bold if kind == "**" else p.italic
        shown.append(f"{kind}{word}{kind}")
        made.append(f"<{tag}>{word}</{tag}>" if kind else word)
    text = " ".join(made)
    return ("#" * level + " " if level else "") + " ".join(
        shown
    ), f"<h{level + p.heading}>{text}</h{level + p.heading}>" if level else p.wrap.format(text)
