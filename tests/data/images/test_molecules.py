"""Molecules: made ones are valid, labels agree with their SMILES, and positions with the drawing."""

import re
from collections import Counter

import pytest
from rdkit import Chem
from rdkit.Chem.Draw import rdMolDraw2D

from programasweights.data.images import Source, chemical, smiles
from programasweights.data.images.molecule_drawing import Layout
from programasweights.data.images.molecules import HEAVY_ATOMS, draw_molecule, molecule_group
from programasweights.data.oracle.draw import Draw

WORDS = {"C": "carbon", "N": "nitrogen", "O": "oxygen", "S": "sulfur"}


def test_made_molecules_are_valid_and_of_their_level() -> None:
    found = Counter[int]()
    for number in range(300):
        level = 1 + number % 3
        molecule = draw_molecule(Draw("made", number), level, None)
        if molecule is None:
            continue
        found[level] += 1
        text = Chem.MolToSmiles(molecule)
        assert Chem.MolToSmiles(Chem.MolFromSmiles(text)) == text
        few, many = HEAVY_ATOMS[level]
        assert few <= molecule.GetNumHeavyAtoms() <= many
        assert not any(atom.GetNumRadicalElectrons() for atom in molecule.GetAtoms())
        assert not molecule.HasSubstructMatch(Chem.MolFromSmarts("[O,S;X2][O,S;X2]")), text
    assert min(found.values()) > 70


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Cc1ccccc1O", "c1ccccc1"),
        ("O=C(NC1CC1)c1ccccc1", "O=C(NC1CC1)c1ccccc1"),
        ("CC(=O)OCC", "chain CCCC(C)C"),
        ("CC(C)CCC", "chain CCCC(C)C"),
        ("[O-][N+](=O)CC", "chain CCC(C)C"),
    ],
)
def test_groups(text: str, group: str) -> None:
    assert molecule_group(Chem.MolFromSmiles(text)) == group


@pytest.mark.parametrize(
    ("line", "level", "drawn"),
    [
        ("CCCCO name", 1, "CCCCO"),
        ("[Na+].[O-]C(=O)CC", 1, "CCC(=O)[O-]"),
        ("N[C@@H](C)C(=O)O", 1, "CC(N)C(=O)O"),
        ("C/C=C/CC", 1, "CC=CCC"),
        ("CCCCO", 2, None),
        ("", 1, None),
        ("no molecule", 1, None),
        ("[13CH3]CCCO", 1, None),
        ("CC[CH]CC", 1, None),
        ("CC[Pt]CC", 1, None),
    ],
)
def test_lines_of_a_source(line: str, level: int, drawn: str | None) -> None:
    molecule = draw_molecule(Draw(0), level, Source("s", (line,)))
    assert (None if molecule is None else Chem.MolToSmiles(molecule)) == drawn


def test_smiles_are_canonical() -> None:
    subject = smiles.draw_subject(Draw(1), 1, Source("s", ("OC(=O)C1=CC=CC=C1",)))
    assert subject is not None
    assert [c.answer for c in subject.candidates()] == [subject.transcription] == ["O=C(O)c1ccccc1"]


def asked(text: str, level: int = 2) -> dict[str, str]:
    """Answers by question, all wordings, on a molecule."""
    subject = chemical.draw_subject(Draw(text), level, Source("s", (text,)))
    assert subject is not None
    return {wording: c.answer for c in subject.candidates() for wording in c.texts}


