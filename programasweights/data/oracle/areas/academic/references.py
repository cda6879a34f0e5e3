"""Academic: fields of references, page ranges, styles, citations in the text, reading lists."""

from dataclasses import replace

from programasweights.data.oracle.areas.academic import _banks as banks
from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Academic and bibliography")


@area.family(
    "reference fields",
    "[extract|pull out|copy] the {field} from the [reference|bibliography entry], exactly as printed there; a "
    "DOI is given "
    "[bare, from its 10. on|without any doi: or https://doi.org/ before it]. If the [reference|entry] does not "
    "give it, "
    "[write|answer] {none}",
    "{field} of the reference ([as printed|copied as it stands]; DOIs start at 10.); {none} if [it is not "
    "there|absent]",
    "I am [importing|moving] a pile of [old|pasted] references into [our library catalogue|a reference manager|a "
    "spreadsheet]. "
    "From each one I need [only|just] one thing: the {field}. Copy it [without changes|character by character], "
    "leave off the [full stop or comma|punctuation] that follows it, begin a DOI at the 10. and "
    "write {none} when the reference lacks it.",
    "Here is a journal reference in some [style|citation style]. [Find|I want] the {field}. [Copy|Keep] the "
    "printed form, "
    "drop the punctuation around it, and start a DOI with 10. [Not given|Nothing there]: {none}.",
    given="a reference to a journal article",
    field=choice({
        "year": "year", "year of publication": "year", "title of the article": "title", "article title": "title",
        "name of the journal": "journal", "journal": "journal", "volume number": "volume", "issue number": "issue",
        "number of the issue within the volume": "issue", "DOI": "doi", "page range": "pages",
            "first page": "start",
        "number of the first page": "start", "family name of the first author": "first",
            "first author's surname": "first",
        "family name of the last author": "last",
    }),
    none=missing(),
)  # fmt: skip
def reference_field(draw: Draw, p: Values) -> Pair:
    made = banks.ref(draw)
    asked = "pages" if p.field == "start" else p.field
    made = replace(
        made,
        issue=None if draw.chance(0.25 if asked == "issue" else 0.15) else made.issue,
        pages=None if draw.chance(0.25 if asked == "pages" else 0.15) else made.pages,
        doi=None if draw.chance(0.25 if asked == "doi" else 0.4) else made.doi,
    )
    dash = draw.pick(("-", "–"))
    answers = {
        "year": str(made.year), "title": made.title, "journal": made.journal, "volume": str(made.volume),
        "issue": str(made.issue) if made.issue else None, "doi": made.doi,
        "pages": f"{made.pages[0]}{dash}{made.pages[1]}" if made.pages else None,
        "start": str(made.pages[0]) if made.pages else None,
        "first": made.authors[0].last, "last": made.authors[-1].last,
    }  # fmt: skip
    return noise.untidy(draw, banks.reference(draw, made, dash=dash)), answers[p.field] or p.none


