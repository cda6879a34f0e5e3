"""Entities, amounts and relations picked out of short texts that are built from them."""

from programasweights.data.oracle.banks import dates, names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Traditional NLP")

_FIRMS = tuple(
    """Brightwater Foods/Kestrel Airways/Northgate Bank/Halden Motors/Pinecrest Software/Oakfield Insurance
    /Silverline Logistics/Marlow Textiles/Redwood Energy/Bluebell Toys/Ironbridge Steel/Lakeside Media
    /Summit Outdoor/Velvet Cosmetics/Harbour Shipping/Cobalt Systems/Greenleaf Pharma/Fairway Hotels
    /Juniper Robotics/Tallow Candles""".replace("\n    ", "").split("/")
)
_TOWNS = tuple(
    """Lisbon/Oslo/Vienna/Toronto/Nairobi/Hamburg/Kyoto/Valencia/Cardiff/Prague/Lyon/Seattle/Bogotá/Turin/Gdańsk
    /Perth/Mumbai/Ankara/Leeds/Geneva/Rotterdam/Malmö/Austin/Dublin""".replace("\n    ", "").split("/")
)
_PEOPLE = ("{p} moved to a new flat.", "{p} was born in May.", "We talked with {p} for an hour.", "The prize went to {p}.", "{p} sent the papers.", "Nobody has seen {p} since.")  # fmt: skip
_PLACES = ("The fair in {t} was full.", "It rained all week in {t}.", "The train to {t} left at noon.", "Flights from {t} are late.", "{t} has a new bridge.", "A shop opened in {t}.")  # fmt: skip
_HOUSES = ("{f} lowered its prices.", "Shares of {f} rose.", "{f} is looking for drivers.", "The lorry belongs to {f}.", "{f} recalled a product.", "An engineer left {f}.")  # fmt: skip
_FORMS = {"p": _PEOPLE, "t": _PLACES, "f": _HOUSES}
_NEUTRAL = ("The weather was fine.", "Nothing else happened.", "Lunch was cold.", "The lift is out of order.", "It was a long day.", "Tickets cost nothing.", "The door stays open.")  # fmt: skip


def _entity(draw: Draw, kind: str) -> str:
    if kind == "p":
        return names.full_name(draw)
    return draw.pick(_TOWNS if kind == "t" else _FIRMS)


@area.family(
    "named entities",
    "[list|extract|pull out] the {kind} [that the text names|named in the text|in the text], in order of appearance and separated by {separator}; [write|answer] {none} if there are none",
    "{kind} in the text -> list with {separator} in between, text order; nothing there: {none}",
    "[I index|We tag] short reports for our archive. From each report I need all {kind}, exactly as they are written, in the order in which they come, with {separator} between them. [Everything else is to be left out. |]If a report has none of them, put {none}.",
    given="a short report",
    kind=choice(
        {
            "people": "p",
            "names of persons": "p",
            "towns": "t",
            "cities": "t",
            "companies": "f",
            "names of firms": "f",
        }
    ),
    separator=separator(),
    none=missing(),
)
def named_ones_of_a_kind(draw: Draw, p: Values) -> Pair:
    count = draw.pick((0, 1, 1, 2, 2, 3))
    wanted = list(dict.fromkeys(_entity(draw, p.kind) for _ in range(count)))
    others = [k for k in "ptf" if k != p.kind]
    told = [(draw.pick(_FORMS[p.kind]).replace(f"{{{p.kind}}}", e), e) for e in wanted]
    for _ in range(draw.randint(1, 3)):
        kind = draw.pick(others)
        told.append((draw.pick(_FORMS[kind]).replace(f"{{{kind}}}", _entity(draw, kind)), ""))
    told.append((draw.pick(_NEUTRAL), ""))
    told = draw.mix(told)
    text = draw.pick((" ", " ", "\n")).join(sentence for sentence, _ in told)
    return text, p.separator.join(e for _, e in told if e) or p.none


