"""Runs a converted model with ONNX Runtime: embeddings and KV buffers in, logits out.

One engine holds one copy of the weights and may be used from any number of threads: all state of a
sequence lives in the caller's `KvCache`. Leaves out everything about text and about programs.
"""

import copy
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from programasweights.errors import ContextLengthError, ModelError
from programasweights.lm.chat import ChatStyle, chat_style
from programasweights.lm.convert import ConvertedModel, ModelRecipe
from programasweights.lm.kv_cache import KvCache, KvState
from programasweights.lm.layout import EMBEDDING_FILE, EMBEDDING_SCALES_FILE, GRAPH_FILE
from programasweights.lm.lora import PackedLora
from programasweights.lm.token_tree import branches
from programasweights.lm.tokenizer import Tokenizer

__all__ = ["Engine"]

F32 = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

_CAPACITY_STEP = 256
_IDLE_CACHES = 2
_PREFILL_CHUNK = 512


class Engine:
    """A base model that is ready to run."""

    def __init__(self, model: ConvertedModel, *, threads: int) -> None:
        """Load the weights of a converted model.

        Args:
            model: from `ensure_converted`.
            threads: CPU threads for one forward pass.

        Raises:
            ModelError: ONNX Runtime cannot load the graph.
        """
        self.model = model
        self.config = model.config
        self.tokenizer = Tokenizer.load(model.folder)
        self.chat: ChatStyle = chat_style(model.chat)
        self.end_ids = frozenset(model.end_ids)
        self._embedding = np.load(model.folder / EMBEDDING_FILE, mmap_mode="r")
        scales = model.folder / EMBEDDING_SCALES_FILE
        self._scales = np.load(scales, mmap_mode="r") if scales.exists() else None
        self._session = _session(model, threads)
        self._idle: list[KvCache] = []
        self._idle_lock = threading.Lock()

    def under(self, recipe: ModelRecipe) -> "Engine":
        """This engine, weights and all, under another name of the same model."""
        twin = copy.copy(self)
        twin.model = replace(self.model, recipe=recipe)
        return twin

    def embed(self, ids: Sequence[int] | Ids) -> F32:
        """The embeddings of token ids (T,): float32 (T, hidden)."""
        index = np.asarray(ids, dtype=np.int64)
        if self._scales is None:
            return np.asarray(self._embedding[index], dtype=np.float32)
        codes = self._embedding[index].astype(np.float32) - np.float32(128)
        blocks = codes * self._scales[index][:, :, None]
        flat = blocks.reshape(len(index), blocks.shape[1] * blocks.shape[2])
        return np.ascontiguousarray(flat[:, : self.config.hidden_size])

    def embedded(self, prompt: Sequence[int] | F32) -> F32:
        """The embeddings of token ids (T,), or embeddings (T, hidden) as they are."""
        return prompt if isinstance(prompt, np.ndarray) else self.embed(prompt)

    def forward(
        self,
        cache: KvCache,
        embeddings: F32,
        *,
        lora: PackedLora | None = None,
        first_row: int = 0,
        parents: Sequence[int] | None = None,
        logits_at: Sequence[int] = (-1,),
        output: Literal["logits", "hidden"] = "logits",
    ) -> F32:
        """Append T new positions to B rows of a cache, B > 1 only with T = 1.

        Args:
            cache: rows `first_row` to `first_row + B - 1` grow by T positions.
            embeddings: (B, T, hidden).
            lora: changes the linear layers for all rows of this pass.
            first_row: first of the rows.
            parents: with B = 1, the tokens are a tree (`token_tree.branches`); by default each follows the last.
            logits_at: K indices into the T new positions.
            output: logits, or the last hidden states that they are made from.

        Returns:
            Logits (B, K, V), or hidden states (B, K, hidden).

        Raises:
            ContextLengthError: a row has no room for T more positions.
        """
        rows, count, _ = embeddings.shape
        part = slice(first_row, first_row + rows)
        lengths = cache.lengths[part] + np.int32(count)
        most = int(lengths.max())
        if most > cache.capacity:
            raise ContextLengthError(f"{most} positions do not fit into a cache of {cache.capacity}.")
        if parents is None:
            places = (lengths[:, None] + np.arange(-count, 0)).astype(np.int64)
            bias = np.zeros((1, 1, count, most), np.float32)
        else:
            places, bias = branches(parents, most - count)
        feeds = {
            "embeddings": embeddings,
            "lengths": lengths - np.int32(1),
            "total": np.array(most, dtype=np.int32),
            "positions": np.array([i % count for i in logits_at], dtype=np.int64),
            "places": places,
            "bias": bias,
        }
        found = self._run(cache, part, feeds, {} if lora is None else lora.feeds, output)
        cache.lengths[part] = lengths
        return found

    def prefill(
        self, cache: KvCache, prompt: Sequence[int] | F32, *, row: int = 0, lora: PackedLora | None = None
    ) -> F32:
        """Append T tokens, or embeddings (T, hidden), to one row, and return the last one's logits (V,).

        They are read in pieces that bound memory.
        """
        for start in range(0, len(prompt), _PREFILL_CHUNK):
            piece = prompt[start : start + _PREFILL_CHUNK]
            logits = self.forward(cache, self.embedded(piece)[None], first_row=row, lora=lora)
        return np.asarray(logits[0, 0])

    def _run(
        self,
        cache: KvCache,
        part: slice,
        feeds: dict[str, npt.NDArray[Any]],
        lora: Mapping[str, Any],
        output: str,
    ) -> F32:
        binding = self._session.io_binding()
        for name, array in feeds.items():
            binding.bind_cpu_input(name, np.ascontiguousarray(array))
        for name, value in lora.items():
            binding.bind_ortvalue_input(name, value)
        binding.bind_output(output, "cpu")
        for layer in range(self.config.layers):
            for kind, buffers in (("keys", cache.keys), ("values", cache.values)):
                # One buffer as both past and present: the new positions are written in place.
                buffer = ort.OrtValue.ortvalue_from_numpy(buffers[layer][part])
                binding.bind_ortvalue_input(f"past.{layer}.{kind}", buffer)
                binding.bind_ortvalue_output(f"present.{layer}.{kind}", buffer)
        self._session.run_with_iobinding(binding)
        # The array aliases memory that dies with the binding, hence the copy.
        return np.array(binding.get_outputs()[0].numpy())

    @contextmanager
    def borrow_cache(self, rows: int, positions: int) -> Iterator[KvCache]:
        """Lend a cache of at least that many rows and positions, for one thread at a time."""
        cache = self._take_idle(rows, positions)
        if cache is None:
            capacity = -(-positions // _CAPACITY_STEP) * _CAPACITY_STEP
            cache = KvCache(self.config, rows, capacity)
        try:
            yield cache
        finally:
            if rows == 1:  # caches of many rows are large and rare
                with self._idle_lock:
                    self._idle.append(cache)
                    del self._idle[:-_IDLE_CACHES]

    def _take_idle(self, rows: int, positions: int) -> KvCache | None:
        with self._idle_lock:
            for index in reversed(range(len(self._idle))):
                cache = self._idle[index]
                if cache.rows == rows and cache.capacity >= positions:
                    return self._idle.pop(index)
        return None

    def extend_state(
        self, state: KvState | None, ids: Sequence[int], *, lora: PackedLora | None = None
    ) -> KvState:
        """The state after `state` and T more tokens, rounded to float16."""
        start = 0 if state is None else state.positions
        if not ids and state is not None:
            return state
        cache = KvCache(self.config, 1, start + max(1, len(ids)))
        cache.load(0, state)
        if ids:
            self.prefill(cache, ids, lora=lora)
        keys, values = cache.read(0, start, start + len(ids))
        added = KvState(keys.astype(np.float16), values.astype(np.float16))
        return added if state is None else _join(state, added)


def _join(first: KvState, second: KvState) -> KvState:
    keys = np.concatenate([first.keys, second.keys], axis=2)
    return KvState(keys, np.concatenate([first.values, second.values], axis=2))


def _session(model: ConvertedModel, threads: int) -> Any:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(
            str(model.folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:
        raise ModelError(
            f"ONNX Runtime cannot load {model.folder / GRAPH_FILE}: {error}. Remove the folder."
        ) from error