@area.family(
    "reference fields",
    "[write|give] the page range of the reference [in full|with both numbers complete], with {dash} between the "
    "two numbers and no "
    "spaces: a shortened last page such as 7 in 231-7 [stands for|means] 237. A single page is written alone; "
    "[no pages at all|none "
    "given]: {none}",
    "[expand|complete] shortened page ranges (1042-9 means 1042 to 1049). Write first page, {dash}, last page; "
    "one page only: just its "
    "number; {none} if the [line|reference] has no pages",
    "Our style guide wants [complete|unabbreviated] page ranges, but authors send things like 455–61, which "
    "[is|means] 455 to 461. "
    "Answer with the first page, {dash}, and the complete last page, without pp. or spaces. If there is only "
    "one page, answer with that number. If the reference [gives|has] no pages, answer {none}.",
    given="a reference to an article",
    difficulty=3,
    dash=choice({
        "a hyphen": "-", "a plain hyphen": "-", "an en dash (–)": "–", "two hyphens": "--", "a double hyphen": "--",
            "a slash": "/",
        "a tilde": "~", "two dots": "..",
    }),
    none=missing(),
)  # fmt: skip
def page_range_in_full(draw: Draw, p: Values) -> Pair:
    made = replace(banks.ref(draw, 1, 3), doi=None, pages=None)
    style = draw.pick(("apa", "harvard", "ieee"))
    line = banks.reference(draw, made, style).rstrip(".")
    if draw.chance(0.12):
        return line + ".", p.none
    start = draw.randint(11, 2400)
    if draw.chance(0.12):
        return f"{line}, p. {start}.", str(start)
    tens = start - start % (10 if draw.chance(0.5) else 100)
    end = draw.randint(start + 1, max(start + 1, tens + (9 if start - tens < 10 else 99)))
    first, last = str(start), str(end)
    same = 0
    while len(first) == len(last) and same < len(last) - 1 and first[same] == last[same]:
        same += 1
    shown = last[same:] if draw.chance(0.75) else last
    return f"{line}, pp. {first}{draw.pick(('-', '–', '–'))}{shown}.", f"{first}{p.dash}{last}"


@area.family(
    "reference style",
    "[tell|decide] in which style the reference is [written|set], going by where the year stands: {early} if the "
    "year is in brackets right after "
    "the authors, {late} if it is the last thing in the line, {semi} if it stands before a semicolon and the "
    "volume",
    "{early}: (year) directly after the authors. {late}: year at the very end. {semi}: year, then a semicolon "
    "and the volume. "
    "[Which one is it?|Pick one.|]",
    "We get [manuscripts|submissions] with reference lists in [all sorts of|three different] styles and "
    "[route|sort] them by the place "
    "of the publication year. Return {early} when it follows the author names in parentheses, {late} when the "
    "reference closes with it, and {semi} when it comes after the journal and is followed by a semicolon and the "
    "volume number. "
    "[Numbers inside the title do not matter.|Only the year of publication matters.]",
    given="a bibliography entry",
    difficulty=1,
    labels=labels(early=("APA", "author-date"), late=("IEEE", "year-last"), semi=("Vancouver", "medical")),
)
def reference_style_by_year(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("early", "late", "semi"))
    made = replace(banks.ref(draw, 1, 5), doi=None)
    if draw.chance(0.2):
        made = replace(made, issue=None)
    if draw.chance(0.3):
        made = replace(
            made,
            title=f"{made.title} {draw.pick(('since', 'before', 'after'))} {draw.randint(1900, made.year)}",
        )
    style = {"early": draw.pick(("apa", "harvard")), "late": "ieee", "semi": "vancouver"}[kind]
    start = draw.pick(("", "", "", f"[{draw.randint(1, 60)}] ", f"{draw.randint(1, 60)}. "))
    return start + banks.reference(draw, made, style, draw.pick(("-", "–"))), p.labels[kind]


