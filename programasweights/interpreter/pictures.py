"""Pictures in inputs: from a picture to embeddings that the interpreter reads among those of its tokens.

A program pins encoder and projector by digest, so the same picture gives the same embeddings wherever it runs.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from programasweights.errors import InputError, ProgramError
from programasweights.inputs import Picture
from programasweights.program import VisionSection
from programasweights.vision.projector import Projector
from programasweights.vision.projector_store import find_projector

if TYPE_CHECKING:
    from programasweights.vision import Encoder

__all__ = ["PictureReader"]

F32 = npt.NDArray[np.float32]

_REMEMBERED = 16
"""Pictures whose embeddings are kept, for several questions on one."""


class PictureReader:
    """Encoder and projector of a program. Safe to use from several threads."""

    def __init__(self, vision: VisionSection, hidden: int) -> None:
        """Load both.

        Args:
            vision: what the program pins.
            hidden: numbers of an embedding of the interpreter.

        Raises:
            ModelError: encoder or projector are not on this machine and cannot be fetched.
            ProgramError: they are other ones than the program pins.
        """
        from programasweights.vision import load_encoder

        self._projector: Projector = find_projector(vision.projector)
        self._encoder: Encoder = load_encoder(vision.encoder)
        self.positions = self._projector.tokens + 2
        found = self._encoder.digest, self._encoder.tokens, self._encoder.features, hidden
        wanted = (
            vision.encoder_digest,
            self._projector.tokens,
            self._projector.features,
            self._projector.hidden,
        )
        if found != wanted:
            raise ProgramError(
                f"the program takes pictures through the encoder {vision.encoder} with (digest, vectors, features, "
                f"hidden size) {wanted}, but here they are {found}. Use the weights that it was compiled with."
            )
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def __call__(self, picture: Picture) -> F32:
        """The embeddings (positions, hidden) of a picture.

        Raises:
            InputError: it is no `paw.Image`.
        """
        return self._remembered(picture)

    def _read(self, picture: Picture) -> F32:
        from programasweights.vision import Image

        if not isinstance(picture, Image):
            raise InputError(f"a picture in an input is a {type(picture).__name__}; make a paw.Image of it.")
        return self._projector(self._encoder.encode([picture])[0])
