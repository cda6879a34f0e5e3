"""Reads what the writing model replied, and refuses what is ill-formed, with a reason for each refusal.

A reason begins with what was refused: `reply: ` the whole reply, `spec: ` one spec, `pair: ` one pair. Every spec
and pair that a readable reply offers is either kept or refused for exactly one reason.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from programasweights.data.pipeline.client import Reply

__all__ = ["Pair", "Parsed", "WrittenSpec", "parse_pairs", "parse_specs"]

_SHORTEST_SPEC, _LONGEST_SPEC = 15, 4000
_LONGEST_INPUT, _LONGEST_OUTPUT = 8000, 2000
_TELLING_INPUT = 20
"""An input of so many characters that stands in the spec is an example of it, whatever its output."""
_MOST_OBJECTS = 32

_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)
_REFUSAL = re.compile(
    r"\W*(?:(?:i['’]m |i am )?(?:very |so )?sorry\b\W*(?:but )?)?"
    r"(?:as an? (?:ai|artificial intelligence|(?:large )?language model)\b"
    r"|i (?:can ?not|can['’]t|won['’]t|will not|am unable to|am not able to|['’]m unable to|['’]m not able to)"
    r" (?:help|assist|comply|provide|create|generate|write|fulfil|do|answer|complete|process)\b)",
    re.IGNORECASE,
)
_QUALIFIED = r"(?:the|an?|some|your|example|sample|test|actual|corresponding|expected)\s+"
_THING = r"(?:input|output|text|spec|specification|string|answer|result|label|example|test case)"
_PLACEHOLDER = re.compile(
    rf"\W*(?:(?:{_QUALIFIED})+{_THING}|{_THING}\s*#?\d+|{_THING}\s+here)(?:\s+(?:text|here|given|answered))*"
    r"\s*(?:#?\d+)?\W*|[.…\s]*|\W*(?:the whole text of one specification|placeholder|lorem ipsum.*)\W*",
    re.IGNORECASE | re.DOTALL,
)
"""Text that stands for text; a bare word such as `text` may be a label."""
_LEFT_OPEN = re.compile(r"[\[<{](?:insert|your)\s+\w[^\]>}\n]{0,60}[\]>}]", re.IGNORECASE)
_ABOUT_LEFT_OPEN = re.compile(r"placeholder|template|fill", re.IGNORECASE)


class WrittenSpec(BaseModel):
    """A spec as the model wrote it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    spec: Annotated[str, AfterValidator(str.strip)]
    has_examples: bool
    """Whether the model says that the spec holds examples."""


class Pair(BaseModel):
    """An input and an output as the model wrote them."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    input: str
    output: str


_Item = TypeVar("_Item", bound=BaseModel)


@dataclass
class Parsed(Generic[_Item]):
    """What came of a reply."""

    kept: list[_Item] = field(default_factory=list)
    """Well-formed specs or pairs."""
    refused: Counter[str] = field(default_factory=Counter)
    """How often each reason was given."""
    offered: int = 0
    """Specs or pairs in the reply; 0 if it could not be read."""

    def refuse_kept(self, reason: str) -> None:
        """Refuse all that was kept so far."""
        if self.kept:
            self.refused[reason] += len(self.kept)
            self.kept = []


def parse_specs(reply: Reply, *, count: int) -> Parsed[WrittenSpec]:
    """Specs of a reply that was asked for `count` of them."""
    return _sift(reply, WrittenSpec, lambda item, _: _spec_fault(item.spec), count)


def parse_pairs(reply: Reply, *, spec: str, count: int) -> Parsed[Pair]:
    """Pairs of a reply that was asked for `count` of them for a spec.

    All are refused if their outputs are equal, or if fewer than half of those asked for are well-formed.
    """
    parsed = _sift(reply, Pair, lambda pair, kept: _pair_fault(pair, spec, kept), count)
    if len(parsed.kept) * 2 < count:
        parsed.refuse_kept("pair: one of too few")
    elif len(parsed.kept) > 1 and len({pair.output.strip() for pair in parsed.kept}) == 1:
        parsed.refuse_kept("pair: all outputs equal")
    return parsed


def _sift(
    reply: Reply, kind: type[_Item], fault: Callable[[_Item, list[_Item]], str | None], count: int
) -> Parsed[_Item]:
    what = "pair" if kind is Pair else "spec"
    offered = _offered(reply, f"{what}s")
    if isinstance(offered, str):
        return Parsed(refused=Counter([f"reply: {offered}"]))
    parsed: Parsed[_Item] = Parsed(offered=len(offered))
    for one in offered:
        try:
            item = kind.model_validate(one)
        except ValidationError:
            parsed.refused[f"{what}: wrong keys or types"] += 1
            continue
        reason = fault(item, parsed.kept) or ("more than asked for" if len(parsed.kept) >= count else None)
        if reason is None:
            parsed.kept.append(item)
        else:
            parsed.refused[f"{what}: {reason}"] += 1
    return parsed


def _offered(reply: Reply, key: str) -> list[object] | str:
    """The list in a reply's JSON object, or why there is none."""
    found = _find_object(_THOUGHTS.sub("", reply.text), key)
    if found is None:
        if reply.finish_reason != "stop":
            return "cut off" if reply.finish_reason == "length" else reply.finish_reason
        return "refusal" if _REFUSAL.match(reply.text) else "no JSON object with the key asked for"
    items = found[key]
    if len(found) > 1 or not isinstance(items, list):
        return "wrong keys or types"
    return items or "nothing offered"