@area.family(
    "named entities",
    "say what the [marked name|name in square brackets] is: {person} for a person, {town} for a town, {firm} for a company[. The sentence tells it|]",
    "Name in [ ] -> {person} (human being), {town} (town or city), {firm} (business)",
    "Our reader marks one name in square brackets and I need its type. Use {firm} if it is a business, {person} if it is a human being and {town} if it is a town; judge by the sentence it stands in.",
    given="a sentence with a marked name",
    kinds=labels(
        person=("person", "PER", "human"), town=("town", "LOC", "place"), firm=("firm", "ORG", "company")
    ),
)
def type_of_marked_name(draw: Draw, p: Values) -> Pair:
    kind = draw.pick("ptf")
    told = [draw.pick(_FORMS[k]).replace(f"{{{k}}}", f"[{_entity(draw, k)}]" if k == kind else _entity(draw, k)) for k in draw.mix("ptf")[: draw.randint(1, 3)] if k != kind]  # fmt: skip
    told.append(draw.pick(_FORMS[kind]).replace(f"{{{kind}}}", f"[{_entity(draw, kind)}]"))
    return " ".join(draw.mix(told)), p.kinds[{"p": "person", "t": "town", "f": "firm"}[kind]]


@area.family(
    "dates and money",
    "[find|list] every [amount of money|sum of money] in the text [exactly as it is written|just as written], in text order, separated by {separator}; {none} if no money is mentioned",
    "Sums of money in the text (as written), {separator} between them. None: {none}",
    "For our claims team: copy each amount of money from the message, with its currency sign or word, and put {separator} between two amounts. Other numbers, such as ages or house numbers, do not belong there. When there is no amount, write {none}.",
    given="a message",
    separator=separator(),
    none=missing(),
)
def sums_of_money_as_written(draw: Draw, p: Values) -> Pair:
    parts: list[tuple[str, str]] = []
    for _ in range(draw.pick((0, 1, 1, 2, 3))):
        value = draw.randint(3, 900)
        sum_ = draw.pick(("${}", "€{}", "£{}", "{} euros", "{} dollars", "${}.50", "{} pounds")).format(value)
        parts.append((draw.pick(("I paid {} for the repair.", "The ticket was {}.", "They want {} back.", "Rent went up by {}.", "He still owes me {}.")).format(sum_), sum_))  # fmt: skip
    for _ in range(draw.randint(1, 2)):
        parts.append((draw.pick(("I am {} years old.", "We waited {} minutes.", "It is house number {}.", "There were {} people.", "Room {} was cold.")).format(draw.randint(3, 90)), ""))  # fmt: skip
    parts = draw.mix(parts)
    return " ".join(s for s, _ in parts), p.separator.join(m for _, m in parts if m) or p.none


@area.family(
    "dates and money",
    "give the [first|earliest mentioned] date in the text, written as {form}; [write|answer] {none} if the text names no full date",
    "First full date (day, month, year) of the text -> {form}. No such date -> {none}",
    "I file letters by date. Take the date that comes first in the text of the letter, with day, month and year, and write it as {form}. A weekday or a month alone is no date. [Letters|Texts] without a date get {none}.",
    given="the text of a letter",
    form=choice(dates.FORMATS),
    none=missing(),
)
def first_full_date_of_a_letter(draw: Draw, p: Values) -> Pair:
    days = [dates.date(draw) for _ in range(draw.pick((0, 1, 1, 2)))]
    told = [draw.pick(("The contract began on {}.", "We met on {}.", "Your letter of {} has arrived.", "The roof was repaired on {}.")).format(dates.written(draw, d)) for d in days]  # fmt: skip
    extra = [draw.pick(("Please call me on {}.", "The office is closed every {}.", "I am away until {}.")).format(draw.pick(words.KINDS["weekday"])) for _ in range(draw.randint(1, 2))]  # fmt: skip
    text = " ".join([*extra[:1], *told, *extra[1:]])
    return text, days[0].strftime(p.form) if days else p.none


@area.family(
    "relations",
    "[find|list] who works for which company: one {pair} a line, in text order; {none} if nobody's employer is named",
    "Employment facts -> {pair}, one per line, text order ({none} if there are none)",
    "We build a table of contacts from news. For every person of whom the text says that he or she works for a company, write {pair} on a line of its own; customers and visitors of a company do not count. If there is nobody, write {none}.",
    given="a news text",
    difficulty=3,
    pair=choice(
        {
            "person: company": "{p}: {f}",
            "company - person": "{f} - {p}",
            "person (company)": "{p} ({f})",
            "person | company": "{p} | {f}",
            "company; person": "{f}; {p}",
        }
    ),
    none=missing(),
)
def people_with_their_employers(draw: Draw, p: Values) -> Pair:
    told: list[tuple[str, str]] = []
    for _ in range(draw.pick((0, 1, 1, 2, 2))):
        person, firm = names.full_name(draw), draw.pick(_FIRMS)
        form = draw.pick(("{p} works for {f}.", "{p} is an engineer at {f}.", "{f} employs {p}.", "{p} joined {f} as a clerk in May.", "At {f}, {p} runs the warehouse."))  # fmt: skip
        told.append((form.format(p=person, f=firm), p.pair.format(p=person, f=firm)))
    for _ in range(draw.randint(1, 2)):
        form = draw.pick(("{p} bought a bicycle from {f}.", "{p} visited the shop of {f}.", "{p} is a customer of {f}.", "{p} wrote a letter to {f}."))  # fmt: skip
        told.append((form.format(p=names.full_name(draw), f=draw.pick(_FIRMS)), ""))
    told = draw.mix(told)
    return " ".join(s for s, _ in told), "\n".join(r for _, r in told if r) or p.none