@area.family(
    "reference style",
    "[shorten|cut down|reduce] the reference to {form}, where NAMES are the family names [only|without "
    "initials], joined by an ampersand "
    "with spaces if there are two. [Three or more|More than two|Above two] authors: the first family name, a space and {others}",
    "Reference -> {form}. NAMES = surnames; two are joined with ' & ', for three or more [write|put] the first, "
    "a space and {others}",
    "For [slides|the handouts of our journal club|a poster] I need very short references in the form {form}. "
    "NAMES means the family "
    "names without initials: one name, two names with & between them, or for three and more authors the first "
    "one, a space and {others} "
    "[Copy the other parts as they are.|Everything else is dropped.]",
    given="a reference",
    form=choice({
        "NAMES (YEAR)": "{n} ({y})", "(NAMES, YEAR)": "({n}, {y})", "NAMES, JOURNAL, YEAR": "{n}, {j}, {y}",
            "NAMES: TITLE": "{n}: {t}",
        "TITLE (NAMES YEAR)": "{t} ({n} {y})", "YEAR - NAMES": "{y} - {n}",
            "JOURNAL VOLUME (YEAR), NAMES": "{j} {v} ({y}), {n}",
        "YEAR/NAMES/TITLE": "{y}/{n}/{t}", "NAMES, 'TITLE', YEAR": "{n}, '{t}', {y}",
            "NAMES YEAR; JOURNAL VOLUME": "{n} {y}; {j} {v}",
        "NAMES | YEAR": "{n} | {y}", "NAMES > YEAR > VOLUME": "{n} > {y} > {v}",
    }),
    others=choice({'"et al."': "et al.", '"and others".': "and others", '"and colleagues".': "and colleagues",
        '"+".': "+"}),
)  # fmt: skip
def short_reference_line(draw: Draw, p: Values) -> Pair:
    made = banks.ref(draw, 1, 5)
    made = replace(
        made, doi=made.doi if draw.chance(0.3) else None, issue=made.issue if draw.chance(0.7) else None
    )
    last = [a.last for a in made.authors]
    who = " & ".join(last) if len(last) < 3 else f"{last[0]} {p.others}"
    text = banks.reference(draw, made, dash=draw.pick(("-", "–")))
    return text, p.form.format(n=who, y=made.year, t=made.title, j=made.journal, v=made.volume)


_CLAIMS = ("the effect disappears in larger samples", "earlier estimates were too high",
    "the method fails for small groups",
           "training improves recall", "the two measures agree", "costs fall after the first year",
               "the model overstates the trend",
           "the results depend on the season", "most participants guess", "the scale is reliable",
               "noise explains the difference",
           "feedback slows learning down", "older sites show the same pattern",
               "the correlation is weak")  # fmt: skip
_DECOYS = ("Our own sample (n = {b}) is larger (see Table {a}).", "Data were collected in {y} (Appendix {a}).",
           "We return to this in Section {a} (below).", "The survey (March {y}) had {b} respondents.",
               "This matters (Figure {a}).",
           "The response rate was low ({a}%).")  # fmt: skip


def _decoy(draw: Draw) -> str:
    text = draw.pick(_DECOYS)
    return text.format(a=draw.randint(1, 9), b=draw.randint(20, 900), y=draw.randint(1990, 2023))


def _who(people: list[str], narrative: bool) -> str:
    if len(people) > 2:
        return f"{people[0]} et al."
    return (" and " if narrative else " & ").join(people)


def _cited_sentence(draw: Draw) -> tuple[str, list[tuple[str, int]]]:
    claim = draw.pick(_CLAIMS)
    works = [
        ([a.last for a in banks.authors(draw, 1, 3)], draw.randint(1978, 2024))
        for _ in range(draw.pick((1, 1, 2, 2, 3)))
    ]
    if len(works) == 1 and draw.chance(0.6):
        (people, year), verb = (
            works[0],
            draw.pick(("report", "argue", "found", "claimed", "concluded", "showed")),
        )
        verb += "s" if len(people) == 1 and verb in ("report", "argue") else ""
        text = f"{_who(people, True)} ({year}) {verb} that {claim}."
    else:
        inside = "; ".join(f"{_who(people, False)}, {year}" for people, year in works)
        text = f"{draw.pick(('It is often said that', 'There is evidence that', 'Some hold that', 'We know that'))} {claim} "
        text += f"({draw.pick(('', '', 'e.g. ', 'see '))}{inside})."
    return text, [(people[0], year) for people, year in works]


