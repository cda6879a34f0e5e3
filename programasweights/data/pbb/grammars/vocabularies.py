"""The five vocabularies, and the small words that mark roles.

Content words are real words, so that a model need not learn what is a noun, and each is one token of the default
base model: a grammar's text stays short. What pulls a model back to English word order is then its own habit, which
is what the instruction has to overcome. Small words mean nothing in English. No word stands in two lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["PARTICLES", "VOCABULARIES", "Vocabulary"]


@dataclass(frozen=True)
class Vocabulary:
    """Ten words of each kind."""

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    adjectives: tuple[str, ...]


def _vocabulary(nouns: str, verbs: str, adjectives: str) -> Vocabulary:
    return Vocabulary(tuple(nouns.split()), tuple(verbs.split()), tuple(adjectives.split()))


VOCABULARIES: Mapping[str, Vocabulary] = {
    "farm": _vocabulary(
        "cow pig hen goat duck horse dog sheep farmer cat",
        "feed follow push hear wash like call find lead hold",
        "big small old young fat thin wet clean brown happy",
    ),
    "town": _vocabulary(
        "baker judge nurse driver guard cook boy girl king thief",
        "greet help pay thank trust visit teach watch ask stop",
        "rich poor kind rude tall short famous angry brave tired",
    ),
    "sea": _vocabulary(
        "ship whale shark crab wave sailor island net storm fish",
        "catch hit sink chase pull cross hide fear carry reach",
        "blue deep cold salt dark fast slow calm wild huge",
    ),
    "house": _vocabulary(
        "chair table lamp door box cup bed clock key window",
        "touch move lift turn cover break fix paint drop light",
        "red green white black broken round heavy new empty soft",
    ),
    "wood": _vocabulary(
        "bear wolf fox tree owl bird snake frog rabbit hunter",
        "see eat bite love hate miss meet warn save know",
        "grey hungry loud quiet clever lazy sick strong weak shy",
    ),
}

PARTICLES = tuple("ga ka na ti lo mi ro su ve po ke ta wa ne fo du".split())  # noqa: SIM905
