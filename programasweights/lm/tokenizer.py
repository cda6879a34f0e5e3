"""Text to token ids and back, with control tokens out of the reach of user text.

Template text, which this package writes, may name control tokens such as `<|im_end|>`; any other text is
split as plain characters, so that the same string in a user's input is just data.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer as _Tokenizer

from programasweights.errors import UnsupportedModelError

__all__ = ["TOKENIZER_FILE", "Tokenizer", "tokenizer_json_from_gguf", "with_special_added_tokens"]

TOKENIZER_FILE = "tokenizer.json"

_CONTROL, _USER_DEFINED = 3, 4
_CASE_BLIND_SUFFIXES = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_WORDS = r"[^\r\n\p{L}\p{N}]?\p{L}+"
_REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def _split(digits: str) -> list[dict[str, Any]]:
    pattern = {"Regex": "|".join([_CASE_BLIND_SUFFIXES, _WORDS, digits, _REST])}
    return [
        {"type": "Split", "pattern": pattern, "behavior": "Isolated", "invert": False},
        {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False},
    ]


_BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
_PRE_TOKENIZERS: dict[str, list[dict[str, Any]]] = {
    "gpt-2": [_BYTES],
    "default": [_BYTES],
    "smollm": [{"type": "Digits", "individual_digits": True}, _BYTES],
    "qwen2": _split(r"\p{N}"),
    "llama-bpe": _split(r"\p{N}{1,3}"),
}
"""How llama.cpp's names for byte-level BPE variants split text before merging."""


def tokenizer_json_from_gguf(fields: dict[str, Any]) -> str:
    """The `tokenizer.json` text that does what a GGUF file's tokenizer fields say.

    Raises:
        UnsupportedModelError: the file's tokenizer is not a byte-level BPE of a known variant.
    """
    kind, variant = fields.get("tokenizer.ggml.model"), fields.get("tokenizer.ggml.pre", "default")
    if kind != "gpt2" or variant not in _PRE_TOKENIZERS:
        raise UnsupportedModelError(
            f"the GGUF file's tokenizer is {kind}/{variant}; supported are gpt2 with "
            f"{', '.join(_PRE_TOKENIZERS)}. Use the model's safetensors folder with its tokenizer.json instead."
        )
    tokens: list[str] = fields["tokenizer.ggml.tokens"]
    types: list[int] = fields["tokenizer.ggml.token_type"]
    added = [
        {"id": index, "content": token, "special": kind == _CONTROL, "normalized": False}
        | dict.fromkeys(("single_word", "lstrip", "rstrip"), False)
        for index, (token, kind) in enumerate(zip(tokens, types, strict=True))
        if kind in (_CONTROL, _USER_DEFINED)
    ]
    model = {
        "type": "BPE",
        "vocab": {token: index for index, token in enumerate(tokens)},
        "merges": [merge.split(" ", 1) for merge in fields["tokenizer.ggml.merges"]],
    }
    return json.dumps(
        {
            "version": "1.0",
            "added_tokens": added,
            "normalizer": {"type": "NFC"} if variant == "qwen2" else None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": _PRE_TOKENIZERS[variant]},
            "decoder": _BYTES,
            "model": model,
        },
        ensure_ascii=False,
    )


def with_special_added_tokens(definition: str) -> str:
    """A `tokenizer.json` in which every added token counts as special, so that plain text never becomes one.

    Raises:
        UnsupportedModelError: the text is not a tokenizer definition.
    """
    try:
        parsed = json.loads(definition)
        added = [token | {"special": True} for token in parsed.get("added_tokens") or []]
        return json.dumps(parsed | {"added_tokens": added}, ensure_ascii=False)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnsupportedModelError(f"the tokenizer definition is not readable: {error}") from error


class Tokenizer:
    """A model's tokenizer, with separate ways in for template text and for data."""

    def __init__(self, definition: str) -> None:
        """Build from the text of a `tokenizer.json` that `with_special_added_tokens` has seen.

        Raises:
            UnsupportedModelError: the text is not a tokenizer definition.
        """
        try:
            self._tokenizer = _Tokenizer.from_str(definition)
        except Exception as error:  # the library raises bare Exception on a bad definition
            raise UnsupportedModelError(f"the tokenizer definition is not readable: {error}") from error
        self._tokenizer.encode_special_tokens = True
        added = self._tokenizer.get_added_tokens_decoder()
        self._control = {token.content: index for index, token in added.items()}
        self._control_ids = frozenset(added)
        names = sorted(self._control, key=len, reverse=True)
        self._control_pattern = re.compile("|".join(re.escape(name) for name in names) or r"(?!)")

    @classmethod
    def load(cls, folder: Path) -> "Tokenizer":
        """Read `tokenizer.json` from a folder."""
        return cls((folder / TOKENIZER_FILE).read_text("utf-8"))

    @property
    def control_ids(self) -> frozenset[int]:
        """Ids that plain text never becomes."""
        return self._control_ids

    def template_ids(self, text: str) -> list[int]:
        """Tokenise text written by this package, in which control tokens are parsed."""
        ids, end = [], 0
        for found in self._control_pattern.finditer(text):
            ids += [*self.text_ids(text[end : found.start()]), self._control[found.group()]]
            end = found.end()
        return ids + self.text_ids(text[end:])

    def text_ids(self, text: str) -> list[int]:
        """Tokenise any other text; what looks like a control token is split into plain characters."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def without_control(self, text: str) -> str:
        """Text that stays data even where control tokens are parsed: a space stands inside each one's name."""
        return self._control_pattern.sub(lambda name: f"{name[0][0]} {name[0][1:]}", text)

    def decode(self, ids: Sequence[int]) -> str:
        """The text of token ids, control tokens left out."""
        return str(self._tokenizer.decode([token for token in ids if token not in self._control_ids]))

    def token_id(self, token: str) -> int | None:
        """The id of a token by its exact name, or None."""
        found = self._tokenizer.token_to_id(token)
        return None if found is None else int(found)
