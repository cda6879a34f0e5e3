"""Label scores against one label at a time, with and without a LoRA."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

import programasweights as paw
from programasweights.functions import Function
from programasweights.lm.engine import Engine
from programasweights.typed import TypedFunction
from programasweights.typed.labels import Labels
from tests.likelihood import log_likelihood
from tests.typed.conftest import tiny_function, with_random_lora

LABELS = ["no", "not sure", "yes", "n", "wait", "immediate", "a much longer label", "not", "ja 你好"]


def assert_scores_are_rates(function: Function, labels: list[str], text: str, within: float) -> None:
    interpreter, prepared = function.interpreter, function.prepared
    found = Labels(interpreter, prepared, labels).scores(interpreter.request(prepared, text))
    assert len(found) == len(labels)
    for label, score in zip(labels, found, strict=True):
        tokens = len(interpreter.engine.tokenizer.text_ids(label)) + 1
        assert score / tokens == pytest.approx(
            log_likelihood(interpreter, prepared, text, label), abs=within
        ), label


@pytest.mark.parametrize("labels", [LABELS, LABELS[:2], LABELS[:1], LABELS[4:6]])
def test_scores_are_rates(tiny: Function, labels: list[str]) -> None:
    for text in ("", "q", "a longer input " * 45):
        assert_scores_are_rates(tiny, labels, text, 1e-4)


def test_scores_do_not_depend_on_the_passes(tiny: Function, monkeypatch: pytest.MonkeyPatch) -> None:
    request = tiny.interpreter.request(tiny.prepared, "q")
    labels = Labels(tiny.interpreter, tiny.prepared, LABELS)
    whole = labels.scores(request)
    for together, at_once, likely in ((1000, 64, 1.0), (0, 1, 0.0), (0, 30, 0.0), (0, 1000, 1000.0)):
        monkeypatch.setattr("programasweights.typed.labels._WITH_INPUT", together)
        monkeypatch.setattr("programasweights.typed.labels._LIKELY_TOKENS", at_once)
        monkeypatch.setattr("programasweights.typed.labels._AT_ONCE", at_once)
        monkeypatch.setattr("programasweights.typed.labels._LIKELY", likely)
        np.testing.assert_allclose(labels.scores(request), whole, atol=1e-4)
    order = [3, 1, 0, 2, 8, 7, 6, 5, 4]
    mixed = Labels(tiny.interpreter, tiny.prepared, [LABELS[place] for place in order])
    np.testing.assert_allclose(mixed.scores(request), whole[order], atol=1e-4)


MANY = [
    f"{word}{end}"
    for word in ("a", "be", "under way", "unknown")
    for end in ("", " now", " or later", "!", "?")
]


def tokens_read(function: Function, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> int:
    engine, counts = function.interpreter.engine, list[int]()
    forward = engine.forward

    def counted(cache: Any, embeddings: Any, **rest: Any) -> Any:
        counts.append(embeddings.shape[1])
        return forward(cache, embeddings, **rest)

    with monkeypatch.context() as changes:
        changes.setattr(engine, "forward", counted)
        work()
    return sum(counts)


def test_the_best_is_that_of_all_scores(tiny: Function, monkeypatch: pytest.MonkeyPatch) -> None:
    """Down to the bits, though fewer labels are read."""
    found, saved = [], 0
    for function in (tiny, Function(with_random_lora(tiny.program), tiny.interpreter)):
        for size in (1, 2, 5, len(MANY)):
            labels = Labels(function.interpreter, function.prepared, MANY[-size:])
            for text in ("", "q", "zz top", "a longer input " * 8):
                request = function.interpreter.request(function.prepared, text)
                scores = labels.scores(request)
                assert labels.best(request) == scores.argmax()
                assert labels._score(request, every=False).max() == scores.max()
                found.append((size, labels.best(request)))
                every = tokens_read(function, monkeypatch, lambda: labels.scores(request))  # noqa: B023
                saved += every - tokens_read(function, monkeypatch, lambda: labels.best(request))  # noqa: B023
    assert len(set(found)) > 4
    assert saved > 500


def test_a_threshold_needs_all_scores(tiny: Function, tmp_path: Path) -> None:
    """And a cache of outputs does not mix calls that know confidences with calls that do not."""
    kind, kept = Literal[tuple(MANY)], tmp_path / "outputs.db"
    texts = ["q", "zz top"]
    plain: Any = TypedFunction(tiny, kind)
    values = plain.map(texts, cache=kept)
    predicted = [plain.predict(text) for text in texts]
    assert values == [prediction.value for prediction in predicted]
    low = min(prediction.confidence for prediction in predicted)
    for threshold, wanted in ((low / 2, values), (0.999, [None, None])):
        careful: Any = TypedFunction(tiny, kind, abstain_below=threshold)
        assert careful.map(texts, cache=kept) == wanted


def test_the_context_is_used_to_its_last_position(tiny_engine: Engine) -> None:
    function = tiny_function(tiny_engine, max_new_tokens=12)
    around = len(function.prepared.template.input_ids(tiny_engine.tokenizer, tiny_engine.chat, ""))
    most = tiny_engine.config.context_length - function.prepared.state.positions - 12 - around
    assert most > 512
    typed = TypedFunction(function, Literal["twelve bytes", "no"])
    assert typed("a" * most) in ("twelve bytes", "no")
    with pytest.raises(paw.ContextLengthError):
        typed("a" * (most + 1))


def test_too_long_a_label_is_refused(tiny_engine: Engine) -> None:
    with pytest.raises(paw.SpecError, match="a label has 12 tokens, but max_new_tokens is 11"):
        TypedFunction(tiny_function(tiny_engine, max_new_tokens=11), Literal["twelve bytes", "no"])


def test_a_lora_is_taken_into_account(tiny: Function) -> None:
    changed = Function(with_random_lora(tiny.program), tiny.interpreter)
    assert changed.prepared.lora is not None
    assert_scores_are_rates(changed, LABELS, "q", 1e-4)
    request = changed.interpreter.request(changed.prepared, "q")
    plain = Labels(tiny.interpreter, tiny.prepared, LABELS).scores(
        tiny.interpreter.request(tiny.prepared, "q")
    )
    assert np.abs(Labels(changed.interpreter, changed.prepared, LABELS).scores(request) - plain).max() > 0.1


@pytest.mark.weights
def test_scores_are_rates_on_the_real_model(q8_engine: Engine) -> None:
    function = paw.compile("Is this message urgent?", [("Fire!", "yes"), ("See you next month.", "no")])
    assert_scores_are_rates(function, ["yes", "no", "not sure at all"], "The server room is on fire!", 0.05)
