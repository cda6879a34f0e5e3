"""Molecules: made at random from rings, chains and groups, or read from a file of SMILES.

A made molecule is plausible, not known to exist. Stereochemistry is left out: it is neither drawn nor told.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from programasweights.data.images.raster import optional
from programasweights.data.images.subject import Source
from programasweights.data.oracle.draw import Draw

if TYPE_CHECKING:
    from rdkit.Chem import Mol

__all__ = ["HEAVY_ATOMS", "draw_molecule", "molecule_group", "rdkit_chem"]

HEAVY_ATOMS = {1: (4, 9), 2: (8, 16), 3: (14, 28)}
"""Fewest and most heavy atoms by level."""
_ELEMENTS = frozenset((5, 6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53))

_CHAINS = """
    CC CCC C=C CC(C)C CC=C CC#C CCCC COC CNC CSC CC(=O)C CC(=O)OC CC(=O)NC C#CC
""".split()  # noqa: SIM905
_RINGS = """
    c1ccccc1 c1ccccc1 c1ccccc1 C1CCCCC1 C1CCCC1 C1CCC1 C1CC1 C1CCCCCC1 C1=CCCCC1 C1=CCCC1 c1ccncc1 c1cncnc1 c1cnccn1
    c1ccnnc1 c1ccoc1 c1ccsc1 c1cc[nH]c1 c1cnc[nH]1 c1cn[nH]c1 c1cocn1 c1cscn1 C1COCC1 C1CCOCC1 C1CNCC1 C1CCNCC1
    C1COCCN1 C1CNCCN1 C1CCSC1 C1COC1 C1CNC1 O=C1CCCC1 O=C1CCCCC1 O=C1CCCN1 O=C1CCCO1 C1OCCO1 c1ncncn1
""".split()  # noqa: SIM905
_FUSED = """
    c1ccc2ccccc2c1 c1ccc2ncccc2c1 c1ccc2cnccc2c1 c1ccc2[nH]ccc2c1 c1ccc2occc2c1 c1ccc2sccc2c1 c1ccc2nc[nH]c2c1
    c1ccc2ncoc2c1 c1ccc2ncsc2c1 C1CCC2CCCCC2C1 c1ccc2c(c1)CCCC2 c1ccc2c(c1)CCC2 c1ccc2c(c1)OCO2 c1ccc2c(c1)OCCO2
    c1ccc2ncncc2c1 c1ccc2nccnc2c1 C1CC2CCC1C2 C1CC2CCC1CC2 c1ccc2c(c1)CCN2 c1ccc2c(c1)CCNC2 O=c1ccc2ccccc2o1
    O=c1cc[nH]c2ccccc12 c1ncc2nc[nH]c2n1 C1CCC2(CC1)CCCC2 c1ccc2c(c1)[nH]c1ccccc12 c1ccc2c(c1)Cc1ccccc1-2
""".split()  # noqa: SIM905
_SMALL = """
    C C C CC C(C)C C=C C#C C(F)(F)F C#N C=O C(C)=O C(=O)O C(=O)OC C(N)=O CO CN CCl CC#N O O OC OC OCC N N NC N(C)C
    NC(C)=O F F Cl Cl Br Br I I [N+](=O)[O-] S SC S(C)(=O)=O S(N)(=O)=O C(C)(C)C OC(C)=O N=[N+]=[N-] B(O)O
""".split()  # noqa: SIM905
"""Groups; the first atom is where they are attached."""
_LINKS = "C CC O N S C(=O) C(=O)N NC(=O) S(=O)(=O) C=C CO OC C#C CN".split()  # noqa: SIM905
"""Between two rings: joined at the first atom and at the last that has a hydrogen."""


def rdkit_chem() -> Any:
    """The module rdkit.Chem, its warnings silenced.

    Raises:
        ModuleNotFoundError: rdkit is not installed.
    """
    chem = optional("rdkit.Chem")
    optional("rdkit.RDLogger").DisableLog("rdApp.*")
    return chem


def draw_molecule(draw: Draw, level: int, source: Source | None) -> "Mol | None":
    """A molecule of the level; None where the draw came to nothing."""
    if source is not None:
        return _read(draw.pick(source.lines), level)
    few, many = HEAVY_ATOMS[level]
    molecule = _start(draw, level)
    wanted = draw.randint(few, many)
    for _ in range(20):
        if molecule.GetNumHeavyAtoms() >= wanted:
            break
        molecule = _grown(draw, molecule, many, level)
    if not few <= molecule.GetNumHeavyAtoms() <= many:
        return None
    # What was put together keeps traces, such as atoms marked as radicals; what is read does not.
    return _parsed_anew(molecule)


def molecule_group(molecule: "Mol") -> str:
    """Its Bemis-Murcko scaffold as SMILES; without rings, the shape of its skeleton."""
    chem = rdkit_chem()
    scaffold = chem.MolToSmiles(optional("rdkit.Chem.Scaffolds.MurckoScaffold").GetScaffoldForMol(molecule))
    if scaffold:
        return str(scaffold)
    skeleton = chem.RWMol(molecule)
    for atom in skeleton.GetAtoms():
        atom.SetAtomicNum(6)
        atom.SetFormalCharge(0)
        atom.SetNoImplicit(False)
        atom.SetNumExplicitHs(0)
    for bond in skeleton.GetBonds():
        bond.SetBondType(chem.BondType.SINGLE)
    return f"chain {chem.MolToSmiles(skeleton)}"


@cache
def _parsed(smiles: str) -> "Mol":
    molecule: Mol = rdkit_chem().MolFromSmiles(smiles)
    return molecule


def _parsed_anew(molecule: "Mol") -> "Mol":
    """The molecule as it is read from its canonical SMILES."""
    chem = rdkit_chem()
    read: Mol = chem.MolFromSmiles(chem.MolToSmiles(molecule))
    return read


def _read(smiles: str, level: int) -> "Mol | None":
    """The largest part of what the line says, if it is a molecule of ordinary elements and of this level's size."""
    chem = rdkit_chem()
    words = smiles.split()
    molecule = chem.MolFromSmiles(max(words[0].split("."), key=len)) if words else None
    if molecule is None:
        return None
    chem.RemoveStereochemistry(molecule)
    few, many = HEAVY_ATOMS[level]
    if not few <= molecule.GetNumHeavyAtoms() <= many:
        return None
    atoms = list(molecule.GetAtoms())
    if any(a.GetAtomicNum() not in _ELEMENTS or a.GetIsotope() or a.GetNumRadicalElectrons() for a in atoms):
        return None
    return _parsed_anew(molecule)


