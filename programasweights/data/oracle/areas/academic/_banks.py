"""What academic families share: author names, titles by research field, journals, references in several styles."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw

__all__ = ["FIELDS", "NAME_CASES", "PLACES", "STYLES", "TITLE_CASES", "Author", "Ref", "author", "authors", "doi",
           "journal", "plain", "plain_name", "ref", "reference", "surname", "title", "topic"]  # fmt: skip


@dataclass(frozen=True)
class Author:
    """A person with one given name, perhaps a middle name, and one family name."""

    first: str
    middle: str
    last: str

    def initials(self, mark: str = ". ") -> str:
        """Initials with a mark between them and, without its space, after the last."""
        letters = [name[0] for name in (self.first, self.middle) if name]
        return mark.join(letters) + mark.rstrip()

    def full(self) -> str:
        """Given names and family name."""
        return " ".join(part for part in (self.first, self.middle, self.last) if part)


@dataclass(frozen=True)
class Ref:
    """A journal article; a field that is None is not given."""

    authors: tuple[Author, ...]
    year: int
    title: str
    journal: str
    volume: int
    issue: int | None
    pages: tuple[int, int] | None
    doi: str | None


def plain_name(draw: Draw, source: Callable[[Draw], str], ascii_only: bool = False) -> str:
    """A name of one word that survives a change of letter case."""
    while True:
        name = source(draw)
        plain = len(name) > 3 and name.isalpha() and (name.isascii() or not ascii_only)
        if plain and name.upper().capitalize() == name == name.lower().capitalize():
            return name


def surname(draw: Draw, ascii_only: bool = False) -> str:
    """A family name of one word."""
    return plain_name(draw, names.last_name, ascii_only)


def author(draw: Draw, ascii_only: bool = False) -> Author:
    """An author, with a middle name in a third of the cases."""
    first = plain_name(draw, names.first_name, ascii_only)
    middle = plain_name(draw, names.first_name, ascii_only) if draw.chance(0.35) else ""
    return Author(first, middle, surname(draw, ascii_only))


def authors(draw: Draw, low: int, high: int, ascii_only: bool = False) -> tuple[Author, ...]:
    """Between `low` and `high` authors with different family names."""
    made: dict[str, Author] = {}
    count = draw.randint(low, high)
    while len(made) < count:
        one = author(draw, ascii_only)
        made.setdefault(one.last, one)
    return tuple(made.values())


def plain(name: str) -> str:
    """The name without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


NAME_CASES: tuple[Callable[[str], str], ...] = (str, str, str, str.upper, str.lower)
TITLE_CASES: tuple[Callable[[str], str], ...] = (str, str, str, str.lower, str.title, str.upper)

