"""What is said of a molecule agrees with rdkit, for molecules that are drawn."""

import pytest

from programasweights.data.images.chemical import _facts
from programasweights.data.images.molecule_drawing import with_layout
from programasweights.data.images.molecules import draw_molecule, rdkit_chem
from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.molecule import Atom, Bond, Molecule, mended


def as_drawn(smiles: str) -> Molecule:
    """The atoms and bonds of a drawing: rings with double bonds in turn, hydrogens left out."""
    chem = rdkit_chem()
    flat = chem.MolFromSmiles(smiles)
    chem.Kekulize(flat, clearAromaticFlags=True)
    return of_rdkit(flat)


def of_rdkit(flat: object) -> Molecule:
    atoms = [Atom(atom.GetSymbol(), atom.GetFormalCharge()) for atom in flat.GetAtoms()]  # type: ignore[attr-defined]
    bonds = [
        Bond(bond.GetBeginAtomIdx(), bond.GetEndAtomIdx(), int(bond.GetBondTypeAsDouble()))
        for bond in flat.GetBonds()  # type: ignore[attr-defined]
    ]
    return Molecule(atoms, bonds)


def canonical(smiles: str) -> str | None:
    chem = rdkit_chem()
    found = chem.MolFromSmiles(smiles)
    return None if found is None else str(chem.MolToSmiles(found))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_facts_are_those_of_rdkit(level: int) -> None:
    compared = 0
    for number in range(150):
        draw = Draw("facts", level, number)
        molecule = draw_molecule(draw, level, None)
        if molecule is None:
            continue
        layout = with_layout(molecule, draw)
        ours, (theirs, smiles) = (
            of_rdkit(layout.molecule).facts,
            _facts(molecule, layout).rsplit("; ", 1),
        )
        said, written = ours.rsplit("; ", 1)
        assert (said, canonical(written)) == (theirs, smiles)
        compared += 1
    assert compared > 100


@pytest.mark.parametrize(
    "smiles",
    [
        "CC",
        "C1CC2CCC1CC2",  # three rings, none of which is more basic than the others
        "C12C3C4C1C5C2C3C45",  # cubane
        "O=c1ccc2ccccc2o1",
        "C[N+](=O)[O-]",
        "c1ccc2c(c1)[nH]c1ccccc12",
        "CN=[N+]=[N-]",
        "CS(=O)(=O)c1ccc(cc1)-c1ccccc1",
        "OB(O)c1ccsc1",
        "C1CCC2(CC1)CCCC2",
        "C%10CC%10",
        "C1=CC=C1",  # four electrons, and eight: not aromatic
        "C1=CC=CC=CC=C1",
    ],
)
def test_special_molecules(smiles: str) -> None:
    assert canonical(as_drawn(smiles).smiles) == canonical(smiles)


@pytest.mark.parametrize(
    ("smiles", "count"), [("C1=CC=C1", 0), ("C1=CC=CC=CC=C1", 0), ("c1ccoc1", 1), ("C1CC=CC1", 0)]
)
def test_rings_are_aromatic_by_their_electrons(smiles: str, count: int) -> None:
    assert len(as_drawn(smiles).aromatic_rings) == count


def test_more_than_nine_open_rings() -> None:
    # a grid of fused squares keeps many rings open at once
    side = 6
    atoms = [Atom("C")] * side**2
    bonds = [
        Bond(r * side + c, (r + down) * side + c + right, 1)
        for r in range(side)
        for c in range(side)
        for down, right in ((0, 1), (1, 0))
        if r + down < side and c + right < side
    ]
    molecule = Molecule(atoms, bonds)
    found = rdkit_chem().MolFromSmiles(molecule.smiles)
    assert (found.GetNumAtoms(), found.GetNumBonds()) == (side**2, len(bonds))
    assert len(molecule.rings) == (side - 1) ** 2


@pytest.mark.parametrize(
    ("atoms", "bonds"),
    [
        ([], []),
        ([Atom("C"), Atom("C")], []),
        ([Atom("C"), Atom("C"), Atom("O")], [Bond(0, 1, 1)]),
        ([Atom("F"), Atom("C")], [Bond(0, 1, 2)]),
        ([Atom("Xx"), Atom("C")], [Bond(0, 1, 1)]),
        ([Atom("O", -1), Atom("C")], [Bond(0, 1, 2)]),
    ],
)
def test_what_is_no_molecule(atoms: list[Atom], bonds: list[Bond]) -> None:
    assert not Molecule(atoms, bonds).plausible


def test_what_was_found_is_mended() -> None:
    atoms = [Atom("C"), Atom("N"), Atom("O"), Atom("O"), Atom("C")]
    nitro = [Bond(0, 1, 1), Bond(1, 2, 2), Bond(1, 3, 1)]
    # charges of a nitro group follow from its bonds, and a carbon that nothing holds goes
    assert canonical(mended(atoms, nitro).smiles) == "C[N+](=O)[O-]"
    azide = [Atom("C"), Atom("N"), Atom("N", 1), Atom("N")]
    assert canonical(mended(azide, [Bond(0, 1, 1), Bond(1, 2, 2), Bond(2, 3, 2)]).smiles) == "CN=[N+]=[N-]"
    # of too many bonds the last ones go; what was drawn with a charge of its own keeps it
    crowded = [Atom("C"), Atom("F"), Atom("C"), Atom("C")]
    bonds = [Bond(0, 1, 1), Bond(0, 2, 1), Bond(1, 2, 1), Bond(2, 3, 1)]
    assert canonical(mended(crowded, bonds).smiles) == "CCCF"
    ammonium = mended([Atom("N", 1)] + [Atom("C")] * 4, [Bond(0, n, 1) for n in range(1, 5)])
    assert canonical(ammonium.smiles) == "C[N+](C)(C)C"
    # a negative nitrogen has no room for three bonds
    nitrile = mended([Atom("C"), Atom("C"), Atom("N", -1)], [Bond(0, 1, 1), Bond(1, 2, 3)])
    assert canonical(nitrile.smiles) == "CC#N"
    assert mended([], []).atoms == ()
    assert mended([Atom("Xx"), Atom("C")], [Bond(0, 1, 1)]).bonds == ()


@pytest.mark.parametrize("number", range(40))
def test_a_sound_molecule_needs_no_mending(number: int) -> None:
    draw = Draw("sound", number)
    molecule = draw_molecule(draw, 3, None)
    if molecule is not None:
        sound = of_rdkit(with_layout(molecule, draw).molecule)
        assert mended(sound.atoms, sound.bonds).smiles == sound.smiles


def test_charges_stand_in_the_formula() -> None:
    assert Molecule([Atom("N", 1), Atom("C")], [Bond(0, 1, 1)]).formula == "CH6N+"
    assert (
        Molecule([Atom("O", -1), Atom("C"), Atom("O", -1)], [Bond(0, 1, 1), Bond(1, 2, 1)]).formula
        == "CH2O2-2"
    )
