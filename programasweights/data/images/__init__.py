"""Rendered pictures with exact labels: formulas, molecules, circuits and scores, with questions and answers.

records    pictures, questions, and files of them
subject    what is drawn, and what can be asked of it
circuits, chemical, smiles, formulas, scores    the five tasks
balance    which questions to ask, so that a blind guess is worthless
raster     from vector drawings to worn pixels
drawing    one picture: a pure function of its arguments
build      files of pictures
sources    formulas and SMILES from a user's file
public     public sets of pictures
"""

from programasweights.data.images.drawing import draw_picture
from programasweights.data.images.public import public_pictures
from programasweights.data.images.records import (
    SPLITS,
    TASKS,
    Picture,
    Question,
    read_pictures,
    write_pictures,
)
from programasweights.data.images.sources import read_source
from programasweights.data.images.subject import LEVELS, Source

__all__ = [
    "LEVELS",
    "SPLITS",
    "TASKS",
    "Picture",
    "Question",
    "Source",
    "draw_picture",
    "public_pictures",
    "read_pictures",
    "read_source",
    "write_pictures",
]
