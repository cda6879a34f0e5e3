"""Academic: BibTeX and identifiers."""

import re

from programasweights.data.oracle.areas.academic import _banks as banks
from programasweights.data.oracle.banks import noise, prose
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, token

__all__ = ["area"]

area = Area("Academic and bibliography")


@area.family(
    "bibtex",
    "[make|build] a citation key [from|for] the reference: {prefix} followed by {form}",
    "Citation key = {prefix} + {form}[; no spaces|, without spaces]",
    "I want [uniform|consistent] BibTeX keys for my library. A key starts with {prefix} and goes on with {form}. "
    "[Only the first author "
    "counts.|Take the first author only.] Return the key [alone|and nothing else].",
    "Key for my .bib file, [please|thanks]: {prefix}, then {form}. [First author only.|Ignore all other authors.]",
    given="a reference",
    prefix=token("ref-", "cite:", "bib_", "lit.", "src-", "b:", "key/", "x-", "my_", "paper-"),
    form=choice({
        "the first author's surname and the year in lower case, as in smith2019": "{s}{y}",
        "surname of the first author in small letters plus year (smith2019)": "{s}{y}",
        "surname, colon and year, as in Smith:2019": "{S}:{y}",
        "surname, underscore and the last two digits of the year (Smith_19)": "{S}_{z}",
        "the first four letters of the surname in capitals and the last two digits of the year (SMIT19)": "{f}{z}",
        "the year, a hyphen and the surname in lower case (2019-smith)": "{y}-{s}",
        "surname, year and the first word of the title, all in small letters and run together (smith2019revisiting)": "{s}{y}{w}",
        "the surname in lower case, a plus sign and the volume number (smith+12)": "{s}+{v}",
        "the first three letters of the surname in lower case and the full year (smi2019)": "{t}{y}",
    }),
)  # fmt: skip
def citation_key(draw: Draw, p: Values) -> Pair:
    r = banks.ref(draw, 1, 4, ascii_only=True)
    while not r.title.split()[0].strip(":").isalpha():
        r = banks.ref(draw, 1, 4, ascii_only=True)
    last, word = r.authors[0].last, re.findall(r"[a-z]+", r.title.lower())[0]
    key = p.form.format(
        s=last.lower(),
        S=last,
        y=r.year,
        z=str(r.year)[2:],
        f=last[:4].upper(),
        w=word,
        v=r.volume,
        t=last[:3].lower(),
    )
    return banks.reference(draw, r), p.prefix + key


def _entry(draw: Draw, fields: dict[str, str], kind: str, key: str) -> str:
    indent, quotes = draw.pick(("  ", "  ", "\t", "")), draw.chance(0.25)
    lines = []
    for name, value in fields.items():
        shown = f'"{value}"' if quotes else f"{{{value}}}"
        shown = value if value.isdigit() and draw.chance(0.4) else shown
        lines.append(f"{indent}{draw.pick((name, name, name.upper())) if quotes else name} = {shown},")
    return f"@{draw.pick((kind, kind, kind.capitalize()))}{{{key},\n" + "\n".join(lines) + "\n}"


@area.family(
    "bibtex",
    "[give|return|extract] the {field} [from|in] the BibTeX entry without the surrounding braces or quotes; if "
    "the entry has no such field, [write|return] {none}",
    "Value of the {field} in this BibTeX entry. [Strip|Drop] the braces or quotes around it. {none} if the field "
    "is [absent|missing|not there]",
    "I have to fill [a form on our repository server|a publication database] from BibTeX entries. [Look up|Find] "
    "the {field} and return its value as it stands in the "
    "file, but without the outer quotation marks or curly braces and without the comma at the end. Return {none} "
    "[when|if] the entry does not have it.",
    given="a BibTeX entry",
    difficulty=1,
    field=choice({
        "title": "title", "title field": "title", "year": "year", "journal": "journal", "journal field": "journal",
            "volume": "volume",
        "number field": "number", "pages field": "pages", "publisher": "publisher", "DOI": "doi",
            "doi field": "doi", "author field": "author",
        "citation key": "key",
    }),
    none=missing(),
)  # fmt: skip
def bibtex_field_value(draw: Draw, p: Values) -> Pair:
    r = banks.ref(draw, 1, 3)
    key = f"{banks.plain(r.authors[0].last).lower()}{draw.pick(('', ':', '_'))}{r.year}"
    fields = {
        "author": " and ".join(f"{a.last}, {a.initials()}" for a in r.authors), "title": r.title,
            "journal": r.journal,
        "year": str(r.year), "volume": str(r.volume), "number": str(r.issue),
        "pages": f"{(r.pages or (1, 9))[0]}--{(r.pages or (1, 9))[1]}", "doi": str(r.doi),
        "publisher": f"{draw.pick(banks.PLACES)} {draw.pick(('University Press', 'Academic Publishers', 'Press'))}",
    }  # fmt: skip
    names = [n for n in draw.mix(tuple(fields)) if not draw.chance(0.35 if n == p.field else 0.25)]
    kept = {name: fields[name] for name in names or ["title"]}
    answer = key if p.field == "key" else kept.get(p.field, p.none)
    return _entry(draw, kept, "article", key), answer


