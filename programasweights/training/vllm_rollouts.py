"""vLLM as the engine that samples programs (`"rollout_engine": "vllm"`); it needs a GPU and vLLM installed.

The base weights are loaded once, from the same folder that training reads; what is trained goes over as a LoRA adapter,
written anew before each call, because vLLM keys its caches by the adapter's number.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from programasweights.errors import DataError
from programasweights.lm.sources import locate
from programasweights.training.config import TrainingConfig
from programasweights.training.rollout_engine import Sample, until_end
from programasweights.training.token_file import Ids

__all__ = ["VllmRollouts"]

_MEMORY = 0.3
"""Share of the GPU's memory for vLLM; training takes the rest."""


class VllmRollouts:
    """Samples from a vLLM engine in this process."""

    def __init__(self, compiler: Any, end_ids: Sequence[int], config: TrainingConfig) -> None:
        """Load the base model of a compiler into vLLM.

        Args:
            compiler: the model that is trained.
            end_ids: tokens that end an answer.
            config: of the run.

        Raises:
            ModuleNotFoundError: vLLM is not installed.
            DataError: the base model is not a folder that vLLM reads, or the compiler has no LoRA to hand over.
        """
        try:
            from vllm import LLM
        except ModuleNotFoundError:
            raise ModuleNotFoundError(
                "rollout_engine is vllm, but vLLM is not installed: pip install vllm (it needs a GPU), or set "
                "rollout_engine to torch."
            ) from None
        files = locate(config.base)
        if not files.path.is_dir() or config.lora_rank == 0 or config.compiler_layers:
            raise DataError(
                f"vLLM needs a base model in a folder of safetensors files (not {files.path.name}), a lora_rank above "
                "0 and all of the compiler's layers; change these, or set rollout_engine to torch."
            )
        self._compiler, self._ends = compiler, tuple(end_ids)
        self._number = 0
        self._folder = tempfile.TemporaryDirectory(prefix="paw-lora-")
        self._engine = LLM(
            model=str(files.path),
            dtype="bfloat16" if config.precision == "bf16" else "float32",
            enable_lora=True,
            max_lora_rank=config.lora_rank,
            gpu_memory_utilization=_MEMORY,
            skip_tokenizer_init=True,
        )

    def sample(
        self, prompts: Sequence[Ids], *, group: int, limit: int, temperature: float, seed: int
    ) -> list[Sample]:
        """`group` samples of each prompt, prompt after prompt."""
        from vllm import SamplingParams

        wanted = SamplingParams(
            n=group, temperature=temperature, max_tokens=limit, seed=seed, stop_token_ids=list(self._ends),
            detokenize=False,
        )  # fmt: skip
        given = [{"prompt_token_ids": prompt.tolist()} for prompt in prompts]
        answers = self._engine.generate(given, wanted, lora_request=self._adapter(), use_tqdm=False)
        return [until_end(list(one.token_ids), self._ends) for answer in answers for one in answer.outputs]

    def _adapter(self) -> Any:
        """The LoRA as it is now, under a number of its own."""
        from vllm.lora.request import LoRARequest

        self._number += 1
        folder = Path(self._folder.name) / str(self._number)
        self._compiler.save_pretrained(folder)
        return LoRARequest(f"compiler-{self._number}", self._number, str(folder))