@area.family(
    "in-text citations",
    "[list|collect|extract] the [works cited|author-year citations] in the text in their order, each as the "
    "family name of the first "
    "author, {join} and the year; put {separator} between them. [Years that belong to no citation are "
    "ignored.|Other brackets and years "
    "do not count.] If nothing is cited[ at all|], write {none}",
    "Citations in the passage -> first author's surname + {join} + year, separated by {separator}, [in order of "
    "appearance|in text "
    "order]. [Ignore table references and plain years.|] None cited: {none}",
    "I am checking a [thesis|manuscript] against its reference list, so I need every citation in [the|a] "
    "paragraph. It may stand in brackets, like "
    "(Smith & Wu, 2010), or in the sentence, like Smith et al. (2012). Give [only the first author|only the "
    "surname of the "
    "first author], then {join}, then the year; separate several citations with {separator} and "
    "write {none} if the paragraph cites nobody. A year without an author is not a citation.",
    given="a paragraph of a paper",
    difficulty=3,
    join=choice(
        {
            "a space": " ",
            "one space": " ",
            "an underscore": "_",
            "a colon": ":",
            "a hyphen": "-",
            "a full stop": ".",
        }
    ),
    separator=separator(),
    none=missing(),
)
def author_year_citations(draw: Draw, p: Values) -> Pair:
    found: list[tuple[str, int]] = []
    parts = [_decoy(draw)]
    for _ in range(draw.pick((0, 1, 1, 2, 2))):
        text, cited = _cited_sentence(draw)
        parts.append(text)
        found += cited
    if len(parts) == 1:
        parts.append(f"It may be that {draw.pick(_CLAIMS)}.")
    elif draw.chance(0.5):
        parts = parts[1:] + parts[:1]
    return " ".join(parts), p.separator.join(f"{who}{p.join}{year}" for who, year in found) or p.none


@area.family(
    "in-text citations",
    "[list|write out] all reference numbers cited in square brackets, [with ranges expanded|with ranges written out], each once, in "
    "{order} order, separated by {separator}; {none} if there are no [such citations|numbers in square brackets]",
    "find out which [references|entries of the list] the text cites: [Bracketed numbers|Numbers in square "
    "brackets] only, ranges like [2–4] "
    "expanded to 2, 3 and 4, no repeats, {order} order, joined with {separator}. Nothing cited: {none}",
    "Our [production team|typesetter] has to know which numbered references a passage uses. Citations look like "
    "[3], [3, 7] or [3-6]; a range "
    "includes everything between its ends. Return every number once in {order} order with {separator} between the "
    "numbers, or {none} when nothing is cited. Numbers in round brackets or in the running text are not citations.",
    given="a passage of a paper with numbered references",
    difficulty=3,
    order=choice({"ascending": False, "increasing": False, "descending": True, "decreasing": True}),
    separator=separator(),
    none=missing(),
)
def numbered_citations_expanded(draw: Draw, p: Values) -> Pair:
    cited: list[int] = []
    parts = []
    for place in range(draw.randint(1, 3)):
        claim = draw.pick(_CLAIMS)
        if draw.chance(0.15) or (place == 0 and draw.chance(0.1)):
            parts.append(f"{claim[0].upper()}{claim[1:]}.")
            continue
        inside = []
        for _ in range(draw.pick((1, 1, 2))):
            start = draw.randint(1, 48)
            length = draw.pick((0, 0, 2, 2, 3, 4))
            cited += range(start, start + length + 1)
            inside.append(f"{start}{draw.pick(('-', '–'))}{start + length}" if length else str(start))
        opening = draw.pick(
            ("It was shown that", "Several groups report that", "Others found that", "As noted before,")
        )
        parts.append(f"{opening} {claim} [{', '.join(inside)}].")
    if draw.chance(0.6):
        parts.insert(draw.randint(0, len(parts)), _decoy(draw))
    return " ".join(parts), p.separator.join(map(str, sorted(set(cited), reverse=p.order))) or p.none


def _bibliography(draw: Draw, low: int, high: int) -> list[banks.Ref]:
    made: dict[int, banks.Ref] = {}
    count = draw.randint(low, high)
    while len(made) < count:
        one = replace(banks.ref(draw, 1, 2, ascii_only=True), doi=None, issue=None, pages=None)
        if one.authors[0].last not in [r.authors[0].last for r in made.values()]:
            made.setdefault(one.year, one)
    return list(made.values())