def _start(draw: Draw, level: int) -> "Mol":
    if draw.chance((0.35, 0.12, 0.03)[level - 1]):
        return _parsed(draw.pick(_CHAINS))
    return _varied(draw, _parsed(draw.pick(_FUSED if draw.chance((0.0, 0.25, 0.35)[level - 1]) else _RINGS)))


def _varied(draw: Draw, ring: "Mol") -> "Mol":
    """By chance a carbon of an aromatic ring becomes nitrogen, which gives many more scaffolds."""
    chem = rdkit_chem()
    if not draw.chance(0.35):
        return ring
    aromatic = [a for a in ring.GetAtoms() if a.GetIsAromatic() and a.GetSymbol() == "C"]
    free = [a.GetIdx() for a in aromatic if a.GetTotalNumHs() == 1]
    if len(free) < 3:
        return ring
    changed = chem.RWMol(ring)
    changed.GetAtomWithIdx(draw.pick(free)).SetAtomicNum(7)
    return changed.GetMol() if chem.SanitizeMol(changed, catchErrors=True) == 0 else ring


def _grown(draw: Draw, molecule: "Mol", many: int, level: int) -> "Mol":
    """The molecule with one more group, or another ring on a link; unchanged where it does not fit."""
    if level > 1 and draw.chance(0.3):
        ring = draw.pick(_FUSED if draw.chance(0.2) else _RINGS)
        piece = _varied(draw, _parsed(ring))
        if draw.chance(0.6):
            link = _parsed(draw.pick(_LINKS))
            end = max((atom.GetIdx() for atom in link.GetAtoms() if atom.GetTotalNumHs()), default=0)
            piece = _joined(draw, link, piece, end) or piece
            return _fitting(_joined(draw, molecule, piece, None, first=True), molecule, many)
        return _fitting(_joined(draw, molecule, piece, None), molecule, many)
    piece = _parsed(draw.pick(_SMALL))
    return _fitting(_joined(draw, molecule, piece, None, first=True), molecule, many)


def _fitting(grown: "Mol | None", before: "Mol", many: int) -> "Mol":
    return before if grown is None or grown.GetNumHeavyAtoms() > many else grown


def _joined(draw: Draw, one: "Mol", other: "Mol", at: int | None, *, first: bool = False) -> "Mol | None":
    """Both joined by a single bond.

    Args:
        draw: chooses the atoms.
        one: a molecule.
        other: another; it follows in the numbering.
        at: the atom of the one; any free one by default.
        first: whether the other is joined at its first atom, else at any free one.
    """
    chem = rdkit_chem()
    here = [at] if at is not None else _free(one)
    there = [0] if first else _free(other)
    pairs = [(i, j) for i in here for j in there if _may_join(one.GetAtomWithIdx(i), other.GetAtomWithIdx(j))]
    if not pairs:
        return None
    start, end = draw.pick(pairs)
    both = chem.RWMol(chem.CombineMols(one, other))
    end += one.GetNumAtoms()
    both.AddBond(start, end, chem.BondType.SINGLE)
    for index in (start, end):
        atom = both.GetAtomWithIdx(index)
        atom.SetNumExplicitHs(max(atom.GetNumExplicitHs() - 1, 0))
    if chem.SanitizeMol(both, catchErrors=True) != 0:
        return None
    joined: Mol = both.GetMol()
    return joined


def _free(molecule: "Mol") -> list[int]:
    """Atoms that can take another group: carbon and nitrogen with a hydrogen."""
    return [
        a.GetIdx()
        for a in molecule.GetAtoms()
        if a.GetTotalNumHs() and a.GetSymbol() in "CN" and not a.GetFormalCharge()
    ]


def _may_join(one: Any, other: Any) -> bool:
    """No bonds between two heteroatoms, and no carbon chain's atom with two of them."""
    # The nitrogen of a nitro group and the sulfur of a sulfone take a bond without giving a hydrogen.
    if not all(atom.GetTotalNumHs() or atom.GetSymbol() in ("N", "S") for atom in (one, other)):
        return False
    if one.GetSymbol() != "C" and other.GetSymbol() != "C":
        return False
    for here, there in ((one, other), (other, one)):
        crowded = any(n.GetSymbol() != "C" for n in here.GetNeighbors()) and not here.GetIsAromatic()
        if crowded and here.GetSymbol() == "C" and there.GetSymbol() != "C":
            # Acids, amides and sulfones come whole; what is not aromatic and has one heteroatom gets no second.
            return False
    return True
