"""Finds a system by its name."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from programasweights.compiler.checkpoint import Checkpoint
from programasweights.compiler.default import SHIPPED_PICTURES
from programasweights.compiler.neural import NeuralCompiler
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.errors import DataError
from programasweights.evaluation.pictures.sample import Sample
from programasweights.evaluation.pictures.systems.majority import QuestionMajority
from programasweights.evaluation.pictures.systems.ocr import OcrSystem
from programasweights.evaluation.pictures.systems.programs import PictureSystem
from programasweights.evaluation.pictures.systems.vision_language import VisionLanguageSystem
from programasweights.evaluation.systems import System, get_system
from programasweights.lm.registry import DEFAULT_MODEL

__all__ = ["get_picture_system"]


def get_picture_system(name: str, sample: Sample, *, interpreter: str = DEFAULT_MODEL) -> System:
    """The system of this name; the names are listed in `programasweights.evaluation.pictures.systems`.

    Args:
        name: of the system.
        sample: what it will be asked, and may be shown.
        interpreter: the model that compiled programs run on.

    Raises:
        DataError: there is no such system.
        CheckpointError: it names a picture checkpoint that cannot be used.
    """
    kind, _, what = name.partition(":")
    if kind in ("paw", "paw-blind", "paw-swapped"):
        file = Path(what) if what else SHIPPED_PICTURES
        return _programs(kind, file, sample, interpreter)
    if kind == "majority":
        return QuestionMajority(sample)
    if kind in ("ocr", "ocr-few"):
        return OcrSystem(kind, what or DEFAULT_MODEL, sample, shown=kind == "ocr-few")
    if kind == "vlm":
        return VisionLanguageSystem(what)
    return get_system(name)


def _programs(kind: str, file: Path, sample: Sample, interpreter: str) -> System:
    checkpoint = load_picture_checkpoint(file)
    name = f"{kind}:{file.name}"
    if kind == "paw-blind":
        return PictureSystem(name, NeuralCompiler(_blinded(checkpoint)), sample, interpreter, blind=True)
    swapped = kind == "paw-swapped"
    return PictureSystem(name, NeuralCompiler(checkpoint), sample, interpreter, swapped=swapped)


def _blinded(checkpoint: Checkpoint) -> Checkpoint:
    """The checkpoint as it reads pictures whose features are all zero.

    Its projector normalises features first, which makes zeros of zeros, so a scale of zero says the same.
    """
    side = checkpoint.pictures
    if side is None:
        raise DataError("the checkpoint reads no pictures; name the file of a picture checkpoint.")
    scale = np.zeros_like(side.compiler.norm_scale)
    return replace(checkpoint, pictures=replace(side, compiler=replace(side.compiler, norm_scale=scale)))
