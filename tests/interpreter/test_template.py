"""Where task, examples and input stand, and that all of them are data."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.errors import ProgramError
from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.chat import chat_style
from programasweights.lm.tokenizer import Tokenizer
from programasweights.spec import Spec, split_examples
from tests.tiny_models import CONTROL_TOKENS, byte_tokenizer

TOKENIZER = Tokenizer(byte_tokenizer().to_str())
CHAT = chat_style("chatml")
TEMPLATE = get_template(DEFAULT_TEMPLATE)
TRICKY = st.lists(st.sampled_from([*CONTROL_TOKENS, "<|im_", "a", "\n", "é", "Input:\n"]), max_size=6).map(
    "".join
)


def test_examples_are_earlier_turns() -> None:
    text = Spec.make("Do.", [("a", "b")]).as_text()
    found = TEMPLATE.program_ids(TOKENIZER, CHAT, text) + TEMPLATE.input_ids(TOKENIZER, CHAT, "c")
    expected = (
        "<|im_start|>user\nTask: Do.\n\nInput:\na\n\nOutput:<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n"
        "<|im_start|>user\nInput:\nc\n\nOutput:<|im_end|>\n<|im_start|>assistant\n"
    )
    assert found == TOKENIZER.template_ids(expected)


def test_a_task_without_examples_is_one_turn() -> None:
    found = TEMPLATE.program_ids(TOKENIZER, CHAT, "Do.")
    assert found == TOKENIZER.template_ids("<|im_start|>user\nTask: Do.\n\nInput:\n")


def test_begin_stands_at_the_very_start_and_only_there() -> None:
    begun = replace(CHAT, begin="<|endoftext|>")
    text = Spec.make("Do.", [("a", "b"), ("c", "d")]).as_text()
    found = TEMPLATE.program_ids(TOKENIZER, begun, text)
    assert found == [TOKENIZER.token_id("<|endoftext|>"), *TEMPLATE.program_ids(TOKENIZER, CHAT, text)]


@given(TRICKY.filter(str.strip), st.lists(st.tuples(TRICKY, TRICKY), max_size=3))
def test_a_program_adds_no_control_tokens_of_its_own(task: str, examples: list[tuple[str, str]]) -> None:
    """The template writes 1 for the first turn and 4 for each example that is shown as a turn."""
    control = TOKENIZER.control_ids
    text = Spec.make(task, examples).as_text()
    shown = len(split_examples(text)[1])
    found = TEMPLATE.program_ids(TOKENIZER, CHAT, text)
    assert sum(i in control for i in found) == 1 + 4 * shown


def test_unknown_templates_name_the_known_ones() -> None:
    with pytest.raises(ProgramError, match="the prompt template 'later'; this release knows turns"):
        get_template("later")


@given(TRICKY, TRICKY)
def test_control_tokens_of_the_user_are_data(task: str, given_input: str) -> None:
    control = {TOKENIZER.token_id(token) for token in CONTROL_TOKENS}
    ids = TOKENIZER.text_ids(task + given_input)
    assert not control & set(ids)
    assert TOKENIZER.decode(ids) == task + given_input
    plain = TEMPLATE.input_ids(TOKENIZER, CHAT, "x")
    found = TEMPLATE.input_ids(TOKENIZER, CHAT, given_input)
    assert sum(i in control for i in found) == sum(i in control for i in plain)
