"""Every family: enough different specs, few refusals, no answer that is right without reading the input."""

import pytest

from programasweights.data.oracle.family import Family
from programasweights.data.oracle.registry import all_families
from programasweights.data.oracle.report import report_on

SPECS = 20


GENERATED = [family for family in all_families() if family.corpus is None]


@pytest.mark.parametrize("family", GENERATED, ids=lambda f: f.name)
def test_family_gives_varied_balanced_specs(family: Family) -> None:
    found = report_on(family, specs=SPECS)
    assert found.capacity >= 200, "too few different specs: add phrasings, alternatives or parameters"
    assert found.refused <= 0.2, "parameters cannot be read back, or too few different inputs"
    assert found.cores >= 0.7 * found.drawn, "the same specs come up again and again"
    assert found.majority <= 0.66, "one answer is right too often: balance the inputs"
    assert found.copied <= 0.4, "the input itself is the answer too often"
    assert len(family.phrasings) >= 3
    assert family.make.__doc__ is None, "a family's phrasings say what it does; no docstring is needed"
