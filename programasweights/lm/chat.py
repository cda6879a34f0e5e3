"""How a model marks turns: the text around a user's message and before the assistant's answer.

Only single-turn prompts are needed here. The style is chosen by the control tokens in the vocabulary.
"""

from dataclasses import dataclass

from programasweights.lm.tokenizer import Tokenizer

__all__ = ["ChatStyle", "chat_style", "detect_style"]


@dataclass(frozen=True)
class ChatStyle:
    """Template text, in which control tokens are parsed."""

    name: str
    """Key under which a converted model remembers the style."""
    open: str
    """Before the user's message."""
    close: str
    """After the user's message and before the answer."""
    end: tuple[str, ...]
    """Tokens that end the answer."""


_CHATML = ChatStyle(
    name="chatml",
    open="<|im_start|>user\n",
    close="<|im_end|>\n<|im_start|>assistant\n",
    end=("<|im_end|>", "<|endoftext|>"),
)
_STYLES = {
    "chatml": _CHATML,
    # Qwen3 answers at once when its thinking block is already closed.
    "qwen3": ChatStyle("qwen3", _CHATML.open, _CHATML.close + "<think>\n\n</think>\n\n", _CHATML.end),
    "llama3": ChatStyle(
        name="llama3",
        open="<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n",
        close="<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
        end=("<|eot_id|>", "<|end_of_text|>"),
    ),
    "plain": ChatStyle(name="plain", open="", close="\n", end=("\n",)),
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
