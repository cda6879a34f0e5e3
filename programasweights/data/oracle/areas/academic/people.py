"""Academic: author names, affiliations and degrees."""

from programasweights.data.oracle.areas.academic import _banks as banks
from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, token, yes_no

__all__ = ["area"]

area = Area("Academic and bibliography")


@area.family(
    "author names",
    "[rewrite|turn|convert|bring] the author's name [into|to] the form {form} (shown for John Andrew Smith; one "
    "initial for each given name)[, keeping accents|]. The family name is what stands before the comma or, "
    "without a comma, the last word. Names [typed|written|set] in capitals or in lower case get the capitals of "
    "the form",
    "Author name -> {form}. [Comma: family name comes first.|With a comma the family name stands first.] No "
    "comma: last word is the family "
    "name. ALL CAPS or all lower case must not survive: [use|follow] the pattern's capitals. Initials for every "
    "given name.",
    "[Our author database|The submission system|My address list] has names in every shape, [family name first "
    "with a comma|with and without commas], "
    "some in capitals, some in small letters. I want them all like {form}: [the same order, dots and spaces|same "
    "order and punctuation], "
    "with [normal|the usual] capitals unless the pattern itself has others, and with as many initials as the "
    "person has given names. "
    "[Without a comma, the last word is the family name.|If there is no comma, take the last word for the family "
    "name.]",
    "format the name of the [author|researcher] as {form} (pattern for John Andrew Smith; [capitals, dots and "
    "spaces as in the pattern|follow its capitals "
    "and punctuation]), whatever [form or letter case|shape] it comes in. [Last, First|Family, Given] and [First "
    "Last|Given Family] both occur.",
    given="the name of an author",
    form=choice({
        "J. A. Smith": "{i} {l}", "'J. A. Smith'": "{i} {l}", "Smith, J. A.": "{l}, {i}",
            "'Smith, J. A.'": "{l}, {i}",
        "Smith JA": "{l} {c}", "J.A. Smith": "{t} {l}", "Smith, J.A.": "{l}, {t}", "JA Smith": "{c} {l}",
            "SMITH, J. A.": "{u}, {i}",
        "Smith (J. A.)": "{l} ({i})", "SMITH JA": "{u} {c}", "Smith_JA": "{l}_{c}", "'smith, j. a.'": "{w}",
    }),
)  # fmt: skip
def author_name_form(draw: Draw, p: Values) -> Pair:
    one = banks.author(draw)
    given = " ".join(part for part in (one.first, one.middle) if part)
    text = draw.pick((f"{given} {one.last}", f"{one.last}, {given}", f"{one.last}, {given}"))
    text = draw.pick(banks.NAME_CASES)(text)
    initials = one.initials()
    made = p.form.format(i=initials, l=one.last, c=initials.replace(". ", "").strip("."), t=one.initials("."),
                         u=one.last.upper(), w=f"{one.last}, {initials}".lower())  # fmt: skip
    return noise.untidy(draw, text), made


@area.family(
    "author names",
    "[shorten|abbreviate] the author list: if there are more than {limit} authors, [write|give] the family name "
    "of the first one followed by "
    "a space and {rest}, otherwise all family names separated by {separator}",
    "Surnames only. Up to {limit} authors: all of them, separated by {separator}. More: first author, a space, {rest}.",
    "[On our web page|In our newsletter] we [show|print] papers with their authors, but long lists break the "
    "layout. Take the family names; when a "
    "paper has more than {limit} authors, keep the first and add {rest} after a space; when it has {limit} or "
    "fewer, write them "
    "all with {separator} in between. [First names and initials are dropped.|No first names, no initials.]",
    given="the author list of a paper",
    limit=number(2, 5),
    rest=token(
        "et al.", "and others", "and colleagues", "et alii", "& al.", "[...]", "+", "u. a.", "(and more)"
    ),
    separator=separator(),
)
def short_author_list(draw: Draw, p: Values) -> Pair:
    people = banks.authors(draw, max(1, p.limit - 2), p.limit + 3)
    shape = draw.randrange(4)
    if shape == 0:
        text = "; ".join(f"{a.last}, {a.full().rsplit(' ', 1)[0]}" for a in people)
    elif shape == 1:
        text = ", ".join(f"{a.initials()} {a.last}" for a in people)
    elif shape == 2:
        text = " and ".join(f"{a.last}, {a.initials()}" for a in people)
    else:
        text = (
            ", ".join(a.full() for a in people[:-1])
            + (" and " if len(people) > 1 else "")
            + people[-1].full()
        )
    last = [a.last for a in people]
    return text, f"{last[0]} {p.rest}" if len(last) > p.limit else p.separator.join(last)


_NEAR_NAMES = (("Anna", "Andrea"), ("Andrea", "Anna"), ("Martin", "Markus"), ("Markus", "Martin"), ("Julia",
    "Judith"), ("Judith", "Julia"),
               ("Peter", "Paul"), ("Paul", "Peter"), ("Clara", "Celine"), ("Oscar", "Olaf"), ("Robert", "Rafael"),
                   ("Diana", "Dora"))  # fmt: skip


