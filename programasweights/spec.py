"""What a user asks for: a task in plain words, with examples if there are any."""

from collections.abc import Iterable
from dataclasses import dataclass

from programasweights.errors import SpecError

__all__ = ["MAX_SPEC_CHARACTERS", "Example", "Spec", "split_examples"]

Example = tuple[str, str]
"""Input and output."""

MAX_SPEC_CHARACTERS = 65_536
MAX_EXAMPLES = 1_000
_INPUT, _OUTPUT = "\n\nInput:\n", "\n\nOutput:\n"
MAX_EXAMPLE_CHARACTERS = 16_384


@dataclass(frozen=True)
class Spec:
    """A task description and (input, output) examples.

    Raises SpecError if the text is empty, a part is too long, or a part is not valid text.
    """

    text: str
    """The task in plain words."""
    examples: tuple[tuple[str, str], ...] = ()
    """(input, output) pairs."""

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

    @classmethod
    def make(cls, prompt: str, examples: Iterable[tuple[str, str]] | None = None) -> "Spec":
        """A spec from what a caller passes.

        Args:
            prompt: the task in plain words; white space at both ends is dropped.
            examples: (input, output) pairs.

        Raises:
            SpecError: the prompt or an example is not usable.
        """
        if not isinstance(prompt, str):
            raise SpecError(f"the spec is a {type(prompt).__name__}, but must be a string.")
        return cls(prompt.strip(), tuple(_pair(n, e) for n, e in enumerate(examples or (), 1)))

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
