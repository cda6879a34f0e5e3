"""Draws molecules with rdkit, and says where their atoms are."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programasweights.data.images.marks import Drawing, Link, Mark
from programasweights.data.images.molecules import rdkit_chem
from programasweights.data.images.raster import FONTS, font_file, optional
from programasweights.data.oracle.draw import Draw

if TYPE_CHECKING:
    from rdkit.Chem import Mol

__all__ = ["Layout", "render", "with_layout"]


@dataclass(frozen=True)
class Layout:
    """A molecule with its atoms' places on paper, in units of bond lengths; y goes up."""

    molecule: "Mol"
    places: tuple[tuple[float, float], ...]


def with_layout(molecule: "Mol", draw: Draw) -> Layout:
    """The molecule laid out and turned by a random angle, by chance mirrored."""
    chem = rdkit_chem()
    flat = chem.Mol(molecule)
    chem.Kekulize(flat, clearAromaticFlags=True)
    depictor = optional("rdkit.Chem.rdDepictor")
    depictor.SetPreferCoordGen(draw.chance(0.5))
    depictor.Compute2DCoords(flat)
    depictor.SetPreferCoordGen(False)
    depictor.NormalizeDepiction(flat)
    turn = draw.pick((0.0, 0.0, 90.0, 180.0, 270.0)) + draw.choice((0.0, 0.0, draw.uniform(-45, 45)))
    _turned(flat, turn, mirrored=draw.chance(0.3))
    conformer = flat.GetConformer()
    points = [conformer.GetAtomPosition(index) for index in range(flat.GetNumAtoms())]
    return Layout(flat, tuple((point.x / 1.5, point.y / 1.5) for point in points))


def render(layout: Layout, style: Draw, level: int) -> Drawing:
    """The molecule in a random style: font, line widths, sizes, spacing of double bonds."""
    drawer = optional("rdkit.Chem.Draw.rdMolDraw2D").MolDraw2DCairo(-1, -1)
    options = drawer.drawOptions()
    options.useBWAtomPalette()
    options.fontFile = _font(style)
    options.scalingFactor = style.uniform(*((24, 34), (22, 32), (18, 27))[level - 1])
    options.bondLineWidth = style.uniform(1.0, 2.6)
    options.scaleBondWidth = False
    options.multipleBondOffset = style.uniform(0.12, 0.2)
    options.additionalAtomLabelPadding = style.uniform(0.03, 0.12)
    options.baseFontSize = style.uniform(0.55, 0.75)
    options.minFontSize = 10
    options.explicitMethyl = style.chance(0.15)
    options.padding = 0.02
    options.prepareMolsBeforeDrawing = False
    drawer.DrawMolecule(layout.molecule)
    drawer.FinishDrawing()
    picture = optional("PIL.Image").open(io.BytesIO(drawer.GetDrawingText())).convert("L")
    atoms, bonds = layout.molecule.GetAtoms(), layout.molecule.GetBonds()
    places = [drawer.GetDrawCoords(atom.GetIdx()) for atom in atoms]
    marks = (Mark(p.x, p.y, _atom_labels(atom)) for p, atom in zip(places, atoms, strict=True))
    links = (Link(b.GetBeginAtomIdx(), b.GetEndAtomIdx(), b.GetBondType().name.lower()) for b in bonds)
    return Drawing(picture, tuple(marks), tuple(links))


def _atom_labels(atom: Any) -> tuple[str, str]:
    """Its element, and the sign of its charge or nothing."""
    charge = atom.GetFormalCharge()
    return str(atom.GetSymbol()), "+" if charge > 0 else "-" if charge else ""


def _font(style: Draw) -> str:
    own = Path(optional("rdkit.RDConfig").RDDataDir) / "Fonts"
    return style.pick([font_file(family) for family in FONTS] + [str(own / "Telex-Regular.ttf"), ""])


def _turned(flat: "Mol", degrees: float, *, mirrored: bool) -> None:
    numpy = optional("numpy")
    angle = numpy.deg2rad(degrees)
    cos, sin = numpy.cos(angle), numpy.sin(angle)
    matrix: Any = numpy.eye(4)
    matrix[:2, :2] = ((cos, -sin), (sin, cos))
    if mirrored:
        matrix[:2, 0] *= -1
    optional("rdkit.Chem.rdMolTransforms").TransformConformer(flat.GetConformer(), matrix)