@area.family(
    "relations",
    "say where the person named after 'Question:' was born, [as the plain|as the bare] name of the town{case}; {none} if the text does not tell",
    "Birthplace of the person in the question line{case}; {none} if it is not in the text",
    "I check biographies. The text tells about several people, and after 'Question:' one of them is named. Answer with the town in which that person was born{case}, not where he or she lives or works, or with {none} if the text is silent on it.",
    given="some biographical notes and a name",
    case=choice(
        {", in capitals": "upper", ", in small letters": "lower", ", as written in the text": "same"}
    ),
    none=missing("unknown", "not stated", "?"),
)
def birthplace_of_person_asked(draw: Draw, p: Values) -> Pair:
    people = list(dict.fromkeys(names.full_name(draw) for _ in range(draw.randint(2, 3))))
    towns = draw.some(_TOWNS, 2 * len(people))
    asked = draw.randrange(len(people))
    answer, told = p.none, []
    for n, person in enumerate(people):
        born, lives = towns[2 * n], towns[2 * n + 1]
        if n != asked or draw.chance(0.75):
            told.append(draw.pick(("{} was born in {}.", "{} comes from a family of bakers and was born in {}.", "Born in {1}, {0} plays the harp.")).format(person, born))  # fmt: skip
            answer = _cased(born, p.case) if n == asked else answer
        told.append(draw.pick(("{} lives in {}.", "{} works in {}.", "Since 2010 {} has taught in {}.")).format(person, lives))  # fmt: skip
    return f"{' '.join(draw.mix(told))}\nQuestion: {people[asked]}", answer


def _cased(text: str, case: str) -> str:
    return text.upper() if case == "upper" else text.lower() if case == "lower" else text


@area.family(
    "abbreviations",
    "[give|find] the full form of the abbreviation named [in the last line|after 'Abbreviation:'], as the text introduces it{case}; {none} if the text does not",
    "Abbreviation in the last line -> what it stands for in the text{case}; not explained: {none}",
    "Our manuals explain an abbreviation once, with the short form in brackets behind the long one. For the abbreviation that stands after 'Abbreviation:' I want the long form{case}. If the manual does not explain it, answer {none}.",
    given="a text and an abbreviation",
    case=choice(
        {", in capitals": "upper", ", in small letters": "lower", ", letter case as in the text": "same"}
    ),
    none=missing("unexplained", "unknown"),
)
def long_form_of_an_abbreviation(draw: Draw, p: Values) -> Pair:
    longs = ["".join(draw.some(("Central ", "Early ", "Local ", "Open ", "Rapid ", "Safe ", "Total "), 1)) + " ".join(w.title() for w in draw.some(("alarm", "backup", "control", "data", "energy", "network", "output", "power", "signal", "transfer"), 2)) for _ in range(3)]  # fmt: skip
    longs = list({"".join(w[0] for w in long.split()): long for long in longs}.values())
    shorts = ["".join(w[0] for w in long.split()) for long in longs]
    told = [draw.pick(("The {} ({}) must be checked weekly.", "Connect the {} ({}) first.", "Do not open the {} ({}).")).format(a, b) for a, b in zip(longs, shorts, strict=True)]  # fmt: skip
    if draw.chance(0.25):
        return f"{' '.join(told[1:] or [prose.statement(draw)])}\nAbbreviation: {shorts[0]}", p.none
    asked = draw.randrange(len(longs))
    return f"{' '.join(draw.mix(told))}\nAbbreviation: {shorts[asked]}", _cased(longs[asked], p.case)
