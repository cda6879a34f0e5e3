"""From what mark readers find to what is told of it."""

import re
from collections.abc import Callable, Mapping

from programasweights.errors import CheckpointError
from programasweights.vision.marks.files import MarkConfig
from programasweights.vision.marks.reader import Found
from programasweights.vision.readings.circuit_reading import read_circuit
from programasweights.vision.readings.formula import Sign, read_formula
from programasweights.vision.readings.molecule import Atom, Bond, mended
from programasweights.vision.readings.score import read_score

__all__ = ["TOLD", "check_reader", "told_circuit", "told_formula", "told_molecule", "told_score"]

_ORDERS = {"single": 1, "double": 2, "triple": 3}
_MOST = 0.8
"""Share of the atoms found that must hang together."""
_MOST_ATOMS, _MOST_OF_CIRCUIT = 150, 200
_PROPERTIES = {
    "chemical": (2, ()),
    "circuit": (3, ()),
    "latex": (3, (2,)),
    "music": (4, (2,)),
    "smiles": (2, ()),
}
"""By task: how many properties marks have, and which of these are whole numbers."""
_WHOLE = re.compile(r"-?\d{1,2}")
_BARS = ("bar begins", "bar ends")


def told_molecule(found: Found) -> tuple[str, ...]:
    """What can be counted in a molecule with its SMILES, and the SMILES alone; nothing if it is no molecule."""
    if not 1 < len(found.marks) <= _MOST_ATOMS:
        return ()
    atoms = [Atom(mark.labels[0], {"+": 1, "-": -1}.get(mark.labels[1], 0)) for mark in found.marks]
    # the surest bonds first: of too many at one atom, the others go
    links = sorted(found.links, key=lambda link: -link.probability)
    molecule = mended(atoms, [Bond(link.first, link.second, _ORDERS[link.label]) for link in links])
    most = len(molecule.atoms) >= _MOST * len(atoms)
    return (molecule.facts, molecule.smiles) if most and molecule.plausible else ()


def told_score(found: Found) -> tuple[str, ...]:
    """What a score shows; nothing if it has no clef, no meter or no notes."""
    score = read_score([(mark.x, mark.y, mark.labels, mark.probability) for mark in found.marks])
    return (score.text(),) if score is not None else ()


def told_formula(found: Found) -> tuple[str, ...]:
    """A formula's LaTeX; nothing if there are no signs."""
    signs = [
        Sign(mark.x, mark.y, mark.labels[0], mark.labels[1], int(mark.labels[2]))
        for mark in found.marks
        if mark.labels[0] not in _BARS
    ]
    ends = [(m.x, m.y, m.labels[0] == _BARS[0]) for m in found.marks if m.labels[0] in _BARS]
    latex = read_formula(signs, ends)
    return (latex,) if latex else ()


def told_circuit(found: Found) -> tuple[str, ...]:
    """A circuit's parts with their values and nodes; nothing if there are no two columns of parts."""
    if len(found.marks) > _MOST_OF_CIRCUIT:
        return ()
    ladder = read_circuit([(mark.x, mark.y, mark.labels) for mark in found.marks])
    return (ladder.netlist,) if ladder is not None else ()


def check_reader(config: MarkConfig) -> None:
    """Refuse a reader whose findings could not be told.

    Raises:
        CheckpointError: its task is not known here, or its labels are not those of the task's drawings.
    """
    if config.task not in TOLD:
        raise CheckpointError(
            f"a mark reader is of the task {config.task!r:.50}; what can be told is {', '.join(sorted(TOLD))}."
        )
    count, numbers = _PROPERTIES[config.task]
    fits = len(config.properties) == count and all(
        _WHOLE.fullmatch(label) for place in numbers for label in config.properties[place]
    )
    if not fits or not set(config.links) <= set(_ORDERS):
        raise CheckpointError(
            f"the mark reader of {config.task} has labels that its drawings do not have; train it on them anew."
        )


TOLD: Mapping[str, Callable[[Found], tuple[str, ...]]] = {
    "chemical": told_molecule,
    "circuit": told_circuit,
    "latex": told_formula,
    "music": told_score,
    "smiles": told_molecule,
}
"""By the task that a reader was trained on: ways of telling what it found, none where it makes no sense."""
