"""Pictures: loading them within limits, and frozen encoders that turn them into feature vectors.

Knows no programs and no language models, and needs no torch.
"""

from programasweights.vision.encoders import DEFAULT_ENCODER, Encoder, EncoderSpec
from programasweights.vision.image import Image
from programasweights.vision.limits import ImageLimits
from programasweights.vision.line import LINE_VERSION, load_line_reader
from programasweights.vision.loader import load_encoder

__all__ = [
    "DEFAULT_ENCODER",
    "LINE_VERSION",
    "Encoder",
    "EncoderSpec",
    "Image",
    "ImageLimits",
    "load_encoder",
    "load_line_reader",
]
