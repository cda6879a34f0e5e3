"""Phrasings: text with {slots} and [alternatives|of|wording], rendered and read back.

A phrasing that starts with a lower-case letter is an imperative clause ("list every name in the text ..."),
which may be introduced ("Please ..."); any other is a whole text and stands as it is. Within [ ] the
alternatives are divided by | and may be empty; they do not nest, but may hold slots. A [ ] without | is
literal text. Braces that are to be read as such are doubled.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from programasweights.data.oracle.draw import Draw

__all__ = ["Phrasing", "opened", "strip_frame"]

_GROUP = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_OPENINGS = ("Please ", "Your task: ", "Task: ", "I need you to ", "The function should ", "Your job is to ",
             "You should ", "Instruction: ", "Goal: ", "We want to ", "In this task you ", "Can you ")  # fmt: skip
_GIVEN = ("Given {}, ", "You will be given {}. ", "You get {}; ", "The input is {}. ", "For each {bare}, ",
          "Input: {}. ", "Take {} and ")  # fmt: skip
_CLOSINGS = (" Return only the answer.", " No explanation.", " Output nothing else.", " Answer with nothing else.",
             " Give just the result.", " Do not explain.", "\n\nOutput only the result.", " Just the answer.",
             " Reply with the answer only.", " No extra words.")  # fmt: skip


@dataclass(frozen=True)
class Phrasing:
    """One way to put a family's spec."""

    text: str

    @property
    def imperative(self) -> bool:
        """Whether it is a clause that can be introduced."""
        return self.text.lstrip("[")[0].islower()

    @cached_property
    def slots(self) -> frozenset[str]:
        """Names of the slots that every rendering shows."""
        parts = _GROUP.split(self.text)
        always = _slots("".join(parts[::2]))
        for group in parts[1::2]:
            always |= frozenset.intersection(*(_slots(option) for option in group.split("|")))
        return always

    @cached_property
    def wordings(self) -> int:
        """In how many ways its alternatives can be chosen."""
        total = 1
        for group in _GROUP.findall(self.text):
            total *= group.count("|") + 1
        return total

    def render(self, draw: Draw, said: Mapping[str, str]) -> str:
        """The text with alternatives chosen and slots filled."""
        chosen = _GROUP.sub(lambda found: draw.pick(found.group(1).split("|")), self.text)
        return re.sub(r" +", " ", chosen).strip().format(**said)

    def reader(self, patterns: Mapping[str, str]) -> re.Pattern[str]:
        """The expression that reads this phrasing's texts; `patterns` holds one for each slot's text."""
        seen: dict[str, int] = {}
        parts = _GROUP.split(self.text)
        made = []
        for place, part in enumerate(parts):
            if place % 2 == 0:
                made.append(_pattern(part, patterns, seen))
            else:
                made.append("(?:" + "|".join(_pattern(o, patterns, seen) for o in part.split("|")) + ")")
        return re.compile(r"\s*" + "".join(made) + r"\s*", re.DOTALL)

    def read(self, reader: re.Pattern[str], text: str) -> dict[str, str] | None:
        """What the slots say in a text that this phrasing rendered; None if it did not."""
        found = reader.fullmatch(text[0].lower() + text[1:] if self.imperative else text)
        if not found:
            return None
        said: dict[str, str] = {}
        for name, value in found.groupdict().items():
            if value is not None:
                said[name.rpartition("_")[0]] = value
        return said


def _slots(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _pattern(text: str, patterns: Mapping[str, str], seen: dict[str, int]) -> str:
    made = ""
    for literal, name, _, _ in Formatter().parse(text):
        made += r"\s*".join(re.escape(word) for word in re.split(r"\s+", literal)) if literal else ""
        if name:
            number = seen.get(name, 0)
            seen[name] = number + 1
            made += f"(?P<{name}_{number}>{patterns[name]})"
    return made


def opened(draw: Draw, phrasing: Phrasing, core: str, given: str | None) -> str:
    """A core text in a frame: perhaps an opening before it, and a request to answer briefly after it."""
    if phrasing.imperative:
        core = _introduced(draw, core, given)
    if core[-1].isalnum() or core[-1] in "\"'`)":
        core += "." if draw.chance(0.8) else ""
    if draw.chance(0.25) and core[-1] in ".!?":
        core += draw.pick(_CLOSINGS)
    return core


def _introduced(draw: Draw, core: str, given: str | None) -> str:
    kind = draw.random()
    if kind < 0.3 and given:
        bare = re.sub(r"^(an?|the|some) ", "", given)
        frame = draw.pick(_GIVEN).format(given, bare=bare)
        return frame + (core if frame.endswith((", ", "; ", " and ")) else _upper(core))
    if kind < 0.5:
        frame = draw.pick(_OPENINGS)
        return frame + core
    return _upper(core) if kind < 0.9 else core


def strip_frame(text: str, given: str | None) -> list[str]:
    """The core texts that may have been put into a frame to make this text."""
    ends = [text, *(text.removesuffix(c) for c in _CLOSINGS if text.endswith(c))]
    ends += [e[:-1] for e in ends if e.endswith(".")]
    starts = list(_OPENINGS)
    if given:
        bare = re.sub(r"^(an?|the|some) ", "", given)
        starts += [frame.format(given, bare=bare) for frame in _GIVEN]
    cores = list(ends)
    for end in ends:
        cores += [end.removeprefix(s) for s in starts if end.startswith(s)]
    return list(dict.fromkeys(core for core in cores if core))


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
