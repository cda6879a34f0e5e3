"""Traces: their numbers are the engine's own, they are the same twice, and they keep to their budget."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

import programasweights as paw
from programasweights.debugging import Outcome, Subject, Trace, free_subject, traced
from programasweights.debugging.leaving_out import without_slots
from programasweights.debugging.spans import words
from programasweights.debugging.terminal import page
from programasweights.functions import Function
from programasweights.lm.decoding import Request
from programasweights.program import KvPrefix, LoraSection, PrefixSection, Program
from programasweights.typed import TypedFunction
from programasweights.typed.labels import Labels
from tests.server.web.browser import chromium, opened, overflow

TEXT = "one two, three four. Five six seven!"


@pytest.fixture(scope="module")
def trace(both: Function) -> Trace:
    return both.trace(TEXT, passes=150)


def rated(program: Program, function: Function, text: str, answer: Trace) -> float:
    """The output's log-probability by another way: token after token, each with all before it read anew."""
    interpreter = function.interpreter
    prepared = interpreter.prepare(program)
    engine = interpreter.engine
    ids = list(interpreter.request(prepared, text).ids)
    total = 0.0
    for token in _ids(function, answer):
        with engine.borrow_cache(1, 1024) as cache:
            cache.load(0, prepared.state)
            logits = engine.prefill(cache, ids, lora=prepared.lora).astype(np.float64)
        total += logits[token] - logits.max() - np.log(np.exp(logits - logits.max()).sum())
        ids.append(token)
    return total


def _ids(function: Function, answer: Trace) -> tuple[int, ...]:
    found = free_subject(function.interpreter, function.prepared).outcome(answer.input)
    assert found.text == answer.output
    return found.ids


def test_the_output_is_the_function_s(trace: Trace, both: Function) -> None:
    assert trace.output == both(TEXT)
    assert trace.program_id == both.id
    assert "".join(step.text for step in trace.steps if step.text != "<end>").strip() == trace.output


def test_probabilities_are_the_engine_s(trace: Trace, both: Function) -> None:
    assert trace.logprob == pytest.approx(rated(both.program, both, TEXT, trace), abs=1e-3)
    assert sum(np.log(step.probability) for step in trace.steps) == pytest.approx(trace.logprob, abs=1e-6)
    for step in trace.steps:
        chances = [chance for _, chance in step.others]
        assert len(chances) == 4
        assert chances == sorted(chances, reverse=True)
        assert step.probability >= chances[0]  # greedy decoding
        assert step.probability + sum(chances) <= 1 + 1e-9


def test_input_parts_are_words_that_were_left_out(trace: Trace, both: Function) -> None:
    assert [part.text for part in trace.input_parts] == [
        "one ",
        "two, ",
        "three ",
        "four. ",
        *words_of_last(),
    ]
    assert "".join(part.text for part in trace.input_parts) == TEXT
    for part in trace.input_parts[::3]:
        left = (TEXT[: part.start] + TEXT[part.stop :]).rstrip()
        assert part.drop == pytest.approx(trace.logprob - rated(both.program, both, left, trace), abs=2e-3)


def words_of_last() -> list[str]:
    return ["Five ", "six ", "seven!"]


def test_program_parts_are_left_out_of_the_program(trace: Trace, both: Function) -> None:
    [part] = trace.program_parts
    behaviour = both.program.behaviour
    assert part.text == behaviour.pseudo_program == "Say yes."
    bare = Program(
        behaviour.model_copy(update={"pseudo_program": ""}),
        both.program.record,
        both.program.prefix,
        both.program.lora,
    )
    assert part.drop == pytest.approx(trace.logprob - rated(bare, both, TEXT, trace), abs=2e-3)


def test_slots_are_left_out_in_blocks(trace: Trace, both: Function) -> None:
    edges = [(part.start, part.stop) for part in trace.slot_parts]
    assert edges[:3] == [(0, 1), (1, 5), (5, 9)]
    assert edges[-1] == (61, 64)
    part = trace.slot_parts[2]
    assert part.text == "slots 5 to 8"
    shorter = without_slots(both.program, range(5, 9))
    assert shorter.prefix is not None
    assert both.program.prefix is not None
    kept = [*range(5), *range(9, 64)]
    assert np.array_equal(shorter.prefix.keys, both.program.prefix.keys[:, :, kept])
    assert part.drop == pytest.approx(trace.logprob - rated(shorter, both, TEXT, trace), abs=2e-3)


def test_the_lora_is_left_out_as_a_whole(trace: Trace, both: Function) -> None:
    by_name = {part.text: part.drop for part in trace.whole_parts}
    assert list(by_name) == ["LoRA", "all slots", "pseudo-program"]
    program = both.program
    bare = Program(
        program.behaviour.model_copy(update={"lora": LoraSection(rank=0)}), program.record, program.prefix
    )
    assert by_name["LoRA"] == pytest.approx(trace.logprob - rated(bare, both, TEXT, trace), abs=2e-3)
    assert by_name["pseudo-program"] == pytest.approx(trace.program_parts[0].drop, abs=1e-6)


