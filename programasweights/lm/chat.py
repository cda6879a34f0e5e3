"""How a model marks turns: the text around a user's message and before the assistant's answer.

Examples are shown as earlier turns. The style is chosen by the control tokens in the vocabulary.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from programasweights.lm.tokenizer import Tokenizer

__all__ = ["ChatStyle", "chat_style", "detect_style"]


@dataclass(frozen=True)
class ChatStyle:
    """Template text, in which control tokens are parsed."""

    name: str
    """Key under which a converted model remembers the style."""
    begin: str
    """At the very start."""
    open: str
    """Before a user's message."""
    close: str
    """After a user's message and before the answer."""
    next_turn: str
    """After an answer, when another message follows."""
    end: tuple[str, ...]
    """Tokens that end an answer."""

    def end_id(self, tokenizer: Tokenizer, end_ids: Iterable[int]) -> int:
        """The one token that a written answer is ended with."""
        return tokenizer.token_id(self.end[0]) or min(end_ids)


_CHATML = ChatStyle(
    name="chatml",
    begin="",
    open="<|im_start|>user\n",
    close="<|im_end|>\n<|im_start|>assistant\n",
    next_turn="<|im_end|>\n",
    end=("<|im_end|>", "<|endoftext|>"),
)
_LLAMA3 = ChatStyle(
    name="llama3",
    begin="<|begin_of_text|>",
    open="<|start_header_id|>user<|end_header_id|>\n\n",
    close="<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    next_turn="<|eot_id|>",
    end=("<|eot_id|>", "<|end_of_text|>"),
)
_STYLES = {
    "chatml": _CHATML,
    # Qwen3 answers at once when its thinking block is already closed.
    "qwen3": replace(_CHATML, name="qwen3", close=_CHATML.close + "<think>\n\n</think>\n\n"),
    "llama3": _LLAMA3,
    "plain": ChatStyle(name="plain", begin="", open="", close="\n", next_turn="\n\n", end=("\n",)),
}


def chat_style(name: str) -> ChatStyle:
    """The style of that name."""
    return _STYLES[name]


def detect_style(tokenizer: Tokenizer) -> ChatStyle:
    """Choose the style whose control tokens the vocabulary has; `plain` when it has none of them."""
    if tokenizer.token_id("<|im_start|>") is not None:
        return _STYLES["qwen3" if tokenizer.token_id("<think>") is not None else "chatml"]
    if tokenizer.token_id("<|start_header_id|>") is not None:
        return _STYLES["llama3"]
    return _STYLES["plain"]
