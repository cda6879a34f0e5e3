"""Scores of SMILES against hand arithmetic."""

import pytest

from programasweights.evaluation.pictures.chemistry import (
    SMILES_METRICS,
    same_molecule,
    tanimoto,
    valid_smiles,
)


@pytest.mark.parametrize(("found", "score"), [
    ("CCO", 1), (" c1ccccc1\n", 1), ("C1CC", 0), ("c1ccccc", 0), ("", 0), ("carbon", 0), ("CC O", 0),
    ("CCO ethanol", 0), ("C(C)(C)(C)(C)C", 0), ("C" * 1001, 0), ("[" * 900, 0), ("\ud800", 0), ("C\0C", 0),
])  # fmt: skip
def test_what_is_a_molecule(found: str, score: float) -> None:
    assert valid_smiles(found, "CCO") == score


def test_one_molecule_written_twice_is_the_same_and_another_is_alike() -> None:
    assert same_molecule("OCC", "CCO") == 1
    assert same_molecule("CCN", "CCO") == 0
    assert same_molecule("nonsense", "CCO") == 0
    assert tanimoto("OCC", "CCO") == 1
    assert (SMILES_METRICS["exact_match"]("OCC", "CCO"), SMILES_METRICS["same_text"]("OCC", "CCO")) == (1, 0)
    assert tanimoto("nonsense", "CCO") == 0
    # CCO has six fragments: CH3, CH2, OH and what is around each. Of those CCN has CH3, CH2 and CH3 with its neighbour.
    assert tanimoto("CCN", "CCO") == pytest.approx(3 / 9)
