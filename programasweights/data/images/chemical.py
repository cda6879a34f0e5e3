"""Task `chemical`: questions on drawn molecules."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from programasweights.data.images.molecule_drawing import Layout, render, with_layout
from programasweights.data.images.molecules import draw_molecule, molecule_group, rdkit_chem
from programasweights.data.images.raster import optional
from programasweights.data.images.subject import Candidate, Source, Subject
from programasweights.data.oracle.draw import Draw

if TYPE_CHECKING:
    from rdkit.Chem import Mol

__all__ = ["QUESTIONS", "SPECS", "draw_subject"]

SPECS = (
    "Answer questions about this molecule.",
    "Answer questions about the molecule in this picture. Answer briefly.",
    "You get a question about this structural formula. Reply with the answer only.",
)
QUESTIONS = (4, 8)

_ELEMENTS = {
    "C": "carbon", "N": "nitrogen", "O": "oxygen", "S": "sulfur", "F": "fluorine", "Cl": "chlorine", "Br": "bromine",
    "I": "iodine", "P": "phosphorus", "B": "boron", "Si": "silicon", "Se": "selenium",
}  # fmt: skip
_COUNTED = ("carbon", "nitrogen", "oxygen", "sulfur")
_HALOGENS = ("fluorine", "chlorine", "bromine", "iodine")
_GROUPS = {
    "hydroxyl group": "[OX2H]",
    "carboxylic acid": "[CX3](=O)[OX2H]",
    "ester": "[CX3](=O)[OX2H0][#6]",
    "amide": "[CX3](=O)[NX3;!$(N~[!#6])]",
    "aldehyde": "[CX3H1](=O)[#6]",
    "ketone": "[#6][CX3](=O)[#6]",
    "nitrile": "[CX2]#[NX1]",
    "nitro group": "[$([NX3](=O)=O),$([NX3+](=O)[O-])]",
    "primary amine": "[NX3;H2;!$(NC=[O,S,N]);!$(NS(=O)=O)][#6]",
    "sulfonyl group": "[SX4](=O)(=O)",
    "trifluoromethyl group": "[CX4](F)(F)F",
    "azide": "[NX2]=[N+]=[NX1-]",
    "carbon-carbon triple bond": "C#C",
    "three-membered ring": "[r3]",
    "five-membered ring": "[r5]",
    "six-membered ring": "[r6]",
}
_CHOICES = (
    "carboxylic acid", "ester", "amide", "aldehyde", "ketone", "nitrile", "nitro group", "primary amine",
    "sulfonyl group", "azide", "trifluoromethyl group", "carbon-carbon triple bond",
)  # fmt: skip
_CLEAR = 0.35
"""In bond lengths: how much farther out an atom must lie than the next other element to be asked for."""


def draw_subject(draw: Draw, level: int, source: Source | None) -> Subject | None:
    """A molecule, laid out, and questions on it."""
    molecule = draw_molecule(draw, level, source)
    if molecule is None:
        return None
    layout = with_layout(molecule, draw)
    asking = draw.random()
    return Subject(
        group=molecule_group(molecule),
        transcription=_facts(molecule, layout),
        candidates=lambda: [
            *_atoms(molecule),
            *_bonds_and_rings(molecule, layout),
            *_groups(molecule, Draw(asking)),
            *_places(layout),
        ],
        render=lambda style, level: render(layout, style, level),
    )


def _facts(molecule: "Mol", layout: Layout) -> str:
    """What can be counted, and the SMILES: few small models count in a SMILES."""
    more = optional("rdkit.Chem.rdMolDescriptors")
    rings, aromatic = molecule.GetRingInfo().NumRings(), more.CalcNumAromaticRings(molecule)
    double = sum(bond.GetBondTypeAsDouble() == 2 for bond in layout.molecule.GetBonds())
    counts = f"{rings} rings, {aromatic} aromatic; {double} double bonds"
    return f"{more.CalcMolFormula(molecule)}; {counts}; {rdkit_chem().MolToSmiles(molecule)}"


def _atoms(molecule: "Mol") -> Iterator[Candidate]:
    counts = Counter(_ELEMENTS[atom.GetSymbol()] for atom in molecule.GetAtoms())
    for element in _COUNTED:
        texts: tuple[str, ...] = (
            f"How many {element} atoms are there?",
            f"How many {element} atoms does the molecule have?",
        )
        yield Candidate(f"count {element}", "count", texts, str(counts[element]))
    texts = (
        "How many halogen atoms are there?",
        "How many halogen atoms (F, Cl, Br, I) does the molecule have?",
    )
    yield Candidate("count halogen", "count", texts, str(sum(counts[name] for name in _HALOGENS)))
    halogens = [name for name in _HALOGENS if counts[name]]
    if len(halogens) == 1:
        texts = ("Which halogen does the molecule contain?", "Which halogen is it?")
        yield Candidate("halogen", "name", texts, halogens[0])
    others = [name for name in counts if name != "carbon"]
    if len(others) == 1:
        texts = ("Besides carbon and hydrogen, which element is there?", "Which element is the heteroatom?")
        yield Candidate("heteroatom", "name", texts, others[0])
    texts = ("How many atoms are neither carbon nor hydrogen?", "How many heteroatoms are there?")
    yield Candidate("count heteroatoms", "count", texts, str(counts.total() - counts["carbon"]))
    formula = optional("rdkit.Chem.rdMolDescriptors").CalcMolFormula(molecule)
    yield Candidate(
        "formula", "text", ("What is the molecular formula?", "Give the molecular formula."), formula
    )


def _bonds_and_rings(molecule: "Mol", layout: Layout) -> Iterator[Candidate]:
    bonds = Counter(bond.GetBondTypeAsDouble() for bond in layout.molecule.GetBonds())
    texts: tuple[str, ...] = (
        "How many double bonds are drawn?",
        "How many double bonds does the drawing show?",
    )
    yield Candidate("count double", "count", texts, str(bonds[2.0]))
    rings = [len(ring) for ring in molecule.GetRingInfo().AtomRings()]
    texts = ("How many rings are there?", "How many rings does it have?")
    yield Candidate("count rings", "count", texts, str(len(rings)))
    aromatic = optional("rdkit.Chem.rdMolDescriptors").CalcNumAromaticRings(molecule)
    texts = ("How many aromatic rings are there?", "How many of the rings are aromatic?")
    yield Candidate("count aromatic", "count", texts, str(aromatic))
    if rings:
        one = len(rings) == 1
        texts = ("How many atoms are in the ring?",) if one else ("How many atoms are in the largest ring?",)
        yield Candidate("ring size" if one else "largest ring", "count", texts, str(max(rings)))
        if len(set(rings)) > 1:
            texts = ("How many atoms are in the smallest ring?",)
            yield Candidate("smallest ring", "count", texts, str(min(rings)))
    methyls = len(molecule.GetSubstructMatches(_pattern("[CX4H3]")))
    yield Candidate("count methyl", "count", ("How many methyl groups (CH3) are there?",), str(methyls))
    carbonyls = len(molecule.GetSubstructMatches(_pattern("[#6]=[OX1]")))
    yield Candidate("count carbonyl", "count", ("How many C=O double bonds are drawn?",), str(carbonyls))


def _groups(molecule: "Mol", draw: Draw) -> Iterator[Candidate]:
    there = {name for name, smarts in _GROUPS.items() if molecule.HasSubstructMatch(_pattern(smarts))}
    for name in _GROUPS:
        article = "an" if name[0] in "aei" else "a"
        texts: tuple[str, ...] = (f"Does the molecule have {article} {name}?", f"Is there {article} {name}?")
        yield Candidate(f"has {name}", "yes-no", texts, "yes" if name in there else "no")
    absent = [name for name in _CHOICES if name not in there]
    for name in _CHOICES:
        if name in there and len(absent) > 2:
            options = draw.mix([name, *draw.some(absent, 3)])
            text = f"Which of these does it have: {', '.join(options[:-1])} or {options[-1]}?"
            yield Candidate("which group", "choice", (text,), name)


def _places(layout: Layout) -> Iterator[Candidate]:
    """Which element is drawn farthest to a side, where it is clear."""
    symbols = [atom.GetSymbol() for atom in layout.molecule.GetAtoms()]
    others = [index for index, symbol in enumerate(symbols) if symbol != "C"]
    for side, axis, sign in (("left", 0, -1), ("right", 0, 1), ("top", 1, 1), ("bottom", 1, -1)):
        ordered = sorted(others, key=lambda index: -sign * layout.places[index][axis])
        if len({symbols[index] for index in others}) < 2:
            continue
        first = ordered[0]
        rival = next(index for index in ordered if symbols[index] != symbols[first])
        if sign * (layout.places[first][axis] - layout.places[rival][axis]) >= _CLEAR:
            texts: tuple[str, ...] = (
                f"Of the atoms other than carbon, which element is nearest to the {side}?",
            )
            yield Candidate("farthest", "name", texts, _ELEMENTS[symbols[first]])


@cache
def _pattern(smarts: str) -> Any:
    return rdkit_chem().MolFromSmarts(smarts)
