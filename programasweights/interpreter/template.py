"""Where the parts of a call stand in the interpreter's context.

    [KV slots] TASK and the first example's input > its output > second input > ... > | INPUT > output

Each `>` is a change of turn: the pseudo-program's examples are shown as earlier turns of a conversation, so
that the answer has a form to follow (a base model prompted so answers far better than when the examples are
part of the task; docs/decisions.md). Everything left of the bar is the same for every call and is evaluated
once. A program names its template, so that a later release can add another without changing what existing
programs do.
"""

from dataclasses import dataclass
from typing import NamedTuple

from programasweights.errors import ProgramError
from programasweights.lm.chat import ChatStyle
from programasweights.lm.tokenizer import Tokenizer
from programasweights.spec import split_examples

__all__ = ["DEFAULT_TEMPLATE", "TEMPLATES", "Part", "Template", "get_template"]


class Part(NamedTuple):
    """A piece of a prompt that is tokenised on its own."""

    text: str
    """The piece."""
    ours: bool
    """Whether this package wrote it, so that control tokens in it are parsed."""


@dataclass(frozen=True)
class Template:
    """The fixed text around a task and its inputs; the chat style's marks stand around both."""

    name: str
    """The name that programs carry."""
    before_task: str
    """Before the task."""
    after_task: str
    """After the task, in the same turn as the first input."""
    before_input: str
    """Before any later input, in a turn of its own."""
    after_input: str
    """After every input, before the chat style's close."""

    def program_parts(self, chat: ChatStyle, pseudo_program: str) -> list[Part]:
        """Text left of the bar."""
        task, examples = split_examples(pseudo_program)
        parts = [Part(chat.begin + chat.open + self.before_task, True), Part(task + self.after_task, False)]
        for given, wanted in examples:
            parts += [Part(given, False), Part(self.after_input + chat.close, True), Part(wanted, False)]
            parts.append(Part(chat.next_turn + chat.open + self.before_input, True))
        return parts

    def program_ids(self, tokenizer: Tokenizer, chat: ChatStyle, pseudo_program: str) -> list[int]:
        """Tokens left of the bar."""
        ids: list[int] = []
        for text, ours in self.program_parts(chat, pseudo_program):
            ids += tokenizer.template_ids(text) if ours else tokenizer.text_ids(text)
        return ids

    def input_ids(self, tokenizer: Tokenizer, chat: ChatStyle, text: str) -> list[int]:
        """Tokens right of the bar, up to the answer."""
        return tokenizer.text_ids(text) + tokenizer.template_ids(self.after_input + chat.close)


DEFAULT_TEMPLATE = "turns"

TEMPLATES = {
    DEFAULT_TEMPLATE: Template(
        name=DEFAULT_TEMPLATE,
        before_task="Task: ",
        after_task="\n\nInput:\n",
        before_input="Input:\n",
        after_input="\n\nOutput:",
    ),
}


def get_template(name: str) -> Template:
    """The template of that name.

    Raises:
        ProgramError: this release has no such template.
    """
    if name not in TEMPLATES:
        raise ProgramError(
            f"the program uses the prompt template {name!r}; this release knows "
            f"{', '.join(TEMPLATES)}. Upgrade programasweights."
        )
    return TEMPLATES[name]
