"""Format validation: JSON, CSV and brackets."""

import csv
import io
import json
import re
from typing import Any

from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, token, yes_no

__all__ = ["area"]

area = Area("Format validation")

_KEYS = (
    "name",
    "age",
    "email",
    "city",
    "active",
    "price",
    "tags",
    "title",
    "count",
    "id",
    "color",
    "date",
    "owner",
    "size",
    "status",
)


def _value(draw: Draw, key: str) -> Any:
    if key in ("age", "count", "id", "size"):
        return draw.randint(1, 900)
    if key == "price":
        return round(names.price(draw), 2)
    if key == "active":
        return draw.chance(0.5)
    if key == "tags":
        return draw.some(words.ADJECTIVES, 1, 3)
    made = {
        "name": names.first_name,
        "email": names.email,
        "city": names.city,
        "title": lambda d: f"{d.pick(words.ADJECTIVES)} {words.noun(d)}",
        "owner": names.last_name,
    }
    if key in made:
        return made[key](draw).replace("'", "")
    return draw.pick(
        {
            "color": words.KINDS["colour"],
            "date": ("2024-05-01", "2023-11-30", "2025-02-14"),
            "status": ("new", "open", "done", "paid"),
        }[key]
    )


def _record(draw: Draw, low: int = 2, high: int = 4) -> dict[str, Any]:
    made = {key: _value(draw, key) for key in draw.some(_KEYS, low, high)}
    if draw.chance(0.25):
        made[draw.pick(("user", "meta", "address", "item"))] = {
            key: _value(draw, key) for key in draw.some(_KEYS, 1, 2)
        }
    return made


def _written(draw: Draw, value: Any) -> str:
    style = draw.randrange(3)
    if style == 0:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(value, ensure_ascii=False, indent=2 if style == 1 and draw.chance(0.5) else None)


def _broken(draw: Draw, text: str, flaw: str) -> str:
    """The JSON text with one flaw: comma (needless), quotes (single), bracket (missing at the end), key (bare)."""
    if flaw == "comma":
        return re.sub(r"(\s*[\]}])$", r",\1", text)
    if flaw == "quotes":
        return text.replace('"', "'")
    if flaw == "bracket":
        return text[:-1].rstrip()
    if flaw == "key":
        return re.sub(r'"(\w+)"(\s*:)', r"\1\2", text)
    return text


@area.family(
    "json",
    "[check|tell|say] whether the text is valid JSON: {yes} if a strict parser accepts it, {no} if not",
    "Strict JSON? {yes} / [otherwise|else|if not] {no} (trailing commas, single quotes, bare keys, open brackets "
    "are all errors)",
    "A language model writes JSON for my [app|script] and sometimes gets it wrong: a comma before the closing "
    "bracket, single instead of double quotes, keys without quotes, a bracket that is never closed, a missing "
    "comma. [Return|Give|Write] {yes} if the text can be parsed by the rules of JSON, {no} if it cannot.",
    "test the snippet, is it [correct|well-formed] JSON by the standard (double quotes, no trailing comma, all "
    "brackets closed)? {yes} if so, {no} if it is not",
    given="a piece of text",
    labels=yes_no(),
)
def strict_json_or_not(draw: Draw, p: Values) -> Pair:
    value: Any = _record(draw) if draw.chance(0.8) else [_record(draw, 1, 2) for _ in range(2)]
    text = _written(draw, value)
    if draw.chance(0.5):
        flaw = draw.pick(("comma", "quotes", "bracket", "key", "gap", "python"))
        if flaw == "gap":
            text = re.sub(r'(["\d\]e]),(\s*["{])', r"\1\2", text, count=1)
        elif flaw == "python":
            text = (
                re.sub(r"\btrue\b|\bfalse\b", lambda m: m[0].capitalize(), text)
                if re.search(r": ?(true|false)", text)
                else text.replace(":", " =", 1)
            )
        else:
            text = _broken(draw, text, flaw)
    try:
        json.loads(text)
    except ValueError:
        return text, p.labels["no"]
    return text, p.labels["yes"]


