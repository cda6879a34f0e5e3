"""What tests look at in a page: its elements, its labels, its text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Element", "Parsed", "parse"]

_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "wbr"})


@dataclass
class Element:
    """One element."""

    tag: str
    attributes: dict[str, str]
    inside: tuple["Element", ...]
    """The elements around it, from the outermost."""
    text: str = ""
    """All text in it."""


@dataclass
class Parsed:
    """A page."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Tags that do not fit together."""

    def all(self, *tags: str) -> list[Element]:
        """The elements of these kinds."""
        return [element for element in self.elements if element.tag in tags]

    def text_of(self, element_id: str) -> str:
        """The text of the element of an id."""
        return next(e.text for e in self.elements if e.attributes.get("id") == element_id)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Parsed()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.page.faults.append(f"{tag} has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open))
        self.page.elements.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open[-1].tag != tag:
            self.page.faults.append(f"</{tag}> at {self.getpos()} ends {[e.tag for e in self.open[-2:]]}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def parse(html: str) -> Parsed:
    """Read a page strictly: every element that begins must end, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.faults += [f"<{element.tag}> never ends" for element in reader.open]
    return reader.page
