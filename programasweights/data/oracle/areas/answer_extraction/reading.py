"""Answers found in passages, arguments, tables and records."""

from collections.abc import Callable

from programasweights.data.oracle.areas.answer_extraction._banks import capital
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing

__all__ = ["area"]

area = Area("Reasoning and answer extraction")
_FACTS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (
        ("{v} founded the club", "Who founded the club?", "person"), ("The club has its office in {v}", "In which town is the club's office?", "city"),
        ("The clubhouse was opened in {v}", "In which year was the clubhouse opened?", "year"), ("The yearly fee is {v} euros", "How many euros is the yearly fee?", "euros"),
        ("Members meet every {v}", "On which weekday do members meet?", "day"), ("{v} looks after the website", "Who looks after the website?", "person"),
        ("The boathouse was painted {v}", "What colour was the boathouse painted?", "colour"), ("The treasurer is {v}", "Who is the treasurer?", "person"),
        ("The summer trip goes to {v}", "Where does the summer trip go?", "city"), ("There are {v} members", "How many members are there?", "count"),
        ("The big party is in {v}", "In which month is the big party?", "month"), ("New members must be at least {v} years old", "From what age can one become a member?", "age"),
        ("{v} won the cup last season", "Who won the cup last season?", "person"), ("The old minibus was sold for {v} dollars", "For how many dollars was the minibus sold?", "count"),
        ("Lessons in {v} are given for free", "In which sport are there free lessons?", "sport"),
    ),
    (
        ("The castle was built in {v}", "When was the castle built?", "year"), ("{v} owns the castle today", "Who owns the castle today?", "person"),
        ("The guided tour costs {v} euros", "How many euros does the guided tour cost?", "euros"), ("The tower has {v} steps", "How many steps does the tower have?", "count"),
        ("The castle is closed on {v}", "On which weekday is the castle closed?", "day"), ("The painter {v} lived there for ten years", "Which painter lived there?", "person"),
        ("The roof is {v}", "What colour is the roof?", "colour"), ("The nearest station is in {v}", "In which town is the nearest station?", "city"),
        ("A concert takes place every {v}", "In which month does a concert take place?", "month"), ("A fire destroyed the library in {v}", "In which year did a fire destroy the library?", "year"),
        ("{v} wrote a book about the garden", "Who wrote a book about the garden?", "person"), ("The great hall seats {v} guests", "How many guests can sit in the great hall?", "count"),
        ("Children under {v} get in for free", "Under what age do children get in for free?", "age"), ("The bells were cast in {v}", "In which town were the bells cast?", "city"),
    ),
    (
        ("The firm was started by {v}", "Who started the firm?", "person"), ("Its first shop stood in {v}", "In which town did the first shop stand?", "city"),
        ("It has {v} employees", "How many employees does it have?", "count"), ("The logo is {v}", "What colour is the logo?", "colour"),
        ("The first bicycle was sold in {v}", "In which year was the first bicycle sold?", "year"), ("The cheapest lamp costs {v} euros", "How many euros does the cheapest lamp cost?", "euros"),
        ("Goods are delivered every {v}", "On which weekday are goods delivered?", "day"), ("{v} leads the sales team", "Who leads the sales team?", "person"),
        ("The stock is counted in {v}", "In which month is the stock counted?", "month"), ("Trainees are taken from the age of {v}", "From what age are trainees taken?", "age"),
        ("The firm pays for a {v} team", "In which sport does the firm pay for a team?", "sport"), ("The warehouse was moved to {v}", "Where was the warehouse moved to?", "city"),
        ("{v} designed the new chair", "Who designed the new chair?", "person"), ("Last year {v} lamps were returned", "How many lamps were returned last year?", "count"),
    ),
)  # fmt: skip


def _town(draw: Draw) -> str:
    """A town without a full stop in its name, so that sentences can be counted."""
    while "." in (town := names.city(draw)):
        pass
    return town


def _fact_value(draw: Draw, kind: str) -> str:
    made = {
        "person": names.full_name(draw), "city": _town(draw), "year": str(draw.randint(1890, 2022)), "euros": str(draw.randint(20, 180)),
        "day": draw.pick(words.KINDS["weekday"]), "colour": draw.pick(("red", "blue", "green", "white", "yellow", "black")), "count": str(draw.randint(31, 890)),
        "month": draw.pick(words.KINDS["month"]), "age": str(draw.randint(10, 21)),
        "sport": draw.pick(("tennis", "rowing", "fencing", "golf", "boxing")),
    }  # fmt: skip
    return made[kind]


