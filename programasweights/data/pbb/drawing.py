"""What the domains draw alike: invented names, and which instructions are held out."""

from collections.abc import Hashable, Iterator, Sequence

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.records import Split

__all__ = ["held_out_splits", "invented_names"]

_ONSETS = "b d f g h j k l m n p r s t v z bl br dr fl gl gr kl kr pl pr tr".split()  # noqa: SIM905
_VOWELS = "aeiou"
_MIDDLES = "b d f g k l m n p r s t v z lb lm mb nd nk rb rk rt".split()  # noqa: SIM905
_REAL = frozenset(
    {"bra", "dumb", "fart", "glans", "homo", "nigger", "penis", "prick", "semen", "tart", "tit", "turd"}
)


def invented_names(seed: str) -> Iterator[str]:
    """Different words that mean nothing, of two or three syllables, without end."""
    draw = Draw("names", seed)
    seen = set(_REAL)
    while True:
        name = draw.pick(_ONSETS) + draw.pick(_VOWELS) + draw.pick(_MIDDLES) + draw.pick(_VOWELS)
        name += draw.pick(_MIDDLES[:14]) if draw.chance(0.5) else ""
        name += draw.pick(_VOWELS) if name in seen else ""
        if name not in seen:
            seen.add(name)
            yield name


def held_out_splits(groups: Sequence[Hashable], share: float, *, seed: str) -> list[Split]:
    """The split of each item: `share` of all are `eval`, and of every group about as many.

    Args:
        groups: what items of one kind have in common; sorted by its text.
        share: between 0 and 1.
        seed: of the choice within a group.
    """
    draw = Draw("held out", seed)
    order = sorted(range(len(groups)), key=lambda index: (str(groups[index]), draw.random()))
    splits: list[Split] = ["train"] * len(groups)
    for place, index in enumerate(order):
        if int((place + 1) * share + 1e-9) > int(place * share + 1e-9):
            splits[index] = "eval"
    return splits
