"""Robustness: odd characters, scanned text, shorthand."""

import re
import unicodedata

from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, yes_no

__all__ = ["area"]

area = Area("Robustness to variations")

_MARKS = {
    "q": (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("„", '"')),
    "d": (("–", "-"), ("—", "-")),
    "e": (("…", "..."),),
}


@area.family(
    "odd characters",
    "[replace|change|swap] {what} [in the text|in what was pasted|]; [leave|keep] all other characters [as "
    "they are|unchanged], even if they look [fancy|special]",
    "[Plain characters please|Pasted text, plain characters wanted|Cleaning step]: [replace|change] {what}, "
    "[rest untouched|nothing else|all other characters stay]",
    "Texts pasted from [a word processor|web pages|PDF files] break our [import|script|parser]. "
    "[Replace|Change] {what}, and [be careful to leave|leave] every other character alone.",
    "[Clean up|Tidy|Repair] [this|the] pasted text: {what} must be [replaced|changed], everything else stays.",
    given="a pasted text",
    what=choice(
        {
            "curly quotation marks and apostrophes (“ ” „ ‘ ’) by straight ones": "q",
            "typographic quotes, single and double, by the plain \" and '": "q",
            "long dashes (– and —) by hyphens": "d",
            "en and em dashes by a plain hyphen": "d",
            "the ellipsis sign (…) by three dots": "e",
            "long dashes by hyphens and the ellipsis sign by three dots": "de",
            "curly quotes by straight ones and long dashes by hyphens": "qd",
            "curly quotes by straight ones, long dashes by hyphens and the sign … by three dots": "qde",
        }
    ),
)
def typographic_marks_to_plain(draw: Draw, p: Values) -> Pair:
    a, b = words.noun(draw), words.noun(draw)
    first, day = names.first_name(draw), draw.pick(words.KINDS["weekday"])
    text = draw.pick((
        "{f} said: “the {a} isn’t here” – and left…", "It’s the “{a}” I told you about — not the ‘{b}’.",
        "‘Wait…’ – that’s all {f} wrote on {d}.",
        "Open {d}–noon … ask for {f}’s “{b}”.", "„{A}“ – {f}’s new book — comes out on {d}…",
        "Don’t touch the {a} – it’s {f}’s… “really”!",
        "The “{a}–{b}” line… we’ll see on {d}.", "{f}’s note — “buy a {b}…”",
        "Is it ‘{a}’ or ‘{b}’? {f} doesn’t know – nobody does…",
    ))  # fmt: skip
    text = text.format(a=a, b=b, A=a.capitalize(), f=first, d=day)
    out = text
    for kind in p.what:
        for old, new in _MARKS[kind]:
            out = out.replace(old, new)
    return text, out


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_ACCENTED = ("José Álvarez", "Zoë Müller", "François Côté", "Müller & Söhne", "Café Léon", "Málaga", "Curaçao",
    "São Paulo", "Renée Dupré", "Chloë Grün", "Nürnberg",
             "Jürgen Weiß", "Ana García", "Besançon", "Núria Pérez", "Björn Åkesson", "Hélène Noël",
             "Crème brûlée", "Éclair", "Zürich", "Tomáš Novák", "Señor López",
             "Göteborg", "Düsseldorf", "Jalapeño", "Piñata", "Città di Forlì")  # fmt: skip


