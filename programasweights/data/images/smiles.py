"""Task `smiles`: a drawn molecule to its canonical SMILES."""

from programasweights.data.images.molecule_drawing import render, with_layout
from programasweights.data.images.molecules import draw_molecule, molecule_group, rdkit_chem
from programasweights.data.images.subject import Candidate, Source, Subject
from programasweights.data.oracle.draw import Draw

__all__ = ["QUESTIONS", "SPECS", "draw_subject"]

SPECS = (
    "Write this molecule as SMILES.",
    "Give the SMILES of the molecule in this picture.",
    "Transcribe the drawn molecule into canonical SMILES.",
)
QUESTIONS = (1, 1)
_TEXTS = ("What is the SMILES?", "Write the molecule as SMILES.", "SMILES of the molecule?")


def draw_subject(draw: Draw, level: int, source: Source | None) -> Subject | None:
    """A molecule and its SMILES."""
    molecule = draw_molecule(draw, level, source)
    if molecule is None:
        return None
    smiles = rdkit_chem().MolToSmiles(molecule)
    return Subject(
        group=molecule_group(molecule),
        transcription=smiles,
        candidates=lambda: [Candidate("smiles", "transcription", _TEXTS, smiles)],
        render=lambda style, level: render(with_layout(molecule, style), style, level),
    )
