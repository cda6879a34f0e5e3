"""Where the parts of a call stand in the interpreter's context.

    [KV slots] open PSEUDO-PROGRAM between | INPUT close [output ...]

Everything left of the bar is the same for every call and is evaluated once. A program names its template,
so that a later release can add another without changing what existing programs do.
"""

from dataclasses import dataclass

from programasweights.errors import ProgramError
from programasweights.lm.chat import ChatStyle
from programasweights.lm.tokenizer import Tokenizer

__all__ = ["DEFAULT_TEMPLATE", "TEMPLATES", "Template", "get_template"]


@dataclass(frozen=True)
class Template:
    """The fixed text around a pseudo-program and an input; the chat style's marks stand around both."""

    name: str
    """The name that programs carry."""
    before: str
    """Before the pseudo-program."""
    between: str
    """After the pseudo-program; ends with a line break, so that tokens never straddle the bar."""
    after_input: str
    """After the input, before the chat style's close."""

    def program_ids(self, tokenizer: Tokenizer, chat: ChatStyle, pseudo_program: str) -> list[int]:
        """Tokens left of the bar."""
        return tokenizer.template_ids(chat.open) + tokenizer.text_ids(
            self.before + pseudo_program + self.between
        )

    def input_ids(self, tokenizer: Tokenizer, chat: ChatStyle, text: str) -> list[int]:
        """Tokens right of the bar."""
        return tokenizer.text_ids(text) + tokenizer.template_ids(self.after_input + chat.close)


DEFAULT_TEMPLATE = "task-input-output"

TEMPLATES = {
    DEFAULT_TEMPLATE: Template(
        name=DEFAULT_TEMPLATE, before="Task: ", between="\n\nInput:\n", after_input="\n\nOutput:"
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