@area.family(
    "sorting and reading lists",
    "[put|bring|arrange] the references in order, {order}, and [write|give] only the [family names|surnames] of "
    "the first authors, separated by {separator}",
    "Sort the references {order}. Output: [the first author's surname for each|one surname (first author) per "
    "reference], joined with "
    "{separator}",
    "I paste [a few|some] references, one per line and in no order. Sort them {order}; to check the "
    "[result|order] I only want to see the "
    "surname of the first author of each, with {separator} in between. [Nothing else, please.|]",
    given="a short list of references",
    difficulty=3,
    order=choice({
        "oldest first": "old", "from the oldest to the newest": "old", "by year with the newest first": "new",
        "with the most recent year first": "new", "alphabetically by the first author": "name",
        "by the first author's surname from A to Z": "name", "by the first author's surname from Z to A": "back",
        "by volume number with the smallest first": "volume",
        "by the number of the volume from low to high": "volume", "newest first": "new",
            "from Z to A by first author": "back",
    }),
    separator=separator(),
)  # fmt: skip
def order_of_references(draw: Draw, p: Values) -> Pair:
    while True:
        made = _bibliography(draw, 2, 4)
        if len({r.volume for r in made}) == len(made):
            break
    style = draw.pick(tuple(banks.STYLES))
    keys = {"old": lambda r: r.year, "new": lambda r: -r.year, "volume": lambda r: r.volume}
    kept = sorted(made, key=keys.get(p.order, lambda r: r.authors[0].last), reverse=p.order == "back")
    bullet = draw.pick(("", "", "- ", "* "))
    text = "\n".join(bullet + banks.reference(draw, r, style) for r in made)
    return text, p.separator.join(r.authors[0].last for r in kept)


@area.family(
    "sorting and reading lists",
    "[list|give] the titles on the reading list that are {wanted}, [in the order of the list|as ordered there], "
    "separated by {separator}; "
    "[if there are none|if nothing fits], {none}",
    "Only items that are {wanted}: [their titles|title of each], joined with {separator}. [Nothing left|No such "
    "item]: {none}",
    "My [students|course participants] get a reading list where each line has author, title, year and a mark, "
    "either (required) or (optional). Pick "
    "the ones that are {wanted}, and give me the titles [alone|without author, year and mark], separated by "
    "{separator}, "
    "in list order. Say {none} if [no line qualifies|there are none].",
    given="a reading list",
    wanted=choice({
        "required": ("required", 0, 9999), "optional": ("optional", 0, 9999), "from the year 2000 or later": ("",
            2000, 9999),
        "older than the year 2000": ("", 0, 1999), "required and from the year 2010 or later": ("required", 2010,
            9999),
        "optional and older than 2010": ("optional", 0, 2009), "required and older than the year 2000": ("required",
            0, 1999),
        "optional and from 1990 or later": ("optional", 1990, 9999),
    }),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def reading_list_selection(draw: Draw, p: Values) -> Pair:
    lines, kept = [], []
    for _ in range(draw.randint(2, 5)):
        mark, year = draw.pick(("required", "optional")), draw.randint(1976, 2023)
        title = banks.topic(draw).replace("type 2 ", "")
        title = title[0].upper() + title[1:]
        if title in kept:
            continue
        lines.append(
            draw.pick(("{a}, {t}, {y} ({m})", "{a}: {t} ({y}) ({m})")).format(
                a=banks.surname(draw), t=title, y=year, m=mark
            )
        )
        if p.wanted[0] in ("", mark) and p.wanted[1] <= year <= p.wanted[2]:
            kept.append(title)
    head = draw.pick(("", "", "Week {}\n", "Reading for session {}\n")).format(draw.randint(1, 14))
    return head + "\n".join(lines), p.separator.join(kept[:5]) or p.none
