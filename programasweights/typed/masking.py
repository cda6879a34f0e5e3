"""Masked decoding: which tokens may come next, and an output that parses even where the token limit cuts it off.

A mask alone does not make an output parse: the limit may come in the middle of a string. Such an output is shortened
until a shortest completion fits behind it.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from llguidance import LLMatcher, LLTokenizer

from programasweights.errors import SpecError
from programasweights.lm.engine import Engine
from programasweights.lm.tokenizer import TOKENIZER_FILE

__all__ = ["Cursor", "Grammar"]

Mask = npt.NDArray[np.bool_]

_WIDTH = 24
_CLOSERS = ('"', "}", "]")
_OPENERS = ("0", "1", "a", "A", " ", "-", ".", ":", ",", "{", "[", "t", "n", "f", "@", "/", "\n")
_FIRST = 4
_FARTHEST = 1_024
"""Tokens after which the search for a completion gives up, as it must for types that have no finite value."""

_vocabularies: dict[str, "_Vocabulary"] = {}
_lock = threading.Lock()


class _Vocabulary:
    """A model's tokens as llguidance sees them."""

    def __init__(self, engine: Engine) -> None:
        definition = (engine.model.folder / TOKENIZER_FILE).read_text("utf-8")
        self.size = engine.config.vocab_size
        self.tokenizer = LLTokenizer(
            definition, n_vocab=self.size, eos_token=sorted(engine.end_ids), slices=[]
        )
        tokens = [self.tokenizer.decode_bytes([token]) for token in range(self.size)]
        single = {text: token for token, text in reversed(list(enumerate(tokens))) if len(text) == 1}
        words = sorted(
            (-len(text), token) for token, text in enumerate(tokens) if text.isalpha() and text.islower()
        )
        closers, openers = ([single.get(c.encode()) for c in kind] for kind in (_CLOSERS, _OPENERS))
        tries = [closers[0], *(token for _, token in words[:2]), *closers[1:], *openers]
        self.tries = [token for token in tries if token is not None]
        """Tokens to try, in this order: of those that lead to much the same, the first is kept."""

    @classmethod
    def of(cls, engine: Engine) -> "_Vocabulary":
        key = engine.model.recipe.key
        with _lock:
            if key not in _vocabularies:
                _vocabularies[key] = cls(engine)
            return _vocabularies[key]

    def allowed(self, matcher: LLMatcher) -> Mask:
        """(V,) the tokens that may come next."""
        return self.unpacked(matcher.compute_bitmask())

    def unpacked(self, mask: bytes) -> Mask:
        """(V,) what a mask allows."""
        bits = np.frombuffer(mask, dtype=np.uint8)
        return np.unpackbits(bits, count=self.size, bitorder="little").astype(np.bool_)


@dataclass(frozen=True)
class _State:
    """A state that a search for a completion has reached."""

    matcher: LLMatcher
    path: list[int]
    """The tokens to it."""
    mask: bytes
    """What may come next."""


class Grammar:
    """A grammar over the tokens of one engine."""

    def __init__(self, engine: Engine, grammar: str, *, max_new_tokens: int, name: str) -> None:
        """Prepare a grammar.

        Raises:
            SpecError: no output of at most `max_new_tokens` tokens could be found, or the grammar is too complex.
        """
        self._vocabulary = _Vocabulary.of(engine)
        self._end_ids = engine.end_ids
        self._limit = max_new_tokens
        self._start = LLMatcher(self._vocabulary.tokenizer, grammar, log_level=0)
        if self._start.is_error():
            raise SpecError(f"{name} cannot be decoded by: {' '.join(self._start.get_error().split())[:300]}")
        if self._closed([], max_new_tokens) is None:
            raise SpecError(
                f"no output of the type {name} was found within max_new_tokens = {max_new_tokens}; raise it, or allow "
                "shorter outputs."
            )

    def cursor(self) -> "Cursor":
        """A place at the start of a new output."""
        return Cursor(self._start.deep_copy(), self._vocabulary.allowed, self._end_ids)

    def finished(self, ids: Sequence[int]) -> tuple[list[int], bool]:
        """Tokens that the grammar accepts, and whether they are `ids` themselves.

        What was cut off by the token limit is closed as shortly as can be, after as much of it as leaves room for that.
        """
        matcher = self._start.deep_copy()
        if matcher.consume_tokens(list(ids)) and matcher.is_accepting():
            return list(ids), True
        cut, back = len(ids), 1
        while (tail := self._closed(ids[:cut], self._limit)) is None or cut + len(tail) > self._limit:
            # by what is missing, or more when that was not enough; from the start a completion is known to fit
            missing = 0 if tail is None else cut + len(tail) - self._limit
            cut, back = max(0, cut - max(missing, back)), back * 2
        return [*ids[:cut], *tail], False

    def _closed(self, ids: Sequence[int], room: int) -> list[int] | None:
        """At most `room` tokens that complete `ids`: a breadth-first search that keeps some states of each length."""
        start = self._start.deep_copy()
        if not start.consume_tokens(list(ids)):
            return None
        level = [_State(start, [], start.compute_bitmask())]
        while level:
            for state in level:
                if state.matcher.is_accepting():
                    return state.path
            level = list(islice(self._longer(level, min(room, _FARTHEST)), _WIDTH))
        return None

    def _longer(self, level: list["_State"], room: int) -> Iterator["_State"]:
        seen: set[bytes] = set()
        for state in level:
            for tokens in self._candidates(state):
                after = state.matcher.deep_copy()
                path = [*state.path, *tokens]
                if len(path) > room or not after.consume_tokens(tokens):
                    continue
                # states that allow the same tokens are mostly the same; one of them is enough
                mask = after.compute_bitmask()
                if mask not in seen and not after.is_error():
                    seen.add(mask)
                    yield _State(after, path, mask)

    def _candidates(self, state: "_State") -> list[list[int]]:
        """Tokens to go on with: the forced ones if there are any."""
        forced = state.matcher.compute_ff_tokens()
        if forced:
            return [forced]
        allowed = self._vocabulary.unpacked(state.mask)
        known = [token for token in self._vocabulary.tries if allowed[token]]
        first = [
            int(t) for t in np.flatnonzero(allowed)[: _FIRST + len(self._end_ids)] if t not in self._end_ids
        ]
        return [[token] for token in dict.fromkeys(known + first)]


class Cursor:
    """A place in one output, which moves along as its tokens are generated."""

    def __init__(
        self, matcher: LLMatcher, allowed: Callable[[LLMatcher], Mask], end_ids: frozenset[int]
    ) -> None:
        self._matcher = matcher
        self._allowed = allowed
        self._end_ids = sorted(end_ids)
        self._seen = 0

    def allowed(self, ids: Sequence[int]) -> Mask:
        """(V,) the tokens that may follow `ids`; at least one."""
        self._follow(ids)
        mask = self._allowed(self._matcher)
        if self._matcher.is_error() or not mask.any():
            mask[self._end_ids] = True
        return mask

    def is_done(self, ids: Sequence[int]) -> bool:
        """Whether nothing may follow `ids`."""
        self._follow(ids)
        return self._matcher.is_stopped()

    def _follow(self, ids: Sequence[int]) -> None:
        if len(ids) > self._seen:
            self._matcher.consume_tokens(list(ids[self._seen :]))
            self._seen = len(ids)