def test_answers_on_a_known_molecule() -> None:
    told = asked("CC(=O)Oc1ccccc1C(=O)O")  # aspirin
    wanted = {
        "How many carbon atoms are there?": "9",
        "How many oxygen atoms does the molecule have?": "4",
        "How many nitrogen atoms are there?": "0",
        "How many halogen atoms are there?": "0",
        "How many heteroatoms are there?": "4",
        "What is the molecular formula?": "C9H8O4",
        "Which element is the heteroatom?": "oxygen",
        "How many rings are there?": "1",
        "How many aromatic rings are there?": "1",
        "How many double bonds are drawn?": "5",
        "How many C=O double bonds are drawn?": "2",
        "How many methyl groups (CH3) are there?": "1",
        "How many atoms are in the ring?": "6",
        "Is there an ester?": "yes",
        "Is there a carboxylic acid?": "yes",
        "Is there a ketone?": "no",
        "Is there an aldehyde?": "no",
        "Is there a hydroxyl group?": "yes",
        "Is there a six-membered ring?": "yes",
        "Is there a five-membered ring?": "no",
    }
    assert {question: told[question] for question in wanted} == wanted
    assert asked("CCCCC(C)CC(Cl)CCO")["How many methyl groups (CH3) are there?"] == "2"
    assert asked("CCCCC(C)CC(Cl)CCO")["How many halogen atoms are there?"] == "1"
    assert "Which halogen is it?" not in told
    assert "How many atoms are in the largest ring?" not in told


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("CCCCC(N)CCC", "primary amine"),
        ("CCCCC(C)C(N)=O", "amide"),
        ("CCCCC(C)[N+](=O)[O-]", "nitro group"),
        ("CCCCCC(C)C#N", "nitrile"),
        ("CCCCCC(C)C=O", "aldehyde"),
        ("CCCCCC(C)C(C)=O", "ketone"),
        ("CCCCC(C)S(C)(=O)=O", "sulfonyl group"),
        ("CCCCC(C)N=[N+]=[N-]", "azide"),
        ("CCCCC(C)C(F)(F)F", "trifluoromethyl group"),
        ("CCCCC(C)CC#C", "carbon-carbon triple bond"),
        ("CCCCC(C)C(=O)OC", "ester"),
        ("CCCCC(C)C(=O)O", "carboxylic acid"),
    ],
)
def test_groups_are_told_apart(text: str, group: str) -> None:
    told = asked(text)
    names = {
        match[1] for q in told if (match := re.fullmatch(r"Is there an? (.+)\?", q)) and told[q] == "yes"
    }
    also = {"carboxylic acid": {"hydroxyl group"}}.get(group, set())
    assert names == {group} | also
    choice = next(question for question in told if question.startswith("Which of these"))
    assert told[choice] == group
    assert choice.count(group) == 1


def test_elements_are_where_the_drawing_has_them() -> None:
    """Against the places alone, on random molecules."""
    checked = 0
    for number in range(150):
        draw = Draw("place", number)
        molecule = draw_molecule(draw, 2, None)
        if molecule is None:
            continue
        layout = chemical.with_layout(molecule, draw)
        assert isinstance(layout, Layout)
        for candidate in chemical._places(layout):
            side = candidate.texts[0].split()[-1].rstrip("?")
            axis, sign = {"left": (0, -1), "right": (0, 1), "top": (1, 1), "bottom": (1, -1)}[side]
            atoms = [
                (sign * place[axis], atom.GetSymbol())
                for place, atom in zip(layout.places, layout.molecule.GetAtoms(), strict=True)
                if atom.GetSymbol() != "C"
            ]
            first = max(atoms)
            assert candidate.answer.startswith(WORDS.get(first[1], candidate.answer))
            assert all(symbol == first[1] or first[0] - place >= 0.35 for place, symbol in atoms)
            checked += 1
    assert checked > 150


def test_atoms_are_drawn_at_their_places() -> None:
    """Turned and mirrored as the layout is: what rdkit draws lies on a line with the places, y upside down."""
    import numpy as np

    for number in range(12):
        layout = chemical.with_layout(Chem.MolFromSmiles("CC(Br)C1CC(=O)CN1"), Draw("drawn", number))
        drawer = rdMolDraw2D.MolDraw2DCairo(300, 300)
        drawer.drawOptions().prepareMolsBeforeDrawing = False
        drawer.DrawMolecule(layout.molecule)
        drawn = [drawer.GetDrawCoords(index) for index in range(layout.molecule.GetNumAtoms())]
        for axis, sign, found in ((0, 1, [p.x for p in drawn]), (1, -1, [p.y for p in drawn])):
            assert np.corrcoef([place[axis] for place in layout.places], found)[0, 1] * sign > 0.999


def test_molecules_are_transcribed_as_their_questions_are_answered() -> None:
    asked = {"formula": 0, "count rings": 0, "count aromatic": 0, "count double": 0}
    for number in range(20):
        subject = chemical.draw_subject(Draw("facts", number), 1 + number % 3, None)
        if subject is None:
            continue
        told = re.fullmatch(
            r"(?P<formula>\w+); (?P<rings>\d+) rings, (?P<aromatic>\d+) aromatic; (?P<double>\d+) double bonds; "
            r"(?P<smiles>\S+)",
            subject.transcription,
        )
        assert told is not None, subject.transcription
        assert Chem.MolToSmiles(Chem.MolFromSmiles(told["smiles"])) == told["smiles"]
        for candidate in subject.candidates():
            if candidate.key in asked:
                asked[candidate.key] += 1
                assert candidate.answer == told[candidate.key.removeprefix("count ")]
    assert min(asked.values()) > 10
