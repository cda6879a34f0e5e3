"""What a user asks for: a task in plain words, with pictures in them and examples if there are any."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programasweights.errors import SpecError
from programasweights.inputs import Mixed, Picture, joined, pieces

__all__ = ["MAX_PICTURES", "MAX_SPEC_CHARACTERS", "Example", "Picture", "Spec", "split_examples"]

Example = tuple[str, str]
"""Input and output."""

MAX_SPEC_CHARACTERS = 65_536
MAX_EXAMPLES = 1_000
MAX_PICTURES = 64
_INPUT, _OUTPUT = "\n\nInput:\n", "\n\nOutput:\n"
MAX_EXAMPLE_CHARACTERS = 16_384


@dataclass(frozen=True)
class Spec:
    """A task description, perhaps with pictures in it, and (input, output) examples.

    Raises SpecError if the text is empty, a part is too long, or a part is not valid text.
    """

    text: str
    """The task in plain words."""
    examples: tuple[tuple[str, str], ...] = ()
    """(input, output) pairs."""
    pictures: tuple[tuple[int, Picture], ...] = ()
    """Pictures, each with the number of characters of the text that stand before it; in order."""

    def __post_init__(self) -> None:
        _check_text("the spec", self.text, MAX_SPEC_CHARACTERS)
        if not self.text.strip():
            raise SpecError("the spec is empty; say in plain words what the function should do.")
        if len(self.examples) > MAX_EXAMPLES:
            raise SpecError(
                f"the spec has {len(self.examples)} examples, at most {MAX_EXAMPLES} are allowed."
            )
        for number, (given, wanted) in enumerate(self.examples, 1):
            _check_text(f"the input of example {number}", given, MAX_EXAMPLE_CHARACTERS)
            _check_text(f"the output of example {number}", wanted, MAX_EXAMPLE_CHARACTERS)
        places = [place for place, _ in self.pictures]
        if places != sorted(places) or not all(0 <= place <= len(self.text) for place in places):
            raise SpecError(f"pictures stand at {places}, but must stand in order within the text.")
        if len(places) > MAX_PICTURES:
            raise SpecError(f"the spec has {len(places)} pictures, at most {MAX_PICTURES} are allowed.")

    @classmethod
    def make(
        cls, prompt: str | Sequence[str | Picture], examples: Iterable[tuple[str, str]] | None = None
    ) -> "Spec":
        """A spec from what a caller passes.

        Args:
            prompt: the task in plain words, or a list of texts and pictures, which are joined with a space where there
                is none; white space at both ends is dropped.
            examples: (input, output) pairs.

        Raises:
            SpecError: the prompt or an example is not usable.
        """
        text, pictures = _joined([prompt] if isinstance(prompt, str) else prompt)
        return cls(text, tuple(_pair(n, e) for n, e in enumerate(examples or (), 1)), pictures)

    def text_only(self, reader: str, advice: str = "") -> "Spec":
        """This spec, for a reader that takes no pictures.

        Raises:
            SpecError: there are pictures in it.
        """
        if self.pictures:
            raise SpecError(
                f"the spec has {len(self.pictures)} picture(s), but {reader} reads text only. "
                + (advice or "Name a picture checkpoint, compiler=FILE (`paw train pictures` writes one).")
            )
        return self

    def pieces(self) -> list[str | Picture]:
        """What `as_text` gives, cut where pictures stand, with them in between."""
        return pieces(self.as_text(), self.pictures)

    def as_text(self) -> str:
        """The task followed by its examples, each after a line `Input:` and a line `Output:`."""
        return self.text + "".join(f"{_INPUT}{given}{_OUTPUT}{wanted}" for given, wanted in self.examples)


def split_examples(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Undo `Spec.as_text`: the task, and the (input, output) pairs that follow it.

    Text that does not have this form is all task.
    """
    task, *blocks = text.split(_INPUT)
    pairs = [block.split(_OUTPUT) for block in blocks]
    if any(len(pair) != 2 for pair in pairs):
        return text, []
    return task, [(given, wanted) for given, wanted in pairs]


def _joined(parts: Sequence[object]) -> Mixed:
    """Texts and pictures as one text without white space at its ends, and the pictures with their places in it."""
    if not isinstance(parts, list | tuple):
        raise SpecError(
            f"the spec is a {type(parts).__name__}, but must be a string, or a list of strings and pictures."
        )
    for number, part in enumerate(parts, 1):
        if not isinstance(part, str | Picture):
            raise SpecError(
                f"part {number} of the spec is a {type(part).__name__}, but must be a string or a paw.Image."
            )
    text, pictures = joined(parts)
    whole = text.strip()
    before = len(text) - len(text.lstrip())
    return whole, tuple((min(max(place - before, 0), len(whole)), picture) for place, picture in pictures)


def _pair(number: int, example: object) -> tuple[str, str]:
    if isinstance(example, (tuple, list)) and len(example) == 2 and all(isinstance(p, str) for p in example):
        return example[0], example[1]
    raise SpecError(f"example {number} is {example!r:.200}, but must be a pair of strings (input, output).")


def _check_text(what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise SpecError(f"{what} has {len(text)} characters, at most {limit} are allowed; shorten it.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SpecError(f"{what} is not valid Unicode text: {error.reason} at {error.start}.") from None
