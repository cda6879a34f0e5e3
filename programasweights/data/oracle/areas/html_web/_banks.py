"""What web families share: elements with attributes, page addresses, short texts of pages."""

from collections.abc import Mapping

from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw

__all__ = ["element", "filename", "host", "label", "line", "link", "path"]

_SECTIONS = (
    "blog",
    "shop",
    "docs",
    "news",
    "products",
    "help",
    "team",
    "events",
    "recipes",
    "archive",
    "guides",
    "careers",
    "about",
)
_LABELS = ("Opening hours", "Our team", "Contact us", "Price list", "Spring sale", "How it works", "Terms of use",
    "Getting started", "Press",
           "Gift cards", "Shipping costs", "Student discount", "Upcoming events", "Frequently asked questions",
               "Repair service", "Store finder",
           "Meet the founders", "Garden tools", "Winter shoes", "Release notes", "Support forum", "Jobs",
               "Photo gallery", "Our history",
           "New arrivals", "Care instructions", "Size guide", "Delivery times", "Free samples",
               "Visit our workshop", "Reviews", "Partners")  # fmt: skip


def line(draw: Draw) -> str:
    """A sentence without characters that HTML treats specially."""
    while True:
        text = draw.pick((prose.statement, prose.headline, prose.ticket, prose.note))(draw)
        if not set(text) & set("&<>\"'`*_[]#|"):
            return text


def label(draw: Draw) -> str:
    """A short heading or link text of letters and spaces."""
    return (
        draw.pick(_LABELS)
        if draw.chance(0.7)
        else f"{draw.pick(words.ADJECTIVES)} {words.plural(words.noun(draw))}".capitalize()
    )


def host(draw: Draw) -> str:
    """A host name, perhaps with a subdomain."""
    return draw.pick(("", "", "www.", "www.", "shop.", "blog.", "m.")) + names.domain(draw)


def path(draw: Draw) -> str:
    """A path of one to three parts that starts with a slash."""
    parts = [draw.pick(_SECTIONS), words.noun(draw), f"{words.noun(draw)}-{draw.randint(2, 99)}"]
    return "/" + "/".join(parts[: draw.randint(1, 3)])


def filename(draw: Draw, *endings: str) -> str:
    """A file name with one of the endings."""
    stem = draw.pick(("{}", "{}-{n}", "{}_{n}", "img_{n}", "{}-small", "{}_final")).format(
        words.noun(draw), n=draw.randint(1, 99)
    )
    return f"{stem}.{draw.pick(endings)}"


def element(draw: Draw, tag: str, attributes: Mapping[str, str | None], text: str | None = None) -> str:
    """An element with its attributes in random order; an attribute that is None stands without a value."""
    mark = draw.pick(('"', '"', '"', "'"))
    shown = "".join(
        f" {k}" if v is None else f" {k}={mark}{v}{mark}" for k, v in draw.mix(list(attributes.items()))
    )
    if text is None:
        return f"<{tag}{shown}{draw.pick(('>', '>', ' />'))}"
    return f"<{tag}{shown}>{text}</{tag}>"


def link(draw: Draw, target: str, text: str) -> str:
    """A link, perhaps with other attributes."""
    more = draw.pick(({}, {}, {"class": "nav"}, {"target": "_blank"}, {"rel": "nofollow"}))
    return element(draw, "a", {"href": target, **more}, text)