_BRIDGES = (
    "",
    "",
    "As far as we know, ",
    "By the way, ",
    "According to the website, ",
    "It is said that ",
    "You may like to know that ",
    "Also, ",
    "In fact, ",
    "One more thing: ",
)


def _passage(draw: Draw, low: int, high: int) -> tuple[list[str], list[str], list[str], tuple[str, str, str]]:
    """Sentences of a text on one subject, the question for each, its answer, and one fact that is left out."""
    *chosen, left_out = draw.some(draw.pick(_FACTS), low + 1, high + 1)
    values = [_fact_value(draw, kind) for _, _, kind in chosen]
    sentences = []
    for (text, _, _), value in zip(chosen, values, strict=True):
        said = text.format(v=value)
        bridge = draw.pick(_BRIDGES)
        sentences.append(
            (bridge + (said if said.startswith(value) else said[0].lower() + said[1:]) if bridge else said)
            + "."
        )
    return sentences, [q for _, q, _ in chosen], values, left_out


_SPAN_FORMS = {
    "": "{}",
    ", in double quotes": '"{}"',
    ", in capital letters": "upper",
    ", after 'A: '": "A: {}",
    ", in round brackets": "({})",
}


@area.family(
    "reading for answers",
    "answer the question with the words of the passage, [as short as possible|only the name, number or word asked for]{form}; {none} if the passage does not say",
    "Q + passage -> the bare answer [from the passage|as in the passage] (a name, place, number, word; no sentence, no unit){form}. Not in the passage: {none}",
    "Visitors ask our [website|help page] questions, and I want just the piece of information from the passage: a name, a place, a date, a number without unit, a single word, spelt as in the text{form}. If the passage has no answer to the question, output {none}; do not guess.",
    given="a passage and a question",
    form=choice(_SPAN_FORMS),
    none=missing("not in the text", "no answer"),
)
def span_answering_a_question(draw: Draw, p: Values) -> Pair:
    sentences, questions, values, left_out = _passage(draw, 3, 6)
    at = draw.randrange(len(sentences))
    absent = draw.chance(0.15)
    question = left_out[1] if absent else questions[at]
    text = " ".join(sentences)
    layout = draw.pick(
        (
            "{t}\nQ: {q}",
            "{t}\n\n{q}",
            "Passage: {t}\nQuestion: {q}",
            "Question: {q}\nPassage: {t}",
            "{q}\n---\n{t}",
        )
    )
    out = values[at].upper() if p.form == "upper" else p.form.replace("{}", values[at])
    return layout.format(t=text, q=question), p.none if absent else out


_EVIDENCE_FORMS = {
    "the number of the sentence that answers the question (the first is 1)": "number",
    "the sentence that answers the question, copied in full": "copy",
    "the place of the answering sentence, counting from 0": "index",
    "the whole sentence that holds the answer, in double quotes": "quote",
    "how many sentences come before the one with the answer": "index",
}


@area.family(
    "reading for answers",
    "give {form}, or {none} if no sentence [answers it|does]",
    "Evidence for the question: {form}. No evidence in the text: {none}",
    "Our answers must [cite|point to] their source. Given a question and a text (the question is on the last line and is not counted as a sentence), return {form}; when the text does not answer it, return {none}.",
    "[Return|Output] {form}; {none} [when the text has no such sentence|if there is none]",
    given="a text and, on the last line, a question",
    form=choice(_EVIDENCE_FORMS),
    none=missing("no evidence", "uncited"),
)
def sentence_with_the_evidence(draw: Draw, p: Values) -> Pair:
    sentences, questions, _, left_out = _passage(draw, 3, 6)
    at = draw.randrange(len(sentences))
    absent = draw.chance(0.15)
    text = " ".join(sentences) + "\n" + (left_out[1] if absent else questions[at])
    out = {"number": str(at + 1), "index": str(at), "copy": sentences[at], "quote": f'"{sentences[at]}"'}[
        p.form
    ]
    return text, p.none if absent else out