def test_int8_slots_can_be_left_out_too(both: Function, tiny_engine: Any) -> None:
    program = both.program
    assert program.prefix is not None
    small = KvPrefix.from_arrays(program.prefix.keys, program.prefix.values, storage="int8")
    section = PrefixSection(slots=64, storage="int8")
    behaviour = program.behaviour.model_copy(update={"prefix": section})
    made = Function(Program(behaviour, program.record, small, program.lora), both.interpreter)
    assert len(made.trace("x", passes=150).slot_parts) == 17


def test_a_program_without_slots_and_lora(prompted: Function) -> None:
    found = prompted.trace(TEXT)
    assert found.slot_parts == ()
    assert [part.text for part in found.whole_parts] == ["pseudo-program"]


def test_the_same_twice(trace: Trace, both: Function) -> None:
    assert both.trace(TEXT, passes=150) == trace
    again = Function(both.program, both.interpreter)
    assert again.trace(TEXT, passes=150) == trace


@pytest.mark.parametrize("passes", [32, 75, 200])
@pytest.mark.parametrize("text", ["", "word", TEXT, "Many words stand here, and here. " * 12])
def test_the_budget_is_kept(both: Function, passes: int, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted at the engine: runs of more than one position, all of which read an input or evaluate a program."""
    engine = both.interpreter.engine
    runs: list[int] = []
    forward = engine.forward

    def counted(cache: Any, embeddings: Any, **options: Any) -> Any:
        runs.append(embeddings.shape[1])
        return forward(cache, embeddings, **options)

    monkeypatch.setattr(engine, "forward", counted)
    found = both.trace(text, passes=passes)
    assert found.passes <= passes
    assert sum(count > 1 for count in runs) == found.passes
    assert "".join(part.text for part in found.input_parts) in (text, "")


@pytest.mark.parametrize("passes", [31, 0, -1, 10**6, 64.0, True, "64"])
def test_bad_budgets(both: Function, passes: Any) -> None:
    with pytest.raises(paw.SpecError, match="passes is"):
        both.trace("x", passes=passes)


def test_inputs_that_a_function_refuses(both: Function) -> None:
    with pytest.raises(paw.InputError):
        both.trace(3)  # type: ignore[arg-type]
    with pytest.raises(paw.ContextLengthError):
        both.trace("word " * 1_000)


def test_an_input_that_nearly_fills_the_context(both: Function) -> None:
    prepared = both.prepared
    engine = both.interpreter.engine
    around = len(prepared.template.input_ids(engine.tokenizer, engine.chat, ""))
    most = engine.config.context_length - prepared.state.positions - 6 - around
    text = ("ab " * most)[: most - 1] + "c"
    found = both.trace(text, passes=60)  # replacements that would be too long are passed over
    assert len(found.input_parts) > 1


def test_longer_inputs_are_refined_where_it_matters(both: Function) -> None:
    text = "Many words stand here, and here. " * 20
    found = both.trace(text, passes=120)
    lengths = {len(words(part.text)) for part in found.input_parts}
    assert len(lengths) > 1
    assert min(lengths) == 1
    assert max(lengths) > 3


# Counterfactuals


def test_a_counterfactual_has_another_output(both: Function, trace: Trace) -> None:
    found = trace.counterfactual
    assert found is not None  # a random model changes its mind easily
    assert both(found.input) == found.output != trace.output
    rebuilt = TEXT
    for edit in reversed(found.edits):
        assert rebuilt[edit.start : edit.stop] == edit.old
        rebuilt = rebuilt[: edit.start] + edit.new + rebuilt[edit.stop :]
    assert rebuilt.rstrip() == found.input.rstrip()
    assert found.words == len(found.edits) == 1


def only_together(function: Function, needed: set[str], decoy: str = "") -> Subject:
    """A function that changes its mind only when all of some words are gone; a decoy makes it less sure, no more."""
    tokenizer = function.interpreter.engine.tokenizer

    def scores(request: Request) -> Any:
        left = needed & set(re.findall("[a-z]+", tokenizer.decode(request.ids)))
        if not left:
            return np.array([-1.0, 0.0])
        doubt = 3 if decoy and decoy not in tokenizer.decode(request.ids) else 0
        return np.array([len(left) + 3.5 - doubt, 0.0])

    def outcome(text: str) -> Outcome:
        first, second = scores(function.interpreter.request(function.prepared, text))
        return Outcome("same" if first > second else "other", (1,))

    return Subject(function.interpreter, function.prepared, outcome, ("same", "other"), lambda _: scores)


@pytest.mark.parametrize("needed", [{"six"}, {"one", "three"}, {"one", "four", "six"}])
def test_several_words_and_no_more_than_needed(both: Function, needed: set[str]) -> None:
    found = traced(only_together(both, needed), TEXT, passes=400).counterfactual
    assert found is not None
    assert found.output == "other"
    assert not needed & set(re.findall("[a-z]+", found.input))
    assert found.words == len(found.edits) == len(needed)


def test_changes_that_were_not_needed_are_taken_back(both: Function) -> None:
    found = traced(only_together(both, {"one", "six"}, decoy="four"), TEXT, passes=400).counterfactual
    assert found is not None
    assert {edit.old.strip() for edit in found.edits} == {"one", "six"}


def test_a_piece_is_dropped_where_words_are_too_many(both: Function) -> None:
    needed = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"}
    sentence = " ".join(sorted(needed)) + ". "
    found = traced(only_together(both, needed), f"First this. {sentence}Last that.", passes=200)
    assert found.counterfactual is not None
    assert found.counterfactual.input == "First this. Last that."
    assert found.counterfactual.words == 8
    assert len(found.input_parts) == 12


def test_none_where_nothing_changes_the_output(both: Function) -> None:
    assert traced(only_together(both, {"Output"}), TEXT, passes=120).counterfactual is None
    eight = {"one", "two", "three", "four", "six", "seven"}
    assert traced(only_together(both, eight), TEXT, passes=32).counterfactual is None


# Types


def test_labels_are_compared_with_each_other(both: Function) -> None:
    typed: TypedFunction[Any] = TypedFunction(both, Literal["a", "b", "c"])
    found = typed.trace(TEXT)
    assert found.output == typed(TEXT)
    labels = Labels(both.interpreter, both.prepared, ("a", "b", "c"))

    def share(text: str) -> float:
        scores = labels.scores(both.interpreter.request(both.prepared, text))
        return float(scores["abc".index(found.output)] - np.logaddexp.reduce(scores))

    assert found.logprob == pytest.approx(share(TEXT), abs=1e-6)
    drop = found.logprob - share(TEXT[len("one ") :])
    assert found.input_parts[0].drop == pytest.approx(drop, abs=1e-6)
    nearest = found.counterfactual
    if nearest is not None:
        assert typed(nearest.input) == nearest.output != found.output


def test_masked_types(both: Function) -> None:
    typed: TypedFunction[Any] = TypedFunction(both, int)
    found = typed.trace("How many?", passes=60)
    assert found.output == str(typed("How many?"))
    assert found.steps[-1].text == "<end>"
    if found.counterfactual is not None:
        assert str(typed(found.counterfactual.input)) == found.counterfactual.output


# Forms


def test_json(trace: Trace) -> None:
    document = json.loads(trace.to_json())
    assert document["input"] == TEXT
    assert document["steps"][0]["probability"] == trace.steps[0].probability
    assert document["counterfactual"]["words"] == 1
    assert set(document) == set(Trace.__dataclass_fields__)


def test_the_terminal_s_page(trace: Trace) -> None:
    plain = str(trace)
    assert "\x1b" not in plain
    for text in ("Input: one two", "slots 5 to 8", "pseudo-program without", "LoRA", "another output:"):
        assert text in plain
    assert "\x1b[" in page(trace, colour=True)


HOSTILE = '<script>alert("x")</script> & \x1b[31m [bold]b[/bold] \x00 </p>'


def hostile(trace: Trace) -> Trace:
    step = replace(trace.steps[0], text=HOSTILE, others=((HOSTILE, 0.1),))
    part = replace(trace.input_parts[0], text=HOSTILE)
    nearest = trace.counterfactual
    assert nearest is not None
    edit = replace(nearest.edits[0], old=HOSTILE, new=HOSTILE)
    return replace(
        trace,
        input=HOSTILE,
        output=HOSTILE,
        steps=(step,),
        input_parts=(part,),
        program_parts=(part,),
        slot_parts=(part,),
        whole_parts=(part,),
        counterfactual=replace(nearest, input=HOSTILE, output=HOSTILE, edits=(edit,)),
    )


def test_texts_from_strangers_do_not_command_the_terminal(trace: Trace) -> None:
    plain = str(hostile(trace))
    assert "\x1b" not in plain
    assert "\x00" not in plain
    assert "[bold]b[/bold]" in plain


def test_html_is_escaped_and_needs_nothing_else(trace: Trace, tmp_path: Path) -> None:
    path = hostile(trace).to_html(tmp_path / "t.html")
    page = path.read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not any(word in page for word in ("http:", "https:", "src=", "href=", "@import", "url("))
    assert page.startswith("<!doctype html>")
    assert trace._repr_html_() in (trace.to_html(path).read_text("utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_html_in_a_browser(trace: Trace, tmp_path: Path, scheme: str) -> None:
    """On a phone: no script runs, nothing is fetched, nothing is wider than the window, and the text is all there."""
    path = hostile(trace).to_html(tmp_path / "t.html")
    window = {"width": 360, "height": 740}
    with (
        chromium() as browser,
        opened(browser, path.as_uri(), viewport=window, color_scheme=scheme) as page,
    ):
        page.goto(path.as_uri())
        assert overflow(page) <= 0
        assert page.locator(".out").first.inner_text().startswith('<script>alert("x")</script> &')
        colours = page.evaluate("getComputedStyle(document.querySelector('.paw-trace')).color")
        assert (colours == "rgb(28, 33, 38)") == (scheme == "light")
