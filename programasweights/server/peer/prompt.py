"""A program as the prompt template that the public SDK tokenises.

    <placeholder tokens> <marks, task and examples as turns> {INPUT_PLACEHOLDER} <marks>

Slots have no tokens of their own, so a control token is repeated at the start until the text left of the
input has exactly as many tokens as the program has positions; that makes its tokens the key of the KV file.
Where that file cannot be used, the SDK falls back to the text itself, which is then still the program's task.
"""

from typing import NamedTuple

from programasweights.errors import UnsupportedModelError
from programasweights.interpreter.template import get_template
from programasweights.lm.chat import ChatStyle
from programasweights.lm.tokenizer import Tokenizer
from programasweights.program import Program

__all__ = ["PLACEHOLDER", "Prompt", "render_prompt"]

PLACEHOLDER = "{INPUT_PLACEHOLDER}"
"""Where the SDK puts the input."""


class Prompt(NamedTuple):
    """A prompt template and its tokens."""

    text: str
    """With exactly one `PLACEHOLDER`."""
    tokens: list[int]
    """Of the text left of it."""


def render_prompt(program: Program, tokenizer: Tokenizer, chat: ChatStyle, *, positions: int) -> Prompt:
    """The prompt template of `program`, whose slots and pseudo-program take `positions`.

    Raises:
        UnsupportedModelError: the model has no control token that could stand for slots.
    """
    template = get_template(program.behaviour.template)
    parts = template.program_parts(chat, program.behaviour.pseudo_program)
    left = "".join(text if ours else _as_data(tokenizer, text) for text, ours in parts)
    filler = _filler(tokenizer, chat)
    missing = positions - len(tokenizer.template_ids(left))
    # A control token's name that is written as data may take too many tokens; then the text gives way to the KV.
    left = filler * missing + left if missing >= 0 else filler * positions
    return Prompt(left + PLACEHOLDER + template.after_input + chat.close, tokenizer.template_ids(left))


def _as_data(tokenizer: Tokenizer, text: str) -> str:
    """The task's text, in which the SDK would parse control tokens and its placeholder."""
    return tokenizer.without_control(text).replace(PLACEHOLDER, PLACEHOLDER[0] + " " + PLACEHOLDER[1:])


def _filler(tokenizer: Tokenizer, chat: ChatStyle) -> str:
    """A control token: one token whatever stands around it."""
    name = chat.end[-1]
    if tokenizer.token_id(name) not in tokenizer.control_ids:
        raise UnsupportedModelError(
            f"the public SDK cannot run programs of this model: it has no control token (found {name!r}). "
            "Run them on the server."
        )
    return name