_REASONS = ("the rent has gone up twice", "the bridge is too old for lorries", "sales fell in every month of last year", "two of the three tests failed", "the nearest hospital is an hour away",
            "the old system cannot store accents", "most guests come by train", "the supplier missed four deadlines", "the road floods each spring", "nobody has used the fax since 2019")  # fmt: skip
_CLAIMS = ("we should look for a new office", "the bridge ought to be closed", "the product needs a new price", "the release must be put off", "the town needs a clinic of its own",
           "the data has to be moved", "a larger car park is not needed", "we should change the supplier", "the path must be raised", "the fax can go")  # fmt: skip
_CONCLUDE = {
    "Therefore, ": 1,
    "So ": 1,
    "Hence ": 1,
    "Consequently, ": 1,
    "It follows that ": 1,
    "For these reasons, ": 1,
    "All in all, ": 1,
    "In conclusion, ": 1,
}
_OPEN = (
    "To begin with, {r}.",
    "{R}.",
    "We know that {r}.",
    "First of all, {r}.",
    "Let me remind you that {r}.",
    "I have learned that {r}.",
)
_OBSERVE = (
    "It is also true that {r}.",
    "Besides, {r}.",
    "Everybody knows that {r}.",
    "What is more, {r}.",
    "We also learned that {r}.",
    "{R}.",
    "On top of that, {r}.",
)
_CONCLUSION_FORMS = {
    "as a clause without the introducing words, starting with a capital letter and without a full stop": "{C}",
    "without words such as 'therefore', all in lower case and without a full stop": "{c}",
    "as it stands, the whole sentence with its introducing words": "{s}",
    "as a sentence of its own with a full stop, without words such as 'so' or 'hence'": "{C}.",
    "after '=> ' and without its introducing words, with no full stop, lower case": "=> {c}",
}


@area.family(
    "reading for answers",
    "find the conclusion that the writer draws from the reasons and give it {form}; {none} if [only reasons are given|no conclusion is drawn]",
    "Conclusion of the argument, {form}. Reasons only: {none}",
    "I [summarise|index] letters to the [editor|council]. Each has some reasons and mostly one conclusion drawn from them; the conclusion can stand anywhere. Write it {form}, in the writer's words, or write {none} for a letter that draws no conclusion.",
    given="a short argument",
    form=choice(_CONCLUSION_FORMS),
    none=missing("no conclusion"),
)
def conclusion_of_an_argument(draw: Draw, p: Values) -> Pair:
    at = draw.randrange(len(_CLAIMS))
    reasons = [_REASONS[at], *draw.some([r for r in _REASONS if r != _REASONS[at]], 0, 2)]
    parts = [
        draw.pick(_OBSERVE if n else _OPEN).format(r=r, R=capital(r)) for n, r in enumerate(draw.mix(reasons))
    ]
    claim = _CLAIMS[at]
    if draw.chance(0.12):
        return noise.untidy(draw, " ".join(parts)), p.none
    if draw.chance(0.25):
        sentence = f"In my view, {claim}."
        parts = (
            [sentence, f"Here is why: {reasons[0]}.", *parts[1:]]
            if len(parts) == 1
            else [sentence, "My reasons:", *parts]
        )
    else:
        sentence = f"{draw.pick(list(_CONCLUDE))}{claim}."
        parts.append(sentence)
        if draw.chance(0.3):
            parts.append(
                draw.pick(
                    ("Thank you for reading.", "Yours, a neighbour.", "I will be at the meeting on Monday.")
                )
            )
    return " ".join(parts), p.form.format(C=capital(claim), c=claim, s=sentence)


_COLUMNS: dict[str, Callable[[Draw], str]] = {
    "price": lambda d: f"{d.randint(2, 90)}.{d.randint(0, 99):02d}", "stock": lambda d: str(d.randint(0, 400)), "city": names.city, "colour": lambda d: d.pick(("red", "blue", "green", "black", "white")),
    "owner": names.full_name, "weight": lambda d: f"{d.randint(1, 40)} kg", "day": lambda d: d.pick(words.KINDS["weekday"]),
}  # fmt: skip


