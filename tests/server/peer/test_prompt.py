"""The prompt template: as many tokens as the program has positions, and a spec stays data in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programasweights.errors import UnsupportedModelError
from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.chat import chat_style
from programasweights.lm.tokenizer import Tokenizer
from programasweights.program import Program
from programasweights.server.peer.prompt import PLACEHOLDER, Prompt, render_prompt
from programasweights.spec import Spec
from tests.server.programs import program_of
from tests.tiny_models import CONTROL_TOKENS, byte_tokenizer

TOKENIZER = Tokenizer(byte_tokenizer().to_str())
CHAT = chat_style("chatml")
FILLER = TOKENIZER.token_id("<|endoftext|>")
PIECES = [*CONTROL_TOKENS, PLACEHOLDER, "<|im_", "end|>", "{INPUT_", "a", "\n", "é", "Input:\n"]
TRICKY = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def turns(pseudo_program: str) -> Program:
    base = program_of(pseudo_program)
    return Program(base.behaviour.model_copy(update={"template": DEFAULT_TEMPLATE}), base.record)


def rendered(pseudo_program: str, slots: int) -> tuple[Prompt, list[int]]:
    """The prompt of a program with so many slots, and the tokens that our own engine runs."""
    program = turns(pseudo_program)
    template = get_template(program.behaviour.template)
    ids = template.program_ids(TOKENIZER, CHAT, pseudo_program)
    return render_prompt(program, TOKENIZER, CHAT, positions=len(ids) + slots), ids


def test_filler_stands_for_the_slots_and_the_text_follows() -> None:
    prompt, ids = rendered(Spec.make("Do.", [("a", "b")]).as_text(), 3)
    assert prompt.text == (
        "<|endoftext|>" * 3
        + "<|im_start|>user\nTask: Do.\n\nInput:\na\n\nOutput:<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n"
        + "<|im_start|>user\nInput:\n{INPUT_PLACEHOLDER}\n\nOutput:<|im_end|>\n<|im_start|>assistant\n"
    )
    assert prompt.tokens == [FILLER] * 3 + ids


@settings(deadline=None)
@given(TRICKY, TRICKY, TRICKY, st.integers(0, 5))
def test_the_tokens_are_those_of_the_text_and_as_many_as_the_positions(
    task: str, given_: str, wanted: str, slots: int
) -> None:
    text = Spec.make("x" + task, [(given_, wanted)]).as_text()
    prompt, ids = rendered(text, slots)
    assert prompt.text.count(PLACEHOLDER) == 1
    left = prompt.text.split(PLACEHOLDER)[0]
    assert TOKENIZER.template_ids(left) == prompt.tokens
    assert len(prompt.tokens) == len(ids) + slots
    marks = [token for token in prompt.tokens if token in TOKENIZER.control_ids and token != FILLER]
    if set(prompt.tokens) != {FILLER}:
        assert marks == [token for token in ids if token in TOKENIZER.control_ids]


def test_where_the_text_is_too_long_only_filler_is_left() -> None:
    prompt = render_prompt(turns("Do."), TOKENIZER, CHAT, positions=5)
    assert prompt.tokens == [FILLER] * 5
    assert prompt.text.startswith("<|endoftext|>" * 5 + PLACEHOLDER)


def test_a_model_without_control_tokens_is_refused() -> None:
    with pytest.raises(UnsupportedModelError, match="no control token"):
        render_prompt(turns("Do."), TOKENIZER, replace(CHAT, end=("\n",)), positions=50)
