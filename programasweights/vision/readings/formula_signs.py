"""The signs of which formulas are read."""

__all__ = ["ACCENTS", "BIG", "FUNCTIONS", "LETTERS", "SIGNS", "STYLES"]

_GREEK = r"""
    \alpha \beta \gamma \delta \epsilon \zeta \eta \theta \iota \kappa \lambda \mu \nu \xi \pi \rho \sigma \tau \upsilon
    \phi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega
"""
_OTHERS = r"""
    \partial \infty , . + - = < > / ( ) [ ] | \| \langle \rangle * \prime \cdot \times \pm \leq \geq \neq \approx \equiv
    \in \to \sim \sum \prod \int \oint
"""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"

LETTERS = frozenset(
    (*_ALPHABET, *_ALPHABET.upper(), *_DIGITS, *_GREEK.split(), r"\partial", r"\infty", ",", ".")
)
"""Signs that stand on the baseline of their row."""
SIGNS = (*_DIGITS, *_GREEK.split(), *_OTHERS.split())
"""All but letters of the alphabet and accents."""
STYLES = ("", r"\mathrm", r"\mathbf", r"\mathcal")
"""Of letters; italic is what they are without a word."""
ACCENTS = (r"\hat", r"\bar", r"\tilde", r"\vec", r"\dot", r"\ddot")
"""What is drawn above a letter with a glyph of its own."""
BIG = frozenset((r"\sum", r"\prod"))
"""Signs whose limits stand below and above."""
FUNCTIONS = ("sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min", "det")
"""Words in upright letters that are commands."""
