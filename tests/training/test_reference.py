"""The engines against torch float32 on the real weights."""

import numpy as np
import pytest

from programasweights.compiler.rotation import rotate_keys
from programasweights.lm.decoding import Request, complete
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache, KvState
from programasweights.training.reference import ReferenceModel
from tests.prompts import PROMPTS

pytestmark = pytest.mark.weights


def prompt_ids(engine: Engine, task: str, text: str) -> list[int]:
    tokenizer, chat = engine.tokenizer, engine.chat
    words = tokenizer.text_ids(f"Task: {task}\n\nInput:\n{text}\n\nOutput:")
    return tokenizer.template_ids(chat.open) + words + tokenizer.template_ids(chat.close)


def random_prefix(engine: Engine, slots: int) -> KvState:
    """A prefix with statistics of real KV: that of a text, with noise of a tenth of its size."""
    state = engine.extend_state(None, engine.tokenizer.text_ids("Read the input with care. " * 40)[:slots])
    random = np.random.default_rng(0)
    noisy = [a + random.normal(0, 0.1, a.shape) * np.abs(a) for a in (state.keys, state.values)]
    return KvState(noisy[0].astype(np.float16), noisy[1].astype(np.float16))


def test_fp32_logits_equal_torch_after_a_kv_prefix(fp32_engine: Engine, reference: ReferenceModel) -> None:
    prefix = random_prefix(fp32_engine, 64)
    past = prefix.keys.astype(np.float32), prefix.values.astype(np.float32)
    for task, text in PROMPTS[::10]:
        ids = prompt_ids(fp32_engine, task, text)
        expected, _, _ = reference.forward(ids, past=past)
        cache = KvCache(fp32_engine.config, 1, 64 + len(ids))
        cache.load(0, prefix)
        found = fp32_engine.forward(cache, fp32_engine.embed(ids)[None], logits_at=range(len(ids)))[0]
        assert np.abs(found - expected).max() < 1e-3


def test_fp32_and_torch_write_the_same_greedy_tokens(fp32_engine: Engine, reference: ReferenceModel) -> None:
    prompts = [prompt_ids(fp32_engine, task, text) for task, text in PROMPTS[::3]]
    assert len(prompts) == 17
    found = dict(complete(fp32_engine, [Request(ids, 12) for ids in prompts]))
    for index, ids in enumerate(prompts):
        expected = reference.greedy(ids, 12)
        ended = next((i for i, t in enumerate(expected) if t in fp32_engine.end_ids), 12)
        assert list(found[index].ids) == expected[:ended]


def test_q8_agrees_with_torch_on_most_tokens(q8_engine: Engine, reference: ReferenceModel) -> None:
    """A floor under the agreement that benchmarks report; wrong scales or codes fall far below it."""
    same = total = 0
    for task, text in PROMPTS[::2]:
        ids = prompt_ids(q8_engine, task, text)
        expected, _, _ = reference.forward(ids)
        cache = KvCache(q8_engine.config, 1, len(ids))
        found = q8_engine.forward(cache, q8_engine.embed(ids)[None], logits_at=range(len(ids)))[0]
        same += int((found.argmax(-1) == expected.argmax(-1)).sum())
        total += len(ids)
    assert same / total > 0.9


def test_kv_moved_from_late_positions_serves_like_a_prompt(
    fp32_engine: Engine, reference: ReferenceModel
) -> None:
    """KV of real tokens, computed at late positions and rotated back, must do what prompting does."""
    tokenizer = fp32_engine.tokenizer
    spec = tokenizer.template_ids(fp32_engine.chat.open) + tokenizer.text_ids(
        "Task: Name the colour of the thing."
    )
    rest = tokenizer.text_ids("\n\nInput:\nsnow\n\nOutput:") + tokenizer.template_ids(fp32_engine.chat.close)
    expected, plain_keys, _ = reference.forward(spec + rest)
    _, late_keys, values = reference.forward(spec, first_position=333)
    assert np.abs(late_keys - plain_keys[:, :, : len(spec)]).max() > 1  # they do differ before the move
    moved = rotate_keys(late_keys, np.full(len(spec), -333), fp32_engine.config.rope_theta)
    found, _, _ = reference.forward(rest, past=(moved.astype(np.float32), values))
    assert np.abs(found - expected[len(spec) :]).max() < 1e-3
    # and through the torch-free engine, whose cache takes float32 as it is
    cache = KvCache(fp32_engine.config, 1, len(spec) + len(rest))
    for layer in range(fp32_engine.config.layers):
        cache.keys[layer][0, :, : len(spec)] = moved[layer]
        cache.values[layer][0, :, : len(spec)] = values[layer]
    cache.lengths[0] = len(spec)
    logits = fp32_engine.forward(cache, fp32_engine.embed(rest)[None], logits_at=range(len(rest)))[0]
    assert np.abs(logits - expected[len(spec) :]).max() < 1e-3