def _find_object(text: str, key: str) -> dict[str, Any] | None:
    """The first JSON object with that key in a text, whatever stands around it, such as a code fence."""
    decoder = json.JSONDecoder()
    place = text.find("{")
    for _ in range(_MOST_OBJECTS):
        if place < 0:
            break
        try:
            found, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            if isinstance(found, dict) and key in found and _is_text(found):
                return found
        place = text.find("{", end)
    return None


def _is_text(found: object) -> bool:
    """Whether all strings can be written to a file; JSON can hold halves of surrogate pairs."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def _spec_fault(spec: str) -> str | None:
    if not spec:
        return "empty"
    if len(spec) > _LONGEST_SPEC:
        return "too long"
    if len(spec) < _SHORTEST_SPEC:
        return "too short"
    return _wording_fault(spec)


def _pair_fault(pair: Pair, spec: str, kept: Sequence[Pair]) -> str | None:
    given, wanted, plain_spec = _plain(pair.input), _plain(pair.output), _plain(spec)
    if not given or not wanted:
        return "empty"
    if len(pair.input) > _LONGEST_INPUT or len(pair.output) > _LONGEST_OUTPUT:
        return "too long"
    if plain_spec in (given, wanted) or plain_spec in wanted:
        return "spec repeated"
    if _PLACEHOLDER.fullmatch(pair.input) or _left_open(pair, spec):
        return "placeholder"
    # An input may well read like a refusal: people cannot make it on Friday, and models do refuse.
    if fault := _wording_fault(pair.output):
        return fault
    if any(pair.input.strip() == other.input.strip() for other in kept):
        return "input repeated"
    return "example of the spec" if _is_example(given, wanted, plain_spec) else None


def _wording_fault(text: str) -> str | None:
    if _REFUSAL.match(text):
        return "refusal"
    return "placeholder" if _PLACEHOLDER.fullmatch(text) else None


def _left_open(pair: Pair, spec: str) -> bool:
    """Whether something was left to be filled in, in a task that is not about such things."""
    found = _LEFT_OPEN.search(pair.input) or _LEFT_OPEN.search(pair.output)
    return found is not None and not _ABOUT_LEFT_OPEN.search(spec)


def _is_example(given: str, wanted: str, spec: str) -> bool:
    if not _stands_in(given, spec):
        return False
    return len(given) >= _TELLING_INPUT or _stands_in(wanted, spec)


def _stands_in(part: str, whole: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None


def _plain(text: str) -> str:
    r"""Case, white space and `\n` written out evened out, for comparisons."""
    return " ".join(re.sub(r"\\[nrt]", " ", text).casefold().split())
