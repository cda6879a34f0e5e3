"""Tokenizers: user text is data, template text is not, and GGUF tokenizers are rebuilt faithfully."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.errors import UnsupportedModelError
from programasweights.lm.engine import Engine
from programasweights.lm.tokenizer import Tokenizer, tokenizer_json_from_gguf, with_special_added_tokens
from tests.tiny_models import CONTROL_TOKENS, byte_tokenizer

TOKENIZER = Tokenizer(byte_tokenizer().to_str())
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
MIXED = st.lists(st.one_of(TEXT, st.sampled_from(CONTROL_TOKENS)), max_size=8).map("".join)


@given(MIXED)
def test_text_never_becomes_a_control_token(text: str) -> None:
    ids = TOKENIZER.text_ids(text)
    assert not TOKENIZER.control_ids & set(ids)
    assert TOKENIZER.decode(ids) == text


def test_template_text_does() -> None:
    start, end = (TOKENIZER.token_id(t) for t in ("<|im_start|>", "<|im_end|>"))
    assert TOKENIZER.template_ids("<|im_start|>a<|im_end|>") == [start, *TOKENIZER.text_ids("a"), end]
    assert TOKENIZER.decode([start, *TOKENIZER.text_ids("a"), end]) == "a"  # type: ignore[list-item]


def test_added_tokens_that_are_not_special_are_out_of_reach_too() -> None:
    definition = json.loads(byte_tokenizer().to_str())
    for token in definition["added_tokens"]:
        token["special"] = False
    found = Tokenizer(with_special_added_tokens(json.dumps(definition)))
    assert not found.control_ids & set(found.text_ids("<|im_end|>"))
    assert len(found.control_ids) == 3


@pytest.mark.parametrize("text", ["", "[]", "{", '{"model": 3}', '{"added_tokens": [1]}'])
def test_bad_definitions(text: str) -> None:
    with pytest.raises(UnsupportedModelError, match="not readable"):
        Tokenizer(with_special_added_tokens(text))


def test_unknown_gguf_tokenizers() -> None:
    with pytest.raises(UnsupportedModelError, match="llama/spm"):
        tokenizer_json_from_gguf({"tokenizer.ggml.model": "llama", "tokenizer.ggml.pre": "spm"})


@pytest.mark.weights
def test_the_default_models_ids(q8_engine: Engine) -> None:
    """Ids that llama.cpp gives for the same file."""
    for text, ids in EXPECTED.items():
        assert q8_engine.tokenizer.text_ids(text) == ids
        assert q8_engine.tokenizer.decode(ids) == text


EXPECTED: dict[str, list[int]] = {
    "Hello world 123": [19556, 905, 216, 33, 34, 35],
    "It's 3.14159, isn't it?": [1589, 506, 216, 35, 30, 33, 36, 33, 37, 41, 28, 3247, 982, 357, 47],
    "  two  spaces\n\n\tand tabs": [216, 827, 216, 5600, 1116, 197, 397, 29416],
    "na\u00efve caf\u00e9 \u2014 \u201cquotes\u201d": [3546, 46494, 37366, 1841, 619, 385, 2346, 573],
    "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8": [
        23274,
        115,
        40993,
        179,
        120,
        248,
        26453,
        11100,
        224,
        10391,
        251,
        10391,
        134,
        11100,
        226,
    ],
    "def f(x): return x**2": [1604, 275, 24, 104, 727, 1003, 1792, 828, 34],
    "<|im_end|>": [44, 108, 306, 79, 486, 108, 46],
    "a\r\nb": [81, 201, 198, 82],
    "🙂🙃 emoji": [10813, 38887, 10813, 243, 221, 649, 33777],
    "(A) cat (B) dog": [24, 49, 25, 2644, 365, 50, 25, 2767],
    "": [],
}
