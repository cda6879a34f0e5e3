"""One way of writing a formula in LaTeX, so that equal pictures have equal labels.

Spaces, sizes of brackets, braces that show nothing and other names of the same sign go; subscripts come before
superscripts; scripts and arguments of one character stand without braces where LaTeX allows it. What is not known
here, such as tables, text and definitions, is refused rather than guessed at.
"""

import re
from dataclasses import dataclass, field

from programasweights.errors import DataError
from programasweights.vision.readings.latex import joined, scripted

__all__ = ["normal_latex", "token_count"]

_GREEK = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega
    vartheta varrho varsigma varphi varpi Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
"""
_SIGNS = """
    pm mp times div cdot star circ bullet oplus otimes ominus odot wedge vee cap cup setminus dagger ddagger leq geq
    neq ll gg equiv approx sim simeq cong propto perp parallel subset supset subseteq supseteq in ni notin to
    leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto uparrow downarrow longrightarrow infty partial
    nabla forall exists emptyset neg angle triangle hbar ell Re Im aleph wp prime ldots cdots vdots ddots langle
    rangle lceil rceil lfloor rfloor backslash sum prod int oint coprod bigcup bigcap bigoplus bigotimes sin cos tan cot
    sec csc sinh cosh tanh coth arcsin arccos arctan log ln exp lim max min sup inf det dim ker deg arg gcd hom Pr
    limsup liminf
"""
_KNOWN = frozenset(f"\\{name}" for name in (_GREEK + _SIGNS).split()) | {r"\{", r"\}", r"\|"}
_SAME = {
    r"\le": r"\leq", r"\ge": r"\geq", r"\ne": r"\neq", r"\rightarrow": r"\to", r"\dots": r"\ldots", r"\lbrace": r"\{",
    r"\rbrace": r"\}", r"\vert": "|", r"\mid": "|", r"\Vert": r"\|", r"\lbrack": "[", r"\rbrack": "]", r"\colon": ":",
    r"\lvert": "|", r"\rvert": "|", r"\owns": r"\ni", r"\gets": r"\leftarrow", r"\varnothing": r"\emptyset",
    r"\ast": "*", r"\dag": r"\dagger", r"\bot": r"\perp", r"\slash": "/", r"\lt": "<", r"\gt": ">",
    r"\varepsilon": r"\epsilon",  # most fonts that formulas are drawn with show both alike
}  # fmt: skip
_NOTHING = r"""
    \, \; \: \! ~ \quad \qquad \enspace \thinspace \/ \displaystyle \textstyle \scriptstyle \scriptscriptstyle \limits
    \nolimits \null \nonumber \relax \strut \left \right \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \big \Big
    \bigg \Bigg
"""
_SHOWS_NOTHING = frozenset(_NOTHING.split()) | {"\\ "}
_SIZED = frozenset((r"\left", r"\right"))
_ACCENT_NAMES = "hat bar tilde vec dot ddot overline widehat widetilde check breve acute grave"
_ACCENTS = frozenset(f"\\{name}" for name in _ACCENT_NAMES.split())
_FONTS = {
    rf"\{name}": rf"\{name}"
    for name in ("mathrm", "mathbf", "mathcal", "mathbb", "mathit", "mathfrak", "mathsf")
}
_FONTS |= {r"\boldsymbol": r"\mathbf", r"\bm": r"\mathbf", r"\operatorname": r"\mathrm"}
_SWITCHES = {
    r"\cal": r"\mathcal",
    r"\bf": r"\mathbf",
    r"\rm": r"\mathrm",
    r"\it": r"\mathit",
    r"\sf": r"\mathsf",
}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-=*/<>()[]|,.;:!?")
_DEEPEST = 24


@dataclass
class _Piece:
    """A sign, or a command with its arguments, and what is written below and above."""

    text: str
    below: str = ""
    above: str = ""


@dataclass
class _Reader:
    """Tokens that are still to be read."""

    tokens: list[str]
    place: int = 0
    depth: int = field(default=0)

    def peek(self) -> str:
        """The next token; empty at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        """The next token, gone past."""
        token = self.peek()
        self.place += 1
        return token