FIELDS: dict[str, tuple[str, ...]] = {
    "astronomy": ("spiral galaxies", "the rotation of neutron stars", "dust rings around young stars",
        "black hole mergers",
                  "the orbits of exoplanets", "sunspots and solar flares", "the craters of Mercury",
                      "supernova remnants",
                  "comets beyond the orbit of Neptune", "the cosmic microwave background", "dark matter haloes",
                      "binary pulsars",
                  "the atmosphere of Venus", "radio telescopes", "the moons of Saturn",
                      "brown dwarfs and red giants"),
    "medicine": ("insulin therapy in type 2 diabetes", "recovery after hip surgery",
        "antibiotics against pneumonia",
                 "blood pressure in patients with kidney disease", "vaccination against measles",
                     "early diagnosis of lung cancer",
                 "pain relief after caesarean section", "asthma inhalers for children", "stroke rehabilitation",
                 "side effects of chemotherapy", "wound infections in hospital wards",
                     "heart failure in older patients",
                 "migraine prevention", "screening for breast cancer", "transfusion before surgery",
                     "statins after a heart attack"),
    "economics": ("minimum wages and unemployment", "inflation and interest rates", "tariffs on imported steel",
        "household debt",
                  "central bank independence", "the gender pay gap", "house prices and mortgage lending",
                      "tax evasion by firms",
                  "exchange rates in emerging markets", "consumer spending in a recession",
                      "public debt and bond yields",
                  "labour supply after a tax reform", "price competition among supermarkets",
                      "income inequality and growth",
                  "pension savings", "trade agreements and wages"),
    "linguistics": ("vowel harmony in Turkish", "word order in German subordinate clauses",
        "relative clauses in spoken English",
                    "the acquisition of plural nouns by toddlers", "code-switching among bilingual speakers",
                        "tone in Mandarin",
                    "the phonology of loanwords", "verb agreement in Basque", "dialect boundaries and vowel shifts",
                    "the syntax of questions", "grammatical gender in Romance languages", "case endings in Finnish",
                    "the pronunciation of final consonants", "noun compounds in Swedish",
                        "pronouns and discourse markers",
                    "stress patterns in Spanish verbs"),
    "computing": ("compilers for parallel programs", "garbage collection in virtual machines",
        "deep neural networks for image recognition",
                  "index structures in relational databases", "type inference for programming languages",
                      "cache-aware sorting algorithms",
                  "bug reports in open-source software", "malware detection in network packets",
                      "scheduling in operating systems",
                  "consensus protocols for distributed databases", "public-key encryption on smartphones",
                      "fuzz testing of web browsers",
                  "transformers for code generation", "memory leaks in C programs", "query optimisation",
                      "shortest-path algorithms"),
    "archaeology": ("a Bronze Age burial mound", "Roman pottery from a villa floor",
        "stone tools of the Palaeolithic",
                    "the excavation of a Viking settlement", "cuneiform tablets from Mesopotamian sites",
                        "Neolithic longhouses",
                    "Iron Age hill forts", "grave goods in Etruscan tombs", "shipwrecks and their amphorae",
                        "Maya temple ruins",
                    "the radiocarbon dating of hearths", "medieval rubbish pits", "Egyptian tomb inscriptions",
                        "Minoan palaces",
                    "Celtic coin hoards", "mosaics in late Roman baths"),
}  # fmt: skip
"""Topics that belong to one research field only."""

_TITLES = ("Revisiting {}", "New evidence on {}", "Towards a better account of {}", "{}: a critical review",
    "A fresh look at {}",
           "On {}", "Understanding {}", "{}: lessons from two decades", "A comparative study of {}",
               "Three open questions about {}",
           "{} reconsidered", "Old problems and new methods in the study of {}",
               "A short history of research on {}", "Rethinking {}",
           "Notes on {}", "Observations concerning {}")  # fmt: skip
PLACES = ("Uppsala", "Leeds", "Kyoto", "Toulouse", "Melbourne", "Boston", "Graz", "Porto", "Bergen", "Ghent",
    "Cape Town", "Santiago",
          "Toronto", "Aarhus", "Warsaw", "Bologna", "Leiden", "Dublin", "Singapore", "Zurich", "Lund",
              "Granada")  # fmt: skip
_SUBJECTS = ("Applied Science", "Evidence Studies", "Quantitative Research", "Empirical Inquiry",
    "Scientific Methods", "Field Studies",
             "Advanced Study", "Modern Research", "Comparative Analysis", "Experimental Practice",
                 "Systematic Inquiry",
             "Open Scholarship", "Observational Studies", "Research Notes", "Theory and Practice")  # fmt: skip
_JOURNALS = ("Journal of {}", "Annals of {}", "International Journal of {}", "Archives of {}",
    "European Review of {}",
             "Nordic Journal of {}", "Letters in {}", "Bulletin of {}", "Transactions on {}",
                 "Frontiers of {}")  # fmt: skip


def topic(draw: Draw, field: str | None = None) -> str:
    """A topic of a research field, or of any."""
    return draw.pick(FIELDS[field or draw.pick(tuple(FIELDS))])


def title(draw: Draw, field: str | None = None) -> str:
    """The title of a paper; it has no full stop, comma or digit of its own but may have a colon."""
    text = draw.pick(_TITLES).format(topic(draw, field).replace("type 2 ", ""))
    return text[0].upper() + text[1:]


def journal(draw: Draw) -> str:
    """The name of a journal."""
    return draw.pick(_JOURNALS).format(draw.pick(_SUBJECTS))


