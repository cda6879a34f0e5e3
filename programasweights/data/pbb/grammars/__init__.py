"""Languages with small context-free grammars."""

from programasweights.data.pbb.grammars.domain import Baseline, GrammarDomain

__all__ = ["Baseline", "GrammarDomain"]
