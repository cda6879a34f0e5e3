"""Reading an answer: its log-probabilities are those of one token after the other."""

from pathlib import Path

import numpy as np
import pytest

from programasweights.compiler import get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.interpreter import Interpreter
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine
from programasweights.spec import Spec
from tests.likelihood import log_likelihood
from tests.tiny_models import save_tiny_model


def test_the_mean_is_the_log_likelihood_per_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "cache"))
    engine = load_engine(str(save_tiny_model(tmp_path / "llama", "llama", seed=3)), precision="fp32")
    program = get_compiler("neural").compile(Spec.make("Say yes."), engine, CompileOptions(max_new_tokens=4))
    interpreter = Interpreter(engine)
    prepared = interpreter.prepare(program)
    end = engine.chat.end_id(engine.tokenizer, engine.end_ids)
    wanted = [*engine.tokenizer.text_ids("ye"), end]
    cache, ids = KvCache(engine.config, 1, 500), interpreter.request(prepared, "q").ids
    cache.load(0, prepared.state)
    total = 0.0
    for token in wanted:  # one token after the other
        logits = engine.prefill(cache, ids).astype(np.float64)
        total += logits[token] - np.log(np.exp(logits).sum())
        ids = [token]
    assert log_likelihood(interpreter, prepared, "q", "ye") == pytest.approx(total / 3, abs=1e-4)