def doi(draw: Draw) -> str:
    """A DOI without a prefix."""
    tail = draw.pick(
        ("j.{a}.{y}.{n}", "s{n}-0{y}-{b}-x", "{a}/{n}", "{a}.{y}.{n}", "{y}.{n}", "{a}{n}", "ACCESS.{y}.{n}")
    )
    word = "".join(draw.pick("abcdefghijklmnoprstuvwxyz") for _ in range(draw.randint(3, 6)))
    filled = tail.format(
        a=word, y=draw.randint(2001, 2024), n=draw.randint(10000, 999999), b=draw.randint(10, 9999)
    )
    return f"10.{draw.randint(1001, 9999)}{draw.pick(('', '', draw.randint(1, 9)))}/{filled}"


def ref(draw: Draw, low: int = 1, high: int = 4, ascii_only: bool = False) -> Ref:
    """An article with all fields."""
    start = draw.randint(1, 1900)
    made = Ref(authors(draw, low, high, ascii_only), draw.randint(1975, 2024), title(draw), journal(draw),
               draw.randint(2, 98), draw.randint(1, 12), (start, start + draw.randint(3, 60)), doi(draw))  # fmt: skip
    while made.volume == made.issue or made.volume in made.pages:  # type: ignore[operator]
        made = replace(made, volume=draw.randint(2, 98))
    return made


def _apa(r: Ref, dash: str) -> str:
    people = [f"{a.last}, {a.initials()}" for a in r.authors]
    who = people[0] if len(people) == 1 else ", ".join(people[:-1]) + ", & " + people[-1]
    issue = f"({r.issue})" if r.issue else ""
    return f"{who} ({r.year}). {r.title}. {r.journal}, {r.volume}{issue}" + _pages(r, ", ", dash) + "."


def _harvard(r: Ref, dash: str) -> str:
    people = [f"{a.last}, {a.initials('.')}" for a in r.authors]
    issue = f"({r.issue})" if r.issue else ""
    return (
        f"{_anded(people)} ({r.year}) '{r.title}', {r.journal}, {r.volume}{issue}"
        + _pages(r, ", pp. ", dash)
        + "."
    )


def _vancouver(r: Ref, dash: str) -> str:
    people = ", ".join(f"{a.last} {a.initials('').strip()}" for a in r.authors)
    issue = f"({r.issue})" if r.issue else ""
    return f"{people}. {r.title}. {r.journal}. {r.year};{r.volume}{issue}" + _pages(r, ":", dash) + "."


def _ieee(r: Ref, dash: str) -> str:
    people = _anded([f"{a.initials()} {a.last}" for a in r.authors])
    issue = f", no. {r.issue}" if r.issue else ""
    return (
        f'{people}, "{r.title}," {r.journal}, vol. {r.volume}{issue}'
        + _pages(r, ", pp. ", dash)
        + f", {r.year}."
    )


def _chicago(r: Ref, dash: str) -> str:
    first = r.authors[0]
    people = [f"{first.last}, {first.first}"] + [f"{a.first} {a.last}" for a in r.authors[1:]]
    who = people[0] if len(people) == 1 else ", ".join(people[:-1]) + ", and " + people[-1]
    issue = f", no. {r.issue}" if r.issue else ""
    return f'{who}. "{r.title}." {r.journal} {r.volume}{issue} ({r.year})' + _pages(r, ": ", dash) + "."


def _pages(r: Ref, before: str, dash: str) -> str:
    return f"{before}{r.pages[0]}{dash}{r.pages[1]}" if r.pages else ""


def _anded(people: list[str]) -> str:
    return people[0] if len(people) == 1 else ", ".join(people[:-1]) + " and " + people[-1]


STYLES: dict[str, Callable[[Ref, str], str]] = {
    "apa": _apa, "harvard": _harvard, "vancouver": _vancouver, "ieee": _ieee, "chicago": _chicago
}  # fmt: skip


def reference(draw: Draw, r: Ref, style: str | None = None, dash: str = "-") -> str:
    """The reference as one line in a style."""
    line = STYLES[style or draw.pick(tuple(STYLES))](r, dash)
    return f"{line} {draw.pick(('doi:{}', 'https://doi.org/{}', 'DOI: {}')).format(r.doi)}" if r.doi else line
