"""How a base model reads and marks text: its tokenizer, its chat style, and the tokens that end an answer."""

import json
from dataclasses import dataclass
from pathlib import Path

from programasweights.lm.chat import ChatStyle, detect_style
from programasweights.lm.tokenizer import (
    TOKENIZER_FILE,
    Tokenizer,
    tokenizer_json_from_gguf,
    with_special_added_tokens,
)
from programasweights.lm.weights import GgufWeights, SafetensorsWeights

__all__ = ["ModelText", "read_model_text"]


@dataclass(frozen=True)
class ModelText:
    """A tokenizer with what the model expects around text."""

    definition: str
    """The tokenizer as the JSON of the `tokenizers` package."""
    tokenizer: Tokenizer
    """The same, ready to use."""
    chat: ChatStyle
    """Marks of turns."""
    end_ids: tuple[int, ...]
    """Tokens that end an answer."""


def read_model_text(weights: GgufWeights | SafetensorsWeights, source: Path) -> ModelText:
    """Read it from a model's files: a GGUF file, or the folder that the weights are in."""
    if isinstance(weights, GgufWeights):
        definition = tokenizer_json_from_gguf(weights.fields)
        named = {weights.fields.get(f"tokenizer.ggml.{kind}_token_id") for kind in ("eos", "eot")}
    else:
        definition = (source / TOKENIZER_FILE).read_text("utf-8")
        named = _end_ids_from_hub(source)
    definition = with_special_added_tokens(definition)
    tokenizer = Tokenizer(definition)
    style = detect_style(tokenizer)
    ids = named | {tokenizer.token_id(token) for token in style.end}
    if style.name == "plain":
        ids |= set(tokenizer.text_ids("\n")[-1:])
    return ModelText(definition, tokenizer, style, tuple(sorted(int(i) for i in ids if i is not None)))


def _end_ids_from_hub(folder: Path) -> set[int | None]:
    found: set[int | None] = set()
    for name in ("config.json", "generation_config.json"):
        path = folder / name
        value = json.loads(path.read_text("utf-8")).get("eos_token_id") if path.is_file() else None
        found |= set(value) if isinstance(value, list) else {value}
    return found
