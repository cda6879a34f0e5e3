"""Pictures: loading them within limits, and frozen encoders that turn them into feature vectors.

Knows no programs and no language models, and needs no torch.
"""

from programasweights.vision.image import Image
from programasweights.vision.limits import ImageLimits

__all__ = ["Image", "ImageLimits"]