@area.family(
    "bibtex",
    "[list|find] the citation keys that occur more than once in the .bib file, each once, in the order in which "
    "they first appear, separated by {separator}; "
    "[if every key is different|if there is no repeat], write {none}",
    "Duplicate BibTeX keys -> joined with {separator}, each [just once|only once], first appearance first; "
    "{none} if all keys are different. [Case matters.|Compare exactly.]",
    "LaTeX complains about repeated entries in my bibliography. [Tell me which keys|Name the keys that] are "
    "defined more than once (exact spelling), put {separator} between "
    "them, keep the order in which they turn up and mention each key one time. If no key is repeated, just say "
    "{none}.",
    given="a .bib file",
    separator=separator(),
    none=missing(),
)
def repeated_bib_keys(draw: Draw, p: Values) -> Pair:
    pool = [f"{a.last.lower()}{draw.randint(1985, 2024)}" for a in banks.authors(draw, 4, 7, ascii_only=True)]
    keys = list(pool)
    for key in draw.some(pool, draw.pick((0, 1, 1, 2, 3))):
        keys.append(key)
    if draw.chance(0.4):
        keys.append(pool[0] + draw.pick("abc"))
    keys = draw.mix(keys)
    kinds = ("article", "article", "book", "inproceedings", "phdthesis", "misc")
    text = "\n".join(f"@{draw.pick(kinds)}{{{key}, title = {{{banks.title(draw)}}}}}" for key in keys)
    repeated = [key for key in dict.fromkeys(keys) if keys.count(key) > 1]
    return text, p.separator.join(repeated) or p.none


_SHARED = ("The data set is at {}", "Here is the paper I mentioned: {}", "see {}", "Could you get me {}",
    "Preprint and code: {}", "The correction appeared as {}",
           "Published version {}", "Full text under {}", "I am looking for {}", "Please cite it as {}")  # fmt: skip


@area.family(
    "identifiers",
    "[extract|find] the {place} DOI in the message and [write|give] it with {prefix} directly before the part "
    "that starts with 10.; "
    "punctuation after it does not belong to it. [If there is no DOI|No DOI at all]: {none}",
    "{place} DOI in the text, written as {prefix} + 10.xxxx/xxxx, [without the full stop, comma or bracket after "
    "it|no trailing punctuation]. None present: {none}",
    "Colleagues mail me [papers|articles] with the DOI as a link, with doi: or bare. I want the {place} DOI of "
    "the mail in one form: {prefix} and, "
    "without a space, the DOI itself from 10. on. Leave off a closing bracket, comma or full stop. A mail "
    "without any DOI gives {none}.",
    given="an e-mail about papers",
    place=choice({"first": 0, "last": -1}),
    prefix=token(
        "https://doi.org/", "doi:", "DOI:", "http://dx.doi.org/", "info:doi/", "urn:doi:", "doi=", "[DOI]"
    ),
    none=missing(),
)
def doi_in_message(draw: Draw, p: Values) -> Pair:
    found, parts = [], [prose.chat(draw) if draw.chance(0.5) else prose.note(draw)]
    for _ in range(draw.pick((0, 1, 1, 2, 2))):
        found.append(banks.doi(draw))
        shown = draw.pick(
            ("https://doi.org/{}", "doi:{}", "DOI: {}", "{}", "http://dx.doi.org/{}", "DOI {}")
        ).format(found[-1])
        parts.append(
            draw.pick((draw.pick(_SHARED), draw.pick(_SHARED) + ".", f"({draw.pick(_SHARED)})")).format(shown)
        )
    if draw.chance(0.35):
        parts.append(draw.pick(("https://arxiv.org/abs/2104.0{1}", "Version 10.{}, build {}.",
            "Our room is {} and the phone is {}.")).format(
            draw.randint(1001, 2412), draw.randint(1001, 9999)))  # fmt: skip
    return draw.pick((" ", "\n")).join(parts), f"{p.prefix}{found[p.place]}" if found else p.none