def normal_latex(formula: str) -> str:
    """The formula in its normal form; the normal form of a normal form is itself.

    Raises:
        DataError: it is no formula, or holds what is not known here.
    """
    reader = _Reader(_TOKEN.findall(formula))
    pieces = _sequence(reader, "")
    if not pieces:
        raise DataError(f"the formula {formula!r:.80} is empty; expected LaTeX.")
    return _written(pieces)


def token_count(formula: str) -> int:
    """Signs and commands of a normal form, without braces and scripts' signs."""
    return sum(token not in "{}_^" for token in _TOKEN.findall(formula))


def _deeper(reader: _Reader) -> None:
    reader.depth += 1
    if reader.depth > _DEEPEST:
        raise DataError(f"the formula nests more than {_DEEPEST} deep; expected a shorter one.")


def _sequence(reader: _Reader, end: str) -> list[_Piece]:
    """Pieces up to the token `end`, which is taken too."""
    _deeper(reader)
    pieces: list[_Piece] = []
    while True:
        token = reader.take()
        if token == end:
            reader.depth -= 1
            return pieces
        if token == "":
            raise DataError(f"the formula ends where {end!r} was expected.")
        if token in _SWITCHES:
            rest = _written(_sequence(reader, end))
            reader.depth -= 1
            return pieces + ([_Piece(f"{_SWITCHES[token]}{{{rest}}}")] if rest else [])
        _read(reader, token, pieces)


def _read(reader: _Reader, token: str, pieces: list[_Piece]) -> None:
    """Add what begins with the token."""
    token = _SAME.get(token, token)
    if token in _SHOWS_NOTHING:
        if token in _SIZED and reader.peek() == ".":
            reader.take()
    elif token == "{":
        pieces.extend(_sequence(reader, "}"))
    elif token in ("_", "^", "'"):
        _script(reader, token, pieces)
    elif token in (r"\frac", r"\dfrac", r"\tfrac"):
        pieces.append(_Piece(rf"\frac{{{_argument(reader)}}}{{{_argument(reader)}}}"))
    elif token == r"\sqrt":
        pieces.append(_Piece(_root(reader)))
    elif token in _ACCENTS or token in _FONTS:
        pieces.append(_Piece(f"{_FONTS.get(token, token)}{{{_argument(reader)}}}"))
    elif token in _KNOWN or token in _PLAIN:
        pieces.append(_Piece(token))
    else:
        raise DataError(f"the formula holds {token!r:.40}, which is not known here.")


def _argument(reader: _Reader) -> str:
    """One argument; not empty."""
    _deeper(reader)
    pieces: list[_Piece] = []
    while not pieces:
        token = reader.take()
        if token in ("", "}", "_", "^", "'"):
            raise DataError(f"the formula has {token!r} where an argument was expected.")
        _read(reader, token, pieces)
        if token == "{" and not pieces:
            raise DataError("the formula has an empty argument.")
    reader.depth -= 1
    return _written(pieces)


def _root(reader: _Reader) -> str:
    if reader.peek() != "[":
        return rf"\sqrt{{{_argument(reader)}}}"
    reader.take()
    degree = _written(_sequence(reader, "]"))
    if not degree:
        raise DataError("the formula has a root of an empty degree.")
    return rf"\sqrt[{degree}]{{{_argument(reader)}}}"


def _script(reader: _Reader, token: str, pieces: list[_Piece]) -> None:
    """Write below or above the last piece."""
    if not pieces:
        raise DataError(f"the formula has {token!r} with nothing before it.")
    last = pieces[-1]
    if token == "'":
        last.above = joined(last.above, r"\prime")
        return
    name = "below" if token == "_" else "above"
    if getattr(last, name):
        raise DataError(f"the formula has two times {token!r} at one sign.")
    setattr(last, name, _argument(reader))


def _written(pieces: list[_Piece]) -> str:
    text = ""
    for piece in pieces:
        text = scripted(joined(text, piece.text), piece.below, piece.above)
    return text
