"""How fast the compiler samples programs on one thread: `generate()` against a loop of our own, and kinds of KV cache.

    python benchmarks/rollouts.py --out benchmarks/results/rollouts.json

Tokens a second of processor time (8 samples of one prompt, best of the repeats, taken in turns), so that other work on
the machine counts little. `engine` is what training uses; the others are what it was chosen from.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from programasweights.training.config import TrainingConfig
from programasweights.training.prefix_model import adapters_as_base
from programasweights.training.rollout_engine import TorchRollouts, merged_lora
from programasweights.training.setup import build_model

GROUP, PROMPT, TOKENS = 8, 90, 48


def generated(compiler: Any, ids: torch.Tensor, static: bool) -> None:
    """Transformers' own loop, with the LoRA beside the weights."""
    cache: dict[str, Any] = {"cache_implementation": "static", "disable_compile": True} if static else {}
    with torch.no_grad(), adapters_as_base(compiler):
        compiler.generate(
            input_ids=ids, attention_mask=torch.ones_like(ids), do_sample=True, top_k=0, num_return_sequences=GROUP,
            max_new_tokens=TOKENS, min_new_tokens=TOKENS, pad_token_id=0, **cache,
        )  # fmt: skip


def looped(compiler: Any, ids: torch.Tensor, merged: bool) -> None:
    """A loop with a dynamic cache, whose prompt is prefilled once."""
    from transformers import DynamicCache

    base = compiler.get_base_model()
    with torch.no_grad(), merged_lora(compiler) if merged else adapters_as_base(compiler):
        past = DynamicCache()
        hidden = base.model(input_ids=ids, past_key_values=past, use_cache=True).last_hidden_state[:, -1]
        past.batch_repeat_interleave(GROUP)
        hidden = hidden.repeat_interleave(GROUP, 0)
        for place in range(PROMPT, PROMPT + TOKENS):
            tokens = torch.multinomial(base.lm_head(hidden).float().softmax(-1), 1)
            places = torch.full_like(tokens, place)
            done = base.model(input_ids=tokens, position_ids=places, past_key_values=past, use_cache=True)
            hidden = done.last_hidden_state[:, -1]


def ours(compiler: Any, ids: torch.Tensor) -> None:
    """What training uses: a loop with a static cache, the LoRA merged."""
    engine = TorchRollouts(compiler, [])
    engine.sample([ids[0].numpy()], group=GROUP, limit=TOKENS, temperature=1.0, seed=0)


def main() -> None:
    """Measure, and write a JSON file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--precision", default="bf16", choices=["bf16", "fp32"])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(1)
    compiler: Any = build_model(TrainingConfig(precision=options.precision, form="none")).compiler.eval()
    ids = torch.randint(100, 40_000, (1, PROMPT), generator=torch.Generator().manual_seed(0))
    ways: dict[str, Callable[[], None]] = {
        "generate, dynamic cache": lambda: generated(compiler, ids, static=False),
        "generate, static cache": lambda: generated(compiler, ids, static=True),
        "loop, dynamic cache": lambda: looped(compiler, ids, merged=False),
        "loop, dynamic cache, merged": lambda: looped(compiler, ids, merged=True),
        "engine: loop, static cache, merged": lambda: ours(compiler, ids),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(options.repeats):
        for name, way in ways.items():
            start = time.process_time()
            way()
            best[name] = min(best[name], time.process_time() - start)
    rates = {name: round(GROUP * TOKENS / seconds, 1) for name, seconds in best.items()}
    result = {
        "command": f"python benchmarks/rollouts.py --precision {options.precision} --repeats {options.repeats}",
        "model": "smollm2-135m-instruct", "threads": 1, "group": GROUP, "prompt_tokens": PROMPT,
        "sampled_tokens": TOKENS, "tokens_per_processor_second": rates,
    }  # fmt: skip
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(rates, indent=1))


if __name__ == "__main__":
    main()