def _cell_table(draw: Draw, columns: list[str], rows: list[list[str]]) -> str:
    style = draw.randrange(4)
    head = ["item", *columns]
    if style == 0:
        lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
        return "\n".join(f"| {line} |" for line in lines)
    if style == 1:
        return "\n".join([";".join(head), *(";".join(row) for row in rows)])
    if style == 2:
        return "\n".join(["\t".join(head), *("\t".join(row) for row in rows)])
    return "\n".join(
        f"{row[0]}: " + ", ".join(f"{c}={v}" for c, v in zip(columns, row[1:], strict=True)) for row in rows
    )


@area.family(
    "tables and records",
    "[look up|find|read off] in the table the {column} of the item [asked about on the last line|named on the last line|in the last line]; {none} if the item or the {column} is not in the table",
    "Table + item name -> its {column}, [as written in the cell|exactly as in the table]. [Item not listed, or no such column|Item or column absent]: {none}",
    "Staff paste a piece of a price or stock list in whatever format and name one item underneath. From the list, return that item's {column}, exactly as the list has it. Return {none} if the list lacks the item or has no {column} at all.",
    given="a small table and the name of an item",
    difficulty=2,
    column=choice(*_COLUMNS),
    none=missing("not listed"),
)
def cell_of_an_item(draw: Draw, p: Values) -> Pair:
    others = draw.some([c for c in _COLUMNS if c != p.column], 1, 3)
    columns = others if draw.chance(0.08) else draw.mix([*others, p.column])
    items = draw.some(sorted({names.product(draw) for _ in range(9)}), 3, 6)
    *items, outside = items
    rows = [[item, *(_COLUMNS[c](draw) for c in columns)] for item in items]
    asked = outside if draw.chance(0.1) else draw.pick(items)
    line = draw.pick(("{}", "item: {}", "Asked: {}", "What about the {}?", "-> {}")).format(asked)
    known = asked in items and p.column in columns
    return f"{_cell_table(draw, columns, rows)}\n{line}", rows[items.index(asked)][
        columns.index(p.column) + 1
    ] if known else p.none


_KEYS: dict[str, Callable[[Draw], str]] = {
    "port": lambda d: str(d.randint(1024, 65000)), "host": lambda d: names.domain(d), "owner": lambda d: names.first_name(d).lower(), "region": lambda d: d.pick(("eu-west", "us-east", "asia-1", "north")),
    "timeout": lambda d: f"{d.randint(1, 90)}s", "version": lambda d: f"{d.randint(0, 9)}.{d.randint(0, 20)}.{d.randint(0, 9)}", "mode": lambda d: d.pick(("fast", "safe", "debug", "dry-run")),
    "retries": lambda d: str(d.randint(0, 9)), "contact": names.email, "branch": lambda d: d.pick(("main", "dev", "release", "fix/login", "feature-x")),
}  # fmt: skip


@area.family(
    "tables and records",
    "return the value of '{key}' without quotes; if it is set more than once, the {which} one counts; lines that start with # are comments. Not set: {none}",
    "Value of {key}, unquoted ({which} setting wins, # lines are ignored), {none} if it isn't set",
    "Settings get pasted into our [tickets|support chat] in all sorts of styles (key: value, key = value, --key value). I need the value of '{key}' as it is written, without quotes around it. Ignore lines that begin with '#'. If the key is set repeatedly, take the {which} setting; if it is not set, return {none}.",
    given="a block of settings",
    key=choice(*_KEYS),
    which=choice({"first": 0, "last": -1}),
    none=missing("unset"),
)
def value_of_a_setting(draw: Draw, p: Values) -> Pair:
    keys = draw.some([k for k in _KEYS if k != p.key], 2, 4) + [p.key] * draw.pick((0, 1, 1, 1, 2, 2))
    values, lines = [], []
    for key in draw.mix(keys):
        value = _KEYS[key](draw)
        if key == p.key:
            values.append(value)
        quoted = draw.pick(("{}", "{}", '"{}"', "'{}'")).format(value)
        lines.append(
            draw.pick(("{}: {}", "{} = {}", "--{} {}", "{}={}", "{}:{}")).format(
                key.upper() if key != p.key and draw.chance(0.15) else key, quoted
            )
        )
    if draw.chance(0.4):
        lines.insert(draw.randrange(len(lines) + 1), f"# {p.key} = {_KEYS[p.key](draw)}")
    if draw.chance(0.3):
        lines.insert(
            0, draw.pick(("Here is my config:", "[service]", "These are the settings I use", "env:"))
        )
    return "\n".join(lines), values[p.which] if values else p.none
