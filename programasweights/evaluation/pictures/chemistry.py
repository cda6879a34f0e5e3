"""Scores of SMILES: whether one can be read, and how alike two molecules are. Needs rdkit (extra `pictures`)."""

from collections.abc import Callable
from typing import Any

from programasweights.checks.matching import exact_match
from programasweights.data.images.molecules import rdkit_chem
from programasweights.data.images.raster import optional

__all__ = ["SMILES_METRICS", "same_molecule", "tanimoto", "valid_smiles"]

_LONGEST = 1000
"""Characters beyond which a text is not tried."""
_RADIUS, _BITS = 2, 2048
"""Of the Morgan fingerprint."""


def valid_smiles(found: str, wanted: str) -> float:
    """1.0 if what was found is the SMILES of a molecule, whichever."""
    del wanted
    return float(_molecule(found) is not None)


def same_molecule(found: str, wanted: str) -> float:
    """1.0 if both are SMILES of one molecule, however written."""
    left, right = _molecule(found), _molecule(wanted)
    if left is None or right is None:
        return 0.0
    chem = rdkit_chem()
    return float(chem.MolToSmiles(left) == chem.MolToSmiles(right))


def tanimoto(found: str, wanted: str) -> float:
    """Tanimoto similarity of the Morgan fingerprints (radius 2, 2,048 bits); 0.0 where one is no molecule."""
    left, right = _molecule(found), _molecule(wanted)
    if left is None or right is None:
        return 0.0
    maker = optional("rdkit.Chem.rdFingerprintGenerator").GetMorganGenerator(radius=_RADIUS, fpSize=_BITS)
    similarity = optional("rdkit.DataStructs").TanimotoSimilarity
    return float(similarity(maker.GetFingerprint(left), maker.GetFingerprint(right)))


SMILES_METRICS: dict[str, Callable[[str, str], float]] = {
    "exact_match": same_molecule,
    "same_text": exact_match,
    "valid_smiles": valid_smiles,
    "tanimoto": tanimoto,
}
"""Scores of one answer, beside those of any text. One molecule has many SMILES, so exact match compares molecules."""


def _molecule(text: str) -> Any | None:
    """The molecule; None where the text is no SMILES, or stands for no atom."""
    text = text.strip()
    # rdkit takes what follows a blank for a name
    if not text.isascii() or not text.isprintable() or " " in text or not 1 <= len(text) <= _LONGEST:
        return None
    found = rdkit_chem().MolFromSmiles(text)
    return found if found is not None and found.GetNumAtoms() else None