@area.family(
    "json",
    "[name|find] the mistake in the JSON text: {comma} for a comma right before a closing bracket, {quotes} for "
    "single instead of double quotes, {bracket} for a closing bracket missing at the end, {key} for keys without "
    "quotes, {fine} if there is no mistake",
    "JSON fault: trailing comma = {comma}, single quotes = {quotes}, last bracket missing = {bracket}, unquoted "
    "keys = {key}, none = {fine}",
    "I show people why their JSON config was rejected. There is at most one kind of fault: {comma} if a comma "
    "stands before the closing brace or bracket, {quotes} if strings are in single quotes, {bracket} if the last "
    "closing brace or bracket is missing, {key} if keys have no quotes at all. Correct JSON gets {fine}.",
    given="a JSON text",
    labels=labels(comma=("trailing comma", "comma", "extra comma"), quotes=("single quotes", "quotes",
        "wrong quotes"), bracket=("missing bracket", "bracket", "unclosed"), key=("bare key", "key",
        "unquoted key"), fine=("valid", "ok", "correct")),
)  # fmt: skip
def kind_of_json_mistake(draw: Draw, p: Values) -> Pair:
    flaw = draw.pick(("comma", "quotes", "bracket", "key", "fine"))
    return _broken(draw, _written(draw, _record(draw)), flaw), p.labels[flaw]


_JSON_FORMS = {
    "on one line with a space after each colon and comma": (", ", ": "),
    "in one line, one space after colons and commas": (", ", ": "),
    "on one line without any spaces outside strings": (",", ":"), "minified (no spaces outside strings)": (",",
    ":"), "on one line with a space before and after each colon and one after each comma": (", ", " : "),
}  # fmt: skip


@area.family(
    "json",
    "[repair|fix|correct] the JSON and [write|return] it {form}, {order}; [possible faults|faults that occur] are "
    "trailing commas, single quotes, [keys without quotes|bare keys] and closing brackets missing at the end",
    "[Broken|Sloppy] JSON -> valid JSON, {form}, {order}. [Fix|Mend] trailing commas, ' quotes, bare keys, "
    "missing final brackets. [If it is valid, just reformat it.|Valid input: only reformat.|Valid: reformat only.]",
    "My [scraper|model|old script] returns objects that are almost JSON: strings in single quotes, keys without "
    "quotes, a comma too many, [the last bracket cut off|the final bracket missing], [or sometimes|sometimes] "
    "nothing wrong at all. [Return|Give back|Write] the same data as correct JSON {form}, {order}.",
    given="a text that is almost JSON",
    difficulty=3,
    form=choice(_JSON_FORMS),
    order=choice({"keys in the order given": False, "with the keys in their order": False,
        "with the keys sorted alphabetically": True, "keys from A to Z": True}),
)  # fmt: skip
def almost_json_repaired(draw: Draw, p: Values) -> Pair:
    value = {key: _value(draw, key) for key in draw.some(_KEYS, 2, 4)}
    text = _written(draw, value)
    for flaw in draw.some(("comma", "quotes", "key"), 0, 2):
        text = _broken(draw, text, flaw)
    if "," not in text[-3:] and draw.chance(0.3):
        text = _broken(draw, text, "bracket")
    return text, json.dumps(value, ensure_ascii=False, separators=p.form, sort_keys=p.order)


_WANTED = (
    "name, email, city",
    "id, title, price",
    "name, age, active",
    "id, owner, status",
    "title, size, color",
    "name, id, tags",
    "city, date, status",
    "email, age, owner",
    "id, count, date",
    "title, tags, status",
)


@area.family(
    "json",
    "[list|name] the keys out of {keys} that the JSON object lacks or where the value is null or an empty string, "
    "in the order in which I named them, [separated by|divided by] {separator}; {none} if nothing is missing",
    'Required keys: {keys}. [Return|Give|Write] the missing ones (absent, null or ""), in that order, joined with '
    "{separator}. Complete: {none}.",
    "Before I save a record I check that it has {keys}. A key counts as missing if it is not there, is null or "
    "holds an empty string; zero and false are fine. Give me the missing keys, in the order above, with "
    "{separator} between them, or {none}.",
    given="a JSON object",
    keys=choice(*_WANTED),
    separator=separator(),
    none=missing("complete", "ok"),
)
def missing_json_keys(draw: Draw, p: Values) -> Pair:
    wanted = p.keys.split(", ")
    record = {
        key: _value(draw, key)
        for key in draw.mix([*wanted, *draw.some([k for k in _KEYS if k not in wanted], 0, 2)])
    }
    record = {
        key: draw.pick((0, value)) if key in ("age", "count", "size") else value
        for key, value in record.items()
    }
    lost = draw.some(wanted, 0, 2)
    for key in lost:
        if draw.chance(0.5):
            del record[key]
        else:
            record[key] = draw.pick((None, ""))
    return _written(draw, record), p.separator.join(k for k in wanted if k in lost) or p.none


