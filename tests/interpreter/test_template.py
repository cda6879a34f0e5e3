"""Where task, examples and input stand, and that all of them are data."""

from hypothesis import given
from hypothesis import strategies as st

from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.chat import chat_style
from programasweights.lm.tokenizer import Tokenizer
from programasweights.spec import Spec
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


@given(TRICKY, TRICKY)
def test_control_tokens_of_the_user_are_data(task: str, given_input: str) -> None:
    control = {TOKENIZER.token_id(token) for token in CONTROL_TOKENS}
    ids = TOKENIZER.text_ids(task + given_input)
    assert not control & set(ids)
    assert TOKENIZER.decode(ids) == task + given_input
    plain = TEMPLATE.input_ids(TOKENIZER, CHAT, "x")
    found = TEMPLATE.input_ids(TOKENIZER, CHAT, given_input)
    assert sum(i in control for i in found) == sum(i in control for i in plain)