@area.family(
    "author names",
    "[decide|say] whether the two author names can belong to the same person: {yes} if the family names are "
    "equal (ignore accents and capitals) and no "
    "given name or initial contradicts the other, {no} otherwise. [An initial fits a name that begins with it|J. "
    "fits Julia]; a middle name that only "
    "one of them has is no contradiction",
    "Two names, one person? {yes} = same family name [apart from accents and case|accents and case aside] and "
    "compatible given names (an initial agrees "
    "with any name starting with it, a missing middle name agrees with anything). Anything else: {no}.",
    "I am [merging|deduplicating] author records. For each pair [tell me|return] {yes} when the records could be "
    "one person and {no} when they cannot. The family "
    "names have to match, though accents and letter case may differ. First names match if they are equal or one "
    "is just the right initial; "
    "the same goes for middle names, except that a middle name may be missing on one side.",
    given="a pair of author names",
    difficulty=3,
    labels=yes_no(),
)  # fmt: skip
def names_of_one_author(draw: Draw, p: Values) -> Pair:
    one = banks.author(draw)
    other, answer = one, "yes"
    if draw.chance(0.5):
        answer, kind = "no", draw.randrange(3)
        while True:
            new = banks.author(draw)
            if (
                banks.plain(new.last)[:3] != banks.plain(one.last)[:3]
                and banks.plain(new.first)[0] != banks.plain(one.first)[0]
            ):
                break
        if kind == 0:
            other = banks.Author(one.first, one.middle, new.last)
        elif kind == 1:
            other = banks.Author(new.first, one.middle, one.last)
        elif draw.chance(0.5):
            first, second = draw.pick(_NEAR_NAMES)
            shape = draw.pick(("{1}, {0}", "{0} {1}"))
            text = f"{shape.format(first, one.last)} / {draw.pick((one.last, one.last.upper()))}, {second}"
            return text, p.labels["no"]
        else:
            first, second = draw.some("BDGHKLMRST", 2)
            one, other = banks.Author(one.first, first, one.last), banks.Author(one.first, second, one.last)
    shown = []
    for person in (one, other):
        first = person.first if draw.chance(0.5) else f"{person.first[0]}."
        middle = person.middle and (
            person.middle if draw.chance(0.4) and len(person.middle) > 1 else f"{person.middle[0]}."
        )
        if answer == "yes" and draw.chance(0.3):
            middle = ""
        last = draw.pick(
            (person.last, person.last, person.last, person.last.upper(), banks.plain(person.last))
        )
        given = f"{first} {middle}".strip()
        shown.append(draw.pick((f"{given} {last}", f"{last}, {given}")))
    if shown[0] == shown[1]:
        shown[1] = shown[1].lower()
    return draw.pick(("{} / {}", "{}\n{}", "1: {}\n2: {}", "A: {} | B: {}", "{} vs {}")).format(
        *draw.mix(shown)
    ), p.labels[answer]


_DEPARTMENTS = ("Physics", "Modern Languages", "Computer Science", "Economics", "Public Health", "Chemistry",
    "Psychology", "Mathematics", "History",
                "Civil Engineering", "Zoology", "Sociology", "Geography", "Statistics", "Philosophy",
                    "Pharmacy")  # fmt: skip
_SCHOOLS = ("Halvorsen", "Cavendish", "Noether", "Amundsen", "Linnaeus", "Copernicus", "Marchetti", "Wilberforce",
    "Kovalevskaya", "Brahe",
            "Okonkwo", "Lagerquist")  # fmt: skip
_CITIES = {"Uppsala": "Sweden", "Leeds": "United Kingdom", "Kyoto": "Japan", "Toulouse": "France",
    "Melbourne": "Australia", "Graz": "Austria",
           "Porto": "Portugal", "Bergen": "Norway", "Ghent": "Belgium", "Cape Town": "South Africa",
               "Santiago": "Chile", "Toronto": "Canada",
           "Aarhus": "Denmark", "Warsaw": "Poland", "Bologna": "Italy", "Leiden": "Netherlands",
               "Zurich": "Switzerland"}  # fmt: skip