_KINDS = {
    "a string": str,
    "text in quotes": str,
    "a number": float,
    "a number without quotes": float,
    "true or false": bool,
    "a list": list,
}


@area.family(
    "json",
    "[check|test] the value of the key {key} in the JSON object, which must be {kind}: {right} if it is, {wrong} "
    "if it is something else, {absent} if the object has no such key",
    "JSON: {key} must be {kind}. Fits = {right}; other type = {wrong}; key not there = {absent}. [Numbers in "
    "quotes are strings.|A number in quotes is a string.]",
    "An API sends me objects where {key} has to be {kind}, by the types of JSON (so \"5\" is a string and not a "
    "number). [Answer|Return|Write] {right} if it is that type, {wrong} if it is of another one, [null "
    "included,|null too,] and {absent} if the key is missing.",
    given="a JSON object",
    key=choice("id", "size", "count", "tags", "active", "title", "status", "price"),
    kind=choice({k: v.__name__ for k, v in _KINDS.items()}),
    labels=labels(right=("ok", "valid", "right"), wrong=("type", "invalid", "wrong"), absent=("missing", "absent",
        "no key")),
)  # fmt: skip
def json_value_of_stated_type(draw: Draw, p: Values) -> Pair:
    samples: dict[str, tuple[Any, ...]] = {
        "str": ("new", "12", "true", "", "a-7", "[1, 2]"), "float": (0, 12, 3.5, draw.randint(1, 999), -4),
        "bool": (True, False), "list": ([], [1, 2], ["a"], ["x", "y"]), "null": (None,),
    }  # fmt: skip
    wanted = draw.pick(("right", "wrong", "absent"))
    record = {key: _value(draw, key) for key in draw.some([k for k in _KEYS if k != p.key], 1, 3)}
    if wanted != "absent":
        kind = p.kind if wanted == "right" else draw.pick([k for k in samples if k != p.kind])
        record[p.key] = draw.pick(samples[kind])
    return _written(draw, dict(draw.mix(list(record.items())))), p.labels[wanted]


_DELIMITERS = {
    "a comma": ",",
    "commas": ",",
    "a semicolon": ";",
    "semicolons": ";",
    "a vertical bar": "|",
    "vertical bars": "|",
    "tabs": "\t",
}


def _cell(draw: Draw, delimiter: str) -> str:
    kind = draw.randrange(6)
    if kind == 0:
        return f"{names.last_name(draw)}{delimiter} {names.first_name(draw)[0]}."
    return (
        draw.pick(
            (
                names.first_name,
                words.noun,
                lambda d: str(d.randint(1, 900)),
                lambda d: f"{names.price(d):.2f}",
                names.product,
            )
        )(draw)
        if kind < 5
        else ""
    )


def _row(cells: list[str], delimiter: str, every: bool = False) -> str:
    out = io.StringIO()
    csv.writer(
        out, delimiter=delimiter, lineterminator="", quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    ).writerow(cells)
    return out.getvalue()


@area.family(
    "csv",
    "[check|say] whether the row has exactly {count} fields, divided by {delimiter}; within double quotes that "
    "sign does not divide, and an empty field counts: {yes} or, if not, {no}",
    "Row with {count} fields? Delimiter: {delimiter} (not inside double quotes); empty fields count. {yes} if "
    "exactly that many, [else|otherwise] {no}.",
    "I [import|read] files in which fields are divided by {delimiter}. Text in double quotes is one field even if "
    "the dividing sign occurs in it. A good row has {count} fields, empty ones included. [Return|Answer] {yes} "
    "for a good row and {no} for one with more or fewer.",
    given="a row of a file",
    difficulty=3,
    count=number(3, 6),
    delimiter=choice(_DELIMITERS),
    labels=yes_no(),
)
def row_has_so_many_fields(draw: Draw, p: Values) -> Pair:
    right = draw.chance(0.5)
    size = p.count if right else p.count + draw.pick((-1, 1, 1, 2))
    return _row(
        [words.noun(draw), *(_cell(draw, p.delimiter) for _ in range(size - 1))],
        p.delimiter,
        draw.chance(0.1),
    ), p.labels["yes" if right else "no"]