def _digits(draw: Draw, count: int) -> str:
    return "".join(str(draw.randrange(10)) for _ in range(count))


def _identifier(draw: Draw, kind: str) -> str:
    if kind == "doi":
        return draw.pick(("{}", "doi:{}", "https://doi.org/{}", "DOI {}")).format(banks.doi(draw))
    if kind == "arxiv":
        number = f"{draw.randint(10, 24)}{draw.randint(1, 12):02}.{_digits(draw, 5)}{draw.pick(('', '', 'v1', 'v2', 'v3'))}"
        return draw.pick(("{}", "arXiv:{}", "https://arxiv.org/abs/{}")).format(number)
    if kind == "isbn":
        group = draw.pick(("3", "0", "1", "84", "952"))
        inner, cut = _digits(draw, 9 - len(group)), draw.randint(2, 4)
        text = "-".join((draw.pick(("978", "979")), group, inner[:cut], inner[cut:], _digits(draw, 1)))
        return draw.pick(("{}", "ISBN {}", "{}")).format(
            draw.pick((text, text.replace("-", ""), text.replace("-", " ")))
        )
    if kind == "issn":
        return draw.pick(("{}", "ISSN {}", "{}")).format(
            f"{_digits(draw, 4)}-{_digits(draw, 3)}{draw.pick('0123456789X')}"
        )
    if kind == "orcid":
        number = "-".join(
            ("0000", "000" + draw.pick("123"), _digits(draw, 4), _digits(draw, 3) + draw.pick("0123456789X"))
        )
        return draw.pick(("{}", "{}", "https://orcid.org/{}")).format(number)
    return draw.pick((f"+44 20 {_digits(draw, 4)} {_digits(draw, 4)}", f"order no. {_digits(draw, 6)}",
        prose.note(draw),
                      f"room {_digits(draw, 3)}",
                          f"{draw.randint(1, 28)}.{draw.randint(1, 12)}.{draw.randint(1990, 2024)}",
                      f"grant {draw.pick('ABCDE')}{_digits(draw, 5)}",
                          f"v{draw.randint(1, 9)}.{draw.randint(0, 20)}"))  # fmt: skip


@area.family(
    "identifiers",
    "[say|tell] what kind of identifier the field holds: {doi} for a DOI (10., digits, a slash), {arxiv} for an "
    "arXiv number (four digits, a dot, five "
    "digits), {isbn} for an ISBN of a book (13 digits that begin with 978 or 979), {issn} for an ISSN of a journal "
    "(four characters, a hyphen, four characters), {orcid} for an ORCID of a researcher "
    "(four groups of four) and {other} for anything else",
    "DOI -> {doi}, arXiv id -> {arxiv}, ISBN of a book -> {isbn}, ISSN of a journal -> {issn}, ORCID of a person "
    "-> {orcid}, [none of these|something else] -> {other}",
    "Users of our [repository|library system] paste all sorts of things into the identifier box[, with or "
    "without a prefix or link|]. [Sort|Route] them: a DOI gives {doi}, "
    "an arXiv number such as 2104.01234 gives {arxiv}, a 13-digit ISBN gives {isbn}, an ISSN such as 1234-567X "
    "gives {issn}, an ORCID such as "
    "0000-0001-2345-6789 gives {orcid}, and whatever is none of them gives {other}.",
    given="an entry in an identifier field",
    difficulty=1,
    labels=labels(doi=("DOI", "article"), arxiv=("arXiv", "preprint"), isbn=("ISBN", "book"), issn=("ISSN",
        "journal"),
                  orcid=("ORCID", "person"), other=("other", "unknown")),
)  # fmt: skip
def kind_of_scholarly_identifier(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("doi", "arxiv", "isbn", "issn", "orcid", "other"))
    return noise.untidy(draw, _identifier(draw, kind)), p.labels[kind]