@area.family(
    "affiliations and degrees",
    "[extract|give] the {part} from the affiliation line, copied as it stands there; [write|answer] {none} if "
    "the line does not name one",
    "{part} in the affiliation line, [as written|word for word]; {none} if [missing|not given]",
    "We [fill|complete] our publication database from affiliation lines, which mention a person, a department or "
    "institute, a university, a city and a country, but seldom all of them. Now we need the {part}. "
    "Copy it exactly; [when it is left out|if it is absent], answer {none}.",
    given="the affiliation line of an author",
    part=choice({
        "department or institute": "department", "university": "university", "name of the university": "university",
        "city": "city", "town": "city", "country": "country", "e-mail address": "mail",
            "name of the person": "person", "postcode": "postcode",
    }),
    none=missing(),
)  # fmt: skip
def part_of_affiliation(draw: Draw, p: Values) -> Pair:
    city = draw.pick(tuple(_CITIES))
    one = banks.author(draw, ascii_only=True)
    named = draw.pick(_SCHOOLS)
    parts = {
        "person": one.full(),
        "department": draw.pick(("Department of {}", "Institute of {}", "Dept. of {}")).format(
            draw.pick(_DEPARTMENTS)
        ),
        "university": draw.pick(("{} University", "{} Technical University", "{} Medical University")).format(
            named
        ),
        "postcode": f"{draw.randint(10000, 99999)}",
        "city": city,
        "country": _CITIES[city],
        "mail": f"{one.first.lower()}.{one.last.lower()}@{named.lower()}.example",
    }
    shares = {"person": 0.4, "mail": 0.6, "postcode": 0.6}
    kept = {
        name: value
        for name, value in parts.items()
        if not draw.chance(0.35 if name == p.part else shares.get(name, 0.15))
    }
    if "mail" in kept and "person" not in kept:
        # An address with the name in it would tell who the person is.
        kept["mail"] = f"{draw.pick(('office', 'info', 'contact'))}@{named.lower()}.example"
    text = draw.pick((", ", ", ", "; ")).join(kept.values())
    return text or "(no affiliation)", kept.get(p.part, p.none)


_HOLDS = {
    "bachelor": ("holds a bachelor's degree in {d} from {u}", "took a BSc in {d} at {u}",
        "graduated from {u} with a Bachelor of Arts in {d}", "earned a BA in {d} in {y}"),
    "master": ("completed a master's degree in {d} at {u}", "holds an MSc in {d} from {u}",
        "earned a Master of Arts in {d} from {u}", "was awarded an MA in {d} in {y}"),
    "doctor": ("received a PhD in {d} from {u} in {y}", "holds a doctorate in {d} from {u}",
        "was awarded a DPhil in {d} by {u}",
        "defended a doctoral thesis in {d} at {u} in {y} and was awarded the degree"),
}  # fmt: skip
_PLANS = {
    "bachelor": ("is now in the first year of a bachelor's programme in {d}",
        "hopes to begin a BSc in {d} next year", "dropped out of a bachelor's course in {d}"),
    "master": ("is studying for an MSc in {d}", "has applied for a master's programme in {d}",
        "left a master's course in {d} without a degree"),
    "doctor": ("is now working towards a PhD in {d}", "plans to start a doctorate next year",
        "gave up a PhD project in {d} after a year", "assists a professor who holds a PhD in {d}"),
}  # fmt: skip
_LIVES = ("{f} works at a museum in {c}", "{f} joined the {c} office in {y}", "{f} enjoys rowing",
    "{f} grew up in {c}", "{f} teaches evening classes in {c}", "{f} speaks four languages",
          "{f} writes a column for a newspaper in {c}")  # fmt: skip


@area.family(
    "affiliations and degrees",
    "[name|give] the highest degree that the person [already holds|has finished]: {bachelor} for a bachelor's "
    "degree, {master} for a master's degree, {doctor} for a doctorate, {none} if "
    "no completed degree is mentioned. [Planned, abandoned and unfinished studies do not count|Studies that are "
    "planned, unfinished or broken off do not count]",
    "Highest completed degree in the bio: {bachelor} (BA, BSc), {master} (MA, MSc), {doctor} (PhD or the like), "
    "{none} (no finished degree). Only what the person has, not what [he or she|this person] "
    "is working towards or has given up.",
    "I [screen|sort] short biographies of [applicants|speakers] by education. Return {doctor} for people with a "
    "finished doctorate, {master} if a master's degree is the highest they hold, "
    "{bachelor} if it is a bachelor's degree, and {none} if the text names no degree they have obtained. Degrees "
    "of other people, degree courses in progress and "
    "courses that were dropped [are to be ignored|must not be counted].",
    given="a short biography",
    labels=labels(
        bachelor=("bachelor", "BSc"),
        master=("master", "MSc"),
        doctor=("doctorate", "PhD"),
        none=("none", "no degree"),
    ),
)
def highest_completed_degree(draw: Draw, p: Values) -> Pair:
    order = ("none", "bachelor", "master", "doctor")
    level = draw.randrange(4)
    subject = draw.pick(_DEPARTMENTS).lower()
    held = [kind for kind in order[1:level] if draw.chance(0.6)] + ([order[level]] if level else [])
    start = draw.randint(1988, 2010)
    years = {"bachelor": start, "master": start + 2, "doctor": start + draw.randint(6, 9)}
    said = [draw.pick(_HOLDS[kind]).replace("{y}", str(years[kind])) for kind in held]
    if level < 3 and draw.chance(0.7):
        said.append(draw.pick(_PLANS[draw.pick(order[level + 1 :])]))
    said = draw.mix(said)
    first = banks.plain_name(draw, lambda d: banks.author(d).first)
    lines = [f"{first} {text}" for text in said] + draw.some(_LIVES, 0 if said else 1, 2)
    text = ". ".join(draw.mix(lines)) + "."
    values = {
        "f": first,
        "d": subject,
        "c": draw.pick(banks.PLACES),
        "y": draw.randint(1988, 2022),
        "u": f"the University of {draw.pick(banks.PLACES)}",
    }
    return text.format(**values), p.labels[order[level]]