@area.family(
    "csv",
    "[find|give the number of] the first line that has more or fewer fields than the header, lines counted "
    "{counting} and fields divided by {delimiter}; [write|answer] {none} if all lines fit",
    "Number of first line with a wrong field count ({counting}); delimiter: {delimiter}; all right: {none}",
    "Sometimes a line in my [exports|price lists] has a field too many or too few compared with the header. Tell "
    "me the number of the first [such|bad] line, {counting}, or {none} if there is no such line. The fields are "
    "divided by {delimiter}, and no quotes are used.",
    given="a small table with a header line",
    difficulty=3,
    counting=choice({"with the header as line 1": 1, "starting with 1 for the header": 1,
        "not counting the header": 0,
        "with the line after the header as line 1": 0}),
    delimiter=choice(_DELIMITERS),
    none=token("none", "ok", "-", "0", "all fine", "valid", "no error", "clean"),
)  # fmt: skip
def first_line_with_wrong_field_count(draw: Draw, p: Values) -> Pair:
    header = draw.some(_KEYS, 2, 4)
    bad = draw.randrange(4)
    lines, first = [p.delimiter.join(header)], 0
    for k in range(draw.randint(3, 5)):
        cells = [
            str(_value(draw, key)) if key not in ("tags",) else draw.pick(words.ADJECTIVES) for key in header
        ]
        if bad and k >= bad - 1 and (k == bad - 1 or draw.chance(0.2)):
            cells = (
                cells[:-1]
                if draw.chance(0.5) and len(cells) > 1
                else [*cells, draw.pick(("x", str(draw.randint(1, 99)), "new"))]
            )
            first = first or k + 1
        lines.append(p.delimiter.join(c.replace(p.delimiter, " ") for c in cells))
    return "\n".join(lines), str(first + p.counting) if first else p.none


@area.family(
    "csv",
    "[write|put] the lines as [one|a single] row of a file with {delimiter} between the fields[, each line being "
    "one field|, one line being one field]; {quoting}, [doubling|and double] any double quote inside",
    "[Lines|Values] -> one [delimited|CSV-like] row: {delimiter}; {quoting}; [inner double quotes doubled|double "
    "any double quote inside]",
    "Each line of the input is one value. [I need|Make|Give me] a single row for my "
    "[spreadsheet|import|database], with {delimiter} between the values. About quotes: {quoting}; a double quote "
    "that is part of a value is [written twice|doubled].",
    given="some values, one on each line",
    difficulty=3,
    delimiter=choice({"commas": ",", "semicolons": ";", "vertical bars": "|", "carets (^)": "^", "tildes (~)": "~",
        "plus signs": "+"}),
    quoting=choice({
        "put double quotes around a field only if it contains the dividing sign or a double quote": False,
        "quote (with double quotes) only fields that hold the divider or a double quote": False,
        "put double quotes around every field": True, "all fields are put in double quotes": True,
    }),
)  # fmt: skip
def values_into_delimited_row(draw: Draw, p: Values) -> Pair:
    cells = []
    for _ in range(draw.randint(2, 4)):
        cell = draw.pick((names.product, words.noun, names.full_name))(draw)
        cell = str(draw.randint(1, 900)) if draw.chance(0.2) else cell
        kind = draw.randrange(4)
        if kind == 0:
            cell += draw.pick(",;|^~+") + " " + draw.pick(words.ADJECTIVES)
        elif kind == 1:
            cell = draw.pick(('the "{}"', '{} 12"', '"{}" (new)')).format(cell)
        cells.append(cell)
    return "\n".join(cells), _row(cells, p.delimiter, p.quoting)