@area.family(
    "odd characters",
    "compare the two lines, ignoring {what}: {yes} if they are the same then, {no} if they [still differ|are "
    "still different]",
    "Line 1 = line 2, apart from {what}? [Same|Equal]: {yes}; any other difference: {no}",
    "I look for duplicates in a list of names. Two [entries|names] (one per line) count as one if nothing but "
    "{what} sets them apart; then [answer|say] {yes}. For every other "
    "difference [answer|say] {no}.",
    given="two names, one per line",
    difficulty=3,
    what=choice(
        {
            "letter case": "c",
            "accents (é is like e, ü like u)": "a",
            "accents and letter case": "ac",
            "accents, letter case and extra spaces": "acs",
            "capital and small letters": "c",
            "extra spaces and letter case": "cs",
        }
    ),
    labels=yes_no(),
)
def same_name_apart_from_marks(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    one = draw.pick(_ACCENTED)
    two = one
    for _ in range(12):
        two = one
        for kind in draw.some("acsx", 1, 2):
            if kind == "a":
                two = _bare(two)
            elif kind == "c":
                two = (
                    draw.pick((str.upper, str.lower))(two.replace("ß", "ss"))
                    if "ß" not in one
                    else two.lower()
                )
            elif kind == "s":
                two = draw.pick((f" {two}", f"{two} ", two.replace(" ", "  "), f"  {two}"))
            else:
                at = draw.randrange(1, len(two))
                two = two[:at] + draw.pick("aeinrst") + two[at + 1 :]
        if (_folded(one, p.what) == _folded(two, p.what)) == wanted and two != one:
            break
    pair = draw.mix([one, two])
    same = _folded(one, p.what) == _folded(two, p.what)
    return "\n".join(pair), p.labels["yes" if same else "no"]


def _folded(text: str, what: str) -> str:
    if "a" in what:
        text = _bare(text)
    if "c" in what:
        text = text.lower()
    return " ".join(text.split()) if "s" in what else text


@area.family(
    "scanned text",
    "[repair|correct|fix] the [number|digits] from a scan: {table}. [Write|Give|Return] the number with these "
    "letters replaced and {spaces}",
    "[Scan errors|OCR errors|Misread characters] in a number: {table}. [Replace|Correct] them[ all|], "
    "{spaces}[; dots and hyphens stay|]",
    "[Our scanner|The OCR software|Our old scanner] reads some digits as letters: {table}. The [field|input] "
    "holds a number, a date or an amount and never real letters, so [put|write] the right digit for each "
    "of these letters; dots, commas and hyphens stay, and {spaces}.",
    given="a scanned number",
    table=choice(
        {
            "O means 0, l means 1, S means 5": "O0l1S5",
            "O is 0, I is 1, B is 8": "O0I1B8",
            "o is 0, l is 1, S is 5 and B is 8": "o0l1S5B8",
            "O stands for 0, I for 1, Z for 2, S for 5, B for 8": "O0I1Z2S5B8",
            "D means 0, I means 1, A means 4, G means 6": "D0I1A4G6",
            "O and o are 0, l and I are 1": "O0o0l1I1",
        }
    ),
    spaces=choice(
        {
            "leave spaces as they are": 0,
            "remove all spaces": 1,
            "keep the spaces": 0,
            "leave out any spaces": 1,
        }
    ),
)
def digits_of_a_scan_repaired(draw: Draw, p: Values) -> Pair:
    kind = draw.randrange(6)
    big = draw.randint(10**6, 10**9)
    true = (
        f"{draw.randint(1, 31):02d}.{draw.randint(1, 12):02d}.{draw.randint(1950, 2030)}",
        f"{draw.randint(1000, 9999)} {draw.randint(1000, 9999)} {draw.randint(1000, 9999)}",
        f"{big}", f"{draw.randint(1, 9999)},{draw.randint(0, 99):02d}",
        f"{draw.randint(2000, 2030)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        f"{draw.randint(100, 999)} {draw.randint(10, 99)} {draw.randint(10, 99)}-{draw.randint(0, 9)}",
    )[kind]  # fmt: skip
    wrong: dict[str, list[str]] = {}
    for letter, digit in zip(p.table[::2], p.table[1::2], strict=True):
        wrong.setdefault(digit, []).append(letter)
    text = "".join(draw.pick(wrong[c]) if c in wrong and draw.chance(0.65) else c for c in true)
    return text, true.replace(" ", "") if p.spaces else true


_LONG = ("transport", "government", "restaurant", "temperature", "photograph", "adventure", "newspaper",
    "conference", "exhibition", "community", "neighbourhood",
         "department", "orchestra", "vegetable", "laboratory", "performance", "competition", "playground",
         "experiment", "university", "supermarket", "passenger")  # fmt: skip
_COLUMNS = ("The {a} {x} opened its doors to the {y} in {m}.",
    "Nobody in the {x} could remember a {y} like this one.", "Our {x} was described as the best {y} of the {z}.",
            "{f} wrote about the {x} and the {a} {y} of {m}.", "Every {x} needs a {y}, said {f} to the {z}.",
            "Between the {x} and the {y} there is now a {a} {z}.",
            "In {m} the {x} paid for a new {y}.", "A {x} without a {y} is hardly a {z}, they say.",
            "The {y} of the {x} lasted until {m}.")  # fmt: skip


def _column(draw: Draw) -> str:
    x, y, z = draw.some(_LONG, 3)
    adjective = draw.pick([w for w in words.ADJECTIVES if w[0] not in "aeiou"])
    text = draw.pick(_COLUMNS).format(
        x=x, y=y, z=z, a=adjective, f=names.full_name(draw), m=draw.pick(words.KINDS["month"])
    )
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


@area.family(
    "scanned text",
    "[join|merge|put] the lines of [each|every] paragraph into one[ line|]. [A hyphen at the end of a line is "
    "dropped and|At a line's end a hyphen goes and] the word put together; other line ends become a "
    "space. Blank lines part paragraphs; put {mark} between these",
    "[Unwrap|Unfold|Reflow] [scanned|copied|wrapped|broken] text: hyphen + line end -> nothing, line end -> "
    "space, [blank line|empty line] -> {mark}",
    "[I copy columns from scanned newspapers|We scan old letters|I paste from PDF files] and the lines "
    "[are|come out] broken. Words that were divided with a hyphen at the end of a line must be whole again, "
    "[all other|the other] line ends [turn into|become] "
    "one space, and an empty line between paragraphs turns into {mark}.",
    given="a scanned text",
    difficulty=3,
    mark=choice(
        {
            '" | "': " | ",
            '" / "': " / ",
            "a single line break": "\n",
            '" ¶ "': " ¶ ",
            '" -- "': " -- ",
            '" // "': " // ",
            "one newline": "\n",
        }
    ),
)
def broken_lines_of_a_scan_joined(draw: Draw, p: Values) -> Pair:
    shown, joined = [], []
    for _ in range(draw.randint(1, 2)):
        sentence = _column(draw)
        text = ""
        width = 0
        for word in sentence.split():
            if width + len(word) > 24 and width:
                if word in _LONG and draw.chance(0.7):
                    at = draw.randint(3, len(word) - 3)
                    text += f" {word[:at]}-\n{word[at:]}"
                    width = len(word) - at
                    continue
                text += f"\n{word}"
                width = len(word)
            else:
                text += f" {word}" if text else word
                width += len(word) + 1
        shown.append(text.strip())
        joined.append(sentence)
    return "\n\n".join(shown), p.mark.join(joined)


_SHORT = {
    "ppl = people, tmrw = tomorrow, pls = please": (
        ("ppl", "people"),
        ("tmrw", "tomorrow"),
        ("pls", "please"),
    ),
    "u = you, r = are, thx = thanks, msg = message": (
        ("u", "you"),
        ("r", "are"),
        ("thx", "thanks"),
        ("msg", "message"),
    ),
    "b4 = before, gr8 = great, l8r = later": (("b4", "before"), ("gr8", "great"), ("l8r", "later")),
    "mtg = meeting, appt = appointment, asap = as soon as possible": (
        ("mtg", "meeting"),
        ("appt", "appointment"),
        ("asap", "as soon as possible"),
    ),
    "w/ = with, w/o = without, bc = because": (("w/", "with"), ("w/o", "without"), ("bc", "because")),
    "pls = please, msg = message, tmrw = tomorrow, bc = because": (
        ("pls", "please"),
        ("msg", "message"),
        ("tmrw", "tomorrow"),
        ("bc", "because"),
    ),
    "idk = I don't know, ppl = people, b4 = before": (
        ("idk", "I don't know"),
        ("ppl", "people"),
        ("b4", "before"),
    ),
    "qty = quantity, approx = approximately, dept = department": (
        ("qty", "quantity"),
        ("approx", "approximately"),
        ("dept", "department"),
    ),
}
_TEXTED = ("pls tell the ppl in sales", "idk if u r free tmrw", "mtg w/ {f} b4 lunch", "thx for the msg",
    "too many ppl here, let's go l8r", "appt w/ {f} tmrw pls", "qty approx {n}, ask the {x} dept",
           "coming w/o {f} bc of the rain", "that was gr8, thx {f}", "send the msg asap pls",
           "r u coming w/ us?", "can't come tmrw bc of the mtg", "dept wants qty {n} b4 friday", "gr8 idea, c u l8r",
           "approx {n} ppl w/o tickets", "pls call {f} asap, idk what to do", "u forgot the {x}, thx",
           "msg from {f}: mtg moved b4 noon", "idk who has an appt tmrw", "w/ or w/o the {x}?")  # fmt: skip


@area.family(
    "shorthand",
    "[write out|expand] these abbreviations [in the message|wherever they stand as words]: {table}. Keep "
    "everything else[ as it is|], other abbreviations too; if none of them "
    "[is there|occurs], write {none}",
    "Expand [only|just] {table}; rest unchanged (other short forms stay). None of them in the text: {none}",
    "Our older colleagues cannot read chat shorthand, so I replace what stands on my list: {table}. Whole "
    "words only, [leave|keep] any other shorthand untouched, keep "
    "the rest as it is, and answer {none} for messages in which [nothing|no word] of the list appears.",
    given="a chat message",
    table=choice(_SHORT),
    none=missing("no change"),
)
def listed_shorthand_written_out(draw: Draw, p: Values) -> Pair:
    table = dict(p.table)
    text = draw.pick(_TEXTED)
    for _ in range(5):
        if draw.chance(0.15) or any(w.strip(",.?:") in table for w in text.split()):
            break
        text = draw.pick(_TEXTED)
    text = text.format(f=names.first_name(draw), n=draw.randint(5, 90), x=words.noun(draw)) + draw.pick(
        ("", "", ".", "!", " :)", " 👍")
    )
    out = re.sub(r"[A-Za-z0-9/]+", lambda m: table.get(m.group(), m.group()), text)
    return text, out if out != text else p.none


_DAY_FORMS = {
    1: ("mon", "Mon.", "monday", "MONDAY", "mondy", "Munday", "mon day"),
    2: ("tue", "Tues", "tues.", "tuesday", "TUESDAY", "teusday", "Tusday"),
    3: ("wed", "Weds", "wed.", "wednesday", "WEDS", "wensday", "Wednsday"),
    4: ("thu", "Thurs", "thur.", "thursday", "THURSDAY", "thrusday", "Thurday"),
    5: ("fri", "Fri.", "friday", "FRI", "firday", "Fryday", "FRIDAY"),
    6: ("sat", "Sat.", "saturday", "SAT", "saterday", "Satuday", "SATURDAY"),
    7: ("sun", "Sun.", "sunday", "SUNDAY", "sundya", "Sonday", "Sundy"),
}


@area.family(
    "shorthand",
    "[find|say|tell] which day of the week the [message|text] names, however it is spelled, and [write|give] "
    "it {form}; {none} if it names none",
    "[Weekday|Day of the week] in the message (abbreviated, misspelt, any case) -> {form}. [No weekday|None "
    "named]: {none}",
    "[People|My friends] answer my [invitation|question] with things like 'thurs is fine' or 'fryday pls'. For "
    "every answer, give the weekday they mean {form}, and {none} when there is no weekday "
    "[in it|at all] (words like tomorrow are not weekdays).",
    given="a short message",
    form=choice(
        {
            "in full (Monday, Tuesday, ...)": "A",
            "as three small letters (mon, tue, ...)": "a3",
            "as a number from 1 (Monday) to 7 (Sunday)": "n",
            "in three capital letters (MON, TUE, ...)": "A3",
            "with its full English name": "A",
            "as a number with Sunday as 0, Monday as 1, up to Saturday as 6": "n0",
        }
    ),
    none=missing(),
)
def weekday_however_spelled(draw: Draw, p: Values) -> Pair:
    number = draw.randint(1, 7)
    if draw.chance(0.15):
        text = draw.pick(
            (
                "tmrw is fine 4 me",
                "any day next wk",
                "idk yet, ask {f}",
                "can't make it, soz",
                "the 5th would b ok",
                "whenever u like",
                "next month pls",
            )
        )
        return text.format(f=names.first_name(draw)), p.none
    said = draw.pick(_DAY_FORMS[number])
    text = draw.pick(("{d} is fine", "c u on {d}", "can we do {d} at {n}?", "{d} works 4 me & {f}",
        "how bout {d}", "not this week, next {d}", "im free {d} after {n}", "ok {d} then!!",
                      "{f} can only do {d}", "{d} pls", "let's say {d} {n}pm", "i'll b there {d}",
                      "put me down 4 {d}"))  # fmt: skip
    text = text.format(d=said, n=draw.randint(1, 9), f=names.first_name(draw))
    full = list(words.KINDS["weekday"])[number - 1]
    return text, {
        "A": full,
        "a3": full[:3].lower(),
        "n": str(number),
        "A3": full[:3].upper(),
        "n0": str(number % 7),
    }[p.form]
