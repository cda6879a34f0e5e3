"""The probability of every label of a closed set, or only which one is most probable.

Labels that begin alike share tokens, so that a set is a tree; the engine reads any number of its branches in one pass
(`lm/token_tree.py`). Every label is scored with the end of the answer behind it, so that "no" and "not sure" compete
fairly. A small set is read together with the input. Of a larger one the branches are read that the tokens so far speak
for, and others only while one of them could still win: what is known of a label is a bound, since every further token
makes it less probable. The most probable label is found in the same passes whether all scores are wanted or not.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from programasweights.errors import SpecError
from programasweights.interpreter import Interpreter, PreparedProgram
from programasweights.lm.decoding import Request
from programasweights.lm.kv_cache import KvCache

__all__ = ["Labels"]

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
Path = tuple[int, ...]

_PIECE = 512
"""Tokens read in one pass, which bounds memory."""
_WITH_INPUT = 20
"""A set of at most so many tokens is read together with the input: a further pass costs as much as several tokens."""
_AT_ONCE = 64
"""Most tokens of labels read in one pass, if there is more than one label; bounds memory."""
_LIKELY = 2.0
"""While the most probable label is open, labels so much less probable than the first of them, in nats, are put off."""
_LIKELY_TOKENS = 12
"""And so are labels of more tokens together."""


class Labels:
    """A closed set of outputs of one program."""

    def __init__(self, interpreter: Interpreter, prepared: PreparedProgram, labels: Sequence[str]) -> None:
        """Tokenise the labels.

        Raises:
            SpecError: a label has more tokens than the program may write.
        """
        engine = interpreter.engine
        self._engine = engine
        self._end = engine.chat.end_id(engine.tokenizer, engine.end_ids)
        self._labels: list[Path] = [tuple(engine.tokenizer.text_ids(label)) for label in labels]
        self._longest, limit = (
            max(map(len, self._labels)),
            prepared.program.behaviour.generation.max_new_tokens,
        )
        if self._longest > limit:
            raise SpecError(f"a label has {self._longest} tokens, but max_new_tokens is {limit}; raise it.")
        self._next: dict[Path, list[int]] = {}
        for label in self._labels:
            for place, token in enumerate([*label, self._end]):
                self._next.setdefault(label[:place], []).append(token)

    def scores(self, request: Request) -> F64:
        """(L,) log-probabilities of the labels as answers to one input, the end included."""
        return self._score(request, every=True)

    def best(self, request: Request) -> int:
        """Index of the label with the highest score, the first of several; takes less time than all scores."""
        return int(self._score(request, every=False).argmax())

    def _score(self, request: Request, *, every: bool) -> F64:
        """(L,) log-probabilities; without `every` those of labels that cannot win may be bounds."""
        engine = self._engine
        start = (0 if request.state is None else request.state.positions) + len(request.ids)
        # places of the rotary tables bound what a row may hold
        room = max(self._longest, min(_AT_ONCE, engine.config.context_length - start))
        with engine.borrow_cache(1, start + room) as cache:
            found = _Found(self._labels, self._next, self._end)
            whole = len(self._next) - 1 <= min(_WITH_INPUT, room)
            self._read(cache, request, sorted(self._next)[1:] if whole else [], found)
            while chosen := found.choice(room, every=every):
                self._pass(cache, [], chosen, request, found)
        return found.bounds()

    def _read(self, cache: KvCache, request: Request, nodes: Sequence[Path], found: "_Found") -> None:
        """Read the input, and with its end the nodes."""
        cache.load(0, request.state)
        before = (len(request.ids) - 1) // _PIECE * _PIECE
        if before:
            self._engine.prefill(cache, request.prompt[:before], lora=request.lora)
        self._pass(cache, request.prompt[before:], nodes, request, found)

    def _pass(
        self,
        cache: KvCache,
        prompt: Sequence[int] | F32,
        nodes: Sequence[Path],
        request: Request,
        found: "_Found",
    ) -> None:
        """Read tokens of the input, which stay in the cache, and nodes of the tree, which do not."""
        engine, count = self._engine, len(prompt)
        ends = [node[-1] for node in nodes]
        place = {node: count + number for number, node in enumerate(nodes)}
        above = [place.get(node[:-1], count - 1) for node in nodes]
        logits = engine.forward(
            cache,
            np.concatenate([engine.embedded(part) for part in (prompt, ends) if len(part)])[None],
            lora=request.lora,
            parents=[*range(-1, count - 1), *above],
            logits_at=range(max(0, count - 1), count + len(nodes)),
        )[0]
        cache.lengths[0] -= len(nodes)
        found.note([(), *nodes] if count else nodes, logits)


class _Found:
    """What is known of the labels' probabilities after one input."""

    def __init__(self, labels: Sequence[Path], following: dict[Path, list[int]], end: int) -> None:
        self._labels, self._following, self._end = labels, following, end
        self._steps: dict[tuple[Path, int], float] = {}

    def note(self, nodes: Sequence[Path], logits: F32) -> None:
        """Take over what logits (K, V) at K nodes say of the tokens behind them."""
        tops = logits.max(axis=-1)
        totals = np.log(np.exp(logits - tops[:, None]).sum(axis=-1, dtype=np.float64))
        for node, mine, top, total in zip(nodes, logits, tops, totals, strict=True):
            for token in self._following[node]:
                # rounding must not make a further token raise what is known
                self._steps[node, token] = min(0.0, float(mine[token] - top) - float(total))

    def bounds(self) -> F64:
        """(L,) the most that each label's log-probability can be; the log-probability itself where all was read."""
        return np.array([sum(self._known(label)) for label in self._labels])

    def _known(self, label: Path) -> list[float]:
        steps = ((label[:place], token) for place, token in enumerate([*label, self._end]))
        return [self._steps[step] for step in steps if step in self._steps]

    def choice(self, room: int, *, every: bool) -> list[Path]:
        """The nodes to read next, parents first: none if the most probable label, or `every` label, is known."""
        bounds = self.bounds()
        read = np.array([len(self._known(label)) > len(label) for label in self._labels])
        best = bounds[read].max(initial=-np.inf)
        rivals = np.flatnonzero(~read & (bounds >= best))
        if not len(rivals):
            return self._paths(np.flatnonzero(~read), room) if every else []
        order = rivals[np.argsort(-bounds[rivals], kind="stable")]
        likely = order[bounds[order] >= bounds[order[0]] - _LIKELY]
        return self._paths(likely, min(room, _LIKELY_TOKENS))

    def _paths(self, order: npt.NDArray[np.int64], room: int) -> list[Path]:
        """The nodes of the first of these labels, and of as many more as there is room for."""
        nodes: set[Path] = set()
        for index in order:
            label = self._labels[index]
            more = nodes | {label[:length] for length in range(1, len(label) + 1)}
            if nodes and len(more) > room:
                break
            nodes = more
        return sorted(nodes)
