"""What the domains draw alike: invented names, and which instructions are held out."""

from collections.abc import Hashable, Iterator, Sequence

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.records import Split

__all__ = ["held_out_splits", "invented_names"]

_ONSETS = "b d f g h j k l m n p r s t v z bl br dr fl gl gr kl kr pl pr tr".split()  # noqa: SIM905
_MIDDLES = "b d f g k l m n p r s t v z lb lm mb nd nk rb rk rt".split()  # noqa: SIM905
_ENDS = "f g k l m n p r t".split()  # noqa: SIM905
_REAL = frozenset(
    """
    basil bagel banal bambi bandit barbel basin baton beta bingo blini bonanza bravo data demo demon dental digit ditto
    dogma final focal fatal gala halo hero hobo homo hotel human label lava legal lemon level limit limbo logo lotus
    mafia major mamba mango mantel marble mambo medal melon mental menu metal model modem moral motel motif motor naval
    nazi never novel panel parka party pedal penal pilot piston pita polar polka primal rabat rapid rebel relic remit
    ritual rival river robin robot rural salon samba sari satin sedan semen seven sinus siren soda sofa solar solo soul
    talon tabor tenor tidal toga token total totem tribal trivet tuna tumor turban valid vapor velum viral visit vital
    vivid vocal vomit zebu zero devil genu keto memo mini monet mono novo para popul proto pupil redu regul saga situ
    tandem tofu vagu vari veto
    """.split()  # noqa: SIM905
)
"""What the pattern would give and means something."""


def invented_names(seed: str) -> Iterator[str]:
    """Different words of two syllables or more that mean nothing, without end."""
    draw = Draw("names", seed)
    seen: set[str] = set()
    while True:
        name = draw.pick(_ONSETS) + draw.pick("aeiou") + draw.pick(_MIDDLES)
        # With "e" at the end, or "d" or "s", many a name would be English.
        name += draw.pick("aeiou") + draw.pick(_ENDS) if draw.chance(0.5) else draw.pick("aiou")
        name += draw.pick(_MIDDLES) + draw.pick("aiou") if name in seen else ""
        if name not in seen and name not in _REAL:
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
