"""The probability of every label of a closed set.

The longest label is read together with the input; all others then go side by side, one row of the KV cache each, a
token a step. Every label is scored with the end of the answer behind it, so that "no" and "not sure" compete fairly.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from programasweights.errors import SpecError
from programasweights.interpreter import Interpreter, PreparedProgram
from programasweights.lm.decoding import Request, default_rows
from programasweights.lm.kv_cache import KvCache

__all__ = ["Labels"]

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
Path = tuple[int, ...]

_PIECE = 512
"""Tokens read in one pass, which bounds memory."""


class Labels:
    """A closed set of outputs of one program."""

    def __init__(self, interpreter: Interpreter, prepared: PreparedProgram, labels: Sequence[str]) -> None:
        """Tokenise the labels.

        Raises:
            SpecError: a label has more tokens than the program may write.
        """
        engine = interpreter.engine
        self._engine, self._prepared = engine, prepared
        self._end = engine.chat.end_id(engine.tokenizer, engine.end_ids)
        self._labels: list[Path] = [tuple(engine.tokenizer.text_ids(label)) for label in labels]
        longest, limit = max(map(len, self._labels)), prepared.program.behaviour.generation.max_new_tokens
        if longest > limit:
            raise SpecError(f"a label has {longest} tokens, but max_new_tokens is {limit}; raise it.")
        self._next: dict[Path, set[int]] = {}
        for label in self._labels:
            for place, token in enumerate([*label, self._end]):
                self._next.setdefault(label[:place], set()).add(token)
        # a label that begins another one is scored on the way to it
        whole = {label for label in self._labels if self._next[label] == {self._end}}
        self._paths = sorted(whole, key=lambda path: (-len(path), path))

    def scores(self, request: Request) -> F64:
        """(L,) log-probabilities of the labels as answers to one input, the end included."""
        positions = (0 if request.state is None else request.state.positions) + len(request.ids)
        positions += len(self._paths[0])
        found: dict[tuple[Path, int], float] = {}
        rows = min(max(1, len(self._paths) - 1), default_rows(self._engine, positions))
        with self._engine.borrow_cache(rows, positions) as cache:
            self._read(cache, request, found)
            for first in range(1, len(self._paths), rows):
                self._side_by_side(
                    cache, positions - len(self._paths[0]), self._paths[first : first + rows], found
                )
        sums = [
            sum(found[label[:place], token] for place, token in enumerate([*label, self._end]))
            for label in self._labels
        ]
        return np.array(sums)

    def _read(self, cache: KvCache, request: Request, found: dict[tuple[Path, int], float]) -> None:
        """Read the input and the longest label, then make every row of the cache hold the input alone."""
        engine, path = self._engine, self._paths[0]
        cache.load(0, request.state)
        before = (len(request.ids) - 1) // _PIECE * _PIECE
        if before:
            engine.prefill(cache, request.ids[:before], lora=request.lora)
        ids = [*request.ids[before:], *path]
        places = range(len(ids) - len(path) - 1, len(ids))
        logits = engine.forward(cache, engine.embed(ids)[None], lora=request.lora, logits_at=places)[0]
        for place, mine in enumerate(logits):
            self._note(path[:place], mine, found)
        cache.lengths[0] -= len(path)
        for row in range(1, cache.rows):
            cache.move(0, row)

    def _side_by_side(
        self, cache: KvCache, start: int, paths: Sequence[Path], found: dict[tuple[Path, int], float]
    ) -> None:
        """Read labels, longest first, each in a row of its own."""
        engine = self._engine
        cache.lengths[: len(paths)] = start
        for place in range(len(paths[0])):
            going = [path for path in paths if len(path) > place]
            last = engine.embed([path[place] for path in going])[:, None]
            logits = engine.forward(cache, last, lora=self._prepared.lora)[:, 0]
            for path, mine in zip(going, logits, strict=True):
                self._note(path[: place + 1], mine, found)

    def _note(self, path: Path, logits: F32, found: dict[tuple[Path, int], float]) -> None:
        shifted = logits.astype(np.float64) - logits.max()
        total = float(np.log(np.exp(shifted).sum()))
        for token in self._next[path]:
            found[path, token] = float(shifted[token]) - total
